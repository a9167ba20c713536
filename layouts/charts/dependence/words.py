"""What is said of the shares: the sentence over the picture, its subtitle and its note."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pandas as pd

from analysis.basis import BASIS, Basis
from analysis.selection import Selection
from layouts.charts.dependence.paths import basis_of, broken_years, path_of
from layouts.figure import instead, source_line
from layouts.figure.chart import Stated, Words
from layouts.words import text
from layouts.words.catalogue import say

_LACKING: Final = {
    "imf": "charts.dependence.lacking.imf",
    "national": "charts.dependence.lacking.national",
    "mirror": "charts.dependence.lacking.mirror",
}
_SUBTITLES: Final = {
    "imf": "charts.dependence.subtitle.imf",
    "national": "charts.dependence.subtitle.national",
    "mirror": "charts.dependence.subtitle.mirror",
}
# by who counted Russia's side; China's is always the count of its customs
_FINDINGS: Final = {"IMF": "charts.dependence.finding.imf", "RUS": "charts.dependence.finding.customs"}
_CONCENTRATION: Final = {
    "export": ("charts.dependence.concentration.exports", "charts.dependence.concentration.exports_year"),
    "import": ("charts.dependence.concentration.imports", "charts.dependence.concentration.imports_year"),
}


@instead.worded
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    count = basis_of(selection)
    if rows.empty:
        return Words(say("charts.dependence.empty"), say(_LACKING[count]), "", "%")
    own = rows[rows["count"].eq(count)]
    years = text.years(own["period_start"].min().year, rows["period_end"].max().year)
    finding, stated = _finding(rows, count)
    subtitle = say(_SUBTITLES[count], years=years)
    return Words(finding, subtitle, source_line.line(rows), "%", _note(rows, count), stated)


def _finding(rows: pd.DataFrame, count: str) -> tuple[str, tuple[Stated, ...]]:
    """Set both dependences of the newest year that both sides have side by side, and name who counted either."""
    russia, china = _whole(rows, "russia", count), _whole(rows, "china", "china")
    year = max({*russia} & {*china}, default=None)
    if count == "mirror":
        return say("charts.dependence.two_counts"), ()
    if year is None:
        return say("charts.dependence.no_year"), ()
    (ours, one), (theirs, other) = russia[year], china[year]
    key = _FINDINGS[Basis.read(one.basis).counted_by]
    return say(key, year=text.year(year), russia=text.share(ours), china=text.share(theirs)), (one, other)


def _whole(rows: pd.DataFrame, side: str, count: str) -> dict[int, tuple[float, Stated]]:
    """Return the share of exports and imports together by year, where both are shares of one count and print."""
    own = rows[rows["side"].eq(side) & rows["count"].eq(count) & rows["share_pct"].notna()]
    shares = {}
    for year, part in own.groupby(own["period_start"].dt.year):
        bases = [Basis.read(code) for code in part[BASIS]]
        if len(part) != 2 or len({(one.counted_by, one.print, one.making) for one in bases}) > 1:
            continue
        value = 100 * float(part["value"].sum() / part["world_value"].sum())
        code = str(replace(bases[0], valuation="FOB+CIF"))
        start, end = part["period_start"].iloc[0], part["period_end"].iloc[0]
        shares[int(str(year))] = value, Stated(value, code, start, end, base=code)
    return shares


def _note(rows: pd.DataFrame, count: str) -> str:
    sentences = [say("charts.dependence.hollow")]
    if len(rows[rows["side"].eq("russia") & rows["count"].ne(count)]):
        sentences.append(say("charts.dependence.grey"))
    path = path_of(rows, "china", "china")
    gaps = sorted(set(range(path["year"].min(), path["year"].max())) - set(path["year"])) if len(path) else []
    if gaps:
        sentences.append(say("charts.dependence.no_point", years=text.listed(map(text.year, gaps))))
    if broken_years(path_of(rows, "russia", count)):
        sentences.append(say("charts.dependence.broken"))
    return text.sentences([*sentences, *_concentration(rows)])


def _concentration(rows: pd.DataFrame) -> Iterator[str]:
    """Say how concentrated Russia's partners are, first year and last, where the data allow."""
    indices = rows[rows["hhi"].notna()].sort_values("period_start")
    for flow, own in indices.groupby("flow"):
        first, last = own.iloc[0], own.iloc[-1]
        both, alone = _CONCENTRATION[str(flow)]
        start = {"index": text.number(first["hhi"], 2), "year": text.year(first["period_start"].year)}
        end = {"later": text.number(last["hhi"], 2), "last": text.year(last["period_start"].year)}
        yield say(both, **start, **end) if len(own) > 1 else say(alone, **start)
    if indices["status"].eq("estimated").any():
        yield say("charts.dependence.concentration_estimated")
