"""Growth of a window on every basis at hand, rates as they were printed, and the steps from prints to a figure."""

from dataclasses import replace
from typing import Any, Final

import pandas as pd

from analysis import readings
from analysis.basis import Basis, Making, Print, valuation_of
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.readings import Read, Span, imf, now, now_in_yuan, then
from analysis.recomputations.figures import (
    PERCENT,
    UNDATED,
    Amount,
    Kind,
    Message,
    Months,
    Recomputation,
    Rest,
    dated,
    message,
    year_before,
)
from analysis.source_names import name_of
from analysis.windows import Window
from loaders.core.source_records import SourceRole, serving


def vintage(window: Window) -> str:
    """Return the day a window was released, or that it is as now published."""
    return dated(window.released)


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

    Over the same months of an earlier year where ``base`` is given, and then on the first prints of both
    windows too, since nobody prints such a rate. Both windows of a rate are of one source and one basis;
    where they are not, there is none.
    """
    asked = flow, span, base or year_before(span)
    reads = (*_READS, (Kind.FIRST, then, then)) if base else _READS
    figures = [one for kind, top, bottom in reads if (one := _growth(dataset, kind, asked, top, bottom))]
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


def of_two(top: Recomputation, bottom: Recomputation, basis: Basis | None) -> Recomputation:
    """Return the growth of one value over another, ``100 * (top / bottom - 1)``, on the one basis of both."""
    rests = None
    if top.rests and bottom.rests:
        rests = replace(top.rests, before=bottom.rests.value, before_source=bottom.source)
    steps = divided(1e9 * top.figure, 1e9 * bottom.figure, top.currency, None)
    figure = 100 * (top.figure / bottom.figure - 1)
    return replace(top, figure=figure, unit=PERCENT, steps=steps, rests=rests, basis=basis, base=basis)


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
