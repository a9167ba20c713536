"""Cite and use: what a reader copies from a chart, with the addresses of the view that is seen."""

from html import escape
from typing import Any, Final

from dash import html

from layouts.look.html_attributes import aria, data
from layouts.takeaway import citations
from layouts.takeaway.taken_chart import TakenChart
from layouts.words.catalogue import say

HIGH: Final = 760  # pixels of a frame that holds one chart
# programs by name, each with the lines that read the rows of a view into it
_READERS: Final = {
    "pandas": 'import pandas as pd\n\ntrade = pd.read_csv("{rows}")',
    "R": 'trade <- read.csv("{rows}", fileEncoding = "UTF-8")',
    "Stata": 'import delimited "{rows}", clear encoding("utf-8")',
    "Google Sheets": '=IMPORTDATA("{rows}")',
    "curl": 'curl --fail --output {name} "{rows}"',
}
_FRAME: Final = '<iframe src="{address}" title="{title}" width="100%" height="{high}" loading="lazy"></iframe>'


def panel(taken: TakenChart) -> list[Any]:
    """Return the citation in three forms, then how to read the rows into other programs and to show the chart."""
    rows = f"{taken.root}chart/{taken.chart.name}.csv{taken.selection.to_query()}"
    parts = {"rows": rows, "name": taken.name("csv")}
    return [
        html.H3(say("takeaway.head.cite")),
        _copied(say("takeaway.form.words"), citations.sentence(taken)),
        _copied("BibTeX", citations.bibtex(taken)),
        _copied("RIS", citations.ris(taken).replace("\r\n", "\n")),
        html.P(say("takeaway.fixed"), className="meta") if taken.version else None,
        html.H3(say("takeaway.head.use")),
        *(_copied(program, lines.format(**parts)) for program, lines in _READERS.items()),
        html.P(say("takeaway.live", version=taken.version), className="meta") if _moves(taken) else None,
        _copied(say("takeaway.form.frame"), _frame(taken)),
        html.P(say("takeaway.frames"), className="meta"),
    ]


def _moves(taken: TakenChart) -> bool:
    """Return whether the rows at the address change when newer figures come."""
    return bool(taken.version) and taken.selection.v is None


def _frame(taken: TakenChart) -> str:
    query = taken.selection.to_query()
    address = f"{taken.root}{query}{'&' if query else '?'}only={taken.chart.name}"
    return _FRAME.format(address=escape(address), title=escape(taken.chart.title), high=HIGH)


def _copied(name: str, lines: str) -> html.Div:
    """Return lines to copy, under their name and with a button that copies them."""
    label = aria(label=say("takeaway.copy.label", what=name))
    button = html.Button(say("takeaway.copy"), className="button", **data(copy=""), **label)
    return html.Div([html.H4(name), button, html.Pre(lines.rstrip("\n"))], className="copied")
