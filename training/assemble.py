"""Put the trained parts together into the pipeline that ships."""

from __future__ import annotations

import shutil
from pathlib import Path

import spacy
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.lookups import Lookups

# Titles and months whose full stop ends no sentence; spaCy's English list lacks the military ones.
ABBREVIATIONS = (
    "Col. Lt. Maj. Brig. Cpl. Capt. Cmdr. Adm. Gen. Sgt. Pvt. Lt.Col. Hon. Sen. Rep. Gov. Rev. Prof. Pres. Amb. "
    "Supt. Insp. Det. Spc. Nos. Jan. Feb. Aug. Sept. Oct. Nov. Dec."
).split()

AUXILIARIES = {
    form: [lemma]
    for lemma, forms in {
        "be": "'s ’s 're ’re 'm ’m",
        "have": "'ve ’ve",
        "would": "'d ’d would",
        "will": "'ll ’ll wo",
        "can": "ca",
        "could": "could",
        "should": "should",
        "might": "might",
    }.items()
    for form in forms.split()
}

META = {
    "name": "news_ud_sm",
    "license": "CC BY-SA 4.0",
    "description": "Small English news pipeline with Universal Dependencies labels",
    "sources": [
        {"name": "UD_English-EWT", "license": "CC BY-SA 4.0"},
        {"name": "UD_English-GUM (9 genres)", "license": "annotations CC BY 4.0, texts CC BY / CC BY-SA / PD"},
        {"name": "UNER_English-EWT", "license": "CC BY-SA 4.0"},
        {"name": "wikigold", "license": "CC BY 4.0"},
        {
            "name": "re3d (without BBC and EU delegation)",
            "license": "PD / OGL 3.0 / CC BY 3.0 AU / CC BY-SA 3.0",
        },
        {"name": "spacy-lookups-data", "license": "MIT"},
    ],
}


def assemble(syntax: Path, names: Path, out: Path, version: str) -> None:
    """Write tagger, morphologizer, parser, rule lemmatizer and names as one pipeline to ``out``, replacing it."""
    nlp = spacy.load(syntax)
    _add_names(nlp, names)
    _add_lemmatizer(nlp)
    for word in ABBREVIATIONS:
        nlp.tokenizer.add_special_case(word, [{ORTH: word}])
    nlp.meta.update(META, version=version)
    shutil.rmtree(out, ignore_errors=True)
    nlp.to_disk(out)


def replace_names(pipeline: Path, names: Path, out: Path) -> None:
    """Write ``pipeline`` with other trained names to ``out``, replacing it."""
    nlp = spacy.load(pipeline)
    nlp.remove_pipe("ner")
    _add_names(nlp, names)
    shutil.rmtree(out, ignore_errors=True)
    nlp.to_disk(out)


def _add_names(nlp: Language, names: Path) -> None:
    trained = spacy.load(names)
    # The names keep their own tok2vec: sharing one between syntax and names costs both.
    trained.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    nlp.add_pipe("ner", source=trained)


def _add_lemmatizer(nlp: Language) -> None:
    """spaCy's rule lemmatizer with its tables stored inside the pipeline; AUX uses the tables of verbs."""
    source = spacy.blank("en")
    tables = source.add_pipe("lemmatizer", config={"mode": "rule"})
    source.initialize()
    lookups = Lookups()
    for name in ("lemma_rules", "lemma_exc", "lemma_index"):
        table = tables.lookups.get_table(name)
        verb = table["verb"]
        lookups.add_table(name, {**table, "aux": {**verb, **AUXILIARIES} if name == "lemma_exc" else verb})
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"}, after="parser")
    lemmatizer.initialize(lambda: [], nlp=nlp, lookups=lookups)
