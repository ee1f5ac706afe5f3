"""What was understood of texts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import Any

import click

from reader.nouns import Article
from widgets.commands.console import Progress, as_json, id_of, library_of, note


def _records(path: str) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file; a broken line is an error that names it."""
    with click.open_file(path, "rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except ValueError as error:
                raise click.ClickException(f"{path} line {number}: not JSON ({error})") from error
            if not isinstance(record, dict):
                raise click.ClickException(f"{path} line {number}: not a JSON object")
            yield record


def _text(record: dict[str, Any], field: str, path: str) -> str:
    value = record.get(field)
    if value is None and field not in ("text", "a", "b"):
        return ""
    if not isinstance(value, str):
        raise click.ClickException(f'{path}: record {record.get("id")!r} needs "{field}", a string')
    return value


def _facts_of(item: tuple[str, Article]) -> dict[str, Any]:
    from reader import analyse
    from reader.interchange import facts_record

    name, article = item
    return facts_record(name, article, analyse(article))


def _check_of(item: tuple[str, Article, Article]) -> dict[str, Any]:
    from reader import analyse, compare
    from reader.interchange import check_record

    name, a, b = item
    facts_a, facts_b = analyse(a), analyse(b)
    return check_record(name, facts_a, facts_b, compare(a, b, facts_a, facts_b))


def _print_all(function: Callable[[Any], dict[str, Any]], items: Iterable[Any]) -> None:
    from reader.batch import Died, each

    try:
        with closing(each(function, items)) as records:
            for record in records:
                click.echo(as_json(record))
    except Died as died:
        name = died.item[0] if isinstance(died.item, tuple) else died.item
        raise click.ClickException(f"record {name}: {died}; take it out, or shorten it") from died


@click.command()
@click.option("--processes", type=click.IntRange(1), help="On so many processes. [default: as many as pay]")
@click.pass_context
def analyse(ctx: click.Context, processes: int | None) -> None:
    """Find the facts of all reports that have none yet, so that nobody waits for them later.

    Ctrl-C stops and keeps what is done; the same command goes on from there.

    \b
    Example: rashomon add archive.jsonl && rashomon analyse
    """
    from widgets.backlog import make_missing, missing

    library = library_of(ctx)
    report = Progress()
    try:
        made = make_missing(library, report, processes=processes)
    except KeyboardInterrupt:
        report.clear()
        note(f"stopped; {len(missing(library)):,} reports are left: rashomon analyse goes on with them")
        ctx.exit(130)
    report.clear()
    for failure in made.failures:
        note(failure)
    note(f"{made.reports:,} analysed, {len(made.failures):,} failed")
    if made.failures:
        ctx.exit(1)


@click.command()
@click.argument("report", required=False)
@click.option("--jsonl", metavar="FILE", help='Records {"id", "text", "date"?}, one a line; - for standard input.')
@click.pass_context
def facts(ctx: click.Context, report: str | None, jsonl: str | None) -> None:
    """Print what was understood of a stored REPORT, or of every record of a JSON Lines file, as JSON.

    \b
    Example: rashomon facts 3 | jq '.quantities[] | {text, low, high, counted}'
    """
    if (report is None) == (jsonl is None):
        raise click.UsageError("name one REPORT, or --jsonl FILE")
    if jsonl is not None:
        _print_all(
            _facts_of,
            (
                (str(r.get("id")), Article(body=_text(r, "text", jsonl), published=_text(r, "date", jsonl)))
                for r in _records(jsonl)
            ),
        )
        return
    from reader.interchange import facts_record
    from widgets.understanding import facts_of

    library = library_of(ctx)
    assert report is not None
    stored = library.articles.get(library.articles.find(report))
    click.echo(as_json(facts_record(id_of(stored), stored.article, facts_of(library, stored))))


@click.command()
@click.option("--jsonl", metavar="FILE", required=True, help='Records {"id", "a", "b", "title_a"?, "date_a"?, ...}.')
def check(jsonl: str) -> None:
    """Compare the two texts of every record of a JSON Lines file; print alignment and conflicts as JSON.

    \b
    Example: rashomon check --jsonl pairs.jsonl | jq '.conflicts[0]'
    """

    def side(record: dict[str, Any], s: str) -> Article:
        return Article(
            body=_text(record, s, jsonl),
            title=_text(record, f"title_{s}", jsonl),
            published=_text(record, f"date_{s}", jsonl),
            source=_text(record, f"source_{s}", jsonl),
        )

    _print_all(_check_of, ((str(r.get("id")), side(r, "a"), side(r, "b")) for r in _records(jsonl)))
