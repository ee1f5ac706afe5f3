"""Reading in a process of its own: other people's parsers may spin, swell or crash on hostile bytes.

The process has limits on time and memory. At either it is ended and the next document gets a new one; the program that
asked goes on. It has no terminal and ends with its parent. What it answers is data, checked against the type asked for.
"""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO, TypeVar

import msgspec

from reader.acquire.records import AcquireError

T = TypeVar("T")

SECONDS = 60.0
"""The longest that one document may take."""
MEMORY = 2_000_000_000
"""Bytes of address space that the process may have, where the system can limit it."""

_PROGRAM = "import sys; sys.path[:] = {path!r}; from reader.acquire import apart; apart.serve({seconds!r}, {memory!r})"
_VALUE, _END, _REFUSED = b"v", b"e", b"r"


class _Refused(AcquireError):
    """The function itself said that it cannot read this; the process goes on."""


class _Process:
    def __init__(self) -> None:
        program = _PROGRAM.format(path=sys.path, seconds=SECONDS, memory=MEMORY)
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def results(self, function: Callable[..., Any], arguments: tuple[Any, ...], kind: type[T]) -> Iterator[T]:
        """What `read` yields."""
        try:
            with self._limited():
                self._write(pickle.dumps((function, arguments)))
                answer, data = self._read()
            while answer == _VALUE:
                yield msgspec.msgpack.decode(data, type=kind)
                with self._limited():
                    answer, data = self._read()
        except (OSError, EOFError, msgspec.DecodeError):
            raise AcquireError("reading it ended the process that read it, perhaps for want of memory") from None
        if answer == _REFUSED:
            raise _Refused(data.decode(errors="replace"))

    @contextmanager
    def _limited(self) -> Iterator[None]:
        """End the process where the block takes longer than `SECONDS`."""
        late = threading.Event()

        def end() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(SECONDS, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (OSError, EOFError):
            if late.is_set():
                raise AcquireError(f"not read within {SECONDS:g} seconds, the limit; save its text as .txt") from None
            raise
        finally:
            timer.cancel()

    def _write(self, data: bytes) -> None:
        assert self._process.stdin is not None
        _send(self._process.stdin, b"", data)

    def _read(self) -> tuple[bytes, bytes]:
        assert self._process.stdout is not None
        data = _receive(self._process.stdout)
        return data[:1], data[1:]

    def end(self) -> None:
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                assert stream is not None
                stream.close()
        self._process.wait()


def _send(stream: BinaryIO | Any, kind: bytes, data: bytes) -> None:
    stream.write((len(kind) + len(data)).to_bytes(8, "big") + kind)
    stream.write(data)
    stream.flush()


def _receive(stream: BinaryIO | Any) -> bytes:
    length = stream.read(8)
    data: bytes = stream.read(int.from_bytes(length, "big"))
    if len(length) < 8 or len(data) < int.from_bytes(length, "big"):
        raise EOFError
    return data


class _Shared:
    """The one process, and how many use it."""

    process: _Process | None = None
    users = 0
    lock = threading.RLock()


@contextmanager
def process() -> Iterator[None]:
    """Keep one process for all that is read within the block, blocks within it included."""
    with _Shared.lock:
        _Shared.users += 1
    try:
        yield
    finally:
        with _Shared.lock:
            _Shared.users -= 1
            if not _Shared.users:
                _end()


def _end() -> None:
    if _Shared.process is not None:
        _Shared.process.end()
        _Shared.process = None


def read(kind: type[T] | Any, function: Callable[..., Any], *arguments: Any) -> Iterator[T]:
    """What ``function`` returns, or all that the iterator it returns yields, with the limit on time for each.

    Function and arguments must be picklable, and each result of the ``kind`` that msgspec can write.

    Raises:
        AcquireError: it raised that, failed otherwise, or came to a limit.
    """
    with process(), _Shared.lock:
        idle = False
        try:
            if _Shared.process is None:
                _Shared.process = _Process()
            yield from _Shared.process.results(function, arguments, kind)
            idle = True
        except _Refused:
            idle = True
            raise
        finally:
            if not idle:
                _end()


def serve(seconds: float, memory: int) -> None:
    """Answer requests on standard input until there are no more. Runs in the process."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a parser prints is no answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    with suppress(EOFError, BrokenPipeError):
        while True:
            function, arguments = pickle.loads(_receive(requests))
            _alarm(seconds)
            _send(answers, *_answer(answers, function, arguments, seconds))
            _alarm(0)


def _answer(
    answers: BinaryIO, function: Callable[..., Any], arguments: tuple[Any, ...], seconds: float
) -> tuple[bytes, bytes]:
    try:
        found = function(*arguments)
        for value in found if isinstance(found, Iterator) else (found,):
            _send(answers, _VALUE, msgspec.msgpack.encode(value))
            _alarm(seconds)
    except BrokenPipeError:
        raise
    except AcquireError as error:
        return _REFUSED, str(error).encode()
    except Exception as error:
        return _REFUSED, f"cannot be read ({type(error).__name__}); save its text as .txt".encode()
    return _END, b""


def _alarm(seconds: float) -> None:
    """End this process after twice the limit, for the parent that would do it may be gone. 0 calls that off."""
    with suppress(AttributeError):  # a system without it
        signal.alarm(int(2 * seconds) + 1 if seconds else 0)
