"""The way of reports into the library, for screens and command alike: the furniture of their outlets is left out.

Called in worker threads, and knows no screen. What a report was read from is kept whole; see ``rashomon show --raw``.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from db import Added, Library
from reader.cleaning.outlet import KNOWN, Outlet
from reader.nouns import Article

OUTLETS = 500
"""Outlets of which the newest reports are held in memory, at most (30 KB each)."""
CHUNK = 2000
"""Reports that are stored together, at most."""


class Taken(NamedTuple):
    """What was done with one report, and how many lines of its body were left out as furniture."""

    added: Added
    left_out: int


def add_reports(library: Library, documents: Iterable[tuple[Article, bytes]], chunk: int = CHUNK) -> Iterator[Taken]:
    """Add articles with what they were read from, a few at a time; yields what was done with each, in order."""
    door = _Door(library)
    for added in library.articles.add_many(documents, chunk, door.clean):
        left_out = door.left_out.popleft()
        yield Taken(added, 0 if added.status == "already" else left_out)


class _Door:
    """Leaves the furniture of their outlets out of reports that come in together."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._outlets: OrderedDict[str, Outlet] = OrderedDict()
        self.left_out: deque[int] = deque()
        """How many lines of each report that was cleaned and not asked about yet."""

    def clean(self, articles: Sequence[Article]) -> list[Article]:
        """The same articles without furniture. What was found is kept, so that it is known the next time."""
        bodies: dict[str, list[str]] = {}
        for article in articles:
            if article.source:
                bodies.setdefault(article.source, []).append(article.body)
        outlets = {source: self._outlet(source) for source in bodies}
        for source, outlet in outlets.items():
            self._learn(outlet, bodies[source])
        kept = []
        for article in articles:
            body, lines = article.body, 0
            if article.source:
                body, lines = outlets[article.source].without_furniture(body)
            self.left_out.append(lines)
            kept.append(msgspec.structs.replace(article, body=body) if lines else article)
        return kept

    def _outlet(self, source: str) -> Outlet:
        """An outlet with its newest reports in the library, which is asked once while it is held in memory."""
        if (outlet := self._outlets.get(source)) is None:
            outlet = Outlet(source, self._library.furniture.of(source))
            self._learn(outlet, self._library.articles.newest_of(source, KNOWN))
            self._outlets[source] = outlet
            if len(self._outlets) > OUTLETS:
                self._outlets.popitem(last=False)
        else:
            self._outlets.move_to_end(source)
        return outlet

    def _learn(self, outlet: Outlet, bodies: Iterable[str]) -> None:
        if found := outlet.learn(bodies):
            self._library.furniture.add(outlet.name, found)
