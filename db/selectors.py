"""Where words stand in a text that may have changed since.

W3C Web Annotation Data Model, https://www.w3.org/TR/annotation-model/#selectors: a TextQuoteSelector (the exact words
with what stands before and after) beside a TextPositionSelector (code points of a named string).
"""

from __future__ import annotations

import hashlib

from reader.nouns import Part, Value

CONTEXT = 32
"""Code points of prefix and of suffix."""


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


def locate(selector: Selector, string: str) -> int | None:
    """Where the words start in another string, ``None`` unless they stand there once in the same surroundings.

    A prefix or suffix that was cut short by the edge of the text must meet the edge of a line again, so that
    "No deal" is not found in "No deal was done".
    """
    words = selector.prefix + selector.exact + selector.suffix
    found: int | None = None
    at = string.find(words)
    while at >= 0:
        end = at + len(words)
        open_left = len(selector.prefix) < CONTEXT and at > 0 and string[at - 1] != "\n"
        open_right = len(selector.suffix) < CONTEXT and end < len(string) and string[end] != "\n"
        if not open_left and not open_right:
            if found is not None:
                return None
            found = at + len(selector.prefix)
        at = string.find(words, at + 1)
    return found
