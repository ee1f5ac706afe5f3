"""Comparisons, the pairs that were dismissed, and the sentences that were linked by hand."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

from msgspec import to_builtins
from msgspec.structs import replace

from db.facts import input_sha
from db.history import History
from db.packing import pack, unpack
from db.readings import Readings
from db.records import Anchor, Stored
from db.search import ONCE, OPEN
from db.selectors import name
from db.store import Store
from db.texts import title
from reader.nouns import Comparison, Conflict, Place, Span

_ANCHOR = ("a_id", "b_id", "a_sha", "a_start", "a_end", "b_sha", "b_start", "b_end", "severed")


def _conflict(row: sqlite3.Row, *, swapped: bool) -> Conflict:
    a, b = (
        Place(part=row[f"{s}_part"], start=row[f"{s}_start"], end=row[f"{s}_end"], text=row[f"{s}_quote"])
        for s in ("ba" if swapped else "ab")
    )
    confidence, severity, reason = row["confidence"], row["severity"], row["reason"]
    return Conflict(kind=row["kind"], a=a, b=b, confidence=confidence, severity=severity, reason=reason)


def _as_judged(conflict: Conflict, a: Stored, b: Stored) -> str:
    """The fingerprint of a conflict as verdicts carry it: the article with the smaller id is A."""
    return (conflict if a.id <= b.id else replace(conflict, a=conflict.b, b=conflict.a)).fingerprint


class Comparisons:
    """What is known of pairs of articles. The comparisons are disposable, the rest is a person's."""

    def __init__(self, store: Store, history: History, readings: Readings) -> None:
        self._store = store
        self._history = history
        self._readings = readings

    def get(self, a: Stored, b: Stored, version: str) -> Comparison | None:
        """The comparison of A with B as they are now, anchors and corrections included, if it is kept."""
        blob = self._store.value(
            "SELECT data FROM comparisons WHERE a_id = ? AND b_id = ? AND input_sha = ? AND version = ?",
            (a.id, b.id, self._input(a, b), version),
        )
        return None if blob is None else unpack(blob, Comparison)

    def put(self, a: Stored, b: Stored, version: str, comparison: Comparison) -> None:
        """Keep a comparison in place of the one that is kept, its conflicts also as rows."""
        with self._store.write() as connection:
            connection.execute("DELETE FROM comparisons WHERE a_id = ? AND b_id = ?", (a.id, b.id))
            number = connection.execute(
                "INSERT INTO comparisons (a_id, b_id, input_sha, version, made_at, related, data)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (a.id, b.id, self._input(a, b), version, self._store.now(), comparison.related, pack(comparison)),
            ).lastrowid
            connection.executemany(
                f"INSERT INTO conflicts VALUES ({', '.join('?' * 18)})",
                [
                    (
                        *(number, i, a.id, b.id, c.kind, c.confidence, c.severity, c.reason, c.benign),
                        *(c.a.part, c.a.start, c.a.end, c.a.text),
                        *(c.b.part, c.b.start, c.b.end, c.b.text, _as_judged(c, a, b)),
                    )
                    for i, c in enumerate(comparison.conflicts)
                ],
            )

    def of(self, a: Stored, b: Stored, version: str, make: Callable[[], Comparison]) -> Comparison:
        """The comparison that is kept, or the one that ``make`` makes, which is kept then.

        It is not kept where an anchor or a correction was changed while it was made.
        """
        if (comparison := self.get(a, b, version)) is None:
            before = self._input(a, b)
            comparison = make()
            with self._store.write():
                if self._input(a, b) == before:
                    self.put(a, b, version, comparison)
        return comparison

    def _input(self, a: Stored, b: Stored) -> str:
        anchors = [[x.a.start, x.b.start, x.severed] for x in self.anchors(a, b)]
        sides = [[s.article.text_sha, input_sha(s.article)] for s in (a, b)]
        corrections = [[to_builtins(c) for c in self._readings.of(s)] for s in (a, b)]
        return name(json.dumps([sides, anchors, corrections]))

    def conflicts(self, a: int, b: int) -> list[Conflict] | None:
        """The conflicts kept of two articles, ``a`` being side A; ``None`` if no comparison of them is kept.

        They may be of an older Text or analysis. Further places and benign causes are not among them.
        """
        for first, second in ((a, b), (b, a)):
            number = self._store.value("SELECT id FROM comparisons WHERE a_id = ? AND b_id = ?", (first, second))
            if number is not None:
                rows = self._store.rows("SELECT * FROM conflicts WHERE comparison_id = ? ORDER BY number", (number,))
                return [_conflict(row, swapped=first != a) for row in rows]
        return None

    def undecided(self) -> list[tuple[int, int]]:
        """The pairs kept that have a conflict which waits for a verdict; those with the most stand first."""
        rows = self._store.rows(
            f"SELECT c.a_id, c.b_id {OPEN}{ONCE} GROUP BY c.comparison_id ORDER BY count(*) DESC, c.comparison_id"
        )
        return [(row["a_id"], row["b_id"]) for row in rows]

    # --- pairs that are not to be offered

    def dismiss(self, a: int, b: int) -> None:
        """Do not offer these two as partners of each other again."""
        low, high = sorted((a, b))
        with self._history.change(f"dismissed {self._names(a, b)}", low, high) as change:
            if self._dismissal(low, high) is None:
                change.insert("dismissals", {"a_id": low, "b_id": high})

    def undismiss(self, a: int, b: int) -> None:
        """Offer these two again."""
        low, high = sorted((a, b))
        with self._history.change(f"no longer dismissed {self._names(a, b)}", low, high) as change:
            if (number := self._dismissal(low, high)) is not None:
                change.delete("dismissals", number, ("a_id", "b_id"))

    def _names(self, a: int, b: int) -> str:
        return f"{title(self._store, a)} for {title(self._store, b)}"

    def _dismissal(self, low: int, high: int) -> int | None:
        number: int | None = self._store.value("SELECT id FROM dismissals WHERE a_id = ? AND b_id = ?", (low, high))
        return number

    def dismissed(self, number: int) -> set[int]:
        """The articles that are not to be offered as partners of this one."""
        return {
            row[0]
            for row in self._store.rows(
                "SELECT b_id FROM dismissals WHERE a_id = ?1 UNION SELECT a_id FROM dismissals WHERE b_id = ?1",
                (number,),
            )
        }

    # --- sentences linked and parted by hand

    def anchor(self, a: Stored, b: Stored, span_a: Span, span_b: Span, *, severed: bool = False) -> None:
        """Link two sentences of the bodies by hand, or part them. Replaces what was said of these two before."""
        with self._history.change("parted two sentences" if severed else "linked two sentences", a.id, b.id) as change:
            low, high, left, right = (a, b, span_a, span_b) if a.id <= b.id else (b, a, span_b, span_a)
            values = {
                "a_id": low.id,
                "b_id": high.id,
                "a_sha": low.article.text_sha,
                "a_start": left.start,
                "a_end": left.end,
                "b_sha": high.article.text_sha,
                "b_start": right.start,
                "b_end": right.end,
                "severed": int(severed),
            }
            key = ("a_id", "b_id", "a_sha", "b_sha", "a_start", "b_start")
            number = self._store.value(
                f"SELECT id FROM anchors WHERE {' AND '.join(f'{c} = ?' for c in key)}", [values[c] for c in key]
            )
            if number is None:
                change.insert("anchors", values)
            else:
                change.update("anchors", number, values)

    def unanchor(self, anchor: int) -> None:
        """Forget what was said by hand of two sentences; ``anchor`` is the id of an ``Anchor``."""
        with self._store.write():
            row = self._store.row("SELECT a_id, b_id FROM anchors WHERE id = ?", (anchor,))
            if row is not None:
                with self._history.change("freed two sentences", row["a_id"], row["b_id"]) as change:
                    change.delete("anchors", anchor, _ANCHOR)

    def anchors(self, a: Stored, b: Stored) -> list[Anchor]:
        """What was said by hand of sentences of these Texts, in the order of A."""
        low, high = (a, b) if a.id <= b.id else (b, a)
        rows = self._store.rows(
            "SELECT * FROM anchors WHERE a_id = ? AND b_id = ? AND a_sha = ? AND b_sha = ?",
            (low.id, high.id, low.article.text_sha, high.article.text_sha),
        )
        found = []
        for row in rows:
            left = Span(start=row["a_start"], end=row["a_end"])
            right = Span(start=row["b_start"], end=row["b_end"])
            if low is not a:
                left, right = right, left
            found.append(Anchor(id=row["id"], a=left, b=right, severed=bool(row["severed"])))
        return sorted(found, key=lambda x: (x.a.start, x.b.start))
