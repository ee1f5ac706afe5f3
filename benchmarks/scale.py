"""What the size of a library costs: everything that a person waits for, in libraries that grow.

    python -m benchmarks.scale [SIZE ...] [--svg FILE]

One library is filled with invented news (`benchmarks.news`) to one size after the other, by default 1,000 and 10,000,
and measured at each beside a baseline of the same run. 100,000 takes some minutes and 1.5 GB of disk.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from app import RashomonApp
from benchmarks.growth import Series, drawn
from benchmarks.keys import desk, percentile
from benchmarks.measure import Figure, fresh, in_turn
from benchmarks.news import Report, reports
from db import Library, Query
from widgets.article_list import SORT_NAMES, Articles
from widgets.backlog import make_missing
from widgets.filters import parse
from widgets.importing import add_reports
from widgets.listing import FILTERS
from widgets.row_list import PAGE
from widgets.understanding import PartnerFinder

SIZES = (1_000, 10_000)
SMALL = 10
"""Articles of the library that a large one is held against."""
WITH_FACTS = 400
"""Articles whose facts are made: enough for several processes to pay."""
PRESSES = 12
ASKED = 40
"""Searches, and reports asked for partners."""
TODAY = date(2027, 6, 1)

# Wall time from the start of the imports to the first frame that shows reports, and the resident memory once all is still.
FIRST_FRAME = r"""
import asyncio, re, time
began = time.perf_counter()
{make}
async def main():
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        while not ready():
            await pilot.pause(0.002)
        await pilot.pause()
        shown = (time.perf_counter() - began) * 1000
        await pilot.pause(0.5)
        held = re.search(r"VmRSS:\s+(\d+)", open("/proc/self/status").read())
        print(shown, int(held[1]) / 1024)
asyncio.run(main())
"""
EMPTY_APP = "from textual.app import App\napp = App()\nready = lambda: True"
RASHOMON = """from app import RashomonApp
from db import Library
from widgets.article_list import ArticleList
app = RashomonApp(Library.open({path!r}))
ready = lambda: app.screen.query(ArticleList) and app.screen.query_one(ArticleList).row is not None"""


class Sample(NamedTuple):
    """A figure of a library of ``size`` reports, and what is asked of it; ``bound`` is on the ratio, or on the value."""

    size: int
    figure: Figure
    bound: float | None = None
    absolute: bool = False
    least: bool = False

    @property
    def measured(self) -> float:
        """What is held against the bound."""
        return self.figure.value if self.absolute else self.figure.value / self.figure.baseline

    def __str__(self) -> str:
        met = ""
        if self.bound is not None:
            good = self.measured >= self.bound if self.least else self.measured <= self.bound
            sign = ">=" if self.least else "<="
            met = f"   {'met' if good else 'MISSED'}: {sign} {self.bound:g}{'' if self.absolute else ' x'}"
        return f"{self.size:>7,} {self.figure}{met}"


def samples(sizes: Sequence[int], folder: Path) -> Iterator[Sample]:
    """Every figure at every size, the sizes from the least."""
    small = folder / "small.db"
    with Library.open(small) as library:
        _fill(library, reports(SMALL))
    stream = reports(max(sizes))
    have = raw = 0
    path = folder / "library.db"
    with Library.open(path) as library:
        for size in sorted(sizes):
            some = list(islice(stream, size - have))
            raw += sum(len(report.article.body.encode()) for report in some)
            began = time.perf_counter()
            _fill(library, iter(some))
            speed = len(some) / (time.perf_counter() - began)
            have = size
            yield Sample(size, Figure("adding without facts", speed, "asked", 1000, "reports/s"), 1.0, least=True)
            yield from _start(size, path, small)
            yield from asyncio.run(_keys(size, path, small))
            yield from _lists(size, library)
            yield from _searches(size, library, some)
            yield from _partners(size, library)
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            yield Sample(
                size, Figure("file without facts", path.stat().st_size / 2**20, "the text", raw / 2**20, "MiB")
            )
    yield from _facts(folder)


def _fill(library: Library, some: Iterator[Report]) -> None:
    for _ in add_reports(library, ((report.article, report.article.body.encode()) for report in some)):
        pass


def _start(size: int, path: Path, small: Path) -> Iterator[Sample]:
    """In fresh processes by turns, so that what else the machine does befalls all alike."""
    makes = [EMPTY_APP, *(RASHOMON.format(path=str(one)) for one in (small, path))]
    runs = [[fresh(FIRST_FRAME.format(make=make), repeats=1) for make in makes] for _ in range(7)]
    (empty, _), (few, few_mb), (ms, mb) = (
        [statistics.median(column) for column in zip(*of, strict=True)] for of in zip(*runs, strict=True)
    )
    yield Sample(size, Figure("start to the first usable frame", ms, f"{SMALL} articles", few, "ms"), 1.2)
    yield Sample(size, Figure("start to the first usable frame", ms, "an empty Textual app", empty, "ms"), 1.5)
    yield Sample(size, Figure("memory, idle in the library", mb, f"{SMALL} articles", few_mb, "MiB"), 1.3)


MOVES = ("j", "k", "ctrl+d", "ctrl+u", "space", "G", "g g")
ORDERS = tuple(f"S {number}" for number in range(1, len(SORT_NAMES) + 1))
CONDITIONS = tuple(f"F {key}" for key, _, _ in FILTERS)


async def _keys(size: int, path: Path, small: Path) -> Iterator[Sample]:
    """Work of the UI thread: one press of each way to move, to sort and to filter, over and over."""
    costs: dict[Path, dict[str, list[float]]] = {}
    for where in (small, path):
        kinds = costs[where] = {"a key in the list": [], "a sort or a filter": []}
        with Library.open(where) as library:
            async with desk(RashomonApp(library), (120, 40)) as at:
                for keys in MOVES * PRESSES:
                    kinds["a key in the list"].append(await at.cost(*keys.split()))
                for keys in (ORDERS + CONDITIONS) * 3:
                    kinds["a sort or a filter"].append(await at.cost(*keys.split()))
                    await at.cost("escape")
    return iter(
        Sample(
            size, Figure(f"{kind}, 95 %", percentile(of), f"{SMALL} articles", percentile(costs[small][kind]), "ms")
        )._replace(bound=50, absolute=True)
        for kind, of in costs[path].items()
    )


def _lists(size: int, library: Library) -> Iterator[Sample]:
    """How long the thread takes that reads what a sort or a filter lists: the count and the first page, the slowest."""
    plain = _seconds_of(lambda: _first_page(library, Query()))
    queries = [Query(sort=sort, descending=down) for sort, down in SORT_NAMES]
    queries += [parse(str(piece)).query(TODAY) for _, _, piece in FILTERS]
    slowest = max(_seconds_of(lambda q=query: _first_page(library, q)) for query in queries)
    yield Sample(size, Figure("the slowest sort or filter, in a thread", slowest * 1000, "by date", plain * 1000, "ms"))


def _seconds_of(work: Callable[[], object]) -> float:
    return in_turn(work, repeats=5)[0]


def _first_page(library: Library, query: Query) -> None:
    source = Articles(library, query)
    source.count()
    source.page(0, PAGE)


BARE_SEARCH = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? ORDER BY bm25(articles_fts, 4.0, 1.0) LIMIT ?"


def _searches(size: int, library: Library, some: Sequence[Report]) -> Iterator[Sample]:
    """What a search costs that grows letter by letter, up to the first page of what it finds."""
    draw = random.Random(5)
    words = [
        word for report in draw.sample(some, ASKED) for word in report.article.title.lower().split() if word.isalpha()
    ]
    typed = [word[:end] for word in draw.sample(words, ASKED) for end in range(2, len(word) + 1, 2)]
    ours_all, bare_all = [], []
    with closing(sqlite3.connect(library.path)) as connection:
        for text in typed:
            query = Query(text=f"{text}*", sort="relevance")
            bare, ours = in_turn(
                lambda t=text: connection.execute(BARE_SEARCH, (f'"{t}"*', PAGE)).fetchall(),
                lambda q=query: _first_page(library, q),
                repeats=3,
            )
            bare_all.append(bare * 1000)
            ours_all.append(ours * 1000)
    yield Sample(
        size,
        Figure("search as you type, mean", statistics.mean(ours_all), "bare FTS5", statistics.mean(bare_all), "ms"),
        1.5,
    )
    yield Sample(
        size, Figure("search as you type, 95 %", percentile(ours_all), "bare FTS5", percentile(bare_all), "ms"), 1.5
    )


def _partners(size: int, library: Library) -> Iterator[Sample]:
    """Counting words, as an import does at its end, then questions."""
    finder = PartnerFinder(library)
    began = time.perf_counter()
    finder.prepare()
    yield Sample(
        size, Figure("counting words after an import", (time.perf_counter() - began) * 1000, "asked", 100, "ms")
    )
    finder = PartnerFinder(library)
    draw = random.Random(9)
    asked = draw.sample(library.articles.ids(), min(ASKED, size))
    began = time.perf_counter()
    finder.partners(asked[0], 10)
    first = time.perf_counter() - began
    times = []
    for number in asked[1:]:
        began = time.perf_counter()
        finder.partners(number, 10)
        times.append((time.perf_counter() - began) * 1000)
    yield Sample(size, Figure("partners, the first question", first * 1000, "asked", 100, "ms"), 1.0)
    yield Sample(size, Figure("partners, later ones, 95 %", percentile(times), "asked", 100, "ms"), 1.0)


def _facts(folder: Path) -> Iterator[Sample]:
    """A library of its own, with facts."""
    from reader import models
    from reader.batch import processors

    some = list(reports(WITH_FACTS))
    raw = sum(len(report.article.body.encode()) for report in some)
    texts = [part for r in some for part in (r.article.title, *r.article.body.split("\n\n"))]
    began = time.perf_counter()
    for _ in models.own().pipe(texts, n_process=processors()):
        pass
    bare = time.perf_counter() - began
    path = folder / "facts.db"
    with Library.open(path) as library:
        began = time.perf_counter()
        _fill(library, iter(some))
        make_missing(library, processes=processors())
        ours = time.perf_counter() - began
    name = f"adding with facts, {processors()} processes"
    yield Sample(
        WITH_FACTS,
        Figure(name, len(some) / ours, "the bare spaCy pipeline on as many", len(some) / bare, "reports/s"),
        0.7,
        least=True,
    )
    figure = Figure("file, facts and index included", path.stat().st_size / 2**20, "the text", raw / 2**20, "MiB")
    yield Sample(WITH_FACTS, figure, 3.0)


def plot(found: Sequence[Sample]) -> str:
    """The growth of what was measured at several sizes, as SVG."""
    series: dict[str, list[Sample]] = {}
    for sample in found:
        if sample.size != WITH_FACTS:
            series.setdefault(f"{sample.figure.name}\0{sample.figure.baseline_name}", []).append(sample)
    panels = [
        Series(
            many[0].figure.name,
            many[0].figure.unit,
            [(s.size, s.figure.value) for s in many],
            many[0].figure.baseline_name,
            [(s.size, s.figure.baseline) for s in many],
        )
        for many in series.values()
    ]
    return drawn(panels)


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale")
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="SIZE")
    parser.add_argument("--svg", type=Path, help="where to draw the growth")
    options = parser.parse_args(arguments)
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for sample in samples(options.sizes, Path(folder)):
            found.append(sample)
            print(sample, flush=True)
    if options.svg:
        options.svg.write_text(plot(found), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
