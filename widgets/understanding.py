"""What the screens and the command ask of ``reader`` about stored reports: taken from the library, or made and kept.

Called in worker threads. Nothing here knows the screen, and ``reader`` is imported only when it is asked: neither
spaCy nor grammars nor arrays are loaded at the start.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from db import Library, Stored
from reader.corrections import corrected
from reader.nouns import Comparison, Facts, Sentence, Span

if TYPE_CHECKING:
    from reader.partners import Index, Partner
    from widgets.work import Report


def quiet(_: str) -> None:
    """A report of progress that nobody reads."""


def machine_facts_of(library: Library, stored: Stored) -> Facts:
    """The facts of a report as the machine read them."""
    from reader.analysis import analyse, version

    return library.facts.of(stored, version(), analyse)


def facts_of(library: Library, stored: Stored) -> Facts:
    """The facts of a report, as a person corrected them."""
    return corrected(machine_facts_of(library, stored), library.readings.of(stored))


class Compared(NamedTuple):
    """What was understood of A, of B, and of both."""

    a: Facts
    b: Facts
    comparison: Comparison


def comparison_of(library: Library, a: Stored, b: Stored, report: Report = quiet) -> Compared:
    """The facts of two reports and their comparison; anchors set by hand are obeyed."""
    from reader.comparison import compare, version

    report("reading A")
    machine_a = machine_facts_of(library, a)
    report("reading B")
    machine_b = machine_facts_of(library, b)
    report("comparing")
    anchors: list[tuple[int, int]] = []
    severed: list[tuple[int, int]] = []
    for anchor in library.comparisons.anchors(a, b):
        pair = (_sentence_at(machine_a.body.sentences, anchor.a), _sentence_at(machine_b.body.sentences, anchor.b))
        (severed if anchor.severed else anchors).append(pair)

    def obeyed() -> tuple[Facts, Facts]:
        return corrected(machine_a, library.readings.of(a)), corrected(machine_b, library.readings.of(b))

    def make() -> Comparison:
        # Read here, so that what is kept under the corrections of this moment is made from them.
        return compare(a.article, b.article, *obeyed(), anchors=tuple(anchors), severed=tuple(severed))

    comparison = library.comparisons.of(a, b, version(), make)
    return Compared(*obeyed(), comparison)


def _sentence_at(sentences: Sequence[Sentence], span: Span) -> int:
    """The index of the last sentence that begins at or before ``span``."""
    return max(0, sum(sentence.start <= span.start for sentence in sentences) - 1)


class PartnerFinder:
    """Which reports are of the same event, over a whole library; keeps its index between questions."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = Lock()
        self._index: Index | None = None
        self._known: dict[int, str] = {}

    def partners(self, article: int, limit: int, report: Report = quiet) -> list[Partner]:
        """The likeliest partners of ``article`` that are in the library and were not dismissed, best first."""
        index, present = self._refresh(report)
        return self._ask(index, present, article, limit)

    def each(self, articles: Sequence[int], limit: int, report: Report = quiet) -> Iterator[tuple[int, list[Partner]]]:
        """Some articles one after the other, each with its partners; the index is looked through once."""
        index, present = self._refresh(report)
        for number, article in enumerate(articles, 1):
            report(f"report {number:,} of {len(articles):,}")
            yield article, self._ask(index, present, article, limit)

    def all(self, limit: int) -> dict[int, list[Partner]]:
        """The partners of every report in the library."""
        index, present = self._refresh(quiet)
        return {article: self._ask(index, present, article, limit) for article in sorted(present)}

    def _ask(self, index: Index, present: set[int], article: int, limit: int) -> list[Partner]:
        dismissed = self._library.comparisons.dismissed(article)
        found = index.partners(article, limit + len(dismissed) + len(self._known) - len(present))
        return [one for one in found if one.id in present and one.id not in dismissed][:limit]

    def _refresh(self, report: Report) -> tuple[Index, set[int]]:
        """Index what is new; starts again where a text was changed. Answers the index and the ids of all reports."""
        from reader.partners import Index

        with self._lock:
            present = {
                id: (f"{article.title}\n{article.text_sha}", article) for id, article in self._library.articles.texts()
            }
            index = self._index
            if index is None or any(self._known.get(id, name) != name for id, (name, _) in present.items()):
                index = self._index = Index()
                self._known = {}
            for id, (name, article) in present.items():
                if id not in self._known:
                    report(f"report {len(self._known) + 1:,} of {len(present):,}")
                    index.add(id, article)
                    self._known[id] = name
            return index, set(present)
