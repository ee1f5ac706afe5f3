"""Fit the weights by which candidates become confidences, and show how honest the confidences are.

    .venv/bin/python benchmarks/fit_confidence.py DATA [--cache DIR] [--write]

DATA holds ``reports.jsonl``, ``statements.jsonl`` and ``incident_facts.jsonl`` as described in
docs/conflicts.md. Every family of candidates gets a logistic regression over its named features (ridge penalty,
Newton's method); how much each set of data counts stands in ``SAY``. Prints for each family its cases, average
precision and Brier score in five-fold cross-validation (records, not candidates, are dealt into the folds), then a
reliability table. ``--write`` puts the weights into ``reader/conflicts/weights.toml``. ``--cache`` keeps the facts
between runs; empty it when the analysis changes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmarks.alignment import DATA
from reader.alignment import align
from reader.analysis import VERSION, analyse
from reader.conflicts import candidates
from reader.conflicts.base import Candidate
from reader.conflicts.confidence import confidence
from reader.nouns import Article, Facts, Place

WEIGHTS = Path(__file__).parent.parent / "reader" / "conflicts" / "weights.toml"
SETS = ("seeds", "reports", "incident_facts", "statements")
SAY = {"seeds": 1.0, "reports": 3.0, "incident_facts": 2.0, "statements": 2.0}
"""How much each set of data counts beside the others, whatever its size."""
SAY_IN = {"claim": {"incident_facts": 0.2}, "slot": {"reports": 1.5, "incident_facts": 0.5}}
"""The same for single families: the incidents are labelled for one fact in a sentence, claims for the whole of it."""
RIDGE = 2.0
STIFF = {"size": 200.0}
"""Features held back more than others: the sets differ in length, and that must not speak for what they hold."""
PRIOR: dict[str, dict[str, float]] = {
    "count": {
        "intercept": -0.7, "head": 0.6, "person": -0.4, "fate": 0.5, "otherfate": -1.0, "likeness": 1.2, "shared": 0.6,
        "alike": 0.4, "near": 0.2, "narrowed": -0.3, "inside": -1.5, "part": -1.2, "wider": -1.0, "tighter": -0.4, "unsaid": -0.8,
        "sum": -1.2, "settled": -1.2, "rounded": -1.0, "expected": -1.5, "charges": -3.0, "more": -0.6, "total": 0.4,
        "rivals": -0.8, "elsewhen": -1.0, "scores": -2.2, "unfated": -0.6, "single": -0.8,
    },
    "casualty": {
        "intercept": -0.9, "head": 0.4, "fate": 0.8, "otherfate": -1.5, "likeness": 1.0, "shared": 0.4, "near": 0.1,
        "narrowed": -0.3, "inside": -1.5, "part": -1.2, "wider": -1.0, "tighter": 0.2, "unsaid": -0.8, "sum": -1.5, "settled": -1.2,
        "rounded": -1.0, "expected": -1.5, "moved": -1.6, "grew": -0.6, "far": -0.3, "more": -0.4, "total": 0.4,
        "rivals": -0.6, "elsewhen": -1.2, "single": -0.8,
    },
    "measure": {
        "intercept": -2.6, "of": 0.8, "otherof": -1.5, "likeness": 1.5, "shared": 1.2, "fate": 0.6, "alone": 0.5,
        "settled": -1.2, "sum": -1.0, "rounded": -1.2, "near": 0.2, "far": -0.5, "expected": -1.0, "names": 0.2,
        "rivals": -0.8, "elsewhen": -1.0, "unit": 0.2, "hedged": -0.5,
    },
    "none": {
        "head": 0.5, "person": -0.2, "alike": 0.7, "fate": 0.4, "otherfate": -0.5, "wider": -0.2, "likeness": 0.8,
        "shared": 0.3, "unsaid": -0.9, "settled": -0.4, "grew": -1.2,
    },
    "clock": {
        "intercept": -1.2, "event": 1.0, "near": -3.5, "response": -1.5, "early": 1.2, "several": -2.5, "settled": -1.5, "likeness": 1.0, "shared": 0.5,
        "log": 0.4, "lone": 0.3, "names": 0.3, "party": 0.4, "otherparty": -0.8,
    },
    "day": {
        "intercept": -2.2, "event": 1.2, "party": 0.8, "otherparty": -1.0, "response": -1.0, "settled": -2.0,
        "likeness": 1.2, "shared": 0.8, "lone": 0.3, "coarse": -0.5, "grain": -1.0, "editions": -1.0, "names": 0.2,
    },
    "headline": {"intercept": 0.0, "likeness": 1.2, "full": 0.8, "same": 0.8, "settled": -0.5, "accused": -1.5},
    "age": {
        "intercept": -1.8, "named": 1.2, "same": 1.0, "full": 0.9, "likeness": 0.5, "lone": 0.5, "settled": -2.0,
        "given": -1.0, "many": -0.6, "noun": -0.1, "apart": -0.4, "birthday": -3.0,
    },
    "order": {"intercept": -0.8, "likeness": 1.2, "parties": 1.5},
    "title": {
        "intercept": -0.6, "held": 0.8, "full": 0.5, "likeness": 0.8, "settled": -2.0, "later": -0.4,
    },
    "event": {
        "intercept": -2.0, "brought": 1.2, "apart": -1.2, "yet": -0.5, "grew": -1.0, "outsider": -0.7, "unmatched": -0.4, "party": 1.0, "central": 0.9, "flat": -0.8, "sure": 0.4, "likeness": 0.5,
    },
    "inclusion": {
        "intercept": -1.8, "narrowed": 1.0, "group": 0.6, "central": 1.2, "named": 0.4, "spoken": -0.3, "hedged": -0.3, "expected": -0.5, "likeness": 1.0,
    },
    "spelling": {
        "intercept": -1.6, "near": 0.6, "length": 0.6, "person": 0.3, "likeness": 1.2, "beside": 0.9, "swapped": 1.0,
        "two": 0.1, "often": 0.3, "start": 0.4, "foreign": -0.3, "age": 0.4, "vowels": -1.5, "short": -1.5, "unshared": -2.0, "labels": -0.8,
        "apart": -1.2, "bare": -0.4, "given": -1.2,
    },
    "actor": {
        "intercept": -3.4, "excluded": 1.2, "made": 2.0, "deal": 0.8, "swapped": 2.0, "patient": 1.6, "likeness": 2.0, "shared": 1.0,
        "central": 0.2, "empty": -0.5, "mutual": -1.2, "settled": -1.5, "hedged": -0.4, "speakers": -0.5,
        "together": -2.0,
    },
    "tie": {"intercept": 0.6, "likeness": 1.0, "verb": 0.3},
    "stance": {
        "intercept": -3.2, "axis": 1.0, "central": 2.4, "did": -0.3, "shared": 1.5, "cover": 1.2, "unnamed": -0.6, "guessed": -0.5, "likeness": 1.5, "expected": -0.4,
        "said": 0.2, "roles": 0.8,
    },
    "terms": {"intercept": -1.6, "broken": 1.6, "doer": 0.8, "only": 0.2, "likeness": 0.8},
    "place": {
        "intercept": -1.6, "address": 1.8, "stretch": 1.0, "beside": 0.8, "likeness": 2.0, "deed": 0.5, "settled": -2.0,
        "several": -0.8, "next": -0.8, "far": -0.5, "share": 0.3, "patient": 0.8,
    },
    "wording": {"intercept": -2.4, "likeness": 0.5},
    "quote": {
        "intercept": -3.5, "alike": 0.7, "share": 1.0, "content": 1.0, "turned": 2.2, "word": 1.0, "added": 0.6, "slight": -2.5,
        "changed": -1.0, "cut": -2.5, "openly": -2.0, "speaker": 0.4, "speakers": -0.3, "answered": -1.5,
    },
}  # fmt: skip
"""What is expected of families of which whole reports hold few cases, from the guards of docs/conflicts.md.

The fit is pulled to these (maximum a posteriori with a normal prior), so that a handful of cases bends but does not
make the weights."""
BELIEF = 60.0
"""How much stiffer than ``RIDGE`` the pull to ``PRIOR`` is."""
FOLDS = 5
INCIDENT_KINDS = frozenset({"count", "casualty", "measure", "time", "name"})

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """A candidate with its label."""

    record: str
    group: str
    candidate: Candidate
    right: bool


class Reader:
    """Facts of articles, kept in a folder between runs where one is given."""

    def __init__(self, cache: Path | None) -> None:
        self.cache = cache
        self.have: dict[str, bytes] = {}
        self.file = cache / f"facts-{VERSION}.msgpack" if cache else None
        if self.file and self.file.exists():
            self.have = msgspec.msgpack.decode(self.file.read_bytes(), type=dict[str, bytes])

    def facts(self, article: Article) -> Facts:
        """The facts of one article, from the cache where it holds them."""
        key = hashlib.sha256(msgspec.msgpack.encode(article)).hexdigest()
        if key not in self.have:
            self.have[key] = msgspec.msgpack.encode(analyse(article))
        return msgspec.msgpack.decode(self.have[key], type=Facts)

    def save(self) -> None:
        """Write the cache."""
        if self.file:
            self.file.write_bytes(msgspec.msgpack.encode(self.have))


def article(record: dict[str, str], side: str) -> Article:
    """One side of a record."""
    return Article(
        body=record[side],
        title=record.get(f"title_{side}") or "",
        published=record.get(f"date_{side}") or "",
        source=record.get(f"source_{side}") or "",
    )


def cases(data: Path, reader: Reader) -> Iterator[Case]:
    """Every candidate of every record, labelled."""
    for name in SETS:
        for record in records(data, name):
            a, b = article(record, "a"), article(record, "b")
            facts_a, facts_b = reader.facts(a), reader.facts(b)
            for candidate in candidates(a, b, facts_a, facts_b, align(facts_a, facts_b)):
                judged = candidate.kind in INCIDENT_KINDS or candidate.family == "claim"
                if name == "incident_facts" and not judged:
                    continue
                group = name if name != "statements" else f"statements {record['set']}"
                yield Case(f"{name} {record['id']}", group, candidate, right(record, candidate))
    reader.save()


def records(data: Path, name: str) -> list[dict[str, str]]:
    """The records of one set; the seeds are put beside the data in a folder of their own."""
    rows = [json.loads(line) for line in (data / f"{name}.jsonl").open(encoding="utf-8")]
    if name == "seeds":
        texts = {f.name[:3]: f.read_text(encoding="utf-8") for f in (data.parent.parent / "seeds").glob("*.txt")}
        rows = [row | {"a": texts[row["seed_a"]], "b": texts[row["seed_b"]]} for row in rows]
        rows = [row for row in rows if row["seed_a"] != row["seed_b"]]
    return rows


def right(record: dict[str, str], candidate: Candidate) -> bool:
    """Whether the labels bear a candidate out. Two whole reports are judged place by place, short texts as one."""
    if "gold" not in record:
        return record["label"] in ("contradiction", "conflict")
    verdicts = ("contradiction",) if candidate.kind == "wording" else ("contradiction", "tension")
    return any(
        gold["verdict"] in verdicts
        and touches(gold["quote_a"], record, "a", candidate.a)
        and touches(gold["quote_b"], record, "b", candidate.b)
        for gold in record["gold"]  # type: ignore[attr-defined]
    )


def touches(quote: str, record: dict[str, str], side: str, place: Place) -> bool:
    """Whether a place lies in any occurrence of a quoted passage."""
    text = record.get(f"title_{side}") or "" if place.part == "title" else record[side]
    at = text.find(quote) if quote else -1
    while at >= 0:
        if at < place.end and place.start < at + len(quote):
            return True
        at = text.find(quote, at + 1)
    return False


def fit(x: Vector, y: Vector, w: Vector, stiff: Vector, prior: Vector) -> Vector:
    """Ridge logistic regression by Newton's method; the last weight is the intercept.

    ``stiff`` multiplies the penalty of each weight, which is on its distance from ``prior``.
    """
    x = np.c_[x, np.ones(len(x))]
    theta = prior.copy()
    ridge = RIDGE * stiff
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ theta, -30, 30)))
        gradient = x.T @ (w * (p - y)) + ridge * (theta - prior)
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        theta -= step
        if np.abs(step).max() < 1e-6:
            break
    return theta


def say(family: list[Case]) -> Vector:
    """The weight of each case: sets count as ``SAY`` and ``SAY_IN`` have it, whatever their size."""
    voice = SAY | SAY_IN.get(family[0].candidate.family, {})
    size: dict[str, int] = defaultdict(int)
    for case in family:
        size[case.group.split()[0]] += 1
    total = sum(voice[name] for name in size)
    weights = np.array([voice[case.group.split()[0]] / total / size[case.group.split()[0]] for case in family])
    return weights * len(family)


def predict(x: Vector, theta: Vector) -> Vector:
    """Probabilities."""
    return 1 / (1 + np.exp(-np.clip(x @ theta[:-1] + theta[-1], -30, 30)))


def average_precision(p: Vector, y: Vector) -> float:
    """Area under precision over recall."""
    order = np.argsort(-p, kind="stable")
    hits = y[order]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits > 0].mean()) if hits.any() else 0.0


def calibration(data: Path = DATA) -> Iterator[str]:
    """How honest the confidences are with the weights as shipped: Brier score and reliability; nothing without data."""
    if not data.is_dir():
        return
    found = list(cases(data, Reader(None)))
    p = np.array([confidence(case.candidate.family, case.candidate.features) for case in found])
    y = np.array([float(case.right) for case in found])
    yield f"calibration of the weights as shipped, fitted on these cases: Brier score {((p - y) ** 2).mean():.4f}"
    yield from reliability(p, y)


def reliability(p: Vector, y: Vector) -> Iterator[str]:
    """Beside what is told, how often it is right, by tenths."""
    yield "  told          cases   right"
    for low in np.arange(0.0, 1.0, 0.1):
        inside = (p >= low) & (p < low + 0.1)
        if inside.any():
            yield f"  {low:.1f} to {low + 0.1:.1f}   {inside.sum():7} {y[inside].mean():7.3f}"


def main() -> None:
    """Fit, report, and write the weights if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    families: dict[str, list[Case]] = defaultdict(list)
    for case in cases(args.data, Reader(args.cache)):
        families[case.candidate.family].append(case)
    lines = [
        "# Weights of the logistic models of confidence.py, one table a family.",
        "# Written by benchmarks/fit_confidence.py; do not edit by hand.",
    ]
    all_p, all_y = [], []
    for name in sorted(families.keys() | PRIOR.keys()):
        family, held = families[name], PRIOR.get(name, {})
        if not family:
            print(f"{name:<10} no case: weights as expected")
            lines += ["", f"[{name}]", f"intercept = {held['intercept']:.3f}"]
            lines += [f"{n} = {held[n]:.3f}" for n in sorted(held.keys() - {"intercept"})]
            continue
        expected = held.keys() - {"intercept"}
        names = sorted(expected.union(*(case.candidate.features for case in family)))
        x = np.array([[case.candidate.features.get(n, 0.0) for n in names] for case in family])
        y = np.array([float(case.right) for case in family])
        w = say(family)
        belief = BELIEF if name in PRIOR else 1.0
        stiff = np.array([belief * STIFF.get(n, 1.0) for n in names] + [belief if name in PRIOR else 5e-4])
        prior = np.array([PRIOR.get(name, {}).get(n, 0.0) for n in (*names, "intercept")])
        fold = np.array([zlib.crc32(case.record.encode()) % FOLDS for case in family])
        p = np.zeros(len(family))
        for k in range(FOLDS):
            out = fold == k
            if out.any() and not out.all():
                p[out] = predict(x[out], fit(x[~out], y[~out], w[~out], stiff, prior))
        all_p.append(p)
        all_y.append(y)
        shown = p >= 0.5
        print(
            f"{name:<10} {len(family):6} cases, {y.mean():.3f} right; "
            f"average precision {average_precision(p, y):.3f}, Brier {((p - y) ** 2).mean():.3f}, "
            f"shown {shown.sum()}, of them right {y[shown].mean() if shown.any() else 0:.3f}"
        )
        for group in sorted({case.group for case in family}):
            inside = np.array([case.group == group for case in family])
            print(
                f"    {group:<32} {inside.sum():6} cases {int(y[inside].sum()):5} right; "
                f"shown {int((shown & inside).sum()):5}, of them right {int(y[shown & inside].sum()):5}"
            )
        theta = fit(x, y, w, stiff, prior)
        lines += ["", f"[{name}]", f"intercept = {theta[-1]:.3f}"]
        lines += [f"{n} = {value:.3f}" for n, value in zip(names, theta, strict=False)]
    p, y = np.concatenate(all_p), np.concatenate(all_y)
    print("\nreliability (cross-validated)")
    for line in reliability(p, y):
        print(line)
    if args.write:
        WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
