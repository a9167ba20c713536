"""The words for why a figure of goods is refused or not compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analysis import reasons
from layouts.words import text
from layouts.words.catalogue import has, say

if TYPE_CHECKING:
    import pandas as pd

_REASON: Final = "goods.reason.{}"
_CHANGED: Final = "goods.changed.{}"
_SHARES: Final = ("share", "held", "asked")
_TONNES: Final = ("weighed", "printed")


def said(reason: str) -> str:
    """Return a reason in words: ``who counts changes in 2022``."""
    code, values = reasons.read(reason)
    key = _CHANGED.format(values.get("code", ""))
    return say(key) if has(key) else say(_REASON.format(code), **_written(values))


def told(rows: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return rows with the reasons in some columns as words."""
    return rows.assign(**{column: rows[column].map(said, na_action="ignore") for column in columns if column in rows})


def _written(values: dict[str, str]) -> dict[str, str]:
    shares = {name: text.share(float(values[name]), 0) for name in _SHARES if name in values}
    tonnes = {name: text.number(float(values[name])) for name in _TONNES if name in values}
    codes = {"codes": text.listed(values["codes"].split(reasons.BETWEEN))} if "codes" in values else {}
    return {**values, **shares, **tonnes, **codes}
