"""The trained pipeline: from a string to parsed paragraphs, sentences and words.

spaCy is loaded on first use (`reader.models`). One paragraph is one Doc. Text is given to the
parser in a copy of equal length, so that every character offset of a Doc, plus ``Paragraph.offset``, is a code point of
the original string.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reader import models
from reader.nouns import Sentence, Word
from reader.sentence_starts import mark
from reader.tokens import Doc, Span, Token, read

if TYPE_CHECKING:
    from spacy import tokens as spacy_tokens

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"})
PIECE = 4_000
"""The longest stretch given to the parser as one Doc, in code points."""
RUN = 500
"""The longest stretch without white space, in code points: the tokenizer takes the square of its marks in time."""
TOKENS = 1_500
"""The longest Doc, in tokens: far more than ``PIECE`` code points of prose."""
BATCH = 6_400
"""Tokens parsed at once: the parser holds about 7 kB for each."""
LIMIT = 1_000_000
"""Text beyond this many code points is not parsed (about 160,000 words, longer than most novels)."""

_lock = threading.RLock()


@dataclass(frozen=True)
class Paragraph:
    """One parsed paragraph.

    ``offset`` is the code point at which ``doc`` starts, ``index`` the number of the paragraph in its text and
    ``first_sentence`` the index of its first sentence in ``sentences(parse)``. The pieces of a paragraph longer than
    ``PIECE`` share one ``index``.
    """

    doc: Doc
    offset: int
    index: int
    first_sentence: int

    @property
    def text(self) -> str:
        """The text of ``doc``."""
        return self.doc.text

    def span(self, tokens: Span | Token) -> tuple[int, int]:
        """Where tokens of ``doc`` stand in the whole string: start and end."""
        start = tokens.idx if isinstance(tokens, Token) else tokens.start_char
        return self.offset + start, self.offset + start + len(tokens.text)

    def sentences(self) -> Sequence[tuple[int, Span]]:
        """The sentences of ``doc`` that hold more than white space, each with its index in the whole text."""
        return self._sentences

    @cached_property
    def _sentences(self) -> tuple[tuple[int, Span], ...]:
        spoken = (s for s in self.doc.sents if not s.text.isspace())
        return tuple(enumerate(spoken, self.first_sentence))


def parse(text: str) -> list[Paragraph]:
    """Parse every paragraph of ``text`` that holds more than white space, in order. Loads the pipeline on first use.

    Raises `models.PipelineError` where the pipeline that the user named cannot be used.
    """
    with _lock:
        (parsed,) = _parsed(_prepared(text))
    return parsed


def parse_report(title: str, body: str) -> tuple[list[Paragraph], list[Paragraph]]:
    """Parse the title and the body of a report as ``parse`` does, together, for the pipeline is made for many at once.

    A Title Case title is parsed as ``headline`` gives it.
    """
    with _lock:
        story = _prepared(body)
        heading = _prepared(headline(title, (t.text for piece in story for t in piece.doc if t.is_sent_start is False)))
        above, below = _parsed(heading, story)
    return above, below


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a text that is parsed as one Doc: the number of its paragraph, where it starts, and its tokens."""

    index: int
    start: int
    doc: spacy_tokens.Doc


def _prepared(text: str) -> list[_Piece]:
    """The stretches of ``text`` to parse, with the starts of sentences that rules set."""
    nlp = models.pipelines().parser
    return [
        _Piece(index, start + part[0].idx, mark(part.as_doc() if len(part) < len(doc) else doc))
        for index, start, end in _pieces(text[:LIMIT])
        for doc in (nlp.make_doc(_readable(text[start:end])),)
        for part in _parts(doc)
    ]


def _parts(doc: spacy_tokens.Doc) -> Iterator[spacy_tokens.Span]:
    """``doc`` in parts of at most ``TOKENS`` tokens, cut after a full stop if there is one."""
    start = 0
    while len(doc) - start > TOKENS:
        last = range(start + TOKENS - 1, start + TOKENS // 4, -1)
        cut = next((i + 1 for i in last if doc[i].text == "."), start + TOKENS)
        yield doc[start:cut]
        start = cut
    yield doc[start:]


def _parsed(*texts: list[_Piece]) -> Iterator[list[Paragraph]]:
    """The paragraphs of each text."""
    docs = (doc for batch in _batches(piece.doc for pieces in texts for piece in pieces) for doc in _understood(batch))
    for pieces in texts:
        paragraphs: list[Paragraph] = []
        sentence = 0
        for piece, doc in zip(pieces, docs, strict=False):
            paragraph = Paragraph(read(doc), piece.start, piece.index, sentence)
            sentence += len(paragraph.sentences())
            paragraphs.append(paragraph)
        yield paragraphs


def _batches(docs: Iterable[spacy_tokens.Doc]) -> Iterator[list[spacy_tokens.Doc]]:
    """Docs of at most ``BATCH`` tokens together, or one."""
    batch: list[spacy_tokens.Doc] = []
    tokens = 0
    for doc in docs:
        tokens += len(doc)
        if batch and tokens > BATCH:
            yield batch
            batch, tokens = [], len(doc)
        batch.append(doc)
    if batch:
        yield batch


def _understood(batch: Sequence[spacy_tokens.Doc]) -> Iterable[spacy_tokens.Doc]:
    """The Docs of one batch with their trees and names."""
    used = models.pipelines()
    docs = used.parser.pipe(batch, batch_size=len(batch), disable=["ner"] if used.namer else [])
    if used.namer is None:
        return docs
    return map(_named, docs, used.namer.pipe([doc.text for doc in batch], batch_size=len(batch)))


def _named(doc: spacy_tokens.Doc, named: spacy_tokens.Doc) -> spacy_tokens.Doc:
    """``doc`` with the names of ``named``, the same text read by another pipeline, in words of its own."""
    from spacy.util import filter_spans

    found = (
        doc.char_span(ent.start_char, ent.end_char, models.NAME_LABELS[ent.label_], alignment_mode="expand")
        for ent in named.ents
        if ent.label_ in models.NAME_LABELS
    )
    doc.ents = filter_spans([span for span in found if span is not None])
    return doc


def sentences(parse: Sequence[Paragraph]) -> tuple[Sentence, ...]:
    """The sentences of a parse, without the white space around them."""
    found = []
    for paragraph in parse:
        for _, sentence in paragraph.sentences():
            words = sentence.text
            start = paragraph.offset + sentence.start_char + len(words) - len(words.lstrip())
            found.append(Sentence(start=start, end=start + len(words.strip()), paragraph=paragraph.index))
    return tuple(found)


def words(parse: Sequence[Paragraph]) -> tuple[Word, ...]:
    """The content words of a parse: nouns, names, verbs, adjectives, adverbs and numbers."""
    return tuple(
        Word(
            start=paragraph.offset + token.idx,
            end=paragraph.offset + token.idx + len(token),
            lemma=token.lemma_.lower(),
            pos=token.pos_,
            sentence=index,
        )
        for paragraph in parse
        for index, sentence in paragraph.sentences()
        for token in sentence
        if token.pos_ in CONTENT and not token.is_space
    )


def participle(token: Token) -> str:
    """The verb that an adjective is a past participle of ("done" is "do"), "" if it is none or no table says so."""
    word = token.lower_
    with _lock:
        nlp = models.own()
        lookups = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
        irregular = lookups.get_table("lemma_exc").get("verb", {}).get(word)
        if irregular:
            return str(irregular[0])
        known = lookups.get_table("lemma_index").get("verb", ())
    if not word.endswith("ed"):
        return ""
    return next((stem for stem in (word[:-2], word[:-1], word[:-3]) if stem in known), "")


def headline(title: str, inside: Iterable[str]) -> str:
    """A Title Case headline in the letters of a sentence, of equal length; any other title as it is.

    ``inside`` is the words of the body that begin no sentence. A word keeps its capital if it stands among them with
    one, and loses it if it stands among them in small letters or, where they do not hold it, if it is a word of the language (a lemma known to the pipeline).
    """
    found = list(re.finditer(r"[^\W\d_][\w’']*", title))
    long = [m for m in found if len(m.group()) > 3]
    if len(long) < 3 or sum(m.group()[0].isupper() for m in long) < 0.8 * len(long):
        return title
    said = set(inside)
    letters = list(title)
    for match in found[1:]:
        word = match.group()
        small = word.lower()
        acronym = len(word) > 1 and word[1:] != word[1:].lower()
        abbreviated = title[match.end() : match.end() + 1] == "." and match.end() + 1 < len(title)
        if acronym or abbreviated or len(small) != len(word) or (word in said and small not in said):
            continue
        if small in said or _is_word(small):
            letters[match.start() : match.end()] = small
    return "".join(letters)


def _is_word(word: str) -> bool:
    """Whether a small word is of the language: a function word or an inflected form of a lemma in the tables."""
    with _lock:
        nlp = models.own()
        if word in nlp.Defaults.stop_words:
            return True
        lookups = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
        index, exceptions = lookups.get_table("lemma_index"), lookups.get_table("lemma_exc")
    stems = [word] + [word[: -len(end)] + new for end, new in _ENDINGS if word.endswith(end)]
    return any(
        word in exceptions.get(pos, ()) or any(stem in index.get(pos, ()) for stem in stems)
        for pos in ("noun", "verb", "adj", "adv")
    )


_ENDINGS = (
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ed", ""),
    ("d", ""),
    ("ied", "y"),
    ("ing", ""),
    ("ing", "e"),
    ("’s", ""),
)


_UNBROKEN = re.compile(rf"\S{{{RUN}}}")
_SPACE = re.compile(r"[^\S ]|[\ud800-\udfff\x00-\x1f\x7f-\x9f]")


def _readable(text: str) -> str:
    """A copy of equal length without line ends, odd spaces, controls and lone surrogates."""
    return _SPACE.sub(" ", text)


def _pieces(text: str) -> Iterator[tuple[int, int, int]]:
    """Paragraph number, start and end of every stretch to parse: lines, cut where they are too long to parse as one."""
    index = 0
    for line in re.finditer(r"[^\r\n\u2028\u2029]+", text):
        start, end = line.span()
        if text[start:end].isspace():
            continue
        while start < end:
            cut = _cut(text, start, end)
            if not text[start:cut].isspace():
                yield index, start, cut
            start = cut
        index += 1


def _cut(text: str, start: int, end: int) -> int:
    """Where the piece that begins at ``start`` ends: after a full stop if there is one, else a space, else anywhere."""
    window = text[start : min(end, start + PIECE)]
    if run := _UNBROKEN.search(window):
        return start + run.end()
    if end - start <= PIECE:
        return end
    for end_mark in (". ", " "):
        place = window.rfind(end_mark)
        if place > PIECE // 4:
            return start + place + len(end_mark)
    return start + PIECE
