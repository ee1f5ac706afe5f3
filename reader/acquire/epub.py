"""EPUB files: the chapters in reading order as one report."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from reader.acquire.html import web_page
from reader.acquire.records import MAX_BYTES, MAX_TEXT, AcquireError
from reader.cleaning import clean
from reader.nouns import Article

if TYPE_CHECKING:
    from lxml import etree

MAX_ENTRIES = 10_000
"""Files in the largest EPUB that is read."""
MAX_CHAPTERS = 1_000
MAX_UNPACKED = 100_000_000
"""Bytes that are unpacked at the most, whatever the file says of itself."""

_CONTAINER = "META-INF/container.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html"})
_DAMAGED = "a damaged EPUB file; save the report from it as .html or .txt"


def epub(raw: bytes) -> Article:
    """The report in an EPUB file: the text of all its chapters; title, author, publisher and date as it states them.

    Raises:
        AcquireError: it is damaged, locked, too large, or has no text.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _article(_Entries(archive))
    except (AcquireError, MemoryError):
        raise
    except Exception as error:  # damage shows in zipfile as whatever it trips over
        if type(error) is RuntimeError:  # what it says of a password
            raise AcquireError("a locked EPUB file; save the report from it as .html or .txt") from None
        raise AcquireError(_DAMAGED) from None


class _Entries:
    """What lies in the zip file, by name, unpacked up to the limits."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        if len(archive.namelist()) > MAX_ENTRIES:
            raise AcquireError(f"an EPUB of {len(archive.namelist()):,} files, over the limit of {MAX_ENTRIES:,}")
        self._archive = archive
        self._left = MAX_UNPACKED

    def __getitem__(self, name: str) -> bytes:
        with self._archive.open(name) as entry:
            content = entry.read(min(MAX_BYTES, self._left) + 1)
        self._left -= len(content)
        if len(content) > MAX_BYTES or self._left < 0:
            raise AcquireError(
                f"an EPUB that unpacks to more than {MAX_BYTES // 1_000_000} MB a chapter "
                f"or {MAX_UNPACKED // 1_000_000} MB in all, the limits"
            )
        return content

    def __contains__(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def xml(self, name: str) -> etree._Element:
        """A file as XML; entities, document types and other files are not looked at."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        return etree.fromstring(self[name], parser)


def _article(entries: _Entries) -> Article:
    root = entries.xml(_CONTAINER).find(".//{*}rootfile")
    if root is None or not root.get("full-path"):
        raise AcquireError(_DAMAGED)
    package_path = root.get("full-path", "")
    package = entries.xml(package_path)

    def stated(name: str) -> str:
        return package.findtext(f".//{{http://purl.org/dc/elements/1.1/}}{name}") or ""

    bodies, length = [], 0
    for path in _chapters(package, posixpath.dirname(package_path)):
        if path not in entries:
            continue
        page = entries[path]
        try:
            bodies.append(web_page(page).body)
        except AcquireError:  # a cover, a list of contents
            continue
        length += len(bodies[-1])
        if length > MAX_TEXT:
            raise AcquireError(f"more than {MAX_TEXT:,} characters, the limit for one report; split it")
    if not bodies:
        raise AcquireError("no text in this EPUB file; nothing to add")
    return clean(
        "\n\n".join(bodies),
        title=stated("title"),
        source=stated("publisher"),
        author=stated("creator"),
        published=stated("date"),
    )


def _chapters(package: etree._Element, folder: str) -> Iterator[str]:
    """The names of the chapters in the order in which they are read."""
    items = {item.get("id"): item for item in package.iterfind(".//{*}manifest/{*}item")}
    for reference in package.findall(".//{*}spine/{*}itemref")[:MAX_CHAPTERS]:
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGES or "nav" in (item.get("properties") or "").split():
            continue
        yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
