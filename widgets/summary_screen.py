"""What a session came to, and where it is written to."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult

from db import Library
from widgets.frame import LibraryView
from widgets.navigation import OpenSession, OpenSettling
from widgets.row_list import Cells, RowList, Rows, fit
from widgets.summary import ENDS, Line, Summary, lines_of, summary_of, text_of, written


class SummaryLines(RowList[Line]):
    """The lines of a summary."""

    def cells(self, row: Line, width: int) -> Cells:
        return ((fit(row[0], width), row[1]),)


class SummaryScreen(LibraryView[None]):
    """The figures of one session."""

    SCREEN_NAME = "summary"
    TITLE = "Summary"
    AUTO_FOCUS = "SummaryLines"

    def __init__(self, library: Library, session: int, *, export: bool = False) -> None:
        """``export`` asks at once where to write it."""
        super().__init__(library)
        self.session = session
        self.summary: Summary | None = None
        self._export_wanted = export

    def body(self) -> ComposeResult:
        yield SummaryLines()

    def on_screen_resume(self) -> None:
        self.start("Summing up", lambda _: summary_of(self.library, self.session), self._summed, key="sum")

    def library_changed(self) -> None:
        self.on_screen_resume()

    def on_resize(self, _: events.Resize) -> None:
        self._show()

    def _summed(self, summary: Summary) -> None:
        self.summary = summary
        self.subtitle(summary.session.name)
        self._show()
        if self._export_wanted:
            self._export_wanted = False
            self.action_export()

    def _show(self) -> None:
        if self.summary is not None and self.size.width:
            lines = self.query_one(SummaryLines)
            lines.show(
                Rows(lines_of(self.summary, lines.size.width)[1:]), keep_place=True
            )  # the title line has the name

    def action_go_on(self) -> None:
        self.post_message(OpenSession(self.session))

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self.action_go_on()

    def action_settle(self) -> None:
        self.post_message(OpenSettling(self.session))

    def action_finish(self) -> None:
        if self.summary is None:
            self.say("Still summing up")
        else:
            self.finish_session(self.summary.session, self.on_screen_resume)

    def action_copy(self) -> None:
        if self.summary is None:
            self.say("Still summing up")
        else:
            self.copy(text_of(self.summary), f"what “{self.summary.session.name}” came to")

    def action_export(self) -> None:
        if self.summary is None:
            self.say("Still summing up")
            return
        summary = self.summary
        self.ask_where(
            "Write the summary to",
            summary.session.name,
            ENDS,
            lambda form, report: written(self.library, summary, form, report),
        )
