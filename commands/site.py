"""``--export DIR --format site``: the page as a folder that needs no server, from any file server or a disk."""

import argparse
import gc
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Final

import pandas as pd

from analysis.dataset import Dataset
from analysis.selection import LANGUAGES
from commands import export_folder
from commands.export_folder import ExportFolder
from commands.telling import FAILED, OK, USAGE, complain, problems, say
from layouts.charts.registry import CHARTS
from layouts.figure import export
from layouts.first_picture import svg
from layouts.site import packing, page, views
from layouts.site.answers import ChartAnswers
from loaders.core.machine import processors
from loaders.core.store import StoreError
from loaders.importing.workers import begin

FORM: Final = "site"
_PAGE, _OWN = files("layouts") / "assets", files("layouts.site") / "assets"
_LITTER: Final = 100_000  # objects made before garbage is looked for
_READING: dict[str, Dataset] = {}  # of a worker: what it answers from


@dataclass(frozen=True)
class Job:
    """The answers of a chart in a language, and how many views they are."""

    chart: str
    code: str
    views: int


def write(dataset: Dataset, args: argparse.Namespace, plotly: bytes) -> int:
    """Write the copy into ``args.export`` and its manifest last; ``plotly`` is the script that draws."""
    problems(dataset)
    if wrong := _wrong(args):
        complain(wrong)
        return USAGE
    folder = export_folder.made(args, dataset)
    if folder is None:
        return USAGE
    made = page.Made(tuple(dict.fromkeys(args.lang or LANGUAGES)), pd.Timestamp.now().normalize(), dataset.version)
    try:
        for name, content in whole(dataset, made, plotly):
            folder.write(name, content)
        _note(dataset, folder)
        folder.close()
    except StoreError as error:
        complain(str(error))
        return FAILED
    count, size = folder.written
    say(f"{folder.folder / 'index.html'}: open it; {count} files, {size / 1e6:.1f} MB", quiet=args.quiet)
    return OK


def _wrong(args: argparse.Namespace) -> str:
    """Say which flags a copy cannot follow: it is of the whole page."""
    if args.format != [FORM]:
        return f"--format {FORM} is a folder of its own: name no other format beside it"
    given = [flag for flag, value in (("--query", args.query), ("--chart", args.chart)) if value]
    return f"--format {FORM} is the whole page: leave {' and '.join(given)} out" if given else ""


def _note(dataset: Dataset, folder: ExportFolder) -> None:
    for chart in views.charts():
        folder.rests_on(chart.table(dataset, views.views(chart)[0]))


def whole(dataset: Dataset, made: page.Made, plotly: bytes, most: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield each file of the copy by its name, the pages last: what they name is then there.

    ``most`` bounds the processes that answer; by default as many as there are processors.
    """
    yield from _assets(plotly)
    for chart in views.charts():
        default = views.views(chart)[0]
        yield page.rows_file(chart.name), export.csv_text(chart.table(dataset, default)).encode()
    jobs = [Job(chart.name, code, len(views.views(chart))) for code in made.languages for chart in views.charts()]
    jobs.sort(key=lambda job: -job.views)
    for answers in _answered(dataset, jobs, min(most or processors(), len(made.languages) * 2)):
        yield from answers.items()
    for code in made.languages:
        yield made.file(code), page.written(dataset, made, code).encode()


def _assets(plotly: bytes) -> Iterator[tuple[str, bytes]]:
    style = [(_PAGE / "trade.css").read_bytes(), svg.colours().encode(), (_OWN / "look.css").read_bytes()]
    yield "assets/look.css", b"\n".join(style)
    yield "assets/favicon.ico", (_PAGE / "favicon.ico").read_bytes()
    yield "assets/plotly.min.js", plotly
    for place, name in ((_OWN, "theme.js"), (_OWN, "reader.js"), (_PAGE, "terms.js")):
        yield f"assets/{name}", (place / name).read_bytes()


def _answered(dataset: Dataset, jobs: list[Job], workers: int) -> Iterator[dict[str, bytes]]:
    """Yield the files of each job, as they come where several processes make them."""
    if workers == 1:
        yield from (_answers(dataset, job) for job in jobs)
        return
    context = multiprocessing.get_context("spawn")
    bare = replace(dataset)  # without what was computed from it, which cannot travel
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_read, initargs=(bare,))
    with _dropped(pool):
        for done in as_completed([pool.submit(_job, job) for job in jobs]):
            yield done.result()


@contextmanager
def _dropped(pool: ProcessPoolExecutor) -> Iterator[None]:
    """Let go of what is not begun where something fails, instead of finishing it first."""
    try:
        yield
    finally:
        pool.shutdown(cancel_futures=True)


def _read(dataset: Dataset) -> None:
    begin()
    _READING["dataset"] = dataset
    gc.freeze()  # what was imported stays, and what answers make has few circles: looking for them takes a tenth
    gc.set_threshold(_LITTER)


def _job(job: Job) -> dict[str, bytes]:
    return _answers(_READING["dataset"], job)


def _answers(dataset: Dataset, job: Job) -> dict[str, bytes]:
    """Return the default view of a chart as one file, and the others, which fewer readers need, as another."""
    chart = CHARTS[job.chart]
    first, *others = views.views(chart)
    parts = {job.chart: [first]} | ({f"{job.chart}-more": others} if others else {})
    return {
        f"data/{job.code}/{name}.js": packing.script(name, ChartAnswers(dataset, chart, job.code).to(part))
        for name, part in parts.items()
    }
