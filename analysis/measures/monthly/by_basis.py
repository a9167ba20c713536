"""China's trade by month, kept apart by basis: printed months, differences of years to date, converted figures.

Every series stands beside the others; :func:`chosen` takes one for each stretch of time, and a rate is only ever
computed inside one (``analysis.growth``).
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Final

import pandas as pd

from analysis.basis import BASIS, Basis, Making, Print, codes
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.exchange_rates import convert
from analysis.measures.monthly import series
from analysis.measures.monthly.series import COLUMNS, SOURCES, pairs, provisional, world_totals
from analysis.source_names import first_of
from loaders.core import schema
from loaders.core.source_records import SourceRole, serving

NOW: Final = "now"
PRINTED: Final = "printed"
DIFFERENCES: Final = "differences"
CONVERTED_NOW: Final = "converted_now"
CONVERTED: Final = "converted"
ESTIMATED: Final = "estimated"
# Where two series hold the same months, the earlier one here is shown.
ORDER: Final = (NOW, PRINTED, DIFFERENCES, CONVERTED_NOW, CONVERTED, ESTIMATED)
KIND: Final = "series_kind"
ROUNDING: Final = "rounding"
ALL: Final = (*COLUMNS, BASIS, KIND, ROUNDING)
_BOTH: Final = "FOB+CIF"
_PAIR: Final = ["source", "flow", "period_start", BASIS, KIND]  # what a January and its February share
_SPAN: Final = ["flow", "period_start", "period_end"]
_PRINTERS: Final = serving(SourceRole.FIRST)  # who prints years to date


@per_dataset(8)
def months(dataset: Dataset, currency: str) -> pd.DataFrame:
    """Return every series of China's trade with Russia by month in ``currency``; see :func:`apart`."""
    return apart(dataset, dataset.pair_totals, currency)


@per_dataset(8)
def world(dataset: Dataset, currency: str) -> pd.DataFrame:
    """Return every series of China's trade with the world by month in ``currency``; see :func:`apart`."""
    return apart(dataset, world_totals(dataset), currency)


def apart(dataset: Dataset, table: pd.DataFrame, currency: str) -> pd.DataFrame:
    """Return rows of the one table as months and January-February pairs, one row a flow, period, kind and basis.

    Columns ``ALL``: values in whole units of ``currency``; ``basis`` is a code of ``analysis.basis``,
    ``series_kind`` a code of ``ORDER``, ``rounding`` the unit of the last printed place (of a sum or a
    difference the sum of such, empty where converted). A total that a series does not print is exports
    plus imports of it.
    """
    table = _plain(table)
    own = table[table["currency"].eq(currency)].assign(rate=float("nan"), rate_source=None)
    single = own[own["months"].eq(1)]
    pair = own[own["months"].eq(2) & own["period_start"].dt.month.eq(1)]
    other = table[table["months"].eq(1) & ~table["currency"].eq(currency) & ~_is_difference(table)]
    printed = _coded(dataset, pd.concat([single, pair], ignore_index=True))
    rows = schema.stacked(printed, _foreign(dataset, other, currency))
    best = _best(schema.stacked(rows, pairs(rows[rows["months"].eq(1)], _PAIR), _differences(dataset, own)))
    best = _best(schema.stacked(best, _totals(best)))
    return pd.DataFrame(best.loc[~series.alone(best), list(ALL)]).sort_values([*_SPAN, KIND], ignore_index=True)


def _foreign(dataset: Dataset, other: pd.DataFrame, currency: str) -> pd.DataFrame:
    """Convert months of another currency; coded before, since which print they were is lost after."""
    if other.empty:
        return other
    coded = _coded(dataset, other.assign(rate_source="named")).drop(columns="rate_source")
    return convert(dataset, coded, currency).assign(rounding=float("nan"))


def years_to_date(
    dataset: Dataset, table: pd.DataFrame, currency: str, printers: tuple[str, ...] = _PRINTERS
) -> pd.DataFrame:
    """Return what publishers print in ``currency`` from January on, columns ``ALL``; no lone January since 2020."""
    rows = _plain(table)
    rows = rows[rows["currency"].eq(currency) & rows["period_start"].dt.month.eq(1) & rows["source"].isin(printers)]
    rows = _coded(dataset, rows[~series.alone(rows)].assign(rate=float("nan"), rate_source=None))
    return _best(schema.stacked(rows, _totals(_best(rows))))[list(ALL)]


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    rows = schema.plain(table)
    rows = rows[rows["source"].isin(SOURCES)]
    return rows.assign(
        months=schema.months(rows), provisional=provisional(rows), rounding=schema.rounding(rows["value"])
    )


def _is_difference(rows: pd.DataFrame) -> pd.Series:
    return rows["status"].eq("derived") & rows["source"].isin(_PRINTERS)


def _coded(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    coded = rows.assign(**{BASIS: codes(dataset, rows)})
    return coded.assign(**{KIND: coded[BASIS].map(kind_of)})


@lru_cache(maxsize=512)
def kind_of(code: str) -> str:
    """Return the kind of ``ORDER`` for a code of ``analysis.basis``."""
    basis = Basis.read(code)
    if basis.making is Making.CONVERTED:
        return CONVERTED_NOW if basis.print is Print.NOW else CONVERTED
    if basis.making is Making.ESTIMATED:
        return ESTIMATED
    if basis.making is Making.DIFFERENCE:
        return DIFFERENCES
    return NOW if basis.print is Print.NOW else PRINTED


def _best(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep one row a flow, period, kind and basis: of the first source that holds it."""
    first = pd.Series(first_of(rows["source"]), rows.index, dtype="str")
    ranked = rows.assign(rank=first.map({name: place for place, name in enumerate(SOURCES)}))
    best: pd.DataFrame = ranked.sort_values("rank", kind="stable").drop_duplicates([*_SPAN, KIND, BASIS])
    return best.drop(columns="rank")


def _totals(rows: pd.DataFrame) -> pd.DataFrame:
    """Add exports and imports of one series, where each is held once."""
    keys = ["period_start", "period_end", "months", KIND]
    both = series.beside(rows, keys)
    code = [_of_both(one, two) for one, two in zip(both[BASIS], both[f"{BASIS}_2"], strict=True)]
    total = series.total(both.drop(columns=[BASIS, f"{BASIS}_2"]), keys)
    return total.assign(**{BASIS: pd.Series(code, index=total.index, dtype="str")})


@lru_cache(maxsize=512)
def _of_both(export: str, imports: str) -> str:
    """Return the basis of a total: a sum of printed figures is printed, one of which one is derived is derived."""
    one, two = Basis.read(export), Basis.read(imports)
    making = one.making if one.making is two.making else Making.COMPUTED
    return str(Basis(one.counted_by, _BOTH, one.edition, one.print, making))


def _differences(dataset: Dataset, own: pd.DataFrame) -> pd.DataFrame:
    """Return the months that two years to date of one publisher leave, and the years to date that begin them.

    January-February, or January of years when it was printed alone, is a year to date itself.
    """
    to_date = own[own["period_start"].dt.month.eq(1) & own["source"].isin(_PRINTERS) & own["status"].eq("preliminary")]
    parts = [step for _, part in to_date.groupby(["source", "flow"]) for step in _steps(part)]
    if not parts:
        return pd.DataFrame(to_date.assign(**{BASIS: "", KIND: ""}).iloc[:0])
    return _coded(dataset, pd.DataFrame(parts)).assign(**{KIND: DIFFERENCES})


def _steps(to_date: pd.DataFrame) -> Iterable[dict[str, object]]:
    rows = sorted(schema.records(to_date), key=lambda row: row["period_end"])
    yield from (row for row in rows if row["months"] <= 2)
    for one, two in pairwise(rows):
        follows = two["months"] == one["months"] + 1 and two["period_start"] == one["period_start"]
        if follows and two["value"] > one["value"]:
            yield two | {
                "period_start": two["period_end"],
                "months": 1,
                "value": two["value"] - one["value"],
                "rounding": one["rounding"] + two["rounding"],
                "status": "derived",
                "reference": f"{two['reference']} less {one['reference']}",
            }


def chosen(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one series for each stretch of time, of charted rows with all of them.

    Figures as known now stand where all flows of a month have them. The rest of a calendar year is one
    kind: that which holds most of it, the first of ``ORDER`` among equals; and of printed months and
    differences one for all years that follow each other: the printed ones where none of theirs is missing.
    """
    if rows.empty:
        return rows
    rows = rows.assign(year=rows["period_end"].dt.year, cell=_cells(rows))
    known = rows[rows[KIND].eq(NOW) & rows["cell"].isin(_known(rows))]
    rest = rows[~rows["cell"].isin(known["cell"])]
    rest = rest[~_other_way(rest)]
    parts = [known, *(year[year[KIND].eq(_fullest(year))] for _, year in rest.groupby("year"))]
    return _once(pd.concat(parts)).drop(columns=["year", "cell"])


def by_window(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one kind for each window: that which holds most flows, the first of ``ORDER`` among equals.

    Of two figures of one kind for one window the earlier row stands.
    """
    if rows.empty:
        return rows
    window = [rows["period_start"], rows["period_end"]]
    flows = rows.groupby([*window, rows[KIND]])["flow"].transform("nunique")
    place = rows[KIND].map(ORDER.index)
    ranked = rows.assign(flows=-flows, place=place).sort_values(["flows", "place"], kind="stable")
    best = ranked.groupby(["period_start", "period_end"])[KIND].transform("first")
    return _once(ranked[ranked[KIND].eq(best)]).drop(columns=["flows", "place"])


def _cells(rows: pd.DataFrame) -> pd.Series:
    """Name flow and period of each row."""
    return pd.Series(list(zip(rows["flow"], rows["period_start"], rows["period_end"], strict=True)), index=rows.index)


def _known(rows: pd.DataFrame) -> pd.Series:
    """Return the cells of periods of which every flow that is held is held as known now."""
    cells = rows.drop_duplicates(["cell", KIND])
    period = [cells["period_start"], cells["period_end"]]
    flows = cells.groupby(period)["flow"].transform("nunique")
    now = cells[KIND].eq(NOW).groupby(period).transform("sum")
    return cells.loc[flows.eq(now), "cell"]


def _other_way(rows: pd.DataFrame) -> pd.Series:
    """Return which rows are the printed months, or the differences, of a run of years that shows the other."""
    years = sorted(rows["year"].unique())
    run = pd.Series([year - place for place, year in enumerate(years)], index=years, dtype="int64")
    out = pd.Series(data=False, index=rows.index)
    for _, part in rows.groupby(rows["year"].map(run)):
        printed, steps = (set(part.loc[part[KIND].eq(kind), "cell"]) for kind in (PRINTED, DIFFERENCES))
        whole = printed >= steps or (not steps >= printed and len(printed) >= len(steps))
        out |= rows.index.isin(part.index[part[KIND].eq(DIFFERENCES if whole else PRINTED)])
    return out


def _fullest(year: pd.DataFrame) -> str:
    """Return the kind that holds most of a year."""
    counts = year.drop_duplicates(["cell", KIND])[KIND].value_counts()
    kinds: list[str] = counts.index.astype("str").tolist()
    return max(kinds, key=lambda kind: (counts[kind], -ORDER.index(kind)))


def _once(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep one row a flow and period; of two bases of one kind the first that has a rate."""
    rated = rows["yoy_pct"].isna() if "yoy_pct" in rows else pd.Series(data=False, index=rows.index)
    once = rows.assign(unrated=rated).sort_values("unrated", kind="stable").drop_duplicates(_SPAN)
    return once.drop(columns="unrated").sort_values(_SPAN, ignore_index=True)
