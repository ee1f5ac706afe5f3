"""A claim and the sentences of a text that it is held against: which words meet, what is left over, who is who."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import DamerauLevenshtein

from reader.conflicts.base import Token, Unit
from reader.conflicts.polarity import denials
from reader.lexicon import concept, opposite, people, sorts_of
from reader.nouns import Mention, Role, Statement

REACH = 4
"""How many words a preposition, or the noun that an adjective narrows, may stand away."""
FAR = 8
"""The most words of a noun phrase before a name in it ("the English rock band Orm")."""
_PREPOSITIONS = frozenset("by in on at from of with for under to as into".split())
_NOMINAL = frozenset("NOUN PROPN ADJ NUM".split())
_NAMING = frozenset("PROPN NUM".split())
_DETERMINERS = frozenset("a an the his her its their this that these those and".split())
_BEING = frozenset("is was are were be been being became becomes".split())
_PRONOUNS = frozenset("he she it they this that i we".split())


@dataclass
class Held:
    """A claim and the sentences of a text that it is held against."""

    claim: Unit
    text: list[Unit]

    @cached_property
    def words(self) -> list[Token]:
        """The content words of the claim."""
        return [t for t in self.claim.tokens if t.content]

    @cached_property
    def theirs(self) -> list[Token]:
        """The content words of the text."""
        return [t for unit in self.text for t in unit.tokens if t.content]

    @cached_property
    def met(self) -> dict[Token, Token]:
        """The content words of the claim that the text has too, each with its fellow."""
        found: dict[Token, Token] = {}
        for mine in self.words:
            for test in (same, kin):
                if fellow := next((t for t in self.theirs if test(mine, t)), None):
                    found[mine] = fellow
                    break
        for name, other in self.namesakes:
            for token in name:
                found.setdefault(token, other[-1])
        return found

    @cached_property
    def namesakes(self) -> list[tuple[list[Token], list[Token]]]:
        """Names of the claim that the text has in another form, both as words: EU and European Union, Tim and Timothy Brae."""
        mine = [_named_words(self.claim, m) for m in self.claim.mentions]
        theirs = [_named_words(u, m) for u in self.text for m in u.mentions]
        return [(x, y) for x in mine for y in theirs if x and y and _one_name(x, y)]

    @cached_property
    def left(self) -> list[Token]:
        """The content words of the claim that the text lacks."""
        return [t for t in self.words if t not in self.met]

    @cached_property
    def spare(self) -> list[Token]:
        """The content words of the text that the claim lacks."""
        used = set(self.met.values()).union(*(y for _, y in self.namesakes))
        keys = {key(t) for t in self.words}
        return [t for t in self.theirs if t not in used and key(t) not in keys]

    @cached_property
    def denied(self) -> frozenset[Token]:
        """What the claim denies."""
        return frozenset(t for denial in denials(self.claim) for t in denial.words)

    @cached_property
    def refused(self) -> frozenset[Token]:
        """What the text denies."""
        return frozenset(t for unit in self.text for denial in denials(unit) for t in denial.words)

    @cached_property
    def said(self) -> Statement | None:
        """The main statement of the claim."""
        return min(self.claim.statements, key=lambda s: s.start, default=None)

    @cached_property
    def head(self) -> Token | None:
        """The word of the claim that its main statement turns on."""
        return next((t for t in self.words if self.said and t.start == self.said.predicate_span[0]), None)

    @cached_property
    def comment(self) -> list[Token]:
        """The content words of the claim after its subject."""
        said = self.said
        if not said:
            return self.words
        start = said.predicate_span[0]
        ends = [r.end for r in (said.agent, said.patient) if r and r.end <= start]
        return [t for t in self.words if t.start >= max(ends, default=0)] or self.words

    @cached_property
    def told(self) -> list[Statement]:
        """The statements of the text with the claim's main predicate."""
        return [s for u in self.text for s in u.statements if self.said and like(s.predicate, self.said.predicate)]

    @cached_property
    def strangers(self) -> bool:
        """Whether claim and text each bring in a subject that nothing says is the same."""
        return self.claim.newcomer is not None and all(u.newcomer is not None for u in self.text)

    @cached_property
    def statements(self) -> list[Statement]:
        """The statements of the text."""
        return [s for u in self.text for s in u.statements]

    def one_party(self, told: Statement) -> bool:
        """Whether a statement of the text has the claim's doer for its doer, or what it is done to for what it is done to."""
        said = self.said
        if not said:
            return False
        pairs = [(said.agent, told.agent), (said.patient, told.patient)]
        if said.patient is None or told.patient is None:  # "he resigned", "he was sacked"; "prices rose", "cut prices"
            pairs += [(said.agent, told.patient), (said.patient, told.agent)]
        return any(x and y and (y.head in _PRONOUNS or self._meet([x], [y])) for x, y in pairs)

    def one_doer(self, verb: Token) -> bool:
        """Whether who does what a verb of the text says does the claim's deed too."""
        said, told = self.said, next((s for s in self.statements if s.predicate_span[0] == verb.start), None)
        if not (said and told and said.agent and told.agent):
            return False
        return told.agent.head in _PRONOUNS or self._meet([said.agent], [told.agent])

    def _meet(self, mine: list[Role], theirs: list[Role]) -> bool:
        fellows = {t for t in self.theirs if any(r.start <= t.start < r.end for r in theirs)}
        return any(self.met.get(t) in fellows for t in self.words if any(r.start <= t.start < r.end for r in mine))

    def numbered(self, token: Token) -> bool:
        """Whether an ordinal is part of a name ("Elizabeth the Second")."""
        tokens = self.unit(token).tokens
        before = [t for t in tokens[: tokens.index(token)] if t.form != "the"]
        return bool(before) and before[-1].pos == "PROPN"

    def at(self, role: Role) -> Token | None:
        """The head of a role of the claim."""
        return _head(self.words, role)

    def at_text(self, role: Role) -> Token | None:
        """The head of a role of the text."""
        return _head(self.theirs, role)

    def label(self, token: Token) -> str:
        """What the name is the name of that a word of either side is part of, "" if none is known."""
        return next((m.label for m in self.unit(token).mentions if m.start <= token.start < m.end), "")

    def same_subject(self, told: Statement) -> bool:
        """Whether a statement of the text may be about what the claim is about: it shares a name with it, or has none."""
        if told.agent is None or told.agent.head in _PRONOUNS:
            return True
        inside = {t for t in self.theirs if told.agent.start <= t.start and t.end <= told.agent.end}
        return any(self.met.get(t) in inside for t in self.words if t not in self.comment)

    def beside(self, x: Token, y: Token) -> bool:
        """Whether a word of the claim and one of the text stand before or after fellows, or narrow the same noun."""
        mine, theirs = _around(self.claim, x), next(_around(u, y) for u in self.text if y in u.tokens)
        return (
            self._fellows(mine[0][:1], theirs[0][:1])
            or self._fellows(mine[1][:1], theirs[1][:1])
            or self._fellows([t for t in mine[1] if t.pos == "NOUN"], [t for t in theirs[1] if t.pos == "NOUN"])
            or self.one_governor(x, y)
            or (self.is_called(x) and self.is_called(y))
        )

    def _fellows(self, mine: list[Token], theirs: list[Token]) -> bool:
        return any(same(x, y) or self.met.get(x) == y for x in mine for y in theirs)

    def unit(self, token: Token) -> Unit:
        """The sentence of either side that a word stands in."""
        return next(u for u in (self.claim, *self.text) if token in u.tokens)

    def case(self, token: Token) -> str:
        """The preposition that a word of either side stands under, "" if none is near."""
        before = self._before(token)
        return before[-1].form if before and before[-1].form in _PREPOSITIONS else ""

    def governor(self, token: Token) -> Token | None:
        """The word of content that governs the preposition that a word stands under: *song* in "a song by the band Orm"."""
        before = self._before(token)
        if not (before and before[-1].form in _PREPOSITIONS):
            return None
        return before[-2] if len(before) > 1 and before[-2].content else None

    def is_called(self, token: Token) -> bool:
        """Whether a word stands in what somebody or something is said to be ("is an English band")."""
        before = self._before(token)
        return bool(before) and before[-1].form in _BEING

    def one_governor(self, x: Token, y: Token) -> bool:
        """Whether a word of the claim and one of the text stand under prepositions of the same word."""
        mine, theirs = self.governor(x), self.governor(y)
        return bool(mine and theirs and self._fellows([mine], [theirs]))

    def _before(self, token: Token) -> list[Token]:
        """The words before the noun phrase that a word stands in, up to ``FAR`` words away."""
        tokens = self.unit(token).tokens
        at = tokens.index(token)
        start = at
        while (
            start and at - start < FAR and (tokens[start - 1].pos in _NOMINAL or tokens[start - 1].form in _DETERMINERS)
        ):
            start -= 1
        return list(tokens[:start])

    def name(self, token: Token) -> frozenset[Token]:
        """All words of the name, the date or the like that a word is part of, those of either side."""
        tokens = self.unit(token).tokens
        first = last = tokens.index(token)
        if token.pos in _NAMING:
            while first and tokens[first - 1].pos in _NAMING and tokens[first].start - tokens[first - 1].end <= 2:
                first -= 1
            while (
                last + 1 < len(tokens)
                and tokens[last + 1].pos in _NAMING
                and tokens[last + 1].start - tokens[last].end <= 2
            ):
                last += 1
        return frozenset(tokens[first : last + 1])


def _named_words(unit: Unit, name: Mention) -> list[Token]:
    return [t for t in unit.tokens if t.content and name.start <= t.start < name.end]


def _one_name(x: list[Token], y: list[Token]) -> bool:
    """Whether two names are forms of one: the initials of the other, or one last name and no two first names."""
    p, q = ([plain(t.form.removesuffix("'s")) for t in name] for name in (x, y))
    for short, long in ((p, q), (q, p)):
        if len(short) == 1 and len(long) > 1 and short[0] == "".join(w[0] for w in long if w):
            return True
    firsts = min(len(p), len(q)) == 1 or p[0].startswith(q[0]) or q[0].startswith(p[0])
    return len(p) + len(q) > 2 and p[-1] == q[-1] and firsts


def _head(tokens: list[Token], role: Role) -> Token | None:
    inside = [t for t in tokens if role.start <= t.start and t.end <= role.end]
    return next((t for t in inside if t.lemma == role.head or t.form == role.head), None)


def _around(unit: Unit, token: Token) -> tuple[list[Token], list[Token]]:
    """The content words before a word, nearest first, and those after it, both within reach."""
    at = unit.tokens.index(token)
    before, after = unit.tokens[max(0, at - 2 * REACH) : at], unit.tokens[at + 1 : at + 1 + 2 * REACH]
    return [t for t in reversed(before) if t.content][:REACH], [t for t in after if t.content][:REACH]


def key(token: Token) -> str:
    return concept(token.lemma, token.pos)


def like(x: str, y: str) -> bool:
    return x == y or concept(x, "VERB") == concept(y, "VERB")


def plain(word: str) -> str:
    """A word without accents and hyphens."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if c.isalnum())


def same(x: Token, y: Token) -> bool:
    return x.form == y.form or x.lemma == y.lemma or key(x) == key(y) or plain(x.form) == plain(y.form)


def kin(x: Token, y: Token) -> bool:
    """Whether two words seem to have one stem ("produce", "producer"), or to be one name in two spellings."""
    p, q = plain(x.lemma), plain(y.lemma)
    if x.pos == "PROPN" and y.pos == "PROPN" and min(len(p), len(q)) >= 4 and p[0] == q[0]:
        return DamerauLevenshtein.distance(p, q, score_cutoff=1) <= 1
    if any(w in people() and "person" in sorts_of(v) for w, v in ((x.lemma, y.lemma), (y.lemma, x.lemma))):
        return True
    shared = next((i for i, (c, d) in enumerate(zip(p, q, strict=False)) if c != d), min(len(p), len(q)))
    if opposite(x.lemma, y.lemma) or not (p and q) or not p[0].isalpha():
        return False
    return shared >= 4 and max(len(p), len(q)) - shared <= 4 and min(len(p), len(q)) - shared <= 2
