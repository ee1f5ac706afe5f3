"""Alignment over readings written by hand: no parser needed."""

from __future__ import annotations

import re

import pytest

from reader import alignment
from reader.alignment import align
from reader.alignment.features import FEATURES, pair_features
from reader.alignment.sides import sides
from reader.lexicon import concept
from reader.nouns import Facts, Mention, Quantity, Quote, Reading, Role, Sentence, Statement, TimeSpan, Word


def facts(*sentences: str, **readings: tuple) -> Facts:
    """Facts of a body of these sentences, every longer word a noun, with further facts as given."""
    found, words, at = [], [], 0
    for index, text in enumerate(sentences):
        found.append(Sentence(start=at, end=at + len(text), paragraph=index))
        for match in re.finditer(r"\w{4,}", text):
            words.append(
                Word(
                    start=at + match.start(),
                    end=at + match.end(),
                    lemma=match.group().casefold(),
                    pos="NOUN",
                    sentence=index,
                )
            )
        at += len(text) + 1
    return Facts(version="t", body=Reading(sentences=tuple(found), words=tuple(words), **readings))


A = facts(
    "Lanterns lit the flooded harbour of Veskar overnight.",
    "Engineers blamed a broken sluice gate beside the mill.",
    "Schools stay shut until the water falls.",
)
B = facts(
    "Pupils keep away: schools stay shut until water falls, the council wrote.",
    "Overnight lanterns lit the flooded harbour.",
    "Nobody asked about ferry timetables yesterday.",
    "A broken sluice gate beside the mill, engineers said, was to blame.",
)


def pairs(result: alignment.Alignment) -> set[tuple[int, int]]:
    return {(i, j) for link in result.links for i in link.a for j in link.b}


def test_links_in_any_order_and_none() -> None:
    result = align(A, B)
    assert pairs(result) == {(0, 1), (1, 3), (2, 0)}
    assert [link.moved for link in result.links].count(True) == 1
    assert all(0 < link.score <= 1 and link.why for link in result.links)
    assert result.cells == 12


def test_anchors_and_severed_are_obeyed() -> None:
    result = align(A, B, anchors=((0, 2), (99, 0)), severed=((2, 0),))
    assert (0, 2) in pairs(result)
    assert (2, 0) not in pairs(result)
    assert any(link.why == "linked by hand" for link in result.links)


def test_one_to_many_is_one_link() -> None:
    whole = facts("Lanterns lit the flooded harbour while engineers blamed a broken sluice gate.")
    parts = facts("Lanterns lit the flooded harbour.", "Engineers blamed a broken sluice gate.")
    (link,) = align(whole, parts).links
    assert (link.a, link.b, link.relation) == ((0,), (0, 1), "one to many")


def test_past_the_bound_a_cheaper_method_says_so(monkeypatch) -> None:
    monkeypatch.setattr(alignment, "CELLS", 5)
    result = align(A, B)
    assert {(0, 1), (1, 3)} <= pairs(result)
    assert result.cells < 12
    assert "rarest words" in result.notes[0]


def test_nothing_to_align() -> None:
    assert align(facts(), B).links == ()
    assert align(A, Facts(version="t", body=Reading())).links == ()


def told(name: str, a: Facts, b: Facts) -> list[list[float]]:
    """One feature of every pair of sentences."""
    return pair_features(*sides(a, b))[name].round(3).tolist()


def test_a_report_against_itself_is_its_diagonal() -> None:
    twice = facts("Lanterns lit the harbour.", "So it was.", "Lanterns lit the harbour.", "Schools stay shut.")
    assert pairs(align(twice, twice)) == {(i, i) for i in range(4)}
    assert not any(link.moved for link in align(twice, twice).links)


def test_a_sentence_that_stands_word_for_word_is_linked_there_alone() -> None:
    copy = facts("Ferries wait outside.", "Engineers blamed a broken sluice gate beside the mill.")
    (link,) = [link for link in align(A, copy).links if 1 in link.b]
    assert (link.a, link.b, link.score, link.why) == ((1,), (1,), 1.0, "the same words")
    assert (1, 1) not in pairs(align(A, copy, severed=((1, 1),)))


def test_sentences_that_share_nothing_are_not_linked() -> None:
    result = align(facts("Lanterns glow."), facts("Engineers argue."))
    assert result.links == ()
    assert result.likeness(0, 0) == 0


def test_synonyms_and_near_spellings_count_in_part() -> None:
    a = facts("gunman Corvanti harbour", "lanterns")
    b = facts("militant Corvanty harbour", "sluice")
    same, like, other = (told("mass", a, x)[0][0] for x in (a, b, facts("bakery orchard harbour", "sluice")))
    assert same > like > other > 0
    assert "like words: gunman and militant" in align(a, b).links[0].why


def test_words_of_one_matter_count_less_than_synonyms_and_are_no_synonyms() -> None:
    a = facts("gunman Corvanti", "lanterns")
    like, related, other = (
        told("mass", a, facts(f"{word} Corvanti", "sluice"))[0][0] for word in ("militant", "bullet", "orchard")
    )
    assert like > related > other > 0
    assert concept("gunman") != concept("bullet")
    assert align(facts("gunman"), facts("bullet")).likeness(0, 0) > 0


def test_a_verb_with_its_object_is_related_as_a_whole() -> None:
    at = {"start": 0, "end": 4, "predicate_span": (0, 4)}
    opened = Statement(**at, predicate="open", patient=Role(start=5, end=9, head="fire"))
    bullet, door = facts("bullet", "sluice"), facts("open fire", "ferry", statements=(opened,))
    assert told("mass", door, bullet)[0][0] > told("mass", facts("open oven", "ferry"), bullet)[0][0] == 0


def test_the_link_says_which_related_words_decided_it(monkeypatch) -> None:
    monkeypatch.setitem(alignment._model(), "second", 0.0)
    (link,) = align(facts("gunman"), facts("bullet")).links
    assert link.why == "related words: gunman and bullet"


def test_words_told_and_words_quoted_are_told_apart() -> None:
    said, whole = "Sluices must stay shut.", {"start": 0, "end": 23}
    a, b = facts(said, quotes=(Quote(**whole),)), facts(said, "Nobody spoke.")
    assert told("quoted", a, b) == [[1.0, 1.0]]
    assert told("quoted", a, a) == [[0.0]]


def test_the_longer_two_reports_the_less_any_two_sentences_are_taken_for_one() -> None:
    short, long = facts("lanterns"), facts("lanterns", *(f"ferry{n}" for n in range(40)))
    assert told("crowd", short, short)[0][0] == 0 < told("crowd", short, long)[0][0]


def test_what_many_sentences_hold_tells_less_than_what_two_hold() -> None:
    a = facts("harbour sluice", "harbour orchard", "harbour lantern")
    b = facts("harbour ferry", "sluice ferry", "harbour quay")
    mass = told("mass", a, b)
    assert mass[0][1] > mass[0][0] > 0


def number(low: float, high: float | None, sentence: int, counted: str = "boat", fate: str = "") -> Quantity:
    return Quantity(start=0, end=1, low=low, high=high, kind="count", counted=counted, fate=fate, sentence=sentence)


@pytest.mark.parametrize(
    ("one", "other", "agreement", "counted"),
    [
        (number(40, 40, 0), number(40, 40, 0), 1.0, 1.0),
        (number(24, 60, 0), number(40, 40, 0), 0.6, 1.0),
        (number(100, None, 0), number(120, 120, 0), 0.6, 1.0),
        (number(40, 40, 0), number(70, 70, 0), 0.0, 1.0),
        (number(40, 40, 0), number(40, 40, 0, "tree"), 0.6, 0.0),
        (number(40, 40, 0, "boat", "kill"), number(40, 40, 0, "people", "die"), 1.0, 1.0),
        (number(1, 1, 0), number(1, 1, 0), 0.0, 0.0),
    ],
)
def test_numbers_agree_where_their_intervals_meet(
    one: Quantity, other: Quantity, agreement: float, counted: float
) -> None:
    a, b = facts("Harbour.", quantities=(one,)), facts("Harbour.", quantities=(other,))
    assert told("numbers", a, b) == [[pytest.approx(agreement)]]
    assert told("counted", a, b) == [[counted]]


def test_names_meet_by_key_and_days_by_date() -> None:
    a = facts(
        "Harbour.",
        mentions=(Mention(start=0, end=3, label="PERSON", key="ada marlow", name="Ada Marlow"),),
        times=(TimeSpan(start=0, end=3, earliest="2024-03-04", latest="2024-03-04"),),
    )
    b = facts(
        "Sluice.",
        "Orchard.",
        mentions=(Mention(start=0, end=3, label="PERSON", key="marlow", name="Marlow"),),
        times=(TimeSpan(start=8, end=9, earliest="2024-03-04", latest="2024-03-04", sentence=1),),
    )
    ((first, second),) = told("names", a, b)
    assert first > 0 == second
    ((first, second),) = told("mass", a, b)
    assert first == 0 < second


def test_deeds_and_speakers_are_shared() -> None:
    say = {"start": 0, "end": 1, "predicate_span": (0, 1)}
    a = facts("Harbour.", statements=(Statement(**say, predicate="kill", speaker="the mayor"),))
    b = facts("Sluice.", statements=(Statement(**say, predicate="murder", speaker="The mayor"),))
    c = facts("Sluice.", statements=(Statement(**say, predicate="say"),))
    assert told("deeds", a, b)[0][0] > 0 == told("deeds", c, c)[0][0]
    assert told("speaker", a, b) == [[1.0]]


def test_every_feature_has_its_weight() -> None:
    assert list(alignment._model()["weights"]) == list(FEATURES) == list(pair_features(*sides(A, B)))
