"""Texts to measure on: the invented reports of the demo, joined to the length asked for, and seeded accounts of a flood."""

from __future__ import annotations

import random

from reader.demo import articles
from reader.nouns import Article


def pair(words: int) -> tuple[Article, Article]:
    """Two reports of about ``words`` words each, made of different outlets' reports of the demo's events."""
    bodies = [a.body for a in articles()]
    return _joined(bodies[0::2], words), _joined(bodies[1::2], words)


def _joined(bodies: list[str], words: int) -> Article:
    paragraphs: list[str] = []
    count = 0
    while count < words:
        for body in bodies:
            for paragraph in body.split("\n\n"):
                if count < words:
                    paragraphs.append(paragraph)
                    count += len(paragraph.split())
    return Article(body="\n\n".join(paragraphs), title="Benchmark", published="2024-03-01")


HAPPENINGS = (
    (
        "The river broke its bank at {place} shortly after {hour}, and {n} houses stood under water by noon.",
        "Shortly after {hour} the water came over the bank at {place}; {n} houses were flooded before midday.",
    ),
    (
        "{n} people were hurt when the footbridge of {place} gave way, said {name}, a physician at the {other} clinic.",
        "According to {name}, who treated them at the {other} clinic, the collapse of {place}'s footbridge injured {n}.",
    ),
    (
        "The council of {place} had refused to pay for a higher dam, {name} told the district paper on {day}.",
        "On {day} {name} told reporters that the councillors of {place} never refused money for the dam.",
    ),
    (
        "More than {n} residents of {place} left by lorry for {other}, {km} kilometres to the north.",
        "Lorries carried about {n} inhabitants of {place} to {other}, {km} kilometres away.",
    ),
    (
        "{name} of the river guard said that the sluice at {place} opened at {hour} on {day}.",
        "The sluice at {place} was opened on {day} at {hour}, an officer of the river guard, {name}, reported.",
    ),
    (
        "Volunteers from {other} filled {n} sandbags and carried them to the mill of {place}.",
        "At the mill of {place} helpers who had come from {other} stacked {n} bags of sand.",
    ),
    (
        "“We were warned too late,” said {name}, who runs the bakery of {place} and lost {n} sacks of flour.",
        "{name}, the baker of {place}, lost {n} sacks of flour. “We were warned too late to carry them upstairs,” she said.",
    ),
    (
        "Nobody was missing in {place} by the evening of {day}, the rescue service announced.",
        "The rescue service said on {day} that {n} people were still missing in {place}.",
    ),
    (
        "Damage at the paper works of {place} comes to {n} million crowns, the insurer of {other} estimated.",
        "An insurer in {other} put the loss of {place}'s paper works at {n} million crowns.",
    ),
    (
        "Schools in {place} and {other} stay shut until {day}, and {n} pupils are taught at home.",
        "Until {day} no school opens in {other} or {place}; lessons of {n} pupils are given at home.",
    ),
)
"""What happens in an account, each in two wordings."""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def accounts(words: int, seed: int = 1) -> tuple[Article, Article]:
    """Two accounts of about ``words`` words each of one invented flood, drawn by ``seed``.

    B tells two thirds of what A tells, in its own words, one in six of it elsewhere and every third with other figures;
    the rest of each account is its own.
    """
    draw = random.Random(seed)
    places = [f"{_name(draw)} {kind}" for kind in ("Weir", "Ford", "Mill", "Reach", "Staithe") for _ in range(12)]
    people = [f"{_name(draw)} {_name(draw)}" for _ in range(60)]
    told: list[str] = []
    retold: list[str] = []
    put_off: list[str] = []

    def happening() -> tuple[str, str]:
        one, two = draw.choice(HAPPENINGS)
        place, other = draw.sample(places, 2)
        facts = {"place": place, "other": other, "name": draw.choice(people), "day": draw.choice(DAYS)}
        figures = {"n": draw.randrange(12, 900), "hour": f"{draw.randrange(1, 12)} a.m.", "km": draw.randrange(3, 60)}
        said_of_b = figures | {"n": draw.randrange(12, 900)} if draw.random() < 1 / 3 else figures
        return one.format(**facts, **figures), two.format(**facts, **said_of_b)

    while _length(told) < words or _length(retold) < words:
        if _length(told) < words:
            one, two = happening()
            told.append(one)
            if draw.random() < 2 / 3:
                (put_off if draw.random() < 1 / 6 else retold).append(two)
        if put_off and draw.random() < 1 / 12:
            retold.append(put_off.pop(0))
        if draw.random() < 1 / 3 or _length(told) >= words:
            retold.append(happening()[1])
    a, b = (_paragraphs(draw, sentences) for sentences in (told, retold))
    return (
        Article(title="Flood takes the valley by night", source="Valley Post", published="2031-04-09", body=a),
        Article(title="Valley counts its losses after the flood", source="Coast Wire", published="2031-04-10", body=b),
    )


def _name(draw: random.Random) -> str:
    begins, ends = ("Br", "D", "F", "Gr", "H", "K", "L", "M", "N", "T", "Tr", "V"), ("n", "rd", "l", "sk", "m", "rra")
    return draw.choice(begins) + draw.choice("aeiou") + draw.choice("lmnrv") + draw.choice("aeo") + draw.choice(ends)


def _length(sentences: list[str]) -> int:
    return sum(sentence.count(" ") + 1 for sentence in sentences)


def _paragraphs(draw: random.Random, sentences: list[str]) -> str:
    paragraphs, rest = [], list(sentences)
    while rest:
        size = draw.randrange(1, 5)
        paragraphs.append(" ".join(rest[:size]))
        rest = rest[size:]
    return "\n\n".join(paragraphs)
