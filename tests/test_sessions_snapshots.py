"""How sessions, their summary and the settling of differences look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from db_library import Clock
from textual.pilot import Pilot
from two_reports import CONFLICTS, library_of

from app import RashomonApp
from db import Library

Snap = Callable[..., bool]
SIZES = [(80, 24), (120, 32)]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A session that two people judged, and a pair opened alone."""
    library = library_of(tmp_path / "library.db")
    library._store._clock = Clock()
    library.reviewer = "ada"
    library.visits.leave(library.visits.open(1, 1).id, decided=1, total=2)
    a, b = library.articles.get_many([1, 2])
    made = library.sessions.make("Ferry off Port Lume", [(1, 2)], "the event of the ferry")
    for conflict, judgement in zip(CONFLICTS, ("contradiction", "tension", "compatible"), strict=False):
        library.verdicts.judge_conflict(a, b, conflict, judgement, note="crew or not?", tags=["crew"])
    library.sessions.leave(made.id, 0, 150)
    library.visits.count(1, 2, 3, 4)
    review = library.sessions.hand_over(made.id, "ben")
    library.reviewer = "ben"
    for conflict, judgement in zip(CONFLICTS, ("contradiction", "contradiction", "unsure"), strict=False):
        library.verdicts.judge_conflict(a, b, conflict, judgement)
    library.visits.count(1, 2, 3, 4)
    library.sessions.finish(review.id)
    library.reviewer = "ada"
    return library


def after(*keys: str) -> Callable[[Pilot[None]], object]:
    async def press(pilot: Pilot[None]) -> None:
        for key in ("", *keys):
            await pilot.press(*([key] if key else []))
            await pilot.pause()
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()

    return press


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
def test_sessions(snap_compare: Snap, library: Library, size: tuple[int, int]) -> None:
    assert snap_compare(RashomonApp(library), terminal_size=size, run_before=after("g", "s"))


@pytest.mark.parametrize("size", [(60, 20), *SIZES], ids="{0[0]}x{0[1]}".format)
def test_summary(snap_compare: Snap, library: Library, size: tuple[int, int]) -> None:
    assert snap_compare(RashomonApp(library), terminal_size=size, run_before=after("g", "s", "j", "s"))


@pytest.mark.parametrize("size", [(60, 20), *SIZES], ids="{0[0]}x{0[1]}".format)
def test_settle(snap_compare: Snap, library: Library, size: tuple[int, int]) -> None:
    assert snap_compare(RashomonApp(library), terminal_size=size, run_before=after("g", "s", "d", "2"))
