"""What comes in: a document or a failure, and the limits on both."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from reader.nouns import Article, Value

MAX_BYTES = 10_000_000
"""The largest document that is read (one file, one line of JSON Lines, one message, one page of an archive)."""

MAX_BYTES_PACKED = 50_000_000
"""The largest PDF or EPUB, which hold pictures and fonts beside the text."""

MAX_TEXT = 1_000_000
"""The longest text of one report, in code points; ten times the longest in print."""


class Document(Value, frozen=True, kw_only=True, tag=True):
    """One report as it came: the article read from it, its bytes, and the name of the place it came from."""

    article: Article
    raw: bytes
    name: str


class Failure(Value, frozen=True, kw_only=True, tag=True):
    """One thing that could not be read: its name and one line that says why and what to do."""

    name: str
    reason: str


Acquired = Document | Failure


class Part(NamedTuple):
    """One of the documents in an archive, as it lies there."""

    label: str
    """Its place: "message 3"."""
    raw: bytes
    read: Callable[[bytes], Article]
    url: str = ""
    """Where the archive says that it was."""


class AcquireError(Exception):
    """A document that cannot be read; the message is one line that says why and what to do."""
