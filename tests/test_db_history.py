"""Undo and redo over every kind of change, across restarts and windows."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from db import Library, LibraryError, NotFound, Stored
from reader.nouns import Span, TimeSpan
from tests.db_library import Clock, numbers, place, two


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", clock=Clock()) as opened:
        two(opened)
        yield opened


def state(library: Library) -> dict[str, list[tuple[Any, ...]]]:
    """All that a person decided."""
    tables = {
        "articles": "id, edited_title, edited_source, edited_author, edited_published, is_read, starred, deleted_at",
        "verdicts": "*",
        "verdict_places": "*",
        "taggings": "id, tag_id, article_id, verdict_id",
        "dismissals": "*",
        "anchors": "*",
        "corrections": "*",
    }
    return {
        table: [tuple(row) for row in library._store.rows(f"SELECT {columns} FROM {table} ORDER BY id")]
        for table, columns in tables.items()
    }


DAWN = TimeSpan(start=29, end=33, earliest="2031-03-03T05:00", latest="2031-03-03T06:59", precision="part of day")


def pair(library: Library) -> tuple[Stored, Stored]:
    a, b = library.articles.get_many([1, 2])
    return a, b


def _judge(library: Library) -> None:
    a, b = pair(library)
    library.verdicts.judge_conflict(a, b, numbers(a, b), "compatible", tags=["new"])


def _anchor(library: Library) -> None:
    library.comparisons.anchor(*pair(library), Span(start=0, end=9), Span(start=4, end=8))


CHANGES: dict[str, Callable[[Library], Any]] = {
    "read Dockers walk out in Port Amble": lambda x: x.articles.set_read([1]),
    "starred 2 reports": lambda x: x.articles.set_starred([1, 2]),
    "deleted Deal ends quay strike": lambda x: x.articles.delete([2]),
    "edited title and source of Deal ends quay strike": lambda x: x.articles.edit(2, title="New", source="S"),
    "tagged Dockers walk out in Port Amble: a, b": lambda x: x.tags.tag("article", [1], ["a", "b"]),
    "tagged 2 reports: a": lambda x: x.tags.tag("article", [1, 2], ["a"]),
    "dismissed Deal ends quay strike for Dockers walk out in Port Amble": lambda x: x.comparisons.dismiss(2, 1),
    "linked two sentences": _anchor,
    "rejected 275 dockers against 250 dockers": _judge,
    "dismissed dawn: no time": lambda x: x.readings.dismiss(x.articles.get(1), "body", "time", DAWN),
    "corrected the reading of dawn": lambda x: x.readings.correct(x.articles.get(1), "body", DAWN),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_is_named_undone_and_redone(library: Library, name: str) -> None:
    before = state(library)
    CHANGES[name](library)
    after = state(library)
    assert after != before
    assert library.history.undo() == name
    assert state(library) == before
    assert library.history.redo() == name
    assert state(library) == after
    assert [e.name for e in library.history.recent(3)] == [f"redo: {name}", f"undo: {name}", name]
    assert library.history.broken() is None


@pytest.mark.parametrize("name", CHANGES)
def test_the_same_change_again_is_no_event(library: Library, name: str) -> None:
    CHANGES[name](library)
    events = library.history.count()
    CHANGES[name](library)
    assert library.history.count() == events


def test_changes_of_what_is_there_are_undone(library: Library) -> None:
    _judge(library)
    _anchor(library)
    library.comparisons.dismiss(1, 2)
    library.readings.correct(library.articles.get(1), "body", DAWN)
    library.articles.delete([1])
    before = state(library)
    (anchor,) = library.comparisons.anchors(*pair(library))
    for name, change in {
        "restored Dockers walk out in Port Amble": lambda: library.articles.restore([1]),
        "untagged 275 dockers against 250 dockers: new": lambda: library.tags.untag("verdict", [1], ["NEW", "absent"]),
        "noted on 275 dockers against 250 dockers": lambda: library.verdicts.update(1, note="n"),
        "withdrew 275 dockers against 250 dockers": lambda: library.verdicts.withdraw(1),
        "took back what was said of dawn": lambda: library.readings.restore(1),
        "dismissed dawn: no time": lambda: library.readings.dismiss(library.articles.get(1), "body", "time", DAWN),
        "freed two sentences": lambda: library.comparisons.unanchor(anchor.id),
        "no longer dismissed Dockers walk out in Port Amble for Deal ends quay strike": lambda: (
            library.comparisons.undismiss(1, 2)
        ),
    }.items():
        change()
        assert state(library) != before
        assert library.history.undo() == name
        assert state(library) == before


def test_there_is_nothing_to_undo_in_a_new_library(library: Library) -> None:
    assert library.history.undo() is None
    assert library.history.redo() is None
    assert [e.kind for e in library.history.recent()] == ["note", "note"]


def test_a_new_change_ends_what_could_be_redone(library: Library) -> None:
    library.articles.set_starred([1])
    library.articles.set_starred([2])
    library.history.undo()
    library.articles.set_read([1])
    assert library.history.redo() is None
    assert [library.history.undo() for _ in range(3)] == [
        "read Dockers walk out in Port Amble",
        "starred Dockers walk out in Port Amble",
        None,
    ]


def test_undo_reaches_back_over_restarts_and_reviewers(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library.open(path, reviewer="ada") as library:
        two(library)
        library.articles.set_starred([1])
    with Library.open(path, reviewer="ben") as library:
        following = library.history.next_undo()
        assert following is not None
        assert (following.name, following.by, following.pair) == ("starred Dockers walk out in Port Amble", "ada", (1,))
        assert library.history.undo() == following.name
        redo = library.history.next_redo()
        assert redo is not None
        assert (redo.kind, redo.by) == ("undo", "ben")
    with Library.open(path) as library:
        assert not library.articles.get(1).starred
        assert library.history.redo() == "starred Dockers walk out in Port Amble"
        assert library.articles.get(1).starred


def test_two_windows_share_one_history(library: Library) -> None:
    with Library.open(library.path) as other:
        library.articles.set_starred([1])
        other.articles.set_read([2])
        assert library.history.undo() == "read Deal ends quay strike"
        assert other.history.undo() == "starred Dockers walk out in Port Amble"
        assert library.history.undo() is None
        assert not any(row.read or row.starred for row in library.articles.page())


def test_a_group_is_one_step(library: Library) -> None:
    with library.history.group("marked everything", 1, 2):
        library.articles.set_read([1, 2])
        _judge(library)
    assert library.history.undo() == "marked everything"
    assert library.verdicts.count() == 0
    assert not library.articles.get(1).read


def test_a_group_that_fails_leaves_nothing(library: Library) -> None:
    before = state(library)

    def fail() -> None:
        with library.history.group("marked everything"):
            library.articles.set_read([1, 2])
            library.articles.set_starred([9])

    with pytest.raises(NotFound):
        fail()
    assert state(library) == before
    assert library.history.next_undo() is None
    library.articles.set_read([1])
    assert library.articles.get(1).read


def test_opening_an_article_is_not_the_step_that_undo_takes_back(library: Library) -> None:
    library.articles.set_starred([1])
    library.articles.set_read([1], False)
    library.articles.set_read([1], undoable=False)
    assert library.history.recent(1)[0].kind == "note"
    assert library.history.undo() == "starred Dockers walk out in Port Amble"
    assert library.articles.get(1).read


def test_undo_leaves_alone_what_was_changed_outside_and_goes_on(library: Library) -> None:
    library.articles.set_starred([1])
    library.articles.edit(1, title="Mine", source="Mine")
    with library._store.write() as connection:
        connection.execute("UPDATE articles SET edited_title = 'Theirs' WHERE id = 1")
    assert library.history.undo() == "edited title and source of Dockers walk out in Port Amble"
    assert library.articles.get(1).article.title == "Theirs"
    assert library.articles.get(1).article.source == "Amble Courier"
    assert library.history.redo() is not None
    assert library.articles.get(1).article.title == "Theirs"
    assert library.articles.get(1).article.source == "Mine"


def test_undo_that_would_break_what_others_wrote_is_refused(library: Library) -> None:
    a, b = pair(library)
    library.verdicts.judge(a, b, place(a, "dawn"), place(b, "night"), "tension", kind="time")
    with library._store.write() as connection:
        connection.execute("INSERT INTO tags (name) VALUES ('x')")
        connection.execute("INSERT INTO taggings (tag_id, verdict_id) VALUES (1, 1)")
    with pytest.raises(LibraryError, match="another program"):
        library.history.undo()
    assert library.verdicts.count() == 1


def test_history_tells_when_it_was_altered(library: Library) -> None:
    library.articles.set_starred([1])
    with library._store.write() as connection:
        connection.execute("DROP TRIGGER history_is_append_only")
        connection.execute("UPDATE history SET name = 'nothing' WHERE id = 2")
    assert library.history.broken() == 2
    assert library.stats().problems == ("history was altered at event 2",)


class UndoMachine(RuleBasedStateMachine):
    """Against the plainest model of undo: two stacks of whole states."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.library = Library.open(Path(self.folder.name) / "library.db")
        two(self.library)
        self.done: list[dict[str, Any]] = []
        self.undone: list[dict[str, Any]] = []

    @rule(name=st.sampled_from(sorted(CHANGES)))
    def change(self, name: str) -> None:
        before = state(self.library)
        CHANGES[name](self.library)
        if state(self.library) != before:
            self.done.append(before)
            self.undone.clear()

    @rule()
    def undo(self) -> None:
        before = state(self.library)
        assert (self.library.history.undo() is None) == (not self.done)
        if self.done:
            assert state(self.library) == self.done.pop()
            self.undone.append(before)

    @rule()
    def redo(self) -> None:
        before = state(self.library)
        assert (self.library.history.redo() is None) == (not self.undone)
        if self.undone:
            assert state(self.library) == self.undone.pop()
            self.done.append(before)

    @rule()
    def restart(self) -> None:
        self.library.close()
        self.library = Library.open(self.library.path)

    def teardown(self) -> None:
        if hasattr(self, "library"):
            assert self.library.history.broken() is None
            self.library.close()
            self.folder.cleanup()


TestUndoMachine = UndoMachine.TestCase
TestUndoMachine.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
