"""Selecting words with the keyboard: a run of whole words, from an anchor to a head."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

# A word with what belongs to it inside: "3,500", "don't", "U.S", "cease-fire".
_WORD = re.compile(r"[^\W_]+(?:[.,:'’-][^\W_]+)*%?")


def words_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the words in ``text[start:end]``."""
    return [match.span() for match in _WORD.finditer(text, start, end)]


@dataclass(frozen=True, slots=True)
class WordSelection:
    """A run of ``words`` (not empty), by the indexes of its two ends."""

    words: Sequence[tuple[int, int]]
    anchor: int
    head: int

    @classmethod
    def at(cls, words: Sequence[tuple[int, int]], start: int, end: int | None = None) -> Self:
        """The words of the span ``start`` to ``end``; the one word at ``start`` where no end is given."""
        anchor = cls._index(words, start)
        head = anchor if end is None else max(anchor, cls._index(words, end - 1))
        return cls(words, anchor, head)

    @staticmethod
    def _index(words: Sequence[tuple[int, int]], offset: int) -> int:
        index = max(0, bisect_right(words, (offset, offset + 1)) - 1)
        after = words[index][1] <= offset and index + 1 < len(words)
        return index + 1 if after else index

    @property
    def span(self) -> tuple[int, int]:
        """From the first word to the last."""
        return self.words[min(self.anchor, self.head)][0], self.words[max(self.anchor, self.head)][1]

    @property
    def head_offset(self) -> int:
        """Where the moving end stands."""
        return self.words[self.head][0]

    def extend(self, count: int) -> Self:
        """With the head ``count`` words further on."""
        return replace(self, head=max(0, min(len(self.words) - 1, self.head + count)))

    def move(self, count: int) -> Self:
        """The one word ``count`` words from the head."""
        moved = self.extend(count)
        return replace(moved, anchor=moved.head)

    def to(self, offset: int) -> Self:
        """With the head at the word at ``offset``; one word moves, a run extends."""
        head = self._index(self.words, offset)
        return replace(self, head=head, anchor=head if self.anchor == self.head else self.anchor)
