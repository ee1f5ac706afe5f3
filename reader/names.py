"""Persons, bodies and places named in a text, and which mentions are of the same one.

The model's names are a hint (about 70 % exact on news); rules over capital letters, titles, brackets and a list of
territories correct and complete them. All forms of one name in a text share a key: an acronym and its long form, a
surname and the full name. Two spellings of one name do not, so that a misspelling can still be found; ``near`` tells
how likely two names are spellings of one.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Literal

from rapidfuzz.distance import DamerauLevenshtein

from reader.nouns import Mention
from reader.pipeline import Paragraph

if TYPE_CHECKING:
    from reader.tokens import Doc, Span, Token

Label = Literal["PERSON", "ORG", "LOC", "OTHER"]

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
    {"of", "for", "de", "la", "del", "der", "den", "van", "von", "bin", "ibn", "al", "el", "ul", "du", "da", "and", "-"}
)
_SUFFIX = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs "
    "fri sat sun gmt est edt pst pdt utc bst am pm a.m p.m i ii iii iv covid tv gps dna god allah".split()
)
_SPEECH = frozenset("say tell ask add believe think recall write reply insist admit deny explain argue claim".split())
_ACRONYM = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][A-Z&-]{1,7}s?|[A-Z]{2,}-?[A-Z0-9]{0,3}")
_PARTY = re.compile(r"[RDI]-[A-Z][\w.]*")
_WORD = re.compile(r"[\w’'.&-]+")


@cache
def _table() -> dict[str, frozenset[str]]:
    raw = tomllib.loads((resources.files("reader") / "names.toml").read_text(encoding="utf-8"))
    table = {name: frozenset(raw[name].lower().split()) for name in ("titles", "occupations", "bodies", "places")}
    table["territories"] = frozenset(" ".join(name.split()).lower() for name in raw["territories"].split(","))
    return table


@cache
def _aliases() -> dict[str, str]:
    raw = tomllib.loads((resources.files("reader") / "names.toml").read_text(encoding="utf-8"))
    groups = [[form.strip() for form in line.split(",")] for line in raw["aliases"]]
    return {form: group[0] for group in groups for form in group}


def names(parse: Sequence[Paragraph]) -> tuple[Mention, ...]:
    """The mentions of persons, bodies and places in a parse, in text order, with their keys."""
    found = [mention for paragraph in parse for mention in _mentions(paragraph)]
    labels = _vote(found)
    keys = _Keys(found, labels)
    return tuple(
        Mention(
            start=draft.start,
            end=draft.end,
            label=labels[_plain(draft.name)] if draft.label != "PERSON" or not draft.sure else "PERSON",
            key=key,
            name=draft.name,
            role=draft.role,
            sentence=draft.sentence,
        )
        for draft, key in zip(found, keys.keys, strict=True)
    )


# -- finding ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Draft:
    """A mention before its key is known. ``sure`` if its label rests on a rule; ``brackets`` if it stands in them."""

    start: int
    end: int
    name: str
    label: Label
    role: str
    sentence: int
    sure: bool
    brackets: bool


def _mentions(paragraph: Paragraph) -> Iterator[_Draft]:
    for index, sentence in paragraph.sentences():
        shouting = _title_case(sentence)
        for first, last, label in _stretches(sentence, shouting):
            draft = _draft(paragraph, sentence.doc, first, last, label, index)
            if draft is not None:
                yield draft


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
    yield from sorted(ranges)


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
    return first, last


def _grow(sentence: Span, first: int, last: int, taken: set[int]) -> tuple[int, int]:
    """With the proper nouns that the model cut off: ``Marlow`` of ``Anna Marlow``."""
    doc = sentence.doc
    while last + 1 < sentence.end and doc[last].text == "-" and doc[last + 1].pos_ == "PROPN" and _tight(doc, last):
        last += 2
    while (
        first - 2 >= sentence.start
        and doc[first - 1].text == "-"
        and _capital(doc[first - 2])
        and _tight(doc, first - 1)
    ):
        first -= 2
    while first - 1 >= sentence.start and first - 1 not in taken and _joins(doc[first - 1], doc[first]):
        first -= 1
    while last < sentence.end and (_joins(doc[last], doc[last - 1]) or doc[last].lower_ in _SUFFIX):
        last += 1
    return first, last


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
            if _capital(doc[end]):
                end += 1
            elif (
                doc[end].lower_ in _JOINER
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
        while end > i and _is_title(doc[i]) and i + 1 < end:
            i += 1
        single = end - i == 1
        first_word = i == sentence.start and not _ACRONYM.fullmatch(doc[i].text) and doc[i].dep_ != "nsubj"
        if not (single and (_is_title(doc[i]) or first_word)):
            yield i, end
        i = end


def _capital(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.text[:1].isupper() and token.lower_.rstrip(".") not in _NOT_NAMES


def _is_title(token: Token) -> bool:
    return token.lower_.rstrip(".") in _table()["titles"]


def _draft(paragraph: Paragraph, doc: Doc, first: int, last: int, label: Label | None, index: int) -> _Draft | None:
    """A mention of the tokens from ``first`` to ``last``, its title taken off; ``None`` if no name is left."""
    start = first
    while start < last - 1 and _is_title(doc[start]) and (label == "PERSON" or doc[start].text.endswith(".")):
        start += 1
    if (
        start == last - 1
        and (_is_title(doc[start]) or doc[start].lower_ in _table()["occupations"])
        and label == "PERSON"
    ):
        return None
    words = doc[start:last]
    text = words.text.strip()
    if _PARTY.fullmatch(text) or not any(c.isalpha() for c in text) or _plain(text) in _NOT_NAMES:
        return None
    if len(text) < 2 or not any(t.text[:1].isupper() for t in words):
        return None
    role = _role(doc, start, last)
    label, sure = _label(doc, start, last, label, role)
    role = role if label in ("PERSON", "ORG") else ""
    begin, _ = paragraph.span(words)
    brackets = start > 0 and doc[start - 1].text == "(" and last < len(doc) and doc[last].text == ")"
    return _Draft(begin, begin + len(words.text), text, label, role, index, sure, brackets)


def _role(doc: Doc, first: int, last: int) -> str:
    """What stands with a name: the rank or office before it, or the apposition after it."""
    i = first
    while (
        i > 0 and (_is_title(doc[i - 1]) or doc[i - 1].lower_ in _table()["occupations"]) and not doc[i - 1].is_sent_end
    ):
        i -= 1
    if i < first:
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
            last = child.i + 1
            break
    if before is not None:
        last = min(last, before)
    return head.doc[first:last].text.strip(" ,")


def _label(doc: Doc, first: int, last: int, label: Label | None, role: str) -> tuple[Label, bool]:
    """The kind of a name, and whether a rule is sure of it."""
    table = _table()
    plain = _plain(doc[first:last].text)
    final = doc[last - 1].lower_.rstrip(".")
    if plain in table["territories"]:
        return "LOC", True
    key = _aliases().get(plain)
    if key is not None:
        return ("LOC" if key in ("united states", "united kingdom") else "ORG"), True
    if final in table["bodies"] and (last - first > 1 or label is None):
        return "ORG", True
    if last - first > 1 and final in table["places"] and label != "PERSON":
        return "LOC", True
    if _ACRONYM.fullmatch(doc[first:last].text) and label in (None, "PERSON"):
        return "ORG", False
    before = doc[first - 1].lower_ if first else ""
    titled = bool(role) and before.rstrip(".") in table["titles"] | table["occupations"]
    if titled and label != "ORG":
        return "PERSON", True
    if _aged(doc, last) and label != "ORG":
        return "PERSON", True
    if doc[last - 1].tag_ == "NNPS" and last - first == 1:
        return "OTHER", True
    if label is None:
        if before in ("in", "near", "from", "at", "outside", "across", "to") and last - first <= 2:
            return "LOC", False
        root = doc[first:last].root
        speaks = root.dep_ == "nsubj" and root.head.lemma_ in _SPEECH
        if root.dep_ == "nsubj" and (last - first == 2 or speaks):
            return "PERSON", False
        return "OTHER", False
    return label, False


def _aged(doc: Doc, last: int) -> bool:
    """Whether an age follows the name: ``, 34,``."""
    return last + 2 < len(doc) and doc[last].text == "," and doc[last + 1].text.isdigit() and doc[last + 2].text in ",."


def _vote(found: list[_Draft]) -> dict[str, Label]:
    """One label for each form of a name: what a rule is sure of, else the model's most frequent."""
    votes: dict[str, Counter[Label]] = defaultdict(Counter)
    for draft in found:
        weight = 5 if draft.sure else 0 if draft.label == "OTHER" else 1
        votes[_plain(draft.name)][draft.label] += weight
    labels = {name: max(counts, key=lambda label: (counts[label], label)) for name, counts in votes.items()}
    # a name that nothing tells the kind of is the person whose surname it is
    surnames = {words[-1] for name in labels if labels[name] == "PERSON" and len(words := _person_words(name)) > 1}
    return {name: "PERSON" if label == "OTHER" and name in surnames else label for name, label in labels.items()}


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
            if draft.brackets and i and _ACRONYM.fullmatch(draft.name) and labels[_plain(draft.name)] != "PERSON":
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
        plain = _plain(name)
        if plain in _aliases():
            return _aliases()[plain]
        if _ACRONYM.fullmatch(name) and _letters(name) in self.long:
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
        if _ACRONYM.fullmatch(short_name) and _letters(short_name) in _initials(long_name):
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
