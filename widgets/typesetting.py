"""How a page of prose is set: which of its paragraphs is what, and its rows under the settings that a person picks.

Pure: strings in, rows out. What a paragraph is follows from how it is written and from those beside it, never from
what was understood of it, so that nothing moves when the facts come in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec

from widgets.layout import Row, cells, has_right_to_left, paragraphs, wrap

Kind = Literal["title", "known", "heading", "byline", "item", "quotation", "prose"]

NARROWEST, WIDEST, STEP = 40, 100, 4
"""Cells of the measure: its least and most, and the step in which it changes."""
INDENT = 2
"""Cells before a quotation, and before the first row of a paragraph that no blank row parts from the one before."""

_ITEM = re.compile(r"(?:[-–•*·▪◦‣●]|\(?(?:\d{1,2}|[a-z])[.)])\s+(?=\S)")
_OPENS = re.compile(r"[“\"«„‘'](?=\w|[\[(…])")
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|«[^»]*»?|„[^“”]*[“”]?|‘[^’]*’?")
_ENDS = re.compile(r"[.!?:;,…”\"'’)\]]$")
_BYLINE = re.compile(r"(?:By|BY|Story by|Reporting by|Text by)\s+[^\W\d_].*")
_HEADING_WORDS = 12
_HEADING_LETTERS = 80
_BYLINE_LETTERS = 100


class Setting(msgspec.Struct, frozen=True):
    """How a person likes a page: ``measure`` in cells, blank rows between paragraphs and between rows, both edges even.

    Without a row between them paragraphs begin indented, as in a book.
    """

    measure: int = 72
    between: int = 1
    leading: int = 0
    justified: bool = False

    @classmethod
    def read(cls, kept: str) -> Setting:
        """The setting that `kept` wrote; the usual one for what is none."""
        try:
            setting = msgspec.json.decode(kept, type=cls)
        except (msgspec.MsgspecError, UnicodeEncodeError):
            return cls()
        return cls(
            min(max(setting.measure, NARROWEST), WIDEST),
            min(max(setting.between, 0), 2),
            min(max(setting.leading, 0), 1),
            setting.justified,
        )

    def kept(self) -> str:
        """As one string."""
        return msgspec.json.encode(self).decode()


class Block(NamedTuple):
    """One paragraph: its code points, what it is, and the length of an item's marker."""

    start: int
    end: int
    kind: Kind
    marker: int = 0


def blocks(text: str, body: int = 0) -> list[Block]:
    """The paragraphs of a page whose ``body`` begins there: the title before it, then a line of what is known."""
    found = paragraphs(text)
    lines = [text[start:end].strip() for start, end in found]
    made = []
    for number, ((start, end), line) in enumerate(zip(found, lines, strict=True)):
        after = lines[number + 1] if number + 1 < len(lines) else ""
        if start < body:
            made.append(Block(start, end, "title" if not number else "known"))
        elif item := _ITEM.match(text, start, end):
            made.append(Block(start, end, "item", item.end() - start))
        else:
            before = made[-1].kind if made else "title"
            made.append(Block(start, end, _kind(line, after, before)))
    return made


def _kind(line: str, after: str, before: Kind) -> Kind:
    if _BYLINE.fullmatch(line) and len(line) <= _BYLINE_LETTERS and not _ENDS.search(line):
        return "byline"
    if _OPENS.match(line) and 2 * sum(len(quoted[0]) for quoted in _QUOTED.finditer(line)) >= len(line):
        return "quotation"
    short = len(line) <= _HEADING_LETTERS and len(line.split()) <= _HEADING_WORDS
    followed = len(after) > len(line) and _ENDS.search(after) is not None
    if short and followed and before != "heading" and not _ENDS.search(line) and any(map(str.isalpha, line)):
        return "heading"
    return "prose"


def set_rows(text: str, made: Sequence[Block], width: int, setting: Setting) -> list[Row]:
    """The rows of a page of displayable ``text`` at ``width`` cells."""
    rows: list[Row] = []
    for number, block in enumerate(made):
        before = made[number - 1].kind if number else "title"
        apart = max(_apart(before, block.kind), setting.between) if number else 0
        if block.kind == "known":
            apart = 1
        elif before == block.kind == "item":
            apart = max(0, setting.between - 1)
        rows += [Row(block.start, block.start, "blank")] * apart
        set_block = _set(text, block, width, not apart and number > 0)
        if setting.justified and block.kind in ("prose", "quotation", "item"):
            set_block = [*(_even(text, row, width) for row in set_block[:-1]), *set_block[-1:]]
        for at, row in enumerate(set_block):
            if at:
                rows += [Row(row.start, row.start, "blank")] * setting.leading
            rows.append(row)
    return rows


def _apart(before: Kind, kind: Kind) -> int:
    """Blank rows that two kinds of paragraph always have between them."""
    return int(kind in ("heading", "known") or before in ("known", "byline") or "quotation" in (before, kind))


def _set(text: str, block: Block, width: int, close: bool) -> list[Row]:
    start, end, kind, marker = block
    room = width - 8  # where rows are short, indents would leave no words
    if kind == "item":
        return wrap(text, start, end, width, indent=marker if marker < room else 0, first=0)
    if kind == "quotation":
        return wrap(text, start, end, width, indent=INDENT if room > INDENT else 0)
    if kind == "prose" and close:
        return wrap(text, start, end, width, indent=0, first=INDENT if room > INDENT else 0)
    return wrap(text, start, end, width)


def _even(text: str, row: Row, width: int) -> Row:
    """A row whose right edge is even, unless that would tear it apart."""
    shown = text[row.start : row.end]
    slack = width - row.indent - cells(shown)
    if not 0 < slack <= 2 * shown.count(" ") or has_right_to_left(shown):
        return row
    return row._replace(stretch=slack)
