"""The nouns of Rashomon: immutable values that every floor shares.

Every span is half open, ``start`` to ``end``, in Unicode code points of the string it was read from
(the body or the title of an article). An interval bound of ``None`` means unbounded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final, Literal

import msgspec

Part = Literal["title", "body"]
Kind = Literal[
    "count",
    "casualty",
    "measure",
    "time",
    "place",
    "name",
    "actor",
    "polarity",
    "opposite",
    "stance",
    "quote",
    "wording",
]
KINDS: tuple[Kind, ...] = Kind.__args__  # type: ignore[attr-defined]
Judgement = Literal["contradiction", "tension", "compatible", "unsure"]


def _sha(string: str) -> str:
    """SHA-256 of the UTF-8 bytes of a string, in hexadecimal; a lone surrogate counts as UTF-8 would write it."""
    return hashlib.sha256(string.encode(errors="surrogatepass")).hexdigest()


@lru_cache(4096)
def _fingerprint(*parts_and_texts: str) -> str:
    """Of parts and their words in turn, whatever the blanks and capitals."""
    parts, texts = parts_and_texts[::2], parts_and_texts[1::2]
    words = [f"{part}:{' '.join(text.split()).casefold()}" for part, text in zip(parts, texts, strict=True)]
    return _sha("\n".join(words))[:32]


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of all nouns: an immutable record that msgspec can write as JSON or MessagePack."""


class Span(Value, frozen=True, kw_only=True, omit_defaults=True):
    """A stretch of one string: ``string[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of this span in ``text``."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans of one string share a character."""
        return self.start < other.end and other.start < self.end


class Article(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One report.

    ``published`` is ISO 8601 and only as precise as the report states it:
    ``2017``, ``2017-10``, ``2017-10-14`` or ``2017-10-14T22:26:08+05:30``.
    ``external_id`` is the name it was added under (the ``id`` of a JSON Lines record), if any.
    """

    body: str
    title: str = ""
    source: str = ""
    author: str = ""
    published: str = ""
    url: str = ""
    external_id: str = ""

    @property
    def text_sha(self) -> str:
        """The name of the body as a Text: SHA-256 of its UTF-8 bytes, in hexadecimal."""
        return _sha(self.body)

    @property
    def day(self) -> date | None:
        """The day it was published, ``None`` where that is not known to the day."""
        try:
            return date.fromisoformat(self.published[:10])
        except ValueError:
            return None

    def part(self, part: Part) -> str:
        """The string that spans of ``part`` point into."""
        return self.title if part == "title" else self.body


class Sentence(Span, frozen=True, kw_only=True, omit_defaults=True):
    """A sentence of a Text; ``paragraph`` counts from 0."""

    paragraph: int = 0


class Word(Span, frozen=True, kw_only=True, omit_defaults=True):
    """A content word: its lemma in lower case and its Universal Dependencies part of speech."""

    lemma: str
    pos: str
    sentence: int = 0


class Quantity(Span, frozen=True, kw_only=True, omit_defaults=True):
    """A number as stated: an interval of what is counted or measured.

    ``low`` and ``high`` bound the value in ``unit`` as stated ("2 miles" is 2, unit "mile"); ``None`` is no bound.
    ``hedge`` is the words that loosen it ("around", "at least", "dozens"), "" where it is exact.
    ``kind`` says how it may be compared. ``counted`` is the lemma of the head noun ("fighter"), ``modifiers`` the
    lemmas that narrow it ("local"), ``also`` further heads of a counted group ("4,000 fighters and their families").
    ``fate`` is the lemma of what happened to them ("kill", "wound", "leave"), ``negated`` if that is denied,
    ``expected`` if it is announced, planned or feared rather than said to have happened.
    ``scope`` says how a count stands to others of its text: "part" of one ("including three children", "two of the 12"),
    "more" beside one ("30 others", "two more bodies"), "total" where it is said to be all; "" where nothing is said.
    ``whole`` is the lemma of what a share is of ("a third of the *houses*"), ``owner`` whose age it is.
    ``base`` is the interval in the base unit of its dimension (2 miles: 3218.688 metres) for comparison.
    ``corrected`` if a person has stated it in place of what the machine read.
    """

    low: float | None
    high: float | None
    kind: Literal[
        "count", "measure", "money", "percent", "age", "duration", "ordinal", "score", "fraction", "number"
    ] = "number"
    hedge: str = ""
    unit: str = ""
    dimension: str = ""
    base: tuple[float | None, float | None] | None = None
    counted: str = ""
    modifiers: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    counted_span: tuple[int, int] | None = None
    fate: str = ""
    negated: bool = False
    expected: bool = False
    scope: Literal["", "part", "more", "total"] = ""
    whole: str = ""
    owner: str = ""
    sentence: int = 0
    corrected: bool = False


class TimeSpan(Span, frozen=True, kw_only=True, omit_defaults=True):
    """When, as stated: [``earliest``, ``latest``] in ISO 8601, "" where it could not be resolved.

    ``precision`` is the grain of the statement. ``zone`` is the time zone as stated, "" if none.
    ``event`` is the lemma of the predicate that it dates. ``corrected`` as for `Quantity`.
    """

    earliest: str = ""
    latest: str = ""
    precision: Literal["year", "month", "week", "day", "part of day", "hour", "minute", "duration", "vague"] = "day"
    relative: bool = False
    zone: str = ""
    event: str = ""
    sentence: int = 0
    corrected: bool = False


class Mention(Span, frozen=True, kw_only=True, omit_defaults=True):
    """A named person, body or place; ``key`` is shared by all its aliases in one text.

    ``name`` is the mention without title or role ("Ada Marlow"), ``role`` what stands with it ("Col.").
    ``corrected`` as for `Quantity`.
    """

    label: Literal["PERSON", "ORG", "LOC", "OTHER"]
    key: str
    name: str
    role: str = ""
    sentence: int = 0
    corrected: bool = False


Fact = Quantity | TimeSpan | Mention
Noun = Literal["quantity", "time", "name"]
"""The kinds of fact that a person may correct."""
CALLED: Final[Mapping[Noun, str]] = {"quantity": "number", "time": "time", "name": "name"}
"""What people call them."""
Label = Literal["PERSON", "ORG", "LOC", "OTHER"]
LABELS: Final[Mapping[Label, str]] = {"PERSON": "person", "ORG": "organisation", "LOC": "place", "OTHER": "other name"}
"""What a name may be the name of, as people call it."""


class Correction(Span, frozen=True, kw_only=True, omit_defaults=True):
    """What a person says that words of an article mean: ``fact``, or ``None`` if they are no ``noun``.

    The span is where the words stand in the Text that is shown. ``id`` is that of the library; ``at``, in UTC, is
    when it was said last.
    """

    id: int
    at: str = ""
    part: Part
    noun: Noun
    fact: Fact | None = None


class Role(Span, frozen=True, kw_only=True, omit_defaults=True):
    """A party to a statement: the lemma of its head, the key of the name it holds ("" if none), its modifiers.

    ``names`` are the keys of all names among its words ("*US* and *UK* forces"). ``also`` are further heads that share
    the role ("the army, *the police* and *the coast guard*"), each without an ``also`` of its own.
    """

    head: str
    key: str = ""
    modifiers: tuple[str, ...] = ()
    negated: bool = False
    names: tuple[str, ...] = ()
    also: tuple[Role, ...] = ()

    @property
    def heads(self) -> tuple[Role, ...]:
        """This head and those that share its role."""
        return (self, *self.also)


class Statement(Span, frozen=True, kw_only=True, omit_defaults=True):
    """Who does what to whom, asserted or denied, how sure, and who says so.

    ``agent`` and ``patient`` are roles by meaning: the object of an active verb and the subject of a passive one
    are both ``patient``. ``predicate`` is a lemma; ``predicate_span`` its words. ``others`` are obliques with their
    case word: ("from", Role). ``certainty``: "asserted", "reported" (allegedly, according to), "possible" (may),
    "expected" (will, is to), "conditional". ``speaker`` is a key or the words for who says it, "" for the report.
    ``nominal`` if a noun names the deed ("the *evacuation* of the ward", "struck a *deal*"): ``predicate`` is then the
    verb that it stands for ("evacuate", "agree"), ``predicate_span`` the noun.
    """

    predicate: str
    predicate_span: tuple[int, int]
    agent: Role | None = None
    patient: Role | None = None
    others: tuple[tuple[str, Role], ...] = ()
    particle: str = ""
    negated: bool = False
    certainty: Literal["asserted", "reported", "possible", "expected", "conditional"] = "asserted"
    speaker: str = ""
    quoted: bool = False
    nominal: bool = False
    tense: str = ""
    sentence: int = 0


class Quote(Span, frozen=True, kw_only=True, omit_defaults=True):
    """Words inside quotation marks (the marks are outside the span) and the key or words for who says them."""

    speaker: str = ""
    sentence: int = 0


class Reading(Value, frozen=True, kw_only=True, omit_defaults=True):
    """What was understood of one string, every tuple in text order."""

    sentences: tuple[Sentence, ...] = ()
    words: tuple[Word, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[TimeSpan, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    quotes: tuple[Quote, ...] = ()


class Facts(Value, frozen=True, kw_only=True, omit_defaults=True):
    """All that was understood of one article, with the version of the analysis that made it."""

    version: str
    body: Reading
    title: Reading = Reading()

    def part(self, part: Part) -> Reading:
        """The reading of the title or of the body."""
        return self.title if part == "title" else self.body


class Place(Span, frozen=True, kw_only=True, omit_defaults=True):
    """A span in one part of an article, with its words."""

    part: Part = "body"
    text: str


BY_HAND = "linked by hand"
"""Why two sentences are linked where a person said so."""


class Link(Value, frozen=True, kw_only=True, omit_defaults=True):
    """Sentences of A that say the same as sentences of B (indexes into ``Reading.sentences`` of the bodies).

    ``score`` is in [0, 1]; ``relation`` is told by the counts; ``moved`` if it crosses the order of its neighbours;
    ``why`` names what decided it ("rare words: convoy, Raqqa").
    """

    a: tuple[int, ...]
    b: tuple[int, ...]
    score: float
    moved: bool = False
    why: str = ""

    @property
    def relation(self) -> str:
        """ "one to one", "one to many", "many to one" or "many to many"."""
        return f"{'one' if len(self.a) == 1 else 'many'} to {'one' if len(self.b) == 1 else 'many'}"


class Conflict(Value, frozen=True, kw_only=True, omit_defaults=True):
    """The machine's claim that two places disagree.

    ``confidence`` is a probability in [0, 1]; ``severity`` is 1 (slight), 2 (notable) or 3 (grave); ``reason`` is one
    line with the arithmetic; ``benign`` the likely innocent cause, "" if none is seen. ``more`` holds further pairs
    of places that state the same disagreement.
    """

    kind: Kind
    a: Place
    b: Place
    confidence: float
    severity: int
    reason: str
    benign: str = ""
    more: tuple[tuple[Place, Place], ...] = ()

    @property
    def fingerprint(self) -> str:
        """Names what is claimed, whatever the analysis that found it: the parts and words of both places."""
        return _fingerprint(self.a.part, self.a.text, self.b.part, self.b.text)


class Comparison(Value, frozen=True, kw_only=True, omit_defaults=True):
    """Alignment and conflicts of two texts. ``conflicts`` are sorted by confidence, best first.

    ``related`` in [0, 1] says how surely both report one event; ``notes`` are lines for the reader, such as a
    bound that was hit.
    """

    version: str
    links: tuple[Link, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    related: float = 1.0
    notes: tuple[str, ...] = ()
