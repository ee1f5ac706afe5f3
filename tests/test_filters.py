"""The language of filters, and the dates that are typed into it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import Library, Query
from db.records import Term
from reader.typed_dates import days
from widgets.filters import FIELDS, Filter, FilterError, Piece, Unfinished, parse
from widgets.search_bar import FilterSuggester

TODAY = date(2031, 3, 12)
"""A Wednesday."""

PARTS = st.sampled_from(
    [*(f"{field}:" for field in FIELDS), "-", "OR", " ", '"', "is:unread", "after:2031", "quay", "*"]
)
LINES = st.lists(st.one_of(PARTS, st.text(max_size=6)), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("typed", "first", "after"),
    [
        ("2031", "2031", "2032"),
        ("2030-12", "2030-12", "2031"),
        ("2031-03-04", "2031-03-04", "2031-03-05"),
        ("yesterday", "2031-03-11", "2031-03-12"),
        ("2 weeks ago", "2031-02-26", "2031-02-27"),
        ("last month", "2031-02", "2031-03"),
        ("the past week", "2031-03-05", "2031-03-13"),
        ("march", "2031-03", "2031-04"),
        ("Mar. 4", "2031-03-04", "2031-03-05"),
    ],
)
def test_dates_are_read_from_today(typed: str, first: str, after: str) -> None:
    assert days(typed, TODAY) == (first, after)


@pytest.mark.parametrize("typed", ["", "soon", "2031-13", "0000", "9999-12-31", "2 weeks ago and more", "14:00"])
def test_what_is_no_date_says_how_to_write_one(typed: str) -> None:
    with pytest.raises(ValueError, match="is no date; write 2017"):
        days(typed, TODAY)


def test_a_line_is_words_and_clauses() -> None:
    asked = parse('quay "night shift" source:wire OR -tag:Late after:"2 weeks ago" on:2031-03 -ferry title:dock*')
    assert asked.query(TODAY) == Query(
        text='quay "night shift"',
        where=(
            (Term(field="source", value="wire"), Term(field="tag", value="Late", negated=True)),
            (Term(field="dated", value="2031-02-26/"),),
            (Term(field="dated", value="2031-03/2031-04"),),
            (Term(field="words", value="ferry", negated=True),),
            (Term(field="headline", value="dock*"),),
        ),
    )
    assert parse("at 12:30 http://quay.example") == parse('at   12:30 "" http://quay.example --')


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("sorce:wire", "nothing is called sorce: here; did you mean source?"),
        ("is:unred", "is: knows no unred; did you mean unread?"),
        ("has:wings", "has: knows no wings; it takes undecided, verdicts, judged, note, facts, tags"),
        ("tag:", "tag: takes a tag"),
        ("after:soon", 'after: "soon" is no date'),
        ('after:"before 2031"', "has no first day"),
        ("-a " * 40, "more than 32 conditions"),
        ("a" * 3000, "longer than 2,000 characters"),
    ],
)
def test_what_cannot_be_read_says_why_in_one_line(line: str, said: str) -> None:
    with pytest.raises(FilterError) as caught:
        parse(line).query(TODAY)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert isinstance(caught.value, Unfinished) == (line == "tag:")


@given(LINES)
def test_what_is_read_is_written_and_read_the_same(line: str) -> None:
    try:
        asked = parse(line)
    except FilterError:
        return
    assert parse(str(asked)) == asked


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library.open(Path(tmp_path_factory.mktemp("filters")) / "library.db")


@given(line=LINES)
def test_no_line_breaks_the_library(shared: Library, line: str) -> None:
    try:
        query = parse(line).query(TODAY)
    except FilterError:
        return
    assert shared.articles.count(query) == len(shared.articles.ids(query)) == 0


def test_one_of_a_field_takes_the_place_of_another() -> None:
    asked = parse("quay is:read OR tag:a is:read -has:note")
    assert str(asked.having(Piece("is", "starred"))) == "quay is:read OR tag:a -has:note is:starred"
    assert asked.words == "quay"
    assert str(Filter().having(Piece("source", "Fen Gazette"))) == 'source:"Fen Gazette"'


async def test_fields_and_values_are_completed() -> None:
    suggester = FilterSuggester()
    suggester.know({"source": ["Fen Gazette"], "tag": ["night shift"]})
    for typed, whole in {
        "quay so": "quay source:",
        "-i": "-is:",
        "is:un": "is:unread",
        "source:f": "source:fen",
        'source:"fe': 'source:"fen Gazette"',
        "source:": "source:Fen",
        "tag:zz": None,
        "": None,
        "quay ": None,
    }.items():
        assert await suggester.get_suggestion(typed) == whole
