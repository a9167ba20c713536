"""What the commands beside serving say and how they end, over small made-up data and a data dir of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from commands import actions
from commands.arguments import parse
from commands.telling import FAILED, OK, USAGE
from layouts.charts.registry import CHARTS
from loaders.core.store import SNAPSHOT, Store
from loaders.importing import workers
from loaders.importing.find_files import InputFile
from loaders.registry import SOURCES
from tests.analysis.kit import dataset, row

if TYPE_CHECKING:
    from pathlib import Path

OIL = "t,i,j,k,v,q\n2022,643,156,270900,58377524.583,7.1\n"  # a layout of BACI, its figures made up


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a store whose data dir is not there yet, over nothing that ships."""
    return Store(tmp_path / "data", tmp_path / "nothing")


def test_an_import_is_listed_and_taken_back(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The list has its file with rows, source, moment, fates and hash, until it is taken back by its name."""
    file = tmp_path / "mine.csv"
    file.write_text(OIL, "utf-8")
    assert actions.bring(store, parse(["--import", str(file), "--quiet"])) == OK
    assert actions.show_list(dataset(row("2022-01")), store) == OK
    head, line = capsys.readouterr().out.partition("Your imports\n")[1:]
    mine = line.splitlines()[0]
    assert head
    assert mine.startswith("  mine.csv: 1 rows of baci, imported 20")
    assert "(1 rows read, 1 stored, 0 left out, 0 merged, 0 refused; SHA-256 " in mine
    assert actions.forget(store, parse(["--forget", "mine.csv", "--quiet"])) == OK
    actions.show_list(dataset(row("2022-01")), store)
    assert "Your imports" not in capsys.readouterr().out


def test_a_list_counts_what_is_held(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """Each source and chart once; a source of months with its span, newest release and rows, one without, nothing."""
    rates = pd.DataFrame({"publisher": ["Bank of Russia", "somebody else"]})
    data = dataset(row("2022-01"), row("2022-03", released="2022-04-20"), settlement_currency=rates)
    assert actions.show_list(data, store) == OK
    lines = capsys.readouterr().out.splitlines()
    listed = {line.split()[0]: line for line in lines if line.startswith("  ")}
    assert listed.keys() == {*SOURCES, *CHARTS}
    assert "2 rows  2022-01 to 2022-03, newest release 2022-04-20  " in listed["comtrade"]
    assert "0 rows  nothing held  " in listed["baci"]


def test_what_could_not_be_read_fails_a_list(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """It has its own line on standard error, and a broken record of imports costs no second one."""
    store.folder.mkdir()
    (store.folder / "imports.csv").write_bytes(b"\xff\x00")
    assert actions.show_list(replace(dataset(row("2022-01")), problems=("x.parquet: broken",)), store) == FAILED
    out, err = capsys.readouterr()
    assert err == "x.parquet: broken\n"
    assert "Your imports" not in out


@pytest.mark.parametrize(("total", "code"), [(30_000_000_006, OK), (31_000_000_006, FAILED)])
def test_a_total_is_its_two_flows(total: int, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """10 and 20 bn are 30, which is counted; 31 is a broken identity, named on standard error, and fails."""
    flows = [row("2022-01", value=value, flow=flow) for flow, value in (("export", 10e9 + 3), ("import", 20e9 + 3))]
    assert actions.check(dataset(*flows, row("2022-01", value=total)), quiet=False) == code
    out, err = capsys.readouterr()
    broken = int(code == FAILED)
    assert out.splitlines()[-1] == (
        f"3 rows; {broken} differences, 0 explained, {broken} unexplained, {broken} broken identities"
    )
    assert err.startswith("broken: " if broken else "")
    assert err.count("30000000006 against 31000000006 (-3.23%)") == broken


def test_a_quiet_check_says_only_what_failed(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing on standard output; a first print that is far from the months of now is listed and fails nothing."""
    months = [row(f"2022-{month:02d}", value=1e9, flow="export") for month in range(1, 7)]
    press = row("2022-01", "2022-06", 9e9, flow="export", source="press", status="preliminary", released="2022-07-14")
    assert actions.check(dataset(*months, press), quiet=True) == OK
    assert capsys.readouterr() == ("", "")
    assert actions.check(dataset(*months, press), quiet=False) == OK
    assert "unexplained: " in capsys.readouterr().out


def test_files_that_cannot_be_spread(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, exit 2, and nothing is stored; a file that every process died on is named with the reason."""

    def refuse(*_: object) -> None:
        raise workers.ArchiveError("no cluster at tcp://x; name another")

    monkeypatch.setattr(workers, "spread", refuse)
    file = tmp_path / "mine.csv"
    file.write_text(OIL, "utf-8")
    assert actions.bring(store, parse(["--import", str(file)])) == USAGE
    assert capsys.readouterr().err == "no cluster at tcp://x; name another\n"
    assert not store.folder.exists()
    assert actions._lost(InputFile(file, "a.csv"), "its process died").error == "a.csv: its process died"


def test_a_dry_refresh_asks_nobody(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """The calls are printed, none is made, nothing is noted; a source that is none is exit 2 with what there is."""
    assert actions.refresh(store, parse(["--refresh", "imf", "--dry-run"])) == OK
    assert "https://" in capsys.readouterr().out
    assert not store.folder.exists()
    assert actions.refresh(store, parse(["--refresh", "nobody", "--dry-run"])) == USAGE
    assert "nobody" in capsys.readouterr().err


def test_shipped_files_are_there() -> None:
    """The folder that the commands read by default is not empty."""
    assert any(SNAPSHOT.glob("*.parquet"))
