"""Never less: why an answer is not taken in, though it could be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from loaders import merge, rates, schema

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loaders.source import Parsed

_LEAST: Final = 0.9
_BAD: Final = 0.1
_FACTOR: Final = 5.0
_ENOUGH: Final = 3


@dataclass(frozen=True)
class Facts:
    """What an answer held, to be compared with the next answer to the same call."""

    rows: int
    units: list[str]

    def note(self) -> dict[str, Any]:
        """Return the facts as a sidecar keeps them."""
        return {"rows": self.rows, "units": self.units}


def facts(parsed: Parsed) -> Facts:
    """Count the figures of an answer, and name the currencies and units that they are in."""
    units = set(parsed.table["currency"].astype("str"))
    rated = parsed.rates
    if rated is not None:
        units |= set(rated["unit"].astype("str"))
    return Facts(len(parsed.table) + (0 if rated is None else len(rated)), sorted(units))


def doubt(parsed: Parsed, before: Iterable[dict[str, Any]], today: pd.Timestamp) -> str | None:
    """Return why the answer is not to be trusted by itself and beside what earlier ones held, or nothing."""
    now = facts(parsed)
    if not now.rows:
        return _empty(parsed)
    if len(parsed.refused) > _BAD * parsed.rows_read:
        return f"{len(parsed.refused):,} of {parsed.rows_read:,} rows are bad, the first: {parsed.refused[0]}"
    if late := _future(parsed, today):
        return f"holds figures of {late}, which is not over on {today:%Y-%m-%d}; check this machine's clock"
    earlier = list(before)
    most = max((int(one.get("rows", 0)) for one in earlier), default=0)
    if now.rows < _LEAST * most:
        return f"holds {now.rows:,} figures where an earlier answer held {most:,}"
    lost = {unit for one in earlier[-1:] for unit in one.get("units", [])} - set(now.units)
    return f"no longer counts in {', '.join(sorted(lost))} but in {', '.join(now.units)}" if lost else None


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


def other_unit(held: pd.DataFrame, brought: pd.DataFrame) -> str | None:
    """Return that the figures are many times larger or smaller than the held ones of the same series.

    A revision moves some figures a little; another unit moves all of them by the same large factor.
    """
    pair = _beside(merge.newest(held), brought, list(schema.SERIES_KEY))
    return _scaled(pair)


def other_rate(held: pd.DataFrame, brought: pd.DataFrame) -> str | None:
    """Return the same for exchange rates."""
    return _scaled(_beside(rates.newest(held), brought, list(rates.KEY))) if len(held) else None


def _beside(held: pd.DataFrame, brought: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    both = [
        frame[[*key, "value"]].astype(dict.fromkeys(key, "str") | {"value": "float64"}) for frame in (held, brought)
    ]
    pair = both[0].merge(both[1], on=key, suffixes=("_held", "_brought"))
    return pair[pair["value_held"].gt(0) & pair["value_brought"].gt(0)]


def _scaled(pair: pd.DataFrame) -> str | None:
    if len(pair) < _ENOUGH:
        return None
    ratio = float((pair["value_brought"] / pair["value_held"]).median())
    if 1 / _FACTOR < ratio < _FACTOR:
        return None
    return f"holds figures {ratio:.3g} times those held, so the unit must be another"
