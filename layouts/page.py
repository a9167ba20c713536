"""The page: the state of trade, then one section a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import dcc, html

from layouts import controls
from layouts.cards import headline as cards
from layouts.cards.about_data import about_data
from layouts.charts.registry import CHARTS
from layouts.figure.chart import WINDOW
from layouts.look.html_attributes import aria
from layouts.look.ids import Id, part
from layouts.look.reserved import room
from layouts.words.catalogue import say, say_many

if TYPE_CHECKING:
    from analysis.dataset import Dataset
    from layouts.figure.chart import Chart

INDEX: Final = """<!DOCTYPE html>
<html lang="en">
<head>
{%metas%}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Trade between China and Russia: every number with its source and release date.">
<title>{%title%}</title>
{%favicon%}
{%css%}
<link id="plotly" rel="preload" as="script" href="_dash-component-suites/plotly/package_data/plotly.v4m0.min.js">
</head>
<body>
{%app_entry%}
<footer>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>"""
_EMPTY: Final = {
    "data": [],
    "layout": {
        "height": 540,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "xaxis": {"visible": False},
        "yaxis": {"visible": False},
    },
}
_BROUGHT: Final = 20
_GRAPH: Final[Any] = {"displayModeBar": False, "responsive": False, "displaylogo": False, "showTips": False}


def layout(dataset: Dataset) -> html.Div:
    """Return the page for what the dataset holds; figures come once their width is known."""
    charts = [chart for chart in CHARTS.values() if chart.page]
    body = [
        dcc.Location(id=Id.ADDRESS, refresh=False),
        dcc.Store(id=Id.VIEW),
        dcc.Store(id=Id.READS, data={chart.name: [*WINDOW, *chart.reads] for chart in charts}),
        dcc.Store(id=Id.WIDTH),
        dcc.Store(id=Id.THEME, storage_type="local"),
        dcc.Store(id=Id.SCHEME, data="light"),
        dcc.Store(id=Id.PRINTED),
        dcc.Download(id=Id.DOWNLOAD),
        html.Div(id=Id.SAID, className="hidden", role="status", **aria(live="polite")),
        html.A(say("page.skip"), href="#pulse", className="skip"),
        _header(dataset),
        html.Div(
            [
                _contents(charts, dataset),
                html.Main(
                    [
                        cards.problems(dataset),
                        html.Div(id=Id.STATE, className="state", **aria(live="polite")),
                        controls.bar(dataset.last_year),
                        *(_section(number, chart) for number, chart in enumerate(charts, 1)),
                        _about(dataset),
                    ],
                    id="main",
                ),
            ],
            className="columns",
        ),
        _drawer(),
    ]
    return html.Div(body, className="page")


def _drawer() -> html.Aside:
    """Hold what is known of one point beside the page; Escape or the button closes it."""
    close = html.Button(say("page.close"), id=Id.POINT_CLOSE, className="button close", n_clicks=0)
    said = html.Div(id=Id.POINT_SAID, className="told")
    label = aria(label=say("page.point"))
    return html.Aside([close, said], id=Id.POINT, className="drawer", hidden=True, tabIndex="-1", **label)


def _header(dataset: Dataset) -> html.Header:
    return html.Header(
        [
            html.Div(
                [
                    html.A(say("page.title"), href="./", className="brand"),
                    html.Span(cards.newest(dataset), className="meta"),
                    html.Button(
                        say("page.dark"),
                        id=Id.DARK,
                        className="button",
                        n_clicks=0,
                        **aria(pressed="false", label=say("page.dark.label")),
                    ),
                ],
                className="bar",
            )
        ],
        className="top",
    )


def _contents(charts: list[Chart], dataset: Dataset) -> html.Nav:
    """List the questions, and how fresh each source is."""
    links = [
        html.Li(html.A([html.Span(str(number), className="number"), chart.question], href=f"#{chart.name}"))
        for number, chart in enumerate(charts, 1)
    ]
    return html.Nav(
        [
            html.P(say("page.questions"), className="nav-head"),
            html.Ol(links),
            html.P(say("page.freshness"), className="nav-head"),
            cards.freshness(dataset),
        ],
        className="contents",
        **aria(label=say("page.questions")),
    )


def _section(number: int, chart: Chart) -> html.Section:
    graph = dcc.Graph(id=part("figure", chart.name), config=_GRAPH, className="graph", figure=_EMPTY)
    claims = html.Div(id=Id.CLAIMS, className="claims", style=room(chart.name))
    middle = claims if chart.name == "claims" else _figure(chart, graph)
    return html.Section(
        [
            html.H2([html.Span(str(number), className="number"), chart.question], id=f"{chart.name}-name"),
            controls.own(chart),
            middle,
            html.P(chart.caveat, className="caveat") if chart.caveat else None,
            _buttons(chart),
            html.P(say("page.hint"), className="meta hint") if number == 1 else None,
            dcc.Store(id=part("view", chart.name)),
            dcc.Store(id=part("open", chart.name)),
            html.Div(id=part("rows", chart.name), className="rows"),
        ],
        id=chart.name,
        **aria(labelledby=f"{chart.name}-name"),
    )


def _figure(chart: Chart, graph: dcc.Graph) -> html.Figure:
    """Hold the picture and, for those who cannot see it, its words."""
    return html.Figure(
        [graph, html.Figcaption(id=part("words", chart.name), className="hidden")],
        className="picture",
        style=room(chart.name),
        **aria(labelledby=part("words", chart.name)),
    )


def _buttons(chart: Chart) -> html.Div:
    names = (
        ("png", "page.png", "page.png.label"),
        ("csv", "page.csv", "page.csv.label"),
        ("link", "page.link", "page.link.label"),
        ("table", "page.table", "page.table.label"),
    )
    return html.Div(
        [
            html.Button(
                say(word),
                id=part(kind, chart.name),
                className=f"button {'strong' if kind == 'png' else ''}",
                n_clicks=0,
                **aria(label=say(label, chart=chart.title)),
            )
            for kind, word, label in names
        ],
        className="buttons",
    )


def _about(dataset: Dataset) -> html.Section:
    return html.Section(
        [
            html.H2(say("page.about"), id="about-name"),
            html.P(say("page.about.basis")),
            html.P(say("page.about.rows")),
            html.Details([html.Summary(say("page.about.data")), *about_data(dataset)]),
            *_brought(dataset),
        ],
        className="about",
        **aria(labelledby="about-name"),
    )


def _brought(dataset: Dataset) -> list[Any]:
    """List the files that a reader brought to these figures; nothing where none were."""
    if not dataset.imports:
        return []
    many = len(dataset.imports)
    shown = [html.Li(line) for line in dataset.imports[:_BROUGHT]]
    more = [html.Li(say_many("page.imports.more", many - _BROUGHT))] if many > _BROUGHT else []
    return [html.H3(say("page.imports")), html.P(say_many("page.imports.count", many)), html.Ul([*shown, *more])]
