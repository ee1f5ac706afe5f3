"""Where sentences begin, set before the parser runs.

The parser alone splits edited news at names and quotation marks, and rules alone cannot split text without full stops.
So rules decide wherever punctuation does: a start after a full stop, question or exclamation mark and the marks that
close it, after a dateline and around a bare web address; no start where nothing ends a sentence. The parser decides
what is left: abbreviations before a capital, and all of a paragraph that is not punctuated as edited text is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FINAL = re.compile(r"[.!?…]+|[。！？]+")
_CLOSER = frozenset("\"”’')]}»*") | {"''", "***", "**"}
_OPENER = frozenset("\"“‘'([{«¿¡`") | {"``"}
_DASH = frozenset({"-", "–", "—", "--"})
# Abbreviations that a name or a number follows: no sentence begins there.
_TITLE = frozenset(
    "mr. mrs. ms. messrs. dr. prof. rev. hon. fr. sr. st. ste. mt. ft. gen. lt. col. lt.col. maj. brig. cpl. "
    "capt. cmdr. adm. sgt. pvt. spc. pfc. sen. rep. gov. pres. amb. supt. insp. det. atty. asst. dep. sec. "
    "sens. reps. gens. no. nos. vs. v. fig. vol. pp. p. art. e.g. i.e. cf. viz. approx. ca. al-. jan. feb. "
    "mar. apr. jun. jul. aug. sep. sept. oct. nov. dec.".split()
)
# Words with a capital that are far likelier to begin a sentence than to follow an abbreviation inside one.
_STARTER = frozenset(
    "the a an this that these those he she it they we i you his her its their our my there here in on at as "
    "after before but and or so yet when while if although though because since however according for from by "
    "with to during under what who how why where which no not all some many most more several both neither "
    "either one two three another also then now meanwhile earlier later still even only until".split()
)
_SPEECH = frozenset(
    "said says say asked asks told tells added adds replied wrote writes tweeted shouted yelled cried wondered "
    "recalled exclaimed demanded answered continued explained declared read reads".split()
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}", re.IGNORECASE)
_BEFORE_ADDRESS = frozenset(": < see at visit to via on from is".split())
_DOMAIN = frozenset({"com", "net", "org"})
_MIXED_CASE = re.compile(r"[a-z]{1,2}[A-Z]|[ae]l-[A-Z]")
_LIST_NUMBER = re.compile(r"(?:\d{1,2}|[A-Za-z])\.?")


def mark(doc: Doc) -> Doc:
    """Set ``is_sent_start`` of the tokens of one paragraph: true, false, or ``None`` to leave it to the parser."""
    import numpy as np  # spaCy has loaded it; opening the program does not need it

    tokens = [token for token in doc if not token.is_space]
    if not tokens:
        return doc
    loose = not _edited(tokens)
    sentence = 0
    starts = _dateline(tokens)
    marks: Any = np.full(len(doc), -1, dtype=np.int64)
    marks[0] = marks[tokens[0].i] = 1
    for i in range(1, len(tokens)):
        decided = True if i == starts else _starts(tokens, i, sentence, loose)
        if decided:
            sentence = i
        marks[tokens[i].i] = 0 if decided is None else 1 if decided else -1
    # One array for all: the setter of a token looks through the whole Doc each time.
    return doc.from_array(["SENT_START"], marks.astype(np.uint64))


def _starts(tokens: list[Token], i: int, sentence: int, loose: bool) -> bool | None:
    """Whether a sentence begins at token ``i``, when the present one began at ``sentence``."""
    token, before = tokens[i], tokens[i - 1]
    undecided = None if loose else False
    if token.is_alpha and before.is_alpha:  # between two words: most places
        return False if loose and _is_name(before, token) else undecided
    if _is_closer(tokens, i) or _is_opener(before) or _is_final(token.text):
        return False
    if _is_address(token.text) and loose:
        return before.lower_ not in _BEFORE_ADDRESS
    signature = loose and before.text == "--" and (i - 1 == sentence or _is_final(tokens[i - 2].text))
    if signature and token.text[:1].isupper():
        return True
    if before.text == ")" and _credit(tokens[sentence:i]) and (token.text[:1].isupper() or _is_opener(token)):
        return True
    # back over the marks that close the sentence, to what ended it
    end = i - 1
    while end > sentence and _is_closer(tokens, end):
        end -= 1
    closed = end < i - 1
    mark = tokens[end].text
    if _is_address(mark) or (mark == ">" and _is_address(tokens[end - 1].text)):
        return True if loose and token.text[:1].isupper() else undecided
    if loose and _is_name(before, token):
        return False
    word = next((t for t in tokens[i : i + 3] if t.text not in _OPENER), token)
    if not _is_final(mark):
        return _after_abbreviation(mark, word, end == sentence, undecided) if mark.endswith(".") else undecided
    if word.text[:1].isdigit() and tokens[end - 1].lower_ in ("no", "nos"):
        return False
    if mark == "." and end == sentence + 1 and _LIST_NUMBER.fullmatch(tokens[sentence].text):
        return False
    if not before.whitespace_ and token.i == before.i + 1 and not (_glued(word) or _is_opener(token)):
        return False
    if word.text[:1].islower():
        if _MIXED_CASE.match(word.text):
            return None
        return undecided if not closed else False
    if closed and mark != "." and _said_next(tokens, i):
        return False
    if not word.text[:1].isalnum() and word is token and not _is_opener(token):
        return undecided
    return True


def _after_abbreviation(mark: str, word: Token, alone: bool, undecided: bool | None) -> bool | None:
    lower = mark.lower()
    if lower in _TITLE or alone:
        return False
    if word.text[:1].islower() or not word.text[:1].isalpha():
        return undecided if not word.text[:1].isdigit() else False
    if word.lower_ in _STARTER:
        return True
    return False if len(mark) == 2 else None


def _is_closer(tokens: list[Token], i: int) -> bool:
    """Whether token ``i`` closes what stands before it: a bracket or quotation mark without a space before it."""
    token, before = tokens[i], tokens[i - 1]
    if i == 0 or token.text not in _CLOSER:
        return False
    if token.text in ("”", ")", "]", "}", "»", "*", "**", "***"):
        return True
    if before.whitespace_ and token.whitespace_ and token.text in _OPENER:
        return sum(t.text == token.text for t in tokens[:i]) % 2 == 1
    return not before.whitespace_ or bool(token.whitespace_)


def _is_name(before: Token, token: Token) -> bool:
    """Whether two words with capitals are likelier one name than the end and the start of a sentence."""
    return before.text[:1].isupper() and token.text[:1].isupper() and token.lower_ not in _STARTER


def _is_final(word: str) -> bool:
    """Whether a word is marks that end a sentence."""
    return not word[-1:].isalnum() and _FINAL.fullmatch(word) is not None


def _is_address(word: str) -> bool:
    """Whether a word is a web or mail address."""
    return len(word) > 4 and _ADDRESS.fullmatch(word) is not None


def _is_opener(token: Token) -> bool:
    return token.text in _OPENER and not token.whitespace_


def _glued(word: Token) -> bool:
    """Whether a word that follows a full stop without a space begins a sentence (``shooting.The``)."""
    return (word.text[:1].isupper() and len(word) > 1 and word.lower_ not in _DOMAIN) or word.text in ("A", "I")


def _said_next(tokens: list[Token], i: int) -> bool:
    """Whether the words after a quotation say who said it (``"Why?" Smith asked``)."""
    for token in tokens[i : i + 6]:
        if token.lower_ in _SPEECH:
            return True
        if not (token.text[:1].isupper() or (token.text.islower() and token.is_alpha)):
            return False
    return False


def _edited(tokens: list[Token]) -> bool:
    """Whether a paragraph is punctuated as edited text is: capitals, a full stop at its end, no bare address."""
    if tokens[0].text[:1].islower() or any(t.text == "i" for t in tokens):
        return False
    end = len(tokens) - 1
    while end > 0 and _is_closer(tokens, end):
        end -= 1
    last = tokens[end].text
    if not (_is_final(last) or last.endswith(".") or last in (":", "—")):
        return False
    return not any(not t.is_alpha and _is_address(t.text) for t in tokens)


def _credit(tokens: list[Token]) -> bool:
    """Whether a sentence so far is no more than who reports it in brackets: ``(Agency)``, ``Oslo (Agency)``."""
    if len(tokens) > 8 or not any(t.text == "(" for t in tokens):
        return False
    return all(t.text[:1].isupper() or t.text in ("(", ")", ",", "/", ":", "of") for t in tokens)


def _dateline(tokens: list[Token]) -> int:
    """Index of the token after a dateline (``OSLO, Oct. 3 (Agency) - ``), -1 if there is none."""
    first = tokens[0].text
    if not ((first.isupper() and len(first) > 2) or first == "("):
        return -1
    for i, token in enumerate(tokens[1:12], 1):
        if token.text in _DASH and tokens[i - 1].whitespace_:
            return i + 1 if i + 1 < len(tokens) and not tokens[i + 1].text[:1].islower() else -1
        if not (token.text[:1].isupper() or token.text[:1].isdigit() or token.text in ",()/." or token.text == "and"):
            return -1
    return -1
