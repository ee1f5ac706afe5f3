"""Where words stand in a text that may have changed since.

W3C Web Annotation Data Model, https://www.w3.org/TR/annotation-model/#selectors: a TextQuoteSelector (the exact words
with what stands before and after) beside a TextPositionSelector (code points of a named string).
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterable
from typing import Any

from reader.nouns import Part, Value

CONTEXT = 32
"""Code points of prefix and of suffix."""
ALIKE = 0.6
"""How like a changed sentence is to the old one at least: 0 to 1, twice the words they share in order over the words of both."""
CLEARLY = 0.15
"""By how much it is more like it than any other sentence."""
SHARED = 3
"""Words that it shares with it at least."""

_WORD = re.compile(r"\w+(?:[.,'’-]\w+)*")

# Where a sentence may end. A stop after a short capitalised word ("Col.", "U.S.") is taken for an abbreviation:
# that a sentence seems longer than it is only makes the search stricter.
_STOP = re.compile(
    r"(?<!\b[A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\b[A-Z][a-z]{2}\.)(?<!\b[A-Z][a-z]{3}\.)(?<=[.!?…])[\"”’)\]]*\s+|\n"
)


class Selector(Value, frozen=True, kw_only=True):
    """Words and where they stood. ``sha`` names the string, ``start`` and ``end`` count its code points."""

    part: Part
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    sha: str


def name(string: str) -> str:
    """The SHA-256 of a string's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(string.encode()).hexdigest()


def select(string: str, part: Part, start: int, end: int) -> Selector:
    """The selector of ``string[start:end]``; raises ``ValueError`` if there are no words there."""
    if not 0 <= start < end <= len(string):
        raise ValueError(f"no words at {start} to {end} of a {part} of {len(string)} characters")
    return Selector(
        part=part,
        exact=string[start:end],
        prefix=string[max(0, start - CONTEXT) : start],
        suffix=string[end : end + CONTEXT],
        start=start,
        end=end,
        sha=name(string),
    )


def locate(selector: Selector, old: str, new: str) -> int | None:
    """Where the words that were selected in ``old`` start in ``new``; ``None`` unless that is certain.

    They must stand there once, with prefix and suffix and with all else of the sentence around them: a sentence that
    differs in a number far from the words is another sentence. Where the edge of a line was near, it must be there
    again, so that "No deal" is not found in "No deal was done".
    """
    left, right = _surroundings(selector, old)
    words = old[left:right]
    starts_line, ends_line = left == 0 or old[left - 1] == "\n", right == len(old) or old[right] == "\n"
    found: int | None = None
    at = new.find(words)
    while at >= 0:
        end = at + len(words)
        fits_left = not starts_line or at == 0 or new[at - 1] == "\n"
        fits_right = not ends_line or end == len(new) or new[end] == "\n"
        if fits_left and fits_right:
            if found is not None:
                return None
            found = at + selector.start - left
        at = new.find(words, at + 1)
    return found


def sentence_around(string: str, start: int, end: int) -> tuple[int, int]:
    """The span of the sentence, or sentences, that hold a span, as far as stops tell where they end."""
    stops = [stop.end() for stop in _STOP.finditer(string)]
    begins = max((stop for stop in stops if stop <= start), default=0)
    ends = min((stop for stop in stops if stop >= end), default=len(string))
    while ends > end and string[ends - 1].isspace():
        ends -= 1
    return begins, ends


def resembling(selector: Selector, old: str, new: str) -> tuple[int, int] | None:
    """Where in ``new`` the words selected in ``old`` may stand in a changed sentence; only a person can say if they do.

    ``None`` unless one sentence is like the old one, clearly more than any other, and has words in their place. A
    sentence that stood in ``old`` beside the one selected is itself and no changed one.
    """
    from rapidfuzz.distance import Indel

    first, last = sentence_around(old, selector.start, selector.end)
    others = [old[start:end] for start, end in _sentences(old) if end <= first or start >= last]
    taken = {" ".join(other.split()) for other in others}
    words = _words(old[first:last])
    size = max(1, sum(first <= start and end <= last for start, end in _sentences(old)))
    spans = _sentences(new)
    stretches = [(spans[n][0], spans[n + size - 1][1]) for n in range(len(spans) - size + 1)]
    likeness = sorted(
        (
            (Indel.normalized_similarity(words, _words(new[start:end])), start, end)
            for start, end in stretches
            if " ".join(new[start:end].split()) not in taken
        ),
        reverse=True,
    )
    if not likeness or likeness[0][0] < ALIKE:
        return None
    best, start, end = likeness[0]
    # Stretches that overlap the best one are the same sentences in part.
    rival = max((like for like, s, e in likeness[1:] if e <= start or s >= end), default=0.0)
    there = _words(new[start:end])
    if best - rival < CLEARLY or best * (len(words) + len(there)) / 2 < SHARED:
        return None
    return _in_place(selector, old[first:last], first, new[start:end], start)


def _in_place(selector: Selector, old: str, first: int, new: str, start: int) -> tuple[int, int] | None:
    """The words of the sentence ``new``, which begins at ``start``, that stand in place of those selected in ``old``."""
    if new.count(selector.exact) == 1:
        at = start + new.index(selector.exact)
        return at, at + len(selector.exact)
    from rapidfuzz.distance import Levenshtein

    here, there = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    chosen = [
        n for n, word in enumerate(here) if word.end() > selector.start - first and word.start() < selector.end - first
    ]
    if not chosen:
        return None
    places: list[int] = []
    for source, target, same in _runs(Levenshtein.opcodes(_words(old), _words(new))):
        if covered := range(max(source.start, chosen[0]), min(source.stop, chosen[-1] + 1)):
            # Word for word where as many stand there; else all that came in place of words that changed together.
            one_to_one = same or len(source) == len(target)
            places += [target.start + n - source.start for n in covered] if one_to_one else target
    return (start + there[places[0]].start(), start + there[places[-1]].end()) if places else None


def _runs(changes: Iterable[Any]) -> list[tuple[range, range, bool]]:
    """Words of old and new that stay, or change, together, from the steps of an edit."""
    made: list[tuple[range, range, bool]] = []
    for op in changes:
        same = op.tag == "equal"
        source, target = range(op.src_start, op.src_end), range(op.dest_start, op.dest_end)
        if made and not same and not made[-1][2]:
            before = made.pop()
            source, target = range(before[0].start, source.stop), range(before[1].start, target.stop)
        made.append((source, target, same))
    return made


def _words(string: str) -> list[str]:
    return [word[0].casefold() for word in _WORD.finditer(string)]


def _sentences(string: str) -> list[tuple[int, int]]:
    """The spans of the sentences of a string, as far as stops tell them, without blanks around them."""
    edges = [0, *(stop.end() for stop in _STOP.finditer(string)), len(string)]
    found = []
    for start, end in itertools.pairwise(edges):
        bare = string[start:end].strip()
        if bare:
            begins = start + string[start:end].index(bare)
            found.append((begins, begins + len(bare)))
    return found


def _surroundings(selector: Selector, string: str) -> tuple[int, int]:
    """The span of the words, of ``CONTEXT`` on either side and of the sentence, as far as stops tell it."""
    begins, ends = sentence_around(string, selector.start, selector.end)
    return min(begins, max(0, selector.start - CONTEXT)), max(ends, min(len(string), selector.end + CONTEXT))
