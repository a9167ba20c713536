"""What of it could go to war? High-priority codes by tier and year, and the quoted figures side by side."""

from collections.abc import Hashable
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from analysis.dataset import Dataset
from analysis.measures.goods import dual_use, goods
from analysis.selection import LISTS, Selection
from analysis.trace import row_parts
from layouts.charts.dual_use.words import parted, totals, who, words
from layouts.charts.goods import reasons
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.drawing.plot import Plot
from layouts.drawing.sheet import Sheet
from layouts.figure import instead, quoted_figures
from layouts.figure.chart import Chart, Choice, ids, pointed
from layouts.figure.frame import blank, framed, note, rule
from layouts.look.theme import PRINT, Look, Palette
from layouts.words import basis_words, text
from layouts.words.catalogue import say

_WIDE: Final = 0.5  # of a year, for the stack
_MIDDLE: Final = -0.16  # where it stands
_THIN: Final = 0.12  # of a year, for the chips beside it
_BESIDE: Final = 0.27  # where they stand
_RAMP: Final = (("ink", 0.55), ("ink", 0.28), ("ink", 0.0), ("ground", 0.28), ("ground", 0.48), ("ground", 0.66))
_TIERS: Final = {
    "1": "charts.dual-use.tier.1",
    "2": "charts.dual-use.tier.2",
    "3.A": "charts.dual-use.tier.3A",
    "3.B": "charts.dual-use.tier.3B",
    "4.A": "charts.dual-use.tier.4A",
    "4.B": "charts.dual-use.tier.4B",
}
# the figures that are quoted everywhere: what each counts, and on which base
_WHAT: Final = "charts.dual-use.quoted.{}"
_BASE: Final = "charts.dual-use.base.{}"
_ASIDE: Final = 6  # pixels between the last column and the names
_CHIPS: Final = 66  # pixels from year to year from which the chips have their figures
_APART: Final = 6  # pixels from a rule to the words beside it


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
    both = reasons.with_reasons(both.assign(base_start=pd.to_datetime(both["base_start"])), "apart")
    quoted, left = both["series"].eq("quoted"), both["series"].eq("not measurable")
    what = both["what"].mask(left, say("charts.dual-use.not_comparable", edition=goods.EDITION))
    return both.assign(
        what=what.where(~quoted, both["what"].map({name: say(_WHAT.format(name)) for name in dual_use.QUOTED})),
        base=both["base"].where(~quoted, both["base"].map({name: say(_BASE.format(name)) for name in dual_use.QUOTED})),
    )


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
    """Stack the tiers by year beside the chips; below them the quoted figures."""
    cells = _cells(rows, look)
    block = round(sum(quoted_figures.depths(cells, look)))
    look = look if look.fixed else replace(look, height=look.height + max(0, block - 60))
    names = _named(rows, look)
    right = geometry.beside([name for _, name, _ in names], look.label, _ASIDE)
    around = geometry.room(look, left=geometry.scale(look, "88"), right=right, below=geometry.AXIS + block)
    figure = blank(look, words(rows, selection), around)
    sums = totals(rows)
    if len(sums):
        _stack(figure, rows, look)
        _chips(figure, rows[rows["series"].eq("chips")], look)
        _sums(figure, sums, look)
        years = [int(str(year)) for year in sums.index]
        figure.update_xaxes(
            tickvals=years,
            ticktext=[f"’{y % 100:02d}" if look.narrow else text.year(y) for y in years],
            range=[years[0] - 0.5, years[-1] + 0.5],
            tickfont={"size": look.axis},
        )
        top = sums.max() / text.large_unit() * (1.3 if parted(rows) else 1.13)
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
            y=part["value"] / text.large_unit(),
            width=_WIDE,
            marker={"color": colour, "line": {"color": look.palette.ground, "width": 1}},
            **pointed(part, _hover),
        )


def _chips(figure: Sheet, part: pd.DataFrame, look: Look) -> None:
    """Draw the chips of HS 8541 and 8542 beside each stack: they overlap the list and are never added."""
    x = part["period_start"].dt.year + _BESIDE
    figure.add_bar(
        x=x,
        y=part["value"] / text.large_unit(),
        width=_THIN,
        base=0,
        marker={"color": look.palette.rest},
        ids=ids(part),
        customdata=[say("charts.dual-use.hover.chips", amount=text.money(one, "USD", 3)) for one in part["value"]],
        hovertemplate="%{customdata}<extra></extra>",
    )
    a_year = figure.frame.wide / max(1, len(part))
    shown = part.iloc[:0] if look.narrow or a_year < _CHIPS else part
    for place, value in zip(x[shown.index], shown["value"], strict=True):
        label, high = text.bn(value, 2), value / text.large_unit()
        style = {"size": look.axis, "color": look.palette.ink3}
        note(figure, label, x=place, y=high, look=look, xanchor="center", yanchor="bottom", font=style)


def _hover(row: dict[Hashable, Any]) -> str:
    """Say who counted a tier, and its rate on the year before or why it has none."""
    tier = {"tier": str(row["tier"]), "name": say(_TIERS[str(row["tier"])])}
    sentence = say(
        "charts.dual-use.hover.tier",
        **tier,
        amount=text.money(row["value"], "USD", 3),
        basis=basis_words.named(row["basis"]),
    )
    if pd.notna(row["change_pct"]):
        rate = {"rate": text.percent(row["change_pct"], 0), "before": text.year(row["base_start"].year)}
        return f"{sentence}<br>{say('charts.dual-use.hover.rate', **rate)}"
    if pd.isna(row["apart"]):
        return sentence
    return f"{sentence}<br>{say('charts.dual-use.hover.no_rate', reason=str(row['apart']))}"


def _sums(figure: Canvas, sums: pd.Series, look: Look) -> None:
    """Write the totals on top."""
    for year, total in sums.items():
        x, y, ink = int(str(year)) + _MIDDLE, total / text.large_unit(), look.palette.ink
        font = {"size": look.axis if look.narrow else look.label, "color": ink}
        style: dict[str, Any] = {
            "xanchor": "center",
            "yanchor": "bottom",
            "bgcolor": look.palette.ground,
            "borderpad": 0,
            "font": font,
        }
        note(figure, f"<b>{text.bn(total)}</b>", x=x, y=y, look=look, yshift=2, **style)


def _break(figure: Sheet, rows: pd.DataFrame, top: float, look: Look) -> None:
    """Rule off the years of another basis, and say on either side who counted."""
    year = parted(rows)
    if year is None:
        return
    x = year - 0.5
    rule(figure, x, look.palette.ink3, "3px,3px", y1=top, yref=None)
    tiers = rows[rows["series"].eq("tier")]
    before = tiers["period_start"].dt.year.lt(year)
    small = {"size": look.axis, "color": look.palette.ink3}
    frame, (first, last) = figure.frame, figure.reach("xaxis")
    a_year = frame.wide / (last - first)
    free = {"right": (x - first) * a_year - _APART, "left": (last - x) * a_year + frame.room.right - _APART}
    for side, anchor, shift in ((before, "right", -_APART), (~before, "left", _APART)):
        label = "<br>".join(text.wrap(who(tiers[side]["basis"]), look.axis, min(free[anchor], 190)))
        place: dict[str, Any] = {"xanchor": anchor, "yanchor": "top", "xshift": shift, "align": anchor}
        note(figure, label, x=x, y=top, look=look, font=small, **place)


def _named(rows: pd.DataFrame, look: Look) -> list[tuple[float, str, float]]:
    """Return the middle of each tier of the last stack in the unit of the axis, its name, and the year's right edge."""
    tiers = rows[rows["series"].eq("tier")]
    last = tiers[tiers["period_start"].eq(tiers["period_start"].max())].set_index("tier")
    base, labels = 0.0, []
    for tier in [tier for tier in dual_use.TIERS if tier in last.index]:
        value = float(str(last.loc[tier, "value"]))
        label = f"<b>{tier}</b>"
        if not look.narrow:
            rate = float(str(last.loc[tier, "change_pct"]))
            label = f"<b>{tier} {say(_TIERS[tier])}</b>  {text.bn(value, 2)}"
            if pd.notna(rate):
                label += f"  <span style='color:{look.palette.ink3}'>{text.percent(rate, 0)}</span>"
        high = value / text.large_unit()
        labels.append((base + high / 2, label, tiers["period_start"].dt.year.max() + 0.5))
        base += high
    return labels


def _names(figure: Sheet, names: list[tuple[float, str, float]], look: Look) -> None:
    """Name the tiers beside the last stack, each at its middle, pushed apart where thin."""
    for (_, label, edge), y in zip(names, Plot.of(figure).column([y for y, *_ in names], look.label), strict=True):
        if y is not None:
            note(figure, label, x=edge, y=y, look=look, colour=look.palette.ink, xshift=_ASIDE)


def _cells(rows: pd.DataFrame, look: Look) -> list[quoted_figures.Cell]:
    """Return what the drawn codes came to a month, then the quoted figures; nothing where none is quoted."""
    quoted, sums = rows[rows["series"].eq("quoted")], totals(rows)
    if quoted.empty or sums.empty:
        return []
    last = int(str(sums.index.max()))
    own = rows[rows["series"].eq("tier") & rows["period_start"].dt.year.eq(last)]
    head = say("charts.dual-use.month", amount=text.millions(sums[last] / 12, "USD"))
    lines = [
        say("charts.dual-use.month_of", year=text.year(last)),
        say("charts.dual-use.month_base", who=who(own["basis"])),
        "CEPII BACI",
    ]
    return quoted_figures.wrapped(
        [(head, lines), *(quoted_figures.quoted(row) for row in quoted.to_dict("records"))], look
    )


CHART: Final = Chart(
    "dual-use",
    rows,
    words,
    draw,
    choices=(Choice("list", LISTS),),
    reads=("list",),
    marks=("series", "tier"),
    parts=row_parts.lines,
    shows=shows,
)
