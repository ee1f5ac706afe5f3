"""What comes in: a document or a failure, and the limits on both."""

from __future__ import annotations

from reader.nouns import Article, Value

MAX_BYTES = 10_000_000
"""The largest document that is read (one file, or one line of JSON Lines)."""

MAX_TEXT = 1_000_000
"""The longest text of one report, in code points; ten times the longest in print."""


class Document(Value, frozen=True, kw_only=True):
    """One report as it came: the article read from it, its bytes, and the name of the place it came from."""

    article: Article
    raw: bytes
    name: str


class Failure(Value, frozen=True, kw_only=True):
    """One thing that could not be read: its name and one line that says why and what to do."""

    name: str
    reason: str


Acquired = Document | Failure


class AcquireError(Exception):
    """A document that cannot be read; the message is one line that says why and what to do."""
