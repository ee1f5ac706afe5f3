"""The facts of two reports and their comparison, from the library or made now. Called in worker threads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from db import Library, Stored
from reader.nouns import Comparison, Facts, Sentence, Span
from widgets.understanding import facts_of
from widgets.work import Report


class Loaded(NamedTuple):
    """What was understood of A, of B, and of both."""

    a: Facts
    b: Facts
    comparison: Comparison


def load(library: Library, a: Stored, b: Stored, report: Report) -> Loaded:
    """Facts and comparison, kept in the library once made; anchors set by hand are obeyed."""
    from reader.comparison import VERSION, compare

    report("reading A")
    facts_a = facts_of(library, a)
    report("reading B")
    facts_b = facts_of(library, b)
    report("comparing")
    anchors: list[tuple[int, int]] = []
    severed: list[tuple[int, int]] = []
    for anchor in library.comparisons.anchors(a, b):
        pair = (sentence_at(facts_a.body.sentences, anchor.a), sentence_at(facts_b.body.sentences, anchor.b))
        (severed if anchor.severed else anchors).append(pair)

    def make() -> Comparison:
        return compare(a.article, b.article, facts_a, facts_b, anchors=tuple(anchors), severed=tuple(severed))

    return Loaded(facts_a, facts_b, library.comparisons.of(a, b, VERSION, make))


def sentence_at(sentences: Sequence[Sentence], span: Span) -> int:
    """The index of the last sentence that begins at or before ``span``."""
    return max(0, sum(sentence.start <= span.start for sentence in sentences) - 1)
