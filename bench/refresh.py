"""How long a refresh takes when each answer comes 50 ms late, beside the longest host's own chain of calls.

Synthetic: loopback servers with made-up figures, no real service. ``python -m bench.refresh``.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from loaders.core.store import Store
from loaders.refreshing.run import run_refresh
from loaders.registry import SOURCES
from tests.servers.healthy import Services

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.servers.base import Ask, Reply

DELAY: Final = 0.05
TIMES: Final = 3


def main() -> None:
    """Measure a first refresh and one right after it; print medians, and the bound that no order can beat."""
    for variable in [name for name in os.environ if name.endswith("_BASE_URL") or name == "COMTRADE_API_KEY"]:
        del os.environ[variable]
    runs = [_run() for _ in range(TIMES)]
    print(
        f"refresh of {len(runs[0][0])} hosts, each answer {DELAY * 1000:.0f} ms late; synthetic, {TIMES} runs, medians"
    )
    for place, what in enumerate(("first, nothing held", "again at once")):
        took = statistics.median(run[1][place] for run in runs)
        calls, chain, host = _longest(runs[0][0], place)
        print(f"{what}: {took:.2f} s; longest host's own chain: {chain:.2f} s ({host}, {calls} calls)")


def _run() -> tuple[dict[str, list[int]], list[float]]:
    """Return how many calls each host got in the two refreshes, and how long each took."""
    took: list[float] = []
    with Services() as services, tempfile.TemporaryDirectory() as folder:
        os.environ.update(services.variables())
        for server in services.servers.values():
            server.answer = _late(server.answer)
        counts: dict[str, list[int]] = {name: [] for name in services.servers}
        for _ in range(2):
            began, out = time.perf_counter(), io.StringIO()
            if run_refresh(Store(Path(folder)), out=out, err=out):
                sys.exit(out.getvalue())
            took.append(time.perf_counter() - began)
            for name, server in services.servers.items():
                counts[name].append(len(server.asked) - sum(counts[name]))
    return counts, took


def _late(answer: Callable[[Ask], Reply]) -> Callable[[Ask], Reply]:
    def late(ask: Ask) -> Reply:
        time.sleep(DELAY)
        return answer(ask)

    return late


def _longest(counts: dict[str, list[int]], place: int) -> tuple[int, float, str]:
    """Return calls, seconds and name of the host whose delays and asked-for pauses add up to most."""
    chains = [
        (calls[place], (calls[place] - 1) * max(DELAY, SOURCES[name].pause) + DELAY, name)
        for name, calls in counts.items()
    ]
    return max(chains, key=lambda chain: chain[1])


if __name__ == "__main__":
    main()
