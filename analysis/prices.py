"""Price or volume: what each did to the change between two years, exactly."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis import energy, printed

if TYPE_CHECKING:
    from collections.abc import Hashable

    from analysis.book import Book

# Goods sold by weight, by the codes of the Harmonized System that hold them; fuels as the energy bill counts them.
OTHERS: Final = {
    "oil_products": ("2710",),
    "copper": ("7403",),
    "copper_ore": ("2603",),
    "iron_ore": ("2601",),
    "nickel": ("7502",),
    "aluminium": ("7601",),
    "timber": ("4403", "4407"),
    "pulp": ("4703",),
    "potash": ("3104",),
    "fish": ("0303",),
    "vegetable_oils": ("1512", "1514"),
    "soybeans": ("1201",),
}
GOODS: Final = {**energy.FUELS, **OTHERS}
NAMES: Final = {
    **energy.NAMES,
    "oil_products": "Oil products",
    "copper": "Copper",
    "copper_ore": "Copper ore",
    "iron_ore": "Iron ore",
    "nickel": "Nickel",
    "aluminium": "Aluminium",
    "timber": "Timber",
    "pulp": "Wood pulp",
    "potash": "Potash",
    "fish": "Frozen fish",
    "vegetable_oils": "Vegetable oils",
    "soybeans": "Soybeans",
}
_PRINTED: Final = {"crude": "2709", "coal": "COAL", "lng": "271111"}  # where the printed tonnes stand
_APART: Final = 0.15  # of the printed tonnes: a weight farther off than this is not believed
_MISSING: Final = 0.1  # of a good's value may lack a weight or a partner line before the good is refused
_GAS: Final = "BACI’s weight of pipeline gas is wrong"
COLUMNS: Final = (
    "basis",
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


def years(book: Book) -> list[int]:
    """Return the years that can be compared: those whose crude has a weight."""
    lines = _lines(book)
    crude = lines[lines["good"].eq("crude") & lines["net_weight_kg"].notna()]
    return sorted({int(year) for year in crude["year"]})


@lru_cache(maxsize=32)
def split(book: Book, first: int, last: int) -> pd.DataFrame:
    """Return a row a good: its change from one year to another, by price and by volume, whole US$.

    Basis ``baci``: six-digit codes of Russia's exports to China split one by one and added up, so what
    moves between codes of a good counts as volume. ``unsplit`` holds codes without a weight, or found
    in one of the years only: change = price + volume + unsplit. A good is refused, with the reason,
    where too much of it has no weight, where its tonnes contradict those that customs print, and
    where it is pipeline gas. Basis ``customs``: the same split of fuels as Chinese customs print them,
    where they print value and tonnes of both years.
    """
    lines = _lines(book)
    sums = _summed(_matched(lines[lines["year"].eq(first)], lines[lines["year"].eq(last)]))
    rows = [_good(book, good, sums[good], first, last) for good in GOODS if good in sums]
    rows += [row for good in _PRINTED if (row := _customs(book, good, first, last))]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.assign(released=pd.to_datetime(table["released"]).astype("datetime64[us]"))


@lru_cache(maxsize=4)
def _lines(book: Book) -> pd.DataFrame:
    """Return the six-digit lines of the goods, one classification only."""
    lines = energy.to_china(book)
    lines = lines[lines["classification"].eq("HS2017")]
    parts = [lines[lines["code"].str.startswith(codes)].assign(good=good) for good, codes in GOODS.items()]
    table = pd.concat(parts, ignore_index=True)
    return table.assign(year=table["period_start"].dt.year)


def _matched(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Join the codes of two years; a code of one year only has no price to compare."""
    if before.empty or after.empty:
        return pd.DataFrame(columns=["good"])
    keep = ["good", "code", "value", "net_weight_kg", "released", "reference"]
    both = before[keep].merge(after[keep], on=["good", "code"], how="outer", suffixes=("", "_1"))
    effects = bennet(both["value"], both["net_weight_kg"], both["value_1"], both["net_weight_kg_1"])
    return both.join(effects)


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
    change = sums["value"] - sums["value_before"]
    missing = sums["lost"] / (sums["value"] + sums["value_before"])
    refused = _refusal(book, good, missing, (sums["weight_before_kg"], sums["weight_kg"]), (first, last))
    split_up = ("price_effect", "volume_effect", "weight_before_kg", "weight_kg")
    return {
        **_frame("baci", good, first, last),
        **{name: sums[name] for name in ("value_before", "value", "released")},
        **{name: float("nan") if refused else sums[name] for name in split_up},
        "unsplit": change if refused else sums["unsplit"],
        "change": change,
        "refused": refused,
        "valuation": "FOB",
        "status": "derived",
        "source": "baci",
        "reference": f"sums of {sums['lines']} six-digit codes, first: {sums['reference']}",
    }


def _refusal(book: Book, good: str, missing: float, weights: tuple[float, float], both: tuple[int, int]) -> str | None:
    """Say why a good is not split; None where it is."""
    if good == "pipeline_gas":
        return _GAS
    if missing > _MISSING:
        return f"no weight, or no such code in one year, for {100 * missing:.0f}% of its value"
    for weight, year in zip(weights, both, strict=True):
        told = _told(book, good).get(year)
        if told and abs(weight / told - 1) > _APART:
            return f"BACI weighs {weight / 1e9:.1f} mt in {year}, {told / 1e9:.1f} mt were printed"
    return None


@lru_cache(maxsize=16)
def _told(book: Book, good: str) -> dict[int, float]:
    """Return the kilograms of a fuel that were printed, by year."""
    rows = printed.tonnes(book, _PRINTED[good]) if good in _PRINTED else pd.DataFrame()
    return {year: float(row["kg"]) for year, row in _whole_years(rows).items()}


@lru_cache(maxsize=16)
def _pairs(book: Book, good: str) -> dict[int, dict[Hashable, Any]]:
    """Return value and kilograms of a fuel as customs print them, by year."""
    return _whole_years(printed.from_russia(book, _PRINTED[good]))


def _whole_years(rows: pd.DataFrame) -> dict[int, dict[Hashable, Any]]:
    return {
        row["period_start"].year: row
        for row in rows.to_dict("records")
        if row["period_end"] == row["period_start"] + pd.DateOffset(months=11) and row["period_start"].month == 1
    }


def _customs(book: Book, good: str, first: int, last: int) -> dict[str, Any] | None:
    """Split a fuel by the figures that Chinese customs print, where both years have value and tonnes."""
    before, after = (_pairs(book, good).get(year) for year in (first, last))
    if before is None or after is None:
        return None
    effects = bennet(*(pd.Series([row[name]]) for row in (before, after) for name in ("value", "kg")))
    dates = [row["released"] for row in (before, after) if not pd.isna(row["released"])]
    sources = list(dict.fromkeys((before["source"], after["source"])))
    return {
        **_frame("customs", good, first, last),
        "price_effect": float(effects["price_effect"].iloc[0]),
        "volume_effect": float(effects["volume_effect"].iloc[0]),
        "value_before": before["value"],
        "value": after["value"],
        "change": after["value"] - before["value"],
        "unsplit": 0.0,
        "weight_before_kg": before["kg"],
        "weight_kg": after["kg"],
        "valuation": "CIF",
        "status": "preliminary" if "press" in sources else "derived",
        "source": " + ".join(sources),
        "released": max(dates, default=pd.NaT),
        "reference": " ; ".join(dict.fromkeys((before["reference"], after["reference"]))),
    }


def _frame(basis: str, good: str, first: int, last: int) -> dict[str, Any]:
    return {
        "basis": basis,
        "good": good,
        "codes": " ".join(GOODS[good]),
        "period_start": pd.Timestamp(first, 1, 1),
        "period_end": pd.Timestamp(last, 12, 1),
        "currency": "USD",
        "refused": None,
    }
