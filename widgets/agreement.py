"""How far two reviewers of the same pairs agree: their verdicts side by side, and the figures of agreement.

Knows no screen. NLTK, which works the figures out, is imported when they are asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from db import Library, Session, Verdict
from reader.nouns import Conflict, Judgement

JUDGEMENTS: tuple[Judgement, ...] = ("contradiction", "tension", "compatible", "unsure")
"""In the order of the table."""
SIGNS: dict[Judgement, str] = {"contradiction": "✓", "tension": "~", "compatible": "✗", "unsure": "?"}
"""A glyph for each judgement, beside its name or in place of it."""
NARROW = 76
"""Cells under which judgements are told by their signs, and figures by short names."""
FEW = 30
"""Fewer conflicts that both judged say little about chance-corrected agreement."""


class Both(NamedTuple):
    """What two reviewers judged of the same words; ``None`` where one did not. At least one of them did.

    ``settlement`` is the verdict that holds in place of theirs, if that was settled.
    """

    first: Verdict | None
    second: Verdict | None
    settlement: Verdict | None = None

    @property
    def given(self) -> list[Verdict]:
        """The verdicts that there are, the first reviewer's first."""
        return [verdict for verdict in (self.first, self.second) if verdict is not None]

    @property
    def one(self) -> Verdict:
        """One of them, for the words that were judged."""
        return self.given[0]

    @property
    def differ(self) -> bool:
        """Whether there is something to settle: another judgement or kind, or none on one side."""
        if self.first is None or self.second is None:
            return True
        return (self.first.judgement, self.first.kind) != (self.second.judgement, self.second.kind)


class Agreement(NamedTuple):
    """Agreement of two reviewers on the judgement of ``both`` conflicts that both judged.

    ``agreed`` is the share judged alike. ``kappa`` (Cohen 1960, two reviewers) and ``alpha`` (Krippendorff 2004, nominal)
    take off what chance alone would bring; 1 is full agreement, 0 that of chance. ``None`` where they are not defined:
    nothing was judged by both, or all of it alike with one and the same judgement. ``table`` counts, by the judgement of
    the first and of the second; ``alone`` is how many only one of them judged.
    """

    first: str
    second: str
    both: int
    alone: int
    agreed: float | None
    kappa: float | None
    alpha: float | None
    table: dict[tuple[Judgement, Judgement], int]

    @property
    def note(self) -> str:
        """What a reader of the figures must know, "" if nothing."""
        if not self.both:
            return "Nothing was judged by both yet."
        if self.kappa is None:
            return "Both used one and the same judgement throughout: kappa and alpha are not defined."
        if self.both < FEW:
            return f"n = {self.both} is few: below {FEW} kappa and alpha may be far off."
        return ""


def side_by_side(library: Library, first: Session, second: Session) -> list[Both]:
    """What the reviewers of two sessions judged of the pairs of the second, in its order.

    Raises ``LibraryError`` where the library cannot be read.
    """
    return [
        both
        for pair in library.sessions.pairs(second.id)
        for both in _of_pair(library.verdicts.of_pair(pair.a_id, pair.b_id), first.reviewer, second.reviewer)
    ]


def _of_pair(verdicts: Sequence[Verdict], first: str, second: str) -> list[Both]:
    by_id = {verdict.id: verdict for verdict in verdicts}
    own: dict[str, dict[str, Verdict]] = {first: {}, second: {}}
    for verdict in verdicts:
        if verdict.by in own and not verdict.settles:
            own[verdict.by][_key(verdict)] = verdict
    found = []
    for key in dict.fromkeys([*own[first], *own[second]]):
        given = own[first].get(key), own[second].get(key)
        settled = next((v.settled_by for v in given if v is not None and v.settled_by is not None), None)
        found.append(Both(*given, by_id.get(settled) if settled is not None else None))
    return found


def _key(verdict: Verdict) -> str:
    """What was judged: the conflict, or the words where they were paired by hand."""
    if verdict.fingerprint:
        return verdict.fingerprint
    made = Conflict(kind=verdict.kind, a=verdict.a, b=verdict.b, confidence=0, severity=1, reason="")
    return made.fingerprint


def agreement(pairs: Iterable[Both], first: str, second: str) -> Agreement:
    """The figures of agreement of two reviewers over what they judged."""
    listed = list(pairs)
    judged = [(both.first.judgement, both.second.judgement) for both in listed if both.first and both.second]
    table = Counter(judged)
    count = len(judged)
    agreed = sum(a == b for a, b in judged) / count if count else None
    kappa = alpha = None
    if len({judgement for pair in judged for judgement in pair}) > 1:
        from nltk.metrics.agreement import AnnotationTask

        task = AnnotationTask([(coder, item, pair[coder]) for item, pair in enumerate(judged) for coder in (0, 1)])
        kappa, alpha = float(task.kappa()), float(task.alpha())
    return Agreement(first, second, count, len(listed) - count, agreed, kappa, alpha, dict(table))


def used(found: Agreement) -> list[Judgement]:
    """The judgements that one of both used."""
    return [j for j in JUDGEMENTS if any(j in pair for pair in found.table)]


def table_lines(found: Agreement, width: int = NARROW) -> list[str]:
    """The table of judgements, the first reviewer's down, the second's across, in ``width`` cells."""
    names = {j: SIGNS[j] if width < NARROW else j for j in used(found)}
    cells = max((len(name) for name in names.values()), default=0)
    column = max(5, cells)
    lines = [f"{'':{cells}} " + " ".join(f"{name:>{column}}" for name in names.values())] if names else []
    for row, name in names.items():
        counts = " ".join(f"{found.table.get((row, other), 0):>{column}}" for other in names)
        lines.append(f"{name:{cells}} {counts}")
    return lines


def figures(found: Agreement, width: int = NARROW) -> str:
    """The figures in a line: "80% alike · Cohen's kappa 0.61 · Krippendorff's alpha 0.62 · n = 20"."""
    cohen, krippendorff = ("", "") if width < NARROW else ("Cohen's ", "Krippendorff's ")
    if found.agreed is None:
        return "n = 0"
    parts = [f"{found.agreed:.0%} alike"]
    if found.kappa is not None:
        parts += [f"{cohen}kappa {found.kappa:.2f}", f"{krippendorff}alpha {found.alpha:.2f}"]
    return " · ".join([*parts, f"n = {found.both}"])
