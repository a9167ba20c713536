"""Import files that swell or never end, one after the other, and print what each cost.

Run as ``python -m tests.loaders.support.bombs FOLDER FILE ...``: a JSON line a file with its exit code, what was
said, and the peak memory of the process so far above what it took before, in MiB.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from loaders.registry import SOURCES
from tests.loaders.support.bring import Desk


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Import each file and report."""
    desk = Desk(Path(sys.argv[1]), sources=tuple(SOURCES.values()))
    idle = _peak()
    for file in sys.argv[2:]:
        code = desk.bring(file)
        print(json.dumps({"code": code, "err": desk.err, "peak": _peak() - idle}))  # noqa: T201 - the report


if __name__ == "__main__":
    main()
