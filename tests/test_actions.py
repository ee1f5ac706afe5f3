"""The registry of actions: no clashes, nothing undone, docs in step; and the dispatcher of keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import RashomonApp
from widgets.actions import (
    ACTIONS,
    SCREENS,
    Action,
    actions_of,
    commands_of,
    footer_of,
    keys_document,
    parse_keys,
    show_keys,
)
from widgets.article_list import ArticleList
from widgets.compare.conflict_list import ConflictList
from widgets.compare.pane import Pane
from widgets.compare.screen import CompareScreen
from widgets.compare.versions import VersionScreen
from widgets.contradictions_screen import ContradictionsScreen
from widgets.event_grid import EventGrid
from widgets.event_list import EventList
from widgets.event_screen import EventPairList, EventScreen
from widgets.event_table_screen import EventTableScreen
from widgets.events_screen import EventsScreen
from widgets.finding_list import FindingList
from widgets.keys import Dispatcher, Drop, Run, Wait
from widgets.library_screen import LibraryScreen
from widgets.log_screens import ChangeList, HistoryScreen
from widgets.pairs_screen import PairList, PairsScreen
from widgets.reader_screen import ArticleView, ReaderScreen
from widgets.sessions_screen import SessionList, SessionsScreen
from widgets.settle_screen import DifferenceList, SettleScreen
from widgets.summary_screen import SummaryLines, SummaryScreen

HANDLERS: dict[str, tuple[type, ...]] = {
    "library": (LibraryScreen, ArticleList),
    "reader": (ReaderScreen, ArticleView),
    "pairs": (PairsScreen, PairList),
    "events": (EventsScreen, EventList),
    "event": (EventScreen, ArticleList, EventPairList),
    "event_table": (EventTableScreen, EventGrid),
    "compare": (CompareScreen, Pane, ConflictList),
    "versions": (VersionScreen, Pane, ConflictList),
    "contradictions": (ContradictionsScreen, FindingList),
    "sessions": (SessionsScreen, SessionList),
    "summary": (SummaryScreen, SummaryLines),
    "settle": (SettleScreen, DifferenceList),
    "history": (HistoryScreen, ChangeList),
}
FORBIDDEN = {f"ctrl+{letter}" for letter in "czsqimhjba"} | {"ctrl+left_square_bracket"}


@pytest.mark.parametrize("screen", SCREENS)
def test_no_two_actions_share_a_command_and_none_begins_another(screen: str) -> None:
    assert commands_of(screen)


def test_a_clash_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"library: gv \(article.versions\) clashes with g \(library.sort\)"):
        commands_of("library", {"library.sort": ("g",)})


@pytest.mark.parametrize("screen", SCREENS)
def test_every_action_can_be_done(screen: str) -> None:
    handlers = (*HANDLERS[screen], RashomonApp)
    undone = [a.id for a in actions_of(screen) if not any(hasattr(handler, a.method) for handler in handlers)]
    assert undone == []


@pytest.mark.parametrize("screen", SCREENS)
def test_the_footer_holds_eight_at_most(screen: str) -> None:
    ranked = [action for action in actions_of(screen) if action.footer]
    assert len(ranked) <= 8
    assert footer_of(screen) == sorted(ranked, key=lambda action: action.footer)


def test_ids_are_unique_and_help_is_one_line() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    assert all(action.help and "\n" not in action.help for action in ACTIONS)


def test_keys_that_terminals_keep_are_not_used() -> None:
    used = {key for screen in SCREENS for keys in commands_of(screen) for key in keys}
    assert not used & FORBIDDEN


def test_the_document_of_keys_is_in_step() -> None:
    written = Path(__file__).parents[1] / "docs" / "keys.md"
    assert written.read_text() == keys_document(), "run: python -m widgets.actions > docs/keys.md"


@pytest.mark.parametrize(
    ("written", "keys", "shown"),
    [
        ("]c", ("]", "c"), "]c"),
        ("gg", ("g", "g"), "gg"),
        ("ctrl+d", ("ctrl+d",), "Ctrl+D"),
        ("shift+tab", ("shift+tab",), "Shift+Tab"),
        ("enter", ("enter",), "Enter"),
        ("+", ("+",), "+"),
        ("f1", ("f1",), "F1"),
    ],
)
def test_keys_as_written(written: str, keys: tuple[str, ...], shown: str) -> None:
    assert parse_keys(written) == keys
    assert show_keys(keys) == shown


def test_a_range_is_nine_commands_that_pass_their_key() -> None:
    action = Action("compare.kind", ("1-9",), "Kind", "Set the kind", "Judging", takes_key=True)
    assert action.commands() == [(str(n),) for n in range(1, 10)]
    assert action.shown() == "1-9"


def test_a_prefix_waits_and_says_what_may_follow() -> None:
    dispatcher = Dispatcher(commands_of("reader"))
    waiting = dispatcher.press("]")
    assert isinstance(waiting, Wait)
    assert {key: action.id for key, action in waiting.options.items()} == {
        "q": "reader.next_quantity",
        "d": "reader.next_time",
        "e": "reader.next_name",
    }
    done = dispatcher.press("q")
    assert isinstance(done, Run)
    assert done.action.id == "reader.next_quantity"


def test_escape_and_keys_that_do_not_follow_drop_a_prefix() -> None:
    dispatcher = Dispatcher(commands_of("reader"))
    dispatcher.press("]")
    assert dispatcher.press("escape") == Drop(("]",))
    dispatcher.press("]")
    assert dispatcher.press("P") == Drop(("]", "P"))
    assert isinstance(dispatcher.press("P"), Run)


def test_a_key_of_no_command_is_left_to_others() -> None:
    assert Dispatcher(commands_of("reader")).press("f5") is None


@given(
    st.lists(st.sampled_from(["]", "[", "g", "q", "c", "z", "escape", "j", "enter", "1", "ctrl+d", "é"]), max_size=30)
)
def test_every_run_is_the_command_that_was_pressed(keys: list[str]) -> None:
    dispatcher = Dispatcher(commands_of("compare"))
    commands = commands_of("compare")
    pressed: list[str] = []
    for key in keys:
        pressed.append(key)
        outcome = dispatcher.press(key)
        if isinstance(outcome, Run):
            assert commands[tuple(pressed)] is outcome.action
        if not isinstance(outcome, Wait):
            assert dispatcher.pending == ()
            pressed.clear()
