"""The calendar: names, stretches of time, arithmetic on them, and the holidays that a rule fixes.

All moments are wall-clock times without a zone, as news states them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

Grain = Literal["year", "month", "week", "day", "part of day", "hour", "minute", "duration", "vague"]
Unit = Literal["minute", "hour", "day", "week", "fortnight", "weekend", "month", "quarter", "year", "decade", "century"]

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday weds wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From ``start`` up to but without ``end``, ``None`` for no bound; ``grain`` is how finely it is stated."""

    start: datetime | None
    end: datetime | None
    grain: Grain = "day"

    def iso(self) -> tuple[str, str]:
        """First and last date, or first and last minute, in ISO 8601; "" for no bound."""
        if self.grain in ("part of day", "hour", "minute"):
            return (
                self.start.isoformat(timespec="minutes") if self.start else "",
                max(self.end - MINUTE, self.start or datetime.min).isoformat(timespec="minutes") if self.end else "",
            )
        return (
            self.start.date().isoformat() if self.start else "",
            max(self.end - MINUTE, self.start or datetime.min).date().isoformat() if self.end else "",
        )

    def shifted(self, count: int, unit: Unit) -> Stretch:
        """The same stretch ``count`` units later, earlier where negative."""
        return replace(
            self,
            start=shift(self.start, count, unit) if self.start else None,
            end=shift(self.end, count, unit) if self.end else None,
        )


def day(moment: date | datetime, grain: Grain = "day") -> Stretch:
    """The whole day of a moment."""
    start = datetime(moment.year, moment.month, moment.day)
    return Stretch(start, start + DAY, grain)


def shift(moment: datetime, count: int, unit: Unit) -> datetime:
    """``moment`` moved by ``count`` units; a day that its month lacks becomes the last of the month.

    Raises OverflowError or ValueError beyond the years 1 to 9999.
    """
    match unit:
        case "minute":
            return moment + timedelta(minutes=count)
        case "hour":
            return moment + timedelta(hours=count)
        case "day":
            return moment + timedelta(days=count)
        case "week" | "weekend":
            return moment + timedelta(weeks=count)
        case "fortnight":
            return moment + timedelta(weeks=2 * count)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit] * count
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    last = (datetime(year + month // 11, (month + 1) % 12 + 1, 1) - DAY).day
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))


def period(moment: datetime, unit: Unit) -> Stretch:
    """The calendar unit that holds ``moment``. Weeks begin on Monday; a weekend is its Saturday and Sunday."""
    start = datetime(moment.year, moment.month, moment.day)
    grain: Grain = "vague"
    match unit:
        case "minute":
            start, grain = moment.replace(second=0, microsecond=0), "minute"
        case "hour":
            start, grain = moment.replace(minute=0, second=0, microsecond=0), "hour"
        case "day":
            grain = "day"
        case "week" | "fortnight":
            start, grain = start - start.weekday() * DAY, "week"
        case "weekend":
            start = start + (5 - start.weekday()) * DAY
            return Stretch(start, start + 2 * DAY, "week")
        case "month":
            start, grain = start.replace(day=1), "month"
        case "quarter":
            start = start.replace(month=(start.month - 1) // 3 * 3 + 1, day=1)
        case "year":
            start, grain = start.replace(month=1, day=1), "year"
        case "decade":
            start = start.replace(year=start.year // 10 * 10, month=1, day=1)
        case "century":
            start = start.replace(year=start.year // 100 * 100, month=1, day=1)
    return Stretch(start, shift(start, 1, unit), grain)


def year_of(year: int) -> Stretch:
    """A calendar year."""
    return period(datetime(year, 1, 1), "year")


def easter(year: int) -> date:
    """Easter Sunday of the Western churches (the anonymous Gregorian algorithm, Meeus, Astronomical Algorithms)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * sunday) // 451
    month, before = divmod(epact + sunday - 7 * late + 114, 31)
    return date(year, month, before + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The ``nth`` such weekday of a month, counted from its end where negative. Raises ValueError if there is none."""
    if nth > 0:
        first = date(year, month, 1)
        return date(year, month, 1 + (weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - DAY
    return last - ((last.weekday() - weekday) % 7 + 7 * (-nth - 1)) * DAY


def _fixed(month: int, of_month: int) -> Callable[[int], date]:
    return lambda year: date(year, month, of_month)


def _nth(month: int, weekday: int, nth: int, later: int = 0) -> Callable[[int], date]:
    return lambda year: nth_weekday(year, month, weekday, nth) + later * DAY


def _easter(later: int) -> Callable[[int], date]:
    return lambda year: easter(year) + later * DAY


HOLIDAYS: dict[str, Callable[[int], date]] = {
    "new year": _fixed(1, 1),
    "new years": _fixed(1, 1),
    "new year day": _fixed(1, 1),
    "new years day": _fixed(1, 1),
    "new year eve": _fixed(12, 31),
    "new years eve": _fixed(12, 31),
    "martin luther king day": _nth(1, 0, 3),
    "martin luther king jr day": _nth(1, 0, 3),
    "mlk day": _nth(1, 0, 3),
    "groundhog day": _fixed(2, 2),
    "valentine day": _fixed(2, 14),
    "valentines day": _fixed(2, 14),
    "presidents day": _nth(2, 0, 3),
    "saint patrick": _fixed(3, 17),
    "saint patrick day": _fixed(3, 17),
    "saint patricks day": _fixed(3, 17),
    "st patrick day": _fixed(3, 17),
    "st patricks day": _fixed(3, 17),
    "april fools day": _fixed(4, 1),
    "april fool day": _fixed(4, 1),
    "ash wednesday": _easter(-46),
    "palm sunday": _easter(-7),
    "maundy thursday": _easter(-3),
    "good friday": _easter(-2),
    "easter": _easter(0),
    "easter sunday": _easter(0),
    "easter monday": _easter(1),
    "earth day": _fixed(4, 22),
    "anzac day": _fixed(4, 25),
    "may day": _fixed(5, 1),
    "international workers day": _fixed(5, 1),
    "victory day": _fixed(5, 9),
    "mother day": _nth(5, 6, 2),
    "mothers day": _nth(5, 6, 2),
    "memorial day": _nth(5, 0, -1),
    "d day": lambda _: date(1944, 6, 6),
    "juneteenth": _fixed(6, 19),
    "father day": _nth(6, 6, 3),
    "fathers day": _nth(6, 6, 3),
    "canada day": _fixed(7, 1),
    "independence day": _fixed(7, 4),
    "bastille day": _fixed(7, 14),
    "labor day": _nth(9, 0, 1),
    "labour day": _nth(9, 0, 1),
    "columbus day": _nth(10, 0, 2),
    "halloween": _fixed(10, 31),
    "guy fawkes night": _fixed(11, 5),
    "bonfire night": _fixed(11, 5),
    "veterans day": _fixed(11, 11),
    "armistice day": _fixed(11, 11),
    "thanksgiving": _nth(11, 3, 4),
    "thanksgiving day": _nth(11, 3, 4),
    "black friday": _nth(11, 3, 4, later=1),
    "cyber monday": _nth(11, 3, 4, later=4),
    "christmas": _fixed(12, 25),
    "christmas day": _fixed(12, 25),
    "christmas eve": _fixed(12, 24),
    "boxing day": _fixed(12, 26),
}
"""Holidays by name, in lower case without apostrophes, each with the rule that gives its date in a year.

National ones are those of the United States where countries differ.
"""
