"""The library: all reports, what is known of each, and the way to everything else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from db import Library, Query, Row, Stored
from db.texts import short
from reader.nouns import Article
from widgets.article_list import SORT_NAMES, ArticleList, Articles, Order
from widgets.backlog import Made, make_missing
from widgets.dialogs import Choice, Choose, Field, Form, Notice, PathSuggester, Prompt
from widgets.filters import Filter, FilterError, Piece, Unfinished, parse
from widgets.frame import LibraryView, plural, quoted
from widgets.gathering import Gathered, Pairs, every_pair, of_event, of_list, undecided
from widgets.layout import displayable
from widgets.navigation import OpenArticle, OpenPair, OpenPartners
from widgets.row_list import RowHeading, RowList
from widgets.search_bar import FilterSuggester, SearchBar
from widgets.understanding import PartnerFinder
from widgets.work import Report

EMPTY = """No reports yet.

Press i to import files or a folder,
or leave with Q and run: rashomon demo"""
NOTHING_FOUND = "Nothing here. Esc shows all reports again."
SEARCH = 'Words, "a phrase", source: author: title: tag: is: has: after: before: on:   -not   a OR b'
Material = Literal["marked", "listed", "event", "open"]
"""What a session is made from."""
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
IMPORT_CHUNK = 16
"""Reports added in one transaction: what is lost at most when an import is stopped."""

ANALYSING = "Analysing"

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?")


class Imported(NamedTuple):
    """What an import did: how many of each status, and the failures as lines."""

    added: int
    already: int
    revised: int
    failures: list[str]
    stopped: bool = False

    def __str__(self) -> str:
        counts = f"{self.added:,} added, {self.already:,} already there, {self.revised:,} revised"
        return f"{counts}, {len(self.failures):,} failed"


class Preview(VerticalScroll, can_focus=False):
    """The beginning of the report under the cursor."""

    DEFAULT_CSS = """
    Preview { padding: 0 2; background: $surface; border-left: vkey $panel; }
    Preview > Static { width: 100%; }
    """

    def compose(self) -> ComposeResult:
        yield Static()

    def show(self, stored: Stored | None) -> None:
        """Show ``stored``, or nothing."""
        self.query_one(Static).update(Content("") if stored is None else _preview(stored))
        self.scroll_home(animate=False)


def _preview(stored: Stored) -> Content:
    article = stored.article
    known = [article.source, article.author, article.published, plural(stored.words, "word")]
    known += [f"#{tag}" for tag in stored.tags]
    if stored.versions > 1:
        known.append(f"{stored.versions} versions")
    body = article.body[:PREVIEW_CHARACTERS] + ("…" if len(article.body) > PREVIEW_CHARACTERS else "")
    return Content.assemble(
        (displayable(article.title or "(untitled)").replace("\n", " "), "bold"),
        "\n",
        (displayable(" · ".join(part for part in known if part)).replace("\n", " "), "dim"),
        "\n\n",
        re.sub(r"\n+", "\n\n", displayable(body).strip()),
    )


class LibraryScreen(LibraryView[None]):
    """All reports."""

    SCREEN_NAME = "library"
    TITLE = "Library"
    DEFAULT_CSS = """
    LibraryScreen #reports { width: 3fr; }
    LibraryScreen Preview { width: 2fr; }
    LibraryScreen.-narrow Horizontal { layout: vertical; }
    LibraryScreen.-narrow #reports { width: 100%; height: 2fr; }
    LibraryScreen.-narrow Preview { width: 100%; height: 1fr; border-left: none; border-top: hkey $panel; }
    LibraryScreen.-narrow.-short Preview { display: none; }
    """
    AUTO_FOCUS = "ArticleList"

    def body(self) -> ComposeResult:
        yield SearchBar(SEARCH, suggester=self._suggester)
        with Horizontal():
            with Vertical(id="reports"):
                articles = ArticleList(empty=EMPTY)
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

    def on_screen_resume(self) -> None:
        self.reports.reload()

    def library_changed(self) -> None:
        self.reports.reload()

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
        self.say("")
        if query != self._query or asked != self.filter:
            self.filter, self._query = asked, query
            self._show()
        return True

    @on(RowList.Counted)
    def _counted(self, message: RowList.Counted) -> None:
        parts = [str(self.filter)] if self.filter.clauses else []
        if self._order is not None:
            parts.append(f"by {SORT_NAMES[self._order]}")
        self.subtitle(plural(message.count, "report") + (f": {', '.join(parts)}" if parts else ""))

    @on(RowList.Moved)
    def _moved(self, message: RowList.Moved) -> None:
        row = message.row
        if not isinstance(row, Row):
            self.query_one(Preview).show(None)
            return
        self.start("Reading", lambda _: self.library.articles.get(row.id), self.query_one(Preview).show, key="preview")

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
        if self.reports.marked or self.reports.picked:
            self.reports.marked.clear()
            self.reports.picked = None
            self.reports.refresh()
            self.say("")
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

    # The report under the cursor, or those marked

    def _subjects(self) -> list[Row]:
        rows = self.reports.subjects()
        if not rows:
            self.say("No report here: i imports some")
        return rows

    def _done_with_marks(self) -> None:
        self.reports.marked.clear()
        self.reports.reload()

    def action_read(self) -> None:
        if self.reports.row is not None:
            self.post_message(OpenArticle(self.reports.row.id))
        else:
            self._subjects()

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self.action_read()

    def action_toggle_read(self) -> None:
        if rows := self._subjects():
            read = not rows[0].read
            said = f"Marked {quoted(row.title for row in rows)} {'read' if read else 'unread'}"
            self.change(lambda: self.library.articles.set_read([row.id for row in rows], read), said)
            self._done_with_marks()

    def action_star(self) -> None:
        if rows := self._subjects():
            starred = not rows[0].starred
            said = f"{'Starred' if starred else 'Un-starred'} {quoted(row.title for row in rows)}"
            self.change(lambda: self.library.articles.set_starred([row.id for row in rows], starred), said)
            self._done_with_marks()

    def action_open_source(self) -> None:
        if rows := self._subjects():
            self.open_sources([stored.article.url for stored in self.library.articles.get_many([r.id for r in rows])])

    def action_delete(self) -> None:
        if rows := self._subjects():
            ids = [row.id for row in rows]
            restoring = all(row.deleted for row in rows)
            act = self.library.articles.restore if restoring else self.library.articles.delete
            self.change(
                lambda: act(ids), f"{'Restored' if restoring else 'Deleted'} {quoted(row.title for row in rows)}"
            )
            self._done_with_marks()

    def action_mark(self) -> None:
        if (row := self.reports.row) is not None:
            if self.reports.marked.pop(row.id, None) is None:
                self.reports.marked[row.id] = row
            self.reports.action_down()
            self.reports.refresh()
            self.say(
                f"{plural(len(self.reports.marked), 'report')} marked; Esc un-marks" if self.reports.marked else ""
            )

    def action_tag(self) -> None:
        if rows := self._subjects():
            self.ask_tags([row.id for row in rows], quoted(row.title for row in rows), self._done_with_marks)

    def action_untag(self) -> None:
        if rows := self._subjects():
            worn = sorted({tag for row in rows for tag in row.tags})
            if worn:
                titles = quoted(row.title for row in rows)
                self.ask_tags([row.id for row in rows], titles, self._done_with_marks, remove=worn)
            else:
                self.say("No tags here")

    def action_edit(self) -> None:
        row = self.reports.row
        if row is None:
            self._subjects()
            return

        def check_date(text: str) -> str:
            if not text or _DATE.fullmatch(text):
                return ""
            return "write it as 2017, 2017-10, 2017-10-14 or 2017-10-14T22:26"

        def edited(values: tuple[str, ...] | None) -> None:
            if values is not None:
                title, source, published = values
                self.change(
                    lambda: self.library.articles.edit(row.id, title=title, source=source, published=published),
                    f"Edited {quoted([title])}",
                )
                self.reports.reload()

        fields = [Field("Title", row.title), Field("Source", row.source), Field("Date", row.published, check_date)]
        self.app.push_screen(Form("Correct what is known of this report", fields), edited)

    def action_pick(self) -> None:
        marked = list(self.reports.marked)
        row = self.reports.row
        if len(marked) == 2:
            self.reports.marked.clear()
            self.post_message(OpenPair(*marked))
        elif row is None:
            self._subjects()
        elif self.reports.picked is None:
            self.reports.picked = row
            self.reports.refresh()
            self.say(f'A is "{row.title}". p on another report compares them; Esc forgets it')
        elif self.reports.picked.id == row.id:
            self.reports.picked = None
            self.reports.refresh()
            self.say("Nothing picked")
        else:
            picked, self.reports.picked = self.reports.picked, None
            self.post_message(OpenPair(picked.id, row.id))

    def action_partners(self) -> None:
        if self.reports.row is not None:
            self.post_message(OpenPartners(self.reports.row.id))
        else:
            self._subjects()

    # Sessions

    def action_make_session(self) -> None:
        row, marked = self.reports.row, list(self.reports.marked)
        if row is None:
            self._subjects()
            return
        title = short(row.title) or "(untitled)"
        listed = f"The {plural(self.reports.count, 'report')} listed: the likely pairs among them"
        choices: list[Choice[Material]] = [
            Choice("event", f"The event of “{title}”: this report and its partners", "e"),
            Choice("listed", listed, "l"),
            Choice("open", "All pairs with open conflicts", "o"),
        ]
        if len(marked) > 1:
            choices.insert(0, Choice("marked", f"The {len(marked)} marked reports: each with each", "m"))

        def chosen(what: Material | None) -> None:
            match what:
                case "marked":
                    name = f"{len(marked)} marked reports"
                    self.make_session(Gathered(name, every_pair(marked), name))
                    self.reports.marked.clear()
                case "listed":
                    self._gather_list()
                case "event":
                    self._gather(f"Event: {title}", f"the event of “{title}”", partial(of_event, self._finder, row.id))
                case "open":
                    self._gather("Open conflicts", "all pairs with open conflicts", lambda _: undecided(self.library))

        self.app.push_screen(Choose("Work through", choices), chosen)

    def _gather_list(self) -> None:
        query, name = self.query_shown, str(self.filter) or "All reports"

        def pairs(report: Report) -> Pairs:
            return of_list(self._finder, self.library.articles.ids(query), report)

        self._gather(name, f"the reports listed: {name}", pairs)

    def _gather(self, name: str, made_from: str, pairs: Callable[[Report], Pairs]) -> None:
        def gathered(found: Pairs) -> None:
            if found:
                self.make_session(Gathered(name, found, made_from))
            else:
                self.say("No pair found for a session. v marks reports, and W pairs the marked ones whatever they are")

        self.start("Looking for pairs", pairs, gathered, key="gather")

    def action_next_unread(self) -> None:
        self._go_to_unread(1)

    def action_previous_unread(self) -> None:
        self._go_to_unread(-1)

    def _go_to_unread(self, step: int) -> None:
        query, start, count = self.query_shown, self.reports.cursor, self.reports.count

        def find(report: Report) -> int | None:
            articles = Articles(self.library, query)
            for offset in range(start + 1, count, 256) if step > 0 else range(start - 256, -256, -256):
                report(f"row {max(offset, 0):,}")
                first, last = max(0, offset), count if step > 0 else min(offset + 256, start)
                rows = articles.page(first, min(256, last - first))
                unread = [first + n for n, row in enumerate(rows) if not row.read]
                if unread:
                    return unread[0] if step > 0 else unread[-1]
            return None

        def found(index: int | None) -> None:
            if index is None:
                self.say("No unread report further on" if step > 0 else "No unread report before this one")
            else:
                self.reports.cursor = index

        self.start("Looking for the next unread report", find, found, key="unread")

    # Import

    def action_import(self) -> None:
        hint = "A file or a folder: text, HTML, Markdown, .eml, JSON Lines. Tab completes, Enter imports, Esc goes back"
        self.app.push_screen(Prompt("Import", hint=hint, suggester=PathSuggester()), self._import)

    def _import(self, answer: str | None) -> None:
        path = (answer or "").strip().strip("'\"")
        if path:
            self.start("Importing", lambda report: self._acquire(Path(path).expanduser(), report), self._imported)

    def _acquire(self, path: Path, report: Report) -> Imported:
        """Add all that ``path`` names. Runs in a thread; what was added before it is stopped stays."""
        from reader.acquire import Failure, acquire

        failures: list[str] = []

        def documents() -> Iterator[tuple[Article, bytes]]:
            for number, item in enumerate(acquire([path]), 1):
                report(f"{number:,}: {item.name}")
                if isinstance(item, Failure):
                    failures.append(f"{item.name}: {item.reason}")
                else:
                    yield item.article, item.raw

        statuses = Counter(added.status for added in self.library.articles.add_many(documents(), chunk=IMPORT_CHUNK))
        return Imported(statuses["added"], statuses["already"], statuses["revised"], failures)

    def stop_jobs(self) -> bool:
        stopped = super().stop_jobs()
        if stopped:  # what an import had added stays, and is shown
            self.reports.reload()
        return stopped

    def _imported(self, done: Imported) -> None:
        self.reports.reload()
        self.say(f"Import: {done}", warning=bool(done.failures))
        if done.failures:
            self.app.push_screen(Notice(f"Import: {done}", done.failures))
        if done.added or done.revised:
            self._analyse(lambda made: self._tell_failures(made) if made.failures else None)

    # Facts

    def action_analyse(self) -> None:
        self._analyse(self._analysed)

    def _analyse(self, then: Callable[[Made], None]) -> None:
        """Find the facts that are missing, unless that is under way: then it comes to the new reports by itself."""
        if ANALYSING not in self.jobs:
            self.start(ANALYSING, lambda report: make_missing(self.library, report), then, background=True)

    def _analysed(self, made: Made) -> None:
        if made.failures:
            self._tell_failures(made)
        elif made.reports:
            self.say(f"{plural(made.reports, 'report')} analysed")
        else:
            self.say("All reports are analysed")

    def _tell_failures(self, made: Made) -> None:
        count = len(made.failures)
        self.say(f"{plural(count, 'report')} could not be analysed: {made.failures[0]}", warning=True)
