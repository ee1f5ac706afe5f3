"""The two lines at the foot of every screen: what just happened, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from widgets.actions import Action, footer_of, show_keys
from widgets.layout import cells, displayable

if TYPE_CHECKING:
    from widgets.keys import Wait


LEAST_PLACE = 8
"""Cells under which the right-hand side is left out: what was said goes before it."""
WARNING_LINES = 6
"""Lines that a warning may take: what to do stands at its end."""


class StatusBar(Widget):
    """One line: a message on the left, where we are on the right. A warning that is longer has more lines.

    Of where we are the last parts are left out where the message needs the room.
    """

    DEFAULT_CSS = """
    StatusBar { height: 1; background: $panel; color: $foreground; padding: 0 1; }
    StatusBar.-warning { color: $warning; text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._message = ""
        self._right = ""
        self._lines = 1

    @property
    def message(self) -> str:
        """The line on the left."""
        return self._message

    def say(self, message: str, *, warning: bool = False) -> None:
        """Show ``message`` until the next one."""
        self._message, before = displayable(message).replace("\n", " "), self._message
        self.set_class(warning, "-warning")
        self._fit()
        if self._message != before:
            self.refresh()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """One line, but as many as a warning needs: it is never cut where there is room."""
        lines = 1
        if self.has_class("-warning") and self.size.width:
            lines = min(WARNING_LINES, Content(self._message).get_height({}, self.content_size.width))
        if self._lines != lines:
            self._lines = lines
            self.styles.height = lines

    def place(self, text: str) -> None:
        """Show ``text`` on the right."""
        self._right, before = displayable(text).replace("\n", " "), self._right
        if self._right != before:
            self.refresh()

    def render(self) -> Content:
        width = self.content_size.width
        if self._lines > 1:
            return Content(self._message)
        left = Content(self._message).truncate(width, ellipsis=True)
        room = width - left.cell_length - 2 if self._message else width
        place = self._right
        while cells(place) > room and " · " in place:
            place = place.rpartition(" · ")[0]
        right = Content(place).truncate(max(0, room), ellipsis=True) if room >= LEAST_PLACE else Content()
        gap = max(0, width - left.cell_length - right.cell_length)
        return Content.assemble(left, " " * gap, right)


class PrefixMenu(Widget):
    """What may follow a prefix, in as many lines as that takes, over the status bar and what stands above it.

    It lies on a layer of its own, so that two-key commands lay nothing else out.
    """

    DEFAULT_CSS = """
    PrefixMenu { layer: above; dock: bottom; margin: 0 0 1 0; height: 1; display: none;
        background: $panel; color: $foreground; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._wait: Wait | None = None

    def show(self, wait: Wait | None) -> None:
        """Show what may follow a prefix, or nothing."""
        if wait is self._wait:
            return
        self._wait = wait
        if wait is not None:
            self.styles.height = len(self._lines(self.screen.size.width - self.styles.gutter.width))
            self.refresh()
        self.display = wait is not None

    def on_resize(self) -> None:
        if self._wait is not None:
            self.styles.height = len(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[str]:
        if self._wait is None:
            return []
        options = [f"{show_keys((key,))} {action.name}" for key, action in self._wait.options.items()]
        lines = [f"{show_keys(self._wait.prefix)}…"]
        for option in [*options, "Esc drops it"]:
            if len(lines[-1]) + 2 + len(option) > width:
                lines.append(" " * len(lines[0].split(" ")[0]))
            lines[-1] += f"  {option}"
        return lines

    def render(self) -> Content:
        width = self.content_size.width
        return Content("\n").join(Content(line).truncate(width, ellipsis=True) for line in self._lines(width))


GAP = 3


class ActionFooter(Widget):
    """The actions of a screen that matter most, at most eight."""

    DEFAULT_CSS = """
    ActionFooter { height: 1; background: $footer-background; color: $footer-foreground; padding: 0 1; }
    """

    class Chosen(Message):
        """An action in the footer was clicked."""

        def __init__(self, action: Action) -> None:
            super().__init__()
            self.action = action

    def __init__(self, screen: str, keymap: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self._entries = [(action, action.shown(keymap)) for action in footer_of(screen)]

    @property
    def entries(self) -> list[tuple[Action, str]]:
        """The actions that fit, each with its keys; the last, the way to the others, always stays."""
        room = self.content_size.width
        entries = list(self._entries)
        while len(entries) > 1 and sum(map(_width, entries)) - GAP > room:
            del entries[-2]
        return entries

    def render(self) -> Content:
        pieces: list[str | tuple[str, str]] = []
        for action, keys in self.entries:
            pieces += [" " * GAP if pieces else "", (keys, "bold"), f" {action.name}"]
        return Content.assemble(*pieces).truncate(self.content_size.width, ellipsis=True)

    def on_click(self, event: events.Click) -> None:
        column = event.x - self.styles.padding.left
        for entry in self.entries:
            if 0 <= column < _width(entry) - GAP:
                self.post_message(self.Chosen(entry[0]))
                return
            column -= _width(entry)


def _width(entry: tuple[Action, str]) -> int:
    """Cells of an entry of the footer and of the gap after it."""
    return len(entry[1]) + 1 + len(entry[0].name) + GAP
