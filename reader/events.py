"""Which event a report is of: that of its likeliest partners, or one of its own.

Incremental clustering in a single pass, as in topic detection and tracking: each report is placed once, when it comes,
and neither moved later nor are two events joined. A report is as like an event as, on average, its three best partners
there; what it shares with strangers does not count. Of some that come together the surest is placed first
(`surest_first`). Measured in docs/events.md (`benchmarks/events.py`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

LIKELY = 0.5
"""How like an event a report must be to join it, in [0, 1]."""

BEST = 3
"""Partners in an event that count: one could be a chance likeness, all would keep the long ones from growing."""

ASKED = 40
"""Partners of a report that are looked at."""

STRANGERS = (20, ASKED)
"""Ranks of the partners that are taken for strangers: what the report shares with them it shares with any of its time."""

USUAL = 0.25
"""What is shared with strangers where a library has fewer of them, as -ln(1 - score): the mean of real news."""

TOGETHER = 64
"""Reports that are looked at together, at most, where many have no event yet."""

SPAN = 120
"""Days between a report and the farthest one of an event that it joins: a war of three years is no one event."""

Link = Callable[[Sequence[float], int], float]
"""How like an event is a report, by its likeness to partners there, best first, and by how many reports are there."""


class Near(NamedTuple):
    """What is known of the event that a partner is of: its id, its reports, the days between which they were published.

    The days are those of the reports that the machine placed; ``None`` where none is dated.
    """

    event: int
    reports: int
    first: date | None
    last: date | None


def best_three(likenesses: Sequence[float], reports: int) -> float:
    """The mean over the best partners; those that were not found count nothing."""
    return sum(likenesses[:BEST]) / min(BEST, reports)


def beside(
    day: date | None,
    partners: Sequence[tuple[int, float]],
    near: Mapping[int, Near],
    *,
    likely: float = LIKELY,
    link: Link = best_three,
) -> int | None:
    """The partner beside which a report published on ``day`` is placed; ``None`` if it founds an event.

    ``partners`` are up to ``ASKED`` ids with scores, best first, as `reader.partners` gives them; ``near`` has the
    events of those whose event it may join.
    """
    events: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (partner, _), likeness in zip(partners, beyond_strangers([score for _, score in partners]), strict=True):
        if partner in near and not _too_far(day, near[partner]):
            events[near[partner].event].append((likeness, partner))
    chosen, most = None, likely
    for found in events.values():
        found.sort(key=lambda one: (-one[0], one[1]))
        best = found[0][1]
        likeness = link([likeness for likeness, _ in found], near[best].reports)
        if likeness >= most and (chosen is None or likeness > most):
            chosen, most = best, likeness
    return chosen


def surest_first(partners: Mapping[int, Sequence[tuple[int, float]]], placed: Callable[[int], bool]) -> list[int]:
    """Reports that come together, those with the best partner first: one that is placed, or that comes with them.

    ``partners`` has of each its partners as for `beside`. In which order the reports came says nothing.
    """

    def sureness(report: int) -> float:
        return max((score for one, score in partners[report] if one in partners or placed(one)), default=0.0)

    return sorted(partners, key=lambda report: (-sureness(report), report))


def beyond_strangers(scores: Sequence[float]) -> list[float]:
    """Scores, best first, less what the strangers among them share; in [0, 1]."""
    raw = [-math.log(max(1 - score, 1e-9)) for score in scores]
    first, last = STRANGERS
    strangers = raw[first:last]
    shared = (sum(strangers) + USUAL * (last - first - len(strangers))) / (last - first)
    return [1 - math.exp(-max(0.0, one - shared)) for one in raw]


def _too_far(day: date | None, near: Near) -> bool:
    if day is None or near.first is None or near.last is None:
        return False
    return max(abs((day - near.first).days), abs((day - near.last).days)) > SPAN
