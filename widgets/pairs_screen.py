"""Partners: the other reports of the event that one report is of, best first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from db import Library, LibraryError, Stored
from db.texts import short
from widgets.citation import citation, name_of
from widgets.dialogs import Notice
from widgets.frame import LibraryView, plural
from widgets.gathering import LIKELY, Gathered
from widgets.layout import displayable
from widgets.navigation import OpenEventTable, OpenPair
from widgets.row_list import Cells, RowHeading, RowList, Rows, fit
from widgets.search_bar import SearchBar
from widgets.tables import FORMS
from widgets.understanding import PartnerFinder
from widgets.work import Report, one_line

if TYPE_CHECKING:
    from reader.partners import Partner

LIMIT = 50
EMPTY = """No other report of this event was found.

Add some in the library (gl, then i),
or pick any two there with p."""
LOOKING = "Looking for other reports of this event"
NONE = "No partner is listed"
NO_SEARCH = "No partner has these words. Esc clears the search."


class Offered(NamedTuple):
    """A partner with what is known of the report."""

    partner: Partner
    stored: Stored

    @property
    def words(self) -> str:
        """What the search looks in."""
        article = self.stored.article
        return " ".join((article.title, article.source, article.published, *self.partner.why)).casefold()

    @property
    def record(self) -> dict[str, Any]:
        """What is written of it."""
        article = self.stored.article
        known = {name: getattr(article, name) for name in ("title", "source", "author", "published", "url")}
        told = {"why": " · ".join(self.partner.why), "warnings": "; ".join(self.partner.warnings)}
        return {"report": self.stored.id, "score": round(self.partner.score, 4), **known, **told}


class PairList(RowList[Offered]):
    """Partners, one a line: how sure, whether unread, the report, why."""

    def heading(self, width: int) -> Cells:
        title, why = _columns(width)
        return (
            (f"Sure    {fit('Report', title)} {fit('Source', 14)} {fit('Date', 10)} {fit('Why', why)}", "row--quiet"),
        )

    def cells(self, row: Offered, width: int) -> Cells:
        article = row.stored.article
        title, why = _columns(width)
        warnings = row.partner.warnings
        return (
            (
                f"{round(100 * row.partner.score):>3}% {' ' if row.stored.read else '●'}{'★' if row.stored.starred else ' '} ",
                "row--sign",
            ),
            (fit(name_of(article), title) + " ", "" if row.stored.read else "row--strong"),
            (fit(article.source, 14) + " " + fit(article.published[:10], 10) + " ", "row--quiet"),
            (fit("! " + "; ".join(warnings), why), "row--warning")
            if warnings
            else (fit(" · ".join(row.partner.why), why), ""),
        )


def _columns(width: int) -> tuple[int, int]:
    """Cells for the title and for the reasons."""
    room = max(2, width - 8 - 15 - 11 - 1)
    return room // 2, room - room // 2


def _told(offer: Offered) -> Content:
    """All that is known of a partner and of why it is one."""

    def safe(text: str) -> str:
        return " ".join(displayable(text).split())

    partner, stored = offer.partner, offer.stored
    head = [name_of(stored.article), *(f"#{tag}" for tag in stored.tags)]
    lines: list[str | tuple[str, str]] = [(safe(" · ".join(head)), "bold")]
    if partner.why:
        lines.append("\n" + safe(" · ".join(partner.why)))
    lines += [("\n! " + safe(warning), "$warning") for warning in partner.warnings]
    return Content.assemble(*lines)


class PairsScreen(LibraryView[None]):
    """The partners of one report."""

    SCREEN_NAME = "pairs"
    TITLE = "Pairs"
    SIGNS: ClassVar[Mapping[str, str]] = {
        "●": "Unread",
        "★": "Starred",
        "!": "What speaks against comparing them",
    }
    AUTO_FOCUS = "PairList"
    DEFAULT_CSS = """
    PairsScreen #told { height: 5; border-top: hkey $panel; padding: 0 1; }
    PairsScreen #told > Static { width: 100%; }
    """

    def __init__(self, library: Library, finder: PartnerFinder, article: int) -> None:
        super().__init__(library)
        self.article = article
        self._finder = finder
        self._offers: list[Offered] = []
        self._sought = ""
        self._title = ""
        self._compare_first = False
        """Whether Enter was pressed before there was anything to compare."""

    def hint(self) -> str:
        return "Enter compares these two, w says why they belong together, x dismisses the pair"

    def body(self) -> ComposeResult:
        yield SearchBar("Search these partners")
        pairs = PairList(empty="")
        yield RowHeading(pairs)
        yield pairs
        with VerticalScroll(id="told", can_focus=False):
            yield Static()

    @property
    def pairs(self) -> PairList:
        """The list of partners."""
        return self.query_one(PairList)

    def on_mount(self) -> None:
        self._find()

    def library_changed(self) -> None:
        self._find()

    def _find(self) -> None:
        try:
            chosen = self.library.articles.get(self.article)
        except LibraryError as error:
            self.say(one_line(error), warning=True)
            return
        self._title = name_of(chosen.article)
        self.subtitle(f"of “{self._title}”")

        def find(report: Report) -> list[Offered]:
            partners = self._finder.partners(self.article, LIMIT, report)
            stored = self.library.articles.get_many([partner.id for partner in partners])
            return [Offered(*both) for both in zip(partners, stored, strict=True)]

        self.start(LOOKING, find, self._found)

    def _found(self, offers: list[Offered]) -> None:
        self._offers = offers
        self._show(keep_place=True)

    def _show(self, *, keep_place: bool = False) -> None:
        words = self._sought.casefold().split()
        self.pairs.empty = NO_SEARCH if words else EMPTY
        self.pairs.show(
            Rows([offer for offer in self._offers if all(word in offer.words for word in words)]), keep_place=keep_place
        )

    def action_search(self) -> None:
        self.query_one(SearchBar).open()

    @on(SearchBar.Sought)
    def _search(self, message: SearchBar.Sought) -> None:
        self._sought = message.text
        self._show()

    @on(SearchBar.Left)
    def _search_left(self) -> None:
        self.pairs.focus()

    def clear(self) -> None:
        self._compare_first = False
        self.query_one(SearchBar).close()

    def action_next_match(self) -> None:
        self.pairs.action_down()

    def action_previous_match(self) -> None:
        self.pairs.action_up()

    @property
    def looking(self) -> bool:
        """Whether partners are still to come."""
        return self.pairs.row is None and (LOOKING in self.jobs or bool(self._offers and not self._sought))

    def _here(self) -> Offered | None:
        """The partner under the cursor, or word that there is none."""
        if (offer := self.pairs.row) is None:
            self.say("Still looking for partners; Enter compares the best when it is found" if self.looking else NONE)
        return offer

    def action_compare(self) -> None:
        if (offer := self._here()) is not None:
            self.post_message(OpenPair(self.article, offer.stored.id))
        elif self.looking:
            self._compare_first = True
            self.say("Still looking: the best partner is compared when it is found; Esc forgets it")

    @on(RowList.Moved)
    def _moved(self, message: RowList.Moved) -> None:
        self.query_one("#told > Static", Static).update(
            _told(message.row) if isinstance(message.row, Offered) else Content("")
        )
        if self._compare_first and message.row is not None:
            self._compare_first = False
            self.action_compare()

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self.action_compare()

    def action_make_session(self) -> None:
        shown = self.pairs.source.page(0, LIMIT)
        if not shown:
            self._here()
            return
        pairs = [(self.article, offer.stored.id) for offer in shown]
        self.make_session(Gathered(f"Partners of {short(self._title)}", pairs, f"partners of “{self._title}”"))

    def action_event_table(self) -> None:
        shown = [offer.stored.id for offer in self.pairs.source.page(0, LIMIT) if offer.partner.score >= LIKELY]
        if (here := self._here()) is not None:
            # of the partners those that are likely of one event, and in any case the one under the cursor
            articles = list(dict.fromkeys([self.article, here.stored.id, *shown]))
            self.post_message(OpenEventTable(articles, self._title))

    def action_dismiss_pair(self) -> None:
        if (offer := self._here()) is not None:
            self.change(
                lambda: self.library.comparisons.dismiss(self.article, offer.stored.id),
                f"Dismissed “{name_of(offer.stored.article)}”",
            )
            self._offers = [other for other in self._offers if other is not offer]
            self._show(keep_place=True)

    def action_star(self) -> None:
        if (offer := self._here()) is not None:
            starred = not offer.stored.starred
            self.change(
                lambda: self.library.articles.set_starred([offer.stored.id], starred),
                f"{'Starred' if starred else 'Un-starred'} “{name_of(offer.stored.article)}”",
            )
            self._known_again(offer)

    def action_tag(self) -> None:
        if (offer := self._here()) is not None:
            title = f"“{name_of(offer.stored.article)}”"
            self.ask_tags([offer.stored.id], title, lambda: self._known_again(offer))

    def action_untag(self) -> None:
        if (offer := self._here()) is None:
            return
        if offer.stored.tags:
            title = f"“{name_of(offer.stored.article)}”"
            self.ask_tags([offer.stored.id], title, lambda: self._known_again(offer), remove=offer.stored.tags)
        else:
            self.say("No tags here")

    def _known_again(self, offer: Offered) -> None:
        """Read again what is known of a report, keeping its place."""
        stored = self.library.articles.get(offer.stored.id)
        self._offers = [
            other._replace(stored=stored) if other.stored.id == stored.id else other for other in self._offers
        ]
        self._show(keep_place=True)

    def action_copy(self) -> None:
        if (offer := self._here()) is not None:
            self.copy(citation(offer.stored.article))

    def action_export(self) -> None:
        shown = self.pairs.source.page(0, LIMIT)
        if not shown:
            self._here()
            return
        self.ask_where(
            f"Write {plural(len(shown), 'partner')} of “{self._title}” to",
            f"Partners of {short(self._title)}",
            tuple(FORMS),
            lambda form, _: FORMS[form]([offer.record for offer in shown]),
        )

    def action_why(self) -> None:
        if (offer := self._here()) is not None:
            partner = offer.partner
            lines = [f"{round(100 * partner.score)}% sure to be of the same event."]
            lines += [f"· {why}" for why in partner.why] or ["· the words they share"]
            lines += [f"! {warning}" for warning in partner.warnings]
            self.app.push_screen(Notice(f"Why “{name_of(offer.stored.article)}”", lines))
