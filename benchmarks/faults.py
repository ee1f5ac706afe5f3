"""Kills processes in the middle of their work and reads through what they leave behind.

    python -m benchmarks.faults kills 300        # 300 rounds, each with four processes killed (kill -9)
    python -m benchmarks.faults screens 20       # the app itself, killed between keys
    python -m benchmarks.faults full             # a disk that fills up (a small tmpfs; needs root)

A round of ``kills``: a process adds reports, one finds facts, one judges (verdicts, notes, tags, undo, redo, groups), one
makes backups, all on one library; each says on a pipe what was stored, after it was. At a random moment each is killed.
Then a copy of file and log is opened as after a power cut, and the library itself: file, references, search index, texts,
words and history must be sound, all that was said to be stored must be there, and the verdicts must be what the history
makes of them. Every eighth round a process is killed while it brings a library of an older schema up to date.
"""

from __future__ import annotations

import argparse
import json
import os
import pty
import re
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import structs

from benchmarks import news
from db import Library, LibraryError, schema
from reader.nouns import Article, Facts, Place, Quantity, Reading

ANEW = 25
"""Rounds after which an empty library is begun."""
LIVES = 0.12
"""Seconds that a process lives at most once all are at work."""
REPLAYED = ("verdicts", "verdict_places", "taggings", "corrections", "dismissals", "anchors")
"""Tables that hold nothing but what the history made."""
Say = Callable[..., None]
_REPORTS = [report.article for report in news.reports(400, seed=7)]


# --- what the processes do


def adding(library: Library, rng: Random, say: Say) -> None:
    """Add invented reports, few at a time, some again with changes."""
    while True:
        batch = rng.sample(_REPORTS, 8)
        if rng.random() < 0.5:
            batch = [structs.replace(one, body=f"{one.body}\nUpdated {rng.randrange(1 << 30)} times.") for one in batch]
        for number, added in enumerate(library.articles.add_many([(one, one.body.encode()) for one in batch])):
            say("article", added.id, batch[number].text_sha)


def analysing(library: Library, rng: Random, say: Say, analyse: Callable[[Article], Facts]) -> None:
    """Find the facts of reports that have none."""
    while True:
        missing = library.facts.missing(analyse(Article(body="")).version)
        some = library.articles.get_many(rng.sample(missing, min(6, len(missing))))
        made = [(stored, analyse(stored.article)) for stored in some]
        library.facts.put_many(made)
        for stored, facts in made:
            say("facts", stored.id, facts.version, stored.article.text_sha)
        if not some:
            time.sleep(0.002)


def judging(library: Library, rng: Random, say: Say) -> None:
    """Judge, note, tag, take back, undo and redo."""
    while True:
        act = rng.choice(("judge", "judge", "note", "tag", "withdraw", "undo", "redo", "group", "dismiss"))
        a, b = library.articles.get_many([1, 2])
        known = [verdict.id for verdict in library.verdicts.of_pair(1, 2)]
        if act in ("undo", "redo"):
            (library.history.undo if act == "undo" else library.history.redo)()
        elif act == "dismiss":
            library.comparisons.dismiss(1, 2)
        elif act == "judge" or not known:
            library.verdicts.judge(a, b, _words(a.article, rng), _words(b.article, rng), "tension", kind="count")
        elif act == "note":
            library.verdicts.update(rng.choice(known), note=f"note {rng.randrange(1 << 30)}")
        elif act == "tag":
            library.tags.tag("verdict", [rng.choice(known)], [rng.choice("abcdefgh")])
        elif act == "withdraw":
            library.verdicts.withdraw(rng.choice(known))
        else:
            with library.history.group("judged three"):
                for _ in range(3):
                    library.verdicts.judge(a, b, _words(a.article, rng), _words(b.article, rng), "unsure", kind="time")
        say("decision", library.history.head())


def copying(library: Library, rng: Random, say: Say) -> None:
    """Make backups, each in place of the one before."""
    target = library.path.with_name("backup")
    while True:
        library.backup(target, replace=True)
        say("backup", rng.random())


def migrating(path: Path, say: Say) -> None:
    """Open a library of an older schema."""
    with Library.open(path):
        say("migrated")


def _words(article: Article, rng: Random) -> Place:
    words = list(re.finditer(r"\w+", article.body))
    first = rng.randrange(len(words) - 3)
    start, end = words[first].start(), words[first + rng.randrange(3)].end()
    return Place(part="body", start=start, end=end, text=article.body[start:end])


def quick_facts(article: Article) -> Facts:
    """Facts by pattern, which take no time."""
    found = re.finditer(r"\d+", article.body)
    numbers = (Quantity(start=m.start(), end=m.end(), low=1, high=int(m[0][:9])) for m in found)
    return Facts(version="quick", body=Reading(quantities=tuple(numbers)))


# --- killing them


class Worker:
    """A forked process and the pipe on which it says what it has stored."""

    def __init__(self, work: Callable[[Say], None]) -> None:
        self._pipe, there = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._pipe)
            status = 1
            try:
                work(lambda *said: os.write(there, (json.dumps(said) + "\n").encode()) and None)
                status = 0
            except LibraryError as error:
                os.write(there, (json.dumps(["failed", str(error)]) + "\n").encode())
            finally:
                os._exit(status)
        os.close(there)
        self._read = b""

    def begun(self, seconds: float) -> bool:
        """Wait until it has said something."""
        if select.select([self._pipe], [], [], seconds)[0]:
            self._read += os.read(self._pipe, 1 << 16)
        return bool(self._read)

    def kill(self) -> list[list[Any]]:
        """End it, as the power would; all it had said."""
        os.kill(self.pid, signal.SIGKILL)
        while more := os.read(self._pipe, 1 << 16):
            self._read += more
        os.close(self._pipe)
        os.waitpid(self.pid, 0)
        lines = self._read.decode().splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n")]


def kills(rounds: int, seed: int, analyse: Callable[[Article], Facts]) -> dict[str, Any]:
    """Kill four processes at their work so many times; what was killed, stored, and lost."""
    rng = Random(seed)
    counts: Counter[str] = Counter()
    problems: list[str] = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "0" / "library.db"
        for number in range(rounds):
            if number % 8 == 7:
                problems += _kill_migration(Path(folder) / f"old{number}" / "library.db", rng, counts)
                continue
            if number % ANEW == 0:
                path = Path(folder) / str(number) / "library.db"
                _begin(path, rng)
            problems += [f"round {number}: {problem}" for problem in _round(path, rng, counts, analyse)]
            if path.with_name("backup").exists():
                problems += [f"round {number}: backup: {x}" for x in problems_of(path.with_name("backup"), [])]
    return {"rounds": rounds, "seed": seed, **counts, "lost": len(problems), "problems": problems[:20]}


def _begin(path: Path, rng: Random) -> None:
    with Library.open(path) as library:
        two = list(news.reports(2, seed=rng.randrange(1 << 30)))
        list(library.articles.add_many([(one.article, b"") for one in two]))


def _round(path: Path, rng: Random, counts: Counter[str], analyse: Callable[[Article], Facts]) -> list[str]:
    def at_work(work: Callable[..., None], *more: Any) -> Worker:
        own = Random(rng.randrange(1 << 30))

        def run(say: Say) -> None:
            # Long enough that nobody gives up because another holds the lock.
            with Library.open(path, reviewer=work.__name__, timeout=30) as library:
                work(library, own, say, *more)

        return Worker(run)

    workers = [at_work(adding), at_work(analysing, analyse), at_work(judging), at_work(copying)]
    if rng.random() < 0.8:  # else they are killed while they open the library
        for worker in workers:
            worker.begun(5)
    said: list[list[Any]] = []
    for worker in rng.sample(workers, len(workers)):
        time.sleep(rng.random() * LIVES / len(workers))
        said += worker.kill()
        counts["kills"] += 1
    failed = [str(one[1]) for one in said if one[0] == "failed"]
    said = [one for one in said if one[0] != "failed"]
    counts.update(f"confirmed {one[0]}" for one in said)
    cut = path.with_name("cut.db")
    for end in ("", "-wal"):
        cut.with_name(cut.name + end).unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            shutil.copyfile(path.with_name(path.name + end), cut.with_name(cut.name + end))
    found = [f"as after a power cut: {problem}" for problem in problems_of(cut, said)]
    for end in ("", "-wal", "-shm"):
        cut.with_name(cut.name + end).unlink(missing_ok=True)
    return failed + found + problems_of(path, said)


def problems_of(path: Path, said: list[list[Any]]) -> list[str]:
    """What is wrong with a library, and what of that which was ``said`` to be stored is not in it."""
    with Library.open(path) as library:
        found = [problem for check in library.check() for problem in check.problems]
        found += replay(path)
        for kind, *what in said:
            if kind == "decision" and what[0] and not library.history.has(what[0]):
                found.append(f"lost: the decision {what[0]}")
            elif kind == "article" and what[1] not in {_sha(body) for _, body in library.articles.versions(what[0])}:
                found.append(f"lost: report {what[0]}")
            elif kind == "facts":
                stored = library.articles.get(what[0])  # facts of a text that is no longer the newest are not asked for
                if stored.article.text_sha == what[2] and library.facts.get(stored, what[1]) is None:
                    found.append(f"lost: the facts of {what[0]}")
    return found


def _sha(body: str) -> str:
    return Article(body=body).text_sha


def replay(path: Path) -> list[str]:
    """Where tables differ from what the history makes of nothing."""
    made: dict[tuple[str, int], dict[str, Any]] = {}
    with closing(sqlite3.connect(path)) as connection:
        for (changes,) in connection.execute("SELECT changes FROM history ORDER BY id"):
            for table, key, before, after in json.loads(changes):
                if after is None:
                    made.pop((table, key), None)
                elif before is None:
                    made[table, key] = after
                else:
                    made.setdefault((table, key), {}).update(after)
        found = []
        for table in REPLAYED:
            wanted = {key: row for (one, key), row in made.items() if one == table}
            cursor = connection.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in cursor.description]
            there = {row[names.index("id")]: dict(zip(names, row, strict=True)) for row in cursor}
            if there.keys() != wanted.keys():
                found.append(f"{table}: other rows than the history has")
            elif any(there[key][column] != value for key, row in wanted.items() for column, value in row.items()):
                found.append(f"{table}: other values than the history has")
    return found


def _kill_migration(path: Path, rng: Random, counts: Counter[str]) -> list[str]:
    """Kill a process that migrates a library of schema 5; what is wrong with the library then."""
    from sqlite_utils import Database

    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as plain:
        schema.migrations().apply(Database(plain), stop_before="m006_furniture")
        plain.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        plain.execute("PRAGMA user_version = 5")
        for number, report in enumerate(news.reports(200, seed=3), 1):
            article = report.article
            plain.execute("INSERT INTO texts VALUES (?, ?) ON CONFLICT DO NOTHING", (article.text_sha, article.body))
            values = (number, article.text_sha, article.title, 9, "2031-03-06T09:00:00.000Z")
            plain.execute(
                "INSERT INTO articles (id, text_sha, stated_title, words, added_at) VALUES (?, ?, ?, ?, ?)", values
            )
    began = time.perf_counter()
    with Library.open(path) as library:
        library.articles.count()
    takes = time.perf_counter() - began
    counts["seconds of a migration, thousandths"] = max(1, int(takes * 1000))
    for copy in path.parent.glob("library.db.schema5-*.bak"):  # what it was before, to be migrated again and killed
        copy.replace(path)
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    worker = Worker(lambda say: migrating(path, say))
    time.sleep(rng.random() * takes)
    worker.kill()
    counts["kills"] += 1
    counts["kills of a migration"] += 1
    with Library.open(path) as library:
        held = library.articles.count()
        found = [problem for check in library.check() for problem in check.problems]
    if held != 200:
        found.append(f"lost: {200 - held} reports")
    return [f"migration: {problem}" for problem in found]


# --- the app


def screens(times: int, seed: int) -> dict[str, Any]:
    """Kill the app in a terminal between keys; every star that its screen told must be in the library."""
    rng = Random(seed)
    counts: Counter[str] = Counter()
    problems: list[str] = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        with Library.open(path) as library:
            list(library.articles.add_many([(Article(title=f"Report {n} end", body=f"{n}"), b"") for n in range(90)]))
        for number in range(times):
            told = _keys_until_killed(path, rng)
            counts["kills"] += 1
            counts["confirmed star"] += len(told)
            with Library.open(path) as library:
                found = [problem for check in library.check() for problem in check.problems]
                starred = {row.title for row in library.articles.page(limit=-1) if row.starred}
                found += [f"lost: the star of {title}" for title in told if title not in starred]
                library.articles.set_starred(library.articles.ids(), False)
            problems += [f"{number}: {problem}" for problem in found]
    return {"times": times, "seed": seed, **counts, "lost": len(problems), "problems": problems[:20]}


def _keys_until_killed(path: Path, rng: Random) -> set[str]:
    pid, terminal = pty.fork()
    if pid == 0:
        more = {"TERM": "xterm-256color", "RASHOMON_CONFIG": os.devnull, "COLUMNS": "120", "LINES": "30"}
        more |= {"XDG_STATE_HOME": str(path.parent), "PYTHONUTF8": "1"}
        os.execve(sys.executable, [sys.executable, "-m", "cli", "--db", str(path)], os.environ | more)
    shown = b""

    def read(seconds: float) -> None:
        nonlocal shown
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and select.select([terminal], [], [], left)[0]:
            try:
                shown += os.read(terminal, 1 << 16)
            except OSError:
                return

    until = time.monotonic() + 30
    while b"Report" not in shown and time.monotonic() < until:
        read(0.2)
    os.write(terminal, b"\x1b")  # the greeting of the first start
    read(0.5)
    for _ in range(rng.randrange(3, 20)):
        os.write(terminal, b"mj")
        read(rng.random() * 0.06)
    os.kill(pid, signal.SIGKILL)
    read(0.1)
    os.waitpid(pid, 0)
    os.close(terminal)
    return set(re.findall(r'Starred "(Report \d+ end)"', shown.decode(errors="replace")))


# --- a full disk


def full() -> dict[str, Any]:
    """Judge and add on a disk of 3 MB until it is full, free some, and go on."""
    with TemporaryDirectory() as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], check=True)
        try:
            return _fill(Path(folder))
        finally:
            subprocess.run(["umount", folder], check=True)


def _fill(folder: Path) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    (folder / "ballast").write_bytes(bytes(300_000))
    with Library.open(folder / "library.db") as library:
        notes = 0
        a, b = (report.article for report in news.reports(2, seed=1))
        a, b = library.articles.get_many([library.articles.add(one).id for one in (a, b)])  # type: ignore[assignment]
        rng = Random(1)
        library.verdicts.judge(a, b, _words(a.article, rng), _words(b.article, rng), "unsure", kind="count")  # type: ignore[arg-type, attr-defined]
        said = ""
        for report in news.reports(5_000, seed=2):
            try:
                library.articles.add(report.article, report.article.body.encode())
                library.verdicts.update(1, note=str(notes + 1))
                notes += 1
            except LibraryError as error:
                counts[f"refused ({error.trouble})"] += 1
                said = error.reason
                if counts[f"refused ({error.trouble})"] >= 20:
                    break
        held = library.articles.count()
        lost = int(library.verdicts.get(1).note) != notes
        problems = list(library.stats().problems)
        (folder / "ballast").unlink()
        library.verdicts.update(1, note="after")
    with Library.open(folder / "library.db") as library:
        problems += [problem for check in library.check() for problem in check.problems]
        lost = lost or library.verdicts.get(1).note != "after" or library.articles.count() != held
    return {"reports": held, "decisions": notes, "said": said, **counts, "lost": int(lost), "problems": problems}


def main(arguments: list[str]) -> int:
    """Run one kind of fault; 1 where something was lost."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__.splitlines()[0])
    asked.add_argument("kind", choices=["kills", "screens", "full"])
    asked.add_argument("times", type=int, nargs="?", default=100)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--quick", action="store_true", help="facts by pattern, without the parser")
    options = asked.parse_args(arguments)
    analyse = quick_facts
    if options.kind == "kills" and not options.quick:
        from reader.analysis import analyse

        analyse(Article(body="Around 275 people left on Monday."))  # the parser is loaded once, before the forks
    if options.kind == "kills":
        told = kills(options.times, options.seed, analyse)
    else:
        told = screens(options.times, options.seed) if options.kind == "screens" else full()
    print(json.dumps(told, indent=1))
    return int(bool(told["lost"] or told["problems"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
