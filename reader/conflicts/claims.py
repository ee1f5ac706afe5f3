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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reader.conflicts.base import Candidate, Pair, Report, Token, Unit, around, clip
from reader.conflicts.dated import apart
from reader.conflicts.held import Held, key, same
from reader.conflicts.polarity import Denial, denials
from reader.conflicts.slots import strangers
from reader.lexicon import (
    common_words,
    converse,
    exclusion_strength,
    falls_short,
    in_turn,
    members,
    negators,
    opposite,
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
HEADLINE = 20
"""The most words of a sentence that is about one thing, so that a refutation in it is of that."""
_CLAIM_DENIES = frozenset({"denies", "refutes", "short"})
_FIRM = (
    "when",
    "opposite",
    "exclusive2",
    "exclusive3",
    "sort",
    "year",
    "name",
    "name-governed",
    "ordinal",
)


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing that speaks against the claim: its feature, the kind of conflict, the words on both sides."""

    feature: str
    kind: Kind
    claim: Token
    text: Token | None
    what: str


def find(pair: Pair) -> Iterator[Candidate]:
    """At most one candidate: the claim against what most contradicts it."""
    if pair.same or not (sides := _sides(pair)):
        return
    held = Held(*sides)
    if not held.met and len(held.words) > 2:
        return
    polar = list(_polarity(held))
    slots = [c for c in _slots(held) if (c.claim in held.denied) == (c.text in held.refused)]
    # "rejected" denies by itself, but against "approved" it is an opposite: one of both is enough
    polar = [c for c in polar if not any(c.claim == s.claim or (c.text and c.text == s.text) for s in slots)]
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
    keys = {key(t) for t in claim.tokens if t.content}
    ranked = sorted(text.units, key=lambda u: (-len(keys & {key(t) for t in u.tokens if t.content}), u.row))
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
        yield Clash("short", "polarity", held.words[-1], None, "not so")
    yield from _refuted(held)


def _reached(held: Held, found: Iterable[Denial]) -> tuple[float, Denial, Token] | None:
    """The denial of the text that is most of the claim: the share of its words, itself, the first word of the claim."""
    back = {y: x for x, y in held.met.items()}
    best: tuple[float, Denial, Token] | None = None
    for denial in found:
        hit = [back.get(t) or next((x for x in held.met if same(x, t)), None) for t in denial.words]
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
    small = [t for t in held.claim.tokens if not t.content]
    far = [t for u in held.text for t in u.tokens if not t.content]
    loose: Clash | None = None
    for mine in (*held.left, *small):
        for theirs in (*held.spare, *far):
            if not (opposite(mine.lemma, theirs.lemma) or opposite(mine.form, theirs.form)):
                continue
            deed = mine == held.head and mine.content and not held.strangers
            if deed and converse(mine.lemma, theirs.lemma) and not held.one_doer(theirs):
                continue
            told = next((s for s in held.statements if theirs.start == s.predicate_span[0]), None)
            together = held.one_party(told) if deed and told else held.beside(mine, theirs)
            if together or (deed and not told):
                turn = in_turn(mine.lemma, theirs.lemma)
                light = not (mine.content or theirs.content)
                feature = "opposite-turn" if turn else "opposite-light" if light else "opposite"
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
        pairs = [(x, y) for x, y in pairs if (x.pos == "VERB") == (y.pos == "VERB")]
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
    nouns = [t for t in nouns if not held.case(t)]
    if nouns and not held.case(head):
        both = "person" in sorts_of(head.lemma) & sorts_of(nouns[0].lemma)
        yield Clash("isa-person" if both else "isa", "opposite", head, nouns[0], "another thing")
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
    ranks = [(x, y) for x, p in mine for y, q in theirs if p and q and p != q and not held.numbered(x)]
    if ranks:
        x, y = next(((x, y) for x, y in ranks if held.beside(x, y)), ranks[0])
        yield Clash("ordinal" if held.beside(x, y) else "ordinal-loose", "opposite", x, y, "another rank")
    if when := apart(held):
        yield Clash("when", "time", *when, "another time")
        return
    years = [(x, y) for x in held.left for y in held.spare if _YEAR.match(x.form) and _YEAR.match(y.form)]
    if years and not any(_YEAR.match(t.form) for t in held.met):
        yield Clash("year", "time", *years[0], "another year")


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
                if both:
                    return
                break
        if said.agent and told.patient and said.patient and told.agent:
            x, y = held.at(said.agent), held.at_text(told.patient)
            if x and y and held.met.get(x) == y and said.agent.head != told.agent.head:
                yield Clash("swap", "actor", x, y, "who did it to whom")
                return
    yield from _names(held)
    rest = [t for t in held.left if t in held.comment and t.pos in ("NOUN", "ADJ", "VERB")]
    if rest and (other := next((t for t in held.spare if t.pos == rest[0].pos and held.beside(rest[0], t)), None)):
        yield Clash("filler-loose", "opposite", rest[0], other, "another word")


def _names(held: Held) -> Iterator[Clash]:
    """A name of the claim that the text lacks, against one that stands under the same preposition of the same word."""
    mine = [t for t in held.left if t.pos == "PROPN" and t in held.comment]
    theirs = [t for t in held.spare if t.pos == "PROPN"]
    pairs = [(x, y) for x in mine for y in theirs if held.label(x) == held.label(y)]
    under = [(x, y) for x, y in pairs if held.case(x) and held.case(x) == held.case(y)]
    of_one = [(x, y) for x, y in under if held.one_governor(x, y)]
    for feature, found in (("name-governed", of_one), ("name-case", under), ("name-kind", pairs)):
        if found:
            yield Clash(feature, "actor", *found[0], "another name")
            return
    if mine and theirs:
        yield Clash("name-loose", "actor", mine[0], theirs[0], "another name")


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
        reason=_reason(held, unit, lead, first),
        features=_features(pair, held, polar, slots),
        topic=("claim",),
    )


def _reason(held: Held, text: Unit, lead: Clash, first: bool) -> str:
    """The words that clash, A's first; of a denial, which a word alone does not tell, what stands around them and who denies."""
    sides = [(held.claim, lead.claim), (text, lead.text)]
    (a, x), (b, y) = sides if first else reversed(sides)
    if lead.kind != "polarity":
        words = (clip(unit.place((t.start, t.end)).text if t else unit.text) for unit, t in ((a, x), (b, y)))
        return f"{' against '.join(words)} ({lead.what})"
    told = (around(unit, t.start, t.end) if t else clip(unit.text, 90) for unit, t in ((a, x), (b, y)))
    side = "A" if (lead.feature in _CLAIM_DENIES) == first else "B"
    return "A: {} · B: {}".format(*told) + f" ({lead.what} in {side})"


def _open(held: Held) -> int:
    """How many words of the sentence that denies are not met on the other side: it may deny something narrower."""
    if held.denied:
        return len([t for t in held.left if t.lemma not in negators()])
    met = set(held.met.values())
    unit = next((u for u in held.text if any(t in held.refused for t in u.tokens)), held.text[0])
    return len([t for t in unit.tokens if t.content and t not in met and t.lemma not in negators()])


def _local(held: Held, clash: Clash) -> float:
    """The share of the claim's words, but for those that clash, that stand in the very sentence of the clash."""
    inside = set(held.unit(clash.text).tokens) if clash.text else set()
    words = [t for t in held.words if t not in held.name(clash.claim)]
    return sum(held.met.get(t) in inside for t in words) / len(words) if words else 1.0


def _names_it(clash: Clash) -> bool:
    """Whether a clash tells another thing of the same sort rather than another property of the thing: another name or year."""
    return clash.claim.pos == "PROPN" or clash.feature in ("when", "year")


def _share(held: Held, words: list[Token]) -> float:
    """The share of words of the claim that are met, 0.5 of none."""
    return sum(t in held.met for t in words) / len(words) if words else 0.5


def _features(pair: Pair, held: Held, polar: list[Clash], slots: list[Clash]) -> dict[str, float]:
    cover = len(held.met) / len(held.words)
    extra = len(held.spare) / len(held.theirs)
    comment = sum(t in held.met for t in held.comment) / len(held.comment)
    near = cover * (1 - extra)
    first = held.claim.report is pair.a
    rows = [(held.claim, u) if first else (u, held.claim) for u in held.text]
    firmly = {c.feature for c in polar if not c.feature.endswith("-loose")}
    odd = bool(firmly & _CLAIM_DENIES) != bool(firmly - _CLAIM_DENIES)
    turned = odd and any(c.feature in _FIRM for c in slots)
    features = {c.feature: 1.0 for c in (polar if turned else (*polar, *slots))}
    firm = 0 if turned else sum(c.feature in _FIRM for c in slots)
    false = any(c.feature in ("refuted", "refutes") for c in polar)
    told = {t for c in (*polar, *slots) for t in held.name(c.claim)}
    reach = [t in held.met for t in held.denied] or [t in set(held.met.values()) for t in held.refused]
    lacking = [t for t in held.comment if t in held.left and t not in told]
    only = any(t.form in restrictors() for t in held.claim.tokens)
    subject = _share(held, [t for t in held.words if t not in held.comment])
    clean = bool(slots) and not lacking
    open_words = _open(held) if odd else 0
    strange = [
        strangers(held.claim, held.unit(c.text), c.claim, c.text) for c in slots if c.text and c.feature in _FIRM
    ]
    return features | {
        "subject": subject,
        "firm_subject": (firm > 0) * subject,
        "firm_local": (firm > 0) * max((_local(held, c) for c in slots if c.feature in _FIRM), default=0.0),
        "topic": float(any(c.claim not in held.comment and _names_it(c) for c in slots if c.feature in _FIRM)),
        "clean": float(clean),
        "clean_verb": float(clean and held.head is not None and held.head in held.met),
        "clean_name": float(clean and any(c.feature.startswith("name") for c in slots)),
        "odd_open": min(4, open_words) / 4,
        "odd_shut": float(odd and not open_words),
        **{name: float(any(s.get(name) for s in strange)) for name in ("stranger", "stranger_kind", "stranger_act")},
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
