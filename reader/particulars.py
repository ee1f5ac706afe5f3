"""What tells one event from another like it at the same place: ages of people, days told of, full names, figures.

Two shootings in one city share their words. The people have other ages, though, and other names, and it was another
day. Each of these alone may differ between two reports of one event (one has the victim's age, the other the
suspect's), so that three must speak together before anything is said.

How often that is right and wrong stands in docs/library.md.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from functools import cached_property

from reader.nouns import Article

LEAD_WORDS = 120
"""Words of the body in which it is told when it happened."""

ENOUGH = 3
"""Of the four, so many speak for another event together."""

APART = 2
"""Days between the nearest two days that are told of; late at night one report has the day before."""

FEW_NAMES = 0.1
"""The share of the full names of the report with fewer, up to which they have none in common."""

FAR = 400
"""Days from the date published at which a day is not that of the news."""

WEIGHT = 0.1
"""What an age or a day in common adds to the similarity of two reports, and none in common takes; fitted on these sets."""

_AGE = re.compile(r"\b(\d{1,2})[- ]year[- ]old|, (\d{1,2}),|\(age (\d\d)\)|\bage (\d\d)\b")


class Particulars:
    """Those of one report, read when they are asked for.

    ``names`` are the names in its body in any case, ``figures`` its numbers of two digits and more.
    """

    def __init__(self, article: Article, names: AbstractSet[str], figures: AbstractSet[str]) -> None:
        self._article = article
        self.names = frozenset(name for name in names if " " in name)
        self.figures = figures

    @cached_property
    def ages(self) -> frozenset[int]:
        """How old people are said to be."""
        found = _AGE.finditer(f"{self._article.title}\n{self._article.body}")
        return frozenset(int(next(filter(None, match.groups()))) for match in found)

    @cached_property
    def days(self) -> frozenset[date]:
        """The days that title and lead tell of, as far as the date published says which; none without one."""
        from reader.timegrammar import scan
        from reader.whens import Context

        published = self._article.day
        if published is None:
            return frozenset()
        lead = " ".join(self._article.body.split(maxsplit=LEAD_WORDS)[:LEAD_WORDS])
        now = datetime(published.year, published.month, published.day, 23)
        found = set()
        for stated in scan(f"{self._article.title}\n{lead}"):
            when = stated.when.resolve(Context(now=now, tense="past"))
            if when and when.start and when.end and when.end - when.start <= timedelta(days=1):
                found.add(when.start.date())
        return frozenset(day for day in found if abs((day - published).days) <= FAR)

    def nearness(self, other: Particulars) -> float:
        """What ages and days say for (over 0) or against one event."""
        ages = WEIGHT if self.ages & other.ages else -WEIGHT if self.ages and other.ages else 0.0
        apart = self._apart(other)
        return ages + (0.0 if apart is None else WEIGHT if not apart else -WEIGHT if apart >= APART else 0.0)

    def days_in_common(self, other: Particulars) -> str:
        """The days that both tell of, the latest three ("Oct 14-15"); "" if there are none."""
        stretches: list[list[date]] = []
        for day in sorted(self.days & other.days):
            if stretches and day - stretches[-1][-1] == timedelta(days=1):
                stretches[-1].append(day)
            else:
                stretches.append([day])
        return ", ".join(_stretch(days[0], days[-1]) for days in stretches[-3:])

    def against(self, other: Particulars) -> tuple[str, ...]:
        """What speaks for another event, in words; nothing where too little does."""
        found = []
        if self.ages and other.ages and not self.ages & other.ages:
            found.append(f"ages {_some(self.ages)} against {_some(other.ages)}")
        if len(self.names & other.names) <= FEW_NAMES * max(1, min(len(self.names), len(other.names))):
            found.append("no full name in common")
        if not self.figures & other.figures:
            found.append("no figure in common")
        if len(found) < ENOUGH - 1:  # the days, which take longest to read, cannot turn it
            return ()
        if (self._apart(other) or 0) >= APART:
            found.insert(0, " against ".join(map(_said, self._nearest(other))))
        return tuple(found) if len(found) >= ENOUGH else ()

    def _apart(self, other: Particulars) -> int | None:
        """How many days lie between the nearest two days told of, ``None`` where one report tells of none."""
        if not (self.days and other.days):
            return None
        a, b = self._nearest(other)
        return abs((a - b).days)

    def _nearest(self, other: Particulars) -> tuple[date, date]:
        pairs = ((a, b) for a in self.days for b in other.days)
        return min(pairs, key=lambda pair: (abs((pair[0] - pair[1]).days), pair))


def _said(day: date) -> str:
    return f"{day:%b} {day.day}"


def _stretch(first: date, last: date) -> str:
    if first == last:
        return _said(first)
    return f"{_said(first)}-{last.day if first.month == last.month else _said(last)}"


def _some(ages: AbstractSet[int]) -> str:
    return ", ".join(map(str, sorted(ages)[:3]))
