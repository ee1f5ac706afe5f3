"""The invented reports of the demo."""

from __future__ import annotations

from reader.cleaning import clean
from reader.demo import articles


def test_two_events_three_outlets_each() -> None:
    found = articles()
    assert [a.external_id.split("-")[1] for a in found] == ["ferry"] * 3 + ["siege"] * 3
    assert len({a.source for a in found}) == 6
    assert all(a.title and a.source and a.published for a in found)
    assert all(250 <= len(a.body.split()) <= 450 for a in found)


def test_cleaning_finds_no_furniture_in_them() -> None:
    for article in articles():
        done = clean(article.body, title=article.title, source=article.source, published=article.published)
        assert done.body == article.body
        assert done.published == article.published
