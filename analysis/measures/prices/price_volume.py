"""Price or volume: what each did to the change between two years, exactly."""

from collections.abc import Hashable
from typing import Any, Final

import pandas as pd

from analysis import basis, nomenclature
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.goods import hs6_lines
from analysis.measures.prices import fuel_price_volume
from analysis.measures.prices.weighed_goods import (
    BACI,
    CUSTOMS,
    GOODS,
    PRINTED,
    apart,
    bennet,
    frame,
    lines,
    refusal,
    years,
)
from analysis.source_names import name_of
from loaders.core import schema
from loaders.core.source_records import SourceRole

__all__ = ["BACI", "COLUMNS", "CUSTOMS", "GOODS", "bennet", "split", "years"]
COLUMNS: Final = schema.columns_of("price_volume")


@per_dataset(32)
def split(dataset: Dataset, first: int, last: int) -> pd.DataFrame:
    """Return a row a good: its change from one year to another, by price and by volume, whole US$.

    Count ``baci``: six-digit codes of Russia's exports to China split one by one and added up, so what
    moves between codes of a good counts as volume (codes that HS 2022 regrouped are split together).
    ``unsplit`` holds codes without a weight, or found in one of the years only: change = price + volume
    + unsplit. A good is refused, with the reason, where too much of it has no weight, where its tonnes
    contradict those that customs print, and where it is pipeline gas. Count ``customs``: the same split
    of fuels as Chinese customs count them, see ``fuel_price_volume``. Where the two years rest on
    no one basis neither change nor split is computed: values stand alone.
    """
    weighed = lines(dataset)
    sums = _summed(_matched(dataset, weighed, first, last))
    rows = [_good(dataset, good, sums[good], first, last) for good in GOODS if good in sums]
    rows += [row for good in PRINTED if (row := fuel_price_volume.split(dataset, good, first, last))]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.assign(released=pd.to_datetime(table["released"]).astype("datetime64[us]"))


def _matched(dataset: Dataset, weighed: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Join the codes of two years; a code of one year only has no price to compare."""
    before, after = (_grouped(dataset, weighed[weighed["year"].eq(year)], first, last) for year in (first, last))
    if before.empty or after.empty:
        return pd.DataFrame(columns=["good"])
    both = before.merge(after, on=["good", "code"], how="outer", suffixes=("", "_1"))
    effects = bennet(both["value"], both["net_weight_kg"], both["value_1"], both["net_weight_kg_1"])
    return both.join(effects)


def _grouped(dataset: Dataset, rows: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Add up the codes of a year that HS 2022 regrouped, where it lies between the years."""
    keep = ["good", "code", "value", "net_weight_kg", "released", "reference"]
    if not nomenclature.apart(*sorted((pd.Timestamp(first, 1, 1), pd.Timestamp(last, 1, 1)))):
        return rows[keep]
    names = ["+".join(sorted(nomenclature.of_2017(dataset, code).before)) for code in rows["code"]]
    groups = rows.assign(code=names).groupby(["good", "code"])
    summed = groups[["value", "net_weight_kg"]].sum(min_count=1)
    weighed = groups["net_weight_kg"].count().eq(groups.size())
    summed["net_weight_kg"] = summed["net_weight_kg"].where(weighed)
    return summed.assign(released=groups["released"].max(), reference=groups["reference"].first()).reset_index()


def _summed(both: pd.DataFrame) -> dict[Hashable, dict[Hashable, Any]]:
    """Add up the codes of each good; ``lost`` is the value, of both years, of codes that have no split."""
    if both.empty:
        return {}
    before, after = both["value"].fillna(0.0), both["value_1"].fillna(0.0)
    whole = both.assign(
        value_before=before,
        value=after,
        lines=1,
        lost=(before + after).where(both["price_effect"].isna(), 0.0),
        unsplit=(after - before).where(both["price_effect"].isna(), 0.0),
        released=both[["released", "released_1"]].max(axis=1),
        reference=both["reference"].fillna(both["reference_1"]),
    )
    added = ["value_before", "value", "price_effect", "volume_effect", "unsplit", "lost", "lines"]
    weights = {"net_weight_kg": "weight_before_kg", "net_weight_kg_1": "weight_kg"}
    groups = whole.groupby("good")
    sums = groups[[*added, *weights]].sum().rename(columns=weights)
    return sums.assign(released=groups["released"].max(), reference=groups["reference"].first()).to_dict("index")


def _good(dataset: Dataset, good: str, sums: dict[Hashable, Any], first: int, last: int) -> dict[str, Any]:
    """Return the row of one good, or refuse to split it."""
    parted = apart(dataset, good, first, last)
    change = float("nan") if parted else sums["value"] - sums["value_before"]
    missing = sums["lost"] / (sums["value"] + sums["value_before"])
    weights = (sums["weight_before_kg"], sums["weight_kg"])
    refused = parted or refusal(dataset, good, missing, weights, (first, last))
    split_up = ("price_effect", "volume_effect", "weight_before_kg", "weight_kg")
    based = hs6_lines.basis_of(dataset, "import", GOODS[good][0], last)
    return {
        **frame(BACI, good, first, last),
        **{name: sums[name] for name in ("value_before", "value", "released")},
        **{name: float("nan") if refused else sums[name] for name in split_up},
        "unsplit": change if refused else sums["unsplit"],
        "change": change,
        "refused": refused,
        "valuation": basis.Basis.read(based).valuation,
        "status": "derived",
        "source": name_of(SourceRole.MERGED),
        "reference": f"sums of {sums['lines']} six-digit codes, first: {sums['reference']}",
        "basis": based,
        "base_basis": "" if parted else based,
    }
