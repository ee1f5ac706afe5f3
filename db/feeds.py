"""Feeds: which a person follows, where each stands with its server, and which of its entries were taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from db.errors import NotFound
from db.history import History
from db.records import Feed
from db.store import Store, written
from db.texts import short

_COLUMNS = """
    f.id, f.url, coalesce(nullif(f.title, ''), s.title, '') AS title, f.added_at,
    coalesce(s.etag, '') AS etag, coalesce(s.last_modified, '') AS last_modified, coalesce(s.checked_at, '') AS checked_at,
    coalesce(s.due_at, '') AS due_at, coalesce(s.failures, 0) AS failures, coalesce(s.problem, '') AS problem
"""


class Feeds:
    """The feeds of a library. Following and leaving one is a step of the history; where it stands is not."""

    def __init__(self, store: Store, history: History) -> None:
        self._store = store
        self._history = history

    def all(self) -> list[Feed]:
        """The feeds that are followed, in the order they were added."""
        return self._feeds("ORDER BY f.id")

    def due(self) -> list[Feed]:
        """Those that may be asked again, the one that waits longest first."""
        return self._feeds(
            "WHERE coalesce(s.due_at, '') <= ? ORDER BY coalesce(s.due_at, ''), f.id", (self._store.now(),)
        )

    def find(self, reference: str) -> Feed:
        """The feed that is meant: its number, its address, or how its title starts.

        Raises ``NotFound`` if there is none or if several answer to it.
        """
        wanted = reference.strip()
        every = self.all()
        by_title = [feed for feed in every if wanted and feed.title.casefold().startswith(wanted.casefold())]
        for found in ([f for f in every if str(f.id) == wanted], [f for f in every if f.url == wanted], by_title):
            if len(found) == 1:
                return found[0]
            if found:
                numbers = ", ".join(str(feed.id) for feed in found[:5]) + (" ..." if len(found) > 5 else "")
                raise NotFound(
                    self._store.path, f'"{wanted}" may be any of the feeds {numbers}', "name one by its number"
                )
        raise NotFound(self._store.path, f'no feed answers to "{wanted}"', "rashomon feeds lists them")

    def add(self, feeds: Iterable[tuple[str, str]]) -> int:
        """Follow feeds, each an address with a title or ""; how many were not followed yet."""
        count = 0
        with self._store.write():
            known = {feed.url for feed in self.all()}
            new: dict[str, str] = {}
            for url, title in feeds:
                if url not in known:
                    new.setdefault(url, title)
            name = short(next((title or url for url, title in new.items()), ""))
            if len(new) != 1:
                name = f"{len(new)} feeds"
            with self._history.change(f"followed {name}") as change:
                for url, title in new.items():
                    change.insert("feeds", {"url": url, "title": title, "added_at": self._store.now()})
                    count += 1
        return count

    def remove(self, numbers: Sequence[int]) -> None:
        """Follow feeds no more; the reports that came from them stay."""
        with self._store.write():
            these = [feed for feed in self.all() if feed.id in numbers]
            name = short(these[0].title or these[0].url) if len(these) == 1 else f"{len(these)} feeds"
            with self._history.change(f"left {name}") as change:
                for feed in these:
                    change.delete("feeds", feed.id, ("url", "title", "added_at"))

    def checked(
        self,
        url: str,
        again: timedelta,
        *,
        title: str | None = None,
        etag: str | None = None,
        modified: str | None = None,
        problem: str = "",
    ) -> None:
        """Keep what asking a feed came to, and that it may be asked again after a time.

        A ``problem`` counts as a failure, none ends the count. What is ``None`` stays as it was.
        """
        now = self._store.now()
        due = written(datetime.fromisoformat(now) + again)
        with self._store.write() as connection:
            connection.execute(
                "INSERT INTO feed_states (url, title, etag, last_modified, checked_at, due_at, failures, problem)"
                " VALUES (:url, coalesce(:title, ''), coalesce(:etag, ''), coalesce(:modified, ''), :now, :due, :failed, :problem)"
                " ON CONFLICT DO UPDATE SET title = coalesce(:title, title), etag = coalesce(:etag, etag),"
                " last_modified = coalesce(:modified, last_modified), checked_at = :now, due_at = :due,"
                " failures = CASE WHEN :failed THEN failures + 1 ELSE 0 END, problem = :problem",
                {"url": url, "title": title, "etag": etag, "modified": modified, "now": now, "due": due}
                | {"failed": int(bool(problem)), "problem": problem},
            )

    def unseen(self, url: str, entries: Sequence[str]) -> set[str]:
        """Which of the entries of a feed were not taken yet."""
        seen = {row[0] for row in self._store.rows("SELECT entry FROM feed_entries WHERE url = ?", (url,))}
        return set(entries) - seen

    def saw(self, url: str, entries: Iterable[str]) -> None:
        """Keep that entries of a feed were taken."""
        now = self._store.now()
        with self._store.write() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO feed_entries (url, entry, seen_at) VALUES (?, ?, ?)",
                [(url, entry, now) for entry in entries],
            )

    def forget(self, url: str, but: Iterable[str]) -> None:
        """Forget all entries of a feed ``but`` those that it still holds."""
        kept = set(but)
        gone = [
            (url, row[0])
            for row in self._store.rows("SELECT entry FROM feed_entries WHERE url = ?", (url,))
            if row[0] not in kept
        ]
        if gone:
            with self._store.write() as connection:
                connection.executemany("DELETE FROM feed_entries WHERE url = ? AND entry = ?", gone)

    def _feeds(self, where: str, params: Sequence[Any] = ()) -> list[Feed]:
        rows = self._store.rows(
            f"SELECT {_COLUMNS} FROM feeds AS f LEFT JOIN feed_states AS s USING (url) {where}", params
        )
        return [
            Feed(
                id=row["id"],
                url=row["url"],
                title=row["title"],
                added=row["added_at"],
                etag=row["etag"],
                modified=row["last_modified"],
                checked=row["checked_at"],
                due=row["due_at"],
                failures=row["failures"],
                problem=row["problem"],
            )
            for row in rows
        ]
