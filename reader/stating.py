"""What a person types for a fact, read as that fact, and a fact written for a person to change.

Every ``ValueError`` says in one line what is wrong with the words. What is left as it was written stays as it was read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from msgspec import structs

from reader.calendar import Grain, period
from reader.fates import FATE_ADJECTIVES, FATE_NOUNS, FATES, PEOPLE
from reader.nouns import LABELS, Facts, Mention, Quantity, Reading, TimeSpan
from reader.numerals import Numeral, scan
from reader.plurals import singular
from reader.quantities.reading import QuantityReader
from reader.telling import NEAR, beyond
from reader.timegrammar import scan as scan_times
from reader.units import Unit, tables
from reader.whens import Context

_NONE = frozenset("no none nobody nothing".split())
_DETERMINERS = frozenset("a an the their its his her".split())
_OPEN = frozenset(("", "…", "...", "?"))
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d)?)?)?)?", re.ASCII)
_CLOCK = re.compile(r"T?([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_TO = re.compile(r"\s+(?:to|until|till)\s+|\s*[–—]\s*")


# --- numbers


def written_number(fact: Quantity) -> str:
    """The interval of a quantity, without its unit."""
    if fact.low is None and fact.high is None:
        return ""
    if fact.high is None:
        return f"{'more than' if beyond(fact.hedge) else 'at least'} {_digits(fact.low)}"
    if fact.low is None:
        return f"at most {_digits(fact.high)}"
    return _digits(fact.low) if fact.low == fact.high else f"{_digits(fact.low)} to {_digits(fact.high)}"


def written_counted(fact: Quantity) -> str:
    """What a quantity counts: "local fighter and family"."""
    return " and ".join(part for part in (" ".join((*fact.modifiers, fact.counted)).strip(), *fact.also) if part)


def written_fate(fact: Quantity) -> str:
    """What happened to those who are counted: "not kill"."""
    return f"not {fact.fate}" if fact.fate and fact.negated else fact.fate


def stated_quantity(fact: Quantity, number: str, counted: str, fate: str, text: str, reading: Reading) -> Quantity:
    """``fact``, found in ``text``, of which ``reading`` was made, as a person states it.

    Nouns and verbs are taken by their lemmas: those that the text itself gives them, else their singular.
    """
    new = fact
    number, counted, fate = (" ".join(typed.split()) for typed in (number, counted, fate))
    if number != written_number(fact):
        new = _numbered(new, number)
    lemmas = {word.of(text).casefold(): word.lemma for word in reading.words}
    if counted != written_counted(fact):
        new = _counting(new, counted, lemmas, text)
    if fate != written_fate(fact):
        new = _befallen(new, fate, lemmas)
    return new


def _digits(value: float | None) -> str:
    assert value is not None
    return f"{value:,.0f}" if value == int(value) and abs(value) < 1e15 else f"{value:,}"


def read_number(typed: str) -> Numeral:
    """The one number that ``typed`` is: "275", "200-300", "more than 1,000", "1.2 million", "no"."""
    if typed.casefold() in _NONE:
        return Numeral(0, len(typed), (0, len(typed)), 0.0, 0.0, "cardinal")
    found = scan(typed)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(typed)) or found[0].form == "ordinal":
        raise ValueError("write it as 275, 200-300, more than 1,000 or 1.2 million")
    return found[0]


def _numbered(fact: Quantity, typed: str) -> Quantity:
    numeral = read_number(typed)
    low, high = numeral.low, numeral.high
    new = structs.replace(fact, low=low, high=high, hedge=numeral.hedge)
    if numeral.unit is not None:
        unit = numeral.unit
        kind = QuantityReader.kind(numeral) or fact.kind
        return structs.replace(new, kind=kind, unit=unit.name, dimension=unit.dimension, base=unit.base(low, high))
    known = _unit(fact.unit, fact.dimension)
    if known is not None:
        return structs.replace(new, base=known.base(low, high))
    if fact.base is None:
        return new
    for stated, base in ((fact.low, fact.base[0]), (fact.high, fact.base[1])):
        if stated and base is not None:
            return structs.replace(new, base=Unit(fact.unit, fact.dimension, base / stated).base(low, high))
    return structs.replace(new, base=None)


def _unit(name: str, dimension: str) -> Unit | None:
    """The unit of this name, ``None`` for one made of others ("mile per hour")."""
    known = (unit for table in tables() for unit in table.values())
    return next((unit for unit in known if name and (unit.name, unit.dimension) == (name, dimension)), None)


def _counting(fact: Quantity, typed: str, lemmas: Mapping[str, str], text: str) -> Quantity:
    parts = [_words(part, lemmas) for part in re.split(r"\s+and\s+|\s*,\s*", typed)]
    groups = [words for words in parts if words] or [[""]]
    return structs.replace(
        fact,
        counted=groups[0][-1],
        modifiers=tuple(groups[0][:-1]),
        also=tuple(group[-1] for group in groups[1:]),
        counted_span=_behind(fact, typed, text),
        kind="count" if typed and fact.kind == "number" else fact.kind,
    )


def _behind(fact: Quantity, typed: str, text: str) -> tuple[int, int] | None:
    """Where words as typed stand close behind a number."""
    words = r"\s+".join(map(re.escape, typed.split()))
    found = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE).search(text, fact.end) if words else None
    return found.span() if found is not None and found.end() <= fact.end + NEAR else None


def _befallen(fact: Quantity, typed: str, lemmas: Mapping[str, str]) -> Quantity:
    words = typed.casefold().split()
    negated = words[:1] == ["not"]
    if len(words) > 1 + negated:
        raise ValueError("write one word such as killed or left, or not killed")
    word = words[-1] if len(words) > negated else ""
    lemma = FATE_ADJECTIVES.get(word) or FATE_NOUNS.get(word) or lemmas.get(word, word)
    return structs.replace(fact, fate=FATES.get(lemma, lemma), negated=negated and bool(word))


def _words(phrase: str, lemmas: Mapping[str, str]) -> list[str]:
    """The lemmas of the words of a noun phrase, its head last."""
    words = [word for word in phrase.casefold().split() if word not in _DETERMINERS]
    *modifiers, head = [PEOPLE.get(word) or lemmas.get(word, word) for word in words] or [""]
    head = PEOPLE.get(head) or (singular(head) if head not in lemmas.values() else head)
    return [*modifiers, head] if head else []


# --- times


class _When(NamedTuple):
    """A time as typed: first and last date or minute in ISO 8601, "" for no bound."""

    earliest: str
    latest: str
    grain: Grain


def written_time(fact: TimeSpan) -> str:
    """The bounds of a time, "" where it was not resolved."""
    if fact.earliest == fact.latest:
        return fact.earliest
    return f"{fact.earliest or '…'} to {fact.latest or '…'}"


def stated_time(fact: TimeSpan, typed: str, published: str) -> TimeSpan:
    """``fact`` of a report of this date as a person states it: in ISO 8601 or in words, "" for a time not known."""
    typed = " ".join(typed.split())
    if typed == written_time(fact):
        return fact
    if not typed:
        return structs.replace(fact, earliest="", latest="", relative=False)
    when = _when(typed, published) or _stretch(typed, published)
    if when is None:
        raise ValueError("write it as 2017-10-14, Oct. 14 or 2017-10-12 to 2017-10-14")
    begins, ends = when.earliest, when.latest
    shorter = min(len(begins), len(ends))
    if shorter and begins[:shorter] > ends[:shorter] and not begins.startswith("T"):
        raise ValueError(f"it ends ({ends}) before it begins ({begins})")
    return structs.replace(fact, earliest=begins, latest=ends, precision=when.grain, relative=False)


def _stretch(typed: str, published: str) -> _When | None:
    """ "2017-10-12 to 2017-10-14", either side open where it is "…"."""
    sides = _TO.split(typed)
    if len(sides) != 2 or all(side in _OPEN for side in sides):
        return None
    first, last = (_When("", "", "vague") if side in _OPEN else _when(side, published) for side in sides)
    if first is None or last is None:
        return None
    return _When(first.earliest, last.latest, last.grain if sides[0] in _OPEN else first.grain)


def _when(typed: str, published: str) -> _When | None:
    try:
        if match := _ISO.fullmatch(typed):
            return _iso(match)
        if match := _CLOCK.fullmatch(typed):
            clock = f"T{int(match[1]):02}:{match[2]}"
            return _When(clock, clock, "minute")
        found = list(scan_times(typed))
        if len(found) != 1 or (found[0].start, found[0].end) != (0, len(typed)):
            return None
        today = _ISO.match(published)
        now = datetime.fromisoformat(published[:10]) if today and today[3] else None
        stretch = found[0].when.resolve(Context(now=now, tense="past"))
    except (ValueError, OverflowError):
        return None
    return _When(*stretch.iso(), stretch.grain) if stretch else None


def _iso(match: re.Match[str]) -> _When:
    year, month, number, hour, minute = (int(part) if part else None for part in match.groups())
    moment = datetime(year or 0, 1 if month is None else month, 1 if number is None else number, hour or 0, minute or 0)
    unit: Literal["year", "month", "day", "minute"] = (
        "minute" if hour is not None else "day" if number is not None else "month" if month is not None else "year"
    )
    stretch = period(moment, unit)
    return _When(*stretch.iso(), stretch.grain)


# --- names


def stated_name(fact: Mention, label: str, same_as: str, facts: Facts) -> Mention:
    """``fact`` as a person states it: what it is, and the name that it is the same as, by key or as it is written."""
    label, same_as = (" ".join(typed.split()).casefold() for typed in (label, same_as))
    labels = [one for one, word in LABELS.items() if label and word.startswith(label.replace("z", "s"))]
    if len(labels) != 1:
        raise ValueError(f"write one of {', '.join(LABELS.values())}")
    if not same_as:
        raise ValueError("write the name that it goes by")
    key = fact.key
    if same_as != key.casefold():
        known = (m for m in (*facts.body.mentions, *facts.title.mentions) if same_as in (m.key, m.name.casefold()))
        key = next((mention.key for mention in known), same_as)
    return structs.replace(fact, label=labels[0], key=key)
