"""News shows sentences that treebanks do not: headlines in Title Case, in capitals, in lower case."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import partial

import spacy
from spacy.language import Language
from spacy.training import Example

# Words that English headline style leaves in lower case (AP and Chicago agree on these).
SMALL = frozenset("a an and as at but by for from in into nor of off on onto or the to up via with".split())


@spacy.registry.augmenters("rashomon.headline.v1")
def headline_augmenter(level: float, seed: int) -> Callable[[Language, Example], Iterator[Example]]:
    """Yield every example, and a share ``level`` of them once more in the letters of a headline."""
    return partial(_augment, level=level, rng=random.Random(seed))


def title_case(words: list[str]) -> list[str]:
    """The words in headline style. The number of characters of each word stays as it is."""
    return [w if i and w in SMALL else _capital(w) for i, w in enumerate(words)]


def _capital(word: str) -> str:
    first = word[:1].upper()
    return first + word[1:] if len(first) == 1 else word


def _augment(nlp: Language, example: Example, level: float, rng: random.Random) -> Iterator[Example]:
    yield example
    if rng.random() >= level:
        return
    words = [t.text for t in example.reference]
    style = rng.random()
    changed = title_case(words) if style < 0.8 else [w.upper() if style < 0.9 else w.lower() for w in words]
    if any(len(new) != len(old) for new, old in zip(changed, words, strict=True)):
        return
    annotation = example.to_dict()
    annotation["token_annotation"]["ORTH"] = changed
    text = "".join(w + t.whitespace_ for w, t in zip(changed, example.reference, strict=True))
    yield Example.from_dict(nlp.make_doc(text), annotation)
