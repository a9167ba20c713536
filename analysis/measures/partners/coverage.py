"""Coverage: which month of which source is known, how well, and why the rest is not."""

from collections.abc import Hashable, Mapping
from typing import Any, Final

import pandas as pd

from analysis.basis import BASE_BASIS, BASIS, codes
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.source_names import serves
from loaders.core import schema
from loaders.core.source_records import SourceRole, serving

FIRST: Final = "2006-01"
# Best first: a month that several rows cover has the best of their states.
KNOWN: Final = ("reported", "derived", "provisional", "estimated")
MISSING: Final = "missing"
DISCONTINUED: Final = "discontinued"
STATES: Final = (*KNOWN, MISSING, DISCONTINUED)
_STATUS: Final = {"final": "reported", "derived": "derived", "preliminary": "provisional", "estimated": "estimated"}
# Line of the picture: what its source serves, who reports, currency; the partner is the other of the two.
LANES: Final = {
    "gacc": (SourceRole.TABLES, "CHN", "CNY"),
    "press": (SourceRole.PAPERS, "CHN", "USD"),
    "comtrade": (SourceRole.NOW, "CHN", "USD"),
    "imf_china": (SourceRole.FUND, "CHN", "USD"),
    "fcs": (SourceRole.RUSSIA, "RUS", "USD"),
    "imf_russia": (SourceRole.FUND, "RUS", "USD"),
    "baci": (SourceRole.MERGED, "RUS", "USD"),
    "pipeline_gas": (SourceRole.PAPERS, "CHN", ""),
}
_OTHER: Final = {"CHN": "RUS", "RUS": "CHN"}
# Lines that are told by the year where no month is; the others ask for months alone.
_YEARLY: Final = ("imf_russia", "baci", "pipeline_gas")
# why a month is blank where no silence says it: newer than the figures read, not among them, or a piece of a year
NEWER: Final = "newer"
ABSENT: Final = "absent"
PIECE: Final = "piece"
_GRAINS: Final = {1: "month", 2: "pair", 12: "year"}
COLUMNS: Final = schema.columns_of("coverage")
_CHAPTERS: Final = 40  # of a year of goods: fewer are a selection of headings, not the year


@per_dataset(8)
def table(dataset: Dataset) -> pd.DataFrame:
    """Return runs of months of one state, line by line, from ``FIRST`` to the month the dataset was read in.

    ``state`` is one of ``STATES``: *reported* (final), *derived* (summed or subtracted from printed
    figures), *provisional*, *estimated*, *missing* (not among the figures read) or *discontinued*
    (the publisher prints it no more). ``grain`` says how fine the figure is: a year's figure covers
    its months, a pair January and February. A total counts where either flow or their sum is there,
    a year of goods where its lines make a whole. ``reason`` is a code, of a row of the table of silences
    (:func:`silence`) or one of ``NEWER``, ``ABSENT`` and ``PIECE``, of which ``lines`` lines are held; ``short``
    is the code where the silence has a short name. ``run_start`` and ``run_months`` stay those of the whole
    run where a view cuts it.
    """
    if dataset.trade.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    cells = _grid(dataset).merge(_known(dataset), on=["lane", "month"], how="left")
    cells = cells.merge(_reasons(dataset), on=["lane", "month"], how="left")
    known = cells["state"].notna()
    gone = cells["silence"].map({DISCONTINUED: DISCONTINUED}).fillna(MISSING)
    cells["state"] = cells["state"].where(known, gone)
    newest = cells["month"].where(known).groupby(cells["lane"]).transform("max")
    plain = cells["month"].gt(newest).map({True: NEWER, False: ABSENT})
    # a reason explains a blank, or why two months are one figure
    pair = cells["grain"].eq(_GRAINS[2])
    cells["lines"] = _pieces(dataset, cells).where(cells["reason"].isna() & ~known)
    blank = cells["reason"].fillna(cells["lines"].notna().map({True: PIECE})).fillna(plain)
    cells["reason"] = blank.where(~known, cells["joined"].where(pair))
    cells["short"] = cells["short"].where(~known)
    cells["reason_reference"] = cells["silence_reference"].where(~known, cells["joined_reference"].where(pair))
    return _based(dataset, _runs(cells))


def _based(dataset: Dataset, runs: pd.DataFrame) -> pd.DataFrame:
    """Add what the figures of each run rest on; a blank rests on nothing."""
    who = runs["lane"].map({lane: what[1] for lane, what in LANES.items()})
    status = runs["state"].map({state: status for status, state in _STATUS.items()}).fillna("final")
    way = runs["lane"].map({"baci": "export", "pipeline_gas": "import"}).fillna("total")
    keyed = runs.assign(reporter=who, partner=who.map(_OTHER), status=status, flow=way)
    known = runs["state"].isin(KNOWN)
    return runs.assign(**{BASIS: codes(dataset, keyed).where(known, "")}, **{BASE_BASIS: ""})


def _grid(dataset: Dataset) -> pd.DataFrame:
    last = pd.Timestamp(dataset.read.year, dataset.read.month, 1)
    months = pd.DataFrame({"month": pd.date_range(f"{FIRST}-01", last, freq="MS").astype("datetime64[us]")})
    return pd.DataFrame({"lane": list(LANES)}).merge(months, how="cross")


def _known(dataset: Dataset) -> pd.DataFrame:
    """Return the best figure of each line and month: the finest grain, then the best state."""
    rows = pd.concat([_totals(dataset), _goods(dataset), _weights(dataset)], ignore_index=True)
    rows = rows.assign(state=rows["status"].map(_STATUS), grain=rows["months"].map(_GRAINS))
    rank = rows["state"].map({state: place for place, state in enumerate(KNOWN)})
    # January and February as printed, together, before a split of them; then the finest
    fine = rows["months"].where(rows["months"].ne(2), 0)
    rows = rows.assign(rank=rank, fine=fine).sort_values(["fine", "rank"], kind="stable")
    each = rows.loc[rows.index.repeat(rows["months"])]
    step = each.groupby(level=0, sort=False).cumcount()
    ordinal = each["period_start"].dt.year * 12 + each["period_start"].dt.month - 1 + step
    month = pd.to_datetime({"year": ordinal // 12, "month": ordinal % 12 + 1, "day": 1}).astype("datetime64[us]")
    asked = each["months"].ne(12) | each["lane"].isin(_YEARLY)
    best = each.assign(month=month)[asked].drop_duplicates(["lane", "month"])
    return best[["lane", "month", "state", "grain", "source", "released", "reference"]]


def _totals(dataset: Dataset) -> pd.DataFrame:
    known = dataset.known
    pair = known["reporter"].isin(list(_OTHER)) & known["partner"].isin(list(_OTHER))
    totals = known[pair & known["commodity_code"].eq("TOTAL")].astype(dict.fromkeys(schema.CATEGORIES, "str"))
    key = totals["source"] + totals["reporter"] + totals["currency"]
    lanes = {
        source + reporter + currency: lane
        for lane, (role, reporter, currency) in LANES.items()
        if lane not in {"baci", "pipeline_gas"}
        for source in serving(role)
    }
    totals = totals.assign(lane=key.map(lanes), months=schema.months(totals))
    return totals[totals["lane"].notna() & totals["months"].isin(list(_GRAINS))]


def _lines(dataset: Dataset) -> pd.DataFrame:
    """Return BACI's lines of goods between the two, with the number of chapters that each year holds."""
    known = dataset.known
    own = serves(known, SourceRole.MERGED) & known["reporter"].isin(list(_OTHER)) & known["partner"].isin(list(_OTHER))
    lines = known[own].astype(dict.fromkeys(schema.CATEGORIES, "str"))
    chapters = lines["commodity_code"].str[:2].groupby(lines["period_start"]).transform("nunique")
    return lines.assign(months=schema.months(lines), lane="baci", whole=chapters.ge(_CHAPTERS))


def _goods(dataset: Dataset) -> pd.DataFrame:
    """Return one row for each year of BACI's goods that is held whole: their number counts, not their sum."""
    lines = _lines(dataset)
    return lines[lines["whole"]].drop(columns="whole").drop_duplicates(["period_start", "classification"])


def _pieces(dataset: Dataset, cells: pd.DataFrame) -> pd.Series:
    """Return of a year of goods of which only some lines are held how many."""
    rows = _lines(dataset)
    lines = rows[~rows["whole"]].groupby(rows["period_start"].dt.year).size()
    return pd.Series(cells["month"].dt.year.map(lines).where(cells["lane"].eq("baci")), dtype="float64")


def period_covered(table: pd.DataFrame) -> str:
    """Say which months the rows of one source cover: ``2017-01 to 2023-12, 34 lines of 2024``.

    The last years of a source of goods count where they hold a total or the goods of forty chapters; of later
    ones the lines are counted.
    """
    if table.empty:
        return "nothing held"
    codes, year = table["commodity_code"].astype("str"), table["period_end"].dt.year
    chapters = codes.str[:2].groupby(year).nunique()
    whole = chapters.ge(_CHAPTERS) | codes.eq(schema.TOTAL).groupby(year).any()
    last = int(whole[whole].index.max()) if whole.any() else int(year.max())
    own, rest = table[year.le(last)], year[year.gt(last)].value_counts().sort_index()
    more = "".join(f", {count:,} lines of {late}" for late, count in rest.items())
    return f"{own['period_start'].min():%Y-%m} to {own['period_end'].max():%Y-%m}{more}"


def _weights(dataset: Dataset) -> pd.DataFrame:
    """Return the quantities of Russian pipeline gas that customs gave, from the side table."""
    side = dataset.side("quantities")
    if side.empty:
        return pd.DataFrame()
    own = side["reporter"].eq("CHN") & side["partner"].eq("RUS") & side["basis"].eq("customs")
    weights = side[own & side["commodity_code"].eq("271121")]
    days = {
        name: pd.to_datetime(weights[name]).astype("datetime64[us]")
        for name in ("period_start", "period_end", "released")
    }
    weights = weights.assign(**days, lane="pipeline_gas", value=pd.to_numeric(weights["quantity"]))
    weights = weights.assign(months=schema.months(weights))
    return weights[weights["months"].isin(list(_GRAINS))]


def silence(row: Mapping[Hashable, Any]) -> str:
    """Return the code of a row of the table of silences: its line and its first month."""
    return f"{row['lane']}-{row['from']}"


def _reasons(dataset: Dataset) -> pd.DataFrame:
    """Return the reason for each line and month; a silence without an end lasts to the end of the grid."""
    side = dataset.side("silences")
    if side.empty:
        return pd.DataFrame(
            columns=["lane", "month", "silence", "reason", "short", "silence_reference", "joined", "joined_reference"]
        )
    start = pd.PeriodIndex(side["from"], freq="M")
    end = pd.PeriodIndex(side["to"].fillna(f"{dataset.read:%Y-%m}"), freq="M")
    spans = [pd.period_range(a, b, freq="M").to_timestamp() for a, b in zip(start, end, strict=True)]
    code = pd.Series([silence(row) for row in side.to_dict("records")], index=side.index)
    side = side.assign(reason=code, short=code.where(side["short"].notna()))
    out = side.assign(month=pd.Series(spans, index=side.index)).explode("month").dropna(subset=["month"])
    out["month"] = pd.to_datetime(out["month"]).astype("datetime64[us]")
    out = out.rename(columns={"state": "silence", "reference": "silence_reference"})
    together = out["silence"].eq("joined")
    blank = out.loc[~together, ["lane", "month", "silence", "reason", "short", "silence_reference"]]
    pair = out.loc[together & out["month"].dt.month.le(2), ["lane", "month", "reason", "silence_reference"]]
    return blank.merge(
        pair.rename(columns={"reason": "joined", "silence_reference": "joined_reference"}),
        on=["lane", "month"],
        how="outer",
    )


def _runs(cells: pd.DataFrame) -> pd.DataFrame:
    """Join neighbouring months of one line that say the same; a year or a pair is a run of its own."""
    cells = cells.assign(
        order=cells["lane"].map({lane: place for place, lane in enumerate(LANES)}),
        kind=cells["state"] + cells["grain"].fillna("") + cells["source"].fillna("") + cells["reason"].fillna(""),
    ).sort_values(["order", "month"], ignore_index=True)
    new = cells["kind"].ne(cells["kind"].shift()) | cells["lane"].ne(cells["lane"].shift())
    parted = cells["grain"].isin([_GRAINS[2], _GRAINS[12]]) & cells["month"].dt.month.eq(1)
    run = (new | parted).cumsum()
    grouped = cells.groupby(run)
    out = grouped.first()
    out["period_start"], out["period_end"] = grouped["month"].first(), grouped["month"].last()
    out["months"] = grouped.size()
    out["run_start"], out["run_months"] = out["period_start"], out["months"]
    out["released"] = grouped["released"].max()
    return out.reindex(columns=COLUMNS).reset_index(drop=True)
