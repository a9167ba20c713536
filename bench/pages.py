"""What a reader feels, the page and its peers side by side: one table, one run, all of them by turns.

The peers are small pages over the figures of our first chart, as a user would build them (``bench/peer_apps``). Each
turn starts a server, lets a first reader in, waits until the server is at rest, and measures a reader who was never
there. ``docs/speed.md`` says what each row means. Linux alone tells what memory a process holds.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

import run as commands
from bench import browser, served
from bench.contenders import CONTENDERS, DASH, OURS, STREAMLIT, VIZRO, write_figures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser

    from bench.contenders import Contender

    Values = dict[str, list[float]]  # what was measured under each contender's name

REPLAY: Final = 4.0  # seconds for which the callback requests of a visit are sent again
_SECOND: Final = (DASH, VIZRO, STREAMLIT)


def p95(values: Sequence[float]) -> float:
    """Return the value that 95 % do not exceed."""
    return sorted(values)[int(0.95 * len(values))]


@dataclass(frozen=True)
class Row:
    """A row of the table: what is measured, how many values become one, and what ours should reach.

    ``ratios`` bounds ours over a peer's, ``most`` and ``least`` ours itself; ``digits`` stand behind the point.
    """

    name: str
    of: Callable[[Sequence[float]], float] = statistics.median
    digits: int = 0
    ratios: dict[str, float] = field(default_factory=dict)
    most: float | None = None
    least: float | None = None

    def goal(self) -> str:
        """Say what ours should reach; a dash where there is no goal."""
        bounds = [f"≤ {bound:g} of {peer}" for peer, bound in self.ratios.items()]
        bounds += [f"≤ {self.most:g}"] if self.most is not None else []
        bounds += [f"≥ {self.least:g}"] if self.least is not None else []
        return ", ".join(bounds) or "-"

    def reached(self, values: Values) -> str:
        """Say whether ours reaches it; nothing where there is no goal, or what it needs was not measured."""
        if self.goal() == "-" or not all(values.get(name) for name in (OURS, *self.ratios)):
            return ""
        own = self.of(values[OURS])
        met = [own <= bound * self.of(values[peer]) for peer, bound in self.ratios.items()]
        met += [own <= self.most] if self.most is not None else []
        met += [own >= self.least] if self.least is not None else []
        return "yes" if all(met) else "NO"

    def cells(self, values: Values) -> list[str]:
        """Return the row: name, a cell a contender, ours over each peer, goal, whether it is reached."""
        ratios = []
        for peer in _SECOND:
            both = bool(values.get(OURS)) and bool(values.get(peer)) and self.of(values[peer]) > 0
            ratios.append(f"{self.of(values[OURS]) / self.of(values[peer]):.2f}" if both else "-")
        shown = [self._cell(values.get(one.name, [])) for one in CONTENDERS]
        return [self.name, *shown, *ratios, self.goal(), self.reached(values)]

    def _cell(self, values: Sequence[float]) -> str:
        if not values:
            return "-"
        low, high = min(values), max(values)
        spread = f" ({low:.{self.digits}f}–{high:.{self.digits}f})" if low < high else ""
        return f"{self.of(values):.{self.digits}f}{spread}"


SEEN: Final = "first picture seen, ms"
LCP: Final = "largest contentful paint (LCP), ms"
SHIFT: Final = "layout shift while it loads"
LATER: Final = "layout shift to the end of the visit"
POINTED: Final = "first chart answers the pointer, ms"
FIRST: Final = "first visit on the wire, kB"
AGAIN: Final = "second visit on the wire, kB"
CHANGED: Final = "control changed to picture redrawn, median ms"
CHANGED_95: Final = "control changed to picture redrawn, p95 ms"
NEW: Final = "of these, views nobody had asked for, median ms"
MISSED: Final = "changes missed, of 100"
HURRY: Final = "wrong picture after a hurry, of 100"
ASKED: Final = "requests a change, most"
RATE: Final = "callbacks a second over 8 connections"
RATE_95: Final = "time of such a callback, p95 ms"
START: Final = "process start to first answer, s"
OVER: Final = "the same over importing dash, plotly, pandas"
MEMORY: Final = "memory after the first page, MiB"
ROWS: Final = (
    Row(SEEN, ratios={DASH: 0.3}),
    Row(LCP),
    Row(SHIFT, of=max, digits=3, most=0.02),
    Row(LATER, of=max, digits=3),
    Row(POINTED, ratios={DASH: 0.6, VIZRO: 0.5, STREAMLIT: 0.5}),
    Row(FIRST, most=1100),
    Row(AGAIN, most=30),
    Row(CHANGED, ratios={DASH: 0.6}),
    Row(CHANGED_95, of=p95, most=100),
    Row(NEW),
    Row(MISSED, of=statistics.mean, digits=1, most=0),
    Row(HURRY, of=statistics.mean, digits=1, most=0),
    Row(ASKED, of=max, most=4),
    Row(RATE, least=400),
    Row(RATE_95, digits=1, most=25),
    Row(START, digits=2),
    Row(OVER, digits=2, most=1.5),
    Row(MEMORY, ratios={DASH: 1.3}),
)


def run(rows: int | None, runs: int) -> None:
    """Print the table of so many turns of each; ``rows`` means nothing here."""
    del rows
    figures = _ready()
    before, measured = os.getloadavg()[0], {row.name: dict[str, list[float]]() for row in ROWS}
    served.imports()  # compiles what is not
    with browser.chromium() as chromium:
        for turn in range(runs):
            for contender in (*CONTENDERS[turn % 4 :], *CONTENDERS[: turn % 4]):
                print(f"turn {turn + 1} of {runs}: {contender.name}", file=sys.stderr)
                for name, value in _turn(chromium, contender, figures):
                    measured[name].setdefault(contender.name, []).append(value)
        chrome = chromium.version
    print("\n".join(table(measured)))
    load = f"load {before:.1f} before and {os.getloadavg()[0]:.1f} after"
    print(f"\n{runs} turns of each, by turns; {os.cpu_count()} cores, {load}; {_versions(chrome)}.")
    print("Medians where nothing else is said; in brackets the least and the most.")


def _versions(chrome: str) -> str:
    return f"Python {platform.python_version()}, Dash {version('dash')}, Chromium {chrome}"


def screens(folder: Path) -> None:
    """Write what a first reader of each page sees while it loads, wide and on a phone; print what shifted."""
    figures = _ready()
    with browser.chromium() as chromium:
        for contender in CONTENDERS:
            with served.serving(contender.line, figures) as server:
                served.until_at_rest(server.process)
                for size in browser.SIZES:
                    place = folder / contender.name.replace(" ", "-").lower() / size
                    shifts = browser.screens(chromium, contender, server.address, place, size)
                    print(f"{contender.name}, {size}: {place}, {len(shifts)} layout shifts")
                    print("".join(f"  {line}\n" for line in shifts), end="")


def _ready() -> dict[str, str]:
    """Write the peers' figures, make our page ready as a set-up does, and end where the peers are not installed."""
    if not commands.python(commands.PEERS).exists():
        raise SystemExit("the peers are not installed; python run.py bench does that once")
    subprocess.run([sys.executable, "app.py", "--ready", "--data-dir", "/nonexistent"], cwd=served.ROOT, check=True)
    return write_figures()


def table(measured: dict[str, Values]) -> Iterator[str]:
    """Yield the lines of a Markdown table, its columns aligned."""
    ratios = [f"of {peer}" for peer in _SECOND]
    head = ["", *(one.name for one in CONTENDERS), *ratios, "goal", "reached"]
    lines = [head, *(row.cells(measured[row.name]) for row in ROWS)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    lines.insert(1, ["-" * width for width in widths])
    for line in lines:
        yield f"| {' | '.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))} |"


def _turn(chromium: Browser, contender: Contender, figures: dict[str, str]) -> Iterator[tuple[str, float]]:
    """Start a server, let readers in, and yield each thing measured with the name of its row."""
    imports = served.imports()
    with served.serving(contender.line, figures) as server:
        yield START, server.first_answer
        yield OVER, server.first_answer / imports
        with browser.fresh(chromium) as context:
            browser.Visit(context, contender).open(server.address)
        served.until_at_rest(server.process)
        yield MEMORY, served.memory(server.process)
        with browser.fresh(chromium) as context:
            first = browser.Visit(context, contender)
            first.open(server.address)
            yield from _first(first)
            second = browser.Visit(context, contender)
            second.open(server.address)
            yield AGAIN, second.received / 1000
            second.page.close()
            yield from _changes(first)
            asked = list(first.asked)
            first.read_on()
            yield LATER, first.shifted()
        if asked:
            served.answered(server.port, asked)
            again = served.answered(server.port, asked, REPLAY)
            yield RATE, again.rate
            yield RATE_95, again.p95


def _first(visit: browser.Visit) -> Iterator[tuple[str, float]]:
    yield SEEN, visit.noted("watched.drawn")
    largest = visit.noted("watched.lcp && watched.lcp.at")
    if largest is not None:  # a browser names none once a reader has scrolled
        yield LCP, largest
    yield SHIFT, visit.shifted()
    yield POINTED, visit.noted("watched.answered")
    yield FIRST, visit.received / 1000


def _changes(visit: browser.Visit) -> Iterator[tuple[str, float]]:
    changes = visit.changes()
    for change in changes:
        if change.took is not None:
            yield CHANGED, change.took
            yield CHANGED_95, change.took
        if change.took is not None and change.first:
            yield NEW, change.took
        yield ASKED, change.requests
    yield MISSED, 100 * sum(change.took is None for change in changes) / len(changes)
    yield HURRY, 100 * (not visit.keeps_up())
