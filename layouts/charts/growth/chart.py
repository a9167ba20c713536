"""How fast, on what base? Growth by month, to date, over 3 and 12 months; printed rates and the article's beside it."""

from typing import Final

import pandas as pd

from analysis.cache import per_dataset
from analysis.claims import article as article_claims
from analysis.dataset import Dataset
from analysis.measures.monthly import growth, printed_rates
from analysis.measures.monthly.printed_rates import MONTH, TO_DATE
from analysis.measures.monthly.series import JOINED_SINCE, newest_month
from analysis.selection import AGAINST, Selection
from layouts.charts.claims import wording
from layouts.charts.growth import currencies as growth_currencies
from layouts.charts.growth import marks as growth_marks
from layouts.charts.pulse.chart import SINCE, currency_of
from layouts.drawing import geometry
from layouts.drawing.canvas import Canvas
from layouts.figure import instead, series_words, source_line, time_axis
from layouts.figure.chart import Chart, Choice, Stated, Words
from layouts.figure.frame import blank, framed
from layouts.look.theme import PRINT, Look
from layouts.words import text
from layouts.words.catalogue import say, say_many

CLAIM: Final = "trade-growth-2023h1"
COMPUTED: Final = ("month", "year to date", "3 months", "12 months")
_LINES: Final = {"sum3": "3 months", "sum12": "12 months"}
_WHAT: Final = "charts.growth.what.{}"
_TO_DATE: Final = COMPUTED[1]
_ENDING: Final = {"3 months": "charts.growth.ending.sum3", "12 months": "charts.growth.ending.sum12"}
# by whether the line is of sums of months, whether it rose, and whether the same a year before is held
_FINDINGS: Final = {
    (False, True, False): "charts.growth.rose",
    (False, False, False): "charts.growth.fell",
    (False, True, True): "charts.growth.rose_after",
    (False, False, True): "charts.growth.fell_after",
    (True, True, False): "charts.growth.sum_rose",
    (True, False, False): "charts.growth.sum_fell",
    (True, True, True): "charts.growth.sum_rose_after",
    (True, False, True): "charts.growth.sum_fell_after",
}


def line_of(selection: Selection) -> str:
    """Return which series is drawn as a line over the months: the year to date unless sums were asked for."""
    return _LINES.get(selection.measure or "", _TO_DATE)


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return all rates in ``yoy_pct``, computed and printed, and the article's where its window is in view.

    ``leads`` marks customs' own printed rate of a year to date where the line is drawn through it. Under
    ``against`` the same growth in both currencies and the change of the exchange rate instead.
    """
    if selection.against == "currencies":
        return growth_currencies.rows(dataset, selection, selection.one_flow)
    currency, flow = currency_of(selection), selection.one_flow
    table, printed = _computed(dataset, currency), _printed(dataset, currency)
    # a sum counts where it ends in view: its first months may lie before
    begins = table["period_start"].where(~table["series"].isin(COMPUTED[2:]), table["period_end"])
    parts = [
        table[table["flow"].eq(flow) & selection.covers(table.assign(period_start=begins), SINCE)],
        printed[printed["flow"].eq(flow) & selection.covers(printed, SINCE)] if len(printed) else printed,
        _article(dataset, selection) if flow == "total" else table.iloc[:0],
    ]
    filled = [part for part in parts if len(part)]
    if not filled:
        return table.iloc[:0]
    both = pd.concat(filled, ignore_index=True).assign(newest_month=newest_month(dataset))
    return series_words.reasons(dataset, both)


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
    verdict = article_claims.judge_one(dataset, CLAIM)
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


@instead.worded
def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Compute finding, subtitle and source line from the rows."""
    if selection.against == "currencies":
        return growth_currencies.words(rows, selection, say(_WHAT.format(selection.one_flow)))
    line = line_of(selection)
    shown = rows[rows["series"].isin(["month", line])]
    if shown.empty:
        return Words(say("charts.growth.none"), say("charts.growth.lacking"), "", "%")
    subtitle = say(
        "charts.growth.subtitle",
        what=say(_WHAT.format(selection.one_flow)),
        currency=text.currency_name(currency_of(selection)),
        span=text.span(growth_marks.edge(shown), shown["period_end"].max()),
    )
    finding, stated = _finding(shown, line)
    return Words(finding, subtitle, source_line.line(_drawn(rows, line)), "%", _note(rows, selection), stated)


def _note(rows: pd.DataFrame, selection: Selection) -> str:
    """Say how months are taken together, whose rates are drawn, on which basis, and what they leave out."""
    line, currency = line_of(selection), currency_of(selection)
    month = rows[rows["series"].eq("month")]
    sentences = [
        say("charts.growth.pairs", year=str(JOINED_SINCE)),
        say("charts.growth.no_sum") if line == _LINES["sum3"] else "",
        _leading(rows) if line == _TO_DATE else "",
        _why(rows, line),
        series_words.basis_note(month, currency, "bars"),
        "" if selection.end else series_words.behind(month, currency),
    ]
    return text.sentences(sentences)


def _leading(rows: pd.DataFrame) -> str:
    """Say that the line is customs' own where they print a rate with a first print, and what ours would be."""
    own = rows[rows["series"].eq(_TO_DATE) & rows.get("rate_by", pd.Series("", rows.index)).eq("customs")]
    if own.empty:
        return say("charts.growth.line.computed")
    newest = own.sort_values("period_end").iloc[-1]
    sentences = [say("charts.growth.line.customs")]
    if pd.notna(newest["computed_pct"]):
        when = text.period(newest["period_start"], newest["period_end"])
        sentences.append(say("charts.growth.line.ours", rate=text.percent(newest["computed_pct"]), period=when))
    return text.sentences(sentences)


def _drawn(rows: pd.DataFrame, line: str) -> pd.DataFrame:
    """Keep what the picture shows: the other series are in the rows alone."""
    other = [name for name in COMPUTED[1:] if name != line]
    return rows[~rows["series"].isin(other)]


def _why(rows: pd.DataFrame, line: str) -> str:
    """Say how far printed rates are from computed ones, and why."""
    if "differs" not in rows:
        return ""
    kinds = [MONTH, TO_DATE] if line == _TO_DATE else [MONTH]
    printed = rows[rows["series"].isin(kinds) & rows["computed_pct"].notna() & _beside(rows, line)]
    # January-February stands under both names
    printed = printed.drop_duplicates(["period_start", "period_end", "yoy_pct", "currency"])
    apart = printed[printed["differs"].eq(True)]  # noqa: FBT003 (a column of three values: other series have none)
    if apart.empty:
        return say_many("charts.growth.agree", len(printed)) if len(printed) else ""
    most = apart.sort_values("difference_pp", key=abs).to_dict("records")[-1]
    return say(
        "charts.growth.differ",
        count=str(len(apart)),
        all=str(len(printed)),
        tolerated=text.number(printed_rates.TOLERATED),
        farthest=text.number(abs(most["difference_pp"])),
        period=text.period(most["period_start"], most["period_end"]),
        rate=text.percent(most["yoy_pct"]),
    )


def _finding(drawn: pd.DataFrame, line: str) -> tuple[str, tuple[Stated, ...]]:
    """Compare the newest point of the line with the same a year before, and name the window of each."""
    part = drawn[drawn["series"].eq(line)].sort_values("period_end")
    if part.empty:
        newest = drawn.sort_values("period_end").iloc[-1]
        when = text.period(newest["period_start"], newest["period_end"])
        sentence = say("charts.growth.month", rate=text.percent(newest["yoy_pct"]), period=when)
        return sentence, (series_words.figure(newest, "yoy_pct", rate=True),)
    newest = part.iloc[-1]
    before = part[part["period_end"].eq(newest["period_end"] - pd.DateOffset(years=1))]
    shown = [newest, *(before.iloc[place] for place in range(min(1, len(before))))]
    places = {"period": _window(newest, line), "rate": text.share(abs(newest["yoy_pct"]))}
    if len(shown) > 1:
        places |= {"earlier": _window(shown[1], line), "before": text.percent(shown[1]["yoy_pct"])}
    key = _FINDINGS[line != _TO_DATE, bool(newest["yoy_pct"] > 0), len(shown) > 1]
    return say(key, **places), tuple(series_words.figure(one, "yoy_pct", rate=True) for one in shown)


def _window(row: pd.Series, line: str) -> str:
    """Name the window of a rate: ``Jan–Jul 2026``, ``12 months to Jul 2026``."""
    if line == _TO_DATE:
        return text.period(row["period_start"], row["period_end"])
    return say(_ENDING[line], month=text.short_month(row["period_end"]))


@instead.seen
def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw the months as bars, one series as a line, printed rates that differ as open marks."""
    if selection.against == "currencies":
        return growth_currencies.draw(rows, words(rows, selection), look)
    line = line_of(selection)
    month, over = rows[rows["series"].eq("month")], rows[rows["series"].eq(line)]
    shown = rows[rows["series"].isin(["month", line])]
    weak = time_axis.weak_tail(month, "period_start") if len(month) else None
    names = [label for _, label, _ in growth_marks.named(month, over, line, look)]
    below = geometry.AXIS + (0 if weak is None else geometry.BELOW)
    around = geometry.room(look, right=geometry.ends(look, names), below=below)
    figure = blank(look, words(rows, selection), around)
    if len(shown):
        growth_marks.bars(figure, month, look)
        growth_marks.line(figure, over, look, by_year=line == _TO_DATE)
        growth_marks.printed(figure, _marked(rows, line), currency_of(selection), look)
        start, end = growth_marks.edge(shown), shown["period_end"].max()
        time_axis.month_axis(figure, start, end, look)
        series_words.rules(figure, month, look)
        if weak is not None:
            time_axis.bracket(figure, time_axis.at(weak), time_axis.at(end) + 1, say("charts.growth.pale"), look)
        growth_marks.article(figure, rows, shown, look)
        growth_marks.labels(figure, month, over, line, look)
    growth_marks.rate_axis(figure, look)
    return framed(figure)


def _marked(rows: pd.DataFrame, line: str) -> pd.DataFrame:
    """Return the printed rates that stand beside what is drawn and differ from it."""
    if "differs" not in rows:
        return rows.iloc[:0]
    by_month = rows["series"].eq(MONTH)
    if line == _TO_DATE:  # January-February then stands among the years to date
        by_month = (by_month & rows["months"].eq(1)) | rows["series"].eq(TO_DATE)
    return rows[by_month & _beside(rows, line) & rows["differs"].eq(True)]  # noqa: FBT003 (other series have none)


def _beside(rows: pd.DataFrame, line: str) -> pd.Series:
    """Return which rates do not lead the line: of sums none does."""
    return rows["leads"].ne(True) | (line != _TO_DATE)  # noqa: FBT003 (other series have none)


CHART: Final = Chart(
    "growth",
    rows,
    words,
    draw,
    choices=(Choice("against", AGAINST),),
    marks=("series", "flow"),
    reads=("flow", "measure", "currency", "against"),
    shows=shows,
)
