"""Text from outside made harmless: what a terminal would obey or a reader could not see is taken out, the words stay.

Removed: C0 and C1 controls, escape sequences (ECMA-48), bidirectional overrides and isolates (Unicode Technical
Report 36), characters without width, lone surrogates and noncharacters. The rest is normalised to NFC, under which
canonically equal words are equal strings and nothing that is printed changes.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

# CSI with its parameters, and the string sequences (OSC, DCS, SOS, PM, APC) up to their terminator on the same line;
# then any other two-character escape. An unterminated string loses its introducer only, so that no words go with it.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b(?=[0-?]))[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n\r]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]?"
)
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\u2028\u2029]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_JOINERS = re.compile(r"[\u200c\u200d]")
_MARKS = r"\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_STACKED = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")
_BLANKS = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_GROUPED = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3})")
_TAGGED_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f")
_TAGS = re.compile("[\U000e0000-\U000e007f]")

_INVISIBLE = [
    *(c for c in range(0x20) if c not in (0x09, 0x0A)),
    0x7F,
    0xAD,  # soft hyphen
    0x034F,  # combining grapheme joiner
    0x061C,
    0x180E,
    0x200B,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),  # embeddings and overrides
    *range(0x2060, 0x2070),  # word joiner, invisible operators, isolates
    0x3164,
    0xFFA0,  # Hangul fillers, letters that print nothing
    0xFEFF,
    *range(0xFFF9, 0xFFFC),  # interlinear annotation
    *range(0xFDD0, 0xFDF0),
    0xFFFE,
    0xFFFF,
]


def _table() -> dict[int, str | None]:
    """What becomes of single characters. C1 controls in text are Windows-1252 read as Latin-1: they are put right."""
    table: dict[int, str | None] = dict.fromkeys(_INVISIBLE)
    for code in range(0x80, 0xA0):
        table[code] = bytes([code]).decode("cp1252", errors="ignore") or None
    return table


_TABLE = _table()


def harmless(text: str) -> str:
    """``text`` with nothing left in it that a terminal obeys or that hides, lines ended by ``\\n``; idempotent."""
    text = _LINE_ENDS.sub("\n", _ESCAPES.sub("", text))
    if not text.isascii():
        text = _SURROGATES.sub("\ufffd", text)
        if "\u200c" in text or "\u200d" in text:
            text = _JOINERS.sub(_joiner, text)
        if "\U000e007f" in text or _TAGS.search(text):
            text = _without_tags(text)
    text = text.translate(_TABLE)
    if text.isascii():
        return text
    return _STACKED.sub(r"\1", unicodedata.normalize("NFC", text))


def _joiner(match: re.Match[str]) -> str:
    """A joiner stays where it shapes what is printed: inside an emoji, between letters of a joining script."""
    text, at = match.string, match.start()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    shaped = {"So", "Sk", "Lo", "Mn", "Mc"}
    if before and after and unicodedata.category(before) in shaped and unicodedata.category(after) in shaped:
        return match.group()
    return ""


def _without_tags(text: str) -> str:
    """``text`` without tag characters outside of emoji flags."""
    pieces, last = [], 0
    for flag in _TAGGED_FLAG.finditer(text):
        pieces += [_TAGS.sub("", text[last : flag.start()]), flag.group()]
        last = flag.end()
    return "".join([*pieces, _TAGS.sub("", text[last:])])


def plain_blanks(text: str) -> str:
    """``text`` with the many blanks of typesetting as plain spaces; one that groups the digits of a number stays."""
    if text.isascii():
        return text
    kept = _GROUPED.sub("\u2060", text)  # harmless text holds no word joiner
    return _BLANKS.sub(" ", kept).replace("\u2060", "\u00a0")


def one_line(text: str) -> str:
    """``text`` made harmless and put on one line, runs of blanks as one space."""
    return " ".join(harmless(text).split())


def decode(raw: bytes, declared: str = "") -> str:
    """The characters of ``raw``, never an error.

    The byte order mark decides; then UTF-16 if the zero bytes lie like that; then UTF-8 if all of it is; then the
    ``declared`` encoding if it is known and fits; then Windows-1252, or, where most of what is not ASCII is good UTF-8
    (a file pasted together from two, a character cut in half), UTF-8 with each stray byte read as Windows-1252.
    """
    for mark, encoding in _MARKS_OF_ORDER:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, errors="replace")
    if b"\0" in raw[:4096] and (order := _utf16(raw)):
        return raw.decode(order, errors="replace")
    for encoding in ("utf-8", declared):
        try:
            return raw.decode(encoding)
        except (LookupError, UnicodeError):
            continue
    text = raw.decode(errors="surrogateescape")
    stray = len(_STRAY.findall(text))
    if len(_BEYOND_ASCII.findall(text)) < 3 * stray:  # the stray ones are counted too
        return raw.decode("cp1252", errors="replace")
    return _STRAY.sub(lambda byte: bytes([ord(byte.group()) - 0xDC00]).decode("cp1252", errors="replace"), text)


_STRAY = re.compile(r"[\udc80-\udcff]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_MARKS_OF_ORDER = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def _utf16(raw: bytes) -> str:
    """The byte order of UTF-16 without a mark, "" if ``raw`` is none: Latin text has a zero in every other byte."""
    head = raw[: 4096 - len(raw[:4096]) % 2]
    half = len(head) // 2
    if not half:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip, Word or EPUB file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3\0", "a database"),
    (b"\x1f\x8b", "a compressed file"),
    (b"{\\rtf", "an RTF file"),
)


def binary(raw: bytes) -> str:
    """What kind of binary file ``raw`` is ("a PDF file", "a binary file"), "" if it is text."""
    for magic, kind in _MAGIC:
        if raw.startswith(magic):
            return kind
    head = raw[:8192]
    if any(head.startswith(mark) for mark, _ in _MARKS_OF_ORDER) or _utf16(head):
        return ""
    controls = sum(byte < 0x20 and byte not in b"\t\n\v\f\r\x1b" for byte in head)
    return "a binary file" if b"\0" in head or controls > 0.05 * len(head) else ""
