"""The words of the chart of high-priority goods: one rate, on one basis, and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from layouts.charts.goods import words as goods_words
from layouts.figure import instead, source_line
from layouts.figure.chart import Stated, Words
from layouts.words import text

if TYPE_CHECKING:
    from analysis.selection import Selection

_UNIT: Final = "US$ bn"


def who(codes: pd.Series) -> str:
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
    return sorted({code for held in rows.loc[rows["series"].eq(series), column] for code in str(held).split()})


@instead.said
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    held = totals(rows)
    if held.empty:
        return Words("No high-priority goods are held", "Lacking: a year of their six-digit codes", "", _UNIT)
    finding, declared = _finding(rows, held)
    drawn, missing = codes(rows, "tier", "listed"), codes(rows, "not measurable")
    which = "" if selection.list == "all" else ", those that HS 2022 left whole"
    subtitle = (
        f"China’s exports to Russia of {len(drawn)} of the {len(drawn) + len(missing)} codes of the Common High "
        f"Priority List{which}, US$ bn, FOB, {text.years(held.index.min(), held.index.max())}; "
        "rates on the year before; grey: HS 8541, 8542"
    )
    own = rows[rows["series"].isin(["tier", "chips"])]
    return Words(finding, subtitle, source_line.line(own), _UNIT, _note(rows, selection), declared)


def _finding(rows: pd.DataFrame, held: pd.Series) -> tuple[str, tuple[Stated, ...]]:
    """Say how the last year stands against the one before where both rest on one basis, else what it came to."""
    last = int(str(held.index.max()))
    own = rows[rows["series"].eq("tier") & rows["period_start"].dt.year.eq(last)]
    row, counted = own.iloc[0].to_dict(), who(own["basis"])
    if own["apart"].notna().any() or own["base_value"].isna().all():
        value = float(own["value"].sum())
        finding = f"High-priority goods came to US$ {value / 1e9:.1f} bn in {last}, counted by {counted}"
        return finding, (goods_words.stated(row, value),)
    rate = 100 * (float(own["value"].sum()) / float(own["base_value"].sum()) - 1)
    finding = f"High-priority goods {goods_words.grew(rate)} in {last}, counted by {counted}"
    return finding, (goods_words.stated(row, rate, str(row["basis"])),)


def _note(rows: pd.DataFrame, selection: Selection) -> str:
    """Say what is left out and why, and what is not compared."""
    said = [f"List of 23 February 2024. {_left_out(rows)}"]
    if selection.list == "all":
        said.append(
            "901380 and 852990 lost display modules to 8524 in 2022, so their years before and after hold other goods."
        )
    year = parted(rows)
    if year is not None:
        said.append(f"No rate crosses the dashed line: to {year - 1} one count, from {year} another.")
    return " ".join(part for part in said if part)


def _left_out(rows: pd.DataFrame) -> str:
    missing = rows[rows["series"].eq("not measurable")]
    parts = [f"{', '.join(own['codes'])} ({why})" for why, own in missing.groupby("apart", sort=False)]
    return f"Left out: {'; '.join(parts)}." if parts else ""
