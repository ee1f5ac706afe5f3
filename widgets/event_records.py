"""What is told of an event in a column, and in a file."""

from __future__ import annotations

from typing import Any

from db import EventRow


def days_of(event: EventRow) -> str:
    """The days from the first report to the last, "" where none is dated."""
    first, last = event.first[:10], event.last[:10]
    return first if first == last else f"{first} – {last}"


def record(event: EventRow) -> dict[str, Any]:
    """What is written of an event."""
    known = {"event": event.id, "name": event.called, "named": bool(event.name)}
    dates = {"first": event.first, "last": event.last}
    counts = {"reports": event.reports, "outlets": event.outlets, "pairs": event.pairs}
    return {**known, **dates, **counts, "compared": event.compared, "open": event.open}
