"""What a reviewer who judges blind is not shown: what others judged of the pairs of a review that is not finished."""

from __future__ import annotations

from db.store import Store

_REVIEWED = (
    "EXISTS (SELECT 1 FROM session_pairs AS _q JOIN sessions AS _s ON _s.id = _q.session_id"
    " WHERE _q.low_id = {low} AND _q.high_id = {high} AND _s.review_of IS NOT NULL AND _s.reviewer = reviewer_now()"
    " AND _s.finished_at IS NULL AND _s.deleted_at IS NULL)"
)


def visible(verdict: str) -> str:
    """The SQL condition that the reviewer may see the row of ``verdicts`` with this name in the query."""
    reviewed = _REVIEWED.format(low=f"{verdict}.a_id", high=f"{verdict}.b_id")
    return f"({verdict}.reviewer = reviewer_now() OR NOT {reviewed})"


def visible_event(event: str) -> str:
    """The same of a row of ``history``."""
    pair = ", ".join(f"json_extract({event}.pair, '$[{n}]')" for n in (0, 1))
    reviewed = _REVIEWED.format(low=f"min({pair})", high=f"max({pair})")
    return f"({event}.reviewer = reviewer_now() OR json_array_length({event}.pair) <> 2 OR NOT {reviewed})"


def is_blind(store: Store, low: int, high: int) -> bool:
    """Whether the reviewer judges this pair blind."""
    return bool(store.value(f"SELECT {_REVIEWED.format(low='?', high='?')}", (low, high)))


def is_blind_anywhere(store: Store) -> bool:
    """Whether the reviewer judges any pair blind."""
    return bool(
        store.value(
            "SELECT EXISTS (SELECT 1 FROM sessions WHERE review_of IS NOT NULL AND reviewer = reviewer_now()"
            " AND finished_at IS NULL AND deleted_at IS NULL)"
        )
    )
