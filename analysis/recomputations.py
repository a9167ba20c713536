"""Recomputations: the same window as now published, as customs' tables and papers printed it, and as a printed rate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis import readings
from analysis.basis import Basis, Making, Print, valuation_of
from analysis.cache import per_dataset
from analysis.readings import CONVERTED, FIRST_PRINT_DAYS, Read, Span, digits, imf, now, now_in_yuan, then
from analysis.windows import Window, period_name

if TYPE_CHECKING:
    from analysis.dataset import Dataset

__all__ = ["FIRST_PRINT_DAYS", "Read", "Span", "digits", "imf", "now", "now_in_yuan", "then"]


class Kind(StrEnum):
    """What a recomputation is, whatever it is called."""

    NOW = "now"  # customs' months as UN Comtrade holds them
    FIRST = "first"  # the first print of a window
    LATER = "later"  # another print of it
    RATE = "rate"  # a rate as printed
    TABLE = "table"  # customs' own table in yuan
    DIFFERENCE = "difference"  # of two years to date
    IMF = "imf"
    OWN = "own"  # goods as China's customs count them
    MERGED = "merged"  # goods in BACI
    MIRROR = "mirror"  # the other side's report
    OTHER = "other"


CALLED: Final = {
    Kind.NOW: "customs now",
    Kind.FIRST: "first print",
    Kind.LATER: "another print",
    Kind.RATE: "printed rate",
    Kind.TABLE: "customs’ table",
    Kind.DIFFERENCE: "difference of customs’ years to date",
    Kind.IMF: "IMF",
}
IN_YUAN: Final = ", in yuan"
IN_DOLLARS: Final = ", in dollars"
PERCENT: Final = "percent y/y"
BN_USD: Final = "bn_usd"
BN_CNY: Final = "bn_cny"


@dataclass(frozen=True)
class Rest:
    """The reported values that a recomputation rests on: whose, of what, in whole units.

    ``before`` is the value a year earlier, of ``before_source``, where the figure is a rate.
    """

    value: float
    flow: str
    span: Span
    codes: tuple[str, ...] = ("TOTAL",)
    before: float | None = None
    reporter: str = "CHN"
    before_source: str = ""


@dataclass(frozen=True)
class Recomputation:
    """One recomputation: its figure, the steps taken, what it was computed from and on which basis.

    ``basis`` is that of the figure or of the upper figure of a rate, ``base`` that of the lower; a
    rate has two equal ones. ``tolerance`` is how far from the figure, in its own unit, a number
    may lie that still agrees with it; empty where nothing was judged by it.
    """

    label: str
    figure: float
    unit: str
    window: str
    source: str
    vintage: str
    steps: str
    currency: str = "USD"
    rests: Rest | None = None
    basis: Basis | None = None
    base: Basis | None = None
    tolerance: float | None = None
    kind: Kind = Kind.OTHER
    flow: str = ""  # named where a search met it in another flow than the one asked for

    @property
    def printed(self) -> bool:
        """Whether the figure stands in print as it is, a rate or a value of the day."""
        return self.basis is not None and self.basis.print is Print.FIRST and not self.vintage.startswith("as now")


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


@per_dataset(4)
def _rates(dataset: Dataset) -> dict[tuple[str, str, str], list[Recomputation]]:
    held = dataset.side("printed_rates")
    out: dict[tuple[str, str, str], list[Recomputation]] = {}
    if held.empty:
        return out
    rows = held[held["reporter"].eq("CHN") & held["partner"].eq("RUS") & held["commodity_code"].eq("TOTAL")]
    rows = rows.sort_values("released", na_position="last", kind="stable")
    rows = rows.drop_duplicates(["flow", "period_start", "period_end", "yoy_pct", "currency"])
    for row in rows.to_dict("records"):
        span = row["period_start"], row["period_end"]
        out.setdefault((row["flow"], *span), []).append(printed_rate(row, span))
    return out


def printed_rate(row: dict[Any, Any], span: Span) -> Recomputation:
    """Return a row of the printed rates: its currency is the one that it was counted in, dollars where none is said."""
    cells = {str(name): "" if pd.isna(cell) else str(cell) for name, cell in row.items()}
    currency = cells["currency"] if cells["currency"] in {"USD", "CNY"} else "USD"
    unit = {"USD": "", "CNY": ", in yuan", "": ""}.get(cells["currency"], f", in {cells['currency']}")
    steps = f"rate as printed by {cells['publisher']}{unit}"
    valuation = valuation_of(cells["flow"])
    edition = "none" if cells["commodity_code"] == "TOTAL" else "HS"
    rests = Basis("CHN", valuation, edition, Print.FIRST)
    return Recomputation(
        CALLED[Kind.RATE],
        float(cells["yoy_pct"]),
        PERCENT,
        span_name(span),
        cells.get("source") or "press",
        cells["released"],
        steps,
        currency,
        basis=rests,
        base=rests,
        kind=Kind.RATE,
    )


def printed(dataset: Dataset) -> list[tuple[str, str, str]]:
    """Return flow, first and last month of every window that a rate was printed for."""
    return list(_rates(dataset))


def rates(dataset: Dataset, flow: str, span: Span) -> list[Recomputation]:
    """Return each distinct rate that was printed for a window of the two countries' trade, earliest print first."""
    return _rates(dataset).get((flow, *span), [])


# what it is, the currency where it needs saying, how the window is read, how its base a year before is read
_READS: Final[tuple[tuple[Kind, str, Read, Read], ...]] = (
    (Kind.NOW, "", now, now),
    (Kind.IMF, "", imf, readings.fund),
    (Kind.TABLE, IN_DOLLARS, readings.table_in_dollars, readings.base_in_dollars),
    (Kind.NOW, IN_YUAN, now_in_yuan, now_in_yuan),
    (Kind.TABLE, IN_YUAN, readings.table_in_yuan, readings.table_in_yuan),
)


def growth(dataset: Dataset, flow: str, span: Span, base: Span | None = None) -> list[Recomputation]:
    """Return the growth of a window over a year before, ``100 * (top / bottom - 1)``, on every basis at hand.

    Over the same months of an earlier year where ``base`` is given. Both windows of a rate are of
    one source and one basis; where they are not, there is none.
    """
    asked = flow, span, base or year_before(span)
    found = [
        replace(one, label=f"{CALLED[kind]}{money}", kind=kind)
        for kind, money, top, bottom in _READS
        if (one := _growth(dataset, asked, top, bottom))
    ]
    return found + ([] if base else rates(dataset, flow, span))


def _growth(dataset: Dataset, asked: tuple[str, Span, Span], read: Read, below: Read) -> Recomputation | None:
    flow, span, before = asked
    top, bottom = read(dataset, flow, span), below(dataset, flow, before)
    if not (top and bottom and bottom.value):
        return None
    basis, base = readings.rests(dataset, flow, top, span), readings.rests(dataset, flow, bottom, before)
    if basis != base:
        return None
    steps = f"{top.value / 1e9:.3f} bn over {bottom.value / 1e9:.3f} bn{converted(basis)}"
    figure = 100 * (top.value / bottom.value - 1)
    rests = Rest(top.value, flow, span, before=bottom.value, before_source=bottom.source)
    named, day = span_name(span), vintage(top)
    return Recomputation(
        "", figure, PERCENT, named, top.source, day, steps, top.currency, rests, basis=basis, base=base
    )


def over(top: Recomputation, bottom: Recomputation) -> Rest | None:
    """Return what a rate of two values rests on: the first, and the second a year before."""
    if not (top.rests and bottom.rests):
        return None
    return replace(top.rests, before=bottom.rests.value, before_source=bottom.source)


def converted(basis: Basis) -> str:
    """Name the rate where a window in one currency rests on figures in the other, empty elsewhere."""
    return CONVERTED if basis.making is Making.CONVERTED else ""


def half(number: str) -> float:
    """Return half a unit of the last digit of a number as quoted."""
    return 0.5 * 10.0 ** -len(number.partition(".")[2])


def matches(figure: float, quoted: str) -> bool:
    """Return whether ``figure`` rounds to the quoted number at the decimals it is quoted with."""
    return abs(figure - float(quoted)) <= half(quoted) + 1e-9
