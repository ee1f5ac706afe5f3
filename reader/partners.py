"""Which reports are of the same event: rare words, names and dates in common, best first, with the reason.

The similarity of two reports is the sum of four TF-IDF cosines: all words, the words of the title and the lead,
names (half weight) and places (a fifth). It counts the more the nearer their dates lie, and a report of the same
outlet is a little less likely a partner, since an outlet seldom reports one event twice. Of the best ten the ages and
days told of count too (`reader.particulars`). The weights were fitted on the development half of the same-event sets;
first partner right: ECB+ 0.998, BASIL 1.000, Gun Violence Archive 0.933 (0.925 without ages and days).

A small library is read whole into an `Index`. Of a large one a `Rarity` says which words tell most (`telling_words`);
of the articles that hold them (`nearest`) an `Index` compares the likeliest.
"""

from __future__ import annotations

import itertools
import math
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import Self

import msgspec
import numpy as np
from numpy.typing import NDArray

from reader.kinds import table
from reader.lexicon import common_words
from reader.nouns import Article, Value
from reader.particulars import Particulars

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

MOST_WORDS = 32
"""Words of a report by which candidates are looked for."""

MOST_HITS = 10_000
"""Articles, by estimate, that may hold the words looked for, counted once for each word."""

HELD = 500
"""Articles with the most of these words, by BM25, of which the nearest in time are candidates."""

CANDIDATES = 40
"""Articles that are compared with the report in full."""

SAMPLE = 3_000
"""Articles in which it is counted how rare words are; a library that is no larger is counted whole."""

VERSION = 1
"""Of the terms that are counted; a count under another one is made anew."""

FURNITURE = 3
"""A paragraph that so many articles of one outlet share says nothing about their events."""

COPY = 0.5
"""From this share of common five-word runs on, one report is a copy of the other or both are of a third."""

PARTICULAR = 10
"""Partners, the best, of which ages and days are read too."""

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


class Rarity:
    """In how many of the articles counted each term stands: the rarer a term, the more it says about an event.

    A sample is enough: what stands twice in it is counted, all else is as rare as can be told. Immutable.
    """

    def __init__(self, articles: int, spread: Mapping[str, int]) -> None:
        self.articles = articles
        self._spread = spread
        self._most = max(10, articles // 3)

    @classmethod
    def counted(cls, articles: Iterable[Article]) -> Self:
        """Count the terms of ``articles``, each read as it comes."""
        count, spread = 0, Counter[str]()
        for article in articles:
            count += 1
            spread.update(term for terms in _Read(article, article.body).fields for term in terms)
        return cls(count, {term: n for term, n in spread.items() if n > 1})

    @classmethod
    def unpacked(cls, data: bytes) -> Self:
        """What ``packed`` wrote.

        Raises:
            ValueError: the bytes are of something else, or of a version that counted otherwise.
        """
        try:
            version, articles, spread = msgspec.msgpack.decode(
                zlib.decompress(data), type=tuple[int, int, dict[str, int]]
            )
        except (msgspec.MsgspecError, zlib.error) as error:
            raise ValueError("not a count of terms") from error
        if version != VERSION:
            raise ValueError("a count of terms by another version")
        return cls(articles, spread)

    def packed(self) -> bytes:
        """As bytes, to be kept."""
        return zlib.compress(msgspec.msgpack.encode((VERSION, self.articles, self._spread)))

    def of(self, term: str) -> float:
        """The logarithm of how few articles hold ``term``; at least 0."""
        usual = term[2:] in _usual()
        return math.log(1 + (self.articles + BACKGROUND) / (self._spread.get(term, 1) + BACKGROUND * usual))

    def share(self, term: str) -> float:
        """The part of the articles that holds ``term``, 0 for one too rare to be counted."""
        return self._spread.get(term, 0) / max(1, self.articles)

    def common(self, term: str) -> bool:
        """Whether so many articles hold ``term`` that it says nothing."""
        return self._spread.get(term, 0) > self._most


def telling_words(article: Article, rarity: Rarity, articles: int) -> list[str]:
    """The words of a report by which its partners are looked for in a library of so many articles, best first.

    Those with the most weight in text and lead, as many as ``MOST_HITS`` articles are thought to hold between them:
    so the search costs no more in a large library than in a small one. Where each alone is in more, the rarest.
    """
    text, lead, *_ = _Read(article, article.body).fields
    weights = {term[2:]: times * rarity.of(term) for term, times in text.items() if not rarity.common(term)}
    for term, times in lead.items():
        if term[2:] in weights:
            weights[term[2:]] += times * rarity.of(term)
    words = sorted(weights.keys() - _usual(), key=lambda word: (-weights[word], word))
    expected = {word: rarity.share(f"w:{word}") * articles for word in words}
    chosen: list[str] = []
    hits = 0.0
    for word in words:
        if len(chosen) == MOST_WORDS:
            break
        if hits + expected[word] <= MOST_HITS:
            chosen.append(word)
            hits += expected[word]
    return chosen or sorted(words, key=lambda word: expected[word])[:1]


def nearest(asked: Article, held: Sequence[tuple[int, str, float]], limit: int) -> list[int]:
    """The ids of the articles that may be partners, of those that hold telling words, best first.

    ``held`` gives of each the id, the date published and how much it holds of the words; the report itself, which
    holds the most, is the measure. Their dates count as they do for partners.
    """
    most = max((relevance for *_, relevance in held), default=0.0) or 1.0
    days = np.array([_day(Article(body="", published=published)) for _, published, _ in held])
    raw = _dated(np.array([relevance / most for *_, relevance in held]), np.abs(days - _day(asked)))
    return [held[n][0] for n in np.argsort(-raw, kind="stable")[:limit]]


def _dated(similarity: NDArray[np.float64], apart: NDArray[np.float64]) -> NDArray[np.float64]:
    """Similarities of words that count the more the nearer the days lie; ``apart`` is in days, NaN where unknown."""

    def near(days: float) -> NDArray[np.float64]:
        return np.where(np.isnan(apart), UNDATED, np.exp(-np.nan_to_num(apart) / days))

    return similarity * (1 + 0.5 * near(10) + 0.5 * near(100)) + 0.2 * near(30)


class Reads:
    """Articles as they were read, the latest ``size``: one that is compared with many is read once (some 50 KB each)."""

    def __init__(self, size: int) -> None:
        self._kept = lru_cache(size)(_Read)

    def of(self, article: Article, body: str) -> _Read:
        """What is read of ``article`` with this part of its body."""
        return self._kept(article, body)


class Index:
    """The words of many articles, asked for the partners of one.

    ``rarity`` is that of the terms in a library from which some articles were chosen; without it the articles added are
    all there are. The first question after an addition builds the index anew. ``reads`` are shared by indexes that hold
    the same articles.
    """

    def __init__(self, rarity: Rarity | None = None, reads: Reads | None = None) -> None:
        self._rarity = rarity
        self._reads = reads
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
        return self._postings(id).partners(id, limit)

    def scores(self, id: int, limit: int) -> list[tuple[int, float]]:
        """Ids and scores of the same partners, without the reasons.

        Raises:
            KeyError: no article was added as ``id``.
        """
        return self._postings(id).scores(id, limit)

    def _postings(self, id: int) -> _Postings:
        if id not in self._articles:
            raise KeyError(id)
        if self._built is None:
            self._built = _Postings(self._articles, self._rarity, self._reads.of if self._reads else _Read)
        return self._built


def copies(articles: Mapping[int, Article]) -> dict[int, tuple[int, float]]:
    """Which articles are copies of an earlier one of ``articles``, or of one text with it: of which, and to what share.

    The share is that of the five-word runs of the shorter one, `COPY` at the least.
    """
    read = {id: _Read(article, article.body) for id, article in articles.items()}
    found = {}
    for number, (id, one) in enumerate(read.items()):
        shares = (
            (one.copied(other), -n, before) for n, (before, other) in enumerate(itertools.islice(read.items(), number))
        )
        share, _, original = max(shares, default=(0.0, 0, 0))
        if share >= COPY:
            found[id] = (original, share)
    return found


class _Postings:
    """Weights of the terms of every article, by article and by term, as flat arrays.

    The four cosines are one inner product: a term is a word with its field, and the vector of an article joins those
    of its fields, each of unit length times the square root of its weight.
    """

    def __init__(
        self, articles: dict[int, Article], rarity: Rarity | None, read: Callable[[Article, str], _Read]
    ) -> None:
        self._ids = list(articles)
        self._row = {id: row for row, id in enumerate(self._ids)}
        bodies = _own_paragraphs(articles)
        self._read = [read(article, body) for article, body in zip(articles.values(), bodies, strict=True)]
        self._index(rarity)
        self._days = np.array([_day(article) for article in articles.values()])
        sources = {source: n for n, source in enumerate({a.source for a in articles.values()})}
        self._sources = np.array(
            [sources[a.source] if a.source else -1 - row for row, a in enumerate(articles.values())]
        )

    def _index(self, rarity: Rarity | None) -> None:
        """Lay the weights of shared terms out by article (row) and by term; common ones are left out."""
        number: dict[str, int] = defaultdict(itertools.count().__next__)
        terms: list[int] = []
        times: list[float] = []
        sizes: list[int] = []
        for read in self._read:
            for counts in read.fields:
                terms.extend(map(number.__getitem__, counts))
                times.extend(counts.values())
                sizes.append(len(counts))
        by_term = np.array(terms, dtype=np.int64)
        spread = np.bincount(by_term, minlength=len(number))
        self._rarity = rarity or Rarity(len(self._read), dict(zip(number, spread.tolist(), strict=True)))
        rare = np.array([self._rarity.of(term) for term in number])
        kept = (spread > 1) & ~np.array([self._rarity.common(term) for term in number], dtype=bool)
        weights = np.array(times) * rare[by_term]
        field = np.repeat(np.arange(len(sizes)), sizes)  # four of each article, one after the other
        length = np.sqrt(np.bincount(field, weights**2, minlength=len(sizes)))
        share = np.sqrt(np.tile((1.0, 1.0, NAMES_WEIGHT, PLACES_WEIGHT), len(self._read)))
        weights *= share[field] / np.maximum(length, 1e-9)[field]
        shared = kept[by_term]
        rows, terms_of, weights = field[shared] // 4, by_term[shared], weights[shared]
        self._row_starts = np.searchsorted(rows, np.arange(len(self._read) + 1))
        self._row_terms, self._row_weights = terms_of, weights
        order = np.argsort(terms_of, kind="stable")
        self._term_starts = np.searchsorted(terms_of[order], np.arange(len(number) + 1))
        self._term_rows, self._term_weights = rows[order], weights[order]

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
        return [
            Partner(
                id=self._ids[other],
                score=score,
                why=self._why(row, other, apart),
                warnings=self._warnings(row, other, apart),
            )
            for other, score in self._ranked(row, limit)
            for apart in (abs(self._days[other] - self._days[row]),)
        ]

    def scores(self, id: int, limit: int) -> list[tuple[int, float]]:
        return [(self._ids[other], score) for other, score in self._ranked(self._row[id], limit)]

    def _ranked(self, row: int, limit: int) -> list[tuple[int, float]]:
        """The rows that are likest one, each with its score, best first."""
        words = self._similar(row)
        raw = _dated(words, np.abs(self._days - self._days[row]))
        raw -= SAME_SOURCE * (self._sources == self._sources[row])
        raw[(words <= 0) | (np.arange(len(raw)) == row)] = 0
        looked_at = max(limit, PARTICULAR)
        best = sorted(np.argpartition(-raw, min(looked_at, len(raw) - 1))[:looked_at], key=lambda n: (-raw[n], n))
        mine = self._read[row].particulars
        for other in map(int, best[:PARTICULAR]):
            if raw[other] > 0:
                raw[other] = max(1e-6, raw[other] + mine.nearness(self._read[other].particulars))
        ranked = sorted(map(int, best), key=lambda n: (-raw[n], n))[:limit]
        return [(other, 1 - math.exp(-raw[other])) for other in ranked if raw[other] > 0]

    def _why(self, row: int, other: int, apart: float) -> tuple[str, ...]:
        """Names, days told of, numbers and rare words in common, the rarest first."""
        a, b = self._read[row], self._read[other]
        shared = sorted(
            (a.names.keys() & b.names.keys()) - _usual() - table()["demonyms"],
            key=lambda n: (-self._rarity.of(f"n:{n}") * len(n.split()), n),
        )
        numbers = sorted(a.numbers & b.numbers, key=lambda n: (-len(n), n))
        spoken = {word for name in shared for word in _WORD.findall(name)}
        words = (a.words & b.words) - spoken - _usual() - table()["demonyms"]
        rare = sorted(words, key=lambda w: (-self._rarity.of(f"w:{w}") * min(a.times(w), b.times(w)), w))
        why = [", ".join(_distinct([a.names[n] for n in shared])[:3])]
        if days := a.particulars.days_in_common(b.particulars):
            why.append(days)
        elif apart <= 7:
            why.append("published the same day" if apart == 0 else f"published {_span(apart)} apart")
        return tuple(part for part in (*why, ", ".join(numbers[:3]), ", ".join(rare[:3])) if part)

    def _warnings(self, row: int, other: int, apart: float) -> tuple[str, ...]:
        a, b = self._read[row], self._read[other]
        found = []
        share = a.copied(b)
        if share >= COPY:
            found.append(f"copy: {share:.0%} of the words")
        if self._sources[row] == self._sources[other]:
            since = self._days[other] - self._days[row]  # NaN, neither, where a day is unknown
            order = "later" if since > 0 else "earlier" if since < 0 else "another"
            found.append(f"{order} version by the same outlet" if share >= COPY else "same outlet")
        if apart > FAR:
            found.append(f"published {_span(apart)} apart")
        if share < COPY and (against := a.particulars.against(b.particulars)):
            places = a.fields[3].keys() & b.fields[3].keys()
            found.append(f"{'same place, ' if places else ''}perhaps another event: {', '.join(against)}")
        return tuple(found)


class _Read:
    """What is read of a report: terms by field and, when they are asked for, what can be named of its body."""

    def __init__(self, article: Article, body: str) -> None:
        title = article.title
        text = f"{title}\n{body}"
        self._article = article
        self._body = body
        lead = f"{title}\n{' '.join(body.split(maxsplit=LEAD_WORDS)[:LEAD_WORDS])}"
        names = list(_NAME.finditer(text))
        self.names = {name[0].lower(): name[0] for name in names if name.start() > len(title)}
        places = {place: _times(place, text) for place in set(_PLACE.findall(text))}
        self.fields: _Fields = (
            _damped("w", Counter(_WORD.findall(text.lower()))),
            _damped("l", Counter(_WORD.findall(lead.lower()))),
            _damped("n", Counter(name[0].lower() for name in names)),
            {f"p:{place.lower()}": min(times, 40) ** 0.7 for place, times in places.items()},
        )

    @cached_property
    def particulars(self) -> Particulars:
        return Particulars(self._article, self.names.keys(), self.numbers)

    @cached_property
    def _body_words(self) -> list[str]:
        return _WORD.findall(self._body.lower())

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(word for word in self._body_words if word.isalpha() and len(word) > 3)

    def times(self, word: str) -> float:
        """How often a word stands in it, damped."""
        return self.fields[0].get(f"w:{word}", 0.0)

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(_NUMBER.findall(self._body))

    @cached_property
    def runs(self) -> frozenset[int]:
        """Every five words that follow each other, as a number."""
        return frozenset(map(hash, zip(*(self._body_words[n:] for n in range(5)), strict=False)))

    def copied(self, other: _Read) -> float:
        """The share of the five-word runs of the shorter article that stand in the other too."""
        if not (self.runs and other.runs):
            return 0.0
        return len(self.runs & other.runs) / min(len(self.runs), len(other.runs))


@cache
def _usual() -> frozenset[str]:
    return common_words() | frozenset(_FUNCTION_WORDS.split())


def _own_paragraphs(articles: dict[int, Article]) -> Iterator[str]:
    """The body of every article without the paragraphs that many articles of its outlet share."""
    shared = Counter((a.source, line) for a in articles.values() for line in set(a.body.split("\n")) if line)
    for article in articles.values():
        lines = article.body.split("\n")
        yield "\n".join(line for line in lines if not article.source or shared[article.source, line] < FURNITURE)


def _times(word: str, text: str) -> int:
    """How often ``word``, which begins and ends with a letter or figure, stands in ``text`` by itself."""
    found, at = 0, text.find(word)
    while at >= 0:
        end = at + len(word)
        found += not ((at and _is_word(text[at - 1])) or (end < len(text) and _is_word(text[end])))
        at = text.find(word, end)
    return found


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _damped(field: str, counts: Counter[str]) -> dict[str, float]:
    return {f"{field}:{term}": 1 + math.log(times) if times > 1 else 1.0 for term, times in counts.items()}


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
