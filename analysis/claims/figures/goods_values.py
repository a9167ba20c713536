"""Goods between the two by code: China's own count, BACI beside it, and what is printed of the very code."""

from collections.abc import Iterable
from typing import Any, Final

import pandas as pd

from analysis import basis, readings
from analysis.basis import VALUED, Basis, Break, Print
from analysis.cache import per_dataset
from analysis.claims.figures import own_count
from analysis.claims.figures.own_count import ALL_FUELS, Codes
from analysis.claims.parser import month_spans
from analysis.dataset import Dataset
from analysis.measures.energy import definitions as energy
from analysis.measures.goods import goods
from analysis.readings import Span
from analysis.recomputations import year_on_year
from analysis.recomputations.figures import (
    BN_USD,
    UNDATED,
    Kind,
    Recomputation,
    Rest,
    dated,
    message,
    year_before,
)
from analysis.source_names import harmonized, name_of, names_of, serves
from loaders.core.source_records import SourceRole, serving

__all__ = ["ALL_FUELS", "Codes"]
CHAPTER: Final = ("27",)


@per_dataset(64)
def years(dataset: Dataset, codes: Codes, flow: str) -> dict[int, float]:
    """Return the value in whole US$ of all codes that start with one of ``codes``, by year, in BACI."""
    if codes == ALL_FUELS and flow == "import":
        fuels = energy.four_fuels(dataset)
        counted = fuels["period_start"].dt.year.unique() if len(fuels) else []
        bills = {int(year): energy.bill(dataset, int(year)) for year in counted}
        return {year: bill for year, bill in bills.items() if bill is not None}
    rows = goods.lines(dataset)
    rows = rows[rows["flow"].eq(flow) & rows["code"].str.startswith(codes)]
    sums = rows.groupby("year")["value"].sum()
    return {int(str(year)): float(value) for year, value in sums.items()}


@per_dataset(4)
def release(dataset: Dataset) -> str:
    """Return BACI's newest release, ``YYYY-MM-DD``, or that it is not stated."""
    known = dataset.known
    newest = known.loc[serves(known, SourceRole.MERGED) & known["classification"].eq("HS2017"), "released"].max()
    return dated(newest, UNDATED)


@per_dataset(64)
def _printed(dataset: Dataset, codes: Codes, flow: str) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Return prints of one code about China's trade by source and window, the longest of each."""
    if len(codes) != 1:
        return {}
    known = dataset.known
    chosen = readings.of_china(known) & known["flow"].eq(flow)
    chosen &= known["currency"].eq("USD") & ~(serves(known, SourceRole.MERGED) | serves(known, SourceRole.QUOTED))
    code = known["commodity_code"].astype("str").replace(own_count.SAME)
    rows = known[chosen & code.eq(own_count.SAME.get(codes[0], codes[0])) & harmonized(known)]
    out: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in sorted(rows.to_dict("records"), key=lambda one: readings.digits(one["value"])):
        key = (str(row["source"]), f"{row['period_start']:%Y-%m}", f"{row['period_end']:%Y-%m}")
        out[key] = {str(name): cell for name, cell in row.items()}
    return out


@per_dataset(64)
def spans(dataset: Dataset, codes: Codes, flow: str) -> tuple[Span, ...]:
    """Return every window that goods are held for, in the order of time."""
    counted = (year for year in range(1992, dataset.last_year + 1) if _own(dataset, codes, flow, year))
    windows = {month_spans.of(year) for year in (*years(dataset, codes, flow), *counted)}
    windows |= {(start, end) for _, start, end in _printed(dataset, codes, flow)}
    windows |= {span for span, _ in _rates(dataset, codes, flow)}
    return tuple(sorted(windows))


def _own(dataset: Dataset, codes: Codes, flow: str, year: int) -> own_count.YearOfCodes | None:
    return own_count.year(dataset, own_count.heads(codes), flow, year) if year else None


def _year(span: Span) -> int:
    """Return the year that a window is, 0 where it is none."""
    return int(span[0][:4]) if month_spans.is_year(span) else 0


def levels(dataset: Dataset, codes: Codes, flow: str, span: Span) -> list[Recomputation]:
    """Return the value of goods in a window, in US$ bn: as China's customs count them, in BACI, as printed."""
    year = _year(span)
    own = _own(dataset, codes, flow, year)
    out = [_counted(own, codes, flow, span)] if own else []
    out += _carried(dataset, codes, flow, span, own)
    for (source, *window), row in _printed(dataset, codes, flow).items():
        if tuple(window) == span and not (own and source in own.source):
            out.append(_print(row, flow, span, codes))
    if codes == ALL_FUELS:
        out += levels(dataset, CHAPTER, flow, span)
    return out


def _counted(own: own_count.YearOfCodes, codes: Codes, flow: str, span: Span) -> Recomputation:
    """Write China's own count as a recomputation."""
    steps = message("claims.steps.codes", codes=", ".join(own.codes))
    rests = Rest(own.value, flow, span, own.codes)
    return Recomputation(
        Kind.OWN,
        own.value / 1e9,
        BN_USD,
        span,
        own.source,
        own.vintage,
        steps,
        rests=rests,
        basis=own.basis,
        goods=codes,
    )


def _carried(
    dataset: Dataset, codes: Codes, flow: str, span: Span, own: own_count.YearOfCodes | None
) -> list[Recomputation]:
    """Write BACI's sum of the codes, unless China's own count is that very sum."""
    value = years(dataset, codes, flow).get(_year(span))
    if value is None or (own and own.source in serving(SourceRole.MERGED) and own.codes == codes):
        return []
    steps = message("claims.steps.lines_of", codes=", ".join(codes))
    rests, behind = own_count.merged(dataset, codes, flow, _year(span)), Rest(value, flow, span, codes)
    day, figure = release(dataset), value / 1e9
    made = Recomputation(
        Kind.MERGED,
        figure,
        BN_USD,
        span,
        name_of(SourceRole.MERGED),
        day,
        steps,
        rests=behind,
        basis=rests,
        goods=codes,
    )
    return [made]


def _print(row: dict[str, Any], flow: str, span: Span, codes: Codes) -> Recomputation:
    first = row["status"] == "preliminary" or row["source"] in serving(SourceRole.PAPERS)
    rests = Basis("CHN", VALUED[flow], str(row["classification"]), Print.FIRST if first else Print.NOW)
    value, day, source = float(row["value"]), dated(row["released"]), str(row["source"])
    kind, behind, steps = (
        Kind.PRINT if first else Kind.OWN,
        Rest(value, flow, span, codes),
        message("claims.steps.print"),
    )
    return Recomputation(kind, value / 1e9, BN_USD, span, source, day, steps, rests=behind, basis=rests, goods=codes)


def growth(dataset: Dataset, codes: Codes, flow: str, span: Span, base: Span | None = None) -> list[Recomputation]:
    """Return the growth of goods over the same months a year before, or over ``base``, in per cent, each on one basis.

    A source whose basis changes between the two windows gives none, see :func:`broken`.
    """
    before = base or year_before(span)
    bottoms = levels(dataset, codes, flow, before)
    pairs = ((top, _match(top, bottoms)) for top in levels(dataset, codes, flow, span))
    out = [
        year_on_year.of_two(top, bottom, linked)
        for top, bottom in pairs
        if bottom and bottom.figure and (linked := _linked(top, bottom)) and not _parted(dataset, top, bottom)
    ]
    return out + [rate for window, rate in _rates(dataset, codes, flow) if window == span and not base]


def _match(top: Recomputation, bottoms: Iterable[Recomputation]) -> Recomputation | None:
    """Return the base of a figure: of the same kind, codes and making."""
    for one in bottoms:
        same = top.rests and one.rests and top.rests.codes == one.rests.codes
        if same and one.code == top.code and _quoted(top.source) == _quoted(one.source):
            return one
    return None


def _linked(top: Recomputation, bottom: Recomputation) -> Basis | None:
    """Return the one basis of two figures; codes that an edition left whole are chained over it."""
    first, second = top.basis, bottom.basis
    if (
        first is None
        or second is None
        or (first.counted_by, first.valuation, first.print, first.making)
        != (
            second.counted_by,
            second.valuation,
            second.print,
            second.making,
        )
    ):
        return None
    return first if first.edition == second.edition else Basis(first.counted_by, first.valuation, "HS", first.print)


def _parted(dataset: Dataset, top: Recomputation, bottom: Recomputation) -> bool:
    """Return whether a declared break of one of the codes lies between the two windows."""
    if top.rests is None or bottom.rests is None or {top.source, bottom.source} <= {*serving(SourceRole.MERGED)}:
        return False
    start, end = (pd.Timestamp(f"{one.rests.span[0]}-01") for one in (bottom, top) if one.rests)
    series = [basis.Series(name_of(SourceRole.NOW), "CHN", "RUS", top.rests.flow, code) for code in top.rests.codes]
    return any(basis.between(basis.breaks(dataset), one, start, end) for one in series)


def broken(dataset: Dataset, codes: Codes, flow: str, span: Span) -> Break | None:
    """Return the break that keeps BACI's growth of a year from being computed, if there is one."""
    year = _year(span)
    values = years(dataset, codes, flow)
    if year not in values or year - 1 not in values:
        return None
    seller = ("RUS", "CHN") if flow == "import" else ("CHN", "RUS")
    series = basis.Series(name_of(SourceRole.MERGED), *seller, "export", codes[0] if len(codes) == 1 else "TOTAL")
    return basis.between(basis.breaks(dataset), series, pd.Timestamp(year - 1, 1, 1), pd.Timestamp(year, 1, 1))


@per_dataset(64)
def _rates(dataset: Dataset, codes: Codes, flow: str) -> tuple[tuple[Span, Recomputation], ...]:
    """Return the rates printed for the very code."""
    printed = dataset.side("printed_rates")
    if printed.empty or len(codes) != 1:
        return ()
    rows = printed[readings.of_china(printed) & printed["flow"].eq(flow)]
    rows = rows[rows["commodity_code"].eq(codes[0])]
    rows = rows.drop_duplicates(["period_start", "period_end", "yoy_pct", "currency"])
    spans_ = [(str(row["period_start"]), str(row["period_end"])) for row in rows.to_dict("records")]
    rates = [year_on_year.printed_rate(row, span) for span, row in zip(spans_, rows.to_dict("records"), strict=True)]
    return tuple(zip(spans_, rates, strict=True))


def _quoted(source: str) -> bool:
    """Return whether a figure rests on newspapers that quote customs, alone or among others."""
    return not {*names_of(source)}.isdisjoint(serving(SourceRole.PAPERS))
