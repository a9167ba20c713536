"""The energy bill by month: a panel a fuel on its own scale, whose figures it holds, the newest month. Made up here."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd
import pytest

from analysis.measures.energy import prints as fuel_prints
from analysis.selection import Selection
from layouts.charts.energy import chart, month_words, months
from layouts.look.theme import LIGHT, PRINT, on_page
from layouts.words.catalogue import say

MONTH = Selection(grain="month")
CHINA, RUSSIA, CREA = fuel_prints.CHINA, fuel_prints.RUSSIA, fuel_prints.CREA


def row(month: str, fuel: str = "crude", value: float = 5e9, end: str = "", **over: Any) -> dict[Any, Any]:
    """Return one month of a fuel, whole US$."""
    first, last = pd.Timestamp(f"{month}-01"), pd.Timestamp(f"{end or month}-01")
    cells = {"fuel": fuel, "value": value, "count": CHINA, "valuation": "CIF", "source": "press", "provisional": False}
    cells |= {"basis": "CHN CIF HS first printed", "released": pd.NaT, "reference": "synthetic"}
    length = (last.year - first.year) * 12 + last.month - first.month + 1
    return {"period_start": first, "period_end": last, "months": length, **cells, **over}


def russian(month: str, value: float) -> dict[str, Any]:
    """Return a month of crude as Russia's customs count it."""
    return row(month, value=value, count=RUSSIA, valuation="FOB", source="fcs", basis="RUS FOB HS now printed")


def drawn(rows: list[dict[Any, Any]], width: int = 0) -> dict[str, Any]:
    """Return the picture in print or on a page."""
    return chart.draw(pd.DataFrame(rows), MONTH, on_page(width) if width else PRINT)


def axes(figure: dict[str, Any]) -> list[dict[Any, Any]]:
    """Return the five value axes, from above."""
    layout = figure["layout"]
    return sorted((layout[name] for name in layout if name.startswith("yaxis")), key=lambda axis: -axis["domain"][1])


@pytest.mark.parametrize("width", [0, 288, 390, 768, 1040])
def test_panels_do_not_overlap_and_an_empty_one_is_low(width: int) -> None:
    """Five panels one below the other; one without a month takes a fifth of the height of another."""
    figure = drawn([row("2023-01"), row("2023-02"), row("2023-01", "coal", 1e9)], width)
    spans = [axis["domain"] for axis in axes(figure)]
    assert len(spans) == len(months.PANELS)
    for (low, high), (_, below) in pairwise(spans):
        assert 0 <= low < high <= 1
        assert below < low
    tall = [high - low for low, high in spans]
    assert tall[0] == pytest.approx(tall[1])
    assert tall[2] == pytest.approx(0.2 * tall[0], rel=0.01)


@pytest.mark.parametrize(
    ("value", "ticks"), [(5e9, ["0", "2", "4"]), (1.3e9, ["0", "0.5", "1"]), (0.3e9, ["0", "0.2", "0.4"])]
)
def test_each_panel_has_round_ticks_of_its_own(value: float, ticks: list[str]) -> None:
    """At most three, from nought, and the highest mark lies inside the range."""
    axis = axes(drawn([row("2023-01", value=value)]))[0]
    assert axis["ticktext"] == ticks
    assert axis["range"][0] == 0
    assert axis["range"][1] > value / 1e9


def test_a_missing_month_is_a_gap_in_the_line() -> None:
    """Russia's crude of January and of June: no line leads over the months between."""
    (line, *_) = [
        one for one in drawn([russian("2020-01", 3e9), russian("2020-06", 2e9)])["data"] if one.get("mode") == "lines"
    ]
    assert line["y"] == [3.0, None, 2.0]
    assert line["line"]["color"] == LIGHT.russia


def test_a_pair_of_months_is_one_wide_mark_at_its_monthly_mean() -> None:
    """January-February of 8 bn lies at 4 bn a month, two months wide; a preliminary month is hollow."""
    rows = [row("2023-01", value=8e9, end="2023-02"), row("2023-03", value=5e9, provisional=True)]
    caps, dots = [one for one in drawn(rows)["data"] if one.get("y") and one["y"][0] is not None]
    assert caps["y"] == [4.0, 4.0, None]
    assert caps["x"][1] - caps["x"][0] == 2
    assert dots["y"] == [4.0, 5.0]
    assert dots["marker"]["opacity"] == [0.0, 1.0]
    assert dots["marker"]["color"][1] == PRINT.palette.ground


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({}, "CIF"),
        ({"valuation": "FOB", "count": RUSSIA, "source": "fcs"}, "FOB"),
        ({"valuation": "unknown"}, "Crude oil"),
        ({"count": CREA, "source": "crea"}, "modelled"),
    ],
)
def test_the_hover_says_how_a_month_is_valued_and_whose_it_is(over: dict[str, Any], words: str) -> None:
    """With freight, without, not known, or modelled: four sentences."""
    said = months._hover(row("2023-01", **over))
    assert words in said
    assert "Jan 2023" in said
    assert "5.00" in said
    assert ("CIF" in said) == (over == {})


def test_the_legend_names_who_is_in_the_panel() -> None:
    """In the colour of the country; a panel that nobody fills says so; a phone is brief."""
    both = pd.DataFrame([row("2023-01"), russian("2020-01", 3e9), row("2023-01", count=CREA)])
    wide, narrow = months._legend(both, PRINT), months._legend(both, on_page(358))
    assert LIGHT.russia_text in wide
    assert LIGHT.china_text in wide
    assert wide.count(" · ") == 2
    assert len(narrow) < len(wide)
    assert months._legend(both.iloc[:0], PRINT) == say("charts.energy.no_month")


def test_the_newest_month_is_written_and_never_a_model() -> None:
    """CREA's later months are a line without a figure at its end."""
    figure = drawn([row("2023-01"), row("2023-02", value=6e9), row("2024-01", value=9e9, count=CREA)])
    ends = [one["text"] for one in figure["layout"]["annotations"] if one.get("xref") == "paper" and one.get("x") == 1]
    assert any("6.0" in end and "Feb 2023" in end for end in ends)
    assert not any("9.0" in end for end in ends)


def test_the_words_count_the_months_of_each_fuel() -> None:
    """Two of crude, none of coal; which month is newest, whose it is and what it rests on."""
    words = month_words.by_month(pd.DataFrame([row("2023-01"), row("2023-02", value=6e9)]))
    assert "Feb 2023" in words.finding
    assert "6.0" in words.finding
    (stated,) = words.stated
    assert (stated.value, stated.basis) == (6e9, "CHN CIF HS first printed")
    assert "January–February 2023" in words.subtitle
    empty = month_words.by_month(pd.DataFrame())
    assert empty.source == ""
    assert empty.stated == ()


def test_a_model_alone_has_no_newest_month() -> None:
    """Nobody printed a month: the finding states no figure."""
    words = month_words.by_month(pd.DataFrame([row("2024-01", count=CREA, source="crea")]))
    assert words.stated == ()
    assert words.finding != month_words.by_month(pd.DataFrame([row("2024-01")])).finding


def test_a_month_of_all_four_fuels_changes_the_sentence() -> None:
    """Where one side prints all four of a month, it is counted."""
    four = [row("2023-01", fuel) for fuel in ("crude", "coal", "lng", "pipeline_gas")]
    assert month_words._all_four(pd.DataFrame(four)) == 1
    assert month_words._all_four(pd.DataFrame(four[:3])) == 0
    assert month_words.by_month(pd.DataFrame(four)).finding != month_words.by_month(pd.DataFrame(four[:3])).finding
