"""How a person likes things to look, kept with the library."""

from __future__ import annotations

from db.store import Store


class Preferences:
    """Small strings by name. They are no work of a person, so no step of the history."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, name: str) -> str:
        """What is kept under a name, "" for nothing."""
        return str(self._store.value("SELECT value FROM preferences WHERE name = ?", (name,)) or "")

    def set(self, name: str, value: str) -> None:
        """Keep ``value`` in place of what is kept under its name."""
        with self._store.write() as connection:
            connection.execute(
                "INSERT INTO preferences (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                (name, value),
            )
