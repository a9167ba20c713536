"""What differs from one machine to the next."""

import ctypes
import gc
import os
import sys
from typing import Final

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

    To be called before there are threads, each of which would be given a heap, and before Arrow is imported, whose
    own heap would keep whole megabytes of what it freed. Systems without glibc keep their own ways.
    """
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    _tell("mallopt", _TRIM, SPARE)
    _tell("mallopt", _ARENAS, ARENAS)


def settle() -> None:
    """Look at what was made until now, by imports above all, for garbage no more."""
    gc.freeze()


def trim() -> None:
    """Give back what is free between what is used, after a work that took much for a while."""
    gc.collect()
    _tell("malloc_trim", 0)


def _tell(name: str, *numbers: int) -> None:
    """Call a function of glibc, where there is that library."""
    function = getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
    if function is not None:
        function(*numbers)
