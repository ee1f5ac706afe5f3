"""Fit the weights by which pairs of sentences are aligned, and show what each feature is worth.

    .venv/bin/python benchmarks/fit_alignment.py DATA [--cache DIR] [--write]

DATA holds ``reports.jsonl`` and ``align_ecb.jsonl`` as described in docs/alignment.md. One logistic regression (ridge
penalty, Newton's method) over the named features of every pair of sentences with a label; the two thresholds are those
with the best mean F1. Everything printed is cross-validated: documents are dealt into five folds by event. Then the
table of ablations: what is lost without each feature, and without each group. ``--write`` puts weights and thresholds
into ``reader/alignment/alignment.toml``. ``--cache`` keeps the facts between runs; empty it when the analysis changes.
"""

from __future__ import annotations

import argparse
import json
import tomllib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.fit_confidence import Reader, article, fit, predict
from reader.alignment.features import FEATURES, Matrix, pair_features
from reader.alignment.links import choose
from reader.alignment.sides import sides
from reader.nouns import Article, Span

MODEL = Path(__file__).parent.parent / "reader" / "alignment" / "alignment.toml"
SAY = {"reports": 1.0, "ecb": 0.08}
"""How much one labelled pair counts: of ECB+ only sentences with annotated events are labelled, four in five alike."""
FOLDS = 5
GROUPS = {
    "words": ("mass",),
    "rivals": ("row", "column", "row_best", "column_best"),
    "neighbours": ("around", "diagonal"),
    "facts": ("names", "numbers", "counted", "deeds", "speaker", "quoted"),
    "place": ("apart", "lead"),
    "reports": ("crowd", "kinship"),
}
Vector = NDArray[np.float64]
Interval = tuple[int, int]


@dataclass(frozen=True)
class Case:
    """Two reports with the features of every pair of body sentences and its labels.

    ``told[i][j]`` holds what the pair (i, j) would be credited with: (label, what is found). ``wanted`` counts what can
    be found.
    """

    set: str
    event: str
    named: dict[str, Matrix]
    told: list[list[list[tuple[bool, object]]]]
    wanted: int

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which pairs have a label."""
        shape = next(iter(self.named.values())).shape
        return np.array([[bool(cell) for cell in row] for row in self.told], bool).reshape(shape)

    @property
    def labels(self) -> NDArray[np.bool_]:
        """Which pairs should be linked."""
        shape = next(iter(self.named.values())).shape
        return np.array([[any(y for y, _ in cell) for cell in row] for row in self.told], bool).reshape(shape)


def meets(one: Span, other: Interval) -> bool:
    """Whether a sentence and a labelled stretch share a character."""
    return one.start < other[1] and other[0] < one.end


def reports(data: Path, reader: Reader) -> Iterator[Case]:
    """Whole reports: every pair of sentences is linked or not; a labelled link is found if any pair touches it."""
    for record in map(json.loads, (data / "reports.jsonl").open(encoding="utf-8")):
        a, b = reader.facts(article(record, "a")), reader.facts(article(record, "b"))
        gold = []
        for link in record["align"]:
            at = [(record[s].find(link[f"quote_{s}"]), len(link[f"quote_{s}"])) for s in "ab"]
            if all(start >= 0 and length for start, length in at):
                gold.append([(start, start + length) for start, length in at])
        told = []
        for x in a.body.sentences:
            row: list[list[tuple[bool, object]]] = []
            for y in b.body.sentences:
                found = [k for k, (p, q) in enumerate(gold) if meets(x, p) and meets(y, q)]
                row.append([(True, k) for k in found] or [(False, None)])
            told.append(row)
        yield Case("reports", record["id"], body_features(a, b), told, len(gold))


def ecb(data: Path, reader: Reader) -> Iterator[Case]:
    """ECB+: only pairs of annotated sentences have a label; found are the sentences of A with a right link."""
    for record in map(json.loads, (data / "align_ecb.jsonl").open(encoding="utf-8")):
        texts, stretches = {}, {}
        for side in "ab":
            text, spans = "", []
            for sentence in record[f"{side}_sents"]:
                spans.append((len(text), len(text) + len(sentence)))
                text += sentence + "\n"
            texts[side], stretches[side] = text, spans
        a, b = (reader.facts(Article(body=texts[side])) for side in "ab")
        gold = {(i, j) for i, j, events, *_ in record["gold"] if events > 0}
        told = []
        for x in a.body.sentences:
            rows = [i for i in record["a_annotated"] if meets(x, stretches["a"][i])]
            row: list[list[tuple[bool, object]]] = []
            for y in b.body.sentences:
                columns = [j for j in record["b_annotated"] if meets(y, stretches["b"][j])]
                row.append([((i, j) in gold, (i, j)) for i in rows for j in columns])
            told.append(row)
        yield Case("ecb", record["cluster"], body_features(a, b), told, len({i for i, _ in gold}))


def body_features(a: Any, b: Any) -> dict[str, Matrix]:
    """The features of the body sentences of two reports."""
    side_a, side_b = sides(a, b)
    return {name: matrix[: side_a.body, : side_b.body] for name, matrix in pair_features(side_a, side_b).items()}


def stack(cases: Sequence[Case], names: Sequence[str]) -> tuple[Vector, Vector, Vector]:
    """Features, labels and weights of every labelled pair."""
    x, y, w = [], [], []
    for case in cases:
        known = case.known
        x.append(np.stack([case.named[n][known] for n in names], 1).astype(np.float64))
        y.append(case.labels[known].astype(np.float64))
        w.append(np.full(int(known.sum()), SAY[case.set]))
    return np.concatenate(x), np.concatenate(y), np.concatenate(w)


def weights(cases: Sequence[Case], names: Sequence[str]) -> Vector:
    """The fitted weights in the units of the features, the intercept last."""
    x, y, w = stack(cases, names)
    spread = x.std(0) + 1e-6
    stiff = np.array([1.0] * len(names) + [5e-4])
    theta = fit(x / spread, y, w, stiff, np.zeros(len(names) + 1))
    return np.append(theta[:-1] / spread, theta[-1])


def probabilities(case: Case, names: Sequence[str], theta: Vector) -> Vector:
    """The score of every pair of body sentences."""
    grid = np.stack([case.named[n] for n in names], 2).astype(np.float64)
    return predict(grid.reshape(-1, len(names)), theta).reshape(grid.shape[:2])


def cross_validated(cases: Sequence[Case], names: Sequence[str]) -> list[Vector]:
    """The score of every pair by a model that never saw its event."""
    fold = [zlib.crc32(case.event.encode()) % FOLDS for case in cases]
    models = [weights([c for c, f in zip(cases, fold, strict=True) if f != k], names) for k in range(FOLDS)]
    return [probabilities(case, names, models[k]) for case, k in zip(cases, fold, strict=True)]


def f1(cases: Sequence[Case], scores: Sequence[Vector], name: str, first: float, second: float) -> tuple[float, ...]:
    """Precision, recall and F1 of the links of one set, as the scorer counts them."""
    made = right = found = wanted = 0
    for case, grid in zip(cases, scores, strict=True):
        if case.set != name:
            continue
        cells = {(i, j): float(p) for (i, j), p in np.ndenumerate(grid) if p >= min(first, second)}
        chosen = choose(cells, first, second, *grid.shape)
        told = {(i, j, key, y) for i, j in chosen for y, key in case.told[i][j]}
        if name == "reports":
            made += len(chosen)
            right += len({(i, j) for i, j, _, y in told if y})
            found += len({key for *_, key, y in told if y})
        else:
            pairs = {(key, y) for *_, key, y in told}
            made += len(pairs)
            right += sum(y for _, y in pairs)
            found += len({key[0] for key, y in pairs if y})  # type: ignore[index]
        wanted += case.wanted
    precision, recall = right / max(1, made), found / max(1, wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def thresholds(cases: Sequence[Case], scores: Sequence[Vector]) -> tuple[float, float]:
    """The two thresholds with the best mean F1 of both sets."""
    grid = [(first / 20, second / 20) for second in range(2, 12) for first in range(second, 18)]
    return max(grid, key=lambda t: sum(f1(cases, scores, name, *t)[2] for name in SAY))


def table(cases: Sequence[Case]) -> Iterator[str]:
    """What each feature and each group is worth: F1 of both sets without it, cross-validated."""
    whole = cross_validated(cases, FEATURES)
    limits = thresholds(cases, whole)
    base = [f1(cases, whole, name, *limits)[2] for name in SAY]
    yield f"{'all features':<28}" + "".join(f"{name} {value:.3f}   " for name, value in zip(SAY, base, strict=True))
    for name, left_out in [*GROUPS.items(), *((n, (n,)) for n in FEATURES)]:
        scores = cross_validated(cases, [n for n in FEATURES if n not in left_out])
        lost = [f1(cases, scores, s, *limits)[2] - b for s, b in zip(SAY, base, strict=True)]
        kind = "without group " if name in GROUPS else "without "
        yield f"{kind + name:<28}" + "".join(f"{s} {v:+.3f}  " for s, v in zip(SAY, lost, strict=True))


def load(data: Path, cache: Path | None = None) -> list[Case]:
    """Both sets with their features."""
    reader = Reader(cache)
    cases = [*reports(data, reader), *ecb(data, reader)]
    reader.save()
    return [case for case in cases if next(iter(case.named.values())).size]


def main() -> None:
    """Fit, report, and write the model if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    cases = load(args.data, args.cache)
    scores = cross_validated(cases, FEATURES)
    first, second = thresholds(cases, scores)
    print(f"threshold {first:.2f}, second {second:.2f}, cross-validated by event")
    for name in SAY:
        precision, recall, value = f1(cases, scores, name, first, second)
        print(f"  {name:<8} precision {precision:.3f} recall {recall:.3f} F1 {value:.3f}")
    theta = weights(cases, FEATURES)
    fitted = [probabilities(case, FEATURES, theta) for case in cases]
    print("fitted and measured on the same documents")
    for name in SAY:
        print(f"  {name:<8} F1 {f1(cases, fitted, name, first, second)[2]:.3f}")
    for line in table(cases):
        print(line)
    if args.write:
        cosine = tomllib.loads(MODEL.read_text(encoding="utf-8"))["cosine"]
        lines = [
            "# The logistic model of reader/alignment, fitted by benchmarks/fit_alignment.py; do not edit by hand.",
            "# A pair is linked at `threshold`; at `second` where it is the best of its sentence of A or of B.",
            f"threshold = {first:.2f}",
            f"second = {second:.2f}",
            "# Past the bound on pairs, only the cosine of words decides.",
            f"cosine = {cosine}",
            f"intercept = {theta[-1]:.3f}",
            "",
            "[weights]",
            *(f"{name} = {value:.3f}" for name, value in zip(FEATURES, theta, strict=False)),
        ]
        MODEL.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
