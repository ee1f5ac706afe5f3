"""Furniture out of the body of a report; title, source, author and date published found where the text states them.

The rules are about news pages in general. A rule takes whole lines, or the end or start of a paragraph, never words
from the middle of one, and each has a name (``furniture``). Where nothing but furniture would be left, the text stays.
"""

from __future__ import annotations

import re
from collections import Counter

from reader.cleaning.furniture import furniture, opens_list, trim
from reader.cleaning.head import Stated, read_head, same_words, title_case
from reader.cleaning.layout import paragraphs
from reader.hostile import harmless, one_line, plain_blanks
from reader.nouns import Article
from reader.times import parse_date

__all__ = ["clean", "furniture"]

_REPEATABLE = 6
"""A line of so many words that stands twice is a pull quote, a caption or a doubled headline; a shorter one may be said
twice."""


def clean(text: str, *, title: str = "", source: str = "", author: str = "", published: str = "") -> Article:
    """An article of ``text`` without web furniture; what is given stands, what is not is looked for in the text.

    ``published`` may be any date line; the article has it in ISO 8601, "" if it is none. The paragraphs of the body are
    one line each with one empty line between.
    """
    text = plain_blanks(harmless(text))
    found = Stated(title=one_line(title), source=one_line(source), author=one_line(author))
    found.day(parse_date(one_line(published)), "given")
    lines = paragraphs(text)
    body = _without_furniture(read_head([trim(line) for line in lines], found), found)
    if not any(map(_worded, body)):
        body = lines
    return Article(
        body="\n\n".join(body), title=found.title, source=found.source, author=found.author, published=found.published
    )


def _without_furniture(lines: list[str], found: Stated) -> list[str]:
    """The lines that are report; what furniture states about the report goes to ``found``."""
    body: list[str] = []
    left = Counter(map(_words, lines))
    seen: set[str] = set()
    in_list = False
    for line in lines:
        left[_words(line)] -= 1
        found.read_credit(line)
        if not _worded(line) or furniture(line) or (found.title and same_words(line, found.title)):
            in_list = opens_list(line) or (in_list and not _worded(line))
            continue
        if in_list and not _sentence(line):
            continue
        in_list = False
        words = _words(line)
        if words.count(" ") >= _REPEATABLE - 1 and (words in seen or (left[words] and title_case(line))):
            continue
        seen.add(words)
        body.append(line)
    return body


def _words(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.casefold()))


def _worded(line: str) -> bool:
    return any(c.isalnum() for c in line)


def _sentence(line: str) -> bool:
    """Whether the line reads as running text, not as a headline or a link."""
    return line.rstrip("\"'”’)»").endswith((".", "!", "?", ":", "…")) or len(line.split()) > 25
