"""Memory that a serving process gives back to the system at once, where it would else keep it for later."""

from __future__ import annotations

import ctypes
import gc
import sys
from typing import Final

import pyarrow as pa

SPARE: Final = 128 * 1024  # bytes that may lie free at the end of the heap; a larger block is mapped, and freed alone
ARENAS: Final = 2  # heaps; by itself glibc makes eight for each processor, and each keeps what its threads freed
_TRIM, _ARENAS = -1, -8  # how glibc numbers the two


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
