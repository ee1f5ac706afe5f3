"""Work that takes time: done in threads, told by messages, shown when it lasts, stopped with Esc.

A job never touches a widget. It returns a value, may report what it is doing, and the screen that started it gets
the value in a handler of its own.
"""

from __future__ import annotations

import gc
import sys
import threading
import time
from asyncio import Event as LoopEvent
from asyncio import get_running_loop
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass, field
from threading import Event
from typing import Any, TypeVar

from textual import on
from textual.message import Message
from textual.screen import Screen

from widgets.status import StatusBar

T = TypeVar("T")
ResultType = TypeVar("ResultType")

SHOW_AFTER = 0.4
"""Seconds after which work under way is shown."""


COLLECT_AFTER = (1_000, 10, 100)
"""Objects more after which garbage is looked for among the young ones; rounds after which among the older, among all."""
MANY_MODULES = 50
"""Modules imported since the last time from which on they are worth putting aside."""


LEAVE_WITHIN = 1.0
"""Seconds that jobs which notice that they are not wanted have to end when the person quits."""


class Stopped(Exception):
    """The person stopped this work; raised by ``Report`` inside the job."""


def one_line(error: BaseException) -> str:
    """What an error says, in one line for the status bar."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


@dataclass
class Job:
    """One piece of work under way. ``name`` is what the status bar calls it.

    What is told of a job in the background stands on the right of the status bar, beside the messages. One that is not
    ``stoppable`` is one step that is done whole, whatever is pressed meanwhile.
    """

    name: str
    key: str
    then: Callable[[Any], None]
    background: bool = False
    stoppable: bool = True
    progress: str = ""
    shown: bool = False
    stop: Event = field(default_factory=Event)


_put_aside = 0
"""How many modules were imported when they were last put aside."""


def calm_collector() -> None:
    """Have the garbage collector go through little and seldom, for no key is answered meanwhile.

    All that imports brought stays to the end, and with the parser loaded a full round over it takes a tenth of a
    second: it is put aside (the garbage of that moment with it; there are few such moments). What a key makes anew, a
    few thousand marks, is no reason for a round.
    """
    global _put_aside
    gc.set_threshold(*COLLECT_AFTER)
    if len(sys.modules) - _put_aside >= MANY_MODULES:
        _put_aside = len(sys.modules)
        gc.freeze()


Report = Callable[[str], None]
"""Given to a job: says how far it is, and raises ``Stopped`` once the work is no longer wanted."""


class _JobThread(threading.Thread):
    """A thread of a job. Nothing waits for it when the process ends, as it does for the threads of asyncio."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__(target=work, daemon=True)


async def in_thread(work: Callable[[], None]) -> None:
    """Do ``work`` in a thread and wait for its end, unless cancelled."""
    loop = get_running_loop()
    over = LoopEvent()
    context = copy_context()

    def run() -> None:
        with suppress(RuntimeError):  # the app that it would tell is gone
            context.run(work)
        calm_collector()
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(over.set)

    _JobThread(run).start()
    await over.wait()


def leave(seconds: float = LEAVE_WITHIN) -> bool:
    """Wait at most so long for the jobs under way; whether all have ended."""
    until = time.monotonic() + seconds
    jobs = [thread for thread in threading.enumerate() if isinstance(thread, _JobThread)]
    for thread in jobs:
        thread.join(max(0.0, until - time.monotonic()))
    return not any(thread.is_alive() for thread in jobs)


class JobMessage(Message, bubble=False):
    """Posted from the thread of a job."""

    def __init__(self, job: Job, value: Any) -> None:
        super().__init__()
        self.job = job
        self.value = value


class JobProgress(JobMessage):
    """``value`` says how far it is."""


class JobDone(JobMessage):
    """``value`` is the result."""


class JobFailed(JobMessage):
    """``value`` is the reason in one line."""


class WorkingScreen(Screen[ResultType]):
    """A screen that can start jobs."""

    def __init__(self) -> None:
        super().__init__()
        self._jobs: dict[str, Job] = {}

    def start(
        self,
        name: str,
        job: Callable[[Report], T],
        then: Callable[[T], None],
        *,
        key: str = "",
        background: bool = False,
        shown: bool = True,
        stoppable: bool = True,
    ) -> None:
        """Run ``job`` in a thread and call ``then`` with its result, here, unless it was stopped or replaced.

        ``name`` says what is going on ("Reading the facts"). A job replaces the one of the same ``key``
        (by default its name) that is still under way. One that is not ``shown`` has no line and is not stopped by Esc,
        nor is one that is not ``stoppable``.
        """
        under_way = Job(name, key or name, then, background, stoppable)
        if replaced := self._jobs.get(under_way.key):
            self._job_ended(replaced)
        self._jobs[under_way.key] = under_way

        def report(progress: str) -> None:
            if under_way.stop.is_set():
                raise Stopped
            self.post_message(JobProgress(under_way, progress))

        def run() -> None:
            try:
                result = job(report)
            except Stopped:
                return
            except Exception as error:  # a job may fail in any library; a person gets one line, not a traceback
                self.log.error(f"{name}: {error!r}")
                self.post_message(JobFailed(under_way, one_line(error)))
            else:
                self.post_message(JobDone(under_way, result))

        self.run_worker(in_thread(run), name=name, group=under_way.key, exit_on_error=False)
        if shown:
            self.set_timer(SHOW_AFTER, lambda: self._job_shown(under_way))

    @property
    def jobs(self) -> list[str]:
        """The names of the work under way."""
        return [job.name for job in self._jobs.values()]

    def on_unmount(self) -> None:
        """Nobody waits for the work of a screen that is gone."""
        for job in self._jobs.values():
            job.stop.set()

    def stop_jobs(self) -> bool:
        """Stop all work under way; whether there was any that the person could see."""
        seen = [job for job in self._jobs.values() if job.shown and job.stoppable]
        for job in seen:
            self._job_ended(job)
        if seen:
            self._say(f"Stopped: {seen[0].name.lower()}")
        return bool(seen)

    def _job_ended(self, job: Job) -> None:
        job.stop.set()
        if self._jobs.get(job.key) is job:
            del self._jobs[job.key]
        if job.shown:
            self._job_told(job, "")

    def _job_wanted(self, job: Job) -> bool:
        return self._jobs.get(job.key) is job

    def _job_shown(self, job: Job) -> None:
        if self._job_wanted(job):
            job.shown = True
            self._job_told(job, f"{job.name}… {job.progress}".rstrip() + ("  (Esc stops)" if job.stoppable else ""))

    def _job_told(self, job: Job, message: str) -> None:
        for bar in self.query(StatusBar):
            if job.background:
                bar.place(message)
            else:
                bar.say(message)

    def _say(self, message: str, *, warning: bool = False) -> None:
        for bar in self.query(StatusBar):
            bar.say(message, warning=warning)

    @on(JobProgress)
    def _job_progress(self, message: JobProgress) -> None:
        message.job.progress = message.value
        if message.job.shown:
            self._job_shown(message.job)

    @on(JobDone)
    def _job_done(self, message: JobDone) -> None:
        job = message.job
        if self._job_wanted(job):
            self._job_ended(job)
            job.then(message.value)

    @on(JobFailed)
    def _job_failed(self, message: JobFailed) -> None:
        job = message.job
        if self._job_wanted(job):
            self._job_ended(job)
            self._say(f"{job.name}: {message.value}", warning=True)
