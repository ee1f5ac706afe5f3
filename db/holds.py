"""Keeps verdicts and corrections on their words when an article gets a new text or title."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from db.records import Stored
from db.selectors import Selector, locate, name, select
from db.store import Store
from db.texts import keep_text
from reader.nouns import Part, Span

HELD = ("verdict_places", "corrections")
"""The tables whose rows hang on words of an article, all with the columns of a selector and of its hold."""


def settle(connection: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Find again the words of every verdict and correction on these articles, always from the selector as made.

    Words that cannot be found for certain leave an orphan, which holds again when its text comes back.
    """
    for article in articles:
        for table in HELD:
            _settle(connection, table, article)


def _settle(connection: sqlite3.Connection, table: str, article: int) -> None:
    places = connection.execute(f"SELECT * FROM {table} WHERE article_id = ?", (article,)).fetchall()
    if not places:
        return
    title, body = connection.execute("SELECT title, body FROM article_texts WHERE id = ?", (article,)).fetchone()
    names = {"title": name(title), "body": name(body)}
    for place in places:
        selector = selector_of(place)
        if selector.sha == names[selector.part]:
            hold, start = "exact", None
        else:
            (old,) = connection.execute("SELECT body FROM texts WHERE sha = ?", (selector.sha,)).fetchone()
            start = locate(selector, old, title if selector.part == "title" else body)
            hold = "orphan" if start is None else "followed"
        end = None if start is None else start + len(place["exact"])
        if (place["hold"], place["now_start"], place["now_end"]) != (hold, start, end):
            connection.execute(
                f"UPDATE {table} SET hold = ?, now_start = ?, now_end = ? WHERE id = ?",
                (hold, start, end, place["id"]),
            )


def hang(store: Store, stored: Stored, part: Part, span: Span) -> dict[str, Any]:
    """The columns that hang a row on words of the Text that ``stored`` shows; raises ``ValueError`` if there are none."""
    string = stored.article.part(part)
    selector = select(string, part, span.start, span.end)
    keep_text(store, selector.sha, string)
    return {
        "article_id": stored.id,
        "part": selector.part,
        "exact": selector.exact,
        "prefix": selector.prefix,
        "suffix": selector.suffix,
        "start_char": selector.start,
        "end_char": selector.end,
        "text_sha": selector.sha,
    }


def selector_of(place: sqlite3.Row) -> Selector:
    """The selector in a row of a table that is held."""
    return Selector(
        part=place["part"],
        exact=place["exact"],
        prefix=place["prefix"],
        suffix=place["suffix"],
        start=place["start_char"],
        end=place["end_char"],
        sha=place["text_sha"],
    )
