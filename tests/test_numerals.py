"""Numbers as stated, without any parser: intervals, hedges, units and what is no number."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.numerals import Numeral, scan


def only(text: str) -> Numeral:
    (found,) = scan(text)
    return found


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("They saw 1,250 boats.", 1250, 1250),
        ("They saw twenty-three boats.", 23, 23),
        ("They saw two hundred and five boats.", 205, 205),
        ("They saw 1.2 million birds.", 1_200_000, 1_200_000),
        ("They saw 100 to 200 boats.", 100, 200),
        ("They saw between 3 and 5 boats.", 3, 5),
        ("They saw more than 40 boats.", 40, None),
        ("They saw at least 40 boats.", 40, None),
        ("They saw up to 40 boats.", 0, 40),
        ("They saw fewer than 40 boats.", None, 40),
        ("They saw dozens of boats.", 24, 99),
    ],
)
def test_intervals(text: str, low: float | None, high: float | None) -> None:
    found = only(text)
    assert (found.low, found.high) == (low, high)


def test_about_is_a_hedge_around_the_value() -> None:
    found = only("They saw about 275 boats.")
    assert found.hedge.lower() == "about"
    assert found.low is not None
    assert found.high is not None
    assert found.low <= 275 <= found.high


@pytest.mark.parametrize(
    "text",
    [
        "He carried an AK-47.",
        "An F-16 flew over.",
        "It happened on Oct. 12, 2016.",
        "It began at 2:15 p.m.",
        "Call 555-010-4477.",
    ],
)
def test_models_dates_times_and_telephones_are_no_counts(text: str) -> None:
    assert [n for n in scan(text) if n.form == "cardinal" and not n.yearlike and not n.labelled] == []


def test_ordinals_and_scores_keep_their_form() -> None:
    assert only("She came in third.").form == "ordinal"
    vote = only("The vote was 52-48.")
    assert vote.pair == (52, 48)


@given(st.integers(0, 999_999_999))
def test_a_number_written_with_commas_is_read_back(value: int) -> None:
    found = only(f"They saw {value:,} boats.")
    assert found.low == found.high == value


ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelled(value: int) -> str:
    if value < 20:
        return ONES[value]
    if value < 100:
        return TENS[value // 10 - 2] + (f"-{ONES[value % 10]}" if value % 10 else "")
    if value < 1000:
        return f"{ONES[value // 100]} hundred" + (f" and {spelled(value % 100)}" if value % 100 else "")
    return f"{spelled(value // 1000)} thousand" + (f" {spelled(value % 1000)}" if value % 1000 else "")


@given(st.integers(3, 999_999))
def test_a_number_spelled_out_is_read_back(value: int) -> None:
    found = only(f"They saw {spelled(value)} boats.")
    assert found.low == found.high == value


PIECES = st.sampled_from(
    "12 1,200 3.5 % $ € to - – / and of about more than at least dozens hundred million half third -year-old aged mm "
    "miles 2016 Oct. st th ( ) , . : \n \u202e ½ ٣ ".split(" ")
)


@given(st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES).map("".join)))
@example("They saw dozens of")
def test_any_text_is_read_in_order_with_true_intervals(text: str) -> None:
    place = 0
    for found in scan(text):
        assert place <= found.start <= found.core[0] < found.core[1] <= found.end <= len(text)
        assert found.low is None or found.high is None or found.low <= found.high
        place = found.end


def lines_run(work: Callable[[], object]) -> int:
    """How many lines of Python ``work`` runs: a measure of time that no busy machine changes."""
    count = 0

    def trace(_frame: object, event: str, _arg: object) -> object:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "piece", ["7", "7 ", "1,", "1-", "one hundred and ", "$", "about ", "( ", "3/4 ", "5 feet 3 ", "word "]
)
def test_work_grows_with_the_length_and_no_faster(piece: str) -> None:
    short, long = (lines_run(lambda n=n: scan(piece * n)) for n in (200, 1600))
    assert long <= 12 * short + 2000


def test_a_megabyte_of_digits_ends() -> None:
    assert all(n.low is None or n.high is None or n.low <= n.high for n in scan("7" * 1_000_000))
