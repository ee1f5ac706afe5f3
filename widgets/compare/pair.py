"""What the compare screen is about: two reports, their findings, and where these stand in the panes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Static

from db import Library, Stored, Visit
from db.records import Anchor
from reader.nouns import Article, Comparison, Conflict, Correction, Facts, Link, Place, Sentence
from widgets.citation import name_of
from widgets.compare.conflict_list import ConflictList
from widgets.compare.findings import LEVELS, Finding
from widgets.compare.moved import Brought
from widgets.compare.overview import Overview
from widgets.compare.pane import Pane
from widgets.compare.quiet import Quiet
from widgets.compare.rows import (
    SIDES,
    Block,
    LinkMark,
    Point,
    Sheet,
    Side,
)
from widgets.compare.selecting import WordSelection
from widgets.compare.sitting import Sitting
from widgets.compare.slider import Slider
from widgets.compare.verdict_bar import VerdictBar
from widgets.compare.walks import Stop
from widgets.frame import LibraryView
from widgets.pace import ActiveTime
from widgets.prose import Mark
from widgets.readings import reading
from widgets.search_bar import SearchBar


class PairView(LibraryView[None]):
    """Two reports, their texts in panes, and what is known of them."""

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
    PairView StatusBar { dock: none; }
    PairView #body { height: 1fr; layout: vertical; }
    PairView #columns { height: 1fr; }
    PairView .column { width: 1fr; height: 100%; }
    PairView .head { height: 1; padding: 0 1 0 7; background: $panel; text-style: bold;
        text-wrap: nowrap; text-overflow: ellipsis; }
    PairView #column-b { border-left: vkey $panel; }
    PairView #pane-a { scrollbar-size-vertical: 0; padding-right: 3; }
    PairView #pane-b { padding-right: 1; }
    PairView.-stacked #column-b { display: none; }
    PairView.-stacked #pane-a { scrollbar-size-vertical: 1; padding-right: 0; }
    PairView.-stacked .head { height: 2; }
    PairView Pane { height: 1fr; }
    PairView #list { height: 20%; min-height: 3; max-height: 9; }
    PairView ConflictList { height: 1fr; }
    PairView.-short #list { display: none; }
    PairView.-beside #body { layout: horizontal; }
    PairView.-beside #columns { width: 1fr; height: 100%; }
    PairView.-beside #list { display: block; width: 44; height: 100%; max-height: 100%;
        border-left: vkey $panel; }
    PairView #warning { display: none; height: auto; max-height: 2; padding: 0 1; color: $warning; }
    PairView #warning.-shown { display: block; }
    """

    def __init__(
        self,
        library: Library,
        a_id: int,
        b_id: int,
        verdict: int | None = None,
        *,
        conflict: Conflict | None = None,
        at: tuple[Side, Place] | None = None,
        sitting: Sitting | None = None,
        active: ActiveTime | None = None,
    ) -> None:
        """``verdict`` is the id of a verdict to stand on, ``conflict`` a conflict as it was found before, ``at`` a place;
        without them the pair opens where it was left.

        In a ``sitting`` the pair is the one at hand there. ``active`` is the time of work.
        """
        super().__init__(library)
        self.sitting = sitting
        self.active = active or ActiveTime()
        self.ids: dict[Side, int] = {"a": a_id, "b": b_id}
        self.wanted = verdict
        self.wanted_conflict = conflict
        self.wanted_at = at
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
        self.progress = (0, 0)
        """How many of those shown are judged, of how many that count."""
        self.certain_progress = (0, 0)
        """The same at the first level, whatever is shown: how far the pair is."""
        self._shown_at: dict[str, int] = {}
        """Where in them a finding is, by its key."""
        self._placed: dict[Side, list[tuple[Finding, list[Mark]]]] = {"a": [], "b": []}
        """Those shown, each with the marks of its places."""
        self._sheets: dict[tuple[Side, ...], Sheet] = {}
        self._known_marks: dict[tuple[bool, Side, str, str, str], list[Mark]] = {}
        self._known_orders: dict[tuple[str, bool, bool], tuple[int, int, int]] = {}
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

    def _pair_name(self) -> str:
        if not self.ready:
            return ""
        sources = [self.articles[side].source or name_of(self.articles[side]) for side in SIDES]
        return " | ".join(sources)

    # Findings

    def all_judged(self) -> str:
        """What the status line says where nothing is left to judge."""
        return "all judged"

    @property
    def current(self) -> Finding | None:
        """The finding at the cursor."""
        index = self.index_of_current()
        return self.shown[index] if index is not None else None

    def index_of_current(self) -> int | None:
        """Which of the findings shown is the current one."""
        return self._shown_at.get(self.current_key)

    def told_at(self, stop: Stop) -> str:
        """What is known of a stop of this side, in one line."""
        side = self.point.side
        return stop.told if stop.fact is None else reading(stop.fact, self.facts[side], self.articles[side].body)

    # Where things stand

    @cached_property
    def _both(self) -> dict[Side, Pane]:
        """Both panes, found once."""
        return {side: self.query_one(f"#pane-{side}", Pane) for side in SIDES}

    def pane_of(self, side: Side) -> Pane:
        """The pane that shows a side."""
        return self._both["a" if self.stacked else side]

    @property
    def panes(self) -> list[Pane]:
        """The panes on the screen."""
        return [self.pane_of("a")] if self.stacked else [self.pane_of(side) for side in SIDES]

    @property
    def pane(self) -> Pane:
        """The pane with the cursor."""
        return self.pane_of(self.point.side)

    @property
    def overview(self) -> Overview:
        """The strip of ticks."""
        return self.query_one(Overview)

    def offset_of(self, point: Point) -> int:
        """Where a point is in the sheet of its pane."""
        return self.pane_of(point.side).sheet.start(point.side, point.part) + point.offset

    def row_of(self, point: Point) -> int:
        """The row of a point in its pane."""
        return self.pane_of(point.side).layout_rows.row_of(self.offset_of(point))

    def span_of(self, side: Side, place: Place) -> tuple[int, int]:
        """The span of a place in the sheet of its pane."""
        return self.pane_of(side).sheet.span(side, place)

    def row_of_finding(self, finding: Finding) -> int:
        """The first row with words of a finding."""
        rows = [
            self.pane_of(side).layout_rows.row_of(self.span_of(side, finding.place(side))[0])
            for side in SIDES
            if not finding.orphaned(side)
        ]
        return min(rows, default=0)

    # What layers above say

    def anchor_hint(self) -> str:
        """What to press while a sentence waits to be linked."""
        raise NotImplementedError

    def selection_hint(self) -> str:
        """What to press while words are being selected."""
        raise NotImplementedError
