"""Another library, to be read and never changed: a copy of it, sound and of our schema."""

from __future__ import annotations

import errno
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from db import schema
from db.checking import checks
from db.copies import copy_whole
from db.errors import LibraryError, known
from db.history import History
from db.plain_files import fill
from db.store import Store

_MUST_HOLD = ("file", "references", "texts", "history")
"""The checks that a library must pass to be taken over; search index and words are made anew here."""

_NO_ROOM = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
_FOLDER = ".merging."
_LEFT = 3600
"""Seconds after which a copy is taken for one that a killed merge left behind."""


@contextmanager
def copied(path: Path, beside: Path) -> Iterator[Path]:
    """A copy of the library at ``path``, which may be a folder of plain files; gone after the block.

    It lies in a folder of its own where ``beside`` does. The original may be in use; it is neither written to nor
    migrated. Raises ``LibraryError`` where it is no library, of a later version, damaged, or altered.
    """
    if not path.exists():
        raise LibraryError(path, "is not there", "name another library", trouble="missing")
    if not (path.is_file() or path.is_dir()):
        raise LibraryError(path, "no file and no folder", "name another library", trouble="foreign")
    if path.is_file() and path.samefile(beside):
        raise LibraryError(path, "is this library itself", "name another one")
    try:
        for left in beside.parent.glob(f"{_FOLDER}*"):
            with suppress(FileNotFoundError):  # another merge may end meanwhile
                if time.time() - left.stat().st_mtime > _LEFT:
                    shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=_FOLDER, dir=beside.parent) as folder:
            copy = Path(folder) / "library.db"
            if path.is_dir():
                fill(path, copy)
            else:
                _copy(path, copy)
            _check(path, copy)
            yield copy
    except sqlite3.Error as error:
        raise known(beside, error) or error from error
    except OSError as error:
        if error.errno in _NO_ROOM:
            reason = f"no room for the copy of {path.name} that is read"
            raise LibraryError(beside.parent, reason, "free some space and try again", trouble="full") from error
        reason = f"it cannot be read ({error.strerror or error})"
        raise LibraryError(path, reason, "check that you may read it", trouble="unreachable") from error


def _copy(path: Path, copy: Path) -> None:
    # SQLite leaves files beside a library that it only reads, so one that nobody has open is copied as files.
    shared = path.with_name(path.name + "-shm")
    if not shared.exists():
        for end in ("", "-wal"):
            if (part := path.with_name(path.name + end)).exists():
                shutil.copyfile(part, copy.with_name(copy.name + end))
    if shared.exists():
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source:
            try:
                copy_whole(source, copy, replace=True)
            except sqlite3.Error as error:
                raise known(path, error) or error from error


def _check(path: Path, copy: Path) -> None:
    store = Store(copy)
    try:
        with closing(sqlite3.connect(copy)) as plain:
            ours = plain.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
        if not ours:
            raise LibraryError(path, "no Rashomon library", "name another file", trouble="foreign")
        store.open()
        for check in checks(store, History(store)):
            if check.problems and check.name in _MUST_HOLD:
                told = "rashomon doctor --check on it tells all"
                raise LibraryError(path, check.problems[0], told, trouble="damaged")
    except sqlite3.Error as error:
        if (plainly := known(path, error)) is None:
            raise
        raise LibraryError(path, plainly.reason, "name another library", trouble=plainly.trouble) from error
    except LibraryError as error:
        if error.path != str(copy):
            raise
        remedy = error.remedy if error.trouble == "newer" else "name another library"
        raise LibraryError(path, error.reason, remedy, trouble=error.trouble) from error
    finally:
        store.close()
