"""The words of the page that are no pictures: the state of trade, key figures, freshness."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from dash import html

from analysis import windows
from analysis.measures.monthly.series import newest_month
from analysis.measures.monthly.state import Figure, State, state
from analysis.selection import CURRENCIES
from layouts.figure import as_known as asof
from layouts.figure import series_words, source_line
from layouts.look.html_attributes import aria
from layouts.words import file_names, text
from loaders.core import schema

if TYPE_CHECKING:
    from analysis.dataset import Dataset
    from analysis.selection import Selection

STALE_AFTER: Final = 2
_OURS: Final = {"total": "trade", "export": "exports", "import": "imports"}
_HEADS: Final = {
    "total": ("Trade, both ways", "rest"),
    "export": ("China’s exports to Russia", "china"),
    "import": ("China’s imports from Russia", "russia"),
    "balance": ("China’s balance with Russia", "rest"),
}


def problems(dataset: Dataset) -> html.Div:
    """Say what could not be read, a line each; nothing where all was."""
    if not dataset.problems:
        return html.Div()
    lines = [html.Li(file_names.named(line)) for line in dataset.problems]
    return html.Div(
        [html.Strong("Some data could not be read; the rest is shown."), html.Ul(lines)],
        className="problems",
        role="alert",
    )


def newest(dataset: Dataset) -> str:
    """Name the newest month that customs' figures reach, the day of the newest figure, and of the newest refresh."""
    held = state(dataset, "CNY") or state(dataset, "USD")
    said = [f"Chinese customs to {text.month(held.end)}"] if held else []
    if len(dataset.trade):
        said.append(f"figures at hand as of {dataset.trade['known_by'].max():%d %b %Y}")
    if dataset.refreshed:
        said.append(f"refreshed {pd.Timestamp(dataset.refreshed):%d %b %Y}")
    return " · ".join(said)


def headline(dataset: Dataset, selection: Selection, today: pd.Timestamp) -> list[Any]:
    """Return the sentence, the lead, the four figures and, where they are old, how old the data are.

    They are of the newest year to date up to the end asked for. Where that currency has none the other
    stands instead, or else the newest that is held; a sentence says so.
    """
    held, instead_ = _nearest(dataset, selection)
    if held is None and selection.asof is not None:
        return [html.H1(f"No dated figures give the state of trade on {asof.day(selection)}")]
    if held is None:
        return [
            html.H1("The newest state of trade is not among the data"),
            html.P("Run python app.py --refresh, or restore data/snapshot/.", className="lead"),
        ]
    behind = "" if selection.end else _behind(held, dataset)
    note = " ".join(part for part in (growth_note(held), behind) if part)
    return _said(held, note, instead_, [] if selection.end or selection.asof else _age(held, today))


def _nearest(dataset: Dataset, selection: Selection) -> tuple[State | None, str]:
    """Return the state up to the end asked for and, where it is in another currency or later, words that say so."""
    own = selection.currency or CURRENCIES[0]
    known = f" as known on {asof.day(selection)}" if selection.asof else ""
    until = f" up to {selection.last:%B %Y}" if selection.last is not None else ""
    for last in dict.fromkeys((selection.last, None)):
        for money in (own, *(one for one in CURRENCIES if one != own)):
            held = state(dataset, money, last=last)
            if held is None:
                continue
            if last != selection.last:
                return held, f"No year to date is held{until}{known}: this is the newest there is."
            lacking = (
                f"No year to date is held in {text.CURRENCIES[own]}{until}{known}: this is in {text.CURRENCIES[money]}."
            )
            return held, "" if money == own else lacking
    return None, ""


def _said(held: State, note: str, instead_: str, age: list[Any]) -> list[Any]:
    said = [html.P(instead_, className="age")] if instead_ else []
    return [html.H1(sentence(held)), *said, html.P([*_lead(held), f" {note}"], className="lead"), *age, _figures(held)]


def _behind(held: State, dataset: Dataset) -> str:
    """Say why the state of trade in this currency ends before the newest month that customs print."""
    return series_words.ends(held.end, newest_month(dataset), held.currency)


def growth_note(held: State) -> str:
    """Say whose the rates of the headline are, and what ours would be where they are customs' own."""
    flows = [held.figures[flow] for flow in ("total", "export", "import")]
    rated = [figure for figure in flows if pd.notna(figure.yoy_pct)]
    if not rated:
        return "No figure of the year before is held on the same basis."
    if not any(figure.printed for figure in rated):
        return f"Growth is computed, {series_words.whose(rated[0].basis, held.currency)} in both years."
    lacking = [_OURS[figure.flow] for figure in flows if not figure.printed]
    said = "Growth as customs print it" + (f"; no printed rate of {text.listed(lacking)} is held" if lacking else "")
    ours = [f"{_OURS[f.flow]} {text.percent(f.computed_pct)}" for f in rated if f.printed and pd.notna(f.computed_pct)]
    if not ours:
        return f"{said}."
    return (
        f"{said}; their two tables themselves give {text.listed(ours)}, "
        f"since customs compare with figures of {held.start.year - 1} that they have revised."
    )


def as_known(dataset: Dataset, selection: Selection) -> list[Any]:
    """Say of which day the view is, and what does not count for want of a release day; nothing for now."""
    if selection.asof is None:
        return []
    then = dataset.on(selection.asof)
    met = set(then.trade["source"].astype("str"))
    lost = [source_line.short(str(name)) for name in dataset.trade["source"].astype("str").unique() if name not in met]
    counted = f" {len(then.trade):,} of {len(dataset.trade):,} figures were public by then. "
    left = f"; nothing is left of {text.listed(lost)}" if lost else ""
    said = f"{counted}Figures without a release day count from the day they were read{left}."
    return [html.P([html.B(f"As known on {asof.day(selection)}."), said], className="age", style={"flexBasis": "100%"})]


def sentence(held: State) -> str:
    """Say the state of trade in one sentence."""
    total = held.figures["total"]
    span = text.span(held.start, held.end)
    amount = text.money(total.value, held.currency, 0 if total.value > 1e11 and held.currency == "CNY" else 1)
    if pd.isna(total.yoy_pct):
        return f"China and Russia traded goods worth {amount} in {span}"
    change = f"{text.number(abs(total.yoy_pct))}% {'more' if total.yoy_pct >= 0 else 'less'}"
    return f"China and Russia traded goods worth {amount} in {span}, {change} than a year before"


def _lead(held: State) -> list[Any]:
    sold, bought, balance = held.figures["export"], held.figures["import"], held.figures["balance"]
    word = "deficit" if balance.value < 0 else "surplus"
    unit = text.CURRENCIES[held.currency]
    basis = f"{unit[:1].upper()}{unit[1:]}: {source_line.short(held.figures['total'].source)}."
    return [
        "China sold ",
        html.B(f"{text.bn(sold.value)} bn"),
        f"{_rate(sold, held)} and bought ",
        html.B(f"{text.bn(bought.value)} bn"),
        f"{_rate(bought, held)}, so its {word} was ",
        html.B(f"{text.number(abs(balance.value) / 1e9)} bn"),
        f". {basis}",
    ]


def _rate(figure: Figure, held: State) -> str:
    """Return a rate in brackets; none of ours beside customs' own: they rest on different bases of the year before."""
    return "" if pd.isna(figure.yoy_pct) or _mixed(figure, held) else f" ({text.percent(figure.yoy_pct)})"


def _mixed(figure: Figure, held: State) -> bool:
    return not figure.printed and any(other.printed for other in held.figures.values())


def _age(held: State, today: pd.Timestamp) -> list[Any]:
    months = held.age_months(today)
    if months <= STALE_AFTER:
        return []
    return [
        html.P(
            [
                f"The newest month here, {text.month(held.end)}, ended more than {months} months ago. ",
                "To bring newer figures, run ",
                html.Code("python app.py --refresh"),
                ".",
            ],
            className="age",
        )
    ]


def _figures(held: State) -> html.Div:
    return html.Div([_key(held, held.figures[flow]) for flow in _HEADS], className="figures")


def _key(held: State, figure: Figure) -> html.Div:
    name, tint = _HEADS[figure.flow]
    span = windows.period_name(held.start, held.end)
    before = windows.period_name(held.start - pd.DateOffset(years=1), held.end - pd.DateOffset(years=1))
    change: list[Any] = (
        [html.B(text.signed(figure.before / 1e9)), f" bn in {before}"]
        if figure.flow == "balance"
        else [html.B(text.percent(figure.yoy_pct)), f" on {before}"]
    )
    if pd.isna(figure.before if figure.flow == "balance" else figure.yoy_pct):
        change = [f"{before} is not held on the same basis"]
    elif figure.flow != "balance" and _mixed(figure, held):
        change = [f"no printed rate on {before} is held"]
    released = (
        f"{'read' if schema.DATED_HERE in figure.reference else 'released'} {text.release_day(figure.released)}"
        if figure.released is not None
        else f"table of {text.month(held.end)}"
    )
    return html.Div(
        [
            html.P(name, className=f"key-name {tint}"),
            html.P(
                [text.bn(figure.value), html.Span(f" {text.unit_bn(held.currency)}", className="unit")], className="key"
            ),
            html.P(change, className="change"),
            _spark(figure, tint),
            html.P(f"{span} · {source_line.short(figure.source)}, {released}", className="meta"),
        ],
        className="figure",
    )


def _spark(figure: Figure, tint: str) -> html.Div:
    """Draw the same months of each year as small columns; decoration for the eye, said in words beside."""
    top = max((abs(value) for _, value, _ in figure.history), default=1.0) or 1.0
    down = any(value < 0 for _, value, _ in figure.history)
    bars = [
        html.I(
            style={"height": f"{max(2, round(34 * abs(value) / top))}px"},
            className=f"{tint if year == figure.history[-1][0] else 'past'} {'weak' if weak else ''}",
            title=f"{year}: {text.bn(value)} bn",
        )
        for year, value, weak in figure.history
    ]
    ends = [html.Span(str(figure.history[0][0])), html.Span(str(figure.history[-1][0]))] if figure.history else []
    return html.Div(
        [html.Div(bars, className=f"spark {'down' if down else ''}"), html.Div(ends, className="spark-ends")],
        **aria(hidden="true"),
    )


def freshness(dataset: Dataset) -> html.Dl:
    """List the newest period of each source that is held."""
    out: list[Any] = []
    table = dataset.trade
    if len(table):
        table = table[table["source"].ne("article")]
        for source, end in (
            table.groupby("source", observed=True)["period_end"].max().sort_values(ascending=False).items()
        ):
            out += [html.Dt(source_line.short(str(source))), html.Dd(f"{end:%b %Y}")]
    return html.Dl(out, className="fresh")
