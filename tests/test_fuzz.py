"""What fuzzing found stays mended, and every target reads its seeds."""

from __future__ import annotations

import pytest

from tests.fuzz.targets import FINDS, SEEDS, TARGETS

KEPT = sorted(path for path in FINDS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_find_does_no_harm_again(path) -> None:  # type: ignore[no-untyped-def]
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_reads_its_seeds(name: str) -> None:
    for seed in SEEDS[name]:
        TARGETS[name](seed)
