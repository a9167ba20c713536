"""Kill an import at each of its steps on the disk: one folder a step, for test_import_kill.py to look at.

Run as ``python -m tests.loaders.support.import_kill FOLDER import|forget``: the folder holds ``before/`` (a data dir)
and ``mixed.zip``. Step n is copied to ``n/`` and its process killed there; the first that ends is the last.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from pathlib import Path

from loaders.core.source import Hints
from loaders.core.store import Store
from loaders.importing.run import run_import
from loaders.importing.undo import run_forget
from tests.loaders.support.bring import MOMENT, OTHER, TINY

_STEPS = {"open", "os.rename", "os.remove", "os.chmod", "fcntl.flock"}
_KILLED = 9


def _die_at(step: int, folder: str) -> None:
    """End this process, with nothing cleaned up, at its ``step``-th step in ``folder``."""
    left = step

    def hook(event: str, args: tuple[object, ...]) -> None:
        nonlocal left
        reads = event == "open" and isinstance(args[2], int) and not args[2] & (os.O_WRONLY | os.O_RDWR)
        if event in _STEPS and not reads and (event == "fcntl.flock" or str(args[0]).startswith(folder)):
            left -= 1
            if left == 0:
                os._exit(_KILLED)

    sys.addaudithook(hook)


def _run(folder: Path, mode: str) -> int:
    store, quiet = Store(folder, folder / "snapshot"), io.StringIO()
    if mode == "forget":
        return run_forget(store, ["mixed.zip"], out=quiet, err=quiet)
    archive = [folder.parent / "mixed.zip"]
    moment = MOMENT.floor("D")
    return run_import(store, archive, Hints(), moment=moment, out=quiet, err=quiet, sources=(TINY, OTHER))


def main() -> None:
    """Kill at the first step, at the second, ... until one run ends by itself."""
    root, mode = Path(sys.argv[1]), sys.argv[2]
    for step in range(1, 200):
        folder = root / f"{step:03}"
        shutil.copytree(root / "before", folder)
        if (child := os.fork()) == 0:
            _die_at(step, str(folder))
            os._exit(_run(folder, mode))
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != _KILLED:
            return


if __name__ == "__main__":
    main()
