"""Readable word lists of our own: synonyms, opposites, things that exclude each other, usual and loaded words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal


@cache
def table(name: str) -> dict[str, Any]:
    """The word list ``name``.toml of this package."""
    return tomllib.loads((resources.files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))


_SECTIONS = {"NOUN": "nouns", "PROPN": "nouns", "VERB": "verbs", "ADJ": "adjectives"}


@cache
def _groups(section: str) -> dict[str, str]:
    return {word: group.split()[0] for group in table("synonyms")[section]["groups"] for word in group.split()}


@lru_cache(maxsize=1 << 15)
def concept(lemma: str, pos: str = "NOUN") -> str:
    """The name of the group of synonyms that a lemma belongs to, the lemma itself where it is in none."""
    section = _SECTIONS.get(pos)
    return _groups(section).get(lemma, lemma) if section else lemma


@cache
def _related() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(line for lines in table("related").values() for line in lines):
        for word in line.split():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def related_sets(lemma: str) -> frozenset[int]:
    """The sets of related words, by number, that hold a lemma or two lemmas joined by "_" ("open_fire").

    Related words tell of one matter ("bullet", "gunman"), which is less than being synonyms.
    """
    return _related().get(lemma, frozenset())


@cache
def _events() -> dict[tuple[str, str], str]:
    return {
        (pos, word): name
        for name, entry in table("events").items()
        if isinstance(entry, dict)
        for pos, words in (("NOUN", entry["nouns"]), ("VERB", entry["verbs"]))
        for word in words.split()
    }


@lru_cache(maxsize=1 << 15)
def event_of(lemma: str, pos: str) -> str:
    """The sort of happening that a noun or a verb names, "" if it is none that is listed."""
    return _events().get(("NOUN" if pos == "PROPN" else pos, lemma), "")


@cache
def _spoken_of() -> dict[str, str]:
    return {
        word: name
        for name, entry in table("events").items()
        if isinstance(entry, dict)
        for word in entry.get("also", "").split()
    }


@lru_cache(maxsize=1 << 15)
def speaks_of(lemma: str, pos: str) -> str:
    """The sort of happening that a noun or a verb names or speaks of, "" if it is none that is listed."""
    return event_of(lemma, pos) or (_spoken_of().get(lemma, "") if pos in ("NOUN", "VERB") else "")


@cache
def purposes() -> frozenset[str]:
    """Sorts of happening that a deal may be for."""
    return frozenset(table("events")["purposes"].split())


@cache
def idioms() -> frozenset[str]:
    """Objects with which the verb of a happening means another thing."""
    return frozenset(table("events")["idioms"].split())


@cache
def striking() -> frozenset[str]:
    """What the parties to a deal do to it."""
    return frozenset(table("events")["striking"].split())


@cache
def brokering() -> frozenset[str]:
    """What those do to a deal who bring others to it."""
    return frozenset(table("events")["brokering"].split())


@cache
def _deeds() -> dict[str, tuple[str, str]]:
    return {
        noun: (verb, manner)
        for manner in ("acts", "undergone", "done")
        for verb, nouns in (line.split(":") for line in table("deeds")[manner])
        for noun in nouns.split()
    }


def deed(noun: str) -> tuple[str, str] | None:
    """The verb that a noun of doing stands for, and whom its owner and its ``of`` name.

    "acts": the doer and whom it is done to ("the army's attack"); "undergone": both whom it befalls ("his arrest");
    "done": both the doer ("his departure"). ``None`` where the noun names no deed.
    """
    return _deeds().get(noun)


@cache
def empty_deeds() -> frozenset[str]:
    """Verbs so usual that who does them tells nothing."""
    return frozenset(table("deeds")["empty"].split())


@cache
def mutual_deeds() -> frozenset[str]:
    """Verbs of deeds that take two parties."""
    return frozenset(table("deeds")["mutual"].split())


@cache
def _stances() -> dict[str, str]:
    return {
        verb: name
        for name, entry in table("stances").items()
        if isinstance(entry, dict)
        for verb in entry["verbs"].split()
    }


@cache
def terms() -> frozenset[str]:
    """Words by which somebody is bound to do a thing or to leave it."""
    return frozenset(table("stances")["terms"].split())


def stance_of(verb: str, negated: bool) -> tuple[str, int]:
    """How a party takes to a matter by a verb, and whether for (1) or against it (-1); ("", 0) where that is open."""
    name = _stances().get(verb, "")
    if name and negated:
        name = table("stances")[name]["denied"]
    return (name, table("stances")[name]["sign"]) if name else ("", 0)


@cache
def _tones() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for thing, words in table("wording").items():
        for tone in ("plain", "dark", "bright"):
            for word in words[tone].split():
                found.setdefault(word, []).append((thing, tone))
    return {word: tuple(tones) for word, tones in found.items()}


def tones(lemma: str) -> tuple[tuple[str, str], ...]:
    """The (thing, tone) pairs of a word that may take sides: "plain", "dark" or "bright" for that thing."""
    return _tones().get(lemma, ())


@cache
def _kinds_of_party() -> dict[str, str]:
    return {noun: kind for kind, nouns in table("parties").items() for noun in nouns.split()}


def kind_of_party(noun: str) -> str:
    """The kind of those who act that a noun names, "" where it may be of any; two kinds exclude each other."""
    return _kinds_of_party().get(noun, "")


@cache
def taking_part(name: Literal["excluding", "covering", "letting", "joining", "moving", "idle"]) -> frozenset[str]:
    """Verbs by which a group is kept from a happening or takes part in it, one list of ``inclusion.toml``."""
    return frozenset(table("inclusion")[name].split())


@cache
def bringing() -> frozenset[str]:
    """Verbs by which a happening is brought about or owned to."""
    return frozenset(table("events")["brought"].split())


@cache
def denying() -> frozenset[str]:
    """Verbs that deny what is their object."""
    return frozenset(table("events")["denying"].split())


@cache
def common_words() -> frozenset[str]:
    """Lemmas that are usual in all news."""
    return frozenset(table("common")["words"].split())


def common_weight() -> float:
    """What a usual word weighs beside any other."""
    return float(table("common")["weight"])


@cache
def exclusions() -> dict[str, tuple[tuple[str, str], ...]]:
    """For each word, the (kind, member) pairs that it names: ``thai`` names ("country", "thailand")."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, entry in table("exclusions").items():
        for member in entry["members"].split(","):
            words = [w.strip() for w in member.split("=")]
            for word in words:
                found.setdefault(word, []).append((kind, words[0]))
    return {word: tuple(kinds) for word, kinds in found.items()}


def members(tokens: Sequence[tuple[str, str]]) -> Iterator[tuple[int, str, str]]:
    """Members of exclusive kinds among tokens (form, lemma): the index of the first word, the kind, the member."""
    kinds = exclusions()
    taken = -1
    for at, (form, lemma) in enumerate(tokens):
        if at <= taken:
            continue
        if at + 1 < len(tokens) and (found := kinds.get(f"{form} {tokens[at + 1][0]}")):
            taken = at + 1
        else:
            found = kinds.get(lemma) or kinds.get(form) or kinds.get(form.removesuffix("s"), ())
        for kind, member in found:
            yield at, kind, member


def exclusion_strength(kind: str) -> int:
    """How firmly the members of a kind exclude each other: 1 loose, 2 usual, 3 firm."""
    return int(table("exclusions")[kind]["strength"])


@cache
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for section in table("antonyms").values():
        for pair in section["pairs"]:
            left, right = (side.split() for side in pair.split("|"))
            for x in left:
                found.setdefault(x, set()).update(right)
            for y in right:
                found.setdefault(y, set()).update(left)
    return {word: frozenset(words) for word, words in found.items()}


@cache
def opposed() -> frozenset[str]:
    """All lemmas that have an opposite."""
    return frozenset(_opposites())


def opposites(lemma: str) -> frozenset[str]:
    """What is listed as the opposite of a lemma."""
    return _opposites().get(lemma, frozenset())


def opposite(x: str, y: str) -> bool:
    """Whether two lemmas are listed as opposites."""
    return y in _opposites().get(x, ())


@cache
def _particles() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for line in table("particles")["verbs"]:
        verb, pairs = line.split(":")
        for pair in pairs.split(","):
            first, particle = pair.split()
            found.setdefault((first, particle), verb)
    return found


def plain_verb(lemma: str, particle: str) -> str:
    """The verb that a verb with a particle stands for ("turn", "down": reject), "" where it is none that is listed."""
    return _particles().get((lemma, particle), "")


@cache
def _marked(section: str) -> frozenset[frozenset[str]]:
    """Opposites that are of a sort."""
    sides = [[side.split() for side in pair.split("|")] for pair in table("antonyms")[section]["pairs"]]
    return frozenset(frozenset((x, y)) for left, right in sides for x in left for y in right)


def in_turn(x: str, y: str) -> bool:
    """Whether two opposites are such as follow each other, so that both may be so: arrested, released."""
    return frozenset((x, y)) in _marked("in_turn")


def converse(x: str, y: str) -> bool:
    """Whether two opposites tell one deed from its two sides, so that two doers may both be so: bought, sold."""
    return frozenset((x, y)) in _marked("converse")


@cache
def _relations() -> dict[str, tuple[tuple[str, bool], ...]]:
    found: dict[str, list[tuple[str, bool]]] = {}
    for name, entry in table("relations").items():
        for side in ("forth", "back"):
            for word in entry[side].split():
                found.setdefault(word, []).append((name, side == "forth"))
    return {word: tuple(ties) for word, ties in found.items()}


def relations_of(lemma: str) -> tuple[tuple[str, bool], ...]:
    """The relations between two parties that a noun or verb states, each with whether it says so of the first."""
    return _relations().get(lemma, ())


@cache
def _phrases(name: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in table("refutations")[name].split(","))


@cache
def _refutations() -> dict[str, tuple[tuple[tuple[str, ...], int], ...]]:
    """The phrases that say that something is not so by their first word, with how plainly each says it."""
    found: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for name, level in (("strong", 2), ("weak", 1)):
        for phrase in sorted(_phrases(name)):
            words = tuple(phrase.split())
            found.setdefault(words[0], []).append((words, level))
    return {first: tuple(phrases) for first, phrases in found.items()}


def refuters(tokens: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """Where a sentence says that something is not so, and how plainly: (index, 2 outright or 1 by a hint).

    ``tokens`` are its words as (form, lemma) in lower case.
    """
    found = []
    phrases = _refutations()
    for at, (form, lemma) in enumerate(tokens):
        levels = [level for words, level in phrases.get(lemma, ()) if len(words) == 1]
        for words, level in phrases.get(form, ()):
            if len(words) == 1 or words == tuple(f for f, _ in tokens[at : at + len(words)]):
                levels.append(level)
        if levels:
            found.append((at, max(levels)))
        if lemma in _phrases("rebukes") and any(w in _phrases("hearsay") for _, w in tokens[at + 1 : at + 6]):
            found.append((at, 2))
    return found


def refutes(tokens: Sequence[tuple[str, str]]) -> int:
    """How plainly a sentence says that something is not so: 2 outright, 1 by a hint, 0 not at all."""
    return max((level for _, level in refuters(tokens)), default=0)


def falls_short(words: frozenset[str], text: str) -> bool:
    """Whether a sentence keeps a thing from being so by a phrase that is no negator ("has yet to play")."""
    phrases = _phrases("short_of")
    return bool(words & phrases) or any(" " in p and p in text for p in phrases)


@cache
def restrictors() -> frozenset[str]:
    """Words that leave nothing beside what they stand with."""
    return _phrases("restrictors")


@cache
def _sorts() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for sort, entry in table("sorts").items():
        for word in entry["words"].split():
            found.setdefault(word, set()).add(sort)
    return {word: frozenset(sorts) for word, sorts in found.items()}


def sorts_of(lemma: str) -> frozenset[str]:
    """The sorts of thing that a noun may name ("person", "place", "work"), none where it is not listed."""
    return _sorts().get(lemma, frozenset())


@cache
def negators() -> frozenset[str]:
    """Words that turn a clause into its denial."""
    return _phrases("negators")


@cache
def people() -> frozenset[str]:
    """Heads of a count that may stand for any person."""
    return frozenset(table("counted")["people"].split())


@cache
def kinds_of_people() -> frozenset[str]:
    """Heads of a count that are people of some kind."""
    return frozenset(table("counted")["kinds"]["words"].split())


def nominal(lemma: str) -> tuple[str, str] | None:
    """A noun that says a property and a person in one word, as the two: foreigner is a foreign person."""
    found = table("counted")["nominal"].get(lemma)
    if not found:
        return None
    quality, head = found.split()
    return quality, head


@cache
def idle_modifiers() -> frozenset[str]:
    """Modifiers that narrow nothing down."""
    return frozenset(table("counted")["idle"]["words"].split())


@cache
def _fates() -> dict[str, str]:
    return {word: name for name, words in reversed(table("counted")["fates"].items()) for word in words.split()}


def fate_of(lemma: str) -> str:
    """The class of what befell somebody ("dead" for kill, die ...), the lemma itself where it has none."""
    return _fates().get(lemma, lemma)


@cache
def well_known(kind: Literal["places", "given_names", "surnames"]) -> frozenset[str]:
    """Well-known cities and regions, given names or surnames, in lower case and without accents.

    A list proves nothing: Paris is a city and a given name. ``reader.kinds`` weighs it with the words around.
    """
    return frozenset(" ".join(name.split()) for name in table("known")[kind].split(","))
