"""LineView: what is drawn row by row (Textual's line API) in a place whose size does not follow from it."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


class LineView(ScrollView):
    """Rows that scroll. As many as there are, the view is as large: other rows never lay out the screen."""

    DEFAULT_CSS = "LineView { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }"

    def set_extent(self, width: int, rows: int) -> None:
        """Say how large the whole is in cells, and draw it again.

        Textual lays out the screen whenever ``virtual_size`` is set, for a view might grow with it; this one does not.
        """
        self.set_reactive(Widget.virtual_size, Size(width, rows))
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = rows
        self.scroll_y = self.scroll_y  # no further than the new end
        self.refresh()
