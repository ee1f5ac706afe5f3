"""Ask whether an advisory is known for a locked dependency: ``python -m tests.audit``, which ``make check`` calls.

Fails where there is one. Passes with one line where the advisory service cannot be asked.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

LOCK = "requirements.lock"
SECONDS = 90
"""After which the service counts as one that cannot be asked."""


def main() -> int:
    command = [sys.executable, "-m", "pip_audit", "-r", LOCK, "--require-hashes", "--disable-pip", "--timeout", "5"]
    try:
        done = subprocess.run([*command, "-f", "json"], capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return _not_asked(f"no answer within {SECONDS} seconds")
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, LookupError, TypeError):
        lines = done.stderr.strip().splitlines() or ["it says nothing"]
        return _not_asked(lines[-1][:200])
    return judged(found)


def judged(found: list[dict[str, Any]]) -> int:
    """1 where an advisory is known, 0 where none is, or where nothing could be asked; says which."""
    advised = [(one, advisory) for one in found for advisory in one.get("vulns", [])]
    for one, advisory in advised:
        mended = ", ".join(advisory.get("fix_versions", [])) or "no release"
        print(f"audit: {one['name']} {one['version']}: {advisory['id']}; mended in {mended}")
    if advised:
        return 1
    asked = [one for one in found if "skip_reason" not in one]
    if not asked:
        return _not_asked("it knows none of the packages")
    skipped = f", {len(found) - len(asked)} unknown to the service" if len(asked) < len(found) else ""
    print(f"audit: no advisory is known for {len(asked)} locked packages{skipped}")
    return 0


def _not_asked(why: str) -> int:
    print(f"audit: the advisory service cannot be asked, so nothing was checked ({why})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
