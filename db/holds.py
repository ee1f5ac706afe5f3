"""Keeps verdicts and corrections on their words when an article gets a new text or title."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from db.records import Hold, Stored
from db.selectors import Selector, locate, name, resembling, select
from db.store import Store
from db.texts import keep_text
from reader.nouns import Part, Span

_Found = tuple[Hold, int | None, int | None]

HELD = ("verdict_places", "corrections")
"""The tables whose rows hang on words of an article, all with the columns of a selector and of its hold."""


def settle(connection: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Find again the words of every verdict and correction on these articles, always from the selector as made.

    Words that cannot be found for certain leave an orphan, which holds again when its text comes back. Those of a
    verdict wait for a person where one changed sentence may have them, and stand where a person has said.
    """
    for article in articles:
        for table in HELD:
            _settle(connection, table, "article_id = ?", article)


def settle_row(connection: sqlite3.Connection, table: str, number: int) -> None:
    """Find again the words of one row of a table that is held."""
    _settle(connection, table, "id = ?", number)


def found_again(connection: sqlite3.Connection, row: sqlite3.Row) -> tuple[Hold, int | None, int | None]:
    """How a row of a table that is held should hold, and where its words stand or may stand in the newest string."""
    title, body = connection.execute(
        "SELECT title, body FROM article_texts WHERE id = ?", (row["article_id"],)
    ).fetchone()
    string = title if row["part"] == "title" else body
    return _find(connection, row, name(string), string)


def _settle(connection: sqlite3.Connection, table: str, which: str, number: int) -> None:
    strings: dict[int, dict[str, tuple[str, str]]] = {}
    for place in connection.execute(f"SELECT * FROM {table} WHERE {which}", (number,)).fetchall():
        article = place["article_id"]
        if article not in strings:
            title, body = connection.execute(
                "SELECT title, body FROM article_texts WHERE id = ?", (article,)
            ).fetchone()
            strings[article] = {"title": (name(title), title), "body": (name(body), body)}
        found = _find(connection, place, *strings[article][place["part"]])
        if (place["hold"], place["now_start"], place["now_end"]) != found:
            connection.execute(
                f"UPDATE {table} SET hold = ?, now_start = ?, now_end = ? WHERE id = ?", (*found, place["id"])
            )


def _find(connection: sqlite3.Connection, place: sqlite3.Row, sha: str, string: str) -> _Found:
    """How a place holds in the string of this SHA-256, and where it stands there, if it does or may."""
    selector = selector_of(place)
    if selector.sha == sha:
        return "exact", None, None
    (old,) = connection.execute("SELECT body FROM texts WHERE sha = ?", (selector.sha,)).fetchone()
    start = locate(selector, old, string)
    if start is not None:
        return "followed", start, start + len(selector.exact)
    if "answers" not in place.keys():  # noqa: SIM118  (a row of SQLite looks through its values otherwise)
        return "orphan", None, None
    answers = json.loads(place["answers"])
    if sha in answers:
        return ("placed", *answers[sha]) if answers[sha] else ("orphan", None, None)
    may = resembling(selector, old, string)
    return ("waiting", *may) if may is not None else ("orphan", None, None)


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
