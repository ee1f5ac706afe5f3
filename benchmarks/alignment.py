"""What the alignment costs as texts grow, and what each of its features is worth.

    .venv/bin/python -m benchmarks.alignment [SENTENCES ...]

Texts are drawn from a vocabulary with the frequencies of Zipf's law, half of the sentences of B being sentences of A
with a third of their words replaced; facts are made directly, since the parser is not what is measured. The table of
features needs the labelled reports beside the repository and is left out where they are missing.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from reader.alignment import align
from reader.nouns import Facts, Mention, Quantity, Reading, Sentence, Word

DATA = Path(__file__).parents[2] / "shared" / "eval" / "dev"
SIZES = (50, 200, 500, 1000, 2000, 5000)
VOCABULARY = 20_000
WORDS = 12
"""Content words of a sentence."""


def texts(sentences: int, seed: int = 1) -> tuple[Facts, Facts]:
    """Facts of two texts of so many sentences, half of them in common."""
    draw = random.Random(seed)
    weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    words = range(VOCABULARY)
    one = [draw.choices(words, cum_weights=weights, k=WORDS) for _ in range(sentences)]
    two = [[w if draw.random() < 2 / 3 else draw.randrange(VOCABULARY) for w in sentence] for sentence in one]
    for index in draw.sample(range(sentences), sentences // 2):
        two[index] = draw.choices(words, cum_weights=weights, k=WORDS)
    return facts(one), facts(two)


def facts(sentences: list[list[int]]) -> Facts:
    """Facts of sentences of word numbers: each tenth word a name, one number a sentence."""
    found, words, mentions, quantities = [], [], [], []
    for index, sentence in enumerate(sentences):
        start = index * 100
        found.append(Sentence(start=start, end=start + 99, paragraph=index))
        for place, number in enumerate(sentence):
            at = {"start": start + place * 8, "end": start + place * 8 + 7}
            lemma = spelled(number)
            words.append(Word(**at, lemma=lemma, pos="NOUN", sentence=index))
            if number % 10 == 9:
                mentions.append(Mention(**at, label="OTHER", key=lemma, name=lemma, sentence=index))
        low = float(sentence[0] % 50)
        counted = spelled(sentence[1])
        quantities.append(
            Quantity(start=start, end=start + 7, low=low, high=low, kind="count", counted=counted, sentence=index)
        )
    return Facts(
        version="benchmark",
        body=Reading(
            sentences=tuple(found), words=tuple(words), mentions=tuple(mentions), quantities=tuple(quantities)
        ),
    )


def spelled(number: int) -> str:
    """A word that can be read aloud, one a number."""
    syllables = []
    for _ in range(3):
        number, rest = divmod(number, 70)
        syllables.append("bdfgklmnprstvz"[rest % 14] + "aeiou"[rest // 14])
    return "".join(syllables)


def growth(sizes: tuple[int, ...] = SIZES) -> Iterator[str]:
    """Time and cells of alignments of ever longer texts."""
    yield "sentences a side       cells        ms   ns a cell of all   links   method"
    for size in sizes:
        a, b = texts(size)
        began = time.perf_counter()
        found = align(a, b)
        took = time.perf_counter() - began
        method = "rarest words" if found.notes else "all pairs"
        each = took / size**2 * 1e9
        yield f"{size:16,} {found.cells:11,} {took * 1000:9.1f} {each:18.1f} {len(found.links):7,}   {method}"


def features() -> Iterator[str]:
    """The table of ablations, where the labelled reports are at hand."""
    if not (DATA / "align_ecb.jsonl").exists():
        return
    from benchmarks.fit_alignment import load, table

    yield "alignment F1, cross-validated by event, and what is lost without a feature"
    yield from table(load(DATA))


if __name__ == "__main__":
    for line in growth(tuple(map(int, sys.argv[1:])) or SIZES):
        print(line, flush=True)
    if len(sys.argv) == 1:
        for line in features():
            print(line, flush=True)
