"""Sessions: work on a pair, resumed where it was left."""

from __future__ import annotations

from typing import Any

from db.errors import NotFound
from db.records import Session
from db.store import Store

_SELECT = (
    "SELECT s.*, a.title AS a_title, b.title AS b_title FROM sessions AS s"
    " JOIN articles AS a ON a.id = s.a_id JOIN articles AS b ON b.id = s.b_id"
)


class Sessions:
    """The sessions of a library, one for each pair that was opened."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def open(self, a: int, b: int) -> Session:
        """The session of two articles, begun if there is none; side A is ``a``, whichever way it was begun."""
        low, high = sorted((a, b))
        with self._store.write() as connection:
            for number in (low, high):
                if self._store.value("SELECT 1 FROM articles WHERE id = ?", (number,)) is None:
                    raise NotFound(self._store.path, f"there is no article {number}")
            now = self._store.now()
            connection.execute(
                "INSERT INTO sessions (a_id, b_id, started_at, left_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (a_id, b_id) DO UPDATE SET left_at = excluded.left_at",
                (low, high, now, now),
            )
            row = self._store.row(f"{_SELECT} WHERE s.a_id = ? AND s.b_id = ?", (low, high))
        return _session(row, a > b)

    def leave(
        self,
        number: int,
        *,
        place: tuple[int, int] | None = None,
        decided: int | None = None,
        total: int | None = None,
        seconds: float = 0.0,
    ) -> None:
        """Remember the place (article id, code point of its body), the progress, and ``seconds`` more of work."""
        article, char = place or (None, None)
        with self._store.write() as connection:
            found = connection.execute(
                "UPDATE sessions SET place_article = coalesce(?, place_article), place_char = coalesce(?, place_char),"
                " decided = coalesce(?, decided), total = coalesce(?, total), seconds = seconds + ?, left_at = ?"
                " WHERE id = ?",
                (article, char, decided, total, seconds, self._store.now(), number),
            ).rowcount
        if not found:
            raise NotFound(self._store.path, f"there is no session {number}")

    def recent(self, limit: int = 50) -> list[Session]:
        """The sessions, the one left last first."""
        rows = self._store.rows(f"{_SELECT} ORDER BY s.left_at DESC, s.id DESC LIMIT ?", (limit,))
        return [_session(row, False) for row in rows]


def _session(row: Any, swapped: bool) -> Session:
    a, b = "ba" if swapped else "ab"
    return Session(
        id=row["id"],
        a_id=row[f"{a}_id"],
        b_id=row[f"{b}_id"],
        place=None if row["place_article"] is None else (row["place_article"], row["place_char"]),
        decided=row["decided"],
        total=row["total"],
        seconds=row["seconds"],
        started=row["started_at"],
        left=row["left_at"],
        a_title=row[f"{a}_title"],
        b_title=row[f"{b}_title"],
    )
