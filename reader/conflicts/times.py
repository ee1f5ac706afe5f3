"""When: two clock times, or two days, for what may be one happening."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reader.conflicts.base import Candidate, Pair, Report, Unit, clip
from reader.lexicon import concept, fate_of
from reader.nouns import TimeSpan

LEAST = 0.03
DAY = 24 * 60
_CLOCK = re.compile(r"T(\d\d):(\d\d)")
_DATE = re.compile(r"^\d{4}-\d\d-\d\d")
RESPONSE = frozenset("call respond arrive receive dispatch arrest find close reopen tow report".split())
"""What follows a happening: its time is not that of the happening itself."""


@dataclass(frozen=True)
class When:
    """A time where it stands: minutes of the clock, or a date."""

    unit: Unit
    span: TimeSpan
    clock: int | None
    day: str


def find(pair: Pair) -> Iterator[Candidate]:
    """Candidates of kind time."""
    whens_a, whens_b = _whens(pair.a), _whens(pair.b)
    for x in whens_a:
        for y in whens_b:
            likeness = pair.likeness(x.unit, y.unit)
            if likeness < LEAST or (pair.same and x.unit is y.unit):
                continue
            if x.clock is not None and y.clock is not None:
                apart = abs(x.clock - y.clock)
                apart = min(apart, DAY - apart)
                if apart:
                    yield _candidate(pair, "clock", x, y, likeness, apart, whens_a, whens_b)
            elif x.clock is None and y.clock is None and x.day and y.day and x.day != y.day:
                yield _candidate(pair, "day", x, y, likeness, 0, whens_a, whens_b)


def _whens(report: Report) -> list[When]:
    found = []
    for unit in report.units:
        for span in unit.times:
            clock = _CLOCK.search(span.earliest) if span.precision in ("hour", "minute") else None
            minutes = int(clock.group(1)) * 60 + int(clock.group(2)) if clock else None
            one_day = _DATE.match(span.earliest) and span.earliest[:10] == span.latest[:10]
            day = span.earliest[:10] if one_day and span.precision in ("day", "part of day") else ""
            if minutes is not None or day:
                found.append(When(unit, span, minutes, day))
    return found


def _candidate(
    pair: Pair, family: str, x: When, y: When, likeness: float, apart: int, whens_a: list[When], whens_b: list[When]
) -> Candidate:
    event_x, event_y = (concept(fate_of(w.span.event), "VERB") for w in (x, y))
    response = (x.span.event in RESPONSE) + (y.span.event in RESPONSE)
    settled = any(_same(x, o) for o in whens_b) or any(_same(y, o) for o in whens_a)
    features = {
        "likeness": likeness,
        "event": float(bool(event_x) and event_x == event_y),
        "otherevent": float(bool(event_x) and bool(event_y) and event_x != event_y),
        "response": float(response == 1),
        "settled": float(settled),
        "near": float(apart <= 10),
        "log": math.log1p(apart) / 5,
        "lone": float(sum(o.unit is x.unit for o in whens_a) == 1 and sum(o.unit is y.unit for o in whens_b) == 1),
        "names": float(bool(x.unit.keys & y.unit.keys)),
        "shared": len(x.unit.concepts & y.unit.concepts) / max(1, min(len(x.unit.concepts), len(y.unit.concepts))),
        "size": math.log(pair.size),
    }
    place_x, place_y = x.unit.place(x.span), y.unit.place(y.span)
    tail = f" ({apart} minutes apart)" if 0 < apart < 100 else f" ({apart / 60:.1f} hours apart)" if apart else ""
    what = x.span.event or y.span.event
    return Candidate(
        kind="time",
        family=family,
        a=place_x,
        b=place_y,
        reason=f"{clip(place_x.text)} against {clip(place_y.text)}{f', {what}' if what else ''}{tail}",
        features=features,
        topic=(family, f"{x.clock}{x.day}", f"{y.clock}{y.day}"),
        severity=1 if 0 < apart <= 30 else 2,
        benign="two stages of one happening" if response == 1 else "rounded" if 0 < apart <= 10 else "",
    )


def _same(x: When, other: When) -> bool:
    return (x.clock is not None and x.clock == other.clock) or (x.clock is None and bool(x.day) and x.day == other.day)
