"""The monthly chart in each measure: words computed from its rows, or the reason why there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis.points import POINT
from analysis.selection import MEASURES, Selection
from analysis.trace import trace as tracing
from layouts import controls
from layouts.charts.registry import CHARTS
from layouts.look.theme import PRINT, on_page
from tests.analysis.kit import dataset as made
from tests.analysis.kit import row, year

if TYPE_CHECKING:
    from analysis.dataset import Dataset
    from layouts.figure.chart import Words

CHART = CHARTS["pulse"]
USD = "currency=USD"


def words_of(dataset: Dataset, query: str) -> Words:
    """Return the words of a query."""
    selection = Selection.from_query(query)
    return CHART.words(CHART.rows(dataset, selection), selection)


def two(which: int, value: float) -> list[dict[str, object]]:
    """Return a year of exports, and imports of twice as much."""
    return [*year(which, value, flow="export"), *year(which, 2 * value, flow="import")]


def test_every_measure_can_be_chosen() -> None:
    """The control shows each word that the address knows, and no other."""
    segments = str(controls.bar(2026))
    assert all(f"'value': '{measure}'" in segments for measure in MEASURES)


def test_three_months_by_hand() -> None:
    """Months of 1 and then 2 billion: the last three make 6, twice the year before."""
    data = made(*two(2022, 1e9), *two(2023, 2e9))
    words = words_of(data, f"?measure=sum3&{USD}")
    money = "US$\u00a06.0\u00a0bn (+100.0%)", "US$\u00a012.0\u00a0bn (+100.0%)"
    assert words.finding == f"Three months to Dec 2023: exports {money[0]} and imports {money[1]}"
    assert "sum of three months, US$ bn, March 2022 to December 2023" in words.subtitle
    assert "No sum ends in January or April since 2020" in words.note


def test_three_months_in_chinese_and_russian() -> None:
    """The same figures as whole sentences of each language: 6 billion dollars are 60 亿."""
    data = made(*two(2022, 1e9), *two(2023, 2e9))
    chinese, russian = (words_of(data, f"?measure=sum3&{USD}&lang={code}") for code in ("zh", "ru"))
    assert chinese.finding == "截至2023年12月的三个月：出口60亿美元（+100.0%），进口120亿美元（+100.0%）"
    assert chinese.subtitle == ("中国对俄出口（离岸价）与自俄进口（到岸价），三个月合计，亿美元，2022年3月至2023年12月")
    money = "6,0\u00a0млрд\u00a0долл. (+100,0\u00a0%)", "12,0\u00a0млрд\u00a0долл. (+100,0\u00a0%)"
    assert russian.finding == f"Три месяца по дек. 2023: экспорт {money[0]}, импорт {money[1]}"
    assert russian.subtitle.endswith("сумма за три месяца, млрд\u00a0долл. США, март 2022 — декабрь 2023")


@pytest.mark.parametrize(
    ("sold", "bought", "sentence"),
    [
        (2.0, 2.0, "В декабре 2023 года Китай продал России на {} больше и купил на {} больше, чем годом ранее"),
        (2.0, 0.5, "В декабре 2023 года Китай продал России на {} больше, а купил на {} меньше, чем годом ранее"),
        (0.5, 2.0, "В декабре 2023 года Китай продал России на {} меньше, а купил на {} больше, чем годом ранее"),
        (0.5, 0.5, "В декабре 2023 года Китай продал России на {} меньше и купил на {} меньше, чем годом ранее"),
    ],
)
def test_more_and_less_in_russian(sold: float, bought: float, sentence: str) -> None:
    """Each of the four ways has a sentence of its own."""
    now = [*year(2023, sold * 1e9, flow="export"), *year(2023, 2 * bought * 1e9, flow="import")]
    rates = (f"{abs(part - 1) * 100:.1f}\u00a0%".replace(".", ",") for part in (sold, bought))
    assert words_of(made(*two(2022, 1e9), *now), f"?{USD}&lang=ru").finding == sentence.format(*rates)


def test_three_months_leave_gaps() -> None:
    """January and April have no mark, and no line crosses them."""
    selection = Selection.from_query(f"?measure=sum3&flow=export&{USD}")
    rows = CHART.rows(made(*two(2022, 1e9)), selection)
    assert rows["period_end"].dt.month.tolist() == [3, 5, 6, 7, 8, 9, 10, 11, 12]
    lines = [trace for trace in CHART.draw(rows, selection).data if trace.mode == "lines"]
    assert sorted(len(trace.x) for trace in lines) == [1, 8]


def test_index_by_hand() -> None:
    """Doubled since 2021 is 200, and the base is named."""
    data = made(*two(2021, 1e9), *two(2022, 2e9))
    words = words_of(data, f"?measure=index&{USD}")
    assert words.finding == "Dec 2022: exports at 200 and imports at 200 (average month of 2021 = 100)"
    assert "average month of 2021 = 100" in words.subtitle
    assert words_of(data, f"?measure=index&{USD}&start=2022").finding == words.finding
    other = words_of(made(*two(2022, 2e9), *two(2023, 3e9)), f"?measure=index&{USD}")
    assert other.finding == "Dec 2023: exports at 150 and imports at 150 (average month of 2022 = 100)"


def test_share_names_both_sources() -> None:
    """The subtitle says where trade with Russia and where the world total comes from."""
    press = {"flow": "import", "source": "press", "status": "preliminary"}
    world = {**press, "partner": "WLD", "source": "gacc"}
    data = made(row("2023-01", "2023-12", 24e9, **press), row("2023-01", "2023-12", 480e9, **world))
    words = words_of(data, f"?measure=share&{USD}")
    assert words.finding == "2023: Russia gave 5.0% of China’s imports"
    assert (
        "trade with Russia from Chinese customs as quoted by newspapers; with the world from Chinese customs (GACC)"
        in words.subtitle
    )


@pytest.mark.parametrize(
    ("measure", "reason"),
    [
        ("sum3", "No three months in a row are at hand"),
        ("sum12", "No twelve months in a row are at hand"),
        ("index", "Neither 2021 nor another year has all twelve months in US dollars"),
        (
            "share",
            "For no period are China’s totals with the world and with Russia at hand on one basis in US dollars",
        ),
    ],
)
def test_what_lacks_its_inputs_says_so(measure: str, reason: str) -> None:
    """One month alone gives no such measure: no rows, and the reason in the picture."""
    selection = Selection.from_query(f"?measure={measure}&{USD}")
    rows = CHART.rows(made(row("2023-05", flow="import")), selection)
    assert rows.empty
    assert CHART.words(rows, selection).subtitle == reason
    figure = CHART.draw(rows, selection)
    assert figure.layout.xaxis.visible is False


def test_growth_without_a_base_says_so() -> None:
    """The first year of a series shows no rate, and the note says why."""
    assert "No change can be computed" in words_of(made(*two(2023, 1e9)), f"?measure=yoy&{USD}").note


@pytest.mark.parametrize("measure", MEASURES)
def test_no_lone_january_or_february(dataset: Dataset, measure: str) -> None:
    """Where customs print the two together, no measure has a row of one of them alone."""
    for currency in ("CNY", "USD"):
        rows = CHART.rows(dataset, Selection.from_query(f"?measure={measure}&currency={currency}"))
        alone = rows["months"].eq(1) & rows["period_start"].dt.month.le(2) & rows["period_start"].dt.year.ge(2020)
        assert len(rows)
        assert not alone.any()


@pytest.mark.parametrize("measure", ["index", "share", "sum3"])
def test_pictures_hold_their_rows(dataset: Dataset, measure: str) -> None:
    """What is plotted is what the rows say, in every look."""
    selection = Selection.from_query(f"?measure={measure}&{USD}")
    rows = CHART.rows(dataset, selection)
    column = {"index": "index", "share": "share_pct", "sum3": "value"}[measure]
    want = sorted(rows[column] / (1e9 if column == "value" else 1))
    for look in (PRINT, on_page(358, dark=True)):
        figure = CHART.draw(rows, selection, look)
        points = [float(y) for trace in figure.data if trace.mode == "markers" for y in trace.y]
        assert sorted(points) == pytest.approx(want)


def test_shares_of_the_shipped_data(dataset: Dataset) -> None:
    """Russia's share of China's imports: 2.9 % in 2019, 5.0 % in 2024, print over print; between 0 and 100."""
    rows = CHART.rows(dataset, Selection.from_query(f"?measure=share&{USD}&flow=import"))
    whole = rows[rows["months"].eq(12)]
    years = dict(zip(whole["period_start"].dt.year, whole["share_pct"].round(1), strict=True))
    assert (years[2019], years[2024]) == (2.9, 5.0)
    assert 2023 not in years, (
        "that year's imports from Russia are held as of now alone, those from the world as printed"
    )
    assert rows["basis"].eq(rows["base_basis"]).all()
    assert rows["share_pct"].between(0, 100).all()
    assert rows["world_value"].gt(rows["value"]).all()
    assert (pd.notna(rows["pair_source"]) & pd.notna(rows["world_source"])).all()


@pytest.mark.parametrize("measure", ["sum3", "index", "share"])
@pytest.mark.parametrize("currency", ["CNY", "USD"])
def test_every_measure_is_made_of_reported_rows(dataset: Dataset, measure: str, currency: str) -> None:
    """A point has a name of its own; where nothing was converted its figures are sums of reported rows."""
    # an index of the newest dollars is one of first prints in yuan, all converted
    until = "&end=2024" if (measure, currency) == ("index", "USD") else ""
    rows = CHART.table(dataset, Selection.from_query(f"?measure={measure}&currency={currency}{until}"))
    assert rows[POINT].is_unique
    rates = [column for column in ("rate_source", "base_rate_source") if column in rows]
    plain = rows[rows[rates].isna().all(axis=1)]
    assert len(plain)
    for one in plain.iloc[:: max(1, len(plain) // 12)].to_dict("records"):
        parts = CHART.parts({str(key): cell for key, cell in one.items()})
        assert len(parts) == (2 if measure == "share" or pd.notna(one["base_value"]) else 1)
        assert all(tracing.trace(dataset, part).whole for part in parts), one[POINT]


def test_a_share_stands_on_both_figures(dataset: Dataset) -> None:
    """The parts of a share are trade with Russia and trade with the world, each with its own source."""
    rows = CHART.table(dataset, Selection.from_query(f"?measure=share&{USD}&flow=import"))
    one = rows[rows["period_start"].dt.year.eq(2024) & rows["months"].eq(12)].iloc[0]
    pair, world = CHART.parts({str(key): cell for key, cell in one.items()})
    assert (pair.partner, pair.value, pair.source) == ("RUS", one["value"], "press")
    assert (world.partner, world.value, world.source) == ("WLD", one["world_value"], "gacc")
