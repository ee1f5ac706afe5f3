"""One quotation in two wordings: what one report puts between quotation marks the other gives in other words.

Quotations are paired by the runs of words that they share and aligned word by word. A shortened quotation is no conflict,
nor is punctuation, spelling or a contraction written out; a dropped negation or a word turned round is grave.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from rapidfuzz.distance import DamerauLevenshtein

from reader.conflicts.base import Candidate, Pair, Report, Token, Unit, clip
from reader.lexicon import negators, opposite
from reader.names import near
from reader.nouns import Place
from reader.numerals.words import UNITS_WORDS

RUN = 3
"""How many words in a row two quotations must share to be compared."""
ALIKE = 5
"""How many words they must share in all."""
LONGEST = 300
"""Words of a quotation that are compared; aligning takes up to the square of it."""
MOST = 5_000
"""The most pairs of quotations aligned."""
COMMON = 12
"""A run of words that stands in more quotations than this is a phrase that tells nothing."""
SHORTENED = 3
"""So many words in a row, dropped, are a cut."""
RESHAPED = 5
"""So many words in a row, put for others, are another sentence."""
ROMANISED = 0.6
"""Names so near are one name in two spellings."""
_WRITTEN_OUT = {"'s": "s", "'m": "am", "'re": "are", "'ve": "have", "'ll": "will"}
_ANYBODY = {"anybody": "anyone", "somebody": "someone", "everybody": "everyone"}
_SLIGHT = frozenset(
    "a an the that this these those which who of to in on at and or so as well uh um er ah oh you know i mean he she it we "
    "they my his her their our your is are was were be been have has had do does did would will can could may might s".split()
)
"""Words that a reporter's ear, or grammar when a quotation is cut to fit, adds and drops freely."""


@dataclass(frozen=True, slots=True)
class Said:
    """The words between two quotation marks, as tokens of the sentence that they begin in, and who says them."""

    unit: Unit
    tokens: tuple[Token, ...]
    forms: tuple[str, ...]
    speaker: str

    def place(self, first: int, last: int) -> Place:
        """The words from one to another as a place."""
        return self.unit.place((self.tokens[first].start, self.tokens[last].end))

    def text(self, first: int, last: int) -> str:
        """The words from one to another, as written."""
        return self.place(first, last).text

    def named(self, at: int) -> bool:
        """Whether a word is written as names are."""
        token = self.tokens[at]
        return any(c.isupper() for c in self.unit.report.article.part(self.unit.part)[token.start : token.end])

    def cut_openly(self, first: int, last: int) -> bool:
        """Whether an ellipsis or a bracket between two words owns to a change."""
        between = self.unit.report.article.part(self.unit.part)[self.tokens[first].start : self.tokens[last].end]
        return any(mark in between for mark in ("…", "...", ". . .", "[", "("))


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of A's quotation that stand where B's has others: indexes into both, end exclusive, either may be empty.

    ``weight`` is 3 where the sense is turned, 2 for another word of content, 1 for one added or dropped, 0 for what a
    reporter's ear may change.
    """

    a: tuple[int, int]
    b: tuple[int, int]
    weight: int
    openly: bool
    cut: bool


def find(pair: Pair) -> Iterator[Candidate]:
    """Candidates of kind quote: one quotation, aligned word by word, with differences inside."""
    said_a, said_b = quotations(pair.a), quotations(pair.b)
    runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, said in enumerate(said_a):
        for run in _runs(said.forms):
            runs[run].append(i)
    tried = 0
    for y in said_b:
        near = {i for run in _runs(y.forms) if len(runs.get(run, ())) <= COMMON for i in runs.get(run, ())}
        for i in sorted(near):
            x = said_a[i]
            if not (pair.same and x.unit is y.unit and x.tokens[0].start == y.tokens[0].start):
                tried += 1
                if tried > MOST:
                    pair.notes.append(f"the first {MOST:,} pairs of quotations that share {RUN} words were compared")
                    return
                candidate = _compare(pair, x, y)
                if candidate is not None:
                    yield candidate


def quotations(report: Report) -> list[Said]:
    """The quotations of a report that are long enough to be told apart."""
    found = []
    parts = {part: [u for u in report.units if u.part == part] for part in ("body", "title")}
    for unit in report.units:
        for quote in unit.quotes:
            tokens: list[Token] = []
            units = parts[unit.part]
            for at in range(unit.index, len(units)):
                other = units[at]
                if other.sentence.start >= quote.end or len(tokens) > LONGEST:
                    break
                tokens += (t for t in other.tokens if quote.start <= t.start and t.end <= quote.end)
            if len(tokens) > RUN:
                found.append(Said(unit, *_written_out(tokens[:LONGEST]), quote.speaker))
    return found


def _written_out(tokens: Sequence[Token]) -> tuple[tuple[Token, ...], tuple[str, ...]]:
    """The words of a quotation in one spelling, each with its token: "we've" is we and have, "one-in-two" 1, in and 2."""
    where: list[Token] = []
    words: list[str] = []
    for token in tokens:
        for part in token.form.removeprefix("al-").split("-"):
            ending = next((e for e in _WRITTEN_OUT if part.endswith(e) and len(part) > len(e)), "")
            whole = [part.removesuffix(ending), _WRITTEN_OUT[ending]] if ending else [part]
            words += (str(UNITS_WORDS.get(word, _ANYBODY.get(word, word))) for word in whole)
            where += [token] * len(whole)
    for at in range(len(words) - 2):
        if words[at : at + 3] == ["and", "a", "half"]:
            words[at : at + 3], where[at : at + 3] = ["1", "2"], [where[at], where[at + 2]]
    return tuple(where), tuple(words)


def _runs(forms: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(forms[i : i + RUN]) for i in range(len(forms) - RUN + 1)}


def _compare(pair: Pair, x: Said, y: Said) -> Candidate | None:
    blocks = [m for m in SequenceMatcher(None, x.forms, y.forms, autojunk=False).get_matching_blocks() if m.size >= 2]
    alike = sum(m.size for m in blocks)
    if alike < ALIKE:
        return None
    gaps = [
        ((one.a + one.size, two.a), (one.b + one.size, two.b)) for one, two in pairwise(blocks)
    ]  # what comes before and behind all that both give is where they were cut
    last = blocks[-1]
    ends = (last.a + last.size, len(x.forms)), (last.b + last.size, len(y.forms))
    if all(end - start == 1 for start, end in ends) and last.size >= ALIKE:
        gaps.append(ends)
    differences = [_difference(x, y, *gap) for gap in gaps]
    if not differences:
        return None
    worst = max(differences, key=lambda d: (not d.openly, d.weight, not d.cut))
    changed = sum(max(d.a[1] - d.a[0], d.b[1] - d.b[0]) for d in differences if not d.cut)
    content = sum(x.tokens[i].content for m in blocks for i in range(m.a, m.a + m.size))
    known = bool(x.speaker and y.speaker)
    features = {
        "alike": math.log(alike),
        "share": alike / (alike + changed),
        "content": min(content, 8) / 8,
        "changed": min(changed, 8) / 8,
        "turned": float(worst.weight == 3),
        "word": float(worst.weight == 2),
        "added": float(worst.weight == 1),
        "slight": float(worst.weight == 0 and not worst.cut),
        "cut": float(worst.cut),
        "openly": float(worst.openly),
        "speaker": float(known and _same_speaker(x.speaker, y.speaker)),
        "speakers": float(known and not _same_speaker(x.speaker, y.speaker)),
        "answered": float(worst.weight == 3 and known and not _same_speaker(x.speaker, y.speaker)),
        "size": math.log(pair.size),
    }
    at_a, at_b = _around(worst.a, len(x.forms)), _around(worst.b, len(y.forms))
    return Candidate(
        kind="quote",
        family="quote",
        a=x.place(*at_a),
        b=y.place(*at_b),
        reason=_reason(x, y, worst, at_a, at_b),
        features=features,
        topic=("quote", *(x.forms[slice(*worst.a)]), "|", *(y.forms[slice(*worst.b)])),
        severity=3 if worst.weight == 3 else 2 if worst.weight == 2 else 1,
        benign="shortened" if worst.cut else "" if worst.weight == 3 else "the words as each reporter heard them",
    )


def _difference(x: Said, y: Said, a: tuple[int, int], b: tuple[int, int]) -> Difference:
    words_a, words_b = x.forms[slice(*a)], y.forms[slice(*b)]
    openly = x.cut_openly(*_around(a, len(x.forms))) or y.cut_openly(*_around(b, len(y.forms)))
    fewer, more = sorted((len(words_a), len(words_b)))
    cut = (not fewer and more >= SHORTENED) or more >= RESHAPED
    return Difference(a, b, 0 if cut else _weight(x, y, a, b), openly, cut)


def _weight(x: Said, y: Said, a: tuple[int, int], b: tuple[int, int]) -> int:
    """How much a difference says, 0 to 3."""
    words_a, words_b = x.forms[slice(*a)], y.forms[slice(*b)]
    if "".join(words_a) == "".join(words_b):
        return 0
    if (sum(w in negators() for w in words_a) - sum(w in negators() for w in words_b)) % 2:
        return 3
    if any(opposite(v, w) for v in words_a for w in words_b):
        return 3
    left = [i for i in range(*a) if x.forms[i] not in _SLIGHT]
    right = [i for i in range(*b) if y.forms[i] not in _SLIGHT]
    rest = {y.tokens[j].lemma for j in right} | {y.forms[j] for j in right}
    only_a = [i for i in left if not any(_spelt_alike(x.forms[i], f) for f in rest) and x.tokens[i].lemma not in rest]
    rest = {x.tokens[i].lemma for i in left} | {x.forms[i] for i in left}
    only_b = [j for j in right if not any(_spelt_alike(y.forms[j], f) for f in rest) and y.tokens[j].lemma not in rest]
    if only_a and only_b:
        romanised = len(only_a) == len(only_b) and all(
            x.named(i) and y.named(j) and near(x.forms[i], y.forms[j]) >= ROMANISED
            for i, j in zip(only_a, only_b, strict=True)
        )
        return 0 if romanised else 2
    return 1 if only_a or only_b else 0


def _spelt_alike(one: str, other: str) -> bool:
    """Two spellings, or a slip of the pen: "colour" and "color"."""
    return min(len(one), len(other)) >= 4 and one[0] == other[0] and DamerauLevenshtein.distance(one, other) <= 1


def _around(words: tuple[int, int], length: int) -> tuple[int, int]:
    """First and last word of a difference with the words right beside it."""
    return max(0, words[0] - 1), min(length - 1, words[1])


def _same_speaker(one: str, other: str) -> bool:
    left, right = set(one.casefold().split()), set(other.casefold().split())
    return bool((left & right) - {"the", "a", "of", "police"}) or one.casefold() == other.casefold()


def _reason(x: Said, y: Said, worst: Difference, at_a: tuple[int, int], at_b: tuple[int, int]) -> str:
    texts = []
    for said, (first, last) in ((x, at_a), (y, at_b)):
        texts.append(clip(said.text(max(0, first - 2), min(len(said.tokens) - 1, last + 2)), 60))
    only_a, only_b = x.forms[slice(*worst.a)], y.forms[slice(*worst.b)]
    if only_a and only_b:
        what = f"“{clip(' '.join(only_a), 40)}” or “{clip(' '.join(only_b), 40)}”"
    else:
        what = f"“{clip(' '.join(only_a or only_b), 40)}” only in {'A' if only_a else 'B'}"
    turned = ", which turns the sense" if worst.weight == 3 else ""
    return f"one quotation, two wordings: “{texts[0]}” against “{texts[1]}” ({what}{turned})"
