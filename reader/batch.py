"""Many independent texts at once."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reader import settings

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")

# A process takes about two seconds to load spaCy and the model: fewer items than this are done sooner in one.
WORTH_PROCESSES = 400
MOST_PROCESSES = 8
"""Each holds 200 to 350 MB."""
CHUNK = 8
POLL = 0.2
"""Seconds between two looks whether the work is still wanted."""


def processors() -> int:
    """How many processes are worth starting on this machine."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(count, MOST_PROCESSES)


def each(
    function: Callable[[T], R],
    items: Iterable[T],
    processes: int | None = None,
    waiting: Callable[[], object] = lambda: None,
) -> Generator[R, None, None]:
    """``function`` of every item, in order; on several processes where there are many items and several processors.

    ``function`` and items must be picklable. Thinc computes in one thread, so processes are what scales. ``waiting`` is
    called several times a second while several processes have no result yet, and may raise to stop. Whoever stops
    early closes the iterator (`contextlib.closing`), which ends the processes; they end with this one in any case.
    Raises RuntimeError where one of them dies.
    """
    items = iter(items)
    if processes is None:
        head = list(itertools.islice(items, WORTH_PROCESSES))
        processes = processors() if len(head) == WORTH_PROCESSES else 1
        items = itertools.chain(head, items)
    if processes == 1:
        yield from map(function, items)
    else:
        yield from _spread(function, items, processes, waiting)


def _spread(
    function: Callable[[T], R], items: Iterator[T], processes: int, waiting: Callable[[], object]
) -> Generator[R, None, None]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import resource_tracker

    others = set(multiprocessing.active_children())
    chunks = iter(lambda: list(itertools.islice(items, CHUNK)), [])
    with redirect_stderr(sys.__stderr__):  # a screen's stand-in has no file descriptor to hand on
        resource_tracker.ensure_running()
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _begin, (settings.in_use(),))
    under_way: deque[Future[list[R]]] = deque()
    try:
        with _interrupts_ignored():  # the processes inherit that: Ctrl-C is this one's to handle
            under_way.extend(pool.submit(_all, function, chunk) for chunk in itertools.islice(chunks, 2 * processes))
        while under_way:
            results = _result(under_way.popleft(), waiting)
            under_way.extend(pool.submit(_all, function, chunk) for chunk in itertools.islice(chunks, 1))
            yield from results
    except BrokenProcessPool:
        raise RuntimeError("a worker process died, perhaps for want of memory") from None
    finally:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        pool.shutdown(cancel_futures=True)


def _result(future: Future[list[R]], waiting: Callable[[], object]) -> list[R]:
    while True:
        waiting()
        try:
            return future.result(POLL)
        except TimeoutError:
            if future.done():  # it is the function's own
                raise


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
