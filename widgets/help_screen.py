"""What can be done here, and with which keys: searched as you type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from textwrap import wrap
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.widgets import Input, Label, Static

from widgets.actions import BY_ID, Action, show_keys
from widgets.dialogs import Dialog, Hint, Notice

WIDE = 70
"""Cells from which there is room for a wide column of keys."""
KEYS_WIDTH, NARROW_KEYS_WIDTH = 18, 11


def all_keys(action: Action, keymap: Mapping[str, tuple[str, ...]]) -> str:
    """All commands of an action for people: ``j, ↓``."""
    if action.takes_key:
        return action.shown(keymap)
    return ", ".join(show_keys(keys) for keys in action.commands(keymap))


def help_text(
    actions: Sequence[Action],
    sought: str,
    keymap: Mapping[str, tuple[str, ...]],
    width: int = 80,
    signs: Mapping[str, str] | None = None,
) -> Content:
    """The actions that have all words of ``sought`` in keys, name, help or group, under their groups, wrapped.

    Then what those of ``signs`` mean that have them.
    """
    head = KEYS_WIDTH if width >= WIDE else NARROW_KEYS_WIDTH
    words = sought.casefold().split()

    def found(action: Action) -> bool:
        told = f"{all_keys(action, keymap)} {action.name} {action.help} {action.group}".casefold()
        return all(word in told for word in words) or sought == all_keys(action, keymap)

    order = list(dict.fromkeys(action.group for action in actions))
    shown = sorted((action for action in actions if found(action)), key=lambda action: order.index(action.group))
    parts: list[str | tuple[str, str]] = []
    for group, members in groupby(shown, key=lambda action: action.group):
        parts += ["\n" if parts else "", (group, "bold underline"), "\n"]
        for action in members:
            keys = f"  {all_keys(action, keymap)} ".ljust(head)
            told = wrap(action.help, max(10, width - len(keys)))
            parts += [(keys, "bold"), f"\n{' ' * len(keys)}".join(told), "\n"]
    drawn = [
        (f"  {sign} ", told)
        for sign, told in (signs or {}).items()
        if all(word in f"signs {sign} {told}".casefold() for word in words)
    ]
    parts += ["\n" if parts else "", ("Signs", "bold underline"), "\n"] if drawn else []
    for sign, meaning in drawn:
        told = wrap(meaning, max(10, width - head))
        parts += [(sign.ljust(head), "bold"), f"\n{' ' * head}".join(told), "\n"]
    return Content.assemble(*parts) if parts else Content("Nothing has these words")


GREETED_WITH = ("library.import", "article.partners", "app.help")


class Greeting(Notice):
    """What somebody sees who starts for the first time: what this is for, and three keys."""

    def __init__(self, keymap: Mapping[str, tuple[str, ...]]) -> None:
        said = {
            "library.import": "takes in reports: files and folders",
            "article.partners": "shows the other reports of an event; Enter compares",
            "app.help": "lists all keys here; type to search them",
        }
        keys = {action: BY_ID[action].shown(keymap) or ":" for action in GREETED_WITH}
        self._taught = frozenset(keys.values())
        super().__init__(
            "Welcome to Rashomon",
            (
                "It puts two reports of the same event side by side and shows where they disagree. You judge each "
                "disagreement with one key; every judgement can be undone (u). Nothing leaves this machine.",
                "",
                *(f"  {keys[action]:<4} {said[action]}" for action in GREETED_WITH),
            ),
        )

    def on_key(self, event: Key) -> None:
        """A key that is taught closes the greeting and does what it says."""
        if event.character in self._taught:
            event.stop()
            self.dismiss()
            self.app.post_message(Key(event.key, event.character))


class HelpScreen(Dialog[None]):
    """The actions that the widget in focus and its screen carry."""

    DEFAULT_CSS = """
    HelpScreen > Vertical { width: 88; height: 90%; }
    HelpScreen VerticalScroll { height: 1fr; max-height: 100%; scrollbar-gutter: stable; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown,ctrl+d", "scroll(12)", show=False, priority=True),
        Binding("pageup,ctrl+u", "scroll(-12)", show=False, priority=True),
    ]

    def __init__(
        self,
        where: str,
        actions: Sequence[Action],
        keymap: Mapping[str, tuple[str, ...]],
        signs: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._where, self._actions, self._keymap, self._signs = where, actions, keymap, signs

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Label(Content(f"Keys: {self._where}"), classes="title")
            yield Input(placeholder="Type to search keys and signs", compact=True)
            with VerticalScroll(can_focus=False):
                yield Static()
            yield Hint("↑ ↓ PgUp PgDn scroll, Esc closes")

    def on_resize(self) -> None:
        self.call_after_refresh(self._tell)

    @on(Input.Changed)
    def _sought(self) -> None:
        self._tell()
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _tell(self) -> None:
        width = self.query_one(VerticalScroll).scrollable_content_region.width
        told = help_text(self._actions, self.query_one(Input).value, self._keymap, width, self._signs)
        self.query_one("VerticalScroll Static", Static).update(told)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
