"""A claim of one sentence held against a text: where all else agrees, what does the text say otherwise?

Made for checking a headline, a rumour or a sentence of one's own against a report. Both are about one thing, for
somebody has put them side by side; so a single slot that is filled otherwise counts for more than in two whole reports,
where it is normal that sentences differ. The words of the claim are met with those of the text (same word, synonym, kin,
name). What is left over on both sides is judged by lexicon, figures and names; polarity is told apart, because a denial
of something else agrees ("not a Dane" and "a Swede"). All of it is weighed at once.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import DamerauLevenshtein

from reader.conflicts.base import Candidate, Pair, Report, Token, Unit, clip
from reader.conflicts.polarity import Denial, denials
from reader.lexicon import (
    common_words,
    concept,
    exclusion_strength,
    falls_short,
    members,
    opposite,
    people,
    refuters,
    restrictors,
    sorts_of,
)
from reader.nouns import Kind, Role, Statement

_YEAR = re.compile(r"1\d{3}$|20\d\d$")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
NEAREST = 3
"""How many sentences of the text, those most like the claim, it is held against."""
LONGEST = 300
"""The most words of a claim, and of each sentence it is held against: longer ones are no sentences."""
NEAR = 6
"""How many words a word of refutation may stand from what it refutes."""

HALF = 0.5
"""The least share of the words of a denial that must be the claim's, for it to deny the claim."""
REACH = 4
"""How many words a preposition, or the noun that an adjective narrows, may stand away."""
HEADLINE = 20
"""The most words of a sentence that is about one thing, so that a refutation in it is of that."""
_PREPOSITIONS = frozenset("by in on at from of with for under to as into".split())
_DATES = ("year", "month", "day")
_PRONOUNS = frozenset("he she it they this that i we".split())
_FIRM = ("when", "opposite", "exclusive2", "exclusive3", "sort", "year", "name", "ordinal")


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing that speaks against the claim: its feature, the kind of conflict, the words on both sides."""

    feature: str
    kind: Kind
    claim: Token
    text: Token | None
    what: str


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
            for test in (_same, _kin):
                if fellow := next((t for t in self.theirs if test(mine, t)), None):
                    found[mine] = fellow
                    break
        return found

    @cached_property
    def left(self) -> list[Token]:
        """The content words of the claim that the text lacks."""
        return [t for t in self.words if t not in self.met]

    @cached_property
    def spare(self) -> list[Token]:
        """The content words of the text that the claim lacks."""
        used = set(self.met.values())
        keys = {_key(t) for t in self.words}
        return [t for t in self.theirs if t not in used and _key(t) not in keys]

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
        return [s for u in self.text for s in u.statements if self.said and _like(s.predicate, self.said.predicate)]

    def at(self, role: Role) -> Token | None:
        """The head of a role of the claim."""
        return _head(self.words, role)

    def at_text(self, role: Role) -> Token | None:
        """The head of a role of the text."""
        return _head(self.theirs, role)

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
        )

    def _fellows(self, mine: list[Token], theirs: list[Token]) -> bool:
        return any(_same(x, y) or self.met.get(x) == y for x in mine for y in theirs)

    def case(self, token: Token) -> str:
        """The preposition that a word of either side stands under, "" if none is near."""
        unit = next(u for u in (self.claim, *self.text) if token in u.tokens)
        at = unit.tokens.index(token)
        before = [t for t in unit.tokens[max(0, at - REACH) : at] if not t.content]
        return before[-1].form if before and before[-1].form in _PREPOSITIONS else ""


def _head(tokens: list[Token], role: Role) -> Token | None:
    inside = [t for t in tokens if role.start <= t.start and t.end <= role.end]
    return next((t for t in inside if t.lemma == role.head or t.form == role.head), None)


def _around(unit: Unit, token: Token) -> tuple[list[Token], list[Token]]:
    """The content words before a word, nearest first, and those after it, both within reach."""
    at = unit.tokens.index(token)
    before, after = unit.tokens[max(0, at - 2 * REACH) : at], unit.tokens[at + 1 : at + 1 + 2 * REACH]
    return [t for t in reversed(before) if t.content][:REACH], [t for t in after if t.content][:REACH]


def _key(token: Token) -> str:
    return concept(token.lemma, token.pos)


def _like(x: str, y: str) -> bool:
    return x == y or concept(x, "VERB") == concept(y, "VERB")


def _plain(word: str) -> str:
    """A word without accents and hyphens."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if c.isalnum())


def _same(x: Token, y: Token) -> bool:
    return x.form == y.form or x.lemma == y.lemma or _key(x) == _key(y) or _plain(x.form) == _plain(y.form)


def _kin(x: Token, y: Token) -> bool:
    """Whether two words seem to have one stem ("produce", "producer"), or to be one name in two spellings."""
    p, q = _plain(x.lemma), _plain(y.lemma)
    if x.pos == "PROPN" and y.pos == "PROPN" and min(len(p), len(q)) >= 4 and p[0] == q[0]:
        return DamerauLevenshtein.distance(p, q, score_cutoff=1) <= 1
    if any(w in people() and "person" in sorts_of(v) for w, v in ((x.lemma, y.lemma), (y.lemma, x.lemma))):
        return True
    shared = next((i for i, (c, d) in enumerate(zip(p, q, strict=False)) if c != d), min(len(p), len(q)))
    if opposite(x.lemma, y.lemma) or not (p and q) or not p[0].isalpha():
        return False
    return shared >= 4 and max(len(p), len(q)) - shared <= 4 and min(len(p), len(q)) - shared <= 2


def find(pair: Pair) -> Iterator[Candidate]:
    """At most one candidate: the claim against what most contradicts it."""
    if pair.same or not (sides := _sides(pair)):
        return
    held = Held(*sides)
    if not held.met and len(held.words) > 2:
        return
    polar = list(_polarity(held))
    slots = [c for c in _slots(held) if (c.claim in held.denied) == (c.text in held.refused)]
    if polar or slots:
        yield _candidate(pair, held, polar, slots)


def _sides(pair: Pair) -> tuple[Unit, list[Unit]] | None:
    """The claim and the nearest sentences of the text; the claim is the shorter where both are single sentences.

    ``None`` where neither is a claim, where either holds no word of content, or where one is overlong.
    """
    lone = [r for r in (pair.a, pair.b) if len(r.units) == 1 and _told(r.units[0])]
    if not lone:
        return None
    claim = min(lone, key=lambda r: (len(r.units[0].words), r is pair.a))
    nearest = _nearest(claim.units[0], pair.a if claim is pair.b else pair.b)
    if not any(map(_told, nearest)) or any(len(u.tokens) > LONGEST for u in (claim.units[0], *nearest)):
        return None
    return claim.units[0], nearest


def _told(unit: Unit) -> bool:
    """Whether a sentence has a word of content."""
    return any(t.content for t in unit.tokens)


def _nearest(claim: Unit, text: Report) -> list[Unit]:
    keys = {_key(t) for t in claim.tokens if t.content}
    ranked = sorted(text.units, key=lambda u: (-len(keys & {_key(t) for t in u.tokens if t.content}), u.row))
    return sorted(ranked[:NEAREST], key=lambda u: u.row)


# Asserted against denied


def _polarity(held: Held) -> Iterator[Clash]:
    mine = denials(held.claim)
    theirs = [d for unit in held.text for d in denials(unit)]
    if mine and not theirs:
        fellow = next((held.met[t] for t in mine[0].words if t in held.met), None)
        yield Clash("denies", "polarity", mine[0].at, fellow, "denied")
    elif theirs and not mine and (hit := _reached(held, theirs)):
        share, denial, first = hit
        yield Clash("denied" if share >= HALF else "denied-loose", "polarity", first, denial.at, "denied")
    low = held.claim.text.casefold()
    if not mine and falls_short(frozenset(t.form for t in held.claim.tokens), low) and not theirs:
        yield Clash("short", "polarity", held.words[-1], None, "kept from it")
    yield from _refuted(held)


def _reached(held: Held, found: Iterable[Denial]) -> tuple[float, Denial, Token] | None:
    """The denial of the text that is most of the claim: the share of its words, itself, the first word of the claim."""
    back = {y: x for x, y in held.met.items()}
    best: tuple[float, Denial, Token] | None = None
    for denial in found:
        hit = [back.get(t) or next((x for x in held.met if _same(x, t)), None) for t in denial.words]
        mine = [t for t in hit if t]
        share = len(mine) / len(denial.words)
        if mine and (best is None or share > best[0]):
            best = (share, denial, mine[0])
    return best


def _refuted(held: Held) -> Iterator[Clash]:
    mine, theirs = _false(held.claim), [(u, at) for u in held.text for at in _false(u)]
    if mine and not theirs:
        yield Clash("refutes", "polarity", held.claim.tokens[mine[0]], None, "called false")
    elif theirs and not mine:
        fellows = set(held.met.values())
        for unit, at in theirs:
            near = unit.tokens if len(unit.tokens) <= HEADLINE else unit.tokens[max(0, at - NEAR) : at + NEAR]
            if any(t in fellows and t.lemma not in common_words() for t in near):
                yield Clash("refuted", "polarity", held.words[0], unit.tokens[at], "called false")
                return


def _false(unit: Unit) -> list[int]:
    """Where a sentence says outright that something is not so."""
    return [at for at, level in refuters([(t.form, t.lemma) for t in unit.tokens]) if level == 2]


# One slot filled in two ways


def _slots(held: Held) -> Iterator[Clash]:
    yield from _opposed(held)
    yield from _excluded(held)
    yield from _sorts(held)
    yield from _ranks(held)
    yield from _roles(held)


def _opposed(held: Held) -> Iterator[Clash]:
    """Opposites; light ones (near, far) only before the same word."""
    light = [t for t in held.claim.tokens if not t.content]
    far = [t for u in held.text for t in u.tokens if not t.content]
    loose: Clash | None = None
    for mine in (*held.left, *light):
        for theirs in (*held.spare, *far):
            if not (opposite(mine.lemma, theirs.lemma) or opposite(mine.form, theirs.form)):
                continue
            if held.beside(mine, theirs) or (mine == held.head and mine.content):
                feature = "opposite" if mine.content or theirs.content else "opposite-light"
                yield Clash(feature, "opposite", mine, theirs, "opposites")
                return
            if mine.content and theirs.content:
                loose = loose or Clash("opposite-loose", "opposite", mine, theirs, "opposites")
    if loose:
        yield loose


def _excluded(held: Held) -> Iterator[Clash]:
    mine, theirs = _named(held.words), _named(held.theirs)
    for kind in sorted(mine.keys() & theirs.keys(), key=lambda k: (-exclusion_strength(k), k)):
        if mine[kind].keys() & theirs[kind].keys():
            continue
        pairs = [(x, y) for x in mine[kind].values() for y in theirs[kind].values() if x in held.left]
        if not pairs:
            continue
        x, y = next(((x, y) for x, y in pairs if held.beside(x, y)), pairs[0])
        feature = f"exclusive{exclusion_strength(kind)}" + ("" if held.beside(x, y) else "-loose")
        yield Clash(feature, "opposite", x, y, f"one {kind} or the other")


def _named(tokens: list[Token]) -> dict[str, dict[str, Token]]:
    found: dict[str, dict[str, Token]] = {}
    for at, kind, member in members([(t.form, t.lemma) for t in tokens]):
        found.setdefault(kind, {}).setdefault(member, tokens[at])
    return found


def _sorts(held: Held) -> Iterator[Clash]:
    """What the claim says its subject is, against what the text says it is."""
    head = held.head
    if not head or head not in held.left or head.pos not in ("NOUN", "PROPN"):
        return
    of_it = [said for u in held.text for said in u.statements if held.same_subject(said)]
    nouns = [t for t in held.spare if t.pos == "NOUN" and any(t.start == said.predicate_span[0] for said in of_it)]
    if nouns:
        yield Clash("isa", "opposite", head, nouns[0], "another thing")
    own = sorts_of(head.lemma)
    heads = [t for t in held.theirs if t.pos == "NOUN" and sorts_of(t.lemma)]
    if not own or not heads:
        return
    theirs = frozenset(s for t in heads for s in sorts_of(t.lemma))
    other = next((t for t in heads if not sorts_of(t.lemma) & own), None)
    if not own & theirs:
        yield Clash("sort", "opposite", head, other, "another sort of thing")
    else:
        same = next(t for t in heads if sorts_of(t.lemma) & own)
        yield Clash("akin", "opposite", head, same, "another thing of its sort")


def _ranks(held: Held) -> Iterator[Clash]:
    """Ordinals and years; counts and measures are judged elsewhere, by what they count."""
    mine, theirs = [(t, _rank(t)) for t in held.left], [(t, _rank(t)) for t in held.spare]
    if ranks := [(x, y) for x, p in mine for y, q in theirs if p and q and p != q]:
        yield Clash("ordinal", "opposite", *ranks[0], "another rank")
    if when := _apart(held):
        yield Clash("when", "time", *when, "another time")
        return
    years = [(x, y) for x in held.left for y in held.spare if _YEAR.match(x.form) and _YEAR.match(y.form)]
    if years:
        yield Clash("year", "time", *years[0], "another year")


def _apart(held: Held) -> tuple[Token, Token] | None:
    """Two times that share no day, of one happening."""
    ours = [t for t in held.claim.times if t.precision in _DATES and t.earliest and t.latest]
    theirs = [t for u in held.text for t in u.times if t.precision in _DATES and t.earliest and t.latest]
    same = [(x, y) for x in ours for y in theirs if x.event and y.event and _like(x.event, y.event)]
    if not same or any(x.earliest[:10] <= y.latest[:10] and y.earliest[:10] <= x.latest[:10] for x, y in same):
        return None
    x, y = same[0]  # told in other words: one weekday may be two days by the dates of the reports
    mine = next((t for t in held.left if x.start <= t.start < x.end), None)
    other = next((t for t in held.spare if any(y in u.times and y.start <= t.start < y.end for u in held.text)), None)
    return (mine, other) if mine and other else None


def _rank(token: Token) -> str:
    """The ordinal that a word is, "" if it is none."""
    named = (member for _, kind, member in members([(token.form, token.lemma)]) if kind == "ordinal")
    return next(named, token.form if _ORDINAL.match(token.form) else "")


def _roles(held: Held) -> Iterator[Clash]:
    """Another party in the same role of the same predicate, or parties swapped."""
    said = held.said
    if not said:
        return
    for told in held.told:
        ours, theirs = _parties(said), _parties(told)
        for slot in (s for s in ours if s in theirs):
            x, y = held.at(ours[slot]), held.at_text(theirs[slot])
            if x and y and x in held.left and y in held.spare:
                both = x.pos == y.pos == "PROPN"
                yield Clash("name" if both else "filler", "actor" if both else "opposite", x, y, "another in its place")
                return
        if said.agent and told.patient and said.patient and told.agent:
            x, y = held.at(said.agent), held.at_text(told.patient)
            if x and y and held.met.get(x) == y and said.agent.head != told.agent.head:
                yield Clash("swap", "actor", x, y, "who did it to whom")
                return
    names = [t for t in held.left if t.pos == "PROPN" and t in held.comment]
    spare = [t for t in held.spare if t.pos == "PROPN"]
    if names and spare:
        under = [(x, y) for x in names for y in spare if held.case(x) and held.case(x) == held.case(y)]
        yield Clash(
            "name-case" if under else "name-loose", "actor", *(under or [(names[0], spare[0])])[0], "another name"
        )
    rest = [t for t in held.left if t in held.comment and t.pos in ("NOUN", "ADJ", "VERB")]
    if rest and (other := next((t for t in held.spare if t.pos == rest[0].pos and held.beside(rest[0], t)), None)):
        yield Clash("filler-loose", "opposite", rest[0], other, "another word")


def _parties(said: Statement) -> dict[str, Role]:
    found = {case: role for case, role in said.others if case}
    if said.agent:
        found["agent"] = said.agent
    if said.patient:
        found["patient"] = said.patient
    return found


def _candidate(pair: Pair, held: Held, polar: list[Clash], slots: list[Clash]) -> Candidate:
    clashes = [*polar, *slots]
    lead = (slots or polar)[0] if len(slots) > len(polar) else clashes[0]
    unit = next((u for u in held.text if lead.text in u.tokens), held.text[0])
    mine = held.claim.place((lead.claim.start, lead.claim.end))
    other = unit.place((lead.text.start, lead.text.end)) if lead.text else unit.place()
    first = held.claim.report is pair.a
    return Candidate(
        kind=lead.kind,
        family="claim",
        a=mine if first else other,
        b=other if first else mine,
        reason=f"{clip(mine.text)} against {clip(other.text)} ({lead.what})",
        features=_features(pair, held, polar, slots),
        topic=("claim",),
    )


def _features(pair: Pair, held: Held, polar: list[Clash], slots: list[Clash]) -> dict[str, float]:
    cover = len(held.met) / len(held.words)
    extra = len(held.spare) / len(held.theirs)
    comment = sum(t in held.met for t in held.comment) / len(held.comment)
    near = cover * (1 - extra)
    first = held.claim.report is pair.a
    rows = [(held.claim, u) if first else (u, held.claim) for u in held.text]
    odd = sum(not c.feature.endswith("-loose") for c in polar) % 2 == 1
    turned = odd and any(c.feature in _FIRM for c in slots)
    features = {c.feature: 1.0 for c in (polar if turned else (*polar, *slots))}
    firm = 0 if turned else sum(c.feature in _FIRM for c in slots)
    false = any(c.feature in ("refuted", "refutes") for c in polar)
    told = {c.claim for c in (*polar, *slots)}
    reach = [t in held.met for t in held.denied] or [t in set(held.met.values()) for t in held.refused]
    lacking = [t for t in held.comment if t in held.left and t not in told]
    only = any(t.form in restrictors() for t in held.claim.tokens)
    return features | {
        "only": float(only),
        "only_slot": float(only and bool(slots)),
        "odd_bare": float(odd and all(reach)),
        "lacking": min(4, len(lacking)) / 4,
        "firm_lacking": float(firm > 0) * min(4, len(lacking)) / 4,
        "firm_verb": float(firm > 0 and held.head is not None and held.head in held.met),
        "comment": comment,
        "near": near,
        "length": math.log(len(held.theirs)),
        "verb": float(held.head is not None and held.head in held.met),
        "likeness": max(pair.likeness(x, y) for x, y in rows),
        "false_length": false * math.log(len(held.theirs)),
        "odd_length": odd * math.log(len(held.theirs)),
        "odd_comment": odd * comment,
        "odd_near": odd * near,
        "turned": float(turned),
        "firm": float(min(firm, 3)),
        "firm_comment": float(firm > 0) * comment,
        "firm_near": float(firm > 0) * near,
    }
