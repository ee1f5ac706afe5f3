"""PDF files: their text, page by page, with the lines of a paragraph joined again (pypdf)."""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter
from statistics import median, quantiles
from typing import TYPE_CHECKING

import msgspec

from reader.acquire.records import MAX_TEXT, AcquireError
from reader.cleaning import clean
from reader.hostile import harmless, one_line
from reader.nouns import Article

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_PAGES = 1_000
"""Pages of the longest PDF that is read."""

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—\s]*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
_PRINTED = re.compile(
    r"\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d\d(?: [AP]M)?\b.*|(?P<url>(?:https?|file)://\S+)(?: \d+/\d+)?"
)
"""What a browser prints above and below a page."""
_ENDS = re.compile(r"[.!?:…][\"'”’)»\]]*$")
_COMPOUND = re.compile(r"\w+-\w+")
GAP = 1.35
"""How many times the usual distance of two lines there is between two paragraphs."""
EDGE = 2
"""Lines at the top and at the bottom of a page that may be a running head."""


def pdf(raw: bytes) -> Article:
    """The report in a PDF file. Its title is that of the file's own data only where the text says the same.

    Raises:
        AcquireError: it is damaged, protected, too long, or holds pictures of pages and no text.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    try:
        document = PdfReader(io.BytesIO(raw))
        if len(document.pages) > MAX_PAGES:
            raise AcquireError(f"a PDF of {len(document.pages):,} pages, over the limit of {MAX_PAGES:,}; split it")
        pages = _pages(document)
        stated = one_line(str((document.metadata and document.metadata.get("/Title")) or ""))
    except (DependencyError, FileNotDecryptedError):
        raise AcquireError("a PDF under a password; save a copy without one, or its text as .txt") from None
    except (AcquireError, MemoryError):
        raise
    except Exception:  # damage shows in pypdf as whatever it trips over, failed assertions included
        raise AcquireError("a damaged PDF file; print it to a new PDF, or save its text as .txt") from None
    if not any(c.isalnum() for page in pages for line in page for c in line):
        raise AcquireError("a PDF of pictures without text; have the text recognised (OCR) and add that")
    text = "\n\n".join(_paragraphs(_without_heads(pages)))
    article = clean(text, title=stated if _states(text[:2000], stated) else "")
    return msgspec.structs.replace(article, url=_address(pages))


def _pages(document: PdfReader) -> list[list[str]]:
    """The lines of each page, blanks single; an empty one where there is more room between two than usual."""
    pages, length = [], 0
    for page in document.pages:
        pages.append(_lines(page))
        length += sum(map(len, pages[-1]))
        if length > MAX_TEXT:
            raise AcquireError(f"more than {MAX_TEXT:,} characters, the limit for one report; split it")
    return pages


def _lines(page: PageObject) -> list[str]:
    lines = [""]
    heights: list[float | None] = [None]

    def visit(text: str, move: list[float], place: list[float], *_: object) -> None:
        for number, piece in enumerate(text.split("\n")):
            if number:
                lines.append("")
                heights.append(None)
            lines[-1] += piece
            if piece.strip() and heights[-1] is None:
                heights[-1] = move[5] + move[3] * place[5]

    page.extract_text(visitor_text=visit)
    kept = [
        (" ".join(harmless(line.translate(_LIGATURES)).split()), height)
        for line, height in zip(lines, heights, strict=True)
        if height is not None
    ]
    steps = [abs(height - before) for (_, before), (_, height) in itertools.pairwise(kept)]
    usual = median(step for step in steps if step > 0) if any(steps) else 0.0
    found = []
    for number, (line, _) in enumerate(kept):
        if number and steps[number - 1] > GAP * usual:
            found.append("")
        found.append(line)
    return found


def _without_heads(pages: list[list[str]]) -> list[list[str]]:
    """The pages without page numbers, and without what stands at the edges of most of them."""

    def edges(page: list[str]) -> set[int]:
        worded = [number for number, line in enumerate(page) if line]
        return {*worded[:EDGE], *worded[-EDGE:]}

    def mask(line: str) -> str:
        return _DIGITS.sub("0", line)

    seen = Counter(head for page in pages for head in {mask(page[number]) for number in edges(page)})
    often = {line for line, count in seen.items() if count > 1 and count > len(pages) / 2}

    def kept(page: list[str]) -> list[str]:
        at_edge = edges(page)
        lines = [
            line
            for number, line in enumerate(page)
            if number not in at_edge
            or not (mask(line) in often or _PAGE_NUMBER.fullmatch(line) or _PRINTED.fullmatch(line))
        ]
        return "\n".join(lines).strip("\n").split("\n")

    return list(map(kept, pages))


def _address(pages: list[list[str]]) -> str:
    """The address that a browser printed on the first page, "" if there is none."""
    for line in pages[0]:
        if (printed := _PRINTED.fullmatch(line)) and (printed["url"] or "").startswith("http"):
            return printed["url"]
    return ""


def _paragraphs(pages: list[list[str]]) -> list[str]:
    """The paragraphs of the whole text: a line goes on in the next unless it is short, or a gap follows.

    A gap of one page to the next is none where the sentence goes on.
    """
    lines = [line for page in pages for line in (*page, "\f")]
    lengths = [len(line) for line in lines if len(line) > 1] or [0]
    full = 0.7 * quantiles(lengths, n=10)[-1] if len(lengths) > 1 else 0.0
    compounds = {compound.lower() for line in lines for compound in _COMPOUND.findall(line)}
    joined: list[str] = []
    goes_on = False
    for line in lines:
        if line == "\f":
            goes_on = bool(joined) and not _ENDS.search(joined[-1]) and len(joined[-1]) > 1 and goes_on
        elif not line:
            goes_on = False
        elif goes_on and joined:
            joined[-1] = _joined(joined[-1], line, compounds)
            goes_on = len(line) >= full
        else:
            joined.append(line)
            goes_on = len(line) >= full
    return joined


def _joined(text: str, line: str, compounds: set[str]) -> str:
    """Two lines as one; a hyphen at the end goes, unless the word is written with it elsewhere."""
    if not (text.endswith("-") and line[:1].islower() and text[-2:-1].isalpha()):
        return f"{text} {line}"
    compound = text.rpartition(" ")[2] + line.partition(" ")[0].rstrip(".,;:!?\"'”’)")
    return text + line if compound.lower() in compounds else text[:-1] + line


def _states(text: str, title: str) -> bool:
    """Whether ``text`` says the words of ``title``, in their order."""

    def words(of: str) -> str:
        return " ".join(re.findall(r"\w+", of.casefold()))

    return bool(words(title)) and f" {words(title)} " in f" {words(text)} "
