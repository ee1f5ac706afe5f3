"""What a number counts, what happened to them, and whose age it is."""

from __future__ import annotations

import pytest

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
