"""What changed: in one chart since an earlier version of the data, and with each refresh and import."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
from dash import html

from analysis.claims.verdicts import Outcome
from layouts.charts.claims.wording import verdict_word
from layouts.charts.registry import CHARTS
from layouts.look.html_attributes import data
from layouts.takeaway.chart_changes import ChartChange
from layouts.takeaway.figure_changes import sentence_of
from layouts.takeaway.turned_sentences import Turned
from layouts.words import text
from layouts.words.catalogue import has, say, say_many, say_or
from loaders.versions.history import Version
from loaders.versions.table_changes import NEW, FigureChange

MOST: Final = 40  # figures of one list; the feed and the command line have them all
VERSIONS: Final = 50  # refreshes and imports of the list
_CAUSE: Final = "changed.cause.{}"


def since(change: ChartChange, figures: Sequence[FigureChange]) -> list[Any]:
    """Say what the newest figures make of a chart: its sentence, how many of its points, the figures behind them."""
    if not change.points:
        return [html.P(say("changed.same"))]
    before, after = change.sentences
    sentence = [_turned(before, after)] if before != after else [html.P(say("changed.sentence_stands"))]
    every = text.number(len({*change.then["point"], *change.now["point"]}), 0)
    counted = html.P(say_many("changed.points", len(change.points), all=every))
    return [*sentence, counted, *_figures(change.behind(figures))]


def refreshes(versions: Sequence[tuple[int, Version, Sequence[FigureChange]]], current: str) -> list[Any]:
    """List refreshes and imports, each with its place in the chain and what it changed, newest first.

    ``current`` is the version that is shown.
    """
    changed = [(place, version, figures) for place, version, figures in versions if version.figures]
    named = html.P(say("changed.version", version=current), className="meta")
    if not changed:
        return [html.P(say("changed.none")), named]
    shown = [_refresh(*one) for one in changed[:VERSIONS]]
    left = len(changed) - len(shown)
    more = [html.P(say_many("changed.earlier", left), className="meta")] if left > 0 else []
    return [named, *shown, *more, html.P(html.A(say("changed.feed"), href="changes.atom"), className="meta")]


def _refresh(place: int, version: Version, figures: Sequence[FigureChange]) -> html.Details:
    """Return one refresh: its figures, and what is asked for when it is wanted: charts, sentences, verdicts."""
    new = sum(one.kind == NEW for one in figures)
    counts = [(new, "changed.new"), (len(figures) - new, "changed.revised")]
    counted = text.commas([say_many(kind, many) for many, kind in counts if many] or [say("changed.no_figure")])
    key = _CAUSE.format(version.cause.partition(",")[0])
    cause = say(key if has(key) else _CAUSE.format("other"))
    head = say("changed.refresh", day=text.day(pd.Timestamp(version.moment)), cause=cause, counts=counted)
    turned = html.Details(
        [html.Summary(say("changed.charts")), html.Div(className="filled")],
        className="method",
        **data(panel=f"panel/turned/{place}"),
    )
    link = html.A(version.name, href=f"?v={version.name}")
    name = html.P([say("changed.as_then"), text.gap(), link], className="meta")
    return html.Details([html.Summary(head), *_figures(figures), turned, name], className="method")


def turned(charts: Sequence[ChartChange], figures: Sequence[FigureChange], sentences: Sequence[Turned]) -> list[Any]:
    """Say which charts a refresh changed, on which of its figures, and which sentences and verdicts it turned."""
    drawn = [one for one in charts if one.points]
    rows = [
        html.Li([html.A(one.chart.title, href=f"#{one.chart.name}"), text.gap(), *_behind(one, figures)])
        for one in drawn
    ]
    quoted = [html.Li([html.B(_subject(one.subject)), html.Br(), *_quoted(one)]) for one in sentences]
    return [
        html.H4(say("changed.head.charts")),
        html.Ul(rows) if rows else html.P(say("changed.no_chart")),
        html.H4(say("changed.head.sentences")),
        html.Ul(quoted) if quoted else html.P(say("changed.no_sentence")),
    ]


def _behind(one: ChartChange, figures: Sequence[FigureChange]) -> list[Any]:
    behind = one.behind(figures)
    if not behind:
        return [say_many("changed.points_alone", len(one.points))]
    listed = html.Ul([html.Li(sentence_of(figure)) for figure in behind[:MOST]])
    return [say_many("changed.rest_on", len(behind)), listed]


def _quoted(one: Turned) -> list[Any]:
    before, after = (_verdict(words) if one.subject not in CHARTS else words for words in (one.before, one.after))
    return [say("changed.was", sentence=before or "–"), html.Br(), say("changed.is", sentence=after or "–")]


def _verdict(code: str) -> str:
    return verdict_word(Outcome(code)) if code else ""


def _subject(name: str) -> str:
    """Name a chart by its title, a claim of the article by its words."""
    key = f"claims.article.{name}"
    return CHARTS[name].title if name in CHARTS else say("changed.claim", claim=say_or(key, name))


def _figures(changes: Sequence[FigureChange]) -> list[Any]:
    """List figures, as many as a reader looks through."""
    if not changes:
        return []
    left = len(changes) - MOST
    more = [html.P(say_many("changed.more", left), className="meta")] if left > 0 else []
    return [html.Ul([html.Li(sentence_of(one)) for one in changes[:MOST]]), *more]


def _turned(before: str, after: str) -> html.P:
    return html.P([say("changed.was", sentence=before), html.Br(), say("changed.is", sentence=after)])
