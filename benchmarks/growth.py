"""Growth drawn as SVG: a small plot for each figure, both axes in powers of ten, the baseline beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

Points = Sequence[tuple[int, float]]
WIDTH, HEIGHT, MARGIN, HEAD = 300, 150, 44, 34
ACROSS = 3
STYLE = (
    "text{font:11px sans-serif;fill:#333}.name{font-weight:bold}.grid{stroke:#ddd}"
    ".value{stroke:#0072b2;fill:none;stroke-width:2}.dot{fill:#0072b2}"
    ".base{stroke:#d55e00;fill:none;stroke-width:1.5;stroke-dasharray:5 3}"
)


class Series(NamedTuple):
    """Values by size, with those of the baseline."""

    name: str
    unit: str
    values: Points
    baseline_name: str
    baseline: Points


def drawn(panels: Sequence[Series]) -> str:
    """One picture of all."""
    rows = math.ceil(len(panels) / ACROSS)
    width, height = ACROSS * WIDTH, rows * HEIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f'<style>{STYLE}</style><rect width="100%" height="100%" fill="#fff"/>',
    ]
    for number, panel in enumerate(panels):
        down, across = divmod(number, ACROSS)
        parts.append(f'<g transform="translate({across * WIDTH},{down * HEIGHT})">{_panel(panel)}</g>')
    return "\n".join([*parts, "</svg>\n"])


def _panel(panel: Series) -> str:
    sizes = [size for size, _ in panel.values]
    figures = [value for _, value in (*panel.values, *panel.baseline) if value > 0]
    left, right = math.log10(min(sizes)), math.log10(max(sizes))
    low, high = math.floor(math.log10(min(figures))), math.ceil(math.log10(max(figures)) + 1e-9)
    low, high = (low, high) if high > low else (low, low + 1)

    def x(size: float) -> float:
        return MARGIN + (WIDTH - MARGIN - 20) * (math.log10(size) - left) / ((right - left) or 1)

    def y(value: float) -> float:
        room = HEIGHT - HEAD - 22
        return HEAD + room * (high - math.log10(max(value, 10.0**low))) / (high - low)

    parts = [
        f'<text class="name" x="8" y="14">{escape(panel.name)}, {escape(panel.unit)}</text>',
        f'<text x="8" y="27" style="fill:#d55e00">- - {escape(panel.baseline_name)}</text>',
    ]
    for power in range(low, high + 1):
        at = y(10.0**power)
        parts.append(f'<line class="grid" x1="{MARGIN}" x2="{WIDTH - 20}" y1="{at:.1f}" y2="{at:.1f}"/>')
        parts.append(f'<text x="{MARGIN - 4}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    for size in sizes:
        anchor = "start" if size == min(sizes) else "end" if size == max(sizes) else "middle"
        parts.append(f'<text x="{x(size):.1f}" y="{HEIGHT - 7}" text-anchor="{anchor}">{size:,}</text>')
    for name, points in (("base", panel.baseline), ("value", panel.values)):
        line = " ".join(f"{x(size):.1f},{y(value):.1f}" for size, value in points)
        parts.append(f'<polyline class="{name}" points="{line}"/>')
    parts += [f'<circle class="dot" cx="{x(size):.1f}" cy="{y(v):.1f}" r="3"/>' for size, v in panel.values]
    return "".join(parts)
