"""The reader screen, key by key, and the reading of facts in one line."""

from __future__ import annotations

import re
import sqlite3
from itertools import pairwise
from pathlib import Path
from threading import Event

import pytest
from conftest import REPORTS, UseApp, Using, quick_facts
from msgspec import structs
from rich.cells import cell_len
from textual.geometry import Offset
from textual.selection import Selection
from textual.widgets import Input, Label

from db import Library, LibraryError
from reader.nouns import Article, Correction, Facts, Quantity, Quote, Reading, Sentence, Span, Statement
from widgets.article_view import ArticleView, Legend
from widgets.compare.screen import CompareScreen
from widgets.dialogs import Form
from widgets.library_screen import LibraryScreen
from widgets.page import Page
from widgets.pairs_screen import PairsScreen
from widgets.reader_screen import ReaderScreen
from widgets.search_bar import SearchBar
from widgets.status import PrefixMenu, StatusBar
from widgets.typesetting import Setting

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
        assert "3 numbers" in legend
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


# Correcting


def gutter_of(screen: ReaderScreen) -> str:
    """The arrow and the glyph on the row of the cursor."""
    assert screen.view.cursor is not None
    view = screen.view
    row = view.layout_rows.row_of(screen.view.cursor[0]) - view.scroll_offset.y
    return view.render_line(row).text[view.left_margin : view.left_margin + 2]


async def fill(using: Using, *values: str) -> None:
    """Fill in the lines of the form that is open, and keep them."""
    inputs = list(using.app.screen.query(Input))
    assert len(inputs) == len(values)
    for box, value in zip(inputs, values, strict=True):
        box.value = value
    await using.press("enter")


async def test_x_dismisses_a_reading_and_x_again_takes_that_back(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        screen = await opened(using)
        await using.press("]q", "]q", "x")
        assert using.said == 'Dismissed "12": no number. u undoes it'
        assert [c.fact for c in library.readings.of(library.articles.get(1))] == [None]
        assert gutter_of(screen) == "▶×"
        drawn = [s for y in range(screen.view.size.height) for s in screen.view.render_line(y) if s.text == "12"]
        assert any(segment.style is not None and segment.style.strike for segment in drawn)
        assert "2 numbers" in str(screen.query_one(Legend).render())
        assert "× 1 dismissed" in str(screen.query_one(Legend).render())
        await using.press("[q", "]q")
        assert using.said == '"12" is no number: dismissed by you; was 12 people'
        await using.press("x")
        assert using.said == '"12" is read by Rashomon again. u undoes it'
        assert library.readings.of(library.articles.get(1)) == []
        await using.press("[q", "]q")
        assert using.said == "“12” = 12 people"
        assert gutter_of(screen) == "▶ "


async def test_undo_shows_at_once_and_keeps_the_cursor(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        screen = await opened(using)
        await using.press("]q", "]q", "x", "u")
        assert using.said == "Undone: dismissed 12: no number. Ctrl+R redoes it"
        assert under_cursor(screen) == "12"
        assert gutter_of(screen) == "▶ "
        await using.press("ctrl+r")
        assert gutter_of(screen) == "▶×"


async def test_e_corrects_a_number_and_the_line_says_so(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        screen = await opened(using)
        await using.press("]q", "]q", "e")
        assert [box.value for box in using.app.screen.query(Input)] == ["12", "person", ""]
        await fill(using, "20-30", "people", "killed")
        assert using.said == 'Corrected "12": 20 to 30 people; killed. u undoes it'
        assert gutter_of(screen) == "▶✎"
        assert "✎ 1 corrected" in str(screen.query_one(Legend).render())
        assert screen.facts is not None
        stated = screen.facts.body.quantities[0]
        assert (stated.low, stated.high, stated.fate, stated.corrected) == (20, 30, "kill", True)
        await using.press("[q", "]q")
        assert using.said == "“12” = 20 to 30 people; killed; corrected by you: was 12 people"
        await using.press("e")
        assert [box.value for box in using.app.screen.query(Input)] == ["20 to 30", "person", "kill"]
        await using.press("enter")
        assert using.said == "Nothing was changed"
        assert library.history.count() == 7
        await using.press("x", "e")
        await fill(using, "15", "person", "")
        assert using.said == 'Corrected "12": 15 people. u undoes it'


async def test_e_says_what_is_wrong_and_stores_nothing_until_it_is_right(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await opened(using)
        await using.press("]q", "]q", "e")
        await fill(using, "12 13", "people", "")
        problem = using.app.screen.query_one(".problem", Label)
        assert str(problem.render()) == "Number: write it as 275, 200-300, more than 1,000 or 1.2 million"
        await fill(using, "12", "people", "walked off")
        assert "What happened to them: write one word" in str(problem.render())
        await using.press("escape")
        assert isinstance(using.app.screen, ReaderScreen)
        assert library.readings.of(library.articles.get(1)) == []


async def test_e_corrects_a_date(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await opened(using)
        await using.press("]d", "e")
        await fill(using, "not then")
        assert isinstance(using.app.screen, Form)
        await fill(using, "May 2031")
        assert using.said == 'Corrected "Friday": May 2031. u undoes it'
        await using.press("[d", "]d")
        assert using.said.startswith("“Friday” = May 2031; month; corrected by you: was 2031-05-02")


async def test_e_corrects_a_name(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await opened(using)
        await using.press("]e", "e")
        assert [box.value for box in using.app.screen.query(Input)] == ["person", "tilda brandt"]
        await fill(using, "organisation", "Fen Council")
        assert using.said == 'Corrected "Mayor Tilda Brandt": organisation; known as fen council. u undoes it'


async def test_without_a_fact_at_the_cursor_the_keys_say_how_to_reach_one(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        screen = await opened(using)
        for key in ("e", "x"):
            await using.press(key)
            assert using.said == "No number, time or name at the cursor: ]q ]d ]e go to one"
            screen.view.cursor = (0, 3)
        assert library.history.next_undo() is None


async def test_facts_that_share_words_are_taken_by_the_kind_walked(library: Library, use: UseApp) -> None:
    number = library.articles.add(Article(body="A gate of 2029.", title="Gates", source="X")).id
    facts = quick_facts(library.articles.get(number).article)
    year = facts.body.times[0]
    both = Reading(times=(year,), quantities=(Quantity(start=year.start, end=year.end, low=2029, high=2029),))
    library.facts.put(library.articles.get(number), Facts(version=facts.version, body=both))
    async with use(library) as using:
        await opened(using, number)
        await using.press("]q", "x")
        assert using.said == 'Dismissed "2029": no number. u undoes it'
        await using.press("[d", "x")
        assert using.said == 'Dismissed "2029": no time. u undoes it'


async def test_a_correction_in_the_title_hangs_on_the_title(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await opened(using)
        await using.press("gg", "]q")
        assert under_cursor(using.app.screen) == "12"  # type: ignore[arg-type]
        await using.press("x")
        (correction,) = library.readings.of(library.articles.get(1))
        assert (correction.part, correction.of(REPORTS[0].title)) == ("title", "12")


async def test_a_dismissal_of_what_is_no_longer_read_can_only_be_taken_back(library: Library, use: UseApp) -> None:
    stored = library.articles.get(1)
    library.readings.dismiss(stored, "body", "quantity", Span(start=4, end=10))
    async with use(library) as using:
        await opened(using)
        await using.press("]q", "]q")
        assert using.said == '"bridge" is no number: dismissed by you'
        await using.press("e")
        assert using.said == "Nothing was read here; x takes your dismissal back"
        await using.press("x")
        assert library.readings.of(stored) == []


async def test_a_busy_library_is_said_and_nothing_is_marked(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        screen = await opened(using)
        await using.press("]q", "]q")
        library._store.connection.execute("PRAGMA busy_timeout = 0")
        other = sqlite3.connect(library.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await using.press("x")
        assert "another program is writing to it" in using.said
        assert gutter_of(screen) == "▶ "
        other.close()


async def test_what_was_corrected_stays_shown_where_it_cannot_be_read(
    library: Library, use: UseApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_: object) -> list[Correction]:
        raise LibraryError(library.path, "another program is writing to it")

    async with use(library) as using:
        screen = await opened(using)
        await using.press("]q", "]q", "x")
        monkeypatch.setattr(library.readings, "of", locked)
        screen.library_changed()
        await using.settle()
        assert "What was corrected cannot be read" in using.said
        assert "another program is writing to it" in using.said
        assert gutter_of(screen) == "▶×"
        assert "× 1 dismissed" in str(screen.query_one(Legend).render())


async def test_a_correction_that_waits_for_its_words_is_said(library: Library, use: UseApp) -> None:
    stored = library.articles.get(1)
    at = stored.article.body.index("12")
    library.readings.dismiss(stored, "body", "quantity", Span(start=at, end=at + 2))
    async with use(library) as using:
        screen = await opened(using)
        assert "waits" not in str(screen.query_one(Legend).render())
        revised = stored.article.body.replace("Around 12", "Around 14")
        library.articles.add(structs.replace(stored.article, body=revised), b"revised")
        screen.library_changed()
        await using.settle()
        assert "? 1 correction waits" in str(screen.query_one(Legend).render())
        assert using.said == '1 correction waits for words to come back: "12"'


async def test_the_words_under_a_click_say_what_they_tell(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        screen = await opened(using)
        assert screen.facts is not None
        told = Statement(start=0, end=40, predicate="fall", predicate_span=(24, 28), speaker="the mayor")
        screen.facts = Facts(version="1", body=Reading(statements=(told,)))
        screen.view.post_message(screen.view.Pressed(screen.view, screen.page.body + 2))
        await using.settle()
        assert using.said == "fell; says the mayor"


# Finding and moving


async def test_a_prefix_shows_what_may_follow_until_esc(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        screen = await opened(using)
        menu = screen.query_one(PrefixMenu)
        await using.press("]")
        assert menu.display
        assert "]…" in str(menu.render())
        assert "q Next number" in str(menu.render())
        await using.press("escape")
        assert not menu.display
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
        assert using.said == "“bridge”: 1 of 3"
        await using.press("n")
        assert using.said == "“bridge”: 2 of 3"
        await using.press("N", "N")
        assert using.said == "“bridge”: 3 of 3"
        await using.press("escape")
        assert screen.view.matches == []
        assert not screen.query_one(SearchBar).has_class("-open")
        await using.press("/")
        await using.type("zzz")
        assert using.said == "“zzz” is not in this report"


SET = Article(
    title="Bridge at Ovary Fen: what is known",
    source="Fen Gazette",
    url="https://fen.example/bridge",
    published="2031-05-04",
    body="The bridge at Ovary Fen fell on Friday, shortly after a lorry had crossed it in the rain of that morning.\n"
    "What the mayor says\n"
    "“Nobody was on it, and nobody will be for years. We were warned.” Mayor Tilda Brandt told the council so.\n"
    "- twelve people were hurt by what fell into the water and onto the towpath,\n"
    "- three hundred were moved to a school.\n" + "The council of Ovary Fen meets again on Tuesday. " * 30,
)


def spoken(article: Article) -> Facts:
    """Quick facts with the mayor's quotation and with sentences."""
    facts = quick_facts(article)
    if "“" not in article.body:
        return facts
    quote = Quote(start=article.body.index("Nobody"), end=article.body.index("”"), speaker="tilda brandt")
    ends = [0, *(m.end() for m in re.finditer(r"[.,]”? |\n", article.body)), len(article.body)]
    sentences = tuple(Sentence(start=a, end=b) for a, b in pairwise(ends) if b > a)
    return structs.replace(facts, body=structs.replace(facts.body, quotes=(quote,), sentences=sentences))


@pytest.fixture
def page_set(library: Library, monkeypatch: pytest.MonkeyPatch) -> int:
    """The id of a report with paragraphs of every kind, whose facts hold a quotation."""
    monkeypatch.setattr("reader.analysis.analyse", spoken)
    return library.articles.add(SET).id


def drawn(screen: ReaderScreen) -> list[str]:
    return [screen.view.render_line(y).text.rstrip() for y in range(screen.view.size.height)]


async def test_width_spacing_and_edges_are_picked_and_kept(library: Library, page_set: int, use: UseApp) -> None:
    async with use(library) as using:
        screen = await opened(using, page_set)
        usual = drawn(screen)
        await using.press("zw")
        assert using.said == "Lines of 76 characters at most"
        await using.press("zW", "zW")
        assert screen.view.measure == 68
        assert all(
            row.indent + cell_len(screen.page.text[row.start : row.end]) <= 68 for row in screen.view.layout_rows.rows
        )
        await using.press("zp")
        assert using.said == "Between paragraphs: two blank lines"
        await using.press("zp")
        assert using.said == "Between paragraphs: no blank line, the first line indented"
        await using.press("zl")
        assert using.said == "Double-spaced lines"
        await using.press("zj")
        assert using.said == "Both edges even"
        ends = {len(line) for line in drawn(screen) if line.endswith("rain")}
        assert ends <= {screen.view.left_margin + 3 + 68}
        await using.press("q")
        screen = await opened(using, page_set)
        assert screen.view.setting == Setting(measure=68, between=0, leading=1, justified=True)
        await using.press("z0")
        assert using.said == "The page as it comes"
        assert drawn(screen) == usual
        for _ in range(20):
            await using.press("zw")
        assert using.said == "Lines of 100 characters at most"
        assert library.history.next_undo() is None, "how a page looks is no step to undo"


async def test_another_setting_keeps_what_is_read_at_the_top(library: Library, use: UseApp) -> None:
    number = library.articles.add(LONG).id
    async with use(library) as using:
        screen = await opened(using, number)
        await using.press("space", "space", "}")
        top = screen.view.top
        for keys in ("zW", "zl", "zp", "zj", "zw"):
            await using.press(keys)
            row = screen.view.layout_rows.rows[round(screen.view.scroll_y)]
            assert row.start <= top <= row.end


@pytest.mark.parametrize(("width", "beside"), [(120, True), (60, False)])
async def test_the_speaker_stands_beside_the_words_or_below(
    library: Library, page_set: int, use: UseApp, width: int, beside: bool
) -> None:
    async with use(library, size=(width, 24)) as using:
        screen = await opened(using, page_set)
        (line,) = [line for line in drawn(screen) if "“Nobody" in line]
        assert line.endswith("— Mayor Tilda Brandt") == beside
        assert line[screen.view.left_margin + 1] == "│"
        assert str(screen.query_one(Legend).render()).endswith("“ Mayor Tilda Brandt") != beside
        assert all(cell_len(screen.view.render_line(y).text) == screen.view.size.width - 1 for y in range(20))


async def test_progress_tells_what_is_left(library: Library, use: UseApp) -> None:
    number = library.articles.add(LONG).id
    async with use(library) as using:
        screen = await opened(using, number)
        assert "0% · 13 min left" in str(screen.query_one(StatusBar).render())
        await using.press("G")
        assert str(screen.query_one(StatusBar).render()).rstrip().endswith("100%")


async def test_reading_goes_on_where_it_was_left_and_says_so(library: Library, page_set: int, use: UseApp) -> None:
    async with use(library, size=(60, 16)) as using:
        screen = await opened(using, page_set)
        await using.press("space", "space", "j")
        top = screen.view.top - screen.page.body
        await using.press("q")
        place = library.articles.place(page_set)
        assert any(sentence.start == place for sentence in spoken(SET).body.sentences)
        assert 0 < place <= top
        screen = await opened(using, page_set)
        assert using.said == "Where you left off; gg goes to the top"
        row = screen.view.layout_rows.rows[round(screen.view.scroll_y)]
        assert row.start <= screen.page.body + place < row.end


async def test_y_copies_the_sentence_with_its_citation(library: Library, page_set: int, use: UseApp) -> None:
    cite = " — Fen Gazette, “Bridge at Ovary Fen: what is known”, 2031-05-04, https://fen.example/bridge"
    async with use(library) as using:
        screen = await opened(using, page_set)
        await using.press("y")
        assert using.app.clipboard == f"“{SET.title}”{cite}"
        await using.press("]d", "y")
        assert using.app.clipboard == f"“The bridge at Ovary Fen fell on Friday,”{cite}"
        screen.view.screen.selections = {screen.view: Selection(Offset(0, 0), Offset(6, 0))}
        await using.press("y")
        assert using.app.clipboard == f"“Bridge”{cite}"


async def test_r_marks_unread_and_stays_so(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await opened(using)
        await using.press("r")
        assert using.said == "Marked unread. u undoes it"
        await using.press("q")
        assert not library.articles.get(1).read


async def test_o_opens_the_address(
    library: Library, page_set: int, use: UseApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses: list[str] = []
    monkeypatch.setattr("widgets.frame.open_address", addresses.append)
    library.articles.add(Article(title="Odd", url="file:///etc/passwd", body="An odd report."))
    async with use(library) as using:
        await opened(using, page_set)
        await using.press("o")
        assert addresses == [SET.url]
        assert using.said == f"Opened {SET.url}"
        await using.press("q")
        await opened(using, 1)
        await using.press("o")
        assert using.said == "No address is known of this report"
        await using.press("q")
        await opened(using, page_set + 1)
        await using.press("o")
        assert using.said.startswith(
            "file:///etc/passwd: only addresses that begin with http:// or https:// are opened"
        )
        assert addresses == [SET.url]


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
        library.visits.open(1, 2)
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
