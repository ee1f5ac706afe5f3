"""From two articles and their facts to a comparison."""

from __future__ import annotations

from reader.nouns import Article, Comparison, Facts

VERSION = "1"


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
    return Comparison(version=VERSION)
