"""Rows of named values as CSV and Markdown that no spreadsheet and no reader of Markdown takes for commands.

Knows no screen.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def cell(value: Any) -> str:
    """A value on one line, "" for none."""
    return " ".join(str("" if value is None else value).split())


def csv_of(rows: Sequence[dict[str, Any]]) -> str:
    """CSV that a spreadsheet opens as text: a cell that would be read as a formula gets an apostrophe (OWASP)."""
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows[0])
    for row in rows:
        cells = (str("" if v is None else v) for v in row.values())
        writer.writerow([f"'{c}" if c.startswith(_FORMULA) else c for c in cells])
    return out.getvalue()


def markdown(text: Any) -> str:
    """Text on one line in which nothing is markup."""
    return _MARKS.sub(r"\\\1", cell(text))


def markdown_table(rows: Sequence[dict[str, Any]]) -> str:
    """A Markdown table; a cell holds text only."""
    columns = list(rows[0]) if rows else []
    lines = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(markdown(row[column]) for column in columns) + " |" for row in rows]
    return "\n".join(lines)


def _json_of(rows: Sequence[dict[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _json_lines_of(rows: Sequence[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


FORMS: Mapping[str, Callable[[Sequence[dict[str, Any]]], str]] = {
    ".csv": csv_of,
    ".md": lambda rows: markdown_table(rows) + "\n",
    ".json": _json_of,
    ".jsonl": _json_lines_of,
}
"""How rows are written, by the end of the name of the file."""


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all: what was there stays until the new one is on disk. Raises ``OSError``."""
    part = path.with_name(f".{path.name[:40]}.{os.getpid()}.part")
    try:
        with part.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
