"""Comparing never fails, whatever the texts, and its work is bounded."""

from __future__ import annotations

from collections import Counter
from functools import cache
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import analyse, compare
from reader.conflicts import ages, base, events, numbers, place, polarity, slots, stance, times
from reader.nouns import Article, Comparison, Facts

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


COUNTED = ("miners", "dockers", "nurses", "farmers", "sailors", "pilots", "bakers")


def long(sentences: int, shift: int) -> Article:
    """A text full of figures, ages, times, names, denials and addresses, no sentence like the one before."""
    lines = []
    for n in range(sentences):
        counted = COUNTED[n % 7]
        lines.append(
            (
                f"{n + shift} {counted} were killed at Orsk Hollow.",
                f"Mira Tolland, {20 + (n + shift) % 60}, did not leave the mill at {1 + (n + shift) % 12} p.m.",
                f"The old bridge was shut from Oak{n} Street to Pine{shift} Avenue on Mill Road.",
                f"The minister denied that {counted} left the new port on March {1 + (n + shift) % 28}, 2024.",
                f"Police searched {100 + n * shift} Elm Street with {counted}.",
            )[n % 5]
        )
    return Article(body="\n\n".join(lines))


@cache
def facts(sentences: int, shift: int) -> Facts:
    return analyse(long(sentences, shift))


def work(monkeypatch: pytest.MonkeyPatch, sentences: int) -> tuple[dict[str, int], Comparison]:
    """How often each step that is taken for a pair was taken, the bounds being low."""
    taken: Counter[str] = Counter()

    def counted(module: ModuleType, name: str) -> None:
        step = getattr(module, name)

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            taken[f"{module.__name__}.{name}"] += 1
            return step(*args, **kwargs)

        monkeypatch.setattr(module, name, wrapped)

    with monkeypatch.context() as monkeypatch:
        monkeypatch.setattr(base, "CLOSE", 100)
        for module in (numbers, ages, times, place, events, stance):
            monkeypatch.setattr(module, "MOST", 50)
        for module, name in (
            (polarity, "_denied"), (slots, "_slots"), (numbers, "_compared"), (ages, "same_owner"), (times, "_alike"),
        ):  # fmt: skip
            counted(module, name)
        result = compare(*(long(sentences, shift) for shift in (3, 5)), facts(sentences, 3), facts(sentences, 5))
    return taken, result


def test_what_is_done_for_pairs_is_bounded_whatever_the_length(monkeypatch: pytest.MonkeyPatch) -> None:
    for sentences in (40, 80):
        taken, _ = work(monkeypatch, sentences)
        assert taken["reader.conflicts.polarity._denied"] <= 100
        assert taken["reader.conflicts.slots._slots"] <= 100
        assert 0 < taken["reader.conflicts.numbers._compared"] <= 50 * 4  # four dimensions at most
        # once for a pair, and once for each figure and the others of its report, however many pairs it stands in
        assert 0 < taken["reader.conflicts.ages.same_owner"] <= 50 + 2 * sentences
        assert 0 < taken["reader.conflicts.times._alike"] <= 2 * (50 + 2 * (sentences // 5 * 2) ** 2)


def test_a_bound_that_is_met_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    _, result = work(monkeypatch, 80)
    assert any("like sentences are too many" in note for note in result.notes)
    said = next(note for note in result.notes if "only in like sentences" in note)
    for what in ("figures", "ages", "clock times", "dates", "addresses"):
        assert f"pairs of {what}" in said


def test_no_bound_is_met_and_none_is_said_by_texts_of_usual_length() -> None:
    assert compare(long(40, 3), long(40, 5), facts(40, 3), facts(40, 5)).notes == ()
