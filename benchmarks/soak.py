"""Two windows and a running `rashomon add` on one library, for thousands of keys: nothing may be lost and no memory kept.

    python -m benchmarks.soak 2400         # keys a window: an hour's work at a key every second and a half

Each window is the app in a process of its own, whose keys are pressed as fast as it answers: it walks lists, searches,
reads, compares, judges, notes, tags, stars, undoes and redoes. Beside them `rashomon add` puts invented reports into the
library, file after file. After each change that a screen tells, the last event of the history is noted. In the end all of
these must be in the history, the tables must be what the history makes of them, and the library must be sound. Memory is
read from the system all the while; what a window holds in the last quarter is told against the second.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import news
from benchmarks.faults import problems_of
from db import Library

REPORTS_A_FILE = 20
FIRST_REPORTS = 200
TOLD = ("Stored", "Starred", "Un-starred", "Tagged", "Undone", "Redone", "Marked")
"""How a screen begins to tell of a change."""
GIVEN_UP = "another program is writing"
ROUNDS: tuple[tuple[str, ...], ...] = (
    ("j", "j", "m", "j", "r", "k", "m"),
    ("G", "g", "g", "S", "j", "enter"),
    ("/", "b", "a", "r", "enter", "j", "escape"),
    ("enter", "space", "b", "m", "q"),
    ("compare", "a", "]", "c", "x", "]", "u", "s", "f", "+", "u", "ctrl+r", "q"),
    ("compare", "e", "n", "o", "t", "e", "enter", "3", "z", "R", "z", "M", "backspace", "q"),
    ("compare", "t", "t", "o", "l", "l", "enter", "A", "y", "u", "z", "h", "q"),
    ("g", "q", "j", "j", "k", "g", "h", "j", "g", "s", "g", "l"),
    ("u", "u", "ctrl+r", "ctrl+r"),
    ("?", "escape", "escape", "F", "escape"),
)
"""What is pressed in one go, from the library on; "compare" opens the two reports that are judged."""


async def window(path: Path, name: str, keys: int) -> dict[str, Any]:
    """Press so many keys in the app; what its screen told as stored, and what it holds."""
    from app import RashomonApp
    from widgets.keys import CommandScreen
    from widgets.navigation import OpenPair
    from widgets.status import StatusBar

    rng = Random(name)
    heads: list[str] = []
    busy = pressed = 0
    objects: list[int] = []
    with Library.open(path, reviewer=name) as library:
        app = RashomonApp(library)

        def said() -> str:
            screen = app.screen
            return screen.query_one(StatusBar).message if isinstance(screen, CommandScreen) else ""

        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.pause()
            while pressed < keys:
                for key in rng.choice(ROUNDS):
                    if key == "compare":
                        app.post_message(OpenPair(1, 2))
                        await pilot.pause()
                        await app.workers.wait_for_complete()
                    else:
                        before = said()
                        await pilot.press(key)
                        pressed += 1
                        if (now := said()) != before and now.startswith(TOLD):
                            heads.append(library.history.head())
                        busy += GIVEN_UP in now and now != before
                    await pilot.pause()
                while len(app.screen_stack) > 2:
                    app.pop_screen()
                    await pilot.pause()
                gc.collect()  # what is only garbage is not kept
                objects.append(len(gc.get_objects()))
    quarter = max(1, len(objects) // 4)
    return {
        "keys": pressed,
        "heads": heads,
        "given up": busy,
        "objects": [
            statistics.median(objects[quarter : 2 * quarter] or objects),
            statistics.median(objects[-quarter:]),
        ],
    }


def resident(pid: int) -> float:
    """Megabytes of memory that a process has."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def soak(keys: int, windows: int) -> dict[str, Any]:
    """Let windows and an adding process work on one library; what was told, lost and kept."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        stream = news.reports(1_000_000, seed=5)
        with Library.open(path) as library:
            first = [next(stream).article for _ in range(FIRST_REPORTS)]
            first[1] = next(
                report.article for report in news.reports(400, seed=5) if report.article.body != first[0].body
            )
            list(library.articles.add_many([(article, b"") for article in first]))
            held = library.articles.count()
            _compared(library)
        began = time.monotonic()
        options = ["-m", "benchmarks.soak", str(keys), "--path", str(path), "--window"]
        running = [
            subprocess.Popen([sys.executable, *options, name], stdout=subprocess.PIPE, text=True)
            for name in ("ada", "ben", "cleo")[:windows]
        ]
        memory: list[list[float]] = [[] for _ in running]
        added = files = 0
        while any(process.poll() is None for process in running):
            file = Path(folder) / "more.jsonl"
            batch = [next(stream).article for _ in range(REPORTS_A_FILE)]
            lines = (
                json.dumps({"title": a.title, "source": a.source, "text": a.body, "id": a.external_id}) for a in batch
            )
            file.write_text("\n".join(lines), encoding="utf-8")
            adding = [sys.executable, "-m", "cli", "--db", str(path), "add", str(file)]
            told = subprocess.run(adding, capture_output=True, text=True, check=True).stderr
            added += sum(int(word) for word in [told.split(" added")[0].split()[-1]] if word.isdigit())
            files += 1
            for process, seen in zip(running, memory, strict=True):
                if process.poll() is None:
                    seen.append(resident(process.pid))
        results = [json.loads(process.communicate()[0]) for process in running]
        took = time.monotonic() - began
        heads = [head for result in results for head in result["heads"]]
        problems = problems_of(path, [["decision", head] for head in heads])
        with Library.open(path) as library:
            lost_reports = held + added - library.articles.count()
        quarters = [_quarters(seen) for seen in memory]
        return {
            "seconds": round(took),
            "keys": [result["keys"] for result in results],
            "changes told": len(heads),
            "keys that gave up waiting": [result["given up"] for result in results],
            "files added": files,
            "reports added": added,
            "megabytes, second and last quarter": quarters,
            "objects, second and last quarter": [result["objects"] for result in results],
            "lost": len([p for p in problems if "lost" in p]) + lost_reports,
            "problems": problems[:20],
        }


def _compared(library: Library) -> None:
    """Find the facts of the two reports that are compared, and compare them, so that the windows need no parser."""
    from widgets.understanding import comparison_of

    a, b = library.articles.get_many([1, 2])
    comparison_of(library, a, b)


def _quarters(seen: list[float]) -> list[float]:
    quarter = max(1, len(seen) // 4)
    second, last = seen[quarter : 2 * quarter] or seen, seen[-quarter:]
    return [round(statistics.median(second), 1), round(statistics.median(last), 1)] if seen else []


def main(arguments: list[str]) -> int:
    """Soak, or be one of the windows; 1 where something was lost."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__.splitlines()[0])
    asked.add_argument("keys", type=int, nargs="?", default=2_400)
    asked.add_argument("--windows", type=int, default=2)
    asked.add_argument("--path", type=Path)
    asked.add_argument("--window", default="")
    options = asked.parse_args(arguments)
    if options.window:
        os.environ["TEXTUAL_ANIMATIONS"] = "none"
        print(json.dumps(asyncio.run(window(options.path, options.window, options.keys))))
        return 0
    told = soak(options.keys, options.windows)
    print(json.dumps(told, indent=1))
    return int(bool(told["lost"] or told["problems"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
