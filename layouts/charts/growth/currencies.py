"""The growth chart in both currencies: yuan, US dollars, and the exchange rate that lies between them."""

from typing import Final

import pandas as pd

from analysis.dataset import Dataset
from analysis.measures.monthly import yuan_and_dollars
from analysis.measures.monthly.yuan_and_dollars import DOLLARS, RATE, YUAN
from analysis.selection import Selection
from layouts.charts.growth import marks as growth_marks
from layouts.charts.pulse.chart import SINCE
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.drawing.sheet import Sheet
from layouts.figure import series_words, source_line, time_axis
from layouts.figure.chart import Words
from layouts.figure.frame import blank, framed
from layouts.look.theme import Look
from layouts.words import text
from layouts.words.catalogue import say

_ENDS: Final = {YUAN: "charts.growth.in_yuan", DOLLARS: "charts.growth.in_dollars"}


def rows(dataset: Dataset, selection: Selection, flow: str) -> pd.DataFrame:
    """Return three rows a year to date of one flow: growth in yuan, in US dollars, and of the rate between them."""
    table = yuan_and_dollars.both(dataset)
    table = table[table["flow"].eq(flow)]
    return series_words.reasons(dataset, table[selection.covers(table, SINCE)].reset_index(drop=True))


def words(rows: pd.DataFrame, selection: Selection, what: str) -> Words:
    """Say the growth of the newest window in both currencies and what the exchange rate explains of it."""
    del selection
    if rows.empty:
        return Words(say("charts.growth.currencies.none"), say("charts.growth.currencies.lacking"), "", "%")
    newest = {str(row["series"]): row for row in _newest(rows).to_dict("records")}
    yuan, dollars, rate = (newest[name] for name in (YUAN, DOLLARS, RATE))
    when = text.period(yuan["period_start"], yuan["period_end"])
    finding = say(
        "charts.growth.currencies.fewer" if rate["yoy_pct"] < 0 else "charts.growth.currencies.more",
        period=when,
        yuan=text.percent(yuan["yoy_pct"]),
        dollars=text.percent(dollars["yoy_pct"]),
        rate=text.share(abs(rate["yoy_pct"])),
    )
    span = text.span(rows["period_start"].min(), rows["period_end"].max())
    subtitle = say("charts.growth.currencies.subtitle", what=what, span=span)
    stated = tuple(series_words.figure(row, "yoy_pct", rate=True) for row in (yuan, dollars, rate))
    own = {"yuan": series_words.whose(yuan["basis"], "CNY"), "dollars": series_words.whose(dollars["basis"], "USD")}
    sentences = [
        say("charts.growth.currencies.one_set"),
        say("charts.growth.currencies.whose", period=when, **own),
        say("charts.growth.currencies.printed"),
    ]
    return Words(finding, subtitle, source_line.line(rows), "%", text.sentences(sentences), stated)


def _newest(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["period_end"].eq(rows["period_end"].max())]


def draw(rows: pd.DataFrame, words: Words, look: Look) -> Canvas:
    """Draw both rates as lines, one a year, and the change of the exchange rate as bars."""
    figure = blank(look, words, geometry.room(look, right=geometry.ends(look, _named(rows, look).values())))
    if len(rows):
        bars = rows[rows["series"].eq(RATE)]
        # each year to date stands at its last month
        growth_marks.bars(figure, bars.assign(period_start=bars["period_end"], months=1, provisional=False), look)
        inks = {DOLLARS: look.palette.ink3, YUAN: look.palette.ink}
        for name, ink in inks.items():
            growth_marks.line(figure, rows[rows["series"].eq(name)], look, by_year=True, ink=ink)
        _ends(figure, rows, inks, look)
        time_axis.month_axis(figure, rows["period_end"].min(), rows["period_end"].max(), look)
    growth_marks.rate_axis(figure, look)
    return framed(figure)


def _ends(figure: Sheet, rows: pd.DataFrame, inks: dict[str, str], look: Look) -> None:
    """Name both lines at their ends."""
    newest, named = _newest(rows).set_index("series")["yoy_pct"], _named(rows, look)
    growth_marks.ends(figure, rows, [(float(newest[name]), named[name], ink) for name, ink in inks.items()], look)


def _named(rows: pd.DataFrame, look: Look) -> dict[str, str]:
    """Return the words at the end of each line."""
    if rows.empty:
        return {}
    newest = _newest(rows).set_index("series")["yoy_pct"]
    rates = {name: f"<b>{text.percent(float(newest[name]))}</b>" for name in _ENDS}
    return rates if look.narrow else {name: f"<b>{say(_ENDS[name])}</b><br>{rate}" for name, rate in rates.items()}
