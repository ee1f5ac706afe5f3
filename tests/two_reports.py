"""Two invented reports of an invented event, with hand-made facts and a hand-made comparison, for tests of screens."""

from __future__ import annotations

import re
from pathlib import Path

from db import Library
from reader.analysis import VERSION as ANALYSIS
from reader.comparison import VERSION as COMPARISON
from reader.nouns import (
    Article,
    Comparison,
    Conflict,
    Facts,
    Kind,
    Link,
    Mention,
    Part,
    Place,
    Quantity,
    Reading,
    Sentence,
    Statement,
    TimeSpan,
)

A = Article(
    title="Ferry with 120 aboard runs aground off Port Lume",
    source="The Lume Courier",
    published="2031-03-04",
    body=(
        "The ferry Anselma ran aground near Port Lume on Monday evening with 120 passengers aboard, the harbour "
        "office said. Twelve people were hurt.\n\n"
        "The captain had left the bridge before the ship struck the reef, according to the harbour office. "
        "He was not arrested.\n\n"
        "The coast guard reached the ship at 21:40. All passengers were ashore by midnight.\n\n"
        "The Anselma was built in 1998. It had passed every inspection."
    ),
)
B = Article(
    title="Harbour office denies that ferry captain left bridge",
    source="Southern Wire",
    published="2031-03-05",
    body=(
        "All passengers of the ferry Anselma were brought ashore before midnight.\n\n"
        "The ship ran aground near Port Lume on Monday with about 90 passengers aboard, its owners said. "
        "Seven people were injured, two of them badly.\n\n"
        "The captain had not left the bridge, the owners insisted. Police arrested him on Tuesday.\n\n"
        "A coast guard boat reached the ferry at 22:15. Divers will look at the hull on Friday.\n\n"
        "The owners did not say how often the ship had been inspected."
    ),
)


def sentences(text: str) -> tuple[Sentence, ...]:
    """Sentences of a text whose every full stop ends one."""
    found = re.finditer(r"[^.\s][^.]*\.", text)
    return tuple(Sentence(start=m.start(), end=m.end(), paragraph=text.count("\n\n", 0, m.start())) for m in found)


def place(article: Article, words: str, part: Part = "body") -> Place:
    """The first place of some words."""
    start = article.part(part).index(words)
    return Place(part=part, start=start, end=start + len(words), text=words)


def conflict(
    kind: Kind, a: str, b: str, confidence: float, reason: str, part_a: Part = "body", **more: object
) -> Conflict:
    """A conflict of words of A with words of B."""
    severity = {"polarity": 3, "wording": 1}.get(kind, 2)
    return Conflict(
        kind=kind, a=place(A, a, part_a), b=place(B, b), confidence=confidence, severity=severity, reason=reason, **more
    )  # type: ignore[arg-type]


def facts(article: Article, low: float, number: str, when: str) -> Facts:
    """Facts of one report: its sentences, one quantity, one time, one mention, its denials."""
    body = article.body

    def span(words: str) -> dict[str, int]:
        start = body.index(words)
        return {"start": start, "end": start + len(words)}

    denied = [
        Statement(predicate=match[1], predicate_span=match.span(1), negated=True, start=match.start(), end=match.end())
        for match in re.finditer(r"\bnot (\w+)", body)
    ]
    return Facts(
        version=ANALYSIS,
        body=Reading(
            sentences=sentences(body),
            quantities=(Quantity(low=low, high=low, kind="count", counted="passenger", **span(number)),),
            times=(TimeSpan(earliest=f"2031-03-03T{when}", latest=f"2031-03-03T{when}", **span(when)),),
            mentions=(Mention(label="LOC", key="Port Lume", name="Port Lume", **span("Port Lume")),),
            statements=tuple(denied),
        ),
    )


FACTS_A = facts(A, 120, "120 passengers", "21:40")
FACTS_B = facts(B, 90, "about 90 passengers", "22:15")

CONFLICTS = (
    conflict(
        "polarity",
        "had left the bridge",
        "had not left the bridge",
        0.93,
        "A: the captain left the bridge · B: he did not",
    ),
    conflict(
        "count",
        "120 passengers",
        "about 90 passengers",
        0.86,
        "120 against about 90 passengers (25% apart)",
        benign="passengers with or without crew",
        more=((place(A, "120", "title"), place(B, "about 90 passengers")),),
    ),
    conflict(
        "casualty", "Twelve people were hurt", "Seven people were injured", 0.81, "12 against 7 people hurt (5 apart)"
    ),
    conflict("time", "21:40", "22:15", 0.64, "21:40 against 22:15 on Monday (35 minutes apart)"),
    conflict("wording", "ran aground", "ran aground", 0.55, "worded the same"),
    conflict("polarity", "was not arrested", "arrested him", 0.41, "A: not arrested · B: arrested"),
)
LINKS = (
    Link(a=(0,), b=(1,), score=0.8, why="rare words: aground, Lume"),
    Link(a=(1,), b=(2,), score=0.6),
    Link(a=(2,), b=(3,), score=0.7),
    Link(a=(3,), b=(4,), score=0.5),
    Link(a=(4,), b=(5,), score=0.7),
    Link(a=(5,), b=(0,), score=0.7, moved=True, why="rare words: ashore, midnight"),
)
COMPARED = Comparison(version=COMPARISON, links=LINKS, conflicts=CONFLICTS)


def library_of(path: Path, comparison: Comparison | None = COMPARED) -> Library:
    """A library with both reports, 1 and 2, their facts, and their comparison where one is given."""
    library = Library.open(path)
    for article in (A, B):
        library.articles.add(article)
    a, b = library.articles.get(1), library.articles.get(2)
    library.facts.put(a, FACTS_A)
    library.facts.put(b, FACTS_B)
    if comparison is not None:
        library.comparisons.put(a, b, COMPARISON, comparison)
    return library
