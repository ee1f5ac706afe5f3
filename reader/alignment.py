"""Sentences of A to sentences of B: one to one, one to many, moved, or none, in any order.

Every pair of sentences is scored by a logistic model over named features (``FEATURES``), most of them cosines of sparse
vectors weighted by rarity; the weights stand in ``alignment.toml``.
A pair is linked where the score passes the threshold. Work is bounded: past ``CELLS`` pairs only those that share a
rare word are scored.
"""

from __future__ import annotations

import math
import tomllib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from reader.lexicon import common_weight, common_words, concept
from reader.nouns import Facts, Link

CELLS = 250_000
"""Pairs of sentences scored in full; past it, only pairs that share one of their rarest words."""
RAREST = 4
PARTNERS = 24
"""Past the bound: the rarest words of a sentence that are looked up, and the most partners kept for one sentence."""
KEPT = 0.02
"""Scores below this are not kept."""

Matrix = NDArray[np.float32]
FEATURES = ("word", "cover", "letters", "names", "numbers", "concepts", "deeds", "apart", "row", "column", "short")


@dataclass(frozen=True, slots=True)
class Alignment:
    """Links between the sentences of two bodies, and the likeness of every pair that was scored.

    ``scores`` maps (row, column) to the probability that the two say the same, for each pair worth keeping; rows are
    the sentences of A's body and then of its title, columns those of B. ``cells`` counts the pairs really scored,
    ``notes`` are lines for the reader.
    """

    links: tuple[Link, ...]
    scores: dict[tuple[int, int], float]
    cells: int
    notes: tuple[str, ...] = ()

    def likeness(self, row: int, column: int) -> float:
        """How surely a sentence of A and one of B say the same, in [0, 1]."""
        return self.scores.get((row, column), 0.0)


@dataclass(frozen=True, slots=True)
class _Side:
    """One report as bags: for each sentence (then the title's) the terms of each channel."""

    words: list[dict[str, float]]
    names: list[dict[str, float]]
    numbers: list[dict[str, float]]
    concepts: list[dict[str, float]]
    deeds: list[dict[str, float]]
    body: int

    def __len__(self) -> int:
        return len(self.words)


@cache
def _weights() -> dict[str, Any]:
    return tomllib.loads((resources.files("reader") / "alignment.toml").read_text(encoding="utf-8"))


def _bags(pairs: Iterable[tuple[int, str]], size: int) -> list[dict[str, float]]:
    bags: list[dict[str, float]] = [{} for _ in range(size)]
    for index, term in pairs:
        if index < size:
            bags[index][term] = bags[index].get(term, 0.0) + 1.0
    return bags


def _side(facts: Facts) -> _Side:
    body, title = facts.body, facts.title
    n = len(body.sentences)
    size = n + len(title.sentences)
    parts = ((0, body), (n, title))
    words = [(o + w.sentence, w) for o, part in parts for w in part.words]
    return _Side(
        words=_bags(((i, w.lemma) for i, w in words), size),
        concepts=_bags(((i, concept(w.lemma, w.pos)) for i, w in words), size),
        names=_bags(((o + m.sentence, m.key.casefold()) for o, part in parts for m in part.mentions), size),
        numbers=_bags(
            (
                (o + q.sentence, f"{q.base or (q.low, q.high)}")
                for o, part in parts
                for q in part.quantities
                if (q.low, q.high) != (1.0, 1.0)
            ),
            size,
        ),
        deeds=_bags(
            ((o + s.sentence, concept(s.predicate, "VERB")) for o, part in parts for s in part.statements), size
        ),
        body=n,
    )


def _rarity(a: Sequence[dict[str, float]], b: Sequence[dict[str, float]]) -> dict[str, float]:
    """Inverse document frequency over the sentences of both texts, usual news words lowered."""
    seen: dict[str, int] = defaultdict(int)
    for bag in (*a, *b):
        for term in bag:
            seen[term] += 1
    total, usual, less = len(a) + len(b), common_words(), common_weight()
    return {t: math.log((total + 2) / (n + 0.5)) * (less if t in usual else 1.0) for t, n in seen.items()}


def _dense(bags: Sequence[dict[str, float]], weight: dict[str, float], column: dict[str, int]) -> tuple[Matrix, Matrix]:
    """Weighted rows over the shared terms, and the length of each whole row."""
    rows = np.zeros((len(bags), len(column)), np.float32)
    norms = np.zeros(len(bags), np.float32)
    for i, bag in enumerate(bags):
        total = 0.0
        for term, count in bag.items():
            value = weight[term] * (1.0 + math.log(count))
            total += value * value
            if (c := column.get(term)) is not None:
                rows[i, c] = value
        norms[i] = math.sqrt(total)
    return rows, norms


def _cosine(a: Sequence[dict[str, float]], b: Sequence[dict[str, float]]) -> tuple[Matrix, Matrix]:
    """The cosine of every pair, and the share of the shorter one's weight that the other covers."""
    weight = _rarity(a, b)
    shared = {t for bag in a for t in bag} & {t for bag in b for t in bag}
    column = {t: i for i, t in enumerate(sorted(shared))}
    (rows_a, norm_a), (rows_b, norm_b) = _dense(a, weight, column), _dense(b, weight, column)
    product = rows_a @ rows_b.T
    size = np.maximum(np.outer(norm_a, norm_b), 1e-6)
    least = np.maximum(np.minimum(norm_a[:, None], norm_b[None, :]) ** 2, 1e-6)
    return (product / size).astype(np.float32), np.minimum(product / least, 1.0).astype(np.float32)


@lru_cache(maxsize=50_000)
def _grams(word: str) -> tuple[str, ...]:
    """The runs of three and four letters of a word, its ends marked."""
    marked = f"<{word}>"
    return tuple(marked[i : i + n] for n in (3, 4) for i in range(max(1, len(marked) - n + 1)))


def _letters(bags: Sequence[dict[str, float]]) -> list[dict[str, float]]:
    out: list[dict[str, float]] = []
    for bag in bags:
        grams: dict[str, float] = {}
        for word, count in bag.items():
            for gram in _grams(word):
                grams[gram] = grams.get(gram, 0.0) + count
        out.append(grams)
    return out


def features(a: Facts, b: Facts) -> dict[str, Matrix]:
    """The named features of every pair of sentences (titles last), each a matrix."""
    return _features(_side(a), _side(b))


def _features(a: _Side, b: _Side) -> dict[str, Matrix]:
    word, cover = _cosine(a.words, b.words)
    letters, _ = _cosine(_letters(a.words), _letters(b.words))
    concepts, _ = _cosine(a.concepts, b.concepts)
    names, _ = _cosine(a.names, b.names)
    numbers, _ = _cosine(a.numbers, b.numbers)
    deeds, _ = _cosine(a.deeds, b.deeds)
    at_a = np.arange(len(a), dtype=np.float32) / max(1, a.body - 1)
    at_b = np.arange(len(b), dtype=np.float32) / max(1, b.body - 1)
    apart = np.abs(at_a[:, None] - at_b[None, :])
    core = (word + letters + concepts) / 3
    best_a = np.maximum(core.max(axis=1, keepdims=True), 0.05)
    best_b = np.maximum(core.max(axis=0, keepdims=True), 0.05)
    length_a = np.array([len(bag) for bag in a.words], np.float32)
    length_b = np.array([len(bag) for bag in b.words], np.float32)
    short = 1.0 / np.maximum(1.0, np.minimum(length_a[:, None], length_b[None, :]))
    return {
        "word": word,
        "cover": cover,
        "letters": letters,
        "names": names,
        "numbers": numbers,
        "concepts": concepts,
        "deeds": deeds,
        "apart": np.minimum(apart, 1.0),
        "row": core / best_a,
        "column": core / best_b,
        "short": short,
    }


def _score(named: dict[str, Matrix]) -> Matrix:
    weights = _weights()
    total = np.full_like(named["word"], float(weights["intercept"]))
    for name in FEATURES:
        total += np.float32(weights["weights"][name]) * named[name]
    return (1.0 / (1.0 + np.exp(-total))).astype(np.float32)


def align(
    a: Facts,
    b: Facts,
    *,
    anchors: tuple[tuple[int, int], ...] = (),
    severed: tuple[tuple[int, int], ...] = (),
) -> Alignment:
    """Link the sentences of two bodies; ``anchors`` are always linked, ``severed`` never."""
    side_a, side_b = _side(a), _side(b)
    cells = len(side_a) * len(side_b)
    notes: tuple[str, ...] = ()
    rules = _weights()
    if not cells:
        scores: dict[tuple[int, int], float] = {}
        threshold = second = 1.0
    elif cells <= CELLS:
        matrix = _score(_features(side_a, side_b))
        rows, columns = np.nonzero(matrix >= KEPT)
        scores = dict(
            zip(zip(rows.tolist(), columns.tolist(), strict=True), matrix[rows, columns].tolist(), strict=True)
        )
        threshold, second = float(rules["threshold"]), float(rules["second"])
    else:
        scores, cells = _by_rare_words(side_a.words, side_b.words)
        threshold = second = float(rules["cosine"])
        notes = (
            f"{len(side_a)} by {len(side_b)} sentences are too many to compare each with each: "
            f"aligned by their rarest words alone ({cells:,} pairs scored)",
        )
    chosen = _choose(scores, threshold, second, side_a.body, side_b.body)
    chosen.update(pair for pair in anchors if pair[0] < side_a.body and pair[1] < side_b.body)
    chosen.difference_update(severed)
    links = tuple(_link(rows_, columns_, scores, side_a, side_b, anchors) for rows_, columns_ in _group(chosen))
    return Alignment(links=_mark_moved(links), scores=scores, cells=cells, notes=notes)


def _by_rare_words(
    a: Sequence[dict[str, float]], b: Sequence[dict[str, float]]
) -> tuple[dict[tuple[int, int], float], int]:
    """Cosines of the pairs that share one of the rarest words of either, and how many pairs that was."""
    weight = _rarity(a, b)
    where: dict[str, list[int]] = defaultdict(list)
    for j, bag in enumerate(b):
        for term in bag:
            where[term].append(j)
    norm_b = [math.sqrt(sum(weight[t] ** 2 for t in bag)) for bag in b]
    scores: dict[tuple[int, int], float] = {}
    cells = 0
    for i, bag in enumerate(a):
        norm = math.sqrt(sum(weight[t] ** 2 for t in bag))
        found: dict[int, None] = {}
        for term in sorted((t for t in bag if t in where), key=lambda t: (len(where[t]), t))[:RAREST]:
            found.update(dict.fromkeys(where[term][:PARTNERS]))
        for j in found:
            cells += 1
            product = sum(weight[t] ** 2 for t in bag if t in b[j])
            if (score := product / max(norm * norm_b[j], 1e-6)) >= KEPT:
                scores[i, j] = score
    return scores, cells


def _choose(
    scores: dict[tuple[int, int], float], threshold: float, second: float, rows: int, columns: int
) -> set[tuple[int, int]]:
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


def _group(chosen: set[tuple[int, int]]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Pairs into links: sentences of A that share exactly the same partners stand together."""
    partners: dict[int, set[int]] = defaultdict(set)
    for i, j in chosen:
        partners[i].add(j)
    together: dict[frozenset[int], list[int]] = defaultdict(list)
    for i, js in partners.items():
        together[frozenset(js)].append(i)
    return sorted((tuple(sorted(rows)), tuple(sorted(columns))) for columns, rows in together.items())


def _link(
    rows: tuple[int, ...],
    columns: tuple[int, ...],
    scores: dict[tuple[int, int], float],
    a: _Side,
    b: _Side,
    anchors: tuple[tuple[int, int], ...],
) -> Link:
    pairs = [(i, j) for i in rows for j in columns]
    if any(pair in anchors for pair in pairs):
        return Link(a=rows, b=columns, score=1.0, why="linked by hand")
    score = sum(scores.get(pair, 0.0) for pair in pairs) / len(pairs)
    return Link(a=rows, b=columns, score=min(1.0, score), why=_why(rows, columns, a, b))


def _why(rows: tuple[int, ...], columns: tuple[int, ...], a: _Side, b: _Side) -> str:
    """What the linked sentences share, most telling first."""

    def shared(channel_a: list[dict[str, float]], channel_b: list[dict[str, float]]) -> list[str]:
        left = {t for i in rows for t in channel_a[i]}
        right = {t for j in columns for t in channel_b[j]}
        return sorted(left & right, key=lambda t: (t in common_words(), -len(t), t))

    names = shared(a.names, b.names)
    words = [w for w in shared(a.words, b.words) if not any(w in name.split() for name in names)]
    concepts = [c for c in shared(a.concepts, b.concepts) if c not in words and not any(c in n.split() for n in names)]
    said = []
    if names:
        said.append("names: " + ", ".join(names[:2]))
    if words:
        said.append("words: " + ", ".join(words[:3]))
    if concepts:
        said.append("like words: " + ", ".join(concepts[:2]))
    return "; ".join(said) or "like spelling and place"


def _mark_moved(links: tuple[Link, ...]) -> tuple[Link, ...]:
    """Mark the links that stand outside the longest run of links in the same order on both sides."""
    ordered = sorted(range(len(links)), key=lambda k: (links[k].a[0], links[k].b[0]))
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int] = {}
    for k in ordered:
        place = bisect_right(tails, links[k].b[0])
        before[k] = ends[place - 1] if place else -1
        tails[place : place + 1] = [links[k].b[0]]
        ends[place : place + 1] = [k]
    keeping: set[int] = set()
    k = ends[-1] if ends else -1
    while k >= 0:
        keeping.add(k)
        k = before[k]
    return tuple(link if k in keeping else msgspec.structs.replace(link, moved=True) for k, link in enumerate(links))
