"""In which order: one report has it that this came before that, the other that it came after.

Both happenings must stand in one sentence on either side, with "before" or "after" between their clauses or in front.
They are the same two where the predicates are of one class and a party to each is the same, or not told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from reader.conflicts.base import Candidate, Pair, Report, Token, Unit, clip
from reader.conflicts.times import SPOKEN, class_of, happening_of
from reader.lexicon import deed
from reader.nouns import Role, Statement

MOST = 10_000
"""The most pairs of such sentences that are compared."""
SURE = frozenset({"asserted", "reported"})
CLAUSE = 60
"""How far behind "before" or "after" what it joins is looked for, in code points."""


@dataclass(frozen=True, eq=False)
class Deed:
    """One of two happenings: its class, its parties (keys and heads) and its words."""

    what: str
    parties: frozenset[str]
    words: str


@dataclass(frozen=True, eq=False)
class Order:
    """Two happenings of one sentence, the earlier first."""

    unit: Unit
    first: Deed
    second: Deed
    span: tuple[int, int]

    @cached_property
    def told(self) -> str:
        """The order in words."""
        return f"{self.first.words}, then {self.second.words}"


def find(pair: Pair) -> Iterator[Candidate]:
    """Candidates of kind time."""
    for x, y in pair.met(_orders(pair.a), _orders(pair.b), MOST, "sentences that tell an order"):
        if not (x.first.what == y.second.what and x.second.what == y.first.what):
            continue
        shared = [_shared(pair, x.first, y.second), _shared(pair, x.second, y.first)]
        if min(shared) < 0:
            continue
        yield Candidate(
            kind="time",
            family="order",
            a=x.unit.place(x.span),
            b=y.unit.place(y.span),
            reason=f"A: {x.told} · B: {y.told}",
            features={"likeness": pair.likeness(x.unit, y.unit), "parties": sum(shared) / 2},
            topic=("order", *sorted((x.first.what, x.second.what))),
        )


def _shared(pair: Pair, x: Deed, y: Deed) -> int:
    """1 where two deeds have a party in common, 0 where one tells of none, -1 where the parties are others."""
    if not (x.parties and y.parties):
        return 0
    return 1 if x.parties & y.parties or pair.shared(x.parties, y.parties) else -1


def _orders(report: Report) -> list[Order]:
    found = []
    for unit in report.units:
        told = sorted((s for s in unit.statements if _happened(s)), key=lambda s: s.predicate_span)
        for token in unit.tokens:
            if token.form in ("before", "after") and told and not _of_time(unit, token):
                joined = _joined(unit, token, told)
                if joined and joined[0].what != joined[1].what:
                    first, second = joined if token.form == "before" else joined[::-1]
                    found.append(Order(unit, first, second, (unit.sentence.start, unit.sentence.end)))
    return found


def _happened(said: Statement) -> bool:
    told = not said.negated and said.certainty in SURE and said.predicate[:1].isalpha()
    return told and happening_of(said) not in ("", SPOKEN)


def _of_time(unit: Unit, token: Token) -> bool:
    """Whether it belongs to a time: "shortly after midnight"."""
    return any(t.start <= token.start < t.end or t.start in (token.end, token.end + 1) for t in unit.times)


def _joined(unit: Unit, token: Token, told: list[Statement]) -> tuple[Deed, Deed] | None:
    """What stands before the word, or in the main clause, and what it joins to that."""
    text = unit.report.article.part(unit.part)
    behind = [s for s in told if s.predicate_span[0] >= token.end]
    comma = text.find(",", token.end, unit.sentence.end)
    clause = min(token.end + CLAUSE, unit.sentence.end if comma < 0 else comma)
    own = next((s for s in behind if s.predicate_span[0] < clause), None)
    joined = _deed(unit, own, token.end) if own else _noun(unit, token.end, clause)
    ahead = [s for s in told if s.predicate_span[1] <= token.start]
    main = ahead[-1] if ahead else next((s for s in behind if 0 <= comma < s.predicate_span[0]), None)
    return (_deed(unit, main), joined) if joined and main else None


def _deed(unit: Unit, said: Statement, joined: int = 0) -> Deed:
    """A statement as a deed. What stands between "before" and the predicate that it joins is that one's subject."""
    start, end = said.predicate_span
    subjects = [w for w in unit.words if joined and joined <= w.start < start and w.pos in ("NOUN", "PROPN")]
    if subjects:
        keys = {m.key for m in unit.mentions if joined <= m.start < start}
        words = clip(unit.place((joined, end)).text)
        return Deed(happening_of(said), frozenset({w.lemma for w in subjects} | keys), words)
    roles = [r for role in (said.agent, said.patient) if role for r in role.heads]
    parties = frozenset(word for r in roles for word in (r.key, r.head) if word and not _pronoun(r))
    verb = clip(unit.place(said.predicate_span).text)
    doer = said.agent or said.patient
    named = clip(unit.place(doer).text, 30) if doer and doer.start < said.predicate_span[0] else ""
    return Deed(happening_of(said), parties, f"{named} {verb}".strip())


def _pronoun(role: Role) -> bool:
    return not role.key and role.head in ("he", "she", "they", "it", "who", "that", "him", "her", "them", "we", "i")


def _noun(unit: Unit, start: int, end: int) -> Deed | None:
    """A noun that names a happening: "after the collapse"."""
    for word in unit.words:
        if start <= word.start < end and word.pos == "NOUN":
            verb = deed(word.lemma)
            if what := class_of(word.lemma, "NOUN") or (class_of(verb[0], "VERB") if verb else ""):
                return Deed(what, frozenset(), f"the {unit.place(word).text}")
    return None
