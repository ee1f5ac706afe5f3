"""Where words stand in a text that may have changed since.

W3C Web Annotation Data Model, https://www.w3.org/TR/annotation-model/#selectors: a TextQuoteSelector (the exact words
with what stands before and after) beside a TextPositionSelector (code points of a named string).
"""

from __future__ import annotations

import hashlib
import re

from reader.nouns import Part, Value

CONTEXT = 32
"""Code points of prefix and of suffix."""

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


def _surroundings(selector: Selector, string: str) -> tuple[int, int]:
    """The span of the words, of ``CONTEXT`` on either side and of the sentence, as far as stops tell it."""
    begins, ends = sentence_around(string, selector.start, selector.end)
    return min(begins, max(0, selector.start - CONTEXT)), max(ends, min(len(string), selector.end + CONTEXT))
