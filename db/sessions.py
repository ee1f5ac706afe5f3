"""Sessions: queues of pairs, worked through by one reviewer, and judged blind by a second one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from db.errors import LibraryError, NotFound
from db.history import History
from db.records import Session, SessionPair
from db.store import Store
from db.texts import short

LONGEST = 1000
"""Pairs in one session, at most."""

_SELECT = """
SELECT s.*, count(q.id) AS pairs, coalesce(sum(q.seconds), 0) AS seconds, count(v.total) AS counted,
       count(CASE WHEN v.decided >= v.total THEN 1 END) AS done,
       coalesce(sum(CASE WHEN v.total IS NOT NULL THEN v.decided END), 0) AS decided, coalesce(sum(v.total), 0) AS total
FROM sessions AS s
LEFT JOIN session_pairs AS q ON q.session_id = s.id
LEFT JOIN visits AS v ON v.a_id = q.low_id AND v.b_id = q.high_id AND v.reviewer = s.reviewer
"""


class Sessions:
    """The sessions of a library. Making, naming, handing over, finishing and deleting one are steps of the history."""

    def __init__(self, store: Store, history: History) -> None:
        self._store = store
        self._history = history

    # --- changing

    def make(self, name: str, pairs: Sequence[tuple[int, int]], made_from: str = "") -> Session:
        """Queue pairs of articles for the reviewer, each pair once, in this order; ``made_from`` says whence, in words.

        Raises ``LibraryError`` where there is no pair, or more than ``LONGEST``.
        """
        once: dict[frozenset[int], tuple[int, int]] = {}
        for pair in pairs:
            once.setdefault(frozenset(pair), pair)
        queue = list(once.values())
        if not queue:
            raise LibraryError(self._store.path, "a session needs a pair", "choose reports that have partners")
        if len(queue) > LONGEST:
            raise LibraryError(
                self._store.path, f"a session holds {LONGEST:,} pairs, not {len(queue):,}", "choose fewer reports"
            )
        return self._make(name, queue, made_from, self._store.reviewer, None)

    def _make(
        self, name: str, queue: Sequence[tuple[int, int]], made_from: str, reviewer: str, review_of: int | None
    ) -> Session:
        name = self._named(name)
        verb = "handed" if review_of else "made session"
        said = f"{verb} {short(name)}" + (f" to {reviewer} to judge blind" if review_of else "")
        with self._history.change(said) as change:
            now = self._store.now()
            number = change.insert(
                "sessions",
                {"name": name, "made_from": made_from, "reviewer": reviewer, "review_of": review_of}
                | {"started_at": now, "left_at": now},
            )
            for position, (a, b) in enumerate(queue):
                values = {"session_id": number, "position": position, "a_id": a, "b_id": b}
                change.insert("session_pairs", values)
        return self.get(number)

    def rename(self, number: int, name: str) -> Session:
        """Give a session another name."""
        with self._store.write():
            session, name = self.get(number), self._named(name)
            with self._history.change(f"renamed session {short(session.name)} to {short(name)}") as change:
                change.update("sessions", number, {"name": name})
            return self.get(number)

    def delete(self, number: int) -> None:
        """Delete a session, with the blind reviews of it; what was judged stays.

        One's own blind review is finished by that for good: what others judged is seen from then on.
        """
        with self._store.write():
            session = self.get(number)
            if session.blind and session.reviewer == self._store.reviewer:
                self.finish(number)
            with self._history.change(f"deleted session {short(session.name)}") as change:
                for row in self._store.rows(
                    "SELECT id FROM sessions WHERE ? IN (id, review_of) AND deleted_at IS NULL", (number,)
                ):
                    change.update("sessions", row["id"], {"deleted_at": self._store.now()})

    def finish(self, number: int) -> Session:
        """Say that a session is over. A blind review sees from then on what the others judged: no step to undo."""
        return self._finish(number, "finished", self._store.now())

    def reopen(self, number: int) -> Session:
        """Take up a finished session again. Raises ``LibraryError`` for a blind review, whose others were seen."""
        if self.get(number).review_of is not None:
            raise LibraryError(
                self._store.path,
                "a blind review stays finished once the others' judgements were shown",
                "hand it over again",
            )
        return self._finish(number, "reopened", None)

    def _finish(self, number: int, verb: str, moment: str | None) -> Session:
        with self._store.write():
            session = self.get(number)
            undoable = session.review_of is None
            with self._history.change(f"{verb} session {short(session.name)}", undoable=undoable) as change:
                change.update("sessions", number, {"finished_at": moment})
            return self.get(number)

    def hand_over(self, number: int, reviewer: str) -> Session:
        """Queue the pairs of a session for a second reviewer, who judges blind: sees nothing of what others judged.

        Raises ``LibraryError`` for its own reviewer, no name, or one who reviews it already.
        """
        reviewer = " ".join(reviewer.split())
        with self._store.write():
            first = self.get(number)
            if first.review_of is not None:
                first = self.get(first.review_of)
            if not reviewer or reviewer == first.reviewer:
                raise LibraryError(
                    self._store.path,
                    f"a second reviewer is somebody else than {first.reviewer or 'the first'}",
                    "write another name",
                )
            if any(review.reviewer == reviewer for review in self.reviews(first.id)):
                raise LibraryError(self._store.path, f"{reviewer} has this session already", "choose it in the list")
            queue = [(pair.a_id, pair.b_id) for pair in self.pairs(first.id)]
            return self._make(first.name, queue, first.made_from, reviewer, first.id)

    def leave(self, number: int, position: int, seconds: float = 0.0) -> None:
        """Remember the pair at which a session is left, and ``seconds`` more of work on it. No step of the history."""
        with self._store.write() as connection:
            found = connection.execute(
                "UPDATE session_pairs SET seconds = seconds + ? WHERE session_id = ? AND position = ?",
                (seconds, number, position),
            ).rowcount
            if not found:
                raise NotFound(self._store.path, f"there is no pair {position + 1} in session {number}")
            connection.execute(
                "UPDATE sessions SET position = ?, left_at = ? WHERE id = ?", (position, self._store.now(), number)
            )

    def _named(self, name: str) -> str:
        if not (name := " ".join(name.split())):
            raise LibraryError(self._store.path, "a session needs a name", "write one")
        return name

    # --- looking

    def get(self, number: int) -> Session:
        """The session with this id; raises ``NotFound``."""
        found = self._sessions("s.id = ?", (number,))
        if not found:
            raise NotFound(self._store.path, f"there is no session {number}", "rashomon sessions lists them")
        return found[0]

    def recent(self, limit: int = 50) -> list[Session]:
        """The sessions of all reviewers, the one left last first."""
        return self._sessions("1", (), limit)

    def reviews(self, number: int) -> list[Session]:
        """The blind reviews of a session, the latest first."""
        return self._sessions("s.review_of = ?", (number,))

    def _sessions(self, where: str, params: Sequence[Any], limit: int = -1) -> list[Session]:
        rows = self._store.rows(
            f"{_SELECT} WHERE s.deleted_at IS NULL AND {where} GROUP BY s.id ORDER BY s.left_at DESC, s.id DESC LIMIT ?",
            (*params, limit),
        )
        return [_session(row) for row in rows]

    def pairs(self, number: int) -> list[SessionPair]:
        """The pairs of a session in their order."""
        rows = self._store.rows(
            "SELECT q.*, a.title AS a_title, b.title AS b_title, a.source AS a_source, b.source AS b_source,"
            " coalesce(v.decided, 0) AS decided, v.total"
            " FROM session_pairs AS q JOIN sessions AS s ON s.id = q.session_id"
            " JOIN articles AS a ON a.id = q.a_id JOIN articles AS b ON b.id = q.b_id"
            " LEFT JOIN visits AS v ON v.a_id = q.low_id AND v.b_id = q.high_id AND v.reviewer = s.reviewer"
            " WHERE q.session_id = ? ORDER BY q.position",
            (number,),
        )
        return [SessionPair(**{field: row[field] for field in SessionPair.__struct_fields__}) for row in rows]


def _session(row: Any) -> Session:
    return Session(
        id=row["id"],
        name=row["name"],
        made_from=row["made_from"],
        reviewer=row["reviewer"],
        review_of=row["review_of"],
        position=row["position"],
        pairs=row["pairs"],
        counted=row["counted"],
        done=row["done"],
        decided=row["decided"],
        total=row["total"],
        seconds=row["seconds"],
        started=row["started_at"],
        left=row["left_at"],
        finished=row["finished_at"] or "",
    )
