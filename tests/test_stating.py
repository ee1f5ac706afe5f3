"""What a person types for a fact, read as that fact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.nouns import Facts, Mention, Quantity, Reading, TimeSpan, Word
from reader.stating import (
    stated_name,
    stated_quantity,
    stated_time,
    written_counted,
    written_fate,
    written_number,
    written_time,
)
from reader.units import plural_unit

TEXT = "About 12 dockers who manned the cranes left the quay with two wolves."
WORDS = {"dockers": "docker", "manned": "man", "cranes": "crane", "left": "leave", "wolves": "wolf"}
READING = Reading(
    words=tuple(
        Word(start=TEXT.index(word), end=TEXT.index(word) + len(word), lemma=lemma, pos="X")
        for word, lemma in WORDS.items()
    )
)
DOCKERS = Quantity(
    start=0, end=8, low=11, high=13, kind="count", hedge="About", counted="docker", counted_span=(9, 16), fate="leave"
)
MILES = Quantity(
    start=0, end=8, low=2, high=3, kind="measure", unit="mile", dimension="length", base=(3218.688, 4828.032)
)


def number(fact: Quantity, typed: str) -> Quantity:
    return stated_quantity(fact, typed, written_counted(fact), written_fate(fact), TEXT, READING)


@pytest.mark.parametrize(
    ("typed", "low", "high", "hedge"),
    [
        ("275", 275, 275, ""),
        ("200-300", 200, 300, ""),
        ("200 – 300", 200, 300, ""),
        ("more than 1,000", 1000, None, "more than"),
        ("1.2 million", 1.2e6, 1.2e6, ""),
        ("at most 80", None, 80, "at most"),
        ("dozens", 24, 99, "dozens"),
        ("None", 0, 0, ""),
        ("  40   to  50 ", 40, 50, ""),
    ],
)
def test_numbers_are_read_as_a_person_writes_them(typed: str, low: float, high: float, hedge: str) -> None:
    stated = number(DOCKERS, typed)
    assert (stated.low, stated.high, stated.hedge) == (low, high, hedge)
    assert (stated.counted, stated.counted_span, stated.kind, stated.fate) == ("docker", (9, 16), "count", "leave")


@pytest.mark.parametrize("typed", ["", "lots", "12 13", "12 dockers", "the third", "12 or so, I think", "1" * 400])
def test_what_is_no_number_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match="write it as 275"):
        number(DOCKERS, typed)


def test_what_is_left_as_written_stays_as_it_was_read() -> None:
    for fact in (DOCKERS, MILES, Quantity(start=0, end=1, low=None, high=None)):
        assert number(fact, written_number(fact)) == fact


@given(
    st.floats(-1e9, 1e9).map(lambda value: round(value, 3)) | st.integers(-(10**12), 10**12).map(float),
    st.floats(0, 1e9).map(lambda value: round(value, 3)),
    st.sampled_from(["exact", "open above", "beyond", "open below", "between"]),
)
def test_a_number_written_is_read_back(low: float, more: float, how: str) -> None:
    high = {"exact": low, "between": low + more}.get(how)
    fact = Quantity(
        start=0,
        end=1,
        low=None if how == "open below" else low,
        high=low if how == "open below" else high,
        hedge="over" if how == "beyond" else "",
    )
    again = number(DOCKERS, written_number(fact))
    assert again.low == pytest.approx(fact.low)
    assert again.high == pytest.approx(fact.high)


@pytest.mark.parametrize(
    ("fact", "typed", "unit", "base"),
    [
        (MILES, "4", "mile", (6437.376, 6437.376)),
        (MILES, "3 km", "kilometre", (3000, 3000)),
        (MILES, "over 1", "mile", (1609.344, None)),
        (
            Quantity(start=0, end=1, low=4, high=4, unit="celsius", dimension="temperature", base=(277.15, 277.15)),
            "5",
            "celsius",
            (278.15, 278.15),
        ),
        (
            Quantity(start=0, end=1, low=10, high=10, unit="knot per hat", dimension="x", base=(5, 5)),
            "20",
            "knot per hat",
            (10, 10),
        ),
        (
            Quantity(start=0, end=1, low=0, high=0, unit="knot per hat", dimension="x", base=(0, 0)),
            "2",
            "knot per hat",
            None,
        ),
    ],
    ids=["same unit", "its own unit", "bound", "with an offset", "unit made of others", "nothing to tell the factor"],
)
def test_the_base_goes_with_the_number(
    fact: Quantity, typed: str, unit: str, base: tuple[float | None, float | None] | None
) -> None:
    stated = number(fact, typed)
    assert stated.unit == unit
    assert stated.base == (pytest.approx(base) if base else None)
    assert stated.kind == ("measure" if typed == "3 km" else fact.kind)


def test_units_in_the_plural() -> None:
    assert [plural_unit(u) for u in ("mile", "square foot", "inch", "celsius", "dollar", "knot per hat")] == [
        "miles",
        "square feet",
        "inches",
        "celsius",
        "dollars",
        "knot per hat",
    ]


@pytest.mark.parametrize(
    ("typed", "counted", "modifiers", "also", "span"),
    [
        ("cranes", "crane", (), (), (32, 38)),
        ("the manned cranes", "crane", ("man",), (), None),
        ("two wolves and their families", "wolf", ("two",), ("family",), None),
        ("local people", "person", ("local",), (), None),
        ("trams, boxes", "tram", (), ("box",), None),
        ("", "", (), (), None),
    ],
)
def test_what_is_counted_goes_by_its_lemma(
    typed: str, counted: str, modifiers: tuple[str, ...], also: tuple[str, ...], span: tuple[int, int] | None
) -> None:
    stated = stated_quantity(DOCKERS, written_number(DOCKERS), typed, "leave", TEXT, READING)
    assert (stated.counted, stated.modifiers, stated.also, stated.counted_span) == (counted, modifiers, also, span)


def test_a_bare_number_that_counts_something_is_a_count() -> None:
    bare = Quantity(start=0, end=1, low=5, high=5)
    assert stated_quantity(bare, "5", "crane", "", TEXT, READING).kind == "count"


@pytest.mark.parametrize(
    ("typed", "fate", "negated"),
    [
        ("killed", "kill", False),
        ("not wounded", "wound", True),
        ("left", "leave", False),
        ("deaths", "deaths", False),
        ("death", "kill", False),
        ("died", "died", False),
        ("", "", False),
        ("not", "", False),
    ],
)
def test_what_happened_goes_by_the_name_of_the_fate(typed: str, fate: str, negated: bool) -> None:
    stated = stated_quantity(DOCKERS, written_number(DOCKERS), "docker", typed, TEXT, READING)
    assert (stated.fate, stated.negated) == (fate, negated)


def test_what_happened_is_one_word() -> None:
    with pytest.raises(ValueError, match="write one word"):
        stated_quantity(DOCKERS, written_number(DOCKERS), "docker", "walked off", TEXT, READING)


FRIDAY = TimeSpan(start=0, end=6, earliest="2031-05-02", latest="2031-05-02", relative=True, event="leave")


@pytest.mark.parametrize(
    ("typed", "earliest", "latest", "precision"),
    [
        ("2031", "2031-01-01", "2031-12-31", "year"),
        ("2031-05", "2031-05-01", "2031-05-31", "month"),
        ("2031-05-04", "2031-05-04", "2031-05-04", "day"),
        ("2031-05-04 14:15", "2031-05-04T14:15", "2031-05-04T14:15", "minute"),
        ("14:15", "T14:15", "T14:15", "minute"),
        ("23:50 to 0:10", "T23:50", "T00:10", "minute"),
        ("May 4, 2031", "2031-05-04", "2031-05-04", "day"),
        ("yesterday", "2031-05-04", "2031-05-04", "day"),
        ("2031-05-04 to 2031-05-06", "2031-05-04", "2031-05-06", "day"),
        ("April 2031 – 2031-05-06", "2031-04-01", "2031-05-06", "vague"),
        ("… to 2031-05-06", "", "2031-05-06", "day"),
        ("2031-05-04 until ?", "2031-05-04", "", "day"),
        ("", "", "", "day"),
    ],
)
def test_times_are_read_in_iso_and_in_words(typed: str, earliest: str, latest: str, precision: str) -> None:
    stated = stated_time(FRIDAY, typed, "2031-05-05T08:00:00Z")
    assert (stated.earliest, stated.latest, stated.precision) == (earliest, latest, precision)
    assert (stated.relative, stated.event) == (False, "leave")
    assert stated_time(stated, written_time(stated), "") == stated


@pytest.mark.parametrize(
    "typed", ["soon", "2031-13", "2031-02-30", "0000", "? to ?", "Friday was fine", "2031-05-04 x"]
)
def test_what_is_no_time_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match="write it as 2017-10-14"):
        stated_time(FRIDAY, typed, "2031-05-05")


def test_a_time_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match=r"it ends \(2031-05-03\) before it begins \(2031-05-04T14:15\)"):
        stated_time(FRIDAY, "2031-05-04T14:15 to 2031-05-03", "")


def test_a_relative_time_needs_a_date_published() -> None:
    with pytest.raises(ValueError, match="write it as 2017-10-14"):
        stated_time(FRIDAY, "yesterday", "2031")


LUND = Mention(start=0, end=4, label="PERSON", key="amber lund", name="Lund", role="Col.")
TOWN = Mention(start=9, end=13, label="LOC", key="lund", name="Port Lund")
NAMES = Facts(version="1", body=Reading(mentions=(LUND, TOWN)))


@pytest.mark.parametrize(
    ("label", "same_as", "as_label", "key"),
    [
        ("person", "amber lund", "PERSON", "amber lund"),
        ("place", "Port  Lund", "LOC", "lund"),
        ("ORGANIZATION", "Lund & Sons", "ORG", "lund & sons"),
        ("oth", "lund", "OTHER", "amber lund"),
    ],
)
def test_names_take_a_label_and_the_key_of_another_name(label: str, same_as: str, as_label: str, key: str) -> None:
    stated = stated_name(LUND, label, same_as, NAMES)
    assert (stated.label, stated.key, stated.name, stated.role) == (as_label, key, "Lund", "Col.")


@pytest.mark.parametrize(
    ("label", "same_as", "says"),
    [("", "x", "write one of person, organisation, place, other"), ("p", "x", "write one of"), ("place", " ", "name")],
)
def test_what_is_no_name_is_said(label: str, same_as: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        stated_name(LUND, label, same_as, NAMES)


@pytest.mark.parametrize(
    ("text", "typed", "words"),
    [
        ("Straßenkämpfe im großen Maß: 12 local men held", "local men", "local men"),
        ("Of 12 women and Men of the port", "men", "Men"),
        ("12 local\nmen held", "local men", "local\nmen"),
        ("The men say 12 left", "men", None),
        ("12 " + "very " * 12 + "tired men", "men", None),
    ],
    ids=["longer in lower case", "no part of a word", "over a line end", "not before", "not far behind"],
)
def test_what_is_counted_is_found_behind_the_number(text: str, typed: str, words: str | None) -> None:
    at = text.index("12")
    fact = Quantity(start=at, end=at + 2, low=12, high=12)
    span = stated_quantity(fact, "12", typed, "", text, Reading()).counted_span
    assert (span and text[slice(*span)]) == words
