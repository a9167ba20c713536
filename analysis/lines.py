"""Goods between the two by code: years of BACI, and what Chinese customs print of the very code."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis import bases, energy, goods
from analysis.bases import BN_USD, PERCENT, RATE, Basis, Rest, Span, span_name, year_before

if TYPE_CHECKING:
    from analysis.book import Book

Codes = tuple[str, ...]
_FOB: Final = "FOB, reconciled"
_AT: Final = {"import": "CIF", "export": "FOB"}
_SAME: Final = {"270900": "2709"}  # the heading has this one line
ALL_FUELS: Final = tuple(code for codes in energy.FUELS.values() for code in codes)


@lru_cache(maxsize=64)
def years(book: Book, codes: Codes, flow: str) -> dict[int, float]:
    """Return the value in whole US$ of all codes that start with one of ``codes``, by year, in BACI."""
    if codes == ALL_FUELS and flow == "import":
        held = energy.four_fuels(book)
        found = held["period_start"].dt.year.unique() if len(held) else []
        bills = {int(year): energy.bill(book, int(year)) for year in found}
        return {year: bill.value for year, bill in bills.items() if bill}
    rows = goods.lines(book)
    rows = rows[rows["flow"].eq(flow) & rows["code"].str.startswith(codes)]
    sums = rows.groupby("year")["value"].sum()
    return {int(str(year)): float(value) for year, value in sums.items()}


@lru_cache(maxsize=4)
def release(book: Book) -> str:
    """Return BACI's newest release, ``YYYY-MM-DD``, or that it is not stated."""
    known = book.known
    newest = known.loc[known["source"].eq("baci") & known["classification"].eq("HS2017"), "released"].max()
    return "release not stated" if pd.isna(newest) else f"{newest:%Y-%m-%d}"


@lru_cache(maxsize=64)
def _printed(book: Book, codes: Codes, flow: str) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Return China's own prints of one code by source and window, the longest of each."""
    if len(codes) != 1:
        return {}
    known = book.known
    chosen = known["reporter"].eq("CHN") & known["partner"].eq("RUS") & known["flow"].eq(flow)
    chosen &= known["currency"].eq("USD") & ~known["source"].isin(["baci", "article"])
    code = known["commodity_code"].astype("str").replace(_SAME)
    rows = known[
        chosen & code.eq(_SAME.get(codes[0], codes[0])) & known["classification"].astype("str").str.startswith("HS")
    ]
    out: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in sorted(rows.to_dict("records"), key=lambda one: bases.digits(one["value"])):
        key = (str(row["source"]), f"{row['period_start']:%Y-%m}", f"{row['period_end']:%Y-%m}")
        out[key] = {str(name): cell for name, cell in row.items()}
    return out


@lru_cache(maxsize=64)
def spans(book: Book, codes: Codes, flow: str) -> tuple[Span, ...]:
    """Return every window that goods are held for, in the order of time."""
    held = {(f"{year}-01", f"{year}-12") for year in years(book, codes, flow)}
    held |= {(start, end) for _, start, end in _printed(book, codes, flow)}
    held |= {span for span, _ in _rates(book, codes, flow)}
    return tuple(sorted(held))


def _year(span: Span) -> int | None:
    return int(span[0][:4]) if span[0][5:] == "01" and span[1] == f"{span[0][:4]}-12" else None


def levels(book: Book, codes: Codes, name: str, flow: str, span: Span) -> list[Basis]:
    """Return the value of goods in a window, in US$ bn: reconciled, and as Chinese customs print the code."""
    out = []
    value = years(book, codes, flow).get(_year(span) or 0)
    if value is not None:
        steps = f"six-digit lines of HS {', '.join(codes)}"
        rests = Rest(value, flow, span, codes)
        label = f"{name} ({_FOB})"
        out.append(Basis(label, value / 1e9, BN_USD, span_name(span), "baci", release(book), steps, rests=rests))
    for (source, *window), row in _printed(book, codes, flow).items():
        if tuple(window) == span:
            label = f"{name}, Chinese customs ({_AT[flow]})"
            rests = Rest(float(row["value"]), flow, span, codes)
            value, day = row["value"] / 1e9, _day(row)
            out.append(Basis(label, value, BN_USD, span_name(span), source, day, "as printed", rests=rests))
    if codes == ALL_FUELS:
        out += levels(book, ("27",), "all of HS 27", flow, span)
    return out


def growth(book: Book, codes: Codes, name: str, flow: str, span: Span) -> list[Basis]:
    """Return the growth of goods over the same months a year before, in per cent, each source on its own base."""
    before = year_before(span)
    tops, bottoms = levels(book, codes, name, flow, span), levels(book, codes, name, flow, before)
    out = []
    for top in tops:
        bottom = next((one for one in bottoms if (one.label, one.source) == (top.label, top.source)), None)
        if bottom and bottom.figure:
            steps = f"{top.figure:.3f} bn over {bottom.figure:.3f} bn"
            rate = 100 * (top.figure / bottom.figure - 1)
            rests = bases.over(top, bottom)
            out.append(Basis(top.label, rate, PERCENT, top.window, top.source, top.vintage, steps, rests=rests))
    return out + [basis for held, basis in _rates(book, codes, flow) if held == span]


@lru_cache(maxsize=64)
def _rates(book: Book, codes: Codes, flow: str) -> tuple[tuple[Span, Basis], ...]:
    """Return the rates printed for the very code."""
    held = book.side("printed_rates")
    if held.empty or len(codes) != 1:
        return ()
    rows = held[held["reporter"].eq("CHN") & held["partner"].eq("RUS") & held["flow"].eq(flow)]
    rows = rows[rows["commodity_code"].eq(codes[0])].drop_duplicates(["period_start", "period_end", "yoy_pct"])
    out = []
    for row in rows.to_dict("records"):
        span = str(row["period_start"]), str(row["period_end"])
        released = "" if pd.isna(row["released"]) else str(row["released"])
        steps = f"rate as printed by {row['publisher']}"
        out.append((span, Basis(RATE, float(row["yoy_pct"]), PERCENT, span_name(span), "press", released, steps)))
    return tuple(out)


def _day(row: dict[str, Any]) -> str:
    return "as now published" if pd.isna(row["released"]) else f"{row['released']:%Y-%m-%d}"
