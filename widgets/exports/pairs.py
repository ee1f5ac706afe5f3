"""Two reports compared and judged, gathered from a library to be written; as rows, JSON and Markdown.

Knows no screen. Gathering may compare, so it is done in a worker thread.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from db import Library, Stored, Verdict
from reader.interchange import check_record
from reader.nouns import Place
from widgets.citation import citation, name_of
from widgets.compare.findings import LEVELS, Finding, join, order_in, shown_from
from widgets.compare.rows import Laid, lay_out
from widgets.tables import csv_of, markdown, markdown_table
from widgets.understanding import Compared, comparison_of, quiet

if TYPE_CHECKING:
    from widgets.work import Report

COMPARISON = "rashomon.comparison/1"
FINDING = "rashomon.finding/1"


class Pair(NamedTuple):
    """Two reports, what was understood of them, how they stand level, and the findings to tell, in the order of the text."""

    a: Stored
    b: Stored
    compared: Compared
    laid: Laid
    findings: list[Finding]


def pair_of(
    library: Library, a: Stored, b: Stored, *, least: float = LEVELS[0].confidence, report: Report = quiet
) -> Pair:
    """Compare two reports, or read how they compare, with what the reviewer may see of the verdicts.

    ``least`` is the least confidence of the conflicts that nobody judged.
    """
    compared = comparison_of(library, a, b, report)
    found = join(compared.comparison.conflicts, library.verdicts.of_pair(a.id, b.id), library.reviewer)
    return told(a, b, compared, shown_from(found, least))


def told(a: Stored, b: Stored, compared: Compared, findings: Iterable[Finding]) -> Pair:
    """A pair of which these findings are told."""
    laid = lay_out((a.article.body, b.article.body), (compared.a, compared.b), compared.comparison.links)
    return Pair(a, b, compared, laid, sorted(findings, key=lambda finding: order_in(laid.blocks, finding)))


# Rows


class Named(NamedTuple):
    """What a row says of a report."""

    id: int
    title: str
    source: str


def row_of(finding: Finding, a: Named, b: Named) -> dict[str, Any]:
    """A finding as one row; ``judgement`` is "open" where there is none."""
    conflict, verdict = finding.conflict, finding.verdict
    return {
        "judgement": finding.state,
        "kind": finding.kind,
        "severity": finding.severity,
        "quote_a": finding.place("a").text,
        "quote_b": finding.place("b").text,
        "title_a": a.title,
        "title_b": b.title,
        "source_a": a.source,
        "source_b": b.source,
        "reason": conflict.reason if conflict is not None else "",
        "benign": conflict.benign if conflict is not None else "",
        "confidence": round(conflict.confidence, 4) if conflict is not None else None,
        "outcome": verdict.outcome if verdict is not None else "",
        "note": verdict.note if verdict is not None else "",
        "tags": ", ".join(verdict.tags) if verdict is not None else "",
        "flagged": int(verdict.flagged) if verdict is not None else 0,
        "reviewer": verdict.by if verdict is not None else "",
        "judged_at": verdict.updated if verdict is not None else "",
        "article_a": a.id,
        "article_b": b.id,
    }


def rows_of(pair: Pair) -> list[dict[str, Any]]:
    """One row for each finding."""
    a, b = (Named(one.id, one.article.title, one.article.source) for one in (pair.a, pair.b))
    return [row_of(finding, a, b) for finding in pair.findings]


def lines_of(rows: Iterable[dict[str, Any]], form: str) -> str:
    """Rows as JSON Lines, each naming its format."""
    return "".join(json.dumps({"format": form, **row}, ensure_ascii=False) + "\n" for row in rows)


# As files


def record_of(pair: Pair) -> dict[str, Any]:
    """The comparison as one JSON object (docs/formats.md): all the conflicts, whatever is told, and the verdicts."""
    names = [one.article.external_id or str(one.id) for one in (pair.a, pair.b)]
    conflicts = pair.compared.comparison.conflicts
    at = {conflict.fingerprint: index for index, conflict in enumerate(conflicts)}
    return {
        "format": COMPARISON,
        **check_record("|".join(names), pair.compared.a, pair.compared.b, pair.compared.comparison),
        "reports": {
            side: {"article": one.id, "text_sha256": one.article.text_sha, **_known(one)}
            for side, one in (("a", pair.a), ("b", pair.b))
        },
        "related": round(pair.compared.comparison.related, 4),
        "notes": list(pair.compared.comparison.notes),
        "verdicts": [
            verdict_record(finding.verdict) | {"conflict": at.get(finding.key)}
            for finding in pair.findings
            if finding.verdict is not None
        ],
    }


def _known(stored: Stored) -> dict[str, Any]:
    article = stored.article
    return {
        "title": article.title or None,
        "source": article.source or None,
        "author": article.author or None,
        "date": article.published or None,
        "url": article.url or None,
    }


def verdict_record(verdict: Verdict) -> dict[str, Any]:
    """A verdict with both its places as JSON."""

    def place(place: Place, hold: str) -> dict[str, Any]:
        return {"in": place.part, "start": place.start, "end": place.end, "text": place.text, "hold": hold}

    return {
        "id": verdict.id,
        "judgement": verdict.judgement,
        "kind": verdict.kind,
        "severity": verdict.severity,
        "outcome": verdict.outcome or None,
        "note": verdict.note or None,
        "tags": list(verdict.tags),
        "flagged": verdict.flagged,
        "reviewer": verdict.by or None,
        "settlement": verdict.settles,
        "created": verdict.created,
        "updated": verdict.updated,
        "a": place(verdict.a, verdict.a_hold),
        "b": place(verdict.b, verdict.b_hold),
    }


def json_of(pair: Pair) -> str:
    """The comparison as JSON, on one line."""
    return json.dumps(record_of(pair), ensure_ascii=False) + "\n"


_SHOWN = ("judgement", "kind", "severity", "quote_a", "quote_b", "reason", "benign", "outcome", "note", "tags")


def markdown_of(pair: Pair) -> str:
    """Both citations and a table of the findings; no word of a report is markup."""
    a, b = (markdown(name_of(one.article)) for one in (pair.a, pair.b))
    parts = [f"# {a} — {b}"]
    parts.append(
        "\n".join(f"- **{s}**: {markdown(citation(one.article))}" for s, one in (("A", pair.a), ("B", pair.b)))
    )
    parts += [markdown(note) for note in pair.compared.comparison.notes]
    rows: Sequence[dict[str, Any]] = rows_of(pair)
    shown = [{column: row[column] for column in _SHOWN} for row in rows]
    parts.append(markdown_table(shown) if rows else "No conflict was found.")
    return "\n\n".join(parts) + "\n"


def table_of(pair: Pair) -> str:
    """The findings as CSV."""
    return csv_of(rows_of(pair))


def json_lines_of(pair: Pair) -> str:
    """The findings, one a line."""
    return lines_of(rows_of(pair), FINDING)
