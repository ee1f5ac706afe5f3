"""How surely two reports are of one event, from their facts alone. `reader.partners` ranks a library; this judges one pair.

A logistic score of hand-set weights over four features. On the development half of the report pairs 19 of 20 pairs of one
event score over 0.5, and 1 of 380 pairs put together at random. Two sieges of one war are the hard case: there the scene
and the dates decide, and where a report names both cities and no date it is taken for either.
"""

from __future__ import annotations

import math
from collections import Counter

from reader.lexicon import common_words, concept
from reader.names import is_territory
from reader.nouns import Article, Facts

_TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_APART = 60
"""Days between two dates of publication from which they speak against one event."""


def related(a: Article, b: Article, facts_a: Facts, facts_b: Facts) -> float:
    """The probability, in [0, 1], that both report one event; 1 for a report and itself."""
    if a.body == b.body:
        return 1.0
    words_a, words_b = _words(facts_a), _words(facts_b)
    if min(words_a.total(), words_b.total()) < 20:
        return 1.0  # a sentence or two cannot be told
    names_a, names_b = _names(facts_a), _names(facts_b)
    shared = len(names_a.keys() & names_b.keys()) / max(1, min(len(names_a), len(names_b)))
    scenes = (_scene(facts_a) in {None, *names_b}) + (_scene(facts_b) in {None, *names_a})
    total = 24 * (_cosine(words_a, words_b) - 0.34) + 2 * shared + 2.5 * (scenes - 1.6) - _apart(a, b)
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)


def _words(facts: Facts) -> Counter[str]:
    return Counter(
        concept(word.lemma, word.pos)
        for reading in (facts.title, facts.body)
        for word in reading.words
        if word.pos in _TELLING and word.lemma not in common_words()
    )


def _names(facts: Facts) -> Counter[str]:
    return Counter(m.key.casefold() for reading in (facts.title, facts.body) for m in reading.mentions)


def _scene(facts: Facts) -> str | None:
    """The place that is named most, countries aside."""
    places = Counter(m.key.casefold() for m in facts.body.mentions if m.label == "LOC" and not is_territory(m.key))
    return places.most_common(1)[0][0] if places else None


def _cosine(a: Counter[str], b: Counter[str]) -> float:
    """Of the square roots of how often each word stands in them (Bhattacharyya coefficient)."""
    return sum(math.sqrt(a[word] * b[word]) for word in a.keys() & b.keys()) / math.sqrt(a.total() * b.total())


def _apart(a: Article, b: Article) -> float:
    """What the dates of publication speak against one event: 0 near or unknown, up to 3."""
    if not (a.day and b.day):
        return 0.0
    days = abs((a.day - b.day).days)
    return min(3.0, days / _APART) if days > _APART else 0.0
