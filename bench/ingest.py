"""How fast huge files are imported, with the usual tools beside it, on made-up files.

Each measurement is a process of its own, so that peak memory is its own too; contenders take turns,
so that a busy machine slows all of them. Times are medians, without the start of the program.
"""

from __future__ import annotations

import gc
import multiprocessing
import re
import shutil
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench import generate, peers

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

ROWS: Final = {"comtrade": 5_000_000, "baci": 11_000_000, "gacc": 1_000_000}
WRITE: Final[dict[str, Callable[[Path, int], None]]] = {
    "comtrade": generate.comtrade,
    "baci": generate.baci,
    "gacc": generate.gacc,
}
MEMORY: Final = 300
_LONGEST_ROW: Final = 400


@dataclass(frozen=True)
class Measured:
    """One run: seconds, MiB above the idle program at the peak, rows in scope and the sum of their values."""

    seconds: float
    peak: float
    rows: int
    total: float


def run(rows: int | None = None, runs: int = 3) -> None:
    """Measure each kind of file, and print medians and ratios."""
    for source, usual in ROWS.items():
        with tempfile.TemporaryDirectory() as folder:
            number = rows or usual
            if shutil.disk_usage(folder).free < 2 * number * _LONGEST_ROW:
                print(f"{source}: not enough room in {folder} for {number:,} rows; set TMPDIR")
                continue
            file = Path(folder) / f"{source}.csv"
            WRITE[source](file, number)
            print(f"\n{source}: {number:,} made-up rows (synthetic), {file.stat().st_size / 1e6:,.0f} MB, {runs} runs")
            _print(source, _turns(source, file, runs), judged=number == usual)


def _turns(source: str, file: Path, runs: int) -> dict[str, list[Measured]]:
    """Let the contenders take turns."""
    names = [name for name, _, _ in peers.contenders(source)]
    measured: dict[str, list[Measured]] = {name: [] for name in names}
    for _ in range(runs):
        for place, name in enumerate(names):
            measured[name].append(_apart(source, place, file))
    return measured


def _apart(source: str, place: int, file: Path) -> Measured:
    """Measure one contender in a process of its own."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_measure, args=(source, place, file, there))
    process.start()
    there.close()
    try:
        measured: Measured = here.recv()
    finally:
        process.join()
    return measured


def _measure(source: str, place: int, file: Path, answer: Connection) -> None:
    _, prepare, _ = list(peers.contenders(source))[place]
    timed = prepare()
    gc.collect()
    idle, start = _memory("VmRSS"), time.perf_counter()
    outcome = timed(file)
    seconds, peak = time.perf_counter() - start, _memory("VmHWM") - idle
    answer.send(Measured(seconds, peak, *outcome()))


def _memory(kind: str) -> float:
    """Return this process' memory in MiB, as Linux tells it."""
    match = re.search(rf"{kind}:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    return int(match[1]) / 1024 if match else float("nan")


def _print(source: str, measured: dict[str, list[Measured]], *, judged: bool) -> None:
    """Print medians and ratios, and beside them the bounds, which are for files of the full size."""
    seconds = {name: statistics.median(one.seconds for one in runs) for name, runs in measured.items()}
    own, *others = measured
    for name, runs in measured.items():
        spread = f"({min(one.seconds for one in runs):.2f}-{max(one.seconds for one in runs):.2f})"
        peak = max(one.peak for one in runs)
        print(f"  {name:44} {seconds[name]:6.2f} s {spread:14} peak {peak:5.0f} MiB, {runs[0].rows:,} rows in scope")
    bounds = {name: bound for name, _, bound in peers.contenders(source) if judged}
    for name in others:
        ratio = seconds[own] / seconds[name]
        print(f"  ratio to {name}: {ratio:.2f}{_judged(ratio, bounds.get(name))}")
    if source == "comtrade":
        peak = max(one.peak for one in measured[own])
        print(f"  peak {peak:.0f} MiB above idle{_judged(peak, MEMORY)}")
    same = len({(one.rows, round(one.total)) for runs in measured.values() for one in runs}) == 1
    print(f"  {'all agree on rows and sum' if same else 'ROWS OR SUMS DIFFER'}")


def _judged(ratio: float, bound: float | None) -> str:
    return "" if bound is None else f", bound {bound}: {'met' if ratio <= bound else 'NOT MET'}"
