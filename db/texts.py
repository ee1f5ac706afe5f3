"""Texts: immutable strings, each kept once under the SHA-256 of its UTF-8 bytes."""

from __future__ import annotations

from db.store import Store


def keep_text(store: Store, sha: str, string: str) -> None:
    """Keep a string; nothing happens if it is kept already."""
    with store.write() as connection:
        connection.execute("INSERT INTO texts (sha, body) VALUES (?, ?) ON CONFLICT DO NOTHING", (sha, string))


def title(store: Store, number: int) -> str:
    """How an article is called in the history: by its title, cut to 40 characters, or by its number."""
    return short(str(store.value("SELECT title FROM articles WHERE id = ?", (number,)) or "")) or f"report {number}"


def short(words: str, length: int = 40) -> str:
    """Words on one line, cut where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"
