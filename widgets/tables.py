"""Rows of named values as CSV and Markdown that no spreadsheet and no reader of Markdown takes for commands.

Knows no screen.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from widgets.layout import displayable

_FORMULA = tuple("=+-@＝＋－＠")
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
_BEGINS_BLOCK = re.compile(r"^(?:[-+](?=\s|$)|-(?=[-\s]*$)|=(?=[=\s]*$)|\d+(?=[.)](?:\s|$)))")


def cell(value: Any) -> str:
    """A value on one line, "" for none."""
    return " ".join(str("" if value is None else value).split())


def csv_of(rows: Sequence[dict[str, Any]]) -> str:
    """CSV that a spreadsheet opens as text: a cell that would be read as a formula gets an apostrophe (OWASP).

    Controls, which a terminal would obey, are replaced.
    """
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for values in (rows[0], *(row.values() for row in rows)):
        cells = (displayable(str("" if v is None else v)) for v in values)
        writer.writerow([f"'{c}" if c.lstrip().startswith(_FORMULA) else c for c in cells])
    return out.getvalue()


def markdown(text: Any) -> str:
    """Text on one line in which nothing is markup, and which begins no list, heading or line across the page."""
    return _BEGINS_BLOCK.sub(_escaped, _MARKS.sub(r"\\\1", displayable(cell(text))))


def _escaped(match: re.Match[str]) -> str:
    """A sign with a backslash before it; a number with one after it, before its point."""
    return f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}"


def markdown_table(rows: Sequence[dict[str, Any]]) -> str:
    """A Markdown table; a cell holds text only."""
    columns = list(rows[0]) if rows else []
    lines = [
        "| " + " | ".join(c if c.isidentifier() else markdown(c) for c in columns) + " |",
        "|" + " --- |" * len(columns),
    ]
    lines += ["| " + " | ".join(markdown(row[column]) for column in columns) + " |" for row in rows]
    return "\n".join(lines)


def json_text(value: Any) -> str:
    """A value as JSON for a file."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _json_lines_of(rows: Sequence[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


FORMS: Mapping[str, Callable[[Sequence[dict[str, Any]]], str]] = {
    ".csv": csv_of,
    ".md": lambda rows: markdown_table(rows) + "\n",
    ".json": json_text,
    ".jsonl": _json_lines_of,
}
"""How rows are written, by the end of the name of the file."""
