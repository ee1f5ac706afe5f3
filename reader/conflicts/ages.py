"""Ages: two of one person, or the one age of each headline."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from reader.conflicts.base import Candidate, Pair, Report, Unit, by_sentence, clip
from reader.conflicts.spellings import LIKELY, name_words
from reader.lexicon import concept, fate_of
from reader.names import near
from reader.nouns import Quantity

MOST = 10_000
"""The most pairs of ages compared."""
BIRTHDAY = 60
"""Reports more days apart than this may well have a birthday between them."""
_BEFORE = re.compile(r"((?:[A-Z][\w.'’\-]*\s+){0,4}[A-Z][\w.'’\-]*),?\s*(?:[,(]|,? aged?)\s*$")
_BEHIND = re.compile(r"^\s+((?:[A-Z][\w.'’\-]*\s+){1,3}[A-Z][\w'’\-]*)")
_THEN = re.compile(
    r"\b(?:(?:at|by|from|since|until|before)(?: the)?(?: age(?: of)?)?|when (?:he|she|they|\w+) (?:was|were)(?: \w+)?)\s*$",
    re.I,
)
"""What stands before the age that somebody had at another time."""
_OF_DEATH = re.compile(r"\b(?:death|killing|slaying|murder) of (?:[\w-]+ )?$", re.I)


@dataclass(frozen=True, eq=False)
class Age:
    """An age, whose it is as stated, and the words of the name (none where it is a noun or a pronoun)."""

    unit: Unit
    quantity: Quantity
    owner: str
    words: tuple[str, ...]


def find(pair: Pair) -> Iterator[Candidate]:
    """Candidates of kind measure."""
    ages_a, ages_b = Ages(aged(pair.a)), Ages(aged(pair.b))
    for x, y in pair.met(ages_a.ages, ages_b.ages, MOST, "ages"):
        if x.quantity.base == y.quantity.base or x.quantity.low is None or y.quantity.low is None:
            continue
        same = 0.0 if ages_b.several(x) or ages_a.several(y) else same_owner(x, y)
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
            reason=f"{who or 'one person'}: aged {clip(place_x.text)} against {clip(place_y.text)} ({_plain(apart)} apart)",
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
    return abs(days) > BIRTHDAY and abs(grown - days / 365.25) <= 1 and grown * days > 0


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
            self._given[age] = any(same_owner(age, o) >= 0.8 for o in owners)
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


def aged(report: Report) -> list[Age]:
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


def same_owner(x: Age, y: Age) -> float:
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
