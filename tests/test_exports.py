"""What goes out in files: comparisons and verdicts in every form, written whole, safe against hostile words."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import stat
import subprocess
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import UseApp
from db_library import Clock
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from msgspec.structs import replace
from textual.widgets import Input
from two_reports import COMPARED, COMPARISON, CONFLICTS, FACTS_A, FACTS_B, A, B, library_of

import cli
from db import Library, Stored, VerdictQuery
from reader.nouns import Article, Place
from widgets.actions import BY_ID
from widgets.compare.findings import Finding
from widgets.exports.annotations import CONTEXT, annotations_of
from widgets.exports.claim_reviews import RATING, claim_reviews_of
from widgets.exports.files import end_of, write_whole
from widgets.exports.forms import PAIR_FORMS, VERDICT_FORMS
from widgets.exports.page import page_of
from widgets.exports.pairs import Pair, json_of, markdown_of, pair_of, record_of, rows_of, told
from widgets.summary import summary_of, written
from widgets.understanding import Compared

GOLDEN = Path(__file__).parent / "golden"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
HOSTILE = '</style></title><script>document.title="owned"</script><img src=x onerror=alert(1)> {{7*7}} \u202egnp.exe\u202c \x1b[31m'


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """Ada judged four of the five conflicts of two reports, and paired words by hand."""
    monkeypatch.setattr("widgets.exports.forms.made_by", lambda _: "Made for a test")
    opened = library_of(tmp_path / "library.db")
    opened.reviewer = "ada"
    opened._store.now = _tick(Clock())  # type: ignore[method-assign]
    a, b = opened.articles.get_many([1, 2])
    said = {"note": "The owners count | without crew", "tags": ["crew", "toll"], "outcome": "other scope"}
    judged = zip(CONFLICTS, ("contradiction", "tension", "compatible", "unsure"), strict=False)
    for number, (conflict, judgement) in enumerate(judged):
        opened.verdicts.judge_conflict(a, b, conflict, judgement, **(said if number == 0 else {}), flagged=number == 1)
    opened.verdicts.judge(a, b, CONFLICTS[5].a, CONFLICTS[5].b, "contradiction", kind="polarity", severity=3)
    yield opened
    opened.close()


def _tick(clock: Clock) -> Callable[[], str]:
    return lambda: clock().isoformat(timespec="milliseconds").replace("+00:00", "Z")


def pair(library: Library) -> Pair:
    a, b = library.articles.get_many([1, 2])
    return pair_of(library, a, b)


def parsed(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)


def words_of(element: html.HtmlElement) -> list[str]:
    """The words of the reports in a cell: without signs, links and what only screen readers read."""
    for extra in element.xpath(".//a[contains(@class, 'ref') or contains(@class, 'move')] | .//*[@class='hidden']"):
        extra.drop_tree()
    return " ".join(element.itertext()).split()


# --- golden files


@pytest.mark.parametrize("end", PAIR_FORMS)
def test_a_comparison_is_written_as_before(library: Library, end: str) -> None:
    check(f"comparison{end}", PAIR_FORMS[end](library, pair(library)))


@pytest.mark.parametrize("end", [end for end in VERDICT_FORMS if end not in (".jsonld", ".claimreview.json")])
def test_verdicts_are_written_as_before(library: Library, end: str) -> None:
    check(f"verdicts{end}", VERDICT_FORMS[end](library, VerdictQuery()))


def check(name: str, text: str) -> None:
    """A file is as its golden file is; GOLDEN=write makes them anew. How the page looks is not part of it."""
    text = re.sub(r"(?s)<style>.*</style>", "<style></style>", text)
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{path} differs: see it, then GOLDEN=write pytest"


# --- the page


def test_the_page_shows_both_columns_level(library: Library) -> None:
    page = parsed(page_of([pair(library)]))
    (table,) = page.xpath("//table")
    rows = table.xpath("./tbody/tr")
    for column, article in ((1, A), (2, B)):
        cells = [row.xpath("./td")[column - 1] for row in rows]
        told = [word for cell in cells for word in words_of(cell)]
        assert "".join(told) == "".join(f"{article.title} {article.body}".split()), "no word lost, none twice"
    linked = next(row for row in rows if row.xpath("./th")[0].text_content() == "1Linked 1")
    a, b = (cell.text_content() for cell in linked.xpath("./td"))
    assert "ran aground near Port Lume on Monday evening" in a
    assert "ran aground near Port Lume on Monday with" in b
    only = [row for row in rows if row.xpath("./td[@class='hatch']")]
    assert only
    assert "Only" in only[0].xpath("./th")[0].text_content()


def test_the_page_is_one_that_keyboard_and_screen_reader_walk(library: Library) -> None:
    page = parsed(page_of([pair(library)]))
    assert page.get("lang") == "en"
    assert [page.xpath(f"count(//{landmark})") for landmark in ("header", "nav", "main", "footer", "h1")] == [1.0] * 5
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4")]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(href[1:] in ids for href in page.xpath("//a/@href") if href.startswith("#"))
    assert [cell.get("scope") for cell in page.xpath("//thead//th")] == ["col"] * 3
    assert set(page.xpath("//tbody//th/@scope")) == {"row"}
    for card in page.xpath("//li[contains(@class, 'card')]"):
        for link in card.xpath(".//a[@class='to']"):
            (there,) = page.xpath("//*[@id=$id]", id=link.get("href")[1:])
            assert (there.tag, there.get("href")) == ("a", f"#{card.get('id')}"), "to the place and back"
    heads = [" ".join(head.text_content().split()) for head in page.xpath("//h4")]
    assert any("✓ contradiction · polarity · ●●● grave" in head for head in heads), "a sign and words for each"
    assert [state.text_content() for state in page.xpath("//mark[@class='tension']")][:1] == ["120"], "in the headline"


spans = st.tuples(
    st.integers(0, len(A.body) - 1), st.integers(1, 60), st.integers(0, len(B.body) - 1), st.integers(1, 60)
)


@settings(max_examples=40, deadline=None)
@given(st.lists(spans, max_size=8))
def test_whatever_the_places_no_word_is_lost_and_every_link_leads_somewhere(places: list[tuple[int, ...]]) -> None:
    def place(body: str, start: int, length: int) -> Place:
        return Place(start=start, end=min(len(body), start + length), text=body[start : start + length])

    conflicts = [
        replace(CONFLICTS[0], a=place(A.body, a, to_a), b=place(B.body, b, to_b))
        for a, to_a, b, to_b in places
        if A.body[a : a + to_a].strip() and B.body[b : b + to_b].strip()
    ]
    stored = [
        Stored(id=n, article=article, words=1, read=False, starred=False, deleted=False, added="")
        for n, article in ((1, A), (2, B))
    ]
    page = parsed(page_of([told(*stored, Compared(FACTS_A, FACTS_B, COMPARED), [Finding(c) for c in conflicts])]))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//a/@href")} <= set(ids)
    for column, article in ((1, A), (2, B)):
        cells = page.xpath(f"//tbody/tr/td[{column}]")
        assert "".join(word for cell in cells for word in words_of(cell)) == "".join(
            f"{article.title}{article.body}".split()
        )


def test_the_page_loads_and_runs_nothing(library: Library) -> None:
    text = page_of([pair(library)])
    page = parsed(text)
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert not page.xpath("//script | //link | //img | //iframe | //object | //form | //*[@style]")
    assert "url(" not in text
    assert "@import" not in text


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Library]:
    """A library in which every string that a person or a page can set is an attack."""
    opened = Library.open(tmp_path / "hostile.db", reviewer=HOSTILE.replace("\x1b", ""))
    named = {"source": HOSTILE, "author": HOSTILE}
    opened.articles.add(replace(A, title=A.title + HOSTILE, url="javascript:alert(1)", **named))
    opened.articles.add(replace(B, title=B.title + HOSTILE, url="https://wire.example/?q=<b>&x=\"'", **named))
    a, b = opened.articles.get_many([1, 2])
    opened.facts.put(a, FACTS_A)
    opened.facts.put(b, FACTS_B)
    conflict = replace(CONFLICTS[0], reason=HOSTILE, benign=HOSTILE)
    opened.comparisons.put(a, b, COMPARISON, replace(COMPARED, conflicts=(conflict,), notes=(HOSTILE,)))
    opened.verdicts.judge_conflict(
        a, b, conflict, "contradiction", note=f"=cmd|x {HOSTILE}", tags=["<b>x"], outcome=f"- {HOSTILE}"
    )
    yield opened
    opened.close()


def assert_harmless(text: str) -> None:
    page = parsed(text)
    assert not page.xpath("//script | //img | //*[@onerror] | //*[@style]")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b]", text)
    addresses = {href for href in page.xpath("//a/@href") if not href.startswith("#")}
    assert addresses <= {"https://wire.example/?q=<b>&x=\"'"}
    assert '<script>document.title="owned"</script>' in page.text_content(), "shown as the words that they are"
    assert "{{7*7}}" in page.text_content()


@pytest.mark.parametrize("end", PAIR_FORMS)
def test_hostile_words_stay_words(hostile: Library, end: str) -> None:
    text = PAIR_FORMS[end](hostile, pair(hostile))
    if end == ".html":
        assert_harmless(text)
        assert_harmless(VERDICT_FORMS[end](hostile, VerdictQuery()))
    elif end == ".md":
        assert not re.search(r"(?<!\\)<|(?<!\\)\[|\x1b|\u202e", text)
        assert len({line.replace("\\|", "").count("|") for line in text.splitlines() if line.startswith("|")}) == 1
    elif end == ".csv":
        (row,) = csv.DictReader(io.StringIO(text))
        assert row["note"].startswith("'=cmd|x")
        assert row["outcome"].startswith("'- ")
        assert "\x1b" not in text
    else:
        for part in text.splitlines() if end == ".jsonl" else [text]:
            assert json.loads(part)
        assert "javascript:" not in text or end == ".json", "no link but to the web"


@pytest.mark.skipif(CHROMIUM is None, reason="needs a browser")
def test_a_browser_shows_the_page_and_runs_nothing(hostile: Library, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    write_whole(file, page_of([pair(hostile)], title="A test"))
    flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    more = "--disable-component-update --disable-sync --dump-dom"
    command = [str(CHROMIUM), *flags.split(), *more.split(), f"--user-data-dir={tmp_path / 'profile'}", file.as_uri()]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    assert "<title>A test</title>" in shown
    assert_harmless(shown)


def test_a_session_is_one_page_of_all_its_pairs(library: Library) -> None:
    session = library.sessions.make("The ferry <b>", [(1, 2)], "the ferry")
    page = parsed(written(library, summary_of(library, session.id), ".html"))
    assert page.xpath("//h1")[0].text_content() == "The ferry <b>"
    assert len(page.xpath("//table")) == 1
    assert "Conflicts" in page.xpath("//dl[@class='figures']")[0].text_content()
    assert len(page.xpath("//li[contains(@class, 'card')]")) == len(summary_of(library, session.id).findings)


def test_a_blind_reviewer_writes_nothing_of_what_others_judged(library: Library) -> None:
    first = library.sessions.make("The ferry", [(1, 2)])
    library.sessions.hand_over(first.id, "ben")
    library.reviewer = "ben"
    for end, make in PAIR_FORMS.items():
        text = make(library, pair(library))
        assert "The owners count" not in text, end
        assert "toll" not in text, end
    states = parsed(PAIR_FORMS[".html"](library, pair(library))).xpath("//li/@class")
    assert set(states) == {"card open"}
    assert json.loads(VERDICT_FORMS[".jsonld"](library, VerdictQuery()))["total"] == 0
    assert not parsed(VERDICT_FORMS[".html"](library, VerdictQuery())).xpath("//li[contains(@class, 'card')]")
    assert "What ada judged is hidden" in written(library, summary_of(library, first.id), ".html")


def test_an_orphan_is_told_without_a_place(library: Library) -> None:
    library.articles.add(replace(A, body="The ferry Anselma is afloat again."))
    orphan = next(f for f in map(_finding, library.verdicts.of_pair(1, 2)) if f.orphaned("a"))
    a, b = library.articles.get_many([1, 2])
    library.facts.put(a, replace(FACTS_A, body=replace(FACTS_A.body, sentences=())))
    library.comparisons.put(a, b, COMPARISON, replace(COMPARED, links=(), conflicts=()))
    page = parsed(page_of([pair(library)]))
    (card,) = page.xpath(f"//li[contains(@class, 'card')][.//strong[text()='{orphan.place('a').text}']][1]")
    assert "no longer in this report" in card.text_content()
    assert [link.text_content() for link in card.xpath(".//a[@class='to']")] == ["In the text of B, conflict 1"]


def _finding(verdict: object) -> Finding:
    return Finding(None, verdict)  # type: ignore[arg-type]


# --- Web Annotations and ClaimReview


def test_annotations_have_the_shape_of_the_standard(library: Library) -> None:
    """The musts of the Web Annotation Data Model for what is used of it, said anew; tried by hand: docs/formats.md."""
    collection = json.loads(annotations_of(library, library.verdicts.page(), "Verdicts"))
    assert collection["@context"] == CONTEXT
    assert collection["type"] == "AnnotationCollection"
    page = collection["first"]
    assert (page["type"], page["startIndex"], collection["last"]) == ("AnnotationPage", 0, page["id"])
    assert collection["total"] == len(page["items"]) == 5
    known = set("id type motivation created modified creator generator body target".split())
    ids = set()
    for item in page["items"]:
        assert {key for key in item if not key.startswith("rashomon:")} == known
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", item["id"])
        ids.add(item["id"])
        assert (item["type"], item["motivation"], item["creator"]) == (
            "Annotation",
            "assessing",
            {"type": "Person", "name": "ada"},
        )
        for moment in (item["created"], item["modified"]):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", moment)
        assert {body["type"] for body in item["body"]} == {"TextualBody"}
        assert {body["purpose"] for body in item["body"]} <= {"assessing", "classifying", "commenting", "tagging"}
        assert len(item["target"]) == 2
        for target, article in zip(item["target"], (A, B), strict=True):
            assert target["type"] == "SpecificResource"
            quote, position = target["selector"]
            text = article.part(target["rashomon:part"])
            assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert f"{quote['prefix']}{quote['exact']}{quote['suffix']}" in text
            state = target["state"]
            assert (state["type"], state["sourceDate"]) == ("TimeState", item["created"])
            digest = urlsafe_b64decode(state["cached"].removeprefix("ni:///sha-256;") + "=")
            assert digest.hex() == Article(body=text).text_sha
            assert target["source"] == state["cached"], "no address is known"
    assert len(ids) == 5
    again = json.loads(annotations_of(library, library.verdicts.page(), "Verdicts"))
    assert again == collection, "the same verdicts have the same names"


def test_annotations_of_sides_that_are_swapped_swap_their_targets(library: Library) -> None:
    swapped = library.verdicts.of_pair(2, 1)
    for item in json.loads(annotations_of(library, swapped, "Verdicts"))["first"]["items"]:
        for target, article in zip(item["target"], (B, A), strict=True):
            quote, position = target["selector"]
            text = article.part(target["rashomon:part"])
            assert text[position["start"] : position["end"]] == quote["exact"]


def test_claim_reviews_are_drafts_for_both_sides_that_say_not_which_is_true(library: Library) -> None:
    graph = json.loads(claim_reviews_of(library, library.verdicts.page(VerdictQuery(descending=False))))["@graph"]
    assert len(graph) == 4, "two contradictions, two claims each"
    assert [draft["claimReviewed"] for draft in graph[:2]] == [
        "The captain had left the bridge before the ship struck the reef, according to the harbour office.",
        "The captain had not left the bridge, the owners insisted.",
    ]
    for draft, other in zip(graph, (graph[1], graph[0], graph[3], graph[2]), strict=True):
        assert draft["creativeWorkStatus"] == "Draft"
        assert draft["reviewRating"]["alternateName"] == RATING
        assert "does not say which" in draft["reviewRating"]["ratingExplanation"]
        assert not {"ratingValue", "bestRating", "worstRating"} & draft["reviewRating"].keys()
        assert not {"url", "datePublished"} & draft.keys(), "for the person to say"
        assert other["claimReviewed"] in draft["reviewBody"]
        assert draft["author"] == {"@type": "Person", "name": "ada"}
    assert graph[0]["itemReviewed"]["author"] == {"@type": "Organization", "name": "The Lume Courier"}


# --- JSON


def test_the_json_of_a_comparison_says_which_conflict_a_verdict_is_on(library: Library) -> None:
    record = record_of(pair(library))
    assert record["format"] == "rashomon.comparison/1"
    assert [verdict["conflict"] for verdict in record["verdicts"]].count(None) == 1, "the pair made by hand"
    for verdict in record["verdicts"]:
        if verdict["conflict"] is not None:
            assert record["conflicts"][verdict["conflict"]]["a"]["text"] == verdict["a"]["text"]
    assert json.loads(json_of(pair(library))) == record
    assert len(rows_of(pair(library))) == 6
    assert markdown_of(pair(library)).startswith("# Ferry with 120 aboard")


# --- files


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    write_whole(path, "one")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "\ud800")
    assert path.read_text(encoding="utf-8") == "one"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(OSError, match=r"out\.md"):
        write_whole(path / "x.md", "two")
    with pytest.raises(OSError, match=r"nowhere/x\.md"):
        write_whole(tmp_path / "nowhere" / "x.md", "two")
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(OSError, match="not a plain file"):
        write_whole(tmp_path / "pipe.md", "two")


def test_the_longest_end_says_how() -> None:
    assert end_of(Path("a.claimreview.json"), PAIR_FORMS) == ".claimreview.json"
    assert end_of(Path("A.JSON"), PAIR_FORMS) == ".json"
    assert (end_of(Path("a.pdf"), PAIR_FORMS), end_of(Path(".json"), PAIR_FORMS)) == ("", "")


def test_the_command_prints_and_writes_every_form(library: Library, tmp_path: Path) -> None:
    def run(*args: str) -> str:
        done = CliRunner().invoke(cli.main, ["--db", str(library.path), "--reviewer", "ada", *args])
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return done.stdout if done.exit_code == 0 else done.stderr

    for form, end in (("html", ".html"), ("annotations", ".jsonld"), ("claimreview", ".claimreview.json")):
        file = tmp_path / f"out{end}"
        run("compare", "1", "2", "-o", str(file))
        assert run("compare", "1", "2", "--format", form) == file.read_text(encoding="utf-8")
        run("verdicts", "-o", str(file))
        assert run("verdicts", "--format", form) == file.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in run("verdicts", "--format", "jsonl").splitlines()]
    assert [line["format"] for line in lines] == ["rashomon.verdict/1"] * 5
    assert "end the name in .html, .md" in run("compare", "1", "2", "-o", "out.pdf")
    assert "No such file or directory" in run("verdicts", "-o", str(tmp_path / "nowhere" / "x.md"))
    library.sessions.make("The ferry", [(1, 2)])
    assert run("session", "1", "--format", "html").startswith("<!doctype html>")


# --- on the screens


async def test_a_comparison_is_written_from_its_screen(
    library: Library, use: UseApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with use(library, ("compare", 1, 2)) as using:
        await using.press("E")
        assert using.app.screen.query_one(Input).value == "the-lume-courier-southern-wire.html"
        await using.press("enter")
        assert using.said.startswith("Written to ")
        page = parsed((tmp_path / "the-lume-courier-southern-wire.html").read_text(encoding="utf-8"))
        assert len(page.xpath("//li[contains(@class, 'card')]")) == 6
    async with use(library) as using:
        await using.press("gq", "F", "d", "E")
        using.app.screen.query_one(Input).value = "judged.jsonld"
        await using.press("enter")
        assert json.loads((tmp_path / "judged.jsonld").read_text(encoding="utf-8"))["total"] == 5
    assert "HTML" in BY_ID["compare.export"].help
