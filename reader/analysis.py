"""From an article to its facts."""

from __future__ import annotations

from collections.abc import Sequence

from reader import models, pipeline
from reader.names import names
from reader.nouns import Article, Facts, Reading
from reader.numerals import vague
from reader.pipeline import Paragraph
from reader.quantities import quantities
from reader.speech import hear
from reader.statements import statements
from reader.times import times

VERSION = "3"
"""Names the analysis as it is in the package."""


def variant() -> str:
    """What the user's choice of pipeline and vague words adds to a version; "" where there is none."""
    return models.mark() + vague.mark()


def version() -> str:
    """Names what makes facts now: the analysis, and what the user chose for it."""
    return VERSION + variant()


def analyse(article: Article) -> Facts:
    """Read one article. Pure under one choice of `reader.settings`: the same article gives the same facts.

    Loads spaCy on first use (about a second). Raises `SettingsError` where what the user chose cannot be used.
    """
    title, body = pipeline.parse_report(article.title, article.body)
    return Facts(
        version=version(),
        body=_read(body, article.published),
        title=_read(title, article.published),
    )


def _read(parse: Sequence[Paragraph], published: str) -> Reading:
    mentions = names(parse)
    speech = hear(parse, mentions)
    return Reading(
        sentences=pipeline.sentences(parse),
        words=pipeline.words(parse),
        quantities=quantities(parse),
        times=times(parse, published),
        mentions=mentions,
        statements=statements(parse, mentions, speech),
        quotes=speech.quotes,
    )
