"""A refresh as its reader sees it: few calls, new figures, nothing lost, plain lines, right exit codes."""

from __future__ import annotations

import io
import json
import os
import pathlib
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis.vintages import as_known
from loaders.core import raw_files, store
from loaders.core.store import Store, StoreError
from loaders.importing import plausibility
from loaders.refreshing.http import Clock
from loaders.refreshing.run import run_refresh
from tests.loaders.support.refreshing import NOW, FakeTime, refresh
from tests.servers import comtrade
from tests.servers.base import Ask, Reply, not_found
from tests.servers.healthy import Services
from tests.servers.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

BUDGET = {"imf": 3, "comtrade": 10, "ecb": 1, "cbr": 2, "crea": 1, "eurostat": 2, "worldbank": 2}
MOST = 25
FIRST, LAST = pd.Period("2025-06", "M"), pd.Period("2026-03", "M")


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Services]]:
    """Start healthy servers and lead the refresh there."""
    running: list[Services] = []
    monkeypatch.delenv("COMTRADE_API_KEY", raising=False)

    def start(*names: str, world: World | None = None) -> Services:
        services = Services(*names, world=world or World(first=FIRST, last=LAST))
        running.append(services)
        services.__enter__()
        for variable, url in services.variables().items():
            monkeypatch.setenv(variable, url)
        return services

    yield start
    for services in running:
        services.__exit__(None, None, None)


def test_all_sources_within_their_calls_and_at_once_again_nothing(
    serve: Callable[..., Services], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a key: at most 25 calls to services, customs' index and its pages; repeated, nothing is added.

    What brings nothing new is set beside nothing.
    """
    services = serve(world=World(first=pd.Period("2020-01", "M"), last=LAST))
    time = FakeTime()
    first = refresh(tmp_path, time=time)
    assert (first.code, first.err) == (0, "")
    asked = {name: len(server.asked) for name, server in services.servers.items()}
    assert all(asked[name] <= most for name, most in BUDGET.items()), asked
    assert sum(asked[name] for name in BUDGET) <= MOST
    assert asked["gacc"] == 1 + 2 * 2 * 2
    assert time.passed < 60
    stored = {name: Store(tmp_path).stored(name) for name in services.servers}
    monkeypatch.setattr(plausibility, "unlike", lambda *_tables: pytest.fail("nothing is new"))
    again = refresh(tmp_path, time=time)
    assert (again.code, again.err) == (0, "")
    assert "total: 13 calls; 0 new, 0 revised, " in again.out
    for name, table in stored.items():
        assert Store(tmp_path).stored(name).equals(table)


def test_a_new_month_and_a_revision_are_told_in_words(serve: Callable[..., Services], tmp_path: Path) -> None:
    """The second refresh names the new month, and the three largest revisions with old, new and change."""
    services = serve("imf")
    refresh(tmp_path, "imf")
    services.world.last += 1
    for number, month in enumerate(("2025-07", "2025-08", "2025-09", "2025-10"), start=1):
        services.world.revised[f"imf|CHN|XG_FOB_USD|RUS|{month}"] = number * 100_000_000
    ran = refresh(tmp_path, "imf")
    assert "imf: 3 calls; 6 new, 4 revised, 56 unchanged" in ran.out
    lines = ran.out.splitlines()
    assert "new: imf 2026-04" in lines
    revised = [line for line in lines if line.startswith("revised: ")]
    assert [line.split(",")[0] for line in revised] == [
        f"revised: imf CHN exports to RUS {month}" for month in ("2025-10", "2025-09", "2025-08")
    ]
    assert all(" bn USD (+" in line for line in revised)


def test_what_was_known_on_a_day_can_be_asked(serve: Callable[..., Services], tmp_path: Path) -> None:
    """A revised figure is a new vintage, dated by its retrieval; the first print can still be asked for."""
    services, time = serve("imf"), FakeTime()
    refresh(tmp_path, "imf", time=time)
    services.world.revised["imf|CHN|XG_FOB_USD|RUS|2025-07"] = 5
    time.moment += pd.Timedelta(days=30)
    refresh(tmp_path, "imf", time=time)
    stored = Store(tmp_path).stored("imf")
    month = stored["period_start"].eq(pd.Timestamp("2025-07-01"))
    prints = stored[month & stored["partner"].eq("RUS") & stored["flow"].eq("export")]
    assert prints["released"].tolist() == [NOW, NOW + pd.Timedelta(days=30)]
    assert prints["reference"].str.endswith("; released: the moment of retrieval").all()
    then, now = as_known(prints, NOW + pd.Timedelta(days=1)), as_known(prints)
    assert now["value"].item() - then["value"].item() == 5


def test_a_figure_that_comes_back_is_a_print_again(serve: Callable[..., Services], tmp_path: Path) -> None:
    """When a publisher takes a revision back, the old value is what is known now."""
    services, time = serve("imf"), FakeTime()
    for change in (0, 5, 0):
        services.world.revised["imf|CHN|XG_FOB_USD|RUS|2025-07"] = change
        time.moment += pd.Timedelta(days=1)
        assert refresh(tmp_path, "imf", time=time).code == 0
    stored = Store(tmp_path).stored("imf")
    prints = stored[
        stored["period_start"].eq(pd.Timestamp("2025-07-01"))
        & stored["flow"].eq("export")
        & stored["partner"].eq("RUS")
    ]
    values = prints.sort_values("released")["value"].tolist()
    assert [value - values[0] for value in values] == [0, 5, 0]


def test_a_clock_set_back_keeps_the_order_of_prints(serve: Callable[..., Services], tmp_path: Path) -> None:
    """With the clock a year behind the last refresh, a revision is still the newest print, and a note says so."""
    services, time = serve("imf", "ecb"), FakeTime()
    refresh(tmp_path, "imf", "ecb", time=time)
    services.world.revised["imf|CHN|XG_FOB_USD|RUS|2025-07"] = 5
    time.moment = NOW - pd.Timedelta(days=1)
    ran = refresh(tmp_path, "imf", "ecb", time=time)
    assert ran.code == 0
    assert "imf: note: this machine's clock (2026-11-23 08:00:00) is behind the last refresh" in ran.out
    assert Store(tmp_path).stored("imf")["released"].max() == NOW + pd.Timedelta(seconds=1)


def test_comtrade_is_asked_again_only_for_what_was_released_again(
    serve: Callable[..., Services], tmp_path: Path
) -> None:
    """The list of releases decides: nothing new is one call; a new release of the same figures adds no print."""
    services = serve("comtrade")
    refresh(tmp_path, "comtrade")
    before = len(services.servers["comtrade"].asked)
    assert "comtrade: 1 call; 0 new" in refresh(tmp_path, "comtrade").out
    services.world.released = "2026-10-01T00:00:00"
    services.world.revised["comtrade|2025|M|27"] = 7
    ran = refresh(tmp_path, "comtrade")
    assert len(services.servers["comtrade"].asked) == before * 2 + 1
    assert ", 1 revised," in ran.out
    newest = Store(tmp_path).stored("comtrade").sort_values("released").iloc[-1]
    assert (newest["commodity_code"], newest["released"]) == ("27", pd.Timestamp("2026-10-01"))


def test_comtrade_with_a_key_takes_twelve_periods_a_call_and_resumes(
    serve: Callable[..., Services], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quota that is spent midway costs nothing that came before: the next refresh asks only for the rest."""
    services = serve("comtrade", world=World(first=pd.Period("2024-01", "M"), last=LAST))
    server = services.servers["comtrade"]
    healthy = server.answer
    monkeypatch.setenv("COMTRADE_API_KEY", comtrade.KEY)
    spent = comtrade.error(403, "Out of call volume quota. Quota will be replenished in 10:00:00.")
    server.answer = lambda ask: spent if len(server.asked) > 4 else healthy(ask)
    first = refresh(tmp_path, "comtrade")
    assert first.code == 1
    assert "10:00:00" in first.err
    done = {ask.target for ask in server.asked[:4]}
    server.answer = healthy
    server.asked.clear()
    second = refresh(tmp_path, "comtrade")
    assert second.code == 0
    assert {ask.target for ask in server.asked} & done == {"/data/v1/getDa/C/A/HS?reporterCode=156"}
    stored = Store(tmp_path).stored("comtrade")
    years = stored[stored["commodity_code"].str.len().eq(6) & stored["period_start"].ne(stored["period_end"])]
    assert sorted(years["period_start"].dt.year.unique()) == [2024, 2025]
    assert max(len(ask.query.get("period", "").split(",")) for ask in server.asked) == 12
    assert "comtrade: 2 calls; 0 new" in refresh(tmp_path, "comtrade").out
    assert comtrade.KEY not in first.printed + second.printed
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and comtrade.KEY.encode() in file.read_bytes()]


def test_customs_pages_are_asked_for_once(serve: Callable[..., Services], tmp_path: Path) -> None:
    """Only months not held are asked for, January-February once as two months, dated by the page."""
    services = serve("gacc")
    refresh(tmp_path, "gacc")
    services.world.last += 1
    ran = refresh(tmp_path, "gacc")
    assert "gacc: 5 calls;" in ran.out
    assert "new: gacc 2026-01 to 2026-04, 2026-04" in ran.out.splitlines()
    stored = Store(tmp_path).stored("gacc")
    assert set(stored["period_end"].dt.month) == {2, 3, 4}
    assert not (stored["period_start"].eq(pd.Timestamp("2026-02-01"))).any()
    assert (
        stored.loc[stored["period_end"].eq(pd.Timestamp("2026-04-01")), "released"].eq(pd.Timestamp("2026-05-18")).all()
    )


def test_at_new_year_the_months_left_of_the_old_one_come_too(serve: Callable[..., Services], tmp_path: Path) -> None:
    """Who last refreshed in November gets December from last year's index."""
    services = serve("gacc", world=World(first=pd.Period("2025-10", "M"), last=pd.Period("2025-11", "M")))
    refresh(tmp_path, "gacc")
    services.world.last = pd.Period("2026-02", "M")
    refresh(tmp_path, "gacc")
    assert pd.Timestamp("2025-12-01") in set(Store(tmp_path).stored("gacc")["period_end"])
    assert "/statics/report/preliminary2025.html" in [ask.path for ask in services.servers["gacc"].asked]


def test_major_imports_are_welcome_where_they_are_served(serve: Callable[..., Services], tmp_path: Path) -> None:
    """Without the pages of major imports a refresh is well, says so, and does not ask for them again."""
    services = serve("gacc")
    server = services.servers["gacc"]
    healthy = server.answer

    def without(ask: Ask) -> Reply:
        reply = healthy(ask)
        return not_found(ask) if b"Major Imports" in reply.body and "Statics" in ask.path else reply

    server.answer = without
    ran = refresh(tmp_path, "gacc")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("gacc: note: ") == 4
    assert "gacc: 1 call; 0 new" in refresh(tmp_path, "gacc").out


def test_rates_lie_beside_the_trade(serve: Callable[..., Services], tmp_path: Path) -> None:
    """Rates of three sources share one side table under what ships; a changed rate is a new print."""
    services = serve("ecb", "cbr", "worldbank")
    refresh(tmp_path, "ecb", "cbr", "worldbank")
    stored = Store(tmp_path).stored_side("rates")
    assert set(stored["series"]) == {"ECB_EXR_CNY", "ECB_EXR_USD", "CBR_USD", "CBR_CNY", "WB_PA.NUS.FCRF"}
    services.world.revised["ecb|CNY|2025-07"] = 1_000_000
    ran = refresh(tmp_path, "ecb")
    assert "ecb: 1 call; 0 new, 1 revised, 19 unchanged" in ran.out
    both = Store(tmp_path).side("rates")
    assert len(both) == len(store.read_side("rates")) + len(stored) + 1


def test_a_running_page_sees_that_the_data_changed(serve: Callable[..., Services], tmp_path: Path) -> None:
    """A refresh changes the stamp that a page compares, for trade and for rates, and says when it was."""
    services, data = serve("crea", "ecb"), Store(tmp_path)
    stamps = [data.stamp()]
    for name in ("crea", "ecb"):
        refresh(tmp_path, name)
        stamps.append(data.stamp())
    assert len(set(stamps)) == 3
    assert raw_files.refreshed(tmp_path) == {"crea": "2026-11-24T08:00:00", "ecb": "2026-11-24T08:00:00"}
    services.world.released = ""


def test_raw_answers_are_kept_with_their_origin(serve: Callable[..., Services], tmp_path: Path) -> None:
    """The bytes lie beside URL, time, status, hash and size; of five answers to a call the last three stay."""
    services, time = serve("crea"), FakeTime()
    for day in range(5):
        services.world.revised["crea|eur|lng|2025-07"] = day
        time.moment += pd.Timedelta(days=1)
        refresh(tmp_path, "crea", time=time)
    folder = tmp_path / "raw" / "crea"
    bodies = sorted(file for file in folder.iterdir() if file.suffix == ".csv")
    assert [file.name.split(".")[1] for file in bodies] == ["000003", "000004", "000005"]
    assert len(list(folder.iterdir())) == 6
    facts = json.loads((folder / f"{bodies[-1].name}.sidecar.json").read_text())
    body = bodies[-1].read_bytes()
    assert (facts["sha256"], facts["bytes"], facts["status"]) == (store.sha256(body), len(body), 200)
    assert facts["fetched"] == "2026-11-29T08:00:00"
    assert facts["url"].startswith(services.servers["crea"].url + "/v0/counter?")


def _shortened(reply: Reply) -> Reply:
    return Reply(reply.body[:2000].rpartition(b"\n")[0], reply.content_type)


def test_refusals_do_not_wear_the_check_out(serve: Callable[..., Services], tmp_path: Path) -> None:
    """An answer that holds too little is refused the fifth time as it was the first."""
    services = serve("crea")
    server = services.servers["crea"]
    refresh(tmp_path, "crea")
    healthy = server.answer
    for _ in range(5):
        server.answer = lambda ask: _shortened(healthy(replace(ask, headers={})))
        ran = refresh(tmp_path, "crea")
        assert ran.code == 1
        assert "where an earlier answer held" in ran.err


@pytest.mark.parametrize("name", ["nonsense", "baci", ""])
def test_a_name_that_cannot_be_refreshed_lists_those_that_can(name: str, tmp_path: Path) -> None:
    """Wrong usage ends with 2, names the known sources, and touches nothing."""
    ran = refresh(tmp_path / "data", name)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert all(known in ran.err for known in [*BUDGET, "gacc"])
    assert ("--import" in ran.err) == (name == "baci")
    assert not (tmp_path / "data").exists()


def test_the_other_name_of_eurostat_is_known(serve: Callable[..., Services], tmp_path: Path) -> None:
    """``comext`` and ``Eurostat`` are one source, asked once."""
    services = serve("eurostat")
    assert "eurostat: 2 calls" in refresh(tmp_path, "comext", "Eurostat").out
    assert services.calls() == 2


def test_a_dry_run_prints_the_calls_and_makes_none(serve: Callable[..., Services], tmp_path: Path) -> None:
    """Every source's first calls are printed with what may follow; nothing is asked or written."""
    services = serve()
    ran = refresh(tmp_path / "data", dry_run=True)
    assert (ran.code, ran.err, services.calls()) == (0, "", 0)
    assert not (tmp_path / "data").exists()
    assert f"imf: GET {services.servers['imf'].url}/external/sdmx/2.1/data/IMF.STA,IMTS,1.0.0/CHN." in ran.out
    assert "gacc: then the tables by country" in ran.out
    assert "comtrade: then up to 9 calls" in ran.out
    assert ran.out.splitlines()[-1] == "dry run: no call was made, nothing was written"


def test_quiet_is_silent_when_all_is_well(serve: Callable[..., Services], tmp_path: Path) -> None:
    """In cron with ``--quiet`` nothing is printed, and a failure is one line on standard error."""
    services = serve("crea")
    ran = refresh(tmp_path, "crea", quiet=True)
    assert (ran.code, ran.printed) == (0, "")
    services.servers["crea"].answer = lambda _ask: Reply(status=500)
    ran = refresh(tmp_path, "crea", quiet=True)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)


def test_verbose_shows_each_call_and_why_a_parser_stumbled(serve: Callable[..., Services], tmp_path: Path) -> None:
    """Each call is printed with status and size."""
    serve("crea")
    ran = refresh(tmp_path, "crea", verbose=True)
    assert " answered 200, " in ran.out.splitlines()[0]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_a_bar_that_is_gone_at_the_end(serve: Callable[..., Services], tmp_path: Path) -> None:
    """The bar is drawn on a terminal's standard error only, and wiped before each line."""
    serve("crea")
    out, err = io.StringIO(), _Terminal()
    assert run_refresh(Store(tmp_path), ["crea"], out=out, err=err, clock=FakeTime().clock()) == 0
    assert "0 of 1 sources, now crea counter" in err.getvalue()
    assert err.getvalue().endswith("\r\x1b[K")
    assert "\r" not in out.getvalue()


def test_two_at_once_the_second_names_the_first(serve: Callable[..., Services], tmp_path: Path) -> None:
    """While one refresh holds the lock another ends with 1, says who holds it and asks nobody."""
    services = serve("crea")
    with Store(tmp_path).lock():
        ran = refresh(tmp_path, "crea")
    assert ran.code == 1
    assert f"held by process {os.getpid()}; wait until it has ended" in ran.err
    assert services.calls() == 0
    assert refresh(tmp_path, "crea").code == 0


def test_a_data_dir_that_cannot_be_written(serve: Callable[..., Services], tmp_path: Path) -> None:
    """One line names the folder and the way out; nobody is asked."""
    services = serve("crea")
    (tmp_path / "file").write_text("")
    ran = refresh(tmp_path / "file" / "data", "crea")
    assert ran.code == 1
    assert "cannot be written" in ran.err
    assert "--data-dir" in ran.err
    assert services.calls() == 0


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data dir with what three sources give."""
    folder = tmp_path_factory.mktemp("three") / "data"
    with (
        pytest.MonkeyPatch.context() as patch,
        Services("crea", "ecb", "imf", world=World(first=FIRST, last=LAST)) as served,
    ):
        for variable, url in served.variables().items():
            patch.setenv(variable, url)
        assert refresh(folder, "crea", "ecb", "imf").code == 0
    return folder


@pytest.mark.parametrize("place", ["crea.parquet", "counter", "rates.csv"])
def test_a_full_disk_keeps_the_old_files(
    place: str, three: Path, serve: Callable[..., Services], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk is full at a table, a raw answer or the rates, that source fails and the others finish."""
    services = serve("crea", "ecb", "imf")
    shutil.copytree(three, tmp_path, dirs_exist_ok=True)
    before = {file: file.read_bytes() for file in [*tmp_path.glob("*.parquet"), *tmp_path.glob("side/*")]}
    services.world.last += 1
    rename = pathlib.Path.replace

    def full(self: pathlib.Path, target: pathlib.Path) -> pathlib.Path:
        if place in target.name:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(pathlib.Path, "replace", full)
    ran = refresh(tmp_path, "crea", "ecb", "imf")
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert "No space left on device" in ran.err
    assert "make room" in ran.err
    assert ran.out.count(" new, 0 revised") == 3
    assert "2 of 3 sources up to date" in ran.out
    monkeypatch.undo()
    stands = [file for file in before if file.read_bytes() == before[file]]
    assert [file.name for file in stands] == {"counter": ["crea.parquet"]}.get(place, [place])
    assert not list(tmp_path.rglob(".*.part"))


def test_a_held_file_that_is_broken_is_not_written_over(serve: Callable[..., Services], tmp_path: Path) -> None:
    """A table that cannot be read is named and left for the reader to look at."""
    serve("crea")
    tmp_path.joinpath("crea.parquet").write_bytes(b"PAR1 not really")
    ran = refresh(tmp_path, "crea")
    assert ran.code == 1
    assert "crea.parquet: cannot be read" in ran.err
    assert tmp_path.joinpath("crea.parquet").read_bytes() == b"PAR1 not really"


def test_a_mistake_of_ours_stops_one_source_only(
    serve: Callable[..., Services], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unforeseen error is one line, a traceback with ``--verbose``, and no reason to stop the others."""
    serve("crea", "ecb")

    def broken(*_args: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("loaders.refreshing.answer_checks.other_unit", broken)
    ran = refresh(tmp_path, "crea", "ecb", verbose=True)
    assert "crea: failed: stopped by a mistake in this program (ZeroDivisionError oops)" in ran.err
    assert "Traceback" in ran.err
    assert "Traceback" not in refresh(tmp_path, "crea").err


def test_the_system_clock_is_in_universal_time() -> None:
    """Without a clock of its own a refresh dates by the machine's, in universal time."""
    assert abs(Clock().now() - pd.Timestamp.now("UTC").tz_localize(None)) < pd.Timedelta(minutes=1)


def test_a_store_error_in_a_dry_run_is_said(tmp_path: Path) -> None:
    """A dry run that cannot read what is held says so and ends with 1."""
    tmp_path.joinpath("gacc.parquet").write_bytes(b"no")
    ran = refresh(tmp_path, "gacc", dry_run=True)
    assert ran.code == 1
    assert "gacc.parquet: cannot be read" in ran.err
    with pytest.raises(StoreError):
        Store(tmp_path).stored("gacc")
