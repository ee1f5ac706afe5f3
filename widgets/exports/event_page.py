"""The reports of an event as one HTML page: what each of them tells, then every two of them that conflict."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from db import Library
from reader.event_table import Row
from widgets.event_cells import SIGNS, cell_text, head
from widgets.exports.forms import made_by
from widgets.exports.page import Grid, GridRow, Section, section_of, written
from widgets.exports.pairs import Pair, pair_of
from widgets.understanding import Tabulated

if TYPE_CHECKING:
    from widgets.work import Report

LEGEND = (
    "The same letter before two cells says that they tell it alike, another that they do not; +2 that two more places of the "
    "report tell it. 1–3: 5 leads to conflict 5 of reports 1 and 3."
)


def page_of_event(library: Library, made: Tabulated, name: str, report: Report) -> str:
    """The table, and each two of its reports of which a conflict is shown or judged, with both texts."""
    reports, table = made
    told: dict[tuple[int, int], tuple[Pair, Section]] = {}
    for i, j in combinations(range(len(reports)), 2):
        report(f"writing {reports[i].id} against {reports[j].id}")
        pair = pair_of(library, reports[i], reports[j])
        if pair.findings:
            told[i, j] = pair, section_of(pair, f"p{len(told) + 1}")

    def links(row: Row) -> tuple[tuple[str, str], ...]:
        found = {}
        for clash in row.clashes:
            pair, section = told.get((clash.a, clash.b), (None, None))
            if pair is None or section is None:
                continue
            at = [n for n, finding in enumerate(pair.findings) if finding.key == clash.conflict.fingerprint]
            for n in at:
                found[f"{clash.a + 1}–{clash.b + 1}: {section.cards[n].number}"] = f"#{section.cards[n].id}"
        return tuple(found.items())

    grid = Grid(
        title="What each report tells",
        legend=LEGEND,
        heads=tuple(f"{number} {head(stored)}" for number, stored in enumerate(reports, 1)),
        rows=[
            GridRow(
                SIGNS[row.state],
                row.state,
                row.thing,
                tuple(cell_text(row, column) for column in range(len(reports))),
                links(row),
            )
            for row in table.rows
        ],
        notes=table.notes,
    )
    figures = [("Reports", f"{len(reports)}"), ("Pairs", f"{len(told)} with a conflict or a verdict")]
    return written([section for _, section in told.values()], name or "Event", figures, made_by(library), grid)
