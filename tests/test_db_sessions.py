"""Visits, sessions, blind reviews and settlements."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from db import ConflictQuery, Library, LibraryError, Query, Stored, VerdictQuery
from db.records import ConflictSort, Term
from db.sessions import LONGEST
from reader.nouns import Article, Comparison
from tests.db_library import HARBOUR, QUAY, Clock, numbers, place, two


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Two reports of one strike and a third of something else; ada is at the keyboard."""
    with Library.open(tmp_path / "library.db", reviewer="ada", clock=Clock()) as opened:
        two(opened)
        opened.articles.add(Article(body="Third.", title="Third"))
        yield opened


@pytest.fixture
def pair(library: Library) -> tuple[Stored, Stored]:
    a, b = library.articles.get_many([1, 2])
    return a, b


# --- visits


def test_a_pair_is_resumed_from_either_side(library: Library) -> None:
    begun = library.visits.open(2, 1)
    assert (begun.a_id, begun.b_id, begun.place, begun.decided, begun.total) == (2, 1, None, 0, None)
    assert begun.a_title == QUAY.title
    library.visits.leave(begun.id, place=(2, 40), decided=3, total=9, seconds=60.5)
    library.visits.leave(begun.id, seconds=9.5)
    resumed = library.visits.open(1, 2)
    assert (resumed.id, resumed.a_id, resumed.place) == (begun.id, 1, (2, 40))
    assert (resumed.decided, resumed.total, resumed.seconds) == (3, 9, 70.0)
    assert resumed.started == begun.started
    other = library.visits.open(1, 1)
    assert [v.id for v in library.visits.recent()] == [other.id, begun.id]
    for ask in (lambda: library.visits.open(1, 9), lambda: library.visits.leave(9)):
        with pytest.raises(LibraryError, match="9"):
            ask()


def test_each_reviewer_has_a_place_of_their_own_and_takes_over_one_of_nobody(library: Library) -> None:
    library.reviewer = ""
    unsigned = library.visits.open(1, 2)
    library.visits.leave(unsigned.id, place=(1, 7))
    library.reviewer = "ada"
    assert (library.visits.open(1, 2).id, library.visits.open(1, 2).place) == (unsigned.id, (1, 7))
    library.reviewer = "ben"
    assert library.visits.open(1, 2).place is None
    assert len(library.visits.recent()) == 1


def test_a_visited_report_without_title_is_called_by_its_source(library: Library) -> None:
    number = library.articles.add(Article(title="", source="Coast Radio", body="A ferry ran aground.")).id
    visit = library.visits.open(1, number)
    library.visits.leave(visit.id, seconds=1)
    (seen,) = library.visits.recent()
    assert "Coast Radio" in (seen.a_title, seen.b_title)


def test_a_pair_that_was_only_counted_was_not_visited(library: Library) -> None:
    library.visits.count(1, 2, 1, 4)
    assert library.visits.recent() == []
    library.visits.count(2, 1, 2, 4)
    assert (library.visits.open(1, 2).decided, library.visits.open(1, 2).total) == (2, 4)


# --- sessions


def test_a_session_keeps_its_pairs_in_order_each_once(library: Library) -> None:
    made = library.sessions.make("  The \n strike ", [(2, 1), (1, 3), (1, 2)], "all reports")
    assert (made.name, made.made_from, made.reviewer, made.pairs) == ("The strike", "all reports", "ada", 2)
    assert [(p.position, p.a_id, p.b_id) for p in library.sessions.pairs(made.id)] == [(0, 2, 1), (1, 1, 3)]
    for pairs, says in (([], "needs a pair"), ([(1, n) for n in range(2, LONGEST + 3)], "holds 1,000 pairs")):
        with pytest.raises(LibraryError, match=says):
            library.sessions.make("x", pairs)
    with pytest.raises(LibraryError, match="needs a name"):
        library.sessions.make(" ", [(1, 2)])


def test_a_session_adds_up_what_its_pairs_are(library: Library) -> None:
    made = library.sessions.make("Strike", [(1, 2), (1, 3)])
    assert (made.position, made.counted, made.done, made.decided, made.total) == (0, 0, 0, 0, 0)
    library.visits.count(1, 2, 3, 3)
    library.visits.count(1, 3, 1, 4)
    library.sessions.leave(made.id, 1, 30.5)
    library.sessions.leave(made.id, 0, 2)
    library.sessions.leave(made.id, 1, 1)
    left = library.sessions.get(made.id)
    assert (left.position, left.counted, left.done, left.decided, left.total, left.seconds) == (1, 2, 1, 4, 7, 33.5)
    assert left.left > made.left
    assert [(p.done, p.seconds) for p in library.sessions.pairs(made.id)] == [(True, 2), (False, 31.5)]
    with pytest.raises(LibraryError, match="no pair 8 in session 1"):
        library.sessions.leave(made.id, 7)
    with pytest.raises(LibraryError, match="no session 9"):
        library.sessions.get(9)


def test_pairs_of_a_session_are_not_listed_alone(library: Library) -> None:
    for pair in ((1, 2), (1, 3)):
        library.visits.open(*pair)
    session = library.sessions.make("Strike", [(2, 1)])
    assert [(v.a_id, v.b_id) for v in library.visits.recent(alone=True)] == [(1, 3)]
    library.sessions.delete(session.id)
    assert len(library.visits.recent(alone=True)) == 2


def test_each_change_of_a_session_is_undone_by_its_name(library: Library) -> None:
    sessions, history = library.sessions, library.history
    made = sessions.make("Strike", [(1, 2), (1, 3)])
    pairs = sessions.pairs(made.id)
    sessions.rename(made.id, "Docks")
    sessions.finish(made.id)
    sessions.reopen(made.id)
    review = sessions.hand_over(made.id, " ben ")
    assert (review.name, review.reviewer, review.review_of, review.blind, review.pairs) == ("Docks", "ben", 1, True, 2)
    assert sessions.reviews(made.id) == [review]
    sessions.delete(made.id)
    assert sessions.recent() == []
    names = [history.undo() for _ in range(6)]
    assert names == [
        "deleted session Docks",
        "handed Docks to ben to judge blind",
        "reopened session Docks",
        "finished session Docks",
        "renamed session Strike to Docks",
        "made session Strike",
    ]
    assert sessions.recent() == []
    for _ in names:
        history.redo()
    history.undo()
    assert {s.id for s in sessions.recent()} == {made.id, review.id}
    assert sessions.pairs(made.id) == pairs
    assert library.stats().problems == ()


def test_a_second_reviewer_is_somebody_else_and_asked_once(library: Library) -> None:
    made = library.sessions.make("Strike", [(1, 2)])
    for name in ("", "ada"):
        with pytest.raises(LibraryError, match="somebody else than ada"):
            library.sessions.hand_over(made.id, name)
    review = library.sessions.hand_over(made.id, "ben")
    with pytest.raises(LibraryError, match="ben has this session already"):
        library.sessions.hand_over(review.id, "ben")
    assert library.sessions.hand_over(review.id, "cem").review_of == made.id
    with pytest.raises(LibraryError, match="stays finished"):
        library.sessions.reopen(review.id)


# --- blind


def test_a_blind_reviewer_sees_nothing_of_others_until_finished(library: Library, pair: tuple[Stored, Stored]) -> None:
    conflict = numbers(*pair)
    first = library.verdicts.judge_conflict(*pair, conflict, "contradiction", tags=["toll"], note="sure")
    library.verdicts.judge(*pair, place(pair[0], "dawn"), place(pair[1], "night"), "tension", kind="time")
    library.visits.open(1, 2)
    made = library.sessions.make("Strike", [(2, 1)])
    review = library.sessions.hand_over(made.id, "ben")
    before = len(library.history.recent())
    library.reviewer = "ben"

    def seen() -> tuple[int, ...]:
        return (
            len(library.verdicts.of_pair(2, 1)),
            library.verdicts.count(),
            len(library.verdicts.page()),
            len(list(library.verdicts.export())),
            sum(row.verdicts for row in library.articles.page()),
            library.articles.count(Query(where=((Term(field="has", value="verdicts"),),))),
            len(library.tags.names()),
            len(library.visits.recent()),
            library.stats().verdicts + library.stats().contradictions,
        )

    assert seen() == (0,) * 9
    assert [event.name for event in library.history.recent()] == [
        "handed Strike to ben to judge blind",
        "made session Strike",
        *(f"added {title}" for title in ("Third", QUAY.title, HARBOUR.title)),
    ]
    assert library.history.count() == 5
    mine = library.verdicts.judge_conflict(*pair, conflict, "compatible")
    assert (mine.id != first.id, mine.by, mine.note) == (True, "ben", "")
    assert seen() == (1, 1, 1, 1, 2, 2, 0, 0, 1)
    assert library.history.undo() == "rejected 275 dockers against 250 dockers"
    library.sessions.finish(review.id)
    assert seen()[:3] == (2, 2, 2)
    assert len(library.history.recent()) > before


def test_a_blind_reviewer_cannot_undo_what_is_hidden(library: Library, pair: tuple[Stored, Stored]) -> None:
    made = library.sessions.make("Strike", [(1, 2)])
    library.sessions.hand_over(made.id, "ben")
    library.verdicts.judge_conflict(*pair, numbers(*pair), "contradiction")
    library.reviewer = "ben"
    assert library.history.next_undo() is None
    with pytest.raises(LibraryError, match="another reviewer's, and you judge blind") as caught:
        library.history.undo()
    assert "275" not in str(caught.value)
    library.reviewer = "ada"
    assert library.verdicts.count() == 1


@pytest.mark.parametrize("way", ["finish", "delete", "undo the handing over"])
def test_who_has_seen_what_others_judged_is_blind_no_more(
    library: Library, pair: tuple[Stored, Stored], way: str
) -> None:
    library.verdicts.judge_conflict(*pair, numbers(*pair), "contradiction")
    made = library.sessions.make("Strike", [(1, 2)])
    review = library.sessions.hand_over(made.id, "ben")
    library.reviewer = "ben"
    if way == "undo the handing over":
        with pytest.raises(LibraryError, match="another reviewer's, and you judge blind"):
            library.history.undo()
        assert library.verdicts.count() == 0
        return
    library.verdicts.judge(*pair, place(pair[0], "dawn"), place(pair[1], "night"), "tension", kind="time")
    library.sessions.finish(review.id) if way == "finish" else library.sessions.delete(review.id)
    assert library.verdicts.count() == 2
    library.history.undo()
    assert not library.sessions.get(review.id).blind


def test_a_blind_reviewer_takes_over_nothing_that_nobody_signed(library: Library, pair: tuple[Stored, Stored]) -> None:
    library.reviewer = ""
    unsigned = library.verdicts.judge_conflict(*pair, numbers(*pair), "contradiction")
    library.reviewer = "ada"
    taken = library.verdicts.judge_conflict(*pair, numbers(*pair), "tension")
    assert (taken.id, taken.by) == (unsigned.id, "ada")
    library.history.undo()
    made = library.sessions.make("Strike", [(1, 2)])
    library.sessions.hand_over(made.id, "ben")
    library.reviewer = "ben"
    assert library.verdicts.judge_conflict(*pair, numbers(*pair), "compatible").id != unsigned.id
    library.reviewer = "cem"
    assert library.verdicts.update(unsigned.id, note="mine").by == "cem"


# --- what is open


def test_pairs_with_a_conflict_that_nobody_judged(library: Library, pair: tuple[Stored, Stored]) -> None:
    a, b = pair
    conflict = numbers(a, b)
    turned = replace(conflict, a=conflict.b, b=conflict.a)
    library.comparisons.put(b, a, "1", Comparison(version="1", conflicts=(turned,)))
    unsure, uncounted = replace(turned, confidence=0.49), replace(turned, kind="wording")
    library.comparisons.put(a, a, "1", Comparison(version="1", conflicts=(unsure, uncounted)))
    assert library.comparisons.undecided() == [(2, 1)]
    assert library.comparisons.conflicts(1, 2) == [conflict]
    assert library.comparisons.conflicts(2, 1) == [turned]
    assert library.comparisons.conflicts(1, 3) is None
    library.verdicts.judge_conflict(a, b, conflict, "compatible")
    assert library.comparisons.undecided() == []
    library.history.undo()
    library.articles.delete([1])
    assert library.comparisons.undecided() == []


def test_open_conflicts_over_all_pairs(library: Library, pair: tuple[Stored, Stored]) -> None:
    a, b = pair
    c = library.articles.get(3)
    sure = numbers(a, b)
    grave = replace(sure, kind="polarity", a=place(a, "denied"), b=place(b, "signed"), severity=3, confidence=0.6)
    slight = replace(sure, a=place(a, "dawn"), b=place(b, "night"), kind="time", severity=1, confidence=0.7)
    unsure, uncounted = replace(slight, confidence=0.49), replace(slight, kind="wording")
    library.comparisons.put(a, b, "1", Comparison(version="1", conflicts=(replace(sure, severity=2), slight, grave)))
    library.comparisons.put(a, c, "1", Comparison(version="1", conflicts=(unsure, uncounted)))

    def listed(**asked: Any) -> list[str]:
        query = ConflictQuery(**asked)
        page = library.conflicts.page(query, 0, -1)
        assert library.conflicts.count(query) == len(page)
        assert [row for n in range(len(page)) for row in library.conflicts.page(query, n, 1)] == page
        return [row.kind for row in page]

    assert listed() == ["count", "time", "polarity"]
    assert listed(sort="severity") == ["polarity", "count", "time"]
    assert listed(kind="time") == listed(text="DAWN quay") == ["time"], "each word in a quote, the reason or a title"
    assert listed(text="%") == ["count", "time", "polarity"], "10% apart stands in each reason"
    assert listed(text="d_wn") == []
    first = library.conflicts.page()[0]
    assert (first.conflict, first.a_title, first.b_source) == (
        replace(sure, severity=2),
        a.article.title,
        "Northern Wire",
    )
    turned = replace(slight, a=slight.b, b=slight.a, confidence=0.8)
    library.comparisons.put(b, a, "1", Comparison(version="1", conflicts=(turned,)))
    assert [row.a_id for row in library.conflicts.page()] == [1, 2, 1], "compared both ways, a conflict is listed once"
    library.verdicts.judge_conflict(a, b, slight, "unsure")
    assert listed() == ["count", "polarity"], "judged is judged, whichever report stands on the left"
    library.comparisons.dismiss(2, 1)
    assert listed() == library.comparisons.undecided() == []
    library.history.undo()
    library.articles.delete([2])
    assert listed() == []


def test_a_blind_reviewer_is_shown_as_open_what_others_judged(library: Library, pair: tuple[Stored, Stored]) -> None:
    library.comparisons.put(*pair, "1", Comparison(version="1", conflicts=(numbers(*pair),)))
    library.verdicts.judge_conflict(*pair, numbers(*pair), "contradiction")
    made = library.sessions.make("Strike", [(1, 2)])
    library.reviewer = "cem"
    assert library.conflicts.count() == 0, "who does not judge blind sees that ada judged it"
    library.reviewer = "ada"
    library.sessions.hand_over(made.id, "ben")
    library.reviewer = "ben"
    assert library.conflicts.count() == len(library.conflicts.page()) == 1


@pytest.mark.parametrize("sort", ["confidence", "severity"])
def test_a_page_of_open_conflicts_walks_an_index_and_sorts_nothing(library: Library, sort: ConflictSort) -> None:
    asked: list[str] = []
    library._store.connection.set_trace_callback(asked.append)
    library.conflicts.page(ConflictQuery(sort=sort))
    library._store.connection.set_trace_callback(None)
    inner = asked[0][asked[0].index("(SELECT c.*") + 1 : asked[0].index(") AS c JOIN")]
    plan = [row["detail"] for row in library._store.rows(f"EXPLAIN QUERY PLAN {inner}")]
    assert f"USING INDEX conflicts_by_{sort}" in plan[0]
    assert not any("TEMP B-TREE" in step for step in plan)


# --- settlements


@pytest.fixture
def differing(library: Library, pair: tuple[Stored, Stored]) -> tuple[int, int]:
    """The verdicts of ada and ben on one conflict."""
    first = library.verdicts.judge_conflict(*pair, numbers(*pair), "contradiction", note="sure", tags=["toll"])
    library.reviewer = "ben"
    second = library.verdicts.judge_conflict(*pair, numbers(*pair), "compatible", note="rounding")
    library.reviewer = "ada"
    return first.id, second.id


def test_what_is_settled_holds_and_both_judgements_stay(library: Library, differing: tuple[int, int]) -> None:
    own = [library.verdicts.get(number) for number in differing]
    number = library.settlements.settle(differing, "tension", note="as agreed", tags=["talk"])
    holds = library.verdicts.get(number)
    assert (holds.judgement, holds.kind, holds.severity, holds.note) == ("tension", "count", 3, "as agreed")
    assert (holds.by, holds.tags, holds.settles) == ("ada (settled)", ("talk",), True)
    assert (holds.a, holds.b, holds.fingerprint) == (own[0].a, own[0].b, own[0].fingerprint)
    for before in own:
        after = library.verdicts.get(before.id)
        assert after.settled_by == number
        assert (after.judgement, after.note, after.tags, after.by) == (
            before.judgement,
            before.note,
            before.tags,
            before.by,
        )
    assert [v.id for v in library.verdicts.page()] == [number]
    assert library.verdicts.count(VerdictQuery(settled=True)) == 3
    assert [row["judgement"] for row in library.verdicts.export()] == ["tension"]
    assert len(list(library.verdicts.export(VerdictQuery(settled=True)))) == 3
    assert list(library.verdicts.export(VerdictQuery(judgement="contradiction"))) == []
    assert library._store.rows("SELECT * FROM contradictions") == []
    assert library.stats().problems == ()


def test_settling_again_changes_the_settlement_and_each_is_undone(library: Library, differing: tuple[int, int]) -> None:
    number = library.settlements.settle(differing, "tension")
    library.reviewer = "cem"
    assert library.settlements.settle(differing, "contradiction", severity=1) == number
    assert library.verdicts.get(number).by == "cem (settled)"
    assert [row["severity"] for row in library.verdicts.export(VerdictQuery(judgement="contradiction"))] == [1]
    assert library.history.undo() == "settled 275 dockers against 250 dockers: contradiction"
    assert library.verdicts.get(number).judgement == "tension"
    library.history.undo()
    assert {v.id for v in library.verdicts.page()} == set(differing)
    library.history.redo()
    assert library.verdicts.get(number).judgement == "tension"
    with pytest.raises(LibraryError, match="no verdict 99"):
        library.settlements.settle([99], "tension")


def test_a_judgement_that_was_settled_can_be_withdrawn(library: Library, differing: tuple[int, int]) -> None:
    number = library.settlements.settle(differing, "tension")
    library.verdicts.withdraw(differing[0])
    assert library.settlements.settle(differing[1:], "compatible") == number
    library.verdicts.withdraw(number)
    assert [v.id for v in library.verdicts.page()] == [differing[1]]
    for _ in range(3):
        library.history.undo()
    assert library.verdicts.get(differing[0]).settled_by == number
    assert library.stats().problems == ()
