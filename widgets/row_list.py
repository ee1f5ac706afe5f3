"""A list of any length that reads only the pages it shows.

Rows come from a source in thread workers, page by page; the widget keeps a few pages and draws only the lines on
the screen, so a hundred thousand rows cost what forty do.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.worker import get_current_worker

from widgets.layout import displayable, in_order
from widgets.line_view import LineView
from widgets.work import one_line

T = TypeVar("T")
S_co = TypeVar("S_co", covariant=True)

Cells = Sequence[tuple[str, str]]
"""A row as drawn: pieces of text, each with the name of a component class of the list ("" is plain)."""

ARROW = "▶"
"""Stands before the row of the cursor; every other row begins with a blank."""
PAGE = 64
_KEPT_PAGES = 12


class Source(Protocol[S_co]):
    """Where rows come from. Called in worker threads."""

    def count(self) -> int:
        """How many rows there are."""

    def page(self, offset: int, limit: int) -> Sequence[S_co]:
        """The rows from ``offset``, at most ``limit``."""


class Rows(Generic[T]):
    """A source of rows at hand."""

    def __init__(self, rows: Sequence[T]) -> None:
        self._rows = rows

    def count(self) -> int:
        return len(self._rows)

    def page(self, offset: int, limit: int) -> Sequence[T]:
        return self._rows[offset : offset + limit]


def fit(text: str, width: int) -> str:
    """``text`` made safe for one line of a terminal and exactly ``width`` cells wide, cut with an ellipsis.

    Right-to-left words stand between marks of no width, so that a terminal that reorders them leaves the next column.
    """
    line = displayable(text).replace("\n", " ")
    if cell_len(line) > width > 0:
        line = set_cell_size(line, width - 1).rstrip() + "…"
    return in_order(set_cell_size(line, width))


class RowHeading(Widget):
    """The names of the columns of a list, above it."""

    DEFAULT_CSS = """
    RowHeading { height: 1; background: $panel; color: $foreground; }
    """

    def __init__(self, rows: RowList[Any]) -> None:
        super().__init__()
        self._rows = rows

    def render(self) -> Content:
        return Content(" " + "".join(text for text, _ in self._rows.heading(max(1, self._rows.row_width - 1))))


class RowList(LineView, Generic[T], can_focus=True, inherit_bindings=False):
    """Rows of a source, one line each, with an arrow at the cursor. Subclasses say how a row is drawn beside it."""

    DEFAULT_CSS = """
    RowList { background: $surface; }
    RowList > .row--cursor { background: $block-cursor-blurred-background; text-style: bold; }
    RowList:focus > .row--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    RowList:ansi:nocolor > .row--cursor, RowList:focus:ansi:nocolor > .row--cursor { text-style: bold reverse; }
    RowList > .row--quiet { color: $foreground 65%; }
    RowList > .row--strong { text-style: bold; }
    RowList > .row--sign { color: $accent; }
    RowList > .row--warning { color: $warning; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"row--cursor", "row--quiet", "row--strong", "row--sign", "row--warning"}

    cursor: reactive[int] = reactive(0)

    class Moved(Message):
        """The row under the cursor is another, was read again, or there is none (``row`` is None)."""

        def __init__(self, row: object | None) -> None:
            super().__init__()
            self.row = row

    class Chosen(Message):
        """A row was clicked twice."""

        def __init__(self, row: object) -> None:
            super().__init__()
            self.row = row

    class Counted(Message):
        """The rows were counted."""

        def __init__(self, count: int) -> None:
            super().__init__()
            self.count = count

    class Failed(Message):
        """The source could not be read; ``reason`` is one line."""

        def __init__(self, reason: str) -> None:
            super().__init__()
            self.reason = reason

    class _Counted(Message, bubble=False):
        """Comes with the page of the cursor, so that both are drawn at once."""

        def __init__(self, generation: int, count: int, page: int, rows: Sequence[object]) -> None:
            super().__init__()
            self.generation, self.count, self.page, self.rows = generation, count, page, rows

    class _Page(Message, bubble=False):
        def __init__(self, generation: int, page: int, rows: Sequence[object]) -> None:
            super().__init__()
            self.generation, self.page, self.rows = generation, page, rows

    def __init__(self, *, id: str | None = None, empty: str = "") -> None:
        super().__init__(id=id)
        self.empty = empty
        self.count = 0
        self.loaded = False
        self._source: Source[T] = Rows(())
        self._generation = 0
        self._pages: OrderedDict[int, Sequence[T]] = OrderedDict()
        self._wanted: set[int] = set()
        self._styles_of_rows: dict[tuple[str, bool], Style] = {}

    # What is shown

    def show(self, source: Source[T], *, keep_place: bool = False) -> None:
        """Show the rows of ``source`` from the top, or from where the cursor stands."""
        self._source = source
        self._generation += 1
        self._wanted.clear()
        if not keep_place:
            self._pages.clear()
            self.loaded = False
            self.set_reactive(RowList.cursor, 0)
            self.scroll_to(y=0, animate=False)
        self._read(None)

    def reload(self) -> None:
        """Read the rows again, keeping the place."""
        self.show(self._source, keep_place=True)

    @property
    def source(self) -> Source[T]:
        """Where the rows shown come from."""
        return self._source

    def row_at(self, index: int) -> T | None:
        """The row at ``index``, None while it is not at hand."""
        rows = self._pages.get(index // PAGE)
        if rows is None or index % PAGE >= len(rows):
            return None
        return rows[index % PAGE]

    @property
    def row(self) -> T | None:
        """The row under the cursor."""
        return self.row_at(self.cursor) if self.cursor < self.count else None

    def heading(self, width: int) -> Cells:  # noqa: ARG002
        """The names of the columns in ``width`` cells; none where the list has no columns."""
        return ()

    def cells(self, row: T, width: int) -> Cells:
        """How ``row`` is drawn in ``width`` cells."""
        return ((fit(str(row), width), ""),)

    def cells_at(self, index: int, row: T, width: int) -> Cells:  # noqa: ARG002
        """The same, for a list in which it matters which row it is."""
        return self.cells(row, width)

    def _read(self, page: int | None) -> None:
        """Have a worker count (``page`` None: and read the page of the cursor) or read one page."""
        source, generation = self._source, self._generation
        first = self.cursor // PAGE if page is None else page

        def read() -> None:
            worker = get_current_worker()
            try:
                if page is None:
                    count = source.count()
                    at = min(first, max(0, count - 1) // PAGE)
                    rows = source.page(at * PAGE, PAGE) if count else ()
                    self.post_message(self._Counted(generation, count, at, rows))
                    wanted = at + 1 if (at + 1) * PAGE < count else None
                else:
                    wanted = first
                if wanted is not None and not worker.is_cancelled:
                    self.post_message(self._Page(generation, wanted, source.page(wanted * PAGE, PAGE)))
            except Exception as error:  # whatever the store says is shown as one line, never as a traceback
                self.post_message(self.Failed(one_line(error)))

        self.run_worker(read, thread=True, group="rows", exclusive=page is None, exit_on_error=False)

    @on(_Counted)
    def _counted(self, message: _Counted) -> None:
        if message.generation != self._generation:
            return
        self.count = message.count
        self._pages.clear()
        if message.count:
            self._pages[message.page] = message.rows  # type: ignore[assignment]
        self.loaded = True
        self.set_reactive(RowList.cursor, max(0, min(self.cursor, self.count - 1)))
        self.set_extent(self.row_width, max(1, self.count))
        self.post_message(self.Counted(self.count))
        if not self.count or self.row is not None:
            self.post_message(self.Moved(self.row))

    @on(_Page)
    def _page_read(self, message: _Page) -> None:
        if message.generation != self._generation:
            return
        self._wanted.discard(message.page)
        self._pages[message.page] = message.rows  # type: ignore[assignment]
        self._pages.move_to_end(message.page)
        while len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        top = self.scroll_offset.y
        if top < (message.page + 1) * PAGE and message.page * PAGE < top + self.size.height:
            self.refresh()
        if self.cursor // PAGE == message.page:
            self.post_message(self.Moved(self.row))

    # Drawing

    def _on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        self.set_extent(self.row_width, max(1, self.count))

    @property
    def row_width(self) -> int:
        """Cells of a row: those left of the scrollbar."""
        return self.scrollable_content_region.width

    def render_lines(self, crop: Region) -> list[Strip]:
        self._styles_of_rows.clear()  # what is looked up for one line holds for all that are drawn with it
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        width = self.row_width
        index = self.scroll_offset.y + y
        if index >= self.count:
            return self._beyond(y, width, self.rich_style)
        row = self.row_at(index)
        if row is None:
            page = index // PAGE
            if page not in self._wanted and self.loaded:
                self._wanted.add(page)
                self.call_later(self._read, page)
            return Strip([Segment(fit("…", width), self.rich_style)], width)
        at_cursor = index == self.cursor
        base = self._style_of("", at_cursor)
        segments = [Segment(ARROW if at_cursor else " ", base)]
        segments += [
            Segment(text, self._style_of(name, at_cursor))
            for text, name in self.cells_at(index, row, max(1, width - 1))
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def _style_of(self, name: str, at_cursor: bool) -> Style:
        """How a piece of a row is drawn that has the name of a component class."""
        key = name, at_cursor
        if key not in self._styles_of_rows:
            base = self.get_component_rich_style("row--cursor") if at_cursor else self.rich_style
            self._styles_of_rows[key] = base + self._added_by(name, at_cursor) if name else base
        return self._styles_of_rows[key]

    def _added_by(self, name: str, at_cursor: bool) -> Style:
        """What a component class adds to a row; on the cursor its colour gives way, its text style stays."""
        styles = self.get_component_styles(name)
        if at_cursor or not styles.has_rule("color"):
            return styles.text_style
        return styles.text_style + Style(color=(self.background_colors[1] + styles.color).rich_color)

    def _beyond(self, y: int, width: int, base: Style) -> Strip:
        """A line after the last row: blank, or the hint of an empty list."""
        if self.count or not self.loaded or not self.empty:
            return Strip.blank(width, base)
        lines = Content(self.empty).split()
        top = max(0, (self.size.height - len(lines)) // 2)
        if not top <= y < top + len(lines):
            return Strip.blank(width, base)
        line = lines[y - top].plain
        return Strip([Segment(fit(" " * max(0, (width - cell_len(line)) // 2) + line, width), base)], width)

    # Moving

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, self.count - 1))

    def watch_cursor(self, before: int, cursor: int) -> None:
        self.scroll_to_region(Region(0, cursor, 1, 1), animate=False, force=True)
        self.refresh_lines(before)
        self.refresh_lines(cursor)
        if before != cursor:
            self.post_message(self.Moved(self.row))

    def _page_height(self) -> int:
        return max(1, self.size.height)

    def action_down(self) -> None:
        self.cursor += 1

    def action_up(self) -> None:
        self.cursor -= 1

    def action_top(self) -> None:
        self.cursor = 0

    def action_bottom(self) -> None:
        self.cursor = self.count - 1

    def action_half_down(self) -> None:
        self.cursor += max(1, self._page_height() // 2)

    def action_half_up(self) -> None:
        self.cursor -= max(1, self._page_height() // 2)

    def action_page_forward(self) -> None:
        self.cursor += self._page_height()

    def action_page_back(self) -> None:
        self.cursor -= self._page_height()

    def on_click(self, event: events.Click) -> None:
        index = self.scroll_offset.y + event.y
        if index >= self.count:
            return
        self.cursor = index
        if event.chain == 2 and (row := self.row) is not None:
            self.post_message(self.Chosen(row))
