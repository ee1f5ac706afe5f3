"""What each family of conflicts is worth: what it tells, how much of that is right, and what would be lost without it.

    .venv/bin/python -m benchmarks.detectors [DATA]

Counts records of the labelled sets (a pair of sentences, or a pair of reports), told at 0.5 or more with the weights as
shipped. "Only" are records in which something right is told by this family alone, "noise" records in which
nothing right is told and nothing at all would be without it. Runs for some minutes; left out where DATA is missing.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.alignment import DATA
from benchmarks.fit_confidence import Reader, cases
from reader.conflicts.confidence import confidence

SHOWN = 0.5


def table(data: Path = DATA) -> Iterator[str]:
    """The lines of the table, a heading first, the families that tell most at the top; none where there is no data."""
    if not data.is_dir():
        return
    told: dict[str, dict[str, bool]] = defaultdict(dict)
    for case in cases(data, Reader(None)):
        if confidence(case.candidate.family, case.candidate.features) >= SHOWN:
            families = told[case.record]
            families[case.candidate.family] = families.get(case.candidate.family, False) or case.right
    yield f"{'family':<12} {'told':>6} {'right':>6} {'only':>6} {'noise':>6}"
    count: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for families in told.values():
        right = [family for family, is_right in families.items() if is_right]
        for family, is_right in families.items():
            found = count[family]
            found[0] += 1
            found[1] += is_right
            found[2] += right == [family]
            found[3] += not right and len(families) == 1
    for family, numbers in sorted(count.items(), key=lambda item: -item[1][0]):
        yield f"{family:<12} " + " ".join(f"{n:>6}" for n in numbers)


if __name__ == "__main__":
    for line in table(*map(Path, sys.argv[1:2])):
        print(line, flush=True)
