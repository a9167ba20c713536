"""Known revisions: how far first prints have moved, by flow, kind of window and age: the tolerance of a print.

Computed from what is held: prints of the day against the months that customs publish now, printed
rates against rates of now, and customs' own tables against their later states.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from analysis import readings
from analysis.cache import per_dataset
from analysis.claims.figures import own_count
from analysis.claims.parser import month_spans
from analysis.dataset import Dataset
from analysis.readings import Span, unit
from analysis.recomputations import year_on_year
from analysis.recomputations.figures import Kind, Recomputation, half_digit
from analysis.source_names import harmonized, serves
from loaders.core import schema
from loaders.core.source_records import SourceRole, serving

# the kinds of windows whose revisions are told apart
MONTH: Final = "month"
TO_DATE: Final = "to_date"
YEAR: Final = "year"
ALL: Final = "all"
GOODS: Final = "goods"
FINAL: Final = "a year and more later"  # age: first print against UN Comtrade's months
FRESH: Final = "within the year"  # age: against customs' own tables
ENOUGH: Final = 12  # fewer than this tell neither direction nor spread
_CUTS: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
_FENCE: Final = 2.0  # interquartile ranges
_SAME: Final = 1e-9  # of a change, in per cent
_FLOWS: Final = ("total", "export", "import")


class Change(NamedTuple):
    """One first print and what became of it: ``pct`` is ``100 * (now / then - 1)``, of a rate of its growth factor."""

    flow: str
    kind: str
    age: str
    span: Span
    pct: float


@dataclass(frozen=True)
class Revisions:
    """The distribution of some changes in per cent: count, inner 90 per cent and middle, and what is usual.

    ``least`` and ``most`` are fences two interquartile ranges beyond the quartiles: what lies
    further off is no known revision; ``within`` counts the changes between them. ``of`` says of
    what. With fewer than ``ENOUGH`` they are the extremes, and the larger counts in both directions.
    """

    count: int
    low: float
    middle: float
    high: float
    least: float
    most: float
    within: int
    of: str

    @property
    def reach(self) -> tuple[float, float]:
        """The least and the greatest change that counts as known, in per cent."""
        if self.count >= ENOUGH:
            return self.least, self.most
        largest = max(abs(self.least), abs(self.most))
        return -largest, largest

    def holds(self, figure: float, number: str, *, scale: float = 1.0, rate: bool = False) -> bool:
        """Return whether a number as quoted, revised as usual, may have become ``figure`` (both in ``scale``)."""
        low, high = self.limits(figure, rate=rate)
        half = half_digit(number) * scale
        return low - half <= float(number) * scale <= high + half

    def limits(self, figure: float, *, rate: bool = False) -> tuple[float, float]:
        """Return the least and the greatest first print that may have become ``figure``."""
        factor = 100 + figure if rate else figure
        ends = sorted(factor / (1 + change / 100) for change in self.reach)
        return (ends[0] - 100, ends[1] - 100) if rate else (ends[0], ends[1])


def kind_of(span: Span) -> str:
    """Return the kind of a window: a month or January-February, a whole year, or a part of one."""
    months = month_spans.length(span)
    return MONTH if months == 1 or (months == 2 and span[0][5:] == "01") else YEAR if months == 12 else TO_DATE


def levels(dataset: Dataset, flow: str, span: Span, age: str = FINAL) -> Revisions | None:
    """Return how values of such windows were revised; None where no print can be followed."""
    return _of(_levels(dataset), flow, kind_of(span), age)


def rates(dataset: Dataset, flow: str, span: Span, age: str = FINAL) -> Revisions | None:
    """Return how printed rates of such windows were revised, in per cent of the growth factor."""
    return _of(_rates(dataset), flow, kind_of(span), age)


@per_dataset(8)
def goods(dataset: Dataset, flow: str) -> Revisions | None:
    """Return how a year's value of single goods was revised: prints of the day against China's own count of now."""
    known = dataset.known
    chosen = serves(known, SourceRole.PAPERS) & readings.of_china(known)
    chosen &= known["flow"].eq(flow) & known["currency"].eq("USD") & schema.months(known).eq(12)
    rows = known[chosen & harmonized(known)]
    moved = []
    for row in rows.to_dict("records"):
        now = own_count.year(dataset, (str(row["commodity_code"]),), flow, row["period_start"].year)
        if now and now.vintage != f"{row['released']:%Y-%m-%d}":
            pct = 100 * (now.value / row["value"] - 1)
            moved.append(_beyond(pct, 50 * unit(row["value"]) / row["value"]))
    return summed(moved, GOODS) if moved else None


def _of(changes: tuple[Change, ...], flow: str, kind: str, age: str) -> Revisions | None:
    """Return the distribution of the nearest kind that has enough: of the flow, the kind and the age."""
    near = [one for one in changes if one.age == age and one.flow == flow]
    own = [one for one in near if one.kind == kind]
    if len(own) >= ENOUGH:
        return summed([one.pct for one in own], kind)
    return summed([one.pct for one in near], ALL) if near else None


def summed(changes: Iterable[float], of: str) -> Revisions:
    """Return the distribution of changes in per cent."""
    ordered = np.sort(np.array(list(changes), dtype="float64"))
    low, first, middle, third, high = (float(cut) for cut in np.quantile(ordered, _CUTS))
    least, most = float(ordered[0]), float(ordered[-1])
    if len(ordered) >= ENOUGH:
        fence = _FENCE * (third - first)
        least, most = first - fence, third + fence
    within = int(((ordered >= least - _SAME) & (ordered <= most + _SAME)).sum())
    return Revisions(len(ordered), low, middle, high, least, most, within, of)


@per_dataset(8)
def _levels(dataset: Dataset) -> tuple[Change, ...]:
    return (*_against_now(dataset), *_against_later_tables(dataset))


def _windows(dataset: Dataset) -> list[tuple[str, Span]]:
    """Return flow and window of every print of the day in US$."""
    prints = readings.quoted_prints(dataset)
    starts, ends = (prints[name].dt.strftime("%Y-%m") for name in ("period_start", "period_end"))
    return list(dict.fromkeys(zip(prints["flow"], zip(starts, ends, strict=True), strict=True)))


def _against_now(dataset: Dataset) -> Iterator[Change]:
    """Follow each print of the day in US$ to what its months come to now."""
    for flow, span in _windows(dataset):
        first = readings.then(dataset, flow, span)
        for age, read in ((FINAL, readings.now), (FRESH, readings.table_in_dollars)):
            later = read(dataset, flow, span)
            if first and first.value and later:
                pct = 100 * (later.value / first.value - 1)
                yield Change(flow, kind_of(span), age, span, _beyond(pct, 50 * unit(first.value) / first.value))


def _against_later_tables(dataset: Dataset) -> Iterator[Change]:
    """Follow each year to date that customs' table prints to what the next table leaves of it."""
    tables = dataset.pair_totals
    rows = tables[serves(tables, SourceRole.TABLES) & tables["status"].astype("str").ne("derived")]
    rows = rows[rows["period_start"].dt.month.eq(1)].astype({"flow": "str"})
    values = {
        (flow, end.year, end.month): value
        for flow, end, value in zip(rows["flow"], rows["period_end"], rows["value"], strict=True)
    }
    for (flow, year, month), value in values.items():
        longer = values.get((flow, year, month + 1))
        added = (
            readings.table_in_yuan(dataset, flow, (f"{year}-{month + 1:02d}",) * 2) if longer and month > 1 else None
        )
        if longer and added and added.printed and value:
            span = f"{year}-01", f"{year}-{month:02d}"
            yield Change(flow, TO_DATE, FRESH, span, 100 * ((longer - added.value) / value - 1))


@per_dataset(8)
def _rates(dataset: Dataset) -> tuple[Change, ...]:
    return tuple(
        change for flow, *span in year_on_year.printed(dataset) for change in _rate(dataset, flow, (span[0], span[1]))
    )


def _rate(dataset: Dataset, flow: str, span: Span) -> Iterator[Change]:
    """Follow the first rate printed for a window in a currency to the rate of now in the same currency."""
    figures = year_on_year.growth(dataset, flow, span)
    for currency in ("USD", "CNY"):
        first = next((one for one in figures if one.kind is Kind.RATE and one.currency == currency), None)
        later = next((one for one in figures if current(one) and one.currency == currency), None)
        if first and later:
            rounding = 50 * 10.0 ** -len(f"{first.figure:g}".partition(".")[2]) / (100 + first.figure)
            pct = _beyond(100 * ((100 + later.figure) / (100 + first.figure) - 1), rounding)
            yield Change(flow, kind_of(span), age_of(later), span, pct)


def _beyond(pct: float, rounding: float) -> float:
    """Return what of a change in per cent the rounding of the first print does not explain."""
    return 0.0 if abs(pct) <= rounding else pct - rounding if pct > 0 else pct + rounding


def current(one: Recomputation) -> bool:
    """Return whether a recomputation is customs' own figure as it stands now."""
    return one.kind in {Kind.NOW, Kind.TABLE}


def age_of(one: Recomputation) -> str:
    """Return how old the state is that a figure of now rests on."""
    return FRESH if one.source in serving(SourceRole.TABLES) else FINAL
