"""Which reports are of the same event."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import Library
from reader.acquire import acquire, extract
from reader.demo import articles
from reader.nouns import Article
from reader.partners import CANDIDATES, Index, Rarity, nearest, telling_words
from widgets.understanding import PartnerFinder

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"


def index(*articles: Article) -> Index:
    made = Index()
    for number, article in enumerate(articles):
        made.add(number, article)
    return made


@pytest.fixture(scope="module")
def demo() -> Index:
    return index(*articles())


@pytest.mark.parametrize("number", range(6))
def test_reports_of_one_event_are_offered_first(demo: Index, number: int) -> None:
    event = {0, 1, 2} if number < 3 else {3, 4, 5}
    assert {p.id for p in demo.partners(number, 2)} == event - {number}


def test_scores_are_sorted_and_in_bounds(demo: Index) -> None:
    scores = [p.score for p in demo.partners(0)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert scores[1] > 2 * scores[2]


def test_the_reason_names_names_days_and_numbers(demo: Index) -> None:
    names, days, numbers, words = next(p for p in demo.partners(0, 2) if p.id == 1).why
    assert "Port Brannoch" in names
    assert "Hela Marwick" in names
    assert days == "Mar 9", "which both tell of, one as a weekday"
    assert "90" in numbers
    assert "the" not in words.split(", ")


def test_a_copy_the_outlet_and_far_dates_are_warned_of() -> None:
    one = articles()[0]
    later = msgspec.structs.replace(one, published="2024-05-09", body=one.body + "\n\nA vigil was held.")
    (partner,) = index(one, later).partners(0)
    assert partner.warnings == (
        "copy: 100% of the words",
        "later version by the same outlet",
        "published 14 months apart",
    )
    (partner,) = index(later, one).partners(0)
    assert "earlier version by the same outlet" in partner.warnings
    (partner,) = index(msgspec.structs.replace(one, published=""), later).partners(0)
    assert partner.warnings == ("copy: 100% of the words", "another version by the same outlet")


SHOT = "A woman was shot in Ostrin on Tuesday night. Ruta Mell, 34, was hit twice, Captain Odo Brill said. It was 9:40."
AGAIN = SHOT.replace("Ruta Mell, 34", "Jory Tann, 19").replace("Odo Brill", "Ina Sund").replace("9:40", "4:15")


def told(body: str, published: str) -> Article:
    return Article(title="Shooting in Ostrin", body=body, published=published)


@pytest.mark.parametrize(
    ("other", "warning"),
    [
        (
            told(AGAIN, "2031-03-19"),
            "same place, perhaps another event: Mar 4 against Mar 18, ages 34 against 19, no full name in common, no figure in common",
        ),
        (
            told(AGAIN, ""),
            "same place, perhaps another event: ages 34 against 19, no full name in common, no figure in common",
        ),
        (told(AGAIN.replace("19", "34"), "2031-03-05"), ""),
        (told(AGAIN.replace("Ina Sund", "Odo Brill"), "2031-03-05"), ""),
    ],
)
def test_another_event_at_the_same_place_is_warned_of(other: Article, warning: str) -> None:
    lines = index(told(SHOT, "2031-03-05"), other).partners(0)[0].warnings
    assert [line for line in lines if "another event" in line] == ([warning] if warning else [])


def test_an_age_and_a_day_in_common_bring_a_report_to_the_front() -> None:
    made = index(
        told(SHOT, "2031-03-05"),
        told(SHOT.replace("34", "19").replace("Tuesday", "Monday"), "2031-03-06"),
        told(SHOT.replace("Captain ", "").replace("9:40", "late"), "2031-03-06"),
    )
    assert [partner.id for partner in made.partners(0)] == [2, 1]


def test_dates_decide_between_like_reports() -> None:
    body = "A bus left the road near Tolmeck on Monday and four passengers were hurt, police said."
    asked = Article(body=body, source="A", published="2020-02-03")
    near = Article(body=body.replace("four", "five"), source="B", published="2020-02-04")
    far = Article(body=body.replace("four", "five"), source="C", published="2021-06-04")
    assert [p.id for p in index(asked, far, near).partners(0)] == [2, 1]


def test_what_an_outlet_prints_under_every_report_says_nothing() -> None:
    foot = "Harbour Radio brings you the news of Tolmeck and Brannoch every hour, on the hour, since 1961."
    bodies = (
        "A bus left the road near Tolmeck and four passengers were hurt.",
        "The council voted on a swimming pool.",
        "Apples were cheaper in autumn.",
        "A choir won a prize abroad.",
    )
    first = [Article(body=f"{body}\n\n{foot}", source="Harbour Radio") for body in bodies]
    other = Article(body="Four people were hurt when a bus slid off a road at Tolmeck.", source="Elsewhere")
    assert index(*first, other).partners(0, 1)[0].id == 4


def test_an_unknown_article_and_one_with_no_partner() -> None:
    made = index(Article(body="Quinces ripen."), Article(body="Zebras doze."))
    assert made.partners(0) == []
    with pytest.raises(KeyError):
        made.partners(7)


def test_an_article_added_later_is_found() -> None:
    made = index(*articles()[:2])
    assert [p.id for p in made.partners(0)] == [1]
    made.add(9, articles()[2])
    assert {p.id for p in made.partners(0)} == {1, 9}


@pytest.mark.skipif(not SEEDS.exists(), reason="the seed reports are not here")
def test_seed_reports_of_one_event_come_first() -> None:
    made = index(*(extract(path) for path in sorted(SEEDS.glob("*.txt"))))
    assert {p.id for p in made.partners(0, 1)} == {1}
    assert {p.id for p in made.partners(1, 1)} == {0}
    for number in (2, 3, 4):
        assert {p.id for p in made.partners(number, 2)} == {2, 3, 4} - {number}
    assert len(list(acquire([SEEDS]))) == 5


# --- in a library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", timeout=0) as library:
        for article in articles():
            library.articles.add(article)
        yield library


VOCABULARY = st.sampled_from("quay Tolmeck ferry Brannoch dockers strike Vosk tram choir apples 275 storm pier".split())
REPORTS = st.lists(
    st.builds(
        lambda words, title, day: Article(body=" ".join(words), title=title, published=f"2031-03-{day:02}"),
        st.lists(VOCABULARY, min_size=1, max_size=12),
        VOCABULARY,
        st.integers(1, 28),
    ),
    min_size=2,
    max_size=12,
    unique_by=lambda article: article.body,
)


@settings(max_examples=25, deadline=None)
@given(REPORTS)
def test_a_search_finds_what_reading_the_whole_library_finds(reports: list[Article]) -> None:
    with TemporaryDirectory() as folder, Library.open(Path(folder) / "library.db") as library:
        numbers = [library.articles.add(report).id for report in reports]
        whole = Index()
        for number, report in zip(numbers, reports, strict=True):
            whole.add(number, report)
        finder = PartnerFinder(library)
        for number in numbers:
            found, wanted = finder.partners(number, 20), whole.partners(number, 20)
            assert [p.score for p in found] == pytest.approx([p.score for p in wanted])
            assert {p.id for p in found} == {p.id for p in wanted}


def test_partners_follow_what_another_window_does(library: Library) -> None:
    finder = PartnerFinder(library)
    assert {p.id for p in finder.partners(1, 2)} == {2, 3}
    with Library.open(library.path) as other:
        later = msgspec.structs.replace(articles()[0], source="Elsewhere", url="https://one.example/a")
        added = other.articles.add(msgspec.structs.replace(later, body=later.body + "\n\nA vigil was held.")).id
        assert finder.partners(1, 1)[0].id == added
        other.articles.add(Article(body="Apples were cheaper in autumn.", url=later.url))
        assert added not in {p.id for p in finder.partners(1, 2)}
        other.articles.delete([2])
        assert 2 not in {p.id for p in finder.partners(1, 9)}
        other.history.undo()
        assert {p.id for p in finder.partners(1, 2)} == {2, 3}


def test_what_was_dismissed_makes_room_for_others(library: Library) -> None:
    library.comparisons.dismiss(1, 2)
    finder = PartnerFinder(library)
    assert finder.partners(1, 1)[0].id == 3
    assert dict(finder.each([1, 4], 1))[1][0].id == 3


@pytest.mark.parametrize("processes", [1, 2])
def test_asking_many_at_once_finds_the_same(library: Library, monkeypatch: pytest.MonkeyPatch, processes: int) -> None:
    finder = PartnerFinder(library)
    whole = dict(finder.all(2))
    monkeypatch.setattr("widgets.understanding.WHOLE", 0)
    monkeypatch.setattr("reader.batch.processes_for", lambda _: processes)
    for number, partners in finder.all(2):
        assert {p.id for p in partners} == {p.id for p in whole[number]}


def test_how_rare_words_are_is_kept_and_counted_again_when_the_library_grew(library: Library) -> None:
    counted: list[str] = []
    PartnerFinder(library).prepare(counted.append)
    assert counted[-1] == "counting words: report 6 of 6"
    counted.clear()
    PartnerFinder(library).prepare(counted.append)
    assert counted == []
    library.articles.add(Article(body="Apples were cheaper in autumn."))
    newest, rarity = PartnerFinder(library).prepare(counted.append)
    assert (newest, rarity.articles) == (7, 7)


def test_a_count_that_cannot_be_read_or_kept_keeps_nobody_from_asking(library: Library) -> None:
    library.rarities.put(6, b"of another version")
    other = sqlite3.connect(library.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert {p.id for p in PartnerFinder(library).partners(1, 2)} == {2, 3}
    assert library.rarities.get() == (6, b"of another version")
    other.close()


def test_a_count_is_packed_and_unpacked() -> None:
    rarity = Rarity.counted(articles())
    again = Rarity.unpacked(rarity.packed())
    for term in ("w:ferry", "w:the", "n:port brannoch", "w:never"):
        assert again.of(term) == rarity.of(term)
    assert rarity.of("w:never") > rarity.of("w:ferry") > rarity.of("w:the")
    with pytest.raises(ValueError, match="not a count"):
        Rarity.unpacked(b"junk")


def test_words_that_too_many_articles_hold_are_not_looked_for() -> None:
    asked = Article(body="Dockers walked off the quay at Tolmeck.")
    rarity = Rarity(3000, {"w:dockers": 600, "w:quay": 300, "w:walked": 2000})
    assert telling_words(asked, rarity, 3000) == ["tolmeck", "quay", "dockers"]
    assert telling_words(asked, rarity, 90_000) == ["tolmeck", "quay"]
    assert telling_words(Article(body="Dockers, quay."), rarity, 900_000) == ["quay"]


def test_of_many_like_reports_the_nearest_in_time_are_candidates() -> None:
    asked = Article(body="A shot was fired.", published="2031-03-04")
    held = [
        (1, asked.published, 9.0),
        *((n, f"20{n % 30:02}-01-01", 8.0) for n in range(2, 200)),
        (500, "2031-03-05", 6.0),
    ]
    found = nearest(asked, held, CANDIDATES)
    assert found[:2] == [1, 500]
    assert len(found) == CANDIDATES
    assert nearest(asked, [], 5) == []
