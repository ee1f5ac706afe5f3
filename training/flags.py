"""The trained names see which words stand in the lists of ``reader.gazetteer``."""

from __future__ import annotations

from collections.abc import Callable

import spacy
from spacy.language import Language

from reader.gazetteer import flag


@spacy.registry.callbacks("rashomon.gazetteer.v1")
def flag_words() -> Callable[[Language], Language]:
    """Give a pipeline that is about to be trained the flags that ``reader.pipeline`` gives it when it is loaded."""

    def on(nlp: Language) -> Language:
        flag(nlp.vocab)
        return nlp

    return on
