"""The charts. A new chart is one file here and one line in ``CHARTS``.

Page, link, CSV, PNG, command-line export and tests follow by themselves.
"""

from typing import Final

from layouts.charts import coverage, discount, revisions, table
from layouts.charts.claims import chart as claims
from layouts.charts.dependence import chart as dependence
from layouts.charts.dual_use import chart as dual_use
from layouts.charts.energy import chart as energy
from layouts.charts.goods import chart as goods
from layouts.charts.growth import chart as growth
from layouts.charts.mirror import chart as mirror
from layouts.charts.price_volume import chart as price_volume
from layouts.charts.pulse import chart as pulse
from layouts.charts.rerouting import chart as rerouting
from layouts.charts.settlement import chart as settlement
from layouts.figure.chart import Chart

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
