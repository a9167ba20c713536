"""Bars of the months: which way they go, which are pale, what the balance is, where names stand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.points import POINT
from layouts.charts.pulse import bars, lines
from layouts.charts.pulse.words import Shown, _placed, _which, nothing
from layouts.figure.chart import Words
from layouts.figure.frame import blank
from layouts.look.theme import LIGHT, PRINT, on_page

PHONE = on_page(358)


def months(flow: str, *values: float, weak: tuple[bool, ...] = (), length: int = 1) -> pd.DataFrame:
    """Return one row a month of a flow, whole US$."""
    days = pd.date_range("2023-01-01", periods=len(values), freq="MS")
    cells: dict[str, Any] = {
        "flow": flow,
        "months": length,
        "currency": "USD",
        "source": "comtrade",
        "yoy_pct": float("nan"),
    }
    table = pd.DataFrame({"period_start": days, "period_end": days, "value": values}).assign(**cells)
    return table.assign(provisional=list(weak) or [False] * len(values))


def drawn(table: pd.DataFrame, look: Any = PRINT) -> Any:
    """Return the picture of the rows."""
    figure = blank(look, Words("A", "b", "c", "US$ bn"))
    bars.bars(figure, table, look)
    return figure


def test_exports_go_up_and_imports_down_where_both_show() -> None:
    """Two flows mirror each other on one scale; a flow alone goes up, whichever it is."""
    both = pd.concat([months("export", 5e9, 6e9), months("import", 8e9, 9e9)], ignore_index=True)
    up, down = (trace["y"] for trace in drawn(both)["data"] if trace["type"] == "bar")
    assert up == pytest.approx([5.0, 6.0])
    assert down == pytest.approx([-8.0, -9.0])
    (alone,) = (trace["y"] for trace in drawn(months("import", 8e9))["data"] if trace["type"] == "bar")
    assert alone == pytest.approx([8.0])


def test_the_scale_of_a_mirror_has_no_minus() -> None:
    """Below the zero stand imports, not negative amounts; ticks are as many as fit five a side."""
    both = pd.concat([months("export", 5e9), months("import", 23e9)], ignore_index=True)
    axis = drawn(both)["layout"]["yaxis"]
    assert axis["tickvals"] == [5 * k for k in range(-5, 6)]
    assert axis["ticktext"][0] == axis["ticktext"][-1] == "25"


def test_two_months_count_with_their_average_and_preliminary_ones_are_pale_with_a_cap() -> None:
    """January-February of 10 is twice 5; a pale bar carries a cap of full colour."""
    pair = months("export", 10e9, length=2, weak=(True,))
    bar, cap = drawn(pair)["data"][:2]
    assert bar["y"] == pytest.approx([5.0])
    assert bar["marker"]["color"] == [PRINT.palette.china_faint]
    assert cap["line"]["color"] == PRINT.palette.china
    assert len(drawn(months("export", 10e9))["data"]) == 1


@given(
    st.lists(st.tuples(st.floats(0, 1e12), st.floats(0, 1e12), st.booleans(), st.booleans()), min_size=1, max_size=6)
)
def test_the_balance_is_exports_less_imports(cells: list[tuple[float, float, bool, bool]]) -> None:
    """Of each month that has both; it is preliminary where either is."""
    sold = months("export", *(one for one, *_ in cells), weak=tuple(weak for *_, weak, _ in cells))
    bought = months("import", *(two for _, two, *_ in cells), weak=tuple(weak for *_, weak in cells))
    both = bars.balance(pd.concat([sold, bought.assign(**{POINT: ""})], ignore_index=True).assign(**{POINT: "pulse:x"}))
    assert both["value"].tolist() == pytest.approx([one - two for one, two, *_ in cells])
    assert both["provisional"].tolist() == [one or two for *_, one, two in cells]
    assert len(bars.balance(sold)) == 0


def test_names_stand_beside_the_last_bar_and_on_a_phone_inside() -> None:
    """A phone has the value alone beside the plot and the name in a corner of it."""
    table = months("export", 5e9, 6e9)
    (wide,) = drawn(table)["layout"]["annotations"]
    value, name = drawn(table, PHONE)["layout"]["annotations"]
    assert "6.0" in wide["text"]
    assert "Feb 2023" in wide["text"]
    assert value["text"] == "<b>6.0</b>"
    assert name["x"] < value["x"]
    assert name["yanchor"] == "top"


def test_a_flow_has_the_colour_of_who_sells() -> None:
    """China's exports are vermillion, its imports blue, both together grey."""
    assert LIGHT.flow("export")[0] == LIGHT.china
    assert LIGHT.flow("import")[0] == LIGHT.russia
    assert LIGHT.flow("total")[0] == LIGHT.rest


def test_what_is_said_of_a_flow_has_its_place_in_the_sentence() -> None:
    """Exports are what is sold, imports what is bought; both flows are one sentence."""
    assert _placed({"export": "a", "import": "b", "total": "c"}) == {"sold": "a", "bought": "b", "traded": "c"}
    assert (_which({"export": 1, "import": 2}), _which({"import": 2})) == ("both", "import")


@pytest.mark.parametrize("measure", ["level", "yoy", "sum3", "sum12", "index", "share"])
def test_an_empty_measure_says_what_it_lacks(measure: str) -> None:
    """Each measure that has inputs of its own names them; the others share one text."""
    finding, lacking = nothing(Shown(measure, "USD", "both"))
    assert finding
    assert lacking
    assert (lacking == nothing(Shown("level", "USD", "both"))[1]) == (measure in {"level", "yoy"})


def test_the_unit_of_the_axis_follows_the_measure() -> None:
    """Amounts are in billions of the currency, an index is of a year, the rest is per cent."""
    units = {measure: Shown(measure, "USD", "both").unit for measure in ("level", "sum12", "yoy", "share", "index")}
    assert units["level"] == units["sum12"] == "US$ bn"
    assert units["yoy"] == units["share"] == "%"
    assert len({*units.values()}) == 3


def test_the_room_at_the_right_is_reckoned_with_the_widest_figures() -> None:
    """The least and the greatest rate are written at most; nothing is reckoned where there is none."""
    table = months("export", 1e9, 2e9, 3e9).assign(yoy_pct=[-12.5, float("nan"), 100.0])
    assert lines.ends_written(table, "yoy", PRINT) == ["<b>−12.5%</b>", "<b>+100.0%</b>"]
    assert lines.ends_written(table.iloc[:0], "yoy", PRINT) == []
