"""What the screens and the command ask of ``reader`` about stored reports: taken from the library, or made and kept.

Called in worker threads. Nothing here knows the screen, and ``reader`` is imported only when it is asked: neither
spaCy nor grammars nor arrays are loaded at the start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from functools import cache, partial
from itertools import combinations
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, ParamSpec, TypeVar

import msgspec

from db import Library, LibraryError, Stored
from reader.corrections import corrected
from reader.nouns import Article, Comparison, Facts, Judgement, Sentence, Span

if TYPE_CHECKING:
    from reader.cleaning.outlet import Outlet
    from reader.event_table import EventTable
    from reader.partners import Index, Partner, Rarity, Reads
    from widgets.work import Report


P = ParamSpec("P")
T = TypeVar("T")

SMALL = 200
"""Reports up to which words are counted again whenever one is added: it takes no time."""
GROWTH = 1.5
"""So many times as many reports call for a new count in a larger library."""
WHOLE = 20_000
"""Reports of a library that are held in memory at once, at most."""
HELD_MEANWHILE = 3_000
"""The same where they are placed in events, beside other work: they take some 70 MB a thousand."""
READS = 2000
"""Reports that are held as they were read while many are asked about, 100 MB at most."""
WORTH_WHOLE = 50
"""Reading so many reports is worth it for each one that is asked about."""


def quiet(_: str) -> None:
    """A report of progress that nobody reads."""


def machine_facts_of(library: Library, stored: Stored) -> Facts:
    """The facts of a report as the machine read them."""
    from reader.analysis import analyse, version

    return _kept_or_made(lambda make: library.facts.of(stored, version(), make), analyse)


def _kept_or_made(of: Callable[[Callable[P, T]], T], make: Callable[P, T]) -> T:
    """What is kept, or is made and kept; where it cannot be kept (a full disk, a lock) what was made serves all the same."""
    made: list[T] = []

    def making(*args: P.args, **more: P.kwargs) -> T:
        made.append(make(*args, **more))
        return made[-1]

    try:
        return of(making)
    except LibraryError:
        if made:
            return made[-1]
        raise


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

    comparison = _kept_or_made(lambda make: library.comparisons.of(a, b, version(), make), make)
    return Compared(*obeyed(), comparison)


REPORTS_TABULATED = 24
"""Reports of an event that are held against each other, each with each, at most: 276 pairs."""


class Tabulated(NamedTuple):
    """The table of an event, and the reports of its columns. ``table.notes`` say what was left out."""

    reports: tuple[Stored, ...]
    table: EventTable


def tabulated(library: Library, articles: Sequence[int], report: Report = quiet) -> Tabulated:
    """The table of some reports, by the day they were published, each compared with each where that is not done yet."""
    from reader.comparison import version
    from reader.event_table.table import tabulate

    found = library.articles.get_many(list(dict.fromkeys(articles)))
    found.sort(key=lambda stored: (not stored.article.published, stored.article.published, stored.id))
    reports = tuple(found[:REPORTS_TABULATED])
    facts = []
    for number, stored in enumerate(reports, 1):
        report(f"reading {number} of {len(reports)}")
        facts.append(facts_of(library, stored))
    pairs = list(combinations(range(len(reports)), 2))
    comparisons: dict[tuple[int, int], Comparison] = {}
    for number, (i, j) in enumerate(pairs, 1):
        report(f"comparing pair {number} of {len(pairs)}")
        kept = library.comparisons.get(reports[i], reports[j], version())
        comparisons[i, j] = kept or comparison_of(library, reports[i], reports[j]).comparison
    report("making the table")
    table = tabulate([stored.article for stored in reports], facts, comparisons)
    if len(found) > len(reports):
        note = f"{len(found)} reports are too many to compare each with each: the table has the {len(reports)} published first"
        table = msgspec.structs.replace(table, notes=(note, *table.notes))
    return Tabulated(reports, table)


def judgements_of(library: Library, made: Tabulated) -> dict[tuple[int, int, str], Judgement]:
    """What was decided of the conflicts of a table, by both columns and the fingerprint of each."""
    from widgets.compare.findings import join

    found: dict[tuple[int, int, str], Judgement] = {}
    clashes = [clash for row in made.table.rows for clash in row.clashes]
    for pair in dict.fromkeys((clash.a, clash.b) for clash in clashes):
        ids = (made.reports[pair[0]].id, made.reports[pair[1]].id)
        conflicts = [clash.conflict for clash in clashes if (clash.a, clash.b) == pair]
        for finding in join(conflicts, library.verdicts.of_pair(*ids), library.reviewer):
            if finding.conflict is not None and finding.verdict is not None:
                found[*pair, finding.conflict.fingerprint] = finding.verdict.judgement
    return found


def _sentence_at(sentences: Sequence[Sentence], span: Span) -> int:
    """The index of the last sentence that begins at or before ``span``."""
    return max(0, sum(sentence.start <= span.start for sentence in sentences) - 1)


class PartnerFinder:
    """Which reports are of the same event, over a whole library.

    One question costs the same in a small library and in a large one: words that tell most are looked for in the
    index of the library, and the reports found are compared in full. How rare words are is counted in a sample.
    """

    def __init__(self, library: Library, reads: Reads | None = None) -> None:
        self._library = library
        self._reads = reads
        self._lock = Lock()
        self._rarity: tuple[int, Rarity] | None = None
        self.placing = Lock()
        """Held by who places reports in events, so that two do not ask the same questions."""

    def partners(self, article: int, limit: int, report: Report = quiet) -> list[Partner]:
        """The likeliest partners of ``article`` that are in the library and were not dismissed, best first."""
        return self._candidates(article, report).partners(article, limit)

    def scores(self, articles: Sequence[int], report: Report = quiet) -> Iterator[tuple[int, list[tuple[int, float]]]]:
        """Some articles one after the other, each with the ids and scores of the partners that decide on its event."""
        from reader.events import ASKED
        from reader.partners import Reads

        newest, _ = self.prepare(report)
        whole = self._whole(report) if newest <= min(HELD_MEANWHILE, len(articles) * WORTH_WHOLE) else None
        asking = PartnerFinder(self._library, Reads(READS))
        for article in articles:
            dismissed = self._library.comparisons.dismissed(article)
            index = whole or asking._candidates(article, report)
            found = index.scores(article, ASKED + len(dismissed))
            yield article, [one for one in found if one[0] not in dismissed][:ASKED]

    def copies(self, articles: Sequence[int]) -> dict[int, tuple[int, float]]:
        """Which of some articles are copies of one that stands before them there: of which, and to what share."""
        from reader.partners import copies

        bare = _Bare(self._library)
        return copies({stored.id: bare(stored.article) for stored in self._library.articles.get_many(articles)})

    def _candidates(self, article: int, report: Report) -> Index:
        """An article with those that are likeliest its partners."""
        from reader.partners import CANDIDATES, HELD, Index, nearest, telling_words

        bare = _Bare(self._library)
        asked = bare(self._library.articles.get(article).article)
        newest, rarity = self.prepare(report)
        dismissed = self._library.comparisons.dismissed(article) | {article}
        held = self._library.articles.holding(telling_words(asked, rarity, newest), HELD)
        chosen = [number for number in nearest(asked, held, CANDIDATES + len(dismissed)) if number not in dismissed]
        index = Index(rarity, self._reads)
        for stored in self._library.articles.get_many([article, *chosen]):
            index.add(stored.id, bare(stored.article))
        return index

    def each(self, articles: Sequence[int], limit: int, report: Report = quiet) -> Iterator[tuple[int, list[Partner]]]:
        """Some articles one after the other, each with its partners.

        Where they are many for the size of the library, it is read once and whole, but no more than ``WHOLE`` reports;
        else each is a question, asked in several processes where that pays. ``report`` may raise to stop.
        """
        newest = self._library.articles.newest()
        if newest <= min(WHOLE, len(articles) * WORTH_WHOLE):
            found = self._each_of_whole(articles, limit, report)
        else:
            found = self._each_asked(articles, limit, report)
        for number, (article, partners) in enumerate(zip(articles, found, strict=True), 1):
            report(f"report {number:,} of {len(articles):,}")
            yield article, partners

    def _each_of_whole(self, articles: Sequence[int], limit: int, report: Report) -> Iterator[list[Partner]]:
        whole = self._whole(report)
        for article in articles:
            dismissed = self._library.comparisons.dismissed(article)
            found = whole.partners(article, limit + len(dismissed))
            yield [one for one in found if one.id not in dismissed][:limit]

    def _each_asked(self, articles: Sequence[int], limit: int, report: Report) -> Iterator[list[Partner]]:
        from reader import batch
        from reader.partners import Reads

        self.prepare(report)
        if batch.processes_for(len(articles)) == 1:
            finder = PartnerFinder(self._library, Reads(READS))
            yield from (finder.partners(article, limit, report) for article in articles)
            return
        ask = partial(_partners_in, str(self._library.path), limit)
        with closing(batch.each(ask, articles, waiting=partial(report, "asking"))) as found:
            yield from found

    def all(self, limit: int, report: Report = quiet) -> Iterator[tuple[int, list[Partner]]]:
        """Every report in the library with its partners, one after the other."""
        return self.each(sorted(self._library.articles.ids()), limit, report)

    def _whole(self, report: Report) -> Index:
        from reader.partners import Index

        index, bare = Index(), _Bare(self._library)
        for number, (id, article) in enumerate(self._library.articles.texts(), 1):
            report(f"indexing {number:,}")
            index.add(id, bare(article))
        return index

    def prepare(self, report: Report = quiet) -> tuple[int, Rarity]:
        """How rare words are, and the newest id by which it was asked; counted where the library has outgrown it.

        A count is kept in the library for the next time. The first question prepares too, so this only saves it time.
        """
        from reader.partners import SAMPLE, Rarity

        newest = self._library.articles.newest()
        with self._lock:
            known = self._rarity or self._kept()
            if known is None or _outgrown(known[0], newest):

                def told() -> Iterator[Article]:
                    for number, article in enumerate(self._library.articles.sample(SAMPLE), 1):
                        report(f"counting words: report {number:,} of {min(newest, SAMPLE):,}")
                        yield article

                known = newest, Rarity.counted(told())
                with suppress(LibraryError):  # another program is writing: it is counted again the next time
                    self._library.rarities.put(newest, known[1].packed())
            self._rarity = known
            return newest, known[1]

    def _kept(self) -> tuple[int, Rarity] | None:
        from reader.partners import Rarity

        kept = self._library.rarities.get()
        with suppress(ValueError):
            return None if kept is None else (kept[0], Rarity.unpacked(kept[1]))
        return None


@cache
def _finder_in(path: str) -> PartnerFinder:
    """A finder of this process, which does nothing else, over the library in a file."""
    from reader.partners import Reads

    return PartnerFinder(Library.open(path), Reads(READS))


def _partners_in(path: str, limit: int, article: int) -> list[Partner]:
    return _finder_in(path).partners(article, limit)


class _Bare:
    """Articles without furniture of their outlets that was found after they were added."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._outlets: dict[str, Outlet] = {}

    def __call__(self, article: Article) -> Article:
        from reader.cleaning.outlet import Outlet

        if article.source not in self._outlets:
            self._outlets[article.source] = Outlet(article.source, self._library.furniture.of(article.source))
        body, lines = self._outlets[article.source].without_furniture(article.body)
        return msgspec.structs.replace(article, body=body) if lines else article


def _outgrown(counted: int, newest: int) -> bool:
    """Whether a count made at one newest id no longer serves at another."""
    return newest != counted if newest <= SMALL else newest > counted * GROWTH
