"""Themes of our own: orange and blue, which colour-blind people tell apart; light and dark."""

from textual.theme import Theme

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
THEMES = (DARK, LIGHT)
