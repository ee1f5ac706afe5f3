"""Keeps verdicts on their words when an article gets a new text or title."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from db.selectors import Selector, locate, name


def settle(connection: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Find again the words of every verdict on these articles, always from the selector as judged.

    Words that cannot be found for certain leave an orphan, which holds again when its text comes back.
    """
    for article in articles:
        places = connection.execute("SELECT * FROM verdict_places WHERE article_id = ?", (article,)).fetchall()
        if not places:
            continue
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
                    "UPDATE verdict_places SET hold = ?, now_start = ?, now_end = ? WHERE id = ?",
                    (hold, start, end, place["id"]),
                )


def selector_of(place: sqlite3.Row) -> Selector:
    """The selector in a row of ``verdict_places``."""
    return Selector(
        part=place["part"],
        exact=place["exact"],
        prefix=place["prefix"],
        suffix=place["suffix"],
        start=place["start_char"],
        end=place["end_char"],
        sha=place["text_sha"],
    )
