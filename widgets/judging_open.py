"""Judging a conflict where it is listed, its comparison not being open. Knows no screen."""

from __future__ import annotations

from typing import Any

from db import Library, OpenConflict
from reader.nouns import Judgement
from widgets.compare.findings import LEVELS, join, progress_of, shown_from


class CannotJudge(Exception):
    """The conflict cannot be judged from a list; the message is one line and says what to do."""


def judge(library: Library, row: OpenConflict, judgement: Judgement) -> None:
    """Store a judgement of what a list shows, as the compare view would, and how far the pair is.

    Raises ``CannotJudge`` where the words stand there no longer, or somebody judged them since the list was read: a key
    never changes a judgement that is not on the screen.
    """
    a, b = library.articles.get_many([row.a_id, row.b_id])
    conflict = row.conflict
    for stored, place in ((a, row.a), (b, row.b)):
        if stored.article.part(place.part)[place.start : place.end] != place.text:
            raise CannotJudge("A report was changed since they were compared: Enter compares them as they are")
    verdicts = library.verdicts.of_pair(a.id, b.id)
    if any(verdict.fingerprint == conflict.fingerprint for verdict in verdicts):
        raise CannotJudge("It was judged meanwhile, and nothing was changed: F shows what was judged")
    made = library.verdicts.judge_conflict(a, b, conflict, judgement)
    kept = library.comparisons.conflicts(a.id, b.id) or [conflict]
    findings = join(kept, [*verdicts, made], library.reviewer)
    library.visits.count(a.id, b.id, *progress_of(shown_from(findings, LEVELS[0].confidence)))


def record(row: OpenConflict) -> dict[str, Any]:
    """What is written of an open conflict, under the names that a finding of a comparison has."""
    claim = {"judgement": "open", "kind": row.kind, "severity": row.severity}
    quotes = {"quote_a": row.a.text, "quote_b": row.b.text}
    reports = {"title_a": row.a_title, "title_b": row.b_title, "source_a": row.a_source, "source_b": row.b_source}
    why = {"reason": row.reason, "benign": row.benign, "confidence": row.confidence}
    return {**claim, **quotes, **reports, **why, "article_a": row.a_id, "article_b": row.b_id}
