"""Where it happened: addresses, stretches of road and named places that exclude each other.

A house may stand in the block, a town in the province: what the texts themselves put inside something else ("Dorvale, Kent") is
part of it. Names of which neither is known to hold the other are taken for two levels of one place, not for a conflict.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from reader.conflicts.base import Candidate, Pair, Report, Unit, clip
from reader.lexicon import concept, exclusions
from reader.names import near
from reader.nouns import Mention, Statement

LEAST = 0.15
"""Sentences less alike do not tell of one happening, unless they name one street."""
NEAR = 0.75
"""Names so near may be one name in two spellings."""
MOST = 1_000
"""The most pairs of places weighed: addresses in one street, stretches, named places."""
MANY = 1_000
"""The most addresses in one street that are looked through for another."""
_TYPES = {
    "street": "street st",
    "avenue": "avenue ave av",
    "road": "road rd",
    "boulevard": "boulevard blvd",
    "drive": "drive dr",
    "lane": "lane ln",
    "court": "court ct",
    "place": "place pl",
    "way": "way",
    "terrace": "terrace ter",
    "circle": "circle cir",
    "parkway": "parkway pkwy",
    "highway": "highway hwy",
}
_TYPE = {form: name for name, forms in _TYPES.items() for form in forms.split()}
_SIDES = frozenset("north south east west n s e w ne nw se sw northeast northwest southeast southwest".split())
_NUMBER = r"(?P<number>\d[\d,]{0,5}\d|\d)"
_STREET = re.compile(
    rf"(?:\b{_NUMBER}(?P<block>[ -]blocks? of| blk\.? of)?\s+)?"
    r"(?P<name>(?:(?:\b[A-Z][\w’'-]{0,30}\.?|\b\d{1,3}(?:st|nd|rd|th))\s+){1,3})"
    rf"(?P<type>{'|'.join(sorted((t.capitalize() for t in _TYPE), key=len, reverse=True))})\b"
)
_NAMED = r"(?:the\s+)?((?:[A-Z#][\w’'.-]{0,30}|\d{1,3}(?:st|nd|rd|th)?)(?:\s+(?:[A-Z][\w’'.-]{0,30}|\d{1,3}(?:st|nd|rd|th)?)){0,3})"
_STRETCH = re.compile(rf"\b(?:between|from)\s+{_NAMED}\s+(?:and|to|&)\s+{_NAMED}")
_RANGE = re.compile(r"(?:\b(?:and|to|through)|[-–—&])\s*(?:the\s+)?$")
_ROAD = re.compile(
    rf"\b(?:[A-Z][\w’'-]{{0,30}}\s+){{1,3}}(?:{'|'.join(t.capitalize() for t in _TYPE)})\b|\b(?:Route|Highway|Interstate|I-|US|A|M)[ -]?\d{{1,4}}\b"
)
_SHUT = frozenset({"close", "shut", "block", "closure", "cordon", "reopen", "closed"})
_WITHIN = frozenset({"in", "at", "near", "outside", "inside", "on"})


@dataclass(frozen=True, slots=True, eq=False)
class Address:
    """A street with a house number or the first number of a block; ``street`` without its side and with its type whole."""

    unit: Unit
    span: tuple[int, int]
    number: int
    block: bool
    street: str

    def excludes(self, other: Address) -> bool:
        """Whether one street has them at two spots; a house may stand in the block."""
        if self.block or other.block:
            loose = (
                1000
                if min(self.number, other.number) >= 10_000 and 0 in (self.number % 1000, other.number % 1000)
                else 100
            )
            return self.number // loose != other.number // loose
        return self.number != other.number


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Where a road is said to reach from one end to the other; ``roads`` are those that its sentence names besides."""

    unit: Unit
    span: tuple[int, int]
    ends: frozenset[str]
    roads: frozenset[str]


def find(pair: Pair) -> Iterator[Candidate]:
    """Candidates of kind place."""
    yield from _addresses(pair)
    yield from _stretches(pair)
    yield from _named(pair)


# -- addresses -------------------------------------------------------------------------------------------------------------


def _addresses(pair: Pair) -> Iterator[Candidate]:
    found_a, found_b = _streets(pair.a), _streets(pair.b)
    for street in sorted(found_a.keys() & found_b.keys()):
        xs, ys = found_a[street], found_b[street]
        stated = {x for x in xs if not all(x.excludes(o) for o in ys[:MANY])}
        stated |= {y for y in ys if not all(o.excludes(y) for o in xs[:MANY])}
        several = max(len({o.number for o in one}) for one in (xs, ys)) > 1
        for x, y in pair.met(xs, ys, MOST, "addresses"):
            if not x.excludes(y):
                continue
            features = {
                "address": 1.0,
                "likeness": pair.likeness(x.unit, y.unit),
                "deed": float(bool(_deeds(x.unit) & _deeds(y.unit))),
                "settled": float(x in stated or y in stated),
                "several": float(several),
                "next": float((x.block or y.block) and abs(x.number - y.number) <= 100),
                "far": float(abs(x.number - y.number) >= 1000),
                "size": math.log(pair.size),
            }
            place_a, place_b = x.unit.place(x.span), y.unit.place(y.span)
            yield Candidate(
                kind="place",
                family="place",
                a=place_a,
                b=place_b,
                reason=f"{clip(place_a.text)} against {clip(place_b.text)}: two spots on one street",
                features=features,
                topic=("place", street, *sorted((str(x.number), str(y.number)))),
                severity=1 if abs(x.number - y.number) <= 100 else 2,
                benign="two addresses that both have a part in it" if several else "",
            )


def _streets(report: Report) -> dict[str, list[Address]]:
    """The addresses of a report with a number, by street."""
    found: dict[str, list[Address]] = defaultdict(list)
    for unit in report.units:
        for match in _STREET.finditer(unit.text):
            # "between the 400 and 700 blocks of"
            if not match["number"] or _RANGE.search(unit.text[max(0, match.start() - 12) : match.start()]):
                continue
            words = [w.strip(".").lower() for w in match["name"].split()]
            name = " ".join(w for w in words if w not in _SIDES)
            start = unit.sentence.start
            if name:
                street = f"{name} {_TYPE[match['type'].lower()]}"
                number = int(match["number"].replace(",", ""))
                span = (start + match.start(), start + match.end())
                found[street].append(Address(unit, span, number, bool(match["block"]), street))
    return found


def _deeds(unit: Unit) -> set[str]:
    return {concept(s.predicate, "VERB") for s in unit.statements}


# -- stretches of road -----------------------------------------------------------------------------------------------------


def _stretches(pair: Pair) -> Iterator[Candidate]:
    """One road, shut from here to there or from here to elsewhere."""
    for x, y in pair.met(list(_stretched(pair.a)), list(_stretched(pair.b)), MOST, "stretches of road"):
        if not x.roads & y.roads or x.ends == y.ends:
            continue
        features = {
            "stretch": 1.0,
            "likeness": pair.likeness(x.unit, y.unit),
            "deed": float(bool(_SHUT & x.unit.lemmas) and bool(_SHUT & y.unit.lemmas)),
            "share": float(bool(x.ends & y.ends)),
            "size": math.log(pair.size),
        }
        place_a, place_b = x.unit.place(x.span), y.unit.place(y.span)
        road = min(x.roads & y.roads).title()
        yield Candidate(
            kind="place",
            family="place",
            a=place_a,
            b=place_b,
            reason=f"{road}: {clip(place_a.text)} against {clip(place_b.text)}",
            features=features,
            topic=("place", road, *sorted(x.ends | y.ends)),
            severity=1,
            benign="another hour of the closure",
        )


def _stretched(report: Report) -> Iterator[Stretch]:
    for unit in report.units:
        roads: frozenset[str] | None = None
        for match in _STRETCH.finditer(unit.text):
            ends = frozenset(_road(end) for end in match.groups())
            if roads is None:
                roads = frozenset(_road(m.group()) for m in _ROAD.finditer(unit.text))
            start = unit.sentence.start
            if len(ends) == 2 and roads - ends:
                end = start + match.end() - match.group().endswith(".")
                yield Stretch(unit, (start + match.start(), end), ends, roads - ends)


def _road(name: str) -> str:
    """A road or landmark for comparison: in lower case, sides left out, its type whole."""
    words = [w.strip(".#").lower() for w in name.split()]
    return " ".join(_TYPE.get(w, w) for w in words if w not in _SIDES and w != "the")


# -- named places ----------------------------------------------------------------------------------------------------------


def _named(pair: Pair) -> Iterator[Candidate]:
    """One deed in two named places that lie beside each other: two countries, or two parts of one whole."""
    parts = Parts(pair)
    scenes_a, scenes_b = ([list(_scenes(u)) for u in report.units] for report in (pair.a, pair.b))
    tried = 0
    for a, b, likeness in pair.close(LEAST):
        for x, x_at in scenes_a[a.row]:
            for y, y_at in scenes_b[b.row]:
                one, other = x_at.key, pair.matched.get(y_at.key, y_at.key)
                if concept(x.predicate, "VERB") != concept(y.predicate, "VERB") or one == other:
                    continue
                tried += 1
                if tried > MOST:
                    pair.notes.append(f"the first {MOST:,} pairs of named places in like sentences were compared")
                    return
                beside = parts.beside(one, other)
                if not beside:
                    continue
                features = {
                    "beside": beside,
                    "likeness": likeness,
                    "patient": float(_same_head(x, y)),
                    "settled": float(parts.told(pair.b, one) or parts.told(pair.a, other)),
                    "size": math.log(pair.size),
                }
                place_a, place_b = a.place(x_at), b.place(y_at)
                yield Candidate(
                    kind="place",
                    family="place",
                    a=place_a,
                    b=place_b,
                    reason=f"{clip(place_a.text)} against {clip(place_b.text)}, where both tell of one {x.predicate}",
                    features=features,
                    topic=("place", *sorted((one, other))),
                    benign="two places of one event" if features["settled"] else "",
                )


def _scenes(unit: Unit) -> Iterator[tuple[Statement, Mention]]:
    """What was done where: statements with an oblique of place that is a named place."""
    where = {m.start: m for m in unit.mentions if m.label == "LOC"}
    for said in unit.statements:
        if said.negated or said.certainty not in ("asserted", "reported"):
            continue
        for case, role in said.others:
            if case in _WITHIN:
                found = next((m for start, m in where.items() if role.start <= start < role.end), None)
                if found is not None:
                    yield said, found


def _same_head(x: Statement, y: Statement) -> bool:
    return bool(x.patient and y.patient and concept(x.patient.head) == concept(y.patient.head))


class Parts:
    """Which named places the two texts put inside which: "Dorvale, Kent", "Dorvale in Kent"."""

    def __init__(self, pair: Pair) -> None:
        self.wholes: dict[str, set[str]] = defaultdict(set)
        self.mentioned = {id(r): {self._key(r, m, pair) for u in r.units for m in u.mentions} for r in (pair.a, pair.b)}
        for report in (pair.a, pair.b):
            for unit in report.units:
                places = sorted((m for m in unit.mentions if m.label == "LOC"), key=lambda m: m.start)
                for part, whole in pairwise(places):
                    between = report.article.part(unit.part)[part.end : whole.start]
                    if between in (", ", " in ", ", in "):
                        self.wholes[self._key(report, part, pair)].add(self._key(report, whole, pair))

    @staticmethod
    def _key(report: Report, mention: Mention, pair: Pair) -> str:
        return mention.key if report is pair.a else pair.matched.get(mention.key, mention.key)

    def told(self, report: Report, key: str) -> bool:
        """Whether a report names a place anywhere."""
        return key in self.mentioned[id(report)]

    def above(self, key: str) -> set[str]:
        """All that a place lies in."""
        found: set[str] = set()
        todo = [key]
        while todo:
            for whole in self.wholes.get(todo.pop(), ()):
                if whole not in found:
                    found.add(whole)
                    todo.append(whole)
        return found

    def beside(self, one: str, other: str) -> float:
        """How surely two places lie beside each other: 1 two countries, 0.8 two parts of one whole, 0 unknown."""
        above_one, above_other = self.above(one), self.above(other)
        if (
            one in above_other
            or other in above_one
            or set(one.split()) & set(other.split())
            or near(one, other) >= NEAR
        ):
            return 0.0
        members = [dict(exclusions().get(key, ())).get("country") for key in (one, other)]
        if all(members):
            return 1.0 if members[0] != members[1] else 0.0
        return 0.8 if above_one & above_other else 0.0
