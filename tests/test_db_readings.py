"""Corrections: stored with the words they speak of, followed into new texts, never moved to a lookalike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import Library, NotFound, Stored
from reader.corrections import standing
from reader.nouns import Article, Correction, Mention, Quantity, Span, TimeSpan
from tests.db_library import HARBOUR, Clock, place, two


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", reviewer="ada", clock=Clock()) as opened:
        two(opened)
        yield opened


def revise(library: Library, old: str, new: str) -> Stored:
    """The harbour report again, with other words."""
    assert old in HARBOUR.body
    library.articles.add(Article(body=HARBOUR.body.replace(old, new), url=HARBOUR.url))
    return library.articles.get(1)


def dockers(stored: Stored, low: float = 250, words: str = "Around 275") -> Quantity:
    at = place(stored, words)
    counted = place(stored, "dockers")
    return Quantity(
        start=at.start, end=at.end, low=low, high=300, counted="docker", counted_span=(counted.start, counted.end)
    )


def test_what_a_person_states_is_kept_whole(library: Library) -> None:
    stored = library.articles.get(1)
    fact = dockers(stored)
    made = library.readings.correct(stored, "body", fact)
    assert made == Correction(id=1, at=made.at, part="body", noun="quantity", start=fact.start, end=fact.end, fact=fact)
    assert made.at
    monday, mayor = place(stored, "Monday"), place(stored, "Ines Varga")
    time = TimeSpan(start=monday.start, end=monday.end, earliest="2031-03-03", latest="2031-03-03")
    name = Mention(start=mayor.start, end=mayor.end, label="PERSON", key="ines varga", name="Ines Varga")
    title = library.readings.dismiss(stored, "title", "name", Span(start=20, end=30))
    given = [library.readings.correct(stored, "body", one) for one in (name, time)]
    path = library.path
    library.close()
    with Library.open(path) as again:
        assert again.readings.of(again.articles.get(1)) == [title, made, *reversed(given)]
        assert again.readings.of(again.articles.get(2)) == []
        row = dict(again._store.rows("SELECT * FROM corrections WHERE id = 1")[0])
        assert (row["exact"], row["prefix"], row["suffix"]) == (
            "Around 275",
            "The ferry left Port Amble at dawn. "[-32:],
            " dockers walked off the quay on Monday."[:32],
        )
        assert (row["noun"], row["reviewer"], row["text_sha"]) == ("quantity", "ada", HARBOUR.text_sha)


def test_the_last_word_on_some_words_counts(library: Library) -> None:
    stored = library.articles.get(1)
    library.readings.correct(stored, "body", dockers(stored))
    newer = library.readings.correct(stored, "body", dockers(stored, 275))
    assert library.readings.of(stored) == [newer]
    gone = library.readings.dismiss(stored, "body", "quantity", dockers(stored))
    assert library.readings.of(stored) == [gone]
    assert gone.fact is None
    assert gone.id == newer.id
    library.history.undo()
    assert library.readings.of(stored) == [newer]
    library.readings.restore(newer.id)
    assert library.readings.of(stored) == []
    library.history.undo()
    assert library.readings.of(stored) == [newer]


def test_the_same_words_may_be_corrected_as_two_kinds_of_fact(library: Library) -> None:
    stored = library.articles.get(1)
    library.readings.correct(stored, "body", dockers(stored))
    library.readings.dismiss(stored, "body", "time", dockers(stored))
    assert [c.noun for c in library.readings.of(stored)] == ["quantity", "time"]


def test_a_correction_follows_its_words_into_a_new_text(library: Library) -> None:
    library.readings.correct(library.articles.get(1), "body", dockers(library.articles.get(1)))
    stored = revise(library, "The ferry", "At last the ferry")
    (followed,) = library.readings.of(stored)
    assert followed.of(stored.article.body) == "Around 275"
    assert followed.fact == dockers(stored)
    stated = library.readings.correct(stored, "body", dockers(stored, 200))
    assert stated.id == followed.id
    assert library.readings.of(stored) == [stated]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("275", "260"),
        ("The strike will", "Around 275 dockers walked off the pier on Monday. The strike will"),
        ("on Monday", "on Tuesday"),
    ],
    ids=["other words", "a lookalike further on", "another sentence"],
)
def test_a_correction_never_moves_to_a_lookalike(library: Library, old: str, new: str) -> None:
    made = library.readings.correct(library.articles.get(1), "body", dockers(library.articles.get(1)))
    stored = revise(library, old, new)
    assert [c.start for c in library.readings.of(stored)] == ([made.start] if "pier" in new else [])
    library._store.connection.execute("UPDATE articles SET text_sha = ? WHERE id = 1", (HARBOUR.text_sha,))
    library.articles.edit(1, title="Again")
    assert library.readings.of(library.articles.get(1)) == [made]


def test_words_that_stand_twice_are_not_followed(library: Library) -> None:
    library.readings.dismiss(library.articles.get(1), "body", "quantity", place(library.articles.get(1), "275"))
    sentence = "Around 275 dockers walked off the quay on Monday."
    line = HARBOUR.body.splitlines()[0]
    stored = revise(library, line, f"{line}\n{line}")
    assert stored.article.body.count(sentence) == 2
    assert library.readings.of(stored) == []


def test_a_correction_made_on_an_older_text_is_looked_for_in_the_newest(library: Library) -> None:
    shown = library.articles.get(1)
    stored = revise(library, "The ferry", "At last the ferry")
    made = library.readings.correct(shown, "body", dockers(shown))
    assert made.of(shown.article.body) == "Around 275"
    (followed,) = library.readings.of(stored)
    assert followed.of(stored.article.body) == "Around 275"
    elsewhere = Span(start=followed.start, end=followed.end)
    other = library.readings.dismiss(shown, "body", "quantity", elsewhere)
    assert other.id != made.id


def test_a_window_that_shows_an_older_text_has_what_was_said_of_that_text(library: Library) -> None:
    shown = library.articles.get(1)
    made = library.readings.correct(shown, "body", dockers(shown))
    newest = revise(library, "The ferry", "At last the ferry")
    assert library.readings.of(shown) == [made]
    stayed = place(newest, "At last")
    library.readings.dismiss(newest, "body", "time", stayed)
    assert library.readings.of(shown) == [made], "nothing of it is known on the older one"
    assert [c.of(newest.article.body) for c in library.readings.of(newest)] == ["At last", "Around 275"]


def test_a_correction_that_finds_no_words_waits_and_is_counted(library: Library) -> None:
    shown = library.articles.get(1)
    stored = revise(library, "275", "260")
    made = library.readings.correct(shown, "body", dockers(shown))
    assert library.readings.of(shown) == [made], "the window that still shows them has it"
    assert library.readings.waiting(shown) == []
    assert library.readings.of(stored) == []
    assert library.readings.waiting(stored) == ["Around 275"]
    assert library.stats().corrections_orphaned == 1
    library.readings.restore(made.id)
    assert library.stats().corrections_orphaned == 0


def test_of_corrections_that_share_words_the_one_said_last_holds(library: Library) -> None:
    stored = library.articles.get(1)
    narrow = place(stored, "275")
    fact = Quantity(start=narrow.start, end=narrow.end, low=275, high=275)
    first = library.readings.correct(stored, "body", fact)
    wide = library.readings.correct(stored, "body", dockers(stored))
    assert standing(library.readings.of(stored)) == [wide]
    again = library.readings.correct(stored, "body", fact)
    assert again.id == first.id
    assert standing(library.readings.of(stored)) == [again]
    library.history.undo()
    assert standing(library.readings.of(stored)) == [wide]


def test_a_correction_in_a_title_follows_edits(library: Library) -> None:
    stored = library.articles.get(1)
    made = library.readings.dismiss(stored, "title", "name", place(stored, "Port Amble", "title"))
    library.articles.edit(1, title="Dockers stay in Port Amble")
    assert library.readings.of(library.articles.get(1)) == []
    library.history.undo()
    assert library.readings.of(library.articles.get(1)) == [made]


def test_what_cannot_be_corrected(library: Library) -> None:
    stored = library.articles.get(1)
    events = library.history.count()
    with pytest.raises(ValueError, match="no words at 5 to 9999"):
        library.readings.dismiss(stored, "body", "time", Span(start=5, end=9999))
    with pytest.raises(NotFound, match="no correction 7"):
        library.readings.restore(7)
    assert library.history.count() == events


def test_a_fact_of_another_version_is_left_out_and_kept(library: Library) -> None:
    stored = library.articles.get(1)
    library.readings.correct(stored, "body", dockers(stored))
    library._store.connection.execute('UPDATE corrections SET fact = \'{"low": "many"}\'')
    assert library.readings.of(stored) == []
    assert library.stats().corrections == 1
