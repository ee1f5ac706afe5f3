"""The library read by event: what happened, how many reports and outlets tell of it, what is still open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult

from db import EventQuery, EventRow, Library
from widgets.dialogs import Choice, Choose
from widgets.event_actions import EventActions
from widgets.event_list import EventList, Events
from widgets.event_records import record
from widgets.frame import plural
from widgets.grouping import place_missing
from widgets.navigation import OpenEvent
from widgets.row_list import RowHeading, RowList
from widgets.search_bar import SearchBar
from widgets.tables import FORMS

if TYPE_CHECKING:
    from widgets.understanding import PartnerFinder

GROUPING = "Grouping"
EMPTY = """No event has two reports yet.

Add some in the library (gl, then i): reports are grouped as they come.
F here lists events of one report too."""
NOTHING_FOUND = "No event is like this. Esc shows all again."
ALL = EventQuery()
SORTS: tuple[tuple[str, str, EventQuery], ...] = (
    ("d", "Latest report first", ALL),
    ("f", "Earliest report first", EventQuery(descending=False)),
    ("o", "Most open conflicts first", EventQuery(sort="open")),
    ("r", "Most reports first", EventQuery(sort="reports")),
    ("t", "Most outlets first", EventQuery(sort="outlets")),
)


class EventsScreen(EventActions):
    """All events, and what can be done with the one under the cursor."""

    SCREEN_NAME = "events"
    TITLE = "Events"
    AUTO_FOCUS = "EventList"
    SIGNS: ClassVar[Mapping[str, str]] = {
        "≠": "Conflicts in the pairs compared that wait for a verdict of yours",
        "2/6": "Two of the six pairs that its reports make were compared",
    }

    def __init__(self, library: Library, finder: PartnerFinder) -> None:
        super().__init__(library, finder)
        self._query = ALL

    def hint(self) -> str:
        return "Enter shows its reports, gt what they say in one table, W works through all its pairs; ? lists all keys"

    def body(self) -> ComposeResult:
        yield SearchBar("Search the names of events, and the titles of their reports")
        events = EventList(empty=EMPTY)
        yield RowHeading(events)
        yield events

    @property
    def events(self) -> EventList:
        """The list."""
        return self.query_one(EventList)

    def on_mount(self) -> None:
        self._show(self._query)
        self.start(
            GROUPING, lambda report: place_missing(self.library, self.finder, report), self._grouped, background=True
        )

    def _grouped(self, placed: int) -> None:
        if placed:
            self.events.reload()
            self.say(f"{plural(placed, 'report')} placed in events")

    def stop_jobs(self) -> bool:
        stopped = super().stop_jobs()
        if stopped:  # what was placed stays, and is shown
            self.events.reload()
        return stopped

    def on_screen_resume(self) -> None:
        self.events.reload()

    def library_changed(self) -> None:
        self.events.reload()

    def changed(self) -> None:
        self.events.reload()

    def event_here(self) -> EventRow | None:
        if self.events.row is None:
            self.say("No event here")
        return self.events.row

    def _show(self, query: EventQuery) -> None:
        self._query = query
        self.events.empty = EMPTY if query == ALL else NOTHING_FOUND
        self.events.show(Events(self.library, query))

    @on(RowList.Counted)
    def _counted(self, message: RowList.Counted) -> None:
        query = self._query
        words = [
            "of two reports or more" if query.least > 1 else "",
            "with open conflicts" if query.undecided else "",
            f"“{query.text}”" if query.text else "",
        ]
        order = next(label for _, label, sort in SORTS if _order(sort) == _order(query))
        self.subtitle(" · ".join([" ".join([plural(message.count, "event"), *filter(None, words)]), order.lower()]))

    # What is listed

    def action_search(self) -> None:
        self.query_one(SearchBar).open()

    @on(SearchBar.Sought)
    def _sought(self, message: SearchBar.Sought) -> None:
        if message.text != self._query.text:
            self._show(msgspec.structs.replace(self._query, text=message.text))

    @on(SearchBar.Left)
    def _search_left(self) -> None:
        self.events.focus()

    def action_next_match(self) -> None:
        if self._query.text:
            self.events.action_down()
        else:
            self.say("No search yet: / begins one")

    def action_previous_match(self) -> None:
        if self._query.text:
            self.events.action_up()
        else:
            self.say("No search yet: / begins one")

    def clear(self) -> None:
        if self._query.text:
            self.query_one(SearchBar).close()
        else:
            self._show(EventQuery(sort=self._query.sort, descending=self._query.descending))

    def action_sort(self) -> None:
        def chosen(order: EventQuery | None) -> None:
            if order is not None:
                self._show(msgspec.structs.replace(self._query, sort=order.sort, descending=order.descending))

        choices = [Choice(sort, label, key) for key, label, sort in SORTS]
        current = next(sort for _, _, sort in SORTS if _order(sort) == _order(self._query))
        self.app.push_screen(Choose("Sort by", choices, current=current), chosen)

    def action_filter(self) -> None:
        replace = msgspec.structs.replace
        now = replace(self._query, least=2, undecided=False)
        choices = [
            Choice(now, "Of two reports or more", "2"),
            Choice(replace(now, least=3), "Of three reports or more", "3"),
            Choice(replace(now, undecided=True), "With open conflicts", "o"),
            Choice(replace(now, least=1), "All, those of one report too", "a"),
        ]
        self.app.push_screen(
            Choose("Show", choices, current=self._query), lambda query: self._show(query) if query is not None else None
        )

    def action_export(self) -> None:
        if not self.events.count:
            self.say("No event is listed to write")
            return
        query = self._query
        self.ask_where(
            f"Write the {plural(self.events.count, 'event')} listed to",
            "events",
            tuple(FORMS),
            lambda form, _: FORMS[form]([record(event) for event in self.library.events.page(query, 0, -1)]),
        )

    # Going on

    def action_open(self) -> None:
        if (event := self.event_here()) is not None:
            self.post_message(OpenEvent(event.id))

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self.action_open()


def _order(query: EventQuery) -> tuple[str, bool]:
    return query.sort, query.descending
