"""The charts. A new chart is one file here and one line in ``CHARTS``.

Page, link, CSV, PNG, command-line export and tests follow by themselves.
"""

from typing import Final

from layouts.charts import claims, dependence, discount, energy, growth, price_volume, pulse, table
from layouts.charts.base import Chart

_ALL: Final[tuple[Chart, ...]] = (
    pulse.CHART,
    growth.CHART,
    energy.CHART,
    claims.CHART,
    dependence.CHART,
    price_volume.CHART,
    discount.CHART,
    table.CHART,
)
CHARTS: Final = {chart.name: chart for chart in _ALL}
