"""Goods of possible military use: China's exports to Russia of the Common High Priority List, and figures quoted."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis import goods

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analysis.book import Book

BASE: Final = goods.BASE
CHIPS: Final = ("8541", "8542")
TIERS: Final = {
    "1": "Chips",
    "2": "Electronics",
    "3.A": "Components",
    "3.B": "Bearings, optics",
    "4.A": "Production gear",
    "4.B": "Machine tools",
}
COLUMNS: Final = (
    "series",
    "tier",
    "codes",
    "period_start",
    "period_end",
    "value",
    "base_value",
    "change_pct",
    "share_pct",
    "what",
    "base",
    "precision",
    "currency",
    "valuation",
    "classification",
    "source",
    "status",
    "released",
    "reference",
)
# The figures that are quoted everywhere: category, measure and value as they stand in the side table.
FAMOUS: Final = (
    ("high_priority_items", "share_of_russian_imports", "90"),
    ("high_priority_items", "share_of_russian_imports", "56.3"),
    ("high_priority_items", "value", "0.3"),
    ("microelectronics_defence_base", "value", "0.5"),
)
_LISTS: Final = {
    "high_priority_items": "high-priority items",
    "microelectronics_defence_base": "microelectronics for Russia’s defence industry",
}
_SEEN: Final = {"RUS": "as Russia’s imports", "CHN": "as China’s exports"}


@lru_cache(maxsize=4)
def unmeasured(book: Book) -> pd.DataFrame:
    """Return, tier by tier, the listed codes that the edition does not know, without a value: none can be had."""
    listed, held = book.side("chpl"), by_tier(book)
    if listed.empty or held.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    out = listed[~listed["edition"].str.contains(goods.EDITION, regex=False)].groupby("tier", as_index=False)
    first = out.agg({"hs6": _joined, "released": "first", "reference": "first"}).rename(columns={"hs6": "codes"})
    return first.assign(
        series="not measurable",
        period_start=held["period_start"].min(),
        period_end=held["period_end"].max(),
        what=f"codes that do not exist in {goods.EDITION}",
        classification=goods.EDITION,
        source="U.S. Bureau of Industry and Security",
        released=pd.to_datetime(first["released"]),
    ).reindex(columns=COLUMNS)


@lru_cache(maxsize=4)
def by_tier(book: Book) -> pd.DataFrame:
    """Return China's exports to Russia by tier and year, whole US$ (BACI, free on board, one edition).

    The value of a tier is the sum of its six-digit lines; ``change_pct`` is ``100 * (value / base - 1)``
    with the tier's sum of 2021 as base. A code that the edition does not know is in no sum, see
    :func:`unmeasured`; which codes were summed stands in ``codes``.
    """
    listed = book.side("chpl")
    if listed.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    tiers = dict(zip(listed["hs6"], listed["tier"], strict=True))
    sold = _sold(book)
    return _by_year(sold.assign(tier=sold["code"].map(tiers)).dropna(subset=["tier"]), "tier")


@lru_cache(maxsize=4)
def chips(book: Book) -> pd.DataFrame:
    """Return the whole of HS 8541 and 8542 by year, in the same way as one tier; it overlaps the list."""
    sold = _sold(book)
    return _by_year(sold[sold["code"].str.startswith(CHIPS)].assign(tier="8541+8542"), "chips")


def _sold(book: Book) -> pd.DataFrame:
    lines = goods.lines(book)
    return lines[lines["flow"].eq("export")]


def _by_year(lines: pd.DataFrame, series: str) -> pd.DataFrame:
    if lines.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    groups = lines.groupby(["year", "tier"])
    out = groups["value"].sum().reset_index()
    held = groups["code"].agg(_joined).reset_index(drop=True)
    size, first = groups.size().reset_index(drop=True), groups["reference"].first().reset_index(drop=True)
    base = out[out["year"].eq(BASE)].set_index("tier")["value"]
    before = out["tier"].map(base)
    return out.assign(
        series=series,
        codes=held,
        period_start=pd.to_datetime(out["year"].astype("str") + "-01-01"),
        period_end=pd.to_datetime(out["year"].astype("str") + "-12-01"),
        base_value=before,
        change_pct=100 * (out["value"] / before - 1),
        currency="USD",
        valuation="FOB",
        classification=goods.EDITION,
        source="baci",
        status=groups["status"].first().reset_index(drop=True),
        released=groups["released"].max().reset_index(drop=True),
        reference="sum of " + size.astype("str") + " six-digit lines, first: " + first,
    ).reindex(columns=COLUMNS)


def _joined(codes: Iterable[str]) -> str:
    return " ".join(sorted(codes))


@lru_cache(maxsize=4)
def quoted(book: Book) -> pd.DataFrame:
    """Return the four famous figures with what each counts (``what``) and on which base (``base``), as quoted.

    Values in whole US$, shares in per cent; nothing is computed. One that the side table does not
    hold is left out.
    """
    held = book.side("dualuse")
    if held.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    parts = [_famous(held, *figure) for figure in FAMOUS]
    return pd.concat(parts, ignore_index=True)


def _famous(held: pd.DataFrame, category: str, measure: str, value: str) -> pd.DataFrame:
    found = held["category"].eq(category) & held["measure"].eq(measure) & held["value"].eq(value)
    rows = held[found & held["origin"].eq("CHN") & held["destination"].eq("RUS")].head(1)
    share = rows["unit"].eq("percent")
    number = rows["value"].astype("float64")
    list_ = _LISTS[category]
    what = f"share of Russia’s imports of {list_}" if measure.startswith("share") else f"{list_} from China"
    base = rows["seen_from"].map(_SEEN).fillna("not stated") + "; " + rows["note"].fillna("").str.replace(" %", "%")
    return pd.DataFrame(
        {
            "series": "quoted",
            "tier": category,
            "period_start": pd.to_datetime(rows["period_start"].str[:7] + "-01"),
            "period_end": pd.to_datetime(rows["period_end"].str[:7] + "-01"),
            "value": (number * 1e9).where(~share).round(),
            "share_pct": number.where(share),
            "what": what,
            "base": base,
            "precision": rows["note"].str.contains("lower bound").map({True: "at least", False: ""}),
            "currency": share.map({True: None, False: "USD"}),
            "source": rows["publisher"],
            "released": pd.to_datetime(rows["released"]),
            "reference": rows["reference"],
        }
    ).reindex(columns=COLUMNS)
