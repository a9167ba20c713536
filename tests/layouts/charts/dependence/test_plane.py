"""The plane of two dependences: where paths break, what is hollow, which names have room. All figures are made up."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pandas as pd
import pytest

from analysis.selection import Selection
from layouts.charts.dependence import chart
from layouts.drawing.geometry import longest
from layouts.look.theme import LIGHT, PRINT, on_page
from layouts.words.catalogue import say
from tests.layouts.charts.dependence.test_chart import both

RUSSIA = [
    one
    for place, year in enumerate(range(2018, 2024))
    for one in both("russia", year, 20.0 + 3 * place, 10.0 + 4 * place)
]
CHINA = [one for year in range(2018, 2024) for one in both("china", year, 2.0, 3.0)]


def drawn(rows: list[dict[str, Any]], width: int = 0, **view: str) -> dict[str, Any]:
    """Return the picture in print or on a page."""
    return chart.draw(pd.DataFrame(rows), Selection(**view), on_page(width) if width else PRINT)


def lines(figure: dict[str, Any], colour: str) -> list[dict[str, Any]]:
    """Return the stretches of one path."""
    return [one for one in figure["data"] if one["mode"] == "lines" and one["line"]["color"] == colour]


def test_a_path_joins_years_that_follow_each_other() -> None:
    """Six years of five stretches a side, each in the colour of its country."""
    figure = drawn([*RUSSIA, *CHINA])
    assert len(lines(figure, LIGHT.russia)) == len(lines(figure, LIGHT.china)) == 5
    assert lines(figure, LIGHT.russia)[0]["x"] == [20.0, 23.0]


def test_no_line_leads_over_a_missing_year() -> None:
    """Without 2020 the stretches to it and from it are gone."""
    figure = drawn([one for one in RUSSIA if one["period_start"].year != 2020])
    assert len(lines(figure, LIGHT.russia)) == 3


def test_an_estimated_year_is_hollow_and_reached_by_dashes() -> None:
    """The stretch towards it is dashed, its dot on the ground."""
    rows = [{**one, "status": "estimated"} if one["period_start"].year == 2023 else one for one in RUSSIA]
    figure = drawn(rows)
    assert [one["line"]["dash"] for one in lines(figure, LIGHT.russia)] == ["solid"] * 4 + ["4px,3.5px"]
    dots = next(one for one in figure["data"] if one["mode"] == "markers")
    assert dots["marker"]["color"] == [LIGHT.russia] * 5 + [PRINT.palette.ground]
    assert dots["marker"]["size"] == [9, 7, 7, 7, 7, 9]


@pytest.mark.parametrize("width", [0, 288, 390, 768])
def test_where_somebody_else_counts_there_is_a_rule_and_no_line(width: int) -> None:
    """From 2021 on another office counts: four stretches remain, and words say why."""
    rows = [
        {**one, "basis": one["basis"].replace("IMF", "RUS")} if one["period_start"].year > 2020 else one
        for one in RUSSIA
    ]
    figure = drawn(rows, width)
    assert len(lines(figure, LIGHT.russia)) == 4
    (rule,) = [one for one in figure["layout"]["shapes"] if one["line"].get("dash")]
    assert rule["x0"] < rule["x1"]
    said = " ".join(one["text"].replace("<br>", " ") for one in figure["layout"]["annotations"])
    assert say("charts.dependence.break") in said


def test_other_counts_are_hairs_to_the_same_year() -> None:
    """Each grey point is joined to the year it is of, and only the years that both have are."""
    other = [{**one, "count": "national", "share_pct": one["share_pct"] + 2} for one in RUSSIA[:4]]
    figure = drawn([*RUSSIA, *other])
    (hairs,) = lines(figure, LIGHT.rest)
    assert hairs["x"] == [20.0, 22.0, None, 23.0, 25.0, None]
    assert hairs["y"] == [10.0, 12.0, None, 14.0, 16.0, None]
    grey = next(one for one in figure["data"] if one["mode"] == "markers" and one["marker"]["color"] == LIGHT.rest)
    assert "22.0%" in grey["customdata"][0]


@pytest.mark.parametrize("width", [0, 288, 390, 768, 1040])
def test_names_of_years_never_touch_and_the_ends_are_always_named(width: int) -> None:
    """First and last are bold and there; the others where they keep clear of each other."""
    figure = drawn([*RUSSIA, *CHINA], width)
    look = on_page(width) if width else PRINT
    notes = [one for one in figure["layout"]["annotations"] if one["text"].strip("<b>/").isdigit()]
    texts = [one["text"] for one in notes]
    assert {"<b>2018</b>", "<b>2023</b>"} <= set(texts)
    assert not look.narrow or set(texts) <= {"<b>2018</b>", "<b>2023</b>", "2022"}
    layout = figure["layout"]
    wide = look.width - layout["margin"]["l"] - layout["margin"]["r"]
    high = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    boxes = []
    for one in notes:
        x = one["x"] / layout["xaxis"]["range"][1] * wide + one.get("xshift", 0)
        y = one["y"] / layout["yaxis"]["range"][1] * high + one.get("yshift", 0)
        own = longest([one["text"]], look.label)
        left = x - own * {"left": 0.0, "center": 0.5, "right": 1.0}[one["xanchor"]]
        boxes.append((left, left + own, y - look.label * 0.4, y + look.label * 0.4))
    for (a, b, c, d), (e, f, g, h) in combinations(boxes, 2):
        assert min(b, f) <= max(a, e) or min(d, h) <= max(c, g)


def test_both_scales_begin_at_nought_and_hold_all_points() -> None:
    """Also those of other counts."""
    far = [{**one, "count": "national", "share_pct": 90.0} for one in RUSSIA[:2]]
    layout = drawn([*RUSSIA, *far])["layout"]
    for axis in ("xaxis", "yaxis"):
        low, high = layout[axis]["range"]
        assert low == 0
        assert high > 90


def test_without_russias_side_the_plane_is_empty() -> None:
    """China's path alone sets no scale."""
    assert chart.draw(pd.DataFrame(CHINA), Selection(), PRINT).empty
    assert not chart.shows(pd.DataFrame(CHINA), Selection())
    assert chart.shows(pd.DataFrame(RUSSIA), Selection())


def test_china_s_side_may_be_missing() -> None:
    """Its end is not named then."""
    texts = [one["text"] for one in drawn(RUSSIA)["layout"]["annotations"]]
    with_china = [one["text"] for one in drawn([*RUSSIA, *CHINA])["layout"]["annotations"]]
    assert len(with_china) == len(texts) + 1
