"""Growth at constant prices: volume, price and value of what is weighed, chained; parted where who counts changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis.measures.prices import constant_prices
from layouts.charts.goods import words as goods_words
from layouts.drawing import geometry
from layouts.drawing.plot import Plot
from layouts.figure import source_line
from layouts.figure.chart import Stated, Words, ids
from layouts.figure.frame import blank, framed, note
from layouts.words import basis_words, text

if TYPE_CHECKING:
    from layouts.drawing.canvas import Canvas
    from layouts.drawing.sheet import Sheet
    from layouts.look.theme import Look

_UNIT: Final = "index"
_DASHES: Final = {"volume": "solid", "value": "dot", "price": "dash"}


def words(rows: pd.DataFrame) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    if rows.empty:
        return Words(
            "No weighed goods are held", "Lacking: a year of goods by six-digit code with their weights", "", _UNIT
        )
    bases = list(dict.fromkeys(rows["base_start"].dt.year))
    subtitle = (
        "What China buys from Russia by weight: chained Laspeyres index of volume on unit values, price and value; "
        f"{text.listed(f'{year} = 100' for year in bases)}; {_coverage(rows)}"
    )
    finding, declared = _finding(rows)
    return Words(finding, subtitle, source_line.line(rows), _UNIT, _note(rows), declared)


def _finding(rows: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    """Say how volume and price moved in the last year that is linked to the one before."""
    linked = rows.dropna(subset=["change_pct"])
    last = linked[linked["period_end"].eq(linked["period_end"].max())].set_index("kind")
    if last.empty:
        return "No two years of weighed goods rest on one basis", ()
    volume, price = (last.loc[kind].to_dict() for kind in ("volume", "price"))
    year, counted = volume["period_end"].year, goods_words.who([str(volume["basis"])])
    said = [text.percent(float(row["change_pct"]), 0) for row in (volume, price)]
    finding = f"Weighed goods from Russia in {year}: volume {said[0]}, price {said[1]}, counted by {counted}"
    return finding, tuple(
        goods_words.stated(row, float(row["change_pct"]), row["base_basis"]) for row in (volume, price)
    )


def _coverage(rows: pd.DataFrame) -> str:
    held = rows["coverage_pct"].dropna()
    if held.empty:
        return "nothing weighed in two years"
    low, high = f"{held.min():.0f}", f"{held.max():.0f}"
    span = low if low == high else f"{low}–{high}"
    return f"{span}% of all goods bought are weighed ({100 * constant_prices.LEAST:.0f}% are asked)"


def _note(rows: pd.DataFrame) -> str:
    """Say where the chain is broken, what stays out and how customs' own weights differ."""
    own = rows[rows["kind"].eq("volume")]
    said = [f"{row['period_start'].year} begins anew: {row['refused']}." for row in _broken(own).to_dict("records")]
    checks = [str(text_) for text_ in own["check"] if text_]
    if checks:
        said.append(f"Weights of the last year: {checks[-1]}.")
    said.append("Pipeline gas stays out (its weight is wrong), as do goods whose weights customs contradict.")
    return " ".join(said)


def _broken(own: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(own[own["refused"].notna()])


def draw(rows: pd.DataFrame, words: Words, look: Look) -> Canvas:
    """Draw the three indices by year, each run of linked years for itself, with a rule between the runs."""
    names = geometry.beside([f"<b>{kind} 888</b>" for kind in constant_prices.KINDS], look.axis, geometry.EDGE)
    figure = blank(look, words, geometry.room(look, right=names))
    if len(rows):
        years = rows["period_start"].dt.year
        newest = rows["base_start"].max()
        for _, run in rows.groupby("base_start"):
            for kind in constant_prices.KINDS:
                _line(figure, run[run["kind"].eq(kind)], kind, look)
        _rules(figure, rows, look)
        ticks = sorted({*years})
        shown = [f"’{year % 100:02d}" if look.narrow else str(year) for year in ticks]
        figure.update_xaxes(tickvals=ticks, ticktext=shown, range=[ticks[0] - 0.3, ticks[-1] + 0.5])
        low, high = float(rows["index"].min()), float(rows["index"].max())
        figure.update_yaxes(range=[low - 8, high + 14], nticks=6)
        for start, run in rows.groupby("base_start"):
            _ends(figure, run, look, named=start == newest)
    return framed(figure)


def _colour(kind: str, look: Look) -> str:
    p = look.palette
    return {"volume": p.russia, "price": p.fuels[2], "value": p.ink3}[kind]


def _line(figure: Canvas, part: pd.DataFrame, kind: str, look: Look) -> None:
    part = part.sort_values("period_start")
    figure.add_scatter(
        x=part["period_start"].dt.year,
        y=part["index"],
        mode="lines+markers",
        line={"color": _colour(kind, look), "width": 2.5 if kind == "volume" else 1.5, "dash": _DASHES[kind]},
        marker={"size": 6, "color": _colour(kind, look)},
        ids=ids(part),
        customdata=[_hover(row) for row in part.to_dict("records")],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _hover(row: dict[Any, Any]) -> str:
    year, base = row["period_start"].year, row["base_start"].year
    said = f"<b>{row['kind'].capitalize()} {year}: {row['index']:.1f}</b> ({base} = 100)"
    if pd.notna(row["change_pct"]):
        said += f"<br>{text.percent(row['change_pct'])} on {year - 1}; {row['coverage_pct']:.0f}% of all goods weighed"
    return f"{said}<br>{basis_words.named(row['basis'])}"


def _ends(figure: Sheet, run: pd.DataFrame, look: Look, *, named: bool) -> None:
    """Write the last values of a run beside its lines, pushed apart, with their names where there is room."""
    last = run[run["period_start"].eq(run["period_start"].max())].sort_values("index")
    if len(run) == len(last):  # a year alone is a point, not a line
        return
    placed = Plot.of(figure).column(last["index"].tolist(), look.axis)
    for row, y in zip(last.to_dict("records"), placed, strict=True):
        if y is None:
            continue
        said = f"{row['kind']} {row['index']:.0f}" if named else f"{row['index']:.0f}"
        style: dict[str, Any] = {"size": look.axis, "color": _colour(str(row["kind"]), look)}
        bold = f"<b>{said}</b>" if row["kind"] == "volume" else said
        note(figure, bold, x=row["period_start"].year, y=y, look=look, font=style, xshift=6)


def _rules(figure: Canvas, rows: pd.DataFrame, look: Look) -> None:
    """Rule off what is not compared, and say why."""
    for row in _broken(rows[rows["kind"].eq("volume")]).to_dict("records"):
        x = row["period_start"].year - 0.5
        style = {"color": look.palette.ink3, "width": 1, "dash": "3px,3px"}
        figure.add_shape(type="line", x0=x, x1=x, y0=0, y1=1, yref="paper", line=style)
        said = "<br>".join(text.wrap(str(row["refused"]), look.axis, 90))
        small: dict[str, Any] = {"size": look.axis, "color": look.palette.ink3}
        note(figure, said, x=x, y=1, look=look, font=small, yref="paper", yanchor="top", xshift=5)
