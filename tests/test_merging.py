"""Two libraries become one: nothing lost, twice the same as once, either way round; what differed is told."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli import main
from db import EventQuery, Library, LibraryError, Merged
from reader.nouns import Article, Span
from tests.db_library import HARBOUR, QUAY, Clock, numbers, place, two
from tests.db_work import work
from tests.test_db_file import damaged, foreign, newer, older_schema
from tests.test_plain_files import rows


def content(path: Path) -> dict[str, Counter[Any]]:
    """What a library holds, told without ids: equal for two that hold the same."""
    plain = sqlite3.connect(path)
    plain.row_factory = sqlite3.Row

    def every(sql: str) -> list[dict[str, Any]]:
        return [dict(row) for row in plain.execute(sql)]

    texts: dict[int, set[str]] = {}
    name: dict[int, str] = {}  # the first words of a report are those of each of its texts
    for row in every("SELECT r.article_id, r.text_sha, substr(t.body, 1, 30) AS begins"
                     " FROM revisions AS r JOIN texts AS t ON t.sha = r.text_sha"):  # fmt: skip
        texts.setdefault(row["article_id"], set()).add(row["text_sha"])
        name[row["article_id"]] = row["begins"]
    found: dict[str, Counter[Any]] = {"texts": Counter(row["sha"] for row in every("SELECT sha FROM texts"))}
    kept = "text_sha stated_title stated_source stated_author stated_published edited_title edited_source".split()
    kept += "edited_author edited_published url external_id words is_read starred place title".split()
    articles = every("SELECT * FROM articles")
    found["articles"] = Counter((name[a["id"]], a["deleted_at"] is None, *(a[c] for c in kept)) for a in articles)
    tags: dict[tuple[str, int], list[str]] = {}
    for row in every("SELECT g.*, lower(t.name) AS name FROM taggings AS g JOIN tags AS t ON t.id = g.tag_id"):
        target = ("article", row["article_id"]) if row["article_id"] else ("verdict", row["verdict_id"])
        tags.setdefault(target, []).append(row["name"])
    found["tags"] = Counter((name[n], t) for (what, n), named in tags.items() if what == "article" for t in named)
    places: dict[int, list[Any]] = {}
    held = "part exact prefix suffix start_char end_char text_sha hold now_start now_end answers".split()
    for row in every("SELECT * FROM verdict_places"):
        places.setdefault(row["verdict_id"], []).append((name[row["article_id"]], *(row[c] for c in held)))
    said = "judgement kind severity outcome note flagged reviewer created_at updated_at".split()
    verdict = {}
    for v in every("SELECT * FROM verdicts"):
        hung = tuple(sorted(places[v["id"]], key=repr))
        verdict[v["id"]] = (hung, tuple(sorted(tags.get(("verdict", v["id"]), []))), *(v[c] for c in said))
    found["verdicts"] = Counter(verdict.values())
    found["judged"] = Counter((frozenset(hung[:3] for hung in v[0]), v[8]) for v in verdict.values())
    found["tagged"] = Counter((frozenset(h[:3] for h in v[0]), v[8], t) for v in verdict.values() for t in v[1])
    found["settlements"] = Counter(
        (verdict[s["verdict_id"]], verdict[s["settled_id"]]) for s in every("SELECT * FROM settlements")
    )
    read = "noun fact reviewer updated_at part exact start_char text_sha hold now_start".split()
    found["corrections"] = Counter(
        (name[c["article_id"]], *(c[x] for x in read)) for c in every("SELECT * FROM corrections")
    )
    found["dismissals"] = Counter(
        frozenset((name[d["a_id"]], name[d["b_id"]])) for d in every("SELECT * FROM dismissals")
    )
    found["anchors"] = Counter(
        frozenset((name[a[f"{s}_id"]], a[f"{s}_sha"], a[f"{s}_start"], a[f"{s}_end"]) for s in "ab") | {a["severed"]}
        for a in every("SELECT * FROM anchors")
    )
    pairs: dict[int, list[Any]] = {}
    for row in every("SELECT * FROM session_pairs ORDER BY session_id, position"):
        pairs.setdefault(row["session_id"], []).append((name[row["a_id"]], name[row["b_id"]], row["seconds"]))
    found["sessions"] = Counter(
        (s["name"], s["made_from"], s["reviewer"], s["started_at"], s["left_at"], s["finished_at"], s["deleted_at"] is None,
         s["position"], s["review_of"] is None, tuple(pairs[s["id"]]))
        for s in every("SELECT * FROM sessions")
    )  # fmt: skip
    found["visits"] = Counter(
        (frozenset((name[v["a_id"]], name[v["b_id"]])), v["reviewer"], v["place_article"] and name[v["place_article"]],
         v["place_char"], v["decided"], v["total"], v["seconds"], v["left_at"])
        for v in every("SELECT * FROM visits")
    )  # fmt: skip
    found["views"] = Counter({(v["name"], v["line"]) for v in every("SELECT * FROM views")})
    found["feeds"] = Counter(f["url"] for f in every("SELECT * FROM feeds"))
    found["placed"] = Counter(name[m["id"]] for m in every("SELECT * FROM event_members"))
    found["furniture"] = Counter(tuple(f.values()) for f in every("SELECT * FROM furniture"))
    plain.close()
    return found


def merged(into: Path, other: Path, **more: Any) -> Merged:
    with Library.open(into, reviewer="ada", clock=Clock()) as library:
        done = library.merge(other, **more)
        assert library.stats().problems == ()
        assert [check.problems for check in library.check()] == [()] * 6
        return done


def pair(tmp_path: Path, seed: int, shared: bool) -> tuple[Path, Path]:
    """Two libraries that were worked on apart; ``shared``: of which one began as a copy of the other."""
    one, other = tmp_path / "one.db", tmp_path / "two.db"
    work(one, seed, 45)
    if shared:
        shutil.copy(one, other)
        work(one, seed + 500, 30, begin=1)
    work(other, seed + 1000, 45, begin=2)
    return one, other


@pytest.mark.parametrize("seed", range(10))
def test_merging_loses_nothing_is_done_once_and_goes_either_way(tmp_path: Path, seed: int) -> None:
    one, other = pair(tmp_path, seed, shared=bool(seed % 2))
    alone = [content(path) for path in (one, other)]
    before = other.read_bytes()
    other_way = tmp_path / "other_way.db"
    shutil.copy(other, other_way)

    merged(one, other)
    once = rows(one)
    both = content(one)
    for each in alone:
        for what in ("texts", "judged", "tagged", "tags", "dismissals", "feeds", "views", "placed", "furniture"):
            assert each[what] <= both[what], what
        for what in ("articles", "sessions", "corrections", "anchors", "visits"):
            assert each[what].total() <= both[what].total(), what

    again = merged(one, other)
    assert again.brought == ()
    assert rows(one) == once

    first = tmp_path / "first.db"
    work(first, seed, 45)
    if seed % 2:
        work(first, seed + 500, 30, begin=1)
    merged(other_way, first)
    turned = content(other_way)
    for what, found in both.items():
        if what != "texts":
            assert found == turned[what], what
    assert other.read_bytes() == before


# --- what is told of one thing that both have


def reviewer(path: Path, name: str, *articles: Article, late: int = 0) -> Library:
    clock = Clock()
    clock.time += timedelta(hours=late)
    library = Library.open(path, reviewer=name, clock=clock)
    for article in articles:
        library.articles.add(article)
    return library


def test_sides_and_fingerprints_turn_where_the_ids_of_a_pair_turn(tmp_path: Path) -> None:
    with reviewer(tmp_path / "ben.db", "ben", QUAY, HARBOUR) as library:
        b, a = library.articles.get_many([1, 2])
        library.verdicts.judge_conflict(a, b, numbers(a, b), "compatible", note="a later count", tags=["toll"])
        library.verdicts.judge(a, b, place(a, "dawn"), place(b, "night"), "tension", kind="time")
        library.comparisons.anchor(a, b, Span(start=0, end=34), Span(start=5, end=20))
    with reviewer(tmp_path / "ada.db", "ada", HARBOUR, QUAY) as library:
        a, b = library.articles.get_many([1, 2])
        library.verdicts.judge_conflict(a, b, numbers(a, b), "contradiction")
        library.merge(tmp_path / "ben.db")
        ada, ben, by_hand = library.verdicts.of_pair(1, 2)[1:] + library.verdicts.of_pair(1, 2)[:1]
        assert [v.by for v in (ada, ben, by_hand)] == ["ada", "ben", "ben"]
        assert ben.fingerprint == ada.fingerprint == numbers(a, b).fingerprint
        assert (ben.a.text, ben.b.text, ben.note, ben.tags) == (
            "275 dockers",
            "250 dockers",
            "a later count",
            ("toll",),
        )
        assert (by_hand.a.text, by_hand.b.text) == ("dawn", "night")
        assert (by_hand.a.start, ben.a_hold) == (HARBOUR.body.index("dawn"), "exact")
        (anchor,) = library.comparisons.anchors(a, b)
        assert (anchor.a, anchor.b) == (Span(start=0, end=34), Span(start=5, end=20))
        assert library.articles.count() == 2
        assert library.stats().problems == ()


def test_what_one_reviewer_judged_otherwise_is_told_and_the_later_holds(tmp_path: Path) -> None:
    for name, judgement, late in (("one", "contradiction", 0), ("two", "compatible", 5)):
        with reviewer(tmp_path / f"{name}.db", "ada", HARBOUR, QUAY, late=late) as library:
            a, b = library.articles.get_many([1, 2])
            library.verdicts.judge_conflict(a, b, numbers(a, b), judgement)
            library.articles.edit(1, title=f"Title {name}")
    expected = "275 dockers against 250 dockers, judged by ada: judgement: 'compatible' holds, not 'contradiction' as"
    for into, source, where in (("one", "two", "it was here"), ("two", "one", "in one.db")):
        shutil.copy(tmp_path / f"{into}.db", tmp_path / "into.db")
        with reviewer(tmp_path / "into.db", "ben") as library:
            rehearsed = library.merge(tmp_path / f"{source}.db", rehearse=True)
            assert library.articles.get(1).article.title == f"Title {into}"
            done = library.merge(tmp_path / f"{source}.db")
            assert rehearsed == done
            assert done.differences == (
                f"title of Title two, edited: 'Title two' holds, not 'Title one' as {where}",
                f"{expected} {where}",
            )
            assert [v.judgement for v in library.verdicts.of_pair(1, 2)] == ["compatible"]
            assert {f"differed: {line}" for line in done.differences} <= {
                event.name for event in library.history.recent()
            }
            told = library.history.count()
            library.merge(tmp_path / f"{source}.db")
            assert library.history.count() == told


def test_undo_takes_back_what_was_judged_and_leaves_the_reports(tmp_path: Path) -> None:
    with reviewer(tmp_path / "ben.db", "ben") as library:
        a, b = two(library)
        library.verdicts.judge_conflict(a, b, numbers(a, b), "contradiction", tags=["toll"])
        library.sessions.make("Docks", [(1, 2)])
    with reviewer(tmp_path / "ada.db", "ada", QUAY) as library:
        library.merge(tmp_path / "ben.db")
        assert (library.articles.count(), library.verdicts.count(), len(library.sessions.recent())) == (2, 1, 1)
        assert library.history.undo() == "merged ben.db"
        assert (library.articles.count(), library.verdicts.count(), library.sessions.recent()) == (2, 0, [])
        assert library.history.redo() == "merged ben.db"
        assert library.verdicts.of_pair(2, 1)[0].tags == ("toll",)
        library.history.undo()
        assert dict(library.merge(tmp_path / "ben.db").brought) == {"verdicts": 1, "tags": 1, "sessions": 1}
        assert library.stats().problems == ()


def test_who_did_what_there_is_kept_as_a_chain(tmp_path: Path) -> None:
    with reviewer(tmp_path / "ben.db", "ben") as library:
        two(library)
        library.articles.set_starred([1])
        theirs = [row["digest"] for row in library._store.rows("SELECT digest FROM history")]
    with reviewer(tmp_path / "ada.db", "ada", QUAY) as library:
        library.merge(tmp_path / "ben.db")
        kept = library._store.rows("SELECT * FROM merged_history ORDER BY id")
        assert [row["digest"] for row in kept] == theirs
        assert (kept[-1]["reviewer"], kept[-1]["name"], kept[-1]["pair"]) == (
            "ben",
            "starred Dockers walk out in Port Amble",
            "[1]",
        )
        assert kept[-1]["here"] == "[2]"
        with pytest.raises(sqlite3.IntegrityError, match="append-only"), library._store.write() as connection:
            connection.execute("UPDATE merged_history SET name = 'x'")
        with library._store.write() as connection:
            connection.execute("DROP TRIGGER merged_history_is_append_only")
            connection.execute("UPDATE merged_history SET name = 'x' WHERE id = 1")
        problems = [problem for check in library.check() for problem in check.problems]
        assert problems == [f"a history that was merged was altered at the event {theirs[0][:12]}"]


def test_two_that_are_merged_into_each_other_come_to_rest(tmp_path: Path) -> None:
    one, other = pair(tmp_path, 3, shared=False)
    for _ in range(2):
        merged(one, other)
        merged(other, one)
    assert [merged(one, other).brought, merged(other, one).brought] == [(), ()]


def test_who_judges_blind_is_not_told_how_others_differed(tmp_path: Path) -> None:
    for name, judgement, late in (("one", "contradiction", 0), ("two", "compatible", 5)):
        with reviewer(tmp_path / f"{name}.db", "ada", HARBOUR, QUAY, late=late) as library:
            a, b = library.articles.get_many([1, 2])
            library.verdicts.judge_conflict(a, b, numbers(a, b), judgement)
            session = library.sessions.make("Docks", [(1, 2)])
            if name == "one":
                library.sessions.hand_over(session.id, "ben")
    with reviewer(tmp_path / "one.db", "ben", late=9) as library:
        done = library.merge(tmp_path / "two.db")
        assert (done.differences, done.hidden) == ((), 1)
        assert not [event for event in library.history.recent() if "250" in event.name]
        assert library.verdicts.of_pair(1, 2) == []


# --- what is merged


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda _: None, "other.db: is not there"),
        (foreign, "other.db: no Rashomon library"),
        (newer, "other.db: made by a later Rashomon (schema 99"),
        (damaged, "other.db: the file is damaged"),
        (lambda path: path.write_text("Dear diary, " * 99), "other.db: not an SQLite database"),
        (lambda path: path.write_bytes(b""), "other.db: no Rashomon library"),
        (lambda path: path.mkdir(), "other.db/manifest.json: is missing"),
        (lambda path: path.symlink_to("into.db"), "other.db: is this library itself"),
    ],
    ids=["missing", "foreign", "newer", "damaged", "text", "empty", "folder", "itself"],
)
def test_what_is_no_sound_library_is_refused_and_left_alone(
    tmp_path: Path, make: Callable[[Path], Any], says: str
) -> None:
    path = tmp_path / "other.db"
    with reviewer(tmp_path / "into.db", "ada", QUAY) as library:
        make(path)
        before = path.read_bytes() if path.is_file() else None
        inside = sorted(p.name for p in tmp_path.iterdir())
        with pytest.raises(LibraryError) as caught:
            library.merge(path)
        assert str(caught.value).startswith(str(tmp_path / says.split(":")[0]))
        assert says in str(caught.value)
        assert sorted(p.name for p in tmp_path.iterdir()) == inside
        assert (path.read_bytes() if path.is_file() else None) == before
        assert library.articles.count() == 1


def test_a_text_that_is_not_what_its_name_says_is_not_let_in(tmp_path: Path) -> None:
    with reviewer(tmp_path / "ben.db", "ben", HARBOUR) as library, library._store.write() as connection:
        connection.execute("DROP TRIGGER texts_are_immutable")
        connection.execute("UPDATE texts SET body = 'Nobody walked out.'")
    with reviewer(tmp_path / "ada.db", "ada") as library:
        with pytest.raises(LibraryError, match="is not what its name says"):
            library.merge(tmp_path / "ben.db")
        assert library.articles.count() == 0


@pytest.mark.parametrize("way", ["older", "in use", "cut", "folder"])
def test_an_older_library_one_in_use_and_a_folder_are_read_and_not_changed(tmp_path: Path, way: str) -> None:
    path = tmp_path / "ben" / "library.db"
    path.parent.mkdir()
    if way == "older":
        older_schema(path, 1)
        library = None
    else:
        library = reviewer(path, "ben")
        a, b = two(library)
        library.verdicts.judge_conflict(a, b, numbers(a, b), "contradiction", tags=["toll"])
        if way == "cut":  # a copy of the files as the power went: what was written last is in the log alone
            (tmp_path / "cut").mkdir()
            for end in ("", "-wal"):
                shutil.copy(f"{path}{end}", tmp_path / "cut" / f"library.db{end}")
            path = tmp_path / "cut" / "library.db"
        elif way == "folder":
            library.dump(tmp_path / "plain")
            path = tmp_path / "plain"
    found = {
        p: p.read_bytes()
        for p in (path if path.is_dir() else path.parent).rglob("*")
        if p.is_file() and p.suffix != ".db-shm"
    }
    with reviewer(tmp_path / "into.db", "ada", QUAY) as into:
        into.merge(path)
        assert into.articles.count() == 2
        (verdict,) = into.verdicts.page()
        assert verdict.tags == ("toll",)
    assert {p: p.read_bytes() for p in found} == found
    assert {
        p for p in (path if path.is_dir() else path.parent).rglob("*") if p.is_file() and p.suffix != ".db-shm"
    } == set(found)
    if library is not None:
        library.close()


def test_a_copy_that_a_killed_merge_left_behind_goes_and_one_in_use_stays(tmp_path: Path) -> None:
    work(tmp_path / "ben.db", 1, 5)
    with reviewer(tmp_path / "ada.db", "ada"):
        pass
    for name, age in (("old", 7200), ("young", 60)):
        (folder := tmp_path / f".merging.{name}").mkdir()
        (folder / "library.db").touch()
        os.utime(folder, (time.time() - age,) * 2)
    with Library.open(tmp_path / "ada.db") as library:
        library.merge(tmp_path / "ben.db")
    assert [path.name for path in tmp_path.glob(".merging.*")] == [".merging.young"]


def test_where_no_copy_has_room_the_disk_is_blamed_not_the_other_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    work(tmp_path / "ben.db", 1, 5)
    monkeypatch.setattr("shutil.copyfile", full)
    with (
        reviewer(tmp_path / "ada.db", "ada") as library,
        pytest.raises(LibraryError, match=r"no room .* ben\.db") as no,
    ):
        library.merge(tmp_path / "ben.db")
    assert no.value.trouble == "full"


def test_a_merge_that_is_stopped_did_nothing(tmp_path: Path) -> None:
    work(tmp_path / "ben.db", 1, 5)
    with reviewer(tmp_path / "ada.db", "ada") as library:
        before = list(library._store.connection.iterdump())

        def stop(what: str) -> None:
            if what == "storing it":
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            library.merge(tmp_path / "ben.db", tell=stop)
        assert list(library._store.connection.iterdump()) == before
        assert library.merge(tmp_path / "ben.db").brought
    assert not list(tmp_path.glob(".merging.*"))


def test_a_library_that_is_locked_is_not_merged_into_by_halves(tmp_path: Path) -> None:
    reviewer(tmp_path / "ben.db", "ben", HARBOUR).close()
    with Library.open(tmp_path / "ada.db", timeout=0.05) as library:
        other = sqlite3.connect(tmp_path / "ada.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match="another program is writing"):
            library.merge(tmp_path / "ben.db")
        other.execute("ROLLBACK")
        other.close()
        assert library.articles.count() == 0
        library.merge(tmp_path / "ben.db")
        assert library.articles.count() == 1


@pytest.mark.parametrize("apart", [[3], [1, 2]], ids=["the smaller part", "the larger part"])
def test_what_a_person_parted_there_is_parted_here(tmp_path: Path, apart: list[int]) -> None:
    reports = [Article(body=f"Tram {n} stopped.", url=f"https://trams.example/{n}") for n in (1, 2, 3)]
    for name in ("ada", "ben"):
        with reviewer(tmp_path / f"{name}.db", name, *reports) as library:
            library.events.place(1)
            library.events.place(2, beside=1)
            library.events.place(3, beside=1)
            if name == "ben":
                library.events.split(apart, "Night trams")
    with reviewer(tmp_path / "ada.db", "ada") as library:
        for _ in "ab":
            library.merge(tmp_path / "ben.db")
            events = {
                event.name: library.events.members(event.id) for event in library.events.page(EventQuery(least=1))
            }
            assert events == {"Night trams": apart, "": [n for n in (1, 2, 3) if n not in apart]}
        library.history.undo()
        assert [library.events.members(event.id) for event in library.events.page()] == [[1, 2, 3]]


def test_nothing_that_a_terminal_obeys_is_printed_of_a_library_made_by_others(tmp_path: Path) -> None:
    hostile = Article(body="Trams.\x9b2J", url="https://trams.example/1", title="Trams\x1b]0;taken\x07 \u202etops")
    for name in ("ada", "ben"):
        with reviewer(tmp_path / f"{name}.db", name, hostile) as library:
            library.articles.edit(1, source=name)
            library.events.place(1)
    for words in (
        ["merge", str(tmp_path / "ben.db")],
        ["list"],
        ["show", "1"],
        ["events", "--all"],
        ["list", "--format", "json"],
    ):
        result = CliRunner().invoke(main, ["--db", str(tmp_path / "ada.db"), *words])
        assert result.exit_code == 0, result.output
        assert "Trams" in result.output
        assert not set(result.output) & set("\x07\x1b\x9b\u202e"), words


def test_the_command_tells_what_it_brought(tmp_path: Path) -> None:
    with reviewer(tmp_path / "ben.db", "ben") as library:
        two(library)
        library.articles.edit(1, title="Quays")
    with reviewer(tmp_path / "ada.db", "ada", HARBOUR) as library:
        library.articles.edit(1, title="Docks")

    def run(*args: str) -> str:
        result = CliRunner().invoke(main, ["--db", str(tmp_path / "ada.db"), "merge", str(tmp_path / "ben.db"), *args])
        assert result.exit_code == 0, result.output
        return result.output

    assert "differs: title of Quays, edited: 'Quays' holds, not 'Docks' as it was here\n" in run("--dry-run")
    assert "ben.db would bring: texts 1, reports 1" in run("--dry-run")
    assert "ben.db brought: texts 1, reports 1" in run()
    assert "ben.db brought: nothing new" in run()
