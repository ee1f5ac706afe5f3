"""What is claimed: statements that clash over all reports, and quotations that several give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from reader.conflicts.base import Report, Unit, around, clip
from reader.conflicts.quote import Said, quotations
from reader.event_table.drafts import Draft, Told
from reader.event_table.rows import Clash, Subject, Telling
from reader.event_table.ties import SHOWN, Event, join, meets, spots
from reader.event_table.words import bare, lower_first, role_words, without_subject
from reader.lexicon import concept, denying, negators
from reader.nouns import KINDS, Kind, Part, Place, Statement
from reader.telling import speaker_of

SUBJECT_OF: dict[Kind, Subject] = {
    "count": "counted",
    "casualty": "counted",
    "measure": "counted",
    "time": "timed",
    "name": "named",
    "actor": "named",
    "place": "named",
}
"""What a conflict that stands in no other row is a row of; of all other kinds something is claimed."""
SAME = 6
"""Quotations that share so many words in a row are one."""
LONG = 90
"""How much of a clause a cell holds, in code points."""


class Claim(NamedTuple):
    """A place where a report says what another contradicts."""

    report: int
    place: Place


def drafts(event: Event, others: Sequence[Draft]) -> Iterator[Draft]:
    """A row for each claim that clashes and stands in no other row, and for each quotation of several reports.

    Where a claim is of what another row counts ("foreign fighters are not covered"), it goes into that row.
    """
    held = {(clash.a, clash.b, clash.conflict.fingerprint) for draft in others for clash in draft.clashes}
    kinds = [kind for kind in KINDS if kind != "wording"]
    left = [
        Clash(a=i, b=j, conflict=conflict)
        for i, j, conflict in event.conflicts(kinds, SHOWN)
        if (i, j, conflict.fingerprint) not in held
    ]
    rows: list[Draft] = []
    for group in _one_matter([clash for clash in left if not _settled(clash, others)]):
        home = next((d for d in others if d.about and any(_is_of(event, d, clash) for clash in group)), None)
        if home is None:
            rows.append(_draft(event, group))
        else:
            told = [one._replace(value=None) for one in _tellings(event, group)]
            home.told += [one for one in told if not home.tells(one.report, one.telling.place)]
            home.clashes += group
    yield from rows
    yield from _quoted(event, rows)


def _settled(clash: Clash, others: Sequence[Draft]) -> bool:
    """Whether both its places stand in rows of several reports, or of one, that all reports together have told apart."""
    conflict = clash.conflict
    homes = [
        [d for d in others if d.exact and d.tells(report, place)]
        for report, place in ((clash.a, conflict.a), (clash.b, conflict.b))
    ]
    return all(homes) and any(len(d.reports) > 1 for found in homes for d in found)


def _one_matter(clashes: Sequence[Clash]) -> list[list[Clash]]:
    """Conflicts that share words in a report: several reports on one matter."""
    claims = sorted(
        (SUBJECT_OF.get(clash.conflict.kind, "claimed"), claim.report, place.part, place.start, place.end, at)
        for at, clash in enumerate(clashes)
        for claim in _claims(clash)
        for place in (claim.place,)
    )
    return join(clashes, _overlaps(claims), lambda _, __: False)


def _overlaps(claims: Iterable[tuple[Subject, int, Part, int, int, int]]) -> Iterator[tuple[float, int, int]]:
    """Ties that chain together what overlaps, of claims by subject, report, part, start, end and conflict, in order."""
    where, reached, last = None, 0, 0
    for *here, start, end, at in claims:
        if here == where and start < reached:
            yield 1.0, last, at
            reached = max(reached, end)
        else:
            where, reached = here, end
        last = at


def _claims(clash: Clash) -> list[Claim]:
    """The places of a conflict, the chief ones first."""
    return [Claim(r, p) for a, b in spots(clash.conflict) for r, p in ((clash.a, a), (clash.b, b))]


def _is_of(event: Event, draft: Draft, clash: Clash) -> bool:
    """Whether a conflict is of what a row counts: it meets a telling of it, and names it on the other side too."""
    for a, b in spots(clash.conflict):
        for here, place, there, other in ((clash.a, a, clash.b, b), (clash.b, b, clash.a, a)):
            if draft.tells(here, place) and draft.about <= _words(event.reports[there], other):
                return True
    return False


def _words(report: Report, place: Place) -> frozenset[str]:
    """The content words of a place, synonyms as one."""
    return frozenset(
        concept(w.lemma, w.pos)
        for unit in report.units
        if unit.part == place.part
        for w in unit.words
        if w.overlaps(place)
    )


def _draft(event: Event, group: Sequence[Clash]) -> Draft:
    surest = max(group, key=lambda clash: clash.conflict.confidence)
    against: dict[int, set[int]] = defaultdict(set)
    for clash in group:
        against[clash.a].add(clash.b)
        against[clash.b].add(clash.a)

    def alike(x: int, y: int) -> bool | None:
        """Two reports that clash with a third and not with each other stand on one side."""
        return y not in against[x] and bool(against[x] & against[y])

    return Draft(
        subject=SUBJECT_OF.get(surest.conflict.kind, "claimed"),
        thing=_matter(event, surest),
        told=_tellings(event, group),
        alike=alike,
        kinds=frozenset(),
        clashes=list(group),
    )


def _tellings(event: Event, group: Sequence[Clash]) -> list[Told]:
    """What each report says, overlapping places once, in whole clauses."""
    told: list[Told] = []
    for clash in group:
        for report, place in _claims(clash):
            if any(one.report == report and meets(one.telling.place, place) for one in told):
                continue
            seen = event.reports[report]
            telling = Telling(
                place=place,
                text=_clause(seen, place, clash.conflict.kind, LONG),
                speaker=speaker_of(place, seen.facts, place.part),
                denied=clash.conflict.kind in ("polarity", "stance") and _denies(seen, place),
            )
            told.append(Told(report, telling, report))
    return told


def _unit(report: Report, place: Place) -> Unit | None:
    return next((u for u in report.units if u.part == place.part and u.sentence.overlaps(place)), None)


def _statement(unit: Unit, place: Place) -> Statement | None:
    """The statement that a place tells: the last by a verb inside it, else the narrowest around it."""
    verbs = [s for s in unit.statements if not s.nominal]
    inside = [s for s in verbs if place.start <= s.predicate_span[0] and s.predicate_span[1] <= place.end]
    around = [s for s in verbs if s.start <= place.start and place.end <= s.end]
    return (
        max(inside, key=lambda s: s.predicate_span[0])
        if inside
        else min(around, key=lambda s: s.end - s.start, default=None)
    )


def _clause(report: Report, place: Place, kind: Kind, most: int) -> str:
    """The words of a place; a single word or a run of a quotation with the clause around it."""
    unit, (start, end) = _unit(report, place), _clause_span(report, place, kind)
    if unit is not None and _is_short(place, kind) and end - start <= len(place.text) + 3:
        return clip(around(unit, place.start, place.end).strip(" \"“”'‘’"), most)
    return clip(report.article.part(place.part)[start:end].strip(" ,;:"), most)


def _is_short(place: Place, kind: Kind) -> bool:
    return kind == "quote" or len(place.text.split()) <= 3


def _clause_span(report: Report, place: Place, kind: Kind) -> tuple[int, int]:
    """A place, where it is short with the clause that it is in, from the start of a word on: of "don't" a token is "n't"."""
    unit, start, end = _unit(report, place), place.start, place.end
    if unit is None:
        return start, end
    if kind != "quote" and _is_short(place, kind) and (said := _statement(unit, place)) is not None:
        first, end = unit.clause(said, end)
        start = min(first, start)
    text = report.article.part(place.part)
    while start > unit.sentence.start and text[start - 1].isalnum():
        start -= 1
    return start, end


def _denies(report: Report, place: Place) -> bool:
    """Whether a place says that it is not so."""
    unit = _unit(report, place)
    if unit is None:
        return False
    said = _statement(unit, place)
    if said is None:
        forms = [t.form for t in unit.tokens if place.start <= t.start < place.end]
        return sum(form in negators() for form in forms) % 2 == 1
    denying_it = any(
        s.predicate in denying() and place.start <= s.predicate_span[0] < place.end for s in unit.statements
    )
    return said.negated != denying_it


def _matter(event: Event, clash: Clash) -> str:
    """What they disagree on: "whether the captain was arrested", "where the army stands", "“there was time”"."""
    conflict = clash.conflict
    if conflict.kind in SUBJECT_OF:
        return clip(conflict.reason.partition(" (")[0], 60)
    sides = ((clash.a, conflict.a), (clash.b, conflict.b))
    asserting = [(r, p) for r, p in sides if not _denies(event.reports[r], p)]
    report, place = (asserting or sides)[0]
    words = lower_first(bare(_clause(event.reports[report], place, conflict.kind, 60)).strip(" \"“”'‘’.,;:…"))
    if conflict.kind == "quote":
        return f"“{words}”"
    if conflict.kind in ("polarity", "stance", "opposite") and len(asserting) == 1:
        subject = _subject(event.reports[report], place, conflict.kind)
        if subject is not None:
            return " ".join(filter(None, ["whether", subject, words]))
    about, colon, _ = conflict.reason.partition(":")
    if conflict.kind == "stance" and colon and len(about) <= 40:
        return f"where {about} stands"
    return words


def _subject(report: Report, place: Place, kind: Kind) -> str | None:
    """Who does what the words of a place tell: "" where they say so, ``None`` where nothing says so."""
    unit, (start, _) = _unit(report, place), _clause_span(report, place, kind)
    if unit is None:
        return None
    if not without_subject(unit, start):
        return ""
    said = _statement(unit, place)
    roles = [role for role in (said.agent, said.patient) if role is not None] if said is not None else []
    return next((role_words(unit, role) for role in roles if 0 <= start - role.end <= 1), None)


# Quotations


class _Quoted(NamedTuple):
    report: int
    said: Said


def _quoted(event: Event, rows: Sequence[Draft]) -> Iterator[Draft]:
    """Quotations that several reports give, where no conflict of theirs has a row."""
    items = [_Quoted(r, said) for r, seen in enumerate(event.reports) for said in quotations(seen)]
    runs: dict[tuple[str, ...], list[int]] = {}
    for at, one in enumerate(items):
        for k in range(len(one.said.forms) - SAME + 1):
            runs.setdefault(one.said.forms[k : k + SAME], []).append(at)
    ties = ((1.0, i, j) for found in runs.values() for i, j in combinations(found[:8], 2) if i != j)
    for group in join(items, ties, lambda _, __: False):
        told = [Told(one.report, _telling(one), True) for one in group]
        if len({one.report for one in group}) > 1 and not any(
            r.tells(t.report, t.telling.place) for r in rows for t in told
        ):
            lead = min(group, key=lambda one: (one.report, one.said.tokens[0].start))
            yield Draft(
                subject="claimed",
                thing=f"“{clip(lead.said.text(0, -1), 48)}”",
                told=told,
                alike=lambda _, __: True,
                kinds=frozenset({"quote"}),
            )


def _telling(one: _Quoted) -> Telling:
    place = one.said.place(0, -1)
    unit = one.said.unit
    return Telling(
        place=place, text=f"“{clip(place.text, LONG)}”", speaker=speaker_of(place, unit.report.facts, unit.part)
    )
