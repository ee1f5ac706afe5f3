"""Everything judged: searched, filtered, and opened at its place in the comparison."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from db import Candidate, Library, Verdict, VerdictQuery
from reader.nouns import KINDS, Judgement
from widgets.agreement import SIGNS
from widgets.dialogs import Choice, Choose
from widgets.exports.forms import VERDICT_FORMS
from widgets.frame import LibraryView, plural
from widgets.layout import displayable
from widgets.navigation import OpenPair
from widgets.row_list import Cells, RowHeading, RowList, fit
from widgets.search_bar import SearchBar
from widgets.waiting import ask_about

EMPTY = """Nothing judged yet.

Compare two reports of one event (P in the library shows partners);
there a accepts a conflict as a contradiction."""
_HOLDS = {"waiting": "◌ ", "orphan": "∅ "}
"""Signs before a quote that stands in its report no longer, as far as is known."""
NOTHING_FOUND = "No judgement is like this. Esc shows all again."


class Verdicts:
    """The judgements that a query asks for."""

    def __init__(self, library: Library, query: VerdictQuery) -> None:
        self._library, self._query = library, query

    def count(self) -> int:
        return self._library.verdicts.count(self._query)

    def page(self, offset: int, limit: int) -> list[Verdict]:
        return self._library.verdicts.page(self._query, offset, limit)


class VerdictList(RowList[Verdict]):
    """Judgements, one a line: what, which kind, how grave, and both quotes."""

    def heading(self, width: int) -> Cells:
        quote = _quote_width(width)
        return (
            (f"  {fit('Judgement', 13)} {fit('Kind', 8)} Sev  {fit('A', quote)}   {fit('B', quote)}", "row--quiet"),
        )

    def cells(self, row: Verdict, width: int) -> Cells:
        quote = _quote_width(width)
        sign = "row--sign" if row.judgement == "contradiction" else "row--quiet"
        return (
            (f"{SIGNS[row.judgement]} {fit(row.judgement, 13)} ", sign),
            (f"{fit(row.kind, 8)} ", "row--quiet"),
            (f"{fit('!' * row.severity, 3)} {'⚑' if row.flagged else ' '}", "row--sign"),
            (fit(_HOLDS.get(row.a_hold, "") + row.a.text, quote), ""),
            (" │ ", "row--quiet"),
            (fit(_HOLDS.get(row.b_hold, "") + row.b.text, quote), ""),
        )


def _quote_width(width: int) -> int:
    return max(1, (width - 2 - 14 - 9 - 5 - 3) // 2)


def _told(verdict: Verdict) -> Content:
    """All that is known of a judgement."""

    def safe(text: str) -> str:
        return " ".join(displayable(text).split())

    head = [verdict.judgement, verdict.kind, f"severity {verdict.severity}"]
    if verdict.outcome:
        head.append(safe(verdict.outcome))
    head += [f"#{safe(tag)}" for tag in verdict.tags]
    if verdict.flagged:
        head.append("flagged")
    if verdict.by:
        head.append(f"by {safe(verdict.by)}")
    if verdict.orphaned:
        head.append("its words can no longer be found")
    if verdict.waiting:
        head.append("its sentence was changed: W shows it")
    lines: list[str | tuple[str, str]] = [(" · ".join(head), "bold")]
    for side, place, title, source in (
        ("A", verdict.a, verdict.a_title, verdict.a_source),
        ("B", verdict.b, verdict.b_title, verdict.b_source),
    ):
        lines += [f"\n{side} “{safe(place.text)}”  ", (" · ".join(x for x in (safe(source), safe(title)) if x), "dim")]
    if verdict.note:
        lines.append(f"\n{safe(verdict.note)}")
    return Content.assemble(*lines)


class ContradictionsScreen(LibraryView[None]):
    """Everything judged."""

    SCREEN_NAME = "contradictions"
    SIGNS: ClassVar[Mapping[str, str]] = {
        "✓ ~ ✗ ?": "Judged a contradiction, a tension, compatible, unsure",
        "◌": "The sentence was changed, and it waits for you to say whether these are still the words: W",
        "∅": "An orphan: the words can no longer be found in the report",
    }
    TITLE = "Contradictions"
    AUTO_FOCUS = "VerdictList"
    DEFAULT_CSS = """
    ContradictionsScreen #told { height: 6; border-top: hkey $panel; padding: 0 1; }
    ContradictionsScreen #told > Static { width: 100%; }
    """

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._query = VerdictQuery()

    def body(self) -> ComposeResult:
        yield SearchBar("Search quotes, notes, outcomes and titles")
        verdicts = VerdictList(empty=EMPTY)
        yield RowHeading(verdicts)
        yield verdicts
        with VerticalScroll(id="told", can_focus=False):
            yield Static()

    @property
    def verdicts(self) -> VerdictList:
        """The list of judgements."""
        return self.query_one(VerdictList)

    def on_mount(self) -> None:
        self._show(self._query)

    def on_screen_resume(self) -> None:
        self.verdicts.reload()

    def library_changed(self) -> None:
        self.verdicts.reload()

    def _show(self, query: VerdictQuery) -> None:
        self._query = query
        self.verdicts.empty = EMPTY if query == VerdictQuery() else NOTHING_FOUND
        self.verdicts.show(Verdicts(self.library, query))

    @on(RowList.Counted)
    def _counted(self, message: RowList.Counted) -> None:
        query = self._query
        known = [query.judgement, query.kind, "flagged" if query.flagged else ""]
        known += ["waiting" if query.waiting else "", "orphaned" if query.orphaned else ""]
        what = ", ".join([*(word for word in known if word), *([f"“{query.text}”"] if query.text else [])])
        self.subtitle(plural(message.count, "judgement") + (f": {what}" if what else ""))

    @on(RowList.Moved)
    def _moved(self, message: RowList.Moved) -> None:
        told = _told(message.row) if isinstance(message.row, Verdict) else Content("")
        self.query_one("#told > Static", Static).update(told)

    def action_search(self) -> None:
        self.query_one(SearchBar).open()

    @on(SearchBar.Sought)
    def _sought(self, message: SearchBar.Sought) -> None:
        if message.text != self._query.text:
            self._show(msgspec.structs.replace(self._query, text=message.text))

    @on(SearchBar.Left)
    def _search_left(self) -> None:
        self.verdicts.focus()

    def action_next_match(self) -> None:
        self.verdicts.action_down()

    def action_previous_match(self) -> None:
        self.verdicts.action_up()

    def clear(self) -> None:
        if self._query.text:
            self.query_one(SearchBar).close()
        else:
            self._show(VerdictQuery())

    def action_filter(self) -> None:
        now = VerdictQuery(text=self._query.text)
        replace = msgspec.structs.replace
        judgements: list[tuple[Judgement, str]] = [
            ("contradiction", "c"),
            ("tension", "t"),
            ("compatible", "m"),
            ("unsure", "u"),
        ]
        choices: list[Choice[VerdictQuery | Literal["kind"]]] = [
            Choice(now, "All", "a"),
            *(Choice(replace(now, judgement=one), f"{SIGNS[one]} {one.capitalize()}", key) for one, key in judgements),
            Choice("kind", "Of one kind …", "K"),
            Choice(replace(now, flagged=True), "Flagged", "f"),
            Choice(replace(now, waiting=True), "◌ Waiting: their sentence was changed", "w"),
            Choice(replace(now, orphaned=True), "∅ Orphaned: their words can no longer be found", "o"),
        ]
        self.app.push_screen(Choose("Show", choices, current=self._query), self._filter_chosen)

    def _filter_chosen(self, chosen: VerdictQuery | Literal["kind"] | None) -> None:
        if isinstance(chosen, VerdictQuery):
            self._show(chosen)
        elif chosen == "kind":
            kinds = [Choice(msgspec.structs.replace(self._query, kind=kind), kind) for kind in KINDS]
            self.app.push_screen(Choose("Kind", kinds), lambda query: self._show(query) if query is not None else None)

    def action_waiting(self) -> None:
        """Show the changed sentences that may have the words of judgements, those of the one at the cursor first."""
        here = self.verdicts.row

        def asked(candidates: list[Candidate]) -> None:
            first = sorted(candidates, key=lambda one: here is None or one.verdict != here.id)
            ask_about(self, first, self.verdicts.reload)

        self.start("Looking", lambda _: self.library.candidates.all(), asked, key="waiting")

    def action_tag(self) -> None:
        if (verdict := self.verdicts.row) is not None:
            self.ask_tags([verdict.id], "this judgement", self.verdicts.reload, target="verdict")
        else:
            self.say("No judgement to tag")

    def action_untag(self) -> None:
        verdict = self.verdicts.row
        if verdict is not None and verdict.tags:
            self.ask_tags([verdict.id], "this judgement", self.verdicts.reload, remove=verdict.tags, target="verdict")
        else:
            self.say("No tags here")

    def action_open(self) -> None:
        if (verdict := self.verdicts.row) is not None:
            self.post_message(OpenPair(verdict.a_id, verdict.b_id, verdict.id))

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self.action_open()

    def action_copy(self) -> None:
        if (verdict := self.verdicts.row) is not None:
            self.copy_quotes(verdict)
        else:
            self.say("No judgement to copy")

    def action_export(self) -> None:
        if not self.verdicts.count:
            self.say("No judgement is listed to write")
            return
        query, count = self._query, plural(self.verdicts.count, "judgement")
        self.ask_where(
            f"Write the {count} listed to",
            "judgements",
            tuple(VERDICT_FORMS),
            lambda form, _: VERDICT_FORMS[form](self.library, query),
        )
