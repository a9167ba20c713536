"""The README says what the program holds."""

from __future__ import annotations

from pathlib import Path

from layouts.charts.registry import CHARTS
from loaders.registry import SOURCES

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")


def test_every_source_stands_in_the_readme() -> None:
    """Name, title, publisher and licence of each source, as its record has them."""
    for source in SOURCES.values():
        assert f"| `{source.name}` | {source.title} | {source.publisher} | {source.licence} |" in README


def test_every_chart_stands_in_the_readme() -> None:
    """Name, question and caveat of each chart."""
    for chart in CHARTS.values():
        assert f"| `{chart.name}` | {chart.question} | {chart.caveat or '-'} |" in README
