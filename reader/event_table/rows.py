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

    def against(self, report: int) -> int | None:
        """The report to hold that one against: that of the surest conflict, else one that tells it otherwise, else any."""
        for clash in self.clashes:
            if report in (clash.a, clash.b):
                return clash.b if clash.a == report else clash.a
        others = [other for other, cell in enumerate(self.cells) if cell and other != report]
        if not others:
            return None
        after = sorted(others, key=lambda other: (other < report, other))
        return min(after, key=lambda other: self.groups[other] == self.groups[report])


class EventTable(Value, frozen=True, kw_only=True, omit_defaults=True):
    """Rows, conflicts first, over some reports in their order; ``notes`` say what was left out."""

    reports: int
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
