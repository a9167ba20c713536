"""Statements as dots and months as lines: hollow where vague, apart at the ends, at every width. Made up here."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.partners.settlement import COUNTED
from analysis.selection import Selection
from layouts.charts.settlement import chart, dots, months, words
from layouts.look.theme import LIGHT, PRINT, on_page
from layouts.words.catalogue import say
from tests.layouts.charts.settlement.test_chart import asia, row

WIDTHS = [288, 390, 768, 1040]


def counted(month: str, flow: str, currency: str, share: float) -> dict[str, Any]:
    """Return one month of the Bank of Russia."""
    name = "Bank of Russia, Overview of Financial Market Risks"
    own = {"series": COUNTED, "flow": flow, "settlement_currency": currency, "speaker": None, "source": name}
    return row(share, month, **{**own, "what": "counted", "basis": "CBR unknown none now printed"})


LINES = [
    counted(f"2023-0{month}", flow, currency, share + month)
    for month in (1, 2, 3)
    for flow, currency, share in (
        ("export", "CNY", 20.0),
        ("import", "CNY", 21.0),
        ("export", "RUB", 38.0),
        ("import", "RUB", 39.0),
    )
]


def drawn(rows: list[dict[str, Any]], width: int = 0) -> dict[str, Any]:
    """Return the picture in print or on a page."""
    return chart.draw(pd.DataFrame(rows), Selection(), on_page(width) if width else PRINT)


def marks(figure: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the dots of statements."""
    return [one for one in figure["data"] if one["mode"] == "markers"]


def test_a_vague_statement_is_hollow_and_an_exact_one_filled() -> None:
    """About, over and almost have a sign; what was said plainly has none."""
    figure = drawn([row(50.0, "2022-12", precision="about"), row(95.0, "2023-10", precision="as said")])
    vague, exact = marks(figure)
    assert vague["marker"]["color"] == PRINT.palette.ground
    assert exact["marker"]["color"] == PRINT.palette.ink
    texts = [one["text"] for one in figure["layout"]["annotations"]]
    assert "<b>≈ 50%</b>" in texts
    assert "<b>95%</b>" in texts


@given(st.floats(0, 100), st.floats(0, 100))
def test_shares_lie_on_one_scale_from_none_to_all(one: float, other: float) -> None:
    """Twice the share is twice as far; nothing leaves the scale."""
    scale = dots.Scale(120.0, 500.0)
    assert 120.0 <= scale.at(one) <= 500.0
    assert scale.at(one) - scale.at(other) == pytest.approx((one - other) * 3.8)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_figure_of_a_list_stands_inside_the_picture(width: int) -> None:
    """A hundred per cent has room for its label at every width."""
    figure = drawn([row(100.0, "2023-10", precision="over", speaker="unattributed official data")], width)
    (dot,) = marks(figure)
    layout = figure["layout"]
    low, high = layout["xaxis"]["range"]
    start, end = layout["xaxis"]["domain"]
    across = (dot["x"][0] - low) / (high - low) * (end - start) * width
    assert across + 9 + 58 - 20 <= width
    assert across >= 0


def test_wordings_are_listed_apart_in_their_order() -> None:
    """National currencies, then yuan and roubles: two headings, the statements below each in the order of time."""
    national, both = list(words.HEADINGS)[:2]
    figure = drawn(
        [row(20.0, "2020-01", what=national), row(95.0, "2023-10", what=both), row(90.0, "2024-01", what=national)]
    )
    heads = [
        one["y"]
        for one in figure["layout"]["annotations"]
        if one["text"] in {f"<b>{say(key)}</b>" for key in words.HEADINGS.values()}
    ]
    assert heads == sorted(heads)
    assert len(heads) == 2
    assert [dot["y"][0] for dot in marks(figure)] == sorted(dot["y"][0] for dot in marks(figure))


def test_a_doubtful_share_is_hollow_with_a_question_mark_and_its_doubt() -> None:
    """The doubt is read where the pointer is; without one there is none."""
    figure = drawn([row(95.0, "2023-10"), asia(48.7, doubt="page undated"), asia(48.9, "2024-04")])
    doubtful, plain = [one for one in marks(figure) if one.get("xaxis") == "x3"]
    assert doubtful["marker"]["color"] == PRINT.palette.ground
    assert plain["marker"]["color"] == LIGHT.russia
    assert "page undated" in doubtful["hovertext"]
    assert "page undated" not in plain["hovertext"]
    assert "<b>? 48.7%</b>" in [one["text"] for one in figure["layout"]["annotations"]]


@pytest.mark.parametrize("width", WIDTHS)
def test_four_lines_end_in_four_names_that_do_not_touch(width: int) -> None:
    """Yuan in China's colour, roubles in Russia's; exports dashed; names a line apart."""
    figure = drawn(LINES, width)
    lines = [one for one in figure["data"] if one["mode"] == "lines"]
    assert [(one["line"]["color"], one["line"]["dash"]) for one in lines] == [
        (LIGHT.china, "6px,3px"),
        (LIGHT.russia, "6px,3px"),
        (LIGHT.china, "solid"),
        (LIGHT.russia, "solid"),
    ]
    names = [one for one in figure["layout"]["annotations"] if one.get("yref") == "y2" and "%" in one["text"]]
    assert len(names) == 4
    axis, look = figure["layout"]["yaxis2"], on_page(width)
    margin = figure["layout"]["margin"]
    high = (figure["layout"]["height"] - margin["t"] - margin["b"]) * (axis["domain"][1] - axis["domain"][0])
    a_pixel = (axis["range"][1] - axis["range"][0]) / high
    for one, other in combinations(names, 2):
        apart = abs(one["y"] - other["y"]) / a_pixel + abs(one.get("yshift", 0) - other.get("yshift", 0))
        assert apart >= look.label * 1.3 - 1


def test_years_stand_under_the_months_that_are_there() -> None:
    """Three months of 2023 have their year in their middle, not in that of the year."""
    figure = drawn(LINES)
    axis = figure["layout"]["xaxis2"]
    assert axis["ticktext"] == ["2023"]
    assert axis["tickvals"] == [276 + 1.5]
    assert axis["range"] == [276, 279]
    assert months._centre(pd.DataFrame(LINES), 2023) == 277.5


def test_a_view_whose_newest_month_has_receipts_alone() -> None:
    """Payments of the month before lead then: the sentence is of the newest month that has them."""
    rows = [
        counted("2023-01", "import", "CNY", 30.0),
        counted("2023-01", "import", "RUB", 20.0),
        counted("2023-02", "export", "CNY", 25.0),
    ]
    said = words.words(pd.DataFrame(rows), Selection())
    assert "50%" in said.finding
    assert "Jan 2023" in said.finding
    assert [one.value for one in said.stated] == [50.0]
    assert said.stated[0].end == pd.Timestamp("2023-01-01")


def test_receipts_alone_say_that_only_regions_or_lines_are_there() -> None:
    """Without any payments nothing is summed."""
    said = words.words(pd.DataFrame([counted("2023-02", "export", "CNY", 25.0)]), Selection())
    assert said.finding
    assert said.stated == ()
