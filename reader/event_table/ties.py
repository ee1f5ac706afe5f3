"""Tellings of one thing joined over all reports: pairs are tied, and a tie never brings together what must stay apart."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice
from typing import TypeVar

from reader.conflicts.base import Report, Unit
from reader.names import match_keys
from reader.nouns import Comparison, Conflict, Facts, Kind, Mention, Place

S = TypeVar("S")
T = TypeVar("T")
TIED = 0.5
"""The least strength of a tie."""
SHOWN = 0.5
"""The least confidence of a conflict that clashes in a row, as of one that is shown unasked."""


class Event:
    """The reports of an event as sentences, and what comparing them by twos has found.

    ``comparisons`` are by the numbers of two reports, the lesser first, which is the A of the comparison; some may be missing.
    """

    def __init__(self, reports: Sequence[Report], comparisons: Mapping[tuple[int, int], Comparison]) -> None:
        self.reports = reports
        self.comparisons = comparisons
        self._linked: dict[tuple[int, int, int, int], float] = {}
        self.names = Names(reports)
        self.notes: list[str] = []
        for (i, j), comparison in comparisons.items():
            for link in comparison.links:
                for x in link.a:
                    for y in link.b:
                        self._linked[i, x, j, y] = link.score

    def bounded(self, pairs: Iterable[S], most: int, what: str) -> Iterator[S]:
        """The first ``most`` pairs of ``what``, with a note where there are more."""
        rest = iter(pairs)
        yield from islice(rest, most)
        if next(rest, None) is not None:
            self.notes.append(
                f"more than {most:,} pairs of {what}: which of them are of one thing was looked for in the first"
            )

    def conflicts(self, kinds: Iterable[Kind], least: float) -> Iterator[tuple[int, int, Conflict]]:
        """The conflicts of some kinds and at least so sure, each with its two reports."""
        wanted = frozenset(kinds)
        for (i, j), comparison in self.comparisons.items():
            for conflict in comparison.conflicts:
                if conflict.kind in wanted and conflict.confidence >= least:
                    yield i, j, conflict

    def likeness(self, i: int, x: Unit, j: int, y: Unit) -> float:
        """How alike two sentences are, in [0, 3]: that they are linked counts for 2, all telling words shared for 1."""
        if i > j:
            i, x, j, y = j, y, i, x
        linked = self._linked.get((i, x.index, j, y.index), 0.0) if x.part == y.part == "body" else 0.0
        fewer = min(len(x.concepts), len(y.concepts))
        return 2 * linked + (len(x.concepts & y.concepts) / fewer if fewer else 0.0)


class Names:
    """The names of all reports under one key each: ``of`` says which.

    A surname that might be of either of two people does not make them one over three reports.
    """

    def __init__(self, reports: Sequence[Report]) -> None:
        mentions = [list(_mentions(report.facts)) for report in reports]
        self._first: dict[tuple[int, str], tuple[int, str]] = {
            (i, m.key): (i, m.key) for i, found in enumerate(mentions) for m in found
        }
        self._full = {root: {root} if " " in root[1] else set() for root in self._first}
        for i, report in enumerate(reports):
            for key, key_in_title in match_keys(report.facts.title.mentions, report.facts.body.mentions).items():
                self.unite((i, key), (i, key_in_title))
        for i, j in combinations(range(len(reports)), 2):
            for key_b, key_a in match_keys(mentions[i], mentions[j]).items():
                self.unite((i, key_a), (j, key_b))
        ends: dict[tuple[str, str], tuple[int, str]] = {}
        for i, found in enumerate(mentions):
            for key in dict.fromkeys(m.key for m in found if m.label == "PERSON" and " " in m.key):
                words = key.split()  # one report may give a middle name, another leave it out
                self.unite(ends.setdefault((words[0], words[-1]), (i, key)), (i, key))

    def unite(self, one: tuple[int, str], other: tuple[int, str], *, spelt: bool = False) -> None:
        """Let two keys, each of a report, be one name, unless full names that go with them are two.

        They are two where they begin otherwise, but for one that is only ``spelt`` otherwise, or where one report has both.
        """
        first, second = sorted((self._root(one), self._root(other)))
        xs, ys = self._full.get(first, set()), self._full.get(second, set())
        if first == second or {report for report, _ in xs} & {report for report, _ in ys}:
            return
        if not spelt and xs and ys and {key.split()[0] for _, key in xs}.isdisjoint(key.split()[0] for _, key in ys):
            return
        self._first[second] = first
        self._full.setdefault(first, set()).update(self._full.pop(second, ()))

    def of(self, report: int, key: str) -> tuple[int, str]:
        """What names are known by over all reports: the first report that has it, and its key there."""
        return self._root((report, key))

    def all_of(self, report: int, keys: Iterable[str]) -> frozenset[tuple[int, str]]:
        """Several keys of a report."""
        return frozenset(self.of(report, key) for key in keys if key)

    def _root(self, key: tuple[int, str]) -> tuple[int, str]:
        while (above := self._first.get(key, key)) != key:
            key = above
        return key


def _mentions(facts: Facts) -> Iterator[Mention]:
    yield from facts.body.mentions
    yield from facts.title.mentions


def join(items: Sequence[T], ties: Iterable[tuple[float, int, int]], apart: Callable[[T, T], bool]) -> list[list[T]]:
    """Items in groups, by ties (strength, index, index), the strongest first; those under ``TIED`` tie nothing.

    Two groups with a pair that is ``apart`` are never joined: one wrong tie does not chain two things together.
    """
    group_of = list(range(len(items)))
    groups = {at: [at] for at in group_of}
    barred: dict[int, set[int]] = {at: set() for at in group_of}
    for strength, i, j in sorted(ties, key=lambda tie: (-tie[0], tie[1:])):
        one, other = group_of[i], group_of[j]
        if strength < TIED or one == other or other in barred[one]:
            continue
        if any(apart(items[x], items[y]) for x in groups[one] for y in groups[other]):
            barred[one].add(other)
            barred[other].add(one)
            continue
        for at in groups[other]:
            group_of[at] = one
        groups[one] += groups.pop(other)
        for against in barred.pop(other):
            barred[one].add(against)
            barred[against].discard(other)
            barred[against].add(one)
    return [[items[at] for at in sorted(group)] for group in groups.values()]


def sure(evidence: float) -> float:
    """Evidence in log odds as a strength in [0, 1]."""
    return 1 / (1 + math.exp(-evidence))


def spots(conflict: Conflict) -> tuple[tuple[Place, Place], ...]:
    """All pairs of places that state a conflict."""
    return ((conflict.a, conflict.b), *conflict.more)


def meets(place: Place, other: Place) -> bool:
    """Whether two places of one report share words."""
    return place.part == other.part and place.overlaps(other)


def grouped(keys: Iterable[tuple[T, int]]) -> dict[T, list[int]]:
    """Indexes by their key."""
    found: dict[T, list[int]] = defaultdict(list)
    for key, at in keys:
        found[key].append(at)
    return found
