"""One pane of the comparison: a sheet in padded rows, with links and conflicts in the gutter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive

from widgets.compare.findings import State
from widgets.compare.rows import LinkMark, Sheet
from widgets.layout import Row, RowKind
from widgets.prose import ProseView

STYLES: dict[State, str] = {
    "compatible": "compare--rejected",
    "unsure": "compare--left-open",
    "tension": "compare--tension",
    "contradiction": "compare--accepted",
    "open": "compare--open",
}
"""The component class of each state. Where findings share words, a later one of these is drawn over an earlier one."""
WEIGHT: dict[State, int] = {state: rank for rank, state in enumerate(STYLES)}

NUMBER = range(3, 6)
"""The cells of the gutter that hold the number of a link and its direction."""

SIGNS: Mapping[RowKind, str] = {"fold": "+", "note": "⇅"}
"""The gutter's glyph of folds and notes."""


class Pane(ProseView, inherit_bindings=False):
    """A sheet of the comparison. The rows come from outside, computed for both panes at once.

    ``arrow`` is the row of the cursor. ``partner`` is the pane that scrolls along, ``shift`` rows further down.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *STYLES.values(),
        "compare--agreed",
        "compare--speech",
        "compare--selection",
        "compare--link",
        "compare--link-here",
        "compare--arrow",
        "compare--arrow-focused",
    }
    DEFAULT_CSS = """
    Pane {
        & > .compare--open { color: $warning; text-style: underline bold not strike; }
        & > .compare--agreed { color: $foreground 65%; }
        &:ansi > .compare--agreed { text-style: dim; }
        &:ansi > .compare--speech { color: ansi_cyan; background: ansi_default; }
        &:ansi > .compare--accepted { color: ansi_black; background: ansi_yellow; text-style: bold not dim not strike; }
        &:ansi > .compare--tension { color: ansi_black; background: ansi_cyan; text-style: italic not dim not strike; }
        & > .compare--accepted { color: $foreground; background: $warning 35%; text-style: bold not strike; }
        & > .compare--tension { color: $foreground; background: $warning 20%; text-style: italic not strike; }
        & > .compare--rejected { color: $text-muted; text-style: strike; }
        & > .compare--left-open { color: $primary-lighten-2; text-style: underline italic not strike; }
        & > .compare--speech { background: $primary 20%; }
        & > .compare--selection { background: $primary; color: $text; text-style: bold underline; }
        &:ansi:nocolor > .compare--accepted { text-style: bold reverse not strike; }
        &:ansi:nocolor > .compare--tension { text-style: italic reverse not strike; }
        & > .compare--link { color: $primary-lighten-2; }
        & > .compare--link-here { color: $foreground; background: $background; text-style: bold reverse; }
        & > .compare--arrow { color: $foreground 60%; text-style: bold; }
        & > .compare--arrow-focused { color: $foreground; text-style: bold; }
    }
    """
    GUTTER: ClassVar[int] = 7
    """Cells left of the text: arrow, glyph, side where stacked, two of link number, direction, blank."""

    class LinkPressed(Message):
        """The number of a link was clicked, in the row that shows ``offset``."""

        def __init__(self, pane: Pane, offset: int) -> None:
            super().__init__()
            self.pane = pane
            self.offset = offset

    arrow: reactive[int] = reactive(-1, repaint=False)
    link_here: reactive[int] = reactive(0, repaint=False)
    """The number of the link at the cursor, drawn so that the eye finds its other half; 0 for none."""

    def __init__(self, *, id: str) -> None:
        super().__init__(measure=80, id=id)
        self.sheet = Sheet("", (("a", "body", 0),))
        self.partner: Pane | None = None
        self.shift = 0
        self._rows_at: Callable[[int], Sequence[Row]] = lambda _: ()
        self._links: Mapping[int, LinkMark] = {}
        self._told: Mapping[tuple[RowKind, int], str] = {}
        self._link_rows: dict[int, LinkMark] = {}
        self._rows_of_link: dict[int, list[int]] = {}
        self._following = False

    # Content

    def show_rows(
        self,
        sheet: Sheet,
        rows_at: Callable[[int], Sequence[Row]],
        links: Mapping[int, LinkMark],
        told: Mapping[tuple[RowKind, int], str],
    ) -> None:
        """Show a sheet in the rows that ``rows_at(width)`` gives.

        ``links`` are link marks by the offset they stand at, ``told`` what folds and notes say, by where they begin.
        """
        self._rows_at = rows_at
        self._links = links
        self._told = told
        self.sheet = sheet
        if sheet.text == self.text:
            self.lay_out()
        else:
            self.show(sheet.text)

    def make_rows(self, width: int) -> Sequence[Row]:
        """The rows that were computed for both panes."""
        return self._rows_at(width)

    def lay_out(self) -> None:
        """Wrap again, and find the rows that links are marked on."""
        super().lay_out()
        self._link_rows = {}
        for offset in sorted(self._links, reverse=True):
            self._link_rows[self.layout_rows.row_of(offset)] = self._links[offset]
        self._rows_of_link = {}
        for row, mark in self._link_rows.items():
            self._rows_of_link.setdefault(mark.number, []).append(row)

    def line_about(self, row: Row, width: int) -> str:
        """How much is folded here, or where the words went that stood here; drawn as a rule."""
        return f"── {self._told.get((row.kind, row.start), '')} ".ljust(width, "─")

    # Gutter

    def watch_arrow(self, before: int, after: int) -> None:
        """Repaint the two rows that the arrow left and entered."""
        self.repaint_rows([row for row in (before, after) if row >= 0])

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Repaint the arrow. Its style is all that the focus changes here, so the styles are not worked out again."""
        self.watch_arrow(self.arrow, self.arrow)

    def watch_link_here(self, before: int, after: int) -> None:
        """Repaint the rows that begin the sentences of both links."""
        self.repaint_rows(row for number in (before, after) for row in self._rows_of_link.get(number, ()))

    def gutter_of(self, index: int) -> list[Segment]:
        """Arrow, glyph, the side where both are in this pane, and the link: its number and where the other half is."""
        _, glyph, _ = super().gutter_of(index)
        row = self.layout_rows.rows[index]
        quiet = self.style_of("prose--gutter")
        arrow, of_arrow = ("▶", "-focused" if self.has_focus else "") if index == self.arrow else (" ", "")
        side = " "
        if (row.kind == "note" or not row.padding) and self.sheet.has("a") and self.sheet.has("b"):
            side = self.sheet.point(row.start).side.upper()
        link = self._link_rows.get(index) if row.kind == "text" else None
        if row.kind in SIGNS:
            glyph = Segment(SIGNS[row.kind], quiet)
        number = f"{link.number % 1000:>2}{link.direction or ' '}"[:3] if link is not None else "   "
        style = self.style_of("compare--link")
        here = self.style_of("compare--link-here") if link is not None and link.number == self.link_here else style
        return [
            Segment(arrow, self.style_of(f"compare--arrow{of_arrow}")),
            glyph,
            Segment(side, quiet),
            *(Segment(cell, style if cell == " " else here) for cell in number),
            Segment(" ", quiet),
        ]

    def on_click(self, event: events.Click) -> None:
        """A click on the number of a link is told apart from one on the words."""
        position = event.get_content_offset(self)
        row = position.y + self.scroll_offset.y if position is not None else -1
        if position is not None and position.x in NUMBER and row in self._link_rows:
            event.prevent_default()
            self.post_message(self.LinkPressed(self, self.layout_rows.rows[row].start))

    # Scrolling

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Take the partner along."""
        super().watch_scroll_y(old_value, new_value)
        if self.partner is not None and not self._following:
            self.partner.follow(new_value + self.shift)

    def follow(self, y: float) -> None:
        """Scroll because the partner did."""
        self._following = True
        try:
            self.scroll_to(y=max(0, y), animate=False, force=True)
        finally:
            self._following = False
