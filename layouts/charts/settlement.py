"""In whose money? Shares as stated, one dot a statement, beside the Bank of Russia's months for all partners."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis import windows
from analysis.measures.partners import settlement
from analysis.measures.partners.settlement import ASIA, COUNTED, DEFINITIONS, REGIONS, SAID
from analysis.points import POINT
from analysis.trace import row_parts
from layouts.drawing import geometry
from layouts.drawing.plot import Plot
from layouts.figure import instead, time_axis
from layouts.figure.chart import Chart, Stated, Words, ids
from layouts.figure.frame import blank, framed, note
from layouts.look.theme import PRINT, Look
from layouts.words import text

if TYPE_CHECKING:
    from analysis.dataset import Dataset
    from analysis.selection import Selection
    from layouts.drawing.canvas import Canvas
    from layouts.drawing.sheet import Sheet

_MEASURE: Final = next(iter(DEFINITIONS))
_SIGNS: Final = {"about": "≈ ", "over": "> ", "almost": "< "}
_FLOWS: Final = {"export": "exports", "import": "imports"}
_MONEY: Final = {"CNY": "Yuan", "RUB": "Roubles"}
_BESIDE: Final = 6  # pixels between a line's end and its name


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return the stated shares and the Bank of Russia's months and regions, per cent, inside the months asked for."""
    read = (settlement.said, settlement.counted, settlement.regions)
    parts = [part for part in (table(dataset) for table in read) if len(part)]
    if not parts:
        return pd.DataFrame(columns=list(settlement.COLUMNS))
    table = pd.concat(parts, ignore_index=True)
    return table[selection.covers(table)].reset_index(drop=True)


def shows(rows: pd.DataFrame, selection: Selection) -> bool:
    """Return whether there are statements, months or shares of Asia: other regions are in the rows alone."""
    del selection
    return bool(rows["series"].isin([SAID, COUNTED]).any()) or len(_asia(rows)) > 0


@instead.said
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    del selection
    if rows.empty:
        lacking = "Lacking: shares as stated, and the Bank of Russia’s months and regions"
        return Words("Nothing said on settlements is held", lacking, "", "%")
    stated, months = rows[rows["series"].eq(SAID)], rows[rows["series"].eq(COUNTED)]
    asia = _asia(rows)
    said, sources = [], []
    if len(stated):
        said.append(f"Share of settlements between the two as stated, %, {_years(stated)}")
        sources.append(f"Source: the speakers named, quoted by {stated['source'].nunique()} papers and agencies")
    if len(months):
        said.append(f"lines: Russia’s settlements with all partners, % by month, {_years(months)}")
        sources.append(f"{months['source'].iloc[0]} ({_years(months)}), with link and attribution")
    if len(asia):
        said.append(f"below: roubles in settlements with Asia, %, {_years(asia)}")
        sources.append(
            f"its shares by region ({_years(asia)}), quoted by {asia['source'].nunique()} papers and agencies"
        )
    line = "; ".join(sources)
    line = line if line.startswith("Source") else f"Source: {line}"
    note_ = (
        "Each dot is one statement; ≈ about, > over, < almost, ? in doubt. Wordings differ, so no line joins them. "
        "Asia is the Bank of Russia’s region, not China alone."
    )
    finding, figures = _finding(stated, months, asia)
    return Words(finding, "; ".join(said), f"{line}.", "%", note_, figures)


def _asia(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the Bank of Russia's shares of the rouble with Asia, in the order of time."""
    own = rows["series"].eq(REGIONS) & rows["region"].eq(ASIA) & rows["settlement_currency"].eq("RUB")
    return rows[own].sort_values(["flow", "period_start"], kind="stable")


def _years(rows: pd.DataFrame) -> str:
    return text.years(rows["period_start"].min().year, rows["period_end"].max().year)


def _finding(stated: pd.DataFrame, months: pd.DataFrame, asia: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    """Set the first beside the newest statement of one and the same wording, each with who said it."""
    same = stated[stated["what"].eq(_MEASURE)]
    if len(same) >= 2 and same["period_end"].iloc[0].year < same["period_end"].iloc[-1].year:
        first, last = (same.iloc[place] for place in (0, -1))
        said = f"Own currencies: {_share(first)} of settlements, {_when(first)} ({_surname(first)})"
        return f"{said}; {_share(last)}, {_when(last)} ({_surname(last)})", (_figure(first), _figure(last))
    if len(stated):
        last = stated.iloc[-1]
        return f"{DEFINITIONS[last['what']]}: {_share(last)}, said {_name(last)}, {_when(last)}", (_figure(last),)
    if months.empty:
        return _regional(asia)
    newest = months[months["period_end"].eq(months["period_end"].max()) & months["flow"].eq("import")]
    share = float(newest["share_pct"].sum())
    row = newest.iloc[0]
    said = f"Russia paid {share:.0f}% of imports from all partners in yuan and roubles, {_when(row)}"
    return f"{said}, by the Bank of Russia", (replace(_figure(row), value=share),)


def _regional(asia: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    if asia.empty:
        return "The Bank of Russia’s shares by region, all partners", ()
    row = asia.sort_values("period_end", kind="stable").iloc[-1]
    said = f"The Bank of Russia: roubles made {_share(row)} of settlements for {_FLOWS[str(row['flow'])]} with Asia"
    return f"{said}, {_when(row)}", (_figure(row),)


def _figure(row: pd.Series) -> Stated:
    span = row["period_start"], row["period_end"]
    return Stated(float(row["share_pct"]), str(row["basis"]), *span, base=str(row["base_basis"]))


def _when(row: pd.Series) -> str:
    return windows.period_name(row["period_start"], row["period_end"])


def _share(row: pd.Series) -> str:
    vague = f"{row['precision']} " if row["precision"] in _SIGNS else ""
    return f"{vague}{row['share_pct']:g}%"


def _name(row: pd.Series) -> str:
    return str(row["speaker"]).partition(" (")[0]


def _surname(row: pd.Series) -> str:
    """Return the last name of a speaker with an initial; all of another's name."""
    initial, _, last = _name(row).partition(". ")
    return last if len(initial) == 1 else _name(row)


@dataclass(frozen=True)
class _List:
    """The dot plot in pixels: where its scale begins and ends, and its share of the picture."""

    wide: float
    zero: float
    full: float

    def at(self, share: float) -> float:
        """Return the pixel of a share."""
        return self.zero + share / 100 * (self.full - self.zero)


@instead.seen
def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw the statements as a list of dots by wording, and the months as lines of their own."""
    look = replace(look, height=900) if look.narrow else look
    figure = blank(look, words(rows, selection), geometry.room(look, left=0, right=0))
    room = figure.frame.across
    stated, months = rows[rows["series"].eq(SAID)], rows[rows["series"].eq(COUNTED)]
    if look.narrow:
        across, down = ((0.0, 1.0),) * 3, ((0.5, 1.0), (0.2, 0.43), (0.0, 0.15))
    else:
        across, down = ((0.0, 0.53), (0.57, 1.0), (0.57, 1.0)), ((0.0, 1.0), (0.42, 0.92), (0.0, 0.32))
    _axes(figure, across, down, look)
    wide = room * (across[0][1] - across[0][0])
    spot = _List(wide, 182 if look.narrow else 0.5 * wide, wide - 58)
    figure.update_layout(xaxis={"range": [0, wide]})
    if len(stated):
        _dots(figure, stated, spot, look)
    if len(months):
        _lines(figure, months, look)
    if len(asia := _asia(rows)):
        _regions(figure, asia, look, room * (across[2][1] - across[2][0]))
    return framed(figure)


def _axes(
    figure: Sheet, across: tuple[tuple[float, float], ...], down: tuple[tuple[float, float], ...], look: Look
) -> None:
    """Give the list pixels without an axis, and the months a plain axis of per cent."""
    hidden: dict[str, Any] = {"visible": False, "fixedrange": True}
    plain: dict[str, Any] = {"fixedrange": True, "showgrid": False, "zeroline": False, "tickfont": {"size": look.axis}}
    room = figure.frame.across
    names = [f"<b>{money}, for {flow}</b>  88.8%" for money in _MONEY.values() for flow in _FLOWS.values()]
    inner = geometry.beside(names, look.label, _BESIDE)
    right = (across[1][0] + geometry.scale(look, "50%") / room, across[1][1] - inner / room)
    figure.update_layout(
        xaxis={**hidden, "domain": across[0], "anchor": "y"},
        yaxis={**hidden, "domain": down[0], "anchor": "x"},
        xaxis2={**plain, "domain": right, "anchor": "y2"},
        yaxis2={
            **plain,
            "domain": down[1],
            "anchor": "x2",
            "dtick": 10,
            "showgrid": True,
            "gridcolor": look.palette.rule,
            "zeroline": True,
            "zerolinecolor": look.palette.ink,
            "ticksuffix": "%",
        },
        xaxis3={**hidden, "domain": across[2], "anchor": "y3"},
        yaxis3={**hidden, "domain": down[2], "anchor": "x3"},
    )


def _dots(figure: Canvas, stated: pd.DataFrame, spot: _List, look: Look) -> None:
    """List the statements under their wording, in the order of time; hollow where the speaker was vague."""
    p = look.palette
    y = 0.0
    for what, heading in DEFINITIONS.items():
        part = stated[stated["what"].eq(what)]
        if part.empty:
            continue
        note(figure, f"<b>{heading}</b>", x=0, y=y, look=look, colour=p.ink)
        for row in part.to_dict("records"):
            y += 1
            where = windows.period_name(row["period_start"], row["period_end"])
            name = _short(f"{row['speaker']}", look) + f", {where}"
            small = {"size": look.axis, "color": p.ink2}
            note(figure, name, x=0, y=y, look=look, font=small)
            figure.add_shape(
                type="line", x0=spot.zero, x1=spot.full, y0=y, y1=y, line={"color": p.rule, "width": 1}, layer="below"
            )
            vague = row["precision"] in _SIGNS
            figure.add_scatter(
                x=[spot.at(row["share_pct"])],
                y=[y],
                mode="markers",
                marker={"size": 9, "color": p.ground if vague else p.ink, "line": {"color": p.ink, "width": 1.8}},
                ids=[str(row.get(POINT, ""))],
                hovertext=f"{row['speaker']}: {row['share_pct']:g}% ({row['precision']}); {row['source']}",
                hoverinfo="text",
            )
            said = f"<b>{_SIGNS.get(row['precision'], '')}{row['share_pct']:g}%</b>"
            note(figure, said, x=spot.at(row["share_pct"]), y=y, look=look, colour=p.ink, xshift=9)
        y += 1.4
    figure.update_layout(yaxis={"range": [y - 0.4, -0.7]})


def _regions(figure: Canvas, asia: pd.DataFrame, look: Look, wide: float) -> None:
    """List the Bank of Russia's shares of the rouble with Asia as dots, doubtful ones hollow."""
    p = look.palette
    spot = _List(wide, 0.42 * wide, wide - 58)
    style: dict[str, Any] = {"xref": "x3", "yref": "y3", "look": look}
    note(figure, "<b>Roubles with Asia, by the Bank of Russia</b>", x=0, y=0, colour=p.ink, **style)
    for y, row in enumerate(asia.to_dict("records"), start=1):
        doubt = isinstance(row["doubt"], str)
        name = f"for {_FLOWS[str(row['flow'])]}, {windows.period_name(row['period_start'], row['period_end'])}"
        note(figure, name, x=0, y=y, font={"size": look.axis, "color": p.ink2}, **style)
        figure.add_scatter(
            x=[spot.at(row["share_pct"])],
            y=[y],
            xaxis="x3",
            yaxis="y3",
            mode="markers",
            marker={"size": 9, "color": p.ground if doubt else p.russia, "line": {"color": p.russia, "width": 1.8}},
            ids=[str(row.get(POINT, ""))],
            hovertext=f"{row['share_pct']:g}%; {row['source']}" + (f"; {row['doubt']}" if doubt else ""),
            hoverinfo="text",
        )
        said = f"<b>{'? ' if doubt else ''}{row['share_pct']:g}%</b>"
        note(figure, said, x=spot.at(row["share_pct"]), y=y, colour=p.russia_text, xshift=9, **style)
    figure.update_layout(xaxis3={"range": [0, wide]}, yaxis3={"range": [len(asia) + 0.6, -0.7]})


def _short(speaker: str, look: Look) -> str:
    """Return a speaker's name, on a phone without rank and adjectives."""
    if not look.narrow:
        return speaker
    return speaker.partition(" (")[0].partition(" official")[0]


def _lines(figure: Sheet, months: pd.DataFrame, look: Look) -> None:
    """Draw yuan and roubles in receipts and payments: colour is the currency's country, dashes are exports."""
    p = look.palette
    colours = {"CNY": (p.china, p.china_text), "RUB": (p.russia, p.russia_text)}
    ends = []
    for (flow, currency), part in months.groupby(["flow", "settlement_currency"]):
        fill, ink = colours[str(currency)]
        name = f"{_MONEY[str(currency)]}, for {_FLOWS[str(flow)]}"
        x = time_axis.place(part["period_start"]) + 0.5
        figure.add_scatter(
            x=x,
            y=part["share_pct"],
            xaxis="x2",
            yaxis="y2",
            mode="lines",
            line={"color": fill, "width": 2.5, "dash": "6px,3px" if flow == "export" else "solid"},
            ids=ids(part),
            customdata=part["period_start"].dt.strftime("%b %Y"),
            hovertemplate=f"<b>{name}</b><br>%{{customdata}}: %{{y:.1f}}%<extra></extra>",
        )
        ends.append((float(part["share_pct"].iloc[-1]), name, ink))
    first, last = time_axis.at(months["period_start"].min()), time_axis.at(months["period_end"].max()) + 1
    years = sorted(set(months["period_start"].dt.year))
    figure.update_layout(
        xaxis2={
            "range": [first, last],
            "tickvals": [_centre(months, year) for year in years],
            "ticktext": [str(year) for year in years],
        }
    )
    figure.update_layout(yaxis2={"range": [0, max(50.5, float(months["share_pct"].max()) * 1.05)]})
    _end_names(figure, ends, last, look)
    note(
        figure,
        "<b>All partners, goods and services</b>",
        x=first,
        y=1,
        look=look,
        colour=p.ink,
        xref="x2",
        yref="y2 domain",
        yanchor="bottom",
        yshift=6,
        xshift=-30,
    )


def _centre(months: pd.DataFrame, year: int) -> float:
    """Return the middle of the months of a year that are there."""
    x = time_axis.place(months.loc[months["period_start"].dt.year.eq(year), "period_start"])
    return float(x.min() + x.max() + 1) / 2


def _end_names(figure: Sheet, ends: list[tuple[float, str, str]], edge: int, look: Look) -> None:
    """Name the lines at their ends, pushed apart where they would touch."""
    plot = Plot.of(figure, axes=("xaxis2", "yaxis2"))
    for (y, name, ink), placed in zip(ends, plot.column([y for y, *_ in ends], look.label), strict=True):
        if placed is None:
            continue
        style: dict[str, Any] = {"xref": "x2", "yref": "y2", "xshift": _BESIDE}
        note(figure, f"<b>{name}</b>  {y:.1f}%", x=edge, y=placed, look=look, colour=ink, **style)


CHART: Final = Chart(
    "settlement",
    rows,
    words,
    draw,
    marks=("series", "speaker", "region", "flow", "settlement_currency"),
    parts=row_parts.none,
    shows=shows,
)
