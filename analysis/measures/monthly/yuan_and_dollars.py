"""The same growth in yuan and in US dollars, and what lies between the two: the exchange rate."""

from typing import Final

import pandas as pd

from analysis.basis import BASE_BASIS, BASIS
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.monthly.by_basis import CONVERTED, CONVERTED_NOW, KIND, NOW, PRINTED
from analysis.measures.monthly.growth import WAY, to_date

YUAN: Final = "yuan"
DOLLARS: Final = "US dollars"
RATE: Final = "yuan per US dollar"
# Yuan and dollars of these kinds are one set of figures in two currencies; the earlier pair is shown.
_PAIRS: Final = ((PRINTED, CONVERTED), (CONVERTED_NOW, NOW), (PRINTED, PRINTED))
_CELL: Final = ["flow", "period_start", "period_end", "months"]
_SAME: Final = [*_CELL, "pair", WAY]  # sums of months meet sums of months, prints of years to date such prints
_CNY, _USD = "_cny", "_usd"


@per_dataset(4)
def both(dataset: Dataset) -> pd.DataFrame:
    """Return three rows a flow and year to date: growth in yuan, in US dollars, and of the rate between them.

    ``yoy_pct`` is computed, in per cent, each on its own basis; the rate's ``value`` is yuan over dollars
    of the window (the mean rate, weighted by trade), so that
    ``(1 + yuan) = (1 + dollars) * (1 + rate)`` exactly. Only figures of one set in both currencies are joined.
    """
    sides = [_one(to_date(dataset, currency)) for currency in ("CNY", "USD")]
    joined = sides[0].merge(sides[1], on=_SAME, suffixes=(_CNY, _USD))
    joined = joined.sort_values("pair", kind="stable").drop_duplicates(_CELL)
    rows = pd.concat([_side(joined, YUAN, _CNY), _side(joined, DOLLARS, _USD), _rate(joined)], ignore_index=True)
    return rows.sort_values([*_CELL, "series"], ignore_index=True)


def _one(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep what has a base, once for each pair of kinds that it may stand in."""
    based = rows[rows["base_value"].notna()]
    currency = 0 if rows["currency"].eq("CNY").all() else 1
    parts = [based[based[KIND].eq(pair[currency])].assign(pair=place) for place, pair in enumerate(_PAIRS)]
    return pd.concat(parts, ignore_index=True).drop_duplicates(_SAME)


def _side(joined: pd.DataFrame, name: str, suffix: str) -> pd.DataFrame:
    own = {column: column.removesuffix(suffix) for column in joined.columns.astype("str") if column.endswith(suffix)}
    rows = joined[[*_CELL, *own]].rename(columns=own)
    rate = 100 * (rows["value"] / rows["base_value"] - 1)
    return rows.assign(series=name, yoy_pct=rate, **{BASE_BASIS: rows[BASIS]})


def _rate(joined: pd.DataFrame) -> pd.DataFrame:
    rows = _side(joined, RATE, _USD)
    now = joined[f"value{_CNY}"] / joined[f"value{_USD}"]
    before = joined[f"base_value{_CNY}"] / joined[f"base_value{_USD}"]
    return rows.assign(
        value=now, base_value=before, currency="CNY per USD", yoy_pct=100 * (now / before - 1), rounding=float("nan")
    )
