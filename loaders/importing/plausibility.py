"""Are these figures of the size of those held for the same? Units, currencies and flows taken wrongly show here.

A revision moves some figures a little. Another unit or currency, or exports for imports, moves most of
them far, or many by one common factor. A file is compared with what ships and what the data dir holds:
the same series, else another source's of the same, else the partner's report of the same flow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from loaders.core import merge, schema
from loaders.core.columns.categories import coded, mapped
from loaders.core.columns.row_numbers import numbered_together, of_same_trade

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from loaders.core.columns.row_numbers import Numbers
    from loaders.core.store import Store, Wanted

BESIDE: Final = ("comtrade", "gacc", "fcs", "imf", "nsc_kgz", "bns_kaz", "armstat", "eurostat")
_SAME: Final = [
    *("reporter", "partner", "flow", "period_start", "period_end", "commodity_code", "currency"),
    "edition",
]
_OF_ONE_LENGTH: Final = ["source", "reporter", "partner", "flow", "edition", "commodity_code", "currency", "months"]
_NEAR: Final = pd.Timedelta(days=1100)
_FLIPPED: Final = {"export": "import", "import": "export"}
_TOTAL: Final = 1.5
_GOODS: Final = 4.0
_MIRROR: Final = 6.0
_LEAP: Final = 30.0
_FAR: Final = 10.0
_WILD: Final = 300.0
_FEW: Final = 3
_CLUSTER: Final = 0.03
_MISTAKES: Final = (
    (1e9, "one in billions, the other in units"),
    (1e6, "one in millions, the other in units"),
    (1e3, "one in thousands, the other not"),
    (100.0, "a mistake of the unit"),
    (10.0, "a mistake of the unit, as 万 for 亿 or a lost digit"),
    (7.0, "yuan for dollars, or dollars for yuan"),
)


@dataclass(frozen=True)
class Doubt:
    """What speaks against figures: in words, with one pair that shows it, and ``of`` how many figures it does."""

    words: str
    of: int = 0

    def __str__(self) -> str:
        """Return the words."""
        return self.words


def near(tables: Sequence[pd.DataFrame]) -> Wanted:
    """Return a test for the rows that rows of ``tables`` are set beside.

    They are of the same two countries and goods, or totals and chapters, whose sums are checked.
    """

    def test(table: pd.DataFrame) -> npt.NDArray[np.bool_]:
        goods = coded(table["commodity_code"])
        whole = goods.eq(schema.TOTAL) | goods.str.len().eq(2)
        return whole.to_numpy() | of_same_trade(table, tables)

    return test


def read_beside(
    store: Store, sources: Iterable[str], wanted: Wanted | None = None, ships: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return what is known now, shipped or in the data dir, of the sources and of those that count the same trade.

    With ``wanted`` only the rows for which it is true; ``ships`` is what ships of them, where it has been read.
    """
    names = list(dict.fromkeys((*sources, *BESIDE)))
    tables = [table for name in names if len(table := store.stored(name))]
    if wanted is not None:
        tables = [table[wanted(table)] for table in tables]
    return merge.newest(schema.concat([store.shipped_together(names, wanted) if ships is None else ships, *tables]))


def doubt(brought: pd.DataFrame, known: pd.DataFrame) -> Doubt | None:
    """Return what speaks against ``brought`` (one file or answer) beside ``known`` (as known now), if anything."""
    ours, theirs = _comparable(brought, known)
    if ours.empty or theirs.empty:
        return None
    pairs = _pairs(ours, theirs)
    return _swapped(ours, theirs, pairs) or _far(pairs) or _leap(ours[~ours.index.isin(pairs["row"])], theirs)


def unlike(brought: pd.DataFrame, known: pd.DataFrame) -> Doubt | None:
    """Return what speaks against a source's answer beside its own figures as known now, which it may well revise.

    Many are the known ones times one common factor, or exports for imports; those of new periods are many times
    those of the periods beside them; or some, be they three of many, are a power of a thousand off.
    """
    ours, theirs = _comparable(brought, known)
    if ours.empty or theirs.empty:
        return None
    pairs = _pairs(ours, theirs)
    own = pairs[pairs["own"]]
    new = ours[~ours.index.isin(own["row"])]
    return _swapped(ours, theirs, pairs) or _common(pairs) or _leap(new, theirs) or _powers(own, 1.25, 0.0)


def clustered(brought: pd.DataFrame, known: pd.DataFrame) -> Doubt | None:
    """Return that many figures are the known ones times one common factor, or exports for imports, if so.

    The weaker test, where figures may well be other than those known but not by one factor.
    """
    ours, theirs = _comparable(brought, known)
    if ours.empty or theirs.empty:
        return None
    pairs = _pairs(ours, theirs)
    return _swapped(ours, theirs, pairs) or _common(pairs)


def scaled(brought: pd.DataFrame, beside: pd.DataFrame) -> Doubt | None:
    """Return that many figures are a thousand, a million or one other factor off any count of the same trade, if so.

    For a first answer: ``beside`` may be another source's, the mirror's, or of the periods around. What differs
    by no common factor is let pass.
    """
    ours, theirs = _comparable(brought, beside)
    if ours.empty or theirs.empty:
        return None
    pairs = _pairs(ours, theirs)
    fresh = ours[~ours.index.isin(pairs["row"])]
    around = _around(fresh.assign(source=""), theirs.assign(source=""))
    return _powers(pairs, 1.5, 1 / 3) or _powers(around, 3.0, 0.8) or _one_factor(pairs)


def _comparable(brought: pd.DataFrame, known: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what of each table is of the same trade as a row of the other, plain: nothing else is ever paired."""
    if brought.empty or known.empty:
        return brought[:0], known[:0]
    ours = brought[of_same_trade(brought, [known])]
    return _plain(merge.newest(ours)), _plain(known[of_same_trade(known, [ours])])


def _powers(pairs: pd.DataFrame, slack: float, share: float) -> Doubt | None:
    """Return that at least ``share`` of the figures are a power of a thousand off, up to ``slack`` times."""
    logs = np.log(pairs["ratio"].to_numpy(dtype="float64"))
    for power in (3, -3, 6, -6, 9, -9):
        off = pairs[np.abs(logs - power * np.log(10.0)) < np.log(slack)]
        if len(off) >= _FEW and len(off) >= share * len(pairs):
            return _doubt_about(off, len(pairs))
    return None


def _one_factor(pairs: pd.DataFrame) -> Doubt | None:
    """Return that two thirds of the figures or more are off by one and the same factor."""
    common = _common(pairs)
    return common if common is not None and len(pairs) >= 2 * _FEW and 3 * common.of >= 2 * len(pairs) else None


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Return the columns compared of what is above zero; the edition of the codes does not matter for a total."""
    plain = table.loc[table["value"].gt(0), ["source", *_SAME[:-1], "classification", "value"]].reset_index(drop=True)
    classification = coded(plain["classification"])
    edition = mapped(classification, [*classification.cat.categories.str.rstrip("0123456789")])
    goods = coded(plain["commodity_code"]).cat.remove_unused_categories()
    return plain.assign(edition=edition.mask(goods.eq(schema.TOTAL)), commodity_code=goods)


def _pairs(ours: pd.DataFrame, theirs: pd.DataFrame) -> pd.DataFrame:
    """Pair each figure with one held: of its own series, else of another source, else the mirror's."""
    totals = _turned(theirs[theirs["commodity_code"].eq(schema.TOTAL)])
    mirror = totals.assign(reporter=totals["partner"], partner=totals["reporter"])
    alike, others, mirrored = numbered_together([ours, theirs, mirror], _SAME)
    own = numbered_together([ours, theirs], ["source", *_SAME])
    places = np.array([_first(*own), _first(alike, others), np.append(mirror.index, -1)[_first(alike, mirrored)]])
    paired = places >= 0
    row = np.flatnonzero(paired.any(axis=0))
    row = row[np.argsort(paired.argmax(axis=0)[row], kind="stable")]
    kind = paired.argmax(axis=0)[row]
    pairs = ours.iloc[row]
    total = pairs["commodity_code"].eq(schema.TOTAL).to_numpy()
    among_two = (pairs["reporter"].isin(schema.PAIR) & pairs["partner"].isin(schema.PAIR)).to_numpy()
    known = theirs["value"].to_numpy()[places[kind, row]]
    return pairs.assign(
        row=row,
        own=kind == 0,
        known=known,
        limit=np.where((kind == 2) & ~among_two, _MIRROR, np.where(total, _TOTAL, _GOODS)),
        ratio=pairs["value"].to_numpy() / known,
    )


def _first(ours: Numbers, theirs: Numbers) -> npt.NDArray[np.intp]:
    """Return the place of the first of ``theirs`` that has the number of each of ``ours``, -1 for none."""
    distinct, places = np.unique(theirs, return_index=True)
    return np.append(places, -1)[pd.Index(distinct).get_indexer(pd.Index(ours))]


def _turned(table: pd.DataFrame) -> pd.DataFrame:
    """Return exports under the name of imports and imports under that of exports."""
    turned = table[table["flow"].isin(_FLIPPED)]
    flow = coded(turned["flow"])
    return turned.assign(flow=mapped(flow, [_FLIPPED.get(name, "") for name in flow.cat.categories]))


def _size(pairs: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return how far each ratio is from one, as a factor above one."""
    return np.asarray(np.exp(np.abs(np.log(pairs["ratio"].to_numpy(dtype="float64")))), dtype="float64")


def _far(pairs: pd.DataFrame) -> Doubt | None:
    """Return that most figures are off by more than is usual, or many by far."""
    if pairs.empty:
        return None
    size = _size(pairs)
    off = pairs[size > pairs["limit"].to_numpy()]
    wild = pairs[(size >= _FAR) & pairs["own"].to_numpy()]
    if 2 * len(off) > len(pairs):
        return _doubt_about(off, len(pairs))
    return _doubt_about(wild, len(pairs)) if len(wild) >= 3 and 5 * len(wild) >= len(pairs) else None


def _common(pairs: pd.DataFrame) -> Doubt | None:
    """Return that a third of the figures or more are off by one and the same factor."""
    off = pairs[_size(pairs) > _TOTAL]
    if len(off) < 3:
        return None
    logs = np.sort(np.log(off["ratio"].to_numpy(dtype="float64")))
    ends = np.searchsorted(logs, logs + 2 * _CLUSTER, side="right")
    first = int((ends - np.arange(len(logs))).argmax())
    within = off[np.log(off["ratio"]).between(logs[first], logs[first] + 2 * _CLUSTER)]
    return _doubt_about(within, len(pairs)) if len(within) >= 3 and 3 * len(within) >= len(pairs) else None


def _swapped(ours: pd.DataFrame, theirs: pd.DataFrame, pairs: pd.DataFrame) -> Doubt | None:
    """Return that exports are the held imports and imports the held exports."""
    turned = _turned(ours)
    places = _first(*numbered_together([turned, theirs], ["source", *_SAME]))
    across = turned[places >= 0]
    straight = pairs[pairs["row"].isin(across.index)]
    if straight.empty or across["flow"].nunique() < 2:
        return None
    known = theirs["value"].to_numpy()[places[places >= 0]]
    fits, other = np.abs(np.log(across["value"].to_numpy() / known)), np.abs(np.log(straight["ratio"].to_numpy()))
    if np.median(fits) > 0.01 or np.median(other) < 0.05:
        return None
    return Doubt(f"{len(across)} figures are the held ones of the other flow: exports stand for imports")


def _leap(fresh: pd.DataFrame, theirs: pd.DataFrame) -> Doubt | None:
    """Compare figures of periods not held with those around them: most of them, or a quarter that is far off."""
    both = _around(fresh, theirs)
    off = both[_size(both) > _LEAP]
    wild = both[(_size(both) > _WILD) & both["commodity_code"].eq(schema.TOTAL).to_numpy()]
    leaps = off if 2 * len(off) > len(both) else wild
    return (
        _doubt_about(leaps, len(both), "the periods beside them")
        if len(leaps) and 4 * len(leaps) >= len(both)
        else None
    )


def _around(fresh: pd.DataFrame, theirs: pd.DataFrame) -> pd.DataFrame:
    """Pair figures with the median of the nearest periods of as many months of the same series."""
    tables = [frame.assign(months=schema.months(frame)) for frame in (fresh, theirs)]
    numbers = numbered_together(tables, _OF_ONE_LENGTH)
    ours, others = (
        pd.DataFrame({"series": series, "start": frame["period_start"], "value": frame["value"]})
        for series, frame in zip(numbers, tables, strict=True)
    )
    near = ours.assign(row=ours.index).merge(others, on="series", suffixes=("", "_known"))
    away = (near["start"] - near["start_known"]).abs()
    near = near[away.le(_NEAR) & away.gt(pd.Timedelta(0))]
    both = fresh.join(near.groupby("row")["value_known"].median().rename("known"), how="inner")
    return both.assign(ratio=both["value"] / both["known"])


def _doubt_about(off: pd.DataFrame, of: int, beside: str = "those held for the same") -> Doubt:
    """Say how many figures are off by what, name a known mistake, and show one pair."""
    factor = float(np.exp(np.log(off["ratio"]).median()))
    size = max(factor, 1 / factor)
    named = next((words for known, words in _MISTAKES if abs(np.log(size / known)) < np.log(1.25)), "")
    one = off.iloc[0]
    end = f"{one['period_end']:%Y-%m}"
    shown = (
        f"{one['reporter']} {one['flow']} {one['partner']} {one['commodity_code']} to {end}: "
        f"{one['value']:.4g} here, {one['known']:.4g} held, {one['currency']}"
    )
    times = f"{factor:.4g} times" if factor >= 1 else f"1/{size:.4g} of"
    words = f"{len(off)} of {of} figures are about {times} {beside}{f' ({named})' if named else ''}, as {shown}"
    return Doubt(words, len(off))
