"""Time of work: what passes between two acts of a person, unless it is so long that they were elsewhere."""

from __future__ import annotations

IDLE = 60.0
"""Seconds; a longer gap between two acts is no work."""


class ActiveTime:
    """Adds up the seconds in which a person was at work. Times are those of a clock that never goes back."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._last: float | None = None

    def touch(self, now: float) -> None:
        """A key was pressed or the mouse used."""
        if self._last is not None and now - self._last <= IDLE:
            self.seconds += now - self._last
        self._last = now


def pace(judged: int, seconds: float) -> str:
    """How fast the work goes, as "1.4 a minute"; "" where too little was done to say."""
    return f"{60 * judged / seconds:.1f} a minute" if judged >= 2 and seconds >= 5 else ""


def lasted(seconds: float) -> str:
    """A time of work: "45 s", "12 min", "2 h 05 min"; "" for none."""
    minutes = round(seconds / 60)
    if seconds < 60:
        return f"{round(seconds)} s" if seconds >= 1 else ""
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"
