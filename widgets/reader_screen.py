"""Reading one report: a page of comfortable width, its facts marked and walked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from db import Library, LibraryError, Stored
from reader.nouns import Facts, Part
from widgets.frame import LibraryView, plural, quoted
from widgets.navigation import OpenPair, OpenPartners
from widgets.prose import Mark, ProseView
from widgets.readings import Fact, reading
from widgets.search_bar import SearchBar
from widgets.status import StatusBar
from widgets.understanding import facts_of
from widgets.work import one_line

MEASURE = 72
SAVE_AFTER = 0.5
"""Seconds without scrolling after which the place is remembered."""

F = TypeVar("F", bound=Fact)


class Shown(NamedTuple):
    """A fact at its place on the page."""

    start: int
    end: int
    part: Part
    fact: Fact


class Page(NamedTuple):
    """What is on the page: title, a line of what is known, and the body, each a paragraph."""

    text: str
    title: int
    """Code points of the title, which begins the page."""
    body: int
    """Where the body begins."""

    @classmethod
    def of(cls, stored: Stored) -> Page:
        """The page of a report."""
        article = stored.article
        known = (article.source, article.author, article.published, plural(stored.words, "word"))
        title = article.title.replace("\n", " ")
        head = f"{title or '(untitled)'}\n{' · '.join(' '.join(part.split()) for part in known if part)}\n"
        return cls(head + article.body, len(title), len(head))

    def start(self, part: Part) -> int:
        """Where ``part`` begins."""
        return 0 if part == "title" else self.body


class ArticleView(ProseView):
    """The page. Kinds of fact differ by style as well as by colour."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"prose--known"}
    DEFAULT_CSS = """
    ArticleView {
        & > .prose--quantity { color: $text-accent; text-style: bold underline; }
        & > .prose--time { color: $text-primary; text-style: italic underline; }
        & > .prose--mention { text-style: underline; }
        & > .prose--known { color: $text-muted; }
    }
    """


class Legend(Static):
    """How the kinds of fact are drawn, and how many there are."""

    DEFAULT_CSS = """
    Legend { height: 1; padding: 0 1; color: $text-muted; text-align: center; }
    """

    def show(self, facts: Facts | None) -> None:
        """Count the facts; none yet is said too."""
        if facts is None:
            self.update(Content(""))
            return
        quantities, times, names = (
            sum(len(getattr(part, kind)) for part in (facts.title, facts.body))
            for kind in ("quantities", "times", "mentions")
        )
        self.update(
            Content.assemble(
                (plural(quantities, "quantity", "quantities"), "bold underline"),
                " ]q   ",
                (plural(times, "time"), "italic underline"),
                " ]d   ",
                (plural(names, "name"), "underline"),
                " ]e",
            )
        )


class ReaderScreen(LibraryView[None]):
    """One report to read."""

    SCREEN_NAME = "reader"
    TITLE = "Reader"
    AUTO_FOCUS = "ArticleView"
    DEFAULT_CSS = """
    ReaderScreen ArticleView { height: 1fr; }
    """

    def __init__(self, library: Library, article: int, offset: int | None = None) -> None:
        super().__init__(library)
        self.article = article
        self.stored: Stored | None = None
        self.facts: Facts | None = None
        self.page = Page("", 0, 0)
        self._offset = offset
        self._place = 0
        """The code point of the body at the top of the screen."""
        self._shown: dict[str, list[Shown]] = {}

    def body(self) -> ComposeResult:
        yield SearchBar("Find in this report")
        yield ArticleView(measure=MEASURE, align="center")
        yield Legend()

    @property
    def view(self) -> ArticleView:
        """The page."""
        return self.query_one(ArticleView)

    # Opening and leaving

    def on_mount(self) -> None:
        self.watch(self.view, "scroll_y", self._scrolled, init=False)
        self._save = self.set_timer(SAVE_AFTER, self._save_place, pause=True)
        self._open(self._offset)

    def library_changed(self) -> None:
        self._open(self._place)

    def _open(self, offset: int | None) -> None:
        try:
            self.stored = self.library.articles.get(self.article)
            place = self.library.articles.place(self.article) if offset is None else offset
            if not self.stored.read:
                self.library.articles.set_read([self.article], undoable=False)
        except LibraryError as error:
            self.say(one_line(error), warning=True)
            return
        self.page = Page.of(self.stored)
        self._place = place
        self.facts, self._shown = None, {}
        self.subtitle(self.stored.article.title or "(untitled)")
        self.view.show(self.page.text, self._marks())
        self.query_one(Legend).show(None)
        if place:
            self.call_after_refresh(self.view.scroll_to_offset, self.page.body + place)
        stored = self.stored
        self.start("Reading numbers, times and names", lambda _: facts_of(self.library, stored), self._understood)

    def on_screen_suspend(self) -> None:
        self._save_place()

    def on_unmount(self) -> None:
        self._save_place()

    def _scrolled(self) -> None:
        self._place = max(0, self.view.top - self.page.body)
        self._save.reset()
        self._save.resume()
        self._tell_progress()

    def _tell_progress(self) -> None:
        view = self.view
        share = 100 if view.max_scroll_y <= 0 else round(100 * min(1, view.scroll_y / view.max_scroll_y))
        star = "★ " if self.stored is not None and self.stored.starred else ""
        tags = "".join(f"#{tag} " for tag in self.stored.tags) if self.stored is not None else ""
        self.query_one(StatusBar).place(f"{star}{tags}{share}%")

    def _save_place(self) -> None:
        if self.stored is not None:
            try:
                self.library.articles.set_place(self.article, self._place)
            except LibraryError as error:
                self.log.warning(one_line(error))

    # Facts

    def _marks(self) -> list[Mark]:
        known = Mark(self.page.text.find("\n") + 1, self.page.body, "prose--known")
        marks = [Mark(0, max(self.page.title, self.page.text.find("\n")), "prose--heading"), known]
        for style, shown in self._shown.items():
            marks += [Mark(one.start, one.end, style) for one in shown]
        return marks

    def _understood(self, facts: Facts) -> None:
        self.facts = facts

        def placed(kind: str) -> list[Shown]:
            return [
                Shown(self.page.start(part) + fact.start, self.page.start(part) + fact.end, part, fact)
                for part in ("title", "body")
                for fact in getattr(facts.part(part), kind)
            ]

        self._shown = {
            "prose--mention": placed("mentions"),
            "prose--time": placed("times"),
            "prose--quantity": placed("quantities"),
        }
        self.view.set_marks(self._marks())
        self.query_one(Legend).show(facts)
        self._tell_progress()

    def _walk(self, kind: str, noun: str, direction: int) -> None:
        if self.facts is None:
            self.say("The facts are still being read")
            return
        shown: Sequence[Shown] = self._shown[kind]
        if not shown:
            self.say(f"No {noun} was found in this report")
            return
        here = self.view.cursor[0] if self.view.cursor is not None else self.view.top - (direction > 0)
        if direction > 0:
            found = next((one for one in shown if one.start > here), None)
        else:
            found = next((one for one in reversed(shown) if one.start < here), None)
        again = ""
        if found is None:
            found = shown[0] if direction > 0 else shown[-1]
            again = "  (from the top)" if direction > 0 else "  (from the end)"
        self.view.cursor = (found.start, found.end)
        self.view.reveal(found.start)
        self._say_reading(found, again)

    def _say_reading(self, shown: Shown, again: str = "") -> None:
        assert self.stored is not None
        assert self.facts is not None
        self.say(reading(shown.fact, self.facts, self.stored.article.part(shown.part), shown.part) + again)

    @on(ProseView.Pressed)
    def _pressed(self, message: ProseView.Pressed) -> None:
        for shown in self._shown.values():
            for one in shown:
                if one.start <= message.offset < one.end:
                    self.view.cursor = (one.start, one.end)
                    self._say_reading(one)
                    return

    def action_next_quantity(self) -> None:
        self._walk("prose--quantity", "quantity", 1)

    def action_previous_quantity(self) -> None:
        self._walk("prose--quantity", "quantity", -1)

    def action_next_time(self) -> None:
        self._walk("prose--time", "date", 1)

    def action_previous_time(self) -> None:
        self._walk("prose--time", "date", -1)

    def action_next_name(self) -> None:
        self._walk("prose--mention", "name", 1)

    def action_previous_name(self) -> None:
        self._walk("prose--mention", "name", -1)

    # Moving

    def _scroll(self, rows: int) -> None:
        self.view.scroll_relative(y=rows, animate=False)

    def action_down(self) -> None:
        self._scroll(1)

    def action_up(self) -> None:
        self._scroll(-1)

    def action_half_down(self) -> None:
        self._scroll(max(1, self.view.size.height // 2))

    def action_half_up(self) -> None:
        self._scroll(-max(1, self.view.size.height // 2))

    def action_page_forward(self) -> None:
        self._scroll(max(1, self.view.size.height - 2))

    def action_page_back(self) -> None:
        self._scroll(-max(1, self.view.size.height - 2))

    def action_top(self) -> None:
        self.view.scroll_home(animate=False)

    def action_bottom(self) -> None:
        self.view.scroll_end(animate=False)

    def action_next_paragraph(self) -> None:
        self._go_to_paragraph(1)

    def action_previous_paragraph(self) -> None:
        self._go_to_paragraph(-1)

    def _go_to_paragraph(self, step: int) -> None:
        starts = [row for row, one in enumerate(self.view.layout_rows.rows) if self._starts_paragraph(row)]
        here = round(self.view.scroll_y)
        beyond = [row for row in starts if (row > here if step > 0 else row < here)]
        if beyond:
            self.view.scroll_to(y=beyond[0] if step > 0 else beyond[-1], animate=False)

    def _starts_paragraph(self, row: int) -> bool:
        rows = self.view.layout_rows.rows
        return rows[row].kind == "text" and (row == 0 or rows[row - 1].kind != "text")

    # Finding

    def action_search(self) -> None:
        self.query_one(SearchBar).open()

    @on(SearchBar.Sought)
    def _sought(self, message: SearchBar.Sought) -> None:
        view = self.view
        matches = view.find(message.text)
        if not message.text:
            view.cursor = None
            self.say("")
        elif not matches:
            self.say(f"“{message.text}” is not in this report", warning=True)
        else:
            self._go_to_match(view.next_match(view.top - 1, 1))

    @on(SearchBar.Left)
    def _search_left(self) -> None:
        self.view.focus()

    def _go_to_match(self, match: tuple[int, int] | None) -> None:
        if match is None:
            self.say("No search yet: / begins one")
            return
        self.view.cursor = match
        self.view.reveal(match[0])
        self.say(f"Match {self.view.matches.index(match) + 1} of {len(self.view.matches)}")

    def action_next_match(self) -> None:
        self._go_to_match(self.view.next_match(self._here, 1))

    def action_previous_match(self) -> None:
        self._go_to_match(self.view.next_match(self._here, -1))

    @property
    def _here(self) -> int:
        return self.view.cursor[0] if self.view.cursor is not None else self.view.top

    def clear(self) -> None:
        if self.view.matches:
            self.query_one(SearchBar).close()
        self.view.cursor = None
        self.say("")

    # This report

    def action_star(self) -> None:
        if self.stored is not None:
            starred = not self.stored.starred
            self.change(
                lambda: self.library.articles.set_starred([self.article], starred),
                "Starred" if starred else "Un-starred",
            )
            self._known_again()

    def action_tag(self) -> None:
        if self.stored is not None:
            self.ask_tags([self.article], quoted([self.stored.article.title]), self._known_again)

    def action_untag(self) -> None:
        if self.stored is not None and self.stored.tags:
            titles = quoted([self.stored.article.title])
            self.ask_tags([self.article], titles, self._known_again, remove=self.stored.tags)
        else:
            self.say("No tags here")

    def _known_again(self) -> None:
        """Read again what is known of the report, keeping the page."""
        self.stored = self.library.articles.get(self.article)
        self._tell_progress()

    def action_partners(self) -> None:
        self.post_message(OpenPartners(self.article))

    def action_compare(self) -> None:
        for session in self.library.sessions.recent():
            if self.article in (session.a_id, session.b_id):
                self.post_message(OpenPair(session.a_id, session.b_id))
                return
        self.say("No partner yet: P offers the other reports of this event")
