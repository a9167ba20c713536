"""Runs refreshes that are killed before a given line of the program: ``test_refresh_kill`` talks to it.

For each number on standard input a fork refreshes the folder and kills itself before that many lines
of ``loaders`` have run, in whatever thread; 0 lets it finish. The number of lines run is printed.
"""

from __future__ import annotations

import io
import itertools
import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from loaders.core.store import Store  # noqa: E402
from loaders.refreshing.run import run_refresh  # noqa: E402  # the path comes first
from tests.loaders.support.refreshing import FakeTime  # noqa: E402

if TYPE_CHECKING:
    from types import FrameType

LOADERS = str(ROOT / "loaders")


def main() -> None:
    """Serve the points that come in."""
    folder, *names = sys.argv[1:]
    for line in sys.stdin:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            _refresh(folder, names, int(line), writer)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            ran = pipe.read()
        os.waitpid(child, 0)
        sys.stdout.write(f"{ran or line.strip()}\n")
        sys.stdout.flush()


def _refresh(folder: str, names: list[str], point: int, writer: int) -> None:
    count = itertools.count(1)

    def trace(frame: FrameType, event: str, _arg: object) -> Any:
        if event == "call":
            return trace if frame.f_code.co_filename.startswith(LOADERS) else None
        if event == "line" and next(count) == point:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    threading.settrace(trace)
    sys.settrace(trace)
    out = io.StringIO()
    run_refresh(Store(folder), names, out=out, err=out, clock=FakeTime().clock())
    sys.settrace(None)
    os.write(writer, str(next(count)).encode())
    os._exit(0)


main()
