"""Growth: each period over the same months one year earlier, joined on dates, inside one basis."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import pandas as pd

from analysis import basis
from analysis.basis import BASE_BASIS, BASIS, Break
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.monthly import by_basis, printed_rates
from analysis.measures.monthly.by_basis import DIFFERENCES, KIND, ROUNDING
from analysis.measures.monthly.series import charted, plus
from analysis.source_names import joined, names_of
from analysis.windows import with_base
from loaders.core import schema

Row = dict[str, Any]
Choose = Callable[[pd.DataFrame], pd.DataFrame]
# source, source of the base (or nothing), flow, first day, last day
_Rated = tuple[str, object, str, pd.Timestamp, pd.Timestamp]

WAY: Final = "put_together"  # how a window came about: one print of it, or a sum of months
PRINT: Final = "print"
SUM: Final = "sum of months"
BREAK_AT: Final = "break_at"
BREAK_REASON: Final = "break_reason"
_BASE: Final = ("value", "source", "status", "provisional", "reference", "rate_source")
_CELL: Final = ["flow", "period_start", "period_end"]


def year_on_year(rows: pd.DataFrame, dataset: Dataset | None = None, partner: str = "RUS") -> pd.DataFrame:
    """Add ``yoy_pct`` (per cent), ``100 * (value / base - 1)``, and the base with its basis.

    The base is the row of the same flow and basis, put together in the same way, whose period is the
    same months one year earlier; where there is none, or it is zero, the rate stays empty. Across a
    declared break of ``dataset`` there is none either, and ``break_at`` says so, and ``break_reason`` is its code. Rows
    without a basis are taken to rest on one.
    """
    rows = rows.assign(**{name: word for name, word in ((WAY, PRINT), (BASIS, "")) if name not in rows})
    out = with_base(rows, ["flow", "months", BASIS, WAY], list(_BASE))
    ratio = out["value"] / out["base_value"].where(out["base_value"].ne(0))
    out = _unbroken(basis.breaks(dataset) if dataset else (), out.assign(yoy_pct=100 * (ratio - 1)), partner)
    return out.assign(**{BASE_BASIS: out[BASIS].where(out["base_value"].notna(), "")})


def _unbroken(declared: tuple[Break, ...], rows: pd.DataFrame, partner: str) -> pd.DataFrame:
    """Take the rate and its base away where a declared break parts them."""
    met_sources = set("+".join([*rows["source"], *rows["base_source"].dropna()]).replace(" ", "").split("+"))
    relevant = tuple(one for one in declared if one.source in met_sources)
    cells = zip(
        rows["source"], rows["base_source"], rows["flow"], rows["period_start"], rows["period_end"], strict=True
    )
    met = [_parted(relevant, partner, cell) for cell in cells]
    parted = pd.Series([one is not None for one in met], index=rows.index, dtype="bool")
    gone = [f"base_{name}" for name in _BASE] + ["yoy_pct"]
    return rows.assign(
        **{name: rows[name].mask(parted) for name in gone},
        **{
            BREAK_AT: pd.Series([one.first_after if one else pd.NaT for one in met], rows.index, "datetime64[us]"),
            BREAK_REASON: pd.Series([one.code if one else "" for one in met], rows.index, "str"),
        },
    )


def _parted(declared: tuple[Break, ...], partner: str, cell: _Rated) -> Break | None:
    """Return the declared break between a window and the one a year before, if there is one."""
    source, base, flow, start, end = cell
    if not declared or not isinstance(base, str):
        return None
    sources = names_of(joined(source, base))
    flows = ("export", "import") if flow == "total" else (flow,)
    series = [basis.Series(name, "CHN", partner, side) for name in sources for side in flows]
    first = start - pd.DateOffset(years=1)
    return next((one for each in series if (one := basis.between(declared, each, first, end))), None)


def _rated(rows: pd.DataFrame, choose: Choose) -> pd.DataFrame:
    """Choose among what has a rate, and elsewhere among what there is."""
    rated, every = choose(rows[rows["yoy_pct"].notna()]), choose(rows)
    rest = every.merge(rated[_CELL], on=_CELL, how="left", indicator=True)["_merge"].eq("left_only").to_numpy()
    return schema.stacked(rated, every[rest]).sort_values(_CELL, ignore_index=True)


@per_dataset(8)
def every_month(dataset: Dataset, currency: str) -> pd.DataFrame:
    """Return the charted months of every basis at hand, each with its growth inside it."""
    return charted(year_on_year(by_basis.months(dataset, currency), dataset))


@per_dataset(8)
def levels(dataset: Dataset, currency: str) -> pd.DataFrame:
    """Return the charted months of the series that is shown, each with its growth where its own basis has a base."""
    return by_basis.chosen(every_month(dataset, currency))


@per_dataset(8)
def by_month(dataset: Dataset, currency: str) -> pd.DataFrame:
    """Return the charted months on the basis that gives a rate, else as :func:`levels` has them."""
    return _rated(every_month(dataset, currency), by_basis.chosen)


@per_dataset(8)
def to_date(dataset: Dataset, currency: str) -> pd.DataFrame:
    """Return January..m of each year on every basis at hand, those printed as such before sums of months."""
    sums = _cumulated(charted(by_basis.months(dataset, currency)))
    prints = by_basis.years_to_date(dataset, dataset.pair_totals, currency).assign(**{WAY: PRINT})
    return _led(dataset, year_on_year(schema.stacked(prints, sums), dataset), currency)


@per_dataset(8)
def year_to_date(dataset: Dataset, currency: str) -> pd.DataFrame:
    """Return January..m of each year, one basis a window for all flows, with growth over January..m a year before.

    A printed cumulation beats a sum of months of the same kind, since it holds the revisions of earlier
    months. ``yoy_pct`` is the rate that customs print in ``currency`` beside a first print (``printed_pct``,
    with ``printed``, its words and source), else it is computed; ``rate_by`` says which, ``computed_pct`` is ours.
    """
    return _rated(to_date(dataset, currency), by_basis.by_window)


def _led(dataset: Dataset, rows: pd.DataFrame, currency: str) -> pd.DataFrame:
    """Let the rate that customs print with a first print lead: they compare with a base that they have revised.

    Ours stands beside it; as of a day it does not, since first print over first print was nobody's figure then.
    """
    printed = printed_rates.leading(dataset, currency).astype(rows[_CELL].dtypes.to_dict())
    out = rows.merge(printed, on=_CELL, how="left", validate="many_to_one")
    first = out[KIND].eq(by_basis.PRINTED) & out[WAY].eq(PRINT)
    for column in printed.columns.difference(_CELL):
        out[column] = out[column].where(first)
    own = out["printed_pct"].notna()
    ours = out["yoy_pct"].mask(own) if dataset.day else out["yoy_pct"]
    return out.assign(
        yoy_pct=out["printed_pct"].fillna(out["yoy_pct"]),
        computed_pct=ours,
        rate_by=own.map({True: "customs", False: "computed"}).where(own | out["yoy_pct"].notna(), ""),
        **{BASE_BASIS: out[BASE_BASIS].mask(own, out[BASIS])},
    )


def _typed(rows: list[Row], like: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[*like.columns, WAY]).astype(like.dtypes.to_dict())


def _cumulated(rows: pd.DataFrame) -> pd.DataFrame:
    """Sum months from January on, as long as none is missing, each kind and basis by itself."""
    rows = rows[rows[KIND].ne(DIFFERENCES)]  # their sums are the years to date that they come from
    keys = ["flow", KIND, BASIS, rows["period_start"].dt.year.rename("year")]
    added = [row for _, part in rows.groupby(keys) for row in _from_january(_in_order(part))]
    return _typed(added, rows)


def _in_order(rows: pd.DataFrame) -> list[Row]:
    return schema.records(rows.sort_values("period_start"))


def _from_january(rows: list[Row]) -> Iterator[Row]:
    month = 1
    for place, row in enumerate(rows):
        if row["period_start"].month != month:
            return
        month += row["months"]
        yield _added(rows[: place + 1])


def _added(rows: list[Row]) -> Row:
    """Add months of one series that follow each other."""
    last = rows[-1]
    # a sum is as weak as its weakest month: one difference of two years to date makes it one
    code = next((row[BASIS] for row in rows if row[BASIS].endswith(basis.Making.DIFFERENCE)), last[BASIS])
    estimated = any(row["status"] == "estimated" for row in rows)
    dates = [row["released"] for row in rows if not pd.isna(row["released"])]
    return last | {
        "period_start": rows[0]["period_start"],
        "months": sum(row["months"] for row in rows),
        "value": sum(row["value"] for row in rows),
        ROUNDING: sum(row[ROUNDING] for row in rows),
        "status": last["status"] if len(rows) == 1 else "estimated" if estimated else "derived",
        "provisional": any(row["provisional"] for row in rows),
        "source": plus(row["source"] for row in rows),
        "rate_source": plus(row["rate_source"] for row in rows),
        "released": max(dates, default=pd.NaT),
        "rate": last["rate"] if len(rows) == 1 else float("nan"),
        BASIS: code,
        WAY: SUM,
    }


@per_dataset(8)
def twelve_months(dataset: Dataset, currency: str) -> pd.DataFrame:
    """Return the sum of the twelve months that end with each charted period, and its growth."""
    return summed(dataset, currency, 12)


@per_dataset(16)
def _sums(dataset: Dataset, currency: str, months: int) -> pd.DataFrame:
    """Return every sum of ``months`` months of every basis; a window that is printed as such before them."""
    rows = charted(by_basis.months(dataset, currency))
    keys = ["flow", KIND, rows[BASIS].where(rows[KIND].ne(DIFFERENCES), "").rename("one_basis")]
    added = [row for _, part in rows.groupby(keys) for row in _ending(_in_order(part), months)]
    sums = _typed(added, rows)
    prints = by_basis.years_to_date(dataset, dataset.pair_totals, currency).assign(**{WAY: PRINT})
    return year_on_year(schema.stacked(prints[prints["months"].eq(months)], sums), dataset)


def _ending(rows: list[Row], months: int) -> Iterator[Row]:
    """Yield the sums of exactly so many months that follow each other without a gap."""
    for last in range(len(rows)):
        # a window that would begin inside a pair of months overshoots and gives no sum: no print is split
        first, length = last, rows[last]["months"]
        while length < months and first and _follows(rows[first - 1], rows[first]):
            first -= 1
            length += rows[first]["months"]
        if length == months:
            yield _added(rows[first : last + 1])


def _follows(one: Row, two: Row) -> bool:
    end, start = one["period_end"], two["period_start"]
    return bool(end.year * 12 + end.month + 1 == start.year * 12 + start.month)


@per_dataset(16)
def sums(dataset: Dataset, currency: str, months: int) -> pd.DataFrame:
    """Return the sum of the ``months`` months that end with each charted period, one basis a window.

    Only where the periods tile the months exactly: missing months give no sum, and January-February
    is never split, so of three months none end in January or April where the two are printed together.
    """
    return by_basis.by_window(_sums(dataset, currency, months))


@per_dataset(16)
def summed(dataset: Dataset, currency: str, months: int) -> pd.DataFrame:
    """Return sums as :func:`sums` does, on the basis that gives a rate where one does."""
    return _rated(_sums(dataset, currency, months), by_basis.by_window)
