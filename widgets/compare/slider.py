"""The slider over the list of conflicts: how sure the machine must be of one that is shown."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

STEPS = 10
"""From 0 to 100% sure."""
WORDS_FROM = 60
"""Cells from which there is room for words on the left."""


class Slider(Widget):
    """One line: how many conflicts are shown and hidden, and the least confidence on a track that can be clicked."""

    DEFAULT_CSS = """
    Slider { height: 1; padding: 0 1; background: $panel; color: $foreground; }
    """

    least: reactive[float] = reactive(0.5)
    """The least confidence shown, 0 to 1."""
    counts: reactive[tuple[int, int]] = reactive((0, 0))
    """How many conflicts are shown and how many are hidden."""

    class Moved(Message):
        """The track was clicked at a confidence."""

        def __init__(self, least: float) -> None:
            super().__init__()
            self.least = least

    def _track(self) -> tuple[str, str]:
        at = round(self.least * STEPS)
        told = f" at least {self.least:4.0%} sure" if self.content_size.width >= WORDS_FROM else f" ≥{self.least:4.0%}"
        return f"{'─' * at}●{'─' * (STEPS - at)}", told

    def render(self) -> Content:
        width = self.content_size.width
        shown, hidden = self.counts
        track, told = self._track()
        words = f"{shown} shown, {hidden} less sure hidden: < shows more" if hidden else f"{shown} shown, none hidden"
        if shown == hidden == 0:
            words = ""
        if width < WORDS_FROM:
            words = f"{hidden} less sure (<)" if hidden else ""
        left = Content(words).truncate(max(0, width - len(track) - len(told) - 1), ellipsis=True)
        gap = " " * max(1, width - left.cell_length - len(track) - len(told))
        return Content.assemble(left, gap, (track, "bold"), told).truncate(width)

    def on_click(self, event: events.Click) -> None:
        """Move the knob to where the track was clicked; the words on the right belong to its end."""
        track, told = self._track()
        at = event.x - self.styles.padding.left - (self.content_size.width - len(track) - len(told))
        if 0 <= at <= STEPS:
            self.post_message(self.Moved(at / STEPS))
