"""Persons, bodies and places named in a text, and which mentions are of the same one.

The model's names are a hint (about 70 % exact on news); rules over capital letters, titles, brackets and lists correct
and complete them, and ``reader.kinds`` says of what kind each is. All forms of one name in a text share a key: an acronym and its long form, a
surname and the full name. Two spellings of one name do not, so that a misspelling can still be found; ``near`` tells
how likely two names are spellings of one.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein

from reader import kinds
from reader.kinds import ACRONYM, LABELS, Label
from reader.kinds import table as _table
from reader.lexicon import well_known
from reader.nouns import Mention
from reader.pipeline import Paragraph

if TYPE_CHECKING:
    from reader.tokens import Doc, Span, Token

_LABELS: dict[str, Label] = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "NORP": "OTHER",
    "LOC": "LOC",
    "GPE": "LOC",
    "FAC": "LOC",
}
"""Labels of our own pipeline and of OntoNotes pipelines."""

_JOINER = frozenset(
    {"of", "for", "de", "la", "del", "der", "den", "van", "von", "bin", "ibn", "al", "el", "ul", "du", "da", "-"}
)
_SUFFIX = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_PARTICLE = frozenset({"al", "el", "ul", "ez", "az", "ad", "as", "ash", "ar", "bin", "ibn", "abu"})
# Words of titles that are none by themselves.
_QUALIFIER = frozenset(
    "foreign interior state national police fire military press district county city first second assistant acting "
    "deputy former vice prime rebel defense defence".split()
)
_NOMINAL = frozenset({"ADJ", "NOUN", "PROPN"})
_COMPANY = frozenset({"inc", "ltd", "llc", "corp", "co", "plc"})
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_COMPASS = frozenset(
    "northern southern eastern western central northeastern northwestern southeastern southwestern upper lower".split()
)
_NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs "
    "fri sat sun gmt est edt pst pdt utc bst am pm a.m p.m i ii iii iv covid tv gps dna god allah".split()
)
_PARTY = re.compile(r"[RDI]-[A-Z][\w.]*")
_WORD = re.compile(r"[\w’'.&-]+")


@cache
def _aliases() -> dict[str, str]:
    raw = tomllib.loads((resources.files("reader") / "names.toml").read_text(encoding="utf-8"))
    groups = [[form.strip() for form in line.split(",")] for line in raw["aliases"]]
    return {form: group[0] for group in groups for form in group}


def names(parse: Sequence[Paragraph]) -> tuple[Mention, ...]:
    """The mentions of persons, bodies and places in a parse, in text order, with their keys."""
    found = [mention for paragraph in parse for mention in _mentions(paragraph)]
    labels = _settle(found)
    found = [draft for draft in found if not _empty(draft, labels)]
    keys = _Keys(found, labels)
    return tuple(
        Mention(
            start=draft.start,
            end=draft.end,
            label=labels[_plain(draft.name)],
            key=key,
            name=draft.name,
            role=draft.role if labels[_plain(draft.name)] in ("PERSON", "ORG") else "",
            sentence=draft.sentence,
        )
        for draft, key in zip(found, keys.keys, strict=True)
    )


def evidence(paragraph: Paragraph) -> Iterator[tuple[_Draft, list[str]]]:
    """The names of a paragraph that are not known by themselves, each with what ``reader.kinds`` weighs.

    Spans are of the whole text. For ``training.kinds``.
    """
    for draft in _mentions(paragraph):
        if _known(draft.name) is None:
            yield draft, draft.features


# -- finding ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Draft:
    """A mention before its kind and key are known. ``features`` are what ``kinds`` weighs; ``brackets`` if in them."""

    start: int
    end: int
    name: str
    role: str
    sentence: int
    features: list[str]
    brackets: bool


def _mentions(paragraph: Paragraph) -> Iterator[_Draft]:
    for index, sentence in paragraph.sentences():
        shouting = _title_case(sentence)
        for first, last, label in _stretches(sentence, shouting):
            draft = _draft(paragraph, sentence.doc, first, last, label, index)
            if draft is not None:
                yield draft


def _empty(draft: _Draft, labels: Mapping[str, Label]) -> bool:
    """Whether a single capitalised word is most likely no name at all: no person, body, place or people."""
    plain = _plain(draft.name)
    return labels[plain] == "OTHER" and " " not in plain and plain not in _table()["demonyms"]


# Where a capital says little of a single word.
_WEAK = frozenset({"unedited", "first in its sentence", "after a quotation mark", "no proper noun", "figure"})


def _title_case(sentence: Span) -> bool:
    """Whether capitals say nothing here: a headline with most words capitalised."""
    words = [t for t in sentence if t.is_alpha and len(t) > 3]
    return len(words) > 3 and sum(t.text[0].isupper() for t in words) > 0.7 * len(words)


def _stretches(sentence: Span, shouting: bool) -> Iterator[tuple[int, int, Label | None]]:
    """Token ranges that may be names: the model's, and runs of capitalised proper nouns that it left out."""
    ranges: list[tuple[int, int, Label | None]] = [(a, b, None) for a, b in _listed(sentence)]
    taken = {i for first, last, _ in ranges for i in range(first, last)}
    for ent in sentence.ents:
        label = _LABELS.get(ent.label_)
        if label is None or taken.intersection(range(ent.start, ent.end)):
            continue
        first, last = _trim(sentence.doc, ent.start, ent.end)
        if first < last:
            first, last = _grow(sentence, first, last, taken)
            ranges.append((first, last, label))
            taken.update(range(first, last))
    if not shouting:
        ranges += [(a, b, None) for a, b in _runs(sentence, taken)]
    yield from _joined(sentence.doc, sorted(ranges))


def _joined(doc: Doc, ranges: list[tuple[int, int, Label | None]]) -> Iterator[tuple[int, int, Label | None]]:
    """The ranges, with a given name and the surname that stands behind it as one: ``Anna`` and ``J. Marlow``."""
    waiting: tuple[int, int, Label | None] | None = None
    for first, last, label in ranges:
        if waiting and _continues(doc, waiting, first, last):
            waiting = (waiting[0], last, "ORG")
            continue
        if (
            waiting
            and waiting[1] == first
            and doc[waiting[0]].lower_ in well_known("given_names")
            and not _is_title(doc[first])
        ):
            waiting = (waiting[0], last, "PERSON")
            continue
        if waiting:
            yield waiting
        waiting = (first, last, label)
    if waiting:
        yield waiting


def _continues(doc: Doc, body: tuple[int, int, Label | None], first: int, last: int) -> bool:
    """Whether a range is the second half of a body's task: ``Ministry of Roads`` and ``Bridges``."""
    start, end, _ = body
    if first != end + 1 or doc[end].lower_ not in ("and", "&") or not _officed(doc.tokens, start, end):
        return False
    place = doc[first:last].text.lower()
    joined = any(t.lower_ in ("of", "for") for t in doc[start:end])
    return joined and place not in well_known("places") and place not in _table()["territories"]


_OFFICES = frozenset("department ministry office bureau institute college committee centre center board".split())


def _listed(sentence: Span) -> Iterator[tuple[int, int]]:
    """Territories of two words and more, which the model may cut: ``United States``, ``Papua New Guinea``."""
    doc, i = sentence.doc, sentence.start
    starts = _first_words()
    if starts.isdisjoint([token.lower_ for token in sentence]):
        return
    while i < sentence.end:
        if doc[i].lower_ in starts and doc[i].text[:1].isupper():
            for last in range(min(i + 4, sentence.end), i + 1, -1):
                beyond = last < sentence.end and doc[last].pos_ == "PROPN" and doc[last].text[:1].isupper()
                if doc[i:last].text.lower() in _table()["territories"] and not beyond:
                    yield i, last
                    i = last - 1
                    break
        i += 1


@cache
def _first_words() -> frozenset[str]:
    return frozenset(name.split()[0] for name in _table()["territories"] if " " in name)


def _trim(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """Without the articles, possessive marks and punctuation at the ends of the model's name."""
    while first < last and (doc[first].is_punct or doc[first].lower_ in ("the", "a", "an") or doc[first].is_space):
        first += 1
    while first < last and (doc[last - 1].is_punct or doc[last - 1].tag_ == "POS" or doc[last - 1].is_space):
        last -= 1
    while last - first > 1 and doc[last - 1].lower_ in _WEEKDAYS:
        last -= 1
    return first, last


def _grow(sentence: Span, first: int, last: int, taken: set[int]) -> tuple[int, int]:
    """With the proper nouns that the model cut off: ``Marlow`` of ``Anna Marlow``."""
    doc = sentence.doc
    while last + 1 < sentence.end and doc[last].text == "-" and doc[last + 1].pos_ == "PROPN" and _tight(doc, last):
        last += 2
    while (
        first - 2 >= sentence.start
        and doc[first - 1].text == "-"
        and (_capital(doc[first - 2]) or doc[first - 2].lower_ in _PARTICLE)
        and _tight(doc, first - 1)
    ):
        first -= 2
    while first - 1 >= sentence.start and first - 1 not in taken and _joins(doc[first - 1], doc[first]):
        first -= 1
    while last < sentence.end and last not in taken:
        body = doc[last].lower_ in _table()["bodies"] and doc[last].text[:1].isupper() and doc[last].ent_type_ == ""
        if (body and doc[last].pos_ in _NOMINAL) or _joins(doc[last], doc[last - 1]) or doc[last].lower_ in _SUFFIX:
            last += 1
        elif doc[last].text == "," and last + 1 < sentence.end and doc[last + 1].lower_.rstrip(".") in _COMPANY:
            last += 2
        elif (end := _particle(doc, last, sentence.end)) and not taken.intersection(range(last, end)):
            last = end
        else:
            break
    if doc[last - 1].lower_ in _table()["bodies"]:
        while first - 1 > sentence.start and first - 1 not in taken and _qualifies(doc[first - 1]):
            first -= 1
    return first, last


def _qualifies(token: Token) -> bool:
    """Whether a capitalised word may begin the name of a body: ``Democratic`` Forces, ``Syrian`` Army."""
    return (
        token.text[:1].isupper()
        and token.is_alpha
        and token.pos_ in _NOMINAL
        and (not _is_title(token) or token.lower_ in _QUALIFIER)
    )


def _particle(doc: Doc, i: int, end: int) -> int:
    """Where the part of a name ends that begins with a particle (``al-Marri``, ``bin Omar``), 0 if none does."""
    if doc[i].lower_ not in _PARTICLE:
        return 0
    i += 2 if i + 1 < end and doc[i + 1].text == "-" else 1
    return i + 1 if i < end and doc[i].text[:1].isupper() else 0


def _tight(doc: Doc, i: int) -> bool:
    """Whether token ``i`` joins its neighbours without a space, as a hyphen does."""
    return not doc[i].whitespace_ and not doc[i - 1].whitespace_


def _joins(token: Token, neighbour: Token) -> bool:
    """Whether a token beside a name belongs to it: a proper noun, tied to it in the tree, and no title."""
    tied = token.head.i == neighbour.i or neighbour.head.i == token.i or token.head.i == neighbour.head.i
    return (
        tied
        and token.pos_ == "PROPN"
        and token.text[:1].isupper()
        and token.ent_type_ == ""
        and token.dep_ in ("compound", "flat", "nmod:desc")
        and not _is_title(token)
    )


def _runs(sentence: Span, taken: set[int]) -> Iterator[tuple[int, int]]:
    """Runs of capitalised proper nouns that the model found no name in."""
    doc = sentence.doc.tokens
    i = sentence.start
    while i < sentence.end:
        if i in taken or not _capital(doc[i]):
            i += 1
            continue
        end = i + 1
        while end < sentence.end and end not in taken:
            if _capital(doc[end]) or (end + 1 < sentence.end and _inside(doc, end) and end + 1 not in taken):
                end += 1
            elif (
                (doc[end].lower_ in _JOINER or (doc[end].lower_ in ("and", "&") and _officed(doc, i, end)))
                and end + 1 < sentence.end
                and _capital(doc[end + 1])
                and end + 1 not in taken
            ):
                end += 2
            else:
                break
        if end in taken or i - 1 in taken:
            i = end
            continue
        body = doc[end - 1].lower_ in _table()["bodies"]
        while end > i and _is_title(doc[i]) and i + 1 < end and not (body and doc[i].lower_ in _QUALIFIER):
            i += 1
        while body and i - 1 > sentence.start and i - 1 not in taken and _qualifies(doc[i - 1]):
            i -= 1
        if i - 2 >= sentence.start and doc[i - 1].text == "-" and doc[i - 2].lower_ in _PARTICLE:
            i -= 2
        single = end - i == 1
        first_word = i == sentence.start and not ACRONYM.fullmatch(doc[i].text) and doc[i].dep_ != "nsubj"
        if not (single and (_is_title(doc[i]) or first_word)):
            yield i, end
        i = end


def _capital(token: Token) -> bool:
    body = token.lower_ in _table()["bodies"] and token.i > 0 and token.doc[token.i - 1].lower_ == "the"
    return (
        (token.pos_ == "PROPN" or body or token.text == "Operation")
        and token.text[:1].isupper()
        and token.lower_.rstrip(".") not in _NOT_NAMES
    )


def _officed(doc: Sequence[Token], first: int, last: int) -> bool:
    """Whether a name so far is of a body that may have two tasks: ``Ministry of Roads`` (``and Bridges``)."""
    return any(t.lower_ in _OFFICES for t in doc[first:last])


def _inside(doc: Sequence[Token], i: int) -> bool:
    """Whether a capitalised word that is no proper noun stands between two that are: ``Inherent`` in a code name."""
    return doc[i].is_alpha and doc[i].text[:1].isupper() and len(doc[i]) > 1 and _capital(doc[i + 1])


def _is_title(token: Token) -> bool:
    return token.lower_.rstrip(".") in _table()["titles"]


def _draft(paragraph: Paragraph, doc: Doc, first: int, last: int, label: Label | None, index: int) -> _Draft | None:
    """A mention of the tokens from ``first`` to ``last``, its title taken off; ``None`` if no name is left."""
    start = first
    while start < last - 1 and _is_title(doc[start]) and (label == "PERSON" or doc[start].text.endswith(".")):
        start += 1
    start = _narrow(doc, start, last)
    if (
        start == last - 1
        and (_is_title(doc[start]) or doc[start].lower_ in _table()["occupations"])
        and label == "PERSON"
    ):
        return None
    words = doc[start:last]
    text = words.text.strip()
    spoken = [t.lower_.rstrip(".") for t in words if any(c.isalpha() for c in t.text)]
    if _PARTY.fullmatch(text) or all(word in _NOT_NAMES for word in spoken):
        return None
    if len(text) < 2 or not any(t.text[:1].isupper() for t in words):
        return None
    role = _role(doc, start, last)
    features = list(kinds.features(doc, start, last, label, role))
    begin, _ = paragraph.span(words)
    brackets = start > 0 and doc[start - 1].text == "(" and last < len(doc) and doc[last].text == ")"
    return _Draft(begin, begin + len(words.text), text, role, index, features, brackets)


def _narrow(doc: Doc, first: int, last: int) -> int:
    """Where a name begins without what only tells its part or its people: ``Northern`` Norway, ``Kurdish`` YPG."""
    if last - first < 2:
        return first
    rest = doc[first + 1 : last].text
    if doc[first].lower_ in _COMPASS:
        whole = doc[first:last].text.lower()
        place = rest.lower() in _table()["territories"] or rest.lower() in well_known("places")
        return first + 1 if place and whole not in _table()["territories"] else first
    return first + 1 if doc[first].lower_ in _table()["demonyms"] and ACRONYM.fullmatch(rest) else first


def _role(doc: Doc, first: int, last: int) -> str:
    """What stands with a name: the rank or office before it, or the apposition after it."""
    i = first
    while (
        i > 0 and (_is_title(doc[i - 1]) or doc[i - 1].lower_ in _table()["occupations"]) and not doc[i - 1].is_sent_end
    ):
        i -= 1
    if i < first and any(doc[k].lower_.rstrip(".") not in _QUALIFIER for k in range(i, first)):
        return doc[i:first].text
    head = doc[first:last].root
    for child in head.children:
        if child.dep_ == "appos" and child.i >= last and child.pos_ == "NOUN":
            return _phrase(child)
    if head.dep_ == "appos" and head.head.i < first and head.head.lower_ in _table()["occupations"]:
        return _phrase(head.head, before=first)
    return ""


def _phrase(head: Token, before: int | None = None) -> str:
    """A noun with its compounds and what it is ``of``, without its article."""
    left = [t for t in head.lefts if t.dep_ in ("compound", "amod")]
    first = min([head.i, *(t.i for t in left)])
    last = head.i + 1
    for child in head.rights:
        if child.dep_ == "nmod" and any(t.dep_ == "case" and t.lower_ in ("of", "for") for t in child.lefts):
            last = max([child.i, *(t.i for t in child.children if t.dep_ in ("flat", "compound"))]) + 1
            break
    if before is not None:
        last = min(last, before)
    return head.doc[first:last].text.strip(" ,")


def _known(name: str) -> Label | None:
    """The kind of a name that needs no evidence: a territory, a people, or a short form that everybody knows."""
    plain = _plain(name)
    if plain in _table()["territories"]:
        return "LOC"
    if plain in _table()["demonyms"]:
        return "OTHER"
    key = _aliases().get(plain)
    return None if key is None else "LOC" if key in _table()["territories"] else "ORG"


def _settle(found: list[_Draft]) -> dict[str, Label]:
    """One kind for each form of a name: known, else what the evidence of all its mentions adds up to."""
    totals: dict[str, list[float]] = {}
    for draft in found:
        plain = _plain(draft.name)
        total = totals.setdefault(plain, [0.0] * len(LABELS))
        if " " not in plain and _WEAK.isdisjoint(draft.features):
            total[LABELS.index("OTHER")] -= CAPITAL
        for i, value in enumerate(kinds.scores(draft.features)):
            total[i] += value
    known = {_plain(draft.name): _known(draft.name) for draft in found}
    labels = {name: known[name] or _best(total) for name, total in totals.items()}
    # what could be many things is the person whose surname it is
    surnames = {words[-1] for name in labels if labels[name] == "PERSON" and len(words := _person_words(name)) > 1}
    for name in surnames.intersection(labels):
        total = totals[name]
        if not known[name] and max(total) - total[LABELS.index("PERSON")] < SURNAME:
            labels[name] = "PERSON"
    return labels


CAPITAL = 0.8
"""What a capital inside an edited sentence weighs against a single word being no name."""
SURNAME = 3.0
"""How much evidence (in natural logarithms) the surname of a person named in full outweighs."""


def _best(total: Sequence[float]) -> Label:
    return LABELS[max(range(len(LABELS)), key=total.__getitem__)]


# -- keys ------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    """A form of a name to compare by: lower case, one space, no article, no final full stop or possessive."""
    words = _WORD.findall(name.lower().replace("’", "'"))
    if words and words[0] == "the":
        words = words[1:]
    return re.sub(r"'s?$|\.$", "", " ".join(words))


def _person_words(name: str) -> list[str]:
    """The words of a personal name without initials: ``Ann B. Cole`` and ``Ann Cole`` are one."""
    words = _plain(name).split()
    kept = [w for w in words if len(w.rstrip(".")) > 1]
    return kept if len(kept) > 1 else words


def _initials(name: str) -> set[str]:
    """The acronyms that a long form may have, in lower case: with and without its small words."""
    words = [w for w in re.split(r"[\s-]+", name) if w]
    capitals = "".join(w[0] for w in words if w[0].isupper())
    every = "".join(w[0] for w in words)
    return {capitals.lower(), every.lower()} if len(capitals) > 1 else set()


class _Keys:
    """Which mentions of one text are of one name."""

    def __init__(self, found: list[_Draft], labels: Mapping[str, Label]) -> None:
        self.long: dict[str, str] = {}  # acronym -> key of its long form
        self.heads: dict[str, str] = {}  # "the Council" -> key of the body it is short for
        self.persons: list[list[str]] = []
        self.keys: list[str] = []
        for draft in found:
            if len(draft.name.split()) > 1:
                for acronym in _initials(draft.name):
                    self.long.setdefault(acronym, self._form(draft.name))
        for i, draft in enumerate(found):
            if draft.brackets and i and ACRONYM.fullmatch(draft.name) and labels[_plain(draft.name)] != "PERSON":
                before = found[i - 1]
                close = before.end < draft.start <= before.end + 3
                if close and _abbreviates(draft.name, before.name):
                    self.long[_letters(draft.name)] = self._form(before.name)
        full = [_person_words(d.name) for d in found if self._is_person(d, labels)]
        self.full = [words for words in full if len(words) > 1]
        for draft in found:
            self.keys.append(self._person(draft.name) if self._is_person(draft, labels) else self._body(draft.name))

    @staticmethod
    def _is_person(draft: _Draft, labels: Mapping[str, Label]) -> bool:
        return labels[_plain(draft.name)] == "PERSON"

    def _form(self, name: str) -> str:
        plain = _plain(name)
        return _aliases().get(plain, plain)

    def _body(self, name: str) -> str:
        plain = _plain(name.split(", ")[0])  # "Columbia, S.C.", "Sand Harbour, Inc."
        if plain in _aliases():
            return _aliases()[plain]
        if ACRONYM.fullmatch(name) and _letters(name) in self.long:
            return self.long[_letters(name)]
        words = plain.split()
        if len(words) == 1:
            return self.heads.get(plain.rstrip("s"), plain)
        if words[-1] in _table()["bodies"]:
            self.heads[words[-1].rstrip("s")] = plain
        # "Force" and "Forces" of one body
        for other in (plain + "s", plain.removesuffix("s")):
            if other != plain and other in self.long.values():
                return other
        return plain

    def _person(self, name: str) -> str:
        """The full name that a shorter one stands for: the last one named before it, else the first after it."""
        words = _person_words(name)
        if len(words) > 1 and not (len(words) == 2 and words[1] in _SUFFIX):
            key = " ".join(words)
            longer = [p for p in self.full if len(p) > len(words) and p[: len(words)] == words and p[-1] not in _SUFFIX]
            self.persons.append(words)
            return " ".join(longer[0]) if longer else key
        earlier = [p for p in reversed(self.persons) if _short_for(words, p)]
        candidates = earlier or [p for p in self.full if _short_for(words, p)]
        return " ".join(candidates[0]) if candidates else " ".join(words)


def _short_for(words: list[str], full: list[str]) -> bool:
    """Whether a surname or a given name alone may stand for a full name."""
    base = [w for w in full if w not in _SUFFIX]
    if len(words) > 1:
        return words[0] in base and words[1].rstrip(".") == full[-1].rstrip(".")
    return words[0] == base[-1] or words[0] == base[0]


def _letters(acronym: str) -> str:
    return re.sub(r"[^a-z0-9]", "", acronym.lower().removesuffix("s") if acronym[-1:] == "s" else acronym.lower())


def _abbreviates(acronym: str, name: str) -> bool:
    """Whether the letters of an acronym occur in order in a long form, its first letter first."""
    letters, text = _letters(acronym), name.lower()
    if not letters or not text.startswith(letters[0]):
        return False
    place = 0
    for letter in letters:
        place = text.find(letter, place) + 1
        if not place:
            return False
    return len(name.split()) > 1 or len(name) > 2 * len(letters)


def match_keys(a: Sequence[Mention], b: Sequence[Mention]) -> dict[str, str]:
    """Which key of ``b`` is which key of ``a``: the same key, an acronym of a long form, a surname of a full name.

    Only certain pairs are given; a key that could be two others is left out.
    """
    keys_a, keys_b = _labelled(a), _labelled(b)
    matched = {key: key for key in keys_b if key in keys_a}
    used = set(matched)
    for key, (label, name) in keys_b.items():
        if key in matched:
            continue
        options = [
            other
            for other, (kind, form) in keys_a.items()
            if other not in used and _same(key, name, label, other, form, kind)
        ]
        if len(options) == 1:
            matched[key] = options[0]
    return matched


def _labelled(mentions: Sequence[Mention]) -> dict[str, tuple[str, str]]:
    """For each key its label and its longest name."""
    found: dict[str, tuple[str, str]] = {}
    for m in mentions:
        if m.key not in found or len(m.name) > len(found[m.key][1]):
            found[m.key] = (m.label, m.name)
    return found


def _same(key: str, name: str, label: str, other: str, form: str, kind: str) -> bool:
    """Whether two keys with their longest names and labels are of one name; a surname alone may have any label."""
    short, full = sorted((key.split(), other.split()), key=len)
    full_label = label if full == key.split() else kind
    if len(short) == 1 < len(full) and full_label == "PERSON":
        return short[0] == [w for w in full if w not in _SUFFIX][-1]
    if label != kind and "OTHER" not in (label, kind):
        return False
    for short_name, long_name in ((name, form), (form, name)):
        if ACRONYM.fullmatch(short_name) and _letters(short_name) in _initials(long_name):
            return True
    return key.rstrip("s") == other.rstrip("s")


# -- spellings -------------------------------------------------------------------------------------------------------

_ROMAN = (
    (re.compile(r"[’'`ʿʾ-]"), ""),
    (re.compile(r"kh|gh|ck|q|c(?=[aoukl])|g"), "k"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"th"), "t"),
    (re.compile(r"ph|f|w"), "v"),
    (re.compile(r"tsch|tch|ch|sch|sh|zh|cz"), "s"),
    (re.compile(r"c|z|x"), "s"),
    (re.compile(r"j"), "y"),
    (re.compile(r"(?<=[a-z])h"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


@cache
def _skeleton(word: str) -> str:
    """The consonants of a word as most romanisations share them: Qaddafi, Gadhafi and Kadafi are ``kdv``."""
    for pattern, letter in _ROMAN:
        word = pattern.sub(letter, word)
    head = "a" if word[:1] in "aeiou" else word[:1]
    return re.sub(r"(.)\1+", r"\1", head + re.sub(r"[aeiouy]", "", word[1:]))


def is_territory(key: str) -> bool:
    """Whether a key names a country or the like, which too many reports share to tell their scene."""
    return key.casefold() in _table()["territories"]


def near(a: str, b: str) -> float:
    """How likely two names are two spellings of one, in [0, 1]: 1 the same, over 0.8 likely, under 0.6 not.

    Each word of the shorter name is matched with the best of the longer one by edit distance (misspellings) and by
    consonants as romanisations share them (transliterations). Short words and territories must be the same.
    """
    one, two = _ascii(a), _ascii(b)
    if not one or not two:
        return 0.0
    if one == two:
        return 1.0
    territories = _table()["territories"]
    if " ".join(one) in territories and " ".join(two) in territories:
        return 0.0
    if len(one) > len(two):
        one, two = two, one
    # the last words are surnames: they must match each other
    scores = [_near_words(one[-1], two[-1])]
    rest = list(two[:-1])
    for word in one[:-1]:
        best = max(rest, key=lambda other: _near_words(word, other), default="")
        scores.append(_near_words(word, best) if best else 0.0)
        if best:
            rest.remove(best)
    if len(one) > 1 and len(two) == len(one):
        joined = _near_words("".join(one), "".join(two))
        return round(max(min(scores), joined if min(scores) > 0.5 else 0.0), 4)
    return round(min(scores), 4)


def _ascii(name: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = [w.strip(".'-") for w in _WORD.findall(folded)]
    kept = [w for w in words if w and w not in ("the", "al", "el", *_SUFFIX)]
    return tuple(w.removeprefix("al-").removeprefix("el-") for w in kept)


@cache
def _near_words(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if min(len(a), len(b)) == 1:
        return 0.9 if a[0] == b[0] else 0.0
    distance = DamerauLevenshtein.distance(a, b)
    longest = max(len(a), len(b))
    ratio = 1 - distance / longest
    by_edits = 0.0
    if longest >= 5 and distance <= (1 if longest < 8 else 2):
        by_edits = 0.8 + 0.15 * ratio
    elif longest >= 6 and a[0] == b[0] and sorted(a) == sorted(b):
        by_edits = 0.8
    skeleton = _skeleton(a)
    same_sound = skeleton == _skeleton(b) and len(skeleton) > 1 and ratio >= 0.4
    by_sound = 0.75 + 0.2 * ratio if same_sound and longest >= 4 else 0.0
    return max(by_edits, by_sound, 0.7 * ratio)
