"""High-priority goods as a picture: stacks by tier, chips beside them, where another basis begins. Made up here."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis.measures.goods import dual_use as measure
from analysis.selection import Selection
from layouts.charts.dual_use import chart
from layouts.look.theme import DARK, LIGHT, PRINT, on_page

CHINA, BOTH = "CHN FOB HS2017 now printed", "CHN+RUS FOB HS2017 now merged"
NAN = float("nan")


def row(series: str, year: int, tier: str | None, value: float, **over: Any) -> dict[Any, Any]:
    """Return one figure, whole US$."""
    days = {"period_start": pd.Timestamp(year, 1, 1), "period_end": pd.Timestamp(year, 12, 1)}
    cells: dict[str, Any] = {
        "series": series,
        "tier": tier,
        "value": value,
        "codes": "854231",
        "listed": "854231 854232",
        "basis": CHINA,
    }
    cells |= {"base_basis": CHINA, "base_value": value / 2, "base_start": pd.Timestamp(year - 1, 1, 1), "apart": None}
    cells |= {"change_pct": 100.0, "share_pct": NAN, "what": None, "base": None, "precision": None, "source": "baci"}
    return {**days, **cells, "released": pd.NaT, "reference": "synthetic", "status": "final", **over}


def stack(year: int, *values: float, **over: Any) -> list[dict[Any, Any]]:
    """Return the tiers of a year."""
    return [row("tier", year, tier, value, **over) for tier, value in zip(measure.TIERS, values, strict=False)]


QUOTED = row(
    "quoted",
    2022,
    "high_priority_items",
    3e9,
    what="Items",
    base="Chinese exports",
    precision="at least",
    source="A paper",
)


def drawn(rows: list[dict[Any, Any]], width: int = 0) -> dict[str, Any]:
    """Return the picture in print or on a page."""
    return chart.draw(pd.DataFrame(rows), Selection(), on_page(width) if width else PRINT)


def texts(figure: dict[str, Any]) -> list[str]:
    """Return the words of a picture."""
    return [str(one["text"]) for one in figure["layout"]["annotations"]]


def test_tiers_stack_from_the_first_and_their_sum_is_on_top() -> None:
    """By hand: 1.0, 0.5 and 0.25 bn are 1.75, written with one decimal above the column."""
    figure = drawn(stack(2023, 1e9, 0.5e9, 0.25e9))
    parts = [one for one in figure["data"] if one["type"] == "bar" and one["x"] and one["width"] > 0.2]
    assert [one["y"] for one in parts] == [[1.0], [0.5], [0.25]]
    assert "<b>1.8</b>" in texts(figure)
    assert [one["y"] for one in figure["layout"]["annotations"] if one["text"] == "<b>1.8</b>"] == [1.75]


def test_shades_run_from_strong_to_pale_in_both_themes() -> None:
    """Each tier has its own shade of China's colour; the third is the colour itself."""
    for palette in (LIGHT, DARK):
        shades = chart.ramp(palette)
        assert list(shades) == list(measure.TIERS)
        assert len(set(shades.values())) == len(shades)
        assert shades[measure.TIERS[2]] == palette.china.upper()
    assert chart.mixed("#000000", "#FFFFFF", 0.5) == "#808080"
    assert chart.mixed("#102030", "#FFFFFF", 0.0) == "#102030"


def test_chips_stand_beside_and_are_in_no_sum() -> None:
    """They overlap the list; where years stand close their figures are left out."""
    rows = [*stack(2023, 1e9, 0.5e9), row("chips", 2023, None, 0.9e9)]
    figure = drawn(rows)
    (chips,) = [one for one in figure["data"] if one["width"] < 0.2]
    assert chips["x"] == [2023.27]
    assert chips["y"] == [0.9]
    assert "<b>1.5</b>" in texts(figure)
    assert "0.90" in texts(figure)
    assert "0.90" not in texts(drawn(rows, 358))


def test_where_another_basis_begins_both_counts_are_named() -> None:
    """A rule before the year, and who counted on either side."""
    rows = [*stack(2021, 1e9, basis=BOTH), *stack(2022, 2e9)]
    figure = drawn(rows)
    (rule,) = [one for one in figure["layout"]["shapes"] if one["line"].get("dash")]
    assert (rule["x0"], rule["x1"]) == (2021.5, 2021.5)
    said = " ".join(texts(figure)).replace("<br>", " ")
    assert "China’s customs" in said
    assert "both countries" in said
    one = drawn([*stack(2021, 1e9), *stack(2022, 2e9)])
    assert not [shape for shape in one["layout"]["shapes"] if shape["line"].get("dash")]


@pytest.mark.parametrize(
    ("over", "said", "silent"),
    [
        ({}, "+100%", ""),
        ({"change_pct": NAN, "apart": "who counts changes in 2022"}, "who counts changes in 2022", "%"),
        ({"change_pct": NAN}, "China’s customs", "+"),
    ],
)
def test_the_hover_has_basis_and_rate_or_why_there_is_none(over: dict[str, Any], said: str, silent: str) -> None:
    """Never a rate across two bases."""
    hover = chart._hover(row("tier", 2022, "1", 1e9, **over))
    assert said in hover
    assert "China’s customs" in hover
    assert not silent or silent not in hover


@pytest.mark.parametrize("width", [288, 390, 768, 1040])
def test_quoted_figures_stand_below_with_their_speakers(width: int) -> None:
    """What the drawn codes came to a month comes first; the picture grows, and the plot keeps its room."""
    with_, without = drawn([*stack(2023, 1e9), QUOTED], width), drawn(stack(2023, 1e9), width)
    said = " ".join(texts(with_)).replace("<br>", " ")
    assert "A paper" in said
    assert "CEPII BACI" in said
    assert "US$\N{NO-BREAK SPACE}83\N{NO-BREAK SPACE}m" in said, "a twelfth of a billion"
    assert with_["layout"]["height"] >= without["layout"]["height"]
    assert "A paper" not in " ".join(texts(without))


def test_quoted_figures_alone_draw_nothing() -> None:
    """They stand only beside a stack."""
    rows = pd.DataFrame([QUOTED])
    assert not chart.shows(rows, Selection())
    assert chart.shows(pd.DataFrame(stack(2023, 1e9)), Selection())
    assert chart._cells(rows, PRINT) == []


def test_names_follow_the_last_stack_and_a_missing_tier_has_none() -> None:
    """Each at the middle of its part; a phone has the number of the tier alone; a rate where there is one."""
    rows = pd.DataFrame([*stack(2022, 9e9), *stack(2023, 1e9, 0.5e9, change_pct=NAN)])
    (first, name, edge), (second, *_) = chart._named(rows, PRINT)
    assert (first, second, edge) == (0.5, 1.25, 2023.5)
    assert "%" not in name
    assert [label for _, label, _ in chart._named(rows, on_page(358))] == ["<b>1</b>", "<b>2</b>"]
    assert "+100%" in chart._named(pd.DataFrame(stack(2023, 1e9)), PRINT)[0][1]
