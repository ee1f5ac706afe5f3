"""From reports, facts and comparisons to the table of an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reader.conflicts.base import Report
from reader.event_table import claimed, counted, named, timed
from reader.event_table.drafts import Draft
from reader.event_table.rows import STATES, SUBJECTS, EventTable, Row
from reader.event_table.ties import Event
from reader.nouns import Article, Comparison, Facts

MOST = 400
"""The most rows of a table."""


def tabulate(
    articles: Sequence[Article], facts: Sequence[Facts], comparisons: Mapping[tuple[int, int], Comparison]
) -> EventTable:
    """The table of some reports of one event, in their order.

    ``comparisons`` are by the numbers of two reports, the lesser first, which is the A of the comparison; a pair that is missing
    has no conflicts in the table. Conflicts come first, the surest first, then what most reports tell.
    """
    reports = [Report(article, read) for article, read in zip(articles, facts, strict=True)]
    event = Event(reports, comparisons)
    drafts: list[Draft] = [*counted.drafts(event), *timed.drafts(event), *named.drafts(event)]
    for draft in drafts:
        draft.find_clashes(event)
    drafts += claimed.drafts(event, drafts)
    rows = [draft.row(len(reports)) for draft in drafts if draft.alone or len(draft.reports) > 1]
    rows.sort(key=_order)
    notes = [*event.notes]
    if len(rows) > MOST:
        notes.append(f"the first {MOST:,} of {len(rows):,} rows are kept")
    return EventTable(reports=len(reports), rows=tuple(rows[:MOST]), notes=tuple(notes))


def _order(row: Row) -> tuple[int, float, int, int, int]:
    first = min(cell[0].place.start for cell in row.cells if cell)
    return STATES.index(row.state), -row.confidence, -row.stated, SUBJECTS.index(row.subject), first
