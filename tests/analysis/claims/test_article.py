"""Claims: recomputed on every basis, and judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis.claims import article as article_claims
from analysis.claims.figures import figure_search
from analysis.claims.figures.own_count import ALL_FUELS
from analysis.claims.verdicts import HOLDS, NOT, OTHERWISE, UNTESTED
from analysis.measures.energy import definitions as energy
from analysis.readings import now, then
from analysis.recomputations.figures import Kind, matches
from layouts.charts.claims.labels import label
from tests.analysis.claims.telling import sentence
from tests.analysis.kit import dataset, row, year

if TYPE_CHECKING:
    from analysis.dataset import Dataset

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


def test_the_largest_of_one_chapter_alone_is_not_tested(monkeypatch: pytest.MonkeyPatch, dataset: Dataset) -> None:
    """Where no second chapter is at hand there is nothing to be larger than: said, and no error."""
    ranks = energy.chapters(dataset, 2022)
    monkeypatch.setattr(energy, "chapters", lambda *_: ranks.head(1))
    claim = {"period_start": "2022-01", "period_end": "2022-12", "scope": str(ranks["chapter"].iloc[0])}
    assert article_claims._largest(dataset, claim).verdict is UNTESTED


def test_growth_holds() -> None:
    """Half a year at 140.7 over 100 bears the claim out."""
    data = dataset(*year(2022, 100.0), *year(2023, 140.7), claims=claim())
    verdict = article_claims.judge(data)[0]
    assert verdict.verdict == HOLDS
    assert verdict.bases[0].figure == pytest.approx(40.7)


def test_growth_holds_for_another_window() -> None:
    """The rate printed for January-May is found and named, with its month."""
    rates = printed("2023-01", "2023-05", "40.7")
    data = dataset(*year(2022, 100.0), *year(2023, 141.0), claims=claim(), printed_rates=rates)
    verdict = article_claims.judge(data)[0]
    assert verdict.verdict == OTHERWISE
    assert verdict.elsewhere[0].span == ("2023-01", "2023-05")
    assert "Jan–May 2023 (as published on 30 Jun 2023, in US$)" in sentence(verdict)


def test_growth_does_not_follow() -> None:
    """Where no window gives the rate, the claim does not follow."""
    verdict = article_claims.judge(dataset(*year(2022, 100.0), *year(2023, 110.0), claims=claim()))[0]
    assert verdict.verdict == NOT
    assert "+10.0%" in sentence(verdict)


def test_growth_without_data_cannot_be_tested() -> None:
    """No figures, no verdict, and the sentence says what is missing."""
    verdict = article_claims.judge(dataset(row("2019-01"), claims=claim()))[0]
    assert verdict.verdict == UNTESTED
    assert "Jan–Jun 2023" in sentence(verdict)


def test_search_finds_single_months_and_other_flows() -> None:
    """An exports month that grew by the quoted rate is found, after windows of the same flow."""
    rows = [
        *year(2022, 100.0),
        *year(2023, 110.0),
        row("2022-04", value=10.0, flow="export"),
        row("2023-04", value=14.07, flow="export"),
    ]
    likely = figure_search.search(figure_search.growth(dataset(*rows)), "40.7", ("2023-01", "2023-06"), "total").likely
    assert [basis.span for basis in likely] == [("2023-04", "2023-04")]
    assert label(likely[0]) == "customs now, exports"


def test_first_print_is_of_that_very_window() -> None:
    """Of the prints of the first weeks the longest is taken; months are never summed to a first print."""
    press = {"source": "press", "status": "preliminary"}
    data = dataset(
        row("2023-01", "2023-05", 93.8e9, released="2023-06-07", **press),
        row("2023-01", "2023-05", 93.806e9, released="2023-06-30", **press),
        row("2023-01", "2023-05", 94.1e9, released="2024-06-01", **press),
        row("2023-06", value=20.0e9, released="2023-07-13", **press),
    )
    first = then(data, "total", ("2023-01", "2023-05"))
    assert first is not None
    assert first.value == 93.806e9
    assert then(data, "total", ("2023-01", "2023-06")) is None


def test_the_shipped_claims(dataset: Dataset) -> None:
    """The article's eight statements come out as the figures at hand say."""
    verdicts = {verdict.id: verdict for verdict in article_claims.judge(dataset)}
    assert {name: verdict.verdict for name, verdict in verdicts.items()} == {
        "trade-growth-2023h1": OTHERWISE,
        "trade-above-2020": HOLDS,
        "fuels-largest-share": HOLDS,
        "energy-2022": HOLDS,
        "energy-2021": HOLDS,
        "energy-growth-2022": HOLDS,
        "microelectronics-2022": UNTESTED,
        "third-countries": UNTESTED,
    }
    growth = verdicts["trade-growth-2023h1"]
    assert [round(basis.figure, 1) for basis in growth.bases if basis.kind is Kind.RATE] == [40.6]
    assert growth.elsewhere[0].span == ("2023-01", "2023-05")
    assert growth.elsewhere[0].kind is Kind.RATE


def test_the_energy_bill_rests_on_the_buyers_count(dataset: Dataset) -> None:
    """Both sums and their growth hold on China's count; what BACI gives is said, its growth over a break is not."""
    verdicts = {verdict.id: verdict for verdict in article_claims.judge(dataset)}
    for name, figure in (("energy-2022", 80.85), ("energy-2021", 51.88), ("energy-growth-2022", 55.84)):
        own = verdicts[name].bases[0]
        assert own.figure == pytest.approx(figure, abs=0.005)
        assert str(own.basis).startswith("CHN CIF")
        assert own.tolerance is not None
        assert abs(own.figure - float(verdicts[name].value)) <= own.tolerance
    assert "BACI gives US$ 44.38 bn in 2021" in sentence(verdicts["energy-2021"])
    assert "81.32" in sentence(verdicts["energy-2022"])
    assert "its growth is not computed" in sentence(verdicts["energy-growth-2022"])
    rates = [one for one in verdicts["energy-growth-2022"].bases if one.goods == ALL_FUELS]
    assert [one.basis == one.base for one in rates] == [True]


def fuels(year: int, crude: float, coal: float, **over: object) -> list[dict[str, object]]:
    """Return a year of the four fuels as China's customs count them, in bn US$; gas is 5 and 3."""
    values = {"2709": crude, "2701": coal, "271111": 5.0, "271121": 3.0}
    common = {"flow": "import", "valuation": "CIF", "classification": "HS2017", **over}
    return [
        row(f"{year}-01", f"{year}-12", 1e9 * value, commodity_code=code, **common) for code, value in values.items()
    ]


def bills(first: str, second: str, growth: str) -> pd.DataFrame:
    """Return claims of two synthetic sums and of the growth between them."""
    scope = "2709 2701 2702 2703 2704 271111 271121"
    years = {"2021": ("2021-01", "2021-12"), "2022": ("2022-01", "2022-12")}
    rows = [
        (f"energy-{year}", "level", value, "bn_usd", *years[year], "", "", "import", scope)
        for year, value in (("2021", first), ("2022", second))
    ]
    rows.append(("energy-growth-2022", "growth", growth, "percent", *years["2022"], *years["2021"], "import", scope))
    names = ("id", "kind", "value", "unit", "period_start", "period_end", "base_start", "base_end", "flow", "scope")
    return pd.DataFrame(rows, columns=names).assign(says="synthetic", quoted="", tested_by="")


@pytest.mark.parametrize(
    ("first", "second", "growth", "expected"),
    [
        ("50", "80", "60.0", [HOLDS] * 3),
        ("50.1", "80", "59.7", [HOLDS] * 3),
        ("52", "80", "53.8", [NOT, HOLDS, NOT]),
        ("50", "84", "68.0", [HOLDS, NOT, NOT]),
    ],
)
def test_sums_of_fuels_by_hand(first: str, second: str, growth: str, expected: list[str]) -> None:
    """Sums of 50 and 80 bn hold within rounding and the revision of single fuels (at most 0.5 % here), others fall."""
    press = {"source": "press", "status": "preliminary", "released": "2022-01-20", "commodity_code": "2709"}
    first_print = row(
        "2021-01", "2021-12", 29.85e9, flow="import", valuation="CIF", classification="HS2017", **press
    )  # now 30
    data = dataset(*fuels(2021, 30, 12), *fuels(2022, 50, 22), first_print, claims=bills(first, second, growth))
    assert [verdict.verdict for verdict in article_claims.judge(data)] == expected


def test_a_fuel_that_is_not_held_is_a_gap() -> None:
    """Without one of the four there is no sum, and so no verdict."""
    rows = [one for one in fuels(2021, 30, 12) if one["commodity_code"] != "271121"]
    verdict = article_claims.judge(dataset(*rows, claims=bills("47", "80", "70")))[0]
    assert verdict.verdict == UNTESTED


def test_an_earlier_day_knows_no_later_figure(dataset: Dataset) -> None:
    """On 1 July 2023 nothing of the half-year was public; on 31 March 2024 its printed rate was."""
    before = {verdict.id: verdict for verdict in article_claims.judge(dataset.on("2023-07-01"))}
    assert before["trade-growth-2023h1"].verdict == UNTESTED
    later = {verdict.id: verdict for verdict in article_claims.judge(dataset.on("2024-03-31"))}
    growth = later["trade-growth-2023h1"]
    assert growth.verdict == OTHERWISE
    assert all(one.vintage <= "2024-03-31" for one in (*growth.bases, *growth.elsewhere))


def test_the_shipped_windows(dataset: Dataset) -> None:
    """H1 2023 and 2020, as now published and as printed at the time."""
    pairs = {
        ("2023-01", "2023-06"): (114.88, 114.547),
        ("2020-01", "2020-12"): (108.35, 107.76),
        ("2023-01", "2023-05"): (93.85, 93.806),
    }
    for span, (today, first) in pairs.items():
        window, printed_ = now(dataset, "total", span), then(dataset, "total", span)
        assert window is not None
        assert printed_ is not None
        assert round(window.value / 1e9, 2) == today
        assert printed_.value / 1e9 == first
