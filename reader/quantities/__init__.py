"""Quantities: the numbers of a parse, with what they count and what happened to it.

`reader.numerals` finds the numbers; this module reads from the Universal Dependencies tree what each of them is of.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.nouns import Quantity
from reader.numerals import Vague
from reader.quantities.reading import QuantityReader

if TYPE_CHECKING:
    from reader.pipeline import Paragraph

__all__ = ["ordinals", "quantities"]


def quantities(parse: Sequence[Paragraph], vague: Vague | None = None) -> tuple[Quantity, ...]:
    """Every number stated in a parse, in text order, ordinals left out (`ordinals` gives those).

    ``vague`` is the table of vague words, that in use where it is ``None``.
    """
    return tuple(q for paragraph in parse for q in QuantityReader(paragraph, vague).quantities())


def ordinals(parse: Sequence[Paragraph], vague: Vague | None = None) -> tuple[Quantity, ...]:
    """The ordinals of a parse ("the third attack"), with the noun each is of; they count nothing."""
    return tuple(q for paragraph in parse for q in QuantityReader(paragraph, vague).ordinals())
