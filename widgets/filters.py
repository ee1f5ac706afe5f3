"""The language in which a person says which reports to list. Knows no screen.

    quay strike                   both words, in title or text; a star ends the start of a word
    "quay strike"                 a phrase
    source:courier author:lind    what source and author contain; title:quay the words of titles alone
    tag:harbour is:unread         also is:read, is:starred, is:deleted
    event:12                      the reports of an event
    has:undecided                 also has:judged, has:note, has:facts, has:tags
    after:2031 before:2031-03     date published: from then on, until then; on:2031-03-04
    after:"2 weeks ago"           dates in words: yesterday, "last month", "Oct. 14"
    -source:wire                  not
    tag:a OR tag:b is:unread      OR binds its neighbours; all else must hold together

``parse`` reads a line, ``str`` writes it again, ``Filter.query`` makes the question to the library of it. The line is
what is kept and shown: "2 weeks ago" is reckoned from the day on which it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db import Query
from db.records import HOLDINGS, STATES, Term
from widgets.nearest import nearest

FIELDS: Mapping[str, str] = {
    "source": "words of the source",
    "author": "words of the byline",
    "title": "words in the title",
    "tag": "a tag",
    "event": "the number of an event",
    "is": ", ".join(STATES),
    "has": ", ".join(HOLDINGS),
    "after": "published then or later",
    "before": "published earlier",
    "on": "published then",
}
"""What can be asked beside words, with what each takes."""

VALUES: Mapping[str, Sequence[str]] = {"is": STATES, "has": HOLDINGS}
_DATED = ("after", "before", "on")
_MOST = 32
_LONGEST = 2000

_TOKEN = re.compile(r'(?P<no>-?)(?:(?P<field>[^\W\d_]+):(?!//))?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]*))', re.UNICODE)


class FilterError(ValueError):
    """The line cannot be read; the message is one line that says why and what to write."""


class Unfinished(FilterError):
    """A field still waits for its value."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing asked for: words (``field`` is ""), or the value of a field. A ``phrase`` stood in quotes."""

    field: str
    value: str
    phrase: bool = False
    negated: bool = False

    def __str__(self) -> str:
        quoted = self.phrase if not self.field else any(map(str.isspace, self.value))
        value = f'"{self.value}"' if quoted else self.value
        return f"{'-' if self.negated else ''}{self.field and self.field + ':'}{value}"


@dataclass(frozen=True, slots=True)
class Filter:
    """Clauses that must all hold; of the pieces of one, any."""

    clauses: tuple[tuple[Piece, ...], ...] = ()

    def __str__(self) -> str:
        return " ".join(" OR ".join(map(str, clause)) for clause in self.clauses)

    @property
    def words(self) -> str:
        """The words that must all occur, as ``Query.text`` has them."""
        return " ".join(str(clause[0]) for clause in self.clauses if _plain(clause))

    def having(self, piece: Piece) -> Filter:
        """This filter with ``piece`` in place of what is asked of its field alone."""
        kept = [clause for clause in self.clauses if any(one.field != piece.field for one in clause)]
        return Filter((*kept, (piece,)))

    def query(self, today: date) -> Query:
        """The question to the library. Raises ``FilterError`` for what is no date."""
        where = tuple(tuple(_term(piece, today) for piece in clause) for clause in self.clauses if not _plain(clause))
        return Query(text=self.words, where=where)


def parse(line: str) -> Filter:
    """Read a line. Raises ``FilterError``, and ``Unfinished`` where a field has no value yet."""
    line = line.encode("utf-8", "replace").decode()
    if len(line) > _LONGEST:
        raise FilterError(f"the search is longer than {_LONGEST:,} characters; shorten it")
    clauses: list[list[Piece]] = []
    either = False
    for token in _TOKEN.finditer(line):
        if token[0] == "OR":
            either = bool(clauses)
        elif (piece := _piece(token)) is not None:
            if either:
                clauses[-1].append(piece)
            else:
                clauses.append([piece])
            either = False
    if sum(not _plain(clause) for clause in clauses) > _MOST or any(len(clause) > _MOST for clause in clauses):
        raise FilterError(f"more than {_MOST} conditions; leave some out")
    return Filter(tuple(map(tuple, clauses)))


def _piece(token: re.Match[str]) -> Piece | None:
    """What a token asks for, ``None`` for one that asks for nothing."""
    negated, phrase = bool(token["no"]), token["phrase"] is not None
    value = " ".join((token["phrase"] or token["word"] or "").split())
    if token["field"] is None:
        return Piece("", value, phrase, negated) if any(map(str.isalnum, value)) else None
    field = token["field"].lower()
    if field not in FIELDS:
        hint = nearest(field, FIELDS) or f"there are {', '.join(FIELDS)}"
        raise FilterError(f'nothing is called {field}: here; {hint} In quotes they are words: "{token[0]}"')
    if not value.strip("*"):
        raise Unfinished(f"{field}: takes {FIELDS[field]}")
    if field in VALUES:
        value = value.lower()
        if value not in VALUES[field]:
            hint = nearest(value, VALUES[field]) or f"it takes {FIELDS[field]}"
            raise FilterError(f"{field}: knows no {value}; {hint}")
    if field == "event" and not (value.isascii() and value.isdigit() and len(value) < 16):
        raise FilterError("event: takes the number of an event; rashomon events, or ge, lists them")
    return Piece(field, value, negated=negated)


def _plain(clause: Sequence[Piece]) -> bool:
    """Whether a clause is words that must occur."""
    return len(clause) == 1 and not clause[0].field and not clause[0].negated


def _term(piece: Piece, today: date) -> Term:
    if piece.field in _DATED:
        from reader.typed_dates import days

        try:
            first, after = days(piece.value, today)
        except ValueError as error:
            raise FilterError(f"{piece.field}: {error}") from None
        bounds = {"after": (first, ""), "before": ("", first), "on": (first, after)}[piece.field]
        if bounds == ("", ""):
            raise FilterError(f'{piece.field}: "{piece.value}" has no first day; write the day itself')
        return Term(field="dated", value="/".join(bounds), negated=piece.negated)
    if not piece.field:
        return Term(field="words", value=str(Piece("", piece.value, piece.phrase)), negated=piece.negated)
    field = "headline" if piece.field == "title" else piece.field
    return Term(field=field, value=piece.value, negated=piece.negated)  # type: ignore[arg-type]
