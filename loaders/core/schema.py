"""The one table: one row is one reported figure.

Every loader returns a frame that :func:`conform` accepts; nothing else enters the store.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import union_categoricals

from loaders.core.columns import categories
from loaders.core.columns.print_precision import grain, newest
from loaders.core.columns.row_numbers import numbered, repeated
from loaders.core.places import ROOT

CATEGORIES: Final = (
    "source",
    "reporter",
    "partner",
    "flow",
    "classification",
    "commodity_code",
    "currency",
    "quantity_unit",
    "valuation",
    "status",
)
COLUMNS: Final = (
    "source",
    "reporter",
    "partner",
    "flow",
    "period_start",
    "period_end",
    "classification",
    "commodity_code",
    "currency",
    "value",
    "net_weight_kg",
    "quantity",
    "quantity_unit",
    "valuation",
    "status",
    "released",
    "reference",
    "known_by",
)
SERIES_KEY: Final = (
    "source",
    "reporter",
    "partner",
    "flow",
    "period_start",
    "period_end",
    "classification",
    "commodity_code",
    "currency",
)
KEY: Final = (*SERIES_KEY, "released")

FLOWS: Final = ("export", "import", "total")
CURRENCIES: Final = ("USD", "CNY", "EUR", "RUB")
VALUATIONS: Final = ("FOB", "CIF", "unknown")
STATUSES: Final = ("final", "preliminary", "estimated", "derived")
CLASSIFICATIONS: Final = (
    "none",
    "HS",
    "HS1988",
    "HS1996",
    "HS2002",
    "HS2007",
    "HS2012",
    "HS2017",
    "HS2022",
    "SITC1",
    "SITC2",
    "SITC3",
    "SITC4",
    "BEC4",
    "BEC5",
    "CN8",
)
TOTAL: Final = "TOTAL"
WORLD: Final = "WLD"
KG_ESTIMATED: Final = "kg, estimated"

_ALLOWED: Final = {
    "flow": FLOWS,
    "currency": CURRENCIES,
    "valuation": VALUATIONS,
    "status": STATUSES,
    "classification": CLASSIFICATIONS,
}
_PATTERNS: Final = {
    "source": r"[a-z][a-z0-9_]*",
    "reporter": r"[A-Z]{3}",
    "partner": r"[A-Z]{3}",
    "commodity_code": r"[0-9]{1,12}|[0-9]{4}AA|[A-Z][A-Z0-9_]*",  # 9999AA: goods not specified
}
_NUMBERS: Final = ("value", "net_weight_kg", "quantity")
DATES: Final = ("period_start", "period_end", "released", "known_by")
_MONTHS: Final = ("period_start", "period_end")
# ``known_by`` is empty only until a row is taken in, see :func:`dated`
_MAY_BE_EMPTY: Final = frozenset({"net_weight_kg", "quantity", "quantity_unit", "released", "known_by"})
UNIT: Final = "datetime64[us]"
_MANY: Final = 100  # texts that are quicker judged at once

DATED_HERE: Final = "; released: the moment of "  # in a reference: nobody else dated the row
BROUGHT: Final = f"{DATED_HERE}import"

PAIR: Final = frozenset({"CHN", "RUS"})
THIRD: Final = frozenset({"HKG", "MAC", "TUR", "ARE", "KAZ", "KGZ", "ARM", "UZB", "TJK", "GEO", "BLR", "MNG"})
FUELS: Final = "27"  # the chapter of which trade with any country is kept
SCOPE: Final = PAIR | THIRD | {WORLD, "IND", "EUU"}


class SchemaError(ValueError):
    """A frame that is not the one table; the message names column, value and row."""


@cache
def lists(name: str) -> dict[str, Any]:
    """Return the lists of ``data/codes/<name>.toml``; nobody changes them.

    Raises:
        ValueError: the file is no TOML.
    """
    place = ROOT / "data" / "codes" / f"{name}.toml"
    try:
        return tomllib.loads(place.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{place}: {error}; restore it from the repository") from error


def columns_of(table: str) -> tuple[str, ...]:
    """Return the columns of a table other than the one table, in their order, from ``data/codes/column_lists.toml``."""
    return tuple(lists("column_lists")[table])


def _fail(frame: pd.DataFrame, column: str, bad: pd.Series | npt.NDArray[np.bool_], why: str) -> None:
    """Raise for the first row where ``bad`` is true."""
    if bad.any():
        row = int(np.asarray(bad).argmax())
        raise SchemaError(f"column {column}, row {row}: {frame[column].tolist()[row]!r} {why}")


def empty() -> pd.DataFrame:
    """Return the one table with no rows, in its exact types."""
    return _empty().copy()


@cache
def _empty() -> pd.DataFrame:
    return pd.DataFrame({column: blank(column, pd.RangeIndex(0)) for column in COLUMNS})


def blank(column: str, index: pd.Index) -> pd.Series:
    """Return a column of the one table with all its cells empty, in its exact type."""
    if column in CATEGORIES:
        codes = np.full(len(index), -1, dtype="int8")
        return pd.Series(pd.Categorical.from_codes(codes, pd.Index([], dtype="str")), index)
    kind = UNIT if column in DATES else "float64" if column in _NUMBERS else "str"
    return pd.Series(None, index, dtype=kind)


def conform(frame: pd.DataFrame) -> pd.DataFrame:
    """Return ``frame`` with the columns, order and types of the one table.

    Values must be whole units of ``currency``: finite and not negative. ``period_start`` and
    ``period_end`` are first days of months, at most twelve months apart. ``known_by`` is a day by
    which the figure was public: ``released`` where that is known; a frame without the column gets it so.

    Raises:
        SchemaError: a column is missing or not of the table, a cell is not allowed (column, value
            and row are named), or two rows share the key.
    """
    if "known_by" not in frame.columns and "released" in frame.columns:
        frame = frame.assign(known_by=frame["released"])
    missing = [column for column in COLUMNS if column not in frame.columns]
    extra = [str(column) for column in frame.columns if column not in COLUMNS]
    if missing or extra:
        raise SchemaError(f"columns missing: {missing or 'none'}; not of the table: {extra or 'none'}")
    table = frame.loc[:, list(COLUMNS)].reset_index(drop=True)
    checked: dict[str, pd.Series] = {column: _dates(table, column) for column in DATES}
    _check_periods(table, checked)
    checked |= {column: _numbers(table, column) for column in _NUMBERS}
    checked |= {column: _text(table, column) for column in (*CATEGORIES, "reference")}
    table = pd.DataFrame({column: checked[column] for column in COLUMNS}, copy=False)
    check_key(table)
    return table


def _dates(table: pd.DataFrame, column: str) -> pd.Series:
    dates = table[column]
    if dates.dtype != UNIT:
        dates = pd.to_datetime(dates, errors="coerce").astype(UNIT)
        _fail(table, column, dates.isna() & table[column].notna(), "is not a date")
    return dates


def _check_periods(table: pd.DataFrame, dates: dict[str, pd.Series]) -> None:
    """Check that both ends are first days of months, one to twelve months apart; each distinct day is judged once."""
    ends = []
    for column in _MONTHS:
        _fail(table, column, dates[column].isna(), "is empty")
        which, days = pd.factorize(dates[column].to_numpy())
        months = days.astype("datetime64[M]")
        _fail(table, column, pd.Series((months.astype(UNIT) != days)[which]), "is not the first day of a month")
        ends.append(months.astype("int64")[which])
    further = pd.Series(ends[1] - ends[0])  # months after the first
    _fail(table, "period_end", further.lt(0) | further.gt(11), "does not end a period of 1 to 12 months")


def dated(table: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return ``table`` with ``known_by`` filled: the release where it is known, else ``day``, when it was taken in."""
    known = table["known_by"].fillna(table["released"]).fillna(day.normalize())
    return table.assign(known_by=known.astype(UNIT))


def undated(table: pd.DataFrame) -> pd.Series:
    """Return which rows a reader's file brought without any date: the moment of import is no publisher's."""
    return table["reference"].str.contains(BROUGHT, regex=False)


def published(table: pd.DataFrame) -> pd.Series:
    """Return the day on which its publisher released each row, empty where the date is only that of our reading."""
    ours = table["reference"].str.contains(DATED_HERE, regex=False, na=False)
    return table["released"].mask(ours)


def by_vintage(table: pd.DataFrame, *, reported_last: bool = True) -> pd.DataFrame:
    """Return ``table`` in the order of its vintages, the one known now last within each series.

    An import that nobody dated never stands over anything else; with ``reported_last`` reported stands
    over ``derived``; then the newest release stands over older ones, an empty one being the oldest.
    """
    order = pd.DataFrame({"dated": ~undated(table), "released": table["released"]}, index=table.index)
    if reported_last:
        order.insert(1, "reported", table["status"].astype("str").ne("derived"))
    return table.loc[order.sort_values([str(name) for name in order], na_position="first", kind="stable").index]


def _numbers(table: pd.DataFrame, column: str) -> pd.Series:
    numbers = table[column]
    if numbers.dtype != np.float64:
        numbers = pd.to_numeric(numbers, errors="coerce").astype("float64")
        _fail(table, column, numbers.isna() & table[column].notna(), "is not a number")
    cells = numbers.to_numpy()
    _fail(table, column, np.isinf(cells), "is not finite")
    _fail(table, column, cells < 0, "is negative")
    if column not in _MAY_BE_EMPTY:
        _fail(table, column, np.isnan(cells), "is empty")
    return numbers


def _text(table: pd.DataFrame, column: str) -> pd.Series:
    """Check the few distinct texts of a column, not each of its rows."""
    raw = table[column]
    coded = isinstance(raw.dtype, pd.CategoricalDtype)
    if coded or column in _ALLOWED or column in _PATTERNS or not isinstance(raw.dtype, pd.StringDtype):
        distinct = raw.cat.categories if coded else pd.Index(raw.dropna().unique())
        if len(bad := distinct[~well_formed(column, distinct)]):
            _fail(table, column, raw.isin(bad), "is not allowed here")
    if column not in _MAY_BE_EMPTY:
        _fail(table, column, _blank(raw), "is empty")
    if column not in CATEGORIES:
        return raw.astype("str")
    as_text = coded and isinstance(raw.cat.categories.dtype, pd.StringDtype)
    return _joined([raw if as_text else raw.astype("str").astype("category")])


def _blank(cells: pd.Series) -> npt.NDArray[np.bool_]:
    """Return which cells are empty or hold no sign."""
    if not isinstance(cells.dtype, pd.CategoricalDtype):
        return np.asarray(cells.isna() | cells.eq(""))
    codes, names = categories.parts(cells)
    return np.asarray((codes < 0) | (codes == names.get_loc("")) if "" in names else codes < 0)


def well_formed(column: str, values: pd.Index) -> npt.NDArray[np.bool_]:
    """Return which texts may stand in a column of codes."""
    pattern = _PATTERNS.get(column)
    if pattern and isinstance(values.dtype, pd.StringDtype) and len(values) > _MANY:
        return np.asarray(values.str.fullmatch(pattern), bool)
    allowed, fits = _ALLOWED.get(column), re.compile(pattern or ".*", re.DOTALL).fullmatch
    return np.array(
        [isinstance(value, str) and (value in allowed if allowed else fits(value) is not None) for value in values],
        bool,
    )


def as_known(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row a series key: reported before derived, the newest release, the finest print of it.

    A reader's file that nobody dated stands below all others.
    """
    return newest(by_vintage(table), SERIES_KEY, ~undated(table))


def rounding(values: pd.Series) -> pd.Series:
    """Return the unit of the last printed place of each value."""
    return grain(values)


def months(table: pd.DataFrame) -> pd.Series:
    """Return the number of months of each row's period."""
    start, end = table["period_start"].dt, table["period_end"].dt
    return pd.Series((end.year - start.year) * 12 + (end.month - start.month) + 1)


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """Return rows of the one table with words as text instead of categories, to be joined and compared freely."""
    return table.assign(**{column: _spelt(table[column]) for column in CATEGORIES})


def _spelt(column: pd.Series) -> pd.Series:
    """Return a column as text: of categories the few words are taken by their number, not written one by one."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return column.astype("str")
    words = column.cat.categories.astype("str").array
    return pd.Series(words.take(column.cat.codes.to_numpy(), allow_fill=True), column.index)


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return each row as a dict of its cells by column."""
    return [{str(name): cell for name, cell in row.items()} for row in table.to_dict("records")]


def check_key(table: pd.DataFrame) -> None:
    """Raise :class:`SchemaError` where two rows share the key."""
    twice = repeated(table, KEY)
    if twice.any():
        first = table.loc[twice, [*KEY, "value", "reference"]].iloc[:2].astype(str)
        rows = " and ".join(" ".join(row) for row in first.to_numpy())
        raise SchemaError(f"column value: the same key twice: {rows}")


def concat(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Stack conforming frames; categories are joined, keys are not checked."""
    parts = [frame for frame in frames if len(frame)]
    if not parts:
        return empty()
    joined = {column: _joined([_as_categories(part[column]) for part in parts]) for column in CATEGORIES}
    columns = list(parts[0].columns)
    rest = [column for column in columns if column not in joined]
    plain = pd.concat([part[rest] for part in parts], ignore_index=True)
    return pd.DataFrame({column: joined[column] if column in joined else plain[column] for column in columns})


def _as_categories(cells: pd.Series) -> pd.Series:
    return cells if isinstance(cells.dtype, pd.CategoricalDtype) else cells.astype("category")


def stacked(first: pd.DataFrame, *others: pd.DataFrame) -> pd.DataFrame:
    """Stack any tables, those without rows left out, which would decide types; the first where none has rows."""
    return pd.concat([part for part in (first, *others) if len(part)] or [first], ignore_index=True)


def _joined(parts: list[pd.Series]) -> pd.Series:
    """Stack categories: those in use, sorted."""
    codes, names = zip(*map(categories.parts, parts), strict=True)
    if names[0].is_monotonic_increasing and all(map(names[0].equals, names[1:])):
        stacked = pd.Categorical.from_codes(np.concatenate(codes), names[0], validate=False)
    else:
        stacked = union_categoricals(parts, sort_categories=True)
    used = np.bincount(stacked.codes + 1, minlength=len(stacked.categories) + 1)[1:]
    return pd.Series(stacked if used.all() else stacked.remove_unused_categories())


def any_goods_kept(reporter: str, partner: str) -> bool:
    """Return whether the project keeps any trade of two countries: one of them is China or Russia."""
    return reporter != partner and not PAIR.isdisjoint((reporter, partner))


def all_goods_kept(reporter: str, partner: str) -> bool:
    """Return whether it keeps all goods of that trade, since both are of ``SCOPE``; else only totals and ``FUELS``."""
    return any_goods_kept(reporter, partner) and {reporter, partner} <= SCOPE


def in_scope(table: pd.DataFrame) -> pd.Series:
    """Return which rows the project keeps, by its two rules on countries.

    ``FUELS`` is a chapter of the Harmonized System, not of SITC, where 27 is fertilizers.
    """
    which, _ = pd.factorize(numbered(table, ("reporter", "partner")))
    first = ~pd.Series(which).duplicated().to_numpy()
    sides = table.loc[first, ["reporter", "partner"]].to_numpy().tolist()
    some, whole = (
        np.array([rule(*map(str, pair)) for pair in sides], dtype="bool")[which]
        for rule in (any_goods_kept, all_goods_kept)
    )
    if (some == whole).all():
        return pd.Series(some, table.index)
    code, classification = categories.coded(table["commodity_code"]), categories.coded(table["classification"])
    fuels = code.str.startswith(FUELS) & classification.str.startswith(("HS", "CN"))
    return pd.Series(some & (whole | (code.eq(TOTAL) | fuels).to_numpy()), table.index)
