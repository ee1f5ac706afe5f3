"""What commands share: the library they work on, and how they print."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import click
import platformdirs

from db import Library, Stored
from reader import settings
from widgets.config import Config


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


def note(text: str) -> None:
    """Say something to the person, on standard error."""
    click.echo(text, err=True)


def as_json(value: Any, indent: int | None = None) -> str:
    """A value as the JSON that commands print."""
    return json.dumps(value, ensure_ascii=False, indent=indent)


def print_table(headings: list[str], rows: Iterable[list[str]]) -> None:
    """Print columns that are as wide as their widest cell; the last may run on."""
    from rich.cells import cell_len, set_cell_size

    table = [headings, *rows]
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
