"""What folds: the stretches of both reports that are linked and in which nothing disagrees.

Pure, like `rows`: blocks in, blocks out. What is to be folded is known by where the blocks begin in A, so that it
outlives a comparison made anew.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence

from reader.nouns import Link, Span
from widgets.compare.rows import SIDES, Block, Side


def block_at(blocks: Sequence[Block], side: Side, offset: int) -> int:
    """The index of the block that holds an offset of one body; 0 where there are no blocks."""
    return max(0, bisect_right(blocks, offset, key=lambda block: block.side(side)[0]) - 1)


def agreed(blocks: Sequence[Block], links: Sequence[Link], held: Iterable[tuple[Side, int, int]]) -> list[int]:
    """The indexes of the blocks that may be folded: all their sentences linked, nothing of ``held`` inside.

    ``held`` are spans of the bodies that are never hidden: conflicts, matches of a search.
    """
    begins = {side: [block.side(side)[0] for block in blocks] for side in SIDES}
    busy: set[int] = set()
    for side, start, end in held:
        first = max(0, bisect_right(begins[side], start) - 1)
        busy.update(range(first, bisect_left(begins[side], max(end, start + 1))))
    return [
        index
        for index, block in enumerate(blocks)
        if index not in busy and block.link is not None and _without_gap(links[block.link])
    ]


def _without_gap(link: Link) -> bool:
    """Whether no sentence stands between those of the link, which nobody linked."""
    return all(max(side) - min(side) < len(side) for side in (link.a, link.b))


def runs(indexes: Iterable[int]) -> list[range]:
    """Rising indexes as the longest ranges."""
    found: list[range] = []
    for index in indexes:
        if found and found[-1].stop == index:
            found[-1] = range(found[-1].start, index + 1)
        else:
            found.append(range(index, index + 1))
    return found


def merged(blocks: Sequence[Block], run: range) -> Block:
    """The fold of a run of blocks."""
    first, last = blocks[run.start], blocks[run.stop - 1]
    return Block((first.a[0], last.a[1]), (first.b[0], last.b[1]), fold=True)


def fold(blocks: Sequence[Block], closed: Iterable[range]) -> list[Block]:
    """The blocks with each of the ``closed`` runs as one fold."""
    shown: list[Block] = []
    done = 0
    for run in closed:
        shown += [*blocks[done : run.start], merged(blocks, run)]
        done = run.stop
    return [*shown, *blocks[done:]]


def to_fold(blocks: Sequence[Block], indexes: Iterable[int], wanted: Collection[int]) -> list[range]:
    """The runs of those ``indexes`` whose blocks begin, in A, where ``wanted`` says."""
    return runs(index for index in indexes if blocks[index].a[0] in wanted)


def count(sentences: Sequence[Span], start: int, end: int) -> int:
    """How many sentences begin between two offsets."""
    return bisect_left(sentences, end, key=lambda one: one.start) - bisect_left(
        sentences, start, key=lambda one: one.start
    )
