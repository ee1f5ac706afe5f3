"""Addresses read into articles."""

from __future__ import annotations

import re
from functools import partial
from urllib.parse import urlsplit

import msgspec

from reader.acquire.html import web_page
from reader.acquire.records import AcquireError
from reader.acquire.web import Answer
from reader.hostile import one_line
from reader.nouns import Article

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "message/rfc822": ".eml",
    "application/mbox": ".mbox",
    "application/warc": ".warc",
}
_FEED = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*|<\?.{0,200}?\?>\s*){0,5}<(?:rss|feed|rdf:RDF)\b", re.S
)


def is_address(text: str) -> bool:
    """Whether a person who writes this means an address, not a path."""
    return bool(_ADDRESS.match(text))


def is_feed(answer: Answer) -> bool:
    """Whether a server answered with a feed."""
    return answer.kind in ("application/rss+xml", "application/atom+xml") or bool(_FEED.match(answer.body[:4096]))


def suffix_of(answer: Answer) -> str:
    """The kind of what a server answered, as the end of a file's name; "" where its first bytes are to tell.

    Raises:
        AcquireError: it is a feed, or nothing that is read.
    """
    if is_feed(answer):
        raise AcquireError("a feed, not a report; rashomon feeds add takes it")
    kind = answer.kind
    if kind.partition("/")[0] in ("image", "audio", "video", "font"):
        raise AcquireError(f"{one_line(kind)}, not text; name the page of the report")
    return _KINDS.get(kind, "")


def at(article: Article, url: str) -> Article:
    """An article as it was found at ``url``. A page may name a better address of its own host, not one of another."""
    own = one_line(article.url)
    stated = urlsplit(own) if own.startswith(("http://", "https://")) else None
    if stated is not None and stated.hostname == urlsplit(url).hostname and stated.path.strip("/"):
        return article
    return msgspec.structs.replace(article, url=one_line(url))


def page_of(charset: str) -> partial[Article]:
    """What reads a page whose server states its encoding."""
    return partial(web_page, charset=charset)
