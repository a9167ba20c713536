"""All answers to one chart's views in one language: pictures, what they say in words, rows for tables and files."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from analysis.dataset import Dataset
from analysis.selection import Selection
from layouts.cards import rows_table
from layouts.figure import export
from layouts.figure.chart import Chart
from layouts.look.theme import on_page
from layouts.site import views
from layouts.takeaway.taken_chart import file_name
from layouts.words.language import speaking

# CSS pixels: a wider place stretches the plot of the widest that fits it, and words keep their lines
WIDTHS: Final = (328, 704, 960)
CARDS: Final = "claims"  # the chart that is cards on the page, and a picture on paper alone
_TEXT, _BARE = "s", "n"
Answers = dict[str, Any]
Cell = tuple[str, str | None]  # how JSON writes it, and its text


class _Lines:
    """Distinct lines of one heading, in the order in which they come."""

    def __init__(self) -> None:
        self._places: dict[tuple[Any, ...], int] = {}

    def places(self, lines: Iterable[tuple[Any, ...]]) -> list[int]:
        """Return where each line stands, which gets a place where it has none."""
        return [self._places.setdefault(line, len(self._places)) for line in lines]

    def columns(self) -> list[tuple[Any, ...]]:
        return list(zip(*self._places, strict=True))


class _Tables:
    """Tables whose lines stand once for all that have the same heading."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, ...], _Lines] = {}

    def put(self, heads: Iterable[str], lines: Iterable[tuple[Any, ...]]) -> tuple[int, list[int]]:
        """Keep a table; return which heading it has, and the places of its lines under that."""
        name = tuple(heads)
        kept = self._lines.setdefault(name, _Lines())
        return list(self._lines).index(name), kept.places(lines)

    def all(self) -> list[tuple[tuple[str, ...], list[tuple[Any, ...]]]]:
        return [(heads, lines.columns()) for heads, lines in self._lines.items()]


class ChartAnswers:
    """Gathers the answers of a chart; rows and pictures that several views share are made and kept once."""

    def __init__(self, dataset: Dataset, chart: Chart, language: str | None) -> None:
        """Begin with none; ``language`` None is the first."""
        self._dataset, self._chart, self._language = dataset, chart, language
        self._written, self._read = _Tables(), _Tables()
        self._rows: dict[str, Answers] = {}
        self._pictures: dict[str, Answers] = {}

    def to(self, selections: Iterable[Selection]) -> Answers:
        """Return the answers to some views.

        ``views`` has by key the ``head`` of the JSON, the name of a ``file`` and the places of its ``rows`` and
        ``picture``; ``written`` has the columns of the CSV, ``read`` those of the table, and ``rows`` name the lines
        of both. ``kinds`` is for each column whether JSON writes its cells bare (``n``: numbers, true and false) or
        as text (``s``), for a column of both a letter a cell; a missing cell is None.

        The printed picture is drawn first: where two views have the same, and the same rows, so are the others.
        """
        with speaking(self._language):
            shown = {views.key(one): self._view(replace(one, lang=self._language)) for one in selections}
        return {
            "views": shown,
            "rows": list(self._rows.values()),
            "pictures": list(self._pictures.values()),
            "written": [_columns(heads, cells) for heads, cells in self._written.all()],
            "read": [{"heads": heads, "texts": texts} for heads, texts in self._read.all()],
        }

    def _view(self, selection: Selection) -> Answers:
        rows = self._chart.table(self._dataset, selection)
        written = export.csv_text(rows)
        if written not in self._rows:
            self._rows[written] = self._table(rows, written)
        return {
            "head": json.dumps(export.json_head(self._chart, rows, selection), ensure_ascii=False, indent=1),
            "file": file_name(self._chart, selection, "").rstrip("."),
            "rows": list(self._rows).index(written),
            "picture": self._picture(rows, written, selection),
        }

    def _table(self, rows: pd.DataFrame, written: str) -> Answers:
        heads, *lines = csv.reader(io.StringIO(written))
        own, own_lines = self._written.put(heads, _cells(rows, lines))
        shown = rows_table.texts(rows)
        read, read_lines = self._read.put(shown.heads, zip(*shown.columns, strict=True))
        return {"written": own, "lines": own_lines, "read": read, "shown": read_lines, "older": shown.older}

    def _picture(self, rows: pd.DataFrame, written: str, selection: Selection) -> int:
        printed = export.drawn(self._chart, rows, selection)
        name = f"{written}{json.dumps(printed, ensure_ascii=False)}"
        if name not in self._pictures:
            widths = () if self._chart.name == CARDS else WIDTHS
            drawn = {str(width): self._chart.draw(rows, selection, on_page(width)) for width in widths}
            self._pictures[name] = {"words": printed.description, "print": printed, **drawn}
        return list(self._pictures).index(name)


def _cells(rows: pd.DataFrame, lines: list[list[str]]) -> Iterable[tuple[Cell, ...]]:
    """Return the cells of the CSV's lines with what JSON has of each."""
    plain = export.plain(rows).astype("object")
    values = plain.where(plain.notna(), None).itertuples(index=False, name=None)
    for line, cells in zip(lines, values, strict=True):
        yield tuple(
            (_TEXT, None) if cell is None else (_TEXT if isinstance(cell, str) else _BARE, text)
            for text, cell in zip(line, cells, strict=True)
        )


def _columns(heads: tuple[str, ...], columns: list[tuple[Cell, ...]]) -> Answers:
    kinds = []
    for column in columns:
        known = {kind for kind, text in column if text is not None}
        kinds.append("".join(kind for kind, _ in column) if len(known) > 1 else "".join(known) or _TEXT)
    return {"columns": heads, "kinds": kinds, "cells": [[text for _, text in column] for column in columns]}
