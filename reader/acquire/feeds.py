"""RSS and Atom feeds (feedparser), and lists of feeds (OPML). Parsed apart, in a process with limits."""

from __future__ import annotations

import calendar
import codecs
import hashlib
import io
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from reader.acquire import apart
from reader.acquire.records import MAX_TEXT, AcquireError
from reader.cleaning import clean
from reader.hostile import decode, harmless, one_line
from reader.nouns import Article, Value

MAX_ENTRIES = 100
"""Entries of a feed that are read, the first, which are the newest."""
MAX_FEEDS = 5_000
"""Feeds of a list that are read."""
LONGEST = 500
"""Code points of a title or a name that are kept."""

_BLOCKS = "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table td th tr ul"
_UNREAD = ("script", "style", "iframe", "object", "form", "noscript", "template", "svg", "math")
_CONTROLS = re.compile(rb"[\0-\x08\x0b\x0c\x0e-\x1f]")
_FEED_LINK = re.compile(rb"<link\b[^>]{0,500}application/(?:rss|atom)\+xml[^>]{0,500}>", re.IGNORECASE)
_HREF = re.compile(rb"href\s*=\s*[\"']?([^\"'\s>]{1,500})", re.IGNORECASE)


class Entry(Value, frozen=True, kw_only=True):
    """One report that a feed announces. ``key`` is what the feed calls it, as SHA-256; ``text`` what it tells of it."""

    key: str
    url: str
    title: str
    author: str
    published: str
    text: str


class FeedDocument(Value, frozen=True, kw_only=True):
    """A feed as it was fetched. ``again`` is in how many seconds it asks to be asked again, 0 if it does not say."""

    title: str
    again: int
    entries: tuple[Entry, ...]


class Outline(Value, frozen=True, kw_only=True):
    """A feed in a list of feeds."""

    url: str
    title: str


def read_feed(raw: bytes, url: str) -> FeedDocument:
    """The feed that ``url`` answered.

    Raises:
        AcquireError: it is none.
    """
    found: list[FeedDocument] = list(apart.read(FeedDocument, feed, raw, url))
    return found[0]


def read_list(raw: bytes) -> list[Outline]:
    """The feeds in an OPML file.

    Raises:
        AcquireError: it is none.
    """
    found: list[list[Outline]] = list(apart.read(list[Outline], outlines, raw))
    return found[0]


def article_of(entry: Entry, source: str) -> Article:
    """What the feed itself tells of an entry, as an article."""
    article = clean(entry.text, title=entry.title, source=source, author=entry.author, published=entry.published)
    return Article(
        body=article.body,
        title=article.title,
        source=article.source,
        author=article.author,
        published=article.published,
        url=entry.url,
    )


def feed(raw: bytes, url: str) -> FeedDocument:
    """`read_feed`, here. feedparser takes declarations of entities out before its parser sees them."""
    import feedparser

    if not raw.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):  # with them its slow, forgiving parser is used
        raw = _CONTROLS.sub(b"", raw)
    found = feedparser.parse(io.BytesIO(raw), response_headers={"content-location": url}, sanitize_html=False)
    if not found.get("version") and not found.entries:
        named = _HREF.search(link.group()) if (link := _FEED_LINK.search(raw)) else None
        hint = f"it names the feed {one_line(decode(named[1]))}" if named else "name the address of the feed itself"
        raise AcquireError(f"not a feed; {hint}")
    entries = {entry.key: entry for entry in map(_entry, found.entries[:MAX_ENTRIES])}
    return FeedDocument(
        title=_short(found.feed.get("title")), again=_seconds(found.feed.get("ttl")), entries=tuple(entries.values())
    )


def _entry(found: Any) -> Entry:
    contents = [*found.get("content", []), found.get("summary_detail") or {}]
    texts = [_text(str(one.get("value") or ""), str(one.get("type") or "")) for one in contents]
    url = one_line(str(found.get("link") or ""))
    title = _short(found.get("title"))
    key = str(found.get("id") or url or title or texts)
    return Entry(
        key=hashlib.sha256(key.encode(errors="replace")).hexdigest(),
        url=url if url.startswith(("http://", "https://")) else "",
        title=_text(title, "text/html"),
        author=_short(found.get("author")),
        published=_date(found.get("published_parsed") or found.get("updated_parsed")),
        text=max(texts, key=len)[:MAX_TEXT],
    )


def _text(content: str, kind: str) -> str:
    """The words of a piece of HTML, a paragraph a block; other text as it is."""
    content = harmless(content)
    if kind == "text/plain" or ("<" not in content and "&" not in content):
        return content
    from lxml import etree, html

    try:
        tree = html.fromstring(f"<div>{content}</div>")
    except (etree.ParserError, ValueError):
        return ""
    etree.strip_elements(tree, *_UNREAD, with_tail=False)
    for block in tree.iter(*_BLOCKS.split()):
        block.text = f"\n\n{block.text or ''}"
        block.tail = f"\n\n{block.tail or ''}"
    paragraphs = (" ".join(one.split()) for one in re.split(r"\n\n+", str(tree.text_content())))
    return "\n\n".join(filter(None, paragraphs))


def _short(value: Any) -> str:
    return one_line(str(value or ""))[:LONGEST]


def _seconds(minutes: Any) -> int:
    stated = str(minutes or "").strip()
    return 60 * int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 6 else 0


def _date(parsed: Any) -> str:
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (TypeError, ValueError, OverflowError, OSError):
        return ""


def outlines(raw: bytes) -> list[Outline]:
    """`read_list`, here."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or str(root.tag).rpartition("}")[2].lower() != "opml":
        raise AcquireError("not a list of feeds (OPML)")
    found: dict[str, Outline] = {}
    for outline in root.iter("outline"):
        url = one_line(outline.get("xmlUrl") or "")
        if url.startswith(("http://", "https://")):
            found.setdefault(url, Outline(url=url, title=_short(outline.get("title") or outline.get("text"))))
        if len(found) > MAX_FEEDS:
            raise AcquireError(f"a list of more than {MAX_FEEDS:,} feeds, the limit; split it")
    return list(found.values())


def opml_of(feeds: Iterable[Outline]) -> str:
    """A list of feeds as OPML 2.0, which other readers of feeds take."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = "Feeds followed in Rashomon"
    body = etree.SubElement(root, "body")
    for one in feeds:
        title = one.title or one.url
        etree.SubElement(body, "outline", type="rss", text=title, title=title, xmlUrl=one.url)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written.decode()
