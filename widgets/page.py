"""The page of a report: its head and body as one text, and the facts on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from db import Stored
from reader.corrections import of_noun, replaced
from reader.nouns import Correction, Fact, Facts, Noun, Part
from widgets.frame import plural
from widgets.prose import Mark

CORRECTED = "✎"
DISMISSED = "×"
WAITING = "?"
STYLES: dict[Noun, str] = {"name": "prose--mention", "time": "prose--time", "quantity": "prose--quantity"}


class Page(NamedTuple):
    """What is on the page: title, a line of what is known, and the body, each a paragraph."""

    text: str
    title: int
    """Code points of the title, which begins the page."""
    body: int
    """Where the body begins."""

    @classmethod
    def of(cls, stored: Stored) -> Page:
        """The page of a report."""
        article = stored.article
        known = (article.source, article.author, article.published, plural(stored.words, "word"))
        title = article.title.replace("\n", " ")
        head = f"{title or '(untitled)'}\n{' · '.join(' '.join(part.split()) for part in known if part)}\n"
        return cls(head + article.body, len(title), len(head))

    def start(self, part: Part) -> int:
        """Where ``part`` begins."""
        return 0 if part == "title" else self.body


class Shown(NamedTuple):
    """A fact, or words that a person says are none, at their place on the page.

    ``fact`` is what holds, ``None`` where it was dismissed. Where a person said so, ``correction`` is what was said and
    ``was`` what the machine read, ``None`` if it would read nothing.
    """

    start: int
    end: int
    part: Part
    noun: Noun
    fact: Fact | None
    correction: Correction | None = None
    was: Fact | None = None

    @property
    def mark(self) -> Mark:
        """How it is drawn."""
        if self.fact is None:
            return Mark(self.start, self.end, "prose--dismissed", DISMISSED)
        return Mark(self.start, self.end, STYLES[self.noun], CORRECTED if self.correction is not None else "")


def shown_on(page: Page, noun: Noun, facts: Facts, machine: Facts, corrections: Sequence[Correction]) -> list[Shown]:
    """The facts of a kind on a page, in its order, dismissed ones among them.

    ``facts`` are those of the ``machine`` after the ``corrections``, of which each speaks of words of its own.
    """

    def shown(part: Part, fact: Fact | None, correction: Correction | None) -> Shown:
        span = fact or correction
        assert span is not None
        was = next(iter(replaced(machine, correction)), None) if correction is not None else None
        offset = page.start(part)
        return Shown(offset + span.start, offset + span.end, part, noun, fact, correction, was)

    found: list[Shown] = []
    parts: tuple[Part, ...] = ("title", "body")
    for part in parts:
        stated = {(c.start, c.end): c for c in corrections if (c.part, c.noun) == (part, noun)}
        found += [
            shown(part, fact, stated.get((fact.start, fact.end)) if fact.corrected else None)
            for fact in of_noun(facts.part(part), noun)
        ]
        found += [shown(part, None, correction) for correction in stated.values() if correction.fact is None]
    return sorted(found, key=lambda one: one.start)
