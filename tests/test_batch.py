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


def _read(report: str) -> str:
    """As the machine reads: one report kills the process, one waits at a pipe until it may go on."""
    if report == "deadly":
        os._exit(1)
    if report.startswith("/"):
        Path(report).read_bytes()
    return report.upper()


def test_what_kills_a_process_is_named_and_the_rest_is_done() -> None:
    reports = [f"report {n}" for n in range(4 * batch.CHUNK)]
    reports[5] = reports[6] = "deadly"
    made = list(batch.as_done(_read, reports, 2))
    assert [item for item, result in made if isinstance(result, batch.Died)] == ["deadly"] * 2
    assert sorted(item for item, _ in made) == sorted(reports)
    assert all(result == item.upper() for item, result in made if item != "deadly")
    with pytest.raises(batch.Died) as died:
        list(batch.each(_read, reports, 2))
    assert died.value.item == "deadly"
    assert multiprocessing.active_children() == []


def test_where_every_process_dies_it_is_not_for_the_sake_of_one_item() -> None:
    with pytest.raises(RuntimeError, match="one after the other"):
        list(batch.as_done(_read, ["deadly"] * 100, 2))


def test_a_long_item_keeps_no_other_back(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reports = [str(pipe), *(f"report {n}" for n in range(8 * batch.CHUNK))]
    looks = iter(range(300))
    with closing(batch.as_done(_read, reports, 2, lambda: next(looks))) as made:
        early = [next(made)[0] for _ in range(7 * batch.CHUNK + 1)]
        assert str(pipe) not in early
        pipe.write_bytes(b"now")
        assert str(pipe) in [item for item, _ in made]


def test_two_at_once_end_their_own_processes_only() -> None:
    first, second = (batch.each(math.factorial, range(9 * batch.CHUNK), 2) for _ in range(2))
    with closing(first), closing(second):
        begun = [next(first), next(second)]
        assert len([*begun, *first, *second]) == 18 * batch.CHUNK
    assert multiprocessing.active_children() == []


def _runs_out(_: int) -> int:
    raise TimeoutError("its own")


def test_a_time_limit_of_the_function_is_its_own() -> None:
    with pytest.raises(TimeoutError, match="its own"):
        list(batch.each(_runs_out, [1], 2))


@pytest.mark.parametrize(("free", "wanted"), [(100_000_000_000, 8), (1_700_000_000, 4), (100_000_000, 1), (None, 8)])
def test_there_is_memory_for_each_process(free: int | None, wanted: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(32), raising=False)
    monkeypatch.setattr(batch, "_memory", lambda: free)
    assert batch.processors() == wanted


def test_memory_is_that_of_this_machine() -> None:
    memory = batch._memory()
    assert memory is None or memory > 10_000_000


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
