"""What every family of conflict works from: two reports seen as sentences, and the candidates it puts forward."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nlargest
from itertools import chain, islice, pairwise, product
from typing import NamedTuple, Protocol, TypeVar, cast

from reader.alignment import Alignment
from reader.lexicon import common_words, concept, plain_verb
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
_CLITIC = re.compile(r"^(.+?)(n['’]?t)$")
_BARE = frozenset(f"{verb}nt" for verb in "ca wo do did does is was are were has have had could would should".split())
"""Denials whose apostrophe was lost on the way."""
POINTING = frozenset("the this that these those his her its their my our your".split())
"""Words before a noun that point at one already known."""
CLOSE = 50_000
"""The most pairs of like sentences looked at, those of one sentence being its likest."""
FAR_GAP = 9.0
"""The gap given to figures that differ without bound."""


class Token(NamedTuple):
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
        """Every word of the sentence, light ones too, "isn't" as two; "turned down" has the lemma *reject*."""
        known = {w.start: w for w in self.words}
        found = list(_tokens(self.text, self.sentence.start, known))
        for at, (token, follower) in enumerate(pairwise(found)):
            if token.pos == "VERB" and (verb := plain_verb(token.lemma, follower.form)):
                found[at] = token._replace(lemma=verb)
        return tuple(found)

    @cached_property
    def content(self) -> frozenset[str]:
        """Its content words, synonyms as one."""
        return frozenset(concept(w.lemma, w.pos) for w in self.words)

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
    def newcomer(self) -> tuple[int, int] | None:
        """Where it brings somebody or something in as its subject ("a woman", "two dogs"), if it does.

        ``None`` where the subject is named, pointed at or missing: *the woman* is one already spoken of, *a woman* is any.
        """
        said = min(self.statements, key=lambda s: s.start, default=None)
        roles = [r for r in (said.agent, said.patient) if r and r.end <= said.predicate_span[0]] if said else []
        if not roles:
            return None
        start, end = roles[0].start, roles[0].end
        inside = [t for t in self.tokens if start <= t.start < end]
        known = any(t.form in POINTING or t.pos == "PROPN" for t in inside) or not any(t.content for t in inside)
        return None if known else (start, end)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the names it mentions."""
        return frozenset(m.key.casefold() for m in self.mentions)

    def clause(self, said: Statement, end: int = 0) -> tuple[int, int]:
        """From the first to the last word of a statement's predicate, doer and sufferer in it, and at least to ``end``."""
        heads = [(r.start, r.end) for role in (said.agent, said.patient) if role for r in role.heads]
        inside = [s for s in (said.predicate_span, *heads) if self.sentence.start <= s[0] and s[1] <= self.sentence.end]
        return min(s[0] for s in inside), max(end, *(s[1] for s in inside))

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
        denying = form.endswith("n't") or form in _BARE
        if denying and (clitic := _CLITIC.match(form)) and len(clitic.group(1)) > 1:
            stem = {"ca": "can", "wo": "will", "sha": "shall"}.get(clitic.group(1), clitic.group(1))
            end = match.end() + offset
            cut = end - len(clitic.group(2))
            yield Token(start, cut, stem, stem, "")
            yield Token(cut, end, "not", "not", "")
            continue
        if word := known.get(start):
            yield Token(start, match.end() + offset, form, word.lemma, word.pos)
        else:
            yield Token(start, match.end() + offset, form, form.removesuffix("'s"), "")


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


class Told(Protocol):
    """Something that a sentence tells."""

    @property
    def unit(self) -> Unit: ...


T = TypeVar("T", bound=Told)
S = TypeVar("S")


@dataclass
class Pair:
    """Two reports and how their sentences correspond.

    ``notes`` say, for the reader, where a bound was met; ``thinned`` holds, by what was paired, how many pairs were
    compared and how many there are.
    """

    a: Report
    b: Report
    alignment: Alignment
    notes: list[str] = field(default_factory=list)
    thinned: dict[str, tuple[int, int]] = field(default_factory=dict)
    _seen_by: dict[object, object] = field(default_factory=dict)

    def seen_by(self, look: Callable[[Pair], S]) -> S:
        """What ``look`` makes of the pair, worked out once for all families that ask."""
        if look not in self._seen_by:
            self._seen_by[look] = look(self)
        return cast(S, self._seen_by[look])

    @cached_property
    def same(self) -> bool:
        """Whether a report is compared with itself."""
        return self.a.article.text_sha == self.b.article.text_sha and self.a.article.title == self.b.article.title

    @cached_property
    def days_later(self) -> int:
        """How many days B was published after A, less than 0 where before it; 0 where that is not known to the day."""
        first, then = self.a.article.day, self.b.article.day
        return (then - first).days if first and then else 0

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

    @cached_property
    def _close(self) -> list[tuple[int, int, float]]:
        """Rows, columns and likeness of the pairs of sentences that were scored, in order; ``CLOSE`` at the most."""
        scored = [(i, j, score) for (i, j), score in self.alignment.scores.items() if not (self.same and i == j)]
        if len(scored) > CLOSE:
            rows: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
            for one in scored:
                rows[one[0]].append(one)
            each = max(1, CLOSE // len(rows))
            self.notes.append(
                f"{len(scored):,} pairs of like sentences are too many: conflicts were looked for in the {each} likest of each"
            )
            scored = list(chain.from_iterable(nlargest(each, row, key=lambda one: one[2]) for row in rows.values()))
        return sorted(scored)

    def close(self, least: float) -> Iterator[tuple[Unit, Unit, float]]:
        """Pairs of sentences at least so alike, in the order of A."""
        units_a, units_b = self.a.units, self.b.units
        for i, j, score in self._close:
            if score >= least:
                yield units_a[i], units_b[j], score

    def met(self, xs: Sequence[T], ys: Sequence[T], most: int, what: str) -> Iterator[tuple[T, T]]:
        """Each of what A tells with each of what B tells, save a sentence with itself.

        Where that is more than ``most`` pairs of ``what``, only those in like sentences, the likest first, and a note.
        """
        if len(xs) * len(ys) <= most:
            yield from ((x, y) for x, y in product(xs, ys) if not (self.same and x.unit is y.unit))
            return
        by_row, by_column = by_sentence(xs), by_sentence(ys)
        close = sorted(
            (one for one in self._close if one[0] in by_row and one[1] in by_column), key=lambda one: (-one[2], one)
        )
        found = list(islice(chain.from_iterable(product(by_row[i], by_column[j]) for i, j, _ in close), most))
        compared, pairs = self.thinned.get(what, (0, 0))
        self.thinned[what] = compared + len(found), pairs + len(xs) * len(ys)
        yield from found

    def bounds_met(self) -> tuple[str, ...]:
        """Lines for the reader on what was not compared."""
        if not self.thinned:
            return tuple(self.notes)
        parts = (f"{some:,} of {pairs:,} pairs of {what}" for what, (some, pairs) in self.thinned.items())
        return (*self.notes, f"too many to compare each with each, so only in like sentences: {', '.join(parts)}")


def by_sentence(told: Iterable[T]) -> dict[int, list[T]]:
    """What is told, by the row of the sentence that tells it."""
    found: dict[int, list[T]] = defaultdict(list)
    for one in told:
        found[one.unit.row].append(one)
    return found


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


def around(unit: Unit, start: int, end: int) -> str:
    """The words of a place with a little of what surrounds it."""
    text = unit.text
    at = unit.sentence.start
    left = max(0, start - at - 30)
    right = min(len(text), end - at + 30)
    cut = text[left:right]
    if left:
        cut = "…" + cut.partition(" ")[2]
    if right < len(text):
        cut = cut.rpartition(" ")[0] + "…"
    return clip(cut, 90)
