"""What the reports of an event say, as a table."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from db import Library
from widgets.commands.console import Progress, form_of, library_of, note, output_option, print_table, put

if TYPE_CHECKING:
    from widgets.understanding import Tabulated

WIDTH = 40
"""Cells of a column that is printed, at most."""


@click.command()
@click.argument("references", nargs=-1, required=True, metavar="EVENT|REPORT...")
@click.option("--reports", is_flag=True, help="What is named are reports, not an event; two or more always are.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "html", "json", "csv", "md"]),
    help="Print instead of opening the screen.",
)
@click.option("--conflicts", is_flag=True, help="Only the rows in which reports conflict.")
@output_option
@click.pass_context
def event(
    ctx: click.Context,
    references: tuple[str, ...],
    reports: bool,
    form: str | None,
    conflicts: bool,
    output: Path | None,
) -> None:
    """Open the table of an event, a row for each thing told and a column for each report; in a pipe, print it.

    EVENT is the number of an event; REPORTs are numbers, ids or starts of titles of reports, of one event or not.

    \b
    Example: rashomon event 7
    Example: rashomon event --reports 3 4 5 --format csv > table.csv
    Example: rashomon event 7 -o event.html
    """
    library, name = library_of(ctx), ""
    if reports or len(references) > 1:
        articles = [library.articles.find(reference) for reference in references]
    elif references[0].isdecimal():
        found = library.events.get(int(references[0]))
        articles, name = library.events.members(found.id), found.called
    else:
        raise click.UsageError(f"{references[0]} is no number of an event; name one, or two reports or more")
    if len(set(articles)) < 2:
        raise click.UsageError("a table needs two reports or more")
    if form is None and output is None and sys.stdin.isatty() and sys.stdout.isatty():
        library.close()
        ctx.obj.open(ctx.obj, ("event table", articles))
        return
    end = form_of(None if form == "table" else form, output, ENDS, "")
    if end:
        put(_written(library, articles, name, end, conflicts), output)
    else:
        _print(library, articles, conflicts)


ENDS = (".html", ".json", ".csv", ".md")
"""The forms of a file."""


def _table(library: Library, articles: Sequence[int], conflicts: bool) -> Tabulated:
    from widgets.understanding import tabulated

    report = Progress()
    try:
        made = tabulated(library, articles, report)
    except KeyboardInterrupt:
        report.clear()
        note("stopped; the same command goes on with the pairs that are left")
        raise click.exceptions.Exit(130) from None
    report.clear()
    kept = tuple(row for row in made.table.rows if row.clashes or not conflicts)
    return made._replace(table=replace(made.table, rows=kept))


def _written(library: Library, articles: Sequence[int], name: str, end: str, conflicts: bool) -> str:
    from widgets.exports.event_forms import EVENT_FORMS
    from widgets.understanding import quiet

    return EVENT_FORMS[end](library, _table(library, articles, conflicts), name, quiet)


def _print(library: Library, articles: Sequence[int], conflicts: bool) -> None:
    from widgets.event_cells import SIGNS, cell_text, head

    reports, table = _table(library, articles, conflicts)
    for line in table.notes:
        note(line)
    print_table(
        ["  Thing", *(_cut(head(stored)) for stored in reports)],
        (
            [f"{SIGNS[row.state]} {_cut(row.thing)}", *(_cut(cell_text(row, at)) for at in range(len(reports)))]
            for row in table.rows
        ),
    )


def _cut(text: str) -> str:
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1].rstrip()}…"
