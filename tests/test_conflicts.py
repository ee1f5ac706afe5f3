"""Conflicts between invented reports, and the guards that keep quiet."""

from __future__ import annotations

import pytest

from reader import lexicon
from reader.alignment import align
from reader.analysis import analyse
from reader.conflicts import candidates
from reader.conflicts.base import Candidate
from reader.conflicts.confidence import confidence, weights
from reader.nouns import Article


def found(a: str, b: str) -> list[Candidate]:
    one, other = Article(body=a), Article(body=b)
    facts_a, facts_b = analyse(one), analyse(other)
    return candidates(one, other, facts_a, facts_b, align(facts_a, facts_b))


def of(kind: str, a: str, b: str) -> list[Candidate]:
    return [c for c in found(a, b) if c.kind == kind]


def test_two_counts_of_one_thing_tell_the_arithmetic() -> None:
    (c,) = of("count", "About 130 dockers left the port on barges.", "Only 40 dockers left the port on barges.")
    assert (c.a.text, c.b.text) == ("About 130 dockers", "40 dockers")
    assert "3.2 times" in c.reason


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Twelve foreign sailors left the ship.", "Thirty local sailors left the ship."),
        ("Four miners were killed in the shaft.", "Nine miners were wounded in the shaft."),
        ("Some 40 dockers left the port.", "Forty dockers left the port."),
        ("At least 12 dockers left the port.", "Twenty dockers left the port."),
        ("Twelve buses left the port.", "Thirty dockers left the port."),
    ],
)
def test_other_subsets_fates_bounds_and_things_are_no_conflict(a: str, b: str) -> None:
    assert not of("count", a, b)
    assert not of("casualty", a, b)


def test_none_against_some() -> None:
    (c,) = of("polarity", "No foreign sailors left the ship.", "Seven foreign sailors left the ship.")[:1]
    assert c.reason.startswith("A: No foreign sailors")


def test_ages_of_one_person() -> None:
    (c,) = of("measure", "Mira Tolland, 34, was found in the mill.", "Police named 36-year-old Mira Tolland.")
    assert c.reason == "Mira Tolland: aged 34 against 36-year-old (2 years apart)"
    assert not of("measure", "Mira Tolland, 34, was found.", "Jonas Tolland, 36, was found.")


def test_spellings_of_one_name_but_not_plurals() -> None:
    (c,) = of("name", "The mayor met Mira Tollard on Sunday.", "Later the mayor met Mira Tolland.")
    assert {c.a.text, c.b.text} == {"Mira Tollard", "Mira Tolland"}
    assert not of("name", "The mayor met the Veskars.", "The mayor praised Veskar.")


def test_asserted_against_denied_and_not_only() -> None:
    assert of("polarity", "The council has signed the contract.", "The council has not signed the contract.")
    assert not of("polarity", "The council signed the contract.", "The council not only signed the contract.")


def test_opposites_and_exclusions_in_one_slot() -> None:
    (c,) = of("opposite", "A red van hit the gate.", "A blue van hit the gate.")
    assert (c.a.text, c.b.text) == ("red", "blue")
    assert not of("opposite", "A red van hit the gate.", "A red van hit the gate.")


def test_a_report_against_itself_has_no_mirrors() -> None:
    text = "Only 40 dockers left the port on barges. Later the town said 130 dockers left the port on barges."
    spots = [(c.a.start, c.b.start) for c in found(text, text) if c.kind == "count"]
    assert len(spots) == 1
    assert spots[0][0] < spots[0][1]


def test_confidence_is_a_probability_and_every_family_has_weights() -> None:
    assert {"age", "casualty", "count", "denial", "kind", "measure", "none", "refutation", "slot", "spelling"} <= set(
        weights()
    )
    for family in weights():
        assert 0.0 <= confidence(family, {"size": 1000.0}) <= confidence(family, {}) + 1.0 <= 2.0


def test_word_lists_are_sound() -> None:
    for section in lexicon.table("synonyms").values():
        words = [w for group in section["groups"] for w in group.split()]
        assert len(words) == len(set(words))
    assert lexicon.concept("militant") == "fighter"
    assert lexicon.opposite("deny", "admit")
    assert lexicon.opposite("admit", "deny")
    assert not lexicon.opposite("admit", "admit")
