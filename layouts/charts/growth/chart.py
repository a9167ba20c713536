"""How fast, on what base? Growth by month, to date, over 3 and 12 months; printed rates and the article's beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis import windows
from analysis.cache import per_dataset
from analysis.claims import article as article_claims
from analysis.measures.monthly import growth, printed_rates
from analysis.measures.monthly.printed_rates import MONTH, TO_DATE
from analysis.measures.monthly.series import newest_month
from layouts.charts.claims import wording
from layouts.charts.growth import currencies as growth_currencies
from layouts.charts.growth import marks as growth_marks
from layouts.charts.pulse.chart import SINCE, currency_of
from layouts.drawing import geometry
from layouts.figure import instead, series_words, source_line, time_axis
from layouts.figure.chart import Chart, Choice, Stated, Words
from layouts.figure.frame import blank, framed
from layouts.look.theme import PRINT, Look
from layouts.words import text

if TYPE_CHECKING:
    from analysis.dataset import Dataset
    from analysis.selection import Selection
    from layouts.drawing.canvas import Canvas

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


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return all rates in ``yoy_pct``, computed and printed, and the article's where its window is in view.

    ``leads`` marks customs' own printed rate of a year to date where the line is drawn through it. Under
    ``against`` the same growth in both currencies and the change of the exchange rate instead.
    """
    if selection.against == "currencies":
        return growth_currencies.rows(dataset, selection, flow_of(selection))
    currency, flow = currency_of(selection), flow_of(selection)
    table, printed = _computed(dataset, currency), _printed(dataset, currency)
    # a sum counts where it ends in view: its first months may lie before
    begins = table["period_start"].where(~table["series"].isin(COMPUTED[2:]), table["period_end"])
    parts = [
        table[table["flow"].eq(flow) & selection.covers(table.assign(period_start=begins), SINCE)],
        printed[printed["flow"].eq(flow) & selection.covers(printed, SINCE)] if len(printed) else printed,
        _article(dataset, selection) if flow == "total" else table.iloc[:0],
    ]
    held = [part for part in parts if len(part)]
    if not held:
        return table.iloc[:0]
    return pd.concat(held, ignore_index=True).assign(newest_month=newest_month(dataset))


@per_dataset(4)
def _printed(dataset: Dataset, currency: str) -> pd.DataFrame:
    """Return the printed rates of the currency beside ours, and which of them the line is drawn through."""
    to_date = growth.year_to_date(dataset, currency)
    rows = printed_rates.compared(printed_rates.table(dataset), currency, growth.by_month(dataset, currency), to_date)
    if rows.empty:
        return rows
    cell = ["flow", "period_start", "period_end"]
    led = to_date.loc[to_date["rate_by"].eq("customs"), [*cell, "printed_pct"]]
    met = rows[[*cell, "yoy_pct"]].merge(led, on=cell, how="left")
    return rows.assign(leads=met["printed_pct"].eq(met["yoy_pct"]).to_numpy())


@per_dataset(8)
def _computed(dataset: Dataset, currency: str) -> pd.DataFrame:
    """Return every computed rate, its series first: by month, to date, over three and twelve months."""
    series = (
        growth.by_month(dataset, currency),
        growth.year_to_date(dataset, currency),
        growth.summed(dataset, currency, 3),
        growth.twelve_months(dataset, currency),
    )
    named = [table.assign(series=name) for name, table in zip(COMPUTED, series, strict=True)]
    table = pd.concat(named, ignore_index=True)
    first = ["series", *[column for column in table.columns if column != "series"]]
    return table.loc[table["yoy_pct"].notna(), first].reset_index(drop=True)


def _article(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return the article's growth claim as a row, and in words what it really is."""
    verdict = next((v for v in article_claims.judge(dataset) if v.id == CLAIM), None)
    if verdict is None:
        return pd.DataFrame()
    row = {
        "series": "article",
        "flow": "total",
        "period_start": pd.Timestamp(f"{verdict.period_start}-01"),
        "period_end": pd.Timestamp(f"{verdict.period_end}-01"),
        "yoy_pct": float(verdict.value),
        "source": "article",
        "currency": "USD",
        "status": "quoted",
        "provisional": False,
        "reference": wording.sentence(verdict),
    }
    table = pd.DataFrame([row])
    return table[selection.covers(table, SINCE)]


def shows(rows: pd.DataFrame, selection: Selection) -> bool:
    """Return whether there are bars or a line: rates that are quoted stand only beside them."""
    drawn = selection.against == "currencies" or rows["series"].isin(["month", line_of(selection)])
    return bool((rows["series"].notna() & drawn).any())


@instead.said
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    if selection.against == "currencies":
        return growth_currencies.words(rows, selection, _FLOW[flow_of(selection)])
    line = line_of(selection)
    held = rows[rows["series"].isin(["month", line])]
    if held.empty:
        lacking = "No months of China’s trade with Russia are held on one basis with the same months a year before"
        return Words("No growth rate can be computed", lacking, "", "%")
    currency, flow = currency_of(selection), flow_of(selection)
    money = text.CURRENCIES[currency]
    subtitle = (
        f"China’s {_FLOW[flow]}, {money}, change on the same months a year before, %, "
        f"{text.span(growth_marks.edge(held), held['period_end'].max())}"
    )
    finding, stated = _finding(held, line)
    return Words(finding, subtitle, source_line.line(_drawn(rows, line)), "%", _note(rows, selection), stated)


def _note(rows: pd.DataFrame, selection: Selection) -> str:
    """Say how months are taken together, whose rates are drawn, on which basis, and what they leave out."""
    line, currency = line_of(selection), currency_of(selection)
    said = [
        "January and February are compared together since 2020.",
        "No sum of three months ends in January or April then." if line == "3 months" else "",
        _leading(rows) if line == "year to date" else "",
        _why(rows, line),
        series_words.basis_note(rows[rows["series"].eq("month")], currency, "Bars"),
        "" if selection.end else series_words.behind(rows[rows["series"].eq("month")], currency),
    ]
    return " ".join(part for part in said if part)


def _leading(rows: pd.DataFrame) -> str:
    """Say that the line is customs' own where they print a rate with a first print, and what ours would be."""
    own = rows[rows["series"].eq("year to date") & rows.get("rate_by", pd.Series("", rows.index)).eq("customs")]
    if own.empty:
        return "The line is computed."
    newest = own.sort_values("period_end").iloc[-1]
    name = windows.period_name(newest["period_start"], newest["period_end"])
    said = "The line is customs’ own printed rate wherever the figures are first prints that they print one with"
    if pd.isna(newest["computed_pct"]):
        return f"{said}."
    return (
        f"{said}; their two tables themselves give {text.percent(newest['computed_pct'])} for {name}, "
        "since customs compare with a base that they have revised."
    )


def _drawn(rows: pd.DataFrame, line: str) -> pd.DataFrame:
    """Keep what the picture shows: the other series are in the rows alone."""
    other = [name for name in COMPUTED[1:] if name != line]
    return rows[~rows["series"].isin(other)]


def _why(rows: pd.DataFrame, line: str) -> str:
    """Say how far printed rates are from computed ones, and why."""
    if "differs" not in rows:
        return ""
    kinds = [MONTH, TO_DATE] if line == "year to date" else [MONTH]
    printed = rows[rows["series"].isin(kinds) & rows["computed_pct"].notna() & _beside(rows, line)]
    # January-February stands under both names
    printed = printed.drop_duplicates(["period_start", "period_end", "yoy_pct", "currency"])
    apart = printed[printed["differs"].eq(True)]  # noqa: FBT003 (a column of three values: other series have none)
    if apart.empty:
        return f"All {len(printed)} other printed rates agree with the computed ones." if len(printed) else ""
    most = apart.sort_values("difference_pp", key=abs).to_dict("records")[-1]
    when = windows.period_name(most["period_start"], most["period_end"])
    farthest = text.number(abs(most["difference_pp"]))
    return (
        f"Open marks: {len(apart)} of {len(printed)} printed rates are more than {printed_rates.TOLERATED} points "
        f"off what is computed, at most {farthest} ({when}: printed {text.percent(most['yoy_pct'])}); customs compare "
        "with a base that they had revised, and both figures were revised since."
    )


def _finding(held: pd.DataFrame, line: str) -> tuple[str, tuple[Stated, ...]]:
    """Compare the newest point of the line with the same a year before, and name the window of each."""
    part = held[held["series"].eq(line)].sort_values("period_end")
    if part.empty:
        newest = held.sort_values("period_end").iloc[-1]
        name = windows.period_name(newest["period_start"], newest["period_end"])
        return f"{text.percent(newest['yoy_pct'])} in {name}", (series_words.figure(newest, "yoy_pct", rate=True),)
    newest = part.iloc[-1]
    before = part[part["period_end"].eq(newest["period_end"] - pd.DateOffset(years=1))]
    rate = newest["yoy_pct"]
    way = "up" if rate > 0 else "down"
    said = f"{_window(newest, line)}: {way} {text.number(abs(rate))}% on a year before"
    stated = [series_words.figure(newest, "yoy_pct", rate=True)]
    if len(before):
        last = before.iloc[0]
        joint = "in the " if line != "year to date" else "in "
        said += f", after {text.percent(last['yoy_pct'])} {joint}{_window(last, line)}"
        stated.append(series_words.figure(last, "yoy_pct", rate=True))
    return said, tuple(stated)


def _window(row: pd.Series, line: str) -> str:
    """Name the window of a rate: ``Jan–Jul 2026``, ``12 months to Jul 2026``."""
    if line == "year to date":
        return windows.period_name(row["period_start"], row["period_end"])
    return f"{line} to {row['period_end']:%b %Y}"


@instead.seen
def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw the months as bars, one series as a line, printed rates that differ as open marks."""
    if selection.against == "currencies":
        return growth_currencies.draw(rows, words(rows, selection), look)
    line = line_of(selection)
    month, over = rows[rows["series"].eq("month")], rows[rows["series"].eq(line)]
    held = rows[rows["series"].isin(["month", line])]
    weak = time_axis.weak_tail(month, "period_start") if len(month) else None
    names = [said for _, said, _ in growth_marks.named(month, over, line, look)]
    below = geometry.AXIS + (0 if weak is None else geometry.BELOW)
    around = geometry.room(look, right=geometry.ends(look, names), below=below)
    figure = blank(look, words(rows, selection), around)
    if len(held):
        growth_marks.bars(figure, month, look)
        growth_marks.line(figure, over, look, by_year=line == "year to date")
        growth_marks.printed(figure, _marked(rows, line), currency_of(selection), look)
        start, end = growth_marks.edge(held), held["period_end"].max()
        time_axis.month_axis(figure, start, end, look)
        series_words.rules(figure, month, look)
        if weak is not None:
            time_axis.bracket(figure, time_axis.at(weak), time_axis.at(end) + 1, "faint, dashed: preliminary", look)
        growth_marks.article(figure, rows, held, look)
        growth_marks.labels(figure, month, over, line, look)
    figure.update_yaxes(
        zeroline=True, zerolinecolor=look.palette.ink, ticksuffix="%", nticks=8, tickfont={"size": look.axis}
    )
    return framed(figure)


def _marked(rows: pd.DataFrame, line: str) -> pd.DataFrame:
    """Return the printed rates that stand beside what is drawn and differ from it."""
    if "differs" not in rows:
        return rows.iloc[:0]
    by_month = rows["series"].eq(MONTH)
    if line == "year to date":  # January-February then stands among the years to date
        by_month = (by_month & rows["months"].eq(1)) | rows["series"].eq(TO_DATE)
    return rows[by_month & _beside(rows, line) & rows["differs"].eq(True)]  # noqa: FBT003 (other series have none)


def _beside(rows: pd.DataFrame, line: str) -> pd.Series:
    """Return which rates do not lead the line: of sums none does."""
    return rows["leads"].ne(True) | (line != "year to date")  # noqa: FBT003 (other series have none)


CHART: Final = Chart(
    "growth",
    rows,
    words,
    draw,
    choices=(
        Choice(
            "against",
            ("prints", "currencies"),
        ),
    ),
    marks=("series", "flow"),
    reads=("flow", "measure", "currency", "against"),
    shows=shows,
)
