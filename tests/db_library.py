"""Invented reports and a library for the tests of db/."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from db import Library, Stored
from reader.nouns import Article, Conflict, Place

HARBOUR = Article(
    body=(
        "The ferry left Port Amble at dawn. Around 275 dockers walked off the quay on Monday.\n"
        "Mayor Ines Varga denied that any deal was signed. The strike will go on."
    ),
    title="Dockers walk out in Port Amble",
    source="Amble Courier",
    author="Rosa Lind",
    published="2031-03-04",
    url="https://courier.example/dockers",
    external_id="c-1",
)
QUAY = Article(
    body=(
        "Some 250 dockers walked off the quay, the union said.\n"
        "A deal was signed on Sunday night, according to Mayor Ines Varga."
    ),
    title="Deal ends quay strike",
    source="Northern Wire",
    published="2031-03-05T08:00:00+02:00",
    external_id="w-1",
)


class Clock:
    """A clock that goes on by a second each time it is read."""

    def __init__(self) -> None:
        self.time = datetime(2031, 3, 6, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


def two(library: Library) -> tuple[Stored, Stored]:
    """The two reports, stored."""
    ids = [library.articles.add(article).id for article in (HARBOUR, QUAY)]
    a, b = library.articles.get_many(ids)
    return a, b


def place(stored: Stored, words: str, part: str = "body") -> Place:
    """Where words first stand in an article."""
    string = stored.article.part(part)  # type: ignore[arg-type]
    start = string.index(words)
    return Place(part=part, start=start, end=start + len(words), text=words)  # type: ignore[arg-type]


def numbers(a: Stored, b: Stored) -> Conflict:
    """275 against 250 dockers."""
    return Conflict(
        kind="count",
        a=place(a, "275 dockers"),
        b=place(b, "250 dockers"),
        confidence=0.9,
        severity=3,
        reason="275 against 250 dockers (10% apart)",
    )
