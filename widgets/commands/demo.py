"""The demo: invented reports of invented events."""

from __future__ import annotations

import sys

import click

from db import Library
from widgets.commands.comparing import text_of
from widgets.commands.console import default_database, note, put


@click.command()
@click.option("--fresh", is_flag=True, help="Forget what was judged in the demo and start anew.")
@click.pass_context
def demo(ctx: click.Context, fresh: bool) -> None:
    """Open a small library of invented reports of two invented events.

    \b
    Example: rashomon demo
    """
    from reader.demo import articles

    path = default_database().with_name("demo.db")
    if fresh:
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    library = Library.open(path, reviewer=ctx.obj.reviewer)
    ids = [library.articles.add(article, article.body.encode()).id for article in articles()]
    if sys.stdin.isatty() and sys.stdout.isatty():
        library.close()
        ctx.obj.open(ctx.obj._replace(db=path), ("library",))
        return
    ctx.call_on_close(library.close)
    note("no terminal here, so the first comparison of the demo is printed; rashomon demo on a terminal opens it")
    a, b = library.articles.get_many(ids[:2])
    put(text_of(library, a, b, everything=False), None)
