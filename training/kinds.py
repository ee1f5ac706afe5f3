"""``python -m training.kinds CORPORA OUT``: fit the weights by which ``reader.kinds`` tells the kinds of names apart.

The weights need to know how far the trained names can be trusted on text that they were not trained on. So names are
trained anew on every other text of ``ner_train``, and a softmax is fitted to what the reader then finds in the others.
What is no person, body or place there is OTHER. The weights go to ``reader/kinds.toml``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.tokens import DocBin

from reader import kinds, models, names, pipeline, settings

Array = NDArray[np.float64]

PENALTY = 2.0
"""Of L2. Features are few and the names thousands, so that it matters little."""
OTHER = 0.5
"""What a name of no kind counts against one of a kind: corpora annotate no events, works and products."""
RARE = 8
"""A feature seen less often gets no weight."""
STEPS = 1500


def train_half(corpora: Path, out: Path) -> tuple[Path, Path]:
    """A pipeline with names from every other text of ``ner_train``, and the texts that were left out."""
    from training.__main__ import train_part
    from training.assemble import replace_names

    docs = list(DocBin().from_disk(corpora / "ner_train.spacy").get_docs(spacy.blank("en").vocab))
    for name, part in (("seen", docs[::2]), ("unseen", docs[1::2])):
        DocBin(docs=part).to_disk(out / f"{name}.spacy")
    paths = {"paths.train": str(out / "seen.spacy"), "paths.dev": str(corpora / "ner_dev.spacy")}
    train_part("names", out / "half", {**paths, "training.max_steps": STEPS})
    replace_names(models.BUNDLED, out / "half" / "model-best", out / "en_half")
    return out / "en_half", out / "unseen.spacy"


def cases(corpus: Path) -> Iterator[tuple[list[str], str]]:
    """The features of each name that the reader finds in a corpus and knows no kind of, and its right label."""
    for doc in DocBin().from_disk(corpus).get_docs(spacy.blank("en").vocab):
        gold = {(e.start_char, e.end_char): e.label_ for e in doc.ents}
        unknown = [(t.idx, t.idx + len(t)) for t in doc if not t.ent_iob]
        for paragraph in pipeline.parse(doc.text):
            for draft, found in names.evidence(paragraph):
                span = (draft.start, draft.end)
                if span in gold:
                    yield found, gold[span]
                elif not any(start < span[1] and span[0] < end for start, end in [*unknown, *gold]):
                    yield found, "OTHER"


def fit(x: Array, y: NDArray[np.int64]) -> Array:
    """Weights (features by labels) of a softmax with L2 penalty, by gradient descent with momentum."""
    target = np.eye(len(kinds.LABELS))[y]
    worth = np.where(y == kinds.LABELS.index("OTHER"), OTHER, 1.0)[:, None]
    weights = np.zeros((x.shape[1], len(kinds.LABELS)))
    speed = np.zeros_like(weights)
    for _ in range(1500):
        logits = x @ weights
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        gradient = (x.T @ (worth * (shares - target)) + PENALTY * weights) / len(x)
        speed = 0.9 * speed - 0.5 * gradient
        weights += speed
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.kinds", description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with ner_train.spacy and ner_dev.spacy")
    parser.add_argument("out", type=Path, help="folder for the names that are trained on half of it")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    model, unseen = args.out / "en_half", args.out / "unseen.spacy"
    if not model.exists():
        model, unseen = train_half(args.corpora, args.out)
    settings.use(settings.Settings(model=str(model)))
    known = list(cases(unseen))
    counts = Counter(name for found, _ in known for name in set(found))
    columns = {name: i for i, name in enumerate(sorted(n for n, count in counts.items() if count >= RARE))}
    x = np.zeros((len(known), len(columns)))
    for row, (found, _) in zip(x, known, strict=True):
        row[[columns[name] for name in found if name in columns]] = 1.0
    y = np.array([kinds.LABELS.index(label) for _, label in known])  # type: ignore[arg-type]
    weights = fit(x, y)
    print(f"{len(y)} names: {Counter(label for _, label in known)}")
    lines = [
        f"# Weights of {', '.join(kinds.LABELS)} for each feature of kinds.py.",
        "# Written by python -m training.kinds; do not edit by hand.",
        "",
        *(f'"{name}" = [{", ".join(f"{w:.2f}" for w in weights[i])}]' for name, i in columns.items()),
    ]
    Path(kinds.__file__).with_name("kinds.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
