"""One event: its reports, and the pairs that they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import ClassVar, NamedTuple

import msgspec
from textual import on
from textual.app import ComposeResult

from db import EventRow, Library, Query, Row
from db.records import Term
from db.texts import short
from widgets.article_list import ArticleList
from widgets.citation import citation
from widgets.event_actions import EventActions
from widgets.event_list import ask_event
from widgets.event_records import days_of
from widgets.frame import plural, quoted
from widgets.navigation import OpenArticle, OpenPair, OpenPartners
from widgets.reports_file import FORMS, written
from widgets.row_list import Cells, RowHeading, RowList, fit
from widgets.understanding import PartnerFinder
from widgets.work import Report

READ_FOR_COPIES = 60
"""Reports that are held against each other for copies, at most: the earliest."""
PAIRS = 1000
"""Pairs listed, at most: those compared, and as many of the others."""
ALONE = "The only report of this event so far: M merges it into another one"


class EventPair(NamedTuple):
    """Two reports of the event, the earlier one first; how many conflicts are open, ``None`` where they were not compared."""

    a: Row
    b: Row
    open: int | None


class EventReports:
    """The reports of an event, the earliest first, those without a date last."""

    def __init__(self, library: Library, event: int) -> None:
        self._library, self._event = library, event
        self._rows: list[Row] = []

    def count(self) -> int:
        self._rows = rows_of(self._library, self._event)
        return len(self._rows)

    def page(self, offset: int, limit: int) -> list[Row]:
        return self._rows[offset : offset + limit]


class EventPairs:
    """The pairs of an event: those compared, with the most open conflicts first, then the others."""

    def __init__(self, library: Library, event: int) -> None:
        self._library, self._event = library, event
        self._pairs: list[EventPair] = []

    def count(self) -> int:
        rows = {row.id: row for row in rows_of(self._library, self._event)}
        compared = {
            (pair.a_id, pair.b_id): EventPair(rows[pair.a_id], rows[pair.b_id], pair.open)
            for pair in self._library.events.pairs(self._event)
            if pair.a_id in rows and pair.b_id in rows
        }
        self._pairs = list(compared.values())
        for a, b in combinations(rows, 2):
            if len(self._pairs) == PAIRS:
                break
            if (a, b) not in compared:
                self._pairs.append(EventPair(rows[a], rows[b], None))
        return len(self._pairs)

    def page(self, offset: int, limit: int) -> list[EventPair]:
        return self._pairs[offset : offset + limit]


class EventPairList(RowList[EventPair]):
    """Pairs, one a line: how many conflicts are open, and which two reports."""

    def heading(self, width: int) -> Cells:
        half = _half(width)
        return ((f"{fit('Open', 12)} {fit('A', half)}   {fit('B', half)}", "row--quiet"),)

    def cells(self, row: EventPair, width: int) -> Cells:
        half = _half(width)
        state = "not compared" if row.open is None else f"≠ {row.open} open" if row.open else "none open"
        return (
            (fit(state, 12) + " ", "row--warning" if row.open else "row--quiet"),
            (fit(_called(row.a), half), ""),
            (" │ ", "row--quiet"),
            (fit(_called(row.b), half), ""),
        )


def _half(width: int) -> int:
    return max(1, (width - 16) // 2)


def _called(row: Row) -> str:
    return " · ".join(part for part in (row.source, row.name) if part)


def rows_of(library: Library, event: int) -> list[Row]:
    """What is known of the reports of an event, the earliest first, those without a date last."""
    asked = Query(where=((Term(field="event", value=str(event)),),))
    rows = {row.id: row for row in library.articles.page(asked, 0, -1)}
    return [rows[member] for member in library.events.members(event) if member in rows]


class EventArticles(ArticleList):
    """The reports of an event; copies of an earlier one say so."""

    def __init__(self, *, empty: str = "") -> None:
        super().__init__(empty=empty)
        self.copies: Mapping[int, float] = {}
        """The share of its words that a report has from an earlier one."""

    def cells(self, row: Row, width: int) -> Cells:
        if share := self.copies.get(row.id):
            row = msgspec.structs.replace(row, title=f"≈ {share:.0%} copy · {row.name}")
        return super().cells(row, width)


class EventScreen(EventActions):
    """The reports of one event, and the pairs they make."""

    SCREEN_NAME = "event"
    TITLE = "Event"
    AUTO_FOCUS = "EventArticles"
    SIGNS: ClassVar[Mapping[str, str]] = {
        "●": "Unread",
        "★": "Starred",
        "✓": "Marked",
        "≈": "How much of its words an earlier report of the event has: a copy, a later version, or one wire story",
        "≠": "Conflicts that wait for a verdict of yours",
    }
    DEFAULT_CSS = """
    EventScreen RowHeading.-second { margin-top: 1; }
    """

    def __init__(self, library: Library, finder: PartnerFinder, event: int) -> None:
        super().__init__(library, finder)
        self.event = event
        self._row: EventRow | None = None

    def hint(self) -> str:
        return "Enter reads; Tab goes to the pairs, where it compares; x splits a report off; ? lists all keys"

    def body(self) -> ComposeResult:
        reports = EventArticles(empty="This event has no report any more: q goes back")
        yield RowHeading(reports)
        yield reports
        pairs = EventPairList(empty=ALONE)
        heading = RowHeading(pairs)
        heading.add_class("-second")
        yield heading
        yield pairs

    @property
    def reports(self) -> EventArticles:
        """Its reports."""
        return self.query_one(EventArticles)

    @property
    def pairs(self) -> EventPairList:
        """The pairs they make."""
        return self.query_one(EventPairList)

    def on_mount(self) -> None:
        self.changed()

    def on_screen_resume(self) -> None:
        self.changed()

    def library_changed(self) -> None:
        self.changed()

    def changed(self) -> None:
        self.reports.show(EventReports(self.library, self.event), keep_place=True)
        self.pairs.show(EventPairs(self.library, self.event), keep_place=True)
        self.start("Counting", self._read, self._known, key="event", shown=False)
        self.start("Looking for copies", self._copies, self._copies_known, key="copies", background=True)

    def _copies(self, _: Report) -> dict[int, float]:
        members = self.library.events.members(self.event)[:READ_FOR_COPIES]
        return {copy: share for copy, (_, share) in self.finder.copies(members).items()}

    def _copies_known(self, copies: dict[int, float]) -> None:
        self.reports.copies = copies
        self.reports.refresh()

    def _read(self, _: Report) -> EventRow | None:
        if not self.library.events.members(self.event):
            return None
        return self.library.events.get(self.event)

    def _known(self, row: EventRow | None) -> None:
        self._row = row
        if row is None:
            self.subtitle("no reports")
            return
        compared = f"{row.compared} of {plural(row.pairs, 'pair')} compared" if row.pairs else ""
        parts = [f"“{short(row.called)}”", days_of(row), plural(row.reports, "report"), plural(row.outlets, "outlet")]
        opened = f"≠ {plural(row.open, 'conflict')} open" if row.open else ""
        self.subtitle(" · ".join(part for part in (*parts, compared, opened) if part))

    def event_here(self) -> EventRow | None:
        if self._row is None:
            self.say("This event has no report any more: q goes back")
        return self._row

    # A report, or those marked

    def _subjects(self) -> list[Row]:
        rows = self.reports.subjects()
        if not rows:
            self.say("No report here")
        return rows

    def action_mark(self) -> None:
        if (row := self.reports.row) is not None:
            if self.reports.marked.pop(row.id, None) is None:
                self.reports.marked[row.id] = row
            self.reports.refresh()
            self.reports.action_down()

    def clear(self) -> None:
        self.reports.marked.clear()
        self.reports.refresh()

    def _done(self) -> None:
        self.reports.marked.clear()
        self.changed()

    def action_split(self) -> None:
        if rows := self._subjects():
            own = "its own" if len(rows) == 1 else "their own"
            ids = [row.id for row in rows]
            said = f"Split {quoted(short(row.name) for row in rows)} off into an event of {own}"
            self.change(lambda: self.library.events.split(ids), said)
            self._done()

    def action_move(self) -> None:
        if not (rows := self._subjects()):
            return
        ids, what = [row.id for row in rows], quoted(short(row.name) for row in rows)

        def move(into: EventRow) -> None:
            self.change(lambda: self.library.events.move(ids, into.id), f"Moved {what} to “{short(into.called)}”")
            self._done()

        ask_event(self, f"Move {what} to", lambda report: self.near(ids, report), self.event, move)

    def action_star(self) -> None:
        if rows := self._subjects():
            starred, ids = not rows[0].starred, [row.id for row in rows]
            said = f"{'Starred' if starred else 'Un-starred'} {quoted(short(row.name) for row in rows)}"
            self.change(lambda: self.library.articles.set_starred(ids, starred), said)
            self._done()

    def action_toggle_read(self) -> None:
        if rows := self._subjects():
            read, ids = not rows[0].read, [row.id for row in rows]
            said = f"Marked {quoted(short(row.name) for row in rows)} {'read' if read else 'unread'}"
            self.change(lambda: self.library.articles.set_read(ids, read), said)
            self._done()

    def action_tag(self) -> None:
        if rows := self._subjects():
            self.ask_tags([row.id for row in rows], quoted(short(row.name) for row in rows), self._done)

    def action_untag(self) -> None:
        if not (rows := self._subjects()):
            return
        if worn := sorted({tag for row in rows for tag in row.tags}):
            self.ask_tags([row.id for row in rows], quoted(short(row.name) for row in rows), self._done, remove=worn)
        else:
            self.say("No tags here")

    def action_partners(self) -> None:
        if (row := self.reports.row) is not None:
            self.post_message(OpenPartners(row.id))
        else:
            self.say("No report here")

    def action_copy(self) -> None:
        ids = [row.id for row in self._subjects()]

        def copy(lines: Sequence[str]) -> None:
            self.copy("\n".join(lines), lines[0] if len(lines) == 1 else plural(len(lines), "citation"))

        if ids:
            read = self.library.articles.get_many
            self.start("Reading", lambda _: [citation(one.article) for one in read(ids)], copy, key="copy")

    def action_export(self) -> None:
        if (event := self.event_here()) is None:
            return
        members = self.library.events.members
        self.ask_where(
            f"Write the {plural(event.reports, 'report')} of this event to",
            event.called,
            tuple(FORMS),
            lambda form, report: written(self.library, members(event.id), form, report),
        )

    # Going on

    def action_open(self) -> None:
        if self.pairs.has_focus:
            if (pair := self.pairs.row) is not None:
                self.post_message(OpenPair(pair.a.id, pair.b.id))
            else:
                self.say(ALONE)
        elif (row := self.reports.row) is not None:
            self.post_message(OpenArticle(row.id))
        else:
            self.say("No report here")

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self.action_open()
