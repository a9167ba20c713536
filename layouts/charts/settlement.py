"""In whose money? Shares as stated, one dot a statement, beside the Bank of Russia's months for all partners."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

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
from layouts.words.catalogue import say, say_many

if TYPE_CHECKING:
    from collections.abc import Hashable

    from analysis.dataset import Dataset
    from analysis.selection import Selection
    from layouts.drawing.canvas import Canvas
    from layouts.drawing.sheet import Sheet

_MEASURE: Final = DEFINITIONS[0]
_HEADINGS: Final = dict(
    zip(
        DEFINITIONS,
        (
            "charts.settlement.what.national",
            "charts.settlement.what.yuan_and_roubles",
            "charts.settlement.what.yuan",
            "charts.settlement.what.roubles",
        ),
        strict=True,
    )
)
# who said it: the key of the whole name, and of the one that stands in a title or on a phone
_SPEAKERS: Final = {
    "RT (unattributed)": ("charts.settlement.speaker.rt", "charts.settlement.short.rt"),
    "A. Denisov (ambassador)": ("charts.settlement.speaker.denisov", "charts.settlement.short.denisov"),
    "M. Mishustin": ("charts.settlement.speaker.mishustin", "charts.settlement.short.mishustin"),
    "S. Lavrov": ("charts.settlement.speaker.lavrov", "charts.settlement.short.lavrov"),
    "V. Putin": ("charts.settlement.speaker.putin", "charts.settlement.short.putin"),
    "unattributed official data": ("charts.settlement.speaker.official", "charts.settlement.short.official"),
    "G. Zinoviev (MFA)": ("charts.settlement.speaker.zinoviev", "charts.settlement.short.zinoviev"),
    "M. Reshetnikov": ("charts.settlement.speaker.reshetnikov", "charts.settlement.short.reshetnikov"),
    "A. Belousov": ("charts.settlement.speaker.belousov", "charts.settlement.short.belousov"),
    "A. Novak": ("charts.settlement.speaker.novak", "charts.settlement.short.novak"),
    "A. Siluanov": ("charts.settlement.speaker.siluanov", "charts.settlement.short.siluanov"),
}
_DOUBTS: Final = {
    "lowest of the regions": "charts.settlement.doubt.lowest",
    "other pages print 48.7": "charts.settlement.doubt.other_pages",
}
_PUBLISHERS: Final = {"Bank of Russia, Overview of Financial Market Risks": "charts.settlement.overview"}
_VAGUE: Final = {
    "about": "charts.settlement.share.about",
    "over": "charts.settlement.share.over",
    "almost": "charts.settlement.share.almost",
}
_SIGNS: Final = {"about": "≈ ", "over": "> ", "almost": "< "}
_LINES: Final = {
    ("CNY", "export"): "charts.settlement.line.yuan_exports",
    ("CNY", "import"): "charts.settlement.line.yuan_imports",
    ("RUB", "export"): "charts.settlement.line.roubles_exports",
    ("RUB", "import"): "charts.settlement.line.roubles_imports",
}
_WITH_ASIA: Final = {"export": "charts.settlement.asia.exports", "import": "charts.settlement.asia.imports"}
_REGIONAL: Final = {"export": "charts.settlement.regional.exports", "import": "charts.settlement.regional.imports"}
_TOGETHER: Final = ("", "", "charts.settlement.two_parts", "charts.settlement.three_parts")
# on a phone: where the list, the months and the shares with Asia stand, from below
_STACKED: Final = ((0.5, 1.0), (0.2, 0.43), (0.0, 0.15))
_STACKED_WITHOUT_ASIA: Final = ((0.38, 1.0), (0.0, 0.29), (0.0, 0.15))
_BESIDE: Final = 6  # pixels between a line's end and its name


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return the stated shares and the Bank of Russia's months and regions, per cent, inside the months asked for."""
    read = (settlement.stated, settlement.counted, settlement.regions)
    parts = [part for part in (table(dataset) for table in read) if len(part)]
    if not parts:
        return pd.DataFrame(columns=list(settlement.COLUMNS))
    table = pd.concat(parts, ignore_index=True)
    return table[selection.covers(table)].reset_index(drop=True)


def shows(rows: pd.DataFrame, selection: Selection) -> bool:
    """Return whether there are statements, months or shares of Asia: other regions are in the rows alone."""
    del selection
    return bool(rows["series"].isin([SAID, COUNTED]).any()) or len(_asia(rows)) > 0


@instead.worded
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    del selection
    if rows.empty:
        return Words(say("charts.settlement.empty"), say("charts.settlement.lacking"), "", "%")
    stated, months = rows[rows["series"].eq(SAID)], rows[rows["series"].eq(COUNTED)]
    asia = _asia(rows)
    parts, sources = [], []
    if len(stated):
        parts.append(say("charts.settlement.subtitle.said", years=_years(stated)))
        sources.append(say_many("charts.settlement.source.said", stated["source"].nunique()))
    if len(months):
        parts.append(say("charts.settlement.subtitle.months", years=_years(months)))
        name = str(months["source"].iloc[0])
        publisher = say(_PUBLISHERS[name]) if name in _PUBLISHERS else name
        sources.append(say("charts.settlement.source.months", publisher=publisher, years=_years(months)))
    if len(asia):
        parts.append(say("charts.settlement.subtitle.asia", years=_years(asia)))
        sources.append(say_many("charts.settlement.source.asia", asia["source"].nunique(), years=_years(asia)))
    finding, figures = _finding(stated, months, asia)
    source = say("sources.line", sources=text.clauses(sources))
    return Words(finding, _together(parts), source, "%", say("charts.settlement.note"), figures)


def _together(parts: list[str]) -> str:
    """Set the parts of the subtitle one behind the other."""
    if len(parts) < 2:
        return "".join(parts)
    return say(_TOGETHER[len(parts)], **dict(zip(("first", "second", "third"), parts, strict=False)))


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
        one = {"first": _share(first), "when": _when(first), "speaker": _speaker(first["speaker"], short=True)}
        other = {"last": _share(last), "then": _when(last), "other": _speaker(last["speaker"], short=True)}
        return say("charts.settlement.finding", **one, **other), (_figure(first), _figure(last))
    if len(stated):
        last = stated.iloc[-1]
        places = {"share": _share(last), "speaker": _speaker(last["speaker"], short=True), "when": _when(last)}
        return say("charts.settlement.one", what=say(_HEADINGS[last["what"]]), **places), (_figure(last),)
    if months.empty:
        return _regional(asia)
    newest = months[months["period_end"].eq(months["period_end"].max()) & months["flow"].eq("import")]
    share = float(newest["share_pct"].sum())
    row = newest.iloc[0]
    sentence = say("charts.settlement.paid", share=text.share(share, 0), when=_when(row))
    return sentence, (replace(_figure(row), value=share),)


def _regional(asia: pd.DataFrame) -> tuple[str, tuple[Stated, ...]]:
    if asia.empty:
        return say("charts.settlement.regions"), ()
    row = asia.sort_values("period_end", kind="stable").iloc[-1]
    return say(_REGIONAL[str(row["flow"])], share=_share(row), when=_when(row)), (_figure(row),)


def _figure(row: pd.Series) -> Stated:
    span = row["period_start"], row["period_end"]
    return Stated(float(row["share_pct"]), str(row["basis"]), *span, base=str(row["base_basis"]))


def _when(row: pd.Series | dict[Hashable, Any]) -> str:
    return text.short_span(row["period_start"], row["period_end"])


def _plain(row: pd.Series | dict[Hashable, Any]) -> str:
    """Write a share with as many decimals as it was stated with."""
    value = float(row["share_pct"])
    return text.share(value, 0 if value.is_integer() else 1)


def _share(row: pd.Series) -> str:
    share = _plain(row)
    return say(_VAGUE[row["precision"]], share=share) if row["precision"] in _VAGUE else share


def in_words(cell: str) -> str:
    """Return who said a share, or what of, in the language that is spoken; empty for anything else."""
    key = _HEADINGS.get(cell) or _SPEAKERS.get(cell, ("",))[0]
    return say(key) if key else ""


def _speaker(name: str, *, short: bool) -> str:
    """Name a speaker in full, or by the last name alone."""
    return say(_SPEAKERS[name][int(short)]) if name in _SPEAKERS else name


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
    asia = _asia(rows)
    look = replace(look, height=900 if len(asia) else 750) if look.narrow else look
    figure = blank(look, words(rows, selection), geometry.room(look, left=0, right=0))
    room = figure.frame.across
    stated, months = rows[rows["series"].eq(SAID)], rows[rows["series"].eq(COUNTED)]
    if look.narrow:
        across, down = ((0.0, 1.0),) * 3, _STACKED if len(asia) else _STACKED_WITHOUT_ASIA
    else:
        lines = (0.42 if len(asia) else 0.1, 0.92)
        across, down = ((0.0, 0.53), (0.57, 1.0), (0.57, 1.0)), ((0.0, 1.0), lines, (0.0, 0.32))
    _axes(figure, across, down, look)
    wide = room * (across[0][1] - across[0][0])
    spot = _List(wide, 182 if look.narrow else 0.5 * wide, wide - 58)
    figure.update_layout(xaxis={"range": [0, wide]})
    if len(stated):
        _dots(figure, stated, spot, look)
    if len(months):
        _lines(figure, months, look)
    if len(asia):
        _regions(figure, asia, look, room * (across[2][1] - across[2][0]))
    return framed(figure)


def _axes(
    figure: Sheet, across: tuple[tuple[float, float], ...], down: tuple[tuple[float, float], ...], look: Look
) -> None:
    """Give the list pixels without an axis, and the months a plain axis of per cent."""
    hidden: dict[str, Any] = {"visible": False, "fixedrange": True}
    plain: dict[str, Any] = {"fixedrange": True, "showgrid": False, "zeroline": False, "tickfont": {"size": look.axis}}
    room = figure.frame.across
    names = [f"<b>{say(key)}</b>  {text.share(88.8)}" for key in _LINES.values()]
    inner = geometry.beside(names, look.label, _BESIDE)
    right = (across[1][0] + geometry.scale(look, text.share(50.0, 0)) / room, across[1][1] - inner / room)
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
            "ticksuffix": text.per_cent(""),
        },
        xaxis3={**hidden, "domain": across[2], "anchor": "y3"},
        yaxis3={**hidden, "domain": down[2], "anchor": "x3"},
    )


def _dots(figure: Canvas, stated: pd.DataFrame, spot: _List, look: Look) -> None:
    """List the statements under their wording, in the order of time; hollow where the speaker was vague."""
    p = look.palette
    y = 0.0
    for what, heading in _HEADINGS.items():
        part = stated[stated["what"].eq(what)]
        if part.empty:
            continue
        note(figure, f"<b>{say(heading)}</b>", x=0, y=y, look=look, colour=p.ink)
        for row in part.to_dict("records"):
            y += 1
            speaker = _speaker(row["speaker"], short=look.narrow)
            name = say("charts.settlement.said_when", speaker=speaker, when=_when(row))
            small = {"size": look.axis, "color": p.ink2}
            note(figure, name, x=0, y=y, look=look, font=small)
            line = {"color": p.rule, "width": 1}
            figure.add_shape(
                type="line", x0=spot.zero, x1=spot.at(row["share_pct"]), y0=y, y1=y, line=line, layer="below"
            )
            vague = row["precision"] in _SIGNS
            figure.add_scatter(
                x=[spot.at(row["share_pct"])],
                y=[y],
                mode="markers",
                marker={"size": 9, "color": p.ground if vague else p.ink, "line": {"color": p.ink, "width": 1.8}},
                ids=[str(row.get(POINT, ""))],
                hovertext=_hover(row),
                hoverinfo="text",
            )
            label = f"<b>{_SIGNS.get(row['precision'], '')}{_plain(row)}</b>"
            note(figure, label, x=spot.at(row["share_pct"]), y=y, look=look, colour=p.ink, xshift=9)
        y += 1.4
    figure.update_layout(yaxis={"range": [y - 0.4, -0.7]})


def _hover(row: dict[Hashable, Any]) -> str:
    who = {"speaker": _speaker(str(row["speaker"]), short=False), "source": str(row["source"])}
    return say("charts.settlement.hover.said", share=_share(pd.Series(row)), **who)


def _hover_asia(row: dict[Hashable, Any]) -> str:
    if not isinstance(row["doubt"], str):
        return say("charts.settlement.hover.asia", share=_plain(row), source=str(row["source"]))
    doubt = say(_DOUBTS[row["doubt"]]) if row["doubt"] in _DOUBTS else row["doubt"]
    return say("charts.settlement.hover.asia_doubt", share=_plain(row), source=str(row["source"]), doubt=doubt)


def _regions(figure: Canvas, asia: pd.DataFrame, look: Look, wide: float) -> None:
    """List the Bank of Russia's shares of the rouble with Asia as dots, doubtful ones hollow."""
    p = look.palette
    spot = _List(wide, 0.42 * wide, wide - 58)
    style: dict[str, Any] = {"xref": "x3", "yref": "y3", "look": look}
    note(figure, f"<b>{say('charts.settlement.asia')}</b>", x=0, y=0, colour=p.ink, **style)
    for y, row in enumerate(asia.to_dict("records"), start=1):
        doubt = isinstance(row["doubt"], str)
        name = say(_WITH_ASIA[str(row["flow"])], when=_when(row))
        note(figure, name, x=0, y=y, font={"size": look.axis, "color": p.ink2}, **style)
        figure.add_scatter(
            x=[spot.at(row["share_pct"])],
            y=[y],
            xaxis="x3",
            yaxis="y3",
            mode="markers",
            marker={"size": 9, "color": p.ground if doubt else p.russia, "line": {"color": p.russia, "width": 1.8}},
            ids=[str(row.get(POINT, ""))],
            hovertext=_hover_asia(row),
            hoverinfo="text",
        )
        label = f"<b>{'? ' if doubt else ''}{_plain(row)}</b>"
        note(figure, label, x=spot.at(row["share_pct"]), y=y, colour=p.russia_text, xshift=9, **style)
    figure.update_layout(xaxis3={"range": [0, wide]}, yaxis3={"range": [len(asia) + 0.6, -0.7]})


def _lines(figure: Sheet, months: pd.DataFrame, look: Look) -> None:
    """Draw yuan and roubles in receipts and payments: colour is the currency's country, dashes are exports."""
    p = look.palette
    colours = {"CNY": (p.china, p.china_text), "RUB": (p.russia, p.russia_text)}
    ends = []
    for (flow, currency), part in months.groupby(["flow", "settlement_currency"]):
        fill, ink = colours[str(currency)]
        name = say(_LINES[str(currency), str(flow)])
        x = time_axis.place(part["period_start"]) + 0.5
        figure.add_scatter(
            x=x,
            y=part["share_pct"],
            xaxis="x2",
            yaxis="y2",
            mode="lines",
            line={"color": fill, "width": 2.5, "dash": "6px,3px" if flow == "export" else "solid"},
            ids=ids(part),
            customdata=[
                say("charts.settlement.hover.month", line=name, month=text.short_month(day), share=text.share(share))
                for day, share in zip(part["period_start"], part["share_pct"], strict=True)
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
        ends.append((float(part["share_pct"].iloc[-1]), name, ink))
    first, last = time_axis.at(months["period_start"].min()), time_axis.at(months["period_end"].max()) + 1
    years = sorted(set(months["period_start"].dt.year))
    figure.update_layout(
        xaxis2={
            "range": [first, last],
            "tickvals": [_centre(months, year) for year in years],
            "ticktext": [text.year(year) for year in years],
        }
    )
    figure.update_layout(yaxis2={"range": [0, max(50.5, float(months["share_pct"].max()) * 1.05)]})
    _end_names(figure, ends, last, look)
    note(
        figure,
        f"<b>{say('charts.settlement.all_partners')}</b>",
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
        note(figure, f"<b>{name}</b>  {text.share(y)}", x=edge, y=placed, look=look, colour=ink, **style)


CHART: Final = Chart(
    "settlement",
    rows,
    words,
    draw,
    marks=("series", "speaker", "region", "flow", "settlement_currency"),
    parts=row_parts.none,
    shows=shows,
)
