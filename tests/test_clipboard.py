"""Copying text out: through the terminal, to the system, into a file."""

from __future__ import annotations

from pathlib import Path

import pyperclip
import pytest
from conftest import UseApp

from db import Library
from widgets import clipboard


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the clipboard of a system that has one took."""
    texts: list[str] = []
    monkeypatch.setattr(pyperclip, "copy", texts.append)
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    return texts


def refuse(text: str) -> None:
    raise pyperclip.PyperclipException(f"no tool for {text}")


def test_the_clipboard_of_the_system_takes_the_text(taken: list[str]) -> None:
    assert clipboard.keep("two\nlines") is None
    assert taken == ["two\nlines"]
    assert not clipboard.file_path().exists()


def test_without_a_clipboard_a_private_file_holds_the_last_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyperclip, "copy", refuse)
    clipboard.keep("first")
    path = clipboard.keep("“second” – שלום")
    assert path == clipboard.file_path()
    assert path.read_text(encoding="utf-8") == "“second” – שלום"
    assert path.stat().st_mode & 0o077 == 0


def test_over_ssh_the_clipboard_of_the_far_machine_is_not_used(
    taken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")
    monkeypatch.delenv("DISPLAY", raising=False)
    assert clipboard.keep("far") == clipboard.file_path()
    monkeypatch.setenv("DISPLAY", "localhost:10.0")
    assert clipboard.keep("forwarded") is None
    assert taken == ["forwarded"]


def test_a_path_is_told_from_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/tilda"))
    assert clipboard.short(Path("/home/tilda/.cache/copied.txt")) == "~/.cache/copied.txt"
    assert clipboard.short(Path("/tmp/copied.txt")) == "/tmp/copied.txt"


async def test_a_screen_copies_and_says_where(library: Library, use: UseApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyperclip, "copy", refuse)
    async with use(library) as using:
        using.app.screen.copy("odd \ud800 text\nof two\x1b[201~ lines")
        await using.settle()
        assert using.app.clipboard == "odd \ufffd text\nof two lines"
        assert using.said == f"Copied (also to {clipboard.file_path()}): odd \ufffd text of two lines"
        monkeypatch.setattr(clipboard, "file_path", lambda: Path("/proc/none/copied.txt"))
        using.app.screen.copy("lost")
        await using.settle()
        assert using.said.startswith("Copying: ")
