"""Revisions: a window as first printed, as printed later, and as customs publish it now."""

from typing import Any, Final

import pandas as pd

from analysis import readings
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.readings import unit
from analysis.windows import Window
from loaders.core import schema

FIRST: Final = "first"
LATER: Final = "later"
NOW: Final = "now"
KINDS: Final = ("half", "year", "month")
COLUMNS: Final = schema.columns_of("revisions")


@per_dataset(32)
def table(dataset: Dataset, flow: str, kind: str) -> pd.DataFrame:
    """Return every vintage of every window of a kind that was printed and is known otherwise too.

    ``half`` holds years and first halves, ``year`` years, ``month`` single months and
    January-February. ``value`` is in whole US$; ``change_pct`` is ``100 * (value / first - 1)``
    over the first print, in per cent; ``rounding_pct`` is half a unit of the first print's last
    digit in per cent of it: a smaller change may be none. A first print is one print of that very
    window; ``late`` marks one of more than ``bases.FIRST_PRINT_DAYS`` days after the window. The
    last vintage is customs' now, or, where customs' months do not reach, a later print.
    """
    prints = _prints(dataset)
    windows = prints[prints["flow"].eq(flow) & _of_kind(prints, kind)]
    rows: list[dict[str, Any]] = []
    for _, part in windows.groupby(["period_end", "period_start"], sort=True):
        rows += _vintages(dataset, flow, part)
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"released": "datetime64[us]"})


@per_dataset(4)
def _prints(dataset: Dataset) -> pd.DataFrame:
    """Return every print of China's trade with Russia in US$, rounder copies included."""
    prints = readings.quoted_prints(dataset).astype(dict.fromkeys(schema.CATEGORIES, "str"))
    return prints.assign(months=schema.months(prints)).sort_values("released", kind="stable", ignore_index=True)


def _of_kind(prints: pd.DataFrame, kind: str) -> pd.Series:
    january, months = prints["period_start"].dt.month.eq(1), prints["months"]
    if kind == "month":
        return pd.Series(months.eq(1) | (january & months.eq(2)))
    return pd.Series(january & months.isin([12] if kind == "year" else [6, 12]))


def _vintages(dataset: Dataset, flow: str, part: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the vintages of one window, the first print first; none where there is but one."""
    start, end = part["period_start"].iloc[0], part["period_end"].iloc[0]
    span = f"{start:%Y-%m}", f"{end:%Y-%m}"
    first, now = readings.then(dataset, flow, span), readings.now(dataset, flow, span)
    if first is None or not first.value:
        return []
    spans = {"flow": flow, "period_start": start, "period_end": end}
    rounding = 100 * unit(first.value) / 2 / first.value
    common = {**spans, "currency": "USD", "rounding_pct": rounding, "late": _is_late(end, first)}
    rows = [_print(row, FIRST if _same(row, first) else LATER, first.value) for row in _distinct(part, first)]
    if now is not None:
        change = 100 * (now.value / first.value - 1)
        origin = {"status": "derived", "source": now.source, "released": now.released, "reference": now.steps}
        rows.append({"vintage": NOW, "value": now.value, "change_pct": change, **origin})
    return [{**common, **row} for row in rows] if len(rows) > 1 else []


def _is_late(end: pd.Timestamp, first: Window) -> bool:
    last = end + pd.DateOffset(months=1) + pd.Timedelta(days=readings.FIRST_PRINT_DAYS)
    return first.released is None or bool(first.released > last)


def _same(row: dict[str, Any], first: Window) -> bool:
    known = None if pd.isna(row["released"]) else row["released"]
    return bool(row["value"] == first.value) and known == first.released


def _distinct(part: pd.DataFrame, first: Window) -> list[dict[str, Any]]:
    """Return the first print, then each later one that is no rounder copy of one before it."""
    rows = [{str(key): cell for key, cell in row.items()} for row in part.to_dict("records")]
    out = [row for row in rows if _same(row, first)][:1]
    for row in rows:
        after = first.released is not None and not pd.isna(row["released"]) and row["released"] > first.released
        if after and not any(_copies(row["value"], earlier["value"]) for earlier in out):
            out.append(row)
    return out


def _copies(one: float, two: float) -> bool:
    """Return whether two prints agree to the digits of the rounder one."""
    return abs(one - two) <= max(unit(one), unit(two)) / 2 * (1 + 1e-9)


def _print(row: dict[str, Any], vintage: str, first: float) -> dict[str, Any]:
    kept = {name: row[name] for name in ("value", "status", "source", "released", "reference")}
    return {"vintage": vintage, "change_pct": 100 * (row["value"] / first - 1), **kept}
