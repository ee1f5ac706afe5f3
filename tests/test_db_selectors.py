"""A verdict follows its words only where that is certain."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.selectors import CONTEXT, locate, resembling, select

REPORT = (
    "The ferry left at dawn.\n"
    "Around 275 dockers and a great number of their friends and families from every part of town walked off the quay. "
    "Col. Marek Holm counted them.\n"
    "No deal was signed."
)


def found(words: str, new: str, old: str = REPORT) -> str | None:
    start = old.index(words)
    at = locate(select(old, "body", start, start + len(words)), old, new)
    return None if at is None else new[at - 4 : at + len(words) + 4]


def test_a_selector_names_words_and_surroundings() -> None:
    selector = select(REPORT, "body", 31, 42)
    assert selector.exact == "275 dockers"
    assert (selector.prefix, selector.suffix) == (REPORT[:31], REPORT[42 : 42 + CONTEXT])
    assert len(selector.sha) == 64


@pytest.mark.parametrize("span", [(-1, 3), (3, 3), (5, 2), (0, 10_000)])
def test_a_place_without_words_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no words"):
        select(REPORT, "body", *span)


def test_words_are_followed_to_where_they_moved() -> None:
    assert found("275 dockers", "A new opening.\nAnother.\n" + REPORT) == "und 275 dockers and"
    assert found("walked off", REPORT + " An end was added.") == "own walked off the"


@pytest.mark.parametrize(
    ("words", "new"),
    [
        ("275 dockers", REPORT.replace("275", "250")),
        ("walked off", REPORT.replace("275", "250")),
        ("counted", REPORT.replace("Holm", "Horn")),
        ("275 dockers", REPORT + "\n" + REPORT),
        ("No deal was signed", REPORT.replace("signed.", "signed before noon.")),
        ("No deal was signed", REPORT.replace("No deal", "He said no deal")),
        ("275 dockers", ""),
    ],
    ids=["the number", "a number far off", "a name", "twice", "goes on", "begins before", "gone"],
)
def test_a_lookalike_is_never_taken(words: str, new: str) -> None:
    assert found(words, new) is None


def test_a_short_line_is_not_found_within_a_longer_one() -> None:
    assert found("No deal", "No deal was done", old="No deal") is None
    assert found("No deal", "Before\nNo deal\nAfter", old="No deal") is not None


SENTENCE = st.builds(
    "{} {} {} the {} on {}.".format,
    st.integers(0, 30),
    st.sampled_from(["dockers", "sailors"]),
    st.sampled_from(["left", "held"]),
    st.sampled_from(["quay", "mole", "very old customs house by the northern gate"]),
    st.sampled_from(["Monday", "Friday"]),
)


@given(st.lists(SENTENCE, min_size=1, max_size=5), st.lists(SENTENCE, max_size=6), st.data())
def test_words_are_found_only_in_their_own_sentence(old: list[str], new: list[str], data: st.DataObject) -> None:
    before, after = " ".join(old), " ".join(new)
    which = data.draw(st.integers(0, len(old) - 1))
    starts = sum(len(s) + 1 for s in old[:which])
    start = data.draw(st.integers(starts, starts + len(old[which]) - 1))
    end = data.draw(st.integers(start + 1, starts + len(old[which])))
    at = locate(select(before, "body", start, end), before, after)
    if at is not None:
        assert after[at : at + end - start] == before[start:end]
        assert new.count(old[which]) >= 1
        in_sentence = start - starts
        assert after[at - in_sentence :].startswith(old[which])


def may_be(words: str, new: str, old: str = REPORT) -> str | None:
    start = old.index(words)
    at = resembling(select(old, "body", start, start + len(words)), old, new)
    return None if at is None else new[at[0] : at[1]]


@pytest.mark.parametrize(
    ("words", "new", "shown"),
    [
        ("275 dockers", REPORT.replace("275", "250"), "250 dockers"),
        ("walked off", REPORT.replace("walked off", "left"), "left"),
        ("275 dockers", REPORT.replace("Around", "Nearly"), "275 dockers"),
        ("275 dockers", "Before.\n" + REPORT.replace(" and a great number of their friends", ""), "275 dockers"),
        ("No deal was signed", REPORT.replace("signed.", "signed before noon."), "No deal was signed"),
        ("275 dockers", REPORT.replace("275 dockers and a", "A"), None),
        ("275 dockers", REPORT.replace("Around 275 dockers", "A crowd of 40 or so"), "A crowd of 40 or so"),
        ("275 dockers", "The ferry left at dawn.\nCol. Marek Holm counted them.", None),
        ("275 dockers", REPORT.replace("275", "250") + "\n" + REPORT.replace("275", "260"), None),
        ("275 dockers", "", None),
    ],
    ids="number verb around shortened longer words-gone replaced sentence-gone two nothing".split(),
)
def test_one_changed_sentence_is_shown_and_no_other(words: str, new: str, shown: str | None) -> None:
    assert found(words, new) is None
    assert may_be(words, new) == shown


def test_a_sentence_that_stood_beside_it_is_no_changed_one() -> None:
    old = "Police held 12 sailors on Monday. Police held 15 sailors on Friday."
    assert may_be("12 sailors", "Police held 15 sailors on Friday.", old) is None
    assert (
        may_be("12 sailors", "Police held 15 sailors on Friday. Police held 13 sailors on Monday.", old) == "13 sailors"
    )


CHANGES = {
    "number": (r"\b(\d+)\b", lambda word: str(int(word) + 1)),
    "name": (r"\b(Monday|Friday)\b", lambda _: "Tuesday"),
    "denial": (r"\b(left|held)\b", lambda word: f"never {word}"),
}


@given(st.lists(SENTENCE, min_size=1, max_size=4, unique=True), st.sampled_from(list(CHANGES)), st.data())
def test_a_lookalike_is_never_taken_for_the_old_sentence(old: list[str], change: str, data: st.DataObject) -> None:
    """With its number or name changed or a denial added, the sentence is shown to a person or to nobody."""
    which = data.draw(st.integers(0, len(old) - 1))
    pattern, put = CHANGES[change]
    lookalike = re.sub(pattern, lambda found: put(found[1]), old[which], count=1)
    new = [*old[:which], lookalike, *old[which + 1 :]]
    new = data.draw(st.permutations(new + data.draw(st.lists(SENTENCE, max_size=2))))
    if old[which] in new:  # by chance, or as another sentence
        return
    start = sum(len(s) + 1 for s in old[:which])
    length = data.draw(st.integers(1, len(old[which])))
    before, after = " ".join(old), " ".join(new)
    selector = select(before, "body", start, start + length)
    assert locate(selector, before, after) is None
    may = resembling(selector, before, after)
    assert may is None or 0 <= may[0] < may[1] <= len(after)


@given(st.lists(SENTENCE, min_size=1, max_size=4, unique=True), st.data())
def test_of_two_like_sentences_none_is_shown(old: list[str], data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(old) - 1))
    one, other = (old[which].replace(old[which].split()[0], number, 1) for number in ("71", "72"))
    before, after = " ".join(old), " ".join([*old[:which], one, *old[which + 1 :], other])
    start = sum(len(s) + 1 for s in old[:which])
    assert resembling(select(before, "body", start, start + len(old[which])), before, after) is None
