"""Numbers as stated, without any parser: intervals, hedges, units and what is no number."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.numerals import Numeral, VagueError, load_vague, scan


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


@given(st.integers(1, 999_999), st.sampled_from(["boats", "%", "km", "percent", "years", "people"]))
def test_a_decimal_with_its_unit_is_read_back(cents: int, what: str) -> None:
    found = only(f"They saw {cents / 100:,.2f} {what}.")
    assert found.low == found.high == pytest.approx(cents / 100)


@given(st.integers(1, 9999), st.sampled_from([("m", 1e6), ("bn", 1e9), (" million", 1e6), (" billion", 1e9)]))
def test_money_with_its_scale_is_read_back(tenths: int, scale: tuple[str, float]) -> None:
    found = only(f"It cost ${tenths / 10:.1f}{scale[0]}.")
    assert (found.money, found.low) == (True, pytest.approx(tenths / 10 * scale[1]))


@given(st.integers(1, 99_999), st.integers(1, 99_999), st.sampled_from(["between {} and {}", "from {} to {}", "{}-{}"]))
def test_a_range_is_read_back(low: int, step: int, form: str) -> None:
    found = scan("They saw " + form.format(f"{low:,}", f"{low + step:,}") + " boats.")
    if form != "{}-{}" or low + step >= 10_000:  # smaller ones may be a score, a year or a telephone number
        assert [(n.low, n.high) for n in found] == [(low, low + step)]
    assert all(n.low is None or n.high is None or n.low <= n.high for n in found)


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


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("$5-10 million", 5e6, 10e6),
        ("five to six hundred", 500, 600),
        ("six or seven", 6, 7),
        ("nearly half a million", 450_000, 500_000),
        ("about 18 to 34", 18, 34),
        ("about 500 or more", 500, None),
        ("at least 20 and at most 100", 20, 100),
        ("no fewer than 12", 12, None),
        ("as many as 30", 0, 30),
        ("just over 20", 20, 22),
        ("some 200", 180, 220),
        ("a few dozen", 24, 60),
        ("several hundred", 200, 999),
        ("tens of thousands of", 20_000, 99_999),
        ("half a dozen", 6, 6),
        ("two and a half", 2.5, 2.5),
        ("two hundred and five eighths", 200.625, 200.625),
        ("three twenty-fifths", 0.12, 0.12),
        ("one in five", 0.2, 0.2),
        ("two out of three", 2 / 3, 2 / 3),
        ("1,1", 1, 1),
        ("minus twelve", -12, -12),
        ("1.3e6", 1.3e6, 1.3e6),
        ("13 lakh", 1.3e6, 1.3e6),
        ("10 ½", 10.5, 10.5),
    ],
)
def test_every_way_of_stating(text: str, low: float, high: float | None) -> None:
    found = scan(text)[0]
    assert found.low == pytest.approx(low)
    assert (found.high is None) if high is None else (found.high == pytest.approx(high))


@pytest.mark.parametrize(
    ("text", "unit", "low"),
    [
        ("HK$1.2m", "hong kong dollar", 1.2e6),
        ("12 million Australian dollars", "australian dollar", 12e6),
        ("MEUR 60", "euro", 60e6),
        ("thirteen dollars forty-five cents", "dollar", 13.45),
        ("5 ft 6 in", "foot", 5.5),
        ("29km", "kilometre", 29),
        ("30 metres per second", "metre per second", 30),
        ("4,500 sq. ft.", "square foot", 4500),
        ("12km²", "square kilometre", 12),
        ("30C", "celsius", 30),
        ("7 percentage points", "percentage point", 7),
        ("half an hour", "hour", 0.5),
        ("a 34-year-old", "year", 34),
        ("aged 34", "year", 34),
        ("in her 20s", "year", 20),
        ("eight months old", "month", 8),
        ("at the age of 34", "year", 34),
        ("now worth 180p", "penny", 180),
        ("a PS2.7m deal", "pound sterling", 2.7e6),
        ("a 6.1-magnitude quake", "magnitude", 6.1),
        ("a magnitude of 6.1", "magnitude", 6.1),
    ],
)
def test_units_and_money(text: str, unit: str, low: float) -> None:
    (found,) = scan(text)
    assert found.unit is not None
    assert (found.unit.name, found.low) == (unit, pytest.approx(low))


def test_millions_of_people_and_metres_of_road() -> None:
    people, road = only("5m people"), only("5m from the road")
    assert (people.low, people.unit) == (5e6, None)
    assert road.unit is not None
    assert (road.low, road.unit.name) == (5, "metre")


@pytest.mark.parametrize(
    "text",
    [
        "at 1400 Oak Hill Road",
        "in the 400 block of Fenner Street",
        "on 12-14 May",
        "between Oct. 3 and 5",
        "from 2 to 3 p.m.",
        "two o'clock",
        "in 2013-14",
        "on 1995-01",
        "the 1990s",
        "call 911",
        "at 253 555-0142",
        "+44 20 5550 0142",
        "(202) 555-0142",
        "plate 678-ZRL",
        "page 4",
        "Section 12",
        "No. 10",
        "Image 3 of 5",
        "iPhone 11",
        "Covid-19 and 5G",
        "192.0.2.17",
        "9/11",
        "https://example.org/12/34",
        "tewnty-one",
        "on 020 5550 0142",
        "the 90210 ZIP code",
        "the P5+1",
        "at the 7-Eleven",
        "the Group of 20",
        "the nikkei 225",
        "a 1080p film on the PS5",
    ],
)
def test_what_only_looks_like_a_number(text: str) -> None:
    assert scan(text) == []


def test_a_change_is_two_figures_and_a_span_one() -> None:
    assert [n.low for n in scan("rose from 4.8 to 6 percent")] == [4.8, 6]
    assert all(n.unit is not None for n in scan("rose from 4.8 to 6 percent"))
    assert [(n.low, n.high) for n in scan("from 4 to 6 percent")] == [(4, 6)]


def test_over_a_duration_is_during() -> None:
    assert (only("fought over three days").low, only("fought over three days").high) == (3, 3)
    assert only("after over three days").high is None


def test_the_table_of_vague_words_can_be_changed(tmp_path: Path) -> None:
    own = tmp_path / "vague.toml"
    own.write_text('[words]\n"dozens" = [20, "none"]\n[before.almost]\ntolerance = 0.2\nwords = ["almost"]\n')
    vague = load_vague(own)
    (dozens,), (almost,), (several,) = (scan(t, vague) for t in ("dozens of boats", "almost 50", "several boats"))
    assert (dozens.low, dozens.high) == (20, None)
    assert (almost.low, almost.high) == (40, 50)
    assert (several.low, several.high) == (3, 12)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[words", "vague.toml"),
        ('[words]\n"dozens" = [99, 24]', "99 is more than 24"),
        ('[words]\n"dozens" = "many"', '"dozens" needs'),
        ("[before.perhaps]\nwords = []", 'no hedge is called "perhaps"'),
        ("[before.around]\ntolerance = 2\nwords = []", "tolerance"),
    ],
)
def test_a_bad_table_is_refused_in_one_line(tmp_path: Path, text: str, complaint: str) -> None:
    own = tmp_path / "vague.toml"
    own.write_text(text)
    with pytest.raises(VagueError, match=complaint) as caught:
        load_vague(own)
    assert "\n" not in str(caught.value)
