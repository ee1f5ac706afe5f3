"""What one named party is to another, said from either side: "B, A's predecessor" says that A succeeded B.

Read from the grammar of a sentence (verbs with doer and sufferer; nouns with their subject) and from names that stand
beside a noun of relation ("Orm Timber, a subsidiary of Brae Holdings", "Lindt's predecessor, Venn").
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from reader.conflicts.base import Candidate, Pair, Token, Unit, clip
from reader.conflicts.held import plain
from reader.lexicon import relations_of
from reader.nouns import Place, Role, Statement

MOST = 2_000
"""The most pairs of ties of one relation that are compared."""
BESIDE = 4
"""How many words may stand between a noun of relation and the name beside it."""


class Name(NamedTuple):
    """A name of a sentence: its span and its words without accents. Not each is known for a mention."""

    start: int
    end: int
    words: frozenset[str]

    def is_in(self, other: Name) -> bool:
        """Whether it is a form of another name: all its words are the other's, or all of the other's are its own."""
        return self.words <= other.words or other.words <= self.words


class Tie(NamedTuple):
    """X is this to Y, two names of one sentence, by this word."""

    unit: Unit
    relation: str
    word: Token
    x: Name
    y: Name


def find(pair: Pair) -> Iterator[Candidate]:
    """Candidates of kind actor: a tie that the other report has the other way round."""
    by_relation: dict[str, tuple[list[Tie], list[Tie]]] = defaultdict(lambda: ([], []))
    for side, report in enumerate((pair.a, pair.b)):
        for unit in report.units:
            for tie in ties(unit):
                by_relation[tie.relation][side].append(tie)
    for relation, (mine, theirs) in sorted(by_relation.items()):
        for x, y in pair.met(mine, theirs, MOST, "ties between names"):
            turned = x.x.is_in(y.y) and x.y.is_in(y.x)
            if turned and not any(_same(x, t) for t in theirs) and not any(_same(y, t) for t in mine):
                yield _candidate(pair, relation, x, y)


def _same(x: Tie, y: Tie) -> bool:
    return x.x.is_in(y.x) and x.y.is_in(y.y)


def _candidate(pair: Pair, relation: str, x: Tie, y: Tie) -> Candidate:
    place_a, place_b = _place(x), _place(y)
    return Candidate(
        kind="actor",
        family="tie",
        a=place_a,
        b=place_b,
        reason=f"A: {clip(place_a.text)} · B: {clip(place_b.text)} ({relation} the other way round)",
        features={
            "likeness": pair.likeness(x.unit, y.unit),
            "verb": float(x.word.pos == y.word.pos == "VERB"),
            "size": math.log(pair.size),
        },
        topic=(relation, *sorted(x.x.words | x.y.words)),
        severity=3,
    )


def _place(tie: Tie) -> Place:
    spans = (tie.x, tie.y, tie.word)
    return tie.unit.place((min(s.start for s in spans), max(s.end for s in spans)))


def ties(unit: Unit) -> Iterator[Tie]:
    """All ties between names that a sentence states."""
    for token in unit.tokens:
        for relation, forth in relations_of(token.lemma) if token.content else ():
            ends = _by_verb(unit, token) if token.pos == "VERB" else _by_noun(unit, token)
            if ends and not ends[0].is_in(ends[1]):
                yield Tie(unit, relation, token, *(ends if forth else ends[::-1]))


def _by_verb(unit: Unit, verb: Token) -> tuple[Name, Name] | None:
    said = _said(unit, verb)
    if not said:
        return None
    x, y = _name(unit, said.agent), _name(unit, said.patient)
    if said.agent is None:  # a doer that the parse missed
        x = next((m for m in names(unit) if m.end + 1 == verb.start), None)
    return (x, y) if x and y else None


def _by_noun(unit: Unit, noun: Token) -> tuple[Name, Name] | None:
    """Who is it, and whose: the name in the genitive or after "of", and the subject or the name beside."""
    at = unit.tokens.index(noun)
    before = [m for m in names(unit) if m.end <= noun.start]
    after = [m for m in names(unit) if m.start >= noun.end]
    own = next((m for m in reversed(before) if _owns(unit, m, noun)), None)
    if own is None and at + 1 < len(unit.tokens) and unit.tokens[at + 1].form in ("of", "to"):
        own = next((m for m in after if _near(unit, unit.tokens[at + 1], m)), None)
    if own is None:
        return None
    said = _said(unit, noun)
    who = _name(unit, said.agent) if said else None
    if who is None or who == own:
        who = next((m for m in (*after, *reversed(before)) if m != own and _adjoins(unit, noun, own, m)), None)
    return (who, own) if who else None


def _said(unit: Unit, word: Token) -> Statement | None:
    """What a sentence states by a word, if it states it as so."""
    told = (s for s in unit.statements if s.predicate_span[0] == word.start)
    return next((s for s in told if not s.negated and s.certainty in ("asserted", "reported")), None)


def _owns(unit: Unit, name: Name, noun: Token) -> bool:
    """Whether a name stands in the genitive before a noun, only words that narrow it between."""
    gap = [t for t in unit.tokens if name.end <= t.start < noun.start and t.form not in ("'s", "s")]
    genitive = unit.text[max(0, name.end - unit.sentence.start - 2) :][:4]
    return len(gap) <= 2 and all(t.pos in ("ADJ", "NOUN") for t in gap) and ("'" in genitive or "’" in genitive)


def _near(unit: Unit, start: Token, name: Name) -> bool:
    return len([t for t in unit.tokens if start.end <= t.start < name.start]) <= BESIDE


def _adjoins(unit: Unit, noun: Token, own: Name, name: Name) -> bool:
    """Whether a name stands in apposition to a noun of relation: only light words, adjectives or the owner between."""
    low, high = (noun.end, name.start) if name.start >= noun.end else (name.end, noun.start)
    gap = [t for t in unit.tokens if low <= t.start < high and not own.start <= t.start < own.end]
    return len(gap) <= BESIDE and all(t.pos in ("", "ADJ") and t.form not in ("and", "by", "with") for t in gap)


def names(unit: Unit) -> list[Name]:
    """The names of a sentence: its mentions, and what is written as a name but known for none."""
    spans = [(m.start, m.end) for m in unit.mentions]
    run: list[Token] = []
    for token in (*unit.tokens, None):
        if token and token.pos == "PROPN" and (not run or token.start - run[-1].end == 1):
            run.append(token)
            continue
        if run and not any(run[0].start < end and start < run[-1].end for start, end in spans):
            spans.append((run[0].start, run[-1].end))
        run = [token] if token and token.pos == "PROPN" else []
    words = [
        (s, e, [plain(t.form.removesuffix("'s")) for t in unit.tokens if s <= t.start < e]) for s, e in sorted(spans)
    ]
    return [Name(start, end, frozenset(inside)) for start, end, inside in words if inside]


def _name(unit: Unit, role: Role | None) -> Name | None:
    return next((m for m in names(unit) if role and role.start <= m.start and m.end <= role.end), None)
