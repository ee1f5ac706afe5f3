"""What the tests of the screens share: a small library of invented reports, quick facts, and an app to press keys in."""

from __future__ import annotations

import os

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # read when Textual is imported
os.environ["RASHOMON_CONFIG"] = os.devnull  # not that of the person who runs the tests

import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import hypothesis
import pytest
from textual.events import Paste
from textual.pilot import Pilot

from app import RashomonApp, Start
from db import Library
from reader import settings
from reader.acquire import apart
from reader.analysis import VERSION
from reader.nouns import Article, Facts, Mention, Quantity, Reading, TimeSpan
from widgets.status import StatusBar

# No test is timed, and all do the same every time.
hypothesis.settings.register_profile("rashomon", deadline=None, derandomize=True)
hypothesis.settings.load_profile("rashomon")

REPORTS = (
    Article(
        title="Bridge at Ovary Fen collapses, 12 hurt",
        source="Fen Gazette",
        published="2031-05-02",
        body="The bridge at Ovary Fen fell on Friday. Around 12 people were hurt, said Mayor Tilda Brandt.\n"
        "More than 300 residents of Ovary Fen were moved.\n"
        "The bridge had been closed to lorries since 2029.",
    ),
    Article(
        title="Twenty injured as Ovary Fen bridge gives way",
        source="Coast Radio",
        published="2031-05-03",
        body="Some 20 people were hurt when the bridge at Ovary Fen gave way, said Mayor Tilda Brandt.\n"
        "Fewer than 100 residents were moved.",
    ),
    Article(
        title="Council of Lower Marl votes for a tram",
        source="Marl Times",
        published="2030-11-20",
        body="The council of Lower Marl voted 31 to 14 for a tram on Tuesday.",
    ),
    Article(
        title="[bold]Markup[/bold] \x1b[31mand escapes\x1b[0m 東京の橋 🚋 שלום",
        source="[red]Wire[/red]",
        published="2030",
        body="A body with [markup] and \x1b[2J escapes.",
    ),
    Article(title="", source="", body="A report without title, source or date."),
)


def quick_facts(article: Article) -> Facts:
    """Facts by pattern: enough to walk, without loading a pipeline."""

    def reading(text: str) -> Reading:
        return Reading(
            quantities=tuple(
                Quantity(
                    start=m.start(),
                    end=m.end(),
                    low=float(m["n"]),
                    high=None if m["more"] else float(m["n"]),
                    hedge="more than" if m["more"] else "",
                    counted="resident" if m["more"] else "person",
                )
                for m in re.finditer(r"(?P<more>More than )?\b(?P<n>\d{1,3})\b", text)
            ),
            times=tuple(
                TimeSpan(start=m.start(), end=m.end(), earliest="2031-05-02", latest="2031-05-02")
                for m in re.finditer(r"\b(Friday|Tuesday|2029)\b", text)
            ),
            mentions=tuple(
                Mention(
                    start=m.start(), end=m.end(), label="PERSON", key="tilda brandt", name="Tilda Brandt", role="Mayor"
                )
                for m in re.finditer(r"Mayor Tilda Brandt", text)
            ),
        )

    return Facts(version=VERSION, title=reading(article.title), body=reading(article.body))


@pytest.fixture(autouse=True)
def _settings_of_the_package() -> Iterator[None]:
    """What a test chose to read with is forgotten after it."""
    yield
    settings.use(settings.Settings())


@pytest.fixture(autouse=True, scope="session")
def _one_process_apart() -> Iterator[None]:
    """What is read apart is read in one process for all tests."""
    with apart.process():
        yield


@pytest.fixture(autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """A library of five invented reports, whose facts are quick ones."""
    monkeypatch.setattr("reader.analysis.analyse", quick_facts)
    opened = Library.open(tmp_path / "library.db")
    for report in REPORTS:
        opened.articles.add(report, report.body.encode())
    yield opened
    opened.close()


class Using:
    """The app as a person uses it."""

    def __init__(self, app: RashomonApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def settle(self) -> None:
        """Wait until the work under way and all that it brings about is done."""
        await self.pilot.pause()
        while any(not worker.is_finished for worker in self.app.workers):
            await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    async def until(self, holds: Callable[[], bool], tries: int = 2_000) -> None:
        """Wait, while work goes on, until something holds; fails where it does not come to hold."""
        for _ in range(tries):
            if holds():
                return
            await self.pilot.pause(0.01)
        pytest.fail(f"it did not come to hold; the status line says: {self.said}")

    async def press(self, *keys: str) -> None:
        """Press keys one after the other; ``]q`` and the like are pressed key by key."""
        for key in keys:
            await self.pilot.press(*(key if key[:1] in "][gz" and len(key) == 2 else (key,)))
        await self.settle()

    async def type(self, text: str) -> None:
        """Type text."""
        await self.pilot.press(*text)
        await self.settle()

    async def paste(self, text: str) -> None:
        """Paste text into what has the focus."""
        assert self.app.focused is not None
        self.app.focused.post_message(Paste(text))
        await self.settle()

    @property
    def said(self) -> str:
        """The line in the status bar."""
        bar: StatusBar = self.app.screen.query_one(StatusBar)
        return bar.message


UseApp = Callable[..., AbstractAsyncContextManager[Using]]


@pytest.fixture
def use() -> UseApp:
    """Run the app on a library: ``async with use(library) as using``."""

    @asynccontextmanager
    async def running(
        library: Library, start: Start = ("library",), size: tuple[int, int] = (120, 30)
    ) -> AsyncIterator[Using]:
        app = RashomonApp(library, start)
        async with app.run_test(size=size) as pilot:
            using = Using(app, pilot)
            await using.settle()
            yield using

    return running
