"""What all commands say their lines with: results to standard output, trouble to standard error."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from analysis.dataset import Dataset

# how a command ends
OK: Final = 0
FAILED: Final = 1
USAGE: Final = 2


def say(line: str, *, quiet: bool = False) -> None:
    """Write one line to standard output."""
    if not quiet:
        sys.stdout.write(f"{line}\n")


def complain(line: str) -> None:
    """Write one line to standard error."""
    sys.stderr.write(f"{line}\n")


def problems(dataset: Dataset) -> None:
    """Name on standard error what could not be read."""
    for line in dataset.problems:
        complain(line)
