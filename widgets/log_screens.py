"""What was done: every change."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult

from db import HistoryLine, Library
from widgets.frame import LibraryView, plural
from widgets.row_list import Cells, RowHeading, RowList, fit
from widgets.tables import FORMS


def when(moment: str) -> str:
    """A UTC time of the library, to the minute."""
    return moment[:16].replace("T", " ")


def _record(line: HistoryLine) -> dict[str, Any]:
    """What is written of an line."""
    a, b = (*line.pair, None, None)[:2]
    return {
        "event": line.id,
        "at": line.at,
        "by": line.by,
        "kind": line.kind,
        "what": line.name,
        "article_a": a,
        "article_b": b,
    }


class Changes:
    """The history of a library, page by page."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def count(self) -> int:
        return self._library.history.count()

    def page(self, offset: int, limit: int) -> list[HistoryLine]:
        return self._library.history.recent(limit, offset)


class ChangeList(RowList[HistoryLine]):
    """Changes, one a line."""

    def heading(self, width: int) -> Cells:
        return ((f"{fit('When (UTC)', 16)}  {fit('', 4)}  {fit('What', max(1, width - 24))}", "row--quiet"),)

    def cells(self, row: HistoryLine, width: int) -> Cells:
        kind = row.kind if row.kind in ("undo", "redo") else ""
        by = f"  ({row.by})" if row.by else ""
        return (
            (f"{when(row.at)}  ", "row--quiet"),
            (fit(kind, 4) + "  ", "row--sign"),
            (fit(row.name.removeprefix(f"{kind}: ") + by, max(1, width - 24)), ""),
        )


class HistoryScreen(LibraryView[None]):
    """Every change, latest first."""

    SCREEN_NAME = "history"
    TITLE = "History"
    AUTO_FOCUS = "ChangeList"

    def body(self) -> ComposeResult:
        events = ChangeList(empty="Nothing was changed yet.")
        yield RowHeading(events)
        yield events

    def on_screen_resume(self) -> None:
        self.query_one(ChangeList).show(Changes(self.library), keep_place=True)

    def library_changed(self) -> None:
        self.on_screen_resume()

    def action_copy(self) -> None:
        if (line := self.query_one(ChangeList).row) is not None:
            self.copy(f"{when(line.at)}  {line.name}{f'  ({line.by})' if line.by else ''}")

    def action_export(self) -> None:
        if not (count := self.query_one(ChangeList).count):
            self.say("Nothing was changed yet")
            return
        self.ask_where(
            f"Write {plural(count, 'change')} to",
            "history",
            tuple(FORMS),
            lambda form, _: FORMS[form]([_record(event) for event in self.library.history.recent(-1)]),
        )

    @on(RowList.Counted)
    def _counted(self, message: RowList.Counted) -> None:
        self.subtitle(plural(message.count, "change"))
