"""Facts in shorthand: written down is what neither the report nor what was written before tells already.

The facts of a report are thousands of small records about its own words. Places are counted in pieces of the text (runs
of letters, of digits, single signs) from where another record stands; the sentence of a record follows from its place; a
lemma is what is cut off the word and put on; the head, the modifiers and the names of a party are told by where among
its words they stand. What is left are columns of numbers, most of them nought, and a few words. As MessagePack and zlib
with the text as its dictionary (RFC 1950, FDICT) they take a third of what the records take by `db.packing`.

A table is coded by one function for both ways: it takes records that are whole and writes their columns, or takes empty
ones and fills them from the columns. Fields that no function knows are kept as they are.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, islice, pairwise, repeat
from typing import Any, NamedTuple, Protocol

import msgspec

from db.packing import deflate, inflate
from reader.nouns import Article, Facts

Record = dict[str, Any]
Span = tuple[int, int]
Piece = tuple[int, int]
"""The first and the last piece of a span."""
_PIECE = re.compile(r"[^\W\d_]+|\d+|\S")
_COMMON = (
    "PROPN NOUN VERB ADJ ADV NUM PERSON ORG LOC OTHER role speaker low high kind counted fate count measure money percent"
    " unit dimension base hedge number modifiers earliest latest precision relative event day particle tense past present"
    " certainty quoted negated reported possible expected by from with for to at on in of"
)
"""Words that facts are full of, as the end of the dictionary. With others, facts that are kept can no longer be read."""


def write(facts: Facts, article: Article) -> bytes:
    """The facts of an article, but for their version, in as few bytes as can be read fast."""
    parts = [msgspec.to_builtins(facts.title), msgspec.to_builtins(facts.body)]
    out = _Writer()
    counts = [len(part.get(table, ())) for table in _TABLES for part in parts]
    out.numbers(len(counts), counts)
    _code(out, article, parts)
    return deflate(msgspec.msgpack.encode([out.words, *out.columns]), _dictionary(article))


def read(blob: bytes, article: Article, version: str) -> Facts | None:
    """What `write` was given, with its version; ``None`` if it was of another text or title, or written another way."""
    try:
        source = _Reader(msgspec.msgpack.decode(inflate(blob, _dictionary(article))))
        counts = iter(source.numbers(2 * len(_TABLES), ()))
        parts: list[Record] = [{}, {}]
        for table in _TABLES:
            for part in parts:
                part[table] = [{} for _ in range(next(counts))]
        _code(source, article, parts)
        return msgspec.convert({"version": version, "title": parts[0], "body": parts[1]}, Facts)
    except (msgspec.MsgspecError, zlib.error, ValueError, TypeError, LookupError, StopIteration):
        return None


def _dictionary(article: Article) -> str:
    return f"{article.title}\n{article.body}{_COMMON}"


# --- columns


class _Columns(Protocol):
    """Columns that are written from the values given, or read in their place: then the values are never made."""

    def numbers(self, count: int, values: Iterable[int]) -> Sequence[int]:
        """Whole numbers."""

    def choices(self, count: int, values: Iterable[Any]) -> Sequence[Any]:
        """Values of which some come again."""

    def rest(self, rows: Sequence[Record], known: frozenset[str]) -> None:
        """The fields of records but for those that are ``known``."""

    writing: bool

    def tell(self, word: Any) -> int:
        """Put down a word that no number tells; 0, which stands for it."""

    def told(self) -> Any:
        """The next word that was put down."""


class _Writer:
    writing = True

    def __init__(self) -> None:
        self.words: list[Any] = []
        self.columns: list[Any] = []
        self._told = iter(self.words)  # follows what is put down

    def numbers(self, count: int, values: Iterable[int]) -> Sequence[int]:
        made = list(values)
        if count:
            self.columns.append(made if any(made) else 0)
        return made

    def choices(self, count: int, values: Iterable[Any]) -> Sequence[Any]:
        made = list(values)
        if count:
            distinct, picks = _picked(made)
            self.columns.append(distinct)
            self.numbers(count, picks)
        return made

    def rest(self, rows: Sequence[Record], known: frozenset[str]) -> None:
        others = [{name: _short(value) for name, value in row.items() if name not in known} for row in rows]
        if not any(others):
            self.numbers(min(1, len(rows)), [0])
            return
        distinct, picks = _picked([msgspec.msgpack.encode(other) for other in others])
        shown = [msgspec.msgpack.decode(one) for one in distinct]
        self.columns.append(len(shown))
        self.choices(len(shown), (" ".join(one) for one in shown))
        self.columns.append([value for one in shown for value in one.values()])
        self.numbers(len(rows), picks)

    def tell(self, word: Any) -> int:
        self.words.append(word)
        return 0

    def told(self) -> Any:
        return next(self._told)


class _Reader:
    writing = False

    def __init__(self, columns: Sequence[Any]) -> None:
        self._told = iter(columns[0])
        self._columns = iter(columns[1:])

    def numbers(self, count: int, values: Iterable[int]) -> Sequence[int]:  # noqa: ARG002
        if not count:
            return ()
        column = next(self._columns) or [0] * count
        if len(column) != count:
            raise ValueError("a column of another length")
        return column

    def choices(self, count: int, values: Iterable[Any]) -> Sequence[Any]:  # noqa: ARG002
        return list(_chosen(next(self._columns), self.numbers(count, ()))) if count else ()

    def rest(self, rows: Sequence[Record], known: frozenset[str]) -> None:  # noqa: ARG002
        if not rows or not (count := next(self._columns)):
            return
        shapes = self.choices(count, ())
        values = iter(next(self._columns))
        shown = [{name: next(values) for name in shape.split()} for shape in shapes]
        for row, other in zip(rows, _chosen(shown, self.numbers(len(rows), ())), strict=True):
            row.update(other)

    def tell(self, word: Any) -> int:
        raise NotImplementedError

    def told(self) -> Any:
        return next(self._told)


def _short(value: Any) -> Any:
    """A whole number as such, which MessagePack writes in fewer bytes, also within a tuple."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return tuple(map(_short, value)) if isinstance(value, list | tuple) else value


def _picked(values: Sequence[Any]) -> tuple[list[Any], list[int]]:
    """Each value once; and for every place 0 for the next value that is new, else which it is, counted from 1."""
    known: dict[Any, int] = {}
    picks = []
    for value in values:
        picks.append(known.get(value, 0))
        known.setdefault(value, len(known) + 1)
    return list(known), picks if len(known) > 1 else [0] * len(picks)


def _chosen(distinct: Sequence[Any], picks: Sequence[int]) -> Iterator[Any]:
    """What `_picked` was given."""
    if len(distinct) == 1:
        return repeat(distinct[0], len(picks))
    new = iter(distinct)
    return (distinct[pick - 1] if pick else next(new) for pick in picks)


# --- places


class _Page:
    """Title and body in pieces, numbered through; places are those of its part. An empty piece ends each part."""

    def __init__(self, article: Article) -> None:
        self.parts = (article.title, article.body)
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.lemmas: list[str] = []
        """Of every piece: its letters in lower case, until `_words` knows better."""
        for text in self.parts:
            spans = [*(found.span() for found in _PIECE.finditer(text)), (len(text), len(text))]
            self.starts += [start for start, _ in spans]
            self.ends += [end for _, end in spans]
            self.lemmas += [text[start:end].lower() for start, end in spans]
            self.body = len(self.starts) - len(spans)
            """The first piece of the body."""
        self.sentences: list[int] = []
        """For every piece the number of its sentence."""
        self.names: tuple[list[int], list[str]] = ([], [])
        """The first piece of each mention, and its key."""

    def pieces(self, body: bool, span: Span) -> Piece:
        """The pieces in which a span begins and ends."""
        low, high = (self.body, len(self.starts)) if body else (0, self.body)
        first = max(low, bisect_right(self.starts, span[0], low, high) - 1)
        return first, min(high - 1, bisect_left(self.ends, span[1], low, high))

    def text(self, piece: Piece) -> str:
        """The part that pieces are of."""
        return self.parts[piece[0] >= self.body]

    def named(self, piece: Piece) -> list[str]:
        """The keys of the names that begin among pieces."""
        starts, keys = self.names
        return list(dict.fromkeys(keys[bisect_left(starts, piece[0]) : bisect_right(starts, piece[1])]))

    def nth(self, lemma: str, pieces: range) -> int:
        """Which of the pieces has this lemma, the first being 1; 0 if none has."""
        return next((n for n, piece in enumerate(pieces, 1) if self.lemmas[piece] == lemma), 0)


def _spans(code: _Columns, page: _Page, pieces: Sequence[Piece], given: Iterable[Span]) -> list[Span]:
    """The spans of pieces. One that begins or ends within a piece is put down."""
    starts, ends = page.starts, page.ends
    spans = [(starts[first], ends[last]) for first, last in pieces]
    odd = code.numbers(len(spans), (int(a != b and not code.tell(a)) for a, b in zip(given, spans, strict=True)))
    return [code.told() if other else span for other, span in zip(odd, spans, strict=True)] if any(odd) else spans


def _stand(code: _Columns, page: _Page, rows: Sequence[Record], titles: int) -> list[Piece]:
    """Where records stand, each told from where the one before begins, and in which sentence; gives their pieces."""
    given = [(row["start"], row["end"]) for row in rows if code.writing]
    found = [page.pieces(number >= titles, span) for number, span in enumerate(given)]
    steps = code.numbers(len(rows), (b - a for a, b in pairwise((0, *(first for first, _ in found)))))
    lengths = code.numbers(len(rows), (last - first for first, last in found))
    pieces = [(first, first + length) for first, length in zip(accumulate(steps), lengths, strict=True)]
    for row, span in zip(rows, _spans(code, page, pieces, given), strict=True):
        row["start"], row["end"] = span
    guesses = [page.sentences[first] for first, _ in pieces]
    beside = code.numbers(len(rows), (row.get("sentence", 0) - n for row, n in zip(rows, guesses, strict=True)))
    for row, guess, by in zip(rows, guesses, beside, strict=True):
        row["sentence"] = guess + by
    return pieces


# --- tables


def _code(code: _Columns, article: Article, parts: Sequence[Record]) -> None:
    """All tables of title and body, one after the other; later ones are told by those before."""
    page = _Page(article)
    for table, coded in _TABLES.items():
        title, body = (part.get(table, ()) for part in parts)
        coded(code, page, [*title, *body], len(title))


def _sentences(code: _Columns, page: _Page, rows: Sequence[Record], titles: int) -> None:
    """A sentence ends where the next begins; with a line break before it begins a paragraph."""
    given = [(row["start"], row["end"]) for row in rows if code.writing]
    found = [page.pieces(number >= titles, span) for number, span in enumerate(given)]
    steps = code.numbers(len(rows), (b - a for a, b in pairwise((0, *(first for first, _ in found)))))
    firsts = list(accumulate(steps))
    after = [*firsts[1:], len(page.starts)][: len(rows)]
    gaps = code.numbers(len(rows), (first - last for first, (_, last) in zip(after, found, strict=True)))
    pieces = [(first, end - gap) for first, end, gap in zip(firsts, after, gaps, strict=True)]
    page.sentences = [0] * len(page.starts)
    for number, (first, end) in enumerate(zip(firsts, after, strict=True)):
        page.sentences[first:end] = [number - titles if number >= titles else number] * (end - first)
    for row, span in zip(rows, _spans(code, page, pieces, given), strict=True):
        row["start"], row["end"] = span
    before = [None if number in (0, titles) else rows[number - 1] for number in range(len(rows))]
    breaks = [
        int(last is not None and "\n" in page.text(piece)[last["end"] : row["start"]])
        for row, piece, last in zip(rows, pieces, before, strict=True)
    ]
    more = code.numbers(
        len(rows),
        (
            row.get("paragraph", 0) - (last or {}).get("paragraph", 0) - by
            for row, last, by in zip(rows, before, breaks, strict=True)
        ),
    )
    for row, last, by, beside in zip(rows, before, breaks, more, strict=True):
        row["paragraph"] = (last or {}).get("paragraph", 0) + by + beside
    code.rest(rows, _SENTENCE)


def _words(code: _Columns, page: _Page, rows: Sequence[Record], titles: int) -> None:
    pieces = _stand(code, page, rows, titles)
    forms = [page.text(piece)[row["start"] : row["end"]].lower() for row, piece in zip(rows, pieces, strict=True)]
    edits = code.choices(len(rows), (_edit(form, row["lemma"]) for row, form in zip(rows, forms, strict=True)))
    tags = code.choices(len(rows), (row["pos"] for row in rows))
    for row, (first, _), form, edit, tag in zip(rows, pieces, forms, edits, tags, strict=True):
        row["lemma"] = page.lemmas[first] = _edited(form, edit)
        row["pos"] = tag
    code.rest(rows, _WORD)


def _edit(form: str, lemma: str) -> str:
    """How many letters go from the end of a form and what comes in their place; "" for nothing."""
    same = next((n for n, (a, b) in enumerate(zip(form, lemma, strict=False)) if a != b), min(len(form), len(lemma)))
    return "" if form == lemma else f"{len(form) - same} {lemma[same:]}"


def _edited(form: str, edit: str) -> str:
    cut, _, end = edit.partition(" ")
    return form[: len(form) - int(cut)] + end if edit else form


def _mentions(code: _Columns, page: _Page, rows: Sequence[Record], titles: int) -> None:
    """A name is what stands there; its key and label are those that it had before."""
    pieces = _stand(code, page, rows, titles)
    forms = [page.text(piece)[row["start"] : row["end"]] for row, piece in zip(rows, pieces, strict=True)]
    names = code.choices(
        len(rows), (None if row["name"] == form else row["name"] for row, form in zip(rows, forms, strict=True))
    )
    for row, form, name in zip(rows, forms, names, strict=True):
        row["name"] = form if name is None else name
    _as_before(code, rows, "key", str.lower)
    _as_before(code, rows, "label", lambda _: "PERSON")
    order = sorted(range(len(rows)), key=lambda number: pieces[number][0])
    page.names = ([pieces[n][0] for n in order], [rows[n]["key"] for n in order])
    code.rest(rows, _MENTION)


def _as_before(code: _Columns, rows: Sequence[Record], field: str, first: Callable[[str], str]) -> None:
    """A field that is mostly as it was with the last mention of that name, and ``first`` of the name at first."""
    last: dict[str, str] = {}
    known = []
    for row in rows if code.writing else ():
        known.append(last.get(row["name"], first(row["name"])))
        last[row["name"]] = row[field]
    others = code.choices(
        len(rows), (None if row[field] == guess else row[field] for row, guess in zip(rows, known, strict=True))
    )
    last.clear()
    for row, other in zip(rows, others, strict=True):
        name = row["name"]
        row[field] = last[name] = last.get(name, first(name)) if other is None else other


def _quantities(code: _Columns, page: _Page, rows: Sequence[Record], titles: int) -> None:
    """What is counted mostly stands after the number."""
    pieces = _stand(code, page, rows, titles)
    has = code.numbers(len(rows), (int("counted_span" in row) for row in rows))
    counting = [(row, piece) for row, piece, one in zip(rows, pieces, has, strict=True) if one]
    given = [tuple(row["counted_span"]) for row, _ in counting if code.writing]
    _, spans = _beside(code, page, [piece for _, piece in counting], given)
    for (row, _), span in zip(counting, spans, strict=True):
        row["counted_span"] = span
    code.rest(rows, _QUANTITY)


def _plain(code: _Columns, page: _Page, rows: Sequence[Record], titles: int) -> None:
    """Records of which only the place follows from others."""
    _stand(code, page, rows, titles)
    code.rest(rows, _PLACE)


def _beside(
    code: _Columns, page: _Page, pieces: Sequence[Piece], given: Sequence[Span]
) -> tuple[list[Piece], list[Span]]:
    """Spans that are told from where other pieces begin."""
    found = [page.pieces(first >= page.body, span) for (first, _), span in zip(pieces, given, strict=False)]
    steps = code.numbers(len(pieces), (at - by for (at, _), (by, _) in zip(found, pieces, strict=True)))
    lengths = code.numbers(len(pieces), (last - first for first, last in found))
    places = [(by + step, by + step + n) for (by, _), step, n in zip(pieces, steps, lengths, strict=True)]
    return places, _spans(code, page, places, given)


def _statements(code: _Columns, page: _Page, rows: Sequence[Record], titles: int) -> None:
    pieces = _stand(code, page, rows, titles)
    given = [tuple(row["predicate_span"]) for row in rows if code.writing]
    deeds, spans = _beside(code, page, pieces, given)
    lemmas = _heads(code, page, deeds, (row["predicate"] for row in rows))
    speakers = code.choices(len(rows), (row.get("speaker", "") for row in rows))
    for row, span, lemma, speaker in zip(rows, spans, lemmas, speakers, strict=True):
        row["predicate_span"], row["predicate"], row["speaker"] = span, lemma, speaker
    _parties(code, page, rows, deeds)
    for field in _MANNER:
        values = code.choices(len(rows), (row.get(field) for row in rows))
        for row, value in zip(rows, values, strict=True):
            if value is not None:
                row[field] = value
    code.rest(rows, _STATEMENT)


class _Party(NamedTuple):
    """A role, and the place from which its own is told: that of a deed or of a role before, by number."""

    role: Record
    after: int
    ahead: bool = False
    """It ends before that place."""


def _parties(code: _Columns, page: _Page, rows: Sequence[Record], deeds: Sequence[Piece]) -> None:
    """The roles of statements."""
    parties = _joined(code, _roles(code, rows), len(rows))
    places = list(deeds)
    if code.writing:
        for role, after, _ in parties:
            places.append(page.pieces(places[after][0] >= page.body, (role["start"], role["end"])))
    found = places[len(rows) :]
    steps = code.numbers(
        len(parties),
        (
            places[after][0] - last if ahead else first - places[after][1]
            for (_, after, ahead), (first, last) in zip(parties, found, strict=True)
        ),
    )
    lengths = code.numbers(len(parties), (last - first for first, last in found))
    del places[len(rows) :]
    for (_, after, ahead), step, length in zip(parties, steps, lengths, strict=True):
        first = places[after][0] - step - length if ahead else places[after][1] + step
        places.append((first, first + length))
    roles, pieces = [party.role for party in parties], places[len(rows) :]
    for role, span in zip(
        roles, _spans(code, page, pieces, ((role["start"], role["end"]) for role in roles)), strict=True
    ):
        role["start"], role["end"] = span
    for role, head in zip(roles, _heads(code, page, pieces, (role["head"] for role in roles)), strict=True):
        role["head"] = head
    _modifiers(code, page, roles, pieces)
    _names(code, page, roles, pieces)
    code.rest(roles, _ROLE)


def _roles(code: _Columns, rows: Sequence[Record]) -> list[_Party]:
    """Agent, patient and other roles of each statement; an agent often is that of the statement before."""
    kinds = code.numbers(
        len(rows),
        (
            (0 if "agent" not in row else _SAME if row["agent"] == before.get("agent") else _AGENT)
            + (_PATIENT if "patient" in row else 0)
            for before, row in pairwise(({}, *rows))
        ),
    )
    counts = code.numbers(len(rows), (len(row.get("others", ())) for row in rows))
    cases = iter(code.choices(sum(counts), (case for row in rows for case, _ in row.get("others", ()))))
    parties: list[_Party] = []
    for number, (row, kind, count) in enumerate(zip(rows, kinds, counts, strict=True)):
        if kind % _PATIENT == _AGENT:
            parties.append(_Party(row.setdefault("agent", {}), number, ahead=True))
        elif kind % _PATIENT == _SAME:
            row["agent"] = rows[number - 1]["agent"]
        if kind >= _PATIENT:
            parties.append(_Party(row.setdefault("patient", {}), number))
        after = len(rows) + len(parties) - 1 if kind >= _PATIENT else number
        others = [role for _, role in row["others"]] if "others" in row else [{} for _ in range(count)]
        for role in others:
            parties.append(_Party(role, after))
            after = len(rows) + len(parties) - 1
        row["others"] = list(zip(islice(cases, count), others, strict=True))
    return parties


def _joined(code: _Columns, parties: list[_Party], deeds: int) -> list[_Party]:
    """The same and the heads that share their roles, which stand after them."""
    done = 0
    while new := parties[done:]:
        counts = code.numbers(len(new), (len(party.role.get("also", ())) for party in new))
        for number, (party, count) in enumerate(zip(new, counts, strict=True), deeds + done):
            if count:
                parties += [_Party(role, number) for role in party.role.setdefault("also", [{} for _ in range(count)])]
        done += len(new)
    return parties


def _heads(code: _Columns, page: _Page, pieces: Sequence[Piece], lemmas: Iterable[str]) -> list[str]:
    """Lemmas that mostly are that of one of the pieces, the last ones first."""
    backwards = [range(last, first - 1, -1) for first, last in pieces]
    picks = code.numbers(
        len(pieces), (page.nth(lemma, of) or code.tell(lemma) for of, lemma in zip(backwards, lemmas, strict=True))
    )
    return [page.lemmas[of[pick - 1]] if pick else code.told() for of, pick in zip(backwards, picks, strict=True)]


def _modifiers(code: _Columns, page: _Page, roles: Sequence[Record], pieces: Sequence[Piece]) -> None:
    counts = code.numbers(len(roles), (len(role.get("modifiers", ())) for role in roles))
    picks = iter(
        code.numbers(
            sum(counts),
            (
                page.nth(lemma, range(first, last + 1)) or code.tell(lemma)
                for role, (first, last) in zip(roles, pieces, strict=True)
                for lemma in role.get("modifiers", ())
            ),
        )
    )
    for role, (first, _), count in zip(roles, pieces, counts, strict=True):
        role["modifiers"] = [page.lemmas[first + n - 1] if n else code.told() for n in islice(picks, count)]


def _names(code: _Columns, page: _Page, roles: Sequence[Record], pieces: Sequence[Piece]) -> None:
    """The names of a role mostly are those that stand in it, and its key is one of them."""
    within = list(map(page.named, pieces))
    others = code.numbers(
        len(roles),
        (
            int(list(role.get("names", ())) != names and not code.tell(list(role.get("names", ()))))
            for role, names in zip(roles, within, strict=True)
        ),
    )
    for role, names, other in zip(roles, within, others, strict=True):
        role["names"] = code.told() if other else names
    picks = code.numbers(len(roles), (_key(code, role.get("key", ""), role["names"]) for role in roles))
    for role, pick in zip(roles, picks, strict=True):
        role["key"] = code.told() if pick < 0 else role["names"][pick - 1] if pick else ""


def _key(code: _Columns, key: str, names: Sequence[str]) -> int:
    """Which of the names a key is, from 1; 0 for none, -1 for one that is put down."""
    if not key:
        return 0
    return 1 + names.index(key) if key in names else code.tell(key) - 1


_PLACE = frozenset({"start", "end", "sentence"})
_SENTENCE = frozenset({"start", "end", "paragraph"})
_WORD = _PLACE | {"lemma", "pos"}
_QUANTITY = _PLACE | {"counted_span"}
_MENTION = _PLACE | {"name", "key", "label"}
_MANNER = ("tense", "certainty", "negated", "quoted", "nominal", "particle")
_STATEMENT = _PLACE | {"predicate", "predicate_span", "speaker", "agent", "patient", "others", *_MANNER}
_ROLE = frozenset({"start", "end", "head", "modifiers", "names", "key", "also"})
_AGENT, _SAME, _PATIENT = 1, 2, 3
_TABLES: dict[str, Callable[[_Columns, _Page, Sequence[Record], int], None]] = {
    "sentences": _sentences,
    "words": _words,
    "mentions": _mentions,
    "quantities": _quantities,
    "times": _plain,
    "quotes": _plain,
    "statements": _statements,
}
