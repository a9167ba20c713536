"""Values of a window on every basis at hand: customs now and then, yuan, the IMF, BACI, the other side."""

from dataclasses import replace
from typing import Final

from analysis import readings
from analysis.basis import Basis, Print, valuation_of
from analysis.cache import per_dataset
from analysis.claims.figures import goods_values, own_count
from analysis.claims.parser import month_spans
from analysis.dataset import Dataset
from analysis.points import FLIPPED
from analysis.readings import Read, Span
from analysis.recomputations import year_on_year
from analysis.recomputations.figures import BN_CNY, BN_USD, UNDATED, Kind, Recomputation, Rest, dated, message
from analysis.recomputations.year_on_year import vintage
from analysis.source_names import name_of
from analysis.windows import Tiles, Window
from loaders.core.source_records import SourceRole, serving

_MIRRORS: Final = (
    *serving(SourceRole.RUSSIA),
    *serving(SourceRole.NOW),
    *serving(SourceRole.FUND),
)  # sources that report Russia's side
_UNITS: Final = {"USD": BN_USD, "CNY": BN_CNY}


def levels(dataset: Dataset, flow: str, span: Span) -> list[Recomputation]:
    """Return the value of a window in billions on every basis; ``balance`` is exports less imports of one basis.

    Customs' figures come first, then prints, then others' figures; each names its own source.
    """
    out = [
        _made(dataset, kind, window, span, flow)
        for kind, read in _READS
        if (window := _read(read, dataset, flow, span))
    ]
    out += _prints(dataset, flow, span)
    out += _merged(dataset, flow, span)
    return out + mirrored(dataset, flow, span)


def mirrored(dataset: Dataset, flow: str, span: Span) -> list[Recomputation]:
    """Return what Russia's side reports of China's ``flow``: its imports for China's exports."""
    out = []
    for name in _MIRRORS:
        tiles = _mirror(dataset, name)
        window = _read(lambda _, side, span_, tiles=tiles: tiles.window(FLIPPED[side], *span_), dataset, flow, span)  # type: ignore[misc]
        if window:
            rests = Rest(window.value, FLIPPED.get(flow, flow), span, reporter="RUS")
            made = _made(dataset, Kind.MIRROR, window, span, flow)
            own = readings.rests(dataset, FLIPPED.get(flow, flow), window, span, "RUS")
            out.append(replace(made, rests=None if flow == "balance" else rests, basis=own, counter=name))
    return out


def _read(read: Read, dataset: Dataset, flow: str, span: Span) -> Window | None:
    if flow != "balance":
        return read(dataset, flow, span)
    export, imports = read(dataset, "export", span), read(dataset, "import", span)
    if export is None or imports is None:
        return None
    taken = tuple((-sign, value, name) for sign, value, name in imports.parts)
    return replace(export, value=export.value - imports.value, parts=export.parts + taken)


def _made(dataset: Dataset, kind: Kind, window: Window, span: Span, flow: str) -> Recomputation:
    own = readings.rests(dataset, flow, window, span)
    steps, unit, day = year_on_year.summed(window, own), _UNITS.get(window.currency, BN_USD), vintage(window)
    rests = None if flow == "balance" else Rest(window.value, flow, span)
    value, source, currency = window.value / 1e9, window.source, window.currency
    return Recomputation(kind, value, unit, span, source, day, steps, currency, rests, basis=own)


_READS: Final[tuple[tuple[Kind, Read], ...]] = (
    (Kind.NOW, readings.now),
    (Kind.IMF, readings.imf),
    (Kind.TABLE, readings.table_in_dollars),
    (Kind.FIRST, readings.then),
    (Kind.NOW, readings.now_in_yuan),
    (Kind.TABLE, readings.table_in_yuan),
    (Kind.DIFFERENCE, readings.difference_in_dollars),
    (Kind.DIFFERENCE, readings.difference_in_yuan),
)


@per_dataset(4)
def _all_prints(dataset: Dataset) -> dict[tuple[str, str, str], list[tuple[float, str]]]:
    prints = readings.quoted_prints(dataset).sort_values("released", kind="stable")
    out: dict[tuple[str, str, str], list[tuple[float, str]]] = {}
    for row in prints.to_dict("records"):
        key = (str(row["flow"]), f"{row['period_start']:%Y-%m}", f"{row['period_end']:%Y-%m}")
        out.setdefault(key, []).append((float(row["value"]), dated(row["released"], UNDATED)))
    return out


def _prints(dataset: Dataset, flow: str, span: Span) -> list[Recomputation]:
    """Return each other print of the very window, once a value."""
    first = readings.then(dataset, flow, span) if flow != "balance" else None
    met = {first.value} if first else set()
    out = []
    for value, day in _all_prints(dataset).get((flow, *span), []):
        if value not in met:
            met.add(value)
            rests = Rest(value, flow, span)
            own = Basis("CHN", valuation_of(flow), print=Print.FIRST)
            steps = message("claims.steps.print")
            made = Recomputation(
                Kind.LATER, value / 1e9, BN_USD, span, name_of(SourceRole.PAPERS), day, steps, rests=rests, basis=own
            )
            out.append(made)
    return out


def _merged(dataset: Dataset, flow: str, span: Span) -> list[Recomputation]:
    """Return the year's sum of six-digit lines in BACI: both countries' reports made one, free on board."""
    if not month_spans.is_year(span):
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
    steps = message("claims.steps.lines")
    return [Recomputation(Kind.MERGED, figure, BN_USD, span, name_of(SourceRole.MERGED), day, steps, basis=own)]


@per_dataset(16)
def _mirror(dataset: Dataset, source: str) -> Tiles:
    known = dataset.known
    chosen = known["reporter"].eq("RUS") & known["partner"].eq("CHN") & known["commodity_code"].eq("TOTAL")
    return Tiles.of(known[chosen & known["source"].eq(source) & known["currency"].eq("USD")])
