"""What commands share: the library they work on, and how they print."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

import click
import platformdirs

from db import Library, Stored
from reader import settings
from reader.hostile import harmless, one_line
from widgets.config import Config
from widgets.exports.files import end_for, end_of, write_whole

_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What JSON leaves as it is and a terminal obeys, or is misled by."""


def default_database() -> Path:
    """The library in the user's data directory."""
    return platformdirs.user_data_path("rashomon", appauthor=False) / "library.db"


class Setup(NamedTuple):
    """What a command works with.

    ``problem`` says why the configuration is not in use, "" if it is; ``open`` opens the screens over a setup.
    """

    db: Path
    config: Config
    problem: str
    reviewer: str
    open: Callable[[Setup, Any], None]


def library_of(ctx: click.Context) -> Library:
    """The library that the command is called on, open until the command ends."""
    library = Library.open(ctx.obj.db, reviewer=ctx.obj.reviewer)
    ctx.call_on_close(library.close)
    return library


def _allow_private(_: click.Context, __: click.Parameter, allowed: bool) -> None:
    if allowed:
        settings.use(settings.in_use()._replace(private=True))


private_option = click.option(
    "--allow-private",
    is_flag=True,
    expose_value=False,
    callback=_allow_private,
    help="Fetch from this machine and from private networks too.",
)
"""The option of commands that fetch."""


output_option = click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file, whole or not at all, instead of standard output; without --format its end says how.",
)


def form_of(form: str | None, output: Path | None, ends: Iterable[str], default: str) -> str:
    """The end that stands for a form: of the form that is named, else of the file, else ``default``."""
    if form is not None:
        return end_for(form)
    if output is None:
        return default
    if found := end_of(output, ends):
        return found
    raise click.BadParameter(f"end the name in {', '.join(ends)}, or name a --format", param_hint="--output")


def put(text: str, output: Path | None) -> None:
    """Print a text that ends its last line, or write it to a file."""
    if output is None:
        click.echo(harmless(text) if sys.stdout.isatty() else text, nl=False)
        return
    write_whole(output, text)
    note(f"written to {output}")


def say(text: str) -> None:
    """Print text for a person, with nothing in it that a terminal obeys: a library made by others may hold such."""
    click.echo(harmless(text))


def note(text: str) -> None:
    """Say something to the person, on standard error."""
    click.echo(harmless(text), err=True)


def as_json(value: Any, indent: int | None = None) -> str:
    """A value as the JSON that commands print; what a terminal would obey is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def print_table(headings: list[str], rows: Iterable[list[str]]) -> None:
    """Print columns that are as wide as their widest cell; the last may run on."""
    from rich.cells import cell_len, set_cell_size

    table = [headings, *([one_line(cell) for cell in row] for row in rows)]
    widths = [max(cell_len(row[i]) for row in table) for i in range(len(headings) - 1)]
    for row in table:
        cells = [set_cell_size(text, width) for text, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]).rstrip())


def name_of(stored: Stored) -> str:
    """The title, or how the text starts where no title was stated."""
    return stored.article.title or f"({' '.join(stored.article.body[:60].split())} …)"


def id_of(stored: Stored) -> str:
    """The id a report was added with, else its number."""
    return stored.article.external_id or str(stored.id)


class Progress:
    """How far a command is: one line on standard error, where that is a terminal, ten times a second at most."""

    def __init__(self) -> None:
        self._shown = 0.0
        self._there = False

    def __call__(self, text: str) -> None:
        if monotonic() - self._shown >= 0.1 and sys.stderr.isatty():
            click.echo(f"\r{one_line(text)[:78]} ...\x1b[K", err=True, nl=False)
            self._shown, self._there = monotonic(), True

    def clear(self) -> None:
        """Take the line away, before something else is printed."""
        if self._there:
            click.echo("\r\x1b[K", err=True, nl=False)
            self._there = False
