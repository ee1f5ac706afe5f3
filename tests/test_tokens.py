"""Tokens as plain objects: what spaCy says of each, on edited text and on anything else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import models, pipeline, tokens

TEXT = (
    'OSTRAVA (NWA) - Gen. Ada Marsh\'s two  ships left Port Elwin on May 3, she said.Then "nobody" came: '
    "the crews, who hadn't slept, and their captains stayed."
)


def spacy_doc(text: str):  # type: ignore[no-untyped-def]
    return next(iter(models.own().pipe([text])))


@pytest.mark.parametrize("text", [TEXT, "", " ", "No", "🚢🚢 l’île", "a.b.c"])
def test_each_attribute_is_what_spacy_says(text: str) -> None:
    theirs = spacy_doc(text)
    ours = tokens.read(theirs)
    assert (ours.text, len(ours)) == (theirs.text, len(theirs))
    for own, other in zip(ours, theirs, strict=True):
        for name in (
            *("i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "whitespace_"),
            *("is_alpha", "is_space", "is_punct", "is_sent_end"),
        ):
            assert getattr(own, name) == getattr(other, name), name
        assert own.morph == {name: other.morph.get(name) for name in other.morph.to_dict()}
        assert own.head.i == other.head.i
        for name in ("children", "lefts", "rights", "subtree"):
            assert [t.i for t in getattr(own, name)] == [t.i for t in getattr(other, name)], name
        assert (own.sent.start, own.sent.end) == (other.sent.start, other.sent.end)


def test_spans_are_those_of_spacy() -> None:
    theirs = spacy_doc(TEXT)
    ours = tokens.read(theirs)
    assert len(ours.sents) > 1
    assert ours.ents
    for own, other in ((ours.sents, theirs.sents), (ours.ents, theirs.ents)):
        assert [(s.start, s.end, s.label_, s.text) for s in own] == [(s.start, s.end, s.label_, s.text) for s in other]
    for start in range(len(ours)):
        for end in range(start + 1, len(ours) + 1):
            assert ours[start:end].root.i == theirs[start:end].root.i


@given(st.integers(0, len(TEXT)), st.integers(1, len(TEXT)))
@settings(max_examples=200, deadline=None)
def test_the_tokens_that_cover_a_stretch(start: int, end: int) -> None:
    doc = pipeline.parse(TEXT)[0].doc
    stretch = range(start, end)
    assert [t.i for t in doc.covering(start, end)] == [
        t.i for t in doc if set(stretch).intersection(range(t.idx, t.idx + len(t)))
    ]
