"""The comparison as it goes on: what is compared, laid out, folded, and where the cursor is.

The cursor is a `Point` in one of the texts; everything drawn follows from it, from the findings and from the
comparison. What a person can do with it is in `moving`, `judging` and `screen`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache

from textual import on
from textual.content import Content
from textual.widgets import Static

from db import LibraryError
from db.records import Anchor
from reader.nouns import Correction, Place
from widgets.actions import Action
from widgets.compare.conflict_list import ConflictList
from widgets.compare.drawing import DrawnView
from widgets.compare.findings import LEVELS, Finding, join, order_in, progress_of, shown_from
from widgets.compare.folds import agreed, count, fold, merged, to_fold
from widgets.compare.moved import bring
from widgets.compare.overview import WIDTH as OVERVIEW_WIDTH
from widgets.compare.pane import Pane
from widgets.compare.quiet import Quiet, quiet_words
from widgets.compare.rows import (
    SIDES,
    Block,
    LinkMark,
    Point,
    Sheet,
    Side,
    idle,
    lay_out,
    other,
    side_by_side,
    stacked,
    telling_top,
)
from widgets.compare.sitting import Counted
from widgets.compare.walks import Stop
from widgets.frame import plural
from widgets.layout import Row, RowKind, displayable
from widgets.prose import ProseView
from widgets.understanding import Compared, comparison_of
from widgets.work import JobFailed, Report, one_line

STACKED_UNDER = 100
"""Cells under which A stands over B."""
LIST_BESIDE_FROM = 172
"""Cells from which the list stands beside the panes."""
LIST_WIDTH = 44
SAME_EVENT = 0.5
"""Below this it is likelier that two reports are of different events than of one."""


class ComparisonView(DrawnView):
    """Two reports, compared."""

    # What is compared

    async def run_action_of(self, action: Action, key: str = "") -> None:
        """Do an action; those on the texts need texts."""
        if not self.ready and action.id.startswith(("compare.", "move.", "find.")):
            self.say("There are no two reports to compare: q goes back", warning=True)
            return
        await super().run_action_of(action, key)

    def on_mount(self) -> None:
        for side in SIDES:
            self.watch(self.query_one(f"#pane-{side}"), "scroll_y", self.draw_window, init=False)
        self.open_pair()

    def open_pair(self) -> None:
        """Show both texts at once, then compare them."""
        try:
            self.stored = {side: self.library.articles.get(self.ids[side]) for side in SIDES}
        except LibraryError as error:
            self.stored = {}
            self.say(one_line(error), warning=True)
            return
        try:
            self.visit = self.library.visits.open(self.ids["a"], self.ids["b"])
        except LibraryError as error:  # the pair can be read all the same
            self.visit = None
            self.say(one_line(error), warning=True)
        self.facts, self.comparison = {}, None
        self.anchoring = self.brought = None
        self.blocks, self.closed, self.links = [], [], {"a": {}, "b": {}}
        self._sheets.clear()
        self._known_marks.clear()
        self._known_orders.clear()
        self.quiet = {"a": [], "b": []}
        self.point = self._place_left()
        self.compare()
        self.lay_out_texts()
        self.read_findings()

    def compare(self, said: str = "") -> None:
        """Have both read and compared in a thread, then say what was done."""
        a, b = self.stored["a"], self.stored["b"]
        self._obeyed = self._by_hand()

        def job(report: Report) -> tuple[Compared, Quiet]:
            loaded = comparison_of(self.library, a, b, report)
            return loaded, quiet_words(a.article.body, b.article.body, loaded.a, loaded.b, loaded.comparison)

        def compared(done: tuple[Compared, Quiet]) -> None:
            self.take_in(done)
            if said:
                self.say(said)

        self.start("Comparing", job, compared, key="compare")

    def take_in(self, done: tuple[Compared, Quiet]) -> None:
        """Show what a thread made: the comparison, and the words on which it agrees."""
        loaded, self.quiet = done
        self._compared(loaded)

    def _by_hand(self) -> tuple[list[Correction], list[Anchor]]:
        """The corrections and anchors of the pair as they are stored now."""
        try:
            corrections = [one for stored in self.stored.values() for one in self.library.readings.of(stored)]
            return corrections, self.library.comparisons.anchors(self.stored["a"], self.stored["b"])
        except LibraryError as error:
            self.say(one_line(error), warning=True)
            return self._obeyed

    def _compared(self, loaded: Compared) -> None:
        again = self.comparison is not None
        self.facts = {"a": loaded.a, "b": loaded.b}
        self.comparison = loaded.comparison
        bodies = (self.articles["a"].body, self.articles["b"].body)
        laid = lay_out(bodies, (loaded.a, loaded.b), loaded.comparison.links)
        self.pieces, self.level_links, self.blocks, self.links = laid
        self.closed, self.brought = [], None
        self.lay_out_texts()
        self._known_marks.clear()  # a conflict found again may have other places
        self._known_orders.clear()
        self.read_findings()
        if (wanted := self._wanted_finding()) is not None:
            self.go_to(wanted)
            return
        if self.wanted_at is not None:
            (side, place), self.wanted_at = self.wanted_at, None
            self.go_to_place(side, place)
            return
        if not again and self.point == Point("a", "body", 0) and (open_ones := [f for f in self.shown if f.undecided]):
            self.go_to(open_ones[0])
        else:
            self.move_to(self.point)
            self.follow_cursor(arrive=True)

    def _wanted_finding(self) -> Finding | None:
        """The finding of the verdict or conflict to stand on, once; where another's verdict is shown on it, by its conflict."""
        number, self.wanted = self.wanted, None
        conflict, self.wanted_conflict = self.wanted_conflict, None
        if conflict is not None:
            if (found := next((f for f in self.shown if f.key == conflict.fingerprint), None)) is None:
                self.say("Compared anew, and it is no longer found; gq goes back to what is open")
            return found
        if number is None:
            return None
        try:
            verdict = self.library.verdicts.get(number, swapped=self.ids["a"] > self.ids["b"])
        except LibraryError as error:
            self.say(one_line(error), warning=True)
            return None
        own = [f for f in self.shown if f.verdict is not None and f.verdict.id == number]
        alike = [f for f in self.shown if verdict.fingerprint and f.key == verdict.fingerprint]
        return next(iter(own + alike), None)

    @on(JobFailed)
    def _not_compared(self) -> None:
        self.call_after_refresh(self.tell)

    def stop_jobs(self) -> bool:
        stopped = super().stop_jobs()
        self.tell()
        return stopped

    def _warn(self) -> None:
        lines = []
        waiting = sum(finding.verdict is not None and finding.verdict.waiting for finding in self.findings)
        if waiting:
            lines.append(
                f"{plural(waiting, 'judgement')} {'waits' if waiting == 1 else 'wait'}: W shows what was changed"
            )
        if (comparison := self.comparison) is not None:
            if comparison.related < SAME_EVENT:
                lines.append(
                    f"These may be reports of different events ({comparison.related:.0%} sure that they are of one)"
                )
            lines += comparison.notes
        warning = self.query_one("#warning", Static)
        warning.update(Content("\n".join("! " + displayable(line).replace("\n", " ") for line in lines)))
        warning.set_class(bool(lines), "-shown")

    def library_changed(self) -> None:
        if self.ready and self._by_hand() != self._obeyed:
            self.compare()
        self.read_findings()

    # Place and progress, remembered

    def _place_left(self) -> Point:
        if self.visit is not None and self.visit.place is not None:
            article, offset = self.visit.place
            side: Side = "a" if article == self.ids["a"] else "b"
            return Point(side, "body", min(offset, len(self.articles[side].body)))
        return Point("a", "body", 0)

    def remember_place(self) -> None:
        """Store where the cursor is and how far the work is."""
        if self.visit is None:
            return
        offset = self.point.offset if self.point.part == "body" else 0
        now = self.active.seconds
        decided, total = self.certain_progress if self.comparison is not None else (None, None)
        try:
            self.library.visits.leave(
                self.visit.id,
                place=(self.ids[self.point.side], offset),
                decided=decided,
                total=total,
                seconds=now - self._worked,
            )
        except LibraryError as error:
            self.say(one_line(error), warning=True)
        self._worked = now

    def on_unmount(self) -> None:
        self.remember_place()

    # Findings

    def read_findings(self) -> None:
        """Join conflicts and verdicts again; keep the current one."""
        if not self.ready:
            return
        conflicts = self.comparison.conflicts if self.comparison is not None else ()
        try:
            verdicts = self.library.verdicts.of_pair(self.ids["a"], self.ids["b"])
        except LibraryError as error:
            self.say(one_line(error), warning=True)
            return
        self.findings = join(conflicts, verdicts, self.library.reviewer)
        self._warn()
        self.choose_shown()

    def choose_shown(self) -> None:
        """Choose what is shown at this level, in the order of the screen, and draw it."""
        self.shown = sorted(shown_from(self.findings, self.least), key=self._order)
        self._shown_at = {finding.key: index for index, finding in enumerate(self.shown)}
        self.progress = progress_of(self.shown)
        self.certain_progress = progress_of(shown_from(self.findings, LEVELS[0].confidence))
        if self.sitting is not None and self.comparison is not None:
            self.sitting.count(Counted(self.sitting.position, *self.certain_progress))
        if self.current is None:
            self.current_key = ""
        self.draw_findings()
        self.refold()

    def _order(self, finding: Finding) -> tuple[int, int, int]:
        """Where a finding comes first on the screen: block, offset in it, offset on the other side.

        Kept until the texts are compared again.
        """
        known = (finding.key, finding.orphaned("a"), finding.orphaned("b"))
        if known not in self._known_orders:
            self._known_orders[known] = order_in(self.blocks, finding)
        return self._known_orders[known]

    # Rows

    def lay_out_texts(self, top_of: Callable[[int], int] | None = None) -> None:
        """Choose one column or two for this width and lay both texts out.

        ``top_of`` tells the first row on the screen from the row of the cursor; without it that is centred.
        """
        if not self.ready or not self.size.width:
            return
        width = self.size.width
        self.stacked = self.stacked_by_hand or width < STACKED_UNDER
        self.set_class(self.stacked, "-stacked")
        beside = width >= LIST_BESIDE_FROM
        self.set_class(beside, "-beside")
        taken = (LIST_WIDTH if beside else 0) + (OVERVIEW_WIDTH if self.overview.has_class("-shown") else 0)
        half = (width - taken) // 2
        for side in SIDES:
            self.query_one(f"#column-{side}").styles.width = "1fr" if self.stacked else half
        pane_a, pane_b = self.query_one("#pane-a", Pane), self.query_one("#pane-b", Pane)
        articles, blocks = self.articles, fold(self.blocks, self.closed)
        if self.brought is not None:
            blocks = bring(blocks, self.brought)
        everything = blocks or [Block((0, len(articles["a"].body)), (0, len(articles["b"].body)))]
        if self.stacked:
            sheet = self._sheet("a", "b")
            pane_a.partner = None
            rows_at = lru_cache(2)(lambda width: stacked(sheet, everything, width))
            pane_a.show_rows(sheet, rows_at, self._marked(sheet), self._told(sheet))
        else:
            sheets = self._sheet("a"), self._sheet("b")
            rows = lru_cache(2)(lambda width: side_by_side(sheets, everything, width))
            for pane, sheet, at in ((pane_a, sheets[0], 0), (pane_b, sheets[1], 1)):
                pane.show_rows(sheet, _half(rows, at), self._marked(sheet), self._told(sheet))
            self.lock_scrolling(self.locked)
        self.draw_heads()
        self.draw_facts()
        self.draw_marks()
        if top_of is not None:
            self.pane.scroll_to(y=max(0, top_of(self.row_of(self.point))), animate=False, force=True)
        self.follow_cursor(center=top_of is None)

    def _sheet(self, *sides: Side) -> Sheet:
        """The sheet of some sides; one a pair, for it keeps its rows."""
        if sides not in self._sheets:
            self._sheets[sides] = Sheet.of(*((side, self.articles[side]) for side in sides))
        return self._sheets[sides]

    def _marked(self, sheet: Sheet) -> dict[int, LinkMark]:
        """The link marks of a sheet, by its offsets."""
        return {
            sheet.start(side, "body") + offset: mark
            for side in SIDES
            if sheet.has(side)
            for offset, mark in (self.links[side] | self._brought_marks(side)).items()
        }

    def _brought_marks(self, side: Side) -> dict[int, LinkMark]:
        """The marks of what was brought alongside, and of what it stands beside."""
        if self.brought is None:
            return {}
        begins = (self.brought.here if side == self.brought.side else self.brought.there)[0]
        return {begins: LinkMark(self.brought_number, "⇅")}

    @property
    def brought_number(self) -> int:
        """The number of the link that was brought alongside."""
        assert self.brought is not None
        marks = (
            self.links[self.brought.side][self.brought.here[0]],
            self.links[other(self.brought.side)][self.brought.there[0]],
        )
        return next((mark.number for mark in marks if mark.direction not in ("", "=")), marks[0].number)

    def on_resize(self) -> None:
        self.lay_out_texts()

    # Folds

    def _told(self, sheet: Sheet) -> dict[tuple[RowKind, int], str]:
        """What is told on the folds and notes of a sheet, by its offsets."""
        told: dict[tuple[RowKind, int], str] = {}
        if self.brought is not None and sheet.has(side := other(self.brought.side)):
            start = sheet.start(side, "body") + self.brought.there[0]
            told["note", start] = f"{self.brought_number} was brought alongside {self.brought.side.upper()}"
        for run in self.closed:
            for side in SIDES:
                if sheet.has(side):
                    start, end = merged(self.blocks, run).side(side)
                    sentences = count(self.facts[side].body.sentences, start, end)
                    told["fold", sheet.start(side, "body") + start] = f"{plural(sentences, 'sentence')} agreed"
        return told

    def agreed_blocks(self) -> list[int]:
        """The blocks that may be folded: those without a conflict that is shown, and without a match."""
        if self.comparison is None:
            return []
        held = [
            (side, place.start, place.end)
            for finding in self.shown
            for side in SIDES
            if not finding.orphaned(side)
            for place in finding.places(side)
            if place.part == "body"
        ]
        if self.brought is not None:
            held.append((self.brought.side, *self.brought.here))
            held.append((other(self.brought.side), *self.brought.there))
        for pane in self.panes:
            for start, end in pane.matches:
                point = pane.sheet.point(start)
                if point.part == "body":
                    held.append((point.side, point.offset, point.offset + end - start))
        return agreed(self.blocks, self.pieces, held)

    def refold(self) -> None:
        """Close what is folded and may be; lay the texts out again where that changes anything."""
        closed = to_fold(self.blocks, self.agreed_blocks(), self.folded) if self.folded else []
        if closed != self.closed:
            self.closed = closed
            self.lay_out_in_place()

    def lay_out_in_place(self) -> None:
        """Lay the texts out again, the cursor on the same line of the screen."""
        line = self.row_of(self.point) - round(self.pane.scroll_y)
        self.lay_out_texts(top_of=lambda row: row - line)

    def fold_at(self, point: Point) -> range | None:
        """The fold that a point is in."""
        if point.part == "title":
            return None
        for run in self.closed:
            start, end = merged(self.blocks, run).side(point.side)
            if start <= point.offset < end:
                return run
        return None

    def fold_over(self, side: Side, offset: int) -> range | None:
        """The fold that hides an offset of a body; where it begins, a cursor stands on it."""
        run = self.fold_at(Point(side, "body", offset))
        return run if run is not None and self.blocks[run.start].side(side)[0] < offset else None

    def open_fold(self, point: Point) -> None:
        """Open the fold that a point is in, if any."""
        if (run := self.fold_at(point)) is not None:
            self.folded.difference_update(self.blocks[index].a[0] for index in run)
            self.refold()

    @on(ProseView.LaidOut)
    def _laid_out(self) -> None:
        self.follow_cursor()
        self.draw_overview()

    def lock_scrolling(self, locked: bool) -> None:
        """Let both panes scroll together, or each alone."""
        self.locked = locked
        pane_a, pane_b = self.query_one("#pane-a", Pane), self.query_one("#pane-b", Pane)
        together = locked and not self.stacked
        pane_a.partner, pane_b.partner = (pane_b, pane_a) if together else (None, None)

    # Cursor

    def go_to(self, finding: Finding, side: Side | None = None) -> None:
        """Put the cursor on a finding, on ``side`` or on the side where the cursor is."""
        side = side or self.point.side
        if finding.orphaned(side) and not finding.orphaned(other(side)):
            side = other(side)
        self.current_key = finding.key
        self.stop = None
        if not finding.orphaned(side):
            place = finding.place(side)
            self.point = Point(side, place.part, place.start)
        self.draw_cursor(arrive=True)

    def go_to_place(self, side: Side, place: Place) -> None:
        """Put the cursor on words of one side; the surest finding on them becomes the current one."""
        on_it = [f for f in self.shown if not f.orphaned(side) and any(_meet(place, one) for one in f.places(side))]
        if on_it:
            self.go_to(max(on_it, key=lambda f: (f.place(side).start == place.start, f.confidence or 0.0)), side)
        elif place.part == "title":
            self.move_to(Point(side, "title", place.start))
        else:
            self.move_to(Point(side, "body", place.start), Stop(place.start, place.end))

    def move_to(self, point: Point, stop: Stop | None = None) -> None:
        """Put the cursor on a point; the finding on its row, if there is one, becomes the current one.

        A fold opens where the cursor goes into it, or goes to words in it.
        """
        if stop is not None or self.fold_over(point.side, point.offset) is not None:
            self.open_fold(point)
        self.point = point
        self.stop = stop
        found = self.finding_at(point, stop)
        self.current_key = found.key if found is not None else ""
        self.draw_cursor()

    def finding_at(self, point: Point, stop: Stop | None = None) -> Finding | None:
        """The finding on the row of a point (in the span of a stop): the current one sooner than another."""
        pane = self.pane_of(point.side)
        if not pane.layout_rows.rows:
            return None
        first, last = pane.layout_rows.extent(self.row_of(point))
        if stop is not None:
            start = pane.sheet.start(point.side, point.part)
            first, last = max(first, start + stop.start), min(last, start + stop.end)
        found = [
            finding
            for finding, marks in self._placed[point.side]
            if any(mark.start < last and first < max(mark.end, mark.start + 1) for mark in marks)
        ]
        return next((finding for finding in found if finding.key == self.current_key), found[0] if found else None)

    def draw_cursor(self, *, center: bool = False, arrive: bool = False) -> None:
        """Draw what depends on the cursor: arrow, stress, list, bar."""
        self.draw_stress()
        self.follow_cursor(center=center, arrive=arrive)
        self.query_one(ConflictList).mark(self.index_of_current())
        self.overview.current = self.index_of_current()
        self.tell()

    def link_here(self) -> int:
        """The number of the link of the sentence at the cursor, 0 for none."""
        side, part, offset = self.point
        if part != "body" or side not in self.facts:
            return 0
        sentences = self.facts[side].body.sentences
        at = bisect_right(sentences, offset, key=lambda sentence: sentence.start) - 1
        mark = self.links[side].get(sentences[at].start) if at >= 0 else None
        return mark.number if mark is not None else 0

    def follow_cursor(self, *, center: bool = False, arrive: bool = False) -> None:
        """Scroll to the cursor, with the other half of the current finding beside it.

        Where it arrives at a finding the pane shows words rather than hatching.
        """
        if not self.ready:
            return
        pane = self.pane
        row = self.row_of(self.point)
        link = self.link_here()
        for one in self.panes:
            one.arrow = row if one is pane else -1
            one.link_here = link
            one.shift = 0
        pane.reveal(self.offset_of(self.point), center=center)
        rows, top, height = pane.layout_rows.rows, round(pane.scroll_y), pane.scrollable_content_region.height
        if (
            (center or arrive)
            and not self.stacked
            and self.current is not None
            and idle(rows, top, height) > height / 3
        ):
            pane.scroll_to(y=telling_top(rows, row, height, top), animate=False, force=True)
        self._bring_alongside(pane, row)
        if pane is not self.focused and not self.typing:
            pane.focus(scroll_visible=False)

    def _bring_alongside(self, pane: Pane, row: int) -> None:
        """Where the other half of the current finding is off the screen, or amid hatching, scroll the other pane to it.

        It stands level there, unless that showed little but hatching.
        """
        if self.stacked or not self.locked:
            return
        side = other(self.point.side)
        partner = self.pane_of(side)
        top = round(pane.scroll_y)
        shift = 0
        if self.current is not None and not self.current.orphaned(side):
            there = partner.layout_rows.row_of(self.span_of(side, self.current.place(side))[0])
            rows, height = partner.layout_rows.rows, partner.scrollable_content_region.height
            seen = top <= there < top + height
            if not seen or idle(rows, top, height) > height / 3:
                best = telling_top(rows, there, height, there - row + top)
                if not seen or idle(rows, best, height) <= idle(rows, top, height) - height / 4:
                    shift = best - top
        pane.shift, partner.shift = shift, -shift
        partner.follow(top + shift)
        self.draw_heads()


def _half(rows: Callable[[int], tuple[Sequence[Row], Sequence[Row]]], at: int) -> Callable[[int], Sequence[Row]]:
    return lambda width: rows(width)[at]


def _meet(place: Place, other: Place) -> bool:
    return place.part == other.part and place.overlaps(other)
