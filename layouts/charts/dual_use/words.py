"""The words of the chart of high-priority goods: one rate, on one basis, and what is left out."""

from typing import Final

import pandas as pd

from analysis.selection import Selection
from layouts.charts.goods import words as goods_words
from layouts.figure import instead, source_line
from layouts.figure.chart import Stated, Words
from layouts.words import text
from layouts.words.catalogue import say
from layouts.words.forms import Forms

_GREW: Final = goods_words.Grown("charts.dual-use.rose", "charts.dual-use.fell", "charts.dual-use.multiplied")
_SUBTITLES: Final = {"all": "charts.dual-use.subtitle_all", "comparable": "charts.dual-use.subtitle"}


def who(codes: pd.Series) -> Forms:
    """Name who counted the years of some bases."""
    return goods_words.who(dict.fromkeys(str(code) for code in codes))


def totals(rows: pd.DataFrame) -> pd.Series:
    """Return the sum of all tiers by year, whole US$."""
    tiers = rows[rows["series"].eq("tier")]
    return tiers.groupby(tiers["period_start"].dt.year)["value"].sum() if len(tiers) else pd.Series(dtype="float64")


def parted(rows: pd.DataFrame) -> int | None:
    """Return the first shown year that rests on another basis than the one before it, None without one."""
    tiers = rows[rows["series"].eq("tier")]
    bases = tiers.groupby(tiers["period_start"].dt.year)["basis"].first()
    changed = bases.ne(bases.shift()).iloc[1:]
    return int(str(changed[changed].index.max())) if changed.any() else None


def codes(rows: pd.DataFrame, series: str, column: str = "codes") -> list[str]:
    """Return the distinct codes that stand in the rows of a series."""
    return sorted({code for listed in rows.loc[rows["series"].eq(series), column] for code in str(listed).split()})


@instead.worded
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    sums, unit = totals(rows), text.unit_bn("USD")
    if sums.empty:
        return Words(say("charts.dual-use.empty"), say("charts.dual-use.lacking"), "", unit)
    finding, declared = _finding(rows, sums)
    drawn, missing = codes(rows, "tier", "listed"), codes(rows, "not measurable")
    subtitle = say(
        _SUBTITLES[selection.list or "comparable"],
        drawn=str(len(drawn)),
        listed=str(len(drawn) + len(missing)),
        unit=unit,
        years=text.years(sums.index.min(), sums.index.max()),
    )
    own = rows[rows["series"].isin(["tier", "chips"])]
    return Words(finding, subtitle, source_line.line(own), unit, _note(rows, selection), declared)


def _finding(rows: pd.DataFrame, sums: pd.Series) -> tuple[str, tuple[Stated, ...]]:
    """Say how the last year stands against the one before where both rest on one basis, else what it came to."""
    last = int(str(sums.index.max()))
    own = rows[rows["series"].eq("tier") & rows["period_start"].dt.year.eq(last)]
    row, year, counted = own.iloc[0].to_dict(), text.year(last), who(own["basis"])
    value = float(own["value"].sum())
    if own["apart"].notna().any() or own["base_value"].isna().all():
        finding = say("charts.dual-use.came_to", amount=text.money(value, "USD"), year=year, who=counted)
        return finding, (goods_words.stated(row, value),)
    rate = 100 * (value / float(own["base_value"].sum()) - 1)
    return _GREW.say(rate, year=year, who=counted), (goods_words.stated(row, rate, str(row["basis"])),)


def _note(rows: pd.DataFrame, selection: Selection) -> str:
    """Say what is left out and why, and what is not compared."""
    sentences = []
    year = parted(rows)
    if year is not None:
        sentences.append(say("charts.dual-use.dashed", before=text.year(year - 1), year=text.year(year)))
    sentences += [say("charts.dual-use.list_of"), _left_out(rows)]
    if selection.list == "all":
        sentences.append(say("charts.dual-use.other_goods"))
    return text.sentences(sentences)


def _left_out(rows: pd.DataFrame) -> str:
    missing = rows[rows["series"].eq("not measurable")]
    parts = [
        say("charts.dual-use.left_out_code", codes=_listed(own["codes"]), reason=str(why))
        for why, own in missing.groupby("apart", sort=False)
    ]
    return say("charts.dual-use.left_out", codes=text.listed(parts)) if parts else ""


def _listed(cells: pd.Series) -> str:
    return text.listed(code for cell in cells for code in str(cell).split())
