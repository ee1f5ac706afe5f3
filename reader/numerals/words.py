"""The words and marks that numbers are written with, and those that show what is none."""

from __future__ import annotations

import math
import re
from typing import Final

MAX_DIGITS: Final = 24
"""A longer run of digits is no quantity."""

# Every repetition is bounded or consumes what it scans, so that one pass over any text is linear. What begins with a
# digit is looked for only where there is one: at most places there is none.
TOKEN: Final = re.compile(
    r"""
      (?P<skip> (?:https?://|www\.)\S{1,2000} | [\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8} | [@\#]\w{1,100} )
    | (?P<clock> (?=\d)(?<![\d.,:])\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,6})?)?(?![\d:]) )
    | (?P<number> (?=[\d.¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])(?:
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
      ))
    | (?P<word> [^\W\d_²³]+(?:['’][^\W\d_²³]+)* )
    | (?P<dash> [-‐‑‒–—−]+ )
    | (?P<mark> [^\w\s] | [_²³] )
    """,
    re.VERBOSE,
)

VULGAR: Final = {
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

UNITS_WORDS: Final = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
} | {"nought": 0, "naught": 0}
TENS: Final = {
    w: 10 * i for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
} | {"fourty": 40}
SMALL: Final = UNITS_WORDS | TENS
MAGNITUDES: Final = {
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
SUFFIXES: Final = {
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
ORDINALS: Final = {
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
PARTS: Final = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4} | {
    form: n for w, n in ORDINALS.items() if n > 2 for form in (w, f"{w}s")
}
MONTHS: Final = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
MONTHS_AND_WORDS: Final = frozenset(("may", "march", "mar"))
DAYS: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun".split()
)
# A number right after one of these is a name for one thing, not a count.
LABELS: Final = frozenset(
    "act photo slide picture age-group amendment apartment apt area article bill box bus case category channel chapter chapters circuit class "
    "clause column compartment court day district division door engine episode exhibit exit figure flight floor form "
    "formula fortune ftse asx nikkei dax cac ibex kospi csi sensex sp gate grade group highway image interstate item lane leg lesson level line lot mark match model nasdaq "
    "no nos nr number region russell stoxx topix "
    "numbers page pages part patient phase pier platform point proposition protocol psalm question ranked resolution "
    "road room round route row rule runway schedule season seat section seed serial ship size stage step story subsection "
    "suite table terminal tier title track train tropic type unit vehicle version verse vol volume ward week windows "
    "world year zip zone area".split()
)
# "Day 10" and "Week 3" name, "day two patients" and "the year 300 people died" do not.
LABELS_IN_CAPITALS: Final = frozenset(
    "age-group region image photo slide picture area bill box bus case class column court day door engine exit floor form leg lesson line lot mark match "
    "model part patient point question road round ship size stage step story table tier title track train type unit "
    "vehicle week windows world year zone group season ward number level division level title category".split()
)
CAPTIONS: Final = frozenset(("image", "photo", "slide", "picture", "page", "gallery"))
JOINTS: Final = frozenset("to or and minus through pre post mid sub over under all a magnitude".split()) | frozenset(
    SMALL
)
PHONE_WORDS: Final = frozenset(
    "call phone telephone tel contact dial text hotline fax mobile helpline whatsapp".split()
)
EMERGENCY: Final = frozenset(("911", "999", "112", "000"))
CALLING: Final = frozenset("call called calls calling dial dialed dialled phoned rang to".split())
CALLED: Final = frozenset(
    "call calls caller callers operator operators dispatcher dispatchers dispatch tape tapes".split()
)
MONEY_GLUE: Final = frozenset("$€£¥₹₽₺₩₪₱₦₫₴₿฿元")
SCAN_LINES: Final = frozenset(("240", "360", "480", "720", "1080", "1440", "2160", "4320"))
"""Heights of a picture in lines: "1080p" is no money."""
PERCENT_WORDS: Final = frozenset(("percent", "percents", "pct", "pc", "percentage"))
CHANGE: Final = frozenset(
    "rise rises rose risen rising fall falls fell fallen falling drop drops dropped dropping climb climbs climbed climbing "
    "increase increases increased increasing decrease decreased decreasing decline declined declining grow grew grown "
    "growing slip slipped slow slowed jump jumped jumping raise raised raising lower lowered cut down up plunge plunged "
    "shrink shrank tumble tumbled soar soared surge surged went widen widened narrow narrowed change changed changes edge "
    "edged upgrade upgraded reduce reduced revised move moved".split()
)
SPANNING: Final = frozenset(("ranged", "ranging", "range", "ranges", "vary", "varied", "varies", "varying"))
SCORE_WORDS: Final = frozenset(
    "beat beats beaten win wins won winning lose loses lost losing draw drew drawn defeat defeats defeated score scored "
    "scoring vote votes voted voting lead led leads victory victories loss ruling ruled decision margin record game match "
    "set sets tie tied passed majority trail trailed trailing final thrashed edged downed thrashing scoreline aggregate "
    "goalless against approved rejected".split()
)
DURING: Final = frozenset(
    "for after took take takes lasted lasting spent of to by since well just is was were are be been with in at than a "
    "spend spending last served serve and".split()
)

AFTER_CLOCK: Final = re.compile(
    r"(?:\s?[ap]\.\s?m\b\.?|\s?[apAP][mM]\b|\s?(?:GMT|UTC|BST|EDT|EST|CET|PDT|PST|IST)\b|\s?o['’]clock\b|[ ]hours?\b(?=\W{0,3}"
    r"(?:GMT|UTC|local|on\b)))"
)
INNER_CAPITAL: Final = re.compile(r"^[a-z]{1,2}[A-Z]")
# 1200 Oak Hill Road, 14 E. 5th St., the 400 block of Main Street
ADDRESS: Final = re.compile(
    r"[ ](?:(?:block\b|block[ ]of\b)|(?:[NSEW]\.?[ ]|North[ ]|South[ ]|East[ ]|West[ ])?(?:[A-Z][\w'’]{0,20}[ ]|\d{1,3}(?:st|nd|rd|th)[ ]){1,3}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Highway|Hwy|Parkway|Pkwy|Terrace|Square)\b)"
)
# 90210 ZIP code, the 312 area code
CODE: Final = re.compile(r"[ ](?:ZIP|postal|area|country|dialling|dialing)[ ]codes?\b", re.IGNORECASE)
CLOCK_DIGITS: Final = re.compile(r"\d{1,2}(?:\.\d{2})?|\d{4}")
AFTER_DATE: Final = re.compile(
    r"(?:st|nd|rd|th)?(?:\s+of)?\s+(?:{})\b".format("|".join(m.title() for m in sorted(MONTHS)))
)
YEAR_TAIL: Final = re.compile(r"[-–/]\d{2}(?:\d{2})?(?!\d)")
AGE_AFTER: Final = re.compile(
    r"(?P<lead>\s?[-‐‑–]?\s?)(?P<unit>years?|yrs?|months?|weeks?|days?|hours?)(?P<glue>\s?[-‐‑–]\s?|\s)"
    r"(?:olds?\b|of\s+age\b)|\s?(?P<yo>yo|y/o|y\.o\.)(?!\w)",
    re.IGNORECASE,
)
AGE_BEFORE: Final = frozenset(("aged", "age", "ages"))
CALIBRE_NOUN: Final = re.compile(
    r"\s?-?\s?(?:calib(?:er|re)|gauge|(?:\w{1,20}\s){0,2}?(?:guns?|handguns?|pistols?|revolvers?|rifles?|howitzers?|mortars?|artillery|shells?"
    r"|rounds?|cannons?|ammunition|bullets?|rockets?|cartridges?|firearms?|casings?))\b"
)

TENS_VALUES: Final = frozenset(TENS.values())
STARTERS: Final = frozenset(("a", "an", "half", "quarter", "hundred", "thousand", "million", "billion", "dozen"))


def is_year(word: str) -> bool:
    """Whether four digits may be a year of our time."""
    return len(word) == 4 and word.isdigit() and "1500" <= word <= "2099"


def number_of(digits: str) -> float | None:
    """The value of a run of digits as written; ``None`` where it is too long to be a quantity."""
    if digits in VULGAR:
        return VULGAR[digits]
    if sum(c.isdigit() for c in digits) > MAX_DIGITS:
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
