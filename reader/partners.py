"""Which reports are of the same event."""

from __future__ import annotations

import math
import re
from collections import Counter

from reader.nouns import Article, Value

_WORD = re.compile(r"[^\W_]+")


class Partner(Value, frozen=True, kw_only=True):
    """A report that may be of the same event: a score in [0, 1] and short strings that say why, best first.

    ``warnings`` name what speaks against comparing them ("copy: 93% of the words", "2 years apart").
    """

    id: int
    score: float
    why: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Index:
    """The words of many articles, asked for the partners of one."""

    def __init__(self) -> None:
        self._terms: dict[int, Counter[str]] = {}
        self._spread: Counter[str] = Counter()

    def add(self, id: int, article: Article) -> None:
        """Take in one article under a number of its own."""
        self._terms[id] = Counter(_WORD.findall(f"{article.title}\n{article.body}".lower()))
        self._spread.update(self._terms[id].keys())

    def partners(self, id: int, limit: int = 10) -> list[Partner]:
        """The likeliest partners of article ``id``, best first."""
        one = self._weights(id)
        scores = {}
        for other in self._terms:
            if other != id:
                two = self._weights(other)
                scores[other] = sum(weight * two[term] for term, weight in one.items() if term in two)
        best = sorted(scores, key=lambda other: -scores[other])[:limit]
        return [Partner(id=other, score=min(1.0, scores[other])) for other in best if scores[other] > 0]

    def _weights(self, id: int) -> dict[str, float]:
        total = len(self._terms) + 1
        weights = {t: (1 + math.log(n)) * math.log(total / self._spread[t]) for t, n in self._terms[id].items()}
        length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        return {t: w / length for t, w in weights.items()}
