"""China's trade with Russia by month: the best source for each month, and Jan-Feb kept together."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from analysis import source_names
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.exchange_rates import convert
from analysis.source_names import reports, serves
from loaders.core import schema
from loaders.core.source_records import SourceRole, serving

# Among equals the earlier source wins: final customs data, then preliminary tables, older vintages, press.
SOURCES: Final = serving(SourceRole.CHINA)
# Customs have printed January and February together since 2020; neither is charted or compared alone.
JOINED_SINCE: Final = 2020
COLUMNS: Final = schema.columns_of("series")
# how rows become one: what a sum of them is worth, when its newest was released, where its first was read; its months
SUMMED: Final = {"value": ("value", "sum"), "released": ("released", "max"), "reference": ("reference", "first")}
SPANNED: Final = SUMMED | {"period_start": ("period_start", "min"), "period_end": ("period_end", "max")}
_SPAN: Final = ["period_start", "period_end", "months"]
WEAKNESS: Final = ("final", "derived", "preliminary", "estimated")


@per_dataset(8)
def monthly(dataset: Dataset, currency: str) -> pd.DataFrame:
    """Return months and January-February pairs in ``currency``, one row a flow and period.

    Columns are ``COLUMNS``; values in whole units. Years of ``JOINED_SINCE`` and later have only
    the pair, earlier years have both (the single months are charted, the pair is a base for
    growth). A total that no source prints, or
    only a preliminary one, is the sum of its two flows where those are final.
    """
    return put_together(dataset, dataset.pair_totals, currency)


@per_dataset(4)
def world_totals(dataset: Dataset) -> pd.DataFrame:
    """Return China's own totals with the world, as known now, every source, window and currency."""
    known = dataset.known
    chosen = reports(known, "CHN", schema.WORLD) & known["commodity_code"].eq("TOTAL")
    return known[chosen].reset_index(drop=True)


def newest_month(dataset: Dataset) -> pd.Timestamp:
    """Return the newest month, or end of a January-February, that China's totals with Russia reach in any currency."""
    totals = dataset.pair_totals
    short = schema.months(totals).le(2) & totals["source"].isin(SOURCES)
    return pd.Timestamp(totals.loc[short, "period_end"].max())


def put_together(
    dataset: Dataset, table: pd.DataFrame, currency: str, sources: tuple[str, ...] = SOURCES
) -> pd.DataFrame:
    """Return the months of one series (rows of the one table) in ``currency``; among equals the first source wins."""
    rows = _candidates(dataset, table, currency, sources)
    rows = rows.sort_values(["provisional", "converted", "rank"], kind="stable")
    best = rows.drop_duplicates(["flow", "period_start", "period_end"])
    # a print of the day does not stand before the sum of two final flows
    best = pd.concat([best, total(beside(best, _SPAN), _SPAN)]).sort_values("provisional", kind="stable")
    best = best.drop_duplicates(["flow", "period_start", "period_end"])
    shown = pd.DataFrame(best.loc[~alone(best), list(COLUMNS)])
    return shown.sort_values(["flow", "period_start", "period_end"], ignore_index=True)


def alone(rows: pd.DataFrame) -> pd.Series:
    """Return which rows are a January or a February by itself, of years whose two customs print together."""
    start = rows["period_start"].dt
    return pd.Series(rows["months"].eq(1) & start.month.le(2) & start.year.ge(JOINED_SINCE))


def charted(rows: pd.DataFrame) -> pd.DataFrame:
    """Drop the pairs of years whose January and February stand alone."""
    pair = rows["months"].eq(2) & rows["period_start"].dt.year.lt(JOINED_SINCE)
    single = rows["flow"] + rows["period_start"].astype("str")
    whole = single.isin(single[rows["months"].eq(1)])
    return pd.DataFrame(rows[~(pair & whole)]).reset_index(drop=True)


def _candidates(dataset: Dataset, table: pd.DataFrame, currency: str, sources: tuple[str, ...]) -> pd.DataFrame:
    table = schema.plain(table.assign(months=schema.months(table)))
    table = table[table["source"].isin(sources)]
    table = table.assign(provisional=provisional(table))
    single = convert(dataset, table[table["months"].eq(1)], currency)
    pair = table["months"].eq(2) & table["period_start"].dt.month.eq(1) & table["currency"].eq(currency)
    printed = table[pair].assign(rate=float("nan"), rate_source=None)
    rows = pd.concat([single, printed, pairs(single, ["source", "flow", "period_start"])], ignore_index=True)
    return pd.DataFrame(rows).assign(converted=rows["rate_source"].notna(), rank=rows["source"].map(sources.index))


def provisional(rows: pd.DataFrame) -> pd.Series:
    """Return which figures may still be revised: preliminary, estimated, or derived from such."""
    weak = rows["status"].isin(["preliminary", "estimated"])
    return weak | (rows["status"].eq("derived") & serves(rows, SourceRole.FIRST))


def january_and_february(months: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Set each January beside its February, whose columns end in ``_2``; ``keys`` hold ``period_start``."""
    first, second = (months[months["period_start"].dt.month.eq(month)] for month in (1, 2))
    second = second.assign(period_start=second["period_start"] - pd.DateOffset(months=1))
    return pd.DataFrame(first.merge(second, on=keys, suffixes=("", "_2")))


def pairs(months: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Add January to February where ``keys`` agree: sums of values already in one currency."""
    both = january_and_february(months, keys)
    return joined(both, keys).assign(months=2, period_end=both["period_end_2"])


def beside(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Set exports beside the imports, whose columns end in ``_2``, where ``keys`` agree; the first of each."""
    export, imports = (rows[rows["flow"].eq(flow)].drop_duplicates(keys) for flow in ("export", "import"))
    return export.merge(imports, on=keys, suffixes=("", "_2"))


def total(both: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Add exports and imports set :func:`beside` each other."""
    out = joined(both, keys)
    return out.assign(flow="total", valuation="unknown", status=out["status"].replace("final", "derived"))


def joined(both: pd.DataFrame, keep: list[str]) -> pd.DataFrame:
    """Add two matched rows: values and their rounding add, the weaker status, both sources and references."""
    out = both[[column for column in both.columns if not column.endswith("_2")]].copy()
    for column in out.columns.intersection(["value", "rounding"]):
        out[column] = both[column] + both[f"{column}_2"]
    out["status"] = weaker(both["status"], both["status_2"])
    out["provisional"] = both["provisional"] | both["provisional_2"]
    out["released"] = both[["released", "released_2"]].max(axis=1)
    out["rate"] = both["rate"].where(both["rate"].eq(both["rate_2"]))
    for column in ("source", "rate_source", "reference", "valuation"):
        if column not in keep:
            same = both[column].eq(both[f"{column}_2"]) | both[column].isna()
            out[column] = both[column].where(same, _paired(both[column], both[f"{column}_2"]))
    return out


def plus(texts: Iterable[object]) -> str | None:
    """Join the distinct names in some texts by plus signs; none where no text has one."""
    return source_names.joined(*(text for text in texts if isinstance(text, str))) or None


def _paired(first: pd.Series, second: pd.Series) -> pd.Series:
    """Join two columns of names cell by cell; empty where one is."""
    pairs = zip(first, second, strict=True)
    cells = [source_names.joined(a, b) if isinstance(a, str) and isinstance(b, str) else None for a, b in pairs]
    return pd.Series(cells, first.index, dtype="str")


def weaker(first: pd.Series, second: pd.Series) -> pd.Series:
    """Return the weaker of two statuses, row by row."""
    order = {status: place for place, status in enumerate(WEAKNESS)}
    return first.where(first.map(order).ge(second.map(order)), second)
