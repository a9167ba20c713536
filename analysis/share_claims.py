"""Shares that a statement may name: the other's part in a country's trade, goods in what the two trade."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis import lines, shares
from analysis.bases import Basis
from analysis.pool import Entry, Pool
from analysis.series import plus

if TYPE_CHECKING:
    from analysis.book import Book

_BASES: Final = {
    "china": "Chinese customs",
    "national": "Russian customs",
    "imf": "IMF",
    "mirror": "what China reports, over Russian customs’ whole",
}
_SIDES: Final = {"CHN": "china", "RUS": "russia"}


@lru_cache(maxsize=16)
def pool(book: Book, side: str, flow: str, codes: lines.Codes, name: str) -> Pool:
    """Return every share in per cent, by year: of goods where ``codes`` are given, else of the other country."""
    return Pool.of(_of_goods(book, flow, codes, name) if codes else _of_trade(book, side, flow))


def _of_goods(book: Book, flow: str, codes: lines.Codes, name: str) -> list[Entry]:
    """Return ``100 * goods / all goods`` of one flow between the two, both sums of BACI's lines."""
    part, whole = lines.years(book, codes, flow), lines.years(book, ("",), flow)
    out = []
    for year, value in part.items():
        if whole.get(year):
            steps = f"{value / 1e9:.2f} of {whole[year] / 1e9:.2f} bn"
            label, unit = f"{name} (FOB, reconciled)", f"percent of {flow}s"
            figure = 100 * value / whole[year]
            basis = Basis(label, figure, unit, str(year), "baci", lines.release(book), steps)
            out.append(Entry(basis, flow, (f"{year}-01", f"{year}-12")))
    return out + (_of_goods(book, flow, ("27",), "all of HS 27") if codes == lines.ALL_FUELS else [])


def _of_trade(book: Book, side: str, flow: str) -> list[Entry]:
    """Return the other country's share of a country's exports or imports; see ``shares.dependence``."""
    held = shares.dependence(book)
    rows = held[held["side"].eq(_SIDES[side]) & held["flow"].eq(flow) & held["share_pct"].notna()]
    out = []
    for row in rows.to_dict("records"):
        year = row["period_start"].year
        day = "as now published" if pd.isna(row["released"]) else f"{row['released']:%Y-%m-%d}"
        steps = f"{row['value'] / 1e9:.2f} of {row['world_value'] / 1e9:.1f} bn {row['currency']}"
        source = plus((row["source"], row["base_source"])) or ""
        label, unit = _BASES[str(row["count"])], f"percent of {flow}s"
        basis = Basis(label, row["share_pct"], unit, str(year), source, day, steps, str(row["currency"]))
        out.append(Entry(basis, flow, (f"{year}-01", f"{year}-12")))
    return out
