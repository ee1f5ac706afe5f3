"""What a search of the library costs: counting what it finds and reading its first page, as a key press in it asks."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.measure import Figure, in_turn
from db import Library
from reader.nouns import Article
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


if __name__ == "__main__":
    for figure in figures():
        print(figure, flush=True)
