"""What a number counts, what happened to them, and whose age it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import pipeline
from reader.nouns import Quantity
from reader.quantities import ordinals, quantities


def read(text: str) -> list[Quantity]:
    return list(quantities(pipeline.parse(text)))


def only(text: str) -> Quantity:
    (found,) = read(text)
    return found


def test_noun_and_modifiers_and_the_rest_of_the_group() -> None:
    found = only("The deal let 4,000 local fighters and their families leave Harrow.")
    assert (found.counted, found.modifiers, found.also) == ("fighter", ("local",), ("family",))
    assert found.kind == "count"


def test_noun_behind_of() -> None:
    assert only("Dozens of protesters were arrested.").counted == "protester"


def test_killed_and_wounded_are_two_fates() -> None:
    killed, wounded = read("A bus crash killed 12 people and wounded three children.")
    assert (killed.counted, killed.fate) == ("person", "kill")
    assert (wounded.counted, wounded.fate) == ("child", "wound")


def test_no_soldiers_is_none() -> None:
    found = only("No soldiers were killed.")
    assert (found.low, found.high, found.counted, found.fate) == (0, 0, "soldier", "kill")
    assert not found.negated


def test_what_is_denied_and_what_is_expected() -> None:
    assert only("The army did not kill 12 villagers.").negated
    assert only("The army will release 12 prisoners.").expected


@pytest.mark.parametrize(
    ("text", "owner"),
    [("Anna Marlow, 34, lives in Harrow.", "Anna Marlow"), ("A 34-year-old man died.", "man")],
)
def test_whose_age(text: str, owner: str) -> None:
    found = only(text)
    assert (found.kind, found.low, found.owner) == ("age", 34, owner)


def test_miles_and_kilometres_compare() -> None:
    miles, kilometres = only("They walked 2 miles."), only("They walked 3.2 kilometers.")
    assert miles.dimension == kilometres.dimension
    assert miles.base is not None
    assert kilometres.base is not None
    assert miles.base[0] == pytest.approx(3218.688)
    assert kilometres.base[0] == pytest.approx(3200)


def test_share_money_and_score_keep_their_kind() -> None:
    share = only("A third of the houses burned.")
    assert (share.kind, share.whole) == ("fraction", "house")
    money = only("The bridge cost $1.2 million.")
    assert (money.kind, money.low, money.unit) == ("money", 1_200_000, "dollar")
    assert only("The vote was 52-48.").kind == "score"


def test_ordinals_are_kept_apart() -> None:
    parse = pipeline.parse("It was the third attack on Harrow.")
    assert quantities(parse) == ()
    assert [q.low for q in ordinals(parse)] == [3]


@pytest.mark.parametrize(
    ("text", "fate"),
    [
        ("Twelve people died in the fire.", "kill"),
        ("The blast killed 12 villagers.", "kill"),
        ("Twelve villagers were killed.", "kill"),
        ("The death toll rose to 12.", "kill"),
        ("Police counted 12 deaths.", "kill"),
        ("The fire left 12 dead.", "kill"),
        ("At least 12 people dead in factory fire", "kill"),
        ("The flood claimed the lives of 12 people.", "kill"),
        ("Twelve people lost their lives.", "kill"),
        ("The number of wounded climbed to 12.", "wound"),
        ("Twelve people are missing.", "miss"),
        ("Twelve suspects were detained.", "hold"),
        ("Twelve people who had been shot were taken away.", "shoot"),
        ("The mayor let 12 fighters leave.", "leave"),
        ("Twelve fighters were allowed to leave.", "leave"),
        ("More than 12 fighters surrendered.", "surrender"),
    ],
)
def test_one_fate_has_one_name(text: str, fate: str) -> None:
    assert only(text).fate == fate


def test_the_doer_does_not_share_the_fate() -> None:
    gunmen, villagers = read("Three gunmen killed 12 villagers.")
    assert (gunmen.fate, villagers.fate) == ("", "kill")


@pytest.mark.parametrize(
    "text",
    [
        "The company plans to cut 12 jobs.",
        "Up to 12 people could be displaced.",
        "A death toll of 12 was feared.",
        "Twelve boats will leave on Monday.",
    ],
)
def test_what_is_planned_feared_or_possible_is_expected(text: str) -> None:
    assert only(text).expected


def test_ellipsis_and_the_others() -> None:
    left, stayed = read("100 fighters left and 50 stayed.")
    assert (left.counted, left.fate) == ("fighter", "leave")
    assert (stayed.counted, stayed.fate) == ("fighter", "stay")
    killed, wounded = read("The bomb killed 12 women and wounded 20 others.")
    assert (killed.counted, wounded.counted) == ("woman", "person")


def test_none_of_them_and_nobody() -> None:
    none, nobody = only("None of the hostages were freed."), only("Nobody was hurt.")
    assert (none.low, none.high, none.counted, none.fate) == (0, 0, "hostage", "free")
    assert (nobody.high, nobody.counted, nobody.fate) == (0, "person", "wound")
    assert read("The mayor had no plans and no details.") == []


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("Anna Marlow, 34, and her son Tom, aged 9, were found.", ["Anna Marlow", "Tom"]),
        ("Police named 34-year-old Anna Marlow.", ["Anna Marlow"]),
        ("Rafe Stone III, 34, was arrested.", ["Rafe Stone III"]),
        ("The victims were two women, ages 34 and 52.", ["woman", "woman"]),
        ("The victim is a 34-year-old.", ["victim"]),
        ("Marlow, who turned 34 in May, fled.", ["Marlow"]),
    ],
)
def test_owners_of_ages(text: str, owners: list[str]) -> None:
    assert [q.owner for q in read(text) if q.kind == "age"] == owners


def test_years_names_and_idle_ones_are_no_counts() -> None:
    assert read("The 2016 elections were held in 2016.") == []
    assert read("They knew one another, and this one too.") == []
    assert [q.low for q in read("She moved to Region One Medical Center with 3 nurses.")] == [3]


def test_measures_say_of_what() -> None:
    convoy = only("The convoy was six to seven kilometres long.")
    assert (convoy.counted, convoy.whole, convoy.base) == ("convoy", "long", (6000, 7000))
    fine = only("He paid a fine of $5,000.")
    assert (fine.counted, fine.dimension) == ("fine", "USD")
    assert only("They found 152 mm shells.").whole == "calibre"


@given(
    st.lists(
        st.sampled_from("12 people were killed no one of the 34-year-old 52-48 dozens $5 % , . ( and".split()),
        max_size=14,
    )
)
@settings(max_examples=40, deadline=None)
def test_any_words_give_true_intervals_inside_the_text(words: list[str]) -> None:
    text = " ".join(words)
    for q in read(text):
        assert 0 <= q.start < q.end <= len(text)
        assert q.low is None or q.high is None or q.low <= q.high
        assert q.counted_span is None or 0 <= q.counted_span[0] < q.counted_span[1] <= len(text)
