"""Dates, spans and clock times of a news text, resolved against its dateline or the date it was published.

``reader.timegrammar`` finds what is stated, ``reader.whens`` says what it means; here the parse decides between a
month and a verb, gives the tense that tells Friday last from Friday next, and names the event that is dated.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reader.calendar import DAY, MINUTE, Grain, Stretch, day, period
from reader.dateline import parse_date
from reader.nouns import TimeSpan
from reader.timegrammar import Stated, scan
from reader.whens import (
    About,
    At,
    Bound,
    Context,
    Distance,
    Now,
    PartOfDay,
    Range,
    Tense,
    Unsaid,
    When,
)

if TYPE_CHECKING:
    from reader.pipeline import Paragraph
    from reader.tokens import Span, Token

__all__ = ["bounds", "parse_date", "times"]

_SAYING = frozenset("say tell report announce add state claim warn note write quote confirm deny insist".split())
_PLANNING = frozenset("schedule slate plan expect due postpone adjourn set intend want vow promise agree hope".split())
_FUTURE_AUX = frozenset("will shall would may might must can could should 'll wo ’ll".split())
_PREDICATES = frozenset({"VERB", "NOUN", "AUX"})
_STOPS = frozenset('.!?"”')
_AFTER_DATELINE = re.compile(r"\s*(?:\([^()]{2,30}\)\s*)?(?:[-–—]{1,2}|:|/|\()\s*\S")
_TOLD_KEPT = 8  # how many earlier times "that day" may reach back to

ANY_DAY = datetime(2000, 1, 1)
"""Stands for the day of a clock time whose day is not known; it is never shown."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A stated time with what the parse says about it."""

    stated: Stated
    event: str
    tense: Tense
    sentence: int
    quoted: bool = False


def times(parse: Sequence[Paragraph], published: str) -> tuple[TimeSpan, ...]:
    """Every time stated in the paragraphs, in text order.

    ``published`` is ISO 8601 at any precision, or "". Relative times that it does not settle keep "" for both bounds.
    A clock time whose day is told nowhere near is given as "T14:15".
    """
    reference = _reference(published)
    found: list[TimeSpan] = []
    told: tuple[Stretch, ...] = ()
    for number, paragraph in enumerate(parse):
        seen = list(_seen(paragraph))
        if number == 0 and seen:
            reference = _dateline(seen[0], paragraph.doc.text, reference)
        resolved: list[Stretch | None] = []
        for item in seen:
            context = Context(tense=item.tense, told=told)
            stretch = None if _needs_day(item.stated.when) else _resolve(item, context, reference)
            resolved.append(stretch)
            if stretch and _is_telling(item, stretch):
                told = (*told[-_TOLD_KEPT:], stretch)
        for place, item in enumerate(seen):
            if _needs_day(item.stated.when):
                context = Context(tense=item.tense, told=told, day=_day_of(place, seen, resolved))
                resolved[place] = _resolve(item, context, reference)
            if _is_duration(item):
                continue
            found.append(_span(paragraph.offset, item, resolved[place]))
    return tuple(found)


def bounds(span: TimeSpan) -> tuple[datetime | None, datetime | None]:
    """The first moment that a time allows and the first after it, ``None`` for no bound, to compare two times by.

    A time counted in weeks, months or years from a day ("two months ago") is a round figure: it is widened by half of
    its unit on either side. Both are ``None`` where the time was not resolved, and for a clock time of no known day.
    """
    ends: list[datetime | None] = []
    for iso in (span.earliest, span.latest):
        ends.append(datetime.fromisoformat(iso) if iso and not iso.startswith("T") else None)
    start, end = ends
    if end is not None:
        end += min(MINUTE if "T" in span.latest else DAY, datetime.max - end)
    if span.relative and span.earliest == span.latest and start and end:
        slack = {"week": timedelta(days=3), "month": timedelta(days=15), "year": timedelta(days=183)}.get(
            span.precision
        )
        if slack:
            return start - min(slack, start - datetime.min), end + min(slack, datetime.max - end)
    return start, end


def _reference(published: str) -> tuple[datetime, datetime] | None:
    """The first and last day that the date published allows."""
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", published)
    if not match:
        return None
    year, month, number = (int(part) if part else None for part in match.groups())
    try:
        first = datetime(year or 1, month or 1, number or 1)
        whole = period(first, "day" if number else "month" if month else "year")
    except (ValueError, OverflowError):
        return None
    return (first, whole.end - DAY) if whole.end else None


def _dateline(item: _Seen, text: str, reference: tuple[datetime, datetime] | None) -> tuple[datetime, datetime] | None:
    """The day of a dateline ("KANDAR, Oct. 12 (Agency) -") where the text opens with one, else ``reference``."""
    start, end = item.stated.start, item.stated.end
    if start > 60 or (not text[:start].isupper() and start > 25) or not _AFTER_DATELINE.match(text, end):
        return reference
    if not re.match(r"[^\w]*[A-Z]", text) or re.search(r"[a-z]{3,}\s+[a-z]{3,}", text[:start]):
        return reference
    stretch = _resolve(item, Context(), reference)
    if stretch is None or stretch.start is None or stretch.grain != "day" or stretch.end != stretch.start + DAY:
        return reference
    if reference and not reference[0] - 7 * DAY <= stretch.start <= reference[1] + DAY:
        return reference
    return stretch.start, stretch.start


# resolving


def _resolve(item: _Seen, context: Context, reference: tuple[datetime, datetime] | None) -> Stretch | None:
    """The stretch meant, if every day that the date published allows gives the same one."""
    when = item.stated.when
    try:
        if reference is None:
            return when.resolve(context)
        first, last = (when.resolve(replace(context, now=now)) for now in reference)
    except (ValueError, OverflowError):
        return None
    if first is None or last is None or (first.start, first.end) != (last.start, last.end):
        return None
    if item.tense == "past" and not when.relative and first.start and first.start > reference[1] + DAY:
        return None  # told as past, but after publication: a slip of the pen
    return first


def _needs_day(when: When) -> bool:
    """Whether a value is a time of day whose day is said elsewhere."""
    match when:
        case Unsaid():
            return True
        case At() | PartOfDay() | Bound() | About():
            return _needs_day(when.of)
        case Range():
            return _needs_day(when.first) or _needs_day(when.last)
    return False


def _day_of(place: int, seen: list[_Seen], resolved: list[Stretch | None]) -> Stretch | None:
    """The day that a clock time belongs to: the one of its sentence, else the last before it in its paragraph."""
    here = seen[place].sentence
    days = [
        (item, stretch)
        for item, stretch in zip(seen, resolved, strict=True)
        if stretch
        and stretch.start
        and stretch.end
        and stretch.end - stretch.start <= DAY
        and not _needs_day(item.stated.when)
    ]
    same = [pair for pair in days if pair[0].sentence == here]
    same = [pair for pair in same if pair[0].event not in _SAYING] or same
    if same:
        start = seen[place].stated.start
        return min(same, key=lambda pair: abs(pair[0].stated.start - start))[1]
    earlier = [s for item, s in days if item.sentence < here and item.event not in _SAYING]
    return earlier[-1] if earlier else None


def _is_telling(item: _Seen, stretch: Stretch) -> bool:
    """Whether the story goes on from this time: not from when somebody spoke, nor from "now" or "since 2014"."""
    if isinstance(item.stated.when, (Now, Bound)) or not (stretch.start and stretch.end):
        return False
    return item.event not in _SAYING and not (item.quoted and item.stated.when.relative)


def _is_duration(item: _Seen) -> bool:
    """ "In two weeks" told of the past: how long it took, not when."""
    when = item.stated.when
    return isinstance(when, Distance) and when.ahead and item.tense == "past"


def _span(offset: int, item: _Seen, stretch: Stretch | None) -> TimeSpan:
    when = item.stated.when
    earliest = latest = ""
    if stretch:
        grain = stretch.grain
        earliest, latest = stretch.iso()
    elif _needs_day(when):
        grain, earliest, latest = _clock_only(when)
    else:
        grain = _grain(when)
    return TimeSpan(
        start=offset + item.stated.start,
        end=offset + item.stated.end,
        earliest=earliest,
        latest=latest,
        precision=grain,
        relative=when.relative,
        zone=when.zone,
        event=item.event,
        sentence=item.sentence,
    )


def _clock_only(when: When) -> tuple[Grain, str, str]:
    """A time of day of no known day, as "T14:15"."""
    stretch = when.resolve(Context(now=ANY_DAY, day=day(ANY_DAY)))
    if stretch is None:
        return "vague", "", ""
    earliest, latest = (iso[10:] for iso in stretch.iso())
    return stretch.grain, earliest, latest


def _grain(when: When) -> Grain:
    """The grain of a time that cannot be resolved: that which it would have on any day."""
    try:
        stretch = when.resolve(Context(now=ANY_DAY, tense="future", told=(day(ANY_DAY),)))
    except (ValueError, OverflowError):
        stretch = None
    return stretch.grain if stretch else "vague"


# what the parse says


def _seen(paragraph: Paragraph) -> Iterator[_Seen]:
    """The times stated in a paragraph that the parse lets stand."""
    text = paragraph.doc.text
    stated_here = list(scan(text))
    if not stated_here:
        return
    starts, indexes = [], []
    for index, sentence in paragraph.sentences():
        starts.append(sentence.start_char)
        indexes.append(index)
    for stated in stated_here:
        place = max(0, bisect_right(starts, stated.start) - 1)
        number = indexes[place] if indexes else paragraph.first_sentence
        tokens = paragraph.doc.covering(stated.start, stated.end)
        if not tokens:
            yield _Seen(stated, "", "", number)
            continue
        if _is_name(stated, tokens) or _is_count(stated, tokens):
            continue
        token, head = _head(tokens)
        quoted = text.count("“", 0, stated.start) > text.count("”", 0, stated.start)
        yield _Seen(stated, _event(token, head), _tense(token, head), number, quoted)


def _is_name(stated: Stated, tokens: Span) -> bool:
    """Whether a word such as "May" is a person or a verb here."""
    if not stated.name_like:
        return False
    word = tokens[0]
    return word.pos_ in ("AUX", "VERB") or word.ent_type_ == "PERSON"


def _is_count(stated: Stated, tokens: Span) -> bool:
    """Whether a bare number counts the plural noun after it ("3000 civilians"), and is no year."""
    if not stated.count_like:
        return False
    word = tokens[0]
    head = word.head
    if word.dep_ != "nummod" or head.i <= word.i or "Plur" not in head.morph.get("Number", []):
        return False
    before = word.doc[word.i - 1] if word.i else None
    named = before is not None and before.pos_ in ("ADP", "DET") and int(word.text) % 50 != 0
    return not named


def _head(tokens: Span) -> tuple[Token, Token | None]:
    """The word of a time that ties it to the rest of its sentence, and the word it is tied to."""
    outward = [token for token in tokens if not tokens.start <= token.head.i < tokens.end]
    if not outward:
        return tokens.root, None
    best = min(outward, key=lambda token: (not token.dep_.startswith(("obl", "advmod", "nmod", "advcl")), token.i))
    return best, best.head


def _event(token: Token, head: Token | None) -> str:
    """The lemma of what a time dates: of the nearest verb or common noun that it is tied to."""
    for _ in range(6):
        if head is None or head is token or head.pos_ in _PREDICATES:
            break
        head = head.head if head.head is not head else None
    return head.lemma_.lower() if head is not None and head is not token and head.pos_ in _PREDICATES else ""


def _tense(token: Token, head: Token | None) -> Tense:
    """Whether what a time dates is told as past or as yet to come, "" where the parse does not say."""
    if head is None:
        return _tense_of(token) if any(child.dep_ == "cop" for child in token.children) else ""
    if head.lemma_.lower() in _PLANNING and any(child.lower_ == "for" for child in token.children):
        return "future"
    if head.pos_ in ("NOUN", "PROPN") and not any(child.dep_ == "case" for child in token.children):
        return "future" if any(child.lemma_.lower() in ("upcoming", "coming") for child in head.children) else ""
    verb: Token | None = head
    for _ in range(6):
        if verb is None or verb.pos_ in ("VERB", "AUX") or any(child.dep_ == "cop" for child in verb.children):
            break
        verb = verb.head if verb.head is not verb else None
    return _tense_of(verb) if verb is not None else ""


def _tense_of(verb: Token, depth: int = 0) -> Tense:
    helpers = [child for child in verb.children if child.dep_.startswith(("aux", "cop"))]
    words = {child.lower_ for child in helpers} | {child.lemma_.lower() for child in helpers}
    if words & _FUTURE_AUX:
        return "past" if "have" in words else "future"
    if verb.lemma_.lower() in _PLANNING and (verb.tag_ != "VBD" or any("pass" in child.dep_ for child in helpers)):
        return "future"
    if verb.tag_ == "VBD" or "have" in words or any(child.tag_ == "VBD" for child in helpers):
        return "past"
    governor = verb.head if verb.head is not verb else None
    if verb.tag_ in ("VB", "VBG", "VBN") and not words & {"be", "do"}:
        if governor is None or depth > 3:
            return "future" if verb.tag_ == "VB" else ""  # "See you Sunday"
        if verb.tag_ == "VB" and governor.lemma_.lower() in _PLANNING | {"go"}:
            return "future"
        if governor.pos_ in ("VERB", "AUX"):
            return _tense_of(governor, depth + 1)
        return "past" if verb.tag_ == "VBN" else ""
    present = depth == 0 and verb.lemma_.lower() not in _SAYING
    if present and any("Pres" in child.morph.get("Tense", []) for child in (verb, *helpers)):
        # "the trial opens Monday"; the present of a headline, which ends without a stop, is past
        return "future" if verb.sent.text.rstrip()[-1:] in _STOPS else ""
    return ""
