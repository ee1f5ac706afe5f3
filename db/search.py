"""From a query to SQL."""

from __future__ import annotations

import re
from typing import Any

from db.blind import visible
from db.records import Query

ORDER = {
    "published": "a.published_utc",
    "added": "a.id",
    "title": "a.title COLLATE NOCASE",
    "source": "a.source COLLATE NOCASE",
    "length": "a.words",
}
MOST_TERMS = 32
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')


def match(text: str) -> str:
    """What a person typed as an FTS5 query in which nothing is an operator but "..." and a star at a word's end.

    "" if there is no word in it.
    """
    terms: list[str] = []
    for phrase, word in _TERM.findall(text.replace("\0", " ")):
        term = phrase or word
        if len(terms) == MOST_TERMS:
            break
        if any(c.isalnum() for c in term):
            star = "*" if word.endswith("*") else ""
            terms.append(f'"{term.rstrip("*") if star else term}"{star}')
    return " ".join(terms)


def where(query: Query) -> tuple[str, list[Any]]:
    """The conditions on ``articles AS a`` and their parameters."""
    conditions = ["a.deleted_at IS NOT NULL" if query.deleted else "a.deleted_at IS NULL"]
    params: list[Any] = []

    def add(condition: str, *values: Any) -> None:
        conditions.append(condition)
        params.extend(values)

    if words := match(query.text):
        add("a.id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)", words)
    if query.read is not None:
        add("a.is_read = ?", query.read)
    if query.starred is not None:
        add("a.starred" if query.starred else "NOT a.starred")
    if query.tag:
        add(
            "a.id IN (SELECT g.article_id FROM taggings AS g JOIN tags AS t ON t.id = g.tag_id WHERE t.name = ?)",
            query.tag,
        )
    if query.source:
        add("a.source COLLATE NOCASE = ?", query.source)
    if query.after:
        add("a.published_utc >= ?", query.after)
    if query.before:
        add("a.published_utc < ? AND a.published_utc <> ''", query.before)
    if query.judged is not None:
        ends = " UNION ".join(f"SELECT v.{end} FROM verdicts AS v WHERE {visible('v')}" for end in ("a_id", "b_id"))
        add(f"a.id {'IN' if query.judged else 'NOT IN'} ({ends})")
    return " AND ".join(conditions), params


def ranked(query: Query) -> bool:
    """Whether a query is sorted by relevance."""
    return query.sort == "relevance" and bool(match(query.text))


def order(query: Query) -> str:
    """The expression that a query without relevance sorts by; ids break ties."""
    key = ORDER.get(query.sort, ORDER["published"])
    # The articles of one source are few: find them by its index and sort them, rather than walk all in order.
    return f"+{key}" if query.source else key
