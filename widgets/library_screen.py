"""The library: all reports, what is known of each, and the way to everything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from msgspec.structs import replace
from textual import events, on

from db import Merged, Row, Stored
from db.sessions import LONGEST
from db.texts import short
from reader.nouns import Article
from widgets import clipboard
from widgets.article_list import Articles
from widgets.backlog import Made, make_missing
from widgets.citation import citation
from widgets.dialogs import Choice, Choose, Field, Form, Notice, PathSuggester, Prompt
from widgets.frame import plural, quoted
from widgets.gathering import Gathered, Pairs, every_pair, of_event, of_list, undecided
from widgets.grouping import place_missing
from widgets.import_dialogs import ImportPrompt, check_date, is_text, preview
from widgets.listing import NO_REPORT, ListingView
from widgets.navigation import OpenArticle, OpenEventOf, OpenEventTable, OpenPair, OpenPartners
from widgets.reports_file import FORMS, written
from widgets.row_list import RowList
from widgets.work import Report

if TYPE_CHECKING:
    from reader.acquire import Acquired

Material = Literal["marked", "listed", "event", "open"]
"""What a session is made from."""
IMPORT_CHUNK = 16
"""Reports added in one transaction: what is lost at most when an import is stopped."""

ANALYSING = "Analysing"


class Imported(NamedTuple):
    """What an import did: how many of each status, the failures as lines, the lines of furniture left out."""

    added: int
    already: int
    revised: int
    failures: list[str]
    left_out: int = 0

    def __str__(self) -> str:
        counts = f"{self.added:,} added, {self.already:,} already there, {self.revised:,} revised"
        furniture = f"; {plural(self.left_out, 'line')} of furniture left out" if self.left_out else ""
        return f"{counts}, {len(self.failures):,} failed{furniture}"


class LibraryScreen(ListingView):
    """All reports, and what can be done with them."""

    SCREEN_NAME = "library"
    SIGNS: ClassVar[Mapping[str, str]] = {
        "●": "Unread",
        "★": "Starred",
        "A": "Picked to be compared with the next one picked",
        "✓ ┃": "Marked; in the range that is being marked",
        "(…)": "No title is known: how the text begins",
    }

    # The report under the cursor, or those marked

    def _alter(self, rows: Sequence[Row], name: str, act: Callable[[], object], said: str) -> None:
        self.change_many(len(rows), name, act, said, self.done_with_marks)

    def hint(self) -> str:
        return "P shows the other reports of this event, p picks two to compare, Enter reads; ? lists all keys"

    def action_read(self) -> None:
        if self.reports.row is not None:
            self.post_message(OpenArticle(self.reports.row.id))
        else:
            self.say(NO_REPORT)

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self.action_read()

    def action_toggle_read(self) -> None:
        self.with_subjects(self._toggle_read)

    def _toggle_read(self, rows: list[Row]) -> None:
        read, ids = not rows[0].read, [row.id for row in rows]
        said = f"Marked {quoted(row.name for row in rows)} {'read' if read else 'unread'}"
        self._alter(rows, "Marking", lambda: self.library.articles.set_read(ids, read), said)

    def action_star(self) -> None:
        self.with_subjects(self._star)

    def _star(self, rows: list[Row]) -> None:
        starred, ids = not rows[0].starred, [row.id for row in rows]
        said = f"{'Starred' if starred else 'Un-starred'} {quoted(row.name for row in rows)}"
        self._alter(rows, "Starring", lambda: self.library.articles.set_starred(ids, starred), said)

    def action_delete(self) -> None:
        self.with_subjects(self._delete)

    def _delete(self, rows: list[Row]) -> None:
        ids, restoring = [row.id for row in rows], all(row.deleted for row in rows)
        act = self.library.articles.restore if restoring else self.library.articles.delete
        said = f"{'Restored' if restoring else 'Deleted'} {quoted(row.name for row in rows)}"
        self._alter(rows, "Restoring" if restoring else "Deleting", lambda: act(ids), said)

    def action_tag(self) -> None:
        self.with_subjects(
            lambda rows: self.ask_tags([row.id for row in rows], quoted(row.name for row in rows), self.done_with_marks)
        )

    def action_untag(self) -> None:
        self.with_subjects(self._untag)

    def _untag(self, rows: list[Row]) -> None:
        worn = sorted({tag for row in rows for tag in row.tags})
        if worn:
            titles = quoted(row.name for row in rows)
            self.ask_tags([row.id for row in rows], titles, self.done_with_marks, remove=worn)
        else:
            self.say("No tags here")

    def action_open_source(self) -> None:
        self._read_subjects(lambda many: self.open_sources([stored.article.url for stored in many]))

    def action_copy(self) -> None:
        def copy(many: list[Stored]) -> None:
            lines = [citation(stored.article) for stored in many]
            self.copy("\n".join(lines), lines[0] if len(lines) == 1 else plural(len(lines), "citation"))

        self._read_subjects(copy)

    def _read_subjects(self, then: Callable[[list[Stored]], None]) -> None:
        """Read the reports that a command takes, in a thread, and go on with them."""

        def read(rows: list[Row]) -> None:
            ids = [row.id for row in rows]
            self.start("Reading", lambda _: self.library.articles.get_many(ids), then, key="subjects")

        self.with_subjects(read)

    def action_export(self) -> None:
        def export(rows: list[Row]) -> None:
            ids, what = [row.id for row in rows], quoted(row.name for row in rows)
            name = rows[0].name if len(rows) == 1 else f"{len(rows)} reports"
            self.ask_where(
                f"Write {what} to", name, tuple(FORMS), lambda form, report: written(self.library, ids, form, report)
            )

        self.with_subjects(export)

    def action_versions(self) -> None:
        if self.reports.row is None:
            self.say(NO_REPORT)
        else:
            self.ask_version(self.reports.row.id)

    def action_edit(self) -> None:
        row = self.reports.row
        if row is None:
            self.say(NO_REPORT)
            return

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
        if self.reports.span is not None:
            self.close_range(self.action_pick)
            return
        marked = list(self.reports.marked)
        row = self.reports.row
        if len(marked) == 2:
            self.reports.marked.clear()
            self.post_message(OpenPair(*marked))
        elif row is None:
            self.say(NO_REPORT)
        elif self.reports.picked is None:
            self.reports.picked = row
            self.reports.refresh()
            self.say(f'A is "{row.name}". p on another report compares them; Esc forgets it')
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
            self.say(NO_REPORT)

    def action_event(self) -> None:
        if self.reports.row is not None:
            self.post_message(OpenEventOf(self.reports.row.id))
        else:
            self.say(NO_REPORT)

    def action_event_table(self) -> None:
        if self.reports.span is not None:
            self.close_range(self.action_event_table)
            return
        row, marked = self.reports.row, list(self.reports.marked)
        if len(marked) > 1:
            self.post_message(OpenEventTable(marked))
        elif row is not None:
            self.post_message(OpenEventTable([row.id], row.name))
        else:
            self.say(NO_REPORT)

    # Sessions

    def action_make_session(self) -> None:
        if self.reports.span is not None:
            self.close_range(self.action_make_session)
            return
        row, marked = self.reports.row, list(self.reports.marked)
        if row is None:
            self.say(NO_REPORT)
            return
        title = short(row.title or row.begins)
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
                    self._pair_marked(marked)
                case "listed":
                    self._gather_list()
                case "event":
                    self._gather(
                        f"Event: {title}",
                        f"the event of “{title}”",
                        partial(of_event, self.library, self._finder, row.id),
                    )
                case "open":
                    self._gather("Open conflicts", "all pairs with open conflicts", lambda _: undecided(self.library))

        self.app.push_screen(Choose("Work through", choices), chosen)

    def _pair_marked(self, marked: Sequence[int]) -> None:
        name, pairs = f"{len(marked)} marked reports", len(marked) * (len(marked) - 1) // 2
        if pairs > LONGEST:
            self.say(f"{name} make {pairs:,} pairs, and a session holds {LONGEST:,}: l takes the likely ones of a list")
            return
        self.make_session(Gathered(name, every_pair(marked), name))
        self.reports.marked.clear()

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
        self.app.push_screen(ImportPrompt(), self._import)

    def _import(self, answer: str | None) -> None:
        """Import what was typed or pasted: a path or an address at once, a text after a look at how it was read."""
        given = (answer or "").strip().strip("'\"")
        if is_text(given):
            self.start("Reading", lambda _: self._read(given), self._previewed)
        elif given:
            self.start("Importing", lambda report: self._acquire(given, report), self._imported)

    def action_paste(self) -> None:
        self.start("Asking the clipboard", lambda _: clipboard.from_system(), self._from_clipboard)

    def _from_clipboard(self, text: str | None) -> None:
        given = (text or "").strip()
        if is_text(given):
            self._import(given)
        elif "://" in given:
            self.start("Fetching", lambda report: self._fetch(given, report), self._previewed)
        else:
            self.app.push_screen(ImportPrompt(given), self._import)
            if not given:
                self.say(
                    "The clipboard cannot be read from here: paste into the dialog (Ctrl+Shift+V in most terminals)"
                )

    def on_paste(self, event: events.Paste) -> None:
        """What the terminal pastes while the list has the focus."""
        event.stop()
        if event.text.strip():
            self._from_clipboard(event.text)

    def _read(self, text: str) -> list[Acquired]:
        from reader.acquire import documents

        return list(documents("what was pasted", text.encode(errors="replace")))

    def _fetch(self, address: str, report: Report) -> list[Acquired]:
        from reader.acquire import acquire

        return list(acquire([address], waiting=lambda: report(address)))

    def _previewed(self, found: list[Acquired]) -> None:
        """Show how the one report was read before it is added; several are added as they are."""
        from reader.acquire import Document
        from reader.hostile import one_line

        one = found[0]
        if len(found) > 1 or not isinstance(one, Document):
            self.start("Importing", lambda report: self._add(found, report), self._imported)
            return

        def confirmed(values: tuple[str, ...] | None) -> None:
            if values is not None:
                title, source, published, url = map(one_line, values)
                article = replace(one.article, title=title, source=source, published=published, url=url)
                self.start(
                    "Importing", lambda report: self._add([replace(one, article=article)], report), self._imported
                )

        self.app.push_screen(preview(one.article), confirmed)

    def _acquire(self, path: str, report: Report) -> Imported:
        """Add all that ``path`` names. Runs in a thread; what was added before it is stopped stays."""
        from reader.acquire import acquire, is_address

        place = path if is_address(path) else Path(path).expanduser()
        return self._add(acquire([place], waiting=lambda: report(path)), report)

    def _add(self, found: Iterable[Acquired], report: Report) -> Imported:
        """Add what was acquired. Runs in a thread."""
        from reader.acquire import Failure
        from widgets.importing import add_reports

        failures: list[str] = []

        def documents() -> Iterator[tuple[Article, bytes]]:
            for number, item in enumerate(found, 1):
                report(f"{number:,}: {item.name}")
                if isinstance(item, Failure):
                    failures.append(f"{item.name}: {item.reason}")
                else:
                    yield item.article, item.raw

        statuses: Counter[str] = Counter()
        left_out = 0
        for added, lines in add_reports(self.library, documents(), IMPORT_CHUNK):
            statuses[added.status] += 1
            left_out += lines
        return Imported(statuses["added"], statuses["already"], statuses["revised"], failures, left_out)

    def action_fetch_feeds(self) -> None:
        """Fetch what is new in the feeds that are due."""

        def fetch(report: Report) -> Imported | None:
            from widgets import feeding

            due = self.library.feeds.due()
            reports: Counter[str] = Counter()
            failures: list[str] = []
            for done in feeding.fetch(self.library, due, report):
                reports.update(done.reports)
                failures += done.failures
            return Imported(reports["added"], reports["already"], reports["revised"], failures) if due else None

        def fetched(done: Imported | None) -> None:
            if done is not None:
                self._imported(done)
            elif self.library.feeds.all():
                self.say(
                    "No feed is due; rashomon feeds lists them, and rashomon feeds fetch FEED asks one all the same"
                )
            else:
                self.say("No feed is followed: rashomon feeds add URL follows one")

        self.start("Fetching feeds", fetch, fetched)

    def action_merge(self) -> None:
        """Join another library to this one."""

        def named(answer: str | None) -> None:
            if given := (answer or "").strip().strip("'\""):
                path = Path(given).expanduser()
                self.start(
                    "Merging",
                    lambda report: self.library.merge(path, tell=report),
                    self._merged,
                )

        hint = "A library, or a folder that rashomon dump wrote; it is not changed. Tab completes, Enter merges, Esc goes back"
        self.app.push_screen(Prompt("Merge another library", hint=hint, suggester=PathSuggester()), named)

    def _merged(self, done: Merged) -> None:
        self.reports.reload()
        self.say(done.told())
        hidden = f"{plural(done.hidden, 'more difference')} of pairs that you judge blind" if done.hidden else ""
        if lines := [*done.differences, *filter(None, [hidden])]:
            self.app.push_screen(Notice(done.told(), lines))
        if done.brought:
            self._analyse(lambda made: self._tell_failures(made) if made.failures else None)

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
            self.start(ANALYSING, self._understand, then, background=True)

    def _understand(self, report: Report) -> Made:
        """Have the next question for partners answered at once, place reports in events, make the facts that are missing.

        In a thread.
        """
        self._finder.prepare(report)
        place_missing(self.library, self._finder, report)
        return make_missing(self.library, report)

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
