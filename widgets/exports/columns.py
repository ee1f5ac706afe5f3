"""Both texts of a pair in two columns of rows that stand level, as values for the page: runs of words, marks, links.

The blocks are those of the screen (`widgets.compare.rows`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from reader.nouns import Part, Place
from widgets.compare.quiet import Quiet, quiet_words
from widgets.compare.rows import SIDES, Block, Range, Side, other
from widgets.exports.pairs import Pair
from widgets.layout import displayable

PARTS: tuple[Part, Part] = ("title", "body")


class Move(NamedTuple):
    """A sentence whose other half stands elsewhere: ``id`` is its own, ``href`` that of the other half."""

    id: str
    href: str
    sign: str
    told: str


class Ref(NamedTuple):
    """The link from words of a finding to what is told of it."""

    id: str
    href: str
    sign: str
    told: str
    state: str


class Run(NamedTuple):
    """Words that are drawn alike, the links before them and after. ``state`` is that of the finding they are of."""

    text: str
    state: str = ""
    quiet: bool = False
    moves: tuple[Move, ...] = ()
    refs: tuple[Ref, ...] = ()


Paragraphs = list[list[Run]]


class Row(NamedTuple):
    """A row of both columns: ``label`` is the number of the link, or which side tells it."""

    label: str
    told: str
    a: Paragraphs
    b: Paragraphs


def place_id(card: str, side: Side, number: int) -> str:
    """The name of a place of a finding, by the name of its card; the chief one has the number 0."""
    return f"{card}-{side}{number or ''}"


class _Mark(NamedTuple):
    start: int
    end: int
    state: str
    ref: Ref


class _Column(NamedTuple):
    """One side: its texts, the marks of each by where they start, what is quiet, and the links before sentences."""

    texts: Mapping[Part, str]
    marks: Mapping[Part, Sequence[_Mark]]
    quiet: Sequence[Range]
    moves: Sequence[tuple[int, Move]]

    def paragraphs(self, part: Part, start: int, end: int) -> Paragraphs:
        """The lines of a stretch that hold words."""
        found: Paragraphs = []
        at = start
        for line in self.texts[part][start:end].split("\n"):
            if line.strip():
                found.append(list(self._runs(part, at, at + len(line))))
            at += len(line) + 1
        return found

    def _runs(self, part: Part, start: int, end: int) -> Iterator[Run]:
        text, body = self.texts[part], part == "body"
        marks = [mark for mark in self.marks[part] if mark.start < end and mark.end > start]
        quiet = _within(self.quiet, start, end) if body else []
        first = bisect_left(self.moves, start, key=lambda move: move[0])
        last = bisect_left(self.moves, end, key=lambda move: move[0])
        moves = dict(self.moves[first:last]) if body else {}
        spans = [*((mark.start, mark.end) for mark in marks), *quiet]
        cuts = {start, end, *moves, *(max(start, one) for one, _ in spans), *(min(end, one) for _, one in spans)}
        for begin, finish in pairwise(sorted(cuts)):
            over = [mark for mark in marks if mark.start < finish and mark.end > begin]
            yield Run(
                text[begin:finish],
                _loudest(over),
                not over and any(one < finish and other > begin for one, other in quiet),
                (moves[begin],) if begin in moves else (),
                tuple(mark.ref for mark in over if mark.end == finish),
            )


def _within(spans: Sequence[Range], start: int, end: int) -> Sequence[Range]:
    """Of spans in order that do not overlap, those that share a character with a stretch."""
    first = bisect_right(spans, start, key=lambda span: span[1])
    return spans[first : bisect_left(spans, end, lo=first, key=lambda span: span[0])]


_LOUD = ("open", "contradiction", "tension", "unsure", "compatible")


def _loudest(marks: Iterable[_Mark]) -> str:
    return min((mark.state for mark in marks), key=_LOUD.index, default="")


def rows_of(pair: Pair, id: str) -> Iterator[Row]:
    """The rows of a pair, the headlines first; ``id`` begins the names of what is linked to."""
    articles = {"a": pair.a.article, "b": pair.b.article}
    facts_a, facts_b, comparison = pair.compared
    quiet: Quiet = quiet_words(articles["a"].body, articles["b"].body, facts_a, facts_b, comparison)
    columns = {
        side: _Column(
            {part: displayable(articles[side].part(part)) for part in PARTS},
            _marks(pair, side, id),
            quiet[side],
            _moves(pair, side, id),
        )
        for side in SIDES
    }
    numbers = {
        index: pair.laid.marks["a"][at].number
        for index in pair.laid.level
        if (at := pair.compared.a.body.sentences[min(pair.laid.pieces[index].a)].start) in pair.laid.marks["a"]
    }
    titles = [columns[side].paragraphs("title", 0, len(articles[side].title)) for side in SIDES]
    if any(titles):
        yield Row("", "Headlines", *titles)
    for block in pair.laid.blocks:
        a, b = (columns[side].paragraphs("body", *block.side(side)) for side in SIDES)
        if a or b:
            yield Row(*_label(block, bool(a), bool(b), numbers), a, b)


def _label(block: Block, a: bool, b: bool, numbers: dict[int, int]) -> tuple[str, str]:
    """What stands before a row, short and in full."""
    if block.link is not None and a and b:
        number = str(numbers.get(block.link, ""))
        return number, f"Linked {number}"
    if a and b:
        return "A B", "Side by side, not linked"
    side = "A" if a else "B"
    return side, f"Only {side} here"


def _marks(pair: Pair, side: Side, id: str) -> dict[Part, list[_Mark]]:
    articles = {"a": pair.a.article, "b": pair.b.article}
    found: dict[Part, list[_Mark]] = {"title": [], "body": []}
    for number, finding in enumerate(pair.findings, 1):
        if finding.orphaned(side):
            continue
        card = f"{id}-f{number}"
        seen: set[Place] = set()
        for place in finding.places(side):
            if place in seen:
                continue
            told = f"{number}: {finding.state}, {finding.kind}. {finding.reason}"
            ref = Ref(place_id(card, side, len(seen)), f"#{card}", f"{finding.glyph}{number}", told, finding.state)
            seen.add(place)
            end = place.start + len(articles[side].part(place.part)[place.start : place.end].rstrip())
            found[place.part].append(_Mark(place.start, end, finding.state, ref))  # its link stands on a line of words
    return found


def _moves(pair: Pair, side: Side, id: str) -> list[tuple[int, Move]]:
    """Links between sentences that do not stand level, by where the sentences begin.

    Both halves of a link get an anchor at their first sentence; a half that stands level with another has no sign.
    """
    there = {mark.number for mark in pair.laid.marks[other(side)].values()}
    apart = {
        mark.number for marks in pair.laid.marks.values() for mark in marks.values() if mark.direction in tuple("↑↓↕")
    }
    way = {"↑": "further up", "↓": "further down", "↕": "in the same stretch"}
    found: list[tuple[int, Move]] = []
    seen: set[int] = set()
    for at, mark in sorted(pair.laid.marks[side].items()):
        if mark.number not in apart or mark.number not in there:
            continue
        anchor = "" if mark.number in seen else f"{id}-m{mark.number}-{side}"
        seen.add(mark.number)
        if mark.direction in way:
            told = f"Link {mark.number}: told {way[mark.direction]} in {other(side).upper()}"
            href = f"#{id}-m{mark.number}-{other(side)}"
            found.append((at, Move(anchor, href, f"{mark.number}{mark.direction}", told)))
        elif anchor:
            found.append((at, Move(anchor, "", "", "")))
    return found
