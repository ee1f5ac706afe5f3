"""Candidates: changed sentences that may have the words of a verdict, for a person to say whether they do."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from db.blind import visible
from db.errors import NotFound
from db.history import History
from db.records import Candidate
from db.selectors import name, sentence_around
from db.store import Store
from db.texts import keep_text, short
from reader.nouns import Span

_SELECT = """
SELECT p.*, v.a_id, v.b_id, a.title AS article_title, t.body AS old_string,
       iif(p.part = 'title', x.title, x.body) AS new_string
FROM verdict_places AS p
JOIN verdicts AS v ON v.id = p.verdict_id
JOIN articles AS a ON a.id = p.article_id
JOIN article_texts AS x ON x.id = p.article_id
JOIN texts AS t ON t.sha = p.text_sha
WHERE p.hold = 'waiting'
"""


class Candidates:
    """What waits for a person since the text of a report changed under a verdict.

    An answer is kept with the verdict's place, for the string that it is about: it is not asked for again when that
    string comes back. The selector of the verdict stays as it was judged.
    """

    def __init__(self, store: Store, history: History) -> None:
        self._store = store
        self._history = history

    def all(self) -> list[Candidate]:
        """All that wait, in the order of verdicts; not those of what the reviewer judges blind."""
        return self._found("")

    def of_pair(self, a: int, b: int) -> list[Candidate]:
        """Those of the verdicts on two articles."""
        return self._found("AND v.a_id = ? AND v.b_id = ?", sorted((a, b)))

    def _found(self, condition: str, params: Sequence[Any] = ()) -> list[Candidate]:
        rows = self._store.rows(f"{_SELECT} {condition} AND {visible('v')} ORDER BY v.id, p.side", params)
        return [_candidate(row) for row in rows]

    def accept(self, candidate: Candidate) -> None:
        """Say that the changed sentence has the words: the verdict stands there from here on."""
        self._answer(candidate, [candidate.place.start, candidate.place.end], "said where {} stands")

    def refuse(self, candidate: Candidate) -> None:
        """Say that it has not: the verdict stays an orphan as long as this is the text."""
        self._answer(candidate, None, "said that {} stands there no longer")

    def _answer(self, candidate: Candidate, place: list[int] | None, told: str) -> None:
        with self._store.write():
            row = self._store.row(
                "SELECT p.exact, p.answers, iif(p.part = 'title', x.title, x.body) AS string FROM verdict_places AS p"
                " JOIN article_texts AS x ON x.id = p.article_id WHERE p.id = ?",
                (candidate.id,),
            )
            if row is None or name(row["string"]) != candidate.sha:
                raise NotFound(self._store.path, "the verdict or its report changed meanwhile", "look at it again")
            keep_text(self._store, candidate.sha, row["string"])
            answers = {**json.loads(row["answers"]), candidate.sha: place}
            with self._history.change(told.format(short(row["exact"])), candidate.a_id, candidate.b_id) as change:
                change.update("verdict_places", candidate.id, {"answers": json.dumps(answers, sort_keys=True)})


def _candidate(row: sqlite3.Row) -> Candidate:
    old, new = row["old_string"], row["new_string"]
    first, last = sentence_around(old, row["start_char"], row["end_char"])
    start, end = sentence_around(new, row["now_start"], row["now_end"])
    return Candidate(
        id=row["id"],
        verdict=row["verdict_id"],
        a_id=row["a_id"],
        b_id=row["b_id"],
        article=row["article_id"],
        title=row["article_title"],
        part=row["part"],
        old=old[first:last],
        old_words=Span(start=row["start_char"] - first, end=row["end_char"] - first),
        new=new[start:end],
        new_words=Span(start=row["now_start"] - start, end=row["now_end"] - start),
        sha=name(new),
        place=Span(start=row["now_start"], end=row["now_end"]),
    )
