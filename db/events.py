"""The events of the news: which reports tell of the same one.

The machine places a report once, in an event that is there or in one of its own, and neither moves it nor joins two
events. All else is done by a person, is a step of the history, and so is never undone by the machine: what a person
parted cannot come together again through a report that is placed later.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from db import search
from db.errors import LibraryError, NotFound
from db.history import Change, History
from db.records import EventPair, EventQuery, EventRow, Standing
from db.store import Store
from db.texts import short, title

EVERY_EVENT = EventQuery()

_ORDER = {
    "published": "e.last_published",
    "reports": "e.reports",
    "outlets": "e.outlets",
    "open": "coalesce(o.open, 0)",
}
# Two comparisons of one pair may be kept, one for each order of the sides: a conflict counts once.
_OPEN_BY_EVENT = (
    "SELECT m.event_id, count(*) AS open"
    f" FROM (SELECT DISTINCT min(c.a_id, c.b_id) AS low, max(c.a_id, c.b_id) AS high, c.fingerprint {search.OPEN}) AS c"
    " JOIN event_members AS m ON m.id = c.low JOIN event_members AS n ON n.id = c.high AND n.event_id = m.event_id"
    " GROUP BY m.event_id"
)
_PAIRS = (
    "SELECT DISTINCT min(m.id, n.id) AS low, max(m.id, n.id) AS high FROM event_members AS m"
    " JOIN comparisons AS k ON k.a_id = m.id JOIN event_members AS n ON n.id = k.b_id AND n.event_id = m.event_id"
    " JOIN articles AS x ON x.id = m.id JOIN articles AS y ON y.id = n.id"
    " WHERE m.event_id = {event} AND x.deleted_at IS NULL AND y.deleted_at IS NULL"
)
_OPEN_OF_PAIR = (
    f"(SELECT count(DISTINCT c.fingerprint) {search.OPEN} AND c.a_id IN (p.low, p.high) AND c.b_id IN (p.low, p.high))"
)
_EARLIEST = (
    "SELECT CASE WHEN a.title <> '' THEN a.title ELSE '(' ||"
    " (SELECT substr(t.body, 1, 60) FROM texts AS t WHERE t.sha = a.text_sha) || ' …)' END"
    " FROM event_members AS m JOIN articles AS a ON a.id = m.id WHERE m.event_id = e.id AND a.deleted_at IS NULL"
    " ORDER BY a.title = '', a.published_utc = '', a.published_utc, a.id LIMIT 1"
)


class Events:
    """The events of a library. A deleted report keeps its place and is not counted."""

    def __init__(self, store: Store, history: History) -> None:
        self._store = store
        self._history = history

    # --- placed by the machine

    def unplaced(self) -> list[int]:
        """The articles that are of no event yet, in the order in which they were added."""
        return [
            row[0]
            for row in self._store.rows(
                "SELECT id FROM articles WHERE deleted_at IS NULL AND id NOT IN (SELECT id FROM event_members) ORDER BY id"
            )
        ]

    def place(self, article: int, beside: int | None = None) -> int:
        """Place a report in the event that ``beside`` is of, or in a new one; the event. Says nothing to the history.

        A report that has its place keeps it. Raises ``NotFound`` where there is no such article.
        """
        with self._store.write() as connection:
            if (placed := self.of(article)) is not None:
                return placed
            self._check([article])
            event = None if beside is None else self.of(beside)
            if event is None:
                event = self._found()
            connection.execute("INSERT INTO event_members VALUES (?, ?, 'machine')", (article, event))
            return event

    def standing(self, article: int, others: Sequence[int]) -> dict[int, Standing]:
        """How the events look that ``others`` are of to ``article``, which may join one; by article.

        Left out are articles without an event, and events that hold a report which a person dismissed as its partner.
        """
        rows = self._store.rows(
            "WITH near AS (SELECT id, event_id FROM event_members WHERE id IN (SELECT value FROM json_each(:others))),"
            " barred AS (SELECT m.event_id FROM event_members AS m WHERE m.id IN ("
            "   SELECT b_id FROM dismissals WHERE a_id = :article UNION SELECT a_id FROM dismissals WHERE b_id = :article)),"
            " days AS (SELECT m.event_id, coalesce(min(nullif(a.published_utc, '')), '') AS first,"
            "   coalesce(max(a.published_utc), '') AS last FROM event_members AS m JOIN articles AS a ON a.id = m.id"
            "   WHERE m.event_id IN (SELECT event_id FROM near) AND m.placed_by = 'machine' AND a.deleted_at IS NULL"
            "   GROUP BY m.event_id)"
            " SELECT n.id, n.event_id, e.reports, coalesce(d.first, '') AS first, coalesce(d.last, '') AS last"
            " FROM near AS n JOIN events AS e ON e.id = n.event_id LEFT JOIN days AS d ON d.event_id = n.event_id"
            " WHERE n.event_id NOT IN (SELECT event_id FROM barred)",
            {"article": article, "others": json.dumps(list(others))},
        )
        return {
            row["id"]: Standing(event=row["event_id"], reports=row["reports"], first=row["first"], last=row["last"])
            for row in rows
        }

    # --- changed by a person

    def rename(self, event: int, name: str) -> None:
        """Name an event; "" lets it be called by the title of a report again."""
        name = " ".join(name.split())
        with self._store.write():
            before = self.get(event)
            said = (
                f"named event {short(before.called)} {short(name)}"
                if name
                else f"took the name off {short(before.name)}"
            )
            with self._history.change(said) as change:
                change.update("events", event, {"name": name})

    def split(self, articles: Iterable[int], name: str = "") -> int:
        """Put reports in an event of their own, apart from those that they were with; the new event.

        Raises ``LibraryError`` where they are all the reports of one event: nothing would be parted.
        """
        wanted = list(dict.fromkeys(articles))
        with self._store.write():
            self._check(wanted)
            events = {self.of(article) for article in wanted}
            if len(events) == 1 and (only := events.pop()) is not None and self.get(only).reports <= len(wanted):
                raise LibraryError(self._store.path, "these are all its reports", "choose some of them to split off")
            what = self._what(wanted)
            with self._history.change(f"split {what} off into an event of {_own(wanted)}", *wanted[:2]) as change:
                event = self._found(" ".join(name.split()))
                self._put(change, wanted, event)
            return event

    def merge(self, event: int, into: int) -> None:
        """Put all reports of one event in another, which keeps its name, or takes that of the first if it has none."""
        if event == into:
            raise LibraryError(self._store.path, "an event is merged with another one", "choose another")
        with self._store.write():
            first, second = self.get(event), self.get(into)
            with self._history.change(f"merged {short(first.called)} into {short(second.called)}") as change:
                self._put(change, self._members(event), into)
                if first.name and not second.name:
                    change.update("events", into, {"name": first.name})

    def move(self, articles: Iterable[int], event: int) -> None:
        """Put reports in another event."""
        wanted = list(dict.fromkeys(articles))
        with self._store.write():
            self._check(wanted)
            named = short(self.get(event).called)
            with self._history.change(f"moved {self._what(wanted)} to event {named}", *wanted[:2]) as change:
                self._put(change, wanted, event)

    def _put(self, change: Change, articles: Sequence[int], event: int) -> None:
        values = {"event_id": event, "placed_by": "person"}
        for article in articles:
            if self.of(article) is None:
                change.insert("event_members", {"id": article, **values})
            else:
                change.update("event_members", article, values)

    def _found(self, name: str = "") -> int:
        """A new event. Not a row of the history: undoing takes reports out of it, and then it is out of sight."""
        with self._store.write() as connection:
            return int(connection.execute("INSERT INTO events (name) VALUES (?)", (name,)).lastrowid or 0)

    def _check(self, articles: Sequence[int]) -> None:
        known = {
            row[0]
            for row in self._store.rows(
                "SELECT id FROM articles WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(articles)),)
            )
        }
        if missing := [article for article in articles if article not in known]:
            raise NotFound(self._store.path, f"there is no report {missing[0]}")
        if not articles:
            raise LibraryError(self._store.path, "no report is named", "choose one")

    def _what(self, articles: Sequence[int]) -> str:
        return title(self._store, articles[0]) if len(articles) == 1 else f"{len(articles)} reports"

    # --- looking

    def of(self, article: int) -> int | None:
        """The event that a report is of, ``None`` if it was not placed yet."""
        event: int | None = self._store.value("SELECT event_id FROM event_members WHERE id = ?", (article,))
        return event

    def get(self, event: int) -> EventRow:
        """The event with this id; raises ``NotFound`` where it has no report."""
        found = self._rows([event])
        if not found:
            raise NotFound(self._store.path, f"there is no event {event}", "rashomon events lists them")
        return found[0]

    def members(self, event: int) -> list[int]:
        """The reports of an event that are not deleted, the earliest first; those without a date last."""
        return [
            row[0]
            for row in self._store.rows(
                "SELECT a.id FROM event_members AS m JOIN articles AS a ON a.id = m.id"
                " WHERE m.event_id = ? AND a.deleted_at IS NULL ORDER BY a.published_utc = '', a.published_utc, a.id",
                (event,),
            )
        ]

    def _members(self, event: int) -> list[int]:
        """The same with those that are deleted."""
        return [row[0] for row in self._store.rows("SELECT id FROM event_members WHERE event_id = ?", (event,))]

    def pairs(self, event: int) -> list[EventPair]:
        """The pairs of an event that were compared, those with the most open conflicts first."""
        place = {article: n for n, article in enumerate(self.members(event))}
        found = []
        for row in self._store.rows(
            f"SELECT p.low, p.high, {_OPEN_OF_PAIR} AS open FROM ({_PAIRS.format(event='?')}) AS p", (event,)
        ):
            a, b = sorted((row["low"], row["high"]), key=place.__getitem__)
            found.append(EventPair(a_id=a, b_id=b, open=row["open"]))
        return sorted(found, key=lambda pair: (-pair.open, place[pair.a_id], place[pair.b_id]))

    def page(self, query: EventQuery = EVERY_EVENT, offset: int = 0, limit: int = 50) -> list[EventRow]:
        """The events of a query from ``offset``; a ``limit`` of -1 is none."""
        condition, params = _where(query)
        way = "DESC" if query.descending else "ASC"
        opened = f"LEFT JOIN ({_OPEN_BY_EVENT}) AS o ON o.event_id = e.id" if query.sort == "open" else ""
        rows = self._store.rows(
            f"SELECT e.id FROM events AS e {opened} WHERE {condition}"
            f" ORDER BY {_ORDER[query.sort]} {way}, e.id {way} LIMIT ? OFFSET ?",
            (*params, limit, offset),
        )
        return self._rows([row[0] for row in rows])

    def count(self, query: EventQuery = EVERY_EVENT) -> int:
        """How many events a query finds."""
        condition, params = _where(query)
        return int(self._store.value(f"SELECT count(*) FROM events AS e WHERE {condition}", params))

    def _rows(self, events: Sequence[int]) -> list[EventRow]:
        pairs = _PAIRS.format(event="e.id")
        rows = {
            row["id"]: row
            for row in self._store.rows(
                f"SELECT e.*, ({_EARLIEST}) AS title, (SELECT count(*) FROM ({pairs})) AS compared,"
                f" coalesce((SELECT sum({_OPEN_OF_PAIR}) FROM ({pairs}) AS p), 0) AS open"
                " FROM events AS e WHERE e.reports > 0 AND e.id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(events)),),
            )
        }
        return [_event(rows[event]) for event in events if event in rows]


def _where(query: EventQuery) -> tuple[str, list[Any]]:
    """The conditions on ``events AS e`` and their parameters."""
    conditions: list[str] = ["e.reports > 0", "e.reports >= ?"]  # the first for the indexes
    params: list[Any] = [query.least]
    if words := search.match(query.text):
        parts = [word.strip('"*') for word in query.text.split()]
        named = " AND ".join(["e.name LIKE ? ESCAPE '\\'"] * len(parts))
        conditions.append(
            "(e.id IN (SELECT m.event_id FROM articles_fts AS f JOIN event_members AS m ON m.id = f.rowid"
            f" JOIN articles AS a ON a.id = f.rowid WHERE articles_fts MATCH ? AND a.deleted_at IS NULL) OR {named})"
        )
        params += [f"title : ({words})", *(f"%{search.literal(part)}%" for part in parts)]
    if query.undecided:
        conditions.append(f"e.id IN (SELECT event_id FROM ({_OPEN_BY_EVENT}))")
    return " AND ".join(conditions), params


def _event(row: Any) -> EventRow:
    return EventRow(
        id=row["id"],
        name=row["name"],
        title=" ".join(row["title"].split()),
        reports=row["reports"],
        outlets=row["outlets"],
        first=row["first_published"],
        last=row["last_published"],
        compared=row["compared"],
        open=row["open"],
    )


def _own(articles: Sequence[int]) -> str:
    return "its own" if len(articles) == 1 else "their own"
