"""The tokens of a parse as plain objects.

Each attribute of a spaCy token is worked out, and each token made, anew whenever it is asked for. The rules of this
package walk the same trees many times over, so ``read`` takes a Doc apart once. Attributes bear spaCy's names and mean
what they mean there; offsets are code points of the Doc's text.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from spacy import tokens as spacy
    from spacy.strings import StringStore


class Token:
    """One token in its tree. ``children`` are in text order; the root of a sentence is its own ``head``."""

    __slots__ = (
        "children",
        "dep_",
        "doc",
        "ent_type_",
        "head",
        "i",
        "idx",
        "lemma_",
        "lower_",
        "morph",
        "pos_",
        "sent",
        "tag_",
        "text",
        "whitespace_",
    )

    def __init__(
        self,
        doc: Doc,
        i: int,
        idx: int,
        text: str,
        lemma: str,
        pos: str,
        tag: str,
        dep: str,
        morph: Mapping[str, list[str]],
        ent_type: str,
        whitespace: str,
    ) -> None:
        self.doc = doc
        self.i = i
        self.idx = idx
        self.text = text
        self.lower_ = text.lower()
        self.lemma_ = lemma
        self.pos_ = pos
        self.tag_ = tag
        self.dep_ = dep
        self.morph = morph
        self.ent_type_ = ent_type
        self.whitespace_ = whitespace
        self.head = self
        self.children: list[Token] = []
        self.sent: Span

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def lefts(self) -> list[Token]:
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> list[Token]:
        return [child for child in self.children if child.i > self.i]

    @property
    def subtree(self) -> list[Token]:
        """The token and all that hangs under it, in text order."""
        found, todo = [], [self]
        while todo:
            token = todo.pop()
            found.append(token)
            todo += token.children
        return sorted(found, key=lambda token: token.i)

    @property
    def is_alpha(self) -> bool:
        return self.text.isalpha()

    @property
    def is_space(self) -> bool:
        return self.text.isspace()

    @property
    def is_punct(self) -> bool:
        return all(unicodedata.category(char).startswith("P") for char in self.text)

    @property
    def is_sent_end(self) -> bool:
        return self.i + 1 == self.sent.end


class Span(Sequence[Token]):
    """The tokens of ``doc`` from ``start`` to ``end``, exclusive; a name found by the pipeline has a ``label_``."""

    __slots__ = ("doc", "end", "end_char", "label_", "start", "start_char", "text")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc = doc
        self.start = start
        self.end = end
        self.label_ = label
        tokens = doc.tokens
        self.start_char = tokens[start].idx if start < len(tokens) else len(doc.text)
        self.end_char = tokens[end - 1].idx + len(tokens[end - 1].text) if end > start else self.start_char
        self.text = doc.text[self.start_char : self.end_char]

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, i: int) -> Token: ...
    @overload
    def __getitem__(self, i: slice) -> list[Token]: ...
    def __getitem__(self, i: int | slice) -> Token | list[Token]:
        return self.doc.tokens[self.start : self.end][i]

    @property
    def root(self) -> Token:
        """The word that is nearest to the root of its sentence, the first of several."""
        tokens = self.doc.tokens[self.start : self.end]
        outward = [token for token in tokens if token.head is token or not self.start <= token.head.i < self.end]
        return outward[0] if len(outward) == 1 else min(outward or tokens, key=_depth)

    @property
    def ents(self) -> list[Span]:
        """The names that the pipeline found within."""
        return [ent for ent in self.doc.ents if self.start <= ent.start and ent.end <= self.end]


class Doc:
    """A parsed paragraph: its text, tokens, sentences, and the names that the pipeline found."""

    __slots__ = ("_starts", "ents", "sents", "text", "tokens")

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.sents: list[Span] = []
        self.ents: list[Span] = []
        self._starts: list[int] = []

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, i: int) -> Token: ...
    @overload
    def __getitem__(self, i: slice) -> Span: ...
    def __getitem__(self, i: int | slice) -> Token | Span:
        if isinstance(i, int):
            return self.tokens[i]
        start, end, _ = i.indices(len(self.tokens))
        return Span(self, start, max(start, end))

    def covering(self, start: int, end: int) -> Span:
        """The tokens that share a character with those from ``start`` to ``end``."""
        if not self._starts:
            self._starts = [token.idx for token in self.tokens]
        first = max(0, bisect_right(self._starts, start) - 1)
        if first < len(self.tokens) and self.tokens[first].idx + len(self.tokens[first].text) <= start:
            first += 1
        return Span(self, first, max(first, bisect_left(self._starts, end) if start < end else first))


def read(parsed: spacy.Doc) -> Doc:
    """Take a parsed Doc apart."""
    strings = parsed.vocab.strings
    doc = Doc(parsed.text)
    tokens = doc.tokens
    table = parsed.to_array(_ATTRIBUTES)
    starts: list[int] = []
    idx = 0
    for i, (word, lemma, space, start, *labels) in enumerate(table[:, 1:10].tolist()):
        text = strings[word]
        tokens.append(Token(doc, i, idx, text, strings[lemma], *_labels(strings, *labels), " " if space else ""))
        idx += len(text) + space
        if start == 1 or not i:
            starts.append(i)
    for token, head in zip(tokens, table[:, 0].astype("int64").tolist(), strict=True):
        if head:
            token.head = tokens[token.i + head]
            token.head.children.append(token)
    for start, end in pairwise((*starts, len(tokens))):
        sentence = Span(doc, start, end)
        doc.sents.append(sentence)
        for token in tokens[start:end]:
            token.sent = sentence
    named = table[:, 10].tolist()
    for start, place in enumerate(named):
        if place == _BEGINS:
            end = start + 1
            while end < len(named) and named[end] == _INSIDE:
                end += 1
            doc.ents.append(Span(doc, start, end, tokens[start].ent_type_))
    return doc


_ATTRIBUTES: list[int | str] = [
    *("HEAD", "ORTH", "LEMMA", "SPACY", "SENT_START"),
    *("POS", "TAG", "DEP", "MORPH", "ENT_TYPE"),
    "ENT_IOB",
]
_BEGINS, _INSIDE = 3, 1
"""Values of ENT_IOB."""


@lru_cache(maxsize=8192)
def _labels(strings: StringStore, *keys: int) -> tuple[str, str, str, Mapping[str, list[str]], str]:
    """Part of speech, tag, dependency, the features of "Number=Plur|Tense=Past" by name, and the label of a name."""
    pos, tag, dep, morph, ent_type = (strings[key] for key in keys)
    pairs = (feature.partition("=") for feature in morph.split("|") if "=" in feature)
    return pos, tag, dep, {name: values.split(",") for name, _, values in pairs}, ent_type


def _depth(token: Token) -> int:
    """How far the root of its sentence is; a mark is farther than any word."""
    if not token.children and token.head is not token and (token.is_punct or token.is_space):
        return len(token.doc)
    depth = 0
    while token.head is not token:
        token, depth = token.head, depth + 1
    return depth
