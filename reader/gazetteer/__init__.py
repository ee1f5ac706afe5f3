"""Lists of places and of personal names, as hints to what a capitalised word is.

A list proves nothing (Paris is a city and a given name, Ferguson a town and a surname); ``reader.kinds`` weighs it with
the words around. The lists are made by ``training/lists.py``; NOTICE names their sources.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

Kind = Literal["places", "given_names", "surnames"]


@cache
def listed(kind: Kind) -> frozenset[str]:
    """The names of one list, in lower case and without accents."""
    return frozenset((resources.files(__package__) / f"{kind}.txt").read_text(encoding="ascii").splitlines())
