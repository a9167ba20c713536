"""The six-digit lines of BACI between the two countries, and which of its years rest on one basis."""

from typing import Final

import pandas as pd

from analysis import basis, nomenclature
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.goods import reasons
from analysis.source_names import between_the_two, name_of, serves
from loaders.core import schema
from loaders.core.source_records import SourceRole

EDITION: Final = "HS2017"  # the one edition whose six-digit lines are held of both directions
SELLERS: Final = {"export": "CHN", "import": "RUS"}  # who stands as reporter in BACI, by China's flow
_WHOLE: Final = 0.5  # a year with fewer lines than half the fullest is a selection of goods, not the trade


@per_dataset(4)
def lines(dataset: Dataset) -> pd.DataFrame:
    """Return the six-digit lines of BACI between the two countries: flow (China's), code, year, value, weight (kg).

    One edition of the Harmonized System, whole years only: of a year that holds only some goods no
    sum would mean anything.
    """
    known = dataset.known
    chosen = serves(known, SourceRole.MERGED) & known["classification"].eq(EDITION) & known["currency"].eq("USD")
    rows = known[chosen & between_the_two(known)]
    code = rows["commodity_code"].astype("str")
    rows = rows[code.str.fullmatch(r"\d{6}") & schema.months(rows).eq(12)]
    table = rows.assign(
        flow=rows["reporter"].astype("str").map({who: flow for flow, who in SELLERS.items()}),
        code=code,
        year=rows["period_start"].dt.year,
        status=rows["status"].astype("str"),
    )[["flow", "code", "year", "value", "net_weight_kg", "status", "released", "reference"]]
    count = table.groupby(["flow", "year"])["code"].transform("size")
    most = count.groupby(table["flow"]).transform("max")
    return table[count.ge(_WHOLE * most)].sort_values(["year", "flow", "code"], ignore_index=True)


@per_dataset(4)
def years(dataset: Dataset) -> tuple[int, ...]:
    """Return the years that are held whole in both directions, oldest first."""
    table = lines(dataset)
    sides = table.groupby("year")["flow"].nunique()
    return tuple(int(str(year)) for year in sides.index[sides.eq(2)])


def parted_year(dataset: Dataset, year: int) -> int | None:
    """Return the newest year before ``year`` that rests on another basis in either direction, None without one."""
    earlier = [one for one in years(dataset) if one < year and any(why(dataset, flow, one, year) for flow in SELLERS)]
    return max(earlier, default=None)


def base_of(dataset: Dataset, year: int) -> int | None:
    """Return the year before, where it is held whole and on the basis of ``year`` in both directions."""
    comparable = year - 1 in years(dataset) and not any(why(dataset, flow, year - 1, year) for flow in SELLERS)
    return year - 1 if comparable else None


@per_dataset(1024)
def why(dataset: Dataset, flow: str, first: int, last: int, code: str = "TOTAL") -> str | None:
    """Return the reason why two years of a code in BACI rest on no one basis; None where they do.

    ``flow`` is China's. A code that the edition of 2022 filled with other goods is compared within either
    edition only.
    """
    counted = counting(dataset, flow, first, last, code)
    start, end = _ends(first, last)
    if counted or not code.isdecimal() or not nomenclature.apart(start, end) or nomenclature.closes(dataset, code):
        return counted
    return reasons.written("refilled")


def counting(dataset: Dataset, flow: str, first: int, last: int, code: str = "TOTAL") -> str | None:
    """Say that who counted a code in BACI changed between two years; None where it did not."""
    seller = SELLERS[flow]
    series = basis.Series(name_of(SourceRole.MERGED), seller, "RUS" if seller == "CHN" else "CHN", "export", code)
    one = basis.between(basis.breaks(dataset), series, *_ends(first, last))
    return reasons.written("counting", year=one.first_after.year) if one else None


def _ends(first: int, last: int) -> tuple[pd.Timestamp, pd.Timestamp]:
    start, end = sorted((first, last))
    return pd.Timestamp(start, 1, 1), pd.Timestamp(end, 1, 1)


def basis_of(dataset: Dataset, flow: str, code: str, year: int) -> str:
    """Return the code of the basis of one code in a year of BACI; ``flow`` is China's."""
    return str(based(dataset, pd.DataFrame({"flow": [flow], "code": [code]}), year).iloc[0])


def based(dataset: Dataset, rows: pd.DataFrame, year: int) -> pd.Series:
    """Return the code of the basis of each row's ``flow`` (China's) and ``code`` in a year of BACI."""
    seller = rows["flow"].map(SELLERS)
    cells = pd.DataFrame(
        {
            "reporter": seller,
            "partner": seller.map({"CHN": "RUS", "RUS": "CHN"}),
            "commodity_code": rows["code"],
            "period_start": pd.Timestamp(year, 1, 1),
        },
        index=rows.index,
    )
    fixed = {"source": name_of(SourceRole.MERGED), "flow": "export", "classification": EDITION, "valuation": "FOB"}
    return basis.codes(dataset, cells, **fixed)
