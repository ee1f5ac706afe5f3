"""Settlements: what holds where reviewers judged differently. Their own verdicts stay as they are."""

from __future__ import annotations

from collections.abc import Sequence

from db.errors import NotFound
from db.history import History
from db.store import Store
from db.tags import Tags
from db.texts import short
from reader.nouns import Judgement, Kind

_COPIED = "article_id part exact prefix suffix start_char end_char text_sha".split()


def settled_by(reviewer: str) -> str:
    """How a settlement is signed."""
    return f"{reviewer} (settled)".strip()


class Settlements:
    """Verdicts that hold in place of others."""

    def __init__(self, store: Store, history: History, tags: Tags) -> None:
        self._store = store
        self._history = history
        self._tags = tags

    def settle(
        self,
        verdicts: Sequence[int],
        judgement: Judgement,
        *,
        kind: Kind | None = None,
        severity: int | None = None,
        outcome: str | None = None,
        note: str | None = None,
        tags: Sequence[str] = (),
    ) -> int:
        """Let a judgement hold in place of reviewers' own ``verdicts`` on the same words; the id of what holds.

        What is ``None`` is that of the first of them. A settlement that they have already is changed.
        Raises ``NotFound`` for a verdict that is not there.
        """
        with self._store.write():
            rows = [self._store.row("SELECT * FROM verdicts WHERE id = ?", (number,)) for number in verdicts]
            if missing := [n for n, row in zip(verdicts, rows, strict=True) if row is None]:
                raise NotFound(self._store.path, f"there is no verdict {missing[0]}")
            first = rows[0]
            assert first is not None
            given = {"kind": kind, "severity": severity, "outcome": outcome, "note": note}
            said = {c: first[c] if value is None else value for c, value in given.items()}
            words = self._store.rows("SELECT * FROM verdict_places WHERE verdict_id = ? ORDER BY side", (first["id"],))
            name = f"settled {' against '.join(short(row['exact']) for row in words)}: {judgement}"
            with self._history.change(name, first["a_id"], first["b_id"]) as change:
                now, reviewer = self._store.now(), settled_by(self._store.reviewer)
                values = {"judgement": judgement, **said, "reviewer": reviewer}
                marks = ", ".join("?" * len(verdicts))
                number: int | None = self._store.value(
                    f"SELECT verdict_id FROM settlements WHERE settled_id IN ({marks}) LIMIT 1", list(verdicts)
                )
                if number is None and first["fingerprint"]:
                    number = self._store.value(
                        "SELECT id FROM verdicts WHERE a_id = ? AND b_id = ? AND fingerprint = ? AND reviewer = ?",
                        (first["a_id"], first["b_id"], first["fingerprint"], reviewer),
                    )
                if number is None:
                    ids = {c: first[c] for c in ("a_id", "b_id", "fingerprint")}
                    dates = {"flagged": 0, "created_at": now, "updated_at": now}
                    number = change.insert("verdicts", {**ids, **values, **dates})
                    for row in words:
                        places = {"verdict_id": number, "side": row["side"], **{c: row[c] for c in _COPIED}}
                        change.insert("verdict_places", places)
                elif change.update("verdicts", number, values):
                    change.update("verdicts", number, {"updated_at": now})
                for settled in verdicts:
                    if self._store.value("SELECT 1 FROM settlements WHERE settled_id = ?", (settled,)) is None:
                        change.insert("settlements", {"verdict_id": number, "settled_id": settled})
                self._tags.untag("verdict", [number], self._tags.of("verdict", number))
                self._tags.tag("verdict", [number], tags)
            return number
