"""Lines that many reports of one outlet share: what is furniture, what is said; left out at the door."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pytest

from db import Library
from reader.cleaning.outlet import HOLDERS, SAID_BY, Outlet
from reader.nouns import Article
from tests.test_cli import Command
from widgets.importing import add_reports

TOWNS = ("Vell", "Ostrin", "Tarn", "Quorle", "Brannoch", "Mirre", "Skell", "Dorth", "Hyle", "Norn")
PROMISE = "Support the lake's own paper and keep the tide tables free."


def story(n: int, *lines: str, end: str = "") -> str:
    """A report of an event of its own with ``lines`` around it."""
    said = [
        f"A crane fell on the quay of {TOWNS[n]} on Monday and {n + 2} dockers were hurt.",
        f"Harbour master {TOWNS[-1 - n]}son closed the {TOWNS[n]} basin for {n + 3} days.",
    ]
    return "\n\n".join([*lines[:1], *said, *lines[1:], *([end] if end else [])])


def learnt(bodies: Iterable[str], name: str = "Lake Gazette") -> set[str]:
    return Outlet(name).learn(bodies)


@pytest.mark.parametrize(
    "line",
    [
        PROMISE,
        "Most read this week",
        "Two dead after ferry runs aground off Ostrin",
        "Anyone with information may call the lake guard on 555-471-2200.",
        "The Lake Gazette has told the news of the shore since 1921.",
        "Got a tip? Our desk is open day and night.",
    ],
)
def test_a_line_that_reports_of_four_stories_share_is_furniture(line: str) -> None:
    bodies = [story(n, line, PROMISE) for n in range(HOLDERS)]
    assert line.casefold() in learnt(bodies)
    assert line.casefold() not in learnt(bodies[1:]), "three may be chance"


@pytest.mark.parametrize(
    "line",
    [
        "No one was in custody.",
        "More than 4,000 people have died in the war.",
        "“We saw nothing,” the harbour guard said.",
    ],
)
def test_a_sentence_about_the_world_is_what_each_report_says(line: str) -> None:
    assert not learnt(story(n, end=line if n < SAID_BY else "") for n in range(len(TOWNS)))


def test_a_sentence_that_ends_nearly_all_reports_is_furniture() -> None:
    line = "The paper is owned by a trust of shore towns."
    assert learnt(story(n, end=line) for n in range(SAID_BY)) == {line.casefold()}
    middle = [f"{story(n)}\n\n{line}\n\n{story(n, 'Later')}\n\nIt rained in {TOWNS[n]}." for n in range(SAID_BY)]
    assert line.casefold() not in learnt(middle), "in the middle of a report it is report"


def test_versions_of_one_report_count_once() -> None:
    versions = [story(1, "Rescue at the crane", f"The toll rose at {hour}.") for hour in ("noon", "four", "six", "ten")]
    assert not learnt(versions)


def test_figures_are_not_read_over() -> None:
    assert not learnt(story(n, f"Toll in {n} towns") for n in range(HOLDERS))


def test_a_body_of_nothing_but_furniture_stays() -> None:
    outlet = Outlet("Lake Gazette", {"most read"})
    assert outlet.without_furniture("Most  read\n\nShort.") == ("Most  read\n\nShort.", 0)
    body = story(0)
    assert outlet.without_furniture(f"Most read\n\n{body}") == (body, 1)


def reports() -> list[tuple[Article, bytes]]:
    """Four reports without address or title, so that nothing but their bodies tells which they are."""
    bodies = [story(n, PROMISE, "Most read this week") for n in range(HOLDERS)]
    return [(Article(body=body, source="Lake Gazette"), body.encode()) for body in bodies]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db") as opened:
        yield opened


def test_furniture_is_left_out_at_the_door_and_the_raw_kept(library: Library) -> None:
    taken = list(add_reports(library, reports()))
    assert [(one.added.status, one.left_out) for one in taken] == [("added", 2)] * HOLDERS
    assert library.articles.get(2).article.body == story(1)
    assert library.articles.raw(2) == reports()[1][1]
    assert library.furniture.of("LAKE GAZETTE") == {PROMISE.casefold(), "most read this week"}
    after = Article(body=story(5, PROMISE), source="lake gazette")
    assert next(add_reports(library, [(after, b"")])).left_out == 1, "one that comes alone is measured by those before"


def test_the_same_input_is_already_there_whatever_is_left_out_of_it(library: Library) -> None:
    one_by_one = [next(add_reports(library, [report])) for report in reports()]
    assert [one.left_out for one in one_by_one] == [0, 0, 0, 2], "three are in before the lines are known"
    again = list(add_reports(library, [*reports(), *reports()]))
    assert [(one.added.status, one.added.id, one.left_out) for one in again] == [
        ("already", n % HOLDERS + 1, 0) for n in range(2 * HOLDERS)
    ]
    library.furniture.add("Lake Gazette", [story(3).split("\n\n")[0].casefold()])  # found since
    assert next(add_reports(library, reports()[3:])).added.status == "already"
    kept = Article(body=library.articles.get(4).article.body, source="Lake Gazette")
    assert next(add_reports(library, [(kept, b"")])).added.id == 4, "exported and added again"
    changed = msgspec.structs.replace(kept, title="Crane", body=kept.body + "\n\nA second crane fell.", external_id="")
    assert next(add_reports(library, [(changed, b"")])).added.status == "added"


def test_the_command_says_what_it_left_out_and_shows_the_raw(tmp_path: Path) -> None:
    run = Command(tmp_path)
    rows = [{"source": "Lake Gazette", "text": article.body} for article, _ in reports()]
    added = run("add", run.records(*rows))
    assert "8 lines that many reports of one source share left out of 4" in added.stderr
    assert PROMISE not in run("show", "1").stdout
    assert PROMISE in run("show", "1", "--raw").stdout
