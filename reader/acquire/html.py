"""Web pages: the article in them, by trafilatura."""

from __future__ import annotations

import re

from reader.acquire.records import AcquireError
from reader.cleaning import clean
from reader.hostile import decode
from reader.nouns import Article

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)


def web_page(raw: bytes) -> Article:
    """The article of a web page.

    Raises:
        AcquireError: no article is found in it.
    """
    import trafilatura  # slow to import

    declared = _CHARSET.search(raw[:4096])
    text = decode(raw, declared.group(1).decode("ascii") if declared else "")
    page = trafilatura.bare_extraction(text, include_comments=False, with_metadata=True)
    if page is None or not page.text:
        raise AcquireError("no article in this web page; save the page of one report, or its text as .txt")
    article = clean(
        page.text,
        title=page.title or "",
        source=page.sitename or "",
        author=page.author or "",
        published=page.date or "",
    )
    return article
