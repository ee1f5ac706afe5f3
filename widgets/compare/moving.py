"""Moving through a comparison: rows, paragraphs, panes, conflicts, facts, matches. Moving never judges."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual import on

from reader.nouns import Link
from widgets.compare.conflict_list import ConflictList
from widgets.compare.findings import Finding
from widgets.compare.overview import Overview
from widgets.compare.pane import Pane
from widgets.compare.rows import Point, other
from widgets.compare.verdict_bar import VerdictBar
from widgets.compare.view import ComparisonView
from widgets.compare.walks import NAMES, Stop, Walk, link_told, stops
from widgets.layout import paragraphs
from widgets.prose import ProseView
from widgets.search_bar import SearchBar

ROUND_AGAIN = "Round again, from the {}"


class MovingView(ComparisonView):
    """A comparison that a person can walk through."""

    FOUND: ClassVar[str] = "conflict"
    """What the findings are called."""

    # Rows

    def move_rows(self, count: int) -> None:
        """Put the cursor ``count`` rows further down."""
        layout = self.pane.layout_rows
        if not layout.rows:
            return
        row = max(0, min(len(layout.rows) - 1, self.row_of(self.point) + count))
        beyond = range(row, len(layout.rows)) if count > 0 else range(row, -1, -1)
        short_of = range(row, -1, -1) if count > 0 else range(row, len(layout.rows))
        there = next((at for at in (*beyond, *short_of) if not layout.rows[at].padding), None)
        if there is not None:
            self.move_to(self.pane.sheet.point(layout.rows[there].start))

    def page_height(self) -> int:
        """Rows that show at once."""
        return max(2, self.pane.scrollable_content_region.height)

    def action_down(self) -> None:
        self.move_rows(1)

    def action_up(self) -> None:
        self.move_rows(-1)

    def action_top(self) -> None:
        self.move_rows(-len(self.pane.layout_rows.rows))

    def action_bottom(self) -> None:
        self.move_rows(len(self.pane.layout_rows.rows))

    def action_half_down(self) -> None:
        self.move_rows(self.page_height() // 2)

    def action_half_up(self) -> None:
        self.move_rows(-(self.page_height() // 2))

    def action_page_forward(self) -> None:
        self.move_rows(self.page_height() - 1)

    def action_page_back(self) -> None:
        self.move_rows(1 - self.page_height())

    def action_next_paragraph(self) -> None:
        self._walk_paragraphs(1)

    def action_previous_paragraph(self) -> None:
        self._walk_paragraphs(-1)

    def _walk_paragraphs(self, direction: int) -> None:
        side = self.point.side
        begins = [start for start, _ in paragraphs(self.articles[side].body) if self.fold_over(side, start) is None]
        here = self.point.offset if self.point.part == "body" else -1
        if direction > 0:
            there = next((start for start in begins if start > here), None)
        else:
            there = next((start for start in reversed(begins) if start < here), None)
        if there is not None:
            self.move_to(Point(side, "body", there))
        elif direction < 0:
            self.move_to(Point(side, "title", 0))

    # Panes

    def action_next_pane(self) -> None:
        self.cross()

    def action_previous_pane(self) -> None:
        self.cross()

    def action_pane_left(self) -> None:
        if self.point.side != "a":
            self.cross()

    def action_pane_right(self) -> None:
        if self.point.side != "b":
            self.cross()

    def cross(self) -> None:
        """To the other side: the other half of the current finding, else what stands level."""
        side = other(self.point.side)
        if self.current is not None and not self.current.orphaned(side):
            self.go_to(self.current, side)
            return
        self.move_to(self.level_point())

    def level_point(self) -> Point:
        """What stands level on the other side: the same row, or the other half of the same block."""
        side = other(self.point.side)
        if self.point.part == "title":
            return Point(side, "title", 0)
        if not self.stacked:
            row = self.row_of(self.point)
            pane = self.pane_of(side)
            return pane.sheet.point(pane.layout_rows.rows[row].start)
        block = next((b for b in reversed(self.blocks) if b.side(self.point.side)[0] <= self.point.offset), None)
        return Point(side, "body", block.side(side)[0] if block is not None else 0)

    def action_same_fact(self) -> None:
        if self.current is not None:
            self.cross()
        else:
            self.follow_link()

    @on(Pane.LinkPressed)
    def _link_pressed(self, message: Pane.LinkPressed) -> None:
        self.move_to(message.pane.sheet.point(message.offset))
        self.follow_link()

    def follow_link(self) -> None:
        """To the other half of the link of the sentence here."""
        link = self._link_here()
        if link is None:
            self.say("Nothing on the other side was linked to this sentence")
            return
        side = other(self.point.side)
        at = link.a if side == "a" else link.b
        sentence = self.facts[side].body.sentences[at[0]]
        self.move_to(
            Point(side, "body", sentence.start),
            Stop(sentence.start, sentence.end, link_told(link)),
        )

    def _link_here(self) -> Link | None:
        if self.comparison is None or self.point.part == "title":
            return None
        side = self.point.side
        sentences = self.facts[side].body.sentences
        row = self.pane.layout_rows.rows[self.row_of(self.point)]
        end = self.pane.sheet.point(row.end).offset
        for link in self.pieces:
            for at in link.a if side == "a" else link.b:
                if sentences[at].start < end and self.point.offset < sentences[at].end:
                    return link
        return None

    # Conflicts

    def walk_findings(self, direction: int, wanted: Callable[[Finding], bool], what: str) -> bool:
        """To the next finding that is ``wanted``, round the end; whether there is one."""
        candidates = [(index, finding) for index, finding in enumerate(self.shown) if wanted(finding)]
        if not candidates:
            self.say(f"No {what} here")
            return False
        here = self.index_of_current()
        if here is not None:
            after = [(index, f) for index, f in candidates if (index - here) * direction > 0]
        else:
            row = self.row_of(self.point)
            after = [(index, f) for index, f in candidates if (self.row_of_finding(f) - row) * direction > 0]
        said = ""
        if not after:
            said = ROUND_AGAIN.format("top" if direction > 0 else "end")
            after = candidates
        self.say(said)
        self.go_to(after[0 if direction > 0 else -1][1])
        return True

    def action_next_conflict(self) -> None:
        self.walk_findings(1, lambda _: True, self.FOUND)

    def action_previous_conflict(self) -> None:
        self.walk_findings(-1, lambda _: True, self.FOUND)

    def action_next_undecided(self) -> None:
        self.walk_findings(1, lambda finding: finding.undecided, "undecided conflict")

    def action_previous_undecided(self) -> None:
        self.walk_findings(-1, lambda finding: finding.undecided, "undecided conflict")

    @on(ConflictList.Chosen)
    @on(Overview.Chosen)
    def _chosen(self, message: ConflictList.Chosen | Overview.Chosen) -> None:
        self.go_to(message.finding)

    @on(VerdictBar.Chosen)
    def _words_chosen(self, message: VerdictBar.Chosen) -> None:
        self.go_to(message.finding, message.side)

    @on(ProseView.Pressed)
    def _pressed(self, message: ProseView.Pressed) -> None:
        if isinstance(message.view, Pane):
            point = message.view.sheet.point(message.offset)
            if self.fold_at(point) is not None:
                self.open_fold(point)
            self.move_to(point, None)

    # Facts

    def walk(self, walk: Walk, direction: int) -> None:
        """To the next stop of a walk on this side."""
        side = self.point.side
        if self.comparison is None:
            self.say("The facts are not read yet")
            return
        found = stops(walk, side, self.facts[side], self.pieces, self.level_links)
        if not found:
            self.say(f"No {NAMES[walk]} in {side.upper()}")
            return
        here = self.point.offset if self.point.part == "body" else -1
        if self.stop is not None:
            here = self.stop.start
        after = [stop for stop in found if (stop.start - here) * direction > 0]
        self.say("" if after else ROUND_AGAIN.format("top" if direction > 0 else "end"))
        stop = (after or found)[0 if direction > 0 else -1]
        self.move_to(Point(side, "body", stop.start), stop)

    def action_next_number(self) -> None:
        self.walk("number", 1)

    def action_previous_number(self) -> None:
        self.walk("number", -1)

    def action_next_time(self) -> None:
        self.walk("time", 1)

    def action_previous_time(self) -> None:
        self.walk("time", -1)

    def action_next_name(self) -> None:
        self.walk("name", 1)

    def action_previous_name(self) -> None:
        self.walk("name", -1)

    def action_next_polarity(self) -> None:
        self.walk("polarity", 1)

    def action_previous_polarity(self) -> None:
        self.walk("polarity", -1)

    def action_next_one_sided(self) -> None:
        self.walk("one_sided", 1)

    def action_previous_one_sided(self) -> None:
        self.walk("one_sided", -1)

    def action_next_moved(self) -> None:
        self.walk("moved", 1)

    def action_previous_moved(self) -> None:
        self.walk("moved", -1)

    # Search

    def action_search(self) -> None:
        self.sought_from = self.point
        self.query_one(SearchBar).open()

    @on(SearchBar.Sought)
    def _sought(self, message: SearchBar.Sought) -> None:
        for pane in self.panes:
            pane.find(message.text)
        self.refold()
        if message.text:
            self.point = self.sought_from
            self.walk_matches(1)

    @on(SearchBar.Left)
    def _search_left(self, message: SearchBar.Left) -> None:
        self.pane.focus()
        if not message.kept:
            self.say(f"Search cleared: n and N walk {self.FOUND}s")

    @property
    def searching(self) -> bool:
        """Whether `n` walks matches, not conflicts."""
        return bool(self.query_one(SearchBar).value.strip())

    def _matches(self) -> Iterator[tuple[int, int, int, Stop, Point]]:
        for number, pane in enumerate(self.panes):
            for start, end in pane.matches:
                point = pane.sheet.point(start)
                stop = Stop(point.offset, point.offset + end - start)
                yield pane.layout_rows.row_of(start), number, start, stop, point

    def walk_matches(self, direction: int) -> None:
        """To the next match of the search in either text, down the rows."""
        found: Sequence[tuple[int, int, int, Stop, Point]] = sorted(self._matches())
        if not found:
            self.say("No match")
            return
        here = (self.row_of(self.point), self.panes.index(self.pane), self.offset_of(self.point))
        after = [match for match in found if (match[:3] > here if direction > 0 else match[:3] < here)]
        match = (after or found)[0 if direction > 0 else -1]
        self.move_to(match[4], match[3])
        self.say(f"Match {found.index(match) + 1} of {len(found)}")

    def action_next_match(self) -> None:
        if self.searching:
            self.walk_matches(1)
        else:
            self.action_next_conflict()

    def action_previous_match(self) -> None:
        if self.searching:
            self.walk_matches(-1)
        else:
            self.action_previous_conflict()
