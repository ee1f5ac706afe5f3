"""Where two versions of one text differ, word by word.

Paragraphs are matched first and words only within those that changed, so a long text of which little changed costs
little; blanks do not count. Both steps take the fewest changes there are (Levenshtein distance, by rapidfuzz).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

_TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
_LINE = re.compile(r"[^\n]+")
_CELLS = 200_000_000
"""Pairs of words that are compared at most, which takes 50 MB; past it a stretch is one change."""
_PARAGRAPHS = 40_000
"""Pairs of paragraphs that are held against each other at most; past it they are one run."""
_ALIKE = 50
"""How like, in percent, a paragraph is to its later version at least."""
_KEPT = 1
"""Words that stay between two changes and are counted among them, for such an island reads worse than one change."""

Spans = Sequence[tuple[int, int]]

_Ranges = tuple[tuple[int, int], tuple[int, int]]


class Difference(NamedTuple):
    """Words of the old text, by their code points, in place of which the new one has others; either may be none."""

    old: tuple[int, int]
    new: tuple[int, int]


def differences(old: str, new: str) -> list[Difference]:
    """The changes that make ``new`` of ``old``, in order."""
    left, right = _spans(_LINE, old, 0, len(old)), _spans(_LINE, new, 0, len(new))
    found: list[Difference] = []
    for (a, b), (c, d) in _changed(old, new, left, right):
        pairs = _paired([old[slice(*span)] for span in left[a:b]], [new[slice(*span)] for span in right[c:d]])
        for here, there in pairs:
            first, second = (a + here[0], a + here[1]), (c + there[0], c + there[1])
            lines = _bounds(left, first, old), _bounds(right, second, new)
            found += _words(old, new, *lines) if first[0] < first[1] and second[0] < second[1] else [Difference(*lines)]
    return found


def _paired(old: Sequence[str], new: Sequence[str]) -> list[_Ranges]:
    """Which paragraphs of two runs are versions of each other, as ranges in order; one without its like is alone.

    The pairs in order whose likeness adds up to the most (Needleman and Wunsch 1970, gaps free).
    """
    if len(old) * len(new) > _PARAGRAPHS:
        return [((0, len(old)), (0, len(new)))]
    likeness = [[_likeness(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            pair = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    made: list[_Ranges] = []
    i = j = 0
    while i < len(old) or j < len(new):
        if i < len(old) and j < len(new) and likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            made.append(((i, i + 1), (j, j + 1)))
            i, j = i + 1, j + 1
        elif i < len(old) and best[i][j] == best[i + 1][j]:
            made.append(((i, i + 1), (j, j)))
            i += 1
        else:
            made.append(((i, i), (j, j + 1)))
            j += 1
    return made


def _likeness(old: str, new: str) -> float:
    """How like two paragraphs are, 0 to 1; 0 where they are too unlike to be versions of each other."""
    return fuzz.ratio(old, new, score_cutoff=_ALIKE) / 100


def words(text: str, spans: Spans) -> int:
    """How many words lie in some spans of a text."""
    return sum(token[0][0].isalnum() for start, end in spans for token in _TOKEN.finditer(text, start, end))


def _words(old: str, new: str, a: tuple[int, int], b: tuple[int, int]) -> Iterator[Difference]:
    """The changes within two stretches."""
    left, right = _spans(_TOKEN, old, *a), _spans(_TOKEN, new, *b)
    if len(left) * len(right) > _CELLS:
        yield Difference(a, b)
        return
    for here, there in _joined(list(_changed(old, new, left, right))):
        yield Difference(_bounds(left, here, old, a[0]), _bounds(right, there, new, b[0]))


def _spans(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text, start, end) if not match[0].isspace()]


def _changed(old: str, new: str, left: Spans, right: Spans) -> Iterator[_Ranges]:
    """The ranges of pieces that differ, those that follow each other as one."""
    pieces = [old[slice(*span)].strip() for span in left], [new[slice(*span)].strip() for span in right]
    begun: _Ranges | None = None
    for op in Levenshtein.opcodes(*pieces):
        if op.tag == "equal":
            if begun is not None:
                yield begun
            begun = None
        else:
            start = begun or ((op.src_start, 0), (op.dest_start, 0))
            begun = ((start[0][0], op.src_end), (start[1][0], op.dest_end))
    if begun is not None:
        yield begun


def _joined(ranges: Sequence[_Ranges]) -> list[_Ranges]:
    """Changes with next to nothing between them, as one."""
    made: list[_Ranges] = []
    for (a, b), (c, d) in ranges:
        if made and a - made[-1][0][1] <= _KEPT:
            made[-1] = ((made[-1][0][0], b), (made[-1][1][0], d))
        else:
            made.append(((a, b), (c, d)))
    return made


def _bounds(spans: Spans, pieces: tuple[int, int], text: str, origin: int = 0) -> tuple[int, int]:
    """The code points of a range of pieces; where it holds none, the place after the piece before it."""
    first, last = pieces
    if first < last:
        return spans[first][0], spans[last - 1][1]
    place = spans[first - 1][1] if first else (spans[0][0] if spans else min(origin, len(text)))
    return place, place
