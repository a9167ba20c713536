"""Both legs of a possible way round: China's exports to eight places, and from there to Russia, indexed to 2021."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from loaders import schema

if TYPE_CHECKING:
    from analysis.book import Book

BASE: Final = 2021
PLACES: Final = {
    "HKG": "Hong Kong",
    "TUR": "Türkiye",
    "ARE": "Emirates",
    "KAZ": "Kazakhstan",
    "KGZ": "Kyrgyzstan",
    "ARM": "Armenia",
    "UZB": "Uzbekistan",
    "GEO": "Georgia",
}
FROM_CHINA: Final = "from_china"
TO_RUSSIA: Final = "to_russia"
COUNTED: Final = "counted_by_russia"
MACHINES: Final = "HS84_85"
PARTIAL: Final = 0.01  # of the base year: a record below it is a piece of a year, as China's of 2023 to Armenia
_NOT: Final = "no figure in this source"
_PIECE: Final = "a piece of a year: less than a hundredth of 2021"
# leg: source, who reports (P: the place), partner, flow, what goods
_LEGS: Final = {
    FROM_CHINA: ("comtrade", "CHN", "P", "export", MACHINES),
    TO_RUSSIA: ("comtrade", "P", "RUS", "export", MACHINES),
    COUNTED: ("imf", "RUS", "P", "import", schema.TOTAL),
}
COLUMNS: Final = (
    "place",
    "name",
    "leg",
    "period_start",
    "period_end",
    "value",
    "base_value",
    "index",
    "reason",
    "reporter",
    "partner",
    "flow",
    "commodity_code",
    "currency",
    "valuation",
    "source",
    "status",
    "released",
    "reference",
)


@lru_cache(maxsize=4)
def legs(book: Book) -> pd.DataFrame:
    """Return three series by year for each place, whole US$ and ``index = 100 * value / value of 2021``.

    ``from_china``: China's exports of machines and electronics (HS 84 and 85) to the place, as China
    reports them; ``to_russia``: the place's exports of the same goods to Russia, as it reports them
    (both UN Comtrade); ``counted_by_russia``: Russia's imports of all goods from the place (IMF,
    estimated since 2022). Legs are never added or taken from each other. A year that a leg holds for
    other places but not for this one has a row with an empty value; a year below a hundredth of 2021
    keeps its value but gets no index; ``reason`` says which.
    """
    known = book.known
    years = schema.months(known).eq(12) & known["period_start"].dt.month.eq(1) & known["currency"].eq("USD")
    table = known[years]
    parts = [_leg(table, leg) for leg in _LEGS]
    held = [part for part in parts if len(part)]
    return pd.concat(held, ignore_index=True) if held else pd.DataFrame(columns=list(COLUMNS))


def _leg(table: pd.DataFrame, leg: str) -> pd.DataFrame:
    source, reporter, partner, flow, goods = _LEGS[leg]
    place = "reporter" if reporter == "P" else "partner"
    other = "partner" if reporter == "P" else "reporter"
    chosen = table["source"].eq(source) & table["flow"].eq(flow) & table["commodity_code"].eq(goods)
    chosen &= table[other].eq(partner if reporter == "P" else reporter) & table[place].isin(list(PLACES))
    rows = table[chosen].astype(dict.fromkeys(schema.CATEGORIES, "str"))
    if rows.empty:
        return rows
    rows = rows.assign(place=rows[place], year=rows["period_start"].dt.year)
    return _indexed(_whole(rows)).assign(
        name=lambda out: out["place"].map(PLACES),
        leg=leg,
        reporter=lambda out: out["place"] if reporter == "P" else reporter,
        partner=lambda out: partner if reporter == "P" else out["place"],
        flow=flow,
        commodity_code=goods,
        currency="USD",
        source=source,
    )[list(COLUMNS)]


def _whole(rows: pd.DataFrame) -> pd.DataFrame:
    """Give each place a row for every year that the leg holds of any place; what is not held stays empty."""
    years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    grid = pd.MultiIndex.from_product([rows["place"].drop_duplicates(), years], names=["place", "year"])
    kept = rows.set_index(["place", "year"])[["value", "valuation", "status", "released", "reference"]]
    out = kept.reindex(grid).reset_index()
    start = pd.to_datetime(out["year"].astype("str") + "-01-01").astype(schema.UNIT)
    return out.assign(period_start=start, period_end=start + pd.DateOffset(months=11))


def _indexed(rows: pd.DataFrame) -> pd.DataFrame:
    base = rows[rows["year"].eq(BASE)].set_index("place")["value"]
    before = rows["place"].map(base)
    piece = rows["value"].lt(PARTIAL * before)
    missing = rows["value"].isna()
    reason = pd.Series(None, index=rows.index, dtype="str").mask(piece, _PIECE).mask(missing, _NOT)
    index = (100 * rows["value"] / before).mask(piece)
    return rows.assign(base_value=before, index=index, reason=reason, reference=rows["reference"].fillna(_NOT))


def newest(rows: pd.DataFrame, leg: str) -> pd.DataFrame:
    """Return each place's newest row of a leg that has an index."""
    held = rows[rows["leg"].eq(leg) & rows["index"].notna()]
    return held.sort_values("period_end").groupby("place").tail(1).set_index("place")


def both_rose(rows: pd.DataFrame) -> tuple[int, int]:
    """Return in how many places both legs stood above 2021 in the newest year after it that both hold, of how many."""
    later = rows[rows["period_start"].dt.year.gt(BASE)].dropna(subset=["index"])
    pair = later[later["leg"].isin([FROM_CHINA, TO_RUSSIA])]
    wide = pair.pivot_table(index=["place", "period_end"], columns="leg", values="index")
    if wide.shape[1] < 2:
        return 0, 0
    last = wide.dropna().groupby("place").tail(1)
    return int(last.gt(100).all(axis=1).sum()), len(last)
