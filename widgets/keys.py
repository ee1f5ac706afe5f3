"""From key presses to actions: vim-like sequences with no time limit, on top of Textual's key events.

``Dispatcher`` knows sequences only and can be tested without a screen. ``CommandScreen`` feeds it the keys that no
widget took, shows what may follow a prefix, and calls the ``action_...`` method. Text entry is a mode of its own:
while an input has the focus no command fires.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from inspect import isawaitable
from pathlib import Path
from typing import ClassVar, TypeVar

from textual import events
from textual.actions import SkipAction
from textual.dom import DOMNode
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Input, TextArea

from db.errors import LibraryError
from reader.hostile import harmless
from widgets import clipboard
from widgets.actions import SCREENS, Action, Keys, actions_of, commands_of, show_keys
from widgets.status import PrefixMenu, StatusBar
from widgets.work import WorkingScreen, one_line

ResultType = TypeVar("ResultType")

HESITATES_AFTER = 12.0
"""Seconds without a key after which a person is told what may be done here."""


def key_of(event: events.Key) -> str:
    """The key as the registry writes it: the character where it prints, else Textual's name."""
    if event.is_printable and event.character and event.character != " ":
        return event.character
    return event.key


@dataclass(frozen=True, slots=True)
class Run:
    """A command is complete."""

    action: Action
    key: str


@dataclass(frozen=True, slots=True)
class Wait:
    """A prefix was pressed; ``options`` may follow, by their next key."""

    prefix: Keys
    options: Mapping[str, Action]


@dataclass(frozen=True, slots=True)
class Drop:
    """The sequence is no command, or Esc dropped it."""

    keys: Keys


class Dispatcher:
    """Turns keys into commands, one prefix at a time, without a time limit."""

    def __init__(self, commands: Mapping[Keys, Action]) -> None:
        self._commands = commands
        self.pending: Keys = ()

    def press(self, key: str) -> Run | Wait | Drop | None:
        """What ``key`` makes of the keys before it; ``None`` where it begins no command."""
        if self.pending and key == "escape":
            dropped, self.pending = self.pending, ()
            return Drop(dropped)
        keys = (*self.pending, key)
        if action := self._commands.get(keys):
            self.pending = ()
            return Run(action, key)
        options = {
            command[len(keys)]: action
            for command, action in self._commands.items()
            if len(command) > len(keys) and command[: len(keys)] == keys
        }
        if options:
            self.pending = keys
            return Wait(keys, options)
        if self.pending:
            self.pending = ()
            return Drop(keys)
        return None


class CommandScreen(WorkingScreen[ResultType]):
    """A screen whose keys come from the registry of actions.

    Subclasses set ``SCREEN_NAME`` to their name in the registry and define the ``action_...`` methods, on the screen
    or on its widgets.
    """

    SCREEN_NAME: ClassVar[str]
    SIGNS: ClassVar[Mapping[str, str]] = {}
    """What the glyphs on the screen mean, for its help."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """The widget with the focus. The two that the focus leaves and enters repaint themselves."""

    @cached_property
    def dispatcher(self) -> Dispatcher:
        """Where the keys of this screen go."""
        return Dispatcher(commands_of(self.SCREEN_NAME, self.keymap))

    @property
    def keymap(self) -> Mapping[str, tuple[str, ...]]:
        """Keys that the user gave to actions, by action id."""
        keymap: Mapping[str, tuple[str, ...]] = getattr(self.app, "keys_by_action", {})
        return keymap

    @property
    def typing(self) -> bool:
        """Whether keys are text now."""
        return isinstance(self.focused, Input | TextArea)

    def say(self, message: str, *, warning: bool = False) -> None:
        """Show one plain line in the status bar."""
        for bar in self.query(StatusBar):
            bar.say(message, warning=warning)

    def copy(self, text: str, what: str = "") -> None:
        """Copy ``text`` out of the app and say so, with ``what`` it was (the text itself, in one line).

        Nothing stays in it that the terminal it is pasted into would obey.
        """
        text = harmless(text)
        told = what or " ".join(text.split())
        self.app.copy_to_clipboard(text)

        def kept(path: Path | None) -> None:
            self.say(f"Copied (also to {clipboard.short(path)}): {told}" if path else f"Copied: {told}")

        self.start("Copying", lambda _: clipboard.keep(text), kept)

    def action_copy_text(self) -> None:
        """Ctrl+C: copy what the mouse selected."""
        selected = self.get_selected_text()
        if not selected:
            raise SkipAction
        self.copy(selected)

    def on_mount(self) -> None:
        self._hesitation = self.set_interval(HESITATES_AFTER, self._hesitates)

    def hint(self) -> str:
        """What may be done here, for somebody who hesitates; screens that know override this."""
        return ""

    def _hesitates(self) -> None:
        bar = self.query_one(StatusBar)
        if self.app.screen is self and not self.typing and not bar.message and (hint := self.hint()):
            self.say(hint)

    def library_changed(self) -> None:
        """Called when undo, redo or another screen changed what is stored; screens read again what they show."""

    def action_clear(self) -> None:
        """Esc: stop the work that is shown, else clear what the screen has to clear."""
        if not self.stop_jobs():
            self.clear()

    def clear(self) -> None:
        """Clear the search or the selection; screens that have one override this."""

    def handlers(self, action: Action) -> Iterator[DOMNode]:
        """Who can do ``action`` now, nearest to the focus first."""
        node: DOMNode | None = self.focused or self
        while node is not None:
            if hasattr(node, action.method):
                yield node
            node = node.parent

    def available(self) -> list[Action]:
        """The actions that can be done now, in the order of the registry."""
        return [action for action in actions_of(self.SCREEN_NAME) if next(self.handlers(action), None) is not None]

    def helped(self) -> tuple[str, list[Action]]:
        """What help is about now, and the actions it lists."""
        return SCREENS[self.SCREEN_NAME], self.available()

    def helped_signs(self) -> Mapping[str, str]:
        """The glyphs that help tells the meaning of."""
        return self.SIGNS

    async def run_action_of(self, action: Action, key: str = "") -> None:
        """Do ``action``; ``key`` is the last key pressed, for actions that take it."""
        handler = next(self.handlers(action), None)
        if handler is None:
            self.say(f"{action.name}: not here", warning=True)
            return
        method = getattr(handler, action.method)
        try:
            result = method(key) if action.takes_key else method()
            if isawaitable(result):
                await result
        except LibraryError as error:
            self.say(one_line(error), warning=True)

    async def on_key(self, event: events.Key) -> None:
        """Give the key to the dispatcher unless it is text, or was typed after one that opened another screen."""
        if self.app.screen is not self:
            event.stop()
            event.prevent_default()
            self.app.post_message(events.Key(event.key, event.character))
            return
        self._hesitation.reset()
        if self.typing:
            if isinstance(self.focused, Input) and event.character and event.is_printable:
                event.stop()  # an input takes all text, so this was sent before it had the focus
                self.focused.insert_text_at_cursor(event.character)
            return
        outcome = self.dispatcher.press(key_of(event))
        if outcome is None:
            if event.is_printable:
                self.say(f"{show_keys((key_of(event),))} does nothing here: ? lists all keys", warning=True)
            return
        event.stop()
        event.prevent_default()
        for menu in self.query(PrefixMenu):
            menu.show(outcome if isinstance(outcome, Wait) else None)
        if isinstance(outcome, Run):
            await self.run_action_of(outcome.action, outcome.key)
        elif isinstance(outcome, Drop) and key_of(event) != "escape":
            self.say(f"{show_keys(outcome.keys)} is no command here", warning=True)
