"""Titles: one person, by name or near spelling, with two ranks or two offices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from reader.conflicts.base import Candidate, Pair, Report, Unit
from reader.conflicts.spellings import LIKELY, name_words
from reader.lexicon import exclusions
from reader.names import near
from reader.nouns import Mention, Place

TITLES = {"rank": 1.0, "office": 0.0}
"""Kinds of title of which a person has one at a time, and whether one is as a rule not kept under the next."""
FORMER = frozenset("former ex retired late then acting interim deputy vice assistant lieutenant lt".split())
"""Words that make a title another, or one of another time."""
PLACES = 20
"""In how many places of either report a person's titles are looked at."""


@dataclass(frozen=True)
class Titled:
    """A person with a title: its kind, and which of the kind it is ("rank", "colonel")."""

    unit: Unit
    mention: Mention
    kind: str
    title: str

    @property
    def place(self) -> Place:
        """The name with the title before it."""
        text = self.unit.report.article.part(self.unit.part)
        start = text.rfind(self.mention.role, self.unit.sentence.start, self.mention.start + len(self.mention.role))
        return self.unit.place((start if start >= 0 else self.mention.start, self.mention.end))


def _titled(report: Report, renamed: dict[str, str]) -> dict[str, list[Titled]]:
    """The persons who have a title of ``TITLES``, by key as A has it."""
    found: dict[str, list[Titled]] = defaultdict(list)
    for unit in report.units:
        for mention in unit.mentions:
            if mention.label != "PERSON" or not mention.role:
                continue
            words = [w.casefold().rstrip(".") for w in mention.role.split()]
            for kind, title in exclusions().get(words[-1], ()):
                if kind in TITLES and FORMER.isdisjoint(words[:-1]):
                    key = renamed.get(mention.key, mention.key)
                    found[key].append(Titled(unit, mention, kind, title))
    return found


def find(pair: Pair) -> Iterator[Candidate]:
    """Candidates of kind name: one person who is a colonel in A and a captain in B."""
    titled_a = _titled(pair.a, {})
    titled_b = _titled(pair.b, pair.matched)
    for key in sorted(titled_b.keys() - titled_a.keys()):
        other = titled_b[key][0].mention.name
        spelt = [k for k, of in titled_a.items() if k not in titled_b and near(of[0].mention.name, other) >= LIKELY]
        if len(spelt) == 1:
            titled_b[spelt[0]] = titled_b[key]
    for key in sorted(titled_a.keys() & titled_b.keys()):
        xs, ys = titled_a[key][:PLACES], titled_b[key][:PLACES]
        for x in xs:
            for y in ys:
                if x.kind == y.kind and x.title != y.title and not (pair.same and x.unit is y.unit):
                    yield _title(pair, key, x, y, xs, ys)


def _title(pair: Pair, key: str, x: Titled, y: Titled, xs: list[Titled], ys: list[Titled]) -> Candidate:
    given = {t.title for t in xs} & {t.title for t in ys}
    place_x, place_y = x.place, y.place
    later = bool(pair.days_later)
    return Candidate(
        kind="name",
        family="title",
        a=place_x,
        b=place_y,
        reason=f"{x.mention.role} against {y.mention.role}: two titles of {max((x.mention.name, y.mention.name), key=len)}",
        features={
            "held": TITLES[x.kind],
            "settled": float(bool(given & {x.title, y.title})),
            "full": float(all(any(len(name_words(t.mention.name)) > 1 for t in side) for side in (xs, ys))),
            "likeness": pair.likeness(x.unit, y.unit),
            "later": float(later),
        },
        topic=("title", key, *sorted((x.title, y.title))),
        severity=1,
        benign="a promotion between the reports" if later and x.kind == "rank" else "one title may be a former one",
    )
