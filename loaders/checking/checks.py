"""Checks on the one table: what should agree is compared, and every difference beyond rounding is listed.

A difference is *known* where a rule proves it by its own size, or where the table of known disagreements names it
with a page; every other is *unexplained*.
"""

import math
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, partial
from typing import Final

import pandas as pd

from loaders.checking import mirrors, reasons
from loaders.core import schema
from loaders.core.columns.print_precision import grain
from loaders.core.columns.row_numbers import repeated


class Check(StrEnum):
    """What is set against what; ``about.check.*`` of the catalogue says it to a reader."""

    FIRST = "first"  # a first print against the months now published
    FALLS = "falls"  # a year to date against the one before it
    MIRROR = "mirror"  # the buyer's count against the seller's
    MONTHS = "months"  # months against the window printed over them
    PARTS = "parts"  # chapters or divisions against their total
    SOURCES = "sources"  # two sources of one figure
    TOTAL = "total"  # exports and imports against their total


COLUMNS: Final = schema.columns_of("differences")
_SERIES: Final = ["source", "reporter", "partner", "flow", "classification", "commodity_code", "currency"]
_SUBJECT: Final = ["source", "reporter", "partner", "flow", "commodity_code", "currency"]
_ORDER: Final = ("comtrade", "gacc", "fcs", "imf", "press", "baci")
_NO_COUNT: Final = ("article", "mgimo", "crea")
_APART: Final = 0.02
_BREAKS_AT: Final = {  # per cent beyond which no revision makes a difference: a unit, a period or a row is wrong
    Check.MONTHS: 5.0,
    Check.PARTS: 1.0,
    Check.TOTAL: 0.0,
    Check.FALLS: 0.0,
}


def known_now(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row a series key with its last printed place; plain text for categories; see ``schema.as_known``.

    What it has returned it returns as it is.
    """
    if "grain" in table:
        return table
    ranked = schema.as_known(table).astype(dict.fromkeys(schema.CATEGORIES, "str"))
    return ranked.assign(grain=grain(ranked["value"]))


def months_against_windows(table: pd.DataFrame) -> pd.DataFrame:
    """Compare each window of several months with the sum of its single months, where all of them are there."""
    now = known_now(table)
    now = now.assign(months=schema.months(now))
    single, windows = now[now["months"].eq(1)], now[now["months"].gt(1)]
    if windows.empty or single.empty:
        return _nothing()
    windows = windows[pd.MultiIndex.from_frame(windows[_SERIES]).isin(pd.MultiIndex.from_frame(single[_SERIES]))]
    cells = _each_month(windows).merge(
        single[[*_SERIES, "period_start", "value", "grain"]].rename(columns={"period_start": "month"}),
        on=[*_SERIES, "month"],
        suffixes=("", "_month"),
    )
    sums = cells.groupby("window").agg(
        added=("value_month", "sum"), there=("value_month", "size"), slack=("grain_month", "sum")
    )
    whole = windows.join(sums, how="inner")
    whole = whole[whole["there"].eq(whole["months"])]
    return _listed(Check.MONTHS, whole, whole["value"], whole["added"], whole["slack"])


def _each_month(windows: pd.DataFrame) -> pd.DataFrame:
    """Repeat each window once for each of its months."""
    spread = windows.loc[windows.index.repeat(windows["months"])]
    step = spread.groupby(level=0).cumcount()
    first = spread["period_start"].dt.to_period("M")
    month = pd.Series((first + step.to_numpy()).dt.to_timestamp().astype(schema.UNIT), index=spread.index)
    return spread.assign(window=spread.index, month=month)


def parts_against_totals(table: pd.DataFrame) -> pd.DataFrame:
    """Compare the sum of chapters or divisions with the total of the same source, pair, flow and period."""
    now = known_now(table)
    side = ["source", "reporter", "partner", "flow", "period_start", "period_end", "currency"]
    parts = now[now["commodity_code"].str.fullmatch(r"\d\d") & now["classification"].str.startswith(("HS", "SITC"))]
    if len(parts) < mirrors.WHOLE:
        return _nothing()
    sums = parts.groupby([*side, "classification"], as_index=False).agg(
        added=("value", "sum"), there=("value", "size"), slack=("grain", "sum")
    )
    totals = now[now["commodity_code"].eq(schema.TOTAL)].drop(columns="classification")
    both = totals.merge(sums[sums["there"].ge(mirrors.WHOLE)], on=side)
    return _listed(Check.PARTS, both, both["value"], both["added"], both["slack"])


def total_of_two_flows(table: pd.DataFrame) -> pd.DataFrame:
    """Compare each total with exports and imports of the same source, window and release."""
    if not table["flow"].eq("total").any():
        return _nothing()
    plain = table.astype(dict.fromkeys(schema.CATEGORIES, "str"))
    plain = plain.assign(grain=grain(plain["value"]))
    side = [column for column in schema.KEY if column != "flow"]
    flows = {flow: plain[plain["flow"].eq(flow)] for flow in schema.FLOWS}
    both = flows["export"][[*side, "value", "grain"]].merge(
        flows["import"][[*side, "value", "grain"]], on=side, suffixes=("_export", "_import")
    )
    both = flows["total"].merge(both, on=side)
    added, slack = both["value_export"] + both["value_import"], both["grain_export"] + both["grain_import"]
    return _listed(Check.TOTAL, both, both["value"], added, slack)


def cumulative_increases(table: pd.DataFrame) -> pd.DataFrame:
    """Find a year to date that is smaller than the one before it, of the same series."""
    now = known_now(table)
    to_date = now[now["period_start"].dt.month.eq(1)]
    to_date = to_date[repeated(to_date, [*_SERIES, "period_start"])].sort_values(
        [*_SERIES, "period_start", "period_end"]
    )
    before = to_date.groupby([*_SERIES, "period_start"])["value"].shift()
    falls = to_date["value"].lt(before)
    return _listed(Check.FALLS, to_date[falls], before[falls], to_date["value"][falls], 0.0)


def first_prints_against_now(table: pd.DataFrame) -> pd.DataFrame:
    """Compare the first print of a window of China's trade with Russia with the sum of the months as now published."""
    pair = table[table["reporter"].eq("CHN") & table["partner"].eq("RUS") & table["commodity_code"].eq(schema.TOTAL)]
    prints = pair[pair["source"].eq("press") & pair["currency"].eq("USD")]
    prints = prints.assign(months=schema.months(prints), grain=grain(prints["value"]))
    prints = _first_round(prints).reset_index(drop=True)
    now = known_now(pair[pair["source"].eq("comtrade")])
    now = now[schema.months(now).eq(1)]
    plain = prints.astype(dict.fromkeys(schema.CATEGORIES, "str"))
    cells = _each_month(plain).merge(
        now[["flow", "period_start", "value"]].rename(columns={"period_start": "month", "value": "now"}),
        on=["flow", "month"],
    )
    sums = cells.groupby("window").agg(added=("now", "sum"), there=("now", "size"))
    whole = plain.join(sums, how="inner")
    whole = whole[whole["there"].eq(whole["months"])]
    return _listed(Check.FIRST, whole, whole["value"], whole["added"], 0.0)


def sources_against_each_other(table: pd.DataFrame) -> pd.DataFrame:
    """Compare each two sources for one reporter, partner, flow, window, goods and currency.

    The earlier of ``_ORDER`` is what is expected; listed is what lies farther from it than two per cent, of goods
    that weigh in their flow. The article and estimates from partners' reports are no second source of a count.
    """
    now = _weighed(known_now(table))
    key = ["reporter", "partner", "flow", "commodity_code", "family", "currency", "period_start", "period_end"]
    now = now.sort_values("rank", kind="stable").drop_duplicates(["source", *key])
    both = now.merge(now[[*key, "source", "value", "grain", "rank"]], on=key, suffixes=("", "_first"))
    both = both[both["rank"].gt(both["rank_first"])]
    both = both[(both["value"] / both["value_first"] - 1).abs().gt(_APART)]
    both = both.assign(source_second=both["source"])
    both = both.assign(source=both["source"] + " against " + both["source_first"])
    return _listed(Check.SOURCES, both, both["value_first"], both["value"], both["grain_first"])


def _weighed(now: pd.DataFrame) -> pd.DataFrame:
    """Return what counts, chapters added, with the family of its code and the rank of its source."""
    now = mirrors.with_chapters(now[~now["source"].isin(_NO_COUNT)])
    rank = now["source"].map({name: place for place, name in enumerate(_ORDER)}).fillna(len(_ORDER))
    now = now.assign(rank=rank, family=mirrors.family(now))
    return now[mirrors.heavy(now)]


def mirrored(table: pd.DataFrame) -> pd.DataFrame:
    """Compare each import with the other country's export of the same goods, window and currency."""
    now = known_now(table)
    both = mirrors.faced(mirrors.with_chapters(now[~now["source"].isin(_NO_COUNT)]), _ORDER)
    both = both.assign(source=both["source"] + " against " + both["source_seller"])
    return _listed(Check.MIRROR, both, both["value_seller"], both["value"], both["grain_seller"])


def _first_round(prints: pd.DataFrame) -> pd.DataFrame:
    """Return the longest print of the calendar month in which a window was first printed.

    Papers round the same release differently, some days apart.
    """
    dated = prints.dropna(subset=["released"]).astype({"released": "datetime64[us]"})
    month = dated["released"].dt.to_period("M")
    keys = [dated[column] for column in schema.SERIES_KEY]
    first = dated[month.eq(month.groupby(keys, observed=True).transform("min"))]
    longest: pd.DataFrame = first.sort_values(["grain", "released"], kind="stable")
    return longest.drop_duplicates(list(schema.SERIES_KEY)).sort_index()


def _listed(
    check: Check, rows: pd.DataFrame, expected: pd.Series, compared: pd.Series, slack: pd.Series | float
) -> pd.DataFrame:
    """Keep what differs by more than half the last places of all numbers that take part.

    An identity is broken where more is missing than revisions explain; a first print never is.
    """
    if rows.empty:
        return _nothing()
    off = (compared - expected).abs().gt((rows.get("grain", 0.0) + slack) / 2 + 0.5)
    return _described(check, rows[off], expected[off], compared[off]) if off.any() else _nothing()


@cache
def _nothing() -> pd.DataFrame:
    """Return no difference, with the columns that a difference has."""
    rows = known_now(schema.empty())
    return _described(Check.FIRST, rows, rows["value"], rows["value"])


def _described(check: Check, kept: pd.DataFrame, expected: pd.Series, compared: pd.Series) -> pd.DataFrame:
    difference = compared - expected
    subject = kept[_SUBJECT[0]].str.cat(kept[_SUBJECT[1:]], sep=" ")
    start, end = kept["period_start"].dt.strftime("%Y-%m"), kept["period_end"].dt.strftime("%Y-%m")
    percent = (100 * difference / expected).round(3)
    listed = kept.assign(
        check=check.value,
        subject=subject,
        period=start.where(start.eq(end), start + ".." + end),
        start=kept["period_start"],
        end=kept["period_end"],
        expected=expected,
        found=compared,
        difference_pct=percent,
        broken=percent.abs().gt(_BREAKS_AT.get(check, math.inf)) & _no_slip(check, kept, difference),
        known=False,
        why=reasons.UNEXPLAINED,
        page="",
    )
    return listed.sort_values(["subject", "period"], kind="stable", ignore_index=True)


def _no_slip(check: Check, rows: pd.DataFrame, difference: pd.Series) -> pd.Series:
    """Return where two flows miss their total by more than its last printed place: less is a slip of the printer."""
    if check is not Check.TOTAL or rows.empty:
        return pd.Series(data=True, index=rows.index)
    return difference.abs().gt(rows["grain"])


def run(table: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Return all differences of all checks in ``COLUMNS``, each with its reason or as unexplained."""
    differences = pd.concat(list(_all(table)), ignore_index=True).reindex(columns=list(COLUMNS))
    return reasons.named(differences, known)


def _all(table: pd.DataFrame) -> Iterator[pd.DataFrame]:
    now = known_now(table)
    vintage = partial(reasons.usual, by=["source", "reporter", "partner", "flow"], what="Revisions of the months")
    yield reasons.first_of(months_against_windows(now), partial(reasons.later_state, now=now), vintage)
    yield reasons.first_of(parts_against_totals(now))
    yield reasons.first_of(total_of_two_flows(table))
    yield reasons.first_of(cumulative_increases(now))
    prints = first_prints_against_now(table)
    prints = prints.assign(several=prints["start"].ne(prints["end"]))
    yield reasons.first_of(prints, partial(reasons.usual, by=["flow", "several"], what="Revised since it was printed"))
    printed = partial(reasons.as_printed, prints=prints)
    yield reasons.first_of(sources_against_each_other(now), partial(reasons.allocated, now=now), printed)
    yield reasons.first_of(mirrored(now), reasons.freight, partial(reasons.on_the_way, now=now))
