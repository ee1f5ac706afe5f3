"""Plain text and Markdown."""

from __future__ import annotations

from reader.cleaning import clean
from reader.hostile import decode
from reader.nouns import Article


def plain_text(raw: bytes) -> Article:
    """The report in a plain text file."""
    return clean(decode(raw))
