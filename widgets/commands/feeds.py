"""Feeds that a person follows."""

from __future__ import annotations

from pathlib import Path

import click

from db import Feed, Library
from widgets.commands.console import Progress, as_json, library_of, note, print_table, private_option


@click.group(invoke_without_command=True)
@click.pass_context
def feeds(ctx: click.Context) -> None:
    """Follow RSS and Atom feeds; without a command it lists them.

    \b
    Example: rashomon feeds add https://news.example/rss
    Example: rashomon feeds fetch
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@feeds.command("list")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
def list_(ctx: click.Context, form: str = "table") -> None:
    """List the feeds that are followed.

    \b
    Example: rashomon feeds list --format json
    """
    import msgspec

    found = library_of(ctx).feeds.all()
    if form == "json":
        click.echo(as_json([msgspec.structs.asdict(feed) for feed in found], indent=1))
    elif found:
        print_table(
            ["id", "fetched (UTC)", "due (UTC)", "title", "address"],
            ([str(f.id), _time(f.checked), _time(f.due), f.title[:40], _with_problem(f)] for f in found),
        )
    else:
        note("no feed is followed: rashomon feeds add URL, or an OPML file")


def _time(written: str) -> str:
    return written[:16].replace("T", " ") or "never"


def _with_problem(feed: Feed) -> str:
    return f"{feed.url}  ! {feed.problem}" if feed.problem else feed.url


@feeds.command()
@click.argument("places", nargs=-1, required=True, metavar="URL|FILE...")
@private_option
@click.pass_context
def add(ctx: click.Context, places: tuple[str, ...]) -> None:
    """Follow feeds: the address of one, or a list of them (OPML file). u in the app undoes it.

    An address is asked once, to see that it is a feed; its reports come with
    rashomon feeds fetch. The feeds of a list are not asked.

    \b
    Example: rashomon feeds add https://news.example/rss
    Example: rashomon feeds add feeds.opml
    """
    from reader.acquire import AcquireError, is_address
    from reader.acquire.feeds import MAX_FEEDS, read_feed, read_list
    from reader.acquire.files import why_not
    from reader.acquire.records import MAX_BYTES
    from reader.acquire.web import Web
    from reader.hostile import one_line

    library = library_of(ctx)
    wanted: list[tuple[str, str]] = []
    failed = 0
    for place in places:
        try:
            if is_address(place):
                with Web() as web:
                    answer = web.get(place)
                wanted.append((one_line(place), read_feed(answer.body, answer.url).title))
            else:
                with Path(place).open("rb") as file:
                    raw = file.read(MAX_BYTES + 1)
                if len(raw) > MAX_BYTES:
                    raise AcquireError(
                        f"larger than {MAX_BYTES // 1_000_000} MB; a list has {MAX_FEEDS:,} feeds at most"
                    )
                wanted += [(outline.url, outline.title) for outline in read_list(raw)]
        except AcquireError as error:
            failed += 1
            note(f"{one_line(place)}: {error}")
        except OSError as error:
            failed += 1
            note(f"{one_line(place)}: {why_not(error)}")
    count = library.feeds.add(wanted) if wanted else 0
    note(f"{count} followed, {len(dict(wanted)) - count} already, {failed} failed")
    if failed and not wanted:
        ctx.exit(1)


@feeds.command()
@click.argument("references", nargs=-1, metavar="[FEED]...")
@private_option
@click.pass_context
def fetch(ctx: click.Context, references: tuple[str, ...]) -> None:
    """Fetch what is new in the feeds that are due, or in each FEED (its number, address, or how its title starts).

    An entry is taken once. Where a feed tells less than a report, the page of the
    entry is fetched, after the robots.txt of its host. Ctrl-C stops; what was
    added stays.

    \b
    Example: rashomon feeds fetch
    Example: rashomon feeds fetch 3
    """
    from widgets import feeding

    library = library_of(ctx)
    chosen = [library.feeds.find(reference) for reference in references] or library.feeds.due()
    if not chosen:
        note("no feed is due; rashomon feeds lists them, rashomon feeds fetch FEED asks one all the same")
        return
    report = Progress()
    failed = 0
    try:
        for done in feeding.fetch(library, chosen, report):
            report.clear()
            note(str(done))
            for failure in done.failures:
                note(f"  {failure}")
            failed += bool(done.failures and not done.reports)
    except KeyboardInterrupt:
        report.clear()
        note("stopped; what was added stays, and the same command goes on")
        ctx.exit(130)
    if failed == len(chosen):
        ctx.exit(1)


@feeds.command()
@click.argument("references", nargs=-1, required=True, metavar="FEED...")
@click.pass_context
def remove(ctx: click.Context, references: tuple[str, ...]) -> None:
    """Follow feeds no more; their reports stay. u in the app undoes it.

    \b
    Example: rashomon feeds remove 3
    """
    library: Library = library_of(ctx)
    found = [library.feeds.find(reference) for reference in references]
    library.feeds.remove([feed.id for feed in found])
    note(f"{len({feed.id for feed in found})} left; their reports stay")


@feeds.command()
@click.pass_context
def export(ctx: click.Context) -> None:
    """Print the feeds as OPML, which other readers of feeds take.

    \b
    Example: rashomon feeds export > feeds.opml
    """
    from reader.acquire.feeds import Outline, opml_of

    click.echo(opml_of(Outline(url=f.url, title=f.title) for f in library_of(ctx).feeds.all()), nl=False)
