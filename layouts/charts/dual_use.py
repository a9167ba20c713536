"""What of it could go to war? High-priority codes by tier and year, and the famous figures side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis import dual_use, origins
from layouts import text
from layouts.charts import famous, sources
from layouts.charts.base import Chart, Words, ids
from layouts.charts.frame import blank, framed, note
from layouts.theme import PRINT, Look, Palette

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from analysis.book import Book
    from analysis.selection import Selection

_WIDE: Final = 0.5  # of a year, for the stack
_MIDDLE: Final = -0.16  # where it stands
_THIN: Final = 0.12  # of a year, for the chips beside it
_BESIDE: Final = 0.27  # where they stand
_RAMP: Final = (("ink", 0.55), ("ink", 0.28), ("ink", 0.0), ("ground", 0.28), ("ground", 0.48), ("ground", 0.66))
_LEFT: Final = 24


def rows(book: Book, selection: Selection) -> pd.DataFrame:
    """Return tiers and chips by year in whole US$, and the quoted figures, all inside the months asked for."""
    parts = [part for part in (dual_use.by_tier(book), dual_use.chips(book)) if len(part)]
    if not parts:
        return pd.DataFrame(columns=list(dual_use.COLUMNS))
    missing = dual_use.unmeasured(book)
    table = pd.concat([*parts, dual_use.quoted(book)], ignore_index=True)
    table = table[selection.covers(table)]
    return pd.concat([table, missing], ignore_index=True) if table["series"].eq("tier").any() else table


def _totals(rows: pd.DataFrame) -> pd.Series:
    tiers = rows[rows["series"].eq("tier")]
    return tiers.groupby(tiers["period_start"].dt.year)["value"].sum() if len(tiers) else pd.Series(dtype="float64")


def _codes(rows: pd.DataFrame, series: str) -> list[str]:
    """Return the distinct codes that stand in the rows of a series."""
    return sorted({code for codes in rows.loc[rows["series"].eq(series), "codes"] for code in codes.split()})


def _marked(totals: pd.Series, rows: pd.DataFrame) -> bool:
    """Return whether the level of 2021 is drawn: where it is known and a later year is shown."""
    return _base(rows) is not None and int(str(totals.index.max())) > dual_use.BASE


def _base(rows: pd.DataFrame) -> float | None:
    """Return what all tiers came to in 2021: the bases of one year's tiers together."""
    tiers = rows[rows["series"].eq("tier")]
    last = tiers[tiers["period_start"].eq(tiers["period_start"].max())]
    return float(last["base_value"].sum()) if last["base_value"].notna().any() else None


def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    del selection
    totals = _totals(rows)
    if totals.empty:
        return Words("No high-priority goods for these years", "Choose another period", "", "US$ bn")
    held, missing = _codes(rows, "tier"), _codes(rows, "not measurable")
    dashed = f"; dashed: {dual_use.BASE}" if _marked(totals, rows) else ""
    subtitle = (
        f"China’s exports to Russia of {len(held)} of the {len(held) + len(missing)} codes of the Common High Priority "
        f"List, US$ bn, FOB, {totals.index.min()}–{totals.index.max()}; grey: HS 8541, 8542{dashed}"
    )
    note_ = (
        f"List of 23 February 2024. Codes that begin with HS 2022 and cannot be measured before or here: "
        f"{', '.join(missing)}."
    )
    return Words(
        _finding(totals, _base(rows)),
        subtitle,
        sources.line(rows[rows["series"].isin(["tier", "chips"])]),
        "US$ bn",
        note_,
    )


def _finding(totals: pd.Series, base: float | None) -> str:
    """Say how the first war year and the last one stand against 2021."""
    last = int(str(totals.index.max()))
    if base is None or last <= dual_use.BASE:
        return f"High-priority goods came to US$ {totals[last] / 1e9:.1f} bn in {last}"
    end = _against(100 * (totals[last] / base - 1))
    first = dual_use.BASE + 1
    if last == first or first not in totals.index:
        return f"High-priority goods of {last} were {end} {dual_use.BASE}"
    change = 100 * (totals[first] / base - 1)
    moved = "fell" if change < 0 else "rose"
    return f"High-priority goods {moved} {abs(change):.0f}% in {first}; {last} was {end} {dual_use.BASE}"


def _against(rate: float) -> str:
    return f"{abs(rate):.0f}% {'above' if rate >= 0 else 'below'}"


def mixed(colour: str, other: str, share: float) -> str:
    """Return a colour with a share of another in it."""
    pairs = [(int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def ramp(palette: Palette) -> dict[str, str]:
    """Return a shade of China's colour for each tier, strongest for the first."""
    return {
        tier: mixed(palette.china, getattr(palette, other), share)
        for tier, (other, share) in zip(dual_use.TIERS, _RAMP, strict=True)
    }


def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> go.Figure:
    """Stack the tiers by year beside the chips; below them the famous figures."""
    cells = _cells(rows, look)
    block = round(sum(famous.depths(cells, look)))
    look = look if look.printed else replace(look, height=look.height + max(0, block - 60))
    figure = blank(look)
    totals = _totals(rows)
    if len(totals):
        _stack(figure, rows, look)
        _chips(figure, rows[rows["series"].eq("chips")], look)
        _marks(figure, totals, _base(rows), look)
        _names(figure, rows, look)
        years = [int(str(year)) for year in totals.index]
        figure.update_xaxes(
            tickvals=years,
            ticktext=[f"’{y % 100:02d}" if look.narrow else str(y) for y in years],
            range=[years[0] - 0.5, years[-1] + 0.5],
            tickfont={"size": look.axis},
        )
        top = max(totals.max(), _base(rows) or 0) / 1e9
        figure.update_yaxes(range=[0, top * 1.13], nticks=6, zeroline=True, zerolinecolor=look.palette.ink)
    figure.update_layout(barmode="stack")
    famous.put(figure, cells, look, left=_LEFT)
    gutter = 36 if look.narrow else round(17.2 * look.label)
    return framed(figure, words(rows, selection), look, below=26 + block, left=_LEFT, gutter=gutter)


def _stack(figure: go.Figure, rows: pd.DataFrame, look: Look) -> None:
    for tier, colour in ramp(look.palette).items():
        part = rows[rows["series"].eq("tier") & rows["tier"].eq(tier)]
        figure.add_bar(
            x=part["period_start"].dt.year + _MIDDLE,
            y=part["value"] / 1e9,
            width=_WIDE,
            marker={"color": colour, "line": {"color": look.palette.ground, "width": 1}},
            ids=ids(part),
            customdata=part["change_pct"].map(lambda rate: text.percent(rate, 0)),
            hovertemplate=(
                f"<b>Tier {tier}, {dual_use.TIERS[tier].lower()}</b><br>US$ %{{y:.3f}} bn, %{{customdata}} on "
                f"{dual_use.BASE}<extra></extra>"
            ),
        )


def _chips(figure: go.Figure, part: pd.DataFrame, look: Look) -> None:
    """Draw the chips of HS 8541 and 8542 beside each stack: they overlap the list and are never added."""
    x = part["period_start"].dt.year + _BESIDE
    figure.add_bar(
        x=x,
        y=part["value"] / 1e9,
        width=_THIN,
        base=0,
        marker={"color": look.palette.rest},
        ids=ids(part),
        hovertemplate="<b>HS 8541 and 8542</b><br>US$ %{y:.3f} bn<extra></extra>",
    )
    shown = part.iloc[:0] if look.narrow else part
    for place, value in zip(x[shown.index], shown["value"], strict=True):
        said = f"{value / 1e9:.2f}"
        style = {"size": look.axis, "color": look.palette.ink3}
        note(figure, said, x=place, y=value / 1e9, look=look, xanchor="center", yanchor="bottom", font=style)


def _marks(figure: go.Figure, totals: pd.Series, base: float | None, look: Look) -> None:
    """Write the totals on top and draw the level of 2021 across the years after it."""
    for year, total in totals.items():
        x, y, ink = int(str(year)) + _MIDDLE, total / 1e9, look.palette.ink
        style = {"xanchor": "center", "yanchor": "bottom", "bgcolor": look.palette.ground, "borderpad": 0}
        note(figure, f"<b>{y:.1f}</b>", x=x, y=y, look=look, colour=ink, yshift=2, **style)
    last = int(str(totals.index.max()))
    if base is None or last <= dual_use.BASE:
        return
    start = max(dual_use.BASE, int(str(totals.index.min()))) - 0.1
    figure.add_shape(
        type="line",
        x0=start,
        x1=last + 0.5,
        y0=base / 1e9,
        y1=base / 1e9,
        line={"color": look.palette.ink, "width": 1, "dash": "6px,3px"},
    )


def _names(figure: go.Figure, rows: pd.DataFrame, look: Look) -> None:
    """Name the tiers beside the last stack, each at its middle, pushed apart where thin."""
    tiers = rows[rows["series"].eq("tier")]
    last = tiers[tiers["period_start"].eq(tiers["period_start"].max())].set_index("tier")
    least = _totals(rows).max() / 1e9 * (0.075 if look.narrow else 0.066)
    base, floor = 0.0, -least
    edge = tiers["period_start"].dt.year.max() + 0.5
    for tier in [tier for tier in dual_use.TIERS if tier in last.index]:
        value = float(str(last.loc[tier, "value"])) / 1e9
        y = max(base + value / 2, floor + least)
        base, floor = base + value, y
        said = f"<b>{tier}</b>"
        if not look.narrow:
            rate = float(str(last.loc[tier, "change_pct"]))
            said = f"<b>{tier} {dual_use.TIERS[tier]}</b>  {value:.2f}"
            said += "" if pd.isna(rate) else f"  <span style='color:{look.palette.ink3}'>{text.percent(rate, 0)}</span>"
        note(figure, said, x=edge, y=y, look=look, colour=look.palette.ink, xshift=4)


def _cells(rows: pd.DataFrame, look: Look) -> list[famous.Cell]:
    """Return what the drawn codes came to a month, then the famous figures; nothing where none is quoted."""
    quoted, totals = rows[rows["series"].eq("quoted")], _totals(rows)
    if quoted.empty or totals.empty:
        return []
    last = int(str(totals.index.max()))
    head = f"US$ {totals[last] / 12e6:,.0f} m a month".replace(" ", text.NBSP)
    said = [
        f"mean of {last}, the codes drawn above",
        "Base: China’s exports, reconciled with Russia’s report",
        "CEPII BACI",
    ]
    return famous.wrapped([(head, said), *(famous.quoted(row) for row in quoted.to_dict("records"))], look)


CHART: Final = Chart(
    "dual-use",
    "Dual-use goods",
    "What of it could go to war?",
    rows,
    words,
    draw,
    caveat=(
        "A six-digit code also holds goods for civilians, and what goes by Hong Kong or a third country is not in "
        "it. The quoted figures count other lists, from other sides; none of them can be derived from this chart."
    ),
    marks=("series", "tier"),
    parts=origins.lines,
)
