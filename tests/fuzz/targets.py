"""What is fuzzed: each reader of bytes from outside, with what must hold of whatever it makes of them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from reader.acquire.archives import mbox, warc
from reader.acquire.batch import _article, _parts
from reader.acquire.epub import epub
from reader.acquire.feeds import Outline, article_of, feed, opml_of, outlines
from reader.acquire.html import web_page
from reader.acquire.jsonl import record
from reader.acquire.mail import message
from reader.acquire.pdf import pdf
from reader.acquire.plain import markdown, plain_text
from reader.acquire.records import Acquired, AcquireError, Document, Failure
from reader.hostile import harmless, one_line
from reader.nouns import Article
from tests.kinds_of_files import epub_files, pdf_of, warc_of, zip_of
from tests.test_acquire import BODY, PAGE

FINDS = Path(__file__).with_name("finds")
"""Bytes that once did harm, by target; the suite reads them again (`tests/test_fuzz.py`)."""


def harm(article: Article) -> list[str]:
    """What a terminal would obey, or hides, in an article; and what is not one line where it should be."""
    lines = [article.title, article.source, article.author, article.published, article.url, article.external_id]
    return [f"not one line: {line!r}" for line in lines if one_line(line) != line] + (
        ["live text in the body"] if harmless(article.body) != article.body else []
    )


def check(item: Acquired) -> None:
    """Fail where an article, or what is said of a failure, is not harmless."""
    if isinstance(item, Failure):
        assert one_line(item.reason) == item.reason, item.reason
        assert one_line(item.name) == item.name, item.name
        return
    found = harm(item.article)
    assert not found, found


def single(read: Callable[[bytes], Article], raw: bytes) -> None:
    """Read one document. Only a reason in words may stop it."""
    try:
        article = _article(raw, read)
    except AcquireError as error:
        check(Failure(name="x", reason=str(error)))
        return
    check(Document(article=article, raw=raw, name="x"))


def many(archive: Callable[[Path], Iterator[object]], raw: bytes) -> None:
    """Read an archive from a file."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(raw)
        file.flush()
        try:
            for item in _parts("x", Path(file.name), archive):  # type: ignore[arg-type]
                check(item)
        except AcquireError as error:
            check(Failure(name="x", reason=str(error)))


def feed_document(raw: bytes) -> None:
    """Read a feed, and each of its entries as an article."""
    try:
        document = feed(raw, "https://lake.example/feed")
    except AcquireError as error:
        check(Failure(name="x", reason=str(error)))
        return
    assert one_line(document.title) == document.title
    for entry in document.entries:
        check(Document(article=article_of(entry, document.title), raw=b"", name="x"))


def feed_list(raw: bytes) -> None:
    """Read a list of feeds."""
    try:
        found = outlines(raw)
    except AcquireError as error:
        check(Failure(name="x", reason=str(error)))
        return
    for outline in found:
        assert one_line(outline.title) == outline.title
        assert one_line(outline.url) == outline.url


LINES = [
    "A ferry with 112 passengers capsized off Port Brannoch, the lake guard",
    "said on Thursday.",
    "",
    "Dozens swam.",
]
MAIL = f"From: a@b.example\nSubject: Ferry\nDate: Thu, 09 Mar 2023 21:40:16 +0100\nMIME-Version: 1.0\n\n{BODY}"

TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": partial(single, plain_text),
    "markdown": partial(single, markdown),
    "jsonl": partial(single, record),
    "html": partial(single, web_page),
    "mail": partial(single, message),
    "pdf": partial(single, pdf),
    "epub": partial(single, epub),
    "mbox": partial(many, mbox),
    "warc": partial(many, warc),
    "feed": feed_document,
    "opml": feed_list,
}
SEEDS: dict[str, list[bytes]] = {
    "text": [
        BODY.encode(),
        BODY.encode("utf-16"),
        b"\x1b[31mFerry\x1b[0m\n\nBy A. Reporter\n\n9 March 2023\n\n" + BODY.encode(),
    ],
    "markdown": [f"---\ntitle: Ferry\n---\n# Ferry\n\n> {BODY}\n\n[a](b) **c** ![d](e)".encode()],
    "jsonl": [b'{"title": "Ferry", "date": 2023, "id": 7, "text": "A ferry with 112 passengers capsized."}'],
    "html": [PAGE.encode(), PAGE.encode("utf-16")],
    "mail": [
        MAIL.encode(),
        MAIL.replace("1.0\n", "1.0\nContent-Type: text/html; charset=x\n").encode() + PAGE.encode(),
    ],
    "pdf": [pdf_of([LINES, LINES], "Ferry")],
    "epub": [zip_of(epub_files({"1.xhtml": PAGE}, metadata="<dc:title>Ferry</dc:title>"))],
    "mbox": [f"From a Thu Mar  9 21:40:16 2023\n{MAIL}\n\nFrom b Thu Mar  9 21:40:16 2023\n{MAIL}\n".encode()],
    "warc": [
        warc_of([("https://lake.example/a", "text/html", PAGE.encode())], packed=packed) for packed in (False, True)
    ],
    "feed": [
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>Lake</title><ttl>60</ttl><item><guid>1</guid><title>Ferry'
        b"</title><link>/a</link><author>a@b.example (H. Ode)</author><pubDate>Thu, 09 Mar 2023 21:40:16 +0100</pubDate>"
        b"<description><![CDATA[<p>A ferry</p>]]></description></item></channel></rss>",
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>C</title><entry><id>x</id><title type="html">A &lt;b&gt;</title>'
        b'<link href="https://c.example/x"/><updated>2023-03-09T21:40:16Z</updated><content type="xhtml"><div>'
        b"<p>A ferry sank.</p></div></content></entry></feed>",
    ],
    "opml": [opml_of([Outline(url="https://a.example/f", title="A")]).encode()],
}
