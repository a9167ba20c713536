"""The words of the page that are no pictures: the state of trade, key figures, freshness."""

from typing import Any, Final

import pandas as pd
from dash import html

from analysis.dataset import Dataset
from analysis.measures.monthly.series import newest_month
from analysis.measures.monthly.state import KeyFigure, State, state
from analysis.selection import CURRENCIES, Selection
from analysis.source_names import serves
from layouts.cards import terms
from layouts.cards.filled import filled
from layouts.figure import as_known as asof
from layouts.figure import series_words, source_line
from layouts.look.html_attributes import aria, data
from layouts.words import file_names, names, text
from layouts.words.catalogue import say, say_many
from layouts.words.forms import Forms
from loaders.core import schema
from loaders.core.source_records import SourceRole

STALE_AFTER: Final = 2
_TINTS: Final = {"total": "rest", "export": "china", "import": "russia", "balance": "rest"}
_KEY: Final = "cards.key.{}"
# by whether an end was asked for, and a day
_LACKING: Final = {
    (False, False): "cards.state.lacking",
    (True, False): "cards.state.lacking_until",
    (False, True): "cards.state.lacking_known",
    (True, True): "cards.state.lacking_until_known",
}
_REFRESH: Final = "python app.py --refresh"
_SHIPPED: Final = "data/snapshot/"


def problems(dataset: Dataset) -> html.Div:
    """Say what could not be read, a line each; nothing where all was."""
    if not dataset.problems:
        return html.Div()
    lines = [html.Li(file_names.named(line)) for line in dataset.problems]
    return html.Div(
        [html.Strong(say("cards.problems")), html.Ul(lines)],
        className="problems",
        role="alert",
    )


def edition(dataset: Dataset, *, earlier: bool, unknown: bool) -> list[Any]:
    """Say that the page shows an earlier version of the data, or that there is none of that name; else nothing."""
    if unknown:
        return [html.P(say("cards.edition.unknown"), className="age", role="note")]
    if not earlier:
        return []
    newest_view = html.A(say("cards.edition.newest"), href="./", **data(newest="view"))
    day = text.day(dataset.read)
    words: list[Any] = [say("cards.edition.earlier", version=dataset.version, day=day), text.gap(), newest_view]
    return [html.P(words, className="age", role="note")]


def newest(dataset: Dataset) -> str:
    """Name the newest month that customs' figures reach, the day of the newest figure, and of the newest refresh."""
    trade = state(dataset, "CNY") or state(dataset, "USD")
    parts = [say("cards.newest.customs", month=text.month(trade.end))] if trade else []
    if pd.notna(public := dataset.trade["known_by"].max()):
        parts.append(say("cards.newest.held", day=text.day(public)))
    if dataset.refreshed:
        parts.append(say("cards.newest.refreshed", day=text.day(pd.Timestamp(dataset.refreshed))))
    return " · ".join(parts)


def headline(dataset: Dataset, selection: Selection, today: pd.Timestamp) -> list[Any]:
    """Return the sentence, the lead, the four figures and, where they are old, how old the data are.

    They are of the newest year to date up to the end asked for. Where that currency has none the other
    stands instead, or else the newest that is held; a sentence says so.
    """
    trade, instead_ = _nearest(dataset, selection)
    if trade is None and selection.asof is not None:
        return [html.H1(say("cards.state.undated", day=asof.day(selection)))]
    if trade is None:
        needed = filled("cards.state.none.say", command=html.Code(_REFRESH), folder=html.Code(_SHIPPED))
        return [html.H1(say("cards.state.none")), html.P(needed, className="lead")]
    behind = "" if selection.end else _behind(trade, dataset)
    note = text.sentences([growth_note(trade), behind])
    return _blocks(trade, note, instead_, [] if selection.end or selection.asof or selection.v else _age(trade, today))


def _nearest(dataset: Dataset, selection: Selection) -> tuple[State | None, str]:
    """Return the state up to the end asked for and, where it is in another currency or later, words that say so."""
    own = selection.currency or CURRENCIES[0]
    for last in dict.fromkeys((selection.last, None)):
        for money in (own, *(one for one in CURRENCIES if one != own)):
            trade = state(dataset, money, last=last)
            if trade is None:
                continue
            if last != selection.last:
                return trade, _newest(selection)
            return trade, "" if money == own else _lacking(selection, own, money)
    return None, ""


def _newest(selection: Selection) -> str:
    """Say that nothing is held up to the end asked for."""
    month = text.month(pd.Timestamp(f"{selection.end}-01"))
    if selection.asof:
        return say("cards.state.newest_known", month=month, day=asof.day(selection))
    return say("cards.state.newest", month=month)


def _lacking(selection: Selection, own: str, other: str) -> str:
    """Say that nothing is held in the currency asked for."""
    key = _LACKING[selection.last is not None, selection.asof is not None]
    month = "" if selection.last is None else text.month(selection.last)
    names_ = {"own": text.currency_name(own), "other": text.currency_name(other)}
    return say(key, **names_, month=month, day=asof.day(selection))


def _blocks(trade: State, note: str, instead_: str, age: list[Any]) -> list[Any]:
    warning = [html.P(instead_, className="age")] if instead_ else []
    seen = set[str]()
    head = html.H1(terms.marked(sentence(trade), seen))
    lead = [
        part
        for one in (*_lead(trade), f"{text.gap()}{note}")
        for part in (terms.marked(one, seen) if isinstance(one, str) else [one])
    ]
    return [head, *warning, html.P(lead, className="lead"), *age, _figures(trade)]


def _behind(trade: State, dataset: Dataset) -> str:
    """Say why the state of trade in this currency ends before the newest month that customs print."""
    return series_words.ends(trade.end, newest_month(dataset), trade.currency)


def growth_note(trade: State) -> str:
    """Say whose the rates of the headline are, and what ours would be where they are customs' own."""
    flows = [trade.figures[flow] for flow in ("total", "export", "import")]
    rated = [figure for figure in flows if pd.notna(figure.yoy_pct)]
    if not rated:
        return say("cards.growth.none")
    if not any(figure.printed for figure in rated):
        return say("cards.growth.computed", whose=series_words.whose(rated[0].basis, trade.currency))
    lacking = [names.flow(figure.flow) for figure in flows if not figure.printed]
    ours = [figure for figure in rated if figure.printed and pd.notna(figure.computed_pct)]
    rates = [say("cards.growth.rate", flow=names.flow(f.flow), rate=text.percent(f.computed_pct)) for f in ours]
    year = text.year(trade.start.year - 1)
    return text.sentences(
        [
            say("cards.growth.printed"),
            say("cards.growth.lacking", flows=text.listed(lacking)) if lacking else "",
            say("cards.growth.ours", rates=text.listed(rates), year=year) if rates else "",
        ]
    )


def as_known(dataset: Dataset, selection: Selection) -> list[Any]:
    """Say of which day the view is, and what does not count for want of a release day; nothing for now."""
    if selection.asof is None:
        return []
    then = dataset.on(selection.asof)
    met = set(then.trade["source"].astype("str"))
    lost = [source_line.short(str(name)) for name in dataset.trade["source"].astype("str").unique() if name not in met]
    public, every = (text.number(len(table), 0) for table in (then.trade, dataset.trade))
    sentences = text.sentences(
        [
            say("cards.asof.counted", public=public, all=every),
            say("cards.asof.undated"),
            say("cards.asof.lost", sources=text.listed(lost)) if lost else "",
        ]
    )
    head = html.B(say("cards.asof.head", day=asof.day(selection)))
    return [html.P([head, f"{text.gap()}{sentences}"], className="age", style={"flexBasis": "100%"})]


def sentence(trade: State) -> str:
    """Say the state of trade in one sentence."""
    total = trade.figures["total"]
    places = {"amount": text.money(total.value, trade.currency), "span": text.span(trade.start, trade.end)}
    if pd.isna(total.yoy_pct):
        return say("cards.state.said", **places)
    key = "cards.state.more" if total.yoy_pct >= 0 else "cards.state.less"
    return say(key, **places, rate=text.share(abs(total.yoy_pct)))


def _lead(trade: State) -> list[Any]:
    sold, bought, balance = trade.figures["export"], trade.figures["import"], trade.figures["balance"]
    parts = filled(
        "cards.state.deficit" if balance.value < 0 else "cards.state.surplus",
        sold=_rated(sold, trade),
        bought=_rated(bought, trade),
        balance=html.B(text.money(abs(balance.value), trade.currency)),
    )
    return [*parts, text.gap(), say("cards.state.source", source=source_line.short(trade.figures["total"].source))]


def _rated(figure: KeyFigure, trade: State) -> list[Any]:
    """Return a bold amount with its rate; none of ours beside customs' own: they rest on different bases."""
    amount = html.B(text.money(figure.value, trade.currency))
    if pd.isna(figure.yoy_pct) or _mixed(figure, trade):
        return [amount]
    return filled("cards.state.rated", amount=amount, rate=text.percent(figure.yoy_pct))


def _mixed(figure: KeyFigure, trade: State) -> bool:
    return not figure.printed and any(other.printed for other in trade.figures.values())


def _age(trade: State, today: pd.Timestamp) -> list[Any]:
    months = trade.age_months(today)
    if months <= STALE_AFTER:
        return []
    return [
        html.P(
            [
                say_many("cards.age", months, month=text.month(trade.end)),
                text.gap(),
                *filled("cards.age.refresh", command=html.Code(_REFRESH)),
            ],
            className="age",
        )
    ]


def _figures(trade: State) -> html.Div:
    return html.Div([_key(trade, trade.figures[flow]) for flow in _TINTS], className="figures")


def _key(trade: State, figure: KeyFigure) -> html.Div:
    tint = _TINTS[figure.flow]
    unit = html.Span(f"{text.gap()}{text.unit_bn(trade.currency)}", className="unit")
    return html.Div(
        [
            html.P(say(_KEY.format(figure.flow)), className=f"key-name {tint}"),
            html.P([text.bn(figure.value), unit], className="key"),
            html.P(_change(trade, figure), className="change"),
            _spark(figure, tint, trade.currency),
            html.P(_dated(trade, figure), className="meta"),
        ],
        className="figure",
    )


def _change(trade: State, figure: KeyFigure) -> list[Any]:
    """Say how a key figure stands to the same months a year before."""
    start, end = (day - pd.DateOffset(years=1) for day in (trade.start, trade.end))
    before = Forms(text.short_span(start, end), gen=_genitive(start, end))
    if pd.isna(figure.before if figure.flow == "balance" else figure.yoy_pct):
        return [say("cards.key.incomparable", before=before)]
    if figure.flow == "balance":
        return filled("cards.key.before", amount=html.B(text.money(figure.before, trade.currency)), before=before)
    if _mixed(figure, trade):
        return [say("cards.key.unprinted", before=before)]
    return filled("cards.key.change", rate=html.B(text.percent(figure.yoy_pct)), before=before)


def _genitive(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Return a span in the genitive; a whole year is its number."""
    return text.year(end.year) if (start.month, end.month) == (1, 12) else f"{text.span(start, end):gen}"


def _dated(trade: State, figure: KeyFigure) -> str:
    """Name the months, the source and the release of a key figure."""
    places = {"span": text.short_span(trade.start, trade.end), "source": source_line.short(figure.source)}
    if figure.released is None:
        return say("cards.key.table", **places, month=text.month(trade.end))
    key = "cards.key.read" if schema.DATED_HERE in figure.reference else "cards.key.released"
    return say(key, **places, day=text.release_day(figure.released))


def _spark(figure: KeyFigure, tint: str, currency: str) -> html.Div:
    """Draw the same months of each year as small columns; decoration for the eye, said in words beside."""
    top = max((abs(value) for _, value, _ in figure.history), default=1.0) or 1.0
    down = any(value < 0 for _, value, _ in figure.history)
    bars = [
        html.I(
            style={"height": f"{max(2, round(34 * abs(value) / top))}px"},
            className=f"{tint if year == figure.history[-1][0] else 'past'} {'weak' if weak else ''}",
            title=say("cards.key.year", year=text.year(year), amount=text.money(value, currency)),
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
        table = table[~serves(table, SourceRole.QUOTED)]
        for source, end in (
            table.groupby("source", observed=True)["period_end"].max().sort_values(ascending=False).items()
        ):
            out += [html.Dt(names.capital(source_line.short(str(source)))), html.Dd(text.short_month(end))]
    return html.Dl(out, className="fresh")
