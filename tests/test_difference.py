"""Where two versions of a text differ."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.difference import differences, words

OLD = "The ferry left at dawn.\n\nAround 275 dockers walked off, said the mayor.\nThe strike goes on."


def told(old: str, new: str) -> list[tuple[str, str]]:
    return [(old[slice(*change.old)], new[slice(*change.new)]) for change in differences(old, new)]


def test_words_replaced_added_and_taken_out() -> None:
    new = "The ferry left at dawn.\nSome 250 dockers walked off, said the mayor on Monday.\nThe strike goes on.\nIt rains."
    assert told(OLD, new) == [("Around 275", "Some 250"), ("", "on Monday"), ("", "It rains.")]
    assert told(new, OLD)[1:] == [("on Monday", ""), ("It rains.", "")]
    changes = differences(OLD, new)
    assert words(OLD, [change.old for change in changes]) == 2
    assert words(new, [change.new for change in changes]) == 6


def test_blanks_are_no_change_and_a_word_between_two_changes_is_part_of_one() -> None:
    assert differences(OLD, OLD.replace("\n\n", "\n").replace(" ", "  ")) == []
    assert told("ten men of Marl", "two women of Lume") == [("ten men of Marl", "two women of Lume")]


TEXTS = st.lists(st.sampled_from([*"abcde", "\n", " ", ".", "漢", "it’s"]), max_size=30).map(" ".join)


@given(old=TEXTS, new=TEXTS)
def test_putting_the_new_words_in_place_makes_the_new_text(old: str, new: str) -> None:
    made, end = "", 0
    for change in differences(old, new):
        assert end <= change.old[0] <= change.old[1] <= len(old)
        made += old[end : change.old[0]] + " " + new[slice(*change.new)] + " "
        end = change.old[1]
    assert "".join((made + old[end:]).split()) == "".join(new.split())
