"""The reports that have no facts yet: read one after the other, or on several processors, and kept as they come.

Called in a worker thread or by the command; knows no screen. Nothing done is lost when it stops: facts are written in
batches, the last one too, and what is missing is asked of the library when it begins again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from db import Library, Stored
from reader.nouns import Article, Facts
from reader.settings import SettingsError
from widgets.understanding import quiet

if TYPE_CHECKING:
    from widgets.work import Report

WRITE_EVERY = 32
"""Facts kept in one transaction."""
WRITE_AFTER = 2.0
"""Seconds after which they are kept though they are fewer."""


class Made(NamedTuple):
    """Of how many reports facts were made, and which reports could not be read, each with its reason."""

    reports: int
    failures: list[str]


def missing(library: Library) -> list[int]:
    """The reports that have no facts of the analysis in use."""
    from reader.analysis import version

    return library.facts.missing(version())


def make_missing(
    library: Library,
    report: Report = quiet,
    *,
    analyse: Callable[[Article], Facts] | None = None,
    processes: int | None = None,
) -> Made:
    """Make and keep the facts of all reports that have none, those included that are added meanwhile.

    ``report`` is told how far it is and may raise to stop; what is done by then is kept. ``processes`` is how many, by
    default as many as pay.
    """
    from reader import batch
    from reader.analysis import analyse as own

    tally = _Tally(report)
    attempt = partial(_attempt, analyse or own)
    while todo := [number for number in missing(library) if number not in tally.seen]:
        tally.total += len(todo)
        count = processes or batch.processes_for(len(todo))
        tally.tell()
        reports = _reports(library, todo)
        with closing(_Kept(library)) as kept, closing(batch.as_done(attempt, reports, count, tally.tell)) as results:
            for stored, result in results:
                if isinstance(result, str | batch.Died):
                    tally.failures.append(f"{stored.article.title or stored.id}: {result}")
                else:
                    kept.add(stored, result)
                tally.seen.add(stored.id)
                tally.tell()
    return Made(len(tally.seen) - len(tally.failures), tally.failures)


def _reports(library: Library, numbers: list[int]) -> Iterator[Stored]:
    """The reports to read, some at a time from the library."""
    rest = iter(numbers)
    while some := list(islice(rest, WRITE_EVERY)):
        yield from library.articles.get_many(some)


def _attempt(analyse: Callable[[Article], Facts], stored: Stored) -> Facts | str:
    """The facts, or why there are none: one report that cannot be read does not keep the others waiting."""
    try:
        return analyse(stored.article)
    except SettingsError:
        raise
    except Exception as error:
        return f"{type(error).__name__}: {error}".splitlines()[0]


class _Kept:
    """Facts on their way into the library. Closing writes what is left."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._made: list[tuple[Stored, Facts]] = []
        self._written = time.monotonic()

    def add(self, stored: Stored, facts: Facts) -> None:
        self._made.append((stored, facts))
        if len(self._made) >= WRITE_EVERY or time.monotonic() - self._written > WRITE_AFTER:
            self.close()

    def close(self) -> None:
        if self._made:
            self._library.facts.put_many(self._made)
            self._made = []
        self._written = time.monotonic()


class _Tally:
    """How far the work is."""

    def __init__(self, report: Report) -> None:
        self.total = 0
        self.seen: set[int] = set()
        self.failures: list[str] = []
        self._report = report
        self._began = time.monotonic()

    def tell(self) -> None:
        """Tell how many are done, how many a second, and how long the rest will take."""
        done, seconds = len(self.seen), time.monotonic() - self._began
        line = f"{done:,} of {self.total:,}"
        if done and seconds > 1:
            left = (self.total - done) * seconds / done
            line += f" · {done / seconds:.1f}/s · {_duration(left)} left"
        self._report(line)


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"
