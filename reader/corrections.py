"""What a person corrected, put in place of what the machine read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TypeVar

from msgspec import structs

from reader.nouns import (
    Correction,
    Fact,
    Facts,
    Mention,
    Noun,
    Quantity,
    Reading,
    Role,
    Sentence,
    Statement,
    TimeSpan,
)

F = TypeVar("F", bound=Fact)


def corrected(facts: Facts, corrections: Iterable[Correction]) -> Facts:
    """The facts with every correction obeyed; ``facts`` themselves where there is none.

    A correction replaces all facts of its kind that share a character with its words, however the analysis of the day
    cuts them. A name that was given another key takes it to the parties of statements that hold it; who says a thing
    is left as it was read.
    """
    held = standing(corrections)
    if not held:
        return facts
    return structs.replace(
        facts,
        title=_reading(facts.title, [c for c in held if c.part == "title"]),
        body=_reading(facts.body, [c for c in held if c.part == "body"]),
    )


def standing(corrections: Iterable[Correction]) -> list[Correction]:
    """The corrections that hold, in text order: of those that speak of the same words only the one said last."""
    held: list[Correction] = []
    for one in sorted(corrections, key=lambda c: (c.at, c.id), reverse=True):
        if not any((one.part, one.noun) == (c.part, c.noun) and one.overlaps(c) for c in held):
            held.append(one)
    return sorted(held, key=lambda c: (c.part == "body", c.start))


def of_noun(reading: Reading, noun: Noun) -> Sequence[Fact]:
    """The facts of one kind, in text order."""
    found: dict[Noun, Sequence[Fact]] = {
        "quantity": reading.quantities,
        "time": reading.times,
        "name": reading.mentions,
    }
    return found[noun]


def replaced(facts: Facts, correction: Correction) -> list[Fact]:
    """The facts, as the machine read them, whose place a correction takes."""
    reading = facts.part(correction.part)
    return [fact for fact in of_noun(reading, correction.noun) if fact.overlaps(correction)]


def _reading(reading: Reading, corrections: Sequence[Correction]) -> Reading:
    by_noun: dict[Noun, list[Correction]] = {"quantity": [], "time": [], "name": []}
    for correction in corrections:
        by_noun[correction.noun].append(correction)
    return structs.replace(
        reading,
        quantities=_facts(reading.quantities, Quantity, by_noun["quantity"], reading.sentences),
        times=_facts(reading.times, TimeSpan, by_noun["time"], reading.sentences),
        mentions=_facts(reading.mentions, Mention, by_noun["name"], reading.sentences),
        statements=_renamed(reading, by_noun["name"]),
    )


def _facts(
    facts: tuple[F, ...], kind: type[F], corrections: Sequence[Correction], sentences: Sequence[Sentence]
) -> tuple[F, ...]:
    if not corrections:
        return facts
    starts = [sentence.start for sentence in sentences]
    stated = [
        structs.replace(
            c.fact, start=c.start, end=c.end, sentence=max(0, bisect_right(starts, c.start) - 1), corrected=True
        )
        for c in corrections
        if isinstance(c.fact, kind)
    ]
    kept = [fact for fact in facts if not any(fact.overlaps(c) for c in corrections)]
    return tuple(sorted((*kept, *stated), key=lambda fact: (fact.start, fact.end)))


def _renamed(reading: Reading, corrections: Sequence[Correction]) -> tuple[Statement, ...]:
    """The statements, their parties under the keys that a person gave to the names in them."""
    changes = [
        (mention, mention.key, c.fact.key if isinstance(c.fact, Mention) else "")
        for c in corrections
        for mention in reading.mentions
        if mention.overlaps(c)
    ]
    if not changes:
        return reading.statements

    def role(one: Role | None) -> Role | None:
        if one is not None:
            for mention, old, new in changes:
                if one.key == old and one.overlaps(mention):
                    return structs.replace(one, key=new)
        return one

    return tuple(
        structs.replace(
            statement,
            agent=role(statement.agent),
            patient=role(statement.patient),
            others=tuple((case, role(other) or other) for case, other in statement.others),
        )
        for statement in reading.statements
    )
