"""The front door: two articles in, alignment and conflicts out."""

from __future__ import annotations

from reader import compare
from reader.analysis import analyse
from reader.nouns import Article

A = Article(body="Police said Mira Tolland, 34, was pulled from the mill. About 130 dockers left the port on barges.")
B = Article(body="Only 40 dockers left the port on barges. Mira Tolland, 36, was pulled from the mill, police said.")


def test_conflicts_are_sorted_probabilities_on_the_right_words() -> None:
    result = compare(A, B)
    sure = [c.confidence for c in result.conflicts]
    assert sure == sorted(sure, reverse=True)
    assert all(0 <= s <= 1 for s in sure)
    assert {"measure", "count"} <= {c.kind for c in result.conflicts}
    for c in result.conflicts:
        assert A.part(c.a.part)[c.a.start : c.a.end] == c.a.text
        assert B.part(c.b.part)[c.b.start : c.b.end] == c.b.text
        assert c.severity in (1, 2, 3)
        assert "\n" not in c.reason


def test_facts_at_hand_give_the_same_and_a_second_run_too() -> None:
    assert compare(A, B) == compare(A, B, analyse(A), analyse(B))


def test_a_title_takes_part() -> None:
    a = Article(body="The mill reopened on time.", title="Seven miners killed in shaft collapse at Orsk Hollow")
    b = Article(body="Three miners were killed in the shaft collapse at Orsk Hollow.")
    assert any(c.a.part == "title" for c in compare(a, b).conflicts)


def test_a_text_against_itself_says_nothing_against_its_own_spans() -> None:
    for c in compare(A, A).conflicts:
        assert (c.a.start, c.a.end) != (c.b.start, c.b.end)


def test_empty_articles() -> None:
    assert compare(Article(body=""), A).conflicts == ()


def test_a_lone_surrogate_is_no_trouble() -> None:
    torn = Article(body=A.body.replace("dockers", "dockers \ud83d"))
    assert {c.kind for c in compare(torn, B).conflicts} >= {"count"}
    assert compare(torn, torn).conflicts == ()
