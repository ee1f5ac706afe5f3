"""Opposites and things that exclude each other, in one slot of two sentences that otherwise agree.

Two looks at a pair of like sentences: word against word after aligning them (a red car, a blue car), and kind against
kind anywhere in them (released in March, released on October 30).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import product

from rapidfuzz.distance import Levenshtein

from reader.conflicts.base import Candidate, Pair, Token, Unit, clip
from reader.lexicon import concept, exclusion_strength, exclusions, negators, opposed, opposite, opposites
from reader.nouns import Kind

LEAST = 0.05
KINDS: dict[str, Kind] = {
    "weekday": "time",
    "month": "time",
    "season": "time",
    "daytime": "time",
    "direction": "place",
    "country": "place",
    "continent": "place",
    "rank": "name",
    "office": "name",
}


def find(pair: Pair) -> Iterator[Candidate]:
    """Candidates of kind opposite, and of the kind that a slot is of."""
    filled_a, filled_b = ([Filled(u) for u in report.units] for report in (pair.a, pair.b))
    for a, b, likeness in pair.close(LEAST):
        yield from _slots(pair, filled_a[a.row], filled_b[b.row], likeness)


@dataclass
class Filled:
    """A sentence as a row of slots. ``keys`` are its words, synonyms as one."""

    unit: Unit

    @cached_property
    def keys(self) -> list[str]:
        return [concept(t.lemma, t.pos) if t.content else t.form for t in self.unit.tokens]

    @cached_property
    def listed(self) -> list[int]:
        """Where words stand that have an opposite or exclude others."""
        return [at for at, t in enumerate(self.unit.tokens) if listed(t)]

    @cached_property
    def said(self) -> frozenset[str]:
        """The lemmas and forms of its listed words."""
        return frozenset(word for at in self.listed for word in (self.unit.tokens[at].form, self.unit.tokens[at].lemma))

    @cached_property
    def against(self) -> frozenset[str]:
        """What is listed as the opposite of one of its words."""
        return frozenset().union(*map(opposites, self.said))

    @cached_property
    def kinds(self) -> dict[str, set[str]]:
        """The exclusive kinds of which its words may name members, with these."""
        found: dict[str, set[str]] = {}
        for word in self.said:
            for kind, member in exclusions().get(word, ()):
                found.setdefault(kind, set()).add(member)
        return found

    def may_exclude(self, other: Filled) -> bool:
        """Whether it has a word that is the opposite of one of another, or two members of a kind stand between them."""
        if not self.against.isdisjoint(other.said):
            return True
        return any(len(self.kinds[kind] | other.kinds[kind]) > 1 for kind in self.kinds.keys() & other.kinds.keys())

    @cached_property
    def members(self) -> dict[str, dict[str, Token]]:
        """The kinds of which it names members, each member with its first word."""
        table = exclusions()
        found: dict[str, dict[str, Token]] = {}
        for token in self.unit.tokens:
            if token.content or token.form in table:
                for kind, member in table.get(token.lemma) or table.get(token.form) or ():
                    found.setdefault(kind, {}).setdefault(member, token)
        return found

    @cached_property
    def odd(self) -> bool:
        """Whether its negations leave it denied."""
        return bool(sum(t.form in negators() or t.lemma in negators() for t in self.unit.tokens) % 2)

    def has(self, token: Token) -> bool:
        """Whether a word stands anywhere in it: then it is no filler of another slot, but one that moved."""
        return any(token.lemma == t.lemma for t in self.unit.tokens)

    def between(self, start: int, end: int) -> list[Token]:
        """The listed words among some of its words."""
        listed = self.listed[bisect_left(self.listed, start) : bisect_left(self.listed, end)]
        return [self.unit.tokens[at] for at in listed]


def listed(token: Token) -> bool:
    """Whether a word has an opposite or excludes others."""
    words = _listed()
    return token.lemma in words or token.form in words


@cache
def _listed() -> frozenset[str]:
    return opposed() | exclusions().keys()


def _slots(pair: Pair, one: Filled, other: Filled, likeness: float) -> Iterator[Candidate]:
    if not one.may_exclude(other):
        return
    a, b = one.unit, other.unit
    cover = _cover(a, b)
    blocks = [op for op in Levenshtein.opcodes(one.keys, other.keys) if op.tag != "equal"]
    equal = 1.0 - sum(max(op.src_end - op.src_start, op.dest_end - op.dest_start) for op in blocks) / max(
        len(one.keys), len(other.keys)
    )
    common = {
        "likeness": likeness,
        "equal": equal,
        "cover": cover,
        "size": math.log(pair.size),
        "odd": float(one.odd != other.odd),
    }
    seen: set[str] = set()
    for op in blocks:
        if op.tag != "replace":
            continue
        alone = op.src_end - op.src_start == op.dest_end - op.dest_start == 1
        left, right = one.between(op.src_start, op.src_end), other.between(op.dest_start, op.dest_end)
        for x, y in product(left, right):
            found = excluding(x, y)
            if not found or (one.has(y) and other.has(x)):
                continue
            apart = strangers(a, b, x, y)
            if not apart.get("stranger"):
                kind, strength = found
                seen.add(kind)
                features = common | {
                    "opposed": float(kind == "opposite"),
                    "strength": float(strength),
                    "one": float(alone),
                    "alone": float(len(blocks) == 1),
                    "moved": float(one.has(y) or other.has(x)),
                    **apart,
                }
                yield _candidate("slot", kind, a, b, x, y, features)
    if cover >= 0.3:
        yield from _kinds(one, other, common, seen)


def _kinds(one: Filled, other: Filled, common: dict[str, float], seen: set[str]) -> Iterator[Candidate]:
    """Kinds of which each sentence names members, none shared."""
    for kind in sorted(one.members.keys() & other.members.keys() - seen):
        left, right = one.members[kind], other.members[kind]
        if left.keys() & right.keys():
            continue
        (_, x), (_, y) = next(iter(left.items())), next(iter(right.items()))
        features = common | {
            "strength": float(exclusion_strength(kind)),
            "several": float(len(left) > 1 or len(right) > 1),
        }
        yield _candidate("kind", kind, one.unit, other.unit, x, y, features)


def strangers(a: Unit, b: Unit, x: Token, y: Token) -> dict[str, float]:
    """Whether two words tell apart what each sentence brings in as its subject, and by what.

    *A woman sings* and *a man sings* may both be so: an indefinite subject is another one wherever it differs.
    """
    if not (a.newcomer and b.newcomer):
        return {}
    inside = a.newcomer[0] <= x.start < a.newcomer[1] and b.newcomer[0] <= y.start < b.newcomer[1]
    if not inside:
        return {"stranger_act": float(x.pos == y.pos == "VERB")}
    return {"stranger": float(x.pos == "NOUN"), "stranger_kind": float(x.pos != "NOUN")}


def excluding(x: Token, y: Token) -> tuple[str, int] | None:
    """What sets two words against each other: the kind, and how firmly."""
    return _excluding((x.lemma, x.form, x.pos == "VERB"), (y.lemma, y.form, y.pos == "VERB"))


@lru_cache(maxsize=1 << 15)
def _excluding(x: tuple[str, str, bool], y: tuple[str, str, bool]) -> tuple[str, int] | None:
    lemma_x, form_x, verb_x = x
    lemma_y, form_y, verb_y = y
    if opposite(lemma_x, lemma_y) or opposite(form_x, form_y):
        return "opposite", 2
    if verb_x != verb_y:
        return None
    table = exclusions()
    kinds_x = dict(table.get(lemma_x) or table.get(form_x) or ())
    for kind, member in table.get(lemma_y) or table.get(form_y) or ():
        if kind in kinds_x and kinds_x[kind] != member:
            return kind, exclusion_strength(kind)
    return None


def _candidate(family: str, kind: str, a: Unit, b: Unit, x: Token, y: Token, features: dict[str, float]) -> Candidate:
    place_a, place_b = a.place((x.start, x.end)), b.place((y.start, y.end))
    what = "opposites" if kind == "opposite" else f"one {kind} or the other"
    return Candidate(
        kind=KINDS.get(kind, "opposite"),
        family=family,
        a=place_a,
        b=place_b,
        reason=f"{clip(place_a.text)} against {clip(place_b.text)} ({what}) where both speak of {_about(a, b)}",
        features=features,
        topic=(kind, x.lemma, y.lemma),
    )


def _about(a: Unit, b: Unit) -> str:
    """A few words that both sentences share."""
    shared = [w for w in a.words if w.lemma in b.lemmas and w.pos in ("NOUN", "PROPN", "VERB")]
    return ", ".join(dict.fromkeys(w.lemma for w in shared[:3])) or "the same"


def _cover(a: Unit, b: Unit) -> float:
    """The share of the shorter sentence's content that the other has too."""
    return len(a.content & b.content) / max(1, min(len(a.content), len(b.content)))
