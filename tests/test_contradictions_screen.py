"""The lists of what was judged and done: contradictions, sessions, history."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import UseApp, Using
from msgspec import structs
from textual.widgets import Input, Static
from two_reports import CONFLICTS, A, library_of

from db import Library
from widgets.compare.screen import CompareScreen
from widgets.contradictions_screen import NONE_JUDGED, NONE_OPEN, ContradictionsScreen
from widgets.dialogs import Menu
from widgets.finding_list import FindingList
from widgets.frame import TitleBar
from widgets.log_screens import ChangeList, HistoryScreen
from widgets.sessions_screen import SessionList, SessionsScreen
from widgets.waiting import SameWords


@pytest.fixture
def judged(tmp_path: Path) -> Iterator[Library]:
    """Two reports with three judgements: a contradiction, a tension with a note, a compatible pair."""
    library = library_of(tmp_path / "judged.db")
    a, b = library.articles.get_many([1, 2])
    library.verdicts.judge_conflict(a, b, CONFLICTS[0], "contradiction")
    library.verdicts.judge_conflict(a, b, CONFLICTS[1], "tension", note="crew or not?", flagged=True)
    library.verdicts.judge_conflict(a, b, CONFLICTS[3], "compatible")
    library.visits.open(1, 2)
    yield library
    library.close()


def lines(using: Using) -> list[str]:
    """The rows of the list, without the cell of the arrow."""
    rows = using.app.screen.query_one(FindingList)
    return [rows.render_line(y).text[1:] for y in range(rows.count)]


def subtitle(using: Using) -> str:
    return using.app.screen.query_one(TitleBar).subtitle


async def test_nothing_judged_says_what_to_press(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("gq")
        rows = using.app.screen.query_one(FindingList)
        shown = "\n".join(rows.render_line(y).text for y in range(rows.size.height))
        assert all(line in shown for line in NONE_JUDGED.splitlines() if line)
        await using.press("enter")
        assert isinstance(using.app.screen, ContradictionsScreen)


async def test_a_judgement_is_tagged(judged: Library, use: UseApp) -> None:
    async with use(judged) as using:
        await using.press("gq", "F", "d", "t", *"toll", "enter")
        assert [verdict.tags for verdict in judged.verdicts.page()].count(("toll",)) == 1
        assert "#toll" in str(using.app.screen.query_one("#told > Static", Static).render())
        await using.press("T", "enter")
        assert not any(verdict.tags for verdict in judged.verdicts.page())


async def test_everything_judged_with_both_quotes(judged: Library, use: UseApp) -> None:
    async with use(judged, size=(140, 30)) as using:
        await using.press("gq", "F", "d")
        shown = lines(using)
        assert len(shown) == 3
        polarity = next(line for line in shown if "polarity" in line)
        assert polarity.startswith("✓ contradiction")
        assert "had left the bridge" in polarity
        assert "had not left the bridge" in polarity
        tension = next(n for n, line in enumerate(shown) if "tension" in line)
        await using.press(*"j" * tension)
        told = str(using.app.screen.query_one("#told > Static", Static).render())
        assert "crew or not?" in told
        assert "flagged" in told
        assert "Southern Wire" in told


async def test_search_and_filter(judged: Library, use: UseApp) -> None:
    async with use(judged) as using:
        await using.press("gq", "F", "d", "/")
        await using.type("crew")
        await using.press("enter")
        assert len(lines(using)) == 1
        assert subtitle(using) == "1 judgement: “crew”"
        await using.press("n", "N", "escape")
        assert len(lines(using)) == 3
        await using.press("F", "c")
        assert [line[0] for line in lines(using)] == ["✓"]
        assert subtitle(using) == "1 judgement: contradiction"
        await using.press("escape")
        assert len(lines(using)) == 3
        await using.press("F", "K", "j", "enter")
        assert subtitle(using) == "0 judgements: casualty"
        await using.press("F", "f")
        assert len(lines(using)) == 1


async def test_enter_opens_the_comparison_at_the_judgement(judged: Library, use: UseApp) -> None:
    async with use(judged, size=(120, 40)) as using:
        await using.press("gq", "F", "c", "enter")
        screen = using.app.screen
        assert isinstance(screen, CompareScreen)
        assert screen.current is not None
        assert screen.current.place("a").text == "had left the bridge"
        await using.press("q")
        assert isinstance(using.app.screen, ContradictionsScreen)


# --- what is open


async def test_what_nobody_judged_comes_first(judged: Library, use: UseApp) -> None:
    async with use(judged, size=(140, 30)) as using:
        await using.press("gq")
        assert subtitle(using) == "1 open conflict · surest first"
        assert lines(using)[0].startswith("≠ open 81%      casualty !!")
        told = str(using.app.screen.query_one("#told > Static", Static).render())
        assert "12 against 7 people hurt (5 apart)" in told
        assert "Southern Wire" in told
        await using.press("t")
        assert using.said.startswith("Nobody judged this yet: a says")
        await using.press("F", "a")
        assert [line[0] for line in lines(using)] == ["≠", "✗", "~", "✓"]
        assert subtitle(using) == "4 conflicts, open and judged"
        await using.press("E")
        assert using.said == "Open conflicts and judgements are written apart: F shows the ones or the others"
        await using.press("F", "o", "/", *"nowhere", "enter")
        assert subtitle(using) == "0 open conflicts: “nowhere” · surest first"
        await using.press("escape")
        assert len(lines(using)) == 1


async def test_open_conflicts_are_judged_where_they_are_listed(use: UseApp, tmp_path: Path) -> None:
    with library_of(tmp_path / "open.db") as library:
        async with use(library, size=(140, 30)) as using:
            await using.press("gq")
            kinds = ["polarity", "count", "casualty", "time"]
            assert [line.split()[3] for line in lines(using)] == kinds, (
                "surest first; neither wording nor what is unsure"
            )
            await using.press("S", "v")
            assert [line.split()[3] for line in lines(using)] == kinds
            assert subtitle(using) == "4 open conflicts · gravest first"
            await using.press("j", "x")
            assert using.said == "Stored: count compatible · u undoes it"
            assert [line.split()[3] for line in lines(using)] == ["polarity", "casualty", "time"]
            await using.press("a", "s")
            found = {verdict.kind: verdict.judgement for verdict in library.verdicts.of_pair(1, 2)}
            assert found == {"count": "compatible", "casualty": "contradiction", "time": "unsure"}
            visit = library.visits.open(1, 2)
            assert (visit.decided, visit.total) == (3, 4), "a session knows how far the pair is"
            await using.press("u")
            assert len(lines(using)) == 2
            await using.press("ctrl+r", "a")
            shown = "\n".join(line.text for line in map(using.app.screen.query_one(FindingList).render_line, range(20)))
            assert all(line in shown for line in NONE_OPEN.splitlines() if line)
            assert subtitle(using) == "0 open conflicts · gravest first"
            await using.press("F", "d", "a")
            assert using.said == "Judged already: Enter opens it, and there it can be changed"
            await using.press("gq")
            assert subtitle(using) == "4 judgements", "nothing is open, so what was judged is shown"


async def test_a_key_judges_no_row_but_the_one_on_the_screen(use: UseApp, tmp_path: Path) -> None:
    with library_of(tmp_path / "open.db") as library:
        async with use(library, size=(140, 30)) as using:
            await using.press("gq")
            screen = using.app.screen
            assert isinstance(screen, ContradictionsScreen)
            screen.action_accept()
            screen.action_reject()  # before the list was read again
            assert using.said.startswith("The list is still being read")
            await using.settle()
            assert [v.judgement for v in library.verdicts.page()] == ["contradiction"]
            a, b = library.articles.get_many([1, 2])
            library.verdicts.judge_conflict(a, b, CONFLICTS[1], "tension")  # in another window
            await using.press("x")
            assert using.said == "It was judged meanwhile, and nothing was changed: F shows what was judged"
            library.articles.add(structs.replace(A, body=f"Correction follows. {A.body}"))
            await using.press("x")
            assert using.said == "A report was changed since they were compared: Enter compares them as they are"
            assert sorted(v.judgement for v in library.verdicts.page()) == ["contradiction", "tension"]


async def test_enter_opens_the_pair_at_the_open_conflict(use: UseApp, tmp_path: Path) -> None:
    with library_of(tmp_path / "open.db") as library:
        async with use(library, size=(120, 40)) as using:
            await using.press("gq", "j", "j", "enter")
            screen = using.app.screen
            assert isinstance(screen, CompareScreen)
            assert screen.current is not None
            assert screen.current.conflict == CONFLICTS[2]
            await using.press("a", "q")
            assert subtitle(using) == "3 open conflicts · surest first"


async def test_undo_shows_at_once(judged: Library, use: UseApp) -> None:
    async with use(judged) as using:
        await using.press("gq", "F", "d", "u")
        assert len(lines(using)) == 2
        assert using.said.startswith("Undone: ")
        await using.press("ctrl+r")
        assert len(lines(using)) == 3


async def test_sessions_go_on(judged: Library, use: UseApp) -> None:
    async with use(judged) as using:
        await using.press("gs")
        screen = using.app.screen
        assert isinstance(screen, SessionsScreen)
        assert "Harbour office denies" in screen.query_one(SessionList).render_line(0).text
        await using.press("enter")
        assert isinstance(using.app.screen, CompareScreen)


async def test_history_names_every_change(judged: Library, use: UseApp) -> None:
    async with use(judged) as using:
        await using.press("m", "u", "gh")
        screen = using.app.screen
        assert isinstance(screen, HistoryScreen)
        events = screen.query_one(ChangeList)
        assert events.count == judged.history.count()
        assert "undo" in events.render_line(0).text
        assert "starred" in events.render_line(1).text
        await using.press("q", "gs", "q")


async def test_what_is_listed_is_copied_and_written(judged: Library, use: UseApp, tmp_path: Path) -> None:
    async def written(name: str) -> str:
        await using.press("E")
        using.app.screen.query_one(Input).value = str(tmp_path / name)
        await using.press("enter")
        assert using.said == f"Written to {tmp_path / name}"
        return (tmp_path / name).read_text()

    async with use(judged, size=(140, 30)) as using:
        await using.press("gq", "y")
        assert f": “{CONFLICTS[2].a.text}” — " in using.said
        assert [row["reason"] for row in json.loads(await written("open.json"))] == [CONFLICTS[2].reason]
        await using.press("F", "t", "y")
        place = CONFLICTS[1].a
        assert f": “{place.text}” — " in using.said
        assert [row["judgement"] for row in json.loads(await written("one.json"))] == ["tension"]
        await using.press("gh", "y")
        assert judged.history.recent(1)[0].name in using.said
        rows = list(csv.DictReader((await written("all.csv")).splitlines()))
        assert [row["what"] for row in rows] == [event.name for event in judged.history.recent()]


# --- sentences that were changed under a judgement


@pytest.fixture
def changed(judged: Library) -> Library:
    """The number in the sentence of one judgement was changed, words beside those of another, a third is gone."""
    body = A.body.replace("120 passengers", "118 passengers").replace(
        "The coast guard reached the ship at 21:40.", "It was dark."
    )
    judged.articles.add(structs.replace(A, body=body.replace("before the ship struck", "before it struck")))
    assert [verdict.a_hold for verdict in judged.verdicts.of_pair(1, 2)] == ["waiting", "waiting", "orphan"]
    return judged


def highlighted(using: Using) -> str:
    menu = using.app.screen.query_one(Menu)
    assert menu.highlighted is not None
    return str(menu.get_option_at_index(menu.highlighted).prompt).split()[-1]


async def test_a_changed_sentence_is_shown_old_and_new_and_answered(changed: Library, use: UseApp) -> None:
    async with use(changed, size=(120, 36)) as using:
        await using.press("gq", "F", "w")
        assert subtitle(using) == "2 judgements: waiting"
        number = next(n for n, line in enumerate(lines(using)) if "◌ 120 passengers" in line)
        await using.press(*"j" * number, "W")
        dialog = using.app.screen
        assert isinstance(dialog, SameWords)
        shown = "\n".join(str(one.render()) for one in dialog.query(Static))
        assert "with 120 passengers aboard" in shown
        assert "with 118 passengers aboard" in shown
        assert "! Another number: 120 → 118" in shown
        assert highlighted(using) == "later"  # the number differs, so yes is not what Enter says
        await using.press("enter")
        assert changed.stats().waiting == 2
        assert highlighted(using) == "on"  # the words judged are the same
        await using.press("y")
        assert using.said == "Stored: it stands in the changed sentence · none is left · u undoes it"
        assert lines(using)[0].count("◌") == 1
        assert [v.a_hold for v in changed.verdicts.of_pair(1, 2)] == ["waiting", "placed", "orphan"]
        await using.press("u")
        assert using.said.startswith("Undone: said where had left the bridge stands")
        await using.press("ctrl+r", "W", "n")
        assert using.said == "Stored: it stays an orphan · none is left · u undoes it"
        assert [v.a_hold for v in changed.verdicts.of_pair(1, 2)] == ["orphan", "placed", "orphan"]
        await using.press("W")
        assert using.said == "No judgement waits for its words"
        await using.press("F", "O")
        assert len(lines(using)) == 2


async def test_a_pair_says_on_opening_what_waits(changed: Library, use: UseApp) -> None:
    async with use(changed, ("compare", 1, 2), size=(140, 40)) as using:
        warning = using.app.screen.query_one("#warning", Static)
        assert "2 judgements wait: W shows what was changed" in str(warning.render())
        await using.press("W", "n", "escape")
        assert "1 judgement waits" in str(warning.render())
        await using.press("W", "escape")
        assert changed.stats().waiting == 1
