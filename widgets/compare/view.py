"""The comparison as it is seen: two texts, their rows and marks, the cursor, the list and the bar.

The cursor is a `Point` in one of the texts; everything drawn follows from it, from the findings and from the
comparison. What a person can do with it is in `moving`, `judging` and `screen`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from db import Library, LibraryError, Stored, Visit
from db.records import Anchor
from db.texts import short
from reader.nouns import Article, Comparison, Correction, Facts, Link, Part, Place, Sentence, Span
from widgets.actions import Action
from widgets.citation import name_of
from widgets.compare.conflict_list import ConflictList
from widgets.compare.findings import LEVELS, Finding, Marked, join, progress_of, shown_from
from widgets.compare.folds import agreed, block_at, count, fold, merged, to_fold
from widgets.compare.moved import Brought, bring
from widgets.compare.overview import WIDTH as OVERVIEW_WIDTH
from widgets.compare.overview import Overview
from widgets.compare.pane import STYLES, WEIGHT, Pane
from widgets.compare.quiet import Quiet, quiet_words
from widgets.compare.rows import (
    SIDES,
    Block,
    LinkMark,
    Point,
    Sheet,
    Side,
    blocks_of,
    idle,
    in_runs,
    level_links,
    link_marks,
    other,
    side_by_side,
    stacked,
    telling_top,
)
from widgets.compare.selecting import WordSelection
from widgets.compare.sitting import Counted, Sitting
from widgets.compare.slider import Slider
from widgets.compare.verdict_bar import VerdictBar
from widgets.compare.walks import Stop
from widgets.frame import LibraryView, plural
from widgets.layout import Row, RowKind, displayable, in_order
from widgets.pace import ActiveTime
from widgets.prose import Mark, ProseView
from widgets.readings import reading
from widgets.search_bar import SearchBar
from widgets.status import StatusBar
from widgets.understanding import Compared, comparison_of
from widgets.work import JobFailed, Report, one_line

STACKED_UNDER = 100
"""Cells under which A stands over B."""
LIST_BESIDE_FROM = 172
"""Cells from which the list stands beside the panes."""
LIST_WIDTH = 44
SESSION_BELOW = 120
"""Cells from which the status line has room for how far a session is; under that the title line says it."""
ROOMY = 140
"""Cells from which the status line of a session has room for more than the session."""
SAME_EVENT = 0.5
"""Below this it is likelier that two reports are of different events than of one."""

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


class ComparisonView(LibraryView[None]):
    """Two reports, drawn."""

    SCREEN_NAME = "compare"
    SIGNS: ClassVar[Mapping[str, str]] = {
        "≠": "A conflict that nobody judged",
        "✓ ~ ✗ ?": "Judged a contradiction, a tension, compatible, unsure",
        "≈": "Loaded against plain words: shown, never counted",
        "3  3": "The same number: linked sentences, level with each other",
        "3↑ 3↓ 3↕": "The other half of the link stands further up, further down, in the same stretch",
        "⇅": "Not level here: the other pane went to the other half of the conflict; or brought alongside",
        "╱╱╱": "Only the other side tells this",
        "+": "Folded: so many sentences agreed",
        "●●○": "How grave: slight, notable, grave",
    }
    TITLE = "Compare"
    AUTO_FOCUS = "#pane-a"
    DEFAULT_CSS = """
    ComparisonView StatusBar { dock: none; }
    ComparisonView #body { height: 1fr; layout: vertical; }
    ComparisonView #columns { height: 1fr; }
    ComparisonView .column { width: 1fr; height: 100%; }
    ComparisonView .head { height: 1; padding: 0 1 0 7; background: $panel; text-style: bold;
        text-wrap: nowrap; text-overflow: ellipsis; }
    ComparisonView #column-b { border-left: vkey $panel; }
    ComparisonView #pane-a { scrollbar-size-vertical: 0; padding-right: 3; }
    ComparisonView #pane-b { padding-right: 1; }
    ComparisonView.-stacked #column-b { display: none; }
    ComparisonView.-stacked #pane-a { scrollbar-size-vertical: 1; padding-right: 0; }
    ComparisonView.-stacked .head { height: 2; }
    ComparisonView Pane { height: 1fr; }
    ComparisonView #list { height: 20%; min-height: 3; max-height: 9; }
    ComparisonView ConflictList { height: 1fr; }
    ComparisonView.-short #list { display: none; }
    ComparisonView.-beside #body { layout: horizontal; }
    ComparisonView.-beside #columns { width: 1fr; height: 100%; }
    ComparisonView.-beside #list { display: block; width: 44; height: 100%; max-height: 100%;
        border-left: vkey $panel; }
    ComparisonView #warning { display: none; height: auto; max-height: 2; padding: 0 1; color: $warning; }
    ComparisonView #warning.-shown { display: block; }
    """

    def __init__(
        self,
        library: Library,
        a_id: int,
        b_id: int,
        verdict: int | None = None,
        *,
        sitting: Sitting | None = None,
        active: ActiveTime | None = None,
    ) -> None:
        """``verdict`` is the id of a verdict to stand on; without it the pair opens where it was left.

        In a ``sitting`` the pair is the one at hand there. ``active`` is the time of work.
        """
        super().__init__(library)
        self.sitting = sitting
        self.active = active or ActiveTime()
        self.ids: dict[Side, int] = {"a": a_id, "b": b_id}
        self.wanted = verdict
        self.stored: dict[Side, Stored] = {}
        self.facts: dict[Side, Facts] = {}
        self.comparison: Comparison | None = None
        self.pieces: list[Link] = []
        """The links, those that are scattered in pieces."""
        self.level_links: list[int] = []
        """The indexes of the pieces that stand level."""
        self.quiet: Quiet = {"a": [], "b": []}
        """The words on which linked sentences agree."""
        self.quieted = True
        """Whether those are drawn quietly."""
        self.blocks: list[Block] = []
        self.folded: set[int] = set()
        """Where the blocks that a person folded begin in A."""
        self.closed: list[range] = []
        """The runs of blocks that are folds now: of those folded, the ones that hide nothing."""
        self.links: dict[Side, dict[int, LinkMark]] = {"a": {}, "b": {}}
        self.findings: list[Finding] = []
        self.shown: list[Finding] = []
        self._shown_at: dict[str, int] = {}
        """Where in them a finding is, by its key."""
        self._placed: dict[Side, list[tuple[Finding, list[Mark]]]] = {"a": [], "b": []}
        """Those shown, each with the marks of its places."""
        self._known_marks: dict[tuple[Side, str, str, str], list[Mark]] = {}
        self.level = LEVELS[0]
        self.least = self.level.confidence
        """The least confidence of what is shown."""
        self.current_key = ""
        self.point = Point("a", "body", 0)
        self.sought_from = self.point
        """Where the cursor was when the search began: what is typed finds the first match from there on."""
        self.stop: Stop | None = None
        self.stacked = False
        self.stacked_by_hand = False
        self.locked = True
        self.selecting = False
        self.picked: dict[Side, WordSelection] = {}
        self.visit: Visit | None = None
        self.brought: Brought | None = None
        """What was brought alongside from elsewhere on the other side."""
        self.anchoring: tuple[Side, Sentence] | None = None
        """The sentence that waits for the one to be linked with it."""
        self._obeyed: tuple[list[Correction], list[Anchor]] = ([], [])
        """The corrections and anchors that the comparison obeys."""
        self._worked = self.active.seconds
        """The time of work up to which it is stored."""

    def body(self) -> ComposeResult:
        yield SearchBar("Search both texts; Enter keeps it, Esc clears it")
        with Container(id="body"):
            with Horizontal(id="columns"):
                for side in SIDES:
                    with Vertical(id=f"column-{side}", classes="column"):
                        yield Static(id=f"head-{side}", classes="head")
                        yield Pane(id=f"pane-{side}")
                yield Overview()
            with Vertical(id="list"):
                yield Slider()
                yield self.make_list()
        yield Static(id="warning")
        yield VerdictBar()

    def make_list(self) -> ConflictList:
        """The list of what was found."""
        return ConflictList()

    # What is compared

    @property
    def articles(self) -> dict[Side, Article]:
        """Both reports."""
        return {side: self.stored[side].article for side in SIDES}

    @property
    def ready(self) -> bool:
        """Whether there are two reports to show."""
        return len(self.stored) == 2

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
            self.visit = self.library.visits.open(self.ids["a"], self.ids["b"])
        except LibraryError as error:
            self.stored = {}
            self.say(one_line(error), warning=True)
            return
        self.facts, self.comparison = {}, None
        self.anchoring = self.brought = None
        self.blocks, self.closed, self.links = [], [], {"a": {}, "b": {}}
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
        sentences = (loaded.a.body.sentences, loaded.b.body.sentences)
        lengths = (len(self.articles["a"].body), len(self.articles["b"].body))
        self.pieces, of_link = in_runs(loaded.comparison.links)
        self.level_links = level_links(self.pieces)
        self.blocks = blocks_of(lengths, sentences, self.pieces, self.level_links)
        self.links = link_marks(sentences, self.pieces, self.blocks, of_link)
        self.closed, self.brought = [], None
        self._warn(loaded.comparison)
        self.lay_out_texts()
        self._known_marks.clear()  # a conflict found again may have other places
        self.read_findings()
        if (wanted := self._wanted_finding()) is not None:
            self.go_to(wanted)
            return
        if not again and self.point == Point("a", "body", 0) and (open_ones := [f for f in self.shown if f.undecided]):
            self.go_to(open_ones[0])
        else:
            self.move_to(self.point)
            self.follow_cursor(arrive=True)

    def _wanted_finding(self) -> Finding | None:
        """The finding of the verdict to stand on, once; where another's verdict is shown on it, by its conflict."""
        number, self.wanted = self.wanted, None
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

    def _warn(self, comparison: Comparison) -> None:
        lines = list(comparison.notes)
        if comparison.related < SAME_EVENT:
            lines.insert(
                0, f"These may be reports of different events ({comparison.related:.0%} sure that they are of one)"
            )
        warning = self.query_one("#warning", Static)
        warning.update(Content("\n".join("! " + displayable(line).replace("\n", " ") for line in lines)))
        warning.set_class(bool(lines), "-shown")

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

    @property
    def progress(self) -> tuple[int, int]:
        """How many findings are judged, of how many that count."""
        return progress_of(self.shown)

    @property
    def certain_progress(self) -> tuple[int, int]:
        """The same at the first level, whatever is shown: how far the pair is."""
        return progress_of(shown_from(self.findings, LEVELS[0].confidence))

    def all_judged(self) -> str:
        """What the status line says where nothing is left to judge."""
        return "all judged"

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
        self.choose_shown()

    def choose_shown(self) -> None:
        """Choose what is shown at this level, in the order of the screen, and draw it."""
        self.shown = sorted(shown_from(self.findings, self.least), key=self._order)
        self._shown_at = {finding.key: index for index, finding in enumerate(self.shown)}
        if self.sitting is not None and self.comparison is not None:
            self.sitting.count(Counted(self.sitting.position, *self.certain_progress))
        if self.current is None:
            self.current_key = ""
        self.draw_findings()
        self.refold()

    def _order(self, finding: Finding) -> tuple[int, int, int]:
        """Where a finding comes first on the screen: block, offset in it, offset on the other side."""
        at = []
        for side in SIDES:
            place = finding.place(side)
            if place.part == "title":
                at.append((-1, place.start))
            elif not finding.orphaned(side):
                block = block_at(self.blocks, side, place.start)
                at.append((block, place.start - (self.blocks[block].side(side)[0] if self.blocks else 0)))
        at = sorted(at) or [(len(self.blocks), 0)]
        return (*at[0], at[-1][1])

    @property
    def current(self) -> Finding | None:
        """The finding at the cursor."""
        index = self.index_of_current()
        return self.shown[index] if index is not None else None

    def library_changed(self) -> None:
        if self.ready and self._by_hand() != self._obeyed:
            self.compare()
        self.read_findings()

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
            sheet = Sheet.of(("a", articles["a"]), ("b", articles["b"]))
            pane_a.partner = None
            rows_at = lru_cache(2)(lambda width: stacked(sheet, everything, width))
            pane_a.show_rows(sheet, rows_at, self._marked(sheet), self._told(sheet))
        else:
            sheets = Sheet.of(("a", articles["a"])), Sheet.of(("b", articles["b"]))
            rows = lru_cache(2)(lambda width: side_by_side(sheets, everything, width))
            for pane, sheet, at in ((pane_a, sheets[0], 0), (pane_b, sheets[1], 1)):
                pane.show_rows(sheet, _half(rows, at), self._marked(sheet), self._told(sheet))
            self.lock_scrolling(self.locked)
        self.draw_heads()
        self.draw_facts()
        self._known_marks.clear()
        self.draw_marks()
        if top_of is not None:
            self.pane.scroll_to(y=max(0, top_of(self.row_of(self.point))), animate=False, force=True)
        self.follow_cursor(center=top_of is None)

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

    # Where things stand

    def pane_of(self, side: Side) -> Pane:
        """The pane that shows a side."""
        return self.query_one("#pane-a" if self.stacked else f"#pane-{side}", Pane)

    @property
    def panes(self) -> list[Pane]:
        """The panes on the screen."""
        return [self.pane_of("a")] if self.stacked else [self.pane_of(side) for side in SIDES]

    @property
    def pane(self) -> Pane:
        """The pane with the cursor."""
        return self.pane_of(self.point.side)

    def offset_of(self, point: Point) -> int:
        """Where a point is in the sheet of its pane."""
        return self.pane_of(point.side).sheet.start(point.side, point.part) + point.offset

    def row_of(self, point: Point) -> int:
        """The row of a point in its pane."""
        return self.pane_of(point.side).layout_rows.row_of(self.offset_of(point))

    def span_of(self, side: Side, place: Place) -> tuple[int, int]:
        """The span of a place in the sheet of its pane."""
        return self.pane_of(side).sheet.span(side, place)

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

    # Drawing

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
            self.query_one(f"#head-{side}", Static).update(Content(heads[side]), layout=False)

    def draw_findings(self) -> None:
        """Draw marks, list, bar and progress."""
        empty = NONE_LISTED if self.comparison is not None else ""
        self.query_one(ConflictList).show(self.shown, self.index_of_current(), empty)
        self.draw_marks()
        self.draw_overview()
        self.tell()

    @property
    def overview(self) -> Overview:
        """The strip of ticks."""
        return self.query_one(Overview)

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

    def row_of_finding(self, finding: Finding) -> int:
        """The first row with words of a finding."""
        rows = [
            self.pane_of(side).layout_rows.row_of(self.span_of(side, finding.place(side))[0])
            for side in SIDES
            if not finding.orphaned(side)
        ]
        return min(rows, default=0)

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
        """The marks of all places of a finding on one side; kept until the texts are laid out again."""
        style, glyph = STYLES[finding.state], finding.glyph
        known = (side, finding.key, style, glyph)
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

    def index_of_current(self) -> int | None:
        """Which of the findings shown is the current one."""
        return self._shown_at.get(self.current_key)

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

    def told_at(self, stop: Stop) -> str:
        """What is known of a stop of this side, in one line."""
        side = self.point.side
        return stop.told if stop.fact is None else reading(stop.fact, self.facts[side], self.articles[side].body)

    def _pair_name(self) -> str:
        if not self.ready:
            return ""
        sources = [self.articles[side].source or name_of(self.articles[side]) for side in SIDES]
        return " | ".join(sources)

    def anchor_hint(self) -> str:
        """What to press while a sentence waits to be linked."""
        raise NotImplementedError

    def selection_hint(self) -> str:
        """What to press while words are being selected."""
        raise NotImplementedError


def _half(rows: Callable[[int], tuple[Sequence[Row], Sequence[Row]]], at: int) -> Callable[[int], Sequence[Row]]:
    return lambda width: rows(width)[at]
