"""A session under way in the compare screen: its queue, the pair at hand, and how far the work is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from db import Library, SessionPair
from widgets.compare.findings import LEVELS, join, progress_of, shown_from
from widgets.pace import ActiveTime, pace
from widgets.understanding import comparison_of
from widgets.work import Report

AHEAD = 5
"""Pairs after the one at hand that are compared before they are opened."""


class Counted(NamedTuple):
    """How far a pair of a queue is."""

    position: int
    decided: int
    total: int


def prepare(library: Library, pairs: Sequence[SessionPair], report: Report) -> list[Counted]:
    """Read and compare pairs, keep what was found, and count it. Runs in a thread; what was done stays when stopped."""
    counted = []
    for pair in pairs:
        report(f"pair {pair.position + 1}")
        a, b = library.articles.get(pair.a_id), library.articles.get(pair.b_id)
        conflicts = comparison_of(library, a, b, report).comparison.conflicts
        findings = join(conflicts, library.verdicts.of_pair(a.id, b.id), library.reviewer)
        decided, total = progress_of(shown_from(findings, LEVELS[0].confidence))
        library.visits.count(a.id, b.id, decided, total)
        counted.append(Counted(pair.position, decided, total))
    return counted


class Sitting:
    """The queue of a session while it is worked on. Reads the library when made, and keeps count by itself."""

    def __init__(self, library: Library, number: int, active: ActiveTime) -> None:
        self._library = library
        self._active = active
        self.session = library.sessions.get(number)
        self.pairs = library.sessions.pairs(number)
        self.position = min(self.session.position, len(self.pairs) - 1)
        self._seen: set[int] = set()
        self._decided_before = self.decided
        self._began = self._stored = active.seconds

    @property
    def pair(self) -> SessionPair:
        """The pair at hand."""
        return self.pairs[self.position]

    @property
    def decided(self) -> int:
        """How many conflicts are judged in all pairs."""
        return sum(pair.decided for pair in self.pairs if pair.total is not None)

    def count(self, counted: Counted) -> None:
        """Note how far a pair is. What was judged before it was first counted is no work of this sitting."""
        before = self.pairs[counted.position]
        if counted.position not in self._seen:
            self._seen.add(counted.position)
            self._decided_before += counted.decided - (before.decided if before.total is not None else 0)
        self.pairs[counted.position] = msgspec.structs.replace(before, decided=counted.decided, total=counted.total)

    def prepared(self, counted: Iterable[Counted]) -> None:
        """Note how far pairs are that were compared ahead; what is known of one that was opened since is newer."""
        for one in counted:
            if one.position not in self._seen:
                self.count(one)

    def go(self, there: int) -> None:
        """Make the pair at a position the one at hand, and remember that."""
        self.leave()
        self._library.sessions.leave(self.session.id, there)
        self.position = there

    def leave(self) -> None:
        """Remember in the library the pair at hand and the time of work on it since last remembered."""
        seconds, self._stored = self._active.seconds - self._stored, self._active.seconds
        self._library.sessions.leave(self.session.id, self.position, seconds)

    def uncounted(self) -> list[SessionPair]:
        """The next pairs that have to be prepared, nearest first."""
        return [pair for pair in self.pairs[self.position + 1 :][:AHEAD] if pair.total is None]

    def open_from_here(self, step: int) -> SessionPair | None:
        """The next (1) or the previous (-1) pair in which something may be left to judge, from here on and round."""
        round_ = [*self.pairs[self.position + 1 :], *self.pairs[: self.position]]
        return next((pair for pair in round_[::step] if not pair.done), None)

    @property
    def offer(self) -> str:
        """What to do next where nothing is left to judge in the pair at hand."""
        there = self.open_from_here(1)
        if there is None:
            return "session judged, gs s sums it up"
        if there.position == self.position + 1:
            return "all judged, ]s next pair"
        return f"all judged, ]S to pair {there.position + 1}"

    def told(self, *, short: bool = False) -> str:
        """Where the work is: "pair 3 of 12 · 41 of 90 judged · 1.4 a minute". A plus: not all pairs are counted yet."""
        more = "+" if any(pair.total is None for pair in self.pairs) else ""
        total = f"{sum(pair.total or 0 for pair in self.pairs)}{more}"
        place = (self.position + 1, len(self.pairs))
        speed = pace(self.decided - self._decided_before, self._active.seconds - self._began)
        if short:
            parts = ["pair {}/{}".format(*place), f"{self.decided}/{total} judged", speed.replace(" a minute", "/min")]
        else:
            parts = ["pair {} of {}".format(*place), f"{self.decided} of {total} judged", speed]
        return " · ".join(part for part in parts if part)
