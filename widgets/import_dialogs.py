"""What asks what to import: a path or an address, or the text of a report itself, which is shown as it was read first."""

from __future__ import annotations

import re
from typing import ClassVar

from textual import events, on
from textual.message import Message

from reader.nouns import Article
from widgets.dialogs import CompletingInput, Field, Form, PathSuggester, Prompt

PROSE = 12
"""Words from which on one line is the text of a report, not a path."""
DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?")


def is_text(given: str) -> bool:
    """Whether what was typed or pasted is the text of a report, not a path or an address."""
    return "\n" in given.strip() or len(given.split()) >= PROSE


def check_date(text: str) -> str:
    """What is wrong with a date, "" if nothing."""
    return "" if not text or DATE.fullmatch(text) else "write it as 2017, 2017-10, 2017-10-14 or 2017-10-14T22:26"


class PastingInput(CompletingInput):
    """An input that hands on what is pasted into it where that has several lines, of which it would keep the first."""

    class Pasted(Message):
        """Several lines were pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def _on_paste(self, event: events.Paste) -> None:
        if is_text(event.text):
            event.prevent_default()
            event.stop()
            self.post_message(self.Pasted(event.text))


class ImportPrompt(Prompt):
    """Asks for a path, an address or the text of a report; answers with it."""

    HINT: ClassVar[str] = (
        "A file, folder or web address: text, HTML, PDF, EPUB, mail, WARC, JSON Lines. Or paste a report. "
        "Tab completes, Enter imports, Esc goes back"
    )
    INPUT = PastingInput

    def __init__(self, value: str = "") -> None:
        super().__init__("Import", value=value, hint=self.HINT, suggester=PathSuggester())

    @on(PastingInput.Pasted)
    def _pasted(self, message: PastingInput.Pasted) -> None:
        message.stop()
        self.dismiss(message.text)


def preview(article: Article) -> Form:
    """A form of what is known of a report that is about to be added; answers title, source, date and address."""
    words, begins = len(article.body.split()), " ".join(article.body.split()[:14])
    return Form(
        f"Add this report? {words:,} words: {begins} …",
        [
            Field("Title", article.title),
            Field("Source", article.source),
            Field("Date", article.published, check_date),
            Field("Address", article.url),
        ],
    )
