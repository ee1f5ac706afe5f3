"""Who did it, and to whom: one deed with agents that exclude each other, or with doer and sufferer swapped.

Deeds are read from statements by meaning: active and passive alike, light verbs and nouns of doing as their verb, synonyms as
one. That both reports speak of the very same deed is told by whom it was done to and by how alike the sentences are.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from reader.conflicts import makers
from reader.conflicts.base import Candidate, Pair, Report, Unit, clip
from reader.conflicts.makers import is_deal
from reader.conflicts.parties import Parties, Party, any_is, exclusion
from reader.lexicon import concept, empty_deeds, mutual_deeds
from reader.nouns import Role, Statement

MANY = 400
"""A deed that the two reports tell in more pairs of places than this is many deeds."""
LEAST = 0.1
"""Sentences less alike do not speak of one deed, unless both name whom it was done to."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A statement that somebody did something, with its parties."""

    unit: Unit
    statement: Statement
    agents: tuple[Party, ...]
    patients: tuple[Party, ...]


def find(pair: Pair) -> Iterator[Candidate]:
    """Candidates of kind actor."""
    parties = pair.seen_by(Parties)
    deeds_a, deeds_b = _deeds(pair.a, parties), _deeds(pair.b, parties)
    for name in sorted(deeds_a.keys() & deeds_b.keys()):
        if len(deeds_a[name]) * len(deeds_b[name]) > MANY:
            continue
        for x in deeds_a[name]:
            for y in deeds_b[name]:
                if pair.same and x.unit is y.unit:
                    continue
                candidate = _compare(pair, name, x, y, deeds_a[name], deeds_b[name])
                if candidate is not None:
                    yield candidate
    yield from makers.find(pair, parties)


def _deeds(report: Report, parties: Parties) -> dict[str, list[Deed]]:
    """What a report says was done, by deed; what is denied, planned or only possible is left out."""
    found: dict[str, list[Deed]] = defaultdict(list)
    for unit in report.units:
        for said in unit.statements:
            if said.negated or said.certainty not in ("asserted", "reported") or said.agent is None:
                continue
            if not _done(unit, said) or _of_a_deal(said):
                continue
            agents = parties.of(unit, said.agent)
            if agents:
                deed = Deed(unit, said, agents, parties.of(unit, said.patient))
                found[concept(said.predicate, "VERB")].append(deed)
    return found


def _of_a_deal(said: Statement) -> bool:
    """Whether it is the making of a deal, which ``makers`` looks at."""
    return said.predicate == "agree" if said.nominal else said.patient is not None and is_deal(said.patient.head)


def _done(unit: Unit, said: Statement) -> bool:
    """Whether the predicate is a verb or a noun of doing, not what somebody is."""
    return said.nominal or any(w.pos == "VERB" and w.start == said.predicate_span[0] for w in unit.words)


def _compare(pair: Pair, name: str, x: Deed, y: Deed, all_a: list[Deed], all_b: list[Deed]) -> Candidate | None:
    likeness = pair.likeness(x.unit, y.unit)
    swapped = _swapped(x, y)
    excluded = exclusion(x.agents, y.agents)
    if not swapped and not excluded:
        return None
    patient = _same_patient(x, y)
    central = min(len(all_a), len(all_b), 3) / 3
    empty = x.statement.predicate in empty_deeds() or y.statement.predicate in empty_deeds()
    mutual = name in mutual_deeds()
    if patient is None or (patient < 0.6 and (empty or not mutual)):
        return None
    if likeness < LEAST and patient < 1.0 and not (mutual and central > 0.5):
        return None
    shared = len(x.unit.concepts & y.unit.concepts) / max(1, min(len(x.unit.concepts), len(y.unit.concepts)))
    features = {
        "excluded": excluded,
        "swapped": (1.0 if patient == 1.0 else 0.4) if swapped else 0.0,
        "patient": patient,
        "likeness": likeness,
        "shared": shared,
        "central": central,
        "empty": float(empty),
        "mutual": float(mutual),
        "settled": float(
            any(any_is(x.agents, d.agents) for d in all_b) or any(any_is(y.agents, d.agents) for d in all_a)
        ),
        "together": float(_names(x, y.unit, pair) or _names(y, x.unit, pair)) if not swapped else 0.0,
        "hedged": float("reported" in (x.statement.certainty, y.statement.certainty)),
        "speakers": float(_speakers(pair, x, y)),
        "size": math.log(pair.size),
    }
    place_a, place_b = (d.unit.place(_span(d)) for d in (x, y))
    how = "doer and sufferer swapped" if swapped else f"two doers of one deed: {_who(x)} or {_who(y)}"
    return Candidate(
        kind="actor",
        family="actor",
        a=place_a,
        b=place_b,
        reason=f"A: {clip(place_a.text, 70)} · B: {clip(place_b.text, 70)} ({how})",
        features=features,
        topic=("actor", name, *sorted({_key(x), _key(y)})),
        severity=3 if swapped or x.agents[0].keys else 2,
        benign="both may have a part in it" if mutual else "two speakers" if features["speakers"] else "",
    )


def _names(deed: Deed, other: Unit, pair: Pair) -> bool:
    """Whether the other report's sentence names the doer too, in whatever part."""
    there = {m.key if other.report is pair.a else pair.matched.get(m.key, m.key) for m in other.mentions}
    return any(p.keys & there for p in deed.agents)


def _swapped(x: Deed, y: Deed) -> bool:
    return (
        any_is(x.agents, y.patients)
        and any_is(x.patients, y.agents)
        and not any_is(x.agents, y.agents)
        and not any_is(x.patients, y.patients)
    )


def _same_patient(x: Deed, y: Deed) -> float | None:
    """How surely it was done to the same: 1 by name, 0.6 by noun, 0.2 where one leaves it open, ``None`` if to others."""
    if _swapped(x, y):
        return 1.0 if any(p.keys for p in x.patients) else 0.6
    if not x.patients and not y.patients:
        return 0.3 if _same_others(x, y) else 0.2
    if not x.patients or not y.patients:
        return 0.2
    if any(p.keys & q.keys for p in x.patients for q in y.patients):
        return 1.0
    if any(p.is_(q) for p in x.patients for q in y.patients):
        return 0.6
    return None


def _same_others(x: Deed, y: Deed) -> bool:
    heads = [{concept(r.head, "NOUN") for _, r in d.statement.others} for d in (x, y)]
    return bool(heads[0] & heads[1])


def _speakers(pair: Pair, x: Deed, y: Deed) -> bool:
    """Whether two speakers say so."""
    one, other = x.statement.speaker, y.statement.speaker
    return bool(one and other) and pair.matched.get(other, other) != one


def _key(deed: Deed) -> str:
    return "+".join(sorted(k for p in deed.agents for k in (p.keys or {p.noun})))


def _roles(deed: Deed) -> tuple[Role, ...]:
    said = deed.statement
    return tuple(r for role in (said.agent, said.patient) if role for r in role.heads)


def _who(deed: Deed) -> str:
    role = deed.statement.agent
    text = deed.unit.report.article.part(deed.unit.part)
    return clip(text[role.start : role.end], 30) if role else ""


def _span(deed: Deed) -> tuple[int, int]:
    """From the first to the last word of doer, deed and sufferer, within the sentence."""
    sentence = deed.unit.sentence
    ends = [deed.statement.predicate_span, *((r.start, r.end) for r in _roles(deed))]
    inside = [e for e in ends if sentence.start <= e[0] and e[1] <= sentence.end] or [(sentence.start, sentence.end)]
    return min(e[0] for e in inside), max(e[1] for e in inside)
