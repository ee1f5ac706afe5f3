"""What a number counts: the head noun, what narrows it, what it is a part of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from reader.fates import CASUALTY, CROWDS, FATE_ADJECTIVES, PERSONS
from reader.numerals import Numeral
from reader.numerals.words import SMALL
from reader.pipeline import participle
from reader.quantities.tree import COUNTING, NOMINAL, NOUNS, Tree, child_of, children_of, is_plural, lemma_of

if TYPE_CHECKING:
    from reader.tokens import Token

Kind = Literal["count", "measure", "money", "percent", "age", "duration", "ordinal", "score", "fraction", "number"]

_NEUTRAL: Final = frozenset(
    "more other another further additional extra new such same total many few several last next past".split()
)
_NUMBER_NOUNS: Final = frozenset(
    "dozen dozens scores hundreds thousands millions billions trillions tens couple handful number half third quarter thirds "
    "quarters hundred thousand million billion trillion numbers".split()
)
_EXTENTS: Final = frozenset(
    "long wide high tall deep away north south east west thick ago later earlier old from".split()
)
_DIMENSIONS: Final = frozenset("long wide high tall deep thick".split())
_MEASURING: Final = frozenset(
    "measure weigh cost last stretch reach run span total average extend cover earn rise fall drop climb increase grow stand "
    "hit exceed take pay receive lose gain decline travel drive walk fly raise amount".split()
)
_OUTSIDE: Final = frozenset(("nmod", "conj", "appos", "obl", "nsubj", "obj", "parataxis", "list", "nmod:unmarked"))


class Counted(NamedTuple):
    """What a number counts: the head noun, and the token whose place in the sentence the number shares."""

    head: Token | None
    top: Token


class Counting(Tree):
    """Finds what a number is of."""

    def counted(self, numeral: Numeral, root: Token) -> Counted:
        """The head noun of what a number is of, where the sentence states it."""
        if numeral.unit is not None and numeral.form != "fraction":
            return self.measured(numeral, root)
        partitive = self.complement(root, "of")
        while partitive is not None and partitive.idx < numeral.end:
            partitive = self.complement(partitive, "of")  # "hundreds of thousands of people"
        if partitive is not None and partitive.pos_ == "NUM":
            partitive = self.noun_from(partitive.i + 1) or partitive  # "two of three suspects"
        if partitive is not None and partitive.i > root.i:
            return Counted(self.end_of_name(partitive), root)
        if numeral.form == "fraction" and root.pos_ == "NUM":
            shared = self.noun_behind(numeral)  # "two out of five voters"
            if shared is not None and shared.i == self.after(numeral):
                return Counted(shared, shared)
        head = root.head
        if root.dep_ in COUNTING and head.i > root.i and head.pos_ in NOMINAL and not self.parted(root.i, head.i):
            inner = self.through_group(self.end_of_name(head))
            return Counted(inner, head if inner.i != head.i and head.pos_ != "PROPN" else inner)
        if (
            root.pos_ in NOUNS
            and numeral.form == "cardinal"
            and not _numeric(root)
            and root.lower_ not in _NUMBER_NOUNS
            and root.lower_ not in SMALL
        ):
            return Counted(root, root)
        behind = self.noun_behind(numeral)
        adjacent = self.after(numeral)
        # The tree lost the noun: take the one that stands right behind, where the number leans on no other.
        if (
            behind is not None
            and behind.head.i != root.i
            and not (behind.dep_ in ("obj", "nsubj", "obl") and behind.i > adjacent + 2)
            and (root.dep_ not in ("appos", "obl", "nsubj") or behind.i == adjacent)
        ):
            return Counted(behind, behind)
        return Counted(None, root)

    def end_of_name(self, head: Token) -> Token:
        """ "100 ISIS terrorists", where the tree stopped at the name: the common noun in the plural right behind it."""
        if head.pos_ != "PROPN":
            return head
        at = head.i + 1
        if self.text_at(at) == "(" and self.text_at(at + 2) == ")":
            at += 3
        if at < len(self.tokens):
            noun = self.tokens[at]
            if noun.pos_ == "NOUN" and "Plur" in noun.morph.get("Number", []):
                return noun
        return head

    def through_group(self, head: Token) -> Token:
        """ "a group of two": the thing in the group, not the group, is what interests; "20 members of the crew" are members."""
        if (
            head.lemma_.lower() in ("kind", "type", "sort", "ton", "load", "total", "number", "piece", "copy", "group")
            and head.i
        ):
            inner = self.complement(head, "of")
            if inner is not None and inner.pos_ in NOUNS and head.lemma_.lower() not in ("group",):
                return inner
        return head

    def measured(self, numeral: Numeral, root: Token) -> Counted:
        """What an amount is of: "a 29 km road", "the convoy was 7 km long", "a fine of $500"."""
        head = root.head
        behind = self.noun_behind(numeral)
        if (
            behind is not None
            and self.tokens[self.after(numeral)].pos_ in ("NOUN", "PROPN", "ADJ")
            and behind.i > root.i
        ):
            if behind.head.i == root.i and behind.dep_ in ("appos", "conj", "nsubj"):
                return Counted(None, root)
            if self.tokens[self.after(numeral)].lower_ not in _EXTENTS:
                return Counted(behind, behind)
        if (
            root.dep_ in ("compound", "nmod:unmarked", "nummod", "amod", "obl:unmarked")
            and head.i > root.i
            and head.pos_ in NOUNS
        ):
            return Counted(head, head)
        if root.dep_ in ("obl:unmarked", "obl", "nmod:unmarked", "advmod", "obl:npmod") and head.pos_ == "ADJ":
            subject = child_of(head, "nsubj") or (
                head.head if head.dep_ in ("amod", "acl") and head.head.pos_ in NOUNS else None
            )
            return Counted(subject, head)
        outside = not numeral.start <= head.idx < numeral.end
        if root.dep_ == "nmod" and head.pos_ in NOUNS and self.case_of(root) == "of" and outside:
            return Counted(head, head)
        partitive = self.complement(root, "of")
        if partitive is not None and partitive.idx >= numeral.end:
            return Counted(partitive, root)
        subject = child_of(root, "nsubj")
        if subject is None and root.dep_ in ("obj", "obl:unmarked", "obl") and head.lemma_.lower() in _MEASURING:
            subject = child_of(head, "nsubj") or child_of(head, "nsubj:pass")
        if subject is not None and subject.pos_ in NOUNS:
            return Counted(subject, root)
        return Counted(None, root)

    def complement(self, root: Token, case: str) -> Token | None:
        """The noun under ``root`` that ``case`` leads in: "dozens *of people*"."""
        for child in children_of(root):
            if (
                child.dep_.startswith(("nmod", "obl"))
                and child.i > root.i
                and child.i - root.i < 12
                and self.case_of(child) == case
            ):
                return child
        if self.text_at(root.i + 1) == case:
            for t in self.tokens[root.i + 2 : root.i + 8]:
                if t.pos_ in NOUNS and not (t.dep_ in ("compound", "flat", "amod", "nmod:poss") and t.head.i > t.i):
                    return t
                if t.pos_ in ("VERB", "PUNCT", "AUX"):
                    return None
        return None

    @staticmethod
    def case_of(token: Token) -> str:
        for child in children_of(token):
            if child.dep_ == "case" and child.i < token.i:
                return str(child.lower_)
        return ""

    def parted(self, i: int, j: int) -> bool:
        """Whether a verb in the finite or a mark stands between two tokens."""
        return any(t.pos_ == "AUX" or t.lower_ in (";", ":", "—") for t in self.tokens[i + 1 : j])

    def counted_fields(self, head: Token | None, numeral: Numeral) -> dict[str, Any]:
        if head is None:
            return {}
        if head.pos_ == "PRON" or (head.pos_ == "NUM" and not head.lemma_.isalpha()):
            return {}
        if head.lower_ == "more" or self.is_misread_verb(head, numeral):
            return {}
        if head.pos_ == "VERB" and (
            head.lower_ in FATE_ADJECTIVES or participle(head) or not head.lower_.endswith(("ed", "s"))
        ):
            return {}
        lemma = lemma_of(head)
        words: list[Token] = []
        first = head
        if lemma == "other":
            sentence, borrowed, narrowed = self.last_counted
            if sentence == self.sentence_of(head.i) and borrowed:
                if borrowed in PERSONS:
                    borrowed, narrowed = "person", ()
                return {"counted": borrowed, "modifiers": (*narrowed, "other"), "counted_span": self.place(head, head)}
        for child in self.narrowing(head, numeral):
            if self.narrows(child):
                words.extend((child, *(c for c in child.rights if c.dep_ == "conj" and c.pos_ in ("ADJ", *NOUNS))))
        for word in words:
            if numeral.end <= word.idx < first.idx or (
                first is head and word.i == head.i - 1 and word.idx >= numeral.end
            ):
                first = word
        last = next((c for c in children_of(head) if c.dep_ == "flat" and c.i > head.i), head)
        modifiers = tuple(dict.fromkeys(lemma_of(w) for w in sorted(words, key=lambda w: int(w.i))))
        fields: dict[str, Any] = {"counted": lemma, "modifiers": modifiers, "counted_span": self.place(first, last)}
        also = tuple(lemma_of(t) for t in self.group(head))
        if also:
            fields["also"] = also
            fields["counted_span"] = self.place(first, self.group(head)[-1])
        return fields

    def is_misread_verb(self, head: Token, numeral: Numeral) -> bool:
        """ "a crowd of 5,000 marched", where the tagger took the verb for a noun: not plural, and a known past form."""
        return (
            head.i == self.after(numeral)
            and head.pos_ in NOUNS
            and not is_plural(head)
            and (numeral.high or 2) > 1
            and bool(participle(head))
        )

    def narrowing(self, head: Token, numeral: Numeral) -> list[Token]:
        """What may narrow ``head``: what hangs on it behind the number, and the names that stand between."""
        hanging = [
            c for c in children_of(head) if c.idx >= numeral.end or (c.dep_ == "nmod:poss" and c.idx < numeral.start)
        ]
        if head.i and self.tokens[head.i - 1].pos_ == "PROPN" and self.tokens[head.i - 1].idx >= numeral.end:
            name = self.tokens[head.i - 1]
            if name.head.i != head.i and name.dep_ not in ("nmod", "conj", "nsubj", "obj", "obl"):
                hanging.append(name)
        return hanging

    def place(self, first: Token, last: Token) -> tuple[int, int]:
        return self.offset + first.idx, self.offset + last.idx + len(last)

    @staticmethod
    def narrows(child: Token) -> bool:
        if (child.lower_ in _NEUTRAL and child.lower_ != "other") or FATE_ADJECTIVES.get(child.lower_) in CASUALTY:
            return False
        if child.dep_ in ("amod", "compound", "nmod:poss") or (child.pos_ == "PROPN" and child.dep_ not in _OUTSIDE):
            return (
                bool(child.pos_ in ("ADJ", "NOUN", "PROPN", "VERB"))
                and child.lemma_.isprintable()
                and child.pos_ != "PRON"
            )
        return False

    def group(self, head: Token) -> list[Token]:
        """Further heads of a counted group: "4,000 fighters *and their families*"; each without a number or article of its own."""
        heads = []
        for child in children_of(head):
            if child.dep_ != "conj" or child.pos_ not in NOUNS or child.i < head.i or child.i - head.i > 6:
                continue
            if child.lower_ in ("ages", "age") or child.lower_ in _NUMBER_NOUNS:
                continue
            own = {c.dep_ for c in children_of(child)}
            articles = {c.lower_ for c in children_of(child) if c.dep_ == "det"}
            if (
                "nummod" not in own
                and not articles & {"a", "an", "the", "several", "many", "some"}
                and "nsubj" not in own
                and ("Plur" in child.morph.get("Number", []))
            ):
                heads.append(child)
        if (
            not heads
            and self.text_at(head.i + 1) == "and"
            and self.text_at(head.i + 2) in ("their", "his", "her", "its")
        ):
            heads = [t for t in self.tokens[head.i + 3 : head.i + 5] if t.pos_ == "NOUN"][:1]
        return heads

    def borrow(self, numeral: Numeral, root: Token, fields: dict[str, Any]) -> None:
        """Ellipsis: "100 fighters left and 50 stayed" counts fighters twice."""
        if fields.get("counted") or numeral.unit is not None:
            return
        first = self.token_at(numeral.start)
        if self.text_at(first - 1) == "of" and first > 1 and lemma_of(self.tokens[first - 2]) in CROWDS:
            fields["counted"] = "person"
            return
        subject = child_of(root.head, "nsubj")
        if root.head.lemma_ == "number" and root.dep_ == "obj" and subject is not None and subject.pos_ in NOUNS:
            fields |= self.counted_fields(subject, numeral)  # "the fighters numbered 275"
            return
        sentence, counted, modifiers = self.last_counted
        if not counted or sentence != self.sentence_of(root.i):
            return
        whole = self.complement(root, "of")
        if whole is not None and whole.lower_ in ("them", "those", "whom", "these"):
            fields["counted"], fields["modifiers"] = counted, modifiers
            return
        governed = root.dep_ in ("nsubj", "nsubj:pass", "obj", "conj") and root.pos_ == "NUM"
        if governed and self.text_at(self.after(numeral)) not in ("-", "/", "of", "percent", "%"):
            fields["counted"], fields["modifiers"] = counted, modifiers

    def of(self, numeral: Numeral, root: Token, counted: Counted, kind: Kind) -> str:
        """The whole of a share, or what narrows the counted through "of", "in" or "from"."""
        if kind in ("percent", "fraction"):
            whole = self.complement(root, "of")
            if whole is None and kind == "fraction" and counted.head is not None and counted.head.pos_ in NOUNS:
                whole = counted.head
            return lemma_of(whole) if whole is not None else ""
        if kind == "measure" and self.text_at(self.after(numeral)) in _DIMENSIONS:
            return self.text_at(self.after(numeral))
        if counted.head is not None and kind in ("count", "number"):
            whole = next(
                (
                    c
                    for c in children_of(counted.head)
                    if c.dep_ == "nmod" and c.i > counted.head.i and self.case_of(c) == "of"
                ),
                None,
            )
            return lemma_of(whole) if whole is not None and whole.pos_ in NOUNS else ""
        if kind == "money":
            for case in ("in", "for"):
                purpose = self.complement(root, case)
                if purpose is not None and purpose.pos_ == "NOUN" and purpose.head.i == root.i:
                    return lemma_of(purpose)
        return ""

    def noun_behind(self, numeral: Numeral) -> Token | None:
        """The noun that ends the words right behind a number, at most four on."""
        return self.noun_from(self.after(numeral))

    def noun_from(self, i: int) -> Token | None:
        noun = None
        for t in self.tokens[i : i + 5]:
            if t.pos_ in NOUNS:
                noun = t
            elif t.pos_ not in ("ADJ", "VERB", "ADV") or noun is not None:
                break
        return noun


def _numeric(token: Token) -> bool:
    return token.pos_ == "NUM" or any(c.isdigit() for c in token.text)
