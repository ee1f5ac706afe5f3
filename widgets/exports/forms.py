"""The forms in which a comparison and verdicts go out, by the end of the name of the file.

Each takes the library, which some of them ask for more, and is called in a thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import groupby

from db import Library, Verdict, VerdictQuery
from widgets.exports import pairs
from widgets.exports.annotations import annotations_of
from widgets.exports.claim_reviews import claim_reviews_of
from widgets.exports.files import ANNOTATIONS, CLAIM_REVIEWS
from widgets.exports.pairs import Pair, lines_of
from widgets.tables import FORMS as TABLES

VERDICT = "rashomon.verdict/1"


def made_by(library: Library) -> str:
    """When and by whom a page was made."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"Made with Rashomon, {now}" + (f", by {library.reviewer}" if library.reviewer else "")


# A comparison


def _page_of_pair(library: Library, pair: Pair) -> str:
    from widgets.exports.page import page_of

    return page_of([pair], made=made_by(library))


def _verdicts_of(pair: Pair) -> list[Verdict]:
    return [finding.verdict for finding in pair.findings if finding.verdict is not None]


PAIR_FORMS: Mapping[str, Callable[[Library, Pair], str]] = {
    ".html": _page_of_pair,
    ".md": lambda _, pair: pairs.markdown_of(pair),
    ".csv": lambda _, pair: pairs.table_of(pair),
    ".json": lambda _, pair: pairs.json_of(pair),
    ".jsonl": lambda _, pair: pairs.json_lines_of(pair),
    ANNOTATIONS: lambda library, pair: annotations_of(library, _verdicts_of(pair), "Verdicts on two reports"),
    CLAIM_REVIEWS: lambda library, pair: claim_reviews_of(library, _verdicts_of(pair)),
}


# Verdicts


def _page_of_verdicts(library: Library, query: VerdictQuery) -> str:
    from widgets.exports.page import judged_section, written

    found = sorted(
        library.verdicts.page(query, 0, -1), key=lambda verdict: (verdict.a_id, verdict.b_id, verdict.a.start)
    )
    sections = []
    for number, ((a, b), verdicts) in enumerate(groupby(found, key=lambda verdict: (verdict.a_id, verdict.b_id)), 1):
        stored_a, stored_b = library.articles.get_many([a, b])
        sections.append(judged_section(list(verdicts), (stored_a.article, stored_b.article), f"p{number}"))
    return written(sections, "What was judged", [("Judgements", f"{len(found):,}")], made_by(library))


def _in_order(library: Library, query: VerdictQuery) -> list[Verdict]:
    return sorted(library.verdicts.page(query, 0, -1), key=lambda verdict: verdict.id)


def _rows(end: str) -> Callable[[Library, VerdictQuery], str]:
    def made(library: Library, query: VerdictQuery) -> str:
        rows = list(library.verdicts.export(query))
        if end == ".jsonl":
            return lines_of(rows, VERDICT)
        return TABLES[end]([{"format": VERDICT, **row} for row in rows] if end == ".json" else rows)

    return made


VERDICT_FORMS: Mapping[str, Callable[[Library, VerdictQuery], str]] = {
    **{end: _rows(end) for end in TABLES},
    ".html": _page_of_verdicts,
    ANNOTATIONS: lambda library, query: annotations_of(library, _in_order(library, query), "Verdicts"),
    CLAIM_REVIEWS: lambda library, query: claim_reviews_of(library, _in_order(library, query)),
}
