"""``python -m tests.sweep [--address URL] [--views N] [--seed N] [pictures pages links controls]``: the whole walk.

Pictures need no server; the others walk through a page that is served at the address.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from random import Random
from typing import TYPE_CHECKING, Final

from bench.browser import chromium
from callbacks.live_dataset import read
from layouts.charts.registry import CHARTS
from loaders.core.store import Store
from tests.sweep import pages, pictures, trips, views

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.sync_api import Browser

PARTS: Final = ("pictures", "pages", "links", "controls")
_LINKS: Final = tuple(
    pages.Window(f"{width} {query}", {"viewport": {"width": width, "height": pages.HEIGHTS[width]}}, query)
    for width, query in ((1440, ""), (1440, "?currency=USD"), (390, "?lang=zh"), (390, "?lang=ru&currency=USD"))
)
# three languages on a wide page, one on a phone
_TRIPS: Final = tuple(
    pages.Window(f"{code} {width}", {"viewport": {"width": width, "height": pages.HEIGHTS[width]}}, f"?lang={code}")
    for code, width in (("en", 1440), ("zh", 1440), ("ru", 1440), ("ru", 390))
)


def main() -> int:
    """Walk, print each fault with its place, and return how many there are, 100 at most."""
    parser = argparse.ArgumentParser(prog="python -m tests.sweep", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--address", default="http://127.0.0.1:8050/", help="where the page is served")
    parser.add_argument("--views", type=int, default=300, help="how many views by chance")
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    given = parser.parse_args()
    many = 0
    with chromium() as browser:
        for part in given.parts or PARTS:
            for fault in _walk(browser, part, given):
                many += 1
                print(fault, flush=True)  # noqa: T201 (the report)
    print(f"{many} faults")  # noqa: T201
    return min(many, 100)


def _walk(browser: Browser, part: str, given: argparse.Namespace) -> Iterator[str]:
    """Yield the faults of one part of the walk."""
    if part == "pictures":
        page = browser.new_page()
        pictures.bench(page)
        for where, fault in pictures.walk(page, read(Store("/nonexistent")), _cases(given.views, given.seed)):
            yield f"{where}: {fault}"
    elif part == "pages":
        for window in pages.windows():
            yield from _reported(part, window, pages.walk(browser, given.address, window))
    elif part == "links":
        names = [chart.name for chart in CHARTS.values() if chart.page]
        for window in _LINKS:
            yield from _reported(part, window, pages.links(browser, given.address, window, names))
    elif part == "controls":
        for window in _TRIPS:
            yield from _reported(part, window, trips.round_trips(browser, given.address, window))


def _reported(part: str, window: pages.Window, faults: Iterable[str]) -> Iterator[str]:
    """Yield the faults of a window, and say on standard error when it was walked through: all of them take minutes."""
    every = list(faults)
    yield from (f"{window.name}: {fault}" for fault in every)
    print(f"{part}, {window.name}: {len(every)} faults", file=sys.stderr, flush=True)  # noqa: T201 (the report)


def _cases(many: int, seed: int) -> Iterator[pictures.Case]:
    """Yield the default view in every language and look, then each value and views by chance, one of both each."""
    yield from itertools.product([""], pictures.LANGUAGES, pictures.LOOKS)
    chance = Random(seed)  # noqa: S311 (views, no secrets)
    for query in itertools.chain(views.all_values(), views.by_chance(seed, many)):
        yield query, chance.choice(pictures.LANGUAGES), chance.choice(list(pictures.LOOKS))


if __name__ == "__main__":
    raise SystemExit(main())
