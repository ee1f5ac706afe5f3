"""What the reports of an event say, as a table."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click
from msgspec.structs import replace

from db import Library
from widgets.commands.console import as_json, id_of, library_of, note, print_table

WIDTH = 40
"""Cells of a column that is printed, at most."""


@click.command()
@click.argument("references", nargs=-1, required=True, metavar="EVENT|REPORT...")
@click.option("--reports", is_flag=True, help="What is named are reports, not an event; two or more always are.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "md"]),
    help="Print instead of opening the screen.",
)
@click.option("--conflicts", is_flag=True, help="Only the rows in which reports conflict.")
@click.pass_context
def event(ctx: click.Context, references: tuple[str, ...], reports: bool, form: str | None, conflicts: bool) -> None:
    """Open the table of an event, a row for each thing told and a column for each report; in a pipe, print it.

    EVENT is the number of an event; REPORTs are numbers, ids or starts of titles of reports, of one event or not.

    \b
    Example: rashomon event 7
    Example: rashomon event --reports 3 4 5 --format csv > table.csv
    """
    library = library_of(ctx)
    if reports or len(references) > 1:
        articles = [library.articles.find(reference) for reference in references]
    elif references[0].isdecimal():
        articles = library.events.members(library.events.get(int(references[0])).id)
    else:
        raise click.UsageError(f"{references[0]} is no number of an event; name one, or two reports or more")
    if len(set(articles)) < 2:
        raise click.UsageError("a table needs two reports or more")
    if form is None and sys.stdin.isatty() and sys.stdout.isatty():
        library.close()
        ctx.obj.open(ctx.obj, ("event table", articles))
        return
    _print(library, articles, form or "table", conflicts)


def _print(library: Library, articles: Sequence[int], form: str, conflicts: bool) -> None:
    from reader.interchange import event_table_record
    from widgets.event_cells import SIGNS, cell_text, head, records
    from widgets.tables import FORMS
    from widgets.understanding import tabulated

    reports, table = tabulated(library, articles)
    if conflicts:
        table = replace(table, rows=tuple(row for row in table.rows if row.clashes))
    if form == "json":
        names = [id_of(stored) for stored in reports]
        click.echo(as_json(event_table_record(names, [stored.article for stored in reports], table)))
        return
    for line in table.notes:
        note(line)
    if form in ("csv", "md"):
        click.echo(FORMS[f".{form}"](records(reports, table.rows)), nl=False)
        return
    print_table(
        ["  Thing", *(_cut(head(stored)) for stored in reports)],
        (
            [f"{SIGNS[row.state]} {_cut(row.thing)}", *(_cut(cell_text(row, at)) for at in range(len(reports)))]
            for row in table.rows
        ),
    )


def _cut(text: str) -> str:
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1].rstrip()}…"
