"""Two versions of one report in the compare view: what was taken out, what was put in, and nothing to judge."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from msgspec import structs

from db import Library, LibraryError, Stored
from reader.nouns import Comparison, Conflict, Place
from widgets.citation import name_of
from widgets.compare.conflict_list import ConflictList
from widgets.compare.findings import Finding
from widgets.compare.quiet import Quiet, quiet_words
from widgets.compare.rows import SIDES, Point, Side
from widgets.compare.screen import CompareScreen
from widgets.compare.verdict_bar import VerdictBar
from widgets.frame import plural
from widgets.layout import displayable
from widgets.row_list import fit
from widgets.status import StatusBar
from widgets.tables import FORMS
from widgets.understanding import Compared, machine_facts_of
from widgets.work import Report, one_line

_QUOTED = 48
"""Code points of the words of a change that are quoted, at most."""
SAME = "The words of both versions are the same."
NO_CHANGE_HERE = "No change on this line: ]c goes to the next, [c to the one before."


class Version(NamedTuple):
    """One text that a report has had: its number from 1, when it was added (UTC), its body."""

    number: int
    added: str
    body: str

    @property
    def name(self) -> str:
        """Number and moment."""
        return f"version {self.number}, {self.added[:16].replace('T', ' ')}"


class Step(NamedTuple):
    """From one version to a later one: how many words were put in and taken out."""

    old: Version
    new: Version
    put_in: int
    taken_out: int

    def __str__(self) -> str:
        return f"{self.old.number} → {self.new.number}   {self.new.name}   +{self.put_in:,} −{self.taken_out:,} words"


def steps(library: Library, article: int) -> list[Step]:
    """The steps of a report, the newest first, and last that from its first version to the newest. Takes time."""
    from reader.difference import differences, words

    versions = [Version(n, added, body) for n, (added, body) in enumerate(library.articles.versions(article), 1)]
    made = []
    pairs = list(pairwise(versions))[::-1]
    if len(versions) > 2:
        pairs.append((versions[0], versions[-1]))
    for old, new in pairs:
        changes = differences(old.body, new.body)
        put_in, taken_out = words(new.body, [c.new for c in changes]), words(old.body, [c.old for c in changes])
        made.append(Step(old, new, put_in, taken_out))
    return made


class Change(Conflict, frozen=True):
    """A change as the compare view takes it: a pair of places, of which one may hold no words."""

    @property
    def fingerprint(self) -> str:
        """Where it is, for the same words may change more than once."""
        return f"change {self.a.start} {self.b.start}"


class Edit(Finding):
    """A change where findings are drawn and listed."""

    __slots__ = ()

    @property
    def glyph(self) -> str:
        """Whether words were put in, taken out, or both."""
        return "~" if self.place("a").text and self.place("b").text else "−" if self.place("a").text else "+"


class ChangeList(ConflictList):
    """The changes, one a line."""

    def line_of(self, index: int, width: int) -> str:
        finding = self.findings[index]
        return fit(f"{'▶' if index == self.current else ' '}{finding.glyph} {finding.reason}", width)


def changes_of(old: str, new: str) -> tuple[Change, ...]:
    """What makes ``new`` of ``old``."""
    from reader.difference import differences

    def place(text: str, span: tuple[int, int]) -> Place:
        return Place(part="body", start=span[0], end=span[1], text=text[slice(*span)])

    made = []
    for change in differences(old, new):
        a, b = place(old, change.old), place(new, change.new)
        made.append(Change(kind="wording", a=a, b=b, confidence=1.0, severity=1, reason=_told(a.text, b.text)))
    return tuple(made)


def _told(old: str, new: str) -> str:
    if not old:
        return f"Put in: {_quote(new)}"
    return f"{_quote(old)} became {_quote(new)}" if new else f"Taken out: {_quote(old)}"


def _quote(words: str) -> str:
    line = " ".join(displayable(words).split())
    return f"“{line if len(line) <= _QUOTED else line[: _QUOTED - 1].rstrip() + '…'}”"


def _row(finding: Finding) -> dict[str, Any]:
    """What is written of a change: the words taken out and put in, and where, in code points of each version."""
    old, new = finding.place("a"), finding.place("b")
    return {
        "taken_out": old.text,
        "put_in": new.text,
        "old_start": old.start,
        "old_end": old.end,
        "new_start": new.start,
        "new_end": new.end,
    }


class VersionScreen(CompareScreen):
    """An older version of a report on the left, a newer one on the right. Nothing is judged here and nothing kept."""

    SCREEN_NAME = "versions"
    TITLE = "Versions"
    FOUND = "change"
    DEFAULT_CSS = """
    VersionScreen Slider { display: none; }
    """

    def __init__(self, library: Library, article: int, old: Version, new: Version) -> None:
        super().__init__(library, article, article)
        self._versions: dict[Side, Version] = {"a": old, "b": new}
        self._report: Stored | None = None

    def make_list(self) -> ConflictList:
        return ChangeList()

    def open_pair(self) -> None:
        try:
            self._report = self.library.articles.get(self.ids["a"])
        except LibraryError as error:
            self.say(one_line(error), warning=True)
            return
        self.stored = {side: self._shown(self._report, self._versions[side]) for side in SIDES}
        self.point = Point("a", "body", 0)
        self.compare()
        self.lay_out_texts()
        self.read_findings()

    def _shown(self, report: Stored, version: Version) -> Stored:
        """A version under a source that says which it is, for the heads and for what is copied."""
        article = report.article
        source = ", ".join(part for part in (version.name.capitalize(), article.source) if part)
        return structs.replace(report, article=structs.replace(article, source=source, body=version.body))

    def compare(self, said: str = "") -> None:  # noqa: ARG002
        report, old, new = self._report, self._versions["a"].body, self._versions["b"].body
        assert report is not None

        def job(tell: Report) -> tuple[Compared, Quiet]:
            from reader.comparison import compare, version

            a, b = (structs.replace(report, article=structs.replace(report.article, body=body)) for body in (old, new))
            tell("reading both")
            facts_a, facts_b = machine_facts_of(self.library, a), machine_facts_of(self.library, b)
            tell("comparing")
            links = compare(a.article, b.article, facts_a, facts_b).links
            changes = Comparison(version=version(), links=links, conflicts=changes_of(old, new))
            return Compared(facts_a, facts_b, changes), quiet_words(old, new, facts_a, facts_b, changes)

        self.start("Comparing", job, self.take_in, key="compare")

    def _compared(self, loaded: Compared) -> None:
        super()._compared(loaded)
        if self.shown:
            self.go_to(self.shown[0])

    def action_next_change(self) -> None:
        self.action_next_conflict()

    def action_previous_change(self) -> None:
        self.action_previous_conflict()

    def action_export(self) -> None:
        if self.comparison is None or not self.shown:
            self.say("Still comparing" if self.comparison is None else SAME)
            return
        old, new = (self._versions[side].number for side in SIDES)
        rows = [_row(finding) for finding in self.shown]
        self.ask_where(
            f"Write {plural(len(rows), 'change')} to",
            f"{name_of(self.articles['a'])} {old} {new}",
            tuple(FORMS),
            lambda form, _: FORMS[form](rows),
        )

    def read_findings(self) -> None:
        if self.ready:
            self.findings = [Edit(change) for change in (self.comparison.conflicts if self.comparison else ())]
            self.choose_shown()

    def library_changed(self) -> None:
        """What is undone elsewhere changes no version."""

    def tell(self) -> None:
        super().tell()
        bar, index = self.query_one(VerdictBar), self.index_of_current()
        if index is not None and not self.selecting:
            bar.suggest(self._change_told(index))
        elif self.comparison is not None and self.stop is None:
            bar.suggest(NO_CHANGE_HERE if self.shown else SAME)
        if self.comparison is not None:
            self.query_one(StatusBar).place(plural(len(self.shown), self.FOUND))

    def _change_told(self, index: int) -> str:
        finding = self.shown[index]
        lines = [f"Change {index + 1:,} of {len(self.shown):,} · {finding.reason}"]
        for side in SIDES:
            place = finding.place(side)
            body = self.articles[side].body
            start, end = body.rfind("\n", 0, place.start) + 1, body.find("\n", place.end)
            sentence = next(
                (one.of(body) for one in self.facts[side].body.sentences if one.end >= place.start and one.end > 0),
                body[start : end if end >= 0 else len(body)],
            )
            lines.append(f"{self._versions[side].number}  {' '.join(displayable(sentence).split())}")
        return "\n".join(lines)

    def _pair_name(self) -> str:
        if self._report is None:
            return ""
        numbers: Sequence[str] = [str(self._versions[side].number) for side in SIDES]
        return f"{name_of(self._report.article)}: version {' → '.join(numbers)}"
