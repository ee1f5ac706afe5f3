"""Work on several processes: the same results in the same order, stopped at once, and nothing left behind."""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from reader import batch, settings
from reader.analysis import analyse
from reader.models import PipelineError
from reader.nouns import Article

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("processes", [1, 2])
def test_results_come_in_order(processes: int) -> None:
    numbers = range(3 * batch.CHUNK + 1)
    assert list(batch.each(math.factorial, numbers, processes)) == [math.factorial(n) for n in numbers]
    assert multiprocessing.active_children() == []


def test_few_items_start_no_process() -> None:
    assert list(batch.each(_process, range(3))) == [os.getpid()] * 3


def _process(_: int) -> int:
    return os.getpid()


def test_stopping_while_waiting_ends_the_processes() -> None:
    asked = []

    def waiting() -> None:
        asked.append(len(multiprocessing.active_children()))
        if len(asked) == 3:
            raise InterruptedError

    with (
        closing(batch.each(time.sleep, [3600] * 4 * batch.CHUNK, 2, waiting)) as results,
        pytest.raises(InterruptedError),
    ):
        next(results)
    assert asked[-1] == 2
    assert multiprocessing.active_children() == []


def test_closing_early_ends_the_processes() -> None:
    with closing(batch.each(math.factorial, range(10_000), 2)) as results:
        assert next(results) == 1
    assert multiprocessing.active_children() == []


def test_what_fails_in_a_process_fails_here() -> None:
    with pytest.raises(ValueError, match="negative"):
        list(batch.each(math.factorial, [1, -1], 2))


def test_a_process_that_dies_is_said() -> None:
    with pytest.raises(RuntimeError, match="worker process died"):
        list(batch.each(os._exit, [1], 2))
    assert multiprocessing.active_children() == []


def test_processes_read_by_the_settings_of_their_parent() -> None:
    settings.use(settings.Settings(model="en_core_web_nowhere"))
    with pytest.raises(PipelineError, match="not installed"):
        list(batch.each(analyse, [Article(body="Rain fell.")], 2))


def test_processes_start_under_a_screen() -> None:
    """Textual puts something without a file descriptor in the place of standard error."""
    code = (
        "import io, math, sys\nfrom reader import batch\n"
        "class Capture(io.StringIO):\n"
        "    def fileno(self): return -1\n"
        "if __name__ == '__main__':\n"
        "    sys.stderr = Capture()\n"
        "    print(*batch.each(math.factorial, range(4), 2))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "1 1 2 6\n"


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_processes_end_with_their_parent(how: signal.Signals) -> None:
    code = (
        "import multiprocessing, time\nfrom reader import batch\n"
        "if __name__ == '__main__':\n"
        "    def waiting():\n"
        "        print(*(p.pid for p in multiprocessing.active_children()), flush=True)\n"
        "    list(batch.each(time.sleep, [3600] * 4 * batch.CHUNK, 2, waiting))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        assert parent.stderr is not None
        children = parent.stdout.readline().split()
        assert len(children) == 2
        parent.send_signal(how)
        # The pipe ends when the last process that holds it is gone, the children included.
        parent.stdout.read()
        told = parent.stderr.read()
    assert told.count("Traceback") == (how == signal.SIGINT), "the parent's own, and none of the children"
