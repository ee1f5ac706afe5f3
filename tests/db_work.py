"""Invented work on libraries, drawn by chance from a seed: what reviewers do to reports that they share in part."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

from db import Library, LibraryError, Stored
from reader.nouns import KINDS, Article, Conflict, Place, Quantity, Span
from tests.db_library import HARBOUR, QUAY, Clock, place

_BODIES = [
    f"The tram at Lower Marl hit {n} carts on Monday. Some {n * 7} people of the {n}th ward were moved.\nNo driver was hurt."
    for n in range(2, 7)
]
POOL = (
    HARBOUR,
    QUAY,
    *(
        Article(
            body=body,
            title=f"Tram hits carts, says paper {n}",
            source=f"Paper {n}",
            published=f"2031-02-{n + 1:02}",
            url=f"https://paper.example/{n}" if n % 2 else "",
        )
        for n, body in enumerate(_BODIES, 1)
    ),
)
REVISED = {
    article: Article(
        body=article.body + "\nThe council will look into it.",
        title=article.title,
        source=article.source,
        published=article.published,
        url=article.url,
        external_id=article.external_id,
    )
    for article in POOL
}
REVIEWERS = ("ada", "ben", "")
_WORDS = ("Monday", "was", "moved", "quay", "The", "of")
_JUDGEMENTS = ("contradiction", "tension", "compatible", "unsure")


def _somewhere(chance: Random, stored: Stored) -> Place:
    return place(stored, chance.choice([word for word in _WORDS if word in stored.article.body]))


def work(path: Path, seed: int, steps: int = 60, *, begin: int = 0) -> None:
    """Do ``steps`` of work on a library that is made or gone on with; its clock begins so many hours late."""
    chance, clock = Random(seed), Clock()
    clock.time += timedelta(hours=begin, milliseconds=seed)
    with Library.open(path, clock=clock) as library:
        for article in chance.sample(POOL, 4):
            library.articles.add(article, article.body.encode() * 2)
        for _ in range(steps):
            library.reviewer = chance.choice(REVIEWERS)
            try:
                _step(library, chance)
            except LibraryError:  # refused: a session of one's own handed to oneself, and the like
                continue


def _step(library: Library, chance: Random) -> None:
    numbers = range(1, library.articles.newest() + 1)
    number = chance.choice(numbers)
    a, b = library.articles.get_many(chance.sample(numbers, 2))
    made = [v.id for v in library.verdicts.page(limit=-1)]
    match chance.randrange(26):
        case 0:
            library.articles.add(chance.choice(POOL), b"")
        case 1:
            library.articles.add(REVISED[chance.choice(POOL)], b"<p>later</p>")
        case 2:
            library.articles.edit(number, title=chance.choice(["Trams", "Carts", "Quays"]))
        case 3:
            library.articles.edit(number, source=chance.choice(["The Paper", "A Paper"]), published="2031-02")
        case 4:
            chance.choice([library.articles.set_starred, library.articles.set_read])([number])
        case 5:
            chance.choice([library.articles.delete, library.articles.restore])([number])
        case 6 | 7 | 8 | 9:
            conflict = Conflict(
                kind=chance.choice(KINDS[:4]),
                a=_somewhere(chance, a),
                b=_somewhere(chance, b),
                confidence=0.9,
                severity=chance.choice([1, 2, 3]),
                reason="",
            )
            tags = chance.choice([(), ("toll",), ("Later", "toll")])
            library.verdicts.judge_conflict(
                a, b, conflict, chance.choice(_JUDGEMENTS), tags=tags, note=f"{seeded(chance)}"
            )
        case 10:
            library.verdicts.judge(
                a, b, _somewhere(chance, a), _somewhere(chance, b), chance.choice(_JUDGEMENTS), kind="time"
            )
        case 11 if made:
            library.verdicts.update(chance.choice(made), note=f"note {seeded(chance)}", flagged=True)
        case 12 if made:
            chosen = library.verdicts.get(chance.choice(made))
            if not chosen.settles:  # a person settles what reviewers judged
                library.settlements.settle([chosen.id], chance.choice(_JUDGEMENTS), tags=["settled"])
        case 13:
            library.tags.tag("article", [number], [chance.choice(["port", "Tram", "tram"])])
        case 14:
            start = a.article.body.index("was")
            fact = Quantity(start=start, end=start + 3, low=seeded(chance), high=None)
            library.readings.correct(a, "body", fact)
        case 15:
            library.comparisons.dismiss(a.id, b.id)
        case 16:
            spans = Span(start=0, end=chance.choice([9, 12])), Span(start=0, end=10)
            library.comparisons.anchor(a, b, *spans, severed=chance.random() < 0.5)
        case 17:
            session = library.sessions.make(chance.choice(["Docks", "Trams"]), [(b.id, a.id)], "by hand")
            library.sessions.leave(session.id, 0, 5.5)
        case 18 if sessions := library.sessions.recent():
            library.sessions.hand_over(chance.choice(sessions).id, chance.choice(REVIEWERS[:2]))
        case 19 if sessions := library.sessions.recent():
            chosen = chance.choice(sessions).id
            chance.choice([library.sessions.finish, library.sessions.delete])(chosen)
        case 20:
            visit = library.visits.open(a.id, b.id)
            library.visits.leave(visit.id, place=(a.id, 4), decided=1, total=3, seconds=2.5)
        case 21:
            library.views.save(chance.choice([1, 2]), "Trams", f"tag:{chance.choice(['tram', 'port'])}")
        case 22:
            library.events.place(a.id, b.id)
        case 23:
            library.events.split([a.id], chance.choice(["", "The strike", "The tram"]))
        case 24:
            library.events.move([a.id], library.events.place(b.id))
        case 25:
            feed = f"https://paper.example/{chance.choice('abc')}.xml"
            library.feeds.add([(feed, chance.choice(["", "A", "B"]))])
            library.feeds.saw(feed, [chance.choice("xyz")])
            library.feeds.checked(feed, timedelta(hours=1))
        case _:
            library.history.undo()


def seeded(chance: Random) -> int:
    """A small number, that is mostly another one."""
    return chance.randrange(1, 99)
