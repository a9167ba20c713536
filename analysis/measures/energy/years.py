"""The energy bill as a table: the fuels of each year on one count, all of HS 27 around them, the article's figures."""

from typing import Any, Final

import pandas as pd

from analysis import basis
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.energy import bills as fuel_bills
from analysis.measures.energy import definitions as energy
from analysis.measures.energy.bills import bill_on
from analysis.measures.energy.counts import BACI, CHAPTER, CHINA, RUSSIA, by_year, half_unit
from analysis.measures.energy.figures import YearValue
from analysis.source_names import serves
from analysis.windows import with_base
from loaders.core import schema
from loaders.core.source_records import SourceRole

# What the column ``count`` calls the three counts.
NAMES: Final = {CHINA: "china", BACI: "reconciled", RUSSIA: "russia"}
BILL: Final = "bill"
ALONE: Final = "alone"
FRAME: Final = "frame"
HOLDS: Final = energy.HOLDS
NOT: Final = energy.NOT
_DAYS: Final = ("period_start", "period_end", "released")


@per_dataset(64)
def table(dataset: Dataset, who: str, count: str) -> pd.DataFrame:
    """Return one row a fuel and year on a count (``fuel_counts.WHO``) under a definition; whole US$.

    ``role``: ``bill`` (the parts of a whole bill: they add up to ``bill``, which rests on ``bill_basis``), ``alone`` (a
    fuel of a year whose bill lacks the fuels of ``lacking``), ``frame`` (all of HS 27, for years that have either).
    ``yoy_pct`` is a fuel's growth on the year before in per cent, only where both rest on one basis;
    ``break_reason`` is the code of the break that parts a figure from the year before.
    """
    years = sorted(by_year(dataset, who))
    rows = [row for year in years for row in _year(dataset, year, who, count)]
    if not rows:
        return pd.DataFrame()
    figures = pd.DataFrame(rows).assign(count=NAMES[who], currency="USD")
    figures = figures.astype(dict.fromkeys(_DAYS, schema.UNIT))
    return _grown(_parted(dataset, figures))


def _year(dataset: Dataset, year: int, who: str, count: str) -> list[dict[str, Any]]:
    bill, counted = bill_on(dataset, year, who, count), by_year(dataset, who)[year]
    if bill is None:
        return []
    figures = fuel_bills.of_year(dataset, year, who)
    role = BILL if bill.value is not None else ALONE
    fuels = [fuel for fuel in bill.parts if role == BILL or fuel in energy.FUELS]
    shared: dict[str, Any] = {"role": role, "bill": bill.value, "lacking": " ".join(bill.lacking)}
    shared |= {"bill_basis": bill.basis if role == BILL else "", **_sums(dataset, year, who)}
    rows = [_row(year, fuel, figures[fuel]) | shared for fuel in fuels]
    if fuels == ["rest"]:  # the chapter as reported, no fuel of it told apart
        rows = [{**rows[0], "fuel": "hs27"}]
    elif rows and CHAPTER in counted and count != "hs27":
        rows.append(_row(year, "hs27", counted[CHAPTER]) | {**shared, "role": FRAME})
    return rows


def _sums(dataset: Dataset, year: int, who: str) -> dict[str, float | None]:
    """Return what each definition gives, and the four fuels with every coal where that is held."""
    bills = {count: bill_on(dataset, year, who, count) for count in energy.DEFINITIONS}
    sums = {f"sum_{count}": bill.value if bill else None for count, bill in bills.items()}
    four, coal = bills["four"], fuel_bills.all_coal(dataset, year, who)
    wide = None
    if four and four.value is not None and coal is not None:
        wide = four.value - four.parts["coal"] + coal
    return {**sums, "sum_four_all_coal": wide}


def _row(year: int, fuel: str, figure: YearValue) -> dict[str, Any]:
    names = ("codes", "value", "valuation", "status", "source", "released", "reference", "basis", "rounding")
    start, end = pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 1)
    return {"fuel": fuel, "period_start": start, "period_end": end, **{name: getattr(figure, name) for name in names}}


def _parted(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """Add the code of the declared break between a figure of BACI and the year before, where there is one."""
    declared, reasons = basis.breaks(dataset), []
    there = set(zip(rows["fuel"], rows["period_start"], strict=True))
    for row in rows.to_dict("records"):
        series = basis.Series(BACI, "RUS", "CHN", "export", str(row["codes"]).split()[0])
        before = row["period_start"] - pd.DateOffset(years=1)
        follows = row["count"] == NAMES[BACI] and (row["fuel"], before) in there
        one = basis.between(declared, series, before, row["period_start"]) if follows else None
        reasons.append(one.code if one else "")
    return rows.assign(break_reason=reasons)


def _grown(rows: pd.DataFrame) -> pd.DataFrame:
    """Add each fuel's growth on the year before, where both figures rest on one basis and hold the same codes."""
    # what is left of the chapter depends on what was taken out; a fuel stays what it is where a line was not traded
    rows = rows.assign(left=rows["codes"].where(rows["fuel"].eq("rest"), ""))
    grown = with_base(rows, ["fuel", "role", "left", "basis"], ["value", "source"]).drop(columns="left")
    rate = 100 * (grown["value"] / grown["base_value"] - 1)
    return grown.assign(yoy_pct=rate, base_basis=grown["basis"].where(rate.notna(), ""))


def quoted(dataset: Dataset, who: str, count: str = "four") -> pd.DataFrame:
    """Return the article's own energy figures, as fuel ``article``, and their verdict on a count.

    ``verdict`` is ``HOLDS`` where the year's bill lies within the rounding of the quoted figure and the
    usual revision of the bill (``Bill.tolerance``), else ``NOT``; years without a bill are left out.
    ``china_bill`` and ``baci_bill`` are the bills on those two counts, whole US$.
    """
    known = dataset.known
    chosen = known[serves(known, SourceRole.QUOTED) & known["commodity_code"].eq("FOUR_FUELS")]
    keep = ["period_start", "period_end", "currency", "valuation", "status", "source", "released", "value", "reference"]
    rows = chosen[keep].astype({"source": "str", "valuation": "str", "status": "str", "currency": "str"})
    cells = [
        _judged(dataset, who, count, int(row["period_start"].year), row["value"]) for row in rows.to_dict("records")
    ]
    verdicts = pd.DataFrame(cells, index=rows.index, columns=["verdict", "china_bill", "baci_bill"])
    rows = rows.assign(
        fuel="article",
        codes="FOUR_FUELS",
        count="article",
        role="article",
        basis=basis.codes(dataset, rows, flow="import"),
    )
    both = pd.concat([rows, verdicts], axis=1)
    return both[both["verdict"].notna()].assign(base_basis="")


def _judged(
    dataset: Dataset, who: str, count: str, year: int, value: float
) -> tuple[str | None, float | None, float | None]:
    """Return the verdict on a quoted sum, and the bills on China's count and in BACI."""
    own, bills = bill_on(dataset, year, who, count), [bill_on(dataset, year, one, count) for one in (CHINA, BACI)]
    values = [bill.value if bill else None for bill in bills]
    if own is None or own.value is None:
        return None, values[0], values[1]
    near = abs(own.value - value) <= own.tolerance + half_unit(value)
    return HOLDS if near else NOT, values[0], values[1]
