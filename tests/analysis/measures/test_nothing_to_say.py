"""Where a figure is lacking a measure says nothing, or why; it never puts another in its place.

All figures here are made up.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import events
from analysis.basis import Break, Making, of
from analysis.dataset import Dataset
from analysis.measures.energy import bills, years
from analysis.measures.goods import customs_goods, goods, reasons
from analysis.measures.monthly import growth, printed_rates, revisions
from analysis.measures.monthly.index_and_share import index_of
from analysis.measures.partners import coverage
from analysis.measures.prices import constant_prices, price_volume
from analysis.points import PartRole, PointPart
from analysis.selection import Selection, misread
from analysis.trace.trace import printed_rates as rates_beside
from loaders.core import schema
from tests.analysis.kit import dataset, row, year

NOTHING = Dataset(schema.empty())
CODES = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
WORDS = st.text(st.characters(categories=("L", "N"), include_characters="+-."), min_size=1, max_size=12)


def line(which: int, code: str, value: float, weight: float | None = None, seller: str = "RUS") -> dict[str, Any]:
    """Return one yearly six-digit line of BACI."""
    sides = {"reporter": seller, "partner": "CHN" if seller == "RUS" else "RUS", "flow": "export", "source": "baci"}
    cells = {"commodity_code": code, "classification": "HS2017", "net_weight_kg": weight}
    return row(f"{which}-01", f"{which}-12", value, **sides, **cells)


def test_of_no_data_there_is_nothing() -> None:
    """Each is empty and none fails."""
    assert coverage.table(NOTHING).empty
    assert coverage.period_covered(NOTHING.trade) == "nothing held"
    assert price_volume.split(NOTHING, 2021, 2022).empty
    assert constant_prices.index(NOTHING).empty
    assert years.table(NOTHING, "china", "four").empty
    assert (customs_goods.newest(NOTHING), customs_goods.years_of_goods(NOTHING)) == (None, [])
    assert events.labelled(NOTHING, pd.Timestamp(2022, 1, 1), pd.Timestamp(2023, 1, 1)).empty
    assert NOTHING.newest == ""
    assert NOTHING.settled is NOTHING
    start, end = pd.Timestamp(2022, 1, 1), pd.Timestamp(2022, 6, 1)
    part = PointPart(PartRole.FIGURE, 1.0, "USD", "press", "CHN", "RUS", "export", ("TOTAL",), start, end)
    assert rates_beside(NOTHING, part).empty


def test_an_index_without_a_whole_year() -> None:
    """Eleven months are no base, so nothing is drawn; an older kind that has a base stands in of the same month."""
    eleven = growth.every_month(dataset(*year(2022, 5.0)[:-1]), "USD")
    assert index_of(eleven, eleven["months"].gt(0)).empty
    press = [row("2022-12", value=3.0, source="gacc", status="preliminary")]
    both = growth.every_month(dataset(*year(2022, 5.0), *press), "USD")
    index = index_of(both, both["months"].gt(0))
    assert index["basis"].unique().tolist() == ["CHN FOB+CIF none now printed"]
    assert index.loc[index["period_start"].dt.month.eq(12), "index"].tolist() == [100.0]


def test_rates_of_another_currency_are_none() -> None:
    """A rate printed in yuan stands beside no growth in dollars."""
    cells = {"flow": "export", "period_start": "2022-03", "period_end": "2022-03", "yoy_pct": "5.0", "currency": "CNY"}
    cells |= {"reporter": "CHN", "partner": "RUS", "commodity_code": "TOTAL", "released": "2022-04-13"}
    side = pd.DataFrame([cells | {"source": "press", "publisher": "a paper", "reference": "synthetic"}])
    data = dataset(row("2022-03", flow="export"), printed_rates=side)
    ours = growth.by_month(data, "USD")
    assert len(printed_rates.compared(printed_rates.table(data), "CNY", ours, ours)) == 1
    assert printed_rates.compared(printed_rates.table(data), "USD", ours, ours).empty


def test_nothing_is_revised_from_nought() -> None:
    """A first print of zero has no change in per cent, and is not shown."""
    press = {"source": "press", "status": "preliminary", "released": "2022-04-13"}
    for first, vintages in ((0.0, []), (1.0, ["first", "now"])):
        data = dataset(row("2022-03", value=first, **press), row("2022-03", value=2.0))
        assert revisions.table(data, "total", "month")["vintage"].tolist() == vintages


def test_a_gas_alone_makes_no_bill() -> None:
    """A line that is no fuel of its own (LPG) gives neither a bill nor a fuel; with 2710 and 2713 it is a product."""
    own = {"flow": "import", "classification": "HS2017", "valuation": "CIF"}
    codes = {"271112": 1e9, "2710": 2e9, "2713": 3e9}
    rows = [row("2022-01", "2022-12", value, commodity_code=code, **own) for code, value in codes.items()]
    assert bills.bill_on(dataset(rows[0]), 2022) is None
    assert years.table(dataset(rows[0]), "china", "four").empty
    assert "oil_products" not in bills.of_year(dataset(*rows), 2022, "china")
    listed = [line(2022, code, value) for code, value in (("271112", 1e9), ("271012", 2e9), ("271311", 3e9))]
    assert bills.of_year(dataset(*listed), 2022, "baci")["oil_products"].value == 6e9


def test_goods_without_weights_give_no_volume() -> None:
    """A year whose goods nobody weighed is linked to none and starts at a hundred again, and says why."""
    sold = [line(which, "854231", 1e9, seller="CHN") for which in (2018, 2019)]
    rows = [line(which, "270900", 5e9) for which in (2018, 2019)]
    table = constant_prices.index(dataset(*sold, *rows))
    assert table["index"].tolist() == [100.0] * 6
    assert table.loc[table["period_start"].dt.year.eq(2019), "refused"].unique().tolist() == ["unweighed"]
    weighed = [line(2018, "270900", 5e9, 1e10), line(2019, "270900", 6e9, 1.1e10)]
    linked = constant_prices.index(dataset(*sold, *weighed)).set_index(["kind", "period_start"])["change_pct"]
    by_kind = linked.xs(pd.Timestamp(2019, 1, 1), level="period_start")
    assert by_kind["volume"] == pytest.approx(10)
    assert by_kind["value"] == pytest.approx(20)
    assert (1 + by_kind["volume"] / 100) * (1 + by_kind["price"] / 100) == pytest.approx(1.2)


def test_a_good_of_one_year_is_not_split() -> None:
    """Of the other year there is no price to compare."""
    assert price_volume.split(dataset(line(2018, "270900", 5e9, 1e10)), 2018, 2019).empty


def test_years_of_customs_goods() -> None:
    """A year with a chapter or a group counts, one with the total alone does not; cars alone are the newest at need."""
    own = {"flow": "export", "classification": "HS2017"}
    rows = [row(f"{which}-01", f"{which}-12", 1e9, commodity_code="84", **own) for which in (2021, 2022)]
    cars = row("2023-01", "2023-12", 1e9, commodity_code="PASSENGER_CARS", **own)
    data = dataset(*rows, cars, *year(2024, 1e9, flow="export"))
    assert customs_goods.years_of_goods(data) == [2021, 2022, 2023]
    assert (customs_goods.newest(data), customs_goods.newest(data, last=2021)) == (2022, 2021)
    assert customs_goods.newest(data, first=2023) == 2023
    assert customs_goods.newest(data, first=2024) is None
    assert goods.years(data) == ()


def test_what_a_break_says_is_printed() -> None:
    """A sum of a source that carries one office's count from a day on is as reported from then, computed before."""
    cells = dict.fromkeys(Break.__dataclass_fields__, "") | {"source": "fcs", "kind": "counting", "reason": "synthetic"}
    cells |= {"counted_before": "RUS", "counted_after": "RUS", "last_before": "2021-12", "first_after": "2022-01"}
    data = dataset(row("2022-01"), breaks=pd.DataFrame([cells]))
    made = {
        which: of(data, source="fcs", reporter="RUS", status="derived", period_start=pd.Timestamp(which, 1, 1)).making
        for which in (2021, 2022)
    }
    assert made == {2021: Making.PRINTED, 2022: Making.PRINTED}


@given(CODES, st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), WORDS))
def test_a_reason_is_read_as_it_was_written(code: str, values: dict[str, str]) -> None:
    """Its code and all that it names come back; a value with a blank would end it and is refused."""
    assert reasons.read(reasons.written(code, **values)) == (code, values)
    with pytest.raises(ValueError, match="without blanks"):
        reasons.written(code, **values, why="two words")


def test_a_query_of_too_many_words() -> None:
    """Nothing of it is read, and the command line says so."""
    query = "&".join(f"w{place}=1" for place in range(60))
    assert Selection.from_query(query) == Selection()
    assert misread(query)
