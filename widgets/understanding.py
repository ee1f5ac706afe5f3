"""What the screens ask of ``reader``, always from worker threads: importing it there keeps spaCy off the start."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from db import Library, Stored
from reader.nouns import Facts
from widgets.work import Report

if TYPE_CHECKING:
    from reader.partners import Index, Partner


def facts_of(library: Library, stored: Stored) -> Facts:
    """The facts of a report, from the library or made now and kept there."""
    from reader.analysis import VERSION, analyse

    return library.facts.of(stored, VERSION, analyse)


class PartnerFinder:
    """Which reports are of the same event, over a whole library; keeps its index between questions."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = Lock()
        self._index: Index | None = None
        self._known: dict[int, str] = {}

    def partners(self, article: int, limit: int, report: Report) -> list[Partner]:
        """The likeliest partners of ``article`` that are in the library and were not dismissed, best first."""
        with self._lock:
            index, present = self._take_in(report)
        dismissed = self._library.comparisons.dismissed(article)
        found = index.partners(article, limit + len(dismissed) + len(self._known) - len(present))
        return [one for one in found if one.id in present and one.id not in dismissed][:limit]

    def _take_in(self, report: Report) -> tuple[Index, set[int]]:
        """Index what is new; starts again where a text was changed. Answers the index and the ids of all reports."""
        from reader.partners import Index

        present = {
            id: (f"{article.title}\n{article.text_sha}", article) for id, article in self._library.articles.texts()
        }
        index = self._index
        if index is None or any(self._known.get(id, name) != name for id, (name, _) in present.items()):
            index, self._known = Index(), {}
        for id, (name, article) in present.items():
            if id not in self._known:
                report(f"report {len(self._known) + 1:,} of {len(present):,}")
                index.add(id, article)
                self._known[id] = name
        self._index = index
        return index, set(present)
