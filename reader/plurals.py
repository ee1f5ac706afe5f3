"""English nouns in the singular and in the plural, by rule."""

from __future__ import annotations

from typing import Final

_IRREGULAR: Final = {"person": "people", "child": "children", "wife": "wives", "wolf": "wolves"}
_NO_MAN: Final = frozenset("human german roman norman ottoman shaman talisman".split())
_UNCHANGED: Final = frozenset(
    "police aircraft spacecraft hovercraft series species fish sheep cattle livestock personnel staff people percent".split()
)


def plural(noun: str) -> str:
    """A noun for several of it, by its lemma: "terrorists", "women", "families"; "troops" as it is."""
    if noun in _UNCHANGED or not noun[-1:].isalpha() or singular(noun) != noun:
        return noun
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("man") and noun.casefold() not in _NO_MAN:
        return f"{noun[:-2]}en"
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "z", "ch", "sh")) else f"{noun}s"


def singular(noun: str) -> str:
    """A noun for one of it, by its plural; as it is where it seems to be none."""
    if noun.endswith("ies") and len(noun) > 4:
        return f"{noun[:-3]}y"
    if noun.endswith(("sses", "xes", "ches", "shes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 3 else noun
