"""The controls: each shows and sets one word of the address."""

from typing import Any, Final

import pandas as pd
from dash import html

from analysis.selection import CURRENCIES, FLOWS, MEASURES, TYPED
from layouts import native
from layouts.cards import terms
from layouts.charts.registry import CHARTS
from layouts.figure.chart import Chart, Choice
from layouts.look.html_attributes import aria, data
from layouts.look.ids import Id, part
from layouts.words.catalogue import say

FIRST_YEAR: Final = 2011
_OPEN: Final = "newest"
_PERIOD: Final = "page.period.{}"


def bar(last_year: int, newest: pd.Timestamp | None = None) -> html.Div:
    """Return all controls in one row, which wraps on a wide page and scrolls on a phone; ``newest`` is a month."""
    seen = set[str]()
    return html.Div(
        [
            html.Div(
                [
                    *shared(seen),
                    html.Div(
                        [
                            html.Span(say("page.from"), className="control-name"),
                            _years(Id.START, say("page.first_year"), last_year),
                            html.Span(say("page.to"), className="control-name"),
                            _years(Id.END, say("page.last_year"), last_year),
                        ],
                        className="control period",
                    ),
                    _more(newest, seen),
                    html.Button(say("page.reset"), id="reset", className="button"),
                ],
                className="row",
            ),
            html.Div(id=Id.ASOF_SAID, **aria(live="polite")),
        ],
        className="controls all",
        role="group",
        **aria(label=say("page.controls")),
    )


def shared(seen: set[str]) -> list[html.Div]:
    """Return the controls that offer options to all charts: measure, flow, currency; their terms are ``seen`` then."""
    return [
        _list(say("page.measure"), Id.MEASURE, _named("page.measure.{}", MEASURES), seen),
        _segments(say("page.flow"), Id.FLOW, _named("page.flow.{}", FLOWS), seen),
        _segments(say("page.currency"), Id.CURRENCY, _named("page.currency.{}", CURRENCIES), seen),
    ]


def _more(newest: pd.Timestamp | None, seen: set[str]) -> html.Details:
    """Hold what is wanted less often: common periods, and the day whose knowledge is shown."""
    panel = html.Div([_periods(newest), _day(seen)], className="panel")
    return html.Details([html.Summary(say("page.more"), className="button"), panel], className="more", id="more")


def _periods(newest: pd.Timestamp | None) -> html.Div:
    """Offer common periods: buttons that write the address."""
    starts = {"all": f"{FIRST_YEAR}-01", "since_2022": "2022-01"}
    if newest is not None and not pd.isna(newest):
        starts["12_months"] = f"{newest - pd.DateOffset(months=11):%Y-%m}"
    buttons = [
        html.Button(say(_PERIOD.format(name)), className="button", **data(start=start))
        for name, start in reversed(starts.items())
    ]
    return html.Div([html.Span(say("page.period"), className="control-name"), *buttons], className="control")


def own(chart: Chart, seen: set[str]) -> html.Div | None:
    """Return the controls of one chart alone, None where it has none; terms that they name are ``seen`` then."""
    if not chart.choices:
        return None
    fields = [_choice(chart, choice, seen) for choice in chart.choices]
    label = say("page.controls_of", chart=chart.title)
    return html.Div(fields, className="controls own", role="group", **aria(label=label))


def choices() -> list[tuple[Chart, Choice]]:
    """Return every chart's own control, in the order of the page."""
    return [(chart, choice) for chart in CHARTS.values() if chart.page for choice in chart.choices]


def _choice(chart: Chart, choice: Choice, seen: set[str]) -> html.Div:
    name, id_ = chart.word(choice), part(choice.field, chart.name)
    if choice.options:
        words = [(option, chart.word(choice, option)) for option in choice.options]
        return _segments(name, id_, words, seen)
    example = chart.word(choice, "example")
    field = native.Field(id_, name, 500, placeholder=example, limits=data(letters=str(TYPED)))
    return html.Div([_name(name, seen), field], className="control")


def _named(key: str, options: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(option, say(key.format(option))) for option in options]


def _name(name: str, seen: set[str]) -> html.Span:
    return html.Span(terms.marked(name, seen), className="control-name")


def _segments(name: str, id_: str, choices: list[tuple[str, str]], seen: set[str]) -> html.Div:
    """Return radios with their name, and behind them the terms that their words have: a radio can hold no link."""
    data = [{"value": value, "label": label} for value, label in choices]
    control = native.Segments(id_, data, choices[0][0], name)
    return html.Div(
        [_name(name, seen), control, *terms.asides([label for _, label in choices], seen)], className="control"
    )


def _list(name: str, id_: str, choices: list[tuple[str, str]], seen: set[str]) -> html.Div:
    options = [{"value": value, "label": label} for value, label in choices]
    control = native.Select(id_, options, choices[0][0], name)
    return html.Div([_name(name, seen), control], className="control")


def _years(id_: Id, label: str, last_year: int) -> native.Select:
    return native.Select(id_, year_choices(id_, None, last_year), default_year(id_), label)


def _day(seen: set[str]) -> html.Div:
    """Return the browser's own date field: empty is now."""
    limits = {"max": "2099-12-31", "min": "1990-01-01"}
    field = native.Field(Id.ASOF, say("page.asof.label"), 700, type="date", limits=limits)
    return html.Div([_name(say("page.asof"), seen), field], className="control period")


def default_year(id_: Id) -> str:
    """Return what the control shows when the address names no month."""
    return "2019" if id_ == Id.START else _OPEN


def year_choices(id_: Id, month: str | None, last_year: int) -> list[dict[str, str]]:
    """Return the years to choose from, and the very month that the address names, if it names one."""
    years = [{"value": str(year), "label": str(year)} for year in range(FIRST_YEAR, last_year + 1)]
    if id_ == Id.END:
        years.append({"value": _OPEN, "label": say("page.newest")})
    shown = shown_year(id_, month)
    if shown not in {year["value"] for year in years}:
        years.insert(0, {"value": shown, "label": shown})
    return years


def shown_year(id_: Id, month: str | None) -> str:
    """Return the control's value for a month of the address: its year where that says the same."""
    if month is None:
        return default_year(id_)
    whole = "01" if id_ == Id.START else "12"
    return month[:4] if month[5:] == whole and int(month[:4]) >= FIRST_YEAR else month


def wiring() -> list[dict[str, Any]]:
    """Return what the browser must know of each control that sets a word of the address, in the order of the page.

    ``id`` is its element, ``word`` what it sets, ``first`` what it shows by default, ``options`` what else it
    may show (None where it is typed); months have ``month``, what a bare year of theirs ends with.
    """
    shared = (("measure", Id.MEASURE, MEASURES), ("flow", Id.FLOW, FLOWS), ("currency", Id.CURRENCY, CURRENCIES))
    wired: list[dict[str, Any]] = [
        {"id": id_, "word": word, "first": options[0], "options": options} for word, id_, options in shared
    ]
    for word, id_, month in (("start", Id.START, "01"), ("end", Id.END, "12")):
        wired.append({"id": id_, "word": word, "first": default_year(id_), "options": None, "month": month})
    wired.append({"id": Id.ASOF, "word": "asof", "first": "", "options": None})
    for chart, choice in choices():
        options = choice.options or None
        named = {"id": part(choice.field, chart.name), "word": choice.field, "first": choice.default}
        wired.append({**named, "options": options})
    return wired
