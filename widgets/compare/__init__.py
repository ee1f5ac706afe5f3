"""The compare screen: two reports side by side, their conflicts marked, judged from the keyboard."""

from widgets.compare.screen import CompareScreen

__all__ = ["CompareScreen"]
