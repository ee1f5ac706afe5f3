"""The tokens of one paragraph, found by character, and small questions to the tree."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from reader.fates import PEOPLE
from reader.numerals import Numeral, Vague, scan

if TYPE_CHECKING:
    from reader.pipeline import Paragraph
    from reader.tokens import Doc, Token

NOUNS: Final = frozenset(("NOUN", "PROPN"))
NOMINAL: Final = frozenset(("NOUN", "PROPN", "ADJ", "VERB", "PRON"))
COUNTING: Final = frozenset(("nummod", "det", "amod", "compound", "nmod:unmarked", "det:predet", "advmod"))
CLIMB: Final = 6
"""How many steps up the tree a fate may be from its number."""
_CHILDREN: Final = 60


class Tree:
    """One parsed paragraph and the numbers in it."""

    def __init__(self, paragraph: Paragraph, vague: Vague | None) -> None:
        self.doc: Doc = paragraph.doc
        self.text = paragraph.text
        self.offset = paragraph.offset
        self.numerals = scan(self.text, vague)
        self.has_none = " no" in self.text.casefold() or self.text[:2].casefold() == "no"
        self.tokens: list[Token] = []
        self.starts: list[int] = []
        self.sentences: list[tuple[int, int]] = []
        if self.numerals or self.has_none:
            self.tokens = list(self.doc)
            self.starts = [t.idx for t in self.tokens]
            self.sentences = [(sentence.start, index) for index, sentence in paragraph.sentences()]
        self.last_counted: tuple[int, str, tuple[str, ...]] = (-1, "", ())

    def token_at(self, offset: int) -> int:
        return max(0, bisect_right(self.starts, offset) - 1)

    def span(self, start: int, end: int) -> list[Token]:
        first = self.token_at(start)
        return self.tokens[first : max(first + 1, bisect_left(self.starts, end))]

    def root(self, numeral: Numeral) -> Token:
        """The token that stands for the number in the tree: the unit where there is one."""
        tokens = self.span(*numeral.core)
        if numeral.unit is not None and numeral.form != "fraction":
            tokens = self.span(numeral.start if numeral.money else numeral.core[0], numeral.end)
        inside = {t.i for t in tokens}
        roots = [t for t in tokens if t.head.i not in inside or t.head.i == t.i]
        for t in roots:
            if t.pos_ in ("NUM", "NOUN", "SYM", "PROPN", "ADJ"):
                return t
        return roots[0] if roots else tokens[-1]

    def sentence_of(self, i: int) -> int:
        place = bisect_right(self.sentences, (i, 1 << 60)) - 1
        return self.sentences[max(place, 0)][1] if self.sentences else 0

    def after(self, numeral: Numeral) -> int:
        """The index of the first token behind the numeral."""
        return bisect_left(self.starts, numeral.end)

    def text_at(self, i: int) -> str:
        return self.tokens[i].lower_ if 0 <= i < len(self.tokens) else ""


def children_of(token: Token) -> Sequence[Token]:
    """The children of a token; none where there are more than a clause can have, as in a table on one line."""
    return token.children if len(token.children) <= _CHILDREN else ()


def hangs_under(token: Token, above: Token) -> bool:
    """Whether ``above`` is ``token`` or at most `CLIMB` steps over it."""
    for _ in range(CLIMB):
        if token is above or token.head is token:
            break
        token = token.head
    return token is above


def child_of(token: Token, dep: str) -> Token | None:
    for child in children_of(token):
        if child.dep_ == dep:
            found: Token = child
            return found
    return None


def is_plural(token: Token) -> bool:
    return "Plur" in token.morph.get("Number", [])


def lemma_of(token: Token) -> str:
    """The lemma in lower case, people under one name; "hostages" and "HOSTAGES" are one."""
    lemma = (token.lemma_ or token.text).lower()
    regular = lemma.endswith("s") and not lemma.endswith(("ss", "us", "is")) and len(lemma) > 3
    if regular and lemma == token.lower_ and "Plur" in token.morph.get("Number", []):
        lemma = lemma[:-1]
    elif lemma.endswith("s") and lemma[-2:-1].isdigit():
        lemma = lemma[:-1]  # "F-16s"
    return PEOPLE.get(token.lower_, PEOPLE.get(lemma, lemma))
