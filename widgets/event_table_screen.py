"""The table of an event: what each of its reports tells of each thing, and where they disagree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Literal, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from db import Library, Stored
from db.texts import short
from reader.event_table import EventTable, Row, Subject, Telling
from widgets.citation import cited
from widgets.dialogs import Choice, Choose, Notice
from widgets.event_cells import MEANINGS, SIGNS, SUBJECTS, head, said, why
from widgets.event_grid import HERE, EventGrid, Judged
from widgets.exports.event_forms import EVENT_FORMS
from widgets.frame import LibraryView, plural
from widgets.gathering import Gathered, every_pair
from widgets.layout import displayable
from widgets.navigation import OpenArticle, OpenPair
from widgets.row_list import RowHeading, RowList, Rows
from widgets.search_bar import SearchBar
from widgets.understanding import Tabulated, judgements_of, tabulated
from widgets.work import Report

WORKING = "Comparing the reports of this event"
NOTHING = "These reports tell nothing that can be held against each other."
TOO_FEW = """There is nothing to hold against each other: this is one report.

Mark reports of one event in the library (v), then gt."""
NOT_FOUND = "No row is like this. Esc shows all again."
STOPPED = "The table is not made: q goes back, gt begins again where this stopped."
BEFORE, BEHIND = 90, 150
"""How much of a paragraph is shown around a telling, in code points."""


class Shown(NamedTuple):
    """What a job has made."""

    reports: tuple[Stored, ...]
    table: EventTable
    judged: Judged


class Wanted(NamedTuple):
    """Which rows are listed."""

    conflicts: bool = False
    subject: Subject | None = None
    words: tuple[str, ...] = ()

    def lists(self, row: Row) -> bool:
        """Whether a row is among them."""
        if (self.conflicts and not row.clashes) or (self.subject and row.subject != self.subject):
            return False
        told = " ".join((row.thing, *(said(telling) for cell in row.cells for telling in cell))).casefold()
        return all(word in told for word in self.words)


class EventTableScreen(LibraryView[None]):
    """A row for each thing, a column for each report."""

    SCREEN_NAME = "event_table"
    TITLE = "Event table"
    AUTO_FOCUS = "EventGrid"
    SIGNS: ClassVar[Mapping[str, str]] = {
        **{SIGNS[state]: told for state, told in MEANINGS.items()},
        "A B C": "The reports with one letter tell it alike",
        "✓ ~ ✗ ?": "Behind the sign: what was judged of it",
        HERE: "The cell of the cursor",
    }
    DEFAULT_CSS = """
    EventTableScreen #told { height: 9; border-top: hkey $panel; padding: 0 1; }
    EventTableScreen.-short #told { height: 5; }
    EventTableScreen #told > Static { width: 100%; }
    """

    def __init__(self, library: Library, gather: Callable[[Report], Sequence[int]], name: str = "") -> None:
        """``gather`` is called in a thread for the reports; ``name`` is what the event is called."""
        super().__init__(library)
        self._gather = gather
        self._called = name
        self._shown: Shown | None = None
        self._wanted = Wanted()

    def hint(self) -> str:
        return "h l go from report to report, Enter compares the two that disagree there, w tells all of the row"

    def body(self) -> ComposeResult:
        yield SearchBar("Search things and what is told of them")
        grid = EventGrid()
        yield RowHeading(grid)
        yield grid
        with VerticalScroll(id="told", can_focus=False):
            yield Static()

    @property
    def grid(self) -> EventGrid:
        """The table."""
        return self.query_one(EventGrid)

    # Making the table

    def on_mount(self) -> None:
        self._make(keep_place=False)

    def on_screen_resume(self) -> None:
        if self._shown is not None:
            self._make(keep_place=True)

    def library_changed(self) -> None:
        self._make(keep_place=True)

    def stop_jobs(self) -> bool:
        stopped = super().stop_jobs()
        if stopped and self._shown is None:
            self.grid.empty = STOPPED
            self.grid.show(Rows(()))
        return stopped

    def _make(self, *, keep_place: bool) -> None:
        """Read and compare what is missing, in a thread, and show the table."""

        def job(report: Report) -> Shown:
            made = tabulated(self.library, self._gather(report), report)
            return Shown(*made, judgements_of(self.library, made))

        def made(shown: Shown) -> None:
            if shown != self._shown:
                self._shown = shown
                self._list(keep_place=keep_place)

        self.start(WORKING, job, made, key="table", shown=not keep_place)

    def _list(self, *, keep_place: bool = False) -> None:
        """Show the rows that are wanted."""
        if self._shown is None:
            return
        reports, table, judged = self._shown
        grid = self.grid
        grid.reports, grid.judged = reports, judged
        grid.empty = NOT_FOUND if self._wanted != Wanted() else NOTHING if len(reports) > 1 else TOO_FEW
        grid.show(Rows([row for row in table.rows if self._wanted.lists(row)]), keep_place=keep_place)
        grid.column = grid.column  # a table with fewer reports has no place for the cursor of one with more
        self._heading_changed()
        for note in table.notes[:1]:
            self.say(f"! {note}", warning=True)

    @on(RowList.Counted)
    def _counted(self, message: RowList.Counted) -> None:
        if self._shown is None:
            return
        conflicting = sum(bool(row.clashes) for row in self._shown.table.rows)
        what = [
            f"“{short(self._called)}”" if self._called else "",
            plural(len(self._shown.reports), "report"),
            plural(message.count, "row"),
            "conflicts only" if self._wanted.conflicts else f"{conflicting} with conflicts",
            SUBJECTS[self._wanted.subject].lower() if self._wanted.subject else "",
        ]
        self.subtitle(" · ".join(filter(None, what)))

    # What stands below

    @on(EventGrid.ColumnMoved)
    def _heading_changed(self) -> None:
        self.query_one(RowHeading).refresh()
        self._tell()

    @on(RowList.Moved)
    def _tell(self) -> None:
        row = self.grid.row
        told = self._told(row) if row is not None and self._shown is not None else Content("")
        self.query_one("#told > Static", Static).update(told)

    def _told(self, row: Row) -> Content:
        """The row in a line, why its reports disagree, and what this report says, in its own words."""
        assert self._shown is not None
        column, stored = self.grid.column, self._shown.reports[self.grid.column]
        lines: list[str | tuple[str, str]] = [(_one_line(row.thing), "bold"), f" · {MEANINGS[row.state].lower()}"]
        clash = row.clash_of(column) or next(iter(row.clashes), None)
        if clash is not None:
            lines.append(f"\n{_one_line(why(clash, self._shown.reports))}")
        lines.append(("\n" + _one_line(head(stored)), "bold"))
        if not row.cells[column]:
            lines.append(" says nothing of it")
        for telling in row.cells[column]:
            lines.append((f"\n  {_in_words(telling, stored)}", ""))
        return Content.assemble(*lines)

    # Moving

    def action_left(self) -> None:
        self.grid.column -= 1

    def action_right(self) -> None:
        self.grid.column += 1

    def action_first_column(self) -> None:
        self.grid.column = 0

    def action_last_column(self) -> None:
        self.grid.column = len(self.grid.reports) - 1

    # Searching and filtering

    def action_search(self) -> None:
        self.query_one(SearchBar).open()

    @on(SearchBar.Sought)
    def _sought(self, message: SearchBar.Sought) -> None:
        self._want(self._wanted._replace(words=tuple(message.text.casefold().split())))

    @on(SearchBar.Left)
    def _search_left(self) -> None:
        self.grid.focus()

    def action_next_match(self) -> None:
        self.grid.action_down()

    def action_previous_match(self) -> None:
        self.grid.action_up()

    def clear(self) -> None:
        if self._wanted.words:
            self.query_one(SearchBar).close()
        self._want(Wanted())

    def _want(self, wanted: Wanted) -> None:
        if wanted != self._wanted:
            self._wanted = wanted
            self._list()

    def action_conflicts(self) -> None:
        conflicts = not self._wanted.conflicts
        self._want(self._wanted._replace(conflicts=conflicts))
        self.say("Only what conflicts; f shows all" if conflicts else "All rows")

    def action_filter(self) -> None:
        now = self._wanted
        choices: list[Choice[Subject | Literal["all"]]] = [
            Choice("all", "All", "a"),
            *(Choice(subject, told, key) for (subject, told), key in zip(SUBJECTS.items(), "ctmn", strict=True)),
        ]

        def chosen(subject: Subject | Literal["all"] | None) -> None:
            if subject is not None:
                self._want(now._replace(subject=None if subject == "all" else subject))

        self.app.push_screen(Choose("Show", choices, current=now.subject or "all"), chosen)

    # The cell

    def _here(self) -> tuple[Row, int, Stored] | None:
        """The row, the number of the column and its report; or word that there is none."""
        row = self.grid.row
        if row is None or self._shown is None:
            self.say("The table is still being made" if WORKING in self.jobs else "No row is listed")
            return None
        return row, self.grid.column, self._shown.reports[self.grid.column]

    def action_open(self) -> None:
        """To the comparison of this report with the one that tells it otherwise, at the place of the cell."""
        if (here := self._here()) is None:
            return
        row, column, stored = here
        against = row.against(column)
        if not row.cells[column]:
            self.say(f"{head(stored)} says nothing of it: h l go to a report that does")
        elif against is None:
            self.say("No other report tells it")
            self.action_read()
        else:
            assert self._shown is not None
            a, b = sorted((column, against))
            place = row.cells[column][0].place
            low, high = (self._shown.reports[at].id for at in (a, b))
            self.post_message(OpenPair(low, high, at=("a" if column == a else "b", place)))

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self.action_open()

    def action_read(self) -> None:
        """Read the report where it tells this, or from where it was left."""
        if (here := self._here()) is not None:
            row, column, stored = here
            in_body = [telling.place.start for telling in row.cells[column] if telling.place.part == "body"]
            self.post_message(OpenArticle(stored.id, in_body[0] if in_body else None))

    def action_why(self) -> None:
        if (here := self._here()) is None or self._shown is None:
            return
        row = here[0]
        lines = [f"{SUBJECTS[row.subject]}. {MEANINGS[row.state]}.", ""]
        lines += [_one_line(why(clash, self._shown.reports)) for clash in row.clashes]
        for stored, group, tellings in zip(self._shown.reports, row.groups, row.cells, strict=True):
            lines += ["", " ".join(filter(None, (group, head(stored))))]
            lines += [f"  {_in_words(telling, stored)}" for telling in tellings] or ["  says nothing of it"]
        self.app.push_screen(Notice(row.thing, lines))

    def action_copy(self) -> None:
        if (here := self._here()) is None:
            return
        row, column, stored = here
        if row.cells[column]:
            quote = cited(row.cells[column][0].place.text, stored.article)
            self.copy(quote)
        else:
            self.say(f"{head(stored)} says nothing of it")

    # The whole table

    def action_make_session(self) -> None:
        if self._shown is None or len(self._shown.reports) < 2:
            self._here()
            return
        reports = [stored.id for stored in self._shown.reports]
        name = self._called or short(self._shown.reports[0].article.title)
        self.make_session(Gathered(f"Event: {short(name)}", every_pair(reports), f"the table of “{name}”"))

    def action_export(self) -> None:
        if self._shown is None or not self.grid.count:
            self._here()
            return
        reports, table, _ = self._shown
        rows = [row for row in table.rows if self._wanted.lists(row)]

        made = Tabulated(reports, EventTable(reports=table.reports, rows=tuple(rows), notes=table.notes))
        self.ask_where(
            f"Write {plural(len(rows), 'row')} to",
            self._called or "event table",
            tuple(EVENT_FORMS),
            lambda form, report: EVENT_FORMS[form](self.library, made, self._called, report),
        )


def _one_line(text: str) -> str:
    return " ".join(displayable(text).split())


def _in_words(telling: Telling, stored: Stored) -> str:
    """A telling with the words around it, as they stand, and who says it."""
    place, text = telling.place, stored.article.part(telling.place.part)
    start = max(text.rfind("\n", 0, place.start) + 1, place.start - BEFORE)
    line_end = text.find("\n", place.end)
    end = min(len(text) if line_end < 0 else line_end, place.end + BEHIND)
    before, behind = text[start : place.start], text[place.end : end]
    if start and text[start - 1] != "\n":
        before = "…" + before.partition(" ")[2]
    if end < len(text) and text[end] != "\n":
        behind = behind.rpartition(" ")[0] + "…"
    speaker = f" — {telling.speaker}" if telling.speaker else ""
    headline = " (headline)" if place.part == "title" else ""
    return _one_line(f"{before}[{place.text}]{behind}{headline}{speaker}")
