"""Ages and whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.fates import FATE_ADJECTIVES, PERSONS
from reader.numerals import Numeral
from reader.quantities.excluding import Excluding
from reader.quantities.tree import CLIMB, NOUNS, child_of, is_plural, lemma_of

if TYPE_CHECKING:
    from reader.tokens import Token

_AGE_LEADS: Final = frozenset(("aged", "age", "ages", "the", "a", "an"))
_AGE_BOUNDS: Final = frozenset(("under", "over", "below", "above"))
_INDIVIDUALS: Final = frozenset(
    "man woman boy girl child teenager teen youth baby infant toddler son daughter brother sister".split()
)
_NAMELIKE: Final = frozenset(("NOUN", "ADJ", "X"))
_GENERATIONS: Final = frozenset(("Jr", "Sr", "II", "III", "IV"))


class Aging(Excluding):
    """Finds whose age a number is."""

    def is_age(self, numeral: Numeral, root: Token) -> bool:
        """Whether a bare number is somebody's age: "Smith, 34," or "who was 10"."""
        value = numeral.high if numeral.low is None else numeral.low
        if value is None or not 0 < value < 120 or numeral.unit is not None or numeral.form != "cardinal":
            return False
        first = self.token_at(numeral.core[0])
        before = self.tokens[first - 2] if first >= 2 else None
        if before is not None and self.noun_behind(numeral) is None:
            if self.text_at(first - 1) == "of" and before.pos_ == "NOUN" and lemma_of(before) in _INDIVIDUALS:
                return not is_plural(before)  # "a boy of 12"
            if numeral.hedge.lower() in _AGE_BOUNDS:
                return lemma_of(before) in PERSONS or before.lower_ in ("those", "anyone", "adults")
        if numeral.bare_age:
            if self.text_at(first - 1) in ("now", "then"):
                first -= 1
            person = self.tokens[first - 2] if first >= 2 else None
            if person is None or self.text_at(first - 1) not in (",", "("):
                return False
            if self.text_at(self.after(numeral)) == "were" and is_plural(person):
                return False  # "Of the 300 passengers, 12 were hurt"
            if person.lower_ in (")", '"', "”", ".") and first >= 3:
                person = self.tokens[first - 3]
            if (
                self.named(person.i)
                or self.part_of_name(person.i)
                or person.text.lstrip("•").istitle()
                or person.ent_type_ == "PERSON"
            ):
                return person.ent_type_ not in ("LOC", "GPE", "ORG") or person.dep_ == "flat"
            return lemma_of(person) in PERSONS
        if self.noun_behind(numeral) is not None and root.dep_ == "nummod":
            return False
        if root.head.lemma_ == "turn" and root.dep_ in ("obj", "xcomp"):
            subject = child_of(root.head, "nsubj") or child_of(root.head, "nsubj:outer")
            return subject is not None or root.head.dep_ == "xcomp"
        copula = child_of(root, "cop")
        subject = child_of(root, "nsubj")
        after = self.text_at(self.after(numeral))
        if copula is None or subject is None or after in ("of", "-", "/", "to", "in"):
            return False
        if subject.ent_type_ == "PERSON":
            return True
        return subject.lower_ in ("he", "she", "who", "i")

    def owner(self, numeral: Numeral, root: Token) -> str:
        """Whose age it is: the words of the name, else the lemma of the noun, else the pronoun."""
        first = self.token_at(numeral.start)
        while self.text_at(first - 1) in _AGE_LEADS or self.text_at(first - 1) in ("now", "then"):
            first -= 1
        apposed = self.text_at(first - 1) in (",", "(") and (
            numeral.unit is None or first < self.token_at(numeral.core[0])
        )
        # ", a 17-year-old boy": of the person before the comma, but not of a thing there.
        described = numeral.unit is not None and self.text_at(first) in ("a", "an", "the")
        if apposed or self.text_at(self.token_at(numeral.start)) in ("aged", "age", "ages"):
            before = first - 2 if self.text_at(first - 1) in (",", "(") else first - 1
            if before >= 0 and (
                self.named(before)
                or self.part_of_name(before)
                or (self.tokens[before].pos_ == "NOUN" and (not described or lemma_of(self.tokens[before]) in PERSONS))
                or self.text_at(before) in (".", ")")
            ):
                return self.name_ending(before)
        behind = self.after(numeral)
        # "34-year-old John Smith", "34-year-old suspect John Smith", "a 34-year-old man, John Smith"
        noun = None
        for t in self.tokens[behind : behind + 6]:
            if self.named(t.i):
                name = self.name_from(t.i)
                if " " in name or noun is None or lemma_of(noun) in PERSONS:
                    return name
            if t.pos_ == "NOUN" and t.lower_ not in FATE_ADJECTIVES:
                noun = t
            elif t.pos_ not in ("ADJ", "PUNCT", "PROPN") or (t.lower_ not in (",", "-") and t.pos_ == "PUNCT"):
                break
        if noun is not None:
            return lemma_of(noun)
        if numeral.hedge.lower() in _AGE_BOUNDS and first >= 1 and self.tokens[first - 1].pos_ == "NOUN":
            return lemma_of(self.tokens[first - 1])
        node = root
        at = self.text_at(first - 1) == "at" or self.text_at(first) == "at"
        for _ in range(CLIMB):
            subject = child_of(node, "nsubj") or child_of(node, "nsubj:pass") or child_of(node, "nsubj:outer")
            of_clause = child_of(node, "cop") is not None or node.lemma_ in ("old", "turn", "be")
            if subject is not None and (of_clause or (at and node.pos_ == "VERB")):
                return self.subject_words(subject)
            if (
                node.dep_ in ("amod", "acl", "appos", "nmod", "nmod:unmarked", "nummod")
                and node.head.pos_ in NOUNS
                and node.head.lemma_.lower() != "age"
                and node.head.i != node.i
            ):
                return self.name_ending(node.head.i) if node.head.pos_ == "PROPN" else lemma_of(node.head)
            if node.head.i == node.i:
                break
            node = node.head
        return ""

    def subject_words(self, subject: Token) -> str:
        if subject.lower_ == "who" and subject.head.head.pos_ in NOUNS:
            subject = subject.head.head
        if subject.pos_ == "PROPN":
            return self.name_from(subject.i)
        return str(subject.lower_) if subject.pos_ == "PRON" else lemma_of(subject)

    def named(self, i: int) -> bool:
        """Whether token ``i`` is part of a name: a capital inside a sentence, whatever the tagger took it for."""
        token = self.tokens[i]
        if token.pos_ == "PROPN":
            return True
        inside = i > 0 and self.tokens[i - 1].lower_ not in (".", "!", "?", "“", '"', "•")
        return token.text[:1].isupper() and token.is_alpha and inside and token.pos_ in ("NOUN", "ADJ", "VERB", "X")

    def name_ending(self, i: int) -> str:
        """The name whose last token is ``i``, or the lemma of a common noun there."""
        while i > 0 and self.tokens[i].lower_ in (".", ")", "”", '"'):
            i -= 1
        if not (self.named(i) or self.part_of_name(i)) or lemma_of(self.tokens[i]) in PERSONS:
            return lemma_of(self.tokens[i])
        first = i
        while first > 0 and i - first < 6:
            hyphen = first > 1 and self.text_at(first - 1) == "-" and not self.tokens[first - 2].whitespace_
            if not self.part_of_name(first - 1 - hyphen):
                break
            first -= 1 + hyphen
        return str(self.doc[first : i + 1].text).lstrip("•·*- ")

    def name_from(self, i: int) -> str:
        """The name that runs over token ``i`` to the right."""
        last = i
        while last + 1 < len(self.tokens) and self.part_of_name(last + 1) and last - i < 6:
            last += 1
        return str(self.doc[i : last + 1].text)

    def part_of_name(self, i: int) -> bool:
        token = self.tokens[i]
        text = token.text.lstrip("•·*-")
        if text.strip(".") in _GENERATIONS:
            return True
        if text[:1].isupper() and (
            token.pos_ == "PROPN" or (text.isalpha() and len(text) > 1 and token.pos_ in _NAMELIKE)
        ):
            return True
        return token.lower_ in ("al", "bin", "van", "de", "von", "el", "der")
