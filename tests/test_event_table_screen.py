"""The table of an event on the screen: moving in it, opening what it shows, listing less of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from conftest import UseApp, Using
from msgspec.structs import replace
from two_reports import CONFLICTS, FACTS_A, A, library_of, sentences

from app import RashomonApp, Start
from db import Library
from reader.nouns import Article, Facts, Quantity, Reading
from widgets.compare.screen import CompareScreen
from widgets.event_grid import EventGrid, widths
from widgets.event_table_screen import EventTableScreen
from widgets.reader_screen import ReaderScreen
from widgets.row_list import RowHeading

Snap = Callable[..., bool]
TABLE: Start = ("event table", [1, 2, 3])
ASIDE = Article(
    title="What the divers saw",
    source="Reef Monthly",
    published="2031-04-01",
    body="The hull of the Anselma had 14 holes. Nobody had told the divers.",
)
HOLES = Facts(
    version=FACTS_A.version,
    body=Reading(
        sentences=sentences(ASIDE.body),
        quantities=(
            Quantity(
                start=28, end=30, low=14, high=14, kind="count", counted="hole", counted_span=(31, 36), sentence=0
            ),
        ),
    ),
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Two reports that conflict, and a third that tells little."""
    library = library_of(tmp_path / "library.db")
    library.articles.add(ASIDE)
    library.facts.put(library.articles.get(3), HOLES)
    yield library
    library.close()


def screen_of(using: Using) -> EventTableScreen:
    assert isinstance(using.app.screen, EventTableScreen)
    return using.app.screen


def things(using: Using) -> list[str]:
    grid = screen_of(using).grid
    return [row.thing for row in grid.source.page(0, 99)]


def told(using: Using) -> str:
    return str(screen_of(using).query_one("#told > Static").render())


async def stand_on(using: Using, thing: str, *keys: str) -> None:
    """Put the cursor on the first row of which that is a part, and press."""
    at = next(at for at, name in enumerate(things(using)) if thing in name)
    await using.press("gg", *("j" * at), *keys)


async def test_the_cell_of_the_cursor_is_told_in_the_words_of_its_report(library: Library, use: UseApp) -> None:
    async with use(library, TABLE) as using:
        await stand_on(using, "passengers")
        assert "[120 passengers] aboard" in told(using)
        await using.press("l")
        assert "[about 90 passengers] aboard" in told(using)
        assert "86% The Lume Courier against Southern Wire" in told(using)
        await using.press("l", "l")
        assert "Reef Monthly 2031-04-01 says nothing of it" in told(using)
        await using.press("0")
        assert "[120 passengers]" in told(using)
        await using.press("$", "h")
        assert screen_of(using).grid.column == 1


async def test_enter_opens_the_pair_at_the_place(library: Library, use: UseApp) -> None:
    async with use(library, TABLE) as using:
        await stand_on(using, "passengers", "l", "enter")
        screen = using.app.screen
        assert isinstance(screen, CompareScreen)
        assert (screen.ids["a"], screen.ids["b"]) == (1, 2)
        assert (screen.point.side, screen.current and screen.current.conflict) == ("b", CONFLICTS[1])
        await using.press("q", "l", "enter")
        assert "says nothing of it" in using.said


async def test_what_one_report_tells_is_read_there(library: Library, use: UseApp) -> None:
    async with use(library, TABLE) as using:
        await stand_on(using, "holes", "$", "enter")
        assert isinstance(using.app.screen, ReaderScreen)
        await using.press("q")
        await stand_on(using, "passengers", "0", "l", "r")
        assert isinstance(using.app.screen, ReaderScreen)
        assert using.app.screen.article == 2


async def test_less_of_it_is_listed(library: Library, use: UseApp) -> None:
    async with use(library, TABLE) as using:
        everything = things(using)
        await using.press("f")
        assert 0 < len(things(using)) < len(everything)
        await using.press("f", "F", "c")
        counted = things(using)
        assert "passengers" in " ".join(counted)
        assert len(counted) < len(everything)
        await using.press("escape", "slash")
        await using.type("passengers")
        await using.press("enter")
        assert things(using)
        assert len(things(using)) < len(everything)
        await using.press("escape")
        assert things(using) == everything


async def test_all_of_a_row_and_its_conflicts(library: Library, use: UseApp) -> None:
    async with use(library, TABLE) as using:
        await stand_on(using, "passengers", "w")
        notice = str(using.app.screen.query_one("VerticalScroll > Static").render())
        assert "A The Lume Courier 2031-03-04" in notice
        assert "B Southern Wire 2031-03-05" in notice
        assert "perhaps: passengers with or without crew" in notice
        assert notice.endswith("says nothing of it")


async def test_a_cell_is_copied_with_its_citation(
    library: Library, use: UseApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    monkeypatch.setattr(EventTableScreen, "copy", lambda _, text, *__: copied.append(text))
    async with use(library, TABLE) as using:
        await stand_on(using, "passengers", "l", "y")
        assert copied == [
            "“about 90 passengers” — Southern Wire, “Harbour office denies that ferry captain left bridge”, 2031-03-05"
        ]
        await using.press("l", "y")
        assert "says nothing of it" in using.said


@pytest.mark.parametrize("form", [".csv", ".json"])
async def test_what_is_listed_is_written(library: Library, use: UseApp, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"table{form}"
    async with use(library, TABLE) as using:
        await using.press("f", "E", "ctrl+a", "ctrl+k")
        await using.paste(str(path))
        await using.press("enter")
        listed = things(using)
    text = path.read_text(encoding="utf-8")
    if form == ".json":
        assert [row["thing"] for row in json.loads(text)["rows"]] == listed
    else:
        assert len(text.splitlines()) == 1 + len(listed)


async def test_what_was_judged_stands_behind_the_sign(library: Library, use: UseApp) -> None:
    a, b = library.articles.get_many([1, 2])
    async with use(library, TABLE) as using:
        grid = screen_of(using).grid
        await stand_on(using, "passengers")
        assert grid.row is not None
        assert grid.judged_sign(grid.row) == " "
        library.verdicts.judge_conflict(a, b, CONFLICTS[1], "compatible")
        screen_of(using).library_changed()
        await using.settle()
        assert grid.judged_sign(grid.row) == "✗"
        assert "passengers" in grid.row.thing


async def test_the_marked_reports_of_the_library_are_a_table(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("A", "gt")
        assert [stored.id for stored in screen_of(using).grid.reports] == [1, 2, 3]
        await using.press("W")
        assert [session.pairs for session in library.sessions.recent()] == [3]


async def test_one_report_alone_is_no_table(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        library.comparisons.dismiss(3, 1)
        library.comparisons.dismiss(3, 2)
        await using.press("slash")
        await using.type("divers saw")
        await using.press("enter", "gt")
        assert screen_of(using).grid.empty.startswith("There is nothing to hold against each other")


async def test_a_table_that_was_stopped_says_so(library: Library, use: UseApp) -> None:
    going = Event()

    def gather(_: object) -> list[int]:
        going.wait(10)
        return [1, 2]

    async with use(library) as using:
        screen = EventTableScreen(library, gather)
        using.app.push_screen(screen)
        await using.pilot.pause()
        (job,) = screen._jobs.values()
        job.shown = True
        await using.pilot.press("escape")
        going.set()
        await using.settle()
        assert screen.grid.empty.startswith("The table is not made")


async def test_more_reports_than_fit_are_come_to(library: Library, use: UseApp) -> None:
    numbers = [
        library.articles.add(replace(A, source=f"Outlet {n}", title=f"{A.title} {n}", body=f"{A.body}\n\n{n}")).id
        for n in range(8)
    ]
    for number in numbers:
        library.facts.put(library.articles.get(number), FACTS_A)
    async with use(library, ("event table", [1, 2, *numbers]), size=(80, 24)) as using:
        heading, grid = using.app.screen.query_one(RowHeading), using.app.screen.query_one(EventGrid)
        assert "▸ 8 more" in str(heading.render())
        await using.press("l", "l")
        assert (grid.column, grid.first) == (2, 1)
        assert "1 more ◂" in str(heading.render())
        await using.press("$")
        assert grid.first == 8
        assert "Outlet 7" in str(heading.render())
        await using.press("0")
        assert grid.first == 0


@pytest.mark.parametrize(("width", "columns", "shown"), [(79, 3, 2), (119, 3, 3), (199, 8, 5), (40, 3, 1), (10, 2, 1)])
def test_columns_share_the_row(width: int, columns: int, shown: int) -> None:
    shares = widths(width, columns)
    assert shares.shown == shown
    if width >= 40:
        assert 3 + shares.thing + shown * (shares.column + 1) <= width


@pytest.mark.parametrize("size", [(80, 24), (120, 32)], ids="{0[0]}x{0[1]}".format)
def test_how_it_looks(snap_compare: Snap, library: Library, size: tuple[int, int]) -> None:
    async def press(pilot: object) -> None:
        using = Using(app, pilot)  # type: ignore[arg-type]
        await using.settle()
        await using.press("j", "l")

    app = RashomonApp(library, TABLE)
    assert snap_compare(app, terminal_size=size, run_before=press)
