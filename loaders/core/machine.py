"""What differs from one machine to the next."""

from __future__ import annotations

import os


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
