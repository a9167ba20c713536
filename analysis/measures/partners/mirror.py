"""The mirror: one flow of goods as the buyer's customs and the seller's customs count it."""

from typing import Final

import pandas as pd

from analysis.basis import BASE_BASIS, BASIS, VALUED, codes
from analysis.cache import per_dataset
from analysis.dataset import Dataset
from analysis.measures.monthly.series import alone, january_and_february
from analysis.source_names import between_the_two, joined
from loaders.core import schema
from loaders.core.source_records import SourceRole, serving

# China's flow and the flow of Russia that holds the same goods.
OPPOSITE: Final = {"import": "export", "export": "import"}
# First wins, for every window anew; a window never holds two sources of one country.
CHINA: Final = serving(SourceRole.CHINA_MIRROR)
RUSSIA: Final = serving(SourceRole.RUSSIA_MIRROR)
# Freight and insurance: the IMF takes 6 % between FOB and CIF, far or bulky goods may bear 10 %.
LIKELY: Final = 6.0
POSSIBLE: Final = 10.0
BANDS: Final = ("below zero", "0 to 6 %", "6 to 10 %", "above 10 %")
COLUMNS: Final = schema.columns_of("mirror")
NO_COUNT: Final = "no_count"  # why a window has no gap: one of its two figures is an estimate made from the other
_KEYS: Final = ("flow", "period_start", "period_end")


def gap(importer: pd.Series, exporter: pd.Series) -> pd.Series:
    """Return by how much per cent the importer's figure (CIF) stands above the exporter's (FOB).

    ``100 * (importer / exporter - 1)``; empty where the exporter's is zero or missing.
    """
    return 100 * (importer / exporter.where(exporter.ne(0)) - 1)


def band(gaps: pd.Series) -> pd.Series:
    """Name where a gap lies: freight and insurance explain 0 to 6 %, perhaps 10 %, nothing below zero."""
    bins = [-float("inf"), 0.0, LIKELY, POSSIBLE, float("inf")]
    # a gap of exactly zero is no gap below it, one of exactly 10 % is still inside
    named = pd.cut(gaps.where(gaps.ne(0), 1e-12), bins, labels=list(BANDS))
    return pd.Series(named.astype("str"), index=gaps.index)


@per_dataset(16)
def table(dataset: Dataset, kind: str) -> pd.DataFrame:
    """Return every window of a kind (``sum12``, ``month``, ``year``) that both countries' figures cover; ``COLUMNS``.

    ``flow`` is China's. ``value`` is the importer's figure, ``exporter_value`` the exporter's, in
    whole US$; ``basis`` and ``exporter_basis`` are what each rests on. ``sum12`` and ``year`` end with
    the years since 2022, for which the IMF estimates Russia's side: their status is ``estimated``,
    both values stand, and no gap is computed between a count and an estimate made from it.
    """
    sides = _sides(dataset)
    if kind == "month":
        both = _faced(_charted(sides[sides["months"].eq(1)]))
    else:
        both = pd.concat([_faced(_sums(sides[sides["months"].eq(1)])), _estimated(sides)], ignore_index=True)
        if kind == "year":
            both = both[both["period_end"].dt.month.eq(12)]
    both = _based(dataset, both.assign(kind=kind))
    shown = pd.DataFrame(both.reindex(columns=COLUMNS))
    return shown.sort_values(["flow", "period_end"], ignore_index=True)


def _based(dataset: Dataset, both: pd.DataFrame) -> pd.DataFrame:
    """Add what each side's figure rests on: a sum of reported months is as reported."""
    if both.empty:
        return both
    sides = {"_c": ("CHN", "RUS", ""), "_r": ("RUS", "CHN", "_r")}
    bases = {}
    for side, (reporter, partner, tail) in sides.items():
        flow = both["flow"] if reporter == "CHN" else both["flow"].map(OPPOSITE)
        rows = pd.DataFrame(
            {
                "source": both[f"source{tail}"] if tail else both["china_source"],
                "flow": flow,
                "valuation": flow.map(VALUED),
                "status": "final",
                "period_start": both["period_start"],
            }
        )
        bases[side] = codes(dataset, rows, reporter=reporter, partner=partner)
    bought = both["flow"].eq("import")
    based = both.assign(exporter_basis=bases["_r"].where(bought, bases["_c"]))
    return based.assign(**{BASIS: bases["_c"].where(bought, bases["_r"])}, **{BASE_BASIS: ""})


def _sides(dataset: Dataset) -> pd.DataFrame:
    """Return months and years of the two totals in US$, ``flow`` seen from China, ``side`` who counts."""
    known = dataset.known
    chosen = between_the_two(known) & known["commodity_code"].eq("TOTAL") & known["currency"].eq("USD")
    chosen &= known["flow"].isin(list(OPPOSITE)) & known["source"].isin({*CHINA, *RUSSIA})
    rows = schema.plain(known[chosen])
    china = rows["reporter"].eq("CHN")
    ranks = rows["source"].map({name: place for place, name in enumerate(CHINA)})
    ranks = ranks.where(china, rows["source"].map({name: place for place, name in enumerate(RUSSIA)}))
    rows = rows.assign(
        side=rows["reporter"],
        rank=ranks,
        months=schema.months(rows),
        flow=rows["flow"].where(china, rows["flow"].map(OPPOSITE)),
    )
    return pd.DataFrame(rows[rows["rank"].notna()])


def _charted(months: pd.DataFrame) -> pd.DataFrame:
    """Join January and February of the years in which customs print them together."""
    together = alone(months)
    pairs = january_and_february(months[together], ["side", "source", "flow", "period_start"])
    pairs = pairs.assign(value=pairs["value"] + pairs["value_2"], months=2, period_end=pairs["period_end_2"])
    return pd.DataFrame(pd.concat([months[~together], pairs[months.columns]], ignore_index=True))


def _sums(months: pd.DataFrame) -> pd.DataFrame:
    """Add each source's twelve months up to every month; a missing month gives no sum."""
    parts = [_rolled(part) for _, part in months.groupby(["side", "source", "flow"], sort=True)]
    return pd.concat(parts, ignore_index=True) if parts else months


def _rolled(part: pd.DataFrame) -> pd.DataFrame:
    part = part.sort_values("period_end", ignore_index=True)
    value = part["value"].rolling(12).sum()
    start = part["period_start"].shift(11)
    whole = start.eq(part["period_end"] - pd.DateOffset(months=11))
    weak = part["status"].isin(["estimated", "preliminary"]).rolling(12).max().eq(1)
    status = pd.Series("derived", index=part.index).where(~weak, "estimated")
    reference = "twelve months, the last: " + part["reference"]
    # the newest day among the twelve, empty where one of them has none
    days = part["released"].astype("int64").where(part["released"].notna()).rolling(12).max()
    released = pd.to_datetime(days, unit="us").astype("datetime64[us]")
    out = part.assign(value=value, period_start=start, months=12, status=status, reference=reference, released=released)
    return pd.DataFrame(out[whole])


def _faced(rows: pd.DataFrame) -> pd.DataFrame:
    """Set China's figure against Russia's of the same window, the best source of each."""
    firm = rows[rows["status"].ne("estimated")] if len(rows) else rows
    best = firm.sort_values("rank", kind="stable").drop_duplicates(["side", *_KEYS])
    return _compared(best[best["side"].eq("CHN")], best[best["side"].eq("RUS")])


def _estimated(sides: pd.DataFrame) -> pd.DataFrame:
    """Set China's twelve months against the IMF's estimate of Russia's year."""
    guess = sides[sides["side"].eq("RUS") & sides["months"].eq(12) & sides["status"].eq("estimated")]
    sums = _sums(sides[sides["side"].eq("CHN") & sides["months"].eq(1)])
    best = sums.sort_values("rank", kind="stable").drop_duplicates(list(_KEYS))
    return _compared(best, guess)


def _compared(china: pd.DataFrame, russia: pd.DataFrame) -> pd.DataFrame:
    both = china.merge(russia, on=list(_KEYS), suffixes=("", "_r"), validate="one_to_one")
    bought = both["flow"].eq("import")
    value = both["value"].where(bought, both["value_r"])
    exporter = both["value_r"].where(bought, both["value"])
    weak = both["status_r"].eq("estimated")
    gaps = gap(value, exporter).mask(weak)
    return both.assign(
        importer=bought.map({True: "CHN", False: "RUS"}),
        value=value,
        exporter_value=exporter,
        gap_pct=gaps,
        band=band(gaps).mask(weak, ""),
        reason=pd.Series("", index=both.index, dtype="str").mask(weak, NO_COUNT),
        china_source=both["source"],
        status=both["status"].where(~weak, "estimated"),
        provisional=weak,
        russia_source=both["source_r"],
        source=[joined(*pair) for pair in zip(both["source"], both["source_r"], strict=True)],
        released=both[["released", "released_r"]].max(axis=1),
        russia_reference=both["reference_r"],
    )
