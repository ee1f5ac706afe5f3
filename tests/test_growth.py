"""The plot of growth."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from benchmarks.growth import Series, drawn
from benchmarks.measure import Figure
from benchmarks.scale import Sample

SVG = "{http://www.w3.org/2000/svg}"


def test_a_plot_has_a_panel_for_each_figure_and_a_dot_for_each_size() -> None:
    several = Series("search <as you type>", "ms", [(1000, 1.0), (10_000, 10.0)], "bare", [(1000, 0.8), (10_000, 8.0)])
    one = Series("file", "MiB", [(1000, 6.0)], "the text", [(1000, 0.0)])
    picture = ElementTree.fromstring(drawn([several, one]))
    panels = picture.findall(f"{SVG}g")
    assert len(panels) == 2
    low, high = (dot.attrib for dot in panels[0].findall(f"{SVG}circle"))
    assert float(low["cx"]) < float(high["cx"])
    assert float(low["cy"]) > float(high["cy"])
    assert "search <as you type>, ms" in "".join(panels[0].itertext())


@pytest.mark.parametrize(
    ("value", "bound", "least", "said"),
    [(12.0, 1.2, False, "met"), (13.0, 1.2, False, "MISSED"), (8.0, 0.7, True, "met"), (6.0, 0.7, True, "MISSED")],
)
def test_a_figure_says_whether_what_is_asked_is_met(value: float, bound: float, least: bool, said: str) -> None:
    assert f" {said}: " in str(Sample(1000, Figure("start", value, "few", 10.0, "ms"), bound, least=least))
