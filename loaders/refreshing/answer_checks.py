"""Never less: why an answer is not taken in, though it could be read."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from loaders.core import merge, rates, schema
from loaders.core.columns.row_numbers import numbered_together
from loaders.core.source import Parsed

_ABOUT: Final = ("reporter", "flow", "partner", "currency")
_LEAST: Final = 0.9
_BAD: Final = 0.1
_FACTOR: Final = 5.0
_ENOUGH: Final = 3
_REVISED: Final = 1.5
_RATE: Final = 1.5
_YEARLY: Final = 3.0


def counts(parsed: Parsed) -> dict[str, int]:
    """Count the figures of an answer by what they are about and the currency or unit that they are in."""
    rows = parsed.table[list(_ABOUT)].astype("str").itertuples(index=False, name=None)
    counted = Counter(map(" ".join, rows))
    if parsed.rates is not None:
        counted.update(map(" ".join, parsed.rates[["series", "unit"]].itertuples(index=False, name=None)))
    return dict(sorted(counted.items()))


def doubt(parsed: Parsed, before: Iterable[Mapping[str, Any]], today: pd.Timestamp) -> str | None:
    """Return why the answer is not to be trusted by itself and beside what earlier ones held, or nothing."""
    now = counts(parsed)
    if not now:
        return _empty(parsed)
    if len(parsed.refused) > _BAD * parsed.rows_read:
        return f"{len(parsed.refused):,} of {parsed.rows_read:,} rows are bad, the first: {parsed.refused[0]}"
    if late := _future(parsed, today):
        return f"holds figures of {late}, which is not over on {today:%Y-%m-%d}; check this machine's clock"
    most: Counter[str] = Counter()
    for earlier in before:
        most |= Counter(earlier)
    for about, count in most.items():
        if now.get(about, 0) < _LEAST * count:
            return f"holds {now.get(about, 0):,} figures of {about} where an earlier answer held {count:,}"
    return None


def last(parsed: Parsed) -> str:
    """Return the last month of an answer's trade rows, as 2026-09, empty where it holds none."""
    end = parsed.table["period_end"].max()
    return "" if pd.isna(end) else f"{end:%Y-%m}"


def ends_early(parsed: Parsed, before: str) -> str | None:
    """Return that an answer ends before the last month of one taken in earlier: an old one under a new date."""
    now = last(parsed)
    return f"ends with {now} where an earlier answer went to {before}" if now and now < before else None


def stale(stored: pd.DataFrame, known: pd.DataFrame, brought: pd.DataFrame) -> str | None:
    """Return that what differs from the figures ``known`` now is what was held before them: an old answer."""
    if stored.empty or brought.empty:
        return None
    fresh = brought[~merge.holds(known, brought)]
    earlier = int(merge.holds(stored, fresh).sum()) if len(fresh) else 0
    if earlier < _ENOUGH or earlier < _LEAST * len(fresh):
        return None
    return f"holds {earlier:,} figures that were revised since, and nothing newer: an old answer"


def most_revised(pair: pd.DataFrame) -> str | None:
    """Return that most totals are far from those held of the same series, more than revisions ever move them.

    ``pair`` is what :func:`beside` gives.
    """
    pair = pair[pair["commodity_code"].eq(schema.TOTAL)]
    ratio = pair["value_brought"] / pair["value_stored"]
    far = int((ratio.gt(_REVISED) | ratio.lt(1 / _REVISED)).sum())
    if len(pair) < _ENOUGH or 2 * far <= len(pair):
        return None
    return f"holds {far:,} of {len(pair):,} totals more than {_REVISED:g} times off those held"


def _empty(parsed: Parsed) -> str:
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in [*parsed.left_out.items()][:3])
    first = f", the first bad row: {parsed.refused[0]}" if parsed.refused else ""
    return f"holds no figure ({parsed.rows_read:,} rows read{f', left out: {reasons}' if reasons else ''}{first})"


def _future(parsed: Parsed, today: pd.Timestamp) -> str:
    """Return the latest period that has not begun its last month yet."""
    ends = [pd.Series(parsed.table["period_end"])]
    if parsed.rates is not None:
        ends.append(pd.to_datetime(parsed.rates["period_end"], format="%Y-%m"))
    last = max((end.max() for end in ends if len(end)), default=pd.NaT)
    return f"{last:%Y-%m}" if pd.notna(last) and last > today else ""


def other_unit(pair: pd.DataFrame) -> str | None:
    """Return that the figures are many times larger or smaller than the held ones of the same series.

    A revision moves some figures a little; another unit moves all of them by the same large factor. ``pair``
    is what :func:`beside` gives.
    """
    if len(pair) < _ENOUGH:
        return None
    ratio = float((pair["value_brought"] / pair["value_stored"]).median())
    if 1 / _FACTOR < ratio < _FACTOR:
        return None
    return f"holds figures {ratio:.3g} times those held, so the unit must be another"


def other_rate(stored: pd.DataFrame, brought: pd.DataFrame) -> str | None:
    """Return that an exchange rate is far from the one held or shipped for the same time, or leaps beside the next.

    A rate is an average of many days: one of a month is never half as large again as the month's before.
    """
    known = rates.newest(stored) if len(stored) else stored
    pair = beside(known, brought, rates.KEY) if len(known) else pd.DataFrame()
    if len(pair):
        if why := other_unit(pair):
            return why
        ratio = pair["value_brought"] / pair["value_stored"]
        far = pair[ratio.gt(_RATE) | ratio.lt(1 / _RATE)]
        if len(far):
            return _rate_message(
                far.iloc[0], "value_brought", "value_stored", f"{len(far):,} of {len(pair):,} rates", "held"
            )
    leap = _leaps(known, brought)
    return None if leap is None else _rate_message(leap, "value", "before", "a rate", "in the period before or after")


def _leaps(stored: pd.DataFrame, brought: pd.DataFrame) -> pd.Series | None:
    """Return the first rate brought that is far from that of the next period of its series, whichever side."""
    key = ["series", "pair", "freq"]
    rows = [
        frame[[*rates.KEY, "value"]].assign(own=own) for frame, own in ((stored, False), (brought, True)) if len(frame)
    ]
    both = pd.concat(rows, ignore_index=True).drop_duplicates(list(rates.KEY), keep="last")
    start = both["period_start"].str[:7].to_numpy(dtype="datetime64[M]").astype("int64")
    both = both.assign(value=both["value"].astype("float64"), start=start)
    both = both.sort_values([*key, "start"], ignore_index=True)
    same = both[key].eq(both[key].shift()).all(axis="columns")
    yearly = both["period_start"].str[:7].ne(both["period_end"].str[:7])
    near = both["start"].diff().le(yearly.map({True: 12, False: 1})) & yearly.eq(yearly.shift())
    ratio = both["value"] / both["value"].shift()
    limit = yearly.map({True: _YEARLY, False: _RATE})
    fresh = both["own"] | both["own"].shift(fill_value=False)
    bad = same & near & fresh & (ratio.gt(limit) | ratio.lt(1 / limit))
    return None if not bad.any() else both.assign(before=both["value"].shift())[bad].iloc[0]


def _rate_message(row: pd.Series, new: str, old: str, what: str, where: str) -> str:
    here, there = float(row[new]), float(row[old])
    return f"holds {what} far from those {where}, as {row['series']} {row['period_end']}: {here:.6g} beside {there:.6g}"


def beside(known: pd.DataFrame, brought: pd.DataFrame, key: Sequence[str] = schema.SERIES_KEY) -> pd.DataFrame:
    """Return each figure brought with the one known, of which there is one a key; the order is that of ``known``."""
    theirs, ours = numbered_together([known, brought], key)
    places = pd.Index(theirs).get_indexer(pd.Index(ours))
    rows = np.argsort(places, kind="stable")[(places < 0).sum() :]
    old, new = (
        table["value"].to_numpy(dtype="float64")[taken] for table, taken in ((known, places[rows]), (brought, rows))
    )
    pair = brought.iloc[rows].assign(value_stored=old, value_brought=new)
    return pair[(old > 0) & (new > 0)]
