"""Processes killed at their work, and windows beside a running `add`, in short; by hand at length (docs/reliability.md)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


def told(*arguments: str) -> dict[str, Any]:
    """What a benchmark prints; it ends with 1 where something was lost."""
    made = subprocess.run(
        [sys.executable, "-m", *arguments], capture_output=True, text=True, cwd=ROOT, check=False, timeout=110
    )
    found: dict[str, Any] = json.loads(made.stdout)
    assert (made.returncode, found["lost"], found["problems"]) == (0, 0, []), made.stderr
    return found


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="processes are forked to be killed")
def test_killed_processes_lose_nothing_that_they_said_was_stored() -> None:
    found = told("benchmarks.faults", "kills", "16", "--quick")
    assert found["kills"] == 58
    assert found["kills of a migration"] == 2
    assert found["confirmed decision"] > 0
    assert found["confirmed article"] > 0


def test_two_windows_and_an_add_on_one_library_lose_nothing() -> None:
    found = told("benchmarks.soak", "40")
    assert min(found["keys"]) >= 40
    assert found["changes told"] > 0
    assert found["reports added"] > 0
