"""What a time expression means: values that resolve to a stretch of time in a context.

Each value is what the words say, before anything is known about when they were written. ``resolve`` gives the stretch
in a ``Context``, ``None`` where the context does not settle it; it may raise OverflowError or ValueError beyond the
calendar (years 1 to 9999) or for a day that does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from reader.calendar import DAY, HOLIDAYS, MINUTE, Grain, Stretch, Unit, day, nth_weekday, period, shift, year_of

Tense = Literal["past", "future", ""]
Which = Literal["", "last", "this", "next"]

PARTS: dict[str, tuple[int, int]] = {
    "dawn": (4, 8),
    "daybreak": (4, 8),
    "sunrise": (4, 8),
    "morning": (0, 12),
    "noon": (12, 13),
    "midday": (11, 14),
    "lunchtime": (11, 15),
    "afternoon": (12, 18),
    "dusk": (16, 22),
    "sunset": (16, 22),
    "evening": (16, 24),
    "night": (18, 30),
    "overnight": (18, 30),
    "early morning": (0, 9),
    "late morning": (9, 12),
    "mid morning": (8, 12),
    "early afternoon": (12, 15),
    "late afternoon": (15, 18),
    "mid afternoon": (13, 17),
    "early evening": (16, 20),
    "late evening": (20, 24),
    "early night": (18, 23),
    "late night": (21, 30),
    "early": (0, 9),
    "mid": (10, 15),
    "late": (16, 24),
}
"""Hours of a day, over 24 for the small hours of the next. A news morning begins at midnight ("2 a.m. Sunday")."""

SEASONS: dict[str, int] = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of each season, of the northern half of the world, as meteorologists count."""

_EDGES: dict[str, tuple[float, float]] = {"early": (0, 1 / 3), "mid": (1 / 3, 2 / 3), "late": (2 / 3, 1)}


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is read against: the day of publication, the tense of what it dates, what was dated before.

    ``told`` are the times told of before, the newest last, which "the following day" goes on from; ``day`` is the day
    that a clock time without one belongs to.
    """

    now: datetime | None = None
    tense: Tense = ""
    told: tuple[Stretch, ...] = ()
    day: Stretch | None = None


class When:
    """A time as stated."""

    __slots__ = ()
    relative: bool = True
    zone: str = ""

    def resolve(self, context: Context) -> Stretch | None:
        """The stretch meant in ``context``."""
        raise NotImplementedError


def _pick(candidates: list[Stretch], context: Context, slack: timedelta = timedelta(0)) -> Stretch | None:
    """Of candidates in order: the last that has begun or, where the future is told of, the next to end."""
    now = context.now
    if now is None:
        return None
    past = [c for c in candidates if c.start and c.start <= now + slack]
    future = [c for c in candidates if c.end and c.end > now]
    if context.tense == "future":
        return future[0] if future else None
    return past[-1] if past else None


def _nearest(candidates: list[Stretch], now: datetime) -> Stretch | None:
    """The candidate that begins nearest to the day of publication."""
    return min((c for c in candidates if c.start), key=lambda c: abs((c.start or now) - now), default=None)


@dataclass(frozen=True, slots=True)
class CalendarDate(When):
    """A date by its parts, None for those not stated; ``weekday`` 0 is Monday."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    which: Which = ""

    @property
    def relative(self) -> bool:  # type: ignore[override]
        return self.year is None

    def resolve(self, context: Context) -> Stretch | None:
        if self.year is not None:
            return self._in_year(self.year)
        now = context.now
        if now is None:
            return None
        if self.month is not None:
            years = (year for year in range(now.year - 8, now.year + 9) if 1 <= year <= 9999)
            candidates = [c for year in years if (c := self._possible(year))]
            if self.weekday is not None and self.day is not None:
                named = [c for c in candidates if c.start and c.start.weekday() == self.weekday]
                return _nearest(named or candidates, now)
            match self.which:
                case "this":
                    return next((c for c in candidates if c.start and c.start.year == now.year), None)
                case "last":
                    return next((c for c in reversed(candidates) if c.end and c.end <= now), None)
                case "next":
                    return next((c for c in candidates if c.start and c.start > now), None)
            # a day's grace: a date line and the place told of may lie in different time zones
            return _pick(candidates, context, DAY if self.day else timedelta(0))
        if self.day is not None:
            months = [shift(now.replace(day=1), back, "month") for back in range(-12, 13)]
            candidates = [c for m in months if (c := replace(self, year=m.year, month=m.month)._possible(m.year))]
            if self.weekday is not None:
                return _nearest([c for c in candidates if c.start and c.start.weekday() == self.weekday], now)
            return _pick(candidates, context)
        return self._weekday(now, context)

    def _weekday(self, now: datetime, context: Context) -> Stretch | None:
        if self.weekday is None:
            return None
        ahead = (self.weekday - now.weekday()) % 7
        match self.which:
            case "last":
                return day(now + (ahead - 7) * DAY)
            case "next":
                return day(now + (7 - now.weekday() + self.weekday) * DAY)
            case "this":
                return day(now + (self.weekday - now.weekday()) * DAY)
        return day(now + (ahead if context.tense == "future" or not ahead else ahead - 7) * DAY)

    def _possible(self, year: int) -> Stretch | None:
        try:
            return self._in_year(year)
        except ValueError:
            return None

    def _in_year(self, year: int) -> Stretch:
        if self.month is None:
            return year_of(year)
        if self.day is None:
            return period(datetime(year, self.month, 1), "month")
        return day(datetime(year, self.month, self.day))


@dataclass(frozen=True, slots=True)
class Deictic(When):
    """A day counted from the day of publication: yesterday is -1."""

    days: int

    def resolve(self, context: Context) -> Stretch | None:
        return day(context.now + self.days * DAY) if context.now else None


@dataclass(frozen=True, slots=True)
class Now(When):
    """ "Now", "at present"."""

    def resolve(self, context: Context) -> Stretch | None:
        return day(context.now, "vague") if context.now else None


@dataclass(frozen=True, slots=True)
class Period(When):
    """A calendar unit counted from the current one: "last week" is -1."""

    unit: Unit
    count: int

    def resolve(self, context: Context) -> Stretch | None:
        if context.now is None:
            return None
        if self.unit in ("hour", "minute"):
            return day(context.now)
        base = context.now
        if self.unit == "weekend" and self.count == 0:
            # on a working day "the weekend" told of in the past tense is the one before
            back = context.tense != "future" and base.weekday() < 5
            return period(base - 7 * DAY if back else base, "weekend")
        if self.unit == "fortnight":
            week = period(base, "week")
            return replace(week.shifted(2 * self.count, "week"), grain="vague")
        return period(shift(base, self.count, self.unit), self.unit)


@dataclass(frozen=True, slots=True)
class Rolling(When):
    """So many units up to, or from, the day of publication: "the past three months"."""

    count: int
    unit: Unit
    forward: bool = False
    inclusive: bool = False

    def resolve(self, context: Context) -> Stretch | None:
        now = context.now
        if now is None:
            return None
        if self.inclusive:
            return Stretch(now, shift(now, self.count, self.unit) + DAY, "vague")
        if self.unit in ("quarter", "decade", "century"):
            current = period(now, self.unit)
            edge = current.shifted(1 if self.forward else -self.count, self.unit)
            last = edge.shifted(self.count - 1, self.unit)
            return Stretch(edge.start, last.end, "vague")
        if self.unit == "weekend":
            return None
        if self.forward:
            if self.unit in ("hour", "minute"):
                return Stretch(now, shift(now, self.count, self.unit) + DAY, "vague")
            return Stretch(now + DAY, shift(now + DAY, self.count, self.unit), "vague")
        return Stretch(shift(now, -self.count, self.unit), now + DAY, "vague")


_GRAINS: dict[Unit, Grain] = {
    "minute": "minute",
    "hour": "hour",
    "day": "day",
    "week": "week",
    "fortnight": "week",
    "weekend": "week",
    "month": "month",
    "quarter": "vague",
    "year": "year",
    "decade": "vague",
    "century": "vague",
}


@dataclass(frozen=True, slots=True)
class Distance(When):
    """``low`` to ``high`` units before or after a point: "two weeks ago", "a few days after Easter".

    The point is ``base``, else the day of publication, or with ``told`` the time last told of ("two days later").
    With ``ahead`` ("in two weeks") it is meant only where the future is told of; told of the past it is a duration.
    """

    low: int
    high: int
    unit: Unit
    forward: bool
    base: When | None = None
    told: bool = False
    ahead: bool = False

    @property
    def relative(self) -> bool:  # type: ignore[override]
        return self.base is None or self.base.relative

    def resolve(self, context: Context) -> Stretch | None:
        point = self._point(context)
        if point is None or point.start is None or point.end is None:
            return None
        sign = 1 if self.forward else -1
        fine = self.unit in ("hour", "minute")
        if fine and point.grain not in ("hour", "minute"):  # to the day only
            near, far = point.shifted(sign * self.low, self.unit), point.shifted(sign * self.high, self.unit)
            start = min(near.start or point.start, far.start or point.start)
            end = max(near.end or point.end, far.end or point.end)
            return Stretch(day(start).start, day(end - MINUTE).end, "day" if self.low == self.high else "vague")
        point = point if fine else day(point.start)
        near, far = point.shifted(sign * self.low, self.unit), point.shifted(sign * self.high, self.unit)
        first, last = (near, far) if self.forward else (far, near)
        return Stretch(first.start, last.end, _GRAINS[self.unit] if self.low == self.high else "vague")

    def _point(self, context: Context) -> Stretch | None:
        if self.base is not None:
            return self.base.resolve(context)
        if not self.told:
            return day(context.now) if context.now else None
        return told(context, self.forward, self.unit)


_LENGTHS: dict[Unit, int] = {"minute": 1, "hour": 1, "day": 1, "week": 8, "month": 31, "year": 366}


def told(context: Context, forward: bool, unit: Unit) -> Stretch | None:
    """The last time told of that is no longer than ``unit``.

    Where the text told of none it is the day of publication, unless what is past would then lie after it.
    """
    longest = _LENGTHS.get(unit, 366) * DAY
    for stretch in reversed(context.told):
        if stretch.start and stretch.end and stretch.end - stretch.start <= longest:
            return stretch
    if context.now and (not forward or context.tense != "past"):
        return day(context.now)
    return None


@dataclass(frozen=True, slots=True)
class Told(When):
    """A unit counted from the time last told of: "the following day" is 1, "that week" 0."""

    unit: Unit
    count: int

    def resolve(self, context: Context) -> Stretch | None:
        point = told(context, self.count >= 0, self.unit)
        if point is None or point.start is None:
            return None
        return period(shift(point.start, self.count, self.unit), self.unit)


@dataclass(frozen=True, slots=True)
class FromTold(When):
    """The next or last such weekday, seen from the time last told of: "the following Tuesday"."""

    weekday: int
    step: int

    def resolve(self, context: Context) -> Stretch | None:
        point = told(context, self.step > 0, "day")
        if point is None or point.start is None:
            return None
        ahead = (self.weekday - point.start.weekday()) % 7
        return day(point.start + ((ahead or 7) if self.step > 0 else ahead - 7) * DAY)


@dataclass(frozen=True, slots=True)
class Coming(When):
    """The first such weekday after the day of publication: "this coming Thursday"."""

    weekday: int

    def resolve(self, context: Context) -> Stretch | None:
        if context.now is None:
            return None
        return day(context.now + ((self.weekday - context.now.weekday()) % 7 or 7) * DAY)


@dataclass(frozen=True, slots=True)
class Ages(When):
    """A decade or century by number: ``first`` year and how many years."""

    first: int
    years: int
    relative = False

    def resolve(self, context: Context) -> Stretch | None:  # noqa: ARG002
        return Stretch(datetime(self.first, 1, 1), datetime(self.first + self.years, 1, 1), "vague")


@dataclass(frozen=True, slots=True)
class PartOfYear(When):
    """A season, quarter or half: ``months`` from ``month`` on, in a year, or by its relation to now."""

    month: int
    months: int
    year: int | None = None
    which: Which = ""

    @property
    def relative(self) -> bool:  # type: ignore[override]
        return self.year is None

    def resolve(self, context: Context) -> Stretch | None:
        if self.year is not None:
            return self._in_year(self.year)
        if context.now is None:
            return None
        year = context.now.year
        candidates = [self._in_year(y) for y in range(max(1, year - 2), min(9990, year + 2) + 1)]
        match self.which:
            case "this":
                return self._in_year(year)
            case "last":
                return next((c for c in reversed(candidates) if c.end and c.end <= context.now), None)
            case "next":
                return next((c for c in candidates if c.start and c.start > context.now), None)
        return _pick(candidates, context)

    def _in_year(self, year: int) -> Stretch:
        start = datetime(year, self.month, 1)
        return Stretch(start, shift(start, self.months, "month"), "vague")


@dataclass(frozen=True, slots=True)
class Holiday(When):
    """A holiday by its name in ``reader.calendar.HOLIDAYS``."""

    name: str
    year: int | None = None
    which: Which = ""

    @property
    def relative(self) -> bool:  # type: ignore[override]
        return self.year is None

    def resolve(self, context: Context) -> Stretch | None:
        rule = HOLIDAYS[self.name]
        if self.year is not None:
            return day(rule(self.year))
        if context.now is None:
            return None
        year = context.now.year
        candidates = [day(rule(y)) for y in range(max(2, year - 2), min(9990, year + 2) + 1)]
        if self.which == "last":
            return next((c for c in reversed(candidates) if c.end and c.end <= context.now), None)
        if self.which == "next":
            return next((c for c in candidates if c.start and c.start > context.now), None)
        if self.which == "this":
            return day(rule(year))
        return _pick(candidates, context)


@dataclass(frozen=True, slots=True)
class Nth(When):
    """The ``nth`` unit or weekday of a longer time, from its end where negative: "the first Monday of next month"."""

    nth: int
    unit: Unit | None
    weekday: int | None
    of: When

    @property
    def relative(self) -> bool:  # type: ignore[override]
        return self.of.relative

    def resolve(self, context: Context) -> Stretch | None:
        whole = self.of.resolve(context)
        if whole is None or whole.start is None or whole.end is None:
            return None
        if self.weekday is not None:
            if whole.end - whole.start <= 8 * DAY:
                return day(whole.start + (self.weekday - whole.start.weekday()) % 7 * DAY)
            if self.nth > 0:
                return day(nth_weekday(whole.start.year, whole.start.month, self.weekday, self.nth))
            return day(whole.end - (1 + (whole.end - DAY).weekday() - self.weekday) % 7 * DAY - DAY)
        assert self.unit is not None
        if self.unit == "week":
            # the week of a month or year is the one that holds its first Thursday, as in ISO 8601
            first = period(whole.start + 3 * DAY, "week") if whole.start.weekday() > 3 else period(whole.start, "week")
            if self.nth < 0:
                first = period(whole.end - 4 * DAY, "week")
                return first.shifted(self.nth + 1, "week")
            return first.shifted(self.nth - 1, "week")
        start = whole.start if self.nth > 0 else whole.end
        begin = shift(start, self.nth - 1 if self.nth > 0 else self.nth, self.unit)
        return period(begin, self.unit)


@dataclass(frozen=True, slots=True)
class Several(When):
    """The first or last so many units of a longer time: "the last four months of 2021"."""

    count: int
    unit: Unit
    last: bool
    of: When

    @property
    def relative(self) -> bool:  # type: ignore[override]
        return self.of.relative

    def resolve(self, context: Context) -> Stretch | None:
        whole = self.of.resolve(context)
        if whole is None or whole.start is None or whole.end is None:
            return None
        if self.last:
            return Stretch(shift(whole.end, -self.count, self.unit), whole.end, "vague")
        return Stretch(whole.start, shift(whole.start, self.count, self.unit), "vague")


@dataclass(frozen=True, slots=True)
class WeekNumber(When):
    """A week by its number in ISO 8601."""

    week: int
    year: int | None = None

    @property
    def relative(self) -> bool:  # type: ignore[override]
        return self.year is None

    def resolve(self, context: Context) -> Stretch | None:
        year = self.year or (context.now.year if context.now else None)
        if year is None:
            return None
        return period(datetime.fromisocalendar(year, self.week, 1), "week")


@dataclass(frozen=True, slots=True)
class WeekOf(When):
    """The week or weekend that holds, or stands by, a day: "the week of Oct. 12", "Labor Day weekend"."""

    of: When
    weekend: bool = False

    @property
    def relative(self) -> bool:  # type: ignore[override]
        return self.of.relative

    def resolve(self, context: Context) -> Stretch | None:
        whole = self.of.resolve(context)
        if whole is None or whole.start is None:
            return None
        if not self.weekend:
            return period(whole.start, "week")
        weekday = whole.start.weekday()
        saturday = whole.start + ((5 - weekday) if weekday > 1 else -2 - weekday) * DAY
        start, end = min(saturday, whole.start), max(saturday + 2 * DAY, whole.start + DAY)
        return Stretch(start, end, "week")


@dataclass(frozen=True, slots=True)
class Edge(When):
    """The "early", "mid" or "late" third of a time: of a month its days 1-10, 11-20 and the rest."""

    which: str
    of: When

    @property
    def relative(self) -> bool:  # type: ignore[override]
        return self.of.relative

    def resolve(self, context: Context) -> Stretch | None:
        whole = self.of.resolve(context)
        if whole is None or whole.start is None or whole.end is None:
            return None
        length = whole.end - whole.start
        if length <= DAY:
            return PartOfDay(self.which, self.of).resolve(context)
        if whole.grain == "month":
            marks = [whole.start, whole.start + 10 * DAY, whole.start + 20 * DAY, whole.end]
        elif whole.grain in ("year", "vague") and whole.start.day == 1:
            months = (whole.end.year - whole.start.year) * 12 + whole.end.month - whole.start.month
            marks = [shift(whole.start, months * third // 3, "month") for third in range(4)]
        else:
            marks = [day(whole.start + length * third / 3).start or whole.start for third in range(3)] + [whole.end]
        third = {"early": 0, "mid": 1, "late": 2}[self.which]
        return Stretch(marks[third], marks[third + 1], "vague")


@dataclass(frozen=True, slots=True)
class SoFar(When):
    """ "Earlier this week": from its first day to the day of publication; "later this week": from that day on."""

    later: bool
    of: When

    def resolve(self, context: Context) -> Stretch | None:
        whole = self.of.resolve(context)
        now = context.now
        if whole is None or whole.start is None or whole.end is None or now is None:
            return None
        if not whole.start <= now < whole.end:
            return whole
        if self.later:
            return Stretch(now, whole.end, "vague")
        return Stretch(whole.start, now + DAY, "vague") if whole.grain != "day" else whole


@dataclass(frozen=True, slots=True)
class PartOfDay(When):
    """Hours of a day by name: "Tuesday night", "early Sunday"."""

    part: str
    of: When

    @property
    def relative(self) -> bool:  # type: ignore[override]
        return self.of.relative

    def resolve(self, context: Context) -> Stretch | None:
        whole = self.of.resolve(context)
        if whole is None or whole.start is None:
            return None
        begin, end = PARTS[self.part]
        midnight = day(whole.start).start or whole.start
        return Stretch(midnight + timedelta(hours=begin), midnight + timedelta(hours=end), "part of day")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. ``half`` is "a", "p" or, for hours as on a 24-hour clock, "".

    ``before`` and ``after`` are minutes either way, where it is loosely stated.
    """

    hour: int
    minute: int | None = None
    half: str = ""
    zone: str = ""
    before: int = 0
    after: int = 0

    def of_day(self) -> int | None:
        """Minutes since midnight, ``None`` if there is no such time."""
        hour, minute = self.hour, self.minute or 0
        if self.half:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if self.half == "p" else 0)
        return hour * 60 + minute if hour <= 24 and minute < 60 and hour * 60 + minute <= 1440 else None

    def on(self, midnight: datetime) -> Stretch | None:
        """This time of one day."""
        minutes = self.of_day()
        if minutes is None:
            return None
        point = midnight + timedelta(minutes=minutes)
        grain: Grain = "hour" if self.minute is None else "minute"
        start, end = point - self.before * MINUTE, point + (self.after + 1) * MINUTE
        return Stretch(start, end, grain)


@dataclass(frozen=True, slots=True)
class Unsaid(When):
    """The day of a clock time that stands without one: the day told of around it."""

    def resolve(self, context: Context) -> Stretch | None:
        return context.day


@dataclass(frozen=True, slots=True)
class At(When):
    """Clock times on a day: "2:15 p.m. Tuesday", "between 3 and 5 p.m. on Oct. 12"."""

    of: When
    first: Clock
    last: Clock | None = None

    @property
    def relative(self) -> bool:  # type: ignore[override]
        return self.of.relative

    @property
    def zone(self) -> str:  # type: ignore[override]
        return self.first.zone or (self.last.zone if self.last else "")

    def resolve(self, context: Context) -> Stretch | None:
        whole = self.of.resolve(context)
        if whole is None or whole.start is None:
            return None
        midnight = day(whole.start).start or whole.start
        clocks = [self._fitting(clock, whole) for clock in (self.first, self.last) if clock]
        stretches = [clock.on(midnight) for clock in clocks]
        first, last = stretches[0], stretches[-1]
        if first is None or last is None or first.start is None or last.end is None:
            return None
        if whole.grain == "part of day" and whole.end and first.start < whole.start and first.start + DAY < whole.end:
            first, last = first.shifted(1, "day"), last.shifted(1, "day")  # 2 a.m. of a Saturday night is Sunday's
        if len(stretches) == 1:
            return first
        start, end = first.start, last.end
        if start is None or end is None:
            return None
        return Stretch(
            start, end if end > start else end + DAY, "minute" if "minute" in (first.grain, last.grain) else "hour"
        )

    def _fitting(self, clock: Clock, whole: Stretch) -> Clock:
        """A clock time without am or pm, in the half of the day that the words around it say."""
        if clock.half or not 1 <= clock.hour <= 12 or whole.grain != "part of day" or not whole.start or not whole.end:
            return clock
        midnight = day(whole.start).start or whole.start
        for half in "pa":
            stretch = replace(clock, half=half).on(midnight)
            if stretch and stretch.start and whole.start <= stretch.start < whole.end:
                return replace(clock, half=half)
        return clock


@dataclass(frozen=True, slots=True)
class Range(When):
    """From one time to another, both included."""

    first: When
    last: When

    @property
    def relative(self) -> bool:  # type: ignore[override]
        return self._filled()[0].relative or self._filled()[1].relative

    @property
    def zone(self) -> str:  # type: ignore[override]
        return self.first.zone or self.last.zone

    def _filled(self) -> tuple[When, When]:
        """Both ends, each lent what only the other states: "3 to 12 September", "May to Oct. 2020"."""
        first, last = self.first, self.last
        if isinstance(first, CalendarDate) and isinstance(last, CalendarDate):
            if first.month is None and first.day is not None and first.weekday is None and last.month is not None:
                first = replace(first, month=last.month, year=first.year or last.year)
            if last.month is None and last.day is not None and last.weekday is None and first.month is not None:
                month, year = first.month, last.year or first.year
                if first.day is not None and last.day < first.day:
                    month, year = month % 12 + 1, year + month // 12 if year else None
                last = replace(last, month=month, year=year)
            if first.year is None and last.year is not None and first.month is not None and last.month is not None:
                later = (first.month, first.day or 1) > (last.month, last.day or 31)
                first = replace(first, year=last.year - later)
            elif last.year is None and first.year is not None and first.month is not None and last.month is not None:
                later = (first.month, first.day or 1) > (last.month, last.day or 31)
                last = replace(last, year=first.year + later)
        return first, last

    def resolve(self, context: Context) -> Stretch | None:
        first, last = self._filled()
        start = first.resolve(context)
        end = last.resolve(context)
        if isinstance(last, CalendarDate) and last.year is None and start and start.start and not last.which:
            if isinstance(first, CalendarDate) and first.weekday is not None and last.weekday is not None:
                if end and end.start and end.start < start.start:
                    start = start.shifted(-1, "week")
            else:
                end = last.resolve(replace(context, now=start.start, tense="future"))
        if start is None or end is None or start.start is None or end.end is None or end.end <= start.start:
            return None
        grain: Grain = start.grain if start.grain == end.grain else "vague"
        if "part of day" in (start.grain, end.grain) or ("minute" in (start.grain, end.grain)):
            grain = "part of day" if "part of day" in (start.grain, end.grain) else "minute"
        return Stretch(start.start, end.end, grain)


@dataclass(frozen=True, slots=True)
class Bound(When):
    """Before, after, since or until a time. "since" reaches to the day of publication."""

    kind: Literal["before", "after", "since", "until", "from"]
    of: When

    @property
    def relative(self) -> bool:  # type: ignore[override]
        return self.of.relative

    @property
    def zone(self) -> str:  # type: ignore[override]
        return self.of.zone

    def resolve(self, context: Context) -> Stretch | None:
        whole = self.of.resolve(context)
        if whole is None:
            return None
        match self.kind:
            case "before":
                return Stretch(None, whole.start, whole.grain)
            case "after":
                point = whole.grain in ("hour", "minute")
                return Stretch(whole.start if point else whole.end, None, whole.grain)
            case "until":
                return Stretch(None, whole.end, whole.grain)
            case "from":
                return Stretch(whole.start, None, whole.grain)
        end = context.now + DAY if context.now and whole.start and whole.start <= context.now else None
        return Stretch(whole.start, end, whole.grain)


@dataclass(frozen=True, slots=True)
class About(When):
    """A time loosely stated: "around Oct. 12"."""

    of: When

    @property
    def relative(self) -> bool:  # type: ignore[override]
        return self.of.relative

    @property
    def zone(self) -> str:  # type: ignore[override]
        return self.of.zone

    def resolve(self, context: Context) -> Stretch | None:
        whole = self.of.resolve(context)
        return replace(whole, grain="vague") if whole and whole.grain in ("day", "week", "month", "year") else whole


@dataclass(frozen=True, slots=True)
class Duration(When):
    """How long, with nothing that says when: "the four-month battle"."""

    count: int
    unit: Unit

    def resolve(self, context: Context) -> Stretch | None:  # noqa: ARG002
        return Stretch(None, None, "duration")


@dataclass(frozen=True, slots=True)
class Never(When):
    """A time that is named but has no dates of its own: "the fiscal year 2008", "years ago"."""

    def resolve(self, context: Context) -> Stretch | None:  # noqa: ARG002
        return None


def date_of(value: date) -> CalendarDate:
    """A full date."""
    return CalendarDate(value.year, value.month, value.day)
