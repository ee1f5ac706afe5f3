"""Facts, kept by text, title, date and version of the analysis."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from typing import TypeVar

import msgspec

from db.records import Stored
from db.selectors import name
from db.store import Store
from reader.nouns import Article, Facts

T = TypeVar("T")


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
        return None if blob is None else unpack(blob, Facts)

    def put(self, stored: Stored, facts: Facts) -> None:
        """Keep facts under the version they carry, in place of those of earlier versions."""
        key = _key(stored.article)
        with self._store.write() as connection:
            connection.execute("DELETE FROM facts WHERE text_sha = ? AND input_sha = ?", key)
            connection.execute(
                "INSERT INTO facts (text_sha, input_sha, version, made_at, data) VALUES (?, ?, ?, ?, ?)",
                (*key, facts.version, self._store.now(), pack(facts)),
            )

    def of(self, stored: Stored, version: str, make: Callable[[Article], Facts]) -> Facts:
        """The facts that are kept, or those that ``make`` makes, which are kept then."""
        if (facts := self.get(stored, version)) is None:
            facts = make(stored.article)
            self.put(stored, facts)
        return facts

    def missing(self, version: str) -> list[int]:
        """The ids of the articles that have no facts of this version for their newest Text, in order."""
        return [
            row["id"]
            for row in self._store.rows(
                "SELECT a.id FROM articles AS a WHERE a.deleted_at IS NULL AND NOT EXISTS"
                " (SELECT 1 FROM facts AS f WHERE f.text_sha = a.text_sha AND f.version = ?) ORDER BY a.id",
                (version,),
            )
        ]


def input_sha(article: Article) -> str:
    """Names what the analysis sees of an article beside its body."""
    return name(json.dumps([article.title, article.published], ensure_ascii=False))


def _key(article: Article) -> tuple[str, str]:
    return article.text_sha, input_sha(article)


def pack(value: msgspec.Struct) -> bytes:
    """A value as compressed MessagePack."""
    return zlib.compress(msgspec.msgpack.encode(value), 3)


def unpack(blob: bytes, kind: type[T]) -> T | None:
    """A packed value, ``None`` if it was written by a version whose nouns differ."""
    try:
        return msgspec.msgpack.decode(zlib.decompress(blob), type=kind)
    except (msgspec.MsgspecError, zlib.error):
        return None
