"""What a report tells of a fact: which statement is about it, who says it, when it was."""

from __future__ import annotations

from reader.fates import FATES
from reader.nouns import Facts, Part, Quantity, Quote, Reading, Role, Span, Statement, TimeSpan

NEAR = 60
"""How far behind a number what it counts may end to be told with it, in code points."""
_BEYOND = frozenset("over more above exceeding".split())


def beyond(hedge: str) -> bool:
    """Whether a hedge says that a number is passed ("more than"), not only reached ("at least")."""
    return not _BEYOND.isdisjoint(hedge.casefold().split()[:1])


def beside(quantity: Quantity, text: str) -> bool:
    """Whether what is counted stands right behind the number in ``text``."""
    if quantity.counted_span is None or quantity.corrected:
        return False
    start, end = quantity.counted_span
    return quantity.end <= start and end <= quantity.end + NEAR and not text[quantity.end : start].strip()


def statement_of(quantity: Quantity, reading: Reading) -> tuple[Statement | None, Role | None]:
    """The statement that tells of those who are counted, and the party to it that they are.

    A statement that does not bear the fate that was read, or that a person gave, is another one.
    """
    found = [
        (statement, role)
        for statement in reading.statements
        if statement.sentence == quantity.sentence
        for role in (statement.patient, statement.agent)
        if role is not None and role.overlaps(quantity)
        if not quantity.fate or FATES.get(statement.predicate, statement.predicate) == quantity.fate
    ]
    return min(found, key=lambda pair: pair[1].end - pair[1].start, default=(None, None))


def time_of(quantity: Quantity, statement: Statement | None, reading: Reading) -> TimeSpan | None:
    """When that was which is told of a number by its fate and by ``statement``: the first time known."""
    events = {quantity.fate, statement.predicate if statement is not None else ""} - {""}
    for time in reading.times:
        if time.sentence == quantity.sentence and (time.earliest or time.latest) and time.event in events:
            return time
    return None


def dated_by(time: TimeSpan, reading: Reading) -> Statement | None:
    """The statement whose event a time dates."""
    dated = (s for s in reading.statements if s.sentence == time.sentence and time.event and s.predicate == time.event)
    return next(dated, None)


def statement_at(offset: int, reading: Reading) -> Statement | None:
    """The narrowest statement around a code point."""
    around = (s for s in reading.statements if s.start <= offset < s.end)
    return min(around, key=lambda s: s.end - s.start, default=None)


def speaker_of(fact: Span, facts: Facts, part: Part) -> str:
    """Who says it: the speaker of the narrowest statement or quotation around the fact, "" for the report itself."""
    reading = facts.part(part)
    sayings: tuple[Statement | Quote, ...] = (*reading.statements, *reading.quotes)
    around = [
        (said.end - said.start, said.speaker)
        for said in sayings
        if said.speaker and said.start <= fact.start and fact.end <= said.end
    ]
    return full_name(min(around)[1], facts) if around else ""


def full_name(speaker: str, facts: Facts) -> str:
    """A speaker by the fullest form of the name that the key stands for; words that are no key as they are."""
    forms = [
        f"{mention.role} {mention.name}".strip()
        for part in (facts.title, facts.body)
        for mention in part.mentions
        if mention.key == speaker
    ]
    return max(forms, key=len, default=speaker)
