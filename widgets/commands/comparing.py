"""Two reports compared."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from db import Library, Stored
from db.search import SURE
from widgets.commands.console import form_of, library_of, name_of, output_option, private_option, put


@click.command()
@click.argument("a")
@click.argument("b")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "md", "csv", "json", "jsonl", "annotations", "claimreview"]),
    help="Print instead of opening the screen.",
)
@output_option
@click.option("--all", "everything", is_flag=True, help="Conflicts of low confidence too (json always has them).")
@private_option
@click.pass_context
def compare(ctx: click.Context, a: str, b: str, form: str | None, output: Path | None, everything: bool) -> None:
    """Open the comparison of two reports; in a pipe, or with --format or --output, write it.

    html is one page with both texts side by side, conflicts and verdicts, for the
    browser and for paper; annotations are W3C Web Annotations of the verdicts;
    claimreview drafts a ClaimReview for each side of a confirmed contradiction.

    A and B are numbers, ids or starts of titles of stored reports, or files or web
    addresses, which are added first.

    \b
    Example: rashomon compare 3 4
    Example: rashomon compare one.html two.html --format text
    Example: rashomon compare 3 4 -o report.html
    """
    library = library_of(ctx)
    pair = (_report(library, a), _report(library, b))
    if form is None and output is None and sys.stdin.isatty() and sys.stdout.isatty():
        library.close()
        ctx.obj.open(ctx.obj, ("compare", *pair))
        return
    stored_a, stored_b = (library.articles.get(i) for i in pair)
    if form == "text" or (form is None and output is None):
        put(text_of(library, stored_a, stored_b, everything), output)
        return
    from widgets.exports.forms import PAIR_FORMS
    from widgets.exports.pairs import pair_of

    end = form_of(form, output, PAIR_FORMS, "")
    compared = pair_of(library, stored_a, stored_b, least=0.0 if everything else SURE)
    put(PAIR_FORMS[end](library, compared), output)


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


def text_of(library: Library, a: Stored, b: Stored, everything: bool) -> str:
    """How two reports compare, as text; ``everything`` takes conflicts of low confidence in."""
    from widgets.understanding import comparison_of

    made = comparison_of(library, a, b).comparison
    lines = [
        f"{side}: {' · '.join(filter(None, (name_of(stored), stored.article.source, stored.article.published)))}"
        for side, stored in (("A", a), ("B", b))
    ]
    shown = [c for c in made.conflicts if everything or c.confidence >= SURE]
    lines += [*made.notes, f"{len(made.links)} links, {len(shown)} conflicts"]
    for c in shown:
        lines.append(f"\n{c.kind} {c.confidence:.0%}  {c.reason}" + (f"  (perhaps: {c.benign})" if c.benign else ""))
        lines += [f"  A: {' '.join(c.a.text.split())}", f"  B: {' '.join(c.b.text.split())}"]
    return "\n".join(lines) + "\n"
