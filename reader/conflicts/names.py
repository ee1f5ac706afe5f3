"""Names and ages: one person (or body, or place) spelt in two ways, one person given two ages.

Initials, suffixes, short forms and transliterations are no conflict; ``reader.names.near`` tells spellings apart.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import DamerauLevenshtein

from reader.conflicts.base import Candidate, Pair, Report, Unit, clip
from reader.lexicon import concept
from reader.names import match_keys, near
from reader.nouns import Mention, Quantity

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
LEAST_NEAR = 0.7
_WORDS = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


@dataclass(frozen=True)
class Age:
    """An age, whose it is as stated, and the words of the name (none where it is a noun or a pronoun)."""

    unit: Unit
    quantity: Quantity
    owner: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """A name of one report: all its mentions under one key."""

    key: str
    label: str
    words: tuple[str, ...]
    mentions: tuple[tuple[Unit, Mention], ...]


def find(pair: Pair) -> Iterator[Candidate]:
    """Candidates of kind name (spellings) and measure (ages)."""
    yield from _spellings(pair)
    yield from _ages(pair)


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, without initials and suffixes."""
    words = (w.casefold().replace("’", "'").removesuffix("'s") for w in _WORDS.findall(name))
    return tuple(w for w in words if len(w) > 1 and w not in SUFFIXES)


# -- spellings ---------------------------------------------------------------------------------------------------------


def _known(report: Report) -> list[Known]:
    grouped: dict[str, list[tuple[Unit, Mention]]] = defaultdict(list)
    for unit in report.units:
        for mention in unit.mentions:
            grouped[mention.key].append((unit, mention))
    found = []
    for key, mentions in grouped.items():
        _, longest = max(mentions, key=lambda um: len(um[1].name))
        found.append(Known(key, longest.label, name_words(longest.name), tuple(mentions)))
    return [k for k in found if k.words]


def _spellings(pair: Pair) -> Iterator[Candidate]:
    known_a, known_b = _known(pair.a), _known(pair.b)
    matched = match_keys(pair.a.facts.body.mentions, pair.b.facts.body.mentions)
    taken_a = set(matched.values())
    forms_a = {w for k in known_a for w in k.words}
    forms_b = {w for k in known_b for w in k.words}
    for y in known_b:
        if y.key in matched and not pair.same:
            continue
        for x in known_a:
            if x.key == y.key or (x.key in taken_a and not pair.same) or x.words == y.words:
                continue
            if abs(len(x.words) - len(y.words)) > 1 or not ({x.label, y.label} & {"OTHER"} or x.label == y.label):
                continue
            if (changed := _changed(x.words, y.words)) is None:
                continue
            score = near(" ".join(x.words), " ".join(y.words))
            if score < LEAST_NEAR or score == 1.0:
                continue
            (unit_x, mention_x), (unit_y, mention_y), likeness = _best(pair, x, y)
            one, other = changed
            distance = DamerauLevenshtein.distance(one, other)
            features = {
                "near": score,
                "distance": float(min(distance, 4)),
                "length": float(min(len(one), len(other))),
                "full": float(min(len(x.words), len(y.words)) >= 2),
                "person": float("PERSON" in (x.label, y.label)),
                "likeness": likeness,
                "foreign": float(one in forms_b or other in forms_a),
                "start": float(one[:1] == other[:1]),
                "age": _same_age(unit_x, mention_x, unit_y, mention_y),
                "inflected": float(one.rstrip("s") == other.rstrip("s") or one + "n" == other or other + "n" == one),
                "size": math.log(pair.size),
            }
            yield Candidate(
                kind="name",
                family="spelling",
                a=unit_x.place(mention_x),
                b=unit_y.place(mention_y),
                reason=f"{clip(mention_x.name)} against {clip(mention_y.name)}: one name, two spellings",
                features=features,
                topic=("spelling", *sorted((x.key, y.key))),
                severity=1 if distance == 1 else 2,
                benign="a slip of the pen" if distance <= 2 else "",
            )


def _changed(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, str] | None:
    """The one word in which two names differ, where all the others agree; ``None`` if that is not so."""
    left, right = [w for w in a if w not in b], [w for w in b if w not in a]
    if not left or not right:
        return None
    if len(left) > 2 or len(right) > 2:
        return None
    one, other = min(((x, y) for x in left for y in right), key=lambda xy: DamerauLevenshtein.distance(*xy))
    if len(left) == len(right) == 2:
        rest = (next(w for w in left if w != one), next(w for w in right if w != other))
        if near(*rest) < LEAST_NEAR:
            return None
    return one, other


def _best(pair: Pair, x: Known, y: Known) -> tuple[tuple[Unit, Mention], tuple[Unit, Mention], float]:
    """The mentions to show: those in the most alike sentences, the fullest first."""
    pairs = [(ux, uy) for ux in x.mentions[:20] for uy in y.mentions[:20]]
    best = max(
        pairs,
        key=lambda p: (
            pair.likeness(p[0][0], p[1][0]),
            len(p[0][1].name) + len(p[1][1].name),
        ),
    )
    return best[0], best[1], pair.likeness(best[0][0], best[1][0])


def _same_age(unit_x: Unit, x: Mention, unit_y: Unit, y: Mention) -> float:
    """1 where both names come with one age, -1 with two, 0 where not both have one."""
    ages = [
        {q.low for q in unit.quantities if q.kind == "age" and set(name_words(q.owner)) & set(name_words(m.name))}
        for unit, m in ((unit_x, x), (unit_y, y))
    ]
    if not all(ages):
        return 0.0
    return 1.0 if ages[0] & ages[1] else -1.0


# -- ages --------------------------------------------------------------------------------------------------------------


def _ages(pair: Pair) -> Iterator[Candidate]:
    ages_a, ages_b = _aged(pair.a), _aged(pair.b)
    for x in ages_a:
        for y in ages_b:
            if x.quantity.base == y.quantity.base or x.quantity.low is None or y.quantity.low is None:
                continue
            same = _same_owner(x, y)
            likeness = pair.likeness(x.unit, y.unit)
            if not same or (same < 1 and likeness < 0.05):
                continue
            if _overlap(x.quantity, y.quantity):
                continue
            features = _age_features(pair, x, y, same, likeness, ages_a, ages_b)
            apart = abs(x.quantity.low - y.quantity.low)
            who = " ".join(w.capitalize() for w in x.words) or x.owner
            later = _days_later(pair)
            place_x, place_y = x.unit.place(x.quantity), y.unit.place(y.quantity)
            yield Candidate(
                kind="measure",
                family="age",
                a=place_x,
                b=place_y,
                reason=f"{who}: aged {clip(place_x.text)} against {clip(place_y.text)} ({_plain(apart)} apart)",
                features=features,
                topic=(
                    "age",
                    *(sorted(set(x.words) & set(y.words)) or [x.owner]),
                    *sorted((f"{x.quantity.low:g}", f"{y.quantity.low:g}")),
                ),
                severity=1 if apart <= 1 else 2,
                benign="a birthday between the reports" if apart == 1 and later else "",
            )


def _age_features(
    pair: Pair, x: Age, y: Age, same: float, likeness: float, ages_a: list[Age], ages_b: list[Age]
) -> dict[str, float]:
    named = bool(x.words and y.words)
    low_x, low_y = x.quantity.low or 0.0, y.quantity.low or 0.0
    return {
        "named": float(named),
        "same": same if named else 0.0,
        "full": float(len(x.words) > 1 and len(y.words) > 1),
        "likeness": likeness,
        "noun": float(not named and x.owner == y.owner),
        "settled": float(_given(x, ages_b) or _given(y, ages_a)),
        "given": 0.0
        if named
        else float(any(a.quantity.low == low_x for a in ages_b) or any(a.quantity.low == low_y for a in ages_a)),
        "lone": float(sum(a.unit is x.unit for a in ages_a) == 1 and sum(a.unit is y.unit for a in ages_b) == 1),
        "many": float(not named and (len(ages_a) > 3 or len(ages_b) > 3)),
        "apart": min(abs(low_x - low_y), 30.0) / 10,
        "title": float("title" in (x.unit.part, y.unit.part)),
        "birthday": float(abs(low_x - low_y) == 1 and abs(_days_later(pair)) > 60),
        "size": math.log(pair.size),
    }


def _aged(report: Report) -> list[Age]:
    found = []
    for unit in report.units:
        for quantity in unit.quantities:
            if quantity.kind == "age" and quantity.low is not None:
                owner = " ".join(quantity.owner.split())
                words = name_words(owner) if owner[:1].isupper() else ()
                found.append(Age(unit, quantity, owner, words))
    return found


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
        return 0.9 if score >= 0.8 else 0.0
    if x.words or y.words:
        return 0.3
    if not x.owner or not y.owner:
        return 0.3
    return 0.5 if concept(x.owner) == concept(y.owner) else 0.3


def _given(age: Age, others: list[Age]) -> bool:
    """Whether the other report gives this age to this person too."""
    return bool(age.words) and any(
        o.quantity.low == age.quantity.low and o.words and _same_owner(age, o) >= 0.8 for o in others
    )


def _overlap(x: Quantity, y: Quantity) -> bool:
    low_x, high_x = x.base or (x.low, x.high)
    low_y, high_y = y.base or (y.low, y.high)
    return (high_x is None or low_y is None or low_y <= high_x) and (high_y is None or low_x is None or low_x <= high_y)


def _days_later(pair: Pair) -> int:
    """How many days B was published after A; 0 where that is not known to the day."""
    try:
        return (
            date.fromisoformat(pair.b.article.published[:10]) - date.fromisoformat(pair.a.article.published[:10])
        ).days
    except ValueError:
        return 0


def _plain(years: float) -> str:
    return f"{years:g} year" + ("" if years == 1 else "s")
