"""Bases of a recomputation: the same window as now published, as first printed, and as a printed rate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.series import charted, monthly, plus
from analysis.windows import Tiles, Window, period_name
from loaders import schema

if TYPE_CHECKING:
    from analysis.book import Book

FIRST_PRINT_DAYS: Final = 75  # a print within this many days of the window's end is one of the time
NOW: Final = "customs now"
THEN: Final = "first print"
RATE: Final = "printed rate"
IMF: Final = "IMF"
CONVERTED: Final = "; US$ at customs’ monthly rate or the monthly mean"
PERCENT: Final = "percent y/y"
BN_USD: Final = "bn_usd"
BN_CNY: Final = "bn_cny"
Span = tuple[str, str]
Read = Callable[["Book", str, Span], Window | None]


@dataclass(frozen=True)
class Rest:
    """The reported values that a basis rests on: whose, of what, and in whole units; ``before`` a year earlier."""

    value: float
    flow: str
    span: Span
    codes: tuple[str, ...] = ("TOTAL",)
    before: float | None = None
    reporter: str = "CHN"


@dataclass(frozen=True)
class Basis:
    """One recomputation: what it rests on, its figure, and the steps taken."""

    label: str
    figure: float
    unit: str
    window: str
    source: str
    vintage: str
    steps: str
    currency: str = "USD"
    rests: Rest | None = None


def span_name(span: Span) -> str:
    """Name a span of months ``YYYY-MM``, ``YYYY-MM``: ``Jan–Jun 2023``."""
    return period_name(pd.Timestamp(f"{span[0]}-01"), pd.Timestamp(f"{span[1]}-01"))


def year_before(span: Span) -> Span:
    """Return the same months one year earlier."""
    start, end = (f"{int(month[:4]) - 1}{month[4:]}" for month in span)
    return start, end


def vintage(window: Window) -> str:
    """Return the day a window was released, or that it is as now published."""
    return f"{window.released:%Y-%m-%d}" if window.released is not None else "as now published"


def digits(value: float) -> int:
    """Count the digits of a print: of two prints of one figure the longer says more."""
    return len(f"{value:.0f}".rstrip("0"))


@lru_cache(maxsize=4)
def _customs(book: Book) -> Tiles:
    rows = book.pair_totals
    return Tiles.of(_unprinted(rows[rows["source"].eq("comtrade") & rows["currency"].eq("USD")]))


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


@lru_cache(maxsize=4)
def _fund(book: Book) -> Tiles:
    rows = book.pair_totals
    return Tiles.of(rows[rows["source"].eq("imf") & rows["currency"].eq("USD")])


@lru_cache(maxsize=4)
def _yuan(book: Book) -> Tiles:
    return Tiles.of(charted(monthly(book, "CNY")))


@lru_cache(maxsize=16384)
def now(book: Book, flow: str, span: Span) -> Window | None:
    """Return the window in US$ as now published: customs totals of UN Comtrade."""
    return _customs(book).window(flow, *span)


@lru_cache(maxsize=16384)
def now_in_yuan(book: Book, flow: str, span: Span) -> Window | None:
    """Return the window in yuan: months at customs' own rate, printed yuan where there is any."""
    return _yuan(book).window(flow, *span)


@lru_cache(maxsize=4)
def _first_prints(book: Book) -> Tiles:
    """Keep one print a window: of those of the first weeks the longest, else the first of all."""
    rows = book.trade
    chosen = rows["source"].eq("press") & rows["reporter"].eq("CHN") & rows["partner"].eq("RUS")
    chosen &= rows["commodity_code"].eq("TOTAL") & rows["currency"].eq("USD")
    held = rows[chosen].astype({"flow": "str"})
    late = ~held["released"].le(held["period_end"] + pd.DateOffset(months=1) + pd.Timedelta(days=FIRST_PRINT_DAYS))
    length = held["value"].map(digits).where(~late, 0)
    order = held.assign(late=late, length=-length).sort_values(["late", "length", "released"], kind="stable")
    return Tiles.of(order.drop_duplicates(["flow", "period_start", "period_end"]))


@lru_cache(maxsize=16384)
def imf(book: Book, flow: str, span: Span) -> Window | None:
    """Return the window in US$ as the IMF holds what China reported, of months before Comtrade's."""
    return None if now(book, flow, span) else _fund(book).window(flow, *span)


@lru_cache(maxsize=16384)
def then(book: Book, flow: str, span: Span) -> Window | None:
    """Return the window as printed at the time: one print of that very window, never a sum."""
    window = _first_prints(book).window(flow, *span)
    return window if window and window.printed else None


@lru_cache(maxsize=4)
def _rates(book: Book) -> dict[tuple[str, str, str], list[Basis]]:
    held = book.side("printed_rates")
    out: dict[tuple[str, str, str], list[Basis]] = {}
    if held.empty:
        return out
    rows = held[held["reporter"].eq("CHN") & held["partner"].eq("RUS") & held["commodity_code"].eq("TOTAL")]
    rows = rows.sort_values("released", na_position="last")
    rows = rows.drop_duplicates(["flow", "period_start", "period_end", "yoy_pct"])
    for row in rows.to_dict("records"):
        span = row["period_start"], row["period_end"]
        released = "" if pd.isna(row["released"]) else str(row["released"])
        unit = (
            f", in {row['currency']}" if row["currency"] not in {"USD", None} and not pd.isna(row["currency"]) else ""
        )
        steps = f"rate as printed by {row['publisher']}{unit}"
        currency = "CNY" if row["currency"] == "CNY" else "USD"
        basis = Basis(RATE, float(row["yoy_pct"]), PERCENT, span_name(span), "press", released, steps, currency)
        out.setdefault((row["flow"], *span), []).append(basis)
    return out


def printed(book: Book) -> list[tuple[str, str, str]]:
    """Return flow, first and last month of every window that a rate was printed for."""
    return list(_rates(book))


def rates(book: Book, flow: str, span: Span) -> list[Basis]:
    """Return each distinct rate that was printed for a window of the two countries' trade, earliest print first."""
    return _rates(book).get((flow, *span), [])


_READS: Final[tuple[tuple[str, Read], ...]] = (
    (NOW, now),
    (IMF, imf),
    (f"{NOW}, in yuan", now_in_yuan),
    (f"{THEN} over {THEN}", then),
)


def growth(book: Book, flow: str, span: Span) -> list[Basis]:
    """Return the growth of a window over a year before, ``100 * (top / bottom - 1)``, on every basis at hand."""
    out = []
    for label, read in _READS:
        top, bottom = read(book, flow, span), read(book, flow, year_before(span))
        if top and bottom and bottom.value:
            steps = f"{top.value / 1e9:.3f} bn over {bottom.value / 1e9:.3f} bn{converted(top) or converted(bottom)}"
            figure = 100 * (top.value / bottom.value - 1)
            source = plus((top.source, bottom.source)) or ""
            named = label.replace(NOW, IMF) if "imf" in source else label
            rests = Rest(top.value, flow, span, before=bottom.value)
            out.append(Basis(named, figure, PERCENT, span_name(span), source, vintage(top), steps, top.currency, rests))
    return out + rates(book, flow, span)


def over(top: Basis, bottom: Basis) -> Rest | None:
    """Return what a rate of two bases rests on: the first, and the second a year before."""
    return replace(top.rests, before=bottom.rests.value) if top.rests and bottom.rests else None


def converted(window: Window) -> str:
    """Name the rate where a window in yuan rests on figures in US$, empty elsewhere."""
    return CONVERTED if window.currency == "CNY" and {"comtrade", "imf"} & set(window.source.split(" + ")) else ""


def matches(figure: float, quoted: str) -> bool:
    """Return whether ``figure`` rounds to the quoted number at the decimals it is quoted with."""
    decimals = len(quoted.partition(".")[2])
    return abs(figure - float(quoted)) <= 0.5 * 10.0**-decimals + 1e-9
