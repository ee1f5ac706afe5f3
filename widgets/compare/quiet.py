"""Which words of linked sentences both sides have: they are drawn quietly, so that the eye finds the others.

Pure, like `rows`: texts and links in, spans out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from reader.nouns import Comparison, Facts, Link, Sentence
from reader.plurals import singular
from widgets.compare.rows import SIDES, Range, Side, other
from widgets.compare.selecting import words_of

Quiet = dict[Side, list[Range]]
"""Spans of each body."""

_SLIGHT = frozenset(
    "about after also been before between could during from have into more most other over said should such than that "
    "their them then there these they this those under were what when where which while will with would your".split()
)
"""Words of more than three letters that say nothing alone."""
_NO_WORD = re.compile(r"[^\w\n]+")


def quiet_words(body_a: str, body_b: str, facts_a: Facts, facts_b: Facts, comparison: Comparison) -> Quiet:
    """The words of both bodies on which linked sentences agree, those of the conflicts left out.

    Takes tens of milliseconds for long reports, so it belongs in a thread.
    """
    loud: dict[Side, list[Range]] = {"a": [], "b": []}
    for conflict in comparison.conflicts:
        for pair in ((conflict.a, conflict.b), *conflict.more):
            for side, place in zip(SIDES, pair, strict=True):
                if place.part == "body":
                    loud[side].append((place.start, place.end))
    sentences: Mapping[Side, Sequence[Sentence]] = {"a": facts_a.body.sentences, "b": facts_b.body.sentences}
    return agreed_words({"a": body_a, "b": body_b}, sentences, comparison.links, loud)


def agreed_words(
    bodies: Mapping[Side, str],
    sentences: Mapping[Side, Sequence[Sentence]],
    links: Sequence[Link],
    loud: Mapping[Side, Iterable[Range]],
) -> Quiet:
    """The spans of each body that its linked sentences share with the other, case and number of nouns apart.

    Words are matched wherever they stand in what a sentence is linked with, for in prose order says little. Words that
    touch a span of ``loud`` (those of the conflicts) are left out; neighbours make one span, blanks and points included.
    A span of nothing but "of the" and the like is none, for freckles are no quiet.
    """
    partners: dict[Side, dict[int, set[int]]] = {"a": {}, "b": {}}
    for link in links:
        for at in link.a:
            partners["a"].setdefault(at, set()).update(link.b)
        for at in link.b:
            partners["b"].setdefault(at, set()).update(link.a)
    words: dict[Side, dict[int, list[tuple[Range, str]]]] = {"a": {}, "b": {}}
    for side in SIDES:
        for at in partners[side]:
            spans = words_of(bodies[side], sentences[side][at].start, sentences[side][at].end)
            words[side][at] = [(span, _key(bodies[side][slice(*span)])) for span in spans]
    quiet: dict[Side, list[Range]] = {"a": [], "b": []}
    for side in SIDES:
        for at, of_other in sorted(partners[side].items()):
            said = {key for there in of_other for _, key in words[other(side)][there]}
            quiet[side] += [span for span, key in words[side][at] if key in said]
        quiet[side] = _joined(bodies[side], _without(quiet[side], sorted(loud[side])))
        quiet[side] = [span for span in quiet[side] if _says_something(bodies[side], span)]
    return quiet


def _says_something(text: str, span: Range) -> bool:
    words = (text[slice(*word)] for word in words_of(text, *span))
    return any(
        (len(word) > 3 and word.casefold() not in _SLIGHT) or (len(word) > 1 and word.isupper()) or word[0].isdigit()
        for word in words
    )


@lru_cache(8192)
def _key(word: str) -> str:
    return singular(word.casefold().replace("’", "'"))


def _without(spans: Sequence[Range], loud: Sequence[Range]) -> list[Range]:
    """The spans that touch none of the ``loud`` ones; both in order."""
    kept: list[Range] = []
    at = until = 0
    for start, end in spans:
        while at < len(loud) and loud[at][0] < end:
            until = max(until, loud[at][1])
            at += 1
        if until <= start:
            kept.append((start, end))
    return kept


def _joined(text: str, spans: Sequence[Range]) -> list[Range]:
    """Spans with nothing but blanks and points between them as one."""
    found: list[Range] = []
    for start, end in spans:
        if found and _NO_WORD.fullmatch(text, found[-1][1], start):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
