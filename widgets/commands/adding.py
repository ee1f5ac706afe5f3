"""Putting reports into the library."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from reader.nouns import Article
from widgets.commands.console import as_json, library_of, note, private_option

MANY = 1_000
"""Reports added from which on the next question for partners is prepared at once: it would wait for it."""


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@private_option
@click.pass_context
def add(ctx: click.Context, paths: tuple[str, ...]) -> None:
    """Add reports: files of many kinds, folders, web addresses, or - for standard input.

    Text, HTML, Markdown, PDF, EPUB, .eml, .mbox, WARC and JSON Lines are read. Of an
    address that page is fetched, after the robots.txt of its host, and nothing else.

    Adding the same report again changes nothing; a changed one is kept as a new
    version, where its address, or its source and title, tell which it is. Lines that
    many reports of one source share are left out of their texts; rashomon show --raw
    prints what a report was read from.

    \b
    Example: rashomon add report.html reports/ archive.jsonl
    Example: rashomon add https://news.example/2023/ferry
    """
    from reader.acquire import Failure, acquire
    from widgets.importing import add_reports

    library = library_of(ctx)
    stdin = sys.stdin.buffer.read() if "-" in paths else None
    done = {"added": 0, "already there": 0, "revised": 0}
    failures: list[Failure] = []
    stopped = False
    show = sys.stderr.isatty()

    def fetching() -> None:
        if show:
            click.echo("\rfetching ...", err=True, nl=False)

    def documents() -> Iterator[tuple[Article, bytes]]:
        nonlocal stopped
        try:
            for item in acquire(paths, stdin=stdin, waiting=fetching):
                if isinstance(item, Failure):
                    failures.append(item)
                else:
                    yield item.article, item.raw
        except KeyboardInterrupt:  # what was read by then is stored
            stopped = True

    left_out = cleaned = 0
    try:
        for count, (added, lines) in enumerate(add_reports(library, documents()), 1):
            left_out += lines
            cleaned += lines > 0
            done["already there" if added.status == "already" else added.status] += 1
            if show and count % 50 == 0:
                click.echo(f"\r{count} reports read ...", err=True, nl=False)
    except KeyboardInterrupt:
        stopped = True
    if done["added"] >= MANY and not stopped:
        from widgets.understanding import PartnerFinder

        PartnerFinder(library).prepare(
            lambda progress: click.echo(f"\r{progress}\x1b[K", err=True, nl=False) if show else None
        )
    if show:
        click.echo("\r\x1b[K", err=True, nl=False)
    for failure in failures:
        note(f"{failure.name}: {failure.reason}")
    note(", ".join(f"{n} {what}" for what, n in (*done.items(), ("failed", len(failures)))))
    if left_out:
        note(
            f"{left_out:,} line{'s' * (left_out > 1)} that many reports of one source share left out of {cleaned:,} as furniture"
            " (rashomon show REPORT --raw has all)"
        )
    if stopped:
        note("stopped; what was added stays, and the same command goes on")
        ctx.exit(130)
    if failures and not sum(done.values()):
        ctx.exit(1)


@click.command()
@click.argument("path", metavar="FILE")
@private_option
def extract(path: str) -> None:
    """Print what would be stored of one file or web address, as JSON, storing nothing.

    \b
    Example: rashomon extract page.html | jq -r .text
    """
    from reader.acquire import Failure, acquire
    from reader.interchange import article_record

    stdin = sys.stdin.buffer.read() if path == "-" else None
    for item in acquire([path], stdin=stdin):
        if isinstance(item, Failure):
            raise click.ClickException(f"{item.name}: {item.reason}")
        click.echo(as_json(article_record(item.article)))
        return
    raise click.ClickException(f"{path}: no report in it")
