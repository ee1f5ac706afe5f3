"""From an article to its facts."""

from __future__ import annotations

from reader import pipeline
from reader.names import names
from reader.nouns import Article, Facts, Reading

try:
    from reader.quantities import quantities
    from reader.times import times
except ImportError:  # the two modules land on their own
    quantities = times = None  # type: ignore[assignment]

VERSION = "1"


def analyse(article: Article) -> Facts:
    """Read one article. Pure: the same article gives the same facts. Loads spaCy on first use (about a second)."""
    return Facts(
        version=VERSION,
        body=_read(article.body, article.published),
        title=_read(article.title, article.published),
    )


def _read(text: str, published: str) -> Reading:
    parse = pipeline.parse(text)
    return Reading(
        sentences=pipeline.sentences(parse),
        words=pipeline.words(parse),
        quantities=quantities(parse) if quantities else (),
        times=times(parse, published) if times else (),
        mentions=names(parse),
    )
