"""No meaning rests on colour or style: what the screens tell is in their characters alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import UseApp, Using
from textual.color import Color
from two_reports import CONFLICTS, library_of

from db import Library
from reader.partners import Partner
from widgets.prose import ProseView
from widgets.row_list import ARROW
from widgets.themes import THEMES
from widgets.understanding import PartnerFinder


def lines(using: Using) -> list[str]:
    """The screen as characters."""
    return [strip.text for strip in using.app.screen._compositor.render_strips()]


def line_of(using: Using, words: str) -> str:
    """The one line with some words."""
    found = [line for line in lines(using) if words in line]
    assert len(found) == 1, "\n".join((f"“{words}” in {len(found)} lines", *lines(using)))
    return found[0]


def at_cursor(using: Using) -> list[str]:
    """The lines with an arrow before them, or before the box that they stand in."""
    return [line for line in lines(using) if ARROW in line]


async def test_what_a_comparison_tells(use: UseApp, tmp_path: Path) -> None:
    with library_of(tmp_path / "library.db") as library:
        a, b = library.articles.get_many([1, 2])
        for conflict, judgement in zip(CONFLICTS, ("contradiction", "compatible", "tension", "unsure"), strict=False):
            library.verdicts.judge_conflict(a, b, conflict, judgement)
        async with use(library, ("compare", 1, 2), size=(140, 44)) as using:
            await using.press("g", "g", "]c")
            told = {
                "A: the captain left": ("✓", "polarity", "contradiction"),
                "120 against about 90": ("✗", "count", "compatible"),
                "12 against 7": ("~", "casualty", "tension"),
                "21:40 against": ("?", "time", "unsure"),
                "worded the same": ("≈", "wording", "open"),
            }
            for reason, signs in told.items():
                found = [line for line in lines(using) if reason in line]
                assert all(sign in found[0] for sign in signs), found
            for words, sign in {"had left": "✓", "evening with 120": "✗", "Twelve": "~", "at 21:40": "?"}.items():
                assert next(line for line in lines(using) if words in line)[:3].strip(f" {ARROW}") == sign
            assert "6↓ All passengers of" in line_of(using, "of the ferry Anselma were"), "moved, and whither"
            assert "6↑" in next(line for line in lines(using) if "were ashore by" in line)
            assert any("╱╱╱" in line for line in lines(using)), "a gap beside words of one side"
            assert len(at_cursor(using)) == 2, "the row of the text and that of the list"
            await using.press("]o")
            assert "only" in " ".join(lines(using)[-8:]).casefold(), "a one-sided sentence is said to be one"
            await using.press("v", "l")
            assert "│" in at_cursor(using)[0][:3]
            assert "elect" in " ".join(lines(using)[-8:])


async def test_what_lists_tell(use: UseApp, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cursor, unread, starred, marked and picked rows, and rows of a range; the cursor on each screen with a list."""

    def partners(_: PartnerFinder, article: int, limit: int, *__: object) -> list[Partner]:
        return [Partner(id=other, score=0.9) for other in (1, 2, 3) if other != article][:limit]

    monkeypatch.setattr(PartnerFinder, "partners", partners)
    library.articles.set_starred([1])
    library.articles.set_read([2])
    library.sessions.make("Bridge", [(1, 2)])
    async with use(library, size=(120, 30)) as using:
        await using.press("g", "g", "v", "j", "p", "j")
        assert [line[:4] for line in lines(using)[2:6]] == [" ✓  ", "  ●★", " A● ", f"{ARROW} ● "]
        await using.press("V", "j")
        assert [line[:2] for line in lines(using)[5:7]] == [" ┃", f"{ARROW}┃"]
        await using.press("escape", "g", "g", "P")
        assert "●" not in line_of(using, "Twenty injured as")
        assert "●" in line_of(using, "Council of")
        await using.press("j")
        assert len(at_cursor(using)) == 1
        for keys in ("gs", "gh"):
            await using.press(keys)
            assert len(at_cursor(using)) == 1, "\n".join(lines(using))


async def test_what_menus_tell(use: UseApp, library: Library) -> None:
    """An arrow is at the option that Enter takes, a point at the one that holds."""
    async with use(library, size=(100, 30)) as using:
        await using.press("s", "j")
        assert [line.count("●") for line in lines(using) if f"│ {ARROW}" in line] == [0]
        assert sum("│  ● " in line for line in lines(using)) == 1, "\n".join(lines(using))


async def test_words_shared_with_a_rejected_finding_are_not_struck_through(use: UseApp, tmp_path: Path) -> None:
    """The strike says "rejected", so it is on no words of another finding; and never on a sign of the gutter."""
    with library_of(tmp_path / "library.db") as library:
        async with use(library, ("compare", 1, 2), size=(140, 44)) as using:
            view = using.app.screen.query(ProseView).first()
            for struck, over in (("rejected", "accepted"), ("rejected", "open"), ("rejected", "tension")):
                style = view.style_of(f"compare--{struck}") + view.style_of(f"compare--{over}")
                assert style.strike is False, over
            await using.press("g", "g", "]c", "x")
            glyphs = [
                segment
                for strip in using.app.screen._compositor.render_strips()
                for segment in list(strip)[:3]
                if segment.text == "✗" and segment.style is not None
            ]
            assert glyphs
            assert not any(segment.style.strike for segment in glyphs if segment.style)


async def test_words_stand_out_in_every_theme_of_ours(use: UseApp, tmp_path: Path) -> None:
    """Words have at least three times the contrast of their ground (WCAG 2.2, for what is large or quiet)."""

    def light(colour: Color) -> float:
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    with library_of(tmp_path / "library.db") as library:
        async with use(library, ("compare", 1, 2), size=(120, 30)) as using:
            pane = using.app.screen.query(ProseView).first()
            faint = []
            for theme in THEMES:
                using.app.theme = theme.name
                await using.settle()
                for component in sorted(pane.COMPONENT_CLASSES - {"prose--hatch"}):
                    style = pane.style_of(component)
                    if style.color is None:
                        continue
                    ground = Color.from_rich_color(style.bgcolor) if style.bgcolor else pane.background_colors[1]
                    dark, bright = sorted((light(Color.from_rich_color(style.color)), light(ground)))
                    if (bright + 0.05) / (dark + 0.05) < 3:
                        faint.append((theme.name, component))
            assert not faint
