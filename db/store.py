"""One SQLite file, one connection per thread, and transactions. Knows the schema's number, not its tables."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db import schema
from db.copies import copy_whole, stamped
from db.errors import LibraryError, known

Params = Sequence[Any] | Mapping[str, Any]
BACKUPS_KEPT = 3
POLL = 0.003
"""Seconds between two tries for the write lock. SQLite's own wait grows to a tenth of a second, in which a program that
writes one transaction after the other has the lock again."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def written(moment: datetime) -> str:
    """A time as the library writes it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


class _Connection(sqlite3.Connection):
    """A connection that closes when its thread is gone and nobody holds it.

    ``guard`` is held while it is used, so that another thread closes it only between two uses.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guard = threading.RLock()

    def __del__(self) -> None:
        with suppress(sqlite3.Error):
            self.close()


class _Local(threading.local):
    connection: _Connection | None = None
    writing: bool = False
    patience: float | None = None


class Store:
    """Connections to one file and transactions on them. Safe to share between threads.

    ``timeout`` is the seconds to wait for another writer before giving up with "busy". ``reviewer`` is who is at the
    keyboard; SQL knows them as ``reviewer_now()``.
    """

    def __init__(self, path: Path, *, timeout: float = 5.0, clock: Callable[[], datetime] = utc_now) -> None:
        self.path = path
        self.reviewer = ""
        self._timeout = timeout
        self._clock = clock
        self._local = _Local()
        self._connections: weakref.WeakSet[_Connection] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._closed = False
        self._identity: tuple[int, int] | None = None
        """Device and inode of the file that was opened."""
        self._lost: LibraryError | None = None
        """Why nothing can be written any more, once the file was found gone."""

    # --- opening and closing

    def open(self) -> None:
        """Make the file if it is missing, refuse it if it is not ours, bring its schema up to date."""
        if sqlite3.sqlite_version_info < (3, 37):
            raise LibraryError(
                self.path,
                f"SQLite {sqlite3.sqlite_version} is too old",
                "Rashomon needs Python with SQLite 3.37 or later",
            )
        try:
            self._make_file()
        except OSError as error:
            reason = f"it cannot be made ({error.strerror or error})"
            raise LibraryError(
                self.path, reason, "name a file in a folder that can be written to", trouble="unreachable"
            ) from None
        self._identity = _identity(self.path)
        with self._translated():
            self._check_and_migrate()

    def _make_file(self) -> None:
        if self.path.is_dir():
            raise LibraryError(self.path, "a folder, not a file", "name a file in it", trouble="foreign")
        for folder in reversed(self.path.parents):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))

    def _check_and_migrate(self) -> None:
        if self._version() < schema.VERSION:
            with self.write() as connection:
                # Another process may have done it while this one waited for its turn.
                if 0 < (version := self._version()) < schema.VERSION:
                    self._backup(version)
                if version < schema.VERSION:
                    self._migrate(connection)
        # SQLite does not wait for the lock that this needs: where others have the file open, the next to come does it.
        if self.connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            with suppress(sqlite3.OperationalError):
                self.connection.execute("PRAGMA journal_mode = WAL")

    def _version(self) -> int:
        """The schema's number, 0 for an empty file. Refuses files of others and of later versions."""
        # One statement sees one state, though another process may be making the library meanwhile.
        application, version, things = self.connection.execute(
            "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master)"
            " FROM pragma_application_id, pragma_user_version"
        ).fetchone()
        if application != schema.APPLICATION_ID and (application or version or things):
            raise LibraryError(
                self.path,
                "a database of another program, not a Rashomon library",
                "name another file with --db",
                trouble="foreign",
            )
        if version > schema.VERSION:
            raise LibraryError(
                self.path,
                f"made by a later Rashomon (schema {version}, this one knows {schema.VERSION})",
                "update Rashomon to open it",
                trouble="newer",
            )
        return int(version)

    def _migrate(self, connection: sqlite3.Connection) -> None:
        from sqlite_utils import Database

        schema.migrations().apply(Database(connection))
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {schema.VERSION}")
        if broken := connection.execute("PRAGMA foreign_key_check").fetchall():
            raise LibraryError(
                self.path, f"{len(broken)} rows point nowhere after the migration", "nothing was changed"
            )

    def _backup(self, version: int) -> None:
        """Copy the file beside itself before a migration; only the newest few copies stay."""
        with closing(sqlite3.connect(self.path)) as source:
            copy_whole(source, stamped(self.path, f"schema{version}-", self._clock()), replace=True)
        old = sorted(self.path.parent.glob(f"{self.path.name}.schema*.bak"), key=lambda p: p.stat().st_mtime)
        for surplus in old[:-BACKUPS_KEPT]:
            surplus.unlink()

    def close(self) -> None:
        """Close the connections of all threads, each when what it is doing is done. Closing twice is fine."""
        with self._lock:
            self._closed = True
            connections = list(self._connections)
        for connection in connections:
            with connection.guard, suppress(sqlite3.Error):
                connection.close()

    @property
    def connection(self) -> _Connection:
        """The connection of this thread."""
        connection = self._local.connection
        if connection is None:
            connection = self._connect()
        return connection

    def _connect(self) -> _Connection:
        with self._lock:
            if self._closed:
                raise LibraryError(self.path, "the library is closed", trouble="closed")
            connection = sqlite3.connect(
                self.path,
                timeout=self._timeout,
                isolation_level=None,
                check_same_thread=False,
                factory=_Connection,
            )
            self._connections.add(connection)
        if self._identity is not None and _identity(self.path) != self._identity:
            connection.close()
            raise self._gone()
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.create_function("reviewer_now", 0, lambda: self.reviewer)
        self._local.connection = connection
        return connection

    # --- reading and writing

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if (plain := known(self.path, error)) is None:
                raise
            raise plain from error
        except UnicodeEncodeError as error:
            raise LibraryError(self.path, "text that is not Unicode cannot be kept or looked for") from error

    def rows(self, sql: str, params: Params = ()) -> list[sqlite3.Row]:
        """All rows of a query."""
        with self._translated(), self.connection.guard:
            return self.connection.execute(sql, params).fetchall()

    def row(self, sql: str, params: Params = ()) -> sqlite3.Row | None:
        """The first row of a query, ``None`` if there is none."""
        with self._translated(), self.connection.guard:
            found: sqlite3.Row | None = self.connection.execute(sql, params).fetchone()
            return found

    def value(self, sql: str, params: Params = ()) -> Any:
        """The first column of the first row, ``None`` if there is none."""
        found = self.row(sql, params)
        return None if found is None else found[0]

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is on disk when the block ends, or not at all. Blocks within it join it."""
        with self._translated(), self.connection.guard:
            connection = self.connection
            if self._local.writing:
                yield connection
                return
            self._local.writing = True
            try:
                self._begin(connection)
                self._check_place()
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            finally:
                self._local.writing = False

    def be_patient(self, seconds: float) -> None:
        """Have this thread wait so long at most for another writer, instead of the ``timeout`` of all."""
        self._local.patience = seconds

    def _begin(self, connection: sqlite3.Connection) -> None:
        patience = self._timeout if self._local.patience is None else self._local.patience
        until = time.monotonic() + patience
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    connection.execute("BEGIN IMMEDIATE")
                    return
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
                        raise
                time.sleep(POLL)
        finally:
            connection.execute(f"PRAGMA busy_timeout = {int(self._timeout * 1000)}")

    # --- the file may go away under us

    def _check_place(self) -> None:
        """Refuse to write where the file that is open no longer stands at its path: nobody would find it again."""
        if self._lost is not None or _identity(self.path) != self._identity:
            raise self._gone()

    def _gone(self) -> LibraryError:
        """The error that the file is gone. The first time, what this program still holds of it is saved beside it."""
        with self._lock:
            if self._lost is None:
                reason = "was replaced by another file" if self.path.exists() else "was moved or deleted"
                self._lost = LibraryError(
                    self.path,
                    f"the file {reason} while it was open, so nothing is stored in it",
                    self._rescue(),
                    trouble="gone",
                )
            return self._lost

    def _rescue(self) -> str:
        """Save what is held of a file that is gone; what to do then."""
        held = self._local.connection
        if held is None:
            return "quit and open it again"
        target = stamped(self.path, f"rescued-{os.getpid()}-", self._clock())
        try:
            if held.in_transaction:
                held.execute("ROLLBACK")
            copy_whole(held, target)
        except (sqlite3.Error, OSError, LibraryError) as error:
            return f"quit; what it held could not be saved ({error})"
        return f"what it held is saved whole in {target.name}: quit, and open that or put it in place"

    @contextmanager
    def read(self) -> Iterator[None]:
        """A block whose reads all see one state of the library."""
        with self._translated(), self.connection.guard:
            if self.connection.in_transaction:
                yield
                return
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                self.connection.execute("ROLLBACK")

    @contextmanager
    def beside(self) -> Iterator[sqlite3.Connection]:
        """A plain connection that waits for nobody, for what may not be part of another transaction."""
        with closing(sqlite3.connect(self.path, timeout=0.2, isolation_level=None)) as connection:
            yield connection

    def at(self) -> datetime:
        """The time, as the clock of this library has it."""
        return self._clock()

    def now(self) -> str:
        """The time, as the library writes it."""
        return written(self._clock())


def _identity(path: Path) -> tuple[int, int] | None:
    """What names a file whatever its path: device and inode; ``None`` where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
