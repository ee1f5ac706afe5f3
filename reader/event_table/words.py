"""The words of a report as a row says them: a clause cut to who does what, a sentence's first word made small."""

from __future__ import annotations

from itertools import takewhile

from reader.conflicts.base import Unit, clip
from reader.nouns import Role, Statement

FIRST = frozenset("A An The It Its She He They There Their His Her No We Our That This These Those".split())
"""Words with a capital only where a sentence begins."""
POINTING = frozenset("he she it they who which that this these those his her its their we i".split())
"""Words that name nobody."""
AUXILIARY = frozenset("was were is are be been being has have had will would not to".split())
"""Words of a predicate that stand before its verb."""
ROLE = 36
"""How much of a role a row is called by, in code points."""


def lower_first(words: str) -> str:
    """Words as they stand inside a sentence: the first small where it is no name."""
    first, _, rest = words.partition(" ")
    return f"{first.casefold()} {rest}".rstrip() if first in FIRST else words


def role_words(unit: Unit, role: Role | None) -> str:
    """The words of a role on one line, cut short."""
    return lower_first(clip(unit.place((role.start, role.end)).text, ROLE).strip(" ,")) if role is not None else ""


def happened(unit: Unit, said: Statement) -> str:
    """Who did what, or to whom, by subject and predicate: "the ferry capsized", "the captain was arrested"."""
    verb = " ".join(unit.place(said.predicate_span).text.split())
    before = [r for r in (said.agent, said.patient) if r is not None and r.end <= said.predicate_span[0]]
    if said.nominal or not before:
        whom = role_words(unit, said.patient or said.agent)
        return f"{verb}: {whom}" if whom else verb
    between = unit.place((before[0].end, said.predicate_span[0])).text.split()
    auxiliary = list(takewhile(lambda word: word.casefold() in AUXILIARY, reversed(between)))
    return " ".join([role_words(unit, before[0]), *reversed(auxiliary), verb])


def names_who(unit: Unit, said: Statement) -> bool:
    """Whether a name or a noun says who takes part in what a statement tells."""
    roles = [role for role in (said.agent, said.patient) if role is not None]
    first = {unit.place((role.start, role.end)).text.casefold().partition(" ")[0] for role in roles}
    return bool(first) and not first & POINTING
