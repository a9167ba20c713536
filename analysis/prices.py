"""Price or volume: what each did to the change between two years, exactly."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis import basis, goods_lines, nomenclature, printed
from analysis.weighed import GOODS, NAMES, PRINTED, apart, lines, refusal, whole_years, years

if TYPE_CHECKING:
    from collections.abc import Hashable

    from analysis.book import Book

__all__ = ["BACI", "COLUMNS", "CUSTOMS", "GOODS", "NAMES", "bennet", "split", "years"]
BACI: Final = "baci"
CUSTOMS: Final = "customs"
COLUMNS: Final = (
    "count",
    "good",
    "codes",
    "period_start",
    "period_end",
    "value_before",
    "value",
    "change",
    "price_effect",
    "volume_effect",
    "unsplit",
    "weight_before_kg",
    "weight_kg",
    "refused",
    "currency",
    "valuation",
    "status",
    "source",
    "released",
    "reference",
    "basis",
    "base_basis",
)


def bennet(value: pd.Series, weight: pd.Series, value_1: pd.Series, weight_1: pd.Series) -> pd.DataFrame:
    """Split ``value_1 - value`` into ``price_effect`` and ``volume_effect``, in the unit of the values.

    With price p = value / weight: price effect = (p1 - p0) * (w0 + w1) / 2, volume effect =
    (w1 - w0) * (p0 + p1) / 2. The two add up to the change, without a residual. Empty where a weight
    or a value is missing or not above zero. Formula: T. L. Bennet, Journal of the Royal Statistical
    Society 83 (1920), pages 455 to 462.
    """
    known = weight.gt(0) & weight_1.gt(0) & value.gt(0) & value_1.gt(0)
    before, after = (value / weight).where(known), (value_1 / weight_1).where(known)
    return pd.DataFrame(
        {
            "price_effect": (after - before) * (weight + weight_1) / 2,
            "volume_effect": (weight_1 - weight) * (before + after) / 2,
        }
    )


@lru_cache(maxsize=32)
def split(book: Book, first: int, last: int) -> pd.DataFrame:
    """Return a row a good: its change from one year to another, by price and by volume, whole US$.

    Count ``baci``: six-digit codes of Russia's exports to China split one by one and added up, so what
    moves between codes of a good counts as volume (codes that HS 2022 regrouped are split together).
    ``unsplit`` holds codes without a weight, or found in one of the years only: change = price + volume
    + unsplit. A good is refused, with the reason, where too much of it has no weight, where its tonnes
    contradict those that customs print, and where it is pipeline gas. Count ``customs``: the same split
    of fuels as Chinese customs print them, where they print value and tonnes of both years. Where the two
    years rest on no one basis neither change nor split is computed: values stand alone.
    """
    held = lines(book)
    sums = _summed(_matched(book, held, first, last))
    rows = [_good(book, good, sums[good], first, last) for good in GOODS if good in sums]
    rows += [row for good in PRINTED if (row := _customs(book, good, first, last))]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.assign(released=pd.to_datetime(table["released"]).astype("datetime64[us]"))


def _matched(book: Book, held: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Join the codes of two years; a code of one year only has no price to compare."""
    before, after = (_grouped(book, held[held["year"].eq(year)], first, last) for year in (first, last))
    if before.empty or after.empty:
        return pd.DataFrame(columns=["good"])
    both = before.merge(after, on=["good", "code"], how="outer", suffixes=("", "_1"))
    effects = bennet(both["value"], both["net_weight_kg"], both["value_1"], both["net_weight_kg_1"])
    return both.join(effects)


def _grouped(book: Book, rows: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Add up the codes of a year that HS 2022 regrouped, where it lies between the years."""
    keep = ["good", "code", "value", "net_weight_kg", "released", "reference"]
    if not nomenclature.apart(*sorted((pd.Timestamp(first, 1, 1), pd.Timestamp(last, 1, 1)))):
        return rows[keep]
    names = ["+".join(sorted(nomenclature.of_2017(book, code).before)) for code in rows["code"]]
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


def _good(book: Book, good: str, sums: dict[Hashable, Any], first: int, last: int) -> dict[str, Any]:
    """Return the row of one good, or refuse to split it."""
    parted = apart(book, good, first, last)
    change = float("nan") if parted else sums["value"] - sums["value_before"]
    missing = sums["lost"] / (sums["value"] + sums["value_before"])
    weights = (sums["weight_before_kg"], sums["weight_kg"])
    refused = parted or refusal(book, good, missing, weights, (first, last))
    split_up = ("price_effect", "volume_effect", "weight_before_kg", "weight_kg")
    based = str(_based(book, good, last))
    return {
        **_frame(BACI, good, first, last),
        **{name: sums[name] for name in ("value_before", "value", "released")},
        **{name: float("nan") if refused else sums[name] for name in split_up},
        "unsplit": change if refused else sums["unsplit"],
        "change": change,
        "refused": refused,
        "valuation": basis.Basis.read(based).valuation,
        "status": "derived",
        "source": "baci",
        "reference": f"sums of {sums['lines']} six-digit codes, first: {sums['reference']}",
        "basis": based,
        "base_basis": "" if parted else based,
    }


def _based(book: Book, good: str, year: int) -> str:
    rows = pd.DataFrame({"flow": ["import"], "code": [GOODS[good][0]]})
    return str(goods_lines.based(book, rows, year).iloc[0])


@lru_cache(maxsize=16)
def _pairs(book: Book, good: str) -> dict[int, dict[Hashable, Any]]:
    """Return value and kilograms of a fuel as customs print them, by year."""
    return whole_years(printed.from_russia(book, PRINTED[good]))


def _customs(book: Book, good: str, first: int, last: int) -> dict[str, Any] | None:
    """Split a fuel by the figures that Chinese customs print, where both years have value and tonnes on one basis."""
    before, after = (_pairs(book, good).get(year) for year in (first, last))
    if before is None or after is None:
        return None
    effects = bennet(*(pd.Series([row[name]]) for row in (before, after) for name in ("value", "kg"))).iloc[0]
    dates = [row["released"] for row in (before, after) if not pd.isna(row["released"])]
    sources = list(dict.fromkeys((before["source"], after["source"])))
    based, base = (_printed_basis(book, good, row) for row in (after, before))
    one, nothing = based == base, float("nan")
    prints = (basis.Basis.read(code).print for code in (base, based))
    change = after["value"] - before["value"] if one else nothing
    return {
        **_frame(CUSTOMS, good, first, last),
        "price_effect": float(effects["price_effect"]) if one else nothing,
        "volume_effect": float(effects["volume_effect"]) if one else nothing,
        "value_before": before["value"],
        "value": after["value"],
        "change": change,
        "unsplit": 0.0 if one else nothing,
        "weight_before_kg": before["kg"],
        "weight_kg": after["kg"],
        "refused": None if one else "customs’ prints of the two years: {}, {}".format(*(f"{p}" for p in prints)),
        "valuation": "CIF",
        "status": "preliminary" if "press" in sources else "derived",
        "source": " + ".join(sources),
        "released": max(dates, default=pd.NaT),
        "reference": " ; ".join(dict.fromkeys((before["reference"], after["reference"]))),
        "basis": based,
        "base_basis": based if one else "",
    }


def _printed_basis(book: Book, good: str, row: dict[Hashable, Any]) -> str:
    """Return the basis of what customs print of a fuel; no edition since 2017 changed chapter 27."""
    cells = pd.DataFrame([{name: row[name] for name in ("source", "status", "period_start")}])
    fixed = {"flow": "import", "commodity_code": GOODS[good][0], "valuation": "CIF"}
    return str(basis.codes(book, cells, classification=nomenclature.ANY, **fixed).iloc[0])


def _frame(count: str, good: str, first: int, last: int) -> dict[str, Any]:
    return {
        "count": count,
        "good": good,
        "codes": " ".join(GOODS[good]),
        "period_start": pd.Timestamp(first, 1, 1),
        "period_end": pd.Timestamp(last, 12, 1),
        "currency": "USD",
        "refused": None,
    }
