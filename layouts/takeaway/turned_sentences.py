"""Which sentences of the page say something else over another state of the data, and which verdicts turned."""

from dataclasses import dataclass

from analysis.claims import article as article_claims
from analysis.dataset import Dataset
from analysis.selection import Selection
from layouts.charts.registry import CHARTS


@dataclass(frozen=True)
class Turned:
    """A chart's sentence, or the verdict on a claim, in two states; ``subject`` is the chart's or the claim's name."""

    subject: str
    before: str
    after: str


def turned(before: Dataset, after: Dataset, selection: Selection | None = None) -> list[Turned]:
    """Return what differs under a view, the default one if none is given: charts first, then claims."""
    view = selection or Selection()
    old, new = _sentences(before, view), _sentences(after, view)
    return [*_differing(old, new), *verdicts_turned(before.on(view.asof), after.on(view.asof))]


def verdicts_turned(before: Dataset, after: Dataset) -> list[Turned]:
    """Return the verdicts on the article's claims that differ."""
    old, new = ({one.id: str(one.verdict) for one in article_claims.judge(dataset)} for dataset in (before, after))
    return _differing(old, new)


def _differing(old: dict[str, str], new: dict[str, str]) -> list[Turned]:
    return [Turned(name, old.get(name, ""), words) for name, words in new.items() if old.get(name) != words]


def _sentences(dataset: Dataset, view: Selection) -> dict[str, str]:
    shown = dataset.on(view.asof)
    charts = [chart for chart in CHARTS.values() if chart.page]
    return {chart.name: chart.words(chart.table(shown, view), view).finding for chart in charts}
