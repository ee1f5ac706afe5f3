"""What the app remembers between runs that is not in a library: the theme chosen on the screen, and the greeting."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Self

import msgspec
import platformdirs


class Kept(msgspec.Struct):
    """A small JSON file. What cannot be read counts as never written; without a ``path`` nothing is stored."""

    theme: str = ""
    greeted: bool = False
    path: Path | None = None

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """What is kept in ``path``, or in the user's state directory."""
        where = path or platformdirs.user_state_path("rashomon", appauthor=False) / "state.json"
        kept = cls()
        with contextlib.suppress(OSError, msgspec.DecodeError):
            kept = msgspec.json.decode(where.read_bytes(), type=cls)
        kept.path = where
        return kept

    def save(self) -> None:
        """Store it, whole or not at all. Raises OSError."""
        if self.path is None:
            return
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        written = self.path.with_suffix(f".{os.getpid()}")
        written.touch(mode=0o600)
        written.write_bytes(msgspec.json.encode({"theme": self.theme, "greeted": self.greeted}))
        written.replace(self.path)
