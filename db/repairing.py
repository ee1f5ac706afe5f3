"""Repairs a library where that is safe: in a copy, which takes its place only when it is done and sound.

What can be made again (indexes, the search index, what the analysis found, where words stand now) is made again. What a
person did is copied as it is and never changed: rows that cannot be read are counted, not invented.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from db import schema
from db.checking import checks
from db.copies import stamped, sync_folder
from db.errors import LibraryError, known
from db.library import Library
from db.records import Repair
from db.store import utc_now

Report = Callable[[str], None]
DISPOSABLE = ("conflicts", "comparisons", "facts", "rarities")
"""Tables that the analysis fills again, in the order in which they can be emptied."""
PATIENCE = 2.0
"""Seconds to wait for another program that writes."""
_BLOCK = 256
"""Rows that are read at once from a damaged table."""
_FARTHEST = 1 << 62


def repair(
    path: Path,
    *,
    dry_run: bool = False,
    clock: Callable[[], datetime] = utc_now,
    report: Report = lambda _: None,
) -> Repair:
    """Repair the library in a file; ``dry_run`` only says what would be done.

    The file as it was is kept beside it. Raises ``LibraryError`` where it is in use by a program that writes, where it is
    of a later version or another program, and where nothing of it can be read.
    """
    path = path.expanduser().absolute()
    if not path.is_file():
        raise LibraryError(path, "there is no such file", "name a library with --db", trouble="missing")
    try:
        with TemporaryDirectory(prefix=f".{path.name[:30]}-repair-", dir=path.parent) as folder, _nobody_writes(path):
            report("copying")
            copy = Path(folder) / "library.db"
            for end in ("", "-wal"):
                with suppress(FileNotFoundError):
                    shutil.copyfile(path.with_name(path.name + end), copy.with_name(copy.name + end))
            done, lost = _repaired(path, copy, report)
            left = _left(copy, report)
            kept = ""
            if done and not dry_run:
                kept = _exchange(path, copy, clock()).name
    except OSError as error:
        raise LibraryError(
            path, f"it cannot be repaired here ({error.strerror or error})", "free some space beside it", trouble="full"
        ) from error
    return Repair(done=tuple(done), lost=tuple(lost), left=tuple(left), kept=kept)


@contextmanager
def _nobody_writes(path: Path) -> Iterator[None]:
    """Hold the write lock of a file that can be opened, so that nothing is stored between copy and exchange."""
    with _plain(path, timeout=PATIENCE) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise known(path, error) or error from error
            # One that is too damaged to be locked is written to by nobody.
        yield


def _repaired(path: Path, copy: Path, report: Report) -> tuple[list[str], list[str]]:
    """Mend the copy; what was done, and what could not be read."""
    done: list[str] = []
    lost: list[str] = []
    report("reading the file through")
    _ours(path, copy)
    if (troubles := _integrity(copy)) and all("index" in trouble for trouble in troubles):
        with _plain(copy) as connection, suppress(sqlite3.DatabaseError):
            connection.execute("REINDEX")
        troubles = _integrity(copy)
        if not troubles:
            done.append("made the indexes again")
    if troubles:
        report("reading what can be read into a new file")
        read, lost = _recover(path, copy)
        done.append(f"copied {read:,} rows, all that can be read, into a new file")
    with Library.open(copy) as library:
        connection = library._store.connection
        with library._store.write():
            done += _drop_disposable(connection)
        report("making the search index again")
        if any(check.name == "search index" and check.problems for check in checks(library._store, library.history)):
            with library._store.write():
                connection.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
            done.append("made the search index again")
        report("finding words again")
        if moved := library.find_words_again():
            done.append(f"found the words of {moved:,} judgements and corrections again")
    with _plain(copy) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    return done, lost


def _ours(path: Path, copy: Path) -> None:
    """Refuse what is not a library, or is a later one, and what cannot be read at all."""
    try:
        with _plain(copy) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        copies = sorted(p.name for p in path.parent.glob(f"{path.name}.*.bak"))
        remedy = f"put one of its copies in its place: {', '.join(copies[-3:])}" if copies else "restore a copy of it"
        raise LibraryError(path, f"nothing of it can be read ({error})", remedy, trouble="damaged") from error
    if application != schema.APPLICATION_ID:
        raise LibraryError(path, "not a Rashomon library", "name another file with --db", trouble="foreign")
    if version > schema.VERSION:
        raise LibraryError(path, "made by a later Rashomon", "update Rashomon to repair it", trouble="newer")


def _plain(path: Path, timeout: float = 5.0) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(path, timeout=timeout, isolation_level=None))


def _integrity(path: Path) -> list[str]:
    try:
        with _plain(path) as connection:
            return [row[0] for row in connection.execute("PRAGMA integrity_check(1000)") if row[0] != "ok"]
    except sqlite3.DatabaseError as error:
        return [str(error)]


def _drop_disposable(connection: sqlite3.Connection) -> list[str]:
    """Empty the tables of what the analysis found that have rows pointing nowhere."""
    broken = {row[0] for row in connection.execute("PRAGMA foreign_key_check")}
    if not broken & set(DISPOSABLE):
        return []
    for table in DISPOSABLE:
        connection.execute(f"DELETE FROM {table}")
    return ["dropped facts and comparisons, which are found again: some pointed nowhere"]


def _left(copy: Path, report: Report) -> list[str]:
    with Library.open(copy) as library:
        return [problem for check in checks(library._store, library.history, report) for problem in check.problems]


def _exchange(path: Path, copy: Path, at: datetime) -> Path:
    """Put the repaired file in place of the old one, which stays beside it with its log."""
    kept = stamped(path, "before-repair-", at)
    copy.chmod(0o600)
    descriptor = os.open(copy, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
    shutil.copyfile(path, kept)
    kept.chmod(0o600)
    log = path.with_name(path.name + "-wal")
    if log.exists():
        shutil.copyfile(log, kept.with_name(kept.name + "-wal"))
        kept.with_name(kept.name + "-wal").chmod(0o600)
    sync_folder(path.parent)
    # The log goes first: the old file without it is an older state of itself, the new one with it would be damaged.
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    copy.replace(path)
    sync_folder(path.parent)
    return kept


# --- a damaged file


def _recover(path: Path, copy: Path) -> tuple[int, list[str]]:
    """Read all rows that can be read into a new file in place of the copy; how many, and what could not be read."""
    fresh = copy.with_name("recovered.db")
    Library.open(fresh).close()
    read, lost = 0, []
    with _plain(copy) as old, _plain(fresh) as new:
        new.execute("PRAGMA foreign_keys = OFF")
        new.execute("BEGIN")
        triggers = new.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            new.execute(f"DROP TRIGGER {name}")
        for table in _tables(new):
            if table in DISPOSABLE:
                continue
            columns = _columns(new, table)
            there = [column for column in columns if column in _columns(old, table)]
            if not there:
                lost.append(f"the table {table} cannot be read")
                continue
            marks = ", ".join("?" * len(there))
            skipped = 0
            for rows, missed in _readable(old, table, there):
                skipped += missed
                read += len(rows)
                new.executemany(f"INSERT OR IGNORE INTO {table} ({', '.join(there)}) VALUES ({marks})", rows)
            if skipped:
                lost.append(f"{table}: up to {skipped:,} rows could not be read")
        for _, sql in triggers:
            new.execute(sql)
        new.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
        new.execute("COMMIT")
        new.execute("PRAGMA journal_mode = DELETE")
    if not read:
        raise LibraryError(path, "no row of it can be read", "restore a copy of it", trouble="damaged")
    for end in ("", "-wal", "-shm"):
        copy.with_name(copy.name + end).unlink(missing_ok=True)
    fresh.replace(copy)
    return read, lost


def _tables(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_sqlite%' ESCAPE '\\'"
        " AND name NOT LIKE 'articles\\_fts%' ESCAPE '\\'"
    )
    return [row[0] for row in rows]


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """The columns that hold what was written; none where the table cannot be looked at."""
    try:
        return [row[1] for row in connection.execute(f"PRAGMA table_xinfo({table})") if row[6] == 0]
    except sqlite3.DatabaseError:
        return []


def _readable(
    old: sqlite3.Connection, table: str, columns: Sequence[str]
) -> Iterator[tuple[list[tuple[object, ...]], int]]:
    """The rows of a table in blocks, each with how many rows before it could not be read."""
    names = ", ".join(columns)
    try:
        old.execute(f"SELECT rowid FROM {table} LIMIT 0")
    except sqlite3.DatabaseError:  # a table without row ids: one walk, as far as it goes
        yield _walk(old, f"SELECT {names} FROM {table}"), 0
        return
    after = -1
    while True:
        ask = f"SELECT rowid, {names} FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT {_BLOCK}"
        rows = _walk(old, ask, (after,))
        if rows:
            yield [row[1:] for row in rows], 0
            after = int(str(rows[-1][0]))
        if len(rows) < _BLOCK:
            skipped = _past_damage(old, table, after)
            if skipped is None:
                return
            yield [], skipped - after
            after = skipped


def _walk(old: sqlite3.Connection, ask: str, params: Sequence[object] = ()) -> list[tuple[object, ...]]:
    """The rows of a query up to the first that cannot be read."""
    rows: list[tuple[object, ...]] = []
    with suppress(sqlite3.DatabaseError):
        for row in old.execute(ask, params):
            rows.append(row)  # those before a failure are kept
    return rows


def _past_damage(old: sqlite3.Connection, table: str, after: int) -> int | None:
    """The last row id of the damage that follows ``after``; ``None`` where no row can be read behind it.

    A page that cannot be read fails whatever row id is asked for in it, so the end of the damage is looked for in steps
    that double, then halve.
    """

    def first_from(start: int) -> int | None:
        row = old.execute(f"SELECT rowid FROM {table} WHERE rowid >= ? ORDER BY rowid LIMIT 1", (start,)).fetchone()
        return None if row is None else int(row[0])

    def fails_from(start: int) -> bool:
        try:
            first_from(start)
        except sqlite3.DatabaseError:
            return True
        return False

    if not fails_from(after + 1):
        return first_from(after + 1)  # its id can be read, the rest of it cannot; or there is no row
    bad, step = after + 1, 1
    while fails_from(bad + step):
        bad, step = bad + step, step * 2
        if bad + step > _FARTHEST:
            return None
    good = bad + step
    while good - bad > 1:
        middle = (good + bad) // 2
        good, bad = (good, middle) if fails_from(middle) else (middle, bad)
    return None if first_from(good) is None else bad
