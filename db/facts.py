"""Facts, kept by article, by its text, title and date, and by version of the analysis."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from db.records import Stored
from db.selectors import name
from db.store import Store
from reader.nouns import Article, Facts

VERSIONS = 2
"""How many facts of an article are kept: two windows with settings of their own share a library."""


class FactsCache:
    """What was understood of articles. Disposable: it can be made again."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, stored: Stored, version: str) -> Facts | None:
        """The facts of an article by this version of the analysis, if they are kept."""
        blob = self._store.value(
            "SELECT data FROM facts WHERE article_id = ? AND version = ? AND input = ?",
            (stored.id, version, _input(stored.article)),
        )
        if blob is None:
            return None
        from db import shorthand  # the list of the library needs no facts

        return shorthand.read(blob, stored.article, version)

    def put(self, stored: Stored, facts: Facts) -> None:
        """Keep facts under the version they carry, beside those of the version that was kept last."""
        self.put_many([(stored, facts)])

    def put_many(self, made: Sequence[tuple[Stored, Facts]]) -> None:
        """Keep the facts of several articles in one transaction."""
        from db import shorthand

        keyed = [
            (stored.id, facts.version, _input(stored.article), shorthand.write(facts, stored.article))
            for stored, facts in made
        ]
        with self._store.write() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO facts (article_id, version, input, data) VALUES (?, ?, ?, ?)", keyed
            )
            connection.executemany(
                "DELETE FROM facts WHERE article_id = ?1 AND id NOT IN"
                f" (SELECT id FROM facts WHERE article_id = ?1 ORDER BY id DESC LIMIT {VERSIONS})",
                [row[:1] for row in keyed],
            )

    def of(self, stored: Stored, version: str, make: Callable[[Article], Facts]) -> Facts:
        """The facts that are kept, or those that ``make`` makes, which are kept then."""
        if (facts := self.get(stored, version)) is None:
            facts = make(stored.article)
            self.put(stored, facts)
        return facts

    def missing(self, version: str) -> list[int]:
        """The ids of the articles whose newest Text, title and date have no facts of this version, in order."""
        rows = self._store.rows(
            "SELECT a.id, a.text_sha, a.title, a.published, f.input FROM articles AS a"
            " LEFT JOIN facts AS f ON f.article_id = a.id AND f.version = ?"
            " WHERE a.deleted_at IS NULL ORDER BY a.id",
            (version,),
        )
        asked = {row["id"]: _digest(row["text_sha"], row["title"], row["published"]) for row in rows}
        kept = {row["id"] for row in rows if row["input"] == asked[row["id"]]}
        return [number for number in asked if number not in kept]


def input_sha(article: Article) -> str:
    """Names what the analysis sees of an article beside its body."""
    return name(json.dumps([article.title, article.published], ensure_ascii=False))


def _input(article: Article) -> bytes:
    return _digest(article.text_sha, article.title, article.published)


def _digest(text_sha: str, title: str, published: str) -> bytes:
    """Names what the analysis sees of an article, in 16 bytes."""
    return bytes.fromhex(name(json.dumps([text_sha, title, published], ensure_ascii=False)))[:16]
