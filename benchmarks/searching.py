"""What lists cost that are counted and paged by SQL, as a key press in them asks: searches of the library, open conflicts."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from benchmarks.measure import Figure, in_turn
from db import ConflictQuery, Library
from reader.nouns import Article, Comparison, Conflict, Kind, Place
from widgets.filters import parse

REPORTS = 50_000
TODAY = date(2031, 6, 1)
LINES = (
    "quay strike",
    "quay -ferry title:bridge",
    'source:"source 7" after:"2 years ago"',
    "source:nowhere",
    "author:lind is:unread",
    "tag:harbour OR has:verdicts",
    "has:undecided",
    "-has:facts on:2031",
)
PAIRS = 20_000
CONFLICTS = 10
"""In each of so many pairs compared; the baseline is a hundredth of the pairs."""
_KINDS: tuple[Kind, ...] = ("count", "casualty", "time", "place", "name", "actor", "polarity", "stance", "wording")
_WORDS = "quay ferry dock strike harbour mayor union deal night shift bridge tram council flood".split()


def reports() -> Iterator[tuple[Article, bytes]]:
    """Invented reports, the same each time."""
    rng = random.Random(7)
    for number in range(REPORTS):
        yield (
            Article(
                body=f"{' '.join(rng.choices(_WORDS, k=60))} {number}",
                title=f"{' '.join(rng.sample(_WORDS, 3))} {number}",
                source=f"Source {rng.randrange(300)}",
                author=rng.choice(("Rosa Lind", "Ines Varga", "")),
                published=f"{rng.randint(2021, 2031)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
                external_id=str(number),
            ),
            b"",
        )


def figures() -> Iterator[Figure]:
    """Each line beside the list without one."""
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library.db") as library:
        for _ in library.articles.add_many(reports()):
            pass
        library.articles.set_read(range(1, REPORTS, 2))
        library.tags.tag("article", range(1, 200), ["harbour"])

        def asked(line: str) -> None:
            query = parse(line).query(TODAY)
            library.articles.count(query)
            library.articles.page(query, 0, 64)

        for line in LINES:
            plain, ours = in_turn(lambda: asked(""), lambda line=line: asked(line), repeats=5)
            yield Figure(f"find {line}", ours * 1000, "the whole list", plain * 1000, "ms")
    yield from _open_conflicts()


def _disputed(library: Library, pairs: int) -> None:
    """Fill a library with pairs of reports that conflict, the same each time."""
    rng = random.Random(7)
    for _ in library.articles.add_many(islice(reports(), pairs // 5 + 6)):
        pass
    kept = library.articles.get_many(range(1, pairs // 5 + 7))

    def conflict(number: int) -> Conflict:
        a, b = (Place(part="body", start=0, end=9, text=f"{rng.randrange(9999)} dockers {number}") for _ in "ab")
        sure = rng.random() ** 0.5
        return Conflict(
            kind=rng.choice(_KINDS),
            a=a,
            b=b,
            confidence=sure,
            severity=rng.randint(1, 3),
            reason=f"{a.text} against {b.text}",
        )

    with library._store.write():  # one wait for the disk
        for number in range(pairs):
            found = Comparison(version="1", conflicts=tuple(conflict(n) for n in range(CONFLICTS)))
            library.comparisons.put(kept[number // 5], kept[number // 5 + 1 + number % 5], "1", found)


def _open_conflicts() -> Iterator[Figure]:
    """Their list in a library with many, beside that in one with a hundredth of them."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(Path(folder) / "many.db") as many,
        Library.open(Path(folder) / "few.db") as few,
    ):
        _disputed(many, PAIRS)
        _disputed(few, PAIRS // 100)
        total, name = many.conflicts.count(), f"of {few.conflicts.count():,} open"
        asked = {
            "surest first, a page": lambda one: one.conflicts.page(ConflictQuery(), 0, 64),
            "gravest first, a page": lambda one: one.conflicts.page(ConflictQuery(sort="severity"), 0, 64),
            "of a kind, a page": lambda one: one.conflicts.page(ConflictQuery(kind="stance"), 0, 64),
            "with words, a page": lambda one: one.conflicts.page(ConflictQuery(text="77 dockers"), 0, 64),
            "the last page": lambda one: one.conflicts.page(ConflictQuery(), one.conflicts.count() - 64, 64),
            "counted": lambda one: one.conflicts.count(),
            "pairs that have some": lambda one: one.comparisons.undecided(),
        }
        for told, ask in asked.items():
            plain, ours = in_turn(lambda ask=ask: ask(few), lambda ask=ask: ask(many), repeats=5)  # type: ignore[misc]
            yield Figure(f"{total:,} open conflicts: {told}", ours * 1000, name, plain * 1000, "ms")


if __name__ == "__main__":
    for figure in figures():
        print(figure, flush=True)
