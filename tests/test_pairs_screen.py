"""The pairs screen, key by key."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Event

import pytest
from conftest import REPORTS, UseApp, Using
from textual.widgets import Input, Static

from db import Library
from reader.nouns import Article
from reader.partners import Index, Partner, Rarity, nearest
from widgets import work
from widgets.compare.screen import CompareScreen
from widgets.dialogs import Notice
from widgets.library_screen import LibraryScreen
from widgets.pairs_screen import PairList, PairsScreen
from widgets.understanding import PartnerFinder


class FakeIndex:
    """Partners as told of the reports it is given, whatever their texts say."""

    OFFERS = (
        Partner(id=2, score=0.91, why=("Ovary Fen, Tilda Brandt", "May 2-3")),
        Partner(id=3, score=0.4, why=("council",), warnings=("6 months apart",)),
        Partner(id=4, score=0.2),
    )

    def __init__(self, rarity: Rarity, _: object = None) -> None:
        assert rarity.articles
        self._there: set[int] = set()

    def add(self, id: int, article: Article) -> None:
        assert article.body
        self._there.add(id)

    def partners(self, id: int, limit: int = 10) -> list[Partner]:
        return [offer for offer in self.OFFERS if offer.id in self._there - {id}][:limit]


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.partners.Index", FakeIndex)
    monkeypatch.setattr("reader.partners.nearest", lambda *_: [offer.id for offer in FakeIndex.OFFERS])


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> None:
    """Partners as they are found."""
    monkeypatch.setattr("reader.partners.Index", Index)
    monkeypatch.setattr("reader.partners.nearest", nearest)


async def opened(using: Using) -> PairsScreen:
    await using.press("j", "P")
    assert isinstance(using.app.screen, PairsScreen)
    return using.app.screen


def lines(screen: PairsScreen) -> list[str]:
    """The rows of the list, without the cell of the arrow."""
    pairs = screen.query_one(PairList)
    return [pairs.render_line(y).text[1:] for y in range(pairs.count)]


async def test_partners_best_first_with_score_and_why(library: Library, use: UseApp) -> None:
    async with use(library, size=(140, 30)) as using:
        shown = lines(await opened(using))
        assert len(shown) == 3
        assert shown[0].lstrip().startswith("91%")
        assert "Twenty injured" in shown[0]
        assert "Ovary Fen, Tilda Brandt" in shown[0]
        assert "! 6 months apart" in shown[1]


async def test_enter_compares_with_this_report_as_a(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await opened(using)
        await using.press("enter")
        screen = using.app.screen
        assert isinstance(screen, CompareScreen)
        assert (screen.ids["a"], screen.ids["b"]) == (1, 2)


async def test_enter_before_partners_are_found_waits_and_nothing_else_is_done_to_them(
    library: Library, use: UseApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Event()

    def partners(*_: object) -> list[Partner]:
        found.wait(10)
        return [FakeIndex.OFFERS[0]]

    monkeypatch.setattr(PartnerFinder, "partners", partners)
    monkeypatch.setattr(work, "SHOW_AFTER", 60.0)  # so that on a slow machine no progress stands over what keys say
    async with use(library) as using:
        try:
            await using.pilot.press("j", "P", "enter")
            assert using.said.startswith("Still looking: the best partner is compared")
            await using.pilot.press("x", "y", "E", "W", "w")
            assert using.said.startswith("Still looking for partners")
        finally:
            found.set()
        await using.settle()
        assert isinstance(using.app.screen, CompareScreen)
        assert library.comparisons.dismissed(1) == set()


async def test_partners_are_copied_and_written(library: Library, use: UseApp, tmp_path: Path) -> None:
    async with use(library) as using:
        await opened(using)
        await using.press("y")
        assert using.said.endswith(": Coast Radio, “Twenty injured as Ovary Fen bridge gives way”, 2031-05-03")
        await using.press("E")
        using.app.screen.query_one(Input).value = str(tmp_path / "partners.json")
        await using.press("enter")
        rows = json.loads((tmp_path / "partners.json").read_text())
        assert [(row["report"], row["score"], row["warnings"]) for row in rows] == [
            (2, 0.91, ""),
            (3, 0.4, "6 months apart"),
            (4, 0.2, ""),
        ]


async def test_dismissed_stays_dismissed_and_is_undone(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        screen = await opened(using)
        await using.press("x")
        assert len(lines(screen)) == 2
        assert library.comparisons.dismissed(1) == {2}
        await using.press("q", "P")
        assert len(lines(using.app.screen)) == 2  # type: ignore[arg-type]
        await using.press("u")
        assert len(lines(using.app.screen)) == 3  # type: ignore[arg-type]


async def test_why_names_reasons_and_warnings(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await opened(using)
        await using.press("j", "w")
        assert isinstance(using.app.screen, Notice)
        told = str(using.app.screen.query_one("VerticalScroll Static", Static).render())
        assert "40% sure" in told
        assert "· council" in told
        assert "! 6 months apart" in told
        await using.press("q")
        assert isinstance(using.app.screen, PairsScreen)


async def test_search_among_partners(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        screen = await opened(using)
        await using.press("/")
        await using.type("marl")
        await using.press("enter")
        assert len(lines(screen)) == 1
        await using.press("n", "N", "escape")
        assert len(lines(screen)) == 3


@pytest.mark.usefixtures("real")
async def test_deleted_reports_are_not_offered(library: Library, use: UseApp) -> None:
    library.articles.delete([2])
    async with use(library) as using:
        await using.press("P")
        screen = using.app.screen
        assert isinstance(screen, PairsScreen)
        assert not any("Twenty injured" in line for line in lines(screen))


async def test_no_partner_says_what_to_do(library: Library, use: UseApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeIndex, "OFFERS", ())
    async with use(library) as using:
        screen = await opened(using)
        pairs = screen.query_one(PairList)
        shown = "\n".join(pairs.render_line(y).text for y in range(pairs.size.height))
        assert "No other report of this event was found." in shown
        await using.press("enter", "x", "w")
        assert using.app.screen is screen
        await using.press("q")
        assert isinstance(using.app.screen, LibraryScreen)


@pytest.mark.usefixtures("real")
async def test_the_real_index_offers_the_same_event_first(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        screen = await opened(using)
        assert REPORTS[1].title[:20] in lines(screen)[0]


async def test_the_whole_reason_stands_below_the_list(
    library: Library, use: UseApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    why = ("Ovary Fen, Tilda Brandt, The Society of the Friends of Bridges", "May 2-3", "20, 100", "girder, residents")
    against = "same place, perhaps another event: ages 34 against 19, no full name in common"
    monkeypatch.setattr(FakeIndex, "OFFERS", (Partner(id=2, score=0.9, why=why, warnings=(against,)),))
    async with use(library, size=(100, 30)) as using:
        screen = await opened(using)
        told = str(screen.query_one("#told > Static", Static).render())
        assert " · ".join(why) in told
        assert f"! {against}" in told


async def test_a_partner_is_starred_and_tagged(library: Library, use: UseApp) -> None:
    async with use(library, size=(140, 30)) as using:
        screen = await opened(using)
        await using.press("j", "m")
        assert library.articles.get(3).starred
        assert "★" in lines(screen)[1]
        await using.press("t", *"toll", "enter")
        assert library.articles.get(3).tags == ("toll",)
        assert "#toll" in str(screen.query_one("#told > Static", Static).render()), "the cursor is where it was"
        await using.press("T", "enter")
        assert library.articles.get(3).tags == ()
        await using.press("u")
        assert library.articles.get(3).tags == ("toll",)
