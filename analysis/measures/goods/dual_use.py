"""Goods of possible military use: China's exports to Russia of the Common High Priority List, and figures quoted."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from analysis import nomenclature
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.goods import goods, hs6_lines, reasons
from analysis.measures.goods.priority_list import Member, members
from analysis.source_names import name_of
from loaders.core import schema
from loaders.core.source_records import SourceRole

COMPARABLE: Final = "comparable"
CHIPS: Final = ("8541", "8542")
TIERS: Final = ("1", "2", "3.A", "3.B", "4.A", "4.B")
COLUMNS: Final = schema.columns_of("dual_use")
# The figures that are quoted everywhere, each under a name: category, measure and value as in the side table.
QUOTED: Final = {
    "supplied": ("high_priority_items", "share_of_russian_imports", "90"),
    "dispatched": ("high_priority_items", "share_of_russian_imports", "56.3"),
    "month": ("high_priority_items", "value", "0.3"),
    "defence": ("microelectronics_defence_base", "value", "0.5"),
}
_SEEN: Final = ("RUS", "CHN")


def _chosen(dataset: Dataset, listing: str) -> tuple[Member, ...]:
    """Return the members that are added up: those that HS 2022 left whole, or all that have a carrier."""
    return tuple(one for one in members(dataset) if one.carriers and (listing != COMPARABLE or not one.reason))


@per_dataset(8)
def left_out(dataset: Dataset, listing: str = COMPARABLE) -> pd.DataFrame:
    """Return, tier by tier and reason by reason, the listed codes that are not added up, without a value."""
    inside, tiers = set(_chosen(dataset, listing)), by_tier(dataset, listing)
    rows = [(one.tier, one.code, one.reason) for one in members(dataset) if one not in inside]
    if not rows or tiers.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    table = pd.DataFrame(rows, columns=["tier", "codes", "apart"])
    first = dataset.side("chpl").iloc[0]
    return (
        table.groupby(["tier", "apart"], as_index=False)
        .agg({"codes": _joined})
        .assign(
            series="not measurable",
            period_start=tiers["period_start"].min(),
            period_end=tiers["period_end"].max(),
            what="",
            classification=goods.EDITION,
            source="U.S. Bureau of Industry and Security",
            released=pd.Timestamp(str(first["released"])) if "released" in first else None,
            reference=first.get("reference"),
            basis="",
            base_basis="",
        )
        .reindex(columns=COLUMNS)
    )


@per_dataset(8)
def by_tier(dataset: Dataset, listing: str = COMPARABLE) -> pd.DataFrame:
    """Return China's exports to Russia by tier and year, whole US$ (BACI, free on board, edition of 2017).

    ``listing`` ``comparable`` adds up the listed codes whose goods HS 2022 left whole, by the codes of 2017
    that carry them; ``all`` adds those that kept their number alone. ``change_pct`` is
    ``100 * (value / base - 1)`` on the year before, where both years rest on one basis (and, of ``all``, in
    one edition); else it is empty and ``apart`` says why. What was summed stands in ``codes``.
    """
    chosen = _chosen(dataset, listing)
    tiers = {code: one.tier for one in chosen for code in one.carriers}
    sold = _sold(dataset)
    table = _by_year(dataset, sold.assign(tier=sold["code"].map(tiers)).dropna(subset=["tier"]), "tier")
    marked = tuple(code for one in chosen if one.reason for code in one.carriers)
    listed = {tier: _joined(one.code for one in chosen if one.tier == tier) for tier in set(tiers.values())}
    return _compared(dataset, table.assign(listed=table["tier"].map(listed)), marked)


@per_dataset(4)
def chips(dataset: Dataset) -> pd.DataFrame:
    """Return the whole of HS 8541 and 8542 by year, in the same way as one tier; it overlaps the list."""
    sold = _sold(dataset)
    rows = _by_year(dataset, sold[sold["code"].str.startswith(CHIPS)].assign(tier="8541+8542"), "chips")
    return _compared(dataset, rows, () if nomenclature.closes(dataset, *CHIPS) else CHIPS)


def _sold(dataset: Dataset) -> pd.DataFrame:
    lines = goods.lines(dataset)
    return lines[lines["flow"].eq("export")]


def _by_year(dataset: Dataset, lines: pd.DataFrame, series: str) -> pd.DataFrame:
    """Sum lines to years and tiers, each with its basis."""
    if lines.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    groups = lines.groupby(["year", "tier"])
    size, first = groups.size().reset_index(drop=True), groups["reference"].first().reset_index(drop=True)
    out = groups["value"].sum().reset_index()
    based = {year: hs6_lines.basis_of(dataset, "export", schema.TOTAL, int(year)) for year in out["year"].unique()}
    return out.assign(
        series=series,
        codes=groups["code"].agg(_joined).reset_index(drop=True),
        period_start=pd.to_datetime(out["year"].astype("str") + "-01-01"),
        period_end=pd.to_datetime(out["year"].astype("str") + "-12-01"),
        currency="USD",
        valuation="FOB",
        classification=goods.EDITION,
        source=name_of(SourceRole.MERGED),
        status=groups["status"].first().reset_index(drop=True),
        released=groups["released"].max().reset_index(drop=True),
        reference="sum of " + size.astype("str") + " six-digit lines, first: " + first,
        basis=out["year"].map(based),
    ).reindex(columns=COLUMNS)


def _compared(dataset: Dataset, rows: pd.DataFrame, marked: tuple[str, ...]) -> pd.DataFrame:
    """Add the year before and the rate on it; ``marked`` are codes whose goods are others since HS 2022."""
    if rows.empty:
        return rows
    years = rows["period_start"].dt.year
    values = {(tier, year): value for tier, year, value in zip(rows["tier"], years, rows["value"], strict=True)}
    before = [values.get((tier, year - 1)) for tier, year in zip(rows["tier"], years, strict=True)]
    reasons = {year: _why(dataset, int(year), marked) for year in years.unique()}
    apart = years.map(reasons).where(pd.Series(before, index=rows.index).notna())
    base = pd.Series(before, index=rows.index, dtype="float64").where(apart.isna())
    start = rows["period_start"] - pd.DateOffset(years=1)
    return rows.assign(
        apart=apart,
        base_value=base,
        base_start=start.where(base.notna()),
        change_pct=100 * (rows["value"] / base - 1),
        base_basis=rows["basis"].where(base.notna(), ""),
    )


def _why(dataset: Dataset, year: int, marked: tuple[str, ...]) -> str | None:
    """Say why a year is not compared with the one before."""
    counted = hs6_lines.why(dataset, "export", year - 1, year)
    if counted or not marked or year != nomenclature.CHANGED.year:
        return counted
    return reasons.written("refilled_codes", codes=reasons.BETWEEN.join(marked))


def _joined(codes: Iterable[str]) -> str:
    return " ".join(sorted(codes))


@per_dataset(4)
def quoted(dataset: Dataset) -> pd.DataFrame:
    """Return the four quoted figures; ``what`` and ``base`` are their name in ``QUOTED``.

    Values in whole US$, shares in per cent; nothing is computed. One that the side table does not
    hold is left out.
    """
    quotes = dataset.side("dualuse")
    if quotes.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    parts = [_quote(quotes, name) for name in QUOTED]
    return pd.concat(parts, ignore_index=True)


def _quote(quotes: pd.DataFrame, name: str) -> pd.DataFrame:
    category, measure, value = QUOTED[name]
    same = quotes["category"].eq(category) & quotes["measure"].eq(measure) & quotes["value"].eq(value)
    rows = quotes[same & quotes["origin"].eq("CHN") & quotes["destination"].eq("RUS")].head(1)
    share = rows["unit"].eq("percent")
    number = rows["value"].astype("float64")
    counted = rows["seen_from"].where(rows["seen_from"].isin(list(_SEEN)), "unknown") + " unknown none first printed"
    return pd.DataFrame(
        {
            "series": "quoted",
            "tier": category,
            "period_start": pd.to_datetime(rows["period_start"].str[:7] + "-01"),
            "period_end": pd.to_datetime(rows["period_end"].str[:7] + "-01"),
            "value": (number * 1e9).where(~share).round(),
            "share_pct": number.where(share),
            "what": name,
            "base": name,
            "precision": rows["note"].str.contains("lower bound").map({True: "at least", False: ""}),
            "currency": share.map({True: None, False: "USD"}),
            "source": rows["publisher"],
            "released": pd.to_datetime(rows["released"]),
            "reference": rows["reference"],
            "basis": counted,
            "base_basis": counted.where(share, ""),
        }
    ).reindex(columns=COLUMNS)
