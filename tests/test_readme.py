"""The README says what the program holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from layouts.charts.registry import CHARTS
from layouts.words import language
from loaders.registry import SOURCES

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def assert_lines_stand(name: str, readme: str, marks: str, lines: list[str]) -> None:
    """Fail with the lines that a table of a README lacks, as they are to stand there."""
    lacking = "\n".join(line for line in lines if line not in readme)
    if lacking:
        pytest.fail(
            f"the table between <!-- {marks} --> and <!-- /{marks} --> in {name} lacks:\n{lacking}", pytrace=False
        )


def test_every_source_stands_in_the_readme() -> None:
    """Name, title, publisher and licence of each source, as its record has them."""
    lines = [f"| `{one.name}` | {one.title} | {one.publisher} | {one.licence} |" for one in SOURCES.values()]
    assert_lines_stand("README.md", README, "sources", lines)


@pytest.mark.parametrize(("code", "name"), [("en", "README.md"), ("zh", "README.zh.md"), ("ru", "README.ru.md")])
def test_every_chart_stands_in_each_readme(code: str, name: str) -> None:
    """Name, question and caveat of each chart, in the language of the file; each file leads to the others."""
    readme = (ROOT / name).read_text(encoding="utf-8")
    with language.speaking(code):
        lines = [f"| `{chart.name}` | {chart.question} | {chart.caveat or '-'} |" for chart in CHARTS.values()]
    assert_lines_stand(name, readme, "charts", lines)
    assert all(f"({other})" in readme for other in ("README.md", "README.zh.md", "README.ru.md") if other != name)
