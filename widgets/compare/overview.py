"""The overview strip: both texts on one screen, a tick for every conflict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from widgets.compare.findings import Finding

WIDTH = 5
"""Cells: the edge, then ticks."""
MORE = "+"
"""In place of the last tick, where a line has no room for all."""


def lines_of(rows: Sequence[int], total: int, height: int) -> list[int]:
    """The line of the strip, of ``height``, for each of some ``rows`` of ``total``; a short text is not stretched."""
    return [row if total <= height else min(height - 1, row * height // total) for row in rows]


class Overview(Widget):
    """Ticks beside the texts: the glyph of each finding as far down as it stands. A click goes to one.

    The edge is strong beside what is on the screen, and `▶` beside the current finding.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"overview--edge", "overview--tick", "overview--current"}
    DEFAULT_CSS = f"""
    Overview {{
        width: {WIDTH}; height: 100%; display: none; background: $surface;
        & > .overview--edge {{ color: $text-muted; }}
        & > .overview--tick {{ color: $foreground; text-style: bold; }}
        & > .overview--current {{ color: $foreground; text-style: bold reverse; }}
    }}
    Overview.-shown {{ display: block; }}
    """

    window: reactive[tuple[int, int]] = reactive((0, 0))
    """The first row on the screen and the last."""
    current: reactive[int | None] = reactive(None)
    """Which of the findings is the current one."""

    class Chosen(Message):
        """A finding was clicked."""

        def __init__(self, finding: Finding) -> None:
            super().__init__()
            self.finding = finding

    def __init__(self) -> None:
        super().__init__()
        self._findings: Sequence[Finding] = ()
        self._rows: Sequence[int] = ()
        self._total = 0
        self._by_line: dict[int, list[int]] = {}

    def show(self, findings: Sequence[Finding], rows: Sequence[int], total: int) -> None:
        """Show ``findings``, each at its row of ``total``."""
        self._findings, self._rows, self._total = tuple(findings), tuple(rows), total
        self._place()

    def on_resize(self) -> None:
        self._place()

    def _place(self) -> None:
        self._by_line = {}
        for index, line in enumerate(lines_of(self._rows, self._total, max(1, self.size.height))):
            self._by_line.setdefault(line, []).append(index)
        self.refresh()

    def _ticks(self, line: int) -> list[int]:
        """The findings that have a tick on a line."""
        here = self._by_line.get(line, [])
        return here if len(here) < WIDTH else here[: WIDTH - 2]

    def render_line(self, y: int) -> Strip:
        here = self._by_line.get(y, [])
        top, bottom = lines_of(self.window, self._total, self.size.height)
        edge = "▶" if self.current in here else "┃" if top <= y <= bottom else "│"
        segments = [Segment(edge, self.get_component_rich_style("overview--edge"))]
        for index in (ticks := self._ticks(y)):
            style = "overview--current" if index == self.current else "overview--tick"
            segments.append(Segment(self._findings[index].glyph, self.get_component_rich_style(style)))
        if len(ticks) < len(here):
            segments.append(Segment(MORE, self.get_component_rich_style("overview--edge")))
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Choose the finding of the tick; beside the ticks, the nearest one; on the sign for more, the first of them."""
        if not self._by_line:
            return
        line = min(self._by_line, key=lambda at: (abs(at - event.y), at))
        here = self._by_line[line]
        at = event.x - 1 if line == event.y else 0
        self.post_message(self.Chosen(self._findings[here[max(0, min(at, len(here) - 1))]]))
