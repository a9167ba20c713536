"""What is known of one plotted point: its row, and for each value behind it where it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.trace.trace import Trace
from loaders.shipped.provenance import Home

Row = dict[str, Any]


@dataclass(frozen=True)
class Proof:
    """One value behind a point: its trace, the way home of each row used, and growth as printed."""

    trace: Trace
    homes: Sequence[Home]
    printed: pd.DataFrame


@dataclass(frozen=True)
class PointFacts:
    """One row behind a point with the proofs of its values; ``homes`` is the row's own where it has no parts."""

    row: Row
    proofs: Sequence[Proof]
    homes: Sequence[Home] = ()
