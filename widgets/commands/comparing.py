"""Two reports compared."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from db import Library, Stored
from widgets.commands.console import as_json, id_of, library_of, name_of, private_option


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--format", "form", type=click.Choice(["text", "json"]), help="Print instead of opening the screen.")
@click.option("--all", "everything", is_flag=True, help="With text: show conflicts of low confidence too.")
@private_option
@click.pass_context
def compare(ctx: click.Context, a: str, b: str, form: str | None, everything: bool) -> None:
    """Open the comparison of two reports; in a pipe, or with --format, print it.

    A and B are numbers, ids or starts of titles of stored reports, or files or web addresses, which are added first.

    \b
    Example: rashomon compare 3 4
    Example: rashomon compare one.html two.html --format text
    """
    library = library_of(ctx)
    pair = (_report(library, a), _report(library, b))
    if form is None and sys.stdin.isatty() and sys.stdout.isatty():
        library.close()
        ctx.obj.open(ctx.obj, ("compare", *pair))
        return
    stored_a, stored_b = (library.articles.get(i) for i in pair)
    print_comparison(library, stored_a, stored_b, form or "text", everything)


def _report(library: Library, reference: str) -> int:
    """The number of a stored report; a file or what lies at an address is added first."""
    from reader.acquire import Failure, acquire, is_address
    from widgets.importing import add_reports

    if not is_address(reference) and not Path(reference).is_file():
        return library.articles.find(reference)
    items = list(acquire([reference]))
    if len(items) != 1:
        raise click.ClickException(f"{reference}: holds {len(items)} reports; add it and name two of them")
    item = items[0]
    if isinstance(item, Failure):
        raise click.ClickException(f"{item.name}: {item.reason}")
    return next(add_reports(library, [(item.article, item.raw)])).added.id


def print_comparison(library: Library, a: Stored, b: Stored, form: str, everything: bool) -> None:
    """Print how two reports compare as "text" or "json"; ``everything`` takes conflicts of low confidence in."""
    from widgets.understanding import comparison_of

    facts_a, facts_b, made = comparison_of(library, a, b)
    if form == "json":
        from reader.interchange import check_record

        click.echo(as_json(check_record(f"{id_of(a)}|{id_of(b)}", facts_a, facts_b, made)))
        return
    for side, stored in (("A", a), ("B", b)):
        article = stored.article
        click.echo(f"{side}: {' · '.join(filter(None, (name_of(stored), article.source, article.published)))}")
    for note in made.notes:
        click.echo(note)
    shown = [c for c in made.conflicts if everything or c.confidence >= 0.5]
    click.echo(f"{len(made.links)} links, {len(shown)} conflicts")
    for c in shown:
        click.echo(f"\n{c.kind} {c.confidence:.0%}  {c.reason}" + (f"  (perhaps: {c.benign})" if c.benign else ""))
        click.echo(f"  A: {' '.join(c.a.text.split())}")
        click.echo(f"  B: {' '.join(c.b.text.split())}")
