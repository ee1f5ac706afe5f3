"""Sentence ends, words and offsets."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import pipeline


def split(text: str) -> list[str]:
    return [s.of(text) for s in pipeline.sentences(pipeline.parse(text))]


@pytest.mark.parametrize(
    "expected",
    [
        ["The siege ended.", "The police left."],
        ["Col. J. R. Marsh said no.", "Nobody left."],
        ["“We left.", "We are safe,” said Anna Marlow.", "She smiled."],
        ["He asked “Why?” and left."],
        ["Dr. Anna Marlow met Gov. Lee in Harrow on Oct. 12.", "It rained."],
    ],
    ids=["plain", "initials", "quotation of two sentences", "question inside", "abbreviations"],
)
def test_sentence_ends(expected: list[str]) -> None:
    assert split(" ".join(expected)) == expected


def test_glued_sentences_come_apart() -> None:
    assert split("The shooting ended.The police left.") == ["The shooting ended.", "The police left."]
    assert split("“No.”Then he left.") == ["“No.”", "Then he left."]


def test_a_dateline_stands_alone() -> None:
    assert split("HARROW (Tarn News) - Rebels left. They took buses.")[1:] == ["Rebels left.", "They took buses."]


def test_paragraphs_are_counted_and_bound_sentences() -> None:
    text = "The rebels left\n\nThe army came. It stayed."
    found = pipeline.sentences(pipeline.parse(text))
    assert [(s.of(text), s.paragraph) for s in found] == [
        ("The rebels left", 0),
        ("The army came.", 1),
        ("It stayed.", 1),
    ]


def test_words_are_lemmas_of_content_words_in_their_sentence() -> None:
    parse = pipeline.parse("The rebels left. Two buses burned.")
    assert [(w.lemma, w.sentence) for w in pipeline.words(parse)] == [
        ("rebel", 0),
        ("leave", 0),
        ("two", 1),
        ("bus", 1),
        ("burn", 1),
    ]


def test_a_headline_in_title_case_gets_the_letters_of_a_sentence() -> None:
    body = pipeline.parse("Soldiers of the Tarn front left Harrow after a long siege.")
    assert pipeline.headline("Soldiers Leave Harrow After Siege", body) == "Soldiers leave Harrow after siege"
    assert pipeline.headline("Soldiers leave Harrow", body) == "Soldiers leave Harrow"


def test_a_model_that_is_not_there_is_one_line() -> None:
    pipeline.use_model("no_such_pipeline")
    try:
        with pytest.raises(pipeline.PipelineError) as error:
            pipeline.parse("Text.")
        assert "\n" not in str(error.value)
        assert "no_such_pipeline" in str(error.value)
    finally:
        pipeline.use_model(None)


def visible(text: str) -> str:
    """The characters that are more than space: no separators, controls or lone surrogates."""
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cs"))


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from("A b. “ ” \" . ? ! \n ( ) \u2028 \x1b 😀 U.S. x.Y".split(" "))).map(" ".join)))  # fmt: skip
def test_any_text_keeps_its_characters(text: str) -> None:
    parse = pipeline.parse(text)
    found = pipeline.sentences(parse)
    assert all(s.of(text).strip() == s.of(text) != "" for s in found)
    assert all(a.end <= b.start and a.paragraph <= b.paragraph for a, b in pairwise(found))
    assert "".join(visible(s.of(text)) for s in found) == visible(text)
    for word in pipeline.words(parse):
        assert found[word.sentence].start <= word.start < word.end <= found[word.sentence].end


def test_a_line_longer_than_a_piece_is_one_paragraph() -> None:
    text = "The rebels left the town. " * 400
    found = pipeline.sentences(pipeline.parse(text))
    assert len(found) == 400
    assert {s.paragraph for s in found} == {0}
