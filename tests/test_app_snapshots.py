"""How the screens look: at the widths that people have, in both themes, and without colour."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import quick_facts
from msgspec import structs
from textual.pilot import Pilot
from two_reports import CONFLICTS, library_of

from app import RashomonApp
from db import Library
from reader.nouns import Article
from widgets.themes import LIGHT

Snap = Callable[..., bool]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.analysis.analyse", quick_facts)


def after(*keys: str, theme: str = "") -> Callable[[Pilot[None]], object]:
    async def press(pilot: Pilot[None]) -> None:
        if theme:
            pilot.app.theme = theme
        for key in ("", *keys):
            await pilot.press(*([key] if key else []))
            await pilot.pause()
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()

    return press


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)], ids="{0[0]}x{0[1]}".format)
def test_library(snap_compare: Snap, library: Library, size: tuple[int, int]) -> None:
    library.tags.tag("article", [1], ["bridges"])
    library.articles.set_starred([1])
    assert snap_compare(RashomonApp(library), terminal_size=size, run_before=after("p", "j", "v"))


@pytest.mark.parametrize("size", [(60, 20), (120, 30)], ids="{0[0]}x{0[1]}".format)
def test_views_and_a_range(snap_compare: Snap, library: Library, size: tuple[int, int]) -> None:
    library.views.save(1, "Unread", "is:unread")
    library.views.save(4, "Bridges of the last year, oldest first", 'bridge after:"last year"', "published", False)
    assert snap_compare(RashomonApp(library), terminal_size=size, run_before=after("1", *"jvVjj"))


def test_library_in_the_light(snap_compare: Snap, library: Library) -> None:
    assert snap_compare(RashomonApp(library), terminal_size=(120, 36), run_before=after("j", theme=LIGHT.name))


def test_library_without_colour(snap_compare: Snap, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(RashomonApp(library), terminal_size=(120, 36), run_before=after("j", "v", "m"))


def test_empty_library(snap_compare: Snap, tmp_path: Path) -> None:
    with Library.open(tmp_path / "empty.db") as library:
        assert snap_compare(RashomonApp(library), terminal_size=(80, 24), run_before=after())


def test_reader(snap_compare: Snap, library: Library) -> None:
    assert snap_compare(
        RashomonApp(library), terminal_size=(120, 36), run_before=after("j", "enter", "]", "q", "]", "q")
    )


LONG = Article(
    title="Ferry Ōtori runs aground off Lume; 東京の橋 crew safe",
    source="Marl Times",
    author="Tilda Brandt",
    published="2031-04-02",
    body="By Tilda Brandt and שרה לוי\n"
    "The ferry ran aground off Lume on Friday with 112 people on board, the harbour said, and lay there for 9 hours.\n"
    "What is known\n"
    "“The tide left us on the bank, and there we sat. Nobody was hurt,” said the mate, שרה לוי of Ma\u0301rl.\n"
    "- 112 people were taken off by two boats, 東京の橋 among them, before the tide came back on Tuesday;\n"
    "- 30 cars stay on board.\n"
    "What is not\n" + "Nobody has said why the pilot left the channel, which is marked by 14 buoys. " * 14,
)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36), (200, 45)], ids="{0[0]}x{0[1]}".format)
def test_long_article(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    with Library.open(tmp_path / "long.db") as library:
        library.articles.add(LONG)
        keys = ("enter", *"zj/11", "enter", "n")
        assert snap_compare(RashomonApp(library), terminal_size=size, run_before=after(*keys))


def test_reader_with_corrections(snap_compare: Snap, library: Library) -> None:
    stored = library.articles.get(1)
    numbers = quick_facts(stored.article).body.quantities
    library.readings.dismiss(stored, "body", "quantity", numbers[0])
    library.readings.correct(stored, "body", structs.replace(numbers[1], low=30.0, high=40.0))
    library.articles.delete([2, 3, 4, 5])
    keys = ("enter", *"]q]q]q")
    assert snap_compare(RashomonApp(library), terminal_size=(120, 30), run_before=after(*keys))


def test_correcting(snap_compare: Snap, library: Library) -> None:
    library.articles.delete([2, 3, 4, 5])
    keys = ("enter", *"]q]qe", "x", "enter")
    assert snap_compare(RashomonApp(library), terminal_size=(80, 24), run_before=after(*keys))


def test_help(snap_compare: Snap, library: Library) -> None:
    assert snap_compare(RashomonApp(library), terminal_size=(100, 36), run_before=after("?", "m", "a", "r", "k"))


def test_contradictions(snap_compare: Snap, tmp_path: Path) -> None:
    with library_of(tmp_path / "judged.db") as library:
        a, b = library.articles.get_many([1, 2])
        library.verdicts.judge_conflict(a, b, CONFLICTS[0], "contradiction", note="who was on the bridge?")
        library.verdicts.judge_conflict(a, b, CONFLICTS[1], "tension")
        assert snap_compare(RashomonApp(library), terminal_size=(120, 30), run_before=after("g", "q", "F", "a", "j"))
