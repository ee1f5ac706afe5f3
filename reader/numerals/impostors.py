"""What only looks like a number: dates, clock times, telephone numbers, addresses, names."""

from __future__ import annotations

from reader import units
from reader.numerals.tokens import Tokens
from reader.numerals.words import (
    ADDRESS,
    AFTER_CLOCK,
    AFTER_DATE,
    CALLED,
    CALLING,
    CAPTIONS,
    CLOCK_DIGITS,
    CODE,
    DAYS,
    EMERGENCY,
    INNER_CAPITAL,
    JOINTS,
    LABELS,
    LABELS_IN_CAPITALS,
    MAGNITUDES,
    MONTHS,
    MONTHS_AND_WORDS,
    PHONE_WORDS,
    SCAN_LINES,
    SMALL,
    SUFFIXES,
    UNITS_WORDS,
    YEAR_TAIL,
    is_year,
)


class Impostors(Tokens):
    """Tells digits that are no quantity."""

    def not_a_number(self, i: int) -> int:
        """How many tokens from ``i`` are a date, a clock time, a telephone number or a name; 0 if none."""
        if self.kinds[i] == "clock":
            return 1
        if self.kinds[i] != "number":
            if self.word(i + 1) in ("o'clock", "o’clock"):
                return 2
            hung = self.kind(i - 1) == "dash" and self.touches(i) and self.touches(i - 1) and self.kind(i - 2) == "word"
            # The end of a compound that is no number: "tewnty-one", "catch-three".
            return int(hung and self.lower[i] in UNITS_WORDS and self.lower[i - 2] not in JOINTS)
        word, end = self.words[i], self.ends[i]
        chain = self.chain(i)
        if chain:
            return chain
        if self.glued_to_name(i):
            return 1
        if AFTER_CLOCK.match(self.text, end) and CLOCK_DIGITS.fullmatch(word):
            return 1
        dated = self.dated(i)
        if dated:
            return dated
        if self.kind(i + 2) == "number" and (self.kind(i + 1) == "dash" or self.word(i + 1) in ("to", "and")):
            until = self.ends[i + 2]
            if AFTER_CLOCK.match(self.text, until) and CLOCK_DIGITS.fullmatch(self.words[i + 2]):
                return 3
        if self.word(i - 1) + self.word(i - 2) in ("><", ">=", "<=") and self.touches(i - 1) and self.touches(i):
            # "<>30", "=<30": code, not prose
            return 1
        if self.enumerates(i):
            return 1
        if word in EMERGENCY and (self.word(i - 1) in CALLING or self.word(i + 1) in CALLED):
            return 1
        if self.kind(i + 1) == "dash" and self.touches(i + 1) and self.touches(i + 2):
            # 678-ZRL, 222-TIPS
            code = self.words[i + 2]
            if self.kind(i + 2) == "word" and code.isupper() and len(code) > 1:
                return 3
            # 7-Eleven
            if self.capitalised(i + 2) and self.lower[i + 2] in SMALL and not self.opens_sentence(i):
                return 3
        if word.isdigit() and len(word) <= 5 and (ADDRESS.match(self.text, end) or CODE.match(self.text, end)):
            return 1
        if self.words[i - 2 : i] == ["Group", "of"] and self.word(i - 3) == "the":
            return 1
        if len(word) == 4 and word.isdigit() and "1500" <= word <= "2099":
            tail = YEAR_TAIL.match(self.text, end)
            if tail and (len(tail.group()) == 5 or int(tail.group()[1:]) == (int(word) + 1) % 100):
                return 3
            if tail and tail.group()[0] != "/" and len(tail.group()) == 3:
                short = int(tail.group()[1:])
                if short > int(word) % 100 or 1 <= short <= 12:
                    return 3
        if self.labelled_by_word(i):
            # "Image 3 of 5"
            k = i + 2 if self.word(i + 2) != "/" else i + 3
            captioned = self.word(i - 1) in CAPTIONS and self.word(i + 1) == "of" and self.kind(k) == "number"
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
        if not joins and len(self.words[i]) > 2 and self.words[i][0] == "0" and self.words[i].isdigit():
            # 020 5550 0142: no count begins with nought
            while self.kind(last + 1) == "number" and self.words[last + 1].isdigit():
                last += 1
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
                if right[0] == "0" or near & PHONE_WORDS:
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
            signs = units.tables().money_signs
            return not (before in signs or before.upper() in signs or self.folded_pound(i))
        if self.kinds[i - 1] == "number":
            return True
        if before in "-‐‑−–" and self.touches(i - 1) and self.kinds[i - 2] == "number" and self.touches(i - 2):
            return self.kinds[i - 3] == "word"
        if before in "-‐‑−–" and self.touches(i - 1) and self.kinds[i - 2] == "word":
            word = self.lower[i - 2]
            return word not in JOINTS
        if before == "+" and self.touches(i - 1) and self.touches(i - 2) and self.kinds[i - 3] == "word":
            return self.kinds[i - 2] == "number"  # P5+1
        if before in ("_", "/") and self.touches(i - 1) and self.kinds[i - 2] == "word":
            return before == "_" or len(self.words[i - 2]) < 2
        if before == "." and self.touches(i - 1) and self.kinds[i - 2] == "word" and len(self.words[i - 2]) == 1:
            return True
        return self.suffix_of_name(i)

    def folded_pound(self, i: int) -> bool:
        """ "PS2.7m": a pound sign that went through an ASCII folding (Unidecode writes it so); not the PS5."""
        if self.words[i - 1 : i] != ["PS"] or not self.touches(i):
            return False
        scaled = self.word(i + 1) in MAGNITUDES or (self.touches(i + 1) and self.words[i + 1] in SUFFIXES)
        return scaled or "," in self.words[i] or "." in self.words[i]

    def suffix_of_name(self, i: int) -> bool:
        """5G, 3D, 4x4, 7B: letters that touch the digits and are neither a unit, a multiplier nor an ending."""
        if not (self.touches(i + 1) and self.kind(i + 1) == "word"):
            return False
        if self.touches(i + 2) and self.kind(i + 2) == "number" and self.words[i + 2] not in ("2", "3"):
            return True
        word = self.words[i + 1]
        if word == "p" and self.words[i] in SCAN_LINES:
            return True
        if word in SUFFIXES or self.lower[i + 1] in ("st", "nd", "rd", "th", "s", "pc", "pct", "p", "yo", "x"):
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
        named = month in MONTHS and (self.capitalised(before) or month not in MONTHS_AND_WORDS)
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
            if self.word(last + 1) in (",", "of", "/") and is_year(self.word(last + 2)):
                last += 2
            elif is_year(self.word(last + 1)):
                last += 1
            return last - i + 1
        if value <= 31 and self.word(before) in DAYS and self.capitalised(before) and before == i - 1:
            return 1
        if value <= 31 and (
            AFTER_DATE.match(self.text, self.ends[i]) or (self.word(i - 1) == "on" and self.word(i + 1) in MONTHS)
        ):
            return 1
        if (
            value <= 31
            and self.kind(i + 1) == "dash"
            and self.kind(i + 2) == "number"
            and AFTER_DATE.match(self.text, self.ends[i + 2])
        ):
            return 3
        if (
            value <= 31
            and self.word(i + 1) in ("and", "or", "to")
            and self.kind(i + 2) == "number"
            and len(self.words[i + 2]) <= 2
        ):
            return 3 if AFTER_DATE.match(self.text, self.ends[i + 2]) else 0
        return 0

    def labelled_by_word(self, i: int) -> bool:
        """page 4, Section 427, No. 10: a word right before the number that makes it a name."""
        k = i - 2 if self.word(i - 1) == "." and self.word(i - 2) in ("no", "nos", "nr", "vol", "apt") else i - 1
        word = self.word(k)
        if word == "#" or (self.kind(k) == "word" and self.touches(k) is False and INNER_CAPITAL.search(self.words[k])):
            return True
        if word not in LABELS or self.kind(k) != "word":
            return False
        if "," in self.words[i]:
            return False
        if word in ("no", "nos", "nr") and k == i - 1:
            return self.capitalised(k) and not self.opens_sentence(k) and self.words[k] != "NO"
        if word in LABELS_IN_CAPITALS and not self.capitalised(k):
            return False
        following = self.ahead(i + 1, 4)
        return units.find(following, 0, self.touches(i + 1)) is None and units.currency(following, 0) is None
