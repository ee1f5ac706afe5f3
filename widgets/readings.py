"""Facts in one line each: how a number, a time or a name was read, what is told of it and who tells it."""

from __future__ import annotations

from calendar import month_name as MONTHS
from calendar import monthrange

from reader.fates import PARTICIPLES
from reader.nouns import LABELS, Fact, Facts, Mention, Part, Quantity, Reading, Statement, TimeSpan
from reader.plurals import plural
from reader.telling import beside, beyond, dated_by, full_name, speaker_of, statement_at, statement_of, time_of
from reader.units import plural_unit
from widgets.layout import displayable

_SURE = {"possible": "perhaps", "expected": "expected", "conditional": "on a condition"}
_BASES = {"length": "metres", "area": "square metres", "mass": "kilograms"}
_SCOPES = {"part": "part of others told of", "more": "beside others", "total": "in all"}
CLAUSE = 48
"""The most of a clause that is quoted, in code points."""


def number(value: float) -> str:
    """A number for people: ``1,000``, ``3.2``."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.6g}"


def interval(low: float | None, high: float | None, hedge: str = "", mark: str = "") -> str:
    """An interval in words, ``mark`` after each number; an open end is told by the hedge as stated."""
    if low is not None and high is not None:
        return number(low) + mark if low == high else f"{number(low)} to {number(high)}{mark}"
    if low is not None:
        return f"over {number(low)}{mark}" if beyond(hedge) else f"{number(low)}{mark} or more"
    return f"{number(high)}{mark} or less" if high is not None else "any number"


def moment(earliest: str, latest: str) -> str:
    """The bounds of a time for people: ``2016``, ``July 2016``, ``2016-07-04``, ``2016-07-04 to 2016-07-09``."""
    if earliest == latest:
        return earliest or "not resolved"
    if len(earliest) == len(latest) == 10 and earliest[:4] == latest[:4] and earliest.endswith("-01"):
        year, month = int(earliest[:4]), int(earliest[5:7])
        if (earliest[5:], latest[5:]) == ("01-01", "12-31"):
            return f"{year:04}"
        if earliest[:7] == latest[:7] and int(latest[8:]) == monthrange(year, month)[1]:
            return f"{MONTHS[month]} {year:04}"
    return f"{earliest or '…'} to {latest or '…'}"


def reading(fact: Fact, facts: Facts, text: str, part: Part = "body", was: str = "") -> str:
    """How ``fact``, found in ``text``, was read, in one line; ``was`` is how it was read before a person corrected it.

    “More than 1,000 munitions” = over 1,000; July 2016; dropped by coalition warplanes; says US officials
    """
    around = facts.part(part)
    if isinstance(fact, Quantity):
        parts = [*_quantity(fact, text), *_told_of(fact, around, text)]
    elif isinstance(fact, TimeSpan):
        parts = _time(fact, around, text)
    else:
        parts = _mention(fact, facts)
    if speaker := speaker_of(fact, facts, part):
        parts.append(f"says {speaker}")
    if fact.corrected:
        parts.append(f"corrected by you{f': was {was}' if was else ''}")
    return displayable(f"{_quoted(fact, text)} = {'; '.join(parts)}")


def meaning(fact: Fact, text: str) -> str:
    """What ``fact`` was read as, without what is told of it."""
    if isinstance(fact, Quantity):
        parts = [*_quantity(fact, text, noun=True), *_fate(fact)]
    elif isinstance(fact, TimeSpan):
        parts = [moment(fact.earliest, fact.latest)]
    else:
        parts = [LABELS[fact.label], f"known as {fact.key}"]
    return displayable("; ".join(parts))


def saying(offset: int, facts: Facts, text: str, part: Part = "body") -> str:
    """What the narrowest statement around ``offset`` says and who says it, in one line; "" where there is none."""
    statement = statement_at(offset, facts.part(part))
    if statement is None:
        return ""
    parts = [_clause(statement, text), "denied" if statement.negated else "", _SURE.get(statement.certainty, "")]
    speaker = full_name(statement.speaker, facts)
    return displayable("; ".join([*filter(None, parts), *([f"says {speaker}"] if speaker else [])]))


def _quoted(fact: Fact, text: str) -> str:
    end = fact.end
    if isinstance(fact, Quantity) and beside(fact, text):
        assert fact.counted_span is not None
        end = fact.counted_span[1]
    return f"“{_line(text[fact.start : end])}”"


def _line(words: str, most: int = 0) -> str:
    line = " ".join(words.split())
    return line if not most or len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _quantity(fact: Quantity, text: str, *, noun: bool = False) -> list[str]:
    percent = fact.unit in ("%", "percent")
    amount = interval(fact.low, fact.high, fact.hedge, "%" if percent else "")
    if fact.unit and not percent:
        amount = f"{amount} {fact.unit if fact.low == fact.high == 1 else plural_unit(fact.unit)}"
    counted = "" if (beside(fact, text) and not noun) or fact.counted == fact.whole else _counted(fact)
    parts = [" ".join(filter(None, (amount, counted, f"of {fact.whole}" if fact.whole else "")))]
    if fact.base and fact.base != (fact.low, fact.high) and fact.dimension in _BASES:
        parts.append(f"{interval(*fact.base)} {_BASES[fact.dimension]}")
    if fact.scope:
        parts.append(_SCOPES[fact.scope])
    if fact.owner:
        parts.append(f"of {fact.owner}")
    return parts


def _counted(fact: Quantity) -> str:
    many = fact.low != 1 or fact.high != 1
    heads = [plural(head) if head and many else head for head in (fact.counted, *fact.also)]
    return " and ".join(filter(None, (" ".join((*fact.modifiers, heads[0])).strip(), *heads[1:])))


def _fate(fact: Quantity) -> list[str]:
    word = PARTICIPLES.get(fact.fate, fact.fate)
    fate = [f"not {word}" if fact.negated else word] if word else []
    return [*fate, *(["expected"] if fact.expected else [])]


def _told_of(fact: Quantity, around: Reading, text: str) -> list[str]:
    """When it was, and what happened to those who are counted."""
    statement, role = statement_of(fact, around)
    if statement is None or role is None:
        told = _fate(fact)
    elif role is statement.patient:
        told = [_passive(statement, text), _SURE.get(statement.certainty, "")]
    else:
        told = [_active(fact, statement, text), _SURE.get(statement.certainty, "")]
    time = time_of(fact, statement, around)
    return [*([moment(time.earliest, time.latest)] if time is not None else []), *filter(None, told)]


def _passive(statement: Statement, text: str) -> str:
    """ "dropped by coalition warplanes"; "Rebels shot" where the verb may be no participle."""
    verb = f"{'not ' if statement.negated else ''}{_verb(statement, text)}"
    if statement.agent is None:
        return verb
    agent = _line(statement.agent.of(text), CLAUSE)
    first, last = statement.predicate_span
    if statement.agent.start >= last or text[first:last].endswith("ed"):
        return f"{verb} by {agent}"
    return _line(text[statement.agent.start : last], CLAUSE)


def _active(fact: Quantity, statement: Statement, text: str) -> str:
    """ "left the city"."""
    none = fact.high == 0
    verb = f"{'not ' if statement.negated and not none else ''}{_verb(statement, text)}"
    if statement.patient is None or statement.patient.start < statement.predicate_span[1]:
        return verb
    return _line(f"{verb} {statement.patient.of(text)}", CLAUSE)


def _verb(statement: Statement, text: str) -> str:
    return _line(f"{text[slice(*statement.predicate_span)]} {statement.particle}", CLAUSE)


def _clause(statement: Statement, text: str) -> str:
    """Who does what to whom, in the words of the text: "Rebels shot 12 hostages"."""
    spans = [statement.predicate_span]
    spans += [(role.start, role.end) for role in (statement.agent, statement.patient) if role is not None]
    return _line(text[min(start for start, _ in spans) : max(end for _, end in spans)], 2 * CLAUSE)


def _time(fact: TimeSpan, around: Reading, text: str) -> list[str]:
    parts = [moment(fact.earliest, fact.latest), fact.precision]
    if fact.zone:
        parts.append(fact.zone)
    if fact.event:
        dated = dated_by(fact, around)
        parts.append(_clause(dated, text) if dated is not None else fact.event)
    return parts


def _mention(fact: Mention, facts: Facts) -> list[str]:
    same = [m for p in (facts.title, facts.body) for m in p.mentions if m.key == fact.key]
    parts = [LABELS[fact.label]]
    if fact.role:
        parts.append(fact.role)
    parts.append(f"known as {fact.key}")
    if len(same) > 1:
        parts.append(f"{len(same)} times in this report")
    return parts
