"""What the table of an event is made of: tellings, in rows of cells, and where two tellings clash."""

from __future__ import annotations

from typing import Literal

from reader.nouns import Conflict, Place, Value

Subject = Literal["counted", "timed", "claimed", "named"]
SUBJECTS: tuple[Subject, ...] = Subject.__args__  # type: ignore[attr-defined]
State = Literal["conflict", "differs", "agreed", "alone"]
STATES: tuple[State, ...] = State.__args__  # type: ignore[attr-defined]
"""How the reports of a row stand to each other, the order of rows: a conflict that is shown unasked; told differently,
without one; told alike; told by one report only."""


class Telling(Value, frozen=True, kw_only=True, omit_defaults=True):
    """What one report says about a thing in one place.

    ``text`` is the short of it, as stated; ``read`` how a vague figure or an undated day is read, "" where that is plain.
    ``speaker`` is who says it, "" for the report itself. ``denied`` where it says that it is not so.
    """

    place: Place
    text: str
    read: str = ""
    speaker: str = ""
    denied: bool = False


class Clash(Value, frozen=True, kw_only=True, omit_defaults=True):
    """Two reports of the table, by number, ``a`` before ``b``, and a conflict between them; its A is ``a``."""

    a: int
    b: int
    conflict: Conflict

    def places(self, report: int) -> tuple[Place, ...]:
        """Where it stands in one of the two reports, the chief place first."""
        pairs = ((self.conflict.a, self.conflict.b), *self.conflict.more)
        return tuple(a if report == self.a else b for a, b in pairs)


class Row(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One thing, and what each report tells of it.

    ``cells`` has a cell for each report: its tellings, the chief one first, none where it is silent. ``groups`` names for each
    cell who tells it alike ("A", "B"), "" for silence and for what cannot be held against the others. ``clashes`` are
    the conflicts in it, surest first.
    """

    subject: Subject
    thing: str
    state: State
    cells: tuple[tuple[Telling, ...], ...]
    groups: tuple[str, ...]
    clashes: tuple[Clash, ...] = ()

    @property
    def confidence(self) -> float:
        """That of the surest conflict, 0 without one."""
        return max((clash.conflict.confidence for clash in self.clashes), default=0.0)

    @property
    def stated(self) -> int:
        """How many reports tell it."""
        return sum(map(bool, self.cells))

    def clash_of(self, report: int) -> Clash | None:
        """The conflict of a report: the surest that its chief telling has a part in, else its surest."""
        ours = [clash for clash in self.clashes if report in (clash.a, clash.b)]
        chief = self.cells[report][0].place if self.cells[report] else None
        return next(
            (clash for clash in ours if chief and any(_meet(chief, p) for p in clash.places(report))), None
        ) or next(iter(ours), None)

    def against(self, report: int) -> int | None:
        """The report to hold that one against: that of its conflict, else one that tells it otherwise, else any."""
        if (clash := self.clash_of(report)) is not None:
            return clash.b if clash.a == report else clash.a
        others = [other for other, cell in enumerate(self.cells) if cell and other != report]
        after = sorted(others, key=lambda other: (other < report, other))
        return min(after, key=lambda other: self.groups[other] == self.groups[report], default=None)


def _meet(place: Place, other: Place) -> bool:
    return place.part == other.part and place.overlaps(other)


class EventTable(Value, frozen=True, kw_only=True, omit_defaults=True):
    """Rows, conflicts first, over some reports in their order; ``notes`` say what was left out."""

    reports: int
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
