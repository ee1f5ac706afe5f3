"""Which reports are of the same event: rare words, names and dates in common, best first, with the reason.

The similarity of two reports is the sum of four TF-IDF cosines: all words, the words of the title and the lead,
names (half weight) and places (a fifth). It counts the more the nearer their dates lie, and a report of the same
outlet is a little less likely a partner, since an outlet seldom reports one event twice. The weights were fitted on
the development half of the same-event sets; first partner right: ECB+ 0.996, BASIL 1.000, Gun Violence Archive 0.920.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.lexicon import common_words
from reader.nouns import Article, Value

LEAD_WORDS = 120
"""Words of the body that are the lead: what happened, where and to whom stands there."""

NAMES_WEIGHT = 0.5
"""Of the cosine of names, against 1 each for that of all words and that of the lead."""

PLACES_WEIGHT = 0.2
"""Of the cosine of places, in which how often a place is named counts for more than elsewhere: that is the scene."""

SAME_SOURCE = 0.1
"""Taken off for a report of the same outlet."""

UNDATED = 0.4
"""How near two reports count, in [0, 1], where one has no day."""

BACKGROUND = 40
"""Articles, each holding every usual word, that are counted in: a small library cannot tell which words are rare."""

FURNITURE = 3
"""A paragraph that so many articles of one outlet share says nothing about their events."""

COPY = 0.5
"""From this share of common five-word runs on, one report is a copy of the other or both are of a third."""

FAR = 60
"""Days between two dates of publication that call for a warning."""

_FUNCTION_WORDS = """
a about above after again against all also am among an and another any are around as at back because been before being
below between both but by cannot did does doing down during each even ever every few for from further gave given had has
having he her here hers him his how however i if in into is it its itself just least left less like made me more most
much my near neither no nor not now of off on once only or our out over own per put rather said same say says she since
so some still such taken than that the their them themselves then there these they this those though through to
told too took toward under until up upon us very via was we went were what when where whether which while who whom whose
why with within without yet you your
"""
_WORD = re.compile(r"[^\W_]+(?:[.,:]\d+)*")
_NAME = re.compile(  # a capital that begins a sentence says nothing
    r"(?<![.!?“\"]\s)(?<!^)"
    r"(?:[A-Z][\w’'-]+(?: (?:of |the |de |al-)?[A-Z][\w’'-]+)+|\b[A-Z][a-z’'-]{2,}\b|\b[A-Z]{2,6}\b)",
    re.MULTILINE,
)
_PLACE = re.compile(  # a name after a word for where
    r"\b(?:[Ii]n|[Aa]t|near|outside|inside|into|around|across|of|over)\s+(?:the )?"
    r"([A-Z][a-z][\w-]*(?: [A-Z][a-z][\w-]*)*)"
)
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,.:]*\d(?!\w)|(?<!\w)\d\d(?!\w)")


_Fields = tuple[dict[str, float], ...]


class Partner(Value, frozen=True, kw_only=True):
    """A report that may be of the same event: a score in [0, 1] and short strings that say why, best first.

    ``warnings`` name what speaks against comparing them ("copy: 93% of the words", "published 14 months apart").
    """

    id: int
    score: float
    why: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Index:
    """The words of many articles, asked for the partners of one.

    Weights depend on all articles, so the first question after an addition builds the index anew.
    """

    def __init__(self) -> None:
        self._articles: dict[int, Article] = {}
        self._built: _Postings | None = None

    def add(self, id: int, article: Article) -> None:
        """Take in one article under a number of its own; a number that is there already is replaced."""
        self._articles[id] = article
        self._built = None

    def partners(self, id: int, limit: int = 10) -> list[Partner]:
        """The likeliest partners of article ``id``, best first; those with no word in common are left out.

        Raises:
            KeyError: no article was added as ``id``.
        """
        if id not in self._articles:
            raise KeyError(id)
        if self._built is None:
            self._built = _Postings(self._articles)
        return self._built.partners(id, limit)


class _Postings:
    """Weights of the terms of every article, by article and by term, as flat arrays.

    The four cosines are one inner product: a term is a word with its field, and the vector of an article joins those
    of its fields, each of unit length times the square root of its weight.
    """

    def __init__(self, articles: dict[int, Article]) -> None:
        self._ids = list(articles)
        self._row = {id: row for row, id in enumerate(self._ids)}
        self._bodies = list(_own_paragraphs(articles))
        fields = [_fields(article.title, body) for article, body in zip(articles.values(), self._bodies, strict=True)]
        self._spread: Counter[str] = Counter(term for field in fields for terms in field for term in terms)
        self._terms = {term: n for n, term in enumerate(t for t, spread in self._spread.items() if spread > 1)}
        self._index(fields)
        self._days = np.array([_day(article) for article in articles.values()])
        sources = {source: n for n, source in enumerate({a.source for a in articles.values()})}
        self._sources = np.array(
            [sources[a.source] if a.source else -1 - row for row, a in enumerate(articles.values())]
        )
        self._marks: dict[int, _Marks] = {}

    def _index(self, fields: list[_Fields]) -> None:
        """Lay the weights out by article (row) and by term; what a third of a library says is left out."""
        count = len(fields)
        most = max(10, count // 3)
        rows, terms, weights = [], [], []
        for row, field in enumerate(fields):
            for share, counts in zip((1.0, 1.0, NAMES_WEIGHT, PLACES_WEIGHT), field, strict=True):
                weight = {t: n * self._rarity(t, count) for t, n in counts.items()}
                length = math.sqrt(sum(w * w for w in weight.values())) or 1.0
                for term, w in weight.items():
                    if 1 < self._spread[term] <= most:
                        rows.append(row)
                        terms.append(self._terms[term])
                        weights.append(math.sqrt(share) * w / length)
        by_row, by_term = np.array(rows, dtype=np.int64), np.array(terms, dtype=np.int64)
        weight_of = np.array(weights, dtype=np.float64)
        self._row_starts = np.searchsorted(by_row, np.arange(count + 1))
        self._row_terms, self._row_weights = by_term, weight_of
        order = np.argsort(by_term, kind="stable")
        self._term_starts = np.searchsorted(by_term[order], np.arange(len(self._terms) + 1))
        self._term_rows, self._term_weights = by_row[order], weight_of[order]

    def _rarity(self, term: str, count: int) -> float:
        usual = term[2:] in _usual()
        return math.log(1 + (count + BACKGROUND) / (max(1, self._spread[term]) + BACKGROUND * usual))

    def _similar(self, row: int) -> NDArray[np.float64]:
        """The inner product of one article with every article."""
        mine = slice(self._row_starts[row], self._row_starts[row + 1])
        terms, weights = self._row_terms[mine], self._row_weights[mine]
        starts = self._term_starts[terms]
        lengths = self._term_starts[terms + 1] - starts
        before = np.cumsum(lengths) - lengths
        places = np.repeat(starts - before, lengths) + np.arange(lengths.sum())
        products = self._term_weights[places] * np.repeat(weights, lengths)
        return np.bincount(self._term_rows[places], products, minlength=len(self._ids)).astype(np.float64)

    def partners(self, id: int, limit: int) -> list[Partner]:
        row = self._row[id]
        words = self._similar(row)
        apart = np.abs(self._days - self._days[row])

        def near(days: float) -> NDArray[np.float64]:
            return np.where(np.isnan(apart), UNDATED, np.exp(-np.nan_to_num(apart) / days))

        raw = words * (1 + 0.5 * near(10) + 0.5 * near(100)) + 0.2 * near(30)
        raw -= SAME_SOURCE * (self._sources == self._sources[row])
        raw[(words <= 0) | (np.arange(len(raw)) == row)] = 0
        best = sorted(np.argpartition(-raw, min(limit, len(raw) - 1))[:limit], key=lambda other: (-raw[other], other))
        return [
            Partner(
                id=self._ids[other],
                score=1 - math.exp(-raw[other]),
                why=self._why(row, other, apart[other]),
                warnings=self._warnings(row, other, apart[other]),
            )
            for other in map(int, best)
            if raw[other] > 0
        ]

    def _why(self, row: int, other: int, apart: float) -> tuple[str, ...]:
        """Names, days, numbers and rare words in common, the rarest first."""
        count = len(self._ids)
        a, b = self._seen(row), self._seen(other)
        shared = sorted(
            (a.names.keys() & b.names.keys()) - _usual(),
            key=lambda n: (-self._rarity(f"n:{n}", count) * len(n.split()), n),
        )
        numbers = sorted(a.numbers & b.numbers, key=lambda n: (-len(n), n))
        spoken = {word for name in shared for word in _WORD.findall(name)}
        rare = sorted((a.words & b.words) - spoken - _usual(), key=lambda w: (-self._rarity(f"w:{w}", count), w))
        why = [", ".join(_distinct([a.names[n] for n in shared])[:3])]
        if apart <= 7:
            why.append("published the same day" if apart == 0 else f"published {_span(apart)} apart")
        return tuple(part for part in (*why, ", ".join(numbers[:3]), ", ".join(rare[:3])) if part)

    def _warnings(self, row: int, other: int, apart: float) -> tuple[str, ...]:
        found = []
        share = self._copied(row, other)
        if share >= COPY:
            found.append(f"copy: {share:.0%} of the words")
        if self._sources[row] == self._sources[other]:
            found.append("same outlet")
        if apart > FAR:
            found.append(f"published {_span(apart)} apart")
        return tuple(found)

    def _copied(self, row: int, other: int) -> float:
        """The share of the five-word runs of the shorter article that stand in the other too."""
        a, b = self._seen(row).runs, self._seen(other).runs
        return len(a & b) / min(len(a), len(b)) if a and b else 0.0

    def _seen(self, row: int) -> _Marks:
        if row not in self._marks:
            self._marks[row] = _Marks.of(self._bodies[row])
        return self._marks[row]


class _Marks(NamedTuple):
    """What can be named of a text: capitalised runs by their small letters, words, numbers, five-word runs."""

    names: dict[str, str]
    words: frozenset[str]
    numbers: frozenset[str]
    runs: frozenset[int]

    @classmethod
    def of(cls, body: str) -> _Marks:
        words = _WORD.findall(body.lower())
        return cls(
            names={name.lower(): name for name in _NAME.findall(body)},
            words=frozenset(word for word in words if word.isalpha() and len(word) > 3),
            numbers=frozenset(_NUMBER.findall(body)),
            runs=frozenset(map(hash, zip(*(words[n:] for n in range(5)), strict=False))),
        )


@cache
def _usual() -> frozenset[str]:
    return common_words() | frozenset(_FUNCTION_WORDS.split())


def _own_paragraphs(articles: dict[int, Article]) -> Iterator[str]:
    """The body of every article without the paragraphs that many articles of its outlet share."""
    shared = Counter((a.source, line) for a in articles.values() for line in set(a.body.split("\n")) if line)
    for article in articles.values():
        lines = article.body.split("\n")
        yield "\n".join(line for line in lines if not article.source or shared[article.source, line] < FURNITURE)


def _fields(title: str, body: str) -> _Fields:
    """All words, words of title and lead, names, places: each term says its field and has its weight but for rarity."""
    text = f"{title}\n{body}"
    lead = f"{title}\n{' '.join(body.split()[:LEAD_WORDS])}"
    places = {place: len(re.findall(rf"\b{re.escape(place)}\b", text)) for place in set(_PLACE.findall(text))}
    return (
        _damped("w", Counter(_WORD.findall(text.lower()))),
        _damped("l", Counter(_WORD.findall(lead.lower()))),
        _damped("n", Counter(name.lower() for name in _NAME.findall(text))),
        {f"p:{place.lower()}": min(times, 40) ** 0.7 for place, times in places.items()},
    )


def _damped(field: str, counts: Counter[str]) -> dict[str, float]:
    return {f"{field}:{term}": 1 + math.log(times) for term, times in counts.items()}


def _distinct(names: list[str]) -> list[str]:
    """``names`` without those that are part of an earlier one ("Marwick" after "Hela Marwick")."""
    kept: list[str] = []
    for name in names:
        if not any(name in other for other in kept):
            kept.append(name)
    return kept


def _day(article: Article) -> float:
    """The day published as a number, NaN where no day is stated."""
    return float(article.day.toordinal()) if article.day else math.nan


def _span(days: float) -> str:
    """ "1 day", "3 weeks", "14 months"."""
    units = (("year", 365.25, 3 * 365), ("month", 30.44, FAR), ("week", 7, 21), ("day", 1, 0))
    unit, length = next((unit, length) for unit, length, least in units if days >= least)
    number = round(days / length)
    return f"{number} {unit}{'' if number == 1 else 's'}"
