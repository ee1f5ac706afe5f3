"""One self-contained HTML page: conflicts and verdicts, and both reports in two columns, level, as on the screen.

What stands on the page is worked out here as plain values; ``page.html`` (Jinja, which escapes all it is given) and
``page.css`` only say how it looks. The page loads nothing and runs nothing: its Content-Security-Policy forbids both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from db import Verdict
from reader.nouns import Article, Facts
from widgets.citation import name_of
from widgets.compare.findings import GLYPHS, GRAVE, UNCOUNTED_GLYPH, Finding
from widgets.compare.rows import SIDES, Side
from widgets.exports.addresses import web_address
from widgets.exports.columns import Row, place_id, rows_of
from widgets.exports.pairs import Pair
from widgets.exports.quoting import quoted
from widgets.layout import displayable
from widgets.understanding import Compared

if TYPE_CHECKING:
    from jinja2 import Template

FORMAT = "rashomon.page/1"
NO_LONGER = "no longer in this report"
LEGEND = {
    "open": "a conflict that nobody judged",
    "contradiction": "judged a contradiction: both cannot be true",
    "tension": "judged a tension: they pull apart, but both may be true",
    "compatible": "judged compatible: no contradiction",
    "unsure": "looked at and left open",
}


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
    """A report as it is named: its title, what else is known, and ``url``, "" where its address is none of the web."""

    title: str
    known: tuple[str, ...]
    url: str


class Section(NamedTuple):
    """A pair on the page. ``rows`` are empty where its texts are left out."""

    id: str
    names: tuple[str, str]
    a: Head
    b: Head
    counted: str
    notes: tuple[str, ...]
    cards: list[Card]
    rows: list[Row]


class GridRow(NamedTuple):
    """One thing, and what each report tells of it; ``links`` are names and addresses of its conflicts on the page."""

    sign: str
    state: str
    thing: str
    cells: tuple[str, ...]
    links: tuple[tuple[str, str], ...] = ()


class Grid(NamedTuple):
    """A table of what several reports tell, a column for each."""

    title: str
    legend: str
    heads: tuple[str, ...]
    rows: list[GridRow]
    notes: tuple[str, ...] = ()


def page_of(pairs: Sequence[Pair], title: str = "", figures: Sequence[tuple[str, str]] = (), made: str = "") -> str:
    """Pairs as one HTML page.

    ``figures`` are names and values that stand first; ``made`` says in words of what, when and by whom it was made.
    """
    sections = [section_of(pair, f"p{number}") for number, pair in enumerate(pairs, 1)]
    return written(sections, title, figures, made)


def written(
    sections: Sequence[Section],
    title: str = "",
    figures: Sequence[tuple[str, str]] = (),
    made: str = "",
    grid: Grid | None = None,
) -> str:
    """Sections as one HTML page; a ``grid`` stands before them."""
    signs = [(GLYPHS[state], state, told) for state, told in LEGEND.items()]
    signs.append((UNCOUNTED_GLYPH, "open", "loaded against plain words: shown, never counted"))
    return _template().render(
        title=title or (" — ".join(sections[0].names) if sections else "Nothing to show"),
        sections=sections,
        figures=figures,
        made=made,
        grid=grid,
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
        id, (pair.a.article, pair.b.article), cards, tuple(pair.compared.comparison.notes), list(rows_of(pair, id))
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
    names = (articles[0].source or a.title, articles[1].source or b.title)
    return Section(id, names, a, b, _counted(cards), notes, cards, rows)


def _head(article: Article) -> Head:
    url = web_address(article.url)
    known = (article.author, article.source, article.published, "" if url else article.url)
    return Head(name_of(article), tuple(part for part in known if part), url)


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
        severity=GRAVE[finding.severity],
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
    href = f"#{place_id(card, side, 0)}" if facts is not None else ""
    return Quote(side, headline, before, words, after, href, "")
