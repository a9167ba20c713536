"""A figure as SVG, reckoned by hand: a picture of 200 by 100 pixels with a plot of 100 by 50. Figures are made up."""

from __future__ import annotations

import re
from typing import Any, Final
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.first_picture import svg
from layouts.look.theme import DARK, LIGHT

INK: Final = {"size": 10, "color": "#1B1A17"}


def figure(*traces: dict[str, Any], **layout: Any) -> dict[str, Any]:
    """Return a picture with a plot from (20, 10) to (120, 60); values run 0 to 10 across and 0 to 5 up."""
    axis = {"tickfont": INK, "tickvals": [], "ticktext": []}
    whole = {
        "width": 200,
        "height": 100,
        "margin": {"l": 20, "r": 80, "t": 10, "b": 40},
        "xaxis": {**axis, "range": [0, 10]},
        "yaxis": {**axis, "range": [0, 5], "gridcolor": "#E3DED3", "zerolinecolor": "#1B1A17"},
        "title": {"text": "Up", "font": INK, "pad": {"l": 0, "t": 4}},
        "annotations": [],
    }
    return {"data": list(traces), "layout": {**whole, **layout}}


def drawn(*traces: dict[str, Any], **layout: Any) -> ET.Element:
    """Return the SVG of a picture, which must be well-formed."""
    return ET.fromstring(svg.written(figure(*traces, **layout), "first"))  # noqa: S314 (made here)


def paths(root: ET.Element) -> list[str]:
    """Return where each line or group of bars goes."""
    return [one.attrib["d"] for one in root.iter("path")]


def words(root: ET.Element) -> dict[str, tuple[float, float]]:
    """Return each text with its place."""
    return {"".join(one.itertext()): (float(one.attrib["x"]), float(one.attrib["y"])) for one in root.iter("text")}


def test_a_bar_stands_on_nought_as_wide_and_as_high_as_its_values() -> None:
    """By hand: 2.5 of 5 at 4 of 10, 2 wide, goes from x 50 to 70 and from y 60 up to 35; a missing one is none."""
    bar = {"type": "bar", "x": [4, 8], "y": [2.5, None], "width": [2, 2], "marker": {"color": "#D55E00"}}
    root = drawn(bar)
    assert paths(root) == ["M50 60V35H70V60Z"]
    assert root.find("path").attrib["fill"] == "var(--D55E00)"  # type: ignore[union-attr]


def test_bars_of_one_colour_are_one_path() -> None:
    """Two colours are two paths, each with its bars, in the order of the figures."""
    inks = ["#D55E00", "#F3C3A1", "#D55E00"]
    bar = {"type": "bar", "x": [1, 3, 5], "y": [1, 1, 1], "width": [1, 1, 1], "marker": {"color": inks}}
    strong, faint = paths(drawn(bar))
    assert strong.count("Z") == 2
    assert faint.count("Z") == 1


def test_a_missing_month_parts_a_line() -> None:
    """None begins a new piece, and a piece of one point is none: a gap stays a gap."""
    line = {"type": "scatter", "mode": "lines", "line": {"color": "#0072B2", "width": 2}}
    parted = {**line, "x": [0, 2, 4, 6, 8], "y": [1, 2, None, 3, 4]}
    (path,) = paths(drawn(parted))
    assert path == "M20 50L40 40M80 30L100 20"
    assert not paths(drawn({**line, "x": [0, 2, 4], "y": [1, None, 2]}))
    assert not paths(drawn({**line, "mode": "markers", "x": [0, 2], "y": [1, 2]}))


@pytest.mark.parametrize(("dash", "drawn_"), [("4px,3.5px", "4,3.5"), ("solid", None), ("", None)])
def test_dashes_are_pixels(dash: str, drawn_: str | None) -> None:
    """What plotly writes as 4px,3.5px is 4,3.5 here; a whole line has no dashes."""
    line = {"type": "scatter", "mode": "lines", "x": [0, 1], "y": [1, 1]}
    (path,) = drawn({**line, "line": {"color": "#0072B2", "width": 2, "dash": dash}}).iter("path")
    assert path.attrib.get("stroke-dasharray") == drawn_


def test_a_shape_lies_by_values_by_parts_of_the_plot_and_by_pixels() -> None:
    """By hand: across all of the plot at x 5; below the axis by 26 pixels; the one below comes first."""
    ink = {"color": "#1B1A17", "width": 1}
    rule = {"x0": 5, "x1": 5, "y0": 0, "y1": 1, "yref": "paper", "line": ink}
    bracket = {"x0": 2, "x1": 8, "y0": -26, "y1": -26, "yref": "paper", "ysizemode": "pixel", "yanchor": 0, "line": ink}
    edge = {"x0": -20, "x1": 30, "y0": 0, "y1": 0, "xref": "paper", "xsizemode": "pixel", "xanchor": 0, "line": ink}
    under = {"x0": 0, "x1": 10, "y0": 1, "y1": 1, "line": ink, "layer": "below"}
    assert paths(drawn(shapes=[rule, bracket, edge, under])) == [
        "M20 50L120 50",
        "M70 60L70 10",
        "M40 86L100 86",
        "M0 60L50 60",
    ]


def test_the_grid_has_its_nought_in_ink_and_no_line_outside() -> None:
    """Ticks beyond the range are neither ruled nor named."""
    axis = figure()["layout"]["yaxis"] | {
        "tickvals": [-5, 0, 5, 10],
        "ticktext": ["−5", "0", "5", "10"],
        "zeroline": True,
    }
    root = drawn(yaxis=axis)
    assert [one.attrib["stroke"] for one in root.iter("path")] == ["var(--1B1A17)", "var(--E3DED3)"]
    assert set(words(root)) == {"Up", "0", "5"}
    assert words(root)["5"] == (17, 13.5)


def test_years_stand_under_the_plot_and_ticks_between_them() -> None:
    """A year is centred under its place; a tick of 6 pixels hangs from the axis where a year begins."""
    axis = figure()["layout"]["xaxis"] | {"tickvals": [5], "ticktext": ["2023"]}
    axis |= {"minor": {"tickvals": [0, 10], "ticklen": 6, "tickcolor": "#C9C3B6"}}
    root = drawn(xaxis=axis)
    assert words(root)["2023"] == (70, 72)
    assert paths(root) == ["M20 60L20 66", "M120 60L120 66"]


@pytest.mark.parametrize(
    ("note", "place"),
    [
        ({"x": 5, "y": 2.5, "xanchor": "left", "yanchor": "bottom"}, (72, 31)),
        ({"x": 5, "y": 2.5, "xanchor": "right", "yanchor": "top"}, (68, 46)),
        ({"x": 5, "y": 2.5, "xanchor": "center", "yanchor": "middle"}, (70, 38.5)),
        ({"x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top"}, (22, 21)),
        ({"x": 5, "y": 2.5, "xanchor": "left", "yanchor": "top", "xshift": 8, "yshift": 5}, (80, 41)),
        ({"x": 5, "y": 2.5, "xanchor": "left", "yanchor": "top", "borderpad": 0, "borderwidth": 0}, (70, 44)),
    ],
)
def test_words_hang_where_they_are_anchored(note: dict[str, Any], place: tuple[float, float]) -> None:
    """Nine pixels above the line of ten-pixel letters and two below, with a frame of two all around."""
    root = drawn(annotations=[{**note, "text": "here", "font": INK}])
    assert words(root)["here"] == place


def test_markup_becomes_weight_colour_and_lines() -> None:
    """Bold parts, coloured ones inside each other, and a second line at the left edge of the first."""
    text = "<b>Up <span style='color:#D55E00'>3</span></b> & down<br><b>more</b>"
    root = drawn(annotations=[{"x": 0, "y": 0, "text": text, "font": INK, "xanchor": "left"}])
    spans = {one.text: one.attrib for one in root.iter("tspan")}
    assert spans["Up "] == {"font-weight": "bold"}
    assert spans["3"] == {"font-weight": "bold", "fill": "var(--D55E00)"}
    assert spans["more"]["dy"] == "13"
    assert " & down" in "".join(root.itertext())


def test_words_on_a_ground_hide_what_lies_under_them() -> None:
    """The ground is as wide as the words and their frame."""
    root = drawn(annotations=[{"x": 5, "y": 2, "text": "77", "font": INK, "bgcolor": "#FCFBF8", "xanchor": "left"}])
    (ground,) = root.iter("rect")
    assert ground.attrib["fill"] == "var(--FCFBF8)"
    assert float(ground.attrib["width"]) == 12 + 4


def test_a_title_of_two_lines_hangs_as_high_as_one() -> None:
    """Plotly lifts a title by half of what its lines add; the first baseline is a capital below the pad."""
    one = words(drawn())["Up"]
    two = drawn(title={"text": "Up<br>3%", "font": INK, "pad": {"l": 0, "t": 10.5}}).find("text")
    assert one == (0, 11)
    assert two is not None
    assert float(two.attrib["y"]) == pytest.approx(10.5 + 7 - 6.5)


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=9).filter(lambda values: max(map(abs, values)) > 1))
def test_an_axis_without_a_range_holds_all_values_and_nought(values: list[float]) -> None:
    """A twentieth stays free where a value reaches out, none at nought."""
    low, high = svg._reach([{"y": [*values, None]}])
    assert low <= min(0.0, *values)
    assert high >= max(0.0, *values)
    assert (low < 0) == (min(values) < 0)
    assert (high > 0) == (max(values) > 0)
    if min(values) >= 0:
        assert high == pytest.approx(max(values) / 0.95)


def test_every_colour_has_a_light_and_a_dark_side() -> None:
    """One drawing serves both themes: each colour of the light one names the dark one."""
    style = svg.colours()
    assert style.startswith("#first-picture{")
    pairs = dict(re.findall(r"--([0-9A-F]{6}):light-dark\(#\1,(#[0-9A-F]{6})\)", style))
    assert pairs[LIGHT.china[1:]] == DARK.china
    assert {colour[1:] for colour in LIGHT.fuels} <= set(pairs)
    assert svg._ink("rgba(0,0,0,0)") == "rgba(0,0,0,0)"
