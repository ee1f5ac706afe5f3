"""Events of the news in a list, and the way to choose one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from db import EventQuery, EventRow, Library
from widgets.dialogs import Choice, Choose, Prompt
from widgets.event_records import days_of
from widgets.frame import LibraryView, plural
from widgets.row_list import Cells, RowList, fit
from widgets.work import Report

OFFERED = 12
"""Events that a menu offers, at most."""


class Events:
    """The events that a query asks for."""

    def __init__(self, library: Library, query: EventQuery) -> None:
        self._library, self._query = library, query

    def count(self) -> int:
        return self._library.events.count(self._query)

    def page(self, offset: int, limit: int) -> list[EventRow]:
        return self._library.events.page(self._query, offset, limit)


class EventList(RowList[EventRow]):
    """Events, one a line: when reported, how many reports and outlets, pairs compared, conflicts open, what it is called."""

    def heading(self, width: int) -> Cells:
        days, name = _columns(width)
        columns = (("Reported", days), ("Reports", 7), ("Outlets", 7), ("Compared", 9), ("Open", 5), ("Event", name))
        return ((" ".join(fit(text, cells) for text, cells in columns), "row--quiet"),)

    def cells(self, row: EventRow, width: int) -> Cells:
        days, name = _columns(width)
        compared = f"{row.compared}/{row.pairs}" if row.pairs else ""
        return (
            (fit(days_of(row), days) + " ", "row--quiet"),
            (f"{row.reports:>7} {row.outlets:>7} ", "row--sign"),
            (fit(compared, 9) + " ", "row--quiet"),
            (fit(f"≠ {row.open}" if row.open else "", 5) + " ", "row--warning"),
            (fit(row.called, name), "row--strong" if row.name else ""),
        )


def _columns(width: int) -> tuple[int, int]:
    """Cells for the days and for the name."""
    days = 23 if width >= 90 else 10
    return days, max(1, width - days - 33)


def told(event: EventRow) -> str:
    """An event as a line of a menu."""
    return "  ".join(part for part in (days_of(event), plural(event.reports, "report"), event.called) if part)


def ask_event(
    screen: LibraryView[None],
    title: str,
    likely: Callable[[Report], Sequence[int]],
    without: int,
    then: Callable[[EventRow], None],
) -> None:
    """Ask for an event but ``without``: one that ``likely`` finds, in a thread, or one found by its words."""
    library = screen.library

    def offer(events: Sequence[EventRow]) -> None:
        choices: list[Choice[EventRow | Literal["search"]]] = [
            Choice(event, told(event), str(n) if n < 10 else "") for n, event in enumerate(events, 1)
        ]
        choices.append(Choice("search", "Another: search by words …", "s"))
        screen.app.push_screen(Choose(title, choices), chosen)

    def chosen(what: EventRow | Literal["search"] | None) -> None:
        if what == "search":
            search()
        elif what is not None:
            then(what)

    def search() -> None:
        hint = "Words of its name, or of the title of one of its reports. Enter searches, Esc goes back"
        screen.app.push_screen(Prompt(title, hint=hint), sought)

    def sought(words: str | None) -> None:
        if words is not None and words.strip():
            query = EventQuery(text=words, least=1, sort="reports")
            screen.start(
                "Looking for events", lambda _: library.events.page(query, 0, OFFERED + 1), found, key="ask_event"
            )

    def found(events: Sequence[EventRow]) -> None:
        others = [event for event in events if event.id != without][:OFFERED]
        if others:
            offer(others)
        else:
            screen.say("No other event has these words")

    def near(report: Report) -> list[EventRow]:
        numbers = [event for event in dict.fromkeys(likely(report)) if event != without]
        return [library.events.get(event) for event in numbers[:OFFERED]]

    screen.start("Looking for events", near, lambda events: offer(events) if events else search(), key="ask_event")
