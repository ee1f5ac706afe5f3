"""What was agreed, ordered or promised against what was done: "agreed to take only rifles", "took everything".

The terms are read from statements that are only planned and that leave something out, by "only" or by a denial; the deed is the
same verb, done, with what the terms leave out.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from reader.conflicts.base import Candidate, Pair, Report, Unit, clip
from reader.conflicts.parties import Parties, Party, any_is
from reader.conflicts.times import SPEAKING
from reader.lexicon import concept, restrictors, terms
from reader.nouns import Role, Statement

MANY = 400
"""A deed agreed and done in more pairs of places than this is many deeds."""
EVERYTHING = frozenset({"everything", "anything", "whatever", "all", "everybody", "everyone", "anybody", "anyone"})


@dataclass(frozen=True, slots=True)
class Deed:
    """A statement with its doers and what it is done to; ``only`` where the terms leave nothing beside that."""

    unit: Unit
    statement: Statement
    doers: tuple[Party, ...]
    done_to: tuple[Party, ...]
    only: bool = False


def find(pair: Pair) -> Iterator[Candidate]:
    """Candidates of kind polarity: terms on one side, a deed against them on the other."""
    parties = pair.seen_by(Parties)
    for one, other, forward in ((pair.a, pair.b, True), (pair.b, pair.a, False)):
        agreed = _agreed(one, parties)
        done = _done(other, parties, agreed.keys())
        for verb in sorted(agreed.keys() & done.keys()):
            if len(agreed[verb]) * len(done[verb]) > MANY:
                continue
            for x in agreed[verb]:
                for y in done[verb]:
                    broken = _broken(x, y)
                    if broken:
                        yield _candidate(pair, verb, x, y, broken, forward)


def _agreed(report: Report, parties: Parties) -> dict[str, list[Deed]]:
    """The terms of a report that forbid something, by verb."""
    found: dict[str, list[Deed]] = defaultdict(list)
    for unit in report.units:
        bound = _under_terms(unit)
        for said in unit.statements if bound else ():
            if said.predicate_span in bound and _is_deed(said):
                deed = Deed(unit, said, *_sides(unit, said, parties), _only(unit, said))
                if said.negated or deed.only:
                    found[concept(said.predicate, "VERB")].append(deed)
    return found


def _done(report: Report, parties: Parties, verbs: Collection[str]) -> dict[str, list[Deed]]:
    """What a report says was done, by verb, of some verbs."""
    found: dict[str, list[Deed]] = defaultdict(list)
    for unit in report.units if verbs else ():
        for said in unit.statements:
            verb = concept(said.predicate, "VERB")
            told = _is_deed(said) and not said.negated and said.certainty in ("asserted", "reported")
            if verb in verbs and told and said.predicate_span not in _under_terms(unit):
                found[verb].append(Deed(unit, said, *_sides(unit, said, parties)))
    return found


def _is_deed(said: Statement) -> bool:
    return not said.nominal and said.predicate not in SPEAKING


def _sides(unit: Unit, said: Statement, parties: Parties) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Who does it, and what it is done to."""
    return parties.of(unit, said.agent), parties.of(unit, said.patient)


def _under_terms(unit: Unit) -> set[tuple[int, int]]:
    """The predicates that stand right behind a word of agreeing, ordering or promising: "an agreement to take"."""
    tokens = unit.tokens
    found = set()
    for i, token in enumerate(tokens):
        if token.lemma not in terms():
            continue
        behind = tokens[i + 1 : i + 7]
        to = next((k for k, t in enumerate(behind) if t.form == "to"), None)
        if to is not None and to + 1 < len(behind):
            verb = next((t for t in behind[to + 1 :] if t.pos == "VERB"), None)
            if verb is not None:
                found.add((verb.start, verb.end))
    return found


def _only(unit: Unit, said: Statement) -> bool:
    """Whether "only" stands between a verb and what it is done to."""
    if said.patient is None or said.patient.start < said.predicate_span[0]:
        return False
    start = unit.sentence.start
    words = unit.text[said.predicate_span[1] - start : said.patient.end - start].casefold().split()
    return any(word in restrictors() for word in words[:4])


def _broken(agreed: Deed, done: Deed) -> float:
    """How plainly a deed breaks terms: 1 by the same thing or by "everything", 0.5 by another, 0 not at all."""
    if agreed.statement is done.statement:
        return 0.0
    if agreed.doers and done.doers and not any_is(agreed.doers, done.doers):
        named = all(p.keys for p in (*agreed.doers, *done.doers))
        if named or not _is_terms(agreed.statement.agent):
            return 0.0
    patient = done.statement.patient
    if agreed.only:
        if patient is None or any_is(agreed.done_to, done.done_to):
            return 0.0
        return 1.0 if patient.head in EVERYTHING else 0.5 if done.done_to and agreed.done_to else 0.0
    if not agreed.done_to:
        return 0.5 if not done.done_to else 0.0
    return 1.0 if any_is(agreed.done_to, done.done_to) else 0.0


def _is_terms(role: Role | None) -> bool:
    """Whether what stands as the doer is the agreement itself: "an agreement to take"."""
    return role is None or role.head in terms()


def _candidate(pair: Pair, verb: str, agreed: Deed, done: Deed, broken: float, forward: bool) -> Candidate:
    features = {
        "broken": broken,
        "doer": float(any_is(agreed.doers, done.doers)),
        "only": float(agreed.only),
        "likeness": pair.likeness(agreed.unit, done.unit) if agreed.unit is not done.unit else 1.0,
        "size": math.log(pair.size),
    }
    told = [d.unit.place(d.unit.clause(d.statement)) for d in (agreed, done)]
    place_a, place_b = told if forward else reversed(told)
    return Candidate(
        kind="polarity",
        family="terms",
        a=place_a,
        b=place_b,
        reason=f"agreed: {clip(told[0].text, 70)} · done: {clip(told[1].text, 70)}",
        features=features,
        topic=("terms", verb),
        severity=2,
        benign="what was agreed need not be what was done",
    )
