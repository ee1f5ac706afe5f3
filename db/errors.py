"""What can go wrong with a library, each in one line."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Literal

Trouble = Literal[
    "foreign", "newer", "damaged", "busy", "full", "readonly", "unreachable", "closed", "missing", "refused", "gone"
]


class LibraryError(Exception):
    """A library that cannot do what was asked: the file, the reason and what to do, as one line.

    ``trouble`` names the kind of reason for callers that act on it.
    """

    def __init__(self, path: Path | str, reason: str, remedy: str = "", *, trouble: Trouble = "refused") -> None:
        self.path = str(path)
        self.reason = reason
        self.remedy = remedy
        self.trouble = trouble
        super().__init__(" ".join(f"{path}: {reason}{f'; {remedy}' if remedy else ''}".split()))


class NotFound(LibraryError):
    """Nothing, or more than one thing, answers to the name that was given."""

    def __init__(self, path: Path | str, reason: str, remedy: str = "") -> None:
        super().__init__(path, reason, remedy, trouble="missing")


_KNOWN: dict[int, tuple[Trouble, str, str]] = {
    sqlite3.SQLITE_BUSY: ("busy", "another program is writing to it", "wait a moment and try again"),
    sqlite3.SQLITE_LOCKED: ("busy", "another program is writing to it", "wait a moment and try again"),
    sqlite3.SQLITE_READONLY: (
        "readonly",
        "it cannot be written to",
        "check the permissions of the file and its folder",
    ),
    sqlite3.SQLITE_PERM: ("readonly", "access is denied", "check the permissions of the file and its folder"),
    sqlite3.SQLITE_CANTOPEN: (
        "unreachable",
        "it cannot be opened",
        "check that its folder exists and can be written to",
    ),
    sqlite3.SQLITE_FULL: ("full", "the disk is full", "free some space and try again; what was stored is safe"),
    sqlite3.SQLITE_IOERR: ("unreachable", "reading or writing failed", "check the disk and try again"),
    sqlite3.SQLITE_CORRUPT: ("damaged", "the file is damaged", "restore a copy of it"),
    sqlite3.SQLITE_NOTADB: ("foreign", "not an SQLite database", "name another file with --db"),
}


def known(path: Path | str, error: sqlite3.Error) -> LibraryError | None:
    """The library error that an error of SQLite stands for, ``None`` if it stands for a mistake of ours."""
    if isinstance(error, sqlite3.ProgrammingError) and "closed database" in str(error):
        return LibraryError(path, "the library is closed", trouble="closed")
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or code & 0xFF not in _KNOWN:
        return None
    trouble, reason, remedy = _KNOWN[code & 0xFF]
    return LibraryError(path, reason, remedy, trouble=trouble)
