"""The furniture of one outlet: lines that its reports have word for word in common.

An outlet sets the same lines around all its reports: who runs it, what else it has, how to write to it. No rule knows
them beforehand, but they repeat, and what happened does not. Not all that repeats is furniture, though: "No one was in
custody." ends many reports of one outlet and is what each of them says. So a line counts as *said* where it is a
sentence about the world, and as furniture else:

- A line that is no sentence (a heading, a link, a headline), or that speaks to the reader or of the outlet, is furniture
  when ``HOLDERS`` reports have it.
- A sentence is furniture only where nearly all do: it stands first or last in eight of ten reports that are
  known of the outlet, and in ``SAID_BY`` of them at least.

Reports of the same story count once (later versions, copies of one dispatch: they have half their sentences in common),
so what one report says in three versions is not taken for furniture. Digits are compared as they stand: "12 people
died" is not "14 people died".
"""

from __future__ import annotations

import re
import tomllib
from collections import deque
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from itertools import islice

HOLDERS = 4
"""Reports of different stories that share a line of furniture: it and three others."""

SAID_BY = 6
"""Reports of different stories that share a sentence, before it may be furniture."""

NEARLY_ALL = 0.8
"""The share of the reports of an outlet that has a sentence, before it may be furniture."""

EDGE = 2
"""Paragraphs at the start, and at the end, between which a sentence is never furniture."""

SAME_STORY = 0.5
"""The share of the sentences of the shorter report that makes two reports one story."""

KNOWN = 20
"""Reports of one outlet, the newest, in which lines are counted."""

LEAST_LEFT = 50
"""Characters that must be left of a body, or it stays whole."""

_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_CONTACT = re.compile(
    r"https?://|www\.|\w@\w|(?<!\w)@\w|\b\w+\.(?:com|org|net|co\.uk)\b|\d{3}\)?[-. ]+(?:\d{3}[-. ])?[A-Z\d]{4}\b"
)


class Outlet:
    """The reports of one outlet as they come, the oldest first, and the lines of them that are its furniture.

    ``known`` are lines found to be furniture before, as `furniture` gives them.
    """

    def __init__(self, name: str, known: Iterable[str] = ()) -> None:
        self.name = name
        self.furniture = set(known)
        """Lines that are left out, with single blanks and without regard to case."""
        self._pages: deque[_Page] = deque(maxlen=KNOWN)

    def learn(self, bodies: Iterable[str]) -> set[str]:
        """Take more reports in, by their bodies before anything is left out of them.

        Returns the lines that are found to be furniture and were not known; `furniture` holds them from here on.
        """
        found: set[str] = set()
        bodies = iter(bodies)
        while more := [_Page(body, self.name) for body in islice(bodies, KNOWN // 2)]:
            self._pages.extend(more)
            found |= self._look()
        return found

    def _look(self) -> set[str]:
        """Furniture among the lines of the reports at hand that was not known."""
        holders: dict[str, list[_Page]] = {}
        for page in self._pages:
            for line in page.lines.keys() - self.furniture:
                holders.setdefault(line, []).append(page)
        found = {line for line, pages in holders.items() if len(pages) >= HOLDERS and self._is_furniture(line, pages)}
        self.furniture |= found
        return found

    def _is_furniture(self, line: str, pages: list[_Page]) -> bool:
        if " " not in line:  # a date line; buttons are known by rule
            return False
        if not _is_said(line, self.name):
            return _stories(pages, HOLDERS) >= HOLDERS
        return (
            len(pages) >= SAID_BY
            and len(pages) >= NEARLY_ALL * len(self._pages)
            and all(page.at_edge(line) for page in pages)
            and _stories(pages, SAID_BY) >= SAID_BY
        )

    def without_furniture(self, body: str) -> tuple[str, int]:
        """``body`` without the paragraphs that are furniture, and how many these are.

        The paragraphs of a cleaned body have an empty line between them. Where fewer than ``LEAST_LEFT`` characters
        would be left, nothing is left out.
        """
        paragraphs = body.split("\n\n")
        kept = [paragraph for paragraph in paragraphs if _folded(paragraph) not in self.furniture]
        if len(kept) == len(paragraphs) or len(short := "\n\n".join(kept)) < LEAST_LEFT:
            return body, 0
        return short, len(paragraphs) - len(kept)


class _Page:
    """One report by its lines: each with where it stands first."""

    def __init__(self, body: str, outlet: str) -> None:
        self._outlet = outlet
        self._count = 0
        self.lines: dict[str, int] = {}
        for line in body.split("\n"):
            if line:
                self.lines.setdefault(_folded(line), self._count)
                self._count += 1

    def at_edge(self, line: str) -> bool:
        """Whether ``line`` is one of the first or last."""
        return not EDGE <= self.lines[line] < self._count - EDGE

    def same_story(self, other: _Page) -> bool:
        mine, its = self._said(), other._said()
        if not mine or not its:
            mine, its = set(self.lines), set(other.lines)
        return len(mine & its) >= SAME_STORY * min(len(mine), len(its))

    def _said(self) -> set[str]:
        return {line for line in self.lines if _is_said(line, self._outlet)}


def _stories(pages: list[_Page], enough: int) -> int:
    """How many different stories ``pages`` tell, counted up to ``enough``."""
    told: list[_Page] = []
    for page in pages:
        if len(told) < enough and not any(map(page.same_story, told)):
            told.append(page)
    return len(told)


def _folded(line: str) -> str:
    return " ".join(line.casefold().split())


@lru_cache(maxsize=4096)
def _is_said(line: str, outlet: str) -> bool:
    """Whether a line is a sentence that says something of the world: not to the reader, not of the outlet."""
    plain = _BRACKETED.sub("", _QUOTED.sub("“”", line))
    words = re.findall(r"[^\W_]+(?:[’'][^\W_]+)?", plain)
    if len(words) < 3 or not plain.rstrip("\"'”’)").endswith((".", "!", "?", "…")):
        return False
    openings, people = _to_reader()
    return not (
        words[0] in openings
        or people.intersection(words)
        or _CONTACT.search(line)
        or (len(outlet) > 3 and outlet.casefold() in line)
    )


@cache
def _to_reader() -> tuple[frozenset[str], frozenset[str]]:
    """First words of a call to the reader, and words for reader and outlet anywhere outside quotation marks."""
    text = resources.files(__package__).joinpath("furniture.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)["to_reader"]
    return frozenset(table["opening"]), frozenset(table["anywhere"])
