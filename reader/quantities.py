"""Quantities: the numbers of a parse, with what they count and what happened to it.

`reader.numerals` finds the numbers; this module reads from the Universal Dependencies tree what each of them is of.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from msgspec import structs

from reader.fates import (
    ABSTRACT,
    CASUALTY,
    EXPECTING,
    EXPECTING_MODALS,
    FATE_ADJECTIVES,
    FATE_NOUNS,
    FATES,
    HARMS,
    LIGHT,
    PEOPLE,
    PERSONS,
    REFUSING,
    STEERING,
)
from reader.nouns import Quantity
from reader.numerals import Numeral, Vague, scan

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from reader.pipeline import Paragraph

Kind = Literal["count", "measure", "money", "percent", "age", "duration", "ordinal", "score", "fraction", "number"]

_NOUNS: Final = frozenset(("NOUN", "PROPN"))
_NOMINAL: Final = frozenset(("NOUN", "PROPN", "ADJ", "VERB", "PRON"))
_COUNTING: Final = frozenset(("nummod", "det", "amod", "compound", "nmod:unmarked", "det:predet", "advmod"))
_PRONOUNS: Final = frozenset("he she who i they him her it we".split())
_NEGATIONS: Final = frozenset("not n't n’t never neither nor".split())
_NEUTRAL: Final = frozenset(
    "more other another further additional extra new such same total many few several last next past".split()
)
_CLIMB: Final = 6
"""How many steps up the tree a fate may be from its number."""


def quantities(parse: Sequence[Paragraph], vague: Vague | None = None) -> tuple[Quantity, ...]:
    """Every number stated in a parse, in text order, ordinals left out (`ordinals` gives those).

    ``vague`` is the table of vague words, that of reader/vague.toml where it is ``None``.
    """
    return tuple(q for paragraph in parse for q in _Reader(paragraph, vague).quantities())


def ordinals(parse: Sequence[Paragraph], vague: Vague | None = None) -> tuple[Quantity, ...]:
    """The ordinals of a parse ("the third attack"), with the noun each is of; they count nothing."""
    return tuple(q for paragraph in parse for q in _Reader(paragraph, vague).ordinals())


class _Counted(NamedTuple):
    """What a number counts: the head noun, and the token whose place in the sentence the number shares."""

    head: Token | None
    top: Token


class _Reader:
    """The quantities of one paragraph."""

    def __init__(self, paragraph: Paragraph, vague: Vague | None) -> None:
        self.doc: Doc = paragraph.doc
        self.offset = paragraph.offset
        self.numerals = scan(self.doc.text, vague)
        self.has_none = " no" in self.doc.text.casefold() or self.doc.text[:2].casefold() == "no"
        self.tokens: list[Token] = []
        self.starts: list[int] = []
        self.sentences: list[tuple[int, int]] = []
        if self.numerals or self.has_none:
            self.tokens = list(self.doc)
            self.starts = [t.idx for t in self.tokens]
            self.sentences = [(sentence.start, index) for index, sentence in paragraph.sentences()]
        self.last_counted: tuple[int, str, tuple[str, ...]] = (-1, "", ())

    # the walk ---------------------------------------------------------------------------------------------------------

    def quantities(self) -> list[Quantity]:
        found: list[Quantity] = []
        for numeral in self.numerals:
            if numeral.form == "ordinal":
                continue
            quantity = self.quantity(numeral)
            if quantity is not None and found and self.goes_on(found[-1], quantity):
                before = found[-1]
                quantity = structs.replace(
                    before,
                    start=quantity.start,
                    end=quantity.end,
                    low=quantity.low,
                    high=quantity.high,
                    base=_years(numeral),
                )
            if quantity is not None:
                found.append(quantity)
                if quantity.counted and quantity.kind == "count":
                    self.last_counted = (quantity.sentence, quantity.counted, quantity.modifiers)
        if self.has_none:
            taken = sorted((q.start - self.offset, q.end - self.offset) for q in found)
            found.extend(self.none(taken))
            found.sort(key=lambda q: q.start)
        return found

    def goes_on(self, before: Quantity, quantity: Quantity) -> bool:
        """Whether a bare number goes on with a row of ages: "ages 22, 45 and 67"."""
        if before.kind != "age" or before.unit != "year" or quantity.kind not in ("number", "count") or quantity.hedge:
            return False
        between = self.doc.text[before.end - self.offset : quantity.start - self.offset].strip()
        if between not in (",", "and", ", and", "&") or not 0 < (quantity.low or 0) < 120:
            return False
        return self.text_at(bisect_left(self.starts, quantity.end - self.offset)) in _AFTER_AGES

    def ordinals(self) -> list[Quantity]:
        found = []
        for numeral in self.numerals:
            if numeral.form != "ordinal":
                continue
            root = self.root(numeral)
            head = root.head if root.dep_ in ("amod", "nummod", "compound") and root.head.i > root.i else None
            found.append(
                Quantity(
                    start=self.offset + numeral.start,
                    end=self.offset + numeral.end,
                    low=numeral.low,
                    high=numeral.high,
                    kind="ordinal",
                    sentence=self.sentence_of(root.i),
                    **self.counted_fields(head, numeral),
                )
            )
        return found

    def quantity(self, numeral: Numeral) -> Quantity | None:
        root = self.root(numeral)
        kind = self.kind(numeral)
        if kind is None or self.is_name_or_year(numeral, root) or self.is_idle_one(numeral, root):
            return None
        if (
            kind in ("number", "count")
            and (numeral.bare_age or numeral.form == "cardinal")
            and self.is_age(numeral, root)
        ):
            kind = "age"
        unit = numeral.unit
        base = unit.base(numeral.low, numeral.high) if unit else None
        fields: dict[str, Any] = {}
        if kind == "age":
            fields["owner"] = self.owner(numeral, root)
            if unit is None:
                fields |= {"unit": "year", "dimension": "time"}
                base = _years(numeral)
        elif kind != "score":
            counted = self.counted(numeral, root)
            fields = self.counted_fields(counted.head, numeral)
            if kind == "number":
                self.borrow(numeral, root, fields)
            fields |= self.fate(numeral, counted)
            of = self.of(root, counted, kind)
            if of:
                fields["whole"] = of
            if fields.get("counted") == "other" and fields.get("fate") in CASUALTY:
                fields |= {"counted": "person", "modifiers": ("other",)}
            if kind == "number" and (fields.get("counted") or fields.get("fate")):
                kind = "count"
            if kind == "number" and numeral.form == "vague":
                return None
        if unit is not None:
            fields |= {"unit": unit.name, "dimension": unit.dimension}
        if numeral.of:
            fields["whole"] = numeral.of
        return Quantity(
            start=self.offset + numeral.start,
            end=self.offset + numeral.end,
            low=numeral.low,
            high=numeral.high,
            kind=kind,
            hedge=numeral.hedge,
            base=base,
            sentence=self.sentence_of(root.i),
            **fields,
        )

    @staticmethod
    def kind(numeral: Numeral) -> Kind | None:
        if numeral.form == "age":
            return "age"
        if numeral.form == "score":
            return "score"
        if numeral.unit is not None:
            if numeral.money:
                return "money"
            dimension = numeral.unit.dimension
            if dimension in ("percent", "percentage point"):
                return "percent"
            return "duration" if dimension == "time" else "measure"
        return "fraction" if numeral.form == "fraction" else "number"

    # from characters to tokens ----------------------------------------------------------------------------------------

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

    # what is no quantity ----------------------------------------------------------------------------------------------

    def is_name_or_year(self, numeral: Numeral, root: Token) -> bool:
        """A year, or a number that is part of a name (iPhone 11, FTSE 100)."""
        follows = self.noun_behind(numeral)
        counts = root.dep_ in _COUNTING and root.head.i > root.i and root.head.pos_ in _NOMINAL
        if numeral.yearlike:
            if not (
                counts and root.dep_ == "nummod" and follows is not None and "Plur" in root.head.morph.get("Number", [])
            ):
                return True
            if int(numeral.low or 0) % 50 and _lemma(root.head) not in PERSONS:
                return True
            before = self.tokens[root.i - 1] if root.i else None
            return before is not None and (
                before.pos_ in ("DET", "PROPN")
                or before.tag_ in ("PRP$", "POS")
                or before.lower_
                in ("in", "since", "by", "during", "until", "mid", "early", "late", "from", "for", "after", "before")
            )
        if root.pos_ == "NUM" and self.is_clock_hour(numeral):
            return True
        if self.names_one_thing(numeral, root):
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
        """ "787 Dreamliner", "Region One Medical Center": a number above one before a name in the singular."""
        head = root.head
        if numeral.hedge or numeral.unit is not None or numeral.form != "cardinal" or head.i <= root.i:
            return False
        digits = root.text.isdigit() and len(root.text) == 4
        if digits and head.pos_ == "NOUN" and "Sing" in head.morph.get("Number", []) and head.i == root.i + 1:
            return _lemma(head) not in PERSONS and head.lower_ not in _COLLECTIVES
        if head.pos_ == "PROPN" and "Plur" not in head.morph.get("Number", []) and not head.text.endswith("s"):
            behind = self.noun_behind(numeral)
            return (
                1 < (numeral.low or 0) < 10_000
                and behind is not None
                and behind.i <= head.i
                and behind.text[:1].isupper()
            )
        return numeral.labelled and root.text[:1].isupper() and head.text[:1].isupper() and not self.in_title_case(root)

    def in_title_case(self, token: Token) -> bool:
        """Whether nearly every word around ``token`` has a capital, as in a headline."""
        near = [t for t in self.tokens[max(0, token.i - 6) : token.i + 7] if t.is_alpha and len(t) > 3]
        return sum(t.text[0].isupper() for t in near) > 0.7 * len(near)

    def is_clock_hour(self, numeral: Numeral) -> bool:
        """ "at ten", where nothing is counted."""
        if numeral.hedge or numeral.form != "cardinal" or not 0 < (numeral.low or 0) <= 12:
            return False
        return self.text_at(self.token_at(numeral.start) - 1) == "at" and self.text_at(self.after(numeral)) in _ENDS

    def noun_behind(self, numeral: Numeral) -> Token | None:
        """The noun that ends the words right behind a number, at most four on."""
        noun = None
        for t in self.tokens[self.after(numeral) : self.after(numeral) + 5]:
            if t.pos_ in _NOUNS:
                noun = t
            elif t.pos_ not in ("ADJ", "VERB", "ADV") or noun is not None:
                break
        return noun

    def fate_word_behind(self, numeral: Numeral) -> bool:
        return self.text_at(self.after(numeral)) in FATE_ADJECTIVES

    def is_idle_one(self, numeral: Numeral, root: Token) -> bool:
        """ "one" as a pronoun ("no one", "the one that", "one day"), and "two-way", "one-time"."""
        after = self.after(numeral)
        if self.text_at(after) == "-" and self.text_at(after + 1) in _NOT_COUNTED_COMPOUNDS:
            return True
        word = self.doc.text[numeral.core[0] : numeral.core[1]].casefold()
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

    # what is counted --------------------------------------------------------------------------------------------------

    def counted(self, numeral: Numeral, root: Token) -> _Counted:
        """The head noun of what a number is of, where the sentence states it."""
        if numeral.unit is not None and numeral.form != "fraction":
            return self.measured(numeral, root)
        partitive = self.complement(root, "of")
        if partitive is not None and partitive.i > root.i:
            return _Counted(self.end_of_name(partitive), root)
        head = root.head
        if root.dep_ in _COUNTING and head.i > root.i and head.pos_ in _NOMINAL and not self.parted(root.i, head.i):
            inner = self.through_group(self.end_of_name(head))
            return _Counted(inner, head if inner.i != head.i and head.pos_ != "PROPN" else inner)
        if (
            root.pos_ in _NOUNS
            and numeral.form == "cardinal"
            and not _numeric(root)
            and root.lower_ not in _NUMBER_NOUNS
        ):
            return _Counted(root, root)
        behind = self.noun_behind(numeral)
        adjacent = self.after(numeral)
        # The tree lost the noun: take the one that stands right behind, where the number leans on no other.
        if (
            behind is not None
            and behind.head.i != root.i
            and not (behind.dep_ in ("obj", "nsubj", "obl") and behind.i > adjacent + 2)
            and (root.dep_ not in ("appos", "obl", "nsubj") or behind.i == adjacent)
        ):
            return _Counted(behind, behind)
        return _Counted(None, root)

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
            if inner is not None and inner.pos_ in _NOUNS and head.lemma_.lower() not in ("group",):
                return inner
        return head

    def measured(self, numeral: Numeral, root: Token) -> _Counted:
        """What an amount is of: "a 29 km road", "the convoy was 7 km long", "a fine of $500"."""
        head = root.head
        behind = self.noun_behind(numeral)
        if (
            behind is not None
            and self.tokens[self.after(numeral)].pos_ in ("NOUN", "PROPN", "ADJ")
            and behind.i > root.i
        ):
            if behind.head.i == root.i and behind.dep_ in ("appos", "conj", "nsubj"):
                return _Counted(None, root)
            if self.tokens[self.after(numeral)].lower_ not in _EXTENTS:
                return _Counted(behind, behind)
        if (
            root.dep_ in ("compound", "nmod:unmarked", "nummod", "amod", "obl:unmarked")
            and head.i > root.i
            and head.pos_ in _NOUNS
        ):
            return _Counted(head, head)
        if root.dep_ in ("obl:unmarked", "obl", "nmod:unmarked", "advmod", "obl:npmod") and head.pos_ == "ADJ":
            subject = _child(head, "nsubj") or (
                head.head if head.dep_ in ("amod", "acl") and head.head.pos_ in _NOUNS else None
            )
            return _Counted(subject, head)
        outside = not numeral.start <= head.idx < numeral.end
        if root.dep_ == "nmod" and head.pos_ in _NOUNS and self.case_of(root) == "of" and outside:
            return _Counted(head, head)
        partitive = self.complement(root, "of")
        if partitive is not None and partitive.idx >= numeral.end:
            return _Counted(partitive, root)
        subject = _child(root, "nsubj")
        if subject is None and root.dep_ in ("obj", "obl:unmarked", "obl") and head.lemma_.lower() in _MEASURING:
            subject = _child(head, "nsubj") or _child(head, "nsubj:pass")
        if subject is not None and subject.pos_ in _NOUNS:
            return _Counted(subject, root)
        return _Counted(None, root)

    def complement(self, root: Token, case: str) -> Token | None:
        """The noun under ``root`` that ``case`` leads in: "dozens *of people*"."""
        for child in root.children:
            if (
                child.dep_.startswith(("nmod", "obl"))
                and child.i > root.i
                and child.i - root.i < 12
                and self.case_of(child) == case
            ):
                return child
        if self.text_at(root.i + 1) == case:
            for t in self.tokens[root.i + 2 : root.i + 8]:
                if t.pos_ in _NOUNS and not (t.dep_ in ("compound", "flat", "amod", "nmod:poss") and t.head.i > t.i):
                    return t
                if t.pos_ in ("VERB", "PUNCT", "AUX"):
                    return None
        return None

    @staticmethod
    def case_of(token: Token) -> str:
        for child in token.children:
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
        if head.pos_ == "VERB" and (head.lower_ in FATE_ADJECTIVES or not head.lower_.endswith(("ed", "s"))):
            return {}
        lemma = _lemma(head)
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
                words.extend(
                    (child, *(c for c in child.conjuncts if c.head.i == child.i and c.pos_ in ("ADJ", *_NOUNS)))
                )
        for word in words:
            if numeral.end <= word.idx < first.idx or (
                first is head and word.i == head.i - 1 and word.idx >= numeral.end
            ):
                first = word
        last = next((c for c in head.children if c.dep_ == "flat" and c.i > head.i), head)
        modifiers = tuple(dict.fromkeys(_lemma(w) for w in sorted(words, key=lambda w: int(w.i))))
        fields: dict[str, Any] = {"counted": lemma, "modifiers": modifiers, "counted_span": self.place(first, last)}
        also = tuple(_lemma(t) for t in self.group(head))
        if also:
            fields["also"] = also
            fields["counted_span"] = self.place(first, self.group(head)[-1])
        return fields

    def narrowing(self, head: Token, numeral: Numeral) -> list[Token]:
        """What may narrow ``head``: what hangs on it behind the number, and the names that stand between."""
        hanging = [
            c for c in head.children if c.idx >= numeral.end or (c.dep_ == "nmod:poss" and c.idx < numeral.start)
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
        if child.lower_ in _NEUTRAL and child.lower_ != "other":
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
        for child in head.children:
            if child.dep_ != "conj" or child.pos_ not in _NOUNS or child.i < head.i or child.i - head.i > 6:
                continue
            if child.lower_ in ("ages", "age") or child.lower_ in _NUMBER_NOUNS:
                continue
            own = {c.dep_ for c in child.children}
            articles = {c.lower_ for c in child.children if c.dep_ == "det"}
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

    def of(self, root: Token, counted: _Counted, kind: Kind) -> str:
        """The whole of a share, or what narrows the counted through "of", "in" or "from"."""
        if kind in ("percent", "fraction"):
            whole = self.complement(root, "of")
            return _lemma(whole) if whole is not None else ""
        if kind == "measure" and counted.top.pos_ == "ADJ":
            return _lemma(counted.top)
        if counted.head is not None and kind in ("count", "number"):
            whole = next(
                (
                    c
                    for c in counted.head.children
                    if c.dep_ == "nmod" and c.i > counted.head.i and self.case_of(c) == "of"
                ),
                None,
            )
            return _lemma(whole) if whole is not None and whole.pos_ in _NOUNS else ""
        if kind == "money":
            for case in ("in", "for"):
                purpose = self.complement(root, case)
                if purpose is not None and purpose.pos_ == "NOUN" and purpose.head.i == root.i:
                    return _lemma(purpose)
        return ""

    # what happened to it ----------------------------------------------------------------------------------------------

    def fate(self, numeral: Numeral, counted: _Counted) -> dict[str, Any]:
        """The fields ``fate``, ``negated`` and ``expected``."""
        head, top = counted.head, counted.top
        found = self.stated_beside(numeral, head, top)
        verb: Token | None = None
        if not found:
            found, verb = self.toll(top)
        if not found:
            found, verb = self.governing(top)
        if not found and numeral.unit is None:
            found, verb = self.verb_behind(numeral, head)
        if not found and head is not None:
            found = FATE_NOUNS.get(_lemma(head), "")
        if not found:
            return {}
        result: dict[str, Any] = {"fate": found}
        verb = verb or self.verb_above(top)
        if verb is not None:
            if self.is_negated(verb):
                result["negated"] = True
            if self.is_expected(verb, top):
                result["expected"] = True
        if self.text_at(self.token_at(numeral.start) - 1) == "not":
            result["negated"] = True
        return result

    def verb_behind(self, numeral: Numeral, head: Token | None) -> tuple[str, Token | None]:
        """The verb right behind the counted, for where the tree went astray: "275 fighters and their families had left"."""
        if head is not None and any(c.dep_ == "case" for c in head.children):
            return "", None
        others = self.group(head) if head is not None else []
        at = (others[-1].i if others else head.i) + 1 if head is not None else self.after(numeral)
        first = self.token_at(numeral.start)
        steered = {t.lower_ for t in self.tokens[max(0, first - 3) : first]} & _LETTING
        helped = passive = False
        for t in self.tokens[at : at + 5]:
            if t.pos_ == "AUX":
                helped = True
                passive = passive or t.lemma_ == "be"
            elif t.pos_ == "VERB":
                finite = helped or "Fin" in t.morph.get("VerbForm", [])
                if steered and not helped and t.lemma_.lower() in _GOING:
                    return _fate(t), t
                participle = head is None and "Past" in t.morph.get("Tense", [])
                if not (finite or participle) or (not passive and not participle and self.acts(t)):
                    return "", None
                return _fate(t), t
            elif t.pos_ not in ("ADV", "PART") and t.lower_ != "to":
                break
        return "", None

    def stated_beside(self, numeral: Numeral, head: Token | None, top: Token) -> str:
        """A fate in a word of the counted itself: "12 dead", "12 deaths", "12 people killed", "three wounded soldiers"."""
        after = self.after(numeral)
        if numeral.unit is None or numeral.form == "fraction":
            for place in (after, after + 1):
                fate = FATE_ADJECTIVES.get(self.text_at(place))
                if fate is None or (
                    place > after
                    and self.text_at(after) not in ("people", "persons", "others", "more", "were", "are", "of")
                ):
                    continue
                behind = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
                if (
                    self.text_at(place) == "held"
                    and behind is not None
                    and behind.pos_ in ("DET", "NOUN", "ADJ", "PRON")
                ):
                    continue
                return fate
        if head is None:
            return ""
        if _lemma(head) in FATE_NOUNS and _lemma(head) not in PERSONS:
            return FATE_NOUNS[_lemma(head)]
        going = self.tokens[head.i + 1] if head.i + 1 < len(self.tokens) else head
        moves = going.pos_ == "VERB" and going.lemma_.lower() in _MOVING and going.tag_ != "VBG"
        if moves and top.i >= head.i - 1 and _child(going, "aux:pass") is None:
            return _fate(going)
        for child in head.children:
            if child.dep_ == "amod" and child.i < head.i and FATE_ADJECTIVES.get(child.lower_) in CASUALTY:
                return FATE_ADJECTIVES[child.lower_]
            if child.dep_ in ("amod", "xcomp", "acl") and child.i > head.i and child.lower_ in FATE_ADJECTIVES:
                return FATE_ADJECTIVES[child.lower_]
            if (
                child.dep_ in ("acl", "acl:relcl")
                and child.i > head.i
                and (child.pos_ == "VERB" or child.lower_ in FATE_ADJECTIVES)
            ):
                fate = self.participle(child)
                if fate:
                    return fate
        fate = FATE_ADJECTIVES.get(self.text_at(head.i + 1), "")
        if fate and top.i >= head.i - 1 and head.pos_ == "NOUN":
            beyond = self.tokens[head.i + 2] if head.i + 2 < len(self.tokens) else None
            if beyond is None or beyond.pos_ not in ("DET", "NOUN", "PROPN", "PRON", "NUM", "ADJ"):
                return fate
        return ""

    def participle(self, verb: Token) -> str:
        """The fate in a clause that hangs on the counted noun."""
        form = verb.morph.get("VerbForm", [])
        if verb.dep_ == "acl":
            if "Part" in form and "Pres" not in verb.morph.get("Tense", []):
                return _fate(verb)
            return ""
        subject = _child(verb, "nsubj") or _child(verb, "nsubj:pass")
        if subject is None or subject.lower_ not in ("who", "that", "which"):
            return ""
        if subject.dep_ == "nsubj:pass" or _child(verb, "aux:pass") is not None:
            return _fate(verb)
        fate = _fate(verb)
        return fate if (fate and fate not in HARMS) or verb.lemma_ in ("die", "perish", "disappear") else ""

    def toll(self, top: Token) -> tuple[str, Token | None]:
        """ "the death toll rose to 12", "a death toll of 12", "the number of dead is 12"."""
        head: Token = top.head
        candidates: list[Token | None] = []
        verb: Token | None = None
        if top.dep_ == "nmod" and head.pos_ in _NOUNS:
            candidates = [head]
        elif top.dep_ in ("obl", "obj", "xcomp", "advcl", "nmod", "advmod", "obl:unmarked") and head.pos_ in (
            "VERB",
            "AUX",
            "NOUN",
        ):
            verb = head
            candidates = [
                _child(head, "nsubj"),
                _child(head, "nsubj:pass"),
                _child(head, "obj") if top.dep_ != "obj" else None,
            ]
        else:
            candidates = [_child(top, "nsubj")]
        for noun in candidates:
            if noun is None:
                continue
            lemma = noun.lemma_.lower()
            inner = [c for c in noun.subtree if c.i != top.i and abs(c.i - noun.i) < 8]
            if lemma in ("toll", "number", "count", "tally", "total", "figure"):
                for t in inner:
                    fate = (
                        FATE_NOUNS.get(_lemma(t))
                        or FATE_ADJECTIVES.get(t.lower_)
                        or (_fate(t) if t.pos_ == "VERB" else "")
                    )
                    if fate:
                        return fate, verb
                if lemma == "toll":
                    return "kill", verb
        return "", None

    def governing(self, top: Token) -> tuple[str, Token | None]:
        """The fate that the clause of the counted states, and its verb."""
        node = top
        for _ in range(_CLIMB):
            if (node.dep_ in ("conj", "appos") and node.head.pos_ in ("NOUN", "PROPN", "NUM", "PRON")) or (
                node.dep_ == "nmod" and self.case_of(node) in ("of", "among") and node.head.lemma_.lower() in _CARRIERS
            ):
                node = node.head
            else:
                break
        if node.dep_ == "conj" and node.head.pos_ in ("VERB", "AUX"):
            # The tree hung the second of two clauses' subjects on the first verb.
            return "", None
        above = node.head
        if above.i == node.i:
            return "", None
        if node.dep_ == "nmod" and self.case_of(node) in ("of", "to") and _lemma(above) in FATE_NOUNS:
            return FATE_NOUNS[_lemma(above)], above
        if (
            node.dep_ == "nmod"
            and self.case_of(node) == "of"
            and above.lemma_.lower() == "life"
            and above.head.pos_ == "VERB"
        ):
            return self.of_clause(above, above.head)
        if node.dep_ == "nmod:poss" and _lemma(above) in FATE_NOUNS:
            return FATE_NOUNS[_lemma(above)], above
        if node.dep_ in ("nsubj:pass", "nsubj", "obj", "nsubj:outer", "iobj"):
            return self.of_clause(node, above)
        return "", None

    def of_clause(self, node: Token, verb: Token) -> tuple[str, Token | None]:
        """The fate of subject or object ``node`` of ``verb``."""
        deeper = self.steered(node, verb)
        if deeper is not None and node.dep_ == "nsubj" and _child(verb, "obj") is not None:
            return "", None
        if deeper is not None:
            return (_fate(deeper), deeper) if node.dep_ != "nsubj" or not self.acts(deeper) else ("", None)
        if (
            verb.lower_ in FATE_ADJECTIVES
            and verb.pos_ in ("ADJ", "VERB", "NOUN")
            and node.dep_ != "obj"
            and (verb.pos_ != "VERB" or node.dep_ == "nsubj:pass")
        ):
            return FATE_ADJECTIVES[verb.lower_], verb
        if verb.pos_ not in ("VERB", "AUX"):
            if node.dep_ == "nsubj" and verb.pos_ == "ADJ":
                return FATE_ADJECTIVES.get(verb.lower_, ""), verb
            return "", None
        lemma = verb.lemma_.lower()
        if lemma in ("claim", "lose", "take", "cost") and node.dep_ == "obj" and node.lemma_.lower() == "life":
            return "kill", verb
        if node.dep_ == "nsubj" and _child(verb, "aux:pass") is None:
            gone = _child(verb, "obj")
            if lemma == "lose" and gone is not None and gone.lemma_.lower() == "life":
                return "kill", verb
            if self.acts(verb):
                return "", None
        return _fate(verb), verb

    @staticmethod
    def acts(verb: Token) -> bool:
        """Whether the subject of ``verb`` brings the fate on others."""
        if verb.lemma_.lower() in _MOVING:
            return False
        if _fate(verb) in HARMS:
            return _child(verb, "aux:pass") is None
        return _child(verb, "obj") is not None

    @staticmethod
    def steered(node: Token, verb: Token) -> Token | None:
        """The verb below ``verb`` that states the fate: "allowed 100 fighters *to leave*", "were reported *killed*"."""
        if (
            verb.lemma_.lower() not in STEERING
            and verb.lemma_.lower() not in EXPECTING
            and verb.lemma_.lower() not in REFUSING
        ):
            return None
        for child in verb.children:
            if child.dep_ in ("xcomp", "ccomp") and child.pos_ in ("VERB", "ADJ") and child.i > verb.i:
                if child.dep_ == "ccomp" and _child(child, "nsubj") is not None and node.dep_ != "obj":
                    continue
                if _fate(child) or child.lower_ in FATE_ADJECTIVES:
                    return child
        return None

    @staticmethod
    def verb_above(token: Token) -> Token | None:
        node = token
        for _ in range(_CLIMB):
            if node.pos_ in ("VERB", "AUX"):
                return node
            if node.head.i == node.i:
                return None
            node = node.head
        return None

    @staticmethod
    def is_negated(verb: Token) -> bool:
        for child in verb.children:
            if child.lower_ in _NEGATIONS and child.i - verb.i < 2:
                return True
        above = verb.head
        if verb.dep_ in ("xcomp", "ccomp", "advcl") and above.i != verb.i:
            if above.lemma_.lower() in REFUSING:
                return True
            return verb.dep_ == "xcomp" and any(c.lower_ in _NEGATIONS for c in above.children)
        return verb.lemma_.lower() in ("deny", "prevent", "avoid")

    @staticmethod
    def is_expected(verb: Token, top: Token) -> bool:
        """Whether the clause is planned, feared or possible rather than said to have happened."""
        modals = [c for c in verb.children if c.dep_ == "aux" and c.lower_ in EXPECTING_MODALS]
        if modals and not any(c.lower_ == "have" and m.lower_ == "would" for c in verb.children for m in modals):
            return True
        if any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in verb.children):
            return True
        if any(c.dep_ == "amod" and c.lower_ in EXPECTING for c in top.children):
            return True
        node = verb
        for _ in range(3):
            lemma = node.lemma_.lower()
            if lemma in EXPECTING and (node.i != verb.i or node.pos_ == "VERB"):
                return lemma not in ("set", "believe", "call", "offer", "announce", "warn") or node.i != verb.i
            if node.dep_ not in ("xcomp", "ccomp", "acl") or node.head.i == node.i:
                return False
            node = node.head
        return False

    # ages -------------------------------------------------------------------------------------------------------------

    def is_age(self, numeral: Numeral, root: Token) -> bool:
        """Whether a bare number is somebody's age: "Smith, 34," or "who was 10"."""
        if numeral.low is None or not 0 < numeral.low < 120 or numeral.unit is not None or numeral.form != "cardinal":
            return False
        first = self.token_at(numeral.core[0])
        if numeral.bare_age:
            person = self.tokens[first - 2] if first >= 2 else None
            if person is None or self.text_at(first - 1) not in (",", "("):
                return False
            if person.lower_ in (")", '"', "”", ".") and first >= 3:
                person = self.tokens[first - 3]
            if (
                self.named(person.i)
                or self.part_of_name(person.i)
                or person.text.lstrip("•").istitle()
                or person.ent_type_ == "PERSON"
            ):
                return person.ent_type_ not in ("LOC", "GPE", "ORG") or person.dep_ == "flat"
            return _lemma(person) in PERSONS
        if self.noun_behind(numeral) is not None and root.dep_ == "nummod":
            return False
        if root.head.lemma_ == "turn" and root.dep_ in ("obj", "xcomp") and _child(root.head, "nsubj") is not None:
            return True
        copula = _child(root, "cop")
        subject = _child(root, "nsubj")
        after = self.text_at(self.after(numeral))
        if copula is None or subject is None or after in ("of", "-", "/", "to", "in"):
            return False
        if subject.ent_type_ == "PERSON":
            return True
        return subject.lower_ in ("he", "she", "who", "i")

    def owner(self, numeral: Numeral, root: Token) -> str:
        """Whose age it is: the words of the name, else the lemma of the noun, else the pronoun."""
        first = self.token_at(numeral.start)
        while self.text_at(first - 1) in _AGE_LEADS:
            first -= 1
        apposed = self.text_at(first - 1) in (",", "(") and (
            numeral.unit is None or first < self.token_at(numeral.core[0])
        )
        if apposed or self.text_at(self.token_at(numeral.start)) in ("aged", "age", "ages"):
            before = first - 2 if self.text_at(first - 1) in (",", "(") else first - 1
            if before >= 0 and (
                self.named(before)
                or self.part_of_name(before)
                or self.tokens[before].pos_ == "NOUN"
                or self.text_at(before) in (".", ")")
            ):
                return self.name_ending(before)
        behind = self.after(numeral)
        # "34-year-old John Smith", "34-year-old suspect John Smith", "a 34-year-old man, John Smith"
        noun = None
        for t in self.tokens[behind : behind + 6]:
            if self.named(t.i):
                name = self.name_from(t.i)
                if " " in name or noun is None or _lemma(noun) in PERSONS:
                    return name
            if t.pos_ == "NOUN" and t.lower_ not in FATE_ADJECTIVES:
                noun = t
            elif t.pos_ not in ("ADJ", "PUNCT", "PROPN") or (t.lower_ not in (",", "-") and t.pos_ == "PUNCT"):
                break
        if noun is not None:
            return _lemma(noun)
        node = root
        for _ in range(_CLIMB):
            subject = _child(node, "nsubj")
            if subject is not None and (_child(node, "cop") is not None or node.lemma_ in ("old", "turn", "be")):
                return self.subject_words(subject)
            if (
                node.dep_ in ("amod", "acl", "appos", "nmod", "nmod:unmarked", "nummod")
                and node.head.pos_ in _NOUNS
                and node.head.i != node.i
            ):
                return self.name_ending(node.head.i) if node.head.pos_ == "PROPN" else _lemma(node.head)
            if node.head.i == node.i:
                break
            node = node.head
        return ""

    def subject_words(self, subject: Token) -> str:
        if subject.lower_ == "who" and subject.head.head.pos_ in _NOUNS:
            subject = subject.head.head
        if subject.pos_ == "PROPN":
            return self.name_from(subject.i)
        return str(subject.lower_) if subject.pos_ == "PRON" else _lemma(subject)

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
        if not (self.named(i) or self.part_of_name(i)) or _lemma(self.tokens[i]) in PERSONS:
            return _lemma(self.tokens[i])
        first = i
        while first > 0 and self.part_of_name(first - 1) and i - first < 6:
            first -= 1
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

    # none -------------------------------------------------------------------------------------------------------------

    def none(self, taken: list[tuple[int, int]]) -> list[Quantity]:
        """ "no fighters", "nobody", "none of the fighters": [0, 0]."""
        found = []
        for token in self.tokens:
            word = token.lower_
            if word not in ("no", "none", "nobody", "zero") or _inside(taken, token.idx):
                continue
            fields: dict[str, Any] = {}
            end = token.idx + len(token)
            if word == "no":
                head = token.head
                if self.text_at(token.i + 1) == "one":
                    fields, counted = (
                        {"counted": "person"},
                        _Counted(self.tokens[token.i + 1], self.tokens[token.i + 1]),
                    )
                    end = self.tokens[token.i + 1].idx + 3
                elif head.i > token.i and head.pos_ == "NOUN" and self.is_countable(head) and head.i - token.i < 6:
                    counted = _Counted(head, head)
                else:
                    continue
            elif word == "none":
                counted = _Counted(self.complement(token, "of"), token)
            elif word == "nobody":
                fields, counted = {"counted": "person"}, _Counted(None, token)
            else:
                continue
            numeral = Numeral(token.idx, end, (token.idx, end), 0.0, 0.0, "cardinal")
            fields = fields or self.counted_fields(counted.head, numeral)
            if word == "none":
                self.borrow(numeral, token, fields)
            fields |= self.fate(numeral, counted)
            fields.pop("negated", None)
            found.append(
                Quantity(
                    start=self.offset + token.idx,
                    end=self.offset + end,
                    low=0.0,
                    high=0.0,
                    kind="count",
                    sentence=self.sentence_of(token.i),
                    **fields,
                )
            )
        return found

    @staticmethod
    def is_countable(head: Token) -> bool:
        lemma = _lemma(head)
        if lemma in ABSTRACT:
            return False
        return "Plur" in head.morph.get("Number", []) or lemma in PERSONS


_NOT_COUNTED_COMPOUNDS: Final = frozenset(
    "way time sided fold off on one thirds third half quarter quarters dimensional pronged party handed up nil state".split()
)
_NUMBER_NOUNS: Final = frozenset(
    "dozen dozens scores hundreds thousands millions billions trillions tens couple handful number half third quarter thirds "
    "quarters hundred thousand million billion trillion numbers".split()
)
_ENDS: Final = frozenset(("", ".", ",", "on", "tonight", "today", "tomorrow", "in", "sharp", ";"))
_EXTENTS: Final = frozenset(
    "long wide high tall deep away north south east west thick ago later earlier old from".split()
)
_MEASURING: Final = frozenset(
    "measure weigh cost last stretch reach run span total average extend cover earn rise fall drop climb increase grow stand "
    "hit exceed take pay receive lose gain decline travel drive walk fly raise amount".split()
)
_LETTING: Final = frozenset("let lets letting allow allowed allowing allows permit permitted help helped".split())
_GOING: Final = frozenset("leave escape flee go pass exit depart return surrender enter cross".split())
_AFTER_AGES: Final = frozenset(
    ("", ",", ".", ";", "and", "&", "respectively", ")", "were", "was", "who", "from", "at", "in")
)
_AGE_LEADS: Final = frozenset(("aged", "age", "ages", "the", "a", "an"))
_NAMELIKE: Final = frozenset(("NOUN", "ADJ", "X"))
_OUTSIDE: Final = frozenset(("nmod", "conj", "appos", "obl", "nsubj", "obj", "parataxis", "list", "nmod:unmarked"))
_GENERATIONS: Final = frozenset(("Jr", "Sr", "II", "III", "IV"))
_MOVING: Final = frozenset(
    "die perish disappear vanish leave depart flee escape survive surrender exit enter cross reach join return stay remain "
    "retreat withdraw".split()
)
_DETERMINERS: Final = frozenset("the this that no any every each some another which first last new an a".split())
_COLLECTIVES: Final = frozenset(
    "staff personnel police cattle sheep aircraft infantry cavalry livestock strong".split()
)
_CARRIERS: Final = frozenset("batch group convoy number total crowd team band wave party handful majority".split())


def _years(numeral: Numeral) -> tuple[float | None, float | None]:
    from reader.units import YEAR

    return YEAR.base(numeral.low, numeral.high)


def _inside(taken: list[tuple[int, int]], offset: int) -> bool:
    place = bisect_right(taken, (offset, 1 << 60)) - 1
    return place >= 0 and taken[place][0] <= offset < taken[place][1]


def _numeric(token: Token) -> bool:
    return token.pos_ == "NUM" or any(c.isdigit() for c in token.text)


def _child(token: Token, dep: str) -> Token | None:
    for child in token.children:
        if child.dep_ == dep:
            found: Token = child
            return found
    return None


def _lemma(token: Token) -> str:
    """The lemma in lower case, people under one name; "hostages" and "HOSTAGES" are one."""
    lemma = (token.lemma_ or token.text).lower()
    regular = lemma.endswith("s") and not lemma.endswith(("ss", "us", "is")) and len(lemma) > 3
    if regular and lemma == token.lower_ and "Plur" in token.morph.get("Number", []):
        lemma = lemma[:-1]
    return PEOPLE.get(token.lower_, PEOPLE.get(lemma, lemma))


def _fate(verb: Token) -> str:
    lemma = verb.lemma_.lower()
    if verb.lower_ in FATE_ADJECTIVES and verb.pos_ != "VERB":
        return FATE_ADJECTIVES[verb.lower_]
    if lemma in LIGHT or not lemma.replace("-", "").isalpha():
        return ""
    return FATES.get(lemma) or FATES.get(verb.lower_, "") or lemma
