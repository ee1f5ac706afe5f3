"""The lists of open conflicts and of judgements over all pairs: where their rows come from, and how they are drawn."""

from __future__ import annotations

from typing import Literal

import msgspec
from textual.content import Content

from db import ConflictQuery, Library, OpenConflict, Verdict, VerdictQuery
from reader.nouns import Kind
from widgets.agreement import SIGNS
from widgets.layout import displayable
from widgets.row_list import Cells, RowList, fit

Found = OpenConflict | Verdict
"""A row: a conflict that nobody judged, or a judgement."""
OPEN_SIGN = "≠"
HOLDS = {"waiting": "◌ ", "orphan": "∅ "}
"""Signs before a quote that stands in its report no longer, as far as is known."""


class FoundQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What is listed: conflicts that are open, what was judged, or both, the open ones first; of one kind, with words, in an
    order. ``judged`` says which judgements; its own text, kind and order are not heeded."""

    state: Literal["open", "judged", "all"] = "open"
    text: str = ""
    kind: Kind | None = None
    gravest: bool = False
    judged: VerdictQuery = VerdictQuery()

    @property
    def narrowed(self) -> bool:
        """Whether something of this state is left out."""
        return bool(self.text or self.kind or self.judged != VerdictQuery())

    def of_open(self) -> ConflictQuery:
        """The question for open conflicts."""
        return ConflictQuery(text=self.text, kind=self.kind, sort="severity" if self.gravest else "confidence")

    def of_judged(self) -> VerdictQuery:
        """The question for judgements."""
        sort: Literal["severity", "updated"] = "severity" if self.gravest else "updated"
        return msgspec.structs.replace(self.judged, text=self.text, kind=self.kind, sort=sort)


class Findings:
    """The rows that a query asks for."""

    def __init__(self, library: Library, query: FoundQuery) -> None:
        self._library, self._query = library, query
        self._open = 0

    def count(self) -> int:
        state = self._query.state
        self._open = 0 if state == "judged" else self._library.conflicts.count(self._query.of_open())
        return self._open + (0 if state == "open" else self._library.verdicts.count(self._query.of_judged()))

    def page(self, offset: int, limit: int) -> list[Found]:
        rows: list[Found] = []
        if offset < self._open:
            rows += self._library.conflicts.page(self._query.of_open(), offset, min(limit, self._open - offset))
        if self._query.state != "open" and (left := limit - len(rows)):
            rows += self._library.verdicts.page(self._query.of_judged(), max(0, offset - self._open), left)
        return rows


class FindingList(RowList[Found]):
    """Open conflicts and judgements, one a line: what was judged, which kind, how grave, and both quotes."""

    def heading(self, width: int) -> Cells:
        quote = _quote_width(width)
        return (
            (f"  {fit('Judgement', 13)} {fit('Kind', 8)} Sev  {fit('A', quote)}   {fit('B', quote)}", "row--quiet"),
        )

    def cells(self, row: Found, width: int) -> Cells:
        quote = _quote_width(width)
        if isinstance(row, OpenConflict):
            sign, judged, strong, flag, holds = OPEN_SIGN, f"open {row.confidence:.0%}", True, " ", ("exact", "exact")
        else:
            sign, judged, strong = SIGNS[row.judgement], row.judgement, row.judgement == "contradiction"
            flag, holds = "⚑" if row.flagged else " ", (row.a_hold, row.b_hold)
        return (
            (f"{sign} {fit(judged, 13)} ", "row--sign" if strong else "row--quiet"),
            (f"{fit(row.kind, 8)} ", "row--quiet"),
            (f"{fit('!' * row.severity, 3)} {flag}", "row--sign"),
            (fit(HOLDS.get(holds[0], "") + row.a.text, quote), ""),
            (" │ ", "row--quiet"),
            (fit(HOLDS.get(holds[1], "") + row.b.text, quote), ""),
        )


def _quote_width(width: int) -> int:
    return max(1, (width - 2 - 14 - 9 - 5 - 3) // 2)


def told(row: Found) -> Content:
    """All that is known of a row."""

    def safe(text: str) -> str:
        return " ".join(displayable(text).split())

    why = note = ""
    if isinstance(row, OpenConflict):
        head = ["open", row.kind, f"severity {row.severity}", f"{row.confidence:.0%} sure"]
        why = f"\n{safe(row.reason)}" + (f"   perhaps: {safe(row.benign)}" if row.benign else "")
    else:
        head, note = [row.judgement, row.kind, f"severity {row.severity}"], safe(row.note)
        if row.outcome:
            head.append(safe(row.outcome))
        head += [f"#{safe(tag)}" for tag in row.tags]
        if row.flagged:
            head.append("flagged")
        if row.by:
            head.append(f"by {safe(row.by)}")
        if row.orphaned:
            head.append("its words can no longer be found")
        if row.waiting:
            head.append("its sentence was changed: W shows it")
    lines: list[str | tuple[str, str]] = [(" · ".join(head), "bold"), why]
    for side, place, title, source in (
        ("A", row.a, row.a_title, row.a_source),
        ("B", row.b, row.b_title, row.b_source),
    ):
        lines += [f"\n{side} “{safe(place.text)}”  ", (" · ".join(x for x in (safe(source), safe(title)) if x), "dim")]
    if note:
        lines.append(f"\n{note}")
    return Content.assemble(*lines)
