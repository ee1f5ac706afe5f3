"""Who made a deal: "signed by the council" in one report, "between the council and the rebels" in the other.

A deal has parties and may have brokers, and a report may name only one of several. So two parties exclude each other only where
one report names both sides, or where each says by whom the deal was struck; brokers only meet brokers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from reader.conflicts.base import Candidate, Pair, Report, Unit, clip
from reader.conflicts.happenings import DEAL, happenings_of
from reader.conflicts.parties import Parties, Party, any_is, exclusion
from reader.lexicon import brokering, event_of, striking
from reader.nouns import Role, Statement

MOST = 1_000
"""The most pairs of makers weighed."""


@dataclass(frozen=True, slots=True)
class Making:
    """Who is said to have made a deal, as parties to it or as brokers.

    ``whole`` where nobody else is left to be named: two sides, or those by whom it was struck. ``narrowed`` tells the deal
    from others ("peace", "prisoner").
    """

    unit: Unit
    span: tuple[int, int]
    makers: tuple[Party, ...]
    broker: bool
    whole: bool
    hedged: bool
    speaker: str
    narrowed: frozenset[str]
    text: str


def find(pair: Pair, parties: Parties) -> Iterator[Candidate]:
    """Candidates of kind actor: makers of one deal that exclude each other."""
    all_a, all_b = (list(makings(report, parties)) for report in (pair.a, pair.b))
    if not all_a or not all_b:
        return
    happenings = pair.seen_by(happenings_of)
    central = max(happenings.central(DEAL), happenings.central("truce"))
    for x, y in pair.met(all_a, all_b, MOST, "makers of a deal"):
        if x.broker != y.broker or not (x.broker or x.whole or y.whole):
            continue
        if x.narrowed and y.narrowed and not x.narrowed & y.narrowed:
            continue
        excluded = exclusion(x.makers, y.makers)
        if excluded:
            yield _candidate(pair, x, y, excluded, central, all_a, all_b)


def makings(report: Report, parties: Parties) -> Iterator[Making]:
    for unit in report.units:
        for said in unit.statements:
            if said.negated or said.certainty not in ("asserted", "reported"):
                continue
            making = _struck(unit, said, parties) or _between(unit, said, parties)
            if making is not None and making.makers:
                yield making


def _struck(unit: Unit, said: Statement, parties: Parties) -> Making | None:
    """ "The council struck a deal", "a truce brokered by Tolmar", "signed a pact with the rebels"."""
    broker = said.predicate in brokering()
    if said.nominal or said.agent is None or not (broker or said.predicate in striking()):
        return None
    told = (said.patient, *(role for case, role in said.others if case in ("to", "on")))
    deal = next((role for role in told if role and is_deal(role.head)), None)
    if deal is None:
        return None
    makers = parties.of(unit, said.agent)
    others = [*(role for case, role in said.others if case == "with"), *_behind_with(unit, deal)]
    with_whom = tuple(p for role in others for p in parties.of(unit, role))
    after = said.agent.start > said.predicate_span[0]
    whole = after or bool(with_whom) or len(makers) > 1
    return _making(unit, said, (*makers, *with_whom), broker, whole, (said.agent, deal), deal)


def _between(unit: Unit, said: Statement, parties: Parties) -> Making | None:
    """ "A deal between the council and the rebels"."""
    if not said.nominal or said.agent is None or not said.agent.also:
        return None
    start = said.predicate_span[1] - unit.sentence.start
    before = unit.text[start : said.agent.start - unit.sentence.start]
    noun = unit.text[said.predicate_span[0] - unit.sentence.start : start].casefold()
    if "between" not in before.split() or not is_deal(noun.removesuffix("s")):
        return None
    return _making(unit, said, parties.of(unit, said.agent), False, True, (said.agent,), None)


def _making(
    unit: Unit,
    said: Statement,
    makers: tuple[Party, ...],
    broker: bool,
    whole: bool,
    roles: tuple[Role, ...],
    deal: Role | None,
) -> Making:
    spans = [said.predicate_span, *((r.start, r.end) for role in roles for r in role.heads)]
    start = max(unit.sentence.start, min(s for s, _ in spans))
    end = min(unit.sentence.end, max(e for _, e in spans))
    who = said.agent
    text = unit.report.article.part(unit.part)
    return Making(
        unit=unit,
        span=(start, end),
        makers=makers,
        broker=broker,
        whole=whole,
        hedged=said.certainty == "reported",
        speaker=said.speaker,
        narrowed=frozenset(deal.modifiers) if deal is not None else frozenset(),
        text=clip(text[who.start : max(r.end for r in who.heads)], 40) if who else "",
    )


def is_deal(noun: str) -> bool:
    """Whether a noun names a deal or a truce."""
    return event_of(noun, "NOUN") in (DEAL, "truce")


def _behind_with(unit: Unit, deal: Role) -> Iterator[Role]:
    """Whom a deal is with, where the words stand inside those that name the deal."""
    start = unit.sentence.start
    words = unit.text[deal.start - start : deal.end - start]
    for mention in unit.mentions:
        if deal.start < mention.start < deal.end:
            before = words[: mention.start - deal.start].split()
            if "with" in before[-2:]:
                yield Role(
                    start=mention.start,
                    end=mention.end,
                    head=mention.name.casefold(),
                    key=mention.key,
                    names=(mention.key,),
                )


def _candidate(
    pair: Pair, x: Making, y: Making, excluded: float, central: float, all_a: list[Making], all_b: list[Making]
) -> Candidate:
    settled = any(any_is(x.makers, o.makers) for o in all_b) or any(any_is(y.makers, o.makers) for o in all_a)
    features = {
        "excluded": excluded,
        "made": 1.0,
        "deal": central,
        "likeness": pair.likeness(x.unit, y.unit),
        "settled": float(settled),
        "hedged": float(x.hedged or y.hedged),
        "speakers": float(bool(x.speaker and y.speaker) and pair.matched.get(y.speaker, y.speaker) != x.speaker),
        "size": math.log(pair.size),
    }
    place_a, place_b = x.unit.place(x.span), y.unit.place(y.span)
    what = "brokered" if x.broker else "made"
    return Candidate(
        kind="actor",
        family="actor",
        a=place_a,
        b=place_b,
        reason=f"who {what} the deal: {x.text} in A, {y.text} in B",
        features=features,
        topic=("actor", "deal", what),
        severity=2,
        benign="both may have a part in it",
    )
