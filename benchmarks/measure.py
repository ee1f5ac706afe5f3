"""How things are measured: the median of repeated runs, in this process or in a fresh one."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """``value`` and ``baseline`` in ``unit``; the ratio is what is kept an eye on."""

    name: str
    value: float
    baseline_name: str
    baseline: float
    unit: str

    def __str__(self) -> str:
        ratio = self.value / self.baseline if self.baseline else float("inf")
        return (
            f"{self.name:<44} {self.value:>9.1f} {self.unit:<8} {ratio:>7.2f} x "
            f"{self.baseline_name} ({self.baseline:.1f})"
        )


def seconds(work: Callable[[], object], repeats: int = 7) -> float:
    """Median wall time of ``work`` after one warm-up."""
    work()
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def in_turn(*works: Callable[[], object], repeats: int = 7) -> list[float]:
    """Median wall times of ``works``, run in turn, so that what else the machine does befalls all alike."""
    times: list[list[float]] = [[] for _ in works]
    for work in works:
        work()
    for _ in range(repeats):
        for work, taken in zip(works, times, strict=True):
            began = time.perf_counter()
            work()
            taken.append(time.perf_counter() - began)
    return [statistics.median(taken) for taken in times]


def fresh(code: str, repeats: int = 5) -> list[float]:
    """Medians of the numbers that ``code`` prints on its last line, each run in a fresh interpreter."""
    rows = []
    for _ in range(repeats):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        rows.append([float(n) for n in done.stdout.strip().splitlines()[-1].split()])
    return [statistics.median(column) for column in zip(*rows, strict=True)]
