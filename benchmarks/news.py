"""A stream of invented news of any length, the same for the same seed, with the event of every report known.

    python -m benchmarks.news COUNT [SEED] > news.jsonl    # for `rashomon add news.jsonl`

Events come in the order of their days, `PER_DAY` a day. Each has a place, persons, a body and true figures of its own;
one to twelve outlets report it within days, each in other wordings, with other figures for some, with paragraphs of
its own, a few by copying the report of another. What makes it no walk-over for search and partners: few places and
officials make much of the news, so the same names stand in other events; words are drawn by Zipf's law from our own
word lists, of synonyms any; outlets set lines of their own under every report. Names are made of syllables.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from itertools import accumulate
from random import Random
from typing import Any

from reader.lexicon import table
from reader.nouns import Article

PER_DAY = 16
FIRST_DAY = date(2027, 1, 4)
OUTLETS = 300
REGIONS = 60
PLACES_A_REGION = 40
OFFICIALS_A_REGION = 12
REPORTS = (30, 24, 17, 11, 7, 4, 3, 2, 1, 1, 1, 1)
"""How many of a hundred events are reported once, twice, ..."""
OTHER_FIGURE = 0.25
"""The share of figures that a report has otherwise than they are."""
COPIED = 0.08
"""The share of later reports of an event that copy the one before, under a title of their own."""
OWN_WORDS = 0.35
"""The share of words drawn from those of the event."""
LEAST_BESIDES, MOST_BESIDES = 8, 60
"""Sentences of a report that are not of its event."""
MIXED = 48
"""Events whose reports may come mixed with each other's."""
FIGURES = ("dead", "hurt", "many", "km", "money", "age")

_BEGINS = "Br D F Gr H K L M N T Tr V St S Sk B Dr G P R W J Kl Fr Sv Z Th Ch Gl Bl".split()
_MIDDLES = "l m n r v d st nd rk lm ss t k b rr ll g nn mb lt rd sk z sh".split()
_ENDS = "n rd l sk m rra th ck ne x s ld".split()
_VOWELS = "a e i o u a e o ei ou".split()
_PLACE_ENDS = ("", "", " Bay", "ford", "wick", " Heath", "stad", "burg", " Cross", "mere")
_PAPERS = ("Courier", "Post", "Wire", "Herald", "Observer", "Gazette", "Times", "Radio", "Daily", "Standard")
_HEDGES = ("about %s", "nearly %s", "more than %s", "at least %s", "some %s")
_VAGUE = ((24, 99, "dozens of"), (200, 999, "hundreds of"), (2000, 9999, "thousands of"))
_SMALL = "no one two three four five six seven eight nine ten eleven twelve".split()


@dataclass(frozen=True)
class Event:
    """What happened. ``facts`` has names and the true figures (`FIGURES`) by the names that `news.toml` uses."""

    number: int
    kind: str
    day: date
    facts: dict[str, Any]


@dataclass(frozen=True)
class Report:
    """An article, and the event that it reports."""

    article: Article
    event: Event


def reports(count: int, seed: int = 1) -> Iterator[Report]:
    """The first ``count`` reports of the stream of ``seed``: those of a smaller count are the first of a larger."""
    world = _World(Random(seed))
    number = made = 0
    while made < count:
        batch: list[Report] = []
        for _ in range(MIXED):
            number += 1
            batch += world.reports_of(world.event(number))
        world.draw.shuffle(batch)
        yield from batch[: count - made]
        made += len(batch)


def raw_bytes(many: list[Report]) -> int:
    """The bytes of the bodies and titles, as UTF-8."""
    return sum(len(report.article.body.encode()) + len(report.article.title.encode()) for report in many)


@dataclass(frozen=True)
class _Kind:
    name: str
    things: list[str]
    bodies: list[str]
    titles: list[str]
    leads: list[str]
    points: list[list[str]]


@cache
def _words() -> dict[str, list[list[str]]]:
    """Nouns, verbs and adjectives of our word lists, synonyms together, in an order that has nothing to do with sense."""
    synonyms, antonyms = table("synonyms"), table("antonyms")
    found = {
        "n": [group.split() for group in synonyms["nouns"]["groups"]]
        + [[word] for sort in table("sorts").values() for word in sort.get("words", "").split()],
        "v": [group.split() for group in synonyms["verbs"]["groups"]]
        + [side.split() for pair in antonyms["verbs"]["pairs"] for side in pair.split("|")],
        "a": [side.split() for pair in antonyms["adjectives"]["pairs"] for side in pair.split("|")],
    }
    for groups in found.values():
        Random(0).shuffle(groups)
    return found


def _zipf(count: int) -> list[float]:
    """Cumulative weights by the law of Zipf and Mandelbrot."""
    return list(accumulate(1 / (rank + 10) for rank in range(count)))


class _World:
    """What all events share: regions with places and officials, outlets; and the draw that makes the stream."""

    def __init__(self, draw: Random) -> None:
        self.draw = draw
        text = (resources.files(__package__) / "news.toml").read_text(encoding="utf-8")
        told = tomllib.loads(text)
        self.besides = [line.split("|") for line in told.pop("besides")["lines"]]
        self.kinds = [
            _Kind(name, k["thing"], k["body"], k["titles"], k["leads"], k["points"]) for name, k in told.items()
        ]
        self.regions = [
            ([self.place() for _ in range(PLACES_A_REGION)], [self.person() for _ in range(OFFICIALS_A_REGION)])
            for _ in range(REGIONS)
        ]
        self.outlets = [(f"{self.name()} {draw.choice(_PAPERS)}", self.furniture()) for _ in range(OUTLETS)]
        self.weights = {n: _zipf(n) for n in {REGIONS, PLACES_A_REGION, OUTLETS, *map(len, _words().values())}}

    # Names

    def name(self) -> str:
        """One of some three million."""
        r = self.draw.random
        made = _BEGINS[int(r() * len(_BEGINS))] + _VOWELS[int(r() * len(_VOWELS))]
        for _ in range(1 + (r() < 0.4)):
            made += _MIDDLES[int(r() * len(_MIDDLES))] + _VOWELS[int(r() * len(_VOWELS))]
        return made + _ENDS[int(r() * len(_ENDS))]

    def person(self) -> str:
        return f"{self.name()} {self.name()}"

    def place(self) -> str:
        return self.name() + self.draw.choice(_PLACE_ENDS)

    def furniture(self) -> str:
        """A line that an outlet sets under all its reports; most have none."""
        lines = ("Write to the %s desk with news tips.", "Subscribe to the %s letter for more of this.")
        return self.draw.choice(lines) % self.name() if self.draw.random() < 0.3 else ""

    def pick(self, of: list[Any]) -> Any:
        """One, the first ones far more often, by Zipf's law."""
        return self.draw.choices(of, cum_weights=self.weights[len(of)])[0]

    # Events

    def event(self, number: int) -> Event:
        draw = self.draw
        kind = self.kinds[int(draw.random() * len(self.kinds))]
        places, officials = self.pick(self.regions)
        place = self.pick(places)
        people = [officials[int(draw.random() * len(officials))] if draw.random() < 0.3 else self.person()]
        people += [self.person(), self.person()]
        day = FIRST_DAY + timedelta(days=number // PER_DAY)
        named = draw.choice(kind.things) % self.name()
        facts = {
            "place": place,
            "other": places[int(draw.random() * len(places))],
            "thing": named,
            "body": draw.choice(kind.bodies) % (place if draw.random() < 0.6 else self.name()),
            "who": people[0],
            "second": people[1],
            "third": people[2],
            "day": day.strftime("%A"),
            "hour": f"{1 + int(draw.random() * 12)}:{int(draw.random() * 12) * 5:02} {'ap'[draw.random() < 0.5]}.m.",
            "dead": 2 + int(40 * draw.random() ** 3),
            "hurt": 3 + int(300 * draw.random() ** 2),
            "many": 40 + int(3000 * draw.random() ** 3),
            "km": 2 + int(140 * draw.random()),
            "money": round(1 + 400 * draw.random() ** 3, 1),
            "age": 19 + int(60 * draw.random()),
            "officials": officials,
            "places": places,
            "words": {k: draw.choices(groups, k=6) for k, groups in _words().items()},
        }
        return Event(number, kind.name, day, facts)

    def reports_of(self, event: Event) -> list[Report]:
        draw = self.draw
        many = draw.choices(range(1, len(REPORTS) + 1), REPORTS)[0]
        outlets: dict[str, str] = {}
        while len(outlets) < many:
            outlet, furniture = self.pick(self.outlets)
            outlets[outlet] = furniture
        kind = next(k for k in self.kinds if k.name == event.kind)
        made: list[Report] = []
        for outlet, furniture in outlets.items():
            facts = self.as_told(event)
            title = kind.titles[int(draw.random() * len(kind.titles))] % facts
            if made and draw.random() < COPIED:
                text = made[-1].article.body.rsplit("\n\n", 1)[0]
            else:
                text = self.text(kind, facts)
            published = event.day + timedelta(days=int(4 * draw.random() ** 3))
            article = Article(
                body=f"{text}\n\n{furniture}" if furniture else text,
                title=title[0].upper() + title[1:],
                source=outlet,
                author=self.person() if draw.random() < 0.4 else "",
                published=published.isoformat(),
                external_id=f"{event.number}-{len(made)}",
            )
            made.append(Report(article, event))
        return made

    def as_told(self, event: Event) -> dict[str, Any]:
        """The facts as one outlet has them: figures exact, hedged, vague or wrong, names whole."""
        r, told = self.draw.random, dict(event.facts)
        for name in FIGURES:
            figure = told[name]
            if r() < OTHER_FIGURE:
                figure = max(1, round(figure * (0.6 + 0.9 * r())))
            told[name] = self.said(figure, vague=name != "dead") if name in ("dead", "hurt", "many") else figure
        return told

    def said(self, figure: int, *, vague: bool) -> str:
        """ "250", "about 250", "hundreds of"."""
        r = self.draw.random
        if figure <= 12:
            return _SMALL[figure]
        if (way := r()) < 0.08 and vague:
            for low, high, words in _VAGUE:
                if low <= figure <= high:
                    return words
        if way < 0.3 and figure > 20:
            rounded = round(figure, -1 if figure < 200 else -2)
            return _HEDGES[int(r() * len(_HEDGES))] % f"{rounded:,}"
        return f"{figure:,}"

    # Texts

    def text(self, kind: _Kind, facts: dict[str, Any]) -> str:
        draw = self.draw
        r = draw.random
        points = [p[int(r() * len(p))] % facts for p in kind.points if r() < 0.75]
        draw.shuffle(points)
        besides = iter(self.lines_besides(facts, LEAST_BESIDES + int(MOST_BESIDES * r() ** 2)))
        paragraphs = [kind.leads[int(r() * len(kind.leads))] % facts]
        for point in points:
            paragraph = point
            if (line := next(besides, "")) and r() < 0.8:
                paragraph = f"{point} {line}"
            paragraphs.append(paragraph)
        rest = list(besides)
        paragraphs += [" ".join(rest[n : n + 4]) for n in range(0, len(rest), 4)]
        text = "\n\n".join(p[0].upper() + p[1:] for p in paragraphs).replace("m..", "m.")
        for vowel in "aeio":
            text = text.replace(f" a {vowel}", f" an {vowel}").replace(f"A {vowel}", f"An {vowel}")
        return text

    def lines_besides(self, facts: dict[str, Any], count: int) -> list[str]:
        """Sentences of words by Zipf's law and of words of the event."""
        r = self.draw.random
        chosen = [self.besides[int(r() * len(self.besides))] for _ in range(count)]
        slots = "".join(kinds for kinds, _ in chosen)
        words: dict[str, Iterator[list[str]]] = {
            k: iter(self.draw.choices(groups, cum_weights=self.weights[len(groups)], k=slots.count(k)))
            for k, groups in _words().items()
        }
        lines = []
        for kinds, line in chosen:
            filled = []
            for k in kinds:
                if k == "p":
                    filled.append(facts["officials"][int(r() * len(facts["officials"]))])
                elif k == "l":
                    filled.append(facts["places"][int(r() * len(facts["places"]))])
                else:
                    group = facts["words"][k][int(r() * 6)] if r() < OWN_WORDS else next(words[k])
                    filled.append(group[int(r() * len(group))])
            lines.append(line % tuple(filled))
        return lines


def main(arguments: list[str]) -> None:
    count, seed = int(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 1
    for report in reports(count, seed):
        a = report.article
        print(
            json.dumps(
                {"text": a.body, "title": a.title, "source": a.source, "author": a.author, "published": a.published}
                | {"id": a.external_id, "event": report.event.number},
                ensure_ascii=False,
            )
        )


if __name__ == "__main__":
    main(sys.argv[1:])
