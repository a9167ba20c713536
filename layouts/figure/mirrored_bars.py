"""Two directions of goods as bars: back to back, or on a phone one below the other, laid out in pixels."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from layouts.drawing.canvas import Canvas
from layouts.figure.chart import HOVER, pointed
from layouts.figure.frame import note
from layouts.look.theme import Look
from layouts.words import basis_words, text
from layouts.words.catalogue import say

SAYS: Final = {"import": "figure.buys", "export": "figure.sells"}
_VALUE: Final = 46  # pixels that a value label needs
_RATE: Final = 50  # and of the change behind it
_COLUMN: Final = 66  # pixels of a column of rates
_NAME: Final = 172  # pixels that the longest name may take
_NARROW_NAME: Final = 122  # the same on a phone
_GAP: Final = 12  # and from the edge of the picture to the bars
_BETWEEN: Final = 24  # pixels between the names of one side and those of the other
_LEAST: Final = 0.14  # of the room for bars, for the smaller side
_SMALL: Final = 0.995e8  # whole US$ below which millions are written
_HUNDRED_MILLION, _TEN_THOUSAND = 1e8, 1e4
_HUGE: Final = 1000.0  # per cent from which a multiple is written
_MARKS: Final[dict[str, dict[str, Any]]] = {"before_value": {"width": 2, "dash": "2px,2px"}, "base_value": {"width": 2}}


def named(code: str, name: object) -> str:
    """Return the plain name of a code, or the code as such where it has none."""
    return name.rpartition(": ")[2] if isinstance(name, str) else say("figure.code", code=code)


def money(value: float, *, spell: bool = False) -> str:
    """Write a value in the large unit of the language, a small one in millions or thousands with its unit.

    A language whose large unit is a hundred million has no such units: there it is the same digits in ten thousands.
    """
    if value >= _SMALL:
        return say("figure.large", figure=text.bn(value)) if spell else text.bn(value)
    scale, key = (1e6, "figure.millions") if value >= 1e6 else (1e3, "figure.thousands")
    whole = round(value / scale)
    if text.large_unit() == _HUNDRED_MILLION:
        return say(key, figure=text.number(whole * scale / _TEN_THOUSAND, 0 if value >= 1e6 else 1))
    return say(key, figure=text.number(whole, 0))


def _rate(value: float) -> str:
    """Write a change in per cent, a very large one as a multiple."""
    return f"×{text.number(1 + value / 100, 0)}" if value >= _HUGE else text.percent(value, 0)


@dataclass(frozen=True)
class Side:
    """One direction laid out in pixels: where bars begin, which way they grow, where words stand."""

    flow: str
    zero: float
    way: int
    top: float
    scale: float
    name: float
    columns: tuple[float, float] | None


def _most(rows: pd.DataFrame) -> dict[str, float]:
    """Return the longest bar or mark of each side in whole US$."""
    both = rows[["value", "base_value", "before_value"]].astype("float64").max(axis=1)
    return {str(flow): float(value) for flow, value in both.groupby(rows["flow"]).max().items()}


def beside(rows: pd.DataFrame, room: float, look: Look) -> list[Side]:
    """Lay the two sides out back to back; the longer bars get the wider one."""
    most = _most(rows)
    columns = 2 * _COLUMN if rows["contribution_pct"].notna().any() else 0
    wide = max(text.width(named(c, n), look.label) for c, n in zip(rows["code"], rows["name"], strict=True))
    name = min(_NAME, wide + 14)
    value = _VALUE + (0 if columns else _RATE)  # without columns the change stands behind the value
    bars = room - 2 * (columns + value + name + 8) - _BETWEEN
    share = min(1 - _LEAST, max(_LEAST, most.get("import", 0.0) / sum(most.values())))
    left, right = bars * share, bars * (1 - share)
    scale = min(wide_ / most[flow] for flow, wide_ in (("import", left), ("export", right)) if most.get(flow))
    zero, other = columns + value + left, room - columns - value - right
    edges = ((_COLUMN, 2 * _COLUMN), (room - _COLUMN, room)) if columns else (None, None)
    return [
        Side("import", zero, -1, 0.0, scale, zero + 8, edges[0]),
        Side("export", other, 1, 0.0, scale, other - 8, edges[1]),
    ]


def below(rows: pd.DataFrame, room: float, longest: int, look: Look) -> list[Side]:
    """Lay the two sides out one below the other, on one scale."""
    most = max(_most(rows).values())
    zero = (_NARROW_NAME if look.narrow else _NAME) + _GAP
    scale = (room - zero - _VALUE - _RATE) / most
    return [
        Side(flow, zero, 1, place * (longest + 1.6), scale, zero - 8, None)
        for place, flow in enumerate(("import", "export"))
    ]


def bars(figure: Canvas, part: pd.DataFrame, side: Side, look: Look) -> None:
    """Draw the bars of one side with value, name, earlier levels and the rates; dotted is not comparable."""
    p = look.palette
    spot = [side.top + place for place in range(len(part))]
    figure.add_bar(
        orientation="h",
        y=spot,
        base=[side.zero] * len(part),
        x=part["value"] * side.scale * side.way,
        width=0.62,
        marker={"color": p.flow(side.flow)[0]},
        **pointed(part, _hover),
    )
    outwards, inwards = ("left", "right") if side.way > 0 else ("right", "left")
    ends = part[["value", "base_value", "before_value"]].astype("float64").max(axis=1) * side.scale
    for y, row, end in zip(spot, part.to_dict("records"), ends, strict=True):
        label = f"<b>{money(row['value'])}</b>"
        if side.columns is None and pd.notna(row["change_pct"]):
            label += f"  <span style='color:{p.ink3}'>{_rate(row['change_pct'])}</span>"
        x = side.zero + side.way * end
        note(figure, label, x=x, y=y, look=look, colour=p.ink, xanchor=outwards, xshift=5 * side.way)
        name = _fitted(named(row["code"], row["name"]), look)
        note(figure, name, x=side.name, y=y, look=look, xanchor=inwards)
        for column, line in _MARKS.items():
            if pd.notna(row[column]):
                mark = side.zero + side.way * row[column] * side.scale
                style = {"color": p.ink if column == "base_value" else p.ink3, **line}
                figure.add_shape(type="line", x0=mark, x1=mark, y0=y - 0.4, y1=y + 0.4, line=style)
        if side.columns is not None:
            rates = (_rate(row["change_pct"]), _points(row["contribution_pct"]))
            for edge, rate in zip(_ordered(side), rates, strict=True):
                note(figure, rate, x=edge, y=y, look=look, colour=p.ink3, xanchor="right")


def _ordered(side: Side) -> tuple[float, float]:
    """Return the right edges of the change and of the points: the change stands nearer to the bars."""
    near, far = side.columns or (0.0, 0.0)
    return (near, far) if side.way > 0 else (far, near)


def _points(value: float) -> str:
    return "–" if pd.isna(value) else text.signed(value)


def _fitted(name: str, look: Look) -> str:
    """Return as much of a name as its place holds, whole words only."""
    room = _NARROW_NAME if look.narrow else _NAME
    if text.width(name, look.label) <= room:
        return name
    return f"{text.wrap(name, look.label, room - look.label)[0].rstrip(',:')} …"


def _hover(row: dict[Hashable, Any]) -> str:
    """Say code and name, the value with its basis, and what it is compared with; a line each."""
    code, value = str(row["code"]), text.money(row["value"], "USD", 3)
    name = isinstance(row["name"], str)
    lines = [
        f"<b>{say('figure.goods', code=code, name=row['name']) if name else say('figure.code', code=code)}</b>",
        say("figure.hover.value", value=value, basis=basis_words.named(row["basis"])),
    ]
    if pd.notna(row["base_value"]):
        base: dict[str, str] = {
            "year": str(row["base_start"].year),
            "value": text.money(row["base_value"], "USD", 3),
            "rate": text.percent(row["change_pct"]),
        }
        if pd.isna(row["contribution_pct"]):
            lines.append(say("figure.hover.base", **base))
        else:
            lines.append(say("figure.hover.points", **base, points=_points(row["contribution_pct"])))
    if pd.notna(row["before_value"]):
        before = text.money(row["before_value"], "USD", 3)
        year, basis = str(row["before_start"].year), basis_words.named(row["before_basis"])
        lines.append(say("figure.hover.before", year=year, value=before, basis=basis))
    return "<br>".join([lines[0], *_official(row), *lines[1:]])


def _official(row: dict[Hashable, Any]) -> list[str]:
    """Return the wording of the tariff, in lines that a hover holds, where it is another than the short name."""
    full = row.get("official")
    return text.wrap(full, *HOVER) if isinstance(full, str) and full != row["name"] else []


def head(figure: Canvas, side: Side, look: Look, base: int | None) -> None:
    """Name the side and its columns; ``base`` is the year that rates are counted from."""
    y, (*_, ink) = side.top - 0.95, look.palette.flow(side.flow)
    free = side.zero - max(side.columns or (0.0,))  # to the left of the zero; the room beyond it is free as well
    anchor = "right" if side.way < 0 and text.width(say(SAYS[side.flow]), look.label, bold=True) < free else "left"
    note(figure, f"<b>{say(SAYS[side.flow])}</b>", x=side.zero, y=y, look=look, colour=ink, xanchor=anchor)
    if side.columns is not None:
        small = {"size": look.axis, "color": look.palette.ink3}
        for edge, label in zip(
            _ordered(side), (say("figure.since", year=str(base)), say("figure.points")), strict=True
        ):
            note(
                figure,
                label,
                x=edge,
                y=y,
                look=look,
                xanchor="right",
                yanchor="bottom",
                yshift=-8,
                align="right",
                font=small,
            )
