"""How files are named by their forms, and the one way in which they are written."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

ANNOTATIONS, CLAIM_REVIEWS = ".jsonld", ".claimreview.json"
NAMES = {"annotations": ANNOTATIONS, "claimreview": CLAIM_REVIEWS, "text": ".txt"}
"""Names of forms that are not the end of the name of the file without its point."""


def end_for(form: str) -> str:
    """The end of the name of a file in a form that is named on the command line."""
    return NAMES.get(form, f".{form}")


def end_of(path: Path, ends: Iterable[str]) -> str:
    """Which of these ends a file's name has, the longest where several fit; "" for none."""
    name = path.name.lower()
    return max((end for end in ends if name.endswith(end) and name != end), key=len, default="")


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all, for its owner alone: what was there stays until the new one is on disk.

    Raises ``OSError`` with the name of the file; also where something that is no plain file has that name.
    """
    if path.exists() and not path.is_file():
        kind = errno.EISDIR if path.is_dir() else errno.EINVAL
        raise OSError(kind, "a folder" if path.is_dir() else "not a plain file", str(path))
    part = path.with_name(f".{path.name[:40]}.{os.getpid()}.part")
    try:
        with open(part, "x", encoding="utf-8", newline="", opener=_private) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException as error:
        with suppress(OSError):
            part.unlink()
        if isinstance(error, OSError):
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise
    _keep_name(path.parent)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _keep_name(folder: Path) -> None:
    """Have the system write down that the file has its name, where it can (not on Windows)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
