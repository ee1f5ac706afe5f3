"""Which event a report is placed in, and the way from the library there and back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from benchmarks.news import reports
from db import EventQuery, Library, LibraryError
from reader.events import SPAN, Near, beside, beyond_strangers, surest_first
from widgets.grouping import place_missing
from widgets.understanding import PartnerFinder
from widgets.work import Stopped

DAY = date(2031, 3, 4)
STRANGERS = [(n, 0.2) for n in range(100, 140)]


def near(event: int, reports: int = 1, day: date = DAY) -> Near:
    return Near(event, reports, day, day)


def test_a_report_joins_the_event_of_its_likeliest_partner() -> None:
    partners = [(1, 0.9), (2, 0.8), *STRANGERS[2:]]
    assert beside(DAY, partners, {1: near(7), 2: near(8)}) == 1


def test_a_report_like_nobody_more_than_strangers_are_founds_an_event() -> None:
    partners = [(1, 0.45), *[(n, 0.4) for n in range(100, 139)]]
    assert beside(DAY, partners, {1: near(7)}) is None


def test_one_chance_likeness_does_not_join_a_long_event() -> None:
    partners = [(1, 0.75), *STRANGERS[1:]]
    assert beside(DAY, partners, {1: near(7)}) == 1
    assert beside(DAY, partners, {1: near(7, reports=9)}) is None


def test_a_war_of_years_is_no_one_event() -> None:
    partners = [(1, 0.95), *STRANGERS[1:]]
    far = date.fromordinal(DAY.toordinal() + SPAN + 1)
    assert beside(far, partners, {1: near(7)}) is None
    assert beside(None, partners, {1: near(7)}) == 1


@given(st.lists(st.floats(0, 1), max_size=40).map(lambda scores: sorted(scores, reverse=True)))
def test_likeness_beyond_strangers_stays_in_bounds_and_order(scores: list[float]) -> None:
    beyond = beyond_strangers(scores)
    assert all(0 <= one <= max(0.0, score) + 1e-9 for one, score in zip(beyond, scores, strict=True))
    assert beyond == sorted(beyond, reverse=True)


@given(st.permutations(range(5)))
def test_the_order_in_which_reports_come_together_does_not_count(order: list[int]) -> None:
    partners = {n: [((n + 1) % 5, 0.3 + n / 10)] for n in order}
    assert surest_first(partners, lambda _: False) == [4, 3, 2, 1, 0]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db") as opened:
        yield opened


def grouped(library: Library) -> set[frozenset[int]]:
    query = EventQuery(least=1)
    return {frozenset(library.events.members(event.id)) for event in library.events.page(query, 0, -1)}


def test_invented_news_groups_into_its_true_events(library: Library) -> None:
    true: dict[int, set[int]] = {}
    for report in reports(60):
        true.setdefault(report.event.number, set()).add(library.articles.add(report.article).id)
    told: list[str] = []
    assert place_missing(library, PartnerFinder(library), told.append) == 60
    assert told[-1] == "grouping 60 of 60"
    wrong = grouped(library) ^ {frozenset(members) for members in true.values()}
    assert len(wrong) <= 3, "at most one report is apart from its event"
    assert place_missing(library, PartnerFinder(library)) == 0


def test_a_stop_keeps_what_was_placed_and_the_next_goes_on(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("widgets.grouping.TOGETHER", 4)
    for report in reports(12):
        library.articles.add(report.article)

    def stop(progress: str) -> None:
        if progress.startswith("grouping 7"):
            raise Stopped

    with pytest.raises(Stopped):
        place_missing(library, PartnerFinder(library), stop)
    assert len(library.events.unplaced()) == 8
    assert place_missing(library, PartnerFinder(library)) == 8


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=5)
@given(parted=st.sets(st.integers(0, 8), min_size=1, max_size=4))
def test_what_a_person_parted_stays_apart_whatever_comes_later(
    tmp_path_factory: pytest.TempPathFactory, parted: set[int]
) -> None:
    news = [report.article for report in reports(9)]
    with Library.open(tmp_path_factory.mktemp("events") / "library.db") as library:
        ids = [library.articles.add(article).id for article in news]
        place_missing(library, PartnerFinder(library))
        chosen = [ids[n] for n in parted]
        with suppress(LibraryError):  # they are all the reports of one event
            library.events.split(chosen)
        before = {n: library.events.of(n) for n in ids}
        for article in news:
            copy = replace(article, title=article.title + " again", source="Late Wire", external_id=article.title)
            library.articles.add(replace(copy, body=article.body + " More is to follow."))
        place_missing(library, PartnerFinder(library))
        assert {n: library.events.of(n) for n in ids} == before
