"""From a query to SQL."""

from __future__ import annotations

import re
from typing import Any

from db.blind import visible
from db.records import Query, Term
from reader.nouns import Kind

ORDER = {
    "published": "a.published_utc",
    "added": "a.id",
    "title": "a.title COLLATE NOCASE",
    "source": "a.source COLLATE NOCASE",
    "length": "a.words",
}
MOST_TERMS = 32
SURE = 0.5
"""The least confidence of a conflict that waits for a verdict."""
UNCOUNTED: frozenset[Kind] = frozenset({"wording"})
"""The kinds that are shown and wait for none."""
_UNCOUNTED = ", ".join(f"'{kind}'" for kind in sorted(UNCOUNTED))

ONLY_FOUND = (
    "FROM articles_fts AS f WHERE articles_fts MATCH ?"
    " AND f.rowid NOT IN (SELECT id FROM articles WHERE deleted_at IS NOT NULL)"
)
"""What a query finds that has words and no clause: the deleted are few, so no article is looked up for each match."""
RELEVANCE = "bm25(articles_fts, 4.0, 1.0)"
"""The rank of a match, the best least: words of the title count four times."""
RANK = "bm25(4.0, 1.0)"
"""The same, as the rank that FTS5 itself sorts by."""

_FOUND = "a.id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)"
OPEN = (  # the plus keeps from the indexes by confidence, which are for lists: to count, a walk through the table is faster
    f"FROM conflicts AS c WHERE +c.confidence >= {SURE} AND c.kind NOT IN ({_UNCOUNTED})"
    " AND NOT EXISTS (SELECT 1 FROM verdicts AS v"
    " WHERE v.a_id = min(c.a_id, c.b_id) AND v.b_id = max(c.a_id, c.b_id) AND v.fingerprint = c.fingerprint"
    f" AND {visible('v')})"
    " AND NOT EXISTS (SELECT 1 FROM articles AS d WHERE d.id IN (c.a_id, c.b_id) AND d.deleted_at IS NOT NULL)"
    " AND NOT EXISTS (SELECT 1 FROM dismissals AS n WHERE n.a_id = min(c.a_id, c.b_id) AND n.b_id = max(c.a_id, c.b_id))"
)
"""The conflicts that wait for a verdict, as the reviewer sees it; a pair that was dismissed has none."""
ONCE = (
    " AND NOT EXISTS (SELECT 1 FROM comparisons AS k JOIN conflicts AS o ON o.comparison_id = k.id"
    " WHERE k.a_id = c.b_id AND k.b_id = c.a_id AND k.id > c.comparison_id AND o.fingerprint = c.fingerprint)"
)
"""Goes on with it: of two comparisons of one pair, one for each order of the sides, the later has what both found."""
_IS: dict[str, str] = {
    "read": "a.is_read = 1",
    "unread": "a.is_read = 0",
    "starred": "a.starred",
    "deleted": "a.deleted_at > '' AND a.deleted_at IS NOT NULL",  # the first for the index, the second for NOT
}


def _judged(condition: str = "1") -> str:
    """Which articles have a verdict that the reviewer may see and of which ``condition`` holds."""
    ends = (f"SELECT v.{end} FROM verdicts AS v WHERE {condition} AND {visible('v')}" for end in ("a_id", "b_id"))
    return f"a.id IN ({' UNION '.join(ends)})"


_HAS: dict[str, str] = {
    "undecided": f"a.id IN (SELECT c.a_id {OPEN} UNION SELECT c.b_id {OPEN})",
    "verdicts": _judged(),
    "judged": _judged(),
    "note": _judged("v.note <> ''"),
    "facts": "EXISTS (SELECT 1 FROM facts AS f WHERE f.article_id = a.id)",
    "tags": "a.id IN (SELECT article_id FROM taggings WHERE article_id IS NOT NULL)",
}
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
    conditions: list[str] = []
    params: list[Any] = []
    if not any(term.field == "is" and term.value == "deleted" for clause in query.where for term in clause):
        conditions.append("a.deleted_at IS NULL")
    if words := match(query.text):
        conditions.append(_FOUND)
        params.append(words)
    for clause in query.where:
        compiled = [found for term in clause if (found := _condition(term)) is not None]
        if compiled:
            conditions.append(f"({' OR '.join(condition for condition, _ in compiled)})")
            params += [value for _, values in compiled for value in values]
    return " AND ".join(conditions) or "1", params


def _condition(term: Term) -> tuple[str, list[Any]] | None:
    """A term as SQL, with its parameters; ``None`` for one that asks for nothing."""
    condition: str = ""
    params: list[Any] = [term.value]
    match term.field:
        case "words" | "headline":
            words = match(term.value)
            if not words:
                return None
            condition, params = _FOUND, [f"title : ({words})" if term.field == "headline" else words]
        case "source" | "author":  # one pass in the order of ids, not a walk through the table in that of the list
            condition = f"a.id IN (SELECT s.id FROM articles AS s WHERE s.{term.field} LIKE ? ESCAPE '\\')"
            params = [f"%{literal(term.value)}%"]
        case "tag":
            condition = (
                "a.id IN (SELECT g.article_id FROM taggings AS g JOIN tags AS t ON t.id = g.tag_id"
                " WHERE g.article_id IS NOT NULL AND t.name LIKE ? ESCAPE '\\')"
            )
            start = term.value.endswith("*")
            params = [literal(term.value.rstrip("*")) + "%" if start else literal(term.value)]
        case "dated":
            first, _, after = term.value.partition("/")
            bounds = [("a.published_utc >= ?", first), ("a.published_utc < ? AND a.published_utc <> ''", after)]
            condition = " AND ".join(bound for bound, value in bounds if value) or "1"
            params = [value for _, value in bounds if value]
        case "event":
            condition = "a.id IN (SELECT id FROM event_members WHERE event_id = ?)"
            params = [int(term.value)]
        case "is":
            condition, params = _IS[term.value], []
        case "has":
            condition, params = _HAS[term.value], []
    return f"{'NOT ' if term.negated else ''}({condition})", params


def literal(value: str) -> str:
    """``value`` as it stands, for LIKE with ``\\`` as its escape."""
    return re.sub(r"([\\%_])", r"\\\1", value)


def only_words(query: Query) -> str:
    """The FTS5 query of a query that has words and no clause, "" of any other."""
    return "" if query.where else match(query.text)


def ranked(query: Query) -> bool:
    """Whether a query is sorted by relevance."""
    return query.sort == "relevance" and bool(match(query.text))


def order(query: Query) -> str:
    """The expression that a query without relevance sorts by; ids break ties."""
    return ORDER.get(query.sort, ORDER["published"])
