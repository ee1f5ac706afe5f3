"""Verdicts: what a person judged stays, on the right words."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import Library, NotFound, VerdictQuery
from reader.nouns import Place
from tests.db_library import HARBOUR, QUAY, Clock, numbers, place, two


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", reviewer="ada", clock=Clock()) as opened:
        yield opened


def revise(library: Library, old: str, new: str) -> None:
    article = msgspec.structs.replace(HARBOUR, body=HARBOUR.body.replace(old, new))
    assert library.articles.add(article).status == "revised"


def test_a_judged_conflict_is_kept_whole(library: Library) -> None:
    a, b = two(library)
    conflict = numbers(a, b)
    made = library.verdicts.judge_conflict(a, b, conflict, "contradiction", note="Check", tags=["toll", "Toll"])
    assert (made.a, made.b, made.kind, made.severity) == (conflict.a, conflict.b, "count", 3)
    assert (made.fingerprint, made.by, made.note, made.tags) == (conflict.fingerprint, "ada", "Check", ("toll",))
    assert (made.a_title, made.b_source) == (HARBOUR.title, QUAY.source)
    assert library.verdicts.of_pair(a.id, b.id) == [made] == library.verdicts.page()
    assert library.verdicts.get(made.id) == made


def test_the_other_way_round_the_sides_are_swapped(library: Library) -> None:
    a, b = two(library)
    forward = library.verdicts.judge_conflict(a, b, numbers(a, b), "unsure")
    (back,) = library.verdicts.of_pair(b.id, a.id)
    assert (back.a_id, back.b_id, back.a, back.b) == (b.id, a.id, forward.b, forward.a)
    assert (back.a_title, back.b_title) == (forward.b_title, forward.a_title)
    swapped = msgspec.structs.replace(numbers(a, b), a=forward.b, b=forward.a)
    assert back.fingerprint == swapped.fingerprint != forward.fingerprint
    again = library.verdicts.judge_conflict(b, a, swapped, "compatible")
    assert (again.id, again.a_id, again.judgement) == (forward.id, b.id, "compatible")
    assert library.verdicts.count() == 1


def test_judging_again_replaces_the_judgement_and_keeps_the_rest(library: Library) -> None:
    a, b = two(library)
    first = library.verdicts.judge_conflict(a, b, numbers(a, b), "contradiction", note="n", tags=["t"], severity=1)
    second = library.verdicts.judge_conflict(a, b, numbers(a, b), "compatible", outcome="rounding")
    assert second.id == first.id
    assert (second.judgement, second.outcome, second.note) == ("compatible", "rounding", "n")
    assert (second.tags, second.severity) == (("t",), 1)
    assert second.updated > first.updated
    events = library.history.count()
    assert library.verdicts.judge_conflict(a, b, numbers(a, b), "compatible") == second
    assert library.history.count() == events
    assert library.history.undo() is not None
    assert library.verdicts.get(first.id) == first


def test_two_reviewers_judge_beside_each_other(library: Library) -> None:
    a, b = two(library)
    library.verdicts.judge_conflict(a, b, numbers(a, b), "contradiction")
    library.verdicts.judge_conflict(a, b, numbers(a, b), "compatible", by="ben")
    assert [v.by for v in library.verdicts.of_pair(1, 2)] == ["ada", "ben"]
    assert library.verdicts.count(VerdictQuery(by="ben")) == 1


def test_pairs_made_by_hand_are_each_new(library: Library) -> None:
    a, b = two(library)
    for _ in range(2):
        made = library.verdicts.judge(
            a, b, place(a, "Dockers", "title"), place(b, "A deal was signed"), "contradiction", kind="stance"
        )
    assert made.fingerprint == ""
    assert made.severity == 2
    assert library.verdicts.count() == 2


def test_a_report_is_judged_against_itself(library: Library) -> None:
    a, _ = two(library)
    made = library.verdicts.judge(a, a, place(a, "dawn"), place(a, "Monday"), "tension", kind="time")
    assert library.verdicts.of_pair(a.id, a.id) == [made]


def test_what_is_not_a_verdict_is_refused(library: Library) -> None:
    a, b = two(library)
    here, there = place(a, "dawn"), place(b, "night")
    judge = library.verdicts.judge
    with pytest.raises(ValueError, match="no words"):
        judge(a, b, Place(start=0, end=9999, text="x"), there, "unsure", kind="time")
    with pytest.raises(ValueError, match="judgement"):
        judge(a, b, here, there, "nonsense", kind="time")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="kind"):
        judge(a, b, here, there, "unsure", kind="nonsense")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="severity"):
        judge(a, b, here, there, "unsure", kind="time", severity=4)
    assert library.verdicts.count() == 0
    assert library.history.next_undo() is None
    for ask in (library.verdicts.get, library.verdicts.update, library.verdicts.withdraw):
        with pytest.raises(NotFound, match="no verdict 5"):
            ask(5)


def test_update_and_withdraw(library: Library) -> None:
    a, b = two(library)
    made = library.verdicts.judge_conflict(a, b, numbers(a, b), "contradiction", tags=["toll"])
    new = library.verdicts.update(made.id, kind="casualty", severity=1, note="n", flagged=True, judgement="tension")
    assert (new.kind, new.severity, new.note, new.flagged, new.judgement) == ("casualty", 1, "n", True, "tension")
    events = library.history.count()
    assert library.verdicts.update(made.id, note="n", flagged=True) == new
    assert library.history.count() == events
    library.verdicts.withdraw(made.id)
    assert library.verdicts.count() == 0
    assert library.tags.names() == []
    library.history.undo()
    assert library.verdicts.get(made.id) == new


# --- selectors


def test_each_change_is_named_for_the_way_back(library: Library) -> None:
    a, b = two(library)
    made = library.verdicts.judge_conflict(a, b, numbers(a, b), "unsure", flagged=True, outcome="rounding")
    words = f"{made.a.text} against {made.b.text}"
    changes: list[dict[str, object]] = [
        {"judgement": "compatible"},
        {"kind": "time"},
        {"severity": 1},
        {"flagged": False, "note": "n"},
        {"outcome": ""},
    ]
    for change in changes:
        library.verdicts.update(made.id, **change)  # type: ignore[arg-type]
    assert [library.history.undo() for _ in range(6)] == [
        f"took the outcome off {words}",
        f"took the flag off {words} and noted on it",
        f"set severity 1 for {words}",
        f"called {words} time",
        f"rejected {words}",
        f"left {words} open and flagged it and gave outcome rounding to it",
    ]


def test_selectors_are_those_of_web_annotation(library: Library) -> None:
    a, b = two(library)
    library.verdicts.judge_conflict(a, b, numbers(a, b), "contradiction")
    row = dict(library._store.rows("SELECT * FROM verdict_places WHERE side = 'a'")[0])
    start = HARBOUR.body.index("275")
    assert row["exact"] == HARBOUR.body[row["start_char"] : row["end_char"]] == "275 dockers"
    assert row["prefix"] == HARBOUR.body[start - 32 : start]
    assert row["suffix"] == HARBOUR.body[start + 11 : start + 43]
    assert (row["part"], row["text_sha"], row["article_id"]) == ("body", HARBOUR.text_sha, a.id)


def test_a_verdict_follows_its_words_into_a_new_text(library: Library) -> None:
    a, b = two(library)
    made = library.verdicts.judge_conflict(a, b, numbers(a, b), "contradiction")
    revise(library, "The ferry", "At last the ferry")
    after = library.verdicts.get(made.id)
    assert after.a_hold == "followed"
    assert after.a.of(library.articles.get(a.id).article.body) == "275 dockers"
    assert after.b == made.b
    assert not after.orphaned


def test_a_verdict_on_changed_words_is_an_orphan_until_they_return(library: Library) -> None:
    a, b = two(library)
    made = library.verdicts.judge_conflict(a, b, numbers(a, b), "contradiction")
    revise(library, "Around 275 dockers walked off the quay on Monday.", "It was settled.")
    orphan = library.verdicts.get(made.id)
    assert orphan.orphaned
    assert (orphan.a_hold, orphan.a) == ("orphan", made.a)
    assert library.verdicts.page(VerdictQuery(orphaned=True)) == [orphan]
    assert library.verdicts.count(VerdictQuery(orphaned=False)) == 0
    assert [row["hold"] for row in library.verdicts.export()] == ["orphan"]
    revise(library, "The ferry", "The night ferry")
    assert library.verdicts.get(made.id).a_hold == "followed"


def test_a_verdict_may_be_made_on_the_text_that_was_on_the_screen(library: Library) -> None:
    a, b = two(library)
    revise(library, "The ferry", "At last the ferry")
    made = library.verdicts.judge_conflict(a, b, numbers(a, b), "contradiction")
    assert made.a_hold == "followed"
    assert made.a.of(library.articles.get(a.id).article.body) == "275 dockers"


def test_a_verdict_on_a_title_follows_edits_and_their_undoing(library: Library) -> None:
    a, b = two(library)
    made = library.verdicts.judge(
        a, b, place(a, "walk out", "title"), place(b, "ends", "title"), "tension", kind="opposite"
    )
    library.articles.edit(a.id, title="Port quiet")
    assert library.verdicts.get(made.id).a_hold == "orphan"
    library.history.undo()
    assert library.verdicts.get(made.id) == made
    library.history.redo()
    assert library.verdicts.get(made.id).a_hold == "orphan"


def test_a_verdict_that_is_brought_back_looks_for_its_words_again(library: Library) -> None:
    a, b = two(library)
    made = library.verdicts.judge_conflict(a, b, numbers(a, b), "contradiction")
    library.history.undo()
    revise(library, "275", "260")
    library.history.redo()
    assert library.verdicts.get(made.id).a_hold == "waiting"


# --- a changed sentence


def test_a_changed_sentence_waits_for_a_person_who_may_undo(library: Library) -> None:
    a, b = two(library)
    made = library.verdicts.judge_conflict(a, b, numbers(a, b), "contradiction")
    revise(library, "Around 275 dockers walked off", "Nearly 280 dockers walked away")
    waiting = library.verdicts.get(made.id)
    assert (waiting.a_hold, waiting.waiting, waiting.orphaned) == ("waiting", True, False)
    assert waiting.a == made.a  # never shown as standing elsewhere
    assert library.verdicts.count(VerdictQuery(waiting=True)) == 1
    assert library.stats().waiting == 1
    assert [row["hold"] for row in library.verdicts.export()] == ["waiting"]
    for found in (library.candidates.all(), library.candidates.of_pair(2, 1)):
        (candidate,) = found
        assert candidate.old == "Around 275 dockers walked off the quay on Monday."
        assert candidate.new == "Nearly 280 dockers walked away the quay on Monday."
        assert candidate.old_words.of(candidate.old) == "275 dockers"
        assert candidate.new_words.of(candidate.new) == "280 dockers"
    library.candidates.accept(candidate)
    placed = library.verdicts.get(made.id)
    assert (placed.a_hold, placed.a.of(library.articles.get(a.id).article.body)) == ("placed", "280 dockers")
    assert placed.a.text == "275 dockers"
    assert library.candidates.all() == []
    assert library.history.undo() == "said where 275 dockers stands"
    assert library.verdicts.get(made.id).a_hold == "waiting"
    library.history.redo()
    assert library.verdicts.get(made.id) == placed
    assert library.history.broken() is None


def test_a_refused_sentence_is_not_offered_again_until_the_text_changes(library: Library) -> None:
    a, b = two(library)
    made = library.verdicts.judge_conflict(a, b, numbers(a, b), "contradiction")
    revise(library, "275", "280")
    library.candidates.refuse(library.candidates.all()[0])
    assert library.verdicts.get(made.id).a_hold == "orphan"
    library.articles.edit(a.id, title="Dockers")  # words are looked for again
    assert library.candidates.all() == []
    revise(library, "275", "281")
    assert [one.verdict for one in library.candidates.all()] == [made.id]
    library.verdicts.withdraw(made.id)
    library.history.undo()
    assert library.verdicts.get(made.id).a_hold == "waiting"


def test_an_answer_about_a_text_that_is_no_longer_the_newest_is_refused(library: Library) -> None:
    a, b = two(library)
    library.verdicts.judge_conflict(a, b, numbers(a, b), "contradiction")
    revise(library, "275", "280")
    (candidate,) = library.candidates.all()
    revise(library, "275", "285")
    with pytest.raises(NotFound, match="changed meanwhile"):
        library.candidates.accept(candidate)
    assert library.verdicts.get(1).a_hold == "waiting"


@given(
    st.sampled_from("275 Monday quay walked dockers Around".split()), st.sampled_from(["9", "Port Lume", "never so"])
)
def test_a_verdict_never_stands_on_a_lookalike_by_itself(old: str, new: str) -> None:
    with TemporaryDirectory() as folder, Library.open(Path(folder) / "library.db") as library:
        a, b = two(library)
        places = place(a, "dockers walked off"), place(b, "dockers walked")
        made = library.verdicts.judge(a, b, *places, "tension", kind="count")
        revise(library, old, new)
        after = library.verdicts.get(made.id)
        assert after.a_hold in ("waiting", "orphan")
        assert after.a == made.a


# --- listing


def test_queries_find_what_they_say(library: Library) -> None:
    a, b = two(library)
    verdicts = library.verdicts
    one = verdicts.judge_conflict(a, b, numbers(a, b), "contradiction", tags=["Toll"], note="100% sure_")
    two_ = verdicts.judge(a, b, place(a, "denied"), place(b, "signed"), "tension", kind="polarity", flagged=True)

    def found(**asked: object) -> list[int]:
        return [v.id for v in verdicts.page(VerdictQuery(**asked))]  # type: ignore[arg-type]

    assert found() == [two_.id, one.id]
    assert found(sort="severity") == [one.id, two_.id]
    assert found(sort="created", descending=False) == [one.id, two_.id]
    assert found(sort="pair", descending=False) == found(sort="kind", descending=False) == [one.id, two_.id]
    assert found(judgement="tension") == found(kind="polarity") == found(flagged=True) == [two_.id]
    assert found(tag="toll") == found(text="275") == found(text="100% sure_") == [one.id]
    assert found(text="dockers denied") == [two_.id]
    assert found(text="%%") == []
    assert found(article=b.id, flagged=False) == [one.id]
    assert found(article=9) == []
    assert verdicts.count(VerdictQuery(text="dockers")) == 2
    assert [v.id for v in verdicts.page(offset=1, limit=5)] == [one.id]


def test_the_view_lists_confirmed_ones_for_other_tools(library: Library) -> None:
    a, b = two(library)
    library.verdicts.judge_conflict(a, b, numbers(a, b), "contradiction", note="n", tags=["b", "a"])
    library.verdicts.judge(a, b, place(a, "denied"), place(b, "signed"), "tension", kind="polarity")
    library.close()
    made = subprocess.run(
        [sys.executable, "-m", "sqlite_utils", "rows", str(library.path), "contradictions"],
        capture_output=True,
        text=True,
        check=True,
    )
    (row,) = json.loads(made.stdout)
    assert (row["quote_a"], row["quote_b"]) == ("275 dockers", "250 dockers")
    assert (row["title_a"], row["source_b"], row["published_a"]) == (HARBOUR.title, QUAY.source, HARBOUR.published)
    assert (row["kind"], row["severity"], row["note"], row["tags"]) == ("count", 3, "n", "a, b")
    assert (row["article_a"], row["article_b"], row["reviewer"]) == (a.id, b.id, "ada")


def test_texts_and_history_cannot_be_altered(library: Library) -> None:
    two(library)
    for sql in (
        "UPDATE texts SET body = 'x'",
        "DELETE FROM texts",
        "UPDATE history SET name = 'x'",
        "DELETE FROM history",
        "DELETE FROM articles",
    ):
        with pytest.raises(sqlite3.IntegrityError), library._store.write() as connection:
            connection.execute(sql)
