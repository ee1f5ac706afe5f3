"""Copies of a library, what is found wrong with one, and what is repaired."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from db import Library, LibraryError
from db.repairing import repair
from reader.nouns import Article, Facts, Reading
from tests.db_library import Clock, numbers, place, two

PERSONS = "articles texts revisions verdicts verdict_places taggings tags history sessions corrections".split()
"""Tables of what a person did, or gave."""


def filled(path: Path, reports: int = 0) -> None:
    """A library with a person's work in it, and so many reports more."""
    with Library.open(path, reviewer="ada", clock=Clock()) as library:
        a, b = two(library)
        library.verdicts.judge_conflict(a, b, numbers(a, b), "contradiction", tags=["toll"], note="counted twice")
        library.verdicts.judge(a, b, place(a, "dawn"), place(b, "night"), "tension", kind="time")
        library.readings.dismiss(a, "body", "time", place(a, "dawn"))
        library.facts.put(a, Facts(version="1", body=Reading()))
        library.articles.set_starred([1])
        library.history.undo()
        more = [(Article(title=f"Report {n}", body=f"Report {n} of the quays. " * 40), b"") for n in range(reports)]
        list(library.articles.add_many(more))


def rows(path: Path, tables: list[str] = PERSONS) -> dict[str, list[tuple[object, ...]]]:
    plain = sqlite3.connect(path)
    try:
        return {table: plain.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall() for table in tables}
    finally:
        plain.close()


def alter(path: Path, *statements: str) -> None:
    """Change a library behind its back."""
    plain = sqlite3.connect(path, isolation_level=None)
    plain.execute("PRAGMA writable_schema = ON")
    for trigger in ("history_is_append_only", "history_is_kept", "texts_are_immutable", "texts_are_kept"):
        plain.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    for statement in statements:
        plain.execute(statement)
    plain.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    filled(tmp_path / "library.db")
    return tmp_path / "library.db"


def run(path: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--db", str(path), *words])


# --- copies


def test_a_copy_is_whole_private_and_takes_no_ones_place(path: Path, tmp_path: Path) -> None:
    with Library.open(path, clock=Clock()) as library:
        library.verdicts.update(1, note="in the log only")
        steps: list[tuple[int, int]] = []
        where = library.backup(progress=lambda done, pages: steps.append((done, pages)))
        assert where.name.startswith("library.db.2031")
        assert steps[-1][0] == steps[-1][1] > 0
        with pytest.raises(LibraryError, match="is there already"):
            library.backup(where)
        assert library.backup(where, replace=True) == where
        (tmp_path / "stick").mkdir()
        in_folder = library.backup(tmp_path / "stick")
        assert in_folder.parent == tmp_path / "stick"
        with pytest.raises(LibraryError, match="the library itself"):
            library.backup(path, replace=True)
        with pytest.raises(LibraryError, match="cannot be written"):
            library.backup(tmp_path / "nowhere" / "copy.db")
        assert rows(where) == rows(in_folder) == rows(path)
    assert where.stat().st_mode & 0o777 == 0o600
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".")) == []
    with Library.open(where) as copy:
        assert [problem for check in copy.check() for problem in check.problems] == []
        assert copy.verdicts.get(1).note == "in the log only"


def test_a_copy_is_of_one_moment_while_another_window_writes(tmp_path: Path) -> None:
    filled(tmp_path / "large.db", reports=300)
    with Library.open(tmp_path / "large.db") as library, Library.open(tmp_path / "large.db") as other:
        begun, stop = threading.Event(), threading.Event()

        def judge() -> None:
            n = 0
            while not stop.is_set():
                other.verdicts.update(1, note=str(n := n + 1))
                begun.set()

        thread = threading.Thread(target=judge)
        thread.start()
        begun.wait(10)
        try:
            where = library.backup(progress=lambda *_: None)
        finally:
            stop.set()
            thread.join()
        with Library.open(where) as copy:
            assert copy.stats().problems == ()
            assert copy.articles.count() == 302
            assert int(copy.verdicts.get(1).note) > 0


def test_the_command_copies_and_says_where(path: Path) -> None:
    made = run(path, "backup")
    assert made.exit_code == 0, made.output
    assert Path(made.stdout.strip()).is_file()
    assert "2 judgements, history up to 7:" in made.stderr
    again = run(path, "backup", made.stdout.strip())
    assert (again.exit_code, "is there already" in again.output) == (1, True)
    assert run(path, "backup", made.stdout.strip(), "--force").exit_code == 0
    assert "no library to copy" in run(path.with_name("none.db"), "backup").output


# --- what is found wrong


def test_a_sound_library_is_told_check_by_check(path: Path) -> None:
    made = run(path, "doctor", "--check")
    assert made.exit_code == 0, made.output
    assert [line.split()[0] for line in made.stdout.splitlines()] == ["ok"] * 6
    assert "5 exact" in made.stdout
    head = made.stdout.split("events up to ")[1].split()[0]
    assert run(path, "doctor", "--check", "--head", head).exit_code == 0
    alter(path, "DELETE FROM history WHERE id = (SELECT max(id) FROM history)")
    assert run(path, "doctor", "--check").exit_code == 0  # a chain does not know its end
    cut = run(path, "doctor", "--check", "--head", head)
    assert cut.exit_code == 1
    assert "it was cut off" in cut.output


ALTERED = {
    "event": ("UPDATE history SET name = 'starred nothing' WHERE id = 2", "history was altered at event 2"),
    "time": ("UPDATE history SET at = '2030' WHERE id = 3", "history was altered at event 3"),
    "event gone": ("DELETE FROM history WHERE id = 3", "history was altered at event 4"),
    "events changed round": (
        "UPDATE history SET (name, changes) = (SELECT name, changes FROM history AS h WHERE h.id = 7 - history.id)"
        " WHERE id IN (3, 4)",
        "history was altered at event 3",
    ),
    "text": ("UPDATE texts SET body = replace(body, '275', '276')", "is not what its name says"),
    "words": ("UPDATE verdict_places SET exact = '276 dockers' WHERE id = 1", "do not stand where it says"),
    "place": ("UPDATE verdict_places SET start_char = 1, end_char = 12 WHERE id = 1", "do not stand where it says"),
    "hold": ("UPDATE corrections SET hold = 'orphan'", "where its words stand now is not up to date"),
    "reference": ("UPDATE visits SET place_article = 77", "points to nothing in articles"),
    "index": ("INSERT INTO articles_fts (articles_fts, rowid, title, body) VALUES ('delete', 1, 'x', 'y')", "index"),
}


@pytest.mark.parametrize("what", ALTERED)
def test_what_was_altered_is_found(path: Path, what: str) -> None:
    with Library.open(path) as library:
        library.visits.open(1, 2)
    statement, told = ALTERED[what]
    alter(path, statement)
    made = run(path, "doctor", "--check")
    assert made.exit_code == 1, made.output
    assert told in made.stdout


# --- repairs


def stale_words(path: Path) -> None:
    alter(path, "UPDATE verdict_places SET hold = 'orphan' WHERE id = 1")


def stale_search(path: Path) -> None:
    alter(path, ALTERED["index"][0])


def facts_of_nobody(path: Path) -> None:
    alter(path, "UPDATE facts SET article_id = 99")


def index_missing_a_row(path: Path) -> None:
    plain = sqlite3.connect(path, isolation_level=None)
    plain.execute("PRAGMA writable_schema = ON")
    (sql,) = plain.execute("SELECT sql FROM sqlite_master WHERE name = 'verdicts_by_time'").fetchone()
    plain.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'verdicts_by_time'", (f"{sql} WHERE severity = 1",))
    plain.close()
    plain = sqlite3.connect(path, isolation_level=None)
    plain.execute("REINDEX verdicts_by_time")
    plain.execute("PRAGMA writable_schema = ON")
    plain.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'verdicts_by_time'", (sql,))
    plain.close()


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (stale_words, "found the words of 1 judgements and corrections again"),
        (stale_search, "made the search index again"),
        (facts_of_nobody, "dropped facts and comparisons"),
        (index_missing_a_row, "made the indexes again"),
    ],
)
def test_what_can_be_made_again_is_and_nothing_of_a_person_changes(
    path: Path, harm: Callable[[Path], None], told: str
) -> None:
    harm(path)
    before, content = rows(path), path.read_bytes()
    assert run(path, "doctor", "--check").exit_code == 1
    tried = run(path, "repair", "--dry-run")
    assert f"would do   {told}" in tried.stdout
    assert path.read_bytes() == content
    made = run(path, "repair")
    assert made.exit_code == 0, made.output
    assert f"done   {told}" in made.stdout
    (kept,) = path.parent.glob("library.db.before-repair-*.bak")
    assert kept.read_bytes() == content
    assert {p.stat().st_mode & 0o777 for p in (path, kept)} == {0o600}
    assert run(path, "doctor", "--check").exit_code == 0
    after = rows(path)
    if harm is stale_words:
        after["verdict_places"] = before["verdict_places"]
    assert after == before
    assert run(path, "repair").stdout == "nothing to repair\n"


def test_what_a_person_did_is_not_made_up(path: Path) -> None:
    alter(path, ALTERED["event"][0], "UPDATE verdict_places SET hold = 'orphan' WHERE id = 1")
    made = run(path, "repair")
    assert made.exit_code == 1
    assert "left   history was altered at event 2" in made.stdout
    with Library.open(path) as library:
        assert library.history.broken() == 2
        assert library.verdicts.get(1).a_hold == "exact"


@pytest.fixture
def large(tmp_path: Path) -> Path:
    filled(tmp_path / "library.db", reports=400)
    return tmp_path / "library.db"


def pages_of(path: Path, table: str) -> list[int]:
    plain = sqlite3.connect(path)
    try:
        return [row[0] for row in plain.execute("SELECT pageno FROM dbstat WHERE name = ? ORDER BY path", (table,))]
    except sqlite3.OperationalError:
        pytest.skip("this SQLite has no dbstat")
    finally:
        plain.close()


@pytest.mark.parametrize("table", ["texts", "articles", "revisions", "facts", "articles_fts_data", "sqlite_schema"])
def test_of_a_damaged_file_all_that_can_be_read_is_copied(large: Path, table: str) -> None:
    before = rows(large)
    pages = [page for page in pages_of(large, table) if page > 1] if table != "sqlite_schema" else [1]
    plain = sqlite3.connect(large)
    (size,) = plain.execute("PRAGMA page_size").fetchone()
    plain.close()
    page = pages[len(pages) // 2] if table != "sqlite_schema" else pages_of(large, table)[-1]
    content = bytearray(large.read_bytes())
    content[(page - 1) * size + 100 * (page == 1) : page * size] = os.urandom(size - 100 * (page == 1))
    large.write_bytes(content)
    if table == "sqlite_schema":
        made = run(large, "repair")
        assert made.exit_code == 1
        assert "Traceback" not in made.output
        assert large.read_bytes() == content
        return
    made = repair(large, clock=Clock())
    assert any("all that can be read" in line for line in made.done)
    after = rows(large)
    for of, kept in after.items():
        assert set(kept) <= set(before[of]), of
        if of != table and table != "texts":  # what hangs on a lost text stays too
            assert kept == before[of], of
    assert len(after[table]) >= len(before[table]) - 60 if table in before else not made.lost
    assert after["verdicts"] == before["verdicts"]
    assert after["history"] == before["history"]
    with Library.open(large) as library:
        assert library.history.broken() is None
        assert [check.name for check in library.check() if check.problems and check.name == "file"] == []
        assert library.articles.count() > 300


def test_a_file_in_use_or_of_others_is_not_repaired(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.repairing.PATIENCE", 0.0)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LibraryError, match="another program is writing to it"):
        repair(path)
    other.close()
    with pytest.raises(LibraryError, match="no such file"):
        repair(tmp_path / "none.db")
    (tmp_path / "text.db").write_text("Dear diary " * 100)
    with pytest.raises(LibraryError, match="nothing of it can be read"):
        repair(tmp_path / "text.db")
    sqlite3.connect(tmp_path / "birds.db").execute("CREATE TABLE birds (name)").connection.close()
    with pytest.raises(LibraryError, match="not a Rashomon library"):
        repair(tmp_path / "birds.db")
    alter(path, "PRAGMA user_version = 99")
    with pytest.raises(LibraryError, match="later Rashomon"):
        repair(path)
    assert sorted(p.name for p in tmp_path.iterdir() if "repair" in p.name) == []


def test_an_open_window_sees_that_its_file_was_exchanged(path: Path) -> None:
    with Library.open(path) as window:
        window.articles.count()
        stale_words(path)
        assert repair(path).done
        with pytest.raises(LibraryError, match="was replaced by another file"):
            window.articles.set_starred([1])
