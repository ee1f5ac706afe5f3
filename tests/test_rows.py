"""The padded row model: both sides complete, level where they are linked, equally many rows."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import pairwise
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from two_reports import COMPARED, FACTS_A, FACTS_B, A, B, sentences

from reader.nouns import BY_HAND, Article, Link, Sentence
from widgets.compare.folds import agreed, block_at, count, fold, merged, runs, to_fold
from widgets.compare.moved import Brought, bring
from widgets.compare.quiet import agreed_words
from widgets.compare.rows import (
    SIDES,
    Block,
    LinkMark,
    Point,
    Sheet,
    Side,
    blocks_of,
    idle,
    in_runs,
    level_links,
    link_marks,
    other,
    side_by_side,
    stacked,
    telling_top,
)
from widgets.compare.selecting import WordSelection, words_of
from widgets.layout import Layout, Row, RowKind, cells

SENTENCES = (FACTS_A.body.sentences, FACTS_B.body.sentences)
LENGTHS = (len(A.body), len(B.body))


def link(a: int, b: int, score: float = 0.5, *, moved: bool = False) -> Link:
    return Link(a=(a,), b=(b,), score=score, moved=moved)


def blocks() -> list[Block]:
    return blocks_of(LENGTHS, SENTENCES, COMPARED.links, level_links(COMPARED.links))


def words(text: str, rows: list[Row]) -> str:
    return " ".join(" ".join(text[row.start : row.end] for row in rows).split())


def test_a_sheet_knows_what_stands_where() -> None:
    sheet = Sheet.of(("a", A), ("b", B))
    for side, article in zip(SIDES, (A, B), strict=True):
        for part in ("title", "body"):
            start = sheet.start(side, part)
            assert sheet.text[start:].startswith(article.part(part))
            assert sheet.point(start + 5) == Point(side, part, 5)


def test_links_that_cross_do_not_stand_level_and_the_surer_one_does() -> None:
    assert level_links([link(0, 0), link(1, 2, 0.9), link(2, 1, 0.4), link(3, 3)]) == [0, 1, 3]
    assert level_links([link(0, 0), link(1, 2, 0.4), link(2, 1, 0.9), link(3, 3)]) == [0, 2, 3]
    assert level_links([link(0, 0, moved=True)]) == []
    assert level_links([]) == []
    by_hand = Link(a=(3,), b=(0,), score=0.5, moved=True, why=BY_HAND)
    assert level_links([link(0, 0), link(1, 2, 1.0), link(4, 3), by_hand]) == [3, 2]
    assert level_links([Link(a=(0, 1), b=(0,), score=0.9), link(1, 1, 0.3)]) == [0]


def test_blocks_cover_both_bodies() -> None:
    for side, length in zip(SIDES, LENGTHS, strict=True):
        edges = [block.side(side) for block in blocks()]
        assert edges[0][0] == 0
        assert edges[-1][1] == length
        assert all(before[1] == after[0] for before, after in pairwise(edges))


def test_linked_sentences_share_a_block() -> None:
    for block in blocks():
        if block.link is not None:
            joined = COMPARED.links[block.link]
            assert block.a[0] == SENTENCES[0][joined.a[0]].start
            assert block.b[0] == SENTENCES[1][joined.b[0]].start


@pytest.mark.parametrize("width", [12, 40, 80])
def test_linked_sentences_stand_level(width: int) -> None:
    sheets = Sheet.of(("a", A)), Sheet.of(("b", B))
    rows = side_by_side(sheets, blocks(), width)
    assert len(rows[0]) == len(rows[1])
    layouts = [Layout(sheet.text, side) for sheet, side in zip(sheets, rows, strict=True)]
    for block in blocks():
        if block.link is not None:
            at = [
                layout.row_of(sheet.start(side, "body") + block.side(side)[0])
                for side, sheet, layout in zip(SIDES, sheets, layouts, strict=True)
            ]
            assert at[0] == at[1]


@pytest.mark.parametrize("width", [12, 40, 80])
def test_no_word_is_lost(width: int) -> None:
    sheets = Sheet.of(("a", A)), Sheet.of(("b", B))
    for sheet, side in zip(sheets, side_by_side(sheets, blocks(), width), strict=True):
        assert words(sheet.text, side).replace(" ", "") == "".join(sheet.text.split())
    both = Sheet.of(("a", A), ("b", B))
    in_order = sorted(stacked(both, blocks(), width))
    assert words(both.text, in_order).replace(" ", "") == "".join(both.text.split())


def test_what_only_one_side_says_stands_beside_hatching() -> None:
    sheets = Sheet.of(("a", A)), Sheet.of(("b", B))
    rows = side_by_side(sheets, blocks(), 60)
    first = sheets[1].start("b", "body")
    beside = [a.kind for a, b in zip(*rows, strict=True) if b.kind == "text" and first <= b.start < first + 60]
    assert set(beside) == {"hatch"}


def test_a_screen_shows_words_rather_than_hatching() -> None:
    def rows(*runs: tuple[RowKind, int]) -> list[Row]:
        return [Row(0, 0, kind) for kind, count in runs for _ in range(count)]

    last = rows(("text", 20), ("hatch", 30))
    assert idle(last, 18, 10) == 8
    assert telling_top(last, 18, 10, near=18) == 12  # three rows about it, the rest before it
    assert telling_top(last, 5, 10, near=1) == 1  # nothing to gain: it stays where it was
    first = rows(("hatch", 30), ("text", 1), ("blank", 1), ("text", 19))
    assert idle(first, 30, 10) == 0  # one blank row between paragraphs says enough
    assert telling_top(first, 30, 10, near=24) == 27
    assert telling_top(rows(("text", 3)), 2, 10, near=0) == 0


def test_stacked_a_stands_over_b_in_each_pair() -> None:
    sheet = Sheet.of(("a", A), ("b", B))
    rows = [sheet.point(row.start) for row in stacked(sheet, blocks(), 60) if row.kind == "text"]
    sides = [point.side for point in rows]
    assert sides[:2] == ["a", "b"]
    captain = sides[next(i for i, p in enumerate(rows) if p == Point("a", "body", SENTENCES[0][2].start)) :]
    assert captain[:4] == ["a", "a", "b", "a"]


def test_marks_number_links_down_a_and_point_to_what_moved() -> None:
    marks = link_marks(SENTENCES, COMPARED.links, blocks())
    assert marks["a"][SENTENCES[0][0].start] == LinkMark(1, "")
    assert marks["b"][SENTENCES[1][1].start] == LinkMark(1, "")
    assert marks["a"][SENTENCES[0][5].start] == LinkMark(6, "↑")
    assert marks["b"][SENTENCES[1][0].start] == LinkMark(6, "↓")


def test_one_sentence_linked_to_two_is_numbered_on_all_three() -> None:
    links = (Link(a=(0,), b=(0, 2), score=0.9),)
    level = level_links(links)
    made = blocks_of(LENGTHS, SENTENCES, links, level)
    marks = link_marks(SENTENCES, links, made)
    assert {mark.number for mark in (*marks["a"].values(), *marks["b"].values())} == {1}
    assert len(marks["b"]) == 2
    assert made[0].b == (0, SENTENCES[1][3].start)


def test_a_scattered_link_stands_level_with_its_longest_run_and_the_rest_moved() -> None:
    scattered = Link(a=(0,), b=(0, 4, 5, 7), score=0.9)
    pieces, of_link = in_runs([scattered, link(3, 2)])
    assert [(piece.a, piece.b, piece.moved) for piece in pieces] == [
        ((0,), (4, 5, 7), False),
        ((0,), (0,), True),
        ((3,), (2,), False),
    ]
    assert of_link == [0, 0, 1]
    made = blocks_of(LENGTHS, SENTENCES, pieces, level_links(pieces))
    marks = link_marks(SENTENCES, pieces, made, of_link)
    assert marks["a"][SENTENCES[0][0].start] == LinkMark(1, "")
    assert marks["b"][SENTENCES[1][0].start] == LinkMark(1, "↓")
    assert marks["b"][SENTENCES[1][7].start] == LinkMark(1, "")


def test_reports_without_facts_or_words() -> None:
    empty = Article(body="")
    sheets = Sheet.of(("a", empty)), Sheet.of(("b", B))
    rows = side_by_side(sheets, [Block((0, 0), (0, len(B.body)))], 40)
    assert len(rows[0]) == len(rows[1])
    assert not any(row.kind == "text" for row in rows[0])
    assert side_by_side((Sheet.of(("a", empty)), Sheet.of(("b", empty))), [], 40) == ([], [])


bodies = st.lists(
    st.sampled_from(["One fact.", "Two are here, so it goes on a little.", "漢字が三つ.", "\n\n"]), max_size=12
)


@given(a=bodies, b=bodies, data=st.data(), width=st.integers(8, 40))
@settings(max_examples=60, deadline=None)
def test_any_links_give_complete_level_rows_that_fit(
    a: list[str], b: list[str], data: st.DataObject, width: int
) -> None:
    texts = " ".join(a), " ".join(b)
    found: tuple[tuple[Sentence, ...], ...] = tuple(map(sentences, texts))
    links = []
    if all(found):
        pairs = st.tuples(st.integers(0, len(found[0]) - 1), st.integers(0, len(found[1]) - 1), st.floats(0, 1))
        links = [link(*pair) for pair in data.draw(st.lists(pairs, max_size=6))]
    made = blocks_of((len(texts[0]), len(texts[1])), (found[0], found[1]), links, level_links(links))
    sheets = Sheet.of(("a", Article(body=texts[0]))), Sheet.of(("b", Article(body=texts[1])))
    rows = side_by_side(sheets, made, width)
    assert len(rows[0]) == len(rows[1])
    for sheet, side in zip(sheets, rows, strict=True):
        assert words(sheet.text, side).replace(" ", "") == "".join(sheet.text.split())
        assert all(cells(sheet.text[row.start : row.end]) <= width for row in side)


# Folds


def held(*spans: str) -> list[tuple[Side, int, int]]:
    return [("a", A.body.index(span), A.body.index(span) + len(span)) for span in spans]


def linked() -> list[int]:
    return [index for index, block in enumerate(blocks()) if block.link is not None]


def test_linked_blocks_that_hold_nothing_may_fold() -> None:
    assert agreed(blocks(), COMPARED.links, []) == linked()
    kept = agreed(blocks(), COMPARED.links, held("Twelve people", "reached the ship"))
    spans = [A.body[slice(*blocks()[index].a)].strip() for index in kept]
    assert spans[0].startswith("The ferry Anselma ran aground")
    assert [span[:11] for span in spans[1:]] == ["The captain", "He was not "]
    across = agreed(blocks(), COMPARED.links, held("said. Twelve people were hurt.\n\nThe captain had"))
    assert [A.body[slice(*blocks()[index].a)][:6] for index in across] == ["He was", "The co"]


def test_a_link_that_spans_a_sentence_of_nobody_does_not_fold() -> None:
    links = (Link(a=(0,), b=(0, 2), score=0.9),)
    assert agreed(blocks_of(LENGTHS, SENTENCES, links, level_links(links)), links, []) == []


def test_runs_and_what_a_person_folded_of_them() -> None:
    assert runs([1, 2, 4, 7, 8]) == [range(1, 3), range(4, 5), range(7, 9)]
    assert runs([]) == []
    made = blocks()
    begins = {made[index].a[0] for index in linked()[:2]}
    assert to_fold(made, linked(), begins) == [range(linked()[0], linked()[1] + 1)]
    assert to_fold(made, linked()[1:], begins) == [range(linked()[1], linked()[1] + 1)]


@pytest.mark.parametrize("width", [12, 40, 80])
def test_a_fold_is_one_row_on_each_side_and_the_rest_stays_level(width: int) -> None:
    made = blocks()
    closed = runs(linked())
    sheets = Sheet.of(("a", A)), Sheet.of(("b", B))
    rows = side_by_side(sheets, fold(made, closed), width)
    assert len(rows[0]) == len(rows[1])
    at = [[index for index, row in enumerate(side) if row.kind == "fold"] for side in rows]
    assert at[0] == at[1]
    assert len(at[0]) == len(closed)
    for side, sheet, of_side in zip(SIDES, sheets, rows, strict=True):
        layout = Layout(sheet.text, of_side)
        start = sheet.start(side, "body")
        for run, row in zip(closed, at[0], strict=True):
            begin, end = merged(made, run).side(side)
            assert {layout.row_of(start + offset) for offset in range(begin, end)} == {row}
    both = Sheet.of(("a", A), ("b", B))
    in_one = [row for row in stacked(both, fold(made, closed), width) if row.kind == "fold"]
    assert [both.point(row.start).side for row in in_one] == ["a", "b"] * len(closed)


def test_folding_nothing_changes_nothing_and_blocks_stay_whole() -> None:
    assert fold(blocks(), []) == blocks()
    folded = fold(blocks(), runs(linked()))
    for side, length in zip(SIDES, LENGTHS, strict=True):
        edges = [block.side(side) for block in folded]
        assert (edges[0][0], edges[-1][1]) == (0, length)
        assert all(before[1] == after[0] for before, after in pairwise(edges))


def test_where_a_block_is_and_how_many_sentences_it_has() -> None:
    made = blocks()
    for index, block in enumerate(made):
        if block.a[0] < block.a[1]:
            assert block_at(made, "a", block.a[0]) == block_at(made, "a", block.a[1] - 1) == index
    assert block_at([], "a", 5) == 0
    assert count(SENTENCES[0], 0, LENGTHS[0]) == len(SENTENCES[0])
    assert count(SENTENCES[0], 1, SENTENCES[0][2].start + 1) == 2


# Words brought alongside


def ends(side: int, first: int, last: int) -> tuple[int, int]:
    """The stretch of some sentences, with the blanks after them."""
    following = SENTENCES[side][last + 1 :][:1]
    return SENTENCES[side][first].start, following[0].start if following else LENGTHS[side]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("of_a", range(len(SENTENCES[0])))
@pytest.mark.parametrize("of_b", range(len(SENTENCES[1])))
def test_any_sentence_is_brought_alongside_any_and_no_word_is_lost(side: Side, of_a: int, of_b: int) -> None:
    spans = ends(0, of_a, of_a), ends(1, of_b, of_b)
    here, there = spans if side == "a" else spans[::-1]
    made = bring(blocks(), Brought(side, here, there, 5))
    sheets = Sheet.of(("a", A)), Sheet.of(("b", B))
    rows = side_by_side(sheets, made, 40)
    assert len(rows[0]) == len(rows[1])
    for sheet, of_side in zip(sheets, rows, strict=True):
        assert words(sheet.text, sorted(of_side)).replace(" ", "") == "".join(sheet.text.split())
    notes = [[row.start for row in of_side if row.kind == "note"] for of_side in rows]
    gone = SIDES.index(other(side))
    assert notes[gone] == [sheets[gone].start(SIDES[gone], "body") + there[0]]
    assert notes[1 - gone] == []
    in_one = Sheet.of(("a", A), ("b", B))
    assert words(in_one.text, sorted(stacked(in_one, made, 40))).replace(" ", "") == "".join(in_one.text.split())


@pytest.mark.parametrize("width", [12, 40, 80])
@pytest.mark.parametrize("side", SIDES)
def test_the_moved_sentence_stands_level(side: Side, width: int) -> None:
    a, b = ends(0, 5, 5), ends(1, 0, 0)
    made = bring(blocks(), Brought(side, *((a, b) if side == "a" else (b, a)), 5))
    sheets = Sheet.of(("a", A)), Sheet.of(("b", B))
    layouts = [Layout(sheet.text, rows) for sheet, rows in zip(sheets, side_by_side(sheets, made, width), strict=True)]
    at = [
        layout.row_of(sheet.start(name, "body") + span[0])
        for layout, sheet, name, span in zip(layouts, sheets, SIDES, (a, b), strict=True)
    ]
    assert at[0] == at[1]


def steps(work: Callable[[], object]) -> int:
    """How many steps of the interpreter some work takes."""
    taken = 0

    def step(frame: FrameType, event: str, _: object) -> Callable[..., object]:
        nonlocal taken
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        taken += event == "opcode"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        work()
    finally:
        sys.settrace(before)
    return taken


def test_the_work_of_laying_out_grows_with_the_reports_and_not_faster() -> None:
    def laid_out(paragraphs: int) -> int:
        body = "\n\n".join(
            ["The council said that a convoy of lorries had left before dawn. Nobody was hurt."] * paragraphs
        )
        found = sentences(body)
        links = [link(at, at) for at in range(0, len(found), 2)]
        sheets = Sheet.of(("a", Article(body=body))), Sheet.of(("b", Article(body=body)))

        def work() -> None:
            made = blocks_of((len(body), len(body)), (found, found), links, level_links(links))
            assert len(side_by_side(sheets, made, 60)[0]) > paragraphs

        return steps(work)

    laid_out(2)  # what is kept from then on is not counted
    short, long = laid_out(40), laid_out(160)
    assert short > 1_000
    assert long < 5 * short, f"four times the text takes {long / short:.1f} times the steps"


TEXT = "Around 3,500 people, it didn’t say who, left the U.S base (80%)."
WORDS = words_of(TEXT, 0, len(TEXT))


def selected(selection: WordSelection) -> str:
    return TEXT[slice(*selection.span)]


def test_words_keep_what_belongs_to_them() -> None:
    said = [TEXT[slice(*span)] for span in WORDS]
    assert said == ["Around", "3,500", "people", "it", "didn’t", "say", "who", "left", "the", "U.S", "base", "80%"]


def test_a_selection_extends_moves_and_stays_in_the_text() -> None:
    one = WordSelection.at(WORDS, TEXT.index("people"))
    assert selected(one) == "people"
    assert selected(one.extend(2)) == "people, it didn’t"
    assert selected(one.extend(-1)) == "3,500 people"
    assert selected(one.extend(3).move(1)) == "who"
    assert selected(one.extend(-99)) == "Around 3,500 people"
    assert selected(one.extend(99)).endswith("80%")
    assert selected(one.to(TEXT.index("left"))) == "left"
    assert selected(one.extend(1).to(TEXT.index("left"))) == "people, it didn’t say who, left"


def test_a_selection_of_a_span_takes_its_words() -> None:
    start = TEXT.index("3,500")
    assert selected(WordSelection.at(WORDS, start, start + len("3,500 people"))) == "3,500 people"
    assert selected(WordSelection.at(WORDS, TEXT.index(", it"))) == "it"


# Quiet words


def test_words_of_linked_sentences_that_both_have_are_quiet() -> None:
    bodies: dict[Side, str] = {
        "a": "The ship struck a reef off Port Lume. Nobody saw the reef.",
        "b": "A reef was struck by ships off Port Lume, with 90 aboard.",
    }
    found = {side: sentences(body) for side, body in bodies.items()}
    loud: dict[Side, list[tuple[int, int]]] = {"a": [], "b": []}

    def quiet() -> dict[Side, list[str]]:
        spans = agreed_words(bodies, found, [link(0, 0)], loud)
        return {side: [bodies[side][slice(*span)] for span in spans[side]] for side in SIDES}

    assert quiet() == {"a": ["ship struck a reef off Port Lume"], "b": ["A reef", "struck", "ships off Port Lume"]}
    start = bodies["a"].index("reef")
    loud["a"] = [(start, start + 8), (start, start + 4)]
    assert quiet()["a"] == ["ship struck a", "Port Lume"]
