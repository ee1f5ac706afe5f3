"""The table of an event on the screen: a thing in each row, a report in each column, and a cell to stand on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.message import Message
from textual.reactive import reactive

from db import Stored
from reader.event_table import Row
from reader.nouns import Judgement
from widgets.agreement import SIGNS as JUDGED
from widgets.event_cells import SIGNS, head, told
from widgets.layout import cells, displayable
from widgets.row_list import Cells, RowList, fit

LEAST = 25
"""Cells of a column, at least, where two fit."""
MARKED = 3
"""Cells before the name of a thing: what stands between the reports, what a person judged, a blank."""
LETTER = 2
"""Cells of the letter that says who tells it alike, with a blank."""
HERE = "▸"
"""Before the cell of the cursor."""

Judged = Mapping[tuple[int, int, str], Judgement]
"""What a person decided of conflicts: by the numbers of both columns and the fingerprint."""


class Widths(NamedTuple):
    """Cells of the first column and of each other, and how many others show."""

    thing: int
    column: int
    shown: int


def widths(width: int, columns: int) -> Widths:
    """How a row of so many cells is shared out: the thing has up to a third, the reports at least ``LEAST`` each."""
    thing = max(16, min(44, width * 3 // 10))
    room = width - MARKED - thing
    shown = max(1, min(columns, room // (LEAST + 1)))
    return Widths(thing, max(LETTER + 3, room // shown - 1), shown)


class EventGrid(RowList[Row]):
    """Rows of a table with as many of its columns as fit; the rest is reached by moving on."""

    DEFAULT_CSS = """
    EventGrid > .row--here { text-style: bold underline; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"row--here"}

    column: reactive[int] = reactive(0)
    first: reactive[int] = reactive(0)
    """The first column that shows."""

    class ColumnMoved(Message):
        """The cursor is in another column."""

    def __init__(self) -> None:
        super().__init__(empty="")
        self.reports: Sequence[Stored] = ()
        self.judged: Judged = {}

    # Columns

    @property
    def widths(self) -> Widths:
        """How the rows are shared out now."""
        return widths(max(1, self.row_width - 1), max(1, len(self.reports)))

    def validate_column(self, column: int) -> int:
        return max(0, min(column, len(self.reports) - 1))

    def watch_column(self, before: int, column: int) -> None:
        self._keep_in_sight()
        self.refresh()
        if before != column:
            self.post_message(self.ColumnMoved())

    def _on_resize(self, event: events.Resize) -> None:
        super()._on_resize(event)
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        shown = self.widths.shown
        first = max(self.column - shown + 1, min(self.first, self.column))
        self.first = max(0, min(first, len(self.reports) - shown))

    # Drawing

    def heading(self, width: int) -> Cells:
        thing, column, shown = widths(width, max(1, len(self.reports)))
        before, behind = self.first, len(self.reports) - self.first - shown
        name = "Thing" + (f" · {before} more ◂" if before else "")
        pieces = [f"{' ' * MARKED}{fit(name, thing)}"]
        for at in range(self.first, min(self.first + shown, len(self.reports))):
            last = at == self.first + shown - 1 and behind > 0
            more = f" ▸ {behind} more" if last else ""
            mark = HERE if at == self.column else " "
            pieces.append(f"│{mark}{_head(self.reports[at], max(1, column - 1 - len(more)))}{more}")
        return (("".join(pieces), ""),)

    def cells_at(self, index: int, row: Row, width: int) -> Cells:
        thing, column, shown = widths(width, max(1, len(self.reports)))
        at_cursor = index == self.cursor
        pieces = [
            (SIGNS[row.state], "row--sign"),
            (f"{self.judged_sign(row)} ", "row--sign"),
            (fit(row.thing, thing), "row--strong" if row.clashes else ""),
        ]
        for at in range(self.first, min(self.first + shown, len(row.cells))):
            here = at_cursor and at == self.column
            quiet = row.state == "alone" or not row.cells[at]
            letter = fit(row.groups[at], LETTER)
            pieces += [
                ("│", "row--quiet"),
                (
                    f"{HERE if here else ' '}{letter}",
                    "row--here" if here else "row--sign" if row.clashes else "row--quiet",
                ),
                (fit(told(row, at), column - 1 - LETTER), "row--here" if here else "row--quiet" if quiet else ""),
            ]
        return pieces

    def judged_sign(self, row: Row) -> str:
        """What a person decided of the surest conflict that they judged, a blank where none."""
        decided = (self.judged.get((clash.a, clash.b, clash.conflict.fingerprint)) for clash in row.clashes)
        return next((JUDGED[judgement] for judgement in decided if judgement), " ")

    # The mouse

    def on_click(self, event: events.Click) -> None:
        thing, column, shown = self.widths
        beyond = event.x - 1 - MARKED - thing
        if beyond >= 0 and (at := self.first + beyond // (column + 1)) < min(len(self.reports), self.first + shown):
            self.column = at
        super().on_click(event)


def _head(stored: Stored, width: int) -> str:
    """What a column is called, in so many cells: of an outlet with a long name the day stays."""
    whole, day = head(stored), stored.article.published[:10]
    if not day or width < 2 * len(day) or cells(displayable(whole)) <= width:
        return fit(whole, width)
    return f"{fit(whole.removesuffix(day), width - len(day) - 1)} {day}"
