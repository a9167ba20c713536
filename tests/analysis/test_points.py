"""What is this number: names of points, and the reported rows behind a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from analysis import points
from analysis.points import POINT, PartRole, PointPart
from analysis.selection import Selection
from analysis.trace import row_parts
from analysis.trace import trace as tracing
from layouts.charts.registry import CHARTS
from tests.analysis import kit

if TYPE_CHECKING:
    from analysis.dataset import Dataset

LOOKED_AT = 25  # rows of each chart that are traced


def part(start: str, end: str, value: float, **over: Any) -> PointPart:
    """Return a part of China's total with Russia in US$."""
    first, last = pd.Timestamp(f"{start}-01"), pd.Timestamp(f"{end}-01")
    cells = {"currency": "USD", "source": "comtrade", "flow": "total", "codes": ("TOTAL",), **over}
    who = {"reporter": "CHN", "partner": "RUS", **cells}
    return PointPart(role=PartRole.FIGURE, value=value, start=first, end=last, **who)


@pytest.mark.parametrize("name", sorted(set(CHARTS) - {"table"}))
def test_each_row_has_a_name_that_an_address_carries(name: str, dataset: Dataset) -> None:
    """No two rows of a chart share a name, and every name comes back from the address as it was."""
    rows = CHARTS[name].table(dataset, Selection())
    assert rows[POINT].is_unique
    for point in rows[POINT].head(400):
        assert Selection.from_query(Selection(point=point).to_query()).point == point
        assert points.rows_of(rows, point)[POINT].tolist() == [point]


def test_a_name_does_not_move_with_the_figures(dataset: Dataset) -> None:
    """Other values and other rows before it leave a point its name."""
    chart = CHARTS["pulse"]
    whole = chart.rows(dataset, Selection())
    later = whole.iloc[40:].assign(value=1.0, source="other")
    names = points.named(whole, "pulse", chart.marks)[POINT]
    assert points.named(later, "pulse", chart.marks)[POINT].tolist() == names.iloc[40:].tolist()


def test_a_second_row_of_the_same_name_is_numbered() -> None:
    """Two rows that nothing tells apart have their number."""
    rows = pd.DataFrame({"flow": ["export", "export"], "value": [1.0, 2.0]})
    assert points.named(rows, "x", ("flow",))[POINT].tolist() == ["x:export", "x:export.2"]


def test_a_point_of_several_rows() -> None:
    """A joined name finds its rows in the order named, and passes over what is not there."""
    rows = points.named(pd.DataFrame({"flow": ["a", "b", "c"]}), "x", ("flow",))
    name = points.joined(["x:c", "x:a"])
    assert name == "x:c,a"
    assert points.rows_of(rows, name)["flow"].tolist() == ["c", "a"]
    assert points.rows_of(rows, "x:c,nothing")["flow"].tolist() == ["c"]
    assert points.rows_of(rows, "y:c").empty


@pytest.mark.parametrize("name", sorted(set(CHARTS) - {"table"}))
def test_every_plotted_value_is_made_of_reported_rows(name: str, dataset: Dataset) -> None:
    """Each value of a chart is a signed sum of rows of the one table, converted at named rates at most."""
    chart = CHARTS[name]
    rows = chart.table(dataset, Selection())
    step = max(1, len(rows) // LOOKED_AT)
    for row in rows.iloc[::step].to_dict("records"):
        for one in chart.parts({str(key): cell for key, cell in row.items()}):
            trace = tracing.trace(dataset, one)
            assert trace.whole, (row[POINT], one)
            assert (trace.used["shown"] * trace.used["sign"]).sum() == pytest.approx(one.value, rel=1e-6)
            assert set(trace.used["source"]) <= set(one.sources)


def test_a_month_as_the_difference_of_two_prints() -> None:
    """July, printed nowhere, is January to July less January to June."""
    dataset = kit.dataset(kit.row("2023-01", "2023-06", 60), kit.row("2023-01", "2023-07", 72))
    trace = tracing.trace(dataset, part("2023-07", "2023-07", 12))
    assert trace.whole
    assert sorted(zip(trace.used["value"], trace.used["sign"], strict=True)) == [(60.0, -1), (72.0, 1)]


def test_a_total_is_its_two_flows_where_none_is_printed() -> None:
    """Exports and imports of the months are added where no total is printed."""
    rows = [kit.row(f"2023-0{m}", value=v, flow=f) for m in (1, 2) for f, v in (("export", 3), ("import", 4))]
    trace = tracing.trace(kit.dataset(*rows), part("2023-01", "2023-02", 14))
    assert trace.whole
    assert len(trace.used) == 4


def test_six_digit_lines_make_a_heading() -> None:
    """A heading that is no line of its own is the sum of the lines that begin with it, not of others."""
    codes = {"270111": 5, "270112": 6, "270900": 50}
    rows = [kit.row("2022-01", "2022-12", v, commodity_code=c, classification="HS2017") for c, v in codes.items()]
    trace = tracing.trace(kit.dataset(*rows), part("2022-01", "2022-12", 11, codes=("2701",)))
    assert trace.whole
    assert set(trace.used["commodity_code"]) == {"270111", "270112"}


def test_a_converted_month_names_its_rate() -> None:
    """Dollars shown in yuan carry the month's rate; without one nothing is claimed to add up."""
    month = kit.row("2023-05", value=10)
    asked = part("2023-05", "2023-05", 70, currency="CNY")
    trace = tracing.trace(kit.dataset(month, rates=(kit.rate("2023-05", 7),)), asked)
    assert trace.whole
    assert trace.used[["rate", "rate_source"]].to_numpy().tolist() == [[7.0, "GACC_IMPLIED"]]
    assert not tracing.trace(kit.dataset(month), asked).whole


def test_of_equal_prints_the_vintage_asked_for_is_told() -> None:
    """Two prints of the same value are told apart by their release."""
    days = ("2023-06-07", "2023-07-13")
    dataset = kit.dataset(*(kit.row("2023-05", value=10, source="press", released=day) for day in days))
    for day in days:
        asked = part("2023-05", "2023-05", 10, source="press", released=pd.Timestamp(day))
        assert tracing.trace(dataset, asked).used["released"].tolist() == [pd.Timestamp(day)]


def test_what_does_not_add_up_is_said() -> None:
    """A value that no row gives is not whole; the rows nearest to it are shown all the same."""
    trace = tracing.trace(kit.dataset(kit.row("2023-05", value=10)), part("2023-05", "2023-05", 11))
    assert not trace.whole
    assert trace.used["value"].tolist() == [10]
    assert tracing.trace(kit.dataset(kit.row("2020-05")), part("2023-05", "2023-05", 11)).used.empty


def test_others_of_the_same_key() -> None:
    """Other sources, other vintages and the other country's count stand beside, with their distance."""
    dataset = kit.dataset(
        kit.row("2023-05", flow="import", value=100),
        kit.row("2023-05", flow="import", value=98, released="2023-06-07", source="press", status="preliminary"),
        kit.row("2023-05", reporter="RUS", partner="CHN", flow="export", value=90, source="fcs"),
        kit.row("2023-05", flow="export", value=7),
        kit.row("2023-05", flow="import", value=700, currency="CNY", source="gacc"),
        kit.row("2023-01", "2023-05", 500, flow="import", source="press"),
    )
    others = tracing.trace(dataset, part("2023-05", "2023-05", 100, flow="import")).others
    differences = dict(zip(others["source"], others["difference_pct"].round(6), strict=True))
    assert differences["press"] == -2
    assert differences["fcs"] == -10
    assert pd.isna(differences["gacc"])
    assert others.set_index("source")["mirror"].to_dict() == {"gacc": False, "press": False, "fcs": True}


def test_printed_rates_of_the_window() -> None:
    """Growth that a publisher printed for the very window and flow stands beside, not that of another."""
    columns = ["reporter", "partner", "flow", "commodity_code", "period_start", "period_end", "yoy_pct", "released"]
    lines = [
        ["CHN", "RUS", "total", "TOTAL", "2023-01", end, rate, ""]
        for end, rate in (("2023-05", "40.7"), ("2023-06", "40.6"))
    ]
    dataset = kit.dataset(kit.row("2023-05"), printed_rates=pd.DataFrame(lines, columns=columns))
    assert tracing.printed_rates(dataset, part("2023-01", "2023-05", 1))["yoy_pct"].tolist() == ["40.7"]
    assert tracing.printed_rates(dataset, part("2023-01", "2023-05", 1, flow="export")).empty


def test_a_share_rests_on_two_figures() -> None:
    """The other's trade and the world's, each of its own source; a mirror is told by the other country."""
    row = {
        "side": "russia",
        "count": "mirror",
        "flow": "import",
        "value": 10.0,
        "world_value": 40.0,
        "source": "comtrade",
        "base_source": "fcs",
        "period_start": pd.Timestamp("2023-01-01"),
        "period_end": pd.Timestamp("2023-12-01"),
    }
    other, world = row_parts.share(row)
    assert (other.reporter, other.partner, other.flow, other.source) == ("CHN", "RUS", "export", "comtrade")
    assert (world.reporter, world.partner, world.flow, world.source) == ("RUS", "WLD", "import", "fcs")
