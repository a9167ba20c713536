"""Readings: what one source says of a window of the two countries' trade, each on a basis of its own."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pandas as pd

from analysis import basis
from analysis.basis import Basis, Making, valuation_of
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.exchange_rates import convert
from analysis.source_names import names_of, serves
from analysis.windows import Tiles, Window
from loaders.core import schema
from loaders.core.source_records import SourceRole, serving

RELEASE_DAYS: Final = 31  # after the end of a window customs have printed it; a newspaper of later looks back
FIRST_PRINT_DAYS: Final = 75  # a print within this many days of the window's end is one of the time
_OF_THE_DAY: Final = serving(SourceRole.FIRST)  # sources of first prints
Span = tuple[str, str]
Read = Callable[["Dataset", str, Span], Window | None]


def unit(value: float) -> float:
    """Return the unit of a print's last digit: 114.547 bn is printed to a million, 93.8 bn to a hundred million."""
    written = f"{value:.0f}"
    return float(10 ** (len(written) - len(written.rstrip("0"))))


def looks_back(source: str, end: pd.Timestamp, released: pd.Timestamp | pd.api.typing.NaTType | None) -> bool:
    """Return whether a print is a newspaper's of later than customs' release of its window, which ended in ``end``."""
    if source not in serving(SourceRole.PAPERS) or released is None or pd.isna(released):
        return False
    return bool(released > end + pd.offsets.MonthEnd(0) + pd.Timedelta(days=RELEASE_DAYS))


def digits(value: float) -> int:
    """Count the digits of a print: of two prints of one figure the longer says more."""
    return len(f"{value:.0f}".rstrip("0"))


def _of(dataset: Dataset, role: SourceRole, currency: str) -> pd.DataFrame:
    rows = dataset.pair_totals
    return rows[serves(rows, role) & rows["currency"].eq(currency)]


@per_dataset(4)
def _customs(dataset: Dataset) -> Tiles:
    return Tiles.of(_unprinted(_of(dataset, SourceRole.NOW, "USD")))


def _unprinted(rows: pd.DataFrame) -> pd.DataFrame:
    """Drop a longer print whose months are all held: months are revised, the longer print is an older vintage."""
    months = rows["period_start"].dt.year * 12 + rows["period_start"].dt.month
    length = schema.months(rows)
    single = set(zip(rows["flow"].astype("str")[length.eq(1)], months[length.eq(1)], strict=True))
    covered = [
        count > 1 and all((flow, first + step) in single for step in range(count))
        for flow, first, count in zip(rows["flow"].astype("str"), months, length, strict=True)
    ]
    return rows[~pd.Series(covered, index=rows.index, dtype="bool")]


@per_dataset(4)
def _fund(dataset: Dataset) -> Tiles:
    return Tiles.of(_of(dataset, SourceRole.FUND, "USD"))


@per_dataset(4)
def _tables(dataset: Dataset) -> Tiles:
    """Index customs' yuan tables as printed; a month between two of them is their difference."""
    rows = _of(dataset, SourceRole.TABLES, "CNY")
    return Tiles.of(rows[rows["status"].astype("str").ne("derived")])


@per_dataset(8)
def _exchanged(dataset: Dataset, role: SourceRole, currency: str) -> Tiles:
    """Index a source's single months in the other currency."""
    rows = _of(dataset, role, "CNY" if currency == "USD" else "USD").astype(dict.fromkeys(schema.CATEGORIES, "str"))
    return Tiles.of(convert(dataset, rows[schema.months(rows).eq(1)], currency))


@per_dataset(512)
def now(dataset: Dataset, flow: str, span: Span) -> Window | None:
    """Return the window in US$ as now published: customs totals of UN Comtrade."""
    return _customs(dataset).window(flow, *span)


@per_dataset(512)
def now_in_yuan(dataset: Dataset, flow: str, span: Span) -> Window | None:
    """Return the window in yuan: the months now published in US$, each at its month's rate."""
    return _exchanged(dataset, SourceRole.NOW, "CNY").window(flow, *span)


@per_dataset(512)
def table_in_yuan(dataset: Dataset, flow: str, span: Span) -> Window | None:
    """Return the window as customs' tables by country print it in yuan, or as the difference of two of them."""
    return _tables(dataset).window(flow, *span)


@per_dataset(512)
def table_in_dollars(dataset: Dataset, flow: str, span: Span) -> Window | None:
    """Return the months of customs' yuan tables in US$, each at its month's rate, where no US$ are published."""
    return None if now(dataset, flow, span) else _exchanged(dataset, SourceRole.TABLES, "USD").window(flow, *span)


@per_dataset(512)
def base_in_dollars(dataset: Dataset, flow: str, span: Span) -> Window | None:
    """Return customs' yuan tables in US$ as the base of a rate, also where US$ are published."""
    return _exchanged(dataset, SourceRole.TABLES, "USD").window(flow, *span)


@per_dataset(4)
def _years_to_date(dataset: Dataset) -> Tiles:
    rows = _of(dataset, SourceRole.TABLES, "CNY")
    return Tiles.of(rows[rows["status"].astype("str").ne("derived") & rows["period_start"].dt.month.eq(1)])


@per_dataset(512)
def difference_in_yuan(dataset: Dataset, flow: str, span: Span) -> Window | None:
    """Return a month as the difference of two years to date of customs' tables, where they also print it."""
    if span[0] != span[1] or not (table := table_in_yuan(dataset, flow, span)) or not table.printed:
        return None
    window = _years_to_date(dataset).window(flow, *span)
    return window if window and not window.printed else None


@per_dataset(512)
def difference_in_dollars(dataset: Dataset, flow: str, span: Span) -> Window | None:
    """Return :func:`difference_in_yuan` at the rate that turns the printed month into US$."""
    window, printed, dollars = (
        read(dataset, flow, span) for read in (difference_in_yuan, table_in_yuan, table_in_dollars)
    )
    if not (window and printed and dollars):
        return None
    return replace(window, value=window.value * dollars.value / printed.value, currency="USD")


def of_china(rows: pd.DataFrame) -> pd.Series:
    """Return which rows are China's report of its trade with Russia."""
    return rows["reporter"].eq("CHN") & rows["partner"].eq("RUS")


@per_dataset(4)
def quoted_prints(dataset: Dataset) -> pd.DataFrame:
    """Return every print of China's trade with Russia in US$ that papers quote, in the order of the one table."""
    rows = dataset.trade
    chosen = serves(rows, SourceRole.PAPERS) & of_china(rows) & rows["commodity_code"].eq("TOTAL")
    return rows[chosen & rows["currency"].eq("USD")].astype({"flow": "str"})


@per_dataset(4)
def _first_prints(dataset: Dataset) -> Tiles:
    """Keep one print a window: of those of the first weeks the longest, else the first of all."""
    prints = quoted_prints(dataset)
    late = ~prints["released"].le(prints["period_end"] + pd.DateOffset(months=1) + pd.Timedelta(days=FIRST_PRINT_DAYS))
    length = prints["value"].map(digits).where(~late, 0)
    order = prints.assign(late=late, length=-length).sort_values(["late", "length", "released"], kind="stable")
    return Tiles.of(order.drop_duplicates(["flow", "period_start", "period_end"]))


@per_dataset(512)
def imf(dataset: Dataset, flow: str, span: Span) -> Window | None:
    """Return the window in US$ as the IMF holds what China reported, of months before Comtrade's."""
    return None if now(dataset, flow, span) else fund(dataset, flow, span)


@per_dataset(512)
def fund(dataset: Dataset, flow: str, span: Span) -> Window | None:
    """Return the IMF's window also where UN Comtrade has it: the base of a rate."""
    return _fund(dataset).window(flow, *span)


@per_dataset(512)
def then(dataset: Dataset, flow: str, span: Span) -> Window | None:
    """Return the window as printed at the time: one print of that very window, never a sum."""
    window = _first_prints(dataset).window(flow, *span)
    return window if window and window.printed else None


def rests(dataset: Dataset, flow: str, window: Window, span: Span, reporter: str = "CHN") -> Basis:
    """Return the basis of a window of totals: who counted, valuation, which print, how it was put together."""
    source = names_of(window.source)[0]
    own = _basis(dataset, source, flow, reporter, int(span[0][:4]))
    if source not in serving(SourceRole.PAPERS) and window.currency == (
        "USD" if source in serving(SourceRole.TABLES) else "CNY"
    ):
        return replace(own, making=Making.CONVERTED)
    taken = flow != "balance" and any(sign < 0 for sign, _, _ in window.parts)
    return replace(own, making=Making.DIFFERENCE) if taken else own


@per_dataset(512)
def _basis(dataset: Dataset, source: str, flow: str, reporter: str, year: int) -> Basis:
    return basis.of(
        dataset,
        source=source,
        flow=flow,
        reporter=reporter,
        partner="RUS" if reporter == "CHN" else "CHN",
        valuation=valuation_of(flow),
        status="preliminary" if source in _OF_THE_DAY else "final",
        period_start=pd.Timestamp(year, 1, 1),
    )
