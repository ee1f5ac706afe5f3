"""How rare words are in the library, as it was counted last."""

from __future__ import annotations

from db.store import Store


class Rarities:
    """One count of a sample of the articles, packed by who made it. Disposable: it can be made again."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self) -> tuple[int, bytes] | None:
        """The newest id when it was counted, and the count; ``None`` if there is none."""
        row = self._store.row("SELECT newest_id, data FROM rarities")
        return None if row is None else (row["newest_id"], row["data"])

    def put(self, newest_id: int, data: bytes) -> None:
        """Keep a count in place of the one before."""
        with self._store.write() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO rarities (id, newest_id, data) VALUES (1, ?, ?)", (newest_id, data)
            )
