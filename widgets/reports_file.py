"""Reports written to a file of their own. Knows no screen."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from db import Library, Stored
from reader.interchange import report_record
from widgets.citation import citation
from widgets.tables import csv_of, markdown
from widgets.work import Report

READ_AT_ONCE = 200


def markdown_of(reports: Sequence[Stored]) -> str:
    """Each report under its title, with its citation; no word of it is markup."""
    return "\n\n".join("\n\n".join(_markdown(one)) for one in reports) + "\n"


def _markdown(report: Stored) -> list[str]:
    article = report.article
    paragraphs = [markdown(line) for line in article.body.split("\n") if line.strip()]
    return [f"# {markdown(article.title or '(untitled)')}", markdown(citation(article)), *paragraphs]


def text_of(reports: Sequence[Stored]) -> str:
    """The same as plain text, a line of dashes between two reports."""
    rule = f"\n\n{'-' * 40}\n\n"
    return (
        rule.join(
            "\n\n".join([one.article.title or "(untitled)", citation(one.article), one.article.body]) for one in reports
        )
        + "\n"
    )


def json_of(reports: Sequence[Stored]) -> str:
    """An array of the records that ``rashomon add`` reads."""
    return json.dumps([report_record(one.article) for one in reports], ensure_ascii=False, indent=1) + "\n"


def json_lines_of(reports: Sequence[Stored]) -> str:
    """The records that ``rashomon add`` reads, one a line."""
    return "".join(json.dumps(report_record(one.article), ensure_ascii=False) + "\n" for one in reports)


def table_of(reports: Sequence[Stored]) -> str:
    """What is known of each report, one a row; not its text."""

    def row(one: Stored) -> dict[str, Any]:
        article = one.article
        return {
            "id": one.id,
            "title": article.title,
            "source": article.source,
            "author": article.author,
            "published": article.published,
            "url": article.url,
            "words": one.words,
            "tags": ", ".join(one.tags),
            "read": int(one.read),
            "starred": int(one.starred),
            "versions": one.versions,
        }

    return csv_of([row(one) for one in reports])


FORMS: Mapping[str, Callable[[Sequence[Stored]], str]] = {
    ".md": markdown_of,
    ".txt": text_of,
    ".jsonl": json_lines_of,
    ".json": json_of,
    ".csv": table_of,
}
"""How reports are written, by the end of the name of the file."""


def written(library: Library, numbers: Sequence[int], form: str, report: Report) -> str:
    """Reports as one string, read few at a time. Runs in a thread."""
    found: list[Stored] = []
    for start in range(0, len(numbers), READ_AT_ONCE):
        report(f"{len(found):,} of {len(numbers):,}")
        found += library.articles.get_many(numbers[start : start + READ_AT_ONCE])
    return FORMS[form](found)
