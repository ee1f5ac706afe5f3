"""From paths to documents: what is found, of which kind it is, and one line for each that fails."""

from __future__ import annotations

import io
import re
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import BinaryIO

import msgspec

from reader.acquire import apart
from reader.acquire.archives import mbox, warc
from reader.acquire.epub import epub
from reader.acquire.files import files, kind_of, why_not
from reader.acquire.html import web_page
from reader.acquire.jsonl import record
from reader.acquire.mail import message
from reader.acquire.pages import at, is_address, page_of, suffix_of
from reader.acquire.pdf import pdf
from reader.acquire.plain import markdown, plain_text
from reader.acquire.records import (
    MAX_BYTES,
    MAX_BYTES_PACKED,
    MAX_TEXT,
    Acquired,
    AcquireError,
    Document,
    Failure,
    Part,
)
from reader.acquire.web import Answer, Web
from reader.hostile import binary, one_line
from reader.nouns import Article

_Reader = Callable[[bytes], Article]
_Archive = Callable[[Path], Iterator[Part]]
_READERS: dict[str, _Reader] = {
    ".txt": plain_text,
    ".text": plain_text,
    ".md": markdown,
    ".markdown": markdown,
    ".html": web_page,
    ".htm": web_page,
    ".xhtml": web_page,
    ".eml": message,
    ".jsonl": record,
    ".ndjson": record,
    ".pdf": pdf,
    ".epub": epub,
}
_ARCHIVES: dict[str, _Archive] = {".mbox": mbox, ".warc": warc, ".warc.gz": warc}
_OURS = frozenset({plain_text, markdown, record})
"""What reads in this process: our own code, in time that grows with the length. The rest is others' parsers."""
_PACKED = frozenset({pdf, epub})
_SNIFF = 4096

_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body)\b", re.I | re.S)
_HEADERS = re.compile(rb"(?:[A-Za-z][A-Za-z-]{1,40}: .*\r?\n(?:[ \t].*\r?\n)*){2,}\r?\n")
_MAIL = re.compile(rb"^(?:from|received|message-id|mime-version|return-path|subject): ", re.I | re.M)
_FOLDER = re.compile(rb"From \S+ .*\r?\n[A-Za-z-]+:")
_EPUB = re.compile(rb"PK\x03\x04.{26}mimetype.{0,40}application/epub", re.S)


def acquire(
    paths: Iterable[str | Path],
    *,
    stdin: bytes | None = None,
    waiting: Callable[[], object] = lambda: None,
) -> Iterator[Acquired]:
    """Read everything that ``paths`` name, one document or failure at a time.

    A path is a file, a folder, an address (https://...), or ``-`` for ``stdin``, the bytes of standard input. What
    cannot be read is a failure of its own and the rest goes on; nothing that lies in a file makes this raise.
    ``waiting`` is called several times a second while an answer is awaited, and may raise to stop.
    """
    with apart.process(), ExitStack() as open_until_done:
        web: Web | None = None
        for path in paths:
            if isinstance(path, str) and is_address(path):
                if web is None:
                    web = open_until_done.enter_context(Web(waiting))
                yield from _fetched(path, web)
                continue
            if str(path) == "-":
                yield from documents("standard input", stdin or b"")
                continue
            for file in files(Path(path)):
                if isinstance(file, Failure):
                    yield file
                    continue
                try:
                    with file.open("rb") as stream:
                        yield from _documents(one_line(str(file)), kind_of(file), stream, file)
                except OSError as error:
                    yield Failure(name=one_line(str(file)), reason=why_not(error))


def extract(path: str | Path) -> Article:
    """The one article in the file ``path``.

    Raises:
        AcquireError: it cannot be read, or holds none or several.
    """
    found = list(acquire([path]))
    if len(found) != 1:
        raise AcquireError(f"{one_line(str(path))}: holds {len(found)} reports; name a file with one")
    if isinstance(found[0], Failure):
        raise AcquireError(f"{found[0].name}: {found[0].reason}")
    return found[0].article


def _fetched(address: str, web: Web) -> Iterator[Acquired]:
    """What lies at an address, the page and nothing else."""
    name = one_line(address)
    try:
        answer = web.page(address)
        suffix = suffix_of(answer)
    except AcquireError as error:
        yield Failure(name=name, reason=one_line(str(error)))
        return
    yield from answered(answer, name, suffix)


def answered(answer: Answer, name: str, suffix: str) -> Iterator[Acquired]:
    """The documents in what a server answered; ``suffix`` is its kind."""
    if suffix == ".html":
        found: Iterable[Acquired] = [document(name, answer.body, page_of(answer.charset))]
    else:
        found = documents(name, answer.body, suffix)
    for item in found:
        if isinstance(item, Document):
            item = msgspec.structs.replace(item, article=at(item.article, answer.url))
        yield item


def documents(name: str, raw: bytes, suffix: str = "") -> Iterator[Acquired]:
    """The documents in the bytes ``raw``; their first ones say the kind unless ``suffix`` does (".html")."""
    with apart.process():
        yield from _documents(name, suffix, io.BytesIO(raw))


def _documents(name: str, suffix: str, stream: BinaryIO, path: Path | None = None) -> Iterator[Acquired]:
    """The documents of one stream; its ``suffix`` says the kind, else its first bytes do. ``path`` is where it lies."""
    head = stream.read(_SNIFF)
    stream.seek(0)
    kind = _packed(head) or (suffix if suffix in _READERS or suffix in _ARCHIVES else _kind(head))
    if kind in _ARCHIVES:
        yield from _archive(name, stream, path, _ARCHIVES[kind])
        return
    read = _READERS[kind]
    if read is record and head.strip() and not binary(head):
        yield from _lines(name, stream)
    else:
        limit = MAX_BYTES_PACKED if read in _PACKED else MAX_BYTES
        yield document(name, stream.read(limit + 1), read)


def _lines(name: str, stream: BinaryIO) -> Iterator[Acquired]:
    """JSON Lines, read a line at a time: an archive may be larger than memory, a line may not."""
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if line.strip():
            yield document(f"{name} line {number}", line.rstrip(b"\r\n"), record)
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES + 1) or b"\n"


def _archive(name: str, stream: BinaryIO, path: Path | None, archive: _Archive) -> Iterator[Acquired]:
    """The documents of an archive, which lies in a file or is put into one for as long as it is read."""
    with tempfile.TemporaryDirectory() as folder:
        if path is None:
            path = Path(folder) / "archive"
            path.write_bytes(stream.read())
        found = 0
        try:
            items: Iterator[Acquired] = apart.read(Acquired, _parts, name, path, archive)
            for item in items:
                found += 1
                yield item
        except AcquireError as error:
            yield Failure(name=name if not found else f"{name} after {found} documents", reason=one_line(str(error)))
        else:
            if not found:
                yield Failure(name=name, reason="no report in it; nothing to add")


def _parts(name: str, path: Path, archive: _Archive) -> Iterator[Acquired]:
    """The documents of an archive. Runs apart, so what reads each of them does so here."""
    for part in archive(path):
        item = _document(f"{name} {part.label}", part.raw, part.read)
        if isinstance(item, Document) and part.url:
            article = msgspec.structs.replace(item.article, url=one_line(part.url))
            item = msgspec.structs.replace(item, article=article)
        yield item


def _packed(head: bytes) -> str:
    """The kind of a file whose first bytes leave no doubt, whatever it is called, else ""; kinds as suffixes."""
    if head.startswith(b"%PDF-"):
        return ".pdf"
    if _EPUB.match(head):
        return ".epub"
    if head.startswith(b"WARC/"):
        return ".warc"
    if head.startswith(b"\x1f\x8b"):
        with suppress(zlib.error):
            if zlib.decompressobj(31).decompress(head, 16).startswith(b"WARC/"):
                return ".warc"
    return ""


def _kind(head: bytes) -> str:
    """The kind of a document that begins with ``head``."""
    if _HTML.match(head):
        return ".html"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b'{"'):
        return ".jsonl"
    if _FOLDER.match(head):
        return ".mbox"
    if (headers := _HEADERS.match(head)) and _MAIL.search(headers.group()):
        return ".eml"
    return ".txt"


def document(name: str, raw: bytes, read: _Reader) -> Acquired:
    """The report in ``raw``, read apart where others' parsers do it."""
    if read in _OURS or not raw.strip() or len(raw) > MAX_BYTES_PACKED:
        return _document(name, raw, read)
    try:
        found: list[Article] = list(apart.read(Article, _article, raw, read))
        return Document(article=found[0], raw=raw, name=name)
    except AcquireError as error:
        return Failure(name=name, reason=one_line(str(error)))


def _document(name: str, raw: bytes, read: _Reader) -> Acquired:
    try:
        return Document(article=_article(raw, read), raw=raw, name=name)
    except AcquireError as error:
        return Failure(name=name, reason=one_line(str(error)))
    except Exception as error:  # what others' parsers make of hostile bytes must not end the batch
        return Failure(name=name, reason=one_line(f"cannot be read ({type(error).__name__}); save its text as .txt"))


def _article(raw: bytes, read: _Reader) -> Article:
    if not raw.strip():
        raise AcquireError("empty; nothing to add")
    limit = MAX_BYTES_PACKED if read in _PACKED else MAX_BYTES
    if len(raw) > limit:
        raise AcquireError(f"larger than {limit // 1_000_000} MB, the limit for one report; split it")
    if read not in _PACKED and (kind := binary(raw)):
        raise AcquireError(f"{kind}, not text; save the report as .txt or .html")
    article = read(raw)
    if not any(c.isalnum() for c in article.body):
        raise AcquireError("no text in it; nothing to add")
    if len(article.body) > MAX_TEXT:
        raise AcquireError(f"{len(article.body):,} characters, over the limit of {MAX_TEXT:,} for one report; split it")
    return article
