"""``--export``: charts as files in a folder, pictures and rows, and the description of what was written."""

import argparse
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

from choreographer.browsers.chromium import Chromium

from analysis.dataset import Dataset
from analysis.selection import Selection, misread
from commands import export_folder
from commands.export_folder import ExportFolder
from commands.telling import FAILED, OK, USAGE, complain, problems, say
from layouts.charts.registry import CHARTS
from layouts.figure import export as exports
from layouts.figure.chart import Chart
from layouts.look.theme import WIDE
from layouts.takeaway import chart_archive, data_package
from layouts.takeaway.data_package import PackedTable
from layouts.takeaway.taken_chart import DRAWN, TakenChart
from layouts.words.language import speaking
from loaders.core.store import StoreError

PACKAGE: Final = "datapackage"
AHEAD: Final = 4  # charts whose pictures may wait to be drawn while the next one is computed
_ENDINGS: Final = {"sdmx": chart_archive.SDMX}
_NO_CHROMIUM: Final = (
    "pictures need Chromium (Debian: apt-get install -y chromium fonts-liberation; or BROWSER_PATH names one)"
)


@dataclass
class _Order:
    """What one command wants written, and where; ``drawer`` draws, one picture after the other.

    ``packed`` are the tables written for its Data Package.
    """

    folder: ExportFolder
    forms: Sequence[str]
    args: argparse.Namespace
    drawer: Executor
    packed: list[PackedTable] = field(default_factory=list)

    @property
    def files(self) -> list[str]:
        """The endings of the files of each chart: a Data Package describes CSV."""
        named = ("csv" if form == PACKAGE else _ENDINGS.get(form, form) for form in self.forms)
        return list(dict.fromkeys(named))

    def stem(self, chart: Chart, selection: Selection) -> str:
        """Return the name of a chart's files: with its language where languages were named."""
        return f"{chart.name}.{selection.lang}" if self.args.lang else chart.name


@dataclass(frozen=True)
class _Begun:
    """A chart whose pictures are being drawn: what makes the content of each of its files, by form."""

    taken: TakenChart
    stem: str
    contents: dict[str, Future[bytes] | Callable[[], bytes]]
    whole: bool  # whether each form that was asked for is among them

    @property
    def drawn(self) -> bool:
        return all(one.done() for one in self.contents.values() if isinstance(one, Future))


def export(dataset: Dataset, args: argparse.Namespace, plotly: bytes = b"") -> int:
    """Write ``DIR/<chart>.<format>``; a chart that fails costs one line, the rest is written.

    ``plotly`` is the plotly.js that draws, by default the whole.
    """
    problems(dataset)
    names = args.chart or [name for name, chart in CHARTS.items() if chart.page]
    if wrong := _misused(names, args):
        complain(wrong)
        return USAGE
    folder = export_folder.made(args, dataset)
    if folder is None:
        return USAGE
    forms, asked = args.format or _forms(), Selection.from_query(args.query)
    selections = [replace(asked, lang=code) for code in args.lang] if args.lang else [asked]
    dataset = dataset.on(asked.asof)
    drawn = any(form in DRAWN for form in forms)
    # its drawer ends before the browser does
    with exports.browser(plotly) if drawn and _chromium() else nullcontext(), ThreadPoolExecutor(1) as drawer:
        order = _Order(folder, forms, args, drawer)
        results = list(_written([(CHARTS[name], one) for one in selections for name in names], dataset, order))
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


def _written(views: Iterable[tuple[Chart, Selection]], dataset: Dataset, order: _Order) -> Iterator[bool]:
    """Write charts, and yield of each whether all of it is there; while pictures are drawn the next is computed."""
    waiting: deque[_Begun] = deque()
    for chart, selection in views:
        if begun := _begun(chart, dataset, selection, order):
            waiting.append(begun)
        else:
            yield False
        while waiting and (waiting[0].drawn or len(waiting) > AHEAD):
            yield _ended(waiting.popleft(), order)
    for begun in waiting:
        yield _ended(begun, order)


def _begun(chart: Chart, dataset: Dataset, selection: Selection, order: _Order) -> _Begun | None:
    """Compute a chart and have it drawn in all forms but those that would hold nothing, which cost one line together.

    One that fails costs a line too, and is None.
    """
    stem = order.stem(chart, selection)
    place = order.folder.folder / stem
    try:
        rows, shape = chart.table(dataset, selection), order.args.shape or WIDE
        taken = TakenChart(chart, rows, selection, "", dataset.version, dataset.newest, shape)
        figure = taken.figure if len(rows) and any(form in DRAWN for form in order.files) else None
        empty = exports.empty_forms(chart, rows, selection, order.files, figure)
        why = taken.words.finding if empty else ""
    except (ValueError, RuntimeError) as error:
        _fail(place, error, order)
        return None
    if empty:
        complain(f"{place}: nothing to show, so no {', '.join(empty)} is written ({why}); try another --query")
    made = {form: partial(_content, taken, form) for form in order.files if form not in empty}
    contents: dict[str, Future[bytes] | Callable[[], bytes]] = {
        form: order.drawer.submit(make) if form in DRAWN else make for form, make in made.items()
    }
    return _Begun(taken, stem, contents, whole=not empty)


def _ended(begun: _Begun, order: _Order) -> bool:
    """Write the files of a chart; one that fails stops no other."""
    written = {form: _write(begun, form, order) for form in begun.contents}
    if PACKAGE in order.forms and written.get("csv"):
        order.packed.append(chart_archive.packed(begun.taken, f"{begun.stem}.csv"))
    return all(written.values()) and begun.whole


def _fail(place: Path, error: Exception, order: _Order) -> None:
    if order.args.verbose:
        raise error
    complain(f"{place}: not written ({' '.join(str(error).split())[:200]})")


def _write(begun: _Begun, form: str, order: _Order) -> bool:
    name, taken, made = f"{begun.stem}.{form}", begun.taken, begun.contents[form]
    try:
        content = made.result() if isinstance(made, Future) else made()
        file = order.folder.write(name, content, taken.chart.name, taken.selection.to_query())
    except (OSError, ValueError, RuntimeError) as error:
        _fail(order.folder.folder / name, error, order)
        return False
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
