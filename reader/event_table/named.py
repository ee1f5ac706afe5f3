"""Who is named: a person over all reports, the age of each, and who made the deal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from reader.alignment import Alignment
from reader.conflicts.ages import Age, aged, same_owner
from reader.conflicts.base import Pair, Report, Unit, clip
from reader.conflicts.makers import Making, is_deal, makings
from reader.conflicts.parties import Parties
from reader.event_table.drafts import Draft, Told
from reader.event_table.rows import Telling
from reader.event_table.ties import SHOWN, Event, join, meets, spots
from reader.event_table.words import POINTING
from reader.nouns import Mention, Place
from reader.telling import full_name, speaker_of

OWNER = 0.8
"""How surely two ages are of one person, to stand in one row."""


class Named(NamedTuple):
    """A person where a report names them."""

    report: int
    unit: Unit
    mention: Mention

    @property
    def place(self) -> Place:
        """The name, with the title or the role before it where one stands there."""
        text = self.unit.report.article.part(self.unit.part)
        before = text[self.unit.sentence.start : self.mention.start].rstrip()
        role = self.mention.role
        start = self.unit.sentence.start + len(before) - len(role) if role and before.endswith(role) else None
        return self.unit.place((self.mention.start if start is None else start, self.mention.end))

    @property
    def text(self) -> str:
        """The name with all that is said of who they are."""
        words = " ".join(self.place.text.split())
        role = self.mention.role
        return words if not role or role in words else f"{words}, {role}"


def drafts(event: Event) -> Iterator[Draft]:
    """A row for each person, for the age of each, and for who made the deal."""
    yield from _people(event)
    yield from _ages(event)
    yield from _makers(event)


def _people(event: Event) -> Iterator[Draft]:
    named = [
        Named(report, unit, mention)
        for report, seen in enumerate(event.reports)
        for unit in seen.units
        for mention in unit.mentions
        if mention.label == "PERSON"
    ]
    for i, j, conflict in event.conflicts(("name",), SHOWN):
        for a, b in spots(conflict):
            for x in named:
                for y in named if x.report == i and meets(x.place, a) else ():
                    if y.report == j and meets(y.place, b):
                        event.names.unite((i, x.mention.key), (j, y.mention.key), spelt=True)
    by_name: dict[tuple[int, str], list[Named]] = defaultdict(list)
    for one in named:
        by_name[event.names.of(one.report, one.mention.key)].append(one)
    for group in by_name.values():
        fullest = max(group, key=_fullness)
        if len(fullest.mention.name.split()) < 2 and not fullest.mention.role:
            continue  # a word with a capital, more often than not
        chief: dict[int, Named] = {}
        for one in group:
            if one.report not in chief or _fullness(one) > _fullness(chief[one.report]):
                chief[one.report] = one
        told = [Told(r, Telling(place=one.place, text=one.text), one.mention.key) for r, one in chief.items()]
        yield Draft(
            subject="named",
            thing=fullest.text,
            told=told,
            alike=lambda _, __: True,
            kinds=frozenset({"name"}),
            alone=any(one.mention.role for one in group),
        )


def _fullness(one: Named) -> tuple[bool, int, int]:
    """Running text before a title, then the longest name with its role."""
    return one.unit.part == "body", len(one.mention.name.split()) + bool(one.mention.role), -one.mention.start


class _Aged(NamedTuple):
    report: int
    age: Age


def _ages(event: Event) -> Iterator[Draft]:
    items = [_Aged(r, age) for r, seen in enumerate(event.reports) for age in aged(seen) if age.words]
    ties = (
        (same_owner(items[x].age, items[y].age), x, y)
        for x, y in combinations(range(len(items)), 2)
        if same_owner(items[x].age, items[y].age) >= OWNER
    )
    for group in join(items, ties, lambda x, y: same_owner(x.age, y.age) < OWNER):
        words = max((one.age.words for one in group), key=len)
        told = []
        for report, age in group:
            place = age.unit.place(age.quantity)
            speaker = speaker_of(age.quantity, age.unit.report.facts, age.unit.part)
            told.append(Told(report, Telling(place=place, text=" ".join(place.text.split()), speaker=speaker), age))
        yield Draft(
            subject="counted",
            thing=f"age of {' '.join(word.capitalize() for word in words)}",
            told=told,
            alike=_one_age,
            kinds=frozenset({"measure"}),
            exact=True,
        )


def _one_age(x: Age, y: Age) -> bool:
    (low_x, high_x), (low_y, high_y) = ((q.low or 0, q.high or q.low or 0) for q in (x.quantity, y.quantity))
    return x.quantity.unit != y.quantity.unit or (low_x <= high_y and low_y <= high_x)


class _Made(NamedTuple):
    report: int
    making: Making
    parties: frozenset[tuple[int, str]]


def _makers(event: Event) -> Iterator[Draft]:
    items = []
    for report, seen in enumerate(event.reports):
        parties = Parties(Pair(seen, seen, Alignment(links=(), scores={}, cells=0)))
        for making in makings(seen, parties):
            keys = event.names.all_of(report, (key for party in making.makers for key in party.keys))
            items.append(_Made(report, making, keys))
        for making, names in _between(seen):
            items.append(_Made(report, making, event.names.all_of(report, names)))
    ties = ((1.0, x, y) for x, y in combinations(range(len(items)), 2))
    for group in join(items, ties, _other_deal):
        told = []
        for one in group:
            making, facts = one.making, one.making.unit.report.facts
            place = making.unit.place(making.span)
            telling = Telling(place=place, text=making.text, speaker=full_name(making.speaker, facts))
            told.append(Told(one.report, telling, one))
        verb = "brokered" if group[0].making.broker else "made"
        yield Draft(
            subject="named",
            thing=f"who {verb} the {_deal(group)}",
            told=told,
            alike=_one_maker,
            kinds=frozenset({"actor"}),
            alone=any(one.parties and one.making.text.casefold() not in POINTING for one in group),
        )


def _between(report: Report) -> Iterator[tuple[Making, list[str]]]:
    """Deals "between" parties that the parse does not part, with the names among them."""
    for unit in report.units:
        for said in unit.statements:
            if not said.nominal or said.agent is None or said.agent.also or said.negated:
                continue
            noun, start = unit.place(said.predicate_span).text.casefold(), said.agent.start
            if not is_deal(noun.removesuffix("s")) or unit.place((said.predicate_span[1], start)).text.split()[:1] != [
                "between"
            ]:
                continue
            verbs = [
                s.predicate_span[0] for s in unit.statements if not s.nominal and s.predicate_span[0] >= said.agent.end
            ]
            end = min([*verbs, unit.sentence.end])
            words = unit.place((start, end)).text.rstrip(" ,.;")
            making = Making(
                unit=unit,
                span=(said.predicate_span[0], start + len(words)),
                makers=(),
                broker=False,
                whole=True,
                hedged=said.certainty == "reported",
                speaker=said.speaker,
                narrowed=frozenset(),
                text=clip(words),
            )
            yield making, [m.key for m in unit.mentions if start <= m.start < end]


def _other_deal(x: _Made, y: _Made) -> bool:
    one, other = x.making, y.making
    apart = bool(one.narrowed and other.narrowed) and not one.narrowed & other.narrowed
    return one.broker != other.broker or apart


def _one_maker(x: _Made, y: _Made) -> bool | None:
    """Whether two reports name one maker; ``None`` where each may name another of several."""
    return True if x.parties & y.parties or x.making.text.casefold() == y.making.text.casefold() else None


def _deal(group: Sequence[_Made]) -> str:
    """What most of them call it."""
    nouns = Counter(
        w.lemma
        for one in group
        for w in one.making.unit.words
        if one.making.span[0] <= w.start < one.making.span[1] and w.pos == "NOUN" and is_deal(w.lemma)
    )
    return max(nouns, key=nouns.__getitem__, default="deal")
