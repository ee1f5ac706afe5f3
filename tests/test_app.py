"""The app: the way between screens, help, palette, and what is the same everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest
from conftest import UseApp
from textual.command import CommandPalette
from textual.filter import Monochrome, NoColor
from textual.pilot import Pilot
from textual.widgets import Input, Static
from two_reports import library_of

from app import RashomonApp, run
from db import Library
from widgets.actions import actions_of
from widgets.article_list import ArticleList
from widgets.compare.screen import CompareScreen
from widgets.config import Config
from widgets.contradictions_screen import ContradictionsScreen
from widgets.help_screen import Greeting, HelpScreen
from widgets.kept import Kept
from widgets.library_screen import LibraryScreen
from widgets.log_screens import HistoryScreen
from widgets.pairs_screen import PairsScreen
from widgets.reader_screen import ReaderScreen
from widgets.sessions_screen import SessionsScreen
from widgets.status import ActionFooter, PrefixMenu, StatusBar
from widgets.work import WorkingScreen, leave

ROOT = Path(__file__).parents[1]


def test_importing_app_loads_no_spacy() -> None:
    code = "import sys, app; sys.exit(any(m in sys.modules for m in ('spacy', 'thinc', 'trafilatura', 'numpy')))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_app_py_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "app.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert "side by side" in done.stdout


async def test_going(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("gp")
        assert using.said == "No report chosen yet: P on a report shows its partners"
        for keys, screen in (
            (("gq",), ContradictionsScreen),
            (("gs",), SessionsScreen),
            (("gh",), HistoryScreen),
            (("gl",), LibraryScreen),
            (("enter",), ReaderScreen),
            (("gp",), PairsScreen),
            (("q",), LibraryScreen),
            (("q",), LibraryScreen),
        ):
            await using.press(*keys)
            assert isinstance(using.app.screen, screen), keys
        assert using.said == "This is the library; Q quits"
        assert len(using.app.screen_stack) == 2


async def test_a_comparison_at_the_start_lies_over_the_library(tmp_path: Path, use: UseApp) -> None:
    with library_of(tmp_path / "two.db") as library:
        async with use(library, ("compare", 1, 2)) as using:
            assert isinstance(using.app.screen, CompareScreen)
            await using.press("q")
            assert isinstance(using.app.screen, LibraryScreen)


def test_quitting_waits_for_no_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = Event()
    left: list[int] = []

    async def quit_amid(pilot: Pilot[None]) -> None:
        await pilot.pause()
        assert isinstance(pilot.app.screen, WorkingScreen)
        pilot.app.screen.start("Reading", lambda _: go_on.wait(60), left.append)
        await pilot.press("Q")

    drawn = RashomonApp.run
    monkeypatch.setattr(RashomonApp, "run", lambda app: drawn(app, headless=True, auto_pilot=quit_amid))
    monkeypatch.setattr("app.leave", lambda: leave(0))
    monkeypatch.setattr(os, "_exit", left.append)
    run(tmp_path / "library.db", Config(tmp_path / "config.toml"))
    assert left == [0]
    go_on.set()
    assert leave(60)


async def test_quit(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("ctrl+c")
        assert using.said == "Q quits"
        await using.press("Q")
        assert not using.app.is_running


async def test_help_is_searched(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("?")
        help_screen = using.app.screen
        assert isinstance(help_screen, HelpScreen)
        text = str(help_screen.query_one("VerticalScroll Static", Static).render())
        assert "Add files, a folder" in text
        assert "Next quantity" not in text
        await using.type("unread")
        text = str(help_screen.query_one("VerticalScroll Static", Static).render())
        assert "]u" in text
        assert "Add files" not in text
        assert "●               Unread" in text
        await using.press("escape", "?")
        await using.type("signs")
        text = str(using.app.screen.query_one("VerticalScroll Static", Static).render())
        assert "No title is known" in text
        assert "]u" not in text
        await using.press("escape")
        assert isinstance(using.app.screen, LibraryScreen)


async def test_help_is_of_the_screen_with_the_focus(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("enter", "?")
        text = str(using.app.screen.query_one("VerticalScroll Static", Static).render())
        assert "]q" in text
        assert "Add files" not in text


@pytest.mark.parametrize("key", [":", "ctrl+p"])
async def test_the_palette_runs_an_action(library: Library, use: UseApp, key: str) -> None:
    async with use(library) as using:
        await using.press(key)
        assert isinstance(using.app.screen, CommandPalette)
        using.app.screen.query_one(Input).value = "Go to history"
        await using.pilot.pause(0.3)
        await using.press("down", "enter")
        assert isinstance(using.app.screen, HistoryScreen)


async def test_undo_with_nothing_to_undo(tmp_path: Path, use: UseApp) -> None:
    with Library.open(tmp_path / "new.db") as library:
        async with use(library) as using:
            await using.press("u")
            assert using.said == "Nothing to undo"
            await using.press("ctrl+r")
            assert using.said == "Nothing to redo"


async def test_the_footer_is_clicked(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        footer = using.app.screen.query_one(ActionFooter)
        text = str(footer.render())
        await using.pilot.click(ActionFooter, offset=(1 + text.index("? Help"), 0))
        await using.settle()
        assert isinstance(using.app.screen, HelpScreen)


async def test_keys_can_be_given_to_actions(library: Library) -> None:
    app = RashomonApp(library, keymap={"article.star": ("gm", "f2")})
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("m")
        assert not library.articles.get(2).starred
        await pilot.press("f2")
        assert library.articles.get(2).starred
        await pilot.press("g", "m")
        assert not library.articles.get(2).starred


async def test_an_unreadable_library_is_one_line(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        library.close()
        await using.press("m")
        assert using.said
        assert "\n" not in using.said


# Themes, and what is kept


async def test_a_theme_is_seen_before_it_is_chosen_and_kept(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "state" / "state.json"
    app = RashomonApp(library, kept=Kept(greeted=True, path=path))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("g", "c")
        await pilot.press("j", "j")
        await pilot.pause()
        assert app.theme == "rashomon-contrast"
        await pilot.press("escape")
        await pilot.pause()
        assert (app.theme, path.exists()) == ("rashomon-dark", False)
        await pilot.press("g", "c")
        await pilot.press("j", "enter")
        await pilot.pause()
        assert app.screen.query_one(StatusBar).message == "rashomon-light: kept"
    assert RashomonApp(library, kept=Kept.load(path)).theme == "rashomon-light"
    assert RashomonApp(library, kept=Kept.load(path), theme="nord").theme == "nord"


@pytest.mark.parametrize("content", [b"{", b"[1]", b'{"theme": 3}', b'{"theme": "gone"}'])
def test_a_state_that_cannot_be_used_is_none(library: Library, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "state.json"
    path.write_bytes(content)
    assert RashomonApp(library, kept=Kept.load(path)).theme == "rashomon-dark"


async def test_a_state_that_cannot_be_written_is_said(library: Library, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    app = RashomonApp(library, kept=Kept(greeted=True, path=tmp_path / "state" / "state.json"))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("g", "c")
        await pilot.press("j", "enter")
        await pilot.pause()
        assert "it cannot be written" in app.screen.query_one(StatusBar).message


async def test_the_first_start_greets_once(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    app = RashomonApp(library, kept=Kept.load(path), keymap={"library.import": ("f5",)})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, Greeting)
        shown = str(app.screen.query_one("VerticalScroll Static", Static).render())
        assert all(key in shown for key in ("F5 ", "P ", "? "))
        await pilot.press("enter")
        assert isinstance(app.screen, LibraryScreen)
    assert Kept.load(path).greeted


async def test_a_key_that_the_greeting_teaches_does_what_it_says(library: Library, tmp_path: Path) -> None:
    app = RashomonApp(library, kept=Kept.load(tmp_path / "state.json"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("Z")
        assert isinstance(app.screen, Greeting)
        await pilot.press("?")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)


async def test_without_colour_the_colours_of_the_terminal_are_none(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = RashomonApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        for theme, filters in (("ansi-dark", [NoColor]), ("rashomon-dark", [Monochrome])):
            app.theme = theme
            await pilot.pause()
            assert [type(one) for one in app.get_line_filters() if type(one) in (NoColor, Monochrome)] == filters
            cursor = app.screen.query_one(ArticleList).get_component_styles("row--cursor").text_style
            assert bool(cursor.reverse) == (theme == "ansi-dark")


async def test_nothing_moves_over_ssh(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEXTUAL_ANIMATIONS")
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "full")
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    assert RashomonApp(library).animation_level == "full"
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")
    assert RashomonApp(library).animation_level == "none"


async def test_who_hesitates_over_the_library_is_told_what_may_be_done(
    library: Library, use: UseApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("widgets.keys.HESITATES_AFTER", 0.01)
    async with use(library) as using:
        await using.until(lambda: using.said.startswith("P shows the other reports"))
        await using.press("Z")
        await using.pilot.pause(0.05)
        assert using.said.startswith("Z does nothing")


async def test_a_key_that_does_nothing_says_so(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("Z")
        assert using.said == "Z does nothing here: ? lists all keys"


async def test_all_that_may_follow_a_prefix_is_shown_on_a_narrow_screen(tmp_path: Path, use: UseApp) -> None:
    async with use(library_of(tmp_path / "library.db"), ("compare", 1, 2), (60, 20)) as using:
        await using.pilot.press("z")
        await using.settle()
        menu = using.app.screen.query_one(PrefixMenu)
        shown = str(menu.render())
        following = [action for action in actions_of("compare") if action.keys[0].startswith("z")]
        assert all(f"{action.keys[0][1]} {action.name}" in shown for action in following)
        assert menu.size.height == len(shown.splitlines()) > 1
        await using.press("escape")
        assert not menu.display


async def test_what_is_said_goes_before_the_place(tmp_path: Path, use: UseApp) -> None:
    async with use(library_of(tmp_path / "library.db"), ("compare", 1, 2), (60, 20)) as using:
        bar = using.app.screen.query_one(StatusBar)
        assert "judged" in str(bar.render())
        using.app.say("Words of a message that is as wide as the bar of it is")
        assert str(bar.render()).rstrip().endswith("bar of it is")
        bar.place("4 of 8 judged · 16 hidden (<)")
        using.app.say("Words that leave room for the first part")
        assert str(bar.render()).endswith("  4 of 8 judged")


@pytest.mark.parametrize(
    ("terminal", "chosen", "kept", "theme"),
    [
        ("xterm", "", "", "ansi-dark"),
        ("xterm-256color", "", "", "rashomon-dark"),
        ("xterm", "rashomon-light", "", "rashomon-light"),
        ("xterm", "", "rashomon-contrast", "rashomon-contrast"),
    ],
)
def test_a_terminal_of_sixteen_colours_starts_with_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, terminal: str, chosen: str, kept: str, theme: str
) -> None:
    started = []
    monkeypatch.setenv("TERM", terminal)
    monkeypatch.delenv("COLORTERM", raising=False)
    monkeypatch.setattr("app.Kept.load", lambda: Kept(theme=kept, greeted=True))
    monkeypatch.setattr("app.leave", lambda: True)
    monkeypatch.setattr(RashomonApp, "run", lambda app: started.append(app.theme))
    run(tmp_path / "library.db", Config(tmp_path / "config.toml", theme=chosen))
    assert started == [theme]
