"""The walk over the numbers of one paragraph."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any, Final

from msgspec import structs

from reader.fates import ABSTRACT, CASUALTY, PERSONS
from reader.nouns import Quantity
from reader.numerals import Numeral
from reader.quantities.aging import Aging
from reader.quantities.counting import Counted
from reader.quantities.relating import related
from reader.quantities.telling import Telling
from reader.quantities.tree import lemma_of
from reader.units import YEAR

if TYPE_CHECKING:
    from reader.quantities.counting import Kind
    from reader.tokens import Token

_AFTER_AGES: Final = frozenset(
    ("", ",", ".", ";", "and", "&", "respectively", ")", "were", "was", "who", "from", "at", "in")
)


class QuantityReader(Aging, Telling):
    """The quantities of one paragraph."""

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
        return related(found, self.text, self.offset)

    def goes_on(self, before: Quantity, quantity: Quantity) -> bool:
        """Whether a bare number goes on with a row of ages: "ages 22, 45 and 67"."""
        if before.kind != "age" or before.unit != "year" or quantity.kind not in ("number", "count") or quantity.hedge:
            return False
        between = self.text[before.end - self.offset : quantity.start - self.offset].strip()
        if between not in (",", "and", ", and", "&") or not 0 < (quantity.low or 0) < 120:
            return False
        after = bisect_left(self.starts, quantity.end - self.offset)
        verb = after < len(self.tokens) and self.tokens[after].pos_ == "VERB" and quantity.counted == before.owner
        return verb or self.text_at(after) in _AFTER_AGES

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
            if kind == "number":
                fields |= self.of_pronoun(numeral)
                scope = self.scope(numeral, counted.head)
                if scope:
                    fields["scope"] = scope
            else:
                fields.pop("scope", None)
            of = self.of(numeral, root, counted, kind)
            if of:
                fields["whole"] = of
            if fields.get("counted") == "other" and fields.get("fate") in CASUALTY:
                fields |= {"counted": "person", "modifiers": ("other",)}
            if kind == "number" and (fields.get("counted") or fields.get("fate")):
                kind = "count"
                fields["modifiers"] = (*fields.get("modifiers", ()), *self.of_all(self.after(numeral)))
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
        if numeral.of:
            return "measure"
        if numeral.unit is not None:
            if numeral.money:
                return "money"
            dimension = numeral.unit.dimension
            if dimension in ("percent", "percentage point"):
                return "percent"
            return "duration" if dimension == "time" else "measure"
        return "fraction" if numeral.form == "fraction" else "number"

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
                        Counted(self.tokens[token.i + 1], self.tokens[token.i + 1]),
                    )
                    end = self.tokens[token.i + 1].idx + 3
                elif head.i > token.i and head.pos_ == "NOUN" and self.is_countable(head) and head.i - token.i < 6:
                    counted = Counted(head, head)
                else:
                    continue
            elif word == "none":
                counted = Counted(self.complement(token, "of"), token)
            elif word == "nobody":
                fields, counted = {"counted": "person"}, Counted(None, token)
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
        lemma = lemma_of(head)
        if lemma in ABSTRACT:
            return False
        return "Plur" in head.morph.get("Number", []) or lemma in PERSONS


def _years(numeral: Numeral) -> tuple[float | None, float | None]:
    return YEAR.base(numeral.low, numeral.high)


def _inside(taken: list[tuple[int, int]], offset: int) -> bool:
    place = bisect_right(taken, (offset, 1 << 60)) - 1
    return place >= 0 and taken[place][0] <= offset < taken[place][1]
