"""Web pages: the article in them, found by trafilatura."""

from __future__ import annotations

import re

import msgspec

from reader.acquire.records import AcquireError
from reader.cleaning import clean
from reader.hostile import decode, one_line
from reader.nouns import Article

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_DATES = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}
"""Only dates that the page states as its own, not the first that stands in it."""


_LINE = 40
"""A page without one line of so many characters is a menu, a list of links or a wall before the report."""


def web_page(raw: bytes, charset: str = "") -> Article:
    """The article of a web page. ``charset`` is the encoding that its server states; the page's own word comes first.

    Raises:
        AcquireError: no article is found in it.
    """
    import trafilatura  # slow to import

    declared = _CHARSET.search(raw[:4096])
    text = decode(raw, declared.group(1).decode("ascii") if declared else charset)
    for precision in (True, False):
        page = trafilatura.bare_extraction(
            text,
            favor_precision=precision,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=_DATES,
        )
        if page is None or isinstance(page, dict) or not _running(page.text or ""):
            continue
        article = clean(
            page.text or "",
            title=page.title or "",
            source=page.sitename or "",
            author=page.author or "",
            published=page.date or "",
        )
        return msgspec.structs.replace(article, url=one_line(page.url or ""))
    raise AcquireError("no article in this web page; open the report itself and save that page, or its text as .txt")


def _running(text: str) -> bool:
    return any(len(line) >= _LINE for line in text.splitlines())
