"""The controls: each shows and sets one word of the address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import html

from analysis.selection import CURRENCIES, FLOWS, MEASURES
from layouts import native
from layouts.charts.registry import CHARTS
from layouts.look.html_attributes import aria
from layouts.look.ids import Id, part
from layouts.words.catalogue import say

if TYPE_CHECKING:
    from analysis.selection import Selection
    from layouts.figure.chart import Chart, Choice

FIRST_YEAR: Final = 2011
_OPEN: Final = "newest"


def bar(last_year: int) -> html.Div:
    """Return all controls in one row that wraps."""
    return html.Div(
        [
            _segments(say("page.measure"), Id.MEASURE, _named("page.measure.{}", MEASURES)),
            _segments(say("page.flow"), Id.FLOW, _named("page.flow.{}", FLOWS)),
            _segments(say("page.currency"), Id.CURRENCY, _named("page.currency.{}", CURRENCIES)),
            html.Div(
                [
                    html.Span(say("page.from"), className="control-name", id=f"{Id.START}-name"),
                    _years(Id.START, say("page.first_year"), last_year),
                    html.Span(say("page.to"), className="control-name", id=f"{Id.END}-name"),
                    _years(Id.END, say("page.last_year"), last_year),
                ],
                className="control period",
            ),
            _day(),
            html.Div(id=Id.ASOF_SAID, style={"display": "contents"}, **aria(live="polite")),
        ],
        className="controls",
        role="group",
        **aria(label=say("page.controls")),
    )


def own(chart: Chart) -> html.Div | None:
    """Return the controls of one chart alone, None where it has none."""
    if not chart.choices:
        return None
    fields = [_choice(chart, choice) for choice in chart.choices]
    label = say("page.controls_of", chart=chart.title)
    return html.Div(fields, className="controls own", role="group", **aria(label=label))


def choices() -> list[tuple[Chart, Choice]]:
    """Return every chart's own control, in the order of the page."""
    return [(chart, choice) for chart in CHARTS.values() if chart.page for choice in chart.choices]


def _choice(chart: Chart, choice: Choice) -> html.Div:
    name, id_ = chart.word(choice), part(choice.field, chart.name)
    if choice.options:
        return _segments(name, id_, [(option, chart.word(choice, option)) for option in choice.options])
    example = chart.word(choice, "example")
    field = native.Field(id_, name, 500, placeholder=example, limits={"maxLength": 160})
    return html.Div([html.Span(name, className="control-name"), field], className="control")


def _named(key: str, options: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(option, say(key.format(option))) for option in options]


def _segments(name: str, id_: str, choices: list[tuple[str, str]]) -> html.Div:
    data = [{"value": value, "label": label} for value, label in choices]
    control = native.Segments(id_, data, choices[0][0], name)
    return html.Div([html.Span(name, className="control-name"), control], className="control")


def _years(id_: Id, label: str, last_year: int) -> native.Select:
    return native.Select(id_, year_choices(id_, None, last_year), default_year(id_), label)


def _day() -> html.Div:
    """Return the browser's own date field: empty is now."""
    limits = {"max": "2099-12-31", "min": "1990-01-01"}
    field = native.Field(Id.ASOF, say("page.asof.label"), 700, type="date", limits=limits)
    return html.Div([html.Span(say("page.asof"), className="control-name"), field], className="control period")


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


def chosen_month(id_: Id, value: str | None) -> str | None:
    """Return the month that a control's value means, None for its default."""
    if not value or value == default_year(id_):
        return None
    return value if "-" in value else f"{value}-{'01' if id_ == Id.START else '12'}"


def values(selection: Selection) -> tuple[str, ...]:
    """Return what measure, flow, currency, start, end and day show for a selection."""
    return (
        selection.measure or "level",
        selection.flow or "both",
        selection.currency or "CNY",
        shown_year(Id.START, selection.start),
        shown_year(Id.END, selection.end),
        selection.asof or "",
    )
