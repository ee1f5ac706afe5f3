"""Reading one report: a page of comfortable width, its facts marked and walked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from math import ceil

from msgspec import structs
from textual import on
from textual.app import ComposeResult

from db import Library, LibraryError, Stored
from reader.corrections import corrected, standing
from reader.nouns import CALLED, Facts, Noun
from reader.telling import full_name
from widgets.article_view import ArticleView, Legend
from widgets.citation import cited, name_of
from widgets.dialogs import Form
from widgets.frame import LibraryView, plural, quoted
from widgets.navigation import OpenEventOf, OpenEventTable, OpenPair, OpenPartners
from widgets.page import STYLES, Page, Shown, shown_on
from widgets.prose import Mark, ProseView
from widgets.readings import meaning, reading, saying
from widgets.reports_file import FORMS
from widgets.search_bar import SearchBar
from widgets.status import StatusBar
from widgets.typesetting import NARROWEST, STEP, WIDEST, Setting
from widgets.understanding import machine_facts_of
from widgets.work import one_line

SAVE_AFTER = 0.5
"""Seconds without scrolling after which the place is remembered."""
WORDS_A_MINUTE = 238
"""How fast people read English (Brysbaert 2019, the mean over 190 studies)."""
PAGE_SETTING = "page"
"""The preference that keeps how pages are set."""


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
        self.machine: Facts | None = None
        """The facts as the machine read them."""
        self.facts: Facts | None = None
        """The facts as a person corrected them."""
        self.page = Page("", 0, 0)
        self._offset = offset
        self._place = 0
        """The code point of the body at the top of the screen."""
        self._shown: dict[Noun, list[Shown]] = {}
        self._walked: Noun = "quantity"
        self._waiting: list[str] = []
        """The words of corrections that are not in the text."""

    def hint(self) -> str:
        return "]q ]d ]e walk numbers, times and names; P shows the other reports of this event"

    def body(self) -> ComposeResult:
        yield SearchBar("Find in this report")
        yield ArticleView()
        yield Legend()

    @property
    def view(self) -> ArticleView:
        """The page."""
        return self.query_one(ArticleView)

    # Opening and leaving

    def on_mount(self) -> None:
        with suppress(LibraryError):  # a page in the usual setting is better than none
            self.view.set_page(Setting.read(self.library.preferences.get(PAGE_SETTING)))
        self.watch(self.view, "scroll_y", self._scrolled, init=False)
        self._save = self.set_timer(SAVE_AFTER, self._save_place, pause=True)
        self._open(self._offset)

    def on_screen_resume(self) -> None:
        if self.machine is not None:
            self._show_facts()

    def library_changed(self) -> None:
        before = self.stored
        try:
            self.stored = self.library.articles.get(self.article)
        except LibraryError as error:
            self.say(one_line(error), warning=True)
            return
        if before is None or self.machine is None or before.article != self.stored.article:
            self._open(self._place)
        else:
            self._show_facts()

    def _open(self, offset: int | None) -> None:
        try:
            self.stored = self.library.articles.get(self.article)
            place = self.library.articles.place(self.article) if offset is None else offset
        except LibraryError as error:
            self.say(one_line(error), warning=True)
            return
        if not self.stored.read:
            try:
                self.library.articles.set_read([self.article], undoable=False)
                self.stored = structs.replace(self.stored, read=True)
            except LibraryError as error:  # the report can be read all the same
                self.say(one_line(error), warning=True)
        self.page = Page.of(self.stored)
        self._place = place
        self.machine, self.facts, self._shown = None, None, {}
        self.subtitle(name_of(self.stored.article))
        self.view.show_page(self.page)
        self.query_one(Legend).show(None)
        if place:
            self.call_after_refresh(self._resume, self.page.body + place)
        stored = self.stored
        self.start(
            "Reading numbers, times and names", lambda _: machine_facts_of(self.library, stored), self._understood
        )

    def _resume(self, offset: int) -> None:
        self.view.scroll_to_offset(offset)
        if self._offset is None and self.view.scroll_y:
            self.say("Where you left off; gg goes to the top")

    def on_screen_suspend(self) -> None:
        self._save_place()

    def on_unmount(self) -> None:
        self._save_place()

    def _scrolled(self) -> None:
        self._place = max(0, self.view.top - self.page.body)
        self._save.reset()
        self._save.resume()
        self._tell_progress()

    @property
    def share_read(self) -> float:
        """How far the page is scrolled, 0 to 1; 1 where all of it is on the screen."""
        view = self.view
        return 1 if view.max_scroll_y <= 0 else min(1, view.scroll_y / view.max_scroll_y)

    def _tell_progress(self) -> None:
        if self.stored is None:
            return
        share = self.share_read
        minutes = ceil((1 - share) * self.stored.words / WORDS_A_MINUTE)
        star = "★ " if self.stored.starred else ""
        tags = "".join(f"#{tag} " for tag in self.stored.tags)
        left = f" · {minutes:,} min left" if minutes else ""
        self.query_one(StatusBar).place(f"{star}{tags}{share:.0%}{left}")
        self.query_one(Legend).speak(self.view.speaker)

    def _save_place(self) -> None:
        if self.stored is not None:
            try:
                self.library.articles.set_place(self.article, self._sentence_at(self._place))
            except LibraryError as error:
                self.log.warning(one_line(error))

    def _sentence_at(self, offset: int) -> int:
        """Where the sentence of the body that holds an offset begins; the offset itself while none are known."""
        sentences = self.facts.body.sentences if self.facts is not None else ()
        return next((sentence.start for sentence in reversed(sentences) if sentence.start <= offset), offset)

    # Facts

    def _marks(self) -> list[Mark]:
        return [*self.view.looks, *(one.mark for noun in STYLES for one in self._shown.get(noun, ()))]

    def _understood(self, facts: Facts) -> None:
        self.machine = facts
        self._show_facts()
        self._tell_progress()

    def _show_facts(self) -> None:
        """Mark the facts as they were read and corrected."""
        if self.stored is None or self.machine is None:
            return
        try:
            corrections = standing(self.library.readings.of(self.stored))
            waiting = self.library.readings.waiting(self.stored)
        except LibraryError as error:  # what is shown already is nearer to what was said than the machine's reading is
            self.say(f"What was corrected cannot be read: {one_line(error)}", warning=True)
            return
        self.facts = corrected(self.machine, corrections)
        self._shown = {noun: shown_on(self.page, noun, self.facts, self.machine, corrections) for noun in STYLES}
        self.view.set_marks(self._marks())
        self.view.speak(
            [
                (self.page.body + quote.start, full_name(quote.speaker, self.facts))
                for quote in self.facts.body.quotes
                if quote.speaker
            ]
        )
        self.query_one(Legend).show(self.facts, corrections, len(waiting))
        if waiting != self._waiting:
            self._waiting = waiting
            if waiting:
                words = ", ".join(quoted([one]) for one in waiting)
                self.say(
                    f"{plural(len(waiting), 'correction waits', 'corrections wait')} for words to come back: {words}"
                )

    def _walk(self, noun: Noun, direction: int) -> None:
        if self.machine is None:
            self.say("The facts are still being read")
            return
        if self.facts is None:
            self._show_facts()
        if self.facts is None:
            return
        shown = self._shown[noun]
        if not shown:
            self.say(f"No {CALLED[noun]} was found in this report")
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
        self._walked = noun
        self.view.cursor = (found.start, found.end)
        self.view.reveal(found.start)
        self.say(self._read(found) + again)

    def _read(self, shown: Shown) -> str:
        """How a fact was read, in one line."""
        assert self.stored is not None
        assert self.facts is not None
        text = self.stored.article.part(shown.part)
        was = meaning(shown.was, text) if shown.was is not None else ""
        if shown.fact is not None:
            return reading(shown.fact, self.facts, text, shown.part, was)
        words = quoted([self.page.text[shown.start : shown.end]])
        return f"{words} is no {CALLED[shown.noun]}: dismissed by you" + (f"; was {was}" if was else "")

    @on(ProseView.Pressed)
    def _pressed(self, message: ProseView.Pressed) -> None:
        found = self._at(message.offset)
        if found is not None:
            self._walked = found.noun
            self.view.cursor = (found.start, found.end)
            self.say(self._read(found))
        elif self.stored is not None and self.facts is not None and message.offset >= self.page.body:
            self.say(saying(message.offset - self.page.body, self.facts, self.stored.article.body))

    def _at(self, offset: int) -> Shown | None:
        """The fact that holds a character, of the kind walked last where there are several."""
        found = [one for shown in self._shown.values() for one in shown if one.start <= offset < one.end]
        return min(found, key=lambda one: one.noun != self._walked, default=None)

    def action_next_quantity(self) -> None:
        self._walk("quantity", 1)

    def action_previous_quantity(self) -> None:
        self._walk("quantity", -1)

    def action_next_time(self) -> None:
        self._walk("time", 1)

    def action_previous_time(self) -> None:
        self._walk("time", -1)

    def action_next_name(self) -> None:
        self._walk("name", 1)

    def action_previous_name(self) -> None:
        self._walk("name", -1)

    # Correcting

    def _at_cursor(self) -> Shown | None:
        """The fact at the cursor; says how to get to one where there is none."""
        found = self._at(self.view.cursor[0]) if self.view.cursor is not None else None
        if found is None:
            self.say("No number, time or name at the cursor: ]q ]d ]e go to one")
        return found

    def _changed(self, act: Callable[[], object], said: str) -> None:
        self.change(act, said)
        self._show_facts()

    def action_dismiss_reading(self) -> None:
        shown = self._at_cursor()
        if shown is None or self.stored is None:
            return
        stored, words = self.stored, quoted([self.page.text[shown.start : shown.end]])
        readings, correction, fact = self.library.readings, shown.correction, shown.fact
        if fact is not None:
            self._changed(
                lambda: readings.dismiss(stored, shown.part, shown.noun, fact),
                f"Dismissed {words}: no {CALLED[shown.noun]}",
            )
        elif correction is not None:
            self._changed(lambda: readings.restore(correction.id), f"{words} is read by Rashomon again")

    def action_edit_reading(self) -> None:
        shown = self._at_cursor()
        fact = shown and (shown.fact or shown.was)
        if shown is None or self.stored is None or self.machine is None:
            return
        if fact is None:
            self.say("Nothing was read here; x takes your dismissal back")
            return
        from widgets.correcting import Correcting

        stored, words = self.stored, quoted([self.page.text[shown.start : shown.end]])
        form = Correcting(fact, shown.part, self.machine, stored)

        def answered(values: tuple[str, ...] | None) -> None:
            if values is None:
                return
            stated = form.stated(values)
            if shown.fact is not None and values == form.written:
                self.say("Nothing was changed")
                return
            self._changed(
                lambda: self.library.readings.correct(stored, shown.part, stated),
                f"Corrected {words}: {meaning(stated, stored.article.part(shown.part))}",
            )

        self.app.push_screen(Form(f"How is {words} to be read?", form.fields), answered)

    # Moving

    def _scroll(self, rows: int) -> None:
        self.view.scroll_relative(y=rows, animate=False, immediate=True)

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
        self.view.scroll_home(animate=False, immediate=True)

    def action_bottom(self) -> None:
        self.view.scroll_end(animate=False, immediate=True)

    def action_next_paragraph(self) -> None:
        self._go_to_paragraph(1)

    def action_previous_paragraph(self) -> None:
        self._go_to_paragraph(-1)

    def _go_to_paragraph(self, step: int) -> None:
        here = round(self.view.scroll_y)
        beyond = [row for row in self.view.paragraph_rows if (row > here if step > 0 else row < here)]
        if beyond:
            self.view.scroll_to(y=beyond[0] if step > 0 else beyond[-1], animate=False)

    # The look of the page

    def _set_page(self, said: str, **changed: int | bool) -> None:
        """Set the page otherwise, say how, and keep that for all reports."""
        setting = structs.replace(self.view.setting, **changed)
        self.view.set_page(setting)
        self._tell_progress()
        self.start("Keeping the page", lambda _: self.library.preferences.set(PAGE_SETTING, setting.kept()), _nothing)
        self.say(said)

    def _set_measure(self, step: int) -> None:
        measure = min(max(self.view.setting.measure + step, NARROWEST), WIDEST)
        room = self.view.scrollable_content_region.width - self.view.GUTTER
        beyond = f"; the screen has room for {room}" if measure > room else ""
        self._set_page(f"Lines of {measure} characters at most{beyond}", measure=measure)

    def action_wider(self) -> None:
        self._set_measure(STEP)

    def action_narrower(self) -> None:
        self._set_measure(-STEP)

    def action_paragraphs(self) -> None:
        between = (self.view.setting.between + 1) % 3
        told = ("no blank line, the first line indented", "one blank line", "two blank lines")[between]
        self._set_page(f"Between paragraphs: {told}", between=between)

    def action_leading(self) -> None:
        leading = 1 - self.view.setting.leading
        self._set_page("Double-spaced lines" if leading else "Single-spaced lines", leading=leading)

    def action_justify(self) -> None:
        justified = not self.view.setting.justified
        self._set_page("Both edges even" if justified else "The right edge ragged", justified=justified)

    def action_plain_page(self) -> None:
        usual = Setting()
        self._set_page("The page as it comes", **{name: getattr(usual, name) for name in usual.__struct_fields__})

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
        sought = self.query_one(SearchBar).value.strip()
        self.say(f"“{sought}”: {self.view.matches.index(match) + 1:,} of {len(self.view.matches):,}")

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

    def action_toggle_read(self) -> None:
        if self.stored is not None:
            read = not self.stored.read
            self.change(
                lambda: self.library.articles.set_read([self.article], read), f"Marked {'read' if read else 'unread'}"
            )
            self._known_again()

    def action_copy(self) -> None:
        """Copy what the mouse selected, else the sentence at the cursor or at the top of the screen; with citation."""
        if self.stored is None:
            return
        words = self.get_selected_text() or self._sentence_here()
        if words:
            self.copy(cited(words, self.stored.article))
        else:
            self.say("No words here to copy")

    def _sentence_here(self) -> str:
        assert self.stored is not None
        offset = self._here
        if offset < self.page.body:
            return self.stored.article.title
        body, at = self.stored.article.body, offset - self.page.body
        if self.facts is not None:
            at_top = self.view.cursor is None  # there the first that begins on the screen, not the one cut off above
            for sentence in self.facts.body.sentences:
                if sentence.start >= at if at_top else sentence.end > at:
                    return sentence.of(body)
        return body[body.rfind("\n", 0, at + 1) + 1 :].partition("\n")[0]

    def action_open_source(self) -> None:
        if self.stored is not None:
            self.open_sources([self.stored.article.url])

    def action_export(self) -> None:
        if self.stored is not None:
            stored = self.stored
            title = quoted([stored.article.title])
            self.ask_where(
                f"Write {title} to", stored.article.title, tuple(FORMS), lambda form, _: FORMS[form]([stored])
            )

    def action_versions(self) -> None:
        self.ask_version(self.article)

    def action_partners(self) -> None:
        self.post_message(OpenPartners(self.article))

    def action_event(self) -> None:
        self.post_message(OpenEventOf(self.article))

    def action_event_table(self) -> None:
        if self.stored is not None:
            self.post_message(OpenEventTable([self.article], name_of(self.stored.article)))

    def action_compare(self) -> None:
        for visit in self.library.visits.recent():
            if self.article in (visit.a_id, visit.b_id):
                self.post_message(OpenPair(visit.a_id, visit.b_id))
                return
        self.say("No partner yet: P offers the other reports of this event")


def _nothing(_: object) -> None:
    """After work that shows nothing."""
