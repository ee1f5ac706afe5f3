"""What is counted or measured: the figures of one thing over all reports, and the age of each person."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import msgspec

from reader.conflicts.base import clip
from reader.conflicts.numbers import (
    CASUALTY,
    COUNTS,
    NOBODY,
    PERSON,
    Figure,
    figures_of,
    narrowed_apart,
    phrase,
    read_as,
    rounds,
    same_measure,
    same_thing,
)
from reader.event_table.drafts import Draft, Told
from reader.event_table.rows import Telling
from reader.event_table.ties import Event, grouped, join, spots, sure
from reader.event_table.words import finite, happened, names_who
from reader.fates import PARTICIPLES
from reader.lexicon import common_words, concept, kinds_of_people
from reader.nouns import Kind
from reader.plurals import plural
from reader.telling import speaker_of, statement_of

OF_FIGURES: frozenset[Kind] = frozenset({"count", "casualty", "measure", "polarity"})
"""Kinds of conflict whose places may be figures."""
DISTINCT = 13
"""A figure from here on that is not round is seldom met twice by chance."""
WORDS_TOLD = 3
"""How many shared words say what a bare measure is of."""
MOST = 60_000
"""The most pairs of figures that are weighed."""


@dataclass(frozen=True, eq=False)
class Counted:
    """A figure of one report."""

    report: int
    figure: Figure

    @cached_property
    def speaker(self) -> str:
        """Who gives it, "" for the report."""
        unit = self.figure.unit
        return speaker_of(self.figure.quantity, unit.report.facts, unit.part)

    @property
    def sentence(self) -> tuple[int, int]:
        """Its report and the row of its sentence."""
        return self.report, self.figure.unit.row

    @property
    def counts(self) -> bool:
        """Whether it counts, rather than measures."""
        return self.figure.quantity.kind in COUNTS

    @property
    def group(self) -> str:
        """What it is counted with: a member of a family is family."""
        head, narrowing = self.figure.head, self.figure.narrowing
        return next(iter(narrowing)) if head == "member" and len(narrowing) == 1 else head

    @cached_property
    def telling(self) -> Telling:
        """It, as a telling."""
        figure = self.figure
        place = figure.unit.place(phrase(figure))
        return Telling(place=place, text=clip(place.text, 80), read=read_as(figure), speaker=self.speaker)

    @property
    def vague(self) -> bool:
        """Whether it is told without a digit."""
        return not any(c.isdigit() for c in self.figure.words) and self.figure.low != self.figure.high

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """What a row is called after goes first: running text before the title, digits before vague words."""
        return self.figure.unit.part == "title", self.vague, self.figure.unit.sentence.start

    @cached_property
    def narrowing(self) -> frozenset[str]:
        """What narrows the head down, names left out: *Northern* fighters are fighters where all are of the North."""
        names = {word.casefold() for m in self.figure.unit.mentions for word in m.name.split()}
        return frozenset(word for word in self.figure.narrowing if word not in names)

    def alike(self, other: Counted) -> bool:
        """Whether the two figures agree."""
        x, y = self.figure, other.figure
        return _meet(x, y) or rounds(x, y) or rounds(y, x)


def drafts(event: Event) -> Iterator[Draft]:
    """A row for each thing counted or measured."""
    of_dimension: dict[str, list[Counted]] = defaultdict(list)
    for report, seen in enumerate(event.reports):
        for dimension, figures in figures_of(seen).items():
            of_dimension[dimension] += [Counted(report, f) for f in figures if _worth(f)]
    together = [one for items in of_dimension.values() for one in items if one.figure.quantity.also]
    for items in of_dimension.values():
        for group in join(items, _ties(event, items), _apart):
            told = [Told(one.report, one.telling, one, one.vague) for one in group]
            beside = list(_counted_with(group, together))
            yield Draft(
                subject="counted",
                thing=_thing(group, named_apart=bool(beside)),
                told=told + beside,
                alike=Counted.alike,
                kinds=OF_FIGURES,
                exact=True,
                alone=_clear(group),
                about=_about(group),
            )


def _counted_with(group: Sequence[Counted], together: Sequence[Counted]) -> Iterator[Told]:
    """Where a report has no figure of its own for a thing but counts it with another: "4,000 fighters and their families"."""
    reports, head = {one.report for one in group}, group[0].group
    for one in together if group[0].counts else ():
        if one.report not in reports and head in {concept(also, "NOUN") for also in one.figure.quantity.also}:
            telling = msgspec.structs.replace(one.telling, read=f"with {plural(one.figure.quantity.counted)}")
            yield Told(one.report, telling, None)


def _worth(figure: Figure) -> bool:
    """Whether a figure tells of a thing at all: "nobody" and "one of them" do not."""
    if figure.quantity.kind == "fraction" or (figure.words in NOBODY and not figure.quantity.counted_span):
        return False
    return not (figure.low == figure.high == 1 and figure.quantity.kind in COUNTS)


def _ties(event: Event, items: Sequence[Counted]) -> Iterator[tuple[float, int, int]]:
    at = {(one.report, one.figure.unit.part, one.figure.quantity.start): k for k, one in enumerate(items)}
    conflicting: dict[tuple[int, int], float] = {}
    for i, j, conflict in event.conflicts(OF_FIGURES, 0.0):
        for a, b in spots(conflict):
            x, y = at.get((i, a.part, a.start)), at.get((j, b.part, b.start))
            if x is not None and y is not None:
                conflicting[x, y] = max(conflict.confidence, conflicting.get((x, y), 0.0))
    for (x, y), confidence in conflicting.items():
        yield confidence, x, y
    pairs = list(event.bounded(_comparable(items), MOST, "figures"))
    met = {(items[x].figure, items[y].sentence) for x, y in pairs if _meet(items[x].figure, items[y].figure)}
    met |= {(items[y].figure, items[x].sentence) for x, y in pairs if _meet(items[x].figure, items[y].figure)}
    for x, y in pairs:
        one, other = items[x], items[y]
        taken = not _meet(one.figure, other.figure) and (
            (one.figure, other.sentence) in met or (other.figure, one.sentence) in met
        )
        yield _sameness(event, items[x], items[y], taken), x, y


def _comparable(items: Sequence[Counted]) -> Iterator[tuple[int, int]]:
    """Pairs that may be of one thing: what is counted is one, or they are measures of one dimension."""
    for members in grouped((one.group if one.counts else "", k) for k, one in enumerate(items)).values():
        yield from combinations(members, 2)


def _sameness(event: Event, one: Counted, other: Counted, taken: bool) -> float:
    """How surely two figures are of one thing, whether or not they agree; ``taken`` if one agrees with another of the sentence.

    Weights are set by hand, from reading the tables of a few events: the confidence of a conflict is fitted to tell whether
    two figures disagree; which figures that agree are of one thing nobody has labelled.
    """
    x, y = one.figure, other.figure
    likeness = event.likeness(one.report, x.unit, other.report, y.unit) if one.report != other.report else 0.0
    equal = (x.low, x.high) == (y.low, y.high)
    meet = _meet(x, y)
    distinct = equal and _distinct(x.low)
    if one.counts:
        match = same_thing(x, y)
        if match is None:
            return 0.0
        small, large = (one, other) if x.high < y.low else (other, one)
        known = 1.5 if match["head"] and not match["person"] else 0.3
        evidence = (
            -2.2
            + known
            + 1.8 * match["fate"]
            - (2.0 if {x.fate, y.fate} & CASUALTY else 0.8) * match["otherfate"]
            - 0.8 * match["unfated"]
            - 1.2 * len(one.narrowing ^ other.narrowing)
            + 0.8 * match["alike"]
            + 1.5 * (x.quantity.also == y.quantity.also != ())
            - 1.0
            * (match["part"] + match["more"] + (small.narrowing > large.narrowing) + match["wider"] + match["tighter"])
            - 1.0 * (match["scores"] + match["charges"])
        )
    else:
        match = same_measure(x, y)
        evidence = -2.2 + 1.5 * match["of"] - 1.5 * match["otherof"] + 0.8 * (rounds(x, y) or rounds(y, x))
    evidence += 1.5 * likeness + 1.0 * equal + 2.0 * distinct - (1.0 if one.counts else 2.0) * (not meet) - 2.0 * taken
    return sure(evidence)


def _distinct(value: float) -> bool:
    """Whether a figure is seldom met by chance: 275, not 300; 43,885,310, not 44 million."""
    if not math.isfinite(value) or value < DISTINCT:
        return False
    digits = f"{value:.10g}".replace(".", "").rstrip("0")
    return len(digits) > 1


def _meet(x: Figure, y: Figure) -> bool:
    return x.low <= y.high and y.low <= x.high


def _apart(one: Counted, other: Counted) -> bool:
    """Whether two figures cannot be of one thing."""
    x, y = one.figure, other.figure
    if one.counts and (same_thing(x, y) is None or narrowed_apart(x.narrowing, y.narrowing)):
        return True
    if one.report != other.report or _meet(x, y):
        return False
    # Of two figures in one breath each has its own thing, and a report does not contradict itself in its own voice.
    if x.unit is y.unit or not one.counts:
        return True
    if "title" in (x.unit.part, y.unit.part):
        return False
    return one.speaker == other.speaker or not (one.vague or other.vague or (one.speaker and other.speaker))


def _clear(group: Sequence[Counted]) -> bool:
    """Whether a row of one report says how many, and of what; "two-term" qualifies a word that is not counted."""
    if not group[0].counts:
        quantities = [one.figure.quantity for one in group]
        return any(q.counted or q.whole or q.kind != "duration" for q in quantities) or any(map(_clause, group))
    befell = bool(_befell(group))
    for one in group:
        figure = one.figure
        if one.vague and (math.isinf(figure.high) or not befell):
            continue  # "many"
        if befell or (figure.head not in _ANYBODY and figure.high > 0 and " " in one.telling.text):
            return True
    return False


# What a row is called


_ANYBODY = frozenset({"", "person", "people", "body", PERSON})
"""Heads that say no more than that people are counted."""


def _thing(group: Sequence[Counted], named_apart: bool) -> str:
    """What the figures of a row are of, in plain words: "foreign fighters who left", "money: federal taxes"."""
    if not group[0].counts:
        return _measured(group)
    heads = Counter(one.figure.quantity.counted for one in group if one.figure.quantity.counted not in _ANYBODY)
    head = max(heads, key=heads.__getitem__, default="")
    told = [one.figure.quantity.modifiers for one in group if one.figure.quantity.counted in (head, *_ANYBODY)]
    narrowing = Counter(word for modifiers in told for word in dict.fromkeys(modifiers))
    names = {word.casefold() for one in group for m in one.figure.unit.mentions for word in m.name.split()}
    kept = [word for word in narrowing if 2 * narrowing[word] > len(told) and word not in names]
    noun = " ".join([*kept, plural(head) if head else "people"])
    if befell := _befell(group):
        return f"{noun} {befell}"
    if named_apart or len({one.report for one in group}) == 1:
        return noun
    lead = min(group, key=lambda one: one.rank)
    return f"{noun}: {_words_of(lead, group, head)}".removesuffix(": ")


def _befell(group: Sequence[Counted]) -> str:
    """What befell them, as most say it in running text: "killed", "who left", "" where nothing is said."""
    told: dict[str, str] = {}
    votes: Counter[str] = Counter()
    for one in sorted(group, key=lambda one: one.rank):
        fate = one.figure.quantity.fate
        if words := _fate_words(one):
            told.setdefault(fate, words)
        if fate in told:
            votes[fate] += 2 if one.figure.unit.part == "body" else 1
    fate = max(votes, key=votes.__getitem__, default="")
    if not fate or not told[fate].endswith(f" {fate}"):
        return told.get(fate, "")
    # "who left" for "were able to leave", where the reports have such a form
    forms = Counter(
        unit.place(w).text.casefold()
        for report in {one.figure.unit.report.article.text_sha: one.figure.unit.report for one in group}.values()
        for unit in report.units
        for w in unit.words
        if w.lemma == fate and w.pos == "VERB"
    )
    past = [form for form in forms if form not in (fate, f"{fate}s") and not form.endswith("ing")]
    return told[fate].removesuffix(fate) + max(past, key=forms.__getitem__, default=fate)


def _fate_words(one: Counted) -> str:
    quantity, unit = one.figure.quantity, one.figure.unit
    if not quantity.fate:
        return ""
    if quantity.fate == "miss":
        return "missing"
    if said := PARTICIPLES.get(quantity.fate):
        return said
    statement, role = statement_of(quantity, unit.report.facts.part(unit.part))
    if statement is None:
        return ""
    words = clip(unit.place(statement.predicate_span).text.casefold(), 24)
    if role is statement.patient:
        return words if words.endswith(("ed", "en")) else ""
    return f"{'who' if _person(one.figure) else 'that'} {words}"


def _person(figure: Figure) -> bool:
    return figure.head == PERSON or figure.head in kinds_of_people() or figure.quantity.counted in kinds_of_people()


def _about(group: Sequence[Counted]) -> frozenset[str]:
    """The head that is counted and what narrows every figure, where something does."""
    narrowing = frozenset.intersection(*(one.figure.narrowing for one in group))
    heads = Counter(one.figure.head for one in group if one.figure.head not in ("", PERSON))
    return narrowing | {max(heads, key=heads.__getitem__)} if narrowing and heads else frozenset()


def _measured(group: Sequence[Counted]) -> str:
    """The unit or dimension, and what it is of: the thing that a share is of, else words that all its sentences share."""
    lead = min(group, key=lambda one: one.rank)
    quantity = lead.figure.quantity
    what = quantity.dimension if quantity.kind == "measure" else quantity.kind
    wholes = Counter(one.figure.quantity.counted or one.figure.quantity.whole for one in group)
    del wholes[""]
    whole = max(wholes, key=wholes.__getitem__, default="")
    alone = len({one.report for one in group}) == 1
    clause = _clause(lead) if alone and not whole else ""
    told = clause or ", ".join(filter(None, [whole, "" if whole and alone else _words_of(lead, group, whole)]))
    return f"{what}: {told}".removesuffix(": ")


def _clause(one: Counted) -> str:
    """Who did what for so long or so far, by the narrowest clause around a measure, "" where no clause stands by itself."""
    unit, at = one.figure.unit, one.figure.quantity
    told = [
        s for s in unit.statements if s.start <= at.start and at.end <= s.end and finite(unit, s) and names_who(unit, s)
    ]
    said = min(told, key=lambda s: s.end - s.start, default=None)
    return happened(unit, said) if said is not None else ""


def _words_of(lead: Counted, group: Sequence[Counted], whole: str) -> str:
    """The words nearest to the number in the chief sentence that the others share, as written there."""
    unit, at = lead.figure.unit, lead.figure.quantity
    others = [one.figure.unit for one in group if one.figure.unit is not unit]
    near = [
        w
        for w in unit.words
        if w.pos in ("NOUN", "PROPN", "VERB", "ADJ")
        and not w.overlaps(at)
        and w.lemma not in common_words()
        and w.lemma not in (whole, at.unit)
        and all(w.lemma in other.lemmas for other in others)
    ]
    near = sorted(
        sorted(near, key=lambda w: min(abs(w.start - at.end), abs(at.start - w.end)))[:WORDS_TOLD],
        key=lambda w: w.start,
    )
    return ", ".join(dict.fromkeys(unit.place(w).text for w in near))
