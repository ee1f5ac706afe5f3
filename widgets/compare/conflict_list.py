"""The list of findings: state, kind, confidence and reason of each, one line each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from widgets.compare.findings import Finding
from widgets.row_list import fit

WORDS_FROM = 70
"""Cells from which there is room for the state as a word."""


class ConflictList(ScrollView, can_focus=False):
    """The findings in the order of the text, the current one marked. A click chooses one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"conflicts--current", "conflicts--open", "conflicts--judged"}
    DEFAULT_CSS = """
    ConflictList {
        background: $surface; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1;
        & > .conflicts--current { background: $primary; color: $text; text-style: bold; }
        &:ansi:nocolor > .conflicts--current { text-style: bold reverse; }
        & > .conflicts--open { color: $foreground; }
        & > .conflicts--judged { color: $text-muted; }
    }
    """

    class Chosen(Message):
        """A finding was clicked."""

        def __init__(self, finding: Finding) -> None:
            super().__init__()
            self.finding = finding

    def __init__(self) -> None:
        super().__init__()
        self.findings: Sequence[Finding] = ()
        self.current: int | None = None
        self._empty = ""

    def show(self, findings: Sequence[Finding], current: int | None, empty: str) -> None:
        """Show ``findings`` with the one of index ``current`` marked; ``empty`` is said where there are none."""
        self.findings, self.current, self._empty = tuple(findings), current, empty
        self.virtual_size = Size(self.size.width, max(1, len(findings)))
        self.mark(current)
        self.refresh()

    def mark(self, current: int | None) -> None:
        """Mark another finding; only the two lines are drawn again."""
        before, self.current = self.current, current
        for line in (before, current):
            if line is not None:
                self.refresh_line(line)
        if current is not None:
            self.scroll_to_region(Region(0, current, 1, 1), animate=False, force=True)

    def line_of(self, index: int, width: int) -> str:
        """The line of one finding in ``width`` cells."""
        finding = self.findings[index]
        sure = "hand" if finding.confidence is None else f"{finding.confidence:.0%}"
        arrow = "▶" if index == self.current else " "
        head = f"{arrow}{finding.glyph} {finding.kind:<8} {sure:>4}  "
        flag = " ⚑" if finding.verdict is not None and finding.verdict.flagged else ""
        tail = f"  {finding.state}{flag}" if width >= WORDS_FROM else flag
        return head + fit(finding.reason, max(0, width - len(head) - len(tail))) + tail

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        index = y + self.scroll_offset.y
        if index >= len(self.findings):
            text = self._empty if not self.findings and index == 0 else ""
            return Strip([Segment(fit(text, width), self.rich_style)], width)
        judged = self.findings[index].verdict is not None
        style = self.get_component_rich_style(
            "conflicts--current" if index == self.current else "conflicts--judged" if judged else "conflicts--open"
        )
        return Strip([Segment(self.line_of(index, width), style)]).adjust_cell_length(width, style)

    def on_click(self, event: events.Click) -> None:
        """Choose the finding of the line."""
        if (position := event.get_content_offset(self)) is not None:
            index = position.y + self.scroll_offset.y
            if index < len(self.findings):
                self.post_message(self.Chosen(self.findings[index]))
