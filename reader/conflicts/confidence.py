"""How sure a candidate is: logistic regression over the named features of its family, weights in ``weights.toml``.

The weights are fitted by ``benchmarks/fit_confidence.py``; a feature without a weight counts nothing.
"""

from __future__ import annotations

import math
import tomllib
from functools import cache
from importlib import resources

CEILING = 0.98
"""No machine's claim is surer than this."""


@cache
def weights() -> dict[str, dict[str, float]]:
    """For each family its features' weights, the constant term under ``intercept``."""
    return tomllib.loads((resources.files(__package__) / "weights.toml").read_text(encoding="utf-8"))


def confidence(family: str, features: dict[str, float]) -> float:
    """The probability that a candidate of this family with these features is a disagreement an editor would keep."""
    table = weights()[family]
    total = table["intercept"] + sum(table.get(name, 0.0) * value for name, value in features.items())
    return min(CEILING, 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))))
