"""Numbers that are no quantity once the tree is known: years, parts of names, "one" as a pronoun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.fates import FATE_ADJECTIVES, FATES, PERSONS
from reader.numerals import Numeral
from reader.quantities.counting import Counting
from reader.quantities.tree import COUNTING, NOMINAL, NOUNS, is_plural, lemma_of

if TYPE_CHECKING:
    from reader.tokens import Token

_NOT_COUNTED_COMPOUNDS: Final = frozenset(
    "way time sided fold off on one thirds third half quarter quarters dimensional pronged party handed up nil state".split()
)
_ENDS: Final = frozenset(("", ".", ",", "on", "tonight", "today", "tomorrow", "in", "sharp", ";"))
_STANDING: Final = frozenset("stand put estimate remain peak cap".split())
_DETERMINERS: Final = frozenset("the this that no any every each some another which first last new an a".split())
_COLLECTIVES: Final = frozenset(
    "staff personnel police cattle sheep aircraft infantry cavalry livestock strong".split()
)


class Excluding(Counting):
    """Tells what is no quantity."""

    def is_name_or_year(self, numeral: Numeral, root: Token) -> bool:
        """A year, or a number that is part of a name (iPhone 11, FTSE 100)."""
        follows = self.noun_behind(numeral)
        counts = root.dep_ in COUNTING and root.head.i > root.i and root.head.pos_ in NOMINAL
        if numeral.yearlike:
            if not (
                counts and root.dep_ == "nummod" and follows is not None and "Plur" in root.head.morph.get("Number", [])
            ):
                return True
            if int(numeral.low or 0) % 50 and lemma_of(root.head) not in PERSONS:
                return True
            before = self.tokens[root.i - 1] if root.i else None
            return before is not None and (
                before.pos_ in ("DET", "PROPN")
                or before.tag_ in ("PRP$", "POS")
                or before.lower_
                in ("in", "since", "by", "during", "until", "mid", "early", "late", "from", "for", "after", "before")
            )
        if root.pos_ == "NUM" and root.head.lemma_ not in _STANDING and self.is_clock_hour(numeral):
            return True
        if self.names_one_thing(numeral, root) or self.opens_name(numeral):
            return True
        if numeral.labelled and root.is_alpha and root.text[:1].isupper() and not self.in_title_case(root):
            return True
        if numeral.labelled:
            if counts and follows is not None and root.dep_ != "compound":
                before = self.tokens[root.i - 1] if root.i else None
                return (
                    before is not None
                    and before.head.i in (root.i, root.head.i)
                    and before.dep_ in ("compound", "flat")
                )
            return not (
                root.dep_ in ("obj", "nsubj", "nsubj:pass") and root.head.pos_ == "VERB"
            ) and not self.fate_word_behind(numeral)
        return False

    def names_one_thing(self, numeral: Numeral, root: Token) -> bool:
        """ "787 Dreamliner", "11 Pro Max", "a 747": a number above one before a name in the singular, or that is one."""
        head = root.head
        if (
            numeral.hedge
            or numeral.unit is not None
            or numeral.form != "cardinal"
            or not 1 < (numeral.low or 0) < 10_000
        ):
            return False
        first = self.token_at(numeral.start)
        alone = self.noun_behind(numeral) is None and self.text_at(self.after(numeral)) != "-"
        if self.text_at(first - 1) in ("a", "an") and root.text.lstrip(".").isdigit() and alone:
            return True
        if root.text.isdigit() and self.is_named_thing(numeral, first):
            return True
        if head.i <= root.i:
            return False
        digits = root.text.isdigit() and len(root.text) == 4
        if digits and head.pos_ == "NOUN" and "Sing" in head.morph.get("Number", []) and head.i == root.i + 1:
            return lemma_of(head) not in PERSONS and head.lower_ not in _COLLECTIVES
        return False

    def opens_name(self, numeral: Numeral) -> bool:
        """ "Thousand Oaks", "the Twenty-Five Club": a number in words with a capital inside a sentence, before a name."""
        first, after = self.token_at(numeral.start), self.after(numeral)
        if numeral.hedge or not first or after >= len(self.tokens) or not self.tokens[after].text[:1].isupper():
            return False
        word, before = self.tokens[first], self.tokens[first - 1]
        opens = before.is_punct or word is word.sent[0]
        return word.is_alpha and word.text[0].isupper() and not opens and not self.in_title_case(word)

    def is_named_thing(self, numeral: Numeral, first: int) -> bool:
        """Whether a name in the singular stands right behind, and nothing says that several of it are meant."""
        last = after = self.after(numeral)
        while last < len(self.tokens) and self.tokens[last].text[:1].isupper() and self.tokens[last].is_alpha:
            last += 1
        if last == after or self.tokens[last - 1].pos_ not in NOUNS or self.in_title_case(self.tokens[after]):
            return False
        name = self.tokens[last - 1]
        if is_plural(name) or name.text.endswith("s"):
            return False
        follows = self.tokens[last] if last < len(self.tokens) else None
        if follows is not None and (
            follows.pos_ in NOUNS or follows.lower_ in FATE_ADJECTIVES or follows.lower_ in ("were", "are", "have", "(")
        ):
            return False
        before = self.tokens[first - 1] if first else None
        return before is None or before.lemma_.lower() not in FATES

    def in_title_case(self, token: Token) -> bool:
        """Whether nearly every word around ``token`` has a capital, as in a headline."""
        near = [t for t in self.tokens[max(0, token.i - 6) : token.i + 7] if t.is_alpha and len(t) > 3]
        return sum(t.text[0].isupper() for t in near) > 0.7 * len(near)

    def is_clock_hour(self, numeral: Numeral) -> bool:
        """ "at ten", where nothing is counted."""
        if numeral.hedge or numeral.form != "cardinal" or not 0 < (numeral.low or 0) <= 12:
            return False
        return self.text_at(self.token_at(numeral.start) - 1) == "at" and self.text_at(self.after(numeral)) in _ENDS

    def fate_word_behind(self, numeral: Numeral) -> bool:
        return self.text_at(self.after(numeral)) in FATE_ADJECTIVES

    def is_idle_one(self, numeral: Numeral, root: Token) -> bool:
        """ "one" as a pronoun ("no one", "the one that", "one day"), and "two-way", "one-time"."""
        after = self.after(numeral)
        if self.text_at(after) == "-" and self.text_at(after + 1) in _NOT_COUNTED_COMPOUNDS:
            return True
        word = self.text[numeral.core[0] : numeral.core[1]].casefold()
        if word == "zero" and self.text_at(after) == "-" and numeral.unit is None:
            return True
        if word != "one" or numeral.form != "cardinal":
            return False
        before = self.text_at(self.token_at(numeral.start) - 1)
        if self.text_at(after) in ("another", "'s", "’s"):
            return True
        if numeral.unit is not None:
            return (
                numeral.unit.name in ("day", "night")
                and before in ("", ",", ".", "“", '"', "'")
                and self.text_at(after) in (",", "")
            )
        if self.text_at(after) == "of":
            return False
        if root.dep_ in ("nummod", "compound"):
            return False
        # As a subject or object it may be somebody ("one was killed"); elsewhere it stands for a noun said before.
        adjective = self.tokens[max(root.i - 1, 0)].pos_ in ("ADJ", "DET")
        return root.pos_ == "PRON" or adjective or root.dep_ in ("obl", "nmod") or before in _DETERMINERS
