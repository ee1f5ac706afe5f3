"""How a figure stands to the other figures of its sentence: a part of one, more beside one, or the total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import structs

from reader.fates import FATE_ADJECTIVES, PERSONS
from reader.nouns import Quantity
from reader.numerals import Numeral
from reader.numerals.words import SMALL
from reader.quantities.counting import Counting
from reader.quantities.tree import NOUNS, lemma_of

if TYPE_CHECKING:
    from reader.tokens import Token

_OF_THE: Final = re.compile(r"(?:^|[.,;:“\"(] ?|\n)[Oo]f (?:the |these |those |some |its |their )?$")

Scope = Literal["", "part", "more", "total"]

_INCLUDING: Final = frozenset("including include includes included".split())
_THEM: Final = frozenset("them whom which these those".split())
_DEFINITE: Final = frozenset("the these those all his her their its my our your".split())
_MORE_BEFORE: Final = frozenset("another additional further extra other".split())
_MORE_AFTER: Final = frozenset("more other others additional further extra".split())
_MANNERS: Final = frozenset("fatally mortally seriously critically badly severely gravely slightly lightly".split())
_SHARES: Final = frozenset("majority most some many none part half rest minority third quarter percent %".split())
_AMONG_THEM: Final = frozenset((("among", "them"), ("amongst", "them")))
_IN_ALL: Final = frozenset((("in", "all"), ("in", "total")))


class Relating(Counting):
    """Tells parts, additions and totals."""

    def scope(self, numeral: Numeral, head: Token | None) -> Scope:
        """What a count is to the others: "including three", "of whom 10"; "30 others", "two more"; "a total of 12"."""
        first, after = self.token_at(numeral.start), self.after(numeral)
        if self.is_part(first, after):
            return "part"
        following = self.text_at(after)
        if self.text_at(first - 1) in _MORE_BEFORE or (
            following in _MORE_AFTER and self.text_at(after + 1) not in ("than", "or")
        ):
            return "more"
        behind = (head.i if head is not None and head.i >= after else after - 1) + 1
        if self.pair_at(behind) in _AMONG_THEM:
            return "part"
        if self.text_at(behind) == "more" and self.text_at(behind + 1) != "than":
            return "more"
        summed = self.text_at(behind) == "altogether" or self.pair_at(behind) in _IN_ALL
        if summed or self.pair_at(first - 2) in (("total", "of"), ("in", "all"), ("in", "total")):
            return "total"
        if self.text_at(first - 1) == "," and self.pair_at(first - 3) in _IN_ALL:
            return "total"
        return ""

    def pair_at(self, i: int) -> tuple[str, str]:
        return self.text_at(i), self.text_at(i + 1)

    def is_part(self, first: int, after: int) -> bool:
        """Whether the number that stands between two tokens is of some that were told before or are told behind "of"."""
        lead = first - 1
        while self.text_at(lead) in ("the", "these", "those"):
            lead -= 1
        if self.text_at(lead) in _INCLUDING and self.text_at(lead - 1) != "not":
            return True
        if self.text_at(lead) in _THEM and self.text_at(lead - 1) in ("of", "among", "amongst"):
            return True
        if self.text_at(lead) == "," and self.pair_at(lead - 2) in (("of", "those"), ("of", "them"), ("of", "these")):
            return True
        if self.is_of_known(after):
            return True
        return self.text_at(first - 1) in (",", "and", ";") and self.text_at(after) in _MANNERS

    def is_of_known(self, i: int) -> bool:
        """Whether some that are known are led in by "of" at token ``i``: "of *the* dead", "of *them*", "of *three* men"."""
        known = self.text_at(i + 1) in _DEFINITE or self.text_at(i + 1) in _THEM or self.is_number(i + 1)
        return self.text_at(i) == "of" and known

    def is_number(self, i: int) -> bool:
        if not 0 <= i < len(self.tokens):
            return False
        token = self.tokens[i]
        return token.pos_ == "NUM" or token.lower_ in SMALL or token.text.isdigit()

    def is_whole(self, numeral: Numeral) -> bool:
        """Whether something said of a part is not said of this number: "three of the *12* soldiers died"."""
        i = self.token_at(numeral.start) - 1
        while self.text_at(i) in _DEFINITE:
            i -= 1
        if self.text_at(i) != "of" or i < 1:
            return False
        return self.is_number(i - 1) or self.text_at(i - 1) in _SHARES

    def of_pronoun(self, numeral: Numeral) -> dict[str, Any]:
        """What a part told by a pronoun is said to be: "10 of them *children*", "of whom 10 are *local*"."""
        first, after = self.token_at(numeral.start), self.after(numeral)
        if self.text_at(after) == "of" and self.text_at(after + 1) in _THEM:
            at = after + 2
        elif self.text_at(first - 1) in _THEM and self.text_at(first - 2) in ("of", "among"):
            at = after
        else:
            return {}
        adjectives: list[str] = []
        for token in self.tokens[at : at + 6]:
            if token.pos_ in NOUNS and token.lower_ not in FATE_ADJECTIVES:
                return {
                    "counted": lemma_of(token),
                    "modifiers": tuple(adjectives),
                    "counted_span": self.place(token, token),
                }
            if token.pos_ == "ADJ" and token.lower_ not in FATE_ADJECTIVES:
                adjectives.append(lemma_of(token))
            elif token.pos_ not in ("AUX", "ADV", "DET"):
                break
        return {"modifiers": tuple(adjectives)} if adjectives else {}

    def of_all(self, after: int) -> tuple[str, ...]:
        """What all of those counted before token ``after`` are said to be: "40 fighters, all of them *locals*"."""
        for i in range(after, len(self.tokens) - 3):
            token = self.tokens[i]
            if token.lower_ in (".", "!", "?") or self.is_number(i):
                break
            if token.lower_ == "all" and self.text_at(i - 1) == "," and self.text_at(i + 2) in _THEM:
                said = self.tokens[i + 3 : i + 6]
                found = next((t for t in said if t.pos_ in ("NOUN", "ADJ")), None)
                return (lemma_of(found),) if found is not None and found.lower_ not in FATE_ADJECTIVES else ()
        return ()


def related(found: Sequence[Quantity], text: str, offset: int) -> list[Quantity]:
    """The quantities of a paragraph, where a part shares what is told of its whole only, and so do those listed with it.

    ``text`` is that of the paragraph, which begins at ``offset``.
    """
    done: list[Quantity] = []
    for place, quantity in enumerate(found):
        if quantity.kind not in ("count", "number"):
            done.append(quantity)
            continue
        before = done[-1] if done and done[-1].sentence == quantity.sentence else None
        if before is not None and before.kind not in ("count", "number"):
            before = None
        between = text[before.end - offset : quantity.start - offset] if before is not None else ""
        if (
            before is not None
            and not quantity.scope
            and (
                _listed(before, between)
                or _picked(text[max(0, before.start - offset - 14) : before.start - offset], between)
            )
        ):
            quantity = structs.replace(quantity, scope="part")
        if quantity.scope == "more" and not quantity.counted and before is not None and before.counted:
            # "destroyed 40 homes and damaged 100 more"
            quantity = structs.replace(
                quantity, kind="count", counted="person" if before.counted in PERSONS else before.counted
            )
        if quantity.scope != "part":
            done.append(quantity)
            continue
        whole = next(
            (q for q in reversed(done) if q.sentence == quantity.sentence and q.kind == "count" and q.scope != "part"),
            None,
        )
        if text[quantity.end - offset : quantity.end - offset + 4] == " of " and place + 1 < len(found):
            behind = found[place + 1]
            if behind.sentence == quantity.sentence and behind.start - quantity.end < 16 and behind.kind == "count":
                whole = behind
        done.append(_inheriting(quantity, whole) if whole is not None else quantity)
    return done


def _listed(before: Quantity, between: str) -> bool:
    """Whether the figure behind ``before`` goes on with a list of parts, or opens one behind a colon."""
    if before.scope != "part":
        # "12 people: seven men and five women"
        return before.kind == "count" and len(between) < 80 and between.rstrip().endswith(":")
    rest = between[max(0, (before.counted_span or (0, 0))[1] - before.end) :]
    return rest.strip() in (",", "and", ", and")


def _picked(lead: str, between: str) -> bool:
    """Whether a figure is some of the one before it: "Of the 300 passengers, 12 were hurt"."""
    return between.count(",") == 1 and _OF_THE.search(lead) is not None


def _inheriting(part: Quantity, whole: Quantity) -> Quantity:
    fields: dict[str, Any] = {}
    if not part.fate and whole.fate:
        fields |= {"fate": whole.fate, "negated": whole.negated, "expected": whole.expected}
    if not part.counted and whole.counted:
        fields |= {"counted": whole.counted, "modifiers": part.modifiers or whole.modifiers}
    return structs.replace(part, kind="count", **fields) if fields else part
