"""ProseView: a text to read, drawn row by row (Textual's line API), never one widget per sentence.

    view = ProseView(measure=76, align="center")
    view.show(text, marks=[Mark(10, 18, "prose--quantity"), Mark(40, 52, "prose--mention", "●")])
    view.set_ground(marks)             # marks under all others, for what seldom changes: facts by the thousand
    view.set_marks(marks)              # other marks over the same text, keeping the place
    view.set_stress(marks)             # marks over all others, for what changes with each key
    view.cursor = (10, 18)             # the span to stress most, or None; repaints only the rows it touches
    view.reveal(10)                    # scroll until offset 10 shows, with a few rows around it
    view.top, view.scroll_to_offset(n) # the first offset on the screen: what to remember as the place
    view.find("convoy"), view.matches  # marks every match, gives their spans; find("") clears
    view.next_match(offset, +1)        # the match after (-1: before) an offset, round the end
    view.layout_rows                   # widgets.layout.Layout: locate(offset) -> (row, column), offset_at(row, column)

All offsets are code points of the text given to `show`, whatever the terminal needs drawn in its place. A mark is
drawn in the component class it names; a screen with marks of its own subclasses ProseView, adds the classes to
COMPONENT_CLASSES and their look to DEFAULT_CSS. Later marks win over earlier ones; the cursor wins over all. The
gutter (`GUTTER` cells) shows the glyph of the last mark that starts on a row, and `▶` where the cursor starts.

A click posts `ProseView.Pressed(view, offset)`. Text is selected with the mouse: selection offsets are code
points, so a selection outlives a resize, and what is copied is the text itself, unwrapped, without the gutter.
The text of an article is never read as markup.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import ClassVar, Literal, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.message import Message
from textual.reactive import reactive
from textual.selection import Selection
from textual.strip import Strip

from widgets.layout import (
    CONTEXT_ROWS,
    LEFT_TO_RIGHT_MARK,
    Layout,
    Row,
    displayable,
    gaps,
    graphemes,
    has_right_to_left,
    wrap_paragraphs,
)
from widgets.line_view import LineView
from widgets.row_list import fit

_UNSTRUCK = Style(strike=False, underline=False)
"""What is drawn through or under words would make a glyph another one."""
_PLAIN_QUOTES = str.maketrans("‘’“”–—\u00a0", "''\"\"-- ")


class Mark(NamedTuple):
    """A styled span: code points, the component class it is drawn in, and a glyph for the gutter ("" for none)."""

    start: int
    end: int
    style: str
    glyph: str = ""


def matches_of(text: str, query: str) -> list[tuple[int, int]]:
    """Spans of ``query`` in ``text``.

    Any blanks match any blanks, straight quotes match curly ones, and case counts only where the query has capitals.
    """
    words = query.translate(_PLAIN_QUOTES).split()
    if not words:
        return []
    flags = 0 if any(map(str.isupper, query)) else re.IGNORECASE
    pattern = re.compile(r"\s+".join(map(re.escape, words)), flags)
    return [match.span() for match in pattern.finditer(text.translate(_PLAIN_QUOTES))]


def _whole_characters(text: str, marks: list[tuple[int, int, Style]]) -> list[tuple[int, int, Style]]:
    """``marks`` widened so that none begins or ends inside a character drawn as one."""
    starts = [start for start, _, _ in graphemes(text)]
    starts.append(len(text))
    return [
        (starts[bisect_right(starts, start) - 1], starts[bisect_left(starts, end)], style)
        for start, end, style in marks
    ]


class ProseView(LineView, can_focus=True):
    """A scrolling text with marks, a cursor span and find matches."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "prose--cursor",
        "prose--fold",
        "prose--gutter",
        "prose--hatch",
        "prose--heading",
        "prose--match",
        "prose--mention",
        "prose--note",
        "prose--quantity",
        "prose--time",
    }
    DEFAULT_CSS = """
    ProseView {
        & > .prose--cursor { color: $foreground; background: $background; text-style: bold reverse; }
        & > .prose--fold { color: $text-muted; text-style: italic; }
        & > .prose--gutter { color: $text-muted; }
        & > .prose--hatch { color: $foreground 15%; }
        &:ansi > .prose--hatch { text-style: dim; }
        & > .prose--heading { text-style: bold; }
        & > .prose--match { background: $warning 40%; text-style: underline; }
        &:ansi > .prose--match { color: ansi_black; background: ansi_yellow; }
        & > .prose--mention { text-style: underline; }
        & > .prose--note { color: $text-muted; text-style: italic; }
        & > .prose--quantity { color: $text-accent; text-style: bold; }
        & > .prose--time { color: $text-primary; text-style: italic; }
    }
    """
    GUTTER: ClassVar[int] = 3
    """Cells left of the text: the cursor's arrow, a glyph, a blank."""
    HATCH: ClassVar[str] = "╱"

    cursor: reactive[tuple[int, int] | None] = reactive(None, repaint=False)
    """The span to stress most, in code points of the text."""

    class LaidOut(Message):
        """The text was wrapped again: rows are others now."""

    class Pressed(Message):
        """The mouse was pressed on a character."""

        def __init__(self, view: ProseView, offset: int) -> None:
            super().__init__()
            self.view = view
            self.offset = offset

        @property
        def control(self) -> ProseView:
            """The view that was pressed."""
            return self.view

    def __init__(
        self,
        text: str = "",
        *,
        measure: int = 76,
        align: Literal["left", "center"] = "left",
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """``measure`` is the widest a row of text may be, in cells; it is narrower where the view is."""
        super().__init__(name=name, id=id, classes=classes)
        self.measure = measure
        self.align_text = align
        self.text = text
        self.marks: Sequence[Mark] = ()
        self.ground: Sequence[Mark] = ()
        self.stress: Sequence[Mark] = ()
        self.matches: list[tuple[int, int]] = []
        self.layout_rows = Layout("", ())
        self._shown = displayable(text)
        self._marks_by_row: dict[int, list[Mark]] = {}
        self._ground_by_row: dict[int, list[Mark]] = {}
        self._stress_by_row: dict[int, list[Mark]] = {}
        self._laid_out_width = -1
        self._strips: LRUCache[int, Strip] = LRUCache(512)
        self._styles_by_class: dict[str, Style] = {}

    # What is shown

    def show(self, text: str, marks: Iterable[Mark] = ()) -> None:
        """Show ``text`` from its start with ``marks``, without cursor or matches."""
        self.text = text
        self._shown = displayable(text)
        self.marks = tuple(marks)
        self.ground = self.stress = ()
        self.matches = []
        self.set_reactive(ProseView.cursor, None)
        self.lay_out()
        self.scroll_to(y=0, animate=False, force=True)

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Replace the marks; the text, the place and the cursor stay. Only rows whose marks changed are repainted."""
        before = self._marks_by_row
        self.marks = tuple(marks)
        self._index_marks()
        self._repaint_changed(before, self._marks_by_row)

    def set_stress(self, marks: Iterable[Mark]) -> None:
        """Replace the marks that lie over all others; only rows whose stress changed are repainted."""
        before = self._stress_by_row
        self.stress = tuple(marks)
        self._stress_by_row = self._by_row(self.stress)
        self._repaint_changed(before, self._stress_by_row)

    def _repaint_changed(self, before: Mapping[int, list[Mark]], after: Mapping[int, list[Mark]]) -> None:
        self.repaint_rows(row for row in before.keys() | after.keys() if before.get(row) != after.get(row))

    def set_ground(self, marks: Iterable[Mark]) -> None:
        """Replace the marks that lie under all others; moving the others does not touch them."""
        self.ground = tuple(marks)
        self._ground_by_row = self._by_row(self.ground)
        self._strips.clear()
        self.refresh()

    def find(self, query: str) -> list[tuple[int, int]]:
        """Mark every match of ``query`` (see `matches_of`) and return their spans; an empty query clears them."""
        self.matches = matches_of(self.text, query)
        self.set_marks(self.marks)
        return self.matches

    def next_match(self, offset: int, direction: int) -> tuple[int, int] | None:
        """The match after ``offset`` (before it, for a negative ``direction``), going round; None without matches."""
        if not self.matches:
            return None
        if direction > 0:
            return next((match for match in self.matches if match[0] > offset), self.matches[0])
        return next((match for match in reversed(self.matches) if match[0] < offset), self.matches[-1])

    # Place

    @property
    def top(self) -> int:
        """The first offset on the screen."""
        return self.layout_rows.offset_at(round(self.scroll_y), 0)

    def scroll_to_offset(self, offset: int) -> None:
        """Scroll so that the row of ``offset`` is the first."""
        self.scroll_to(y=self.layout_rows.row_of(offset), animate=False, force=True)

    def reveal(self, offset: int, *, center: bool = False) -> None:
        """Scroll as little as shows ``offset`` with some rows around it, or so that it is half way down."""
        row = self.layout_rows.row_of(offset)
        height = max(1, self.scrollable_content_region.height)
        top = round(self.scroll_y)
        context = min(CONTEXT_ROWS, (height - 1) // 2)
        if center:
            top = row - height // 2
        elif row < top + context:
            top = row - context
        elif row > top + height - 1 - context:
            top = row - height + 1 + context
        self.scroll_to(y=max(0, top), animate=False, force=True)

    # Layout

    def make_rows(self, width: int) -> Sequence[Row]:
        """The rows of the text at ``width`` cells. A subclass may pad or reorder them."""
        return wrap_paragraphs(self._shown, width)

    def lay_out(self) -> None:
        """Wrap again, because the text, the width or the rows of a subclass changed."""
        region = self.scrollable_content_region
        self._laid_out_width = region.width
        width = max(1, min(self.measure, region.width - self.GUTTER))
        self.layout_rows = Layout(self._shown, self.make_rows(width) if region.width else ())
        self.set_extent(region.width, len(self.layout_rows.rows))
        self._index_marks()
        self._ground_by_row = self._by_row(self.ground)
        self._stress_by_row = self._by_row(self.stress)
        self._strips.clear()
        self.post_message(self.LaidOut())

    def on_resize(self) -> None:
        """Wrap to the new width, keeping the first offset on the screen where it is."""
        if self.scrollable_content_region.width == self._laid_out_width:
            return
        top = self.top
        self.lay_out()
        self.scroll_to_offset(top)

    @property
    def left_margin(self) -> int:
        """Cells before the gutter: more than none where the text is centred."""
        if self.align_text == "left":
            return 0
        width = self._laid_out_width
        return max(0, (width - self.GUTTER - min(self.measure, width - self.GUTTER)) // 2)

    def _index_marks(self) -> None:
        matches = (Mark(start, end, "prose--match") for start, end in self.matches)
        self._marks_by_row = self._by_row((*self.marks, *matches))

    def _by_row(self, marks: Iterable[Mark]) -> dict[int, list[Mark]]:
        by_row: defaultdict[int, list[Mark]] = defaultdict(list)
        for mark in marks:
            for row in self.layout_rows.rows_of(mark.start, mark.end):
                by_row[row].append(mark)
        return dict(by_row)

    def marks_on(self, row: int) -> list[Mark]:
        """All marks that touch a row, the lowest first."""
        layers = (self._ground_by_row, self._marks_by_row, self._stress_by_row)
        return [mark for layer in layers for mark in layer.get(row, ())]

    # Painting

    def repaint_rows(self, rows: Iterable[int]) -> None:
        """Draw some rows again."""
        for row in rows:
            self._strips.discard(row)
            self.refresh_line(row)

    def repaint_span(self, start: int, end: int) -> None:
        """Draw the rows of one span again."""
        self.repaint_rows(self.layout_rows.rows_of(start, end))

    def watch_cursor(self, before: tuple[int, int] | None, after: tuple[int, int] | None) -> None:
        """Repaint the rows that the cursor left and entered."""
        for span in (before, after):
            if span is not None:
                self.repaint_span(*span)

    def notify_style_update(self) -> None:
        """The theme or a class changed: nothing painted is good any more."""
        super().notify_style_update()
        self._styles_by_class.clear()
        self._strips.clear()

    def style_of(self, component: str) -> Style:
        """The style of a component class, its background mixed over that of the view."""
        style = self._styles_by_class.get(component)
        if style is None:
            styles = self.get_component_styles(component)
            base = self.background_colors[1]
            background = base + styles.background if styles.has_rule("background") else None
            under = background or base
            written = under.get_contrast_text(styles.color.a) if styles.auto_color else styles.color
            color = under + written if styles.has_rule("color") else None
            style = styles.text_style + Style(
                color=color.rich_color if color else None, bgcolor=background.rich_color if background else None
            )
            self._styles_by_class[component] = style
        return style

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        index = y + self.scroll_offset.y
        strip = self._strips.get(index)
        if strip is None:
            strip = self._paint(index)
            self._strips[index] = strip
        return strip

    def gutter_of(self, index: int) -> list[Segment]:
        """The `GUTTER` cells left of row ``index``, one segment a cell."""
        row = self.layout_rows.rows[index]
        arrow = glyph = " "
        style = self.style_of("prose--gutter")
        glyph_style = style
        for mark in self.marks_on(index):
            if mark.glyph and row.start <= mark.start:
                glyph, glyph_style = mark.glyph, self.style_of(mark.style) + _UNSTRUCK
        if self.cursor is not None and row.kind == "text" and row.start <= self.cursor[0] < max(row.end, row.start + 1):
            arrow = "▶"
        return [Segment(arrow, style), Segment(glyph, glyph_style), Segment(" ", style)]

    def line_about(self, row: Row, width: int) -> str:  # noqa: ARG002
        """What a fold or a note shows in place of words, in ``width`` cells."""
        return "⋯"

    def _paint(self, index: int) -> Strip:
        width = self.scrollable_content_region.width
        base = self.rich_style
        if index >= len(self.layout_rows.rows):
            return Strip.blank(width, base)
        row = self.layout_rows.rows[index]
        anchor = Style.from_meta({"offset": (row.start, 0)})
        segments = [Segment(" " * self.left_margin, base)] if self.left_margin else []
        segments += [
            Segment(text, base + style + anchor if style else base + anchor) for text, style, _ in self.gutter_of(index)
        ]
        if row.kind == "hatch":
            measure = max(0, min(self.measure, width - self.left_margin - self.GUTTER))
            segments.append(Segment(self.HATCH * measure, base + self.style_of("prose--hatch")))
        elif row.kind in ("fold", "note"):
            measure = max(0, min(self.measure, width - self.left_margin - self.GUTTER))
            segments.append(
                Segment(fit(self.line_about(row, measure), measure), base + self.style_of("prose--fold") + anchor)
            )
        elif row.kind == "text":
            segments.append(Segment(" " * row.indent, base))
            segments += self._paint_text(index, row, base)
        strip = Strip(segments).simplify()  # Textual filters and cuts each segment anew in every frame
        if strip.cell_length < width:
            strip = Strip([*strip, Segment(" " * (width - strip.cell_length), base)], width)
        return strip.crop(0, width)

    def _paint_text(self, index: int, row: Row, base: Style) -> list[Segment]:
        """The words of a row in their styles, each segment carrying its offset for selection."""
        text = self._shown[row.start : row.end]
        marks = [(mark.start, mark.end, self.style_of(mark.style)) for mark in self.marks_on(index)]
        if self.cursor is not None and self.cursor[0] < row.end and self.cursor[1] > row.start:
            marks.append((*self.cursor, self.style_of("prose--cursor")))
        if (selection := self.text_selection) is not None:
            start, end = self._selected(selection)
            marks.append((start, end, self.screen.get_component_rich_style("screen--selection", partial=True)))
        marks = [
            (max(start, row.start) - row.start, min(end, row.end) - row.start, style)
            for start, end, style in marks
            if start < row.end and end > row.start
        ]
        if marks and not text.isascii():
            marks = _whole_characters(text, marks)
        added = dict(gaps(text, row.stretch))
        cuts = sorted(
            {0, len(text), *(cut for start, end, _ in marks for cut in (start, end)), *(at + 1 for at in added)}
        )
        segments = []
        for start, end in pairwise(cuts):
            style = base
            for mark_start, mark_end, mark_style in marks:
                if mark_start < end and mark_end > start:
                    style += mark_style
            segments.append(Segment(text[start:end], style + Style.from_meta({"offset": (row.start + start, 0)})))
            if wider := added.get(end - 1):
                segments.append(Segment(" " * wider, style + Style.from_meta({"offset": (row.start + end - 1, 0)})))
        if has_right_to_left(text):
            # A mark at both ends keeps a terminal that reorders from moving anything beyond this row's words.
            segments = [Segment(LEFT_TO_RIGHT_MARK, base), *segments, Segment(LEFT_TO_RIGHT_MARK, base)]
        return segments

    # Mouse

    def offset_at(self, x: int, y: int) -> int:
        """The offset of the character drawn at a cell of the view."""
        column = x - self.left_margin - self.GUTTER
        return self.layout_rows.offset_at(y + self.scroll_offset.y, column)

    def on_click(self, event: events.Click) -> None:
        """Tell where the mouse was pressed."""
        if (position := event.get_content_offset(self)) is not None:
            self.post_message(self.Pressed(self, self.offset_at(position.x, position.y)))

    def _selected(self, selection: Selection) -> tuple[int, int]:
        start = 0 if selection.start is None else selection.start.x
        end = len(self.text) if selection.end is None else selection.end.x
        return start, end

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected stretch of the text itself, for selection offsets are code points."""
        start, end = self._selected(selection)
        return self.text[start:end], "\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002
        """Repaint with or without the selection."""
        self._strips.clear()
        self.refresh()
