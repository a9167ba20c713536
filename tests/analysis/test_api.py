"""The door for notebooks: the rows of every chart's CSV with their meaning, and one line for what is not understood."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis import api
from analysis.api import measure
from analysis.selection import Selection
from layouts.charts.registry import CHARTS
from layouts.figure import export
from loaders.core.program import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.dataset import Dataset
    from callbacks.live_dataset import LiveDataset


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a data dir without rows of its own."""
    folder: Path = tmp_path_factory.mktemp("none")
    return str(folder)


@pytest.mark.parametrize("name", CHARTS)
def test_rows_are_those_of_the_csv(
    name: str, dataset: Dataset, live: LiveDataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every chart by its name: the same cells as its CSV, each column explained, each source with its terms."""
    monkeypatch.setattr(api, "_live", lambda _: live)
    rows = measure(name, start=2021, end=2022)
    view = Selection.from_query("?start=2021&end=2022")
    assert export.csv_text(rows) == export.csv_text(CHARTS[name].table(dataset, view))
    assert list(rows.attrs["columns"]) == list(rows)
    assert all(one["heading"] and one["note"] for one in rows.attrs["columns"].values())
    assert all(one["licence"] for one in rows.attrs["sources"] if "publisher" in one)
    assert (rows.attrs["query"], rows.attrs["program"]) == ("?start=2021-01&end=2022-12", VERSION)
    assert rows.attrs["version"] == dataset.version
    assert rows.attrs["title"] == CHARTS[name].words(rows, view).finding


def test_in_other_words(empty: str) -> None:
    """Words of the address choose the view and the language; dates are dates."""
    rows = measure("growth", data_dir=empty, flow="import", lang="ru")
    assert rows["period_start"].dtype.kind == "M"
    assert rows.attrs["columns"]["value"]["heading"] == "Стоимость"
    assert "import" in set(rows["flow"])
    assert measure("growth", data_dir=empty, flow="export")["flow"].ne("import").all()


def test_what_a_caller_adds_stays_the_caller_s(empty: str) -> None:
    """A column that somebody adds is not there for the next who asks."""
    rows = measure("pulse", data_dir=empty)
    rows["mine"] = 1
    again = measure("pulse", data_dir=empty)
    assert "mine" not in again
    pd.testing.assert_frame_equal(again, measure("pulse", data_dir=empty))


@pytest.mark.parametrize(
    ("name", "view", "said"),
    [
        ("grwth", {}, "there is no measure 'grwth'; there are: pulse, growth, energy"),
        ("growth", {"flow": "up"}, "there is no flow=up; "),
        ("growth", {"flwo": "import"}, "there is no flwo=import; "),
        ("growth", {"start": 19}, "there is no start=19; "),
        ("growth", {"v": "0" * 12}, "there is no version '000000000000' of the data; --changes lists them"),
    ],
)
def test_what_is_not_understood(name: str, view: dict[str, str | int], said: str, empty: str) -> None:
    """One line, with what there is."""
    with pytest.raises(ValueError, match="there is no") as error:
        measure(name, data_dir=empty, **view)
    assert str(error.value).startswith(said)
    assert "\n" not in str(error.value)
    assert name == "grwth" or "v" in view or "flow: both, export, import, total" in str(error.value)


def test_no_page_is_loaded() -> None:
    """Neither Dash nor Flask, Plotly or Chromium's driver come along; pandas only with the first question."""
    code = (
        "import sys; from analysis.api import measure; early = 'pandas' in sys.modules; measure('pulse'); "
        "print(early, sorted({'dash', 'flask', 'plotly', 'choreographer', 'requests'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False []\n"
