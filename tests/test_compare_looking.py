"""Looking at a comparison, by its keys: folds, levels of marks, anchors, overview, moved sentences."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot
from two_reports import COMPARED, CONFLICTS, FACTS_A, FACTS_B, A, B, library_of, place

from app import RashomonApp
from db import Library
from reader.nouns import BY_HAND, Article, Comparison, Facts, Link, Quote
from widgets.compare.findings import LEVELS
from widgets.compare.overview import WIDTH, lines_of
from widgets.compare.pane import Pane
from widgets.compare.rows import Point, Side
from widgets.compare.screen import CompareScreen
from widgets.compare.slider import Slider
from widgets.compare.verdict_bar import VerdictBar
from widgets.status import StatusBar

WIDE = (140, 40)
Pair = tuple[int, int]
SIZES = (WIDE, (100, 30), (60, 20))


class Looking:
    """The running screen, as a person sees it."""

    def __init__(self, app: RashomonApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> CompareScreen:
        assert isinstance(self.app.screen, CompareScreen), self.app.screen
        return self.app.screen

    async def settle(self) -> None:
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys; those of two characters key by key."""
        for key in keys:
            await self.pilot.press(*(key if len(key) == 2 else (key,)))
        await self.settle()

    async def stand(self, words: str, side: Side = "a") -> None:
        """Put the cursor on words of a body."""
        body = (A if side == "a" else B).body
        self.screen.move_to(Point(side, "body", body.index(words)))
        await self.settle()

    async def resize(self, size: tuple[int, int]) -> None:
        await self.pilot.resize_terminal(*size)
        await self.settle()

    @property
    def said(self) -> str:
        return self.screen.query_one(StatusBar).message

    @property
    def bar(self) -> str:
        return str(self.screen.query_one(VerdictBar).render())

    @property
    def reason(self) -> str:
        return self.screen.current.reason if self.screen.current is not None else ""

    def linked(self) -> list[list[str]]:
        """The links of the comparison, each by how its sentences begin."""
        assert self.screen.comparison is not None
        facts = self.screen.facts
        return [
            [A.body[facts["a"].body.sentences[at].start :][:6] for at in link.a]
            + [B.body[facts["b"].body.sentences[at].start :][:6] for at in link.b]
            for link in self.screen.comparison.links
        ]

    def rows(self, side: Side = "a") -> list[str]:
        """All rows of a pane, seen or not."""
        pane = self.screen.pane_of(side)
        return [pane._paint(row).text.rstrip() for row in range(len(pane.layout_rows.rows))]

    def folds(self) -> list[int]:
        """The rows that are folds, on both sides."""
        return [
            index for pane in self.screen.panes for index, row in enumerate(pane.layout_rows.rows) if row.kind == "fold"
        ]

    def at(self, words: str, side: Side = "a") -> int:
        """The row of some words."""
        return next(index for index, row in enumerate(self.rows(side)) if words in row)


@asynccontextmanager
async def looking(library: Library, size: tuple[int, int] = WIDE) -> AsyncIterator[Looking]:
    app = RashomonApp(library, ("compare", 1, 2))
    async with app.run_test(size=size) as pilot:
        seen = Looking(app, pilot)
        await seen.settle()
        yield seen


def with_conflicts(path: Path, *indexes: int) -> Library:
    """The two reports with only some of their conflicts."""
    comparison: Comparison = replace(COMPARED, conflicts=tuple(CONFLICTS[index] for index in indexes))
    return library_of(path / "library.db", comparison)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_of(tmp_path / "library.db")


@pytest.fixture
def agreeing(tmp_path: Path) -> Library:
    """With one conflict, on how many were hurt: a stretch before it and one after it agree."""
    return with_conflicts(tmp_path, 2)


# Folds


@pytest.mark.parametrize("size", SIZES)
async def test_agreed_stretches_fold_and_open(agreeing: Library, size: tuple[int, int]) -> None:
    async with looking(agreeing, size) as seen:
        whole = seen.rows()
        await seen.press("zM")
        stacked = seen.screen.stacked
        assert seen.said == "Folded 2 stretches, 4 sentences of A and 4 of B agreed: za opens one, zR all"
        assert len(seen.folds()) == 4
        folded = [row for row in seen.rows() if "agreed" in row]
        assert all(row[1] == "+" for row in folded)
        assert [row.split("──")[1].strip() for row in folded] == (
            ["1 sentence agreed"] * 2 + ["3 sentences agreed"] * 2
            if stacked
            else ["1 sentence agreed", "3 sentences agreed"]
        )
        assert not any("The captain had left" in row for row in seen.rows())
        assert any("Twelve people were hurt" in row for row in seen.rows())
        await seen.press("zR")
        assert seen.folds() == []
        assert seen.rows() == whole
        assert seen.said.startswith("Opened 2 stretches")
        await seen.press("zR")
        assert seen.said == "Nothing is folded"


async def test_folded_rows_stay_level(agreeing: Library) -> None:
    async with looking(agreeing) as seen:
        await seen.press("zM")
        a, b = (seen.screen.pane_of(side).layout_rows.rows for side in ("a", "b"))
        assert len(a) == len(b)
        assert [row.kind == "fold" for row in a] == [row.kind == "fold" for row in b]
        assert seen.at("Twelve people") == seen.at("Seven people", "b")


async def test_one_fold_is_opened_and_closed_at_the_cursor(agreeing: Library) -> None:
    async with looking(agreeing) as seen:
        await seen.press("gg", "j", "za")
        assert seen.said.startswith("Folded 1 stretch, 1 sentence of A and 1 of B agreed")
        assert seen.screen.point == Point("a", "body", 0)
        assert seen.screen.pane.arrow == seen.folds()[0]
        await seen.press("za")
        assert seen.folds() == []
        assert seen.said.startswith("Opened 1 stretch")
        await seen.press("]c", "za")
        assert "Nothing to fold here" in seen.said


async def test_lines_step_over_a_fold_and_the_cursor_stands_on_it(agreeing: Library) -> None:
    async with looking(agreeing) as seen:
        await seen.press("zM", "]c", "j")
        assert seen.screen.pane.layout_rows.rows[seen.screen.pane.arrow].kind == "fold"
        assert len(seen.folds()) == 4
        await seen.press("tab")
        assert seen.screen.point.side == "b"
        assert seen.screen.pane.arrow in seen.folds()
        await seen.press("j", "k", "}", "{")
        assert len(seen.folds()) == 4


async def test_a_cursor_inside_goes_to_the_fold_and_a_walk_into_it_opens_it(agreeing: Library) -> None:
    async with looking(agreeing) as seen:
        await seen.press("gg", "]d")
        assert A.body[seen.screen.point.offset :].startswith("21:40")
        await seen.press("zM")
        assert len(seen.folds()) == 4
        assert seen.screen.pane.arrow in seen.folds()
        await seen.press("]d")
        assert len(seen.folds()) == 2
        assert A.body[seen.screen.point.offset :].startswith("21:40")
        assert any("21:40" in row for row in seen.rows())


async def test_a_search_opens_the_folds_that_match_and_they_close_again(agreeing: Library) -> None:
    async with looking(agreeing) as seen:
        await seen.press("zM", "/", *"coast", "enter")
        assert any("The coast guard" in row for row in seen.rows())
        assert any("captain had left" in row for row in seen.rows()) == (len(seen.folds()) == 2)
        assert any("Anselma ran" in row for row in seen.rows()) is False
        await seen.press("zM")
        assert any("The coast guard" in row for row in seen.rows())


async def test_a_conflict_that_comes_to_light_opens_its_fold(library: Library) -> None:
    async with looking(library) as seen:
        await seen.press("zM")
        assert not any("He was not arrested" in row for row in seen.rows())
        await seen.press("zi", "zi", "zi")
        assert any("He was not arrested" in row for row in seen.rows())


async def test_folds_outlive_a_resize_and_a_swap(agreeing: Library) -> None:
    links = tuple(replace(link, a=link.b, b=link.a) for link in COMPARED.links)
    a, b = agreeing.articles.get(1), agreeing.articles.get(2)
    async with looking(agreeing) as seen:
        await seen.press("zM")
        agreeing.comparisons.put(b, a, COMPARED.version, replace(COMPARED, links=links, conflicts=()))
        for size in SIZES[::-1]:
            await seen.resize(size)
            assert len(seen.folds()) == 4
        await seen.press("zh")
        assert len(seen.folds()) == 4
        assert seen.at("Seven people") == seen.at("Twelve people", "b")


async def test_selecting_words_opens_the_fold(agreeing: Library) -> None:
    async with looking(agreeing) as seen:
        await seen.press("gg", "j", "zM", "v")
        assert len(seen.folds()) == 2
        assert "“The”" in seen.bar


async def test_a_click_opens_a_fold(agreeing: Library) -> None:
    async with looking(agreeing) as seen:
        await seen.press("gg", "zM")
        pane = seen.screen.pane_of("a")
        row = next(index for index in seen.folds())
        await seen.pilot.click("#pane-a", offset=(20, row - round(pane.scroll_y)))
        await seen.settle()
        assert len(seen.folds()) == 2


async def test_moving_among_folds_lays_nothing_out_again(agreeing: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async with looking(agreeing) as seen:
        await seen.press("gg", "zM")
        laid: list[Pane] = []
        lay_out = Pane.lay_out
        monkeypatch.setattr(Pane, "lay_out", lambda pane: (laid.append(pane), lay_out(pane))[1])
        await seen.press("j", "j", "k", "]c", "a", "u")
        assert laid == []
        await seen.press("zR")
        assert len(laid) == 2


# Levels of marks


def styled(seen: Looking, words: str) -> set[str]:
    """How the words in the body of A are told apart without colour: by text styles and the gutter's glyph."""
    pane = seen.screen.pane_of("a")
    row, column = pane.layout_rows.locate(pane.sheet.start("a", "body") + A.body.index(words))
    strip = pane._paint(row)
    (segment,) = strip.crop(column + Pane.GUTTER, column + Pane.GUTTER + 1)
    style = segment.style
    assert style is not None
    looks = {"bold": style.bold, "italic": style.italic, "underline": style.underline, "“": strip.text[1] == "“"}
    return {name for name, there in looks.items() if there}


@pytest.mark.parametrize("size", SIZES)
async def test_more_is_marked_level_by_level(tmp_path: Path, size: tuple[int, int]) -> None:
    library = with_conflicts(tmp_path, 5)
    a = library.articles.get(1)
    said = "The coast guard reached the ship"
    start = A.body.index(said)
    quotes = (Quote(start=start, end=start + len(said)),)
    library.facts.put(a, replace(FACTS_A, body=replace(FACTS_A.body, quotes=quotes)))
    async with looking(library, size) as seen:
        looks: dict[str, list[set[str]]] = {"120 passengers": [], "21:40": [], "Port Lume": [], said: []}
        told = []
        for _ in range(4):
            for words, seen_as in looks.items():
                seen_as.append(styled(seen, words))
            told.append(seen.said)
            await seen.press("zi")
        assert looks["120 passengers"] == [set(), {"bold"}, {"bold"}, {"bold"}]
        assert [look - {"“"} for look in looks["21:40"]] == [set(), {"italic"}, {"italic"}, {"italic"}]
        assert looks["Port Lume"] == [set(), set(), {"underline"}, {"underline"}]
        assert looks[said] == [set(), set(), set(), {"“"}]
        assert [level.told for level in LEVELS[1:]] == told[1:]
        assert seen.said == LEVELS[0].told
        assert styled(seen, "Port Lume") == set()


async def test_marks_of_facts_outlive_a_resize_and_folds(library: Library) -> None:
    async with looking(library) as seen:
        await seen.press("zi", "zM")
        assert "bold" in styled(seen, "120 passengers")
        for size in SIZES:
            await seen.resize(size)
            assert "italic" in styled(seen, "21:40")


async def test_moving_leaves_the_marks_of_facts_alone(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async with looking(library) as seen:
        await seen.press("zi")
        monkeypatch.setattr(Pane, "set_ground", lambda *_: pytest.fail("facts were marked again"))
        await seen.press("j", "]c", "]n", "a", "tab")


async def test_levels_without_colour(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with looking(library) as seen:
        await seen.press("zi")
        assert "italic" in styled(seen, "21:40")


# Sentences linked and parted by hand


def obeying(
    _a: Article, _b: Article, _fa: Facts, _fb: Facts, *, anchors: tuple[Pair, ...], severed: tuple[Pair, ...]
) -> Comparison:
    """The hand-made comparison with links made and parted by hand."""
    kept = tuple(link for link in COMPARED.links if (link.a[0], link.b[0]) not in severed)
    made = tuple(Link(a=(a,), b=(b,), score=1.0, why=BY_HAND) for a, b in anchors)
    return replace(COMPARED, links=kept + made)


@pytest.fixture
def obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.comparison.compare", obeying)


@pytest.mark.usefixtures("obeyed")
@pytest.mark.parametrize("size", SIZES)
async def test_two_sentences_are_linked_by_hand_and_undone(library: Library, size: tuple[int, int]) -> None:
    async with looking(library, size) as seen:
        await seen.stand("It had passed")
        await seen.press("ga")
        assert "It had passed every inspection." in seen.bar
        assert "ga there" in seen.bar
        assert any(row.startswith(("▶┃", " ┃")) for row in seen.rows())
        await seen.stand("The owners did not", "b")
        await seen.press("ga")
        assert seen.said == "Linked the two sentences by hand. u undoes it"
        assert ["It had", "The ow"] in seen.linked()
        assert "=" in seen.rows()[seen.at("It had passed")][:7]
        if not seen.screen.stacked:
            assert seen.at("It had passed") == seen.at("The owners did not", "b")
        assert B.body[seen.screen.point.offset :].startswith("The owners did not")
        await seen.press("*")
        assert "Linked by hand" in seen.bar
        (anchor,) = library.comparisons.anchors(library.articles.get(1), library.articles.get(2))
        assert not anchor.severed
        await seen.press("u")
        assert "Undone: linked two sentences" in seen.said
        assert ["It had", "The ow"] not in seen.linked()
        await seen.press("ctrl+r")
        assert ["It had", "The ow"] in seen.linked()


async def test_a_link_by_hand_is_obeyed_and_kept_with_the_pair(library: Library) -> None:
    async with looking(library) as seen:
        await seen.stand("It had passed")
        await seen.press("ga")
        await seen.stand("The owners did not", "b")
        await seen.press("ga")
    async with looking(library) as seen:
        assert seen.screen.comparison is not None
        (by_hand,) = [link for link in seen.screen.comparison.links if link.why == BY_HAND]
        assert A.body[FACTS_A.body.sentences[by_hand.a[-1]].start :].startswith("It had passed")
        assert B.body[FACTS_B.body.sentences[by_hand.b[-1]].start :].startswith("The owners did not")


@pytest.mark.usefixtures("obeyed")
async def test_a_sentence_is_parted_from_all_it_is_linked_with_and_undone_at_once(library: Library) -> None:
    a, b = library.articles.get(1), library.articles.get(2)
    library.comparisons.anchor(a, b, FACTS_A.body.sentences[0], FACTS_B.body.sentences[2])
    async with looking(library) as seen:
        linked = seen.linked()
        assert ["The fe", "Seven "] in linked
        await seen.stand("The ferry")
        await seen.press("gu")
        assert seen.said == "Parted this sentence from 2 sentences. u undoes it"
        assert not any("The fe" in link for link in seen.linked())
        assert len(seen.linked()) == len(linked) - 2
        await seen.press("gu")
        assert "linked with nothing" in seen.said
        await seen.press("u")
        assert "Undone: parted sentences" in seen.said
        assert seen.linked() == linked


async def test_a_sentence_waiting_for_its_partner_is_changed_or_dropped(library: Library) -> None:
    async with looking(library) as seen:
        await seen.press("gg", "ga")
        assert "Only sentences of the body" in seen.said
        await seen.press("j", "ga")
        assert "The ferry" in seen.bar
        await seen.stand("It had passed")
        await seen.press("ga")
        assert "It had passed" in seen.bar
        await seen.press("escape")
        assert seen.said == "Not linked"
        assert "ga there" not in seen.bar
        assert library.comparisons.anchors(library.articles.get(1), library.articles.get(2)) == []


# Overview


def strip(seen: Looking) -> list[str]:
    """The lines of the overview."""
    overview = seen.screen.overview
    return [overview.render_line(y).text for y in range(overview.size.height)]


def test_ticks_stand_as_far_down_as_their_rows_and_never_below_the_strip() -> None:
    assert lines_of([0, 5, 9], 10, 20) == [0, 5, 9]
    assert lines_of([0, 50, 99, 100], 100, 10) == [0, 5, 9, 9]
    assert lines_of([], 0, 0) == []


@pytest.mark.parametrize("size", SIZES)
async def test_the_overview_has_a_tick_for_every_conflict(library: Library, size: tuple[int, int]) -> None:
    async with looking(library, size) as seen:
        assert not seen.screen.overview.display
        await seen.press("zv")
        assert seen.said.startswith("5 conflicts on the strip")
        assert seen.screen.overview.size == (WIDTH, seen.screen.query_one("#columns").size.height)
        assert sum(line[1:].count("≠") + line[1:].count("≈") for line in strip(seen)) == 5
        assert [line[0] for line in strip(seen)].count("▶") == 1
        assert any(line[0] == "┃" for line in strip(seen))
        await seen.press("a", "x", "s")
        ticks = "".join(line[1:] for line in strip(seen))
        assert all(ticks.count(glyph) == 1 for glyph in "✓✗?")
        await seen.press("zv")
        assert not seen.screen.overview.display
        assert seen.said == "Overview hidden"


async def test_a_click_on_a_tick_goes_to_its_conflict(library: Library) -> None:
    async with looking(library) as seen:
        await seen.press("zv")
        line = next(y for y, text in reversed(list(enumerate(strip(seen)))) if "≠" in text)
        await seen.pilot.click("Overview", offset=(1, line))
        await seen.settle()
        assert seen.screen.current is not None
        assert seen.screen.current.reason == CONFLICTS[3].reason
        assert strip(seen)[line][0] == "▶"


async def test_a_crowded_line_says_that_there_is_more(library: Library) -> None:
    async with looking(library, (60, 20)) as seen:
        await seen.press("zv")
        seen.screen.overview.show(seen.screen.shown, [3] * 5, 8)
        assert strip(seen)[3][1:] == "≈≠≠+"
        await seen.pilot.click("Overview", offset=(4, 3))
        await seen.settle()
        assert seen.screen.current is seen.screen.shown[3]


async def test_the_overview_follows_folds_scrolling_and_a_resize(library: Library) -> None:
    async with looking(library, (100, 30)) as seen:
        await seen.press("zv", "gg")
        top = [line[0] for line in strip(seen)]
        await seen.press("G")
        assert [line[0] for line in strip(seen)] != top
        for size in SIZES:
            await seen.resize(size)
            assert sum(line[1:].count("≠") + line[1:].count("≈") for line in strip(seen)) == 5
        columns = sum(seen.screen.query_one(f"#column-{side}").size.width for side in ("a", "b"))
        assert columns + WIDTH <= 140


# Moved sentences


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("side", ["a", "b"])
async def test_a_moved_sentence_is_brought_alongside_and_put_back(
    library: Library, size: tuple[int, int], side: Side
) -> None:
    async with looking(library, size) as seen:
        where, from_side = ("up", "B") if side == "a" else ("down", "A")
        moved = {"a": "ashore by midnight" if size[0] == 140 else "All passengers were", "b": "All passengers of"}
        before = [[row[7:] for row in seen.rows(one)] for one in ("a", "b")]
        await seen.stand("All passengers", side)
        line = seen.screen.pane.arrow - round(seen.screen.pane.scroll_y)
        await seen.press("gm")
        assert seen.said == f"Brought alongside from further {where} in {from_side}: gm puts it back"
        rows = {one: seen.at(moved[one], one) for one in ("a", "b")}
        if seen.screen.stacked:
            assert 0 < rows["b"] - rows["a"] <= 2
        else:
            assert rows["a"] == rows["b"]
            assert seen.screen.pane_of("a").scroll_y == seen.screen.pane_of("b").scroll_y
        for one in ("a", "b"):
            assert "6⇅" in seen.rows(one)[rows[one]]
        note = [row for row in seen.rows(from_side.lower()) if "6 was brought alongside" in row]  # type: ignore[arg-type]
        assert len(note) == 1
        assert note[0][1] == "⇅"
        assert side.upper() in note[0].split("──")[1]
        assert seen.screen.row_of(seen.screen.point) == seen.screen.pane.arrow
        assert 0 <= seen.screen.pane.arrow - round(seen.screen.pane.scroll_y) <= max(line, seen.screen.page_height())
        await seen.press("gm")
        assert seen.said == "Put back"
        assert [[row[7:] for row in seen.rows(one)] for one in ("a", "b")] == before


async def test_what_was_brought_stays_through_a_resize_and_folds(library: Library) -> None:
    async with looking(library) as seen:
        await seen.stand("All passengers")
        await seen.press("gm", "zM")
        for size in SIZES:
            await seen.resize(size)
            assert any("6⇅ All passengers" in row for row in seen.rows("b"))


async def test_a_sentence_that_did_not_move_is_not_brought(library: Library) -> None:
    async with looking(library) as seen:
        await seen.stand("The ferry")
        await seen.press("gm")
        assert seen.said == "It stands level already"
        await seen.stand("The Anselma was")
        await seen.press("gm")
        assert "linked with nothing" in seen.said


async def test_a_conflict_in_what_was_brought_is_judged_there(tmp_path: Path) -> None:
    ashore = replace(CONFLICTS[3], a=place(A, "All passengers"), b=place(B, "All passengers"), reason="moved")
    library = library_of(tmp_path / "library.db", replace(COMPARED, conflicts=(ashore,)))
    async with looking(library) as seen:
        await seen.press("gm")
        assert seen.reason == "moved"
        await seen.press("a")
        assert any(row[1:6] == "✓  6⇅" for row in seen.rows("b"))


# How sure, and which words


async def test_the_least_confidence_is_slid_and_clicked(library: Library) -> None:
    async with looking(library) as seen:
        slider = seen.screen.query_one(Slider)
        assert (slider.least, slider.counts) == (0.5, (5, 1))
        await seen.press("<")
        assert seen.said == "At least 40% sure: 6 conflicts shown, 0 hidden"
        await seen.press(">", ">", ">")
        assert seen.said == "At least 70% sure: 3 conflicts shown, 3 hidden"
        assert "3 shown, 3 less sure hidden" in str(slider.render())
        track = str(slider.render()).index("●") - 7 + 1
        await seen.pilot.click(Slider, offset=(track + 9, 0))
        assert (slider.least, slider.counts) == (0.9, (1, 5))
        await seen.press(">", ">")
        assert seen.said == "Only what is certain is shown"
        await seen.pilot.click(Slider, offset=(track, 0))
        await seen.press("<")
        assert seen.said == "All are shown, even the least sure"


async def test_a_step_that_would_show_the_same_is_passed_over(library: Library) -> None:
    async with looking(library) as seen:
        sure = sorted(finding.confidence or 0 for finding in seen.screen.findings)
        seen.screen.show_from(0.0)
        shown = [len(sure)]
        while shown[-1]:
            await seen.press(">")
            shown.append(len(seen.screen.shown))
        assert len(set(shown)) == len(shown)


async def test_what_was_judged_stays_shown_however_sure(library: Library) -> None:
    async with looking(library) as seen:
        await seen.press("]", "c", "]", "c", "]", "c", "a")
        await seen.press(">", ">", ">", ">", ">")
        assert [finding.state for finding in seen.screen.shown] == ["contradiction"]


async def test_words_that_both_have_are_quiet_until_asked(library: Library) -> None:
    async with looking(library) as seen:
        pane = seen.screen.pane_of("a")

        def quiet() -> list[str]:
            return [pane.text[mark.start : mark.end] for mark in pane.ground if mark.style == "compare--agreed"]

        assert "near Port Lume on Monday" in quiet()
        assert not any("120 passengers" in words for words in quiet())
        await seen.press("z", "w")
        assert quiet() == []
        assert seen.said == "All words are drawn alike"
        await seen.press("z", "w")
        assert "near Port Lume on Monday" in quiet()
