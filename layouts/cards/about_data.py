"""About the data: each source with what is held of it, on what terms, and where sources differ."""

from typing import Any, Final

import pandas as pd
from dash import html
from pandas.tseries.offsets import MonthEnd

from analysis.dataset import Dataset
from layouts.figure import source_line
from layouts.look import foreign_words
from layouts.look.html_attributes import aria
from layouts.words import text
from layouts.words.catalogue import say, say_many, say_or
from loaders.core import places, release_days, schema

_CHECK: Final = "about.check.{}"
_HEADS: Final = ("about.source", "about.held", "about.rows", "about.released", "about.next", "about.licence")


def about_data(dataset: Dataset) -> list[Any]:
    """Return the tables of sources and of differences between them; nothing of what is not held."""
    parts = [_sources(dataset), _differences(dataset.side("CHECKS"))]
    return foreign_words.named_all([piece for part in parts for piece in part])


def _sources(dataset: Dataset) -> list[Any]:
    """List each source of the one table with its first and last month, a bar for them, rows and licence."""
    table = dataset.trade
    if table.empty:
        return []
    spans = (
        table.assign(released=schema.published(table))
        .groupby("source", observed=True)
        .agg(
            start=("period_start", "min"),
            end=("period_end", "max"),
            rows=("value", "size"),
            released=("released", "max"),
        )
    )
    spans = spans.sort_values(["end", "rows"], ascending=False)
    whole = spans["start"].min(), spans["end"].max()
    return [
        html.H3(say("about.sources")),
        html.P(say("about.sources.note", first=text.year(whole[0].year), last=text.year(whole[1].year))),
        _scrolled(
            say("about.sources"),
            [_head(), html.Tbody([_source(str(row.Index), row, whole) for row in spans.itertuples()])],
        ),
    ]


def _head() -> html.Thead:
    return html.Thead(html.Tr([html.Th(say(key), scope="col") for key in _HEADS]))


def _source(name: str, row: Any, whole: tuple[pd.Timestamp, pd.Timestamp]) -> html.Tr:  # noqa: ANN401 (a named row)
    record = source_line.record(name)
    shown = source_line.short(name)
    address = record.get("homepage", "")
    label: Any = html.A(shown, href=address) if address.startswith("http") else shown
    released = text.release_day(row.released) if pd.notna(row.released) else say("about.undated")
    return html.Tr(
        [
            html.Th([label, html.Br(), html.Span(source_line.title(name), className="meta")], scope="row"),
            html.Td([text.short_span(row.start, row.end), _bar(row.start, row.end, whole)]),
            html.Td(text.number(row.rows, 0), className="amount"),
            html.Td(released),
            html.Td(_next(name, row.end)),
            html.Td(source_line.licence(name)),
        ]
    )


def _next(name: str, newest: pd.Timestamp) -> Any:  # noqa: ANN401 (words, or a link)
    """Say when the next release is expected, with the page that says so."""
    release = release_days.expected(name, newest, pd.Timestamp(places.today()))
    if release is None:
        return say("about.unannounced")
    whole = release.first.day == 1 and release.last == release.last + MonthEnd(0)
    days = say("about.next.days", first=text.day(release.first), last=text.day(release.last))
    return html.A(text.short_month(release.first) if whole else days, href=release.reference)


def _bar(start: pd.Timestamp, end: pd.Timestamp, whole: tuple[pd.Timestamp, pd.Timestamp]) -> html.Div:
    """Draw a span of months as a bar on the span of all; the months beside it say the same."""
    length = (whole[1] - whole[0]).days or 1
    place = {
        "left": f"{100 * (start - whole[0]).days / length:.1f}%",
        "width": f"{max(100 * (end - start).days / length, 0.6):.1f}%",
    }
    return html.Div(html.I(style=place), className="coverage-bar", **aria(hidden="true"))


def _differences(checks: pd.DataFrame) -> list[Any]:
    """Count what the checks of the figures that ship have found, kind by kind, and how much of it has a reason."""
    if checks.empty:
        return []
    known = checks["known"].eq("True")
    counted = pd.DataFrame({"check": checks["check"], "known": known}).groupby("check", sort=False)["known"]
    lines = [
        html.Li(
            say(
                "about.check",
                check=_named(str(check)),
                all=say_many("about.differences", len(part)),
                known=text.number(int(part.sum()), 0),
                unknown=text.number(int((~part).sum()), 0),
            )
        )
        for check, part in counted
    ]
    return [html.H3(say("about.disagree")), html.P(say("about.disagree.note")), html.Ul(lines)]


def _named(check: str) -> str:
    """Name a check in words; one of an earlier version of the data, which had other names, by its own."""
    return say_or(_CHECK.format(check), check)


def _scrolled(label: str, rows: list[Any]) -> html.Div:
    return html.Div(
        html.Table(rows, className="sources"), className="scroll", role="region", tabIndex=0, **aria(label=label)
    )
