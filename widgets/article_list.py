"""The list of reports in the library."""

from __future__ import annotations

from db import Library, Query, Row
from db.records import Sort
from widgets.row_list import Cells, RowList, fit

SIGNS = 4
"""Cells before the title: picked or marked, unread, starred."""
RANGE = "┃"
"""The sign of a row in the range that is being marked."""
_WIDE = 58
_ROOMY = 90


class Articles:
    """The reports that a query asks for."""

    def __init__(self, library: Library, query: Query) -> None:
        self._library = library
        self.query = query

    def count(self) -> int:
        return self._library.articles.count(self.query)

    def page(self, offset: int, limit: int) -> list[Row]:
        return self._library.articles.page(self.query, offset, limit)


def _columns(width: int) -> tuple[int, int, int, int, int]:
    """Cells for title, tags, source, date and judgements in a list of ``width`` cells; 0 leaves a column out."""
    room = max(1, width - SIGNS)
    if width < _WIDE:
        return max(1, room - 11), 0, 0, 10, 0
    tags = width // 6 if width >= _ROOMY else 0
    return room - tags - 17 - 11 - 7 - (1 if tags else 0), tags, 16, 10, 6


class ArticleList(RowList[Row]):
    """Reports, one a line: what is picked or marked, unread, starred; title, tags, source, date, judgements."""

    def __init__(self, *, id: str | None = None, empty: str = "") -> None:
        super().__init__(id=id, empty=empty)
        self.marked: dict[int, Row] = {}
        self.picked: Row | None = None
        self.range_from: int | None = None
        """The row at which the range begins that is being marked; it ends at the cursor."""

    @property
    def span(self) -> tuple[int, int] | None:
        """The first row of the range that is being marked, and how many it has."""
        if self.range_from is None:
            return None
        first, last = sorted((min(self.range_from, max(0, self.count - 1)), self.cursor))
        return first, last - first + 1

    def watch_cursor(self, before: int, cursor: int) -> None:
        super().watch_cursor(before, cursor)
        if self.range_from is not None:
            self.refresh()

    def heading(self, width: int) -> Cells:
        title, tags, source, date, judged = _columns(width)
        names = (
            (" " * SIGNS + "Title", title + SIGNS),
            ("Tags", tags),
            ("Source", source),
            ("Date", date),
            ("Judged", judged),
        )
        return ((" ".join(fit(name, cells) for name, cells in names if cells), "row--quiet"),)

    def cells_at(self, index: int, row: Row, width: int) -> Cells:
        cells = self.cells(row, width)
        if (span := self.span) is not None and span[0] <= index < sum(span):
            (signs, style), *others = cells
            return [(RANGE + signs[1:], style), *others]
        return cells

    def cells(self, row: Row, width: int) -> Cells:
        picked = self.picked is not None and row.id == self.picked.id
        sign = "A" if picked else "✓" if row.id in self.marked else " "
        title, tags, source, date, judged = _columns(width)
        cells = [
            (f"{sign}{' ' if row.read else '●'}{'★' if row.starred else ' '} ", "row--sign"),
            (fit(row.name, title), "" if row.read else "row--strong"),
        ]
        for text, cells_wide, style in (
            (" ".join(f"#{tag}" for tag in row.tags), tags, "row--sign"),
            (row.source, source, "row--quiet"),
            (row.published[:10], date, "row--quiet"),
            (f"{row.verdicts or '':>6}", judged, "row--quiet"),
        ):
            if cells_wide:
                cells.append((" " + fit(text, cells_wide), style))
        return cells

    def subjects(self) -> list[Row]:
        """The reports that the next command takes: those marked, else the one under the cursor."""
        if self.marked:
            return list(self.marked.values())
        return [self.row] if self.row is not None else []


Order = tuple[Sort, bool]
"""What reports are sorted by, and whether the greatest stands first."""

SORT_NAMES: dict[Order, str] = {
    ("published", True): "date, newest first",
    ("published", False): "date, oldest first",
    ("added", True): "date added, newest first",
    ("added", False): "date added, oldest first",
    ("title", False): "title",
    ("source", False): "source",
    ("length", True): "length, longest first",
    ("relevance", True): "relevance to the search",
}
