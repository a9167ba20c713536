"""Price or volume of fuels on the count of China's customs: as printed, or as BACI carries it from 2022 on."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from analysis import basis, nomenclature
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.energy import fuel_tonnes
from analysis.measures.goods import hs6_lines, reasons
from analysis.measures.prices.weighed_goods import CUSTOMS, PRINTED, bennet, frame, lines, refusal, whole_years
from analysis.source_names import joined, name_of
from loaders.core.source_records import SourceRole, serving

_CODES: Final = {"crude": "2709", "coal": "2701", "lng": "271111"}  # what the prints of a fuel count


@dataclass(frozen=True)
class YearOfFuel:
    """A year of a fuel as China's customs count it: value (whole US$), kilograms, and the basis of both."""

    value: float
    kg: float
    basis: str
    source: str
    status: str
    released: pd.Timestamp | None
    reference: str


@per_dataset(64)
def counts(dataset: Dataset, good: str, year: int) -> tuple[YearOfFuel, ...]:
    """Return how China's customs count a fuel in a year: their prints, then what BACI carries of their count."""
    row = _prints(dataset, good).get(year)
    figures = [] if row is None else [_printed(dataset, good, row)]
    carried = _carried(dataset, good, year)
    return tuple(figures if carried is None else [*figures, carried])


@per_dataset(16)
def _prints(dataset: Dataset, good: str) -> dict[int, dict[Hashable, Any]]:
    names = dict.fromkeys((PRINTED[good], _CODES[good]))
    tables = [fuel_tonnes.from_russia(dataset, name) for name in names]
    return {year: row for table in reversed(tables) for year, row in whole_years(table).items()}


def _printed(dataset: Dataset, good: str, row: dict[Hashable, Any]) -> YearOfFuel:
    """Return a print with its basis; no edition since 2017 changed the headings of fuels."""
    cells = pd.DataFrame([{name: row[name] for name in ("source", "status", "period_start")}])
    fixed = {"flow": "import", "commodity_code": _CODES[good], "valuation": "CIF"}
    code = str(basis.codes(dataset, cells, classification=nomenclature.ANY, **fixed).iloc[0])
    return YearOfFuel(row["value"], row["kg"], code, row["source"], row["status"], row["released"], row["reference"])


def _carried(dataset: Dataset, good: str, year: int) -> YearOfFuel | None:
    """Return what BACI holds of a fuel where it carries China's own count, with weights that are trusted."""
    weighed = lines(dataset)
    own = weighed[weighed["year"].eq(year) & weighed["code"].str.startswith(_CODES[good])]
    if own.empty or not own["net_weight_kg"].gt(0).all():
        return None
    one = basis.Basis.read(hs6_lines.basis_of(dataset, "import", _CODES[good], year))
    weight = float(own["net_weight_kg"].sum())
    if one.counted_by != "CHN" or refusal(dataset, good, 0.0, (weight, weight), (year, year)):
        return None
    code = str(replace(one, edition=nomenclature.edition(dataset, _CODES[good], one.edition)))
    reference = f"sum of {len(own)} six-digit lines, first: {own['reference'].iloc[0]}"
    return YearOfFuel(
        float(own["value"].sum()), weight, code, name_of(SourceRole.MERGED), "final", own["released"].max(), reference
    )


def split(dataset: Dataset, good: str, first: int, last: int) -> dict[str, Any] | None:
    """Split a fuel where China's customs count value and tonnes of both years on one basis.

    Two prints come before what BACI carries; two years of BACI are the split of its own count. None where
    a year lacks either; a row with the reason where no two counts rest on one basis.
    """
    before, after = counts(dataset, good, first), counts(dataset, good, last)
    pairs = [(one, two) for one in before for two in after]
    on_one = next((pair for pair in pairs if pair[0].basis == pair[1].basis), None)
    chosen = on_one or (pairs[0] if pairs else None)
    if chosen is None or all(count.source in serving(SourceRole.MERGED) for count in chosen):
        return None
    return _row(good, first, last, *chosen)


def _row(good: str, first: int, last: int, before: YearOfFuel, after: YearOfFuel) -> dict[str, Any]:
    one, nothing = before.basis == after.basis, float("nan")
    effects = bennet(*(pd.Series([figure]) for count in (before, after) for figure in (count.value, count.kg)))
    sources = list(dict.fromkeys((before.source, after.source)))
    kinds = [basis.Basis.read(count.basis).print for count in (before, after)]
    return {
        **frame(CUSTOMS, good, first, last),
        "codes": _CODES[good],
        "price_effect": float(effects["price_effect"].iloc[0]) if one else nothing,
        "volume_effect": float(effects["volume_effect"].iloc[0]) if one else nothing,
        "value_before": before.value,
        "value": after.value,
        "change": after.value - before.value if one else nothing,
        "unsplit": 0.0 if one else nothing,
        "weight_before_kg": before.kg,
        "weight_kg": after.kg,
        "refused": None if one else reasons.written("prints", before=kinds[0], after=kinds[1]),
        "valuation": "CIF",
        "status": "preliminary" if {*serving(SourceRole.PAPERS)} & {*sources} else "derived",
        "source": joined(*sources),
        "released": max((count.released for count in (before, after) if pd.notna(count.released)), default=pd.NaT),
        "reference": " ; ".join(dict.fromkeys((before.reference, after.reference))),
        "basis": after.basis,
        "base_basis": after.basis if one else "",
    }
