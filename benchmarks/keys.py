"""What a key costs on the screen: processor time of the UI thread from the key to the painted frame.

    .venv/bin/python -m benchmarks.keys [KEY ...]

Time is work, not waiting: the thread's processor time, counted until nothing is left to paint; jobs in other threads
and Textual's wait for the next of its 60 frames a second are not in it. Each frame is written out as for a terminal,
into nothing. The same is measured of the plainest app that shows the same two texts, a Textual `Static` a side, where a
key only scrolls. How long `Enter` takes to the first frame with the texts is time on the clock.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import islice
from math import ceil
from pathlib import Path
from time import perf_counter, thread_time
from typing import ClassVar

os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")  # both are read when Textual is imported
os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", "truecolor")

from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.drivers.headless_driver import HeadlessDriver
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Static

from app import RashomonApp
from benchmarks.measure import Figure
from benchmarks.searching import reports
from benchmarks.texts import accounts, pair
from db import Library
from widgets.actions import actions_of, show_keys
from widgets.article_view import ArticleView
from widgets.compare.pane import Pane
from widgets.understanding import comparison_of, facts_of

SIZE = (140, 45)
WORDS = 5000
PRESSES = 10
"""How often each key is pressed, each time from another place."""
STILL = 0.02
"""Seconds without work after which nothing is left to paint: more than a frame of Textual's 60 a second."""
IDLE = 0.0004
"""Processor seconds in so long a time that are no work."""
WORK_MS = 16
"""What a key may cost at the 95th percentile."""
LIBRARIES = (10, 20_000)
"""Reports in a small library and in a large one."""
LONG = 100_000
"""Words of a long report."""

NEXT_CONFLICT = ("]", "c")
LEFT_OUT = frozenset({"app.go_back", "app.quit_app", "app.palette"})
"""Actions that leave the comparison."""
BEFORE: dict[str, tuple[str, ...]] = {
    "move.up": ("G",),
    "move.top": ("G",),
    "move.bottom": ("g", "g"),
    "move.half_up": ("G",),
    "move.page_back": ("G",),
    "compare.fold_all": ("z", "R"),
    "compare.unfold_all": ("z", "M"),
    "compare.pane_left": ("]", "c", "l"),
    "compare.bring_moved": ("]", "m"),
    "compare.word_forward": ("]", "c", "v"),
    "app.undo": ("]", "c", "f"),
    "app.redo": ("]", "c", "f", "u"),
    "compare.undo_verdict": ("]", "c", "f"),
}
"""What is pressed first, where that is not the way to the next conflict."""
ESCAPED = frozenset({"find.search", "compare.select", "compare.word_forward", "compare.anchor"})
"""Actions that Esc ends."""
PLAIN: dict[str, tuple[str, ...]] = {
    "j": ("j",),
    "k": ("G",),
    "ctrl+d": ("j",),
    "ctrl+u": ("G",),
    "space": ("j",),
    "G": ("g",),
    "g": ("G",),
}
"""The keys that scroll plain text, each with what is pressed first."""


class Painter(HeadlessDriver):
    """Takes the frames that a terminal would get, unlike the driver of tests, for which Textual makes none."""

    frames: ClassVar[list[tuple[float, Screen[object]]]] = []
    """When each was written, and of which screen."""

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        if self._app.screen_stack and data:
            self.frames.append((perf_counter(), self._app.screen))


class Plain(App[None]):
    """The baseline: two texts, one `Static` each, scrolled together."""

    def __init__(self, *texts: str) -> None:
        super().__init__()
        self.texts = texts

    def compose(self) -> ComposeResult:
        with Horizontal():
            for text in self.texts:
                with VerticalScroll():
                    yield Static(text, markup=False)

    def on_key(self, event: Key) -> None:
        """Scroll as far as the key does in Rashomon; any other key scrolls a row."""
        page = self.size.height
        ways = {
            "ctrl+d": page // 2,
            "ctrl+u": -page // 2,
            "space": page,
            "b": -page,
            "G": 10**6,
            "g": -(10**6),
            "k": -1,
        }
        for view in self.query(VerticalScroll):
            view.scroll_relative(y=ways.get(event.character or event.key, ways.get(event.key, 1)), animate=False)


class Desk:
    """An app under measurement."""

    def __init__(self, app: App[None]) -> None:
        self.app = app

    async def settle(self) -> float:
        """Wait until nothing is left to do, jobs included; the processor time of this thread by then."""
        while True:
            before = thread_time()
            await asyncio.sleep(STILL)
            after = thread_time()
            if after - before < IDLE and all(worker.is_finished for worker in self.app.workers):
                return after

    async def cost(self, *keys: str) -> float:
        """Milliseconds of work of the last of some keys and of all that it brings about on the screen."""
        for key in keys:
            began = await self.settle()
            self.press(key)
        return (await self.settle() - began) * 1000

    def press(self, key: str) -> None:
        """Send a key, as the registry writes it, and go on."""
        self.app.post_message(Key(key, " " if key == "space" else key if len(key) == 1 else None))


@asynccontextmanager
async def desk(app: App[None], size: tuple[int, int] = SIZE) -> AsyncIterator[Desk]:
    """The app, running, its frames painted."""
    app.driver_class = Painter
    async with app.run_test(headless=False, size=size):
        at = Desk(app)
        await at.settle()
        yield at


@dataclass(frozen=True)
class Cost:
    """Milliseconds of work of one key, press by press."""

    keys: str
    name: str
    presses: tuple[float, ...]

    @property
    def worst_but_few(self) -> float:
        """The 95th percentile."""
        return percentile(self.presses)


def percentile(costs: Sequence[float], share: float = 0.95) -> float:
    """The smallest cost that so large a share of all does not exceed."""
    return sorted(costs)[max(0, ceil(share * len(costs)) - 1)]


async def compare_keys(library: Library, wanted: Sequence[str] = ()) -> list[Cost]:
    """What every key of the comparison costs, or those ``wanted``, as the registry writes them."""
    costs = []
    async with desk(RashomonApp(library, ("compare", 1, 2))) as at:
        for action in actions_of("compare"):
            keys = action.commands()[0]
            if action.id in LEFT_OUT or (wanted and show_keys(keys) not in wanted):
                continue
            presses = []
            for _ in range(PRESSES):
                await at.cost(*BEFORE.get(action.id, NEXT_CONFLICT))
                presses.append(await at.cost(*keys))
                if action.id in ESCAPED or len(at.app.screen_stack) > 3:
                    await at.cost("escape")
            costs.append(Cost(action.shown(), action.name, tuple(presses)))
    return costs


async def plain_keys(texts: Sequence[str]) -> dict[str, Cost]:
    """What the keys cost that scroll plain text."""
    costs = {}
    async with desk(Plain(*texts)) as at:
        for key, before in PLAIN.items():
            presses = []
            for _ in range(PRESSES):
                await at.cost(*before)
                presses.append(await at.cost(key))
            costs[key] = Cost(key, "", tuple(presses))
    return costs


async def until_shown(app: App[None], shown: Callable[[App[None]], bool], *keys: str) -> float:
    """Milliseconds on the clock from the last of some keys to the first frame with what is ``shown``."""
    async with desk(app) as at:
        for key in keys[:-1]:
            await at.cost(key)
        began = perf_counter()
        at.press(keys[-1])
        while not shown(app):
            await asyncio.sleep(0)
        Painter.frames.clear()
        while not Painter.frames:
            await asyncio.sleep(0)
        return (Painter.frames[0][0] - began) * 1000


def texts_shown(app: App[None]) -> bool:
    """Whether the screen on top is a comparison with rows in its panes."""
    panes = list(app.screen.query(Pane))
    return bool(panes) and all(pane.layout_rows.rows for pane in panes)


def text_shown(app: App[None]) -> bool:
    """Whether the screen on top shows rows of one text."""
    return any(view.layout_rows.rows for view in app.screen.query(ArticleView))


class Opening(App[None]):
    """The baseline: a key opens a screen with a `Static` for each of some texts."""

    def __init__(self, *texts: str) -> None:
        super().__init__()
        self.texts = texts

    def on_key(self) -> None:
        screen: Screen[None] = Screen()
        screen.compose = lambda: [Horizontal(*(VerticalScroll(Static(one, markup=False)) for one in self.texts))]  # type: ignore[method-assign]
        self.push_screen(screen)


def waits(repeats: int = 5) -> Iterator[Figure]:
    """From `Enter` to the first frame with the texts, beside the plainest screen of the same texts."""
    two, (long, _) = accounts(WORDS), pair(LONG)
    with tempfile.TemporaryDirectory() as folder:
        known, compared, alone = (Path(folder) / name for name in ("known.db", "compared.db", "alone.db"))
        for path, articles in ((known, two), (alone, (long,))):
            with Library.open(path) as library:
                for article in articles:
                    library.articles.add(article, article.body.encode())
        with Library.open(known) as library:
            for number in (1, 2):
                facts_of(library, library.articles.get(number))
        shutil.copy(known, compared)
        with Library.open(compared) as library:
            comparison_of(library, library.articles.get(1), library.articles.get(2))

        def median(path: Path, shown: Callable[[App[None]], bool], *keys: str) -> float:
            taken = []
            for number in range(repeats):
                copy = Path(folder) / f"{path.stem}-{number}.db"
                shutil.copy(path, copy)
                with Library.open(copy) as library:
                    taken.append(asyncio.run(until_shown(RashomonApp(library), shown, *keys)))
                copy.unlink()
            return statistics.median(taken)

        def plain(*texts: str) -> float:
            def shown(app: App[None]) -> bool:
                return any(text.size for text in app.screen.query(Static))

            return statistics.median(asyncio.run(until_shown(Opening(*texts), shown, "enter")) for _ in range(repeats))

        beside = plain(*(article.body for article in two))
        for path, name in ((compared, "comparison stored"), (known, "comparison to be made")):
            yield Figure(f"Enter on a pair, {name}", median(path, texts_shown, "P", "enter"), "a Static", beside, "ms")
        name = f"Enter on a report of {LONG:,} words"
        yield Figure(name, median(alone, text_shown, "enter"), "a Static", plain(long.body), "ms")


async def list_key(library: Library, *keys: str) -> float:
    """The 95th percentile of what moving in the list of reports costs, in milliseconds of work."""
    async with desk(RashomonApp(library)) as at:
        return percentile([await at.cost(key) for key in keys * PRESSES])


def lists(beside: float) -> Iterator[Figure]:
    """Keys in the list of a small library and of a large one, beside a key that scrolls plain text."""
    for count in LIBRARIES:
        with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library.db") as library:
            for _ in library.articles.add_many(islice(reports(), count)):
                pass
            cost = asyncio.run(list_key(library, "j", "ctrl+d", "G", "k"))
        yield Figure(f"a key in a list of {count:,} reports, 95 %", cost, "a Static", beside, "ms")


def table(wanted: Sequence[str] = ()) -> Iterator[str]:
    """The lines of the tables."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder) / "library.db")
        for article in accounts(WORDS):
            library.articles.add(article, article.body.encode())
        a, b = library.articles.get(1), library.articles.get(2)
        comparison_of(library, a, b)
        plain = asyncio.run(plain_keys([a.article.body, b.article.body]))
        costs = asyncio.run(compare_keys(library, wanted))
        library.close()
    yield f"work of the UI thread from key to frame, ms, two reports of {WORDS:,} words, {SIZE[0]} x {SIZE[1]} cells"
    yield f"{'key':<12} {'action':<36} {'median':>7} {'95 %':>7} {'most':>7}   a Static of the same texts, 95 %"
    scroll = plain["j"]
    for cost in costs:
        beside = plain.get(cost.keys.lower() if cost.keys.startswith("Ctrl") else cost.keys, scroll)
        yield (
            f"{cost.keys:<12} {cost.name:<36} {statistics.median(cost.presses):>7.1f} {cost.worst_but_few:>7.1f} "
            f"{max(cost.presses):>7.1f}   {beside.worst_but_few:.1f}"
        )
    yield from map(str, waits())
    yield from map(str, lists(scroll.worst_but_few))
    everything = [press for cost in costs for press in cost.presses]
    of_plain = [press for cost in plain.values() for press in cost.presses]
    yield str(
        Figure("a key in a comparison, 95th percentile", percentile(everything), "a Static", percentile(of_plain), "ms")
    )
    over = [cost.keys for cost in costs if cost.worst_but_few > WORK_MS]
    yield f"over {WORK_MS} ms at the 95th percentile: {' '.join(over) or 'none'}"


if __name__ == "__main__":
    for line in table(sys.argv[1:]):
        print(line, flush=True)
