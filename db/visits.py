"""Visits: where a reviewer left a pair, and how far they are with it."""

from __future__ import annotations

from typing import Any

from db.blind import is_blind
from db.errors import NotFound
from db.records import Visit
from db.store import Store

_SELECT = (
    "SELECT v.*, coalesce(nullif(a.title, ''), a.source) AS a_title,"
    " coalesce(nullif(b.title, ''), b.source) AS b_title FROM visits AS v"
    " JOIN articles AS a ON a.id = v.a_id JOIN articles AS b ON b.id = v.b_id"
)


class Visits:
    """The pairs that were opened, one row for each pair and reviewer. Where one is, is no change to undo."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def open(self, a: int, b: int) -> Visit:
        """The reviewer's visit of two articles, begun if there is none; side A is ``a``, whichever way it was begun."""
        with self._store.write() as connection:
            number = self._number(a, b)
            connection.execute("UPDATE visits SET left_at = ? WHERE id = ?", (self._store.now(), number))
            row = self._store.row(f"{_SELECT} WHERE v.id = ?", (number,))
        return _visit(row, a > b)

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
                "UPDATE visits SET place_article = coalesce(?, place_article), place_char = coalesce(?, place_char),"
                " decided = coalesce(?, decided), total = coalesce(?, total), seconds = seconds + ?, left_at = ?"
                " WHERE id = ?",
                (article, char, decided, total, seconds, self._store.now(), number),
            ).rowcount
        if not found:
            raise NotFound(self._store.path, f"there is no visit {number}")

    def count(self, a: int, b: int, decided: int, total: int) -> None:
        """Remember how far the reviewer is with a pair that was compared and not opened."""
        with self._store.write() as connection:
            connection.execute(
                "UPDATE visits SET decided = ?, total = ? WHERE id = ?", (decided, total, self._number(a, b))
            )

    def recent(self, limit: int = 50, *, alone: bool = False) -> list[Visit]:
        """The reviewer's visits, the one left last first; ``alone``: those of pairs in none of their sessions."""
        apart = (
            " AND NOT EXISTS (SELECT 1 FROM session_pairs AS q JOIN sessions AS s ON s.id = q.session_id"
            " WHERE q.low_id = v.a_id AND q.high_id = v.b_id AND s.reviewer = v.reviewer AND s.deleted_at IS NULL)"
        )
        rows = self._store.rows(
            f"{_SELECT} WHERE v.left_at IS NOT NULL AND v.reviewer IN (reviewer_now(), ''){apart if alone else ''}"
            " ORDER BY v.left_at DESC, v.id DESC LIMIT ?",
            (limit,),
        )
        return [_visit(row, False) for row in rows]

    def _number(self, a: int, b: int) -> int:
        """The row of the reviewer for a pair: their own, else one of nobody named, else a new one."""
        low, high = sorted((a, b))
        row = self._store.row(
            "SELECT id, reviewer FROM visits WHERE a_id = ? AND b_id = ? AND reviewer IN (reviewer_now(), '')"
            " ORDER BY reviewer = '' LIMIT 1",
            (low, high),
        )
        by = self._store.reviewer
        with self._store.write() as connection:
            if row is not None and (row["reviewer"] == by or not is_blind(self._store, low, high)):
                connection.execute("UPDATE visits SET reviewer = ? WHERE id = ?", (by, row["id"]))
                return int(row["id"])
            for number in (low, high):
                if self._store.value("SELECT 1 FROM articles WHERE id = ?", (number,)) is None:
                    raise NotFound(self._store.path, f"there is no report {number}")
            made = connection.execute(
                "INSERT INTO visits (a_id, b_id, reviewer, started_at) VALUES (?, ?, ?, ?)",
                (low, high, by, self._store.now()),
            )
            return int(made.lastrowid or 0)


def _visit(row: Any, swapped: bool) -> Visit:
    a, b = "ba" if swapped else "ab"
    return Visit(
        id=row["id"],
        a_id=row[f"{a}_id"],
        b_id=row[f"{b}_id"],
        place=None if row["place_article"] is None else (row["place_article"], row["place_char"]),
        decided=row["decided"],
        total=row["total"],
        seconds=row["seconds"],
        started=row["started_at"],
        left=row["left_at"] or "",
        a_title=row[f"{a}_title"],
        b_title=row[f"{b}_title"],
    )
