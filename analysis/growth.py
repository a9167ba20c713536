"""Growth: each period over the same months one year earlier, joined on dates."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from analysis.series import COLUMNS, JOINED_SINCE, charted, monthly, plus, provisional, weaker
from loaders import schema

if TYPE_CHECKING:
    from analysis.book import Book

_BASE = ("value", "source", "status", "provisional", "reference", "rate_source")


def year_on_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Add ``yoy_pct`` (per cent) and the base: ``100 * (value / base - 1)``.

    The base is the row of the same flow whose period is the same months one year earlier; where
    there is none, or it is zero, both stay empty.
    """
    base = rows[["flow", "period_start", "months", *_BASE]].rename(columns={name: f"base_{name}" for name in _BASE})
    base["period_start"] = base["period_start"] + pd.DateOffset(years=1)
    out = rows.merge(base, on=["flow", "period_start", "months"], how="left", validate="many_to_one")
    ratio = out["value"] / out["base_value"].where(out["base_value"].ne(0))
    return out.assign(yoy_pct=100 * (ratio - 1))


@lru_cache(maxsize=8)
def by_month(book: Book, currency: str) -> pd.DataFrame:
    """Return the charted months with their growth; January-February together since 2020."""
    rows = year_on_year(monthly(book, currency))
    return charted(rows)


@lru_cache(maxsize=8)
def year_to_date(book: Book, currency: str) -> pd.DataFrame:
    """Return January..m of each year with growth over January..m a year before.

    A printed cumulation in ``currency`` beats a sum of months, since it holds the revisions of
    earlier months; among printed ones the order of sources is that of the monthly series.
    """
    sums = _cumulated(charted(monthly(book, currency)))
    held = book.pair_totals
    held = held[
        held["period_start"].dt.month.eq(1) & held["currency"].eq(currency) & held["source"].isin(["gacc", "press"])
    ]
    # a January that was printed alone is no base for a rate where it is otherwise printed with February
    alone = held["period_end"].dt.month.eq(1) & held["period_end"].dt.year.ge(JOINED_SINCE)
    held = held[~alone].astype(dict.fromkeys(schema.CATEGORIES, "str"))
    printed = held.assign(
        months=schema.months(held), rate=float("nan"), rate_source=None, provisional=provisional(held)
    )
    rows = pd.concat([printed[list(COLUMNS)], sums], ignore_index=True)
    rows = rows.assign(weak=rows["provisional"]).sort_values("weak", kind="stable")
    best = rows.drop_duplicates(["flow", "period_start", "period_end"])[list(COLUMNS)]
    return year_on_year(best.sort_values(["flow", "period_start", "period_end"], ignore_index=True))


def _cumulated(rows: pd.DataFrame) -> pd.DataFrame:
    """Sum months from January on, as long as none is missing."""
    rows = rows.sort_values(["flow", "period_start"], ignore_index=True)
    year = rows["period_start"].dt.year
    groups = [rows["flow"], year]
    done = rows.groupby(groups)["months"].cumsum()
    whole = done.eq(rows["period_end"].dt.month)
    status = rows["status"].where(rows["status"].eq("estimated"), "derived")
    first = rows["period_start"].where(rows["period_start"].dt.month.eq(1)).groupby(groups).transform("first")
    out = rows.assign(
        value=rows.groupby(groups)["value"].cumsum(),
        months=done,
        period_start=first,
        status=rows["status"].where(done.eq(rows["months"]), weaker(rows["status"], status)),
        provisional=rows.groupby(groups)["provisional"].cummax(),
        source=_running(rows["source"], groups),
        rate=float("nan"),
    )
    return out.loc[whole, list(COLUMNS)]


def _running(texts: pd.Series, groups: list[pd.Series]) -> pd.Series:
    """Return the distinct texts met so far in each group, joined by plus signs."""
    out: dict[int, str] = {}
    for _, part in texts.groupby(groups):
        met: dict[str, None] = {}
        for index, text in part.items():
            met.update(dict.fromkeys(str(text).split(" + ")))
            out[int(str(index))] = " + ".join(met)
    return pd.Series(out).reindex(texts.index)


@lru_cache(maxsize=8)
def twelve_months(book: Book, currency: str) -> pd.DataFrame:
    """Return the sum of the twelve months that end with each charted period, and its growth."""
    return summed(book, currency, 12)


@lru_cache(maxsize=16)
def summed(book: Book, currency: str, months: int) -> pd.DataFrame:
    """Return the sum of the ``months`` months that end with each charted period, whole units, and its growth.

    Only where the periods tile the months exactly: missing months give no sum, and January-February
    is never split, so of three months none end in January or April where the two are printed together.
    """
    rows = charted(monthly(book, currency))
    parts = [_rolling(flow.reset_index(drop=True), months) for _, flow in rows.groupby("flow", sort=True)]
    joined = pd.concat(parts, ignore_index=True) if parts else rows
    return year_on_year(joined[list(COLUMNS)])


def _rolling(rows: pd.DataFrame, length: int) -> pd.DataFrame:
    """Take differences of running sums, inside each run of months without a gap."""
    start = rows["period_start"].dt.year * 12 + rows["period_start"].dt.month
    stop = start + rows["months"]
    run = start.ne(stop.shift()).cumsum()
    total = rows.groupby(run)["value"].cumsum()
    before = pd.DataFrame({"run": run, "stop": stop + length, "before": total, "position": range(len(rows))})
    origin = pd.DataFrame({"run": run, "stop": start + length, "before": 0.0, "position": -1}).groupby("run").head(1)
    origin["position"] = rows.groupby(run).cumcount().index[run.ne(run.shift())] - 1
    earlier = pd.concat([origin, before]).drop_duplicates(["run", "stop"])
    here = pd.DataFrame({"run": run, "stop": stop, "at": range(len(rows))})
    matched = here.merge(earlier, on=["run", "stop"], how="inner")
    last = rows.loc[matched["at"]].reset_index(drop=True)
    spans = [(a + 1, b) for a, b in zip(matched["position"], matched["at"], strict=True)]
    return last.assign(
        value=total.loc[matched["at"]].to_numpy() - matched["before"].to_numpy(),
        period_start=last["period_end"] - pd.DateOffset(months=length - 1),
        months=length,
        status="derived",
        source=pd.Series([plus(rows["source"].iloc[a : b + 1]) for a, b in spans], dtype="object"),
        rate_source=pd.Series([plus(rows["rate_source"].iloc[a : b + 1]) for a, b in spans], dtype="object"),
        provisional=[bool(rows["provisional"].iloc[a : b + 1].any()) for a, b in spans],
        rate=float("nan"),
    )
