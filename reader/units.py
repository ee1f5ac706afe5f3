"""Units of measure and currencies: how they are written and what they are in the base unit of their dimension.

Factors: NIST Special Publication 811 (2008), appendix B, and for the SI the BIPM brochure, 9th edition. A month is a
twelfth and a year the mean of the Gregorian calendar (365.2425 days). A bare "ton" is the short ton, "tonne" the metric
one; a bare "gallon", "pint" or "cup" is of US size. Currencies are never converted into one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple


class Unit(NamedTuple):
    """A unit: its name in the singular, its dimension, and ``value * factor + offset`` in the base unit."""

    name: str
    dimension: str
    factor: float = 1.0
    offset: float = 0.0

    def base(self, low: float | None, high: float | None) -> tuple[float | None, float | None]:
        """The interval [``low``, ``high``] in the base unit of the dimension."""
        return (
            None if low is None else low * self.factor + self.offset,
            None if high is None else high * self.factor + self.offset,
        )


PERCENT = Unit("percent", "percent")
PERCENTAGE_POINT = Unit("percentage point", "percentage point")
YEAR = Unit("year", "time", 31_556_952.0)
PENNY = Unit("penny", "GBP", 0.01)
MAGNITUDE = Unit("magnitude", "magnitude")
"""Of an earthquake: a logarithm, so that it converts into nothing."""

# dimension | name factor | words (any case) | symbols (exact case)
_MEASURES = """
length | metre 1 | metre metres meter meters | m
length | kilometre 1e3 | kilometre kilometres kilometer kilometers kms klick klicks | km KM Km
length | centimetre 1e-2 | centimetre centimetres centimeter centimeters | cm
length | millimetre 1e-3 | millimetre millimetres millimeter millimeters | mm
length | micrometre 1e-6 | micrometre micrometres micrometer micrometers micron microns | µm μm
length | nanometre 1e-9 | nanometre nanometres nanometer nanometers | nm
length | picometre 1e-12 | picometre picometres picometer picometers |
length | mile 1609.344 | mile miles | mi
length | nautical mile 1852 | nautical_mile nautical_miles | nmi
length | yard 0.9144 | yard yards yds | yd
length | foot 0.3048 | foot feet | ft
length | inch 0.0254 | inch inches | in
length | light-year 9.4607304725808e15 | light-year light-years light_year light_years |
area | hectare 1e4 | hectare hectares | ha
area | acre 4046.8564224 | acre acres |
mass | kilogram 1 | kilogram kilograms kilogramme kilogrammes kilo kilos kgs | kg
mass | gram 1e-3 | gram grams gramme grammes | g
mass | milligram 1e-6 | milligram milligrams | mg
mass | microgram 1e-9 | microgram micrograms | µg μg mcg
mass | tonne 1e3 | tonne tonnes metric_ton metric_tons | t
mass | ton 907.18474 | ton tons short_ton short_tons |
mass | long ton 1016.0469088 | long_ton long_tons |
mass | pound 0.45359237 | pound pounds lbs | lb
mass | ounce 0.028349523125 | ounce ounces | oz
mass | stone 6.35029318 | stone |
mass | carat 2e-4 | carat carats |
mass | dram 1.7718451953125e-3 | dram drams drachma |
volume | litre 1e-3 | litre litres liter liters | L l
volume | millilitre 1e-6 | millilitre millilitres milliliter milliliters | ml mL
volume | centilitre 1e-5 | centilitre centilitres centiliter centiliters | cl
volume | gallon 3.785411784e-3 | gallon gallons | gal
volume | pint 4.73176473e-4 | pint pints | pt
volume | quart 9.46352946e-4 | quart quarts | qt
volume | cup 2.365882365e-4 | cup cups |
volume | tablespoon 1.4786764781e-5 | tablespoon tablespoons tbsp |
volume | teaspoon 4.9289215938e-6 | teaspoon teaspoons tsp |
volume | barrel 0.158987294928 | barrel barrels bpd | bbl
time | second 1 | second seconds secs | s sec
time | millisecond 1e-3 | millisecond milliseconds | ms
time | minute 60 | minute minutes mins | min
time | hour 3600 | hour hours hrs | h hr
time | day 86400 | day days |
time | night 86400 | night nights |
time | week 604800 | week weeks wks |
time | fortnight 1209600 | fortnight fortnights |
time | month 2629746 | month months mths |
time | year 31556952 | year years yr yrs |
time | decade 315569520 | decade decades |
time | century 3155695200 | century centuries |
time | millennium 31556952000 | millennium millennia |
speed | mile per hour 0.44704 | mph m.p.h | mph MPH
speed | kilometre per hour 0.2777777777777778 | kph kmh | kmph
speed | knot 0.5144444444444444 | knot knots | kt kts
angle | degree 1 | degree degrees | °
temperature | celsius 1 273.15 | degrees_celsius celsius degrees_centigrade centigrade degree_celsius degrees_c | °C ℃ C
temperature | fahrenheit 0.5555555555555556 255.3722222222222 | degrees_fahrenheit fahrenheit degrees_f degree_fahrenheit | °F ℉
temperature | kelvin 1 | kelvin kelvins |
power | horsepower 745.6998715822702 | horsepower bhp | hp HP PS
energy | kilowatt hour 3.6e6 | kilowatt-hour kilowatt-hours kilowatt_hours kilowatt_hour | kWh
energy | megawatt hour 3.6e9 | megawatt-hour megawatt-hours megawatt_hours megawatt_hour | MWh
energy | gigawatt hour 3.6e12 | gigawatt-hour gigawatt-hours gigawatt_hours gigawatt_hour | GWh
energy | terawatt hour 3.6e15 | terawatt-hour terawatt-hours terawatt_hours | TWh
energy | calorie 4.184 | calorie calories kcal |
torque | newton metre 1 | newton_metres newton-metres newton_meters newton-meters | Nm
torque | pound-foot 1.3558179483314004 | pound-feet pound-foot lb-ft ft-lb foot-pounds |
pressure | pound per square inch 6894.757293168361 | psi |
pressure | bar 1e5 | millibars |
data rate | megabit per second 1e6 | mbps | Mbps
data rate | gigabit per second 1e9 | gbps | Gbps
dose | roentgen equivalent man 0.01 | rem rems |
loudness | decibel 1 | decibel decibels | dB
rotation | revolution per minute 1 | rpm |
consumption | mile per gallon 1 | mpg |
magnetism | tesla 1 | teslas |
luminance | nit 1 | nits |
count rate | tonne per day 1 | tpd |
"""

# SI units with prefixes: dimension, name, symbol, prefixes.
_PREFIXED = (
    ("power", "watt", "W", "kMGTm"),
    ("frequency", "hertz", "Hz", "kMGT"),
    ("voltage", "volt", "V", "kMm"),
    ("current", "ampere", "A", "mk"),
    ("charge capacity", "ampere hour", "Ah", "mk"),
    ("energy", "joule", "J", "kMGT"),
    ("energy", "electronvolt", "eV", "kMGT"),
    ("pressure", "pascal", "Pa", "hkMG"),
    ("force", "newton", "N", "kMG"),
    ("dose", "gray", "Gy", "mµμ"),
    ("dose", "sievert", "Sv", "mµμ"),
    ("resistance", "ohm", "Ω", "kM"),
    ("capacitance", "farad", "F", "mµμ"),
    ("data", "byte", "B", "kKMGTPE"),
    ("data", "bit", "bit", "kKMGTP"),
)
_PREFIXES = {
    "k": ("kilo", 1e3),
    "K": ("kilo", 1e3),
    "h": ("hecto", 1e2),
    "M": ("mega", 1e6),
    "G": ("giga", 1e9),
    "T": ("tera", 1e12),
    "P": ("peta", 1e15),
    "E": ("exa", 1e18),
    "m": ("milli", 1e-3),
    "µ": ("micro", 1e-6),
    "μ": ("micro", 1e-6),
}
# One-letter symbols that are read as units even with a space before them; the others must touch the number.
_SPACED_SYMBOLS = frozenset("mgtLWVJNF°")

# code | name | words | signs. ISO 4217; "" where the word alone does not tell whose it is.
_CURRENCIES = """
USD | dollar | dollar dollars buck bucks us_dollar us_dollars u.s_dollars american_dollars u.s._dollars u.s._dollar | $ US$ USD$ U.S.$
AUD | australian dollar | australian_dollar australian_dollars aussie_dollars | A$ AU$ AUD$
CAD | canadian dollar | canadian_dollar canadian_dollars | C$ CA$ CAD$
HKD | hong kong dollar | hong_kong_dollar hong_kong_dollars | HK$ HKD$
NZD | new zealand dollar | new_zealand_dollar new_zealand_dollars | NZ$ NZD$
SGD | singapore dollar | singapore_dollar singapore_dollars | S$ SGD$
TWD | taiwan dollar | taiwan_dollars taiwanese_dollars | NT$
EUR | euro | euro euros | €
GBP | pound sterling | sterling pounds_sterling quid british_pounds pound_sterling | £
JPY | yen | yen japanese_yen | ¥
CNY | yuan | yuan renminbi rmb chinese_yuan | 元
INR | rupee | rupee rupees indian_rupees | ₹ Rs
PKR | pakistani rupee | pakistani_rupees |
RUB | rouble | rouble roubles ruble rubles russian_rubles russian_roubles | ₽
TRY | turkish lira | turkish_lira turkish_liras lira liras | ₺
KRW | won | south_korean_won korean_won | ₩
CHF | swiss franc | swiss_franc swiss_francs |
FRF | franc | franc francs french_francs |
SEK | swedish krona | krona kronor swedish_kronor |
NOK | norwegian krone | kroner norwegian_kroner |
DKK | danish krone | danish_kroner |
ILS | shekel | shekel shekels israeli_shekels | ₪
BRL | real | reais brazilian_reais | R$
MXN | peso | peso pesos mexican_pesos |
PHP | philippine peso | philippine_pesos | ₱
ZAR | rand | south_african_rand |
NGN | naira | naira nairas | ₦
GHS | cedi | cedi cedis |
KES | kenyan shilling | kenyan_shillings shilling shillings |
EGP | egyptian pound | egyptian_pounds egyptian_pound |
SYP | syrian pound | syrian_pounds syrian_pound |
LBP | lebanese pound | lebanese_pounds lebanese_lira |
IQD | dinar | dinar dinars iraqi_dinars |
AED | dirham | dirham dirhams |
SAR | riyal | riyal riyals saudi_riyals |
IRR | rial | rial rials iranian_rials |
MYR | ringgit | ringgit malaysian_ringgit | RM
THB | baht | baht thai_baht | ฿
IDR | rupiah | rupiah rupiahs |
VND | dong | vietnamese_dong | ₫
PLN | zloty | zloty zlotys |
HUF | forint | forint forints |
CZK | koruna | koruna korunas czech_crowns |
UAH | hryvnia | hryvnia hryvnias hryvnya | ₴
BDT | taka | taka |
AFN | afghani | afghanis |
ESP | peseta | peseta pesetas |
ITL | italian lira | italian_lire lire |
DEM | deutsche mark | deutsche_marks deutschmarks deutschemarks |
ETB | birr | birr |
BTC | bitcoin | bitcoin bitcoins | ₿
"""
_MINOR = {
    "cent": Unit("cent", "USD", 0.01),
    "cents": Unit("cent", "USD", 0.01),
    "penny": PENNY,
    "pence": PENNY,
    "pennies": PENNY,
    "kopecks": Unit("kopeck", "RUB", 0.01),
    "satoshi": Unit("satoshi", "BTC", 1e-8),
    "satoshis": Unit("satoshi", "BTC", 1e-8),
}


class Tables(NamedTuple):
    """The ways of writing: words by casefolded form, symbols by exact form, both of money by their own."""

    words: dict[str, Unit]
    symbols: dict[str, Unit]
    money_words: dict[str, Unit]
    money_signs: dict[str, Unit]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The unit tables, built on first use."""
    words: dict[str, Unit] = {}
    symbols: dict[str, Unit] = {}
    for line in _MEASURES.strip().splitlines():
        dimension, definition, spelled, short = (part.strip() for part in line.split("|"))
        name, *numbers = _split_definition(definition)
        unit = Unit(name, dimension, *map(float, numbers))
        words.update((form.replace("_", " "), unit) for form in spelled.split())
        symbols.update((form, unit) for form in short.split())
    for dimension, name, symbol, prefixes in _PREFIXED:
        plain = Unit(name, dimension)
        words.update({name: plain, f"{name}s": plain})
        symbols[symbol] = plain
        for prefix in prefixes:
            label, factor = _PREFIXES[prefix]
            unit = Unit(label + name, dimension, factor)
            words.update({unit.name: unit, f"{unit.name}s": unit})
            symbols[prefix + symbol] = unit
    money_words: dict[str, Unit] = dict(_MINOR)
    money_signs: dict[str, Unit] = {}
    for line in _CURRENCIES.strip().splitlines():
        code, name, spelled, signs = (part.strip() for part in line.split("|"))
        unit = Unit(name, code)
        money_words.update((form.replace("_", " "), unit) for form in spelled.split())
        money_words[code.casefold()] = unit
        money_signs.update((form, unit) for form in signs.split())
        money_signs[code] = unit
    # Ordinary words and abbreviations that happen to be codes.
    for word in ("try", "all", "php", "sar", "cad", "dem"):
        money_words.pop(word, None)
    return Tables(words, symbols, money_words, money_signs)


def _split_definition(definition: str) -> tuple[str, ...]:
    """ "nautical mile 1852" -> ("nautical mile", "1852")."""
    parts = definition.split()
    name = [part for part in parts if not part[0].isdigit()]
    return (" ".join(name), *parts[len(name) :])


def plural_unit(name: str) -> str:
    """The name of a unit for several of it: "miles", "US dollars"; as it is where no plural is known."""
    first, blank, last = name.rpartition(" ")
    irregular = {"foot": "feet", "inch": "inches"}.get(last)
    known = tables()
    regular = f"{last}s" if f"{last}s" in known.words or f"{last}s" in known.money_words else last
    return f"{first}{blank}{irregular or regular}"


_POWERS = {"square": 2, "sq": 2, "cubic": 3, "cu": 3}
_POWER_MARKS = {"2": 2, "²": 2, "3": 3, "³": 3, "squared": 2, "cubed": 3}
_POWER_DIMENSIONS = {2: "area", 3: "volume"}
_PER = frozenset(("per", "a", "an", "/", "each"))
_RATE_ONLY = frozenset(("second", "minute", "hour", "day", "night", "week", "month", "year", "decade"))
_LONGEST = 3


def find(words: Sequence[str], at: int, touching: bool) -> tuple[Unit, int] | None:
    """The unit written in ``words`` from index ``at``, and how many words it takes; ``None`` if there is none.

    ``touching`` says that the first word stands against the number ("29km"). Reads "square miles", "km²",
    "miles per hour", "km/h", "metres a second" from their parts.
    """
    first = _simple(words, at, touching)
    if first is None:
        return None
    unit, taken = first
    after = at + taken
    if after + 1 < len(words) and words[after].casefold() in _PER:
        per = _simple(words, after + 1, True)
        joined = words[after].casefold()
        if (
            per is not None
            and per[0].dimension != unit.dimension
            and not per[0].name.startswith("foot")
            and (joined in ("per", "/") or per[0].name in _RATE_ONLY)
            and (per[0].dimension == "time" or joined in ("per", "/"))
            and unit.dimension != "time"
        ):
            return _rate(unit, per[0]), taken + 1 + per[1]
    return unit, taken


def _rate(unit: Unit, per: Unit) -> Unit:
    dimension = (
        "speed" if (unit.dimension, per.dimension) == ("length", "time") else f"{unit.dimension}/{per.dimension}"
    )
    return Unit(f"{unit.name} per {per.name}", dimension, unit.factor / per.factor)


def _simple(words: Sequence[str], at: int, touching: bool) -> tuple[Unit, int] | None:
    """One unit without "per", with its power."""
    if at >= len(words):
        return None
    power = _POWERS.get(words[at].casefold())
    if power is not None:
        dot = at + 1 < len(words) and words[at + 1] == "."
        inner = _plain(words, at + 1 + dot, True)
        if inner is not None and inner[0].dimension == "length":
            return _raised(inner[0], power), 1 + dot + inner[1]
        return None
    plain = _plain(words, at, touching)
    if plain is None or plain[0].dimension != "length":
        return plain
    unit, taken = plain
    after = at + taken
    if after < len(words):
        if words[after] in _POWER_MARKS:
            return _raised(unit, _POWER_MARKS[words[after]]), taken + 1
        if words[after] == "^" and after + 1 < len(words) and words[after + 1] in _POWER_MARKS:
            return _raised(unit, _POWER_MARKS[words[after + 1]]), taken + 2
    return unit, taken


def _raised(unit: Unit, power: int) -> Unit:
    name = f"{'square' if power == 2 else 'cubic'} {unit.name}"
    return Unit(name, _POWER_DIMENSIONS[power], unit.factor**power)


def _plain(words: Sequence[str], at: int, touching: bool) -> tuple[Unit, int] | None:
    known = tables()
    for size in range(min(_LONGEST, len(words) - at), 1, -1):
        phrase = " ".join(words[at : at + size])
        joined = "".join(words[at : at + size])
        unit = known.words.get(phrase.casefold()) or known.words.get(joined.casefold()) or known.symbols.get(joined)
        if unit is not None:
            return unit, size
    if at >= len(words):
        return None
    word = words[at]
    unit = known.words.get(word.casefold())
    if unit is None and (touching or len(word) > 1 or word in _SPACED_SYMBOLS) and (touching or word != "in"):
        unit = known.symbols.get(word)
    return None if unit is None else (unit, 1)


def currency(words: Sequence[str], at: int) -> tuple[Unit, int] | None:
    """The currency named in ``words`` from index ``at`` ("Australian dollars", "euros", "cents"), as `find` does."""
    known = tables()
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        phrase = " ".join(words[at : at + size]).casefold()
        unit = known.money_words.get(phrase)
        if unit is not None:
            return unit, size
    if at < len(words):
        unit = known.money_signs.get(words[at])
        if unit is not None and words[at] not in ("RM", "Rs"):
            return unit, 1
    return None
