"""Growth as it was printed, set beside growth as computed from the figures of now."""

from collections.abc import Hashable
from typing import Final

import pandas as pd

from analysis import readings
from analysis.basis import BASE_BASIS, BASIS, Basis, Print, valuation_of
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.monthly.series import alone
from analysis.recomputations.figures import matches
from analysis.source_names import serves
from loaders.core import schema
from loaders.core.source_records import SourceRole

MONTH: Final = "printed, month"
TO_DATE: Final = "printed, year to date"
TOLERATED: Final = 0.1  # points: a smaller difference may be the rounding of either
_TOLD: Final = {
    "yoy_pct": "printed_pct",
    "printed": "printed",
    "source": "printed_source",
    "released": "printed_released",
    "reference": "printed_reference",
}
COLUMNS: Final = schema.columns_of("printed_rates")


@per_dataset(4)
def table(dataset: Dataset) -> pd.DataFrame:
    """Return every rate printed for China's trade with Russia by month or from January on; ``COLUMNS``.

    ``yoy_pct`` is in per cent as printed, ``printed`` the same with its digits, ``currency`` the one it
    was counted in, empty where the paper does not say. The same rate of the same window counts once,
    by its first print. January or February alone is left out where the two are printed together.
    """
    rows = readings.printed_rates(dataset)
    if rows.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    rows = rows.assign(printed=rows["yoy_pct"], yoy_pct=pd.to_numeric(rows["yoy_pct"]), status="preliminary")
    for column in ("period_start", "period_end", "released"):
        rows[column] = pd.to_datetime(rows[column], format="ISO8601").astype(schema.UNIT)
    rows["months"] = schema.months(rows)
    january = rows["period_start"].dt.month.eq(1)
    single = rows["months"].eq(1) | (january & rows["months"].eq(2))
    rows["series"] = single.map({True: MONTH, False: TO_DATE})
    kept = rows[(single | january) & ~alone(rows)]
    kept = pd.concat([kept, kept[kept["months"].eq(2)].assign(series=TO_DATE)])
    return pd.DataFrame(kept[list(COLUMNS)]).sort_values(["series", "period_end", "released"], ignore_index=True)


@per_dataset(8)
def leading(dataset: Dataset, currency: str) -> pd.DataFrame:
    """Return the rate that customs print in ``currency`` for each flow and year to date: one a window.

    Columns flow, period_start, period_end, printed_pct (per cent), printed (as written), printed_source,
    printed_released, printed_reference. Customs' own tables come first, then the earliest paper; of rates
    that agree within the coarser one's rounding the finer counts.
    """
    rows = table(dataset)
    rows = rows[rows["series"].eq(TO_DATE) & rows["currency"].eq(currency)]
    own = ~serves(rows, SourceRole.TABLES)
    rows = rows.assign(own=own).sort_values(["own", "released"], na_position="last", kind="stable")
    groups = rows.groupby(["flow", "period_start", "period_end"], sort=False)
    kept = rows.loc[[_finest(part) for _, part in groups], ["flow", "period_start", "period_end", *_TOLD]]
    return kept.rename(columns=_TOLD).astype({"printed_pct": "float64"}).reset_index(drop=True)


def _finest(part: pd.DataFrame) -> Hashable:
    """Return the row of the first rate, or of a finer one that rounds to it."""
    first = str(part["printed"].iloc[0])
    same = part[[matches(rate, first) for rate in part["yoy_pct"]]]
    return part.index[0] if same.empty else same["printed"].map(_decimals).idxmax()


def _decimals(printed: object) -> int:
    return len(str(printed).partition(".")[2])


def compared(printed: pd.DataFrame, currency: str, by_month: pd.DataFrame, to_date: pd.DataFrame) -> pd.DataFrame:
    """Return the printed rates of one currency, each beside the rate computed of now; see :func:`beside`."""
    own = printed[printed["currency"].eq(currency)]
    if own.empty:
        return own
    parts = [beside(own[own["series"].eq(name)], ours) for name, ours in ((MONTH, by_month), (TO_DATE, to_date))]
    rows = pd.concat(parts, ignore_index=True)
    # a rate is a print itself: customs' own comparison of two of their figures
    both = rows["flow"].map(valuation_of)
    code = [str(Basis("CHN", valuation, print=Print.FIRST)) for valuation in both]
    return rows.assign(provisional=False, **{BASIS: code, BASE_BASIS: code})


def beside(printed: pd.DataFrame, computed: pd.DataFrame) -> pd.DataFrame:
    """Add what is computed for the same flow and months, ``computed_pct``, and the difference in points.

    ``differs`` marks a difference of more than ``TOLERATED`` that rounding does not explain; it is
    false where nothing is computed.
    """
    if "computed_pct" not in computed:
        computed = computed.rename(columns={"yoy_pct": "computed_pct"})
    ours = computed[["flow", "period_start", "period_end", "computed_pct"]]
    out = printed.merge(ours.drop_duplicates(["flow", "period_start", "period_end"]), how="left")
    out["difference_pp"] = out["yoy_pct"] - out["computed_pct"]
    apart = out["difference_pp"].abs().gt(TOLERATED)
    rounded = [
        pd.notna(rate) and matches(rate, text) for rate, text in zip(out["computed_pct"], out["printed"], strict=True)
    ]
    return out.assign(differs=apart & ~pd.Series(rounded, index=out.index, dtype="bool"))
