"""The actions of a screen in Textual's command palette."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider

from widgets.actions import Action
from widgets.help_screen import all_keys
from widgets.keys import CommandScreen


class ActionProvider(Provider):
    """Finds actions by name, with their keys and help line."""

    def _actions(self) -> Iterator[tuple[Action, str, str, partial[Any]]]:
        screen = self.screen
        if isinstance(screen, CommandScreen):
            for action in screen.available():
                if not action.takes_key:
                    keys = all_keys(action, screen.keymap)
                    told = action.help if action.help != action.name else ""
                    yield action, f"{action.name}  {keys}", told, partial(screen.run_action_of, action)

    async def discover(self) -> Hits:
        for _, text, help_line, run in self._actions():
            yield DiscoveryHit(text, run, help=help_line or None)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for action, text, help_line, run in self._actions():
            score = max(matcher.match(text), matcher.match(action.help) * 0.8)
            if score > 0:
                yield Hit(score, matcher.highlight(text), run, text=text, help=help_line or None)
