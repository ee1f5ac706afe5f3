"""The padded row model of a comparison: which words of A and of B stand on each row of the screen.

Both panes get rows from one computation, equally many, so that two views which scroll together keep aligned
sentences level after wrapping. Where a pair of linked sentences begins, both sides begin a new row and the shorter
one is padded with blank rows; a stretch that only one side tells stands beside hatching. Stacked (one column), the
same blocks follow each other: A's words, then B's.

Everything here is pure: texts and spans in, rows out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from msgspec.structs import replace

from reader.nouns import BY_HAND, Article, Facts, Link, Part, Place, Sentence
from widgets.layout import CONTEXT_ROWS, Row, RowKind, displayable, wrap_paragraphs

Side = Literal["a", "b"]
SIDES: tuple[Side, Side] = ("a", "b")

Range = tuple[int, int]


def other(side: Side) -> Side:
    """The side across."""
    return "b" if side == "a" else "a"


class Point(NamedTuple):
    """Where a code point stands: side, part, offset into that part."""

    side: Side
    part: Part
    offset: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One string that holds parts of articles end to end, a newline after each, and where each part begins.

    A pane shows one sheet: title and body of its side, or of both sides where they are stacked.
    """

    text: str
    starts: tuple[tuple[Side, Part, int], ...]
    _wrapped: dict[tuple[int, int, int], list[Row]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, *articles: tuple[Side, Article]) -> Sheet:
        """The sheet of these articles: each one's title, then its body."""
        text = ""
        starts: list[tuple[Side, Part, int]] = []
        for side, article in articles:
            starts.append((side, "title", len(text)))
            text += displayable(article.title).replace("\n", " ") + "\n"
            starts.append((side, "body", len(text)))
            text += displayable(article.body) + "\n"
        return cls(text, tuple(starts))

    def wrap(self, width: int, start: int, end: int) -> list[Row]:
        """The rows of a stretch at ``width`` cells. They are kept: folding and layout show stretches again."""
        known = (width, start, end)
        if known not in self._wrapped:
            self._wrapped[known] = wrap_paragraphs(self.text, width, start, end)
        return self._wrapped[known]

    def start(self, side: Side, part: Part) -> int:
        """Where a part begins."""
        return next(start for this, that, start in self.starts if (this, that) == (side, part))

    def has(self, side: Side) -> bool:
        """Whether the sheet holds that side."""
        return any(this == side for this, _, _ in self.starts)

    def span(self, side: Side, place: Place) -> Range:
        """The span of ``place`` in the sheet."""
        start = self.start(side, place.part)
        return start + place.start, start + place.end

    def point(self, offset: int) -> Point:
        """What stands at an offset of the sheet."""
        side, part, start = next(entry for entry in reversed(self.starts) if entry[2] <= max(0, offset))
        return Point(side, part, max(0, offset - start))


class Block(NamedTuple):
    """Stretches of both bodies that stand beside each other: code points of each body, and their link, if linked.

    Of a fold each side shows one row. ``gone`` is the side from which words were taken away here, if any.
    """

    a: Range
    b: Range
    link: int | None = None
    fold: bool = False
    gone: Side | None = None

    def side(self, side: Side) -> Range:
        """The stretch of one side."""
        return self.a if side == "a" else self.b


Direction = Literal["", "=", "↑", "↓", "↕", "⇅"]


class LinkMark(NamedTuple):
    """What the gutter says of a linked sentence: the link's number, and where the other half stands.

    The direction of what stands level is "", or "=" where a person linked it, "⇅" where it was brought alongside.
    """

    number: int
    direction: Direction


MOST_BETWEEN = 1
"""Sentences that may stand between two of a link which are shown together."""


def in_runs(links: Sequence[Link]) -> tuple[list[Link], list[int]]:
    """The links with each that is scattered taken to pieces, and of every piece the index of its link.

    A sentence that answers to several far apart stands level with the longest run of them; the other runs are pieces
    that moved. Without this a summary would stand beside half of the other report.
    """
    pieces: list[Link] = []
    of_link: list[int] = []
    for index, link in enumerate(links):
        a, b = _runs(link.a), _runs(link.b)
        main_a, main_b = max(a, key=len, default=()), max(b, key=len, default=())
        pairs = [(main_a, main_b)]
        pairs += [(main_a, run) for run in b if run != main_b] + [(run, main_b) for run in a if run != main_a]
        for number, (of_a, of_b) in enumerate(pairs):
            pieces.append(replace(link, a=of_a, b=of_b, moved=link.moved or number > 0))
            of_link.append(index)
    return pieces, of_link


def _runs(sentences: Sequence[int]) -> list[tuple[int, ...]]:
    """Indexes of sentences, parted where more than `MOST_BETWEEN` others stand between two."""
    found: list[tuple[int, ...]] = []
    for at in sorted(sentences):
        if found and at - found[-1][-1] <= MOST_BETWEEN + 1:
            found[-1] += (at,)
        else:
            found.append((at,))
    return found


def level_links(links: Sequence[Link]) -> list[int]:
    """The indexes of the links that can stand level, in order: not moved, and rising on both sides.

    Where links cross, the one of the higher score stands level and the other does not. One made by hand stands level
    even if it moved.
    """
    chain: list[tuple[tuple[int, int], int]] = []  # first sentences and index of each link taken, rising
    surest_first = sorted(
        range(len(links)), key=lambda at: (links[at].why != BY_HAND, -links[at].score, links[at].a, links[at].b)
    )
    for index in surest_first:
        link = links[index]
        if (link.moved and link.why != BY_HAND) or not link.a or not link.b:
            continue
        begin = (min(link.a), min(link.b))
        at = bisect_left(chain, (begin, -1))
        if at > 0 and not _rises(links[chain[at - 1][1]], link):
            continue
        if at < len(chain) and not _rises(link, links[chain[at][1]]):
            continue
        chain.insert(at, (begin, index))
    return [index for _, index in chain]


def _rises(first: Link, second: Link) -> bool:
    return max(first.a) < min(second.a) and max(first.b) < min(second.b)


Sentences = tuple[Sequence[Sentence], Sequence[Sentence]]


def blocks_of(
    lengths: tuple[int, int], sentences: Sentences, links: Sequence[Link], level: Sequence[int]
) -> list[Block]:
    """Cut both bodies into blocks that stand beside each other; together they cover both bodies, in order.

    Args:
        lengths: of the two bodies, in code points.
        sentences: of the two bodies.
        links: between them.
        level: the indexes of those that stand level, from `level_links`.
    """

    def end_of(side: int, last: int) -> int:
        following = sentences[side][last + 1 :][:1]
        return following[0].start if following else lengths[side]

    blocks: list[Block] = []
    a, b = 0, 0
    for index in level:
        link = links[index]
        begin_a, begin_b = sentences[0][min(link.a)].start, sentences[1][min(link.b)].start
        if (begin_a, begin_b) != (a, b):
            blocks.append(Block((a, begin_a), (b, begin_b)))
        a, b = end_of(0, max(link.a)), end_of(1, max(link.b))
        blocks.append(Block((begin_a, a), (begin_b, b), index))
    if (a, b) != lengths:
        blocks.append(Block((a, lengths[0]), (b, lengths[1])))
    return blocks


def link_marks(
    sentences: Sentences, links: Sequence[Link], blocks: Sequence[Block], of_link: Sequence[int] = ()
) -> dict[Side, dict[int, LinkMark]]:
    """The gutter's mark of every linked sentence of each side, by the body offset at which the sentence begins.

    Links are numbered from 1 down A; ``of_link`` tells the pieces of one (`in_runs`), which share its number. A
    sentence of several links is marked for the one that stands level, else the first.
    """
    level = {block.link for block in blocks if block.link is not None}
    of_link = of_link or range(len(links))
    first: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}
    for index, link in enumerate(links):
        first.setdefault(of_link[index], (link.a, link.b))
    number_of = {whole: number for number, whole in enumerate(sorted(first, key=first.__getitem__), start=1)}
    numbers = {index: number_of[whole] for index, whole in enumerate(of_link)}
    begins = {side: [block.side(side)[0] for block in blocks] for side in SIDES}
    marks: dict[Side, dict[int, LinkMark]] = {"a": {}, "b": {}}
    for index in sorted(numbers, key=lambda at: (at not in level, numbers[at])):
        link = links[index]
        begin = {"a": [sentences[0][at].start for at in link.a], "b": [sentences[1][at].start for at in link.b]}
        in_block = {side: bisect_right(begins[side], min(begin[side], default=0)) for side in SIDES}
        for side, other in (SIDES, SIDES[::-1]):
            direction: Direction = (
                "↕" if in_block[side] == in_block[other] else "↓" if in_block[side] < in_block[other] else "↑"
            )
            if index in level:
                direction = "=" if link.why == BY_HAND else ""
            mark = LinkMark(numbers[index], direction)
            for offset in begin[side]:
                marks[side].setdefault(offset, mark)
    return marks


class Laid(NamedTuple):
    """How two bodies stand level: the pieces of their links, which of these stand level, blocks, and marks."""

    pieces: list[Link]
    level: list[int]
    blocks: list[Block]
    marks: dict[Side, dict[int, LinkMark]]


def lay_out(bodies: tuple[str, str], facts: tuple[Facts, Facts], links: Sequence[Link]) -> Laid:
    """Lay two bodies out beside each other by the links of their sentences."""
    sentences = (facts[0].body.sentences, facts[1].body.sentences)
    pieces, of_link = in_runs(links)
    level = level_links(pieces)
    blocks = blocks_of((len(bodies[0]), len(bodies[1])), sentences, pieces, level)
    return Laid(pieces, level, blocks, link_marks(sentences, pieces, blocks, of_link))


def side_by_side(sheets: tuple[Sheet, Sheet], blocks: Sequence[Block], width: int) -> tuple[list[Row], list[Row]]:
    """The rows of two panes of ``width`` cells, equally many. The titles stand first, level."""
    rows: tuple[list[Row], list[Row]] = ([], [])

    def add(ranges: tuple[Range, Range], padding: RowKind) -> None:
        if rows[0] and any(_begins_paragraph(sheet.text, span) for sheet, span in zip(sheets, ranges, strict=True)):
            for side, span in zip(rows, ranges, strict=True):
                side.append(Row(span[0], span[0], "blank"))
        wrapped = [sheet.wrap(width, *span) for sheet, span in zip(sheets, ranges, strict=True)]
        height = max(map(len, wrapped))
        for side, span, mine in zip(rows, ranges, wrapped, strict=True):
            side += mine
            side += [Row(span[1], span[1], padding)] * (height - len(mine))

    for ranges, block in _ranges(sheets, blocks):
        if block is not None and block.fold:
            for side, span in zip(rows, ranges, strict=True):
                side.append(Row(*span, "fold"))
        elif block is not None and block.gone is not None:
            for name, side, span in zip(SIDES, rows, ranges, strict=True):
                side.append(Row(*span, "note" if name == block.gone else "blank"))
        else:
            add(ranges, "hatch" if block is not None and block.link is None else "blank")
    return rows


def idle(rows: Sequence[Row], top: int, height: int) -> int:
    """How many of ``height`` rows of the screen from ``top`` on say nothing: hatching, and more than one blank row."""
    return sum(
        not 0 <= at < len(rows)
        or rows[at].kind == "hatch"
        or (rows[at].kind == "blank" and at > 0 and rows[at - 1].padding)
        for at in range(top, top + height)
    )


def telling_top(rows: Sequence[Row], row: int, height: int, near: int) -> int:
    """The first row of a screen of ``height`` that shows ``row``, some about it and little that says nothing.

    Of those that are as good the nearest to ``near``; four rows nearer are worth one that says nothing.
    """
    about = min(CONTEXT_ROWS, (height - 1) // 2)
    last = max(0, min(row - about, len(rows) - height))
    first = max(0, min(row - height + 1 + about, last))
    return min(range(first, last + 1), key=lambda top: idle(rows, top, height) + abs(top - near) / 4)


def stacked(sheet: Sheet, blocks: Sequence[Block], width: int) -> list[Row]:
    """The rows of one pane: of each block A's words, then B's."""
    rows: list[Row] = []
    for ranges, block in _ranges((sheet, sheet), blocks):
        if block is not None and block.fold:
            rows += [Row(*span, "fold") for span in ranges]
            continue
        if block is not None and block.gone is not None:
            rows.append(Row(*ranges[SIDES.index(block.gone)], "note"))
            continue
        linked = block is None or block.link is not None
        first = True
        for span in ranges:
            wrapped = sheet.wrap(width, *span)
            if wrapped and rows and (first or not linked):
                rows.append(Row(wrapped[0].start, wrapped[0].start, "blank"))
            first = first and not wrapped
            rows += wrapped
    return rows


def _ranges(sheets: tuple[Sheet, Sheet], blocks: Sequence[Block]) -> Iterator[tuple[tuple[Range, Range], Block | None]]:
    """The stretches of both sheets that stand beside each other, the titles (no block) first."""
    titles = [
        (sheet.start(side, "title"), sheet.start(side, "body") - 1) for side, sheet in zip(SIDES, sheets, strict=True)
    ]
    yield (titles[0], titles[1]), None
    a, b = (sheet.start(side, "body") for side, sheet in zip(SIDES, sheets, strict=True))
    for block in blocks:
        yield ((a + block.a[0], a + block.a[1]), (b + block.b[0], b + block.b[1])), block


def _begins_paragraph(text: str, span: Range) -> bool:
    """Whether the words of a stretch begin a line of the text."""
    for at in range(*span):
        if not text[at].isspace():
            before = text[max(0, at - 80) : at].rstrip(" \t")
            return not before or before.endswith("\n")
    return False
