"""The reader screen, key by key, and the reading of facts in one line."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from conftest import REPORTS, UseApp, Using, quick_facts

from db import Library
from reader.nouns import Article, Facts
from widgets.compare import CompareScreen
from widgets.library_screen import LibraryScreen
from widgets.pairs_screen import PairsScreen
from widgets.reader_screen import ArticleView, Legend, Page, ReaderScreen
from widgets.search_bar import SearchBar
from widgets.status import StatusBar

LONG = Article(
    title="A long report",
    source="Fen Gazette",
    published="2029",
    body="\n".join(
        f"Paragraph {n} says that {n} boats lay in the harbour on Friday. " + "Words go on. " * 20 for n in range(1, 41)
    ),
)


async def opened(using: Using, article: int = 1) -> ReaderScreen:
    screen = ReaderScreen(using.app.library, article)
    using.app.push_screen(screen)
    await using.settle()
    return screen


def under_cursor(screen: ReaderScreen) -> str:
    assert screen.view.cursor is not None
    start, end = screen.view.cursor
    return screen.page.text[start:end]


async def test_the_page_holds_head_and_body_at_a_comfortable_measure(library: Library, use: UseApp) -> None:
    async with use(library, size=(140, 30)) as using:
        screen = await opened(using)
        text = [screen.view.render_line(y).text for y in range(screen.view.size.height)]
        assert text[0].strip() == REPORTS[0].title
        assert "Fen Gazette · 2031-05-02" in text[2]
        assert max(len(line.strip()) for line in text) <= 72
        assert min(len(line) - len(line.lstrip()) for line in text if line.strip()) > 20
        assert library.articles.get(1).read


async def test_facts_are_counted_and_marked_by_style(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        screen = await opened(using)
        legend = str(screen.query_one(Legend).render())
        assert "3 quantities" in legend
        assert "2 times" in legend
        assert "1 name " in legend
        drawn = {
            segment.text: segment.style
            for y in range(screen.view.size.height)
            for segment in screen.view.render_line(y)
            if segment.style is not None
        }
        assert drawn["Mayor Tilda Brandt"].underline
        assert drawn["More than 300"].underline
        assert drawn["More than 300"].bold


@pytest.mark.parametrize(
    ("forward", "back", "first", "second", "said"),
    [
        ("]q", "[q", "12", "12", "“12” = 12 people"),
        ("]d", "[d", "Friday", "2029", "“2029” = 2031-05-02; day"),
        (
            "]e",
            "[e",
            "Mayor Tilda Brandt",
            "Mayor Tilda Brandt",
            "“Mayor Tilda Brandt” = person; Mayor; known as tilda brandt",
        ),
    ],
)
async def test_facts_are_walked_with_their_reading(
    library: Library, use: UseApp, forward: str, back: str, first: str, second: str, said: str
) -> None:
    async with use(library) as using:
        screen = await opened(using)
        await using.press(forward)
        assert under_cursor(screen) == first
        await using.press(forward)
        assert under_cursor(screen) == second
        assert using.said.removesuffix("  (from the top)") == said
        await using.press(back)
        assert under_cursor(screen) == first


async def test_a_report_without_facts_says_so(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await opened(using, 5)
        await using.press("]q")
        assert using.said == "No number was found in this report"


async def test_a_prefix_shows_what_may_follow_until_esc(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        screen = await opened(using)
        bar = screen.query_one(StatusBar)
        await using.press("]")
        assert "]…" in str(bar.render())
        assert "q Next quantity" in str(bar.render())
        await using.press("escape")
        assert "Next quantity" not in str(bar.render())
        await using.press("]", "x")
        assert using.said == "]x is no command here"


async def test_moving_and_paragraphs(library: Library, use: UseApp) -> None:
    number = library.articles.add(LONG).id
    async with use(library) as using:
        view = (await opened(using, number)).view
        height = view.size.height
        for keys, top in (
            (("j", "down"), 2),
            (("k", "up"), 0),
            (("ctrl+d",), height // 2),
            (("ctrl+u",), 0),
            (("space",), height - 2),
            (("b",), 0),
            (("G",), view.max_scroll_y),
            (("gg",), 0),
        ):
            await using.press(*keys)
            assert view.scroll_y == top, keys
        await using.press("}", "}", "}")
        assert screen_text(view).startswith("Paragraph 2 ")
        await using.press("{")
        assert screen_text(view).startswith("Paragraph 1 ")


def screen_text(view: ArticleView) -> str:
    return view.text[view.top :]


async def test_the_place_is_remembered(library: Library, use: UseApp) -> None:
    number = library.articles.add(LONG).id
    async with use(library) as using:
        screen = await opened(using, number)
        await using.press("space", "space", "}")
        shown = screen_text(screen.view)[:12]
        await using.press("q")
        assert isinstance(using.app.screen, LibraryScreen)
        screen = await opened(using, number)
        assert screen_text(screen.view)[:12] == shown
        await using.press("Q")
    assert LONG.body[library.articles.place(number) :].startswith(shown)


async def test_find(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        screen = await opened(using)
        await using.press("n")
        assert using.said == "No search yet: / begins one"
        await using.press("/")
        await using.type("bridge")
        await using.press("enter")
        assert len(screen.view.matches) == 3
        assert using.said == "Match 1 of 3"
        await using.press("n")
        assert using.said == "Match 2 of 3"
        await using.press("N", "N")
        assert using.said == "Match 3 of 3"
        await using.press("escape")
        assert screen.view.matches == []
        assert not screen.query_one(SearchBar).has_class("-open")
        await using.press("/")
        await using.type("zzz")
        assert using.said == "“zzz” is not in this report"


async def test_star_tag_and_undo_show_at_once(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        screen = await opened(using)
        await using.press("m")
        assert library.articles.get(1).starred
        assert "★" in str(screen.query_one(StatusBar).render())
        await using.press("t")
        await using.type("fen")
        await using.press("enter")
        assert "#fen" in str(screen.query_one(StatusBar).render())
        await using.press("T", "enter")
        assert library.articles.get(1).tags == ()
        await using.press("u")
        assert library.articles.get(1).tags == ("fen",)


async def test_compare_goes_to_the_last_partner(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await opened(using)
        await using.press("c")
        assert using.said == "No partner yet: P offers the other reports of this event"
        library.sessions.open(1, 2)
        await using.press("c")
        assert isinstance(using.app.screen, CompareScreen)


async def test_partners(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await opened(using)
        await using.press("P")
        assert isinstance(using.app.screen, PairsScreen)


async def test_work_that_lasts_is_shown_and_stopped(
    library: Library, use: UseApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()

    def slow(article: Article) -> Facts:
        go_on.wait(10)
        return quick_facts(article)

    monkeypatch.setattr("reader.analysis.analyse", slow)
    monkeypatch.setattr("widgets.work.SHOW_AFTER", 0.01)
    async with use(library) as using:
        screen = ReaderScreen(library, 1)
        using.app.push_screen(screen)
        await using.pilot.pause(0.05)
        try:
            assert using.said == "Reading numbers, times and names…  (Esc stops)"
            await using.pilot.press("]", "q")
            assert using.said == "The facts are still being read"
            await using.pilot.press("escape")
            assert using.said == "Stopped: reading numbers, times and names"
        finally:
            go_on.set()
        await using.settle()
        assert screen.facts is None


async def test_a_failing_analysis_is_one_line(library: Library, use: UseApp, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Article) -> Facts:
        raise RuntimeError("no model\nsecond line")

    monkeypatch.setattr("reader.analysis.analyse", broken)
    async with use(library) as using:
        await opened(using)
        assert using.said == "Reading numbers, times and names: no model"


async def test_the_real_pipeline_fills_the_page(tmp_path: Path, use: UseApp) -> None:
    with Library.open(tmp_path / "real.db") as library:
        library.articles.add(REPORTS[0])
        async with use(library) as using:
            screen = await opened(using)
            await using.press("]q")
            assert screen.facts is not None
            assert "= " in using.said
            assert screen.facts.body.quantities


async def test_hostile_text_reaches_no_terminal(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        screen = await opened(using, 4)
        text = "".join(screen.view.render_line(y).text for y in range(screen.view.size.height))
        assert "[markup]" in text
        assert "\x1b" not in text


def test_a_page_begins_with_one_line_of_title() -> None:
    from db import Stored

    stored = Stored(
        id=1,
        article=Article(title="Two\nlines", body="Body."),
        words=1,
        read=False,
        starred=False,
        deleted=False,
        added="",
    )
    page = Page.of(stored)
    assert page.text.splitlines()[0] == "Two lines"
    assert page.text[page.body :] == "Body."
