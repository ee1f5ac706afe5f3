"""The ``rashomon`` command: the same core as the screens, on standard output.

Results go to standard output, narration and errors to standard error. Textual and spaCy are imported only by
the commands that need them.
"""

from __future__ import annotations

import codecs
import getpass
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
import msgspec
import platformdirs

from db import Library, LibraryError, Stored, VerdictQuery
from reader import settings
from reader.nouns import Article
from reader.settings import SettingsError
from widgets.config import Config, ConfigError, check_theme, default_path, load, write_template
from widgets.tables import FORMS, cell

if TYPE_CHECKING:
    from app import Start


def default_database() -> Path:
    """The library in the user's data directory."""
    return platformdirs.user_data_path("rashomon", appauthor=False) / "library.db"


NOT_LOCAL = "! Whoever can reach this machine and knows the address reads and changes the library, and the line is not encrypted"


class Setup(NamedTuple):
    """What a command works with. ``problem`` says why the configuration is not in use, "" if it is."""

    db: Path
    config: Config
    problem: str
    reviewer: str


class Command(click.Group):
    """The group of all commands: a failure that we know is one line, one that we do not know is one line too."""

    def invoke(self, ctx: click.Context) -> Any:
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
    ctx.obj = Setup(db, config, problem, reviewer or config.reviewer or _login())
    settings.use(ctx.obj.config.reading)
    if ctx.invoked_subcommand is None:
        _open_app(ctx.obj)


def _login() -> str:
    """The name of the login, "" where there is none (a container without a user table)."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _library(ctx: click.Context) -> Library:
    library = Library.open(ctx.obj.db, reviewer=ctx.obj.reviewer)
    ctx.call_on_close(library.close)
    return library


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


def _note(text: str) -> None:
    click.echo(text, err=True)


def _json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _table(headings: list[str], rows: Iterable[list[str]]) -> None:
    """Print columns that are as wide as their widest cell; the last may run on."""
    from rich.cells import cell_len, set_cell_size

    table = [headings, *rows]
    widths = [max(cell_len(row[i]) for row in table) for i in range(len(headings) - 1)]
    for row in table:
        cells = [set_cell_size(text, width) for text, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]).rstrip())


def _name(stored: Stored) -> str:
    """The title, or how the text starts where no title was stated."""
    return stored.article.title or f"({' '.join(stored.article.body[:60].split())} …)"


def _id(stored: Stored) -> str:
    return stored.article.external_id or str(stored.id)


# --- in


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.pass_context
def add(ctx: click.Context, paths: tuple[str, ...]) -> None:
    """Add reports: text, HTML, Markdown, .eml, JSON Lines, folders, or - for standard input.

    Adding the same report again changes nothing; a changed one is kept as a new
    version, where its address, or its source and title, tell which it is.

    \b
    Example: rashomon add report.html reports/ archive.jsonl
    """
    from reader.acquire import Failure, acquire

    library = _library(ctx)
    stdin = sys.stdin.buffer.read() if "-" in paths else None
    done = {"added": 0, "already there": 0, "revised": 0}
    failures: list[Failure] = []

    def documents() -> Iterator[tuple[Article, bytes]]:
        for item in acquire(paths, stdin=stdin):
            if isinstance(item, Failure):
                failures.append(item)
            else:
                yield item.article, item.raw

    show = sys.stderr.isatty()
    for count, added in enumerate(library.articles.add_many(documents()), 1):
        done["already there" if added.status == "already" else added.status] += 1
        if show and count % 50 == 0:
            click.echo(f"\r{count} reports read ...", err=True, nl=False)
    if show:
        click.echo("\r\x1b[K", err=True, nl=False)
    for failure in failures:
        _note(f"{failure.name}: {failure.reason}")
    _note(", ".join(f"{n} {what}" for what, n in (*done.items(), ("failed", len(failures)))))
    if failures and not sum(done.values()):
        ctx.exit(1)


@main.command()
@click.argument("path", metavar="FILE")
def extract(path: str) -> None:
    """Print what would be stored of one file, as JSON, storing nothing.

    \b
    Example: rashomon extract page.html | jq -r .text
    """
    from reader.acquire import Failure, acquire
    from reader.interchange import article_record

    stdin = sys.stdin.buffer.read() if path == "-" else None
    for item in acquire([path], stdin=stdin):
        if isinstance(item, Failure):
            raise click.ClickException(f"{item.name}: {item.reason}")
        click.echo(_json(article_record(item.article)))
        return
    raise click.ClickException(f"{path}: no report in it")


# --- looking


@main.command("list")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--search", default="", help="Only these: words and fields, as in the library's search line.")
@click.option("--limit", type=click.IntRange(1), default=None, help="At most so many.")
@click.pass_context
def list_(ctx: click.Context, form: str, search: str, limit: int | None) -> None:
    """List the reports in the library, newest first.

    \b
    Example: rashomon list --search convoy --format json
    Example: rashomon list --search 'source:courier after:"2 weeks ago" has:undecided -is:read'
    """
    from widgets.filters import FilterError, parse

    try:
        query = parse(search).query(date.today())
    except FilterError as error:
        raise click.BadParameter(str(error), param_hint="--search") from error
    library = _library(ctx)
    rows = library.articles.page(query, 0, -1 if limit is None else limit)
    if form == "json":
        click.echo(_json([msgspec.to_builtins(row) for row in rows], indent=1))
    elif rows:
        _table(
            ["id", "date", "source", "words", "title"],
            ([str(r.id), r.published[:10], r.source[:24], str(r.words), r.name] for r in rows),
        )
    else:
        _note("no report found" if search else "the library is empty: rashomon add PATH, or rashomon demo")


@main.command()
@click.argument("report")
@click.pass_context
def show(ctx: click.Context, report: str) -> None:
    """Print one stored report. REPORT is its number, the id it was added with, or how its title starts.

    \b
    Example: rashomon show 3
    """
    library = _library(ctx)
    article = library.articles.get(library.articles.find(report)).article
    head = [article.title, " · ".join(filter(None, (article.source, article.author, article.published))), article.url]
    click.echo("\n".join([*filter(None, head), "", article.body]))


# --- understanding


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
                click.echo(_json(record))
    except Died as died:
        name = died.item[0] if isinstance(died.item, tuple) else died.item
        raise click.ClickException(f"record {name}: {died}; take it out, or shorten it") from died


@main.command()
@click.option("--processes", type=click.IntRange(1), help="On so many processes. [default: as many as pay]")
@click.pass_context
def analyse(ctx: click.Context, processes: int | None) -> None:
    """Find the facts of all reports that have none yet, so that nobody waits for them later.

    Ctrl-C stops and keeps what is done; the same command goes on from there.

    \b
    Example: rashomon add archive.jsonl && rashomon analyse
    """
    from widgets.backlog import make_missing, missing

    library = _library(ctx)
    show = sys.stderr.isatty()

    def report(progress: str) -> None:
        if show:
            click.echo(f"\r{progress}\x1b[K", err=True, nl=False)

    def clear() -> None:
        if show:
            click.echo("\r\x1b[K", err=True, nl=False)

    try:
        made = make_missing(library, report, processes=processes)
    except KeyboardInterrupt:
        clear()
        _note(f"stopped; {len(missing(library)):,} reports are left: rashomon analyse goes on with them")
        ctx.exit(130)
    clear()
    for failure in made.failures:
        _note(failure)
    _note(f"{made.reports:,} analysed, {len(made.failures):,} failed")
    if made.failures:
        ctx.exit(1)


@main.command()
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

    library = _library(ctx)
    assert report is not None
    stored = library.articles.get(library.articles.find(report))
    click.echo(_json(facts_record(_id(stored), stored.article, facts_of(library, stored))))


@main.command()
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


@main.command()
@click.argument("a")
@click.argument("b")
@click.option("--format", "form", type=click.Choice(["text", "json"]), help="Print instead of opening the screen.")
@click.option("--all", "everything", is_flag=True, help="With text: show conflicts of low confidence too.")
@click.pass_context
def compare(ctx: click.Context, a: str, b: str, form: str | None, everything: bool) -> None:
    """Open the comparison of two reports; in a pipe, or with --format, print it.

    A and B are numbers, ids or starts of titles of stored reports, or files, which are added first.

    \b
    Example: rashomon compare 3 4
    Example: rashomon compare one.html two.html --format text
    """
    library = _library(ctx)
    pair = (_report(library, a), _report(library, b))
    if form is None and sys.stdin.isatty() and sys.stdout.isatty():
        library.close()
        _open_app(ctx.obj, ("compare", *pair))
        return
    stored_a, stored_b = (library.articles.get(i) for i in pair)
    _print_comparison(library, stored_a, stored_b, form or "text", everything)


def _report(library: Library, reference: str) -> int:
    """The number of a stored report; a file is added first."""
    from reader.acquire import Failure, acquire

    if not Path(reference).is_file():
        return library.articles.find(reference)
    items = list(acquire([reference]))
    if len(items) != 1:
        raise click.ClickException(f"{reference}: holds {len(items)} reports; add it and name two of them")
    item = items[0]
    if isinstance(item, Failure):
        raise click.ClickException(f"{item.name}: {item.reason}")
    return library.articles.add(item.article, item.raw).id


def _print_comparison(library: Library, a: Stored, b: Stored, form: str, everything: bool) -> None:
    from widgets.understanding import comparison_of

    facts_a, facts_b, made = comparison_of(library, a, b)
    if form == "json":
        from reader.interchange import check_record

        click.echo(_json(check_record(f"{_id(a)}|{_id(b)}", facts_a, facts_b, made)))
        return
    for side, stored in (("A", a), ("B", b)):
        article = stored.article
        click.echo(f"{side}: {' · '.join(filter(None, (_name(stored), article.source, article.published)))}")
    for note in made.notes:
        click.echo(note)
    shown = [c for c in made.conflicts if everything or c.confidence >= 0.5]
    click.echo(f"{len(made.links)} links, {len(shown)} conflicts")
    for c in shown:
        click.echo(f"\n{c.kind} {c.confidence:.0%}  {c.reason}" + (f"  (perhaps: {c.benign})" if c.benign else ""))
        click.echo(f"  A: {' '.join(c.a.text.split())}")
        click.echo(f"  B: {' '.join(c.b.text.split())}")


@main.command()
@click.argument("report", required=False)
@click.option("--all", "everything", is_flag=True, help="For every report in the library.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="At most so many partners each.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@click.pass_context
def suggest(ctx: click.Context, report: str | None, everything: bool, limit: int, form: str) -> None:
    """Suggest other reports of the same event, best first, with the reason.

    \b
    Example: rashomon suggest 3
    Example: rashomon suggest --all --format jsonl > partners.jsonl
    """
    from widgets.understanding import PartnerFinder

    if (report is None) != everything:
        raise click.UsageError("name one REPORT, or --all")
    library = _library(ctx)
    finder = PartnerFinder(library)
    if report is None:
        found = finder.all(limit)
    else:
        number = library.articles.find(report)
        found = {number: finder.partners(number, limit)}
    ids = {*found, *(p.id for partners in found.values() for p in partners)}
    names = {stored.id: stored for stored in library.articles.get_many(sorted(ids))}
    for number, partners in found.items():
        if form == "jsonl":
            listed = [{"id": _id(names[p.id]), "score": round(p.score, 4), "why": list(p.why)} for p in partners]
            click.echo(_json({"id": _id(names[number]), "partners": listed}))
            continue
        click.echo(f"{number}  {_name(names[number])}")
        for p in partners:
            why = " · ".join((*p.why, *(f"! {warning}" for warning in p.warnings)))
            click.echo(f"  {p.score:4.2f}  {p.id}  {_name(names[p.id])}  ({why})")


# --- out


@main.command()
@click.option("--format", "form", type=click.Choice(["table", "json", "csv", "md"]), default="table", show_default=True)
@click.option(
    "--all", "everything", is_flag=True, help="Also what each reviewer judged where it was settled otherwise."
)
@click.pass_context
def verdicts(ctx: click.Context, form: str, everything: bool) -> None:
    """Print every verdict with both quotes, kind, severity, tags and note; as settled where reviewers differed.

    \b
    Example: rashomon verdicts --format csv > verdicts.csv
    """
    rows = list(_library(ctx).verdicts.export(VerdictQuery(settled=everything)))
    if form in ("json", "csv") or (form == "md" and rows):
        click.echo(FORMS[f".{form}"](rows), nl=False)
    elif not rows:
        _note("nothing judged yet: rashomon compare A B, then a, x or s")
    else:
        _table(
            ["verdict", "kind", "A", "B"],
            ([r["judgement"], r["kind"], cell(r["quote_a"])[:48], cell(r["quote_b"])[:48]] for r in rows),
        )


@main.command("sessions")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
def sessions_(ctx: click.Context, form: str) -> None:
    """List the sessions: queues of pairs, the one left last first.

    \b
    Example: rashomon sessions
    """
    found = _library(ctx).sessions.recent(-1)
    if form == "json":
        click.echo(_json([msgspec.to_builtins(session) for session in found], indent=1))
    elif found:
        _table(
            ["id", "left (UTC)", "pairs", "judged", "reviewer", "state", "name"],
            (
                [
                    *(str(s.id), s.left[:16].replace("T", " "), f"{s.done}/{s.pairs}"),
                    f"{s.decided}/{s.total}{'' if s.counted == s.pairs else '+'}",
                    *(s.reviewer, "finished" if s.finished else "blind" if s.blind else "open", s.name),
                ]
                for s in found
            ),
        )
    else:
        _note("no session yet: W in the library makes one of the reports marked, listed, or of one event")


@main.command("session")
@click.argument("number", type=click.IntRange(1), metavar="ID")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv", "md"]), help="Print what it came to instead."
)
@click.pass_context
def session_(ctx: click.Context, number: int, form: str | None) -> None:
    """Go on with a session; in a pipe, or with --format, print what it came to. rashomon sessions lists the IDs.

    \b
    Example: rashomon session 2
    Example: rashomon session 2 --format md > report.md
    """
    library = _library(ctx)
    library.sessions.get(number)
    if form is None and sys.stdin.isatty() and sys.stdout.isatty():
        library.close()
        _open_app(ctx.obj, ("session", number))
        return
    from widgets.summary import FORMS as SUMMARIES
    from widgets.summary import summary_of

    ending = {"text": ".txt", None: ".txt"}.get(form, f".{form}")
    click.echo(SUMMARIES[ending](summary_of(library, number)), nl=False)


# --- the rest


@main.command()
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
        _open_app(ctx.obj._replace(db=path))
        return
    ctx.call_on_close(library.close)
    _note("no terminal here, so the first comparison of the demo is printed; rashomon demo on a terminal opens it")
    _print_comparison(library, library.articles.get(ids[0]), library.articles.get(ids[1]), "text", False)


@main.command()
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
    _library(ctx).close()  # what is wrong with it is said here, not on a page

    def tell(address: str) -> None:
        click.echo(address)
        who = "Only this machine can reach it" if serving.is_local(host) else NOT_LOCAL
        _note(f"The library {setup.db} is open at this address. {who}. Ctrl+C stops it.")

    config = setup.config.path if setup.config.exists else None
    try:
        serving.serve_until_stopped(serving.command(setup.db, config, setup.reviewer), host, port, tell)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror or str(error)
        raise click.ClickException(f"{host}:{port}: {reason}; choose others with --host and --port") from error


@main.command("config")
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
        _note(f"{config.path} is written; every line in it is a comment until you change it")
        return
    if problem:
        raise click.ClickException(problem)
    check_theme(config)
    absent = "" if config.exists else "  (not there: rashomon config --init writes one)"
    click.echo(f"file   {config.path}{absent}")
    click.echo(f"model  {config.reading.model or 'our own'}")
    click.echo(f"vague  {config.reading.vague or 'our own'}")
    click.echo(f"theme  {config.theme or 'rashomon-dark'}")
    click.echo(f"judge  {ctx.obj.reviewer or 'nobody named'}")
    for action, keys in config.keys.items():
        click.echo(f"keys   {action} = {', '.join(keys) or '(none)'}")


@main.command()
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
        click.echo(_json(found, indent=1))
        ctx.exit(bool(found["problems"]))
    rows = [(name, value) for name, value in found.items() if name != "problems"]
    rows += [("problem", problem) for problem in found["problems"]] or [("problems", "none")]
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        click.echo(f"{name:<{width}}  {value}".rstrip())
    ctx.exit(bool(found["problems"]))


if __name__ == "__main__":
    main()
