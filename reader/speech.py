"""Who says what: quotations and the speakers of reported and quoted speech.

A speech verb's subject speaks; a pronoun or a definite noun ("the spokesman") stands for the last fitting name. A
quotation without a speech verb of its own goes on from the one before it. Quotation marks may be straight, curly or
single and a quotation may run over paragraphs, each opening with a mark that the one before did not close.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from reader.nouns import Mention, Quote
from reader.pipeline import Paragraph

if TYPE_CHECKING:
    from reader.tokens import Span, Token

SPEECH = frozenset(
    "say tell add announce state report claim allege assert insist maintain argue warn explain note declare confirm "
    "acknowledge admit concede deny dispute reply respond answer ask write tweet post testify reveal disclose suggest "
    "stress emphasize emphasise reiterate recall describe estimate believe think predict promise vow pledge "
    "contend stipulate indicate remark comment quote cite shout yell call read conclude complain boast joke "
    "accuse observe repeat plead urge inform learn hear know hope fear expect agree determine find show".split()
)
"""Verbs whose clausal complement is what somebody says, thinks or finds."""
UTTERANCE = SPEECH - frozenset("believe think hope fear expect learn hear know agree determine find show call".split())
"""Those that may introduce a quotation."""
CLAIM = frozenset("claim allege suggest estimate contend accuse believe think hope fear predict".split())
"""Those by which the report keeps its distance."""
_RANKS = {
    "col": "colonel",
    "gen": "general",
    "lt": "lieutenant",
    "maj": "major",
    "capt": "captain",
    "sgt": "sergeant",
    "cmdr": "commander",
    "adm": "admiral",
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "prof": "professor",
    "det": "detective",
}
# An office with one of these before it is another office: "the president" is not the vice president.
_NOT_QUITE = frozenset("former ex deputy vice assistant acting then-president".split())
# Nouns that may stand for the last name that ends in them: "the ministry" for the Defence Ministry.
_BODIES = frozenset(
    "agency alliance army association authority board bureau church club coalition commission committee company "
    "corporation council court department federation force forces foundation group guard hospital institute ministry "
    "movement navy office organization organisation party police school service society union university".split()
)
_HUMAN = frozenset({"he", "she", "him", "her", "who"})
_CLOSES = {"“": "”", "‘": "’", "«": "»", "„": "“"}


@dataclass
class Speech:
    """What is known of the speech in one text.

    ``names`` and ``speakers`` are by paragraph (its place in the parse) and token: the mention that a token belongs
    to, and who speaks by a speech verb.
    """

    quotes: tuple[Quote, ...] = ()
    names: dict[tuple[int, int], Mention] = field(default_factory=dict)
    speakers: dict[tuple[int, int], str] = field(default_factory=dict)
    stands_for: dict[tuple[int, int], str] = field(default_factory=dict)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all names in the text."""
        return frozenset(m.key for m in self.names.values())

    def quotes_in(self, start: int, end: int) -> tuple[Quote, ...]:
        """The quotations that share a code point with a stretch."""
        first = bisect_right(self.quotes, start, key=lambda quote: quote.end)
        return self.quotes[first : bisect_left(self.quotes, end, lo=first, key=lambda quote: quote.start)]

    def quote_at(self, place: int) -> Quote | None:
        """The quotation around a code point, if there is one."""
        return next(iter(self.quotes_in(place, place + 1)), None)


def quotes(parse: Sequence[Paragraph], mentions: Sequence[Mention] = ()) -> tuple[Quote, ...]:
    """The quotations of a parse, in text order, each with its speaker where one is found."""
    return hear(parse, mentions).quotes


def hear(parse: Sequence[Paragraph], mentions: Sequence[Mention]) -> Speech:
    """Find the names, speakers and quotations of a parse in one pass through the text."""
    speech = Speech(names=_by_token(parse, mentions))
    raw = list(_quotations(parse))
    speech.quotes = tuple(Quote(start=a, end=b, sentence=s) for _, a, b, s, _ in raw)
    memory = _Memory()
    for place, paragraph in enumerate(parse):
        for _, sentence in paragraph.sentences():
            memory.read(place, paragraph, sentence, speech)
    speech.quotes = tuple(_attributed(parse, raw, speech))
    return speech


def head_name(token: Token, place: int, speech: Speech) -> Mention | None:
    """The name that a noun phrase stands for: the name it is, or the one in apposition to it."""
    own = speech.names.get((place, token.i))
    if own is not None:
        return own
    for child in token.children:
        found = speech.names.get((place, child.i))
        if found is None or any(c.dep_ == "case" for c in child.children):
            continue
        if child.dep_ == "appos" or (
            found.label == "PERSON" and child.dep_ in ("flat", "nmod:desc", "compound", "nmod:unmarked")
        ):
            return found
    return None


def phrase(token: Token) -> tuple[int, int]:
    """First and last token of a noun phrase, without relative clauses and appositions: indexes, end exclusive."""
    first, last = token.i, token.i + 1
    inner = [token]
    while inner:
        node = inner.pop()
        for child in node.children:
            keep = child.dep_ in (
                "det",
                "amod",
                "compound",
                "nummod",
                "nmod:poss",
                "flat",
                "advmod",
                "case",
                "fixed",
                "nmod:desc",
            )
            if child.dep_ == "case" and node is token:
                keep = False
            if child.dep_ == "nmod":
                keep = any(c.dep_ == "case" and c.lower_ in ("of", "for", "'s", "’s") for c in child.children)
            if keep:
                first, last = min(first, child.i), max(last, child.i + 1)
                inner.append(child)
    return first, last


def _by_token(parse: Sequence[Paragraph], mentions: Sequence[Mention]) -> dict[tuple[int, int], Mention]:
    found: dict[tuple[int, int], Mention] = {}
    rest = iter(sorted(mentions, key=lambda m: m.start))
    mention = next(rest, None)
    for place, paragraph in enumerate(parse):
        end = paragraph.offset + len(paragraph.text)
        while mention is not None and mention.start < end:
            span = paragraph.doc.covering(mention.start - paragraph.offset, mention.end - paragraph.offset)
            found.update({(place, token.i): mention for token in span})
            mention = next(rest, None)
    return found


class _Memory:
    """Who was spoken of last, to say who a pronoun is."""

    def __init__(self) -> None:
        self.person = ""
        self.body = ""
        self.roles: dict[str, str] = {}

    def read(self, place: int, paragraph: Paragraph, sentence: Span, speech: Speech) -> None:
        """Take in one sentence: note what its pronouns stand for, who speaks, and whom it names."""
        start, end = paragraph.span(sentence)
        around = speech.quotes_in(start, end)
        quoted = _quoted(sentence, paragraph.offset, around)
        for token in sentence:
            if token.i in quoted:
                continue
            lower = token.lower_
            if lower in self.roles and (place, token.i) not in speech.names:
                if _definite(token):
                    speech.stands_for[place, token.i] = self.roles[lower]
            elif token.pos_ == "PRON" or lower in _HUMAN:
                key = self._pronoun(token)
                if key:
                    speech.stands_for[place, token.i] = key
            mention = speech.names.get((place, token.i))
            if mention is not None:
                self._name(token, mention)
        for token in sentence:
            if token.lemma_ in SPEECH and token.pos_ in ("VERB", "AUX") and token.i not in quoted:
                speaker = _speaker(token, place, speech)
                if speaker:
                    speech.speakers[place, token.i] = speaker
                    if speaker in speech.keys:
                        _speaks_of_self(token, speaker, place, speech)
                    if token.lemma_ in UTTERANCE and speaker != self.person:
                        self.body = speaker

    def _pronoun(self, token: Token) -> str:
        if token.lower_ in ("he", "she", "him", "her"):
            return self.person
        if token.lower_ == "it" and token.dep_ in ("nsubj", "nsubj:pass") and token.head.lemma_ in SPEECH:
            return self.body
        if token.lower_ == "they" and token.dep_ == "nsubj" and token.head.lemma_ in UTTERANCE:
            return self.body
        return ""

    def _name(self, token: Token, mention: Mention) -> None:
        if mention.label == "PERSON":
            if token.dep_ in (
                "nsubj",
                "nsubj:pass",
                "ROOT",
                "appos",
                "obl",
                "obl:agent",
                "obj",
                "nmod",
                "conj",
                "flat",
            ):
                self.person = mention.key
            words = mention.role.lower().split()
            if words and not _NOT_QUITE.intersection(words):
                self.roles[_RANKS.get(words[-1].rstrip("."), words[-1])] = mention.key
        elif mention.label == "ORG":
            if token.dep_ in ("nsubj", "nsubj:pass", "ROOT"):
                self.body = mention.key
            words = mention.name.lower().split()
            if words and words[-1] in _BODIES:
                self.roles[words[-1]] = mention.key


def _quoted(sentence: Span, offset: int, around: Sequence[Quote]) -> set[int]:
    """The indexes of the tokens that begin inside a quotation; neither tokens nor quotations overlap."""
    found = set()
    rest = iter(around)
    quote = next(rest, None)
    for token in sentence:
        place = offset + token.idx
        while quote is not None and quote.end <= place:
            quote = next(rest, None)
        if quote is not None and quote.start <= place:
            found.add(token.i)
    return found


def _definite(token: Token) -> bool:
    """Whether a noun phrase is no more than "the spokesman": what narrows it down may make it somebody else."""
    the = False
    for child in token.children:
        if child.dep_ == "det" and child.lower_ in ("the", "this", "that"):
            the = True
        elif child.dep_ in ("amod", "nmod", "compound", "nmod:poss", "nummod", "appos", "flat"):
            return False
    return the


def _speaks_of_self(verb: Token, speaker: str, place: int, speech: Speech) -> None:
    """A pronoun that is the subject of what somebody says is the one who says it: "the ministry denied that it ..."."""
    for clause in verb.children:
        if clause.dep_ in ("ccomp", "xcomp"):
            for child in clause.children:
                if child.dep_ in ("nsubj", "nsubj:pass") and child.lower_ in ("it", "they", "he", "she"):
                    speech.stands_for[place, child.i] = speaker


def _subject(verb: Token) -> Token | None:
    """The subject of a speech verb, or of the verb that it is tied to ("said ..., adding that ...")."""
    node, steps = verb, 0
    nearest: Token | None = None
    while steps < 6:
        own = next((c for c in node.children if c.dep_ in ("nsubj", "nsubj:pass", "obl:agent")), None)
        if own is not None and (node is verb or node.lemma_ in SPEECH):
            return own
        nearest = nearest or own
        if node.dep_ not in ("conj", "advcl", "xcomp", "parataxis", "ccomp") or node.head is node:
            break
        if node.dep_ == "ccomp" and verb.tag_ != "VBG":
            break
        node, steps = node.head, steps + 1
    return nearest


def _speaker(verb: Token, place: int, speech: Speech) -> str:
    passive = any(c.dep_ == "nsubj:pass" for c in verb.children)
    agent = next((c for c in verb.children if c.dep_ == "obl:agent"), None)
    if passive and agent is None and verb.lemma_ not in ("quote", "cite"):
        return ""  # "fighters were reported killed": nobody is said to say so
    subject = agent or _subject(verb)
    return "" if subject is None else who(subject, place, speech)


def who(token: Token, place: int, speech: Speech) -> str:
    """The key of the name that a noun phrase stands for, else its words; "" for a relative or empty pronoun."""
    if token.lower_ in ("who", "which", "that") and token.dep_ != "ROOT":
        clause = token.head
        while clause.dep_ not in ("acl:relcl", "ROOT") and clause.head is not clause:
            clause = clause.head
        if clause.dep_ == "acl:relcl":
            token = clause.head
    mention = head_name(token, place, speech)
    if mention is not None:
        return mention.key
    if (place, token.i) in speech.stands_for:
        return speech.stands_for[place, token.i]
    if token.pos_ == "PRON" and token.lower_ in ("it", "there", "that", "which", "who", "what", "this"):
        return ""
    first, last = phrase(token)
    return token.doc[first:last].text


# -- quotations ------------------------------------------------------------------------------------------------------


def _quotations(parse: Sequence[Paragraph]) -> Iterator[tuple[int, int, int, int, bool]]:
    """Paragraph, start, end, sentence, and whether it goes on in the next paragraph, of each outermost quotation."""
    for place, paragraph in enumerate(parse):
        text = paragraph.text
        after = parse[place + 1].text.lstrip()[:1] if place + 1 < len(parse) else ""
        bounds = [(index, s.start_char) for index, s in paragraph.sentences()]
        for start, end, closed in _marked(text):
            if not closed and after not in ("“", '"', "‘", "'"):
                continue
            words = text[start:end]
            if not words.strip():
                continue
            index = max((i for i, at in bounds if at <= start), default=paragraph.first_sentence)
            yield place, paragraph.offset + start, paragraph.offset + end, index, not closed


def _marked(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start and end of what stands between quotation marks, and whether the closing mark is there."""
    opened = -1
    mark = ""
    for i, char in enumerate(text):
        if char not in "“”„«»\"‘’'":
            continue
        before = text[i - 1] if i else " "
        after = text[i + 1] if i + 1 < len(text) else " "
        if opened < 0:
            if _opens(char, before, after):
                opened, mark = i + 1, _CLOSES.get(char, char)
        elif char == mark and _ends(char, before, after):
            yield opened, i, True
            opened = -1
        elif char == "“" and mark == "”":
            # a second opening mark: the first was never closed
            yield opened, i, False
            opened = i + 1
    if opened >= 0 and mark in ('"', "”"):
        yield opened, len(text), False


def _opens(char: str, before: str, after: str) -> bool:
    if char in "”»’":
        return False
    if char in "“„«":
        return True
    if char == '"':
        return not after.isspace()
    return (before.isspace() or before in "([—–-") and after.isalnum()


def _ends(char: str, before: str, after: str) -> bool:
    if char in "”»“":
        return True
    if char == '"':
        return True
    return not before.isspace() and not after.isalnum()


def _attributed(
    parse: Sequence[Paragraph], raw: Sequence[tuple[int, int, int, int, bool]], speech: Speech
) -> Iterator[Quote]:
    """The quotations with their speakers."""
    last, last_place, runs_on = "", -2, False
    voices: dict[int, list[tuple[int, int, int, str]]] = {}
    for place, start, end, sentence, unclosed in raw:
        paragraph = parse[place]
        if place not in voices:
            voices[place] = _voices(place, paragraph, speech)
        speaker = _around(voices[place], start - paragraph.offset, end - paragraph.offset)
        if not speaker:
            same_paragraph = place == last_place
            if same_paragraph or runs_on or (place == last_place + 1 and _begins_quoted(parse[place])):
                speaker = last
        yield Quote(start=start, end=end, speaker=speaker, sentence=sentence)
        if speaker or place > last_place + 1:
            last = speaker
        last_place, runs_on = place, unclosed


def _voices(place: int, paragraph: Paragraph, speech: Speech) -> list[tuple[int, int, int, str]]:
    """Where somebody speaks in a paragraph, by a speech verb or ``according to``: sentence, place of the word, and who."""
    found = []
    for _, sentence in paragraph.sentences():
        for token in sentence:
            speaker = speech.speakers.get((place, token.i), "") if token.lemma_ in UTTERANCE else ""
            if token.lower_ == "according":
                speaker = who(token.head, place, speech)
            if speaker:
                found.append((sentence.start_char, sentence.end_char, token.idx, speaker))
    return found


def _around(voices: Sequence[tuple[int, int, int, str]], start: int, end: int) -> str:
    """Who speaks outside the quotation, in the sentences that it touches."""
    best: tuple[int, str] | None = None
    for first, last, at, speaker in voices:
        if first > end + 2:
            break
        # the sentence that the quotation is in, or that begins right behind its closing mark with a small letter
        if last <= start or start <= at < end:
            continue
        distance = min(abs(at - end), abs(start - at))
        if best is None or distance < best[0]:
            best = distance, speaker
    return best[1] if best else ""


def _begins_quoted(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins with a quotation, so that the last speaker may go on."""
    return paragraph.text.lstrip()[:1] in ("“", '"', "‘", "'")
