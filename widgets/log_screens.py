"""What was done: the comparisons worked on, and every change."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from db import Event, Library, Visit
from widgets.frame import LibraryView, plural
from widgets.navigation import OpenPair
from widgets.row_list import Cells, RowHeading, RowList, Rows, fit

KEPT_SESSIONS = 500


def _when(moment: str) -> str:
    """A UTC time of the library, to the minute."""
    return moment[:16].replace("T", " ")


class SessionList(RowList[Visit]):
    """Comparisons worked on, one a line."""

    def heading(self, width: int) -> Cells:
        title = _title_width(width)
        return ((f"{fit('Left (UTC)', 16)}  Decided  {fit('A', title)}   {fit('B', title)}", "row--quiet"),)

    def cells(self, row: Visit, width: int) -> Cells:
        title = _title_width(width)
        return (
            (f"{_when(row.left)}  ", "row--quiet"),
            (fit(f"{row.decided}/{row.total or 0}", 7) + "  ", "row--sign"),
            (fit(row.a_title or "(untitled)", title), ""),
            (" │ ", "row--quiet"),
            (fit(row.b_title or "(untitled)", title), ""),
        )


def _title_width(width: int) -> int:
    return max(1, (width - 18 - 9 - 3) // 2)


class SessionsScreen(LibraryView[None]):
    """Comparisons worked on, latest first."""

    SCREEN_NAME = "sessions"
    TITLE = "Sessions"
    AUTO_FOCUS = "SessionList"

    def body(self) -> ComposeResult:
        sessions = SessionList(
            empty="No comparison was opened yet.\n\nP in the library shows the partners of a report."
        )
        yield RowHeading(sessions)
        yield sessions

    def on_screen_resume(self) -> None:
        sessions = self.library.visits.recent(KEPT_SESSIONS)
        self.query_one(SessionList).show(Rows(sessions), keep_place=True)
        self.subtitle(plural(len(sessions), "comparison"))

    def library_changed(self) -> None:
        self.on_screen_resume()

    def action_open(self) -> None:
        if (session := self.query_one(SessionList).row) is not None:
            self.post_message(OpenPair(session.a_id, session.b_id))

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self.action_open()


class Changes:
    """The history of a library, page by page."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def count(self) -> int:
        return self._library.history.count()

    def page(self, offset: int, limit: int) -> list[Event]:
        return self._library.history.recent(limit, offset)


class EventList(RowList[Event]):
    """Changes, one a line."""

    def heading(self, width: int) -> Cells:
        return ((f"{fit('When (UTC)', 16)}  {fit('', 4)}  {fit('What', max(1, width - 24))}", "row--quiet"),)

    def cells(self, row: Event, width: int) -> Cells:
        kind = row.kind if row.kind in ("undo", "redo") else ""
        by = f"  ({row.by})" if row.by else ""
        return (
            (f"{_when(row.at)}  ", "row--quiet"),
            (fit(kind, 4) + "  ", "row--sign"),
            (fit(row.name.removeprefix(f"{kind}: ") + by, max(1, width - 24)), ""),
        )


class HistoryScreen(LibraryView[None]):
    """Every change, latest first."""

    SCREEN_NAME = "history"
    TITLE = "History"
    AUTO_FOCUS = "EventList"

    def body(self) -> ComposeResult:
        events = EventList(empty="Nothing was changed yet.")
        yield RowHeading(events)
        yield events

    def on_screen_resume(self) -> None:
        self.query_one(EventList).show(Changes(self.library), keep_place=True)

    def library_changed(self) -> None:
        self.on_screen_resume()

    @on(RowList.Counted)
    def _counted(self, message: RowList.Counted) -> None:
        self.subtitle(plural(message.count, "change"))
