"""What makes a changed sentence say something else: another number, another name, a denial more or less.

Lexical, for strings that need not be sentences of a parse: what a person is told before they take one for the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal, NamedTuple

from reader.numerals import scan
from reader.statements import NEGATIVE

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_FIRST = frozenset(
    "a an the this that these those some any all both each every no about around nearly almost over under more less most "
    "at in on by for from with to of and but or so yet if when while after before as since until though although because "
    "he she it they we i you his her its their our there here then now yesterday today tomorrow".split()
)
"""Words that often begin a sentence and are no names."""
_NOT = re.compile(r"n['’]t$")


class Telling(NamedTuple):
    """A difference that tells: the words of the old sentence and those of the new one, "" for none."""

    what: Literal["number", "name", "denial"]
    old: str
    new: str


def telling(old: str, new: str) -> list[Telling]:
    """The differences between two sentences by which they say different things.

    Names are told by their capitals, so at the beginning of a sentence a word is taken for one where the other sentence
    does not have it at all.
    """
    found = [Telling("number", *_unlike(_numbers(old), _numbers(new)))]
    found.append(Telling("name", *_unlike(_names(old, new), _names(new, old))))
    found.append(Telling("denial", *_unlike(_denials(old), _denials(new))))
    return [one for one in found if one.old or one.new]


def _unlike(old: list[tuple[object, str]], new: list[tuple[object, str]]) -> tuple[str, str]:
    """The words of each list whose meanings the other lacks."""
    return _beyond(old, new), _beyond(new, old)


def _beyond(these: list[tuple[object, str]], those: Iterable[tuple[object, str]]) -> str:
    there = Counter(meaning for meaning, _ in those)
    words = []
    for meaning, word in these:
        if there[meaning]:
            there[meaning] -= 1
        else:
            words.append(word)
    return ", ".join(words)


def _numbers(text: str) -> list[tuple[object, str]]:
    return [((n.low, n.high, n.unit), text[n.start : n.end]) for n in scan(text)]


def _names(text: str, other: str) -> list[tuple[object, str]]:
    known = {word.casefold() for word in _WORD.findall(other)}
    words = list(_WORD.finditer(text))
    counted = [(n.start, n.end) for n in scan(text)]
    return [
        (word[0].casefold(), word[0])
        for n, word in enumerate(words)
        if word[0][0].isupper()
        and (n > 0 or word[0].casefold() not in known | _FIRST)
        and not any(start <= word.start() < end for start, end in counted)
    ]


def _denials(text: str) -> list[tuple[object, str]]:
    words = [word[0] for word in _WORD.finditer(text)]
    return [("not", word) for word in words if word.casefold() in NEGATIVE or _NOT.search(word.casefold())]
