"""Files that hold many documents: mail folders (mbox) and web archives (WARC)."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reader.acquire.html import web_page
from reader.acquire.mail import message
from reader.acquire.pdf import pdf
from reader.acquire.plain import plain_text
from reader.acquire.records import MAX_BYTES, AcquireError, Part


def mbox(path: Path) -> Iterator[Part]:
    """The messages of a mail folder in one file."""
    folder = mailbox.mbox(path, create=False)
    try:
        for number, key in enumerate(folder.iterkeys(), 1):
            with folder.get_file(key) as stream:
                yield Part(f"message {number}", stream.read(MAX_BYTES + 1), message)
    finally:
        folder.close()


_PAGES = {
    "text/html": web_page,
    "application/xhtml+xml": web_page,
    "text/plain": plain_text,
    "application/pdf": pdf,
}
"""What is read of the answers of servers, by the kind that they state."""


def warc(path: Path) -> Iterator[Part]:
    """The pages in a web archive, packed or not: what servers answered with success and is text.

    Raises:
        AcquireError: it is damaged from some place on.
    """
    from warcio.archiveiterator import ArchiveIterator

    with path.open("rb") as stream:
        try:
            for number, entry in enumerate(ArchiveIterator(stream), 1):
                if entry.rec_type == "response" and (read := _reader(entry)):
                    url = entry.rec_headers.get_header("WARC-Target-URI") or ""
                    yield Part(f"record {number}", entry.content_stream().read(MAX_BYTES + 1), read, url.strip("<>"))
        except MemoryError:
            raise
        except Exception:  # damage shows in warcio as whatever it trips over
            raise AcquireError("a damaged web archive; what stands before the damage is read") from None


def _reader(entry: Any) -> Any:
    """What reads the answer in a record, None where it is no page."""
    headers = entry.http_headers
    if headers is None or headers.get_statuscode() != "200":
        return None
    return _PAGES.get((headers.get_header("Content-Type") or "").partition(";")[0].strip().lower())
