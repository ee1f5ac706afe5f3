"""What the library lists: searched, filtered, sorted, saved as views; and which of it is marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import ClassVar

import msgspec
from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from db import Library, LibraryError, Query, Row, Stored, View
from db.views import DIGITS
from widgets.article_list import SORT_NAMES, ArticleList, Articles, Order
from widgets.dialogs import Choice, Choose, Prompt
from widgets.filters import Filter, FilterError, Piece, Unfinished, parse
from widgets.frame import LibraryView, plural
from widgets.layout import Row as TextRow
from widgets.prose import Mark, ProseView
from widgets.row_list import RowHeading, RowList
from widgets.search_bar import FilterSuggester, SearchBar
from widgets.understanding import PartnerFinder
from widgets.views import Deed, ViewBar, ViewMenu
from widgets.work import Report, one_line

EMPTY = """No reports yet.

Press i to import files or a folder,
or leave with Q and run: rashomon demo"""
NOTHING_FOUND = "Nothing here. Esc shows all reports again."
SEARCH = 'Words, "a phrase", source: author: title: tag: is: has: after: before: on:   -not   a OR b'
NO_REPORT = "No report here: i imports some"
ALL, TYPE = "all", "type"
FILTERS = (
    ("u", "Unread", Piece("is", "unread")),
    ("r", "Read", Piece("is", "read")),
    ("m", "Starred", Piece("is", "starred")),
    ("o", "With undecided conflicts", Piece("has", "undecided")),
    ("J", "With judgements", Piece("has", "verdicts")),
    ("n", "Without judgements", Piece("has", "verdicts", negated=True)),
    ("w", "Of the last week", Piece("after", "the past week")),
    ("M", "Of the last month", Piece("after", "the past month")),
    ("D", "Deleted", Piece("is", "deleted")),
)
"""What the filter menu offers: key, name, what it asks."""
PREVIEW_CHARACTERS = 4000
PREVIEW_WIDEST = 100
"""Cells of a row of the preview, at most."""
MARKED_AT_ONCE = 2000
"""Rows read at once to be marked; between two such reads Esc stops it."""


class Preview(ProseView, can_focus=False):
    """The beginning of the report under the cursor: drawn by rows, so that no key lays the screen out anew."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"preview--about"}
    DEFAULT_CSS = """
    Preview { padding: 0 1 0 2; background: $surface; border-left: vkey $panel; }
    Preview > .preview--about { text-style: dim; }
    """
    GUTTER = 0

    def __init__(self) -> None:
        super().__init__(measure=PREVIEW_WIDEST)

    def gutter_of(self, index: int) -> list[Segment]:  # noqa: ARG002
        return []

    def make_rows(self, width: int) -> Sequence[TextRow]:
        """The title and what is known of the report as one paragraph."""
        rows = super().make_rows(width)
        heads = [n for n, row in enumerate(rows) if row.padding]
        return [*rows[: heads[0]], *rows[heads[0] + 1 :]] if heads else rows

    def show_report(self, found: tuple[Stored, int] | None) -> None:
        """Show a report, of whose event so many tell, or nothing."""
        if found is None:
            self.show("")
            return
        stored, of_event = found
        title, about = _heads(stored, of_event)
        marks = (
            Mark(0, len(title), "prose--heading"),
            Mark(len(title) + 1, len(title) + 1 + len(about), "preview--about"),
        )
        body = stored.article.body[:PREVIEW_CHARACTERS].strip()
        more = "…" if len(stored.article.body) > PREVIEW_CHARACTERS else ""
        self.show("\n".join((title, about, "", re.sub(r"\s*\n\s*", "\n\n", body) + more)), marks)


def _heads(stored: Stored, of_event: int) -> tuple[str, str]:
    """The title, and what is known of a report."""
    article = stored.article
    known = [article.source, article.author, article.published, plural(stored.words, "word")]
    known += [f"#{tag}" for tag in stored.tags]
    if stored.versions > 1:
        known.append(f"{stored.versions} versions")
    if of_event > 1:
        known.append(f"one of {of_event} reports of its event")
    return (
        " ".join((article.title or "(untitled)").splitlines()),
        " ".join(" · ".join(part for part in known if part).splitlines()),
    )


class ListingView(LibraryView[None]):
    """All reports, or those that the search line asks for; some of them marked."""

    SCREEN_NAME = "library"
    TITLE = "Library"
    DEFAULT_CSS = """
    ListingView #reports { width: 3fr; }
    ListingView Preview { width: 2fr; }
    ListingView.-narrow Horizontal { layout: vertical; }
    ListingView.-narrow #reports { width: 100%; height: 2fr; }
    ListingView.-narrow Preview { width: 100%; height: 1fr; border-left: none; border-top: hkey $panel; }
    ListingView.-narrow.-short Preview { display: none; }
    """
    AUTO_FOCUS = "ArticleList"

    def body(self) -> ComposeResult:
        yield SearchBar(SEARCH, suggester=self._suggester)
        with Horizontal():
            with Vertical(id="reports"):
                articles = ArticleList(empty=EMPTY)
                yield ViewBar()
                yield RowHeading(articles)
                yield articles
            yield Preview()

    def __init__(self, library: Library, finder: PartnerFinder | None = None) -> None:
        super().__init__(library)
        self._finder = finder or PartnerFinder(library)
        self.filter = Filter()
        self._query = Query()
        """What the filter asks of the library, in no order."""
        self._order: Order | None = None
        self._suggester = FilterSuggester()
        self._views: dict[int, View] = {}

    @property
    def search_bar(self) -> SearchBar:
        """The line that holds the filter."""
        return self.query_one(SearchBar)

    @property
    def reports(self) -> ArticleList:
        """The list of reports."""
        return self.query_one(ArticleList)

    def on_mount(self) -> None:
        self._show()
        self._show_views()

    def on_screen_resume(self) -> None:
        self.reports.reload()

    def library_changed(self) -> None:
        self.reports.range_from = None
        self.reports.reload()
        self._show_views()

    # What is listed

    @property
    def query_shown(self) -> Query:
        """What is listed, as it is asked of the library."""
        return msgspec.structs.replace(self._query, sort=self.order[0], descending=self.order[1])

    @property
    def order(self) -> Order:
        """The order chosen, else the usual one: by relevance where words are looked for, else by date."""
        return self._order or ("relevance" if self._query.text else "published", True)

    def _show(self, *, keep_place: bool = False) -> None:
        self.reports.range_from = None
        self.reports.empty = NOTHING_FOUND if self.filter.clauses else EMPTY
        self.reports.show(Articles(self.library, self.query_shown), keep_place=keep_place)

    def _ask(self, line: str) -> bool:
        """List what a line asks for; whether it can be read. What cannot leaves the list as it is."""
        try:
            asked = parse(line)
            query = asked.query(date.today())
        except FilterError as error:
            self.say(str(error), warning=not isinstance(error, Unfinished))
            return False
        if query != self._query or asked != self.filter:
            self.say("")
            self.filter, self._query = asked, query
            self._show()
        return True

    @on(RowList.Counted)
    def _tell_listed(self) -> None:
        """Say in the title how many reports are listed, what they were asked for, and how many are marked."""
        parts = [str(self.filter)] if self.filter.clauses else []
        if self._order is not None:
            parts.append(f"by {SORT_NAMES[self._order]}")
        marked = len(self.reports.marked) + (self.reports.span[1] if self.reports.span is not None else 0)
        self.subtitle(
            plural(self.reports.count, "report")
            + (f": {', '.join(parts)}" if parts else "")
            + (f" · {marked:,} marked" if marked else "")
        )
        self.query_one(ViewBar).current = self._view_shown()

    @on(RowList.Moved)
    def _moved(self, message: RowList.Moved) -> None:
        row = message.row
        if self.reports.range_from is not None:
            self._tell_listed()
        if not isinstance(row, Row):
            self.query_one(Preview).show_report(None)
            return
        self.start("Reading", lambda _: self._with_event(row.id), self.query_one(Preview).show_report, key="preview")

    def _with_event(self, article: int) -> tuple[Stored, int]:
        """A report, and how many tell of its event; 0 where it was not placed yet."""
        event = self.library.events.of(article)
        return self.library.articles.get(article), 0 if event is None else len(self.library.events.members(event))

    def action_search(self) -> None:
        self.search_bar.open()
        self.start("Reading the names", lambda _: self._known(), self._suggester.know, key="names")

    def _known(self) -> dict[str, list[str]]:
        """What may stand for a field. Reads the grammar of dates too, so that no key press does."""
        import reader.timegrammar  # noqa: F401

        return {
            "source": [name for name, _ in self.library.articles.sources()],
            "tag": [name for name, _ in self.library.tags.names()],
        }

    @on(SearchBar.Sought)
    def _sought(self, message: SearchBar.Sought) -> None:
        self._ask(message.text)

    @on(SearchBar.Left)
    def _search_left(self) -> None:
        self.reports.focus()

    def action_next_match(self) -> None:
        self._walk_matches(self.reports.action_down)

    def action_previous_match(self) -> None:
        self._walk_matches(self.reports.action_up)

    def _walk_matches(self, step: Callable[[], None]) -> None:
        if self.filter.clauses:
            step()
        else:
            self.say("No search yet: / begins one")

    def clear(self) -> None:
        """One step back towards the plain list: marks, the pick, the search, the filter."""
        if self.reports.range_from is not None:
            self.reports.range_from = None
            self._marks_changed("Range dropped")
        elif self.reports.marked or self.reports.picked:
            self.reports.marked.clear()
            self.reports.picked = None
            self._marks_changed("")
        else:
            self.search_bar.close()
            self._order = None
            self.filter, self._query = Filter(), Query()
            self._show(keep_place=True)

    def action_sort(self) -> None:
        choices = [
            Choice(order, name.capitalize(), str(number)) for number, (order, name) in enumerate(SORT_NAMES.items(), 1)
        ]

        def sort(order: Order | None) -> None:
            if order is not None:
                self._order = order
                self._show()

        self.app.push_screen(Choose("Order", choices, current=self.order), sort)

    def action_filter(self) -> None:
        asked = [clause[0] for clause in self.filter.clauses if len(clause) == 1 and clause[0].field]
        choices: list[Choice[Piece | str]] = [Choice(ALL, "All, whatever it is", "a")]
        choices += [Choice(piece, label, key) for key, label, piece in FILTERS]
        choices += [
            Choice("source", "Of one source …", "s"),
            Choice("tag", "With a tag …", "t"),
            Choice(TYPE, "Type a filter …", "/"),
        ]
        current = next((piece for _, _, piece in FILTERS if piece in asked), None)
        self.app.push_screen(Choose("Show", choices, current=current), self._filter_chosen)

    def _filter_chosen(self, chosen: Piece | str | None) -> None:
        if isinstance(chosen, Piece):
            self._narrow(chosen)
        elif chosen == ALL:
            self._write(self.filter.words)
        elif chosen == TYPE:
            self.action_search()
        elif chosen is not None:
            known = self.library.tags.names if chosen == "tag" else self.library.articles.sources
            self.start("Reading", lambda _: known(), lambda names: self._choose_value(chosen, names), key="known")

    def _choose_value(self, field: str, names: Sequence[tuple[str, int]]) -> None:
        if not names:
            self.say(f"No {field} is known yet")
            return
        choices = [Choice(Piece(field, name), f"{name}  {count:,}") for name, count in names]
        self.app.push_screen(Choose(field.capitalize(), choices), self._filter_chosen)

    def _narrow(self, piece: Piece) -> None:
        """Ask for ``piece`` too."""
        self._write(str(self.filter.having(piece)))

    def _write(self, line: str) -> None:
        """Put a line into the search bar, as if it had been typed and kept."""
        if line:
            self.search_bar.keep(line)
        else:
            self.search_bar.close()

    # Views

    def _show_views(self) -> None:
        try:
            self._views = {view.digit: view for view in self.library.views.all()}
        except LibraryError as error:
            self.say(one_line(error), warning=True)
        self.query_one(ViewBar).show(list(self._views.values()))
        self.query_one(ViewBar).current = self._view_shown()

    def _view_shown(self) -> int:
        """The digit of the view that is listed, 0 for none."""

        def shows(view: View) -> bool:
            order = (view.sort, view.descending) if view.sort else None
            with suppress(FilterError):
                return (parse(view.line), order) == (self.filter, self._order)
            return False

        return next((digit for digit, view in self._views.items() if shows(view)), 0)

    def action_view(self, key: str) -> None:
        view = self._views.get(int(key))
        if view is None:
            self.say(f"Nothing is saved under {key}: s saves what is listed under a digit")
        else:
            self._open_view(view)

    @on(ViewBar.Chosen)
    def _view_pressed(self, message: ViewBar.Chosen) -> None:
        self.action_view(str(message.digit))

    def _open_view(self, view: View) -> None:
        self._order = (view.sort, view.descending) if view.sort else None
        if self._ask(view.line):
            self._write(view.line)
            self._show()
            self.say(f"View {view.digit}: {view.name}")

    def action_save_view(self) -> None:
        free = next((digit for digit in DIGITS if digit not in self._views), 9)
        choices = [
            Choice(digit, f"in place of {self._views[digit].name}" if digit in self._views else "free", str(digit))
            for digit in DIGITS
        ]

        def chosen(digit: int | None) -> None:
            if digit is not None:
                self._name_view(digit)

        self.app.push_screen(Choose("Save what is listed under", choices, current=self._view_shown() or free), chosen)

    def _name_view(self, digit: int) -> None:
        line, order, saved = str(self.filter), self._order, self._views.get(digit)
        name = saved.name if saved is not None and saved.line == line else line or "All reports"

        def named(answer: str | None) -> None:
            if answer is not None:
                sort, descending = order or (None, True)
                self._change_views(
                    lambda: self.library.views.save(digit, answer, line, sort, descending), f"Saved under {digit}"
                )

        self.app.push_screen(Prompt(f"Name of view {digit}", value=name), named)

    def action_views(self) -> None:
        if not self._views:
            self.say("No view is saved yet: s saves what is listed under a digit")
            return
        self.app.push_screen(ViewMenu(list(self._views.values()), self._view_shown()), self._view_chosen)

    def _view_chosen(self, answer: tuple[Deed, View] | None) -> None:
        match answer:
            case ("open", view):
                self._open_view(view)
            case ("delete", view):
                self._change_views(lambda: self.library.views.delete(view.digit), f"Deleted view {view.digit}")
            case ("rename", view):

                def renamed(name: str | None) -> None:
                    if name is not None:
                        said = f"Renamed view {view.digit}"
                        self._change_views(lambda: self.library.views.rename(view.digit, name), said)

                self.app.push_screen(Prompt(f"Name of view {view.digit}", value=view.name), renamed)

    def _change_views(self, act: Callable[[], object], said: str) -> None:
        self.change(act, said)
        self._show_views()

    # Marks

    def _marks_changed(self, said: str) -> None:
        self.reports.refresh()
        self._tell_listed()
        self.say(said)

    def _tell_marks(self) -> None:
        marked = len(self.reports.marked)
        self._marks_changed(f"{plural(marked, 'report')} marked; Esc un-marks" if marked else "")

    def action_mark(self) -> None:
        if (row := self.reports.row) is not None:
            if self.reports.marked.pop(row.id, None) is None:
                self.reports.marked[row.id] = row
            self.reports.action_down()
            self._tell_marks()

    def action_mark_range(self) -> None:
        if self.reports.row is None:
            self.say(NO_REPORT)
        elif self.reports.range_from is None:
            self.reports.range_from = self.reports.cursor
            self._marks_changed("A range: move, then V or a command; Esc drops it")
        else:
            self.close_range(lambda: None)

    def action_mark_all(self) -> None:
        if self.reports.row is None:
            self.say(NO_REPORT)
        else:
            self.reports.range_from = None
            self._mark(0, self.reports.count, lambda: None)

    def close_range(self, then: Callable[[], None]) -> None:
        """Mark the range that is open, then go on."""
        span = self.reports.span
        self.reports.range_from = None
        if span is not None:
            self._mark(*span, then)

    def _mark(self, first: int, count: int, then: Callable[[], None]) -> None:
        """Mark rows, read in a thread, then go on."""
        source = Articles(self.library, self.query_shown)

        def read(report: Report) -> list[Row]:
            rows: list[Row] = []
            for offset in range(first, first + count, MARKED_AT_ONCE):
                report(f"{len(rows):,} of {count:,}")
                rows += source.page(offset, min(MARKED_AT_ONCE, first + count - offset))
            return rows

        def marked(rows: list[Row]) -> None:
            self.reports.marked.update((row.id, row) for row in rows)
            self._tell_marks()
            then()

        self.start("Marking", read, marked, key="mark")

    def with_subjects(self, act: Callable[[list[Row]], None]) -> None:
        """Do ``act`` with what the next command takes: the open range and all marked, else the row of the cursor."""
        if self.reports.span is not None:
            self.close_range(lambda: act(self.reports.subjects()))
        elif rows := self.reports.subjects():
            act(rows)
        else:
            self.say(NO_REPORT)

    def done_with_marks(self) -> None:
        """A command took what was marked."""
        self.reports.marked.clear()
        self.reports.reload()
