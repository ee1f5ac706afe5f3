"""Two figures for one thing: counts, casualties, measures, and none against some.

Figures are compared across the whole of both texts by what they are about: the head that is counted, what narrows it,
what befell it, and the sentences around. Only disjoint intervals can disagree. Subsets, sums, rounding, expectations
and figures that both texts give are features of the confidence, and the benign cause that is told.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import combinations, islice
from operator import attrgetter

from reader.conflicts.base import FAR_GAP, Candidate, Pair, Report, Token, Unit, by_sentence, clip
from reader.fates import PARTICIPLES
from reader.lexicon import concept, exclusions, fate_of, idle_modifiers, kinds_of_people, nominal, opposite, people
from reader.nouns import Kind, Quantity
from reader.plurals import plural
from reader.times import bounds

CASUALTY = frozenset({"dead", "hurt", "shot", "treated", "missing", "held"})
GROWING = frozenset({"dead", "hurt", "missing", "held"})
"""Tolls that rise as more is known."""
CHARGES = frozenset({"count", "charge", "felony", "misdemeanor"})
"""What is counted anew for every defendant and hearing."""
COUNTS = frozenset({"count", "number"})
MEASURES = frozenset({"measure", "money", "percent", "duration", "fraction", "score"})
PERSON = "person"
NOBODY = frozenset({"nobody", "no one", "no-one", "none"})
"""None told by a pronoun: what it denies is the verb alone."""
SCORES = frozenset(
    "season game match point goal yard pass start set round lap run win loss assist rebound catch punch touchdown carry inning basket serve".split()
)
"""What is counted anew for every player, match and year."""
SINGLE = frozenset(
    "man woman boy girl child baby teen teenager gunman suspect shooter driver officer bystander".split()
)
"""Nouns that tell of one person."""
ATTACKERS = frozenset("gunman shooter attacker bomber assailant killer suspect himself herself".split())
"""Who some tolls count and others leave out."""
MAGNITUDES = frozenset("hundred thousand million billion trillion".split())
"""Words that are no figure of their own."""
ABOUT = 1.1 / 0.9
"""How much more the upper bound of "around" is than the lower."""
CONVERTED = 0.05
"""How far apart one length, weight or sum may be told in two units, each in round numbers."""
ELSEWHEN = timedelta(days=1)
"""Sentences that date what they tell so far apart tell two happenings."""
LONG_AGO = timedelta(days=30)
"""What is dated so long before both reports is another happening than what they report without a date."""
BETWEEN = frozenset("and a an one year-old years-old".split())
"""What stands between the persons of a list: "a clerk and her 9-year-old son"."""
FRONT = 5
"""How far into a sentence a time stands that dates all of it ("In 2004 ..."), in code points."""
PHRASE = 60
"""How far behind a number what it counts may end to be marked with it, in code points."""
LEAST = 0.02
"""Sentences less alike do not count one thing, unless they say what befell it too."""
MOST = 40_000
"""The most pairs of figures of one dimension that are compared."""
_AGO = re.compile(r"\s+(?:ago|later|earlier|before|after|old)\b")
_START, _END = attrgetter("start"), attrgetter("end")
BESIDE = 12
"""The most figures of a sentence that are held against those of another for a shift from the wounded to the dead."""


@dataclass(frozen=True, eq=False)
class Figure:
    """A quantity where it stands, its interval in the unit it is compared in."""

    unit: Unit
    quantity: Quantity
    low: float
    high: float

    @cached_property
    def head(self) -> str:
        """What is counted, synonyms as one; "person" for any person, "" where it is not said."""
        lemma = self.quantity.counted.casefold()
        if named := nominal(lemma):
            lemma = named[1]
        if lemma in people() or (self.fate in CASUALTY and (not lemma or lemma == PARTICIPLES.get(self.quantity.fate))):
            return PERSON  # "six more shot": the shot are people, not bullets
        return concept(lemma, "NOUN")

    @cached_property
    def narrowing(self) -> frozenset[str]:
        """What narrows the head down."""
        words = {m.casefold() for m in self.quantity.modifiers} - idle_modifiers()
        if named := nominal(self.quantity.counted.casefold()):
            words.add(named[0])
        return frozenset(concept(w, "ADJ") for w in words)

    @cached_property
    def fate(self) -> str:
        """The class of what befell what is counted."""
        return fate_of(self.quantity.fate.casefold()) if self.quantity.fate else ""

    @property
    def words(self) -> str:
        """The number as stated, in lower case."""
        return self.unit.place(self.quantity).text.casefold()

    @property
    def none(self) -> bool:
        """Whether it says that there was none."""
        return self.high == 0

    @cached_property
    def singly(self) -> int:
        """How many persons are listed singly right beside it: "a man and *two teens*" has one."""
        tokens = self.unit.tokens
        start, end = self.quantity.start, (self.quantity.counted_span or (0, self.quantity.end))[1]
        before, behind = bisect_right(tokens, start, key=_END), bisect_left(tokens, end, key=_START)
        return _listed(reversed(tokens[:before])) + _listed(tokens[behind:])

    @property
    def qualified(self) -> bool:
        """Whether what befell them is told with a manner or a degree right behind the number: "seriously injured"."""
        tokens = self.unit.tokens
        behind = bisect_left(tokens, (self.quantity.counted_span or (0, self.quantity.end))[1], key=_START)
        return any(t.form.endswith("ly") for t in tokens[behind : behind + 3])

    @cached_property
    def attacker(self) -> bool:
        """Whether its sentence counts the attacker in, or tells of his own death beside the toll."""
        forms = [t.form for t in self.unit.tokens]
        return any(
            form in ("himself", "herself")
            or (form == "including" and not ATTACKERS.isdisjoint(forms[i + 1 : i + 4]))
            or (form == "own" and forms[i + 1 : i + 2] == ["life"])
            for i, form in enumerate(forms)
        )

    @cached_property
    def days(self) -> tuple[tuple[datetime, datetime], ...]:
        """The days, or longer spans, on which that befell them: the first moment and the first behind it."""
        dated = (t for t in self.unit.times if t.earliest[:4].isdigit() and t.precision != "duration")
        first = self.unit.sentence.start + FRONT
        spans = (bounds(t) for t in dated if self.fate and (t.start <= first or fate_of(t.event) == self.fate))
        return tuple((first, behind) for first, behind in spans if first and behind)


class Group:
    """The figures of one report in one dimension."""

    def __init__(self, figures: list[Figure]) -> None:
        self.figures = figures
        self._of_sentence = by_sentence(figures)
        self._of_head: dict[str, list[Figure]] = defaultdict(list)
        self._of_fate: dict[str, list[Figure]] = defaultdict(list)
        self._stated: dict[Figure, list[Figure]] = {}
        for figure in figures:
            if len(befallen := self._of_fate[figure.fate]) < BESIDE:
                befallen.append(figure)
            if math.isfinite(figure.low) and math.isfinite(figure.high):
                self._of_head[_head(figure)].append(figure)

    def beside(self, figure: Figure) -> list[Figure]:
        """The figures of its sentence, itself too."""
        return self._of_sentence[figure.unit.row]

    def rivals(self, figure: Figure) -> bool:
        """Whether its sentence gives another figure of the same thing, so that either may be meant."""
        return any(
            f.low != figure.low
            and _head(f) == _head(figure)
            and (f.fate == figure.fate or not (f.fate and figure.fate))
            for f in self.beside(figure)
        )

    def befallen(self, fate: str) -> list[Figure]:
        """Its first figures of those whom that befell."""
        return self._of_fate.get(fate, [])

    def states(self, figure: Figure, but: Figure) -> bool:
        """Whether this report gives a figure of the other too, of the same thing, somewhere else."""
        if figure not in self._stated:
            told = (
                f
                for f in self._of_head.get(_head(figure), ())
                if f.low <= figure.high
                and figure.low <= f.high
                and (f.quantity.kind not in COUNTS or not f.fate or not figure.fate or _one_fate(f, figure))
            )
            self._stated[figure] = list(islice(told, 2))
        return any(f is not but for f in self._stated[figure])


def _one_fate(x: Figure, y: Figure) -> bool:
    """Whether the same befell both: who was shot may be told as wounded."""
    return x.fate == y.fate or {x.fate, y.fate} == {"shot", "hurt"}


def _head(figure: Figure) -> str:
    return figure.head if figure.quantity.kind in COUNTS else ""


def find(pair: Pair) -> Iterator[Candidate]:
    """Candidates of kind count, casualty, measure, and polarity for none against some."""
    figures_a, figures_b = figures_of(pair.a), figures_of(pair.b)
    for name in (name for name in figures_a if name in figures_b):
        left, right = Group(figures_a[name]), Group(figures_b[name])
        for x, y in pair.met(left.figures, right.figures, MOST, "figures"):
            if (x.low > y.high or y.low > x.high) and (found := _compared(pair, x, y, left, right)):
                yield found


def figures_of(report: Report) -> dict[str, list[Figure]]:
    """The figures of a report that may be compared, those of one dimension together."""
    found: dict[str, list[Figure]] = defaultdict(list)
    for unit in report.units:
        for quantity in unit.quantities:
            if quantity.kind in COUNTS:
                group = "count"
            elif quantity.kind in MEASURES:
                group = quantity.dimension or quantity.unit or quantity.kind
            else:
                continue
            figure = Figure(unit, quantity, *_interval(quantity))
            # "All four are not cooperating" denies the verb; it gives no figure of those who are.
            if (quantity.negated and not figure.none) or figure.words in MAGNITUDES:
                continue
            if quantity.kind == "duration" and _AGO.match(report.article.part(unit.part), quantity.end):
                continue  # that is a time
            found[group].append(figure)
    return found


def _interval(quantity: Quantity) -> tuple[float, float]:
    """The interval to compare. "Around" a figure that is not round is taken as closer than it would allow."""
    low, high = quantity.base or (quantity.low, quantity.high)
    if quantity.whole == "calibre" and low and high and high < 1:
        return 100 * low, 100 * high
    if low is None or high is None:
        return (-math.inf if low is None else low, math.inf if high is None else high)
    if quantity.hedge and low > 0 and abs(high / low - ABOUT) < 0.01:
        centre = (low + high) / 2
        grain = _grain(centre)
        if 0 < grain < high - low:
            return centre - grain / 2, centre + grain / 2
    return low, high


def _grain(value: float) -> float:
    """How coarsely a figure is rounded: 275 to 25, 250 to 50, 2,000 to 1,000."""
    whole = round(value)
    if whole <= 0 or abs(whole - value) > 1e-6 * max(1.0, value):
        return 0.0
    power = 1
    while whole % (power * 10) == 0:
        power *= 10
    return next(float(power * step) for step in (5, 2.5, 1) if whole % (power * step) == 0)


def _compared(pair: Pair, x: Figure, y: Figure, left: Group, right: Group) -> Candidate | None:
    likeness = pair.likeness(x.unit, y.unit)
    counts = x.quantity.kind in COUNTS
    if likeness < LEAST and not (counts and x.head and x.head == y.head and x.fate and x.fate == y.fate):
        return None
    match = same_thing(x, y) if counts else same_measure(x, y)
    if match is None:
        return None
    gap = _gap(x, y)
    if x.quantity.unit != y.quantity.unit and gap < CONVERTED and not counts:
        return None
    attacker = counts and abs(x.low - y.low) == 1 and (x.attacker or y.attacker)
    summed = attacker or _sums(x, y, left) or _sums(y, x, right)
    settled = right.states(x, but=y) or left.states(y, but=x)
    rounded = rounds(x, y) or rounds(y, x)
    moved = _moved(x, y, left, right)
    none = x.none != y.none
    features = match | {
        "likeness": likeness,
        "shared": _shared(x.unit, y.unit),
        "names": float(bool(x.unit.keys & y.unit.keys)),
        "gap": min(gap, 1.0),
        "near": float(gap < 0.35),
        "far": float(gap > 3) + float(gap > 20),
        "sum": float(summed),
        "rivals": float(left.rivals(x) or right.rivals(y)),
        "elsewhen": float(_elsewhen(pair, x, y)),
        "settled": float(settled),
        "rounded": float(rounded),
        "hedged": float(bool(x.quantity.hedge or y.quantity.hedge)),
        "moved": float(moved),
        "grew": float(_grew(pair, x, y)),
        "expected": float(x.quantity.expected != y.quantity.expected),
        "alone": float(len(left.beside(x)) == len(right.beside(y)) == 1),
        "none": float(none),
        "title": float("title" in (x.unit.part, y.unit.part)),
        "size": math.log(pair.size),
    }
    of_people = all(f.head in ("", PERSON) or f.head in kinds_of_people() for f in (x, y))
    casualty = bool({x.fate, y.fate} & CASUALTY) and counts and of_people
    kind: Kind = "polarity" if none else "casualty" if casualty else "count" if counts else "measure"
    family = "none" if none else "casualty" if casualty else "count" if counts else "measure"
    place_x, place_y = x.unit.place(phrase(x)), y.unit.place(phrase(y))
    return Candidate(
        kind=kind,
        family=family,
        a=place_x,
        b=place_y,
        reason=_reason(x, y, none),
        features=features,
        topic=(x.head, f"{x.low:g}-{x.high:g}", f"{y.low:g}-{y.high:g}"),
        severity=_severity(gap, none, casualty),
        benign=_benign(
            pair, x, y, match, summed=summed, attacker=attacker, settled=settled, rounded=rounded, moved=moved
        ),
    )


def same_thing(x: Figure, y: Figure) -> dict[str, float] | None:
    """How surely two counts are of one thing; ``None`` where they cannot be."""
    head = x.head == y.head and bool(x.head)
    kinds = kinds_of_people()
    wide_x = x.head == PERSON and y.head in kinds
    wide_y = y.head == PERSON and x.head in kinds
    if x.head and y.head and not (head or wide_x or wide_y):
        return None
    if not (x.head or y.head):
        return None
    if narrowed_apart(x.narrowing, y.narrowing):
        return None
    if x.fate in CASUALTY and y.fate in CASUALTY and x.fate != y.fate:
        return None
    if PERSON in (x.head, y.head) and (x.quantity.scope == "part") != (y.quantity.scope == "part"):
        return None  # "one of them" is told beside the toll, not against it
    if x.fate != y.fate and any(f.none and f.words in NOBODY for f in (x, y)):
        return None  # "nobody heard it" denies no more than that
    if (
        x.fate != y.fate
        and any(f.none and not f.narrowing and f.fate for f in (x, y))
        and not x.narrowing & y.narrowing
    ):
        return None
    small, large = (x, y) if x.high < y.low else (y, x)
    inside = small.narrowing > large.narrowing
    if any(f.none and f.qualified for f in (x, y)):
        return None  # "nobody was seriously injured"
    if any(f.none and f.quantity.scope == "part" and not f.fate for f in (x, y)):
        return None  # "none of them was over 18"
    narrow = 0 if inside else len(x.narrowing ^ y.narrowing)
    if (x.none and x.narrowing - y.narrowing) or (y.none and y.narrowing - x.narrowing):
        return None
    broader, narrower = (x, y) if wide_x else (y, x) if wide_y else (None, None)
    return {
        "head": float(head),
        "person": float(head and x.head == PERSON),
        "wider": float(broader is not None and narrower is not None and broader.low > narrower.high),
        "tighter": float(broader is not None and narrower is not None and broader.high < narrower.low),
        "unsaid": float(not (x.head and y.head)),
        "narrowed": float(narrow),
        "inside": float(inside),
        "part": float((x.quantity.scope == "part") != (y.quantity.scope == "part")),
        "alike": float(bool(x.narrowing & y.narrowing)),
        "charges": float(head and x.head in CHARGES),
        "scores": float(head and x.head in SCORES),
        "single": float(any(f.low == f.high == 1 and f.words in ("one", "a", "1") for f in (x, y))),
        "unfated": float(PERSON in (x.head, y.head) and x.fate != y.fate),
        "more": float((x.quantity.scope == "more") != (y.quantity.scope == "more")),
        "total": float(x.quantity.scope == y.quantity.scope == "total"),
        "fate": float(bool(x.fate) and x.fate == y.fate),
        "otherfate": float(bool(x.fate) and bool(y.fate) and x.fate != y.fate),
    }


def same_measure(x: Figure, y: Figure) -> dict[str, float]:
    """How surely two measures are of one thing."""
    of_x, of_y = concept(x.quantity.whole.casefold()), concept(y.quantity.whole.casefold())
    return {
        "of": float(bool(of_x) and of_x == of_y),
        "otherof": float(bool(of_x) and bool(of_y) and of_x != of_y),
        "unit": float(x.quantity.unit == y.quantity.unit),
        "fate": float(bool(x.fate) and x.fate == y.fate),
    }


def narrowed_apart(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether what narrows one shuts out what narrows the other: local against foreign, French against German."""
    if any(opposite(m, n) for m in left for n in right):
        return True
    table = exclusions()
    kinds: dict[str, set[str]] = {}
    for word in left:
        for kind, member in table.get(word, ()):
            kinds.setdefault(kind, set()).add(member)
    return any(kind in kinds and member not in kinds[kind] for word in right for kind, member in table.get(word, ()))


def _gap(x: Figure, y: Figure) -> float:
    """How far apart, as a share of the smaller: 275 against 250 is 0.10."""
    small, large = (x, y) if x.high < y.low else (y, x)
    upper = small.high if small.high != math.inf else small.low
    lower = large.low if large.low != -math.inf else large.high
    return (lower - upper) / abs(upper) if upper else FAR_GAP


def _told(x: Figure, y: Figure) -> str:
    """The distance in words: percent while it is small, times when it is not."""
    one, other = sorted((_middle(x), _middle(y)))
    if one <= 0 or not math.isfinite(other):
        return ""
    apart = (other - one) / one
    if apart < 1:
        return f" ({max(1, round(100 * apart))}% apart)"
    return f" ({other / one:.2g} times as much)" if apart < 100 else ""


def _middle(figure: Figure) -> float:
    if figure.low == -math.inf:
        return figure.high
    if figure.high == math.inf:
        return figure.low
    return (figure.low + figure.high) / 2


def _moved(x: Figure, y: Figure, left: Group, right: Group) -> bool:
    """Whether the dead of one report are more by as many as its wounded are fewer: somebody has died since."""
    other = {"dead": ("hurt", "shot"), "hurt": ("dead",), "shot": ("dead",)}.get(x.fate, ())
    if x.fate != y.fate or not other or not x.low - y.low:
        return False
    return any(
        f.low - g.low == y.low - x.low for fate in other for f in left.befallen(fate) for g in right.befallen(fate)
    )


def _elsewhen(pair: Pair, x: Figure, y: Figure) -> bool:
    """Whether the sentences date what they tell to days apart, or one to long before both reports."""
    if x.days and y.days:
        return all(a[0] - b[1] >= ELSEWHEN or b[0] - a[1] >= ELSEWHEN for a in x.days for b in y.days)
    first, then = pair.a.article.day, pair.b.article.day
    if not (first and then) or not (x.days or y.days):
        return False
    told = min(first, then)
    return all(told - behind.date() >= LONG_AGO for _, behind in x.days or y.days)


def _grew(pair: Pair, x: Figure, y: Figure) -> bool:
    """Whether the report of a later day gives the higher toll."""
    return x.fate in GROWING and pair.days_later != 0 and (pair.days_later > 0) == (x.high < y.low)


def _sums(part: Figure, whole: Figure, others: Group) -> bool:
    """Whether ``part`` and one or two more figures of its sentence, or persons told singly, make up ``whole``."""
    if part.high < whole.low <= whole.high and whole.low - part.high <= part.singly:
        return True
    near = list(islice((f for f in others.beside(part) if f is not part and f.low >= 0), 6))
    for size in (1, 2):
        for more in combinations(near, size):
            if sum(f.low for f in more) + part.low <= whole.high and whole.low <= sum(f.high for f in more) + part.high:
                return True
    return False


def _listed(tokens: Iterable[Token]) -> int:
    """How many persons stand in a list before anything else is told."""
    found = 0
    for token in tokens:
        if token.form in SINGLE:
            found += 1
        elif not (token.form in BETWEEN or token.form.isdigit() or token.pos == "ADJ"):
            break
    return found


def rounds(rough: Figure, exact: Figure) -> bool:
    """Whether one figure is the other, rounded."""
    if not (math.isfinite(rough.low) and math.isfinite(rough.high) and math.isfinite(exact.low)):
        return False
    grain = _grain(_middle(rough))
    return grain > 1 and abs(_middle(rough) - _middle(exact)) < grain / 2 and grain <= 0.5 * _middle(rough)


def _shared(a: Unit, b: Unit) -> float:
    """The share of the shorter sentence's telling words that the other has too."""
    return len(a.concepts & b.concepts) / max(1, min(len(a.concepts), len(b.concepts)))


def phrase(figure: Figure) -> tuple[int, int]:
    """The number with what it counts, where that follows in the same breath: "no foreign fighters"."""
    q = figure.quantity
    if q.counted_span and q.start <= q.counted_span[1] <= q.end + PHRASE:
        return q.start, max(q.end, q.counted_span[1])
    return q.start, q.end


def _thing(figure: Figure) -> str:
    q = figure.quantity
    text = figure.unit.report.article.part(figure.unit.part)
    if q.counted_span:
        return " ".join(text[slice(*q.counted_span)].split())
    return plural(q.counted) if q.counted else q.unit


def _reason(x: Figure, y: Figure, none: bool) -> str:
    if none:
        return f"A: {_clause(x)} · B: {_clause(y)}"
    stated_x, stated_y = _number(x), _number(y)
    thing = _thing(x) or _thing(y)
    what = _befell(x) or _befell(y)
    if x.quantity.kind in COUNTS:
        tail = f" {thing}" if thing and thing not in stated_y else ""
        tail += f", {what}" if what else ""
    else:
        units = {x.quantity.unit, y.quantity.unit}
        tail = f", {thing}" if thing and thing not in units and thing not in stated_y else ""
    return (
        f"{stated_x}, against {stated_y}{tail}{_told(x, y)}"
        if "read as" in stated_x
        else (f"{stated_x} against {stated_y}{tail}{_told(x, y)}")
    )


def _number(figure: Figure) -> str:
    """A figure as stated; a vague one with how it is read."""
    words = clip(figure.unit.place(figure.quantity).text, 40)
    read = read_as(figure)
    return f'"{words}" read as {read}' if read else words


def read_as(figure: Figure) -> str:
    """How a figure told in words is read: "24-99" for "dozens"; "" where it is plain."""
    q = figure.quantity
    low, high = q.low, q.high
    if low == high or any(c.isdigit() for c in figure.words[:40]):
        return ""
    if low is None or high is None:
        return f"up to {_plain(high)}" if low is None else f"at least {_plain(low)}"
    return f"{_plain(low)}-{_plain(high)}"


def _plain(value: float | None) -> str:
    if value is None:
        return "any number"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.4g}"


def _clause(figure: Figure) -> str:
    """A figure with what befell them, or with the words that follow where that is not known or its noun says it."""
    q = figure.quantity
    text = figure.unit.report.article.part(figure.unit.part)
    words = text[q.start : max(q.end, q.counted_span[1] if q.counted_span else q.end)]
    what = _befell(figure)
    if what in ("", q.fate) or fate_of(q.counted) == figure.fate:
        return clip(text[q.start : figure.unit.sentence.end].rstrip(" .!?"), 60)
    return clip(words, 60) + (f" {what}" if what not in words else "")


def _befell(figure: Figure) -> str:
    """What befell them, as the sentence puts it: "left", "were killed" is "killed"."""
    fate = figure.quantity.fate
    said = next((s for s in figure.unit.statements if s.predicate == fate), None) if fate else None
    if said is not None:
        return clip(figure.unit.place(said.predicate_span).text)
    return PARTICIPLES.get(fate, fate)


def _severity(gap: float, none: bool, casualty: bool) -> int:
    if none or gap > 1:
        return 3
    return 2 if casualty or gap >= 0.1 else 1


def _benign(
    pair: Pair,
    x: Figure,
    y: Figure,
    match: dict[str, float],
    *,
    summed: bool,
    attacker: bool,
    settled: bool,
    rounded: bool,
    moved: bool,
) -> str:
    if moved:
        return "some of the wounded may have died between the reports"
    if attacker:
        return "one figure may count the attacker too"
    if summed:
        return "one figure may be a sum of the other and more"
    if rounded:
        return "one figure may be the other, rounded"
    if x.quantity.expected != y.quantity.expected:
        return "one figure was expected, the other found"
    if match.get("part") or match.get("inside") or match.get("wider") or x.narrowing != y.narrowing:
        return "one may count only a part"
    if settled:
        return "one report gives both figures"
    return "a later count" if pair.days_later else ""
