"""One report as the alignment sees it: for each sentence the terms that it can share with a sentence of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reader.lexicon import concept, related_sets
from reader.names import match_keys
from reader.nouns import Facts, Mention, Quantity, Reading, Statement, Word
from reader.numerals.words import SMALL

SAYING = frozenset(concept(verb, "VERB") for verb in ("say", "report", "ask"))
"""Deeds that every report is full of: sharing one says nothing."""
DATE = "day "
"""How the term of a day begins."""


@dataclass(slots=True)
class Sentence:
    """The terms of one sentence.

    ``words`` are lemmas, small numerals in figures, and the days it names; ``names`` keys, those that pronouns stand for
    too; ``deeds`` the concepts of its predicates;
    ``speakers`` who is heard; ``signature`` its content words in order; ``quoted`` the share of it in quotation marks.
    """

    words: dict[str, None] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    quantities: list[Quantity] = field(default_factory=list)
    deeds: set[str] = field(default_factory=set)
    speakers: set[str] = field(default_factory=set)
    signature: list[str] = field(default_factory=list)
    quoted: float = 0.0


@dataclass(frozen=True, slots=True)
class Side:
    """The sentences of the body, ``body`` of them, and then of the title.

    ``concepts`` are the groups of synonyms that each word of any of them belongs to; ``related`` the sets of related words
    that it belongs to, alone or in an expression.
    """

    sentences: list[Sentence]
    body: int
    concepts: dict[str, set[str]] = field(default_factory=dict)
    related: dict[str, frozenset[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.sentences)


def sides(a: Facts, b: Facts) -> tuple[Side, Side]:
    """Two reports, the names of B under the keys of A where they are of one person, body or place."""
    same = match_keys(_mentions(a), _mentions(b))
    return _side(a, {}), _side(b, {m.key: same.get(m.key, f"{m.key} of B") for m in _mentions(b)})


def _mentions(facts: Facts) -> tuple[Mention, ...]:
    return (*facts.body.mentions, *facts.title.mentions)


def _side(facts: Facts, keys: Mapping[str, str]) -> Side:
    sentences = [Sentence() for part in (facts.body, facts.title) for _ in part.sentences]
    concepts: dict[str, set[str]] = defaultdict(set)
    body = len(facts.body.sentences)
    for offset, part in ((0, facts.body), (body, facts.title)):
        if part.sentences:
            _fill(sentences[offset : offset + len(part.sentences)], part, keys, concepts)
    words = {word for sentence in sentences for word in sentence.words}
    related = {word: sets for word in words if (sets := related_sets(word))}
    for statement in (*facts.body.statements, *facts.title.statements):
        for expression in _expressions(statement):
            if statement.predicate in words and (sets := related_sets(expression)):
                related[statement.predicate] = related.get(statement.predicate, frozenset()) | sets
    return Side(sentences, body, dict(concepts), related)


def _expressions(statement: Statement) -> Iterator[str]:
    """A verb with its particle, its object and its obliques, as the lists of related words have them."""
    if statement.particle:
        yield f"{statement.predicate}_{statement.particle}"
    for role in (statement.patient, *(role for _, role in statement.others)):
        if role:
            yield f"{statement.predicate}_{role.head}"


def _fill(sentences: list[Sentence], part: Reading, keys: Mapping[str, str], concepts: dict[str, set[str]]) -> None:
    for word in part.words:
        sentence, term = sentences[word.sentence], _term(word)
        sentence.words[term] = None
        concepts[term].add(concept(word.lemma, word.pos))
        sentence.signature.append(word.lemma)
    for mention in part.mentions:
        sentences[mention.sentence].names.add(keys.get(mention.key, mention.key))
    for quantity in part.quantities:
        sentences[quantity.sentence].quantities.append(quantity)
    for time in part.times:
        if time.precision in ("day", "part of day", "hour", "minute") and time.earliest[:1].isdigit():
            sentences[time.sentence].words[DATE + time.earliest[:10]] = None
    for quote in part.quotes:
        whole = part.sentences[quote.sentence]
        inside = min(whole.end, quote.end) - quote.start
        sentences[quote.sentence].quoted += max(0, inside) / max(1, whole.end - whole.start)
    for statement in part.statements:
        sentence = sentences[statement.sentence]
        if (deed := concept(statement.predicate, "VERB")) not in SAYING:
            sentence.deeds.add(deed)
        if statement.speaker:
            sentence.speakers.add(keys.get(statement.speaker, statement.speaker).casefold())
        for role in (statement.agent, statement.patient, *(role for _, role in statement.others)):
            if role and role.key:
                sentence.names.add(keys.get(role.key, role.key))


def _term(word: Word) -> str:
    return str(SMALL[word.lemma]) if word.lemma in SMALL else word.lemma


def where(side: Side, channel: str) -> dict[str, list[int]]:
    """For each term of a channel the sentences that hold it, in order."""
    found: dict[str, list[int]] = defaultdict(list)
    for index, sentence in enumerate(side.sentences):
        for term in getattr(sentence, channel):
            found[term].append(index)
    return found


def quantities(side: Side) -> Iterator[tuple[int, Quantity]]:
    """The quantities of a side with the sentence each stands in; "one" says nothing and is left out."""
    for index, sentence in enumerate(side.sentences):
        for quantity in sentence.quantities:
            if (quantity.low, quantity.high) != (1.0, 1.0):
                yield index, quantity
