"""The disk, the file and other programs get in the way: it is said in one line, nothing is lost, and work goes on."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import UseApp
from hypothesis import given
from hypothesis import strategies as st
from two_reports import library_of

from db import Library, LibraryError
from reader.nouns import Article
from tests.db_library import numbers, two
from widgets.clipboard import to_file
from widgets.compare.screen import CompareScreen
from widgets.config import write_template
from widgets.exports.files import write_whole
from widgets.kept import Kept
from widgets.library_screen import LibraryScreen
from widgets.reader_screen import ReaderScreen


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Library]:
    """A library with one verdict."""
    with Library.open(tmp_path / "library.db", timeout=0) as library:
        a, b = two(library)
        library.verdicts.judge_conflict(a, b, numbers(a, b), "contradiction", note="as judged")
        yield library


@contextmanager
def no_more_room(path: Path) -> Iterator[None]:
    """No file of this process may grow past what the log of a library has."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.with_name(path.name + "-wal").stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program is writing to a library."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


def sound(path: Path) -> Library:
    """A library opened anew, and read through."""
    library = Library.open(path)
    assert library.stats().problems == ()
    return library


# --- the disk


def test_a_disk_that_takes_no_more_loses_nothing(held: Library) -> None:
    with no_more_room(held.path), pytest.raises(LibraryError, match="check the disk") as caught:
        held.verdicts.update(1, note="on a full disk")
    assert caught.value.trouble == "unreachable"
    assert held.verdicts.get(1).note == "as judged"
    held.verdicts.update(1, note="after some was freed")
    held.close()
    with sound(held.path) as again:
        assert again.verdicts.get(1).note == "after some was freed"


def test_a_full_file_is_a_full_disk(held: Library) -> None:
    pages = held._store.value("PRAGMA page_count")
    held._store.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(LibraryError, match="the disk is full; free some space") as caught:
        held.articles.add(Article(body="A long report. " * 10_000))
    assert caught.value.trouble == "full"
    assert held.articles.count() == 2
    held._store.connection.execute("PRAGMA max_page_count = 1000000")
    assert held.articles.add(Article(body="A long report. " * 10_000)).status == "added"
    assert held.stats().problems == ()


def test_a_library_that_cannot_be_written_to_is_read(held: Library) -> None:
    held._store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(LibraryError, match="it cannot be written to; check the permissions") as caught:
        held.verdicts.update(1, note="new")
    assert caught.value.trouble == "readonly"
    assert held.verdicts.get(1).note == "as judged"


# --- another program


def test_a_key_waits_a_moment_for_another_program_and_a_job_for_longer(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library, locked(library.path):
        library.be_patient(0.05)
        begun = time.monotonic()
        with pytest.raises(LibraryError, match="another program is writing to it"):
            library.articles.add(Article(body="New."))
        assert time.monotonic() - begun < 2  # without that it would be five seconds
        others: list[float | None] = []
        thread = threading.Thread(target=lambda: others.append(library._store._local.patience))
        thread.start()
        thread.join()
        assert others == [None]


def test_a_writer_has_its_turn_between_two_writes_of_another_program(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library, Library.open(tmp_path / "library.db") as busy:
        stop = threading.Event()

        def write_on() -> None:
            while not stop.is_set():
                with busy._store.write() as connection:
                    connection.execute("UPDATE articles SET place = place + 1")
                    time.sleep(0.02)
                time.sleep(0.006)

        two(library)
        thread = threading.Thread(target=write_on)
        thread.start()
        try:
            for n in range(20):
                library.tags.tag("article", [1], [f"tag {n}"])
        finally:
            stop.set()
            thread.join()
        assert len(library.articles.get(1).tags) == 20


# --- the file goes away under us


def test_a_deleted_library_is_saved_beside_and_nothing_is_written_into_nowhere(held: Library) -> None:
    folder = held.path.parent
    shutil.copy(held.path, folder / "elsewhere")
    for name in ("library.db", "library.db-wal", "library.db-shm"):
        (folder / name).unlink()
    for _ in range(2):
        with pytest.raises(
            LibraryError, match="was moved or deleted while it was open, so nothing is stored"
        ) as caught:
            held.verdicts.update(1, note="into nowhere")
        assert caught.value.trouble == "gone"
        (copy,) = folder.glob("*.bak")
        assert copy.name in str(caught.value)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert not held.path.exists()
    with sound(copy) as saved:
        assert [v.note for v in saved.verdicts.of_pair(1, 2)] == ["as judged"]


def test_a_replaced_library_is_not_written_to_by_who_had_the_old_one_open(held: Library, tmp_path: Path) -> None:
    with Library.open(tmp_path / "other.db") as other:
        other.articles.add(Article(body="Another library."))
    (tmp_path / "other.db").replace(held.path)
    with pytest.raises(LibraryError, match="was replaced by another file while it was open"):
        held.articles.add(Article(body="New."))
    failed: list[Exception] = []

    def read() -> None:  # in a new thread, whose connection would open the other file
        try:
            held.articles.count()
        except LibraryError as error:
            failed.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert "was replaced" in str(failed[0])
    (copy,) = tmp_path.glob("*.bak")
    with sound(copy) as saved:
        assert saved.verdicts.get(1).note == "as judged"


# --- the power goes


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes, list[int]]:
    """The file, its log, and how long the log was after each of twelve notes on a verdict."""
    path = tmp_path_factory.mktemp("cut") / "library.db"
    with Library.open(path) as library:
        a, b = two(library)
        library.verdicts.judge_conflict(a, b, numbers(a, b), "contradiction", note="0")
        log = path.with_name("library.db-wal")
        ends = []
        for n in range(1, 13):
            library.verdicts.update(1, note=str(n))
            ends.append(log.stat().st_size)
        return path.read_bytes(), log.read_bytes(), ends


@given(st.data())
def test_a_copy_from_a_power_cut_has_every_decision_up_to_where_its_log_is_torn(
    tmp_path_factory: pytest.TempPathFactory, cut: tuple[bytes, bytes, list[int]], data: st.DataObject
) -> None:
    main, log, ends = cut
    (page,) = struct.unpack(">I", log[8:12])
    at_page = data.draw(st.booleans())
    first, last = ends[0], len(log)
    end = data.draw(st.integers(first, last))
    if at_page:
        end = 32 + (end - 32) // (24 + page) * (24 + page)
    torn = bytearray(log[:end])
    if data.draw(st.booleans()):  # blocks that never reached the disk
        torn += bytes(data.draw(st.integers(1, 9_000)))
    path = tmp_path_factory.mktemp("torn") / "library.db"
    path.write_bytes(main)
    path.with_name("library.db-wal").write_bytes(torn)
    kept = sum(one <= end for one in ends)
    with sound(path) as library:
        assert library.verdicts.get(1).note == str(kept)


# --- the app


async def test_a_key_that_could_not_be_stored_says_so_and_the_screen_shows_what_is_stored(
    tmp_path: Path, use: UseApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.PATIENCE", 0.0)
    library = library_of(tmp_path / "library.db")
    async with use(library, ("compare", 1, 2), size=(140, 40)) as using:
        screen = using.app.screen
        assert isinstance(screen, CompareScreen)
        before = [finding.state for finding in screen.findings]
        here = screen.current
        with locked(library.path):
            for key in ("a", "x", "s", "f", "3", "+", "u"):
                await using.press(key)
                assert "another program is writing to it" in using.said, key
                assert [finding.state for finding in screen.findings] == before
                assert screen.current == here
            await using.press("A", "y")
            assert "another program is writing to it" in using.said
        assert library.verdicts.count() == 0
        await using.press("a")
        assert using.said.startswith("Stored: ")
        assert library.verdicts.count() == 1
    library.close()


async def test_reports_and_pairs_are_opened_though_nothing_can_be_stored(
    library: Library, use: UseApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.PATIENCE", 0.0)
    monkeypatch.setattr(library._store, "_timeout", 0.0)
    async with use(library, size=(120, 30)) as using:
        with locked(library.path):
            await using.press("m")
            assert "another program is writing to it" in using.said
            assert isinstance(using.app.screen, LibraryScreen)
            assert not any(row.starred for row in library.articles.page())
            await using.press("enter")
            screen = using.app.screen
            assert isinstance(screen, ReaderScreen)
            assert screen.facts is not None  # read, though they could not be kept
            assert screen.stored is not None
            assert not screen.stored.read
            await using.press("m", "r", "q")
        assert library.articles.count() == 5
        assert not any(row.read or row.starred for row in library.articles.page())


async def test_a_library_that_is_deleted_while_it_is_open_is_said_in_full(library: Library, use: UseApp) -> None:
    async with use(library, size=(80, 24)) as using:
        for path in list(library.path.parent.iterdir()):
            path.unlink()
        await using.press("m")
        (copy,) = library.path.parent.glob("*.bak")
        assert copy.name in using.said
        assert "quit, and open that" in using.said
        bar = using.app.screen.query_one("StatusBar")
        shown = "".join(bar.render_line(y).text for y in range(bar.size.height))
        assert "".join(shown.split())[-20:] == "".join(using.said.split())[-20:]
        await using.press("j")


# --- nobody else reads it


def test_files_are_made_for_their_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.umask(0)
    try:
        Kept(path=tmp_path / "state" / "state.json").save()
        write_template(tmp_path / "config" / "config.toml")
        monkeypatch.setattr("widgets.clipboard.file_path", lambda: tmp_path / "copied" / "copied.txt")
        to_file("copied")
        with Library.open(tmp_path / "data" / "library.db") as library:
            library.backup()
        write_whole(tmp_path / "data" / "export.csv", "a,b")
    finally:
        os.umask(before)
    folders = [path for path in tmp_path.iterdir() if path.is_dir()]
    assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}
    files = [file for folder in folders for file in folder.iterdir()]
    assert len(files) == 6
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


# --- permissions, as somebody whom they bind


def as_nobody(ask: Callable[[], object]) -> str:
    """What ``ask`` says, in a process of a user who is not root: root is bound by no permissions."""
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        try:
            if os.getuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            os.write(writing, f"fine: {ask()}".encode())
        except LibraryError as error:
            os.write(writing, str(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as told:
        return told.read()


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "told"),
    [
        (0o755, 0o644, "it cannot be written to; check the permissions of the file and its folder"),
        (0o777, 0o444, "it cannot be written to; check the permissions"),
        (0o777, 0o600, "check that its folder exists and can be written to"),
    ],
    ids=["read-only folder", "read-only file", "file of another"],
)
def test_a_place_where_one_may_not_write_is_said(folder_mode: int, file_mode: int, told: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        with Library.open(path) as library:
            two(library)
        before = path.read_bytes()
        Path(folder).chmod(folder_mode)
        path.chmod(file_mode)

        def write() -> int:
            with Library.open(path) as library:
                return library.articles.add(Article(body="New.")).id

        if os.getuid() != 0:
            Path(folder).chmod(folder_mode & 0o555 if folder_mode == 0o755 else 0o700)
            path.chmod(file_mode & 0o444 if file_mode != 0o600 else 0)
        said = as_nobody(write)
        Path(folder).chmod(0o700)
        path.chmod(0o600)
        assert said.startswith(f"{path}: ")
        assert told in said
        assert path.read_bytes() == before
