"""Whether two reports are of one event."""

from __future__ import annotations

import pytest

from reader import analyse
from reader.demo import articles
from reader.nouns import Article
from reader.relatedness import related

DEMO = articles()


@pytest.fixture(scope="module")
def scores() -> list[list[float]]:
    facts = [analyse(article) for article in DEMO]
    return [
        [related(a, b, fa, fb) for b, fb in zip(DEMO, facts, strict=True)] for a, fa in zip(DEMO, facts, strict=True)
    ]


def test_reports_of_one_event_are_related_and_others_are_not(scores: list[list[float]]) -> None:
    for i, row in enumerate(scores):
        for j, score in enumerate(row):
            assert (score > 0.5) == (i // 3 == j // 3), (i, j, score)


def test_it_does_not_matter_which_is_a(scores: list[list[float]]) -> None:
    assert all(scores[i][j] == scores[j][i] for i in range(6) for j in range(6))


def test_a_few_words_are_never_called_another_event() -> None:
    a, b = Article(body="Two boats sank."), Article(body="The vote was held.")
    assert related(a, b, analyse(a), analyse(b)) == 1.0
