"""Comparing never fails, whatever the texts, and its work is bounded."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import compare
from reader.nouns import Article

ODD = (
    "It is them.", "Is it?", "...", "!!!", "", " ", "12", "1,000 3.5 -7", "12 12 12.", "0", "He did not resign.", "Not.",
    "No one.", "“”", "“Not now.”", "A hoax", "Mill Rd.", "at 5", "Smith, 34", "\ud800", "He \udfff did not go.", "é\u0301",
    "北京", "🏴", "\n\n", "Never never never.", "The ferry sank.",
)  # fmt: skip


@pytest.mark.parametrize("other", ODD)
def test_a_denial_against_a_sentence_without_content(other: str) -> None:
    for a, b in (("He did not resign.", other), (other, "He did not resign.")):
        assert all(0 <= c.confidence <= 1 for c in compare(Article(body=a), Article(body=b)).conflicts)


@settings(max_examples=60, deadline=None)
@given(
    *(st.lists(st.one_of(st.sampled_from(ODD), st.text(max_size=8)), max_size=3).map(" ".join) for _ in range(2)),
    st.sampled_from(ODD),
)
def test_odd_texts_compare(a: str, b: str, title: str) -> None:
    found = compare(Article(body=a, title=title), Article(body=b))
    for conflict in found.conflicts:
        assert conflict.a.text == (a if conflict.a.part == "body" else title)[conflict.a.start : conflict.a.end]
        assert conflict.b.text == b[conflict.b.start : conflict.b.end]
