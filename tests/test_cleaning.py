"""Furniture out of the body; what the text states about itself."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cleaning import clean, furniture

SHARED = Path(__file__).parents[2] / "shared"

REPORT = (
    "A ferry with 112 passengers capsized off Port Brannoch on Thursday evening, the lake guard said.\n\n"
    "Three fishing boats pulled dozens of survivors from the water before it was dark."
)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("____", "rule of signs"),
        ("https://tolmeck.example/ferry", "address"),
        ("Brannoch Courier Logo", "logo"),
        ("Facebook Twitter Pinterest Print", "button"),
        ("Share this: Facebook", "button"),
        ("12 Comments", "button"),
        ("Advertisement", "button"),
        ("© 2023 Brannoch Courier", "copyright"),
        ("Copyright 2023 Lake Media Group. All rights reserved.", "copyright"),
        ("By continuing to use this website you agree to our use of cookies.", "cookie notice"),
        ("Please enable JavaScript to see this page", "script notice"),
        ("0:47 Swans return to the harbour Pause", "player"),
        ("Scroll down for video", "player"),
        ("We have sent you a verification email with a link.", "account"),
        ("Already have an account?", "account"),
        ("Sign up for our daily newsletter", "newsletter"),
        ("Never miss a story from the harbour", "newsletter"),
        ("Download the Courier app for the latest news on Android and iOS.", "app advertisement"),
        ("Follow Maud Ternby on Twitter: @mternby", "follow"),
        ("To read the entire article Lake Gazette click here:", "read more"),
        ("Read more here:: Lake Gazette", "read more"),
        ("Read or Share this story: http://lake.example/x", "read more"),
        ("The post Ferry capsizes appeared first on Lake Gazette.", "read more"),
        ("Related: A history of the lake »", "related"),
        ("Trending stories:", "related"),
        ("More stories on LakeGazette.com", "related"),
        ("Tags: ferry, lake, Brannoch", "tags"),
        ("• Uncategorized", "tags"),
        ("Photo courtesy Lake Museum", "photo credit"),
        ("The quay at dawn. (Photo: M. Ternby)", "photo credit"),
        ("Image 3 of 9 Divers on the quay", "gallery"),
        ("(With inputs from agencies)", "credit"),
        ("(With LNA inputs)", "credit"),
        ("Kolm Adarey contributed to this report.", "credit"),
        ("mternby@courier.example", "contact"),
        ("Contact Maud Ternby at mternby@courier.example or on Twitter.", "contact"),
        ("Check back for updates.", "promise"),
        ("First Published : 9 March 2023, 10:26 PM", "update stamp"),
    ],
)
def test_furniture_has_a_name(line: str, rule: str) -> None:
    assert furniture(line) == rule


@pytest.mark.parametrize(
    "line",
    [
        "The two countries share a border of 400 kilometres.",
        "Police asked passengers to contact the harbour office with photographs of the deck.",
        "Follow the convoy, the officer told his men, and do not fire.",
        "Copyright in the film was sold for 2 million crowns.",
        "He said he had wanted to read more about the lake.",
        "The operator posted a profit of 4 million crowns.",
        "Readers of the letter said the captain watched the gate.",
        "Download speeds fell on the island after the storm.",
        "Two more bodies were found on Friday.",
        "No flags were flown.",
        "She signed up for the lifeboat crew in 2019.",
        "Photographs of the missing hang in the harbour office.",
        "The related charge was dropped.",
        "Top officials left the town in the night.",
        "More than 200 workers had been released since Monday.",
        "“Cookies and tea, that was all they gave us,” said a survivor.",
        "Updated figures put the number of dead at 17.",
        "Source of the fire was a stove, the mayor said.",
    ],
)
def test_a_sentence_of_a_report_is_no_furniture(line: str) -> None:
    assert furniture(line) == ""
    assert line in clean(f"{REPORT}\n\n{line}").body


def test_a_page_is_left_with_its_report() -> None:
    page = f"""Lake Gazette Logo

• News

Ferry capsizes off Port Brannoch
Ferry capsizes off Port Brannoch

ferry lake brannoch capsized dead

Gazette Bureau | Edited By : Oda Finch | Updated on: 10 Mar 2023, 01:50:34 PM

Port Brannoch :

{REPORT}

Related: A history of the lake »

Trending stories:
Swans return to the harbour
Mayor opens a bakery

The captain, Hela Marwick, was arrested at the quay.

string(88) "[{{"id":"1","title":"Swans return","pic":"/a/b.jpg"}} ,{{"id":"2","title":"Mayor opens a bakery"}} ]"

(With LNA inputs)

For all the latest lake news, download the Gazette app for Android and iOS.

First Published : 09 Mar 2023, 10:26:08 PM"""
    found = clean(page)
    assert found.body == f"{REPORT}\n\nThe captain, Hela Marwick, was arrested at the quay."
    assert found.title == "Ferry capsizes off Port Brannoch"
    assert found.source == "Lake Gazette"
    assert found.author == "Gazette Bureau"
    assert found.published == "2023-03-09T22:26:08"


@pytest.mark.parametrize(
    ("head", "source", "author", "published"),
    [
        ("By Maud Ternby", "", "Maud Ternby", ""),
        ("Thu Mar 9, 2023 21:40:16", "", "", "2023-03-09T21:40:16"),
        ("Posted: March 9, 2023", "", "", "2023-03-09"),
        ("By Maud Ternby | March 9, 2023", "", "Maud Ternby", "2023-03-09"),
        ("", "", "", ""),
    ],
)
def test_byline_and_date_under_the_headline(head: str, source: str, author: str, published: str) -> None:
    found = clean(f"Ferry capsizes off Port Brannoch\n{head}\n\n{REPORT}")
    assert (found.body, found.title) == (REPORT, "Ferry capsizes off Port Brannoch")
    assert (found.source, found.author, found.published) == (source, author, published)


@pytest.mark.parametrize(
    ("before", "after", "source"),
    [
        ("", "\n\nTo read the entire article Lake Gazette click here:", "Lake Gazette"),
        ("", "\n\nRead more here:: Rope & Anchor", "Rope & Anchor"),
        ("", "\n\nThe post Ferry appeared first on Lake Gazette.", "Lake Gazette"),
        ("", "\n\nCopyright 2023 Lake Media. All rights reserved.", "Lake Media"),
        ("Lakewatch- ", "", "Lakewatch"),
        ("", "", ""),
    ],
)
def test_the_source_where_the_text_states_it(before: str, after: str, source: str) -> None:
    found = clean(before + REPORT + after)
    assert (found.source, found.title, found.body) == (source, "", REPORT)


def test_a_dateline_stays_and_names_its_agency() -> None:
    report = f"PORT BRANNOCH (LNA) — {REPORT}"
    found = clean(report)
    assert (found.body, found.source) == (report, "LNA")
    assert clean(f"Cairo- {REPORT}").source == ""


def test_what_is_given_stands() -> None:
    text = f"Ferry capsizes\nBy Maud Ternby\nMarch 9, 2023\n\n{REPORT}"
    found = clean(text, title="Ferry capsizes", source="LNA", author="E. Strell", published="2023-03-10")
    assert (found.title, found.source, found.author, found.published) == (
        "Ferry capsizes",
        "LNA",
        "E. Strell",
        "2023-03-10",
    )
    assert found.body == REPORT


def test_lines_broken_at_a_column_are_joined() -> None:
    wrapped = """A ferry with 112 passengers capsized off Port Brannoch on
Thursday evening, the lake guard said in a statement late
that night, and nine people were still missing.

Three fishing boats pulled dozens of survivors from the
water before it was dark, and more were found on an is-
land to the north where they had swum."""
    first, second = clean(wrapped).body.split("\n\n")
    assert first.endswith("the lake guard said in a statement late that night, and nine people were still missing.")
    assert "from the water" in second


def test_links_that_hang_on_a_paragraph_go() -> None:
    assert clean(f"{REPORT} The search goes on…read more").body == f"{REPORT} The search goes on…"
    assert clean(f"Please enable Javascript to watch this video {REPORT}").body == REPORT


def test_where_only_furniture_is_left_the_text_stays() -> None:
    assert clean("Share this: Facebook\n\nAdvertisement").body == "Share this: Facebook\n\nAdvertisement"


def test_a_paragraph_said_twice_is_kept_once() -> None:
    first = REPORT.split("\n\n")[0]
    assert clean(f"{REPORT}\n\n{first}").body == REPORT
    assert clean(f"{REPORT}\n\nNo.\n\n“Why?”\n\nNo.").body.count("No.") == 2


def test_escape_codes_in_a_headline() -> None:
    found = clean(f"\x1b[31mFerry\x1b[0m capsizes off \u202ePort Brannoch\n\n{REPORT}", source="\x1b]0;x\x07LNA\n")
    assert (found.title, found.source) == ("Ferry capsizes off Port Brannoch", "LNA")


@given(st.text())
def test_cleaning_never_fails_and_loses_no_whole_text(text: str) -> None:
    found = clean(text)
    assert "\x1b" not in found.body
    if re.search(r"[a-z]{3}", text):
        assert found.body or found.title or found.source or found.author or found.published


@pytest.mark.parametrize("unit", ["a ", "click here ", "Photo: ", "- ", ".", "Read "])
def test_long_lines_are_bounded_work(unit: str) -> None:
    found = clean(f"{REPORT}\n\n{unit * 20_000}")
    assert found.body[: len(REPORT)] == REPORT


@pytest.mark.skipif(not SHARED.exists(), reason="the seed reports are not here")
class TestSeeds:
    @pytest.fixture(scope="class")
    def seeds(self) -> dict[str, tuple[str, str]]:
        texts = {path.name[:3]: path.read_text(encoding="utf-8") for path in (SHARED / "seeds").glob("*.txt")}
        return {number: (found.title, found.body) for number, found in ((n, clean(t)) for n, t in texts.items())}

    def test_no_furniture_is_left(self, seeds: dict[str, tuple[str, str]]) -> None:
        for title, body in seeds.values():
            lines = body.split("\n\n")
            assert not [line for line in lines if furniture(line)]
            assert not title or title not in lines
            assert not re.search(
                r"string\(\d|cookie|read more|click here|courtesy|mobile app| logo\b|updated on", body, re.I
            )

    def test_every_quote_that_is_judged_is_kept(self, seeds: dict[str, tuple[str, str]]) -> None:
        rows = (SHARED / "eval" / "dev" / "seeds.jsonl").read_text(encoding="utf-8").splitlines()
        for row in map(json.loads, rows):
            for gold in row["gold"]:
                for side in "ab":
                    title, body = seeds[row[f"seed_{side}"]]
                    assert gold[f"quote_{side}"] in body or gold[f"quote_{side}"] in title

    def test_title_and_date_where_they_are_stated(self, seeds: dict[str, tuple[str, str]]) -> None:
        assert {number for number, (title, _) in seeds.items() if title} == {"001", "002", "004"}
