"""The whole library as plain files and back: the same rows, the same bytes, and nothing read that was meddled with."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli import main
from db import Library, LibraryError, schema
from db.plain_files import DISPOSABLE, KEPT, restore
from reader.nouns import Comparison, Facts, Reading
from tests.db_work import work
from tests.test_db_file import LATER, older_schema


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with rows in every table that is kept."""
    path = tmp_path_factory.mktemp("worked") / "library.db"
    work(path, 5, 250)
    work(path.with_name("other.db"), 6, 20)
    with Library.open(path) as library:
        library.merge(path.with_name("other.db"))
        library.preferences.set("measure", "70")
        library.furniture.add("Paper 1", ["support our reporters"])
        library.facts.put(library.articles.get(1), Facts(version="1", body=Reading()))
        library.comparisons.put(*library.articles.get_many([1, 2]), "1", Comparison(version="1"))
    return path


def rows(path: Path) -> dict[str, list[Any]]:
    """All that is kept, by table."""
    with Library.open(path) as library:
        return {
            table: sorted((tuple(row) for row in library._store.rows(f"SELECT * FROM {table}")), key=repr)
            for table in KEPT
            if library._store.value("SELECT 1 FROM sqlite_master WHERE name = ?", (table,))
        }


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_every_table_is_kept_or_can_be_made_again(worked: Path) -> None:
    with Library.open(worked) as library:
        tables = {
            row[0]
            for row in library._store.rows(
                "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
            )
        }
    inside = {name for name in tables if name.startswith(("articles_fts_", "sqlite_", "_sqlite_"))} - {*KEPT}
    assert tables - inside == {*KEPT, *DISPOSABLE}
    assert all(rows(worked).values()), "the test's library lacks rows of a table"


def test_a_library_comes_back_row_by_row_and_its_files_byte_by_byte(worked: Path, tmp_path: Path) -> None:
    with Library.open(worked) as library:
        told: list[tuple[int, int]] = []
        counts = library.dump(tmp_path / "one", lambda done, of: told.append((done, of)))
    assert counts == {table: len(found) for table, found in rows(worked).items()}
    assert told[-1][0] == told[-1][1] > 0
    restore(tmp_path / "one", tmp_path / "again.db")
    assert rows(tmp_path / "again.db") == rows(worked)
    with Library.open(tmp_path / "again.db") as library:
        assert library.stats().problems == ()
        assert library.articles.ids() == Library.open(worked).articles.ids()
        assert library.articles.raw(1) == Library.open(worked).articles.raw(1) != b""
        assert library.history.undo() is not None
        library.history.redo()
    restore(tmp_path / "one", tmp_path / "third.db")
    with Library.open(tmp_path / "third.db") as library:
        library.dump(tmp_path / "two")
    assert content(tmp_path / "one") == content(tmp_path / "two")
    assert {p.stat().st_mode & 0o77 for p in (tmp_path / "one").rglob("*")} == {0}
    assert (tmp_path / "third.db").stat().st_mode & 0o77 == 0
    assert not [p.name for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_its_checksums_are_those_of_sha256sum(worked: Path, tmp_path: Path) -> None:
    with Library.open(worked) as library:
        library.dump(tmp_path / "one")
    found = content(tmp_path / "one")
    sums = dict(reversed(line.split("  ")) for line in found.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}


@pytest.mark.parametrize("version", [1, max(LATER)])
def test_a_folder_of_an_older_schema_is_brought_up_to_date(tmp_path: Path, version: int) -> None:
    kept = older_schema(tmp_path / "old.db", version)
    folder = tmp_path / "old"
    (folder / "tables").mkdir(parents=True)
    (folder / "texts").mkdir()
    plain = sqlite3.connect(tmp_path / "old.db")
    plain.row_factory = sqlite3.Row
    there = {row[0] for row in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    counts = {}
    for table in [t for t in KEPT if t in there]:
        columns = [r[0] for r in plain.execute(f"SELECT name FROM pragma_table_xinfo('{table}') WHERE hidden = 0")]
        found = [
            dict(row) for row in plain.execute(f"SELECT {', '.join(columns)} FROM {table}") if row[0] not in DISPOSABLE
        ]
        if table == "sqlite_sequence":
            found = [row for row in found if row["name"] in KEPT]
        for row in found:
            if table == "texts":
                (folder / "texts" / row["sha"][:2]).mkdir(exist_ok=True)
                (folder / "texts" / row["sha"][:2] / f"{row['sha']}.txt").write_bytes(row.pop("body").encode())
            elif table == "revisions":
                row["raw"] = ""
        (folder / "tables" / f"{table}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in found))
        counts[table] = len(found)
    manifest = {"format": "rashomon-library", "version": 1, "schema": version, "tables": counts}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    sign(folder)
    restore(folder, tmp_path / "new.db")
    with Library.open(tmp_path / "new.db") as library:
        assert library.stats().schema == schema.VERSION
        assert library.stats().problems == ()
        assert library.articles.count() == len(kept["articles"])
        assert library.verdicts.get(1).tags == ("toll",)
    assert sorted(p.name for p in tmp_path.glob("*new.db*")) == ["new.db"]


def sign(folder: Path) -> None:
    """Write the checksums anew: whoever made the folder is not to be trusted."""
    names = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    lines = [f"{hashlib.sha256((folder / n).read_bytes()).hexdigest()}  {n}\n" for n in names if n != "SHA256SUMS"]
    (folder / "SHA256SUMS").write_text("".join(lines))


def _line(folder: Path, table: str, change: Callable[[dict[str, Any]], Any]) -> None:
    path = folder / "tables" / f"{table}.jsonl"
    first, *rest = path.read_text().splitlines(keepends=True)
    row = json.loads(first)
    change(row)
    path.write_text(json.dumps(row) + "\n" + "".join(rest))
    sign(folder)


def _manifest(folder: Path, **values: Any) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))
    sign(folder)


def _text(folder: Path) -> Path:
    return sorted((folder / "texts").rglob("*.txt"))[0]


def _linked(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def _piped(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _latin(folder: Path) -> None:
    data = "69 €".encode("cp1252")
    sha = hashlib.sha256(data).hexdigest()
    (folder / "texts" / sha[:2]).mkdir(exist_ok=True)
    (folder / "texts" / sha[:2] / f"{sha}.txt").write_bytes(data)
    _line(folder, "texts", lambda row: row.update(sha=sha))


HOSTILE: dict[str, tuple[Callable[[Path], Any], str]] = {
    "changed table": (lambda f: (f / "tables/tags.jsonl").write_text("{}"), "tables/tags.jsonl: was changed"),
    "changed text": (lambda f: _text(f).write_text("other"), ".txt: was changed"),
    "missing text": (lambda f: _text(f).unlink(), ".txt: is missing"),
    "missing table": (lambda f: (f / "tables/verdicts.jsonl").unlink(), "verdicts.jsonl: is missing"),
    "missing sum": (lambda f: (f / "SHA256SUMS").write_text(""), "SHA256SUMS: has no checksum of manifest.json"),
    "a path out of it": (
        lambda f: (f / "SHA256SUMS").write_text(f"{'0' * 64}  tables/../../etc.jsonl\n"),
        "SHA256SUMS: line 1 names no file of a library",
    ),
    "a text by path": (
        lambda f: _line(f, "texts", lambda r: r.update(sha="../" * 8)),
        "texts.jsonl: line 1 names no text",
    ),
    "a linked table": (lambda f: _linked(f / "tables/tags.jsonl"), "tags.jsonl: a link"),
    "a linked folder": (lambda f: _linked(f / "tables"), ".jsonl: a link"),
    "a linked manifest": (lambda f: _linked(f / "manifest.json"), "manifest.json: a link"),
    "a pipe": (lambda f: _piped(_text(f)), ".txt: not a plain file"),
    "no UTF-8": (lambda f: _latin(f), ".txt: not UTF-8"),
    "a later version": (lambda f: _manifest(f, version=2), "manifest.json: made by a later Rashomon"),
    "a later schema": (lambda f: _manifest(f, schema=99), "manifest.json: made by a later Rashomon"),
    "another's manifest": (lambda f: _manifest(f, format="birds"), "manifest.json: not that of a Rashomon library"),
    "no manifest": (lambda f: (f / "manifest.json").write_text("[" * 9_000), "manifest.json: not that of"),
    "an unknown table": (lambda f: _manifest(f, tables={"birds": 0}), "birds"),
    "rows left out": (
        lambda f: _manifest(f, tables={**json.loads((f / "manifest.json").read_text())["tables"], "tags": 9}),
        "tags.jsonl: has",
    ),
    "an odd column": (lambda f: _line(f, "tags", lambda r: r.update({'x") --': 1})), "tags.jsonl: line 1 is no row"),
    "an odd value": (lambda f: _line(f, "tags", lambda r: r.update(name=["a"])), "tags.jsonl: line 1 cannot be a row"),
    "half a character": (
        lambda f: _line(f, "tags", lambda r: r.update(name="\ud800")),
        "tags.jsonl: line 1 has text that is not Unicode",
    ),
    "a huge number": (lambda f: _line(f, "tags", lambda r: r.update(id=10**30)), "tags.jsonl: line 1 cannot be a row"),
    "a row that points nowhere": (
        lambda f: _line(f, "taggings", lambda r: r.update(tag_id=77)),
        "tables/taggings.jsonl: a row points to nothing in tags",
    ),
    "not JSON": (lambda f: ((f / "tables/tags.jsonl").write_text("birds\n"), sign(f)), "tags.jsonl: line 1 is no row"),
}


@pytest.fixture(scope="module")
def written(worked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written") / "folder"
    with Library.open(worked) as library:
        library.dump(folder)
    return folder


@pytest.mark.parametrize("name", HOSTILE)
def test_what_was_meddled_with_is_named_and_nothing_is_made(written: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "folder"
    shutil.copytree(written, folder)
    meddle, says = HOSTILE[name]
    meddle(folder)
    with pytest.raises(LibraryError) as caught:
        restore(folder, tmp_path / "new.db")
    assert says in str(caught.value)
    assert str(caught.value).startswith(str(folder))
    assert "\n" not in str(caught.value)
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]


def test_nothing_takes_the_place_of_what_is_there(worked: Path, written: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("x")
    with Library.open(worked) as library:
        for there in (tmp_path / "full", tmp_path / "full" / "mine.txt"):
            with pytest.raises(LibraryError, match="is there already"):
                library.dump(there)
        with pytest.raises(LibraryError, match="cannot be written"):
            library.dump(tmp_path / "no" / "folder")
        (tmp_path / "empty").mkdir()
        library.dump(tmp_path / "empty")
    with pytest.raises(LibraryError, match="is there already"):
        restore(written, tmp_path / "full" / "mine.txt")
    with pytest.raises(LibraryError, match="no folder"):
        restore(tmp_path / "nowhere", tmp_path / "new.db")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["empty", "full"]


def test_the_commands_write_and_read_it(worked: Path, tmp_path: Path) -> None:
    def run(*args: str) -> str:
        result = CliRunner().invoke(main, args)
        assert result.exit_code == 0, result.output
        return result.output

    assert "reports" in run("--db", str(worked), "dump", str(tmp_path / "out"))
    assert "verdicts" in run("--db", str(tmp_path / "new.db"), "restore", str(tmp_path / "out"))
    again = CliRunner().invoke(main, ["--db", str(tmp_path / "new.db"), "restore", str(tmp_path / "out")])
    assert again.exit_code == 1
    assert "is there already" in again.output
