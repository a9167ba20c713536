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
    found = tiles(*year(2023), row("2023-01", "2023-06", 6.5)).window("total", "2023-01", "2023-06")
    assert found is not None
    assert (found.value, found.printed, found.steps) == (6.5, True, "2023-01–2023-06")


def test_fewest_prints_win() -> None:
    """A half-year and a month are taken before seven months."""
    found = tiles(*year(2023), row("2023-01", "2023-06", 6.5)).window("total", "2023-01", "2023-07")
    assert found is not None
    assert found.value == 7.5
    assert found.steps == "2023-01–2023-06 + 2023-07"


def test_a_month_is_the_difference_of_two_cumulations() -> None:
    """July is January-July less January-June, and the steps say so."""
    found = tiles(row("2023-01", "2023-06", 6.5), row("2023-01", "2023-07", 8.0)).window("total", "2023-07", "2023-07")
    assert found is not None
    assert found.value == 1.5
    assert [sign for sign, _, _ in found.parts] in ([-1, 1], [1, -1])


def test_january_february_is_never_split() -> None:
    """A window that would need half of a two-month print does not exist."""
    held = tiles(row("2023-01", "2023-02", 2.0), row("2023-03", value=1.0))
    assert held.window("total", "2023-01", "2023-01") is None
    assert held.window("total", "2023-02", "2023-03") is None
    assert held.window("total", "2023-01", "2023-03") is not None


def test_a_missing_month_gives_no_window() -> None:
    """Missing is missing: eleven months are no year."""
    held = tiles(*[r for r in year(2023) if not str(r["period_start"]).startswith("2023-05")])
    assert held.window("total", "2023-01", "2023-12") is None


def test_a_total_may_be_exports_plus_imports() -> None:
    """Where no total is printed it is the sum of both flows, never of a total and a flow."""
    held = tiles(row("2023-01", value=2.0, flow="export"), row("2023-01", value=3.0, flow="import"))
    found = held.window("total", "2023-01", "2023-01")
    assert found is not None
    assert found.value == 5.0
    assert held.window("export", "2023-01", "2023-01") is not None
    assert held.window("import", "2023-01", "2023-02") is None


@given(st.lists(st.integers(1, 10**12), min_size=3, max_size=30), st.data())
def test_any_span_of_months_adds_up(values: list[int], data: st.DataObject) -> None:
    """A window over single months is their sum, whatever the span."""
    first = data.draw(st.integers(0, len(values) - 1))
    last = data.draw(st.integers(first, len(values) - 1))
    names = [f"{2000 + k // 12}-{k % 12 + 1:02d}" for k in range(len(values))]
    held = tiles(*(row(name, value=float(value)) for name, value in zip(names, values, strict=True)))
    found = held.window("total", names[first], names[last])
    assert found is not None
    assert found.value == sum(values[first : last + 1])
