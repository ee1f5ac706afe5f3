"""Copies of a library: made while it is in use, private to the user, whole or not at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from db.errors import LibraryError, known

PAGES = 2_000
"""Pages that are copied between two reports of progress."""

Progress = Callable[[int, int], None]
"""Told how many pages are copied, of how many."""


def stamped(path: Path, what: str, at: datetime) -> Path:
    """Where a copy of a library goes that nobody named: beside it, with the kind of copy and the time in its name."""
    return path.with_name(f"{path.name}.{what}{at:%Y%m%dT%H%M%S}.bak")


def copy_whole(
    source: sqlite3.Connection, target: Path, *, replace: bool = False, progress: Progress | None = None
) -> None:
    """Copy the database that ``source`` has open to ``target``, as it is at one moment; others may write meanwhile.

    The copy is one file with mode 0600, read through before it gets its name. Raises ``LibraryError`` where it cannot
    be written, is not sound, or would take the place of a file without ``replace``; then there is no new file.
    """
    if target.is_dir() or (target.exists() and not replace):
        raise LibraryError(target, "is there already", "name another file", trouble="unreachable")
    part = target.with_name(f".{target.name[:40]}.{os.getpid()}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            _fill(source, part, progress)
            put_in_place(part, target, replace=replace)
        finally:
            for leftover in (part, *(part.with_name(part.name + end) for end in ("-journal", "-wal", "-shm"))):
                with suppress(FileNotFoundError):
                    leftover.unlink()
    except sqlite3.Error as error:
        raise known(target, error) or error from error
    except OSError as error:
        reason = f"the copy cannot be written ({error.strerror or error})"
        raise LibraryError(target, reason, "name another place", trouble="unreachable") from error


def _fill(source: sqlite3.Connection, part: Path, progress: Progress | None) -> None:
    def told(_: int, left: int, total: int) -> None:
        if progress is not None:
            progress(total - left, total)

    # Within one transaction the copy is of one moment, and is not begun anew when another program writes.
    own = not source.in_transaction
    if own:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            source.backup(copy, pages=PAGES if progress is not None else -1, progress=told)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, which can be read where nothing can be written
            found = [row[0] for row in copy.execute("PRAGMA integrity_check(1)")]
    finally:
        if own:
            source.execute("ROLLBACK")
    if found != ["ok"]:
        raise LibraryError(part, f"the copy is not sound ({found[0]})", "rashomon doctor --check", trouble="damaged")


def put_in_place(part: Path, target: Path, *, replace: bool) -> None:
    """Give a file that is whole its name, once it is on disk; raises ``FileExistsError`` without ``replace``."""
    descriptor = os.open(part, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if replace:
        part.replace(target)
    else:
        try:
            os.link(part, target)  # unlike a rename it never takes the place of a file made meanwhile
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            part.rename(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """See that a new name in a folder is on disk, where the system can say so."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
