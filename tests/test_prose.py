"""Wrapping to cells, and the view of one text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.selection import Selection

from widgets.layout import (
    LEFT_TO_RIGHT_MARK,
    Layout,
    cells,
    displayable,
    gaps,
    graphemes,
    paragraphs,
    wrap,
    wrap_paragraphs,
)
from widgets.prose import Mark, ProseView, matches_of
from widgets.row_list import fit
from widgets.typesetting import Setting, blocks, set_rows

TRICKY = "a b-c — ‘’ 漢字、仮名 e\u0301 \u200d \ufe0f ❤️ 👩‍👩‍👧 🇫🇷 שלום عربي \u200b\u00a0\t\n\x1b\u202e\ud800 3,500"
texts = st.text(st.one_of(st.sampled_from(sorted(set(TRICKY))), st.characters(max_codepoint=0x2FFFF)), max_size=200)


@given(text=texts)
def test_displayable_keeps_every_offset_and_nothing_a_terminal_obeys(text: str) -> None:
    shown = displayable(text)
    assert len(shown) == len(text)
    assert not any(ord(c) < 32 and c != "\n" for c in shown)
    assert not set("\x7f\x9b\u200e\u200f\u202a\u202e\u2066\u2069\ufeff") & set(shown)
    shown.encode()


@given(text=texts, width=st.integers(2, 30), indent=st.integers(0, 3))
@settings(max_examples=200)
def test_rows_fit_and_lose_only_blanks(text: str, width: int, indent: int) -> None:
    text = displayable(text).replace("\n", " ")
    indent = min(indent, width - 2)
    rows = wrap(text, 0, len(text), width, indent)
    for row in rows:
        assert row.start < row.end
        assert indent + cells(text[row.start : row.end]) <= width
    edges = [0, *(edge for row in rows for edge in (row.start, row.end)), len(text)]
    assert edges == sorted(edges)
    between = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    assert not "".join(between).replace("\u200b", "").strip()


@given(text=texts, width=st.integers(2, 30))
@settings(max_examples=200)
def test_an_offset_comes_back_from_its_cell(text: str, width: int) -> None:
    text = displayable(text)
    layout = Layout(text, wrap_paragraphs(text, width))
    for row in layout.rows:
        shown = text[row.start : row.end]
        for start, _, size in graphemes(shown):
            if size:
                index, column = layout.locate(row.start + start)
                assert layout.offset_at(index, column) == row.start + start


PAGES = st.lists(st.one_of(texts, st.sampled_from(["A short heading", "- an item " * 9, "“Quoted all through.” " * 9])))


@given(lines=PAGES, width=st.integers(2, 60), between=st.integers(0, 2), leading=st.integers(0, 1))
@settings(max_examples=150)
def test_a_page_fits_loses_only_blanks_and_an_offset_comes_back_from_its_cell(
    lines: list[str], width: int, between: int, leading: int
) -> None:
    text = displayable("\n".join(["Title", "Source", *lines]))
    setting = Setting(between=between, leading=leading, justified=True)
    rows = set_rows(text, blocks(text, len("Title\nSource\n")), width, setting)
    layout = Layout(text, rows)
    shown = [row for row in rows if row.kind == "text"]
    assert "".join("".join(text[row.start : row.end].split()) for row in shown).replace("\u200b", "") == "".join(
        text.split()
    ).replace("\u200b", "")
    for row in shown:
        words = text[row.start : row.end]
        assert row.indent + cells(words) + row.stretch <= width or len(list(graphemes(words))) == 1
        assert sum(share for _, share in gaps(words, row.stretch)) == row.stretch
        for start, _, size in graphemes(words):
            if size:
                index, column = layout.locate(row.start + start)
                assert layout.offset_at(index, column) == row.start + start


def test_paragraphs_are_told_apart_by_how_they_are_written() -> None:
    lines = {
        "Bridge falls": "title",
        "Gazette · 2031": "known",
        "By Tilda Brandt": "byline",
        "The bridge fell on Friday, and nobody knows why it did.": "prose",
        "What is known so far": "heading",
        "The bridge had been closed to lorries since 2029, the mayor said.": "prose",
        "- twelve people were hurt,": "item",
        "2. three hundred were moved.": "item",
        "“We saw it go. It was like thunder,” said a ferryman.": "quotation",
        "“Thunder” was the word that most of those who stood on the quay that night used for it.": "prose",
        "A last line without an end": "prose",
    }
    text = "\n".join(lines)
    made = blocks(text, text.index("By "))
    assert {text[block.start : block.end]: block.kind for block in made} == lines
    assert [text[block.start : block.start + block.marker] for block in made if block.kind == "item"] == ["- ", "2. "]


def test_a_setting_that_cannot_be_read_is_the_usual_one_and_none_goes_beyond_its_bounds() -> None:
    assert Setting.read(Setting(64, 2, 1, True).kept()) == Setting(64, 2, 1, True)
    assert Setting.read("") == Setting.read("[1]") == Setting.read("\ud800") == Setting()
    assert Setting.read('{"measure": 900, "between": -3}') == Setting(measure=100, between=0)


@given(text=texts)
def test_graphemes_cover_the_text(text: str) -> None:
    shown = displayable(text)
    found = list(graphemes(shown))
    assert [start for start, _, _ in found] == [0, *(end for _, end, _ in found)][: len(found)]
    assert sum(width for _, _, width in found) == cell_len(shown.replace("\n", "")) or "\n" in shown


@pytest.mark.parametrize(
    ("text", "width", "rows"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("  one   two", 20, ["one   two"]),
        ("well-known man", 6, ["well-", "known", "man"]),
        ("2031-03-04 x", 12, ["2031-03-04 x"]),
        ("incomprehensible", 6, ["incomp", "rehens", "ible"]),
        ("漢字仮名", 4, ["漢字", "仮名"]),
        ("100\u00a0people left", 10, ["100\u00a0people", "left"]),
        ("", 10, []),
        ("   ", 10, []),
    ],
)
def test_where_lines_break(text: str, width: int, rows: list[str]) -> None:
    assert [text[row.start : row.end] for row in wrap(text, 0, len(text), width)] == rows


def test_paragraphs_are_the_lines_that_are_not_blank() -> None:
    text = "one\n\n  \ntwo three\n"
    assert [text[slice(*span)] for span in paragraphs(text)] == ["one", "two three"]


def test_a_row_between_paragraphs_is_blank() -> None:
    rows = wrap_paragraphs("one\ntwo", 10)
    assert [row.kind for row in rows] == ["text", "blank", "text"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("convoy", ["convoy", "Convoy"]),
        ("Convoy", ["Convoy"]),
        ("the  convoy", ["the\nconvoy"]),
        ("didn't", ["didn’t"]),
        ("a.b", []),
        ("  ", []),
    ],
)
def test_find(query: str, found: list[str]) -> None:
    text = "the\nconvoy didn’t stop; axb. Convoy"
    assert [text[slice(*span)] for span in matches_of(text, query)] == found


TEXT = (
    "The ferry left Port Lume at 18:00 with 120 people aboard, the harbour office said on Monday evening.\n\n"
    + "Nobody was hurt. " * 40
    + "\n\nThe last word."
)


class Reading(App[None]):
    """An app that shows one text."""

    def __init__(self, text: str = TEXT, **settings: object) -> None:
        super().__init__()
        self.view = ProseView(text, **settings)  # type: ignore[arg-type]
        self.pressed: list[int] = []

    def compose(self) -> ComposeResult:
        yield self.view

    def on_mount(self) -> None:
        self.view.show(self.view.text, [Mark(39, 49, "prose--quantity", "●")])

    def on_prose_view_pressed(self, message: ProseView.Pressed) -> None:
        self.pressed.append(message.offset)


def lines(view: ProseView) -> list[str]:
    return [view.render_line(y).text for y in range(view.size.height)]


async def test_the_text_is_wrapped_with_its_glyph_and_its_arrow() -> None:
    app = Reading(measure=40)
    async with app.run_test(size=(60, 12)):
        app.view.cursor = (4, 9)
        shown = lines(app.view)
        assert shown[0].rstrip() == "▶  The ferry left Port Lume at 18:00 with"
        assert shown[1].startswith(" ● 120 people")
        assert all(view_line.cell_length == 59 for view_line in map(app.view.render_line, range(12)))


async def test_a_resize_keeps_the_first_offset() -> None:
    app = Reading(measure=70)
    async with app.run_test(size=(80, 6)) as pilot:
        app.view.scroll_to_offset(400)
        before = app.view.top
        await pilot.resize_terminal(50, 6)
        await pilot.pause()
        row = app.view.layout_rows.rows[round(app.view.scroll_y)]
        assert row.start <= before < row.end


async def test_reveal_shows_an_offset() -> None:
    app = Reading()
    async with app.run_test(size=(60, 6)):
        offset = TEXT.index("The last word")
        app.view.reveal(offset)
        assert any("The last word." in line for line in lines(app.view))
        app.view.reveal(0)
        assert app.view.scroll_y == 0


async def test_moving_the_cursor_repaints_only_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Reading(measure=40)
    async with app.run_test(size=(60, 12)) as pilot:
        app.view.cursor = (4, 9)
        await pilot.pause()
        lines(app.view)
        painted: list[int] = []
        paint = app.view._paint
        monkeypatch.setattr(app.view, "_paint", lambda index: painted.append(index) or paint(index))
        app.view.cursor = (45, 51)
        lines(app.view)
        assert painted == [0, 1]


async def test_find_marks_and_walks_round() -> None:
    app = Reading()
    async with app.run_test(size=(60, 12)):
        assert app.view.find("the") == [(0, 3), (58, 61), (TEXT.index("The last"), TEXT.index("The last") + 3)]
        assert app.view.next_match(0, 1) == (58, 61)
        assert app.view.next_match(0, -1) == app.view.matches[-1]
        assert app.view.next_match(len(TEXT), 1) == (0, 3)
        assert app.view.find("") == []
        assert app.view.next_match(0, 1) is None


async def test_what_is_selected_with_the_mouse_is_the_text_unwrapped() -> None:
    app = Reading(measure=40)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.mouse_down(ProseView, offset=(7, 0))
        await pilot.hover(ProseView, offset=(12, 1))
        await pilot.mouse_up(ProseView, offset=(12, 1))
        await pilot.pause()
        assert app.screen.get_selected_text() == "ferry left Port Lume at 18:00 with 120 people"
        selection = Selection(Offset(0, 0), Offset(3, 0))
        assert app.view.get_selection(selection) == ("The", "\n")


async def test_a_click_tells_the_offset() -> None:
    app = Reading(measure=40)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.click(ProseView, offset=(3 + 4, 0))
        await pilot.pause()
        assert app.pressed == [4]


async def test_hostile_text_is_shown_not_obeyed() -> None:
    app = Reading("\x1b[31m[bold]red[/bold] \u202eevil שלום\u2066 end")
    async with app.run_test(size=(60, 4)):
        shown = lines(app.view)[0]
        assert "�[31m[bold]red[/bold] �evil שלום� end" in shown
        assert shown.count(LEFT_TO_RIGHT_MARK) == 2
        assert app.view.render_line(0).cell_length == 59


async def test_columns_hold_with_wide_and_combining_characters() -> None:
    app = Reading("漢字 e\u0301e\u0301 👩‍👩‍👧 שלום")
    async with app.run_test(size=(60, 4)):
        app.view.set_marks([Mark(4, 5, "prose--quantity"), Mark(9, 11, "prose--time")])
        strip = app.view.render_line(0)
        assert strip.cell_length == 59
        assert sum(cell_len(segment.text) for segment in strip) == 59


async def test_an_empty_text_and_no_room_are_fine() -> None:
    app = Reading("")
    async with app.run_test(size=(2, 2)):
        assert app.view.top == 0
        app.view.reveal(0)
        app.view.cursor = (0, 0)
        assert lines(app.view) == [" ", " "]


def test_right_to_left_words_keep_to_their_column() -> None:
    line = fit("שלום 12", 10)
    assert (line[0], line[-1], cell_len(line)) == ("\u200e", "\u200e", 10)
    assert fit("plain", 10) == "plain     "
