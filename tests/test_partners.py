"""Which reports are of the same event."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from reader.acquire import acquire, extract
from reader.demo import articles
from reader.nouns import Article
from reader.partners import Index

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"


def index(*articles: Article) -> Index:
    made = Index()
    for number, article in enumerate(articles):
        made.add(number, article)
    return made


@pytest.fixture(scope="module")
def demo() -> Index:
    return index(*articles())


@pytest.mark.parametrize("number", range(6))
def test_reports_of_one_event_are_offered_first(demo: Index, number: int) -> None:
    event = {0, 1, 2} if number < 3 else {3, 4, 5}
    assert {p.id for p in demo.partners(number, 2)} == event - {number}


def test_scores_are_sorted_and_in_bounds(demo: Index) -> None:
    scores = [p.score for p in demo.partners(0)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert scores[1] > 2 * scores[2]


def test_the_reason_names_names_days_and_numbers(demo: Index) -> None:
    names, days, numbers, words = demo.partners(0, 1)[0].why
    assert "Port Brannoch" in names
    assert "Hela Marwick" in names
    assert days == "published 1 day apart"
    assert "90" in numbers
    assert "the" not in words.split(", ")


def test_a_copy_the_outlet_and_far_dates_are_warned_of() -> None:
    one = articles()[0]
    later = msgspec.structs.replace(one, published="2024-05-09", body=one.body + "\n\nA vigil was held.")
    (partner,) = index(one, later).partners(0)
    assert partner.warnings == ("copy: 100% of the words", "same outlet", "published 14 months apart")


def test_dates_decide_between_like_reports() -> None:
    body = "A bus left the road near Tolmeck on Monday and four passengers were hurt, police said."
    asked = Article(body=body, source="A", published="2020-02-03")
    near = Article(body=body.replace("four", "five"), source="B", published="2020-02-04")
    far = Article(body=body.replace("four", "five"), source="C", published="2021-06-04")
    assert [p.id for p in index(asked, far, near).partners(0)] == [2, 1]


def test_what_an_outlet_prints_under_every_report_says_nothing() -> None:
    foot = "Harbour Radio brings you the news of Tolmeck and Brannoch every hour, on the hour, since 1961."
    bodies = (
        "A bus left the road near Tolmeck and four passengers were hurt.",
        "The council voted on a swimming pool.",
        "Apples were cheaper in autumn.",
        "A choir won a prize abroad.",
    )
    first = [Article(body=f"{body}\n\n{foot}", source="Harbour Radio") for body in bodies]
    other = Article(body="Four people were hurt when a bus slid off a road at Tolmeck.", source="Elsewhere")
    assert index(*first, other).partners(0, 1)[0].id == 4


def test_an_unknown_article_and_one_with_no_partner() -> None:
    made = index(Article(body="Quinces ripen."), Article(body="Zebras doze."))
    assert made.partners(0) == []
    with pytest.raises(KeyError):
        made.partners(7)


def test_an_article_added_later_is_found() -> None:
    made = index(*articles()[:2])
    assert [p.id for p in made.partners(0)] == [1]
    made.add(9, articles()[2])
    assert {p.id for p in made.partners(0)} == {1, 9}


@pytest.mark.skipif(not SEEDS.exists(), reason="the seed reports are not here")
def test_seed_reports_of_one_event_come_first() -> None:
    made = index(*(extract(path) for path in sorted(SEEDS.glob("*.txt"))))
    assert {p.id for p in made.partners(0, 1)} == {1}
    assert {p.id for p in made.partners(1, 1)} == {0}
    for number in (2, 3, 4):
        assert {p.id for p in made.partners(number, 2)} == {2, 3, 4} - {number}
    assert len(list(acquire([SEEDS]))) == 5
