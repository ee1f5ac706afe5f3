"""The tokens of a text, and the values that are read from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from reader.numerals.vague import Bound, Vague
from reader.numerals.words import ORDINALS, SMALL, STARTERS, TOKEN
from reader.units import Unit

Form = Literal["cardinal", "fraction", "ordinal", "vague", "age", "score", "decade"]


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
class Core:
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


class Tokens:
    """The tokens of one text, and what stands around each."""

    def __init__(self, text: str, vague: Vague) -> None:
        self.text = text
        self.vague = vague
        self.words: list[str] = []
        self.lower: list[str] = []
        self.kinds: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        for match in TOKEN.finditer(text):
            word = match.group()
            self.words.append(word)
            self.lower.append(word.casefold() if len(word) < 40 else word)
            self.kinds.append(match.lastgroup or "mark")
            self.starts.append(match.start())
            self.ends.append(match.end())
        self.count = len(self.words)
        self.vague_heads = vague.heads

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

    def may_start(self, i: int) -> bool:
        kind = self.kinds[i]
        if kind in ("number", "clock"):
            return True
        if kind != "word":
            return False
        word = self.lower[i]
        return (
            word in SMALL
            or word in STARTERS
            or word in self.vague_heads
            or (word in ORDINALS and word not in ("first", "second"))
            or word in ("first", "second")
        )
