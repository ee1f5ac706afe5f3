"""Small questions in front of a screen. Text entry is a mode of its own here: Enter answers, Esc goes back."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.style import Style
from textual.suggester import Suggester
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from widgets.layout import displayable
from widgets.row_list import ARROW
from widgets.work import in_thread

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Dialog(ModalScreen[T]):
    """A box in the middle of the screen; Esc answers None."""

    DEFAULT_CSS = """
    Dialog { align: center middle; }
    Dialog > Vertical {
        width: 72; max-width: 95%; height: auto; max-height: 90%;
        border: round $accent; background: $surface; padding: 0 1;
    }
    Dialog Label.title { text-style: bold; width: 100%; }
    Dialog .hint { color: $text-muted; width: 100%; }
    Dialog .problem { color: $warning; text-style: bold; width: 100%; }
    Dialog Input { margin: 0; }
    Dialog OptionList, Dialog OptionList:focus {
        border: none; height: auto; max-height: 20; background: $surface; padding: 0;
    }
    Dialog OptionList:nocolor > .option-list--option-highlighted { text-style: bold underline; }
    Dialog VerticalScroll { height: auto; max-height: 24; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Back", show=False)]

    def action_cancel(self) -> None:
        self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """A click beside the box is as Esc."""
        if event.widget is self:
            self.action_cancel()

    def on_key(self, event: events.Key) -> None:
        """An input takes all text, so text that comes here was typed before the input had the focus."""
        if event.character and event.is_printable and isinstance(self.focused, Input):
            event.stop()
            self.focused.insert_text_at_cursor(event.character)


_PARTS = re.compile(r"[^,.]+[,.]?\s*")
_PRESSED = {"Enter": "enter", "Esc": "escape", "y": "y", "n": "n"}
"""The keys that a click in a hint presses, by the word that begins their part."""


class Hint(Label):
    """What keys do here, in parts: "Enter keeps it, Esc goes back". A click on a part presses its key."""

    DEFAULT_CSS = """
    Hint { color: $text-muted; width: 100%; link-color: $text-muted; link-style: none;
        link-style-hover: bold underline; }
    """

    def __init__(self, text: str) -> None:
        parts = []
        for part in _PARTS.findall(text):
            key = _PRESSED.get(part.split()[0])
            parts.append((part, Style.from_meta({"@click": f"app.simulate_key({key!r})"})) if key else part)
        super().__init__(Content.assemble(*parts))


class WordSuggester(Suggester):
    """Completes the word after the last comma from a set of known ones."""

    def __init__(self, known: Sequence[str] = ()) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = known

    def know(self, known: Sequence[str]) -> None:
        """Complete these words."""
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        head, comma, word = value.rpartition(",")
        typed = word.lstrip()
        if not typed:
            return None
        for known in self._known:
            if known.casefold().startswith(typed.casefold()) and len(known) > len(typed):
                return head + comma + word[: len(word) - len(typed)] + typed + known[len(typed) :]
        return None


class PathSuggester(Suggester):
    """Completes the name of a file or folder. A folder is listed in a thread, once, for a disk may be slow."""

    MOST: ClassVar[int] = 10_000
    """Entries of a folder that are looked at."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._folder = ""
        self._names: list[str] = []

    async def get_suggestion(self, value: str) -> str | None:
        folder, slash, start = value.rpartition("/")
        if not value or (value.startswith("~") and not slash) or "://" in value:
            return None
        if self._folder != folder + slash or not self._names:
            names: list[str] = []
            await in_thread(lambda: names.extend(self._list(folder + slash or ".")))
            self._folder, self._names = folder + slash, names
        for name in self._names:
            if name.startswith(start) and (start or not name.startswith(".")) and name != start:
                return folder + slash + name
        return None

    def _list(self, folder: str) -> list[str]:
        """The names in a folder, sorted, those of folders with a slash at the end. Runs in a thread."""
        try:
            with os.scandir(Path(folder).expanduser()) as entries:
                return sorted(entry.name + "/" * entry.is_dir() for entry in islice(entries, self.MOST))
        except OSError:
            return []


class CompletingInput(Input):
    """An input in which Tab takes the suggestion."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", "Complete", show=False)]

    def action_complete(self) -> None:
        self.action_end()
        self.action_cursor_right()


class Prompt(Dialog[str]):
    """Asks for one line of text."""

    INPUT: ClassVar[type[CompletingInput]] = CompletingInput

    def __init__(self, title: str, *, value: str = "", hint: str = "", suggester: Suggester | None = None) -> None:
        super().__init__()
        self._title, self._value, self._hint, self._suggester = title, value, hint, suggester

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Label(Content(displayable(self._title)), classes="title")
            yield self.INPUT(self._value, suggester=self._suggester, select_on_focus=False)
            yield Hint(self._hint or "Enter keeps it, Esc goes back")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value)


@dataclass(frozen=True)
class Field:
    """One line of a form: its name, its value, what is wrong with a value ("" if nothing), and what may be written."""

    name: str
    value: str
    check: Callable[[str], str] = lambda _: ""
    hint: str = ""


class Form(Dialog[tuple[str, ...]]):
    """Asks for several lines of text; Tab goes from one to the next, Enter keeps all."""

    def __init__(self, title: str, fields: Sequence[Field]) -> None:
        super().__init__()
        self._title, self._fields = title, fields

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Label(Content(displayable(self._title)), classes="title")
            for number, field in enumerate(self._fields):
                yield Label(Content(f"{field.name}: {field.hint}" if field.hint else field.name), classes="hint")
                yield Input(field.value, id=f"field-{number}", select_on_focus=False)
            yield Label("", classes="problem")
            yield Hint("Tab next line, Enter keeps all, Esc goes back")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        values = tuple(self.query_one(f"#field-{n}", Input).value.strip() for n in range(len(self._fields)))
        for number, (field, value) in enumerate(zip(self._fields, values, strict=True)):
            if problem := field.check(value):
                self.query_one(".problem", Label).update(Content(f"{field.name}: {problem}"))
                self.query_one(f"#field-{number}", Input).focus()
                return
        self.dismiss(values)


class Menu(OptionList):
    """A short list of options with an arrow at the highlighted one, that also moves with j and k."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("G", "last", show=False),
    ]

    def _get_left_gutter_width(self) -> int:
        return len(ARROW)

    def render_line(self, y: int) -> Strip:
        """A line of an option, after an arrow where it is the highlighted one."""
        line = super().render_line(y)
        style = next(iter(line)).style if line else None
        here = style is not None and self.highlighted is not None and style.meta.get("option") == self.highlighted
        return Strip([Segment(ARROW if here else " ", style), *line])


@dataclass(frozen=True)
class Choice(Generic[T_co]):
    """A line of a menu: the value it stands for, and a key that takes it at once ("" for none)."""

    value: T_co
    label: str
    key: str = ""


class Choose(Dialog[T]):
    """Asks for one of a few."""

    HINT: ClassVar[str] = "Enter or its key takes one, Esc goes back"

    def __init__(self, title: str, choices: Sequence[Choice[T]], *, current: T | None = None) -> None:
        super().__init__()
        self._title, self._choices, self._current = title, choices, current

    def compose(self) -> ComposeResult:
        width = max((len(choice.key) for choice in self._choices), default=0)
        with Vertical():
            yield Label(Content(displayable(self._title)), classes="title")
            yield from self.above()
            menu = Menu(
                *(
                    Option(
                        Content(
                            f"{'●' if choice.value == self._current else ' '} "
                            f"{choice.key:{width}} {displayable(choice.label)}"
                        )
                    )
                    for choice in self._choices
                )
            )
            current = [n for n, choice in enumerate(self._choices) if choice.value == self._current]
            menu.highlighted = current[0] if current else 0
            yield menu
            yield Hint(self.HINT)

    def above(self) -> ComposeResult:
        """What is to be read before choosing."""
        yield from ()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._choices[event.option_index].value)

    def key_pressed(self, key: str) -> bool:
        """Take the choice of ``key``, if there is one."""
        for choice in self._choices:
            if choice.key and choice.key == key:
                self.dismiss(choice.value)
                return True
        return False

    def on_key(self, event: events.Key) -> None:
        if event.character and event.is_printable and self.key_pressed(event.character):
            event.stop()
            event.prevent_default()


class Confirm(Dialog[bool]):
    """Asks for yes or no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "Yes", show=False),
        Binding("n,q", "answer(False)", "No", show=False),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Label(Content(displayable(self._question)), classes="title")
            yield Hint("y yes, n no")

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)


class Notice(Dialog[None]):
    """Shows lines to read; any of Enter, q and Esc closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q", "cancel", "Close", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
    ]

    def __init__(self, title: str, lines: Iterable[str]) -> None:
        super().__init__()
        self._title, self._lines = title, list(lines)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Label(Content(displayable(self._title)), classes="title")
            with VerticalScroll(can_focus=False):
                yield Static(Content("\n".join(displayable(line) for line in self._lines)))
            yield Hint("Enter closes")

    def action_scroll(self, lines: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
