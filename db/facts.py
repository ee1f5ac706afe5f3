"""Facts, kept by text, title, date and version of the analysis."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from db.packing import pack, unpack
from db.records import Stored
from db.selectors import name
from db.store import Store
from reader.nouns import Article, Facts

VERSIONS = 2
"""How many versions of the facts of a Text are kept: two windows with settings of their own share a library."""


class FactsCache:
    """What was understood of articles. Disposable: it can be made again."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, stored: Stored, version: str) -> Facts | None:
        """The facts of an article by this version of the analysis, if they are kept."""
        blob = self._store.value(
            "SELECT data FROM facts WHERE text_sha = ? AND input_sha = ? AND version = ?",
            (*_key(stored.article), version),
        )
        return None if blob is None else unpack(blob, Facts, stored.article.body)

    def put(self, stored: Stored, facts: Facts) -> None:
        """Keep facts under the version they carry, beside those of the version that was kept last."""
        self.put_many([(stored, facts)])

    def put_many(self, made: Sequence[tuple[Stored, Facts]]) -> None:
        """Keep the facts of several articles in one transaction."""
        keyed = [
            (*_key(stored.article), facts.version, self._store.now(), pack(facts, stored.article.body))
            for stored, facts in made
        ]
        with self._store.write() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO facts (text_sha, input_sha, version, made_at, data) VALUES (?, ?, ?, ?, ?)",
                keyed,
            )
            connection.executemany(
                "DELETE FROM facts WHERE text_sha = ?1 AND input_sha = ?2 AND rowid NOT IN (SELECT rowid FROM facts"
                f" WHERE text_sha = ?1 AND input_sha = ?2 ORDER BY made_at DESC, rowid DESC LIMIT {VERSIONS})",
                [row[:2] for row in keyed],
            )

    def of(self, stored: Stored, version: str, make: Callable[[Article], Facts]) -> Facts:
        """The facts that are kept, or those that ``make`` makes, which are kept then."""
        if (facts := self.get(stored, version)) is None:
            facts = make(stored.article)
            self.put(stored, facts)
        return facts

    def missing(self, version: str) -> list[int]:
        """The ids of the articles whose newest Text, title and date have no facts of this version, in order."""
        kept = {
            (row["text_sha"], row["input_sha"])
            for row in self._store.rows("SELECT text_sha, input_sha FROM facts WHERE version = ?", (version,))
        }
        articles = self._store.rows(
            "SELECT id, text_sha, title, published FROM articles WHERE deleted_at IS NULL ORDER BY id"
        )
        return [
            row["id"] for row in articles if (row["text_sha"], _input_sha(row["title"], row["published"])) not in kept
        ]


def input_sha(article: Article) -> str:
    """Names what the analysis sees of an article beside its body."""
    return _input_sha(article.title, article.published)


def _input_sha(title: str, published: str) -> str:
    return name(json.dumps([title, published], ensure_ascii=False))


def _key(article: Article) -> tuple[str, str]:
    return article.text_sha, input_sha(article)
