"""The whole library as a folder of plain files, and back.

Every table of a person's work is a file of JSON Lines with the columns of the schema; each Text, and each raw input, is a
file named by its SHA-256. What the machine can make again is left out. The order is that of the keys and nothing says
when it was written, so that two folders of one library are the same, byte by byte, and differences can be read.
docs/formats.md describes the folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from db import schema
from db.copies import Progress, put_in_place, sync_folder
from db.errors import LibraryError, known
from db.packing import deflate, inflate
from db.store import Store

FORMAT = "rashomon-library"
VERSION = 1
"""Of the folder; the schema of its tables is told beside it."""

KEPT = (
    *("texts", "articles", "revisions", "furniture", "tags", "verdicts", "verdict_places", "taggings", "settlements"),
    *("corrections", "dismissals", "anchors", "sessions", "session_pairs", "visits", "views", "preferences", "history"),
    "merged_history",
    *("events", "event_members", "feeds", "feed_states", "feed_entries"),
    "sqlite_sequence",  # ids that were given once are not given again: the history names rows by them
)
"""The tables that are written out, each after those whose triggers or files it needs."""
DISPOSABLE = ("facts", "comparisons", "conflicts", "rarities")
"""The tables that the machine fills again."""

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
_README = f"""# A Rashomon library as plain files

- `tables/`: every table of a person's work as JSON Lines, one row a line, columns as in docs/database.md of Rashomon
- `texts/`: every Text, named by the SHA-256 of its bytes
- `raw/`: what reports were read from, byte by byte, named likewise; `raw` in `tables/revisions.jsonl` names it
- `articles/`: each report with its newest text, by its number, for reading only; nothing is read back from here
- `{SUMS}`: checksums of all files; `sha256sum --check {SUMS}` reads them

`rashomon --db NEW.db restore FOLDER` makes the library again.
"""
_SHA = re.compile(r"[0-9a-f]{64}", re.ASCII)
_SUM = re.compile(
    r"([0-9a-f]{64})  ((?:manifest\.json|README\.md|tables/[a-z_]+\.jsonl|articles/[0-9]+\.txt)"
    r"|(?:texts|raw)/(?P<start>[0-9a-f]{2})/(?P<sha>(?P=start)[0-9a-f]{62})(?:\.txt)?)",
    re.ASCII,
)
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_SHORT = 1 << 20
"""Bytes that a manifest has at the most."""


# --- writing


def dump(store: Store, folder: Path, progress: Progress | None = None) -> dict[str, int]:
    """Write the library, as it is at one moment, to ``folder``, which is new or empty; how many rows of each table.

    Raises ``LibraryError`` where it cannot be written; then there is no new folder.
    """
    if folder.is_symlink() or (folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))):
        raise LibraryError(folder, "is there already", "name a folder that is new or empty", trouble="unreachable")
    part = folder.with_name(f".{folder.name[:40]}.{os.getpid()}.part")
    try:
        part.mkdir(mode=0o700)
        try:
            with store.read():
                counts = _Writing(store, part, progress).all()
            os.sync()  # one for thousands of files
            part.rename(folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        sync_folder(folder.parent)
    except OSError as error:
        reason = f"it cannot be written ({error.strerror or error})"
        raise LibraryError(folder, reason, "name another place", trouble="unreachable") from error
    return counts


class _Writing:
    def __init__(self, store: Store, root: Path, progress: Progress | None) -> None:
        self._store = store
        self._root = root
        self._told = progress or _silent
        self._folders: set[Path] = set()
        self._done = self._all = 0

    def all(self) -> dict[str, int]:
        tables = _tables(self._store.connection)
        counts = {t: int(self._store.value(f"SELECT count(*) FROM {t}{_which(t)}")) for t in KEPT if t in tables}
        self._all = sum(counts.values()) + counts["articles"]
        with self._new(SUMS) as sums:

            def put(name: str, data: bytes) -> None:
                with self._new(name) as file:
                    file.write(data)
                sums.write(f"{hashlib.sha256(data).hexdigest()}  {name}\n".encode())

            put("README.md", _README.encode())
            for table in counts:
                name = f"tables/{table}.jsonl"
                sums.write(f"{self._table(table, tables[table], name, put)}  {name}\n".encode())
            self._articles(put)
            version = self._store.value("PRAGMA user_version")
            manifest = {"format": FORMAT, "version": VERSION, "schema": version, "tables": counts}
            put(MANIFEST, json.dumps(manifest, indent=1).encode() + b"\n")
        return counts

    def _new(self, name: str) -> BinaryIO:
        path = self._root / name
        for folder in (path.parent.parent, path.parent):
            if folder not in self._folders and self._root in folder.parents:
                folder.mkdir(mode=0o700, exist_ok=True)
                self._folders.add(folder)
        return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")

    def _table(self, table: str, columns: list[str], name: str, put: Callable[[str, bytes], None]) -> str:
        """Write the rows of a table; the SHA-256 of its file."""
        digest = hashlib.sha256()
        with self._new(name) as file:
            for row in self._rows(table, columns):
                if table == "texts":
                    put(_text(row["sha"]), row.pop("body").encode())
                elif table == "revisions":
                    row["raw"] = self._raw(row, put)
                line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
                digest.update(line)
                file.write(line)
        return digest.hexdigest()

    def _raw(self, row: dict[str, Any], put: Callable[[str, bytes], None]) -> str:
        if not row["raw"]:
            return ""
        body = self._store.value("SELECT body FROM texts WHERE sha = ?", (row["text_sha"],))
        data = inflate(row["raw"], body)
        sha = hashlib.sha256(data).hexdigest()
        if not (self._root / _raw(sha)).exists():
            put(_raw(sha), data)
        return sha

    def _articles(self, put: Callable[[str, bytes], None]) -> None:
        rows = self._store.connection.execute(
            "SELECT a.id, a.title, a.source, a.author, a.published, a.url, t.body"
            " FROM articles AS a JOIN texts AS t ON t.sha = a.text_sha ORDER BY a.id"
        )
        for row in rows:
            about = " · ".join(filter(None, (row["source"], row["author"], row["published"])))
            head = filter(None, (row["title"], about, row["url"]))
            put(f"articles/{row['id']:06}.txt", "\n".join([*head, "", row["body"], ""]).encode())
            self._step()

    def _rows(self, table: str, columns: list[str]) -> Iterator[dict[str, Any]]:
        names = ", ".join(f'"{c}"' for c in columns)
        connection = self._store.connection
        key = _key(connection, table)
        for row in connection.execute(f"SELECT {names} FROM {table}{_which(table)} ORDER BY {key}"):
            yield dict(zip(columns, row, strict=True))
            self._step()

    def _step(self) -> None:
        self._done += 1
        if self._done % 500 == 0 or self._done == self._all:
            self._told(self._done, self._all)


def _tables(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The tables of a library that are written out, with the columns that are stored."""
    found = {}
    for table in KEPT:
        columns = connection.execute(f"SELECT name FROM pragma_table_xinfo('{table}') WHERE hidden = 0 ORDER BY cid")
        if names := [row[0] for row in columns]:
            found[table] = names
    return found


def _key(connection: sqlite3.Connection, table: str) -> str:
    """The columns of the primary key, which the rows of a table are in the order of."""
    keys = connection.execute(f"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk")
    return ", ".join(row[0] for row in keys) or "name"  # sqlite_sequence has none


def _which(table: str) -> str:
    """What of a table is written out, all of most."""
    return f" WHERE name IN {KEPT}" if table == "sqlite_sequence" else ""


def _text(sha: str) -> str:
    return f"texts/{sha[:2]}/{sha}.txt"


def _raw(sha: str) -> str:
    return f"raw/{sha[:2]}/{sha}"


def _silent(done: int, of: int) -> None:
    pass


# --- reading


def restore(folder: Path, path: Path, progress: Progress | None = None) -> None:
    """Make the library that was written to ``folder``, in a new file.

    Everything is read through against its checksums; a folder of an older schema is brought up to date. Raises
    ``LibraryError`` that names what is wrong with the folder or why the file cannot be made; then there is none.
    """
    if path.exists() or path.is_symlink():
        raise LibraryError(path, "is there already", "name a new file with --db", trouble="unreachable")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{path.name[:40]}.", dir=path.parent) as beside:
            made = Path(beside) / "library.db"
            fill(folder, made, progress)
            put_in_place(made, path, replace=False)
    except sqlite3.Error as error:
        raise known(path, error) or error from error
    except OSError as error:
        reason = f"it cannot be made ({error.strerror or error})"
        raise LibraryError(path, reason, "name another place", trouble="unreachable") from error


def fill(folder: Path, path: Path, progress: Progress | None = None) -> None:
    """`restore` without care for what happens to the file on the way."""
    reading = _Reading(folder, progress)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA synchronous = OFF")  # it has no name yet
        reading.into(connection)
    if reading.schema < schema.VERSION:
        store = Store(path)
        store.open()
        store.close()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")


class _Reading:
    """A folder of plain files, whose manifest and checksums are right."""

    def __init__(self, folder: Path, progress: Progress | None) -> None:
        self._root = folder
        self._told = progress or _silent
        if not folder.is_dir():
            raise LibraryError(folder, "no folder", "name one that rashomon dump has written", trouble="missing")
        manifest = self._manifest()
        self.schema: int = manifest["schema"]
        self._counts: dict[str, int] = manifest["tables"]
        self._check_sums()

    def _manifest(self) -> dict[str, Any]:
        with self._open(MANIFEST) as file:
            data = file.read(_SHORT)
        try:
            found = json.loads(data)
            is_ours = found["format"] == FORMAT
            version, number, tables = found["version"], found["schema"], found["tables"]
            numbers = [version, number, *tables.values()]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            is_ours, numbers = False, []
        if not is_ours or not all(type(n) is int and n >= 0 for n in numbers) or number < 1:
            raise self._wrong(MANIFEST, "not that of a Rashomon library", "foreign")
        if version > VERSION or number > schema.VERSION:
            said = f"version {version}, schema {number}; this one knows {VERSION} and {schema.VERSION}"
            raise LibraryError(
                self._root / MANIFEST,
                f"made by a later Rashomon ({said})",
                "update Rashomon to read it",
                trouble="newer",
            )
        assert isinstance(found, dict)
        return found

    def _check_sums(self) -> None:
        """Check the files that are not named by their own sum, which are checked where they are read."""
        wanted = {MANIFEST, *(f"tables/{table}.jsonl" for table in self._counts)}
        with self._open(SUMS) as sums:
            for number, line in enumerate(sums, 1):
                found = _SUM.fullmatch(line.decode("ascii", "replace").rstrip("\n"))
                if found is None:
                    raise self._wrong(SUMS, f"line {number} names no file of a library")
                name = found[2]
                if found["sha"] is not None:
                    fits = found["sha"] == found[1]
                else:
                    with self._open(name) as file:
                        fits = hashlib.file_digest(file, "sha256").hexdigest() == found[1]
                if not fits:
                    raise self._wrong(name, "was changed since it was written: its checksum is another one")
                wanted.discard(name)
        if wanted:
            raise self._wrong(SUMS, f"has no checksum of {min(wanted)}")

    @contextmanager
    def _open(self, name: str) -> Iterator[Any]:
        """A plain file of the folder, reached over no link."""
        path = self._root / name
        folders = [folder for folder in path.parents if folder != self._root and self._root in folder.parents]
        if path.is_symlink() or any(folder.is_symlink() for folder in folders):
            raise self._wrong(name, "a link; plain files are read only where they lie in the folder")
        try:
            handle = os.open(path, _FLAGS)
        except OSError as error:
            raise self._wrong(name, "is missing" if not path.exists() else str(error.strerror)) from error
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise self._wrong(name, "not a plain file")
            yield file

    def _wrong(self, name: str, reason: str, trouble: Any = "damaged") -> LibraryError:
        return LibraryError(
            self._root / name, reason, "nothing was made; have the folder written anew", trouble=trouble
        )

    def into(self, connection: sqlite3.Connection) -> None:
        """Fill an empty database; one transaction."""
        from sqlite_utils import Database

        steps = schema.migrations()
        after = [step.name for step in steps.pending(Database(connection))][self.schema :]
        steps.apply(Database(connection), stop_before=after[:1] or None)
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {self.schema}")
        tables = _tables(connection)
        if set(self._counts) != set(tables):
            odd = min(set(self._counts) ^ set(tables))
            raise self._wrong(MANIFEST, f"{odd!r} is {'no table' if odd in self._counts else 'missing'} of its schema")
        connection.execute("BEGIN")
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.execute("DELETE FROM sqlite_sequence")
        done, every = 0, sum(self._counts.values())
        for table, columns in tables.items():
            self._told(done, every)
            for number, row in enumerate(self._rows(table, columns), 1):
                self._insert(connection, table, number, row)
                if number % 500 == 0:
                    self._told(done + number, every)
            (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            if count != self._counts[table]:
                said = f"has {count:,} rows, not the {self._counts[table]:,} of the manifest"
                raise self._wrong(f"tables/{table}.jsonl", said)
            done += count
        if broken := connection.execute("PRAGMA foreign_key_check").fetchone():
            raise self._wrong(f"tables/{broken[0]}.jsonl", f"a row points to nothing in {broken[2]}")
        connection.execute("COMMIT")
        self._told(every, every)

    def _rows(self, table: str, columns: list[str]) -> Iterator[dict[str, Any]]:
        written = set(columns) - ({"body"} if table == "texts" else set())
        with self._open(f"tables/{table}.jsonl") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    row = json.loads(line)
                except (ValueError, RecursionError):
                    row = None
                if not isinstance(row, dict) or set(row) != written:
                    raise self._wrong(f"tables/{table}.jsonl", f"line {number} is no row of {table}")
                yield row

    def _insert(self, connection: sqlite3.Connection, table: str, number: int, row: dict[str, Any]) -> None:
        try:
            if table == "texts":
                row["body"] = self._body(row["sha"], number)
            elif table == "revisions":
                row["raw"] = self._packed(connection, row, number)
            elif table == "sqlite_sequence":
                connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (row["name"],))
            names, marks = ", ".join(f'"{c}"' for c in row), ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))
        except UnicodeEncodeError as error:
            raise self._wrong(f"tables/{table}.jsonl", f"line {number} has text that is not Unicode") from error
        except (sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError, OverflowError) as error:
            raise self._wrong(f"tables/{table}.jsonl", f"line {number} cannot be a row ({error})") from error

    def _body(self, sha: Any, number: int) -> str:
        try:
            return self._named(_text, sha, "texts", number).decode()
        except UnicodeDecodeError:
            raise self._wrong(_text(sha), "not UTF-8") from None

    def _packed(self, connection: sqlite3.Connection, row: dict[str, Any], number: int) -> bytes:
        if not row["raw"]:
            return b""
        body = connection.execute("SELECT body FROM texts WHERE sha = ?", (row["text_sha"],)).fetchone()
        return deflate(self._named(_raw, row["raw"], "revisions", number), body[0] if body else "")

    def _named(self, place: Callable[[str], str], sha: Any, table: str, number: int) -> bytes:
        """The bytes of a file that is named by their sum."""
        if not isinstance(sha, str) or not _SHA.fullmatch(sha):
            raise self._wrong(f"tables/{table}.jsonl", f"line {number} names no text by its SHA-256")
        with self._open(place(sha)) as file:
            data: bytes = file.read()
        if hashlib.sha256(data).hexdigest() != sha:
            raise self._wrong(place(sha), "was changed since it was written: its checksum is another one")
        return data
