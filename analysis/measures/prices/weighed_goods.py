"""Goods that are sold by weight: their six-digit lines, and the weights that cannot be trusted."""

from collections.abc import Hashable
from typing import Any, Final

import pandas as pd

from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.energy import definitions as energy
from analysis.measures.energy import fuel_tonnes
from analysis.measures.goods import goods, hs6_lines, reasons

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
BACI: Final = "baci"
CUSTOMS: Final = "customs"
PRINTED: Final = {"crude": "2709", "coal": "COAL", "lng": "271111"}  # where the printed tonnes stand
_APART: Final = 0.15  # of the printed tonnes: a weight farther off than this is not believed
_MISSING: Final = 0.1  # of a good's value may lack a weight or a partner line before the good is refused


def years(dataset: Dataset) -> list[int]:
    """Return the years that can be compared: those whose crude has a weight."""
    weighed = lines(dataset)
    crude = weighed[weighed["good"].eq("crude") & weighed["net_weight_kg"].notna()]
    return sorted({int(year) for year in crude["year"]})


@per_dataset(4)
def lines(dataset: Dataset) -> pd.DataFrame:
    """Return the six-digit lines of the goods: good, code, year, value, weight; one classification only."""
    rows = goods.lines(dataset)
    rows = rows[rows["flow"].eq("import")]
    parts = [rows[rows["code"].str.startswith(codes)].assign(good=good) for good, codes in GOODS.items()]
    return pd.concat(parts, ignore_index=True)


def apart(dataset: Dataset, good: str, first: int, last: int) -> str | None:
    """Return the reason why two years of a good in BACI rest on no one basis; None where they do."""
    why = (hs6_lines.counting(dataset, "import", first, last, code) for code in GOODS[good])
    return next((reason for reason in why if reason), None)


def refusal(
    dataset: Dataset, good: str, missing: float, weights: tuple[float, float], both: tuple[int, int]
) -> str | None:
    """Return the reason why a good is not split; None where it is."""
    if good == "pipeline_gas":
        return reasons.written("gas")
    if missing > _MISSING:
        return reasons.written("no_weight", share=f"{100 * missing:.0f}")
    for weight, year in zip(weights, both, strict=True):
        printed = _printed_kg(dataset, good).get(year)
        if printed and abs(weight / printed - 1) > _APART:
            return reasons.written("weights", year=year, weighed=f"{weight / 1e9:.1f}", printed=f"{printed / 1e9:.1f}")
    return None


@per_dataset(16)
def _printed_kg(dataset: Dataset, good: str) -> dict[int, float]:
    """Return the kilograms of a fuel that were printed, by year."""
    rows = fuel_tonnes.tonnes(dataset, PRINTED[good]) if good in PRINTED else pd.DataFrame()
    return {year: float(row["kg"]) for year, row in whole_years(rows).items()}


def whole_years(rows: pd.DataFrame) -> dict[int, dict[Hashable, Any]]:
    """Return the rows of whole years by year."""
    return {
        row["period_start"].year: row
        for row in rows.to_dict("records")
        if row["period_end"] == row["period_start"] + pd.DateOffset(months=11) and row["period_start"].month == 1
    }


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


def frame(count: str, good: str, first: int, last: int) -> dict[str, Any]:
    """Return the cells that every row of a split has."""
    return {
        "count": count,
        "good": good,
        "codes": " ".join(GOODS[good]),
        "period_start": pd.Timestamp(first, 1, 1),
        "period_end": pd.Timestamp(last, 12, 1),
        "currency": "USD",
        "refused": None,
    }
