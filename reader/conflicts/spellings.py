"""Spellings: one person, body or place whose name is written in two ways.

Accents, hyphens, plurals and transliterations are no conflict; ``reader.names.near`` tells spellings apart.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, Prefix

from reader.conflicts.base import Candidate, Pair, Report, Token, Unit, clip
from reader.lexicon import exclusions, opposite, well_known
from reader.names import near
from reader.nouns import Mention

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
ENDINGS = frozenset({"", "s", "n", "ic", "an", "ian", "es", "i", "ns", "is", "'s", "s'", "y", "ey", "ish", "er", "ers"})
"""What turns a name into its plural or its people."""
COMPASS = frozenset("north south east west".split())
COMMON_NEIGHBOURS = frozenset("the a an of in on at to and for by with from was is said who".split())
LIKELY = 0.8
"""How near two spellings are that are likely one name (``reader.names.near``)."""
FORMS = 3_000
"""The most words of names of a report, those written first, whose spellings are compared."""
SPELLINGS = 2_000
"""The most pairs of like spellings weighed."""
PLACES = 20
"""In how many places of either report the two spellings of a name are looked at."""
BESIDE = 8
"""How near an age stands to the name that it is of, in code points."""
_SPELT = (("isation", "ization"), ("ise", "ize"), ("our", "or"), ("tre", "ter"), ("ence", "ense"), ("-", ""))
"""British and American spelling, and hyphens, in the names of bodies."""
_PARTY = re.compile(r"^[rdi]-(?=\w)")
"""The party before a seat: R-Texas."""
_NO_VOWELS = str.maketrans("", "", "aeiou")
"""Romanisations of one name differ in their vowels first: Muhammad, Mohammed."""
_WORDS = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, without initials and suffixes."""
    words = (w.casefold().replace("’", "'").removesuffix("'s") for w in _WORDS.findall(name))
    return tuple(w for w in words if len(w) > 1 and w not in SUFFIXES)


@dataclass(frozen=True)
class Written:
    """A capitalised word where it stands, with the words beside it."""

    unit: Unit
    at: int

    @property
    def token(self) -> Token:
        return self.unit.tokens[self.at]

    @cached_property
    def beside(self) -> set[str]:
        """The forms of the words right before and right behind it."""
        tokens = self.unit.tokens
        return {tokens[i].form for i in (self.at - 1, self.at + 1) if 0 <= i < len(tokens)} - COMMON_NEIGHBOURS

    def mention(self) -> Mention | None:
        """The name that it is part of."""
        return next((m for m in self.unit.mentions if m.start <= self.token.start and self.token.end <= m.end), None)


def _written(report: Report) -> dict[str, list[Written]]:
    """The words of a report that are names: always with a capital, and not only at the start of a sentence."""
    found: dict[str, list[Written]] = defaultdict(list)
    plain: set[str] = set()
    for unit in report.units:
        text = unit.report.article.part(unit.part)
        for i, token in enumerate(unit.tokens):
            if not text[token.start].isupper():
                plain.add(token.form)
            elif (
                len(token.form) >= 4 and token.form[0].isalpha() and (i or token.pos == "PROPN" or _named(unit, token))
            ):
                found[_PARTY.sub("", token.form).removesuffix("'s")].append(Written(unit, i))
    return {form: places for form, places in found.items() if form not in plain}


def _named(unit: Unit, first: Token) -> bool:
    """Whether the first word of a sentence starts a name, or stands right before a person's."""
    return any(
        m.start <= first.start < m.end or (m.label == "PERSON" and m.start == first.end + 1) for m in unit.mentions
    )


def find(pair: Pair) -> Iterator[Candidate]:
    """Candidates of kind name."""
    written_a, written_b = _written(pair.a), _written(pair.b)
    for report, written in ((pair.a, written_a), (pair.b, written_b)):
        if len(written) > FORMS:
            name = "A" if report is pair.a else "B"
            pair.notes.append(f"spellings of {FORMS:,} of the {len(written):,} words of names of {name} were compared")
            for form in list(written)[FORMS:]:
                del written[form]
    near_a, near_b = _Near(written_a), _Near(written_b)
    weighed = 0
    only_a = sorted(written_a if pair.same else written_a.keys() - written_b.keys())
    only_b = sorted(written_b if pair.same else written_b.keys() - written_a.keys())
    for forms_a, forms_b in ((only_a, sorted(written_b)), (sorted(written_a.keys() & written_b.keys()), only_b)):
        if not forms_a or not forms_b:
            continue
        distances = process.cdist(forms_a, forms_b, scorer=DamerauLevenshtein.distance, score_cutoff=2)
        for i, j in zip(*np.nonzero((distances > 0) & (distances <= 2)), strict=True):
            one, other = forms_a[i], forms_b[j]
            if _spelt_like(one, other) and not (near_a.both(one, other) or near_b.both(one, other)):
                weighed += 1
                if weighed > SPELLINGS:
                    pair.notes.append(f"the first {SPELLINGS:,} pairs of like spellings were compared")
                    return
                yield _spelling(
                    pair, written_a[one], written_b[other], one, other, one in written_b or other in written_a
                )


def _spelt_like(one: str, other: str) -> bool:
    """Whether two forms may be one name, and are not two words of one stem or two known words (Iran, Iraq; French, France)."""
    if _folded(one) == _folded(other) or opposite(one, other) or not _kinds(one).isdisjoint(_kinds(other)):
        return False
    short, long = sorted((one, other), key=len)
    stem = Prefix.similarity(short, long)
    if stem > 3 and short[stem:] in ENDINGS and long[stem:] in ENDINGS:
        return False
    if len(short) < 4 or (one[:5] != other[:5] and {one[:5], other[:5]} <= COMPASS):
        return False
    return DamerauLevenshtein.normalized_distance(one, other) <= 0.34 or sorted(one) == sorted(other)


def _kinds(form: str) -> set[str]:
    """The exclusive kinds of which a form is a listed member: a weekday, a country or its people."""
    return {kind for kind, _ in exclusions().get(form, ())}


def _folded(form: str) -> str:
    """A form without accents and hyphens, in American spelling."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", form) if not unicodedata.combining(c))
    for british, american in _SPELT:
        plain = plain.replace(british, american)
    return plain


class _Near:
    """Which forms a report gives in one breath: "Josue 'Joshua' Veld"."""

    def __init__(self, written: dict[str, list[Written]]) -> None:
        self._at = {form: {(w.unit.row, w.at) for w in places} for form, places in written.items()}

    def both(self, one: str, other: str) -> bool:
        """Whether two forms stand no further than two words apart."""
        places = self._at.get(other, ())
        return any((row, at + by) in places for row, at in self._at.get(one, ()) for by in range(-2, 3))


def _spelling(pair: Pair, xs: list[Written], ys: list[Written], one: str, other: str, foreign: bool) -> Candidate:
    x, y = max(
        ((x, y) for x in xs[:PLACES] for y in ys[:PLACES]),
        key=lambda p: (not p[0].beside.isdisjoint(p[1].beside), pair.likeness(p[0].unit, p[1].unit)),
    )
    likeness = pair.likeness(x.unit, y.unit)
    mention_x, mention_y = x.mention(), y.mention()
    distance = DamerauLevenshtein.distance(one, other)
    labels = {m.label for m in (mention_x, mention_y) if m}
    swapped = sorted(one) == sorted(other)
    aged = _same_age(x, y)
    beside = not x.beside.isdisjoint(y.beside)
    people = bool(mention_x and mention_y and labels == {"PERSON"})
    given = well_known("given_names")
    features = {
        "near": near(one, other),
        "two": float(distance == 2),
        "swapped": float(swapped),
        "length": float(min(len(one), len(other), 9)) / 10,
        "beside": float(beside),
        "apart": float(not (beside or people or aged > 0)),
        "bare": float(not (mention_x and mention_y)),
        "given": float(distance == 2 and one in given and other in given and aged < 1),
        "person": float("PERSON" in labels),
        "labels": float(len(labels & {"PERSON", "ORG", "LOC"}) > 1),
        "unshared": float(_unshared(mention_x, mention_y, one, other)),
        "place": float("LOC" in labels),
        "likeness": likeness,
        "foreign": float(foreign),
        "start": float(one[0] == other[0]),
        "often": float(len(xs) > 1 and len(ys) > 1),
        "age": aged,
        "short": float("PERSON" in labels and abs(len(one) - len(other)) > 1 and one[:3] == other[:3]),
        "vowels": float(aged < 1 and one.translate(_NO_VOWELS) == other.translate(_NO_VOWELS) and not swapped),
        "size": math.log(pair.size),
    }
    place_x, place_y = (
        w.unit.place(m) if m else w.unit.place((w.token.start, w.token.end))
        for w, m in ((x, mention_x), (y, mention_y))
    )
    return Candidate(
        kind="name",
        family="spelling",
        a=place_x,
        b=place_y,
        reason=f"{clip(place_x.text)} against {clip(place_y.text)}: one name, two spellings",
        features=features,
        topic=("spelling", *sorted((one, other))),
        severity=1 if distance == 1 else 2,
        benign="one report spells it both ways" if foreign else "a slip of the pen",
    )


def _unshared(x: Mention | None, y: Mention | None, one: str, other: str) -> bool:
    """Whether two names of several words have no word in common beside the two that are alike."""
    if not (x and y):
        return False
    left, right = set(name_words(x.name)) - {one}, set(name_words(y.name)) - {other}
    return bool(left) and bool(right) and not left & right and max(near(m, n) for m in left for n in right) < LIKELY


def _same_age(x: Written, y: Written) -> float:
    """1 where both names come with one age, -1 with two, 0 where not both have one."""
    ages = []
    for written in (x, y):
        name = written.mention() or written.token
        beside = (q for q in written.unit.quantities if q.kind == "age")
        ages.append({q.low for q in beside if max(q.start - name.end, name.start - q.end) < BESIDE})
    if not all(ages):
        return 0.0
    return 1.0 if ages[0] & ages[1] else -1.0
