"""Facts in one line each: how a number, a time or a name was read."""

from __future__ import annotations

from reader.nouns import Facts, Mention, Part, Quantity, Quote, Statement, TimeSpan
from widgets.layout import displayable

Fact = Quantity | TimeSpan | Mention

_LABELS = {"PERSON": "person", "ORG": "organisation", "LOC": "place", "OTHER": "name"}


def number(value: float) -> str:
    """A number for people: ``1,000``, ``3.2``."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.6g}"


def interval(low: float | None, high: float | None, hedge: str = "", mark: str = "") -> str:
    """An interval in words, ``mark`` after each number; an open end is told by the hedge as stated."""
    if low is not None and high is not None:
        return number(low) + mark if low == high else f"{number(low)} to {number(high)}{mark}"
    if low is not None:
        beyond = hedge.casefold().split()[:1] in (["over"], ["more"], ["above"], ["exceeding"])
        return f"over {number(low)}{mark}" if beyond else f"{number(low)}{mark} or more"
    return f"{number(high)}{mark} or less" if high is not None else "any number"


def reading(fact: Fact, facts: Facts, text: str, part: Part = "body") -> str:
    """How ``fact``, found in ``text``, was read, in one line."""
    stated = f"“{' '.join(displayable(text[fact.start : fact.end]).split())}”"
    if isinstance(fact, Quantity):
        parts = _quantity(fact)
    elif isinstance(fact, TimeSpan):
        parts = _time(fact)
    else:
        parts = _mention(fact, facts)
    speaker = _speaker(fact, facts, part)
    return f"{stated} = " + "; ".join([*parts, *([f"says {speaker}"] if speaker else [])])


def _quantity(fact: Quantity) -> list[str]:
    percent = fact.unit in ("%", "percent")
    amount = interval(fact.low, fact.high, fact.hedge, "%" if percent else "")
    if fact.unit and not percent:
        amount = f"{amount} {fact.unit}"
    counted = " and ".join(word for word in (" ".join((*fact.modifiers, fact.counted)).strip(), *fact.also) if word)
    parts = [f"{amount} {counted}".strip() if not fact.whole else f"{amount} {counted} of {fact.whole}"]
    if fact.base and fact.base != (fact.low, fact.high) and fact.dimension:
        parts.append(f"{interval(*fact.base)} in the base unit of {fact.dimension}")
    if fact.owner:
        parts.append(f"of {fact.owner}")
    if fact.fate:
        parts.append(f"not {fact.fate}" if fact.negated else fact.fate)
    if fact.expected:
        parts.append("expected")
    return parts


def _time(fact: TimeSpan) -> list[str]:
    if not fact.earliest and not fact.latest:
        when = "not resolved"
    elif fact.earliest == fact.latest:
        when = fact.earliest
    else:
        when = f"{fact.earliest or '…'} to {fact.latest or '…'}"
    parts = [when, fact.precision]
    if fact.zone:
        parts.append(fact.zone)
    if fact.event:
        parts.append(fact.event)
    return parts


def _mention(fact: Mention, facts: Facts) -> list[str]:
    same = [m for p in (facts.title, facts.body) for m in p.mentions if m.key == fact.key]
    parts = [_LABELS[fact.label]]
    if fact.role:
        parts.append(fact.role)
    parts.append(f"known as {fact.key}")
    if len(same) > 1:
        parts.append(f"{len(same)} times in this report")
    return [displayable(part) for part in parts]


def _speaker(fact: Fact, facts: Facts, part: Part) -> str:
    """Who says it: the speaker of the narrowest statement or quotation around the fact, "" for the report itself."""
    reading = facts.part(part)
    sayings: tuple[Statement | Quote, ...] = (*reading.statements, *reading.quotes)
    around = [
        (said.end - said.start, said.speaker)
        for said in sayings
        if said.speaker and said.start <= fact.start and fact.end <= said.end
    ]
    return displayable(min(around)[1]) if around else ""
