"""What counts as energy: the codes of each fuel and definition, and BACI's lines of them (``bills``: the bill)."""

from typing import Final

import pandas as pd

from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.goods import goods
from analysis.recomputations.figures import UNDATED, dated
from analysis.source_names import reports, serves
from loaders.core import schema
from loaders.core.source_records import SourceRole

# The four fuels as the article counts them, by the codes of the Harmonized System that hold them.
FUELS: Final = {
    "crude": ("2709",),
    "coal": ("2701", "2702", "2703", "2704"),
    "lng": ("271111",),
    "pipeline_gas": ("271121",),
}
# What wider definitions add; ``rest`` is every other line of the chapter (tar, wax, coal-tar oils, asphalt mixtures).
ADDED: Final = {
    "oil_products": ("2710", "271112", "271113", "271114", "271119", "2713"),
    "electricity": ("2716",),
    "rest": ("27",),
}
PARTS: Final = {**FUELS, **ADDED}
# Each definition holds the one before it.
DEFINITIONS: Final = {
    "four": tuple(FUELS),
    "products": (*FUELS, "oil_products"),
    "electricity": (*FUELS, "oil_products", "electricity"),
    "hs27": tuple(PARTS),
}
HOLDS: Final = "holds"
NOT: Final = "not"
WHOLE: Final = 0.5  # a year with fewer lines than half the fullest is a selection of goods
_KEEP: Final = ("period_start", "period_end", "currency", "valuation", "status", "source", "released")


def to_china(dataset: Dataset, prefix: str = "") -> pd.DataFrame:
    """Return Russia's six-digit exports to China in BACI, as known now, codes from ``prefix`` on."""
    known = dataset.known
    code = known["commodity_code"].astype("str")
    chosen = serves(known, SourceRole.MERGED) & reports(known, "RUS", "CHN")
    six = code.str.fullmatch(r"\d{6}") & code.str.startswith(prefix)
    lines = known[chosen & six].assign(code=code[chosen & six])
    # of a year that holds only some of these goods no sum would mean anything
    count = lines.groupby(["classification", "period_start"], observed=True)["code"].transform("size")
    most = count.groupby(lines["classification"], observed=True).transform("max")
    return lines[count.ge(WHOLE * most)]


@per_dataset(4)
def parts(dataset: Dataset) -> pd.DataFrame:
    """Return the parts of HS 27, fuel by fuel: codes and value (whole US$) by year.

    Sums of six-digit lines, one level and one classification a year; every line in one part only.
    """
    lines = _settled(to_china(dataset, "27"))
    left, rows = lines, []
    for fuel, codes in PARTS.items():
        inside = left["code"].str.startswith(codes)
        listed = codes if fuel != "rest" else sorted(set(left["code"]))
        rows.append(_by_year(left[inside]).assign(fuel=fuel, codes=" ".join(listed)))
        left = left[~inside]
    return schema.stacked(*rows)


def four_fuels(dataset: Dataset) -> pd.DataFrame:
    """Return the article's four fuels by year; columns as ``parts``."""
    return counted(dataset, "four")


@per_dataset(16)
def counted(dataset: Dataset, count: str) -> pd.DataFrame:
    """Return the parts that a definition (``DEFINITIONS``) counts as energy; columns as ``parts``."""
    rows = parts(dataset)
    return pd.DataFrame(rows[rows["fuel"].isin(DEFINITIONS[count])]).reset_index(drop=True) if len(rows) else rows


def bill(dataset: Dataset, year: int) -> float | None:
    """Return the four fuels of a year, whole US$; None unless all four are there."""
    rows = four_fuels(dataset)
    rows = rows[rows["period_start"].dt.year.eq(year)] if len(rows) else rows
    return float(rows["value"].sum()) if len(rows) == len(FUELS) else None


def chapters(dataset: Dataset, year: int) -> pd.DataFrame:
    """Return chapter, value and share (0 to 1) of Russia's exports to China in BACI, largest first."""
    lines = goods.lines(dataset)
    lines = lines[lines["flow"].eq("import") & lines["year"].eq(year)]
    sums = lines.groupby(lines["code"].str[:2])["value"].sum().sort_values(ascending=False)
    return pd.DataFrame({"chapter": sums.index, "value": sums.to_numpy(), "share": sums.to_numpy() / sums.sum()})


def release(dataset: Dataset, year: int) -> str:
    """Return the newest release, ``YYYY-MM-DD``, of BACI's figures of a year, or that it is not stated."""
    known = dataset.known
    rows = known[serves(known, SourceRole.MERGED) & known["period_start"].dt.year.eq(year)]
    rows = rows[reports(rows, "RUS", "CHN") & rows["classification"].eq("HS2017")]
    newest = rows["released"].max()
    return dated(newest, UNDATED)


def sold_to_russia(dataset: Dataset, year: int, codes: tuple[str, ...]) -> float | None:
    """Return China's exports to Russia in BACI of codes that start with ``codes``, whole US$; None if absent."""
    lines = goods.lines(dataset)
    rows = lines[lines["flow"].eq("export") & lines["year"].eq(year) & lines["code"].str.startswith(codes)]
    return float(rows["value"].sum()) if len(rows) else None


def _settled(lines: pd.DataFrame) -> pd.DataFrame:
    """Keep whole years, and of a year's classifications the newest alone."""
    lines = schema.plain(lines[schema.months(lines).eq(12)])
    lines = lines.sort_values(["period_start", "classification"], ascending=[True, False])
    first = lines.groupby("period_start")["classification"].transform("first")
    return lines[lines["classification"].eq(first)]


def _by_year(lines: pd.DataFrame) -> pd.DataFrame:
    """Sum lines of one level to years."""
    if lines.empty:
        return pd.DataFrame(columns=[*_KEEP, "value", "reference"])
    totals = lines.groupby(list(_KEEP), dropna=False, as_index=False)["value"].sum()
    references = lines.groupby("period_start")["reference"]
    reference = "sum of " + totals["period_start"].map(references.size()).astype("str") + " six-digit lines, first: "
    reference += totals["period_start"].map(references.first())
    return pd.DataFrame(totals.assign(reference=reference))
