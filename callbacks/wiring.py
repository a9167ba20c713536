"""All questions that the page asks: pictures and words of a view, the panel of a point, tables, files.

The path of a view: a control writes the address, and the address is read in the browser (``assets/view.js``), which
knows what part of it each chart follows; a chart that is near what is seen is asked for (``assets/ask.js``, by GET,
so that the browser may keep the answer) and drawn by plotly, before Dash is told of the view, which asks for the
words. No question has another input than its part of the view, or a click.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from dash import ClientsideFunction, Dash, Input, Output, State, no_update

from analysis.selection import Selection
from callbacks import number_panel as number_answers
from callbacks.live_dataset import LiveDataset
from layouts import page
from layouts.cards import article_figures, rows_table
from layouts.cards import headline as cards
from layouts.cards.claim_cards import claim_cards
from layouts.charts.registry import CHARTS
from layouts.figure import export
from layouts.figure.chart import Chart
from layouts.first_picture import static_html
from layouts.look.ids import Id, part
from layouts.look.theme import PRINT, on_page
from layouts.takeaway.chart_archive import texts
from layouts.takeaway.picture_texts import svg_head
from layouts.takeaway.taken_chart import file_name
from layouts.words.language import speaking

Answer = TypeVar("Answer", bound=Callable[..., Any])


def in_language(answer: Answer) -> Answer:
    """Let a callback whose first argument is the words of an address answer in the language that they name."""

    @wraps(answer)
    def spoken(search: str | None, *rest: object) -> object:
        with speaking(Selection.from_query(search).lang):
            return answer(search, *rest)

    return cast("Answer", spoken)


def as_html(parts: list[Any]) -> list[Any]:
    """Return what a callback answers with its parts as HTML, which a browser shows at once however many there are."""
    out: list[Any] = static_html.lightened(static_html.as_json(parts))
    return out


def register(app: Dash, live: LiveDataset) -> None:
    """Wire the page to the live's dataset."""
    app.clientside_callback(
        ClientsideFunction("trade", "save"),
        Output(Id.ANNOUNCEMENTS, "children"),
        Input(Id.PRINTED, "data"),
        prevent_initial_call=True,
    )
    _state(app, live)
    _point(app, live)
    for chart in CHARTS.values():
        if chart.page:
            _picture(app, live, chart)
            _take_away(app, live, chart)
            _rows_table(app, live, chart)


def _state(app: Dash, live: LiveDataset) -> None:
    """The state of trade: the page comes with that of the default view, and asks for others."""

    @app.callback(
        Output(Id.STATE, "children"),
        Output(Id.KEY_FIGURES, "children"),
        Output(Id.ASOF_SAID, "children"),
        Input(Id.STATE_VIEW, "data"),
        prevent_initial_call=True,
    )
    @in_language
    def state(search: str | None) -> tuple[list[Any], ...]:
        selection = Selection.from_query(search)
        dataset = live.of(selection)
        return (*map(as_html, page.state(dataset, selection)), as_html(cards.as_known(dataset, selection)))

    @app.callback(Output(Id.CLAIMS, "children"), Input(part("view", "claims"), "data"), prevent_initial_call=True)
    @in_language
    def claims(search: str | None) -> list[Any]:
        selection = Selection.from_query(search)
        return as_html(claim_cards(live.of(selection).on(selection.asof), selection))

    @app.callback(
        Output(Id.TEXT_SAID, "children"),
        Input(Id.TEXT_ASKED, "data"),
        State(Id.VIEW, "data"),
        prevent_initial_call=True,
    )
    def text(words: str | None, view: str | None) -> list[Any]:
        selection = Selection.from_query(view)
        if not (words or "").strip():
            return []
        with speaking(selection.lang):
            return as_html(article_figures.answer(live.dataset().on(selection.asof), selection, words or ""))


def _picture(app: Dash, live: LiveDataset, chart: Chart) -> None:
    """Draw a chart for its part of the view in a width; ``assets/ask.js`` asks, and turns it dark."""
    if chart.name == "claims":
        return

    @app.callback(
        Output(part("figure", chart.name), "figure"),
        Output(part("words", chart.name), "children"),
        Input(part("view", chart.name), "data"),
        State(Id.WIDTH, "data"),
        prevent_initial_call=True,
    )
    @in_language
    def draw(search: str | None, width: int | None) -> tuple[Any, Any]:
        if not width:
            return no_update, no_update
        selection = Selection.from_query(search)
        figure = chart.draw(live.table(chart, selection), selection, on_page(width))
        figure.update_layout(meta={"version": live.of(selection).version})
        return figure, figure.description


def _point(app: Dash, live: LiveDataset) -> None:
    """What is this number: the address names the point, a click or Enter writes it there."""

    @app.callback(
        Output(Id.POINT, "hidden"),
        Output(Id.POINT_SAID, "children"),
        Input(Id.ASKED, "data"),
        State(Id.ADDRESS, "data"),
        prevent_initial_call=True,
    )
    @in_language
    def point_panel(search: str | None, here: str | None) -> tuple[bool, Any]:
        panel = number_answers.answer(live, Selection.from_query(search), here or "")
        return (True, no_update) if panel is None else (False, as_html(panel))

    app.clientside_callback(ClientsideFunction("trade", "shown"), Input(Id.POINT, "hidden"), prevent_initial_call=True)


def _rows_table(app: Dash, live: LiveDataset, chart: Chart) -> None:
    """The table of a chart: it is filled while it is open, and follows the view."""

    @app.callback(
        Output(part("rows", chart.name), "children"),
        Input(part("open", chart.name), "data"),
        prevent_initial_call=True,
    )
    @in_language
    def rows(view: str | None) -> list[Any]:
        if view is None:
            return []
        selection = Selection.from_query(view)
        return as_html(rows_table.table(chart, live.table(chart, selection), selection))


def _take_away(app: Dash, live: LiveDataset, chart: Chart) -> None:
    """Picture, rows and link of what is shown."""

    @app.callback(
        Output(Id.DOWNLOAD, "data", allow_duplicate=True),
        Input(part("csv", chart.name), "n_clicks"),
        State(Id.VIEW, "data"),
        prevent_initial_call=True,
    )
    def csv(_: int, search: str | None) -> dict[str, Any]:
        selection = Selection.from_query(search)
        rows = live.table(chart, selection)
        return {
            "content": export.csv_text(rows),
            "filename": file_name(chart, selection, "csv", live.of(selection).version),
            "type": "text/csv",
            "base64": False,
        }

    for form in ("png", "svg"):
        _printed(app, live, chart, form)


def _printed(app: Dash, live: LiveDataset, chart: Chart, form: str) -> None:
    """The printed picture, which the browser saves as PNG or SVG."""

    @app.callback(
        Output(Id.PRINTED, "data", allow_duplicate=True),
        Input(part(form, chart.name), "n_clicks"),
        State(Id.VIEW, "data"),
        State(Id.ADDRESS, "data"),
        prevent_initial_call=True,
    )
    def printed(clicks: int, search: str | None, here: str | None) -> dict[str, Any]:
        selection = Selection.from_query(search)
        taken = live.taken(chart, selection, here or "")
        with speaking(selection.lang):
            return {
                "name": taken.name(form),
                "format": form,
                "head": svg_head(texts(taken)) if form == "svg" else "",
                "texts": texts(taken) if form == "png" else {},
                "figure": export.drawn(chart, taken.rows, selection),
                "width": PRINT.width,
                "height": PRINT.height,
                "clicks": clicks,
            }
