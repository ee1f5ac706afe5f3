"""Words in the sentence in which they stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from db.selectors import sentence_around
from reader.nouns import Sentence, Span

NEAR = 1_000
"""Code points looked at on either side of words of which the sentences are not known."""


class Quoted(NamedTuple):
    """The words, and the rest of their sentence before and after them."""

    before: str
    words: str
    after: str

    def __str__(self) -> str:
        return " ".join("".join(self).split())


def quoted(text: str, span: Span, sentences: Sequence[Sentence] = ()) -> Quoted:
    """A span of a text in its sentence, or sentences: one of ``sentences``, else as far as stops tell."""
    start, end = _sentence(text, span, sentences)
    return Quoted(text[start : span.start], text[span.start : span.end], text[span.end : end])


def _sentence(text: str, span: Span, sentences: Sequence[Sentence]) -> tuple[int, int]:
    first = bisect_right(sentences, span.start, key=lambda one: one.start) - 1
    last = bisect_left(sentences, span.end, key=lambda one: one.end)
    if first >= 0 and last < len(sentences) and sentences[first].end > span.start:
        return sentences[first].start, max(span.end, sentences[max(first, last)].end)
    begin = max(0, span.start - NEAR)
    start, end = sentence_around(text[begin : span.end + NEAR], span.start - begin, span.end - begin)
    return begin + start, begin + end
