"""What speaks for two sentences saying the same: named features of every pair of sentences, each a matrix.

Words are matched softly: equal lemmas count full, synonyms, near spellings (``shooting``, ``shooter``) and words of one
matter (``bullet``, ``gunman``) in part. How much of a sentence another covers is weighted by rarity over both texts,
since a word that only two sentences hold tells more than the subject of the whole report. A pair is also seen beside its
rivals: its share of all the likeness that its sentence has to the other text.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler

from reader.alignment.sides import DATE, Side, quantities, where
from reader.lexicon import common_words, concept, fate_of
from reader.nouns import Quantity

Matrix = NDArray[np.float32]

FEATURES = (
    "mass", "row", "column", "row_best", "column_best", "around", "diagonal", "names", "numbers", "counted", "deeds",
    "speaker", "quoted", "apart", "lead", "crowd", "kinship",
)  # fmt: skip
SYNONYM = 0.8
"""What a synonym counts beside the word itself."""
RELATED = 0.4
"""What a word of the same matter counts."""
SPELLING = 0.9
"""From this Jaro-Winkler similarity on, two words of four letters or more are near: from 0.5 up to 0.9 of one word."""
USUAL = 0.5
"""What a usual word or a date weighs beside any other."""
STEEPNESS = 1.75
"""Power of the inverse document frequency."""
FEWEST = 30
"""Two texts of fewer sentences are weighted as if they had so many: few sentences cannot tell which words are rare."""
THIN = 2.5
"""Weight added to every sentence's own: what a few words share proves little."""
PLAIN = 4.0
"""The same where all words weigh alike."""
FEW, MANY = 16, 64
"""Bodies of no more than ``FEW`` sentences together all tell the main thing; up to ``MANY``, the more there are, the less
likely any two tell the same. The weights were fitted on reports of such lengths: past them nothing is inferred."""
STRANGE = 0.018
"""Two reports whose sentences are on average less alike are taken as so alike."""
SOME = 0.05
"""From this plain likeness on, standing at the beginning of a report counts in full: leads tell what happened."""


def pair_features(a: Side, b: Side) -> dict[str, Matrix]:
    """The named features of every pair of sentences, the titles' last."""
    words = _Words(a, b)
    mass, geometric = words.likeness(rare=True)
    _, plain = words.likeness(rare=False)
    n, m = a.body, b.body
    square = geometric**2
    total = len(a) + len(b)
    return {
        "mass": np.log1p(mass),
        "row": square / (square[:, :m].sum(1, keepdims=True) + 0.02),
        "column": square / (square[:n].sum(0, keepdims=True) + 0.02),
        "row_best": np.broadcast_to(geometric[:, :m].max(1, keepdims=True, initial=0), geometric.shape),
        "column_best": np.broadcast_to(geometric[:n].max(0, keepdims=True, initial=0), geometric.shape),
        "around": _around(geometric, n, m),
        "diagonal": _diagonal(geometric, n, m),
        "names": np.log1p(_summed(where(a, "names"), where(b, "names"), len(a), len(b), total)),
        "numbers": _numbers(a, b),
        "counted": _counted(a, b),
        "deeds": _strongest(where(a, "deeds"), where(b, "deeds"), len(a), len(b), total),
        "speaker": _strongest(where(a, "speakers"), where(b, "speakers"), len(a), len(b), 0),
        "quoted": np.abs(np.subtract.outer(_quoted(a), _quoted(b))),
        "apart": np.abs(np.subtract.outer(_places(a), _places(b))),
        "lead": np.maximum.outer(_leading(a), _leading(b)) * np.minimum(plain / SOME, 1.0),
        "crowd": np.full_like(plain, math.log(min(max(n + m, FEW), MANY) / FEW)),
        "kinship": np.full_like(plain, math.log(max(geometric[:n, :m].sum() / max(1, n * m), STRANGE))),
    }


class _Words:
    """The words of two sides and which of them match."""

    def __init__(self, a: Side, b: Side) -> None:
        self.a, self.b = _Bags(a), _Bags(b)
        match = np.zeros((len(self.a.words), len(self.b.words)), np.float32)
        for x, y, alike in sorted(_matches(a, b, self.a.where, self.b.where), key=lambda found: found[2]):
            # ascending, so that the best match of two words is what stays
            match[self.a.words[x], self.b.words[y]] = alike
        self.covered_a, self.covered_b = self.b.best(match.T).T, self.a.best(match).T
        self.total = len(a) + len(b)

    def likeness(self, *, rare: bool) -> tuple[Matrix, Matrix]:
        """For every pair: the weight that is shared, and the geometric mean of its shares of both sentences."""
        weight_a, weight_b = self._weights(self.a, self.covered_a, rare), self._weights(self.b, self.covered_b, rare)
        thin = np.float32(THIN if rare else PLAIN)
        shared_a, shared_b = self.a.summed(self.covered_a * weight_a), self.b.summed(self.covered_b * weight_b).T
        own_a, own_b = self.a.summed(weight_a) + thin, self.b.summed(weight_b).T + thin
        return (shared_a + shared_b) / 2, np.sqrt(shared_a * shared_b / (own_a * own_b))  # type: ignore[return-value]

    def _weights(self, bags: _Bags, covered: Matrix, rare: bool) -> Matrix:
        """The weight of each word of one side, as a column."""
        usual = common_words()
        weights = np.array([[USUAL if w in usual or w.startswith(DATE) else 1.0] for w in bags.words], np.float32)
        if not rare or not weights.size:
            return weights.reshape(-1, 1)
        seen = np.array([[len(at)] for at in bags.where.values()], np.float32) + covered.sum(1, keepdims=True)
        return weights * _rarity(seen, self.total) ** np.float32(STEEPNESS)


class _Bags:
    """The words of each sentence of one side, by number, one sentence after the other."""

    def __init__(self, side: Side) -> None:
        self.where = where(side, "words")
        self.words = {word: number for number, word in enumerate(self.where)}
        self.flat = np.array([self.words[w] for s in side.sentences for w in s.words], np.intp)
        sizes = np.array([len(s.words) for s in side.sentences], np.intp)
        self.filled = np.flatnonzero(sizes)
        self.starts = (np.cumsum(sizes) - sizes)[self.filled]
        self.size = len(side)

    def summed(self, rows: Matrix) -> Matrix:
        """The sum over the words of each sentence of the rows that stand for them."""
        out = np.zeros((self.size, rows.shape[1]), np.float32)
        if self.flat.size:
            out[self.filled] = np.add.reduceat(rows[self.flat], self.starts, axis=0)
        return out

    def best(self, rows: Matrix) -> Matrix:
        """The most of the rows that stand for the words of each sentence."""
        out = np.zeros((self.size, rows.shape[1]), np.float32)
        if self.flat.size:
            out[self.filled] = np.maximum.reduceat(rows[self.flat], self.starts, axis=0)
        return out


def _rarity(seen: Matrix, total: int) -> Matrix:
    """Inverse document frequency over ``total`` sentences, 1 for a word of one sentence."""
    total = max(total, FEWEST)
    rarity = np.log((total + 2) / (seen + 0.5)) / math.log((total + 2) / 1.5)
    return np.maximum(rarity, 0.01).astype(np.float32)


def _matches(
    a: Side, b: Side, where_a: dict[str, list[int]], where_b: dict[str, list[int]]
) -> Iterator[tuple[str, str, float]]:
    """Pairs of words of A and of B that say the same, and how surely, in (0, 1]."""
    for word in where_a:
        if word in where_b:
            yield word, word, 1.0
    concepts_b = _by_concept(b)
    for name, group in _by_concept(a).items():
        for x in group:
            for y in concepts_b.get(name, ()):
                if x != y:
                    yield x, y, SYNONYM
    sets_b = _by_set(b)
    for x, sets in a.related.items():
        for y in set().union(*(sets_b.get(number, ()) for number in sets)):
            if x != y:
                yield x, y, RELATED
    heads_b = _by_head(where_b)
    for head, words in _by_head(where_a).items():
        for x in words:
            for y in heads_b.get(head, ()):
                alike = JaroWinkler.similarity(x, y, score_cutoff=SPELLING) if x != y else 0.0
                if alike:
                    yield x, y, 0.5 + 0.4 * (alike - SPELLING) / (1 - SPELLING)


def _by_concept(side: Side) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for word, names in side.concepts.items():
        for name in names:
            found[name].add(word)
    return found


def _by_set(side: Side) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for word, sets in side.related.items():
        for number in sets:
            found[number].append(word)
    return found


def _by_head(words: dict[str, list[int]]) -> dict[str, list[str]]:
    """Words of four letters or more by their first two."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in words:
        if len(word) > 3 and word.isalpha():
            found[word[:2]].append(word)
    return found


def _around(core: Matrix, n: int, m: int) -> Matrix:
    """The best likeness of one sentence of the pair to a neighbour of the other, body sentences only."""
    out = np.zeros_like(core)
    pad = np.pad(core[:n, :m], 1)
    sides = (pad[:-2, 1:-1], pad[2:, 1:-1], pad[1:-1, :-2], pad[1:-1, 2:])
    out[:n, :m] = np.maximum.reduce(sides)
    return out


def _diagonal(core: Matrix, n: int, m: int) -> Matrix:
    """How like the sentences before the two are, and those after, body sentences only."""
    out = np.zeros_like(core)
    pad = np.pad(core[:n, :m], 1)
    out[:n, :m] = pad[:-2, :-2] + pad[2:, 2:]
    return out


def _summed(a: dict[str, list[int]], b: dict[str, list[int]], rows: int, columns: int, total: int) -> Matrix:
    """The weights of the terms that a pair shares, added up."""
    out = np.zeros((rows, columns), np.float32)
    for term in a.keys() & b.keys():
        out[np.ix_(a[term], b[term])] += math.log((total + 2) / (len(a[term]) + len(b[term]) + 0.5))
    return out


def _strongest(a: dict[str, list[int]], b: dict[str, list[int]], rows: int, columns: int, total: int) -> Matrix:
    """The weight of the rarest term that a pair shares; every term weighs 1 where ``total`` is 0."""
    out = np.zeros((rows, columns), np.float32)
    for term in sorted(a.keys() & b.keys(), key=lambda t: -len(a[t]) - len(b[t])):
        weight = math.log((total + 2) / (len(a[term]) + len(b[term]) + 0.5)) if total else 1.0
        out[np.ix_(a[term], b[term])] = weight
    return out


def _numbers(a: Side, b: Side) -> Matrix:
    """How many numbers of the two agree, small ones and those of unlike things counting less; 3 at most."""
    out = np.zeros((len(a), len(b)), np.float32)
    by_key: dict[object, list[tuple[int, Quantity]]] = defaultdict(list)
    for column, quantity in quantities(b):
        for key in _keys(quantity):
            by_key[key].append((column, quantity))
    for row, one in quantities(a):
        best: dict[int, float] = {}
        for key in _keys(one):
            for column, other in by_key.get(key, ()):
                best[column] = max(best.get(column, 0.0), _agreement(one, other))
        for column, agreement in best.items():
            out[row, column] += agreement
    return np.minimum(out, np.float32(3))


def _counted(a: Side, b: Side) -> Matrix:
    """Whether the two count the same thing or tell the same fate, whatever the numbers: 2 for both."""
    out = np.zeros((len(a), len(b)), np.float32)
    at_a, at_b = _things(a), _things(b)
    for thing in at_a.keys() & at_b.keys():
        out[np.ix_(sorted(at_a[thing]), sorted(at_b[thing]))] += 1
    return np.minimum(out, np.float32(2))


def _things(side: Side) -> dict[object, set[int]]:
    found: dict[object, set[int]] = defaultdict(set)
    for index, quantity in quantities(side):
        for key in list(_keys(quantity))[1:]:
            found[key].add(index)
    return found


def _keys(quantity: Quantity) -> Iterator[object]:
    """Under what a quantity finds those it may agree with: its value, what it counts and what befell that."""
    yield quantity.low, quantity.high
    if quantity.counted:
        yield quantity.kind, quantity.dimension, concept(quantity.counted)
    if quantity.fate:
        yield quantity.kind, quantity.dimension, "fate", fate_of(quantity.fate)


def _agreement(one: Quantity, other: Quantity) -> float:
    exact = (one.low, one.high) == (other.low, other.high)
    if "ordinal" in (one.kind, other.kind):
        return 0.7 if exact and one.counted == other.counted else 0.0
    same_kind = one.kind == other.kind and one.dimension == other.dimension
    same_thing = same_kind and (
        concept(one.counted) == concept(other.counted)
        or bool(one.fate and other.fate and fate_of(one.fate) == fate_of(other.fate))
    )
    if not exact and not (same_thing and _overlap(one, other)):
        return 0.0
    weight = 1.0 if same_thing else 0.6 if same_kind else 0.3
    return weight if exact and (one.low or 0.0) > 3 else 0.6 * weight


def _overlap(one: Quantity, other: Quantity) -> bool:
    """Whether two intervals meet, in base units where both have them."""
    (low, high), (least, most) = (
        (one.base, other.base) if one.base and other.base else ((one.low, one.high), (other.low, other.high))
    )
    return (low is None or most is None or low <= most) and (least is None or high is None or least <= high)


def _places(side: Side) -> Matrix:
    """Where each sentence stands, 0 first and 1 last; a title stands first."""
    last = max(1, side.body - 1)
    return np.array([i / last if i < side.body else 0.0 for i in range(len(side))], np.float32)


def _quoted(side: Side) -> Matrix:
    """How much of each sentence stands in quotation marks."""
    return np.array([min(1.0, sentence.quoted) for sentence in side.sentences], np.float32)


def _leading(side: Side) -> Matrix:
    """How near the beginning each sentence stands: 1 for the first and the title, less than a tenth from the sixth on."""
    return np.array([math.exp(-i / 2) if i < side.body else 1.0 for i in range(len(side))], np.float32)
