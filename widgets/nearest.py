"""The nearest of some names to one that was mistyped."""

from __future__ import annotations

from collections.abc import Iterable

LIKE = 75
"""How like a name must be to be offered, in percent."""


def nearest(written: str, names: Iterable[str]) -> str:
    """The question whether the name that is most like ``written`` is meant, "" if none is much like it."""
    from rapidfuzz import process

    best = process.extractOne(written, tuple(names), score_cutoff=LIKE)
    return f"did you mean {best[0]}?" if best else ""
