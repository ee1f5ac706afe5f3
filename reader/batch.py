"""Many independent texts at once."""

from __future__ import annotations

import itertools
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

# A process takes about two seconds to load spaCy and the model: fewer items than this are done sooner in one.
WORTH_PROCESSES = 400
CHUNK = 32


def each(function: Callable[[T], R], items: Iterable[T], processes: int | None = None) -> Iterator[R]:
    """``function`` of every item, in order; on several processes where there are many items and several cores.

    ``function`` and items must be picklable. Thinc computes in one thread, so processes are what scales.
    """
    processes = processes or os.cpu_count() or 1
    items = iter(items)
    head = list(itertools.islice(items, WORTH_PROCESSES))
    if processes == 1 or len(head) < WORTH_PROCESSES:
        yield from map(function, head)
        return
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        yield from pool.imap(function, itertools.chain(head, items), CHUNK)
