"""Names: what is one, whose it is, and which spellings are near."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.names import match_keys, names, near
from reader.nouns import Mention
from reader.pipeline import parse


def read(text: str) -> list[Mention]:
    return list(names(parse(text)))


def keys(text: str) -> dict[str, str]:
    return {m.name: m.key for m in read(text)}


def test_a_surname_shares_the_key_of_the_full_name_and_the_rank_is_its_role() -> None:
    found = read("Col. Ivo Brandt spoke in Elwin on Monday. Brandt said nobody was hurt.")
    people = [m for m in found if m.label == "PERSON"]
    assert [m.name for m in people] == ["Ivo Brandt", "Brandt"]
    assert {m.key for m in people} == {"ivo brandt"}
    assert people[0].role == "Col."


@pytest.mark.parametrize(
    "text",
    [
        "The Elwin Harbour Authority (EHA) closed the port. Later the EHA opened it.",
        "The EHA closed the port. The Elwin Harbour Authority opened it later.",
    ],
)
def test_an_acronym_shares_the_key_of_its_long_form(text: str) -> None:
    found = [m for m in read(text) if m.label == "ORG"]
    assert {"EHA", "Elwin Harbour Authority"} <= {m.name for m in found}
    assert {m.key for m in found} == {"elwin harbour authority"}


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("The Elwin Police Department knew. The Department said so.", "Department", "elwin police department"),
        ("Tim Marsh, 41, of Columbia, S.C., left South Carolina.", "South Carolina", "south carolina"),
        ("He left Gary, Ind., for Indiana.", "Ind.", "indiana"),
        ("Gen. Omar al-Tavari spoke. Al-Tavari left.", "Al-Tavari", "omar al-tavari"),
        ("Rep. Ann O’Dell spoke. Rep. Ann O'Dell left. Mrs. O'Dell smiled.", "O'Dell", "ann o'dell"),
        ("John D. Marlow spoke. Mr. Marlow left.", "Marlow", "john marlow"),
    ],
)
def test_a_short_form_shares_the_key_of_the_long_one(text: str, name: str, key: str) -> None:
    assert keys(text)[name] == key


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("The mayor went from Norway to Marlow in May.", "Norway", "LOC"),
        ("They met near Lagos, police said.", "Lagos", "LOC"),
        ("Hillary Marlow said no.", "Hillary Marlow", "PERSON"),
        ("The Harbour Protection Units fired first.", "Harbour Protection Units", "ORG"),
        ("The Ministry of Roads and Bridges was shut.", "Ministry of Roads and Bridges", "ORG"),
        ("Fighters of the First Marsh Brigade fled.", "First Marsh Brigade", "ORG"),
        ("The Syrian Army took the hill.", "Syrian Army", "ORG"),
        ("A spokesman for the HDF said so.", "HDF", "ORG"),
        ("Kurds fled to the hills.", "Kurds", "OTHER"),
        ("The White House was silent.", "White House", "ORG"),
    ],
)
def test_what_kind_a_name_is_of(text: str, name: str, label: str) -> None:
    assert {m.name: m.label for m in read(text)}[name] == label


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She told Twitter Sunday that it was over.", {"Twitter"}),
        ("Rain fell on Oct. 3 in Norway.", {"Norway"}),
        ("Special Counsel Ann Marlow spoke.", {"Ann Marlow"}),
        ("Fighting went on in northern Norway and Northern Norway.", {"Norway"}),
        ("Ida Ruiz and Jon Ek shook hands.", {"Ida Ruiz", "Jon Ek"}),
        ("He sued Sand Harbour, Inc. in Norway.", {"Sand Harbour, Inc.", "Norway"}),
    ],
)
def test_where_a_name_begins_and_ends(text: str, found: set[str]) -> None:
    assert {m.name for m in read(text)} == found


def test_everyday_short_forms_share_a_key() -> None:
    found = keys("The United States sent aid. The U.S. and the US agreed with the U.N. on Friday.")
    assert found["US"] == found["United States"]


def test_two_spellings_of_one_person_stay_two_names() -> None:
    found = keys("Sgt. Anna Garvey spoke first. Later Sgt. Anna Harvey denied it.")
    assert len(set(found.values())) == 2


def test_an_age_and_a_weekday_are_no_names() -> None:
    assert read("The 22-year-old was held on Monday in the morning.") == []


def test_every_mention_stands_where_it_says() -> None:
    text = "Mayor Ruth Olsen met Gov. Petr Sand in Norway.\n\nOlsen’s office said Sand left."
    for mention in read(text):
        assert text[mention.start : mention.end] == mention.name


def test_keys_of_two_texts_are_matched_where_it_is_certain() -> None:
    a = read("The Elwin Harbour Authority said Ivo Brandt left.")
    b = read("The EHA closed the port, Brandt said on Monday. The EHA is in Elwin.")
    matched = match_keys(a, b)
    assert matched["eha"] == "elwin harbour authority"
    assert matched["brandt"] == "ivo brandt"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Qaddafi", "Gadhafi"),
        ("Moammar Gadhafi", "Muammar Qaddafi"),
        ("Mohammed", "Muhammad"),
        ("Pizarro", "Pizzaro"),
        ("Marden", "Harden"),
        ("Stephen Cole", "Steven Cole"),
        ("Rolando", "Ronaldo"),
        ("José Núñez", "Jose Nunez"),
    ],
)
def test_spellings_of_one_name_are_near(a: str, b: str) -> None:
    assert near(a, b) >= 0.8


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Iran", "Iraq"),
        ("Austria", "Australia"),
        ("Smith", "Jones"),
        ("Anna Smith", "John Smith"),
        ("Niger", "Nigeria"),
    ],
)
def test_different_names_are_not(a: str, b: str) -> None:
    assert near(a, b) < 0.6


@given(st.text(max_size=30), st.text(max_size=30))
def test_nearness_is_a_share_and_the_same_both_ways(a: str, b: str) -> None:
    assert 0.0 <= near(a, b) <= 1.0
    assert near(a, b) == near(b, a)
