"""Claims: recomputed on every basis, and judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis import claims, pool
from analysis.bases import matches, now, then
from tests.analysis.kit import book, row, year

if TYPE_CHECKING:
    from analysis.book import Book

RATES = (
    "reporter",
    "partner",
    "flow",
    "period_start",
    "period_end",
    "commodity_code",
    "currency",
    "yoy_pct",
    "publisher",
    "released",
)


def claim(**over: str) -> pd.DataFrame:
    """Return a claims table of one synthetic claim about growth."""
    base = {
        "id": "trade-growth-2023h1",
        "says": "synthetic",
        "quoted": "grew by 40.7 percent",
        "value": "40.7",
        "unit": "percent",
        "period_start": "2023-01",
        "period_end": "2023-06",
        "flow": "total",
        "scope": "TOTAL",
        "tested_by": "synthetic",
    }
    return pd.DataFrame([{**base, **over}])


def printed(start: str, end: str, rate: str, released: str = "2023-06-30") -> pd.DataFrame:
    """Return a table of one printed rate."""
    return pd.DataFrame(
        [("CHN", "RUS", "total", start, end, "TOTAL", "USD", rate, "a synthetic paper", released)], columns=RATES
    )


@pytest.mark.parametrize(
    ("figure", "quoted", "expected"),
    [(40.74, "40.7", True), (40.76, "40.7", False), (81.32, "81", True), (81.6, "81", False), (40.65, "40.7", True)],
)
def test_matching_rounds_as_quoted(figure: float, quoted: str, *, expected: bool) -> None:
    """A figure fits if it rounds to the quoted number at the quoted decimals."""
    assert matches(figure, quoted) is expected


def test_growth_holds() -> None:
    """Half a year at 140.7 over 100 bears the claim out."""
    held = book(*year(2022, 100.0), *year(2023, 140.7), claims=claim())
    verdict = claims.judge(held)[0]
    assert verdict.verdict == claims.HOLDS
    assert verdict.bases[0].figure == pytest.approx(40.7)


def test_growth_holds_for_another_window() -> None:
    """The rate printed for January-May is found and named, with its month."""
    rates = printed("2023-01", "2023-05", "40.7")
    held = book(*year(2022, 100.0), *year(2023, 141.0), claims=claim(), printed_rates=rates)
    verdict = claims.judge(held)[0]
    assert verdict.verdict == claims.OTHERWISE
    assert verdict.found[0].window == "Jan–May 2023"
    assert "Jan–May 2023, as printed in June 2023" in verdict.sentence


def test_growth_does_not_follow() -> None:
    """Where no window gives the rate, the claim does not follow."""
    verdict = claims.judge(book(*year(2022, 100.0), *year(2023, 110.0), claims=claim()))[0]
    assert verdict.verdict == claims.NOT
    assert "+10.0%" in verdict.sentence


def test_growth_without_data_cannot_be_tested() -> None:
    """No figures, no verdict, and the sentence says what is missing."""
    verdict = claims.judge(book(row("2019-01"), claims=claim()))[0]
    assert verdict.verdict == claims.UNTESTED
    assert "Jan–Jun 2023" in verdict.sentence


def test_search_finds_single_months_and_other_flows() -> None:
    """An exports month that grew by the quoted rate is found, after windows of the same flow."""
    rows = [
        *year(2022, 100.0),
        *year(2023, 110.0),
        row("2022-04", value=10.0, flow="export"),
        row("2023-04", value=14.07, flow="export"),
    ]
    found = pool.search(pool.growth(book(*rows)), "40.7", ("2023-01", "2023-06"), "total").likely
    assert [basis.window for basis in found] == ["Apr 2023"]
    assert found[0].label == "customs now, exports"


def test_first_print_is_of_that_very_window() -> None:
    """Of the prints of the first weeks the longest is taken; months are never summed to a first print."""
    press = {"source": "press", "status": "preliminary"}
    held = book(
        row("2023-01", "2023-05", 93.8e9, released="2023-06-07", **press),
        row("2023-01", "2023-05", 93.806e9, released="2023-06-30", **press),
        row("2023-01", "2023-05", 94.1e9, released="2024-06-01", **press),
        row("2023-06", value=20.0e9, released="2023-07-13", **press),
    )
    first = then(held, "total", ("2023-01", "2023-05"))
    assert first is not None
    assert first.value == 93.806e9
    assert then(held, "total", ("2023-01", "2023-06")) is None


def test_the_shipped_claims(book: Book) -> None:
    """The article's eight statements come out as the figures at hand say."""
    verdicts = {verdict.id: verdict for verdict in claims.judge(book)}
    assert {name: verdict.verdict for name, verdict in verdicts.items()} == {
        "trade-growth-2023h1": claims.OTHERWISE,
        "trade-above-2020": claims.HOLDS,
        "fuels-largest-share": claims.HOLDS,
        "energy-2022": claims.HOLDS,
        "energy-2021": claims.NOT,
        "energy-growth-2022": claims.NOT,
        "microelectronics-2022": claims.UNTESTED,
        "third-countries": claims.UNTESTED,
    }
    growth = verdicts["trade-growth-2023h1"]
    assert [round(basis.figure, 1) for basis in growth.bases if basis.label == "printed rate"] == [40.6]
    assert growth.found[0].window == "Jan–May 2023"
    assert growth.found[0].label == "printed rate"


def test_the_shipped_windows(book: Book) -> None:
    """H1 2023 and 2020, as now published and as printed at the time."""
    pairs = {
        ("2023-01", "2023-06"): (114.88, 114.547),
        ("2020-01", "2020-12"): (108.35, 107.76),
        ("2023-01", "2023-05"): (93.85, 93.806),
    }
    for span, (today, first) in pairs.items():
        window, printed_ = now(book, "total", span), then(book, "total", span)
        assert window is not None
        assert printed_ is not None
        assert round(window.value / 1e9, 2) == today
        assert printed_.value / 1e9 == first
