"""Reads a whole library through and says what is not as it should be."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

from db.errors import known
from db.history import History
from db.holds import HELD, found_again, selector_of
from db.records import Check
from db.selectors import CONTEXT, name
from db.store import Store

Report = Callable[[str], None]
_Found = tuple[str, list[str]]
"""What was found right, and what was found wrong."""
MANY = 20
"""Problems of one kind that are told one by one."""


def checks(store: Store, history: History, report: Report = lambda _: None) -> Iterator[Check]:
    """Each check with what it found, as it is done; ``report`` is told what is being read."""
    with store.read():
        looks: dict[str, Callable[[], _Found]] = {
            "file": lambda: _file(store),
            "references": lambda: _references(store),
            "search index": lambda: _index(store),
            "texts": lambda: _texts(store),
            "words": lambda: _words(store),
            "history": lambda: _history(history),
        }
        for title, look in looks.items():
            report(f"checking {title}")
            try:
                told, problems = look()
            except sqlite3.DatabaseError as error:
                told, problems = "", [str(known(store.path, error) or error)]
            more = [f"and {len(problems) - MANY:,} more"] if len(problems) > MANY else []
            yield Check(name=title, told=told, problems=(*problems[:MANY], *more))


def _file(store: Store) -> _Found:
    found = [row[0] for row in store.connection.execute(f"PRAGMA integrity_check({MANY + 1})")]
    pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
    return f"{pages:,} pages", [f"integrity: {line}" for line in found if line != "ok"]


def _references(store: Store) -> _Found:
    rows = store.connection.execute("PRAGMA foreign_key_check").fetchall()
    return "every row points to one that is there", [f"row {r[1]} of {r[0]} points to nothing in {r[2]}" for r in rows]


def _index(store: Store) -> _Found:
    with store.beside() as connection:
        try:
            connection.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                return "not checked: another program is writing", []
            return "", ["the search index is not that of the articles"]
    return "it is that of the articles", []


def _texts(store: Store) -> _Found:
    problems, count = [], 0
    for row in store.connection.execute("SELECT sha, body FROM texts"):
        count += 1
        if name(row["body"]) != row["sha"]:
            problems.append(f"text {row['sha'][:12]} is not what its name says: it was altered")
    return f"{count:,} texts are what their names say", problems


def _words(store: Store) -> _Found:
    """Whether the words of every verdict and correction stand where it says, in the text that was judged and now."""
    problems, counts = [], dict.fromkeys(("exact", "followed", "placed", "waiting", "orphan"), 0)
    for table in HELD:
        for row in store.connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall():
            counts[row["hold"]] = counts.get(row["hold"], 0) + 1
            selector = selector_of(row)
            what = f"row {row['id']} of {table}"
            text = store.connection.execute("SELECT body FROM texts WHERE sha = ?", (selector.sha,)).fetchone()
            if text is None:
                problems.append(f"{what}: the text that was judged is missing")
                continue
            string: str = text[0]
            around = string[max(0, selector.start - CONTEXT) : selector.start], string[selector.end :][:CONTEXT]
            if string[selector.start : selector.end] != selector.exact or around != (selector.prefix, selector.suffix):
                problems.append(f"{what}: its words do not stand where it says in the text that was judged")
            elif found_again(store.connection, row) != (row["hold"], row["now_start"], row["now_end"]):
                problems.append(f"{what}: where its words stand now is not up to date")
    told = ", ".join(f"{count:,} {hold}" for hold, count in counts.items() if count)
    return told or "nothing judged", problems


def _history(history: History) -> _Found:
    event = history.broken()
    head = history.head()
    told = f"one chain of events up to {head}" if head else "no event"
    problems = [] if event is None else [f"history was altered at event {event}"]
    if (merged := history.broken_merged()) is not None:
        problems.append(f"a history that was merged was altered at the event {merged[:12]}")
    return "" if problems else told, problems
