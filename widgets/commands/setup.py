"""The configuration, and what is in use."""

from __future__ import annotations

import click

from widgets.commands.console import as_json, note
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
    click.echo(f"file   {config.path}{absent}")
    click.echo(f"model  {config.reading.model or 'our own'}")
    click.echo(f"vague  {config.reading.vague or 'our own'}")
    click.echo(f"fetch  {'from private networks too' if config.reading.private else 'from public addresses only'}")
    click.echo(f"theme  {config.theme or 'rashomon-dark'}")
    click.echo(f"judge  {ctx.obj.reviewer or 'nobody named'}")
    for action, keys in config.keys.items():
        click.echo(f"keys   {action} = {', '.join(keys) or '(none)'}")


@click.command()
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
def doctor(ctx: click.Context, form: str) -> None:
    """Say what is in use (library, configuration, model, vague words, terminal, versions) and what is wrong.

    Ends with 1 if something is.

    \b
    Example: rashomon doctor
    """
    from widgets.doctor import examine

    found = examine(ctx.obj.db, ctx.obj.config, ctx.obj.problem, ctx.obj.reviewer)
    if form == "json":
        click.echo(as_json(found, indent=1))
        ctx.exit(bool(found["problems"]))
    rows = [(name, value) for name, value in found.items() if name != "problems"]
    rows += [("problem", problem) for problem in found["problems"]] or [("problems", "none")]
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        click.echo(f"{name:<{width}}  {value}".rstrip())
    ctx.exit(bool(found["problems"]))
