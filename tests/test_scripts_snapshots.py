"""How words of many scripts look: wide, combined and joined characters and right-to-left names keep the columns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from two_reports import ANALYSIS, COMPARISON, place, sentences

from app import RashomonApp, Start
from db import Library
from reader.nouns import Article, Comparison, Conflict, Facts, Link, Reading

A = Article(
    title="東京の橋 gives way 🌉: שרה לוי saves 12 👩‍👩‍👧‍👦",
    source="東京新報",
    published="2031-05-02",
    body=(
        "東京の橋 fell at 21:40 on Friday, said שרה לוי, the mayor of Ma\u0301rl 🇯🇵. "
        "“橋の上に十二人がいました”, wrote 中村健太, and 12 families 👩‍👩‍👧‍👦 were taken off.\n\n"
        "أحمد بن سالم did not leave the bridge. Cafe\u0301 Zu\u0308rn stayed open 👍🏽."
    ),
)
B = Article(
    title="جسر ليوم: Two dozen on the bridge, says 中村健太",
    source="إذاعة ليوم",
    published="2031-05-03",
    body=(
        "The bridge 東京の橋 fell at 22:15 on Friday, said שרה לוי 🇯🇵🇫🇷. "
        "24 families were taken off, wrote 中村健太 (橋の上).\n\n"
        "أحمد بن سالم left the bridge first ✈️. Nobody asked Zu\u0308rn 👨‍🚒."
    ),
)
CONFLICTS = tuple(
    Conflict(kind=kind, a=place(A, a), b=place(B, b), confidence=0.8, severity=2, reason=reason)
    for kind, a, b, reason in (
        ("time", "21:40", "22:15", "21:40 against 22:15 on Friday (35 minutes apart)"),
        ("count", "12 families", "24 families", "12 against 24 families 👩‍👩‍👧‍👦 taken off 東京の橋"),
        ("polarity", "did not leave the bridge", "left the bridge first", "A: أحمد بن سالم did not leave · B: he did"),
    )
)
COMPARED = Comparison(
    version=COMPARISON,
    links=tuple(Link(a=(n,), b=(n,), score=0.7, moved=n == 3) for n in range(4)),
    conflicts=CONFLICTS,  # type: ignore[arg-type]
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.open(tmp_path / "library.db")
    a, b = (library.articles.get(library.articles.add(article).id) for article in (A, B))
    for stored in (a, b):
        library.facts.put(stored, Facts(version=ANALYSIS, body=Reading(sentences=sentences(stored.article.body))))
    library.comparisons.put(a, b, COMPARISON, COMPARED)
    library.verdicts.judge_conflict(a, b, CONFLICTS[1], "contradiction", note="中村健太 or שרה לוי?")
    return library


@pytest.mark.parametrize(
    ("start", "keys", "size"),
    [
        (("compare", 1, 2), ("]", "c", "l", "l"), (80, 30)),
        (("compare", 1, 2), ("]", "c", "]", "c"), (120, 30)),
        (("library",), ("j", "v"), (100, 16)),
        (("library",), ("g", "q", "F", "d"), (100, 16)),
    ],
    ids=("one column", "two panes", "library", "contradictions"),
)
def test_scripts(
    snap_compare: Callable[..., bool], library: Library, start: Start, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    async def press(pilot: Pilot[None]) -> None:
        for key in ("", *keys):
            await pilot.press(*([key] if key else []))
            await pilot.pause()
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()

    assert snap_compare(RashomonApp(library, start), terminal_size=size, run_before=press)
    library.close()
