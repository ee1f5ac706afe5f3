"""Fuzz one target for some seconds: ``python -m tests.fuzz html 300``. atheris guides it by what is reached."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from tempfile import mkdtemp

import atheris

SLOW = 20
"""Seconds and memory (MB, below) at which one input is a find."""
MEMORY = 2_500

with atheris.instrument_imports(
    include=["reader.acquire", "reader.cleaning", "reader.hostile", "pypdf", "warcio", "feedparser", "email"]
):
    from tests.fuzz.targets import FINDS, SEEDS, TARGETS


def main(name: str, seconds: str) -> None:
    corpus = Path(mkdtemp(prefix=f"fuzz-{name}-"))
    for number, seed in enumerate(SEEDS[name]):
        (corpus / f"seed{number}").write_bytes(seed)
    kept = FINDS / name
    if kept.is_dir():
        for find in kept.iterdir():
            (corpus / find.name).write_bytes(find.read_bytes())
    seen: set[str] = set()

    def one(raw: bytes) -> None:
        try:
            TARGETS[name](raw)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            what = f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}"
            if what not in seen:  # said once, and kept; the hunt goes on
                seen.add(what)
                found = corpus / f"find-{len(seen)}"
                found.write_bytes(raw)
                print(f"FIND {name}: {what}: {str(error)[:200]!r} in {found}", file=sys.stderr)

    atheris.Setup(
        [
            sys.argv[0],
            str(corpus),
            f"-max_total_time={seconds}",
            f"-timeout={SLOW}",
            f"-rss_limit_mb={MEMORY}",
            "-max_len=20000",
            "-print_final_stats=1",
            f"-artifact_prefix={corpus}/",
        ],
        one,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:3])
