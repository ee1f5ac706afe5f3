"""Copying text out of the app, and taking what the system holds: through the terminal, with the clipboard of the system, into a file.

A terminal is asked with OSC 52, which works over ssh and in a browser but gets no answer. So the clipboard of the
system, which does answer, gets the text too; where there is none, or it is that of a far machine, the text also goes
into a file whose path is said.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def file_path() -> Path:
    """The file that holds what was copied last, where no clipboard took it for sure."""
    return platformdirs.user_cache_path("rashomon", appauthor=False) / "copied.txt"


def to_system(text: str) -> bool:
    """Whether the clipboard of the system took ``text``. Over ssh that is the wrong one, unless X is forwarded."""
    if "SSH_CONNECTION" in os.environ and "DISPLAY" not in os.environ:
        return False
    import pyperclip  # looks for the tools of the system when it is imported

    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError):
        return False
    return True


def from_system() -> str | None:
    """The text in the clipboard of the system, None where there is no such clipboard here. Starts other programs."""
    if "SSH_CONNECTION" in os.environ and "DISPLAY" not in os.environ:
        return None
    import pyperclip

    try:
        return str(pyperclip.paste())
    except (pyperclip.PyperclipException, OSError):
        return None


def to_file(text: str) -> Path:
    """Write ``text`` to `file_path`, for nobody else to read, and return it. Raises OSError."""
    path = file_path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    return path


def keep(text: str) -> Path | None:
    """Give what the terminal was given to the system, else to a file: the file, or None where it was not needed.

    Starts other programs, so it belongs in a thread. Raises OSError where neither takes it.
    """
    return None if to_system(text) else to_file(text)


def short(path: Path) -> str:
    """A path for people, the home folder as ``~``."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
