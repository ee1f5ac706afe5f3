"""The JSON that the command line prints: a public interface, written down in docs/formats.md.

Offsets are Unicode code points, end exclusive. A bound that is unknown or infinite is ``null``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reader.nouns import Article, Comparison, Conflict, Fact, Facts, Place

if TYPE_CHECKING:
    from reader.event_table import EventTable, Telling

Record = dict[str, Any]


def facts_record(name: str, article: Article, facts: Facts) -> Record:
    """What was understood of the body of one article."""
    body, read = article.body, facts.body
    return {
        "id": name,
        "sentences": [{"start": s.start, "end": s.end} for s in read.sentences],
        "quantities": [
            {
                "start": q.start,
                "end": q.end,
                "text": q.of(body),
                "low": q.low,
                "high": q.high,
                "unit": q.unit or None,
                "counted": " ".join((*q.modifiers, q.counted)) if q.counted else None,
                "hedge": q.hedge or None,
                "kind": q.kind,
                "fate": (f"not {q.fate}" if q.negated else q.fate) or None,
                "scope": q.scope or None,
                **_corrected(q),
            }
            for q in read.quantities
        ],
        "times": [
            {
                "start": t.start,
                "end": t.end,
                "text": t.of(body),
                "earliest": t.earliest or None,
                "latest": t.latest or None,
                **_corrected(t),
            }
            for t in read.times
        ],
        "names": [
            {"start": m.start, "end": m.end, "text": m.of(body), "label": m.label, **_corrected(m)}
            for m in read.mentions
        ],
    }


def _corrected(fact: Fact) -> Record:
    return {"corrected": True} if fact.corrected else {}


def check_record(name: str, facts_a: Facts, facts_b: Facts, comparison: Comparison) -> Record:
    """Alignment and conflicts of one pair, conflicts best first."""
    a, b = facts_a.body.sentences, facts_b.body.sentences
    return {
        "id": name,
        "alignment": [
            {
                "a": [[a[i].start, a[i].end] for i in link.a],
                "b": [[b[i].start, b[i].end] for i in link.b],
                "score": round(link.score, 4),
                "relation": link.relation,
            }
            for link in comparison.links
        ],
        "conflicts": [_conflict(c) for c in comparison.conflicts],
    }


def _conflict(c: Conflict) -> Record:
    return {
        "kind": c.kind,
        "confidence": round(c.confidence, 4),
        "severity": c.severity,
        "reason": c.reason,
        "benign": c.benign or None,
        "a": _place(c.a),
        "b": _place(c.b),
        "more": [{"a": _place(a), "b": _place(b)} for a, b in c.more],
    }


def _place(p: Place) -> Record:
    return {"in": p.part, "start": p.start, "end": p.end, "text": p.text}


def event_table_record(names: Sequence[str], articles: Sequence[Article], table: EventTable) -> Record:
    """The table of an event: its reports by their ids, and the rows in their order."""
    return {
        "reports": [
            {"id": name, "title": a.title or None, "source": a.source or None, "date": a.published or None}
            for name, a in zip(names, articles, strict=True)
        ],
        "rows": [
            {
                "subject": row.subject,
                "thing": row.thing,
                "state": row.state,
                "confidence": round(row.confidence, 4) if row.clashes else None,
                "cells": [
                    {"report": name, "group": group or None, "tellings": [_telling(t) for t in cell]}
                    for name, group, cell in zip(names, row.groups, row.cells, strict=True)
                ],
                "conflicts": [
                    {"reports": [names[clash.a], names[clash.b]], **_conflict(clash.conflict)} for clash in row.clashes
                ],
            }
            for row in table.rows
        ],
        "notes": list(table.notes),
    }


def _telling(t: Telling) -> Record:
    return {
        "text": t.text,
        "read": t.read or None,
        "speaker": t.speaker or None,
        "denied": t.denied,
        "place": _place(t.place),
    }


def article_record(article: Article) -> Record:
    """An article as ``extract`` prints it; what was not found is ``null``."""
    return {
        "title": article.title or None,
        "date": article.published or None,
        "source": article.source or None,
        "author": article.author or None,
        "text": article.body,
    }


def report_record(article: Article) -> Record:
    """An article as ``rashomon add`` reads it from JSON Lines; what is not known is left out."""
    known = {
        "id": article.external_id,
        "title": article.title,
        "date": article.published,
        "source": article.source,
        "author": article.author,
        "url": article.url,
    }
    return {**{name: value for name, value in known.items() if value}, "text": article.body}
