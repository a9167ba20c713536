"""The README says what the program holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from layouts.charts.registry import CHARTS
from layouts.words import language
from loaders.registry import SOURCES

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_source_stands_in_the_readme() -> None:
    """Name, title, publisher and licence of each source, as its record has them."""
    for source in SOURCES.values():
        assert f"| `{source.name}` | {source.title} | {source.publisher} | {source.licence} |" in README


@pytest.mark.parametrize(("code", "name"), [("en", "README.md"), ("zh", "README.zh.md"), ("ru", "README.ru.md")])
def test_every_chart_stands_in_each_readme(code: str, name: str) -> None:
    """Name, question and caveat of each chart, in the language of the file; each file leads to the others."""
    readme = (ROOT / name).read_text(encoding="utf-8")
    with language.speaking(code):
        for chart in CHARTS.values():
            assert f"| `{chart.name}` | {chart.question} | {chart.caveat or '-'} |" in readme
    assert all(f"({other})" in readme for other in ("README.md", "README.zh.md", "README.ru.md") if other != name)
