"""Where two reports disagree: one module for each family of conflict.

``find`` gathers the candidates of all families, judges each, and joins those that are one disagreement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from reader.alignment import Alignment
from reader.conflicts import (
    actor,
    ages,
    claims,
    events,
    inclusion,
    numbers,
    order,
    place,
    polarity,
    quote,
    relations,
    slots,
    spellings,
    stance,
    terms,
    times,
    titles,
    wording,
)
from reader.conflicts.base import Candidate, Pair, Report
from reader.conflicts.confidence import confidence
from reader.nouns import Article, Conflict, Facts

FAMILIES: tuple[Callable[[Pair], Iterator[Candidate]], ...] = (
    numbers.find,
    spellings.find,
    titles.find,
    ages.find,
    times.find,
    order.find,
    polarity.find,
    events.find,
    inclusion.find,
    slots.find,
    quote.find,
    actor.find,
    relations.find,
    stance.find,
    terms.find,
    place.find,
    wording.find,
    claims.find,
)
LEAST = 0.05
"""Claims less sure than this are dropped."""
EVEN = 0.05
"""Confidences no further apart than this are about as sure."""
SHOWN = 0.5
"""From here on a claim is shown unasked."""
CLAUSES = frozenset({"polarity", "actor", "stance"})
"""Kinds whose places are whole clauses."""
MOST = 500
"""The most conflicts told of one comparison, surest first."""


def candidates(a: Article, b: Article, facts_a: Facts, facts_b: Facts, alignment: Alignment) -> list[Candidate]:
    """All pairs of places that may disagree, unjudged, without mirrors where a report is compared with itself."""
    return _gathered(Pair(Report(a, facts_a), Report(b, facts_b), alignment))


def _gathered(pair: Pair) -> list[Candidate]:
    found = [c for family in FAMILIES for c in family(pair)]
    return [c for c in found if _forward(c)] if pair.same else found


def find(
    a: Article, b: Article, facts_a: Facts, facts_b: Facts, alignment: Alignment
) -> tuple[tuple[Conflict, ...], tuple[str, ...]]:
    """The conflicts, surest first, and notes for the reader."""
    pair = Pair(Report(a, facts_a), Report(b, facts_b), alignment)
    judged = sorted(
        ((confidence(c.family, c.features), c) for c in _gathered(pair)),
        key=lambda sure: (-sure[0], sure[1].a.part, sure[1].a.start, sure[1].b.start, sure[1].kind),
    )
    conflicts = _join([(sure, c) for sure, c in judged if sure >= LEAST])
    if len(conflicts) > MOST:
        pair.notes.append(f"the {MOST} surest of {len(conflicts):,} possible conflicts are kept")
    return tuple(conflicts[:MOST]), pair.bounds_met()


def _forward(c: Candidate) -> bool:
    """Whether A's place comes before B's: of a pair and its mirror only one is kept, of a span and itself none."""
    first, second = (c.a.part == "body", c.a.start), (c.b.part == "body", c.b.start)
    return first < second and not (c.a.part == c.b.part and c.a.end > c.b.start)


def _join(judged: list[tuple[float, Candidate]]) -> list[Conflict]:
    """Candidates of one topic, or of the same places, into one conflict led by the surest.

    What is told by whole clauses is of the same places as a conflict that is shown where both its places overlap.
    """
    leaders: dict[tuple[str, ...], int] = {}
    spots: dict[tuple[str, int, str, int], int] = {}
    shown: dict[str, list[int]] = defaultdict(list)
    groups: list[list[tuple[float, Candidate]]] = []
    for sure, c in judged:
        topic = (c.kind, *c.topic)
        spot = (c.a.part, c.a.start, c.b.part, c.b.start)
        at = spots.get(spot, leaders.get(topic, -1))
        if at < 0 and c.kind in CLAUSES:
            at = next((i for i in shown[c.kind] if _overlap(groups[i][0][1], c)), -1)
        if at < 0:
            at = len(groups)
            groups.append([])
            if sure >= SHOWN:
                shown[c.kind].append(at)
        leaders.setdefault(topic, at)
        spots.setdefault(spot, at)
        groups[at].append((sure, c))
    return [_conflict(group) for group in groups]


def _overlap(one: Candidate, other: Candidate) -> bool:
    """Whether both places of two candidates share words."""
    sides = ((one.a, other.a), (one.b, other.b))
    return all(x.part == y.part and x.overlaps(y) for x, y in sides)


def _headlines(c: Candidate) -> int:
    """How many of its two places stand in a headline, or in words with a capital each."""
    long = [[w for w in place.text.split() if len(w) > 3] for place in (c.a, c.b)]
    return sum(
        place.part == "title" or (len(words) > 1 and all(w[0].isupper() for w in words))
        for place, words in zip((c.a, c.b), long, strict=True)
    )


def _conflict(group: list[tuple[float, Candidate]]) -> Conflict:
    surest = group[0][0]
    # Of places about as sure, running text leads: a headline only sums it up.
    sure, lead = min(group, key=lambda one: (one[0] < surest - EVEN, _headlines(one[1]), -one[0]))
    more = dict.fromkeys((c.a, c.b) for _, c in group if (c.a, c.b) != (lead.a, lead.b))
    return Conflict(
        kind=lead.kind,
        a=lead.a,
        b=lead.b,
        confidence=round(sure, 4),
        severity=lead.severity,
        reason=lead.reason,
        benign=lead.benign,
        more=tuple(more),
    )
