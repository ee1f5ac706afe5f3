"""The whole reading of an article."""

import random

import msgspec
import pytest

from reader.analysis import analyse
from reader.nouns import Article, Facts

REPORT = Article(
    title="Rebels Leave Port After Two Weeks Of Talks",
    body=(
        "PORT ELWIN, Oct. 12 - Around 275 local rebels left the port on Thursday, the Elwin Harbour Authority (EHA) said.\n\n"
        "“No foreigners were among them,” said Col. Ivo Brandt, a spokesman for the EHA.\n\n"
        "Anna Cole, a nurse, denied that the rebels had left."
    ),
    published="2031-10-13",
)
FIELDS = ("sentences", "words", "quantities", "times", "mentions", "statements", "quotes")


def test_title_and_body_are_read_apart() -> None:
    facts = analyse(REPORT)
    assert [s.of(REPORT.title) for s in facts.title.sentences] == [REPORT.title]
    assert any(s.predicate == "leave" and not s.negated for s in facts.title.statements)
    assert any(s.predicate == "leave" and s.negated and s.speaker == "anna cole" for s in facts.body.statements)
    assert all(getattr(facts.body, field) for field in FIELDS)


def test_reading_twice_gives_the_same() -> None:
    assert analyse(REPORT) == analyse(REPORT)


def test_facts_can_be_written_and_read_back() -> None:
    facts = analyse(REPORT)
    assert msgspec.json.decode(msgspec.json.encode(facts), type=Facts) == facts
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=Facts) == facts


def within(facts: Facts, article: Article) -> bool:
    return all(
        0 <= item.start <= item.end <= len(text)
        for reading, text in ((facts.body, article.body), (facts.title, article.title))
        for field in FIELDS
        for item in getattr(reading, field)
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00\x1b[31m",
        "\ud800",
        "(" * 3000,
        '"' * 3000,
        "1" * 5000,
        "a-" * 1000,
        "𝔘𝔫𝔦 漢字。 ﷽ \u202e evil",
        "\n" * 5000,
    ],
)
def test_hostile_text_is_read(text: str) -> None:
    article = Article(body=text, title=text[:80])
    assert within(analyse(article), article)


def test_any_order_of_words_is_read() -> None:
    words = (
        "the no not said “ ” \" ' ( ) . ? , — U.S. Gen. killed 12 men who left that and denied to EHA (EHA) Anna Cole "
        "nobody according to allegedly may http://a.b a@b.co Mr. \n"
    ).split(" ")
    chance = random.Random(11)
    for _ in range(12):
        article = Article(body=" ".join(chance.choice(words) for _ in range(80)))
        assert within(analyse(article), article)
