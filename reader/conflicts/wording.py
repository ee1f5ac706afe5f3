"""Words that take sides against plain ones for one thing, in like sentences: terrorists and fighters, regime and government.

No contradiction: the confidence says how likely it is one, and that is hardly ever. It is told for whoever studies the press.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from reader.conflicts.base import Candidate, Pair, Token, Unit, clip
from reader.lexicon import tones

LEAST = 0.45
"""Sentences less alike do not speak of one thing."""
_TONE = {"plain": "plain", "dark": "unfriendly", "bright": "friendly"}


def find(pair: Pair) -> Iterator[Candidate]:
    """Candidates of kind wording."""
    coloured: dict[int, dict[str, dict[str, Token]]] = {}
    for a, b, likeness in pair.close(LEAST):
        for unit in (a, b):
            if id(unit) not in coloured:
                coloured[id(unit)] = _coloured(unit)
        one, other = coloured[id(a)], coloured[id(b)]
        for thing in sorted(one.keys() & other.keys()):
            if one[thing].keys() & other[thing].keys():
                continue
            (tone_a, x), (tone_b, y) = next(iter(one[thing].items())), next(iter(other[thing].items()))
            place_a, place_b = a.place((x.start, x.end)), b.place((y.start, y.end))
            yield Candidate(
                kind="wording",
                family="wording",
                a=place_a,
                b=place_b,
                reason=f"{clip(place_a.text)} ({_TONE[tone_a]}) against {clip(place_b.text)} ({_TONE[tone_b]}) for one thing",
                features={"likeness": likeness, "size": math.log(pair.size)},
                topic=("wording", thing, x.lemma, y.lemma),
                severity=1,
                benign="a choice of words",
            )


def _coloured(unit: Unit) -> dict[str, dict[str, Token]]:
    """For each thing that a sentence names, its words by tone; what others are quoted to say is their choice of words."""
    found: dict[str, dict[str, Token]] = {}
    for token in unit.tokens:
        if token.content and not any(q.start <= token.start < q.end for q in unit.quotes):
            for thing, tone in tones(token.lemma):
                found.setdefault(thing, {}).setdefault(tone, token)
    return found
