"""Alignment over readings written by hand: no parser needed."""

from __future__ import annotations

import re

from reader import alignment
from reader.alignment import align
from reader.nouns import Facts, Reading, Sentence, Word


def facts(*sentences: str) -> Facts:
    """Facts of a body of these sentences, every longer word a noun."""
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
    return Facts(version="t", body=Reading(sentences=tuple(found), words=tuple(words)))


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
