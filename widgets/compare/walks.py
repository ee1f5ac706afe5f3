"""What `]n ]d ]e ]p ]o ]m` walk: the stops of one side, in the order of its body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from reader.nouns import Comparison, Facts, Quantity, Reading, Span
from widgets.compare.rows import Side

Walk = Literal["number", "time", "name", "polarity", "one_sided", "moved"]
NAMES: Mapping[Walk, str] = {
    "number": "number",
    "time": "date or time",
    "name": "name",
    "polarity": "denial",
    "one_sided": "sentence that only this side has",
    "moved": "moved sentence",
}


class Stop(NamedTuple):
    """A span of the body of one side, and what is known of it in one line."""

    start: int
    end: int
    told: str


def stops(walk: Walk, side: Side, facts: Facts, comparison: Comparison, level: Iterable[int]) -> list[Stop]:
    """The stops of a walk; ``level`` are the indexes of the links that stand level."""
    reading = facts.body
    if walk == "number":
        return [Stop(q.start, q.end, interval(q)) for q in reading.quantities]
    if walk == "time":
        return [
            Stop(t.start, t.end, " to ".join(dict.fromkeys(filter(None, (t.earliest, t.latest)))))
            for t in reading.times
        ]
    if walk == "name":
        return [Stop(m.start, m.end, " · ".join(filter(None, (m.name, m.role, m.key)))) for m in reading.mentions]
    if walk == "polarity":
        return _denials(reading)
    sentences = reading.sentences
    if walk == "one_sided":
        linked = {index for link in comparison.links for index in (link.a if side == "a" else link.b)}
        return [Stop(s.start, s.end, "Only this side says so") for at, s in enumerate(sentences) if at not in linked]
    stands = set(level)
    moved: list[Stop] = []
    for index, link in enumerate(comparison.links):
        if index not in stands:
            told = "Said elsewhere on the other side" + (f" ({link.why})" if link.why else "") + "; * goes there"
            moved += [Stop(sentences[at].start, sentences[at].end, told) for at in (link.a if side == "a" else link.b)]
    return sorted(moved)


def _denials(reading: Reading) -> list[Stop]:
    spans: list[tuple[Span, str]] = [(s, f"denied: {s.predicate}") for s in reading.statements if s.negated]
    spans += [(q, interval(q)) for q in reading.quantities if q.high == 0 or q.negated]
    found: list[Stop] = []
    for span, told in sorted(spans, key=lambda entry: (entry[0].start, -entry[0].end)):
        if not found or span.start > found[-1].start:
            found.append(Stop(span.start, span.end, told))
    return found


def interval(quantity: Quantity) -> str:
    """How a quantity is read: "247.5 to 302.5 fighter"."""
    low, high = quantity.low, quantity.high
    if low is None and high is None:
        bounds = "any number"
    elif low is None:
        bounds = f"up to {high:,g}"
    elif high is None:
        bounds = f"more than {low:,g}"
    elif low == high:
        bounds = f"{low:,g}"
    else:
        bounds = f"{low:,g} to {high:,g}"
    what = " ".join((*quantity.modifiers, quantity.counted)) or quantity.unit
    return " ".join(
        filter(None, (bounds, what, "(denied)" if quantity.negated else "", "(expected)" if quantity.expected else ""))
    )
