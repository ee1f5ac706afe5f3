"""Many independent texts at once."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager, redirect_stderr, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reader import settings

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")

WORTH_PROCESSES = 200
"""Items that are done sooner on several processes than on one, which need not load spaCy and the model again."""
MOST_PROCESSES = 8
HELD = 400_000_000
"""Bytes that one process may come to hold."""
CHUNK = 8
POLL = 0.2
"""Seconds between two looks whether the work is still wanted."""
DEATHS = 3
"""Items in a row at which a process died, after which it is not for their sake."""


class Died(RuntimeError):
    """A worker process died at ``item``."""

    def __init__(self, item: object) -> None:
        super().__init__("the worker process died, perhaps for want of memory")
        self.item = item


def processors() -> int:
    """How many processes are worth starting on this machine: there is a processor and memory for each."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = _memory()
    return max(1, min(count, MOST_PROCESSES, MOST_PROCESSES if memory is None else memory // HELD))


def processes_for(count: int) -> int:
    """How many processes pay for so many items."""
    return processors() if count >= WORTH_PROCESSES else 1


def each(
    function: Callable[[T], R],
    items: Iterable[T],
    processes: int | None = None,
    waiting: Callable[[], object] = lambda: None,
) -> Generator[R, None, None]:
    """``function`` of every item, in order, as `as_done` makes them. Raises `Died` where a process dies at an item."""
    early: dict[int, R | Died] = {}
    wanted = 0
    numbered = as_done(partial(_of_numbered, function), enumerate(items), processes, waiting)
    with closing(numbered):
        for (number, item), result in numbered:
            early[number] = Died(item) if isinstance(result, Died) else result
            while wanted in early:
                following = early.pop(wanted)
                if isinstance(following, Died):
                    raise following
                yield following
                wanted += 1


def as_done(
    function: Callable[[T], R],
    items: Iterable[T],
    processes: int | None = None,
    waiting: Callable[[], object] = lambda: None,
) -> Generator[tuple[T, R | Died], None, None]:
    """Every item with ``function`` of it, as they are done; on several processes where there are many of both.

    ``function`` and items must be picklable. Thinc computes in one thread, so processes are what scales. ``waiting`` is
    called several times a second while several processes have no result yet, and may raise to stop. Whoever stops
    early closes the iterator (`contextlib.closing`), which ends the processes; they end with this one in any case.

    An item at which a process died comes with `Died`; where that happens to several in a row, RuntimeError is raised.
    """
    items = iter(items)
    if processes is None:
        head = list(itertools.islice(items, WORTH_PROCESSES))
        processes = processes_for(len(head))
        items = itertools.chain(head, items)
    if processes == 1:
        yield from ((item, function(item)) for item in items)
    else:
        yield from _outliving(function, items, processes, waiting)


def _outliving(
    function: Callable[[T], R], items: Iterator[T], processes: int, waiting: Callable[[], object]
) -> Generator[tuple[T, R | Died], None, None]:
    """Go on past items that kill processes; which of those under way it was shows when each is tried alone."""
    chunks = iter(lambda: list(itertools.islice(items, CHUNK)), [])
    while unfinished := (yield from _spread(function, chunks, processes, waiting)):
        alone = [[item] for chunk in unfinished for item in chunk]
        deaths = 0
        while left := (yield from _spread(function, iter(alone), 1, waiting)):
            at = next(i for i, chunk in enumerate(alone) if chunk is left[0])  # one process takes them in order
            deaths = 1 if at else deaths + 1
            if deaths == DEATHS:
                raise RuntimeError("worker processes die one after the other, perhaps for want of memory")
            yield alone[at][0], Died(alone[at][0])
            alone = alone[at + 1 :]


def _spread(
    function: Callable[[T], R], chunks: Iterator[list[T]], processes: int, waiting: Callable[[], object]
) -> Generator[tuple[T, R], None, list[list[T]]]:
    """Items with their results until all are done or a process dies; returns the chunks that were then under way."""
    from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import resource_tracker

    with redirect_stderr(sys.__stderr__):  # a screen's stand-in has no file descriptor to hand on
        resource_tracker.ensure_running()
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _begin, (settings.in_use(),))
    under_way: dict[Future[list[R]], list[T]] = {}
    handing: list[list[T]] = []

    def hand(count: int) -> None:
        for chunk in itertools.islice(chunks, count):
            handing.append(chunk)
            under_way[pool.submit(_all, function, chunk)] = chunk
            handing.clear()

    try:
        with _interrupts_ignored():  # the processes inherit that: Ctrl-C is this one's to handle
            hand(2 * processes)
        while under_way:
            waiting()
            done = wait(under_way, POLL, FIRST_COMPLETED).done
            for future in [one for one in under_way if one in done]:
                results = future.result()
                yield from zip(under_way.pop(future), results, strict=True)
                hand(1)
    except BrokenProcessPool:
        return [*under_way.values(), *handing]
    finally:
        for process in list((pool._processes or {}).values()):  # terminate_workers() from Python 3.14 on
            process.terminate()
        pool.shutdown(cancel_futures=True)
    return []


def _memory() -> int | None:
    """Bytes of memory that can be had, or those of the whole machine where it does not say; ``None`` if unknown."""
    with suppress(OSError, ValueError, LookupError):
        return 1024 * int(_AVAILABLE.findall(Path("/proc/meminfo").read_text(encoding="ascii"))[0])
    with suppress(AttributeError, OSError, ValueError):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return None


_AVAILABLE = re.compile(r"^MemAvailable:\s+(\d+) kB", re.MULTILINE)


def _of_numbered(function: Callable[[T], R], numbered: tuple[int, T]) -> R:
    return function(numbered[1])


def _all(function: Callable[[T], R], chunk: list[T]) -> list[R]:
    return list(map(function, chunk))


def _begin(chosen: settings.Settings) -> None:
    """Begin a process: read by the settings of its parent, end with it, and write nothing over its screen."""
    settings.use(chosen)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 2)  # what fails comes back as an exception
    parent = multiprocessing.parent_process()

    def end_with_parent() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Only the main thread may choose how signals are met; another leaves them as they are."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
