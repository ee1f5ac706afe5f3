"""What a party says, admits, denies, supports, opposes, intends or refuses in one report, and the opposite in the other.

A stance is a party, by name, a verb of taking sides (``lexicon/stances.toml``) and the matter behind it. Two matters are one
by their words, or where both are the happening that the reports are about: a deal, an evacuation. A second look is for what one
speaker says to be so in one report and not so in the other.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from reader.conflicts.base import Candidate, Pair, Report, Token, Unit, clip
from reader.conflicts.happenings import Happenings, happenings_of
from reader.conflicts.parties import COLLECTIVE, Parties, Party, any_is
from reader.lexicon import (
    brokering,
    common_words,
    concept,
    deed,
    empty_deeds,
    negators,
    stance_of,
    striking,
    taking_part,
)
from reader.nouns import Role, Statement

MOST = 100_000
"""The most pairs of stances weighed."""
MANY = 400
"""What one speaker says in more pairs of places than this is no one matter."""
REACH = 14
"""How many words behind its verb the matter of a stance may reach."""
WORDS = 2
"""How many words two matters must share at least, where they are not one happening."""
_TAKEN_TO = frozenset({"to", "with", "in", "against", "for", "on", "of"})
"""Case words before what a stance is taken to: "agreed to the deal", "protested against it"."""
_PART = frozenset("part role hand share involvement knowledge term idea prospect talk possibility".split())
"""Nouns that stand for the happening behind them: "its part in the deal"."""
_AXES = frozenset(
    frozenset(pair.split("-"))
    for pair in "admitted-denied supported-opposed intended-refused admitted-opposed supported-refused intended-opposed "
    "did-denied did-opposed did-refused".split()
)
"""Stances that are opposite ends of one line."""

_TURNS = frozenset({"but", "while", "although", "though", "because", "after", "before", "if", "unless"})
_FRESH = frozenset({"i", "he", "she", "it", "we", "they", "not", "never", "that", "said"})
"""Words that begin another matter, the second kind behind "and"."""


@dataclass(frozen=True, slots=True)
class Stance:
    """A party that takes to a matter in one way; ``sign`` is 1 for it, -1 against it.

    ``happening`` is the sort of happening that it is taken to as a whole, "" where the matter is another; ``narrowed``
    the names that tell it from others of its sort.
    """

    unit: Unit
    statement: Statement
    parties: tuple[Party, ...]
    name: str
    sign: int
    matter: frozenset[str]
    end: int
    happening: str
    narrowed: frozenset[str]


def find(pair: Pair) -> Iterator[Candidate]:
    """Candidates of kind stance."""
    parties = pair.seen_by(Parties)
    yield from _sides_taken(pair, parties)
    yield from _sayings(pair, parties)


# -- verbs of taking sides -----------------------------------------------------------------------------------------------


def _sides_taken(pair: Pair, parties: Parties) -> Iterator[Candidate]:
    happenings = pair.seen_by(happenings_of)
    stances_a, stances_b = (list(_stances(report, parties, happenings)) for report in (pair.a, pair.b))
    for x, y in pair.met(stances_a, stances_b, MOST, "stances"):
        shared = x.matter & y.matter
        event = bool(x.happening) and x.happening == y.happening and not _told_apart(pair, x, y)
        if x.sign != y.sign and (event or len(shared) >= WORDS) and any_is(x.parties, y.parties):
            yield _opposed(pair, parties, x, y, shared, happenings.central(x.happening) if event else 0.0)


def _told_apart(pair: Pair, x: Stance, y: Stance) -> bool:
    """Whether names tell two happenings of one sort apart: the Dorvale deal, the Tolmar deal."""
    return bool(x.narrowed and y.narrowed) and not pair.shared(x.narrowed, y.narrowed)


def _stances(report: Report, parties: Parties, happenings: Happenings) -> Iterator[Stance]:
    for unit in report.units:
        yield from _deeds(unit, parties, happenings)
        for said in unit.statements:
            name, sign = stance_of(said.predicate, said.negated)
            if not name or said.certainty not in ("asserted", "reported", "expected"):
                continue
            named = tuple(p for p in parties.of(unit, said.agent) if p.keys or p.kind or p.noun in COLLECTIVE)
            tokens = _matter(unit, said)
            words = frozenset(_idea(t) for t in tokens if t.content) - {
                w for p in named for key in p.keys for w in key.split()
            }
            if not named or not tokens or "comment" in words:
                continue
            turned = sum(t.form in negators() for t in tokens) % 2
            happening, role = ("", None) if turned else _taken_to(unit, said, happenings, tokens[-1].end)
            if role is not None and happenings.narrowed(unit, role):
                happening = ""
            names = frozenset(role.names) - {key for p in named for key in p.keys} if role else frozenset[str]()
            sign = -sign if turned else sign
            yield Stance(unit, said, named, name, sign, words - common_words(), tokens[-1].end, happening, names)


def _deeds(unit: Unit, parties: Parties, happenings: Happenings) -> Iterator[Stance]:
    """What a party did about a happening is a stance too: it struck the deal, freed the men, let them leave."""
    for said in unit.statements:
        if said.negated or said.nominal or said.certainty not in ("asserted", "reported"):
            continue
        end, happening = said.predicate_span[1], ""
        if said.predicate in striking() | brokering() and said.patient is not None:
            end, happening = said.patient.end, happenings.of(said.patient.head, "NOUN")
        elif said.predicate in taking_part("moving") and said.patient is not None:
            end, happening = said.patient.end, happenings.of(said.predicate, "VERB")
        elif said.predicate in taking_part("letting"):
            then = next((s for s in unit.statements if s.predicate_span[0] >= end and not s.nominal), None)
            if then is not None and not then.negated:
                end, happening = then.predicate_span[1], happenings.of(then.predicate, "VERB")
        named = tuple(p for p in parties.of(unit, said.agent) if p.keys and not p.guessed)
        if happening and named:
            yield Stance(unit, said, named, "did", 1, frozenset(), end, happening, frozenset())


def _taken_to(unit: Unit, said: Statement, happenings: Happenings, end: int) -> tuple[str, Role | None]:
    """The happening that is the object of a stance, or what the object is a part in, and the words that name it."""
    for role in (said.patient, *(r for case, r in said.others if case in _TAKEN_TO)):
        if role is None:
            continue
        if sort := happenings.of(role.head, "NOUN"):
            # "the release of the men in any agreement" is what an agreement is for
            return happenings.deal_for(sort, unit, end), role
        if role.head in _PART and (sort := happenings.within(unit, role.start, end)):
            return sort, role
    return "", None


def _matter(unit: Unit, said: Statement) -> list[Token]:
    """The words behind a verb of taking sides, and before it those of what it is done to ("the plan was opposed")."""
    start, end = said.predicate_span
    patient = said.patient
    before = [
        t for t in unit.tokens if patient is not None and patient.start <= t.start and t.end <= min(patient.end, start)
    ]
    behind: list[Token] = []
    for token in unit.tokens:
        if token.start < end:
            continue
        if (
            len(behind) == REACH
            or token.form in _TURNS
            or (behind and behind[-1].form == "and" and token.form in _FRESH)
        ):
            break
        behind.append(token)
    return before + behind


def _idea(token: Token) -> str:
    """A word as what it means: synonyms as one, a noun of doing as its verb."""
    doing = deed(token.lemma) if token.pos == "NOUN" else None
    return concept(doing[0], "VERB") if doing else concept(token.lemma, token.pos)


def _opposed(pair: Pair, parties: Parties, x: Stance, y: Stance, shared: frozenset[str], central: float) -> Candidate:
    shared_keys = {k for p in x.parties for q in y.parties for k in p.keys & q.keys}
    who = ", ".join(parties.name(key) for key in sorted(shared_keys)) or next(
        p.noun for p in x.parties if any_is((p,), y.parties)
    )
    features = {
        "axis": float(frozenset({x.name, y.name}) in _AXES or x.name == y.name),
        "did": float("did" in (x.name, y.name)),
        "central": central,
        "shared": min(len(shared), 5) / 5,
        "cover": len(shared) / max(1, min(len(x.matter), len(y.matter))),
        "unnamed": float(not shared_keys),
        "guessed": float(all(p.guessed for p in (*x.parties, *y.parties))),
        "likeness": pair.likeness(x.unit, y.unit),
        "expected": float("expected" in (x.statement.certainty, y.statement.certainty)),
        "size": math.log(pair.size),
    }
    place_a, place_b = (s.unit.place(s.unit.clause(s.statement, s.end)) for s in (x, y))
    return Candidate(
        kind="stance",
        family="stance",
        a=place_a,
        b=place_b,
        reason=f"{who}: {_told(x)} “{clip(place_a.text, 60)}” against {_told(y)} “{clip(place_b.text, 60)}”",
        features=features,
        topic=("stance", who, x.happening) if central else ("stance", who, *sorted(shared)[:3]),
        severity=2,
        benign="a change of mind between the reports"
        if pair.days_later
        else ""
        if _one_noun(x, y)
        else "they may be two bodies of one party",
    )


def _one_noun(x: Stance, y: Stance) -> bool:
    return not {p.noun for p in x.parties}.isdisjoint(p.noun for p in y.parties)


def _told(stance: Stance) -> str:
    return (
        stance.name
        if stance.name == "did" or stance.sign == stance_of(stance.statement.predicate, stance.statement.negated)[1]
        else f"{stance.name} that not"
    )


# -- what one speaker says -------------------------------------------------------------------------------------------------


def _sayings(pair: Pair, parties: Parties) -> Iterator[Candidate]:
    """One speaker, one deed, said to be so and not so."""
    said_b = _spoken(pair.b, pair.matched)
    for key, xs in _spoken(pair.a, {}).items():
        if len(xs) * len(said_b.get(key, ())) > MANY:
            continue
        for x_unit, x in xs:
            for y_unit, y in said_b.get(key, ()):
                if x.negated == y.negated or (pair.same and x_unit is y_unit):
                    continue
                shared = x_unit.concepts & y_unit.concepts
                doers = parties.of(x_unit, x.agent), parties.of(y_unit, y.agent)
                sufferers = parties.of(x_unit, x.patient), parties.of(y_unit, y.patient)
                parted = any(all(role) and not any_is(*role) for role in (doers, sufferers))
                if parted or not (all(doers) or all(sufferers)) or len(shared) < WORDS:
                    continue
                features = {
                    "axis": 1.0,
                    "said": 1.0,
                    "roles": float(all(doers)) / 2 + float(all(sufferers)) / 2,
                    "shared": min(len(shared), 5) / 5,
                    "likeness": pair.likeness(x_unit, y_unit),
                    "size": math.log(pair.size),
                }
                place_a, place_b = x_unit.place(x_unit.clause(x)), y_unit.place(y_unit.clause(y))
                yield Candidate(
                    kind="stance",
                    family="stance",
                    a=place_a,
                    b=place_b,
                    reason=f"{parties.name(key[0])} says “{clip(place_a.text, 60)}” in A and “{clip(place_b.text, 60)}” in B",
                    features=features,
                    topic=("stance", *key),
                    severity=3,
                    benign="news between the reports" if pair.days_later else "",
                )


def _spoken(report: Report, keys: dict[str, str]) -> dict[tuple[str, str], list[tuple[Unit, Statement]]]:
    """What named speakers say to be so or not so, by speaker (B's as A has them) and deed."""
    named = {m.key for unit in report.units for m in unit.mentions}
    found: dict[tuple[str, str], list[tuple[Unit, Statement]]] = defaultdict(list)
    for unit in report.units:
        for said in unit.statements:
            told = said.certainty in ("asserted", "reported") and said.predicate not in empty_deeds()
            if told and said.speaker in named:
                speaker = keys.get(said.speaker, said.speaker)
                found[speaker, concept(said.predicate, "VERB")].append((unit, said))
    return found
