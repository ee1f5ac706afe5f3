"""Sessions on the screens: made, worked through, resumed, handed to a second reviewer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import UseApp, Using
from db_library import Clock
from msgspec.structs import replace
from textual.widgets import Input, OptionList
from two_reports import COMPARED, COMPARISON, CONFLICTS, FACTS_B, B, library_of

from db import Library
from reader.nouns import Comparison
from reader.partners import Partner
from widgets.compare.findings import join
from widgets.compare.screen import CompareScreen
from widgets.contradictions_screen import ContradictionsScreen
from widgets.finding_list import FindingList
from widgets.frame import TitleBar
from widgets.pace import IDLE, ActiveTime, lasted, pace
from widgets.sessions_screen import SessionList, SessionsScreen
from widgets.status import StatusBar
from widgets.understanding import PartnerFinder

C = replace(B, title="Ferry owners speak again", source="Evening Mail", body=B.body + "\n\nMore is to follow.")


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[Library]:
    """Three reports: the first differs from the second and the third, these two agree. Ada is at the keyboard."""
    library = library_of(tmp_path / "library.db")
    library.articles.add(C)
    a, b, c = library.articles.get_many([1, 2, 3])
    library.facts.put(c, FACTS_B)
    library.comparisons.put(a, c, COMPARISON, COMPARED)
    for pair in ((b, c), (c, b)):
        library.comparisons.put(*pair, COMPARISON, Comparison(version=COMPARISON))
    library.reviewer = "ada"
    yield library
    library.close()


@pytest.fixture
def finder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody is a partner of everybody, the nearer the likelier."""

    def partners(_: PartnerFinder, article: int, limit: int, *__: object) -> list[Partner]:
        found = [Partner(id=n, score=1 - abs(n - article) / 4) for n in (1, 2, 3) if n != article]
        return sorted(found, key=lambda partner: -partner.score)[:limit]

    def each(finder: PartnerFinder, articles: list[int], limit: int, *_: object) -> list[tuple[int, list[Partner]]]:
        return [(article, finder.partners(article, limit)) for article in articles]

    monkeypatch.setattr(PartnerFinder, "partners", partners)
    monkeypatch.setattr(PartnerFinder, "each", each)


def rows(using: Using) -> list[str]:
    listed = using.app.screen.query_one(SessionList)
    return [listed.render_line(y).text for y in range(listed.count)]


def status(using: Using) -> str:
    return str(using.app.screen.query_one(StatusBar).render())


def pairs(library: Library, session: int = 1) -> list[tuple[int, int]]:
    return [(pair.a_id, pair.b_id) for pair in library.sessions.pairs(session)]


async def choose(using: Using, label: str) -> None:
    """Take the choice of a menu with these words."""
    menu = using.app.screen.query_one(OptionList)
    options = [str(menu.get_option_at_index(n).prompt) for n in range(menu.option_count)]
    (at,) = [n for n, option in enumerate(options) if label in option]
    menu.highlighted = at
    await using.press("enter")


# --- pace


def test_a_long_gap_is_no_work() -> None:
    active = ActiveTime()
    for now in (100.0, 110.0, 110.0 + IDLE, 110.0 + IDLE + IDLE + 1, 400.0):
        active.touch(now)
    assert active.seconds == 10 + IDLE
    assert (pace(7, 300), pace(1, 300), pace(9, 2)) == ("1.4 a minute", "", "")
    assert [lasted(seconds) for seconds in (0, 45, 700, 7500)] == ["", "45 s", "12 min", "2 h 05 min"]


# --- making


async def test_without_sessions_it_says_what_to_press(queue: Library, use: UseApp) -> None:
    async with use(queue) as using:
        await using.press("gs")
        listed = using.app.screen.query_one(SessionList)
        shown = "\n".join(listed.render_line(y).text for y in range(listed.size.height))
        assert "W in the library makes one" in shown
        for key in ("enter", "r", "f", "H", "D"):
            await using.press(key)
            assert using.said == "No session yet: W makes one"


@pytest.mark.usefixtures("finder")
@pytest.mark.parametrize(
    ("label", "expected", "name"),
    [
        ("The event of", [(3, 2), (3, 1), (2, 1)], "Event: Ferry owners speak again"),
        ("reports listed", [(1, 2), (2, 3), (1, 3)], "All reports"),
        ("open conflicts", [(1, 2), (1, 3)], "Open conflicts"),
    ],
)
async def test_a_session_is_made_from_the_library(
    queue: Library, use: UseApp, label: str, expected: list[tuple[int, int]], name: str
) -> None:
    async with use(queue) as using:
        listed = using.app.screen.reports  # type: ignore[attr-defined]
        listed.cursor = next(n for n in range(3) if listed.row_at(n).id == 3)
        await using.press("W")
        await choose(using, label)
        assert isinstance(using.app.screen, SessionsScreen)
        assert pairs(queue) == expected
        assert using.said.startswith(f"Made “{name}”, {len(expected)} pairs: Enter begins")
        assert name in rows(using)[0]
        await using.press("u")
        assert using.said.startswith(f"Undone: made session {name}")
        assert queue.sessions.recent() == []


async def test_marked_reports_are_paired_each_with_each(queue: Library, use: UseApp) -> None:
    async with use(queue) as using:
        await using.press("v", "v", "v", "W")
        await choose(using, "3 marked reports")
        assert sorted(sorted(pair) for pair in pairs(queue)) == [[1, 2], [1, 3], [2, 3]]
        assert "3 marked reports" in rows(using)[0]


@pytest.mark.usefixtures("finder")
async def test_the_partners_listed_become_a_session(queue: Library, use: UseApp) -> None:
    async with use(queue) as using:
        await using.press("P", "W")
        (made,) = queue.sessions.recent()
        assert len(pairs(queue)) == 2
        assert made.made_from.startswith("partners of “")


async def test_open_conflicts_become_a_session_until_all_are_judged(queue: Library, use: UseApp) -> None:
    async with use(queue) as using:
        await using.press("gs", "W")
        assert pairs(queue) == [(1, 2), (1, 3)]
        await using.press("u")
        for other in (2, 3):
            stored = queue.articles.get_many([other, 1])
            for conflict in CONFLICTS:
                turned = replace(conflict, a=conflict.b, b=conflict.a)
                queue.verdicts.judge_conflict(*stored, turned, "compatible")
        await using.press("W")
        assert using.said.startswith("No conflict is open in the pairs compared so far")


# --- the list


async def test_a_session_is_named_finished_and_deleted(queue: Library, use: UseApp) -> None:
    queue.sessions.make("Ferry", [(1, 2)])
    async with use(queue) as using:
        await using.press("gs", "r")
        using.app.screen.query_one(Input).value = "Anselma [b]x[/b]"
        await using.press("enter")
        assert "Anselma [b]x[/b]" in rows(using)[0]
        await using.press("f")
        assert "✓ finished" in rows(using)[0]
        assert using.said == "Finished “Anselma [b]x[/b]”. u undoes it"
        await using.press("f")
        assert "▸ open" in rows(using)[0]
        await using.press("D")
        assert using.app.screen.query_one(SessionList).count == 0
        await using.press("u", "u", "u", "u")
        assert "Ferry" in rows(using)[0]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
async def test_the_list_fits_every_width(queue: Library, use: UseApp, size: tuple[int, int]) -> None:
    queue._store._clock = Clock()  # neither was left in the millisecond of the other
    queue.sessions.make("Ferry", [(1, 2)])
    queue.visits.open(2, 3)
    async with use(queue, size=size) as using:
        await using.press("gs")
        shown = rows(using)
        assert "Harbou" in shown[0]
        assert "Ferry" in shown[1]
        assert {len(line) for line in shown} == {using.app.screen.query_one(SessionList).row_width}
        assert all("│" in line or "Ferry" in line for line in shown)


# --- working through


async def test_pair_after_pair_and_back_where_it_was_left(queue: Library, use: UseApp) -> None:
    queue.sessions.make("Ferry", [(1, 2), (3, 2), (1, 3)])
    async with use(queue, size=(120, 36)) as using:
        await using.press("gs", "enter")
        screen = using.app.screen
        assert isinstance(screen, CompareScreen)
        assert "Ferry · " in screen.query_one(TitleBar).subtitle
        assert "pair 1 of 3 · 0 of 8 judged" in status(using)
        await using.press("a", "x")
        assert "pair 1 of 3 · 2 of 8 judged" in status(using)
        await using.press("]s")
        assert (screen.ids["a"], screen.ids["b"]) == (3, 2)
        assert using.said == "No conflict here · all judged, ]s next pair"
        await using.press("]s")
        assert (screen.ids["a"], screen.ids["b"]) == (1, 3)
        await using.press("]s")
        assert using.said.startswith("This is the last of 3 pairs")
        await using.press("x", "]d")
        place = screen.point
        await using.press("[s", "]s")
        assert screen.point == place
        await using.press("q")
        assert isinstance(using.app.screen, SessionsScreen)
        assert "3/8" in rows(using)[0]
        await using.press("enter")
        again = using.app.screen
        assert isinstance(again, CompareScreen)
        assert again is not screen
        assert (again.ids["b"], again.point) == (3, place)
        await using.press("[s", "[s", "[s")
        assert using.said.startswith("This is the first of 3 pairs")
    session = queue.sessions.get(1)
    assert (session.position, session.counted, session.decided, session.total) == (0, 3, 3, 8)


async def test_the_status_line_offers_what_is_next(queue: Library, use: UseApp) -> None:
    queue.sessions.make("Ferry", [(1, 2), (1, 3)])
    async with use(queue) as using:
        await using.press("gs", "enter", "a", "a", "a", "a")
        assert " · all judged, ]s next pair · u undoes it" in using.said
        await using.press("]s", "x", "x", "x", "x")
        assert " · session judged, gs s sums it up · " in using.said


async def test_a_locked_library_keeps_the_pair_at_hand(queue: Library, use: UseApp) -> None:
    queue.sessions.make("Ferry", [(1, 2), (1, 3)])
    async with use(queue) as using:
        await using.press("gs", "enter")
        screen = using.app.screen
        assert isinstance(screen, CompareScreen)
        queue._store.connection.execute("PRAGMA busy_timeout = 0")
        other = sqlite3.connect(queue.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await using.press("]s")
        assert "another program is writing to it" in using.said
        assert (screen.ids["b"], screen.sitting.position if screen.sitting else None) == (2, 0)
        other.execute("ROLLBACK")
        other.close()
        await using.press("]s")
        assert screen.ids["b"] == 3


async def test_pairs_with_nothing_left_are_passed_over(queue: Library, use: UseApp) -> None:
    queue.sessions.make("Ferry", [(1, 2), (3, 2), (1, 3)])
    async with use(queue) as using:
        await using.press("gs", "enter", "a", "a", "a", "a")
        assert " · all judged, ]S to pair 3 · u undoes it" in using.said
        screen = using.app.screen
        assert isinstance(screen, CompareScreen)
        await using.press("]S")
        assert (screen.ids["a"], screen.ids["b"]) == (1, 3)
        await using.press("[S")
        assert using.said == "No other pair has anything left to judge. gs, then s sums the session up"
        await using.press("[s", "[s")
        assert using.said.startswith("All judged, ]S to pair 3")
        await using.press("[S")
        assert (screen.ids["a"], screen.ids["b"]) == (1, 3)


async def test_in_a_narrow_terminal_the_place_is_short(queue: Library, use: UseApp) -> None:
    queue.sessions.make("Ferry", [(1, 2), (1, 3)])
    async with use(queue, size=(60, 20)) as using:
        await using.press("gs", "enter", "a")
        assert using.app.screen.query_one(TitleBar).subtitle.startswith("Ferry pair 1/2 · 1/8 judged · ")
        assert "Stored: count contradiction · 3 left" in status(using)


async def test_a_pair_alone_is_in_no_session(queue: Library, use: UseApp) -> None:
    queue.visits.open(1, 2)
    async with use(queue) as using:
        await using.press("gs", "r")
        assert using.said.startswith("This pair was opened alone")
        await using.press("enter")
        for key in ("]s", "[s", "]S", "[S"):
            await using.press(key)
            assert using.said.startswith("This pair was opened alone: gs lists the sessions")


# --- a second reviewer


async def test_a_session_is_handed_over_and_judged_blind(queue: Library, use: UseApp) -> None:
    a, b = queue.articles.get_many([1, 2])
    queue.verdicts.judge_conflict(a, b, CONFLICTS[0], "contradiction", note="sure", tags=["crew"])
    queue.sessions.make("Ferry", [(1, 2)])
    async with use(queue, size=(120, 36)) as using:
        await using.press("gs", "H")
        await using.type("ben")
        await using.press("enter")
        assert using.said.startswith("Handed “Ferry” to ben, who sees nothing of what others judged")
        assert "Ferry (blind review)" in rows(using)[0]
        await using.press("enter", "n")
        assert queue.reviewer == "ada"
        await using.press("enter", "y")
        screen = using.app.screen
        assert isinstance(screen, CompareScreen)
        assert screen.query_one(TitleBar).badge == "judging as ben"
        assert "0 of 4 judged" in status(using)
        assert all(finding.verdict is None for finding in screen.findings)
        await using.press("x")
        assert [(v.by, v.judgement) for v in queue.verdicts.of_pair(1, 2)] == [("ben", "compatible")]
        await using.press("gq")
        assert isinstance(using.app.screen, ContradictionsScreen)
        assert using.app.screen.query_one(FindingList).count == 7, "what ada judged is open to ben"
        await using.press("F", "d")
        assert using.app.screen.query_one(FindingList).count == 1
        await using.press("gs", "f", "n")
        assert {v.by for v in queue.verdicts.of_pair(1, 2)} == {"ben"}
        await using.press("f", "y")
        assert using.said.endswith("; gs w says who judges from here on")
        assert {v.by for v in queue.verdicts.of_pair(1, 2)} == {"ada", "ben"}
        await using.press("w")
        using.app.screen.query_one(Input).value = "ada"
        await using.press("enter")
        assert (queue.reviewer, using.said) == ("ada", "ada judges from here on")
        assert using.app.screen.query_one(TitleBar).badge == ""


async def test_what_another_judged_is_shown_as_theirs_and_stays(queue: Library, use: UseApp) -> None:
    a, b = queue.articles.get_many([1, 2])
    queue.reviewer = "ben"
    theirs = queue.verdicts.judge_conflict(a, b, CONFLICTS[0], "contradiction")
    queue.reviewer = "ada"
    async with use(queue, ("compare", 1, 2), size=(120, 36)) as using:
        screen = using.app.screen
        assert isinstance(screen, CompareScreen)
        finding = next(f for f in screen.shown if f.conflict == CONFLICTS[0])
        screen.go_to(finding)
        await using.press("x")
        assert queue.verdicts.get(theirs.id) == theirs
        mine = next(f for f in screen.shown if f.conflict == CONFLICTS[0]).verdict
        assert mine is not None
        assert (mine.by, mine.judgement) == ("ada", "compatible")


def test_a_settlement_goes_before_ones_own_and_that_before_others(queue: Library) -> None:
    a, b = queue.articles.get_many([1, 2])
    ids = []
    for by in ("ada", "ben", "cem"):
        queue.reviewer = by
        ids.append(queue.verdicts.judge_conflict(a, b, CONFLICTS[0], "tension").id)

    def chosen(reviewer: str) -> int:
        verdict = join(CONFLICTS, queue.verdicts.of_pair(1, 2), reviewer)[0].verdict
        assert verdict is not None
        return verdict.id

    assert [chosen(by) for by in ("ada", "ben", "dan")] == [ids[0], ids[1], ids[2]]
    number = queue.settlements.settle(ids[:2], "compatible")
    assert [chosen(by) for by in ("ada", "cem")] == [number, number]
