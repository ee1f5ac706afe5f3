"""Readable word lists of our own: synonyms, opposites, things that exclude each other, usual and loaded words."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The word list ``name``.toml of this package."""
    return tomllib.loads((resources.files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))


_SECTIONS = {"NOUN": "nouns", "PROPN": "nouns", "VERB": "verbs", "ADJ": "adjectives"}


@cache
def _groups(section: str) -> dict[str, str]:
    return {word: group.split()[0] for group in table("synonyms")[section]["groups"] for word in group.split()}


def concept(lemma: str, pos: str = "NOUN") -> str:
    """The name of the group of synonyms that a lemma belongs to, the lemma itself where it is in none."""
    section = _SECTIONS.get(pos)
    return _groups(section).get(lemma, lemma) if section else lemma


@cache
def common_words() -> frozenset[str]:
    """Lemmas that are usual in all news."""
    return frozenset(table("common")["words"].split())


def common_weight() -> float:
    """What a usual word weighs beside any other."""
    return float(table("common")["weight"])
