"""What is in the library."""

from __future__ import annotations

import sys
from datetime import date

import click
import msgspec

from widgets.commands.console import as_json, library_of, note, print_table, say


@click.command("list")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--search", default="", help="Only these: words and fields, as in the library's search line.")
@click.option("--limit", type=click.IntRange(1), default=None, help="At most so many.")
@click.pass_context
def list_(ctx: click.Context, form: str, search: str, limit: int | None) -> None:
    """List the reports in the library, newest first.

    \b
    Example: rashomon list --search convoy --format json
    Example: rashomon list --search 'source:courier after:"2 weeks ago" has:undecided -is:read'
    """
    from widgets.filters import FilterError, parse

    try:
        query = parse(search).query(date.today())
    except FilterError as error:
        raise click.BadParameter(str(error), param_hint="--search") from error
    library = library_of(ctx)
    rows = library.articles.page(query, 0, -1 if limit is None else limit)
    if form == "json":
        click.echo(as_json([msgspec.to_builtins(row) for row in rows], indent=1))
    elif rows:
        print_table(
            ["id", "date", "source", "words", "title"],
            ([str(r.id), r.published[:10], r.source[:24], str(r.words), r.name] for r in rows),
        )
    else:
        note("no report found" if search else "the library is empty: rashomon add PATH, or rashomon demo")


@click.command()
@click.argument("report")
@click.option("--raw", is_flag=True, help="What its text was read from: the page, message or record, whole.")
@click.pass_context
def show(ctx: click.Context, report: str, raw: bool) -> None:
    """Print one stored report. REPORT is its number, the id it was added with, or how its title starts.

    With --raw a terminal is given nothing that it would obey; a pipe gets the bytes as they came.

    \b
    Example: rashomon show 3
    Example: rashomon show 3 --raw > page.html
    """
    library = library_of(ctx)
    number = library.articles.find(report)
    if raw:
        _print_raw(library.articles.raw(number), f"report {number}")
        return
    article = library.articles.get(number).article
    head = [article.title, " · ".join(filter(None, (article.source, article.author, article.published))), article.url]
    say("\n".join([*filter(None, head), "", article.body]))


def _print_raw(raw: bytes, name: str) -> None:
    from reader.hostile import decode, harmless

    if not raw:
        raise click.ClickException(f"{name}: what it was read from was not kept")
    if sys.stdout.isatty():
        click.echo(harmless(decode(raw)))
    else:
        sys.stdout.buffer.write(raw)
