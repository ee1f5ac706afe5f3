"""What is open and what was judged, over all pairs: searched, filtered, judged, and opened at its place in the comparison."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from db import Candidate, Library, LibraryError, OpenConflict, Verdict, VerdictQuery
from reader.nouns import KINDS, Judgement
from widgets.agreement import SIGNS
from widgets.dialogs import Choice, Choose
from widgets.exports.forms import VERDICT_FORMS
from widgets.finding_list import FindingList, Findings, Found, FoundQuery, told
from widgets.frame import LibraryView, plural
from widgets.judging_open import CannotJudge, judge, record
from widgets.navigation import OpenPair
from widgets.row_list import RowHeading, RowList
from widgets.search_bar import SearchBar
from widgets.tables import FORMS
from widgets.waiting import ask_about
from widgets.work import one_line

NONE_OPEN = """No conflict is open.

F shows what was judged. Compare two reports of one event
(P in the library shows partners), or an event (ge, then W), to find more."""
NONE_JUDGED = """Nothing judged yet.

Compare two reports of one event (P in the library shows partners);
there a accepts a conflict as a contradiction. F shows what is open."""
NOTHING_FOUND = "Nothing here is like this. Esc shows all again."
NOT_JUDGED = "Nobody judged this yet: a says it is a contradiction, x that it is none, s leaves it open"
_NOUNS = {
    "open": ("open conflict", ""),
    "judged": ("judgement", ""),
    "all": ("conflict, open and judged", "conflicts, open and judged"),
}


class ContradictionsScreen(LibraryView[None]):
    """What is open and what was judged."""

    SCREEN_NAME = "contradictions"
    SIGNS: ClassVar[Mapping[str, str]] = {
        "≠": "A conflict that nobody judged, and how sure it is",
        "✓ ~ ✗ ?": "Judged a contradiction, a tension, compatible, unsure",
        "◌": "The sentence was changed, and it waits for you to say whether these are still the words: W",
        "∅": "An orphan: the words can no longer be found in the report",
    }
    TITLE = "Contradictions"
    AUTO_FOCUS = "FindingList"
    DEFAULT_CSS = """
    ContradictionsScreen #told { height: 6; border-top: hkey $panel; padding: 0 1; }
    ContradictionsScreen #told > Static { width: 100%; }
    """

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._query = FoundQuery()
        self._choosing = True
        """Whether it is not known yet that anything is open; where nothing is, what was judged is shown."""
        self._left: set[tuple[int, int, str]] = set()
        """What was judged since the list was read, by pair and fingerprint: a second key on it is meant for the next row."""

    def hint(self) -> str:
        if isinstance(self.findings.row, OpenConflict):
            return "Enter shows it in both reports; a says it is a contradiction, x that it is none; F shows what was judged"
        return "Enter shows it in both reports; F shows what is open; ? lists all keys"

    def body(self) -> ComposeResult:
        yield SearchBar("Search quotes, reasons, notes, outcomes and titles")
        findings = FindingList()
        yield RowHeading(findings)
        yield findings
        with VerticalScroll(id="told", can_focus=False):
            yield Static()

    @property
    def findings(self) -> FindingList:
        """The list."""
        return self.query_one(FindingList)

    def on_mount(self) -> None:
        self._show(self._query)

    def on_screen_resume(self) -> None:
        self.findings.reload()

    def library_changed(self) -> None:
        self.findings.reload()

    def _show(self, query: FoundQuery) -> None:
        self._query = query
        if query.narrowed:
            empty = NOTHING_FOUND
        elif self._choosing:
            empty = ""
        else:
            empty = NONE_JUDGED if query.state == "judged" else NONE_OPEN
        self.findings.empty = empty
        self.findings.show(Findings(self.library, query))

    @on(RowList.Counted)
    def _counted(self, message: RowList.Counted) -> None:
        self._left.clear()
        query = self._query
        if self._choosing:
            self._choosing = False
            if not message.count:
                self._show(FoundQuery(state="judged"))
                return
            self.findings.empty = NONE_OPEN
        judged = query.judged
        known = [judged.judgement, query.kind, "flagged" if judged.flagged else ""]
        known += ["waiting" if judged.waiting else "", "orphaned" if judged.orphaned else ""]
        what = ", ".join([*(word for word in known if word), *([f"“{query.text}”"] if query.text else [])])
        order = " · gravest first" if query.gravest else " · surest first" if query.state == "open" else ""
        self.subtitle(plural(message.count, *_NOUNS[query.state]) + (f": {what}" if what else "") + order)

    @on(RowList.Moved)
    def _moved(self, message: RowList.Moved) -> None:
        row = message.row
        shown = told(row) if isinstance(row, OpenConflict | Verdict) else Content("")
        self.query_one("#told > Static", Static).update(shown)

    # What is listed

    def action_search(self) -> None:
        self.query_one(SearchBar).open()

    @on(SearchBar.Sought)
    def _sought(self, message: SearchBar.Sought) -> None:
        if message.text != self._query.text:
            self._show(replace(self._query, text=message.text))

    @on(SearchBar.Left)
    def _search_left(self) -> None:
        self.findings.focus()

    def action_next_match(self) -> None:
        self.findings.action_down()

    def action_previous_match(self) -> None:
        self.findings.action_up()

    def clear(self) -> None:
        if self._query.text:
            self.query_one(SearchBar).close()
        elif self._query.narrowed:
            self._show(FoundQuery(state=self._query.state, gravest=self._query.gravest))

    def action_filter(self) -> None:
        now = replace(self._query, state="judged", kind=None, judged=VerdictQuery())

        def judged(**more: object) -> FoundQuery:
            return replace(now, judged=VerdictQuery(**more))  # type: ignore[arg-type]

        judgements: list[tuple[Judgement, str]] = [
            ("contradiction", "c"),
            ("tension", "t"),
            ("compatible", "m"),
            ("unsure", "u"),
        ]
        choices: list[Choice[FoundQuery | Literal["kind"]]] = [
            Choice(replace(now, state="open"), "≠ Open: nobody judged them yet", "o"),
            Choice(now, "Judged", "d"),
            Choice(replace(now, state="all"), "All: open, then judged", "a"),
            *(Choice(judged(judgement=one), f"{SIGNS[one]} {one.capitalize()}", key) for one, key in judgements),
            Choice("kind", "Of one kind …", "K"),
            Choice(judged(flagged=True), "⚑ Flagged", "f"),
            Choice(judged(waiting=True), "◌ Waiting: their sentence was changed", "w"),
            Choice(judged(orphaned=True), "∅ Orphaned: their words can no longer be found", "O"),
        ]
        self.app.push_screen(Choose("Show", choices, current=self._query), self._filter_chosen)

    def _filter_chosen(self, chosen: FoundQuery | Literal["kind"] | None) -> None:
        if chosen == "kind":
            kinds = [Choice(replace(self._query, kind=kind), kind) for kind in KINDS]
            self.app.push_screen(Choose("Kind", kinds), lambda query: self._show(query) if query is not None else None)
        elif chosen is not None:
            self._show(chosen)

    def action_sort(self) -> None:
        choices = [
            Choice(replace(self._query, gravest=False), "Surest first; what was judged, latest first", "s"),
            Choice(replace(self._query, gravest=True), "Gravest first", "v"),
        ]
        self.app.push_screen(
            Choose("Sort by", choices, current=self._query),
            lambda query: self._show(query) if query is not None else None,
        )

    # Judging

    def action_accept(self) -> None:
        self._judge("contradiction")

    def action_reject(self) -> None:
        self._judge("compatible")

    def action_leave_open(self) -> None:
        self._judge("unsure")

    def _judge(self, judgement: Judgement) -> None:
        """Judge the open conflict at the cursor. The list is read again then, and the next one comes to the cursor."""
        row = self.findings.row
        if not isinstance(row, OpenConflict):
            self.say("Judged already: Enter opens it, and there it can be changed" if row else "No conflict here")
            return
        key = (row.a_id, row.b_id, row.conflict.fingerprint)
        if key in self._left:
            self.say("The list is still being read: press the key again for the next conflict", warning=True)
            return
        try:
            judge(self.library, row, judgement)
        except (CannotJudge, LibraryError) as error:
            self.say(one_line(error), warning=True)
        else:
            self._left.add(key)
            self.say(f"Stored: {row.kind} {judgement} · u undoes it")
        self.findings.reload()

    def action_waiting(self) -> None:
        """Show the changed sentences that may have the words of judgements, those of the one at the cursor first."""
        here = self._judgement()

        def asked(candidates: list[Candidate]) -> None:
            first = sorted(candidates, key=lambda one: here is None or one.verdict != here.id)
            ask_about(self, first, self.findings.reload)

        self.start("Looking", lambda _: self.library.candidates.all(), asked, key="waiting")

    def _judgement(self) -> Verdict | None:
        """The judgement at the cursor."""
        row = self.findings.row
        return row if isinstance(row, Verdict) else None

    def action_tag(self) -> None:
        if (verdict := self._judgement()) is not None:
            self.ask_tags([verdict.id], "this judgement", self.findings.reload, target="verdict")
        else:
            self.say(NOT_JUDGED if self.findings.row else "No judgement to tag")

    def action_untag(self) -> None:
        verdict = self._judgement()
        if verdict is not None and verdict.tags:
            self.ask_tags([verdict.id], "this judgement", self.findings.reload, remove=verdict.tags, target="verdict")
        else:
            self.say("No tags here")

    # Going on

    def action_open(self) -> None:
        row: Found | None = self.findings.row
        if isinstance(row, OpenConflict):
            self.post_message(OpenPair(row.a_id, row.b_id, conflict=row.conflict))
        elif row is not None:
            self.post_message(OpenPair(row.a_id, row.b_id, row.id))

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self.action_open()

    def action_copy(self) -> None:
        if (row := self.findings.row) is not None:
            self.copy_quotes(row)
        else:
            self.say("Nothing here to copy")

    def action_export(self) -> None:
        query, count = self._query, self.findings.count
        if not count:
            self.say("Nothing is listed to write")
        elif query.state == "all":
            self.say("Open conflicts and judgements are written apart: F shows the ones or the others", warning=True)
        elif query.state == "open":
            self.ask_where(
                f"Write the {plural(count, 'open conflict')} listed to",
                "open conflicts",
                tuple(FORMS),
                lambda form, _: FORMS[form](
                    [record(row) for row in self.library.conflicts.page(query.of_open(), 0, -1)]
                ),
            )
        else:
            self.ask_where(
                f"Write the {plural(count, 'judgement')} listed to",
                "judgements",
                tuple(VERDICT_FORMS),
                lambda form, _: VERDICT_FORMS[form](self.library, query.of_judged()),
            )
