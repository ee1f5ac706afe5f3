"""Date lines: when a report says that it was published, in ISO 8601 exactly as precise as the line is.

Times inside running text are the subject of ``reader.times``.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from reader.calendar import MONTHS

OFFSETS: dict[str, int] = {
    "z": 0,
    "utc": 0,
    "gmt": 0,
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
    "cet": 60,
    "cest": 120,
    "eet": 120,
    "eest": 180,
}
"""Minutes east of Greenwich. Names that mean several zones (IST, BST, AST, ET) are left out: they are kept as words."""

YEARS = range(1000, 2200)
"""What a date line may call a year."""

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ZONE = r"(?P<offset>z\b|(?:(?:gmt|utc)\s?)?[+-]\d{2}:?\d{2}\b|[a-z]{3,4}\b)"
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?::(?P<second>\d{2}))?(?:[.,]\d{1,9})?"
    rf"(?:\s?(?P<half>[ap])\.?m\b\.?)?(?:\s?{_ZONE})?(?![\d:])",
    re.I,
)
_DATES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<year>[12]\d{3})(?P<month>[01]\d)(?P<day>[0-3]\d)(?=T\d|\s|$)",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s./-]{{0,3}}(?P<name>{_MONTH})\b\.?[\s,./-]{{0,3}}(?P<year>\d{{4}})(?!\d)",
        rf"\b(?P<name>{_MONTH})\b\.?\s{{0,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b[\s,./-]{{0,3}}(?P<year>\d{{4}})(?!\d)",
        # as the Unix command date prints: Thu Oct 26 09:47:34 EDT 2017
        rf"\b(?P<name>{_MONTH})\s{{1,2}}(?P<day>\d{{1,2}})(?=\s\d\d:\d\d:\d\d\s(?:[A-Z]{{3,4}}\s)?(?P<year>\d{{4}})(?!\d))",
        rf"(?<!\d)(?P<year>\d{{4}})[\s,./-]{{0,3}}(?P<name>{_MONTH})\b\.?[\s./-]{{0,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)",
        r"(?<![\d/])(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})(?![\d/])",
        r"(?<![\d-])(?P<year>[12]\d{3})(?P<mark>[-/])(?P<month>\d{1,2})(?![\d/-])",
        rf"\b(?P<name>{_MONTH})\b\.?,?\s{{0,3}}(?:of\s)?(?P<year>\d{{4}})(?!\d)",
        rf"(?<!\d)(?P<year>\d{{4}})[\s,]{{1,3}}(?P<name>{_MONTH})\b",
        r"^\W*(?:[a-z]{1,12}\W{1,3}){0,2}(?P<year>[12]\d{3})\W*$",
    )
)
_LABEL = re.compile(r"\b(?:first\s+)?(?:published|posted|created|issued|released|date)\b", re.I)
_OTHER = re.compile(r"[|•·]\s*[a-z]|\bupdated\b|\bmodified\b", re.I)
_LINE_LIMIT = 400  # a date line is short; what stands further on belongs to something else


def parse_date(text: str, day_first: bool = False) -> str:
    """The date that a date line states, in ISO 8601 at its own precision, "" if it states none.

    ``2016``, ``2016-06``, ``2016-06-21`` or ``2016-06-21T12:02:16``, with the offset (``+05:30``, ``Z``) where the
    line gives one that is not ambiguous. A date after "published" or "posted" wins over others ("Updated: ...");
    else the first. "03/04/2019" is read month first, as most English date lines are, unless ``day_first``; a part
    over 12 settles it. A date without a year, a date that does not exist and a bare weekday give "".
    """
    line = " ".join(text[:_LINE_LIMIT].replace("\u202f", " ").split())
    found = sorted(_days(line, day_first), key=lambda item: (item[0], -item[1]))
    if not found:
        return ""
    label = _LABEL.search(line)
    after = [item for item in found if label and item[0] >= label.end()]
    start, end, day = (after or found)[0]
    return f"{day}T{clock}" if len(day) == len("2016-06-21") and (clock := _clock(line, start, end)) else day


def _days(line: str, day_first: bool) -> list[tuple[int, int, str]]:
    """Every date in a line: start, end and ISO 8601; of dates that share a place only the most precise stays."""
    found: list[tuple[int, int, str]] = []
    for pattern in _DATES:
        for match in pattern.finditer(line):
            iso = _iso(match.groupdict(), day_first)
            if iso and not any(match.start() < end and start < match.end() for start, end, _ in found):
                found.append((match.start(), match.end(), iso))
    return found


def _iso(part: dict[str, str | None], day_first: bool) -> str:
    """ISO 8601 of the named groups of a date pattern, "" where there is no such day."""
    year = int(part["year"] or 0)
    if len(part["year"] or "") == 2:
        year += 2000 if year < 70 else 1900
    if year not in YEARS:
        return ""
    if first := part.get("first"):
        month, day = int(first), int(part["second"] or 0)
        if month > 12 or (day_first and day <= 12):
            month, day = day, month
    else:
        month = MONTHS[(part.get("name") or "").lower()] if part.get("name") else int(part.get("month") or 0)
        day = int(part.get("day") or 0)
    if not month and "month" not in part:
        return f"{year:04}"
    if not day and "day" not in part and 1 <= month <= 12:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _clock(line: str, start: int, end: int) -> str:
    """The clock time that stands with the date at ``start`` to ``end``: the first after it, else the last before it."""
    other = _OTHER.search(line, end)
    stop = min(end + 40, other.start() if other else len(line))
    after = [m for m in _CLOCK.finditer(line, end, stop) if _is_clock(m)]
    before = [m for m in _CLOCK.finditer(line, max(0, start - 40), start) if _is_clock(m)]
    for match in [*after[:1], *before[-1:]]:
        hour, minute = int(match["hour"]), match["minute"]
        if half := (match["half"] or "").lower():
            hour = hour % 12 + (12 if half == "p" else 0)
        zone = _offset(match["offset"] or "")
        return f"{hour:02}:{minute or '00'}" + (f":{match['second']}" if match["second"] else "") + zone
    return ""


def _is_clock(match: re.Match[str]) -> bool:
    """Whether digits are a time of day: with minutes or am/pm, and within the day."""
    hour, minute, second = int(match["hour"]), int(match["minute"] or 0), int(match["second"] or 0)
    stated = bool(match["half"] or match["minute"])
    return stated and hour <= (12 if match["half"] else 23) and minute < 60 and second < 60


def _offset(words: str) -> str:
    """An offset for ISO 8601 ("Z", "+05:30") from a zone as written, "" where it is unknown or ambiguous."""
    words = words.lower().replace(" ", "")
    if words in OFFSETS:
        minutes = OFFSETS[words]
    elif match := re.fullmatch(r"(?:gmt|utc)?([+-])(\d\d):?(\d\d)", words):
        minutes = (int(match[2]) * 60 + int(match[3])) * (-1 if match[1] == "-" else 1)
    else:
        return ""
    if abs(minutes) >= 24 * 60:
        return ""
    if not minutes:
        return "Z"
    return datetime(2000, 1, 1, tzinfo=timezone(timedelta(minutes=minutes))).isoformat()[-6:]
