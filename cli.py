"""The ``rashomon`` command: its options, and the way to the commands in ``widgets/commands/``."""

from __future__ import annotations

import codecs
import getpass
import importlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from db import LibraryError
from reader import settings
from reader.hostile import harmless
from reader.settings import SettingsError
from widgets.commands import COMMANDS
from widgets.commands.console import Setup, default_database
from widgets.config import Config, ConfigError, default_path, load

if TYPE_CHECKING:
    from app import Start


class Command(click.Group):
    """The group of all commands: a failure that we know is one line, one that we do not know is one line too."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"widgets.commands.{COMMANDS[name]}")
        found: click.Command = getattr(module, name, None) or getattr(module, f"{name}_")
        return found

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return self._invoke(ctx)
        except click.ClickException as error:
            # It may quote a library or a file made by others.
            error.message = harmless(error.message)  # type: ignore[misc]
            raise

    def _invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (LibraryError, SettingsError) as error:
            raise click.ClickException(str(error)) from error
        except (click.exceptions.Exit, click.ClickException, click.Abort, KeyboardInterrupt, BrokenPipeError):
            raise
        except OSError as error:
            if os.environ.get("RASHOMON_DEBUG"):
                raise
            where, reason = error.filename or "a file", error.strerror or type(error).__name__
            raise click.ClickException(f"{where}: {reason}; see that it is there and that you may use it") from error
        except Exception as error:
            if os.environ.get("RASHOMON_DEBUG"):
                raise
            raise click.ClickException(
                f"something went wrong in Rashomon itself ({type(error).__name__}: {error}); "
                "set RASHOMON_DEBUG=1 to see where, and please report it"
            ) from error


@click.group(cls=Command, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="RASHOMON_DB",
    default=default_database,
    show_default="library.db in the user's data directory",
    help="The library to use (also RASHOMON_DB).",
)
@click.option(
    "--config",
    "config_path",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="RASHOMON_CONFIG",
    show_default="config.toml in the user's configuration directory",
    help="The configuration to use (also RASHOMON_CONFIG).",
)
@click.option(
    "--reviewer",
    envvar="RASHOMON_REVIEWER",
    default="",
    show_default="reviewer of the configuration, else the name of the login",
    help="Who judges: signs verdicts and the history (also RASHOMON_REVIEWER).",
)
@click.version_option(package_name="rashomon-reader", prog_name="rashomon")
@click.pass_context
def main(ctx: click.Context, db: Path, config_path: Path | None, reviewer: str) -> None:
    """Read two reports of the same event side by side and see where they disagree.

    Without a command it opens the library on the terminal.

    \b
    rashomon add reports/            put reports into the library
    rashomon                         read, compare and judge them
    rashomon compare 3 4             open one comparison
    rashomon demo                    try it on invented reports
    """
    try:
        config, problem = load(config_path), ""
    except ConfigError as error:
        if ctx.invoked_subcommand not in ("config", "doctor"):
            raise
        config, problem = Config(config_path or default_path()), str(error)
    ctx.obj = Setup(db, config, problem, reviewer or config.reviewer or _login(), _open_app)
    settings.use(ctx.obj.config.reading)
    if ctx.invoked_subcommand is None:
        _open_app(ctx.obj)


def _login() -> str:
    """The name of the login, "" where there is none (a container without a user table)."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def why_no_screens(terminal: str, encoding: str) -> str:
    """Why a terminal of this kind (TERM), written to in this encoding, cannot show the screens; "" where it can."""
    if terminal == "dumb":
        return (
            "TERM=dumb says that this terminal cannot move its cursor; set TERM to what it is (xterm-256color, say), "
            "or use list, show, compare --format text or check"
        )
    if codecs.lookup(encoding).name != "utf-8":
        return (
            f"the locale writes {encoding}, which has none of the signs on the screens (≠ ✓ ▶); "
            "start with PYTHONUTF8=1, or in a UTF-8 locale (LC_ALL=C.UTF-8)"
        )
    return ""


def _open_app(setup: Setup, start: Start = ("library",)) -> None:
    served = "TEXTUAL_DRIVER" in os.environ  # textual-serve is the terminal
    if not served and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("the screens need a terminal; for a pipe use list, show, compare or check (see --help)")
    if not served and (reason := why_no_screens(os.environ.get("TERM", ""), sys.stderr.encoding)):
        raise click.UsageError(reason)
    from app import run

    run(setup.db, setup.config, start, setup.reviewer)


if __name__ == "__main__":
    main()
