"""The app in a browser."""

from __future__ import annotations

import os

import click

from widgets.commands.console import Setup, library_of, note
from widgets.config import check_theme

NOT_LOCAL = "! Whoever can reach this machine and knows the address reads and changes the library, and the line is not encrypted"


@click.command()
@click.option("--host", default="localhost", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 is any free one.")
@click.pass_context
def serve(ctx: click.Context, host: str, port: int) -> None:
    """Open the same app in a browser.

    Only this machine can reach it, and only by the address that is written, which holds a key. Ctrl+C stops it.
    Example: rashomon serve --port 8123
    """
    from widgets import serving

    setup: Setup = ctx.obj
    check_theme(setup.config)
    library_of(ctx).close()  # what is wrong with it is said here, not on a page

    def tell(address: str) -> None:
        click.echo(address)
        who = "Only this machine can reach it" if serving.is_local(host) else NOT_LOCAL
        note(f"The library {setup.db} is open at this address. {who}. Ctrl+C stops it.")

    config = setup.config.path if setup.config.exists else None
    try:
        serving.serve_until_stopped(serving.command(setup.db, config, setup.reviewer), host, port, tell)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror or str(error)
        raise click.ClickException(f"{host}:{port}: {reason}; choose others with --host and --port") from error
