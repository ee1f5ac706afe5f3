"""Saved views as they are seen: a line with their digits, and a menu that opens, renames and deletes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from db import View
from widgets.dialogs import Choice, Choose, Menu
from widgets.layout import displayable

Deed = Literal["open", "rename", "delete"]
GAP = 3
LONGEST = 24
"""Characters of a name on the line, at most."""


class ViewBar(Widget):
    """The saved views in a line, not there while there are none. The one that is listed stands out."""

    DEFAULT_CSS = """
    ViewBar { height: 1; padding: 0 1; display: none; color: $text-muted; }
    ViewBar.-some { display: block; }
    """
    current: reactive[int] = reactive(0)
    """The digit of the view that is listed, 0 for none."""

    class Chosen(Message):
        """A view was clicked."""

        def __init__(self, digit: int) -> None:
            super().__init__()
            self.digit = digit

    def __init__(self) -> None:
        super().__init__()
        self._views: Sequence[View] = ()

    def show(self, views: Sequence[View]) -> None:
        """Show these views."""
        self._views = views
        self.set_class(bool(views), "-some")
        self.refresh()

    @property
    def entries(self) -> list[tuple[int, Content]]:
        """What stands on the line, by digit."""
        made = []
        for view in self._views:
            listed = view.digit == self.current
            name = Content(_line(view.name)).truncate(LONGEST, ellipsis=True)
            mark = "▸" if listed else " "
            text = Content.assemble(mark, (str(view.digit), "bold"), " ", name)
            made.append((view.digit, text.stylize("reverse") if listed else text))
        return made

    def render(self) -> Content:
        gap = Content(" " * GAP)
        return gap.join([text for _, text in self.entries]).truncate(self.content_size.width, ellipsis=True)

    def on_click(self, event: events.Click) -> None:
        column = event.x - self.styles.padding.left
        for digit, text in self.entries:
            if 0 <= column < text.cell_length:
                self.post_message(self.Chosen(digit))
                return
            column -= text.cell_length + GAP


class ViewMenu(Choose[tuple[Deed, View]]):
    """The saved views; answers which one, and what to do with it."""

    HINT = "Enter or its digit opens, e renames, D deletes, Esc goes back"

    def __init__(self, views: Sequence[View], current: int) -> None:
        def choice(view: View) -> Choice[tuple[Deed, View]]:
            asks = f"  {_line(view.line)}" if view.line and view.line != view.name else ""
            return Choice(("open", view), f"{_line(view.name)}{asks}", str(view.digit))

        listed = next((view for view in views if view.digit == current), None)
        super().__init__("Views", [choice(view) for view in views], current=("open", listed) if listed else None)
        self._views = views

    def key_pressed(self, key: str) -> bool:
        deeds: dict[str, Deed] = {"e": "rename", "D": "delete"}
        at = self.query_one(Menu).highlighted
        if key in deeds and at is not None:
            self.dismiss((deeds[key], self._views[at]))
            return True
        return super().key_pressed(key)


def _line(text: str) -> str:
    return displayable(text).replace("\n", " ")
