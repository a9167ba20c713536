"""China's own count of goods by year: what its customs report, directly or through a source that carries it."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analysis import basis, readings
from analysis.basis import VALUED, Basis, Making, Print
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.energy import counts as fuel_counts
from analysis.measures.energy import definitions as energy
from analysis.measures.goods import goods
from analysis.recomputations.figures import NOW_PUBLISHED, dated
from analysis.source_names import harmonized, joined, name_of, serves
from loaders.core import schema
from loaders.core.source_records import SourceRole

Codes = tuple[str, ...]
ALL_FUELS: Final = tuple(code for codes in energy.FUELS.values() for code in codes)
SAME: Final = {"270900": "2709"}  # the heading has this one line


@dataclass(frozen=True)
class YearOfCodes:
    """A year's value in whole US$ as China's customs count it, and the codes that it is the sum of."""

    value: float
    codes: Codes
    basis: Basis
    source: str
    vintage: str


def heads(codes: Codes) -> Codes:
    """Return the codes that China's count of them is a sum of: of each fuel its first heading.

    Lignite, peat and coke (2702 to 2704) are held by year only in part, so coal is 2701.
    """
    left = set(codes)
    out: list[str] = []
    for fuel in energy.FUELS.values():
        if left >= set(fuel):
            out.append(fuel[0])
            left -= set(fuel)
    return tuple(out + [code for code in codes if code in left])


def beside(codes: Codes) -> Codes:
    """Return the codes that :func:`heads` leaves out."""
    return tuple(code for code in codes if code not in heads(codes))


@per_dataset(512)
def year(dataset: Dataset, codes: Codes, flow: str, which: int) -> YearOfCodes | None:
    """Return a year of goods as China's customs count them; None where one of the codes is not held so.

    Comtrade's report comes first; where there is none, or an older one, BACI's lines of a year in
    which they are China's own report (``data/figures/breaks.csv``).
    """
    parts = [_part(dataset, code, flow, which) for code in codes]
    known = [part for part in parts if part]
    if not known or len(known) < len(codes):
        return None
    editions = {part.basis.edition for part in known}
    edition = editions.pop() if len(editions) == 1 else "HS"
    sources = joined(*(part.source for part in known))
    days = sorted({part.vintage for part in known if part.vintage[:1].isdigit()})
    rests = Basis("CHN", VALUED[flow], edition, Print.NOW, Making.PRINTED)
    return YearOfCodes(sum(part.value for part in known), codes, rests, sources, days[-1] if days else NOW_PUBLISHED)


def _part(dataset: Dataset, code: str, flow: str, which: int) -> YearOfCodes | None:
    own, carried = _reported(dataset, flow).get((code, which)), _carried(dataset, code, flow, which)
    if own and carried and own.vintage[:1].isdigit() and carried.vintage > own.vintage:
        return carried
    return own or carried or (_fuel(dataset, code, which) if flow == "import" else None)


def _fuel(dataset: Dataset, code: str, which: int) -> YearOfCodes | None:
    """Return a fuel's year as the energy bill counts it, where that is known as now: single headings among others."""
    one = fuel_counts.by_year(dataset, fuel_counts.CHINA).get(which, {}).get(code)
    if one is None or Basis.read(one.basis).print is not Print.NOW:
        return None
    day = dated(one.released)
    return YearOfCodes(one.value, (code,), Basis.read(one.basis), one.source, day)


@per_dataset(4)
def _reported(dataset: Dataset, flow: str) -> dict[tuple[str, int], YearOfCodes]:
    """Return each code's years as UN Comtrade has them of China, the newest edition of a year."""
    known = dataset.known
    chosen = readings.of_china(known) & known["flow"].eq(flow)
    chosen &= serves(known, SourceRole.NOW) & known["currency"].eq("USD") & known["status"].eq("final")
    rows = known[chosen & schema.months(known).eq(12) & harmonized(known)]
    rows = rows.sort_values("classification", key=lambda column: column.astype("str"), kind="stable")
    return {_key(row): _count(row, flow) for row in rows.to_dict("records")}


def _key(row: dict[Any, Any]) -> tuple[str, int]:
    code = str(row["commodity_code"])
    return SAME.get(code, code), row["period_start"].year


def _count(row: dict[Any, Any], flow: str) -> YearOfCodes:
    rests = Basis("CHN", VALUED[flow], str(row["classification"]), Print.NOW)
    day = dated(row["released"])
    return YearOfCodes(float(row["value"]), (str(row["commodity_code"]),), rests, str(row["source"]), day)


def _carried(dataset: Dataset, code: str, flow: str, which: int) -> YearOfCodes | None:
    """Return BACI's sum of a code's lines where what it carries is China's own report."""
    rests = merged(dataset, (code,), flow, which)
    value = _lines(dataset, code, flow).get(which)
    if rests.counted_by != "CHN" or value is None:
        return None
    return YearOfCodes(value, (code,), rests, name_of(SourceRole.MERGED), energy.release(dataset, which))


@per_dataset(256)
def _lines(dataset: Dataset, code: str, flow: str) -> dict[int, float]:
    rows = goods.lines(dataset)
    rows = rows[rows["flow"].eq(flow) & rows["code"].str.startswith(code)]
    return {int(str(which)): float(value) for which, value in rows.groupby("year")["value"].sum().items()}


@per_dataset(512)
def merged(dataset: Dataset, codes: Codes, flow: str, which: int) -> Basis:
    """Return the basis of BACI's sum of some codes in a year; of several codes the one of all goods."""
    seller = {"import": ("RUS", "CHN"), "export": ("CHN", "RUS")}[flow]
    return basis.of(
        dataset,
        source=name_of(SourceRole.MERGED),
        reporter=seller[0],
        partner=seller[1],
        flow="export",
        commodity_code=codes[0] if len(codes) == 1 and codes[0] else "TOTAL",
        classification="HS2017",
        valuation="FOB",
        period_start=pd.Timestamp(which, 1, 1),
    )
