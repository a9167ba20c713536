"""The search: every figure at hand of one kind, compared with a quoted number at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.cache import per_dataset
from analysis.claims.figures import goods_values, levels
from analysis.claims.parser import month_spans
from analysis.dataset import Dataset
from analysis.measures.monthly.series import JOINED_SINCE
from analysis.readings import Span
from analysis.recomputations import year_on_year
from analysis.recomputations.figures import (
    PERCENT,
    SHARES,
    Kind,
    Message,
    PlainNumber,
    Recomputation,
    Value,
    half_digit,
    message,
)

FLOWS: Final = ("total", "export", "import")


class Entry(NamedTuple):
    """One figure of the pool, and which flow and months it is of."""

    basis: Recomputation
    flow: str
    span: Span


@dataclass(frozen=True, eq=False)
class Pool:
    """Figures to be searched: growth in per cent, or values in billions of their currency."""

    entries: tuple[Entry, ...]
    figures: npt.NDArray[np.float64]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Pool":
        """Gather entries."""
        listed = tuple(entries)
        return cls(listed, np.array([entry.basis.figure for entry in listed], dtype="float64"))

    @property
    def windows(self) -> int:
        """How many windows the figures are of."""
        return len({entry.span for entry in self.entries})

    def fits(self, number: str, scale: float = 1e9, slack: float = 0.0) -> list[Entry]:
        """Return the figures that round to the quoted number at its decimals, or lie within ``slack`` of it.

        ``scale`` is the number's unit in whole currency units.
        """
        reach = slack or half_digit(number)
        near = np.abs(self.figures * (1e9 / scale) - float(number)) <= reach + 1e-9
        return [self.entries[place] for place in np.flatnonzero(near)]


def split(span: Span) -> bool:
    """Return whether a window parts January from February where both are printed together."""
    start, end = span
    return (start[5:] == "02" and int(start[:4]) >= JOINED_SINCE) or (end[5:] == "01" and int(end[:4]) >= JOINED_SINCE)


def spans(first: int, last: int) -> list[Span]:
    """Return months, quarters, half-years, years to date, years and twelve months, January and February joined."""
    out: list[Span] = []
    for year in range(first, last + 1):
        name = [f"{year}-{month:02d}" for month in range(1, 13)]
        out += [(month, month) for month in name]
        out += [(name[0], month) for month in name[1:]]
        out += [(name[3], name[5]), (name[6], name[8]), (name[9], name[11]), (name[6], name[11])]
        out += [(f"{year - 1}-{month + 1:02d}", name[month - 1]) for month in range(1, 12)]
    return [span for span in out if not split(span)]


def _windows(dataset: Dataset) -> list[Span]:
    """Return the windows of all years that totals or printed rates are held for, printed ones of other lengths too."""
    totals, rates = dataset.pair_totals, year_on_year.printed(dataset)
    ends = [*totals["period_end"].dt.year, *(int(span[1][:4]) for _, *span in rates)]
    if not ends:
        return []
    known = spans(min(ends), max(ends))
    prints = zip(totals["period_start"].dt.strftime("%Y-%m"), totals["period_end"].dt.strftime("%Y-%m"), strict=True)
    more = {*prints, *((start, end) for _, start, end in rates)} - set(known)
    return [*known, *sorted(span for span in more if not split(span))]


@per_dataset(6)
def growth(dataset: Dataset) -> Pool:
    """Return the growth of China's trade with Russia: all windows, flows, currencies and vintages."""
    return _gathered(dataset, FLOWS, year_on_year.growth)


@per_dataset(6)
def values(dataset: Dataset) -> Pool:
    """Return the values of China's trade with Russia, the balance among them, in billions."""
    return _gathered(dataset, (*FLOWS, "balance"), levels.levels)


def _gathered(
    dataset: Dataset, flows: tuple[str, ...], read: Callable[[Dataset, str, Span], list[Recomputation]]
) -> Pool:
    windows = _windows(dataset)
    return Pool.of(
        Entry(basis, flow, span) for flow in flows for span in windows for basis in read(dataset, flow, span)
    )


@per_dataset(32)
def of_goods(dataset: Dataset, codes: goods_values.Codes, flow: str, *, rate: bool) -> Pool:
    """Return growth or values of goods in every window that they are held for."""
    read = goods_values.growth if rate else goods_values.levels
    windows = goods_values.spans(dataset, codes, flow)
    return Pool.of(Entry(basis, flow, span) for span in windows for basis in read(dataset, codes, flow, span))


@dataclass(frozen=True)
class SearchResult:
    """What a search found, the likeliest first, and how much was searched.

    ``likely`` are figures of the same year, of the same months in another year, or rates that were
    printed; the rest may fit by chance, as one number in many does.
    """

    likely: tuple[Recomputation, ...]
    others: tuple[Recomputation, ...]
    sentences: tuple[Message, ...] = ()


def search(pool: Pool, number: str, around: Span, flow: str, scale: float = 1e9, slack: float = 0.0) -> SearchResult:
    """Search the pool for a number that is quoted for the window ``around``.

    The same flow comes first, then a printed rate, then the same year, then the longer and the
    newer window.
    """
    fits = [entry for entry in pool.fits(number, scale, slack) if (entry.span, entry.flow) != (around, flow)]
    ranked = sorted(fits, key=lambda entry: _rank(entry, around, flow))
    likely = [_named(entry, flow) for entry in ranked if _tier(entry, around, flow) < 3]
    others = [_named(entry, flow) for entry in ranked if _tier(entry, around, flow) == 3]
    return SearchResult(tuple(likely), tuple(others), counted(pool, len(pool.fits(number, scale, slack))))


def counted(pool: Pool, fits: int) -> tuple[Message, ...]:
    """Say how much was searched and how much of it fits."""
    unit = next((entry.basis.unit for entry in pool.entries), "")
    flows = len({entry.flow for entry in pool.entries})
    what = "rates" if unit == PERCENT else "shares" if unit in SHARES else "values"
    much: dict[str, Value] = {"figures": PlainNumber(len(pool.entries)), "periods": PlainNumber(pool.windows)}
    if flows > 1:
        much["flows"] = PlainNumber(flows)
    return message(_SEARCHED[what, flows > 1], **much), message("claims.searched.fits", fits)


# how much was searched: rates, values or shares, of one flow or of several
_SEARCHED: Final = {
    ("rates", True): "claims.searched.rates_of_flows",
    ("values", True): "claims.searched.values_of_flows",
    ("rates", False): "claims.searched.rates",
    ("values", False): "claims.searched.values",
    ("shares", False): "claims.searched.shares",
}


def _tier(entry: Entry, around: Span, flow: str) -> int:
    """Tell how near a fit is: 0 the same year, 1 the same months of another year, 2 a printed rate, 3 far.

    A value of another flow is near only in the very window: values of all sizes are met in a year.
    """
    if entry.flow != flow and (entry.basis.unit != PERCENT or "balance" in {entry.flow, flow}):
        return 0 if entry.span == around and "balance" not in {entry.flow, flow} else 3
    years = set(range(int(around[0][:4]), int(around[1][:4]) + 1))
    if int(entry.span[1][:4]) in years or int(entry.span[0][:4]) in years:
        return 0
    if entry.flow != flow:
        return 3
    if (entry.span[0][5:], entry.span[1][5:]) == (around[0][5:], around[1][5:]):
        return 1
    return 2 if entry.basis.kind is Kind.RATE else 3


def _rank(entry: Entry, around: Span, flow: str) -> tuple[int, int, bool, int, int]:
    inside = entry.span[1][:4] == around[1][:4] and entry.span[0] >= f"{around[1][:4]}-01"
    order = FLOWS.index(entry.flow) if entry.flow in FLOWS else len(FLOWS)
    return (
        0 if entry.flow == flow else 1 + order,
        _tier(entry, around, flow),
        entry.basis.kind is not Kind.RATE,
        -month_spans.length(entry.span) + (0 if inside else 100),
        -int(entry.span[1][:4]),
    )


def _named(entry: Entry, flow: str) -> Recomputation:
    if entry.flow == flow:
        return entry.basis
    return replace(entry.basis, flow=entry.flow)
