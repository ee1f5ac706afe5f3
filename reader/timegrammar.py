"""The grammar of times in English news: words in, ``reader.whens`` values out. Nothing here knows the date.

``scan`` cuts a string into words and marks and tries the rules of ``_Reader`` where a time can begin; each rule looks a
bounded number of words ahead, so the work is linear in the length of the string. A rule takes the place to read at and
gives the value with the place after it, or None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, cast

from reader.calendar import HOLIDAYS, MONTHS, WEEKDAYS, Unit
from reader.whens import (
    PARTS,
    SEASONS,
    About,
    Ages,
    At,
    Bound,
    CalendarDate,
    Clock,
    Coming,
    Deictic,
    Distance,
    Duration,
    Edge,
    FromTold,
    Holiday,
    Never,
    Now,
    Nth,
    PartOfDay,
    PartOfYear,
    Period,
    Range,
    Rolling,
    Several,
    SoFar,
    Told,
    Unsaid,
    WeekNumber,
    WeekOf,
    When,
    Which,
    date_of,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A time as it stands in a string: its span and what it means.

    ``name_like`` marks words that may as well be a name or a verb ("May", "March"): the parse decides.
    ``count_like`` marks a bare number read as a year, which may count the noun that follows it.
    """

    start: int
    end: int
    when: When
    name_like: bool = False
    count_like: bool = False


Found = tuple[When, int]

_LEX = re.compile(
    # Letters first, for most words begin with one, and figures only where there is a digit or an apostrophe.
    r"(?=\S)(?:(?P<half>[ap]\.\s?m\b\.?|[ap]m\b)"
    r"|(?P<word>[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)?)"
    r"|(?=[\d'’])(?:"
    r"(?P<iso>(?<!\d)(?<!\d[-/])[12]\d{3}-\d{1,2}-\d{1,2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![-/]?\d))"
    r"|(?P<packed>(?<![\w.,-])(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\w,]))"
    r"|(?P<numeric>(?:(?<![\d/.-])|(?<=/\d{4}-))(?:\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)(?:[12]\d{3}|\d{2})|[12]\d{3}(?P<mark2>[/.])\d{1,2}(?P=mark2)\d{1,2})(?![\d/])(?!-\d+(?![\d/.])))"
    r"|(?P<month>(?<![\w/.,-])[12]\d{3}-0?[1-9](?![\d/-]|[.,:]\d))"
    r"|(?P<clock>(?<![\d:.])\d{1,2}:\d{2}(?::\d{2})?(?![\d:]))"
    r"|(?P<number>(?!\d{1,2},(?:19|20)\d\d(?![\d,]))\d+(?:[.,]\d+)+)"
    r"|(?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<ages>(?:[12]\d{3}|['’]?\d0)['’]?s\b)"
    r"|(?P<digits>\d+))"
    r"|(?P<owner>['’]s\b)"
    r"|(?P<other>\S))",
    re.I,
)

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
CARDINALS: dict[str, int] = {word: value for value, word in enumerate(_ONES)} | _TENS
ORDINALS: dict[str, int] = {
    word: value
    for value, word in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ).split(),
        start=1,
    )
} | {"thirtieth": 30}
_VAGUE: dict[str, tuple[int, int]] = {"few": (2, 6), "several": (3, 9), "couple": (2, 2), "dozen": (12, 12)}
_DECADES = {"twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970}
_DECADES |= {"eighties": 1980, "nineties": 1990}

UNITS: dict[str, Unit] = {
    word: cast(Unit, unit)
    for unit, words in {
        "minute": "minute minutes min mins",
        "hour": "hour hours hr hrs",
        "day": "day days",
        "week": "week weeks workweek",
        "fortnight": "fortnight fortnights",
        "weekend": "weekend weekends",
        "month": "month months",
        "quarter": "quarter quarters",
        "year": "year years",
        "decade": "decade decades",
        "century": "century centuries",
    }.items()
    for word in words.split()
}
_NAMES_TOO = frozenset({"may", "march", "april", "june", "august", "jan", "mar", "sun", "sat", "mon", "wed", "summer"})
"""Words that are a name or a verb as often as a time; alone, they need a word before them that goes with times."""
_SHORT_DAYS = frozenset({"sun", "sat", "mon", "wed", "weds", "thur", "thu", "fri", "tue", "tues"})
_ZONES = re.compile(
    r"(?:gmt|utc|z|[ecmp][sd]?t|bst|ce?s?t|eest|eet|ist|jst|kst|aes?t|aedt|aest|acst|awst|nzs?t|nzdt|msk|pkt|wib|sgt|hkt)",
    re.I,
)
_PLACE_TIMES = re.compile(
    r"\s*\(?((?:[A-Z][\w.]+\s){1,2}(?:[Ss]tandard\s|[Dd]aylight\s|[Ss]ummer\s)?[Tt]ime|local\stime)\b"
)
_WHICH: dict[str, Which] = {
    "last": "last",
    "past": "last",
    "previous": "last",
    "this": "this",
    "current": "this",
    "next": "next",
    "coming": "next",
    "upcoming": "next",
}
_EDGES = {
    "early": "early",
    "beginning": "early",
    "start": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "end": "late",
}
_PREPOSITIONS = frozenset(
    "in on since until till by from to through during of before after between around about at early mid late last next "
    "this every each past and for through throughout circa ca year".split()
)
_QUOTES_OF_NAMES = frozenset(
    "times telegraph mail mirror express herald post mercury sport show programme program".split()
)
_NAMED_DAYS = frozenset("bloody super freaky casual manic ruby shrove".split())
_NUMBERED = frozenset("page route highway room no number interstate flight model section building block".split())
_CODE = re.compile(r"\d-\d+-\d|\+\d+ \d{4}-")
_MAKES = frozenset(
    "acura audi bmw buick cadillac chevrolet chevy chrysler citroen dodge fiat ford gmc honda hyundai infiniti "
    "jaguar jeep kawasaki kia lexus lincoln mazda mercedes mercury mini mitsubishi nissan opel peugeot pontiac "
    "porsche renault saturn scion skoda subaru suzuki tesla toyota vauxhall volkswagen volvo yamaha harley".split()
)
"""Makers of cars: a year before one is the model's."""
_COUNTED = frozenset(
    "percent per cent km miles mile metres meters kilometres kilometers dollars euros pounds people".split()
)


class _Word(NamedTuple):
    kind: str
    text: str
    start: int
    end: int
    raw: str


_DEEPEST = 4  # times within times: "the end of the first week of March"
_END = _Word("end", "", -1, -1, "")


def scan(text: str) -> Iterator[Stated]:
    """Every time stated in ``text``, in order, none overlapping another."""
    reader = _Reader(text)
    place = 0
    while place < len(reader.words):
        found = reader.time(place) if reader.may_begin(place) else None
        if found is None:
            place += 1
            continue
        reader.forget()
        when, after = found
        first, last = reader.words[place], reader.words[after - 1]
        yield Stated(
            first.start,
            last.end,
            when,
            name_like=reader.name_like(place, after),
            count_like=after == place + 1 and first.kind == "digits",
        )
        place = after


def _lex(text: str) -> list[_Word]:
    return [
        _Word(match.lastgroup or "other", match.group().lower().replace("’", "'"), *match.span(), match.group())
        for match in _LEX.finditer(text)
    ]


def _begins(words: list[_Word]) -> list[bool]:
    """For each word whether a time may begin there; at most articles and the like, none does."""
    found = [False] * (len(words) + 1)
    for i in range(len(words) - 1, -1, -1):
        word = words[i]
        begins = word.kind in _STARTING_KINDS or word.text in _STARTING
        if begins and word.text in _LEADING:
            begins = found[i + 1] or (i + 1 < len(words) and words[i + 1].text in _FOLLOWING)
        found[i] = begins
    return found


_MARKS = frozenset({"-", "–", "—", "~"})
_TO = frozenset({"to", "through", "thru", "until", "till"}) | _MARKS
_BOUNDS = {
    "since": "since",
    "before": "before",
    "after": "after",
    "until": "until",
    "till": "until",
    "by": "until",
    "through": "until",
    "from": "from",
    "beginning": "from",
    "starting": "from",
}
_ABOUT = frozenset("around about approximately roughly circa nearly almost".split())
_NEAR = frozenset("just shortly soon immediately right moments minutes".split())
_AT = frozenset(
    {
        "at",
        "around",
        "about",
        "approximately",
        "roughly",
        "by",
        "before",
        "after",
        "since",
        "until",
        "till",
        "from",
        "between",
    }
)
_FUNCTION = frozenset(
    "a an the and or but nor as at by for from in into near of off on onto over per since than that then to "
    "until upon via when where which while who whom whose with within without after before during because if "
    "so though although it he she they we you i his her their its our was were is are be been has have had "
    "will would could should may might said says not also around about between under against amid inside "
    "outside this these there only just when".split()
)
_DAY_PARTS = frozenset(part for part in PARTS if part not in ("early", "mid", "late", "overnight"))
_DAYS: dict[str, int] = {"today": 0, "yesterday": -1, "tomorrow": 1, "tmrw": 1}


class _Reader:
    """The rules, over the words of one string."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = _lex(text)
        self._begins = _begins(self.words)
        self._dates: dict[int, Found | None] = {}
        self._times: dict[tuple[int, bool], Found | None] = {}
        self._depth = 0

    def forget(self) -> None:
        """Drop what was read before, once the reader has moved on."""
        self._dates.clear()
        self._times.clear()

    # words

    def word(self, i: int) -> _Word:
        return self.words[i] if 0 <= i < len(self.words) else _END

    def at(self, i: int) -> str:
        return self.words[i].text if 0 <= i < len(self.words) else ""

    def glued(self, i: int) -> bool:
        """Whether nothing stands between a word and the one before it."""
        return 0 < i < len(self.words) and self.words[i - 1].end == self.words[i].start

    def capital(self, i: int) -> bool:
        return self.word(i).raw[:1].isupper()

    def common(self, i: int) -> bool:
        """Whether a word may be a noun that a time before it modifies ("Friday prayers")."""
        word = self.word(i)
        return word.kind == "word" and word.raw.islower() and word.text not in _FUNCTION

    def skip(self, i: int, *texts: str) -> int:
        return i + 1 if self.at(i) in texts else i

    def name_like(self, i: int, after: int) -> bool:
        """Whether the words hold no more than one that may as well be a name or a verb."""
        return sum(self.at(k) in _NAMES_TOO for k in range(i, after)) == 1 and after - i == 1

    def may_begin(self, i: int) -> bool:
        """Whether a time may begin at a word."""
        return self._begins[i]

    # whole times

    def time(self, i: int) -> Found | None:
        """The longest time that begins at ``i``."""
        return self.near(i) or self.span(i) or self.bound(i) or self.about(i) or self.stated(i) or self.length(i)

    def near(self, i: int) -> Found | None:
        """Shortly before or after a time: "just after midnight", "shortly before 3 p.m. on Tuesday"."""
        if self.at(i) not in _NEAR or self.at(i + 1) not in ("before", "after", "past"):
            return None
        early = self.at(i + 1) == "before"
        found = self.stated(i + 2)
        if found is None or self.at(found[1]) == "'s":
            return None
        when, after = found
        if isinstance(when, At):
            clock = replace(when.first, before=30 if early else 0, after=0 if early else 30)
            return replace(when, first=clock), after
        return Bound("before" if early else "after", when), after

    def bound(self, i: int) -> Found | None:
        kind = _BOUNDS.get(self.at(i))
        j = i + 1
        if self.at(i) == "prior" and self.at(i + 1) == "to":
            kind, j = "before", i + 2
        if kind is None:
            return None
        j = self.skip(j, "on", "about", "around")
        found = self.stated(j)
        if found is None or self.at(found[1]) == "'s" or isinstance(found[0], (Now, Told)):
            return None
        if kind in ("before", "after", "from") and self.common(found[1]):
            return None
        if kind == "from" and isinstance(found[0], At) and found[0].last:
            return found
        return Bound(kind, found[0]), found[1]  # type: ignore[arg-type]

    def about(self, i: int) -> Found | None:
        if self.at(i) not in _ABOUT and not (self.at(i) == "some" and self.at(i + 1) == "time"):
            return None
        found = self.stated(i + 1, approached=True)
        if found is None:
            return None
        when, after = found
        if isinstance(when, At) and when.last is None:
            loose = 15 if when.first.minute else 30
            return replace(when, first=replace(when.first, before=loose, after=loose)), after
        return About(when), after

    def span(self, i: int) -> Found | None:
        """A range: "from Monday to Wednesday", "between 3 and 12 September", "2014-2016"."""
        opener = self.at(i) if self.at(i) in ("from", "between") else ""
        j = self.skip(i + 1, "about", "around") if opener else i
        first = self.stated(j) or self.loose_day(j)
        if first is None:
            return None
        k = first[1]
        if self.at(k) == "," and self.at(k + 1) in ("to", "until", "through"):
            k += 1
        to = self.at(k)
        if not (to in _TO or (to == "and" and (opener == "between" or self._same_month(first[0], k)))):
            return None
        last = self.now(k + 1) or self.stated(k + 1) or self.loose_day(k + 1) or self.short_year(k + 1, first[0])
        if last is None:
            return None
        if not self._match(first[0], last[0], glued=to in _MARKS):
            return None
        if to in _MARKS and self.at(last[1]) in _MARKS and self.glued(last[1]) and self.glued(last[1] + 1):
            return None  # a longer number with dashes: a telephone, a code
        return Range(first[0], last[0]), last[1]

    def _same_month(self, first: When, k: int) -> bool:
        """ "Oct. 12 and 13": a month and day, then a bare day."""
        if not (
            isinstance(first, CalendarDate)
            and first.month
            and first.day
            and self.word(k + 1).kind in ("digits", "ordinal")
        ):
            return False
        return not self.common(k + 2) and self.at(k + 2) not in MONTHS

    @staticmethod
    def _match(first: When, last: When, glued: bool) -> bool:
        """Whether two times can be the ends of one range."""
        bare = [isinstance(x, CalendarDate) and not x.month and x.day and x.weekday is None for x in (first, last)]
        if any(bare) and not any(isinstance(x, CalendarDate) and x.month for x in (first, last)):
            return False
        if isinstance(first, CalendarDate) and isinstance(last, CalendarDate):
            years = [x.year is not None and x.month is None for x in (first, last)]
            if all(years):
                return (first.year or 0) < (last.year or 0)
            if first.weekday is not None and last.year is not None and last.month is None:
                return False
        return not (glued and any(isinstance(x, (Distance, Rolling, Told)) for x in (first, last)))

    def loose_day(self, i: int) -> Found | None:
        """A bare day of the month, which only a range makes a date: "3", "the ninth"."""
        j = self.skip(i, "the")
        number = self.day_number(j)
        if number is None or self.word(j - 1).raw in ("$", "£", "€"):
            return None
        k = number[1]
        if self.common(k) and self.at(k) not in MONTHS:
            return None
        year = self.year_after(k) if self.at(k) == "," else None
        if year:
            return CalendarDate(year[0], day=number[0]), year[1]
        return CalendarDate(day=number[0]), k

    def now(self, i: int) -> Found | None:
        """ "Now", which is a time only as the end of one ("from May to now"); alone it is a turn of speech."""
        return (Now(), i + 1) if self.at(i) == "now" else None

    def short_year(self, i: int, first: When) -> Found | None:
        """The second year of "2014-15"."""
        word = self.word(i)
        if not (isinstance(first, CalendarDate) and first.year and first.month is None and len(word.text) == 2):
            return None
        if word.kind != "digits" or not self.glued(i):
            return None
        year = first.year // 100 * 100 + int(word.text)
        return (CalendarDate(year), i + 1) if year == first.year + 1 else None

    def stated(self, i: int, approached: bool = False) -> Found | None:
        """One time: a date with the hours that stand by it, or hours with the date that stands by them."""
        if (i, approached) not in self._times:
            found = self.timed(i, approached)
            if found is None and (dated := self.date(i)):
                found = self.with_hours(*dated)
            self._times[i, approached] = found
        return self._times[i, approached]

    # hours

    def clock(self, i: int, loose: bool = False) -> tuple[Clock, int] | None:
        """A time of day. ``loose`` takes bare figures, where words around them say that they are hours."""
        word, j = self.word(i), i + 1
        hour: int | None = None
        minute: int | None = None
        sure = loose
        if word.kind == "clock":
            hour, minute = (int(part) for part in word.text.split(":")[:2])
        elif word.kind == "number" and re.fullmatch(r"\d{1,2}\.\d\d", word.text):
            hour, minute = (int(part) for part in word.text.split("."))
            sure = loose and self.at(i - 1) in ("at", "around", "about", "between", "-", "–")
        elif word.kind == "digits" and len(word.text) <= 2:
            hour = int(word.text)
        elif word.kind == "digits" and len(word.text) == 4 and (zone := self.zone(j)) and int(word.text[2:]) < 60:
            return Clock(int(word.text[:2]), int(word.text[2:]), zone=zone[0]), zone[1]
        elif word.kind == "digits" and len(word.text) == 4 and self.at(j) in ("hours", "hrs") and word.text[0] in "012":
            return Clock(int(word.text[:2]), int(word.text[2:])), j + 1
        elif word.text in ("noon", "midday"):
            return Clock(12, 0), j
        elif word.text == "midnight":
            return Clock(24, 0), j
        elif word.text in ("half", "quarter") and self.at(j) in ("past", "to") and (spelt := self.cardinal(j + 1)):
            minutes = (30 if word.text == "half" else 15) * (1 if self.at(j) == "past" else -1)
            whole = spelt[0] * 60 + minutes
            hour, minute, j, sure = whole // 60, whole % 60, spelt[1], True
        elif word.text in CARDINALS and 1 <= CARDINALS[word.text] <= 12:
            hour = CARDINALS[word.text]
            k = self.skip(j, "-")
            if (spelt := self.cardinal(k)) and 10 <= spelt[0] < 60:
                minute, j = spelt[0], self.skip(spelt[1], "minutes")
        if hour is None:
            return None
        half = ""
        if self.word(j).kind == "half":
            half, j, sure = self.at(j)[0], j + 1, True
        elif (
            self.at(j) in ("a", "p")
            and (self.glued(j) or word.text in CARDINALS)
            and self.at(j + 1) in ("", ".", "m", "?")
        ):
            half, j, sure = self.at(j), self.skip(j + 1, "m"), True
        elif self.at(j) == "o'clock" or self.at(j) == "oclock":
            j, sure = j + 1, True
        zone = self.zone(j)
        if zone and (half or minute is not None):
            j, sure = zone[1], True
        clock = Clock(hour, minute, half, zone[0] if zone and sure else "")
        if not sure or clock.of_day() is None:
            return None
        return clock, j

    def zone(self, i: int) -> tuple[str, int] | None:
        """A time zone as written: "GMT", "EST", "local time", "Eastern Daylight Time"."""
        word = self.word(i)
        if word.kind == "word" and word.raw.isupper() and _ZONES.fullmatch(word.text):
            return word.raw, i + 1
        if word.kind == "word" and (match := _PLACE_TIMES.match(self.text, word.start)):
            j = i
            while self.word(j).kind != "end" and self.word(j).start < match.end():
                j += 1
            return match[1], j
        return None

    def hours(self, i: int, loose: bool) -> tuple[Clock, Clock | None, int] | None:
        """A time of day or a range of them."""
        j = i
        opener = self.at(i) if self.at(i) in ("from", "between") else ""
        if opener:
            j += 1
        first = self.clock(j, loose=True)
        if first is None:
            return None
        to = self.at(first[1])
        last = None
        if to in _TO or (opener == "between" and to == "and"):
            last = self.clock(self.skip(first[1] + 1, "about", "around"), loose=True)
        if last:
            sure = loose or any(c.half or c.minute is not None or c.zone or c.hour == 24 for c in (first[0], last[0]))
            start = first[0]
            if last[0].half and not start.half and 1 <= start.hour <= 12:
                start = replace(start, half=last[0].half)
                if (start.of_day() or 0) >= (last[0].of_day() or 0):
                    start = replace(start, half="a" if start.half == "p" else "p")
            elif not last[0].half and 1 <= last[0].hour <= 12 and (start.of_day() or 0) >= (last[0].of_day() or 0):
                last = replace(last[0], half="p"), last[1]
            strong = first[0].half or last[0].half or first[0].zone or last[0].zone
            if sure and (strong or loose or opener):
                return start, last[0], last[1]
        if opener == "between":
            return None
        alone = self.clock(j, loose=loose)
        return (alone[0], None, alone[1]) if alone else None

    def timed(self, i: int, approached: bool) -> Found | None:
        """Hours first, then their date if it is said: "2:15 p.m. Tuesday", "from 3 to 5 p.m. on Oct. 12"."""
        word = self.word(i)
        if word.kind not in ("clock", "digits", "number") and word.text not in _HOURS:
            return None
        expected = approached or self.at(i - 1) in _AT or self.at(i - 2) in _AT
        found = self.hours(i, loose=False)
        if found is None and (word.kind == "clock" or word.text in CARDINALS or word.kind == "digits"):
            # figures alone are hours if the words before or after them say so
            found = self.hours(i, loose=True)
            if found is None:
                return None
            dated = self.date_after(found[2])
            plain = word.kind != "clock"
            if dated is None and (plain or not (expected or found[1])):
                return None
            if plain and dated and found[1] is None and not (expected and self.at(i - 1) == "at"):
                spelt = found[0].minute is not None
                if not spelt:
                    return None
        if found is None:
            return None
        first, last, j = found
        if (
            word.text in ("noon", "midday", "midnight")
            and self.capital(i)
            and self.capital(i + 1)
            and self.at(i + 1) not in WEEKDAYS
        ):
            return None
        of: When = Unsaid()
        part = self.in_the_part(j)
        dated = self.date_after(part[1] if part else j)
        if dated:
            of, j = dated
        elif part:
            j = part[1]
        if part:
            of = PartOfDay(part[0], of)
            if not first.half and 1 <= first.hour <= 12:
                first = replace(first, half="a" if "morning" in part[0] else "p")
        return At(of, first, last), j

    def date_after(self, i: int) -> Found | None:
        """The date of the hours before it: ", Tuesday", "on Oct. 12", "the same day"."""
        j = self.skip(i, ",", "(")
        j = self.skip(j, "on", "of")
        found = self.date(j)
        if found is None and j > i and self.at(i) == ",":
            return None
        if found is None or not _is_day(found[0]):
            return None
        when, k = found
        if self.at(k) in _DAY_PARTS:
            return PartOfDay(self.at(k), when), k + 1
        return when, k

    def in_the_part(self, i: int) -> tuple[str, int] | None:
        """ "in the morning", "in the early afternoon", "at night"."""
        if self.at(i) == "in" and self.at(i + 1) == "the":
            return self.part(i + 2)
        if self.at(i) == "at" and self.at(i + 1) == "night":
            return "night", i + 2
        return None

    def part(self, i: int) -> tuple[str, int] | None:
        """A part of the day by name, with its "early", "mid" or "late"."""
        edge = self.at(i) if self.at(i) in ("early", "mid", "late") else ""
        j = self.skip(i + 1, "-") if edge else i
        word = self.at(j)
        word = {"mornings": "", "nights": "", "nite": "night"}.get(word, word)
        if word not in _DAY_PARTS:
            return None
        name = f"{edge} {word}" if edge else word
        return (name if name in PARTS else word), j + 1

    def with_hours(self, when: When, i: int) -> Found:
        """A date with the part of the day, the week or the hours that follow it."""
        if isinstance(when, CalendarDate) and when.weekday is not None and when.day is None and not when.which:
            j = self.skip(i, "of", ",")
            week = self.which(j) if self.at(j) in _WHICH or self.at(j) == "the" else None
            if week and isinstance(week[0], (Period, Told)) and week[0].unit == "week":
                when, i = Nth(1, None, when.weekday, week[0]), week[1]
        if not _is_day(when):
            if isinstance(when, Period) and when.unit == "week":
                j = self.skip(self.skip(i, ","), "on")
                inner = self.date(j) if self.at(j) in WEEKDAYS else None
                if inner and isinstance(inner[0], CalendarDate) and inner[0].day is None and not inner[0].which:
                    return self.with_hours(Nth(1, None, inner[0].weekday, when), inner[1])
            return when, i
        part = self.part(self.skip(i, "-")) or self.in_the_part(i)
        if part and not (self.at(i) in ("early", "late") and part is None):
            when, i = PartOfDay(part[0], when), part[1]
            j = self.skip(i, "of")
            week = self.which(j) if self.at(j) in _WHICH else None
            if (
                week
                and isinstance(when.of, CalendarDate)
                and when.of.weekday is not None
                and isinstance(week[0], Period)
            ):
                when, i = PartOfDay(when.part, Nth(1, None, when.of.weekday, week[0])), week[1]
        j = (
            self.skip(i, ",", "-", "–", "|")
            if self.word(i + 1).kind in ("clock", "number", "digits")
            else self.skip(i, ",")
        )
        bound = ""
        loose = False
        while self.at(j) in (
            "at",
            "about",
            "around",
            "approximately",
            "by",
            "before",
            "after",
            "for",
            "roughly",
            "sometime",
        ):
            bound = self.at(j) if self.at(j) in ("by", "before", "after") else bound
            loose = loose or self.at(j) in ("at", "around", "about")
            j += 1
        found = self.hours(j, loose=loose or self.at(j) in ("from", "between"))
        if found is None or (found[1] is None and self.at(found[2]) in ("percent", "%", "people", "-")):
            return when, i
        first, last, k = found
        if not first.half and not first.zone and first.minute is None and last is None and self.common(k):
            return when, i
        if (part := self.in_the_part(k)) and not first.half:
            first, k = replace(first, half="a" if "morning" in part[0] else "p"), part[1]
        timed = At(when, first, last)
        if bound:
            return Bound("after" if bound == "after" else "until" if bound == "by" else "before", timed), k
        return timed, k

    # dates

    def date(self, i: int) -> Found | None:
        """A day or a longer time, without hours."""
        if i in self._dates:
            return self._dates[i]
        if self._depth >= _DEEPEST or i >= len(self.words) or not self.may_begin(i):
            return None
        self._depth += 1
        found = self._dates[i] = self._date(i)
        self._depth -= 1
        return found

    def _date(self, i: int) -> Found | None:
        word = self.words[i]
        if word.kind in ("iso", "packed", "numeric"):
            return self.figures(i)
        if word.kind == "month":
            year, month = (int(part) for part in word.text.split("-"))
            return CalendarDate(year, month), i + 1
        return (
            self.edge(i)
            or self.so_far(i)
            or self.weekday(i)
            or self.month_first(i)
            or self.day_first(i)
            or self.distance(i)
            or self.within(i)
            or self.nth(i)
            or self.week_of(i)
            or self.which(i)
            or self.deictic(i)
            or self.told(i)
            or self.holiday(i)
            or self.quarter(i)
            or self.season(i)
            or self.ages(i)
            or self.slashed(i)
            or self.year(i)
            or self.the_day(i)
        )

    def figures(self, i: int) -> Found | None:
        """A date all in figures, with its hours where ISO 8601 joins them."""
        word = self.word(i)
        parts = [int(part) for part in re.findall(r"\d+", word.text[:10])]
        try:
            if word.kind == "packed":
                value = date(int(word.text[:4]), int(word.text[4:6]), int(word.text[6:8]))
            elif len(re.match(r"\d+", word.text)[0]) == 4:  # type: ignore[index]
                value = date(*parts)
            else:
                first, second, year = parts
                if year < 100:
                    if "/" not in word.text:
                        return None
                    year += 2000 if year < 70 else 1900
                day_first = first > 12 or ("." in word.text and second <= 12)
                value = date(year, second, first) if day_first else date(year, first, second)
        except ValueError:
            return None
        if "t" in word.text and (match := re.search(r"t(\d\d):(\d\d)(?::[\d.]+)?(.*)", word.text)):
            clock = Clock(int(match[1]), int(match[2]), zone=match[3].upper())
            return (At(date_of(value), clock), i + 1) if clock.of_day() is not None else None
        return date_of(value), i + 1

    def slashed(self, i: int) -> Found | None:
        """Month and day in figures, where the words say that they are a date: "on 6/4"; and 9/11."""
        if self.word(i).kind != "digits" or self.at(i + 1) != "/" or self.word(i + 2).kind != "digits":
            return None
        if not (self.glued(i + 1) and self.glued(i + 2)) or self.at(i + 3) == "/":
            return None
        month, number = int(self.at(i)), int(self.at(i + 2))
        if (self.at(i), self.at(i + 2)) == ("9", "11"):
            return date_of(date(2001, 9, 11)), i + 3
        if not (1 <= month <= 12 and 1 <= number <= 31) or self.at(i - 1) not in ("on", "since", "until", "from", "to"):
            return None
        return CalendarDate(month=month, day=number), i + 3

    def cardinal(self, i: int) -> tuple[int, int] | None:
        """A whole number under a thousand, in figures or words."""
        word = self.word(i)
        if word.kind == "digits" and len(word.text) <= 3:
            return int(word.text), i + 1
        value = CARDINALS.get(word.text)
        if value is None:
            return None
        if value >= 20:
            j = self.skip(i + 1, "-")
            unit = CARDINALS.get(self.at(j), 0)
            if 1 <= unit <= 9:
                return value + unit, j + 1
        return value, i + 1

    def ordinal(self, i: int) -> tuple[int, int] | None:
        """ "3rd", "third", "twenty-first"."""
        word = self.word(i)
        if word.kind == "ordinal":
            return int(word.text[:-2]), i + 1
        if word.text in ORDINALS:
            return ORDINALS[word.text], i + 1
        if word.text in ("twenty", "thirty"):
            j = self.skip(i + 1, "-")
            unit = ORDINALS.get(self.at(j), 0)
            if 1 <= unit <= 9:
                return _TENS[word.text] + unit, j + 1
        return None

    def day_number(self, i: int) -> tuple[int, int] | None:
        """A day of the month, in figures or words."""
        found = self.ordinal(i) or self.cardinal(i)
        return (
            found
            if found and 1 <= found[0] <= 31 and not (self.word(i).kind == "digits" and len(self.at(i)) > 2)
            else None
        )

    def year_number(self, i: int, short: bool = False) -> tuple[int, int] | None:
        """A year: "2014", "two thousand and ten", "nineteen eighty-six"; with ``short`` also "87"."""
        word = self.word(i)
        if word.kind == "digits":
            if len(word.text) == 4 and 1000 <= int(word.text) < 2200:
                return int(word.text), i + 1
            if short and len(word.text) == 2:
                return int(word.text) + (2000 if int(word.text) < 40 else 1900), i + 1
            return None
        if word.text in ("'", "’") and self.glued(i + 1):
            return self.year_number(i + 1, short=True)
        if word.text == "two" and self.at(i + 1) == "thousand":
            rest = self.cardinal(self.skip(i + 2, "and"))
            return (2000 + rest[0], rest[1]) if rest and rest[0] < 100 else (2000, i + 2)
        if word.text in ("eighteen", "nineteen", "twenty"):
            rest = self.cardinal(self.skip(i + 1, "-"))
            if rest and 10 <= rest[0] < 100 and self.word(i + 1).kind == "word":
                return CARDINALS[word.text] * 100 + rest[0], rest[1]
        return None

    def year_after(self, i: int) -> tuple[int, int] | None:
        """The year that ends a date: ", 2014", "of 1995", "in 2020"."""
        j = self.skip(i, ",", ".")
        k = self.skip(j, "of", "in")
        found = self.year_number(k, short=self.at(j) == "of" or self.at(k) == "'")
        if found is None:
            return None
        year, after = found
        if self.at(after) in ("gmt", "utc", "hours", "hrs", ":") or (
            self.word(k).kind == "digits" and self.glued(k) and self.at(k - 1) not in ("-", "/", ",", ".", "'")
        ):
            return None
        if k == j and j == i and self.word(k).kind == "digits" and self.common(after) and year % 100 == 0:
            return None  # "in May 2000 people"
        return year, after

    def month_name(self, i: int) -> tuple[int, int] | None:
        """A month and the full stop of its abbreviation."""
        month = MONTHS.get(self.at(i))
        if month is None or self.at(i - 1) == "$":
            return None
        j = i + 1
        short = len(self.at(i)) <= 4 and (
            self.at(i) not in ("may", "june", "july") or self.word(j + 1).kind == "digits"
        )
        if self.at(j) == "." and short:
            j += 1
        return month, j

    def month_first(self, i: int) -> Found | None:
        """ "Oct. 12, 2017", "October 12th", "May twenty nine", "April of 1987", "October"."""
        named = self.month_name(i)
        if named is None:
            return None
        month, j = named
        day = self.month_day(i, j)
        if day and self.at(j) == "two" and self.at(j + 1) == "thousand":
            day = None
        if day:
            number, k = day
            if number > _LONGEST[month - 1]:
                return None
            year = self.year_after(k)
            if year:
                return CalendarDate(year[0], month, number), year[1]
            return CalendarDate(month=month, day=number), k
        year = self.year_after(j)
        if year:
            return CalendarDate(year[0], month), year[1]
        goes = self.at(i - 1) in _PREPOSITIONS or (self.at(j) in _TO and self.at(j + 1) in MONTHS)
        if self.at(i) in _NAMES_TOO and not (goes and (self.capital(i) or self.at(i) in ("april", "june", "august"))):
            return None
        if len(self.at(i)) == 3 and self.at(i) != "may" and not self.capital(i) and self.at(i - 1) not in _PREPOSITIONS:
            return None
        period = self.which(self.skip(j, "of", ",")) if self.at(j) in ("of", "last", "this", "next") else None
        if period and isinstance(period[0], Period) and period[0].unit == "year":
            return Nth(month, "month", None, period[0]), period[1]
        # a full stop that may end the sentence is not the month's
        return CalendarDate(month=month), i + 1 if self.at(i + 1) == "." and self.capital(j) else j

    def month_day(self, i: int, j: int) -> tuple[int, int] | None:
        """The day after a month, unless it counts what follows ("in May 12 people")."""
        k = self.skip(self.skip(j, "/"), "the")
        if self.at(j) == "," and self.word(j + 1).kind == "ordinal":
            k = j + 1
        day = self.day_number(k)
        if day is None or self.word(day[1]).kind == "half" or self.at(day[1]) in ("%", "percent", ":"):
            return None
        if self.word(k).kind == "digits" and self.at(i - 1) == "in" and self.common(day[1]):
            return None
        if self.word(k).kind == "digits" and self.at(day[1]) == "-" and self.at(day[1] + 1) in UNITS:
            return None
        return day

    def day_first(self, i: int) -> Found | None:
        """ "12 October 2017", "the 12th of October", "twenty five January"."""
        j = self.skip(i, "the")
        number = self.day_number(j)
        if number is None or (
            self.word(j - 1).raw in ("$", "£", "€", ".", ":") and self.glued(j) and self.at(j - 1) != ":"
        ):
            return None
        if self.at(j - 1) in ("$", "£", "€"):
            return None
        k = number[1]
        k = self.skip(k, "day") if self.at(k + 1) == "of" else k
        k = self.skip(k, "of", "-", "/")
        if (
            MONTHS.get(self.at(k)) is None
            or (self.word(k).raw.islower() and self.at(k) in ("may", "march") and self.at(k - 1) != "of")
        ) and (self.at(k) not in ("may", "march") or self.word(j).kind == "word"):
            return self._day_of(j, number)
        named = self.month_name(k)
        if named is None:
            return self._day_of(j, number)
        month, after = named
        year = self.year_after(self.skip(after, "-", "/"))
        if year:
            return CalendarDate(year[0], month, number[0]), year[1]
        if number[0] > _LONGEST[month - 1]:
            return None
        return CalendarDate(month=month, day=number[0]), after

    def _day_of(self, i: int, number: tuple[int, int]) -> Found | None:
        """ "The 15th day of next month"."""
        if self.ordinal(i) is None:
            return None
        k = number[1]
        if self.at(k) == "day":
            k += 1
        elif self.at(k) not in ("of", "this"):
            return None
        k = self.skip(k, "of")
        whole = self.which(k) or self.the_unit(k)
        if whole and isinstance(whole[0], (Period, Told)) and whole[0].unit == "month":
            return Nth(number[0], "day", None, whole[0]), whole[1]
        return None

    def weekday(self, i: int) -> Found | None:
        """ "Friday", "Tuesday, Oct. 12", "Friday the 26th"."""
        weekday = WEEKDAYS.get(self.at(i))
        if weekday is None:
            return None
        short = self.at(i) in _SHORT_DAYS
        j = self.skip(i + 1, ".") if short else i + 1
        k = self.skip(j, ",")
        k = self.skip(k, "(")
        dated = self.month_first(k) or self.day_first(k)
        if dated is None and self.at(k - 1) != "," and (self.word(k).kind == "numeric" or self.at(k + 1) == "/"):
            dated = self.figures(k) if self.word(k).kind == "numeric" else None
        if dated and isinstance(dated[0], CalendarDate) and dated[0].day:
            after = self.skip(dated[1], ")") if self.at(k - 1) == "(" else dated[1]
            return replace(dated[0], weekday=weekday), after
        k = self.skip(j, "the")
        number = self.ordinal(k) or (self.cardinal(k) if self.word(k).kind == "digits" else None)
        if number and 1 <= number[0] <= 31 and self._stands_alone(k, number[1]):
            return CalendarDate(day=number[0], weekday=weekday), number[1]
        if self.word(i).raw.islower() and self.at(i) in _NAMES_TOO:
            return None
        if short and not (
            self.at(i - 1) in _PREPOSITIONS or self.clock(self.skip(j, "at")) or self.at(j) in _DAY_PARTS
        ):
            return None
        if self.at(i - 1) in _NAMED_DAYS or (self.capital(i) and self.capital(j) and self.at(j) in _QUOTES_OF_NAMES):
            return None
        if self.at(i - 1) in ("every", "each") or (self.at(j) == "night" and self.at(j + 1) in ("live", "football")):
            return None
        if self.at(i - 2) == "mail" and self.at(i - 1) == "on":
            return None
        return CalendarDate(weekday=weekday), j

    def _stands_alone(self, k: int, after: int) -> bool:
        """Whether a number after a weekday is its day of the month, not hours or a count."""
        if self.word(k).kind == "ordinal" or self.at(k - 1) == "the":
            return not self.common(after)
        follows = self.word(after)
        if follows.kind in ("half", "digits") or self.at(after) in (
            "-",
            "–",
            ":",
            "%",
            "o'clock",
            "oclock",
            "to",
            "/",
            ".",
        ):
            return self.at(after) == "." and self.at(after + 1) == ""
        return follows.kind != "word" or self.at(after) in ("between", "at", "from")

    def the_day(self, i: int) -> Found | None:
        """ "On the 18th": a day of a month not named."""
        if (
            self.at(i) != "the"
            or self.word(i + 1).kind != "ordinal"
            or self.at(i - 1) not in ("on", "by", "until", "since")
        ):
            return None
        number = int(self.at(i + 1)[:-2])
        if (
            not 1 <= number <= 31
            or (self.word(i + 2).kind == "word" and self.at(i + 2) not in _FUNCTION)
            or self.at(i + 2) == "of"
        ):
            return None
        return CalendarDate(day=number), i + 2

    def year(self, i: int) -> Found | None:
        """ "2014", "the year 2014", "2014 April"."""
        if self.at(i) == "the" and self.at(i + 1) in ("year", "calendar", "fiscal", "school"):
            return self.year(i + 1)
        if self.at(i) in ("fiscal", "school", "financial") and self.at(i + 1) == "year" and self.year_number(i + 2):
            return Never(), i + 3
        named = self.at(i) == "year" or (self.at(i) == "calendar" and self.at(i + 1) == "year")
        j = i + 1 + (self.at(i) == "calendar") if named else i
        numbered = self.year_number(j)
        if numbered is None:
            return None
        year, after = numbered
        if named:
            return CalendarDate(year), after
        if month := MONTHS.get(self.at(after)):
            following = self.day_number(after + 1)
            if following is None:
                return CalendarDate(year, month), after + 1
        if self.word(j).kind == "digits" and not self._is_year(j):
            return None
        if self.word(j).kind == "word" and self.at(j - 1) not in _PREPOSITIONS:
            return None
        return CalendarDate(year), after

    def _is_year(self, i: int) -> bool:
        """Whether four figures alone are a year, by the marks and words around them."""
        before, year = self.word(i - 1), int(self.at(i))
        if before.raw in ("$", "£", "€", "¥", "#", "©", "№", "+", "@", "_", "/", "=") or (
            before.text == "." and self.at(i - 2) == "no"
        ):
            return False
        if self.glued(i) and before.raw not in ("(", "[", "'", '"', "“", "‘", "-", "–", "—", "~"):
            return False
        if before.raw in _MARKS and self.word(i - 2).kind in ("digits", "number") and len(self.at(i - 2)) != 4:
            return False
        after = self.word(i + 1)
        if self.glued(i + 1) and (
            after.kind in ("word", "digits", "number") or after.raw in ("%", "/", "_", "°", ":", "@")
        ):
            return False
        if (
            self.glued(i + 1)
            and after.raw == "-"
            and self.word(i + 2).kind == "digits"
            and len(self.at(i + 2)) not in (2, 4)
        ):
            return False
        if (
            (after.text in _MAKES and self.capital(i + 1))
            or after.text in _COUNTED
            or after.text in ("gmt", "hours", "hrs", "utc")
        ):
            return False
        if before.text in _NUMBERED or (year % 100 == 0 and self.common(i + 1) and after.text.endswith("s")):
            return False
        if _CODE.search(self.text, max(0, before.start - 5), self.word(i).end + 8):
            return False
        return 1900 <= year < 2100 or (before.text in _PREPOSITIONS and not self.common(i + 1))

    def ages(self, i: int) -> Found | None:
        """Decades and centuries: "the 1990s", "the '80s", "the nineties", "the 15th century"."""
        j = self.skip(i, "the")
        word = self.word(j)
        if word.kind == "ages":
            figures = re.sub(r"\D", "", word.text)
            if len(figures) == 4:
                first = int(figures)
                return (
                    (Ages(first, 100 if first % 100 == 0 and first < 2000 else 10), j + 1) if first % 10 == 0 else None
                )
            if word.text.startswith("'") or self.at(j - 1) in ("late", "early"):
                return Ages(1900 + int(figures) if int(figures) > 20 else 2000 + int(figures), 10), j + 1
            return None
        if word.text in _DECADES and self.at(j - 1) in ("the", "early", "late", "mid", "-"):
            return Ages(_DECADES[word.text], 10), j + 1
        number = self.ordinal(j)
        if number and self.at(self.skip(number[1], "-")) == "century" and 1 < number[0] <= 22:
            return Ages((number[0] - 1) * 100, 100), self.skip(number[1], "-") + 1
        return None

    def quarter(self, i: int) -> Found | None:
        """ "Q3 2019", "2019 Q3", "2019 H2"."""
        year = self.year_number(i) if self.word(i).kind == "digits" else None
        j = self.skip(year[1], "-") if year else i
        kind = self.at(j)
        if kind not in ("q", "h") or self.word(j + 1).kind != "digits" or not self.glued(j + 1):
            return None
        number, length = int(self.at(j + 1)[:2]), 3 if kind == "q" else 6
        if not 1 <= number <= 12 // length or (kind == "h" and self.glued(j + 2) and self.word(j + 2).kind == "word"):
            return None
        after = j + 2
        if year is None:
            later = self.year_number(self.skip(self.skip(after, "-"), "of"))
            if later is None:
                return (PartOfYear((number - 1) * 3 + 1, 3), after) if kind == "q" and self.capital(j) else None
            year, after = later, later[1]
        return PartOfYear((number - 1) * length + 1, length, year[0]), after

    def season(self, i: int) -> Found | None:
        """ "Summer 2014", "the summer of 2014", "in the spring"."""
        j = self.skip(i, "the")
        month = SEASONS.get(self.at(j))
        if month is None:
            return None
        k = self.skip(j + 1, "of", ",")
        year = self.year_number(k)
        if year:
            return PartOfYear(month, 3, year[0]), year[1]
        whole = self.which(k) if self.at(k) in _WHICH else None
        if whole and isinstance(whole[0], Period) and whole[0].unit == "year" and abs(whole[0].count) <= 1:
            which: Which = ("last", "this", "next")[whole[0].count + 1]
            return (
                (PartOfYear(month, 3, which=which), whole[1])
                if which == "this"
                else (Several(3, "month", False, whole[0]), whole[1])
            )
        sure = self.at(i - 1) in ("in", "since", "by", "until", "during", "late", "early", "mid") and not self.common(
            j + 1
        )
        if not sure or (self.at(j) in ("fall", "spring") and j == i) or (self.capital(j) and self.capital(j + 1)):
            return None
        return PartOfYear(month, 3), j + 1

    def deictic(self, i: int) -> Found | None:
        """ "Yesterday", "tonight", "overnight", "at present"."""
        text = self.at(i)
        if text in _DAYS:
            return None if text == "today" and self._is_title(i) else (Deictic(_DAYS[text]), i + 1)
        if text in ("tonight", "tonite"):
            return PartOfDay("night", Deictic(0)), i + 1
        if text == "overnight" and not self.common(i + 1):
            return PartOfDay("night", Deictic(-1)), i + 1
        if text == "at" and self.at(i + 1) == "present":
            return Now(), i + 2
        if text == "at" and self.at(i + 1) in ("the", "this") and self.at(i + 3) != "of":
            if self.at(i + 2) == "moment":
                return Now(), i + 3
            if self.at(i + 2) == "present" and self.at(i + 3) == "time":
                return Now(), i + 4
        return None

    def _is_title(self, i: int) -> bool:
        """Whether "Today" is part of the name of a paper or a programme."""
        named = self.capital(i - 1) and self.word(i - 1).kind == "word"
        return self.capital(i) and (named or self.at(i + 1) in _QUOTES_OF_NAMES)

    # times counted from another

    def amount(self, i: int) -> tuple[int, int, int] | None:
        """How many units, at least and at most: "two", "a", "a few", "several"."""
        j = self.skip(i, "a") if self.at(i + 1) in _VAGUE else i
        j = self.skip(j, "the") if self.at(j + 1) in _VAGUE else j
        if self.at(j) in _VAGUE:
            k = self.skip(j + 1, "of", "more")
            low, high = _VAGUE[self.at(j)]
            return low, high, k
        if self.at(i) in ("a", "an", "one"):
            return 1, 1, i + 1
        number = self.cardinal(i)
        if number is None or (self.word(i - 1).raw in ("$", "£", "€") and self.glued(i)):
            return None
        if (
            self.at(number[1]) in ("to", "or", "-", "–")
            and (more := self.cardinal(number[1] + 1))
            and more[0] > number[0]
        ):
            return number[0], more[0], more[1]
        return number[0], number[0], number[1]

    def counted_units(self, i: int) -> tuple[int, int, Unit, int] | None:
        """ "Two weeks", "a few days"."""
        j = i
        while self.at(j) in (
            "about",
            "around",
            "nearly",
            "almost",
            "roughly",
            "some",
            "just",
            "less",
            "more",
            "over",
            "than",
            "only",
        ):
            j += 1
            if j - i > 3:
                return None
        amount = self.amount(j)
        if amount is None:
            return None
        low, high, k = amount
        if self.at(k) == "-":
            k += 1
        unit = UNITS.get(self.at(k))
        return (low, high, unit, k + 1) if unit else None

    def distance(self, i: int) -> Found | None:
        """ "Two weeks ago", "three days later", "five days before Christmas", "two months from today"."""
        found = self.counted_units(i)
        if found is None:
            return self.vague_distance(i)
        low, high, unit, j = found
        while self.at(j) == "and" and (more := self.counted_units(j + 1)) and UNITS[self.at(more[3] - 1)] != unit:
            j = more[3]
        word = self.at(j)
        if word in ("ago", "back"):
            return (Distance(low, high, unit, forward=False), j + 1) if word == "ago" else None
        if word in ("earlier", "previously") or (word == "before" and self.word(j + 1).kind in ("other", "end")):
            return Distance(low, high, unit, forward=False, told=True), j + 1
        if word in ("later", "after", "afterward", "afterwards", "on") and (
            word == "later" or self.word(j + 1).kind in ("end",) or self.at(j + 1) in (".", ",")
        ):
            return Distance(low, high, unit, forward=True, told=True), j + 1
        if word == "hence" or (word == "from" and self.at(j + 1) == "now"):
            return Distance(low, high, unit, forward=True), j + 1 + (word == "from")
        if word in ("before", "after", "from", "since"):
            base = self.date(self.skip(j + 1, "on"))
            if base and not isinstance(base[0], (Distance, Ages, Rolling)) and self.at(base[1]) != "'s":
                if word == "since":
                    return None
                return Distance(low, high, unit, forward=word != "before", base=base[0]), base[1]
        return None

    def vague_distance(self, i: int) -> Found | None:
        """ "Years ago", "weeks later": how many is not said."""
        unit = UNITS.get(self.at(i))
        if unit is None or not self.at(i).endswith("s") or self.at(i + 1) not in ("ago", "later", "earlier"):
            return None
        return Never(), i + 2

    def within(self, i: int) -> Found | None:
        """ "In two weeks", "within nine months": from the day of publication on."""
        if self.at(i) not in ("in", "within"):
            return None
        j = self.skip(i + 1, "the")
        j = self.skip(j, "next")
        found = self.counted_units(j)
        if found is None or self.at(found[3]) in ("of", "from", "after", "before", "ago", "later", "'s"):
            return None
        low, high, unit, after = found
        if self.at(i) == "within":
            return Rolling(high, unit, forward=True, inclusive=True), after
        if j > i + 1 or (self.common(after) and self.at(after) not in ("time",)):
            return None
        after = self.skip(after, "time") if self.at(after) == "time" else after
        return Distance(low, high, unit, forward=True, ahead=True), after

    def which(self, i: int) -> Found | None:
        """ "Last week", "this Friday", "next month", "the past three years", "the weekend", "last night"."""
        the = self.at(i) == "the"
        j = i + the
        if self.at(j) in UNITS and the:
            return self.the_unit(j)
        if self.at(j) in ("following", "preceding", "same") or self.at(j) == "that":
            return None
        counted = self.counted_units(j) if self.word(j).kind == "digits" or self.at(j) in CARDINALS else None
        text = self.at(j)
        if text not in _WHICH:
            if (
                the
                and (amount := self.amount(j))
                and self.at(amount[2]) in ("last", "past", "previous", "next", "coming", "upcoming")
            ):
                return self._rolling(amount[0], amount[2], amount[2] + 1)
            if (
                not counted
                and (number := self.cardinal(j))
                and self.at(number[1]) in ("last", "past", "previous", "next", "coming", "upcoming")
            ):
                return self._rolling(number[0], number[1], number[1] + 1)
            return None
        which = _WHICH[text]
        k = j + 1
        if text == "this" and self.at(k) in ("past", "coming", "upcoming"):
            which, k = _WHICH[self.at(k)], k + 1
            text = "past" if which == "last" else "coming"
        if text in ("last", "past", "previous", "next", "coming", "upcoming"):
            counted = self.counted_units(k)
            amount = self.amount(k) if counted is None else None
            if counted and self.at(counted[3]) != "of":
                return Rolling(counted[1], counted[2], forward=which == "next"), counted[3]
            del amount
            if self.at(k) == "couple" and (unit := UNITS.get(self.at(self.skip(k + 1, "of")))):
                return Rolling(2, unit, forward=which == "next"), self.skip(k + 1, "of") + 1
        if self.at(k) in ("fiscal", "financial", "school", "academic") and self.at(k + 1) == "year":
            return Never(), k + 2
        k = self.skip(k, "calendar", "working")
        return self._which_one(which, text, k, the)

    def _rolling(self, count: int, direction: int, i: int) -> Found | None:
        unit = UNITS.get(self.at(i))
        forward = _WHICH[self.at(direction)] == "next"
        return (Rolling(count, unit, forward), i + 1) if unit and (count == 1 or self.at(i).endswith("s")) else None

    def _which_one(self, which: Which, text: str, k: int, the: bool) -> Found | None:
        """The weekday, month, season, unit or part of the day after "last", "this" or "next"."""
        word, step = self.at(k), {"last": -1, "this": 0, "next": 1, "": 0}[which]
        if word in WEEKDAYS and not (word in _SHORT_DAYS and self.word(k).raw.islower()):
            dated = self.weekday(k)
            if dated and isinstance(dated[0], CalendarDate) and dated[0].day:
                return dated
            if text == "coming":
                return Coming(WEEKDAYS[word]), k + 1
            return CalendarDate(weekday=WEEKDAYS[word], which=which), k + 1
        if word in MONTHS and (word not in ("may", "march", "mar") or self.capital(k)):
            dated = self.month_first(k)
            if dated and isinstance(dated[0], CalendarDate) and dated[0].day:
                return dated
            return CalendarDate(month=MONTHS[word], which=which), k + 1
        if word in SEASONS:
            return PartOfYear(SEASONS[word], 3, which=which), k + 1
        if (unit := UNITS.get(word)) and not word.endswith("s"):
            if text in ("previous", "next") and the and unit not in ("quarter",):
                return Told(unit, step), k + 1
            if (the and which == "last" and text in ("last", "past") and unit not in ("quarter", "weekend")) or (
                text == "past" and not the and unit != "weekend"
            ):
                if self.at(k + 1) == "of":
                    return None
                return Rolling(1, unit), k + 1
            if unit in ("minute", "hour") and which == "this":
                return None
            if unit == "week" and which == "next" and not the and self.at(k + 1) == "after":
                return None
            return Period(unit, step), k + 1
        if (part := self.part(k)) and not (the and which == "last"):
            if which == "next" and not the:
                return None
            if the:
                return PartOfDay(part[0], Told("day", step)), part[1]
            return PartOfDay(part[0], Deictic(step)), part[1]
        holiday = self.holiday(k)
        if holiday and isinstance(holiday[0], Holiday) and holiday[0].year is None:
            return replace(holiday[0], which=which), holiday[1]
        return None

    def the_unit(self, i: int) -> Found | None:
        """ "The weekend", "the week after next"; other units only as a whole that something is part of."""
        i = self.skip(i, "the")
        unit = UNITS.get(self.at(i))
        if unit is None or self.at(i).endswith("s"):
            return None
        if self.at(i + 1) in ("after", "before") and self.at(i + 2) in ("next", "last"):
            return Period(unit, 2 if self.at(i + 2) == "next" else -2), i + 3
        if unit == "day" and self.at(i + 1) in ("after", "before") and self.at(i + 2) in ("tomorrow", "yesterday"):
            return Deictic(2 if self.at(i + 2) == "tomorrow" else -2), i + 3
        if self.at(i + 1) in ("before", "after", "earlier") and unit in ("day", "week", "month", "year"):
            after = self.word(i + 2)
            if after.kind in ("end", "other") or after.text in ("and", "when", "that", "in", "at", "by", "with"):
                return Told(unit, 1 if self.at(i + 1) == "after" else -1), i + 2
            base = self.date(i + 2) if self.at(i + 1) != "earlier" else None
            if base and _is_day(base[0]) and unit == "day" and self.at(base[1]) != "'s":
                return Distance(1, 1, unit, self.at(i + 1) == "after", base[0]), base[1]
            return None
        if unit == "weekend" and self.at(i - 1) == "the" and self.at(i + 1) != "of":
            return Period("weekend", 0), i + 1
        inside = self.at(i - 2) in ("of", "in") and self.at(i - 1) == "the" and self.at(i + 1) != "of" and unit != "day"
        if inside and (self.at(i - 3) in _EDGES or self.at(i - 3) in UNITS or self.at(i - 3) in ("later", "earlier")):
            return Period(unit, 0), i + 1
        return None

    def told(self, i: int) -> Found | None:
        """ "The following day", "the previous night", "that week", "the same month", "the night before"."""
        the = self.at(i) == "the"
        j = i + the
        step = {"following": 1, "next": 1, "previous": -1, "preceding": -1, "same": 0, "that": 0}.get(self.at(j))
        if step is None or (self.at(j) in ("next", "previous") and not the and self.at(j) != "next"):
            part = self.part(j) if the else None
            if (
                part
                and self.at(part[1]) in ("before", "after")
                and (self.word(part[1] + 1).kind in ("end", "other") or self.at(part[1] + 1) in _FUNCTION)
            ):
                return PartOfDay(part[0], Told("day", -1 if self.at(part[1]) == "before" else 0)), part[1] + 1
            return None
        k = j + 1
        if self.at(j) == "that" and self.at(k) == "same":
            k += 1
        if self.at(j) == "that" and the:
            return None
        if self.at(k) in WEEKDAYS and step:
            return FromTold(WEEKDAYS[self.at(k)], step), k + 1
        if part := self.part(k):
            return PartOfDay(part[0], Told("day", step)), part[1]
        unit = UNITS.get(self.at(k))
        if unit is None or self.at(k).endswith("s") or unit in ("minute", "hour", "quarter", "century"):
            return (Period("quarter", step), k + 1) if unit == "quarter" and step else None
        if self.at(j) == "that" and (self.common(k + 1) and self.at(k + 1) not in ("later",)):
            return None
        return Told(unit, step), k + 1

    # parts and wholes

    def edge(self, i: int) -> Found | None:
        """ "Late May", "early Tuesday", "mid-2016", "the end of the month", "early in the day Wednesday"."""
        j = self.skip(i, "the")
        which = _EDGES.get(self.at(j))
        if which is None:
            return None
        k = j + 1
        noun = self.at(j) in ("beginning", "start", "middle", "end")
        if noun:
            if self.at(k) != "of":
                return None
            k += 1
            if self.at(k) in ("year", "month") and self.word(k + 1).kind in ("end", "other"):
                return Edge(which, Period(UNITS[self.at(k)], 0)), k + 1
        else:
            k = self.skip(k, "-")
            if self.at(k) == "in" and self.at(k + 1) == "the" and self.at(k + 2) == "day":
                k += 3
            k = self.skip(k, "on", "in")
            k = self.skip(k, "the") if self.at(k + 1) in _DAY_PARTS and self.at(k + 2) in ("of", "on") else k
            part = self.part(k)
            if part and (dated := self.date(self.skip(self.skip(part[1], "of"), "on"))) and _is_day(dated[0]):
                name = f"{which} {part[0]}"
                return PartOfDay(name if name in PARTS else part[0], dated[0]), dated[1]
        inner = self.date(k)
        if inner is None and noun:
            inner = self.the_unit(k)
        if inner is None or isinstance(inner[0], (Distance, Rolling, Range, Edge)):
            return None
        when, after = inner
        if isinstance(when, PartOfDay):
            name = f"{which} {when.part}"
            return replace(when, part=name if name in PARTS else when.part), after
        if _is_day(when):
            part = self.part(after)
            if part:
                name = f"{which} {part[0]}"
                return PartOfDay(name if name in PARTS else part[0], when), part[1]
            return PartOfDay(which, when), after
        return Edge(which, when), after

    def so_far(self, i: int) -> Found | None:
        """ "Earlier this week", "later in the year", "earlier Tuesday", "later that day"."""
        if self.at(i) not in ("earlier", "later"):
            return None
        later = self.at(i) == "later"
        j = self.skip(i + 1, "in", "on")
        if j > i + 1 and self.at(j) == "the" and self.at(j + 1) in UNITS:
            unit = UNITS[self.at(j + 1)]
            if unit == "day" and (dated := self.date(self.skip(j + 2, ",", "on"))) and _is_day(dated[0]):
                return PartOfDay("late" if later else "early", dated[0]), dated[1]
            return (SoFar(later, Period(unit, 0)), j + 2) if unit in ("week", "month", "year") else None
        inner = self.date(j)
        if inner is None or isinstance(inner[0], (Distance, Rolling, Edge)):
            return None
        when, after = inner
        if isinstance(when, (CalendarDate, Told, PartOfDay)) or _is_day(when):
            return self.with_hours(when, after) if _is_day(when) else (when, after)
        return SoFar(later, when), after

    def nth(self, i: int) -> Found | None:
        """ "The first week of Jan. 2015", "the last quarter of the year", "the first Monday evening of next month"."""
        j = self.skip(i, "the")
        last = self.at(j) in ("last", "final")
        number = (-1, j + 1) if last else self.ordinal(j)
        if number is None:
            return None
        nth, k = number
        several = self.counted_units(k) if self.at(j) in ("last", "final", "first") else None
        if several and self.at(several[3]) == "of" and self.at(k) not in ("a", "an"):
            whole = self.date(several[3] + 1)
            if whole and not _is_day(whole[0]):
                return Several(several[0], several[2], last, whole[0]), whole[1]
        weekday = WEEKDAYS.get(self.at(k))
        unit = UNITS.get(self.at(k))
        if unit is None and self.at(k) == "half":
            unit = "year"
        if weekday is None and (
            unit is None or self.at(k).endswith("s") or unit in ("minute", "hour", "century", "fortnight", "weekend")
        ):
            return None
        after = k + 1
        part = self.part(after) if weekday is not None else None
        after = part[1] if part else after
        hours = self.hours(after, loose=False) if weekday is not None else None
        after = hours[2] if hours else after
        if self.at(after) != "of" and not (self.at(after) == "in" and self.at(after + 1) in MONTHS):
            return None
        whole = self.date(after + 1) or self.the_unit(self.skip(after + 1, "the"))
        if whole is None or _is_day(whole[0]):
            return None
        if self.at(k) == "half":
            when: When = Several(6, "month", nth != 1, whole[0])
        else:
            when = Nth(nth, unit if weekday is None else None, weekday, whole[0])
        after = whole[1]
        if part:
            when = PartOfDay(part[0], when)
        if hours:
            when = At(when, hours[0], hours[1])
        if (
            (
                unit == "week"
                and (inner := self.weekday(self.skip(self.skip(after, "."), "on")))
                and self.at(after) in ("on", ".")
            )
            and isinstance(inner[0], CalendarDate)
            and inner[0].day is None
        ):
            return Nth(1, None, inner[0].weekday, when), inner[1]
        return when, after

    def week_of(self, i: int) -> Found | None:
        """ "The week of Oct. 12", "the night of May 3", "Labor Day weekend", "week 31"."""
        j = self.skip(i, "the")
        text = self.at(j)
        if (
            text == "week"
            and (number := self.cardinal(j + 1))
            and self.word(j + 1).kind == "digits"
            and 1 <= number[0] <= 53
        ):
            year = self.year_after(number[1]) if self.at(number[1]) in ("of", ",") else None
            if self.common(number[1]):
                return None
            return WeekNumber(number[0], year[0] if year else None), year[1] if year else number[1]
        if text in ("week", "weekend") and self.at(j + 1) in ("of", "commencing", "beginning", "starting", "ending"):
            base = self.date(self.skip(j + 2, "on"))
            if base and (_is_day(base[0]) or isinstance(base[0], Holiday)):
                return WeekOf(base[0], weekend=text == "weekend"), base[1]
            return None
        part = self.part(j)
        if part and self.at(part[1]) in ("of", "on"):
            base = self.date(part[1] + 1)
            if base and _is_day(base[0]) and not isinstance(base[0], PartOfDay):
                return PartOfDay(part[0], base[0]), base[1]
        if text in ("day", "afternoon", "evening", "morning") and self.at(j + 1) == "of" and self.at(j) == "day":
            return None
        return None

    def holiday(self, i: int) -> Found | None:
        """A holiday by name, with its year."""
        if self.at(i) not in _HOLIDAY_STARTS:
            return None
        words: list[str] = []
        best: tuple[str, int] | None = None
        j = i
        while len(words) < 5 and self.word(j).kind in ("word", "owner", "other"):
            word = self.word(j)
            if word.kind == "word":
                words.append(word.text)
            elif word.raw not in (".", "'", "’", "-") and word.kind != "owner":
                break
            j += 1
            name = " ".join(words)
            if word.kind == "word" and name in HOLIDAYS:
                best = name, j
        if best is None:
            return None
        name, j = best
        if self.word(i - 1).kind == "owner" or (
            self.capital(i - 1) and self.word(i - 1).kind == "word" and self.at(i - 1) not in _PREPOSITIONS
        ):
            return None
        which: Which = ""
        year = self.year_after(j)
        after = j
        if year:
            after = year[1]
        elif self.at(j) in ("of", "last", "this", "next"):
            whole = self.which(self.skip(j, "of"))
            if whole and isinstance(whole[0], Period) and whole[0].unit == "year":
                which = ("last", "this", "next")[max(-1, min(1, whole[0].count)) + 1]
                after = whole[1]
        when = Holiday(name, year[0] if year else None, which)
        if self.at(after) == "weekend":
            return WeekOf(when, weekend=True), after + 1
        modifies = self.word(after).kind == "word" and (self.common(after) or self.capital(after))
        if (
            modifies
            and not year
            and self.at(after) not in _DAY_PARTS
            and name.split()[-1] not in ("day", "eve", "monday", "friday")
        ):
            return None
        return when, after

    def length(self, i: int) -> Found | None:
        """ "Four-month", "a two-year-long": how long something lasted."""
        number = self.cardinal(i)
        if number is None or self.at(number[1]) not in ("-", "‑", "–"):
            return None
        unit = UNITS.get(self.at(number[1] + 1))
        after = number[1] + 2
        if unit is None or self.at(after - 1).endswith("s"):
            return None
        if self.at(after) in ("-", "‑"):
            if self.at(after + 1) not in ("long",):
                return None
            after += 2
        elif self.at(after) == "old" or not self.common(after):
            return None
        return Duration(number[0], unit), after


def _is_day(when: When) -> bool:
    """Whether a value names one day, so that hours can follow it."""
    match when:
        case CalendarDate():
            return when.day is not None or when.weekday is not None
        case Deictic() | Holiday() | FromTold() | Coming():
            return True
        case Told() | Distance():
            return when.unit == "day"
        case Nth():
            return when.weekday is not None or when.unit == "day"
        case PartOfDay():
            return True
    return False


_STARTING_KINDS = frozenset({"iso", "packed", "numeric", "month", "clock", "ordinal", "ages", "digits", "number"})
_HOLIDAY_STARTS = frozenset(name.split()[0] for name in HOLIDAYS)
_HOURS = frozenset({"noon", "midday", "midnight", "half", "quarter", "from", "between"}) | CARDINALS.keys()
_STARTING = (
    MONTHS.keys()
    | WEEKDAYS.keys()
    | CARDINALS.keys()
    | ORDINALS.keys()
    | _VAGUE.keys()
    | _DECADES.keys()
    | UNITS.keys()
    | SEASONS.keys()
    | _WHICH.keys()
    | _EDGES.keys()
    | _BOUNDS.keys()
    | _ABOUT
    | _NEAR
    | _DAYS.keys()
    | _HOLIDAY_STARTS
    | PARTS.keys()
    | {"the", "a", "an", "that", "same", "following", "preceding", "tonight", "tonite", "now", "at", "to", "till", "in"}
    | {
        "within",
        "between",
        "prior",
        "earlier",
        "later",
        "midnight",
        "half",
        "quarter",
        "q",
        "fiscal",
        "school",
        "calendar",
    }
    | {"'", "less", "more", "about", "final", "financial", "one"}
)
_LEADING = frozenset("the a an that this to by from in at".split())
"""Words of ``_STARTING`` with which a time begins only where another of them follows."""
_FOLLOWING = frozenset("over some only than on present moment".split())
"""Other words that may follow them: "in over a year", "at the moment"."""
