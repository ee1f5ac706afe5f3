"""From two articles and their facts to a comparison."""

from __future__ import annotations

from reader import conflicts
from reader.alignment import align
from reader.analysis import VERSION as ANALYSIS
from reader.analysis import analyse, variant
from reader.nouns import Article, Comparison, Facts
from reader.relatedness import related

VERSION = f"{ANALYSIS}.11"
"""Names what made a comparison: the version of the analysis under it, then its own."""


def version() -> str:
    """Names what makes comparisons now: analysis, comparison, and what the user chose for reading."""
    return VERSION + variant()


def compare(
    a: Article,
    b: Article,
    facts_a: Facts | None = None,
    facts_b: Facts | None = None,
    *,
    anchors: tuple[tuple[int, int], ...] = (),
    severed: tuple[tuple[int, int], ...] = (),
) -> Comparison:
    """Align two reports and find where they disagree. Facts not given are made with ``analyse``.

    ``anchors`` are pairs of sentence indexes (of A, of B) that the user linked by hand, ``severed`` pairs unlinked.
    An article may be compared with itself.
    """
    facts_a = facts_a or analyse(a)
    facts_b = facts_b or analyse(b)
    alignment = align(facts_a, facts_b, anchors=anchors, severed=severed)
    found, notes = conflicts.find(a, b, facts_a, facts_b, alignment)
    return Comparison(
        version=version(),
        links=alignment.links,
        conflicts=found,
        related=related(a, b, facts_a, facts_b),
        notes=alignment.notes + notes,
    )
