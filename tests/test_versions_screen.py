"""Versions of one report side by side, key by key."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import REPORTS, UseApp, Using, quick_facts
from db_library import Clock
from msgspec import structs
from textual.pilot import Pilot
from textual.widgets import Input

from app import RashomonApp
from db import Library
from reader.nouns import Article, Comparison, Facts, Link, Sentence
from widgets.compare.verdict_bar import VerdictBar
from widgets.compare.versions import ChangeList, VersionScreen, changes_of, steps
from widgets.dialogs import Choose

BODIES = (
    REPORTS[0].body,
    REPORTS[0].body.replace("Around 12", "At least 14"),
    REPORTS[0].body.replace("Around 12", "At least 14").replace(" since 2029", "") + "\nNobody knows why.",
)


def lines_as_sentences(article: Article) -> Facts:
    facts = quick_facts(article)
    starts = [0, *(n + 1 for n, character in enumerate(article.body) if character == "\n"), len(article.body) + 1]
    sentences = tuple(Sentence(start=a, end=b - 1) for a, b in itertools.pairwise(starts))
    return structs.replace(facts, body=structs.replace(facts.body, sentences=sentences))


@pytest.fixture
def revised(library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The library with three versions of its first report, whose lines are linked one to one."""

    def linked(a: Article, b: Article, *_: object, **__: object) -> Comparison:
        count = min(a.body.count("\n"), b.body.count("\n")) + 1
        return Comparison(version="1", links=tuple(Link(a=(n,), b=(n,), score=1.0) for n in range(count)))

    monkeypatch.setattr("reader.analysis.analyse", lines_as_sentences)
    monkeypatch.setattr("reader.comparison.compare", linked)
    for body in BODIES[1:]:
        assert library.articles.add(structs.replace(REPORTS[0], body=body)).status == "revised"
    return library


def bar(using: Using) -> str:
    return using.app.screen.query_one(VerdictBar).hint


def test_steps_say_how_much_changed(revised: Library) -> None:
    told = [(step.old.number, step.new.number, step.put_in, step.taken_out) for step in steps(revised, 1)]
    assert told == [(2, 3, 3, 2), (1, 2, 3, 2), (1, 3, 6, 4)]
    assert steps(revised, 2) == []


def test_the_same_words_may_change_twice() -> None:
    changes = changes_of("no no. Once. no no", "yes no. Once. yes no")
    assert [change.reason for change in changes] == ["“no” became “yes”"] * 2
    assert len({change.fingerprint for change in changes}) == 2


async def test_versions_open_side_by_side_and_changes_are_walked(revised: Library, use: UseApp, tmp_path: Path) -> None:
    verdicts = revised.history.count()
    async with use(revised, size=(140, 34)) as using:
        await using.press("G", "gg", "j", "gv")
        assert isinstance(using.app.screen, Choose)
        await using.press("G", "enter")
        screen = using.app.screen
        assert isinstance(screen, VersionScreen)
        assert screen.TITLE == "Versions"
        assert bar(using).startswith("Change 1 of 3 · “Around 12” became “At least 14”\n1  The bridge")
        await using.press("]c")
        assert bar(using).startswith("Change 2 of 3 · Taken out: “since 2029”")
        await using.press("]c")
        assert bar(using).startswith("Change 3 of 3 · Put in: “Nobody knows why.”")
        changes = screen.query_one(ChangeList)
        assert [changes.render_line(y).text[:3] for y in range(3)] == [" ~ ", " − ", "▶+ "]
        await using.press("[c", "y")
        assert "Version 1, " in using.app.clipboard
        assert "since 2029" in using.app.clipboard
        head = str(screen.query_one("#head-b").render())
        assert "Version 3, " in head
        await using.press("E")
        using.app.screen.query_one(Input).value = str(tmp_path / "changes.json")
        await using.press("enter")
        written = json.loads((tmp_path / "changes.json").read_text(encoding="utf-8"))
        assert (written[0]["taken_out"], written[0]["put_in"]) == ("Around 12", "At least 14")
        assert len(written) == 3
        await using.press("a", "x", "3")
        assert revised.history.count() == verdicts, "nothing is judged between versions"
        assert revised.verdicts.of_pair(1, 1) == []
        assert revised._store.value("SELECT count(*) FROM comparisons") == 0, "and nothing is kept of them"
        await using.press("q")
        assert using.app.screen.SCREEN_NAME == "library"


@pytest.mark.parametrize("size", [(60, 20), (140, 34)], ids="{0[0]}x{0[1]}".format)
@pytest.mark.usefixtures("revised")
def test_how_versions_look(tmp_path: Path, snap_compare: Callable[..., bool], size: tuple[int, int]) -> None:
    with Library.open(tmp_path / "versions.db", clock=Clock()) as library:
        for body in BODIES:
            library.articles.add(structs.replace(REPORTS[0], body=body))

        async def press(pilot: Pilot[None]) -> None:
            for key in ("g", "v", "G", "enter", "]", "c"):
                await pilot.press(key)
                await pilot.pause()
                await pilot.app.workers.wait_for_complete()
                await pilot.pause()

        assert snap_compare(RashomonApp(library), terminal_size=size, run_before=press)


async def test_one_version_says_so_in_reader_and_library(library: Library, use: UseApp) -> None:
    async with use(library) as using:
        await using.press("gv")
        assert using.said.startswith("There is one version")
        await using.press("enter", "gv")
        assert using.said.startswith("There is one version")


async def test_the_reader_leads_to_the_versions_at_60_columns(revised: Library, use: UseApp) -> None:
    async with use(revised, size=(60, 20)) as using:
        await using.press("j", "enter", "gv", "enter")
        assert isinstance(using.app.screen, VersionScreen)
        assert bar(using).startswith("Change 1 of 2 · Taken out")
        await using.press("q")
        assert using.app.screen.SCREEN_NAME == "reader"
