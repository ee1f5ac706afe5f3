"""The library screen, key by key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from threading import Event, current_thread, main_thread
from typing import Any

import pytest
from conftest import REPORTS, UseApp, Using, quick_facts
from rich.cells import cell_len
from textual.events import Paste
from textual.widgets import Input, OptionList, Static

from db import Library, Query, Row
from reader import settings
from reader.acquire import Document
from reader.nouns import Article, Facts
from tests.web_site import Reply, site
from widgets.article_list import ArticleList
from widgets.backlog import missing
from widgets.compare.screen import CompareScreen
from widgets.dialogs import Choose, Form, Notice, Prompt
from widgets.frame import TitleBar
from widgets.library_screen import IMPORT_CHUNK, LibraryScreen
from widgets.listing import EMPTY, Preview
from widgets.pairs_screen import PairsScreen
from widgets.reader_screen import ReaderScreen
from widgets.row_list import PAGE, RowHeading
from widgets.search_bar import SearchBar
from widgets.status import StatusBar
from widgets.views import ViewBar
from widgets.work import leave


def listed(using: Using) -> ArticleList:
    return using.app.screen.query_one(ArticleList)


def title(using: Using) -> str:
    row = listed(using).row
    return row.title if row is not None else ""


def lines(using: Using) -> list[str]:
    """The rows of the list, without the cell of the arrow."""
    rows = listed(using)
    return [rows.render_line(y).text[1:] for y in range(rows.size.height)]


def subtitle(using: Using) -> str:
    return using.app.screen.query_one(TitleBar).subtitle


async def test_an_empty_library_says_what_to_press(tmp_path: Path, use: UseApp) -> None:
    with Library.open(tmp_path / "empty.db") as library:
        async with use(library) as using:
            shown = "\n".join(lines(using))
            assert all(line in shown for line in EMPTY.splitlines() if line)
            for key in ("enter", "p", "P", "r", "m", "t", "D", "e"):
                await using.press(key)
                assert using.said == "No report here: i imports some"


async def test_rows_and_preview(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        assert title(using) == REPORTS[1].title
        assert subtitle(using) == "5 reports"
        assert "Coast Radio" in lines(using)[0]
        assert "2031-05-03" in lines(using)[0]
        preview = using.app.screen.query_one(Preview).text
        assert "Fewer than 100 residents" in preview


@pytest.mark.parametrize("width", [40, 80, 120, 200])
async def test_no_text_from_outside_moves_a_column(library: Library, use: UseApp, width: int) -> None:
    async with use(library, size=(width, 24)) as using:
        rows = listed(using)
        assert all(cell_len(rows.render_line(y).text) == rows.row_width for y in range(rows.size.height))
        hostile = next(line for line in lines(using) if "Markup" in line)
        assert "[bold]" in hostile
        assert "\x1b" not in hostile


@pytest.mark.parametrize("width", [40, 80, 100, 120])
async def test_headings_stand_over_their_columns(library: Library, use: UseApp, width: int) -> None:
    async with use(library, size=(width, 24)) as using:
        heading = str(using.app.screen.query_one(RowHeading).render())
        row = listed(using).render_line(0).text
        assert heading.index("Date") == row.index("2031-05-03")
        assert ("Source" in heading) == ("Coast Radio" in row)
        if "Source" in heading:
            assert heading.index("Source") == row.index("Coast Radio")


async def test_the_scrollbar_hides_nothing_of_a_row(
    library: Library, use: UseApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ArticleList, "cells", lambda _self, _row, width: ((f"{'12':>{width}}", ""),))
    async with use(library, size=(120, 24)) as using:
        strips = using.app.screen._compositor.render_strips()
        region = listed(using).region
        assert strips[region.y].crop(region.x, region.right).text.rstrip().endswith("12")


async def test_moving(library: Library, use: UseApp) -> None:
    for n in range(60):
        library.articles.add(Article(title=f"Note {n:02}", published="2020-01-01", body=f"Note number {n}."))
    async with use(library) as using:
        rows = listed(using)
        for keys, cursor in (
            (("j", "down"), 2),
            (("k", "up"), 0),
            (("G",), 64),
            (("gg",), 0),
            (("end",), 64),
            (("home",), 0),
            (("ctrl+d",), rows.size.height // 2),
            (("ctrl+u",), 0),
            (("space",), rows.size.height),
            (("b",), 0),
            (("pagedown",), rows.size.height),
            (("pageup",), 0),
        ):
            await using.press(*keys)
            assert rows.cursor == cursor, keys
            assert rows.row is not None


async def test_a_long_list_reads_only_the_pages_it_shows(
    library: Library, use: UseApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in library.articles.add_many(
        ((Article(title=f"Item {n:04}", body=f"Body {n}.", published="2019"), b"") for n in range(PAGE * 20)), chunk=500
    ):
        pass
    asked: list[int] = []
    page = library.articles.page

    def counting(query: Query, offset: int = 0, limit: int = 50) -> object:
        asked.append(offset)
        return page(query, offset, limit)

    monkeypatch.setattr(library.articles, "page", counting)
    async with use(library) as using:
        await using.press("G")
        assert listed(using).row is not None
        await using.press("k")
        assert title(using).startswith("Item")
        assert len(set(asked)) <= 5


async def test_search_as_you_type(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("n")
        assert using.said == "No search yet: / begins one"
        await using.press("/")
        await using.type("tram")
        assert listed(using).count == 1
        assert title(using) == REPORTS[2].title
        await using.press("enter")
        assert using.app.focused is listed(using)
        assert subtitle(using) == "1 report: tram"
        await using.press("escape")
        assert listed(using).count == 5
        assert not using.app.screen.query_one(SearchBar).has_class("-open")


async def test_n_walks_what_was_found(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("/")
        await using.type("bridge")
        await using.press("enter", "n")
        assert listed(using).cursor == 1
        await using.press("N")
        assert listed(using).cursor == 0


async def test_typing_runs_no_command(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("/")
        await using.type("Dqm?gl")
        assert using.app.screen.query_one(SearchBar).value == "Dqm?gl"
        assert library.articles.count(Query()) == 5
        await using.press("escape")
        assert listed(using).count == 5


async def test_a_search_without_a_hit_says_so(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("/")
        await using.type("zzz")
        assert "Esc shows all reports again" in "\n".join(lines(using))


async def test_sort(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("S")
        assert isinstance(using.app.screen, Choose)
        await using.press("5")
        titles = [row.title for row in library.articles.page(Query(sort="title", descending=False))]
        assert [listed(using).row_at(n).title for n in range(5)] == titles  # type: ignore[union-attr]
        assert "by title" in subtitle(using)


async def test_filter(library: Library, use: UseApp) -> None:
    library.articles.set_starred([3])
    async with use(library) as using:
        await using.press("F", "m")
        assert (listed(using).count, title(using)) == (1, REPORTS[2].title)
        assert subtitle(using) == "1 report: is:starred"
        assert using.app.screen.query_one(SearchBar).value == "is:starred"
        assert using.app.screen.query_one(SearchBar).display
        await using.press("escape")
        assert listed(using).count == 5
        await using.press("F", "s", "j", "enter")
        assert listed(using).count == 1
        await using.press("F", "n")
        assert subtitle(using).endswith("-has:verdicts"), "filters add up"
        await using.press("F", "J")
        assert subtitle(using).endswith(" has:verdicts"), "one of a field takes the place of another"
        assert listed(using).count == 0
        await using.press("F", "a")
        assert listed(using).count == 5
        await using.press("F", "t")
        assert using.said == "No tag is known yet"
        await using.press("F", "/")
        assert isinstance(using.app.focused, SearchBar)


async def test_fields_and_dates_are_typed_into_the_search(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("/")
        await using.type("sou")
        await using.press("tab")
        assert using.app.screen.query_one(SearchBar).value == "source:"
        assert using.said == "source: takes words of the source"
        await using.type("f")
        await using.press("tab")
        await using.type(" after:2031 OR tag:x")
        assert using.app.screen.query_one(SearchBar).value == "source:fen after:2031 OR tag:x"
        await using.press("enter")
        assert [row.id for row in rows_of(using)] == [1]
        await using.press("/", "end")
        await using.paste(" sourc:x")
        assert using.said.startswith("nothing is called sourc: here; did you mean source?")
        assert listed(using).count == 1, "what cannot be read leaves the list as it was"
        await using.press("escape", "/")
        await using.type('before:"the day before yesterday" bridge')
        assert listed(using).count == 0
        await using.press("escape")
        assert listed(using).count == 5


def rows_of(using: Using) -> list[Row]:
    reports = listed(using)
    return [row for n in range(reports.count) if (row := reports.row_at(n)) is not None]


async def test_read_and_star_and_undo(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("r")
        assert library.articles.get(2).read
        assert using.said.endswith("u undoes it")
        await using.press("m")
        assert library.articles.get(2).starred
        assert "★" in lines(using)[0]
        await using.press("u")
        assert not library.articles.get(2).starred
        assert using.said.startswith("Undone: ")
        assert "★" not in lines(using)[0]
        await using.press("ctrl+r")
        assert library.articles.get(2).starred
        assert using.said.startswith("Redone: ")
        await using.press("u", "u", "u")
        assert not library.articles.get(2).read


async def test_tags_complete_and_come_off(library: Library, use: UseApp) -> None:
    library.tags.tag("article", [1], ["bridges"])
    async with use(library) as using:
        await using.press("t")
        assert isinstance(using.app.screen, Prompt)
        await using.type("fen, bri")
        await using.press("tab", "enter")
        assert set(library.articles.get(2).tags) == {"fen", "bridges"}
        await using.press("T", "enter")
        assert library.articles.get(2).tags == ()
        await using.press("T")
        assert using.said == "No tags here"


async def test_delete_is_undone(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("D")
        assert listed(using).count == 4
        assert using.said == f'Deleted "{REPORTS[1].title}". u undoes it'
        await using.press("u")
        assert listed(using).count == 5
        await using.press("D", "F", "D")
        assert listed(using).count == 1
        await using.press("D")
        assert using.said.startswith("Restored")
        assert not library.articles.get(2).deleted


async def test_marks_take_the_next_command(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("v", "v")
        assert using.said == "2 reports marked; Esc un-marks"
        assert [line[0] for line in lines(using)[:3]] == ["✓", "✓", " "]
        await using.press("m")
        assert all(library.articles.get(n).starred for n in (1, 2))
        assert not listed(using).marked
        await using.press("k", "k", "v", "escape")
        assert not listed(using).marked


async def test_a_range_is_marked_and_taken_by_a_command_right_away(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("j", "V", "j")
        assert [line[0] for line in lines(using)[:4]] == [" ", "┃", "┃", " "]
        assert subtitle(using) == "5 reports · 2 marked"
        await using.press("k", "k")
        assert [line[0] for line in lines(using)[:4]] == ["┃", "┃", " ", " "], "it grows upwards too"
        await using.press("V")
        assert using.said == "2 reports marked; Esc un-marks"
        assert [line[0] for line in lines(using)[:3]] == ["✓", "✓", " "]
        await using.press("G", "V", "k", "m")
        starred = {number for number in range(1, 6) if library.articles.get(number).starred}
        assert len(starred) == 4
        assert using.said == "Starred 4 reports. u undoes it"
        assert subtitle(using) == "5 reports"
        await using.press("u")
        assert not any(library.articles.get(number).starred for number in range(1, 6)), "one step takes all back"
        await using.press("V", "j", "escape")
        assert (using.said, subtitle(using)) == ("Range dropped", "5 reports")


async def test_all_that_is_listed_is_marked_and_changed_in_a_thread_where_it_is_much(
    library: Library, use: UseApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("widgets.frame.AT_ONCE", 1)
    monkeypatch.setattr("widgets.listing.MARKED_AT_ONCE", 2)
    async with use(library) as using:
        await using.press("/")
        await using.type("bridge")
        await using.press("enter", "A")
        assert subtitle(using) == "2 reports: bridge · 2 marked"
        await using.press("escape", "r")
        assert using.said.startswith("Marked "), "Esc un-marks before it clears the search"
        await using.press("u", "A", "D")
        assert using.said == "Deleted 2 reports. u undoes it"
        await using.press("escape")
        assert listed(using).count == 3
        await using.press("u")
        assert listed(using).count == 5
        tag, on_screen = library.tags.tag, []

        def recorded(*args: Any) -> None:
            on_screen.append(current_thread() is main_thread())
            tag(*args)

        monkeypatch.setattr(library.tags, "tag", recorded)
        await using.press("A", "t")
        await using.type("all")
        await using.press("enter")
        assert (library.tags.names(), on_screen) == ([("all", 5)], [False])
        await using.press("A", "T", "enter")
        assert library.tags.names() == []


async def test_a_long_step_is_undone_in_a_thread_and_whole(
    library: Library, use: UseApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.history.LONG", 0)
    monkeypatch.setattr("widgets.work.SHOW_AFTER", 0.01)
    undo, go_on = library.history.undo, Event()

    def waited() -> str | None:
        assert current_thread() is not main_thread()
        go_on.wait(10)
        return undo()

    monkeypatch.setattr(library.history, "undo", waited)
    library.articles.set_starred([1, 2], True)
    async with use(library) as using:
        try:
            await using.pilot.press("u")
            await using.until(lambda: using.said == "Undoing…")
            await using.pilot.press("escape")
        finally:
            go_on.set()
        await using.settle()
        assert using.said == "Undone: starred 2 reports. Ctrl+R redoes it"
        assert not library.articles.get(1).starred


async def test_more_marked_than_a_session_holds_says_so(
    library: Library, use: UseApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("widgets.library_screen.LONGEST", 9)
    async with use(library) as using:
        await using.press("A", "W", "m")
        assert using.said.startswith("5 marked reports make 10 pairs, and a session holds 9")
        assert len(listed(using).marked) == 5
        assert library.sessions.recent() == []


async def test_views_are_saved_shown_opened_renamed_deleted_and_undone(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        bar = using.app.screen.query_one(ViewBar)
        await using.press("w")
        assert using.said == "No view is saved yet: s saves what is listed under a digit"
        await using.press("3")
        assert using.said == "Nothing is saved under 3: s saves what is listed under a digit"
        assert not bar.display
        await using.press("/")
        await using.type("bridge is:unread")
        await using.press("enter", "S", "5", "s", "enter", "enter")
        assert using.said == "Saved under 1. u undoes it"
        assert str(bar.render()) == "▸1 bridge is:unread"
        await using.press("escape")
        assert str(bar.render()) == " 1 bridge is:unread"
        await using.press("s", "3")
        assert isinstance(using.app.screen, Prompt)
        await using.type("!")
        await using.press("enter", "1")
        assert using.said == "View 1: bridge is:unread"
        assert subtitle(using) == "2 reports: bridge is:unread, by title"
        assert using.app.screen.query_one(SearchBar).value == "bridge is:unread"
        await using.press("w", "e")
        assert isinstance(using.app.screen, Prompt)
        using.app.screen.query_one(Input).value = "Bridges"
        await using.press("enter")
        assert str(bar.render()) == "▸1 Bridges    3 All reports!"
        await using.press("w", "j", "D")
        assert using.said == "Deleted view 3. u undoes it"
        await using.press("u")
        assert [view.digit for view in library.views.all()] == [1, 3]
        assert str(bar.render()) == "▸1 Bridges    3 All reports!"
        await using.press("w", "3")
        assert (listed(using).count, subtitle(using)) == (5, "5 reports")
        await using.pilot.click(ViewBar, offset=(3, 0))
        await using.settle()
        assert listed(using).count == 2
        await using.press("u", "u", "u")
        assert not bar.display


async def test_y_copies_citations_and_o_opens_addresses(
    library: Library, use: UseApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("widgets.frame.open_address", opened.append)
    library.articles.add(Article(title="Tide", source="Wire", url="https://wire.example/tide", body="High tide."))
    async with use(library) as using:
        await using.press("y")
        assert using.app.clipboard == f"Coast Radio, “{REPORTS[1].title}”, 2031-05-03"
        await using.press("o")
        assert using.said == "No address is known of this report"
        await using.press("A", "y")
        assert len(using.app.clipboard.splitlines()) == 6
        assert using.said.endswith("6 citations")
        await using.press("o")
        assert opened == ["https://wire.example/tide"]


async def test_a_report_without_a_title_is_known_by_how_it_begins(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        assert any("(A report" in line for line in lines(using))


async def test_edit_corrects_title_source_and_date(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("e")
        form = using.app.screen
        assert isinstance(form, Form)
        await using.press("end")
        await using.type("!")
        await using.press("tab", "tab", "end")
        await using.type(" soon")
        await using.press("enter")
        assert using.app.screen is form, "a date nobody can read is not kept"
        form.query_one("#field-2", Input).value = "2031-05"
        await using.press("enter")
        article = library.articles.get(2).article
        assert (article.title, article.published) == (REPORTS[1].title + "!", "2031-05")


async def test_pick_two_to_compare(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("p")
        assert lines(using)[0].startswith("A")
        assert using.said.startswith("A is ")
        await using.press("p")
        assert using.said == "Nothing picked"
        await using.press("p", "j", "p")
        screen = using.app.screen
        assert isinstance(screen, CompareScreen)
        assert (screen.ids["a"], screen.ids["b"]) == (2, 1)


async def test_two_marked_reports_compare(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("v", "v", "p")
        assert isinstance(using.app.screen, CompareScreen)


async def test_read_and_partners_open_screens(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("enter")
        assert isinstance(using.app.screen, ReaderScreen)
        await using.press("q", "P")
        assert isinstance(using.app.screen, PairsScreen)
        await using.press("q")
        assert isinstance(using.app.screen, LibraryScreen)
        assert listed(using).row is not None
        assert listed(using).row.read


async def test_next_unread(library: Library, use: UseApp) -> None:
    library.articles.set_read([1, 3])
    async with use(library) as using:
        await using.press("]u")
        assert listed(using).row.id not in (1, 3)  # type: ignore[union-attr]
        assert listed(using).cursor > 1
        await using.press("[u")
        assert listed(using).cursor == 0
        await using.press("[u")
        assert using.said == "No unread report before this one"
        await using.press("G", "]u")
        assert using.said == "No unread report further on"


async def test_import_a_folder(library: Library, use: UseApp, tmp_path: Path) -> None:
    folder = tmp_path / "new reports"
    folder.mkdir()
    (folder / "one.txt").write_text(
        "Ferry late at Lume\n\nThe ferry to Lume was two hours late on Monday, the harbour said.\n"
    )
    (folder / "bad.bin").write_bytes(b"\x00\x01\x02" * 100)
    async with use(library) as using:
        await using.press("i")
        await using.paste(str(tmp_path / "new"))
        await using.press("tab", "enter")
        assert library.articles.count(Query()) == 6
        notice = using.app.screen
        assert isinstance(notice, Notice)
        assert "bad.bin" in str(notice.query_one("VerticalScroll Static", Static).render())
        await using.press("enter")
        assert using.said == "Import: 1 added, 0 already there, 0 revised, 1 failed"
        assert listed(using).count == 6


async def test_import_of_what_is_not_there(library: Library, use: UseApp, tmp_path: Path) -> None:
    async with use(library) as using:
        await using.press("i")
        await using.paste(str(tmp_path / "nowhere"))
        await using.press("enter")
        assert isinstance(using.app.screen, Notice)
        await using.press("escape")
        assert "1 failed" in using.said
        await using.press("i", "escape")
        assert isinstance(using.app.screen, LibraryScreen)


async def test_import_of_an_address(library: Library, use: UseApp) -> None:
    settings.use(settings.Settings(private=True))
    with site() as lake:
        lake.replies["/late"] = Reply(b"Ferry late at Lume\n\nThe ferry to Lume was two hours late.\n", "text/plain")
        async with use(library) as using:
            await using.press("i")
            await using.paste(lake.url("/late"))
            await using.press("enter")
            assert using.said.startswith("Import: 1 added")
            assert library.articles.get(6).article.url == lake.url("/late")
    assert lake.asked == ["/robots.txt", "/late"]


PASTED = """Ferry late at Lume

Lume Post

9 March 2023

The ferry to Lume was two hours late on Monday, the harbour said.

Nobody was hurt, and the \x1b[31mharbour\x1b[0m [red]master[/red] apologised.
"""


async def test_a_pasted_report_is_shown_as_it_was_read_before_it_is_added(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("i")
        await using.paste(PASTED)
        form = using.app.screen
        assert isinstance(form, Form)
        fields = [field.value for field in form.query(Input)]
        assert (fields[0], fields[2]) == ("Ferry late at Lume", "2023-03-09")
        assert library.articles.count() == 5
        await using.press("escape")
        assert library.articles.count() == 5
        await using.paste(PASTED)  # into the list itself
        assert isinstance(using.app.screen, Form)
        await using.press("tab")
        await using.type("Lume Post" if not fields[1] else "")
        await using.press("enter")
        assert using.said.startswith("Import: 1 added")
        article = library.articles.get(6).article
        assert (article.source, article.published) == ("Lume Post", "2023-03-09")
        assert article.body.endswith("and the harbour [red]master[/red] apologised.")


async def test_the_clipboard_holds_a_text_an_address_a_path_or_nothing(
    library: Library, use: UseApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.use(settings.Settings(private=True))
    held: list[str | None] = [PASTED]
    monkeypatch.setattr("widgets.clipboard.from_system", lambda: held[0])
    with site() as lake:
        lake.replies["/late"] = Reply(PASTED.encode(), "text/plain")
        async with use(library) as using:
            await using.press("I")
            assert isinstance(using.app.screen, Form)
            await using.press("escape")
            held[0] = lake.url("/late")
            await using.press("I")
            assert [field.value for field in using.app.screen.query(Input)][3] == lake.url("/late")
            await using.press("enter")
            assert library.articles.get(6).article.url == lake.url("/late")
            held[0] = "/tmp/reports"
            await using.press("I")
            assert using.app.screen.query_one(Input).value == "/tmp/reports"
            await using.press("escape")
            held[0] = None
            await using.press("I")
            assert using.app.screen.query_one(Input).value == ""
            await using.press("escape")
            assert using.said.startswith("The clipboard cannot be read")


async def test_another_library_is_merged(library: Library, use: UseApp, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with Library.open(other, reviewer="ben") as theirs:
        theirs.articles.add(library.articles.get(1).article)
        theirs.articles.add(Article(body="The tram to Lume was late."))
        theirs.articles.edit(1, title="Trams")
    library.articles.edit(1, title="Carts")
    async with use(library) as using:
        await using.press("M")
        await using.press(*str(other), "enter")
        assert isinstance(using.app.screen, Notice)
        shown = str(using.app.screen.query_one("VerticalScroll > Static", Static).content)
        assert re.fullmatch("title of (Trams|Carts), edited: .* holds, not .*", shown)
        await using.press("enter", "M")
        await using.press(*str(tmp_path / "none.db"), "enter")
        assert "none.db: is not there" in using.said
    assert library.articles.count() == 6


async def test_feeds_are_fetched(library: Library, use: UseApp) -> None:
    settings.use(settings.Settings(private=True))
    body = " ".join(f"The ferry to Lume was {n} hours late on Monday, the harbour said." for n in range(2, 20))
    feed = f"<rss version='2.0'><channel><title>Lume Post</title><item><title>Late</title><description>{body}</description></item></channel></rss>"
    with site() as lake:
        lake.replies["/feed"] = Reply(feed.encode(), "application/rss+xml")
        library.feeds.add([(lake.url("/feed"), "")])
        async with use(library) as using:
            await using.press("R")
            assert using.said.startswith("Import: 1 added")
            await using.press("R")
            assert using.said.startswith("No feed is due")
    assert library.articles.get(6).article.source == "Lume Post"


async def test_a_fetch_under_way_is_stopped(library: Library, use: UseApp, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.use(settings.Settings(private=True))
    monkeypatch.setattr("widgets.work.SHOW_AFTER", 0.01)
    with site() as lake:
        lake.replies["/slow"] = Reply(b"<html>", stalls=True)
        async with use(library) as using:
            await using.pilot.press("i")
            assert using.app.focused is not None
            using.app.focused.post_message(Paste(lake.url("/slow")))
            await using.pilot.press("enter")
            await using.until(lambda: "/slow" in lake.asked and "(Esc stops)" in using.said)
            await using.press("escape")
            assert using.said == "Stopped: importing"


async def test_a_stopped_import_keeps_what_it_added(
    library: Library, use: UseApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()

    def endless(_: object, **__: object) -> Iterator[Document]:
        for n in count():
            if n == IMPORT_CHUNK + 1:
                go_on.wait(100)
            yield Document(article=Article(title=f"Imported {n}", body=f"Body {n}."), raw=b"", name=f"{n}.txt")

    monkeypatch.setattr("reader.acquire.acquire", endless)
    monkeypatch.setattr("widgets.work.SHOW_AFTER", 0.01)
    async with use(library) as using:
        await using.pilot.press("i", "x", "enter")
        try:
            await using.until(lambda: using.said.startswith(f"Importing… {IMPORT_CHUNK + 1:,}: "))
            await using.pilot.press("escape")
            assert using.said == "Stopped: importing"
        finally:
            go_on.set()
        await using.settle()
        assert listed(using).count == len(REPORTS) + IMPORT_CHUNK


class Slow:
    """An analysis that waits, at the report called ``waits_at``, until it may go on."""

    def __init__(self, waits_at: str) -> None:
        self.waits_at = waits_at
        self.read: list[str] = []
        self.go_on = Event()

    def __call__(self, article: Article) -> Facts:
        self.read.append(article.title)
        if article.title == self.waits_at:
            self.go_on.wait(10)
        return quick_facts(article)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    """The third report takes its time."""
    analysis = Slow(REPORTS[2].title)
    monkeypatch.setattr("reader.analysis.analyse", analysis)
    monkeypatch.setattr("widgets.work.SHOW_AFTER", 0.01)
    yield analysis
    analysis.go_on.set()


def right(using: Using) -> str:
    """What stands on the right of the status line."""
    return str(using.app.screen.query_one(StatusBar).render()).partition("Analysing")[2]


def reads(using: Using) -> bool:
    """Whether a report is open with its facts."""
    return isinstance(using.app.screen, ReaderScreen) and using.app.screen.facts is not None


async def test_facts_are_made_after_an_import(library: Library, use: UseApp, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Ferry late at Lume\n\nThe ferry to Lume was two hours late.\n")
    async with use(library) as using:
        await using.press("i")
        await using.paste(str(tmp_path / "one.txt"))
        await using.press("enter")
        assert using.said.startswith("Import: 1 added")
        assert missing(library) == []
        await using.press("a")
        assert using.said == "All reports are analysed"


async def test_analysis_keeps_nobody_waiting_stops_and_goes_on(library: Library, use: UseApp, slow: Slow) -> None:
    async with use(library) as using:
        await using.pilot.press("a")
        await using.until(lambda: right(using) == "… 2 of 5  (Esc stops)")
        await using.pilot.press("a", "j", "m")
        assert library.articles.get(1).starred, "the list is used meanwhile"
        assert using.said == f'Starred "{REPORTS[0].title}". u undoes it', "and what it says stays"
        await using.pilot.press("enter")
        await using.until(lambda: reads(using))
        assert slow.read[2] == REPORTS[2].title, "which is still waited for"
        await using.pilot.press("q", "escape")
        assert using.said == "Stopped: analysing"
        assert right(using) == ""
        slow.go_on.set()
        await using.settle()
        assert missing(library) == [4, 5]
        await using.press("a")
        assert using.said == "2 reports analysed"
        assert slow.read[-2:] == [report.title for report in REPORTS[3:]]


async def test_a_report_that_is_opened_does_not_wait_for_its_turn(library: Library, use: UseApp, slow: Slow) -> None:
    async with use(library) as using:
        await using.pilot.press("a")
        await using.until(lambda: right(using) == "… 2 of 5  (Esc stops)")
        await using.pilot.press("G", "enter")
        await using.until(lambda: reads(using))
        assert using.app.screen.article == library.articles.page(Query())[-1].id
        assert slow.read[2] == REPORTS[2].title
        assert len(slow.read) == 4
        slow.go_on.set()


async def test_leaving_ends_the_analysis(library: Library, use: UseApp, slow: Slow) -> None:
    async with use(library) as using:
        await using.pilot.press("a")
        await using.until(lambda: right(using) == "… 2 of 5  (Esc stops)")
        await using.pilot.press("Q")
    assert not leave(0), "nobody waits for the report under way"
    slow.go_on.set()
    assert leave(60)
    assert len(slow.read) == 3
    assert missing(library) == [4, 5], "what was done is kept, the report under way included"


async def test_a_report_that_cannot_be_analysed_is_named(
    library: Library, use: UseApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def analyse(article: Article) -> Facts:
        if article.title == REPORTS[2].title:
            raise RecursionError("too deep")
        return quick_facts(article)

    monkeypatch.setattr("reader.analysis.analyse", analyse)
    async with use(library) as using:
        await using.press("a")
        assert using.said == f"1 report could not be analysed: {REPORTS[2].title}: RecursionError: too deep"


async def test_a_click_moves_and_a_second_opens(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.pilot.click(ArticleList, offset=(10, 2))
        await using.settle()
        assert listed(using).cursor == 2
        await using.pilot.click(ArticleList, offset=(10, 1), times=2)
        await using.settle()
        assert isinstance(using.app.screen, ReaderScreen)


async def test_a_menu_moves_with_j_and_k(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("S", "j", "j", "k")
        assert using.app.screen.query_one(OptionList).highlighted == 1
        await using.press("escape")
        assert isinstance(using.app.screen, LibraryScreen)
