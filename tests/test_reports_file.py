"""Reports written to a file, from library and reader."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from conftest import REPORTS, UseApp, Using
from textual.widgets import Input

from db import Library
from reader.acquire import Document, acquire
from reader.nouns import Article
from widgets.citation import name_of
from widgets.dialogs import Confirm, Prompt
from widgets.reports_file import FORMS, written
from widgets.understanding import quiet


def test_what_is_written_can_be_added_again(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text(written(library, [1, 2, 3, 5], ".jsonl", quiet), encoding="utf-8")
    read = [item.article for item in acquire([path]) if isinstance(item, Document)]
    assert [(a.title, a.source, a.published, a.body.split()) for a in read] == [
        (a.title, a.source, a.published, a.body.split()) for a in (REPORTS[n] for n in (0, 1, 2, 4))
    ]


def test_forms(library: Library) -> None:
    stored = library.articles.get_many([1, 4])
    as_json = json.loads(FORMS[".json"](stored))
    assert as_json[0] == {
        "title": REPORTS[0].title,
        "date": "2031-05-02",
        "source": "Fen Gazette",
        "text": REPORTS[0].body,
    }
    marked = FORMS[".md"](stored)
    assert marked.startswith(f"# {REPORTS[0].title}\n\nFen Gazette, “{REPORTS[0].title}”, 2031-05-02\n\nThe bridge")
    assert "\\[bold\\]Markup" in marked
    assert FORMS[".txt"](stored).count("-" * 40) == 1
    rows = list(csv.DictReader(FORMS[".csv"](stored).splitlines()))
    assert (rows[0]["title"], rows[0]["words"], rows[0]["starred"]) == (REPORTS[0].title, "35", "0")


async def answer(using: Using, path: Path) -> None:
    assert isinstance(using.app.screen, Prompt)
    using.app.screen.query_one(Input).value = str(path)
    await using.press("enter")


async def test_e_writes_what_is_marked_whole_or_not_at_all(library: Library, use: UseApp, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    async with use(library) as using:
        await using.press("A", "E")
        assert isinstance(using.app.screen, Prompt)
        assert using.app.screen.query_one(Input).value == "5-reports.md"
        await answer(using, path)
        assert using.said == f"Written to {path}"
        assert len(list(csv.reader(path.read_text().splitlines()))) == 6
        await using.press("escape", "E")
        await answer(using, path)
        assert isinstance(using.app.screen, Confirm)
        await using.press("n")
        assert len(path.read_text().splitlines()) == 6
        await using.press("E")
        await answer(using, path)
        await using.press("y")
        assert len(path.read_text().splitlines()) == 2
        await using.press("E")
        await answer(using, tmp_path / "out.doc")
        assert using.said == "out.doc: end the name in .md, .txt, .jsonl, .json, .csv, which says how to write it"
        await using.press("E")
        await answer(using, tmp_path / "none" / "out.md")
        assert "No such file or directory; name another place" in using.said
        assert sorted(file.name for file in tmp_path.glob("out*")) == ["out.csv"]


async def test_the_reader_writes_its_report(library: Library, use: UseApp, tmp_path: Path) -> None:
    async with use(library) as using:
        await using.press("enter", "E")
        await answer(using, tmp_path / "one.txt")
        assert REPORTS[1].body in (tmp_path / "one.txt").read_text()


def test_a_report_without_title_is_called_by_how_it_begins() -> None:
    assert name_of(Article(title="Ferry aground", body="It was dark.")) == "Ferry aground"
    begins = name_of(
        Article(title="", body="\n\nThe ferry  ran aground near the port on Monday evening, it was said." * 9)
    )
    assert begins == "(The ferry ran aground near the port on Monday evening, it w…)"
    assert name_of(Article(title="", body=" \n")) == "(untitled)"
