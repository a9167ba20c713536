"""Values of a window on every basis at hand: customs now and then, yuan, the IMF, reconciled, the other side."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from analysis import bases, lines
from analysis.bases import BN_CNY, BN_USD, IMF, NOW, THEN, Basis, Read, Rest, Span, span_name, vintage
from analysis.points import FLIPPED
from analysis.windows import Tiles, Window

if TYPE_CHECKING:
    import pandas as pd

    from analysis.book import Book

LATER: Final = "another print"
_MIRRORS: Final = {
    "fcs": "Russian customs",
    "comtrade": "UN Comtrade, as Russia reported",
    "imf": "IMF, Russia’s side",
}
_UNITS: Final = {"USD": BN_USD, "CNY": BN_CNY}


def levels(book: Book, flow: str, span: Span) -> list[Basis]:
    """Return the value of a window in billions on every basis; ``balance`` is exports less imports of one basis.

    Customs' figures come first, then prints, then others' figures; each names its own source.
    """
    out = [_basis(label, found, span, flow) for label, read in _READS if (found := _read(read, book, flow, span))]
    out += _prints(book, flow, span)
    out += _reconciled(book, flow, span)
    return out + mirrored(book, flow, span)


def mirrored(book: Book, flow: str, span: Span) -> list[Basis]:
    """Return what Russia's side reports of China's ``flow``: its imports for China's exports."""
    out = []
    for name, label in _MIRRORS.items():
        tiles = _mirror(book, name)
        found = _read(lambda _, side, span_, held=tiles: held.window(FLIPPED[side], *span_), book, flow, span)  # type: ignore[misc]
        if found:
            side = {"export": ", its imports (CIF)", "import": ", its exports (FOB)"}.get(flow, "")
            rests = Rest(found.value, FLIPPED.get(flow, flow), span, reporter="RUS")
            out.append(replace(_basis(f"{label}{side}", found, span, flow), rests=None if flow == "balance" else rests))
    return out


def _read(read: Read, book: Book, flow: str, span: Span) -> Window | None:
    if flow != "balance":
        return read(book, flow, span)
    export, imports = read(book, "export", span), read(book, "import", span)
    if export is None or imports is None:
        return None
    taken = tuple((-sign, value, name) for sign, value, name in imports.parts)
    return replace(export, value=export.value - imports.value, parts=export.parts + taken)


def _basis(label: str, window: Window, span: Span, flow: str) -> Basis:
    steps = window.steps if len(window.parts) <= 3 else f"sum of {len(window.parts)} prints"
    steps += bases.converted(window)
    named = label.replace(NOW, IMF) if "imf" in window.source and label.startswith(NOW) else label
    unit = _UNITS.get(window.currency, BN_USD)
    rests = None if flow == "balance" else Rest(window.value, flow, span)
    value, day = window.value / 1e9, vintage(window)
    return Basis(named, value, unit, span_name(span), window.source, day, steps, window.currency, rests)


@lru_cache(maxsize=4)
def _yuan_tables(book: Book) -> Tiles:
    rows = book.pair_totals
    return Tiles.of(rows[rows["source"].eq("gacc") & rows["currency"].eq("CNY")])


def _yuan_table(book: Book, flow: str, span: Span) -> Window | None:
    """Return a window that customs print in yuan as it stands."""
    found = _yuan_tables(book).window(flow, *span)
    return found if found and found.printed else None


_READS: Final[tuple[tuple[str, Read], ...]] = (
    (NOW, bases.now),
    (IMF, bases.imf),
    (THEN, bases.then),
    (f"{NOW}, in yuan", bases.now_in_yuan),
    ("customs’ table, in yuan", _yuan_table),
)


@lru_cache(maxsize=4)
def _all_prints(book: Book) -> dict[tuple[str, str, str], list[tuple[float, str]]]:
    rows = book.trade
    chosen = rows["source"].eq("press") & rows["reporter"].eq("CHN") & rows["partner"].eq("RUS")
    chosen &= rows["commodity_code"].eq("TOTAL") & rows["currency"].eq("USD")
    out: dict[tuple[str, str, str], list[tuple[float, str]]] = {}
    for row in rows[chosen].sort_values("released", kind="stable").to_dict("records"):
        key = (str(row["flow"]), f"{row['period_start']:%Y-%m}", f"{row['period_end']:%Y-%m}")
        out.setdefault(key, []).append((float(row["value"]), _day(row["released"])))
    return out


def _day(released: pd.Timestamp) -> str:
    return "release not stated" if released is None or released != released else f"{released:%Y-%m-%d}"  # noqa: PLR0124 (NaT is not itself)


def _prints(book: Book, flow: str, span: Span) -> list[Basis]:
    """Return each other print of the very window, once a value."""
    first = bases.then(book, flow, span) if flow != "balance" else None
    met = {first.value} if first else set()
    out = []
    for value, day in _all_prints(book).get((flow, *span), []):
        if value not in met:
            met.add(value)
            rests = Rest(value, flow, span)
            out.append(Basis(LATER, value / 1e9, BN_USD, span_name(span), "press", day, "as printed", rests=rests))
    return out


def _reconciled(book: Book, flow: str, span: Span) -> list[Basis]:
    """Return the year's sum of six-digit lines in BACI: both countries' reports made one, free on board."""
    if span[0][5:] != "01" or span[1] != f"{span[0][:4]}-12":
        return []
    sides = {side: lines.years(book, ("",), side).get(int(span[0][:4])) for side in ("export", "import")}
    export, imports = sides["export"], sides["import"]
    if export is None or imports is None:
        return []
    value = {"export": export, "import": imports, "total": export + imports, "balance": export - imports}[flow]
    steps = "sum of six-digit lines"
    return [
        Basis("CEPII BACI (FOB, reconciled)", value / 1e9, BN_USD, span_name(span), "baci", lines.release(book), steps)
    ]


@lru_cache(maxsize=16)
def _mirror(book: Book, source: str) -> Tiles:
    known = book.known
    chosen = known["reporter"].eq("RUS") & known["partner"].eq("CHN") & known["commodity_code"].eq("TOTAL")
    return Tiles.of(known[chosen & known["source"].eq(source) & known["currency"].eq("USD")])
