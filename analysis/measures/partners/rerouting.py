"""Both legs of a possible way round: China's exports to eight places, and from there to Russia, indexed to 2021."""

from typing import Final

import pandas as pd

from analysis.basis import BASE_BASIS, BASIS, codes
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.source_names import serves
from analysis.windows import calendar_years, with_base
from loaders.core import schema
from loaders.core.source_records import SourceRole

BASE: Final = 2021
PLACES: Final = ("HKG", "TUR", "ARE", "KAZ", "KGZ", "ARM", "UZB", "GEO")
FROM_CHINA: Final = "from_china"
TO_RUSSIA: Final = "to_russia"
COUNTED: Final = "counted_by_russia"
YUAN: Final = "from_china_yuan"  # all goods, of customs' yuan tables: a basis of its own, never joined with dollars
SMALL: Final = 0.01  # of the largest place's exports to Russia: smaller ones are not judged
MACHINES: Final = "HS84_85"
PARTIAL: Final = 0.01  # of the base year: a record below it is a piece of a year, as China's of 2023 to Armenia
# why a year has no index: no figure of it, another basis than that of 2021, or less than a hundredth of 2021
MISSING: Final = "missing"
BREAK: Final = "estimate"
PIECE: Final = "piece"
_NOWHERE: Final = "no figure in this source"
# leg: source, who reports (P: the place), partner, flow, what goods
_LEGS: Final = {
    FROM_CHINA: (SourceRole.NOW, "CHN", "P", "export", MACHINES),
    TO_RUSSIA: (SourceRole.NOW, "P", "RUS", "export", MACHINES),
    COUNTED: (SourceRole.FUND, "RUS", "P", "import", schema.TOTAL),
}
COLUMNS: Final = schema.columns_of("rerouting")


@per_dataset(4)
def legs(dataset: Dataset) -> pd.DataFrame:
    """Return three series by year for each place, whole US$ and ``index = 100 * value / value of 2021``.

    ``from_china``: China's exports of machines and electronics (HS 84 and 85) to the place, as China
    reports them; ``to_russia``: the place's exports of the same goods to Russia, as it reports them
    (both UN Comtrade); ``counted_by_russia``: Russia's imports of all goods from the place (IMF,
    estimated since 2022, so no index crosses to it). Legs are never added or taken from each other. A
    year that a leg holds for other places but not for this one has a row with an empty value; a year
    below a hundredth of 2021 keeps its value but gets no index; ``reason`` says which by a code.

    ``from_china_yuan`` is apart: China's exports of all goods to the place in yuan, as customs print years
    and years to date, with ``yoy_pct`` over the same window a year before of the same basis, where it is held.
    """
    known = dataset.known
    table = known[calendar_years(known) & known["currency"].eq("USD")]
    parts = [_leg(dataset, table, leg) for leg in _LEGS] + [_yuan(dataset)]
    ordered = (part.sort_values(["place", "period_start", "period_end"]) for part in parts if len(part))
    return schema.stacked(pd.DataFrame(columns=list(COLUMNS)), *ordered)


def _leg(dataset: Dataset, table: pd.DataFrame, leg: str) -> pd.DataFrame:
    role, reporter, partner, flow, goods = _LEGS[leg]
    place = "reporter" if reporter == "P" else "partner"
    other = "partner" if reporter == "P" else "reporter"
    chosen = serves(table, role) & table["flow"].eq(flow) & table["commodity_code"].eq(goods)
    chosen &= table[other].eq(partner if reporter == "P" else reporter) & table[place].isin(list(PLACES))
    rows = schema.plain(table[chosen])
    if rows.empty:
        return pd.DataFrame(rows)
    rows = rows.assign(place=rows[place], year=rows["period_start"].dt.year, **{BASIS: codes(dataset, rows)})
    out = _indexed(_whole(rows)).assign(
        name=lambda out: out["place"],
        leg=leg,
        reporter=lambda out: out["place"] if reporter == "P" else reporter,
        partner=lambda out: partner if reporter == "P" else out["place"],
        flow=flow,
        commodity_code=goods,
        currency="USD",
        source=rows["source"].iloc[0],
        yoy_pct=float("nan"),
    )
    return pd.DataFrame(out[list(COLUMNS)])


def _yuan(dataset: Dataset) -> pd.DataFrame:
    """Return China's exports to each place in yuan: whole years, and the newest year to date, with their growth."""
    known = dataset.known
    chosen = serves(known, SourceRole.TABLES) & known["reporter"].eq("CHN") & known["partner"].isin(list(PLACES))
    chosen &= known["flow"].eq("export") & known["commodity_code"].eq(schema.TOTAL) & known["currency"].eq("CNY")
    rows = schema.plain(known[chosen & known["period_start"].dt.month.eq(1)])
    if rows.empty:
        return pd.DataFrame(rows)
    rows = rows.assign(place=rows["partner"], months=schema.months(rows), **{BASIS: codes(dataset, rows)})
    compared = with_base(rows, ["place", "months", BASIS], ["value"])
    late = compared["period_end"].eq(compared.groupby("place")["period_end"].transform("max"))
    base = compared["base_value"]
    out = compared.assign(
        name=compared["place"],
        leg=YUAN,
        yoy_pct=100 * (compared["value"] / base - 1),
        index=float("nan"),
        reason=pd.Series(None, index=compared.index, dtype="str"),
        **{BASE_BASIS: compared[BASIS].where(base.notna(), "")},
    )
    return pd.DataFrame(out.loc[out["months"].eq(12) | (late & out["months"].gt(1)), list(COLUMNS)])


def _whole(rows: pd.DataFrame) -> pd.DataFrame:
    """Give each place a row for every year that the leg holds of any place; what is not held stays empty."""
    years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    grid = pd.MultiIndex.from_product([rows["place"].drop_duplicates(), years], names=["place", "year"])
    kept = rows.set_index(["place", "year"])[["value", "valuation", "status", "released", "reference", BASIS]]
    out = kept.reindex(grid).reset_index()
    start = pd.to_datetime(out["year"].astype("str") + "-01-01").astype(schema.UNIT)
    return out.assign(period_start=start, period_end=start + pd.DateOffset(months=11))


def _indexed(rows: pd.DataFrame) -> pd.DataFrame:
    base = rows[rows["year"].eq(BASE)].set_index("place")
    before, basis = rows["place"].map(base["value"]), rows["place"].map(base[BASIS])
    missing = rows["value"].isna()
    piece = rows["value"].lt(PARTIAL * before)
    apart = ~missing & basis.notna() & rows[BASIS].ne(basis)
    reason = pd.Series(None, index=rows.index, dtype="str")
    reason = reason.mask(piece, PIECE).mask(apart, BREAK).mask(missing, MISSING)
    index = (100 * rows["value"] / before).mask(piece | apart)
    return rows.assign(
        base_value=before,
        index=index,
        reason=reason,
        reference=rows["reference"].fillna(_NOWHERE),
        **{BASIS: rows[BASIS].fillna("")},
        **{BASE_BASIS: rows[BASIS].where(index.notna(), "").fillna("")},
    )


def newest(rows: pd.DataFrame, leg: str) -> pd.DataFrame:
    """Return each place's newest row of a leg that has an index."""
    indexed = rows[rows["leg"].eq(leg) & rows["index"].notna()]
    return indexed.sort_values("period_end").groupby("place").tail(1).set_index("place")


def judged(rows: pd.DataFrame) -> pd.DataFrame:
    """Return each place's two indices in one year: the newest of those in which the most places hold both legs.

    Columns ``from_china``, ``to_russia``, ``value`` (sent to Russia that year, whole US$), ``base_value`` and
    ``year``, a row a place. A place that sends less than ``SMALL`` of the largest in that year is left out.
    """
    later = rows[rows["period_start"].dt.year.gt(BASE)].dropna(subset=["index"])
    later = later.assign(year=later["period_start"].dt.year)
    pair = later[later["leg"].isin([FROM_CHINA, TO_RUSSIA])]
    wide = pair.pivot_table(index=["year", "place"], columns="leg", values="index")
    wide = wide.reindex(columns=[FROM_CHINA, TO_RUSSIA]).dropna()
    sent = later[later["leg"].eq(TO_RUSSIA)].set_index(["year", "place"])[["value", "base_value"]]
    both = wide.join(sent)
    both = both[both["value"].ge(SMALL * sent["value"].groupby("year").transform("max").reindex(both.index))]
    flat = pd.DataFrame(both.reset_index("year"))
    count = flat.groupby("year").size()
    return flat[flat["year"].eq(count[count.eq(count.max())].index.max())] if len(flat) else flat


def both_rose(places: pd.DataFrame) -> tuple[int, int]:
    """Return in how many of the :func:`judged` places both legs stood above 2021, of how many; all in one year."""
    return int(places[[FROM_CHINA, TO_RUSSIA]].gt(100).all(axis=1).sum()), len(places)
