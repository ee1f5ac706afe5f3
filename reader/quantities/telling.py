"""What happened to the counted: the clause they stand in, or a word beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from reader.fates import (
    BODIES,
    BRINGING,
    CASUALTY,
    EXPECTING,
    EXPECTING_MODALS,
    FATE_ADJECTIVES,
    FATE_NOUNS,
    FATES,
    FINDING,
    HARMS,
    HOSPITALS,
    LIGHT,
    PERSONS,
    REFUSING,
    STEERING,
)
from reader.numerals import Numeral
from reader.pipeline import participle
from reader.quantities.counting import Counted
from reader.quantities.relating import Relating
from reader.quantities.tree import CLIMB, NOUNS, child_of, children_of, hangs_under, lemma_of

if TYPE_CHECKING:
    from reader.tokens import Token

_NEGATIONS: Final = frozenset("not n't n’t never neither nor".split())
_LETTING: Final = frozenset("let lets letting allow allowed allowing allows permit permitted help helped".split())
_GOING: Final = frozenset("leave escape flee go pass exit depart return surrender enter cross".split())
_MOVING: Final = frozenset(
    "die perish disappear vanish leave depart flee escape survive surrender exit enter cross reach join return stay remain "
    "retreat withdraw".split()
)
LISTED: Final = 15
"""How many tokens on the last of a list of subjects may stand."""
_CARRIERS: Final = frozenset("all batch group convoy number total crowd team band wave party handful majority".split())


class Telling(Relating):
    """Finds the fate of the counted, and whether it is denied or only expected."""

    def fate(self, numeral: Numeral, counted: Counted) -> dict[str, Any]:
        """The fields ``fate``, ``negated`` and ``expected``; ``scope`` where a toll is told."""
        head, top = counted.head, counted.top
        found, verb = "", None
        result: dict[str, Any] = {}
        whole = self.is_whole(numeral)
        if self.is_of_known(self.after(numeral)) and not whole:
            # "12 of the 45 detained were released": what is said of the part goes before what is said of the whole.
            found, verb = self.governing(numeral, top)
        if not found:
            found = self.stated_beside(numeral, head, top)
        if not found and not whole:
            found, verb = self.toll(top)
            if found:
                result["scope"] = "total"
        if not found and not whole:
            found, verb = self.governing(numeral, top)
        if not found and not whole and numeral.unit is None:
            found, verb = self.verb_behind(numeral, head)
        if not found and not whole:
            found = self.misread(numeral, head)
        if not found:
            found = self.of_the_wounded(numeral) or (FATE_NOUNS.get(lemma_of(head), "") if head is not None else "")
        if not found:
            return {}
        result["fate"] = found
        verb = verb or self.verb_above(top)
        if verb is not None:
            if self.is_negated(verb):
                result["negated"] = True
            if self.is_expected(verb, top):
                result["expected"] = True
        if self.text_at(self.token_at(numeral.start) - 1) == "not":
            result["negated"] = True
        return result

    def of_the_wounded(self, numeral: Numeral) -> str:
        """ "four of *the wounded*", "three of those *arrested*"; what befell them since, if that stands right behind."""
        at = self.after(numeral)
        if self.text_at(at) != "of" or self.text_at(at + 1) not in ("the", "those", "these"):
            return ""
        fate = FATE_ADJECTIVES.get(self.text_at(at + 2), "")
        verb = participle(self.tokens[at + 3]) if at + 3 < len(self.tokens) else ""
        if self.is_number(at + 2) and verb and verb not in LIGHT:
            return FATES.get(verb, verb)  # "12 of the 40 survived"
        return (FATES.get(verb, "") or fate) if fate else ""

    def misread(self, numeral: Numeral, head: Token | None) -> str:
        """The fate in a past form beside the number that the tagger took for a noun or an adjective.

        "A gunman *shot* 12 people", "the blast *wounded* 30", "a crowd of 5,000 *marched*".
        """
        if head is not None and self.is_misread_verb(head, numeral):
            verb = participle(head)
            return "" if verb in LIGHT else FATES.get(verb, verb)
        before = self.token_at(numeral.start) - 1
        if self.text_at(before) == "numbered":
            return FATE_ADJECTIVES.get(self.text_at(before - 1), "")
        if before < 1 or self.tokens[before - 1].pos_ not in NOUNS:
            return ""
        if self.tokens[before].pos_ == "VERB" and self.tokens[before].dep_ not in ("amod", "acl", "compound"):
            return ""
        return FATES.get(participle(self.tokens[before]), "")

    def verb_behind(self, numeral: Numeral, head: Token | None) -> tuple[str, Token | None]:
        """The verb right behind the counted, for where the tree went astray: "275 fighters and their families had left"."""
        if head is not None and any(c.dep_ == "case" and c.i != self.after(numeral) for c in children_of(head)):
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
        fate = FATE_NOUNS.get(lemma_of(head), "")
        if fate and lemma_of(head) not in PERSONS and not (head.lower_ in FATE_ADJECTIVES and head.i > after):
            return fate
        listed = (c for c in children_of(head) if c.dep_ == "conj" and c.i - head.i < LISTED)
        last = max((head, *listed), key=lambda t: int(t.i))
        whole = self.is_whole(numeral)
        for noun in () if whole else (head, last):
            going = self.tokens[noun.i + 1] if noun.i + 1 < len(self.tokens) else noun
            moves = going.pos_ == "VERB" and going.lemma_.lower() in _MOVING and going.tag_ != "VBG"
            if moves and top.i >= head.i - 1 and child_of(going, "aux:pass") is None:
                return _fate(going)
        for child in children_of(head) if head.pos_ != "VERB" else ():
            if whole and child.i > head.i and child.lower_ not in FATE_ADJECTIVES:
                continue
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
        subject = child_of(verb, "nsubj") or child_of(verb, "nsubj:pass")
        if subject is None or subject.lower_ not in ("who", "that", "which"):
            return ""
        if subject.dep_ == "nsubj:pass" or child_of(verb, "aux:pass") is not None:
            return _fate(verb)
        fate = _fate(verb)
        return fate if (fate and fate not in HARMS) or verb.lemma_ in ("die", "perish", "disappear") else ""

    def toll(self, top: Token) -> tuple[str, Token | None]:
        """ "the death toll rose to 12", "a death toll of 12", "the number of dead is 12"."""
        while top.dep_ == "nmod" and top.head.pos_ == "NUM" and self.case_of(top) == "to":
            top = top.head  # "rose from 12 to 15"
        head: Token = top.head
        candidates: list[Token | None] = []
        verb: Token | None = None
        if top.dep_ == "nmod" and head.pos_ in NOUNS:
            candidates = [head]
        elif top.dep_ in ("obl", "obj", "xcomp", "advcl", "nmod", "advmod", "obl:unmarked") and head.pos_ in (
            "VERB",
            "AUX",
            "NOUN",
        ):
            verb = head
            candidates = [
                child_of(head, "nsubj"),
                child_of(head, "nsubj:pass"),
                child_of(head, "obj") if top.dep_ != "obj" else None,
            ]
        else:
            candidates = [child_of(top, "nsubj")]
        for noun in candidates:
            if noun is None:
                continue
            lemma = noun.lemma_.lower()
            if lemma in ("toll", "number", "count", "tally", "total", "figure"):
                for t in self.tokens[max(0, noun.i - 7) : noun.i + 8]:
                    if t is top or not hangs_under(t, noun):
                        continue
                    fate = (
                        FATE_NOUNS.get(lemma_of(t))
                        or FATE_ADJECTIVES.get(t.lower_)
                        or (_fate(t) if t.pos_ == "VERB" else "")
                    )
                    if fate:
                        return fate, verb
                if lemma == "toll":
                    return "kill", verb
        return "", None

    def governing(self, numeral: Numeral, top: Token) -> tuple[str, Token | None]:
        """The fate that the clause of the counted states, and its verb."""
        node = top
        for _ in range(CLIMB):
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
        if node.dep_ == "nmod" and self.case_of(node) in ("of", "to") and lemma_of(above) in FATE_NOUNS:
            return FATE_NOUNS[lemma_of(above)], above
        if node.dep_ == "nmod" and self.case_of(node) == "of" and above.lemma_.lower() in BODIES:
            found = above.head.lemma_.lower() in FINDING or lemma_of(node) in PERSONS
            return ("kill", None) if found else ("", None)
        if (
            node.dep_ == "nmod"
            and self.case_of(node) == "of"
            and above.lemma_.lower() == "life"
            and above.head.pos_ == "VERB"
        ):
            return self.of_clause(above, above.head)
        if node.dep_ == "nmod:poss" and lemma_of(above) in FATE_NOUNS:
            return FATE_NOUNS[lemma_of(above)], above
        if node.dep_ in ("nsubj:pass", "nsubj", "obj", "nsubj:outer", "iobj"):
            return self.of_clause(node, above)
        subject = above.i > node.i and child_of(above, "nsubj") is None and not self.acts(above)
        if node.dep_ == "obl" and (subject or (above.i < node.i and child_of(above, "obj") is None)):
            # "killed more than 12 people", "killed between 10 and 12": the words that made it an oblique are the hedge.
            cases = [c for c in children_of(node) if c.dep_ == "case"]
            near = above.i >= self.token_at(numeral.start) - 2
            if near and all(numeral.start <= c.idx < numeral.end for c in cases):
                return self.of_clause(node, above)
        return "", None

    def of_clause(self, node: Token, verb: Token) -> tuple[str, Token | None]:
        """The fate of subject or object ``node`` of ``verb``."""
        deeper = self.steered(node, verb)
        if deeper is not None and node.dep_ == "nsubj" and child_of(verb, "obj") is not None:
            return "", None
        if deeper is not None:
            return (_fate(deeper), deeper) if node.dep_ != "nsubj" or not self.acts(deeper) else ("", None)
        lemma = verb.lemma_.lower()
        # "rushed to hospital", "took five people to Harrow Hospital"
        brought = lemma in BRINGING and node.dep_ != "nsubj"
        where = (*children_of(verb), *children_of(node)) if brought else ()
        if any(self.case_of(c) in ("to", "at") and is_hospital(c) for c in where):
            return "hospitalize", verb
        if _is_deadly(verb) and (node.dep_ != "nsubj" or not self.acts(verb)):
            return "kill", verb
        if (
            verb.lower_ in FATE_ADJECTIVES
            and verb.pos_ in ("ADJ", "VERB", "NOUN")
            and node.dep_ != "obj"
            and (verb.pos_ != "VERB" or node.dep_ == "nsubj:pass")
        ):
            return FATE_ADJECTIVES[verb.lower_], verb
        if node.dep_ == "nsubj" and is_hospital(verb) and self.case_of(verb) in ("in", "at"):
            return "hospitalize", verb
        if verb.pos_ not in ("VERB", "AUX"):
            if node.dep_ == "nsubj" and verb.pos_ == "ADJ":
                return FATE_ADJECTIVES.get(verb.lower_, ""), verb
            return "", None
        lives = node.lemma_.lower() == "life" and lemma in ("claim", "lose", "take", "cost")
        if lives and node.dep_ in ("obj", "nsubj:pass"):
            return "kill", verb
        if lemma in FINDING and node.lemma_.lower() in BODIES and node.dep_ in ("obj", "nsubj:pass"):
            return "kill", verb
        if node.dep_ == "nsubj" and child_of(verb, "aux:pass") is None:
            gone = child_of(verb, "obj")
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
            return child_of(verb, "aux:pass") is None
        return child_of(verb, "obj") is not None

    @staticmethod
    def steered(node: Token, verb: Token) -> Token | None:
        """The verb below ``verb`` that states the fate: "allowed 100 fighters *to leave*", "were reported *killed*"."""
        if (
            verb.lemma_.lower() not in STEERING
            and verb.lemma_.lower() not in EXPECTING
            and verb.lemma_.lower() not in REFUSING
        ):
            return None
        for child in children_of(verb):
            if child.dep_ in ("xcomp", "ccomp") and child.pos_ in ("VERB", "ADJ") and child.i > verb.i:
                if child.dep_ == "ccomp" and child_of(child, "nsubj") is not None and node.dep_ != "obj":
                    continue
                if _fate(child) or child.lower_ in FATE_ADJECTIVES:
                    return child
        return None

    @staticmethod
    def verb_above(token: Token) -> Token | None:
        node = token
        for _ in range(CLIMB):
            if node.pos_ in ("VERB", "AUX"):
                return node
            if node.head.i == node.i:
                return None
            node = node.head
        return None

    @staticmethod
    def is_negated(verb: Token) -> bool:
        for child in children_of(verb):
            if child.lower_ in _NEGATIONS and child.i - verb.i < 2:
                return True
        above = verb.head
        if verb.dep_ in ("xcomp", "ccomp", "advcl") and above.i != verb.i:
            if above.lemma_.lower() in REFUSING:
                return True
            return verb.dep_ == "xcomp" and any(c.lower_ in _NEGATIONS for c in children_of(above))
        return verb.lemma_.lower() in ("deny", "prevent", "avoid")

    @staticmethod
    def is_expected(verb: Token, top: Token) -> bool:
        """Whether the clause is planned, feared or possible rather than said to have happened."""
        modals = [c for c in children_of(verb) if c.dep_ == "aux" and c.lower_ in EXPECTING_MODALS]
        if modals and not any(c.lower_ == "have" and m.lower_ == "would" for c in children_of(verb) for m in modals):
            return True
        if any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in children_of(verb)):
            return True
        if any(c.dep_ == "amod" and c.lower_ in EXPECTING for c in children_of(top)):
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


def is_hospital(token: Token) -> bool:
    """Whether a noun is a hospital, by itself or as the end of its name."""
    last = next((c for c in reversed(token.children) if c.dep_ == "flat"), token)
    return token.lemma_.lower() in HOSPITALS or last.lower_ in HOSPITALS


def _is_deadly(verb: Token) -> bool:
    """ "shot dead", "beaten to death"."""
    return any(c.i > verb.i and c.lower_ in ("dead", "death") and c.dep_ in ("xcomp", "obl") for c in children_of(verb))


def _fate(verb: Token) -> str:
    lemma = verb.lemma_.lower()
    if _is_deadly(verb):
        return "kill"
    if verb.lower_ in FATE_ADJECTIVES and verb.pos_ != "VERB":
        return FATE_ADJECTIVES[verb.lower_]
    if lemma in LIGHT or not lemma.replace("-", "").isalpha():
        return ""
    return FATES.get(lemma) or FATES.get(verb.lower_, "") or lemma
