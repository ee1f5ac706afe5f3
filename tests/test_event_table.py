"""The table of an event: what unites over three invented reports, what stays apart, and in what order it stands."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from msgspec.structs import replace

import cli
from db import Library
from reader.analysis import analyse
from reader.comparison import compare
from reader.conflicts.base import Report
from reader.event_table import STATES, EventTable, Row, Telling
from reader.event_table.table import tabulate
from reader.event_table.ties import Names, join
from reader.nouns import Article, Facts, Mention, Place, Reading

LOCK = (
    Article(
        source="Gazette",
        published="2031-05-03",
        body="A deal between the river guild and the rebels sent hundreds of gunmen and their families out of Lower Marl.\n\n"
        "Around 320 local gunmen left the town on Friday under the deal, said guild spokeswoman Ada Quill.\n\n"
        "“We did not want any of them to leave,” said Colonel Joss Tarn of the coast guard.\n\n"
        "Nobody from abroad is covered by the deal. No foreign gunmen left the town, Quill said.\n\n"
        "Nine people were killed and 23 were wounded in the fighting.",
    ),
    Article(
        source="Herald",
        published="2031-05-04",
        body="The trucks carried 250 gunmen and 900 relatives out of Lower Marl on Friday.\n\n"
        "The deal was struck by the coast guard and the army, a driver said.\n\n"
        "Seven foreign gunmen were allowed to leave the town in the convoy, Colonel Joss Tarn said.\n\n"
        "“We did not want any of them to leave. But it was the guild that decided,” Tarn said.\n\n"
        "Nine people were killed in the fighting.",
    ),
    Article(
        source="Monthly",
        published="2031-05-20",
        body="The guild claimed that only a few dozen gunmen had left Lower Marl, all of them local.\n\n"
        "Fourteen people were killed and 23 were wounded in the fighting, the hospital said.\n\n"
        "Ada Quill, 41, has left the guild.",
    ),
)


def table_of(articles: Sequence[Article]) -> EventTable:
    facts = [analyse(article) for article in articles]
    pairs = combinations(range(len(articles)), 2)
    return tabulate(articles, facts, {(i, j): compare(articles[i], articles[j], facts[i], facts[j]) for i, j in pairs})


@pytest.fixture(scope="module")
def lock() -> EventTable:
    return table_of(LOCK)


def row(table: EventTable, thing: str) -> Row:
    (found,) = [row for row in table.rows if row.thing == thing]
    return found


def said(row: Row) -> list[str]:
    """What leads each cell, "" for silence."""
    return [cell[0].text if cell else "" for cell in row.cells]


def test_figures_that_agree_and_figures_that_conflict_are_one_row(lock: EventTable) -> None:
    gunmen = row(lock, "gunmen who left")
    assert said(gunmen) == ["Around 320 local gunmen", "250 gunmen", "a few dozen gunmen"]
    assert gunmen.state == "conflict"
    assert gunmen.stated == 3
    assert gunmen.groups == ("A", "B", "C")
    assert [telling.text for telling in gunmen.cells[0]][1:] == ["hundreds of gunmen and their families"]


def test_a_vague_figure_is_told_with_how_it_is_read_and_who_says_it(lock: EventTable) -> None:
    (dozens,) = row(lock, "gunmen who left").cells[2]
    assert (dozens.read, dozens.speaker) == ("24-60", "The guild")


def test_a_subset_is_a_row_of_its_own_with_what_is_claimed_of_it(lock: EventTable) -> None:
    foreign = row(lock, "foreign gunmen who left")
    assert said(foreign) == ["No foreign gunmen", "Seven foreign gunmen", ""]
    assert foreign.groups == ("A", "B", "")
    assert foreign.clashes[0].conflict.kind == "polarity"


def test_the_dead_are_not_the_wounded(lock: EventTable) -> None:
    killed, wounded = row(lock, "people killed"), row(lock, "people wounded")
    assert [t.split()[0] for t in said(killed)] == ["Nine", "Nine", "Fourteen"]
    assert killed.groups == ("A", "A", "B")
    assert [bool(text) for text in said(wounded)] == [True, False, True]
    assert wounded.state == "agreed"


def test_what_is_counted_together_stands_in_both_rows(lock: EventTable) -> None:
    families = row(lock, "relatives")
    assert said(families)[:2] == ["hundreds of gunmen and their families", "900 relatives"]
    assert families.cells[0][0].read == "with gunmen"
    assert families.groups == ("", "", "")
    assert families.state == "differs"


def test_who_made_the_deal(lock: EventTable) -> None:
    assert said(row(lock, "who made the deal")) == [
        "the river guild and the rebels",
        "the coast guard and the army",
        "",
    ]


def test_one_day_in_two_reports(lock: EventTable) -> None:
    (left,) = [row for row in lock.rows if row.subject == "timed" and row.stated > 1]
    assert left.thing.startswith("when ")
    assert said(left)[:2] == ["Friday", "Friday"]


def test_a_quotation_that_two_reports_give_is_one_row(lock: EventTable) -> None:
    (quoted,) = [row for row in lock.rows if row.thing.startswith("“We did not want")]
    assert quoted.state == "agreed"
    assert [t.speaker for cell in quoted.cells for t in cell] == ["Colonel Joss Tarn"] * 2


def test_a_person_is_one_row_over_all_reports(lock: EventTable) -> None:
    tarn = row(lock, "Colonel Joss Tarn")
    assert [bool(cell) for cell in tarn.cells] == [True, True, False]


def test_conflicts_stand_first_then_what_most_tell(lock: EventTable) -> None:
    order = [(STATES.index(row.state), -row.confidence, -row.stated) for row in lock.rows]
    assert order == sorted(order)


def test_every_telling_stands_where_it_says(lock: EventTable) -> None:
    for one in lock.rows:
        for article, cell in zip(LOCK, one.cells, strict=True):
            for telling in cell:
                place = telling.place
                assert article.part(place.part)[place.start : place.end] == place.text


def test_a_report_is_held_against_the_one_it_clashes_with(lock: EventTable) -> None:
    killed = row(lock, "people killed")
    assert killed.against(0) == 2
    assert killed.against(2) in (0, 1)
    assert row(lock, "Colonel Joss Tarn").against(0) == 1


def test_without_comparisons_nothing_clashes() -> None:
    table = tabulate(LOCK, [analyse(article) for article in LOCK], {})
    assert table.rows
    assert not any(row.clashes for row in table.rows)


def test_of_no_report_and_of_one_there_is_no_more_than_one_says() -> None:
    assert tabulate([], [], {}) == EventTable(reports=0)
    assert {row.state for row in table_of(LOCK[:1]).rows} == {"alone"}


@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 9), st.integers(0, 9)), max_size=40), st.sets(st.integers(0, 9))
)
def test_joining_never_brings_together_what_is_apart(ties: list[tuple[float, int, int]], odd: set[int]) -> None:
    groups = join(list(range(10)), ties, lambda x, y: (x in odd) != (y in odd))
    assert sorted(at for group in groups for at in group) == list(range(10))
    assert all(len({at in odd for at in group}) == 1 for group in groups)


def test_the_report_to_hold_one_against_is_the_next_that_tells_it_otherwise() -> None:
    telling = (Telling(place=Place(start=0, end=1, text="x"), text="x"),)
    told = Row(
        subject="counted", thing="", state="differs", cells=(telling, telling, telling, ()), groups=("A", "A", "B", "")
    )
    assert [told.against(report) for report in range(4)] == [2, 2, 0, 0]


# The command


@pytest.fixture
def rashomon(tmp_path: Path) -> Callable[..., Result]:
    db = tmp_path / "library.db"
    with closing(Library.open(db)) as library:
        for article in LOCK:
            library.articles.add(replace(article, source=f"={article.source}"), article.body.encode())

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli.main, ["--db", str(db), "event", *arguments], prog_name="rashomon")

    return run


def test_a_command_that_is_stopped_says_that_it_goes_on(
    rashomon: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("widgets.understanding.comparison_of", interrupted)
        stopped = rashomon("1", "2")
    assert (stopped.exit_code, stopped.stdout) == (130, "")
    assert "goes on with the pairs that are left" in stopped.stderr
    assert rashomon("1", "2").exit_code == 0


def test_the_command_prints_the_table_in_each_form(rashomon: Callable[..., Result]) -> None:
    printed = rashomon("3", "1", "2").output.splitlines()
    assert printed[0].split() == "Thing =Gazette 2031-05-03 =Herald 2031-05-04 =Monthly 2031-05-20".split()
    assert any(line.startswith("≠ gunmen who left") for line in printed)

    record = json.loads(rashomon("1", "2", "3", "--format", "json").output)
    assert [report["source"] for report in record["reports"]] == ["=Gazette", "=Herald", "=Monthly"]
    (gunmen,) = [row for row in record["rows"] if row["thing"] == "gunmen who left"]
    place = gunmen["cells"][1]["tellings"][0]["place"]
    assert LOCK[1].body[place["start"] : place["end"]] == place["text"] == "250 gunmen"
    assert ["1", "2"] in [conflict["reports"] for conflict in gunmen["conflicts"]]

    rows = list(csv.DictReader(io.StringIO(rashomon("1", "2", "3", "--format", "csv", "--conflicts").output)))
    assert "'=Herald 2031-05-04 #2" in rows[0]
    assert {row["state"] for row in rows} == {"conflict"}


def test_the_command_needs_two_reports_that_are_there(rashomon: Callable[..., Result]) -> None:
    assert "two reports or more" in rashomon("1", "1").output
    assert "no event 9" in rashomon("9").output
    assert "no number of an event" in rashomon("Lock").output
    assert 'no report answers to "9"' in rashomon("1", "9").output


def test_the_page_of_an_event_leads_from_each_row_to_its_conflicts(
    rashomon: Callable[..., Result], tmp_path: Path
) -> None:
    page = tmp_path / "event.html"
    assert rashomon("1", "2", "3", "-o", str(page)).exit_code == 0
    tree = html.fromstring(page.read_text(encoding="utf-8"))
    (grid,) = tree.find_class("grid")
    assert [head.text_content() for head in grid.xpath("thead//th")][2:] == [
        "1 =Gazette 2031-05-03",
        "2 =Herald 2031-05-04",
        "3 =Monthly 2031-05-20",
    ]
    rows = {row.xpath("string(th)"): row for row in grid.xpath("tbody/tr")}
    links = [link.get("href") for link in rows["gunmen who left"].xpath(".//a")]
    assert links
    assert all(tree.get_element_by_id(link.removeprefix("#")) is not None for link in links)
    assert page.stat().st_mode & 0o777 == 0o600


def test_a_row_has_a_name_of_its_own_and_none_of_the_asides_of_a_report() -> None:
    claim = (
        Article(source="Gazette", published="2031-05-03", body="The River Guild (RG), has signed the treaty."),
        Article(source="Herald", published="2031-05-03", body="The River Guild has not signed the treaty."),
    )
    things = [row.thing for row in table_of(claim).rows]
    assert any(thing.startswith("whether the River Guild has signed") for thing in things), things


def test_what_one_report_tells_has_a_row_only_where_it_says_what_of() -> None:
    alone = (
        Article(
            source="Gazette",
            published="2031-05-03",
            body="Nobody flew any flags. Many people waited. He began the 12-step course.",
        ),
        Article(source="Herald", published="2031-05-03", body="Twelve trucks drove to the lake, four miles away."),
    )
    assert [row.thing for row in table_of(alone).rows if row.subject == "counted" and row.cells[0]] == []
    assert row(table_of(alone), "trucks that drove").state == "alone"


def test_a_surname_in_a_headline_is_the_person_of_the_report() -> None:
    titled = (
        Article(title="Quill Tries Again", published="2031-05-03", body="Minister Ada R. Quill went to the lake."),
        Article(title="Minister leaves", published="2031-05-03", body="Minister Quill went to the lake."),
    )
    assert [row.thing for row in table_of(titled).rows if row.subject == "named"] == ["Minister Ada R. Quill"]


def test_a_thing_of_which_forty_figures_are_told_is_one_row() -> None:
    many = Article(source="Gazette", published="2031-05-03", body="Nine people were killed in the fighting.\n\n" * 40)
    assert row(table_of([many, LOCK[0]]), "people killed").groups == ("A", "A")


def named(*body: str, title: str = "") -> Report:
    """A report that names people, by their keys alone."""

    def reading(keys: tuple[str, ...]) -> Reading:
        return Reading(mentions=tuple(Mention(start=0, end=1, label="PERSON", key=key, name=key) for key in keys))

    return Report(Article(body="x"), Facts(version="", body=reading(body), title=reading((title,) if title else ())))


def test_two_people_of_one_surname_stay_two_whatever_a_headline_leaves_open() -> None:
    names = Names([named("hilda marsh", "peter marsh"), named("hilda jane marsh", title="marsh"), named("peter marsh")])
    assert names.of(0, "hilda marsh") == names.of(1, "hilda jane marsh")
    assert names.of(0, "peter marsh") == names.of(2, "peter marsh") != names.of(0, "hilda marsh")
    names.unite((1, "hilda jane marsh"), (2, "peter marsh"))
    assert names.of(1, "hilda jane marsh") != names.of(2, "peter marsh")


def test_a_name_spelt_otherwise_is_one_where_that_was_found() -> None:
    names = Names([named("hela marsh"), named("hella marsh")])
    assert names.of(0, "hela marsh") != names.of(1, "hella marsh")
    names.unite((0, "hela marsh"), (1, "hella marsh"), spelt=True)
    assert names.of(0, "hela marsh") == names.of(1, "hella marsh")


def test_since_two_years_is_not_one_time() -> None:
    articles = [
        Article(body=f"Ada Quill has led the river guild since {year}. The guild has a boat.", published="2031-05-03")
        for year in (2012, 2013)
    ]
    (led,) = [row for row in table_of(articles).rows if row.subject == "timed"]
    assert (led.state, said(led)) == ("differs", ["since 2012", "since 2013"])
