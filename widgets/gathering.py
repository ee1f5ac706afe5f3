"""What a session can be made from: reports that were chosen, a list of them, one event, or all that is undecided.

Called in worker threads; nothing here knows a screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from db import Library
from db.sessions import LONGEST
from widgets.understanding import PartnerFinder
from widgets.work import Report

LIKELY = 0.5
"""From here on a pair is likelier of one event than not."""
OF_ONE_EVENT = 12
"""Reports of one event that are put together, at most: the likeliest."""
EACH = 20
"""Partners of each report that are looked at, at most, where a list is put together."""

Pairs = list[tuple[int, int]]


class Gathered(NamedTuple):
    """Pairs for a session, its name by default, and what it was made from in words."""

    name: str
    pairs: Pairs
    made_from: str


def every_pair(articles: Sequence[int]) -> Pairs:
    """Each of some reports with each other."""
    return list(combinations(articles, 2))


def of_list(finder: PartnerFinder, articles: Sequence[int], report: Report) -> Pairs:
    """The likely pairs among the reports of a list, the likeliest first, as many as a session holds."""
    present = set(articles)
    found: dict[tuple[int, int], float] = {}
    for article, partners in finder.each(articles, EACH, report):
        for partner in partners:
            if partner.id in present and partner.score >= LIKELY:
                low, high = sorted((article, partner.id))
                found[low, high] = max(found.get((low, high), 0.0), partner.score)
    return sorted(found, key=lambda pair: (-found[pair], pair))[:LONGEST]


def likely_event(finder: PartnerFinder, article: int, report: Report) -> list[int]:
    """A report and its likely partners."""
    partners = finder.partners(article, OF_ONE_EVENT - 1, report)
    return [article, *(partner.id for partner in partners if partner.score >= LIKELY)]


def event_of(library: Library, finder: PartnerFinder, article: int, report: Report) -> list[int]:
    """The reports of the event that a report is of; where it stands alone or was not placed, its likely partners."""
    event = library.events.of(article)
    members = library.events.members(event) if event is not None else []
    return members if len(members) > 1 else likely_event(finder, article, report)


def of_event(library: Library, finder: PartnerFinder, article: int, report: Report) -> Pairs:
    """The reports of the event that a report is of (`event_of`), each with each other; the pairs of the report first."""
    members = event_of(library, finder, article, report)
    return not_dismissed(library, [article, *(member for member in members if member != article)])


def not_dismissed(library: Library, articles: Sequence[int]) -> Pairs:
    """Each of some reports with each other, but for the pairs that a person dismissed."""
    apart = {article: library.comparisons.dismissed(article) for article in articles}
    return [(a, b) for a, b in every_pair(articles) if b not in apart[a]]


def undecided(library: Library) -> Pairs:
    """The pairs compared before in which a conflict is open, those with the most first, as many as a session holds."""
    return library.comparisons.undecided()[:LONGEST]
