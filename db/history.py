"""Every change is an event in an append-only history; undoing one adds its inverse.

An event lists the rows it changed with their values before and after. With every event stands which event undo would
take back after it and which undoing redo would, so that both take constant time, over restarts and in several windows.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from db.blind import is_blind_anywhere, visible_event
from db.errors import LibraryError
from db.holds import HELD, settle, settle_row
from db.records import HistoryLine
from db.store import Store

Values = Mapping[str, Any]
_Row = tuple[str, int, dict[str, Any] | None, dict[str, Any] | None]

TRACKED = frozenset(
    {"articles", "verdicts", "verdict_places", "taggings", "dismissals", "anchors", "corrections"}
    | {"sessions", "session_pairs", "settlements", "views", "events", "event_members", "feeds"}
)

EVENT = "id at reviewer kind name pair changes event_id undo_id redo_id".split()
"""The columns of an event that its digest is made of."""
LONG = 50_000
"""Characters of a change, as it is written down, from which on it takes a while: some hundreds of rows."""


class Change:
    """Rows changed in one transaction, recorded as they are changed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.rows: list[_Row] = []

    def insert(self, table: str, values: Values) -> int:
        """Insert a row and return its id."""
        row = dict(values)
        cursor = _insert(self._connection, table, row)
        key = int(cursor.lastrowid or 0)
        self.rows.append((table, key, None, {"id": key, **row}))
        return key

    def update(self, table: str, key: int, values: Values) -> bool:
        """Set columns of a row; whether that changed anything."""
        assert table in TRACKED
        columns = ", ".join(f'"{c}"' for c in values)
        found = self._connection.execute(f"SELECT {columns} FROM {table} WHERE id = ?", (key,)).fetchone()
        after = {c: v for c, v in values.items() if found[c] != v}
        if not after:
            return False
        _update(self._connection, table, key, after)
        self.rows.append((table, key, {c: found[c] for c in after}, after))
        return True

    def delete(self, table: str, key: int, columns: Sequence[str]) -> None:
        """Delete a row; ``columns`` are those that bring it back."""
        assert table in TRACKED
        names = ", ".join(f'"{c}"' for c in columns)
        found = self._connection.execute(f"SELECT {names} FROM {table} WHERE id = ?", (key,)).fetchone()
        self._connection.execute(f"DELETE FROM {table} WHERE id = ?", (key,))
        self.rows.append((table, key, {"id": key, **{c: found[c] for c in columns}}, None))


def _insert(connection: sqlite3.Connection, table: str, row: Values) -> sqlite3.Cursor:
    assert table in TRACKED
    names = ", ".join(f'"{c}"' for c in row)
    marks = ", ".join("?" * len(row))
    return connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))


def _update(connection: sqlite3.Connection, table: str, key: int, values: Values) -> None:
    columns = ", ".join(f'"{c}" = ?' for c in values)
    connection.execute(f"UPDATE {table} SET {columns} WHERE id = ?", (*values.values(), key))


def _apply(connection: sqlite3.Connection, row: _Row) -> _Row | None:
    """Make a change; what of it was made. What is no longer as the change expects it is left alone."""
    table, key, before, after = row
    assert table in TRACKED
    found = connection.execute(f"SELECT * FROM {table} WHERE id = ?", (key,)).fetchone()
    if (found is None) != (before is None):
        return None
    if after is None:
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (key,))
        return row
    if before is None:
        _insert(connection, table, after)
        return row
    same = {column: value for column, value in before.items() if found[column] == value}
    if not same:
        return None
    _update(connection, table, key, {column: after[column] for column in same})
    return table, key, same, {column: after[column] for column in same}


def chain(before: str, written: Sequence[Any]) -> str:
    """The digest of an event: SHA-256 over the digest of the event before it and what was written."""
    return hashlib.sha256(_json([before, *written]).encode()).hexdigest()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class _Open(threading.local):
    change: Change | None = None


class History:
    """The events, and the way back and forth through them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._open = _Open()

    # --- recording

    @contextmanager
    def group(self, name: str, *pair: int) -> Iterator[None]:
        """Make all changes within the block one event: ``with history.group("accepted 7 conflicts", a, b): ...``.

        ``pair`` is the articles it is about. The block holds the file's write lock: keep it short.
        """
        with self.change(name, *pair):
            yield

    @contextmanager
    def change(self, name: str, *pair: int, undoable: bool = True) -> Iterator[Change]:
        """Record what the block changes as one event, ``name`` in the past tense ("starred Convoy leaves").

        A change within a change joins it. A block that changes nothing leaves no event.
        """
        if (outer := self._open.change) is not None:
            yield outer
            return
        with self._store.write() as connection:
            self._open.change = change = Change(connection)
            try:
                yield change
            finally:
                self._open.change = None
            if change.rows:
                self._append(connection, "do" if undoable else "note", name, pair, change.rows)

    def note(self, name: str, *pair: int) -> None:
        """Write a line that cannot be undone, within the transaction that is open, if any."""
        with self._store.write() as connection:
            self._append(connection, "note", name, pair, [])

    def _append(
        self,
        connection: sqlite3.Connection,
        kind: Literal["do", "undo", "redo", "note"],
        name: str,
        pair: Sequence[int],
        rows: Sequence[_Row],
        event: int | None = None,
    ) -> None:
        last = connection.execute(
            "SELECT id, undo_id, redo_id, digest FROM history ORDER BY id DESC LIMIT 1"
        ).fetchone()
        number, undo, redo, digest = (0, None, None, "") if last is None else last
        number += 1
        match kind:
            case "do":
                undo, redo = number, None
            case "undo":
                undo, redo = _pointer(connection, "undo_id", event), number
            case "redo":
                redo = _pointer(connection, "redo_id", event)
                (undo,) = connection.execute("SELECT event_id FROM history WHERE id = ?", (event,)).fetchone()
        written = (
            number,
            self._store.now(),
            self._store.reviewer,
            kind,
            name,
            _json(pair),
            _json(rows),
            event,
            undo,
            redo,
        )
        connection.execute(
            "INSERT INTO history (id, at, reviewer, kind, name, pair, changes, event_id, undo_id, redo_id, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*written, chain(digest, written)),
        )
        _settle(connection, rows)

    # --- back and forth

    def undo(self) -> str | None:
        """Take back the last change that still stands; its name, or ``None`` if there is none."""
        return self._step("undo", "undo_id")

    def redo(self) -> str | None:
        """Bring back what was undone last; its name, or ``None`` if nothing was undone since the last change."""
        return self._step("redo", "redo_id")

    def _step(self, kind: Literal["undo", "redo"], pointer: str) -> str | None:
        with self._store.write() as connection:
            event = connection.execute(
                f"SELECT * FROM history WHERE id = (SELECT {pointer} FROM history ORDER BY id DESC LIMIT 1)"
            ).fetchone()
            if event is None:
                return None
            if self._barred(event["reviewer"]):
                raise LibraryError(
                    self._store.path,
                    f"cannot {kind}: the last change is another reviewer's, and you judge blind",
                    "finish the review first",
                )
            name = str(event["name"]).removeprefix("undo: ")
            rows: list[_Row] = [
                (t, key, after, before) for t, key, before, after in reversed(json.loads(event["changes"]))
            ]
            try:
                made = [done for row in rows if (done := _apply(connection, row)) is not None]
            except sqlite3.IntegrityError as error:
                raise LibraryError(
                    self._store.path, f'cannot {kind} "{name}": another program has changed what it rests on'
                ) from error
            self._append(connection, kind, f"{kind}: {name}", json.loads(event["pair"]), made, event["id"])
            return name

    def is_long(self, way: Literal["undo", "redo"]) -> bool:
        """Whether the step that ``undo`` or ``redo`` would take is of so many rows that it takes a while."""
        last = f"SELECT {way}_id FROM history ORDER BY id DESC LIMIT 1"
        return (self._store.value(f"SELECT length(changes) FROM history WHERE id = ({last})") or 0) > LONG

    def next_undo(self) -> HistoryLine | None:
        """The event that ``undo`` would take back, if the reviewer may."""
        return self._next("undo_id")

    def next_redo(self) -> HistoryLine | None:
        """The undoing that ``redo`` would take back, if the reviewer may."""
        return self._next("redo_id")

    def _next(self, pointer: str) -> HistoryLine | None:
        found = self._lines(f"WHERE id = (SELECT {pointer} FROM history ORDER BY id DESC LIMIT 1)")
        return next((line for line in found if not self._barred(line.by)), None)

    def recent(self, limit: int = 100, offset: int = 0) -> list[HistoryLine]:
        """Events, the newest first; not those of what the reviewer judges blind."""
        return self._lines(f"WHERE {self._shown()} ORDER BY id DESC LIMIT ? OFFSET ?", (limit, offset))

    def count(self) -> int:
        """How many events ``recent`` has."""
        return int(self._store.value(f"SELECT count(*) FROM history WHERE {self._shown()}"))

    def _shown(self) -> str:
        return visible_event("history") if is_blind_anywhere(self._store) else "1"

    def _barred(self, by: str) -> bool:
        """Whether a change of ``by`` is none that the reviewer may take back: the handing over is one, too."""
        return by != self._store.reviewer and is_blind_anywhere(self._store)

    def _lines(self, where: str, params: Sequence[Any] = ()) -> list[HistoryLine]:
        return [
            HistoryLine(
                id=row["id"],
                at=row["at"],
                by=row["reviewer"],
                kind=row["kind"],
                name=row["name"],
                pair=tuple(json.loads(row["pair"])),
            )
            for row in self._store.rows(f"SELECT id, at, reviewer, kind, name, pair FROM history {where}", params)
        ]

    def head(self) -> str:
        """The number and digest of the last event, "412:9f0c..."; "" where there is none.

        A chain cannot tell that its last events were cut off. Somebody who noted the head can: see ``has``.
        """
        row = self._store.row("SELECT id, digest FROM history ORDER BY id DESC LIMIT 1")
        return "" if row is None else f"{row['id']}:{row['digest'][:16]}"

    def has(self, head: str) -> bool:
        """Whether the event that was once the ``head`` is in the history as it was."""
        number, _, digest = head.partition(":")
        found = (
            self._store.value("SELECT digest FROM history WHERE id = ?", (int(number),)) if number.isdigit() else None
        )
        return found is not None and len(digest) >= 8 and str(found).startswith(digest)

    def broken(self) -> int | None:
        """The first event whose digest is not that of the chain, ``None`` if all are."""
        digest, after = "", 0
        columns = ", ".join(EVENT)
        while batch := self._store.rows(
            f"SELECT {columns}, digest FROM history WHERE id > ? ORDER BY id LIMIT 500", (after,)
        ):
            for *written, found in batch:
                digest = chain(digest, written)
                after = written[0]
                if digest != found:
                    return int(after)
        return None

    def broken_merged(self) -> str | None:
        """The first event of the histories that were merged into this one whose digest is not its own, if any."""
        rows = self._store.connection.execute(f"SELECT digest, before, {', '.join(EVENT)} FROM merged_history")
        return next((str(digest) for digest, before, *written in rows if chain(before, written) != digest), None)


def _pointer(connection: sqlite3.Connection, column: str, event: int | None) -> int | None:
    """A pointer as it stood just before an event."""
    row = connection.execute(f"SELECT {column} FROM history WHERE id < ? ORDER BY id DESC LIMIT 1", (event,)).fetchone()
    return None if row is None else row[0]


def _settle(connection: sqlite3.Connection, rows: Sequence[_Row]) -> None:
    """Find words again where they may stand elsewhere: a title changed, words were hung or placed."""
    titled = {key for table, key, _, after in rows if table == "articles" and "edited_title" in (after or ())}
    settle(connection, titled)
    for table, key, _, after in rows:
        if table in HELD and after is not None and ("article_id" in after or "answers" in after):
            settle_row(connection, table, key)
