"""Dates as a person types them into a search: "2017-10", "2 weeks ago", "last month", "Oct. 14"."""

from __future__ import annotations

import re
from datetime import date, datetime

from reader.calendar import Stretch, period

_ISO = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?", re.ASCII)


def days(typed: str, today: date) -> tuple[str, str]:
    """The first day that ``typed`` means and the first after it, as a person says it on ``today``.

    Both in ISO 8601 and as short as names the same moment: 2017 for 2017-01-01, so that a date of which only the year
    is known lies in its year. "" is no bound. Raises ``ValueError``, in one line, for what is no date.
    """
    words = " ".join(typed.split())
    try:
        stretch: Stretch | None
        if found := _ISO.fullmatch(words):
            year, month, day = (int(part) if part else 0 for part in found.groups())
            stretch = period(datetime(year, month or 1, day or 1), "day" if day else "month" if month else "year")
        else:
            stretch = _said(words, datetime(today.year, today.month, today.day))
    except (ValueError, OverflowError):
        stretch = None
    if stretch is None or stretch.start is stretch.end is None:
        raise ValueError(f'"{words}" is no date; write 2017, 2017-10-14, yesterday, "last month" or "2 weeks ago"')
    return _short(stretch.start), _short(stretch.end)


def _said(words: str, now: datetime) -> Stretch | None:
    from reader.timegrammar import scan
    from reader.whens import Context

    for before in ("", "in "):  # "March" alone may be a verb
        said = before + words.title() if before else words
        found = list(scan(said))
        if len(found) == 1 and found[0].start <= len(before) and found[0].end == len(said):
            return found[0].when.resolve(Context(now=now, tense="past"))
    return None


def _short(moment: datetime | None) -> str:
    """The day of a moment, without the parts that only begin what is before them."""
    return moment.date().isoformat().removesuffix("-01").removesuffix("-01") if moment is not None else ""
