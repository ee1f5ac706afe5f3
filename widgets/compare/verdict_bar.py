"""The finding at the cursor: what is claimed, why, both quotes in their surroundings, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from reader.nouns import Article, Place
from widgets.compare.findings import GRAVE, Finding
from widgets.compare.rows import SIDES, Side
from widgets.layout import cells, displayable

FIRST_WORDS = 2
"""The line of the words of A; those of B follow."""
_AROUND = 200
"""Code points looked at on either side of a quote."""


class VerdictBar(Widget):
    """Four lines: claim and state, reason, words of A, words of B. Without a finding, a hint."""

    DEFAULT_CSS = """
    VerdictBar { height: 4; background: $panel; padding: 0 1; }
    """

    class Chosen(Message):
        """The words of one side were clicked."""

        def __init__(self, finding: Finding, side: Side) -> None:
            super().__init__()
            self.finding, self.side = finding, side

    def __init__(self) -> None:
        super().__init__()
        self._articles: Mapping[Side, Article] = {}
        self._finding: Finding | None = None
        self._position = ""
        self._hint = ""
        self._by = ""

    @property
    def finding(self) -> Finding | None:
        """What is shown."""
        return self._finding

    @property
    def hint(self) -> str:
        """The hint, "" where a finding is shown."""
        return self._hint

    def show(self, finding: Finding, position: str, articles: Mapping[Side, Article], reviewer: str = "") -> None:
        """Show a finding, where it stands among all ("3 of 12"), and its words in these articles.

        Who judged it is said where it was not ``reviewer``.
        """
        verdict = finding.verdict
        by = verdict.by if verdict is not None and verdict.by != reviewer else ""
        shown = (self._finding, self._position, self._by, self._articles)
        if shown != (finding, position, by, articles):
            self._finding, self._position, self._by, self._articles = finding, position, by, articles
            self.refresh()
        self._hint = ""

    def suggest(self, hint: str) -> None:
        """Show a hint in place of a finding."""
        if (self._finding, self._hint) != (None, hint):
            self._finding, self._hint = None, hint
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Go to the words of the side that was clicked."""
        if self._finding is not None and event.y >= FIRST_WORDS:
            self.post_message(self.Chosen(self._finding, SIDES[event.y - FIRST_WORDS]))

    def render(self) -> Content:
        width = max(1, self.content_size.width)
        finding = self._finding
        if finding is None:
            return Content(self._hint)
        lines = [_claim(finding, self._position, self._by), _reason(finding)]
        lines += [_words(finding, side, self._articles[side], width) for side in SIDES]
        return Content("\n").join(line.truncate(width, ellipsis=True) for line in lines)


def _claim(finding: Finding, position: str, by: str) -> Content:
    sure = "by hand" if finding.confidence is None else f"{finding.confidence:.0%} sure"
    parts = [f"by {by}" if by else "", position, finding.kind, " ".join(GRAVE[finding.severity]), sure]
    if finding.verdict is not None:
        parts.append("⚑ flagged" if finding.verdict.flagged else "")
        parts.append(finding.verdict.outcome)
        parts.append(" ".join(f"#{tag}" for tag in finding.verdict.tags))
        parts.append(f"✎ {finding.verdict.note}" if finding.verdict.note else "")
    rest = "".join(f" · {_line(part)}" for part in parts if part)
    return Content.assemble((f"{finding.glyph} {finding.state}", "bold"), rest)


def _reason(finding: Finding) -> Content:
    benign = finding.conflict.benign if finding.conflict is not None else ""
    return Content.assemble(_line(finding.reason), (f"   perhaps: {_line(benign)}" if benign else "", "italic"))


def _words(finding: Finding, side: Side, article: Article, width: int) -> Content:
    """The words of one side, bold, with as much of their surroundings as fits."""
    place: Place = finding.place(side)
    head = f"{side.upper()}  " + ("headline: " if place.part == "title" else "")
    if finding.orphaned(side):
        why = "its sentence was changed (W shows it)" if finding.waiting(side) else "no longer in this report"
        return Content.assemble((f"{head}{why}: ", "italic"), (_line(place.text), "bold"))
    text = article.part(place.part)
    words = _line(place.of(text))
    before = displayable(text[max(0, place.start - _AROUND) : place.start].rpartition("\n")[2]).lstrip()
    after = displayable(text[place.end : place.end + _AROUND].partition("\n")[0])
    room = max(0, width - cells(head) - cells(words) - 2)
    whole = before
    while before and cells(before) > max(room // 2, room - cells(after)):
        before = before.partition(" ")[2]
    cut = "" if before == whole else "… "
    return Content.assemble(head, cut, before, (words, "bold"), after)


def _line(text: str) -> str:
    return " ".join(displayable(text).split())
