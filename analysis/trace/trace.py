"""What is this number: a value behind a point traced home to reported rows, and what others print of the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.dataset import Dataset
from analysis.exchange_rates import yuan_per_dollar
from analysis.measures.monthly.series import provisional
from analysis.points import FLIPPED, PointPart
from analysis.source_names import reports
from analysis.vintages import as_known
from analysis.windows import Tiles
from loaders.core import schema

_CLOSE: Final = 1e-6  # relative: what floats lose in a sum, far below any print
_SERIES: Final = ("source", "currency", "classification")


@dataclass(frozen=True, eq=False)
class Trace:
    """A part traced home: the rows of the one table that it is made of, and the others of the same key.

    ``used`` carries ``sign``, +1 or -1, and ``rate`` where a row was converted at its month's named
    rate; ``whole`` says that the signed sum is the value itself. ``others`` are other sources, other
    vintages and the other country's count (``mirror``) of the same goods and period.
    """

    part: PointPart
    used: pd.DataFrame
    whole: bool
    others: pd.DataFrame


def trace(dataset: Dataset, part: PointPart) -> Trace:
    """Return the reported rows that make up a part: those whose sum is its value, where there are such.

    Tried in turn: the very figure, one row of that period, six-digit lines of that period, shorter
    periods that tile it, and exports plus imports for a total. Where no sum is the value (it was
    converted, or rests on more), the first that is found is shown as such.
    """
    near = _near(dataset, part)
    first: pd.DataFrame | None = None
    for rows in _candidates(near[near["source"].isin(part.sources)], part):
        converted = _converted(dataset, rows, part.currency)
        if _adds_up(converted, part):
            return Trace(part, converted, whole=True, others=_others(near, converted, part))
        first = converted if first is None else first
    used = _converted(dataset, near.iloc[:0].assign(sign=1), part.currency) if first is None else first
    return Trace(part, used, whole=False, others=_others(near, used, part))


def _near(dataset: Dataset, part: PointPart) -> pd.DataFrame:
    """Return every vintage of the goods within the period, of either country's count."""
    # from January on: of two years to date the difference may be the period
    since = pd.Timestamp(part.start.year, 1, 1)
    table = dataset.trade
    table = table[table["period_start"].ge(since) & table["period_start"].le(part.end)]
    there = reports(table, part.reporter, part.partner)
    rows = schema.plain(table[there | reports(table, part.partner, part.reporter)])
    back = rows["reporter"].ne(part.reporter)
    flow = rows["flow"].where(~back, rows["flow"].map(FLIPPED))
    codes = rows["commodity_code"]
    same = codes.isin(_spelled(part.codes))
    lines = codes.str.startswith(part.codes) & codes.str.fullmatch(r"\d{6}")
    rows = rows.assign(mirror=back, exact=same, seen=flow)
    wanted = ["export", "import", "total"] if part.flow == "total" else [part.flow]
    return rows[(same | lines) & flow.isin(wanted)]


def _spelled(codes: tuple[str, ...]) -> list[str]:
    """Return codes as they stand and as longer nomenclatures write the same goods."""
    longer = [code.ljust(width, "0") for code in codes if code.isdigit() and len(code) == 4 for width in (6, 8)]
    return [*codes, *longer]


def _candidates(rows: pd.DataFrame, part: PointPart) -> Iterator[pd.DataFrame]:
    """Yield sets of rows that may make up the part, each with ``sign``, the plainest first."""
    own = rows[~rows["mirror"]]
    yield from _the_very_figure(own, part)
    known = as_known(own).sort_values("period_start", kind="stable")
    flows = _of_period(known, part)
    flows = flows[flows["seen"].eq(part.flow)]
    # a print of the goods themselves, then the six-digit lines below them: of one source, currency and edition
    for group in _series(flows[flows["exact"]]):
        yield from _each(group)
    for group in _series(flows[~flows["exact"] | flows["commodity_code"].str.len().eq(6)]):
        yield from _each(group)
    exact = known[known["exact"]]
    # a sum over several sources: in the part's own currency, and by the source that it names first, where both are held
    foreign, rank = exact["currency"].ne(part.currency), exact["source"].map(part.sources.index)
    mixed = exact.assign(foreign=foreign, rank=rank).sort_values(["foreign", "rank"])
    for group in (*_series(exact), mixed):
        yield from _tiled(group, part)
        yield from _tiled(_short(group), part)
    # as the monthly series takes them: a converted final month stands before a preliminary one
    short = _short(mixed)
    yield from _tiled(short.assign(weak=provisional(short)).sort_values("weak", kind="stable"), part)
    yield from _each(_from_several(rows, part))


def _the_very_figure(own: pd.DataFrame, part: PointPart) -> Iterator[pd.DataFrame]:
    """Yield the one row that prints the value itself: of the vintage that the part names, else the first of them."""
    whole = _of_period(own, part)
    direct = whole[whole["seen"].eq(part.flow) & whole["exact"] & whole["currency"].eq(part.currency)]
    direct = direct[(direct["value"] - part.value).abs().le(_CLOSE * abs(part.value))]
    asked = direct[direct["released"].eq(part.released)] if part.released is not None else direct.iloc[:0]
    yield from _each((asked if len(asked) else direct).head(1))


def _of_period(rows: pd.DataFrame, part: PointPart) -> pd.DataFrame:
    return rows[rows["period_start"].eq(part.start) & rows["period_end"].eq(part.end)]


def _series(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the rows of each source, currency and edition of the codes: none other may be added up."""
    for _, group in rows.groupby(list(_SERIES)):
        yield group


def _short(rows: pd.DataFrame) -> pd.DataFrame:
    """Return months and pairs of months: a longer print holds revisions that its months lack."""
    return rows[schema.months(rows).le(2)]


def _from_several(rows: pd.DataFrame, part: PointPart) -> pd.DataFrame:
    """Return one row a code: the first source's, own count before the other country's that carries the same figure."""
    known = as_known(rows)
    there = known["exact"] & known["seen"].eq(part.flow)
    whole = _of_period(known[there], part)
    goods = {spelled: code for code in part.codes for spelled in _spelled((code,))}
    ranked = whole.assign(goods=whole["commodity_code"].map(goods), rank=whole["source"].map(part.sources.index))
    ranked = ranked.sort_values(["rank", "mirror"], kind="stable").drop_duplicates("goods")
    return ranked.drop(columns=["goods", "rank"])


def _each(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    if len(rows):
        yield rows.assign(sign=1)


def _tiled(rows: pd.DataFrame, part: PointPart) -> Iterator[pd.DataFrame]:
    """Yield prints of shorter periods that tile the period; for a total, of both flows."""
    rows = rows.drop_duplicates(["seen", "period_start", "period_end"])
    tiles = Tiles.of(rows.assign(flow=rows["seen"]))
    span = f"{part.start:%Y-%m}", f"{part.end:%Y-%m}"
    flows = [[part.flow]] + ([["export", "import"]] if part.flow == "total" else [])
    for wanted in flows:
        paths = [tiles.path(flow, *span) for flow in wanted]
        if all(paths):
            steps = [step for path in paths for step in path or ()]
            yield rows.iloc[[row for _, row in steps]].assign(sign=[sign for sign, _ in steps])


def _converted(dataset: Dataset, rows: pd.DataFrame, currency: str) -> pd.DataFrame:
    """Add the named rate of each month in another currency, ``shown`` in ``currency``; empty where there is none."""
    plain = rows.assign(rate=float("nan"), rate_source=None, shown=rows["value"])
    other = rows["currency"].ne(currency)
    if not other.any():
        return plain
    rates = yuan_per_dollar(dataset).set_index("month")
    single = other & schema.months(rows).eq(1) & rows["currency"].isin(["USD", "CNY"]) & (currency in {"USD", "CNY"})
    rate = rows["period_start"].map(rates["rate"]).where(single)
    named = rows["period_start"].map(rates["rate_source"]).where(single)
    shown = rows["value"] * rate if currency == "CNY" else rows["value"] / rate
    return plain.assign(rate=rate, rate_source=named, shown=rows["value"].where(~other, shown))


def _adds_up(rows: pd.DataFrame, part: PointPart) -> bool:
    total = (rows["shown"] * rows["sign"]).sum(skipna=False)
    return bool(abs(total - part.value) <= _CLOSE * abs(part.value))


def printed_rates(dataset: Dataset, part: PointPart) -> pd.DataFrame:
    """Return the growth that publishers printed for the very window, flow and goods of a part, as printed.

    Columns as in the side table: ``yoy_pct`` in per cent as text, currency, publisher, released, reference.
    """
    printed = dataset.side("printed_rates")
    if printed.empty:
        return printed
    same = reports(printed, part.reporter, part.partner) & printed["flow"].eq(part.flow)
    same &= printed["commodity_code"].isin(part.codes)
    same &= printed["period_start"].eq(f"{part.start:%Y-%m}") & printed["period_end"].eq(f"{part.end:%Y-%m}")
    return printed[same].sort_values("released", na_position="last")


def _others(near: pd.DataFrame, used: pd.DataFrame, part: PointPart) -> pd.DataFrame:
    """Return what else is printed for the very key: other sources, other vintages, the other country.

    ``difference_pct`` is the distance from the part's value, in per cent of it; empty in another
    currency and where a row is only one of several codes.
    """
    same = near["period_start"].eq(part.start) & near["period_end"].eq(part.end) & near["exact"]
    rows = near[same & near["seen"].eq(part.flow) & ~near.index.isin(used.index)]
    alone = len(set(part.codes)) == 1
    ratio = 100 * (rows["value"] / part.value - 1) if alone and part.value else pd.Series(float("nan"), rows.index)
    rows = rows.assign(difference_pct=ratio.where(rows["currency"].eq(part.currency)))
    return rows.sort_values(["mirror", "source", "released"], na_position="first", kind="stable")
