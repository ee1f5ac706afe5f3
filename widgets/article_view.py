"""The page of one report as it is drawn, and the line below it that says how its facts are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Static

from reader.nouns import CALLED, Correction, Facts
from widgets.frame import plural
from widgets.layout import Row
from widgets.page import CORRECTED, DISMISSED, WAITING, Page
from widgets.prose import Mark, ProseView
from widgets.row_list import fit
from widgets.typesetting import Block, Kind, Setting, blocks, set_rows

BESIDE = 2
"""Cells between the text and who speaks."""
LEAST_BESIDE = 14
"""Cells that a name beside the text needs; where there are fewer, the line below says who speaks."""
_LOOKS: dict[Kind, str] = {
    "title": "prose--title",
    "known": "prose--known",
    "heading": "prose--heading",
    "byline": "prose--known",
}
BAR = "│"
"""The gutter of a quotation."""


class ArticleView(ProseView):
    """The page. Kinds of fact differ by style as well as by colour; paragraphs are set apart by what they are."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"prose--known", "prose--dismissed", "prose--speaker", "prose--title"}
    DEFAULT_CSS = """
    ArticleView {
        & > .prose--quantity { color: $text-accent; text-style: bold underline; }
        & > .prose--time { color: $text-primary; text-style: italic underline; }
        & > .prose--mention { text-style: underline; }
        & > .prose--known { color: $text-muted; }
        & > .prose--speaker { color: $text-muted; text-style: italic; }
        & > .prose--title { text-style: bold; color: $primary; }
        & > .prose--dismissed { color: $text-muted; text-style: strike; }
    }
    """

    def __init__(self) -> None:
        super().__init__(measure=Setting().measure, align="center")
        self.setting = Setting()
        self.blocks: list[Block] = []
        self._speakers: dict[int, str] = {}
        self._speaker_by_row: dict[int, str] = {}
        self._quoted: list[tuple[int, int]] = []

    # What is shown

    def show_page(self, page: Page) -> None:
        """Show a page from its start, without facts."""
        self.blocks = blocks(page.text, page.body)
        self._quoted = [(block.start, block.end) for block in self.blocks if block.kind == "quotation"]
        self._speakers = {}
        self.show(page.text, self.looks)

    @property
    def looks(self) -> list[Mark]:
        """The marks of paragraphs that look other than prose."""
        return [Mark(block.start, block.end, _LOOKS[block.kind]) for block in self.blocks if block.kind in _LOOKS]

    def speak(self, speakers: Sequence[tuple[int, str]]) -> None:
        """Say who speaks, by the offsets where quotations begin."""
        self._speakers = dict(speakers)
        self._index_speakers()
        self._strips.clear()
        self.refresh()

    def set_page(self, setting: Setting) -> None:
        """Set the page otherwise; what is at its top stays there."""
        top = self.top
        self.setting, self.measure = setting, setting.measure
        self.lay_out()
        self.scroll_to_offset(top)

    # Rows

    def make_rows(self, width: int) -> Sequence[Row]:
        return set_rows(self._shown, self.blocks, width, self.setting)

    def lay_out(self) -> None:
        super().lay_out()
        self._index_speakers()

    def _index_speakers(self) -> None:
        """Which rows a speaker stands beside: one is told again only where another spoke between."""
        self._speaker_by_row = {}
        last = ""
        for offset, speaker in sorted(self._speakers.items()):
            row = self.layout_rows.row_of(offset)
            if speaker != last or row - max(self._speaker_by_row, default=-99) > self.size.height // 2:
                self._speaker_by_row.setdefault(row, speaker)
            last = speaker

    @property
    def paragraph_rows(self) -> list[int]:
        """The rows with which paragraphs begin."""
        return [self.layout_rows.row_of(block.start) for block in self.blocks]

    @property
    def speaker(self) -> str:
        """Who speaks first on the screen, where that is not told beside the text; "" for nobody."""
        if self._room >= LEAST_BESIDE:
            return ""
        first = round(self.scroll_y)
        shown = range(first, first + self.scrollable_content_region.height)
        return next(
            (who for offset, who in sorted(self._speakers.items()) if self.layout_rows.row_of(offset) in shown), ""
        )

    # Painting

    @property
    def _right(self) -> int:
        """The first cell right of the text."""
        return self.left_margin + self.GUTTER + min(self.measure, self._laid_out_width - self.GUTTER)

    @property
    def _room(self) -> int:
        """Cells for who speaks."""
        return self.scrollable_content_region.width - self._right - BESIDE

    def gutter_of(self, index: int) -> list[Segment]:
        segments = super().gutter_of(index)
        row = self.layout_rows.rows[index]
        if segments[1].text == " " and row.kind == "text" and self._in_quotation(row.start):
            segments[1] = Segment(BAR, self.style_of("prose--gutter"))
        return segments

    def _in_quotation(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self._quoted)

    def _paint(self, index: int) -> Strip:
        strip = super()._paint(index)
        speaker = self._speaker_by_row.get(index)
        if speaker is None or self._room < LEAST_BESIDE:
            return strip
        at = self._right + BESIDE
        beside = Segment(fit(f"— {speaker}", self._room), self.rich_style + self.style_of("prose--speaker"))
        return Strip([*strip.crop(0, at), beside])


class Legend(Static):
    """How the kinds of fact are drawn, how many there are, and who speaks."""

    DEFAULT_CSS = """
    Legend { height: 1; padding: 0 1; color: $text-muted; text-align: center; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._counts = Content("")
        self._speaker = ""

    def show(self, facts: Facts | None, corrections: Sequence[Correction] = (), waiting: int = 0) -> None:
        """Count the facts and what a person said of them; ``waiting`` are corrections whose words are not there."""
        if facts is None:
            self._counts = Content("")
            self.speak("")
            return
        numbers, times, names = (
            sum(len(getattr(part, kind)) for part in (facts.title, facts.body))
            for kind in ("quantities", "times", "mentions")
        )
        dismissed = sum(correction.fact is None for correction in corrections)
        stated = len(corrections) - dismissed
        self._counts = Content.assemble(
            (plural(numbers, CALLED["quantity"]), "bold underline"),
            " ]q   ",
            (plural(times, CALLED["time"]), "italic underline"),
            " ]d   ",
            (plural(names, CALLED["name"]), "underline"),
            " ]e",
            f"   {CORRECTED} {stated} corrected" if stated else "",
            f"   {DISMISSED} {dismissed} dismissed" if dismissed else "",
            f"   {WAITING} {plural(waiting, 'correction waits', 'corrections wait')}" if waiting else "",
        )
        self.speak(self._speaker)

    def speak(self, speaker: str) -> None:
        """Say who speaks first on the screen."""
        self._speaker = speaker
        self.update(Content.assemble(self._counts, f"   “ {speaker}" if speaker else ""))
