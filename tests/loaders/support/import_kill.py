"""What a kill at each step of an import leaves on the disk: one folder a step, for test_import_kill.py to look at.

Run as ``python -m tests.loaders.support.import_kill FOLDER import|forget``: the folder holds ``before/`` (a data dir)
and ``mixed.zip``. One run goes through; before its n-th step the data dir is copied to ``n/``, which is what a process
killed there leaves: nothing after is written, nothing is cleaned up. The last folder is that of the end.
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


def _copy_steps(folder: Path) -> None:
    """Copy ``folder`` before each step that this process takes in it."""
    step, within = 0, False

    def hook(event: str, args: tuple[object, ...]) -> None:
        nonlocal step, within
        if within or event not in _STEPS:
            return
        reads = event == "open" and isinstance(args[2], int) and not args[2] & (os.O_WRONLY | os.O_RDWR)
        if not reads and (event == "fcntl.flock" or str(args[0]).startswith(str(folder))):
            step, within = step + 1, True
            shutil.copytree(folder, folder.parent / f"{step:03}")
            within = False

    sys.addaudithook(hook)


def _run(folder: Path, mode: str) -> int:
    store, quiet = Store(folder, folder / "snapshot"), io.StringIO()
    if mode == "forget":
        return run_forget(store, ["mixed.zip"], out=quiet, err=quiet)
    archive = [folder.parent / "mixed.zip"]
    moment = MOMENT.floor("D")
    return run_import(store, archive, Hints(), moment=moment, out=quiet, err=quiet, sources=(TINY, OTHER))


def main() -> None:
    """Copy the data dir before the first step, before the second, ... and at the end."""
    root, mode = Path(sys.argv[1]), sys.argv[2]
    folder = root / "run"
    shutil.copytree(root / "before", folder)
    _copy_steps(folder)
    _run(folder, mode)
    folder.rename(root / "999")


if __name__ == "__main__":
    main()
