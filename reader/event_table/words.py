"""The words of a report as a row says them: a clause cut to who does what, a sentence's first word made small."""

from __future__ import annotations

import re
from itertools import takewhile

from reader.conflicts.base import Unit, clip
from reader.nouns import Role, Statement

FIRST = frozenset("A An The It Its She He They There Their His Her No We Our That This These Those".split())
"""Words with a capital only where a sentence begins."""
POINTING = frozenset(
    "he she it they him them us me who which that what this these those his her its their we i you".split()
)
"""Words that name nobody."""
RELATIVE = frozenset("who which that what whom whose".split())
"""Words that begin a clause with whom another one tells of."""
AUXILIARY = frozenset("was were is are be been being has have had will would not to".split())
"""Words of a predicate that stand before its verb."""
ROLE = 36
"""How much of a role a row is called by, in code points."""
_ASIDE = re.compile(r"\s*\([^()]*\)\s*,?\s*")


def lower_first(words: str) -> str:
    """Words as they stand inside a sentence: the first small where it is no name."""
    first, _, rest = words.partition(" ")
    return f"{first.casefold()} {rest}".rstrip() if first in FIRST else words


def bare(words: str) -> str:
    """Words without what stands in parentheses, nor the comma behind it: a row is called by what is told, not by an aside."""
    return _ASIDE.sub(" ", words).strip()


def without_subject(unit: Unit, start: int) -> bool:
    """Whether words that begin there tell a deed and not who does it: "pass this bill", "who sat there"."""
    first = next((token for token in unit.tokens if token.end > start), None)
    return first is None or first.pos == "VERB" or first.form in AUXILIARY | RELATIVE


def role_words(unit: Unit, role: Role | None) -> str:
    """The words of a role on one line, cut short."""
    return (
        lower_first(clip(bare(unit.place((role.start, role.end)).text), ROLE).strip(" ,")) if role is not None else ""
    )


def happened(unit: Unit, said: Statement) -> str:
    """Who did what, or to whom, by subject and predicate: "the ferry capsized", "the captain was arrested"."""
    verb = " ".join(unit.place(said.predicate_span).text.split())
    before = [r for r in (said.agent, said.patient) if r is not None and r.end <= said.predicate_span[0]]
    if said.nominal or not before:
        whom = role_words(unit, said.patient or said.agent)
        return f"{verb}: {whom}" if whom else verb
    return " ".join([role_words(unit, before[0]), *_auxiliaries(unit, before[0].end, said.predicate_span[0]), verb])


def _auxiliaries(unit: Unit, start: int, end: int) -> list[str]:
    """The words of a predicate that stand right before its verb, which begins at ``end``."""
    words = unit.place((start, end)).text.split()
    return list(takewhile(lambda word: word.casefold() in AUXILIARY, reversed(words)))[::-1]


def names_who(unit: Unit, said: Statement) -> bool:
    """Whether a name or a noun says who takes part in what a statement tells."""
    roles = [role for role in (said.agent, said.patient) if role is not None]
    first = {unit.place((role.start, role.end)).text.casefold().partition(" ")[0] for role in roles}
    return bool(first) and not first & POINTING


def finite(unit: Unit, said: Statement) -> bool:
    """Whether a statement is a clause that can stand by itself: somebody did something, by a verb that is no infinitive."""
    before = [r for r in (said.agent, said.patient) if r is not None and r.end <= said.predicate_span[0]]
    start, end = said.predicate_span
    verbs = [w for w in unit.words if w.pos == "VERB" and start <= w.start < end]
    if said.nominal or not before or not verbs:
        return False
    leading = [word.casefold() for word in _auxiliaries(unit, before[0].end, verbs[-1].start)]
    going = unit.place(verbs[-1]).text.casefold().endswith("ing")
    return "to" not in leading and bool(leading or not going)
