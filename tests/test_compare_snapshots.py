"""How the compare screen looks at the widths that people have, and without colour."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from two_reports import library_of

from app import RashomonApp

JUDGED = ("a", "x", "s", "f")


def app(tmp_path: Path) -> RashomonApp:
    return RashomonApp(library_of(tmp_path / "library.db"), ("compare", 1, 2))


def after(*keys: str) -> Callable[[Pilot[None]], object]:
    async def press(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()

    return press


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36), (200, 45)], ids="{0[0]}x{0[1]}".format)
def test_judged_conflicts(snap_compare: Callable[..., bool], tmp_path: Path, size: tuple[int, int]) -> None:
    assert snap_compare(app(tmp_path), terminal_size=size, run_before=after(*JUDGED))


def test_without_colour(snap_compare: Callable[..., bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(app(tmp_path), terminal_size=(120, 36), run_before=after(*JUDGED))


@pytest.mark.parametrize("theme", ["rashomon-light", "rashomon-contrast", "ansi-dark"])
def test_themes(snap_compare: Callable[..., bool], tmp_path: Path, theme: str) -> None:
    seen = app(tmp_path)
    seen.theme = theme
    assert snap_compare(seen, terminal_size=(100, 30), run_before=after(*JUDGED, "z", "i", "z", "i", "z", "i"))


def test_selecting_words(snap_compare: Callable[..., bool], tmp_path: Path) -> None:
    assert snap_compare(app(tmp_path), terminal_size=(120, 36), run_before=after("v", "l", "tab", "h"))


LOOKED = ("z", "i", "z", "i", "z", "v", "]", "m", "g", "m", "z", "M")


@pytest.mark.parametrize("size", [(60, 20), (100, 30), (140, 40)], ids="{0[0]}x{0[1]}".format)
def test_folds_facts_overview_and_what_was_brought(
    snap_compare: Callable[..., bool], tmp_path: Path, size: tuple[int, int]
) -> None:
    assert snap_compare(app(tmp_path), terminal_size=size, run_before=after(*LOOKED))


def test_looking_without_colour(
    snap_compare: Callable[..., bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(app(tmp_path), terminal_size=(100, 30), run_before=after(*LOOKED))
