"""What a serving process keeps of what it frees, and what it does not look at again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
# Synthetic blocks, freed from below a small one that stays: by itself glibc keeps all of them for later.
FREES = """
import re, sys
from pathlib import Path
if sys.argv[1] == "lean":
    from loaders.core import machine
    machine.lean()
    machine.settle()
import pyarrow as pa
def resident():
    return int(re.search(r"^VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text(), re.M)[1]) / 1024
large = bytearray(30 << 20)  # freed: from now on glibc would take blocks up to this size from its heap
del large
before = resident()
blocks = [bytearray(1 << 20) for _ in range(100)]
kept = bytearray(100_000)
del blocks
print(resident() - before, pa.default_memory_pool().backend_name)
"""


def freed(how: str) -> tuple[float, str]:
    """Return the MiB kept of a hundred that were freed, and whose memory Arrow takes."""
    line = [sys.executable, "-c", FREES, how]
    run = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    kept, pool = run.stdout.split()
    return float(kept), pool


@pytest.mark.skipif(sys.platform != "linux", reason="the settings are glibc's, and the count Linux's")
def test_what_is_freed_goes_back_to_the_system() -> None:
    """A serving process keeps next to nothing of it; the same blocks stay where it is not told to let go."""
    assert freed("lean")[0] < 10
    assert freed("lean")[1] == "system"
    assert freed("as it comes")[0] > 50
