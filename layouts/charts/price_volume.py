"""Did Russia sell more, or dearer? Each good's change between two years, by price and by volume."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis import energy, origins, prices
from analysis.points import POINT
from layouts import text
from layouts.charts import sources
from layouts.charts.base import Chart, Words
from layouts.charts.frame import blank, framed, note
from layouts.theme import PRINT, Look

if TYPE_CHECKING:
    from collections.abc import Iterator

    import plotly.graph_objects as go

    from analysis.book import Book
    from analysis.selection import Selection

_YEARS: Final = (2021, 2022)  # the change that the article is about
_OTHERS: Final = 6  # goods shown beside the fuels: those that changed most
_EFFECTS: Final = (("price_effect", "price", -0.19), ("volume_effect", "volume", 0.19))
_HALF: Final = 0.17


def years_of(book: Book, selection: Selection) -> tuple[int, int] | None:
    """Return the two years that are compared, or None where they are not at hand.

    Start and end choose them; an end alone is compared with the year before, and so is a single year.
    """
    held = prices.years(book)
    if not held:
        return None
    first = int(selection.start[:4]) if selection.start else None
    last = int(selection.end[:4]) if selection.end else None
    if first is None and last is None:
        first, last = _YEARS
    last = held[-1] if last is None else last
    first = last - 1 if first is None or first >= last else first
    return (first, last) if {first, last} <= set(held) else None


def rows(book: Book, selection: Selection) -> pd.DataFrame:
    """Return one row a good: the fuels and the other goods that changed most; customs' own split beside."""
    both = years_of(book, selection)
    if both is None:
        return pd.DataFrame(columns=list(prices.COLUMNS))
    table = prices.split(book, *both)
    others = table[table["basis"].eq("baci") & ~table["good"].isin(list(energy.FUELS))]
    most = others.loc[others["change"].abs().sort_values(ascending=False).index[:_OTHERS], "good"]
    shown = [*energy.FUELS, *most]
    kept = table[table["good"].isin(shown)]
    order = kept["good"].map({good: place for place, good in enumerate(shown)})
    return kept.assign(place=order).sort_values(["place", "basis"]).drop(columns="place").reset_index(drop=True)


def _baci(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["basis"].eq("baci")]


def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    del selection
    if rows.empty:
        return Words("No two years to compare for this choice", "Choose years from 2017 to 2023", "", "US$ bn")
    first, last = rows["period_start"].iloc[0].year, rows["period_end"].iloc[0].year
    subtitle = (
        f"Russia’s goods to China, change from {first} to {last}, US$ bn, FOB, reconciled; "
        "split exactly into price and volume (Bennet, by six-digit code)"
    )
    when = str(last) if last == first + 1 else f"{first} to {last}"
    return Words(_finding(_baci(rows), when), subtitle, sources.line(rows), "US$ bn", _note(rows))


def _finding(own: pd.DataFrame, when: str) -> str:
    """Say which did more for the fuels that can be split."""
    fuels = own[own["good"].isin(list(energy.FUELS)) & own["refused"].isna()]
    if fuels.empty:
        return f"What price and volume did to Russia’s sales, {when}"
    price, volume = float(fuels["price_effect"].sum()) / 1e9, float(fuels["volume_effect"].sum()) / 1e9
    names = [{"crude": "crude", "coal": "coal"}.get(good, energy.NAMES[good]) for good in fuels["good"]]
    said = f"{when}: {_verdict(price, volume)}; {', '.join(names)} price"
    return f"{said} {text.signed(price)}, volume {text.signed(volume)} US${text.NBSP}bn"


def _verdict(price: float, volume: float) -> str:
    """Name the change in two or three words."""
    if price > 0 and volume > 0:
        return "mostly dearer" if price > volume else "mostly more"
    if price <= 0 and volume <= 0:
        return "cheaper and less"
    return "dearer, but less" if price > 0 else "cheaper, but more"


def _note(rows: pd.DataFrame) -> str:
    own = _baci(rows)
    said = [f"Hatched, not split: {_refused(own)}."] if own["refused"].notna().any() else []
    if own.loc[own["refused"].isna(), "unsplit"].abs().gt(5e6).any():
        said.append("Codes found in one year only belong to neither price nor volume.")
    for row in rows[rows["basis"].eq("customs")].to_dict("records"):
        twin = own[own["good"].eq(row["good"])].iloc[0]
        more = [100 * (x["weight_kg"] / x["weight_before_kg"] - 1) for x in (row, twin)]
        compared = "" if pd.isna(more[1]) else f", {text.percent(more[1], 0)} in BACI"
        name = prices.NAMES[str(row["good"])]
        weighed = f"{name} {text.percent(more[0], 0)} by weight{compared}"
        said.append(f"Hollow: as Chinese customs print it (CIF, rounded); {weighed}.")
    return " ".join(said)


def _refused(own: pd.DataFrame) -> str:
    held = own[own["refused"].notna()]
    return "; ".join(f"{prices.NAMES[good]}, {why}" for good, why in zip(held["good"], held["refused"], strict=True))


def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> go.Figure:
    """Draw two bars a good, price above volume; a hatched one where there is no split."""
    look = replace(look, height=look.height + 130) if look.narrow else look
    figure = blank(look)
    if len(rows):
        low, high = _reach(rows)
        room = (high - low) * (0.55 if look.narrow else 0.16)
        figure.update_xaxes(range=[low - (room if low < 0 else 0), high + room], tickvals=[], zeroline=False)
        figure.update_yaxes(range=[len(rows) - 0.4, -0.6], tickvals=[], showgrid=False)
        for place, row in _placed(rows):
            _row(figure, row, place, look)
        zero = {"color": look.palette.ink, "width": 1}
        figure.add_shape(type="line", x0=0, x1=0, y0=-0.5, y1=len(rows) - 0.5, line=zero)
    return framed(figure, words(rows, selection), look, below=4, left=_left(look), gutter=0)


def _left(look: Look) -> int:
    """Return the width that the names take."""
    return 96 if look.narrow else 190


def _reach(rows: pd.DataFrame) -> tuple[float, float]:
    """Return the least and the greatest mark, zero included, in billions."""
    effects = [*rows["price_effect"].dropna(), *rows["volume_effect"].dropna()]
    whole = rows.loc[rows["refused"].notna(), "change"]
    return min(0.0, *effects, *whole) / 1e9, max(0.0, *effects, *whole) / 1e9


def _placed(rows: pd.DataFrame) -> Iterator[tuple[int, dict[str, Any]]]:
    for place, row in enumerate(rows.to_dict("records")):
        yield place, {str(key): cell for key, cell in row.items()}


def _row(figure: go.Figure, row: dict[str, Any], place: int, look: Look) -> None:
    """Draw one good: its name and change at the left, its bars."""
    p = look.palette
    hollow = row["basis"] == "customs"
    name, change = prices.NAMES[row["good"]], text.signed(row["change"] / 1e9)
    if not pd.isna(row["refused"]):
        _hatched(figure, row, place, look)
    for (column, word, shift), colour in zip(_EFFECTS, (p.russia, p.fuels[2]), strict=True):
        value = row[column] / 1e9
        if not pd.isna(value):
            said = f"<b>{name}: {word} {text.signed(value, 2)} US$ bn</b><br>of {change}, {row['source']}"
            outline = {"color": colour, "width": 1.5 if hollow else 0}
            bar = {"x": [value], "y": [place + shift], "width": 2 * _HALF, "orientation": "h"}
            fill = {"color": p.ground if hollow else colour, "line": outline}
            figure.add_bar(**bar, marker=fill, ids=[str(row.get(POINT, ""))], hovertemplate=f"{said}<extra></extra>")
            _value(figure, value, place + shift, f"  {word}" if place == 0 else "", look)
    named = f"<b>{name}</b>" if not hollow else "by customs" if look.narrow else "  by customs, CIF"
    _name(figure, f"{named}{'<br>' if look.narrow else '  '}{change}", place, look, hollow=hollow)


def _name(figure: go.Figure, said: str, place: int, look: Look, *, hollow: bool) -> None:
    """Write a name at the left edge, and rule off one good from the next."""
    p = look.palette
    size = 12 if look.narrow else look.axis if hollow else look.label
    font = {"size": size, "color": p.ink2 if hollow else p.ink}
    note(figure, said, x=0, y=place, look=look, font=font, xref="paper", xshift=-_left(look))
    if place and not hollow:
        line = {"color": p.rule, "width": 1}
        y = place - 0.5
        figure.add_shape(type="line", xref="paper", x0=0, x1=1, y0=y, y1=y, line=line, layer="below")


def _value(figure: go.Figure, value: float, y: float, word: str, look: Look) -> None:
    """Write a value outside its bar."""
    side: dict[str, Any] = {"xanchor": "left", "xshift": 4} if value >= 0 else {"xanchor": "right", "xshift": -4}
    style = {"size": 11 if look.narrow else look.axis, "color": look.palette.ink}
    said = text.signed(value) if abs(value) >= 0.05 else "0.0"
    note(figure, f"<b>{said}</b>{word}", x=value, y=y, look=look, font=style, **side)


def _hatched(figure: go.Figure, row: dict[str, Any], place: int, look: Look) -> None:
    """Draw the whole change of a good that is not split, hatched."""
    p = look.palette
    value = row["change"] / 1e9
    said = f"{prices.NAMES[row['good']]}: {text.signed(value, 2)} US$ bn, not split"
    pattern = {"shape": "/", "fgcolor": p.rest, "bgcolor": p.ground, "size": 6, "solidity": 0.25}
    figure.add_bar(
        x=[value],
        y=[place],
        width=2 * _HALF,
        orientation="h",
        marker={"pattern": pattern, "color": p.ground, "line": {"color": p.rest, "width": 1}},
        ids=[str(row.get(POINT, ""))],
        hovertemplate=f"<b>{said}</b><br>{row['refused']}<extra></extra>",
    )
    _value(figure, value, place, "  not split", look)


CHART: Final = Chart(
    "price-volume",
    "Price or volume",
    "Did Russia sell more, or dearer?",
    rows,
    words,
    draw,
    caveat=(
        "Price here is value by weight, so a better grade looks dearer. Until 2021 BACI averages both countries’ "
        "reports, from 2022 it has only China’s: part of that year’s rise in volume is this break."
    ),
    marks=("basis", "good"),
    parts=origins.split,
)
