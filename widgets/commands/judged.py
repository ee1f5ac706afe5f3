"""What people judged, and their sessions."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import click
import msgspec

from db import VerdictQuery
from widgets.commands.console import as_json, form_of, library_of, note, output_option, print_table, put
from widgets.tables import cell


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "html", "md", "csv", "json", "jsonl", "annotations", "claimreview"]),
    help="How. [default: table]",
)
@output_option
@click.option(
    "--all", "everything", is_flag=True, help="Also what each reviewer judged where it was settled otherwise."
)
@click.pass_context
def verdicts(ctx: click.Context, form: str | None, output: Path | None, everything: bool) -> None:
    """Print every verdict with both quotes, kind, severity, tags and note; as settled where reviewers differed.

    annotations are W3C Web Annotations; claimreview drafts a ClaimReview for each
    side of every confirmed contradiction; html is one page for the browser.

    \b
    Example: rashomon verdicts --format csv > verdicts.csv
    Example: rashomon verdicts -o verdicts.jsonld
    """
    library, query = library_of(ctx), VerdictQuery(settled=everything)
    if form in (None, "table") and output is None:
        _print_verdicts(list(library.verdicts.export(query)))
        return
    if form == "table":
        raise click.BadParameter("a table is for the terminal; name another form", param_hint="--format")
    from widgets.exports.forms import VERDICT_FORMS

    put(VERDICT_FORMS[form_of(form, output, VERDICT_FORMS, "")](library, query), output)


def _print_verdicts(rows: list[dict[str, Any]]) -> None:
    if not rows:
        note("nothing judged yet: rashomon compare A B, then a, x or s")
    else:
        print_table(
            ["verdict", "kind", "A", "B"],
            ([r["judgement"], r["kind"], cell(r["quote_a"])[:48], cell(r["quote_b"])[:48]] for r in rows),
        )
    held = Counter(row["hold"] for row in rows)
    if held["waiting"]:
        note(f"{held['waiting']} whose sentence was changed, to be looked at: rashomon, then gq and W")
    if held["orphan"]:
        note(f"{held['orphan']} whose words can no longer be found; they are kept")
        return
    print_table(
        ["verdict", "kind", "A", "B"],
        ([r["judgement"], r["kind"], cell(r["quote_a"])[:48], cell(r["quote_b"])[:48]] for r in rows),
    )


@click.command("sessions")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
def sessions_(ctx: click.Context, form: str) -> None:
    """List the sessions: queues of pairs, the one left last first.

    \b
    Example: rashomon sessions
    """
    found = library_of(ctx).sessions.recent(-1)
    if form == "json":
        click.echo(as_json([msgspec.to_builtins(session) for session in found], indent=1))
    elif found:
        print_table(
            ["id", "left (UTC)", "pairs", "judged", "reviewer", "state", "name"],
            (
                [
                    *(str(s.id), s.left[:16].replace("T", " "), f"{s.done}/{s.pairs}"),
                    f"{s.decided}/{s.total}{'' if s.counted == s.pairs else '+'}",
                    *(s.reviewer, "finished" if s.finished else "blind" if s.blind else "open", s.name),
                ]
                for s in found
            ),
        )
    else:
        note("no session yet: W in the library makes one of the reports marked, listed, or of one event")


@click.command("session")
@click.argument("number", type=click.IntRange(1), metavar="ID")
@click.option(
    "--format", "form", type=click.Choice(["text", "html", "md", "csv", "json"]), help="Print what it came to instead."
)
@output_option
@click.pass_context
def session_(ctx: click.Context, number: int, form: str | None, output: Path | None) -> None:
    """Go on with a session; in a pipe, or with --format, print what it came to. rashomon sessions lists the IDs.

    \b
    Example: rashomon session 2
    Example: rashomon session 2 --format md > report.md
    Example: rashomon session 2 -o report.html
    """
    library = library_of(ctx)
    library.sessions.get(number)
    if form is None and output is None and sys.stdin.isatty() and sys.stdout.isatty():
        library.close()
        ctx.obj.open(ctx.obj, ("session", number))
        return
    from widgets.summary import ENDS, summary_of, written

    put(written(library, summary_of(library, number), form_of(form, output, ENDS, ".txt")), output)
