"""The events of a library: placed once by the machine, changed by a person, counted, searched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from db_library import Clock, numbers, two
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from db import EventPair, EventQuery, Library, LibraryError, NotFound, Query
from db.records import Standing, Term
from reader.nouns import Article, Comparison


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Reports 1 to 3 are of event 1, reports 4 and 5 of event 2, report 6 has no place."""
    with Library.open(tmp_path / "library.db", clock=Clock()) as opened:
        two(opened)
        for n in range(3, 7):
            opened.articles.add(
                Article(body=f"Body {n}.", title=f"Storm {n} hits Marl", source="Marl Times", published=f"2031-04-0{n}")
            )
        opened.events.place(1)
        for article in (2, 3):
            opened.events.place(article, beside=1)
        opened.events.place(5, beside=6)  # which has no place, so it founds one
        opened.events.place(4, beside=5)
        yield opened


def grouped(library: Library) -> dict[int, list[int]]:
    return {event.id: library.events.members(event.id) for event in library.events.page(EventQuery(least=1), 0, -1)}


def test_an_event_counts_its_reports_outlets_and_dates(library: Library) -> None:
    assert grouped(library) == {1: [1, 2, 3], 2: [4, 5]}
    event = library.events.get(1)
    assert (event.reports, event.outlets, event.pairs) == (3, 3, 3)
    assert (event.first, event.last) == ("2031-03-04", "2031-04-03")
    assert event.called == "Dockers walk out in Port Amble"
    assert library.events.get(2).outlets == 1
    assert library.events.unplaced() == [6]
    library.articles.delete([1])
    library.articles.edit(3, published="2031-06-01", source="northern wire")
    event = library.events.get(1)
    assert (event.reports, event.outlets, event.first[:10], event.last) == (2, 1, "2031-03-05", "2031-06-01")
    assert event.called == "Deal ends quay strike"
    library.articles.delete([2, 3])
    with pytest.raises(NotFound):
        library.events.get(1)
    library.history.undo()
    assert library.events.members(1) == [2, 3]


def test_a_report_without_a_title_lends_the_event_its_first_words(library: Library) -> None:
    number = library.articles.add(Article(body="The mill\nburned down.")).id
    assert library.events.get(library.events.place(number)).title == "(The mill burned down. …)"


def test_open_conflicts_are_counted_once_and_only_where_both_reports_are_of_the_event(library: Library) -> None:
    a, b = library.articles.get_many([1, 2])
    conflict = numbers(a, b)
    weak = replace(conflict, confidence=0.4, kind="time")
    library.comparisons.put(a, b, "1", Comparison(version="1", conflicts=(conflict, weak)))
    turned = replace(conflict, a=conflict.b, b=conflict.a)
    library.comparisons.put(b, a, "1", Comparison(version="1", conflicts=(turned,)))
    assert library.events.pairs(1) == [EventPair(a_id=1, b_id=2, open=1)]
    assert (library.events.get(1).compared, library.events.get(1).open) == (1, 1)
    undecided = EventQuery(undecided=True)
    assert [event.id for event in library.events.page(undecided)] == [1]
    assert [e.id for e in library.events.page(EventQuery(sort="open"))] == [1, 2]
    library.verdicts.judge_conflict(a, b, conflict, "compatible")
    assert library.events.get(1).open == library.events.count(undecided) == 0
    library.history.undo()
    library.events.split([2])
    assert library.events.get(1).open == 0
    assert library.events.pairs(1) == []


def test_events_are_found_by_words_of_one_title_or_of_the_name(library: Library) -> None:
    def found(text: str) -> list[int]:
        return [event.id for event in library.events.page(EventQuery(text=text))]

    assert found("dockers port") == [1]
    assert found("dockers strike") == []  # each in another title
    assert found("STORM mar*") == [2, 1]
    assert found("storm 5") == [2]
    library.events.rename(1, "The 100% quay strike")
    assert found("100% quay") == [1]
    assert found('"quay strike"') == [1]
    assert found("_") == [2, 1]
    assert library.events.count(EventQuery(text="quay")) == 1
    query = Query(where=((Term(field="event", value="2"),),), sort="published", descending=False)
    assert library.articles.ids(query) == library.events.members(2) == [4, 5]


def test_events_are_sorted_and_those_of_one_report_can_be_listed_too(library: Library) -> None:
    def order(sort: str, descending: bool, least: int = 2) -> list[int]:
        return [
            e.id
            for e in library.events.page(EventQuery(sort=sort, descending=descending, least=least))  # type: ignore[arg-type]
        ]

    library.events.place(6)
    assert order("published", True, least=1) == [3, 2, 1]
    assert order("published", False) == [1, 2]
    assert order("reports", True) == [1, 2]
    assert order("outlets", False) == [2, 1]
    assert [e.id for e in library.events.page(EventQuery(least=1), 1, 1)] == [2]


def test_what_a_person_does_is_a_step_of_the_history(library: Library) -> None:
    events = library.events
    before = grouped(library)
    new = events.split([2, 3], "The deal")
    assert grouped(library) == {1: [1], 2: [4, 5], new: [2, 3]}
    assert events.get(new).called == "The deal"
    events.move([6], new)
    events.merge(new, 1)
    assert grouped(library) == {1: [1, 2, 3, 6], 2: [4, 5]}
    assert events.get(1).name == "The deal"
    events.rename(1, "")
    assert events.get(1).called == "Dockers walk out in Port Amble"
    said = []
    while (name := library.history.undo()) is not None:
        said.append(name)
    assert said == [
        "took the name off The deal",
        "merged The deal into Dockers walk out in Port Amble",
        "moved Storm 6 hits Marl to event The deal",
        "split 2 reports off into an event of their own",
    ]
    assert grouped(library) == before
    assert library.events.unplaced() == [6]
    for _ in said:
        library.history.redo()
    assert grouped(library) == {1: [1, 2, 3, 6], 2: [4, 5]}


def test_a_report_placed_in_an_event_that_was_split_off_outlives_the_undoing(library: Library) -> None:
    new = library.events.split([3])
    library.events.place(6, beside=3)
    library.history.undo()
    assert grouped(library) == {1: [1, 2, 3], 2: [4, 5], new: [6]}


def test_what_cannot_be_done_is_said_and_changes_nothing(library: Library) -> None:
    before = grouped(library)
    for act in (
        lambda: library.events.split([4, 5]),
        lambda: library.events.split([]),
        lambda: library.events.merge(1, 1),
        lambda: library.events.merge(1, 9),
        lambda: library.events.move([77], 1),
        lambda: library.events.move([1], 9),
        lambda: library.events.rename(9, "x"),
        lambda: library.events.place(77),
    ):
        with pytest.raises(LibraryError):
            act()
    assert grouped(library) == before
    assert library.history.next_undo() is None


def test_a_candidate_is_left_out_where_a_person_dismissed_one_of_its_reports(library: Library) -> None:
    first = Standing(event=1, reports=3, first="2031-03-04", last="2031-04-03")
    second = Standing(event=2, reports=2, first="2031-04-04", last="2031-04-05")
    assert library.events.standing(6, [2, 3, 5, 77]) == {2: first, 3: first, 5: second}
    library.comparisons.dismiss(6, 1)
    library.events.move([5], 2)
    assert library.events.standing(6, [2, 3]) == {}
    library.history.undo()
    library.events.split([4])
    assert library.events.standing(6, [4])[4] == Standing(event=3, reports=1, first="", last="")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["split", "merge", "move", "place"]), st.integers(1, 6), st.integers(1, 6))))
def test_the_machine_never_changes_what_a_person_decided(tmp_path: Path, steps: list[tuple[str, int, int]]) -> None:
    """Whatever the machine places, reports that have a place stand together or apart as they did."""
    path = tmp_path / "steps.db"
    path.unlink(missing_ok=True)
    with Library.open(path) as library:
        for n in range(6):
            library.articles.add(Article(body=f"Body {n}.", title=f"Title {n}"))
        for deed, a, b in steps:
            placed = {n: event for n in range(1, 7) if (event := library.events.of(n)) is not None}
            try:
                if deed == "place":
                    library.events.place(a, beside=b)
                    assert {n: library.events.of(n) for n in placed} == placed
                elif deed == "split":
                    library.events.split([a])
                elif deed == "move" and b in placed:
                    library.events.move([a], placed[b])
                elif a in placed and b in placed:
                    library.events.merge(placed[a], placed[b])
            except LibraryError:
                pass
        listed = [n for members in grouped(library).values() for n in members]
        assert sorted(listed + library.events.unplaced()) == [1, 2, 3, 4, 5, 6]
        while library.history.undo() is not None:
            pass
        assert sorted([n for members in grouped(library).values() for n in members] + library.events.unplaced()) == [
            *range(1, 7)
        ]
        assert library.stats().problems == ()
