"""Of what kind a name is: a person, a body, a place, or something else.

One softmax over plain features of the name and the words beside it: what the trained names say, lists of places and of
personal names, the last word, titles, prepositions. The evidence of all mentions of one form in a text adds up. The
weights stand in ``kinds.toml``; ``python -m training.kinds`` fits them.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal

from reader.lexicon import well_known

if TYPE_CHECKING:
    from reader.tokens import Doc, Span, Token

Label = Literal["PERSON", "ORG", "LOC", "OTHER"]
LABELS: tuple[Label, ...] = ("PERSON", "ORG", "LOC", "OTHER")

ACRONYM = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][A-Z&-]{1,7}s?|[A-Z]{2,}-?[A-Z0-9]{0,3}")
_CAMEL = re.compile(r"[A-Z]?[a-z]+[A-Z]\w+")
_SPEECH = frozenset("say tell ask add believe think recall write reply insist admit deny explain argue claim".split())
_PEOPLE_VERBS = frozenset("die born marry live arrest charge kill shoot wound injure convict sentence".split())


@cache
def table() -> dict[str, frozenset[str]]:
    """The word lists of ``names.toml``, in lower case."""
    raw = tomllib.loads((resources.files("reader") / "names.toml").read_text(encoding="utf-8"))
    kinds = ("titles", "occupations", "bodies", "places", "place_nouns", "body_nouns", "demonyms")
    words = {name: frozenset(raw[name].lower().split()) for name in kinds}
    words["territories"] = frozenset(" ".join(name.split()).lower() for name in raw["territories"].split(","))
    return words


@cache
def _weights() -> dict[str, tuple[float, ...]]:
    raw = tomllib.loads((resources.files("reader") / "kinds.toml").read_text(encoding="utf-8"))
    return {name: tuple(values) for name, values in raw.items()}


def scores(features: Iterable[str]) -> tuple[float, ...]:
    """The log probabilities of ``LABELS`` for a name with these features; a feature without weights counts nothing."""
    weights = _weights()
    rows = [weights[name] for name in features if name in weights]
    totals = [sum(column) for column in zip(*rows, strict=True)] or [0.0] * len(LABELS)
    norm = math.log(sum(math.exp(total - max(totals)) for total in totals)) + max(totals)
    return tuple(total - norm for total in totals)


def features(doc: Doc, first: int, last: int, model: str | None, role: str) -> Iterator[str]:
    """What is known of the name that the tokens from ``first`` to ``last`` make.

    ``model`` is the label that the trained names gave it, if any; ``role`` the rank, office or apposition beside it.
    """
    yield "any"
    yield f"model {model}"
    if not _edited(doc[first].sent):
        yield "unedited"
        yield f"unedited, model {model}"
    yield from _form(doc, first, last, model)
    yield from _before(doc, first)
    yield from _after(doc, last)
    yield from _place_in_tree(doc, first, last)
    if role:
        yield "role"


def _edited(sentence: Span) -> bool:
    """Whether a sentence begins and ends as edited text does."""
    return sentence[-1].text in _END and not sentence[0].text[:1].islower()


_END = frozenset(".?!:…”\"’'") | {"--", "—", "–"}


def _form(doc: Doc, first: int, last: int, model: str | None) -> Iterator[str]:
    words = table()
    text = doc[first:last].text
    plain = text.lower().removesuffix("'s").removesuffix("’s").rstrip(".")
    head, final = doc[first].lower_, doc[last - 1].lower_.rstrip(".")
    number = last - first
    yield f"words {min(number, 4)}"
    if number == 1:
        yield f"words 1, model {model}"
    if plain in words["territories"]:
        yield "territory"
    elif plain in well_known("places"):
        yield "listed place"
    elif head in well_known("places") and number > 1:
        yield "begins with a place"
    if head in words["territories"] and number > 1:
        yield "begins with a territory"
    given, surname = head in well_known("given_names"), final in well_known("surnames")
    if number > 1:
        yield f"given name {given}, surname {surname}"
    else:
        yield f"one word: given name {head in well_known('given_names')}, surname {surname}, place {plain in well_known('places')}"
    if final in words["bodies"]:
        yield "ends as a body"
    elif any(t.lower_ in words["bodies"] for t in doc[first:last]):
        yield "holds a body"
    if final in words["places"]:
        yield "ends as a place"
    if head in words["places"] and number > 1:
        yield "begins as a place"
    if head in words["demonyms"] or final in words["demonyms"]:
        yield "demonym" if number == 1 else "holds a demonym"
    if any(t.lower_ in ("of", "for", "and", "&") for t in doc[first:last]):
        yield "joined"
    if any(len(t.text) == 2 and t.text.endswith(".") for t in doc[first:last]) and number > 1:
        yield "initial"
    if number == 1:
        if ACRONYM.fullmatch(text):
            yield "acronym"
        elif text.isupper():
            yield "capitals"
        elif _CAMEL.fullmatch(text):
            yield "inner capital"
    if any(c.isdigit() for c in text):
        yield "figure"
    if doc[last - 1].tag_ == "NNPS":
        yield "plural"
    if all(t.pos_ != "PROPN" for t in doc[first:last]):
        yield "no proper noun"
    yield f"suffix {final[-2:]}" if number == 1 and final[-3:] in _ENDS else "no suffix"


_ENDS = frozenset({"ism", "ing", "ers", "ese", "ish", "ian", "ans"})


def _before(doc: Doc, first: int) -> Iterator[str]:
    sentence = doc[first].sent
    if first == sentence.start:
        yield "first in its sentence"
        return
    before = doc[first - 1]
    lower = before.lower_
    words = table()
    if lower.rstrip(".") in words["titles"] or lower in words["occupations"]:
        yield "after a title" if before.text[:1].isupper() else "after an occupation"
    elif lower in ("in", "at", "near", "from", "to", "of", "by", "with", "for", "on", "outside", "across", "around"):
        yield "after in" if lower in ("outside", "across", "around") else f"after {lower}"
        if lower == "of" and first - 2 >= sentence.start and doc[first - 2].lower_ in words["place_nouns"]:
            yield "after city of"
    elif lower == "the":
        yield "after the" if before.text == "the" or before.i == sentence.start else "after The"
    elif before.text == "," and first - 2 >= sentence.start and doc[first - 2].ent_type_ in ("LOC", "GPE"):
        yield "after a place and a comma"
    elif before.text in ("“", '"', "‘", "'"):
        yield "after a quotation mark"
    elif lower in words["place_nouns"]:
        yield "after a place noun"
    elif lower in words["body_nouns"]:
        yield "after a body noun"


def _after(doc: Doc, last: int) -> Iterator[str]:
    if last >= len(doc) or doc[last].sent is not doc[last - 1].sent:
        return
    after = doc[last]
    words = table()
    lower = after.lower_
    if after.tag_ == "POS":
        yield "before 's"
    elif lower in words["place_nouns"]:
        yield "before a place noun"
    elif lower in words["body_nouns"]:
        yield "before a body noun"
    elif lower in words["occupations"]:
        yield "before an occupation"
    elif after.text == "," and last + 1 < len(doc):
        if last + 2 < len(doc) and doc[last + 1].text.isdigit() and doc[last + 2].text in ",.":
            yield "before an age"
        elif doc[last + 1].lower_.rstrip(".") in words["territories"]:
            yield "before a territory"
        elif doc[last + 1].lower_ in ("who", "whose", "whom"):
            yield "before who"
    elif lower in ("who", "whose", "whom"):
        yield "before who"
    elif after.text == "-" and not after.whitespace_:
        yield "before a hyphen"


def _place_in_tree(doc: Doc, first: int, last: int) -> Iterator[str]:
    root: Token = doc[first:last].root
    yield f"is {root.dep_}" if root.dep_ in _DEPS else "is other"
    if root.dep_ in ("nsubj", "nsubj:pass"):
        if root.head.lemma_ in _SPEECH:
            yield "speaks"
        elif root.head.lemma_ in _PEOPLE_VERBS:
            yield "lives"
    if root.dep_ == "conj" and root.head.ent_type_:
        yield f"joined to {root.head.ent_type_}"
    for child in root.children:
        if child.dep_ == "conj" and child.i >= last and child.ent_type_:
            yield f"joined to {child.ent_type_}"
            break
    for child in root.children:
        if child.dep_ == "appos" and child.i >= last and child.lower_ in table()["occupations"]:
            yield "is an occupation"
            break


_DEPS = frozenset(
    {"nsubj", "nsubj:pass", "obj", "obl", "nmod", "nmod:poss", "compound", "appos", "conj", "flat", "ROOT"}
)
