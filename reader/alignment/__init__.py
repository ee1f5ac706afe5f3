"""Sentences of A to sentences of B: one to one, one to many, moved, or none, in any order.

Every pair of sentences is scored by a logistic model over named features (``reader.alignment.features``); weights and
thresholds stand in ``alignment.toml``, fitted by ``benchmarks/fit_alignment.py``. A pair is linked where the score passes
a threshold, and where it is the best of either sentence already at a lower one: mutual best pairs alone would miss the
sentences that one report breaks up and the other joins. Work is bounded: past ``CELLS`` pairs only those that share a
rare word are scored, by their words alone.
"""

from __future__ import annotations

import math
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reader.alignment.features import FEATURES, Matrix, pair_features
from reader.alignment.links import Pair, Scores, choose, links, verbatim
from reader.alignment.sides import Side, sides, where
from reader.lexicon import common_weight, common_words
from reader.nouns import Facts, Link

CELLS = 250_000
"""Pairs of sentences scored in full; past it, only pairs that share one of their rarest words."""
RAREST = 4
PARTNERS = 24
"""Past the bound: the rarest words of a sentence that are looked up, and the most partners kept for one sentence."""
KEPT = 0.02
"""Scores below this are not kept."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Links between the sentences of two bodies, and the likeness of every pair that was scored.

    ``scores`` maps (row, column) to the probability that the two say the same, for each pair worth keeping; rows are
    the sentences of A's body and then of its title, columns those of B. ``cells`` counts the pairs really scored,
    ``notes`` are lines for the reader.
    """

    links: tuple[Link, ...]
    scores: Scores
    cells: int
    notes: tuple[str, ...] = ()

    def likeness(self, row: int, column: int) -> float:
        """How surely a sentence of A and one of B say the same, in [0, 1]."""
        return self.scores.get((row, column), 0.0)


def align(a: Facts, b: Facts, *, anchors: tuple[Pair, ...] = (), severed: tuple[Pair, ...] = ()) -> Alignment:
    """Link the sentences of two bodies; ``anchors`` are always linked, ``severed`` never."""
    side_a, side_b = sides(a, b)
    cells = len(side_a) * len(side_b)
    notes: tuple[str, ...] = ()
    model = _model()
    threshold, second = float(model["threshold"]), float(model["second"])
    scores: Scores = {}
    if 0 < cells <= CELLS:
        matrix = score(pair_features(side_a, side_b), model)
        rows, columns = np.nonzero(matrix >= KEPT)
        scores = dict(
            zip(zip(rows.tolist(), columns.tolist(), strict=True), matrix[rows, columns].tolist(), strict=True)
        )
    elif cells:
        scores, cells = _by_rare_words(side_a, side_b)
        threshold = second = float(model["cosine"])
        notes = (
            f"{len(side_a)} by {len(side_b)} sentences are too many to compare each with each: "
            f"aligned by their rarest words alone ({cells:,} pairs scored)",
        )
    same = verbatim(side_a, side_b)
    rows_taken, columns_taken = {i for i, _ in same}, {j for _, j in same}
    chosen = {
        (i, j)
        for i, j in choose(scores, threshold, second, side_a.body, side_b.body)
        if i not in rows_taken and j not in columns_taken
    }
    scores.update(dict.fromkeys(same, 1.0))
    chosen |= same
    chosen.update(pair for pair in anchors if pair[0] < side_a.body and pair[1] < side_b.body)
    chosen.difference_update(severed)
    return Alignment(links=links(chosen, scores, side_a, side_b, anchors), scores=scores, cells=cells, notes=notes)


@cache
def _model() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "alignment.toml").read_text(encoding="utf-8"))


def score(named: dict[str, Matrix], model: dict[str, Any]) -> Matrix:
    """The probability of every pair, from its features."""
    total = np.full_like(named[FEATURES[0]], float(model["intercept"]))
    for name, weight in model["weights"].items():
        total += np.float32(weight) * named[name]
    total[~_evidence(named)] = -np.inf
    return (1.0 / (1.0 + np.exp(-total))).astype(np.float32)


def _evidence(named: dict[str, Matrix]) -> NDArray[np.bool_]:
    """Which pairs share anything at all: place alone links nothing."""
    return (named["mass"] > 0) | (named["names"] > 0) | (named["numbers"] > 0)


def _by_rare_words(a: Side, b: Side) -> tuple[Scores, int]:
    """Cosines of the pairs that share one of the rarest words of either, and how many pairs that was."""
    where_a, where_b = where(a, "words"), where(b, "words")
    usual, less, total = common_words(), common_weight(), len(a) + len(b)
    weight: dict[str, float] = defaultdict(float)
    for term in (*where_a, *where_b):
        seen = len(where_a.get(term, ())) + len(where_b.get(term, ()))
        weight[term] = (math.log((total + 2) / (seen + 0.5)) * (less if term in usual else 1.0)) ** 2
    bags_b = [sentence.words for sentence in b.sentences]
    norms_b = [math.sqrt(sum(weight[t] for t in bag)) for bag in bags_b]
    scores: Scores = {}
    cells = 0
    for i, bag in enumerate(sentence.words for sentence in a.sentences):
        norm = math.sqrt(sum(weight[t] for t in bag))
        shared = sorted((t for t in bag if t in where_b), key=lambda t: (len(where_b[t]), t))
        for j in _partners(shared[:RAREST], where_b):
            cells += 1
            cosine = sum(weight[t] for t in bag if t in bags_b[j]) / max(norm * norms_b[j], 1e-6)
            if cosine >= KEPT:
                scores[i, j] = cosine
    return scores, cells


def _partners(terms: Sequence[str], at: dict[str, list[int]]) -> dict[int, None]:
    found: dict[int, None] = {}
    for term in terms:
        found.update(dict.fromkeys(at[term][:PARTNERS]))
    return found
