"""Units: what words name them, and their values in the base unit of the dimension."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.units import currency, find


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("miles", 1609.344),
        ("km", 1000.0),
        ("kilometers", 1000.0),
        ("hours", 3600.0),
    ],
)
def test_words_for_units(word: str, base: float) -> None:
    found = find([word], 0, False)
    assert found is not None
    unit, used = found
    assert used == 1
    assert unit.base(1, 1) == pytest.approx((base, base))


def test_two_miles_are_longer_than_three_kilometres() -> None:
    mile, kilometre = find(["miles"], 0, False), find(["km"], 0, False)
    assert mile is not None
    assert kilometre is not None
    assert mile[0].dimension == kilometre[0].dimension
    miles, kilometres = mile[0].base(2, 2)[0], kilometre[0].base(3, 3)[0]
    assert miles is not None
    assert kilometres is not None
    assert miles == pytest.approx(3218.688)
    assert miles > kilometres


def test_fahrenheit_and_celsius_meet() -> None:
    fahrenheit, celsius = find(["degrees", "Fahrenheit"], 0, False), find(["degrees", "Celsius"], 0, False)
    assert fahrenheit is not None
    assert celsius is not None
    assert fahrenheit[0].base(212, 212) == pytest.approx(celsius[0].base(100, 100))


def test_currencies_are_kept_apart() -> None:
    dollar, euro = currency(["dollars"], 0), currency(["euros"], 0)
    assert dollar is not None
    assert euro is not None
    assert dollar[0] != euro[0]


def test_a_word_that_is_no_unit() -> None:
    assert find(["fighters"], 0, False) is None
    assert currency(["fighters"], 0) is None


@given(st.floats(0, 1e9), st.floats(0, 1e9))
def test_conversion_keeps_order_and_missing_bounds(a: float, b: float) -> None:
    for word in ("miles", "km", "hours", "tons", "acres"):
        found = find([word], 0, False)
        assert found is not None
        low, high = found[0].base(min(a, b), max(a, b))
        assert low is not None
        assert high is not None
        assert low <= high
        assert found[0].base(None, a)[0] is None
        assert found[0].base(a, None)[1] is None
