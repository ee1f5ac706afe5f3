"""Opposites and things that exclude each other, in one slot of two sentences that otherwise agree.

Two looks at a pair of like sentences: word against word after aligning them (a red car, a blue car), and kind against
kind anywhere in them (released in March, released on October 30).
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from reader.conflicts.base import Candidate, Pair, Token, Unit, clip
from reader.lexicon import concept, exclusion_strength, exclusions, negators, opposite
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
    for a, b, likeness in pair.close(LEAST):
        yield from _slots(pair, a, b, likeness)


def _key(token: Token) -> str:
    return concept(token.lemma, token.pos) if token.content else token.form


def _slots(pair: Pair, a: Unit, b: Unit, likeness: float) -> Iterator[Candidate]:
    keys_a, keys_b = [_key(t) for t in a.tokens], [_key(t) for t in b.tokens]
    if not keys_a or not keys_b:
        return
    blocks = [op for op in Levenshtein.opcodes(keys_a, keys_b) if op.tag != "equal"]
    equal = 1.0 - sum(max(op.src_end - op.src_start, op.dest_end - op.dest_start) for op in blocks) / max(
        len(keys_a), len(keys_b)
    )
    cover = _cover(a, b)
    common = {
        "likeness": likeness,
        "equal": equal,
        "cover": cover,
        "size": math.log(pair.size),
        "odd": float(_negations(a) != _negations(b)),
    }
    seen: set[str] = set()
    for op in blocks:
        if op.tag != "replace":
            continue
        left = a.tokens[op.src_start : op.src_end]
        right = b.tokens[op.dest_start : op.dest_end]
        for x, y in ((x, y) for x in left for y in right):
            if found := _relation(x, y):
                kind, strength = found
                seen.add(kind)
                features = common | {
                    "opposed": float(kind == "opposite"),
                    "strength": float(strength),
                    "one": float(len(left) == len(right) == 1),
                    "alone": float(len(blocks) == 1),
                }
                yield _candidate("slot", kind, a, b, x, y, features)
    if cover >= 0.3:
        yield from _kinds(a, b, common, seen)


def _kinds(a: Unit, b: Unit, common: dict[str, float], seen: set[str]) -> Iterator[Candidate]:
    """Kinds of which each sentence names members, none shared."""
    named_a, named_b = _members(a), _members(b)
    for kind in named_a.keys() & named_b.keys() - seen:
        left, right = named_a[kind], named_b[kind]
        if left.keys() & right.keys():
            continue
        (_, x), (_, y) = next(iter(left.items())), next(iter(right.items()))
        features = common | {
            "strength": float(exclusion_strength(kind)),
            "several": float(len(left) > 1 or len(right) > 1),
        }
        yield _candidate("kind", kind, a, b, x, y, features)


def _members(unit: Unit) -> dict[str, dict[str, Token]]:
    table = exclusions()
    found: dict[str, dict[str, Token]] = {}
    for token in unit.tokens:
        if token.content or token.form in table:
            for kind, member in table.get(token.lemma) or table.get(token.form) or ():
                found.setdefault(kind, {}).setdefault(member, token)
    return found


def _relation(x: Token, y: Token) -> tuple[str, int] | None:
    """What sets two words against each other: the kind, and how firmly."""
    if opposite(x.lemma, y.lemma) or opposite(x.form, y.form):
        return "opposite", 2
    table = exclusions()
    kinds_x = dict(table.get(x.lemma) or table.get(x.form) or ())
    for kind, member in table.get(y.lemma) or table.get(y.form) or ():
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
    left = {concept(w.lemma, w.pos) for w in a.words}
    right = {concept(w.lemma, w.pos) for w in b.words}
    return len(left & right) / max(1, min(len(left), len(right)))


def _negations(unit: Unit) -> bool:
    return bool(sum(t.form in negators() or t.lemma in negators() for t in unit.tokens) % 2)
