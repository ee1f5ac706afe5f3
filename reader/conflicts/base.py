"""What every family of conflict works from: two reports seen as sentences, and the candidates it puts forward."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from reader.alignment import Alignment
from reader.lexicon import common_words, concept
from reader.names import match_keys
from reader.nouns import (
    Article,
    Facts,
    Kind,
    Mention,
    Part,
    Place,
    Quantity,
    Quote,
    Reading,
    Sentence,
    Span,
    Statement,
    TimeSpan,
    Word,
)

_TOKEN = re.compile(r"\d+(?:st|nd|rd|th)\b|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’\-][^\W\d_]+)*|n['’]t", re.UNICODE)
_CLITIC = re.compile(r"^(.+?)(n['’]t)$")
FAR_GAP = 9.0
"""The gap given to figures that differ without bound."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence as written: its span, its form in lower case, its lemma and part of speech ("" if light)."""

    start: int
    end: int
    form: str
    lemma: str
    pos: str

    @property
    def content(self) -> bool:
        """Whether it carries meaning of its own."""
        return bool(self.pos)


@dataclass
class Unit:
    """One sentence of one part of a report. ``row`` is its index in the alignment's scores."""

    report: Report
    part: Part
    index: int
    row: int
    sentence: Sentence
    words: list[Word] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    times: list[TimeSpan] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """The words of the sentence."""
        return self.sentence.of(self.report.article.part(self.part))

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Every word of the sentence, light ones too, "isn't" as two."""
        known = {w.start: w for w in self.words}
        return tuple(_tokens(self.text, self.sentence.start, known))

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """The lemmas of its content words."""
        return frozenset(w.lemma for w in self.words)

    @cached_property
    def concepts(self) -> frozenset[str]:
        """Its content words, synonyms as one, usual words and numerals left out."""
        return frozenset(
            concept(w.lemma, w.pos) for w in self.words if w.pos != "NUM" and w.lemma not in common_words()
        )

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the names it mentions."""
        return frozenset(m.key.casefold() for m in self.mentions)

    def place(self, span: Span | tuple[int, int] | None = None) -> Place:
        """A span of its part, the whole sentence if none is given, as a Place with its words."""
        start, end = (
            (self.sentence.start, self.sentence.end)
            if span is None
            else span
            if isinstance(span, tuple)
            else (span.start, span.end)
        )
        return Place(part=self.part, start=start, end=end, text=self.report.article.part(self.part)[start:end])


def _tokens(text: str, offset: int, known: dict[int, Word]) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        form, start = match.group().casefold().replace("’", "'"), match.start() + offset
        if (clitic := _CLITIC.match(form)) and len(clitic.group(1)) > 1:
            stem = {"ca": "can", "wo": "will", "sha": "shall"}.get(clitic.group(1), clitic.group(1))
            cut = match.end() + offset - 3
            yield Token(start, cut, stem, stem, "")
            yield Token(cut, cut + 3, "not", "not", "")
            continue
        word = known.get(start)
        lemma, pos = (word.lemma, word.pos) if word else (form.removesuffix("'s"), "")
        yield Token(start, match.end() + offset, form, lemma, pos)


class Report:
    """One article with its facts, sentence by sentence, title last."""

    def __init__(self, article: Article, facts: Facts) -> None:
        self.article = article
        self.facts = facts
        self.units: list[Unit] = []
        parts: tuple[tuple[Part, Reading], ...] = (("body", facts.body), ("title", facts.title))
        for part, reading in parts:
            units = [Unit(self, part, i, len(self.units) + i, s) for i, s in enumerate(reading.sentences)]
            self.units.extend(units)
            last = len(units) - 1
            if last < 0:
                continue
            for name in ("words", "quantities", "times", "mentions", "statements", "quotes"):
                for fact in getattr(reading, name):
                    getattr(units[min(fact.sentence, last)], name).append(fact)


@dataclass
class Pair:
    """Two reports and how their sentences correspond."""

    a: Report
    b: Report
    alignment: Alignment

    @cached_property
    def same(self) -> bool:
        """Whether a report is compared with itself."""
        return self.a.article.text_sha == self.b.article.text_sha and self.a.article.title == self.b.article.title

    @cached_property
    def size(self) -> int:
        """How many pairs of sentences there are."""
        return max(1, len(self.a.units) * len(self.b.units))

    @cached_property
    def matched(self) -> dict[str, str]:
        """The keys of names in B, each with the key of the same name in A."""
        mentions = [[m for part in (r.facts.title, r.facts.body) for m in part.mentions] for r in (self.a, self.b)]
        return match_keys(*mentions)

    def shared(self, keys_a: Iterable[str], keys_b: Iterable[str]) -> frozenset[str]:
        """The names, as keys of A, that stand among keys of A and among keys of B."""
        return frozenset(keys_a) & frozenset(self.matched.get(key, "") for key in keys_b)

    def likeness(self, a: Unit, b: Unit) -> float:
        """How surely two sentences say the same, in [0, 1]."""
        return self.alignment.likeness(a.row, b.row)

    def close(self, least: float) -> Iterator[tuple[Unit, Unit, float]]:
        """Pairs of sentences at least so alike, in the order of A."""
        units_a, units_b = self.a.units, self.b.units
        for (i, j), score in sorted(self.alignment.scores.items()):
            if score >= least and not (self.same and i == j):
                yield units_a[i], units_b[j], score


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two places that may disagree, put forward by a family with the features that its confidence is judged by.

    ``topic`` tells what the disagreement is about: candidates of one kind and topic are one conflict.
    """

    kind: Kind
    family: str
    a: Place
    b: Place
    reason: str
    features: dict[str, float]
    topic: tuple[str, ...]
    severity: int = 2
    benign: str = ""


def clip(text: str, most: int = 60) -> str:
    """Words from an article for a reason line: on one line, cut at a word with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0] + "…"
