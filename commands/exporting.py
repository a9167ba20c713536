"""``--export``: charts as files in a folder, pictures and rows, and the description of what was written."""

from __future__ import annotations

import os
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from choreographer.browsers.chromium import Chromium

from analysis.selection import Selection, misread
from commands import export_folder
from commands.telling import complain, problems, say
from layouts.charts.registry import CHARTS
from layouts.figure import export as exports
from layouts.look.theme import WIDE
from layouts.takeaway import chart_archive, data_package
from layouts.takeaway.taken_chart import DRAWN, TakenChart
from layouts.words.language import speaking
from loaders.core.store import StoreError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from analysis.dataset import Dataset
    from commands.export_folder import ExportFolder
    from layouts.figure.chart import Chart
    from layouts.takeaway.data_package import PackedTable

OK, FAILED, USAGE = 0, 1, 2
PACKAGE: Final = "datapackage"
_ENDINGS: Final = {"sdmx": chart_archive.SDMX}
_NO_CHROMIUM: Final = (
    "pictures need Chromium (Debian: apt-get install -y chromium fonts-liberation; or BROWSER_PATH names one)"
)


@dataclass
class _Order:
    """What one command wants written, and where; ``packed`` are the tables written for its Data Package."""

    folder: ExportFolder
    forms: Sequence[str]
    args: argparse.Namespace
    packed: list[PackedTable] = field(default_factory=list)

    @property
    def files(self) -> list[str]:
        """The endings of the files of each chart: a Data Package describes CSV."""
        named = ("csv" if form == PACKAGE else _ENDINGS.get(form, form) for form in self.forms)
        return list(dict.fromkeys(named))

    def stem(self, chart: Chart, selection: Selection) -> str:
        """Return the name of a chart's files: with its language where languages were named."""
        return f"{chart.name}.{selection.lang}" if self.args.lang else chart.name


def export(dataset: Dataset, args: argparse.Namespace) -> int:
    """Write ``DIR/<chart>.<format>``; a chart that fails costs one line, the rest is written."""
    problems(dataset)
    names = args.chart or [name for name, chart in CHARTS.items() if chart.page]
    if wrong := _misused(names, args):
        complain(wrong)
        return USAGE
    folder = export_folder.made(args, dataset)
    if folder is None:
        return USAGE
    order = _Order(folder, args.format or _forms(), args)
    asked = Selection.from_query(args.query)
    selections = [replace(asked, lang=code) for code in args.lang] if args.lang else [asked]
    dataset = dataset.on(asked.asof)
    drawn = any(form in DRAWN for form in order.forms)
    with exports.browser() if drawn and _chromium() else nullcontext():
        results = [_chart(CHARTS[name], dataset, one, order) for one in selections for name in names]
    try:
        if order.packed:
            _describe(order, selections[0])
        folder.close()
    except StoreError as error:
        complain(str(error))
        return FAILED
    return OK if all(results) else FAILED


def _misused(names: Sequence[str], args: argparse.Namespace) -> str:
    """Return the line that says what cannot be asked for, empty where all can."""
    if unknown := [name for name in names if name not in CHARTS]:
        return f"no chart named {', '.join(unknown)}; there are: {', '.join(CHARTS)}"
    if wrong := misread(args.query):
        return f"--query: {wrong}"
    if "sdmx" in (args.format or ()) and set(names) != {"table"}:
        return "--format sdmx is of the table alone; name it with --chart table"
    return ""


def _chromium() -> bool:
    """Return whether a Chromium is there to draw with, wherever the system keeps its programs."""
    return "BROWSER_PATH" in os.environ or Chromium.find_browser(skip_local=False) is not None


def _forms() -> tuple[str, ...]:
    """Return the formats written when none is named: pictures only where they can be drawn."""
    if _chromium():
        return ("png", "csv", "json")
    complain(f"{_NO_CHROMIUM}; the rows are written")
    return ("csv", "json")


def _chart(chart: Chart, dataset: Dataset, selection: Selection, order: _Order) -> bool:
    """Write a chart in all its forms but those that would hold nothing, which cost one line together."""
    stem = order.stem(chart, selection)
    place = order.folder.folder / stem
    try:
        rows, shape = chart.table(dataset, selection), order.args.shape or WIDE
        taken = TakenChart(chart, rows, selection, "", dataset.version, dataset.newest, shape)
        figure = taken.figure if len(rows) and any(form in DRAWN for form in order.files) else None
        empty = exports.empty_forms(chart, rows, selection, order.files, figure)
        why = taken.words.finding if empty else ""
    except (ValueError, RuntimeError) as error:
        return _failed(place, error, order)
    if empty:
        complain(f"{place}: nothing to show, so no {', '.join(empty)} is written ({why}); try another --query")
    left = [form for form in order.files if form not in empty]
    # one that fails stops no other
    written = {form: _write(taken, f"{stem}.{form}", form, order) for form in left}
    if PACKAGE in order.forms and written.get("csv"):
        order.packed.append(chart_archive.packed(taken, f"{stem}.csv"))
    return all(written.values()) and not empty


def _failed(place: Path, error: Exception, order: _Order) -> bool:
    if order.args.verbose:
        raise error
    complain(f"{place}: not written ({' '.join(str(error).split())[:200]})")
    return False


def _write(taken: TakenChart, name: str, form: str, order: _Order) -> bool:
    try:
        file = order.folder.write(name, _content(taken, form), taken.chart.name, taken.selection.to_query())
    except (OSError, ValueError, RuntimeError) as error:
        return _failed(order.folder.folder / name, error, order)
    order.folder.rests_on(taken.rows)
    say(str(file), quiet=order.args.quiet)
    return True


def _content(taken: TakenChart, form: str) -> bytes:
    if form == "html":
        return exports.text_of(taken.chart, taken.rows, taken.selection, form).encode()
    if form not in DRAWN:
        return chart_archive.text(taken, form)
    if not _chromium():
        raise RuntimeError(_NO_CHROMIUM)
    with speaking(taken.selection.lang):
        return chart_archive.archive(taken) if form == "zip" else chart_archive.picture(taken, form)


def _describe(order: _Order, selection: Selection) -> None:
    """Write what the CSV files are, beside them.

    Raises:
        StoreError: the disk does not take it.
    """
    with speaking(selection.lang):
        file = order.folder.write(data_package.NAME, data_package.description(order.packed))
    say(str(file), quiet=order.args.quiet)
