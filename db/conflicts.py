"""The conflicts that the machine found and nobody judged, over all pairs that were compared."""

from __future__ import annotations

from typing import Any

from db.records import ConflictQuery, OpenConflict
from db.search import ONCE, OPEN, SURE, literal
from db.store import Store
from reader.nouns import Place

ALL_OPEN = ConflictQuery()
# An index has each order and is walked backwards, so no page sorts. Ties: the latest comparison, the surest in it first.
_ORDER = {
    "confidence": "c.confidence DESC, c.comparison_id DESC, c.number DESC",
    "severity": "c.severity DESC, c.confidence DESC, c.comparison_id DESC, c.number DESC",
}
_FIRST = f" AND c.confidence >= {SURE}"
"""Of the indexes, which hold nothing less sure."""
_REPORTS = (
    " AND EXISTS (SELECT 1 FROM articles AS a JOIN articles AS b ON b.id = c.b_id WHERE a.id = c.a_id AND {condition})"
)


class Conflicts:
    """The open conflicts of a library: at least as sure as `db.search.SURE`, counted, of reports that are not deleted, of
    pairs that were not dismissed, and without a verdict that the reviewer may see."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def page(self, query: ConflictQuery = ALL_OPEN, offset: int = 0, limit: int = 50) -> list[OpenConflict]:
        """The open conflicts of a query from ``offset``; a ``limit`` of -1 is none. They may be of an older Text."""
        condition, params = _where(query)
        chosen = f"SELECT c.* {OPEN}{_FIRST}{ONCE}{condition} ORDER BY {_ORDER[query.sort]} LIMIT ? OFFSET ?"
        rows = self._store.rows(
            "SELECT c.*, a.title AS a_title, b.title AS b_title, a.source AS a_source, b.source AS b_source"
            f" FROM ({chosen}) AS c JOIN articles AS a ON a.id = c.a_id JOIN articles AS b ON b.id = c.b_id"
            f" ORDER BY {_ORDER[query.sort]}",
            (*params, limit, offset),
        )
        return [_open(row) for row in rows]

    def count(self, query: ConflictQuery = ALL_OPEN) -> int:
        """How many open conflicts a query finds."""
        condition, params = _where(query)
        return int(self._store.value(f"SELECT count(*) {OPEN}{ONCE}{condition}", params))


def _where(query: ConflictQuery) -> tuple[str, list[Any]]:
    condition = ""
    params: list[Any] = []
    if query.kind is not None:
        condition += " AND c.kind = ?"
        params.append(query.kind)
    for word in query.text.split():
        fields = ("c.a_quote", "c.b_quote", "c.reason", "a.title", "b.title")
        alike = " OR ".join(f"{field} LIKE ? ESCAPE '\\'" for field in fields)
        condition += _REPORTS.format(condition=f"({alike})")
        params += [f"%{literal(word)}%"] * len(fields)
    return condition, params


def _open(row: Any) -> OpenConflict:
    a, b = (
        Place(part=row[f"{side}_part"], start=row[f"{side}_start"], end=row[f"{side}_end"], text=row[f"{side}_quote"])
        for side in "ab"
    )
    return OpenConflict(
        a_id=row["a_id"],
        b_id=row["b_id"],
        a=a,
        b=b,
        kind=row["kind"],
        confidence=row["confidence"],
        severity=row["severity"],
        reason=row["reason"],
        benign=row["benign"],
        a_title=row["a_title"],
        b_title=row["b_title"],
        a_source=row["a_source"],
        b_source=row["b_source"],
    )
