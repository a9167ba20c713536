"""Words and pictures of a chart follow the view that its rows are of, and the subtitle says where it is another."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, TypeVar, cast

import pandas as pd

from analysis.cache import of_rows
from analysis.selection import Selection
from layouts.figure import as_known as asof
from layouts.figure.chart import Words
from layouts.figure.nearest_view import INSTEAD, VIEW
from layouts.words import language
from layouts.words.catalogue import say

F = TypeVar("F", bound="Callable[..., Any]")


def view_of(rows: pd.DataFrame, selection: Selection) -> Selection:
    """Return the view that the rows are of: the one asked for but for the words that they name."""
    if VIEW not in rows or rows.empty:
        return selection
    shown = Selection.from_query(str(rows[VIEW].iloc[0]))
    return replace(selection, **{name: value for name, value in vars(shown).items() if value is not None})


def seen(drawing: F) -> F:
    """Let a chart's ``draw`` (its rows and the selection first) follow the view that its rows are of."""

    @wraps(drawing)
    def draw(rows: pd.DataFrame, selection: Selection, *rest: object, **more: object) -> object:
        return drawing(rows, view_of(rows, selection), *rest, **more)

    return cast("F", draw)


def worded(saying: Callable[[pd.DataFrame, Selection], Words]) -> Callable[[pd.DataFrame, Selection], Words]:
    """Let a chart's ``words`` follow the view that its rows are of, and say in the subtitle that it is another.

    Words without a source are those of an empty picture: under a day they say why so little was public.
    """

    @of_rows
    def written(rows: pd.DataFrame, selection: Selection, _: str) -> Words:
        worded = saying(rows, view_of(rows, selection))
        if INSTEAD in rows and len(rows):
            instead = str(rows[INSTEAD].iloc[0])
            return replace(worded, subtitle=say("cards.instead.subtitle", subtitle=worded.subtitle, instead=instead))
        return worded if worded.source else replace(worded, subtitle=asof.otherwise(selection, worded.subtitle))

    @wraps(saying)
    def words(rows: pd.DataFrame, selection: Selection) -> Words:
        return written(rows, selection, language.current())

    return words
