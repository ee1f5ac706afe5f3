"""Dates, spans and clock times of a news text, resolved against the date published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.dateline import parse_date
from reader.nouns import TimeSpan

if TYPE_CHECKING:
    from reader.pipeline import Paragraph

__all__ = ["parse_date", "times"]


def times(parse: Sequence[Paragraph], published: str) -> tuple[TimeSpan, ...]:
    """Every time stated in the paragraphs, in text order; ``published`` is ISO 8601 at any precision, or ""."""
    return ()
