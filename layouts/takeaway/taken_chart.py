"""One view of a chart that a reader takes along: its rows, words and sources, and what a program must know of it."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import pandas as pd

from analysis.selection import Selection
from layouts.drawing.canvas import Canvas
from layouts.figure import export, source_line
from layouts.figure.chart import Chart, Words
from layouts.look.theme import SHAPES, WIDE
from layouts.words import column_dictionary
from loaders.core import places, release_days

DRAWN: Final = ("png", "svg", "zip")  # the forms that hold a picture


@dataclass(frozen=True)
class TakenChart:
    """The rows of a chart under a view, the address of the page that shows it, where one is served, and their version.

    ``version`` is the name of the state of the data that the rows are of, empty where it has none; ``newest`` the day
    ``YYYY-MM-DD`` by which all of its figures were public. ``shape`` is that of its pictures, one of ``theme.SHAPES``.
    """

    chart: Chart
    rows: pd.DataFrame
    selection: Selection
    root: str = ""
    version: str = ""
    newest: str = ""
    shape: str = WIDE

    @cached_property
    def words(self) -> Words:
        """The words of the picture."""
        return self.chart.words(self.rows, self.selection)

    @cached_property
    def figure(self) -> Canvas:
        """The picture in its shape, drawn once for all files that hold it."""
        return export.drawn(self.chart, self.rows, self.selection, SHAPES[self.shape])

    @cached_property
    def _pictures(self) -> dict[str, bytes]:
        return {}

    def picture(self, form: str) -> bytes:
        """Return the picture as ``png`` or ``svg``, drawn once for all files that hold it.

        ``export.browser`` must be open.

        Raises:
            RuntimeError: no Chromium was found.
        """
        if form not in self._pictures:
            self._pictures[form] = export.picture_of(self.figure, form, self.shape)
        return self._pictures[form]

    @cached_property
    def sources(self) -> list[dict[str, str]]:
        """Publisher, licence and citation of each source, in the language that is spoken."""
        return [source_line.record(name) for name in source_line.names(self.rows)]

    @property
    def page(self) -> str:
        """The address of the page that shows the same, also when newer figures are there."""
        return f"{self.root}{self.query}#{self.chart.name}"

    @property
    def query(self) -> str:
        """The words of an address under which the same figures stand, whatever is published later."""
        return replace(self.selection, v=self.version or self.selection.v, point=None).to_query()

    def name(self, form: str) -> str:
        """The name of a file of it."""
        return file_name(self.chart, self.selection, form, self.version, self.shape)


def file_name(chart: Chart, asked: Selection, form: str, version: str = "", shape: str = WIDE) -> str:
    """Return the name of a file: chart, period, currency, flow, language, day, version and shape, in plain ASCII."""
    parts = [asked.start, asked.end, asked.currency, asked.flow, asked.lang, asked.asof and f"as-of-{asked.asof}"]
    parts.append(version and f"v-{version}")
    if form in DRAWN and shape != WIDE:
        parts.append(shape)
    return f"{'_'.join(['cn-ru', chart.name, *filter(None, parts)])}.{form}"


def metadata(taken: TakenChart) -> dict[str, Any]:
    """Return what a program needs to use the rows: title, unit, columns, sources with licence, newest release."""
    rows, words = taken.rows, taken.words
    released = rows["released"].dropna() if "released" in rows else rows.iloc[:0, 0]
    return {
        "chart": taken.chart.name,
        "query": taken.selection.to_query(),
        "address": taken.page,
        "version": taken.version,
        "title": words.finding,
        "subtitle": words.subtitle,
        "note": words.note,
        "unit": words.unit,
        "columns": [column_dictionary.entry(str(name)) for name in rows.columns],
        "rows": len(rows),
        "sources": [one | _next(taken, one["name"]) for one in taken.sources],
        "newest_release": f"{released.max():%Y-%m-%d}" if len(released) else None,
    }


def _next(taken: TakenChart, name: str) -> dict[str, Any]:
    """Return when the next release of a source is expected, null where none is announced; nothing under a version."""
    if taken.selection.v is not None or "period_end" not in taken.rows:
        return {}
    own = taken.rows.loc[taken.rows["source"].astype("str").str.contains(name, regex=False), "period_end"]
    release = release_days.expected(name, own.max(), pd.Timestamp(places.today())) if len(own.dropna()) else None
    if release is None:
        return {"next_release_expected": None}
    days = {"first": f"{release.first:%Y-%m-%d}", "last": f"{release.last:%Y-%m-%d}", "reference": release.reference}
    return {"next_release_expected": days}
