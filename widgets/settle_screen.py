"""Where two reviewers of a session differ, side by side, and what is to hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from db import Library, LibraryError, Session, Verdict
from reader.nouns import Judgement
from widgets.agreement import JUDGEMENTS, SIGNS, Agreement, Both, agreement, figures, side_by_side
from widgets.dialogs import Choice, Choose, Prompt
from widgets.frame import LibraryView, plural
from widgets.layout import displayable
from widgets.navigation import OpenPair
from widgets.row_list import Cells, RowHeading, RowList, Rows, fit
from widgets.summary import other_of
from widgets.tables import FORMS
from widgets.work import one_line

NOBODY = """Nobody else judged this session.

H in gs hands it to a second reviewer, who judges blind;
when they have finished, the differences are settled here."""
AGREED = "Both judged all of it alike. There is nothing to settle; q goes back."
ROOMY = 110
"""Cells from which the list has a column for what holds."""


class Settling(NamedTuple):
    """Two sessions with what their reviewers judged; ``found`` is ``None`` while the second is under way."""

    first: Session
    second: Session | None
    found: Agreement | None
    differences: list[Both]


def settling_of(library: Library, number: int) -> Settling:
    """Compare a session with its review, whichever of both ``number`` names. Raises ``LibraryError``."""
    session = library.sessions.get(number)
    other = other_of(library, session)
    first, second = (other, session) if session.review_of is not None and other is not None else (session, other)
    if second is None or second.blind:
        return Settling(first, second, None, [])
    judged = side_by_side(library, first, second)
    found = agreement(judged, first.reviewer, second.reviewer)
    return Settling(first, second, found, [both for both in judged if both.differ])


class DifferenceList(RowList[Both]):
    """Differences, one a line: whether settled, both judgements, what holds, both quotes."""

    names: tuple[str, str] = ("", "")
    """The reviewers."""

    def heading(self, width: int) -> Cells:
        holds, quote = _columns(width)
        first, second = (fit(name or "(no name)", 15) for name in self.names)
        what = fit("Holds", holds) + " " if holds else ""
        return ((f"  {first} {second} {what}{fit('A', quote)}   {fit('B', quote)}", "row--quiet"),)

    def cells(self, row: Both, width: int) -> Cells:
        holds, quote = _columns(width)
        settled = row.settlement
        cells = [("✓ " if settled is not None else "○ ", "row--sign")]
        cells += [(fit(_judged(verdict), 15) + " ", "" if settled is None else "row--quiet") for verdict in row[:2]]
        if holds:
            cells.append((fit(_judged(settled) if settled is not None else "", holds) + " ", "row--sign"))
        return (*cells, (fit(row.one.a.text, quote), ""), (" │ ", "row--quiet"), (fit(row.one.b.text, quote), ""))


def _columns(width: int) -> tuple[int, int]:
    """Cells for what holds, and for a quote."""
    holds = 15 if width >= ROOMY else 0
    return holds, max(1, (width - 2 - 32 - (holds + 1 if holds else 0) - 3) // 2)


def _judged(verdict: Verdict | None) -> str:
    return "not judged" if verdict is None else f"{SIGNS[verdict.judgement]} {verdict.judgement}"


def _safe(text: str) -> str:
    return " ".join(displayable(text).split())


def _told(names: tuple[str, str], both: Both, width: int) -> Content:
    """Both quotes, what each reviewer said of them, and what holds; titles where there is room."""
    one = both.one
    lines: list[str | tuple[str, str]] = []
    for side, place, title, source in (
        ("A", one.a, one.a_title, one.a_source),
        ("B", one.b, one.b_title, one.b_source),
    ):
        known = " · ".join(x for x in (_safe(source), _safe(title) if width >= ROOMY else "") if x)
        lines += [f"{side}  ", (f"“{_safe(place.text)}”", "bold"), (f"  {known}\n", "dim")]
    said = [(_safe(name) or "(no name)", verdict) for name, verdict in zip(names, both[:2], strict=True)]
    if both.settlement is not None:
        said.append(("holds", both.settlement))
    width = max(len(name) for name, _ in said)
    for name, verdict in said:
        lines += [(f"{name:<{width}}  ", "bold"), _saying(verdict) + "\n"]
    return Content.assemble(*lines)


def _saying(verdict: Verdict | None) -> str:
    if verdict is None:
        return "not judged"
    parts = [_judged(verdict), verdict.kind, f"severity {verdict.severity}", _safe(verdict.outcome)]
    parts += [f"#{_safe(tag)}" for tag in verdict.tags]
    parts += ["flagged" if verdict.flagged else "", f"✎ {_safe(verdict.note)}" if verdict.note else ""]
    return " · ".join(part for part in parts if part)


def _row(names: tuple[str, str], both: Both) -> dict[str, Any]:
    """What is written of a difference."""
    one = both.one
    row: dict[str, Any] = {"quote_a": one.a.text, "quote_b": one.b.text}
    for which, name, verdict in zip(("first", "second"), names, both[:2], strict=True):
        row |= {which: name, **_said(f"{which}_", verdict)}
    row |= _said("holds_", both.settlement)
    return row | {
        "title_a": one.a_title,
        "title_b": one.b_title,
        "source_a": one.a_source,
        "source_b": one.b_source,
        "article_a": one.a_id,
        "article_b": one.b_id,
    }


def _said(prefix: str, verdict: Verdict | None) -> dict[str, Any]:
    return {
        f"{prefix}{field}": getattr(verdict, field) if verdict is not None else None
        for field in ("judgement", "kind", "severity", "outcome", "note")
    }


class SettleScreen(LibraryView[None]):
    """The differences of one session."""

    SCREEN_NAME = "settle"
    TITLE = "Settle"
    AUTO_FOCUS = "DifferenceList"
    DEFAULT_CSS = """
    SettleScreen #figures { height: auto; max-height: 3; padding: 0 1; background: $panel; }
    SettleScreen #told { height: 8; border-top: hkey $panel; padding: 0 1; }
    SettleScreen.-short #told { height: 7; }
    SettleScreen #told > Static { width: 100%; }
    """

    def __init__(self, library: Library, session: int) -> None:
        super().__init__(library)
        self.session = session
        self.settling: Settling | None = None

    def body(self) -> ComposeResult:
        yield Static(id="figures")
        differences = DifferenceList(empty="")
        yield RowHeading(differences)
        yield differences
        with VerticalScroll(id="told", can_focus=False):
            yield Static()

    @property
    def differences(self) -> DifferenceList:
        """The list."""
        return self.query_one(DifferenceList)

    def on_screen_resume(self) -> None:
        self.start("Comparing judgements", lambda _: settling_of(self.library, self.session), self._read, key="settle")

    def library_changed(self) -> None:
        self.on_screen_resume()

    def _read(self, settling: Settling) -> None:
        self.settling = settling
        second, found = settling.second, settling.found
        self.differences.names = self._names
        if second is None:
            self.differences.empty = NOBODY
        elif found is None:
            self.differences.empty = (
                f"{displayable(second.reviewer)} has not finished: {second.decided} of {second.total} judged so far.\n\n"
                "f in gs finishes the review; then both are compared here."
            )
        else:
            self.differences.empty = AGREED
        self._show_figures()
        self._show()

    def on_resize(self, _: events.Resize) -> None:
        self._show_figures()

    def _show_figures(self) -> None:
        found = self.settling.found if self.settling is not None else None
        told = [figures(found, self.size.width), found.note] if found is not None else []
        self.query_one("#figures", Static).update(Content("\n".join(line for line in told if line)))

    @property
    def _names(self) -> tuple[str, str]:
        if self.settling is None or self.settling.second is None:
            return "", ""
        return self.settling.first.reviewer, self.settling.second.reviewer

    def _show(self) -> None:
        settling = self.settling
        assert settling is not None
        left = sum(both.settlement is None for both in settling.differences)
        count = plural(len(settling.differences), "difference")
        self.subtitle(f"{settling.first.name}: {count}, {left} to settle" if settling.found else settling.first.name)
        self.differences.show(Rows(settling.differences), keep_place=True)
        self.query_one(RowHeading).refresh()

    @on(RowList.Moved)
    def _moved(self, message: RowList.Moved) -> None:
        told = _told(self._names, message.row, self.size.width) if isinstance(message.row, Both) else Content("")
        self.query_one("#told > Static", Static).update(told)

    def _here(self) -> Both | None:
        both = self.differences.row
        if both is None:
            self.say("Nothing to settle here")
        return both

    # Settling

    def action_take_first(self) -> None:
        self._take(0)

    def action_take_second(self) -> None:
        self._take(1)

    def _take(self, which: int) -> None:
        if (both := self._here()) is None:
            return
        source = both[which]
        if source is None:
            self.say(f"{self._names[which]} did not judge this: {2 - which} takes the other's, 3 another judgement")
        else:
            self._settle(both, source, source.judgement)

    def action_take_another(self) -> None:
        if (both := self._here()) is None:
            return
        keys = dict(zip(JUDGEMENTS, "ctmu", strict=True))
        choices = [Choice(one, f"{SIGNS[one]} {one}", keys[one]) for one in JUDGEMENTS]
        now = both.settlement.judgement if both.settlement is not None else None

        def chosen(judgement: Judgement | None) -> None:
            if judgement is not None:
                self._settle(both, both.settlement or both.one, judgement)

        self.app.push_screen(Choose("What holds?", choices, current=now), chosen)

    def action_note(self) -> None:
        both = self._here()
        if both is None:
            return
        settlement = both.settlement
        if settlement is None:
            self.say("Settle it first: 1 or 2 takes a reviewer's judgement, 3 another")
            return

        def written(note: str | None) -> None:
            if note is not None and note.strip() != settlement.note:
                self._store(both, lambda: self.library.verdicts.update(settlement.id, note=note.strip()).id, "note")

        self.app.push_screen(Prompt("Why it holds", value=settlement.note), written)

    def _settle(self, both: Both, source: Verdict, judgement: Judgement) -> None:
        def settle() -> int:
            ids = sorted((verdict.id for verdict in both.given), key=lambda number: number != source.id)
            said: dict[str, Any] = {
                "kind": source.kind,
                "severity": source.severity,
                "outcome": source.outcome,
                "note": source.note,
            }
            return self.library.settlements.settle(ids, judgement, tags=source.tags, **said)

        if self._store(both, settle, f"settled: {judgement}"):
            self._next()

    def _store(self, both: Both, act: Callable[[], int], said: str) -> bool:
        """Store at once and show it; whether that went well."""
        settling = self.settling
        assert settling is not None
        try:
            settlement = self.library.verdicts.get(act(), swapped=both.one.a_id > both.one.b_id)
        except LibraryError as error:
            self.say(one_line(error), warning=True)
            return False
        at = settling.differences.index(both)
        settling.differences[at] = both._replace(settlement=settlement)
        self._show()
        left = sum(one.settlement is None for one in settling.differences)
        self.say(f"Stored: {said} · {f'{left} left' if left else 'all settled'} · u undoes it")
        return True

    def _next(self) -> None:
        """To the next difference that is not settled, from here on and round."""
        settling = self.settling
        assert settling is not None
        count, here = len(settling.differences), self.differences.cursor
        for step in range(1, count):
            at = (here + step) % count
            if settling.differences[at].settlement is None:
                self.differences.cursor = at
                return

    def action_copy(self) -> None:
        if (both := self._here()) is not None:
            self.copy_quotes(both.one)

    def action_export(self) -> None:
        settling = self.settling
        if settling is None or not settling.differences:
            self.say("No difference is listed to write")
            return
        rows = [_row(self._names, both) for both in settling.differences]
        self.ask_where(
            f"Write {plural(len(rows), 'difference')} to",
            f"Differences {settling.first.name}",
            tuple(FORMS),
            lambda form, _: FORMS[form](rows),
        )

    def action_open(self) -> None:
        if (both := self._here()) is not None:
            verdict = both.settlement or both.one
            self.post_message(OpenPair(both.one.a_id, both.one.b_id, verdict.id))

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self.action_open()
