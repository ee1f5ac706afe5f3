"""Paragraphs, sentences and words: where each begins and ends, on edited text and on anything else."""

import threading
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from reader import models, pipeline
from reader.nouns import Article


def split(text: str) -> list[str]:
    return [s.of(text) for s in pipeline.sentences(pipeline.parse(text))]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Police closed the bridge after the shooting.", "The man fled."],
        ["Gen. J. P. Marsh said it was over.", "He left at 5 p.m. Friday."],
        ['"Why did they go?" Marsh asked.', '"Nobody knows."', "Then he left."],
        ["“We won.”", "The U.S. Army said so.", "They live in the U.S.", "The army is big."],
        ["PORT ELWIN (NWA) -", "The convoy left the harbour."],
        ["(NWA)", "The mayor resigned."],
        ["1. The first point.", "2. The second one."],
        ["No. 5 was the best ship.", "It sank."],
        ["‘We lost.’", "She cried.", "“Go!” he shouted."],
    ],
)
def test_sentences_of_edited_news(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_sentences_glued_together() -> None:
    text = "It ended the shooting.The man fled.“We saw it.”Then they left."
    assert split(text) == ["It ended the shooting.", "The man fled.", "“We saw it.”", "Then they left."]


def test_a_paragraph_is_one_doc_and_blank_lines_are_none() -> None:
    text = "Rain fell.\n\n \t \nIt stopped. Nobody\u00a0came.\r\nThe end."
    parse = pipeline.parse(text)
    assert [(p.index, p.first_sentence) for p in parse] == [(0, 0), (1, 1), (2, 3)]
    assert all(text[p.offset :].startswith(p.text[:4]) for p in parse)
    assert split(text) == ["Rain fell.", "It stopped.", "Nobody\u00a0came.", "The end."]


def test_words_are_lower_case_lemmas_of_content_words() -> None:
    text = "The rebels left two towns quickly."
    found = [(w.of(text), w.lemma, w.pos) for w in pipeline.words(pipeline.parse(text))]
    assert ("rebels", "rebel", "NOUN") in found
    assert ("left", "leave", "VERB") in found
    assert not any(word == "The" for word, _, _ in found)


def test_a_long_line_is_cut_at_sentences_and_kept_whole() -> None:
    text = "The ferry left the port at noon. " * 400
    parse = pipeline.parse(text)
    assert len(parse) > 1
    assert {p.index for p in parse} == {0}
    assert "".join(p.text for p in parse) == text
    assert len(pipeline.sentences(parse)) == 400


@pytest.mark.parametrize(
    ("words", "times"), [('("', 6_000), ('"a" ', 3_000), ("a ", 7_000), ("The ferry (left). ", 1_200)]
)
def test_little_is_parsed_at_once_and_every_code_point_is_read(
    words: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parser holds several kilobytes for each token of a batch."""
    text = words * times
    batches: list[int] = []
    understood = pipeline._understood

    def counted(batch: list[Doc]) -> Iterable[Doc]:
        batches.append(sum(map(len, batch)))
        return understood(batch)

    monkeypatch.setattr(pipeline, "_understood", counted)
    parse = pipeline.parse(text)
    assert len(batches) > 1
    assert max(batches) <= pipeline.BATCH
    assert max(len(p.doc) for p in parse) <= pipeline.TOKENS
    assert {p.index for p in parse} == {0}
    assert "".join(p.text for p in parse).rstrip() == text.rstrip()
    assert all(text.startswith(p.text, p.offset) for p in parse)


def test_marks_without_a_space_between_them_are_cut_before_the_tokenizer(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = models.pipelines().parser
    made: list[str] = []
    monkeypatch.setattr(nlp, "make_doc", lambda text, make=nlp.make_doc: made.append(text) or make(text))
    text = "He left. " + '("' * 2_000 + " She stayed."
    assert "".join(p.text for p in pipeline.parse(text)) == text
    assert all(len(run) <= pipeline.RUN for piece in made for run in piece.split())


def test_text_beyond_the_limit_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "LIMIT", 50)
    assert max(s.end for s in pipeline.sentences(pipeline.parse("It rained. " * 50))) <= 50


def test_headline_is_read_in_the_letters_of_a_sentence() -> None:
    body = "Officials in Elwin said the bridge at Elwin was shut. Nobody crossed it."
    title, _ = pipeline.parse_report("Officials Close The Only Bridge In Elwin After Storms", body)
    assert [p.text for p in title] == ["Officials close the only bridge in Elwin after storms"]
    title, _ = pipeline.parse_report("Bridge shut in Elwin after storms", body)
    assert [p.text for p in title] == ["Bridge shut in Elwin after storms"]


def test_a_report_is_parsed_as_its_title_and_its_body_are() -> None:
    title, body = "Ferry sinks off Elwin", "The ferry sank at noon.\n\nTwo men swam ashore. Nobody died."
    together = pipeline.parse_report(title, body)
    for parsed, text in zip(together, (title, body), strict=True):
        assert pipeline.words(parsed) == pipeline.words(pipeline.parse(text))
        assert pipeline.sentences(parsed) == pipeline.sentences(pipeline.parse(text))
    assert pipeline.parse_report("", "") == ([], [])


def test_threads_read_the_same() -> None:
    texts = [f"Officials said {n} men left. Nobody stayed." for n in range(2, 10)]
    alone = [pipeline.sentences(pipeline.parse(t)) for t in texts]
    together: dict[int, object] = {}

    def read(n: int) -> None:
        together[n] = pipeline.sentences(pipeline.parse(texts[n]))

    threads = [threading.Thread(target=read, args=(n,)) for n in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[n] for n in range(len(texts))] == alone


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=120))
def test_any_text_is_read_and_every_span_is_inside(text: str) -> None:
    parse = pipeline.parse(text)
    last = 0
    for sentence in pipeline.sentences(parse):
        assert last <= sentence.start < sentence.end <= len(text)
        last = sentence.end
    assert all(0 <= w.start < w.end <= len(text) for w in pipeline.words(parse))


def test_an_article_without_words_has_no_sentences() -> None:
    assert pipeline.sentences(pipeline.parse(Article(body=" \n\t").body)) == ()
