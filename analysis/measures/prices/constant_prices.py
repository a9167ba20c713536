"""Growth at constant prices: a chained Laspeyres index of the volume of what China buys from Russia by weight."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.goods import goods, hs6_lines, reasons
from analysis.measures.prices import price_volume
from analysis.measures.prices.weighed_goods import lines
from analysis.source_names import name_of
from loaders.core import schema
from loaders.core.source_records import SourceRole

LEAST: Final = 0.6  # of the value of all goods bought, in both years, that must have a weight which is trusted
KINDS: Final = ("volume", "price", "value")
COLUMNS: Final = schema.columns_of("constant_prices")


Weighed = tuple[str, float, float]  # a good, and by how many per cent its weight grew in BACI and in customs' prints


@dataclass(frozen=True)
class Link:
    """One year on the year before: indices of volume, price and value (100 is the year before) of what is weighed.

    ``coverage`` is the smaller of the two years' shares (0 to 1) of what is weighed in all goods; ``value`` and
    ``base_value`` are whole US$ of what is weighed; ``refused`` says why there is no index, ``check`` what
    weights customs print of the same goods.
    """

    volume: float
    price: float
    value_index: float
    coverage: float
    value: float
    base_value: float
    goods: tuple[str, ...]
    refused: str | None = None
    check: tuple[Weighed, ...] = ()


def laspeyres(value: pd.Series, weight: pd.Series, weight_1: pd.Series) -> float:
    """Return the Laspeyres index of volume of a year, the year before being 100.

    With price p = value / weight: 100 * sum(p0 * w1) / sum(p0 * w0), over the goods whose weight and value
    are above zero; empty without any. Unit values stand in for prices. Formula and chaining year on year:
    System of National Accounts 2008, chapter 15; unit values: International Monetary Fund, Export and Import
    Price Index Manual (2009), chapter 2.
    """
    known = weight.gt(0) & weight_1.gt(0) & value.gt(0)
    at_old_prices = (value / weight * weight_1)[known].sum()
    return float(100 * at_old_prices / value[known].sum()) if known.any() else float("nan")


@per_dataset(32)
def link(dataset: Dataset, year: int) -> Link:
    """Return the link of a year of BACI to the year before.

    Goods whose weight is refused by the split of price and volume (``price_volume.split``) stay out of it.
    """
    whole = price_volume.split(dataset, year - 1, year)
    table = whole[whole["count"].eq(price_volume.BACI)]
    kept = tuple(table.loc[table["refused"].isna(), "good"])
    counted = hs6_lines.counting(dataset, "import", year - 1, year)
    if counted:
        return _refused(counted)
    both = _pairs(dataset, kept, year)
    wholes = [_all(dataset, one) for one in (year - 1, year)]
    if both.empty or not all(wholes):
        return _refused(reasons.written("unweighed"))
    sums = float(both["value"].sum()), float(both["value_1"].sum())
    coverage = min(part / whole for part, whole in zip(sums, wholes, strict=True))
    if coverage < LEAST:
        covered, asked = f"{100 * coverage:.0f}", f"{100 * LEAST:.0f}"
        return _refused(reasons.written("coverage", held=covered, asked=asked), coverage)
    volume = laspeyres(both["value"], both["net_weight_kg"], both["net_weight_kg_1"])
    value = 100 * sums[1] / sums[0]
    return Link(volume, 100 * value / volume, value, coverage, sums[1], sums[0], kept, check=_check(whole, kept))


def _check(table: pd.DataFrame, kept: tuple[str, ...]) -> tuple[Weighed, ...]:
    """Return how weights grew in BACI and as customs print them, per cent, good by good."""
    rows = table[table["good"].isin(kept) & table["refused"].isna()].set_index(["good", "count"])
    grown = 100 * (rows["weight_kg"] / rows["weight_before_kg"] - 1)
    printed = [str(good) for good, count in rows.index if count == price_volume.CUSTOMS]
    return tuple((good, grown[good, price_volume.BACI], grown[good, price_volume.CUSTOMS]) for good in printed)


def _refused(why: str | None, coverage: float = float("nan")) -> Link:
    nothing = float("nan")
    return Link(nothing, nothing, nothing, coverage, nothing, nothing, (), why)


def _pairs(dataset: Dataset, kept: tuple[str, ...], year: int) -> pd.DataFrame:
    """Return the codes of the goods that are weighed in both years, side by side."""
    weighed = lines(dataset)
    weighed = weighed[weighed["good"].isin(kept)]
    keys = ["good", "code", "value", "net_weight_kg"]
    before, after = (weighed.loc[weighed["year"].eq(one), keys] for one in (year - 1, year))
    both = before.merge(after, on=["good", "code"], suffixes=("", "_1"))
    figures = both[["value", "value_1", "net_weight_kg", "net_weight_kg_1"]]
    return pd.DataFrame(both[figures.gt(0).all(axis=1)])


def _all(dataset: Dataset, year: int) -> float:
    rows = goods.lines(dataset)
    return float(rows.loc[rows["flow"].eq("import") & rows["year"].eq(year), "value"].sum())


@per_dataset(8)
def index(dataset: Dataset, first: int | None = None, last: int | None = None) -> pd.DataFrame:
    """Return the chained indices of volume, price and value by year, of the years asked for; columns ``COLUMNS``.

    The first year is 100, and so is each year that cannot be linked to the one before (``refused`` says
    why): what lies on either side of it is not compared. ``change_pct`` is on the year before;
    volume times price gives value.
    """
    chosen = [year for year in goods.years(dataset) if (first or 0) <= year <= (last or 9999)]
    rows: list[dict[str, Any]] = []
    level, start = dict.fromkeys(KINDS, 100.0), chosen[0] if chosen else 0
    for year in chosen:
        one = link(dataset, year) if year - 1 in chosen else None
        if one is None or one.refused:
            level, start = dict.fromkeys(KINDS, 100.0), year
        else:
            steps = dict(zip(KINDS, (one.volume, one.price, one.value_index), strict=True))
            level = {kind: level[kind] * steps[kind] / 100 for kind in KINDS}
        rows += [_row(dataset, kind, level[kind], year, start, one) for kind in KINDS]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.assign(released=pd.to_datetime(table["released"]).astype("datetime64[us]"))


def _row(dataset: Dataset, kind: str, level: float, year: int, start: int, one: Link | None) -> dict[str, Any]:
    one = one or _refused(None)
    steps = {"volume": one.volume, "price": one.price, "value": one.value_index}
    based = hs6_lines.basis_of(dataset, "import", schema.TOTAL, year)
    weighed = lines(dataset)
    own = weighed[weighed["year"].eq(year)]
    return {
        "kind": kind,
        "flow": "import",
        "codes": " ".join(code for good in one.goods for code in price_volume.GOODS[good]),
        "period_start": pd.Timestamp(year, 1, 1),
        "period_end": pd.Timestamp(year, 12, 1),
        "index": level,
        "change_pct": steps[kind] - 100,
        "coverage_pct": 100 * one.coverage,
        "refused": one.refused,
        "check": " ".join(f"{good}:{baci:.0f}:{printed:.0f}" for good, baci, printed in one.check),
        "base_start": pd.Timestamp(start, 1, 1),
        "value": one.value,
        "base_value": one.base_value,
        "goods": " ".join(one.goods),
        "currency": "USD",
        "valuation": based.split(" ")[1],
        "classification": goods.EDITION,
        "source": name_of(SourceRole.MERGED),
        "status": "derived",
        "released": own["released"].max(),
        "reference": f"sums of {len(own)} six-digit codes, first: {own['reference'].iloc[0]}" if len(own) else "none",
        "basis": based,
        "base_basis": based,
    }
