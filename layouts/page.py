"""The page: the state of trade, then one section a question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from dash import dcc, html

from analysis.dataset import Dataset
from analysis.selection import LANGUAGES, Selection
from layouts import controls, native
from layouts.cards import article_figures, terms
from layouts.cards import headline as cards
from layouts.cards.about_data import about_data
from layouts.charts.registry import CHARTS
from layouts.figure.chart import Chart
from layouts.look.html_attributes import aria, data
from layouts.look.ids import Id, part
from layouts.look.reserved import room
from layouts.words import language
from layouts.words.catalogue import has, say, say_many
from layouts.words.small_print import shortened
from loaders.core import places

# what stands in double brackets is filled in by callbacks/opening.py
INDEX: Final = """<!DOCTYPE html>
<html lang="[[language]]">
<head>
{%metas%}
<meta name="description" content="[[description]]">
<title>[[title]]</title>
[[preview]]
<script>(function (kept) {
  try { kept = JSON.parse(localStorage.getItem("theme")); } catch (error) { kept = null; }
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = kept || (dark ? "dark" : "light");
})();</script>
{%favicon%}
{%css%}
<style>[[colours]]</style>
<script id="plotly" async src="_dash-component-suites/plotly/package_data/plotly.v4m0.min.js"></script>
</head>
<body>
[[page]]
{%app_entry%}
<script id="facts" type="application/json">[[facts]]</script>
<script id="ready-layout" type="application/json">[[layout]]</script>
<script id="ready-dependencies" type="application/json">[[dependencies]]</script>
<footer>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>"""
_BROUGHT: Final = 20
_FILES: Final = (
    ("png", "page.png", "page.png.label"),
    ("svg", "page.svg", "page.svg.label"),
    ("csv", "page.csv", "page.csv.label"),
    ("link", "page.link", "page.link.label"),
    ("table", "page.table", "page.table.label"),
)
_LANGUAGE, _READ = "page.language.{}", "page.read.{}"


def spoken() -> str:
    """Return the language that is spoken, as HTML names it."""
    return language.TAGS[language.current()]


@dataclass(frozen=True)
class Edition:
    """Which page it is: of an earlier version of the data, of one that is not known, of one chart ``only``."""

    earlier: bool = False
    unknown: bool = False
    only: str = ""


def layout(dataset: Dataset, edition: Edition = Edition()) -> html.Div:
    """Return the page for what the dataset holds, with the state of trade of the default view; pictures come later."""
    if edition.only:
        return html.Div(_alone(dataset, edition), className="page alone")
    charts = [chart for chart in CHARTS.values() if chart.page]
    sentence, figures = state(dataset, _default(dataset, edition))
    first, *rest = [_section(number, chart, edition) for number, chart in enumerate(charts, 1)]
    body = [
        *_unseen(),
        html.A(say("page.skip"), href="#pulse", className="skip"),
        header(dataset, "./", {code: f"?lang={code}" for code in LANGUAGES}),
        html.Div(
            [
                contents(charts, dataset),
                html.Main(
                    [
                        cards.problems(dataset),
                        *cards.edition(dataset, earlier=edition.earlier, unknown=edition.unknown),
                        html.Div(sentence, id=Id.STATE, className="state", **aria(live="polite")),
                        controls.bar(dataset.last_year, newest_month(dataset)),
                        first,
                        html.Div(figures, id=Id.KEY_FIGURES, className="key-figures"),
                        *rest,
                        terms.section(),
                        about(dataset),
                    ],
                    id="main",
                ),
            ],
            className="columns",
        ),
        _drawer(),
    ]
    return html.Div(body, className="page")


def _default(dataset: Dataset, edition: Edition) -> Selection:
    """Return the default view."""
    return Selection(lang=language.current(), v=dataset.version if edition.earlier else None)


def _unseen() -> list[Any]:
    """Return what holds the view and what is taken away."""
    return [
        *(dcc.Store(id=id_) for id_ in (Id.ADDRESS, Id.VIEW, Id.ASKED, Id.STATE_VIEW, Id.WIDTH, Id.PRINTED)),
        dcc.Download(id=Id.DOWNLOAD),
        html.Div(id=Id.ANNOUNCEMENTS, className="hidden", role="status", **aria(live="polite")),
    ]


def _alone(dataset: Dataset, edition: Edition) -> list[Any]:
    """Return one chart with its controls, as it stands inside another page, and the way to the whole."""
    section = _section(0, CHARTS[edition.only], edition)
    whole = html.A(say("page.whole"), href="./", target="_top", **data(whole=edition.only))
    notice = cards.edition(dataset, earlier=edition.earlier, unknown=edition.unknown)
    main = html.Main([cards.problems(dataset), *notice, section, html.P(whole, className="meta")], id="main")
    meanings = html.Div(terms.section(), hidden=True)  # what its terms are explained with
    return [*_unseen(), main, meanings, _drawer()]


def newest_month(dataset: Dataset) -> pd.Timestamp:
    """Return the newest month that is held of trade between the two."""
    newest: pd.Timestamp = dataset.pair_totals["period_end"].max()
    return newest


def state(dataset: Dataset, selection: Selection, today: pd.Timestamp | None = None) -> tuple[list[Any], list[Any]]:
    """Return the sentence of the state of trade with its lead, and what stands after the first picture.

    That is how old the data are on a day, and the key figures. On a phone the lead is cut to a few lines until it is
    tapped.
    """
    blocks = cards.headline(dataset.on(selection.asof), selection, today or pd.Timestamp(places.today()))
    ends = [place for place, one in enumerate(blocks) if getattr(one, "className", "") == "lead"]
    cut = ends[0] + 1 if ends else len(blocks)
    unfold = html.Button(say("page.method"), className="unfold")
    return [*blocks[:cut], unfold], blocks[cut:]


def _drawer() -> html.Aside:
    """Hold what is known of one point beside the page; Escape or the button closes it."""
    close = html.Button(say("page.close"), id=Id.POINT_CLOSE, className="button close", n_clicks=0)
    content = html.Div(id=Id.POINT_SAID, className="told")
    label = aria(label=say("page.point"))
    return html.Aside([close, content], id=Id.POINT, className="drawer", hidden=True, tabIndex="-1", **label)


def header(dataset: Dataset, brand: str, pages: Mapping[str, str]) -> html.Header:
    """Return the head of the page: its name, which leads to ``brand``, how new it is, and its ``pages`` by language."""
    dark = [html.Span(say("page.dark"), className="to-dark"), html.Span(say("page.light"), className="to-light")]
    bar = [
        html.A(say("page.title"), href=brand, className="brand"),
        html.Span(cards.newest(dataset), className="meta"),
        _languages(pages),
        html.Button(dark, id=Id.DARK, className="button"),
    ]
    return html.Header([html.Div(bar, className="bar")], className="top")


def _languages(pages: Mapping[str, str]) -> html.Nav:
    """Offer the page in each language, the one spoken marked; the browser keeps the rest of the address."""
    here = language.current()
    links = [
        html.A(
            say(_LANGUAGE.format(code)),
            href=page,
            lang=language.TAGS[code],
            hrefLang=language.TAGS[code],
            className="language",
            **data(language=code),
            **(aria(current="true") if code == here else {}),
        )
        for code, page in pages.items()
    ]
    return html.Nav(links, className="languages", **aria(label=say("page.language")))


def contents(charts: list[Chart], dataset: Dataset) -> html.Nav:
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


def _section(number: int, chart: Chart, edition: Edition) -> html.Section:
    seen: set[str] = set()  # terms are explained once a card
    claims = html.Div(id=Id.CLAIMS, className="claims", style=room(chart.name))
    return html.Section(
        [
            _heading(number, chart),
            controls.own(chart, seen),
            article_figures.form() if chart.name == "claims" else None,
            claims if chart.name == "claims" else figure(chart),
            html.Div([*(button(chart, *words) for words in _FILES), _cite(chart)], className="buttons"),
            html.P(say("page.hint"), className="meta hint") if number == 1 else None,
            _since(chart) if edition.earlier else None,
            *explained(chart, seen),
            dcc.Store(id=Id.TEXT_ASKED) if chart.name == "claims" else None,
            dcc.Store(id=part("view", chart.name)),
            dcc.Store(id=part("open", chart.name)),
            html.Div(id=part("rows", chart.name), className="rows"),
        ],
        id=chart.name,
        className="question",
        **aria(labelledby=f"{chart.name}-name"),
    )


def _heading(number: int, chart: Chart) -> html.H1 | html.H2:
    """Return the question with its number; alone it has none, and is the first heading of its page."""
    name = f"{chart.name}-name"
    if not number:
        return html.H1(chart.question, id=name)
    return html.H2([html.Span(str(number), className="number"), chart.question], id=name)


def figure(chart: Chart) -> html.Figure:
    """Hold the picture and, for those who cannot see it, its words."""
    return html.Figure(
        [
            native.Picture(part("figure", chart.name)),
            html.Figcaption(id=part("words", chart.name), className="hidden"),
        ],
        className="picture",
        style=room(chart.name),
        **aria(labelledby=part("words", chart.name)),
    )


def _filled(head: html.Summary, panel: str, kind: str = "") -> html.Details:
    """Return what is filled when it is opened, from an address of ``callbacks.downloads.panels``."""
    return html.Details([head, html.Div(className="filled")], className=kind, **data(panel=panel))


def _cite(chart: Chart) -> html.Details:
    """Offer what a reader copies from a chart."""
    label = aria(label=say("page.cite.label", chart=chart.title))
    head = html.Summary(say("page.cite"), className="button", **label)
    return _filled(head, f"panel/cite/{chart.name}", "buttoned")


def _since(chart: Chart) -> html.Details:
    """Offer, beside a chart of an earlier version, what has changed in it since."""
    return _filled(html.Summary(say("page.since")), f"panel/since/{chart.name}", "method")


def explained(chart: Chart, seen: set[str]) -> list[Any]:
    """Say in two lines what the data cannot tell, the rest and how the picture is read on demand."""
    out: list[Any] = []
    first, rest = shortened(chart.caveat)
    if first:
        out.append(html.P(terms.marked(first, seen), className="caveat"))
    method = [html.P(terms.marked(rest, seen))] if rest else []
    if chart.name != "claims":  # what the picture has no room for, filled as it is drawn
        method += [html.P(id=part(kind, chart.name)) for kind in ("note", "source")]
    if method:
        out.append(html.Details([html.Summary(say("page.method")), *method], className="method"))
    if has(_READ.format(chart.name)):
        reading = html.P(terms.marked(say(_READ.format(chart.name)), seen))
        out.append(html.Details([html.Summary(say("page.read")), reading], className="method"))
    return out


def button(chart: Chart, kind: str, word: str, label: str) -> html.Button:
    """Return a button of a chart, named by the keys of its word and of its label for those who cannot see it."""
    labels = aria(label=say(label, chart=chart.title), **({"expanded": "false"} if kind == "table" else {}))
    strong = " strong" if kind == "png" else ""
    return html.Button(say(word), id=part(kind, chart.name), className=f"button{strong}", n_clicks=0, **labels)


def about(dataset: Dataset, *, copied: bool = False) -> html.Section:
    """Say on which basis the figures stand, and list sources, differences between them and files brought.

    A copy without a server has no panels to fill: it says less of where rows are, and not what has changed.
    """
    return html.Section(
        [
            html.H2(say("page.about"), id="about-name"),
            html.P(terms.marked(say("page.about.basis"), set())),
            html.P(say("site.rows" if copied else "page.about.rows")),
            html.Details([html.Summary(say("page.about.data")), *about_data(dataset)]),
            None if copied else _filled(html.Summary(say("page.changes")), "panel/changes/all"),
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
