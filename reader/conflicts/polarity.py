"""Asserted against denied, in two sentences about the same thing.

``denial``: one sentence negates words that the other states. ``refutation``: one sentence calls the matter false (a
hoax, a denial) that the other reports.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product

from reader.conflicts.base import Candidate, Pair, Token, Unit, around, clip
from reader.conflicts.slots import excluding, listed
from reader.lexicon import common_words, concept, negators, opposites, refutes, terms

LEAST = 0.05
SCOPE = 6
"""How many words after a negator it is taken to reach, at most, unless the clause ends before."""
ENDS = frozenset(
    {"but", "and", "because", "although", "though", "while", "which", "who", "that", "if", "when", "since"}
)
_BREAK = re.compile(r"[,;:()—–]")
NOBODY = frozenset({"nobody", "none", "nothing", "neither"})
NOT_ONLY = frozenset({"only", "just", "merely", "simply"})
GUILTY = "guilty"
"""Where a denial ends: *not guilty of murder* denies the guilt, not the murder."""
PERHAPS = frozenset({"may", "might"})
"""What makes a negation a possibility: *may not have sunk* denies nothing."""


@dataclass(frozen=True, slots=True)
class Denial:
    """A negator and the content words in its reach."""

    at: Token
    words: tuple[Token, ...]


def find(pair: Pair) -> Iterator[Candidate]:
    """Candidates of kind polarity from sentences about the same thing."""
    denied_a, denied_b = ([denials(u) for u in report.units] for report in (pair.a, pair.b))
    false_a, false_b = ([_falsity(u) for u in report.units] for report in (pair.a, pair.b))
    for a, b, likeness in pair.close(LEAST):
        yield from _denied(pair, a, b, likeness, denied_a[a.row], denied_b[b.row])
        yield from _refuted(pair, a, b, likeness, false_a[a.row], false_b[b.row])


def _falsity(unit: Unit) -> int:
    """How plainly a sentence calls something false, 0 to 2."""
    return refutes([(t.form, t.lemma) for t in unit.tokens])


def denials(unit: Unit) -> list[Denial]:
    """What a sentence denies. "Not only", "may not", "ordered not to" and a negation of a negation deny nothing."""
    found: list[Denial] = []
    tokens = unit.tokens
    for i, token in enumerate(tokens):
        if token.form not in negators() and not (token.content and token.lemma in negators()):
            continue
        if i and tokens[i - 1].form in PERHAPS:
            continue
        after = tokens[i + 1 : i + 1 + SCOPE]
        if after and after[0].form in NOT_ONLY and token.form == "not":
            continue
        if after and after[0].form == "to" and i and tokens[i - 1].lemma in terms():
            continue
        if token.form == "failed" and not (after and after[0].form in ("to", "in")):
            continue
        reach: list[Token] = []
        last = token.end
        for follower in after:
            if reach and (follower.form in ENDS or _BREAK.search(unit.text, *_between(unit, last, follower))):
                break
            last = follower.end
            if follower.form in negators():
                break
            if follower.content:
                reach.append(follower)
            if follower.form == GUILTY:
                break
        if reach:
            found.append(Denial(token, tuple(reach)))
    if len(found) == 2 and found[1].at.start - found[0].at.end < 12:
        return []
    return found


def _between(unit: Unit, start: int, follower: Token) -> tuple[int, int]:
    """Where the text between a place and a word lies in its sentence."""
    return start - unit.sentence.start, follower.start - unit.sentence.start


def _denied(
    pair: Pair, a: Unit, b: Unit, likeness: float, denied_a: list[Denial], denied_b: list[Denial]
) -> Iterator[Candidate]:
    if bool(denied_a) == bool(denied_b) and len(denied_a) == len(denied_b):
        return
    first = len(denied_a) > len(denied_b)
    denier, stater = (a, b) if first else (b, a)
    stated = {concept(w.lemma, w.pos): w for w in stater.words}
    bare = _denied_by_prefix(stater)
    both = {concept(t.lemma, t.pos) for denial in (denied_b if first else denied_a) for t in denial.words}
    best: tuple[float, Denial, list[Token]] | None = None
    for denial in denied_a if first else denied_b:
        if any(t.form.split("-")[0] in bare for t in denial.words):
            continue
        # "rejected" against "accepted" is told as opposites
        if denial.at.content and not opposites(denial.at.lemma).isdisjoint(stater.lemmas):
            continue
        shared = [t for t in denial.words if (word := concept(t.lemma, t.pos)) in stated and word not in both]
        share = len(shared) / len(denial.words)
        if shared and (best is None or share > best[0]):
            best = (share, denial, shared)
    if best is None:
        return
    share, denial, shared = best
    cover, more = coverage(denier, stater)
    heads = [t for t in shared if t.pos == "VERB"] or shared
    features = {
        "likeness": likeness,
        "cover": cover,
        "extra": more,
        "share": share,
        "first": float(bool(denial.words) and denial.words[0] in shared),
        "verb": float(any(t.pos == "VERB" for t in shared)),
        "rare": float(any(t.lemma not in common_words() for t in shared)),
        "some": float(bool(denied_a) and bool(denied_b)),
        "nobody": float(denial.at.form in NOBODY or denial.at.form == "no"),
        "opposed": float(_opposed(a, b)),
        "other": float(_other(denier, stater)),
        "names": float(bool(a.keys & b.keys)),
        "reached": len(denier.content & stater.content) / len(denier.content),
        "size": math.log(pair.size),
    }
    spot = stated[concept(heads[0].lemma, heads[0].pos)]
    denied = denier.place((denial.at.start, max(t.end for t in shared)))
    said = stater.place((spot.start, spot.end))
    place_a, place_b = (denied, said) if first else (said, denied)
    yield Candidate(
        kind="polarity",
        family="denial",
        a=place_a,
        b=place_b,
        reason=f"A: {around(a, place_a.start, place_a.end)} · B: {around(b, place_b.start, place_b.end)}",
        features=features,
        topic=("denial", *sorted(t.lemma for t in shared)),
        severity=3 if likeness > 0.5 else 2,
        benign=_benign(pair, a, b),
    )


def _denied_by_prefix(unit: Unit) -> set[str]:
    """The words, their first parts, that a sentence denies by "non": *life* in "non-life-threatening"."""
    forms = [t.form for t in unit.tokens]
    behind = [then for form, then in pairwise(forms) if form == "non"]
    return {word.split("-")[0] for word in (*behind, *(f.removeprefix("non-") for f in forms if f.startswith("non-")))}


def _refuted(pair: Pair, a: Unit, b: Unit, likeness: float, level_a: int, level_b: int) -> Iterator[Candidate]:
    if level_a == level_b:
        return
    cover, more = coverage(a, b)
    if cover < 0.25:
        return
    features = {
        "likeness": likeness,
        "cover": cover,
        "extra": more,
        "strong": float(max(level_a, level_b) == 2),
        "some": float(min(level_a, level_b) > 0),
        "names": float(bool(a.keys & b.keys)),
        "size": math.log(pair.size),
    }
    yield Candidate(
        kind="polarity",
        family="refutation",
        a=a.place(),
        b=b.place(),
        reason=f"A: {clip(a.text)} · B: {clip(b.text)}",
        features=features,
        topic=("refutation", str(a.row), str(b.row)),
        benign=_benign(pair, a, b),
    )


def coverage(a: Unit, b: Unit) -> tuple[float, float]:
    """The share of the shorter sentence's content that the other has too, and of the longer one's that it lacks."""
    left, right = a.content, b.content
    if not left or not right:
        return 0.0, 1.0
    shared = len(left & right)
    return shared / min(len(left), len(right)), 1.0 - shared / max(len(left), len(right))


def _opposed(a: Unit, b: Unit) -> bool:
    """Whether an opposite besides the negation turns the sense back ("did not die", "lived")."""
    rest = b.lemmas - a.lemmas
    return any(not rest.isdisjoint(opposites(x)) for x in a.lemmas - b.lemmas)


def _other(denier: Unit, stater: Unit) -> bool:
    """Whether one names what excludes what the other names: *no man swims* is not denied by *a woman swims*."""
    left = [t for t in denier.tokens if t.content and t.lemma not in stater.lemmas and listed(t)]
    right = [t for t in stater.tokens if t.content and t.lemma not in denier.lemmas and listed(t)]
    return any(excluding(x, y) for x, y in product(left, right))


def _benign(pair: Pair, a: Unit, b: Unit) -> str:
    """The likely innocent cause of an assertion against a denial."""
    speakers_a = {s.speaker for s in a.statements if s.speaker}
    speakers_b = {s.speaker for s in b.statements if s.speaker}
    if speakers_a and speakers_b and not speakers_a & speakers_b:
        return "two speakers"
    return "reported on different days" if pair.days_later else ""
