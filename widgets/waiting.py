"""Verdicts whose sentence was changed: old and new in front of a person, who says whether they are the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from db import Candidate, LibraryError
from reader.difference import differences
from reader.lookalikes import Telling, telling
from reader.nouns import Span
from widgets.dialogs import Choice, Choose
from widgets.frame import LibraryView, plural
from widgets.layout import displayable
from widgets.work import one_line

Answer = Literal["accept", "refuse", "leave"]
_CHOICES = (
    Choice[Answer]("accept", "The same words: the judgement stands there from here on", "y"),
    Choice[Answer]("refuse", "Other words: the judgement stays an orphan, kept and listed", "n"),
    Choice[Answer]("leave", "Decide later", "l"),
)


class SameWords(Choose[Answer]):
    """Asks whether a changed sentence has the words that were judged.

    Yes by default only where these are the same to the letter, and no number, name or denial beside them is another.
    """

    DEFAULT_CSS = """
    SameWords > Vertical { width: 100; }
    SameWords Static { width: 100%; margin: 0 0 1 0; }
    """
    HINT = "Enter or its key takes one, Esc leaves the rest for later"

    def __init__(self, candidate: Candidate, position: str) -> None:
        self._candidate = candidate
        self._telling = telling(candidate.old, candidate.new)
        same = candidate.old_words.of(candidate.old) == candidate.new_words.of(candidate.new)
        super().__init__(
            f"Are these still the words that were judged?{position}",
            _CHOICES,
            current="accept" if same and not self._telling else "leave",
        )

    def above(self) -> ComposeResult:
        one = self._candidate
        changes = differences(one.old, one.new)
        where = "headline" if one.part == "title" else "sentence"
        yield Label(Content(f"This {where} of “{displayable(one.title)}” was changed."), classes="hint")
        with VerticalScroll(can_focus=False):
            yield Static(_sentence("Was:", one.old, one.old_words, [change.old for change in changes]))
            yield Static(_sentence("Now:", one.new, one.new_words, [change.new for change in changes]))
        for difference in self._telling:
            yield Label(Content(f"! {_said(difference)}"), classes="problem")


def _sentence(head: str, text: str, words: Span, changed: Sequence[tuple[int, int]]) -> Content:
    """A sentence with the words judged bold and what differs underlined, and the words again, for where styles do not show."""
    content = Content(displayable(text))
    for start, end in changed:
        content = content.stylize("underline", start, end)
    content = content.stylize("bold", words.start, words.end)
    quoted = " ".join(displayable(words.of(text)).split())
    return Content.assemble((f"{head} ", "dim"), content, (f"\n     “{quoted}”", "bold"))


def _said(one: Telling) -> str:
    what = {"number": "Another number", "name": "Another name", "denial": "A denial"}[one.what]
    if one.old and one.new:
        return f"{what}: {displayable(one.old)} → {displayable(one.new)}"
    return f"{what}: {displayable(one.new)} is new" if one.new else f"{what}: {displayable(one.old)} is gone"


def ask_about(screen: LibraryView[None], candidates: Sequence[Candidate], then: Callable[[], None]) -> None:
    """Ask about candidates one after the other until Esc, store each answer at once; ``then`` shows what changed."""
    if not candidates:
        screen.say("No judgement waits for its words")
        return
    stored = screen.library.candidates

    def ask(number: int) -> None:
        candidate = candidates[number]
        position = f" {number + 1} of {len(candidates)}" if len(candidates) > 1 else ""

        def answered(answer: Answer | None) -> None:
            if answer is None:
                return
            if answer != "leave":
                try:
                    (stored.accept if answer == "accept" else stored.refuse)(candidate)
                except LibraryError as error:
                    screen.say(one_line(error), warning=True)
                    return
                then()
                left = plural(len(candidates) - number - 1, "more waits", "more wait")
                left = left if number + 1 < len(candidates) else "none is left"
                said = "it stands in the changed sentence" if answer == "accept" else "it stays an orphan"
                screen.say(f"Stored: {said} · {left} · u undoes it")
            if number + 1 < len(candidates):
                ask(number + 1)

        screen.app.push_screen(SameWords(candidate, position), answered)

    ask(0)
