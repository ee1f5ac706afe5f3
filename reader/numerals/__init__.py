"""Numbers in plain text: a lexical scanner, linear in the length of the text.

It knows digits and number words, ranges, hedges, units and money, ages and scores, and what only looks like a number
(dates, clock times, telephone numbers, model names). What a number counts is the business of `reader.quantities`.
"""

from __future__ import annotations

from reader.numerals.expressions import Scanner
from reader.numerals.tokens import Numeral
from reader.numerals.vague import Vague, VagueError, load_vague
from reader.numerals.vague import vague as vague_in_use

__all__ = ["Numeral", "Vague", "VagueError", "load_vague", "scan", "vague_in_use"]


def scan(text: str, vague: Vague | None = None) -> list[Numeral]:
    """Every number stated in ``text``, in order, none overlapping another."""
    found: list[Numeral] = []
    for numeral in Scanner(text, vague or vague_in_use()).numerals():
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
