"""The command line, as a reader types it."""

from __future__ import annotations

import csv
import json
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis.selection import Selection
from app import create_server, main
from callbacks.live_dataset import LiveDataset
from layouts.charts.registry import CHARTS
from layouts.figure import export as exports
from loaders.core.store import SNAPSHOT, Store, read_table

if TYPE_CHECKING:
    from analysis.dataset import Dataset

pytestmark = pytest.mark.usefixtures("one_dataset")
Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command over an empty data dir; return its code, output and errors."""

    def call(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--data-dir", str(tmp_path / "data")])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_export_writes_named_files(run: Run, tmp_path: Path) -> None:
    """``--export DIR`` writes <chart>.<format>, the same rows as CSV and JSON, and exits 0."""
    out = tmp_path / "out"
    code, out_, err = run(
        "--export",
        str(out),
        "--chart",
        "pulse",
        "claims",
        "--format",
        "csv",
        "json",
        "--query",
        "?flow=import&start=2019",
    )
    assert (code, err) == (0, "")
    assert sorted(file.name for file in out.iterdir()) == [
        "claims.csv",
        "claims.json",
        "manifest.json",
        "pulse.csv",
        "pulse.json",
    ]
    assert out_.count("\n") == 4
    with (out / "pulse.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    rows = json.loads((out / "pulse.json").read_text(encoding="utf-8"))["rows"]
    assert {line["flow"] for line in lines} == {"import"}
    assert min(line["period_start"] for line in lines) == "2019-01"
    assert [float(line["value"]) for line in lines] == [row["value"] for row in rows]


def test_the_table_is_written_in_the_formats_of_others(run: Run, tmp_path: Path) -> None:
    """A Data Package with its CSV, and SDMX-CSV, both of the query; brought back, every row is there."""
    out, query = tmp_path / "out", "?flow=import&start=2022-03&end=2022-03"
    words = ("--chart", "table", "--format", "datapackage", "sdmx", "--query", query)
    code, _, err = run("--export", str(out), *words)
    assert (code, err) == (0, "")
    assert sorted(file.name for file in out.iterdir()) == [
        "datapackage.json",
        "manifest.json",
        "table.csv",
        "table.sdmx.csv",
    ]
    with (out / "table.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {(line["flow"], line["period_start"][:4]) for line in lines} == {("import", "2022")}
    resource = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]
    assert (resource["path"], resource["query"]) == ("table.csv", "?start=2022-03&end=2022-03&flow=import")
    code, said, _ = run("--import", str(out / "table.csv"), str(out / "table.sdmx.csv"))
    assert code == 0
    assert said.count(f"{len(lines)} rows read, {len(lines)} in scope, 0 new, 0 revised, {len(lines)} unchanged") == 2


def test_sdmx_is_of_the_table_alone(run: Run, tmp_path: Path) -> None:
    """Other charts are no table of reported figures: one line, exit 2, nothing written."""
    code, _, err = run("--export", str(tmp_path / "out"), "--chart", "pulse", "table", "--format", "sdmx")
    assert (code, err) == (2, "--format sdmx is of the table alone; name it with --chart table\n")
    assert not (tmp_path / "out").exists()


def test_wrong_usage(run: Run, tmp_path: Path) -> None:
    """An unknown chart is one line that lists the known ones, exit 2; so is an unknown flag."""
    code, _, err = run("--export", str(tmp_path / "out"), "--chart", "pulze")
    assert code == 2
    assert err.count("\n") == 1
    assert "pulze" in err
    assert "pulse" in err
    with pytest.raises(SystemExit) as stop:
        run("--exprot")
    assert stop.value.code == 2


def test_a_query_that_is_not_understood(run: Run, tmp_path: Path) -> None:
    """Unknown words and impossible values are one line with all words and what they may be, exit 2."""
    out = tmp_path / "out"
    code, out_, err = run("--export", str(out), "--format", "csv", "--query", "?measure=foo&banana=1")
    assert (code, out_, err.count("\n")) == (2, "", 1)
    assert err.startswith("--query: there is no measure=foo and no banana=1; ")
    assert "currency: CNY, USD; " in err
    assert not out.exists()


def test_an_empty_chart_is_not_exported(run: Run, tmp_path: Path) -> None:
    """It costs one line that says why, and exit 1; the others are written."""
    out = tmp_path / "out"
    words = ("--chart", "goods", "claims", "--format", "html", "csv", "--query", "?asof=2023-07-01")
    code, out_, err = run("--export", str(out), *words)
    assert (code, err.count("\n")) == (1, 1)
    why = "No whole year of goods by code is at hand"
    assert f"{out / 'goods'}: nothing to show, so no html, csv is written ({why})" in err
    assert sorted(file.name for file in out.iterdir()) == ["claims.csv", "claims.html", "manifest.json"]
    assert out_.count("\n") == 2


def test_rows_without_a_picture_are_exported(dataset: Dataset) -> None:
    """Where rows are held that make no picture, they are written and no blank picture is."""
    whole = CHARTS["rerouting"]
    bare = replace(whole, rows=lambda data, view: whole.rows(data, view).assign(index=float("nan")))
    forms = ("html", "csv", "json", "png")
    assert list(exports.empty_forms(bare, bare.table(dataset, Selection()), Selection(), forms)) == ["html", "png"]
    assert not exports.empty_forms(whole, whole.table(dataset, Selection()), Selection(), forms)


def test_export_into_a_file_is_refused(run: Run, tmp_path: Path) -> None:
    """A folder that cannot be made is one line."""
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    code, _, err = run("--export", str(tmp_path / "taken"), "--format", "csv")
    assert code == 2
    assert err.count("\n") == 1


def test_check_names_every_claim(run: Run) -> None:
    """``--check`` begins a claim's line with its id and ends with 0 on the data that ship."""
    code, out, _ = run("--check")
    assert code == 0
    lines = out.splitlines()
    assert any(line.startswith("trade-growth-2023h1: true for another period:") for line in lines)
    assert any(line.startswith("energy-2021: holds:") for line in lines)
    assert "0 broken identities" in lines[-1]


def test_check_fails_on_a_broken_identity(run: Run, tmp_path: Path) -> None:
    """A total that is not its exports plus imports ends with 1 and is named on standard error."""
    store = Store(tmp_path / "data")
    table = read_table(SNAPSHOT / "gacc.parquet")
    first = table["flow"].eq("total") & table["partner"].eq("RUS")
    table.loc[first, "value"] = table.loc[first, "value"] * 1.5
    with store.lock():
        store.write("gacc", table)
    code, _, err = run("--check", "--quiet")
    assert code == 1
    assert "broken: Total against exports plus imports: gacc CHN RUS" in err


def test_a_file_whose_name_begins_with_a_dash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After ``--`` a name may begin with a dash, as everywhere on a command line."""
    monkeypatch.chdir(tmp_path)
    text = "t,i,j,k,v,q\n2022,643,156,270900,58377524.583,7.1\n"
    (tmp_path / "-mine.csv").write_text(text)
    assert main(["--data-dir", "data", "--quiet", "--import", "--", "-mine.csv"]) == 0
    assert read_table(tmp_path / "data" / "baci.parquet")["value"].tolist() == [58377524583.0]


def test_list(run: Run) -> None:
    """``--list`` names each chart and each source with what is held of it."""
    code, out, _ = run("--list")
    assert code == 0
    assert all(f"  {name}" in out for name in CHARTS)
    assert "comtrade" in out
    assert "2026-07" in out


@pytest.mark.parametrize("content", [b"", b"PAR1 broken", b"id,name\n1,x\n"])
def test_a_broken_store_costs_one_line(run: Run, tmp_path: Path, content: bytes) -> None:
    """A file in the data dir that is no Parquet is named once; the rest is shown."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "comtrade.parquet").write_bytes(content)
    code, out, err = run("--export", str(tmp_path / "out"), "--chart", "pulse", "--format", "csv")
    assert code == 0
    assert err.count("\n") == 1
    assert "comtrade.parquet" in err
    assert "pulse.csv" in out


def test_a_foreign_parquet_costs_one_line(run: Run, tmp_path: Path) -> None:
    """A Parquet file that is another table is named, with the columns it lacks."""
    (tmp_path / "data").mkdir()
    pd.DataFrame({"id": [1]}).to_parquet(tmp_path / "data" / "press.parquet")
    _, _, err = run("--list")
    assert err.count("\n") == 1
    assert "press.parquet" in err
    assert "missing" in err


def test_a_missing_snapshot_file_costs_one_line(tmp_path: Path) -> None:
    """Without one file of the snapshot the others are read, and the line says how to get it back."""
    snapshot = tmp_path / "snapshot"
    shutil.copytree(SNAPSHOT, snapshot)
    (snapshot / "baci.parquet").unlink()
    loaded = Store(tmp_path / "data", snapshot).load()
    assert len(loaded.problems) == 1
    assert "baci.parquet" in loaded.problems[0]
    assert set(loaded.trade["source"]) >= {"comtrade", "press", "gacc"}


def test_a_data_dir_that_is_a_file(run: Run, tmp_path: Path) -> None:
    """A data dir that cannot be a folder leaves the shipped data readable."""
    (tmp_path / "data").write_text("x", encoding="utf-8")
    code, out, _ = run("--list")
    assert code == 0
    assert "comtrade" in out


def test_the_dataset_is_read_anew_when_files_change(tmp_path: Path) -> None:
    """New rows in the data dir show without a restart; unchanged files are not read again."""
    live = LiveDataset(Store(tmp_path))
    before = live.dataset()
    assert live.dataset() is before
    table = read_table(SNAPSHOT / "press.parquet").head(1).assign(value=1.0, released="2030-01-01")
    live.store.write("press", table)
    after = live.dataset()
    assert after is not before
    assert len(after.trade) == len(before.trade) + 1


def test_serving_and_a_port_in_use(tmp_path: Path) -> None:
    """The page answers with 200; a second server on that port ends with one line and the next step."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "app.py", "--port", str(port), "--data-dir", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            assert f":{port}/" in server.stdout.readline()
            for _ in range(100):
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=120) as answer:
                        assert answer.status == 200
                    break
                except urllib.error.URLError:
                    continue
            second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        finally:
            server.terminate()
            output = server.communicate()
    assert (server.returncode, *output) == (0, "", "")  # one line with the address, no warning, an orderly end
    assert second.returncode == 1
    assert second.stderr.count("\n") == 1
    assert "--port" in second.stderr


def test_a_server_of_one_s_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``app:create_server()`` is the whole page as WSGI, over the data dir and under the names of the environment."""
    monkeypatch.setenv("TRADE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TRADE_HOSTS", "trade.example.org")
    client = create_server().test_client()
    assert client.get("/", headers={"Host": "trade.example.org"}).status_code == 200
    assert client.get("/", headers={"Host": "example.org"}).status_code == 400
