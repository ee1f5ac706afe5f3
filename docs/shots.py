"""Render the pictures of the README and the walk of its one-minute tour from the running app: ``make shots``."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from app import RashomonApp, Start
from db import Library
from reader.demo import articles

HERE = Path(__file__).parent
SIZE = (140, 40)


async def shoot(name: str, library: Library, start: Start, *keys: str) -> None:
    """Start the app, press ``keys`` one after the other, each when the work of the last is done, save an SVG."""
    app = RashomonApp(library, start)
    async with app.run_test(size=SIZE) as pilot:
        for key in ("", *keys):
            if key:
                await pilot.press(key)
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
        (HERE / f"{name}.svg").write_text(app.export_screenshot(title="Rashomon"), encoding="utf-8")


STEPS: tuple[tuple[str, str, str], ...] = (
    ("", "The library", "Reports taken in, newest first; the report at the cursor is previewed."),
    ("enter", "Enter reads it", "Headings, quotations and the speakers are set apart."),
    ("] q", "]q walks the numbers", "What the number is, as it was understood, stands in the status line."),
    ("P", "P finds its partners", "The other reports of the same event, best first, each with why."),
    (
        "enter",
        "Enter compares",
        "Linked sentences stand level; the first disagreement is at the cursor, its reason below.",
    ),
    ("] c", "]c goes to the next", "Both quotes, the reason with its arithmetic, how sure it is."),
    ("x", "x says that it is none", "Stored at once; the cursor goes to the next undecided one."),
    (
        "a",
        "a takes it for a contradiction",
        "The status line says what was stored, how much is left, and that u undoes it.",
    ),
    ("u", "u undoes", "Over everything, and after a restart; Ctrl+R does it again."),
    (
        "g q",
        "gq lists what is open",
        "Over all pairs, the surest first: a x s judge here too, Enter opens each at its place, F shows what was judged.",
    ),
    ("?", "? lists the keys", "Those of what has the focus; typing searches them."),
)
"""The walk: keys pressed, heading, what is seen."""


async def walk(library: Library) -> None:
    """Press the keys of the tour in one run of the app; a picture after each step, and the page that shows them."""
    folder = HERE / "walk"
    folder.mkdir(exist_ok=True)
    page = [
        "# One minute with Rashomon",
        "",
        "The tour of the README, pressed by `make shots` in the running app over the invented reports of the demo.",
    ]
    app = RashomonApp(library)
    async with app.run_test(size=SIZE) as pilot:
        for number, (keys, heading, seen) in enumerate(STEPS):
            for key in ("", *keys.split()):
                await pilot.press(*([key] if key else []))
                await pilot.pause()
                await app.workers.wait_for_complete()
                await pilot.pause()
            name = f"{number:02}.svg"
            (folder / name).write_text(app.export_screenshot(title="Rashomon"), encoding="utf-8")
            page += ["", f"## {heading}", "", seen, "", f"![{heading}]({name})"]
    (folder / "README.md").write_text("\n".join(page) + "\n", encoding="utf-8")


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder) / "library.db")
        ids = [library.articles.add(article, article.body.encode()).id for article in articles()]
        await shoot("library", library, ("library",), "j")
        await shoot("compare", library, ("compare", ids[0], ids[1]), "right_square_bracket", "c")
        await shoot("event-table", library, ("event table", ids[3:]), "j", "l")
        await walk(library)
        library.close()


if __name__ == "__main__":
    asyncio.run(main())
