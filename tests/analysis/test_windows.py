"""Any window of months, put together exactly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.windows import Tiles
from tests.analysis.kit import row, table, year


def tiles(*rows: dict[str, object]) -> Tiles:
    """Index a few rows."""
    return Tiles.of(table(*rows))


def test_one_print_beats_a_sum() -> None:
    """Where the window itself is printed, its print is the window."""
    window = tiles(*year(2023), row("2023-01", "2023-06", 6.5)).window("total", "2023-01", "2023-06")
    assert window is not None
    assert (window.value, window.printed, window.steps) == (6.5, True, "2023-01–2023-06")


def test_fewest_prints_win() -> None:
    """A half-year and a month are taken before seven months."""
    window = tiles(*year(2023), row("2023-01", "2023-06", 6.5)).window("total", "2023-01", "2023-07")
    assert window is not None
    assert window.value == 7.5
    assert window.steps == "2023-01–2023-06 + 2023-07"


def test_a_month_is_the_difference_of_two_cumulations() -> None:
    """July is January-July less January-June, and the steps say so."""
    window = tiles(row("2023-01", "2023-06", 6.5), row("2023-01", "2023-07", 8.0)).window("total", "2023-07", "2023-07")
    assert window is not None
    assert window.value == 1.5
    assert [sign for sign, _, _ in window.parts] in ([-1, 1], [1, -1])


def test_january_february_is_never_split() -> None:
    """A window that would need half of a two-month print does not exist."""
    tiled = tiles(row("2023-01", "2023-02", 2.0), row("2023-03", value=1.0))
    assert tiled.window("total", "2023-01", "2023-01") is None
    assert tiled.window("total", "2023-02", "2023-03") is None
    assert tiled.window("total", "2023-01", "2023-03") is not None


def test_a_missing_month_gives_no_window() -> None:
    """Missing is missing: eleven months are no year."""
    tiled = tiles(*[r for r in year(2023) if not str(r["period_start"]).startswith("2023-05")])
    assert tiled.window("total", "2023-01", "2023-12") is None


def test_a_total_may_be_exports_plus_imports() -> None:
    """Where no total is printed it is the sum of both flows, never of a total and a flow."""
    tiled = tiles(row("2023-01", value=2.0, flow="export"), row("2023-01", value=3.0, flow="import"))
    window = tiled.window("total", "2023-01", "2023-01")
    assert window is not None
    assert window.value == 5.0
    assert tiled.window("export", "2023-01", "2023-01") is not None
    assert tiled.window("import", "2023-01", "2023-02") is None


@given(st.lists(st.integers(1, 10**12), min_size=3, max_size=30), st.data())
def test_any_span_of_months_adds_up(values: list[int], data: st.DataObject) -> None:
    """A window over single months is their sum, whatever the span."""
    first = data.draw(st.integers(0, len(values) - 1))
    last = data.draw(st.integers(first, len(values) - 1))
    names = [f"{2000 + k // 12}-{k % 12 + 1:02d}" for k in range(len(values))]
    tiled = tiles(*(row(name, value=float(value)) for name, value in zip(names, values, strict=True)))
    window = tiled.window("total", names[first], names[last])
    assert window is not None
    assert window.value == sum(values[first : last + 1])
