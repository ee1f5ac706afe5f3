"""Readings: what a person says that words of an article mean, in place of what the machine read."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Final, NamedTuple

import msgspec
from msgspec import structs

from db.errors import NotFound
from db.history import History
from db.holds import hang
from db.records import Stored
from db.selectors import name
from db.store import Store
from db.texts import short
from reader.nouns import CALLED, Correction, Fact, Mention, Noun, Part, Quantity, Span, TimeSpan

_KINDS: Final[dict[Noun, type[Quantity] | type[TimeSpan] | type[Mention]]] = {
    "quantity": Quantity,
    "time": TimeSpan,
    "name": Mention,
}
_COLUMNS = (
    "article_id noun fact reviewer created_at updated_at part exact prefix suffix start_char end_char text_sha".split()
)


class Readings:
    """The corrections of a library.

    A correction is named by its kind and its selector: the words, what stands before and after them, and their place
    in the Text that was read. So it outlives the analysis that it corrects, and follows its words into a new Text as a
    verdict does, or waits as an orphan for its words to come back.
    """

    def __init__(self, store: Store, history: History) -> None:
        self._store = store
        self._history = history

    def correct(self, stored: Stored, part: Part, fact: Fact) -> Correction:
        """State what the words of ``fact`` mean; its span is in ``part`` of the Text that ``stored`` shows.

        Replaces what was stated of these words before. Raises ``ValueError`` where there are no words.
        """
        noun = next(noun for noun, kind in _KINDS.items() if isinstance(fact, kind))
        return self._state(stored, part, noun, fact, msgspec.json.encode(fact).decode(), "corrected the reading of {}")

    def dismiss(self, stored: Stored, part: Part, noun: Noun, span: Span) -> Correction:
        """Say that words are no ``noun``, as ``correct`` says what they are."""
        return self._state(stored, part, noun, span, None, f"dismissed {{}}: no {CALLED[noun]}")

    def _state(self, stored: Stored, part: Part, noun: Noun, span: Span, fact: str | None, name: str) -> Correction:
        with self._history.change(name.format(short(span.of(stored.article.part(part)))), stored.id) as change:
            words = hang(self._store, stored, part, span)
            now = self._store.now()
            number = self._known(stored, part, noun, span, words["text_sha"])
            if number is None:
                values = {
                    "noun": noun,
                    "fact": fact,
                    "reviewer": self._store.reviewer,
                    "created_at": now,
                    "updated_at": now,
                }
                number = change.insert("corrections", {**values, **words})
            elif change.update(
                "corrections", number, {"fact": fact, "reviewer": self._store.reviewer}
            ) or self._overruled(stored, number):
                change.update("corrections", number, {"updated_at": now})
            start = _start(self._row(number), self._strings(stored))
        assert start is not None
        correction = _correction(self._row(number), start)
        assert correction is not None
        return correction

    def _known(self, stored: Stored, part: Part, noun: Noun, span: Span, sha: str) -> int | None:
        """The correction that these words have: made on this Text, or followed to them from another."""
        known = "SELECT id FROM corrections WHERE article_id = ? AND noun = ? AND part = ?"
        about = (stored.id, noun, part, span.start, span.end)
        number = self._store.value(f"{known} AND start_char = ? AND end_char = ? AND text_sha = ?", (*about, sha))
        if number is None and self._newest(stored.id)[part] == stored.article.part(part):
            number = self._store.value(
                f"{known} AND now_start = ? AND now_end = ? AND hold = 'followed' ORDER BY id DESC", about
            )
        return None if number is None else int(number)

    def _overruled(self, stored: Stored, number: int) -> bool:
        """Whether a correction of the same kind, that shares words with this one, was made after it."""
        shown = self.of(stored)
        one = next((c for c in shown if c.id == number), None)
        return one is not None and any(
            (c.part, c.noun) == (one.part, one.noun) and c.overlaps(one) and (c.at, c.id) > (one.at, one.id)
            for c in shown
        )

    def _newest(self, article: int) -> dict[Part, str]:
        row = self._store.row("SELECT title, body FROM article_texts WHERE id = ?", (article,))
        return {"title": "", "body": ""} if row is None else {"title": row["title"], "body": row["body"]}

    def _strings(self, stored: Stored) -> dict[Part, _String]:
        newest = self._newest(stored.id)
        return {part: _String(name(shown := stored.article.part(part)), shown == newest[part]) for part in newest}

    def restore(self, number: int) -> None:
        """Take a correction back, so that the machine's reading holds again; raises ``NotFound``."""
        with self._store.write():
            row = self._row(number)
            name = f"took back what was said of {short(row['exact'])}"
            with self._history.change(name, row["article_id"]) as change:
                change.delete("corrections", number, _COLUMNS)

    def _row(self, number: int) -> sqlite3.Row:
        row = self._store.row("SELECT * FROM corrections WHERE id = ?", (number,))
        if row is None:
            raise NotFound(self._store.path, f"there is no correction {number}")
        return row

    def of(self, stored: Stored) -> list[Correction]:
        """The corrections whose words stand in the Text and title that ``stored`` shows, in text order.

        Where these are no longer the newest, that is known only of what was said of just these.
        """
        with self._store.read():
            rows = self._store.rows("SELECT * FROM corrections WHERE article_id = ? ORDER BY id", (stored.id,))
            strings = self._strings(stored) if rows else {}
        starts = ((row, _start(row, strings)) for row in rows)
        found = [_correction(row, start) for row, start in starts if start is not None]
        return sorted((one for one in found if one is not None), key=lambda c: (c.part == "body", c.start))

    def waiting(self, stored: Stored) -> list[str]:
        """The words of corrections that are neither in the newest Text and title nor in those that ``stored`` shows."""
        with self._store.read():
            rows = self._store.rows(
                "SELECT * FROM corrections WHERE article_id = ? AND hold = 'orphan' ORDER BY id", (stored.id,)
            )
            strings = self._strings(stored) if rows else {}
        return [row["exact"] for row in rows if _start(row, strings) is None]


class _String(NamedTuple):
    """A title or body that is shown: its SHA-256, and whether it is the newest of its article."""

    sha: str
    newest: bool


def _start(row: sqlite3.Row, strings: Mapping[Part, _String]) -> int | None:
    """Where the words of a correction stand in what is shown, ``None`` where that is not known."""
    shown = strings[row["part"]]
    if row["text_sha"] == shown.sha:
        return int(row["start_char"])
    return int(row["now_start"]) if shown.newest and row["now_start"] is not None else None


def _correction(row: sqlite3.Row, start: int) -> Correction | None:
    """A correction whose words stand at ``start``; ``None`` if its fact was written by a version whose nouns differ."""
    end = start + row["end_char"] - row["start_char"]
    fact: Fact | None = None
    if row["fact"] is not None:
        try:
            fact = msgspec.json.decode(row["fact"], type=_KINDS[row["noun"]])
        except msgspec.MsgspecError:
            return None
        moved = start - fact.start
        fact = structs.replace(fact, start=start, end=end)
        if isinstance(fact, Quantity) and fact.counted_span is not None:
            first, last = fact.counted_span
            fact = structs.replace(fact, counted_span=(first + moved, last + moved))
    return Correction(
        id=row["id"], at=row["updated_at"], part=row["part"], noun=row["noun"], start=start, end=end, fact=fact
    )
