"""The number itself: digits and number words, multipliers, fractions and shares."""

from __future__ import annotations

import math
from dataclasses import replace

from reader import units
from reader.numerals.impostors import Impostors
from reader.numerals.tokens import Core
from reader.numerals.words import (
    MAGNITUDES,
    MONEY_GLUE,
    ORDINALS,
    PARTS,
    SMALL,
    SUFFIXES,
    TENS,
    TENS_VALUES,
    VULGAR,
    is_year,
    number_of,
)


class Cores(Impostors):
    """Reads one number, without hedge, unit or range."""

    def core(self, i: int) -> Core | None:
        """The number at token ``i``, with its fraction, multiplier and ending; no hedge, no range."""
        phrase = self.vague_phrase(i)
        if phrase is not None:
            return phrase
        core = self.cardinal(i)
        if core is None:
            return self.part_or_ordinal(i)
        return self.with_fraction(core)

    def vague_phrase(self, i: int) -> Core | None:
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
            return Core(i, i + size, bounds[0], bounds[1], "vague")
        return None

    def cardinal(self, i: int) -> Core | None:
        """Digits or number words with their multipliers."""
        total, group, smallest = 0.0, None, math.inf
        digits = self.kinds[i] == "number"
        j, scaled, plain, lead, bare = i, False, 0.0, 0.0, False
        if digits:
            value = number_of(self.words[i])
            if value is None:
                return None
            group, plain, j = value, value, i + 1
            bare = self.words[i].isdigit()
            if self.touches(j) and self.kind(j) == "number" and self.words[j] in VULGAR:
                group += VULGAR[self.words[j]]
                j += 1
            if self.touches(j) and self.kind(j) == "word":
                ending = self.words[j]
                if self.lower[j] in ("st", "nd", "rd", "th"):
                    return Core(i, j + 1, group, group, "ordinal", digits=True, plain=plain)
                if ending == "s":
                    return self.decade(i, j, group)
                if ending in SUFFIXES and not self.suffix_is_unit(i, j):
                    return Core(
                        i,
                        j + 1,
                        group * SUFFIXES[ending],
                        group * SUFFIXES[ending],
                        "cardinal",
                        digits=True,
                        scaled=True,
                        plain=plain,
                    )
            elif self.words[j : j + 1] in (["M"], ["B"], ["k"]) and not self.touches(j + 1):
                scale = SUFFIXES[self.words[j]]
                return Core(i, j + 1, group * scale, group * scale, "cardinal", digits=True, scaled=True, plain=plain)
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
                    if word in ORDINALS and ORDINALS[word] < 10 and (group or 0) % 100 in TENS_VALUES:
                        value = total + (group or 0.0) + ORDINALS[word]
                        return Core(i, j + 2, value, value, "ordinal")
                    if not (
                        word in MAGNITUDES
                        or word in ("hundred", "dozen")
                        or (word in SMALL and (group or 0) % 100 in TENS_VALUES and 0 < SMALL[word] < 10)
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
            if word in SMALL and self.kinds[at] == "word":
                value = float(SMALL[word])
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
            elif word in MAGNITUDES and (group is not None or j == i):
                scale = MAGNITUDES[word]
                if scale < smallest:
                    total += (1.0 if group is None else group) * scale
                    smallest = scale
                elif group is None and total:
                    total *= scale
                else:
                    break
                group, scaled = None, True
            elif self.kinds[at] == "number" and scaled and self.fits_digits(at, group, smallest):
                value = number_of(self.words[at]) or 0.0
                group = (group or 0.0) + value
            elif word == "point" and j > i and not digits and self.word(j + 1) in SMALL:
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
        return Core(
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
                and self.word(k) in SMALL
                and self.word(k + 1) == "hundred"
            ):
                return 1
            if math.inf > smallest > 1e3 and group is None and not digits and self.word(k) in SMALL:
                return 1 if self.word(k + 1) in ("hundred", "thousand") else 0
            return 0
        word = self.word(k)
        hundreds = group is not None and group >= 100 and group % 100 == 0
        if (hundreds and not digits) or (hundreds and self.word(j - 1) == "hundred"):
            if word in SMALL and SMALL[word] > 0:
                return 1
            return 1 if self.kind(k) == "number" and self.words[k].isdigit() and len(self.words[k]) <= 2 else 0
        if group is None and smallest < math.inf and not digits and word in SMALL and SMALL[word] > 0:
            return 1 if smallest == 1e3 or self.word(k + 1) in ("hundred", "thousand") else 0
        return 0

    def decimals(self, j: int) -> tuple[float, int]:
        """The words after "point": nought four, seventy-one."""
        digits = ""
        while j < self.count and self.lower[j] in SMALL:
            value = SMALL[self.lower[j]]
            if value in TENS_VALUES and self.kind(j + 1) == "dash" and 0 < SMALL.get(self.word(j + 2), 0) < 10:
                value += SMALL[self.word(j + 2)]
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
        if (
            any(self.word(k) in MONEY_GLUE for k in range(max(0, i - 4), i))
            or self.words[i - 1 : i] == ["RM"]
            or self.folded_pound(i)
        ):
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

    def decade(self, i: int, j: int, value: float) -> Core | None:
        """ "20s": an age where somebody is "in his 20s"; "1990s" and other plurals are no quantity."""
        owner = self.word(i - 1) if self.word(i - 1) not in ("early", "mid", "late", "-") else self.word(i - 2)
        if self.word(i - 1) == "-" and self.word(i - 2) in ("mid", "early", "late"):
            owner = self.word(i - 3)
        if owner in ("his", "her", "their", "my", "our", "your") and value in TENS_VALUES:
            return Core(i, j + 1, value, value + 9, "age", digits=True)
        return Core(i, j + 1, value, value, "decade", digits=True)

    def with_fraction(self, core: Core) -> Core:
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

    def slashed(self, core: Core) -> Core | None:
        """1/4, 10 1/2, 10 ½."""
        j, low = core.last, core.low or 0.0
        if self.kind(j) == "number" and self.words[j] in VULGAR:
            value = low + VULGAR[self.words[j]]
            return replace(core, last=j + 1, low=value, high=value, bare=False)
        if self.word(j) == "/" and self.kind(j + 1) == "number" and self.touches(j) and self.touches(j + 1):
            bottom = number_of(self.words[j + 1]) or 0.0
            if 1 < bottom <= 1000 and abs(low) < 10 * bottom and self.words[j + 1].isdigit():
                return replace(core, last=j + 2, low=low / bottom, high=low / bottom, form="fraction", bare=False)
        if (
            self.kind(j) == self.kind(j + 2) == "number"
            and self.word(j + 1) == "/"
            and self.touches(j + 1)
            and self.touches(j + 2)
        ):
            top, bottom = number_of(self.words[j]) or 0.0, number_of(self.words[j + 2]) or 0.0
            if 0 < top < bottom <= 64:
                return replace(core, last=j + 3, low=low + top / bottom, high=low + top / bottom, bare=False)
        return None

    def denominator(self, j: int) -> tuple[int, int] | None:
        """ "thirds", "quarter", "twenty-firsts" at token ``j``: its value and the token after it."""
        word = self.word(j)
        if word in PARTS:
            return PARTS[word], j + 1
        if word in TENS and self.kind(j + 1) == "dash":
            ending = self.word(j + 2).removesuffix("s")
            if ending in ORDINALS and ORDINALS[ending] < 10:
                return TENS[word] + ORDINALS[ending], j + 3
        return None

    def parts(self, core: Core) -> Core | None:
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
        if self.word(last) == "of" and self.word(last + 1) == "a" and self.word(last + 2) in MAGNITUDES:
            value *= MAGNITUDES[self.word(last + 2)]
            return replace(core, last=last + 3, low=value, high=value)
        return replace(core, last=last, low=value, high=value, form="fraction")

    def behind_and(self, core: Core) -> float | None:
        """What the last "and" of a number in words adds: 54 in "two hundred and fifty-four"."""
        for k in range(core.last - 2, core.first, -1):
            if self.word(k) == "and":
                tail = self.cardinal(k + 1)
                return tail.low if tail is not None and tail.last == core.last else None
        return None

    def mixed(self, core: Core) -> Core | None:
        """ "three and a half", "3 million and a half", "two and fifty-four hundredths"."""
        low, j = core.low or 0.0, core.last + 1
        if self.word(j) == "a":
            top, at = 1.0, j + 1
        else:
            counted = self.cardinal(j) if self.word(j) in SMALL else None
            if counted is None or counted.low is None:
                return None
            top, at = counted.low, counted.last
        found = self.denominator(at + 1 if self.kind(at) == "dash" else at)
        if found is None or not 0 < top < found[0] or self.word(found[1]) in ("of", "-"):
            return None
        if (top == 1) == self.word(found[1] - 1).endswith("s"):
            return None
        share, last = top / found[0], found[1]
        scale = MAGNITUDES.get(self.word(last))
        if scale is not None:
            value = (low + share) * scale if abs(low) < 1000 else low + share * scale
            return replace(core, last=last + 1, low=value, high=value, bare=False, scaled=True)
        value = low + share * (self.scale_of(low) if core.scaled and low >= 1e6 else 1)
        return replace(core, last=last, low=value, high=value, bare=False)

    @staticmethod
    def scale_of(value: float) -> float:
        return float(10 ** (3 * int(math.log10(value) // 3)))

    def is_part(self, core: Core, at: int) -> bool:
        """Whether an ordinal-like word is a denominator: plural after two and more, singular after one."""
        word, value = self.lower[at], core.low or 0.0
        if word in ("half", "halves", "quarter", "quarters"):
            if word.startswith("quarter") and self.word(core.first - 1) in ("for", "the", "last", "past", "previous"):
                return self.word(at + 1) == "of"
            return (value == 1) == (word in ("half", "quarter"))
        if value == 1:
            return not word.endswith("s")
        return word.endswith("s") and value != 0

    def share(self, core: Core, j: int) -> Core | None:
        """ "two out of five", "one in 10": a share, where the first is the smaller."""
        words = self.word(j), self.word(j + 1)
        k = j + 2 if words == ("out", "of") else j + 1
        if words[0] == "out" and words[1] != "of":
            return None
        if words[0] == "in" and (core.scaled or (core.low or 0) > 99 or self.word(k) == "the"):
            return None
        if k >= self.count or (self.kind(k) != "number" and self.word(k) not in SMALL and self.word(k) != "every"):
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
            if is_year(self.words[k]) or (words[0] == "in" and whole.low % 5 and whole.low > 12):
                return None
            unit = units.find(self.ahead(whole.last, 4), 0, self.touches(whole.last))
            if unit is not None or self.word(whole.last) in ("minutes", "games", "matches"):
                return None
            if words[0] == "over" and (self.kind(whole.last) == "word" or core.scaled):
                return None
        value = core.low / whole.low
        return Core(core.first, whole.last, value, value, "fraction", digits=core.digits)

    def part_or_ordinal(self, i: int) -> Core | None:
        """half, a third of, a quarter million; first, twenty-first."""
        word = self.word(i)
        at = i + 1 if word in ("a", "an") else i
        part = self.word(at)
        after = at + 1
        dash = 1 if self.kind(after) == "dash" and self.touches(after) else 0
        following = self.word(after + dash)
        if part in ("half", "quarter") or (at > i and part in PARTS):
            share = 1.0 / PARTS[part]
            if part == "half" and following == "a" and self.word(after + 1) in (*MAGNITUDES, "dozen"):
                after, following, dash = after + 1, self.word(after + 1), 0
            if following in MAGNITUDES or following == "dozen":
                value = share * (12 if following == "dozen" else MAGNITUDES[following])
                return Core(i, after + dash + 1, value, value, "cardinal", scaled=True)
            if self.is_share(i, at, after + dash):
                return Core(i, after, share, share, "fraction")
            return None
        if word in ORDINALS:
            return Core(i, i + 1, float(ORDINALS[word]), float(ORDINALS[word]), "ordinal")
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
