"""Bases of a recomputation: the same window as now published, as first printed, and as a printed rate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.series import charted, monthly
from analysis.windows import Tiles, Window, period_name

if TYPE_CHECKING:
    from analysis.book import Book

FIRST_PRINT_DAYS: Final = 75  # a print within this many days of the window's end is one of the time
NOW: Final = "customs now"
THEN: Final = "first print"
RATE: Final = "printed rate"
PERCENT: Final = "percent y/y"
BN_USD: Final = "bn_usd"
Span = tuple[str, str]
Read = Callable[["Book", str, Span], Window | None]


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
    return Tiles.of(rows[rows["source"].eq("comtrade") & rows["currency"].eq("USD")])


@lru_cache(maxsize=4)
def _yuan(book: Book) -> Tiles:
    return Tiles.of(charted(monthly(book, "CNY")))


@lru_cache(maxsize=4096)
def now(book: Book, flow: str, span: Span) -> Window | None:
    """Return the window in US$ as now published: customs totals of UN Comtrade."""
    return _customs(book).window(flow, *span)


@lru_cache(maxsize=4096)
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


@lru_cache(maxsize=4096)
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
        basis = Basis(RATE, float(row["yoy_pct"]), PERCENT, span_name(span), "press", released, steps)
        out.setdefault((row["flow"], *span), []).append(basis)
    return out


def rates(book: Book, flow: str, span: Span) -> list[Basis]:
    """Return each distinct rate that was printed for a window of the two countries' trade, earliest print first."""
    return _rates(book).get((flow, *span), [])


_READS: Final[tuple[tuple[str, Read], ...]] = (
    (NOW, now),
    (f"{NOW}, in yuan", now_in_yuan),
    (f"{THEN} over {THEN}", then),
)


def growth(book: Book, flow: str, span: Span) -> list[Basis]:
    """Return the growth of a window over a year before, ``100 * (top / bottom - 1)``, on every basis at hand."""
    out = []
    for label, read in _READS:
        top, bottom = read(book, flow, span), read(book, flow, year_before(span))
        if top and bottom and bottom.value:
            steps = f"{top.value / 1e9:.3f} bn over {bottom.value / 1e9:.3f} bn"
            figure = 100 * (top.value / bottom.value - 1)
            out.append(Basis(label, figure, PERCENT, span_name(span), top.source, vintage(top), steps))
    return out + rates(book, flow, span)


def matches(figure: float, quoted: str) -> bool:
    """Return whether ``figure`` rounds to the quoted number at the decimals it is quoted with."""
    decimals = len(quoted.partition(".")[2])
    return abs(figure - float(quoted)) <= 0.5 * 10.0**-decimals + 1e-9


def search(book: Book, quoted: str, around: Span, flow: str) -> list[Basis]:
    """Return other windows whose growth rounds to the quoted rate, the likeliest first.

    Searched are all windows that begin in January of the quoted year and its single months, every
    flow, the dollar and the yuan, today's figures and first prints, and printed rates. The same
    flow comes first, then a printed rate, then the longer window.
    """
    year = around[1][:4]
    spans = [(f"{year}-01", f"{year}-{month:02d}") for month in range(12, 0, -1)]
    spans += [(f"{year}-{month:02d}", f"{year}-{month:02d}") for month in range(2, 13)]
    found = []
    for place, span in enumerate(spans):
        for side in dict.fromkeys((flow, "total", "export", "import")):
            for basis in growth(book, side, span) if span != around or side != flow else []:
                if matches(basis.figure, quoted):
                    named = basis if side == flow else replace(basis, label=f"{basis.label}, {side}s")
                    found.append(((side != flow, basis.label != RATE, place), named))
    return [basis for _, basis in sorted(found, key=lambda item: item[0])]
