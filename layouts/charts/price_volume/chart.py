"""Did Russia sell more, or dearer? Each good's change between two years, by price and by volume."""

from dataclasses import replace
from typing import Any, Final

import pandas as pd

from analysis.dataset import Dataset
from analysis.measures.energy import definitions as energy
from analysis.measures.prices import constant_prices as volumes
from analysis.measures.prices import price_volume
from analysis.points import POINT
from analysis.selection import PRICES, Selection
from analysis.trace import row_parts
from layouts.charts.goods import reasons
from layouts.charts.price_volume import constant_prices
from layouts.charts.price_volume import words as price_words
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.drawing.sheet import Sheet
from layouts.drawing.values import records
from layouts.figure import instead
from layouts.figure.chart import Chart, Choice, Words
from layouts.figure.frame import blank, framed, note
from layouts.look.theme import PRINT, Look
from layouts.words import basis_words, names, text
from layouts.words.catalogue import say

_YEARS: Final = (2022, 2023)  # the first whole years of one count
_OTHERS: Final = 6  # goods shown beside the fuels: those that changed most
_EFFECTS: Final = (("price_effect", -0.19), ("volume_effect", 0.19))
_NAMED: Final = {"price_effect": "charts.price-volume.price", "volume_effect": "charts.price-volume.volume"}
_HOVERS: Final = {
    "price_effect": "charts.price-volume.hover.price",
    "volume_effect": "charts.price-volume.hover.volume",
}
_HALF: Final = 0.17
_FIGURE: Final = 11  # the size of values on a phone
_OFF: Final = 4  # pixels between a bar and its value
_SMALL: Final = 12  # the size of names on a phone
_NARROW_NAME: Final = 92  # pixels across, for a name on a phone


def years_of(dataset: Dataset, selection: Selection) -> tuple[int, int] | None:
    """Return the two years that are compared, or None where they are not at hand.

    Start and end choose them; an end alone is compared with the year before, and so is a single year.
    """
    years = price_volume.years(dataset)
    if not years:
        return None
    first = int(selection.start[:4]) if selection.start else None
    last = int(selection.end[:4]) if selection.end else None
    if first is None and last is None:
        first, last = _YEARS
    last = max(years[-1], first or 0) if last is None else last
    first = last - 1 if first is None or first >= last else first
    return (first, last) if {first, last} <= set(years) else None


def years_shown(dataset: Dataset, selection: Selection) -> list[int]:
    """Return the years whose goods are weighed, for a split and for constant prices alike."""
    del selection
    return price_volume.years(dataset)


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return one row a good: the fuels and the other goods that changed most; customs' own split beside.

    At constant prices a row is a year of an index of volume, price or value.
    """
    if selection.prices == "constant":
        table = volumes.index(dataset, selection.first_year, selection.last_year)
        return reasons.with_reasons(constant_prices.checked(table), "refused")
    both = years_of(dataset, selection)
    if both is None:
        return pd.DataFrame(columns=list(price_volume.COLUMNS))
    table = price_volume.split(dataset, *both)
    others = table[table["count"].eq(price_volume.BACI) & ~table["good"].isin(list(energy.FUELS))]
    moved = others["change"].fillna(others["value"] - others["value_before"]).abs()
    most = others.loc[moved.sort_values(ascending=False).index[:_OTHERS], "good"]
    shown = [*energy.FUELS, *most]
    kept = table[table["good"].isin(shown)]
    order = kept["good"].map({good: place for place, good in enumerate(shown)})
    ordered = kept.assign(place=order).sort_values(["place", "count"]).drop(columns="place").reset_index(drop=True)
    return reasons.with_reasons(ordered, "refused")


@instead.worded
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    return constant_prices.words(rows) if selection.prices == "constant" else price_words.words(rows)


@instead.seen
def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw two bars a good, price above volume; a hatched one where there is no split, levels where no change."""
    if selection.prices == "constant":
        return constant_prices.draw(rows, words(rows, selection), look)
    look = replace(look, height=look.height + 130) if look.narrow else look
    figure = blank(look, words(rows, selection), geometry.bare(_left(rows, look)))
    if len(rows):
        low, high = _reach(rows)
        room = max((high - low) * (0.55 if look.narrow else 0.16), _beside(figure, rows, high - low, look))
        figure.update_xaxes(range=[low - (room if low < 0 else 0), high + room], tickvals=[], zeroline=False)
        figure.update_yaxes(range=[len(rows) - 0.4, -0.6], tickvals=[], showgrid=False)
        split = rows["price_effect"].notna().to_numpy()
        for place, row in enumerate(records(rows)):
            _row(figure, row, place, look, named=bool(split.any() and place == split.argmax()))
        zero = {"color": look.palette.ink, "width": 1}
        figure.add_shape(type="line", x0=0, x1=0, y0=-0.5, y1=len(rows) - 0.5, line=zero)
    return framed(figure)


def _beside(figure: Sheet, rows: pd.DataFrame, span: float, look: Look) -> float:
    """Return the room that values outside the bars need at either end, in the unit of the axis."""
    values = [float(one) for name, _ in _EFFECTS for one in rows[name].dropna()]
    size, apart = _FIGURE if look.narrow else look.axis, say("charts.price-volume.not_split")
    need = geometry.longest([f"<b>{text.signed_bn(one)}</b>  {apart}" for one in values], size) + 2 * _OFF
    return float(span * need / max(1, figure.frame.wide - 2 * need))


def _left(rows: pd.DataFrame, look: Look) -> int:
    """Return the width that the names take, each with its change."""
    heads = [_head(row, look) for row in rows.to_dict("records")]
    return geometry.longest(heads, _SMALL if look.narrow else look.label) + geometry.EDGE


def _head(row: dict[Any, Any], look: Look) -> str:
    """Return a good's name and its change, one below the other on a phone."""
    hollow = row["count"] == price_volume.CUSTOMS
    customs = say("charts.price-volume.by_customs" if look.narrow else "charts.price-volume.by_customs_cif")
    name = "<br>".join(text.wrap(_good(row), _SMALL, _NARROW_NAME, bold=True)) if look.narrow else _good(row)
    head = f"{'' if look.narrow else '  '}{customs}" if hollow else f"<b>{name}</b>"
    return f"{head}{'<br>' if look.narrow else '  '}{_change(row)}"


def _good(row: dict[Any, Any]) -> str:
    return names.capital(price_words.good(str(row["good"])))


def _reach(rows: pd.DataFrame) -> tuple[float, float]:
    """Return the least and the greatest mark, zero included, in the unit of the axis."""
    effects = [*rows["price_effect"].dropna(), *rows["volume_effect"].dropna()]
    whole = rows.loc[rows["refused"].notna(), "change"].dropna()
    if not [*effects, *whole]:
        return 0.0, 1.0
    return min(0.0, *effects, *whole) / text.large_unit(), max(0.0, *effects, *whole) / text.large_unit()


def _row(figure: Sheet, row: dict[str, Any], place: int, look: Look, *, named: bool) -> None:
    """Draw one good: its name and change at the left, its bars; ``named`` says which bar is which."""
    p = look.palette
    hollow = row["count"] == price_volume.CUSTOMS
    if pd.isna(row["change"]):
        _levels(figure, row, place, look)
    elif not pd.isna(row["refused"]):
        _hatched(figure, row, place, look)
    for (column, shift), colour in zip(_EFFECTS, (p.russia, p.fuels[2]), strict=True):
        value = row[column] / text.large_unit()
        if not pd.isna(value):
            outline = {"color": colour, "width": 1.5 if hollow else 0}
            bar = {"x": [value], "y": [place + shift], "width": 2 * _HALF, "orientation": "h"}
            fill = {"color": p.ground if hollow else colour, "line": outline}
            hover = f"{_hover(row, column)}<extra></extra>"
            figure.add_bar(**bar, marker=fill, ids=[str(row.get(POINT, ""))], hovertemplate=hover)
            word = f"  {say(_NAMED[column])}" if named else ""
            _value(figure, row[column], place + shift, word, look)
    _name(figure, _head(row, look), place, look, hollow=hollow)


def _hover(row: dict[str, Any], column: str) -> str:
    effect = text.signed_bn(row[column], 2)
    places = {"effect": effect, "unit": text.unit_bn("USD"), "change": _change(row)}
    return say(_HOVERS[column], good=_good(row), basis=basis_words.named(row["basis"]), **places)


def _change(row: dict[str, Any]) -> str:
    return "" if pd.isna(row["change"]) else text.signed_bn(row["change"])


def _levels(figure: Canvas, row: dict[str, Any], place: int, look: Look) -> None:
    """Write the two values side by side where their bases forbid a change."""
    first, last = (text.bn(row[name]) for name in ("value_before", "value"))
    style = {"size": _FIGURE if look.narrow else look.axis, "color": look.palette.ink3}
    label = say("charts.price-volume.levels", first=first, last=last)
    note(figure, label, x=0, y=place, look=look, font=style, xshift=6)


def _name(figure: Sheet, label: str, place: int, look: Look, *, hollow: bool) -> None:
    """Write a name at the left edge, and rule off one good from the next."""
    p = look.palette
    size = _SMALL if look.narrow else look.axis if hollow else look.label
    font = {"size": size, "color": p.ink2 if hollow else p.ink}
    note(figure, label, x=0, y=place, look=look, font=font, xref="paper", xshift=-figure.frame.room.left)
    if place and not hollow:
        line = {"color": p.rule, "width": 1}
        y = place - 0.5
        figure.add_shape(type="line", xref="paper", x0=0, x1=1, y0=y, y1=y, line=line, layer="below")


def _value(figure: Canvas, value: float, y: float, word: str, look: Look) -> None:
    """Write a value outside its bar."""
    side: dict[str, Any] = {"xanchor": "left", "xshift": _OFF} if value >= 0 else {"xanchor": "right", "xshift": -_OFF}
    style = {"size": _FIGURE if look.narrow else look.axis, "color": look.palette.ink}
    at = value / text.large_unit()
    note(figure, f"<b>{text.signed_bn(value)}</b>{word}", x=at, y=y, look=look, font=style, **side)


def _hatched(figure: Canvas, row: dict[str, Any], place: int, look: Look) -> None:
    """Draw the whole change of a good that is not split, hatched."""
    p = look.palette
    value = row["change"] / text.large_unit()
    change = {"change": text.signed_bn(row["change"], 2), "unit": text.unit_bn("USD")}
    hover = say("charts.price-volume.hover.not_split", good=_good(row), reason=str(row["refused"]), **change)
    pattern = {"shape": "/", "fgcolor": p.rest, "bgcolor": p.ground, "size": 6, "solidity": 0.25}
    figure.add_bar(
        x=[value],
        y=[place],
        width=2 * _HALF,
        orientation="h",
        marker={"pattern": pattern, "color": p.ground, "line": {"color": p.rest, "width": 1}},
        ids=[str(row.get(POINT, ""))],
        hovertemplate=f"{hover}<extra></extra>",
    )
    _value(figure, row["change"], place, f"  {say('charts.price-volume.not_split')}", look)


CHART: Final = Chart(
    "price-volume",
    rows,
    words,
    draw,
    choices=(Choice("prices", PRICES),),
    reads=("prices",),
    marks=("count", "good", "kind"),
    parts=row_parts.split,
    years=years_shown,
)
