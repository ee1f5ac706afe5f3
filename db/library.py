"""The library: one file, and the parts through which it is used.

What is seldom done is imported when it is: the start waits for none of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from db import schema
from db.articles import Articles
from db.blind import visible
from db.candidates import Candidates
from db.comparisons import Comparisons
from db.conflicts import Conflicts
from db.copies import Progress, copy_whole, stamped
from db.errors import LibraryError
from db.events import Events
from db.facts import FactsCache
from db.feeds import Feeds
from db.furniture import Furniture
from db.history import History
from db.holds import HELD, settle
from db.preferences import Preferences
from db.rarities import Rarities
from db.readings import Readings
from db.records import Check, Merged, Stats
from db.sessions import Sessions
from db.settlements import Settlements
from db.store import Store, utc_now
from db.tags import Tags
from db.verdicts import Verdicts
from db.views import Views
from db.visits import Visits


class Library:
    """What is remembered. Safe to use from any thread; two programs may have it open at once.

    Every method raises ``LibraryError`` where the file or another program is in the way, and then has changed nothing.
    """

    def __init__(self, store: Store, reviewer: str) -> None:
        self._store = store
        self.reviewer = reviewer
        self.path = store.path
        self.history = History(store)
        self.feeds = Feeds(store, self.history)
        self.articles = Articles(store, self.history)
        self.facts = FactsCache(store)
        self.readings = Readings(store, self.history)
        self.comparisons = Comparisons(store, self.history, self.readings)
        self.conflicts = Conflicts(store)
        self.tags = Tags(store, self.history)
        self.verdicts = Verdicts(store, self.history, self.tags)
        self.candidates = Candidates(store, self.history)
        self.settlements = Settlements(store, self.history, self.tags)
        self.events = Events(store, self.history)
        self.visits = Visits(store)
        self.views = Views(store, self.history)
        self.preferences = Preferences(store)
        self.rarities = Rarities(store)
        self.furniture = Furniture(store)
        self.sessions = Sessions(store, self.history)

    @property
    def reviewer(self) -> str:
        """Who is at the keyboard: signs verdicts, corrections and history. "" signs with no name."""
        return self._store.reviewer

    @reviewer.setter
    def reviewer(self, name: str) -> None:
        self._store.reviewer = " ".join(name.split())

    @classmethod
    def open(
        cls, path: Path | str, *, reviewer: str = "", timeout: float = 5.0, clock: Callable[[], datetime] = utc_now
    ) -> Self:
        """Open the library in a file, which is made, private to the user, where it is missing.

        ``reviewer`` is who is at the keyboard. ``timeout`` is the seconds to wait for another program that writes.
        Raises ``LibraryError`` for a file that is not a library, is of a later version, or cannot be used.
        """
        store = Store(Path(path).expanduser().absolute(), timeout=timeout, clock=clock)
        try:
            store.open()
        except BaseException:
            store.close()
            raise
        return cls(store, reviewer)

    def be_patient(self, seconds: float) -> None:
        """Have this thread wait so long at most for another program that writes, instead of the ``timeout`` of all."""
        self._store.be_patient(seconds)

    def close(self) -> None:
        """Close the file in all threads. Closing twice is fine."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- keeping it

    def backup(
        self, target: Path | str | None = None, *, replace: bool = False, progress: Progress | None = None
    ) -> Path:
        """Copy the library, as it is at one moment, to a file or into a folder; where it went.

        Without a target it goes beside the library, with the time in its name. Others may write meanwhile. The copy is
        private to the user, read through before it gets its name, and takes the place of a file only with ``replace``.
        Raises ``LibraryError``.
        """
        beside = stamped(self.path, "", self._store.at())
        where = beside if target is None else Path(target).expanduser().absolute()
        if where.is_dir():
            where = where / beside.name
        if where == self.path:
            raise LibraryError(where, "is the library itself", "name another file")
        with self._store.connection.guard:
            copy_whole(self._store.connection, where, replace=replace, progress=progress)
        return where

    def check(self, report: Callable[[str], None] = lambda _: None) -> Iterator[Check]:
        """Read all of the library through; each check as it is done. ``report`` is told what is being read."""
        from db.checking import checks

        return checks(self._store, self.history, report)

    def find_words_again(self) -> int:
        """Find the words of every verdict and correction again; of how many that changed where they stand."""
        with self._store.write() as connection:
            before = connection.total_changes
            for table in HELD:
                settle(connection, [row[0] for row in self._store.rows(f"SELECT DISTINCT article_id FROM {table}")])
            return connection.total_changes - before

    def dump(self, folder: Path | str, progress: Progress | None = None) -> dict[str, int]:
        """Write the whole library to a new folder of plain files, from which ``db.restore`` makes it again.

        Returns how many rows of each table were written. Raises ``LibraryError`` where the folder cannot be made.
        """
        from db.plain_files import dump

        return dump(self._store, Path(folder).expanduser().absolute(), progress)

    def merge(self, path: Path | str, *, rehearse: bool = False, tell: Callable[[str], None] | None = None) -> Merged:
        """Join another library, or one that was written out as plain files, to this one; nothing of either is lost.

        One transaction; ``rehearse`` says what it would come to and changes nothing; ``tell`` is told what is done. The
        other is not changed. Raises ``LibraryError`` where it is no library, is damaged, or is of a later version.
        """
        where = Path(path).expanduser().absolute()
        from db.merging import merge

        return merge(self._store, self.history, where, rehearse=rehearse, tell=tell)

    def stats(self, *, check: bool = True) -> Stats:
        """What the library holds, without what the reviewer judges blind; with ``check`` its integrity, foreign keys and history are read through too."""
        with self._store.read():
            counts = {
                name: int(self._store.value(f"SELECT count(*) FROM {what}"))
                for name, what in {
                    "articles": "articles WHERE deleted_at IS NULL",
                    "deleted": "articles WHERE deleted_at IS NOT NULL",
                    "texts": "texts",
                    "facts": "(SELECT DISTINCT article_id FROM facts)",
                    "comparisons": "comparisons",
                    "conflicts": "conflicts",
                    "verdicts": f"verdicts AS v WHERE {visible('v')}",
                    "contradictions": f"verdicts AS v WHERE judgement = 'contradiction' AND {visible('v')}",
                    "orphaned": "verdicts AS v WHERE EXISTS (SELECT 1 FROM verdict_places WHERE verdict_id = v.id"
                    f" AND hold = 'orphan') AND {visible('v')}",
                    "waiting": "verdicts AS v WHERE EXISTS (SELECT 1 FROM verdict_places WHERE verdict_id = v.id"
                    f" AND hold = 'waiting') AND {visible('v')}",
                    "corrections": "corrections",
                    "corrections_orphaned": "corrections WHERE hold = 'orphan'",
                    "tags": "(SELECT DISTINCT tag_id FROM taggings)",
                    "sessions": "sessions WHERE deleted_at IS NULL",
                    "events": "history",
                }.items()
            }
            problems = self._problems() if check else ()
        return Stats(
            path=str(self.path),
            bytes=sum(p.stat().st_size for p in self._files()),
            schema=schema.VERSION,
            sqlite=sqlite3.sqlite_version,
            problems=problems,
            **counts,
        )

    def _files(self) -> list[Path]:
        beside = [self.path.with_name(self.path.name + suffix) for suffix in ("", "-wal")]
        return [path for path in beside if path.exists()]

    def _problems(self) -> tuple[str, ...]:
        found = [f"integrity: {row[0]}" for row in self._store.rows("PRAGMA integrity_check(10)") if row[0] != "ok"]
        found += [
            f"a row of {row[0]} points to nothing in {row[2]}" for row in self._store.rows("PRAGMA foreign_key_check")
        ]
        if (event := self.history.broken()) is not None:
            found.append(f"history was altered at event {event}")
        return tuple(found)
