"""Invented reports of two invented events, to try Rashomon on: every place, person and outlet in them is made up.

The reports of an event disagree in every way that Rashomon looks for, and differ without disagreeing as well: a later
toll, another unit, a part of the whole, an expectation.
"""

from __future__ import annotations

import email.parser
from importlib import resources

from reader.nouns import Article


def articles() -> list[Article]:
    """The invented reports, those of one event next to each other."""
    folder = resources.files(__package__).joinpath("reports")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".txt"))
    return [_article(name, folder.joinpath(name).read_text(encoding="utf-8")) for name in names]


def _article(name: str, text: str) -> Article:
    """One report: header lines, a blank line, the body."""
    head, _, body = text.partition("\n\n")
    fields = email.parser.HeaderParser().parsestr(head)
    return Article(
        body=body.strip(),
        title=fields["Title"],
        source=fields["Source"],
        author=fields["Author"],
        published=fields["Published"],
        external_id=f"demo-{name.removesuffix('.txt')}",
    )
