"""The command line, through click's runner: what is printed, where, and what it costs to go wrong."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from click.testing import CliRunner, Result

import cli
from db import Library, LibraryError
from reader.acquire import Document
from reader.nouns import Article, Quantity, Span
from reader.partners import Partner
from tests.web_site import Reply, site
from widgets.commands import demo

HARBOUR = """\
The harbour master of Vellmar said on Tuesday that 14 sailors were rescued after two barges collided.

No fuel was spilled, the port said. The barges had left Oster at dawn on 3 May 2021."""

HARBOUR_LATER = """\
Nine sailors were rescued when two barges collided off Vellmar, the coast guard said on Wednesday.

Several tonnes of fuel were spilled, according to the coast guard."""


class Command:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.db = folder / "library.db"

    def __call__(self, *args: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(cli.main, ["--db", str(self.db), *args], input=stdin, prog_name="rashomon")

    def records(self, *rows: dict[str, object]) -> str:
        path = self.folder / "records.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return str(path)


@pytest.fixture
def rashomon(tmp_path: Path) -> Command:
    return Command(tmp_path)


@pytest.fixture
def two(rashomon: Command) -> Command:
    rows = (
        {"id": "first", "title": "Barges collide off Vellmar", "date": "2021-05-04", "source": "Port", "text": HARBOUR},
        {"id": "later", "title": "Fuel spilled off Vellmar", "date": "2021-05-05", "text": HARBOUR_LATER},
    )
    assert rashomon("add", rashomon.records(*rows)).exit_code == 0
    return rashomon


def test_adding_twice_adds_nothing_twice(rashomon: Command) -> None:
    report = rashomon.folder / "report.txt"
    report.write_text(HARBOUR, encoding="utf-8")
    first, second = rashomon("add", str(report)), rashomon("add", str(report))
    assert "1 added, 0 already there, 0 revised, 0 failed" in first.stderr
    assert "0 added, 1 already there, 0 revised, 0 failed" in second.stderr
    assert first.stdout == "", "narration does not go to standard output"


def test_a_changed_report_is_revised(two: Command) -> None:
    changed = two.records(
        {"id": "later", "title": "Fuel spilled off Vellmar", "text": HARBOUR_LATER.replace("Nine", "Ten")}
    )
    assert "0 added, 0 already there, 1 revised, 0 failed" in two("add", changed).stderr


def test_a_broken_file_is_named_and_the_rest_goes_in(rashomon: Command) -> None:
    good = rashomon.folder / "good.txt"
    good.write_text(HARBOUR, encoding="utf-8")
    (rashomon.folder / "empty.txt").touch()
    done = rashomon("add", str(good), str(rashomon.folder / "empty.txt"), str(rashomon.folder / "gone.txt"))
    lines = done.stderr.splitlines()
    assert done.exit_code == 0
    assert "1 added, 0 already there, 0 revised, 2 failed" in lines[-1]
    assert [line for line in lines if "empty.txt" in line]
    assert [line for line in lines if "gone.txt" in line]


def test_nothing_added_and_something_failed_is_a_failure(rashomon: Command) -> None:
    assert rashomon("add", str(rashomon.folder / "gone.txt")).exit_code == 1


def test_standard_input(rashomon: Command) -> None:
    assert "1 added" in rashomon("add", "-", stdin=HARBOUR).stderr


def test_list_as_table_and_json(two: Command) -> None:
    table = two("list").stdout
    assert "Barges collide off Vellmar" in table
    rows = json.loads(two("list", "--format", "json").stdout)
    assert [row["title"] for row in rows] == ["Fuel spilled off Vellmar", "Barges collide off Vellmar"]
    assert len(json.loads(two("list", "--search", "master", "--format", "json").stdout)) == 1


def test_an_empty_library_says_what_to_do(rashomon: Command) -> None:
    done = rashomon("list")
    assert done.stdout == ""
    assert "rashomon add" in done.stderr


def test_show(two: Command) -> None:
    shown = two("show", "first").stdout
    assert shown.startswith("Barges collide off Vellmar\nPort · 2021-05-04\n")
    assert "14 sailors" in shown


def test_extract_stores_nothing(rashomon: Command) -> None:
    report = rashomon.folder / "report.txt"
    report.write_text(HARBOUR, encoding="utf-8")
    record = json.loads(rashomon("extract", str(report)).stdout)
    assert set(record) == {"title", "date", "source", "author", "text"}
    assert "14 sailors" in record["text"]
    assert not rashomon.db.exists()


def test_facts_of_records_keep_the_text_and_its_offsets(rashomon: Command) -> None:
    text = "  Then 14\u200b sailors came on 3 May 2021.\n\nThey left."
    (record,) = map(
        json.loads, rashomon("facts", "--jsonl", rashomon.records({"id": "x", "text": text})).stdout.splitlines()
    )
    assert record["id"] == "x"
    assert all(q["text"] == text[q["start"] : q["end"]] for q in record["quantities"] + record["times"])
    assert [q["low"] for q in record["quantities"]] == [14]
    assert record["times"][0]["earliest"] == "2021-05-03"


def test_facts_of_a_stored_report(two: Command) -> None:
    record = json.loads(two("facts", "first").stdout)
    assert record["id"] == "first"
    assert record["sentences"]


def test_facts_of_a_stored_report_are_those_that_a_person_corrected(two: Command) -> None:
    before = json.loads(two("facts", "first").stdout)
    assert not any("corrected" in fact for kind in ("quantities", "times", "names") for fact in before[kind])
    first, *others = before["quantities"]
    with Library.open(two.db) as library:
        stored = library.articles.get(library.articles.find("first"))
        stated = Quantity(
            start=first["start"], end=first["end"], low=7, high=8, counted="sailor", kind="count", fate=first["fate"]
        )
        library.readings.correct(stored, "body", stated)
        name = before["names"][0]
        library.readings.dismiss(stored, "body", "name", Span(start=name["start"], end=name["end"]))
    after = json.loads(two("facts", "first").stdout)
    assert after["quantities"][0] == {
        **first,
        **{"low": 7, "high": 8, "counted": "sailor", "hedge": None, "unit": None, "corrected": True},
    }
    assert after["quantities"][1:] == others
    assert after["names"] == before["names"][1:]


def test_check_and_compare_print_one_form(two: Command) -> None:
    pair = {"id": "p", "a": HARBOUR, "b": HARBOUR_LATER, "date_a": "2021-05-04", "date_b": "2021-05-05"}
    (checked,) = map(json.loads, two("check", "--jsonl", two.records(pair)).stdout.splitlines())
    compared = json.loads(two("compare", "first", "later", "--format", "json").stdout)
    assert set(checked) == {"id", "alignment", "conflicts"}
    assert set(compared) == {*checked, "format", "reports", "related", "notes", "verdicts"}
    for record in (checked, compared):
        assert record["conflicts"] == sorted(record["conflicts"], key=lambda c: -c["confidence"])
        for conflict in record["conflicts"]:
            assert set(conflict) == {"kind", "confidence", "severity", "reason", "benign", "a", "b", "more"}
            for side, text in (("a", HARBOUR), ("b", HARBOUR_LATER)):
                place = conflict[side]
                if place["in"] == "body":
                    assert place["text"] == text[place["start"] : place["end"]]
    best = next(c for c in checked["conflicts"] if "14" in c["a"]["text"])
    assert best["kind"] in ("count", "casualty")
    assert "Nine" in best["b"]["text"]
    assert best["confidence"] >= 0.5
    assert best["benign"] == "a later count"


def test_compare_in_a_pipe_prints_text(two: Command) -> None:
    printed = two("compare", "1", "2").stdout
    assert printed.startswith("A: Barges collide off Vellmar")
    assert "14" in printed


def test_compare_adds_files_it_is_given(rashomon: Command) -> None:
    paths = []
    for name, text in (("one.txt", HARBOUR), ("two.txt", HARBOUR_LATER)):
        (rashomon.folder / name).write_text(text, encoding="utf-8")
        paths.append(str(rashomon.folder / name))
    assert rashomon("compare", *paths).exit_code == 0
    assert len(json.loads(rashomon("list", "--format", "json").stdout)) == 2


def test_suggest(two: Command) -> None:
    lines = [json.loads(line) for line in two("suggest", "--all", "--format", "jsonl").stdout.splitlines()]
    assert {line["id"]: line["partners"][0]["id"] for line in lines} == {"first": "later", "later": "first"}
    assert all(0 <= p["score"] <= 1 and p["why"] for line in lines for p in line["partners"])
    assert "Fuel spilled off Vellmar" in two("suggest", "first").stdout


def test_suggestions_are_printed_as_they_are_made(two: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> Iterator[tuple[int, list[Partner]]]:
        yield 2, [Partner(id=1, score=0.5, why=("Vellmar",), warnings=("same outlet",))]
        raise LibraryError(two.db, "is gone")

    monkeypatch.setattr("widgets.understanding.PartnerFinder.all", stopped)
    done = two("suggest", "--all")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "2  Fuel spilled off Vellmar",
        "  0.50  1  Barges collide off Vellmar  (Vellmar · ! same outlet)",
    ]


def test_verdicts_in_every_form(two: Command) -> None:
    from db import Library
    from reader.nouns import Place

    library = Library.open(two.db)
    a, b = library.articles.get(1), library.articles.get(2)
    places = [
        Place(part="body", start=s.article.body.index(w), end=s.article.body.index(w) + len(w), text=w)
        for s, w in ((a, "14 sailors"), (b, "Nine sailors"))
    ]
    library.verdicts.judge(a, b, *places, judgement="contradiction", kind="casualty", note="=1+1")
    library.close()
    (row,) = json.loads(two("verdicts", "--format", "json").stdout)
    assert (row["quote_a"], row["quote_b"], row["judgement"]) == ("14 sailors", "Nine sailors", "contradiction")
    (row,) = csv.DictReader(io.StringIO(two("verdicts", "--format", "csv").stdout))
    assert row["note"] == "'=1+1", "a spreadsheet must not run it"
    assert "| 14 sailors |" in two("verdicts", "--format", "md").stdout
    assert "14 sailors" in two("verdicts").stdout


def test_an_unknown_report_is_one_line(two: Command) -> None:
    done = two("show", "nowhere")
    assert done.exit_code == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "nowhere" in done.stderr


def test_broken_json_names_the_line(rashomon: Command) -> None:
    path = rashomon.folder / "broken.jsonl"
    path.write_text('{"id": "1", "text": "x"}\n\n{"id": \n', encoding="utf-8")
    done = rashomon("facts", "--jsonl", str(path))
    assert done.exit_code == 1
    assert "line 3" in done.stderr


def test_a_foreign_file_is_refused(rashomon: Command) -> None:
    rashomon.db.write_text("not a database", encoding="utf-8")
    done = rashomon("list")
    assert done.exit_code == 1
    assert str(rashomon.db) in done.stderr
    assert "Traceback" not in done.output
    assert rashomon.db.read_text(encoding="utf-8") == "not a database"


def test_a_failure_of_our_own_is_one_line(rashomon: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("no such luck")

    monkeypatch.setattr(Library, "open", broken)
    done = rashomon("list")
    assert done.exit_code == 1
    assert "no such luck" in done.stderr
    assert "RASHOMON_DEBUG" in done.stderr


def test_the_screens_need_a_terminal(rashomon: Command) -> None:
    done = rashomon()
    assert done.exit_code == 2
    assert "terminal" in done.stderr


def test_demo_without_a_terminal_prints_its_first_comparison(
    rashomon: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "default_database", lambda: rashomon.folder / "data" / "library.db")
    done = rashomon("demo")
    assert done.exit_code == 0
    assert "conflicts" in done.stdout
    assert (rashomon.folder / "data" / "demo.db").exists()


def test_doctor(two: Command) -> None:
    assert two("facts", "first").exit_code == 0
    told = dict(line.split(maxsplit=1) for line in two("doctor").stdout.splitlines())
    assert told["model"].startswith("en_news_ud_sm 1.")
    assert told["reads"] == "sentences, trees and names with this model"
    assert told["library"] == str(two.db)
    assert "encoding" in told["terminal"]
    assert (told["articles"], told["problems"]) == ("2", "none")
    as_json = json.loads(two("doctor", "--format", "json").stdout)
    assert as_json["without facts"] == 1
    assert as_json["problems"] == []


def test_doctor_says_what_is_wrong(two: Command) -> None:
    config = two.folder / "config.toml"
    for text, said in (
        ("[reading]\nmodl = 'x'", "did you mean model"),
        ("[reading]\nmodel = 'nowhere'", "not installed"),
    ):
        config.write_text(text, encoding="utf-8")
        done = two("--config", str(config), "doctor")
        assert done.exit_code == 1
        assert two("--config", str(config), "doctor", "--format", "json").exit_code == 1
        (problem,) = (line for line in done.stdout.splitlines() if line.startswith("problem"))
        assert said in problem
    two.db.write_text("not a database", encoding="utf-8")
    assert f"{two.db}: not an SQLite database" in two("doctor").stdout


def test_a_file_that_cannot_be_read_is_one_line(two: Command) -> None:
    (two.folder / "latin.jsonl").write_bytes(b'{"id": 1, "text": "caf\xe9"}\n')
    for file, said in ((".", "Is a directory"), ("gone.jsonl", "No such file"), ("latin.jsonl", "line 1: not JSON")):
        done = two("facts", "--jsonl", str(two.folder / file))
        assert (done.exit_code, done.stdout) == (1, "")
        assert len(done.stderr.splitlines()) == 1
        assert file.strip(".") in done.stderr
        assert said in done.stderr


def test_doctor_says_what_another_model_is_used_for(two: Command) -> None:
    nlp = spacy.blank("en")
    nlp.meta |= {"name": "ports", "version": "3.2"}
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "Vellmar"}])  # type: ignore[attr-defined]
    nlp.to_disk(two.folder / "ports")
    config = two.folder / "config.toml"
    config.write_text("[reading]\nmodel = './ports'", encoding="utf-8")
    told = json.loads(two("--config", str(config), "doctor", "--format", "json").stdout)
    assert told["model"].startswith("en_ports 3.2, ")
    assert told["model"].endswith(str(two.folder / "ports"))
    assert told["reads"] == "names with this model; sentences and trees with our own en_news_ud_sm"
    assert told["analysis"].split("+")[1].startswith("en_ports-3.2-")
    assert told["without facts"] == 2


def test_a_model_that_is_not_installed_is_one_line(two: Command) -> None:
    config = two.folder / "config.toml"
    config.write_text("[reading]\nmodel = 'en_core_web_nowhere'", encoding="utf-8")
    for args in (("facts", "1"), ("compare", "1", "2", "--format", "json")):
        done = two("--config", str(config), *args)
        assert (done.exit_code, done.stdout) == (1, "")
        assert "spacy download en_core_web_nowhere" in done.stderr
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_has_help_with_an_example(rashomon: Command, name: str) -> None:
    assert "Example: rashomon" in rashomon(name, "--help").stdout


@pytest.mark.parametrize(
    ("terminal", "encoding", "told"),
    [
        ("xterm", "utf-8", "^$"),
        ("", "UTF8", "^$"),
        ("dumb", "utf-8", "cannot move its cursor; set TERM .* or use list"),
        ("xterm-256color", "ANSI_X3.4-1968", "writes ANSI_X3.4-1968, .* PYTHONUTF8=1"),
        ("xterm-256color", "iso8859-15", "LC_ALL=C.UTF-8"),
    ],
)
def test_a_terminal_that_cannot_show_the_screens_is_told_why(terminal: str, encoding: str, told: str) -> None:
    assert re.search(told, cli.why_no_screens(terminal, encoding))


def test_add_and_compare_take_addresses(rashomon: Command) -> None:
    with site() as lake:
        lake.replies["/a"] = Reply(HARBOUR.encode(), "text/plain")
        lake.replies["/b"] = Reply(HARBOUR_LATER.encode(), "text/plain")
        refused = rashomon("add", lake.url("/a"))
        assert (refused.exit_code, lake.asked) == (1, [])
        assert "(--allow-private)" in refused.stderr
        added = rashomon("add", "--allow-private", lake.url("/a"))
        assert (added.exit_code, added.stderr) == (0, "1 added, 0 already there, 0 revised, 0 failed\n")
        compared = rashomon("compare", "--allow-private", "1", lake.url("/b"), "--format", "text")
        assert "sailors" in compared.stdout
        assert lake.url("/b") in rashomon("show", "2").stdout


def test_ctrl_c_keeps_what_was_read(rashomon: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> Iterator[Document]:
        yield Document(article=Article(title="Barges", body=HARBOUR), raw=b"", name="one")
        raise KeyboardInterrupt

    monkeypatch.setattr("reader.acquire.acquire", interrupted)
    done = rashomon("add", "one", "two")
    assert done.exit_code == 130
    assert done.stderr.splitlines()[-1].startswith("stopped; what was added stays")
    assert "Barges" in rashomon("list").stdout


def test_an_error_that_quotes_others_carries_nothing_that_a_terminal_obeys(two: Command) -> None:
    done = two("show", "no \x1b]0;owned\x07such\u202e title")
    assert done.exit_code == 1
    assert "such" in done.stderr
    assert not set("\x1b\x07\u202e") & set(done.stderr)
