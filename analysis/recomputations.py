"""Recomputations: the same window as now published, as customs' tables and papers printed it, and as a printed rate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import pandas as pd

from analysis import readings
from analysis.basis import Basis, Making, Print, valuation_of
from analysis.cache import per_dataset
from analysis.readings import FIRST_PRINT_DAYS, Read, Span, digits, imf, now, now_in_yuan, then
from analysis.source_names import name_of
from loaders.core.source_records import SourceRole, serving

if TYPE_CHECKING:
    from pandas._libs.tslibs.nattype import NaTType

    from analysis.dataset import Dataset
    from analysis.windows import Window

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
    PRINT = "print"  # goods as a paper printed them
    MERGED = "merged"  # BACI
    MIRROR = "mirror"  # the other side's report
    PART = "part"  # the other's part in a country's trade
    ORIGIN = "origin"  # Russia's part in what China imports of goods


PERCENT: Final = "percent y/y"
BN_USD: Final = "bn_usd"
BN_CNY: Final = "bn_cny"
MLN_USD: Final = "mln_usd"
BY_WEIGHT: Final = "percent of imports, by weight"
SHARES: Final = ("percent of exports", "percent of imports", "percent of trade", BY_WEIGHT)
# vintages that are no day: what is published now, and what nobody dated
NOW_PUBLISHED: Final = "now"
UNDATED: Final = "undated"


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


class Months(NamedTuple):
    """A window to be named, months ``YYYY-MM``."""

    first: str
    last: str


class Amount(NamedTuple):
    """Money in whole units, to be written with so many ``decimals`` of a billion, or of a million where ``small``."""

    value: float
    currency: str = "USD"
    decimals: int = 2
    small: bool = False


class Rate(NamedTuple):
    """A change in per cent, to be written with its sign; a share, or how far apart, without."""

    percent: float
    decimals: int = 1
    signed: bool = True


class PlainNumber(NamedTuple):
    """A number without a unit."""

    value: float
    decimals: int = 0
    signed: bool = False


class Quoted(NamedTuple):
    """A number with the digits it was quoted with: ``unit`` as of a claim; ``slack`` where it was said in a word."""

    digits: str
    unit: str = ""
    slack: float = 0.0


class Trade(NamedTuple):
    """A flow between the two as ``side`` sees it, of the goods of ``codes``; of all goods without."""

    flow: str
    side: str
    codes: tuple[str, ...] = ()


class PartOfYear(NamedTuple):
    """Months whose year is not known, by their first and last number."""

    first: int
    last: int


class Translated(NamedTuple):
    """A text of the claims table: ``pattern`` is the key of its texts in the catalogue, if it is there, by ``id``."""

    pattern: str
    id: str
    original: str


class Goods(NamedTuple):
    """Goods by their codes of the Harmonized System."""

    codes: tuple[str, ...]


Value: TypeAlias = (
    "str | Months | PartOfYear | Amount | Rate | PlainNumber | Quoted | Trade | Goods | Translated | How | Message"
    " | tuple[Message, ...] | tuple[Recomputation, ...]"
)


@dataclass(frozen=True)
class Message:
    """A sentence as data: the key of its text and the values of its places; ``count`` chooses a plural."""

    key: str
    places: tuple[tuple[str, Value], ...] = ()
    count: int | None = None


def message(key: str, count: int | None = None, /, **places: Value) -> Message:
    """Return a sentence as data."""
    return Message(key, tuple(places.items()), count)


@dataclass(frozen=True)
class Recomputation:
    """One recomputation: its figure, the steps taken, what it was computed from and on which basis.

    ``basis`` is that of the figure or of the upper figure of a rate, ``base`` that of the lower; a
    rate has two equal ones. ``tolerance`` is how far from the figure, in its own unit, a number
    may lie that still agrees with it; empty where nothing was judged by it. ``vintage`` is a day
    ``YYYY-MM-DD``, ``NOW_PUBLISHED`` or ``UNDATED``; ``counter`` whose report a mirror or a part is.
    """

    kind: Kind
    figure: float
    unit: str
    span: Span
    source: str
    vintage: str
    steps: Message
    currency: str = "USD"
    rests: Rest | None = None
    basis: Basis | None = None
    base: Basis | None = None
    tolerance: float | None = None
    goods: tuple[str, ...] = ()
    counter: str = ""
    flow: str = ""  # named where a search met it in another flow than the one asked for

    @property
    def printed(self) -> bool:
        """Whether the figure stands in print as it is, a rate or a value of the day."""
        return self.basis is not None and self.basis.print is Print.FIRST and self.vintage != NOW_PUBLISHED

    @property
    def code(self) -> str:
        """What it is, in one word that no language changes: kind, currency, whose report, goods."""
        goods = "_".join(self.goods) if self.goods != ("",) else ""
        return "-".join(filter(None, (self.kind.value, self.currency, self.counter, goods, self.flow)))


class How(NamedTuple):
    """What a recomputation rests on, to be named without its figure."""

    one: Recomputation


def year_before(span: Span) -> Span:
    """Return the same months one year earlier."""
    start, end = (f"{int(month[:4]) - 1}{month[4:]}" for month in span)
    return start, end


def vintage(window: Window) -> str:
    """Return the day a window was released, or that it is as now published."""
    return dated(window.released)


def dated(released: pd.Timestamp | NaTType | None, otherwise: str = NOW_PUBLISHED) -> str:
    """Return a day of release as ``YYYY-MM-DD``, ``otherwise`` where there is none."""
    return otherwise if released is None or pd.isna(released) else f"{released:%Y-%m-%d}"


@per_dataset(4)
def _rates(dataset: Dataset) -> dict[tuple[str, str, str], list[Recomputation]]:
    table = dataset.side("printed_rates")
    out: dict[tuple[str, str, str], list[Recomputation]] = {}
    if table.empty:
        return out
    rows = table[table["reporter"].eq("CHN") & table["partner"].eq("RUS") & table["commodity_code"].eq("TOTAL")]
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
    edition = "none" if cells["commodity_code"] == "TOTAL" else "HS"
    rests = Basis("CHN", valuation_of(cells["flow"]), edition, Print.FIRST)
    return Recomputation(
        Kind.RATE,
        float(cells["yoy_pct"]),
        PERCENT,
        span,
        cells.get("source") or name_of(SourceRole.PAPERS),
        cells["released"] or UNDATED,
        _printed_by(cells, currency),
        currency,
        basis=rests,
        base=rests,
    )


def _printed_by(cells: dict[str, str], currency: str) -> Message:
    """Say who printed a rate, in which currency."""
    if cells.get("source") in serving(SourceRole.TABLES):
        return message("claims.steps.customs_rate_in_yuan" if currency == "CNY" else "claims.steps.customs_rate")
    return message("claims.steps.rate_in_yuan" if currency == "CNY" else "claims.steps.rate", who=cells["publisher"])


def printed(dataset: Dataset) -> list[tuple[str, str, str]]:
    """Return flow, first and last month of every window that a rate was printed for."""
    return list(_rates(dataset))


def rates(dataset: Dataset, flow: str, span: Span) -> list[Recomputation]:
    """Return each distinct rate that was printed for a window of the two countries' trade, earliest print first."""
    return _rates(dataset).get((flow, *span), [])


# what it is, how the window is read, how its base a year before is read
_READS: Final[tuple[tuple[Kind, Read, Read], ...]] = (
    (Kind.NOW, now, now),
    (Kind.IMF, imf, readings.fund),
    (Kind.TABLE, readings.table_in_dollars, readings.base_in_dollars),
    (Kind.NOW, now_in_yuan, now_in_yuan),
    (Kind.TABLE, readings.table_in_yuan, readings.table_in_yuan),
)


def growth(dataset: Dataset, flow: str, span: Span, base: Span | None = None) -> list[Recomputation]:
    """Return the growth of a window over a year before, ``100 * (top / bottom - 1)``, on every basis at hand.

    Over the same months of an earlier year where ``base`` is given. Both windows of a rate are of
    one source and one basis; where they are not, there is none.
    """
    asked = flow, span, base or year_before(span)
    figures = [one for kind, top, bottom in _READS if (one := _growth(dataset, kind, asked, top, bottom))]
    return figures + ([] if base else rates(dataset, flow, span))


def _growth(
    dataset: Dataset, kind: Kind, asked: tuple[str, Span, Span], read: Read, below: Read
) -> Recomputation | None:
    flow, span, before = asked
    top, bottom = read(dataset, flow, span), below(dataset, flow, before)
    if not (top and bottom and bottom.value):
        return None
    basis, base = readings.rests(dataset, flow, top, span), readings.rests(dataset, flow, bottom, before)
    if basis != base:
        return None
    figure = 100 * (top.value / bottom.value - 1)
    rests = Rest(top.value, flow, span, before=bottom.value, before_source=bottom.source)
    steps, day = divided(top.value, bottom.value, top.currency, basis), vintage(top)
    return Recomputation(
        kind, figure, PERCENT, span, top.source, day, steps, top.currency, rests, basis=basis, base=base
    )


def divided(top: float, bottom: float, currency: str, basis: Basis | None) -> Message:
    """Say that one value, in whole units, was divided by another, and at which rate both were converted."""
    key = "claims.steps.over_converted" if is_converted(basis) else "claims.steps.over"
    return message(key, top=Amount(top, currency, 3), bottom=Amount(bottom, currency, 3))


def over(top: Recomputation, bottom: Recomputation) -> Rest | None:
    """Return what a rate of two values rests on: the first, and the second a year before."""
    if not (top.rests and bottom.rests):
        return None
    return replace(top.rests, before=bottom.rests.value, before_source=bottom.source)


def is_converted(basis: Basis | None) -> bool:
    """Return whether a window in one currency rests on figures in the other."""
    return basis is not None and basis.making is Making.CONVERTED


def summed(window: Window, basis: Basis | None, most: int = 3) -> Message:
    """Say which prints a window is the sum of; only how many where there are more than ``most``."""
    if len(window.parts) > most:
        key = "claims.steps.sum_converted" if is_converted(basis) else "claims.steps.sum"
        return message(key, len(window.parts))
    (sign, _, span), *more = window.parts
    prints = message("claims.steps.first" if sign > 0 else "claims.steps.minus_first", months=Months(*span))
    for sign, _, span in more:
        prints = message("claims.steps.plus" if sign > 0 else "claims.steps.minus", first=prints, months=Months(*span))
    return message("claims.steps.prints_converted", prints=prints) if is_converted(basis) else prints


def half(number: str) -> float:
    """Return half a unit of the last digit of a number as quoted."""
    return 0.5 * 10.0 ** -len(number.partition(".")[2])


def matches(figure: float, quoted: str) -> bool:
    """Return whether ``figure`` rounds to the quoted number at the decimals it is quoted with."""
    return abs(figure - float(quoted)) <= half(quoted) + 1e-9
