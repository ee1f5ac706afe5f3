"""Scores of a pipeline on the test sets, by genre, as given and with the letters of a headline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example

from training.augment import title_case

SYNTAX = ("tag_acc", "dep_uas", "dep_las", "sents_f")
NAMES = ("ents_p", "ents_r", "ents_f")


def evaluate(model: Path, corpora: Path) -> Iterator[str]:
    """One line for each test set in ``corpora``: percentages of what that set can measure."""
    nlp = spacy.load(model)
    for path in sorted(corpora.glob("syn_test_*.spacy")):
        docs = list(DocBin().from_disk(path).get_docs(nlp.vocab))
        yield _line(path.stem, nlp, docs, SYNTAX, "ner")
        if "pud" in path.stem:
            yield _line(f"{path.stem} in Title Case", nlp, [_headline(d) for d in docs], SYNTAX, "ner")
    for path in sorted(corpora.glob("ner_test_*.spacy")):
        docs = list(DocBin().from_disk(path).get_docs(nlp.vocab))
        yield _line(path.stem, nlp, docs, NAMES, "tagger", "morphologizer", "parser", "lemmatizer")


def _line(name: str, nlp: Language, docs: list[Doc], scores: tuple[str, ...], *without: str) -> str:
    with nlp.select_pipes(disable=[pipe for pipe in without if pipe in nlp.pipe_names]):
        found = nlp.evaluate([Example(nlp.make_doc(d.text), d) for d in docs])
    return f"{name:<40}" + "".join(f"{s} {100 * (found[s] or 0):5.1f}  " for s in scores)


def _headline(doc: Doc) -> Doc:
    words = Doc(doc.vocab, words=title_case([t.text for t in doc]), spaces=[bool(t.whitespace_) for t in doc])
    annotation = Example(doc, doc).to_dict()
    annotation["token_annotation"]["ORTH"] = [t.text for t in words]
    return Example.from_dict(words, annotation).reference
