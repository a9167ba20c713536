"""The words for why a figure of goods is refused or not compared."""

from typing import Final

import pandas as pd

from analysis.measures.goods import reasons
from layouts.words import language, text
from layouts.words.catalogue import has, say

_REASON: Final = "goods.reason.{}"
_CHANGED: Final = "goods.changed.{}"
_SHARES: Final = ("share", "held", "asked")
_TONNES: Final = ("weighed", "printed")


def worded(reason: str) -> str:
    """Return a reason in words: ``who counts changes in 2022``."""
    code, values = reasons.read(reason)
    key = _CHANGED.format(values.get("code", ""))
    return say(key) if has(key) else say(_REASON.format(code), **_written(values))


def with_reasons(rows: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return rows with the reasons in some columns as words."""
    return rows.assign(**{column: rows[column].map(worded, na_action="ignore") for column in columns if column in rows})


def _written(values: dict[str, str]) -> dict[str, str]:
    shares: dict[str, str] = {name: text.share(float(values[name]), 0) for name in _SHARES if name in values}
    tonnes: dict[str, str] = {name: _millions(float(values[name])) for name in _TONNES if name in values}
    codes = {"codes": text.listed(values["codes"].split(reasons.BETWEEN))} if "codes" in values else {}
    return {**values, **shares, **tonnes, **codes}


def _millions(tonnes: float) -> str:
    """Write millions of tonnes with one decimal; in Chinese as so many 万, the same digits."""
    return text.number(100 * tonnes, 0) if language.current() == "zh" else text.number(tonnes)
