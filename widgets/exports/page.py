"""One self-contained HTML page: conflicts and verdicts, and both reports in two columns, level, as on the screen.

What stands on the page is worked out here as plain values; ``page.html`` (Jinja, which escapes all it is given) and
``page.css`` only say how it looks. The page loads nothing and runs nothing: its Content-Security-Policy forbids both.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from db import Verdict
from reader.nouns import Article, Facts, Part, Place
from widgets.citation import citation, name_of
from widgets.compare.findings import GLYPHS, UNCOUNTED_GLYPH, Finding
from widgets.compare.quiet import Quiet, quiet_words
from widgets.compare.rows import SIDES, Block, Range, Side, other
from widgets.exports.addresses import web_address
from widgets.exports.pairs import Pair
from widgets.exports.quoting import quoted
from widgets.layout import displayable
from widgets.understanding import Compared

if TYPE_CHECKING:
    from jinja2 import Template

FORMAT = "rashomon.page/1"
PARTS: tuple[Part, Part] = ("title", "body")
NO_LONGER = "no longer in this report"
SEVERITIES = {1: ("●○○", "slight"), 2: ("●●○", "notable"), 3: ("●●●", "grave")}
LEGEND = {
    "open": "a conflict that nobody judged",
    "contradiction": "judged a contradiction: both cannot be true",
    "tension": "judged a tension: they pull apart, but both may be true",
    "compatible": "judged compatible: no contradiction",
    "unsure": "looked at and left open",
}


class Move(NamedTuple):
    """A sentence whose other half stands elsewhere: ``id`` is its own, ``href`` that of the other half."""

    id: str
    href: str
    sign: str
    told: str


class Ref(NamedTuple):
    """The link from words of a finding to what is told of it."""

    id: str
    href: str
    sign: str
    told: str
    state: str


class Run(NamedTuple):
    """Words that are drawn alike, the links before them and after. ``state`` is that of the finding they are of."""

    text: str
    state: str = ""
    quiet: bool = False
    moves: tuple[Move, ...] = ()
    refs: tuple[Ref, ...] = ()


Paragraphs = list[list[Run]]


class Row(NamedTuple):
    """A row of both columns: ``label`` is the number of the link, or which side tells it."""

    label: str
    told: str
    a: Paragraphs
    b: Paragraphs


class Quote(NamedTuple):
    """The words of one side, in their sentence; ``href`` leads to them, "" where they are not on the page.

    ``gone`` says why they do not stand in the report, "" if they do.
    """

    side: Side
    headline: bool
    before: str
    words: str
    after: str
    href: str
    gone: str


class Card(NamedTuple):
    """What is told of a finding."""

    id: str
    number: int
    glyph: str
    state: str
    kind: str
    severity: tuple[str, str]
    sure: str
    reason: str
    benign: str
    quotes: list[Quote]
    outcome: str
    note: str
    tags: tuple[str, ...]
    flagged: bool
    by: str
    when: str


class Head(NamedTuple):
    """A report as it is named; ``url`` is "" where the address is none of the web."""

    title: str
    cited: str
    url: str


class Section(NamedTuple):
    """A pair on the page. ``rows`` are empty where its texts are left out."""

    id: str
    name: str
    a: Head
    b: Head
    counted: str
    notes: tuple[str, ...]
    cards: list[Card]
    rows: list[Row]


def page_of(pairs: Sequence[Pair], title: str = "", figures: Sequence[tuple[str, str]] = (), made: str = "") -> str:
    """Pairs as one HTML page.

    ``figures`` are names and values that stand first; ``made`` says in words of what, when and by whom it was made.
    """
    sections = [section_of(pair, f"p{number}") for number, pair in enumerate(pairs, 1)]
    return written(sections, title, figures, made)


def written(
    sections: Sequence[Section], title: str = "", figures: Sequence[tuple[str, str]] = (), made: str = ""
) -> str:
    """Sections as one HTML page."""
    signs = [(GLYPHS[state], state, told) for state, told in LEGEND.items()]
    signs.append((UNCOUNTED_GLYPH, "open", "loaded against plain words: shown, never counted"))
    return _template().render(
        title=title or (sections[0].name if sections else "Nothing to show"),
        sections=sections,
        figures=figures,
        made=made,
        signs=signs,
        format=FORMAT,
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    return environment.get_template("page.html")


def _harmless(value: Any) -> Any:
    """Text without controls, those of writing direction among them; what is markup already stays."""
    return displayable(value) if type(value) is str else value


# Sections


def section_of(pair: Pair, id: str) -> Section:
    """A pair with its cards and its two columns."""
    cards = [
        card_of(finding, f"{id}-f{number}", number, (pair.a.article, pair.b.article), pair.compared)
        for number, finding in enumerate(pair.findings, 1)
    ]
    return _section(
        id, (pair.a.article, pair.b.article), cards, tuple(pair.compared.comparison.notes), list(_rows(pair, id))
    )


def judged_section(verdicts: Sequence[Verdict], articles: tuple[Article, Article], id: str) -> Section:
    """The verdicts on one pair, without its texts."""
    cards = [
        card_of(Finding(None, verdict), f"{id}-f{number}", number, articles)
        for number, verdict in enumerate(verdicts, 1)
    ]
    return _section(id, articles, cards, (), [])


def _section(
    id: str, articles: tuple[Article, Article], cards: list[Card], notes: tuple[str, ...], rows: list[Row]
) -> Section:
    a, b = (_head(article) for article in articles)
    name = " — ".join(article.source or name_of(article) for article in articles)
    return Section(id, name, a, b, _counted(cards), notes, cards, rows)


def _head(article: Article) -> Head:
    return Head(name_of(article), citation(article), web_address(article.url))


def _counted(cards: Sequence[Card]) -> str:
    counts = Counter(card.state for card in cards)
    told = [f"{counts[state]} {state}" for state in LEGEND if counts[state]]
    return f"{len(cards)} in all: {', '.join(told)}" if told else "none"


def card_of(
    finding: Finding, id: str, number: int, articles: tuple[Article, Article], compared: Compared | None = None
) -> Card:
    """What is told of a finding; ``compared`` is given where its words stand on the page."""
    verdict, confidence = finding.verdict, finding.confidence
    both = (None, None) if compared is None else compared[:2]
    sure = "" if verdict is not None and verdict.fingerprint else "paired by hand"
    return Card(
        id=id,
        number=number,
        glyph=finding.glyph,
        state=finding.state,
        kind=finding.kind,
        severity=SEVERITIES[finding.severity],
        sure=sure if confidence is None else f"the machine is {confidence:.0%} sure",
        reason=finding.reason if confidence is not None or compared is not None else "",
        benign=finding.conflict.benign if finding.conflict is not None else "",
        quotes=[
            _quote(finding, side, id, article, facts)
            for side, article, facts in zip(SIDES, articles, both, strict=True)
        ],
        outcome=verdict.outcome if verdict is not None else "",
        note=verdict.note if verdict is not None else "",
        tags=verdict.tags if verdict is not None else (),
        flagged=verdict is not None and verdict.flagged,
        by=verdict.by if verdict is not None else "",
        when=verdict.updated[:16].replace("T", " ") if verdict is not None else "",
    )


def _quote(finding: Finding, side: Side, card: str, article: Article, facts: Facts | None) -> Quote:
    place = finding.place(side)
    headline = place.part == "title"
    if finding.orphaned(side):
        gone = "its sentence was changed, and nobody said yet if this is it" if finding.waiting(side) else NO_LONGER
        return Quote(side, headline, "", place.text, "", "", gone)
    sentences = facts.part(place.part).sentences if facts is not None else ()
    before, words, after = quoted(article.part(place.part), place, sentences)
    href = f"#{_place_id(card, side, 0)}" if facts is not None else ""
    return Quote(side, headline, before, words, after, href, "")


def _place_id(card: str, side: Side, number: int) -> str:
    return f"{card}-{side}{number or ''}"


# Both columns


class _Mark(NamedTuple):
    start: int
    end: int
    state: str
    ref: Ref


class _Column(NamedTuple):
    """One side: its texts, the marks of each by where they start, what is quiet, and the links before sentences."""

    texts: Mapping[Part, str]
    marks: Mapping[Part, Sequence[_Mark]]
    quiet: Sequence[Range]
    moves: Sequence[tuple[int, Move]]

    def paragraphs(self, part: Part, start: int, end: int) -> Paragraphs:
        """The lines of a stretch that hold words."""
        found: Paragraphs = []
        at = start
        for line in self.texts[part][start:end].split("\n"):
            if line.strip():
                found.append(list(self._runs(part, at, at + len(line))))
            at += len(line) + 1
        return found

    def _runs(self, part: Part, start: int, end: int) -> Iterator[Run]:
        text, body = self.texts[part], part == "body"
        marks = [mark for mark in self.marks[part] if mark.start < end and mark.end > start]
        quiet = _within(self.quiet, start, end) if body else []
        first = bisect_left(self.moves, start, key=lambda move: move[0])
        last = bisect_left(self.moves, end, key=lambda move: move[0])
        moves = dict(self.moves[first:last]) if body else {}
        spans = [*((mark.start, mark.end) for mark in marks), *quiet]
        cuts = {start, end, *moves, *(max(start, one) for one, _ in spans), *(min(end, one) for _, one in spans)}
        for begin, finish in pairwise(sorted(cuts)):
            over = [mark for mark in marks if mark.start < finish and mark.end > begin]
            yield Run(
                text[begin:finish],
                _loudest(over),
                not over and any(one < finish and other > begin for one, other in quiet),
                (moves[begin],) if begin in moves else (),
                tuple(mark.ref for mark in over if mark.end == finish),
            )


def _within(spans: Sequence[Range], start: int, end: int) -> Sequence[Range]:
    """Of spans in order that do not overlap, those that share a character with a stretch."""
    first = bisect_right(spans, start, key=lambda span: span[1])
    return spans[first : bisect_left(spans, end, lo=first, key=lambda span: span[0])]


_LOUD = ("open", "contradiction", "tension", "unsure", "compatible")


def _loudest(marks: Iterable[_Mark]) -> str:
    return min((mark.state for mark in marks), key=_LOUD.index, default="")


def _rows(pair: Pair, id: str) -> Iterator[Row]:
    articles = {"a": pair.a.article, "b": pair.b.article}
    facts_a, facts_b, comparison = pair.compared
    quiet: Quiet = quiet_words(articles["a"].body, articles["b"].body, facts_a, facts_b, comparison)
    columns = {
        side: _Column(
            {part: displayable(articles[side].part(part)) for part in PARTS},
            _marks(pair, side, id),
            quiet[side],
            _moves(pair, side, id),
        )
        for side in SIDES
    }
    numbers = {
        index: pair.laid.marks["a"][at].number
        for index in pair.laid.level
        if (at := pair.compared.a.body.sentences[min(pair.laid.pieces[index].a)].start) in pair.laid.marks["a"]
    }
    titles = [columns[side].paragraphs("title", 0, len(articles[side].title)) for side in SIDES]
    if any(titles):
        yield Row("", "Headlines", *titles)
    for block in pair.laid.blocks:
        a, b = (columns[side].paragraphs("body", *block.side(side)) for side in SIDES)
        if a or b:
            yield Row(*_label(block, bool(a), bool(b), numbers), a, b)


def _label(block: Block, a: bool, b: bool, numbers: dict[int, int]) -> tuple[str, str]:
    """What stands before a row, short and in full."""
    if block.link is not None and a and b:
        number = str(numbers.get(block.link, ""))
        return number, f"Linked {number}"
    if a and b:
        return "A B", "Side by side, not linked"
    side = "A" if a else "B"
    return side, f"Only {side} here"


def _marks(pair: Pair, side: Side, id: str) -> dict[Part, list[_Mark]]:
    articles = {"a": pair.a.article, "b": pair.b.article}
    found: dict[Part, list[_Mark]] = {"title": [], "body": []}
    for number, finding in enumerate(pair.findings, 1):
        if finding.orphaned(side):
            continue
        card = f"{id}-f{number}"
        seen: set[Place] = set()
        for place in finding.places(side):
            if place in seen:
                continue
            told = f"{number}: {finding.state}, {finding.kind}. {finding.reason}"
            ref = Ref(_place_id(card, side, len(seen)), f"#{card}", f"{finding.glyph}{number}", told, finding.state)
            seen.add(place)
            end = place.start + len(articles[side].part(place.part)[place.start : place.end].rstrip())
            found[place.part].append(_Mark(place.start, end, finding.state, ref))  # its link stands on a line of words
    return found


def _moves(pair: Pair, side: Side, id: str) -> list[tuple[int, Move]]:
    """Links between sentences that do not stand level, by where the sentences begin.

    Both halves of a link get an anchor at their first sentence; a half that stands level with another has no sign.
    """
    there = {mark.number for mark in pair.laid.marks[other(side)].values()}
    apart = {
        mark.number for marks in pair.laid.marks.values() for mark in marks.values() if mark.direction in tuple("↑↓↕")
    }
    way = {"↑": "further up", "↓": "further down", "↕": "in the same stretch"}
    found: list[tuple[int, Move]] = []
    seen: set[int] = set()
    for at, mark in sorted(pair.laid.marks[side].items()):
        if mark.number not in apart or mark.number not in there:
            continue
        anchor = "" if mark.number in seen else f"{id}-m{mark.number}-{side}"
        seen.add(mark.number)
        if mark.direction in way:
            told = f"Link {mark.number}: told {way[mark.direction]} in {other(side).upper()}"
            href = f"#{id}-m{mark.number}-{other(side)}"
            found.append((at, Move(anchor, href, f"{mark.number}{mark.direction}", told)))
        elif anchor:
            found.append((at, Move(anchor, "", "", "")))
    return found
