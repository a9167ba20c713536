"""Discount: what China pays for Russian crude oil against all other crude, by year and month."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis import printed
from loaders import schema

if TYPE_CHECKING:
    from analysis.book import Book

# Barrels in a tonne of average crude, the usual factor of oil statistics. It moves prices a barrel,
# never the gap: both sides are converted with it.
BARRELS_A_TONNE: Final = 7.33
BRENT_SOURCE: Final = "U.S. Energy Information Administration"
_SIDE: Final = ["value", "kg", "valuation", "status", "source", "released", "reference"]
COLUMNS: Final = (
    "series",
    "kind",
    "period_start",
    "period_end",
    "russia_usd_t",
    "other_usd_t",
    "russia_usd_bbl",
    "other_usd_bbl",
    "gap_pct",
    "saving",
    "brent_usd_bbl",
    "value",
    "net_weight_kg",
    "other_value",
    "other_weight_kg",
    "currency",
    "valuation",
    "other_valuation",
    "status",
    "source",
    "base_source",
    "released",
    "reference",
    "other_reference",
)


def gap(rows: pd.DataFrame) -> pd.DataFrame:
    """Add prices, the gap and the implied saving to ``value``, ``kg``, ``other_value``, ``other_kg``.

    US$ a tonne = 1000 * value / kg; US$ a barrel = that / 7.33; gap = 100 * (Russian price / other
    price - 1), per cent; saving = (other price - Russian price) * Russian tonnes, whole US$, negative
    where Russian oil was dearer. Empty where a value or a weight is missing or not above zero.
    """
    fits = rows[["value", "kg", "other_value", "other_kg"]].gt(0).all(axis=1)
    russia = (1000 * rows["value"] / rows["kg"].where(fits)).where(fits)
    other = (1000 * rows["other_value"] / rows["other_kg"].where(fits)).where(fits)
    return rows.assign(
        russia_usd_t=russia,
        other_usd_t=other,
        russia_usd_bbl=russia / BARRELS_A_TONNE,
        other_usd_bbl=other / BARRELS_A_TONNE,
        gap_pct=100 * (russia / other - 1),
        saving=(other - russia) * rows["kg"] / 1000,
    )


@lru_cache(maxsize=4)
def crude(book: Book) -> pd.DataFrame:
    """Return Russian against all other crude to China, columns ``COLUMNS``, and Brent by month.

    Series ``customs``: Chinese customs for both sides, CIF, years and those months for which they print
    Russia's value and tonnes; other = all origins less Russia. Series ``baci``: years, FOB, reconciled,
    the origins that are at hand. Series ``exporter``: months as Russia reported them, FOB, against what
    Chinese customs count besides, CIF. Series ``brent``: the monthly mean, US$ a barrel.
    """
    parts = [_customs(book), _baci(book), _exporter(book)]
    rows = gap(pd.concat(parts, ignore_index=True))
    rows = rows[rows["gap_pct"].notna()].rename(columns={"kg": "net_weight_kg", "other_kg": "other_weight_kg"})
    rows = rows.assign(
        currency="USD",
        kind=schema.months(rows).eq(12).map({True: "year", False: "month"}),
        brent_usd_bbl=float("nan"),
    )
    table = pd.concat([part for part in (rows[list(COLUMNS)], _brent(book)) if len(part)] or [rows[list(COLUMNS)]])
    return table.sort_values(["series", "period_start", "period_end"], ignore_index=True)


def _customs(book: Book) -> pd.DataFrame:
    """Take Russia from all origins of the same period: of the same source, else of customs' months."""
    russia = printed.from_russia(book, "2709").assign(valuation="CIF")
    months = schema.months(russia)
    russia = russia[(months.eq(12) & russia["period_start"].dt.month.eq(1)) | months.le(2)]
    known = book.known
    chosen = known["source"].eq("comtrade") & known["reporter"].eq("CHN") & known["partner"].eq("WLD")
    same = _plain(known[chosen & known["commodity_code"].eq("2709") & known["flow"].eq("import")])
    whole = pd.concat([same, _windows(_all_origins(book), russia)], ignore_index=True)
    keys = ["period_start", "period_end"]
    both = russia.merge(whole, on=keys, suffixes=("", "_w"))
    both = both.assign(mixed=both["source"].ne(both["source_w"])).sort_values([*keys, "mixed"], kind="stable")
    return _less(both.drop_duplicates(keys)).assign(series="customs")


def _exporter(book: Book) -> pd.DataFrame:
    """Take what Russia reported from China's all-origin month."""
    known = book.known
    chosen = known["source"].eq("comtrade") & known["reporter"].eq("RUS") & known["partner"].eq("CHN")
    chosen &= known["commodity_code"].eq("270900") & known["flow"].eq("export") & schema.months(known).eq(1)
    keys = ["period_start", "period_end"]
    both = _plain(known[chosen]).merge(_all_origins(book), on=keys, suffixes=("", "_w"))
    return _less(both).assign(series="exporter")


def _less(both: pd.DataFrame) -> pd.DataFrame:
    """Return Russia's figures beside all origins (``_w``) less Russia."""
    weak = both[["status", "status_w"]].isin(["preliminary", "estimated"]).any(axis=1)
    out = both.assign(
        other_value=both["value_w"] - both["value"],
        other_kg=both["kg_w"] - both["kg"],
        other_valuation=both["valuation_w"],
        other_reference="all origins less Russia: " + both["reference_w"],
        base_source=both["source_w"],
        released=both[["released", "released_w"]].max(axis=1),
        status=weak.map({True: "preliminary", False: "derived"}),
    )
    return out[[column for column in out.columns if not column.endswith("_w")]]


def _all_origins(book: Book) -> pd.DataFrame:
    """Return China's crude from all origins by month, value and weight, as customs publish it."""
    known = book.known
    chosen = known["source"].eq("gacc") & known["partner"].eq("WLD") & known["commodity_code"].eq("27090000")
    return _plain(known[chosen & known["currency"].eq("USD") & schema.months(known).eq(1)])


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.astype(dict.fromkeys(schema.CATEGORIES, "str")).rename(columns={"net_weight_kg": "kg"})
    return rows[["period_start", "period_end", *_SIDE]]


def _windows(months: pd.DataFrame, asked: pd.DataFrame) -> pd.DataFrame:
    """Add months to the windows that are asked for; a window with a month missing is left out."""
    found = []
    for start, end in zip(asked["period_start"], asked["period_end"], strict=True):
        held = months[months["period_start"].ge(start) & months["period_end"].le(end)]
        if len(held) == (end.year - start.year) * 12 + end.month - start.month + 1:
            first = held.iloc[0]
            said = f"{len(held)} months, first: {first['reference']}" if len(held) > 1 else first["reference"]
            row = {"value": held["value"].sum(), "kg": held["kg"].sum(skipna=False), "released": held["released"].max()}
            same = {name: first[name] for name in ("valuation", "status", "source")}
            found.append({"period_start": start, "period_end": end, **row, **same, "reference": said})
    return pd.DataFrame(found, columns=["period_start", "period_end", *_SIDE]).astype(months.dtypes.to_dict())


def _baci(book: Book) -> pd.DataFrame:
    """Set Russia against the other origins of one year and classification, by their weights."""
    known = book.known
    chosen = known["source"].eq("baci") & known["partner"].eq("CHN") & known["net_weight_kg"].gt(0)
    code = known["commodity_code"].astype("str")
    six = known["classification"].eq("HS2017") & code.eq("270900") & known["period_start"].dt.year.le(2021)
    rows = known[chosen & (six | (known["classification"].eq("HS2022") & code.eq("2709")))]
    keys = ["period_start", "period_end"]
    russia = rows["reporter"].eq("RUS")
    other = (
        rows[~russia]
        .groupby(keys, as_index=False)
        .agg(
            other_value=("value", "sum"),
            other_kg=("net_weight_kg", "sum"),
            held=("value", "size"),
            other_reference=("reference", "first"),
        )
    )
    said = other["held"].astype("str") + " origins, first: " + other["other_reference"]
    both = _plain(rows[russia]).merge(other.assign(other_reference=said), on=keys)
    return both.assign(series="baci", base_source="baci", other_valuation=both["valuation"], status="derived")


def _brent(book: Book) -> pd.DataFrame:
    """Return Brent by month from the side table."""
    held = book.side("oil_prices")
    if held.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    rows = held[held["series"].eq("BRENT") & held["freq"].eq("M") & held["kind"].eq("monthly mean")]
    day = pd.to_datetime(rows["period_start"], format="%Y-%m").astype("datetime64[us]")
    table = pd.DataFrame(
        {
            "series": "brent",
            "kind": "month",
            "period_start": day,
            "period_end": day,
            "brent_usd_bbl": rows["value"].astype("float64"),
            "currency": "USD",
            "status": "final",
            "source": BRENT_SOURCE,
            "released": pd.to_datetime(rows["released"]).astype("datetime64[us]"),
            "reference": rows["reference"],
        }
    )
    return table.reindex(columns=list(COLUMNS))
