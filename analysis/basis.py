"""Basis: who counted a figure, with or without freight, in which edition of the codes, which print, how it was made.

Two figures may be divided, subtracted or set side by side in one sentence only where their bases are equal, or
where the sentence names both. Where a source changes its basis is declared data (``data/figures/breaks.csv``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

import pandas as pd

from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.source_names import names_of
from loaders.core.source_records import SourceRole, serving

BOTH: Final = "CHN+RUS"
VALUED: Final = {"export": "FOB", "import": "CIF"}  # how customs of both countries value their own flows
BASIS: Final = "basis"
BASE_BASIS: Final = "base_basis"


class Print(StrEnum):
    """Which print of a figure: the one of the day, or the one as known now."""

    FIRST = "first"
    NOW = "now"


class Making(StrEnum):
    """How a figure came about: as reported (or a sum of such), or by a step of this project's or of the source's."""

    PRINTED = "printed"
    DIFFERENCE = "difference"  # of two year-to-date prints: holds all revisions of earlier months
    COMPUTED = "computed"  # otherwise derived, such as both flows less one of them
    CONVERTED = "converted"  # at a named exchange rate
    MERGED = "merged"  # by the source, from both countries' reports
    ESTIMATED = "estimated"  # by the source


@dataclass(frozen=True, order=True)
class Basis:
    """What a figure rests on. ``str()`` gives its code, such as ``CHN CIF HS2017 now printed``.

    ``counted_by`` is who declared the goods: ISO alpha-3, ``CHN+RUS`` where a source merges both reports,
    ``IMF`` where it estimates. ``valuation`` is FOB, CIF, FOB+CIF (a total of both flows) or unknown.
    ``edition`` is the classification, ``none`` for totals.
    """

    counted_by: str
    valuation: str
    edition: str = "none"
    print: Print = Print.NOW
    making: Making = Making.PRINTED

    def __str__(self) -> str:
        """Return the code, five words in this order."""
        return f"{self.counted_by} {self.valuation} {self.edition} {self.print} {self.making}"

    @classmethod
    def read(cls, code: str) -> "Basis":
        """Return the basis of a code; ValueError where it is none."""
        counted_by, valuation, edition, print_, making = code.split(" ")
        return cls(counted_by, valuation, edition, Print(print_), Making(making))


@dataclass(frozen=True)
class Break:
    """A place where a source changes what its figures rest on: ``first_after`` is the first month of the new basis.

    Empty ``reporter``, ``partner``, ``flow`` and ``commodity_code`` cover all; a code covers what begins with it.
    """

    source: str
    reporter: str
    partner: str
    flow: str
    commodity_code: str
    kind: str
    counted_before: str
    valuation_before: str
    counted_after: str
    valuation_after: str
    reason: str
    reference: str
    last_before: pd.Timestamp
    first_after: pd.Timestamp

    @property
    def code(self) -> str:
        """The name of the break: its source, who reports, the goods where it is of some, and its first month."""
        parts = (self.source, self.reporter, self.commodity_code, f"{self.first_after:%Y-%m}")
        return "-".join(part for part in parts if part)

    def covers(self, series: "Series") -> bool:
        """Return whether the break is one of this series."""
        return (
            self.source == series.source
            and self.reporter in {"", series.reporter}
            and self.partner in {"", series.partner}
            and self.flow in {"", series.flow}
            and (not self.commodity_code or series.commodity_code.startswith(self.commodity_code))
        )


_NAMES: Final = tuple(Break.__dataclass_fields__)
_MONTHS: Final = ("last_before", "first_after")
_MERGES: Final = serving(SourceRole.MERGED)  # sources that merge both countries' reports where no break says otherwise


def valuation_of(flow: str) -> str:
    """Return the valuation of a flow as its own customs count it, ``FOB+CIF`` of both together."""
    return VALUED.get(flow, "FOB+CIF")


@per_dataset(1)
def breaks(dataset: Dataset) -> tuple[Break, ...]:
    """Return the declared breaks."""
    return tuple(_break(line) for line in dataset.side("breaks").fillna("").to_dict("records"))


def _break(line: Mapping[Any, Any]) -> Break:
    cells: dict[str, Any] = {name: str(line[name]) for name in _NAMES}
    return Break(**cells | {name: pd.Timestamp(line[name]) for name in _MONTHS})


@dataclass(frozen=True)
class Series:
    """The five words that name a series of figures."""

    source: str
    reporter: str
    partner: str
    flow: str
    commodity_code: str = "TOTAL"


def between(declared: tuple[Break, ...], series: Series, start: pd.Timestamp, end: pd.Timestamp) -> Break | None:
    """Return the break that parts ``start`` from ``end`` in a series, if there is one."""
    return next((one for one in _nearest(declared, series) if start < one.first_after <= end), None)


def _nearest(declared: tuple[Break, ...], series: Series) -> list[Break]:
    """Return the breaks of a series; those of its own code stand in place of those of all codes."""
    own = [one for one in declared if one.covers(series)]
    length = max((len(one.commodity_code) for one in own), default=0)
    return [one for one in own if len(one.commodity_code) == length]


def codes(dataset: Dataset, rows: pd.DataFrame, **fixed: str) -> pd.Series:
    """Return the code of the basis of each row, as text.

    Reads ``source, reporter, partner, flow, commodity_code, classification, valuation, status,
    rate_source, period_start``; what a frame lacks, or holds for all rows, is given by name in ``fixed``
    (default: China reports about Russia, all goods, classification ``none``). Rows of one series and
    making share one computation.
    """
    if rows.empty:
        return pd.Series(index=rows.index, dtype="str")
    words = _DEFAULTS | fixed
    cells = {name: _cells(rows, name, word, fixed) for name, word in words.items()}
    plain = pd.DataFrame(cells).assign(year=rows["period_start"].dt.year, converted=cells["rate_source"].ne(""))
    plain = plain.drop(columns="rate_source")
    declared = breaks(dataset)
    lines = list(plain.itertuples(index=False, name=None))
    known = {line: str(_one(declared, dict(zip(plain.columns, line, strict=True)))) for line in dict.fromkeys(lines)}
    return pd.Series([known[line] for line in lines], index=rows.index, dtype="str")


def _cells(rows: pd.DataFrame, name: str, word: str, fixed: Mapping[str, str]) -> pd.Series:
    if name in fixed or name not in rows:
        return pd.Series(word, index=rows.index, dtype="str")
    cells = rows[name]
    return (cells.astype("object").where(cells.notna(), "") if cells.hasnans else cells).astype("str")


_DEFAULTS: Final = {
    "source": "",
    "reporter": "CHN",
    "partner": "RUS",
    "flow": "total",
    "commodity_code": "TOTAL",
    "classification": "none",
    "valuation": "unknown",
    "status": "final",
    "rate_source": "",
}


def of(dataset: Dataset, **cells: Any) -> Basis:  # noqa: ANN401 - cells of a row
    """Return the basis of one row; ``cells`` as :func:`codes` reads them, with ``period_start``."""
    row = _DEFAULTS | {name: str(cell) for name, cell in cells.items() if name in _DEFAULTS and not pd.isna(cell)}
    made = {"year": cells["period_start"].year, "converted": row["rate_source"] != ""}
    return _one(breaks(dataset), row | made)


def _one(declared: tuple[Break, ...], row: Mapping[str, Any]) -> Basis:
    both = row["flow"] in {"total", "balance"}
    first = row["status"] == "preliminary" or row["source"] in serving(SourceRole.PAPERS)
    made = Basis(
        row["reporter"],
        "FOB+CIF" if both else row["valuation"] or "unknown",
        row["classification"] or "none",
        Print.FIRST if first else Print.NOW,
        _making(row),
    )
    return _counted(declared, row, made)


def _making(row: Mapping[str, Any]) -> Making:
    if row["converted"]:
        return Making.CONVERTED
    if row["status"] == "estimated":
        return Making.ESTIMATED
    if row["status"] == "derived":
        return Making.DIFFERENCE if {*serving(SourceRole.FIRST)} & set(names_of(row["source"])) else Making.COMPUTED
    return Making.PRINTED


def _counted(declared: tuple[Break, ...], row: Mapping[str, Any], made: Basis) -> Basis:
    """Say of a source that changes or merges its reports who counted."""
    series = Series(row["source"], row["reporter"], row["partner"], row["flow"], row["commodity_code"])
    one = next((one for one in _nearest(declared, series) if one.counted_before), None)
    if one is None:
        merged = "+".join(sorted((row["reporter"], row["partner"])))
        return replace(made, counted_by=merged, making=Making.MERGED) if row["source"] in _MERGES else made
    before = int(row["year"]) < one.first_after.year
    counted = one.counted_before if before else one.counted_after
    valuation = (one.valuation_before if before else one.valuation_after) or made.valuation
    making = made.making
    if "+" in counted:
        making = Making.MERGED
    elif not before and one.kind == "estimate":
        making = Making.ESTIMATED
    elif making is Making.COMPUTED:
        making = Making.PRINTED
    return replace(made, counted_by=counted, valuation=valuation, making=making)
