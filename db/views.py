"""Views: searches that a person saved under a digit."""

from __future__ import annotations

from typing import Any

from db.history import History
from db.records import Sort, View
from db.store import Store
from db.texts import short

DIGITS = range(1, 10)


class Views:
    """The saved views of a library, one a digit. Every change of one is a step of the history."""

    def __init__(self, store: Store, history: History) -> None:
        self._store = store
        self._history = history

    def all(self) -> list[View]:
        """The views in the order of their digits."""
        return [_view(row) for row in self._store.rows("SELECT * FROM views ORDER BY digit")]

    def get(self, digit: int) -> View | None:
        """The view under a digit, ``None`` where there is none."""
        row = self._row(digit)
        return None if row is None else _view(row)

    def save(self, digit: int, name: str, line: str, sort: Sort | None = None, descending: bool = True) -> View:
        """Save a search under a digit, in place of what is there; ``sort`` is ``None`` for the usual order."""
        if digit not in DIGITS:
            raise ValueError(f"views stand under 1 to 9, not {digit}")
        name = " ".join(name.split()) or line or "All reports"
        values = {"name": name, "line": line, "sort": sort or "", "descending": int(descending)}
        with self._store.write(), self._history.change(f"saved view {digit}, {short(name)}") as change:
            row = self._row(digit)
            if row is None:
                change.insert("views", {"digit": digit, **values})
            else:
                change.update("views", row["id"], values)
        return View(digit=digit, name=name, line=line, sort=sort, descending=descending)

    def rename(self, digit: int, name: str) -> None:
        """Give a view another name; no name leaves it as it is."""
        name = " ".join(name.split())
        with self._store.write():
            row = self._row(digit)
            if row is not None and name:
                with self._history.change(f"renamed view {digit} to {short(name)}") as change:
                    change.update("views", row["id"], {"name": name})

    def delete(self, digit: int) -> None:
        """Free a digit; what the view listed stays."""
        with self._store.write():
            row = self._row(digit)
            if row is not None:
                with self._history.change(f"deleted view {digit}, {short(row['name'])}") as change:
                    change.delete("views", row["id"], ("digit", "name", "line", "sort", "descending"))

    def _row(self, digit: int) -> Any | None:
        return self._store.row("SELECT * FROM views WHERE digit = ?", (digit,))


def _view(row: Any) -> View:
    return View(
        digit=row["digit"],
        name=row["name"],
        line=row["line"],
        sort=row["sort"] or None,
        descending=bool(row["descending"]),
    )
