"""The whole library: joined with another, written out as plain files, and read back."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from widgets.commands.console import library_of, note, say


def _telling(what: str) -> Callable[[int, int], None]:
    """Says on a terminal how far something is."""

    def told(done: int, of: int) -> None:
        click.echo(f"\r{what} {done:,} of {of:,}\x1b[K", err=True, nl=False)

    def silent(done: int, of: int) -> None:
        pass

    return told if sys.stderr.isatty() else silent


def _clear() -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)


@click.command()
@click.argument("other", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what it would come to, and change nothing.")
@click.pass_context
def merge(ctx: click.Context, other: Path, dry_run: bool) -> None:
    """Join the library OTHER, a file or a folder that rashomon dump wrote, to this one.

    Reports are told by what they are, judgements by their words and reviewer. Nothing of either is lost: of what both
    have otherwise the later holds, and each such difference is printed and noted in the history. OTHER is not
    changed. Merging it again brings nothing more. u in the app takes back what was judged; reports stay.

    \b
    Example: rashomon merge --dry-run ben.db
    Example: rashomon merge ben.db
    """
    show = sys.stderr.isatty()

    def tell(what: str) -> None:
        if show:
            click.echo(f"\r{what} ...\x1b[K", err=True, nl=False)

    merged = library_of(ctx).merge(other, rehearse=dry_run, tell=tell)
    _clear()
    for line in merged.differences:
        say(f"differs: {line}")
    if merged.hidden:
        note(f"{merged.hidden:,} more differences are of pairs that you judge blind")
    note(merged.told("would bring" if dry_run else "brought"))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_context
def dump(ctx: click.Context, folder: Path) -> None:
    """Write the whole library as plain files to a new FOLDER, from which rashomon restore makes it again.

    Texts, raw inputs, verdicts, tags, sessions and history, with checksums; what the machine finds by itself is left
    out. The same library gives the same files, so that versions of the folder can be compared.

    \b
    Example: rashomon dump library-2031-05
    """
    library = library_of(ctx)
    counts = library.dump(folder, _telling("written:"))
    _clear()
    note(
        f"{folder}: {counts['articles']:,} reports, {counts['texts']:,} texts, {counts['verdicts']:,} verdicts, "
        f"{counts['history']:,} lines of history; rashomon --db NEW.db restore {folder} reads it"
    )


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_context
def restore(ctx: click.Context, folder: Path) -> None:
    """Make a library from the FOLDER that rashomon dump wrote, in the new file that --db names.

    Every file is read against its checksum; what is wrong is named, and then no library is made.

    \b
    Example: rashomon --db restored.db restore library-2031-05
    """
    from db.plain_files import restore as make

    make(folder, ctx.obj.db, _telling("read:"))
    _clear()
    found = library_of(ctx).stats()
    note(
        f"{ctx.obj.db}: {found.articles + found.deleted:,} reports, {found.verdicts:,} verdicts, {found.events:,} lines of history"
    )
    for problem in found.problems:
        note(f"problem: {problem}")
    ctx.exit(bool(found.problems))
