"""Facts that are missing: made, kept, stopped and gone on with, by a quick analysis."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import REPORTS, quick_facts

import cli
from db import Library
from reader import settings
from reader.analysis import version
from reader.nouns import Article, Facts
from reader.settings import SettingsError
from widgets.backlog import Made, make_missing, missing
from widgets.understanding import facts_of


class Stop(Exception):
    """The person stopped the work."""


def stop_after(done: int):  # type: ignore[no-untyped-def]
    def report(progress: str) -> None:
        if progress.startswith(f"{done} of "):
            raise Stop

    return report


def test_what_is_missing_is_made_once(library: Library) -> None:
    facts_of(library, library.articles.get(2))
    read: list[str] = []

    def analyse(article: Article) -> Facts:
        read.append(article.title)
        return quick_facts(article)

    assert missing(library) == [1, 3, 4, 5]
    assert make_missing(library, analyse=analyse) == Made(4, [])
    assert read == [REPORTS[n].title for n in (0, 2, 3, 4)]
    assert make_missing(library, analyse=analyse) == Made(0, [])
    stored = library.articles.get(1)
    assert library.facts.get(stored, version()) == quick_facts(stored.article)


def test_on_several_processes_the_same_facts_are_made(tmp_path: Path) -> None:
    from reader import analyse

    with Library.open(tmp_path / "library.db") as library:
        for report in REPORTS:
            library.articles.add(report)
        assert make_missing(library, processes=2) == Made(5, [])
        for stored in library.articles.get_many([1, 2, 3, 4, 5]):
            assert library.facts.get(stored, version()) == analyse(stored.article)


def test_stopping_keeps_what_is_done_and_it_goes_on_there(library: Library) -> None:
    with pytest.raises(Stop):
        make_missing(library, stop_after(2), analyse=quick_facts)
    assert missing(library) == [3, 4, 5]
    assert make_missing(library, analyse=quick_facts) == Made(3, [])


def test_progress_counts_up_to_all(library: Library) -> None:
    told: list[str] = []
    make_missing(library, told.append, analyse=quick_facts)
    assert told == [f"{n} of 5" for n in range(6)]


def test_one_report_that_cannot_be_read_does_not_keep_the_others_waiting(library: Library) -> None:
    def analyse(article: Article) -> Facts:
        if article.title == REPORTS[2].title:
            raise RecursionError("too deep\nfor us")
        return quick_facts(article)

    assert make_missing(library, analyse=analyse) == Made(4, [f"{REPORTS[2].title}: RecursionError: too deep"])
    assert missing(library) == [3]


def deadly(article: Article) -> Facts:
    if article.title == REPORTS[2].title:
        os._exit(1)
    return quick_facts(article)


def test_a_report_that_kills_a_process_is_named_and_the_others_are_read(library: Library) -> None:
    made = make_missing(library, analyse=deadly, processes=2)
    assert made == Made(4, [f"{REPORTS[2].title}: the worker process died, perhaps for want of memory"])
    assert missing(library) == [3]


def test_reports_added_meanwhile_are_read_too(library: Library) -> None:
    def analyse(article: Article) -> Facts:
        if article.title == REPORTS[0].title:
            library.articles.add(Article(title="Late", body="A late report."))
        return quick_facts(article)

    assert make_missing(library, analyse=analyse) == Made(6, [])
    assert missing(library) == []


def test_what_cannot_be_used_stops_at_once(library: Library) -> None:
    settings.use(settings.Settings(model="en_core_web_nowhere"))
    with pytest.raises(SettingsError, match="not installed"):
        make_missing(library)


def test_a_title_that_was_corrected_is_read_again(library: Library) -> None:
    make_missing(library, analyse=quick_facts)
    library.articles.edit(1, title="12 hurt at Ovary Fen")
    assert missing(library) == [1]


def test_the_command(library: Library) -> None:
    def run() -> tuple[int, str]:
        done = CliRunner().invoke(cli.main, ["--db", str(library.path), "analyse"], prog_name="rashomon")
        return done.exit_code, done.stderr

    assert run() == (0, "5 analysed, 0 failed\n")
    assert run() == (0, "0 analysed, 0 failed\n")


def test_ctrl_c_in_the_command_keeps_what_is_done(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(article: Article) -> Facts:
        if article.title == REPORTS[2].title:
            raise KeyboardInterrupt
        return quick_facts(article)

    monkeypatch.setattr("reader.analysis.analyse", interrupted)
    done = CliRunner().invoke(cli.main, ["--db", str(library.path), "analyse"], prog_name="rashomon")
    assert (done.exit_code, done.stderr) == (130, "stopped; 3 reports are left: rashomon analyse goes on with them\n")
    assert missing(library) == [3, 4, 5]
