"""What several tests of the server count."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from layouts.charts.registry import CHARTS

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def drawn() -> Iterator[Counter[str]]:
    """Count the drawings of one chart."""
    chart, made = CHARTS["coverage"], Counter[str]()
    draw = chart.draw

    def counted(*args: Any, **named: Any) -> Any:
        made["coverage"] += 1
        return draw(*args, **named)

    object.__setattr__(chart, "draw", counted)  # the record is frozen
    yield made
    object.__setattr__(chart, "draw", draw)
