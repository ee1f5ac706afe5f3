"""Tags on articles and on verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from db.blind import visible
from db.errors import NotFound
from db.history import History
from db.records import Target
from db.store import Store
from db.texts import short, title

_CALLED: dict[Target, str] = {"article": "report", "verdict": "verdict"}
"""What people call what is tagged."""


class Tags:
    """The tags of a library. Names keep the case they were first written in and are compared without it."""

    def __init__(self, store: Store, history: History) -> None:
        self._store = store
        self._history = history

    def tag(self, target: Target, numbers: Iterable[int], names: Iterable[str]) -> None:
        """Put tags on articles or on verdicts, by their ids. A tag that is there already stays."""
        wanted, clean = list(dict.fromkeys(numbers)), _clean(names)
        with self._store.write() as connection:
            what, pair = self._about(target, wanted)
            with self._history.change(f"tagged {what}: {', '.join(clean)}", *pair) as change:
                for name in clean:
                    connection.execute("INSERT INTO tags (name) VALUES (?) ON CONFLICT DO NOTHING", (name,))
                    tag = int(self._store.value("SELECT id FROM tags WHERE name = ?", (name,)))
                    for number in wanted:
                        if self._tagging(target, number, tag) is None:
                            change.insert("taggings", {"tag_id": tag, f"{target}_id": number})

    def untag(self, target: Target, numbers: Iterable[int], names: Iterable[str]) -> None:
        """Take tags off articles or verdicts; a tag that is not there is no error."""
        wanted, clean = list(dict.fromkeys(numbers)), _clean(names)
        with self._store.write():
            what, pair = self._about(target, wanted)
            rows = (self._store.row("SELECT id, name FROM tags WHERE name = ?", (name,)) for name in clean)
            tags = {row["id"]: row["name"] for row in rows if row is not None}
            with self._history.change(f"untagged {what}: {', '.join(tags.values())}", *pair) as change:
                for tag in tags:
                    for number in wanted:
                        if (tagging := self._tagging(target, number, tag)) is not None:
                            change.delete("taggings", tagging, ("tag_id", f"{target}_id"))

    def names(self) -> list[tuple[str, int]]:
        """The tags in use, by name, each with how many articles and verdicts carry it."""
        return [
            (row[0], row[1])
            for row in self._store.rows(
                "SELECT t.name, count(*) FROM tags AS t JOIN taggings AS g ON g.tag_id = t.id"
                " LEFT JOIN articles AS a ON a.id = g.article_id LEFT JOIN verdicts AS v ON v.id = g.verdict_id"
                f" WHERE a.deleted_at IS NULL AND (v.id IS NULL OR {visible('v')}) GROUP BY t.id ORDER BY t.name"
            )
        ]

    def of(self, target: Target, number: int) -> tuple[str, ...]:
        """The tags of one article or verdict, by name."""
        return tuple(
            row[0]
            for row in self._store.rows(
                f"SELECT t.name FROM taggings AS g JOIN tags AS t ON t.id = g.tag_id WHERE g.{target}_id = ?"
                " ORDER BY t.name",
                (number,),
            )
        )

    def _tagging(self, target: Target, number: int, tag: int) -> int | None:
        found: int | None = self._store.value(
            f"SELECT id FROM taggings WHERE {target}_id = ? AND tag_id = ?", (number, tag)
        )
        return found

    def _about(self, target: Target, numbers: Sequence[int]) -> tuple[str, list[int]]:
        """What is tagged, in words, and the articles that it is about; raises ``NotFound`` for what is not there."""
        articles = "a_id, b_id" if target == "verdict" else "id"
        found: list[int] = []
        for number in numbers:
            row = self._store.row(f"SELECT {articles} FROM {target}s WHERE id = ?", (number,))
            if row is None:
                raise NotFound(self._store.path, f"there is no {_CALLED[target]} {number}")
            found += row
        what = self._name(target, numbers[0]) if len(numbers) == 1 else f"{len(numbers)} {_CALLED[target]}s"
        return what, list(dict.fromkeys(found))[:2]

    def _name(self, target: Target, number: int) -> str:
        if target == "article":
            return title(self._store, number)
        places = "SELECT exact FROM verdict_places WHERE verdict_id = ? ORDER BY side"
        return " against ".join(short(row["exact"]) for row in self._store.rows(places, (number,)))


def _clean(names: Iterable[str]) -> list[str]:
    """Names as they are kept: one line, without a comma, which parts tags in lists."""
    lines = (" ".join(name.replace(",", " ").split()) for name in names)
    return list(dict.fromkeys(line for line in lines if line))
