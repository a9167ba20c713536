"""What of it could go to war? High-priority codes by tier and year, and the famous figures side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis.measures.goods import dual_use
from analysis.trace import row_parts
from layouts.charts.dual_use.words import parted, totals, who, words
from layouts.drawing import geometry
from layouts.drawing.plot import Plot
from layouts.figure import instead, quoted_figures
from layouts.figure.chart import Chart, Choice, ids
from layouts.figure.frame import blank, framed, note
from layouts.look.theme import PRINT, Look, Palette
from layouts.words import basis_words, text

if TYPE_CHECKING:
    from collections.abc import Hashable

    from analysis.dataset import Dataset
    from analysis.selection import Selection
    from layouts.drawing.canvas import Canvas
    from layouts.drawing.sheet import Sheet

_WIDE: Final = 0.5  # of a year, for the stack
_MIDDLE: Final = -0.16  # where it stands
_THIN: Final = 0.12  # of a year, for the chips beside it
_BESIDE: Final = 0.27  # where they stand
_RAMP: Final = (("ink", 0.55), ("ink", 0.28), ("ink", 0.0), ("ground", 0.28), ("ground", 0.48), ("ground", 0.66))
_ASIDE: Final = 6  # pixels between the last column and the names


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return tiers and chips by year in whole US$, and the quoted figures, all inside the months asked for."""
    listing = selection.list or dual_use.COMPARABLE
    parts = [part for part in (dual_use.by_tier(dataset, listing), dual_use.chips(dataset)) if len(part)]
    if not parts:
        return pd.DataFrame(columns=list(dual_use.COLUMNS))
    missing = dual_use.left_out(dataset, listing)
    table = pd.concat([*parts, dual_use.quoted(dataset)], ignore_index=True)
    table = table[selection.covers(table)]
    both = pd.concat([table, missing], ignore_index=True) if table["series"].eq("tier").any() else table
    return both.assign(base_start=pd.to_datetime(both["base_start"]))


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


def shows(rows: pd.DataFrame, selection: Selection) -> bool:
    """Return whether there is a stack to draw; chips and quoted figures stand only beside one."""
    del selection
    return len(totals(rows)) > 0


@instead.seen
def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Stack the tiers by year beside the chips; below them the famous figures."""
    cells = _cells(rows, look)
    block = round(sum(quoted_figures.depths(cells, look)))
    look = look if look.printed else replace(look, height=look.height + max(0, block - 60))
    names = _named(rows, look)
    right = geometry.beside([name for _, name, _ in names], look.label, _ASIDE)
    around = geometry.room(look, left=geometry.scale(look, "88"), right=right, below=geometry.AXIS + block)
    figure = blank(look, words(rows, selection), around)
    held = totals(rows)
    if len(held):
        _stack(figure, rows, look)
        _chips(figure, rows[rows["series"].eq("chips")], look)
        _sums(figure, held, look)
        years = [int(str(year)) for year in held.index]
        figure.update_xaxes(
            tickvals=years,
            ticktext=[f"’{y % 100:02d}" if look.narrow else str(y) for y in years],
            range=[years[0] - 0.5, years[-1] + 0.5],
            tickfont={"size": look.axis},
        )
        top = held.max() / 1e9 * (1.3 if parted(rows) else 1.13)
        figure.update_yaxes(range=[0, top], nticks=6, zeroline=True, zerolinecolor=look.palette.ink)
        _names(figure, names, look)
        _break(figure, rows, top, look)
    figure.update_layout(barmode="stack")
    quoted_figures.put(figure, cells, look)
    return framed(figure)


def _stack(figure: Canvas, rows: pd.DataFrame, look: Look) -> None:
    for tier, colour in ramp(look.palette).items():
        part = rows[rows["series"].eq("tier") & rows["tier"].eq(tier)]
        figure.add_bar(
            x=part["period_start"].dt.year + _MIDDLE,
            y=part["value"] / 1e9,
            width=_WIDE,
            marker={"color": colour, "line": {"color": look.palette.ground, "width": 1}},
            ids=ids(part),
            customdata=[_hover(row) for row in part.to_dict("records")],
            hovertemplate=(
                f"<b>Tier {tier}, {dual_use.TIERS[tier].lower()}</b><br>US$ %{{y:.3f}} bn%{{customdata}}<extra></extra>"
            ),
        )


def _chips(figure: Canvas, part: pd.DataFrame, look: Look) -> None:
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


def _hover(row: dict[Hashable, Any]) -> str:
    """Say who counted a tier, and its rate on the year before or why it has none."""
    said = f"<br>{basis_words.named(row['basis'])}"
    if pd.notna(row["change_pct"]):
        return f"{said}<br>{text.percent(row['change_pct'], 0)} on {row['base_start'].year}"
    return said if pd.isna(row["apart"]) else f"{said}<br>no rate: {row['apart']}"


def _sums(figure: Canvas, held: pd.Series, look: Look) -> None:
    """Write the totals on top."""
    for year, total in held.items():
        x, y, ink = int(str(year)) + _MIDDLE, total / 1e9, look.palette.ink
        style = {"xanchor": "center", "yanchor": "bottom", "bgcolor": look.palette.ground, "borderpad": 0}
        note(figure, f"<b>{y:.1f}</b>", x=x, y=y, look=look, colour=ink, yshift=2, **style)


def _break(figure: Canvas, rows: pd.DataFrame, top: float, look: Look) -> None:
    """Rule off the years of another basis, and say on either side who counted."""
    year = parted(rows)
    if year is None:
        return
    x = year - 0.5
    style = {"color": look.palette.ink3, "width": 1, "dash": "3px,3px"}
    figure.add_shape(type="line", x0=x, x1=x, y0=0, y1=top, line=style)
    tiers = rows[rows["series"].eq("tier")]
    before = tiers["period_start"].dt.year.lt(year)
    small = {"size": look.axis, "color": look.palette.ink3}
    for side, anchor, shift in ((before, "right", -6), (~before, "left", 6)):
        said = "<br>".join(text.wrap(who(tiers[side]["basis"]), look.axis, 90 if look.narrow else 190))
        place: dict[str, Any] = {"xanchor": anchor, "yanchor": "top", "xshift": shift, "align": anchor}
        note(figure, said, x=x, y=top, look=look, font=small, **place)


def _named(rows: pd.DataFrame, look: Look) -> list[tuple[float, str, float]]:
    """Return the middle of each tier of the last stack in billions, its name, and the year's right edge."""
    tiers = rows[rows["series"].eq("tier")]
    last = tiers[tiers["period_start"].eq(tiers["period_start"].max())].set_index("tier")
    base, found = 0.0, []
    for tier in [tier for tier in dual_use.TIERS if tier in last.index]:
        value = float(str(last.loc[tier, "value"])) / 1e9
        said = f"<b>{tier}</b>"
        if not look.narrow:
            rate = float(str(last.loc[tier, "change_pct"]))
            said = f"<b>{tier} {dual_use.TIERS[tier]}</b>  {value:.2f}"
            said += "" if pd.isna(rate) else f"  <span style='color:{look.palette.ink3}'>{text.percent(rate, 0)}</span>"
        found.append((base + value / 2, said, tiers["period_start"].dt.year.max() + 0.5))
        base += value
    return found


def _names(figure: Sheet, names: list[tuple[float, str, float]], look: Look) -> None:
    """Name the tiers beside the last stack, each at its middle, pushed apart where thin."""
    for (_, said, edge), y in zip(names, Plot.of(figure).column([y for y, *_ in names], look.label), strict=True):
        if y is not None:
            note(figure, said, x=edge, y=y, look=look, colour=look.palette.ink, xshift=_ASIDE)


def _cells(rows: pd.DataFrame, look: Look) -> list[quoted_figures.Cell]:
    """Return what the drawn codes came to a month, then the famous figures; nothing where none is quoted."""
    quoted, held = rows[rows["series"].eq("quoted")], totals(rows)
    if quoted.empty or held.empty:
        return []
    last = int(str(held.index.max()))
    own = rows[rows["series"].eq("tier") & rows["period_start"].dt.year.eq(last)]
    head = f"US$ {held[last] / 12e6:,.0f} m a month".replace(" ", text.NBSP)
    said = [
        f"mean of {last}, the codes drawn above",
        f"Base: China’s exports, counted by {who(own['basis'])}",
        "CEPII BACI",
    ]
    return quoted_figures.wrapped(
        [(head, said), *(quoted_figures.quoted(row) for row in quoted.to_dict("records"))], look
    )


CHART: Final = Chart(
    "dual-use",
    rows,
    words,
    draw,
    choices=(
        Choice(
            "list",
            ("comparable", "all"),
        ),
    ),
    reads=("list",),
    marks=("series", "tier"),
    parts=row_parts.lines,
    shows=shows,
)
