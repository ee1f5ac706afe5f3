"""Names, titles and ages: one person (or body, or place) spelt in two ways, one person with two ranks, or two ages.

Initials, suffixes, short forms, accents and transliterations are no conflict; ``reader.names.near`` tells spellings
apart.
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

from reader.conflicts.base import Candidate, Pair, Report, Token, Unit, by_sentence, clip
from reader.lexicon import concept, exclusions, fate_of, well_known
from reader.names import near
from reader.nouns import Mention, Place, Quantity

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
ENDINGS = frozenset({"", "s", "n", "ic", "an", "ian", "es", "i", "ns", "is", "'s", "s'", "y", "ey", "ish", "er", "ers"})
"""What turns a name into its plural or its people."""
PEOPLES = (frozenset({"france", "french"}), frozenset({"greece", "greek"}), frozenset({"wales", "welsh"}))
"""Lands and their people whose names have no common stem."""
TITLES = {"rank": 1.0, "office": 0.0}
"""Kinds of title of which a person has one at a time, and whether one is as a rule not kept under the next."""
FORMER = frozenset("former ex retired late then acting interim deputy vice assistant lieutenant lt".split())
"""Words that make a title another, or one of another time."""
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
COMPASS = frozenset("north south east west".split())
COMMON_NEIGHBOURS = frozenset("the a an of in on at to and for by with from was is said who".split())
LIKELY = 0.8
"""How near two spellings are that are likely one name (``reader.names.near``)."""
MOST = 10_000
"""The most pairs of ages compared."""
FORMS = 3_000
"""The most words of names of a report, those written first, whose spellings are compared."""
SPELLINGS = 2_000
"""The most pairs of like spellings weighed."""
PLACES = 20
"""In how many places of either report the two spellings of a name are looked at."""
MONTHS = 60
"""In how many days between two reports a birthday is likely."""
BESIDE = 8
"""How near an age stands to the name that it is of, in code points."""
_BEFORE = re.compile(r"((?:[A-Z][\w.'’\-]*\s+){0,4}[A-Z][\w.'’\-]*),?\s*(?:[,(]|,? aged?)\s*$")
_BEHIND = re.compile(r"^\s+((?:[A-Z][\w.'’\-]*\s+){1,3}[A-Z][\w'’\-]*)")
_THEN = re.compile(
    r"\b(?:(?:at|by|from|since|until|before)(?: the)?(?: age(?: of)?)?|when (?:he|she|they|\w+) (?:was|were)(?: \w+)?)\s*$",
    re.I,
)
"""What stands before the age that somebody had at another time."""
_SPELT = (("isation", "ization"), ("ise", "ize"), ("our", "or"), ("tre", "ter"), ("ence", "ense"), ("-", ""))
"""British and American spelling, and hyphens, in the names of bodies."""
_OF_DEATH = re.compile(r"\b(?:death|killing|slaying|murder) of (?:[\w-]+ )?$", re.I)
_PARTY = re.compile(r"^[rdi]-(?=\w)")
"""The party before a seat: R-Texas."""
_NO_VOWELS = str.maketrans("", "", "aeiou")
"""Romanisations of one name differ in their vowels first: Muhammad, Mohammed."""
_WORDS = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


@dataclass(frozen=True, eq=False)
class Age:
    """An age, whose it is as stated, and the words of the name (none where it is a noun or a pronoun)."""

    unit: Unit
    quantity: Quantity
    owner: str
    words: tuple[str, ...]


def find(pair: Pair) -> Iterator[Candidate]:
    """Candidates of kind name (spellings) and measure (ages)."""
    yield from _spellings(pair)
    yield from _titles(pair)
    yield from _ages(pair)


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, without initials and suffixes."""
    words = (w.casefold().replace("’", "'").removesuffix("'s") for w in _WORDS.findall(name))
    return tuple(w for w in words if len(w) > 1 and w not in SUFFIXES)


# -- spellings ---------------------------------------------------------------------------------------------------------


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


def _spellings(pair: Pair) -> Iterator[Candidate]:
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
    """Whether two forms may be one name, and are not two words of one stem or two days of the week."""
    if _folded(one) == _folded(other) or frozenset((one, other)) in PEOPLES:
        return False
    short, long = sorted((one, other), key=len)
    stem = Prefix.similarity(short, long)
    if stem > 3 and short[stem:] in ENDINGS and long[stem:] in ENDINGS:
        return False
    if len(short) < 4 or {one, other} & DAYS or (one[:5] != other[:5] and {one[:5], other[:5]} <= COMPASS):
        return False
    return DamerauLevenshtein.normalized_distance(one, other) <= 0.34 or sorted(one) == sorted(other)


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


# -- titles ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Titled:
    """A person with a title: its kind, and which of the kind it is ("rank", "colonel")."""

    unit: Unit
    mention: Mention
    kind: str
    title: str

    @property
    def place(self) -> Place:
        """The name with the title before it."""
        text = self.unit.report.article.part(self.unit.part)
        start = text.rfind(self.mention.role, self.unit.sentence.start, self.mention.start + len(self.mention.role))
        return self.unit.place((start if start >= 0 else self.mention.start, self.mention.end))


def _titled(report: Report, renamed: dict[str, str]) -> dict[str, list[Titled]]:
    """The persons who have a title of ``TITLES``, by key as A has it."""
    found: dict[str, list[Titled]] = defaultdict(list)
    for unit in report.units:
        for mention in unit.mentions:
            if mention.label != "PERSON" or not mention.role:
                continue
            words = [w.casefold().rstrip(".") for w in mention.role.split()]
            for kind, title in exclusions().get(words[-1], ()):
                if kind in TITLES and FORMER.isdisjoint(words[:-1]):
                    key = renamed.get(mention.key, mention.key)
                    found[key].append(Titled(unit, mention, kind, title))
    return found


def _titles(pair: Pair) -> Iterator[Candidate]:
    """One person who is a colonel in A and a captain in B."""
    titled_a = _titled(pair.a, {})
    titled_b = _titled(pair.b, pair.matched)
    for key in sorted(titled_b.keys() - titled_a.keys()):
        other = titled_b[key][0].mention.name
        spelt = [k for k, of in titled_a.items() if k not in titled_b and near(of[0].mention.name, other) >= LIKELY]
        if len(spelt) == 1:
            titled_b[spelt[0]] = titled_b[key]
    for key in sorted(titled_a.keys() & titled_b.keys()):
        xs, ys = titled_a[key][:PLACES], titled_b[key][:PLACES]
        for x in xs:
            for y in ys:
                if x.kind == y.kind and x.title != y.title and not (pair.same and x.unit is y.unit):
                    yield _title(pair, key, x, y, xs, ys)


def _title(pair: Pair, key: str, x: Titled, y: Titled, xs: list[Titled], ys: list[Titled]) -> Candidate:
    given = {t.title for t in xs} & {t.title for t in ys}
    place_x, place_y = x.place, y.place
    later = bool(pair.days_later)
    return Candidate(
        kind="name",
        family="title",
        a=place_x,
        b=place_y,
        reason=f"{x.mention.role} against {y.mention.role}: two titles of {max((x.mention.name, y.mention.name), key=len)}",
        features={
            "held": TITLES[x.kind],
            "settled": float(bool(given & {x.title, y.title})),
            "full": float(all(any(len(name_words(t.mention.name)) > 1 for t in side) for side in (xs, ys))),
            "likeness": pair.likeness(x.unit, y.unit),
            "later": float(later),
        },
        topic=("title", key, *sorted((x.title, y.title))),
        severity=1,
        benign="a promotion between the reports" if later and x.kind == "rank" else "one title may be a former one",
    )


# -- ages --------------------------------------------------------------------------------------------------------------


def _ages(pair: Pair) -> Iterator[Candidate]:
    ages_a, ages_b = Ages(_aged(pair.a)), Ages(_aged(pair.b))
    for x, y in pair.met(ages_a.ages, ages_b.ages, MOST, "ages"):
        if x.quantity.base == y.quantity.base or x.quantity.low is None or y.quantity.low is None:
            continue
        same = 0.0 if ages_b.several(x) or ages_a.several(y) else _same_owner(x, y)
        likeness = pair.likeness(x.unit, y.unit)
        if not same or (same < 1 and likeness < 0.05) or _overlap(x.quantity, y.quantity):
            continue
        apart = abs(_years(x.quantity) - _years(y.quantity))
        who = " ".join(w.capitalize() for w in x.words) or x.owner
        place_x, place_y = x.unit.place(x.quantity), y.unit.place(y.quantity)
        yield Candidate(
            kind="measure",
            family="headline" if ages_a.headline(x) and ages_b.headline(y) else "age",
            a=place_x,
            b=place_y,
            reason=f"{who}: aged {clip(place_x.text)} against {clip(place_y.text)} ({_plain(apart)} apart)",
            features=_age_features(pair, x, y, same, likeness, ages_a, ages_b),
            topic=(
                "age",
                *(sorted(set(x.words) & set(y.words)) or [x.owner]),
                *sorted((f"{x.quantity.low:g}", f"{y.quantity.low:g}")),
            ),
            severity=1 if apart <= 1 else 2,
            benign="a birthday between the reports" if _grown(pair, x, y) or (apart == 1 and pair.days_later) else "",
        )


def _killed(age: Age) -> bool:
    """Whether its sentence says that the person is dead: who died, or was killed, or whose death it is."""
    return any(
        fate_of(s.predicate) == "dead" and s.patient and not set(age.words).isdisjoint(name_words(s.patient.key))
        for s in age.unit.statements
    ) or any(
        _OF_DEATH.search(age.unit.text[: m.start - age.unit.sentence.start])
        for m in age.unit.mentions
        if set(name_words(m.name)) & set(age.words)
    )


def _accused(age: Age) -> bool:
    """Whether its sentence tells of an arrest or a charge, so that the age may be the suspect's."""
    return any(fate_of(w.lemma) == "held" for w in age.unit.words)


def _grown(pair: Pair, x: Age, y: Age) -> bool:
    """Whether somebody is older by about as much as the reports are apart, and they are months apart."""
    days = pair.days_later
    grown = _years(y.quantity) - _years(x.quantity)
    if _killed(x) or _killed(y):
        return False  # the dead grow no older
    return abs(days) > MONTHS and abs(grown - days / 365.25) <= 1 and grown * days > 0


class Ages:
    """The ages that one report gives."""

    def __init__(self, ages: list[Age]) -> None:
        self.ages = ages
        self.lows = {age.quantity.low for age in ages}
        self._of_sentence = by_sentence(ages)
        self._headlines = sum(age.unit.part == "title" for age in ages)
        self._given: dict[Age, bool] = {}
        self._names: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        self._owners: dict[float | None, dict[tuple[str, ...], Age]] = defaultdict(dict)
        for age in ages:
            if age.words:
                self._owners[age.quantity.low].setdefault(age.words, age)
            if len(age.words) > 1:
                for word in age.words:
                    self._names[word].add(age.words)

    def headline(self, age: Age) -> bool:
        """Whether it is the one age of a headline: that of the person the report is about."""
        return age.unit.part == "title" and self._headlines == 1

    def lone(self, age: Age) -> bool:
        """Whether no other age stands in its sentence."""
        return len(self._of_sentence[age.unit.row]) == 1

    def several(self, age: Age) -> bool:
        """Whether the surname alone of an age of the other report may be one of several persons of this."""
        return len(age.words) == 1 and len(self._names.get(age.words[0], ())) > 1

    def give(self, age: Age) -> bool:
        """Whether this report gives an age of the other to that person too."""
        if age not in self._given:
            owners = self._owners.get(age.quantity.low, {}).values() if age.words else ()
            self._given[age] = any(_same_owner(age, o) >= 0.8 for o in owners)
        return self._given[age]


def _age_features(
    pair: Pair, x: Age, y: Age, same: float, likeness: float, ages_a: Ages, ages_b: Ages
) -> dict[str, float]:
    named = bool(x.words and y.words)
    low_x, low_y = x.quantity.low or 0.0, y.quantity.low or 0.0
    return {
        "named": float(named),
        "same": same if named else 0.0,
        "full": float(len(x.words) > 1 and len(y.words) > 1),
        "likeness": likeness,
        "noun": float(not named and x.owner == y.owner),
        "settled": float(ages_b.give(x) or ages_a.give(y)),
        "given": 0.0 if named else float(low_x in ages_b.lows or low_y in ages_a.lows),
        "lone": float(ages_a.lone(x) and ages_b.lone(y)),
        "many": float(not named and max(len(ages_a.ages), len(ages_b.ages)) > 3),
        "apart": min(abs(low_x - low_y), 30.0) / 10,
        "title": float("title" in (x.unit.part, y.unit.part)),
        "accused": float(_accused(x) != _accused(y)),
        "birthday": float(_grown(pair, x, y)),
        "size": math.log(pair.size),
    }


def _aged(report: Report) -> list[Age]:
    found = []
    for unit in report.units:
        for quantity in unit.quantities:
            if quantity.kind == "age" and quantity.low is not None:
                if _of_then(unit, quantity):
                    continue
                owner = _owner(unit, quantity)
                words = name_words(owner) if owner[:1].isupper() and not _of_place(unit, owner) else ()
                found.append(Age(unit, quantity, owner, words))
    return found


def _of_then(unit: Unit, quantity: Quantity) -> bool:
    """Whether an age is that of another time ("moved here at age 13"), and not of a death ("died at the age of 72")."""
    text = unit.report.article.part(unit.part)
    before = text[max(unit.sentence.start, quantity.start - 30) : quantity.start]
    if not _THEN.search(before):
        return False
    return not any(fate_of(s.predicate) == "dead" for s in unit.statements)


def _of_place(unit: Unit, owner: str) -> bool:
    """Whether an age stands with a place and not with a person: "a 22-year-old Tarnow man"."""
    return {m.label for m in unit.mentions if owner in (m.name, unit.place(m).text)} == {"LOC"} and " " not in owner


def _owner(unit: Unit, quantity: Quantity) -> str:
    """Whose age it is: the name right before it ("Smith, 34") or right behind it, else what the facts say."""
    text = unit.report.article.part(unit.part)
    if quantity.owner[:1].isupper():
        return " ".join(quantity.owner.split())
    before = _BEFORE.search(text[max(unit.sentence.start, quantity.start - 60) : quantity.start])
    behind = _BEHIND.search(text[quantity.end : quantity.end + 60])
    found = before or behind
    return " ".join((found.group(1) if found else quantity.owner).split())


def _same_owner(x: Age, y: Age) -> float:
    """1 where both ages are of one name, less where a spelling differs or a noun stands for the person, 0 if not."""
    if x.words and y.words:
        if x.words == y.words:
            return 1.0
        if x.words[-1] == y.words[-1] and len(x.words) > 1 and len(y.words) > 1 and x.words[0] == y.words[0]:
            return 1.0
        if x.words[-1] == y.words[-1] and min(len(x.words), len(y.words)) == 1:
            return 0.8
        if set(x.words) <= set(y.words) or set(y.words) <= set(x.words):
            return 0.8
        score = near(" ".join(x.words), " ".join(y.words)) if min(len(x.words), len(y.words)) > 1 else 0.0
        return 0.9 if score >= LIKELY else 0.0
    if x.words or y.words:
        return 0.3
    if not x.owner or not y.owner:
        return 0.3
    return 0.5 if concept(x.owner) == concept(y.owner) else 0.3


def _overlap(x: Quantity, y: Quantity) -> bool:
    if x.unit != y.unit and abs(_years(x) - _years(y)) < 1:
        return True  # a child of 13 months is 1 year old
    low_x, high_x = x.base or (x.low, x.high)
    low_y, high_y = y.base or (y.low, y.high)
    return (high_x is None or low_y is None or low_y <= high_x) and (high_y is None or low_x is None or low_x <= high_y)


def _years(age: Quantity) -> float:
    """An age in years, whatever it is told in."""
    return (age.low or 0.0) * {"month": 1 / 12, "week": 7 / 365.25, "day": 1 / 365.25}.get(age.unit, 1.0)


def _plain(years: float) -> str:
    if 0 < years < 1:
        return f"{12 * years:.0f} months"
    return f"{years:.3g} year" + ("" if years == 1 else "s")
