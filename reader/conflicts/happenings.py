"""What reports of one event are about: the sorts of happening that their words speak of.

A deal is one happening with what it is for ("a deal that lets the fighters leave", "the evacuation agreement") where the
reports speak of both in the same breath more than once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reader.conflicts.base import Pair, Report, Unit
from reader.lexicon import purposes, speaks_of
from reader.nouns import Role

DEAL = "deal"
TOGETHER = 2
"""In so many sentences a deal and another happening stand together, to be one."""
OFTEN = 3
"""A happening told in so many sentences of each report is what both are about."""


def happenings_of(pair: Pair) -> Happenings:
    """The sorts of happening in the two reports of a pair."""
    return Happenings((pair.a,) if pair.same else (pair.a, pair.b))


class Happenings:
    """The sorts of happening in reports of one event."""

    def __init__(self, reports: Sequence[Report]) -> None:
        told: list[Counter[str]] = []
        beside: Counter[str] = Counter()
        for report in reports:
            counted: Counter[str] = Counter()
            for unit in report.units:
                sorts = {sort for w in unit.words if (sort := speaks_of(w.lemma, w.pos))}
                counted.update(sorts)
                if DEAL in sorts:
                    beside.update(sorts & purposes())
            told.append(counted)
        self._words = [{w.lemma for unit in report.units for w in unit.words} for report in reports]
        self._one = {sort: DEAL for sort, often in beside.items() if often >= TOGETHER}
        self._told = [Counter[str]() for _ in told]
        for counted, joined in zip(told, self._told, strict=True):
            for sort, often in counted.items():
                joined[self._one.get(sort, sort)] += often

    def of(self, lemma: str, pos: str) -> str:
        """The happening that a word speaks of, "" if none."""
        sort = speaks_of(lemma, pos)
        return self._one.get(sort, sort)

    def named(self, role: Role | None) -> str:
        """The happening that the head of a role names, or else a word that narrows it ("the escape convoy")."""
        if role is None:
            return ""
        words = (role.head, *role.modifiers)
        return next((sort for word in words if (sort := self.of(word, "NOUN"))), "")

    def within(self, unit: Unit, start: int, end: int) -> str:
        """The first happening that a noun between two places of a sentence names."""
        nouns = (w for w in unit.words if start <= w.start and w.end <= end and w.pos == "NOUN")
        return next((sort for w in nouns if (sort := self.of(w.lemma, "NOUN"))), "")

    def deal_for(self, sort: str, unit: Unit, end: int) -> str:
        """The deal where a sentence names one, up to a place, beside a happening that a deal may be for."""
        deal = sort in purposes() and any(
            w.end <= end and w.pos == "NOUN" and self.of(w.lemma, "NOUN") == DEAL for w in unit.words
        )
        return DEAL if deal else sort

    def narrowed(self, unit: Unit, role: Role) -> frozenset[str]:
        """The nouns before the head of a role that only one of the reports knows: a *wage* deal beside an evacuation."""
        nouns = {w.lemma for w in unit.words if role.start <= w.start < role.end and w.pos in ("NOUN", "PROPN")}
        return frozenset(
            word
            for word in role.modifiers
            if word in nouns and not self.of(word, "NOUN") and not all(word in known for known in self._words)
        )

    def central(self, sort: str) -> float:
        """How much both reports are about it, in [0, 1]."""
        return min(OFTEN, *(told[sort] for told in self._told)) / OFTEN
