"""Dependence: the other's share of one's own trade, by year, flow and set of figures."""

from typing import Final

import pandas as pd

from analysis.basis import BASE_BASIS, BASIS, codes
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.monthly.series import SPANNED, WEAKNESS, weaker
from analysis.points import FLIPPED
from analysis.ratios import hhi, share
from analysis.readings import of_china
from analysis.source_names import reports, serves
from analysis.vintages import finest
from analysis.windows import calendar_years
from loaders.core import schema
from loaders.core.source_records import SourceRole, serving

# Among equals the earlier source wins; a share of one source's own two figures beats all others.
_ORDER: Final = serving(SourceRole.CHINA_WORLD)
_SIDE: Final = ("value", "valuation", "status", "source", "released", "reference", BASIS)
COLUMNS: Final = schema.columns_of("dependence")
APART: Final = "two_bases"  # why part over whole is a ratio and no share


@per_dataset(4)
def dependence(dataset: Dataset) -> pd.DataFrame:
    """Return both sides' shares by year, columns ``COLUMNS``, values in whole units, shares in per cent.

    ``share_pct`` = 100 * trade with the other / trade with the world, exports and imports apart, of one year,
    currency and basis. ``count`` says whose figures: side ``russia`` by ``national`` (Russian customs),
    ``imf`` (the IMF) and ``mirror`` (what China reports about Russia, over Russian customs' world total);
    side ``china`` by ``china``. Where part and whole rest on two bases, as in the mirror always, there is
    no share: ``ratio_pct`` is their ratio, ``basis`` and ``world_basis`` name both, ``reason`` says so.
    """
    years = _years(dataset)
    russia = years[years["reporter"].eq("RUS")]
    own = [
        _paired(russia[serves(russia, role)], count)
        for count, role in (("national", SourceRole.RUSSIA), ("imf", SourceRole.FUND))
    ]
    china = _paired(years[years["reporter"].eq("CHN") & years["source"].isin(_ORDER)], "china")
    rows = _divided(pd.concat([*own, _mirror(years), china], ignore_index=True))
    rows = rows.assign(side=rows["count"].eq("china").map({True: "china", False: "russia"}))
    rows = rows.merge(_concentration(dataset), on=["count", "flow", "period_start"], how="left")
    return rows[list(COLUMNS)].sort_values(["side", "count", "flow", "period_start"], ignore_index=True)


def _divided(rows: pd.DataFrame) -> pd.DataFrame:
    """Divide part by whole: a share on one basis, a ratio on two; what does not fit is left out."""
    ratio = 100 * share(rows["value"], rows["world_value"])
    same = rows[BASIS].eq(rows["world_basis"])
    rows = rows.assign(
        share_pct=ratio.where(same),
        ratio_pct=ratio.mask(same),
        reason=pd.Series("", index=rows.index, dtype="str").mask(~same, APART),
        **{BASE_BASIS: rows["world_basis"].where(same, "")},
    )
    return rows[ratio.notna()]


def _years(dataset: Dataset) -> pd.DataFrame:
    """Return totals of whole years in every vintage, each with its basis: as printed, and sums of twelve months."""
    known, trade = dataset.known, dataset.trade
    printed = _totals(trade)
    # the months that Russia's are derived from are summed below
    derived = serves(printed, SourceRole.RUSSIA) & printed["status"].eq("derived")
    printed = printed[calendar_years(printed) & ~derived]
    singles = _totals(known)
    singles = singles[schema.months(singles).eq(1) & serves(singles, SourceRole.OWN)]
    rows = pd.concat([printed.assign(made=printed["status"]), _summed(singles)], ignore_index=True)
    rows = rows.assign(**{BASIS: codes(dataset, rows.assign(status=rows["made"]))})
    return finest(rows, ["source", "reporter", "partner", "flow", "period_start", "currency", "status", BASIS])


def _totals(table: pd.DataFrame) -> pd.DataFrame:
    chosen = table["commodity_code"].eq("TOTAL") & table["flow"].isin(["export", "import"])
    chosen &= table["reporter"].isin(["CHN", "RUS"]) & table["partner"].isin(["CHN", "RUS", "WLD"])
    return schema.plain(table[chosen])


def _summed(months: pd.DataFrame) -> pd.DataFrame:
    """Add twelve months of one series to its year; eleven are no year. ``made`` is the weakest status among them."""
    year = months["period_start"].dt.year.rename("year")
    keys = ["source", "reporter", "partner", "flow", "currency", "valuation"]
    months = months.assign(weakness=months["status"].map(WEAKNESS.index)).sort_values("period_start", kind="stable")
    groups = months.groupby([*keys, year], as_index=False)
    sums = groups.agg(**SPANNED, months=("period_start", "nunique"), weakness=("weakness", "max"))
    reference = "sum of twelve months, first: " + sums["reference"]
    made = sums["weakness"].map(dict(enumerate(WEAKNESS)))
    return pd.DataFrame(sums[sums["months"].eq(12)].assign(status="derived", reference=reference, made=made))


def _paired(rows: pd.DataFrame, count: str) -> pd.DataFrame:
    """Set a reporter's trade with the other against its trade with the world, of one year and currency."""
    whole = rows[rows["partner"].eq("WLD")]
    return _best(rows[~rows["partner"].eq("WLD")], whole, count)


def _mirror(years: pd.DataFrame) -> pd.DataFrame:
    """Set China's sums of months about Russia, the flow turned round, against Russia's world total."""
    chosen = of_china(years) & serves(years, SourceRole.NOW)
    part = years[chosen & years["status"].eq("derived")]
    whole = years[reports(years, "RUS", "WLD") & serves(years, SourceRole.RUSSIA)]
    return _best(part.assign(flow=part["flow"].map(FLIPPED)), whole, "mirror")


def _best(part: pd.DataFrame, whole: pd.DataFrame, count: str) -> pd.DataFrame:
    """Join on flow, year and currency; one basis for both figures wins, then one source, then the better source."""
    keys = ["flow", "period_start", "period_end", "currency"]
    both = part[[*keys, *_SIDE]].merge(whole[[*keys, *_SIDE]], on=keys, suffixes=("", "_w"))
    order = both.assign(
        apart=both[BASIS].ne(both[f"{BASIS}_w"]),
        early=both[f"{BASIS}_w"].str.contains(" first ") | both[BASIS].str.contains(" first "),
        mixed=both["source"].ne(both["source_w"]),
        first=both["source"].map(_rank),
        second=both["source_w"].map(_rank),
        summed=both["status"].eq("derived"),
    ).sort_values(["apart", "early", "mixed", "first", "second", "summed"], kind="stable")
    best = order.drop_duplicates(["flow", "period_start"])
    named = {
        "value_w": "world_value",
        "valuation_w": "world_valuation",
        "source_w": "base_source",
        "reference_w": "world_reference",
        f"{BASIS}_w": "world_basis",
    }
    newest = best[["released", "released_w"]].max(axis=1)
    status = weaker(best["status"], best["status_w"])
    return best.assign(status=status, released=newest, count=count).rename(columns=named)


def _rank(source: str) -> int:
    return _ORDER.index(source) if source in _ORDER else len(_ORDER)


def _concentration(dataset: Dataset) -> pd.DataFrame:
    """Return the concentration of Russia's partners by year and flow, from the IMF's figures by partner."""
    known = dataset.known
    chosen = serves(known, SourceRole.FUND) & known["reporter"].eq("RUS") & known["commodity_code"].eq("TOTAL")
    rows = known[chosen & schema.months(known).eq(12)].astype({"flow": "str", "partner": "str"})
    indices = []
    for (flow, start), part in rows.groupby(["flow", "period_start"]):
        world = part["partner"].eq("WLD")
        whole = float(part.loc[world, "value"].sum())
        indices.append(("imf", flow, start, hhi(part.loc[~world & part["partner"].ne("EUU"), "value"], whole)))
    out = pd.DataFrame(indices, columns=["count", "flow", "period_start", "hhi"])
    return out.astype({"period_start": rows["period_start"].dtype})
