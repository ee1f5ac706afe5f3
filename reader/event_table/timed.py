"""What is timed: when a happening took place, by all reports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from reader.conflicts.base import clip
from reader.conflicts.happenings import DEAL, Happenings
from reader.conflicts.times import SPOKEN, TAKING_PLACE, YEAR, When, days_apart, minutes_apart, whens
from reader.event_table.drafts import Draft, Told
from reader.event_table.rows import Telling
from reader.event_table.ties import Event, join, spots, sure
from reader.event_table.words import finite, happened, names_who
from reader.lexicon import common_words
from reader.nouns import Statement
from reader.telling import speaker_of

NEAR = 10
"""Clock times so many minutes apart, one of them round, are one."""
_SINCE_YEAR = re.compile(r"since \d{4}$")
MOST = 30_000
"""The most pairs of times that are weighed."""


@dataclass(frozen=True, eq=False)
class Timed:
    """A time of one report with the sorts of happening that it dates, and the names of those who take part.

    ``central`` where that is the deal, with what it is for, that all reports are about, ``direct`` where its verb
    names a listed happening by itself.
    """

    report: int
    when: When
    sorts: frozenset[str]
    parties: frozenset[tuple[int, str]]
    central: bool
    direct: bool

    @cached_property
    def telling(self) -> Telling:
        """It, as a telling; ``read`` is the day it stands for."""
        unit, span = self.when.unit, self.when.span
        place = unit.place(span)
        first, last = span.earliest[:10], span.latest[:10]
        dated = first if first == last else f"{first} to {last}"
        read = dated if span.relative and first[:4].isdigit() and last[:4].isdigit() else ""
        return Telling(
            place=place, text=clip(place.text), read=read, speaker=speaker_of(span, unit.report.facts, unit.part)
        )


def drafts(event: Event) -> Iterator[Draft]:
    """A row for each happening that is dated, and for the hour of each."""
    happenings = Happenings(event.reports)
    found = [
        timed
        for report, seen in enumerate(event.reports)
        for when in whens(seen, undated=True)
        if (timed := _timed(event, happenings, report, when))
    ]
    for of_day in (False, True):
        items = [one for one in found if (one.when.clock is not None) == of_day]
        for group in join(items, _ties(event, items), _apart):
            yield Draft(
                subject="timed",
                thing=_thing(group, of_day),
                told=[Told(one.report, one.telling, one, _coarse(one)) for one in group],
                alike=_alike,
                kinds=frozenset({"time"}),
                exact=True,
                alone=any(all(_telling(one)) for one in group),
            )


def _timed(event: Event, happenings: Happenings, report: int, when: When) -> Timed | None:
    """A time that dates a happening; ``None`` where it dates words, or nothing known."""
    said = when.statement
    if said is None or when.happening == SPOKEN or (said.agent is None and said.patient is None):
        return None
    roles = [role for role in (said.agent, said.patient) if role is not None]
    sorts = {when.happening, happenings.of(said.predicate, "VERB"), *(happenings.named(role) for role in roles)} - {""}
    if not sorts and said.predicate in TAKING_PLACE:
        # "this happened in October as part of a deal"
        sorts = {happenings.within(when.unit, said.predicate_span[1], when.unit.sentence.end)} - {""}
    if not sorts or when.happening in common_words():
        return None
    names = (key for role in roles for head in role.heads for key in (head.key, *head.names))
    central = DEAL in sorts and happenings.central(DEAL) == 1
    direct = bool(happenings.of(said.predicate, "VERB"))
    return Timed(report, when, frozenset(sorts), event.names.all_of(report, names), central, direct)


def _ties(event: Event, items: Sequence[Timed]) -> Iterator[tuple[float, int, int]]:
    at = {(one.report, one.when.unit.part, one.when.span.start): k for k, one in enumerate(items)}
    for i, j, conflict in event.conflicts(("time",), 0.0):
        for a, b in spots(conflict):
            x, y = at.get((i, a.part, a.start)), at.get((j, b.part, b.start))
            if x is not None and y is not None:
                yield conflict.confidence, x, y
    pairs = ((x, y) for x, y in combinations(range(len(items)), 2) if items[x].sorts & items[y].sorts)
    for x, y in event.bounded(pairs, MOST, "times"):
        yield _sameness(event, items[x], items[y]), x, y


def _sameness(event: Event, x: Timed, y: Timed) -> float:
    """How surely two times are of one happening, by hand-set weights: its class, who takes part, the sentences, the time."""
    likeness = event.likeness(x.report, x.when.unit, y.report, y.when.unit) if x.report != y.report else 0.0
    one_class = bool(x.when.happening) and x.when.happening == y.when.happening
    evidence = -2.6 + 1.3 * one_class + 1.0 * bool(x.parties & y.parties) + 1.5 * likeness
    evidence += 2.7 * (x.central and y.central)
    agree = _alike(x, y)
    return sure(evidence + (0.0 if agree is None else 1.0 if agree else -1.5))


def _alike(x: Timed, y: Timed) -> bool | None:
    """Whether two times agree; ``None`` where the day of one is not known."""
    if x.when.clock is not None:
        apart = minutes_apart(x.when.clock, y.when.clock)
        return apart == 0 or (apart <= NEAR and 0 in (x.when.clock % 5, (y.when.clock or 0) % 5))
    if not all(one.when.bounds[0] and one.when.bounds[1] for one in (x, y)):
        return True if x.when.words == y.when.words else None
    if x.when.words.startswith("since ") and y.when.words.startswith("since "):
        begins = [one.when.span.earliest for one in (x, y)]
        grain = 4 if all(_SINCE_YEAR.match(one.when.words) for one in (x, y)) else 10
        return begins[0][:grain] == begins[1][:grain]
    if any(_dated(one) for one in (x, y)):
        (first_x, behind_x), (first_y, behind_y) = x.when.bounds, y.when.bounds
        return bool(first_x and behind_x and first_y and behind_y and first_x < behind_y and first_y < behind_x)
    return not days_apart(x.when, y.when)


def _dated(one: Timed) -> bool:
    """Whether it is told with a year, or is one."""
    return one.when.span.precision == "year" or bool(YEAR.search(one.when.words))


def _apart(x: Timed, y: Timed) -> bool:
    """Whether two times cannot be of one happening: a report gives both, or what they date has other doers."""
    if not x.sorts & y.sorts and x.when.happening != y.when.happening:
        return True
    return x.report == y.report and _alike(x, y) is False


def _coarse(one: Timed) -> bool:
    return one.when.span.precision in ("year", "month", "week", "vague")


def _thing(group: Sequence[Timed], of_day: bool) -> str:
    """What happened, as the fullest statement puts it: "when the ferry capsized", "at what hour the train left"."""
    told = Counter(map(_predicate, group))
    lead = max(group, key=lambda one: (*_telling(one), one.direct, told[_predicate(one)]))
    said = _dated_by(lead)
    return f"{'at what hour' if of_day else 'when'} {happened(lead.when.unit, said) if said else ''}".strip()


def _predicate(one: Timed) -> str:
    said = one.when.statement
    return said.predicate if said is not None else ""


def _dated_by(one: Timed) -> Statement | None:
    """The statement that a time dates; of several with one predicate, what was done before what was only planned."""
    said = one.when.statement
    if said is None:
        return None
    told = (said.predicate, said.nominal)
    same = (s for s in one.when.unit.statements if (s.predicate, s.nominal) == told)
    return min(same, key=lambda s: (s.certainty not in ("asserted", "reported"), s is not said), default=said)


def _telling(one: Timed) -> tuple[bool, bool, bool, bool]:
    """How well its statement names what happened: in running text, by a verb, with a name or a noun for who takes part, in a whole clause."""
    said, unit = _dated_by(one), one.when.unit
    if said is None:
        return unit.part == "body", False, False, False
    return unit.part == "body", not said.nominal, names_who(unit, said), finite(unit, said)
