"""From tellings of one thing to a row: cells, who tells it alike, and the conflicts in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, NamedTuple

from reader.event_table.rows import Clash, Row, State, Subject, Telling
from reader.event_table.ties import SHOWN, Event, meets, spots
from reader.nouns import Kind, Place

Rank = tuple[bool, bool, int, int]
"""By which the tellings of a cell stand, the least first: in the title, vague, which conflict it leads, where it stands."""


class Told(NamedTuple):
    """A telling of one report. ``value`` is what it is held against others by, ``None`` where it only stands beside."""

    report: int
    telling: Telling
    value: Any
    vague: bool = False


@dataclass
class Draft:
    """A row in the making.

    ``alike`` says of the values of two tellings whether they agree, ``None`` where they cannot be held against each other.
    ``kinds`` are the kinds of conflict that may clash in it, ``exact`` if their places must start with its tellings.
    ``alone`` if it is worth a row where one report tells it. ``about`` are the concepts that say what it is of.
    """

    subject: Subject
    thing: str
    told: list[Told]
    alike: Callable[[Any, Any], bool | None]
    kinds: frozenset[Kind]
    exact: bool = False
    alone: bool = False
    about: frozenset[str] = frozenset()
    clashes: list[Clash] = field(default_factory=list)

    @property
    def reports(self) -> set[int]:
        """The reports that tell it."""
        return {one.report for one in self.told}

    def find_clashes(self, event: Event) -> None:
        """Take the conflicts that stand between two of its tellings."""
        self.clashes += [
            Clash(a=i, b=j, conflict=conflict)
            for i, j, conflict in event.conflicts(self.kinds, SHOWN)
            if any(self.tells(i, a) and self.tells(j, b) for a, b in spots(conflict))
        ]

    def tells(self, report: int, place: Place) -> bool:
        """Whether one of its tellings stands there."""
        return any(
            one.report == report
            and one.value is not None
            and (
                (one.telling.place.part, one.telling.place.start) == (place.part, place.start)
                if self.exact
                else meets(one.telling.place, place)
            )
            for one in self.told
        )

    def _rank(self, one: Told, clashes: Sequence[Clash]) -> Rank:
        place = one.telling.place
        led = next(
            (
                at
                for at, clash in enumerate(clashes)
                for report, spot in ((clash.a, clash.conflict.a), (clash.b, clash.conflict.b))
                if report == one.report and meets(place, spot)
            ),
            len(clashes),
        )
        return place.part == "title", one.vague or one.value is None, led, place.start

    def row(self, reports: int) -> Row:
        """It, for an event of so many reports."""
        clashes = tuple(sorted(self.clashes, key=lambda clash: (-clash.conflict.confidence, clash.a, clash.b)))
        told = sorted(self.told, key=lambda one: self._rank(one, clashes))
        cells = [tuple(dict.fromkeys(one.telling for one in told if one.report == report)) for report in range(reports)]
        chief = {one.report: one.value for one in reversed(told) if one.value is not None}
        pairs = {(i, j): self.alike(chief[i], chief[j]) for i, j in combinations(sorted(chief), 2)}
        agreeing = {pair: agree for pair, agree in pairs.items() if agree is not None}
        groups = _groups(cells, {(c.a, c.b) for c in clashes}, agreeing)
        stated = [report for report, cell in enumerate(cells) if cell]
        differing = len({groups[report] for report in stated}) > 1 or not groups[stated[0]]
        state: State = "conflict" if clashes else "alone" if len(stated) < 2 else "differs" if differing else "agreed"
        return Row(
            subject=self.subject, thing=self.thing, state=state, cells=tuple(cells), groups=groups, clashes=clashes
        )


def _groups(
    cells: Sequence[Sequence[Telling]], clashing: set[tuple[int, int]], agreeing: Mapping[tuple[int, int], bool]
) -> tuple[str, ...]:
    """A letter for each cell, one for all that tell it alike: with some of them it agrees, with none it clashes."""
    stated = [report for report, cell in enumerate(cells) if cell]
    sets: list[list[int]] = []
    for report in stated:
        home = next(
            (
                members
                for members in sets
                if any(agreeing.get((other, report)) for other in members)
                and not any((other, report) in clashing for other in members)
            ),
            None,
        )
        if home is not None:
            home.append(report)
        elif any(report in pair for pair in (*clashing, *agreeing)):
            sets.append([report])
    letters = {report: _letter(number) for number, members in enumerate(sets) for report in members}
    return tuple(letters.get(report, "") for report in range(len(cells)))


def _letter(number: int) -> str:
    """A, B ... Z, then A2 and so on."""
    again, at = divmod(number, 26)
    return chr(ord("A") + at) + (str(again + 1) if again else "")
