"""The compare screen, by its keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event

import pytest
from msgspec.structs import replace
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Label, Static
from two_reports import COMPARED, CONFLICTS, FACTS_A, A, B, library_of

from app import RashomonApp
from db import Library
from reader.nouns import Article, Comparison
from widgets.actions import actions_of
from widgets.compare.conflict_list import ConflictList
from widgets.compare.findings import GLYPHS
from widgets.compare.pane import Pane
from widgets.compare.rows import SIDES, Point, Side
from widgets.compare.screen import CompareScreen
from widgets.compare.verdict_bar import VerdictBar
from widgets.dialogs import Hint
from widgets.search_bar import SearchBar
from widgets.status import StatusBar

WIDE = (120, 40)
NARROW = (80, 24)


class Comparing:
    """The running screen, as a person sees it."""

    def __init__(self, app: RashomonApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> CompareScreen:
        assert isinstance(self.app.screen, CompareScreen), self.app.screen
        return self.app.screen

    @property
    def library(self) -> Library:
        return self.app.library

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    @property
    def said(self) -> str:
        return self.screen.query_one(StatusBar).message

    @property
    def bar(self) -> str:
        return str(self.screen.query_one(VerdictBar).render())

    @property
    def reason(self) -> str:
        return self.screen.current.reason if self.screen.current is not None else ""

    @property
    def word(self) -> str:
        """What stands at the cursor."""
        point = self.screen.point
        return self.screen.articles[point.side].part(point.part)[point.offset :][:12]

    def lines(self, side: Side = "a") -> list[str]:
        pane = self.screen.query_one(f"#pane-{side}", Pane)
        return [pane.render_line(y).text for y in range(pane.size.height)]

    def verdicts(self) -> list[tuple[str, str]]:
        return [(verdict.judgement, verdict.a.text) for verdict in self.library.verdicts.of_pair(1, 2)]


@asynccontextmanager
async def comparing(
    library: Library, size: tuple[int, int] = WIDE, pair: tuple[int, int] = (1, 2)
) -> AsyncIterator[Comparing]:
    app = RashomonApp(library, ("compare", *pair))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        yield Comparing(app, pilot)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_of(tmp_path / "library.db")


COUNT, POLARITY = CONFLICTS[1], CONFLICTS[0]
ORDER = ["worded the same", *(CONFLICTS[at].reason for at in (1, 2, 0, 3))]


# What is shown


@pytest.mark.parametrize("size", [WIDE, (100, 30), (200, 50)])
async def test_linked_sentences_stand_on_one_row(library: Library, size: tuple[int, int]) -> None:
    async with comparing(library, size) as seen:
        a, b = seen.lines("a"), seen.lines("b")
        for left, right in (("The ferry Anselma ran", "The ship ran"), ("The captain had left", "The captain had not")):
            assert [left in line for line in a].index(True) == [right in line for line in b].index(True)


async def test_conflicts_show_their_glyph_and_words_on_both_sides(library: Library) -> None:
    async with comparing(library) as seen:
        assert any(line.startswith(" ≠  3  The captain had left the bridge") for line in seen.lines("a"))
        assert any(line.startswith(" ≠  3  The captain had not left the bridge") for line in seen.lines("b"))
        marked = [mark for mark in seen.screen.pane_of("a").marks if mark.style == "compare--open"]
        text = seen.screen.pane_of("a").text
        assert "had left the bridge" in [text[mark.start : mark.end] for mark in marked]


@pytest.mark.parametrize("side", ["a", "b"])
async def test_the_end_is_the_last_line_with_words_though_the_other_side_goes_on(library: Library, side: Side) -> None:
    async with comparing(library, (140, 40)) as seen:
        seen.screen.move_to(Point(side, "body", 0))
        await seen.press("G")
        rows = seen.screen.pane_of(side).layout_rows.rows
        assert seen.screen.row_of(seen.screen.point) == max(at for at, row in enumerate(rows) if not row.padding)


async def test_moved_sentences_say_where_they_went(library: Library) -> None:
    async with comparing(library) as seen:
        assert any("6↑ All passengers were ashore" in line for line in seen.lines("a"))
        assert any("6↓ All passengers of the ferry" in line for line in seen.lines("b"))


async def test_under_100_columns_a_stands_over_b(library: Library) -> None:
    async with comparing(library, NARROW) as seen:
        assert not seen.screen.query_one("#pane-b", Pane).is_on_screen
        shown = "\n".join(seen.lines("a"))
        assert "A 2  Twelve people were hurt." in shown
        assert shown.index("Twelve people were hurt") < shown.index("Seven people were injured")


async def test_a_resize_changes_the_layout_and_keeps_the_place(library: Library) -> None:
    async with comparing(library) as seen:
        await seen.press("]", "d")
        point, reason = seen.screen.point, seen.reason
        await seen.pilot.resize_terminal(*NARROW)
        await seen.pilot.pause()
        assert seen.screen.stacked
        assert (seen.screen.point, seen.reason) == (point, reason)
        assert any(line.startswith("▶") and "The coast guard" in line for line in seen.lines("a"))
        await seen.pilot.resize_terminal(*WIDE)
        await seen.pilot.pause()
        assert not seen.screen.stacked
        assert any(line.startswith("▶") and "The coast guard" in line for line in seen.lines("a"))


async def test_the_list_shows_kind_confidence_reason_and_state(library: Library) -> None:
    async with comparing(library) as seen:
        listed = seen.screen.query_one(ConflictList)
        assert listed.line_of(1, 100).split() == ["▶≠", "count", "86%", *COUNT.reason.split(), "open"]
        assert [finding.reason for finding in listed.findings] == ORDER


async def test_the_bar_shows_reason_quotes_confidence_cause_and_state(library: Library) -> None:
    async with comparing(library) as seen:
        for part in (
            COUNT.reason,
            "120 passengers",
            "about 90 passengers",
            "86% sure",
            COUNT.benign,
            "open",
            "notable",
        ):
            assert part in seen.bar


async def test_states_differ_without_colour(library: Library) -> None:
    assert len(set(GLYPHS.values())) == len(GLYPHS)
    async with comparing(library) as seen:
        await seen.press("a", "x", "s")
        shown = "\n".join(seen.lines("a"))
        for glyph, number in (("✓", 1), ("✗", 2), ("?", 3)):
            assert f"{glyph}  {number}  " in shown or (glyph == "✓" and "✓     Monday" in shown)


async def test_reports_of_different_events_compare_with_a_warning(tmp_path: Path) -> None:
    library = library_of(tmp_path / "library.db", replace(COMPARED, related=0.1, notes=("A bound was hit",)))
    async with comparing(library) as seen:
        warning = seen.screen.query_one("#warning")
        assert warning.display
        assert "different events (10%" in str(warning.render())
        assert "A bound was hit" in str(warning.render())


async def test_no_conflict_says_what_to_press(tmp_path: Path) -> None:
    library = library_of(tmp_path / "library.db", replace(COMPARED, conflicts=()))
    async with comparing(library) as seen:
        assert "No conflict is that sure" in seen.bar
        assert "< shows" in seen.bar
        await seen.press("]", "c")
        assert seen.said == "No conflict here"
        await seen.press("a")
        assert "]c" in seen.said


async def test_texts_are_readable_while_they_are_compared_and_esc_stops(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()

    def slow(_library: Library, _a: object, _b: object, report: object) -> None:
        go_on.wait(2)
        report("too late")  # type: ignore[operator]

    monkeypatch.setattr("widgets.compare.view.comparison_of", slow)
    monkeypatch.setattr("widgets.work.SHOW_AFTER", 0.01)
    app = RashomonApp(library, ("compare", 1, 2))
    async with app.run_test(size=WIDE) as pilot:
        seen = Comparing(app, pilot)
        for _ in range(200):
            if app.screen.query(StatusBar) and seen.said:
                break
            await pilot.pause(0.01)
        assert any("The captain had left" in line for line in seen.lines("a"))
        assert "Comparing" in seen.bar
        assert "Esc stops" in seen.said
        await seen.press("escape")
        assert "Stopped" in seen.said
        assert "Not compared" in seen.bar
        go_on.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert seen.screen.comparison is None


async def test_an_analysis_that_fails_is_one_line(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise RuntimeError("no model\nno more")

    monkeypatch.setattr("widgets.compare.view.comparison_of", failing)
    async with comparing(library) as seen:
        assert seen.said == "Comparing: no model"
        assert "Not compared" in seen.bar


async def test_a_missing_report_is_one_line(library: Library) -> None:
    async with comparing(library, pair=(1, 99)) as seen:
        assert "99" in seen.said
        await seen.press("j", "]", "c", "a", "v", "tab", "y", "z", "z", "n")
        assert isinstance(seen.app.screen, CompareScreen)


# Moving


async def test_it_opens_at_the_first_undecided_conflict(library: Library) -> None:
    async with comparing(library) as seen:
        assert seen.reason == COUNT.reason


async def test_conflicts_are_walked_in_the_order_of_the_rows_and_round(library: Library) -> None:
    async with comparing(library) as seen:
        walked = []
        for _ in range(5):
            await seen.press("]", "c")
            walked.append(seen.reason)
        assert walked == [*ORDER[2:], *ORDER[:2]]
        assert seen.said == ""
        await seen.press("[", "c")
        assert seen.reason == ORDER[0]
        await seen.press("[", "c")
        assert seen.reason == ORDER[-1]
        assert seen.said.startswith("Round again")


async def test_n_walks_conflicts_until_a_search_sets_another(library: Library) -> None:
    async with comparing(library) as seen:
        await seen.press("n")
        assert seen.reason == ORDER[2]
        await seen.press("N")
        assert seen.reason == ORDER[1]
        await seen.press("g", "g", "/", *"bridge", "enter")
        assert seen.said == "Match 1 of 3", "each letter typed went on from the match before"
        found = []
        for _ in range(3):
            found.append((seen.screen.point.side, seen.screen.point.part, seen.word[:6]))
            await seen.press("n")
        assert sorted(found) == [("a", "body", "bridge"), ("b", "body", "bridge"), ("b", "title", "bridge")]
        await seen.press("escape")
        assert "n and N walk conflicts" in seen.said
        await seen.press("n")
        assert seen.reason in ORDER


async def test_undecided_conflicts_are_walked(library: Library) -> None:
    async with comparing(library) as seen:
        await seen.press("]", "u")
        assert seen.reason == ORDER[2]
        await seen.press("a", "[", "u")
        assert seen.reason == ORDER[1]


@pytest.mark.parametrize(
    ("keys", "word", "told"),
    [
        (("]", "n"), "120 passengers"[:12], "120 against"),
        (("[", "n"), "120 passengers"[:12], "120 against"),
        (("]", "d"), "21:40. All p", "21:40 against"),
        (("]", "e"), "Port Lume on"[:12], "known as Port Lume"),
        (("]", "p"), "not arrested", "Denied: arrested"),
        (("]", "o"), "The Anselma ", "Only A says so"),
        (("]", "m"), "All passenge", "Said elsewhere on the other side"),
        (("l", "]", "n"), "about 90 pas", "120 against"),
        (("l", "]", "o"), "Divers will ", "Only B says so"),
    ],
)
async def test_facts_are_walked(library: Library, keys: tuple[str, ...], word: str, told: str) -> None:
    async with comparing(library) as seen:
        await seen.press("g", "g", *keys)
        assert seen.word == word
        assert told in seen.bar


async def test_rows_pages_and_ends(library: Library) -> None:
    async with comparing(library) as seen:
        await seen.press("g", "g")
        assert seen.screen.point == Point("a", "title", 0)
        await seen.press("j")
        assert seen.screen.point == Point("a", "body", 0)
        await seen.press("k")
        assert seen.screen.point == Point("a", "title", 0)
        await seen.press("G")
        last = seen.screen.point
        assert last.offset > len(A.body) - 60
        await seen.press("ctrl+u")
        assert seen.screen.point < last
        await seen.press("ctrl+d")
        assert seen.screen.point == last
        await seen.press("b", "space")
        assert seen.screen.point.offset > 0


async def test_paragraphs(library: Library) -> None:
    async with comparing(library) as seen:
        await seen.press("g", "g", "}", "}")
        assert seen.word == "The captain "
        await seen.press("{")
        assert seen.screen.point == Point("a", "body", 0)
        await seen.press("{")
        assert seen.screen.point.part == "title"


async def test_panes(library: Library) -> None:
    async with comparing(library) as seen:
        await seen.press("l")
        assert seen.word == "about 90 pas"
        await seen.press("l")
        assert seen.screen.point.side == "b"
        await seen.press("h")
        assert seen.word == "120 passenge"
        await seen.press("tab")
        assert seen.screen.point.side == "b"
        await seen.press("shift+tab")
        assert seen.screen.point.side == "a"
        assert seen.screen.focused is seen.screen.query_one("#pane-a")


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_same_fact_of_a_moved_sentence(library: Library, size: tuple[int, int]) -> None:
    async with comparing(library, size) as seen:
        await seen.press("]", "m", "*")
        assert seen.screen.point == Point("b", "body", 0)
        await seen.press("*")
        assert seen.word == "All passenge"
        await seen.press("G", "*")
        assert "Nothing on the other side" in seen.said


async def test_both_panes_scroll_together_until_unlocked(library: Library) -> None:
    async with comparing(library, (100, 20)) as seen:
        a, b = seen.screen.query_one("#pane-a", Pane), seen.screen.query_one("#pane-b", Pane)
        await seen.press("G")
        assert a.scroll_y == b.scroll_y > 0
        b.scroll_to(y=2, animate=False)
        await seen.pilot.pause()
        assert a.scroll_y == 2
        await seen.press("z", "s")
        assert "alone" in seen.said
        before = b.scroll_y
        await seen.press("g", "g")
        assert a.scroll_y == 0 != before == b.scroll_y
        await seen.press("z", "s")
        assert b.scroll_y == 0


async def test_far_words_of_the_other_side_are_brought_alongside(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.db")
    filler = "\n\n".join(f"Line {number} of the harbour log." for number in range(60))
    library.articles.add(Article(title="A", body="The crane fell at 09:00.\n\n" + filler))
    library.articles.add(Article(title="B", body=filler + "\n\nThe crane fell at 11:00."))
    a, b = library.articles.get(1), library.articles.get(2)
    from reader.analysis import VERSION as ANALYSIS
    from reader.comparison import VERSION
    from reader.nouns import Conflict, Facts, Place, Reading

    start = b.article.body.index("11:00")
    far = Conflict(
        kind="time",
        a=Place(start=18, end=23, text="09:00"),
        b=Place(start=start, end=start + 5, text="11:00"),
        confidence=0.9,
        severity=2,
        reason="09:00 against 11:00",
    )
    for stored in (a, b):
        library.facts.put(stored, Facts(version=ANALYSIS, body=Reading()))
    library.comparisons.put(a, b, VERSION, Comparison(version=VERSION, conflicts=(far,)))
    async with comparing(library) as seen:
        assert any("09:00" in line for line in seen.lines("a"))
        assert any("11:00" in line for line in seen.lines("b"))
        assert "not level" in str(seen.screen.query_one("#head-b").render())
        for side in SIDES:
            told = [line for line in seen.lines(side) if line.strip(" ╱")]
            assert len(told) >= len(seen.lines(side)) // 2 - 2, "half of a pane says nothing"
        await seen.press("j")
        panes = seen.screen.panes
        assert panes[0].scroll_y == panes[1].scroll_y


async def test_a_click_moves_the_cursor(library: Library) -> None:
    async with comparing(library) as seen:
        row = next(y for y, line in enumerate(seen.lines("b")) if "Police arrested" in line)
        await seen.pilot.click("#pane-b", offset=(20, row))
        await seen.pilot.pause()
        assert seen.screen.point.side == "b"
        assert B.body[: seen.screen.point.offset].endswith("Police arrest")
        await seen.pilot.click(ConflictList, offset=(20, 1))
        await seen.pilot.pause()
        assert seen.reason == ORDER[1]


async def test_a_click_in_the_bar_goes_to_the_words_of_that_side(library: Library) -> None:
    async with comparing(library) as seen:
        reason = seen.reason
        for y, side in ((3, "b"), (2, "a")):
            await seen.pilot.click(VerdictBar, offset=(10, y))
            await seen.pilot.pause()
            assert (seen.screen.point.side, seen.reason) == (side, reason)


async def test_a_click_on_the_number_of_a_link_goes_to_its_other_half(library: Library) -> None:
    async with comparing(library) as seen:
        row = next(y for y, line in enumerate(seen.lines()) if " 6↑ " in line)
        await seen.pilot.click("#pane-a", offset=(4, row))
        await seen.pilot.pause()
        assert (seen.screen.point.side, seen.word) == ("b", "All passenge")


async def test_dialogs_are_answered_with_the_mouse(library: Library) -> None:
    async with comparing(library) as seen:

        async def click(words: str) -> None:
            hint = seen.app.screen.query_one(Hint)
            at = str(hint.render()).index(words) + 1
            await seen.pilot.click(Hint, offset=(at, 0))
            await seen.pilot.pause()
            await seen.pilot.pause()

        await seen.press("X")
        await click("n no")
        assert seen.verdicts() == []
        await seen.press("e")
        await seen.press(*"seen")
        await click("Enter keeps")
        assert seen.said.startswith("Stored: note")
        await seen.press("c")
        await click("Esc goes")
        assert isinstance(seen.app.screen, CompareScreen)
        await seen.press("c")
        await seen.pilot.click(offset=(1, 1))
        assert isinstance(seen.app.screen, CompareScreen)
        await seen.press("X")
        await click("y yes")
        assert len(seen.verdicts()) == 4


async def test_what_the_mouse_selected_is_copied_unwrapped(library: Library) -> None:
    async with comparing(library) as seen:
        row = next(y for y, line in enumerate(seen.lines()) if "The ferry Anselma" in line)
        await seen.pilot.mouse_down("#pane-a", offset=(Pane.GUTTER + 4, row))
        await seen.pilot.hover("#pane-a", offset=(Pane.GUTTER + 15, row + 1))
        await seen.pilot.mouse_up("#pane-a", offset=(Pane.GUTTER + 15, row + 1))
        for key in ("y", "ctrl+c"):
            seen.app.copy_to_clipboard("")
            await seen.press(key)
            assert seen.app.clipboard in A.body
            assert seen.app.clipboard.startswith("ferry Anselma ran aground near Port Lume on")
            assert "\n" not in seen.app.clipboard


@pytest.mark.parametrize("letter", ["n", "d", "e", "p", "o", "m"])
async def test_every_walk_goes_back_and_round(library: Library, letter: str) -> None:
    async with comparing(library) as seen:
        seen_at = set()
        for _ in range(8):
            await seen.press("]", letter)
            seen_at.add(seen.screen.point)
        stops = sorted(seen_at)
        at = stops.index(seen.screen.point)
        for step in range(1, len(stops) + 1):
            await seen.press("[", letter)
            assert seen.screen.point == stops[(at - step) % len(stops)]
            assert seen.said == ("Round again, from the end" if (at - step) % len(stops) == len(stops) - 1 else "")


async def test_arrows_and_the_keys_for_pages_do_as_the_letters(library: Library) -> None:
    async with comparing(library, NARROW) as seen:
        for letters, key in ((("l",), "right"), (("h",), "left"), (("G",), "end"), (("g", "g"), "home")):
            await seen.press(*letters)
            there = seen.screen.point
            await seen.press({"right": "h", "left": "l", "end": "home", "home": "end"}[key])
            assert seen.screen.point != there
            await seen.press(key)
            assert seen.screen.point == there
        await seen.press("space")
        there = seen.screen.point
        await seen.press("home", "pagedown")
        assert seen.screen.point == there
        await seen.press("pageup")
        assert seen.screen.point.part == "title"


# Judging


@pytest.mark.parametrize(
    ("key", "judgement"), [("a", "contradiction"), ("x", "compatible"), ("~", "tension"), ("s", "unsure")]
)
async def test_a_verdict_is_stored_said_and_undone(library: Library, key: str, judgement: str) -> None:
    async with comparing(library) as seen:
        await seen.press(key)
        assert seen.verdicts() == [(judgement, "120 passengers")]
        assert seen.said.startswith(f"Stored: count {judgement} · 3 left · u undoes it")
        assert seen.reason == ORDER[2]
        assert seen.screen.progress == (1, 4)
        await seen.press("u")
        assert seen.verdicts() == []
        assert seen.screen.progress == (0, 4)
        await seen.press("ctrl+r")
        assert seen.verdicts() == [(judgement, "120 passengers")]


async def test_undoing_a_correction_compares_again(library: Library) -> None:
    stored = library.articles.get(1)
    (aboard,) = FACTS_A.body.quantities
    library.readings.dismiss(stored, "body", "quantity", aboard)
    async with comparing(library) as seen:
        assert seen.screen.facts["a"].body.quantities == ()
        assert seen.screen.comparison is not None
        assert "count" not in {conflict.kind for conflict in seen.screen.comparison.conflicts}
        await seen.press("u")
        assert seen.said == "Undone: dismissed 120 passengers: no number. Ctrl+R redoes it"
        assert seen.screen.facts["a"].body.quantities == (aboard,)
        assert "count" in {conflict.kind for conflict in seen.screen.comparison.conflicts}


async def test_backspace_undoes_the_last_verdict_and_goes_back_to_it(library: Library) -> None:
    async with comparing(library) as seen:
        await seen.press("backspace")
        assert "Nothing to undo" in seen.said or "not in this comparison" in seen.said
        await seen.press("a", "x", "backspace")
        assert seen.verdicts() == [("contradiction", "120 passengers")]
        assert seen.reason == ORDER[2]
        assert "Undone" in seen.said


async def test_a_verdict_changes_its_mind_and_keeps_its_kind(library: Library) -> None:
    async with comparing(library) as seen:
        await seen.press("2", "a", "[", "c", "x")
        (verdict,) = library.verdicts.of_pair(1, 2)
        assert (verdict.judgement, verdict.kind) == ("compatible", "casualty")


async def test_the_last_verdict_stays_and_says_all_is_judged(library: Library) -> None:
    async with comparing(library) as seen:
        await seen.press("a", "a", "a", "a")
        assert "all judged" in seen.said
        assert seen.reason == ORDER[-1]
        assert seen.screen.progress == (4, 4)


async def test_kind_severity_flag_note_tags_and_outcome(library: Library) -> None:
    async with comparing(library) as seen:
        await seen.press("a", "[", "c", "3", "+")
        await seen.press("f")
        await seen.press("e", *"see log", "enter")
        await seen.press("t", *"harbour, crew", "enter")
        await seen.press("c", "2")
        (verdict,) = library.verdicts.of_pair(1, 2)
        assert (verdict.judgement, verdict.kind, verdict.severity, verdict.flagged) == (
            "contradiction",
            "measure",
            3,
            True,
        )
        assert (verdict.note, verdict.tags, verdict.outcome) == ("see log", ("crew", "harbour"), "other scope")
        assert "⚑" in seen.bar
        assert "#harbour" in seen.bar
        assert "see log" in seen.bar
        await seen.press("+")
        assert "already" in seen.said
        await seen.press("-", "f")
        await seen.press("T", "ctrl+a", "ctrl+k", *"crew", "enter")
        (verdict,) = library.verdicts.of_pair(1, 2)
        assert (verdict.severity, verdict.flagged, verdict.tags) == (2, False, ("harbour",))


async def test_the_menu_has_the_kinds_that_have_no_key(library: Library) -> None:
    async with comparing(library) as seen:
        await seen.press("0", "G", "enter")
        (verdict,) = library.verdicts.of_pair(1, 2)
        assert verdict.kind == "wording"


async def test_a_field_of_an_open_conflict_leaves_it_open_and_says_so(library: Library) -> None:
    async with comparing(library) as seen:
        await seen.press("+")
        assert seen.verdicts() == [("unsure", "120 passengers")]
        assert "unsure" in seen.said


async def test_all_that_is_left_is_judged_after_a_question(library: Library) -> None:
    async with comparing(library) as seen:
        await seen.press("a", "X", "n")
        assert len(seen.verdicts()) == 1
        await seen.press("X", "y")
        assert sorted(judgement for judgement, _ in seen.verdicts()) == ["compatible"] * 3 + ["contradiction"]
        await seen.press("A")
        assert "Nothing is left" in seen.said
        await seen.press("backspace")
        assert seen.said == "Undone: rejected 3 conflicts · Ctrl+R redoes it"
        assert seen.verdicts() == [("contradiction", "120 passengers")]


async def test_why_shows_how_both_sides_were_read(library: Library) -> None:
    async with comparing(library) as seen:
        why = "\n".join(seen.screen.why(seen.screen.findings[1]))
        for part in (COUNT.reason, "86%", COUNT.benign, "120 passenger", "90 passenger", "Also said here"):
            assert part in why
        await seen.press("d")
        assert not isinstance(seen.app.screen, CompareScreen)
        await seen.press("escape")
        assert isinstance(seen.app.screen, CompareScreen)


async def test_less_certain_conflicts_show_when_asked(library: Library) -> None:
    async with comparing(library) as seen:
        shown = []
        for _ in range(4):
            await seen.press("z", "i")
            shown.append(len(seen.screen.shown))
        assert shown == [5, 5, 6, 5]


async def test_a_verdict_whose_conflict_is_no_longer_found_still_shows(tmp_path: Path) -> None:
    library = library_of(tmp_path / "library.db", replace(COMPARED, conflicts=CONFLICTS[:1]))
    a, b = library.articles.get(1), library.articles.get(2)
    library.verdicts.judge_conflict(a, b, COUNT, "contradiction")
    async with comparing(library) as seen:
        assert [finding.reason for finding in seen.screen.shown] == [
            "Judged earlier; the analysis no longer finds it",
            POLARITY.reason,
        ]
        assert any(line.startswith(" ✓") for line in seen.lines("a"))


# Pairing by hand


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_any_two_spans_are_paired_by_hand(library: Library, size: tuple[int, int]) -> None:
    async with comparing(library, size) as seen:
        await seen.press("g", "g", "v", "l", "l")
        assert "▶A  “" in seen.bar
        await seen.press("enter")
        assert "in B too" in seen.said
        await seen.press("tab", "j", "w", "l", "enter", "4")
        assert not seen.screen.selecting
        (verdict,) = library.verdicts.of_pair(1, 2)
        assert (verdict.judgement, verdict.kind, verdict.fingerprint) == ("contradiction", "time", "")
        assert len(verdict.a.text.split()) == 3
        assert len(verdict.b.text.split()) == 2
        assert verdict.a.of(A.part(verdict.a.part)) == verdict.a.text
        assert verdict.b.of(B.part(verdict.b.part)) == verdict.b.text
        assert seen.screen.current is not None
        assert seen.screen.current.reason == "Paired by hand"
        assert "by hand (time)" in seen.said
        assert seen.screen.progress == (1, 5)


async def test_a_selection_begins_with_the_words_of_the_conflict(library: Library) -> None:
    async with comparing(library) as seen:
        await seen.press("v", "h", "tab", "h", "enter", "1")
        (verdict,) = library.verdicts.of_pair(1, 2)
        assert (verdict.a.text, verdict.b.text) == ("120", "about 90")


async def test_a_selection_moves_by_words_and_rows_and_is_dropped(library: Library) -> None:
    async with comparing(library) as seen:
        await seen.press("g", "g", "v")
        assert seen.word.startswith("120 aboard")
        await seen.press("w", "w")
        assert seen.word.startswith("runs")
        await seen.press("b")
        assert seen.word.startswith("aboard")
        await seen.press("j")
        assert seen.screen.point.part == "body"
        await seen.press("escape")
        assert not seen.screen.selecting
        assert "dropped" in seen.said
        assert library.verdicts.of_pair(1, 2) == []


# Looking


async def test_sides_swap_and_verdicts_with_them(library: Library) -> None:
    async with comparing(library) as seen:
        await seen.press("a", "z", "h")
        await seen.app.workers.wait_for_complete()
        await seen.pilot.pause()
        assert seen.screen.articles["a"] == B
        (verdict,) = [finding.verdict for finding in seen.screen.findings if finding.verdict is not None]
        assert verdict.a.text == "about 90 passengers"


async def test_layout_and_centre(library: Library) -> None:
    async with comparing(library, (120, 20)) as seen:
        await seen.press("z", "l")
        assert seen.screen.stacked
        await seen.press("z", "l")
        assert not seen.screen.stacked
        await seen.press("}", "}", "}", "z", "z")
        pane = seen.screen.pane
        row = seen.screen.row_of(seen.screen.point)
        assert abs(row - pane.scroll_y - pane.size.height // 2) <= 1 or pane.scroll_y in (0, pane.max_scroll_y)


async def test_quotes_are_copied_with_their_sources(library: Library) -> None:
    async with comparing(library) as seen:
        await seen.press("y")
        assert seen.app.clipboard.splitlines() == [
            f"“120 passengers” — The Lume Courier, “{A.title}”, 2031-03-04",
            f"“about 90 passengers” — Southern Wire, “{B.title}”, 2031-03-05",
        ]
        await seen.press("]", "m", "y")
        assert seen.app.clipboard.startswith("“All passengers were ashore by midnight.” — The Lume Courier")


# Remembered


async def test_a_pair_opens_where_it_was_left(library: Library) -> None:
    async with comparing(library) as seen:
        await seen.press("a", "]", "d")
        await seen.press("q")
    (visit,) = library.visits.recent()
    assert visit.place == (1, A.body.index("21:40"))
    assert (visit.decided, visit.total) == (1, 4)
    async with comparing(library) as seen:
        assert seen.reason == ORDER[-1]
        assert "1 of 4 judged" in str(seen.screen.query_one(StatusBar).render())


async def test_a_verdict_is_on_disk_at_once(library: Library, tmp_path: Path) -> None:
    async with comparing(library) as seen:
        await seen.press("a")
        with Library.open(tmp_path / "library.db") as second:
            assert [verdict.judgement for verdict in second.verdicts.of_pair(1, 2)] == ["contradiction"]


async def test_a_verdict_is_opened_at_its_place(library: Library) -> None:
    a, b = library.articles.get(1), library.articles.get(2)
    verdict = library.verdicts.judge_conflict(a, b, CONFLICTS[3], "contradiction")
    app = RashomonApp(library)
    async with app.run_test(size=WIDE) as pilot:
        await app.push_screen(CompareScreen(library, 1, 2, verdict=verdict.id))
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert Comparing(app, pilot).reason == CONFLICTS[3].reason


async def test_the_number_of_the_link_at_the_cursor_stands_out_on_both_sides(library: Library) -> None:
    async with comparing(library) as seen:

        def reversed_numbers() -> list[str]:
            return [
                "".join(
                    number
                    for s in pane.render_line(y)
                    if s.style and s.style.reverse and (number := s.text.rstrip("↑↓↕⇅=")).isdigit()
                )
                for pane in seen.screen.panes
                for y in range(pane.size.height)
            ]

        await seen.press("]", "d")
        assert [text for text in reversed_numbers() if text] == ["5", "5"]
        await seen.press("]", "m")
        assert [text for text in reversed_numbers() if text] == ["6", "6"]
        await seen.press("g", "g")
        assert not any(reversed_numbers())


async def test_a_key_repaints_only_what_changed(library: Library) -> None:
    async with comparing(library) as seen:
        painted: list[int] = []
        for pane in seen.screen.panes:
            paint = pane._paint
            pane._paint = lambda index, paint=paint: painted.append(index) or paint(index)  # type: ignore[method-assign]
        await seen.press("]", "c")
        assert 0 < len(set(painted)) <= 6


async def test_who_hesitates_is_told_what_may_be_done(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("widgets.keys.HESITATES_AFTER", 0.01)
    async with comparing(library) as seen:
        for keys, hint in (
            ((), "a accepts it"),
            (("}", "}", "j"), "]u goes to"),
            (("A", "y", "escape"), "All is judged"),
        ):
            await seen.press(*keys)
            seen.screen.say("")
            for _ in range(500):
                if seen.said:
                    break
                await seen.pilot.pause(0.01)
            assert seen.said.startswith(hint)


async def test_what_is_typed_in_one_burst_goes_to_the_dialog(library: Library) -> None:
    async with comparing(library) as seen:
        for key in "tfox":  # as a fast hand or a slow line sends them: before the dialog is there
            seen.app.post_message(Key(key, key))
        await seen.pilot.pause()
        await seen.pilot.pause()
        await seen.press("enter")
        (finding,) = [finding for finding in seen.screen.findings if finding.verdict is not None]
        assert finding.verdict is not None
        assert (finding.verdict.tags, finding.verdict.flagged) == (("fox",), False)
        for key in "/hull":
            seen.app.post_message(Key(key, key))
        await seen.pilot.pause()
        await seen.pilot.pause()
        assert seen.screen.query_one(SearchBar).value == "hull"


def test_every_action_named_for_this_screen_is_there() -> None:
    missing = {
        action.method
        for action in actions_of("compare")
        if action.id.startswith("compare.") and not hasattr(CompareScreen, action.method)
    }
    assert missing == set()


async def test_help_is_about_selecting_while_words_are_selected(library: Library) -> None:
    async with comparing(library) as seen:
        await seen.press("v", "?")
        title = seen.app.screen.query_one(".title", Label)
        shown = str(seen.app.screen.query_one("VerticalScroll Static", Static).render())
        assert str(title.render()) == "Keys: Compare, selecting words"
        assert "One word more" in shown
        assert "Fold every stretch" not in shown
