"""The two recipes of CONTRIBUTING, followed in a copy of the program: an imaginary source and chart on the page."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[1]
TAKEN: Final = ("app.py", "analysis", "callbacks", "commands", "data", "layouts", "loaders")
LEFT: Final = shutil.ignore_patterns("__pycache__", "refreshed", "*.mo")

# the source: one file, one line of what is said of it, one line of the registry
SOURCE: Final = '''
"""The Imaginary Office: China's trade with Russia by month, in yuan. Made up, for a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from loaders.core.source import Hints, Source
from loaders.tables import parsing

if TYPE_CHECKING:
    from loaders.core.source import Parsed


def recognises(head: bytes) -> bool:
    """Tell it by its first line."""
    return head.startswith(b"Imaginary Office;")


def parse(content: bytes, name: str, hints: Hints = Hints()) -> Parsed:
    """Return a row a flow and month, in whole yuan."""
    del hints
    lines = [line.split(";") for line in content.decode().splitlines()[1:]]
    rows = pd.DataFrame(lines, columns=["month", "flow", "value"])
    months = pd.to_datetime(rows.pop("month"))
    fixed = {
        "source": "imaginary", "reporter": "CHN", "partner": "RUS", "classification": "none", "commodity_code": "TOTAL",
        "currency": "CNY", "status": "final", "quantity_unit": "", "net_weight_kg": float("nan"),
        "quantity": float("nan"), "released": pd.Timestamp("2026-09-07"),
    }
    rows = rows.assign(
        **fixed, period_start=months, period_end=months, value=rows["value"].astype("float64"),
        valuation=rows["flow"].map({"export": "FOB", "import": "CIF"}), row=range(2, len(rows) + 2),
    )
    return parsing.settle(rows, name, len(rows))


SOURCE: Final = Source.of("imaginary", parse=parse, recognises=recognises)
'''
RECORD: Final = (
    "imaginary,Imaginary trade by month,Imaginary Office,https://example.org/,CC0,Imaginary Office 2026,"
    "made up,Imaginary Office,,,5,china; tables\n"
)
FILE: Final = "Imaginary Office;;\n2026-08;export;91000000000\n2026-08;import;82000000000\n"

# the chart: one file, one line of the registry, its words in the catalogue
CHART: Final = '''
"""Imaginary: how many rows each year has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layouts.figure.chart import Chart, Words, ids
from layouts.figure.frame import blank, framed
from layouts.figure import source_line
from layouts.look.theme import PRINT, Look
from layouts.words.catalogue import say

if TYPE_CHECKING:
    import pandas as pd

    from analysis.dataset import Dataset
    from analysis.selection import Selection
    from layouts.drawing.canvas import Canvas


def rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return China's exports to Russia by month as the Imaginary Office counts them."""
    known = dataset.known
    return known[known["source"].eq("imaginary") & selection.covers(known)].reset_index(drop=True)


def words(rows: pd.DataFrame, selection: Selection) -> Words:
    """Count the months."""
    del selection
    return Words(say("charts.imaginary.finding", months=str(len(rows))), "", source_line.line(rows), "CNY")


def draw(rows: pd.DataFrame, selection: Selection, look: Look = PRINT) -> Canvas:
    """Draw them as bars."""
    figure = blank(look, words(rows, selection))
    figure.add_bar(x=list(rows["flow"].astype("str")), y=list(rows["value"]), ids=ids(rows))
    return framed(figure)


CHART: Final = Chart("imaginary", rows, words, draw, marks=("flow",))
'''
WORDS: Final = """
msgid "charts.imaginary.title"
msgstr "Imaginary trade"

msgid "charts.imaginary.question"
msgstr "What does the Imaginary Office count?"

msgid "charts.imaginary.finding"
msgstr "The Imaginary Office counts {months} figures"
"""
LOOK: Final = """
import io
import sys
from contextlib import redirect_stdout
import app
from callbacks.live_dataset import LiveDataset
from loaders.core.store import Store

def said(*words):
    with redirect_stdout(io.StringIO()) as out:
        assert app.main([*words, "--data-dir", sys.argv[1]]) == 0, words
    return out.getvalue()

assert "Imaginary Office" in said("--import", sys.argv[2], "--force"), "the import does not name it"
listed = said("--list")
assert "imaginary" in listed, "it is not listed"
assert "What does the Imaginary Office count?" in listed, "the chart is not listed"
live = LiveDataset(Store(sys.argv[1]))
client = app.create_app(live).server.test_client()
page = client.get("/").text
assert "What does the Imaginary Office count?" in page, "the question is not on the page"
assert page.count("Imaginary Office") > 3, "it is not among the sources"
rows = client.get("/chart/imaginary.csv").text
assert rows.count("imaginary") >= 2, rows
assert "The Imaginary Office counts 2 figures" in client.get("/chart/imaginary.json").text
assert "August 2026" in page, "the newest month of the page is not the source's"
assert "91000000000" in client.get("/chart/pulse.csv").text, "its role gives it no place among China's months"
print("seen")
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the program with the imaginary source and chart in it, each added by its recipe alone."""
    root = tmp_path_factory.mktemp("copy")
    for name in TAKEN:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=LEFT)
        else:
            shutil.copy(ROOT / name, root / name)
    (root / "loaders" / "sources" / "imaginary.py").write_text(SOURCE.lstrip(), "utf-8")
    with (root / "data" / "codes" / "sources.csv").open("a", encoding="utf-8") as records:
        records.write(RECORD)
    _add(root / "loaders" / "registry.py", "from loaders.sources import imaginary\n", "    imaginary.SOURCE,\n")
    (root / "layouts" / "charts" / "imaginary.py").write_text(CHART.lstrip(), "utf-8")
    _add(
        root / "layouts" / "charts" / "registry.py", "from layouts.charts import imaginary\n", "    imaginary.CHART,\n"
    )
    with (root / "layouts" / "words" / "locale" / "en" / "LC_MESSAGES" / "charts.po").open("a", encoding="utf-8") as po:
        po.write(WORDS)
    return root


def _add(registry: Path, line: str, entry: str) -> None:
    """Add a module to a registry: its import, and its line in the list."""
    text = registry.read_text("utf-8")
    text = text.replace("from typing import Final\n\n", f"from typing import Final\n\n{line}", 1)
    head, mark, rest = text.partition("_ALL: Final")
    opened = rest.index("(\n") + 2
    registry.write_text(f"{head}{mark}{rest[:opened]}{entry}{rest[opened:]}", "utf-8")


def test_a_new_source_and_a_new_chart_are_seen(copy: Path, tmp_path: Path) -> None:
    """The file is read, listed and imported; chart and source stand on the page, with rows, sentence and freshness."""
    file = tmp_path / "office.csv"
    file.write_text(FILE, "utf-8")
    line = [sys.executable, "-c", LOOK, str(tmp_path / "data"), str(file)]
    seen = subprocess.run(line, cwd=copy, capture_output=True, text=True, timeout=240, check=False)
    assert seen.stdout.strip() == "seen", seen.stderr
