"""A group kept out of a happening in one place and part of it in another: "the truce does not cover them", "joined the march".

Who takes part is read from statements: a group may be covered, let, barred, or join by itself, and "no foreign sailors left" keeps
them out as surely. The group must be the same, or a narrower part of what is kept out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from reader.conflicts.base import Candidate, Pair, Report, Unit, clip
from reader.conflicts.happenings import Happenings, happenings_of
from reader.lexicon import common_words, concept, kinds_of_people, nominal, people, purposes, speaks_of, taking_part
from reader.nouns import Role, Statement

MOST = 2_000
"""The most pairs of a group kept out and a group that takes part that are weighed."""
_ALL = frozenset({"all", "every", "everyone", "everybody"})
_IN = frozenset({"in", "by", "from", "of", "to", "under", "on", "with", "at", "among", "out of"})


@dataclass(frozen=True, slots=True)
class Taking:
    """A group said to take part in a happening, or to be kept out of it.

    ``group`` is the concept of its head ("" for people of any kind), ``narrowed`` what tells it from others of its sort,
    ``happening`` a listed sort, or else the concept of the noun or verb.
    """

    unit: Unit
    statement: Statement
    role: Role
    group: str
    narrowed: frozenset[str]
    happening: str
    kept_out: bool
    end: int


def find(pair: Pair) -> Iterator[Candidate]:
    """Candidates of kind polarity: a group kept out on one side that takes part on the other."""
    happenings = pair.seen_by(happenings_of)
    all_a, all_b = (list(takings(report, happenings)) for report in (pair.a, pair.b))
    for kept_out in (False, True):
        xs = [t for t in all_a if t.kept_out == kept_out]
        ys = [t for t in all_b if t.kept_out != kept_out]
        for x, y in pair.met(xs, ys, MOST, "groups that take part"):
            out, within = (x, y) if kept_out else (y, x)
            if x.happening == y.happening and _one_group(out, within):
                yield _candidate(pair, happenings, x, y, out, within)


def _one_group(out: Taking, within: Taking) -> bool:
    """Whether those who take part are among those kept out; "fighters" are not among "foreign fighters"."""
    same = (
        out.group == within.group or (not within.group and bool(out.narrowed)) or (not out.group and bool(out.narrowed))
    )
    return same and out.narrowed <= within.narrowed and bool(out.group or out.narrowed)


def takings(report: Report, happenings: Happenings) -> Iterator[Taking]:
    for unit in report.units:
        said_here = unit.statements
        for said in said_here:
            if said.certainty in ("conditional", "possible"):
                continue
            for role, happening, kept_out, end in _parts(said, said_here, happenings):
                if happening and not _some_only(unit, role):
                    group, narrowed = _group(unit, role)
                    if group is not None:
                        yield Taking(unit, said, role, group, narrowed, happening, kept_out, end)


def _parts(said: Statement, others: list[Statement], happenings: Happenings) -> Iterator[tuple[Role, str, bool, int]]:
    """Who takes part in what by one statement, whether kept out, and where the words that say so end."""
    verb, doers, done_to = said.predicate, _heads(said.agent), _heads(said.patient)
    if verb in taking_part("covering"):
        # "the truce covers them", "they are covered by the truce"
        holder = said.agent or next((r for case, r in said.others if case in _IN), None)
        if holder is not None:
            for role in done_to:
                yield role, _happening(happenings, holder), said.negated, max(holder.end, said.predicate_span[1])
    elif verb in taking_part("excluding"):
        for case, holder in said.others:
            if case in _IN:
                for role in done_to:
                    yield role, _happening(happenings, holder), not said.negated, holder.end
    elif verb == "part" and doers:
        for case, holder in said.others:
            if case in ("of", "in"):
                for role in doers:
                    yield role, _happening(happenings, holder), said.negated, holder.end
    elif verb in taking_part("joining") and said.patient is not None:
        for role in doers:
            yield role, _happening(happenings, said.patient), said.negated, said.patient.end
    elif verb in taking_part("letting") and said.negated:
        # "were not let through"; what they were let do stands behind it
        then = next((s for s in others if s.predicate_span[0] > said.predicate_span[1] and not s.nominal), None)
        if then is not None:
            for role in done_to or doers:
                yield role, _done(happenings, then), True, then.predicate_span[1]
    elif not said.nominal and speaks_of(verb, "VERB") in purposes():
        # who is evacuated takes part; of who leaves by himself the parser may make what is left
        for role in done_to if verb in taking_part("moving") else doers or done_to:
            yield role, _done(happenings, said), said.negated, said.predicate_span[1]


def _heads(role: Role | None) -> tuple[Role, ...]:
    return role.heads if role is not None else ()


def _happening(happenings: Happenings, role: Role) -> str:
    """The happening that a noun names; where it is none that is listed, the noun itself."""
    sort = happenings.named(role)
    if sort or role.head in common_words() or role.key:
        return sort
    return concept(role.head, "NOUN")


def _done(happenings: Happenings, said: Statement) -> str:
    if said.predicate in taking_part("joining") and said.patient is not None:
        return _happening(happenings, said.patient)
    return happenings.of(said.predicate, "VERB")


def _some_only(unit: Unit, role: Role) -> bool:
    """Whether a denial is of all together only: "not all of them left"."""
    start = role.start - unit.sentence.start
    words = unit.text[max(0, start - 8) : role.end - unit.sentence.start].casefold().split()
    return "not" in words and not _ALL.isdisjoint(words)


def _group(unit: Unit, role: Role) -> tuple[str | None, frozenset[str]]:
    """The concept of a group's head and of what narrows it; ``None`` where it is no group of people by a noun."""
    words = [w for w in unit.words if role.start <= w.start and w.end <= role.end and w.pos in ("NOUN", "ADJ", "PROPN")]
    heads = [w for w in words if w.lemma == role.head]
    if not heads or role.key:
        return None, frozenset()
    head = heads[0].lemma
    if head in taking_part("idle"):
        # "a handful of foreign sailors"
        behind = [w.lemma for w in words if w.start > heads[0].start and w.pos == "NOUN"]
        if not behind:
            return None, frozenset()
        head = behind[0]
    narrowed = {concept(w.lemma, w.pos) for w in words if w.pos == "ADJ" and w.lemma not in taking_part("idle")}
    if twofold := nominal(head):
        narrowed.add(twofold[0])
        head = twofold[1]
    named = concept(head, "NOUN")
    known = head in people() or head in kinds_of_people() or named in kinds_of_people()
    if not known and not narrowed:
        return None, frozenset()
    return ("" if head in people() else named), frozenset(narrowed)


def _candidate(pair: Pair, happenings: Happenings, x: Taking, y: Taking, out: Taking, within: Taking) -> Candidate:
    hedged = {x.statement.certainty, y.statement.certainty}
    features = {
        "narrowed": float(bool(out.narrowed)),
        "group": float(out.group == within.group),
        "central": happenings.central(x.happening),
        "named": float(_named(x) and _named(y)),
        "spoken": float(bool(x.statement.speaker)) / 2 + float(bool(y.statement.speaker)) / 2,
        "hedged": float("reported" in hedged),
        "expected": float("expected" in hedged),
        "likeness": pair.likeness(x.unit, y.unit),
        "size": math.log(pair.size),
    }
    place_a, place_b = (t.unit.place(_span(t)) for t in (x, y))
    speakers = [t.statement.speaker for t in (x, y)]
    benign = "announced before, told after" if features["expected"] else ""
    if not benign and all(speakers) and pair.matched.get(speakers[1], speakers[1]) != speakers[0]:
        benign = "two speakers"
    return Candidate(
        kind="polarity",
        family="inclusion",
        a=place_a,
        b=place_b,
        reason=f"A: {clip(place_a.text, 70)} · B: {clip(place_b.text, 70)}",
        features=features,
        topic=("inclusion", concept(out.statement.predicate, "VERB"), x.happening, out.group, *sorted(out.narrowed)),
        severity=3,
        benign=benign,
    )


def _named(taking: Taking) -> bool:
    """Whether a noun, not a verb alone, names the happening: "joined the convoy", not "left"."""
    return taking.end > taking.statement.predicate_span[1]


def _span(taking: Taking) -> tuple[int, int]:
    """From the group, its number first, or from who keeps it out, to what it takes part in, within the sentence."""
    unit, role, agent = taking.unit, taking.role, taking.statement.agent
    counted = [q.start for q in unit.quantities if role.start <= q.start < role.end]
    starts = [counted[0] if counted else role.start, taking.statement.predicate_span[0]]
    if agent is not None and agent.start != role.start:
        starts.append(agent.start)
    start = min(starts)
    end = max(role.end, taking.end)
    return max(start, unit.sentence.start), min(end, unit.sentence.end)
