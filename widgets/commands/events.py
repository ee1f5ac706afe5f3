"""The events of the library: which reports tell of the same one."""

from __future__ import annotations

import click

from db import EventQuery
from widgets.commands.console import Progress, as_json, library_of, note, print_table


@click.command()
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--search", default="", help="Only those with these words in their name, or in the title of a report.")
@click.option("--all", "everything", is_flag=True, help="Also those of one report.")
@click.option("--limit", type=click.IntRange(1), default=None, help="At most so many.")
@click.pass_context
def events(ctx: click.Context, form: str, search: str, everything: bool, limit: int | None) -> None:
    """List the events: what happened, how many reports tell of it, what is still open. The latest first.

    Reports that came in since are placed in events first. Ctrl-C stops that and keeps
    what is done; the same command goes on from there.

    \b
    Example: rashomon events
    Example: rashomon events --search ferry --format json
    """
    from widgets.event_records import days_of, record
    from widgets.grouping import place_missing
    from widgets.understanding import PartnerFinder

    library = library_of(ctx)
    report = Progress()
    try:
        place_missing(library, PartnerFinder(library), report)
    except KeyboardInterrupt:
        report.clear()
        note(f"stopped; {len(library.events.unplaced()):,} reports are left: rashomon events goes on with them")
        ctx.exit(130)
    report.clear()
    query = EventQuery(text=search, least=1 if everything else 2)
    found = library.events.page(query, 0, -1 if limit is None else limit)
    if form == "json":
        click.echo(as_json([record(event) for event in found], indent=1))
    elif found:
        print_table(
            ["id", "reported", "reports", "outlets", "compared", "open", "event"],
            (
                [
                    str(e.id),
                    days_of(e),
                    str(e.reports),
                    str(e.outlets),
                    f"{e.compared}/{e.pairs}",
                    str(e.open),
                    e.called,
                ]
                for e in found
            ),
        )
    else:
        note("no event found" if search or everything else "no event has two reports yet; --all lists those of one too")
