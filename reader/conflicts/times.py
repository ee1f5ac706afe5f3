"""When: two clock times, or two days or longer spans, for what may be one happening.

A time dates a happening: what the predicate it stands with says, or, where that only says that something took place
("the shooting happened"), what its subject names. Times of one happening are compared across the whole of both
texts; times of unclear happenings only in like sentences.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from reader.calendar import WEEKDAYS
from reader.conflicts.base import Candidate, Pair, Report, Unit, clip
from reader.lexicon import concept, event_of, fate_of
from reader.nouns import Role, Statement, TimeSpan
from reader.times import bounds

LEAST = 0.03
MOST = 20_000
"""The most pairs of times of one sort that are compared."""
DAY = 24 * 60
LATER = timedelta(days=14)
"""How far apart two weekdays may be told before their dates are doubted."""
RESPONSE = frozenset(
    "call respond arrive receive dispatch arrest find close reopen tow say tell announce hold charge appear".split()
)
"""What follows a happening: its time is not that of the happening itself."""
NEWS = frozenset("call report tip alert complaint".split())
"""Nouns for the word that reaches the police, which answers a happening too: "the call came in"."""
SPEAKING = frozenset("say tell add note speak write post tweet state explain".split())
"""What is done many times over: two days of it are no two days of one happening."""
SPOKEN = "said"
"""The class of what is said."""
STAMPED = re.compile(r"\b(?:UPDATED?|PUBLISHED|POSTED|[Uu]pdated|Published|Posted|Modified)\b(?:\W[^.!?;]{0,40})?$")
"""What stands before the time of an edition."""
TAKING_PLACE = frozenset(
    "happen occur take begin start break ring erupt unfold be come report hear continue follow end".split()
)
"""Predicates that say of their subject only that it took place."""
ONE_CLASS = {"shot": "attack", "hurt": "attack", "fired": "attack", "open": "attack"}
"""Classes of what befell somebody that are one happening."""
STRIKING = frozenset({"attack", "dead"})
"""Classes of what is answered."""
CALLED = 60
"""Within how many minutes after a happening somebody answers it: later, the times are not of one hour."""
CROWD = 2
"""With more clock times than so many of one sort of happening, a report tells of several."""
LONG = 30
"""Dates so many days apart are likely of two happenings."""

_STATED = re.compile(
    r"\b(\d{1,2})(?:[:.](\d\d))?\s*([ap])\.?\s?m\b|\b(\d{1,2}):(\d\d)\b|\b(noon)\b|\b(midnight)\b", re.I
)


NEAR = 10
"""How far apart two clock times may be, one of them in round figures, that are one; in minutes."""
ANSWERED = 6 * 60
"""How long after a happening somebody may answer it, in minutes."""

_LATE = re.compile(r"\b(?:afternoon|evening|tonight|night)\b", re.I)
_FROM_TOLD = re.compile(r"\b(?:later|earlier|before|after|following|previous|same|that)\b", re.I)
YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


@dataclass(frozen=True, eq=False)
class When:
    """A time where it stands; ``clock`` is the minute of the day that it names ("just after 2 a.m.": 120), if any."""

    unit: Unit
    span: TimeSpan
    clock: int | None

    @cached_property
    def words(self) -> str:
        """The time as stated, in lower case."""
        return " ".join(self.unit.place(self.span).text.casefold().split())

    @cached_property
    def weekday(self) -> str:
        """The weekday that it names, "" if none."""
        return next((day for day in WEEKDAYS if day in self.words.split()), "")

    @cached_property
    def bounds(self) -> tuple[datetime | None, datetime | None]:
        """Its first moment and the first behind it."""
        return bounds(self.span)

    @cached_property
    def statement(self) -> Statement | None:
        """The statement that it dates: that of its event, else, beside a noun, the nearest that tells of a happening."""
        told = [s for s in self.unit.statements if s.predicate[:1].isalpha()]
        named = [s for s in told if s.predicate == self.span.event]
        if not named and any(w.lemma == self.span.event and w.pos not in ("NOUN", "PROPN") for w in self.unit.words):
            return None
        return min(
            named or [s for s in told if happening_of(s)] or told,
            key=lambda s: min(abs(s.predicate_span[0] - self.span.end), abs(self.span.start - s.predicate_span[1])),
            default=None,
        )

    @cached_property
    def happening(self) -> str:
        """The class of what it dates, "" where that is not clear."""
        return happening_of(self.statement) if self.statement else ""

    @cached_property
    def beside(self) -> frozenset[str]:
        """The classes of all that its sentence says happened, or that it names as answered."""
        told = frozenset(map(happening_of, self.unit.statements))
        if self.answers:
            told |= {class_of(w.lemma, "NOUN") for w in self.unit.words if w.pos == "NOUN"}
        return told - {""}

    @cached_property
    def parties(self) -> frozenset[str]:
        """The keys of those who take part in what it dates."""
        said = self.statement
        roles: tuple[Role | None, ...] = (said.agent, said.patient) if said else ()
        return frozenset(r.key for r in roles if r and r.key)

    @cached_property
    def answers(self) -> bool:
        """Whether it dates what follows a happening: a call, an arrest."""
        said = self.statement
        if said is None:
            return False
        return said.predicate in RESPONSE or (
            said.predicate in TAKING_PLACE
            and (said.predicate == "report" or any(r and r.head in NEWS for r in (said.agent, said.patient)))
        )


def find(pair: Pair) -> Iterator[Candidate]:
    """Candidates of kind time."""
    whens_a, whens_b = whens(pair.a), whens(pair.b)
    beside_a, beside_b = (Counter(w.unit.row for w in whens) for whens in (whens_a, whens_b))
    for what, of_day in (("clock times", True), ("dates", False)):
        left, right = (Times([w for w in whens if (w.clock is not None) == of_day]) for whens in (whens_a, whens_b))
        for x, y in pair.met(left.whens, right.whens, MOST, what):
            likeness = pair.likeness(x.unit, y.unit)
            alike = _alike(x, y)
            if not alike or (likeness < LEAST and alike < 1) or x.words == y.words:
                continue
            if apart := minutes_apart(x.clock, y.clock) if of_day else days_apart(x, y):
                lone = beside_a[x.unit.row] == beside_b[y.unit.row] == 1
                settled = right.give(x) or left.give(y)
                several = of_day and (x.happening in left.crowded or y.happening in right.crowded)
                yield _candidate(pair, x, y, likeness, alike, apart, lone=lone, settled=settled, several=several)


class Times:
    """The clock times of one report, or its dates."""

    def __init__(self, whens: list[When]) -> None:
        self.whens = whens
        self._given: dict[When, bool] = {}
        clocks: dict[str, set[int | None]] = defaultdict(set)
        for when in whens:
            clocks[when.happening].add(when.clock)
        self.crowded = frozenset(what for what, told in clocks.items() if len(told) > CROWD)

    def give(self, when: When) -> bool:
        """Whether this report gives a time of the other too, of what may be the same happening."""
        if when not in self._given:
            self._given[when] = any(_alike(when, o) and _one_time(when, o) for o in self.whens)
        return self._given[when]


def _one_time(x: When, y: When) -> bool:
    """Whether two clock times, or two dates, are one."""
    if x.clock is not None:
        return x.clock == y.clock
    return not days_apart(x, y) and x.span.precision == y.span.precision


def _alike(x: When, y: When) -> float:
    """How surely two times date one happening, by its class: 1 both do, 0.5 one may, 0 where the happenings differ."""
    if x.answers and y.answers and x.statement and y.statement and x.statement.predicate != y.statement.predicate:
        return 0.0  # the call and the arrest each have a time of their own
    if x.happening and y.happening:
        if x.happening == y.happening:
            return 0.5 if x.happening == SPOKEN else 1.0
        return 0.5 if x.happening in y.beside or y.happening in x.beside else 0.0
    return 0.5


def happening_of(said: Statement) -> str:
    """The class of what a statement says happened, "" for what is no happening of its own."""
    if said.predicate in SPEAKING:
        return SPOKEN
    if said.predicate not in TAKING_PLACE:
        return class_of(said.predicate, "VERB")
    return next((named for r in (said.agent, said.patient) if r and (named := class_of(r.head, "NOUN"))), "")


def class_of(lemma: str, pos: str) -> str:
    """The class of happening that a word names: what befell somebody, a listed event; a verb may stand for itself."""
    fate = fate_of(lemma)
    if fate != "held" and (
        fate != lemma or lemma in ONE_CLASS
    ):  # an arrest, a charge and a verdict have times of their own
        return ONE_CLASS.get(fate, fate)
    return event_of(lemma, pos) or (concept(lemma, pos) if pos == "VERB" else "")


def whens(report: Report, undated: bool = False) -> list[When]:
    """The times of a report that may be held against others, those whose day is not known too if ``undated``."""
    found = []
    for unit in report.units:
        for span in unit.times:
            if _stamp(unit, span):
                continue
            if span.precision in ("hour", "minute"):
                if (minute := _stated(span.of(report.article.part(unit.part)))) is not None:
                    found.append(When(unit, span, minute))
            elif _FROM_TOLD.search(span.of(report.article.part(unit.part))):
                continue  # counted from a day that the report told before
            elif span.precision != "duration" and ((span.earliest and span.latest) or undated):
                found.append(When(unit, span, None))
    return found


def _stamp(unit: Unit, span: TimeSpan) -> bool:
    """Whether a time is that of the edition: "Updated 5:15 p.m.", or a date set before the first words."""
    text = unit.report.article.part(unit.part)
    before, behind = text[unit.sentence.start : span.start], text[span.end : span.end + 20]
    if STAMPED.search(before[-60:]) or re.match(r"\W*updated?\b", behind, re.I):
        return True
    dated = span.precision != "year" and YEAR.search(span.of(text))
    return not before.strip(" -–—|•") and bool(dated) and not re.match(r"\s*,", behind)


def _stated(words: str) -> int | None:
    """The minute of the day that a clock time names, whatever hedges it."""
    if not (match := _STATED.search(words)):
        return None
    hour, minute, half, hour24, minute24, noon, _ = match.groups()
    if hour:
        return (int(hour) % 12 + (12 if half in "pP" else 0)) * 60 + int(minute or 0)
    if hour24:
        late = int(hour24) < 12 and _LATE.search(words)
        return (int(hour24) * 60 + int(minute24) + (DAY // 2 if late else 0)) % DAY
    return DAY // 2 if noon else 0


def minutes_apart(x: int | None, y: int | None) -> int:
    """How far two minutes of the day lie apart around the clock."""
    apart = abs((x or 0) - (y or 0))
    return min(apart, DAY - apart)


def days_apart(x: When, y: When) -> float:
    """How many days lie between two times, counted from 1; 0 where they may be one.

    Metadata may give the day of a later edition: far apart, weekdays are compared as weekdays, and dates told without
    a year as dates of any year.
    """
    if x.span.relative and y.span.relative and x.weekday and x.weekday == y.weekday:
        return 0.0  # "Saturday" in a report of a Saturday may be that day or the week before
    (first_x, behind_x), (first_y, behind_y) = x.bounds, y.bounds
    if not (first_x and behind_x and first_y and behind_y) or (first_x < behind_y and first_y < behind_x):
        return 0.0
    gap = (first_y - behind_x) if first_y >= behind_x else (first_x - behind_y)
    if gap >= LATER and x.span.relative and y.span.relative:
        if {x.span.precision, y.span.precision} <= {"day", "part of day"}:
            apart = abs(first_x.weekday() - first_y.weekday())
            return float(min(apart, 7 - apart))
    elif gap >= LATER and not (YEAR.search(x.words) and YEAR.search(y.words)):
        for years in range(-3, 4):
            slide = timedelta(days=365.25 * years)
            if first_x + slide < behind_y and first_y < behind_x + slide:
                return 0.0
    return 1.0 + gap.total_seconds() / 86_400


def _candidate(
    pair: Pair,
    x: When,
    y: When,
    likeness: float,
    alike: float,
    apart: float,
    *,
    lone: bool,
    settled: bool,
    several: bool,
) -> Candidate:
    family = "day" if x.clock is None else "clock"
    near = family == "clock" and apart <= NEAR
    response = x.answers != y.answers and (family == "day" or apart <= CALLED)
    early = family == "clock" and x.answers != y.answers and _early(x, y)
    party = bool(pair.shared(x.parties, y.parties))
    features = {
        "likeness": likeness,
        "event": float(alike == 1),
        "party": float(party),
        "otherparty": float(bool(x.parties) and bool(y.parties) and not party),
        "response": float(response and not early),
        "early": float(early),
        "settled": float(settled),
        "several": float(several),
        "near": float(near and not (_exact(x) and _exact(y))),
        "log": math.log1p(apart) / 5,
        "editions": float(family == "day" and _far(x, y)),
        "grain": float(family == "day" and _grain(x) != _grain(y)),
        "coarse": float(family == "day" and not {x.span.precision, y.span.precision} <= {"day", "part of day"}),
        "lone": float(lone),
        "names": float(bool(pair.shared(x.unit.keys, y.unit.keys))),
        "shared": len(x.unit.concepts & y.unit.concepts) / max(1, min(len(x.unit.concepts), len(y.unit.concepts))),
        "size": math.log(pair.size),
    }
    place_x, place_y = x.unit.place(x.span), y.unit.place(y.span)
    said = x.statement
    what = clip(x.unit.place(said.predicate_span).text) if said else ""
    return Candidate(
        kind="time",
        family=family,
        a=place_x,
        b=place_y,
        reason=f"{clip(place_x.text)} against {clip(place_y.text)}{f', {what}' if what else ''}{_told(family, apart)}",
        features=features,
        topic=(family, f"{x.span.earliest} {x.span.latest}", f"{y.span.earliest} {y.span.latest}"),
        severity=1 if family == "clock" and apart <= 30 else 2,
        benign=""
        if early
        else "two stages of one happening"
        if response
        else "rounded"
        if near
        else "an earlier happening"
        if family == "day" and apart > LONG
        else "",
    )


def _early(x: When, y: When) -> bool:
    """Whether what answers a happening is timed before it, by more than rounding: a call before the shots."""
    answer, happening = (x, y) if x.answers else (y, x)
    if happening.happening not in STRIKING:
        return False
    ahead = ((happening.clock or 0) - (answer.clock or 0)) % DAY
    return NEAR < ahead < ANSWERED


def _far(x: When, y: When) -> bool:
    """Whether two days told by their weekday lie weeks apart, so that the reports may follow up two things."""
    (first_x, _), (first_y, _) = x.bounds, y.bounds
    return bool(first_x and first_y and x.span.relative and y.span.relative and abs(first_x - first_y) >= LATER)


def _grain(when: When) -> str:
    """How finely a date is told, parts of a day as days."""
    return "day" if when.span.precision == "part of day" else when.span.precision


def _exact(when: When) -> bool:
    """Whether a clock time is told to the minute."""
    return bool((when.clock or 0) % 5)


def _told(family: str, apart: float) -> str:
    if family == "day":
        return f" ({apart:.0f} {'day' if apart < 1.5 else 'days'} apart)" if apart < 60 else ""
    return f" ({apart:.0f} minutes apart)" if apart < 100 else f" ({apart / 60:.1f} hours apart)"
