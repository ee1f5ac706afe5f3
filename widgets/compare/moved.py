"""Words brought alongside: what stands elsewhere on the other side, taken out of its place and put level.

Pure, like `rows`: blocks in, blocks out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from widgets.compare.rows import Block, Range, Side, other


class Brought(NamedTuple):
    """Words ``there`` of the other side, brought alongside the words ``here`` of ``side``: code points of the bodies."""

    side: Side
    here: Range
    there: Range
    link: int


def bring(blocks: Sequence[Block], brought: Brought) -> list[Block]:
    """The blocks with the words of the other side level with those of this one, and a note where they stood.

    No word is lost or shown twice. Words of this side that stand level with others already keep their place; what is
    brought stands under it.
    """
    without = [piece for block in blocks for piece in _taken_out(block, brought)]
    return [piece for block in without for piece in _put_in(block, brought)]


def _taken_out(block: Block, brought: Brought) -> Iterator[Block]:
    side = brought.side
    mine, theirs = block.side(side), block.side(other(side))
    start, end = brought.there
    if not theirs[0] <= start < theirs[1]:
        yield block
        return
    done = (mine[1], mine[1])
    yield _block(side, mine, (theirs[0], start), block.link)
    yield _block(side, done, (start, start))._replace(gone=other(side))
    yield _block(side, done, (min(end, theirs[1]), theirs[1]))


def _put_in(block: Block, brought: Brought) -> Iterator[Block]:
    side = brought.side
    mine, theirs = block.side(side), block.side(other(side))
    start, end = brought.here
    if not mine[0] <= start < mine[1]:
        yield block
        return
    done = (theirs[1], theirs[1])
    if block.link is not None:
        yield block
        yield _block(side, (mine[1], mine[1]), brought.there, brought.link)
        return
    yield _block(side, (mine[0], start), theirs)
    yield _block(side, (start, min(end, mine[1])), brought.there, brought.link)
    yield _block(side, (min(end, mine[1]), mine[1]), done)


def _block(side: Side, mine: Range, theirs: Range, link: int | None = None) -> Block:
    return Block(mine, theirs, link) if side == "a" else Block(theirs, mine, link)
