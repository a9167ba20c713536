"""All callbacks: controls to address, address to everything that is seen, downloads."""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import pandas as pd
from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from analysis.selection import Selection, day_of
from callbacks import number_panel as number_answers
from layouts import controls
from layouts.cards import headline as cards
from layouts.cards import rows_table
from layouts.cards.claim_cards import claim_cards
from layouts.charts.registry import CHARTS
from layouts.figure import export
from layouts.look.ids import Id, part
from layouts.look.theme import PRINT, on_page
from layouts.words.language import speaking

if TYPE_CHECKING:
    from collections.abc import Callable

    from callbacks.live_dataset import LiveDataset
    from layouts.figure.chart import Chart

_CONTROLS: Final = (Id.MEASURE, Id.FLOW, Id.CURRENCY, Id.START, Id.END, Id.ASOF)
# what each chart follows of the address: another word of it costs no request
VIEWS: Final = [Output(part("view", chart.name), "data") for chart in CHARTS.values() if chart.page]
# the callbacks that ask which control was touched, each by one of its outputs
TRIGGERED: Final = frozenset({f"{Id.ADDRESS}.search"})
Answer = TypeVar("Answer", bound="Callable[..., Any]")
_DEFAULTS: Final = {"measure": "level", "flow": "both", "currency": "CNY"}


def in_language(answer: Answer) -> Answer:
    """Let a callback whose first argument is the words of an address answer in the language that they name."""

    @wraps(answer)
    def spoken(search: str | None, *rest: object) -> object:
        with speaking(Selection.from_query(search).lang):
            return answer(search, *rest)

    return cast("Answer", spoken)


def register(app: Dash, live: LiveDataset) -> None:
    """Wire the page to the live's dataset."""
    _client(app)
    _address(app, live)
    _state(app, live)
    _point(app, live)
    for chart in CHARTS.values():
        if chart.page:
            _picture(app, live, chart)
            _take_away(app, live, chart)
            _twin(app, live, chart)


def _client(app: Dash) -> None:
    """What happens in the browser alone: width, colours, copying a link, saving a picture."""
    for name, outputs, inputs, states in (
        ("width", Output(Id.WIDTH, "data"), [Input(Id.ADDRESS, "pathname")], []),
        (
            "theme",
            [Output(Id.THEME, "data"), Output(Id.SCHEME, "data"), Output(Id.DARK, "aria-pressed")],
            [Input(Id.DARK, "n_clicks")],
            [State(Id.THEME, "data")],
        ),
        ("save", Output(Id.SAID, "children", allow_duplicate=True), [Input(Id.PRINTED, "data")], []),
        ("view", Output(Id.VIEW, "data"), [Input(Id.ADDRESS, "search")], []),
        ("views", VIEWS, [Input(Id.VIEW, "data")], [State(Id.READS, "data")]),
    ):
        app.clientside_callback(
            ClientsideFunction("trade", name), outputs, inputs, states, prevent_initial_call=name == "save"
        )


def chosen(selection: Selection, values: tuple[str, ...]) -> Selection:
    """Return the selection that the controls show; what no control shows is kept from ``selection``."""
    measure, flow, currency, start, end, day, *own = values
    words = {"measure": measure, "flow": flow, "currency": currency}
    named: dict[str, str | None] = {key: None if value == _DEFAULTS[key] else value for key, value in words.items()}
    for (_, choice), value in zip(controls.choices(), own, strict=True):
        named[choice.field] = None if not value or value == choice.default else value
    months = {"start": controls.chosen_month(Id.START, start), "end": controls.chosen_month(Id.END, end)}
    return replace(selection, **months, **named, asof=day_of(day))


def shown(selection: Selection) -> tuple[str, ...]:
    """Return what every control shows for a selection."""
    own = [getattr(selection, choice.field) or choice.default for _, choice in controls.choices()]
    return (*controls.values(selection), *own)


def _address(app: Dash, live: LiveDataset) -> None:
    """The address rules: a control writes it, and it sets every control."""
    names = [*_CONTROLS, *(part(choice.field, chart.name) for chart, choice in controls.choices())]

    @app.callback(
        Output(Id.ADDRESS, "search"),
        *(Output(id_, "value") for id_ in names),
        Output(Id.START, "data"),
        Output(Id.END, "data"),
        Input(Id.ADDRESS, "search"),
        *(Input(id_, "value") for id_ in names),
    )
    @in_language
    def sync(search: str | None, *values: str) -> tuple[Any, ...]:
        selection = Selection.from_query(search)
        if ctx.triggered_id in names:
            return (chosen(selection, values).to_query(), *[no_update] * (len(names) + 2))
        ends = ((Id.START, selection.start), (Id.END, selection.end))
        years = [controls.year_choices(id_, month, live.dataset().last_year) for id_, month in ends]
        return (no_update, *shown(selection), *years)


def _state(app: Dash, live: LiveDataset) -> None:
    @app.callback(Output(Id.STATE, "children"), Output(Id.ASOF_SAID, "children"), Input(Id.VIEW, "data"))
    @in_language
    def state(search: str | None) -> tuple[list[Any], list[Any]]:
        selection = Selection.from_query(search)
        dataset = live.dataset()
        return cards.headline(dataset.on(selection.asof), selection, pd.Timestamp.now()), cards.as_known(
            dataset, selection
        )

    @app.callback(Output(Id.CLAIMS, "children"), Input(part("view", "claims"), "data"))
    @in_language
    def claims(search: str | None) -> list[Any]:
        selection = Selection.from_query(search)
        return claim_cards(live.dataset().on(selection.asof), selection)


def _picture(app: Dash, live: LiveDataset, chart: Chart) -> None:
    """Draw a chart for the address, the width and the colours."""
    if chart.name == "claims":
        return

    @app.callback(
        Output(part("figure", chart.name), "figure"),
        Output(part("words", chart.name), "children"),
        Input(part("view", chart.name), "data"),
        Input(Id.WIDTH, "data"),
        Input(Id.SCHEME, "data"),
    )
    @in_language
    def draw(search: str | None, width: int | None, scheme: str) -> tuple[Any, Any]:
        if not width:
            return no_update, no_update
        selection = Selection.from_query(search)
        rows = live.table(chart, selection)
        figure = chart.draw(rows, selection, on_page(width, dark=scheme == "dark"))
        return figure, figure.said


def _point(app: Dash, live: LiveDataset) -> None:
    """What is this number: the address names the point, a click or Enter writes it there."""

    @app.callback(
        Output(Id.POINT, "hidden"),
        Output(Id.POINT_SAID, "children"),
        Input(Id.ADDRESS, "search"),
        State(Id.ADDRESS, "href"),
    )
    @in_language
    def told(search: str | None, href: str | None) -> tuple[bool, Any]:
        page = (href or "").partition("?")[0].partition("#")[0]  # its query may lag behind the search
        said = number_answers.answer(live, Selection.from_query(search), page)
        return (True, no_update) if said is None else (False, said)

    # these write the address by set_props: as outputs they would run in a circle with it
    app.clientside_callback(ClientsideFunction("trade", "shown"), Input(Id.POINT, "hidden"), prevent_initial_call=True)
    app.clientside_callback(
        ClientsideFunction("trade", "close"), Input(Id.POINT_CLOSE, "n_clicks"), prevent_initial_call=True
    )
    for chart in CHARTS.values():
        if chart.page and chart.name != "claims":
            figure = part("figure", chart.name)
            app.clientside_callback(
                ClientsideFunction("trade", "clicked"), Input(figure, "clickData"), prevent_initial_call=True
            )


def _twin(app: Dash, live: LiveDataset, chart: Chart) -> None:
    """The table of a chart: it is filled while it is open, and follows the address."""
    app.clientside_callback(
        ClientsideFunction("trade", "table"),
        Output(part("open", chart.name), "data"),
        Output(part("table", chart.name), "aria-expanded"),
        Input(part("table", chart.name), "n_clicks"),
        Input(Id.VIEW, "data"),
    )

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
        return rows_table.table(chart, live.table(chart, selection), selection)


def _take_away(app: Dash, live: LiveDataset, chart: Chart) -> None:
    """Picture, rows and link of what is shown."""

    @app.callback(
        Output(Id.DOWNLOAD, "data", allow_duplicate=True),
        Input(part("csv", chart.name), "n_clicks"),
        State(Id.ADDRESS, "search"),
        prevent_initial_call=True,
    )
    def csv(_: int, search: str | None) -> dict[str, Any]:
        selection = Selection.from_query(search)
        rows = live.table(chart, selection)
        return {"content": export.csv_text(rows), "filename": f"{chart.name}.csv", "type": "text/csv", "base64": False}

    @app.callback(
        Output(Id.PRINTED, "data", allow_duplicate=True),
        Input(part("png", chart.name), "n_clicks"),
        State(Id.ADDRESS, "search"),
        prevent_initial_call=True,
    )
    def png(clicks: int, search: str | None) -> dict[str, Any]:
        selection = Selection.from_query(search)
        figure = export.drawn(chart, live.table(chart, selection), selection)
        return {
            "name": chart.name,
            "figure": figure,
            "width": PRINT.width,
            "height": PRINT.height,
            "clicks": clicks,
        }

    app.clientside_callback(
        ClientsideFunction("trade", "link"),
        Output(Id.SAID, "children", allow_duplicate=True),
        Input(part("link", chart.name), "n_clicks"),
        State(Id.ADDRESS, "search"),
        State(part("link", chart.name), "id"),
        prevent_initial_call=True,
    )
