"""A claim of one sentence against a text: what contradicts it, and what only says less, more or other things."""

from __future__ import annotations

import pytest

from reader import lexicon
from reader.alignment import align
from reader.analysis import analyse
from reader.conflicts import claims, relations
from reader.conflicts.base import Candidate, Pair, Report
from reader.conflicts.confidence import confidence
from reader.nouns import Article


def held(text: str, claim: str) -> Candidate | None:
    one, other = Article(body=text), Article(body=claim)
    facts_a, facts_b = analyse(one), analyse(other)
    return next(claims.find(Pair(Report(one, facts_a), Report(other, facts_b), align(facts_a, facts_b))), None)


def sure(text: str, claim: str) -> float:
    found = held(text, claim)
    return confidence(found.family, found.features) if found else 0.0


@pytest.mark.parametrize(
    ("text", "claim", "feature"),
    [
        ("The ferry to Port Ellis has not sunk.", "The ferry to Port Ellis has sunk.", "denied"),
        ("Brae Lindt composed the score and two waltzes.", "Brae Lindt never composed a score.", "denies"),
        ("Brae Lindt played in four films.", "Brae Lindt has yet to play in a film.", "short"),
        ("Story of a mermaid found in Lake Orm is a hoax", "A mermaid was found in Lake Orm", "refuted"),
        ("Harbour board blasts rumours that the ferry sank", "The ferry sank", "refuted"),
        ("A woman is folding a tent.", "A woman is unfolding a tent.", "opposite"),
        ("A boy waits inside the shed.", "A boy waits outside the shed.", "opposite-light"),
        ("The barge is Danish.", "The barge is South Korean.", "exclusive2"),
        ("Orla Venn is a Norwegian painter and sculptor.", "Orla Venn is a lorry.", "sort"),
        ("It was the third voyage of the Halcyon.", "It was the 18th voyage of the Halcyon.", "ordinal"),
        ("The lighthouse at Orm was built in 1911.", "The lighthouse at Orm was built in 1934.", "when"),
        ("The lighthouse at Orm was lit in 1911.", "The lighthouse at Orm was opened in 1934.", "year"),
        ("Orla Venn is a Norwegian painter and sculptor.", "Orla Venn is a glider pilot.", "isa-person"),
        ("The play, seen first in Tarn, was staged by Orla Venn.", "The play was staged by Jonas Brandt.", "name"),
        ("The film was directed by Orla Venn.", "The film was directed by Jonas Brandt.", "name"),
        ("The trawler rammed the ferry.", "The ferry rammed the trawler.", "swap"),
        ("Orla Venn (born 3 May 1970) is a painter.", "Orla Venn was born in June.", "when"),
        ("Orla Venn (3 April 1931 – 9 June 2004) was a painter.", "Orla Venn died in 1999.", "when"),
        ("Halcyon is a song by the Norwegian singer Orm Lindt.", "Halcyon is a song by Jonas Brandt.", "name-governed"),
        ("The harbour board turned down the plan.", "The harbour board approved the plan.", "opposite"),
        ("The harbour board was founded in Tarn.", "The harbour board was dissolved in Tarn.", "opposite-turn"),
        ("A woman is mending a net.", "A man is mending a net.", "stranger"),
    ],
)
def test_what_speaks_against_a_claim(text: str, claim: str, feature: str) -> None:
    found = held(text, claim)
    assert found is not None
    assert found.features.get(feature) == 1.0


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The ferry to Port Ellis has not sunk.", "The ferry to Port Ellis has sunk."),
        ("Nobody is playing the harp.", "A woman is playing the harp."),
        ("A boy waits near the pier.", "A boy waits far from the pier."),
        ("The red van is parked outside.", "The blue van is parked outside."),
        ("A woman is folding a large tent.", "A woman is folding a small tent."),
    ],
)
def test_plain_contradictions_are_told(text: str, claim: str) -> None:
    assert sure(text, claim) >= 0.5


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The ferry to Port Ellis sank in heavy seas on Monday.", "The ferry to Port Ellis sank."),
        ("Two divers were killed in a failed attempt to raise the ferry.", "Two divers were killed."),
        ("Six dockers were hurt at the quay.", "6 dockers were hurt at the quay."),
        ("A man is mending a net.", "A person is mending a net."),
        ("Noël Brandt keeps the lighthouse.", "Noel Brandt keeps the lighthouse."),
        ("The barge is Danish.", "The barge is not South Korean."),
        ("The crew, who had not slept, moored the barge in Tarn.", "The barge was moored in Tarn."),
        ("The council is made up of dockers from Tarn.", "Dockers from Tarn sit in the council."),
        ("The producer of the film lives in Oslo.", "The film was produced in Oslo."),
        ("Orla Venn was born on 3 May 1970.", "Orla Venn was born in May."),
        ("Timothy Brandt keeps the lighthouse.", "Tim Brandt keeps the lighthouse."),
        ("The ferries will join the European Harbour Union.", "The ferries will join the EHU."),
        ("A woman is mending a net.", "A man is mending a net."),
        ("A gull robs a crow.", "A crow is robbed by a gull."),
        ("The barge was sold to Orla Venn.", "Orla Venn bought the barge."),
    ],
)
def test_a_claim_that_the_text_bears_out_or_leaves_open_is_not_told(text: str, claim: str) -> None:
    assert sure(text, claim) < 0.5


def test_two_texts_of_several_sentences_are_no_claim() -> None:
    assert held("The ferry sank. Nobody was hurt.", "The ferry did not sank. Many were hurt.") is None


def test_a_text_holds_nothing_against_itself() -> None:
    assert held("The ferry sank off Orm.", "The ferry sank off Orm.") is None


def test_the_shorter_side_is_the_claim_whichever_it_is() -> None:
    one = held("The ferry to Port Ellis has not sunk after all.", "The ferry has sunk.")
    other = held("The ferry has sunk.", "The ferry to Port Ellis has not sunk after all.")
    assert one is not None
    assert other is not None
    assert one.features == other.features
    assert (one.a.text, one.b.text) == (other.b.text, other.a.text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Helen Carter's predecessor, the late Peter Hall, lived in Oslo.", "Peter Hall succeeded Helen Carter."),
        ("Peter Hall beat Helen Carter in the final.", "Helen Carter beat Peter Hall in the final."),
    ],
)
def test_what_one_party_is_to_another_is_not_so_the_other_way_round(one: str, other: str) -> None:
    a, b = Article(body=one), Article(body=other)
    facts_a, facts_b = analyse(a), analyse(b)
    found = list(relations.find(Pair(Report(a, facts_a), Report(b, facts_b), align(facts_a, facts_b))))
    assert [c.kind for c in found] == ["actor"]
    again = list(relations.find(Pair(Report(a, facts_a), Report(a, facts_a), align(facts_a, facts_a))))
    assert not again


def test_members_of_two_words_are_read_before_their_parts() -> None:
    assert list(lexicon.members([("south", "south"), ("korean", "korean")])) == [(0, "country", "south korea")]


def test_every_sort_and_every_kind_has_several_members() -> None:
    for sort, entry in lexicon.table("sorts").items():
        assert len(entry["words"].split()) > 5, sort
    for kind, entry in lexicon.table("exclusions").items():
        names = [m.split("=")[0].strip() for m in entry["members"].split(",")]
        assert len(names) > 1, kind
        assert len(names) == len(set(names)), kind


def test_no_word_is_its_own_opposite() -> None:
    for section in lexicon.table("antonyms").values():
        for pair in section["pairs"]:
            left, right = (side.split() for side in pair.split("|"))
            assert not set(left) & set(right), pair


def test_a_reason_names_a_first_whichever_side_is_the_claim() -> None:
    report, claim = "The ferry Halcyon is Danish. It sails at noon.", "The ferry Halcyon is Swedish."
    for a, b, words in ((report, claim, "Danish against Swedish"), (claim, report, "Swedish against Danish")):
        found = held(a, b)
        assert found
        assert found.reason.startswith(words)


def test_a_denial_is_told_by_sentences_and_by_who_denies() -> None:
    found = held("The ferry to Orm has not sunk. It sails at noon.", "The ferry to Orm has sunk.")
    assert found
    assert found.reason == "A: The ferry to Orm has not sunk. · B: The ferry to Orm has sunk. (denied in A)"
