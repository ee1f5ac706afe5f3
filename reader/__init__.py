"""Understanding text: text in, values out. ``compare(a, b)`` is the front door, ``analyse(article)`` the one behind.

Importing this package loads neither Textual nor spaCy; spaCy is loaded by the first ``analyse``.
"""

from reader.analysis import analyse
from reader.comparison import compare

__all__ = ["analyse", "compare"]
