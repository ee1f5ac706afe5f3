"""What a number counts, what happened to them, and whose age it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

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


# Every way of stating a number that the analysis promises: the sentence, then for each number its kind, interval,
# counted noun (the owner of an age, the whole of a share), fate and scope.
FORMS: list[tuple[str, list[tuple[str, float | None, float | None, str, str, str]]]] = [
    (
        "100 fighters left and 50 stayed.",
        [("count", 100, 100, "fighter", "leave", ""), ("count", 50, 50, "fighter", "stay", "")],
    ),
    ("Hundreds of Tarn (TNA) rebels crossed the river.", [("count", 200, 999, "rebel", "cross", "")]),
    ("The deal let 4,000 fighters and their families leave.", [("count", 4000, 4000, "fighter", "leave", "")]),
    ("Hundreds of thousands of people fled.", [("count", 200_000, 999_999, "person", "flee", "")]),
    ("There are tens of thousands of students here.", [("count", 20_000, 99_999, "student", "", "")]),
    ("Some 200 people were hurt.", [("count", 180, 220, "person", "wound", "")]),
    ("No fewer than 30 people were hurt.", [("count", 30, None, "person", "wound", "")]),
    ("As many as 30 people were hurt.", [("count", 0, 30, "person", "wound", "")]),
    ("Scores of people died.", [("count", 40, 99, "person", "kill", "")]),
    ("A handful of protesters were held.", [("count", 3, 9, "protester", "hold", "")]),
    ("He was charged with five counts of fraud.", [("count", 5, 5, "count", "", "")]),
    ("A crowd of 5,000 marched.", [("count", 5000, 5000, "person", "march", "")]),
    ("A family of four died.", [("count", 4, 4, "person", "kill", "")]),
    ("The fighters numbered 275.", [("count", 275, 275, "fighter", "", "")]),
    ("Two out of five voters stayed at home.", [("fraction", 0.4, 0.4, "voter", "stay", "")]),
    ("A third of the fighters left.", [("fraction", 1 / 3, 1 / 3, "fighter", "leave", "")]),
    ("Half the town was flooded.", [("fraction", 0.5, 0.5, "town", "flood", "")]),
    ("The Senate voted 52 to 48 to pass the bill.", [("score", 48, 52, "", "", "")]),
    ("The man is in his 30s.", [("age", 30, 39, "man", "", "")]),
    ("A boy of 12 was held.", [("age", 12, 12, "boy", "", "")]),
    ("She died at the age of 34.", [("age", 34, 34, "she", "", "")]),
    ("Children under 12 were freed.", [("age", None, 12, "child", "", "")]),
    ("Children aged between 12 and 15 were freed.", [("age", 12, 15, "child", "", "")]),
    ("People between the ages of 18 and 34 voted.", [("age", 18, 34, "person", "", "")]),
    ("Marlow, now 34, left.", [("age", 34, 34, "Marlow", "", "")]),
    ("Jon Acosta-Ram, 18, died.", [("age", 18, 18, "Jon Acosta-Ram", "", "")]),
    ("A magnitude 6.1 earthquake struck.", [("measure", 6.1, 6.1, "earthquake", "", "")]),
    ("A 12-member jury met.", [("count", 12, 12, "member", "", "")]),
    ("Two F-16s crashed.", [("count", 2, 2, "f-16", "crash", "")]),
    ("The army killed 12 Taliban near Harrow.", [("count", 12, 12, "taliban", "kill", "")]),
    # what befell them
    ("The quake left 12 dead and 30 injured.", [("count", 12, 12, "", "kill", ""), ("count", 30, 30, "", "wound", "")]),
    ("Officials put the death toll at 12.", [("count", 12, 12, "", "kill", "total")]),
    (
        "The toll rose from 12 to 15.",
        [("count", 12, 12, "", "kill", "total"), ("count", 15, 15, "", "kill", "total")],
    ),
    ("The raid killed between 10 and 12 militants.", [("count", 10, 12, "militant", "kill", "")]),
    ("Two people were stabbed to death.", [("count", 2, 2, "person", "kill", "")]),
    ("Twelve lives were lost.", [("count", 12, 12, "life", "kill", "")]),
    ("The bodies of 12 miners were recovered.", [("count", 12, 12, "miner", "kill", "")]),
    ("A gunman shot 12 people.", [("count", 12, 12, "person", "shoot", "")]),
    # parts, additions, totals
    (
        "Twelve people, of whom 10 are children, were killed.",
        [("count", 12, 12, "person", "kill", ""), ("count", 10, 10, "child", "kill", "part")],
    ),
    (
        "Twelve people were killed, including 3 women and two police officers.",
        [
            ("count", 12, 12, "person", "kill", ""),
            ("count", 3, 3, "woman", "kill", "part"),
            ("count", 2, 2, "officer", "kill", "part"),
        ],
    ),
    (
        "The attack killed 12 people: seven men and five women.",
        [
            ("count", 12, 12, "person", "kill", ""),
            ("count", 7, 7, "man", "kill", "part"),
            ("count", 5, 5, "woman", "kill", "part"),
        ],
    ),
    (
        "Twelve people were injured, three seriously.",
        [("count", 12, 12, "person", "wound", ""), ("count", 3, 3, "person", "wound", "part")],
    ),
    (
        "Twelve of the 45 crew members survived.",
        [("count", 12, 12, "member", "survive", "part"), ("count", 45, 45, "member", "", "")],
    ),
    ("Three of the wounded died.", [("count", 3, 3, "", "kill", "part")]),
    (
        "The bomb killed 12 people and wounded 30 others.",
        [("count", 12, 12, "person", "kill", ""), ("count", 30, 30, "person", "wound", "more")],
    ),
    ("Two more bodies were found on Tuesday.", [("count", 2, 2, "body", "kill", "more")]),
    ("Another three died in hospital.", [("count", 3, 3, "", "kill", "more")]),
    (
        "The blaze destroyed 40 homes and damaged 100 more.",
        [("count", 40, 40, "home", "destroy", ""), ("count", 100, 100, "home", "damage", "more")],
    ),
    ("A total of 12 people were killed.", [("count", 12, 12, "person", "kill", "total")]),
    (
        "Of the 300 passengers, 12 were killed.",
        [("count", 300, 300, "passenger", "", ""), ("count", 12, 12, "passenger", "kill", "part")],
    ),
    ("Four of the victims were rushed to Harrow Hospital.", [("count", 4, 4, "victim", "hospitalize", "part")]),
    (
        "Two ambulances took five people to hospital.",
        [("count", 2, 2, "ambulance", "", ""), ("count", 5, 5, "person", "hospitalize", "")],
    ),
    ("Marlow, who was due to turn 24 on Saturday, left.", [("age", 24, 24, "Marlow", "", "")]),
    ("A .44 revolver was found.", [("measure", 0.44, 0.44, "revolver", "", "")]),
    # what counts nothing
    ("They drove from Thousand Oaks to the sea.", []),
    ("Police were called to the 1200 block of Fenner Street.", []),
    ("He carried an AK-47 and an M16.", []),
    ("It happened at 10:30 on Monday, 12 May 2016.", []),
    ("Call 202-555-0142 or 020 5550 0142.", []),
    ("The 787 Dreamliner landed, and he flew a 747.", []),
    ("The 90210 ZIP code, the P5+1 and the Group of 20.", []),
]


@pytest.mark.parametrize(("text", "numbers"), FORMS, ids=[text for text, _ in FORMS])
def test_every_form_the_analysis_promises(
    text: str, numbers: list[tuple[str, float | None, float | None, str, str, str]]
) -> None:
    found = [(q.kind, q.low, q.high, q.owner or q.counted, q.fate, q.scope) for q in read(text)]
    assert [(f[0], *f[3:]) for f in found] == [(n[0], *n[3:]) for n in numbers]
    for number, wanted in zip(found, numbers, strict=True):
        assert number[1:3] == pytest.approx(wanted[1:3])


def test_a_part_of_them_may_be_of_another_kind() -> None:
    _, part = read("Nearly 400 fighters surrendered, 275 of them local and the rest foreign.")
    assert (part.counted, part.modifiers, part.fate, part.scope) == ("fighter", ("local",), "surrender", "part")


@pytest.mark.parametrize("piece", ["1 ", "12, ", "one of the ", "no ", "12 dead ", "aged 3, ", "two of the 5 "])
def test_work_on_one_paragraph_grows_with_its_length_and_no_faster(piece: str) -> None:
    short, long = (calls_made(partial(quantities, pipeline.parse(piece * n))) for n in (30, 240))
    assert long <= 12 * short + 2000


def calls_made(work: Callable[[], object]) -> int:
    """How many calls ``work`` makes, those inside spaCy included: a measure of time that no busy machine changes."""
    count = 0

    def note(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@given(
    st.lists(
        st.sampled_from(
            "12 people were killed no one of the 34-year-old 52-48 dozens $5 % , . ( and others more including whom : - aged".split()
        ),
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


def test_what_all_of_them_are_narrows_the_count() -> None:
    (first, second) = read("Only 40 dockers had left, all of them locals. Then 30 left, all of whom were foreign.")
    assert first.modifiers == ("local",)
    assert second.modifiers == ("foreign",)
