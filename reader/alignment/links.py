"""From scored pairs of sentences to links: which pairs, which stand together, which moved, and what decided each."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from reader.alignment.sides import DATE, Sentence, Side
from reader.lexicon import common_words
from reader.nouns import BY_HAND, Link

Pair = tuple[int, int]
Scores = dict[Pair, float]


def choose(scores: Scores, threshold: float, second: float, rows: int, columns: int) -> set[Pair]:
    """The pairs of body sentences to link: good ones, and the best of either side that is good enough."""
    best_row: dict[int, float] = {}
    best_column: dict[int, float] = {}
    inside = {(i, j): s for (i, j), s in scores.items() if i < rows and j < columns}
    for (i, j), score in inside.items():
        best_row[i] = max(best_row.get(i, 0.0), score)
        best_column[j] = max(best_column.get(j, 0.0), score)
    return {
        (i, j)
        for (i, j), score in inside.items()
        if score >= (second if score in (best_row[i], best_column[j]) else threshold)
    }


def verbatim(a: Side, b: Side) -> set[Pair]:
    """Body sentences with the very same words, the first with the first: a text against itself gives its diagonal."""
    if a.body == b.body and [s.signature for s in a.sentences] == [s.signature for s in b.sentences]:
        return {(i, i) for i in range(a.body)}
    at: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j in reversed(range(b.body)):
        at[tuple(b.sentences[j].signature)].append(j)
    found = set()
    for i in range(a.body):
        signature = tuple(a.sentences[i].signature)
        if signature and at.get(signature):
            found.add((i, at[signature].pop()))
    return found


def links(chosen: set[Pair], scores: Scores, a: Side, b: Side, anchors: Iterable[Pair]) -> tuple[Link, ...]:
    """Pairs as links in the order of A: sentences of A that share exactly the same partners stand together.

    A pair linked by hand is a link of its own, so that what a person put side by side stands side by side.
    """
    by_hand = chosen.intersection(anchors)
    partners: dict[int, set[int]] = defaultdict(set)
    for i, j in chosen - by_hand:
        partners[i].add(j)
    together: dict[frozenset[int], list[int]] = defaultdict(list)
    for i, js in partners.items():
        together[frozenset(js)].append(i)
    found = [_link(tuple(sorted(rows)), tuple(sorted(columns)), scores, a, b) for columns, rows in together.items()]
    found += [Link(a=(i,), b=(j,), score=1.0, why=BY_HAND) for i, j in by_hand]
    return _mark_moved(tuple(sorted(found, key=lambda link: (link.a, link.b))))


def _link(rows: tuple[int, ...], columns: tuple[int, ...], scores: Scores, a: Side, b: Side) -> Link:
    pairs = [(i, j) for i in rows for j in columns]
    score = sum(scores.get(pair, 0.0) for pair in pairs) / len(pairs)
    return Link(a=rows, b=columns, score=min(1.0, score), why=_why(rows, columns, a, b))


def _why(rows: tuple[int, ...], columns: tuple[int, ...], a: Side, b: Side) -> str:
    """What the linked sentences share, most telling first."""
    left, right = [a.sentences[i] for i in rows], [b.sentences[j] for j in columns]
    if [s.signature for s in left] == [s.signature for s in right] and left[0].signature:
        return "the same words"
    names = {name for s in left for name in s.names} & {name for s in right for name in s.names}
    inside = {part for name in names for part in name.casefold().split()}
    words_a, words_b = _words(left, inside, a), _words(right, inside, b)
    both = words_a.keys() & words_b.keys()
    usual = common_words()
    said = {
        "names": sorted(names)[:2],
        "words": sorted(
            (w for w in both if not w.startswith(DATE)), key=lambda w: (w in usual, w.isdigit(), -len(w), w)
        )[:3],
        "like words": sorted(
            f"{x} and {y}"
            for x in words_a.keys() - both
            for y in words_b.keys() - both
            if not words_a[x].isdisjoint(words_b[y])
        )[:2],
        "related words": sorted(
            f"{x} and {y}"
            for x in ([] if both else words_a.keys() & a.related.keys())
            for y in words_b.keys() & b.related.keys()
            if not a.related[x].isdisjoint(b.related[y]) and words_a[x].isdisjoint(words_b[y])
        )[:2],
        "day": sorted(w.removeprefix(DATE) for w in both if w.startswith(DATE))[:1],
    }
    return "; ".join(f"{label}: {', '.join(terms)}" for label, terms in said.items() if terms) or "spelling and place"


def _words(sentences: list[Sentence], leave: set[str], side: Side) -> dict[str, set[str]]:
    """The words of some sentences, each with its groups of synonyms."""
    return {word: side.concepts.get(word, set()) for sentence in sentences for word in sentence.words.keys() - leave}


def _mark_moved(links: tuple[Link, ...]) -> tuple[Link, ...]:
    """Mark the links that stand outside the longest run of links in the same order on both sides."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int] = {}
    for k, link in enumerate(links):
        place = bisect_right(tails, link.b[0])
        before[k] = ends[place - 1] if place else -1
        tails[place : place + 1] = [link.b[0]]
        ends[place : place + 1] = [k]
    keeping: set[int] = set()
    k = ends[-1] if ends else -1
    while k >= 0:
        keeping.add(k)
        k = before[k]
    return tuple(link if k in keeping else msgspec.structs.replace(link, moved=True) for k, link in enumerate(links))
