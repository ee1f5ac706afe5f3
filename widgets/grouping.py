"""Reports that are of no event yet, placed one after the other; the way from the library to `reader.events` and back.

Called in a worker thread or by the command; knows no screen. What is placed is on disk; a stop loses the search for
less than ``TOGETHER`` of them, and what is left is asked of the library when it begins again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from db import Library
from reader.events import TOGETHER, Near, beside, surest_first
from widgets.understanding import PartnerFinder, quiet

if TYPE_CHECKING:
    from widgets.work import Report

Scores = Sequence[tuple[int, float]]
"""Partners with their scores, best first."""


def place_missing(library: Library, finder: PartnerFinder, report: Report = quiet) -> int:
    """Place every report that is of no event, in the order in which they were added; how many were placed.

    ``report`` is told how far it is and may raise to stop. Where that is under way already, its end is waited for.
    """
    placed = 0
    while not finder.placing.acquire(timeout=0.1):
        report("waiting for the grouping under way")
    try:
        while todo := library.events.unplaced():
            partners: dict[int, Scores] = {}
            for number, (article, scores) in enumerate(finder.scores(todo, report), 1):
                partners[article] = scores
                report(f"grouping {number:,} of {len(todo):,}")
                if len(partners) == TOGETHER or number == len(todo):
                    _place(library, partners)
                    partners = {}
            placed += len(todo)
    finally:
        finder.placing.release()
    return placed


def _place(library: Library, partners: Mapping[int, Scores]) -> None:
    known = {one for scores in partners.values() for one, _ in scores if library.events.of(one) is not None}
    for article in surest_first(partners, known.__contains__):
        standing = library.events.standing(article, [partner for partner, _ in partners[article]])
        near = {
            partner: Near(event.event, event.reports, _day(event.first), _day(event.last))
            for partner, event in standing.items()
        }
        library.events.place(article, beside(library.articles.day(article), partners[article], near))


def _day(published: str) -> date | None:
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None
