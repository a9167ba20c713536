"""The page of the copy in one language: the served page without what needs a server, its controls the browser's own."""

import json
from dataclasses import dataclass, fields
from html import escape
from typing import Any, Final

import pandas as pd
from dash import html

from analysis.dataset import Dataset
from analysis.selection import CURRENCIES, Selection
from layouts import controls
from layouts import page as served
from layouts.cards import headline as cards
from layouts.cards import terms
from layouts.cards.claim_cards import claim_cards
from layouts.charts.registry import CHARTS
from layouts.figure.chart import Chart
from layouts.first_picture import markup, svg
from layouts.first_picture.static_html import as_json
from layouts.look.html_attributes import aria, data
from layouts.look.ids import Id, part
from layouts.look.theme import in_dark, on_page
from layouts.site import views
from layouts.site.answers import CARDS, WIDTHS
from layouts.words import language, text
from layouts.words.catalogue import say
from layouts.words.language import speaking
from loaders.core import program

FIRST: Final = "pulse"  # the chart whose picture stands in the page itself
SHOWN_WIDE, SHOWN_NARROW = 1040, 358  # pixels of its two drawings; a browser shows the one that fits
_FILES: Final = (
    ("png", "page.png", "page.png.label"),
    ("svg", "site.svg", "site.svg.label"),
    ("csv", "page.csv", "page.csv.label"),
    ("json", "site.json", "site.json.label"),
    ("link", "page.link", "page.link.label"),
    ("table", "page.table", "page.table.label"),
)
_TEMPLATE: Final = """<!DOCTYPE html>
<html lang="[[language]]">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="[[description]]">
<title>[[title]]</title>
<script src="assets/theme.js"></script>
<link rel="stylesheet" href="assets/look.css">
<link rel="icon" href="assets/favicon.ico">
<script defer src="assets/reader.js"></script>
<script defer src="assets/terms.js"></script>
<script id="plotly" defer src="assets/plotly.min.js"></script>
</head>
<body>
[[page]]
<script id="facts" type="application/json">[[facts]]</script>
</body>
</html>
"""


@dataclass(frozen=True)
class Made:
    """What a copy is made of: its languages, the first of which is at ``index.html``, the day, the data's version."""

    languages: tuple[str, ...]
    day: pd.Timestamp
    version: str

    def file(self, code: str) -> str:
        """Return the name of the page in a language."""
        return "index.html" if code == self.languages[0] else f"{code}.html"


def written(dataset: Dataset, made: Made, code: str) -> str:
    """Return the page in a language as HTML; pictures, tables and files come from the scripts beside it."""
    with speaking(code):
        whole = as_json(_body(dataset, made))
        words = {
            "language": served.spoken(),
            "title": escape(say("page.title")),
            "description": escape(say("page.description")),
            "page": markup.written(_unlinked(whole), {part("figure", FIRST): _picture(dataset)}, living=True),
            "facts": json.dumps(_facts(code), ensure_ascii=False).replace("<", "\\u003c"),
        }
    page = _TEMPLATE
    for name, content in words.items():
        page = page.replace(f"[[{name}]]", content, 1)
    return page


def _unlinked(component: Any) -> Any:  # noqa: ANN401 (a component as JSON)
    """Take away the links that open the panel of a number, which a server fills."""
    if isinstance(component, list):
        return [_unlinked(one) for one in component]
    if not isinstance(component, dict) or "props" not in component:
        return component
    given = {name: _unlinked(value) for name, value in component["props"].items() if name != "data-point"}
    if "data-point" in component["props"]:
        given.pop("tabIndex", None)
    if component["type"] == "A" and "point=" in str(given.get("href")):
        return given.get("children")
    return {**component, "props": given}


def _picture(dataset: Dataset) -> str:
    """Return both drawings of the first chart, as the living ones will be; where it has nothing to show, none."""
    chart, selection = CHARTS[FIRST], Selection(lang=language.current())
    rows = chart.table(dataset, selection)
    drawn = {}
    for name, width, shown in (("wide", WIDTHS[-1], SHOWN_WIDE), ("phone", WIDTHS[0], SHOWN_NARROW)):
        drawn[name] = chart.draw(rows, selection, on_page(width))
        drawn[name].update_layout(width=shown)
    if any(figure.empty for figure in drawn.values()):
        return ""
    pictures = "".join(svg.written(figure, f"first-{name}") for name, figure in drawn.items())
    return f'<div id="first-picture" role="img" aria-label="{escape(drawn["wide"].description)}">{pictures}</div>'


def _body(dataset: Dataset, made: Made) -> html.Div:
    charts = views.charts()
    states = [_state(dataset, currency) for currency in CURRENCIES]
    first, *rest = [_section(number, chart, dataset) for number, chart in enumerate(charts, 1)]
    main = [
        cards.problems(dataset),
        *(html.Div(sentence, className="state", **shown) for sentence, _, shown in states),
        _controls(),
        first,
        html.Noscript(_scriptless(charts)),
        *(html.Div(figures, className="key-figures", **shown) for _, figures, shown in states),
        *rest,
        terms.section(),
        served.about(dataset, copied=True),
        _made(made),
    ]
    columns = html.Div([served.contents(charts, dataset), html.Main(main, id="main")], className="columns")
    spoken = html.Div(id=Id.ANNOUNCEMENTS, className="hidden", role="status", **aria(live="polite"))
    skip = html.A(say("page.skip"), href=f"#{FIRST}", className="skip")
    pages = {code: made.file(code) for code in made.languages}
    head = served.header(dataset, pages[language.current()], pages)
    return html.Div([spoken, skip, head, columns], className="page")


def _state(dataset: Dataset, currency: str) -> tuple[list[Any], list[Any], dict[str, Any]]:
    """Return the state of trade in a currency, and by which attributes the page shows one of the two.

    How old the data are is not said: that would be true on the day of the copy alone, which stands at its foot.
    """
    selection = Selection(currency=currency if currency != CURRENCIES[0] else None, lang=language.current())
    sentence, figures = served.state(dataset, selection, served.newest_month(dataset))
    hidden = {"hidden": True} if currency != CURRENCIES[0] else {}
    return sentence, figures, {**data(currency=currency), **hidden}


def _controls() -> html.Div:
    reset = html.Button(say("page.reset"), id="reset", className="button")
    row = html.Div([*controls.shared(set()), reset], className="row")
    return html.Div(row, className="controls all", role="group", **aria(label=say("page.controls")))


def _section(number: int, chart: Chart, dataset: Dataset) -> html.Section:
    seen: set[str] = set()  # terms are explained once a card
    shown: Any = served.figure(chart)
    if chart.name == CARDS:
        shown = html.Div(claim_cards(dataset, Selection(lang=language.current())), className="claims")
    buttons = [served.button(chart, *words) for words in _FILES]
    table = data(
        caption=say("cards.twin.caption", chart=chart.title),
        label=say("cards.twin.label", chart=chart.title),
    )
    return html.Section(
        [
            html.H2([html.Span(str(number), className="number"), chart.question], id=f"{chart.name}-name"),
            controls.own(chart, seen),
            shown,
            html.Div(buttons, className="buttons"),
            *served.explained(chart, seen),
            html.Div(id=part("rows", chart.name), className="rows", **table),
        ],
        id=chart.name,
        className="question",
        **aria(labelledby=f"{chart.name}-name"),
    )


def _scriptless(charts: list[Chart]) -> html.Div:
    """Lead those without scripts to the rows of each chart."""
    links = [html.Li(html.A(chart.title, href=rows_file(chart.name))) for chart in charts]
    return html.Div([html.P(say("page.no_script")), html.Ul(links)], className="scriptless")


def rows_file(chart: str) -> str:
    """Return the name of the file with the rows of a chart's default view."""
    return f"chart/{chart}.csv"


def _made(made: Made) -> html.Div:
    """Say by which version and on which day the copy was made, over which data, and what it lacks."""
    made_by = say("site.made", day=text.day(made.day), program=program.VERSION, version=made.version)
    return html.Div([html.P(made_by), html.P(say("site.lacks"))], className="meta made")


def _facts(code: str) -> dict[str, Any]:
    """Return what the script must know: the words of an address, controls, views of each chart, colours, sentences."""
    charts = views.charts()
    wired = {one["id"]: one for one in controls.wiring()}
    shared = [wired[id_] for id_ in (Id.MEASURE, Id.FLOW, Id.CURRENCY)]
    own = [
        wired[part(choice.field, chart.name)] | {"chart": chart.name} for chart in charts for choice in chart.choices
    ]
    return {
        "language": code,
        "words": [field.name for field in fields(Selection)],
        "controls": [{name: value for name, value in one.items() if name != "options"} for one in (*shared, *own)],
        "charts": {
            chart.name: {
                "shared": views.shared(chart),
                "own": [choice.field for choice in chart.choices],
                "views": [views.key(view) for view in views.views(chart)],
            }
            for chart in charts
        },
        "widths": WIDTHS,
        "widest": SHOWN_WIDE,
        "dark": in_dark(),
        "terms": terms.patterns(),
        "says": {
            "copied": say("page.copied"),
            "copy": say("page.copy"),
            "saving": say("page.saving"),
            "redrawn": say("page.redrawn", charts="{charts}"),  # filled in the browser
            "failed": say("site.failed"),
            "none": say("cards.twin.none"),
        },
    }
