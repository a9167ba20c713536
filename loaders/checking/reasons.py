"""Reasons for differences: rules that test the size of each one, and a table that names a single one with its page."""

from collections.abc import Callable
from typing import Final

import pandas as pd

UNEXPLAINED: Final = "unexplained"
ENOUGH: Final = 12  # differences of one kind from which a spread can be told
FREIGHT: Final = 10.0  # per cent of the seller's figure: the IMF takes 6, far or bulky goods may bear 10
ALLOCATED: Final = 1.0  # per cent that two sources' years may differ where only the months are told apart
_SAME: Final = 1e-9
_SERIES: Final = ["source", "reporter", "partner", "flow", "classification", "commodity_code", "currency"]
_PAGE: Final = "page"


def fences(values: pd.Series) -> tuple[float, float]:
    """Return the bounds of what is usual: a span and a half of the middle half beyond its ends (Tukey 1977)."""
    low, high = values.quantile(0.25), values.quantile(0.75)
    return float(low - 1.5 * (high - low)), float(high + 1.5 * (high - low))


def usual(rows: pd.DataFrame, by: list[str], what: str) -> pd.Series:
    """Explain each difference that lies within what is usual for its kind, where ``ENOUGH`` are held."""
    why = pd.Series("", index=rows.index, dtype="str")
    for _, part in rows.groupby(by):
        if len(part) >= ENOUGH:
            low, high = fences(part["difference_pct"])
            inside = part["difference_pct"].between(low, high)
            span = f"the usual {low:+.1f} to {high:+.1f}% of {len(part)} held."
            explained = part["difference_pct"].map(lambda off, span=span: f"{what}: {off:+.2f}% lies within {span}")
            why = why.mask(why.index.isin(part.index[inside]), explained.reindex(why.index))
    return why


def as_printed(rows: pd.DataFrame, prints: pd.DataFrame) -> pd.Series:
    """Explain a print of the day beside a later count by what such prints of the flow are usually revised by."""
    why = pd.Series("", index=rows.index, dtype="str")
    single = prints[prints["start"].eq(prints["end"])]
    for flow, part in single.groupby("flow"):
        low, high = fences(part["difference_pct"])
        off = 100 * (rows["expected"] / rows["found"] - 1)
        met = rows["source_second"].eq("press") & rows["start"].eq(rows["end"]) & rows["flow"].eq(flow)
        met &= off.between(low, high) & (len(part) >= ENOUGH)
        span = f"usual are {low:+.1f} to {high:+.1f}%."
        why = why.mask(met, off.map(lambda x, span=span: f"A print of the day, since revised by {x:+.2f}%: {span}"))
    return why


def later_state(rows: pd.DataFrame, now: pd.DataFrame) -> pd.Series:
    """Explain a year to date off its months by the state of the same months printed one month later.

    That state is the next year to date less its own month. It must lie on the printed window's side, and nearer
    to it than to the sum of the months.
    """
    key = [*_SERIES, "period_start", "period_end"]
    figures = now[[*key, "value"]]
    after = rows[_SERIES].assign(
        row=rows.index, period_start=rows["start"], period_end=rows["end"] + pd.DateOffset(months=1)
    )
    window = after.merge(figures, on=key).set_index("row")["value"]
    month = after.assign(period_start=after["period_end"]).merge(figures, on=key).set_index("row")["value"]
    later = (window - month).reindex(rows.index)
    near = (rows["expected"] - later).abs().lt((rows["found"] - later).abs())
    revised = 100 * (rows["expected"] / rows["found"] - 1)
    since = 100 * (later / rows["found"] - 1)
    proved = near & (revised * since).gt(0)
    why = [
        f"A year to date holds the revisions of its months: {a:+.2f}% here, {b:+.2f}% in the state of a month later."
        for a, b in zip(revised, since, strict=True)
    ]
    return pd.Series(why, index=rows.index, dtype="str").where(proved, "")


def allocated(rows: pd.DataFrame, now: pd.DataFrame) -> pd.Series:
    """Explain a month told differently by two sources where their twelve months of that year make the same."""
    single = now[now["period_start"].eq(now["period_end"])]
    key = ["reporter", "partner", "flow", "commodity_code", "currency"]
    whole = single.assign(year=single["period_start"].dt.year).groupby(["source", *key, "year"])["value"]
    years = whole.sum()[whole.size().eq(12)]
    asked = rows.assign(year=rows["start"].dt.year)
    ours, theirs = (
        years.reindex(pd.MultiIndex.from_frame(asked[[name, *key, "year"]])).to_numpy()
        for name in ("source_second", "source_first")
    )
    off = pd.Series(100 * (ours / theirs - 1), index=rows.index)
    proved = rows["start"].eq(rows["end"]) & off.abs().le(ALLOCATED)
    why = [
        f"The same trade set down in other months: the twelve months of {year} differ by {x:+.2f}% between the two."
        for year, x in zip(asked["year"], off, strict=True)
    ]
    return pd.Series(why, index=rows.index, dtype="str").where(proved, "")


def freight(rows: pd.DataFrame) -> pd.Series:
    """Explain a buyer's figure (CIF) that stands above the seller's (FOB) by no more than freight and insurance."""
    bases = rows["valuation"].eq("CIF") & rows["valuation_seller"].eq("FOB")
    proved = bases & rows["difference_pct"].between(0, FREIGHT)
    why = [
        f"Freight and insurance (CIF over FOB) may be up to {FREIGHT:g}%: {x:+.2f}%." for x in rows["difference_pct"]
    ]
    return pd.Series(why, index=rows.index, dtype="str").where(proved, "")


def on_the_way(rows: pd.DataFrame, now: pd.DataFrame) -> pd.Series:
    """Explain a month in which the buyer counted what lies between the seller's month and the one before it."""
    sold = now[now["flow"].eq("export") & now["period_start"].eq(now["period_end"])]
    sold = sold.assign(start=sold["period_start"] + pd.DateOffset(months=1))
    names = {"source": "source_seller", "reporter": "partner", "partner": "reporter", "value": "value_seller"}
    key = ["source_seller", "reporter", "partner", "commodity_code", "currency", "start"]
    before = sold.rename(columns=names)[[*key, "value_seller"]].drop_duplicates(key)
    met = rows[key].assign(row=rows.index).merge(before, on=key)
    last = met.set_index("row")["value_seller"].reindex(rows.index)
    this = rows["expected"]
    low, high = last.where(last.lt(this), this), last.where(last.gt(this), this)
    inside = rows["found"].between(low, high * (1 + FREIGHT / 100))
    proved = rows["start"].eq(rows["end"]) & last.notna() & inside
    why = [
        f"On the way at the month's end: between the seller's {a:,.0f} and {b:,.0f} of two months, and freight."
        for a, b in zip(low, high, strict=True)
    ]
    return pd.Series(why, index=rows.index, dtype="str").where(proved, "")


def first_of(rows: pd.DataFrame, *rules: Callable[[pd.DataFrame], pd.Series]) -> pd.DataFrame:
    """Give each row the reason of the first rule that proves it, else ``UNEXPLAINED``."""
    why = pd.Series("", index=rows.index, dtype="str")
    for rule in rules:
        if len(rows):
            why = why.mask(why.eq(""), rule(rows))
    return rows.assign(known=why.ne(""), why=why.mask(why.eq(""), UNEXPLAINED))


def named(differences: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Mark what the table of known disagreements names: one difference a line, by subject, period and both sizes."""
    differences = differences.copy()
    for line in known.to_dict("records"):
        same = differences["check"].eq(line["check"]) & differences["subject"].eq(line["subject"])
        same &= differences["period"].eq(line["period"])
        for size in ("expected", "found"):
            same &= (differences[size] - float(line[size])).abs().le(_SAME * abs(float(line[size])))
        differences.loc[same, "known"] = True
        differences.loc[same, "why"] = str(line["why"])
        differences.loc[same, _PAGE] = str(line[_PAGE])
    return differences
