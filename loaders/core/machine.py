"""What differs from one machine to the next."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from typing import Final

import pyarrow as pa

SPARE: Final = 128 * 1024  # bytes that may lie free at the end of the heap; a larger block is mapped, and freed alone
ARENAS: Final = 2  # heaps; by itself glibc makes eight for each processor, and each keeps what its threads freed
_TRIM, _ARENAS = -1, -8  # how glibc numbers the two


def processors() -> int:
    """Return how many processors this process may use, at least one.

    A container or a batch system may grant fewer than the machine has. Python tells that by one name from
    3.13 on; before, Linux alone tells it, by another.
    """
    if hasattr(os, "process_cpu_count"):
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def lean() -> None:
    """Let go of what is freed: reading and drawing take several times what stays of them.

    Arrow then takes its memory where all else does. Systems without glibc keep their own ways. What was made until
    now, by imports above all, is looked at for garbage no more.
    """
    gc.freeze()
    pa.set_memory_pool(pa.system_memory_pool())
    set_option = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if set_option is not None:
        set_option(_TRIM, SPARE)
        set_option(_ARENAS, ARENAS)
