"""Times of a text and date lines. All texts are invented."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.calendar import HOLIDAYS, easter, nth_weekday, shift
from reader.dateline import parse_date
from reader.nouns import TimeSpan
from reader.pipeline import parse
from reader.timegrammar import scan
from reader.times import bounds, times

TUESDAY = "2018-01-02"


def read(text: str, published: str = TUESDAY) -> list[tuple[str, str, str]]:
    return [(text[t.start : t.end], t.earliest, t.latest) for t in times(parse(text), published)]


def only(text: str, published: str = TUESDAY) -> TimeSpan:
    (found,) = times(parse(text), published)
    return found


# date lines


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Tue Jun 21, 2016 12:02:16", "2016-06-21T12:02:16"),
        ("18 Nov 2017, 11:50:34 PM", "2017-11-18T23:50:34"),
        ("Published: 3 March 2019", "2019-03-03"),
        ("2019/03/03", "2019-03-03"),
        ("2017-10-14T22:26:08+05:30", "2017-10-14T22:26:08+05:30"),
        ("2017-10-14T22:26:08.123+0000", "2017-10-14T22:26:08Z"),
        ("Sat, 14 Oct 2017 22:26:08 +0530", "2017-10-14T22:26:08+05:30"),
        ("Thu Oct 26 09:47:34 EDT 2017", "2017-10-26T09:47:34-04:00"),
        ("Published 2:30 p.m. ET Oct. 5, 2017 | Updated 9:13 a.m. ET Oct. 6, 2017", "2017-10-05T14:30"),
        ("Updated: 4 March 2019 Published: 3 March 2019", "2019-03-03"),
        ("Monday 3 April 2017 16.32 BST", "2017-04-03T16:32"),
        ("14.10.2017 22:26", "2017-10-14T22:26"),
        ("May 2017", "2017-05"),
        ("2017", "2017"),
        ("Feb 30, 2019", ""),
        ("March 3", ""),
        ("Friday", ""),
        ("", ""),
    ],
)
def test_date_line(line: str, iso: str) -> None:
    assert parse_date(line) == iso


def test_date_line_in_figures_is_month_first_unless_told() -> None:
    assert parse_date("03/04/2019") == "2019-03-04"
    assert parse_date("03/04/2019", day_first=True) == "2019-04-03"
    assert parse_date("23/04/2019") == "2019-04-23"


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)), st.sampled_from(["%d %B %Y", "%b %d, %Y", "%Y/%m/%d"]))
def test_a_written_date_reads_back(moment: datetime, style: str) -> None:
    assert parse_date(moment.strftime(style)) == moment.date().isoformat()
    assert parse_date(moment.strftime(style + " %H:%M")) == moment.isoformat(timespec="minutes")


def test_date_lines_load_no_spacy() -> None:
    code = "import sys, reader.times; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# absolute times


@pytest.mark.parametrize(
    ("text", "stated", "earliest", "latest"),
    [
        ("The mill burned on Oct. 12, 2016.", "Oct. 12, 2016", "2016-10-12", "2016-10-12"),
        ("The mill burned on 12 October 2016.", "12 October 2016", "2016-10-12", "2016-10-12"),
        ("The mill burned on the 4th of July 1995.", "the 4th of July 1995", "1995-07-04", "1995-07-04"),
        ("The mill burned on 2016-10-12.", "2016-10-12", "2016-10-12", "2016-10-12"),
        ("The mill burned in March 2016.", "March 2016", "2016-03-01", "2016-03-31"),
        ("The mill burned in 2014.", "2014", "2014-01-01", "2014-12-31"),
        ("It has stood empty since 2014.", "since 2014", "2014-01-01", TUESDAY),
        ("It stood empty from 2014 to 2016.", "from 2014 to 2016", "2014-01-01", "2016-12-31"),
        ("It rained between 3 and 12 September.", "between 3 and 12 September", "2017-09-03", "2017-09-12"),
        ("It rained on Oct. 12-14, 2016.", "Oct. 12-14, 2016", "2016-10-12", "2016-10-14"),
        ("Songs of the 1990s were played.", "the 1990s", "1990-01-01", "1999-12-31"),
        ("Sales rose in the first quarter of 2015.", "the first quarter of 2015", "2015-01-01", "2015-03-31"),
        ("It rained in the summer of 2012.", "the summer of 2012", "2012-06-01", "2012-08-31"),
        ("The village was built in the 15th century.", "the 15th century", "1400-01-01", "1499-12-31"),
        ("It opened on Thanksgiving 2016.", "Thanksgiving 2016", "2016-11-24", "2016-11-24"),
    ],
)
def test_absolute(text: str, stated: str, earliest: str, latest: str) -> None:
    assert read(text) == [(stated, earliest, latest)]


@pytest.mark.parametrize(
    ("text", "stated", "earliest", "latest"),
    [
        ("The bridge fell last Friday.", "last Friday", "2017-12-29", "2017-12-29"),
        ("The bridge fell on Tuesday night.", "Tuesday night", "2018-01-02T18:00", "2018-01-03T05:59"),
        ("The bridge fell early Sunday.", "early Sunday", "2017-12-31T00:00", "2017-12-31T08:59"),
        ("The bridge fell last night.", "last night", "2018-01-01T18:00", "2018-01-02T05:59"),
        ("The bridge fell in late May.", "late May", "2017-05-21", "2017-05-31"),
        ("The bridge fell yesterday.", "yesterday", "2018-01-01", "2018-01-01"),
        ("The bridge fell earlier this week.", "earlier this week", "2018-01-01", "2018-01-02"),
        ("The bridge fell last month.", "last month", "2017-12-01", "2017-12-31"),
        ("The bridge fell over the weekend.", "the weekend", "2017-12-30", "2017-12-31"),
        ("The siege lasted from Monday to Wednesday.", "from Monday to Wednesday", "2017-12-25", "2017-12-27"),
        ("Four towns fell in the past three months.", "the past three months", "2017-10-02", TUESDAY),
        ("The bridge fell on Christmas Day.", "Christmas Day", "2017-12-25", "2017-12-25"),
        ("The bridge fell on Dec. 30.", "Dec. 30", "2017-12-30", "2017-12-30"),
        ("It must close by the end of the year.", "by the end of the year", "", "2018-12-31"),
    ],
)
def test_relative(text: str, stated: str, earliest: str, latest: str) -> None:
    assert read(text) == [(stated, earliest, latest)]
    assert only(text).relative


def test_tense_tells_past_from_future() -> None:
    assert only("The mayor spoke on Friday.").earliest == "2017-12-29"
    assert only("The mayor will speak on Friday.").earliest == "2018-01-05"
    assert only("The hearing is scheduled for June 14.").earliest == "2018-06-14"
    assert only("The hearing began on June 14.").earliest == "2017-06-14"
    assert only("A vote is expected in two weeks.").earliest == "2018-01-16"
    assert read("The army took the town in two weeks.") == []


def test_a_past_told_after_publication_is_not_believed() -> None:
    assert only("The ship sank on Dec. 30, 2018.").earliest == ""
    assert only("The ship will sail on Dec. 30, 2018.").earliest == "2018-12-30"


def test_clock_times() -> None:
    assert read("Shots were fired around 2:15 p.m. Tuesday.") == [
        ("around 2:15 p.m. Tuesday", "2018-01-02T14:00", "2018-01-02T14:30")
    ]
    assert read("The road was shut from 3 to 5 p.m. on Oct. 12.") == [
        ("from 3 to 5 p.m. on Oct. 12", "2017-10-12T15:00", "2017-10-12T17:00")
    ]
    assert read("On Sunday a guard heard cries at 9:40 p.m. near the mill.")[1] == (
        "9:40 p.m.",
        "2017-12-31T21:40",
        "2017-12-31T21:40",
    )
    assert read("A guard heard cries at 9:40 p.m. near the mill.") == [("9:40 p.m.", "T21:40", "T21:40")]
    assert only("The siren rang at 1430 GMT on Monday.").zone == "GMT"
    assert only("The siren rang at 3 p.m. local time on Monday.").zone == "local time"


def test_times_told_of_before() -> None:
    text = "The town fell on Dec. 10. The next day troops left. Three days later they returned. That night it burned."
    assert [t[1] for t in read(text)] == ["2017-12-10", "2017-12-11", "2017-12-14", "2017-12-14T18:00"]


def test_without_a_date_relative_times_stay_unresolved() -> None:
    found = only("The mayor spoke on Friday.", "")
    assert (found.earliest, found.latest, found.relative, found.precision) == ("", "", True, "day")
    assert only("The mayor spoke on Oct. 12, 2016.", "").earliest == "2016-10-12"


def test_a_date_published_is_believed_as_far_as_it_goes() -> None:
    assert only("The bridge fell last year.", "2017").earliest == "2016-01-01"
    assert only("The bridge fell on Friday.", "2017-10").earliest == ""
    assert only("The bridge fell in May.", "2017-10").earliest == "2017-05-01"


def test_dateline() -> None:
    text = "TARVELD, Jan. 1 (Agency) - Two ferries sank, today's report said."
    assert read(text)[-1] == ("today", "2018-01-01", "2018-01-01")


def test_durations_and_events() -> None:
    found = only("The four-month battle over Tarveld ended.")
    assert (found.precision, found.earliest, found.event) == ("duration", "", "battle")
    assert only("Troops seized the mill on Friday.").event == "seize"


@pytest.mark.parametrize(
    "text",
    [
        "He may march with the others.",
        "The sun set while they sat.",
        "Some 3000 civilians fled.",
        "The 34-year-old was jailed for 10 years.",
        "They won 2-1, a ratio of 4:3.",
        "Call 555-2014 or 2010-2015-86.",
        "It cost $2015 and stands on page 2014.",
        "Every Friday they meet.",
        "A grey 2007 Toyota was found.",
        "The Christmas tree was lit.",
        "This is the 15th floor and they may stay.",
    ],
)
def test_not_a_time(text: str) -> None:
    assert read(text) == []


def test_counts_after_a_date_stay_counts() -> None:
    assert read("In May 12 people were hurt.") == [("May", "2017-05-01", "2017-05-31")]
    assert read("On Tuesday 21 people were hurt.")[0][0] == "Tuesday"


# bounds


def test_bounds_widen_round_figures() -> None:
    day = TimeSpan(start=0, end=1, earliest="2018-01-02", latest="2018-01-02")
    assert bounds(day) == (datetime(2018, 1, 2), datetime(2018, 1, 3))
    start, end = bounds(only("The bridge fell two months ago."))
    assert start is not None
    assert end is not None
    assert start < datetime(2017, 10, 25) < datetime(2017, 11, 10) < end
    assert bounds(only("It rang at 9:40 p.m. near the mill.")) == (None, None)
    assert bounds(only("It will close by Friday."))[0] is None


# the calendar


def test_movable_feasts() -> None:
    assert [easter(year) for year in (2016, 2018, 2019, 2024)] == [
        date(2016, 3, 27),
        date(2018, 4, 1),
        date(2019, 4, 21),
        date(2024, 3, 31),
    ]
    assert nth_weekday(2020, 5, 0, -1) == date(2020, 5, 25)
    assert HOLIDAYS["thanksgiving"](2023) == date(2023, 11, 23)


def test_a_month_later_stays_in_its_month() -> None:
    assert shift(datetime(2020, 1, 31), 1, "month") == datetime(2020, 2, 29)
    assert shift(datetime(2020, 2, 29), -1, "year") == datetime(2019, 2, 28)


# any text at all

_WORDS = st.sampled_from(
    (
        "two weeks ago before after the last first next of May March Friday night early late end from between and to "
        "12 31 2014 2:15 p.m. noon week year in on , - . 's the 9999 year 0 99th 1990s Easter weekend month this that "
        "Feb 30 hour GMT half past quarter Q1 / : today within"
    ).split()
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(_WORDS, max_size=25).map(" ".join),
    st.sampled_from(["", "2018", "2018-02", "2018-01-02", "0001-01-01", "9999-12-31"]),
)
def test_any_words_give_spans_inside_the_text_in_order(text: str, published: str) -> None:
    place = 0
    for found in times(parse(text), published):
        assert place <= found.start < found.end <= len(text)
        place = found.end
        start, end = bounds(found)
        assert start is None or end is None or start < end
        if found.earliest[:1].isdigit() and found.latest:
            assert found.earliest <= found.latest


@given(st.text(max_size=300))
def test_any_text_is_scanned(text: str) -> None:
    place = 0
    for stated in scan(text):
        assert place <= stated.start < stated.end <= len(text)
        place = stated.end
    parse_date(text)


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(["%d %B %Y", "%b. %d, %Y", "%B %d %Y", "%Y-%m-%d"])
)
@settings(max_examples=40, deadline=None)
def test_a_date_in_a_sentence_reads_back(day: date, style: str) -> None:
    text = f"It is written that {day.strftime(style)} was fair."
    assert day.isoformat() in [t.earliest for t in times(parse(text), "2099-12-31")]


@pytest.mark.parametrize(
    "piece", ["1", "May ", "1 ", "two weeks before ", "the first week of ", "between 3 and ", "early "]
)
def test_time_grows_with_length_only(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        best = []
        for _ in range(3):
            began = time.perf_counter()
            for _ in scan(text):
                pass
            best.append(time.perf_counter() - began)
        return min(best)

    assert seconds(40_000) < 12 * seconds(10_000) + 0.05


def test_a_megabyte_of_digits() -> None:
    assert list(scan("1" * 1_000_000)) == []
    assert parse_date("1" * 1_000_000) == ""
