"""Numbers in plain text: a lexical scanner, linear in the length of the text.

It knows digits and number words, ranges, hedges, units and money, ages and scores, and what only looks like a number
(dates, clock times, telephone numbers, model names). What a number counts is the business of `reader.quantities`.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from reader import units
from reader.units import PERCENT, PERCENTAGE_POINT, YEAR, Unit

Bound = float | None
Form = Literal["cardinal", "fraction", "ordinal", "vague", "age", "score", "decade"]

_MAX_DIGITS: Final = 24


# --- the table of vague words ------------------------------------------------------------------------------------------


class Hedge(NamedTuple):
    """How a loosening word changes an interval: its name in vague.toml and its tolerance as a share."""

    name: str
    tolerance: float = 0.0

    def apply(self, low: Bound, high: Bound) -> tuple[Bound, Bound]:
        """The interval [``low``, ``high``] under this hedge."""
        slack_low = abs(low or 0.0) * self.tolerance
        slack_high = abs(high or 0.0) * self.tolerance
        match self.name:
            case "around":
                return (None if low is None else low - slack_low, None if high is None else high + slack_high)
            case "almost":
                return (None if low is None else low - slack_low, high)
            case "slightly-over":
                return (low, None if high is None else high + slack_high)
            case "more-than" | "at-least":
                return (low, None)
            case "up-to":
                return (min(0.0, high) if high is not None else 0.0, high)
            case _:
                return (None, high)


@dataclass(frozen=True)
class Vague:
    """The table of vague words: intervals by phrase, hedges by the phrase before or after a number."""

    words: Mapping[str, tuple[Bound, Bound]]
    before: Mapping[str, Hedge]
    after: Mapping[str, Hedge]
    heads: frozenset[str] = field(init=False)
    longest_word: int = field(init=False)
    longest_before: int = field(init=False)
    longest_after: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "heads", frozenset(phrase.split(" ", 1)[0] for phrase in self.words))
        for name, table in (("word", self.words), ("before", self.before), ("after", self.after)):
            object.__setattr__(self, f"longest_{name}", max((len(_split(k)) for k in table), default=0))


class VagueError(ValueError):
    """A table of vague words that cannot be used; the message is one clear line."""


def _split(phrase: str) -> list[str]:
    return [m.group().casefold() for m in _TOKEN.finditer(phrase)]


@lru_cache(maxsize=8)
def load_vague(override: Path | None = None) -> Vague:
    """The table in reader/vague.toml, with the entries of the file ``override`` in place of those of the same name.

    Raises `VagueError` where that file cannot be read or says something that is not an interval.
    """
    own = tomllib.loads((Path(__file__).with_name("vague.toml")).read_text(encoding="utf-8"))
    if override is not None:
        try:
            theirs = tomllib.loads(override.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise VagueError(f"{override}: {error}") from error
        for section in ("words", "before", "after"):
            mine = theirs.get(section, {})
            if not isinstance(mine, dict):
                raise VagueError(f"{override}: [{section}] is not a table")
            own[section].update(mine)
    try:
        return Vague(
            words={" ".join(_split(k)): _interval(k, v) for k, v in own["words"].items()},
            before=_hedges(own["before"]),
            after=_hedges(own["after"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise VagueError(f"{override or 'vague.toml'}: {error}") from error


def _interval(phrase: str, bounds: Any) -> tuple[Bound, Bound]:
    try:
        low, high = (None if b == "none" else float(b) for b in bounds)
    except (TypeError, ValueError):
        raise VagueError(f'"{phrase}" needs [low, high], each a number or "none"') from None
    if low is not None and high is not None and not low <= high:
        raise VagueError(f'"{phrase}": {low:g} is more than {high:g}')
    return low, high


_HEDGES: Final = ("around", "almost", "slightly-over", "more-than", "at-least", "less-than", "at-most", "up-to")


def _hedges(table: Mapping[str, Any]) -> dict[str, Hedge]:
    hedges: dict[str, Hedge] = {}
    for name, entry in table.items():
        if name not in _HEDGES:
            raise VagueError(f'no hedge is called "{name}"; there are {", ".join(_HEDGES)}')
        hedge = Hedge(name, float(entry.get("tolerance", 0.0)))
        if not 0 <= hedge.tolerance < 1:
            raise VagueError(f'the tolerance of "{name}" is not in [0, 1)')
        hedges.update((" ".join(_split(phrase)), hedge) for phrase in entry["words"])
    return hedges


# --- words and marks ---------------------------------------------------------------------------------------------------

# Every repetition is bounded or consumes what it scans, so that one pass over any text is linear.
_TOKEN: Final = re.compile(
    r"""
      (?P<skip> (?:https?://|www\.)\S{1,2000} | [\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8} | [@\#]\w{1,100} )
    | (?P<clock> (?<![\d.,:])\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,6})?)?(?![\d:]) )
    | (?P<number>
          \d{1,12}(?:\.\d{1,12})?\s?[x×]\s?10\s?\^?[-−]?\d{1,3}(?![\d.,]\d)
        | \d{1,12}(?:\.\d{1,12})?\^[-+]{0,2}\d{1,3}(?!\d)
        | \d{1,12}(?:\.\d{1,12})?[eE][-+−]?\d{1,3}(?!\w)
        | \d{1,3}(?:,\d{3}){1,8}(?!\d|,\d)(?:\.\d{1,12})?
        | \d{1,3}(?:\.\d{3}){1,6},\d{1,2}(?![\d.,]*\d)
        | \d{1,2}(?:,\d{2}){1,6},\d{3}(?!\d|,\d)(?:\.\d{1,12})?
        | \d{1,3}(?:[\u00a0\u2009\u202f]\d{3}){1,8}(?!\d)(?:\.\d{1,12})?
        | \d{1,3}(?:[ ]\d{3}){2,8}(?!\d)(?:\.\d{1,12})?
        | \d{1,3}[ ]000(?!\d|[ ,]\d)
        | \d{1,3}(?:[ ],[ ]\d{3}){1,4}(?!\d)
        | \d{1,4}[ ]\.[ ]\d{1,4}(?=[ ](?:percent|million|billion|trillion|points)\b|[ ]?%)
        | \d+(?:\.\d+)?
        | (?<![\w.])\.\d+
        | [¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]
      )
    | (?P<word> [^\W\d_]+(?:['’][^\W\d_]+)* )
    | (?P<dash> [-‐‑‒–—−]+ )
    | (?P<mark> [^\w\s] | _ )
    """,
    re.VERBOSE,
)

_VULGAR: Final = {
    "¼": 1 / 4,
    "½": 1 / 2,
    "¾": 3 / 4,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "⅕": 1 / 5,
    "⅖": 2 / 5,
    "⅗": 3 / 5,
    "⅘": 4 / 5,
    "⅙": 1 / 6,
    "⅚": 5 / 6,
    "⅛": 1 / 8,
    "⅜": 3 / 8,
    "⅝": 5 / 8,
    "⅞": 7 / 8,
}

_UNITS_WORDS: Final = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
} | {"nought": 0, "naught": 0}
_TENS: Final = {
    w: 10 * i for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
} | {"fourty": 40}
_SMALL: Final = _UNITS_WORDS | _TENS
_MAGNITUDES: Final = {
    "thousand": 1e3,
    "lakh": 1e5,
    "lakhs": 1e5,
    "million": 1e6,
    "crore": 1e7,
    "crores": 1e7,
    "billion": 1e9,
    "trillion": 1e12,
    "quadrillion": 1e15,
    "mln": 1e6,
    "mil": 1e6,
    "bln": 1e9,
    "tln": 1e12,
}
# Letters that multiply when they touch the digits.
_SUFFIXES: Final = {
    "k": 1e3,
    "K": 1e3,
    "M": 1e6,
    "MM": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "mil": 1e6,
    "bn": 1e9,
    "Bn": 1e9,
    "BN": 1e9,
    "b": 1e9,
    "B": 1e9,
    "bln": 1e9,
    "tn": 1e12,
    "trn": 1e12,
    "T": 1e12,
    "tln": 1e12,
    "m": 1e6,
    "G": 1e9,
}
_ORDINALS: Final = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "thirteenth": 13,
    "fourteenth": 14,
    "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "sixtieth": 60,
    "seventieth": 70,
    "eightieth": 80,
    "ninetieth": 90,
    "hundredth": 100,
    "thousandth": 1000,
    "millionth": 10**6,
    "billionth": 10**9,
    "trillionth": 10**12,
}
_PARTS: Final = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4} | {
    form: n for w, n in _ORDINALS.items() if n > 2 for form in (w, f"{w}s")
}
_MONTHS: Final = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_MONTHS_AND_WORDS: Final = frozenset(("may", "march", "mar"))
_DAYS: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun".split()
)
# A number right after one of these is a name for one thing, not a count.
_LABELS: Final = frozenset(
    "act photo slide picture age-group amendment apartment apt area article bill box bus case category channel chapter chapters circuit class "
    "clause column compartment court day district division door engine episode exhibit exit figure flight floor form "
    "formula fortune ftse gate grade group highway image interstate item lane leg lesson level line lot mark match model nasdaq "
    "no nos nr number region russell stoxx topix "
    "numbers page pages part patient phase pier platform point proposition protocol psalm question ranked resolution "
    "road room round route row rule runway schedule season seat section seed serial ship size stage step story subsection "
    "suite table terminal tier title track train tropic type unit vehicle version verse vol volume ward week windows "
    "world year zip zone area".split()
)
# "Day 10" and "Week 3" name, "day two patients" and "the year 300 people died" do not.
_LABELS_IN_CAPITALS: Final = frozenset(
    "age-group region image photo slide picture area bill box bus case class column court day door engine exit floor form leg lesson line lot mark match "
    "model part patient point question road round ship size stage step story table tier title track train type unit "
    "vehicle week windows world year zone group season ward number level division level title category".split()
)
_CAPTIONS: Final = frozenset(("image", "photo", "slide", "picture", "page", "gallery"))
_JOINTS: Final = frozenset("to or and minus through pre post mid sub over under all a".split()) | frozenset(_SMALL)
_PHONE_WORDS: Final = frozenset(
    "call phone telephone tel contact dial text hotline fax mobile helpline whatsapp".split()
)
_MONEY_GLUE: Final = frozenset("$€£¥₹₽₺₩₪₱₦₫₴₿฿元")
_PERCENT_WORDS: Final = frozenset(("percent", "percents", "pct", "pc", "percentage"))
_CHANGE: Final = frozenset(
    "rise rises rose risen rising fall falls fell fallen falling drop drops dropped dropping climb climbs climbed climbing "
    "increase increases increased increasing decrease decreased decreasing decline declined declining grow grew grown "
    "growing slip slipped slow slowed jump jumped jumping raise raised raising lower lowered cut down up plunge plunged "
    "shrink shrank tumble tumbled soar soared surge surged went widen widened narrow narrowed change changed changes edge "
    "edged upgrade upgraded reduce reduced revised move moved".split()
)
_SPANNING: Final = frozenset(("ranged", "ranging", "range", "ranges", "vary", "varied", "varies", "varying"))
_SCORE_WORDS: Final = frozenset(
    "beat beats beaten win wins won winning lose loses lost losing draw drew drawn defeat defeats defeated score scored "
    "scoring vote votes voted voting lead led leads victory victories loss ruling ruled decision margin record game match "
    "set sets tie tied passed majority trail trailed trailing final thrashed edged downed thrashing scoreline aggregate "
    "goalless against approved rejected".split()
)
_DURING: Final = frozenset(
    "for after took take takes lasted lasting spent of to by since well just is was were are be been with in at than a "
    "spend spending last served serve and".split()
)

_AFTER_CLOCK: Final = re.compile(
    r"(?:\s?[ap]\.\s?m\b\.?|\s?[apAP][mM]\b|\s?(?:GMT|UTC|BST|EDT|EST|CET|PDT|PST|IST)\b|\s?o['’]clock\b|[ ]hours?\b(?=\W{0,3}"
    r"(?:GMT|UTC|local|on\b)))"
)
_INNER_CAPITAL: Final = re.compile(r"^[a-z]{1,2}[A-Z]")
# 1200 Oak Hill Road, 14 E. 5th St., the 400 block of Main Street
_ADDRESS: Final = re.compile(
    r"[ ](?:(?:block\b|block[ ]of\b)|(?:[NSEW]\.?[ ]|North[ ]|South[ ]|East[ ]|West[ ])?(?:[A-Z][\w'’]{0,20}[ ]|\d{1,3}(?:st|nd|rd|th)[ ]){1,3}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Highway|Hwy|Parkway|Pkwy|Terrace|Square)\b)"
)
_CLOCK_DIGITS: Final = re.compile(r"\d{1,2}(?:\.\d{2})?|\d{4}")
_AFTER_DATE: Final = re.compile(
    r"(?:st|nd|rd|th)?(?:\s+of)?\s+(?:{})\b".format("|".join(m.title() for m in sorted(_MONTHS)))
)
_YEAR_TAIL: Final = re.compile(r"[-–/]\d{2}(?:\d{2})?(?!\d)")
_AGE_AFTER: Final = re.compile(
    r"(?P<lead>\s?[-‐‑–]?\s?)(?P<unit>years?|yrs?|months?|weeks?|days?|hours?)(?P<glue>\s?[-‐‑–]\s?|\s)"
    r"(?:olds?\b|of\s+age\b)|\s?(?P<yo>yo|y/o|y\.o\.)(?!\w)",
    re.IGNORECASE,
)
_AGE_BEFORE: Final = frozenset(("aged", "age", "ages"))
_CALIBRE_NOUN: Final = re.compile(
    r"\s?-?\s?(?:calib(?:er|re)|gauge|(?:\w{1,20}\s){0,2}?(?:guns?|handguns?|pistols?|rifles?|howitzers?|mortars?|artillery|shells?"
    r"|rounds?|cannons?|ammunition|bullets?|rockets?|cartridges?|firearms?|casings?))\b"
)


class Numeral(NamedTuple):
    """One number in a text.

    ``start`` to ``end`` holds hedge, number and unit; ``core`` is where the number itself stands. ``low`` and ``high``
    bound the value in ``unit``. ``yearlike`` marks a bare number that may be a year, ``labelled`` one that may be
    part of a name, because a capitalised word stands before it: only the syntax can tell. ``pair`` holds both sides of a score
    in the order stated. ``of`` is "calibre" for the bore of a weapon.
    """

    start: int
    end: int
    core: tuple[int, int]
    low: Bound
    high: Bound
    form: Form
    unit: Unit | None = None
    money: bool = False
    hedge: str = ""
    yearlike: bool = False
    labelled: bool = False
    bare_age: bool = False
    pair: tuple[float, float] | None = None
    of: str = ""


@dataclass(slots=True)
class _Core:
    """A number being read: tokens ``first`` to ``last`` (exclusive) and what they say."""

    first: int
    last: int
    low: Bound
    high: Bound
    form: Form
    digits: bool = False
    scaled: bool = False
    plain: float = 0.0
    unit: Unit | None = None
    money: bool = False
    bare: bool = False
    per: bool = False


def scan(text: str, vague: Vague | None = None) -> list[Numeral]:
    """Every number stated in ``text``, in order, none overlapping another."""
    found: list[Numeral] = []
    for numeral in _Scanner(text, vague or load_vague()).numerals():
        both = _both_bounds(found[-1], numeral, text) if found else None
        if both is not None:
            found[-1] = both
        else:
            found.append(numeral)
    return found


def _both_bounds(one: Numeral, other: Numeral, text: str) -> Numeral | None:
    """ "at least 20 and at most 100": one interval of a lower and an upper bound that stand side by side."""
    if other.start - one.end > 6 or text[one.end : other.start].strip() not in ("and", "but", ", but"):
        return None
    low = one.low if one.high is None else other.low if other.high is None else None
    high = one.high if one.low is None else other.high if other.low is None else None
    if low is None or high is None or low > high or (one.unit or other.unit) != other.unit:
        return None
    return other._replace(start=one.start, low=low, high=high, hedge=f"{one.hedge} and {other.hedge}")


def _number(digits: str) -> float | None:
    """The value of a run of digits as written; ``None`` where it is too long to be a quantity."""
    if digits in _VULGAR:
        return _VULGAR[digits]
    if sum(c.isdigit() for c in digits) > _MAX_DIGITS:
        return None
    if "^" in digits and "x" not in digits and "×" not in digits:
        return _power(*digits.split("^", 1))
    if "." in digits and "," in digits and digits.rindex(",") > digits.rindex("."):
        digits = digits.replace(".", "").replace(",", ".")
    plain = re.sub(r"[,\s\u00a0\u2009\u202f]", "", digits).replace("−", "-")
    plain = re.sub(r"[x×]10\^?", "e", plain)
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _power(base: str, exponent: str) -> float | None:
    """The value of "1.1^23"; two minus signs are one plus."""
    try:
        value = float(base) ** float(exponent.replace("--", ""))
    except (ValueError, OverflowError, ZeroDivisionError):
        return None
    return value if math.isfinite(value) else None


class _Scanner:
    """The tokens of one text and the reading of numbers from them."""

    def __init__(self, text: str, vague: Vague) -> None:
        self.text = text
        self.vague = vague
        self.words: list[str] = []
        self.lower: list[str] = []
        self.kinds: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        for match in _TOKEN.finditer(text):
            word = match.group()
            self.words.append(word)
            self.lower.append(word.casefold() if len(word) < 40 else word)
            self.kinds.append(match.lastgroup or "mark")
            self.starts.append(match.start())
            self.ends.append(match.end())
        self.count = len(self.words)
        self.vague_heads = vague.heads

    # small helpers ------------------------------------------------------------------------------------------------

    def touches(self, i: int) -> bool:
        """Whether token ``i`` stands against the one before it."""
        return 0 < i < self.count and self.starts[i] == self.ends[i - 1]

    def word(self, i: int) -> str:
        """Token ``i`` in lower case, "" outside the text."""
        return self.lower[i] if 0 <= i < self.count else ""

    def kind(self, i: int) -> str:
        return self.kinds[i] if 0 <= i < self.count else ""

    def ahead(self, i: int, most: int) -> list[str]:
        """Up to ``most`` words from token ``i``, ending before digits that stand apart."""
        end = min(i + most, self.count)
        for k in range(i, end):
            if self.kinds[k] == "number" and not self.touches(k):
                return self.words[i:k]
        return self.words[i:end]

    def capitalised(self, i: int) -> bool:
        return 0 <= i < self.count and self.kinds[i] == "word" and self.words[i][:1].isupper()

    def opens_sentence(self, i: int) -> bool:
        """Whether token ``i`` is the first of the text, a line or a sentence."""
        if i <= 0:
            return True
        return self.words[i - 1] in '.!?:;"“”([' or "\n" in self.text[self.ends[i - 1] : self.starts[i]]

    # the walk -----------------------------------------------------------------------------------------------------

    def numerals(self) -> Iterator[Numeral]:
        i = 0
        free = 0  # no numeral may reach back before this token
        while i < self.count:
            if not self.may_start(i):
                i += 1
                continue
            skip = self.not_a_number(i)
            if skip:
                i = free = i + skip
                continue
            core = self.core(i)
            if core is None:
                i += 1
                continue
            numeral, after = self.expression(core, free)
            if numeral is not None:
                yield numeral
            i = free = max(after, i + 1)

    def may_start(self, i: int) -> bool:
        kind = self.kinds[i]
        if kind in ("number", "clock"):
            return True
        if kind != "word":
            return False
        word = self.lower[i]
        return (
            word in _SMALL
            or word in _STARTERS
            or word in self.vague_heads
            or (word in _ORDINALS and word not in ("first", "second"))
            or word in ("first", "second")
        )

    # what only looks like a number ----------------------------------------------------------------------------------

    def not_a_number(self, i: int) -> int:
        """How many tokens from ``i`` are a date, a clock time, a telephone number or a name; 0 if none."""
        if self.kinds[i] == "clock":
            return 1
        if self.kinds[i] != "number":
            if self.word(i + 1) in ("o'clock", "o’clock"):
                return 2
            hung = self.kind(i - 1) == "dash" and self.touches(i) and self.touches(i - 1) and self.kind(i - 2) == "word"
            # The end of a compound that is no number: "tewnty-one", "catch-three".
            return int(hung and self.lower[i] in _UNITS_WORDS and self.lower[i - 2] not in _JOINTS)
        word, end = self.words[i], self.ends[i]
        chain = self.chain(i)
        if chain:
            return chain
        if self.glued_to_name(i):
            return 1
        if _AFTER_CLOCK.match(self.text, end) and _CLOCK_DIGITS.fullmatch(word):
            return 1
        dated = self.dated(i)
        if dated:
            return dated
        if self.kind(i + 2) == "number" and (self.kind(i + 1) == "dash" or self.word(i + 1) in ("to", "and")):
            until = self.ends[i + 2]
            if _AFTER_CLOCK.match(self.text, until) and _CLOCK_DIGITS.fullmatch(self.words[i + 2]):
                return 3
        if self.word(i - 1) + self.word(i - 2) in ("><", ">=", "<=") and self.touches(i - 1) and self.touches(i):
            # "<>30", "=<30": code, not prose
            return 1
        if self.enumerates(i):
            return 1
        if word == "911" or (word in ("999", "112") and self.word(i + 1) in ("call", "calls", "operator")):
            return 1
        if self.kind(i + 1) == "dash" and self.touches(i + 1) and self.touches(i + 2):
            # 678-ZRL, 222-TIPS
            code = self.words[i + 2]
            if self.kind(i + 2) == "word" and code.isupper() and len(code) > 1:
                return 3
        if word.isdigit() and len(word) <= 5 and _ADDRESS.match(self.text, end):
            return 1
        if len(word) == 4 and word.isdigit() and "1500" <= word <= "2099":
            tail = _YEAR_TAIL.match(self.text, end)
            if tail and (len(tail.group()) == 5 or int(tail.group()[1:]) == (int(word) + 1) % 100):
                return 3
            if tail and tail.group()[0] != "/" and len(tail.group()) == 3:
                short = int(tail.group()[1:])
                if short > int(word) % 100 or 1 <= short <= 12:
                    return 3
        if self.labelled_by_word(i):
            # "Image 3 of 5"
            k = i + 2 if self.word(i + 2) != "/" else i + 3
            captioned = self.word(i - 1) in _CAPTIONS and self.word(i + 1) == "of" and self.kind(k) == "number"
            return k - i + 1 if captioned else 1
        return 0

    def chain(self, i: int) -> int:
        """Digits joined by marks: 5/17/2018, 192.168.1.2, 555-010-1234, +44 20 7946 0958. How many tokens, 0 if none."""
        last, joins, digits = i, [], len(self.words[i])
        while self.kind(last + 2) == "number" and self.touches(last + 1) and self.touches(last + 2):
            joint = self.words[last + 1]
            if joint not in ("/", "-", "–", ".", "‑"):
                break
            joins.append(joint)
            last += 2
            digits += len(self.words[last])
        if len(joins) >= 2:
            return last - i + 1
        if self.word(i - 1) == "+" and self.touches(i) and digits + self.digits_ahead(last) >= 8:
            while self.kind(last + 1) == "number" or (
                self.word(last + 1) in ("-", "(", ")", "/") and last + 2 < self.count
            ):
                last += 1
            return last - i + 1
        if (
            self.word(i - 1) == "("
            and self.word(last + 1) == ")"
            and self.kind(last + 2) == "number"
            and len(self.words[i]) == 3
        ):
            after = last + 2
            if self.words[after + 1 : after + 2] == ["-"] and self.kind(after + 2) == "number":
                return after + 3 - i
        if not joins and len(word := self.words[i]) == 3 and word.isdigit() and self.kind(i + 1) == "number":
            tail = self.words[i + 1 : i + 4]
            if len(tail) == 3 and tail[1] in "-–." and [len(t) for t in tail] == [3, 1, 4] and tail[2].isdigit():
                return 4
        if len(joins) == 1:
            left, right = self.words[i], self.words[last]
            if joins[0] in "-–‑" and len(right) == 4 and len(left) == 3 and right.isdigit():
                near = {self.word(k) for k in range(max(0, i - 5), i)}
                if right[0] == "0" or near & _PHONE_WORDS:
                    return last - i + 1
            if joins[0] == "/" and (left, right) in (("9", "11"), ("24", "7"), ("7", "7"), ("50", "50")):
                return last - i + 1
            if joins[0] == ".":
                return last - i + 1
        return 0

    def enumerates(self, i: int) -> bool:
        """ "1) ..., 2) ..." and the "1." that opens a list: a bracket closed that was never opened."""
        if len(self.words[i]) > 2 or not self.words[i].isdigit():
            return False
        if self.word(i + 1) == ")":
            return not any(self.words[k] == "(" for k in range(max(0, i - 30), i))
        return i == 0 and self.word(1) == "." and self.touches(1) and self.capitalised(2)

    def digits_ahead(self, i: int) -> int:
        return sum(len(self.words[k]) for k in range(i + 1, min(i + 6, self.count)) if self.kinds[k] == "number")

    def glued_to_name(self, i: int) -> bool:
        """F16, F-16, Covid-19, last-32: digits that a word holds on to; but not €10, US$5 or a unit such as km/30."""
        if not self.touches(i):
            return self.suffix_of_name(i)
        before = self.words[i - 1]
        if self.kinds[i - 1] == "word":
            return before not in units.tables().money_signs and before.upper() not in units.tables().money_signs
        if self.kinds[i - 1] == "number":
            return True
        if before in "-‐‑−–" and self.touches(i - 1) and self.kinds[i - 2] == "number" and self.touches(i - 2):
            return self.kinds[i - 3] == "word"
        if before in "-‐‑−–" and self.touches(i - 1) and self.kinds[i - 2] == "word":
            word = self.lower[i - 2]
            return word not in _JOINTS
        if before in ("_", "/") and self.touches(i - 1) and self.kinds[i - 2] == "word":
            return before == "_" or len(self.words[i - 2]) < 2
        if before == "." and self.touches(i - 1) and self.kinds[i - 2] == "word" and len(self.words[i - 2]) == 1:
            return True
        return self.suffix_of_name(i)

    def suffix_of_name(self, i: int) -> bool:
        """5G, 3D, 4x4, 7B: letters that touch the digits and are neither a unit, a multiplier nor an ending."""
        if not (self.touches(i + 1) and self.kind(i + 1) == "word"):
            return False
        if self.touches(i + 2) and self.kind(i + 2) == "number" and self.words[i + 2] not in ("2", "3"):
            return True
        word = self.words[i + 1]
        if word in _SUFFIXES or self.lower[i + 1] in ("st", "nd", "rd", "th", "s", "pc", "pct", "p", "yo", "x"):
            return (word == "G" and len(self.words[i]) == 1) or (word == "x" and self.kind(i + 2) == "number")
        if word == "D" and len(self.words[i]) < 3:
            return True
        after = self.ahead(i + 1, 4)
        return (
            units.find(after, 0, True) is None
            and units.currency(after, 0) is None
            and not word.endswith(("EUR", "USD"))
        )

    def dated(self, i: int) -> int:
        """The tokens of a day of the month or a weekday's number from ``i``; 0 if it is none."""
        if not self.words[i].isdigit():
            return 0
        value = int(self.words[i]) if len(self.words[i]) <= 4 else 10_000
        before = i - 2 if self.word(i - 1) == "." else i - 1
        month = self.word(before)
        named = month in _MONTHS and (self.capitalised(before) or month not in _MONTHS_AND_WORDS)
        if named and (value <= 31 or 1500 <= value <= 2099):
            last = i
            if self.touches(i + 1) and self.word(i + 1) in ("st", "nd", "rd", "th"):
                last += 1
            while self.kind(last + 1) == "dash" and self.kind(last + 2) == "number" and len(self.words[last + 2]) <= 2:
                last += 2
            if (
                self.word(before - 1) in ("between", "from")
                and self.word(last + 1) in ("and", "to")
                and self.kind(last + 2) == "number"
                and len(self.words[last + 2]) <= 2
            ):
                last += 2
            if self.word(last + 1) in (",", "of", "/") and _is_year(self.word(last + 2)):
                last += 2
            elif _is_year(self.word(last + 1)):
                last += 1
            return last - i + 1
        if value <= 31 and self.word(before) in _DAYS and self.capitalised(before) and before == i - 1:
            return 1
        if value <= 31 and (
            _AFTER_DATE.match(self.text, self.ends[i]) or (self.word(i - 1) == "on" and self.word(i + 1) in _MONTHS)
        ):
            return 1
        if (
            value <= 31
            and self.kind(i + 1) == "dash"
            and self.kind(i + 2) == "number"
            and _AFTER_DATE.match(self.text, self.ends[i + 2])
        ):
            return 3
        if (
            value <= 31
            and self.word(i + 1) in ("and", "or", "to")
            and self.kind(i + 2) == "number"
            and len(self.words[i + 2]) <= 2
        ):
            return 3 if _AFTER_DATE.match(self.text, self.ends[i + 2]) else 0
        return 0

    def labelled_by_word(self, i: int) -> bool:
        """page 4, Section 427, No. 10: a word right before the number that makes it a name."""
        k = i - 2 if self.word(i - 1) == "." and self.word(i - 2) in ("no", "nos", "nr", "vol", "apt") else i - 1
        word = self.word(k)
        if word == "#" or (
            self.kind(k) == "word" and self.touches(k) is False and _INNER_CAPITAL.search(self.words[k])
        ):
            return True
        if word not in _LABELS or self.kind(k) != "word":
            return False
        if "," in self.words[i]:
            return False
        if word in ("no", "nos", "nr") and k == i - 1:
            return self.capitalised(k) and not self.opens_sentence(k) and self.words[k] != "NO"
        if word in _LABELS_IN_CAPITALS and not self.capitalised(k):
            return False
        following = self.ahead(i + 1, 4)
        return units.find(following, 0, self.touches(i + 1)) is None and units.currency(following, 0) is None

    # the number itself ----------------------------------------------------------------------------------------------

    def core(self, i: int) -> _Core | None:
        """The number at token ``i``, with its fraction, multiplier and ending; no hedge, no range."""
        phrase = self.vague_phrase(i)
        if phrase is not None:
            return phrase
        core = self.cardinal(i)
        if core is None:
            return self.part_or_ordinal(i)
        return self.with_fraction(core)

    def vague_phrase(self, i: int) -> _Core | None:
        if self.kinds[i] != "word" or self.lower[i] not in self.vague_heads:
            return None
        for size in range(min(self.vague.longest_word, self.count - i), 0, -1):
            bounds = self.vague.words.get(" ".join(self.lower[i : i + size]))
            if bounds is None:
                continue
            if (
                size == 1
                and self.word(i - 1) in ("the", "how", "so", "as", "too", "in", "those", "these")
                and self.lower[i] == "many"
            ):
                return None
            if self.lower[i] == "tens" and size == 1 and self.word(i + 1) != "of":
                return None
            if self.lower[i] == "scores" and (self.word(i + 1) != "of" and not self.opens_sentence(i)):
                return None
            last = i + size
            if (
                self.lower[last - 1]
                in (
                    "dozens",
                    "scores",
                    "hundreds",
                    "thousands",
                    "millions",
                    "billions",
                    "number",
                    "numbers",
                    "handful",
                    "tens",
                    "couple",
                    "trillions",
                )
                and self.word(last) == "of"
            ):
                pass
            return _Core(i, last, bounds[0], bounds[1], "vague")
        return None

    def cardinal(self, i: int) -> _Core | None:
        """Digits or number words with their multipliers."""
        total, group, smallest = 0.0, None, math.inf
        digits = self.kinds[i] == "number"
        j, scaled, plain, lead, bare = i, False, 0.0, 0.0, False
        if digits:
            value = _number(self.words[i])
            if value is None:
                return None
            group, plain, j = value, value, i + 1
            bare = self.words[i].isdigit()
            if self.touches(j) and self.kind(j) == "number" and self.words[j] in _VULGAR:
                group += _VULGAR[self.words[j]]
                j += 1
            if self.touches(j) and self.kind(j) == "word":
                ending = self.words[j]
                if self.lower[j] in ("st", "nd", "rd", "th"):
                    return _Core(i, j + 1, group, group, "ordinal", digits=True, plain=plain)
                if ending == "s":
                    return self.decade(i, j, group)
                if ending in _SUFFIXES and not self.suffix_is_unit(i, j):
                    return _Core(
                        i,
                        j + 1,
                        group * _SUFFIXES[ending],
                        group * _SUFFIXES[ending],
                        "cardinal",
                        digits=True,
                        scaled=True,
                        plain=plain,
                    )
            elif self.words[j : j + 1] in (["M"], ["B"], ["k"]) and not self.touches(j + 1):
                scale = _SUFFIXES[self.words[j]]
                return _Core(i, j + 1, group * scale, group * scale, "cardinal", digits=True, scaled=True, plain=plain)
        elif self.word(i) in ("a", "an"):
            if self.word(i + 1) == "dozen" and units.currency(self.words[max(i - 1, 0) : i], 0):
                return None
            if self.word(i + 1) not in ("hundred", "thousand", "million", "billion", "trillion", "dozen"):
                return None
            group, j = 1.0, i + 1
        while j < self.count:
            word = self.lower[j]
            hyphen = 0
            if (
                self.kinds[j] == "dash"
                and j > i
                and (self.touches(j) or len(self.words[j]) == 1)
                and j + 1 < self.count
            ):
                # "twenty-one", "two-million"; a dash with spaces only between words
                if self.touches(j) == self.touches(j + 1) and not (digits and not self.touches(j)):
                    word, hyphen = self.lower[j + 1], 1
                    if word in _ORDINALS and _ORDINALS[word] < 10 and (group or 0) % 100 in _TENS_VALUES:
                        value = total + (group or 0.0) + _ORDINALS[word]
                        return _Core(i, j + 2, value, value, "ordinal")
                    if not (
                        word in _MAGNITUDES
                        or word in ("hundred", "dozen")
                        or (word in _SMALL and (group or 0) % 100 in _TENS_VALUES and 0 < _SMALL[word] < 10)
                    ):
                        break
                else:
                    break
            linked = 0
            if word in ("and", "&", ",") and j > i:
                linked = self.continues(j, group, smallest, digits)
                if not linked:
                    break
                word = self.lower[j + linked]
            at = j + hyphen + linked
            if word in _SMALL and self.kinds[at] == "word":
                value = float(_SMALL[word])
                if group is None:
                    group = value
                elif self.fits(group, value, digits and total == 0):
                    group += value
                else:
                    break
                lead = value
            elif word == "hundred" and group is not None and 0 < group < 100:
                group *= 100
                scaled = True
            elif word == "hundred" and group is None and j == i:
                group = 100.0
            elif (
                word in ("dozen", "dozens") and group is not None and group < 1000 and (word == "dozen" or linked == 0)
            ):
                group *= 12
                scaled = True
                j = at + 1
                break
            elif word in _MAGNITUDES and (group is not None or j == i):
                scale = _MAGNITUDES[word]
                if scale < smallest:
                    total += (1.0 if group is None else group) * scale
                    smallest = scale
                elif group is None and total:
                    total *= scale
                else:
                    break
                group, scaled = None, True
            elif self.kinds[at] == "number" and scaled and self.fits_digits(at, group, smallest):
                value = _number(self.words[at]) or 0.0
                group = (group or 0.0) + value
            elif word == "point" and j > i and not digits and self.word(j + 1) in _SMALL:
                decimals, j = self.decimals(j + 1)
                group = (group or 0.0) + decimals
                break
            else:
                break
            j = at + 1
        if group is None and not total:
            return None
        value = total + (group or 0.0)
        if j == i:
            return None
        if not math.isfinite(value):
            return None
        sign = self.sign(i)
        return _Core(
            i - (1 if sign < 0 else 0),
            j,
            sign * value,
            sign * value,
            "cardinal",
            digits=digits,
            scaled=scaled,
            plain=plain or lead or value,
            bare=bare and not scaled,
        )

    def fits(self, group: float, value: float, after_digits: bool) -> bool:
        """Whether the small word for ``value`` goes on with ``group``: twenty + one, three hundred + twelve."""
        if after_digits or value == 0 or group != int(group):
            return False
        rest = group % 100
        if rest == 0:
            return group >= 100
        return rest >= 20 and rest % 10 == 0 and value < 10

    def fits_digits(self, at: int, group: float | None, smallest: float) -> bool:
        """Whether the digits at ``at`` go on with a number: "4 thousand 300", "3 hundred and 21"."""
        if not self.words[at].isdigit() or len(self.words[at]) > 3 or self.suffix_of_name(at):
            return False
        if group is not None:
            return group >= 100 and group % 100 == 0 and len(self.words[at]) <= 2
        return smallest == 1e3 and (len(self.words[at]) == 3 or self.word(at + 1) == "hundred")

    def continues(self, j: int, group: float | None, smallest: float, digits: bool) -> int:
        """How many tokens "and" or ", " takes when the number goes on behind it (three hundred and two); 0 if not."""
        k = j + 1
        if self.lower[j] == ",":
            # "three million, two hundred and forty": only from a multiplier to a smaller one, all in words
            if (
                smallest <= 1e3
                and group is None
                and not digits
                and self.word(k) in _SMALL
                and self.word(k + 1) == "hundred"
            ):
                return 1
            if math.inf > smallest > 1e3 and group is None and not digits and self.word(k) in _SMALL:
                return 1 if self.word(k + 1) in ("hundred", "thousand") else 0
            return 0
        word = self.word(k)
        hundreds = group is not None and group >= 100 and group % 100 == 0
        if (hundreds and not digits) or (hundreds and self.word(j - 1) == "hundred"):
            if word in _SMALL and _SMALL[word] > 0:
                return 1
            return 1 if self.kind(k) == "number" and self.words[k].isdigit() and len(self.words[k]) <= 2 else 0
        if group is None and smallest < math.inf and not digits and word in _SMALL and _SMALL[word] > 0:
            return 1 if smallest == 1e3 or self.word(k + 1) in ("hundred", "thousand") else 0
        return 0

    def decimals(self, j: int) -> tuple[float, int]:
        """The words after "point": nought four, seventy-one."""
        digits = ""
        while j < self.count and self.lower[j] in _SMALL:
            value = _SMALL[self.lower[j]]
            if value in _TENS_VALUES and self.kind(j + 1) == "dash" and 0 < _SMALL.get(self.word(j + 2), 0) < 10:
                value += _SMALL[self.word(j + 2)]
                j += 2
            digits += str(value)
            j += 1
            if len(digits) > 12:
                break
        return float(f"0.{digits}"), j

    def sign(self, i: int) -> int:
        """-1 where a minus stands before token ``i``."""
        if self.word(i - 1) in ("minus", "negative"):
            return -1
        if self.kind(i - 1) == "dash" and self.words[i - 1] in "-−–" and self.touches(i) and self.kinds[i] == "number":
            if self.word(i - 2) == "minus":
                return -1
            return 1 if self.touches(i - 1) else -1
        return 1

    def suffix_is_unit(self, i: int, j: int) -> bool:
        """Whether the "m" of "48m" is metres: no money before it, no counted noun behind it."""
        if any(self.word(k) in _MONEY_GLUE for k in range(max(0, i - 4), i)) or self.words[i - 1 : i] == ["RM"]:
            return False
        letter = self.words[j]
        if letter in ("T", "G", "b"):
            return letter != "G"
        if letter != "m":
            return False
        if i and self.kinds[i - 1] == "word" and self.words[i - 1] in units.tables().money_signs:
            return False
        if self.touches(j + 1) and self.word(j + 1) in ("2", "3", "²", "³", "^"):
            return True
        following = self.ahead(j + 1, 3)
        if units.currency(following, 0) or units.find(following, 0, False):
            return False
        nxt = self.word(j + 1)
        return not (
            (self.kind(j + 1) == "word" and nxt.endswith("s") and len(nxt) > 3 and nxt not in ("across", "this", "was"))
            or nxt in ("people", "children", "women", "men", "jobs")
        )

    def decade(self, i: int, j: int, value: float) -> _Core | None:
        """ "20s": an age where somebody is "in his 20s"; "1990s" and other plurals are no quantity."""
        owner = self.word(i - 1) if self.word(i - 1) not in ("early", "mid", "late", "-") else self.word(i - 2)
        if self.word(i - 1) == "-" and self.word(i - 2) in ("mid", "early", "late"):
            owner = self.word(i - 3)
        if owner in ("his", "her", "their", "my", "our", "your") and value in _TENS_VALUES:
            return _Core(i, j + 1, value, value + 9, "age", digits=True)
        return _Core(i, j + 1, value, value, "decade", digits=True)

    def with_fraction(self, core: _Core) -> _Core:
        """Adds "and a half", "1/2", "fifths", "out of five", "in 10" to a whole number."""
        if core.bare:
            slashed = self.slashed(core)
            if slashed is not None:
                return slashed
        part = self.parts(core) if not core.digits else None
        if part is not None:
            return part
        if self.word(core.last) == "and":
            return self.mixed(core) or core
        if self.word(core.last) in ("in", "out", "over"):
            return self.share(core, core.last) or core
        return core

    def slashed(self, core: _Core) -> _Core | None:
        """1/4, 10 1/2, 10 ½."""
        j, low = core.last, core.low or 0.0
        if self.kind(j) == "number" and self.words[j] in _VULGAR:
            value = low + _VULGAR[self.words[j]]
            return replace(core, last=j + 1, low=value, high=value, bare=False)
        if self.word(j) == "/" and self.kind(j + 1) == "number" and self.touches(j) and self.touches(j + 1):
            bottom = _number(self.words[j + 1]) or 0.0
            if 1 < bottom <= 1000 and abs(low) < 10 * bottom and self.words[j + 1].isdigit():
                return replace(core, last=j + 2, low=low / bottom, high=low / bottom, form="fraction", bare=False)
        if (
            self.kind(j) == self.kind(j + 2) == "number"
            and self.word(j + 1) == "/"
            and self.touches(j + 1)
            and self.touches(j + 2)
        ):
            top, bottom = _number(self.words[j]) or 0.0, _number(self.words[j + 2]) or 0.0
            if 0 < top < bottom <= 64:
                return replace(core, last=j + 3, low=low + top / bottom, high=low + top / bottom, bare=False)
        return None

    def denominator(self, j: int) -> tuple[int, int] | None:
        """ "thirds", "quarter", "twenty-firsts" at token ``j``: its value and the token after it."""
        word = self.word(j)
        if word in _PARTS:
            return _PARTS[word], j + 1
        if word in _TENS and self.kind(j + 1) == "dash":
            ending = self.word(j + 2).removesuffix("s")
            if ending in _ORDINALS and _ORDINALS[ending] < 10:
                return _TENS[word] + _ORDINALS[ending], j + 3
        return None

    def parts(self, core: _Core) -> _Core | None:
        """ "two thirds", "three-quarters", "two hundred and five eighths", "two thirds of a million"."""
        j, low = core.last, core.low or 0.0
        at = j + 1 if self.kind(j) == "dash" else j
        found = self.denominator(at)
        if found is None or not self.is_part(core, found[1] - 1):
            return None
        bottom, last = found
        value = low / bottom
        tail = self.behind_and(core)
        if tail is not None and tail < bottom and low > tail:
            value = low - tail + tail / bottom
            return replace(core, last=last, low=value, high=value)
        if self.word(last) == "of" and self.word(last + 1) == "a" and self.word(last + 2) in _MAGNITUDES:
            value *= _MAGNITUDES[self.word(last + 2)]
            return replace(core, last=last + 3, low=value, high=value)
        return replace(core, last=last, low=value, high=value, form="fraction")

    def behind_and(self, core: _Core) -> float | None:
        """What the last "and" of a number in words adds: 54 in "two hundred and fifty-four"."""
        for k in range(core.last - 2, core.first, -1):
            if self.word(k) == "and":
                tail = self.cardinal(k + 1)
                return tail.low if tail is not None and tail.last == core.last else None
        return None

    def mixed(self, core: _Core) -> _Core | None:
        """ "three and a half", "3 million and a half", "two and fifty-four hundredths"."""
        low, j = core.low or 0.0, core.last + 1
        if self.word(j) == "a":
            top, at = 1.0, j + 1
        else:
            counted = self.cardinal(j) if self.word(j) in _SMALL else None
            if counted is None or counted.low is None:
                return None
            top, at = counted.low, counted.last
        found = self.denominator(at + 1 if self.kind(at) == "dash" else at)
        if found is None or not 0 < top < found[0] or self.word(found[1]) in ("of", "-"):
            return None
        if (top == 1) == self.word(found[1] - 1).endswith("s"):
            return None
        share, last = top / found[0], found[1]
        scale = _MAGNITUDES.get(self.word(last))
        if scale is not None:
            value = (low + share) * scale if abs(low) < 1000 else low + share * scale
            return replace(core, last=last + 1, low=value, high=value, bare=False, scaled=True)
        value = low + share * (self.scale_of(low) if core.scaled and low >= 1e6 else 1)
        return replace(core, last=last, low=value, high=value, bare=False)

    @staticmethod
    def scale_of(value: float) -> float:
        return float(10 ** (3 * int(math.log10(value) // 3)))

    def is_part(self, core: _Core, at: int) -> bool:
        """Whether an ordinal-like word is a denominator: plural after two and more, singular after one."""
        word, value = self.lower[at], core.low or 0.0
        if word in ("half", "halves", "quarter", "quarters"):
            if word.startswith("quarter") and self.word(core.first - 1) in ("for", "the", "last", "past", "previous"):
                return self.word(at + 1) == "of"
            return (value == 1) == (word in ("half", "quarter"))
        if value == 1:
            return not word.endswith("s")
        return word.endswith("s") and value != 0

    def share(self, core: _Core, j: int) -> _Core | None:
        """ "two out of five", "one in 10": a share, where the first is the smaller."""
        words = self.word(j), self.word(j + 1)
        k = j + 2 if words == ("out", "of") else j + 1
        if words[0] == "out" and words[1] != "of":
            return None
        if words[0] == "in" and (core.scaled or (core.low or 0) > 99 or self.word(k) == "the"):
            return None
        if k >= self.count or (self.kind(k) != "number" and self.word(k) not in _SMALL and self.word(k) != "every"):
            return None
        if self.word(k) == "every":
            k += 1
        if k >= self.count or self.not_a_number(k):
            return None
        whole = self.cardinal(k)
        if whole is None or whole.form != "cardinal" or whole.low is None or core.low is None:
            return None
        if not 0 < abs(core.low) < whole.low or (words[0] == "over" and whole.low > 1000):
            return None
        if words[0] in ("in", "over"):
            if _is_year(self.words[k]) or (words[0] == "in" and whole.low % 5 and whole.low > 12):
                return None
            unit = units.find(self.ahead(whole.last, 4), 0, self.touches(whole.last))
            if unit is not None or self.word(whole.last) in ("minutes", "games", "matches"):
                return None
            if words[0] == "over" and (self.kind(whole.last) == "word" or core.scaled):
                return None
        value = core.low / whole.low
        return _Core(core.first, whole.last, value, value, "fraction", digits=core.digits)

    def part_or_ordinal(self, i: int) -> _Core | None:
        """half, a third of, a quarter million; first, twenty-first."""
        word = self.word(i)
        at = i + 1 if word in ("a", "an") else i
        part = self.word(at)
        after = at + 1
        dash = 1 if self.kind(after) == "dash" and self.touches(after) else 0
        following = self.word(after + dash)
        if part in ("half", "quarter") or (at > i and part in _PARTS):
            share = 1.0 / _PARTS[part]
            if part == "half" and following == "a" and self.word(after + 1) in (*_MAGNITUDES, "dozen"):
                after, following, dash = after + 1, self.word(after + 1), 0
            if following in _MAGNITUDES or following == "dozen":
                value = share * (12 if following == "dozen" else _MAGNITUDES[following])
                return _Core(i, after + dash + 1, value, value, "cardinal", scaled=True)
            if self.is_share(i, at, after + dash):
                return _Core(i, after, share, share, "fraction")
            return None
        if word in _ORDINALS:
            return _Core(i, i + 1, float(_ORDINALS[word]), float(_ORDINALS[word]), "ordinal")
        if word in ("halves", "quarters"):
            return None
        return None

    def is_share(self, i: int, at: int, after: int) -> bool:
        """Whether "half" or "a third" is a share of something here, not the half of a match or a quarter of a year."""
        part, following = self.word(at), self.word(after)
        if part == "half":
            if self.word(i - 1) in (
                "first",
                "second",
                "other",
                "second-",
                "better",
                "final",
                "latter",
                "opening",
                "top",
                "bottom",
                "one-",
            ):
                return self.word(i - 1) == "other" and following == "of"
            if self.kind(i - 1) == "dash" or (
                self.kind(at + 1) == "dash" and units.find(self.ahead(after, 2), 0, False) is None
            ):
                return False
            unit = units.find(self.ahead(after, 3), 0, False)
            if self.word(i - 1) == "and":
                return False
            return (
                following
                in ("of", "the", "an", "a", "its", "their", "his", "her", "that", "those", "our", "were", "are", "is")
                or (unit is not None)
                or at > i
            )
        if part == "quarter" and at == i:
            return following == "of" and self.word(i - 1) not in (
                "third",
                "second",
                "first",
                "fourth",
                "the",
                "this",
                "last",
            )
        if following == "of":
            return True
        return at > i and (part == "quarter" and units.find(self.ahead(after, 2), 0, False) is not None)

    # the whole expression -------------------------------------------------------------------------------------------

    def expression(self, core: _Core, free: int) -> tuple[Numeral | None, int]:
        """The numeral around ``core``: money, unit, range, hedges. And the token to go on from."""
        if core.form == "decade":
            return None, core.last
        first = core.first
        if core.form == "ordinal":
            return self.ordinal(core), core.last
        first = self.money_before(core, first, free)
        last = self.unit_after(core)
        if core.form == "age":
            return self.finish(core, first, last, free, core.low, core.high, age=True)
        second, after = self.other_side(core, first, last)
        low, high = core.low, core.high
        if second is not None:
            if second.form == "score":
                return self.score(core, second)
            self.share_scale(core, second)
            low, high = core.low, second.high
            if low is not None and high is not None and low > high:
                low, high = high, low
            if core.unit is None:
                core.unit, core.money = second.unit, second.money
            elif second.unit is None:
                second.unit = core.unit
            elif core.unit.dimension == second.unit.dimension and core.unit != second.unit and low is not None:
                low = low * core.unit.factor / second.unit.factor
                core.unit = second.unit
                if high is not None and low > high:
                    low, high = high, low
            core.bare = core.bare and second.bare
            core.last, last = second.last, after
        elif core.unit is not None:
            last = self.compound(core, last)
            low, high = core.low, core.high
        return self.finish(core, first, last, free, low, high, ranged=second is not None)

    def money_before(self, core: _Core, first: int, free: int) -> int:
        """Takes "$", "US$", "A $" or "EUR" before the number; returns the first token."""
        k = first - 1
        if k < free:
            return first
        signs = units.tables().money_signs
        minus = 0
        if (
            self.kind(k) == "dash"
            and self.touches(first)
            and self.words[k - 1 : k]
            and self.words[k - 1] in _MONEY_GLUE
        ):
            minus, k = 1, k - 1
        sign = self.words[k]
        if sign in _MONEY_GLUE:
            unit = signs.get(sign)
            begin = k
            if k - 1 >= free and self.kinds[k - 1] == "word":
                joined = signs.get(self.words[k - 1].upper() + sign)
                if joined is not None and (self.words[k - 1].isupper() or self.touches(k)):
                    unit, begin = joined, k - 1
                elif sign == "$" and self.words[k - 1 : k] == ["S"] and self.words[k - 3 : k - 1] == ["U", "."]:
                    begin = max(free, k - 3)
            elif k - 4 >= free and [w.upper() for w in self.words[k - 4 : k]] == ["U", ".", "S", "."]:
                begin = k - 4
            if (
                begin - 1 >= free
                and self.kind(begin - 1) == "dash"
                and self.touches(begin)
                and not self.touches(begin - 1)
            ):
                begin -= 1
                core.low, core.high = _negated(core.low, core.high)
            if minus and core.low is not None and core.low > 0:
                core.low, core.high = _negated(core.low, core.high)
            core.unit, core.money = unit, True
            return begin
        if self.kinds[k] == "word" and (
            sign in signs or (len(sign) == 3 and sign.upper() in signs and self.touches(first))
        ):
            unit = signs.get(sign) or signs[sign.upper()]
            if sign.isupper() or sign == "Rs" or self.touches(first):
                core.unit, core.money = unit, True
                return k
        if len(sign) == 4 and sign[0] == "M" and sign[1:] in signs and sign.isupper():
            # MEUR 60: millions of euros
            core.low, core.high = (None if b is None else b * 1e6 for b in (core.low, core.high))
            core.unit, core.money, core.scaled = signs[sign[1:]], True, True
            return k
        if sign == "." and self.words[k - 1 : k] == ["Rs"] and k - 1 >= free:
            core.unit, core.money = signs["Rs"], True
            return k - 1
        return first

    def unit_after(self, core: _Core) -> int:
        """Reads the unit, percent sign or currency behind the number; returns the token after it."""
        j = core.last
        if j >= self.count:
            return j
        age = _AGE_AFTER.match(self.text, self.ends[j - 1])
        if age and (core.form in ("cardinal", "vague")) and (age["yo"] or not self.is_duration(age)):
            core.form = "age"
            core.unit = YEAR if age["yo"] else (units.find([age["unit"]], 0, False) or (YEAR, 1))[0]
            while j < self.count and self.starts[j] < age.end():
                j += 1
            return j
        if core.money:
            return self.rate(core, j)
        if self.word(j) in ("us", "u") and self.word(j + 1) == "dollars":
            core.unit, core.money = units.tables().money_signs["USD"], True
            return j + 2
        link = j
        if self.kind(j) == "dash" and self.touches(j) and self.touches(j + 1):
            link = j + 1
        elif (
            self.word(j) == "-" and self.word(j + 1) and not self.touches(j) and not self.touches(j + 1) and core.digits
        ):
            link = j + 1 if units.find(self.ahead(j + 1, 5), 0, False) and self.words[j] == "-" else j
        elif self.word(j) in ("(", "{", "[") and self.word(j + 2) in (")", "}", "]"):
            unit = units.find(self.ahead(j + 1, 2), 0, True)
            if unit is not None and core.digits:
                core.unit = unit[0]
                return j + 3
        word = self.word(link)
        if word in ("%", "٪", "％"):
            core.unit = PERCENT
            return self.percent_tail(core, link + 1)
        if word == "per" and self.word(link + 1) == "cent":
            core.unit = PERCENT
            return self.percent_tail(core, link + 2)
        if word in _PERCENT_WORDS and (word != "pc" or self.touches(link)):
            core.unit = PERCENT
            if word == "percentage" and self.word(link + 1) in ("point", "points"):
                core.unit = PERCENTAGE_POINT
                return link + 2
            return self.percent_tail(core, link + 1)
        if word == "basis" and self.word(link + 1) in ("point", "points"):
            core.unit = Unit("basis point", "percentage point", 0.01)
            return link + 2
        if core.form == "vague" and word == "of":
            link += 1
            if link >= self.count:
                return j
        ahead = self.ahead(link, 7)
        money = units.currency(ahead, 0)
        if money is not None and not (
            self.words[link] in ("real", "won", "rand", "Won")
            or (money[0].name == "won" and core.low is not None and core.low < 100)
        ):
            core.unit, core.money = money[0], True
            return self.rate(core, link + money[1])
        code = self.words[link]
        if len(code) == 4 and code[0] == "M" and code[1:] in units.tables().money_signs and code.isupper():
            core.low, core.high = (None if b is None else b * 1e6 for b in (core.low, core.high))
            core.unit, core.money = units.tables().money_signs[code[1:]], True
            return link + 1
        unit = units.find(ahead, 0, self.touches(link) and (core.digits or link > j))
        if unit is not None and core.form == "fraction" and link < self.count and self.word(link) == "a":
            unit = None
        if unit is None and core.form == "fraction" and word in ("a", "an", "of"):
            skip = link + 1 if word in ("a", "an") else link + 2
            if word in ("a", "an") or self.word(link + 1) in ("a", "an"):
                unit = units.find(self.ahead(skip, 4), 0, False)
                if unit is not None and unit[0].dimension in ("length", "time", "mass", "volume"):
                    core.unit = unit[0]
                    return skip + unit[1]
            return j
        if unit is None:
            return j
        if unit[0].name == "pound" and (core.scaled and (core.low or 0) >= 1e5):
            core.unit, core.money = units.tables().money_signs["GBP"], True
            return self.rate(core, link + unit[1])
        if not self.unit_fits(core, unit[0], link):
            return j
        core.unit = unit[0]
        after = link + unit[1]
        if unit[0].dimension == "angle" and self.word(after) in ("c", "f", "celsius", "fahrenheit"):
            name = "celsius" if self.word(after).startswith("c") else "fahrenheit"
            core.unit = units.tables().words[name]
            return after + 1
        return after

    def is_duration(self, age: re.Match[str]) -> bool:
        """ "two years of age" and "two-year-old" are ages; the pattern leaves nothing else."""
        return age["unit"] is None

    def unit_fits(self, core: _Core, unit: Unit, at: int) -> bool:
        word = self.words[at]
        if unit.name in ("second", "minute", "degree") and core.form == "fraction":
            return unit.name != "second"
        if (
            unit.name == "stone"
            or (unit.name == "tesla" and word[0].isupper())
            or unit.name in ("bar", "cup", "yard", "nit")
        ):
            return unit.name in ("cup", "yard") or word.endswith("s")
        if unit.name in ("kelvin", "newton", "gray") and word[:1].isupper() and len(word) > 1:
            return False
        if unit.name == "foot" and word == "foot" and core.form == "vague":
            return False
        if unit.name == "night" or unit.name == "day":
            return True
        if word == "C":
            return True
        return not (
            word in ("F", "J", "V", "N", "t", "g", "L", "W") and self.kind(at + 1) == "dash" and not self.touches(at)
        )

    def percent_tail(self, core: _Core, j: int) -> int:
        if self.word(j) == "-" and self.word(j + 1) in ("point", "points"):
            core.unit = PERCENTAGE_POINT
            return j + 2
        if self.word(j) in ("point", "points") and self.word(j - 1) != "%":
            core.unit = PERCENTAGE_POINT
            return j + 1
        return j

    def rate(self, core: _Core, j: int) -> int:
        """Reads whose money it is where that stands behind the sign and the number: "$10 million Australian dollars"."""
        if core.unit is None or core.unit.name != "dollar" or j >= self.count:
            return j
        named = units.currency(self.ahead(j, 3), 0)
        if named is not None and (
            self.words[j].isupper() or (named[0].name != "dollar" and named[0].name.endswith("dollar"))
        ):
            core.unit = named[0]
            return j + named[1]
        return j + 1 if self.words[j] in ("US", "U.S") else j

    def compound(self, core: _Core, last: int) -> int:
        """ "5 feet 2 inches", "5 ft. and 2 in", "thirteen dollars forty-five cents", "6-foot-2": one quantity of two parts."""
        unit = core.unit
        if unit is None or core.low is None or core.high != core.low:
            return last
        j = last
        if self.word(j) in ("and", ",") and unit.name != "dollar":
            j += 1
        smaller = {"foot": ("inch", 12), "pound": ("ounce", 16), "stone": ("pound", 14), "dollar": ("cent", 100)}.get(
            unit.name
        )
        if smaller is None or j >= self.count:
            return last
        if (
            unit.name == "foot"
            and self.word(j) == "-"
            and self.touches(j)
            and self.touches(j + 1)
            and self.kind(j + 1) == "number"
        ):
            inches = _number(self.words[j + 1])
            if inches is not None and inches < 12:
                core.low = core.high = core.low + inches / 12
                return j + 2
        if not self.may_start(j) or self.kinds[j] == "clock" or self.not_a_number(j):
            return last
        part = self.cardinal(j)
        if part is None or part.low is None or not 0 <= part.low < smaller[1] or part.form != "cardinal":
            return last
        found = units.find(self.ahead(part.last, 2), 0, True) if not core.money else None
        if core.money:
            found = units.currency(self.ahead(part.last, 1), 0)
        if found is None and core.money and self.bare_cents(part):
            core.low = core.high = core.low + part.low / 100
            return part.last
        if found is None or found[0].name != smaller[0]:
            return last
        core.low = core.high = core.low + part.low / smaller[1]
        return part.last + found[1]

    def bare_cents(self, part: _Core) -> bool:
        """ "15 dollars 50." ends with the cents."""
        return part.bare and len(self.words[part.first]) == 2 and self.word(part.last) in ("", ".", ",", ";")

    # ranges and scores ------------------------------------------------------------------------------------------------

    def other_side(self, core: _Core, first: int, last: int) -> tuple[_Core | None, int]:
        """The second number of a range or score that begins with ``core``; and the token after it."""
        j = last
        if j >= self.count or core.form == "ordinal":
            return None, last
        word, kind = self.word(j), self.kind(j)
        between = self.word(first - 1) == "between"
        joint = 0
        if kind == "dash" and self.word(j + 1) in ("to", "or") and self.kind(j + 2) == "dash" and self.touches(j + 1):
            joint, word = 3, self.word(j + 1)
        elif (
            kind == "dash" and (self.touches(j) == self.touches(j + 1) or (core.bare and self.kind(j + 1) == "number"))
        ) or (
            word in ("to", "till", "through")
            or (word == "and" and between)
            or (word == "or" and self.word(first - 1) != "either")
        ):
            joint = 1
        elif word == "up" and self.word(j + 1) == "to" and self.word(first - 1) == "from":
            joint, word = 2, "to"
        if not joint:
            return None, last
        k = j + joint
        if k < self.count and self.word(k) in ("about", "around", "some", "roughly", "as", "at"):
            return None, last
        begin = k
        while (
            k < self.count
            and k < begin + 4
            and (self.words[k] in _MONEY_GLUE or self.words[k] in units.tables().money_signs)
        ):
            k += 1
        negative = self.kind(k) == "dash" and self.touches(k + 1) and self.kind(k + 1) == "number"
        k += negative or self.word(k) in ("minus", "negative")
        if k >= self.count or not self.may_start(k) or self.kinds[k] == "clock":
            return None, last
        if self.kinds[k] == "number" and self.second_is_no_number(k):
            return None, last
        second = self.core(k)
        if second is None or second.form in ("ordinal", "decade", "vague") or second.low is None or core.low is None:
            return None, last
        if word in ("or", "through") and (core.unit or core.money or second.form != "cardinal"):
            return None, last
        if (core.form == "fraction") != (second.form == "fraction") and second.low >= 1:
            return None, last
        self.money_before(second, k - (1 if negative else 0), begin)
        after = self.unit_after(second)
        if core.unit is not None and second.unit is not None and core.unit.dimension != second.unit.dimension:
            return None, last
        if (
            core.unit is not None
            and second.unit is None
            and not core.money
            and core.unit.dimension not in ("temperature", "angle")
        ):
            return None, last
        if second.form == "age" and core.form != "age":
            core.form = "age"
        return self.judge_range(core, first, second, after, last, word, kind, between)

    def second_is_no_number(self, k: int) -> bool:
        """Like `not_a_number`, for a number behind a joint, where the joint itself is no sign of a name."""
        return bool(
            _AFTER_CLOCK.match(self.text, self.ends[k])
            or (not self.touches(k) and self.dated(k))
            or _AFTER_DATE.match(self.text, self.ends[k])
            or self.suffix_of_name(k)
        )

    def judge_range(
        self, core: _Core, first: int, second: _Core, after: int, last: int, word: str, kind: str, between: bool
    ) -> tuple[_Core | None, int]:
        """Range, score or neither, by the joint, the order and the words around."""
        low, high = core.low or 0.0, second.low or 0.0
        same_scale = second.scaled and not core.scaled and low < 1000 and (second.plain or high) > low
        ascending = low <= high or same_scale
        near = {self.word(k) for k in range(max(0, first - 6), first)} | {self.word(k) for k in range(after, after + 3)}
        plain = (
            core.unit is None
            and second.unit is None
            and core.bare
            and second.bare
            and not core.money
            and not second.money
        )
        scored = (
            plain
            and (kind == "dash" or word == "to")
            and max(low, high) <= 9999
            and core.low is not None
            and core.low >= 0
        )
        if scored and (near & _SCORE_WORDS or (kind == "dash" and not ascending) or low == high):
            if word == "to" and not near & _SCORE_WORDS:
                return None, last
            return replace(second, form="score"), after
        if (
            core.bare
            and second.bare
            and _is_year(self.words[core.first])
            and _is_year(self.words[second.first])
            and plain
        ):
            # "between 1600 and 1900": years, unless something is counted right behind
            return None, last
        if word == "or":
            return (second, after) if ascending and high <= 2 * low + 3 and low < high else (None, last)
        if between or kind == "dash":
            return (second, after) if ascending or between else (None, last)
        if word in ("to", "till", "through"):
            verbs = {self.word(k) for k in range(max(0, first - 4), first)}
            before = self.word(first - 1)
            if (verbs & _CHANGE and before == "from") or (before in _CHANGE and core.unit is not None):
                # A rise from one to the other: two figures, of one unit.
                if core.unit is None and second.unit is not None:
                    self.share_scale(core, second)
                    core.unit, core.money = second.unit, second.money
                return None, last
            if word == "through" or not (ascending or verbs & _SPANNING):
                return None, last
            return second, after
        return None, last

    @staticmethod
    def share_scale(core: _Core, second: _Core) -> None:
        """ "5 to 10 million": the multiplier behind the second holds for the first."""
        if core.low is None or second.low is None or not second.scaled or core.scaled or not second.plain:
            return
        scale = second.low / second.plain
        if scale >= 100 and core.low < 1000 and core.low < second.plain:
            core.low *= scale
            core.high = core.low

    def score(self, core: _Core, second: _Core) -> tuple[Numeral, int]:
        one, other = core.low or 0.0, second.low or 0.0
        start, end = self.starts[core.first], self.ends[second.last - 1]
        return Numeral(
            start, end, (start, end), min(one, other), max(one, other), "score", pair=(one, other)
        ), second.last

    def ordinal(self, core: _Core) -> Numeral:
        start, end = self.starts[core.first], self.ends[core.last - 1]
        return Numeral(start, end, (start, end), core.low, core.high, "ordinal")

    # hedges -----------------------------------------------------------------------------------------------------------

    def finish(
        self,
        core: _Core,
        first: int,
        last: int,
        free: int,
        low: Bound,
        high: Bound,
        *,
        ranged: bool = False,
        age: bool = False,
    ) -> tuple[Numeral | None, int]:
        """Hedges before and after, and the checks that need the whole expression."""
        hedges: list[str] = []
        start_token, _bare_age = first, False
        number_end = last
        if ranged and self.word(first - 1) in ("between", "from") and first - 1 >= free:
            start_token = first - 1
        elif self.word(first - 1) in _AGE_BEFORE and first - 1 >= free and core.unit is None:
            start_token, age, _bare_age = first - 1, True, False
        after, hedge_after = self.hedge_after(last, core)
        for _ in range(2):
            found = self.hedge_before(start_token, free)
            if found is None:
                break
            hedge, begin = found
            words = " ".join(self.words[begin:start_token])
            if (
                words.casefold() == "over"
                and core.unit is not None
                and core.unit.dimension == "time"
                and self.during(begin)
            ):
                break
            if hedge.name == "up-to" and (self.word(begin - 1) == "back" or self.word(begin - 1) in _CHANGE):
                break
            # A range, a vague word or a bound is loose already: "about 18 to 34", "about 500 or more".
            if hedge.name != "around" or not (ranged or hedges or hedge_after is not None or core.form == "vague"):
                low, high = hedge.apply(low, high)
            hedges.insert(0, words)
            start_token = begin
        if hedge_after is not None:
            low, high = hedge_after.apply(low, high)
            hedges.append(self.text[self.starts[last] : self.ends[after - 1]])
            last = after
        form: Form = core.form
        unit = core.unit
        if age or form == "age":
            form, unit = "age", unit or YEAR
        elif core.form == "vague":
            hedges.append(" ".join(self.words[core.first : core.last]))
        start, end = self.starts[start_token], self.ends[last - 1]
        return (
            Numeral(
                start,
                end,
                (self.starts[core.first], self.ends[max(core.last, core.first + 1) - 1]),
                low,
                high,
                form,
                unit=unit,
                money=core.money,
                hedge=" ".join(hedges),
                yearlike=core.bare and unit is None and not hedges and not ranged and _is_year(self.words[core.first]),
                labelled=self.may_be_name(core, unit, hedges, ranged),
                bare_age=form == "cardinal" and unit is None and self.apposed(core, last),
                of="calibre" if self.is_calibre(core, number_end) else "",
            ),
            last,
        )

    def is_calibre(self, core: _Core, last: int) -> bool:
        if core.unit is not None and core.unit.name not in ("millimetre", "centimetre"):
            return False
        return (
            core.digits
            and _CALIBRE_NOUN.match(self.text, self.ends[last - 1]) is not None
            and (core.unit is not None or "cal" in self.text[self.ends[last - 1] : self.ends[last - 1] + 6].casefold())
        )

    def may_be_name(self, core: _Core, unit: Unit | None, hedges: list[str], ranged: bool) -> bool:
        """iPhone 11, FTSE 100, Catch Twenty-Two: a capitalised word stands right before the bare number."""
        if unit is not None or hedges or ranged or core.scaled:
            return False
        k = core.first - 1
        if k < 0 or self.kinds[k] != "word" or "\n" in self.text[self.ends[k] : self.starts[core.first]]:
            return False
        return any(c.isupper() for c in self.words[k]) and (
            not self.opens_sentence(k) or not self.words[k][1:].islower()
        )

    def apposed(self, core: _Core, last: int) -> bool:
        """ "Smith, 34," and "Smith (34)": a bare number between marks behind a word."""
        if core.low is None or not 0 < core.low < 120 or not (core.bare and core.low == int(core.low)):
            return False
        before, after = self.word(core.first - 1), self.word(last)
        if before == "," and self.kind(core.first - 2) in ("word", "mark"):
            return after in (",", ".", ";", ":", ")", "–", "—", "-", "") or after in (
                "on",
                "has",
                "had",
                "were",
                "of",
                "and",
                "from",
                "was",
                "is",
                "who",
                "with",
            )
        return before == "(" and after in (")", ",", ";") and self.capitalised(core.first - 2)

    def during(self, begin: int) -> bool:
        """Whether "over" before a duration says during: "fought over three days"."""
        return self.word(begin - 1) not in _DURING

    def hedge_before(self, token: int, free: int) -> tuple[Hedge, int] | None:
        """The longest hedge that ends before ``token``, and where it begins."""
        for size in range(min(self.vague.longest_before, token - free), 0, -1):
            begin = token - size
            hedge = self.vague.before.get(" ".join(self.lower[begin:token]))
            if hedge is not None:
                if hedge.name == "around" and size == 1 and self.lower[begin] == "c":
                    continue
                return hedge, begin
        return None

    def hedge_after(self, token: int, core: _Core) -> tuple[int, Hedge | None]:
        """The longest hedge that begins at ``token``, and the token after it."""
        for size in range(min(self.vague.longest_after, self.count - token), 0, -1):
            phrase = " ".join(self.lower[token : token + size])
            hedge = self.vague.after.get(phrase)
            if hedge is None:
                continue
            if phrase in ("+", "plus", "ish") and not (self.touches(token) and not self.touches(token + 1)):
                continue
            if phrase == "odd" and not core.digits and core.form != "cardinal":
                continue
            if self.word(token + size) == "than":
                continue
            return token + size, hedge
        return token, None


def _negated(low: Bound, high: Bound) -> tuple[Bound, Bound]:
    return (None if high is None else -high), (None if low is None else -low)


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and "1500" <= word <= "2099"


_TENS_VALUES: Final = frozenset(_TENS.values())
_STARTERS: Final = frozenset(("a", "an", "half", "quarter", "hundred", "thousand", "million", "billion", "dozen"))
