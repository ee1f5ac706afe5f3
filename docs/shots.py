"""Render the pictures of the README from the running app: ``make shots``."""

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


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder) / "library.db")
        ids = [library.articles.add(article, article.body.encode()).id for article in articles()]
        await shoot("library", library, ("library",), "j")
        await shoot("compare", library, ("compare", ids[0], ids[1]), "right_square_bracket", "c")
        library.close()


if __name__ == "__main__":
    asyncio.run(main())
