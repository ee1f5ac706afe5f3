"""Facts of whole articles: invariants on any text, and the way to bytes and back."""

from __future__ import annotations

from itertools import pairwise

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.analysis import VERSION, analyse
from reader.nouns import Article, Facts, Reading

ARTICLE = Article(
    title="12 Killed as Bus Falls Off Harrow Bridge",
    body=(
        "HARROW (Tarn News) - At least 12 people were killed on Friday when a bus fell off a bridge.\n\n"
        "“Nobody could stop it,” said Col. Anna Marlow, 34. Marlow denied that rebels attacked the bus."
    ),
    published="2016-10-15",
)


def test_every_floor_of_the_facts_is_there() -> None:
    facts = analyse(ARTICLE)
    body = facts.body
    assert facts.version == VERSION
    assert len(body.sentences) >= 3
    assert all((body.words, body.quantities, body.times, body.mentions, body.statements, body.quotes))
    assert facts.title.quantities[0].fate == body.quantities[0].fate == "kill"


def test_facts_go_to_bytes_and_back() -> None:
    facts = analyse(ARTICLE)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=Facts) == facts
    assert msgspec.json.decode(msgspec.json.encode(facts), type=Facts) == facts


def test_the_same_article_has_the_same_facts() -> None:
    assert analyse(ARTICLE) == analyse(ARTICLE)


def check(text: str, reading: Reading) -> None:
    for group in (
        reading.sentences,
        reading.words,
        reading.quantities,
        reading.times,
        reading.mentions,
        reading.statements,
        reading.quotes,
    ):
        assert all(0 <= fact.start < fact.end <= len(text) for fact in group)
        assert all(a.start <= b.start for a, b in pairwise(group))
    for quantity in reading.quantities:
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
    for facts in (reading.words, reading.quantities, reading.mentions, reading.statements, reading.quotes):
        assert all(0 <= fact.sentence < len(reading.sentences) for fact in facts)
    for time in reading.times:
        assert not time.earliest or not time.latest or time.earliest <= time.latest


PIECES = st.sampled_from(
    (
        '12 people|killed|and|The army|said|“|”|"|.|\n|\n\n|no|not|Col. Anna Marlow|, 34,|about $5 million|on Friday|'
        "in 2016|(TDF)|-|\u202e|\x1b[31m|\ud800|dozens of|by|2 to 1|%|’s|;"
    ).split("|")
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=30).map(" ".join)))
@example("The army saw dozens of")
def test_any_text_is_read_without_a_crash(text: str) -> None:
    facts = analyse(Article(title=text[:60], body=text, published="2016-10-15"))
    check(text, facts.body)
    check(text[:60], facts.title)
