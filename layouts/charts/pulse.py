"""Is trade growing now? China's exports up, its imports down, the balance between them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis import growth, windows
from layouts import text
from layouts.charts import happenings, marks, pulse_marks, sources
from layouts.charts.base import Chart, Choice, Words, blank, framed
from layouts.theme import PRINT, Look

if TYPE_CHECKING:
    from collections.abc import Hashable

    import plotly.graph_objects as go

    from analysis.book import Book
    from analysis.selection import Selection

SINCE: Final = "2019-01"
MEASURES: Final = {
    "level": "value by month",
    "yoy": "change on the same months a year before",
    "ytd_yoy": "year to date, change on a year before",
    "sum12": "sum of twelve months",
}
_SHOWN: Final = {"both": ("export", "import"), "export": ("export",), "import": ("import",), "total": ("total",)}
_VERBS: Final = {"export": "exports", "import": "imports", "total": "trade"}


def currency_of(selection: Selection) -> str:
    """Return the currency shown: yuan unless asked otherwise, since only yuan runs to the newest month."""
    return selection.currency or "CNY"


def measure_of(selection: Selection) -> str:
    """Return the measure shown."""
    return selection.measure or "level"


def rows(book: Book, selection: Selection) -> pd.DataFrame:
    """Return what is plotted: one row a flow and period, values in whole units, rates in per cent."""
    series = {"ytd_yoy": growth.year_to_date, "sum12": growth.twelve_months}.get(measure_of(selection), growth.by_month)
    table = series(book, currency_of(selection))
    flows = _SHOWN[selection.flow or "both"]
    inside = selection.covers(table, SINCE) if measure_of(selection) != "sum12" else _ends_inside(table, selection)
    return happenings.added(book, table[table["flow"].isin(flows) & inside].reset_index(drop=True), selection)


def _ends_inside(table: pd.DataFrame, selection: Selection) -> pd.Series:
    return selection.covers(table.assign(period_start=table["period_end"]), SINCE)


def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    currency, measure = currency_of(selection), measure_of(selection)
    rows, _ = happenings.apart(rows)
    if rows.empty:
        return Words("No figures for this choice", "Choose another period, flow or currency", "", "")
    start, end = rows["period_start" if measure != "sum12" else "period_end"].min(), rows["period_end"].max()
    unit = text.unit_bn(currency) if measure in {"level", "sum12"} else "%"
    flow = selection.flow or "both"
    what = {
        "both": "exports to Russia (FOB) and imports from Russia (CIF)",
        "export": "exports to Russia (FOB)",
        "import": "imports from Russia (CIF)",
        "total": "trade with Russia, exports (FOB) plus imports (CIF)",
    }[flow]
    subtitle = f"China’s {what}, {MEASURES[measure]}, {unit}, {text.span(start, end)}"
    return Words(_finding(rows, selection), subtitle, sources.line(rows), unit, _note(rows, measure))


def _finding(rows: pd.DataFrame, selection: Selection) -> str:
    """Say what the newest period shows; neutral where that cannot be said."""
    measure, currency = measure_of(selection), currency_of(selection)
    newest = rows[rows["period_end"].eq(rows["period_end"].max())]
    flows = {row["flow"]: row for row in newest.to_dict("records")}
    first = next(iter(flows.values()))
    when = windows.period_name(first["period_start"], first["period_end"])
    if measure == "sum12":
        said = [f"{_VERBS[flow]} {text.money(row['value'], currency)}{_bracketed(row)}" for flow, row in flows.items()]
        return f"Twelve months to {first['period_end']:%b %Y}: {text.listed(said)}"
    if any(pd.isna(row["yoy_pct"]) for row in flows.values()):
        levels = [f"{_VERBS[flow]} {text.money(row['value'], currency)}" for flow, row in flows.items()]
        return f"{when}: {text.listed(levels)}"
    if "total" in flows:
        row = flows["total"]
        way = "up" if row["yoy_pct"] >= 0 else "down"
        change = f"{way} {text.number(abs(row['yoy_pct']))}% on a year before"
        return f"Trade came to {text.money(row['value'], currency)} in {when}, {change}"
    deeds = {"export": "sold", "import": "bought"}
    said = [f"{deeds[flow]} {_more(row['yoy_pct'])}" for flow, row in flows.items()]
    return f"{when}: China {text.listed(said)} than a year ago"


def _more(rate: float) -> str:
    return f"{text.number(abs(rate))}% {'more' if rate >= 0 else 'less'}"


def _bracketed(row: dict[Hashable, Any]) -> str:
    return "" if pd.isna(row["yoy_pct"]) else f" ({text.percent(row['yoy_pct'])})"


def _note(rows: pd.DataFrame, measure: str) -> str:
    said = []
    if measure == "level" and rows["months"].eq(2).any():
        said.append("Wide bars: January and February together, monthly average.")
    if measure in {"yoy", "ytd_yoy"}:
        said.append("Computed from the figures shown; printed rates use bases that customs revised since.")
    return " ".join(said)


def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> go.Figure:
    """Draw the picture in the look."""
    figure = blank(look)
    figures, events = happenings.apart(rows)
    level = measure_of(selection) == "level"
    edge = "period_start" if level else "period_end"
    weak = marks.weak_tail(figures, edge) if len(figures) else None
    if len(figures):
        end = figures["period_end"].max()
        if level:
            pulse_marks.bars(figure, figures, look)
        else:
            pulse_marks.lines(figure, figures, look, summed=measure_of(selection) == "sum12")
        marks.month_axis(figure, figures[edge].min(), end, look)
        happenings.draw(figure, events, look)
        if weak is not None:
            word = "faint: preliminary" if level else "dashed: preliminary"
            marks.bracket(figure, marks.at(weak), marks.at(end) + 1, word, look)
    said = words(rows, selection)
    said = replace(said, note=f"{said.note} {happenings.note(events, look)}".strip())
    return framed(figure, said, look, below=30 if weak is None else 46, band=happenings.band(events, look))


CHART: Final = Chart(
    "pulse",
    "Trade by month",
    "Is trade growing now?",
    rows,
    words,
    draw,
    choices=(Choice("events", "Events", (("off", "Off"), ("on", "On"))),),
    marks=("flow",),
)
