"""Keeping the library: copies of it, and repairs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from widgets.commands.console import library_of, note, say


@click.command()
@click.argument("to", required=False, type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Take the place of a file that is there.")
@click.pass_context
def backup(ctx: click.Context, to: Path | None, force: bool) -> None:
    """Copy the library, whole and checked, while it is in use. TO is a file or a folder.

    Without TO it goes beside the library, with the time in its name. The copy is a library: open it with --db.

    \b
    Example: rashomon backup
    Example: rashomon backup /media/stick
    """
    if not ctx.obj.db.exists():
        raise click.ClickException(f"{ctx.obj.db}: there is no library to copy; rashomon add PATH makes one")
    library = library_of(ctx)
    with click.progressbar(range(1), label="Copying", file=sys.stderr) as bar:

        def told(done: int, pages: int) -> None:
            bar.length = max(1, pages)
            bar.update(done - bar.pos)

        where = library.backup(to, replace=force, progress=told)
    say(str(where))
    note(f"{library.stats(check=False).verdicts:,} judgements, history up to {library.history.head() or 'no event'}")


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.pass_context
def repair(ctx: click.Context, dry_run: bool) -> None:
    """Repair the library where that is safe; the file as it was is kept beside it.

    Indexes, the search index, cached facts and where words stand now are made again; of a damaged file what can be read
    is copied into a new one. What was judged and done is never changed. Ends with 1 if something is still wrong.

    \b
    Example: rashomon repair --dry-run
    """
    from db.repairing import repair as repaired

    done = repaired(ctx.obj.db, dry_run=dry_run, report=lambda what: note(f"{what} ..."))
    for line in done.done:
        say(f"{'would do' if dry_run else 'done'}   {line}")
    for line in done.lost:
        say(f"lost   {line}")
    for line in done.left:
        say(f"left   {line}")
    if not done.done:
        say("nothing to repair" if not done.left else "nothing of this can be repaired safely")
    if done.kept:
        note(f"the file as it was is kept as {done.kept}")
    if done.left:
        note("what is left is told above and was not touched: a copy made before it happened is the way back")
    ctx.exit(bool(done.left or done.lost))
