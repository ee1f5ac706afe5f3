"""Lists of places and of personal names, as hints to what a capitalised word is.

A list proves nothing (Paris is a city and a given name, Ferguson a town and a surname); ``reader.kinds`` and the trained
names weigh it with the words around. The lists are made by ``training/lists.py``; NOTICE names their sources.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.vocab import Vocab

FLAGS = {"places": 50, "given_names": 51, "surnames": 52}
"""The lexeme flags, free in spaCy, by which the trained names see the lists (``FLAG50`` in training/configs)."""


@cache
def listed(kind: str) -> frozenset[str]:
    """The names of one list of ``FLAGS``, in lower case and without accents."""
    return frozenset((resources.files(__package__) / f"{kind}.txt").read_text(encoding="ascii").splitlines())


def flag(vocab: Vocab) -> None:
    """Let the words of a pipeline know which lists they stand in; only a word with a capital does."""
    for kind, number in FLAGS.items():
        names = listed(kind)
        vocab.add_flag(lambda word, names=names: word[:1].isupper() and word.lower() in names, flag_id=number)  # type: ignore[misc]
