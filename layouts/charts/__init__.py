"""The charts. A new chart is one file here and one line in ``CHARTS``.

Page, link, CSV, PNG, command-line export and tests follow by themselves.
"""

from typing import Final

from layouts.charts import (
    claims,
    coverage,
    dependence,
    discount,
    dual_use,
    energy,
    goods,
    growth,
    mirror,
    price_volume,
    pulse,
    rerouting,
    revisions,
    settlement,
    table,
)
from layouts.charts.base import Chart

_ALL: Final[tuple[Chart, ...]] = (
    pulse.CHART,
    growth.CHART,
    energy.CHART,
    claims.CHART,
    price_volume.CHART,
    discount.CHART,
    dependence.CHART,
    goods.CHART,
    dual_use.CHART,
    rerouting.CHART,
    settlement.CHART,
    mirror.CHART,
    revisions.CHART,
    coverage.CHART,
    table.CHART,
)
CHARTS: Final = {chart.name: chart for chart in _ALL}
