"""The line that `/` opens: text entry, a mode of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from widgets.filters import FIELDS, VALUES


class FilterSuggester(Suggester):
    """Completes the fields of a filter and their values."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known: Mapping[str, Sequence[str]] = VALUES

    def know(self, known: Mapping[str, Sequence[str]]) -> None:
        """Complete these values, by field, too."""
        self._known = {**VALUES, **known}

    async def get_suggestion(self, value: str) -> str | None:
        token = _LAST.search(value)
        if token is None:
            return None
        field, mark, typed = token["field"] or "", token["mark"] or "", token["typed"]
        if field:  # without quotes a value is one word
            names, ends = [name if mark else name.split()[0] for name in self._known.get(field.lower(), ())], mark
        else:
            names, ends = [f"{name}:" for name in FIELDS], ""
        for name in names:
            if name.casefold().startswith(typed.casefold()) and len(name) > len(typed) and (typed or field):
                return value + name[len(typed) :] + ends
        return None


_LAST = re.compile(r'(?:^|\s)-?(?:(?P<field>[^\W\d_]+):(?P<mark>")?)?(?P<typed>(?(mark)[^"]*|[^\s"]*))$')
"""What is being typed at the end of a filter."""


class SearchBar(Input):
    """Hidden until opened. What is typed is told as it is typed; Enter keeps it, Esc clears it."""

    DEFAULT_CSS = """
    SearchBar { display: none; height: 1; border: none; padding: 0 1; background: $boost; }
    SearchBar:focus { border: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave(False)", "Clear", show=False),
        Binding("enter,down", "leave(True)", "Keep", show=False),
        Binding("tab", "complete", "Complete", show=False),
    ]

    class Sought(Message):
        """Other words are sought; "" is none."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """Typing is over; ``kept`` is whether the search stays."""

        def __init__(self, kept: bool) -> None:
            super().__init__()
            self.kept = kept

    def __init__(
        self, placeholder: str = "Search", *, suggester: Suggester | None = None, id: str | None = None
    ) -> None:
        super().__init__(placeholder=placeholder, suggester=suggester, id=id, compact=True, select_on_focus=False)

    def open(self) -> None:
        """Show the line and type into it, from the next key on."""
        self.add_class("-open")
        self.display = True  # at once, for only what is shown can have the focus
        self.screen.set_focus(self)

    def keep(self, text: str) -> None:
        """Seek ``text`` as if it had been typed and kept."""
        self.add_class("-open")
        self.display = True
        self.value = text
        self.cursor_position = len(text)

    def close(self) -> None:
        """Forget the words and hide the line."""
        self.value = ""
        self.remove_class("-open")
        self.display = False

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Sought(self.value.strip()))

    def action_complete(self) -> None:
        """Take what is suggested."""
        self.action_end()
        self.action_cursor_right()

    def action_leave(self, keep: bool) -> None:
        kept = keep and bool(self.value.strip())
        if not kept:
            self.close()
        self.post_message(self.Left(kept))
