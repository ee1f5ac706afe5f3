"""Themes of our own, and the menu to choose one.

Orange and blue, which colour-blind people tell apart; light and dark, each plain and with high contrast. Textual brings
others, two of them in the colours of the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual import on
from textual.theme import Theme
from textual.widgets import OptionList

from widgets.dialogs import Choice, Choose

DARK = Theme(
    name="rashomon-dark",
    primary="#4c9be8",
    secondary="#7fb2e5",
    accent="#f5a742",
    warning="#f5a742",
    error="#ff8c42",
    success="#4c9be8",
    foreground="#e4e6eb",
    background="#14171c",
    surface="#1a1e25",
    panel="#262c36",
    dark=True,
)
LIGHT = Theme(
    name="rashomon-light",
    primary="#1f5fa8",
    secondary="#3d7cc4",
    accent="#a85400",
    warning="#a85400",
    error="#8f3d00",
    success="#1f5fa8",
    foreground="#1a1c20",
    background="#fbfaf7",
    surface="#ffffff",
    panel="#e6e8ec",
    dark=False,
)
CONTRAST = Theme(
    name="rashomon-contrast",
    primary="#7fc4ff",
    secondary="#b3dcff",
    accent="#ffd200",
    warning="#ffd200",
    error="#ffb000",
    success="#7fc4ff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    dark=True,
)
CONTRAST_LIGHT = Theme(
    name="rashomon-contrast-light",
    primary="#003c8f",
    secondary="#003c8f",
    accent="#7a2e00",
    warning="#7a2e00",
    error="#5f2400",
    success="#003c8f",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#e8e8e8",
    dark=False,
)
ANSI = "ansi-dark"
"""The theme of Textual in the colours of the terminal, which a terminal of sixteen colours starts with."""
THEMES = (DARK, LIGHT, CONTRAST, CONTRAST_LIGHT)
TOLD: Mapping[str, str] = {
    DARK.name: "dark; safe for colour-blind eyes",
    LIGHT.name: "light; safe for colour-blind eyes",
    CONTRAST.name: "high contrast, dark",
    CONTRAST_LIGHT.name: "high contrast, light",
    ANSI: "the colours of the terminal, dark",
    "ansi-light": "the colours of the terminal, light",
}
"""What the menu says of a theme; those of Textual that are not here follow by name."""


class ThemeMenu(Choose[str]):
    """Asks for a theme and shows the one under the cursor at once; Esc brings back the one before."""

    DEFAULT_CSS = """
    ThemeMenu { background: $background 0%; }
    """

    def __init__(self, names: Iterable[str], current: str) -> None:
        ordered = [*TOLD, *sorted(set(names) - TOLD.keys())]
        width = max(map(len, ordered))
        choices = [Choice(name, f"{name:{width}}  {TOLD.get(name, '')}".rstrip()) for name in ordered]
        super().__init__("The colours", choices, current=current)
        self._names, self._before = ordered, current

    @on(OptionList.OptionHighlighted)
    def _shown(self, event: OptionList.OptionHighlighted) -> None:
        self.app.theme = self._names[event.option_index]

    def action_cancel(self) -> None:
        self.app.theme = self._before
        super().action_cancel()
