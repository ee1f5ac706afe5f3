"""Understanding text: text in, values out. ``compare(a, b)`` is the front door, ``analyse(article)`` the one behind.

Importing this package loads neither Textual nor spaCy, and the doors only when they are used: everything imports
``reader.nouns``, and start-up should not pay for grammars. spaCy is loaded by the first ``analyse``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.analysis import analyse
    from reader.comparison import compare

__all__ = ["analyse", "compare"]

_DOORS = {"analyse": "reader.analysis", "compare": "reader.comparison"}


def __getattr__(name: str) -> Any:
    if name not in _DOORS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_DOORS[name]), name)
