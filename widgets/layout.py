"""Wrapping text to a measure of terminal cells, and the way between code points and cells.

A string is wrapped into rows, each a span of the string; nothing is copied or inserted, so a row always knows
which code points it shows. Widths are what the terminal draws: wide East Asian characters and emoji take two
cells, combining characters none. `displayable` replaces what a terminal would obey or misplace (controls, bidi
controls, lone surrogates) one code point for one, so that offsets hold.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from rich.cells import cell_len, split_graphemes

# Blanks that let a line break; the no-break spaces are not among them.
_BLANK = r" \t\n\r\x0b\x0c\u1680\u2000-\u2006\u2008-\u200b\u2028\u2029\u205f\u3000"
# Scripts written without blanks: a line may break before and after every character.
_IDEOGRAPH = r"\u2e80-\u2fff\u3001-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003fffd"
_UNIT = re.compile(
    rf"(?P<word>[{_IDEOGRAPH}]|[^{_BLANK}{_IDEOGRAPH}-]*-+(?=[^\W\d])|[^{_BLANK}{_IDEOGRAPH}]+)[{_BLANK}]*"
)
_LINE = re.compile(r"[^\n]+")

_REPLACEMENTS: dict[int, str] = {
    **dict.fromkeys([*range(0x00, 0x20), *range(0x7F, 0xA0)], "\ufffd"),
    **dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd"),
    **dict.fromkeys([0x00AD, 0x2060, 0xFEFF], "\u200b"),
    **dict.fromkeys([0x09, 0x0B, 0x0C, 0x0D, 0x2028, 0x2029], " "),
    0x0A: "\n",
}
_UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")

LEFT_TO_RIGHT_MARK = "\u200e"
"""Of no width: at both ends of a row or column it keeps a terminal that reorders from moving anything beyond."""

RowKind = Literal["text", "fold", "blank", "hatch", "note"]


CONTEXT_ROWS = 3
"""Rows kept between a revealed offset and the edge of the view."""


class Row(NamedTuple):
    """One row of the screen: the code points ``start`` to ``end`` of the string, or padding where ``kind`` says so.

    A fold stands for its code points and shows a line about them instead. A padding row has ``start == end``: the
    offset it stands before; a note is padding with a line on it. ``indent`` and ``stretch`` are in cells: blanks before
    its words, and blanks added between them (see `gaps`).
    """

    start: int
    end: int
    kind: RowKind = "text"
    indent: int = 0
    stretch: int = 0

    @property
    def padding(self) -> bool:
        """Whether it stands for no code points."""
        return self.kind not in ("text", "fold")


def displayable(text: str) -> str:
    """``text`` with nothing in it that a terminal would obey, of the same length in code points."""
    return _UNSAFE.sub(lambda match: _REPLACEMENTS.get(ord(match[0]), "\ufffd"), text)


def cells(text: str) -> int:
    """The width of displayable ``text`` in terminal cells."""
    return len(text) if text.isascii() else cell_len(text)


def has_right_to_left(text: str) -> bool:
    """Whether ``text`` holds letters that a terminal may reorder."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def in_order(text: str) -> str:
    """``text`` between marks of no width where it has right-to-left words, so that what follows keeps its place."""
    return f"{LEFT_TO_RIGHT_MARK}{text}{LEFT_TO_RIGHT_MARK}" if has_right_to_left(text) else text


def graphemes(text: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, cells) of each character as a reader sees it; characters of no width join the one before."""
    if text.isascii():
        for index in range(len(text)):
            yield index, index + 1, 1
        return
    position = 0
    for start, end, width in split_graphemes(text)[0]:
        if start > position:  # characters of no width that rich leaves out
            yield position, start, 0
        yield start, end, width
        position = end
    if position < len(text):
        yield position, len(text), 0


def gaps(text: str, stretch: int) -> list[tuple[int, int]]:
    """(index, cells) of the blanks of a row's ``text`` that are widened so that it is ``stretch`` cells longer."""
    blanks = [index for index, character in enumerate(text) if character == " "] if stretch else []
    count = len(blanks)
    shares = ((index, (n + 1) * stretch // count - n * stretch // count) for n, index in enumerate(blanks))
    return [(index, share) for index, share in shares if share]


def wrap(text: str, start: int, end: int, width: int, indent: int = 0, first: int | None = None) -> list[Row]:
    """Wrap ``text[start:end]``, one paragraph of displayable text, into rows of at most ``width`` cells.

    ``indent`` is that of its rows, ``first`` that of the first one where it differs. Greedy; breaks at blanks, after hyphens and around ideographs, and inside a word only where it is longer than a
    row. Blanks at a break belong to no row. A single character wider than ``width`` gets a row of its own.
    """
    rows: list[Row] = []
    row_start = row_end = -1
    used = 0

    def begins() -> int:
        return indent if rows or first is None else first

    def fits(length: int) -> bool:
        return length <= max(1, width - begins())

    for unit in _UNIT.finditer(text, start, end):
        word_start, word_end = unit.span("word")
        word = unit["word"]
        length = cells(word)
        if row_start < 0:
            row_start = word_start
            used = 0
        elif not fits(used + length):
            rows.append(Row(row_start, row_end, "text", begins()))
            row_start = word_start
            used = 0
        if not fits(used + length):
            for grapheme_start, _, grapheme_cells in graphemes(word):
                if used and not fits(used + grapheme_cells):
                    rows.append(Row(row_start, word_start + grapheme_start, "text", begins()))
                    row_start = word_start + grapheme_start
                    used = 0
                used += grapheme_cells
        else:
            used += length
        row_end = word_end
        used += cells(text[word_end : unit.end()])
    if row_start >= 0:
        rows.append(Row(row_start, row_end, "text", begins()))
    return rows


def paragraphs(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """(start, end) of each line of ``text[start:end]`` that is not blank: the paragraphs of a stored Text."""
    lines = _LINE.finditer(text, start, len(text) if end is None else end)
    return [line.span() for line in lines if not line[0].isspace()]


def wrap_paragraphs(text: str, width: int, start: int = 0, end: int | None = None) -> list[Row]:
    """``text[start:end]`` wrapped, with one blank row between paragraphs."""
    rows: list[Row] = []
    for first, last in paragraphs(text, start, end):
        if rows:
            rows.append(Row(first, first, "blank"))
        rows.extend(wrap(text, first, last, width))
    return rows


class Layout:
    """Rows over one displayable string, and the way from an offset to (row, column) and back.

    Rows of text need not follow the order of the string; every offset belongs to the row that starts last at or
    before it.
    """

    def __init__(self, text: str, rows: Sequence[Row]) -> None:
        self.text = text
        self.rows = rows
        order = sorted((row.start, index) for index, row in enumerate(rows) if not row.padding)
        self._starts = [start for start, _ in order]
        self._indexes = [index for _, index in order]
        self._rows_of: dict[tuple[int, int], list[int]] = {}

    def row_of(self, offset: int) -> int:
        """The index of the row that shows ``offset`` (the nearest before it, where it is in no row)."""
        if not self._starts:
            return 0
        return self._indexes[max(0, bisect_right(self._starts, offset) - 1)]

    def locate(self, offset: int) -> tuple[int, int]:
        """(row, column) of ``offset``; the column is in cells from the start of the row, its indent included."""
        index = self.row_of(offset)
        if not self.rows:
            return 0, 0
        row = self.rows[index]
        shown = self.text[row.start : max(row.start, min(offset, row.end))]
        added = sum(share for at, share in self._gaps(row) if row.start + at < offset)
        return index, row.indent + cells(shown) + added

    def offset_at(self, index: int, column: int) -> int:
        """The offset of the character drawn at ``column`` of row ``index``; its end past the end of the row."""
        if not self.rows:
            return 0
        row = self.rows[max(0, min(index, len(self.rows) - 1))]
        if row.kind != "text":
            return row.start
        remaining = column - row.indent
        if remaining < 0:
            return row.start
        shown = self.text[row.start : row.end]
        added = dict(self._gaps(row))
        if shown.isascii() and not added:
            return row.start + min(remaining, len(shown))
        for start, _, width in graphemes(shown):
            width += added.get(start, 0)
            if width > remaining:
                return row.start + start
            remaining -= width
        return row.end

    def extent(self, index: int) -> tuple[int, int]:
        """The offsets that belong to row ``index``, from its first to before the first of the row that follows."""
        start = self.rows[index].start
        after = bisect_right(self._starts, start)
        return start, self._starts[after] if after < len(self._starts) else len(self.text) + 1

    def _gaps(self, row: Row) -> list[tuple[int, int]]:
        return gaps(self.text[row.start : row.end], row.stretch)

    def rows_of(self, start: int, end: int) -> list[int]:
        """The indexes of the rows that show any of ``start`` to ``end``."""
        known = self._rows_of.get((start, end))
        if known is None:
            first = max(0, bisect_right(self._starts, start) - 1)
            last = max(first + 1, bisect_right(self._starts, max(start, end - 1)))
            known = self._rows_of[start, end] = self._indexes[first:last]
        return known
