"""The invented news that the library is measured with."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from benchmarks.news import reports


def test_a_stream_is_the_same_each_time_and_a_longer_one_begins_with_a_shorter() -> None:
    short, long = list(reports(150, seed=3)), list(reports(400, seed=3))
    assert [r.article for r in short] == [r.article for r in long[:150]]
    assert [r.event.number for r in short] == [r.event.number for r in long[:150]]
    assert short[0].article != next(reports(1, seed=4)).article


def test_reports_of_an_event_name_its_place_and_differ_in_outlet_and_words() -> None:
    events = defaultdict(list)
    for report in reports(1000):
        events[report.event.number].append(report)
    told = [many for many in events.values() if len(many) > 1]
    assert len(told) > 100
    for many in told:
        assert len({r.article.source for r in many}) == len(many)
        assert len({r.article.title + r.article.body for r in many}) == len(many)
        assert all(r.article.published >= r.event.day.isoformat() for r in many)
    named = [r for many in told for r in many if r.event.facts["place"] in r.article.title + r.article.body]
    assert len(named) > 0.9 * sum(map(len, told))


def test_days_go_on_and_words_grow_with_the_stream() -> None:
    some = list(reports(2000))
    days = [r.event.day for r in some]
    assert days[0] < days[-1]
    vocabularies = [len({w for r in some[:n] for w in r.article.body.split()}) for n in (500, 1000, 2000)]
    assert all(b > 1.2 * a for a, b in pairwise(vocabularies))
