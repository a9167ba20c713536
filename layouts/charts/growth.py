"""How fast, on what base? Growth by month, to date, over 3 and 12 months; printed rates and the article's beside it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis import claims, growth, printed_rates, windows
from analysis.printed_rates import MONTH, TO_DATE
from layouts import text
from layouts.charts import growth_marks, marks, sources
from layouts.charts.base import Chart, Words
from layouts.charts.frame import blank, framed
from layouts.charts.pulse import SINCE, currency_of
from layouts.theme import PRINT, Look

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from analysis.book import Book
    from analysis.selection import Selection

CLAIM: Final = "trade-growth-2023h1"
COMPUTED: Final = ("month", "year to date", "3 months", "12 months")
_LINES: Final = {"sum3": "3 months", "sum12": "12 months"}
_FLOW: Final = {"total": "trade with Russia, both ways", "export": "exports to Russia", "import": "imports from Russia"}


def flow_of(selection: Selection) -> str:
    """Return the one flow shown: trade both ways unless one was asked for."""
    return selection.flow if selection.flow in {"export", "import"} else "total"


def line_of(selection: Selection) -> str:
    """Return which series is drawn as a line over the months: the year to date unless sums were asked for."""
    return _LINES.get(selection.measure or "", "year to date")


def rows(book: Book, selection: Selection) -> pd.DataFrame:
    """Return all rates in ``yoy_pct``, computed and printed, and the article's where its window is in view."""
    currency, flow = currency_of(selection), flow_of(selection)
    table, printed = _computed(book, currency), printed_rates.compared(book, currency)
    # a sum counts where it ends in view: its first months may lie before
    begins = table["period_start"].where(~table["series"].isin(COMPUTED[2:]), table["period_end"])
    parts = [
        table[table["flow"].eq(flow) & selection.covers(table.assign(period_start=begins), SINCE)],
        printed[printed["flow"].eq(flow) & selection.covers(printed, SINCE)] if len(printed) else printed,
        _article(book, selection) if flow == "total" else table.iloc[:0],
    ]
    held = [part for part in parts if len(part)]
    return pd.concat(held, ignore_index=True) if held else table.iloc[:0]


@lru_cache(maxsize=8)
def _computed(book: Book, currency: str) -> pd.DataFrame:
    """Return every computed rate, its series first: by month, to date, over three and twelve months."""
    series = (
        growth.by_month(book, currency),
        growth.year_to_date(book, currency),
        growth.summed(book, currency, 3),
        growth.twelve_months(book, currency),
    )
    named = [table.assign(series=name) for name, table in zip(COMPUTED, series, strict=True)]
    table = pd.concat(named, ignore_index=True)
    first = ["series", *[column for column in table.columns if column != "series"]]
    return table.loc[table["yoy_pct"].notna(), first].reset_index(drop=True)


def _article(book: Book, selection: Selection) -> pd.DataFrame:
    """Return the article's growth claim as a row, and in words what it really is."""
    verdict = next((v for v in claims.judge(book) if v.id == CLAIM), None)
    if verdict is None:
        return pd.DataFrame()
    row = {
        "series": "article",
        "flow": "total",
        "period_start": pd.Timestamp(f"{verdict.period_start}-01"),
        "period_end": pd.Timestamp(f"{verdict.period_end}-01"),
        "yoy_pct": float(verdict.value),
        "source": "article",
        "status": "estimated",
        "provisional": False,
        "reference": verdict.sentence,
    }
    table = pd.DataFrame([row])
    return table[selection.covers(table, SINCE)]


def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    line = line_of(selection)
    held = rows[rows["series"].isin(["month", line])]
    if held.empty:
        return Words("No growth rates for this choice", "Choose another period, flow or currency", "", "%")
    currency, flow = currency_of(selection), flow_of(selection)
    money = "US dollars" if currency == "USD" else "yuan"
    subtitle = (
        f"China’s {_FLOW[flow]}, {money}, change on the same months a year before, %, "
        f"{text.span(growth_marks.edge(held), held['period_end'].max())}"
    )
    gaps = " No sum of three months ends in January or April then." if line == "3 months" else ""
    note = f"January and February are compared together since 2020.{gaps}{_why(rows, currency, line)}"
    return Words(_finding(held, line), subtitle, sources.line(_drawn(rows, line)), "%", note)


def _drawn(rows: pd.DataFrame, line: str) -> pd.DataFrame:
    """Keep what the picture shows: the other series are in the rows alone."""
    other = [name for name in COMPUTED[1:] if name != line]
    return rows[~rows["series"].isin(other)]


def _why(rows: pd.DataFrame, currency: str, line: str) -> str:
    """Say how far printed rates are from computed ones, and why."""
    if "differs" not in rows:
        return ""
    kinds = [MONTH, TO_DATE] if line == "year to date" else [MONTH]
    printed = rows[rows["series"].isin(kinds) & rows["computed_pct"].notna()]
    # January-February stands under both names
    printed = printed.drop_duplicates(["period_start", "period_end", "yoy_pct", "currency"])
    apart = printed[printed["differs"].eq(True)]  # noqa: FBT003 (a column of three values: other series have none)
    if apart.empty:
        return f" All {len(printed)} printed rates agree with the computed ones." if len(printed) else ""
    most = apart.sort_values("difference_pp", key=abs).to_dict("records")[-1]
    when = windows.period_name(most["period_start"], most["period_end"])
    reason = (
        "they are in US$, the bars in yuan, and customs compare with a base that they revise"
        if currency == "CNY"
        else "customs compare with a base that they had revised, and both figures were revised since"
    )
    farthest = text.number(abs(most["difference_pp"]))
    return (
        f" Open marks: {len(apart)} of {len(printed)} printed rates are more than {printed_rates.TOLERATED} points "
        f"off, at most {farthest} ({when}: printed {text.percent(most['yoy_pct'])}); {reason}."
    )


def _finding(held: pd.DataFrame, line: str) -> str:
    """Compare the newest point of the line with the same a year before."""
    part = held[held["series"].eq(line)].sort_values("period_end")
    if part.empty:
        newest = held.sort_values("period_end").iloc[-1]
        return (
            f"{text.percent(newest['yoy_pct'])} in {windows.period_name(newest['period_start'], newest['period_end'])}"
        )
    newest = part.iloc[-1]
    name = windows.period_name(newest["period_start"], newest["period_end"])
    if line != "year to date":
        name = f"{line} to {newest['period_end']:%b %Y}"
    before = part[part["period_end"].eq(newest["period_end"] - pd.DateOffset(years=1))]
    rate = newest["yoy_pct"]
    way = "up" if rate > 0 else "down"
    said = f"{name}: {way} {text.number(abs(rate))}% on a year before"
    if len(before):
        last = before.iloc[0]["yoy_pct"]
        when = f"in {newest['period_end'].year - 1}" if line == "year to date" else "a year earlier"
        said += f", after {text.percent(last)} {when}"
    return said


def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> go.Figure:
    """Draw the months as bars, one series as a line, printed rates that differ as open marks."""
    if look.narrow:
        look = replace(look, gutter=54)  # the two rates at the ends stand beside the plot
    figure = blank(look)
    said = words(rows, selection)
    line = line_of(selection)
    month, over = rows[rows["series"].eq("month")], rows[rows["series"].eq(line)]
    held = rows[rows["series"].isin(["month", line])]
    weak = marks.weak_tail(month, "period_start") if len(month) else None
    if len(held):
        growth_marks.bars(figure, month, look)
        growth_marks.line(figure, over, look, by_year=line == "year to date")
        growth_marks.printed(figure, _marked(rows, line), currency_of(selection), look)
        start, end = growth_marks.edge(held), held["period_end"].max()
        marks.month_axis(figure, start, end, look)
        if weak is not None:
            marks.bracket(figure, marks.at(weak), marks.at(end) + 1, "faint, dashed: preliminary", look)
        growth_marks.article(figure, rows, held, look)
        growth_marks.labels(figure, month, over, line, look)
    figure.update_yaxes(
        zeroline=True, zerolinecolor=look.palette.ink, ticksuffix="%", nticks=8, tickfont={"size": look.axis}
    )
    return framed(figure, said, look, below=30 if weak is None else 46)


def _marked(rows: pd.DataFrame, line: str) -> pd.DataFrame:
    """Return the printed rates that stand beside what is drawn and differ from it."""
    if "differs" not in rows:
        return rows.iloc[:0]
    by_month = rows["series"].eq(MONTH)
    if line == "year to date":  # January-February then stands among the years to date
        by_month = (by_month & rows["months"].eq(1)) | rows["series"].eq(TO_DATE)
    return rows[by_month & rows["differs"].eq(True)]  # noqa: FBT003 (other series have none)


CHART: Final = Chart(
    "growth",
    "Growth",
    "How fast, on what base?",
    rows,
    words,
    draw,
    marks=("series", "flow"),
    reads=("flow", "measure", "currency"),
)
