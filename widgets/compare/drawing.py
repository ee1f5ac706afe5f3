"""The comparison drawn: heads, marks, list, strip and bar, each from the state as it is."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from db.texts import short
from reader.nouns import Part, Span
from widgets.citation import name_of
from widgets.compare.conflict_list import ConflictList
from widgets.compare.findings import Finding, Marked
from widgets.compare.pair import PairView
from widgets.compare.pane import STYLES, WEIGHT, Pane
from widgets.compare.rows import (
    SIDES,
    Side,
)
from widgets.compare.slider import Slider
from widgets.compare.verdict_bar import VerdictBar
from widgets.layout import displayable, in_order
from widgets.prose import Mark
from widgets.status import StatusBar

SESSION_BELOW = 120
"""Cells from which the status line has room for how far a session is; under that the title line says it."""
ROOMY = 140
"""Cells from which the status line of a session has room for more than the session."""
LOOKS: dict[Marked, tuple[str, str]] = {
    "number": ("prose--quantity", ""),
    "time": ("prose--time", ""),
    "name": ("prose--mention", ""),
    "speech": ("compare--speech", "“"),
}
"""The style and the gutter's glyph of the facts that are marked."""
COMPARING = "Comparing… both reports can be read meanwhile. Esc stops."
NOT_COMPARED = "Not compared. q leaves; opening the pair again compares it."
NOTHING_FOUND = (
    "No conflict is that sure. < shows less sure ones too; v selects words to pair by hand;\n"
    "]n ]d ]e walk numbers, times and names; ]o walks what only one side says."
)
NONE_LISTED = "No conflict is that sure; < shows less sure ones too"
NOT_HERE = "No conflict on this line. ]c goes to the next, ]u to the next undecided, d says why one is flagged."


class DrawnView(PairView):
    """Two reports, drawn."""

    def draw_heads(self) -> None:
        """Source, date and title over each pane."""
        if not self.ready:
            return
        heads: dict[Side, str] = {}
        for side in SIDES:
            article = self.articles[side]
            known = (article.source, article.published[:10], name_of(article))
            heads[side] = f"{side.upper()}  " + " · ".join(
                in_order(" ".join(displayable(part).split())) for part in known if part
            )
            if not self.stacked and self.pane_of(side).shift and side != self.point.side:
                heads[side] = "⇅ not level  " + heads[side]
        if self.stacked:
            heads["a"] += "\n" + heads["b"]
        for side in SIDES:
            head = self.query_one(f"#head-{side}", Static)
            if head.content != (told := Content(heads[side])):
                head.update(told, layout=False)

    def draw_findings(self) -> None:
        """Draw marks, list, bar and progress."""
        empty = NONE_LISTED if self.comparison is not None else ""
        self.query_one(ConflictList).show(self.shown, self.index_of_current(), empty)
        self.draw_marks()
        self.draw_overview()
        self.tell()

    def draw_overview(self) -> None:
        """Put a tick for every finding on the strip, where that is shown."""
        if self.ready and self.overview.has_class("-shown"):
            rows = [self.row_of_finding(finding) for finding in self.shown]
            self.overview.show(self.shown, rows, max(len(pane.layout_rows.rows) for pane in self.panes))
            self.overview.current = self.index_of_current()
            self.draw_window()

    def draw_window(self) -> None:
        """Show on the strip which rows are on the screen."""
        top = round(self.pane.scroll_y)
        self.overview.window = (top, top + self.pane.scrollable_content_region.height - 1)

    def draw_facts(self) -> None:
        """Draw agreed words quietly and mark the facts that the level asks for, under all else."""
        ground: dict[Pane, list[Mark]] = {pane: [] for pane in self.panes}
        for side in SIDES if self.quieted else ():
            pane = self.pane_of(side)
            start = pane.sheet.start(side, "body")
            ground[pane] += [Mark(start + begin, start + end, "compare--agreed") for begin, end in self.quiet[side]]
        parts: tuple[Part, ...] = ("title", "body")
        for side, facts in self.facts.items():
            pane = self.pane_of(side)
            for part in parts:
                start, read = pane.sheet.start(side, part), facts.part(part)
                spans: dict[Marked, Sequence[Span]] = {
                    "speech": read.quotes,
                    "name": read.mentions,
                    "time": read.times,
                    "number": read.quantities,
                }
                ground[pane] += [
                    Mark(start + span.start, start + span.end, *LOOKS[noun])
                    for noun, found in spans.items()
                    if noun in self.level.facts
                    for span in found
                ]
        for pane, marks in ground.items():
            pane.set_ground(marks)

    def draw_marks(self) -> None:
        """Mark headlines and findings, then what depends on the cursor."""
        if not self.ready:
            return
        marks: dict[Pane, list[Mark]] = {pane: [] for pane in self.panes}
        for side in SIDES:
            pane = self.pane_of(side)
            title = pane.sheet.start(side, "title")
            marks[pane].append(Mark(title, title + len(self.articles[side].title), "prose--heading"))
            placed = self._placed[side] = [
                (finding, self._marks_of(finding, side)) for finding in self.shown if not finding.orphaned(side)
            ]
            for _, of_finding in sorted(placed, key=lambda one: (one[0].counted, WEIGHT[one[0].state])):
                marks[pane] += of_finding
        for pane, of_pane in marks.items():
            pane.set_marks(of_pane)
        self.draw_stress()

    def _marks_of(self, finding: Finding, side: Side) -> list[Mark]:
        """The marks of all places of a finding on one side; kept until the texts are compared again."""
        style, glyph = STYLES[finding.state], finding.glyph
        known = (self.stacked, side, finding.key, style, glyph)
        if known not in self._known_marks:
            spans = (self.span_of(side, place) for place in finding.places(side))
            self._known_marks[known] = [Mark(*span, style, glyph) for span in spans]
        return self._known_marks[known]

    def draw_stress(self) -> None:
        """Mark the current finding, the stop of a walk, what is being selected or waits to be linked."""
        if not self.ready:
            return
        marks: dict[Pane, list[Mark]] = {pane: [] for pane in self.panes}
        current = self.current
        for side in SIDES:
            pane = self.pane_of(side)
            if self.selecting:
                if (selection := self.picked.get(side)) is not None:
                    marks[pane].append(Mark(*selection.span, "compare--selection", "│"))
            elif current is not None and not current.orphaned(side):
                marks[pane].append(Mark(*self.span_of(side, current.place(side)), "prose--cursor", current.glyph))
            elif current is None and self.stop is not None and side == self.point.side:
                start = pane.sheet.start(side, self.point.part)
                marks[pane].append(Mark(start + self.stop.start, start + self.stop.end, "prose--cursor"))
        if self.anchoring is not None:
            side, sentence = self.anchoring
            pane = self.pane_of(side)
            start = pane.sheet.start(side, "body")
            marks[pane].append(Mark(start + sentence.start, start + sentence.end, "compare--selection", "┃"))
        for pane, of_pane in marks.items():
            pane.set_stress(of_pane)

    def tell(self) -> None:
        """Say in the bar what is at the cursor, and in the status line how far the work is."""
        bar = self.query_one(VerdictBar)
        index = self.index_of_current()
        if self.selecting:
            bar.suggest(self.selection_hint())
        elif self.anchoring is not None:
            bar.suggest(self.anchor_hint())
        elif index is not None:
            bar.show(self.shown[index], f"{index + 1} of {len(self.shown)}", self.articles, self.library.reviewer)
        elif self.stop is not None:
            bar.suggest(self.told_at(self.stop))
        elif self.comparison is None:
            bar.suggest(COMPARING if "Comparing" in self.jobs else NOT_COMPARED)
        else:
            bar.suggest(NOT_HERE if self.shown else NOTHING_FOUND)
        decided, total = self.progress
        narrow = self.size.width < SESSION_BELOW
        session = ""
        if self.sitting is not None:
            session = short(self.sitting.session.name, 16 if narrow else 32)
            session += f" {self.sitting.told(short=True)}" if narrow else ""
            parts = [] if narrow else [self.sitting.told()]
        else:
            parts = [f"{decided} of {total} judged"] if total else []
        hidden = len(self.findings) - len(self.shown)
        if hidden and (self.sitting is None or self.size.width >= ROOMY):
            parts.append(f"{hidden} hidden (<)")
        slider = self.query_one(Slider)
        slider.least, slider.counts = self.least, (len(self.shown), hidden)
        if not self.locked:
            parts.append("scroll unlocked")
        self.query_one(StatusBar).place(" · ".join(parts))
        self.subtitle(" · ".join(part for part in (session, self._pair_name()) if part))
