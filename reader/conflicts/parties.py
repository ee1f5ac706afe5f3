"""Parties of two reports: which names and nouns are one party, which cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reader.conflicts.base import Pair, Unit
from reader.lexicon import concept, exclusions, kind_of_party
from reader.names import near
from reader.nouns import Role

NEAR = 0.75
"""Names so near may be one name in two spellings."""
COLLECTIVE = frozenset(
    "force troop army military soldier official police authority government ministry statement spokesman spokesperson "
    "spokeswoman coalition command warplane jet administration office".split()
)
"""Nouns whose names tell who they are: US and UK forces are the US and the UK."""
_FEW = frozenset(
    "of the and for jr sr st ministry department police army force forces agency office council court committee commission "
    "company party group hospital university school bank union association".split()
)
"""Words that tell no name from another."""


@dataclass(frozen=True, slots=True)
class Party:
    """One head of a role: its noun, the keys of the names that it is (B's as A has them), and their labels.

    ``kind`` is that of its noun where the list of parties has it. ``guessed`` if it is a pronoun or an office: whom it
    stands for is too unsure to set it against another.
    """

    noun: str
    keys: frozenset[str]
    labels: frozenset[str]
    kind: str = ""
    guessed: bool = False

    @property
    def words(self) -> frozenset[str]:
        """The words that tell its names from others."""
        return frozenset(w for key in self.keys for w in key.split()) - _FEW

    def is_(self, other: Party) -> bool:
        """Whether both are surely one: by name, else by noun."""
        if self.keys or other.keys:
            return bool(self.keys & other.keys)
        return bool(self.noun) and self.noun == other.noun

    def excludes(self, other: Party) -> float:
        """How surely the two are not one and neither is part of the other: 0 not at all, 1 two persons by name."""
        if self.guessed or other.guessed:
            return 0.0
        if self.keys and other.keys:
            return self._other_name(other)
        return 0.6 if self.kind and other.kind and self.kind != other.kind else 0.0

    def _other_name(self, other: Party) -> float:
        # a person may act for a body, and what is neither (Democrats, Muslims) may be among any
        one, two = self.words, other.words
        if self.keys & other.keys or len(self.labels | other.labels) > 1 or "OTHER" in self.labels:
            return 0.0
        if one & two or not one or not two:
            return 0.0
        if any(near(key, form) >= NEAR for key in self.keys for form in other.keys):
            return 0.0
        return 1.0 if self.labels == {"PERSON"} else 0.8


class Parties:
    """The parties of both reports of a pair, under the keys of A."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        mentions = [m for report in (pair.b, pair.a) for u in reversed(report.units) for m in reversed(u.mentions)]
        self.labels = {m.key: m.label for m in mentions}
        self._names = {m.key: m.name for m in mentions}
        countries = ((dict(exclusions().get(key, ())).get("country", ""), key) for key in self.labels)
        self._countries = {country: key for country, key in countries if country}
        self._known: dict[tuple[bool, int, Role], tuple[Party, ...]] = {}

    def of(self, unit: Unit, role: Role | None) -> tuple[Party, ...]:
        """The heads of a role in a sentence as parties; pronouns that stand for nobody known are none."""
        if role is None:
            return ()
        place = (unit.report is self.pair.a, unit.row, role)
        if place not in self._known:
            self._known[place] = tuple(p for head in role.heads if (p := self._party(unit, head)))
        return self._known[place]

    def name(self, key: str) -> str:
        """A party as A writes it first, else as B does."""
        return self._names.get(key, key)

    def _party(self, unit: Unit, role: Role) -> Party | None:
        words = unit.report.article.part(unit.part)[role.start : role.end]
        named = (role.key,) if role.key else self._whose(unit, role, words) if _collective(words) else ()
        if not named and role.head in _PRONOUNS:
            return None
        guessed = bool(role.key) and role.key not in role.names
        labels = {self.labels.get(key, "LOC") for key in named}
        keys = named if unit.report is self.pair.a else [self.pair.matched.get(key, key) for key in named]
        bodies = frozenset("BODY" if label in ("ORG", "LOC") else label for label in labels)
        kind = kind_of_party(role.head)
        return Party(concept(role.head, "NOUN"), frozenset(keys), bodies, kind, guessed)

    def _whose(self, unit: Unit, role: Role, words: str) -> tuple[str, ...]:
        """Whose forces, officials or ministry: the names among the words, also as adjectives ("American"), not where they are."""
        found = dict.fromkeys(
            m.key
            for m in unit.mentions
            if role.start <= m.start < role.end
            and m.key in role.names
            and not _WHERE.search(words[: m.start - role.start])
        )
        for word in words.casefold().replace(",", " ").split():
            word = word.removesuffix("-led")
            country = dict(exclusions().get(word, ())).get("country", "")
            if country:
                found.setdefault(self._countries.get(country, country))
            elif word in self.labels:
                found.setdefault(word)
        return tuple(found)


def _collective(words: str) -> bool:
    return any(word in COLLECTIVE or word.removesuffix("s") in COLLECTIVE for word in words.casefold().split())


_WHERE = re.compile(r"\b(?:in|at|near|inside|outside|against|fighting|to|over)\s+(?:the\s+)?$", re.IGNORECASE)


_PRONOUNS = frozenset(
    "i we you he she it they them him her us me who whom which that this these those one someone somebody anyone "
    "everyone what there other another some many all".split()
)


def any_is(xs: Iterable[Party], ys: Iterable[Party]) -> bool:
    """Whether some party of the one is a party of the other."""
    others = tuple(ys)
    return any(x.is_(y) for x in xs for y in others)


def exclusion(xs: Iterable[Party], ys: Iterable[Party]) -> float:
    """How surely no party of the one can be among the other's: the least over all pairs, 0 where one side is empty."""
    others = tuple(ys)
    return min((x.excludes(y) for x in xs for y in others), default=0.0)
