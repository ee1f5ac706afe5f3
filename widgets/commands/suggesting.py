"""Other reports of the same event."""

from __future__ import annotations

import click

from widgets.commands.console import as_json, id_of, library_of, name_of


@click.command()
@click.argument("report", required=False)
@click.option("--all", "everything", is_flag=True, help="For every report in the library.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="At most so many partners each.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@click.pass_context
def suggest(ctx: click.Context, report: str | None, everything: bool, limit: int, form: str) -> None:
    """Suggest other reports of the same event, best first, with the reason.

    \b
    Example: rashomon suggest 3
    Example: rashomon suggest --all --format jsonl > partners.jsonl
    """
    from widgets.understanding import PartnerFinder

    if (report is None) != everything:
        raise click.UsageError("name one REPORT, or --all")
    library = library_of(ctx)
    finder = PartnerFinder(library)
    if report is None:
        found = finder.all(limit)
    else:
        number = library.articles.find(report)
        found = {number: finder.partners(number, limit)}
    ids = {*found, *(p.id for partners in found.values() for p in partners)}
    names = {stored.id: stored for stored in library.articles.get_many(sorted(ids))}
    for number, partners in found.items():
        if form == "jsonl":
            listed = [
                {"id": id_of(names[p.id]), "score": round(p.score, 4), "why": list(p.why), "warnings": list(p.warnings)}
                for p in partners
            ]
            click.echo(as_json({"id": id_of(names[number]), "partners": listed}))
            continue
        click.echo(f"{number}  {name_of(names[number])}")
        for p in partners:
            why = " · ".join((*p.why, *(f"! {warning}" for warning in p.warnings)))
            click.echo(f"  {p.score:4.2f}  {p.id}  {name_of(names[p.id])}  ({why})")
