"""The file: made, refused, migrated, shared between threads and programs, locked."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlite_utils import Database

from db import Library, LibraryError, VerdictQuery, schema
from db.errors import known
from db.history import chain
from db.store import BACKUPS_KEPT
from reader.nouns import Article, Comparison, Facts, Quantity, Reading, Span
from tests.db_library import HARBOUR, QUAY, Clock, numbers, place, two

# --- opening


def test_a_library_is_made_with_its_folders_private_to_the_user(tmp_path: Path) -> None:
    path = tmp_path / "one" / "two" / "library.db"
    with Library.open(path) as library:
        two(library)
        files = sorted(path.parent.iterdir())
        assert [p.name for p in files] == ["library.db", "library.db-shm", "library.db-wal"]
        assert {p.stat().st_mode & 0o777 for p in files} == {0o600}
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.parent.parent.stat().st_mode & 0o777 == 0o700


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Library.open(path).close()
    plain = sqlite3.connect(path)
    assert plain.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
    assert plain.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert plain.execute("SELECT count(*) FROM _sqlite_migrations").fetchone() == (schema.VERSION,)
    tables = plain.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'")
    ours = {name: strict for name, strict in tables if not name.startswith(("sqlite_", "_sqlite_", "articles_fts"))}
    assert ours
    assert all(ours.values())
    plain.close()


def test_every_connection_checks_foreign_keys_and_waits_for_the_disk(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library, ThreadPoolExecutor(1) as pool:
        for where in (lambda ask: ask(), lambda ask: pool.submit(ask).result()):
            assert where(lambda: library._store.value("PRAGMA foreign_keys")) == 1
            assert where(lambda: library._store.value("PRAGMA synchronous")) == 2
            assert where(lambda: library._store.value("PRAGMA busy_timeout")) == 5000


def test_what_is_stored_is_there_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        a, b = two(library)
        made = library.verdicts.judge_conflict(a, b, numbers(a, b), "contradiction", tags=["toll"])
    with Library.open(path) as library:
        assert library.verdicts.of_pair(1, 2) == [made]
        assert library.articles.get(1).article == HARBOUR


def foreign(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE birds (name TEXT)")
    other.close()


def marked(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("PRAGMA application_id = 7")
    other.close()


def newer(path: Path) -> None:
    Library.open(path).close()
    later = sqlite3.connect(path)
    later.execute("PRAGMA user_version = 99")
    later.close()


def damaged(path: Path) -> None:
    Library.open(path).close()
    content = bytearray(path.read_bytes())
    content[100:5000] = b"\xff" * 4900
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("make", "says", "trouble"),
    [
        (foreign, "a database of another program", "foreign"),
        (marked, "a database of another program", "foreign"),
        (newer, "made by a later Rashomon (schema 99", "newer"),
        (damaged, "the file is damaged", "damaged"),
        (lambda path: path.write_text("Dear diary, " * 99), "not an SQLite database", "foreign"),
        (lambda path: path.write_text("hi"), "not an SQLite database", "foreign"),
        (lambda path: path.mkdir(), "a folder, not a file", "foreign"),
    ],
    ids=["foreign", "marked", "newer", "damaged", "text", "short text", "folder"],
)
def test_a_file_that_is_not_ours_is_refused_in_one_line_and_left_alone(
    tmp_path: Path, make: Callable[[Path], Any], says: str, trouble: str
) -> None:
    path = tmp_path / "library.db"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(LibraryError) as caught:
        Library.open(path)
    error = caught.value
    assert str(error).startswith(f"{path}: ")
    assert says in str(error)
    assert "\n" not in str(error)
    assert (error.trouble, error.path) == (trouble, str(path))
    assert error.remedy
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_place_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="cannot be made") as caught:
        Library.open(tmp_path / "file" / "library.db")
    assert caught.value.trouble == "unreachable"


def test_an_old_sqlite_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(LibraryError, match="too old"):
        Library.open(tmp_path / "library.db")


def test_an_error_of_ours_is_not_dressed_up(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library, pytest.raises(sqlite3.OperationalError):
        library._store.rows("SELECT nonsense")
    assert known("x", sqlite3.OperationalError("no such column")) is None


# --- migrations


def later_schema(monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    """A release with one more migration, which runs ``statement``."""
    ours = schema.migrations

    def and_one() -> Any:
        steps = ours()

        @steps()
        def m999_later(db: Any) -> None:
            db.conn.execute(statement)

        return steps

    monkeypatch.setattr(schema, "migrations", and_one)
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)


def test_a_migration_keeps_everything_and_a_copy_of_what_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        two(library)
    for n in range(BACKUPS_KEPT + 1):
        old = path.with_name(f"library.db.schema0-{n}.bak")
        old.write_text("older")
        os.utime(old, (n, n))
    later_schema(monkeypatch, "ALTER TABLE visits ADD COLUMN mood TEXT")
    with Library.open(path, clock=Clock()) as library:
        assert library.articles.count() == 2
        assert library._store.value("PRAGMA user_version") == schema.VERSION
        library._store.rows("SELECT mood FROM visits")
    copies = sorted(p.name for p in tmp_path.glob("*.bak"))
    before = schema.VERSION - 1
    assert copies == [
        "library.db.schema0-2.bak",
        "library.db.schema0-3.bak",
        f"library.db.schema{before}-20310306T090001.bak",
    ]
    copy = tmp_path / copies[-1]
    assert copy.stat().st_mode & 0o777 == 0o600
    plain = sqlite3.connect(copy)
    assert plain.execute("SELECT count(*) FROM articles").fetchone() == (2,)
    assert plain.execute("PRAGMA user_version").fetchone() == (before,)
    plain.close()


LATER = {
    1: "m002_corrections",
    2: "m003_sessions",
    3: "m004_views",
    4: "m005_rarities",
    5: "m006_furniture",
    6: "m007_events",
    7: "m008_smaller",
    8: "m009_answers",
    9: "m010_feeds",
    10: "m011_merged",
}
"""The migration after a schema."""


def older_schema(path: Path, version: int) -> dict[str, list[tuple[Any, ...]]]:
    """A library as an older schema kept it, with a row in every table that a person fills; its rows by table."""
    plain = sqlite3.connect(path, isolation_level=None)
    schema.migrations().apply(Database(plain), stop_before=LATER[version])
    plain.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    plain.execute(f"PRAGMA user_version = {version}")
    now, shas = "2031-03-06T09:00:00.000Z", (HARBOUR.text_sha, QUAY.text_sha)
    selector = {"exact": "275 dockers", "prefix": "Around ", "suffix": " walked off", "start_char": 42, "end_char": 53}
    written = (1, now, "ada", "do", "starred Dockers walk out in Port Amble", "[1]")
    changes = '[["articles",1,{"starred":0},{"starred":1}]]'
    event = (*written, changes, None, 1, None)
    rows: dict[str, list[dict[str, Any]]] = {
        "texts": [{"sha": article.text_sha, "body": article.body} for article in (HARBOUR, QUAY)],
        "articles": [
            {"text_sha": HARBOUR.text_sha, "stated_title": HARBOUR.title, "words": 31, "added_at": now, "starred": 1},
            {"text_sha": QUAY.text_sha, "stated_title": QUAY.title, "words": 21, "added_at": now},
        ],
        "revisions": [
            {"article_id": n, "text_sha": sha, "added_at": now, "raw": b""} for n, sha in enumerate(shas, start=1)
        ],
        "verdicts": [
            {"a_id": 1, "b_id": 2, "judgement": "contradiction", "kind": "count", "severity": 3, "outcome": ""}
            | {"note": "n", "flagged": 0, "reviewer": "ada", "fingerprint": "", "created_at": now, "updated_at": now}
        ],
        "verdict_places": [
            {"verdict_id": 1, "side": side, "article_id": n, "part": "body", "text_sha": shas[n - 1]} | selector
            for n, side in ((1, "a"), (2, "b"))
        ],
        "tags": [{"name": "toll"}],
        "taggings": [{"tag_id": 1, "verdict_id": 1}],
        "sessions": [
            {"a_id": 1, "b_id": 2, "place_article": 2, "place_char": 40, "decided": 3, "total": 9, "seconds": 60.5}
            | {"started_at": now, "left_at": now}
        ],
        "history": [
            dict(
                zip(
                    "id at reviewer kind name pair changes event_id undo_id redo_id digest".split(),
                    (*event, chain("", event)),
                    strict=True,
                )
            )
        ],
    }
    if version > 1:
        corrected = {"article_id": 1, "noun": "quantity", "fact": None, "reviewer": "ada", "part": "body"}
        rows["corrections"] = [{**corrected, "created_at": now, "updated_at": now, "text_sha": shas[0], **selector}]
    if version > 2:
        rows["visits"] = [{**rows.pop("sessions")[0], "reviewer": ""}]
        named = {"name": "Docks", "made_from": "", "reviewer": "", "started_at": now, "left_at": now}
        rows["sessions"], rows["session_pairs"] = [named], [{"session_id": 1, "position": 0, "a_id": 1, "b_id": 2}]
    for table, values in rows.items():
        for row in values:
            marks = ", ".join("?" * len(row))
            plain.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    kept = {table: [tuple(row) for row in plain.execute(f"SELECT * FROM {table}")] for table in rows}
    plain.close()
    return kept


@pytest.mark.parametrize("version", LATER)
def test_a_library_of_an_older_schema_opens_with_all_it_held(tmp_path: Path, version: int) -> None:
    path = tmp_path / "library.db"
    kept = older_schema(path, version)
    with Library.open(path, clock=Clock()) as library:
        for table, rows in kept.items():
            if table != "sessions" or version > 2:
                found = [tuple(row)[: len(rows[0])] for row in library._store.rows(f"SELECT * FROM {table}")]
                assert found == rows, table  # columns that were added since come last
        (visit,) = library.visits.recent()
        assert (visit.id, visit.a_id, visit.b_id, visit.place) == (1, 1, 2, (2, 40))
        assert (visit.decided, visit.total, visit.seconds) == (3, 9, 60.5)
        assert visit.started == visit.left == "2031-03-06T09:00:00.000Z"
        assert [session.name for session in library.sessions.recent()] == ["Docks"][: version > 2]
        assert library.stats().problems == ()
        assert library.verdicts.get(1).tags == ("toll",)
        assert [row["quote_a"] for row in library.verdicts.export(VerdictQuery(judgement="contradiction"))] == [
            "275 dockers"
        ]
        stored = library.articles.get(1)
        library.readings.dismiss(stored, "body", "time", place(stored, "dawn"))
        assert [library.history.undo() for _ in range(2)] == [
            "dismissed dawn: no time",
            "starred Dockers walk out in Port Amble",
        ]
        assert library.history.broken() is None
    (copy,) = tmp_path.glob("*.bak")
    assert copy.name == f"library.db.schema{version}-20310306T090001.bak"
    plain = sqlite3.connect(copy)
    for table, rows in kept.items():
        assert plain.execute(f"SELECT * FROM {table}").fetchall() == rows, table
    plain.close()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        two(library)
    with monkeypatch.context() as patch:
        later_schema(patch, "ALTER TABLE nothing ADD COLUMN mood TEXT")
        with pytest.raises(sqlite3.OperationalError):
            Library.open(path)
    with Library.open(path) as library:
        assert library.stats().problems == ()
        assert library.articles.count() == 2


def test_a_library_that_is_up_to_date_opens_without_sqlite_utils(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Library.open(path).close()
    code = (
        "import sys; from db import Library; Library.open(sys.argv[1]).close();"
        "print('sqlite_utils' in sys.modules, 'textual' in sys.modules, 'spacy' in sys.modules)"
    )
    root = Path(__file__).parent.parent
    made = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True, cwd=root)
    assert made.stdout.split() == ["False"] * 3


def test_many_windows_may_make_one_library_at_once(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    ready = threading.Barrier(6)

    def window(n: int) -> int:
        ready.wait()
        with Library.open(path, timeout=30) as library:
            return library.articles.add(Article(body=f"Report {n}.")).id

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(window, range(6))) == [1, 2, 3, 4, 5, 6]
    assert list(tmp_path.glob("*.bak")) == []


# --- threads


def test_threads_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db", timeout=30) as library:
        a, b = two(library)

        def work(n: int) -> None:
            library.articles.add(Article(body=f"Report {n}."))
            library.verdicts.judge(a, b, place(a, "dawn"), place(b, "night"), "tension", kind="time", note=str(n))

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(work, range(40)))
        assert library.articles.count() == 42
        assert {v.note for v in library.verdicts.of_pair(1, 2)} == {str(n) for n in range(40)}
        assert library.history.broken() is None
        undone = 0
        while library.history.undo() is not None:
            undone += 1
        assert undone == 40
        assert library.verdicts.count() == 0


def test_closing_closes_in_every_thread(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.db")
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(library.articles.count).result() == 0
        library.close()
        library.close()
        for ask in (library.articles.count, lambda: pool.submit(library.articles.count).result()):
            with pytest.raises(LibraryError, match="closed"):
                ask()
        with pytest.raises(LibraryError, match="closed"):
            ThreadPoolExecutor(1).submit(library.articles.count).result()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["library.db"]


def test_closing_waits_for_a_write_in_another_thread(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.db")
    begun, go = threading.Event(), threading.Event()

    def slow() -> None:
        with library._store.write():
            begun.set()
            go.wait(10)
            library.articles.add(HARBOUR)

    with ThreadPoolExecutor(2) as pool:
        writing = pool.submit(slow)
        begun.wait(10)
        closing = pool.submit(library.close)
        assert not closing.done()
        go.set()
        writing.result()
        closing.result()
    with Library.open(library.path) as again:
        assert again.articles.count() == 1


# --- another program holds the lock

Ask = Callable[[Library], Any]
WRITES: dict[str, Ask] = {
    "articles.add": lambda x: x.articles.add(Article(body="New.")),
    "articles.add a revision": lambda x: x.articles.add(Article(body="New.", url=HARBOUR.url)),
    "articles.add_many": lambda x: list(x.articles.add_many([(Article(body="New."), b"raw")])),
    "articles.edit": lambda x: x.articles.edit(1, title="New"),
    "articles.set_read": lambda x: x.articles.set_read([1]),
    "articles.set_starred": lambda x: x.articles.set_starred([1]),
    "articles.delete": lambda x: x.articles.delete([1]),
    "articles.restore": lambda x: x.articles.restore([2]),
    "articles.set_place": lambda x: x.articles.set_place(1, 5),
    "facts.put": lambda x: x.facts.put(x.articles.get(1), Facts(version="9", body=Reading())),
    "facts.put_many": lambda x: x.facts.put_many([(x.articles.get(1), Facts(version="9", body=Reading()))]),
    "facts.of": lambda x: x.facts.of(x.articles.get(1), "9", lambda _: Facts(version="9", body=Reading())),
    "comparisons.put": lambda x: x.comparisons.put(*x.articles.get_many([1, 2]), "9", Comparison(version="9")),
    "comparisons.of": lambda x: x.comparisons.of(*x.articles.get_many([1, 2]), "9", lambda: Comparison(version="9")),
    "comparisons.dismiss": lambda x: x.comparisons.dismiss(1, 2),
    "comparisons.undismiss": lambda x: x.comparisons.undismiss(1, 3),
    "comparisons.anchor": lambda x: x.comparisons.anchor(
        *x.articles.get_many([1, 2]), Span(start=0, end=1), Span(start=0, end=1)
    ),
    "comparisons.unanchor": lambda x: x.comparisons.unanchor(1),
    "verdicts.judge": lambda x: x.verdicts.judge(
        *(s := x.articles.get_many([1, 2])), place(s[0], "dawn"), place(s[1], "night"), "unsure", kind="time"
    ),
    "verdicts.judge_conflict": lambda x: x.verdicts.judge_conflict(
        *(s := x.articles.get_many([1, 2])), numbers(*s), "compatible"
    ),
    "verdicts.update": lambda x: x.verdicts.update(1, note="new"),
    "verdicts.withdraw": lambda x: x.verdicts.withdraw(1),
    "readings.correct": lambda x: x.readings.correct(
        x.articles.get(1), "body", Quantity(start=42, end=45, low=5, high=5)
    ),
    "readings.dismiss": lambda x: x.readings.dismiss(x.articles.get(1), "body", "time", Span(start=29, end=33)),
    "readings.restore": lambda x: x.readings.restore(1),
    "tags.tag": lambda x: x.tags.tag("article", [1], ["new"]),
    "tags.untag": lambda x: x.tags.untag("verdict", [1], ["toll"]),
    "visits.open": lambda x: x.visits.open(1, 3),
    "visits.leave": lambda x: x.visits.leave(1, seconds=5),
    "visits.count": lambda x: x.visits.count(1, 3, 0, 4),
    "sessions.make": lambda x: x.sessions.make("Quay", [(1, 2)]),
    "sessions.rename": lambda x: x.sessions.rename(1, "Harbour"),
    "sessions.delete": lambda x: x.sessions.delete(1),
    "sessions.finish": lambda x: x.sessions.finish(1),
    "sessions.reopen": lambda x: x.sessions.reopen(2),
    "sessions.hand_over": lambda x: x.sessions.hand_over(1, "ben"),
    "sessions.leave": lambda x: x.sessions.leave(1, 0, 5),
    "candidates.accept": lambda x: x.candidates.accept(x.candidates.all()[0]),
    "candidates.refuse": lambda x: x.candidates.refuse(x.candidates.all()[0]),
    "settlements.settle": lambda x: x.settlements.settle([1], "tension"),
    "views.save": lambda x: x.views.save(2, "Quays", "quay"),
    "views.rename": lambda x: x.views.rename(1, "Quay"),
    "views.delete": lambda x: x.views.delete(1),
    "preferences.set": lambda x: x.preferences.set("page", "{}"),
    "rarities.put": lambda x: x.rarities.put(3, b"count"),
    "furniture.add": lambda x: x.furniture.add("Courier", ["a line"]),
    "events.place": lambda x: x.events.place(2, beside=1),
    "events.rename": lambda x: x.events.rename(1, "Quay"),
    "events.split": lambda x: x.events.split([2]),
    "events.merge": lambda x: x.events.merge(1, 2),
    "events.move": lambda x: x.events.move([1], 2),
    "feeds.add": lambda x: x.feeds.add([("https://quay.example/feed", "")]),
    "feeds.remove": lambda x: x.feeds.remove([1]),
    "feeds.checked": lambda x: x.feeds.checked("https://docks.example/feed", timedelta(hours=1)),
    "feeds.saw": lambda x: x.feeds.saw("https://docks.example/feed", ["b"]),
    "feeds.forget": lambda x: x.feeds.forget("https://docks.example/feed", ["b"]),
    "history.undo": lambda x: x.history.undo(),
    "history.redo": lambda x: x.history.redo(),
    "history.note": lambda x: x.history.note("noted"),
    "history.change": lambda x: x.history.change("noted").__enter__(),
    "history.group": lambda x: x.history.group("noted").__enter__(),
}
READS = {
    "articles": {"find", "get", "get_many", "ids", "page", "count", "position", "place", "preview", "raw"}
    | {"sources", "texts", "versions", "newest", "day", "newest_of", "sample", "holding"},
    "facts": {"get", "missing"},
    "comparisons": {"get", "anchors", "dismissed", "undecided", "conflicts"},
    "conflicts": {"page", "count"},
    "verdicts": {"get", "of_pair", "page", "count", "selectors", "export"},
    "candidates": {"all", "of_pair"},
    "readings": {"of", "waiting"},
    "tags": {"names", "of"},
    "visits": {"recent"},
    "sessions": {"get", "recent", "reviews", "pairs"},
    "settlements": set(),
    "views": {"all", "get"},
    "preferences": {"get"},
    "rarities": {"get"},
    "furniture": {"of"},
    "events": {"unplaced", "standing", "of", "get", "members", "pairs", "page", "count"},
    "feeds": {"all", "due", "find", "unseen"},
    "history": {"recent", "count", "next_undo", "next_redo", "broken", "broken_merged", "is_long", "head", "has"},
}


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Library]:
    """A library in which each of the writes above has something to do, and that does not wait for a lock."""
    with Library.open(tmp_path / "library.db", timeout=0) as library:
        a, b = two(library)
        library.articles.add(Article(body="Third."))
        library.articles.delete([2])
        library.comparisons.dismiss(1, 3)
        library.comparisons.anchor(a, b, Span(start=5, end=9), Span(start=4, end=8))
        library.verdicts.judge_conflict(a, b, numbers(a, b), "contradiction", tags=["toll"])
        library.readings.dismiss(a, "body", "quantity", place(a, "275"))
        library.visits.open(1, 2)
        library.sessions.make("Docks", [(1, 2)])
        library.sessions.finish(library.sessions.make("Docks again", [(2, 1)]).id)
        library.views.save(1, "Docks", "dock*")
        library.events.place(1)
        library.events.place(3)
        library.feeds.add([("https://docks.example/feed", "Docks")])
        library.feeds.saw("https://docks.example/feed", ["a"])
        library.articles.set_starred([1])
        library.history.undo()
        yield library


@pytest.mark.parametrize("name", WRITES)
def test_every_write_says_that_the_library_is_busy_and_leaves_nothing_half_done(full: Library, name: str) -> None:
    if name.startswith("candidates."):
        full.articles.add(msgspec.structs.replace(QUAY, body=QUAY.body.replace("250", "240")))
    before = list(full._store.connection.iterdump())
    other = sqlite3.connect(full.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LibraryError, match="another program is writing to it") as caught:
        WRITES[name](full)
    assert caught.value.trouble == "busy"
    assert list(full._store.connection.iterdump()) == before
    other.execute("ROLLBACK")
    other.close()
    if name not in ("history.change", "history.group"):
        WRITES[name](full)
        assert list(full._store.connection.iterdump()) != before


def test_every_public_method_is_a_read_or_tried_against_a_lock() -> None:
    for part, reads in READS.items():
        kind = type(vars(Library(_Bare(), ""))[part])  # type: ignore[arg-type]
        public = {name for name in vars(kind) if not name.startswith("_")}
        tried = {name.partition(".")[2].split()[0] for name in WRITES if name.startswith(f"{part}.")}
        assert public == reads | tried, part


class _Bare:
    path = Path("library.db")


def test_reading_goes_on_while_another_program_writes(full: Library) -> None:
    other = sqlite3.connect(full.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert full.articles.count() == 2
    assert full.verdicts.of_pair(1, 2)[0].tags == ("toll",)
    assert full.stats().problems == ()
    other.close()


# --- the rest of the parts


def test_stats_count_what_is_there(full: Library) -> None:
    found = full.stats()
    assert (found.articles, found.deleted, found.texts, found.verdicts, found.contradictions) == (2, 1, 3, 1, 1)
    assert found.corrections == 1
    assert (found.tags, found.sessions, found.orphaned, found.facts, found.comparisons) == (1, 2, 0, 0, 0)
    assert found.events == full.history.count()
    assert found.schema == schema.VERSION
    assert found.sqlite == sqlite3.sqlite_version
    assert found.bytes > 0
    assert found.path == str(full.path)


def test_stats_tell_of_rows_that_point_nowhere(full: Library) -> None:
    full._store.connection.execute("PRAGMA foreign_keys = OFF")
    full._store.connection.execute("UPDATE visits SET place_article = 77")
    assert full.stats().problems == ("a row of visits points to nothing in articles",)
    assert full.stats(check=False).problems == ()


def test_facts_are_kept_by_text_title_date_and_version(full: Library) -> None:
    stored = full.articles.get(1)
    facts = Facts(version="1", body=Reading())
    made: list[Article] = []

    def make(article: Article) -> Facts:
        made.append(article)
        return facts

    assert full.facts.missing("1") == [1, 3]
    assert [full.facts.of(stored, "1", make) for _ in range(2)] == [facts, facts]
    assert made == [HARBOUR]
    assert full.facts.missing("1") == [3]
    assert full.facts.get(stored, "2") is None
    full.articles.edit(1, published="2030")
    assert full.facts.get(full.articles.get(1), "1") is None
    full.articles.set_starred([1])
    full.articles.edit(1, published=HARBOUR.published, source="Someone else")
    assert full.facts.get(full.articles.get(1), "1") == facts


def test_two_configurations_keep_their_facts_beside_each_other(full: Library) -> None:
    stored = full.articles.get(1)
    for version in ("1", "2", "1", "3"):
        full.facts.put(stored, Facts(version=version, body=Reading()))
    kept = {version: full.facts.get(stored, version) is not None for version in ("1", "2", "3")}
    assert kept == {"1": True, "2": False, "3": True}
    assert full.stats().facts == 1


def test_facts_that_can_no_longer_be_read_are_made_again(full: Library) -> None:
    stored = full.articles.get(1)
    full.facts.put(stored, Facts(version="1", body=Reading()))
    with full._store.write() as connection:
        connection.execute("UPDATE facts SET data = x'00'")
    assert full.facts.get(stored, "1") is None


def test_comparisons_are_kept_until_something_they_rest_on_changes(full: Library) -> None:
    a, b = full.articles.get_many([1, 2])
    conflict = numbers(a, b)
    comparison = Comparison(version="1", conflicts=(conflict,), related=0.8)
    assert full.comparisons.of(a, b, "1", lambda: comparison) == comparison
    assert full.comparisons.get(a, b, "1") == comparison
    assert full.comparisons.get(b, a, "1") is None
    assert full.comparisons.get(a, b, "2") is None
    (row,) = full._store.rows("SELECT * FROM conflicts")
    assert (row["a_quote"], row["b_quote"], row["kind"], row["reason"]) == (
        "275 dockers",
        "250 dockers",
        "count",
        conflict.reason,
    )
    assert row["fingerprint"] == conflict.fingerprint
    full.comparisons.put(a, b, "1", Comparison(version="1"))
    assert full.comparisons.get(a, b, "1") == Comparison(version="1")
    assert full._store.rows("SELECT * FROM conflicts") == []
    full.comparisons.anchor(a, b, Span(start=30, end=40), Span(start=30, end=40), severed=True)
    assert full.comparisons.get(a, b, "1") is None
    full.history.undo()
    assert full.comparisons.get(a, b, "1") is not None
    full.readings.dismiss(b, "body", "quantity", place(b, "250"))
    assert full.comparisons.get(a, b, "1") is None
    full.history.undo()
    assert full.comparisons.get(a, b, "1") is not None


def test_anchors_hang_on_their_texts_and_turn_with_the_pair(full: Library) -> None:
    a, b = full.articles.get_many([1, 2])
    (anchor,) = full.comparisons.anchors(a, b)
    (turned,) = full.comparisons.anchors(b, a)
    assert (turned.id, turned.a, turned.b) == (anchor.id, anchor.b, anchor.a)
    full.comparisons.anchor(b, a, turned.a, turned.b, severed=True)
    (replaced,) = full.comparisons.anchors(a, b)
    assert (replaced.id, replaced.severed) == (anchor.id, True)
    full.articles.add(Article(body="New.", url=HARBOUR.url))
    assert full.comparisons.anchors(*full.articles.get_many([1, 2])) == []


def test_a_dismissed_pair_is_so_from_both_sides(full: Library) -> None:
    assert (full.comparisons.dismissed(1), full.comparisons.dismissed(3)) == ({3}, {1})
    full.comparisons.undismiss(3, 1)
    assert full.comparisons.dismissed(1) == set()


def test_tags_are_one_line_each_and_counted(full: Library) -> None:
    full.tags.tag("article", [1, 3], ["  Port\nAmble ", "a,b", "", "TOLL"])
    assert full.tags.names() == [("a b", 2), ("Port Amble", 2), ("toll", 3)]
    assert full.tags.of("article", 1) == ("a b", "Port Amble", "toll")
    assert full.articles.get(1).tags == ("a b", "Port Amble", "toll")
    full.tags.untag("article", [1], ["port amble", "unknown"])
    assert full.tags.of("article", 1) == ("a b", "toll")
    with pytest.raises(LibraryError, match="no verdict 9"):
        full.tags.tag("verdict", [9], ["x"])


def test_what_datasette_is_told_of_is_there(tmp_path: Path) -> None:
    """The tables, columns and queries of docs/datasette.yaml; read by its indents, for no YAML is installed."""
    text = (Path(__file__).parent.parent / "docs" / "datasette.yaml").read_text(encoding="utf-8")
    tables, queries = text.partition("  published:")[0].split("    queries: &queries\n")
    table, columns, told = "", False, 0
    with Library.open(tmp_path / "library.db") as library:
        connection = sqlite3.connect(library.path)
        for line in tables.partition("    tables:\n")[2].splitlines():
            if named := re.fullmatch(r" {6}(\w+):.*", line):
                table, told = named[1], told + 1
                connection.execute(f'SELECT * FROM "{table}"')
            elif keyed := re.match(r" {8}(\w+):(.*)", line):
                columns = keyed[1] == "columns"
                one = keyed[2].strip(" []").split(", ") if keyed[1] in ("facets", "sort_desc", "label_column") else []
                connection.execute(f'SELECT {", ".join(one) or 1} FROM "{table}"')
            elif columns and (column := re.match(r" {10}(\w+):", line)):
                connection.execute(f'SELECT {column[1]} FROM "{table}"')
        assert told > 20
        found = re.findall(r"sql: \|-\n((?: {10}.*\n)+)", queries)
        assert len(found) == 4
        for sql in found:
            connection.execute(sql, {"report": 1, "words": "x"})
        connection.close()
