"""Mirrors: the buyer's count of one trade set against the seller's, for the same goods and period."""

from typing import Final

import pandas as pd

from loaders.core import schema

MERGED: Final = ("baci",)  # reconciled figures: no country's own count, set beside one
WHOLE: Final = 40  # chapters or divisions that make a whole: fewer are a selection
WEIGHS: Final = 0.01  # of the flow: goods below it are not compared
_PERIOD: Final = ["period_start", "period_end", "currency"]
_GOODS: Final = [*_PERIOD, "commodity_code", "family"]
_SIDE: Final = ["source", "reporter", "partner", "flow", *_PERIOD]
_CELLS: Final = ["source", "reporter", "partner", *_GOODS, "value", "grain", "valuation", "status", "rank"]


def family(rows: pd.DataFrame) -> pd.Series:
    """Return in what a code is counted: two digits of any edition of one nomenclature are alike, longer codes not."""
    edition = rows["classification"].astype("str")
    alike = rows["commodity_code"].str.len().le(2) | ~rows["commodity_code"].str.isdigit()
    return edition.mask(alike, edition.str.replace(r"\d+$", "", regex=True)).where(
        rows["commodity_code"].ne(schema.TOTAL), ""
    )


def with_chapters(now: pd.DataFrame) -> pd.DataFrame:
    """Add the chapters that a source gives in six-digit lines alone, where its lines make a whole."""
    lines = now[now["commodity_code"].str.fullmatch(r"\d{6}") & now["classification"].str.startswith("HS")]
    lines = lines.assign(commodity_code=lines["commodity_code"].str[:2])
    side = [*_SIDE, "classification"]
    whole = lines.groupby(side)["commodity_code"].transform("nunique").ge(WHOLE)
    sums = (
        lines[whole]
        .groupby([*side, "commodity_code"], as_index=False)
        .agg(value=("value", "sum"), grain=("grain", "sum"), valuation=("valuation", "first"))
    )
    key = [*side, "commodity_code"]
    own = pd.MultiIndex.from_frame(now[key])
    added = sums[~pd.MultiIndex.from_frame(sums[key]).isin(own)]
    return pd.concat([now, added.assign(status="derived")], ignore_index=True)


def heavy(rows: pd.DataFrame) -> pd.Series:
    """Return which rows weigh: totals, and goods of a hundredth of the largest total of their way, by either count."""
    export = rows["flow"].eq("export")
    way = rows[_PERIOD].assign(
        seller=rows["reporter"].where(export, rows["partner"]), buyer=rows["partner"].where(export, rows["reporter"])
    )
    keys = [way[column] for column in way]
    total = rows["value"].where(rows["commodity_code"].eq(schema.TOTAL)).groupby(keys).transform("max")
    return total.isna() | rows["value"].ge(WEIGHS * total)


def faced(now: pd.DataFrame, order: tuple[str, ...]) -> pd.DataFrame:
    """Return each import with the other country's export of the same goods, period and currency.

    ``value`` is the buyer's figure, ``value_seller`` the seller's. Each side gives the first source of
    ``order`` that counts for itself, and beside it what merges both reports. Estimates are no count.
    """
    rows = now[now["status"].ne("estimated") & now["flow"].isin(["import", "export"])]
    rows = rows.assign(family=family(rows), weighs=heavy(rows))
    rows = rows.assign(rank=rows["source"].map({name: place for place, name in enumerate(order)}).fillna(len(order)))
    rows = rows.sort_values("rank", kind="stable")
    own = ~rows["source"].isin(MERGED)
    best = rows[own].drop_duplicates(["reporter", "partner", "flow", *_GOODS])
    rows = pd.concat([best, rows[~own]], ignore_index=True)
    buyers = rows[rows["flow"].eq("import")]
    sellers = rows.loc[rows["flow"].eq("export"), [*_CELLS, "weighs"]]
    sellers = sellers.rename(columns={"reporter": "partner", "partner": "reporter"})
    both = buyers.merge(sellers, on=["reporter", "partner", *_GOODS], suffixes=("", "_seller"))
    counted = ~(both["source"].isin(MERGED) & both["source_seller"].isin(MERGED))
    return both[counted & (both["weighs"] | both["weighs_seller"])].reset_index(drop=True)
