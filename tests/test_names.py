"""Names: one key for all the forms in a text, roles, and spellings that are near."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import pipeline
from reader.names import match_keys, names, near
from reader.nouns import Mention

TEXT = (
    "The Tarn Democratic Front (TDF) took the small town of Harrow after long and bitter fighting. The TDF said that nobody was hurt. "
    "Col. Anna Marlow left Harrow. Later Marlow told reporters that she was tired."
)


def read(text: str) -> list[tuple[str, Mention]]:
    return [(m.of(text), m) for m in names(pipeline.parse(text))]


def test_an_acronym_has_the_key_of_its_long_form() -> None:
    keys = {m.key for words, m in read(TEXT) if words in ("Tarn Democratic Front", "TDF")}
    assert len(keys) == 1
    assert sum(words == "TDF" for words, _ in read(TEXT)) == 2


def test_a_surname_has_the_key_of_the_full_name_and_the_rank_is_kept() -> None:
    people = [m for words, m in read(TEXT) if "Marlow" in words]
    assert [m.name for m in people] == ["Anna Marlow", "Marlow"]
    assert {m.key for m in people} == {"anna marlow"}
    assert people[0].label == "PERSON"
    assert people[0].role == "Col."


def test_a_surname_that_opens_a_sentence_is_the_person_too() -> None:
    people = [m for words, m in read("Col. Anna Marlow left Harrow. Marlow smiled.") if "Marlow" in words]
    assert [(m.label, m.key) for m in people] == [("PERSON", "anna marlow")] * 2


def test_a_place_is_a_place() -> None:
    assert {m.label for words, m in read(TEXT) if words == "Harrow"} == {"LOC"}


@pytest.mark.parametrize(("a", "b"), [("Pizarro", "Pizzaro"), ("Qaddafi", "Gadhafi"), ("Carver", "Garver")])
def test_spellings_of_one_name_are_near(a: str, b: str) -> None:
    assert near(a, b) > 0.8
    assert near(a, b) == near(b, a)


@pytest.mark.parametrize(("a", "b"), [("Marlow", "Benson"), ("Harrow", "Tarn")])
def test_other_names_are_not(a: str, b: str) -> None:
    assert near(a, b) < 0.5


def test_keys_of_two_texts_meet() -> None:
    other = "The Tarn Democratic Front lost Harrow. Anna B. Marlow was there."
    a, b = names(pipeline.parse(TEXT)), names(pipeline.parse(other))
    matched = match_keys(a, b)
    keys = {m.name: m.key for m in (*a, *b)}
    assert matched[keys["Anna Marlow"]] == keys["Anna B. Marlow"]


@given(st.text(max_size=30), st.text(max_size=30))
def test_near_is_a_share_and_has_no_order(a: str, b: str) -> None:
    assert 0 <= near(a, b) <= 1
    assert near(a, b) == pytest.approx(near(b, a))
