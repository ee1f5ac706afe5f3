"""Other reports of the same event."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from db import Stored
from widgets.commands.console import Progress, as_json, id_of, library_of, name_of, say

if TYPE_CHECKING:
    from reader.partners import Partner


@click.command()
@click.argument("report", required=False)
@click.option("--all", "everything", is_flag=True, help="For every report in the library.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="At most so many partners each.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@click.pass_context
def suggest(ctx: click.Context, report: str | None, everything: bool, limit: int, form: str) -> None:
    """Suggest other reports of the same event, best first, with the reason.

    With --all each report is printed as it is found, in the order of their numbers.

    \b
    Example: rashomon suggest 3
    Example: rashomon suggest --all --format jsonl > partners.jsonl
    """
    from reader.batch import Died
    from widgets.understanding import PartnerFinder

    if (report is None) != everything:
        raise click.UsageError("name one REPORT, or --all")
    library = library_of(ctx)
    finder = PartnerFinder(library)
    progress = Progress()
    if report is None:
        found = finder.all(limit, progress)
    else:
        number = library.articles.find(report)
        found = iter([(number, finder.partners(number, limit, progress))])
    try:
        for number, partners in found:
            asked, *others = library.articles.get_many([number, *(partner.id for partner in partners)])
            progress.clear()
            for line in (_record if form == "jsonl" else _rows)(asked, list(zip(partners, others, strict=True))):
                (click.echo if form == "jsonl" else say)(line)
            sys.stdout.flush()
    except Died as died:
        raise click.ClickException(f"report {died.item}: {died}; free some, and ask again") from died
    finally:
        progress.clear()


def _rows(asked: Stored, partners: list[tuple[Partner, Stored]]) -> Iterator[str]:
    yield f"{asked.id}  {name_of(asked)}"
    for partner, stored in partners:
        why = " · ".join((*partner.why, *(f"! {warning}" for warning in partner.warnings)))
        yield f"  {partner.score:4.2f}  {stored.id}  {name_of(stored)}  ({why})"


def _record(asked: Stored, partners: list[tuple[Partner, Stored]]) -> Iterator[str]:
    listed = [
        {
            "id": id_of(stored),
            "score": round(partner.score, 4),
            "why": list(partner.why),
            "warnings": list(partner.warnings),
        }
        for partner, stored in partners
    ]
    yield as_json({"id": id_of(asked), "partners": listed})
