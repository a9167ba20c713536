"""Printed decimals times a power of ten, without a rounding of their own."""

import math
import re
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_PLAIN: Final = re.compile(r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))(?:[eE]([+-]?[0-9]{1,3}))?")

_INFINITE: Final = 309  # a power of ten that no figure has: no number at all


def _figure(cell: str, power: int) -> float:
    """Return a plain decimal times ten to the ``power`` without a rounding of its own, else NaN."""
    match = _PLAIN.fullmatch(cell)
    return float(f"{match[1]}e{int(match[2] or 0) + power}") if match else math.nan


def rounded(text: pd.Series) -> pd.Series:
    """Tell where an exponent hides digits, as a spreadsheet's ``1.23457E+11`` does, and no other cell redeems it.

    ``4.5E+10`` hides nine digits. It is exact all the same where another cell of the column is printed with as
    many digits as this one stands for: then zeros were left out, and nothing was rounded.
    """
    marked = text.str.contains("[eE]")
    if not marked.any():
        return marked
    parts = text[marked].str.extract(r"^\s*[+-]?(?P<whole>\d+)(?:[.,](?P<part>\d*))?[eE]\+?(?P<power>\d{1,3})\s*$")
    part = parts["part"].str.len().fillna(0)
    needed = parts["whole"].str.len() + pd.to_numeric(parts["power"])
    power = pd.to_numeric(parts["power"])
    hides = power.gt(part) & power.lt(_INFINITE)
    whole = text[~text.index.isin(hides[hides].index)].str.replace(r"[eE].*$", "", regex=True)
    shown = whole.str.count(r"\d").where(whole.str.fullmatch(r"\s*[+-]?\d[\d.,]*\s*")).max()
    marked[marked] = hides & ~needed.le(0 if pd.isna(shown) else shown)
    return marked.astype("bool")


def figures(text: pd.Series, power: int | pd.Series) -> pd.Series:
    """Return plain decimals times ten to their power, all at once where they have no sign and no exponent."""
    cells = pa.array(text, pa.string())
    simple = pc.fill_null(pc.match_substring_regex(cells, r"^[0-9]+(?:\.[0-9]*)?$"), fill_value=False)
    powers = pa.array(power.astype("str"), pa.string()) if isinstance(power, pd.Series) else str(power)
    raised = pc.if_else(simple, pc.binary_join_element_wise(cells, powers, "e"), None).cast(pa.float64())
    values = pd.Series(raised.to_numpy(zero_copy_only=False), text.index)
    if pc.all(simple, min_count=0).as_py():
        return values
    odd = ~simple.to_numpy(zero_copy_only=False)
    of = power[odd] if isinstance(power, pd.Series) else [power] * int(odd.sum())
    values[odd] = [_figure(cell, one) for cell, one in zip(text[odd], of, strict=True)]
    return values
