"""The table of an event in words: what its signs mean, how a cell is said, and its rows for a file. Knows no screen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from db import Stored
from reader.event_table import Clash, Row, State, Subject, Telling
from widgets.citation import name_of
from widgets.tables import cell

SIGNS: Mapping[State, str] = {"conflict": "≠", "differs": "±", "agreed": "=", "alone": "·"}
"""What stands before a row."""
MEANINGS: Mapping[State, str] = {
    "conflict": "They conflict",
    "differs": "Told differently; no conflict is shown",
    "agreed": "All that tell it tell it alike",
    "alone": "One report tells it",
}
SUBJECTS: Mapping[Subject, str] = {
    "counted": "What is counted or measured",
    "timed": "What is timed",
    "claimed": "What is claimed",
    "named": "Who is named",
}
_SIDE_A, _SIDE_B = re.compile(r"^A:"), re.compile(r"· B:")
_IN_A, _IN_B = re.compile(r"\bin A\b"), re.compile(r"\bin B\b")
SILENT = "–"
"""What stands where a report says nothing."""


def head(stored: Stored) -> str:
    """What a column is called: outlet and day, or the title where no outlet is known."""
    article = stored.article
    return " ".join(filter(None, (article.source or name_of(article), article.published[:10])))


def said(telling: Telling) -> str:
    """A telling with how it is read and who says it: "a few dozen fighters [24-60] (the guild)"."""
    read = f" [{telling.read}]" if telling.read else ""
    speaker = f" ({telling.speaker})" if telling.speaker and telling.speaker not in telling.text else ""
    return cell(f"{'denies: ' if telling.denied else ''}{telling.text}{read}{speaker}")


def told(row: Row, column: int) -> str:
    """What a cell tells, on one line, the chief of it first."""
    return " · ".join(dict.fromkeys(map(said, row.cells[column]))) or SILENT


def cell_text(row: Row, column: int) -> str:
    """A cell on one line: the letter of those who tell it alike, then what it tells."""
    return f"{row.groups[column]} {told(row, column)}".strip()


def why(clash: Clash, reports: Sequence[Stored]) -> str:
    """Why two reports conflict, by their outlets, for A and B are others in a table."""
    a, b = (cell(reports[at].article.source) or f"#{reports[at].id}" for at in (clash.a, clash.b))
    reason = _SIDE_A.sub(lambda _: f"{a}:", cell(clash.conflict.reason))
    reason = _IN_A.sub(lambda _: f"in {a}", _IN_B.sub(lambda _: f"in {b}", _SIDE_B.sub(lambda _: f"· {b}:", reason)))
    benign = f" (perhaps: {clash.conflict.benign})" if clash.conflict.benign else ""
    between = "" if reason.startswith(f"{a}:") else f" {a} against {b}:"
    return f"{clash.conflict.confidence:.0%}{between} {reason}{benign}"


def records(reports: Sequence[Stored], rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows for a file: a column for each report, all that it tells in it, parted by " | "."""
    heads = _heads(reports)
    return [
        {"thing": row.thing, "subject": row.subject, "state": row.state, "confidence": row.confidence or ""}
        | {
            name: " ".join(filter(None, (group, " | ".join(map(said, tellings)))))
            for name, group, tellings in zip(heads, row.groups, row.cells, strict=True)
        }
        | {"conflicts": " | ".join(dict.fromkeys(why(clash, reports) for clash in row.clashes))}
        for row in rows
    ]


def _heads(reports: Sequence[Stored]) -> list[str]:
    """The names of the columns, each with the number of its report, so that no two are one."""
    return [f"{cell(head(stored))} #{stored.id}" for stored in reports]
