"""What a comparison costs as texts grow, facts at hand.

    .venv/bin/python -m benchmarks.comparing [SENTENCES ...]

Texts are the demo's reports, told over and over: what repeats itself meets every bound, so this is near the worst case.
Facts of 5,000 sentences take half a minute a side to make.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from benchmarks.texts import pair
from reader import analyse, compare
from reader.alignment import align

SIZES = (100, 500, 1000, 5000)
WORDS = 13
"""Words of a sentence of the demo."""


def growth(sizes: tuple[int, ...] = SIZES) -> Iterator[str]:
    """Processor and wall time, and the pairs of sentences really scored."""
    yield "sentences of A, of B     pairs scored    CPU ms   wall ms   ns a pair of all   conflicts   bounds met"
    for size in sizes:
        a, b = pair(size * WORDS)
        facts_a, facts_b = analyse(a), analyse(b)
        n, m = len(facts_a.body.sentences), len(facts_b.body.sentences)
        cells = align(facts_a, facts_b).cells
        cpu, wall = time.process_time(), time.perf_counter()
        found = compare(a, b, facts_a, facts_b)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        yield (
            f"{n:14,} {m:8,} {cells:14,} {cpu * 1000:9.1f} {wall * 1000:9.1f} {cpu / (n * m) * 1e9:18.0f} "
            f"{len(found.conflicts):11,}   {len(found.notes)}"
        )


if __name__ == "__main__":
    for line in growth(tuple(map(int, sys.argv[1:])) or SIZES):
        print(line, flush=True)
