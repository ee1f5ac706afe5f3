"""A happening denied in one place and told in another, however far apart: "no truce was ever signed", "they signed the truce".

Both sides are read from statements, so that it is known what is denied and who denies it. Two parties that say
opposite things about one event disagree; whether the event is one and the same is what the confidence weighs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from reader.conflicts.base import Candidate, Pair, Report, Unit, clip
from reader.conflicts.parties import Parties, Party, any_is
from reader.lexicon import bringing, denying, event_of, idioms
from reader.nouns import Role, Statement

MOST = 2_000
"""The most pairs of claims about one event, one of them denying it, that are weighed."""


@dataclass(frozen=True)
class Claim:
    """That an event of one sort took place, or did not; ``brought`` if its verb is one of bringing such about."""

    unit: Unit
    statement: Statement
    event: str
    denied: bool
    brought: bool

    @property
    def parties(self) -> frozenset[str]:
        """The keys of those who say it or take part in it."""
        said = self.statement
        roles = (said.agent, said.patient, *(role for _, role in said.others))
        return frozenset(key for key in (said.speaker, *(r.key for r in roles if r)) if key) | self.unit.keys


def find(pair: Pair) -> Iterator[Candidate]:
    """Candidates of kind polarity: an event denied on one side and told on the other."""
    claims_a, claims_b = list(_claims(pair.a)), list(_claims(pair.b))
    parties = pair.seen_by(Parties)
    told = Counter(event_of(w.lemma, w.pos) for report in (pair.a, pair.b) for unit in report.units for w in unit.words)
    for event in sorted({c.event for c in claims_a} & {c.event for c in claims_b}):
        for denied in (False, True):
            xs = [c for c in claims_a if c.event == event and c.denied == denied]
            ys = [c for c in claims_b if c.event == event and c.denied != denied]
            for x, y in pair.met(xs, ys, MOST, "claims about one event"):
                apart = _apart(parties, x, y)
                if apart is not None:
                    yield _candidate(pair, parties, x, y, told[event], apart)


def _claims(report: Report) -> Iterator[Claim]:
    for unit in report.units:
        for said in unit.statements:
            # the verb that governs a noun of doing puts it forward itself
            if said.nominal or said.certainty in ("conditional", "expected"):
                continue
            # "should not take place" denies nothing
            if said.negated and said.certainty == "possible":
                continue
            if said.patient is not None and said.patient.head in idioms():
                continue
            roles = (said.agent, said.patient, *(role for _, role in said.others))
            events = {event for role in roles if role and (event := event_of(role.head, "NOUN"))}
            headed = said.negated and _capital(unit, said)
            if (own := event_of(said.predicate, "VERB")) and not headed:
                yield Claim(unit, said, own, said.negated, True)
                events.discard(own)
            for event in sorted(events):
                if said.predicate in denying():
                    yield Claim(unit, said, event, not said.negated, True)
                elif not said.negated:
                    yield Claim(unit, said, event, False, said.predicate in bringing())
                elif said.predicate in bringing() and _is(event, *_brought(said)):
                    yield Claim(unit, said, event, True, True)


def _brought(said: Statement) -> tuple[Role | None, ...]:
    """What a verb of bringing about is said of: its object, or its subject where it has none ("took place")."""
    intransitive = said.patient is None or said.patient.head == "place"
    return (said.agent, said.patient) if intransitive else (said.patient,)


def _apart(parties: Parties, x: Claim, y: Claim) -> float | None:
    """How much doers, sufferers and partners speak for two happenings of one sort, 0 to 3; ``None`` where names do outright."""
    apart = 0.0
    for one, other in zip(_roles(x), _roles(y), strict=True):
        left, right = parties.of(x.unit, one), parties.of(y.unit, other)
        if not left or not right or any_is(left, right):
            continue
        if all(p.keys and not p.guessed for p in (*left, *right)) and not _elsewhere(parties, x, y, left, right):
            return None
        apart += 1
    return apart


def _unmatched(parties: Parties, x: Claim, y: Claim) -> bool:
    """Whether a verb tells of it on some side and no doer, sufferer or partner is on both."""
    if not any(event_of(c.statement.predicate, "VERB") for c in (x, y)):
        return False
    return not any(
        any_is(parties.of(x.unit, one), parties.of(y.unit, other))
        for one, other in zip(_roles(x), _roles(y), strict=True)
    )


def _roles(claim: Claim) -> list[Role | None]:
    """Who does it, to whom and with whom, the happening itself left out."""
    said = claim.statement
    roles = (said.agent, said.patient, next((role for case, role in said.others if case == "with"), None))
    return [None if role and event_of(role.head, "NOUN") else role for role in roles]


def _elsewhere(parties: Parties, x: Claim, y: Claim, left: tuple[Party, ...], right: tuple[Party, ...]) -> bool:
    """Whether a party of one claim has another role in the other: A met B, B did not meet A."""
    every = [
        tuple(p for role in (s.agent, s.patient, *(r for _, r in s.others)) for p in parties.of(c.unit, role))
        for c, s in ((x, x.statement), (y, y.statement))
    ]
    return any_is(left, every[1]) or any_is(right, every[0])


def _capital(unit: Unit, said: Statement) -> bool:
    """Whether a verb is written as a headline writes nouns too: "Not Cooperating With Probe" probes nobody."""
    start = said.predicate_span[0] - unit.sentence.start
    return start > 0 and unit.text[start : start + 1].isupper()


def _is(event: str, *roles: Role | None) -> bool:
    return any(role and event_of(role.head, "NOUN") == event for role in roles)


def _candidate(pair: Pair, parties: Parties, x: Claim, y: Claim, mentions: int, apart: float) -> Candidate:
    denial, claim = (x, y) if x.denied else (y, x)
    other = denial.statement.speaker and denial.statement.speaker not in claim.parties
    features = {
        "brought": float(claim.brought),
        "party": float(bool(denial.parties & claim.parties)),
        "central": min(1.0, mentions / 6),
        "apart": apart,
        "outsider": float(bool(other)),
        "unmatched": float(_unmatched(parties, x, y)),
        "yet": float(_not_yet(denial)),
        "grew": float(_came_later(pair, first_denies=x.denied)),
        "flat": float(not denial.statement.speaker and denial.statement.predicate not in denying()),
        "sure": float(claim.statement.certainty == "asserted"),
        "likeness": pair.likeness(x.unit, y.unit),
    }
    return Candidate(
        kind="polarity",
        family="event",
        a=x.unit.place(_span(x)),
        b=y.unit.place(_span(y)),
        reason=f"A: {_words(x)} · B: {_words(y)}",
        features=features,
        topic=("event", x.event),
        severity=3,
        benign="another party speaks"
        if other
        else "it may have happened after the other report"
        if features["grew"] or features["yet"]
        else "",
    )


def _not_yet(denial: Claim) -> bool:
    """Whether a denial speaks of the hour it was written: "no arrests have been made", "had not met by noon"."""
    said, unit = denial.statement, denial.unit
    words = unit.text[: said.predicate_span[1] - unit.sentence.start].casefold().split()
    perfect = any(word in ("have", "has", "had", "been") for word in words[-5:])
    return not said.speaker and not said.quoted and (perfect or "yet" in unit.lemmas or "so far" in unit.text)


def _came_later(pair: Pair, first_denies: bool) -> bool:
    """Whether the report that denies was published before the one that tells."""
    denied, told = (r.article.published for r in ((pair.a, pair.b) if first_denies else (pair.b, pair.a)))
    grain = min(len(denied), len(told), 16)
    return grain >= 10 and denied[:grain] < told[:grain]


def _span(claim: Claim) -> tuple[int, int]:
    """From the first to the last word of what is said, within its sentence."""
    said = claim.statement
    ends = [said.predicate_span, *((r.start, r.end) for r in (said.agent, said.patient) if r)]
    ends += [(r.start, r.end) for _, r in said.others if event_of(r.head, "NOUN") == claim.event]
    inside = [e for e in ends if claim.unit.sentence.start <= e[0] and e[1] <= claim.unit.sentence.end]
    return min(e[0] for e in inside), max(e[1] for e in inside)


def _words(claim: Claim) -> str:
    start, end = _span(claim)
    return clip(claim.unit.report.article.part(claim.unit.part)[start:end], 70)
