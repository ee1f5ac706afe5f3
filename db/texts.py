"""Texts: immutable strings, each kept once under the SHA-256 of its UTF-8 bytes."""

from __future__ import annotations

from db.store import Store


def keep_text(store: Store, sha: str, string: str) -> None:
    """Keep a string; nothing happens if it is kept already."""
    with store.write() as connection:
        connection.execute("INSERT INTO texts (sha, body) VALUES (?, ?) ON CONFLICT DO NOTHING", (sha, string))
