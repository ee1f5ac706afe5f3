"""From paths to documents: what is found, of which kind it is, and one line for each that fails."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from reader.acquire.files import files, why_not
from reader.acquire.html import web_page
from reader.acquire.jsonl import record
from reader.acquire.mail import message
from reader.acquire.plain import markdown, plain_text
from reader.acquire.records import MAX_BYTES, MAX_TEXT, Acquired, AcquireError, Document, Failure
from reader.hostile import binary, one_line
from reader.nouns import Article

_Reader = Callable[[bytes], Article]

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
}
_SNIFF = 4096

_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body)\b", re.I | re.S)
_HEADERS = re.compile(rb"(?:[A-Za-z][A-Za-z-]{1,40}: .*\r?\n(?:[ \t].*\r?\n)*){2,}\r?\n")
_MAIL = re.compile(rb"^(?:from|received|message-id|mime-version|return-path|subject): ", re.I | re.M)


def acquire(paths: Iterable[str | Path], *, stdin: bytes | None = None) -> Iterator[Acquired]:
    """Read everything that ``paths`` name, one document or failure at a time.

    A path is a file, a folder, or ``-`` for ``stdin``, the bytes of standard input. What cannot be read is a failure of
    its own and the rest goes on; nothing that lies in a file makes this raise.
    """
    for path in paths:
        if str(path) == "-":
            yield from _documents("standard input", "", io.BytesIO(stdin or b""))
            continue
        for file in files(Path(path)):
            if isinstance(file, Failure):
                yield file
                continue
            name = one_line(str(file))
            try:
                with file.open("rb") as stream:
                    yield from _documents(name, file.suffix.lower(), stream)
            except OSError as error:
                yield Failure(name=name, reason=why_not(error))


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


def _documents(name: str, suffix: str, stream: BinaryIO) -> Iterator[Acquired]:
    """The documents of one stream; its ``suffix`` says the kind, else its first bytes do."""
    head = stream.read(_SNIFF)
    stream.seek(0)
    read = _READERS.get(suffix) or _kind(head)
    if read is record and head.strip() and not binary(head):
        yield from _lines(name, stream)
    else:
        yield _document(name, stream.read(MAX_BYTES + 1), read)


def _lines(name: str, stream: BinaryIO) -> Iterator[Acquired]:
    """JSON Lines, read a line at a time: an archive may be larger than memory, a line may not."""
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if line.strip():
            yield _document(f"{name} line {number}", line.rstrip(b"\r\n"), record)
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES + 1) or b"\n"


def _kind(head: bytes) -> _Reader:
    """What reads a document that begins with ``head``."""
    if _HTML.match(head):
        return web_page
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b'{"'):
        return record
    if (headers := _HEADERS.match(head)) and _MAIL.search(headers.group()):
        return message
    return plain_text


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
    if len(raw) > MAX_BYTES:
        raise AcquireError(f"larger than {MAX_BYTES // 1_000_000} MB, the limit for one report; split it")
    if kind := binary(raw):
        raise AcquireError(f"{kind}, not text; save the report as .txt or .html")
    article = read(raw)
    if not any(c.isalnum() for c in article.body):
        raise AcquireError("no text in it; nothing to add")
    if len(article.body) > MAX_TEXT:
        raise AcquireError(f"{len(article.body):,} characters, over the limit of {MAX_TEXT:,} for one report; split it")
    return article
