"""What `]n ]d ]e ]p ]o ]m` walk: the stops of one side, in the order of its body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from reader.nouns import BY_HAND, Fact, Facts, Link
from widgets.compare.rows import Side

Walk = Literal["number", "time", "name", "polarity", "one_sided", "moved"]
NAMES: Mapping[Walk, str] = {
    "number": "number",
    "time": "time",
    "name": "name",
    "polarity": "denial",
    "one_sided": "sentence that only this side has",
    "moved": "moved sentence",
}


class Stop(NamedTuple):
    """A span of the body of one side, and what is known of it: a line, or a fact, whose reading is to be told."""

    start: int
    end: int
    told: str = ""
    fact: Fact | None = None


def link_told(link: Link) -> str:
    """Why two sentences are linked, for people; "" where nothing is known."""
    return "Linked by hand" if link.why == BY_HAND else link.why and f"Linked by {link.why}"


def stops(walk: Walk, side: Side, facts: Facts, links: Sequence[Link], level: Iterable[int]) -> list[Stop]:
    """The stops of a walk; ``level`` are the indexes of the ``links`` that stand level."""
    read = facts.body
    if walk in ("number", "time", "name"):
        facts_by_walk: dict[str, Sequence[Fact]] = {
            "number": read.quantities,
            "time": read.times,
            "name": read.mentions,
        }
        found = facts_by_walk[walk]
        return [Stop(fact.start, fact.end, fact=fact) for fact in found]
    if walk == "polarity":
        return _denials(facts)
    sentences = read.sentences
    if walk == "one_sided":
        linked = {index for link in links for index in (link.a if side == "a" else link.b)}
        told = f"Only {side.upper()} says so"
        return [Stop(s.start, s.end, told) for at, s in enumerate(sentences) if at not in linked]
    stands = set(level)
    beside = {at for index in stands for at in (links[index].a if side == "a" else links[index].b)}
    moved: dict[int, Stop] = {}
    for index, link in enumerate(links):
        if index in stands:
            continue
        why = f" ({link.why})" if link.why else ""
        for at in link.a if side == "a" else link.b:
            said = "Said elsewhere too" if at in beside else "Said elsewhere"
            told = f"{said} on the other side: * goes there, gm brings it alongside{why}"
            moved.setdefault(at, Stop(sentences[at].start, sentences[at].end, told))
    return [moved[at] for at in sorted(moved)]


def _denials(facts: Facts) -> list[Stop]:
    """Negated statements and quantities of none, one stop where they overlap."""
    found = [Stop(s.start, s.end, f"Denied: {s.predicate}") for s in facts.body.statements if s.negated]
    found += [Stop(q.start, q.end, fact=q) for q in facts.body.quantities if q.high == 0 or q.negated]
    apart: list[Stop] = []
    for stop in sorted(found, key=lambda stop: stop[:2]):
        if not apart or stop.start >= apart[-1].end:
            apart.append(stop)
    return apart
