"""Values of a window on every basis at hand: customs now and then, yuan, the IMF, reconciled, the other side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from analysis import readings, recomputations
from analysis.basis import Basis, Print, valuation_of
from analysis.cache import per_dataset
from analysis.claims import goods_values, own_count
from analysis.points import FLIPPED
from analysis.recomputations import (
    BN_CNY,
    BN_USD,
    CALLED,
    IN_DOLLARS,
    IN_YUAN,
    Kind,
    Read,
    Recomputation,
    Rest,
    Span,
    span_name,
    vintage,
)
from analysis.windows import Tiles, Window

if TYPE_CHECKING:
    import pandas as pd

    from analysis.dataset import Dataset

_MIRRORS: Final = {
    "fcs": "Russian customs",
    "comtrade": "UN Comtrade, as Russia reported",
    "imf": "IMF, Russia’s side",
}
_UNITS: Final = {"USD": BN_USD, "CNY": BN_CNY}


def levels(dataset: Dataset, flow: str, span: Span) -> list[Recomputation]:
    """Return the value of a window in billions on every basis; ``balance`` is exports less imports of one basis.

    Customs' figures come first, then prints, then others' figures; each names its own source.
    """
    out = [
        replace(_made(dataset, f"{CALLED[kind]}{money}", found, span, flow), kind=kind)
        for kind, money, read in _READS
        if (found := _read(read, dataset, flow, span))
    ]
    out += _prints(dataset, flow, span)
    out += _reconciled(dataset, flow, span)
    return out + mirrored(dataset, flow, span)


def mirrored(dataset: Dataset, flow: str, span: Span) -> list[Recomputation]:
    """Return what Russia's side reports of China's ``flow``: its imports for China's exports."""
    out = []
    for name, label in _MIRRORS.items():
        tiles = _mirror(dataset, name)
        found = _read(lambda _, side, span_, held=tiles: held.window(FLIPPED[side], *span_), dataset, flow, span)  # type: ignore[misc]
        if found:
            side = {"export": ", its imports (CIF)", "import": ", its exports (FOB)"}.get(flow, "")
            rests = Rest(found.value, FLIPPED.get(flow, flow), span, reporter="RUS")
            made = _made(dataset, f"{label}{side}", found, span, flow)
            own = readings.rests(dataset, FLIPPED.get(flow, flow), found, span, "RUS")
            out.append(replace(made, rests=None if flow == "balance" else rests, basis=own, kind=Kind.MIRROR))
    return out


def _read(read: Read, dataset: Dataset, flow: str, span: Span) -> Window | None:
    if flow != "balance":
        return read(dataset, flow, span)
    export, imports = read(dataset, "export", span), read(dataset, "import", span)
    if export is None or imports is None:
        return None
    taken = tuple((-sign, value, name) for sign, value, name in imports.parts)
    return replace(export, value=export.value - imports.value, parts=export.parts + taken)


def _made(dataset: Dataset, label: str, window: Window, span: Span, flow: str) -> Recomputation:
    own = readings.rests(dataset, flow, window, span)
    steps = window.steps if len(window.parts) <= 3 else f"sum of {len(window.parts)} prints"
    unit = _UNITS.get(window.currency, BN_USD)
    rests = None if flow == "balance" else Rest(window.value, flow, span)
    value, day = window.value / 1e9, vintage(window)
    steps += recomputations.converted(own)
    return Recomputation(
        label, value, unit, span_name(span), window.source, day, steps, window.currency, rests, basis=own
    )


_READS: Final[tuple[tuple[Kind, str, Read], ...]] = (
    (Kind.NOW, "", recomputations.now),
    (Kind.IMF, "", recomputations.imf),
    (Kind.TABLE, IN_DOLLARS, readings.table_in_dollars),
    (Kind.FIRST, "", recomputations.then),
    (Kind.NOW, IN_YUAN, recomputations.now_in_yuan),
    (Kind.TABLE, IN_YUAN, readings.table_in_yuan),
    (Kind.DIFFERENCE, IN_DOLLARS, readings.difference_in_dollars),
    (Kind.DIFFERENCE, IN_YUAN, readings.difference_in_yuan),
)


@per_dataset(4)
def _all_prints(dataset: Dataset) -> dict[tuple[str, str, str], list[tuple[float, str]]]:
    rows = dataset.trade
    chosen = rows["source"].eq("press") & rows["reporter"].eq("CHN") & rows["partner"].eq("RUS")
    chosen &= rows["commodity_code"].eq("TOTAL") & rows["currency"].eq("USD")
    out: dict[tuple[str, str, str], list[tuple[float, str]]] = {}
    for row in rows[chosen].sort_values("released", kind="stable").to_dict("records"):
        key = (str(row["flow"]), f"{row['period_start']:%Y-%m}", f"{row['period_end']:%Y-%m}")
        out.setdefault(key, []).append((float(row["value"]), _day(row["released"])))
    return out


def _day(released: pd.Timestamp) -> str:
    return "release not stated" if released is None or released != released else f"{released:%Y-%m-%d}"  # noqa: PLR0124 (NaT is not itself)


def _prints(dataset: Dataset, flow: str, span: Span) -> list[Recomputation]:
    """Return each other print of the very window, once a value."""
    first = recomputations.then(dataset, flow, span) if flow != "balance" else None
    met = {first.value} if first else set()
    out = []
    for value, day in _all_prints(dataset).get((flow, *span), []):
        if value not in met:
            met.add(value)
            rests = Rest(value, flow, span)
            own = Basis("CHN", valuation_of(flow), print=Print.FIRST)
            name = span_name(span)
            label, steps = CALLED[Kind.LATER], "as printed"
            made = Recomputation(label, value / 1e9, BN_USD, name, "press", day, steps, rests=rests, basis=own)
            out.append(replace(made, kind=Kind.LATER))
    return out


def _reconciled(dataset: Dataset, flow: str, span: Span) -> list[Recomputation]:
    """Return the year's sum of six-digit lines in BACI: both countries' reports made one, free on board."""
    if span[0][5:] != "01" or span[1] != f"{span[0][:4]}-12":
        return []
    sides = {side: goods_values.years(dataset, ("",), side).get(int(span[0][:4])) for side in ("export", "import")}
    export, imports = sides["export"], sides["import"]
    if export is None or imports is None:
        return []
    value = {"export": export, "import": imports, "total": export + imports, "balance": export - imports}[flow]
    year = int(span[0][:4])
    own = own_count.merged(dataset, ("",), flow if flow in FLIPPED and flow != "total" else "import", year)
    if flow not in {"export", "import"}:
        own = replace(own, valuation="FOB" if "+" in own.counted_by else "FOB+CIF")
    figure, day = value / 1e9, goods_values.release(dataset)
    label, steps = f"CEPII {goods_values.called(own)}", "sum of six-digit lines"
    return [Recomputation(label, figure, BN_USD, span_name(span), "baci", day, steps, basis=own, kind=Kind.MERGED)]


@per_dataset(16)
def _mirror(dataset: Dataset, source: str) -> Tiles:
    known = dataset.known
    chosen = known["reporter"].eq("RUS") & known["partner"].eq("CHN") & known["commodity_code"].eq("TOTAL")
    return Tiles.of(known[chosen & known["source"].eq(source) & known["currency"].eq("USD")])
