"""When a claim and a text say that one thing happened, as far as each of them says: "in May" against "on 9 June 1970".

A time is met by its parts (year, month, day of the month), for a part that only one side gives is no disagreement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from reader.conflicts.base import Token, Unit
from reader.conflicts.held import Held, like
from reader.lexicon import members
from reader.nouns import TimeSpan

_YEAR = re.compile(r"1\d{3}$|20\d\d$")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?$")
_DATES = ("year", "month", "day")
_DASH = re.compile(r"\s*(?:-{1,2}|[–—−])\s*")
LIVED = ("bear", "die")
"""The happenings that the two dates in brackets after a name are of."""


Parts = dict[str, tuple[str, Token]]


class Dated(NamedTuple):
    """A happening and the parts of its date that are given, each with its word."""

    event: str
    parts: Parts


def dates(unit: Unit) -> Iterator[Dated]:
    """The dated happenings of a sentence. Of two dates joined by a dash after a name the second is that of a death."""
    ends: list[tuple[TimeSpan, Parts]] = []
    for time in unit.times:
        if time.precision not in _DATES:
            continue
        given = _given([t for t in unit.tokens if time.start <= t.start < time.end])
        ends.extend((time, parts) for parts in given)
    dashed = [_dashed(unit, x, y) for (_, x), (_, y) in pairwise(ends)]
    for at, (time, parts) in enumerate(ends):
        event = time.event or _deed(unit, time)
        if at and dashed[at - 1]:
            event = LIVED[1]
        elif at < len(dashed) and dashed[at]:
            event = LIVED[0]
        yield Dated(event, parts)


def _given(tokens: list[Token]) -> list[Parts]:
    """The dates in the words of one time: two where it is a stretch from one to the other."""
    found: list[Parts] = []
    for name, part in _parts(tokens):
        if not found or name in found[-1]:
            found.append({})
        found[-1][name] = part
    return found


def _dashed(unit: Unit, x: Parts, y: Parts) -> bool:
    """Whether two dates stand in brackets with a dash between them."""
    start, end = max(t.end for _, t in x.values()), min(t.start for _, t in y.values())
    before = unit.text[: start - unit.sentence.start]
    between = unit.text[start - unit.sentence.start : end - unit.sentence.start]
    return before.rfind("(") > before.rfind(")") and bool(_DASH.fullmatch(between))


def _deed(unit: Unit, time: TimeSpan) -> str:
    """The predicate that has a time among its circumstances."""
    told = (s for s in unit.statements if any(r.start < time.end and time.start < r.end for _, r in s.others))
    return next((s.predicate for s in told), "")


def _parts(tokens: list[Token]) -> Iterator[tuple[str, tuple[str, Token]]]:
    for token in tokens:
        months = [m for _, kind, m in members([(token.form, token.lemma)]) if kind == "month"]
        if _YEAR.match(token.form):
            yield "year", (token.form, token)
        elif months:
            yield "month", (months[0], token)
        elif day := _DAY.match(token.form):
            yield "day", (day.group(1).lstrip("0"), token)


def apart(held: Held) -> tuple[Token, Token] | None:
    """The words of two dates of one happening that disagree, none of the text's agreeing with the claim's."""
    theirs = [d for u in held.text for d in dates(u)]
    for mine in dates(held.claim):
        same = [d for d in theirs if mine.event and d.event and like(mine.event, d.event)]
        differ = [_differ(mine, d) for d in same]
        if any(token in held.met for _, token in mine.parts.values() if _YEAR.match(token.form)):
            differ = [d for d in differ if d and not _YEAR.match(d[0].form)]
        if differ and all(differ):
            return differ[0]
    return None


def _differ(x: Dated, y: Dated) -> tuple[Token, Token] | None:
    """The first words by which two dates differ: the year, else the month, else the day in one month."""
    for part in ("year", "month", "day"):
        if part in x.parts and part in y.parts and x.parts[part][0] != y.parts[part][0]:
            return x.parts[part][1], y.parts[part][1]
    return None
