"""What lies under a path: the files that may hold reports, and a line for each that is refused."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from reader.acquire.records import AcquireError, Failure
from reader.hostile import one_line

KNOWN = frozenset(
    {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".eml", ".mbox", ".jsonl", ".ndjson"}
    | {".pdf", ".epub", ".warc", ".warc.gz", ""}
)
"""Suffixes that are read in a folder; a file given by name is read whatever it is called."""

_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def files(path: Path) -> Iterator[Path | Failure]:
    """The file ``path``, or the files of the folder ``path`` and the folders in it, sorted.

    Hidden entries are passed over in a folder, and symbolic links too: what they name lies elsewhere in it, or outside.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            yield from _folder(path)
        else:
            _regular(mode)
            yield path
    except (OSError, ValueError, AcquireError) as error:
        yield Failure(name=one_line(str(path)), reason=why_not(error))


def kind_of(path: Path) -> str:
    """The end of a file's name that says its kind, in small letters: ".html", ".warc.gz"."""
    name = path.name.lower()
    return ".warc.gz" if name.endswith(".warc.gz") else path.suffix.lower()


def _folder(path: Path) -> Iterator[Path | Failure]:
    with os.scandir(path) as entries:
        found = sorted((e.name, e.is_dir(follow_symlinks=False)) for e in entries if not _passed_over(e))
    for name, is_folder in found:
        entry = path / name
        if is_folder or kind_of(entry) in KNOWN:
            yield from files(entry)
        else:
            yield Failure(
                name=one_line(str(entry)), reason=f"not read in a folder: {_KINDS}; give it by name to try it"
            )


def _passed_over(entry: os.DirEntry[str]) -> bool:
    return entry.name.startswith(".") or entry.is_symlink()


_KINDS = "reports end in .txt, .md, .html, .pdf, .epub, .eml, .mbox, .warc or .jsonl"


def _regular(mode: int) -> None:
    for test, kind in _SPECIAL:
        if test(mode):
            raise AcquireError(f"{kind}, not a file; pipe it in and name it -")


def why_not(error: Exception) -> str:
    """One line for an error of the file system, and what to do."""
    match error:
        case FileNotFoundError():
            return "no such file or folder; check the path"
        case PermissionError():
            return "permission denied; make it readable (chmod u+r) and add it again"
        case OSError():
            return f"cannot be read: {(error.strerror or 'unknown error').lower()}"
        case _:
            return str(error)
