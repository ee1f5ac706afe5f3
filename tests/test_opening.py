"""Opening the address of a report: nothing but an address of the web reaches another program."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from widgets.opening import CannotOpen, checked, open_address, opener


@pytest.mark.parametrize(
    "address",
    [
        *("", "fen.example", "file:///etc/passwd", "javascript:alert(1)", "ftp://fen.example", "https://", "http:///x"),
        *(
            "-https://fen.example",
            "https://fen.example/a b",
            "https://fen.example/\n--help",
            "https://[::1",
            "x" * 9999,
        ),
    ],
)
def test_only_an_address_of_the_web_is_opened(address: str) -> None:
    with pytest.raises(CannotOpen) as caught:
        checked(address)
    assert len(str(caught.value)) < 300


def test_the_opener_of_the_system_gets_the_address_and_no_shell_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = tmp_path / "xdg-open"
    command.write_text("")
    command.chmod(0o700)
    started: list[tuple[list[str], dict[str, object]]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **how: started.append((command, how)))
    monkeypatch.setattr("widgets.opening.opener", lambda: opener("linux", {"PATH": str(tmp_path), "DISPLAY": ":0"}))
    open_address("https://fen.example/?a=1&b=$(id)")
    ((ran, how),) = started
    assert ran == [str(command), "https://fen.example/?a=1&b=$(id)"]
    assert "shell" not in how


@pytest.mark.parametrize("environment", [{"PATH": "/nowhere", "DISPLAY": ":0"}, {"PATH": "/usr/bin:/bin"}])
def test_without_a_browser_or_a_display_that_is_said(environment: dict[str, str]) -> None:
    with pytest.raises(CannotOpen, match="no browser to open here"):
        opener("linux", environment)
