"""The whole expression: money and units, ranges and scores, hedges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reader import units
from reader.numerals.cores import Cores
from reader.numerals.tokens import Core, Form, Numeral
from reader.numerals.vague import Bound, Hedge
from reader.numerals.words import (
    AFTER_CLOCK,
    AFTER_DATE,
    AGE_AFTER,
    AGE_BEFORE,
    CALIBRE_NOUN,
    CHANGE,
    DURING,
    MONEY_GLUE,
    PERCENT_WORDS,
    SCORE_WORDS,
    SPANNING,
    is_year,
    number_of,
)
from reader.units import MAGNITUDE, PENNY, PERCENT, PERCENTAGE_POINT, YEAR, Unit


class Scanner(Cores):
    """Walks a text and reads each number with all that belongs to it."""

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

    def expression(self, core: Core, free: int) -> tuple[Numeral | None, int]:
        """The numeral around ``core``: money, unit, range, hedges. And the token to go on from."""
        if core.form == "decade":
            return None, core.last
        first = core.first
        if core.form == "ordinal":
            return self.ordinal(core), core.last
        first = self.money_before(core, first, free)
        last = self.unit_after(core)
        if core.unit is None and core.digits and self.after_magnitude(core.first):
            core.unit = MAGNITUDE
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

    def money_before(self, core: Core, first: int, free: int) -> int:
        """Takes "$", "US$", "A $" or "EUR" before the number; returns the first token."""
        k = first - 1
        if k < free:
            return first
        signs = units.tables().money_signs
        minus = 0
        if self.kind(k) == "dash" and self.touches(first) and self.words[k - 1 : k] and self.words[k - 1] in MONEY_GLUE:
            minus, k = 1, k - 1
        sign = self.words[k]
        if sign in MONEY_GLUE:
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
        if sign == "PS" and self.folded_pound(first):
            core.unit, core.money = signs["GBP"], True
            return k
        if sign == "." and self.words[k - 1 : k] == ["Rs"] and k - 1 >= free:
            core.unit, core.money = signs["Rs"], True
            return k - 1
        return first

    def unit_after(self, core: Core) -> int:
        """Reads the unit, percent sign or currency behind the number; returns the token after it."""
        j = core.last
        if j >= self.count:
            return j
        age = AGE_AFTER.match(self.text, self.ends[j - 1])
        if age and (core.form in ("cardinal", "vague")):
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
        if word == "p" and self.touches(j) and core.digits:
            core.unit, core.money = PENNY, True
            return j + 1
        if word in ("%", "٪", "％"):
            core.unit = PERCENT
            return self.percent_tail(core, link + 1)
        if word == "per" and self.word(link + 1) == "cent":
            core.unit = PERCENT
            return self.percent_tail(core, link + 2)
        if word in PERCENT_WORDS and (word != "pc" or self.touches(link)):
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
        if word == "magnitude":
            core.unit = MAGNITUDE
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

    def after_magnitude(self, first: int) -> bool:
        """ "magnitude 6.1", "magnitude-6.1", "a magnitude of 6.1"."""
        before = first - 2 if self.kind(first - 1) == "dash" or self.word(first - 1) == "of" else first - 1
        return self.word(before) == "magnitude"

    def unit_fits(self, core: Core, unit: Unit, at: int) -> bool:
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

    def percent_tail(self, core: Core, j: int) -> int:
        if self.word(j) == "-" and self.word(j + 1) in ("point", "points"):
            core.unit = PERCENTAGE_POINT
            return j + 2
        if self.word(j) in ("point", "points") and self.word(j - 1) != "%":
            core.unit = PERCENTAGE_POINT
            return j + 1
        return j

    def rate(self, core: Core, j: int) -> int:
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

    def compound(self, core: Core, last: int) -> int:
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
            inches = number_of(self.words[j + 1])
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

    def bare_cents(self, part: Core) -> bool:
        """ "15 dollars 50." ends with the cents."""
        return part.bare and len(self.words[part.first]) == 2 and self.word(part.last) in ("", ".", ",", ";")

    # ranges and scores ------------------------------------------------------------------------------------------------

    def other_side(self, core: Core, first: int, last: int) -> tuple[Core | None, int]:
        """The second number of a range or score that begins with ``core``; and the token after it."""
        j = last
        if j >= self.count or core.form == "ordinal":
            return None, last
        word, kind = self.word(j), self.kind(j)
        between = self.word(self.range_lead(first)) == "between"
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
            and (self.words[k] in MONEY_GLUE or self.words[k] in units.tables().money_signs)
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
            AFTER_CLOCK.match(self.text, self.ends[k])
            or (not self.touches(k) and self.dated(k))
            or AFTER_DATE.match(self.text, self.ends[k])
            or self.suffix_of_name(k)
        )

    def judge_range(
        self, core: Core, first: int, second: Core, after: int, last: int, word: str, kind: str, between: bool
    ) -> tuple[Core | None, int]:
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
        if scored and (near & SCORE_WORDS or (kind == "dash" and not ascending) or low == high):
            if word == "to" and not near & SCORE_WORDS:
                return None, last
            return replace(second, form="score"), after
        if (
            core.bare
            and second.bare
            and is_year(self.words[core.first])
            and is_year(self.words[second.first])
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
            if (verbs & CHANGE and before == "from") or (before in CHANGE and core.unit is not None):
                # A rise from one to the other: two figures, of one unit.
                if core.unit is None and second.unit is not None:
                    self.share_scale(core, second)
                    core.unit, core.money = second.unit, second.money
                return None, last
            if word == "through" or not (ascending or verbs & SPANNING):
                return None, last
            return second, after
        return None, last

    @staticmethod
    def share_scale(core: Core, second: Core) -> None:
        """ "5 to 10 million": the multiplier behind the second holds for the first."""
        if core.low is None or second.low is None or not second.scaled or core.scaled or not second.plain:
            return
        scale = second.low / second.plain
        if scale >= 100 and core.low < 1000 and core.low < second.plain:
            core.low *= scale
            core.high = core.low

    def score(self, core: Core, second: Core) -> tuple[Numeral, int]:
        one, other = core.low or 0.0, second.low or 0.0
        start, end = self.starts[core.first], self.ends[second.last - 1]
        return Numeral(
            start, end, (start, end), min(one, other), max(one, other), "score", pair=(one, other)
        ), second.last

    def ordinal(self, core: Core) -> Numeral:
        start, end = self.starts[core.first], self.ends[core.last - 1]
        return Numeral(start, end, (start, end), core.low, core.high, "ordinal")

    # hedges -----------------------------------------------------------------------------------------------------------

    def finish(
        self,
        core: Core,
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
        start_token = first
        number_end = last
        if ranged and self.range_lead(first) >= free:
            start_token = self.range_lead(first)
        if core.unit is None and not age:
            lead = self.age_lead(start_token, first, free)
            age, start_token = lead is not None, start_token if lead is None else lead
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
            if hedge.name == "up-to" and (self.word(begin - 1) == "back" or self.word(begin - 1) in CHANGE):
                break
            # A range, a vague word or a bound is loose already: "about 18 to 34", "about 500 or more".
            if hedge.name != "around" or not (ranged or hedges or hedge_after is not None or core.form == "vague"):
                low, high = hedge.apply(low, high)
            hedges.insert(0, words)
            start_token = begin
            if core.unit is None and not age and (lead := self.age_lead(begin, first, free)) is not None:
                age, start_token = True, lead
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
                yearlike=core.bare and unit is None and not hedges and not ranged and is_year(self.words[core.first]),
                labelled=self.may_be_name(core, unit, hedges, ranged),
                bare_age=form == "cardinal" and unit is None and self.apposed(core, last),
                of="calibre" if self.is_calibre(core, number_end) else "",
            ),
            last,
        )

    def range_lead(self, first: int) -> int:
        """The "between" or "from" that opens a range, over "the ages of" too; -1 if there is none."""
        for at in (first - 1, first - 4):
            if self.word(at) in ("between", "from"):
                return at if at == first - 1 or self.lower[at + 1 : first] == ["the", "ages", "of"] else -1
        return -1

    def age_lead(self, start: int, first: int, free: int) -> int | None:
        """Where an age begins that "aged" or "the age of" leads in before ``start``, or "the ages of" before ``first``."""
        if self.lower[start:first] == ["between", "the", "ages", "of"]:
            return start
        at = start - 2 if self.word(start - 1) == "of" else start - 1
        if at < free or self.word(at) not in AGE_BEFORE or (at == start - 2 and self.word(at) == "aged"):
            return None
        return at - 1 if self.word(at - 1) == "the" and at - 1 >= free else at

    def is_calibre(self, core: Core, last: int) -> bool:
        if core.unit is not None and core.unit.name not in ("millimetre", "centimetre"):
            return False
        return (
            core.digits
            and CALIBRE_NOUN.match(self.text, self.ends[last - 1]) is not None
            and (
                core.unit is not None
                or self.words[core.first][0] == "."
                or "cal" in self.text[self.ends[last - 1] : self.ends[last - 1] + 6].casefold()
            )
        )

    def may_be_name(self, core: Core, unit: Unit | None, hedges: list[str], ranged: bool) -> bool:
        """iPhone 11, FTSE 100, Catch Twenty-Two: a capitalised word stands right before the bare number."""
        if unit is not None or hedges or ranged or core.scaled:
            return False
        k = core.first - 1
        if (
            k < 0
            or self.kinds[k] != "word"
            or self.words[k] == "A"
            or "\n" in self.text[self.ends[k] : self.starts[core.first]]
        ):
            return False
        return any(c.isupper() for c in self.words[k]) and (
            not self.opens_sentence(k) or not self.words[k][1:].islower()
        )

    def apposed(self, core: Core, last: int) -> bool:
        """ "Smith, 34," and "Smith (34)": a bare number between marks behind a word."""
        if core.low is None or not 0 < core.low < 120 or not (core.bare and core.low == int(core.low)):
            return False
        before, after = self.word(core.first - 1), self.word(last)
        if before in ("now", "then") and self.word(core.first - 2) == ",":
            return after in (",", ".", ";", "")
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
        return self.word(begin - 1) not in DURING

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

    def hedge_after(self, token: int, core: Core) -> tuple[int, Hedge | None]:
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
