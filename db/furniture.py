"""The lines that outlets set around their reports, as they were found."""

from __future__ import annotations

from collections.abc import Iterable

from db.store import Store


class Furniture:
    """Lines that are left out of the Texts of one source, whatever the case of its name."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, source: str) -> frozenset[str]:
        """The lines known of a source."""
        return frozenset(row[0] for row in self._store.rows("SELECT line FROM furniture WHERE source = ?", (source,)))

    def add(self, source: str, lines: Iterable[str]) -> None:
        """Keep lines of a source; those that are known stay."""
        with self._store.write() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO furniture (source, line) VALUES (?, ?)", [(source, line) for line in lines]
            )
