"""``python -m training CORPORA OUT``: train, assemble and evaluate. One core, about an hour; see README.md."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from spacy.cli.init_config import fill_config
from spacy.cli.train import train
from spacy.util import import_file

from training.assemble import assemble
from training.evaluate import evaluate

HERE = Path(__file__).parent
CORPUS = {"syntax": "syn", "names": "ner"}


def train_part(part: str, out: Path, overrides: dict[str, Any]) -> None:
    """Train ``syntax`` or ``names`` as its config says, with ``overrides`` (the paths of its corpora at least)."""
    import_file("training.augment", HERE / "augment.py")
    config = out.with_suffix(".cfg")
    fill_config(config, HERE / "configs" / f"{part}.cfg")
    train(config, out, overrides=overrides)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with {syn,ner}_{train,dev,test_*}.spacy")
    parser.add_argument("out", type=Path, help="folder for the parts and the finished pipeline")
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--evaluate", action="store_true", help="only score the pipeline that is in OUT")
    args = parser.parse_args()
    pipeline = args.out / "en_news_ud_sm"
    if not args.evaluate:
        args.out.mkdir(parents=True, exist_ok=True)
        for part, prefix in CORPUS.items():
            paths = {f"paths.{split}": str(args.corpora / f"{prefix}_{split}.spacy") for split in ("train", "dev")}
            train_part(part, args.out / part, paths)
        assemble(args.out / "syntax" / "model-best", args.out / "names" / "model-best", pipeline, args.version)
    for line in evaluate(pipeline, args.corpora):
        print(line, flush=True)


if __name__ == "__main__":
    main()
