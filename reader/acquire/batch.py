"""From paths to documents: what is found, of which kind it is, and one line for each that fails."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from reader.acquire.html import web_page
from reader.acquire.jsonl import record
from reader.acquire.mail import message
from reader.acquire.plain import plain_text
from reader.acquire.records import MAX_BYTES, MAX_TEXT, Acquired, AcquireError, Document, Failure
from reader.hostile import binary, one_line
from reader.nouns import Article

_READERS: dict[str, Callable[[bytes], Article]] = {
    ".txt": plain_text,
    ".text": plain_text,
    ".md": plain_text,
    ".markdown": plain_text,
    ".html": web_page,
    ".htm": web_page,
    ".xhtml": web_page,
    ".eml": message,
}
_LINES = (".jsonl", ".ndjson")


def acquire(paths: Iterable[str | Path], *, stdin: bytes | None = None) -> Iterator[Acquired]:
    """Read everything that ``paths`` name, one document or failure at a time; never raises for what is in the files."""
    for path in paths:
        if str(path) == "-":
            yield from _read("standard input", "", stdin or b"")
            continue
        for file in _files(Path(path)):
            if isinstance(file, Failure):
                yield file
            else:
                yield from _read(one_line(str(file)), file.suffix.lower(), file.read_bytes())


def extract(path: str | Path) -> Article:
    """The one article in the file ``path``.

    Raises:
        AcquireError: it cannot be read, or holds none or several.
    """
    found = list(acquire([path]))
    if len(found) != 1:
        raise AcquireError(f"{one_line(str(path))} holds {len(found)} reports; name a file with one")
    if isinstance(found[0], Failure):
        raise AcquireError(f"{found[0].name}: {found[0].reason}")
    return found[0].article


def _files(path: Path) -> Iterator[Path | Failure]:
    if path.is_dir():
        for entry in sorted(os.scandir(path), key=lambda e: e.name):
            if not entry.name.startswith(".") and not entry.is_symlink():
                yield from _files(Path(entry))
    elif not path.exists():
        yield Failure(name=one_line(str(path)), reason="no such file or folder")
    elif not stat.S_ISREG(path.stat().st_mode):
        yield Failure(name=one_line(str(path)), reason="not a regular file")
    else:
        yield path


def _read(name: str, suffix: str, raw: bytes) -> Iterator[Acquired]:
    if suffix in _LINES:
        for number, line in enumerate(raw.splitlines(), 1):
            if line.strip():
                yield _document(f"{name} line {number}", line, record)
    else:
        yield _document(name, raw, _READERS.get(suffix, plain_text))


def _document(name: str, raw: bytes, read: Callable[[bytes], Article]) -> Acquired:
    try:
        if not raw.strip():
            raise AcquireError("empty")
        if len(raw) > MAX_BYTES:
            raise AcquireError(f"{len(raw):,} bytes, over the limit of {MAX_BYTES:,} for one report")
        if kind := binary(raw):
            raise AcquireError(f"{kind}, not text")
        article = read(raw)
        if len(article.body) > MAX_TEXT:
            raise AcquireError(f"{len(article.body):,} characters, over the limit of {MAX_TEXT:,} for one report")
    except AcquireError as error:
        return Failure(name=name, reason=one_line(str(error)))
    return Document(article=msgspec.structs.replace(article), raw=raw, name=name)
