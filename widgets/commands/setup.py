"""The configuration, and what is in use."""

from __future__ import annotations

from typing import NoReturn

import click
import msgspec

from db.records import Check
from widgets.commands.console import as_json, library_of, note, say
from widgets.config import check_theme, write_template


@click.command("config")
@click.option("--init", is_flag=True, help="Write a configuration with every setting commented out.")
@click.pass_context
def config_(ctx: click.Context, init: bool) -> None:
    """Say where the configuration is and which settings are in effect.

    \b
    Example: rashomon config
    Example: rashomon config --init && $EDITOR ~/.config/rashomon/config.toml
    """
    config, problem = ctx.obj.config, ctx.obj.problem
    if init:
        write_template(config.path)
        note(f"{config.path} is written; every line in it is a comment until you change it")
        return
    if problem:
        raise click.ClickException(problem)
    check_theme(config)
    absent = "" if config.exists else "  (not there: rashomon config --init writes one)"
    say(f"file   {config.path}{absent}")
    say(f"model  {config.reading.model or 'our own'}")
    say(f"vague  {config.reading.vague or 'our own'}")
    say(f"fetch  {'from private networks too' if config.reading.private else 'from public addresses only'}")
    say(f"theme  {config.theme or 'rashomon-dark'}")
    say(f"judge  {ctx.obj.reviewer or 'nobody named'}")
    for action, keys in config.keys.items():
        say(f"keys   {action} = {', '.join(keys) or '(none)'}")


@click.command()
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--check", is_flag=True, help="Read all of the library through instead, and look at nothing else.")
@click.option("--head", default="", help="With --check: the last event that was once noted; it must still be there.")
@click.pass_context
def doctor(ctx: click.Context, form: str, check: bool, head: str) -> None:
    """Say what is in use (library, configuration, model, vague words, terminal, versions) and what is wrong.

    With --check the whole library is read: the file, references, the search index, every text against its name, the words of
    every judgement against the texts, and the chain of the history. Ends with 1 if something is wrong.

    \b
    Example: rashomon doctor
    Example: rashomon doctor --check
    """
    if check or head:
        _check(ctx, form, head)
    from widgets.doctor import examine

    found = examine(ctx.obj.db, ctx.obj.config, ctx.obj.problem, ctx.obj.reviewer)
    if form == "json":
        say(as_json(found, indent=1))
        ctx.exit(bool(found["problems"]))
    rows = [(name, value) for name, value in found.items() if name != "problems"]
    rows += [("problem", problem) for problem in found["problems"]] or [("problems", "none")]
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        say(f"{name:<{width}}  {value}".rstrip())
    ctx.exit(bool(found["problems"]))


def _check(ctx: click.Context, form: str, head: str) -> NoReturn:
    if not ctx.obj.db.exists():
        raise click.ClickException(f"{ctx.obj.db}: there is no library yet; rashomon add PATH makes one")
    library = library_of(ctx)
    found = list(library.check(lambda what: note(f"{what} ...")))
    if head and not library.history.has(head):
        gone = f"event {head} is not in the history: it was cut off, or this is an older copy"
        found.append(Check(name="head", told="", problems=(gone,)))
    problems = [problem for one in found for problem in one.problems]
    if form == "json":
        say(as_json([msgspec.to_builtins(one) for one in found], indent=1))
    else:
        for one in found:
            say(f"{'ok' if not one.problems else 'WRONG':<6} {one.name:<13} {one.told}".rstrip())
            for problem in one.problems:
                say(f"         {problem}")
    if problems:
        note("rashomon repair --dry-run says what of this can be mended; rashomon backup copies what is sound")
    ctx.exit(bool(problems))
