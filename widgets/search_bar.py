"""The line that `/` opens: text entry, a mode of its own."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class SearchBar(Input):
    """Hidden until opened. What is typed is told as it is typed; Enter keeps it, Esc clears it."""

    DEFAULT_CSS = """
    SearchBar { display: none; height: 1; border: none; padding: 0 1; background: $boost; }
    SearchBar:focus { border: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave(False)", "Clear", show=False),
        Binding("enter,down", "leave(True)", "Keep", show=False),
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

    def __init__(self, placeholder: str = "Search", *, id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, id=id, compact=True, select_on_focus=False)

    def open(self) -> None:
        """Show the line and type into it, from the next key on."""
        self.add_class("-open")
        self.display = True  # at once, for only what is shown can have the focus
        self.screen.set_focus(self)

    def close(self) -> None:
        """Forget the words and hide the line."""
        self.value = ""
        self.remove_class("-open")
        self.display = False

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Sought(self.value.strip()))

    def action_leave(self, keep: bool) -> None:
        kept = keep and bool(self.value.strip())
        if not kept:
            self.close()
        self.post_message(self.Left(kept))
