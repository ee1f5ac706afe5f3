"""The library read by event, key by key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import UseApp, Using
from msgspec.structs import replace
from textual.widgets import Input, OptionList
from two_reports import COMPARED, COMPARISON, FACTS_B, A, B, library_of

from db import EventQuery, Library
from reader.partners import Partner
from widgets.article_list import ArticleList
from widgets.compare.screen import CompareScreen
from widgets.dialogs import Choose, Prompt
from widgets.event_list import EventList
from widgets.event_screen import EventPairList, EventScreen
from widgets.events_screen import EventsScreen
from widgets.frame import TitleBar
from widgets.listing import Preview
from widgets.reader_screen import ReaderScreen
from widgets.row_list import RowList
from widgets.sessions_screen import SessionsScreen
from widgets.understanding import PartnerFinder


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """Reports 1 to 3 are of event 1, the first compared with the others; 4 and 5 of event 2; 6 is alone."""
    library = library_of(tmp_path / "library.db")
    library.articles.add(replace(B, title="Ferry owners speak again", source="Evening Mail", body=B.body + "\n\nMore."))
    for n in (4, 5, 6):
        title = "Storm hits Marl" if n < 6 else "A fair in Oster"
        library.articles.add(
            replace(A, title=f"{title} {n}", source="Marl Times", published=f"2031-05-0{n}", body=f"Story {n}.")
        )
    for article, beside in ((1, None), (2, 1), (3, 1), (4, None), (5, 4), (6, None)):
        library.events.place(article, beside)
    a, c = library.articles.get_many([1, 3])
    library.facts.put(c, FACTS_B)
    library.comparisons.put(a, c, COMPARISON, COMPARED)

    def partners(_: PartnerFinder, article: int, limit: int, *__: object) -> list[Partner]:
        return [Partner(id=other, score=0.9 - other / 10) for other in range(1, 7) if other != article][:limit]

    monkeypatch.setattr(PartnerFinder, "partners", partners)
    yield library
    library.close()


async def at(using: Using, *keys: str) -> None:
    await using.press("ge")
    assert isinstance(using.app.screen, EventsScreen)
    await using.press(*keys)


def lines(using: Using, kind: type[RowList]) -> list[str]:  # type: ignore[type-arg]
    listed = using.app.screen.query_one(kind)
    return [listed.render_line(y).text[1:].strip() for y in range(listed.count)]


def shown(using: Using) -> str:
    return using.app.screen.query_one(TitleBar).subtitle


def grouped(library: Library) -> list[list[int]]:
    return [library.events.members(event.id) for event in library.events.page(EventQuery(least=1), 0, -1)]


async def test_events_with_reports_outlets_pairs_and_open_conflicts(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await at(using)
        assert shown(using) == "2 events of two reports or more · latest report first"
        storm, ferry = lines(using, EventList)
        assert storm.split() == "2031-05-04 – 2031-05-05 2 1 0/1 Storm hits Marl 4".split()
        assert "3       3 2/3" in ferry
        assert f"≠ {library.events.get(1).open}" in ferry
        assert library.events.get(1).open > 0


async def test_sort_filter_and_search(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await at(using, "S", "o")
        assert lines(using, EventList)[0].startswith("2031-03")
        assert shown(using).endswith("most open conflicts first")
        await using.press("F", "a")
        assert len(lines(using, EventList)) == 3
        await using.press("F", "o")
        assert len(lines(using, EventList)) == 1
        await using.press("F", "2", "slash")
        await using.type("storm marl")
        await using.press("enter")
        assert len(lines(using, EventList)) == 1
        assert "“storm marl”" in shown(using)
        await using.press("escape")
        assert len(lines(using, EventList)) == 2


async def test_naming_and_undoing_it(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await at(using, "e")
        assert isinstance(using.app.screen, Prompt)
        using.app.screen.query_one(Input).value = ""
        await using.type("The May storm")
        await using.press("enter")
        assert "The May storm" in lines(using, EventList)[0]
        await using.press("u")
        assert "Storm hits Marl 4" in lines(using, EventList)[0]


async def test_merging_offers_the_likeliest_first_and_words_find_another(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await at(using, "M")
        assert isinstance(using.app.screen, Choose)
        offered = using.app.screen.query_one(OptionList)
        assert "3 reports" in str(offered.get_option_at_index(0).prompt)
        await using.press("s")
        await using.type("fair")
        await using.press("enter", "1")
        assert library.events.members(library.events.of(6) or 0) == [4, 5, 6]
        assert "Merged “Storm hits Marl 4” into “A fair in Oster 6”" in using.said
        await using.press("u")
        assert grouped(library) == [[6], [4, 5], [1, 2, 3]]


async def test_all_pairs_of_an_event_make_a_session(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await at(using, "G", "W")
        assert isinstance(using.app.screen, SessionsScreen)
        (session,) = library.sessions.recent(-1)
        assert session.pairs == 3
        assert {(p.a_id, p.b_id) for p in library.sessions.pairs(session.id)} == {(1, 2), (1, 3), (2, 3)}


async def test_dismissed_pairs_are_not_queued_and_the_event_of_a_report_is_that_of_the_library(
    library: Library, use: UseApp
) -> None:
    library.comparisons.dismiss(1, 3)
    async with use(library) as using:
        await at(using, "G", "W", "gl", "G", "W", "e")
        pairs = [{(p.a_id, p.b_id) for p in library.sessions.pairs(s.id)} for s in library.sessions.recent(-1)]
        assert [{tuple(sorted(pair)) for pair in queue} for queue in pairs] == [{(1, 2), (2, 3)}] * 2
        for a, b in ((1, 2), (2, 3)):
            library.comparisons.dismiss(a, b)
        await using.press("ge", "G", "W")
        assert using.said == "All its pairs were dismissed"


async def test_a_copy_says_so_in_its_event_and_the_library_how_many_reports_tell_of_it(
    library: Library, use: UseApp
) -> None:
    async with use(library) as using:
        await using.press("G")
        assert "one of 3 reports of its event" in str(using.app.screen.query_one(Preview).text)
        await at(using, "G", "enter")
        reports = lines(using, ArticleList)
        assert ["% copy · " in report for report in reports] == [False, False, True]
        assert "Ferry owners speak again" in reports[2]


async def test_an_event_lists_its_reports_and_its_pairs(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await at(using, "G", "enter")
        assert "3 reports · 3 outlets · 2 of 3 pairs compared · ≠ " in shown(using)
        pairs = lines(using, EventPairList)
        assert pairs[0].startswith("≠ ")
        assert [pair.startswith("not compared") for pair in pairs] == [False, False, True]
        await using.press("enter")
        assert isinstance(using.app.screen, ReaderScreen)
        await using.press("q", "tab", "enter")
        assert isinstance(using.app.screen, CompareScreen)


async def test_splitting_marked_reports_off_is_undone_as_one(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await at(using, "G", "enter", "v", "v", "x")
        assert "2 reports" in using.said
        assert sorted(map(len, grouped(library))) == [1, 1, 2, 2]
        await using.press("u")
        assert sorted(map(len, grouped(library))) == [1, 2, 3]
        await using.press("v", "v", "v", "x")
        assert "these are all its reports" in using.said


async def test_moving_a_report_to_another_event(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await at(using, "G", "enter", "greater_than_sign", "1")
        moved = {library.events.of(n) for n in (4, 5)} & {library.events.of(n) for n in (1, 2, 3)}
        assert len(moved) == 1
        assert "u undoes it" in using.said


async def test_the_event_of_a_report_from_the_library_and_back(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("G", "gE")
        screen = using.app.screen
        assert isinstance(screen, EventScreen)
        assert screen.event == library.events.of(1)


async def test_without_events_it_says_what_to_press(tmp_path: Path, use: UseApp) -> None:
    with Library.open(tmp_path / "empty.db") as library:
        async with use(library) as using:
            await at(using)
            listed = using.app.screen.query_one(EventList)
            told = "\n".join(listed.render_line(y).text for y in range(listed.size.height))
            assert "No event has two reports yet." in told
            for key in ("enter", "e", "M", "W"):
                await using.press(key)
                assert using.said == "No event here"
