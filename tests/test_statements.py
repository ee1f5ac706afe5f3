"""Who does what to whom, denied or not, how sure, and who says so."""

from __future__ import annotations

import pytest

from reader import pipeline
from reader.names import names
from reader.nouns import Quote, Statement
from reader.speech import quotes
from reader.statements import statements


def read(text: str) -> dict[str, Statement]:
    parse = pipeline.parse(text)
    return {s.predicate: s for s in statements(parse, names(parse))}


def heard(text: str) -> list[tuple[str, str]]:
    parse = pipeline.parse(text)
    found: tuple[Quote, ...] = quotes(parse, names(parse))
    return [(q.of(text), q.speaker) for q in found]


@pytest.mark.parametrize("text", ["The army attacked the village.", "The village was attacked by the army."])
def test_active_and_passive_have_the_same_roles(text: str) -> None:
    found = read(text)["attack"]
    assert found.agent is not None
    assert found.agent.head == "army"
    assert found.patient is not None
    assert found.patient.head == "village"
    assert not found.negated
    assert found.certainty == "asserted"


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("The army did not attack the village.", "attack"),
        ("The army never attacked the village.", "attack"),
        ("The army denied attacking the village.", "attack"),
        ("Rebels failed to capture the bridge.", "capture"),
        ("The rebels left the town without firing a shot.", "fire"),
    ],
)
def test_what_is_denied(text: str, predicate: str) -> None:
    assert read(text)[predicate].negated


def test_a_negation_stays_in_its_clause() -> None:
    found = read("The rebels left the town without firing a shot.")
    assert not found["leave"].negated


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("The army may attack the village.", "possible"),
        ("The army will attack the village.", "expected"),
        ("The army allegedly attacked the village.", "reported"),
        ("If the army attacks the village, people will leave.", "conditional"),
    ],
)
def test_certainty(text: str, certainty: str) -> None:
    assert read(text)["attack"].certainty == certainty


def test_who_says_so() -> None:
    assert read("The colonel said that rebels attacked the village.")["attack"].speaker == "The colonel"
    assert read("According to Anna Marlow, rebels attacked the village.")["attack"].speaker == "anna marlow"


def test_a_quotation_goes_on_in_the_next_paragraphs() -> None:
    text = "“We left at dawn,” said Anna Marlow.\n\n“We never came back.”"
    assert heard(text) == [("We left at dawn,", "anna marlow"), ("We never came back.", "anna marlow")]


def test_an_open_quotation_is_continued_by_an_opening_mark() -> None:
    text = "Tom Benson said: “We lost the house.\n\n“We lost the farm too.”"
    assert heard(text) == [("We lost the house.", "tom benson"), ("We lost the farm too.", "tom benson")]


def test_a_new_speaker_ends_the_turn_of_the_last() -> None:
    text = "“We left,” said Anna Marlow.\n\n“We stayed,” said Tom Benson."
    assert [speaker for _, speaker in heard(text)] == ["anna marlow", "tom benson"]
