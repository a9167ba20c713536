"""The two customs offices: which gap leads, which are marked, where the axis ends."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.partners import mirror
from analysis.selection import Selection
from layouts.charts.mirror import chart, labels
from layouts.drawing import geometry
from layouts.figure import source_line
from layouts.figure.chart import HOVER
from layouts.words import language, text


def rows(*gaps: float | None, flow: str = "import", kind: str = "sum12", start: str = "2019-12") -> pd.DataFrame:
    """Return windows of twelve months that end one month after the other; a gap of None is an estimate's."""
    ends = pd.date_range(f"{start}-01", periods=len(gaps), freq="MS")
    shown = pd.Series([float("nan") if gap is None else gap for gap in gaps])
    cells: dict[str, Any] = {
        "kind": kind,
        "flow": flow,
        "months": 12,
        "value": 106.0,
        "exporter_value": 100.0,
        "source": "a + b",
    }
    table = pd.DataFrame({"period_end": ends, "gap_pct": shown, "provisional": [gap is None for gap in gaps]})
    table = table.assign(**cells, band=mirror.band(shown), period_start=ends - pd.DateOffset(months=11))
    return table.assign(basis="CHN CIF none now printed", exporter_basis="RUS FOB none now printed")


def test_the_newest_own_gap_leads_and_declares_both_figures() -> None:
    """An estimate's window is passed over; with estimates alone there is no gap to say."""
    finding, stated = chart._finding(rows(5.0, 7.5, None))
    assert "7.5%" in finding
    assert [one.value for one in stated] == [106.0, 100.0]
    assert chart._finding(rows(None))[1] == ()


def test_more_and_less_and_whose_goods_are_four_sentences() -> None:
    """Whoever buys stands above the seller, or below."""
    findings = {chart._finding(rows(gap, flow=flow))[0] for gap in (5.0, -5.0) for flow in ("import", "export")}
    assert len(findings) == 4


def test_a_year_a_part_and_twelve_months_are_named_apart() -> None:
    """A window that ends in December is that year; others are named by their last month; shorter ones by their span."""
    year, to = chart._finding(rows(5.0))[0], chart._finding(rows(5.0, start="2020-03"))[0]
    month = rows(5.0, start="2020-03").assign(months=1, period_start=pd.Timestamp("2020-03-01"))
    assert "2019" in year
    assert "March 2020" in to
    assert chart._finding(month)[0] != to


def test_estimates_alone_draw_nothing() -> None:
    """What the IMF makes of one side opens no gap."""
    assert not chart.shows(rows(None, None), Selection())
    assert chart.shows(rows(5.0, None), Selection())
    assert not chart.shows(rows(), Selection())


@given(st.lists(st.floats(-80, 200), min_size=1, max_size=8))
def test_the_axis_holds_every_gap_and_the_bands(gaps: list[float]) -> None:
    """With room above and below, whatever the gaps are."""
    low, high = labels.reach(rows(*gaps))
    assert low < min(*gaps, 0.0)
    assert high > max(*gaps, mirror.POSSIBLE)


def test_each_run_beyond_the_bands_is_marked_once_at_its_worst() -> None:
    """Two runs above and one below; what freight explains is none."""
    worst = labels.runs(rows(12.0, 20.0, 5.0, 15.0, -8.0, -3.0, 2.0))
    assert worst["gap_pct"].tolist() == [20.0, -8.0, 15.0]
    assert len(labels.runs(rows(0.0, 6.0, 10.0))) == 0


def test_a_line_breaks_over_a_missing_window() -> None:
    """A step of more than the length that is drawn lifts the pen."""
    table = rows(1.0, 2.0, 3.0, 4.0)
    x, y = chart._points(table.drop(index=[1, 2]), 2)
    assert y == [1.0, None, 4.0]
    assert x[1] is None
    assert chart._points(table.drop(index=1), 2)[1] == [1.0, 3.0, 4.0]


@pytest.mark.parametrize(("gap", "band"), [(-0.1, 0), (0.0, 1), (6.0, 1), (6.1, 2), (10.0, 2), (10.1, 3)])
def test_a_gap_at_an_edge_is_inside(gap: float, band: int) -> None:
    """Nought is no gap below nought; ten per cent is what freight may be."""
    assert mirror.band(pd.Series([gap]))[0] == mirror.BANDS[band]


def test_only_windows_that_do_not_overlap_are_counted() -> None:
    """Of sums of twelve months those that end in December."""
    ends: Any = rows(*[12.0] * 13)
    assert "2" in chart._beyond(ends)
    assert "13" not in chart._beyond(ends)


@pytest.mark.parametrize("code", ["en", "zh", "ru"])
def test_what_the_pointer_is_told_fits_a_phone(code: str) -> None:
    """Window, gap, both counts and source, each line no wider than the narrowest common phone."""
    row = rows(5.0).assign(value=52.51e9, exporter_value=47.47e9, source="comtrade + fcs").to_dict("records")[0]
    with language.speaking(code):
        lines = chart._hover(row).split("<br>")
        assert any(text.bn(52.51e9, 2) in line for line in lines)
        assert source_line.short("comtrade + fcs") == lines[-1]
    assert all(geometry.longest([line], HOVER[0]) <= 328 for line in lines)
