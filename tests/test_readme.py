"""The README says what the program holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from layouts.charts.registry import CHARTS
from layouts.words import language
from loaders.registry import SOURCES

ROOT = Path(__file__).resolve().parents[1]
TOWERS = ("loaders", "analysis", "layouts", "commands", "callbacks")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def assert_lines_stand(name: str, readme: str, marks: str, lines: list[str]) -> None:
    """Fail with the lines that a table of a README lacks, as they are to stand there."""
    lacking = "\n".join(line for line in lines if line not in readme)
    if lacking:
        pytest.fail(f"between <!-- {marks} --> and <!-- /{marks} --> {name} lacks:\n{lacking}", pytrace=False)


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


def tree() -> set[str]:
    """Return the folders that the tree of rooms names, as paths from the root."""
    drawn = README.partition("## The rooms\n\n```\n")[2].partition("```")[0]
    tower, named = "", set()
    for line in drawn.splitlines():
        rooms = re.findall(r"\w+(?=/)", line[:20])
        if not line.startswith(" "):
            named |= set(rooms)
            tower = rooms[0] if rooms else tower
        else:
            named |= {f"{tower}/{room}" for room in rooms}
    return named


def test_the_tree_names_every_room() -> None:
    """Each folder of a tower stands in the tree of rooms, and none else does."""
    rooms = {
        file.parent.relative_to(ROOT).as_posix() for tower in TOWERS for file in (ROOT / tower).rglob("__init__.py")
    }
    top = {room for room in rooms if room.count("/") < 2}
    assert top <= tree(), f"the tree in README.md lacks {sorted(top - tree())}"
    gone = sorted(room for room in tree() if not (ROOT / room).is_dir())
    assert not gone, f"the tree in README.md names {gone}, which are not there"


def test_the_ways_of_a_value_and_a_view_pass_what_there_is() -> None:
    """Each place of the two drawings in CONTRIBUTING is a module or a folder."""
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    paths = re.findall(r"(?:tests/)?(?:loaders|analysis|layouts|callbacks|commands)/[\w/]+", guide)
    assert len(paths) > 20
    gone = [path for path in paths if not (ROOT / path).exists() and not list(ROOT.glob(f"{path}.*"))]
    assert not gone, f"CONTRIBUTING.md names {gone}, which are not there"
